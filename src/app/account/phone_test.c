/* phone_test.c - an applicant's phone: bound with a letter's session, changed with two codes, taken off; and
 * what becomes of the messages. On both engines. */
#include "app/account/phone.h"

#include "app/account/applicant_fixture.h"

#define PHONE        "13800138000"
#define SHOWN        "138****8000"
#define SECOND_PHONE "13900139111"
#define SECOND_SHOWN "139****9111"

enum { HE = 4711, SHE = 4712 };

/* A letter for a person of the county, made at its counter: the code on it. */
static str
letter_for(door *o, int64_t person)
{
	fixture *x = o->w.x;
	actor clerk = {.kind = ACTOR_STAFF, .tenant = COUNTY, .account = 7, .office = o->w.federation};
	letter_new n;
	str code;
	db *d = NULL;

	perms_add(&clerk.perms, PERM_CASE_FILE);
	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, letter_draw(db_sealer(d), x->a, &x->f, &code, &n));
	store_read_end(x->s, d);
	n.by = &clerk;
	n.tenant = COUNTY;
	n.person = person;
	n.kase = 0;
	OK(&o->w, run(&o->w, letter_make, &n, NULL));
	return code;
}

static session
by_letter(door *o, int64_t person)
{
	session_secret secret;
	signed_in r;

	OK(&o->w, answer(o, &sign_in_by_letter, "", letter_for(o, person), &secret, &r));
	assert_false(r.wrong);
	return session_at(o, secret.hash);
}

static session
by_phone(door *o, const char *phone, const char *shown)
{
	session_secret secret;
	signed_in r;

	o->w.x->now += MINUTE;
	OK(&o->w, send_code(o, phone, "10.1.1.1"));
	OK(&o->w, answer(o, &sign_in_by_phone, phone, sent_to(o, shown, "applicant.sms_code"), &secret, &r));
	assert_false(r.wrong);
	return session_at(o, secret.hash);
}

static rc
ask_codes(door *o, const session *s, const char *old, const char *phone)
{
	fixture *x = o->w.x;
	phone_ask ask = {.by = &s->who,
			 .phone = str_of(phone),
			 .old_phone = str_of(old),
			 .source = STR("10.1.1.1"),
			 .id = {store_id(x->s, x->now), store_id(x->s, x->now)}};
	phone_change *n = arena_new(x->a, phone_change);
	db *d = NULL;

	fault_clear(&x->f);
	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	rc r = phone_prepare_send(db_sealer(d), x->a, &x->f, &ask, *old != 0, n);
	store_read_end(x->s, d);
	TRY(r);
	store_command c = {
		.fn = phone_send, .in = n, .a = x->a, .now = x->now, .keys = n->key, .nkeys = n->nkeys};
	return store_write(x->s, &x->f, &c);
}

typedef struct codes {
	const char *old;
	str old_code;
	const char *phone;
	str code;
} codes;

static rc
give_codes(door *o, const session *s, const codes *k, phone_done *done)
{
	fixture *x = o->w.x;
	phone_ask ask = {.by = &s->who,
			 .phone = str_of(k->phone),
			 .code = k->code,
			 .old_phone = str_of(k->old),
			 .old_code = k->old_code,
			 .source = STR("10.1.1.1")};
	phone_change *n = arena_new(x->a, phone_change);
	db *d = NULL;

	fault_clear(&x->f);
	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	rc r = phone_prepare_set(db_sealer(d), x->a, &x->f, &ask, *k->old != 0, n);
	store_read_end(x->s, d);
	TRY(r);
	n->session = s->hash;
	return run(&o->w, phone_set, n, done);
}

static rc
show_letter(door *o, const session *s, str code, phone_done *done)
{
	fixture *x = o->w.x;
	phone_ask ask = {.by = &s->who, .code = code, .source = STR("10.1.1.1")};
	phone_change *n = arena_new(x->a, phone_change);
	db *d = NULL;

	fault_clear(&x->f);
	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, phone_prepare_letter(db_sealer(d), x->a, &x->f, &ask, n));
	store_read_end(x->s, d);
	return run(&o->w, phone_letter, n, done);
}

