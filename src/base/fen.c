/* fen.c - see fen.h. */
#include "base/fen.h"

#include "base/buf.h"

bool
fen_add(int64_t x, int64_t y, int64_t *out)
{
	int64_t v = 0;

	if (__builtin_add_overflow(x, y, &v))
		return false;
	*out = v;
	return true;
}

bool
fen_sub(int64_t x, int64_t y, int64_t *out)
{
	int64_t v = 0;

	if (__builtin_sub_overflow(x, y, &v))
		return false;
	*out = v;
	return true;
}

bool
fen_mul(int64_t x, int64_t times, int64_t *out)
{
	int64_t v = 0;

	if (__builtin_mul_overflow(x, times, &v))
		return false;
	*out = v;
	return true;
}

bool
fen_share(int64_t amount, int64_t num, int64_t den, int64_t unit, int64_t *out)
{
	BUG_ON(den <= 0 || unit <= 0);
	/* 2^126 at most, and den × unit likewise: nothing here overflows */
	__int128 top = (__int128)amount * num, step = (__int128)den * unit;
	__int128 units = (top < 0 ? -top : top) / step, left = (top < 0 ? -top : top) % step;

	units += left >= step - left;
	if (units > INT64_MAX / unit)
		return false;
	*out = (int64_t)(top < 0 ? -units * unit : units * unit);
	return true;
}

/* Digits with commas, if any, before every third from the right. Adds them to *v as a negative number. */
static bool
read_yuan(str s, int64_t *v)
{
	bool grouped = str_find_char(s, ',') >= 0;

	if (s.n == 0 || (grouped && s.n % 4 == 0)) /* no digits before the first comma, or four */
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool comma_place = grouped && i > 0 && (s.n - i) % 4 == 0;
		if (comma_place != (s.p[i] == ','))
			return false;
		if (comma_place)
			continue;
		if (s.p[i] < '0' || s.p[i] > '9' || __builtin_mul_overflow(*v, 10, v) ||
		    __builtin_sub_overflow(*v, (int64_t)(s.p[i] - '0'), v))
			return false;
	}
	return true;
}

bool
fen_parse(str s, int64_t *out)
{
	bool neg = s.n && s.p[0] == '-';
	str rest = neg ? str_from(s, 1) : s;
	ptrdiff_t point = str_find_char(rest, '.');
	str yuan = point < 0 ? rest : str_sub(rest, 0, (size_t)point);
	str part = point < 0 ? STR("0") : str_from(rest, (size_t)point + 1);
	int64_t v = 0; /* built negative, so that the smallest fits */

	if (!read_yuan(yuan, &v) || !str_all_digits(part) || part.n > 2)
		return false;
	int64_t cents = (part.p[0] - '0') * 10 + (part.n > 1 ? part.p[1] - '0' : 0);
	if (__builtin_mul_overflow(v, FEN_PER_YUAN, &v) || __builtin_sub_overflow(v, cents, &v))
		return false;
	if (!neg && __builtin_sub_overflow((int64_t)0, v, &v))
		return false;
	*out = v;
	return true;
}

static uint64_t
magnitude(int64_t fen)
{
	return fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
}

/* Written from the right; `mark` is put between groups of three digits of yuan unless it is 0. */
static str
print(int64_t fen, char mark, char out[FEN_TEXT])
{
	uint64_t u = magnitude(fen), yuan = u / FEN_PER_YUAN, cents = u % FEN_PER_YUAN;
	size_t at = FEN_TEXT - 1, digits = 0;

	out[at] = '\0';
	out[--at] = (char)('0' + cents % 10);
	out[--at] = (char)('0' + cents / 10);
	out[--at] = '.';
	do {
		if (mark && digits > 0 && digits % 3 == 0)
			out[--at] = mark;
		out[--at] = (char)('0' + yuan % 10);
		digits++;
	} while (yuan /= 10);
	if (fen < 0)
		out[--at] = '-';
	return (str){out + at, FEN_TEXT - 1 - at};
}

str
fen_text(int64_t fen, char out[FEN_TEXT])
{
	return print(fen, 0, out);
}

str
fen_str(arena *a, int64_t fen)
{
	char t[FEN_TEXT];

	return str_dup(a, print(fen, 0, t));
}

str
fen_grouped(arena *a, int64_t fen)
{
	char t[FEN_TEXT];

	return str_dup(a, print(fen, ',', t));
}

static const char *const capital[10] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};

/* Digits go in fours (万, 亿); a run of zeros between two digits is one 零, at the end of a four none. What
 * stands before the first 亿 counts hundred millions, however long it is: 壹万零壹亿. */
static void
put_capital_yuan(buf *b, uint64_t yuan)
{
	static const char *const in_four[4] = {"", "拾", "佰", "仟"};
	static const char *const four[5] = {"", "万", "亿", "万", "亿"};
	uint64_t power = 1;
	int place = 0;
	bool zero = false, any = false;

	for (; yuan / power >= 10; power *= 10)
		place++;
	for (; place >= 0; place--, power /= 10) {
		unsigned d = (unsigned)(yuan / power % 10);
		if (d > 0) {
			buf_fmt(b, "%s%s%s", zero ? "零" : "", capital[d], in_four[place % 4]);
			any = true;
		}
		zero = d == 0;
		if (place == 8 || (place % 4 == 0 && any)) {
			buf_put(b, str_of(four[place / 4]));
			any = false;
		}
	}
}

str
fen_capital(arena *a, int64_t fen)
{
	uint64_t u = magnitude(fen), yuan = u / FEN_PER_YUAN;
	unsigned jiao = (unsigned)(u / 10 % 10), cents = (unsigned)(u % 10);
	buf b = buf_in(a);

	if (fen < 0)
		buf_lit(&b, "负");
	if (yuan > 0) {
		put_capital_yuan(&b, yuan);
		buf_lit(&b, "元");
	}
	if (jiao > 0)
		buf_fmt(&b, "%s角", capital[jiao]);
	else if (yuan > 0 && cents > 0)
		buf_lit(&b, "零");
	if (cents > 0)
		buf_fmt(&b, "%s分", capital[cents]);
	else
		buf_put(&b, u == 0 ? STR("零元整") : STR("整"));
	return buf_str(&b);
}
