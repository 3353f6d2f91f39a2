/* session_test.c - tokens, stages, posts and ends of sessions, on both engines. */
#include "app/account/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"

#define MINUTE INT64_C(60000)
#define DAY    (24 * 60 * MINUTE)

static rc
look(town *w, str hash, int64_t now, int64_t seen, session *out)
{
	db *d = NULL;

	fault_clear(&w->x->f);
	OK(w, store_read(w->x->s, w->x->a, &w->x->f, &d));
	rc r = session_find(d, w->x->a, &w->x->f, &(session_ask){w->roles, hash, now, seen}, out);
	store_read_end(w->x->s, d);
	return r;
}

static session_key
key_of(const session *s)
{
	return (session_key){s->hash, s->who.tenant, s->who.account};
}

static crypto *
crypto_of(town *w)
{
	crypto *c = NULL;

	OK(w, crypto_open(w->x->a, &w->x->f, &c));
	return c;
}

static void
ends_by_itself(fixture *x)
{
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "clerk");
	int64_t t0 = x->now;
	session s, got;

	give(&w, COUNTY, a, w.federation, "county.clerk");
	s = enter(&w, COUNTY, a, 0);
	assert_int_equal(s.stage, SESSION_OPEN);
	assert_int_equal(look(&w, s.hash, t0 + 15 * MINUTE - 1, 0, &got), RC_OK);
	assert_int_equal(look(&w, s.hash, t0 + 15 * MINUTE, 0, &got), RC_NOT_FOUND);
	/* remembered by the caller, then written */
	assert_int_equal(look(&w, s.hash, t0 + 20 * MINUTE, t0 + 14 * MINUTE, &got), RC_OK);
	session_key k = key_of(&s);
	x->now = t0 + 14 * MINUTE;
	OK(&w, run(&w, session_touch, &k, NULL));
	assert_int_equal(look(&w, s.hash, t0 + 20 * MINUTE, 0, &got), RC_OK);
	assert_int_equal(got.used, t0 + 14 * MINUTE);
	/* however busy: eight hours */
	assert_int_equal(look(&w, s.hash, t0 + 480 * MINUTE - 1, t0 + 479 * MINUTE, &got), RC_OK);
	assert_int_equal(look(&w, s.hash, t0 + 480 * MINUTE, t0 + 479 * MINUTE, &got), RC_NOT_FOUND);
	/* swept when nobody can use it any more */
	x->now = t0 + 30 * MINUTE;
	OK(&w, run(&w, session_sweep, NULL, NULL));
	x->now = t0;
	assert_int_equal(look(&w, s.hash, t0, 0, &got), RC_NOT_FOUND);
	proved(&w);
}

static void
tokens_are_hashed_and_random(fixture *x)
{
	town w = town_open(x);
	crypto *c = crypto_of(&w);
	session_secret p = session_draw(x->a, c), q = session_draw(x->a, c);
	session got;

	assert_int_equal(p.token.n, 43);
	assert_false(str_eq(p.token, q.token));
	assert_false(str_eq(p.token, p.csrf));
	assert_false(str_eq(p.token, p.hash));
	assert_true(str_eq(session_hash(x->a, c, p.token), p.hash));
	assert_int_equal(session_hash(x->a, c, STR("short")).n, 0);
	assert_int_equal(look(&w, STR(""), x->now, 0, &got), RC_NOT_FOUND);
	assert_int_equal(look(&w, p.hash, x->now, 0, &got), RC_NOT_FOUND);
	/* the hash that stands in the table is no token */
	assert_int_equal(look(&w, session_hash(x->a, c, p.hash), x->now, 0, &got), RC_NOT_FOUND);
}