static phone_state
state_of(door *o, const session *s)
{
	fixture *x = o->w.x;
	phone_state st = {0};
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, phone_state_read(d, x->a, &x->f, &s->who, &st));
	store_read_end(x->s, d);
	return st;
}

static bool
ended(door *o, const session *s)
{
	fixture *x = o->w.x;
	session now;
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	rc r = session_find(d, x->a, &x->f, &(session_ask){o->w.roles, s->hash, x->now, 0}, &now);
	store_read_end(x->s, d);
	return r == RC_NOT_FOUND;
}

static void
who_came_by_letter_binds_a_phone(fixture *x)
{
	door o = applicants_door(x);
	session he = by_letter(&o, HE), she = by_letter(&o, SHE);
	phone_done done;

	REFUSED(&o.w, ask_codes(&o, &he, "", "12345"), RC_INVALID, "applicant.phone");
	REFUSED(&o.w, ask_codes(&o, &he, SECOND_PHONE, PHONE), RC_DENIED,
		"phone.denied"); /* he has no old one */
	OK(&o.w, ask_codes(&o, &he, "", PHONE));
	str code = sent_to(&o, SHOWN, "applicant.sms_bind");
	OK(&o.w, give_codes(&o, &he, &(codes){"", STR(""), PHONE, another(&o, code)}, &done));
	assert_true(done.wrong);
	assert_int_equal(state_of(&o, &he).phones, 0);
	OK(&o.w, give_codes(&o, &she, &(codes){"", STR(""), PHONE, code}, &done));
	assert_true(done.wrong); /* the code was for his account */
	OK(&o.w, give_codes(&o, &he, &(codes){"", STR(""), PHONE, code}, &done));
	assert_false(done.wrong);
	assert_int_equal(state_of(&o, &he).phones, 1);

	session phone = by_phone(&o, PHONE, SHOWN);
	assert_int_equal(phone.who.person, HE);
	assert_int_equal(phone.who.home, COUNTY);
	assert_true(state_of(&o, &phone).by_phone && state_of(&o, &phone).bound);

	she = by_letter(&o, SHE);
	OK(&o.w, ask_codes(&o, &she, "", PHONE));
	code = sent_to(&o, SHOWN, "applicant.sms_bind");
	REFUSED(&o.w, give_codes(&o, &she, &(codes){"", STR(""), PHONE, code}, &done), RC_CONFLICT,
		"phone.taken");

	he = by_letter(&o, HE);
	OK(&o.w, run(&o.w, phone_drop, &(phone_change){.by = &he.who}, NULL));
	assert_true(ended(&o, &phone));
	assert_false(ended(&o, &he));
	assert_int_equal(state_of(&o, &he).phones, 0);
	assert_int_equal(by_phone(&o, PHONE, SHOWN).who.person, 0);
	proved(&o.w);
}

static void
a_number_is_changed_when_both_answer(fixture *x)
{
	door o = applicants_door(x);
	session he = by_phone(&o, PHONE, SHOWN), elsewhere = by_phone(&o, PHONE, SHOWN);
	int64_t account = he.who.account;
	phone_done done;

	REFUSED(&o.w, ask_codes(&o, &he, "", SECOND_PHONE), RC_DENIED, "phone.denied");
	REFUSED(&o.w, ask_codes(&o, &he, PHONE, PHONE), RC_INVALID, "phone.same");
	REFUSED(&o.w, ask_codes(&o, &he, "13700137000", SECOND_PHONE), RC_INVALID, "phone.not_yours");
	assert_true(str_eq(x->f.field, STR("old-phone")));
	OK(&o.w, ask_codes(&o, &he, PHONE, SECOND_PHONE));
	str old = sent_to(&o, SHOWN, "applicant.sms_bind"),
	    next = sent_to(&o, SECOND_SHOWN, "applicant.sms_bind");
	OK(&o.w, give_codes(&o, &he, &(codes){PHONE, another(&o, old), SECOND_PHONE, next}, &done));
	assert_true(done.old_wrong && !done.wrong);
	OK(&o.w, give_codes(&o, &he, &(codes){PHONE, old, SECOND_PHONE, another(&o, next)}, &done));
	assert_true(!done.old_wrong && done.wrong);
	OK(&o.w, give_codes(&o, &he, &(codes){PHONE, old, SECOND_PHONE, next}, &done));
	assert_false(done.wrong || done.old_wrong);
	assert_false(ended(&o, &he));
	assert_true(ended(&o, &elsewhere)); /* whoever has the old phone is out */
	assert_int_equal(by_phone(&o, SECOND_PHONE, SECOND_SHOWN).who.account, account);
	session other = by_phone(&o, PHONE, SHOWN);
	assert_true(other.who.account != account); /* the old number is anybody's again */

	he = by_phone(&o, SECOND_PHONE, SECOND_SHOWN);
	OK(&o.w, ask_codes(&o, &he, SECOND_PHONE, PHONE));
	old = sent_to(&o, SECOND_SHOWN, "applicant.sms_bind");
	next = sent_to(&o, SHOWN, "applicant.sms_bind");
	REFUSED(&o.w, give_codes(&o, &he, &(codes){SECOND_PHONE, old, PHONE, next}, &done), RC_CONFLICT,
		"phone.taken");
	proved(&o.w);
}

