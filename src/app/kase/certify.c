/* certify.c - what an act does to the applicant's certificate: app/certificate knows which state follows
 * which, here is what of the case goes into it. */
#include "app/kase/kase_priv.h"

#include "app/amend/amend.h"
#include "base/date.h"

enum { LIMB = 4, REISSUES_MAX = 99 };

typedef struct certifying {
	kase_ctx *c;
	certificate_holder h;
	row_certificate has; /* his latest */
	bool any;
} certifying;

/* What was assessed in this case. */
static rc
assessed(kase_ctx *c, certificate_parts *out)
{
	assessment_parts found;

	*out = (certificate_parts){0};
	TRY(assessment_parts_of(c, &found));
	for (size_t i = 0; i < found.n; i++)
		out->v[out->n++] = (certificate_part){
			.category = found.v[i].category,
			.level = found.v[i].level,
			.cause = ctx_answer(c, "cause"),
			.item = found.v[i].category == LIMB ? ctx_answer(c, "limb_item") : STR(""),
			.assessed_on = ctx_answer(c, "assessed_on")};
	return RC_OK;
}

static rc
make(certifying *k, certificate_new *n, const row_certificate *before)
{
	kase_ctx *c = k->c;

	n->holder = &k->h;
	n->kase = c->k.id;
	n->issued = ctx_day(c);
	n->source = c->k.number;
	TRY(parameter_need(c->h->parameters, c->f, "card_generation", c->k.region, ctx_today(c),
			   &n->generation));
	return certificate_make(c->t, n, before, NULL);
}

/* Its last day: so many years less a day (Measures, art. 19). */
static rc
last_day(kase_ctx *c, str *out)
{
	int64_t years = 0;

	TRY(parameter_need(c->h->parameters, c->f, "card_years", c->k.region, ctx_today(c), &years));
	*out = date_str(c->a, date_add_months(ctx_today(c), (int32_t)years * 12) - 1);
	return RC_OK;
}

static rc
issue(certifying *k)
{
	certificate_parts found;
	certificate_new n = {.parts = &found, .remarks = STR("")};

	TRY(assessed(k->c, &found));
	if (found.n == 0)
		return FAIL(k->c->f, RC_INVALID, "kase.no_level");
	TRY(last_day(k->c, &n.expires));
	return make(k, &n, NULL);
}

/* What stood in the old one is noted in the new one (Measures, art. 19). */
static str
remark(certifying *k)
{
	return str_fmt(k->c->a, "%.*s，原证 %.*s 签发", STR_ARG(k->c->s->name.zh), STR_ARG(k->has.issued));
}

/* What his old one says; a list of old may have told its kind and level alone. */
static rc
as_before(const certifying *k, certificate_parts *out)
{
	TRY(certificate_parts_read(k->c->t, &k->h, k->has.id, out));
	if (out->n == 0)
		out->v[out->n++] = (certificate_part){.category = k->has.category,
						      .level = k->has.level,
						      .cause = STR(""),
						      .item = STR(""),
						      .assessed_on = STR("")};
	return RC_OK;
}

static rc
check_may(certifying *k, certificate_status to)
{
	certificate_status from = (certificate_status)k->has.status;

	if (from == to || certificate_follows(from, to))
		return RC_OK;
	return FAIL(k->c->f, RC_CONFLICT, "certificate.state", FA_INT("from", from), FA_INT("to", to));
}

/* With what was assessed again, else as it was. */
static rc
renew(certifying *k)
{
	certificate_parts parts;
	certificate_new n = {.parts = &parts, .remarks = remark(k)};

	if (k->has.status != CERTIFICATE_EXPIRED)
		TRY(check_may(k, CERTIFICATE_SUPERSEDED));
	TRY(assessed(k->c, &parts));
	if (parts.n == 0)
		TRY(as_before(k, &parts));
	TRY(last_day(k->c, &n.expires));
	return make(k, &n, &k->has);
}

static rc
reissue(certifying *k)
{
	certificate_parts parts;
	certificate_new n = {.parts = &parts,
			     .reissue = k->has.reissue + 1,
			     .expires = k->has.expires,
			     .remarks = remark(k)};

	TRY(check_may(k, CERTIFICATE_SUPERSEDED));
	if (n.reissue > REISSUES_MAX)
		return FAIL(k->c->f, RC_INVALID, "certificate.reissues", FA_INT("max", REISSUES_MAX));
	TRY(as_before(k, &parts));
	return make(k, &n, &k->has);
}

/* One that is lost or suspended is good again before it goes another way: that alone may follow. */
static rc
move(certifying *k, certificate_status to)
{
	certificate_status from = (certificate_status)k->has.status;
	int64_t why = ctx_code(k->c, "cancel_reason");

	if (!certificate_follows(from, to) && certificate_follows(from, CERTIFICATE_VALID) &&
	    to >= CERTIFICATE_MOVED_OUT)
		TRY(certificate_move(k->c->t, &k->h, &k->has, CERTIFICATE_VALID, 0));
	return certificate_move(k->c->t, &k->h, &k->has, to, why);
}

