/* schedule_test.c - occasions on days that are worked, and assessors by lot, on both engines. */
#include "app/schedule/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/assessor/assessor_fixture.h"

#define LIMB 4

typedef struct place {
	town w;
	actor clerk, recorder, other;
	int64_t hospital;
	const calendar *days;
} place;

static actor
post_of(town *w, int64_t office, const char *login, const char *as)
{
	int64_t account = open_account(w, COUNTY, login);

	return enter(w, COUNTY, account, give(w, COUNTY, account, office, as)).who;
}

static place
place_open(fixture *x)
{
	static const calendar_entry off = {.kind = CALENDAR_OFF, .note = {"端午节", 9}};
	place p;

	x->now = date_start_instant(date_from_ymd(2026, 6, 1)) + 10 * 3600000; /* a Monday */
	p = (place){.w = town_open(x)};
	calendar_entry e = off;
	e.day = date_from_ymd(2026, 6, 16);
	OK(&p.w, calendar_of(x->a, &x->f, &e, 1, NULL, 0, &p.days));
	p.hospital = open_office_at(&p.w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "县人民医院");
	int64_t next = open_office_at(&p.w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "县中医院");
	p.clerk = post_of(&p.w, p.w.federation, "clerk", "county.clerk");
	p.recorder = post_of(&p.w, p.hospital, "recorder", "hospital.clerk");
	p.other = post_of(&p.w, next, "other", "hospital.clerk");
	return p;
}

/* Tuesdays of June. */
static occasion_plan
tuesdays(place *p)
{
	return (occasion_plan){.by = &p->recorder,
			       .tenant = COUNTY,
			       .office = p->hospital,
			       .kind = OCCASION_SESSION,
			       .from = date_from_ymd(2026, 6, 1),
			       .until = date_from_ymd(2026, 6, 30),
			       .weekdays = 1U << 2,
			       .begins = STR("08:30"),
			       .ends = STR("11:30"),
			       .region = COUNTY_CODE,
			       .place = STR("门诊三楼"),
			       .categories = category_bit(LIMB),
			       .capacity = 2,
			       .calendar = p->days};
}

static occasions
planned(place *p)
{
	fixture *x = p->w.x;
	occasions all;
	db *d = NULL;

	OK(&p->w, store_read(x->s, x->a, &x->f, &d));
	OK(&p->w, occasion_list(d, x->a, &x->f, COUNTY, p->hospital, STR("2026-01-01"), 500, &all));
	store_read_end(x->s, d);
	return all;
}

static void
sessions_pass_over_holidays(fixture *x)
{
	place p = place_open(x);
	occasion_plan plan = tuesdays(&p);
	occasion_planned made = {0};

	OK(&p.w, run(&p.w, occasion_plan_run, &plan, &made));
	assert_int_equal(made.n, 4); /* 2, 9, 23 and 30 June */
	assert_int_equal(made.holiday, 1);
	occasions all = planned(&p);
	assert_int_equal(all.n, 4);
	assert_true(str_eq(all.v[2].day, STR("2026-06-23")));

	/* the second and fourth Sunday, though nobody works on Sundays */
	plan.weekdays = 1U << 7;
	plan.weeks = 1U << 2 | 1U << 4;
	OK(&p.w, run(&p.w, occasion_plan_run, &plan, &made));
	assert_int_equal(made.n, 2);
	all = planned(&p);
	assert_true(str_eq(all.v[2].day, STR("2026-06-14")));
	assert_true(str_eq(all.v[4].day, STR("2026-06-28")));

	/* the holiday alone */
	plan.weekdays = plan.weeks = 0;
	plan.from = plan.until = date_from_ymd(2026, 6, 16);
	REFUSED(&p.w, run(&p.w, occasion_plan_run, &plan, &made), RC_INVALID, "schedule.days");
	proved(&p.w);
}

