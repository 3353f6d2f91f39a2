/* builtin_date.c - making dates, times, date-times and durations, and reading the calendar. */
#include "feel/builtin.h"

static feel_value
malformed(run *r, const node *at, feel_value v)
{
	if (v.kind == FEEL_STRING)
		return fail_null_about(r, at, "feel.temporal.malformed", v.s);
	return bad_argument(r, at, v);
}

static bool
ymd_args(const feel_value *arg, int64_t *day)
{
	int64_t y, m, d;

	if (!arg_int(arg[0], &y) || !arg_int(arg[1], &m) || !arg_int(arg[2], &d) || !feel_ymd_valid(y, m, d))
		return false;
	*day = feel_day_of(y, (int32_t)m, (int32_t)d);
	return true;
}

static feel_value
bi_date(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]), out;
	int64_t day;

	if (n == 3)
		return ymd_args(arg, &day) ? feel_date(day) : fail_null(r, at, "feel.temporal.parts");
	if (v.kind == FEEL_DATE || v.kind == FEEL_DATE_TIME)
		return feel_date(v.t.day);
	return v.kind == FEEL_STRING && feel_parse_date(v.s, &out) ? out : malformed(r, at, v);
}

/* Hours, minutes and seconds, the last with a fraction. */
static bool
hms_args(const feel_value *arg, int64_t *ns)
{
	int64_t h, m;
	dec s;

	if (!arg_int(arg[0], &h) || !arg_int(arg[1], &m) || !arg_number(arg[2], &s))
		return false;
	if (h < 0 || h > 23 || m < 0 || m > 59 || dec_negative(s) || dec_cmp(s, dec_i64(60)) >= 0)
		return false;
	int64_t part;
	if (!dec_to_i64(dec_to_scale(dec_mul(s, dec_i64(FEEL_SEC_NS)), 0, DEC_DOWN), &part))
		return false;
	*ns = (h * 3600 + m * 60) * FEEL_SEC_NS + part;
	return true;
}

static bool
offset_arg(feel_value v, int32_t *offset)
{
	v = single(v);
	*offset = FEEL_LOCAL;
	if (v.kind == FEEL_NULL)
		return true;
	if (v.kind != FEEL_DAYS || v.ns % FEEL_SEC_NS || v.ns > (__int128)18 * 3600 * FEEL_SEC_NS ||
	    v.ns < -(__int128)18 * 3600 * FEEL_SEC_NS)
		return false;
	*offset = (int32_t)(v.ns / FEEL_SEC_NS);
	return true;
}

static feel_value
bi_time(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]), out;
	int64_t ns;
	int32_t offset = FEEL_LOCAL;

	if (n >= 3) {
		if (!hms_args(arg, &ns) || (n > 3 && !offset_arg(arg[3], &offset)))
			return fail_null(r, at, "feel.temporal.parts");
		return (feel_value){.kind = FEEL_TIME, .offset = offset, .t = {.ns = ns}};
	}
	if (v.kind == FEEL_DATE)
		return (feel_value){.kind = FEEL_TIME, .offset = 0};
	if (v.kind == FEEL_TIME || v.kind == FEEL_DATE_TIME) {
		v.kind = FEEL_TIME;
		v.t.day = 0;
		return v;
	}
	return v.kind == FEEL_STRING && feel_parse_time(v.s, r->env->zones, &out) ? out : malformed(r, at, v);
}

static feel_value
from_parts(run *r, const node *at, const feel_value *arg, size_t n)
{
	int64_t day, ns;
	int32_t offset = FEEL_LOCAL;
	const feel_zone *zone = NULL;
	str name;
	feel_value out;

	if (!ymd_args(arg, &day) || !hms_args(arg + 3, &ns))
		return fail_null(r, at, "feel.temporal.parts");
	if (n > 6 && arg_text(arg[6], &name)) {
		zone = feel_zone_find(r->env->zones, name);
		if (!zone)
			return fail_null_about(r, at, "feel.temporal.zone", name);
	} else if (n > 6 && !offset_arg(arg[6], &offset)) {
		return fail_null(r, at, "feel.temporal.parts");
	}
	return feel_date_time_of(day, ns, offset, zone, &out) ? out : fail_null(r, at, "feel.temporal.range");
}

