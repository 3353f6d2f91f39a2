/* book_test.c - a case gets its day: room, category, nearness, who did not come, on both engines. */
#include "app/kase/kase_fixture.h"

#include "app/kase/book.h"

#define LIMB 4

static occasion_plan
plan_of(county *c, const char *day, occasion_kind kind, int64_t region, int64_t capacity)
{
	int32_t on = DATE_NONE;

	assert_true(date_parse(str_of(day), &on));
	return (occasion_plan){.by = &c->recorder,
			       .tenant = COUNTY,
			       .office = c->hospital,
			       .kind = kind,
			       .from = on,
			       .until = on,
			       .begins = STR("08:30"),
			       .ends = STR("11:30"),
			       .region = region,
			       .place = STR("门诊三楼"),
			       .categories = category_bit(LIMB),
			       .capacity = capacity,
			       .calendar = c->house.calendar};
}

static void
plan(county *c, const char *day, occasion_kind kind, int64_t region, int64_t capacity)
{
	occasion_plan p = plan_of(c, day, kind, region, capacity);
	occasion_planned made = {0};

	OK(&c->w, run(&c->w, occasion_plan_run, &p, &made));
	assert_int_equal(made.n, 1);
}

/* What is offered for a case, and what stands. */
typedef struct offered {
	occasions on;
	kase_booking booking;
} offered;

static offered
offer(county *c, const actor *by, int64_t id)
{
	fixture *x = c->w.x;
	const kase_ref *ref = NULL;
	offered o;
	kase_view v;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, by, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &v));
	OK(&c->w, kase_occasions_read(&v, x->now, &o.on));
	OK(&c->w, kase_booking_read(&v, by, &o.booking));
	store_read_end(x->s, d);
	return o;
}

static rc
book(county *c, const actor *by, int64_t id, int64_t occasion)
{
	const kase_book_in in = {
		.at = at(c, by, id), .tenant = COUNTY, .occasion = occasion, .needs = NEED_SIGN};

	return run(&c->w, kase_book, &in, NULL);
}

static rc
tell(county *c, int64_t appointment, const char *outcome)
{
	const appointment_end e = {
		.by = &c->recorder, .tenant = COUNTY, .id = appointment, .outcome = str_of(outcome)};

	return run(&c->w, appointment_close, &e, NULL);
}

static int64_t
woman_at_the_doctors(county *c)
{
	static const say woman[] = {{"name", "王芳"},
				    {"id_number", WOMAN},
				    {"ethnic", "汉族"},
				    {"phone", "13800000009"},
				    {"registration_place", "420102001001"},
				    {"claimed_category", "肢体"},
				    {0}};
	int64_t id = filed(c, woman, ASKS_SELF);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	return id;
}

static void
a_case_gets_its_day(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	plan(c, "2026-06-04", OCCASION_SESSION, COUNTY_CODE, 1);
	plan(c, "2026-06-10", OCCASION_CAMP, 420102001000, 5);
	plan(c, "2026-06-05", OCCASION_HOME, COUNTY_CODE, 5);
	plan(c, "2026-06-03", OCCASION_CAMP, 420102009000, 5); /* another township */
	assert_int_equal(offer(c, &c->clerk, id).on.n, 0);     /* it is still with the county */
	REFUSED(&c->w, book(c, &c->clerk, id, 1), RC_INVALID, "kase.book_now");
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));

	/* his township first, though it is later; visits last, since he asked for none */
	occasions on = offer(c, &c->recorder, id).on;
	assert_int_equal(on.n, 4);
	assert_true(str_eq(on.v[0].day, STR("2026-06-10")));
	assert_true(str_eq(on.v[1].day, STR("2026-06-03")));
	assert_true(str_eq(on.v[2].day, STR("2026-06-04")));
	assert_int_equal(on.v[3].kind, OCCASION_HOME);
	assert_false(offer(c, &c->doctor, id).booking.can);
	assert_true(offer(c, &c->clerk, id).booking.can);
	REFUSED(&c->w, book(c, &c->doctor, id, on.v[2].id), RC_DENIED, "kase.book_denied");
	OK(&c->w, book(c, &c->recorder, id, on.v[2].id));

	/* the one place is taken */
	int64_t other = woman_at_the_doctors(c);
	assert_int_equal(offer(c, &c->recorder, other).on.n, 3);
	REFUSED(&c->w, book(c, &c->recorder, other, on.v[2].id), RC_CONFLICT, "schedule.full");

	/* moved: the place is free again */
	OK(&c->w, book(c, &c->clerk, id, on.v[0].id));
	OK(&c->w, book(c, &c->recorder, other, on.v[2].id));
	kase_booking b = offer(c, &c->clerk, id).booking;
	assert_int_equal(b.all.n, 2);
	assert_true(str_eq(b.all.v[1].outcome, STR("moved")));
	assert_true(str_eq(appointment_open(&b.all)->day, STR("2026-06-10")));
	assert_int_equal(appointment_open(&b.all)->needs, NEED_SIGN);
	assert_int_equal(appointment_open(&b.all)->n, 1); /* he has missed none */

	/* who is assessed has come */
	OK(&c->w, act(c, &c->doctor, id, "meets", "", limb));
	b = offer(c, &c->clerk, id).booking;
	assert_true(str_eq(b.all.v[0].outcome, STR("came")));
	whole(c);
}

