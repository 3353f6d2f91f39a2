/* text_fuzz.c - whatever is decoded is UTF-8 and has no control characters. */
#include "io/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	str text = {0};

	if (text_decode(a, &f, (str){(const char *)p, n}, 1 << 20, NULL, &text) == RC_OK)
		BUG_ON(!text_is_utf8(text, NULL) || (text.n && memchr(text.p, 0, text.n)));
	else
		BUG_ON(!f.id);
	arena_close(a);
	return 0;
}
