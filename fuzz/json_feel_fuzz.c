/* json_feel_fuzz.c - JSON of any kind as a FEEL value: every part is the part that stood there, and what is
 * printed as JSON again reads as the same value. */
#include "app/value/value.h"
#include "io/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
same(const json *j, feel_value v)
{
	double d, least;

	if (j->kind == JSON_LIST) {
		BUG_ON(v.kind != FEEL_LIST || v.list.n != j->n);
		for (size_t i = 0; i < j->n; i++)
			same(&j->item[i], v.list.v[i]);
	} else if (j->kind == JSON_MAP) {
		BUG_ON(v.kind != FEEL_CONTEXT || v.context->n != j->n);
		for (size_t i = 0; i < j->n; i++) {
			BUG_ON(!str_eq(v.context->e[i].name, j->key[i]));
			same(&j->item[i], v.context->e[i].value);
		}
	} else if (j->kind == JSON_INT || j->kind == JSON_NUM) {
		BUG_ON(v.kind != FEEL_NUMBER);
		d = dec_to_double(v.n) - j->num;
		least = (j->num < 0 ? -j->num : j->num) * 1e-15;
		BUG_ON(d > least || d < -least);
	} else if (j->kind == JSON_TEXT) {
		BUG_ON(v.kind == FEEL_STRING && !str_eq(v.s, j->text));
	} else {
		BUG_ON(j->kind == JSON_BOOL ? v.kind != FEEL_BOOL || v.b != j->yes : v.kind != FEEL_NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, 64 << 20);
	str text = {(const char *)p, n};
	fault f = {0};
	const json *j = NULL;
	feel_value v, again;
	buf one = buf_in(a), two = buf_in(a);

	if (value_read(a, &f, text, NULL, &v) == RC_OK) {
		BUG_ON(json_parse(a, &f, text, VALUE_JSON_MAX, &j) != RC_OK);
		same(j, v);
		/* Text with an @ was a date and is now text; the second time nothing changes. */
		if (feel_print_json(&one, v) && value_read(a, &f, buf_str(&one), NULL, &again) == RC_OK) {
			BUG_ON(!feel_print_json(&two, again));
			BUG_ON(!str_eq(buf_str(&one), buf_str(&two)));
		}
		if (v.kind == FEEL_CONTEXT)
			(void)value_scope(a, v.context);
	} else {
		BUG_ON(!f.id);
	}
	arena_close(a);
	return 0;
}
