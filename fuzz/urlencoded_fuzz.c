/* urlencoded_fuzz.c - form pairs, cookies and weighted lists: no crash, and what was decoded survives being
 * escaped and decoded again. */
#include "io/url.h"

#include "base/buf.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
round_trip(arena *a, const url_pairs *first)
{
	buf b = buf_in(a);
	url_pairs second;

	for (size_t i = 0; i < first->n; i++) {
		if (i)
			buf_c(&b, '&');
		url_escape(&b, first->v[i].name);
		buf_c(&b, '=');
		url_escape(&b, first->v[i].value);
	}
	if (!url_decode_pairs(a, buf_str(&b), first->n, &second) || second.n != first->n)
		abort();
	for (size_t i = 0; i < first->n; i++)
		if (!str_eq(first->v[i].name, second.v[i].name) ||
		    !str_eq(first->v[i].value, second.v[i].value))
			abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	str in = {(const char *)data, n}, value;
	url_pairs pairs;

	if (url_decode_pairs(a, in, 100, &pairs))
		round_trip(a, &pairs);
	if (url_cookie(in, STR("zc"), &value) && value.n > n)
		abort();
	(void)url_list_allows(in, STR("gzip"));
	arena_close(a);
	return 0;
}
