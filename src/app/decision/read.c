/* read.c - what was decided, and why, worked out again from what was kept. */
#include "app/decision/decision_priv.h"

#include "app/value/value.h"

feel_context
decision_inputs(arena *a, const decision_values *seen)
{
	feel_entry *e = arena_array(a, feel_entry, seen->n);

	for (size_t i = 0; i < seen->n; i++)
		e[i] = (feel_entry){seen->v[i].name, seen->v[i].value};
	return (feel_context){.n = seen->n, .e = e};
}

/* Free words on one line, without tabs. */
static void
put_words(buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_c(b, s.p[i] == '\t' || s.p[i] == '\n' ? ' ' : s.p[i]);
}

str
decision_seen_text(arena *a, const decision_values *seen)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < seen->n; i++) {
		const decision_value *v = &seen->v[i];
		buf_put(&b, v->name);
		buf_c(&b, '\t');
		(void)feel_print(&b, v->value);
		buf_c(&b, '\t');
		put_words(&b, v->from);
		buf_c(&b, '\t');
		put_words(&b, v->source);
		buf_c(&b, '\n');
	}
	return buf_str(&b);
}

static rc
read_value(arena *a, fault *f, str text, feel_value *out)
{
	const feel_env env = {.now = feel_instant(0, 0)};
	feel_expr *e = NULL;

	TRY(feel_parse(a, f, text, NULL, FEEL_EXPRESSION, &e));
	return feel_eval(a, f, e, &env, out);
}

rc
decision_seen_read(arena *a, fault *f, str text, decision_values *out)
{
	str line, value;

	*out = (decision_values){0};
	while (str_next(&text, '\n', &line)) {
		if (line.n == 0)
			continue;
		decision_value *v = vec_add(a, out);
		*v = (decision_value){0};
		bool whole = str_next(&line, '\t', &v->name) && str_next(&line, '\t', &value) &&
			     str_next(&line, '\t', &v->from);
		if (!whole)
			return FAIL(f, RC_INVALID, "decision.seen");
		v->source = line;
		TRY(read_value(a, f, value, &v->value));
	}
	return RC_OK;
}

/* ---- the versions ---- */

static const policy_layer *
version_of(const policy_layers *all, str id, str hash)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].id, id) && str_eq(all->v[i].sha256, hash))
			return &all->v[i];
	return NULL;
}

/* The layers that decided, linked again; NULL: one of them is not there. */
static const policy *
relink(arena *a, const policy_layers *all, str versions, policy_stack *s)
{
	str id, hash;

	*s = (policy_stack){0};
	while (str_next(&versions, ' ', &id) && str_next(&versions, ' ', &hash)) {
		const policy_layer *l = version_of(all, id, hash);
		if (!l || s->n == POLICY_LAYERS_MAX)
			return NULL;
		s->layer[s->n++] = l;
	}
	policy_stack_link(a, s);
	return s->lowest;
}

static const policy *
layer_of(const policy_stack *s, str id)
{
	const policy *p = s->lowest;

	for (size_t i = s->n; i-- > 0; p = p->above)
		if (str_eq(s->layer[i]->id, id))
			return p;
	return NULL;
}

/* ---- reading ---- */

typedef struct reader {
	db *d;
	arena *a;
	fault *f;
	const policy_layers *all;
	int64_t tenant, person;
	data_key key;
	feel_zones zones;
} reader;

static rc
explain(reader *r, const policy_stack *s, const decision_view *v, decision_result *out)
{
	const policy *p = layer_of(s, out->layer);
	const feel_env env = {.zones = &r->zones, .now = feel_instant(v->made, 8 * 3600)};
	const feel_context inputs = decision_inputs(r->a, &v->seen);
	policy_explanation *x = arena_new(r->a, policy_explanation);

	if (!p)
		return RC_OK;
	rc code = policy_explain(r->a, r->f, p, out->name, &inputs, &env, x);
	if (code == RC_OK)
		out->why = x;
	fault_clear(r->f);
	return RC_OK;
}

