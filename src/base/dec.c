/* dec.c - see dec.h. The library is libbidgcc000.a of libintelrdfpmath-dev: arguments by value, rounding mode
 * and exception flags as parameters, hence no state.
 *
 * Layout of a number in BID encoding, high word first:
 *
 *    63   62............49 48.............0   63...............0
 *   sign  exponent + 6176  coefficient, high  coefficient, low
 *
 * Two numbers of one exponent whose coefficients fit 63 bits are added and compared as integers; the measured
 * gain is that of a function call into the library, about tenfold. */
#include "base/dec.h"

#include <stdlib.h>

dec __bid128_from_int64(int64_t x);
int64_t __bid128_to_int64_xint(dec x, unsigned *flags);
dec __bid128_from_string(char *s, unsigned mode, unsigned *flags);
void __bid128_to_string(char *out, dec x, unsigned *flags);
dec __bid128_add(dec x, dec y, unsigned mode, unsigned *flags);
dec __bid128_sub(dec x, dec y, unsigned mode, unsigned *flags);
dec __bid128_mul(dec x, dec y, unsigned mode, unsigned *flags);
dec __bid128_div(dec x, dec y, unsigned mode, unsigned *flags);
dec __bid128_sqrt(dec x, unsigned mode, unsigned *flags);
dec __bid128_exp(dec x, unsigned mode, unsigned *flags);
dec __bid128_log(dec x, unsigned mode, unsigned *flags);
dec __bid128_pow(dec x, dec y, unsigned mode, unsigned *flags);
dec __bid128_quantize(dec x, dec y, unsigned mode, unsigned *flags);
dec __bid128_fmod(dec x, dec y, unsigned *flags);
int __bid128_quiet_less(dec x, dec y, unsigned *flags);
int __bid128_quiet_equal(dec x, dec y, unsigned *flags);

enum { MODE_EVEN, MODE_FLOOR, MODE_CEILING, MODE_ZERO, MODE_AWAY };
enum { FLAG_INVALID = 0x01, FLAG_INEXACT = 0x20 };
enum { EXP_BIAS = 6176, EXP_SHIFT = 49, PLAIN_MAX = 60, POW_EXACT_MAX = 9999 };

#define SIGN      (UINT64_C(1) << 63)
#define COEFF_HI  ((UINT64_C(1) << EXP_SHIFT) - 1)
#define EXP_ZERO  ((uint64_t)EXP_BIAS << EXP_SHIFT)
#define NOT_A_NUM ((dec){{0, UINT64_C(0x7c00000000000000)}})

/* The two high bits of the exponent field set mark infinities, NaN and a form of coefficient too large to be
 * canonical, which is zero by the standard and never made by us. */
static bool
special(dec x)
{
	return (x.w[1] & UINT64_C(0x6000000000000000)) == UINT64_C(0x6000000000000000);
}

static dec
small(bool negative, uint64_t coeff, uint64_t exp_bits)
{
	return (dec){{coeff, exp_bits | (negative ? SIGN : 0)}};
}

/* Coefficient with its sign, when it fits an int64. */
static bool
narrow(dec x, int64_t *v)
{
	if ((x.w[1] & COEFF_HI) || x.w[0] > INT64_MAX || special(x))
		return false;
	*v = x.w[1] & SIGN ? -(int64_t)x.w[0] : (int64_t)x.w[0];
	return true;
}

static bool
narrow_pair(dec x, dec y, int64_t *a, int64_t *b)
{
	return ((x.w[1] ^ y.w[1]) & ~SIGN) == 0 && narrow(x, a) && narrow(y, b);
}

static dec
widen(int64_t v, uint64_t exp_bits)
{
	return small(v < 0, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, exp_bits);
}

dec
dec_i64(int64_t v)
{
	return widen(v, EXP_ZERO);
}

