/* assessor_test.c - the register of who may assess: who keeps it, what terms mean, on both engines. */
#include "app/assessor/assessor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "app/assessor/assessor_fixture.h"

#define LIMB   4
#define MENTAL 6

/* A county's clerk and an institution. */
typedef struct place {
	town w;
	actor clerk, doctor;
	int64_t hospital;
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
	place p = {.w = town_open(x)};

	p.hospital = open_office_at(&p.w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "县人民医院");
	p.clerk = post_of(&p.w, p.w.federation, "clerk", "county.clerk");
	p.doctor = post_of(&p.w, p.hospital, "doctor", "hospital.assessor");
	return p;
}

static institution
read_it(place *p)
{
	fixture *x = p->w.x;
	institution i;
	db *d = NULL;

	OK(&p->w, store_read(x->s, x->a, &x->f, &d));
	OK(&p->w, institution_read(d, x->a, &x->f, &p->clerk, COUNTY, p->hospital, &i));
	store_read_end(x->s, d);
	return i;
}

static void
the_register_says_who_may_assess_what_on_a_day(fixture *x)
{
	place p = place_open(x);
	int64_t wang = doctor_at(&p.w, &p.clerk, p.hospital, "王医生", "110001");
	institution i = read_it(&p);

	assert_int_equal(i.doctors.n, 1);
	assert_int_equal(institution_categories(&i, STR("2026-06-01")), 0);
	designate(&p.w, &p.clerk, p.hospital, category_bit(LIMB) | category_bit(MENTAL), "2026-01-01", "");
	license(&p.w, &p.clerk, wang, category_bit(LIMB), "2024-01-01", "2026-11-21");
	i = read_it(&p);
	assert_int_equal(institution_categories(&i, STR("2025-12-31")), 0);
	assert_int_equal(institution_categories(&i, STR("2026-01-01")),
			 category_bit(LIMB) | category_bit(MENTAL));
	assert_int_equal(doctor_categories(&i.doctors.v[0], STR("2026-11-21")), category_bit(LIMB));
	assert_int_equal(doctor_categories(&i.doctors.v[0], STR("2026-11-22")), 0);
	assert_int_equal(doctor_categories(&i.doctors.v[0], STR("2023-12-31")), 0);

	/* renewed: the later term is the one that is spoken of */
	license(&p.w, &p.clerk, wang, category_bit(LIMB), "2026-11-22", "");
	i = read_it(&p);
	assert_int_equal(doctor_categories(&i.doctors.v[0], STR("2030-01-01")), category_bit(LIMB));
	assert_int_equal(doctor_licence(&i.doctors.v[0], LIMB)->until.n, 0);
	assert_null(doctor_licence(&i.doctors.v[0], MENTAL));
	proved(&p.w);
}

static void
terms_end_early_and_never_later(fixture *x)
{
	place p = place_open(x);
	int64_t wang = doctor_at(&p.w, &p.clerk, p.hospital, "王医生", "110001");

	license(&p.w, &p.clerk, wang, category_bit(LIMB), "2026-01-01", "2026-12-31");
	institution i = read_it(&p);
	assessor_end e = {.by = &p.clerk, .tenant = COUNTY, .id = i.doctors.v[0].licences.v[0].id};
	e.last = date_from_ymd(2027, 1, 1);
	REFUSED(&p.w, run(&p.w, licence_end, &e, NULL), RC_INVALID, "assessor.last");
	e.last = date_from_ymd(2025, 12, 30);
	REFUSED(&p.w, run(&p.w, licence_end, &e, NULL), RC_INVALID, "assessor.last");
	e.last = date_from_ymd(2026, 5, 31);
	OK(&p.w, run(&p.w, licence_end, &e, NULL));
	i = read_it(&p);
	assert_int_equal(doctor_categories(&i.doctors.v[0], STR("2026-05-31")), category_bit(LIMB));
	assert_int_equal(doctor_categories(&i.doctors.v[0], STR("2026-06-01")), 0);
	e.last = date_from_ymd(2025, 12, 31); /* it was a mistake */
	OK(&p.w, run(&p.w, licence_end, &e, NULL));
	i = read_it(&p);
	assert_int_equal(doctor_categories(&i.doctors.v[0], STR("2026-01-01")), 0);

	e = (assessor_end){.by = &p.clerk, .tenant = COUNTY, .id = wang, .last = date_of_instant(x->now) + 1};
	REFUSED(&p.w, run(&p.w, doctor_leave, &e, NULL), RC_INVALID, "assessor.left");
	e.last--;
	OK(&p.w, run(&p.w, doctor_leave, &e, NULL));
	i = read_it(&p);
	assert_true(doctor_there(&i.doctors.v[0], date_str(x->a, e.last)));
	assert_false(doctor_there(&i.doctors.v[0], date_str(x->a, e.last + 1)));
	assert_int_equal(run(&p.w, doctor_leave, &e, NULL), RC_NOT_FOUND);
	proved(&p.w);
}

