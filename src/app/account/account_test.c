/* account_test.c - offices, accounts, posts and deputies: who may give what to whom, on both engines. */
#include "app/account/account.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"

#define DAY INT64_C(86400000)

static grant_new
grant_of(town *w, const actor *by, int64_t account, int64_t office, const char *as)
{
	return (grant_new){.by = by,
			   .roles = w->roles,
			   .tenant = COUNTY,
			   .account = account,
			   .office = office,
			   .role = str_of(as),
			   .from = date_of_instant(w->x->now),
			   .until = DATE_NONE};
}

static rc
grant_run(town *w, const actor *by, int64_t account, int64_t office, const char *as)
{
	grant_new g = grant_of(w, by, account, office, as);
	int64_t id = 0;

	return run(w, grant_give, &g, &id);
}

static void
offices_are_checked(fixture *x)
{
	town w = town_open(x);
	int64_t id = 0;
	const interval two[] = {{420102001000, 420102002000}, {420102005000, 420102006000}};
	const interval crossed[] = {{420102001000, 420102003000}, {420102002000, 420102004000}};
	const interval foreign[] = {{420103000000, 420103001000}};
	const office_new good = {.by = &w.console,
				 .tenant = COUNTY,
				 .kind = OFFICE_HOSPITAL,
				 .level = LEVEL_COUNTY,
				 .region = COUNTY_CODE,
				 .name = STR("县人民医院"),
				 .phone = STR("027-8888 6666"),
				 .areas = {two, 2}};
	office_new o = good;

	o.tenant = 999;
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.tenant");
	o = good;
	o.level = LEVEL_VILLAGE;
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.level");
	o = good;
	o.region = 420102001000;
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.region");
	o.region = 420103000000;
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.region");
	o = good;
	o.name = STR("");
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.name");
	o = good;
	o.phone = STR("<b>");
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.phone");
	o = good;
	char many[400];
	memset(many, 'a', sizeof many);
	o.address = (str){many, sizeof many};
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.address");
	o = good;
	o.areas = (scope){crossed, 2};
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.areas");
	o.areas = (scope){foreign, 1};
	REFUSED(&w, run(&w, office_open, &o, &id), RC_INVALID, "office.areas");
	o = good;
	actor nobody = {.kind = ACTOR_STAFF, .tenant = COUNTY, .account = 5};
	o.by = &nobody;
	REFUSED(&w, run(&w, office_open, &o, &id), RC_DENIED, "office.denied");
	OK(&w, run(&w, office_open, &good, &id));

	int64_t who = open_account(&w, COUNTY, "li.doctor");
	give(&w, COUNTY, who, id, "hospital.assessor");
	office_edit e = {
		.by = &w.console, .tenant = COUNTY, .id = id, .name = STR("县医院"), .areas = {two, 1}};
	REFUSED(&w, run(&w, office_change, &e, NULL), RC_CONFLICT, "office.area_held");
	e.areas = (scope){two, 2};
	OK(&w, run(&w, office_change, &e, NULL));
	e.by = &nobody;
	assert_int_equal(run(&w, office_change, &e, NULL), RC_NOT_FOUND);
	office_end shut = {.by = &w.console, .tenant = COUNTY, .id = id};
	REFUSED(&w, run(&w, office_shut, &shut, NULL), RC_CONFLICT, "office.held");
	account_ref gone = {.by = &w.console, .roles = w.roles, .tenant = COUNTY, .id = who};
	OK(&w, run(&w, account_close, &gone, NULL));
	OK(&w, run(&w, office_shut, &shut, NULL));
	assert_int_equal(run(&w, office_shut, &shut, NULL), RC_NOT_FOUND);
	proved(&w);
}

