/* ops.c - operators: equality, order, arithmetic of every pair of kinds that has one, and what stands after a
 * dot. */
#include "feel/priv.h"

/* equality and order */

enum { EQUAL_DEPTH_MAX = 256, EQUAL_STEPS_MAX = 10 * 1000 * 1000 };

/* Values nested too deeply or shared too often cannot be told equal or not. */
typedef struct walk {
	unsigned depth;
	uint64_t *steps;
} walk;

static feel_value equal_lists(feel_value x, feel_value y, walk w);

static feel_value equal_contexts(const feel_context *x, const feel_context *y, walk w);

static bool
moment(feel_kind k)
{
	return k == FEEL_DATE || k == FEEL_TIME || k == FEEL_DATE_TIME;
}

/* A local time and one with an offset have no order. */
static bool
order_moments(feel_value x, feel_value y, int *out)
{
	bool local_x = x.offset == FEEL_LOCAL, local_y = y.offset == FEEL_LOCAL;

	if (x.kind != FEEL_DATE && local_x != local_y && !(x.zone && y.zone))
		return false;
	__int128 a = feel_point(x), b = feel_point(y);
	if (x.kind == FEEL_DATE_TIME) { /* the kit compares instants to the millisecond; is() sees the rest */
		a /= FEEL_SEC_NS / 1000;
		b /= FEEL_SEC_NS / 1000;
	}
	*out = (a > b) - (a < b);
	return true;
}

bool
feel_order(feel_value x, feel_value y, int *out)
{
	if (x.kind != y.kind)
		return false;
	if (x.kind == FEEL_NUMBER)
		*out = dec_cmp(x.n, y.n);
	else if (x.kind == FEEL_STRING)
		*out = str_cmp(x.s, y.s);
	else if (x.kind == FEEL_DAYS)
		*out = (x.ns > y.ns) - (x.ns < y.ns);
	else if (x.kind == FEEL_MONTHS)
		*out = (x.months > y.months) - (x.months < y.months);
	else
		return moment(x.kind) && order_moments(x, y, out);
	return true;
}

static feel_value
equal_at(feel_value x, feel_value y, walk w)
{
	int order;

	if (++w.depth > EQUAL_DEPTH_MAX || ++*w.steps > EQUAL_STEPS_MAX)
		return feel_null(NULL);
	if (x.kind == FEEL_NULL || y.kind == FEEL_NULL)
		return feel_bool(x.kind == y.kind);
	if (x.kind != y.kind)
		return feel_null(NULL);
	switch ((int)x.kind) {
	case FEEL_BOOL:
		return feel_bool(x.b == y.b);
	case FEEL_LIST:
		return equal_lists(x, y, w);
	case FEEL_CONTEXT:
		return equal_contexts(x.context, y.context, w);
	case FEEL_RANGE:
		return feel_bool(x.range->by_sign == y.range->by_sign &&
				 x.range->lo_closed == y.range->lo_closed &&
				 x.range->hi_closed == y.range->hi_closed &&
				 feel_is_true(equal_at(x.range->lo, y.range->lo, w)) &&
				 feel_is_true(equal_at(x.range->hi, y.range->hi, w)));
	case FEEL_FUNCTION:
		return feel_null(NULL);
	default:
		return feel_order(x, y, &order) ? feel_bool(order == 0) : feel_bool(false);
	}
}

static feel_value
equal_lists(feel_value x, feel_value y, walk w)
{
	if (x.list.n != y.list.n)
		return feel_bool(false);
	for (size_t i = 0; i < x.list.n; i++) {
		feel_value v = equal_at(x.list.v[i], y.list.v[i], w);
		if (!feel_is_true(v))
			return v;
	}
	return feel_bool(true);
}

static feel_value
equal_contexts(const feel_context *x, const feel_context *y, walk w)
{
	if (x->n != y->n)
		return feel_bool(false);
	for (size_t i = 0; i < x->n; i++) {
		const feel_value *other = feel_get(y, x->e[i].name);
		if (!other)
			return feel_bool(false);
		feel_value v = equal_at(x->e[i].value, *other, w);
		if (!feel_is_true(v))
			return v;
	}
	return feel_bool(true);
}

feel_value
feel_equal(feel_value x, feel_value y)
{
	uint64_t steps = 0;

	return equal_at(x, y, (walk){.steps = &steps});
}

feel_value
op_equal(run *r, feel_value x, feel_value y)
{
	uint64_t steps = 0;
	feel_value v = equal_at(x, y, (walk){.steps = &steps});

	eval_cost(r, steps);
	return v;
}

