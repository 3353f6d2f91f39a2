/* password.c - see password.h. */
#include "app/account/password.h"

#include "app/account/account.h"
#include "app/account_sql.h"
#include "base/utf8.h"

#define DAY INT64_C(86400000)

/* What is tried first against a Chinese office, of ten characters or more; shorter ones are refused anyway.
 * Compared in lower case with the digits at the end taken away, so admin123456 and Admin@2026 fall with
 * "admin". */
static const str stems[] = {
	STR("password"),  STR("passw0rd"), STR("p@ssw0rd"),
	STR("p@ssword"),  STR("admin"),    STR("administrator"),
	STR("root"),      STR("test"),     STR("user"),
	STR("guest"),     STR("welcome"),  STR("letmein"),
	STR("changeme"),  STR("iloveyou"), STR("woaini"),
	STR("woaiwojia"), STR("wodemima"), STR("mima"),
	STR("zhongguo"),  STR("china"),    STR("beijing"),
	STR("canlian"),   STR("zhucan"),   STR("canjiren"),
	STR("minzheng"),  STR("qwerty"),   STR("qwertyuiop"),
	STR("asdfghjkl"), STR("zxcvbnm"),  STR("qazwsx"),
	STR("qazwsxedc"), STR("abc"),      STR("abcd"),
	STR("a"),         STR("aa"),       STR("qq"),
	STR("q"),         STR("w"),        STR("z"),
	STR("x"),         STR("asd"),      STR("asdf"),
	STR("qwe"),       STR("zxc"),      STR("caonima"),
	STR("dragon"),    STR("monkey"),   STR("superman"),
};

/* Rows of a keyboard and counting, forwards; a password that lies in one of them is no password. */
static const str rows[] = {
	STR("01234567890123456789"),       STR("abcdefghijklmnopqrstuvwxyz"),
	STR("qwertyuiopasdfghjklzxcvbnm"), STR("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"),
	STR("1q2w3e4r5t6y7u8i9o0p"),       STR("!@#$%^&*()_+"),
};

/* At most `few` different bytes. */
static bool
few_kinds(str s, size_t few)
{
	bool seen[256] = {0};
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		n += !seen[(unsigned char)s.p[i]];
		seen[(unsigned char)s.p[i]] = true;
	}
	return n <= few;
}

static bool
common(str lower)
{
	str stem = lower;

	while (stem.n && !(stem.p[stem.n - 1] >= 'a' && stem.p[stem.n - 1] <= 'z') &&
	       !((unsigned char)stem.p[stem.n - 1] & 0x80))
		stem.n--;
	for (size_t i = 0; i < LEN(stems); i++)
		if (str_eq(stem, stems[i]) || str_eq(lower, stems[i]))
			return true;
	return false;
}

static rc
judge(fault *f, str login, str lower, str back)
{
	bool row = false;

	for (size_t i = 0; i < LEN(rows); i++)
		row = row || str_find(rows[i], lower) >= 0 || str_find(rows[i], back) >= 0;
	if (login.n && str_find(lower, login) >= 0)
		return FAIL(f, RC_INVALID, "password.login", FA_FIELD(STR("password")));
	if (row || few_kinds(lower, 4) || str_all_digits(lower))
		return FAIL(f, RC_INVALID, "password.plain", FA_FIELD(STR("password")));
	if (common(lower))
		return FAIL(f, RC_INVALID, "password.common", FA_FIELD(STR("password")));
	return RC_OK;
}

rc
password_ok(fault *f, str login, str password)
{
	char lower[4 * PASSWORD_MAX], back[4 * PASSWORD_MAX];
	size_t n = utf8_count(password);

	if (n < PASSWORD_MIN)
		return FAIL(f, RC_INVALID, "password.short", FA_FIELD(STR("password")),
			    FA_INT("min", PASSWORD_MIN));
	if (n > PASSWORD_MAX || password.n > sizeof lower)
		return FAIL(f, RC_INVALID, "password.long", FA_FIELD(STR("password")),
			    FA_INT("max", PASSWORD_MAX));
	for (size_t i = 0; i < password.n; i++) {
		char c = password.p[i];
		lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
		back[password.n - 1 - i] = lower[i];
	}
	rc r = judge(f, login, (str){lower, password.n}, (str){back, password.n});
	crypto_wipe(lower, sizeof lower); /* copies do not outlive the question */
	crypto_wipe(back, sizeof back);
	return r;
}