static rc
put_dongguan(tx *t, const void *in, void *out)
{
	(void)in;
	(void)out;
	tx_event(t, &(event_head){.tenant = CITY, .kind = "region.loaded"});
	TRY(put_tenant(t, &(row_tenant){.id = 441900,
					.level = LEVEL_CITY,
					.region = 441900000000,
					.name = STR("东莞市残联"),
					.name_en = STR(""),
					.valid_from = STR("2020-01-01"),
					.valid_to = STR("")}));
	return put_region(t, &(row_region){.code = 441900000000,
					   .name = STR("东莞市"),
					   .level = LEVEL_CITY,
					   .lowest = LEVEL_COUNTY,
					   .parent = 440000000000,
					   .valid_from = STR("2020-01-01")});
}

/* A city that is its own county has offices of both levels, and no others. */
static void
a_city_may_be_its_own_county(fixture *x)
{
	town w = town_open(x);
	office_new o = {.by = &w.console, .tenant = 441900, .region = 441900000000, .name = STR("市残联")};
	int64_t id = 0;

	OK(&w, run(&w, put_dongguan, NULL, NULL));
	for (office_level at = LEVEL_PROVINCE; at <= LEVEL_COUNTY; at++) {
		o.level = at;
		rc r = run(&w, office_open, &o, &id);
		assert_int_equal(r, at == LEVEL_PROVINCE ? RC_INVALID : RC_OK);
	}
	int64_t who = open_account(&w, 441900, "dg.clerk");
	give(&w, 441900, who, id, "county.clerk");
	actor clerk = enter(&w, 441900, who, 0).who;
	assert_true(may(&clerk, PERM_CASE_ACCEPT, 441900003001));
	assert_false(may(&clerk, PERM_CASE_ACCEPT, 442000003001));
	proved(&w);
}

static void
names_are_one_in_the_site(fixture *x)
{
	static const char *const bad[] = {"",      "ab",          "Li.ming",
					  "1abc",  "13800138000", "li ming",
					  "li'--", "李明",        "a234567890123456789012345678901234567"};
	town w = town_open(x);
	int64_t id = 0;
	account_new n = {.by = &w.console, .roles = w.roles, .tenant = COUNTY, .name = STR("李明")};

	for (size_t i = 0; i < LEN(bad); i++) {
		n.login = str_of(bad[i]);
		REFUSED(&w, run(&w, account_open, &n, &id), RC_INVALID, "account.login");
	}
	n.login = STR("li.ming");
	n.name = STR("");
	REFUSED(&w, run(&w, account_open, &n, &id), RC_INVALID, "account.name");
	n.name = STR("李明");
	actor clerk = {.kind = ACTOR_STAFF, .tenant = COUNTY, .account = 5};
	n.by = &clerk;
	REFUSED(&w, run(&w, account_open, &n, &id), RC_DENIED, "account.denied");
	n.by = &w.console;
	OK(&w, run(&w, account_open, &n, &id));
	int64_t other = open_account(&w, CITY, "wang.fang");
	n.tenant = CITY;
	REFUSED(&w, run(&w, account_open, &n, &id), RC_CONFLICT, "account.login_taken");
	account_edit e = {
		.by = &w.console, .roles = w.roles, .tenant = CITY, .id = other, .login = STR("li.ming")};
	REFUSED(&w, run(&w, account_rename, &e, NULL), RC_CONFLICT, "account.login_taken");
	e.login = STR("wang.f");
	OK(&w, run(&w, account_rename, &e, NULL));
	n.login = STR("wang.fang"); /* free again */
	OK(&w, run(&w, account_open, &n, &id));
	account_ref r = {.by = &w.console, .roles = w.roles, .tenant = CITY, .id = id, .person = 77};
	OK(&w, run(&w, account_bind, &r, NULL));
	OK(&w, run(&w, account_bind, &r, NULL));
	r.person = 78;
	REFUSED(&w, run(&w, account_bind, &r, NULL), RC_CONFLICT, "account.bound");
	OK(&w, run(&w, account_close, &r, NULL));
	assert_int_equal(run(&w, account_close, &r, NULL), RC_NOT_FOUND);
	assert_int_equal(
		run(&w, account_rename, &(account_edit){.by = &w.console, .tenant = CITY, .id = id}, NULL),
		RC_NOT_FOUND);
	n.login = STR("wang.fang");
	OK(&w, run(&w, account_open, &n, &id));
	proved(&w);
}

