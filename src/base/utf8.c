/* utf8.c - see utf8.h. Normalisation is utf8proc's, called with our own memory; Chinese and ASCII text, which
 * is nearly all there is, is recognised as composed already and not touched. */
#include "base/utf8.h"

#include <utf8proc.h>

enum {
	SOFT_HYPHEN = 0xad,
	MIDDLE_DOT = 0xb7,
	ZERO_WIDTH_SPACE = 0x200b,
	LINE_SEPARATOR = 0x2028,
	PARAGRAPH_SEPARATOR = 0x2029,
	IDEOGRAPHIC_SPACE = 0x3000,
	BYTE_ORDER_MARK = 0xfeff,
	FULL_WIDTH_FIRST = 0xff01, /* ！ */
	FULL_WIDTH_LAST = 0xff5e,  /* ～ */
};

/* The length of the well-formed character at p, 0 when there is none (Unicode 15, table 3-7). */
static size_t
char_len(const unsigned char *p, size_t n)
{
	unsigned lo = 0x80, hi = 0xbf;
	size_t len = 0;

	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		len = 2;
	} else if (p[0] >= 0xe0 && p[0] <= 0xef) {
		len = 3;
		lo = p[0] == 0xe0 ? 0xa0 : lo; /* overlong */
		hi = p[0] == 0xed ? 0x9f : hi; /* surrogates */
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		len = 4;
		lo = p[0] == 0xf0 ? 0x90 : lo; /* overlong */
		hi = p[0] == 0xf4 ? 0x8f : hi; /* above U+10FFFF */
	}
	if (len == 0 || len > n || p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

/* Bytes of well-formed text at the front. */
static size_t
valid_head(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.n;) {
		size_t len = char_len(p + i, s.n - i);
		if (len == 0)
			return i;
		i += len;
	}
	return s.n;
}

bool
utf8_valid(str s)
{
	return valid_head(s) == s.n;
}

bool
utf8_next(str *rest, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)rest->p;
	size_t len = 0;

	if (rest->n == 0)
		return false;
	len = char_len(p, rest->n);
	BUG_ON(len == 0); /* text that did not come through text_clean */
	uint32_t c = len == 1 ? p[0] : p[0] & (0x7fU >> len);
	for (size_t i = 1; i < len; i++)
		c = c << 6 | (p[i] & 0x3fU);
	*cp = c;
	*rest = str_from(*rest, len);
	return true;
}

void
utf8_put(buf *b, uint32_t cp)
{
	char *to = buf_room(b, UTF8_MAX);

	BUG_ON(cp > UTF8_LAST || (cp >= 0xd800 && cp <= 0xdfff));
	if (cp < 0x80) {
		to[0] = (char)cp;
		b->n += 1;
	} else if (cp < 0x800) {
		to[0] = (char)(0xc0 | cp >> 6);
		to[1] = (char)(0x80 | (cp & 0x3f));
		b->n += 2;
	} else if (cp < 0x10000) {
		to[0] = (char)(0xe0 | cp >> 12);
		to[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		to[2] = (char)(0x80 | (cp & 0x3f));
		b->n += 3;
	} else {
		to[0] = (char)(0xf0 | cp >> 18);
		to[1] = (char)(0x80 | (cp >> 12 & 0x3f));
		to[2] = (char)(0x80 | (cp >> 6 & 0x3f));
		to[3] = (char)(0x80 | (cp & 0x3f));
		b->n += 4;
	}
}

size_t
utf8_count(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

str
utf8_cut(str s, size_t n)
{
	str rest = s;
	uint32_t cp = 0;

	while (n > 0 && utf8_next(&rest, &cp))
		n--;
	return (str){s.p, s.n - rest.n};
}

static size_t
char_width(uint32_t cp)
{
	int w = cp < 0x7f ? 1 : utf8proc_charwidth((utf8proc_int32_t)cp);

	return w < 0 ? 0 : (size_t)w;
}

size_t
utf8_width(str s)
{
	uint32_t cp = 0;
	size_t w = 0;

	while (utf8_next(&s, &cp))
		w += char_width(cp);
	return w;
}

str
utf8_cut_width(str s, size_t columns)
{
	str rest = s, kept = {s.p, 0};
	uint32_t cp = 0;

	while (utf8_next(&rest, &cp)) {
		size_t w = char_width(cp);
		if (w > columns)
			break;
		columns -= w;
		kept.n = s.n - rest.n;
	}
	return kept;
}

/* Characters that no composition changes, whatever stands beside them. Unified ideographs, the ASCII and
 * Latin-1 range and full-width forms have no canonical decomposition into something else, and nothing
 * composes onto them. */
static bool
composed_already(uint32_t cp)
{
	return cp < 0xc0 || (cp >= 0x3400 && cp <= 0x9fff) || (cp >= 0x3001 && cp <= 0x3029) ||
	       (cp >= 0x20000 && cp <= 0x2f7ff) || (cp >= 0x30000 && cp <= 0x3ffff) ||
	       (cp >= FULL_WIDTH_FIRST && cp <= FULL_WIDTH_LAST) || (cp >= 0x2010 && cp <= 0x2027);
}

static str
compose(arena *a, str s)
{
	const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)s.p;
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	utf8proc_ssize_t n = utf8proc_decompose(from, (utf8proc_ssize_t)s.n, NULL, 0, how);

	BUG_ON(n < 0);
	utf8proc_int32_t *cps = arena_array(a, utf8proc_int32_t, (size_t)n + 1);
	utf8proc_ssize_t again = utf8proc_decompose(from, (utf8proc_ssize_t)s.n, cps, n, how);
	BUG_ON(again != n);
	n = utf8proc_reencode(cps, n, how); /* in place, UTF-8 with a NUL */
	BUG_ON(n < 0);
	return (str){(const char *)cps, (size_t)n};
}

static bool
is_space_char(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == 0xa0 || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200a) || cp == 0x202f || cp == 0x205f || cp == IDEOGRAPHIC_SPACE;
}

