/* base64_fuzz.c - what decodes is exactly what encoding gives back: there is one text for each run of bytes.
 */
#include "io/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	str in = {(const char *)data, n}, back;

	for (base64_form form = BASE64_PADDED; form <= BASE64_BARE; form++) {
		if (base64_decode(a, form, in, &back))
			BUG_ON(!str_eq(base64_encode(a, form, back), in));
		BUG_ON(!base64_decode(a, form, base64_encode(a, form, in), &back) || !str_eq(back, in));
	}
	if (hex_decode(a, in, &back))
		BUG_ON(back.n * 2 != n);
	arena_close(a);
	return 0;
}
