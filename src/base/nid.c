/* nid.c - see nid.h. */
#include "base/nid.h"

#include "base/utf8.h"

enum { BODY = NID_LEN - 1, BORN_AT = 6, BORN_LEN = 8, SEQUENCE_END = BODY };
enum { CERT_LEN = NID_LEN + 2 };

str
nid_fold(arena *a, str raw)
{
	str s = text_fold(a, raw);
	buf b = buf_in(a);

	if (str_starts(s, STR("'")))
		s = str_from(s, 1);
	else if (str_starts(s, STR("‘")) || str_starts(s, STR("’")))
		s = str_from(s, STR("’").n);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '-')
			buf_c(&b, (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - 'a' + 'A' : s.p[i]));
	return buf_str(&b);
}

char
nid_check(str body)
{
	static const uint8_t weight[BODY] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	static const char check[] = "10X98765432";
	unsigned sum = 0;

	if (body.n != BODY || !str_all_digits(body))
		return '\0';
	for (size_t i = 0; i < BODY; i++)
		sum += (unsigned)(body.p[i] - '0') * weight[i];
	return check[sum % 11];
}

static bool
is_province(int code)
{
	static const uint8_t last_in_region[10] = {0, 5, 3, 7, 6, 4, 5, 0, 0, 0}; /* 11-15, 21-23, … 61-65 */

	return (code % 10 >= 1 && code % 10 <= last_in_region[code / 10]) || code == 71;
}

/* False when no card begins like this. */
static bool
kind_of(const char *p, nid_kind *out)
{
	int first = (p[0] - '0') * 10 + (p[1] - '0'), second = (p[1] - '0') * 10 + (p[2] - '0');

	if (first == 99)
		*out = NID_DEMO;
	else if (first >= 81 && first <= 83)
		*out = NID_PERMIT;
	else if (first / 10 == 9 && is_province(second))
		*out = NID_FOREIGNER;
	else if (is_province(first))
		*out = NID_CITIZEN;
	else
		return false;
	return true;
}

/* 15 digits to the first 17 of today's form. */
static void
lengthen(const char *old, char *text)
{
	memcpy(text, old, BORN_AT);
	memcpy(text + BORN_AT, "19", 2);
	memcpy(text + BORN_AT + 2, old + BORN_AT, NID_OLD_LEN - BORN_AT);
	text[BODY] = nid_check((str){text, BODY});
}

/* `s` is folded. */
static rc
read_nid(fault *f, str s, int32_t today, nid *out)
{
	nid n = {.was_old = s.n == NID_OLD_LEN};
	size_t digits = n.was_old ? NID_OLD_LEN : BODY, chars = utf8_count(s);

	if (chars != NID_LEN && chars != NID_OLD_LEN)
		return FAIL(f, RC_INVALID, "nid.length", FA_INT("length", chars));
	if (s.n != chars || !str_all_digits(str_sub(s, 0, digits)))
		return FAIL(f, RC_INVALID, "nid.characters");
	if (!n.was_old && s.p[BODY] != 'X' && !str_all_digits(str_from(s, BODY)))
		return FAIL(f, RC_INVALID, "nid.characters");
	if (n.was_old)
		lengthen(s.p, n.text);
	else
		memcpy(n.text, s.p, NID_LEN);
	str text = nid_str(&n);
	if (!kind_of(text.p, &n.kind))
		return FAIL(f, RC_INVALID, "nid.province", FA_STR("code", str_sub(text, 0, 2)));
	if (!date_parse_compact(str_sub(text, BORN_AT, BORN_LEN), &n.born))
		return FAIL(f, RC_INVALID, "nid.date");
	if (n.born > today)
		return FAIL(f, RC_INVALID, "nid.future");
	if (date_age(n.born, today) > NID_OLDEST)
		return FAIL(f, RC_INVALID, "nid.date");
	if (nid_check(str_sub(text, 0, BODY)) != text.p[BODY])
		return FAIL(f, RC_INVALID, "nid.check");
	n.sex = (text.p[SEQUENCE_END - 1] - '0') % 2 ? NID_MALE : NID_FEMALE;
	*out = n;
	return RC_OK;
}

rc
nid_parse(arena *a, fault *f, str raw, int32_t today, nid *out)
{
	return read_nid(f, nid_fold(a, raw), today, out);
}

static str
mask(arena *a, str s, size_t head, size_t tail)
{
	size_t chars = utf8_count(s), hidden = chars > head + tail ? chars - head - tail : chars;
	str front = utf8_cut(s, hidden == chars ? 0 : head);
	str back = str_from(s, utf8_cut(s, utf8_count(front) + hidden).n);
	buf b = buf_in(a);

	buf_put(&b, front);
	while (hidden-- > 0)
		buf_c(&b, '*');
	buf_put(&b, back);
	return buf_str(&b);
}

str
nid_mask(arena *a, str number)
{
	size_t chars = utf8_count(number);

	if (chars == NID_LEN)
		return mask(a, number, BORN_AT, 4);
	if (chars == NID_OLD_LEN)
		return mask(a, number, BORN_AT, 3);
	return mask(a, number, 2, 2);
}

/* "" is the first card, "B1" … "B99" the later ones. */
static bool
read_reissue(str s, int32_t *out)
{
	int64_t n = 0;

	if (s.n == 0) {
		*out = 0;
		return true;
	}
	if (s.n < 2 || s.n > 3 || s.p[0] != 'B' || s.p[1] == '0' || !str_all_digits(str_from(s, 1)))
		return false;
	BUG_ON(!str_to_i64(str_from(s, 1), &n));
	*out = (int32_t)n;
	return true;
}

rc
cert_no_parse(arena *a, fault *f, str raw, int32_t today, cert_no *out)
{
	str s = nid_fold(a, raw);
	cert_no c = {0};

	if (s.n < CERT_LEN)
		return FAIL(f, RC_INVALID, "cert.length", FA_INT("length", utf8_count(s)));
	TRY(read_nid(f, str_sub(s, 0, NID_LEN), today, &c.holder));
	c.category = s.p[NID_LEN] - '0';
	c.level = s.p[NID_LEN + 1] - '0';
	if (c.category < 1 || c.category > CERT_CATEGORIES)
		return FAIL(f, RC_INVALID, "cert.category",
			    FA_STR("code", utf8_cut(str_from(s, NID_LEN), 1)));
	if (c.level < 1 || c.level > CERT_LEVELS)
		return FAIL(f, RC_INVALID, "cert.level",
			    FA_STR("code", utf8_cut(str_from(s, NID_LEN + 1), 1)));
	if (!read_reissue(str_from(s, CERT_LEN), &c.reissue))
		return FAIL(f, RC_INVALID, "cert.reissue", FA_STR("suffix", str_from(s, CERT_LEN)));
	*out = c;
	return RC_OK;
}

str
cert_no_str(arena *a, const cert_no *c)
{
	if (c->reissue == 0)
		return str_fmt(a, "%s%d%d", c->holder.text, c->category, c->level);
	return str_fmt(a, "%s%d%dB%d", c->holder.text, c->category, c->level, c->reissue);
}

str
cert_no_mask(arena *a, str number)
{
	if (number.n < CERT_LEN)
		return nid_mask(a, number);
	return str_cat(a, mask(a, utf8_cut(number, NID_LEN), BORN_AT, 4),
		       str_from(number, utf8_cut(number, NID_LEN).n));
}
