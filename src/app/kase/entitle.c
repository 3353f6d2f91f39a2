/* entitle.c - what an application changes in what its applicant is entitled to: what it says goes into the
 * register, policies are asked, and what was decided is granted. */
#include "app/kase/kase_priv.h"

#include "app/entitlement/entitlement.h"
#include "app/person/record.h"
#include "base/date.h"
#include "base/fen.h"

/* ---- what the register is to know ---- */

rc
facts_record(kase_ctx *c)
{
	if (c->k.person == 0)
		return RC_OK;
	if (c->k.person_tenant != c->k.tenant) /* a row of the register is written by its own federation */
		return FAIL(c->f, RC_INVALID, "kase.register_elsewhere", FA_FIELD(STR("reason")));
	for (size_t i = 0; i < c->h->fields->n; i++) {
		const field *x = &c->h->fields->field[i];
		const facts_in in = {.tenant = c->k.person_tenant,
				     .person = c->k.person,
				     .field = x->id,
				     .values = c->answer[i],
				     .valid_from = c->k.submitted,
				     .source = c->k.number};
		if (x->home == HOME_FACT && c->answer[i].n)
			TRY(person_facts_put(c->t, &in));
	}
	c->recorded = NULL; /* the register says more than it did */
	return RC_OK;
}

/* ---- what policies say ---- */

static decision_ask
ask_of(const kase_ctx *c, const data_key *key)
{
	return (decision_ask){.policies = &c->h->policies,
			      .fields = c->h->fields,
			      .tenant = c->k.person_tenant,
			      .person = c->k.person,
			      .region = c->k.region,
			      .kase_tenant = c->k.tenant,
			      .kase = c->k.id,
			      .key = key};
}

rc
policies_decide(kase_ctx *c)
{
	data_key key;

	if (c->k.person == 0)
		return RC_OK;
	TRY(person_key(c, &key));
	const decision_ask ask = ask_of(c, &key);
	return decision_make(c->t, &ask, NULL);
}

static str
answered(void *ctx, const field *x)
{
	return ((const kase_ctx *)ctx)->answer[x->number];
}

rc
ctx_preview(kase_ctx *c, decision_view *out)
{
	decision_ask ask = ask_of(c, NULL);
	decision_view all;

	*out = (decision_view){0};
	if (c->s->serves.policy.n == 0 || c->k.person == 0)
		return RC_NOT_FOUND;
	ask.answer = answered;
	ask.ctx = c;
	ask.answered = c->k.number;
	ask.answered_on = c->k.submitted;
	TRY(decision_preview(c->d, c->a, c->f, &ask, c->s->serves.policy, c->now, &all));
	*out = all;
	const decision_result *own = decision_result_find(&all, c->s->serves.decision);
	out->results.v = arena_new(c->a, decision_result);
	out->results.n = own ? 1 : 0;
	if (own)
		*out->results.v = *own;
	return RC_OK;
}

/* ---- what is granted ---- */

/* The first day of the month of application, or of the next where the policy says so: back pay begins there,
 * and never before. */
static str
month_of(kase_ctx *c, const decision_view *v)
{
	const decision_result *r = decision_result_find(v, c->s->serves.decision);
	int32_t day = DATE_NONE;

	BUG_ON(!date_parse(c->k.submitted, &day));
	return date_str(c->a, entitlement_begins(r && r->why ? r->why->p : NULL, day));
}

/* What he gets a month: as the policy says, or as typed where it names no amount. Who grants against the
 * policy, or another amount than its own, says why. */
static rc
amount_of(kase_ctx *c, const decision_view *v, int64_t *fen)
{
	const decision_result *r = decision_result_find(v, c->s->serves.decision);
	bool silent = c->word[WORD_REASON].n == 0;
	str typed = ctx_answer(c, "granted_amount");
	int64_t says = r && r->fen > 0 ? r->fen : 0;

	*fen = says;
	if (typed.n)
		BUG_ON(!str_to_i64(typed, fen)); /* fen: the field read it */
	if (*fen <= 0)
		return FAIL(c->f, RC_INVALID, "kase.no_amount", FA_FIELD(STR("granted_amount")),
			    FA_STR("name", c->s->serves.decision));
	if (r && r->fen == 0 && silent)
		return FAIL(c->f, RC_INVALID, "kase.against", FA_FIELD(STR("reason")),
			    FA_STR("name", c->s->serves.decision));
	if (says && *fen != says && silent)
		return FAIL(c->f, RC_INVALID, "kase.other_amount", FA_FIELD(STR("reason")),
			    FA_STR("name", c->s->serves.decision), FA_STR("result", r->result));
	return RC_OK;
}

