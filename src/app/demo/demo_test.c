/* demo_test.c - a small demo site with its month of cases is made, and the ledger proves it, on both engines.
 */
#include "app/demo/demo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/definition/definition.h"
#include "app/demo/people.h"
#include "app/service/effects.h"
#include "store/fixture.h"

static int64_t
wall(void)
{
	return 1793577600000;
}

static void
silent(void *ctx, const char *step)
{
	(void)step;
	++*(int *)ctx;
}

static int64_t
reached(const demo_made *made, str id, str stage, str done)
{
	for (size_t i = 0; i < made->stages.n; i++) {
		const demo_stage *x = &made->stages.v[i];
		if (str_eq(x->service, id) && str_eq(x->stage, stage) && str_eq(x->act, done))
			return x->n;
	}
	return 0;
}

static void
expect(const demo_made *made, const service *s, str stage, str done)
{
	if (!reached(made, s->id, stage, done))
		fail_msg("lists/demo/cases: no case of %.*s at %.*s %.*s", STR_ARG(s->id), STR_ARG(stage),
			 STR_ARG(done));
}

/* Of a service whose story is told a case stands in each step and came to each outcome, and each act was
 * done. */
static void
every_stage_is_reached(arena *a, const site *s, const demo_ask *ask, const demo_made *made)
{
	static const str states[] = {STR("draft"), STR("applicant"), STR("void"), STR("withdrawn")};
	const catalogue *fields = NULL;
	definition_services all;
	fault f = {0};
	size_t told = 0;
	db *d = NULL;

	assert_int_equal(catalogue_load(a, &f, &pack_all, &fields), RC_OK);
	const service_ask with = {.fields = fields, .roles = ask->roles, .effects = kase_effects};
	assert_int_equal(store_read(s->store, a, &f, &d), RC_OK);
	assert_int_equal(definition_services_read(d, a, &f, &with, date_from_ymd(2099, 1, 1), &all), RC_OK);
	for (size_t i = 0; i < all.n; i++) {
		const service *x = all.v[i];
		bool untold = false;
		for (size_t k = 0; k < made->untold.n; k++)
			untold = untold || str_eq(made->untold.v[k], x->id);
		if (untold) {
			print_message("no story is told of %.*s\n", STR_ARG(x->id));
			continue;
		}
		told++;
		for (size_t k = 0; k < LEN(states); k++)
			expect(made, x, states[k], STR(""));
		for (size_t k = 0; k < x->noutcomes; k++)
			expect(made, x, x->outcome[k].id, STR(""));
		for (size_t k = 0; k < x->nsteps; k++) {
			expect(made, x, x->step[k].id, STR(""));
			for (size_t n = 0; n < x->step[k].nacts; n++)
				expect(made, x, x->step[k].id, x->step[k].act[n].id);
		}
	}
	assert_true(told > 0);
	assert_true(made->overdue > 0);
}

/* Every role that can be held is held by somebody, so that every step has its hands. */
static void
every_role_is_held(const demo_ask *ask, const demo_made *made)
{
	for (size_t i = 0; i < ask->roles->n; i++) {
		const role *r = &ask->roles->v[i];
		bool held = r->own;
		for (size_t k = 0; k < made->accounts.n; k++)
			held = held || str_eq(made->accounts.v[k].role, r->id);
		if (!held)
			fail_msg("lists/demo/site.yaml: nobody is %.*s", STR_ARG(r->id));
	}
}

static void
is_made_and_proved(fixture *x)
{
	arena *a = arena_open(NULL, 0); /* the site goes before its database does */
	fault f = {0};
	int steps = 0, number[] = {42, 44, 99};
	region_numbers provinces = {.v = number, .n = 3};
	str text;
	demo_ask ask = {.pack = &pack_all,
			.wall = wall,
			.dir = fixture_path(x, "site"),
			.database = x->url,
			.keys = x->keys,
			.provinces = &provinces,
			.per_county = 20,
			.say = silent,
			.ctx = &steps};
	demo_made made;
	site *s = NULL;
	ledger_report r;

	assert_int_equal(pack_find(&pack_all, a, STR("lists/roles.yaml"), &text), RC_OK);
	assert_int_equal(roles_load(a, &f, STR("lists/roles.yaml"), text, &ask.roles), RC_OK);
	rc made_rc = demo_make(a, &f, &ask, &made);
	if (made_rc != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	assert_int_equal(made.people, 60);
	assert_int_equal(steps, 6);
	assert_true(made.definitions > 0);
	every_role_is_held(&ask, &made);
	assert_int_equal(site_open(a, &f, ask.dir, wall, &s), RC_OK);
	assert_int_equal(site_now(s), wall()); /* the days are over: it is today */
	every_stage_is_reached(a, s, &ask, &made);
	ledger_ask how = {
		.scratch = fixture_path(x, "check.db"), .key = s->signing.open, .derived = person_derived};
	assert_int_equal(ledger_check(s->store, a, &f, &how, &r), RC_OK);
	for (size_t i = 0; i < r.findings.n; i++)
		print_error("%s %s %s\n", r.findings.v[i].id, r.findings.v[i].table,
			    cstr(a, r.findings.v[i].key));
	assert_int_equal(r.nfindings, 0);
	assert_true(r.looks > 0); /* who opened a case is in the log */
	assert_true(made.phone.n > 0);
	assert_int_equal(demo_make(a, &f, &ask, &made), RC_CONFLICT);
	arena_close(a);
}

/* The same people each time, every number right and none twice, all of nobody. */
static void
people_are_nobody(void **state)
{
	static const int64_t village[] = {420106001001, 420106001002};
	demo_county c = {.tenant = 420106, .nid_area = "990101", .village = village, .villages = 2};
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	int32_t today = 20779;
	demo_people one = {.a = a, .seed = 5, .today = today, .taken = map_in(a)};
	map seen = map_in(a);
	size_t multiple = 0, guarded = 0;

	(void)state;
	assert_int_equal(demo_names_load(a, &f, &pack_all, &one.names), RC_OK);
	demo_people again = one;
	for (uint64_t i = 0; i < 3000; i++) {
		person_in p, q;
		nid n;
		cert_no number;
		demo_person(&one, a, &c, i, &p);
		demo_person(&again, a, &c, i, &q);
		assert_true(str_eq(p.id_number, q.id_number) && str_eq(p.name, q.name));
		assert_null(map_get(&seen, p.id_number));
		map_set(&seen, p.id_number, &c);
		assert_int_equal(nid_parse(a, &f, p.id_number, today, &n), RC_OK);
		assert_int_equal(n.kind, NID_DEMO);
		assert_int_equal(n.sex, p.sex);
		assert_true(str_eq(date_str(a, n.born), p.born));
		assert_int_equal(cert_no_parse(a, &f, p.certificate.number, today, &number), RC_OK);
		assert_int_equal(number.category, p.certificate.category);
		assert_true(p.certificate.nparts == (p.certificate.category == 7 ? 2u : 1u));
		for (size_t k = 0; k < p.certificate.nparts; k++)
			assert_true(p.certificate.part[k].level >= p.certificate.level);
		bool needs = date_age(n.born, today) < 18 || number.category == 5 || number.category == 6;
		assert_int_equal(p.guardian.name.n > 0, needs);
		multiple += number.category == 7;
		guarded += needs;
	}
	assert_in_range(multiple, 60, 300);
	assert_in_range(guarded, 300, 1200);
	arena_close(a);
}

BOTH(is_made_and_proved)

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(people_are_nobody),
					   BOTH_TESTS(is_made_and_proved)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
