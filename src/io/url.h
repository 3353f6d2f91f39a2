/* url.h - the texts of a request taken apart: percent escapes, path, query and form pairs, cookies, header
 * lists.
 *
 * Everything given is bytes from a stranger; everything returned is valid UTF-8 without a NUL. A function
 * that answers false refuses the whole text: half a request is never served. */
#pragma once
#include "base/buf.h"
#include "base/fault.h"

enum {
	URL_PATH_MAX = 2048,  /* bytes of an escaped path */
	URL_QUERY_MAX = 8192, /* bytes of an escaped query */
	URL_PAIRS_MAX = 1000, /* pairs of one query or form */
	URL_NAME_MAX = 128,   /* bytes of a name */
};

typedef struct url_pair {
	str name, value;
} url_pair;

typedef struct url_pairs {
	const url_pair *v;
	size_t n;
} url_pairs;

/* A path in escaped form into its text. Refused: not beginning with '/', longer than URL_PATH_MAX, a broken
 * escape, control characters, a backslash, an escaped '/', '//' and the segments "." and ".." in any
 * spelling, anything that is not UTF-8. What passes names one thing in one way only. */
bool url_path(arena *a, str raw, str *out) MUST_USE;

/* "a=1&b=%E4%BD%A0" into pairs, in order, '+' being a space. Refused: a broken escape, a NUL, anything that
 * is not UTF-8, a name longer than URL_NAME_MAX, more than `max` pairs. The empty text is no pairs. */
bool url_decode_pairs(arena *a, str raw, size_t max, url_pairs *out) MUST_USE;

/* The first value under `name`, or the empty text; whether it is there when `found` is given. */
str url_value(const url_pairs *pairs, str name, bool *found);

/* Writes `s` so that it is one segment of a path or one value of a query: only letters, digits and -._~ stay.
 */
void url_escape(buf *b, str s);

/* May a browser be sent to it after a form: a path of this site, whole, without a scheme or a host hidden in
 * it? */
bool url_is_local(str s);

/* The value of a cookie in a Cookie header (RFC 6265 §4.2.1); false when it is not there, or is there twice:
 * a second one was put there by somebody else. */
bool url_cookie(str header, str name, str *out);

/* Is `token` in a comma list with its weight not zero?  For Accept-Encoding; ASCII case does not matter. */
bool url_list_allows(str list, str token);

/* Is `s` a token of RFC 9110 §5.6.2: the name of a field, a method? */
bool url_is_token(str s);
