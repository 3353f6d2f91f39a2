/* builtin_number.c - numbers: rounding in its five ways, roots and logarithms, odd and even. */
#include "feel/builtin.h"

static feel_value
rounded(run *r, const node *at, const feel_value *arg, size_t n, dec_round mode)
{
	dec x;
	int64_t scale = 0;

	if (!arg_number(arg[0], &x))
		return bad_argument(r, at, arg[0]);
	if (n > 1 && !arg_place(arg[1], &scale))
		return bad_argument(r, at, arg[1]);
	if (scale > DEC_SCALE_MAX || scale < DEC_SCALE_MIN)
		return fail_null(r, at, "feel.number.scale");
	return number_or_null(r, at, dec_to_scale(x, (int32_t)scale, mode));
}

static feel_value
bi_decimal(run *r, const node *at, const feel_value *arg, size_t n)
{
	return rounded(r, at, arg, n, DEC_HALF_EVEN);
}

static feel_value
bi_floor(run *r, const node *at, const feel_value *arg, size_t n)
{
	return rounded(r, at, arg, n, DEC_FLOOR);
}

static feel_value
bi_ceiling(run *r, const node *at, const feel_value *arg, size_t n)
{
	return rounded(r, at, arg, n, DEC_CEILING);
}

static feel_value
bi_round_up(run *r, const node *at, const feel_value *arg, size_t n)
{
	return rounded(r, at, arg, n, DEC_UP);
}

static feel_value
bi_round_down(run *r, const node *at, const feel_value *arg, size_t n)
{
	return rounded(r, at, arg, n, DEC_DOWN);
}

static feel_value
bi_round_half_up(run *r, const node *at, const feel_value *arg, size_t n)
{
	return rounded(r, at, arg, n, DEC_HALF_UP);
}

static feel_value
bi_round_half_down(run *r, const node *at, const feel_value *arg, size_t n)
{
	return rounded(r, at, arg, n, DEC_HALF_DOWN);
}

static feel_value
bi_abs(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]);

	(void)n;
	if (v.kind == FEEL_NUMBER)
		return feel_number(dec_abs(v.n));
	if (v.kind == FEEL_DAYS)
		return feel_days(v.ns < 0 ? -v.ns : v.ns);
	if (v.kind == FEEL_MONTHS)
		return feel_months(v.months < 0 ? -v.months : v.months);
	return bad_argument(r, at, v);
}

static feel_value
bi_modulo(run *r, const node *at, const feel_value *arg, size_t n)
{
	dec x, y;

	(void)n;
	if (!arg_number(arg[0], &x) || !arg_number(arg[1], &y))
		return bad_argument(r, at, arg[0].kind == FEEL_NULL ? arg[0] : arg[1]);
	return dec_is_zero(y) ? fail_null(r, at, "feel.number.zero")
			      : number_or_null(r, at, dec_modulo(x, y));
}

static feel_value
mapped(run *r, const node *at, feel_value v, dec (*fn)(dec))
{
	dec x;

	return arg_number(v, &x) ? number_or_null(r, at, fn(x)) : bad_argument(r, at, v);
}

static feel_value
bi_sqrt(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return mapped(r, at, arg[0], dec_sqrt);
}

static feel_value
bi_log(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return mapped(r, at, arg[0], dec_log);
}

static feel_value
bi_exp(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return mapped(r, at, arg[0], dec_exp);
}

static feel_value
parity(run *r, const node *at, feel_value v, bool odd)
{
	dec x;

	if (!arg_number(v, &x))
		return bad_argument(r, at, v);
	if (!dec_is_int(x))
		return feel_bool(false);
	return feel_bool(dec_is_zero(dec_modulo(x, dec_i64(2))) != odd);
}

static feel_value
bi_odd(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return parity(r, at, arg[0], true);
}

static feel_value
bi_even(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return parity(r, at, arg[0], false);
}

static feel_value
bi_not(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]);

	(void)n;
	return v.kind == FEEL_BOOL ? feel_bool(!v.b) : bad_argument(r, at, v);
}

/* The text without its grouping signs and with a point for the decimal sign. */
static feel_value
bi_number(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, group = {0}, point = STR(".");
	dec v;
	buf b = buf_in(r->a);

	if (n == 1 && single(arg[0]).kind == FEEL_NUMBER)
		return single(arg[0]);
	if (!arg_text(arg[0], &s))
		return bad_argument(r, at, arg[0]);
	if (n > 1 && arg[1].kind != FEEL_NULL &&
	    (!arg_text(arg[1], &group) || group.n != 1 || !memchr(" ,.", group.p[0], 3)))
		return fail_null(r, at, "feel.number.separator");
	if (n > 2 && arg[2].kind != FEEL_NULL &&
	    (!arg_text(arg[2], &point) || point.n != 1 || !memchr(",.", point.p[0], 2)))
		return fail_null(r, at, "feel.number.separator");
	if (group.n && str_eq(group, point))
		return fail_null(r, at, "feel.number.separator");
	if (!eval_room(r, at, s.n))
		return feel_null(NULL);
	for (size_t i = 0; i < s.n; i++) {
		if (group.n && s.p[i] == group.p[0])
			continue;
		/* a plain point is none when another sign was named */
		buf_c(&b, s.p[i] == point.p[0] ? '.' : s.p[i] == '.' ? '?' : s.p[i]);
	}
	return dec_parse(buf_str(&b), &v) ? feel_number(v) : fail_null_about(r, at, "feel.number.text", s);
}

const builtin builtin_numbers[] = {
	{"decimal", "n,scale", bi_decimal},
	{"floor", "n,scale?", bi_floor},
	{"ceiling", "n,scale?", bi_ceiling},
	{"round up", "n,scale", bi_round_up},
	{"round down", "n,scale", bi_round_down},
	{"round half up", "n,scale", bi_round_half_up},
	{"round half down", "n,scale", bi_round_half_down},
	{"abs", "n", bi_abs},
	{"modulo", "dividend,divisor", bi_modulo},
	{"sqrt", "number", bi_sqrt},
	{"log", "number", bi_log},
	{"exp", "number", bi_exp},
	{"odd", "number", bi_odd},
	{"even", "number", bi_even},
	{"not", "negand", bi_not},
	{"number", "from,grouping separator?,decimal separator?", bi_number},
	{0},
};
