/* merge_test.c - two records of one person made one and apart again; the ledger agrees at each step. */
#include "app/person/merge.h"

#include "app/person/person_fixture.h"
#include "app/person/record.h"

#define OLD_NUMBER "990101199003070015"
#define NEW_NUMBER "990101198511120029"

typedef struct town {
	fixture *x;
	actor clerk;
	const person_ref *kept, *gone;
	int32_t today;
} town;

static town
open_town(fixture *x)
{
	town w = {.x = x, .clerk = officer_of(x, COUNTY, FIELD_PERSONAL), .today = date_of_instant(x->now)};
	person_in one = somebody("示例甲", NEW_NUMBER), two = somebody("示例乙", OLD_NUMBER);
	person_new p;

	two.has_certificate = true;
	two.certificate = (certificate_in){.number = STR(OLD_NUMBER "42"),
					   .category = 4,
					   .level = 2,
					   .status = 2,
					   .generation = 2,
					   .issued = STR("2020-01-01"),
					   .expires = STR("2029-12-31"),
					   .remarks = STR("")};
	assert_int_equal(enter_person(x, &one, &p), RC_OK);
	w.kept = right_to(x, &w.clerk, p.id);
	assert_int_equal(enter_person(x, &two, &p), RC_OK);
	w.gone = right_to(x, &w.clerk, p.id);
	return w;
}

static rc
merge(town *w, store_fn *fn, const person_ref *kept, const person_ref *gone)
{
	person_merge in = {.kept = kept, .gone = gone, .by = &w->clerk, .purpose = STR("3:号码变更")};

	return run_command(w->x, fn, &in);
}

/* Whose record a number leads to; 0: none. */
static int64_t
leads_to(town *w, const char *number)
{
	arena *own = arena_open(w->x->a, 0);
	const person_ref *ref = NULL;
	db *d = NULL;

	assert_int_equal(store_read(w->x->s, own, &w->x->f, &d), RC_OK);
	rc r = person_by_number(d, own, &w->x->f, &w->clerk, str_of(number), w->today, &ref);
	int64_t id = r == RC_OK ? person_ref_id(ref) : 0;
	arena_close(own);
	return id;
}

static size_t
found_by(town *w, const actor *who, const char *name)
{
	arena *own = arena_open(w->x->a, 0);
	person_refs refs;
	bool more = false;
	db *d = NULL;

	assert_int_equal(store_read(w->x->s, own, &w->x->f, &d), RC_OK);
	assert_int_equal(person_by_name(d, own, &w->x->f, who, str_of(name), STR(""), &refs, &more), RC_OK);
	size_t n = refs.n;
	arena_close(own);
	return n;
}

static void
merged_and_apart_again(fixture *x)
{
	town w = open_town(x);
	actor there = officer_of(x, OTHER, FIELD_PERSONAL);
	int64_t kept = person_ref_id(w.kept), gone = person_ref_id(w.gone);

	assert_int_equal(leads_to(&w, OLD_NUMBER), gone);
	assert_int_equal(merge(&w, person_merge_run, w.kept, w.gone), RC_OK);
	assert_int_equal(leads_to(&w, OLD_NUMBER), kept);
	assert_int_equal(leads_to(&w, OLD_NUMBER "42"), kept);
	assert_int_equal(leads_to(&w, NEW_NUMBER), kept);
	assert_int_equal(found_by(&w, &w.clerk, "示例乙"), 0);
	assert_int_equal(found_by(&w, &there, "shiliyi"), 0);
	assert_int_equal(found_by(&w, &w.clerk, "示例甲"), 1);
	person_view v = read_whole(x, w.gone);
	assert_int_equal(v.merged_into, kept);
	assert_int_equal(v.places.n, 2);
	assert_int_equal(v.certificates.n, 1);
	check_ledger(x);

	assert_int_equal(merge(&w, person_unmerge_run, w.kept, w.gone), RC_OK);
	assert_int_equal(leads_to(&w, OLD_NUMBER), gone);
	assert_int_equal(leads_to(&w, OLD_NUMBER "42"), gone);
	assert_int_equal(found_by(&w, &w.clerk, "示例乙"), 1);
	assert_int_equal(found_by(&w, &there, "shiliyi"), 1);
	assert_int_equal(read_whole(x, w.gone).merged_into, 0);
	check_ledger(x);
}

