/* sign_in_test.c - passwords, waits, second factors, phone codes and letters, on both engines. */
#include "app/account/sign_in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/account/applicant_fixture.h"
#include "app/account/factor.h"
#include "app/account/password.h"

static const char good_password[] = "Four Words Of Rain";

static rc
reset(door *o, int64_t account, str *code)
{
	password_reset_in in = {
		.by = &o->w.console, .roles = o->w.roles, .tenant = COUNTY, .account = account};

	OK(&o->w, password_code_make(o->w.x->a, &o->w.x->f, code, &in.hash));
	return run(&o->w, password_reset, &in, NULL);
}

static door
door_open(fixture *x)
{
	door o = applicants_door(x);

	o.clerk = open_account(&o.w, COUNTY, "li.ming");
	give(&o.w, COUNTY, o.clerk, o.w.federation, "county.clerk");
	OK(&o.w, reset(&o, o.clerk, &o.code));
	return o;
}

static sign_in_case
read_case(door *o, const char *login, const char *source)
{
	fixture *x = o->w.x;
	sign_in_case c;
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, sign_in_read(d, x->a, &x->f, &(sign_in_ask){&o->rules, str_of(login), str_of(source)}, &c));
	store_read_end(x->s, d);
	return c;
}

/* The command alone: `c->matched` is as the test has it. */
static rc
finish(door *o, const sign_in_case *c, session_secret *secret, signed_in *out)
{
	*secret = session_draw(o->w.x->a, o->c);
	sign_in_done_in in = {
		.rules = &o->rules, .c = c, .secret = *secret, .place = {c->source, STR("test")}};
	return run(&o->w, sign_in_done, &in, out);
}

static rc
sign_in(door *o, const char *login, str password, const char *source, session_secret *secret, signed_in *out)
{
	sign_in_case c = read_case(o, login, source);

	OK(&o->w, sign_in_check(&o->w.x->f, &c, password));
	return finish(o, &c, secret, out);
}

static rc
change(door *o, const session *s, str now, const char *next, session_secret *secret, session_stage *stage)
{
	fixture *x = o->w.x;
	password_set_in in = {.roles = o->w.roles, .session = {s->hash, COUNTY, s->who.account}};
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, password_stored(d, x->a, &x->f, COUNTY, s->who.account, &in.stored));
	store_read_end(x->s, d);
	TRY(password_change_make(
		x->a, &x->f,
		&(password_change){
			.login = STR("li.ming"), .now = now, .next = str_of(next), .stored = in.stored},
		&in.hash));
	in.next = *secret = session_draw(x->a, o->c);
	return run(&o->w, password_set, &in, stage);
}

