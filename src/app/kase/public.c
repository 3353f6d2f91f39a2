/* public.c - see public.h. */
#include "app/kase/public.h"

#include "app/account/delay.h"
#include "app/account/holder.h"
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

/* The code of a letter proves whose case it is, as it opens a session: app/account/applicant.h. */
static rc
proves_by_letter(tx *t, const kase_ctx *c, const kase_track_in *n, bool *out)
{
	const applicant_ask typed = {.code = n->proof, .source = n->source};
	applicant_case code;
	int64_t tenant = 0, person = 0;
	rc r = sign_in_by_letter.prepare_check(db_sealer(c->d), c->a, c->f, &typed, &code);

	*out = false;
	if (r == RC_INVALID) { /* not the shape of one */
		fault_clear(c->f);
		return RC_OK;
	}
	TRY(r);
	TRY(letter_code_try(t, &code, &tenant, &person));
	*out = person != 0 && person == c->k.person && tenant == c->k.person_tenant;
	return RC_OK;
}

/* ---- a code to the phone ---- */

static str
purpose_of(arena *a, str number)
{
	return str_cat(a, STR("track:"), number);
}

rc
kase_track_draw(sealer *s, arena *a, fault *f, str number, const applicant_ask *ask, applicant_case *out)
{
	return phone_code_draw(s, a, f, purpose_of(a, number), ask, out);
}

rc
kase_track_send(tx *t, const void *in, void *out)
{
	(void)out;
	return phone_code_send(t, in, "applicant.sms_track");
}

rc
kase_track_typed(sealer *s, arena *a, fault *f, str number, const applicant_ask *ask, applicant_case *out)
{
	return phone_code_typed(s, a, f, purpose_of(a, number), ask, out);
}

/* Is the phone that had the code one of those the case was filed with, the applicant's or the guardian's? */
static rc
proves_by_phone(const kase_ctx *c, const applicant_case *code, bool *out)
{
	const catalogue *all = c->h->fields;
	str phone, idx;

	*out = false;
	for (size_t i = 0; i < all->n; i++) {
		const field *x = &all->field[i];
		if (x->type != FIELD_PHONE || !phone_fold(c->a, c->answer[x->number], &phone))
			continue;
		TRY(seal_index(db_sealer(c->d), c->a, c->f, "phone", phone, &idx));
		*out = *out || str_eq(str_cat(c->a, STR(PHONE_LOGIN), idx), code->login);
	}
	return RC_OK;
}

static rc
proves_somehow(tx *t, const kase_ctx *c, const kase_track_in *n, bool *out)
{
	if (n->phone)
		return proves_by_phone(c, n->phone, out);
	*out = proves(c, n->proof);
	return *out ? RC_OK : proves_by_letter(t, c, n, out);
}

/* The day of his assessment, while the case is with who assesses. */
static rc
find_day(kase_ctx *c, kase_tracked *out)
{
	appointments all;

	if (c->k.state != KASE_AT_OFFICE)
		return RC_OK;
	TRY(kase_appointments_read(c->d, c->a, c->f, c->k.tenant, c->k.id, &all));
	const appointment_view *a = appointment_to_come(&all, ctx_day(c));
	if (a)
		out->expected = *a;
	return RC_OK;
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
	bool right = false;
	TRY(proves_somehow(t, &c, n, &right));
	if (!right)
		return RC_NOT_FOUND;
	*out = (kase_tracked){.found = true,
			      .service = c.s,
			      .state = (kase_state)c.k.state,
			      .step = c.k.step,
			      .outcome = c.k.outcome,
			      .submitted = c.k.submitted,
			      .since = c.k.turn ? c.turn.entered : 0};
	return find_day(&c, out);
}

