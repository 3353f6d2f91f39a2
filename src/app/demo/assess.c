/* assess.c - who assesses in the demo, where and when: trainings, institutions with their designations,
 * doctors and licences, days to come, by the county clerk's own commands. */
#include "app/assessor/assessor.h"
#include "app/demo/cast.h"
#include "app/schedule/schedule.h"
#include "base/date.h"

enum { FAR = 10000 }; /* days */

/* "134" of categories. */
static rc
read_categories(maker *m, const yaml *y, int64_t *out)
{
	str codes;

	*out = 0;
	TRY(yaml_need_text(m->f, y, STR("categories"), &codes));
	for (size_t i = 0; i < codes.n; i++)
		*out |= category_bit(codes.p[i] - '0');
	return RC_OK;
}

/* Days before and after the day on which the demo is made. */
static rc
read_day(maker *m, const yaml *y, str key, int32_t *out)
{
	int64_t n = 0;

	TRY(yaml_need_int(m->f, y, key, -FAR, FAR, &n));
	*out = date_of_instant(site_now(m->site)) + (int32_t)n;
	return RC_OK;
}

/* Somebody of that tenant who keeps the register. */
static rc
keeper_of(maker *m, const yaml *y, int64_t tenant, const actor **out)
{
	for (size_t i = 0; i < m->officers.n; i++) {
		cast_officer *o = m->officers.v[i];
		if (o->office && o->office->tenant == tenant &&
		    perms_has(&o->role->perms, PERM_ASSESSOR_WRITE))
			return cast_actor(m, o, out);
	}
	return YAML_FAIL(m->f, y, "demo.word", FA_STR("word", STR("assessor.write")));
}

static rc
office_of(maker *m, const yaml *y, str what, cast_office **out)
{
	str key;

	TRY(yaml_need_text(m->f, y, what, &key));
	*out = cast_office_of(m, key);
	return *out ? RC_OK : YAML_FAIL(m->f, y, "demo.office", FA_STR("key", key));
}

static rc
hold_training(maker *m, const yaml *y)
{
	cast_office *o = NULL;
	training_new n = {0};
	int64_t days = 0;

	TRY(office_of(m, y, STR("office"), &o));
	TRY(keeper_of(m, y, o->tenant, &n.by));
	TRY(yaml_need_text(m->f, y, STR("name"), &n.name));
	TRY(yaml_need_text(m->f, y, STR("place"), &n.place));
	TRY(read_day(m, y, STR("since"), &n.first));
	TRY(yaml_need_int(m->f, y, STR("days"), 1, FAR, &days));
	TRY(yaml_need_int(m->f, y, STR("hours"), 1, ASSESSOR_HOURS_MAX, &n.hours));
	n.last = n.first + (int32_t)days - 1;
	return cast_run(m, m->a, training_enter, &n, &o->training);
}

static rc
enter_doctor(maker *m, const yaml *y, cast_office *o, const cast_office *trained_by, const actor *by)
{
	doctor_new n = {.by = by, .tenant = o->tenant, .office = o->id};
	licence_new l = {.by = by,
			 .tenant = o->tenant,
			 .training_tenant = trained_by->tenant,
			 .training = trained_by->training};
	size_t place = o->doctors.n + 1;
	str login = STR("");

	TRY(yaml_opt_text(m->f, y, STR("login"), &login));
	if (login.n) {
		const cast_officer *who = cast_officer_of(m, login);
		if (!who)
			return YAML_FAIL(m->f, y, "demo.word", FA_STR("word", login));
		n.account = who->account;
		n.name = who->name;
	} else {
		TRY(yaml_need_text(m->f, y, STR("name"), &n.name));
	}
	TRY(yaml_need_text(m->f, y, STR("title"), &n.title));
	n.practice = str_fmt(m->a, "99%06lld%07zu", (long long)o->tenant, place);
	TRY(cast_run(m, m->a, doctor_enter, &n, &l.doctor));
	*vec_add(m->a, &o->doctors) = n.name;
	TRY(read_categories(m, y, &l.categories));
	TRY(read_day(m, y, STR("since"), &l.from));
	TRY(read_day(m, y, STR("until"), &l.until));
	l.number = str_fmt(m->a, "评（演示）%06lld-%zu", (long long)o->tenant, place);
	return cast_run(m, m->a, licence_give, &l, NULL);
}

