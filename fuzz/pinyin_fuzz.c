/* pinyin_fuzz.c - whatever the name, its keys are text, do not change when made again, and its surname is its
 * head. */
#include "base/pinyin.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	str name = {0};

	if (text_clean(a, &f, (str){(const char *)data, n}, &name) == RC_OK) {
		str folded = name_fold(a, name), key = name_key(a, name), surname = name_surname(folded);
		BUG_ON(!utf8_valid(key) || !utf8_valid(pinyin_key(a, name)) ||
		       !utf8_valid(pinyin_southern(a, name)) || !utf8_valid(pinyin_initials(a, name)));
		BUG_ON(!str_eq(pinyin_key(a, folded), pinyin_key(a, name)));
		BUG_ON(!utf8_valid(surname) || !str_starts(folded, surname));
	}
	arena_close(a);
	return 0;
}
