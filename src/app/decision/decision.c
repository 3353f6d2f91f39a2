/* decision.c - see decision.h: deciding. */
#include "app/decision/decision_priv.h"

#include "app/value/value.h"
#include "base/date.h"
#include "base/fen.h"
#include "store/rows.h"

enum { CHINA = 8 * 3600 };

typedef struct deciding {
	tx *t;
	arena *a;
	fault *f;
	const decision_ask *ask;
	feel_zones zones;
	feel_env env;
	policy_stack stack;
	int64_t id; /* of the decision being made */
	int64_t n;  /* its results so far */
} deciding;

static str
layer_id(const policy_stack *s, const policy *p)
{
	const policy *q = s->lowest;

	for (size_t i = s->n; i-- > 0; q = q->above)
		if (q == p)
			return s->layer[i]->id;
	return STR("");
}

/* Whole fen of an amount in yuan; DECISION_NO_MONEY where it is none. */
static int64_t
fen_of(const policy_explanation *x)
{
	const policy_table *t = x->decision->table;
	int64_t fen = 0;

	if (!t || t->nout != 1 || !str_starts(t->out[0].unit, STR("元")) || x->result.kind != FEEL_NUMBER ||
	    !dec_to_i64(dec_mul(x->result.n, dec_i64(FEN_PER_YUAN)), &fen))
		return DECISION_NO_MONEY;
	return fen;
}

static str
rules_of(deciding *k, const policy_explanation *x)
{
	buf b = buf_in(k->a);

	for (size_t i = 0; i < x->nreadings; i++)
		for (size_t n = 0; n < x->reading[i].nfired; n++)
			buf_fmt(&b, "%s%.*s#%.*s", b.n ? " " : "",
				STR_ARG(layer_id(&k->stack, x->reading[i].p)),
				STR_ARG(x->reading[i].row[n].row->id));
	return buf_str(&b);
}

/* What one decision comes to; one that cannot be made comes to nothing. */
static rc
conclude(deciding *k, const policy_goal *g, const feel_context *inputs, decision_result *out)
{
	policy_explanation *x = arena_new(k->a, policy_explanation);
	buf b = buf_in(k->a);
	fault own = {0};

	rc r = policy_explain(k->a, &own, g->p, g->decision->name, inputs, &k->env, x);
	bool made = r == RC_OK;
	if (r == RC_LIMIT || r == RC_INVALID)
		*x = (policy_explanation){.decision = g->decision, .result = feel_null(NULL)};
	else
		TRY(r);
	(void)feel_print(&b, x->result);
	*out = (decision_result){.layer = layer_id(&k->stack, g->p),
				 .name = g->decision->name,
				 .result = buf_str(&b),
				 .fen = fen_of(x),
				 .rules = rules_of(k, x),
				 .why = made ? x : NULL};
	return RC_OK;
}

static rc
put_result(deciding *k, const policy_goal *g, const feel_context *inputs)
{
	decision_result x;

	TRY(conclude(k, g, inputs, &x));
	return put_decision_result(k->t, &(row_decision_result){.tenant = k->ask->tenant,
								.person = k->ask->person,
								.decision = k->id,
								.n = ++k->n,
								.layer = x.layer,
								.name = x.name,
								.result = x.result,
								.fen = x.fen,
								.rules = x.rules});
}

static str
versions_of(deciding *k)
{
	buf b = buf_in(k->a);

	for (size_t i = 0; i < k->stack.n; i++)
		buf_fmt(&b, "%s%.*s %.*s", i ? " " : "", STR_ARG(k->stack.layer[i]->id),
			STR_ARG(k->stack.layer[i]->sha256));
	return buf_str(&b);
}

static rc
decide_policy(deciding *k, str policy_id)
{
	const decision_ask *ask = k->ask;
	db *d = tx_db(k->t);
	decision_values seen;
	feel_context inputs;
	policy_goals goals;
	int32_t today = tx_today(k->t);

	k->id = tx_id(k->t);
	k->n = 0;
	TRY(decision_values_read(d, k->a, k->f, ask, k->stack.lowest, today, &seen));
	inputs = decision_inputs(k->a, &seen);
	policy_goals_of(k->a, k->stack.lowest, &goals);
	TRY(put_decision(k->t, &(row_decision){.tenant = ask->tenant,
					       .person = ask->person,
					       .id = k->id,
					       .kase_tenant = ask->kase_tenant,
					       .kase = ask->kase,
					       .policy = policy_id,
					       .versions = versions_of(k),
					       .region = ask->region,
					       .day = date_str(k->a, today),
					       .made = tx_now(k->t),
					       .seen = seal_text(db_sealer(d), k->a, ask->key,
								 &(seal_place)SEEN_PLACE(k->id),
								 decision_seen_text(k->a, &seen))}));
	for (size_t i = 0; i < goals.n; i++)
		TRY(put_result(k, &goals.v[i], &inputs));
	return RC_OK;
}

static bool
is_about_a_person(const policy_stack *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->layer[i]->p->doc->subject, STR("person")))
			return true;
	return false;
}

void
decision_policies(arena *a, const decision_ask *ask, int32_t day, decision_names *out)
{
	const policy_layers *all = ask->policies;
	policy_stack s;

	*out = (decision_names){0};
	for (size_t i = 0; i < all->n; i++) {
		bool met = false;
		for (size_t n = 0; n < i && !met; n++)
			met = str_eq(all->v[n].of, all->v[i].of);
		if (met)
			continue;
		policy_stack_at(a, all, all->v[i].of, ask->region, day, &s);
		if (is_about_a_person(&s))
			*vec_add(a, out) = all->v[i].of;
	}
}

rc
decision_make(tx *t, const decision_ask *ask, int64_t *made)
{
	deciding k = {.t = t, .a = tx_arena(t), .f = tx_fault(t), .ask = ask};
	decision_names of;

	k.zones = value_zones(k.a);
	k.env = (feel_env){.zones = &k.zones, .now = feel_instant(tx_now(t), CHINA)};
	decision_policies(k.a, ask, tx_today(t), &of);
	for (size_t i = 0; i < of.n; i++) {
		policy_stack_at(k.a, ask->policies, of.v[i], ask->region, tx_today(t), &k.stack);
		TRY(decide_policy(&k, of.v[i]));
		if (made)
			++*made;
	}
	return RC_OK;
}

rc
decision_preview(db *d, arena *a, fault *f, const decision_ask *ask, str of, int64_t now, decision_view *out)
{
	deciding k = {.a = a, .f = f, .ask = ask};
	int32_t today = date_of_instant(now);
	policy_goals goals;

	k.zones = value_zones(a);
	k.env = (feel_env){.zones = &k.zones, .now = feel_instant(now, CHINA)};
	policy_stack_at(a, ask->policies, of, ask->region, today, &k.stack);
	if (!k.stack.lowest)
		return RC_NOT_FOUND;
	*out = (decision_view){.region = ask->region,
			       .made = now,
			       .policy = of,
			       .versions = versions_of(&k),
			       .day = date_str(a, today),
			       .doc = k.stack.layer[0]->p->doc};
	TRY(decision_values_read(d, a, f, ask, k.stack.lowest, today, &out->seen));
	const feel_context inputs = decision_inputs(a, &out->seen);
	policy_goals_of(a, k.stack.lowest, &goals);
	for (size_t i = 0; i < goals.n; i++)
		TRY(conclude(&k, &goals.v[i], &inputs, vec_add(a, &out->results)));
	return RC_OK;
}