static void
posts_fit_office_and_giver(fixture *x)
{
	town w = town_open(x);
	int64_t town_office =
		open_office_at(&w, COUNTY, OFFICE_TOWNSHIP, LEVEL_TOWNSHIP, 420102003000, "三角镇");
	int64_t boss = open_account(&w, COUNTY, "boss");
	int64_t clerk = open_account(&w, COUNTY, "clerk");
	int64_t post = give(&w, COUNTY, boss, w.federation, "county.admin");
	actor by = enter(&w, COUNTY, boss, post).who;
	int64_t id = 0;

	assert_int_equal(by.kind, ACTOR_STAFF);
	REFUSED(&w, grant_run(&w, &by, boss, w.federation, "county.clerk"), RC_DENIED, "grant.self");
	REFUSED(&w, grant_run(&w, &by, clerk, w.federation, "flying.clerk"), RC_INVALID, "grant.role");
	REFUSED(&w, grant_run(&w, &by, clerk, w.federation, "applicant"), RC_INVALID, "grant.own");
	REFUSED(&w, grant_run(&w, &by, clerk, w.federation, "township.clerk"), RC_INVALID, "grant.office");
	REFUSED(&w, grant_run(&w, &by, clerk, town_office, "county.clerk"), RC_INVALID, "grant.office");
	REFUSED(&w, grant_run(&w, &by, clerk, w.federation, "security.admin"), RC_DENIED, "grant.denied");
	assert_int_equal(grant_run(&w, &by, clerk, 12345, "county.clerk"), RC_NOT_FOUND);
	assert_int_equal(grant_run(&w, &by, 12345, w.federation, "county.clerk"), RC_NOT_FOUND);
	grant_new g = grant_of(&w, &by, clerk, town_office, "township.clerk");
	g.area = (interval){420102004000, 420102005000}; /* the neighbour's */
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_INVALID, "grant.area");
	g.area = (interval){420102003001, 420102003001};
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_INVALID, "grant.area");
	g.area = (interval){420102003001, 420102003002};
	g.line = STR("fishing");
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_INVALID, "grant.line");
	g.line = STR("subsidy");
	g.until = g.from;
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_INVALID, "grant.dates");
	g.until = DATE_NONE;
	g.from--;
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_INVALID, "grant.dates");
	g.from++;
	OK(&w, run(&w, grant_give, &g, &id));
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_CONFLICT, "grant.twice");
	g = grant_of(&w, &by, clerk, w.federation, "leader");
	g.sensitive = true;
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_INVALID, "grant.sensitive");

	actor neighbour = by;
	static const interval next_door = {420103000000, 420104000000};
	neighbour.scope = (scope){&next_door, 1};
	REFUSED(&w, grant_run(&w, &neighbour, clerk, w.federation, "leader"), RC_DENIED, "grant.denied");
	grant_end end = {.by = &neighbour, .roles = w.roles, .tenant = COUNTY, .id = id};
	REFUSED(&w, run(&w, grant_take, &end, NULL), RC_DENIED, "grant.denied");
	end.by = &by;
	OK(&w, run(&w, grant_take, &end, NULL));
	assert_int_equal(run(&w, grant_take, &end, NULL), RC_NOT_FOUND);
	proved(&w);
}