static void
a_code_opens_nothing_but_a_new_password(fixture *x)
{
	door o = door_open(x);
	session_secret one, two, three;
	session_stage stage;
	signed_in r;

	OK(&o.w, sign_in(&o, " LI.Ming ", password_code_fold(x->a, o.code), "10.0.0.1", &one, &r));
	assert_false(r.wrong);
	assert_int_equal(r.stage, SESSION_PASSWORD);
	session s = session_at(&o, one.hash);
	assert_null(s.who.role);
	assert_false(may(&s.who, PERM_CASE_READ, REGION_NONE));
	str code = password_code_fold(x->a, o.code);
	REFUSED(&o.w, change(&o, &s, STR("wrong one"), good_password, &two, &stage), RC_DENIED,
		"password.wrong");
	fault_clear(&x->f);
	REFUSED(&o.w, change(&o, &s, code, "short", &two, &stage), RC_INVALID, "password.short");
	fault_clear(&x->f);
	REFUSED(&o.w, change(&o, &s, code, cstr(x->a, code), &two, &stage), RC_INVALID, "password.same");
	fault_clear(&x->f);
	OK(&o.w, sign_in(&o, "li.ming", code, "10.0.0.1", &three, &r)); /* a second session */
	OK(&o.w, change(&o, &s, code, good_password, &two, &stage));
	assert_int_equal(stage, SESSION_OPEN);
	s = session_at(&o, two.hash);
	assert_true(may(&s.who, PERM_CASE_READ, COUNTY_CODE));
	session gone;
	db *d = NULL;
	OK(&o.w, store_read(x->s, x->a, &x->f, &d)); /* the first token and the other session are dead */
	assert_int_equal(session_find(d, x->a, &x->f, &(session_ask){o.w.roles, one.hash, x->now, 0}, &gone),
			 RC_NOT_FOUND);
	assert_int_equal(
		session_find(d, x->a, &x->f, &(session_ask){o.w.roles, three.hash, x->now, 0}, &gone),
		RC_NOT_FOUND);
	store_read_end(x->s, d);
	OK(&o.w, sign_in(&o, "li.ming", code, "10.0.0.1", &three, &r));
	assert_true(r.wrong);
	OK(&o.w, sign_in(&o, "li.ming", str_of(good_password), "10.0.0.1", &three, &r));
	assert_int_equal(r.stage, SESSION_OPEN);
	/* a code that nobody used for three days is worthless */
	OK(&o.w, reset(&o, o.clerk, &code));
	x->now += 3 * DAY;
	OK(&o.w, sign_in(&o, "li.ming", password_code_fold(x->a, code), "10.0.0.1", &three, &r));
	assert_true(r.wrong);
	proved(&o.w);
}

static void
a_password_changed_meanwhile_is_noticed(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	signed_in r;
	str code;
	sign_in_case c = read_case(&o, "li.ming", "10.0.0.1");

	c.matched = true; /* the worker found it right */
	OK(&o.w, reset(&o, o.clerk, &code));
	OK(&o.w, finish(&o, &c, &secret, &r));
	assert_true(r.wrong);
	c = read_case(&o, "li.ming", "10.0.0.1");
	c.matched = true;
	OK(&o.w, finish(&o, &c, &secret, &r));
	assert_false(r.wrong);
	session s = session_at(&o, secret.hash);
	password_set_in in = {.roles = o.w.roles,
			      .session = {s.hash, COUNTY, o.clerk},
			      .next = session_draw(x->a, o.c),
			      .stored = c.hash,
			      .hash = STR("$argon2id$x")};
	session_stage stage;
	OK(&o.w, reset(&o, o.clerk, &code));
	REFUSED(&o.w, run(&o.w, password_set, &in, &stage), RC_CONFLICT, "password.changed");
}

/* Same text, same hash cost, nothing of the account shown. */
static void
an_unknown_name_looks_like_a_wrong_password(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	signed_in known, unknown;
	sign_in_case c = read_case(&o, "nobody.here", "10.0.0.1");

	assert_int_equal(c.account, 0);
	assert_true(str_eq(c.hash, o.rules.dummy));
	/* a hash like any other: read, and of today's cost */
	assert_false(crypto_password_stale(PASSWORD_STAFF, o.rules.dummy));
	fault f = {0};
	assert_int_equal(crypto_password_check(&f, o.rules.dummy, STR("x")), RC_DENIED);
	sign_in_case d = read_case(&o, "li.ming", "10.0.0.1");
	assert_true(str_starts(d.hash, str_sub(c.hash, 0, 31))); /* $argon2id$v=19$m=65536,t=3,p=1$ */
	assert_int_equal(c.hash.n, d.hash.n);
	OK(&o.w, finish(&o, &c, &secret, &unknown));
	OK(&o.w, finish(&o, &d, &secret, &known));
	assert_true(known.wrong && unknown.wrong);
	c.matched = true; /* even if: there is no account to open */
	OK(&o.w, finish(&o, &c, &secret, &unknown));
	assert_true(unknown.wrong);
	/* an applicant's name is none here */
	assert_int_equal(read_case(&o, "person:7", "10.0.0.1").account, 0);
	assert_int_equal(read_case(&o, "", "10.0.0.1").account, 0);
}