rc
entitled_already(kase_ctx *c, const entitlement **out)
{
	const service_serves *s = &c->s->serves;
	entitlements all;

	*out = NULL;
	if (s->policy.n == 0 || c->k.person == 0)
		return RC_OK;
	TRY(entitlements_read(c->d, c->a, c->f, c->k.person_tenant, c->k.person, &all));
	*out = entitlement_open(&all, s->policy, s->decision);
	return RC_OK;
}

rc
entitlement_grant(kase_ctx *c)
{
	const service_serves *s = &c->s->serves;
	const entitlement *has = NULL;
	decision_view v = {0};
	decision_views all;
	int64_t fen = 0;

	TRY(entitled_already(c, &has));
	if (has)
		return FAIL(c->f, RC_INVALID, "kase.entitled", FA_FIELD(STR("reason")),
			    FA_STR("name", s->decision), FA_STR("from", has->valid_from));
	TRY(decisions_of_kase(c->d, c->a, c->f, &c->h->policies, c->k.tenant, c->k.id, &all));
	for (size_t i = 0; i < all.n && v.id == 0; i++)
		if (str_eq(all.v[i].policy, s->policy))
			v = all.v[i];
	TRY(amount_of(c, &v, &fen));
	return put_entitlement(c->t, &(row_entitlement){.tenant = c->k.person_tenant,
							.person = c->k.person,
							.id = tx_id(c->t),
							.kase_tenant = c->k.tenant,
							.kase = c->k.id,
							.decision = v.id,
							.service = c->s->id,
							.policy = s->policy,
							.name = s->decision,
							.valid_from = month_of(c, &v),
							.valid_to = STR(""),
							.fen = fen,
							.granted = c->now});
}

/* What rests on a certificate or a life ends with it: today, or on the day of death. */
rc
entitlements_end(kase_ctx *c)
{
	entitlements all;
	int32_t loss = ctx_today(c);
	policy_stack stack;

	if (c->k.person == 0)
		return RC_OK;
	(void)date_parse(ctx_answer(c, "died"), &loss);
	TRY(entitlements_read(c->d, c->a, c->f, c->k.person_tenant, c->k.person, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].valid_to.n)
			continue;
		policy_stack_at(c->a, &c->h->policies, all.v[i].policy, c->k.region, loss, &stack);
		TRY(close_entitlement(c->t, c->k.person_tenant, c->k.person, all.v[i].id,
				      date_str(c->a, entitlement_ends(stack.lowest, loss))));
	}
	return RC_OK;
}

/* ---- what documents say of it ---- */

static const entitlement *
granted_here(const kase_ctx *c, const entitlements *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].kase == c->k.id && all->v[i].kase_tenant == c->k.tenant)
			return &all->v[i];
	return NULL;
}

rc
grant_words(kase_ctx *c)
{
	entitlements all;
	decision_view v;
	int64_t fen = 0;

	if (c->s->serves.policy.n == 0 || c->k.person == 0)
		return RC_OK;
	TRY(entitlements_read(c->d, c->a, c->f, c->k.person_tenant, c->k.person, &all));
	const entitlement *own = granted_here(c, &all);
	if (own) {
		fen = own->fen;
		c->word[WORD_FROM] =
			str_fmt(c->a, "%.*s年%.*s月", 4, own->valid_from.p, 2, own->valid_from.p + 5);
	} else {
		rc r = ctx_preview(c, &v);
		const decision_result *says =
			r == RC_OK ? decision_result_find(&v, c->s->serves.decision) : NULL;
		if (r != RC_OK && r != RC_NOT_FOUND)
			return r;
		fen = says ? says->fen : 0;
	}
	c->word[WORD_AMOUNT] =
		fen > 0 ? str_fmt(c->a, "%.*s 元/月", STR_ARG(fen_grouped(c->a, fen))) : STR("按当地标准");
	return RC_OK;
}