static bool
is_invisible(uint32_t cp)
{
	return cp == ZERO_WIDTH_SPACE || cp == BYTE_ORDER_MARK || cp == SOFT_HYPHEN;
}

static bool
is_line_end(uint32_t cp)
{
	return cp == '\n' || cp == '\r' || cp == LINE_SEPARATOR || cp == PARAGRAPH_SEPARATOR || cp == 0x85;
}

static bool
is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp & 0xfffe) == 0xfffe ||
	       (cp >= 0xfdd0 && cp <= 0xfdef) || cp == LINE_SEPARATOR || cp == PARAGRAPH_SEPARATOR ||
	       (cp >= 0xfff9 && cp <= 0xfffb);
}

static bool
is_direction(uint32_t cp)
{
	return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

static str
trim_spaces(str s)
{
	uint32_t cp = 0;

	for (str rest = s; utf8_next(&rest, &cp) && is_space_char(cp);)
		s = rest;
	str kept = {s.p, 0};
	for (str rest = s; utf8_next(&rest, &cp);)
		if (!is_space_char(cp))
			kept.n = s.n - rest.n;
	return kept;
}

/* Numbers, codes and dates are most of what comes in: nothing is to be done for them. */
static bool
printable_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	return true;
}

static rc
clean(arena *a, fault *f, str raw, bool lines, str *out)
{
	if (printable_ascii(raw)) {
		*out = str_trim(raw);
		return RC_OK;
	}

	size_t good = valid_head(raw), at = 0;
	bool as_is = true, composed = true;
	uint32_t cp = 0, before = 0;
	buf b = buf_in(a);

	if (good < raw.n)
		return FAIL(f, RC_INVALID, "text.utf8", FA_INT("at", utf8_count((str){raw.p, good}) + 1));
	for (str rest = raw; utf8_next(&rest, &cp);) {
		at++;
		composed = composed && composed_already(cp);
		as_is = as_is && !is_invisible(cp) && !is_line_end(cp) && cp != '\t';
		if (is_direction(cp))
			return FAIL(f, RC_INVALID, "text.direction", FA_INT("at", at));
		if (is_control(cp) && cp != '\t' && !(lines && is_line_end(cp)))
			return FAIL(f, RC_INVALID, "text.control", FA_INT("at", at));
	}
	for (str rest = raw; !as_is && utf8_next(&rest, &cp); before = cp) {
		if (is_line_end(cp) && !(before == '\r' && cp == '\n'))
			buf_c(&b, '\n');
		else if (cp == '\t')
			buf_c(&b, lines ? '\t' : ' ');
		else if (!is_line_end(cp) && !is_invisible(cp))
			utf8_put(&b, cp);
	}
	str s = as_is ? raw : buf_str(&b);
	*out = trim_spaces(composed ? s : compose(a, s));
	return RC_OK;
}

rc
text_clean(arena *a, fault *f, str raw, str *out)
{
	/* the line end that a pasted cell or a line of a file brings with it is no part of the text */
	while (raw.n > 0 && (raw.p[raw.n - 1] == '\n' || raw.p[raw.n - 1] == '\r'))
		raw.n--;
	return clean(a, f, raw, false, out);
}

rc
text_clean_lines(arena *a, fault *f, str raw, str *out)
{
	return clean(a, f, raw, true, out);
}

static uint32_t
half_width(uint32_t cp)
{
	if (cp >= FULL_WIDTH_FIRST && cp <= FULL_WIDTH_LAST)
		return cp - FULL_WIDTH_FIRST + '!';
	return is_space_char(cp) ? ' ' : cp;
}

str
text_fold(arena *a, str s)
{
	buf b = buf_in(a);
	uint32_t cp = 0;
	bool space = false;

	while (utf8_next(&s, &cp)) {
		cp = half_width(cp);
		if (is_invisible(cp))
			continue;
		if (cp != ' ') {
			if (space && b.n)
				buf_c(&b, ' ');
			utf8_put(&b, cp);
		}
		space = cp == ' ';
	}
	return buf_str(&b);
}

static bool
is_name_dot(uint32_t cp)
{
	return cp == MIDDLE_DOT || cp == '.' || cp == 0x2022 || cp == 0x2027 || cp == 0x30fb || cp == 0xff65;
}

/* Ideographs of everyday use, ASCII letters and digits: nearly every name. */
static bool
folded_already(str s)
{
	uint32_t cp = 0;

	while (utf8_next(&s, &cp))
		if (!(cp >= 0x4e00 && cp <= 0x9fff) && !(cp > ' ' && cp <= '~' && cp != '.'))
			return false;
	return true;
}

str
name_fold(arena *a, str s)
{
	if (folded_already(s))
		return s;
	str rest = text_fold(a, s);
	buf b = buf_in(a);
	uint32_t cp = 0, before = 0;
	bool space = false;

	while (utf8_next(&rest, &cp)) {
		if (cp == ' ') {
			space = true;
			continue;
		}
		if (is_name_dot(cp))
			cp = MIDDLE_DOT;
		if (space && cp < 0x80 && before < 0x80)
			buf_c(&b, ' ');
		utf8_put(&b, cp);
		before = cp;
		space = false;
	}
	return buf_str(&b);
}
