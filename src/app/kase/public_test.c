/* public_test.c - what somebody who is not signed in gets to know, and how long he waits after wrong guesses;
 * on both engines. */
#include "app/kase/public.h"

#include "app/account/delay.h"
#include "app/account/holder.h"
#include "app/person/person_fixture.h"

#define MINUTE INT64_C(60000)
#define HOLDER "990101199003070015" /* of the fictitious province 99 */

static actor
holder_of(const person_new *p)
{
	actor who = {.kind = ACTOR_APPLICANT, .tenant = 1, .account = 4711, .person = p->id, .home = COUNTY};

	perms_add(&who.perms, PERM_PERSON_READ);
	return who;
}

static str
drawn(fixture *x, const actor *who, int64_t person, holder_code *out)
{
	arena *own = arena_open(x->a, 0);
	const person_ref *ref = NULL;
	str code;
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_open(d, x->a, &x->f, who, COUNTY, person, &ref), RC_OK);
	assert_int_equal(holder_draw(db_sealer(d), x->a, &x->f, who, ref, &code, out), RC_OK);
	arena_close(own);
	return code;
}

/* What the holder tells the one who checks. */
static str
draw(fixture *x, const actor *who, rc expected)
{
	holder_code in;
	str code = drawn(x, who, who->person, &in);

	assert_int_equal(run_command(x, holder_make, &in), expected);
	return code;
}

/* The same from a counter. */
static str
hand(fixture *x, const actor *officer, int64_t person, rc expected)
{
	holder_hand_in in = {.purpose = STR("8")};
	str code = drawn(x, officer, person, &in.code);

	fault_clear(&x->f);
	assert_int_equal(run_command(x, holder_hand, &in), expected);
	return code;
}

static rc
check_as(fixture *x, const char *number, str code, const char *source, certificate_said *out)
{
	static const actor nobody = {.kind = ACTOR_NOBODY};
	const certificate_ask in = {.by = &nobody,
				    .number = str_of(number),
				    .code = code,
				    .asker = STR("示例公交公司"),
				    .source = str_of(source)};
	store_command c = {.fn = certificate_verify, .in = &in, .out = out, .a = x->a, .now = x->now};

	fault_clear(&x->f);
	return store_write(x->s, &x->f, &c);
}

static certificate_said
check(fixture *x, const char *number, str code, const char *source)
{
	certificate_said said = {0};
	rc r = check_as(x, number, code, source, &said);

	if (r != RC_OK)
		fail_msg("%d %s", r, cstr(x->a, fault_print(x->a, &x->f)));
	return said;
}

/* How long this one has to wait now, in seconds. */
static int64_t
waits(fixture *x, rc r)
{
	assert_int_equal(r, RC_LIMIT);
	assert_string_equal(x->f.id, "account.wait");
	return x->f.arg[0].i;
}

static int64_t
looks(fixture *x)
{
	static const uint8_t seed[32] = {1};
	sign_key key = sign_key_of(seed);
	ledger_report r;
	ledger_ask a = {.scratch = fixture_path(x, "looks"), .key = key.open, .derived = person_derived};

	assert_int_equal(ledger_check(x->s, x->a, &x->f, &a, &r), RC_OK);
	assert_int_equal(r.nfindings, 0);
	return r.looks;
}

static person_new
holder_enters(fixture *x)
{
	person_in in = somebody_whole(x, "王芳", HOLDER);
	person_new p;

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	return p;
}

static void
category_and_level_only_with_the_holders_code(fixture *x)
{
	person_new p = holder_enters(x);
	actor who = holder_of(&p), other = who;

	certificate_said s = check(x, HOLDER "73", STR(""), "a");
	assert_true(s.valid && !s.opened && s.category == 0 && s.level == 0 && s.expires.n == 0);
	s = check(x, HOLDER "73", STR("7KQ2-M9XW"), "a"); /* none was drawn */
	assert_true(s.valid && s.wrong_code && !s.opened && s.category == 0);
	assert_int_equal(looks(x), 0);

	str code = draw(x, &who, RC_OK);
	assert_int_equal(code.n, HOLDER_CODE + 1);
	s = check(x, HOLDER "73", code, "a");
	assert_true(s.valid && s.opened && !s.wrong_code);
	assert_int_equal(s.category, 7);
	assert_int_equal(s.level, 3);
	assert_string_equal(cstr(x->a, s.expires), "2029-12-31");
	assert_int_equal(looks(x), 1);
	(void)check(x, HOLDER "73", code, "b"); /* again, from elsewhere: one more look */
	assert_int_equal(looks(x), 2);

	/* of the same person, but no certificate of his */
	s = check(x, HOLDER "42", code, "a");
	assert_true(!s.valid && !s.opened && !s.wrong_code);
	/* the one drawn next ends it */
	str next = draw(x, &who, RC_OK);
	assert_true(check(x, HOLDER "73", code, "a").wrong_code);
	assert_true(check(x, HOLDER "73", next, "a").opened);
	x->now += HOLDER_MINUTES * MINUTE;
	assert_true(check(x, HOLDER "73", next, "a").wrong_code);
	assert_int_equal(looks(x), 3);
	other.kind = ACTOR_STAFF;
	(void)draw(x, &other, RC_DENIED);
}

