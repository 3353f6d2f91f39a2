/* form.c - see form.h. */
#include "web/form.h"

#include "base/buf.h"
#include "base/fen.h"
#include "base/utf8.h"

form
form_of(arena *a, const url_pairs *in, int64_t now)
{
	return (form){.a = a, .in = in, .today = date_of_instant(now)};
}

bool
form_ok(const form *f)
{
	return f->errors.n == 0;
}

/* A fault points into itself, so each stands in its own place and the list holds pointers. */
fault *
form_wrong(form *f)
{
	fault *e = arena_new(f->a, fault);

	*vec_add(f->a, &f->errors) = e;
	return e;
}

const fault *
form_error(const form *f, str name)
{
	for (size_t i = 0; i < f->errors.n; i++)
		if (str_eq(f->errors.v[i]->field, name))
			return f->errors.v[i];
	return NULL;
}

str
form_typed(const form *f, str name)
{
	return url_value(f->in, name, NULL);
}

static void
missing(form *f, form_field q)
{
	if (!q.optional)
		(void)FAIL(form_wrong(f), RC_INVALID, "form.missing", FA_FIELD(q.name),
			   FA_STR("label", q.label));
}

/* ---- Text. */

typedef rc (*cleaner)(arena *, fault *, str, str *);

static str
cleaned(form *f, form_field q, size_t max, cleaner clean)
{
	fault why = {0};
	str s;

	if (clean(f->a, &why, form_typed(f, q.name), &s) != RC_OK) {
		(void)FAIL(form_wrong(f), RC_INVALID, "form.text", FA_FIELD(q.name),
			   FA_STR("label", q.label));
		return STR("");
	}
	if (s.n == 0)
		missing(f, q);
	if (utf8_count(s) <= max)
		return s;
	(void)FAIL(form_wrong(f), RC_INVALID, "form.long", FA_FIELD(q.name), FA_STR("label", q.label),
		   FA_INT("max", max), FA_INT("count", utf8_count(s)));
	return STR("");
}

str
form_text(form *f, form_field q, size_t max)
{
	return cleaned(f, q, max, text_clean);
}

str
form_lines(form *f, form_field q, size_t max)
{
	return cleaned(f, q, max, text_clean_lines);
}

str
form_name(form *f, form_field q, size_t max)
{
	return name_fold(f->a, cleaned(f, q, max, text_clean));
}

/* What people type for numbers and dates: one line, half width, without spaces. False, and the line of the
 * summary made, when there is nothing to read. */
static bool
folded(form *f, form_field q, str typed, str *out)
{
	fault why = {0};
	buf b = buf_in(f->a);
	str s;

	if (text_clean(f->a, &why, typed, &s) != RC_OK) {
		(void)FAIL(form_wrong(f), RC_INVALID, "form.text", FA_FIELD(q.name),
			   FA_STR("label", q.label));
		return false;
	}
	s = text_fold(f->a, s);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ')
			buf_c(&b, s.p[i]);
	*out = buf_str(&b);
	if (out->n == 0)
		missing(f, q);
	return out->n > 0;
}

/* ---- Dates. */

/* A number of 1 to `most` digits at the front of *s. */
static bool
take_number(str *s, size_t most, int32_t *out)
{
	size_t n = 0;

	*out = 0;
	while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9')
		*out = *out * 10 + (s->p[n++] - '0');
	*s = str_from(*s, n);
	return n > 0;
}

static bool
take_any(str *s, const str *marks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_starts(*s, marks[i])) {
			*s = str_from(*s, marks[i].n);
			return true;
		}
	}
	return false;
}

/* 2024-3-5, 2024.3.5, 2024/3/5, 2024年3月5日 (or 号), 20240305. */
static bool
date_typed(str s, int32_t *day)
{
	static const str year_end[] = {{"-", 1}, {".", 1}, {"/", 1}, {"年", 3}, {"。", 3}, {"、", 3}};
	static const str month_end[] = {{"-", 1}, {".", 1}, {"/", 1}, {"月", 3}, {"。", 3}, {"、", 3}};
	static const str day_end[] = {{"日", 3}, {"号", 3}};
	int32_t y, m, d;

	if (s.n == 8 && str_all_digits(s))
		return date_parse_compact(s, day);
	size_t before = s.n;
	if (!take_number(&s, 4, &y) || before - s.n != 4 || !take_any(&s, year_end, LEN(year_end)) ||
	    !take_number(&s, 2, &m) || !take_any(&s, month_end, LEN(month_end)) || !take_number(&s, 2, &d))
		return false;
	(void)take_any(&s, day_end, LEN(day_end));
	if (s.n != 0 || !date_valid(y, m, d))
		return false;
	*day = date_from_ymd(y, m, d);
	return true;
}