feel_value
op_compare(run *r, const node *n, node_kind op, feel_value x, feel_value y)
{
	int order;

	if (op == N_EQ || op == N_NE) {
		feel_value v = op_equal(r, x, y);
		if (v.kind == FEEL_NULL)
			return fail_null(r, n, "feel.type.compare");
		return feel_bool(v.b == (op == N_EQ));
	}
	if (x.kind == FEEL_NULL || y.kind == FEEL_NULL)
		return null_from(r, n, x.kind == FEEL_NULL ? x : y, "feel.type.compare");
	if (!feel_order(x, y, &order))
		return fail_null(r, n, "feel.type.compare");
	return feel_bool(op == N_LT   ? order < 0
			 : op == N_LE ? order <= 0
			 : op == N_GT ? order > 0
				      : order >= 0);
}

feel_value
op_range_has(run *r, const node *n, const feel_range *range, feel_value x)
{
	feel_value above = feel_bool(true), below = feel_bool(true);

	if (range->lo.kind != FEEL_NULL || !range->by_sign)
		above = op_compare(r, n, range->lo_closed ? N_GE : N_GT, x, range->lo);
	if (range->hi.kind != FEEL_NULL || !range->by_sign)
		below = op_compare(r, n, range->hi_closed ? N_LE : N_LT, x, range->hi);
	if (above.kind != FEEL_BOOL)
		return above;
	return below.kind != FEEL_BOOL ? below : feel_bool(above.b && below.b);
}

/* arithmetic */

static feel_value
number_of(run *r, const node *n, dec v)
{
	return dec_finite(v) ? feel_number(v) : fail_null(r, n, "feel.number.range");
}

static feel_value
numbers(run *r, const node *n, dec x, dec y)
{
	switch ((int)n->kind) {
	case N_ADD:
		return number_of(r, n, dec_add(x, y));
	case N_SUB:
		return number_of(r, n, dec_sub(x, y));
	case N_MUL:
		return number_of(r, n, dec_mul(x, y));
	case N_DIV:
		return dec_is_zero(y) ? fail_null(r, n, "feel.number.zero") : number_of(r, n, dec_div(x, y));
	default:
		return number_of(r, n, dec_pow(x, y));
	}
}

#define DAYS_LIMIT ((__int128)FEEL_DAY_NS * 366 * 2 * 1000000000)

static feel_value
days(run *r, const node *n, __int128 ns)
{
	return ns <= DAYS_LIMIT && ns >= -DAYS_LIMIT ? feel_days(ns) : fail_null(r, n, "feel.temporal.range");
}

static feel_value
months(run *r, const node *n, int64_t v)
{
	const int64_t limit = FEEL_YEAR_MAX * INT64_C(240);

	return v <= limit && v >= -limit ? feel_months(v) : fail_null(r, n, "feel.temporal.range");
}

/* A duration as a number: its nanoseconds or its months. */
static dec
measure(feel_value v)
{
	if (v.kind == FEEL_MONTHS)
		return dec_i64(v.months);
	int64_t high = (int64_t)(v.ns / FEEL_DAY_NS), low = (int64_t)(v.ns % FEEL_DAY_NS);
	return dec_add(dec_mul(dec_i64(high), dec_i64(FEEL_DAY_NS)), dec_i64(low));
}

static feel_value
of_measure(run *r, const node *n, feel_kind kind, dec v)
{
	int64_t high, low;

	v = dec_to_scale(v, 0, DEC_DOWN);
	if (dec_finite(v) && kind == FEEL_MONTHS && dec_to_i64(v, &high))
		return months(r, n, high);
	if (dec_finite(v) && kind == FEEL_DAYS) {
		dec whole = dec_to_scale(dec_div(v, dec_i64(FEEL_DAY_NS)), 0, DEC_DOWN);
		if (dec_to_i64(whole, &high) &&
		    dec_to_i64(dec_sub(v, dec_mul(whole, dec_i64(FEEL_DAY_NS))), &low))
			return days(r, n, (__int128)high * FEEL_DAY_NS + low);
	}
	return fail_null(r, n, "feel.temporal.range");
}

static bool
duration(feel_kind k)
{
	return k == FEEL_DAYS || k == FEEL_MONTHS;
}

/* duration × number, number × duration, duration ÷ number, duration ÷ duration */
static feel_value
scaled(run *r, const node *n, feel_value x, feel_value y)
{
	if (n->kind == N_MUL) {
		feel_value d = duration(x.kind) ? x : y, k = duration(x.kind) ? y : x;
		return of_measure(r, n, d.kind, dec_mul(measure(d), k.n));
	}
	if (y.kind == FEEL_NUMBER ? dec_is_zero(y.n) : dec_is_zero(measure(y)))
		return fail_null(r, n, "feel.number.zero");
	if (y.kind == FEEL_NUMBER)
		return of_measure(r, n, x.kind, dec_div(measure(x), y.n));
	return number_of(r, n, dec_div(measure(x), measure(y)));
}

