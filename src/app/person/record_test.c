/* record_test.c - facts recorded by hand: what was known before stays answerable, nothing is overwritten. */
#include "app/person/record.h"

#include "app/person/person_fixture.h"

typedef struct desk {
	fixture *x;
	actor clerk;
	const person_ref *ref;
} desk;

static desk
open_desk(fixture *x)
{
	desk k = {.x = x, .clerk = officer_of(x, COUNTY, FIELD_PERSONAL)};
	person_in in = somebody("示例甲", "990101199003070015");
	person_new p;

	in.fact[0] = (fact_in){.field = STR("marital"), .value = STR("10")};
	in.fact[1] =
		(fact_in){.field = STR("education"), .value = STR("70"), .valid_from = STR("2010-07-01")};
	in.fact[2] =
		(fact_in){.field = STR("economic_type"), .value = STR("1"), .valid_from = STR("2020-01-01")};
	in.nfacts = 3;
	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	k.ref = right_to(x, &k.clerk, p.id);
	x->now += 3600000;
	return k;
}

static rc
record(desk *k, const char *field, const char *value, const char *from, const char *to)
{
	actor *by = arena_new(k->x->a, actor);
	fact_record in = {.person = k->ref,
			  .by = by,
			  .purpose = STR("1"),
			  .field = str_of(field),
			  .value = str_of(value),
			  .many = strcmp(field, "economic_type") == 0,
			  .valid_from = str_of(from),
			  .valid_to = str_of(to),
			  .source = STR("结婚证")};

	*by = k->clerk;
	return run_command(k->x, person_fact_record, &in);
}

/* The value that holds at `on`, as known now or at `known`; "" for none. */
static const char *
value_at(desk *k, const char *field, const char *on, int64_t known)
{
	person_view v = read_whole(k->x, k->ref);
	const fact_view *f = person_fact(&v, str_of(field), str_of(on), known);

	return f ? cstr(k->x->a, f->value) : "";
}

static size_t
standing(desk *k, const char *field)
{
	person_view v = read_whole(k->x, k->ref);
	size_t n = 0;

	for (size_t i = 0; i < v.facts.n; i++)
		n += str_eq(v.facts.v[i].field, str_of(field)) && v.facts.v[i].superseded_at == 0;
	return n;
}

static void
a_change_keeps_what_was_true_before(fixture *x)
{
	desk k = open_desk(x);
	int64_t before = x->now - 1;

	assert_int_equal(record(&k, "marital", "20", "2015-05-01", ""), RC_OK);
	assert_string_equal(value_at(&k, "marital", "2015-04-30", INT64_MAX), "10");
	assert_string_equal(value_at(&k, "marital", "2015-05-01", INT64_MAX), "20");
	assert_string_equal(value_at(&k, "marital", "2026-01-01", INT64_MAX), "20");
	assert_string_equal(value_at(&k, "marital", "2026-01-01", before), "10");
	assert_int_equal(standing(&k, "marital"), 2);
	check_ledger(x);
}

static void
an_earlier_change_ends_where_the_next_begins(fixture *x)
{
	desk k = open_desk(x);

	assert_int_equal(record(&k, "marital", "40", "2022-03-01", ""), RC_OK);
	assert_int_equal(record(&k, "marital", "20", "2015-05-01", ""), RC_OK);
	assert_string_equal(value_at(&k, "marital", "2014-01-01", INT64_MAX), "10");
	assert_string_equal(value_at(&k, "marital", "2022-02-28", INT64_MAX), "20");
	assert_string_equal(value_at(&k, "marital", "2022-03-01", INT64_MAX), "40");
	assert_int_equal(standing(&k, "marital"), 3);
	/* a stretch of days with both ends cuts into what lies on both sides */
	assert_int_equal(record(&k, "marital", "30", "2018-01-01", "2023-12-31"), RC_OK);
	assert_string_equal(value_at(&k, "marital", "2017-12-31", INT64_MAX), "20");
	assert_string_equal(value_at(&k, "marital", "2022-06-01", INT64_MAX), "30");
	assert_string_equal(value_at(&k, "marital", "2024-01-01", INT64_MAX), "40");
	assert_int_equal(standing(&k, "marital"), 4);
	check_ledger(x);
}

static void
a_correction_of_the_same_days_supersedes(fixture *x)
{
	desk k = open_desk(x);
	int64_t before = x->now - 1;

	assert_int_equal(record(&k, "education", "60", "2010-07-01", ""), RC_OK);
	assert_string_equal(value_at(&k, "education", "2012-01-01", INT64_MAX), "60");
	assert_string_equal(value_at(&k, "education", "2012-01-01", before), "70");
	assert_int_equal(standing(&k, "education"), 1);
	assert_int_equal(record(&k, "education", "60", "2010-07-01", ""), RC_CONFLICT);
	assert_string_equal(x->f.id, "person.fact_same");
	assert_int_equal(record(&k, "education", "60", "2011-01-01", ""), RC_CONFLICT);
	check_ledger(x);
}

static void
several_values_stand_side_by_side(fixture *x)
{
	desk k = open_desk(x);

	assert_int_equal(record(&k, "economic_type", "2", "2021-01-01", ""), RC_OK);
	assert_int_equal(standing(&k, "economic_type"), 2);
	/* one of them ends; the other goes on */
	assert_int_equal(record(&k, "economic_type", "1", "2020-01-01", "2023-06-30"), RC_OK);
	assert_int_equal(standing(&k, "economic_type"), 2);
	assert_string_equal(value_at(&k, "economic_type", "2024-01-01", INT64_MAX), "2");
	assert_string_equal(value_at(&k, "economic_type", "2020-06-01", INT64_MAX), "1");
	/* the same value again, overlapping: one row, from the earlier day */
	assert_int_equal(record(&k, "economic_type", "1", "2022-01-01", "2024-06-30"), RC_OK);
	assert_int_equal(standing(&k, "economic_type"), 2);
	check_ledger(x);
}

static void
what_is_wrong_is_refused(fixture *x)
{
	desk k = open_desk(x);

	assert_int_equal(record(&k, "marital", "20", "2190-01-01", ""), RC_INVALID);
	assert_string_equal(x->f.id, "person.fact_future");
	assert_int_equal(record(&k, "marital", "20", "2015-05-01", "2015-04-30"), RC_INVALID);
	assert_string_equal(x->f.id, "person.fact_dates");
	/* he lives in the other county, whose clerk reads him and cannot write him */
	k.clerk = officer_of(x, OTHER, FIELD_PERSONAL);
	assert_int_equal(record(&k, "marital", "20", "2015-05-01", ""), RC_DENIED);
	assert_string_equal(x->f.id, "person.write_denied");
	k.clerk = officer_of(x, COUNTY, FIELD_PERSONAL);
	k.clerk.perms = (perms){0};
	perms_add(&k.clerk.perms, PERM_PERSON_READ);
	assert_int_equal(record(&k, "marital", "20", "2015-05-01", ""), RC_DENIED);
	check_ledger(x);
}

BOTH(a_change_keeps_what_was_true_before)
BOTH(an_earlier_change_ends_where_the_next_begins)
BOTH(a_correction_of_the_same_days_supersedes)
BOTH(several_values_stand_side_by_side)
BOTH(what_is_wrong_is_refused)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_change_keeps_what_was_true_before),
		BOTH_TESTS(an_earlier_change_ends_where_the_next_begins),
		BOTH_TESTS(a_correction_of_the_same_days_supersedes),
		BOTH_TESTS(several_values_stand_side_by_side),
		BOTH_TESTS(what_is_wrong_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