static void
exclusive_roles_stay_apart(fixture *x)
{
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "first");
	int64_t b = open_account(&w, COUNTY, "second");
	actor by = w.console;
	int64_t id = 0;

	give(&w, COUNTY, a, w.federation, "system.admin");
	REFUSED(&w, grant_run(&w, &by, a, w.federation, "security.admin"), RC_CONFLICT, "grant.exclusive");
	REFUSED(&w, grant_run(&w, &by, a, w.federation, "auditor"), RC_CONFLICT, "grant.exclusive");
	/* the same person under a second account */
	account_ref r = {.by = &by, .roles = w.roles, .tenant = COUNTY, .id = a, .person = 42};
	OK(&w, run(&w, account_bind, &r, NULL));
	r.id = b;
	OK(&w, run(&w, account_bind, &r, NULL));
	REFUSED(&w, grant_run(&w, &by, b, w.federation, "security.admin"), RC_CONFLICT, "grant.exclusive");
	int64_t third = open_account(&w, COUNTY, "under.another.name");
	give(&w, COUNTY, third, w.federation, "auditor");
	r.id = third;
	REFUSED(&w, run(&w, account_bind, &r, NULL), RC_CONFLICT, "grant.exclusive");
	/* one after the other is no conflict */
	int64_t c = open_account(&w, COUNTY, "third");
	grant_new g = grant_of(&w, &by, c, w.federation, "policy.editor");
	g.until = g.from + 10;
	OK(&w, run(&w, grant_give, &g, &id));
	g = grant_of(&w, &by, c, w.federation, "policy.publisher");
	g.from += 9;
	REFUSED(&w, run(&w, grant_give, &g, &id), RC_CONFLICT, "grant.exclusive");
	g.from += 1;
	OK(&w, run(&w, grant_give, &g, &id));
	/* as a deputy neither */
	int64_t d = open_account(&w, COUNTY, "fourth");
	int64_t post = give(&w, COUNTY, d, w.federation, "auditor");
	deputy_new n = {.by = &by,
			.roles = w.roles,
			.tenant = COUNTY,
			.post = post,
			.account = a,
			.from = date_of_instant(x->now),
			.until = date_of_instant(x->now) + 5};
	REFUSED(&w, run(&w, deputy_name, &n, &id), RC_CONFLICT, "grant.exclusive");
	proved(&w);
}

static void
an_administrator_keeps_to_his_house(fixture *x)
{
	town w = town_open(x);
	int64_t mine = open_office_at(&w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "一医院");
	int64_t other = open_office_at(&w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "二医院");
	int64_t boss = open_account(&w, COUNTY, "medical.office");
	int64_t doctor = open_account(&w, COUNTY, "doctor");
	int64_t approver = open_account(&w, COUNTY, "approver");
	int64_t theirs = open_account(&w, COUNTY, "their.doctor");

	give(&w, COUNTY, boss, mine, "hospital.admin");
	give(&w, COUNTY, approver, w.federation, "county.approver");
	give(&w, COUNTY, theirs, other, "hospital.assessor");
	actor by = enter(&w, COUNTY, boss, 0).who;
	REFUSED(&w, grant_run(&w, &by, doctor, other, "hospital.assessor"), RC_DENIED, "grant.outside");
	REFUSED(&w, grant_run(&w, &by, doctor, w.federation, "county.clerk"), RC_DENIED, "grant.outside");
	REFUSED(&w, grant_run(&w, &by, doctor, mine, "hospital.admin"), RC_DENIED, "grant.denied");
	OK(&w, grant_run(&w, &by, doctor, mine, "hospital.assessor"));
	account_edit e = {.by = &by, .roles = w.roles, .tenant = COUNTY, .id = approver, .name = STR("改名")};
	REFUSED(&w, run(&w, account_rename, &e, NULL), RC_DENIED, "account.denied");
	e.id = theirs;
	REFUSED(&w, run(&w, account_rename, &e, NULL), RC_DENIED, "account.denied");
	e.id = boss;
	REFUSED(&w, run(&w, account_rename, &e, NULL), RC_DENIED, "account.self");
	e.id = doctor;
	OK(&w, run(&w, account_rename, &e, NULL));
	proved(&w);
}