static void
a_letter_says_whose_phone_it_is(fixture *x)
{
	door o = applicants_door(x);
	session he = by_phone(&o, PHONE, SHOWN);
	phone_done done;

	assert_false(state_of(&o, &he).bound);
	REFUSED(&o.w, run(&o.w, phone_drop, &(phone_change){.by = &he.who}, NULL), RC_DENIED, "phone.denied");
	OK(&o.w, show_letter(&o, &he, STR("0000-0000-0000"), &done));
	assert_true(done.wrong);
	OK(&o.w, show_letter(&o, &he, letter_for(&o, HE), &done));
	assert_false(done.wrong);
	he = session_at(&o, he.hash);
	assert_int_equal(he.who.person, HE);
	assert_int_equal(he.who.home, COUNTY);
	OK(&o.w, show_letter(&o, &he, letter_for(&o, HE), &done)); /* again is no fault */
	REFUSED(&o.w, show_letter(&o, &he, letter_for(&o, SHE), &done), RC_CONFLICT, "account.bound");
	OK(&o.w, run(&o.w, phone_drop, &(phone_change){.by = &he.who}, NULL));
	assert_true(ended(&o, &he));
	session letter = by_letter(&o, HE);
	REFUSED(&o.w, show_letter(&o, &letter, letter_for(&o, HE), &done), RC_DENIED, "phone.denied");
	proved(&o.w);
}

static void
codes_have_a_purpose_and_a_pace(fixture *x)
{
	door o = applicants_door(x);
	session he = by_letter(&o, HE);
	session_secret secret;
	signed_in r;
	phone_done done;
	int sent = 0;

	OK(&o.w, ask_codes(&o, &he, "", PHONE));
	str bind = sent_to(&o, SHOWN, "applicant.sms_bind");
	OK(&o.w, answer(&o, &sign_in_by_phone, PHONE, bind, &secret, &r));
	assert_true(r.wrong); /* a code for binding opens no door */
	x->now += HOUR;
	he = by_letter(&o, HE);
	OK(&o.w, send_code(&o, PHONE, "10.1.1.1"));
	str door_code = sent_to(&o, SHOWN, "applicant.sms_code");
	OK(&o.w, give_codes(&o, &he, &(codes){"", STR(""), PHONE, door_code}, &done));
	assert_true(done.wrong); /* nor the other way */
	for (int i = 0; i < 600; i++, x->now += 1000)
		sent += ask_codes(&o, &he, "", PHONE) == RC_OK;
	assert_in_range(sent, 2, 12); /* whoever pays for it, and whoever's phone rings */
}

/* ---- messages ---- */

typedef struct gateway {
	int calls;
	rc says;
	char address[16], args[32];
} gateway;

static rc
carry(void *self, arena *a, fault *f, const outbox_message *m)
{
	gateway *g = self;

	(void)a;
	g->calls++;
	snprintf(g->address, sizeof g->address, "%.*s", STR_ARG(m->address));
	snprintf(g->args, sizeof g->args, "%.*s", STR_ARG(m->args));
	return g->says == RC_OK ? RC_OK : FAIL(f, g->says, "store.busy");
}

