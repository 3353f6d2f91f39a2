/* dmn_table.c - decision tables: columns and rules out of the XML, and their meaning under every hit policy.
 *
 * This is the meaning that the batch compiler must reproduce: each cell is a three-valued test, and a rule
 * holds when every cell is true. */
#include "feel/dmn_priv.h"

enum { RULES_MAX = 100000, COLUMNS_MAX = 500 };

static bool
read_hit(str policy, str aggregation, hit_policy *out)
{
	static const struct {
		const char *policy, *aggregation;
		hit_policy hit;
	} rows[] = {
		{"", "", HIT_UNIQUE},
		{"UNIQUE", "", HIT_UNIQUE},
		{"ANY", "", HIT_ANY},
		{"FIRST", "", HIT_FIRST},
		{"PRIORITY", "", HIT_PRIORITY},
		{"RULE ORDER", "", HIT_RULE_ORDER},
		{"OUTPUT ORDER", "", HIT_OUTPUT_ORDER},
		{"COLLECT", "", HIT_COLLECT},
		{"COLLECT", "SUM", HIT_SUM},
		{"COLLECT", "COUNT", HIT_COUNT},
		{"COLLECT", "MIN", HIT_MIN},
		{"COLLECT", "MAX", HIT_MAX},
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		bool collect = str_eq(str_of(rows[i].policy), STR("COLLECT"));
		if (str_eq(policy, str_of(rows[i].policy)) &&
		    (!collect || str_eq(aggregation, str_of(rows[i].aggregation)))) {
			*out = rows[i].hit;
			return true;
		}
	}
	return false;
}

static size_t
count_of(const dmn_xml *x, str name)
{
	size_t n = 0;

	for (const dmn_xml *k = x->kid; k; k = k->next)
		n += str_eq(k->name, name);
	return n;
}

static rc
text_of(boxer *b, const dmn_xml *x, feel_mode mode, node **out)
{
	const dmn_xml *text = dmn_child(x, STR("text"));

	if (!text || str_trim(text->text).n == 0)
		return parse_node(&b->p, mode == FEEL_UNARY_TESTS ? N_DASH : N_LITERAL, 0, out);
	return box_text(b, x, text->text, mode, out);
}

static rc
read_columns(boxer *b, const dmn_xml *x, table *t)
{
	size_t in = 0, out = 0;

	for (const dmn_xml *k = x->kid; k; k = k->next) {
		const dmn_xml *allowed = dmn_child(k, STR("inputValues")),
			      *otherwise = dmn_child(k, STR("defaultOutputEntry"));
		if (str_eq(k->name, STR("input"))) {
			table_column *c = &t->in[in++];
			const dmn_xml *expr = dmn_child(k, STR("inputExpression"));
			TRY(text_of(b, expr, FEEL_EXPRESSION, &c->expr));
			if (expr)
				TRY(box_coerced(b, expr->attr[DMN_A_TYPE], &c->expr));
		} else if (str_eq(k->name, STR("output"))) {
			table_column *c = &t->out[out++];
			c->name = k->attr[DMN_A_NAME];
			TRY(box_type(b, k->attr[DMN_A_TYPE], &c->type));
			allowed = dmn_child(k, STR("outputValues"));
			if (otherwise)
				TRY(text_of(b, otherwise, FEEL_EXPRESSION, &c->expr));
		} else {
			continue;
		}
		if (dmn_child(allowed, STR("text")))
			TRY(text_of(b, allowed, FEEL_UNARY_TESTS,
				    str_eq(k->name, STR("input")) ? &t->in[in - 1].allowed
								  : &t->out[out - 1].allowed));
	}
	return RC_OK;
}

static rc
read_rules(boxer *b, const dmn_xml *x, table *t)
{
	size_t r = 0;

	for (const dmn_xml *k = x->kid; k; k = k->next) {
		size_t in = 0, out = 0;
		if (!str_eq(k->name, STR("rule")))
			continue;
		if (count_of(k, STR("inputEntry")) != t->nin || count_of(k, STR("outputEntry")) != t->nout)
			return FAIL(b->p.f, RC_INVALID, "dmn.table.cells", FA_STR("element", b->of->name),
				    FA_INT("rule", r + 1), FA_INT("row", k->line));
		for (const dmn_xml *cell = k->kid; cell; cell = cell->next) {
			if (str_eq(cell->name, STR("inputEntry")))
				TRY(text_of(b, cell, FEEL_UNARY_TESTS, &t->test[r * t->nin + in++]));
			else if (str_eq(cell->name, STR("outputEntry")))
				TRY(text_of(b, cell, FEEL_EXPRESSION, &t->value[r * t->nout + out++]));
		}
		r++;
	}
	return RC_OK;
}