static void
acts_from_one_post_at_a_time(fixture *x)
{
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "clerk");
	int64_t b = open_account(&w, COUNTY, "other");
	int64_t first = give(&w, COUNTY, a, w.federation, "county.clerk");
	int64_t second = give(&w, COUNTY, a, w.federation, "leader");
	int64_t foreign = give(&w, COUNTY, b, w.federation, "county.approver");
	session s = enter(&w, COUNTY, a, first), got;
	crypto *c = crypto_of(&w);

	assert_true(may(&s.who, PERM_CASE_ACCEPT, COUNTY_CODE));
	assert_false(may(&s.who, PERM_CASE_ACCEPT, 420103000000));
	assert_false(actor_sees(&s.who, FIELD_SENSITIVE)); /* not without a grant that says so */
	assert_true(actor_sees(&s.who, FIELD_PERSONAL));
	session_turn turn = {
		.roles = w.roles, .old = key_of(&s), .next = session_draw(x->a, c), .post = foreign};
	assert_int_equal(run(&w, session_switch, &turn, NULL), RC_NOT_FOUND);
	turn.post = second;
	OK(&w, run(&w, session_switch, &turn, NULL));
	assert_int_equal(look(&w, s.hash, x->now, 0, &got), RC_NOT_FOUND); /* the old token is dead */
	assert_int_equal(look(&w, turn.next.hash, x->now, 0, &got), RC_OK);
	assert_int_equal(got.who.post, second);
	assert_false(may(&got.who, PERM_CASE_ACCEPT, COUNTY_CODE));
	assert_true(may(&got.who, PERM_REPORT_READ, COUNTY_CODE));
	assert_int_equal(got.ends, s.ends); /* switching does not lengthen it */
	/* twice with the same token: the second finds nothing */
	assert_int_equal(run(&w, session_switch, &turn, NULL), RC_NOT_FOUND);

	db *d = NULL;
	session_posts posts;
	OK(&w, store_read(x->s, x->a, &x->f, &d));
	OK(&w, session_posts_of(d, x->a, &x->f, &(session_whose){w.roles, COUNTY, a, date_of_instant(x->now)},
				&posts));
	store_read_end(x->s, d);
	assert_int_equal(posts.n, 2);
	/* the post is taken away: the session stays, its rights do not */
	grant_end end = {.by = &w.console, .roles = w.roles, .tenant = COUNTY, .id = second};
	OK(&w, run(&w, grant_take, &end, NULL));
	assert_int_equal(look(&w, turn.next.hash, x->now, 0, &got), RC_OK);
	assert_null(got.who.role);
	assert_false(may(&got.who, PERM_REPORT_READ, COUNTY_CODE));
	account_ref gone = {.by = &w.console, .roles = w.roles, .tenant = COUNTY, .id = a};
	OK(&w, run(&w, account_close, &gone, NULL));
	assert_int_equal(look(&w, turn.next.hash, x->now, 0, &got), RC_NOT_FOUND);
	proved(&w);
}

/* Two areas of one office are one post with two intervals; areas that touch become one. */
static void
intervals_of_a_post_are_joined(fixture *x)
{
	static const interval areas[] = {
		{420102001000, 420102002000}, {420102002000, 420102003000}, {420102007000, 420102008000}};
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "doctor"), office = 0;
	office_new o = {.by = &w.console,
			.tenant = COUNTY,
			.kind = OFFICE_HOSPITAL,
			.level = LEVEL_COUNTY,
			.region = COUNTY_CODE,
			.name = STR("医院"),
			.areas = {areas, 3}};

	OK(&w, run(&w, office_open, &o, &office));
	give(&w, COUNTY, a, office, "hospital.assessor");
	actor who = enter(&w, COUNTY, a, 0).who;
	assert_int_equal(who.scope.n, 2);
	assert_int_equal(who.scope.v[0].hi, 420102003000);
	assert_true(may(&who, PERM_ASSESSMENT_CONCLUDE, 420102007001));
	assert_false(may(&who, PERM_ASSESSMENT_CONCLUDE, 420102003000));
	assert_int_equal(who.office, office);
	assert_int_equal(who.level, LEVEL_COUNTY);
	proved(&w);
}

