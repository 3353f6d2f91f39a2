/* pack.c - see pack.h. */
#include "io/pack.h"

#include <zstd.h>

rc
pack_find(const pack *p, arena *a, str name, str *out)
{
	size_t lo = 0, hi = p->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const pack_file *f = &p->v[mid];
		int c = str_cmp(name, str_of(f->name));
		if (c == 0) {
			char *to = arena_alloc(a, f->size);
			BUG_ON(ZSTD_decompress(to, f->size, f->bytes, f->packed) != f->size);
			*out = (str){to, f->size};
			return RC_OK;
		}
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return RC_NOT_FOUND;
}

bool
pack_each(const pack *p, str head, size_t *i, str *name)
{
	while (*i < p->n) {
		*name = str_of(p->v[(*i)++].name);
		if (str_starts(*name, head))
			return true;
	}
	return false;
}
