/* draft_test.c - drafts of policies, over both engines. */
#include "app/draft/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"

#define LAYER STR("care/11")

typedef struct bureau {
	town w;
	actor one, two, other; /* two of an office, one of another */
} bureau;

static actor
editor(town *w, const char *login, int64_t office)
{
	actor k = {.kind = ACTOR_STAFF, .tenant = COUNTY, .office = office};

	k.account = open_account(w, COUNTY, login);
	perms_add(&k.perms, PERM_POLICY_READ);
	perms_add(&k.perms, PERM_POLICY_EDIT);
	return k;
}

static bureau
opened(fixture *x)
{
	bureau k = {.w = town_open(x)};
	int64_t other = open_office_at(&k.w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "医院");

	k.one = editor(&k.w, "zhang", k.w.federation);
	k.two = editor(&k.w, "lisi", k.w.federation);
	k.other = editor(&k.w, "wang", other);
	return k;
}

static rc
open_draft(bureau *k, const actor *by, const char *text)
{
	return run(&k->w, draft_open, &(draft_new){.by = by, .layer = LAYER, .text = str_of(text), .base = 3},
		   NULL);
}

static rc
now(bureau *k, const actor *who, draft **out)
{
	fixture *x = k->w.x;
	db *d = NULL;

	OK(&k->w, store_read(x->s, x->a, &x->f, &d));
	rc r = draft_read(d, x->a, &x->f, who, LAYER, out);
	store_read_end(x->s, d);
	return r;
}

static rc
save(bureau *k, const actor *by, const draft *d, int64_t seen, const char *text)
{
	return run(&k->w, draft_save,
		   &(draft_change){.by = by,
				   .draft = d->id,
				   .seen = seen,
				   .act = DRAFT_ROW,
				   .about = STR("R1"),
				   .told = STR(""),
				   .text = str_of(text)},
		   NULL);
}

static rc
turn(bureau *k, const draft *d, int64_t seen, bool redo)
{
	return run(&k->w, draft_go, &(draft_turn){.by = &k->one, .draft = d->id, .seen = seen, .redo = redo},
		   NULL);
}

#define SAYS(k, expected)                                                                                    \
	do {                                                                                                 \
		OK(&(k)->w, now((k), &(k)->one, &d));                                                        \
		assert_true(str_eq(d->text, STR(expected)));                                                 \
	} while (0)

static void
changes_are_undone_and_done_again(fixture *x)
{
	bureau o = opened(x), *k = &o;
	draft *d = NULL;

	assert_int_equal(now(k, &k->one, &d), RC_NOT_FOUND);
	OK(&k->w, open_draft(k, &k->one, "a"));
	SAYS(k, "a");
	assert_false(d->undo || d->redo);
	assert_int_equal(d->base, 3);
	REFUSED(&k->w, turn(k, d, 1, false), RC_INVALID, "draft.no_undo");
	OK(&k->w, save(k, &k->one, d, 1, "b"));
	OK(&k->w, save(k, &k->one, d, 2, "c"));
	SAYS(k, "c");
	assert_true(d->undo && !d->redo);
	assert_int_equal(d->now.act, DRAFT_ROW);
	assert_true(str_eq(d->now.about, STR("R1")));
	assert_true(str_eq(d->now.who, STR("测试员")));
	OK(&k->w, turn(k, d, 3, false));
	SAYS(k, "b");
	OK(&k->w, turn(k, d, 2, false));
	SAYS(k, "a");
	assert_true(!d->undo && d->redo);
	assert_int_equal(d->behind.n, 2);
	OK(&k->w, turn(k, d, 1, true));
	SAYS(k, "b");
	/* a change after an undo begins a line of its own: what was undone is no longer ahead */
	OK(&k->w, save(k, &k->one, d, 2, "e"));
	SAYS(k, "e");
	assert_false(d->redo);
	REFUSED(&k->w, turn(k, d, 4, true), RC_INVALID, "draft.no_redo");
	OK(&k->w, turn(k, d, 4, false));
	SAYS(k, "b");
	OK(&k->w, turn(k, d, 2, true));
	SAYS(k, "e");
	proved(&k->w);
}