/* moment ± duration, duration + moment, moment - moment */
static feel_value
shifted(run *r, const node *n, feel_value x, feel_value y)
{
	feel_value out;

	if (duration(x.kind)) {
		feel_value t = x;
		x = y;
		y = t;
	}
	int64_t sign = n->kind == N_SUB ? -1 : 1;
	bool ok = y.kind == FEEL_MONTHS ? feel_add_months(x, sign * y.months, &out)
					: feel_add_ns(x, sign * y.ns, &out);
	return ok ? out : fail_null(r, n, "feel.temporal.range");
}

static feel_value
difference(run *r, const node *n, feel_value x, feel_value y)
{
	bool time = x.kind == FEEL_TIME || y.kind == FEEL_TIME;

	if (time && x.kind != y.kind)
		return fail_null(r, n, "feel.type.arithmetic");
	/* a date counts as its midnight in UTC */
	if (x.kind != y.kind) {
		feel_value *date = x.kind == FEEL_DATE ? &x : &y;
		date->offset = 0;
	}
	if ((x.offset == FEEL_LOCAL) != (y.offset == FEEL_LOCAL))
		return fail_null(r, n, "feel.temporal.zone");
	return days(r, n, feel_point(x) - feel_point(y));
}

static feel_value
durations(run *r, const node *n, feel_value x, feel_value y)
{
	int sign = n->kind == N_SUB ? -1 : 1;

	if (x.kind == FEEL_DAYS)
		return days(r, n, x.ns + sign * y.ns);
	return months(r, n, x.months + sign * y.months);
}

static feel_value
joined(run *r, const node *n, str x, str y)
{
	return eval_room(r, n, x.n + y.n) ? feel_string(str_cat(r->a, x, y)) : feel_null(NULL);
}

feel_value
op_arith(run *r, const node *n, feel_value x, feel_value y)
{
	bool sum = n->kind == N_ADD || n->kind == N_SUB;

	if (x.kind == FEEL_NULL || y.kind == FEEL_NULL)
		return null_from(r, n, x.kind == FEEL_NULL ? x : y, "feel.type.arithmetic");
	if (x.kind == FEEL_NUMBER && y.kind == FEEL_NUMBER)
		return numbers(r, n, x.n, y.n);
	if (n->kind == N_ADD && x.kind == FEEL_STRING && y.kind == FEEL_STRING)
		return joined(r, n, x.s, y.s);
	if (sum && duration(x.kind) && x.kind == y.kind)
		return durations(r, n, x, y);
	if (sum && moment(x.kind) && duration(y.kind))
		return shifted(r, n, x, y);
	if (n->kind == N_ADD && duration(x.kind) && moment(y.kind))
		return shifted(r, n, x, y);
	if (n->kind == N_SUB && moment(x.kind) && moment(y.kind))
		return difference(r, n, x, y);
	if (n->kind == N_MUL &&
	    ((duration(x.kind) && y.kind == FEEL_NUMBER) || (x.kind == FEEL_NUMBER && duration(y.kind))))
		return scaled(r, n, x, y);
	if (n->kind == N_DIV && duration(x.kind) && (y.kind == FEEL_NUMBER || y.kind == x.kind))
		return scaled(r, n, x, y);
	return fail_null(r, n, "feel.type.arithmetic");
}

feel_value
op_negate(run *r, const node *n, feel_value x)
{
	if (x.kind == FEEL_NUMBER)
		return feel_number(dec_neg(x.n));
	if (x.kind == FEEL_DAYS)
		return feel_days(-x.ns);
	if (x.kind == FEEL_MONTHS)
		return feel_months(-x.months);
	return null_from(r, n, x, "feel.type.arithmetic");
}

/* what stands after a dot */

typedef struct property {
	const char *name;
	uint32_t kinds; /* bits of feel_kind */
	feel_value (*get)(feel_value v);
} property;

static feel_value
get_year(feel_value v)
{
	return feel_int(feel_ymd_of(v.t.day).y);
}

static feel_value
get_month(feel_value v)
{
	return feel_int(feel_ymd_of(v.t.day).m);
}

static feel_value
get_day(feel_value v)
{
	return feel_int(feel_ymd_of(v.t.day).d);
}

static feel_value
get_weekday(feel_value v)
{
	return feel_int(feel_weekday(v.t.day));
}

static feel_value
get_hour(feel_value v)
{
	return feel_int(v.t.ns / FEEL_SEC_NS / 3600);
}

static feel_value
get_minute(feel_value v)
{
	return feel_int(v.t.ns / FEEL_SEC_NS / 60 % 60);
}

static feel_value
get_second(feel_value v)
{
	int64_t part = v.t.ns % (60 * FEEL_SEC_NS);

	return feel_number(part % FEEL_SEC_NS ? dec_trim(dec_div(dec_i64(part), dec_i64(FEEL_SEC_NS)))
					      : dec_i64(part / FEEL_SEC_NS));
}