static rc
designate(maker *m, const yaml *y)
{
	designation_new n = {.until = DATE_NONE};
	const yaml *doctors = NULL;
	cast_office *o = NULL, *trained_by = NULL;
	int64_t id = 0;

	TRY(office_of(m, y, STR("office"), &o));
	TRY(office_of(m, y, STR("training"), &trained_by));
	TRY(keeper_of(m, y, o->tenant, &n.by));
	n.tenant = o->tenant;
	n.office = o->id;
	n.from = date_of_instant(m->now) - 365;
	TRY(read_categories(m, y, &n.categories));
	TRY(yaml_need_text(m->f, y, STR("document"), &n.document));
	TRY(cast_run(m, m->a, designation_give, &n, &id));
	TRY(yaml_need_kind(m->f, y, STR("doctors"), YAML_LIST, &doctors));
	for (size_t i = 0; i < doctors->n; i++)
		TRY(enter_doctor(m, &doctors->item[i], o, trained_by, n.by));
	return RC_OK;
}

/* ---- where and when ---- */

/* Every week on a weekday, or once. */
static rc
read_days(maker *m, const yaml *y, occasion_plan *p)
{
	int32_t today = date_of_instant(site_now(m->site));
	int64_t weekday = 0, weeks = 0, day = 0;

	if (yaml_find(y, STR("weekday"))) {
		TRY(yaml_need_int(m->f, y, STR("weekday"), 1, 7, &weekday));
		TRY(yaml_need_int(m->f, y, STR("weeks"), 1, 50, &weeks));
		p->weekdays = 1U << weekday;
		p->from = today + 1;
		p->until = today + (int32_t)weeks * 7;
		return RC_OK;
	}
	TRY(yaml_need_int(m->f, y, STR("day"), 1, FAR, &day));
	p->from = p->until = today + (int32_t)day;
	return RC_OK;
}

static rc
plan_days(maker *m, const yaml *y)
{
	occasion_plan p = {0};
	occasion_planned made = {0};
	cast_office *o = NULL;
	const yaml *at = NULL;
	int64_t kind = 0;
	str text;

	TRY(office_of(m, y, STR("office"), &o));
	TRY(keeper_of(m, y, o->tenant, &p.by)); /* who gives the cases plans for all its institutions */
	p.tenant = o->tenant;
	p.office = o->id;
	TRY(yaml_need_int(m->f, y, STR("kind"), OCCASION_SESSION, OCCASION_HOME, &kind));
	p.kind = (occasion_kind)kind;
	TRY(read_days(m, y, &p));
	TRY(yaml_need_text(m->f, y, STR("begins"), &p.begins));
	TRY(yaml_need_text(m->f, y, STR("ends"), &p.ends));
	TRY(yaml_need_text(m->f, y, STR("place"), &p.place));
	TRY(yaml_need(m->f, y, STR("at"), &at));
	TRY(cast_code(m, at, &p.region));
	TRY(read_categories(m, y, &p.categories));
	TRY(yaml_need_int(m->f, y, STR("capacity"), 1, SCHEDULE_CAPACITY_MAX, &p.capacity));
	TRY(pack_find(m->ask->pack, m->a, STR("lists/calendar.txt"), &text));
	TRY(calendar_parse(m->a, m->f, text, &p.calendar));
	return cast_run(m, m->a, occasion_plan_run, &p, &made);
}

rc
cast_assessors(maker *m)
{
	const yaml *y = NULL;

	TRY(yaml_need_kind(m->f, m->list, STR("trainings"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(hold_training(m, &y->item[i]));
	TRY(yaml_need_kind(m->f, m->list, STR("institutions"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(designate(m, &y->item[i]));
	TRY(yaml_need_kind(m->f, m->list, STR("schedule"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(plan_days(m, &y->item[i]));
	return RC_OK;
}