bool
dec_to_i64(dec x, int64_t *out)
{
	unsigned flags = 0;

	if ((x.w[1] & ~SIGN) == EXP_ZERO && narrow(x, out))
		return true;
	if (!dec_finite(x))
		return false;
	*out = __bid128_to_int64_xint(x, &flags);
	return (flags & (FLAG_INVALID | FLAG_INEXACT)) == 0;
}

static size_t
digits_at(str s, size_t i)
{
	size_t from = i;

	while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
		i++;
	return i - from;
}

static bool
well_formed(str s)
{
	size_t i = s.n > 0 && s.p[0] == '-';
	size_t whole = digits_at(s, i), part = 0;

	i += whole;
	if (i < s.n && s.p[i] == '.') {
		part = digits_at(s, ++i);
		i += part;
		if (part == 0)
			return false;
	}
	if (whole + part == 0)
		return false;
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		i += i < s.n && (s.p[i] == '+' || s.p[i] == '-');
		size_t n = digits_at(s, i);
		if (n == 0 || n > 9)
			return false;
		i += n;
	}
	return i == s.n;
}

bool
dec_parse(str s, dec *out)
{
	char tmp[1024];
	unsigned flags = 0;
	int64_t v = 0;

	if (s.n <= 18 && str_all_digits(s)) {
		for (size_t i = 0; i < s.n; i++)
			v = v * 10 + (s.p[i] - '0');
		*out = dec_i64(v);
		return true;
	}
	if (s.n >= sizeof tmp || !well_formed(s))
		return false;
	memcpy(tmp, s.p, s.n);
	tmp[s.n] = 0;
	*out = __bid128_from_string(tmp, MODE_EVEN, &flags);
	return dec_finite(*out);
}

/* The library's text is "+DDDDE-EE": the digits of the coefficient and the exponent. */
typedef struct parts {
	bool negative;
	char digit[40];
	int n;
	int exp;
} parts;

static parts
take_apart(dec x)
{
	char tmp[64] = {0};
	unsigned flags = 0;
	parts p = {0};

	__bid128_to_string(tmp, x, &flags);
	p.negative = tmp[0] == '-';
	const char *s = tmp + 1;
	while (*s >= '0' && *s <= '9' && p.n < (int)sizeof p.digit)
		p.digit[p.n++] = *s++;
	p.exp = *s == 'E' ? (int)strtol(s + 1, NULL, 10) : 0;
	return p;
}

/* d.dddE+eee; at most 34 digits, a point, a sign and an exponent of four. */
static size_t
scientific(const parts *p, char *out)
{
	size_t k = 0;
	int e = p->exp + p->n - 1, shown = p->n;

	while (shown > 1 && p->digit[shown - 1] == '0')
		shown--;
	out[k++] = p->digit[0];
	if (shown > 1)
		out[k++] = '.';
	for (int i = 1; i < shown; i++)
		out[k++] = p->digit[i];
	out[k++] = 'E';
	out[k++] = e < 0 ? '-' : '+';
	char rev[8];
	int n = 0;
	for (unsigned u = (unsigned)abs(e); n == 0 || u; u /= 10)
		rev[n++] = (char)('0' + u % 10);
	while (n > 0)
		out[k++] = rev[--n];
	return k;
}

static size_t
plain(const parts *p, char *out)
{
	size_t k = 0;
	int point = p->n + p->exp; /* digits before the point */

	if (point <= 0) {
		out[k++] = '0';
		out[k++] = '.';
		for (int i = point; i < 0; i++)
			out[k++] = '0';
	}
	for (int i = 0; i < p->n; i++) {
		if (i == point && i > 0)
			out[k++] = '.';
		out[k++] = p->digit[i];
	}
	for (int i = 0; i < p->exp; i++)
		out[k++] = '0';
	return k;
}

/* How many characters plain() takes. */
static int
plain_length(const parts *p)
{
	int point = p->n + p->exp;

	return point <= 0 ? 2 - point + p->n : p->exp > 0 ? point : p->n + 1;
}

