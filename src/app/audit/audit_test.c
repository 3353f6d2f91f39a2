/* audit_test.c - looks and acts found again: by person, also in lists; by officer, over federations. */
#include "app/audit/audit.h"

#include "app/person/person_fixture.h"
#include "store/rows.h"

enum { CITY = 420100, CLERK = 7001, OFFICE = 9001 };

typedef struct bench {
	fixture *x;
	actor clerk, auditor;
	const person_ref *one, *two;
} bench;

static rc
found(tx *t, const void *in, void *out)
{
	static const row_tenant rows[] = {
		{.id = CITY, .level = 2, .region = 420100000000},
		{.id = COUNTY, .parent = CITY, .level = 3, .region = 420106000000},
		{.id = OTHER, .level = 3, .region = 440103000000},
	};

	(void)in;
	(void)out;
	tx_event(t, &(event_head){.tenant = COUNTY, .kind = "tenant.founded"});
	for (size_t i = 0; i < LEN(rows); i++) {
		row_tenant r = rows[i];
		r.name = r.name_en = r.valid_to = STR("");
		r.valid_from = STR("2020-01-01");
		TRY(put_tenant(t, &r));
	}
	TRY(put_account(t, &(row_account){.tenant = COUNTY,
					  .id = CLERK,
					  .kind = STR("staff"),
					  .login = STR("li.ming"),
					  .name = STR("李明"),
					  .closed = STR("")}));
	TRY(put_office(t, &(row_office){.tenant = COUNTY,
					.id = OFFICE,
					.kind = STR("federation"),
					.name = STR("县残联"),
					.phone = STR(""),
					.address = STR(""),
					.closed = STR("")}));
	return put_login(t, &(row_login){.login = STR("li.ming"), .tenant = COUNTY, .account = CLERK});
}

static bench
open_bench(fixture *x)
{
	bench b = {.x = x,
		   .clerk = officer_of(x, COUNTY, FIELD_PERSONAL),
		   .auditor = officer_of(x, COUNTY, FIELD_PERSONAL)};
	interval *city = arena_new(x->a, interval);
	person_in one = somebody("示例甲", "990101199003070015"),
		  two = somebody("示例乙", "990101198511120029");
	person_new p;

	assert_int_equal(run_command(x, found, NULL), RC_OK);
	*city = (interval){.lo = 420100000000, .hi = 420200000000};
	b.auditor.scope = (scope){city, 1};
	b.auditor.tenant = CITY;
	b.clerk.account = CLERK;
	b.clerk.office = OFFICE;
	assert_int_equal(enter_person(x, &one, &p), RC_OK);
	b.one = right_to(x, &b.clerk, p.id);
	assert_int_equal(enter_person(x, &two, &p), RC_OK);
	b.two = right_to(x, &b.clerk, p.id);
	return b;
}

static void
look_at(bench *b, const person_ref *p, const char *what)
{
	look_row row = {.tenant = person_ref_tenant(p),
			.actor = b->clerk.account,
			.office = b->clerk.office,
			.person = person_ref_id(p),
			.what = str_of(what),
			.purpose = STR("1")};

	b->x->now += 1000;
	assert_int_equal(run_command(b->x, audit_look, &(look_list){&row, 1}), RC_OK);
}

static void
list_of(bench *b, const person_refs *people)
{
	look_list l = audit_list_looks(b->x->a, &(list_look){.by = &b->clerk,
							     .query = STR("by=name q=x"),
							     .purpose = STR("3"),
							     .people = people});

	b->x->now += 1000;
	assert_int_equal(run_command(b->x, audit_look, &l), RC_OK);
}

static void
by_person_also_in_lists(fixture *x)
{
	bench b = open_bench(x);
	arena *own = arena_open(x->a, 0);
	person_refs both = {0}, none = {0};
	period always = {0, INT64_MAX};
	audit_lines l;
	int64_t n = 0;
	bool more = false;
	db *d = NULL;

	look_at(&b, b.one, "person");
	look_at(&b, b.one, "reveal id_number");
	look_at(&b, b.two, "person");
	*vec_add(x->a, &both) = b.one;
	*vec_add(x->a, &both) = b.two;
	list_of(&b, &both);
	list_of(&b, &none);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(audit_looks_at(d, own, &x->f, b.one, &always, &l, &more), RC_OK);
	assert_int_equal(l.n, 3);
	assert_false(more);
	assert_true(str_starts(l.v[0].what, STR("list by=name q=x n=2 ids=")));
	assert_true(str_eq(l.v[1].what, STR("reveal id_number")));
	assert_true(str_eq(l.v[1].who, STR("李明")));
	assert_true(str_eq(l.v[1].where, STR("县残联")));
	assert_int_equal(audit_count(d, own, &x->f, b.one, &n), RC_OK);
	assert_int_equal(n, 2);
	/* the days: the end is not among them */
	period until = {0, l.v[1].at};
	assert_int_equal(audit_looks_at(d, own, &x->f, b.one, &until, &l, &more), RC_OK);
	assert_int_equal(l.n, 1);
	arena_close(own);
	check_ledger(x);
}

