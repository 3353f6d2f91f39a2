/* applicant.c - see applicant.h. */
#include "app/account/applicant.h"

#include "app/account/account.h"
#include "app/account/delay.h"
#include "app/account/outbox.h"
#include "app/account/password.h"
#include "app/account_sql.h"
#include "app/person/person.h"
#include "base/utf8.h"

#define MINUTE INT64_C(60000)
#define DAY    INT64_C(86400000)

enum { PHONE_DIGITS = 11 };

bool
phone_fold(arena *a, str typed, str *out)
{
	str s = text_fold(a, typed);
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9')
			buf_c(&b, c);
		else if (!strchr(" -()", c) && !(c == '+' && i == 0))
			return false;
	}
	*out = buf_str(&b);
	if (out->n == PHONE_DIGITS + 2 && str_starts(*out, STR("86")))
		*out = str_from(*out, 2);
	return out->n == PHONE_DIGITS && out->p[0] == '1' && out->p[1] >= '3';
}

str
phone_masked(arena *a, str phone)
{
	return str_fmt(a, "%.3s****%.4s", phone.p, phone.p + 7);
}

/* Every number from 000000 to 999999 with the same chance: the last partial run of 32 bits is drawn again. */
static str
draw_digits(arena *a)
{
	uint32_t v = 0;

	do
		crypto_random(&v, sizeof v);
	while (v >= UINT32_MAX - UINT32_MAX % 1000000);
	return str_fmt(a, "%06u", v % 1000000);
}

/* ---- codes to a phone ---- */

static rc
phone_case(sealer *s, arena *a, fault *f, str purpose, const applicant_ask *ask, str *phone,
	   applicant_case *out)
{
	str idx;

	if (!phone_fold(a, ask->who, phone))
		return FAIL(f, RC_INVALID, "applicant.phone", FA_FIELD(STR("phone")));
	TRY(seal_index(s, a, f, "phone", *phone, &idx));
	*out = (applicant_case){.tenant = ask->tenant,
				.id = ask->id,
				.source = ask->source,
				.name = str_fmt(a, "%.*s:%.*s", STR_ARG(purpose), STR_ARG(idx)),
				.login = str_cat(a, STR(PHONE_LOGIN), idx),
				.shown = phone_masked(a, *phone)};
	return RC_OK;
}

static rc
hash_code(sealer *s, arena *a, fault *f, str name, str code, str *out)
{
	return seal_index(s, a, f, "sign_in_code", str_fmt(a, "%.*s\n%.*s", STR_ARG(name), STR_ARG(code)),
			  out);
}

rc
phone_code_draw(sealer *s, arena *a, fault *f, str purpose, const applicant_ask *ask, applicant_case *out)
{
	data_key key;
	str phone, code = draw_digits(a);

	TRY(phone_case(s, a, f, purpose, ask, &phone, out));
	TRY(hash_code(s, a, f, out->name, code, &out->code_hash));
	TRY(seal_new(s, f, ask->tenant, ask->id, &key, &out->key));
	out->address = outbox_seal_address(s, a, &key, phone);
	out->args = outbox_seal_args(s, a, &key, str_cat(a, STR("code="), code));
	crypto_wipe(&key, sizeof key);
	return RC_OK;
}

rc
phone_code_send(tx *t, const applicant_case *c, const char *message)
{
	str phone = str_cat(tx_arena(t), STR("send|"), c->login);
	str source = str_cat(tx_arena(t), STR("send|"), c->source);
	int64_t now = tx_now(t), ends = now + PHONE_MINUTES * MINUTE;

	TRY(delay_guard(t, phone));
	TRY(delay_guard(t, source));
	TRY(delay_count(t, &delay_phone, phone));
	TRY(delay_count(t, &delay_source, source));
	TRY(sql_code_put(tx_db(t), tx_fault(t),
			 &(code_put_in){.name = c->name,
					.tenant = c->tenant,
					.code = c->code_hash,
					.created = now,
					.ends = ends},
			 NULL));
	return outbox_put(t, &(outbox_new){.id = c->id,
					   .tenant = c->tenant,
					   .ends = ends,
					   .address = c->address,
					   .shown = c->shown,
					   .args = c->args,
					   .message = message});
}