static void
what_was_merged_is_found_from_both_sides(fixture *x)
{
	town w = open_town(x);
	arena *own = arena_open(x->a, 0);
	const person_ref *to = NULL;
	person_refs from;
	db *d = NULL;

	assert_int_equal(merge(&w, person_merge_run, w.kept, w.gone), RC_OK);
	person_view v = read_whole(x, w.gone);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_merged_to(d, own, &x->f, &v, &to), RC_OK);
	assert_int_equal(person_ref_id(to), person_ref_id(w.kept));
	assert_int_equal(person_merged_into(d, own, &x->f, w.kept, &from), RC_OK);
	assert_int_equal(from.n, 1);
	assert_int_equal(person_ref_id(from.v[0]), person_ref_id(w.gone));
	assert_int_equal(person_merged_into(d, own, &x->f, w.gone, &from), RC_OK);
	assert_int_equal(from.n, 0);
	arena_close(own);
}

static void
no_merge_without_sense(fixture *x)
{
	town w = open_town(x);
	person_in in = somebody("示例丙", "990101194002290013");
	person_new p;

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	const person_ref *third = right_to(x, &w.clerk, p.id);
	assert_int_equal(merge(&w, person_merge_run, w.kept, w.kept), RC_INVALID);
	assert_string_equal(x->f.id, "merge.same");
	assert_int_equal(merge(&w, person_unmerge_run, w.kept, w.gone), RC_CONFLICT);
	assert_string_equal(x->f.id, "merge.not");
	assert_int_equal(merge(&w, person_merge_run, w.kept, w.gone), RC_OK);
	assert_int_equal(merge(&w, person_merge_run, w.kept, w.gone), RC_CONFLICT);
	assert_string_equal(x->f.id, "merge.already");
	assert_int_equal(merge(&w, person_merge_run, w.gone, third), RC_CONFLICT);
	assert_string_equal(x->f.id, "merge.already");
	assert_int_equal(merge(&w, person_merge_run, third, w.kept), RC_CONFLICT);
	assert_string_equal(x->f.id, "merge.has_others");
	assert_int_equal(merge(&w, person_unmerge_run, third, w.gone), RC_CONFLICT);
	assert_string_equal(x->f.id, "merge.not");

	/* a record that has gone takes no correction */
	fact_record fact = {.person = w.gone,
			    .by = &w.clerk,
			    .purpose = STR("1"),
			    .field = STR("marital"),
			    .value = STR("20"),
			    .valid_from = STR("2015-05-01"),
			    .valid_to = STR(""),
			    .source = STR("结婚证")};
	assert_int_equal(run_command(x, person_fact_record, &fact), RC_CONFLICT);
	assert_string_equal(x->f.id, "person.is_merged");

	/* who may not write one of them merges nothing, and without a reason nobody does */
	actor there = officer_of(x, OTHER, FIELD_PERSONAL);
	w.clerk = there;
	assert_int_equal(merge(&w, person_unmerge_run, w.kept, w.gone), RC_DENIED);
	person_merge in_vain = {.kept = w.kept, .gone = third, .by = &there, .purpose = STR("")};
	assert_int_equal(run_command(x, person_merge_run, &in_vain), RC_INVALID);
	assert_string_equal(x->f.id, "merge.purpose");
	check_ledger(x);
}

static void
two_events_for_two_keys(fixture *x)
{
	town w = open_town(x);

	assert_int_equal(merge(&w, person_merge_run, w.kept, w.gone), RC_OK);
	/* the one that went is shredded: what is left still proves itself */
	fixture_keys_sql(x, cstr(x->a, str_fmt(x->a, "DELETE FROM wrapped_key WHERE id = %lld",
					       (long long)person_ref_id(w.kept))));
	fixture_reopen(x);
	assert_int_equal(merge(&w, person_unmerge_run, w.kept, w.gone), RC_NOT_FOUND);
	assert_int_equal(read_whole(x, w.gone).merged_into, person_ref_id(w.kept));
}

BOTH(merged_and_apart_again)
BOTH(what_was_merged_is_found_from_both_sides)
BOTH(no_merge_without_sense)
BOTH(two_events_for_two_keys)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(merged_and_apart_again),
		BOTH_TESTS(what_was_merged_is_found_from_both_sides),
		BOTH_TESTS(no_merge_without_sense),
		BOTH_TESTS(two_events_for_two_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
