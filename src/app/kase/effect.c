/* effect.c - the few things an act may cause, each a C function: see app/service/effects.h. */
#include "app/kase/kase_priv.h"

#include "app/person/person.h"
#include "app/region/tenant.h"
#include "base/date.h"
#include "base/utf8.h"

enum { OF_AGE = 18 };

/* ---- publicity ---- */

/* 张*明, 李*: the second character is covered; of a long name all but the first and last. */
static str
masked_name(arena *a, str name)
{
	size_t n = utf8_count(name);
	str first = utf8_cut(name, 1);

	if (n <= 2)
		return str_cat(a, first, STR("*"));
	str last = str_from(name, utf8_cut(name, n - 1).n);
	return str_fmt(a, "%.*s*%.*s", STR_ARG(first), STR_ARG(last));
}

/* May the web show it?  Whatever the service says, never of a minor (Measures for the certificate, art. 9)
 * nor of anybody who has or needs a guardian (Mental Health Law, art. 4); nor where the age is not known. */
static rc
on_web(kase_ctx *c, bool *out)
{
	const service_publicity *p = &c->s->publicity;
	int32_t born = DATE_NONE;
	bool guarded = c->k.asks_as == ASKS_GUARDIAN;

	*out = false;
	if (p->web == 0 || !date_parse(ctx_answer(c, "born"), &born) || date_age(born, ctx_today(c)) < OF_AGE)
		return RC_OK;
	if (c->s->guardian_when && !guarded)
		TRY(ctx_holds(c, c->s->guardian_when, &guarded));
	return guarded ? RC_OK : ctx_holds(c, p->web_when, out);
}

static rc
publicity_open(kase_ctx *c)
{
	const service_publicity *p = &c->s->publicity;
	int32_t today = ctx_today(c);
	bool web = false;

	TRY(on_web(c, &web));
	str last = date_str(c->a, kase_span_end(c->h->calendar, p->lasts, today));
	c->word[WORD_LAST_DAY] = last;
	return put_publicity(c->t, &(row_publicity){.tenant = c->k.tenant,
						    .kase = c->k.id,
						    .id = tx_id(c->t),
						    .region = c->k.region,
						    .posted = ctx_day(c),
						    .last = last,
						    .on_web = web,
						    .name = web && (p->web & NOTICE_MASKED_NAME)
								    ? masked_name(c->a, c->k.name)
								    : STR(""),
						    .closed = STR("")});
}

static rc
publicity_close(kase_ctx *c)
{
	kase_publicities_rows rows;

	TRY(sql_kase_publicities(c->d, c->a, c->f,
				 &(kase_publicities_in){.tenant = c->k.tenant, .kase = c->k.id}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].closed.n == 0)
			TRY(close_publicity(c->t, c->k.tenant, c->k.id, rows.v[i].id, ctx_day(c)));
	return RC_OK;
}

/* ---- the register ---- */

