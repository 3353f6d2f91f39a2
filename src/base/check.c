/* check.c - see check.h. */
#include "base/check.h"

#include "base/utf8.h"

const char check31_alphabet[32] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum {
	RADIX = 31,
	BODY_MAX = 30
}; /* 3 is a primitive root of 31: thirty places have thirty different weights */

/* What was typed, without separators and in capitals. */
static str
typed_code(arena *a, str raw)
{
	str s = text_fold(a, raw);
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '-')
			buf_c(&b, (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 'a' + 'A' : s.p[i]));
	return buf_str(&b);
}

static ptrdiff_t
value31(char c)
{
	return str_find_char((str){check31_alphabet, RADIX}, c);
}

char
check31(str body)
{
	size_t sum = 0, weight = 1;

	if (body.n == 0 || body.n > BODY_MAX)
		return '\0';
	for (size_t i = 0; i < body.n; i++) {
		ptrdiff_t v = value31(body.p[i]);
		if (v < 0)
			return '\0';
		sum += (size_t)v * weight;
		weight = weight * 3 % RADIX;
	}
	return check31_alphabet[(RADIX - sum % RADIX) % RADIX];
}

rc
org_code_parse(arena *a, fault *f, str raw, str *out)
{
	str s = typed_code(a, raw);

	if (utf8_count(s) != ORG_CODE)
		return FAIL(f, RC_INVALID, "org.length", FA_INT("length", utf8_count(s)));
	for (size_t i = 0; i < s.n; i++)
		if (value31(s.p[i]) < 0)
			return FAIL(f, RC_INVALID, "org.characters",
				    FA_INT("at", utf8_count(str_sub(s, 0, i)) + 1));
	if (check31(str_sub(s, 0, ORG_CODE - 1)) != s.p[ORG_CODE - 1])
		return FAIL(f, RC_INVALID, "org.check");
	*out = s;
	return RC_OK;
}

/* Sum of the digits, every second doubled (and its digits summed), starting with the last when `doubled`. */
static unsigned
luhn_sum(str digits, bool doubled)
{
	unsigned sum = 0;

	for (size_t i = digits.n; i-- > 0; doubled = !doubled) {
		unsigned d = (unsigned)(digits.p[i] - '0') * (doubled ? 2 : 1);
		sum += d > 9 ? d - 9 : d;
	}
	return sum;
}

char
luhn_digit(str digits)
{
	if (!str_all_digits(digits))
		return '\0';
	return (char)('0' + (10 - luhn_sum(digits, true) % 10) % 10);
}

rc
card_parse(arena *a, fault *f, str raw, str *out)
{
	str s = typed_code(a, raw);

	if (s.n > 0 && !str_all_digits(s))
		return FAIL(f, RC_INVALID, "card.characters");
	if (s.n < CARD_MIN || s.n > CARD_MAX)
		return FAIL(f, RC_INVALID, "card.length", FA_INT("length", s.n));
	if (luhn_sum(s, false) % 10 != 0)
		return FAIL(f, RC_INVALID, "card.check");
	*out = s;
	return RC_OK;
}

str
card_mask(arena *a, str card)
{
	size_t shown = card.n > 8 ? 4 : 0;

	return str_cat(a, STR("****"), str_from(card, card.n - shown));
}
