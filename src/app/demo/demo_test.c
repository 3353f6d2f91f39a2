/* demo_test.c - a small demo site is made, and the ledger proves it. */
#include "app/demo/demo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/demo/people.h"

#include <cmocka.h>

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

static void
is_made_and_proved(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	char dir[] = "/tmp/zhucan-demo-XXXXXX", cmd[64];
	int steps = 0, number[] = {42, 44, 99};
	region_numbers provinces = {.v = number, .n = 3};
	str text;
	demo_ask ask = {.pack = &pack_all,
			.wall = wall,
			.provinces = &provinces,
			.per_county = 60,
			.say = silent,
			.ctx = &steps};
	demo_made made;
	site *s = NULL;
	ledger_report r;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(pack_find(&pack_all, a, STR("lists/roles.yaml"), &text), RC_OK);
	assert_int_equal(roles_load(a, &f, STR("lists/roles.yaml"), text, &ask.roles), RC_OK);
	ask.dir = str_fmt(a, "%s/site", dir);
	rc made_rc = demo_make(a, &f, &ask, &made);
	if (made_rc != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	assert_int_equal(made.people, 180);
	assert_int_equal(steps, 5);
	assert_true(made.definitions > 0);
	assert_int_equal(demo_make(a, &f, &ask, &made), RC_CONFLICT);
	assert_int_equal(site_open(a, &f, ask.dir, wall, &s), RC_OK);
	ledger_ask how = {
		.scratch = str_fmt(a, "%s/check.db", dir), .key = s->signing.open, .derived = person_derived};
	assert_int_equal(ledger_check(s->store, a, &f, &how, &r), RC_OK);
	for (size_t i = 0; i < r.findings.n; i++)
		print_error("%s %s %s\n", r.findings.v[i].id, r.findings.v[i].table,
			    cstr(a, r.findings.v[i].key));
	assert_int_equal(r.nfindings, 0);
	arena_close(a);
	snprintf(cmd, sizeof cmd, "rm -r %s", dir);
	assert_int_equal(system(cmd), 0);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(people_are_nobody),
					   cmocka_unit_test(is_made_and_proved)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