str
dec_text(dec x, char out[DEC_TEXT])
{
	size_t k = 0;

	if (!dec_finite(x))
		return (str){out, 0};
	parts p = take_apart(x);
	bool zero = p.n == 1 && p.digit[0] == '0';
	if (zero && p.exp > 0)
		p.exp = 0;
	if (p.negative && !zero)
		out[k++] = '-';
	/* Zeros at the end go before the digits do: what is read back is as long as what was printed. */
	bool too_long = plain_length(&p) > PLAIN_MAX;
	while (too_long && p.exp < 0 && p.n > 1 && p.digit[p.n - 1] == '0') {
		p.n--;
		p.exp++;
	}
	k += plain_length(&p) > PLAIN_MAX ? scientific(&p, out + k) : plain(&p, out + k);
	return (str){out, k};
}

bool
dec_finite(dec x)
{
	return (x.w[1] & UINT64_C(0x7800000000000000)) != UINT64_C(0x7800000000000000);
}

bool
dec_is_zero(dec x)
{
	unsigned flags = 0;

	return dec_finite(x) && __bid128_quiet_equal(x, dec_i64(0), &flags);
}

bool
dec_is_int(dec x)
{
	return dec_finite(x) && (dec_scale(x) <= 0 || dec_cmp(x, dec_to_scale(x, 0, DEC_DOWN)) == 0);
}

bool
dec_negative(dec x)
{
	return (x.w[1] & SIGN) && !dec_is_zero(x);
}

dec
dec_add(dec x, dec y)
{
	int64_t a, b, sum;
	unsigned flags = 0;

	if (narrow_pair(x, y, &a, &b) && !__builtin_add_overflow(a, b, &sum))
		return widen(sum, x.w[1] & ~SIGN);
	return __bid128_add(x, y, MODE_EVEN, &flags);
}

dec
dec_sub(dec x, dec y)
{
	int64_t a, b, diff;
	unsigned flags = 0;

	if (narrow_pair(x, y, &a, &b) && !__builtin_sub_overflow(a, b, &diff))
		return widen(diff, x.w[1] & ~SIGN);
	return __bid128_sub(x, y, MODE_EVEN, &flags);
}

dec
dec_mul(dec x, dec y)
{
	int64_t a, b, product;
	unsigned flags = 0;

	/* One factor whole: the scale is the other's. Beyond that the exponents add, and may leave the range.
	 */
	if ((y.w[1] & ~SIGN) == EXP_ZERO && narrow(x, &a) && narrow(y, &b) &&
	    !__builtin_mul_overflow(a, b, &product))
		return widen(product, x.w[1] & ~SIGN);
	return __bid128_mul(x, y, MODE_EVEN, &flags);
}

dec
dec_div(dec x, dec y)
{
	unsigned flags = 0;

	return __bid128_div(x, y, MODE_EVEN, &flags);
}

dec
dec_neg(dec x)
{
	return dec_is_zero(x) ? x : (dec){{x.w[0], x.w[1] ^ SIGN}};
}

dec
dec_abs(dec x)
{
	return (dec){{x.w[0], x.w[1] & ~SIGN}};
}

int
dec_cmp(dec x, dec y)
{
	int64_t a, b;
	unsigned flags = 0;

	if (narrow_pair(x, y, &a, &b))
		return (a > b) - (a < b);
	if (__bid128_quiet_equal(x, y, &flags))
		return 0;
	return __bid128_quiet_less(x, y, &flags) ? -1 : 1;
}

dec
dec_modulo(dec x, dec y)
{
	unsigned flags = 0;

	if (!dec_finite(x) || !dec_finite(y) || dec_is_zero(y))
		return NOT_A_NUM;
	dec r = __bid128_fmod(x, y, &flags); /* exact, the sign of x */
	if (!dec_is_zero(r) && dec_negative(r) != dec_negative(y))
		r = dec_add(r, y);
	return r;
}

