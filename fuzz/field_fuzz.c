/* field_fuzz.c - values of fields: the first byte picks the field, the rest is what somebody typed. What is
 * accepted is in its one form and is accepted again; what is shown or masked is text. */
#include "app/field/value.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const catalogue *
fields(void)
{
	static const catalogue *c; /* read once: a run has millions of inputs */
	fault f = {0};

	if (!c)
		BUG_ON(catalogue_load(arena_open(NULL, 0), &f, &pack_all, &c) != RC_OK);
	return c;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const catalogue *c = fields();
	arena *a = arena_open(NULL, 0);
	field_reader r = {.a = a, .c = c, .today = date_from_ymd(2026, 11, 22)};
	field_value v, again;
	fault f = {0};
	str text;

	if (n == 0 || text_clean(a, &f, (str){(const char *)data + 1, n - 1}, &text) != RC_OK) {
		arena_close(a);
		return 0;
	}
	const field *x = &c->field[data[0] % c->n];
	if (field_read(&r, &f, x, text, &v) == RC_OK && v.given && x->type != FIELD_MONEY) {
		BUG_ON(field_read(&r, &f, x, v.text, &again) != RC_OK);
		BUG_ON(!str_eq(v.text, again.text) || v.n != again.n);
		BUG_ON(!utf8_valid(field_show(&r, x, v.text)));
	}
	BUG_ON(!utf8_valid(field_show(&r, x, text)) || !utf8_valid(field_mask(&r, x, text)));
	BUG_ON(!utf8_valid(heading_fold(a, text)));
	(void)field_by_heading(c, text);
	arena_close(a);
	return 0;
}
