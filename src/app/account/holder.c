/* holder.c - see holder.h. */
#include "app/account/holder.h"

#include "app/account/account.h"
#include "app/account/delay.h"
#include "app/account/password.h"
#include "app/account_sql.h"

#define MINUTE INT64_C(60000)

static str
row_name(arena *a, int64_t tenant, int64_t person)
{
	return str_fmt(a, "holder:%lld-%lld", (long long)tenant, (long long)person);
}

/* The row's name goes in: a code is good for one holder. */
static rc
hash_code(sealer *s, arena *a, fault *f, str name, str code, str *out)
{
	return seal_index(s, a, f, "holder_code", str_fmt(a, "%.*s\n%.*s", STR_ARG(name), STR_ARG(code)),
			  out);
}

rc
holder_draw(sealer *s, arena *a, fault *f, const actor *by, const person_ref *p, str *code, holder_code *out)
{
	str c = password_code_draw(a, HOLDER_CODE);

	*out = (holder_code){.by = by, .tenant = person_ref_tenant(p), .person = person_ref_id(p)};
	out->name = row_name(a, out->tenant, out->person);
	TRY(hash_code(s, a, f, out->name, c, &out->hash));
	*code = str_fmt(a, "%.4s-%.4s", c.p, c.p + 4);
	return RC_OK;
}

/* The code holds, and one made before no longer. */
static rc
put(tx *t, const holder_code *n)
{
	event_head e = account_event(n->by, "holder.code_made", n->tenant, n->person);
	int64_t now = tx_now(t);

	tx_event(t, &e);
	TRY(sql_code_put(tx_db(t), tx_fault(t),
			 &(code_put_in){.name = n->name,
					.tenant = n->tenant,
					.person = n->person,
					.code = n->hash,
					.created = now,
					.ends = now + HOLDER_MINUTES * MINUTE},
			 NULL));
	return tx_event_end(t);
}

rc
holder_make(tx *t, const void *in, void *out)
{
	const holder_code *n = in;
	const person_ref *ref = NULL;

	(void)out;
	if (n->by->kind != ACTOR_APPLICANT)
		return FAIL(tx_fault(t), RC_DENIED, "holder.denied");
	TRY(person_open(tx_db(t), tx_arena(t), tx_fault(t), n->by, n->tenant, n->person, &ref));
	return put(t, n);
}

rc
holder_hand(tx *t, const void *in, void *out)
{
	const holder_hand_in *k = in;
	const holder_code *n = &k->code;
	const person_ref *ref = NULL;

	(void)out;
	if (n->by->kind != ACTOR_STAFF || !may(n->by, PERM_CASE_FILE, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "holder.post");
	TRY(person_open(tx_db(t), tx_arena(t), tx_fault(t), n->by, n->tenant, n->person, &ref));
	if (n->by->tenant != n->tenant)
		return FAIL(tx_fault(t), RC_DENIED, "holder.elsewhere");
	TRY(put(t, n));
	return tx_look(t, &(look_row){.tenant = n->tenant,
				      .actor = n->by->account,
				      .office = n->by->office,
				      .person = n->person,
				      .what = STR("person"),
				      .purpose = k->purpose});
}

rc
holder_code_try(tx *t, const holder_guess *n, bool *right)
{
	arena *a = tx_arena(t);
	str name = row_name(a, n->tenant, n->person);
	str code = password_code_fold(a, n->code), hash;
	code_find_row row;

	*right = false;
	TRY(delay_guard(t, name));
	TRY(hash_code(db_sealer(tx_db(t)), a, tx_fault(t), name, code, &hash));
	rc r = sql_code_find(tx_db(t), a, tx_fault(t), name, &row);
	if (r != RC_OK && r != RC_NOT_FOUND)
		return r;
	*right = r == RC_OK && tx_now(t) < row.ends && crypto_same(row.code, hash);
	if (*right)
		return delay_clear(t, name);
	fault_clear(tx_fault(t));
	TRY(delay_count(t, &delay_source, n->source));
	return delay_count(t, &delay_pair, name);
}
