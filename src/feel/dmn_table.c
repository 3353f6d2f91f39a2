/* dmn_table.c - decision tables: columns and rules out of the XML, and their meaning under every hit policy.
 *
 * Each cell is a three-valued test, and a rule holds when every cell is true. Where the table was prepared
 * (dmn_sets.c) what a cell says of the value is looked up. */
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

feel_value
table_test(run *r, const node *test, feel_value subject, frame *fr)
{
	frame own = {.up = fr, .kind = FRAME_VARS, .n = 1, .v = &subject};

	return eval(r, test, &own);
}

/* What a table is asked: a value a column, and where it is known its class. */
typedef struct question {
	feel_value *in;
	const rule_class **class;
	size_t refused; /* the column whose value is not allowed; nin: none */
} question;

/* Which cells were true or null goes to the reports, so where there are any each cell is asked. */
static bool
prepared(const run *r, const table *t)
{
	return t->sets && !r->env->reports;
}

static feel_value
cell_says(run *r, const table *t, const question *q, size_t rule, size_t column, frame *fr)
{
	const rule_class *of = q->class[column];

	if (!of)
		return table_test(r, t->test[rule * t->nin + column], q->in[column], fr);
	if (set_has(of->open, rule))
		return feel_null(NULL);
	return feel_bool(set_has(of->holds, rule));
}

static void
read_question(run *r, const table *t, question *q, frame *fr)
{
	q->in = arena_array(r->a, feel_value, t->nin);
	q->class = arena_array(r->a, const rule_class *, t->nin);
	q->refused = t->nin;
	for (size_t i = 0; i < t->nin && r->code == RC_OK; i++) {
		const rule_class *of = NULL;
		q->in[i] = eval(r, t->in[i].expr, fr);
		if (prepared(r, t))
			of = q->class[i] = sets_class(t, i, q->in[i]);
		if (t->in[i].allowed && q->in[i].kind != FEEL_NULL &&
		    !(of ? of->allowed : feel_is_true(table_test(r, t->in[i].allowed, q->in[i], fr)))) {
			q->refused = i;
			return;
		}
	}
}

/* The rules that hold as far as the classes tell: those of all their sets. NULL: all. */
static const uint64_t *
rules_left(run *r, const table *t, const question *q)
{
	uint64_t *left = NULL;

	for (size_t i = 0; i < t->nin; i++) {
		if (!q->class[i])
			continue;
		if (!left) {
			left = arena_array(r->a, uint64_t, t->words);
			memcpy(left, q->class[i] -> holds, t -> words * sizeof *left);
			continue;
		}
		for (size_t w = 0; w < t->words; w++)
			left[w] &= q->class[i]->holds[w];
	}
	return left;
}

static size_t
next_rule(const table *t, const uint64_t *left, size_t from)
{
	if (!left || from >= t->nrules)
		return from;
	for (size_t w = from / 64; w < t->words; w++) {
		uint64_t bits = left[w] & (w == from / 64 ? ~(uint64_t)0 << (from % 64) : ~(uint64_t)0);
		if (bits)
			return w * 64 + (size_t)__builtin_ctzll(bits);
	}
	return t->nrules;
}

/* Do the cells of the columns without a class hold too? */
static bool
rule_holds(run *r, const table *t, size_t rule, const question *q, frame *fr)
{
	for (size_t i = 0; i < t->nin; i++)
		if (!q->class[i] && !feel_is_true(table_test(r, t->test[rule * t->nin + i], q->in[i], fr)))
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
		if (feel_is_true(op_equal(r, v, table_test(r, list->kid[i], v, fr))))
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
tell_trace(run *r, const node *n, const table *t, const question *q, frame *fr)
{
	feel_trace told = {
		.table = t->id, .rules = t->nrules, .columns = t->nin, .column = q->refused, .in = q->in};
	size_t cells = q->refused < t->nin ? 0 : t->nrules * t->nin;

	if (!eval_room(r, n, cells * sizeof(feel_value)))
		return;
	feel_value *v = arena_array(r->a, feel_value, cells);
	for (size_t k = 0; k * t->nin < cells; k++)
		for (size_t i = 0; i < t->nin && r->code == RC_OK; i++)
			v[k * t->nin + i] = cell_says(r, t, q, k, i, fr);
	told.cell = q->refused < t->nin ? NULL : v;
	if (r->code == RC_OK)
		r->env->traced(r->env->ctx, &told);
}

feel_value
eval_table(run *r, const node *n, frame *fr)
{
	const table *t = n->table;
	question q;
	VEC(hit) hits = {0};

	if (!eval_room(r, n, (t->nin + t->nout) * 2 * sizeof(feel_entry) + t->words * sizeof(uint64_t)))
		return feel_null(NULL);
	read_question(r, t, &q, fr);
	if (r->env->traced)
		tell_trace(r, n, t, &q, fr);
	if (q.refused < t->nin)
		return fail_null(r, n, "dmn.table.input");
	const uint64_t *left = rules_left(r, t, &q);
	for (size_t k = next_rule(t, left, 0); k < t->nrules && eval_step(r, n);
	     k = next_rule(t, left, k + 1)) {
		if (!rule_holds(r, t, k, &q, fr))
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
