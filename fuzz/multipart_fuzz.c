/* multipart_fuzz.c - forms with files: however the bytes are cut, the result is the same.
 *
 * The first byte says how long the pieces are; the rest is the body, with the boundary "B". */
#include "io/multipart.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static rc
read_in(arena *a, str body, size_t step, const multipart_part **part, size_t *n)
{
	static const multipart_limits limits = {
		.parts = 20, .field_bytes = 2000, .file_bytes = 3000, .total_bytes = 1 << 20, .dir = "/tmp"};
	multipart *m = multipart_open(a, STR("B"), &limits);
	fault f = {0};

	for (size_t i = 0; i < body.n; i += step)
		TRY(multipart_feed(m, &f, str_sub(body, i, step)));
	return multipart_end(m, &f, part, n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n < 2)
		return 0;
	arena *a = arena_open(NULL, 0);
	str body = {(const char *)data + 1, n - 1};
	const multipart_part *whole = NULL, *cut = NULL;
	size_t nwhole = 0, ncut = 0;

	rc r1 = read_in(a, body, body.n, &whole, &nwhole);
	rc r2 = read_in(a, body, (size_t)data[0] + 1, &cut, &ncut);
	if (r1 != r2 || nwhole != ncut)
		abort();
	for (size_t i = 0; i < nwhole; i++)
		if (!str_eq(whole[i].name, cut[i].name) || !str_eq(whole[i].value, cut[i].value) ||
		    !str_eq(whole[i].filename, cut[i].filename) || whole[i].size != cut[i].size)
			abort();
	arena_close(a);
	return 0;
}
