/* zip_fuzz.c - whatever opens stays within its caps, entry by entry. */
#include "io/zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const unzip_limits most = {.entries = 20, .entry = 1 << 20, .total = 2 << 20, .ratio = 200};
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	unzip *z = NULL;
	uint64_t total = 0;

	if (unzip_open(a, &f, (str){(const char *)p, n}, most, &z) == RC_OK) {
		BUG_ON(unzip_count(z) > most.entries);
		for (size_t i = 0; i < unzip_count(z); i++) {
			str text = {0};
			if (unzip_read(z, a, &f, i, &text) != RC_OK)
				continue;
			BUG_ON(text.n != unzip_at(z, i)->size || text.n > most.entry);
			total += text.n;
		}
		BUG_ON(total > most.total);
	} else {
		BUG_ON(!f.id);
	}
	arena_close(a);
	return 0;
}