static void
sensitive_fields_need_a_grant_that_says_so(fixture *x)
{
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "clerk"), id = 0;
	grant_new g = {.by = &w.console,
		       .roles = w.roles,
		       .tenant = COUNTY,
		       .account = a,
		       .office = w.federation,
		       .role = STR("county.clerk"),
		       .line = STR("certificate"),
		       .sensitive = true,
		       .from = date_of_instant(x->now) + 1,
		       .until = date_of_instant(x->now) + 3};

	OK(&w, run(&w, grant_give, &g, &id));
	assert_null(enter(&w, COUNTY, a, id).who.role); /* not yet */
	x->now += DAY;
	actor who = enter(&w, COUNTY, a, id).who;
	assert_true(actor_sees(&who, FIELD_SENSITIVE));
	assert_true(actor_line_ok(&who, STR("certificate")));
	assert_false(actor_line_ok(&who, STR("subsidy")));
	x->now += 2 * DAY;
	assert_null(enter(&w, COUNTY, a, id).who.role); /* no more */
}

static void
own_sessions_are_listed_and_ended(fixture *x)
{
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "clerk"), b = open_account(&w, COUNTY, "other");
	session one = enter(&w, COUNTY, a, 0), two = enter(&w, COUNTY, a, 0), his = enter(&w, COUNTY, b, 0),
		got;
	session_lines lines;
	db *d = NULL;

	OK(&w, store_read(x->s, x->a, &x->f, &d));
	OK(&w, session_list(d, x->a, &x->f, &one.who, x->now, &lines));
	store_read_end(x->s, d);
	assert_int_equal(lines.n, 2);
	session_key k = {his.hash, COUNTY, a}; /* somebody else's handle under one's own name */
	assert_int_equal(run(&w, session_end, &k, NULL), RC_NOT_FOUND);
	assert_int_equal(look(&w, his.hash, x->now, 0, &got), RC_OK);
	k = key_of(&two);
	OK(&w, run(&w, session_end, &k, NULL));
	assert_int_equal(look(&w, two.hash, x->now, 0, &got), RC_NOT_FOUND);
	assert_int_equal(look(&w, one.hash, x->now, 0, &got), RC_OK);
	proved(&w);
}

/* The role asks a second factor: a session without one may nothing, whichever way it came about. */
static void
no_second_factor_no_permissions(fixture *x)
{
	town w = town_open(x);
	int64_t a = open_account(&w, COUNTY, "boss");
	session got;

	give(&w, COUNTY, a, w.federation, "county.admin");
	session s = enter(&w, COUNTY, a, 0);
	assert_true(may(&s.who, PERM_ACCOUNT_GRANT, COUNTY_CODE));
	fixture_sql(x, "UPDATE session SET factor = 0");
	assert_int_equal(look(&w, s.hash, x->now, 0, &got), RC_OK);
	assert_null(got.who.role);
	assert_false(may(&got.who, PERM_ACCOUNT_GRANT, COUNTY_CODE));
	fixture_sql(x, "UPDATE session SET factor = 1, stage = 1");
	assert_int_equal(look(&w, s.hash, x->now, 0, &got), RC_OK);
	assert_false(may(&got.who, PERM_ACCOUNT_GRANT, REGION_NONE));
	assert_int_equal(got.stage, SESSION_FACTOR);
	fixture_sql(x, "UPDATE session SET stage = 9");
	assert_int_equal(look(&w, s.hash, x->now, 0, &got), RC_NOT_FOUND);
}

BOTH(ends_by_itself)
BOTH(tokens_are_hashed_and_random)
BOTH(acts_from_one_post_at_a_time)
BOTH(intervals_of_a_post_are_joined)
BOTH(sensitive_fields_need_a_grant_that_says_so)
BOTH(own_sessions_are_listed_and_ended)
BOTH(no_second_factor_no_permissions)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(ends_by_itself),
		BOTH_TESTS(tokens_are_hashed_and_random),
		BOTH_TESTS(acts_from_one_post_at_a_time),
		BOTH_TESTS(intervals_of_a_post_are_joined),
		BOTH_TESTS(sensitive_fields_need_a_grant_that_says_so),
		BOTH_TESTS(own_sessions_are_listed_and_ended),
		BOTH_TESTS(no_second_factor_no_permissions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
