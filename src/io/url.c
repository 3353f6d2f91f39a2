/* url.c - see url.h. */
#include "io/url.h"

#include "base/utf8.h"
#include "base/vec.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Undoes escapes into `to`, which has room for raw.n bytes. Returns how many were written, or -1. */
static ptrdiff_t
unescape(str raw, bool plus, char *to)
{
	char *w = to;

	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];
		if (c == '%') {
			int hi = i + 2 < raw.n ? hex_digit(raw.p[i + 1]) : -1;
			int lo = hi >= 0 ? hex_digit(raw.p[i + 2]) : -1;
			if (lo < 0)
				return -1;
			c = (char)(hi * 16 + lo);
			i += 2;
		} else if (plus && c == '+') {
			c = ' ';
		}
		if (c == '\0')
			return -1;
		*w++ = c;
	}
	return w - to;
}

static bool
unescape_text(arena *a, str raw, bool plus, str *out)
{
	char *to = arena_alloc(a, raw.n);
	ptrdiff_t n = unescape(raw, plus, to);

	if (n < 0)
		return false;
	*out = (str){to, (size_t)n};
	return utf8_valid(*out);
}

/* "/a//b", "/a/./b" and "/a/../b" would be second names of something else. */
static bool
segments_ok(str path)
{
	str rest = path, seg;

	while (str_next(&rest, '/', &seg))
		if (str_eq(seg, STR(".")) || str_eq(seg, STR("..")))
			return false;
	return str_find(path, STR("//")) < 0;
}

bool
url_path(arena *a, str raw, str *out)
{
	if (raw.n == 0 || raw.p[0] != '/' || raw.n > URL_PATH_MAX)
		return false;
	for (size_t i = 0; i + 2 < raw.n; i++)
		if (raw.p[i] == '%' && raw.p[i + 1] == '2' && (raw.p[i + 2] | 32) == 'f')
			return false;
	if (!unescape_text(a, raw, false, out))
		return false;
	for (size_t i = 0; i < out->n; i++)
		if ((unsigned char)out->p[i] < 0x20 || out->p[i] == 0x7f || out->p[i] == '\\')
			return false;
	return segments_ok(*out);
}

bool
url_decode_pairs(arena *a, str raw, size_t max, url_pairs *out)
{
	VEC(url_pair) pairs = {0};
	str rest = raw, part;

	while (str_next(&rest, '&', &part)) {
		if (part.n == 0)
			continue;
		ptrdiff_t eq = str_find_char(part, '=');
		str name = eq < 0 ? part : str_sub(part, 0, (size_t)eq);
		str value = eq < 0 ? STR("") : str_from(part, (size_t)eq + 1);
		url_pair p;
		if (pairs.n == max || !unescape_text(a, name, true, &p.name) ||
		    !unescape_text(a, value, true, &p.value) || p.name.n > URL_NAME_MAX)
			return false;
		*vec_add(a, &pairs) = p;
	}
	*out = (url_pairs){pairs.v, pairs.n};
	return true;
}

str
url_value(const url_pairs *pairs, str name, bool *found)
{
	for (size_t i = 0; i < pairs->n; i++) {
		if (str_eq(pairs->v[i].name, name)) {
			if (found)
				*found = true;
			return pairs->v[i].value;
		}
	}
	if (found)
		*found = false;
	return STR("");
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

void
url_escape(buf *b, str s)
{
	static const char digit[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (is_alnum((char)c) || c == '-' || c == '.' || c == '_' || c == '~') {
			buf_c(b, (char)c);
		} else {
			buf_c(b, '%');
			buf_c(b, digit[c >> 4]);
			buf_c(b, digit[c & 15]);
		}
	}
}

/* Browsers drop tabs and line ends from an address and read '\' as '/', so "/\t/evil" would leave the site.
 */
bool
url_is_local(str s)
{
	if (s.n == 0 || s.n > URL_PATH_MAX || s.p[0] != '/' || (s.n > 1 && s.p[1] == '/'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7f || s.p[i] == '\\')
			return false;
	return true;
}

bool
url_cookie(str header, str name, str *out)
{
	str rest = header, part;
	bool found = false;

	while (str_next(&rest, ';', &part)) {
		part = str_trim(part);
		ptrdiff_t eq = str_find_char(part, '=');
		if (eq < 0 || !str_eq(str_sub(part, 0, (size_t)eq), name))
			continue;
		if (found)
			return false;
		found = true;
		*out = str_from(part, (size_t)eq + 1);
	}
	return found;
}

/* "gzip;q=0" refuses it; any other weight, or none, allows it. */
bool
url_list_allows(str list, str token)
{
	str rest = list, item;

	while (str_next(&rest, ',', &item)) {
		str weight = item, head;
		if (!str_next(&weight, ';', &head) || !str_eq_nocase(str_trim(head), token))
			continue;
		weight = str_trim(weight);
		if (!str_starts(weight, STR("q=")))
			return true;
		for (size_t i = 2; i < weight.n; i++)
			if (weight.p[i] >= '1' && weight.p[i] <= '9')
				return true;
		return false;
	}
	return false;
}

bool
url_is_token(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && !memchr("!#$%&'*+-.^_`|~", s.p[i], 15))
			return false;
	return s.n > 0;
}