/* The three inputs as one text, or the empty text when they are all empty. */
static str
three_inputs(form *f, str name)
{
	str y = str_trim(form_typed(f, str_cat(f->a, name, STR("-year"))));
	str m = str_trim(form_typed(f, str_cat(f->a, name, STR("-month"))));
	str d = str_trim(form_typed(f, str_cat(f->a, name, STR("-day"))));

	if (y.n + m.n + d.n == 0)
		return STR("");
	return str_fmt(f->a, "%.*s-%.*s-%.*s", STR_ARG(y), STR_ARG(m), STR_ARG(d));
}

int32_t
form_date(form *f, form_field q)
{
	bool one = false;
	int32_t day = DATE_NONE;
	str s, typed = url_value(f->in, q.name, &one);

	if (!folded(f, q, one ? typed : three_inputs(f, q.name), &s))
		return DATE_NONE;
	if (!date_typed(s, &day))
		(void)FAIL(form_wrong(f), RC_INVALID, "form.date", FA_FIELD(q.name),
			   FA_STR("label", q.label));
	return day;
}

int32_t
form_past_date(form *f, form_field q)
{
	int32_t day = form_date(f, q);

	if (day == DATE_NONE || day <= f->today)
		return day;
	(void)FAIL(form_wrong(f), RC_INVALID, "form.date.future", FA_FIELD(q.name), FA_STR("label", q.label));
	return DATE_NONE;
}

/* ---- Numbers. */

bool
form_nid(form *f, form_field q, nid *out)
{
	fault *e = arena_new(f->a, fault);
	str s;

	if (!folded(f, q, form_typed(f, q.name), &s))
		return false;
	if (nid_parse(f->a, e, s, f->today, out) == RC_OK)
		return true;
	e->field = q.name;
	*vec_add(f->a, &f->errors) = e;
	return false;
}

int64_t
form_int(form *f, form_field q, int64_t min, int64_t max)
{
	int64_t v = min;
	str s;

	if (!folded(f, q, form_typed(f, q.name), &s))
		return min;
	if (str_to_i64(s, &v) && v >= min && v <= max)
		return v;
	(void)FAIL(form_wrong(f), RC_INVALID, "form.number", FA_FIELD(q.name), FA_STR("label", q.label),
		   FA_INT("min", min), FA_INT("max", max));
	return min;
}

int64_t
form_money(form *f, form_field q, int64_t max)
{
	static const str yuan_sign[] = {{"¥", 2}, {"￥", 3}}; /* U+00A5, U+FFE5 */
	int64_t v = 0;
	str s;

	if (!folded(f, q, form_typed(f, q.name), &s))
		return 0;
	(void)take_any(&s, yuan_sign, LEN(yuan_sign));
	if (str_ends(s, STR("元")))
		s.n -= sizeof "元" - 1;
	if (fen_parse(s, &v) && v >= 0 && v <= max)
		return v;
	(void)FAIL(form_wrong(f), RC_INVALID, "form.money", FA_FIELD(q.name), FA_STR("label", q.label),
		   FA_STR("max", fen_grouped(f->a, max)));
	return 0;
}

/* ---- Choices. */

static int
place_of(str value, const str *choices, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(choices[i], value))
			return (int)i;
	return FORM_NONE;
}

static void
not_offered(form *f, form_field q)
{
	(void)FAIL(form_wrong(f), RC_INVALID, "form.choice", FA_FIELD(q.name), FA_STR("label", q.label));
}

int
form_choice(form *f, form_field q, const str *choices, size_t n)
{
	str typed = form_typed(f, q.name);
	int at = typed.n ? place_of(typed, choices, n) : FORM_NONE;

	if (at == FORM_NONE && (typed.n || !q.optional))
		not_offered(f, q);
	return at;
}

uint64_t
form_ticks(form *f, form_field q, const str *choices, size_t n)
{
	uint64_t set = 0;

	BUG_ON(n > 64);
	for (size_t i = 0; i < f->in->n; i++) {
		if (!str_eq(f->in->v[i].name, q.name))
			continue;
		int at = place_of(f->in->v[i].value, choices, n);
		if (at == FORM_NONE) {
			not_offered(f, q);
			return 0;
		}
		set |= (uint64_t)1 << at;
	}
	if (set == 0 && !q.optional)
		not_offered(f, q);
	return set;
}

bool
form_ticked(const form *f, str name)
{
	bool there = false;

	(void)url_value(f->in, name, &there);
	return there;
}

str
form_request_key(const form *f)
{
	str key = form_typed(f, STR("request-key"));

	if (key.n != FORM_KEY_LEN)
		return STR("");
	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];
		bool alnum = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
		if (!alnum && c != '+' && c != '/')
			return STR("");
	}
	return key;
}