/* T14: how many of 10,000 guesses in a row, one a second, are answered at all. */
static void
guessing_gets_slower(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	signed_in r;
	int answered = 0;
	sign_in_case c = read_case(&o, "li.ming", "10.9.9.9");

	for (int i = 0; i < 2000; i++, x->now += SECOND) {
		rc e = finish(&o, &c, &secret, &r);
		answered += e == RC_OK;
		if (e != RC_OK)
			REFUSED(&o.w, e, RC_LIMIT, "account.wait");
	}
	assert_in_range(answered, 4, 20); /* 4 free, then 1, 2, 4 … 256, 300 s */
	/* right in the middle of a wait is refused too: no answer leaks */
	c.matched = true;
	REFUSED(&o.w, finish(&o, &c, &secret, &r), RC_LIMIT, "account.wait");
	/* and the wait is over some time: nobody is locked out */
	x->now += 6 * MINUTE;
	OK(&o.w, finish(&o, &c, &secret, &r));
	assert_false(r.wrong);
}

/* A crowd of strangers slows strangers, not the owner at his desk. */
static void
strangers_do_not_lock_the_owner_out(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	signed_in r;
	sign_in_case own = read_case(&o, "li.ming", "10.0.0.1");

	own.matched = true;
	OK(&o.w, finish(&o, &own, &secret, &r)); /* known from here on */
	for (int i = 0; i < 60; i++) {
		sign_in_case c = read_case(&o, "li.ming", str_fmt(x->a, "203.0.113.%d", i).p);
		(void)finish(&o, &c, &secret, &r);
	}
	sign_in_case stranger = read_case(&o, "li.ming", "198.51.100.1");
	REFUSED(&o.w, finish(&o, &stranger, &secret, &r), RC_LIMIT, "account.wait");
	OK(&o.w, finish(&o, &own, &secret, &r));
	assert_false(r.wrong);
	x->now += 31 * SECOND; /* at most half a minute for the owner elsewhere */
	stranger.matched = true;
	OK(&o.w, finish(&o, &stranger, &secret, &r));
	assert_false(r.wrong);
	/* one source against many names */
	for (int i = 0; i < 40; i++) {
		sign_in_case c = read_case(&o, str_fmt(x->a, "name%d", i).p, "198.51.100.7");
		(void)finish(&o, &c, &secret, &r);
	}
	sign_in_case more = read_case(&o, "another", "198.51.100.7");
	REFUSED(&o.w, finish(&o, &more, &secret, &r), RC_LIMIT, "account.wait");
}

/* ---- the second factor ---- */

static rc
try_code(door *o, const session *s, str typed, session_secret *secret, factor_used *out)
{
	fixture *x = o->w.x;
	factor_answer in = {.roles = o->w.roles, .session = {s->hash, COUNTY, s->who.account}};
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, factor_read(db_sealer(d), d, x->a, &x->f,
			      &(factor_try){COUNTY, s->who.account, typed, x->now}, &in.step, &in.hash));
	store_read_end(x->s, d);
	in.next = *secret = session_draw(x->a, o->c);
	return run(&o->w, factor_check, &in, out);
}

static str
code_at(door *o, str secret, int64_t now)
{
	return str_fmt(o->w.x->a, "%06u", totp_code(secret, now / 30000, TOTP_DIGITS));
}

static session
stage_two(door *o)
{
	sign_in_case c = read_case(o, "li.ming", "10.0.0.1");
	session_secret secret;
	signed_in r;

	c.matched = true;
	OK(&o->w, finish(o, &c, &secret, &r));
	assert_int_equal(r.stage, SESSION_FACTOR);
	session s = session_at(o, secret.hash);
	assert_null(s.who.role);
	return s;
}