static outbox_state
outbox_at(door *o)
{
	fixture *x = o->w.x;
	outbox_state s;
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, outbox_state_read(d, x->a, &x->f, x->now, &s));
	store_read_end(x->s, d);
	return s;
}

static rc
sweep(tx *t, const void *in, void *out)
{
	bool more = false;

	(void)in;
	return outbox_sweep(t, out, &more);
}

static void
messages_are_sent_once_and_swept(fixture *x)
{
	door o = applicants_door(x);
	gateway g = {.says = RC_BUSY};
	outbox_adapter by = {.name = STR("test"), .send = carry, .self = &g};
	outbox_lines lines;
	int64_t n = 0;
	db *d = NULL;

	OK(&o.w, send_code(&o, PHONE, "10.1.1.1"));
	str code = sent_to(&o, SHOWN, "applicant.sms_code");
	OK(&o.w, outbox_send(x->s, &by, &x->f, x->now, &n));
	OK(&o.w, outbox_send(x->s, &by, &x->f, x->now, &n));
	assert_int_equal(g.calls, 1); /* refused: not at once again */
	assert_int_equal(outbox_at(&o).waiting, 1);
	x->now += 11000;
	g.says = RC_OK;
	OK(&o.w, outbox_send(x->s, &by, &x->f, x->now, &n));
	OK(&o.w, outbox_send(x->s, &by, &x->f, x->now, NULL));
	assert_int_equal(n, 1);
	assert_int_equal(g.calls, 2);
	assert_string_equal(g.address, PHONE);
	assert_string_equal(g.args, cstr(x->a, str_cat(x->a, STR("code="), code)));
	assert_int_equal(outbox_at(&o).sent, 1);
	OK(&o.w, store_read(x->s, x->a, &x->f, &d));
	OK(&o.w, outbox_read(db_sealer(d), d, x->a, &x->f, TENANT_OF_NATION, INT64_MAX, &lines));
	store_read_end(x->s, d);
	assert_int_equal(lines.v[0].args.n, 0); /* its key went with it */

	x->now += HOUR;
	g.says = RC_INVALID;
	OK(&o.w, send_code(&o, PHONE, "10.1.1.1"));
	for (int i = 0; i < 3; i++, x->now += 3 * 60000)
		OK(&o.w, outbox_send(x->s, &by, &x->f, x->now, NULL));
	assert_int_equal(g.calls, 3); /* no gateway will ever take it */
	assert_int_equal(outbox_at(&o).lost, 1);
	OK(&o.w, run(&o.w, sweep, NULL, &n));
	assert_int_equal(n, 0);
	x->now += 25 * HOUR;
	OK(&o.w, run(&o.w, sweep, NULL, &n));
	assert_int_equal(n, 2);
	assert_int_equal(outbox_at(&o).lost + outbox_at(&o).sent, 0);
}

static void
a_demo_shows_what_it_would_have_sent(fixture *x)
{
	door o = applicants_door(x);
	int64_t n = 0;

	OK(&o.w, send_code(&o, PHONE, "10.1.1.1"));
	OK(&o.w, outbox_send(x->s, &outbox_page, &x->f, x->now, &n));
	assert_int_equal(n, 1);
	(void)sent_to(&o, SHOWN, "applicant.sms_code"); /* still to be read */
	str args = STR("code=123456");
	assert_true(str_find(outbox_words(x->a, MSG_EN, STR("applicant.sms_code"), args), STR("123456")) > 0);
}

BOTH(who_came_by_letter_binds_a_phone)
BOTH(a_number_is_changed_when_both_answer)
BOTH(a_letter_says_whose_phone_it_is)
BOTH(codes_have_a_purpose_and_a_pace)
BOTH(messages_are_sent_once_and_swept)
BOTH(a_demo_shows_what_it_would_have_sent)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(who_came_by_letter_binds_a_phone),
		BOTH_TESTS(a_number_is_changed_when_both_answer),
		BOTH_TESTS(a_letter_says_whose_phone_it_is),
		BOTH_TESTS(codes_have_a_purpose_and_a_pace),
		BOTH_TESTS(messages_are_sent_once_and_swept),
		BOTH_TESTS(a_demo_shows_what_it_would_have_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
