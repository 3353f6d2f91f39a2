/* notice_fuzz.c - a pasted holiday notice: any text, and what is read is read again from its own lines. */
#include "app/calendar/calendar.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	calendar_days days, again;
	str text = {(const char *)data, n};

	if (utf8_valid(text) && calendar_notice_read(a, &f, 2027, text, &days) == RC_OK) {
		str lines = calendar_notice_text(a, days.v, days.n);
		BUG_ON(calendar_notice_read(a, &f, 2027, lines, &again) != RC_OK || again.n != days.n);
		for (size_t i = 0; i < days.n; i++)
			BUG_ON(again.v[i].day != days.v[i].day || again.v[i].kind != days.v[i].kind);
	}
	arena_close(a);
	return 0;
}
