/* public.c - see public.h. */
#include "app/kase/public.h"

#include "app/account/delay.h"
#include "app/kase/kase_priv.h"
#include "base/date.h"
#include "base/nid.h"
#include "io/crypto.h"

static bool
proves(const kase_ctx *c, str typed)
{
	str own = ctx_answer(c, "id_number"), said = nid_fold(c->a, typed);

	if (own.n <= KASE_PROOF || said.n != KASE_PROOF)
		return false;
	return crypto_same(str_from(own, own.n - KASE_PROOF), said);
}

/* The case, when number and proof are right together. */
static rc
find(tx *t, const kase_track_in *n, kase_tracked *out)
{
	static const actor nobody = {.kind = ACTOR_NOBODY};
	kase_at at = {.house = n->house, .by = &nobody};
	kase_ctx c;

	TRY(kase_number_find(tx_db(t), tx_arena(t), tx_fault(t), n->number, &at.tenant, &at.id));
	TRY(ctx_load(&c, t, &at));
	if (!proves(&c, n->proof))
		return RC_NOT_FOUND;
	*out = (kase_tracked){.found = true,
			      .service = c.s,
			      .state = (kase_state)c.k.state,
			      .step = c.k.step,
			      .outcome = c.k.outcome,
			      .submitted = c.k.submitted,
			      .since = c.k.turn ? c.turn.entered : 0};
	return RC_OK;
}

rc
kase_track(tx *t, const void *in, void *out)
{
	const kase_track_in *n = in;
	arena *a = tx_arena(t);
	str source = str_cat(a, STR("track|"), n->source), number = str_cat(a, STR("track|"), n->number);

	*(kase_tracked *)out = (kase_tracked){0};
	TRY(delay_guard(t, source));
	TRY(delay_guard(t, number));
	rc r = find(t, n, out);
	if (r != RC_NOT_FOUND)
		return r;
	fault_clear(tx_fault(t));
	TRY(delay_count(t, &delay_source, source));
	return delay_count(t, &delay_pair, number);
}

/* lists/codes/certificate_status.yaml */
enum { CERTIFICATE_VALID = 2 };

static rc
is_valid(tx *t, const cert_no *n, str number, bool *out)
{
	db *d = tx_db(t);
	kase_register_certificates_rows rows;
	kase_person_by_index_row who;
	str idx, today = date_str(tx_arena(t), tx_today(t));

	TRY(seal_index(db_sealer(d), tx_arena(t), tx_fault(t), "certificate", number, &idx));
	TRY(sql_kase_person_by_index(d, tx_arena(t), tx_fault(t), idx, &who));
	TRY(sql_kase_register_certificates(
		d, tx_arena(t), tx_fault(t),
		&(kase_register_certificates_in){.tenant = who.tenant, .person = who.person}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*out = *out || (rows.v[i].status == CERTIFICATE_VALID && rows.v[i].category == n->category &&
				rows.v[i].level == n->level && str_cmp(rows.v[i].expires, today) >= 0);
	return *out ? RC_OK : RC_NOT_FOUND;
}

rc
certificate_verify(tx *t, const void *in, void *out)
{
	const certificate_ask *k = in;
	arena *a = tx_arena(t);
	str source = str_cat(a, STR("verify|"), k->source);
	cert_no n;

	*(bool *)out = false;
	TRY(delay_guard(t, source));
	TRY(cert_no_parse(a, tx_fault(t), k->number, tx_today(t), &n));
	rc r = is_valid(t, &n, cert_no_str(a, &n), out);
	if (r != RC_NOT_FOUND)
		return r;
	fault_clear(tx_fault(t));
	return delay_count(t, &delay_source, source);
}

rc
kase_notices_public(db *d, arena *a, fault *f, int32_t day, kase_public_notices *out)
{
	notices_everywhere_rows rows;

	*out = (kase_public_notices){0};
	TRY(sql_notices_everywhere(d, a, f, date_str(a, day), &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (kase_public_notice){.tenant = rows.v[i].tenant,
							.id = rows.v[i].id,
							.kase = rows.v[i].kase,
							.region = rows.v[i].region,
							.name = rows.v[i].name,
							.posted = rows.v[i].posted,
							.last = rows.v[i].last};
	return RC_OK;
}
