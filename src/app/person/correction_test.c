/* correction_test.c - what is wrong in a record: asked by the person, answered by his office, on both
 * engines. */
#include "app/person/correction.h"

#include "app/person/person_fixture.h"

#define NUMBER "990101199003070015" /* of the fictitious province 99 */

typedef struct record {
	person_new p;
	actor himself, officer, elsewhere;
	const person_ref *ref;
} record;

static record
record_of(fixture *x)
{
	person_in in = somebody("王芳", NUMBER);
	record k = {.officer = officer_of(x, COUNTY, 7), .elsewhere = officer_of(x, OTHER, 7)};

	in.nfacts = 1;
	in.fact[0] = (fact_in){.field = STR("education"), .value = STR("70")};
	assert_int_equal(enter_person(x, &in, &k.p), RC_OK);
	k.himself = (actor){
		.kind = ACTOR_APPLICANT, .tenant = 1, .account = 4711, .person = k.p.id, .home = COUNTY};
	perms_add(&k.himself.perms, PERM_PERSON_READ);
	k.ref = right_to(x, &k.officer, k.p.id);
	return k;
}

static rc
ask(fixture *x, const record *k, const actor *by, const char *field)
{
	const correction_new n = {
		.by = by, .person = k->ref, .field = str_of(field), .said = STR("应为大专，有毕业证书")};

	return run_command(x, correction_ask, &n);
}

static corrections
all_of(fixture *x, const record *k)
{
	arena *own = arena_open(x->a, 0);
	corrections all;
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(corrections_read(d, x->a, &x->f, k->ref, &all), RC_OK);
	arena_close(own);
	return all;
}

static size_t
waiting(fixture *x, const actor *who)
{
	arena *own = arena_open(x->a, 0);
	correction_lines all;
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(corrections_waiting_read(d, x->a, &x->f, who, 100, &all), RC_OK);
	arena_close(own);
	return all.n;
}

static rc
reply(fixture *x, const record *k, const actor *by, int64_t id, correction_state state,
      const fact_record *fact)
{
	const correction_reply n = {.by = by,
				    .person = k->ref,
				    .id = id,
				    .state = state,
				    .words = STR("没有看到材料"),
				    .purpose = STR("1"),
				    .fact = fact};

	return run_command(x, correction_answer, &n);
}

static void
refused(fixture *x, rc r, rc code, const char *id)
{
	assert_int_equal(r, code);
	assert_string_equal(x->f.id, id);
}

static void
a_request_is_refused_with_its_reason(fixture *x)
{
	record k = record_of(x);
	actor stranger = k.himself;

	stranger.person++;
	assert_int_equal(ask(x, &k, &stranger, "education"), RC_NOT_FOUND);
	assert_int_equal(ask(x, &k, &k.officer, "education"),
			 RC_NOT_FOUND); /* an officer corrects, he does not ask */
	assert_int_equal(ask(x, &k, &k.himself, "education"), RC_OK);
	refused(x, ask(x, &k, &k.himself, "education"), RC_CONFLICT, "correction.waiting");
	assert_int_equal(waiting(x, &k.officer), 1);
	assert_int_equal(waiting(x, &k.elsewhere), 0); /* he lives there, and is registered here */

	corrections all = all_of(x, &k);
	assert_int_equal(all.n, 1);
	assert_string_equal(cstr(x->a, all.v[0].said), "应为大专，有毕业证书");
	assert_int_equal(all.v[0].answered, 0);
	int64_t id = all.v[0].id;
	refused(x, reply(x, &k, &k.elsewhere, id, CORRECTION_REFUSED, NULL), RC_DENIED,
		"person.write_denied");
	assert_int_equal(reply(x, &k, &k.officer, id + 1, CORRECTION_REFUSED, NULL), RC_NOT_FOUND);
	assert_int_equal(reply(x, &k, &k.officer, id, CORRECTION_REFUSED, NULL), RC_OK);
	refused(x, reply(x, &k, &k.officer, id, CORRECTION_DONE, NULL), RC_CONFLICT, "correction.answered");
	all = all_of(x, &k);
	assert_int_equal(all.v[0].state, CORRECTION_REFUSED);
	assert_string_equal(cstr(x->a, all.v[0].answer), "没有看到材料");
	assert_int_equal(all.v[0].answered, x->now);
	assert_int_equal(waiting(x, &k.officer), 0);
	assert_int_equal(ask(x, &k, &k.himself, "education"), RC_OK); /* with a better paper */
	check_ledger(x);
}

static void
a_request_is_answered_by_the_fact_itself(fixture *x)
{
	record k = record_of(x);
	const fact_record fact = {.person = k.ref,
				  .by = &k.officer,
				  .purpose = STR("1"),
				  .field = STR("education"),
				  .value = STR("30"),
				  .valid_from = STR("2020-07-01"),
				  .valid_to = STR(""),
				  .source = STR("毕业证书")};

	assert_int_equal(ask(x, &k, &k.himself, "education"), RC_OK);
	int64_t id = all_of(x, &k).v[0].id;
	assert_int_equal(reply(x, &k, &k.officer, id, CORRECTION_DONE, &fact), RC_OK);
	assert_int_equal(all_of(x, &k).v[0].state, CORRECTION_DONE);
	person_view v = read_whole(x, k.ref);
	assert_string_equal(
		cstr(x->a, person_fact(&v, STR("education"), STR("2021-01-01"), INT64_MAX)->value), "30");
	/* a fact that is refused leaves the request as it was */
	assert_int_equal(ask(x, &k, &k.himself, "education"), RC_OK);
	id = all_of(x, &k).v[0].id;
	refused(x, reply(x, &k, &k.officer, id, CORRECTION_DONE, &fact), RC_CONFLICT, "person.fact_same");
	assert_int_equal(all_of(x, &k).v[0].state, CORRECTION_WAITS);
	check_ledger(x);
}

static void
only_so_many_wait_at_once(fixture *x)
{
	record k = record_of(x);

	for (int i = 0; i < CORRECTIONS_OPEN; i++)
		assert_int_equal(ask(x, &k, &k.himself, cstr(x->a, str_fmt(x->a, "field%d", i))), RC_OK);
	refused(x, ask(x, &k, &k.himself, "education"), RC_LIMIT, "correction.many");
}

BOTH(a_request_is_refused_with_its_reason)
BOTH(a_request_is_answered_by_the_fact_itself)
BOTH(only_so_many_wait_at_once)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_request_is_refused_with_its_reason),
		BOTH_TESTS(a_request_is_answered_by_the_fact_itself),
		BOTH_TESTS(only_so_many_wait_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
