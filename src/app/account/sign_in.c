/* sign_in.c - see sign_in.h. */
#include "app/account/sign_in.h"

#include "app/account/account.h"
#include "app/account/delay.h"
#include "app/account_sql.h"
#include "base/utf8.h"

#define KNOWN_MS (INT64_C(90) * 86400000) /* how long a source stays known to an account */

enum { LOGIN_TYPED_MAX = 64 };

rc
sign_in_rules_make(arena *a, fault *f, const roles *all, sign_in_rules *out)
{
	char salt[16], hash[32];

	(void)f;
	crypto_random(salt, sizeof salt);
	crypto_random(hash, sizeof hash);
	/* comparing costs what a true hash costs, and nobody has the password: not even a start has to pay
	 * for one */
	str s = base64_encode(a, BASE64_BARE, (str){salt, sizeof salt}),
	    h = base64_encode(a, BASE64_BARE, (str){hash, sizeof hash});
	*out = (sign_in_rules){.roles = all, .staff = session_staff, .citizen = session_public};
	out->dummy = str_fmt(a, "$argon2id$v=19$m=65536,t=3,p=1$%.*s$%.*s", STR_ARG(s), STR_ARG(h));
	return RC_OK;
}

rc
sign_in_read(db *d, arena *a, fault *f, const sign_in_ask *ask, sign_in_case *out)
{
	login_find_row at;
	credential_find_row cred;

	*out = (sign_in_case){.login = str_lower(a, utf8_cut(text_fold(a, ask->login), LOGIN_TYPED_MAX)),
			      .source = ask->source,
			      .hash = ask->rules->dummy};
	if (!login_ok(out->login)) /* applicants' names are no sign-in names of staff */
		return RC_OK;
	rc r = sql_login_find(d, a, f, out->login, &at);
	if (r == RC_OK)
		r = sql_credential_find(
			d, a, f, &(credential_find_in){.tenant = at.tenant, .account = at.account}, &cred);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	out->tenant = at.tenant;
	out->account = at.account;
	out->hash = cred.hash;
	return RC_OK;
}

rc
sign_in_check(fault *f, sign_in_case *c, str password)
{
	rc r = crypto_password_check(f, c->hash, password);

	c->matched = r == RC_OK && c->account != 0;
	return r == RC_DENIED ? RC_OK : r;
}

/* ---- the command ---- */

typedef struct waits {
	str pair, account, source, known;
	bool is_known;
} waits;

static rc
check_waits(tx *t, const sign_in_case *c, waits *w)
{
	arena *a = tx_arena(t);

	w->pair = str_fmt(a, "pair|%.*s|%.*s", STR_ARG(c->login), STR_ARG(c->source));
	w->account = str_fmt(a, "account|%.*s", STR_ARG(c->login));
	w->source = str_fmt(a, "source|%.*s", STR_ARG(c->source));
	w->known = str_fmt(a, "known|%.*s|%.*s", STR_ARG(c->login), STR_ARG(c->source));
	TRY(delay_marked(t, w->known, &w->is_known));
	TRY(delay_guard(t, w->pair));
	TRY(delay_guard(t, w->source));
	return w->is_known ? RC_OK : delay_guard(t, w->account);
}

static rc
count_wrong(tx *t, const waits *w)
{
	TRY(delay_count(t, &delay_pair, w->pair));
	TRY(delay_count(t, &delay_source, w->source));
	return w->is_known ? RC_OK : delay_count(t, &delay_account, w->account);
}

/* Does everything that was read before the worker still stand? */
static rc
still_so(tx *t, const sign_in_case *c, bool *out)
{
	row_account a;
	credential_find_row cred;

	*out = false;
	if (!c->matched)
		return RC_OK;
	rc r = account_find(t, c->tenant, c->account, &a);
	if (r == RC_OK)
		r = sql_credential_find(tx_db(t), tx_arena(t), tx_fault(t),
					&(credential_find_in){.tenant = c->tenant, .account = c->account},
					&cred);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	*out = crypto_same(cred.hash, c->hash) && str_eq(a.login, c->login) &&
	       (cred.ends == 0 || tx_now(t) < cred.ends);
	return RC_OK;
}

rc
sign_in_done(tx *t, const void *in, void *out)
{
	const sign_in_done_in *n = in;
	const sign_in_case *c = n->c;
	signed_in *s = out;
	waits w = {0};
	bool right = false;

	*s = (signed_in){.wrong = true};
	TRY(check_waits(t, c, &w));
	TRY(still_so(t, c, &right));
	if (!right)
		return count_wrong(t, &w);
	TRY(delay_clear(t, w.pair));
	TRY(delay_mark(t, w.known, KNOWN_MS));
	*s = (signed_in){.tenant = c->tenant, .account = c->account};
	return session_put(t,
			   &(session_new){.roles = n->rules->roles,
					  .secret = n->secret,
					  .place = n->place,
					  .limits = n->rules->staff,
					  .tenant = c->tenant,
					  .account = c->account,
					  .staff = true},
			   &s->stage);
}
