/* text.c - see text.h.  UTF-16 is decoded here, strictly; GB 18030 by iconv. */
#include "io/text.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>

static unsigned char
byte(str s, size_t at)
{
	return (unsigned char)s.p[at];
}

static bool
is_tail(str s, size_t at)
{
	return at < s.n && (byte(s, at) & 0xc0) == 0x80;
}

size_t
text_char(str s, size_t at)
{
	unsigned char c = byte(s, at);

	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4 || !is_tail(s, at + 1))
		return 0;
	unsigned char d = byte(s, at + 1);
	if (c < 0xe0)
		return 2;
	if (!is_tail(s, at + 2) || (c == 0xe0 && d < 0xa0) || (c == 0xed && d > 0x9f))
		return 0;
	if (c < 0xf0)
		return 3;
	if (!is_tail(s, at + 3) || (c == 0xf0 && d < 0x90) || (c == 0xf4 && d > 0x8f))
		return 0;
	return 4;
}

bool
text_is_utf8(str s, size_t *bad)
{
	size_t i = 0;

	while (i < s.n) {
		uint64_t eight = 0;
		if (s.n - i >= sizeof eight) {
			memcpy(&eight, s.p + i, sizeof eight);
			if ((eight & 0x8080808080808080u) == 0) {
				i += sizeof eight;
				continue;
			}
		}
		size_t n = text_char(s, i);
		if (n == 0) {
			if (bad)
				*bad = i;
			return false;
		}
		i += n;
	}
	return true;
}

/* Could the bytes from `at` be the beginning of a character that was cut off?  Then there are at most 3. */
static bool
is_cut(str s, size_t at)
{
	unsigned char c = byte(s, at);
	size_t want = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2, have = s.n - at;

	if (c < 0xc2 || c > 0xf4 || have >= want)
		return false;
	for (size_t i = 1; i < have; i++)
		if (!is_tail(s, at + i))
			return false;
	return true;
}

text_coding
text_guess(str bytes, bool more)
{
	size_t bad = 0;

	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		return TEXT_UTF8_BOM;
	if (str_starts(bytes, STR("\xff\xfe")))
		return TEXT_UTF16LE;
	if (str_starts(bytes, STR("\xfe\xff")))
		return TEXT_UTF16BE;
	if (text_is_utf8(bytes, &bad) || (more && is_cut(bytes, bad)))
		return TEXT_UTF8;
	return TEXT_GB18030;
}

/* Control characters that no text file has. Tab, line feed, form feed and carriage return are text; so is the
 * 0x1a that old programs put at the very end. */
static bool
has_controls(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = byte(s, i);
		if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' &&
		    !(c == 0x1a && i == s.n - 1))
			return true;
	}
	return false;
}

static uint32_t
unit(str s, size_t at, bool big)
{
	uint32_t x = byte(s, at), y = byte(s, at + 1);

	return big ? x << 8 | y : y << 8 | x;
}

static rc
from_utf16(arena *a, fault *f, str s, bool big, str *out)
{
	buf b = buf_in(a);

	buf_room(&b, s.n / 2 * 3);
	for (size_t i = 2; i < s.n; i += 2) {
		if (s.n - i < 2)
			return FAIL(f, RC_INVALID, "text.encoding", FA_STR("coding", STR("UTF-16")),
				    FA_INT("offset", i));
		uint32_t c = unit(s, i, big);
		if (c >= 0xd800 && c < 0xe000) {
			uint32_t low = s.n - i >= 4 ? unit(s, i + 2, big) : 0;
			if (c >= 0xdc00 || low < 0xdc00 || low >= 0xe000)
				return FAIL(f, RC_INVALID, "text.encoding", FA_STR("coding", STR("UTF-16")),
					    FA_INT("offset", i));
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		}
		utf8_put(&b, c);
	}
	*out = buf_str(&b);
	return RC_OK;
}

/* gcc's analyzer takes what iconv_open answers when it fails, and a descriptor that is kept on purpose, for
 * lost. */
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

static rc
from_gb18030(arena *a, fault *f, str s, str *out)
{
	size_t room = s.n * 2 + 16; /* two bytes become three, four become three or four */
	char *to = arena_alloc(a, room), *p = to, *from = (char *)(uintptr_t)s.p;
	size_t left = s.n, space = room;
	iconv_t cd = iconv_open("UTF-8", "GB18030");

	if (cd ==
	    (iconv_t)-1) /* the module is missing from this machine, or out of a confined process' reach */
		return FAIL(f, RC_IO, "text.iconv");
	bool ok = iconv(cd, &from, &left, &p, &space) != (size_t)-1 && left == 0;
	iconv_close(cd);
	if (!ok)
		return FAIL(f, RC_INVALID, "text.encoding", FA_STR("coding", STR("GB 18030")),
			    FA_INT("offset", from - s.p));
	*out = (str){to, (size_t)(p - to)};
	return RC_OK;
}

rc
text_decode(arena *a, fault *f, str bytes, size_t max, text_coding *found, str *out)
{
	text_coding coding = text_guess(bytes, false);

	if (bytes.n > max)
		return FAIL(f, RC_LIMIT, "text.size", FA_INT("max", max));
	if (found)
		*found = coding;
	switch (coding) {
	case TEXT_UTF16LE:
	case TEXT_UTF16BE:
		TRY(from_utf16(a, f, bytes, coding == TEXT_UTF16BE, out));
		break;
	case TEXT_GB18030:
		if (has_controls(
			    bytes)) /* before iconv: a picture or a program should be called what it is */
			return FAIL(f, RC_INVALID, "text.binary");
		TRY(from_gb18030(a, f, bytes, out));
		break;
	case TEXT_UTF8_BOM: {
		size_t bad = 0;
		if (!text_is_utf8(bytes, &bad))
			return FAIL(f, RC_INVALID, "text.encoding", FA_STR("coding", STR("UTF-8")),
				    FA_INT("offset", bad));
		*out = str_from(bytes, 3);
		break;
	}
	case TEXT_UTF8:
		*out = bytes;
		break;
	}
	if (has_controls(*out))
		return FAIL(f, RC_INVALID, "text.binary");
	return RC_OK;
}

/* The descriptor is kept on purpose, for as long as the process lives: iconv unloads what nobody has open. */
bool
text_prepare(void)
{
	return iconv_open("UTF-8", "GB18030") != (iconv_t)-1;
}