static void
deputies_act_for_a_while(fixture *x)
{
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "role.a");
	int64_t b = open_account(&w, COUNTY, "role.b");
	int64_t c = open_account(&w, COUNTY, "role.c");
	int64_t post = give(&w, COUNTY, a, w.federation, "county.approver");
	int32_t today = date_of_instant(x->now);
	int64_t id = 0;

	give(&w, COUNTY, b, w.federation, "county.clerk");
	actor by = enter(&w, COUNTY, a, post).who;
	const deputy_new good = {.by = &by,
				 .roles = w.roles,
				 .tenant = COUNTY,
				 .post = post,
				 .account = b,
				 .area = {420102001000, 420102002000},
				 .leave = true,
				 .from = today,
				 .until = today + 3};
	deputy_new n = good;
	actor stranger = enter(&w, COUNTY, b, 0).who;
	n.by = &stranger;
	REFUSED(&w, run(&w, deputy_name, &n, &id), RC_DENIED, "deputy.denied");
	n = good;
	n.account = a;
	REFUSED(&w, run(&w, deputy_name, &n, &id), RC_INVALID, "deputy.self");
	n = good;
	n.area.hi = 420103000001;
	REFUSED(&w, run(&w, deputy_name, &n, &id), RC_INVALID, "deputy.area");
	n = good;
	n.until = today + 400;
	REFUSED(&w, run(&w, deputy_name, &n, &id), RC_INVALID, "deputy.dates");
	n.until = DATE_NONE;
	REFUSED(&w, run(&w, deputy_name, &n, &id), RC_INVALID, "deputy.dates");
	OK(&w, run(&w, deputy_name, &good, &id));
	REFUSED(&w, run(&w, deputy_name, &good, &id), RC_CONFLICT, "grant.twice");

	actor deputy = enter(&w, COUNTY, b, id).who;
	assert_int_equal(deputy.stands_for, a);
	assert_true(may(&deputy, PERM_CERTIFICATE_APPROVE, 420102001005));
	assert_false(may(&deputy, PERM_CERTIFICATE_APPROVE, 420102002005));
	/* a deputy does not hand on what he was lent */
	n = good;
	n.by = &deputy;
	n.account = c;
	REFUSED(&w, run(&w, deputy_name, &n, &id), RC_DENIED, "deputy.denied");
	x->now += 3 * DAY;
	deputy = enter(&w, COUNTY, b, id).who;
	assert_false(may(&deputy, PERM_CERTIFICATE_APPROVE, 420102001005));
	x->now -= 3 * DAY;
	grant_end end = {.by = &stranger, .roles = w.roles, .tenant = COUNTY, .id = id};
	OK(&w, run(&w, deputy_end, &end, NULL));
	assert_int_equal(run(&w, deputy_end, &end, NULL), RC_NOT_FOUND);

	/* with the post its deputies end */
	OK(&w, run(&w, deputy_name, &good, &id));
	end = (grant_end){.by = &w.console, .roles = w.roles, .tenant = COUNTY, .id = post};
	OK(&w, run(&w, grant_take, &end, NULL));
	deputy = enter(&w, COUNTY, b, id).who;
	assert_null(deputy.role);
	proved(&w);
}

BOTH(offices_are_checked)
BOTH(a_city_may_be_its_own_county)
BOTH(names_are_one_in_the_site)
BOTH(posts_fit_office_and_giver)
BOTH(exclusive_roles_stay_apart)
BOTH(an_administrator_keeps_to_his_house)
BOTH(deputies_act_for_a_while)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(offices_are_checked),        BOTH_TESTS(a_city_may_be_its_own_county),
		BOTH_TESTS(names_are_one_in_the_site),  BOTH_TESTS(posts_fit_office_and_giver),
		BOTH_TESTS(exclusive_roles_stay_apart), BOTH_TESTS(an_administrator_keeps_to_his_house),
		BOTH_TESTS(deputies_act_for_a_while),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