static void
enrol(door *o, factor_new *fac)
{
	fixture *x = o->w.x;
	sign_in_case c = read_case(o, "li.ming", "10.0.0.1");
	session_secret secret;
	session_stage stage;
	signed_in r;
	db *d = NULL;

	c.matched = true;
	OK(&o->w, finish(o, &c, &secret, &r));
	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, factor_draw(db_sealer(d), x->a, &x->f,
			      &(factor_owner){COUNTY, o->clerk, STR("li.ming"), STR("zhucan"), {0}}, fac));
	factor_new again;
	OK(&o->w, factor_draw(db_sealer(d), x->a, &x->f,
			      &(factor_owner){COUNTY, o->clerk, STR("li.ming"), STR("zhucan"), fac->base32},
			      &again));
	assert_true(str_eq(again.secret, fac->secret)); /* as a page hands it back */
	REFUSED(&o->w,
		factor_draw(db_sealer(d), x->a, &x->f,
			    &(factor_owner){COUNTY, o->clerk, STR("li.ming"), STR("zhucan"), STR("ABC1")},
			    &again),
		RC_INVALID, "factor.secret");
	fault_clear(&x->f);
	store_read_end(x->s, d);
	assert_int_equal(fac->base32.n, 32);
	assert_true(str_starts(fac->uri, STR("otpauth://totp/zhucan:li.ming?secret=")));
	assert_true(str_find(fac->uri, fac->base32) > 0);
	factor_set_in in = {.roles = o->w.roles,
			    .session = {secret.hash, COUNTY, o->clerk},
			    .next = session_draw(x->a, o->c),
			    .factor = fac,
			    .step = totp_match(fac->secret, code_at(o, fac->secret, x->now), x->now, 0)};
	assert_true(in.step > 0);
	store_command cmd = {.fn = factor_set,
			     .in = &in,
			     .out = &stage,
			     .a = x->a,
			     .now = x->now,
			     .keys = fac->has_key ? &fac->key : NULL,
			     .nkeys = fac->has_key};
	OK(&o->w, store_write(x->s, &x->f, &cmd));
	assert_true(session_at(o, in.next.hash).factor);
}

static void
a_step_is_taken_once(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	factor_new fac;
	factor_used u;

	enrol(&o, &fac);
	session s = stage_two(&o);
	OK(&o.w, try_code(&o, &s, code_at(&o, fac.secret, x->now), &secret, &u));
	assert_true(u.wrong); /* the step that enrolled it */
	x->now += 30 * SECOND;
	str code = code_at(&o, fac.secret, x->now);
	OK(&o.w, try_code(&o, &s, code, &secret, &u));
	assert_false(u.wrong);
	assert_int_equal(u.stage, SESSION_PASSWORD); /* the administrator's code is still the password */
	s = stage_two(&o);
	OK(&o.w, try_code(&o, &s, code, &secret, &u));
	assert_true(u.wrong); /* twice */
	OK(&o.w, try_code(&o, &s, code_at(&o, fac.secret, x->now + 60 * SECOND), &secret, &u));
	assert_true(u.wrong); /* two steps ahead */
	x->now += 300 * SECOND;
	OK(&o.w, try_code(&o, &s, code_at(&o, fac.secret, x->now - 60 * SECOND), &secret, &u));
	assert_true(u.wrong); /* two steps behind */
	OK(&o.w, try_code(&o, &s, code_at(&o, fac.secret, x->now - 30 * SECOND), &secret, &u));
	assert_false(u.wrong); /* one behind: a slow clock */
	proved(&o.w);
}

