/* schedule.c - see schedule.h: occasions planned and cancelled, who is expected, what became of it. */
#include "app/schedule/schedule.h"

#include "app/organisation/organisation.h"
#include "app/schedule_sql.h"
#include "base/date.h"
#include "base/utf8.h"

enum { WEEK = 7, ALL_CATEGORIES = 0x7e };

static void
event(tx *t, const actor *by, int64_t owner, const char *kind, int64_t subject)
{
	tx_event(t, &(event_head){.tenant = owner,
				  .actor = by->account,
				  .office = by->office,
				  .kind = kind,
				  .subject = subject});
}

bool
schedule_writes(const actor *who, int64_t owner, int64_t office, int64_t region)
{
	bool own = who->tenant == owner && who->office == office;

	if (!may(who, PERM_SCHEDULE_WRITE, own ? REGION_NONE : division_interval(region).lo))
		return false;
	/* one hospital does not plan for the next in the same county; who assigns cases does for all of them
	 */
	return own || may(who, PERM_ASSESSMENT_ASSIGN, REGION_NONE);
}

static rc
writable(tx *t, const actor *by, int64_t owner, int64_t id)
{
	row_office o;

	TRY(office_find(t, owner, id, &o));
	bool assesses = str_eq(o.kind, office_kind_names[OFFICE_HOSPITAL]);
	return assesses && schedule_writes(by, owner, id, o.region) ? RC_OK : RC_NOT_FOUND;
}

/* ---- planning ---- */

/* 08:30 */
static bool
time_ok(str s)
{
	static const char form[] = "dd:dd";

	if (s.n != sizeof form - 1)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (form[i] == 'd' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != form[i])
			return false;
	return str_cmp(s, STR("24:00")) < 0 && s.p[3] < '6';
}

static bool
falls_on(const occasion_plan *p, int32_t day)
{
	unsigned weekday = 1U << date_weekday(day), nth = 1U << ((date_ymd(day).d - 1) / WEEK + 1);

	return (p->weekdays == 0 || p->weekdays & weekday) && (p->weeks == 0 || p->weeks & nth);
}

static bool
holiday(const occasion_plan *p, int32_t day)
{
	const calendar_entry *e = calendar_entry_of(p->calendar, day);

	return e && e->kind == CALENDAR_OFF;
}

static rc
check_plan(tx *t, const occasion_plan *p)
{
	fault *f = tx_fault(t);

	if (p->from == DATE_NONE || p->until == DATE_NONE || p->until < p->from || p->from < tx_today(t) ||
	    p->until > p->from + 366)
		return FAIL(f, RC_INVALID, "schedule.from", FA_FIELD(STR("from")));
	if (!time_ok(p->begins) || !time_ok(p->ends) || str_cmp(p->ends, p->begins) <= 0)
		return FAIL(f, RC_INVALID, "schedule.time", FA_FIELD(STR("begins")));
	if (p->place.n == 0 || utf8_count(p->place) > SCHEDULE_PLACE_MAX)
		return FAIL(f, RC_INVALID, "schedule.place", FA_FIELD(STR("place")),
			    FA_INT("max", SCHEDULE_PLACE_MAX));
	if (p->categories == 0 || (p->categories & ~(int64_t)ALL_CATEGORIES))
		return FAIL(f, RC_INVALID, "assessor.categories", FA_FIELD(STR("categories")));
	if (p->capacity < 1 || p->capacity > SCHEDULE_CAPACITY_MAX)
		return FAIL(f, RC_INVALID, "schedule.capacity", FA_FIELD(STR("capacity")),
			    FA_INT("max", SCHEDULE_CAPACITY_MAX));
	return RC_OK;
}

static rc
put_day(tx *t, const occasion_plan *p, int32_t day)
{
	return put_occasion(t, &(row_occasion){.tenant = p->tenant,
					       .id = tx_id(t),
					       .office = p->office,
					       .kind = p->kind,
					       .day = date_str(tx_arena(t), day),
					       .begins = p->begins,
					       .ends = p->ends,
					       .region = p->region,
					       .place = p->place,
					       .categories = p->categories,
					       .capacity = p->capacity,
					       .cancelled = STR("")});
}

rc
occasion_plan_run(tx *t, const void *in, void *out)
{
	const occasion_plan *p = in;
	occasion_planned made = {0};

	TRY(writable(t, p->by, p->tenant, p->office));
	TRY(check_plan(t, p));
	event(t, p->by, p->tenant, "schedule.planned", p->office);
	for (int32_t day = p->from; day <= p->until; day++) {
		if (!falls_on(p, day))
			continue;
		if (holiday(p, day)) {
			made.holiday++;
			continue;
		}
		if (++made.n > SCHEDULE_DAYS_MAX)
			return FAIL(tx_fault(t), RC_LIMIT, "schedule.many", FA_FIELD(STR("until")),
				    FA_INT("max", SCHEDULE_DAYS_MAX));
		TRY(put_day(t, p, day));
	}
	if (made.n == 0)
		return FAIL(tx_fault(t), RC_INVALID, "schedule.days", FA_FIELD(STR("until")),
			    FA_INT("n", made.holiday));
	*(occasion_planned *)out = made;
	return RC_OK;
}

/* ---- an occasion ---- */

static rc
find_writable(tx *t, const actor *by, int64_t owner, int64_t id, row_occasion *out)
{
	TRY(find_occasion(t, owner, id, out));
	return writable(t, by, owner, out->office);
}

