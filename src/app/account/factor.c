/* factor.c - see factor.h. */
#include "app/account/factor.h"

#include "app/account/delay.h"
#include "app/account/password.h"
#include "app/account_sql.h"
#include "base/buf.h"
#include "io/url.h"

static const seal_place place = {.table = "second_factor", .column = "secret"};

uint32_t
totp_code(str secret, int64_t step, int digits)
{
	uint8_t counter[8];
	uint32_t limit = 1;

	for (int i = 0; i < 8; i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	digest_sha1 d = crypto_hmac_sha1(secret, (str){(const char *)counter, sizeof counter});
	size_t at = d.b[sizeof d.b - 1] & 15;
	uint32_t v = (uint32_t)(d.b[at] & 127) << 24 | (uint32_t)d.b[at + 1] << 16 |
		     (uint32_t)d.b[at + 2] << 8 | d.b[at + 3];
	for (int i = 0; i < digits; i++)
		limit *= 10;
	return v % limit;
}

int64_t
totp_match(str secret, str typed, int64_t now, int64_t last)
{
	int64_t step = now / (TOTP_SECONDS * 1000), found = 0, code = 0;

	if (typed.n != TOTP_DIGITS || !str_all_digits(typed) || !str_to_i64(typed, &code))
		return 0;
	for (int64_t k = step - 1; k <= step + 1; k++)
		if (k > last && totp_code(secret, k, TOTP_DIGITS) == (uint32_t)code && !found)
			found = k;
	return found;
}

/* RFC 4648 §6 without padding. */
static str
base32(arena *a, str bytes)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	buf b = buf_in(a);
	uint32_t bits = 0;
	int n = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		bits = bits << 8 | (unsigned char)bytes.p[i];
		for (n += 8; n >= 5; n -= 5)
			buf_c(&b, letters[bits >> (n - 5) & 31]);
	}
	if (n > 0)
		buf_c(&b, letters[bits << (5 - n) & 31]);
	return buf_str(&b);
}

static bool
base32_secret(str text, char out[TOTP_SECRET])
{
	uint32_t bits = 0;
	size_t at = 0;
	int n = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool letter = c >= 'A' && c <= 'Z';
		if (!letter && !(c >= '2' && c <= '7'))
			return false;
		bits = bits << 5 | (uint32_t)(letter ? c - 'A' : c - '2' + 26);
		n += 5;
		if (n < 8)
			continue;
		n -= 8;
		if (at == TOTP_SECRET)
			return false;
		out[at++] = (char)(bits >> n & 255);
	}
	return at == TOTP_SECRET;
}

/* Recovery codes have 50 bits, too few for a plain hash to guard: they are indexed under the site's key. */
static rc
recovery_index(sealer *s, arena *a, fault *f, int64_t account, str code, str *out)
{
	return seal_index(s, a, f, "recovery",
			  str_fmt(a, "%lld:%.*s", (long long)account, STR_ARG(password_code_fold(a, code))),
			  out);
}

/* The key URI that authenticators read; SHA-1, six digits and 30 seconds are what they take it to mean. */
static str
address_of(arena *a, const factor_owner *o, str secret)
{
	buf b = buf_in(a);

	buf_lit(&b, "otpauth://totp/");
	url_escape(&b, o->issuer);
	buf_c(&b, ':');
	url_escape(&b, o->login);
	buf_lit(&b, "?secret=");
	buf_put(&b, secret);
	buf_lit(&b, "&issuer=");
	url_escape(&b, o->issuer);
	return buf_str(&b);
}

rc
factor_draw(sealer *s, arena *a, fault *f, const factor_owner *o, factor_new *out)
{
	char *raw = arena_alloc(a, TOTP_SECRET);
	str *code = arena_array(a, str, RECOVERY_CODES), *hash = arena_array(a, str, RECOVERY_CODES);
	seal_place at = place;
	data_key key;

	*out = (factor_new){.recovery = code, .recovery_hash = hash};
	rc r = seal_find(s, f, o->tenant, o->account, &key);
	if (r == RC_NOT_FOUND) {
		out->has_key = true;
		r = seal_new(s, f, o->tenant, o->account, &key, &out->key);
	}
	TRY(r);
	if (o->base32.n == 0)
		crypto_random(raw, TOTP_SECRET);
	else if (!base32_secret(o->base32, raw))
		return FAIL(f, RC_INVALID, "factor.secret");
	at.row = o->account;
	out->secret = (str){raw, TOTP_SECRET};
	out->base32 = base32(a, out->secret);
	out->sealed = seal_text(s, a, &key, &at, out->secret);
	crypto_wipe(&key, sizeof key);
	out->uri = address_of(a, o, out->base32);
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		code[i] = password_code_draw(a, RECOVERY_CODE);
		TRY(recovery_index(s, a, f, o->account, code[i], &hash[i]));
	}
	return RC_OK;
}

