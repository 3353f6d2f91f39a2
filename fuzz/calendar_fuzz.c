/* calendar_fuzz.c - whatever list is read, adding and counting working days stay each other's inverse. */
#include "base/calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	const calendar *c = NULL;
	fault f = {0};

	if (calendar_parse(a, &f, (str){(const char *)data, n}, &c) == RC_OK) {
		int32_t first = date_from_ymd(2026, 1, 1);
		for (int32_t from = first; from < first + 40; from += 7)
			for (int32_t k = 1; k < 9; k += 3) {
				int32_t end = calendar_add_working_days(c, from, k, NULL);
				BUG_ON(!calendar_is_working(c, end, NULL));
				BUG_ON(calendar_working_days_between(c, from, end, NULL) != k);
				end = calendar_add_working_days(c, from, -k, NULL);
				BUG_ON(!calendar_is_working(c, end, NULL) || end >= from);
				BUG_ON(calendar_working_days_between(c, from - 1, end - 1, NULL) != -k);
			}
	}
	arena_close(a);
	return 0;
}