static void
what_is_wrong_is_said_at_its_field(fixture *x)
{
	place p = place_open(x);
	int64_t wang = doctor_at(&p.w, &p.clerk, p.hospital, "王医生", "110001"), id = 0;
	const designation_new to = {.by = &p.clerk,
				    .tenant = COUNTY,
				    .office = p.hospital,
				    .categories = category_bit(LIMB),
				    .document = STR("省卫健委 12 号"),
				    .from = date_from_ymd(2026, 1, 1),
				    .until = DATE_NONE};
	designation_new n = to;

	n.categories = category_bit(7);
	REFUSED(&p.w, run(&p.w, designation_give, &n, &id), RC_INVALID, "assessor.categories");
	n = to;
	n.document = STR("");
	REFUSED(&p.w, run(&p.w, designation_give, &n, &id), RC_INVALID, "assessor.document");
	n = to;
	n.until = n.from - 1;
	REFUSED(&p.w, run(&p.w, designation_give, &n, &id), RC_INVALID, "assessor.term");
	n = to;
	n.office = p.w.federation; /* assesses nobody */
	assert_int_equal(run(&p.w, designation_give, &n, &id), RC_NOT_FOUND);

	doctor_new d = {.by = &p.clerk,
			.tenant = COUNTY,
			.office = p.hospital,
			.name = STR("赵医生"),
			.title = STR("主治医师"),
			.practice = STR("110001")};
	doctor_new bare = d;
	bare.name = STR("");
	REFUSED(&p.w, run(&p.w, doctor_enter, &bare, &id), RC_INVALID, "assessor.name");
	bare = d;
	bare.title = STR("");
	REFUSED(&p.w, run(&p.w, doctor_enter, &bare, &id), RC_INVALID, "assessor.title");
	bare = d;
	bare.practice = STR("");
	REFUSED(&p.w, run(&p.w, doctor_enter, &bare, &id), RC_INVALID, "assessor.practice");
	REFUSED(&p.w, run(&p.w, doctor_enter, &d, &id), RC_CONFLICT, "assessor.twice");
	assert_true(str_eq(x->f.field, STR("practice")));
	d.practice = STR("110002");
	d.account = p.clerk.account; /* of another office */
	REFUSED(&p.w, run(&p.w, doctor_enter, &d, &id), RC_INVALID, "assessor.account");
	d.account = p.doctor.account;
	OK(&p.w, run(&p.w, doctor_enter, &d, &id));
	d.practice = STR("110003");
	REFUSED(&p.w, run(&p.w, doctor_enter, &d, &id), RC_CONFLICT, "assessor.account_twice");

	licence_new l = {.by = &p.clerk,
			 .tenant = COUNTY,
			 .doctor = wang,
			 .categories = category_bit(LIMB),
			 .number = STR("评 1 号"),
			 .training_tenant = COUNTY,
			 .training = 4711,
			 .from = date_from_ymd(2026, 1, 1),
			 .until = DATE_NONE};
	REFUSED(&p.w, run(&p.w, licence_give, &l, NULL), RC_INVALID, "assessor.training");
	l.training = 0;
	l.number = STR("");
	REFUSED(&p.w, run(&p.w, licence_give, &l, NULL), RC_INVALID, "assessor.number");
}

static void
only_who_keeps_the_register_writes_it(fixture *x)
{
	place p = place_open(x);
	int64_t id = 0;
	doctor_new d = {.by = &p.doctor, /* reads it, and does not license himself */
			.tenant = COUNTY,
			.office = p.hospital,
			.name = STR("赵医生"),
			.title = STR("主治医师"),
			.practice = STR("110001")};
	training_new t = {.by = &p.doctor,
			  .name = STR("评定医师培训"),
			  .place = STR("市残联"),
			  .first = date_from_ymd(2026, 3, 2),
			  .last = date_from_ymd(2026, 3, 4),
			  .hours = 24};
	institutions all;
	trainings held;
	db *open = NULL;

	assert_int_equal(run(&p.w, doctor_enter, &d, &id), RC_NOT_FOUND);
	REFUSED(&p.w, run(&p.w, training_enter, &t, &id), RC_DENIED, "assessor.denied");
	t.by = &p.clerk;
	t.hours = 0;
	REFUSED(&p.w, run(&p.w, training_enter, &t, &id), RC_INVALID, "assessor.hours");
	t.hours = 24;
	training_new bare = t;
	bare.name = STR("");
	REFUSED(&p.w, run(&p.w, training_enter, &bare, &id), RC_INVALID, "assessor.course");
	bare = t;
	bare.place = STR("");
	REFUSED(&p.w, run(&p.w, training_enter, &bare, &id), RC_INVALID, "assessor.place");
	bare = t;
	bare.last = bare.first - 1;
	REFUSED(&p.w, run(&p.w, training_enter, &bare, &id), RC_INVALID, "assessor.days");
	OK(&p.w, run(&p.w, training_enter, &t, &id));
	OK(&p.w, store_read(x->s, x->a, &x->f, &open));
	OK(&p.w, institution_list(open, x->a, &x->f, &p.doctor, &all));
	assert_int_equal(all.n, 1);
	OK(&p.w, training_list(open, x->a, &x->f, COUNTY, &held));
	assert_int_equal(held.n, 1);
	store_read_end(x->s, open);
	assessor_end e = {.by = &p.clerk, .tenant = COUNTY, .id = id};
	OK(&p.w, run(&p.w, training_close, &e, NULL));
	assert_int_equal(run(&p.w, training_close, &e, NULL), RC_NOT_FOUND);
	proved(&p.w);
}

BOTH(the_register_says_who_may_assess_what_on_a_day)
BOTH(terms_end_early_and_never_later)
BOTH(what_is_wrong_is_said_at_its_field)
BOTH(only_who_keeps_the_register_writes_it)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(the_register_says_who_may_assess_what_on_a_day),
		BOTH_TESTS(terms_end_early_and_never_later),
		BOTH_TESTS(what_is_wrong_is_said_at_its_field),
		BOTH_TESTS(only_who_keeps_the_register_writes_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