static rc
tenant_of(kase_ctx *c, int64_t code, int64_t *out)
{
	tenant t;
	rc r = tenant_of_region(c->d, c->a, c->f, code, ctx_today(c), &t);

	*out = r == RC_OK ? t.id : c->k.tenant;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
places_of(kase_ctx *c, person_in *p)
{
	int64_t lives = c->k.residence;

	p->place[p->nplaces++] = (place_in){.kind = PLACE_REGISTRATION,
					    .tenant = c->k.tenant,
					    .region = c->k.region,
					    .address = ctx_answer(c, "registration_address")};
	(void)str_to_i64(ctx_answer(c, "residence_place"), &lives);
	if (lives == 0)
		return RC_OK;
	place_in *at = &p->place[p->nplaces++];
	*at = (place_in){
		.kind = PLACE_RESIDENCE, .region = lives, .address = ctx_answer(c, "residence_address")};
	return tenant_of(c, lives, &at->tenant);
}

/* Answers to fields that are facts become facts. */
static void
facts_of(const kase_ctx *c, person_in *p)
{
	for (size_t i = 0; i < c->h->fields->n; i++) {
		const field *x = &c->h->fields->field[i];
		str rest = x->home == HOME_FACT ? c->answer[i] : STR(""), value;
		while (p->nfacts < PERSON_FACTS && str_next(&rest, ' ', &value))
			p->fact[p->nfacts++] =
				(fact_in){.field = x->id, .value = value, .valid_from = ctx_day(c)};
	}
}

static rc
person_register(kase_ctx *c)
{
	person_in p = {.tenant = c->k.key_tenant,
		       .id_kind = 1,
		       .id_number = ctx_answer(c, "id_number"),
		       .name = ctx_answer(c, "name"),
		       .born = ctx_answer(c, "born"),
		       .phone = ctx_answer(c, "phone"),
		       .source = c->k.number,
		       .sex = ctx_code(c, "sex"),
		       .ethnic = ctx_code(c, "ethnic"),
		       .guardian = {.name = ctx_answer(c, "guardian_name"),
				    .id_number = ctx_answer(c, "guardian_id_number"),
				    .phone = ctx_answer(c, "guardian_phone"),
				    .relation = ctx_code(c, "guardian_relation")}};
	person_new n;

	if (c->k.person)
		return RC_OK;
	TRY(places_of(c, &p));
	facts_of(c, &p);
	TRY(person_prepare_as(db_sealer(c->d), c->a, c->f, &p, &c->key, 0, &n));
	TRY(person_put(c->t, &n));
	c->k.person_tenant = p.tenant;
	c->k.person = n.id;
	return patch_kase(c->t, &c->k, KASE_PERSON_TENANT | KASE_PERSON);
}

rc
person_key(kase_ctx *c, data_key *out)
{
	*out = c->key;
	if (c->k.person == c->k.key_id && c->k.person_tenant == c->k.key_tenant)
		return RC_OK;
	return seal_find(db_sealer(c->d), c->f, c->k.person_tenant, c->k.person, out);
}

rc
effect_run(kase_ctx *c, const service_act *act)
{
	for (size_t i = 0; i < act->neffects; i++) {
		switch ((kase_effect)act->effect[i]->number) {
		case EFFECT_PUBLICITY_OPEN:
			TRY(publicity_open(c));
			break;
		case EFFECT_PUBLICITY_CLOSE:
			TRY(publicity_close(c));
			break;
		case EFFECT_ASSESSMENT_RECORD:
			TRY(assessment_record(c, act));
			break;
		case EFFECT_PERSON_REGISTER:
			TRY(person_register(c));
			break;
		case EFFECT_CERTIFICATE_ISSUE:
		case EFFECT_CERTIFICATE_RENEW:
		case EFFECT_CERTIFICATE_LOSE:
		case EFFECT_CERTIFICATE_FIND:
		case EFFECT_CERTIFICATE_REISSUE:
		case EFFECT_CERTIFICATE_CANCEL:
		case EFFECT_CERTIFICATE_REVOKE:
		case EFFECT_CERTIFICATE_FREEZE:
		case EFFECT_CERTIFICATE_UNFREEZE:
		case EFFECT_PERSON_DIED:
		case EFFECT_PERSON_AMEND:
			TRY(certify(c, (kase_effect)act->effect[i]->number));
			break;
		case EFFECT_PERSON_FACTS:
			TRY(facts_record(c));
			break;
		case EFFECT_POLICY_DECIDE:
			TRY(policies_decide(c));
			break;
		case EFFECT_ENTITLEMENT_GRANT:
			TRY(entitlement_grant(c));
			break;
		case EFFECT_ENTITLEMENT_END:
			TRY(entitlements_end(c));
			break;
		case KASE_EFFECTS:
			BUG_ON(true);
		}
	}
	return RC_OK;
}