static void
recovery_codes_are_good_once(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	factor_new fac;
	factor_used u;

	enrol(&o, &fac);
	session s = stage_two(&o);
	OK(&o.w, try_code(&o, &s, fac.recovery[3], &secret, &u));
	assert_false(u.wrong);
	s = stage_two(&o);
	OK(&o.w, try_code(&o, &s, fac.recovery[3], &secret, &u));
	assert_true(u.wrong);
	str typed = str_lower(x->a, str_fmt(x->a, " %.5s-%.5s", fac.recovery[4].p, fac.recovery[4].p + 5));
	OK(&o.w, try_code(&o, &s, typed, &secret, &u));
	assert_false(u.wrong);
	s = stage_two(&o);
	rc e = RC_OK;
	for (int i = 0; i < 8 && e == RC_OK; i++)
		e = try_code(&o, &s, STR("000000"), &secret, &u);
	REFUSED(&o.w, e, RC_LIMIT, "account.wait");
	/* who has lost all of it goes to his administrator */
	password_reset_in in = {.by = &o.w.console,
				.roles = o.w.roles,
				.tenant = COUNTY,
				.account = o.clerk,
				.hash = STR("$argon2id$none"),
				.factor = true};
	OK(&o.w, run(&o.w, password_reset, &in, NULL));
	sign_in_case c = read_case(&o, "li.ming", "10.0.0.1");
	signed_in r;
	c.matched = true;
	OK(&o.w, finish(&o, &c, &secret, &r));
	assert_int_equal(r.stage, SESSION_PASSWORD);
}

