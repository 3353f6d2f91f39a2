/* json_fuzz.c - what was read is written and read again: the same. */
#include "io/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, 64 << 20);
	fault f = {0};
	const json *v = NULL, *again = NULL;
	buf one = buf_in(a), two = buf_in(a);

	if (json_parse(a, &f, (str){(const char *)p, n}, 1 << 20, &v) == RC_OK) {
		json_out w = json_to(&one);
		json_put_value(&w, JSON_BARE, v);
		BUG_ON(json_parse(a, &f, buf_str(&one), 8 << 20, &again) != RC_OK);
		w = json_to(&two);
		json_put_value(&w, JSON_BARE, again);
		BUG_ON(!str_eq(buf_str(&one), buf_str(&two)));
	} else {
		BUG_ON(!f.id);
	}
	arena_close(a);
	return 0;
}