rc
occasion_cancel(tx *t, const void *in, void *out)
{
	const occasion_end *e = in;
	str reason = str_trim(e->reason);
	appointments_at_rows all;
	row_occasion o;

	(void)out;
	TRY(find_writable(t, e->by, e->tenant, e->id, &o));
	if (reason.n == 0 || utf8_count(reason) > SCHEDULE_REASON_MAX)
		return FAIL(tx_fault(t), RC_INVALID, "schedule.reason", FA_FIELD(STR("reason")),
			    FA_INT("max", SCHEDULE_REASON_MAX));
	if (o.cancelled.n || str_cmp(o.day, date_str(tx_arena(t), tx_today(t))) < 0)
		return FAIL(tx_fault(t), RC_CONFLICT, "schedule.over");
	event(t, e->by, e->tenant, "schedule.cancelled", e->id);
	TRY(sql_appointments_at(
		tx_db(t), tx_arena(t), tx_fault(t),
		&(appointments_at_in){.tenant = e->tenant, .occasion = e->id, .office = o.office}, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].outcome.n == 0)
			TRY(close_appointment(t, e->tenant, all.v[i].id, STR("cancelled")));
	return close_occasion(t, e->tenant, e->id, reason);
}

/* ---- appointments ---- */

/* Is there room, and for such a case, on a day to come? */
static rc
check_room(tx *t, const appointment_new *n)
{
	occasion_one_row o;
	fault *f = tx_fault(t);
	rc r = sql_occasion_one(tx_db(t), tx_arena(t), f,
				&(occasion_one_in){.tenant = n->tenant, .id = n->occasion}, &o);

	if (r == RC_NOT_FOUND ||
	    (r == RC_OK && (o.cancelled.n || str_cmp(o.day, date_str(tx_arena(t), tx_today(t))) < 0)))
		return FAIL(f, RC_INVALID, "schedule.occasion", FA_FIELD(STR("occasion")));
	TRY(r);
	if (n->categories && !(n->categories & o.categories))
		return FAIL(f, RC_INVALID, "schedule.category", FA_FIELD(STR("occasion")));
	if (o.taken >= o.capacity)
		return FAIL(f, RC_CONFLICT, "schedule.full", FA_FIELD(STR("occasion")),
			    FA_INT("n", o.capacity));
	return RC_OK;
}

rc
appointment_put(tx *t, const appointment_new *n)
{
	appointments_of_rows before;
	int64_t missed = 0;

	TRY(sql_appointments_of(tx_db(t), tx_arena(t), tx_fault(t),
				&(appointments_of_in){.kase_tenant = n->kase_tenant, .kase = n->kase},
				&before));
	for (size_t i = 0; i < before.n; i++) {
		missed += str_eq(before.v[i].outcome, STR("missed"));
		if (before.v[i].outcome.n)
			continue;
		event(t, n->by, before.v[i].tenant, "schedule.moved", before.v[i].occasion);
		TRY(close_appointment(t, before.v[i].tenant, before.v[i].id, STR("moved")));
		TRY(tx_event_end(t));
	}
	TRY(check_room(t, n));
	tx_event(t, &(event_head){.tenant = n->tenant,
				  .actor = n->by->account,
				  .office = n->by->office,
				  .kind = "schedule.booked",
				  .subject = n->occasion,
				  .kase = n->kase});
	return put_appointment(t, &(row_appointment){.tenant = n->tenant,
						     .id = tx_id(t),
						     .occasion = n->occasion,
						     .kase_tenant = n->kase_tenant,
						     .kase = n->kase,
						     .n = missed + 1,
						     .needs = n->needs & NEEDS_ALL,
						     .actor = n->by->account,
						     .made = tx_now(t),
						     .outcome = STR("")});
}

rc
appointment_kept(tx *t, int64_t kase_tenant, int64_t kase)
{
	appointments_of_rows all;

	TRY(sql_appointments_of(tx_db(t), tx_arena(t), tx_fault(t),
				&(appointments_of_in){.kase_tenant = kase_tenant, .kase = kase}, &all));
	for (size_t i = 0; i < all.n; i++)
		/* a row is written by events of its own federation only */
		if (all.v[i].outcome.n == 0 && all.v[i].tenant == kase_tenant)
			TRY(close_appointment(t, kase_tenant, all.v[i].id, STR("came")));
	return RC_OK;
}

rc
appointment_close(tx *t, const void *in, void *out)
{
	const appointment_end *e = in;
	row_appointment a;
	row_occasion o;
	fault *f = tx_fault(t);

	(void)out;
	TRY(find_appointment(t, e->tenant, e->id, &a));
	TRY(find_writable(t, e->by, e->tenant, a.occasion, &o));
	bool told = str_eq(e->outcome, STR("came")) || str_eq(e->outcome, STR("missed"));
	if (!told && !str_eq(e->outcome, STR("cancelled")))
		return FAIL(f, RC_INVALID, "schedule.outcome");
	if (told && str_cmp(o.day, date_str(tx_arena(t), tx_today(t))) > 0)
		return FAIL(f, RC_INVALID, "schedule.early", FA_STR("day", o.day));
	if (a.outcome.n)
		return FAIL(f, RC_CONFLICT, "schedule.told");
	event(t, e->by, e->tenant, "schedule.outcome", a.occasion);
	return close_appointment(t, e->tenant, e->id, e->outcome);
}