/* The same list shows people of two counties: each county's chain names its own. */
static void
a_list_over_two_counties(fixture *x)
{
	bench b = open_bench(x);
	person_in far = somebody("示例丁", "990101194002290013");
	actor there = officer_of(x, OTHER, FIELD_PERSONAL);
	arena *own = arena_open(x->a, 0);
	person_refs both = {0};
	period always = {0, INT64_MAX};
	const person_ref *third = NULL;
	audit_lines l;
	person_new p;
	bool more = false;
	db *d = NULL;

	far.tenant = OTHER;
	far.nplaces = 1;
	far.place[0].tenant = OTHER;
	far.place[0].region = ELSEWHERE;
	assert_int_equal(enter_person(x, &far, &p), RC_OK);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_open(d, own, &x->f, &there, OTHER, p.id, &third), RC_OK);
	*vec_add(own, &both) = b.one;
	*vec_add(own, &both) = third;
	look_list looks = audit_list_looks(own, &(list_look){&b.clerk, STR("by=name q=x"), STR("1"), &both});
	assert_int_equal(looks.n, 2);
	assert_int_equal(looks.v[0].tenant, COUNTY);
	assert_int_equal(looks.v[1].tenant, OTHER);
	assert_true(str_find(looks.v[1].what, STR("420106-")) < 0);
	store_read_end(x->s, d);
	assert_int_equal(run_command(x, audit_look, &looks), RC_OK);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(audit_looks_at(d, own, &x->f, third, &always, &l, &more), RC_OK);
	assert_int_equal(l.n, 1);
	/* the officer is of another province: his number is known, his name is not */
	assert_int_equal(l.v[0].actor, CLERK);
	assert_int_equal(l.v[0].who.n, 0);
	arena_close(own);
}

static void
by_officer(fixture *x)
{
	bench b = open_bench(x);
	actor there = officer_of(x, OTHER, FIELD_PERSONAL);
	arena *own = arena_open(x->a, 0);
	period always = {0, INT64_MAX};
	officer by = {0};
	audit_lines l;
	audit_lines e;
	bool more = false;
	db *d = NULL;

	look_at(&b, b.one, "person");
	look_at(&b, b.two, "person");
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(audit_officer(d, own, &x->f, &b.auditor, STR("li.ming"), &by), RC_OK);
	assert_int_equal(by.account, CLERK);
	assert_int_equal(audit_officer(d, own, &x->f, &b.auditor, STR("nobody"), &by), RC_NOT_FOUND);
	assert_int_equal(audit_officer(d, own, &x->f, &there, STR("li.ming"), &by), RC_NOT_FOUND);
	assert_int_equal(audit_officer(d, own, &x->f, &b.auditor, STR("li.ming"), &by), RC_OK);
	assert_int_equal(audit_looks_by(d, own, &x->f, &b.auditor, &by, &always, &l, &more), RC_OK);
	assert_int_equal(l.n, 2);
	assert_true(l.v[0].at > l.v[1].at);
	assert_int_equal(l.v[0].about, person_ref_id(b.two));
	/* what he did elsewhere is not for who may not see there */
	assert_int_equal(audit_looks_by(d, own, &x->f, &there, &by, &always, &l, &more), RC_OK);
	assert_int_equal(l.n, 0);

	by = (officer){.tenant = COUNTY, .account = 7}; /* who entered both people */
	assert_int_equal(audit_events_by(d, own, &x->f, &b.auditor, &by, &always, &e, &more), RC_OK);
	assert_int_equal(e.n, 2);
	assert_true(str_eq(e.v[0].what, STR("person.registered")));
	assert_int_equal(audit_events_of(d, own, &x->f, b.one, &always, &e, &more), RC_OK);
	assert_int_equal(e.n, 1);
	assert_int_equal(e.v[0].about, person_ref_id(b.one));
	arena_close(own);
}

BOTH(by_person_also_in_lists)
BOTH(a_list_over_two_counties)
BOTH(by_officer)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(by_person_also_in_lists),
		BOTH_TESTS(a_list_over_two_counties),
		BOTH_TESTS(by_officer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