static feel_value
get_offset(feel_value v)
{
	return v.offset == FEEL_LOCAL ? feel_null(NULL) : feel_days((__int128)v.offset * FEEL_SEC_NS);
}

static feel_value
get_zone(feel_value v)
{
	return v.zone ? feel_string(feel_zone_name(v.zone)) : feel_null(NULL);
}

static feel_value
get_days(feel_value v)
{
	return feel_int((int64_t)(v.ns / FEEL_DAY_NS));
}

static feel_value
get_hours(feel_value v)
{
	return feel_int((int64_t)(v.ns % FEEL_DAY_NS) / FEEL_SEC_NS / 3600);
}

static feel_value
get_minutes(feel_value v)
{
	return feel_int((int64_t)(v.ns % FEEL_DAY_NS) / FEEL_SEC_NS / 60 % 60);
}

static feel_value
get_seconds(feel_value v)
{
	return get_second((feel_value){.t = {.ns = (int64_t)(v.ns % FEEL_DAY_NS)}});
}

static feel_value
get_years(feel_value v)
{
	return feel_int(v.months / 12);
}

static feel_value
get_rest_months(feel_value v)
{
	return feel_int(v.months % 12);
}

static feel_value
get_lo(feel_value v)
{
	return v.range->lo;
}

static feel_value
get_hi(feel_value v)
{
	return v.range->hi;
}

static feel_value
get_lo_closed(feel_value v)
{
	return feel_bool(v.range->lo_closed);
}

static feel_value
get_hi_closed(feel_value v)
{
	return feel_bool(v.range->hi_closed);
}

enum {
	ON_DAY = 1 << FEEL_DATE | 1 << FEEL_DATE_TIME,
	ON_CLOCK = 1 << FEEL_TIME | 1 << FEEL_DATE_TIME,
	ON_DAYS = 1 << FEEL_DAYS,
	ON_MONTHS = 1 << FEEL_MONTHS,
	ON_RANGE = 1 << FEEL_RANGE,
};

static const property properties[] = {
	{"year", ON_DAY, get_year},
	{"month", ON_DAY, get_month},
	{"day", ON_DAY, get_day},
	{"weekday", ON_DAY, get_weekday},
	{"hour", ON_CLOCK, get_hour},
	{"minute", ON_CLOCK, get_minute},
	{"second", ON_CLOCK, get_second},
	{"time offset", ON_CLOCK, get_offset},
	{"timezone", ON_CLOCK, get_zone},
	{"days", ON_DAYS, get_days},
	{"hours", ON_DAYS, get_hours},
	{"minutes", ON_DAYS, get_minutes},
	{"seconds", ON_DAYS, get_seconds},
	{"years", ON_MONTHS, get_years},
	{"months", ON_MONTHS, get_rest_months},
	{"start", ON_RANGE, get_lo},
	{"end", ON_RANGE, get_hi},
	{"start included", ON_RANGE, get_lo_closed},
	{"end included", ON_RANGE, get_hi_closed},
};

static feel_value
path_of_list(run *r, const node *n, feel_value x, str name)
{
	if (!eval_room(r, n, x.list.n * sizeof(feel_value)))
		return feel_null(NULL);
	feel_value *v = arena_array(r->a, feel_value, x.list.n);
	for (size_t i = 0; i < x.list.n && eval_step(r, n); i++) {
		const feel_value *entry =
			x.list.v[i].kind == FEEL_CONTEXT ? feel_get(x.list.v[i].context, name) : NULL;
		v[i] = entry                              ? *entry
		       : x.list.v[i].kind == FEEL_CONTEXT ? feel_null(NULL)
							  : op_path(r, n, x.list.v[i], name);
		if (r->code != RC_OK)
			break;
	}
	return feel_list(v, x.list.n);
}

feel_value
op_path(run *r, const node *n, feel_value x, str name)
{
	if (x.kind == FEEL_NULL)
		return null_from(r, n, x, "feel.path.null");
	if (x.kind == FEEL_LIST) {
		if (r->depth >= EVAL_DEPTH_MAX)
			return fail_null(r, n, "feel.path.unknown");
		r->depth++;
		feel_value v = path_of_list(r, n, x, name);
		r->depth--;
		return v;
	}
	if (x.kind == FEEL_CONTEXT) {
		eval_cost(r, x.context->n / 32);
		const feel_value *v = feel_get(x.context, name);
		return v ? *v : fail_null_about(r, n, "feel.path.unknown", name);
	}
	for (size_t i = 0; i < LEN(properties); i++)
		if ((properties[i].kinds >> x.kind & 1) && str_eq(name, str_of(properties[i].name)))
			return properties[i].get(x);
	return fail_null_about(r, n, "feel.path.unknown", name);
}