rc
password_change_make(arena *a, fault *f, const password_change *c, str *hash)
{
	rc r = crypto_password_check(f, c->stored, c->now);

	if (r == RC_DENIED)
		return FAIL(f, RC_DENIED, "password.wrong", FA_FIELD(STR("now")));
	TRY(r);
	TRY(password_ok(f, c->login, c->next));
	if (str_eq(c->now, c->next))
		return FAIL(f, RC_INVALID, "password.same", FA_FIELD(STR("password")));
	return crypto_password(a, f, PASSWORD_STAFF, c->next, hash);
}

rc
password_stored(db *d, arena *a, fault *f, int64_t tenant, int64_t account, str *hash)
{
	credential_find_row r;

	TRY(sql_credential_find(d, a, f, &(credential_find_in){.tenant = tenant, .account = account}, &r));
	*hash = r.hash;
	return RC_OK;
}

static rc
put_hash(tx *t, int64_t tenant, int64_t account, str hash, int64_t ends)
{
	return sql_credential_put(tx_db(t), tx_fault(t),
				  &(credential_put_in){.tenant = tenant,
						       .account = account,
						       .hash = hash,
						       .changed = tx_now(t),
						       .ends = ends},
				  NULL);
}

static rc
end_sessions(tx *t, int64_t tenant, int64_t account, str except)
{
	return sql_sessions_drop(tx_db(t), tx_fault(t),
				 &(sessions_drop_in){.tenant = tenant, .account = account, .except = except},
				 NULL);
}

rc
password_set(tx *t, const void *in, void *out)
{
	const password_set_in *n = in;
	const session_key *k = &n->session;
	str stands;

	TRY(password_stored(tx_db(t), tx_arena(t), tx_fault(t), k->tenant, k->account, &stands));
	if (!crypto_same(stands, n->stored))
		return FAIL(tx_fault(t), RC_CONFLICT, "password.changed");
	tx_event(t, &(event_head){.tenant = k->tenant,
				  .actor = k->account,
				  .kind = "account.password_changed",
				  .subject = k->account});
	TRY(put_hash(t, k->tenant, k->account, n->hash, 0));
	TRY(end_sessions(t, k->tenant, k->account, k->hash));
	return session_renew(t, &(session_next){.roles = n->roles, .old = *k, .secret = n->next, .post = -1},
			     out);
}

rc
password_reset(tx *t, const void *in, void *out)
{
	const password_reset_in *n = in;
	row_account a;

	(void)out;
	TRY(account_find(t, n->tenant, n->account, &a));
	TRY(account_check(t, n->by, n->roles, &a));
	event_head e = account_event(n->by, "account.password_reset", a.tenant, a.id);
	tx_event(t, &e);
	TRY(put_hash(t, a.tenant, a.id, n->hash, tx_now(t) + PASSWORD_CODE_DAYS * DAY));
	if (n->factor) {
		TRY(sql_factor_drop(tx_db(t), tx_fault(t),
				    &(factor_drop_in){.tenant = a.tenant, .account = a.id}, NULL));
		TRY(sql_recovery_drop(tx_db(t), tx_fault(t),
				      &(recovery_drop_in){.tenant = a.tenant, .account = a.id}, NULL));
	}
	return end_sessions(t, a.tenant, a.id, STR(""));
}

/* ---- codes ---- */

str
password_code_draw(arena *a, size_t n)
{
	static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's 32: no I, L, O, U */
	char *p = arena_alloc(a, n);

	crypto_random(p, n);
	for (size_t i = 0; i < n; i++)
		p[i] = letters[(unsigned char)p[i] & 31];
	return (str){p, n};
}

str
password_code_fold(arena *a, str typed)
{
	str s = text_fold(a, typed);
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '-' || c == ' ')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		buf_c(&b, c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c);
	}
	return buf_str(&b);
}

rc
password_code_make(arena *a, fault *f, str *code, str *hash)
{
	str c = password_code_draw(a, PASSWORD_CODE);

	TRY(crypto_password(a, f, PASSWORD_STAFF, c, hash));
	*code = str_fmt(a, "%.4s-%.4s-%.4s", c.p, c.p + 4, c.p + 8);
	return RC_OK;
}

rc
password_first(tx *t, const void *in, void *out)
{
	const password_first_in *n = in;
	row_account a;

	(void)out;
	if (n->by->kind != ACTOR_CONSOLE)
		return FAIL(tx_fault(t), RC_DENIED, "account.denied");
	TRY(account_find(t, n->tenant, n->account, &a));
	event_head e = account_event(n->by, "account.password_set", a.tenant, a.id);
	tx_event(t, &e);
	return put_hash(t, a.tenant, a.id, n->hash, 0);
}