static void
who_did_not_come_gets_a_second_day(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	plan(c, "2026-06-04", OCCASION_SESSION, COUNTY_CODE, 1);
	plan(c, "2026-06-11", OCCASION_SESSION, COUNTY_CODE, 1);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	occasions on = offer(c, &c->recorder, id).on;
	OK(&c->w, book(c, &c->recorder, id, on.v[0].id));
	kase_booking b = offer(c, &c->clerk, id).booking;
	int64_t first = appointment_open(&b.all)->id;
	REFUSED(&c->w, tell(c, first, "missed"), RC_INVALID, "schedule.early");
	x->now += 3 * DAY;
	REFUSED(&c->w, tell(c, first, "ill"), RC_INVALID, "schedule.outcome");
	OK(&c->w, tell(c, first, "missed"));
	REFUSED(&c->w, tell(c, first, "came"), RC_CONFLICT, "schedule.told");
	OK(&c->w, book(c, &c->recorder, id, on.v[1].id));
	b = offer(c, &c->clerk, id).booking;
	assert_int_equal(appointment_open(&b.all)->n, 2);

	/* cancelled for all: whoever was expected is not any more */
	const occasion_end e = {
		.by = &c->recorder, .tenant = COUNTY, .id = on.v[1].id, .reason = STR("医师出差")};
	OK(&c->w, run(&c->w, occasion_cancel, &e, NULL));
	REFUSED(&c->w, run(&c->w, occasion_cancel, &e, NULL), RC_CONFLICT, "schedule.over");
	b = offer(c, &c->clerk, id).booking;
	assert_null(appointment_open(&b.all));
	REFUSED(&c->w, book(c, &c->recorder, id, on.v[1].id), RC_INVALID, "schedule.occasion");
	whole(c);
}

/* Sent back to the county, he takes no place any more. */
static void
a_case_that_left_frees_its_place(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	plan(c, "2026-06-04", OCCASION_SESSION, COUNTY_CODE, 1);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	occasions on = offer(c, &c->recorder, id).on;
	OK(&c->w, book(c, &c->recorder, id, on.v[0].id));
	int64_t other = woman_at_the_doctors(c);
	assert_int_equal(offer(c, &c->recorder, other).on.n, 0);
	OK(&c->w, act(c, &c->doctor, id, "return", "须补病历。", NULL));
	assert_int_equal(offer(c, &c->recorder, other).on.n, 1);
	OK(&c->w, book(c, &c->recorder, other, on.v[0].id));
}

/* An occasion of another institution is none of the case's. */
static void
only_the_institution_that_has_it(fixture *x)
{
	county *c = county_open(x);
	int64_t next = open_office_at(&c->w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "县中医院");
	actor other = staff(c, next, "other", "hospital.clerk");
	occasion_plan p = plan_of(c, "2026-06-04", OCCASION_SESSION, COUNTY_CODE, 1);
	occasion_planned made = {0};
	occasions there;
	db *d = NULL;

	p.by = &other;
	p.office = next;
	OK(&c->w, run(&c->w, occasion_plan_run, &p, &made));
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, occasion_list(d, x->a, &x->f, COUNTY, next, STR("2026-01-01"), 10, &there));
	store_read_end(x->s, d);
	int64_t id = filed(c, man, ASKS_SELF);
	const kase_act_in in = {.at = at(c, &c->clerk, id),
				.turn = view(c, &c->clerk, id).turn,
				.act = STR("accept"),
				.reason = STR(""),
				.office = c->hospital};
	int64_t turn = 0;
	OK(&c->w, run(&c->w, kase_act, &in, &turn));
	assert_int_equal(offer(c, &c->clerk, id).on.n, 0);
	REFUSED(&c->w, book(c, &c->clerk, id, there.v[0].id), RC_INVALID, "kase.book_office");
	REFUSED(&c->w, book(c, &other, id, there.v[0].id), RC_DENIED, "kase.book_denied");
}

static void
an_occasion_is_for_its_categories(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, child, ASKS_GUARDIAN);

	plan(c, "2026-06-04", OCCASION_SESSION, COUNTY_CODE, 1);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	assert_int_equal(offer(c, &c->recorder, id).on.n, 0);
	int64_t other = woman_at_the_doctors(c);
	REFUSED(&c->w, book(c, &c->recorder, id, offer(c, &c->recorder, other).on.v[0].id), RC_INVALID,
		"schedule.category");
}

BOTH(a_case_gets_its_day)
BOTH(who_did_not_come_gets_a_second_day)
BOTH(a_case_that_left_frees_its_place)
BOTH(only_the_institution_that_has_it)
BOTH(an_occasion_is_for_its_categories)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_case_gets_its_day),
		BOTH_TESTS(who_did_not_come_gets_a_second_day),
		BOTH_TESTS(a_case_that_left_frees_its_place),
		BOTH_TESTS(only_the_institution_that_has_it),
		BOTH_TESTS(an_occasion_is_for_its_categories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
