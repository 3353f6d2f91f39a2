/* divpack_fuzz.c - whatever file is read, codes rise, stay inside their parents and fit their levels. */
#include "base/divpack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	divpack d = {0};
	division v = {0};
	fault f = {0};
	int64_t last = 0;

	if (divpack_open(&f, (str){(const char *)data, n}, &d) != RC_OK)
		return 0;
	while (divpack_next(&d, &f, &v) == RC_OK) {
		BUG_ON(v.code <= last || v.code % div_span(v.lowest) != 0 || v.name.n == 0);
		BUG_ON(v.level > DIV_PROVINCE &&
		       (v.code < v.parent || v.code >= v.parent + div_span((div_level)(v.level - 1))));
		last = v.code;
	}
	return 0;
}