rc
kase_track(tx *t, const void *in, void *out)
{
	const kase_track_in *n = in;
	arena *a = tx_arena(t);
	str source = str_cat(a, STR("track|"), n->source), number = str_cat(a, STR("track|"), n->number);
	bool coded = !n->phone;
	int64_t tenant = 0;

	*(kase_tracked *)out = (kase_tracked){0};
	TRY(delay_guard(t, source));
	TRY(delay_guard(t, number));
	if (n->phone) /* before anything is known of the case, so that a number of none is told no sooner */
		TRY(phone_code_try(t, n->phone, &tenant, &coded));
	rc r = coded ? find(t, n, out) : RC_NOT_FOUND;
	if (r == RC_OK && n->phone)
		return phone_code_used(t, n->phone);
	if (r != RC_NOT_FOUND)
		return r;
	fault_clear(tx_fault(t));
	TRY(delay_count(t, &delay_source, source));
	return delay_count(t, &delay_pair, number);
}

/* Whose certificate it is, and its row. RC_NOT_FOUND: nobody's that is valid today. A number leads to its
 * holder as long as any certificate of his bears it, an expired one too: it is the valid one that must bear
 * it. */
static rc
find_valid(tx *t, const cert_no *n, kase_person_by_index_row *who, kase_register_certificates_row *out)
{
	db *d = tx_db(t);
	arena *a = tx_arena(t);
	kase_register_certificates_rows rows;
	str idx, number, today = date_str(a, tx_today(t));
	data_key key;

	TRY(seal_index(db_sealer(d), a, tx_fault(t), "certificate", cert_no_str(a, n), &idx));
	TRY(sql_kase_person_by_index(d, a, tx_fault(t), idx, who));
	TRY(sql_kase_register_certificates(
		d, a, tx_fault(t),
		&(kase_register_certificates_in){.tenant = who->tenant, .person = who->person}, &rows));
	TRY(seal_find(db_sealer(d), tx_fault(t), who->tenant, who->person, &key));
	for (size_t i = 0; i < rows.n; i++) {
		const seal_place at = {.table = "certificate", .column = "number", .row = rows.v[i].id};
		*out = rows.v[i];
		if (out->status != CERTIFICATE_VALID || str_cmp(out->expires, today) < 0)
			continue;
		TRY(seal_open(db_sealer(d), a, tx_fault(t), &key, &at, out->number, &number));
		if (str_eq(number, cert_no_str(a, n)))
			return RC_OK;
	}
	return RC_NOT_FOUND;
}

/* With the holder's code more is told, and he reads in his access log that it was. */
static rc
open_with_code(tx *t, const certificate_ask *k, const kase_person_by_index_row *who,
	       const kase_register_certificates_row *row, str source, certificate_said *out)
{
	const holder_guess guess = {
		.tenant = who->tenant, .person = who->person, .code = k->code, .source = source};
	bool right = false;
	rc r = holder_code_try(t, &guess, &right);

	if (r == RC_LIMIT)
		tx_fault(t)->field = STR("code");
	TRY(r);
	out->wrong_code = !right;
	if (!right)
		return RC_OK;
	TRY(tx_look(t, &(look_row){.tenant = who->tenant,
				   .actor = k->by->account,
				   .office = k->by->office,
				   .person = who->person,
				   .what = STR("verify"),
				   .purpose = k->asker}));
	out->opened = true;
	out->category = row->category;
	out->level = row->level;
	out->expires = row->expires;
	return RC_OK;
}

rc
certificate_verify(tx *t, const void *in, void *out)
{
	const certificate_ask *k = in;
	certificate_said *said = out;
	str source = str_cat(tx_arena(t), STR("verify|"), k->source);
	kase_person_by_index_row who;
	kase_register_certificates_row row;
	cert_no n;

	*said = (certificate_said){0};
	TRY(delay_guard(t, source));
	TRY(cert_no_parse(tx_arena(t), tx_fault(t), k->number, tx_today(t), &n));
	rc r = find_valid(t, &n, &who, &row);
	if (r == RC_NOT_FOUND) {
		fault_clear(tx_fault(t));
		return delay_count(t, &delay_source, source);
	}
	TRY(r);
	said->valid = true;
	return k->code.n ? open_with_code(t, k, &who, &row, source, said) : RC_OK;
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