rc
phone_code_typed(sealer *s, arena *a, fault *f, str purpose, const applicant_ask *ask, applicant_case *out)
{
	str phone, code = text_fold(a, ask->code);

	TRY(phone_case(s, a, f, purpose, ask, &phone, out));
	if (code.n != PHONE_CODE || !str_all_digits(code))
		return FAIL(f, RC_INVALID, "applicant.code", FA_FIELD(STR("code")));
	return hash_code(s, a, f, out->name, code, &out->code_hash);
}

rc
phone_code_try(tx *t, const applicant_case *c, int64_t *tenant, bool *right)
{
	str source = str_cat(tx_arena(t), STR("source|"), c->source);
	code_find_row row;

	*right = false;
	TRY(delay_guard(t, source));
	rc r = sql_code_find(tx_db(t), tx_arena(t), tx_fault(t), c->name, &row);
	if (r != RC_OK && r != RC_NOT_FOUND)
		return r;
	bool live = r == RC_OK && tx_now(t) < row.ends && row.tries < PHONE_TRIES;
	*right = live && crypto_same(row.code, c->code_hash);
	if (*right) {
		*tenant = row.tenant;
		return RC_OK;
	}
	if (live)
		TRY(sql_code_tried(tx_db(t), tx_fault(t), c->name, NULL));
	return delay_count(t, &delay_source, source);
}

rc
phone_code_used(tx *t, const applicant_case *c)
{
	TRY(sql_code_drop(tx_db(t), tx_fault(t), c->name, NULL));
	return delay_clear(t, str_cat(tx_arena(t), STR("send|"), c->login));
}

/* ---- signing in by phone ---- */

static rc
prepare_phone_start(sealer *s, arena *a, fault *f, const applicant_ask *ask, applicant_case *out)
{
	return phone_code_draw(s, a, f, STR("phone"), ask, out);
}

/* The same answer for a phone with an account and for one without. */
static rc
start_phone(tx *t, const void *in, void *out)
{
	(void)out;
	return phone_code_send(t, in, "applicant.sms_code");
}

static rc
prepare_phone_check(sealer *s, arena *a, fault *f, const applicant_ask *ask, applicant_case *out)
{
	return phone_code_typed(s, a, f, STR("phone"), ask, out);
}

static rc
open_for(tx *t, const applicant_check *n, int64_t tenant, str login, int64_t person, signed_in *s)
{
	row_account a;
	rc r = account_of_applicant(t, tenant, login, person, &a);

	if (r == RC_NOT_FOUND) /* the account was closed between two reads: no session */
		return RC_OK;
	TRY(r);
	*s = (signed_in){.tenant = a.tenant, .account = a.id};
	return session_put(t,
			   &(session_new){.roles = n->rules->roles,
					  .secret = n->secret,
					  .place = n->place,
					  .limits = n->rules->citizen,
					  .tenant = a.tenant,
					  .account = a.id},
			   &s->stage);
}

static rc
check_phone(tx *t, const void *in, void *out)
{
	const applicant_check *n = in;
	signed_in *s = out;
	int64_t tenant = 0;
	bool right = false;

	*s = (signed_in){.wrong = true};
	TRY(phone_code_try(t, n->c, &tenant, &right));
	if (!right)
		return RC_OK;
	TRY(phone_code_used(t, n->c));
	return open_for(t, n, tenant, n->c->login, 0, s);
}

const sign_in_adapter sign_in_by_phone = {
	.name = STR("phone"),
	.prepare_start = prepare_phone_start,
	.start = start_phone,
	.prepare_check = prepare_phone_check,
	.check = check_phone,
};

/* ---- letter ---- */