/* The secret of the account, and the last step that was taken. */
static rc
open_secret(sealer *s, db *d, arena *a, fault *f, const factor_try *in, str *secret, int64_t *last)
{
	seal_place at = place;
	factor_find_row row;
	data_key key;

	TRY(sql_factor_find(d, a, f, &(factor_find_in){.tenant = in->tenant, .account = in->account}, &row));
	TRY(seal_find(s, f, in->tenant, in->account, &key));
	at.row = in->account;
	*last = row.step;
	rc r = seal_open(s, a, f, &key, &at, row.secret, secret);
	crypto_wipe(&key, sizeof key);
	return r;
}

rc
factor_read(sealer *s, db *d, arena *a, fault *f, const factor_try *in, int64_t *step, str *hash)
{
	int64_t last = 0;
	str secret;

	*step = 0;
	TRY(open_secret(s, d, a, f, in, &secret, &last));
	*step = totp_match(secret, password_code_fold(a, in->typed), in->now, last);
	return recovery_index(s, a, f, in->account, in->typed, hash);
}

str
totp_text(arena *a, str secret, int64_t step)
{
	return str_fmt(a, "%0*u", TOTP_DIGITS, totp_code(secret, step, TOTP_DIGITS));
}

rc
factor_now(sealer *s, db *d, arena *a, fault *f, const factor_try *in, str *code)
{
	int64_t last = 0, step = in->now / (TOTP_SECONDS * 1000);
	str secret;

	TRY(open_secret(s, d, a, f, in, &secret, &last));
	*code = totp_text(a, secret, MAX(step, last + 1)); /* the present one may have been taken */
	return RC_OK;
}

rc
factor_set(tx *t, const void *in, void *out)
{
	const factor_set_in *n = in;
	const session_key *k = &n->session;
	db *d = tx_db(t);
	fault *f = tx_fault(t);

	TRY(sql_factor_put(d, f,
			   &(factor_put_in){.tenant = k->tenant,
					    .account = k->account,
					    .secret = n->factor->sealed,
					    .step = n->step,
					    .made = tx_now(t)},
			   NULL));
	TRY(sql_recovery_drop(d, f, &(recovery_drop_in){.tenant = k->tenant, .account = k->account}, NULL));
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		TRY(sql_recovery_put(d, f,
				     &(recovery_put_in){.tenant = k->tenant,
							.account = k->account,
							.code = n->factor->recovery_hash[i]},
				     NULL));
	tx_event(t, &(event_head){.tenant = k->tenant,
				  .actor = k->account,
				  .kind = "account.factor_set",
				  .subject = k->account});
	return session_renew(
		t,
		&(session_next){.roles = n->roles, .old = *k, .secret = n->next, .post = -1, .factor = true},
		out);
}

/* A step that was taken already, or a recovery code that was used, changes no row. */
static rc
consume(tx *t, const factor_answer *n, int64_t *taken)
{
	const session_key *k = &n->session;

	if (n->step)
		return sql_factor_use(
			tx_db(t), tx_fault(t),
			&(factor_use_in){.tenant = k->tenant, .account = k->account, .step = n->step}, taken);
	TRY(sql_recovery_use(
		tx_db(t), tx_fault(t),
		&(recovery_use_in){
			.tenant = k->tenant, .account = k->account, .code = n->hash, .now = tx_now(t)},
		taken));
	if (*taken == 0)
		return RC_OK;
	tx_event(t, &(event_head){.tenant = k->tenant,
				  .actor = k->account,
				  .kind = "account.factor_recovered",
				  .subject = k->account});
	return tx_event_end(t);
}

rc
factor_check(tx *t, const void *in, void *out)
{
	const factor_answer *n = in;
	factor_used *u = out;
	str name = str_fmt(tx_arena(t), "factor|%lld|%lld", (long long)n->session.tenant,
			   (long long)n->session.account);
	int64_t taken = 0;

	*u = (factor_used){.wrong = true};
	TRY(delay_guard(t, name));
	TRY(consume(t, n, &taken));
	if (taken == 0)
		return delay_count(t, &delay_factor, name);
	TRY(delay_clear(t, name));
	u->wrong = false;
	return session_renew(
		t,
		&(session_next){
			.roles = n->roles, .old = n->session, .secret = n->next, .post = -1, .factor = true},
		&u->stage);
}
