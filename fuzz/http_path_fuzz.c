/* http_path_fuzz.c - addresses: a path that passes has no second spelling of another place, and passes again.
 */
#include "io/url.h"

#include "base/buf.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
escape_path(buf *b, str path)
{
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] == '/')
			buf_c(b, '/');
		else
			url_escape(b, str_sub(path, i, 1));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	str raw = {(const char *)data, n}, path, again;
	buf b = buf_in(a);

	if (url_path(a, raw, &path)) {
		if (path.n == 0 || path.p[0] != '/' || path.n > raw.n || str_find(path, STR("//")) >= 0 ||
		    str_find(path, STR("/../")) >= 0 || str_ends(path, STR("/..")) ||
		    str_find_char(path, '\0') >= 0)
			abort();
		escape_path(&b, path);
		if (b.n <= URL_PATH_MAX && (!url_path(a, buf_str(&b), &again) || !str_eq(path, again)))
			abort();
	}
	if (url_is_local(raw) && (raw.p[0] != '/' || (raw.n > 1 && (raw.p[1] == '/' || raw.p[1] == '\\'))))
		abort();
	arena_close(a);
	return 0;
}