/* By squaring, as long as nothing is rounded. */
static bool
pow_exact(dec x, int64_t n, dec *out)
{
	dec r = dec_i64(1), square = x;
	unsigned flags = 0;

	for (; n > 0; n >>= 1) {
		if (n & 1)
			r = __bid128_mul(r, square, MODE_EVEN, &flags);
		if (n > 1)
			square = __bid128_mul(square, square, MODE_EVEN, &flags);
		if ((flags & FLAG_INEXACT) || !dec_finite(r))
			return false;
	}
	*out = r;
	return true;
}

dec
dec_pow(dec x, dec y)
{
	int64_t n;
	unsigned flags = 0;
	dec r;

	if (dec_to_i64(y, &n) && n >= -POW_EXACT_MAX && n <= POW_EXACT_MAX &&
	    pow_exact(x, n < 0 ? -n : n, &r))
		return n < 0 ? dec_div(dec_i64(1), r) : r;
	return dec_trim(__bid128_pow(x, y, MODE_EVEN, &flags));
}

dec
dec_sqrt(dec x)
{
	unsigned flags = 0;

	return __bid128_sqrt(x, MODE_EVEN, &flags);
}

dec
dec_exp(dec x)
{
	unsigned flags = 0;

	return dec_trim(__bid128_exp(x, MODE_EVEN, &flags));
}

dec
dec_log(dec x)
{
	unsigned flags = 0;

	return dec_trim(__bid128_log(x, MODE_EVEN, &flags));
}

int32_t
dec_scale(dec x)
{
	return special(x) ? 0 : EXP_BIAS - (int32_t)((x.w[1] & ~SIGN) >> EXP_SHIFT);
}

/* Intel's five modes and the two it lacks, which are the first five by the sign and by the remainder. */
static unsigned
library_mode(dec x, dec unit, dec_round mode)
{
	static const uint8_t direct[] = {
		[DEC_HALF_EVEN] = MODE_EVEN, [DEC_FLOOR] = MODE_FLOOR,  [DEC_CEILING] = MODE_CEILING,
		[DEC_DOWN] = MODE_ZERO,      [DEC_HALF_UP] = MODE_AWAY,
	};
	unsigned flags = 0;

	if (mode == DEC_UP)
		return x.w[1] & SIGN ? MODE_FLOOR : MODE_CEILING;
	if (mode != DEC_HALF_DOWN)
		return direct[mode];
	dec cut = __bid128_quantize(x, unit, MODE_ZERO, &flags);
	dec rest = dec_abs(dec_sub(x, cut)),
	    half = dec_mul(unit, small(false, 5, EXP_ZERO - (UINT64_C(1) << EXP_SHIFT)));
	return dec_finite(cut) && dec_cmp(rest, half) == 0 ? MODE_ZERO : MODE_AWAY;
}

dec
dec_to_scale(dec x, int32_t scale, dec_round mode)
{
	unsigned flags = 0;

	if (scale > DEC_SCALE_MAX || scale < DEC_SCALE_MIN || !dec_finite(x))
		return NOT_A_NUM;
	dec unit = small(false, 1, (uint64_t)(EXP_BIAS - scale) << EXP_SHIFT);
	dec r = __bid128_quantize(x, unit, library_mode(x, unit, mode), &flags);
	if (!dec_finite(r) && dec_scale(x) <= scale)
		return x; /* 34 digits cannot show the zeros; there is nothing to round */
	return r;
}

dec
dec_trim(dec x)
{
	if (!dec_finite(x) || dec_scale(x) <= 0)
		return x;
	if (dec_is_zero(x))
		return dec_i64(0);
	parts p = take_apart(x);
	int zeros = 0;
	while (zeros < p.n && p.digit[p.n - 1 - zeros] == '0' && p.exp + zeros < 0)
		zeros++;
	return zeros == 0 ? x : dec_to_scale(x, -(p.exp + zeros), DEC_DOWN);
}

double
dec_to_double(dec x)
{
	char tmp[64] = {0};
	unsigned flags = 0;

	__bid128_to_string(tmp, x, &flags);
	return strtod(tmp, NULL);
}
