/* utf8_fuzz.c - the doors of text: what comes through is valid, stays as it is a second time, and folds to a
 * form that folds to itself. */
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	str raw = {(const char *)data, n}, out = {0}, again = {0};
	fault f = {0};

	if (text_clean(a, &f, raw, &out) == RC_OK) {
		BUG_ON(!utf8_valid(out));
		BUG_ON(text_clean(a, &f, out, &again) != RC_OK || !str_eq(out, again));
		str folded = text_fold(a, out), name = name_fold(a, out);
		BUG_ON(!str_eq(text_fold(a, folded), folded) || !str_eq(name_fold(a, name), name));
		BUG_ON(utf8_width(utf8_cut_width(out, 7)) > 7 || utf8_count(utf8_cut(out, 5)) > 5);
	}
	if (text_clean_lines(a, &f, raw, &out) == RC_OK)
		BUG_ON(text_clean_lines(a, &f, out, &again) != RC_OK || !str_eq(out, again));
	arena_close(a);
	return 0;
}
