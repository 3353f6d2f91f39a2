/* route_test.c - which row serves what, and tables that must not be. */
#include "web/route.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int
setup(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static int
teardown(void **state)
{
	arena_close(*state);
	return 0;
}

static rc
nothing(struct web_req *rq)
{
	(void)rq;
	return RC_OK;
}

#define ROW(m, p)                                                                                            \
	{                                                                                                    \
		m, p, nothing, "open", p                                                                     \
	}

static const web_route people[] = {
	ROW("GET", "/"),
	ROW("GET", "/desk/people"),
	ROW("POST", "/desk/people"),
	ROW("GET", "/desk/people/{ref}"),
	ROW("GET", "/desk/people/new"),
	ROW("POST", "/desk/people/{ref}/facts/{fact}"),
	{0},
};

static const web_route cases[] = {
	ROW("GET", "/cases/{no}"),
	ROW("PUT", "/cases/{no}"),
	ROW("GET", "/desk/{office}/cases"),
	ROW("GET", "/desk/people/{ref}/cases"),
	{0},
};

static const web_route *const tables[] = {people, cases, NULL};

static void
finds_the_row(void **state)
{
	static const struct {
		const char *method, *path, *row;
	} row[] = {
		{"GET", "/", "/"},
		{"GET", "/desk/people", "/desk/people"},
		{"GET", "/desk/people/new", "/desk/people/new"},
		{"GET", "/desk/people/news", "/desk/people/{ref}"},
		{"GET", "/desk/people/1-2/cases", "/desk/people/{ref}/cases"},
		{"GET", "/desk/people/cases", "/desk/people/{ref}"},
		{"GET", "/desk/gz/cases", "/desk/{office}/cases"},
		{"POST", "/desk/people/new/facts/残", "/desk/people/{ref}/facts/{fact}"},
		{"PUT", "/cases/7", "/cases/{no}"},
		{"GET", "/nowhere", NULL},
		{"GET", "/desk", NULL},
		{"GET", "/desk/people/", NULL},
		{"GET", "/desk/people/1/facts/2/3", NULL},
		{"GET", "/desk/PEOPLE", NULL},
	};
	const web_route *clash = NULL;
	router *r = route_build(*state, tables, &clash);

	assert_non_null(r);
	for (size_t i = 0; i < LEN(row); i++) {
		route_hit hit = route_find(r, str_of(row[i].method), str_of(row[i].path));
		assert_int_equal(hit.route != NULL, row[i].row != NULL);
		if (hit.route)
			assert_string_equal(hit.route->path, row[i].row);
		else
			assert_int_equal(hit.allow.n, 0);
	}
	route_hit hit = route_find(r, STR("POST"), STR("/desk/people/1-2/facts/9"));
	assert_int_equal(hit.n, 2);
	assert_true(str_eq(hit.name[0], STR("ref")) && str_eq(hit.value[0], STR("1-2")));
	assert_true(str_eq(hit.name[1], STR("fact")) && str_eq(hit.value[1], STR("9")));
	size_t n = 0;
	while (route_at(r, n))
		n++;
	assert_int_equal(n, 10);
}

static void
tells_what_a_path_allows(void **state)
{
	const web_route *clash = NULL;
	router *r = route_build(*state, tables, &clash);
	route_hit hit = route_find(r, STR("DELETE"), STR("/desk/people"));

	assert_null(hit.route);
	assert_true(str_eq(hit.allow, STR("GET, HEAD, POST")));
	hit = route_find(r, STR("GET"), STR("/desk/people/1-2/facts/9"));
	assert_true(!hit.route && str_eq(hit.allow, STR("POST")));
	/* The literal has no POST, the parameter beside it has none either: the literal's methods are told.
	 */
	hit = route_find(r, STR("POST"), STR("/desk/people/new"));
	assert_true(!hit.route && str_eq(hit.allow, STR("GET, HEAD")));
}

static void
bad_tables_are_found_at_start(void **state)
{
	static const web_route bad[][2] = {
		{ROW("GET", "/cases/{other}")}, /* the same place as /cases/{no} */
		{ROW("GET", "/desk/people")},
		{ROW("get", "/a")},
		{ROW("GET", "a")},
		{ROW("GET", "/a/")},
		{ROW("GET", "/a//b")},
		{ROW("GET", "/a/x{b}")},
		{ROW("GET", "/{a}/{b}/{c}/{d}/{e}/{f}/{g}")},
		{{"GET", "/a", NULL, "open", "a"}},
		{{"GET", "/a", nothing, NULL, "a"}},
		{{"GET", "/a", nothing, "", "a"}},
		{{"GET", "/a", nothing, "open", NULL}},
	};

	for (size_t i = 0; i < LEN(bad); i++) {
		const web_route *const all[] = {people, cases, bad[i], NULL}, *clash = NULL;
		assert_null(route_build(*state, all, &clash));
		assert_ptr_equal(clash, &bad[i][0]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(finds_the_row, setup, teardown),
		cmocka_unit_test_setup_teardown(tells_what_a_path_allows, setup, teardown),
		cmocka_unit_test_setup_teardown(bad_tables_are_found_at_start, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
