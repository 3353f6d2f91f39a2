/* str.h - text as {pointer, length} by value; never owned, never changed, not NUL-terminated.
 *
 * Text that came into the program is valid UTF-8 in NFC (utf8.h does that at the edge), so everything here
 * may treat it as bytes. */
#pragma once
#include "base/arena.h"

#include <string.h>

typedef struct str {
	const char *p;
	size_t n;
} str;

#define STR(lit)   ((str){"" lit, sizeof(lit) - 1})
#define STR_ARG(s) (int)(s).n, (s).p /* for "%.*s" */

static inline bool
str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* The text of a C string, which stays where it is; NULL gives the empty text. */
str str_of(const char *z);

/* < 0, 0, > 0 by bytes, which is also the order of code points. */
int str_cmp(str a, str b);

bool str_starts(str s, str head);
bool str_ends(str s, str tail);

/* Place of the first `what` in `s`, or -1. */
ptrdiff_t str_find(str s, str what);
ptrdiff_t str_find_char(str s, char c);

/* Bytes [from, from + n), cut to what is there. */
str str_sub(str s, size_t from, size_t n);
str str_from(str s, size_t from);

/* Without ASCII white space at both ends. */
str str_trim(str s);

/* Takes the part before the next `sep` off the front of *rest; false when nothing is left.
 * "a,,b" gives "a", "", "b"; "" gives nothing. Start with rest->p set. */
bool str_next(str *rest, char sep, str *part);

bool str_all_digits(str s);       /* false for the empty text */
bool str_eq_nocase(str a, str b); /* ASCII only */

/* A decimal integer that fills the whole text; false for empty, spaces, overflow, anything else. */
bool str_to_i64(str s, int64_t *out);

/* Copies in the arena. */
str str_dup(arena *a, str s);
char *cstr(arena *a, str s); /* NUL-terminated, for the edge of the operating system */
str str_fmt(arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
str str_cat(arena *a, str x, str y);
str str_cats(arena *a, const str *v, size_t n); /* one after the other */
#define STR_CATS(a, ...)                                                                                     \
	str_cats((a), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
str str_lower(arena *a, str s); /* ASCII only */
