/* list_test.c - the list of cases says what kase_see says, filtered and sorted; on both engines. */
#include "app/kase/kase_fixture.h"

#define ALL 0x3eu

static kase_lines
list_of(county *c, const actor *who, const kase_list_ask *how)
{
	fixture *x = c->w.x;
	kase_list_ask ask = *how;
	kase_lines out;
	db *d = NULL;
	str *text[] = {&ask.service, &ask.step, &ask.outcome, &ask.due_from, &ask.due_to, &ask.q};

	for (size_t i = 0; i < LEN(text); i++)
		if (!text[i]->p)
			*text[i] = STR("");
	if (ask.n == 0)
		ask.n = 50;
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_list_read(d, x->a, &x->f, who, &ask, &out));
	store_read_end(x->s, d);
	return out;
}

static size_t
count(county *c, const actor *who, const kase_list_ask *how)
{
	return list_of(c, who, how).all.n;
}

/* Each case: on his list if, and only if, kase_see shows it. */
static void
agrees(county *c, const actor *who, const int64_t *id, size_t n, size_t expected)
{
	fixture *x = c->w.x;
	kase_lines all = list_of(c, who, &(kase_list_ask){.states = ALL});
	const kase_ref *ref = NULL;
	size_t seen = 0;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	for (size_t i = 0; i < n; i++) {
		rc r = kase_see(d, x->a, &x->f, who, COUNTY, id[i], &ref);
		bool there = false;
		for (size_t k = 0; k < all.all.n; k++)
			there = there || all.all.v[k].id == id[i];
		assert_true(r == RC_OK || r == RC_NOT_FOUND);
		assert_int_equal(there, r == RC_OK);
		seen += r == RC_OK;
	}
	store_read_end(x->s, d);
	assert_int_equal(all.all.n, seen);
	assert_int_equal(seen, expected);
}

static scope
place(county *c, int64_t lo, int64_t hi)
{
	interval *v = arena_new(c->w.x->a, interval);

	*v = (interval){lo, hi};
	return (scope){v, 1};
}

static void
it_is_what_an_officer_may_see(fixture *x)
{
	county *c = county_open(x);
	int64_t id[4] = {filed(c, man, ASKS_SELF), filed(c, child, ASKS_GUARDIAN)};
	actor other = c->clerk, line = c->clerk, reviewer = c->clerk, nation = c->clerk;

	OK(&c->w, act(c, &c->clerk, id[0], "accept", "", NULL));
	id[2] = open_draft(c, &c->applicant, ASKS_SELF, "");
	id[3] = filed(c, man, ASKS_SELF);
	OK(&c->w, act(c, &c->clerk, id[3], "refuse", "不符合条件", NULL));
	agrees(c, &c->clerk, id, 4, 4);
	agrees(c, &c->approver, id, 4, 4);
	agrees(c, &c->doctor, id, 4, 1); /* a hospital: what was given to it */
	agrees(c, &c->village, id, 4, 4);
	other.office = 0;
	other.scope = place(c, 420103000000, 420104000000);
	agrees(c, &other, id, 4, 0);
	other.office = c->clerk.office; /* his office had them to do, wherever he looks now */
	agrees(c, &other, id, 4, 3);
	line.line = STR("subsidy");
	agrees(c, &line, id, 4, 0);
	line.line = STR("certificate");
	agrees(c, &line, id, 4, 4);
	reviewer.role = role_find(c->w.roles, STR("civil_affairs.reviewer"));
	agrees(c, &reviewer, id, 4, 0);
	nation.office = 0;
	nation.scope = place(c, 0, INT64_C(1000000000000)); /* walked from the latest on */
	agrees(c, &nation, id, 4, 4);
	assert_int_equal(count(c, &nation, &(kase_list_ask){.states = 1u << KASE_AT_OFFICE}), 2);
	assert_int_equal(count(c, &c->applicant, &(kase_list_ask){.states = ALL}), 0);
}

static void
it_is_filtered_and_sorted(fixture *x)
{
	county *c = county_open(x);
	int64_t first = filed(c, man, ASKS_SELF);
	int64_t second = filed(c, child, ASKS_GUARDIAN);
	const unsigned running = 1u << KASE_AT_OFFICE | 1u << KASE_AT_APPLICANT;

	OK(&c->w, act(c, &c->clerk, first, "accept", "", NULL));
	str number = view(c, &c->clerk, second).number;
	assert_int_equal(count(c, &c->clerk, &(kase_list_ask){.states = running}), 2);
	assert_int_equal(count(c, &c->clerk, &(kase_list_ask){.states = 1u << KASE_AT_END}), 0);
	kase_lines at_accept = list_of(c, &c->clerk, &(kase_list_ask){.states = ALL, .step = STR("accept")});
	assert_true(at_accept.all.n == 1 && at_accept.all.v[0].id == second);
	assert_int_equal(count(c, &c->clerk, &(kase_list_ask){.states = ALL, .service = STR("x")}), 0);
	assert_int_equal(count(c, &c->clerk, &(kase_list_ask){.states = ALL, .service = c->service}), 2);
	kase_lines named = list_of(c, &c->clerk, &(kase_list_ask){.states = ALL, .q = STR("李小")});
	assert_true(named.all.n == 1 && str_eq(named.all.v[0].name, STR("李小雨")));
	assert_int_equal(count(c, &c->clerk, &(kase_list_ask){.states = ALL, .q = STR("%")}), 0);
	assert_int_equal(count(c, &c->clerk, &(kase_list_ask){.states = ALL, .q = number}), 1);
	str due = at_accept.all.v[0].due;
	assert_int_equal(due.n, 10);
	const kase_list_ask that_day = {.states = ALL, .step = STR("accept"), .due_from = due, .due_to = due};
	assert_int_equal(count(c, &c->clerk, &that_day), 1);
	assert_int_equal(
		count(c, &c->clerk,
		      &(kase_list_ask){.states = ALL, .due_from = STR(""), .due_to = STR("2026-05-31")}),
		0);
	kase_lines up = list_of(c, &c->clerk, &(kase_list_ask){.states = ALL, .by = KASE_BY_NUMBER});
	kase_lines down =
		list_of(c, &c->clerk, &(kase_list_ask){.states = ALL, .by = KASE_BY_NUMBER, .down = true});
	assert_true(up.all.v[0].id == first && down.all.v[0].id == second);
	kase_lines one = list_of(c, &c->clerk, &(kase_list_ask){.states = ALL, .n = 1});
	assert_true(one.more && one.all.n == 1 && one.all.v[0].id == second); /* the newest */
	OK(&c->w, act(c, &c->clerk, second, "refuse", "不符合条件", NULL));
	kase_lines ended = list_of(c, &c->clerk, &(kase_list_ask){.states = 1u << KASE_AT_END});
	assert_true(ended.all.n == 1 && ended.all.v[0].id == second && ended.all.v[0].due.n == 0);
	str outcome = ended.all.v[0].outcome;
	assert_int_equal(count(c, &c->clerk, &(kase_list_ask){.states = ALL, .outcome = outcome}), 1);
}

BOTH(it_is_what_an_officer_may_see)
BOTH(it_is_filtered_and_sorted)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(it_is_what_an_officer_may_see),
		BOTH_TESTS(it_is_filtered_and_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