rc
box_table(boxer *b, const dmn_xml *x, node **out)
{
	table *t = arena_new(b->p.a, table);

	t->id = x->attr[DMN_A_ID];
	t->nin = count_of(x, STR("input"));
	t->nout = count_of(x, STR("output"));
	t->nrules = count_of(x, STR("rule"));
	if (t->nrules > RULES_MAX || t->nin > COLUMNS_MAX || t->nout > COLUMNS_MAX)
		return FAIL(b->p.f, RC_LIMIT, "dmn.table.size", FA_STR("element", b->of->name));
	if (t->nout == 0 || !read_hit(x->attr[DMN_A_HIT], x->attr[DMN_A_AGGREGATION], &t->hit))
		return FAIL(b->p.f, RC_INVALID, "dmn.table.policy", FA_STR("element", b->of->name),
			    FA_STR("policy", x->attr[DMN_A_HIT]), FA_INT("row", x->line));
	t->in = arena_array(b->p.a, table_column, t->nin);
	t->out = arena_array(b->p.a, table_column, t->nout);
	t->test = arena_array(b->p.a, node *, t->nrules * t->nin);
	t->value = arena_array(b->p.a, node *, t->nrules * t->nout);
	TRY(read_columns(b, x, t));
	TRY(read_rules(b, x, t));
	TRY(parse_node(&b->p, N_TABLE, 0, out));
	(*out)->table = t;
	return RC_OK;
}

/* evaluation */

static feel_value
test_cell(run *r, const node *test, feel_value subject, frame *fr)
{
	frame own = {.up = fr, .kind = FRAME_VARS, .n = 1, .v = &subject};

	return eval(r, test, &own);
}

static bool
rule_holds(run *r, const table *t, size_t rule, const feel_value *in, frame *fr)
{
	for (size_t i = 0; i < t->nin; i++)
		if (!feel_is_true(test_cell(r, t->test[rule * t->nin + i], in[i], fr)))
			return false;
	return r->code == RC_OK;
}

/* One rule's outputs: the value itself, or a context of several. */
static feel_value
rule_value(run *r, const node *n, const table *t, node *const *cells, frame *fr)
{
	feel_entry *e = arena_array(r->a, feel_entry, t->nout);

	for (size_t i = 0; i < t->nout && r->code == RC_OK; i++) {
		feel_value v = cells[i] ? eval(r, cells[i], fr) : feel_null(NULL);
		e[i] = (feel_entry){t->out[i].name, coerce(r, n, t->out[i].type, v)};
	}
	return t->nout == 1 ? e[0].value : feel_context_of(r->a, e, t->nout);
}

static feel_value
no_rule(run *r, const node *n, const table *t, frame *fr)
{
	node **otherwise = arena_array(r->a, node *, t->nout);
	bool any = false;

	for (size_t i = 0; i < t->nout; i++) {
		otherwise[i] = t->out[i].expr;
		any = any || t->out[i].expr;
	}
	if (any)
		return rule_value(r, n, t, otherwise, fr);
	if (t->hit == HIT_COUNT)
		return feel_int(0);
	if (t->hit == HIT_COLLECT || t->hit == HIT_RULE_ORDER || t->hit == HIT_OUTPUT_ORDER)
		return feel_list(NULL, 0);
	return fail_null(r, n, "dmn.table.none");
}

/* Place of the value among the output values: what comes first has priority. */
static size_t
priority(run *r, const table *t, size_t column, feel_value v, frame *fr)
{
	const node *list = t->out[column].allowed;

	for (size_t i = 0; list && i < list->n; i++)
		if (feel_is_true(op_equal(r, v, test_cell(r, list->kid[i], v, fr))))
			return i;
	return SIZE_MAX;
}

typedef struct hit {
	size_t rule;
	feel_value value;
} hit;

/* < 0: x goes before y */
static int
hit_order(run *r, const table *t, const hit *x, const hit *y, frame *fr)
{
	for (size_t i = 0; i < t->nout; i++) {
		feel_value a = t->nout == 1 ? x->value : x->value.context->e[i].value;
		feel_value b = t->nout == 1 ? y->value : y->value.context->e[i].value;
		size_t pa = priority(r, t, i, a, fr), pb = priority(r, t, i, b, fr);
		if (pa != pb)
			return pa < pb ? -1 : 1;
	}
	return (x->rule > y->rule) - (x->rule < y->rule);
}