static feel_value
bi_date_and_time(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]), out;

	if (n >= 6)
		return from_parts(r, at, arg, n);
	if (n == 2) {
		feel_value time = single(arg[1]);
		str name;
		if (v.kind == FEEL_DATE_TIME &&
		    arg_text(time, &name)) { /* the same instant on another wall */
			const feel_zone *zone = feel_zone_find(r->env->zones, name);
			if (!zone || v.offset == FEEL_LOCAL)
				return fail_null_about(r, at, "feel.temporal.zone", name);
			v.zone = zone;
			return feel_add_ns(v, 0, &out) ? out : fail_null(r, at, "feel.temporal.range");
		}
		if ((v.kind != FEEL_DATE && v.kind != FEEL_DATE_TIME) || time.kind != FEEL_TIME)
			return bad_argument(r, at, v.kind == FEEL_DATE ? time : v);
		return feel_date_time_of(v.t.day, time.t.ns, time.offset, time.zone, &out)
			       ? out
			       : fail_null(r, at, "feel.temporal.range");
	}
	if (v.kind == FEEL_DATE_TIME)
		return v;
	if (v.kind == FEEL_DATE) /* midnight, UTC */
		return (feel_value){.kind = FEEL_DATE_TIME, .offset = 0, .t = {.day = v.t.day}};
	return v.kind == FEEL_STRING && feel_parse_date_time(v.s, r->env->zones, &out) ? out
										       : malformed(r, at, v);
}

static feel_value
bi_duration(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]), out;

	(void)n;
	if (v.kind == FEEL_DAYS || v.kind == FEEL_MONTHS)
		return v;
	return v.kind == FEEL_STRING && feel_parse_duration(v.s, &out) ? out : malformed(r, at, v);
}

static feel_value
bi_months_duration(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value from = single(arg[0]), to = single(arg[1]);

	(void)n;
	if (from.kind != FEEL_DATE && from.kind != FEEL_DATE_TIME)
		return bad_argument(r, at, from);
	if (to.kind != FEEL_DATE && to.kind != FEEL_DATE_TIME)
		return bad_argument(r, at, to);
	return feel_months(feel_months_between(from, to));
}

static feel_value
bi_now(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)arg;
	(void)n;
	return r->env->now.kind == FEEL_DATE_TIME ? r->env->now : fail_null(r, at, "feel.now.unknown");
}

static feel_value
bi_today(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value now = bi_now(r, at, arg, n);

	return now.kind == FEEL_DATE_TIME ? feel_date(now.t.day) : now;
}

/* The same in kind and in everything shown; equality lets two offsets of one instant be equal, this does not.
 */
static bool
identical(feel_value x, feel_value y)
{
	bool moment = x.kind == FEEL_TIME || x.kind == FEEL_DATE_TIME;

	if (x.kind != y.kind)
		return false;
	if (moment)
		return x.t.day == y.t.day && x.t.ns == y.t.ns && x.offset == y.offset && x.zone == y.zone;
	return feel_is_true(feel_equal(x, y));
}

static feel_value
bi_is(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)r;
	(void)at;
	(void)n;
	return feel_bool(identical(arg[0], arg[1]));
}

static bool
day_arg(feel_value v, int64_t *day)
{
	v = single(v);
	*day = v.t.day;
	return v.kind == FEEL_DATE || v.kind == FEEL_DATE_TIME;
}

static feel_value
bi_day_of_year(run *r, const node *at, const feel_value *arg, size_t n)
{
	int64_t day;

	(void)n;
	return day_arg(arg[0], &day) ? feel_int(feel_day_of_year(day)) : bad_argument(r, at, arg[0]);
}

static feel_value
bi_day_of_week(run *r, const node *at, const feel_value *arg, size_t n)
{
	static const char *const name[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
					   "Friday", "Saturday", "Sunday"};
	int64_t day;

	(void)n;
	return day_arg(arg[0], &day) ? feel_string(str_of(name[feel_weekday(day) - 1]))
				     : bad_argument(r, at, arg[0]);
}

static feel_value
bi_month_of_year(run *r, const node *at, const feel_value *arg, size_t n)
{
	static const char *const name[] = {"January",   "February", "March",    "April",
					   "May",       "June",     "July",     "August",
					   "September", "October",  "November", "December"};
	int64_t day;

	(void)n;
	return day_arg(arg[0], &day) ? feel_string(str_of(name[feel_ymd_of(day).m - 1]))
				     : bad_argument(r, at, arg[0]);
}

static feel_value
bi_week_of_year(run *r, const node *at, const feel_value *arg, size_t n)
{
	int64_t day;

	(void)n;
	return day_arg(arg[0], &day) ? feel_int(feel_week_of_year(day)) : bad_argument(r, at, arg[0]);
}

const builtin builtin_dates[] = {
	{"date", "from|year,month,day", bi_date},
	{"time", "from|hour,minute,second,offset?", bi_time},
	{"date and time",
	 "from|date,time|date,timezone|year,month,day,hour,minute,second|year,month,day,hour,minute,second,"
	 "offset|"
	 "year,month,day,hour,minute,second,timezone",
	 bi_date_and_time},
	{"duration", "from", bi_duration},
	{"years and months duration", "from,to", bi_months_duration},
	{"now", "", bi_now},
	{"today", "", bi_today},
	{"is", "value1,value2|:value1?,value2?", bi_is},
	{"day of year", "date", bi_day_of_year},
	{"day of week", "date", bi_day_of_week},
	{"month of year", "date", bi_month_of_year},
	{"week of year", "date", bi_week_of_year},
	{0},
};
