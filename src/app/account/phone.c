/* phone.c - see phone.h. */
#include "app/account/phone.h"

#include "app/account/account.h"
#include "app/account_sql.h"
#include "app/region/tenant.h"

static bool
is_phone(str login)
{
	return str_starts(login, STR(PHONE_LOGIN));
}

rc
phone_state_read(db *d, arena *a, fault *f, const actor *by, phone_state *out)
{
	phones_of_rows rows = {0};
	phone_self_row self;

	TRY(sql_phone_self(d, a, f, &(phone_self_in){.tenant = by->tenant, .account = by->account}, &self));
	if (by->person)
		TRY(sql_phones_of(
			d, a, f,
			&(phones_of_in){.tenant = TENANT_OF_NATION, .home = by->home, .person = by->person},
			&rows));
	*out = (phone_state){
		.by_phone = is_phone(self.login), .bound = by->person != 0, .phones = (int64_t)rows.n};
	return RC_OK;
}

/* ---- any thread ---- */

/* A code is good for this account and this number. */
static str
purpose_of(arena *a, const actor *by)
{
	return str_fmt(a, "bind:%lld", (long long)by->account);
}

static applicant_ask
ask_for(const phone_ask *ask, str phone, str code, int64_t id)
{
	return (applicant_ask){
		.tenant = TENANT_OF_NATION, .who = phone, .code = code, .source = ask->source, .id = id};
}

typedef rc prepare_fn(sealer *s, arena *a, fault *f, str purpose, const applicant_ask *ask,
		      applicant_case *out);

/* The number of now has fields of its own for what is wrong. */
static rc
at_old(arena *a, fault *f, rc r)
{
	if (r == RC_INVALID)
		f->field = str_cat(a, STR("old-"), f->field);
	return r;
}

static rc
prepare(sealer *s, arena *a, fault *f, const phone_ask *ask, bool has_old, phone_change *out, prepare_fn *fn)
{
	applicant_ask next = ask_for(ask, ask->phone, ask->code, ask->id[0]);
	applicant_ask old = ask_for(ask, ask->old_phone, ask->old_code, ask->id[1]);
	str purpose = purpose_of(a, ask->by);

	*out = (phone_change){.by = ask->by, .session = STR(""), .has_old = has_old};
	if (has_old)
		TRY(at_old(a, f, fn(s, a, f, purpose, &old, &out->old)));
	TRY(fn(s, a, f, purpose, &next, &out->next));
	if (has_old && str_eq(out->next.login, out->old.login))
		return FAIL(f, RC_INVALID, "phone.same", FA_FIELD(STR("phone")));
	return RC_OK;
}

rc
phone_prepare_send(sealer *s, arena *a, fault *f, const phone_ask *ask, bool has_old, phone_change *out)
{
	TRY(prepare(s, a, f, ask, has_old, out, phone_code_draw));
	out->key[out->nkeys++] = out->next.key;
	if (has_old)
		out->key[out->nkeys++] = out->old.key;
	return RC_OK;
}

rc
phone_prepare_set(sealer *s, arena *a, fault *f, const phone_ask *ask, bool has_old, phone_change *out)
{
	return prepare(s, a, f, ask, has_old, out, phone_code_typed);
}

rc
phone_prepare_letter(sealer *s, arena *a, fault *f, const phone_ask *ask, phone_change *out)
{
	applicant_ask typed = ask_for(ask, STR(""), ask->code, 0);

	*out = (phone_change){.by = ask->by, .session = STR("")};
	return sign_in_by_letter.prepare_check(s, a, f, &typed, &out->next);
}

/* ---- commands ---- */

/* His own account: an applicant's, with a record unless a letter is to bring one. */
static rc
own_account(tx *t, const phone_change *n, row_account *a)
{
	if (n->by->kind != ACTOR_APPLICANT)
		return FAIL(tx_fault(t), RC_DENIED, "phone.denied");
	return account_find(t, n->by->tenant, n->by->account, a);
}

/* Who signs in by phone proves the number of now, who came by letter has a record to bind to. */
static rc
check_own(tx *t, const phone_change *n, row_account *a)
{
	TRY(own_account(t, n, a));
	if (is_phone(a->login) != n->has_old || (!n->has_old && a->person == 0))
		return FAIL(tx_fault(t), RC_DENIED, "phone.denied");
	if (n->has_old && !str_eq(n->old.login, a->login))
		return FAIL(tx_fault(t), RC_INVALID, "phone.not_yours", FA_FIELD(STR("old-phone")));
	return RC_OK;
}

rc
phone_send(tx *t, const void *in, void *out)
{
	const phone_change *n = in;
	row_account a;

	(void)out;
	TRY(check_own(t, n, &a));
	if (n->has_old)
		TRY(phone_code_send(t, &n->old, "applicant.sms_bind"));
	return phone_code_send(t, &n->next, "applicant.sms_bind");
}