static rc
died(certifying *k)
{
	row_person p;

	TRY(find_person(k->c->t, k->h.tenant, k->h.person, &p));
	p.died = ctx_answer(k->c, "died");
	return patch_person(k->c->t, &p, PERSON_DIED);
}

/* ---- details ---- */

/* Which detail an answer is of: new_name is a name. NULL: none that the register keeps of a person. */
static const field *
amended(const kase_ctx *c, const field *x)
{
	static const char *const tables[] = {"person", "place", "guardian", "bank"};
	/* what tells who he is and whose; a move to another federation is no detail */
	static const char *const identity[] = {"name", "id_number", "born", "sex", "registration_place"};
	const field *of = str_starts(x->id, STR("new_")) ? field_find(c->h->fields, str_from(x->id, 4)) : x;

	for (size_t i = 0; i < LEN(identity); i++)
		if (str_eq(x->id, str_of(identity[i])))
			return NULL;
	for (size_t i = 0; of && i < LEN(tables); i++)
		if (of->home == HOME_COLUMN && str_eq(of->where, str_of(tables[i])))
			return of;
	return NULL;
}

/* His certificate bears his number: with another one it is another certificate, as good as long. */
static rc
follow_number(certifying *k)
{
	certificate_parts parts;
	certificate_new n = {.parts = &parts, .expires = k->has.expires, .remarks = remark(k)};

	if (!k->any || k->has.status != CERTIFICATE_VALID)
		return RC_OK;
	TRY(as_before(k, &parts));
	return make(k, &n, &k->has);
}

static rc
amend(certifying *k)
{
	kase_ctx *c = k->c;
	amending g = amending_of(c->t, k->h.key, ctx_today(c));
	bool number = false;

	g.source = c->k.number;
	for (size_t i = 0; i < c->h->fields->n; i++) {
		const field *x = &c->h->fields->field[i], *of = amended(c, x);
		/* what was read in the register and left as it was has a source */
		if (!of || c->answer[x->number].n == 0 || c->source[x->number].n)
			continue;
		rc r = amend_field(&g, of, c->answer[x->number]);
		if (r != RC_OK && r != RC_NOT_FOUND)
			return r;
		number = number || str_eq(of->id, STR("id_number"));
	}
	return number ? follow_number(k) : RC_OK;
}

static rc
begin(kase_ctx *c, data_key *key, certifying *k)
{
	*k = (certifying){.c = c};
	if (c->k.person == 0)
		return FAIL(c->f, RC_INVALID, "certificate.none");
	if (c->k.person_tenant != c->k.tenant) /* a row of the register is written by its own federation */
		return FAIL(c->f, RC_INVALID, "kase.register_elsewhere", FA_FIELD(STR("reason")));
	TRY(person_key(c, key));
	k->h = (certificate_holder){.tenant = c->k.person_tenant, .person = c->k.person, .key = key};
	rc r = certificate_latest(c->t, &k->h, &k->has);
	k->any = r == RC_OK;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

rc
certify(kase_ctx *c, kase_effect what)
{
	static const certificate_status to[KASE_EFFECTS] = {
		[EFFECT_CERTIFICATE_LOSE] = CERTIFICATE_LOST,
		[EFFECT_CERTIFICATE_FIND] = CERTIFICATE_VALID,
		[EFFECT_CERTIFICATE_CANCEL] = CERTIFICATE_CANCELLED,
		[EFFECT_CERTIFICATE_REVOKE] = CERTIFICATE_REVOKED,
		[EFFECT_CERTIFICATE_FREEZE] = CERTIFICATE_FROZEN,
		[EFFECT_CERTIFICATE_UNFREEZE] = CERTIFICATE_VALID,
	};
	certifying k;
	data_key key;

	TRY(begin(c, &key, &k));
	c->recorded = NULL; /* the register says something else from here on */
	if (what == EFFECT_CERTIFICATE_ISSUE)
		return issue(&k);
	if (what == EFFECT_PERSON_DIED)
		return died(&k);
	if (what == EFFECT_PERSON_AMEND)
		return amend(&k);
	if (!k.any)
		return FAIL(c->f, RC_INVALID, "certificate.none");
	if (what == EFFECT_CERTIFICATE_UNFREEZE && k.has.status != CERTIFICATE_FROZEN)
		return RC_OK; /* it went another way while it was suspended */
	if (what == EFFECT_CERTIFICATE_RENEW)
		return renew(&k);
	if (what == EFFECT_CERTIFICATE_REISSUE)
		return reissue(&k);
	return move(&k, to[what]);
}