static void
a_counter_makes_the_code_too(fixture *x)
{
	person_new p = holder_enters(x);
	actor who = holder_of(&p), officer = officer_of(x, COUNTY, 7), applicant = who;
	str own = draw(x, &who, RC_OK);

	(void)hand(x, &officer, p.id, RC_DENIED); /* reads, and files nothing */
	assert_string_equal(x->f.id, "holder.post");
	perms_add(&applicant.perms, PERM_CASE_FILE);
	(void)hand(x, &applicant, p.id, RC_DENIED); /* files, and stands behind no counter */
	perms_add(&officer.perms, PERM_CASE_FILE);
	officer.tenant = OTHER; /* sees him, and his record is not kept there */
	(void)hand(x, &officer, p.id, RC_DENIED);
	assert_string_equal(x->f.id, "holder.elsewhere");
	officer.tenant = COUNTY;
	fault_clear(&x->f);
	assert_int_equal(looks(x), 0);
	assert_true(check(x, HOLDER "73", own, "a").opened);

	str code = hand(x, &officer, p.id, RC_OK);
	assert_int_equal(looks(x), 2);
	assert_true(check(x, HOLDER "73", own, "a").wrong_code); /* one code at a time */
	assert_true(check(x, HOLDER "73", code, "a").opened);
	x->now += HOLDER_MINUTES * MINUTE;
	assert_true(check(x, HOLDER "73", code, "a").wrong_code);
}

static void
who_guesses_the_code_waits_longer(fixture *x)
{
	person_new p = holder_enters(x);
	actor who = holder_of(&p);
	str code = draw(x, &who, RC_OK);
	certificate_said said;

	for (int64_t i = 0; i <= delay_pair.free; i++)
		assert_true(check(x, HOLDER "73", STR("00000000"), "a").wrong_code);
	/* from anywhere, and the right one too; that it is valid is still said */
	int64_t first = waits(x, check_as(x, HOLDER "73", code, "b", &said));
	assert_string_equal(cstr(x->a, x->f.field), "code");
	assert_true(check(x, HOLDER "73", STR(""), "b").valid);
	x->now += first * 1000;
	assert_true(check(x, HOLDER "73", STR("00000000"), "a").wrong_code);
	int64_t second = waits(x, check_as(x, HOLDER "73", code, "b", &said));
	assert_int_equal(second, 2 * first);
	x->now += second * 1000;
	assert_true(check(x, HOLDER "73", code, "b").opened);
	assert_true(check(x, HOLDER "73", STR("00000000"), "a").wrong_code); /* begins anew */
	assert_true(check(x, HOLDER "73", code, "a").opened);
}

static void
numbers_that_are_guessed_wait_too(fixture *x)
{
	certificate_said said;

	for (int64_t i = 0; i <= delay_source.free; i++)
		assert_false(check(x, HOLDER "73", STR(""), "a").valid);
	int64_t first = waits(x, check_as(x, HOLDER "73", STR(""), "a", &said));
	assert_false(check(x, HOLDER "73", STR(""), "b").valid); /* another place */
	x->now += first * 1000;
	assert_false(check(x, HOLDER "73", STR(""), "a").valid);
	assert_int_equal(waits(x, check_as(x, HOLDER "73", STR(""), "a", &said)), 2 * first);
}

static rc
track(fixture *x, const char *number, const char *source)
{
	const kase_track_in in = {.number = str_of(number), .proof = STR("0015"), .source = str_of(source)};
	kase_tracked *out = arena_new(x->a, kase_tracked);
	store_command c = {.fn = kase_track, .in = &in, .out = out, .a = x->a, .now = x->now};

	fault_clear(&x->f);
	rc r = store_write(x->s, &x->f, &c);
	assert_false(out->found);
	return r;
}

static void
who_follows_a_case_by_guessing_waits_longer(fixture *x)
{
	static const char number[] = "420106-2026-000001-K7QXMD", other[] = "420106-2026-000002-K7QXMD";

	for (int64_t i = 0; i <= delay_pair.free; i++)
		assert_int_equal(track(x, number, "a"), RC_OK);
	int64_t first = waits(x, track(x, number, "b")); /* that case, from anywhere */
	assert_int_equal(track(x, other, "a"), RC_OK);   /* not another one */
	x->now += first * 1000;
	assert_int_equal(track(x, number, "a"), RC_OK);
	int64_t second = waits(x, track(x, number, "a"));
	assert_int_equal(second, 2 * first);
	x->now += (second + 1) * 1000;
	for (int64_t i = 0; i < 30; i++) { /* it doubles up to the cap, and no further */
		assert_int_equal(track(x, number, "c"), RC_OK);
		int64_t wait = waits(x, track(x, number, "c"));
		assert_true(wait >= second && wait * 1000 <= delay_pair.cap);
		second = wait;
		x->now += wait * 1000;
	}
	assert_int_equal(second * 1000, delay_pair.cap);
	x->now += delay_pair.forget + 1000; /* long ago: forgotten */
	assert_int_equal(track(x, number, "a"), RC_OK);
	assert_int_equal(track(x, number, "a"), RC_OK);
}

BOTH(category_and_level_only_with_the_holders_code)
BOTH(a_counter_makes_the_code_too)
BOTH(who_guesses_the_code_waits_longer)
BOTH(numbers_that_are_guessed_wait_too)
BOTH(who_follows_a_case_by_guessing_waits_longer)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(category_and_level_only_with_the_holders_code),
		BOTH_TESTS(a_counter_makes_the_code_too),
		BOTH_TESTS(who_guesses_the_code_waits_longer),
		BOTH_TESTS(numbers_that_are_guessed_wait_too),
		BOTH_TESTS(who_follows_a_case_by_guessing_waits_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