static void
codes_are_those_of_rfc_6238(void **state)
{
	static const struct {
		int64_t time;
		uint32_t code;
	} vectors[] = {
		/* RFC 6238, appendix B, SHA-1 */
		{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
		{1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130},
	};
	const str secret = STR("12345678901234567890");

	(void)state;
	for (size_t i = 0; i < LEN(vectors); i++)
		assert_int_equal(totp_code(secret, vectors[i].time / 30, 8), vectors[i].code);
	assert_int_equal(totp_match(secret, STR("287082"), 59000, 0), 1);
	assert_int_equal(totp_match(secret, STR("287082"), 59000, 1), 0);
	assert_int_equal(totp_match(secret, STR("28708"), 59000, 0), 0);
	assert_int_equal(totp_match(secret, STR("28708x"), 59000, 0), 0);
}

static void
passwords_are_judged(void **state)
{
	static const struct {
		const char *text, *id;
	} cases[] = {
		{"short1", "password.short"},         {"一二三四五六七八九", "password.short"},
		{"1234567890", "password.plain"},     {"9876543210", "password.plain"},
		{"13800138000", "password.plain"},    {"qwertyuiop", "password.plain"},
		{"POIUYTREWQ", "password.plain"},     {"1qaz2wsx3edc", "password.plain"},
		{"aaaaaaaaaaaa", "password.plain"},   {"abababababab", "password.plain"},
		{"Password123", "password.common"},   {"admin@2026!", "password.common"},
		{"woaini5201314", "password.common"}, {"canlian2026", "password.common"},
		{"li.ming-is-me", "password.login"},  {good_password, NULL},
		{"雨落在四个字的院子里", NULL},       {"correct horse", NULL},
	};
	char long_one[PASSWORD_MAX + 2];

	(void)state;
	for (size_t i = 0; i < LEN(cases); i++) {
		fault f = {0};
		rc r = password_ok(&f, STR("li.ming"), str_of(cases[i].text));
		if ((r == RC_OK) != !cases[i].id || (cases[i].id && strcmp(f.id, cases[i].id) != 0))
			fail_msg("%s: %s", cases[i].text, f.id ? f.id : "accepted");
	}
	for (size_t i = 0; i < sizeof long_one; i++)
		long_one[i] = (char)('a' + i % 23);
	fault f = {0};
	assert_int_equal(password_ok(&f, STR(""), (str){long_one, PASSWORD_MAX}), RC_OK);
	assert_int_equal(password_ok(&f, STR(""), (str){long_one, PASSWORD_MAX + 1}), RC_INVALID);
	assert_string_equal(f.id, "password.long");
}

/* ---- applicants ---- */

static void
a_phone_code_is_good_once_and_soon(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	signed_in r;

	REFUSED(&o.w, send_code(&o, "12345", "10.1.1.1"), RC_INVALID, "applicant.phone");
	REFUSED(&o.w, send_code(&o, "138001380x0", "10.1.1.1"), RC_INVALID, "applicant.phone");
	OK(&o.w, send_code(&o, "+86 138-0013-8000", "10.1.1.1"));
	str code = sent_to(&o, "138****8000", "applicant.sms_code");
	REFUSED(&o.w, answer(&o, &sign_in_by_phone, "13800138000", STR("12345"), &secret, &r), RC_INVALID,
		"applicant.code");
	OK(&o.w, answer(&o, &sign_in_by_phone, "13800138001", code, &secret, &r));
	assert_true(r.wrong); /* another phone */
	OK(&o.w, answer(&o, &sign_in_by_phone, "13800138000", another(&o, code), &secret, &r));
	assert_true(r.wrong);
	OK(&o.w, answer(&o, &sign_in_by_phone, "138 0013 8000", code, &secret, &r));
	assert_false(r.wrong);
	int64_t account = r.account;
	session s = session_at(&o, secret.hash);
	assert_int_equal(s.who.kind, ACTOR_APPLICANT);
	assert_true(may(&s.who, PERM_CASE_FILE, REGION_NONE));
	assert_false(may(&s.who, PERM_CASE_FILE, COUNTY_CODE)); /* no place is his */
	assert_int_equal(s.ends, x->now + 30 * MINUTE);
	OK(&o.w, answer(&o, &sign_in_by_phone, "13800138000", code, &secret, &r));
	assert_true(r.wrong); /* used */
	x->now += 20 * MINUTE;
	OK(&o.w, send_code(&o, "13800138000", "10.1.1.1"));
	code = sent_to(&o, "138****8000", "applicant.sms_code");
	x->now += PHONE_MINUTES * MINUTE;
	OK(&o.w, answer(&o, &sign_in_by_phone, "13800138000", code, &secret, &r));
	assert_true(r.wrong); /* too late */
	x->now += 20 * MINUTE;
	OK(&o.w, send_code(&o, "13800138000", "10.1.1.1"));
	code = sent_to(&o, "138****8000", "applicant.sms_code");
	for (int i = 0; i < PHONE_TRIES; i++) {
		OK(&o.w, answer(&o, &sign_in_by_phone, "13800138000", another(&o, code), &secret, &r));
		assert_true(r.wrong);
	}
	OK(&o.w, answer(&o, &sign_in_by_phone, "13800138000", code, &secret, &r));
	assert_true(r.wrong); /* five tries are all */
	x->now += 20 * MINUTE;
	OK(&o.w, send_code(&o, "13800138000", "10.1.1.1"));
	OK(&o.w, answer(&o, &sign_in_by_phone, "13800138000",
			sent_to(&o, "138****8000", "applicant.sms_code"), &secret, &r));
	assert_int_equal(r.account, account); /* the same account every time */
	proved(&o.w);
}

static void
phones_are_not_flooded(fixture *x)
{
	door o = door_open(x);
	int sent = 0;

	for (int i = 0; i < 600; i++, x->now += SECOND)
		sent += send_code(&o, "13800138000", str_fmt(x->a, "192.0.2.%d", i % 250).p) == RC_OK;
	assert_in_range(sent, 3, 12);
}

/* Neither the phone nor the code stands in any table. */
static void
phones_are_only_blind_indexes(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	signed_in r;

	OK(&o.w, send_code(&o, "13800138000", "10.1.1.1"));
	OK(&o.w, answer(&o, &sign_in_by_phone, "13800138000",
			sent_to(&o, "138****8000", "applicant.sms_code"), &secret, &r));
	if (x->engine == ENGINE_SQLITE) {
		FILE *in = fopen(cstr(x->a, x->url), "rb");
		char *bytes = arena_alloc(x->a, 1 << 22);
		assert_non_null(in);
		size_t n = fread(bytes, 1, 1 << 22, in);
		fclose(in);
		assert_true(n > 0);
		assert_true(str_find((str){bytes, n}, STR("13800138000")) < 0);
	}
}

static void
a_letter_is_for_one_person(fixture *x)
{
	door o = door_open(x);
	session_secret secret;
	signed_in r;
	letter_new n;
	db *d = NULL;
	str code;

	sign_in_case c = read_case(&o, "li.ming", "10.0.0.1");
	c.matched = true;
	OK(&o.w, finish(&o, &c, &secret, &r));
	OK(&o.w, store_read(x->s, x->a, &x->f, &d));
	OK(&o.w, letter_draw(db_sealer(d), x->a, &x->f, &code, &n));
	store_read_end(x->s, d);
	actor clerk = session_at(&o, secret.hash).who;
	n.by = &clerk; /* still at a stage: may nothing */
	n.tenant = COUNTY;
	n.person = 4711;
	n.kase = 12;
	REFUSED(&o.w, run(&o.w, letter_make, &n, NULL), RC_DENIED, "letter.denied");
	clerk.perms = role_find(o.w.roles, STR("county.clerk"))->perms;
	n.person = 0;
	REFUSED(&o.w, run(&o.w, letter_make, &n, NULL), RC_INVALID, "letter.person");
	n.person = 4711;
	n.tenant = CITY;
	REFUSED(&o.w, run(&o.w, letter_make, &n, NULL), RC_DENIED, "letter.denied");
	n.tenant = COUNTY;
	OK(&o.w, run(&o.w, letter_make, &n, NULL));
	REFUSED(&o.w, answer(&o, &sign_in_by_letter, "", STR("ABC"), &secret, &r), RC_INVALID,
		"applicant.letter");
	OK(&o.w, answer(&o, &sign_in_by_letter, "", STR("0000-0000-0000"), &secret, &r));
	assert_true(r.wrong);
	OK(&o.w, answer(&o, &sign_in_by_letter, "", str_lower(x->a, code), &secret, &r));
	assert_false(r.wrong);
	assert_int_equal(session_at(&o, secret.hash).who.person, 4711);
	int64_t account = r.account;
	x->now += 29 * DAY;
	OK(&o.w, answer(&o, &sign_in_by_letter, "", code, &secret, &r));
	assert_int_equal(r.account, account);
	x->now += DAY;
	OK(&o.w, answer(&o, &sign_in_by_letter, "", code, &secret, &r));
	assert_true(r.wrong);
	proved(&o.w);
}

BOTH(a_code_opens_nothing_but_a_new_password)
BOTH(a_password_changed_meanwhile_is_noticed)
BOTH(an_unknown_name_looks_like_a_wrong_password)
BOTH(guessing_gets_slower)
BOTH(strangers_do_not_lock_the_owner_out)
BOTH(a_step_is_taken_once)
BOTH(recovery_codes_are_good_once)
BOTH(a_phone_code_is_good_once_and_soon)
BOTH(phones_are_not_flooded)
BOTH(phones_are_only_blind_indexes)
BOTH(a_letter_is_for_one_person)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_rfc_6238),
		cmocka_unit_test(passwords_are_judged),
		BOTH_TESTS(a_code_opens_nothing_but_a_new_password),
		BOTH_TESTS(a_password_changed_meanwhile_is_noticed),
		BOTH_TESTS(an_unknown_name_looks_like_a_wrong_password),
		BOTH_TESTS(guessing_gets_slower),
		BOTH_TESTS(strangers_do_not_lock_the_owner_out),
		BOTH_TESTS(a_step_is_taken_once),
		BOTH_TESTS(recovery_codes_are_good_once),
		BOTH_TESTS(a_phone_code_is_good_once_and_soon),
		BOTH_TESTS(phones_are_not_flooded),
		BOTH_TESTS(phones_are_only_blind_indexes),
		BOTH_TESTS(a_letter_is_for_one_person),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