/* Insertion, since few rules hit at once. */
static void
sort_hits(run *r, const node *n, const table *t, hit *h, size_t count, frame *fr)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k > 0 && eval_step(r, n) && hit_order(r, t, &h[k], &h[k - 1], fr) < 0;
		     k--) {
			hit swap = h[k];
			h[k] = h[k - 1];
			h[k - 1] = swap;
		}
}

static feel_value
aggregate(run *r, const node *n, const table *t, const feel_value *v, size_t count)
{
	static const char *const name[] = {
		[HIT_SUM] = "sum", [HIT_COUNT] = "count", [HIT_MIN] = "min", [HIT_MAX] = "max"};
	feel_value list = feel_list(v, count);

	if (t->hit == HIT_COLLECT || t->hit == HIT_RULE_ORDER || t->hit == HIT_OUTPUT_ORDER)
		return list;
	if (t->nout > 1 && t->hit != HIT_COUNT)
		return fail_null(r, n, "dmn.table.aggregate");
	return builtin_named(str_of(name[t->hit]))->fn(r, n, &list, 1);
}

static feel_value
by_policy(run *r, const node *n, const table *t, hit *h, size_t count, frame *fr)
{
	feel_value *v = arena_array(r->a, feel_value, count);

	if (t->hit == HIT_UNIQUE && count > 1)
		return fail_null(r, n, "dmn.table.unique");
	if (t->hit == HIT_PRIORITY || t->hit == HIT_OUTPUT_ORDER)
		sort_hits(r, n, t, h, count, fr);
	for (size_t i = 0; i < count; i++)
		v[i] = h[i].value;
	if (t->hit == HIT_ANY)
		for (size_t i = 1; i < count; i++)
			if (!feel_is_true(op_equal(r, v[0], v[i])))
				return fail_null(r, n, "dmn.table.any");
	if (t->hit <= HIT_PRIORITY)
		return v[0];
	return aggregate(r, n, t, v, count);
}

/* Every cell of every rule, where the plain walk stops at the first that is not true. */
static void
tell_trace(run *r, const node *n, const table *t, const feel_value *in, size_t refused, frame *fr)
{
	feel_trace told = {
		.table = t->id, .rules = t->nrules, .columns = t->nin, .column = refused, .in = in};
	size_t cells = refused < t->nin ? 0 : t->nrules * t->nin;

	if (!eval_room(r, n, cells * sizeof(feel_value)))
		return;
	feel_value *v = arena_array(r->a, feel_value, cells);
	for (size_t i = 0; i < cells && r->code == RC_OK; i++)
		v[i] = test_cell(r, t->test[i], in[i % t->nin], fr);
	told.cell = refused < t->nin ? NULL : v;
	if (r->code == RC_OK)
		r->env->traced(r->env->ctx, &told);
}

feel_value
eval_table(run *r, const node *n, frame *fr)
{
	const table *t = n->table;
	VEC(hit) hits = {0};

	if (!eval_room(r, n, (t->nin + t->nout) * 2 * sizeof(feel_entry)))
		return feel_null(NULL);
	feel_value *in = arena_array(r->a, feel_value, t->nin);
	for (size_t i = 0; i < t->nin && r->code == RC_OK; i++) {
		in[i] = eval(r, t->in[i].expr, fr);
		if (t->in[i].allowed && in[i].kind != FEEL_NULL &&
		    !feel_is_true(test_cell(r, t->in[i].allowed, in[i], fr))) {
			if (r->env->traced)
				tell_trace(r, n, t, in, i, fr);
			return fail_null(r, n, "dmn.table.input");
		}
	}
	if (r->env->traced)
		tell_trace(r, n, t, in, t->nin, fr);
	for (size_t k = 0; k < t->nrules && eval_step(r, n); k++) {
		if (!rule_holds(r, t, k, in, fr))
			continue;
		if (!eval_room(r, n, (hits.n + t->nout) * 2 * sizeof(feel_entry)))
			break;
		if (r->env->fired)
			r->env->fired(r->env->ctx, t->id, k);
		feel_value v = rule_value(r, n, t, t->value + k * t->nout, fr);
		*vec_add(r->a, &hits) = (hit){k, v};
		if (t->hit == HIT_FIRST)
			break;
	}
	if (r->code != RC_OK)
		return feel_null(NULL);
	return hits.n ? by_policy(r, n, t, hits.v, hits.n, fr) : no_rule(r, n, t, fr);
}