static rc
read_one(reader *r, const decisions_of_row *row, decision_view *v)
{
	decision_results_rows rows;
	policy_stack s;
	str seen;

	*v = (decision_view){.id = row->id,
			     .tenant = r->tenant,
			     .person = r->person,
			     .kase_tenant = row->kase_tenant,
			     .kase = row->kase,
			     .region = row->region,
			     .made = row->made,
			     .policy = row->policy,
			     .versions = row->versions,
			     .day = row->day};
	TRY(seal_open(db_sealer(r->d), r->a, r->f, &r->key, &(seal_place)SEEN_PLACE(row->id), row->seen,
		      &seen));
	TRY(decision_seen_read(r->a, r->f, seen, &v->seen));
	TRY(sql_decision_results(
		r->d, r->a, r->f,
		&(decision_results_in){.tenant = r->tenant, .person = r->person, .decision = row->id},
		&rows));
	bool known = relink(r->a, r->all, row->versions, &s) != NULL;
	v->doc = known ? s.layer[0]->p->doc : NULL;
	for (size_t i = 0; i < rows.n; i++) {
		decision_result *x = vec_add(r->a, &v->results);
		*x = (decision_result){.layer = rows.v[i].layer,
				       .name = rows.v[i].name,
				       .result = rows.v[i].result,
				       .rules = rows.v[i].rules,
				       .fen = rows.v[i].fen};
		if (known)
			TRY(explain(r, &s, v, x));
	}
	return RC_OK;
}

static rc
read_all(reader *r, int64_t kase_tenant, int64_t kase, decision_views *out)
{
	decisions_of_rows rows;

	r->zones = value_zones(r->a);
	*out = (decision_views){0};
	TRY(sql_decisions_of(r->d, r->a, r->f, &(decisions_of_in){.tenant = r->tenant, .person = r->person},
			     &rows));
	if (rows.n == 0)
		return RC_OK;
	TRY(seal_find(db_sealer(r->d), r->f, r->tenant, r->person, &r->key));
	for (size_t i = 0; i < rows.n; i++)
		if (kase == 0 || (rows.v[i].kase == kase && rows.v[i].kase_tenant == kase_tenant))
			TRY(read_one(r, &rows.v[i], vec_add(r->a, out)));
	return RC_OK;
}

rc
decisions_read(db *d, arena *a, fault *f, const policy_layers *policies, int64_t tenant, int64_t person,
	       decision_views *out)
{
	reader r = {.d = d, .a = a, .f = f, .all = policies, .tenant = tenant, .person = person};

	return read_all(&r, 0, 0, out);
}

rc
decisions_of_kase(db *d, arena *a, fault *f, const policy_layers *policies, int64_t tenant, int64_t kase,
		  decision_views *out)
{
	decision_of_kase_rows rows;

	*out = (decision_views){0};
	TRY(sql_decision_of_kase(d, a, f, &(decision_of_kase_in){.kase_tenant = tenant, .kase = kase},
				 &rows));
	if (rows.n == 0)
		return RC_OK;
	reader r = {.d = d,
		    .a = a,
		    .f = f,
		    .all = policies,
		    .tenant = rows.v[0].tenant,
		    .person = rows.v[0].person};
	return read_all(&r, tenant, kase, out);
}

const decision_result *
decision_result_find(const decision_view *v, str name)
{
	for (size_t i = 0; i < v->results.n; i++)
		if (str_eq(v->results.v[i].name, name))
			return &v->results.v[i];
	return NULL;
}

/* ---- what was granted ---- */

rc
entitlements_read(db *d, arena *a, fault *f, int64_t tenant, int64_t person, entitlements *out)
{
	entitlements_of_rows rows;

	*out = (entitlements){0};
	TRY(sql_entitlements_of(d, a, f, &(entitlements_of_in){.tenant = tenant, .person = person}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (entitlement){.id = rows.v[i].id,
						 .kase_tenant = rows.v[i].kase_tenant,
						 .kase = rows.v[i].kase,
						 .decision = rows.v[i].decision,
						 .fen = rows.v[i].fen,
						 .granted = rows.v[i].granted,
						 .service = rows.v[i].service,
						 .policy = rows.v[i].policy,
						 .name = rows.v[i].name,
						 .valid_from = rows.v[i].valid_from,
						 .valid_to = rows.v[i].valid_to};
	return RC_OK;
}

const entitlement *
entitlement_open(const entitlements *all, str of, str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].policy, of) && str_eq(all->v[i].name, name) && all->v[i].valid_to.n == 0)
			return &all->v[i];
	return NULL;
}