static void
what_is_wrong_is_said_at_its_field(fixture *x)
{
	static const struct {
		const char *begins, *ends;
	} times[] = {{"8:30", "11:30"}, {"08:30", "08:30"}, {"08:60", "11:30"}, {"22:00", "24:00"}};
	place p = place_open(x);
	occasion_planned made = {0};

	for (size_t i = 0; i < LEN(times); i++) {
		occasion_plan plan = tuesdays(&p);
		plan.begins = str_of(times[i].begins);
		plan.ends = str_of(times[i].ends);
		REFUSED(&p.w, run(&p.w, occasion_plan_run, &plan, &made), RC_INVALID, "schedule.time");
	}
	occasion_plan plan = tuesdays(&p);
	plan.from = plan.until = date_from_ymd(2026, 5, 31); /* yesterday */
	REFUSED(&p.w, run(&p.w, occasion_plan_run, &plan, &made), RC_INVALID, "schedule.from");
	plan = tuesdays(&p);
	plan.weekdays = 0;
	plan.until = date_from_ymd(2026, 12, 31);
	REFUSED(&p.w, run(&p.w, occasion_plan_run, &plan, &made), RC_LIMIT, "schedule.many");
	plan = tuesdays(&p);
	plan.capacity = 0;
	REFUSED(&p.w, run(&p.w, occasion_plan_run, &plan, &made), RC_INVALID, "schedule.capacity");
	plan = tuesdays(&p);
	plan.place = STR("");
	REFUSED(&p.w, run(&p.w, occasion_plan_run, &plan, &made), RC_INVALID, "schedule.place");
	plan = tuesdays(&p);
	plan.categories = category_bit(7); /* multiple is assessed by its parts */
	REFUSED(&p.w, run(&p.w, occasion_plan_run, &plan, &made), RC_INVALID, "assessor.categories");
	plan = tuesdays(&p);
	plan.by = &p.other; /* of the next hospital */
	assert_int_equal(run(&p.w, occasion_plan_run, &plan, &made), RC_NOT_FOUND);
	plan.by = &p.clerk; /* who gives both their cases */
	OK(&p.w, run(&p.w, occasion_plan_run, &plan, &made));
}

static void
a_draw_can_be_drawn_again(fixture *x)
{
	static const char *const names[] = {"王医生", "赵医生", "钱医生", "孙医生", "李医生"};
	place p = place_open(x);
	occasion_plan plan = tuesdays(&p);
	occasion_planned made = {0};
	institution at;
	draws all;
	db *d = NULL;

	for (size_t i = 0; i < LEN(names); i++) {
		const char *practice = cstr(x->a, str_fmt(x->a, "11000%zu", i));
		int64_t id = doctor_at(&p.w, &p.clerk, p.hospital, names[i], practice);
		license(&p.w, &p.clerk, id, category_bit(LIMB), "2024-01-01", i ? "" : "2026-06-08");
	}
	OK(&p.w, run(&p.w, occasion_plan_run, &plan, &made));
	occasion_view on = planned(&p).v[1]; /* 9 June: one licence has ended */
	draw_new n = {.by = &p.clerk, .tenant = COUNTY, .occasion = on.id, .seed = 20260609, .n = 5};
	REFUSED(&p.w, run(&p.w, draw_make, &n, NULL), RC_INVALID, "schedule.draw");
	n.n = 2;
	OK(&p.w, run(&p.w, draw_make, &n, NULL));
	fixture_sql(x, "INSERT INTO draw (tenant, id, occasion, seed, pool, drawn, actor, made) SELECT "
		       "tenant, id + 1, "
		       "occasion, seed + 1, pool, drawn, actor, made FROM draw");
	OK(&p.w, store_read(x->s, x->a, &x->f, &d));
	OK(&p.w, institution_load(d, x->a, &x->f, COUNTY, p.hospital, &at));
	OK(&p.w, draws_read(d, x->a, &x->f, &on, &at, &all));
	store_read_end(x->s, d);
	assert_int_equal(all.n, 2);
	assert_int_equal(all.v[0].pool.n, 4);
	assert_int_equal(all.v[0].drawn.n, 2);
	assert_true(all.v[0].proved);
	for (size_t i = 0; i < 4; i++)
		assert_true(str_eq(all.v[0].pool.v[i], str_of(names[i + 1])));
	assert_false(str_eq(all.v[0].drawn.v[0], all.v[0].drawn.v[1]));
	assert_false(all.v[1].proved); /* another seed does not give these two */
}

BOTH(sessions_pass_over_holidays)
BOTH(what_is_wrong_is_said_at_its_field)
BOTH(a_draw_can_be_drawn_again)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(sessions_pass_over_holidays),
		BOTH_TESTS(what_is_wrong_is_said_at_its_field),
		BOTH_TESTS(a_draw_can_be_drawn_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