static rc
end_sessions(tx *t, const row_account *a, str except)
{
	return sql_sessions_drop(tx_db(t), tx_fault(t),
				 &(sessions_drop_in){.tenant = a->tenant, .account = a->id, .except = except},
				 NULL);
}

/* The record of `home` is the account's from now on; {0, 0}: no record. */
static rc
give_record(tx *t, const actor *by, const char *event, row_account *a, int64_t home, int64_t person)
{
	event_head e = account_event(by, event, a->tenant, a->id);

	tx_event(t, &e);
	a->person = person;
	a->home = home == a->tenant ? 0 : home;
	TRY(patch_account(t, a, ACCOUNT_PERSON | ACCOUNT_HOME));
	return tx_event_end(t);
}

static rc
taken(tx *t)
{
	return FAIL(tx_fault(t), RC_CONFLICT, "phone.taken", FA_FIELD(STR("phone")));
}

/* The same account under another number: his cases and his record stay where they are. */
static rc
change_number(tx *t, const phone_change *n, row_account *a)
{
	login_find_row there;
	int64_t put = 0;
	rc r = sql_login_find(tx_db(t), tx_arena(t), tx_fault(t), n->next.login, &there);

	if (r != RC_NOT_FOUND)
		return r == RC_OK ? taken(t) : r;
	event_head e = account_event(n->by, "account.phone_changed", a->tenant, a->id);
	tx_event(t, &e);
	TRY(sql_login_drop(tx_db(t), tx_fault(t), a->login, NULL));
	TRY(sql_login_put(tx_db(t), tx_fault(t),
			  &(login_put_in){.login = n->next.login, .tenant = a->tenant, .account = a->id},
			  &put));
	if (put == 0)
		return taken(t);
	a->login = n->next.login;
	TRY(patch_account(t, a, ACCOUNT_LOGIN));
	TRY(tx_event_end(t));
	return end_sessions(t, a, n->session);
}

/* The account of that number, new or old, reads the record that the letter was for. */
static rc
bind_number(tx *t, const phone_change *n, const row_account *letter)
{
	int64_t home = letter->home ? letter->home : letter->tenant;
	row_account a;

	TRY(account_of_applicant(t, TENANT_OF_NATION, n->next.login, 0, &a));
	if (a.person == letter->person && a.home == home)
		return RC_OK;
	return a.person ? taken(t) : give_record(t, n->by, "account.bound", &a, home, letter->person);
}

rc
phone_set(tx *t, const void *in, void *out)
{
	const phone_change *n = in;
	phone_done *done = out;
	bool right = false, old_right = true;
	int64_t of = 0;
	row_account a;

	*done = (phone_done){0};
	TRY(check_own(t, n, &a));
	TRY(phone_code_try(t, &n->next, &of, &right));
	if (n->has_old)
		TRY(phone_code_try(t, &n->old, &of, &old_right));
	*done = (phone_done){.wrong = !right, .old_wrong = !old_right};
	if (done->wrong || done->old_wrong)
		return RC_OK;
	TRY(phone_code_used(t, &n->next));
	if (!n->has_old)
		return bind_number(t, n, &a);
	TRY(phone_code_used(t, &n->old));
	return change_number(t, n, &a);
}

rc
phone_drop(tx *t, const void *in, void *out)
{
	const phone_change *n = in;
	phones_of_rows phones;
	row_account a;

	(void)out;
	TRY(own_account(t, n, &a));
	if (a.person == 0)
		return FAIL(tx_fault(t), RC_DENIED, "phone.denied");
	phones_of_in whose = {.tenant = TENANT_OF_NATION, .home = n->by->home, .person = a.person};
	TRY(sql_phones_of(tx_db(t), tx_arena(t), tx_fault(t), &whose, &phones));
	for (size_t i = 0; i < phones.n; i++) {
		row_account b;
		TRY(account_find(t, TENANT_OF_NATION, phones.v[i].id, &b));
		TRY(give_record(t, n->by, "account.unbound", &b, 0, 0));
		TRY(end_sessions(t, &b, STR("")));
	}
	return RC_OK;
}

rc
phone_letter(tx *t, const void *in, void *out)
{
	const phone_change *n = in;
	phone_done *done = out;
	int64_t home = 0, person = 0;
	row_account a;

	*done = (phone_done){0};
	TRY(own_account(t, n, &a));
	if (!is_phone(a.login))
		return FAIL(tx_fault(t), RC_DENIED, "phone.denied");
	TRY(letter_code_try(t, &n->next, &home, &person));
	done->wrong = person == 0;
	if (done->wrong || (a.person == person && a.home == home))
		return RC_OK;
	if (a.person)
		return FAIL(tx_fault(t), RC_CONFLICT, "account.bound", FA_FIELD(STR("code")));
	return give_record(t, n->by, "account.bound", &a, home, person);
}
