/* owed_test.c - papers that are to come later: whose work they are, until when, and who may say that they
 * came; on both engines. */
#include "app/kase/kase_fixture.h"

#define DUE "2026-06-20"

static rc
later(county *c, const actor *by, int64_t id, const char *name)
{
	kase_paper_in in = {.at = at(c, by, id), .paper = str_of(name), .state = STR("later")};

	assert_true(date_parse(STR(DUE), &in.due));
	return run(&c->w, kase_add_paper, &in, NULL);
}

static kase_todos
todo(county *c, const actor *who, const char *step)
{
	fixture *x = c->w.x;
	kase_todos out;
	db *d = NULL;
	const kase_todo_ask all = {.due = STR(""),
				   .n = 50,
				   .service = STR(""),
				   .step = str_of(step),
				   .region = division_interval(0)};

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_todo_read(d, x->a, &x->f, who, &all, &out));
	store_read_end(x->s, d);
	return out;
}

/* A man whose household booklet comes later. */
static int64_t
owing(county *c)
{
	int64_t id = open_draft(c, &c->applicant, ASKS_SELF, "");

	OK(&c->w, save(c, &c->applicant, id, man, NULL));
	give_papers(c, &c->applicant, id, false);
	OK(&c->w, later(c, &c->applicant, id, "household_booklet"));
	assert_int_equal(todo(c, &c->clerk, "").n, 0); /* a draft is nobody's work */
	OK(&c->w, submit(c, &c->applicant, id, NULL, NULL));
	return id;
}

#define OWED KASE_WORK_PAPER "household_booklet"

static bool
takes(county *c, const actor *who, int64_t id)
{
	kase_offers o = offers(c, who, id);

	return o.take.n == 1 && str_eq(o.take.v[0], STR("household_booklet"));
}

static void
who_accepted_chases_it(fixture *x)
{
	county *c = county_open(x);
	int64_t id = owing(c);
	kase_todos list = todo(c, &c->clerk, OWED);

	assert_int_equal(list.n, 1);
	assert_true(str_eq(list.v[0].due, STR(DUE)));
	assert_true(list.v[0].kase == id && str_eq(list.v[0].name, STR("张明")));
	assert_int_equal(todo(c, &c->clerk, "").n, 2); /* the case itself, by its own day */
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	assert_int_equal(todo(c, &c->clerk, "").n, 1); /* the case went on, the paper is still his */
	assert_int_equal(todo(c, &c->doctor, OWED).n, 0);
	assert_true(takes(c, &c->clerk, id));
	/* nobody else says that it came, and he says nothing of other papers */
	REFUSED(&c->w, paper(c, &c->village, id, "household_booklet", "original"), RC_DENIED,
		"kase.not_yours");
	REFUSED(&c->w, paper(c, &c->clerk, id, "photo", "original"), RC_DENIED, "kase.not_yours");
	REFUSED(&c->w, paper(c, &c->applicant, id, "household_booklet", "copy"), RC_DENIED, "kase.not_yours");
	whole(c);
	OK(&c->w, paper(c, &c->clerk, id, "household_booklet", "original"));
	assert_int_equal(todo(c, &c->clerk, "").n, 0);
	assert_false(takes(c, &c->clerk, id));
	REFUSED(&c->w, paper(c, &c->clerk, id, "household_booklet", "copy"), RC_DENIED, "kase.not_yours");
	whole(c);
}

/* With the case ends what is owed; taken back, it stands again. */
static void
it_ends_with_its_case(fixture *x)
{
	county *c = county_open(x);
	int64_t id = owing(c);
	actor clerk = c->clerk;
	kase_turn_in t = {.at = at(c, &c->clerk, id), .reason = STR("填错")};
	int64_t again = 0;

	clerk.person = registered(c, "张明", MAN, NULL); /* his own: he says nothing of it */
	REFUSED(&c->w, paper(c, &clerk, id, "household_booklet", "original"), RC_DENIED, "kase.own");
	OK(&c->w, act(c, &c->clerk, id, "missing", "户口本", NULL));
	assert_int_equal(todo(c, &c->clerk, OWED).n, 1); /* with the applicant: it is still to come */
	OK(&c->w, submit(c, &c->applicant, id, NULL, NULL));
	assert_int_equal(todo(c, &c->clerk, OWED).n, 1);
	OK(&c->w, act(c, &c->clerk, id, "refuse", "不符合条件", NULL));
	assert_int_equal(todo(c, &c->clerk, "").n, 0);
	whole(c);
	t.at.id = owing(c);
	t.turn = 1;
	OK(&c->w, run(&c->w, kase_void, &t, &again));
	assert_int_equal(todo(c, &c->clerk, "").n, 0);
	OK(&c->w, submit(c, &c->clerk, again, NULL, NULL)); /* made again with the same papers */
	assert_int_equal(todo(c, &c->clerk, OWED).n, 1);
	assert_int_equal(todo(c, &c->clerk, OWED).v[0].kase, again);
	whole(c);
}

/* Of all: what lies with an office is the same, counted by the database or from its list. */
static void
piles_are_those_of_the_list(fixture *x)
{
	county *c = county_open(x);
	const str days[] = {STR("2026-06-01"), STR(DUE), STR("2030-01-01")};
	kase_piles counted, read;
	db *d = NULL;

	owing(c);
	kase_todos list = todo(c, &c->clerk, "");
	assert_int_equal(list.n, 2); /* the case, and its paper */
	for (size_t i = 0; i < LEN(days); i++) {
		kase_piles_of(x->a, &list, days[i], &counted);
		OK(&c->w, store_read(x->s, x->a, &x->f, &d));
		OK(&c->w, kase_piles_read(d, x->a, &x->f, &c->clerk, days[i], &read));
		store_read_end(x->s, d);
		assert_int_equal(counted.n, read.n);
		for (size_t k = 0; k < read.n; k++) {
			const kase_pile *p = &counted.v[k], *q = &read.v[k];
			assert_true(str_eq(p->service, q->service) && str_eq(p->step, q->step));
			assert_true(p->region == q->region && p->n == q->n);
			assert_true(p->overdue == q->overdue && p->today == q->today);
		}
	}
}

BOTH(who_accepted_chases_it)
BOTH(it_ends_with_its_case)
BOTH(piles_are_those_of_the_list)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(who_accepted_chases_it),
		BOTH_TESTS(it_ends_with_its_case),
		BOTH_TESTS(piles_are_those_of_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