static void
two_of_an_office_do_not_overwrite_each_other(fixture *x)
{
	bureau o = opened(x), *k = &o;
	draft *d = NULL;

	OK(&k->w, open_draft(k, &k->one, "a"));
	OK(&k->w, open_draft(k, &k->two, "never")); /* there is one */
	SAYS(k, "a");
	OK(&k->w, save(k, &k->two, d, 1, "b"));
	REFUSED(&k->w, save(k, &k->one, d, 1, "c"), RC_CONFLICT, "draft.moved");
	REFUSED(&k->w, turn(k, d, 1, true), RC_CONFLICT, "draft.moved");
	SAYS(k, "b");
	OK(&k->w, save(k, &k->one, d, 2, "c"));
	SAYS(k, "c");
	proved(&k->w);
}

static void
another_office_has_its_own(fixture *x)
{
	bureau o = opened(x), *k = &o;
	actor reader = k->one;
	draft *d = NULL, *own = NULL;

	reader.perms = (perms){0};
	OK(&k->w, open_draft(k, &k->one, "a"));
	SAYS(k, "a");
	assert_int_equal(now(k, &k->other, &own), RC_NOT_FOUND);
	assert_int_equal(now(k, &reader, &own), RC_NOT_FOUND);
	REFUSED(&k->w, open_draft(k, &reader, "r"), RC_DENIED, "draft.denied");
	REFUSED(&k->w, save(k, &reader, d, 1, "r"), RC_DENIED, "draft.denied");
	assert_int_equal(save(k, &k->other, d, 1, "o"), RC_NOT_FOUND);
	OK(&k->w, open_draft(k, &k->other, "o"));
	OK(&k->w, now(k, &k->other, &own));
	assert_true(str_eq(own->text, STR("o")));
	SAYS(k, "a");
	proved(&k->w);
}

static void
it_ends_as_a_proposal_or_is_dropped(fixture *x)
{
	bureau o = opened(x), *k = &o;
	draft *d = NULL;
	int64_t version = 0;

	OK(&k->w, open_draft(k, &k->one, "a"));
	SAYS(k, "a");
	draft_end end = {.by = &k->one, .draft = d->id, .seen = 7, .sha256 = STR("aa")};
	REFUSED(&k->w, run(&k->w, draft_finish, &end, &version), RC_CONFLICT, "draft.moved");
	end.seen = 1;
	OK(&k->w, run(&k->w, draft_finish, &end, &version));
	assert_int_equal(version, 1);
	assert_int_equal(now(k, &k->one, &d), RC_NOT_FOUND);
	assert_int_equal(run(&k->w, draft_finish, &end, &version), RC_NOT_FOUND);
	/* the same text again is nothing to propose, and the draft stays */
	OK(&k->w, open_draft(k, &k->one, "a"));
	SAYS(k, "a");
	end.draft = d->id;
	REFUSED(&k->w, run(&k->w, draft_finish, &end, &version), RC_CONFLICT, "definition.same");
	SAYS(k, "a");
	end.sha256 = STR("");
	OK(&k->w, run(&k->w, draft_finish, &end, &version));
	assert_int_equal(version, 0);
	assert_int_equal(now(k, &k->one, &d), RC_NOT_FOUND);
	proved(&k->w);
}

BOTH(changes_are_undone_and_done_again)
BOTH(two_of_an_office_do_not_overwrite_each_other)
BOTH(another_office_has_its_own)
BOTH(it_ends_as_a_proposal_or_is_dropped)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(changes_are_undone_and_done_again),
					   BOTH_TESTS(two_of_an_office_do_not_overwrite_each_other),
					   BOTH_TESTS(another_office_has_its_own),
					   BOTH_TESTS(it_ends_as_a_proposal_or_is_dropped)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