/* Sixty bits: the code finds its row by itself. */
static rc
letter_name(sealer *s, arena *a, fault *f, str code, str *name, str *hash)
{
	TRY(seal_index(s, a, f, "letter", code, hash));
	*name = str_cat(a, STR("letter:"), *hash);
	return RC_OK;
}

rc
letter_draw(sealer *s, arena *a, fault *f, str *code, letter_new *out)
{
	str c = password_code_draw(a, LETTER_CODE);

	TRY(letter_name(s, a, f, c, &out->name, &out->code_hash));
	*code = str_fmt(a, "%.4s-%.4s-%.4s", c.p, c.p + 4, c.p + 8);
	return RC_OK;
}

rc
letter_make(tx *t, const void *in, void *out)
{
	const letter_new *n = in;
	int64_t now = tx_now(t);

	(void)out;
	if (n->by->kind != ACTOR_STAFF || !may(n->by, PERM_CASE_FILE, REGION_NONE) ||
	    n->by->tenant != n->tenant)
		return FAIL(tx_fault(t), RC_DENIED, "letter.denied");
	if (n->person <= 0)
		return FAIL(tx_fault(t), RC_INVALID, "letter.person", FA_FIELD(STR("person")));
	event_head e = account_event(n->by, "letter.made", n->tenant, n->person);
	e.kase = n->kase;
	tx_event(t, &e);
	return sql_code_put(tx_db(t), tx_fault(t),
			    &(code_put_in){.name = n->name,
					   .tenant = n->tenant,
					   .person = n->person,
					   .kase = n->kase,
					   .code = n->code_hash,
					   .created = now,
					   .ends = now + LETTER_DAYS * DAY},
			    NULL);
}

rc
letter_hand(tx *t, const void *in, void *out)
{
	const letter_hand_in *n = in;
	const letter_new *k = &n->letter;
	const person_ref *ref = NULL;

	TRY(person_open(tx_db(t), tx_arena(t), tx_fault(t), k->by, k->tenant, k->person, &ref));
	TRY(letter_make(t, k, out));
	TRY(tx_event_end(t));
	return tx_look(t, &(look_row){.tenant = k->tenant,
				      .actor = k->by->account,
				      .office = k->by->office,
				      .person = k->person,
				      .kase = k->kase,
				      .what = STR("person"),
				      .purpose = n->purpose});
}

static rc
prepare_letter_check(sealer *s, arena *a, fault *f, const applicant_ask *ask, applicant_case *out)
{
	str code = password_code_fold(a, ask->code);

	if (code.n != LETTER_CODE)
		return FAIL(f, RC_INVALID, "applicant.letter", FA_FIELD(STR("code")));
	*out = (applicant_case){.tenant = ask->tenant, .source = ask->source};
	return letter_name(s, a, f, code, &out->name, &out->code_hash);
}

rc
letter_code_try(tx *t, const applicant_case *c, int64_t *tenant, int64_t *person)
{
	str source = str_cat(tx_arena(t), STR("letter|"), c->source);
	code_find_row row;

	*person = 0;
	TRY(delay_guard(t, source));
	rc r = sql_code_find(tx_db(t), tx_arena(t), tx_fault(t), c->name, &row);
	if (r == RC_NOT_FOUND || (r == RC_OK && tx_now(t) >= row.ends))
		return delay_count(t, &delay_letter, source);
	TRY(r);
	*tenant = row.tenant;
	*person = row.person;
	return RC_OK;
}

static rc
check_letter(tx *t, const void *in, void *out)
{
	const applicant_check *n = in;
	signed_in *s = out;
	int64_t tenant = 0, person = 0;

	*s = (signed_in){.wrong = true};
	TRY(letter_code_try(t, n->c, &tenant, &person));
	if (person == 0)
		return RC_OK;
	str login = str_fmt(tx_arena(t), "person:%lld", (long long)person);
	return open_for(t, n, tenant, login, person, s);
}

const sign_in_adapter sign_in_by_letter = {
	.name = STR("letter"),
	.prepare_check = prepare_letter_check,
	.check = check_letter,
};
