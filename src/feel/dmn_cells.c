/* dmn_cells.c - see dmn_cells.h. */
#include "feel/dmn_cells.h"

#include <stdlib.h>

#include "feel/dmn_priv.h"

const dmn_table *
dmn_table_of(const dmn_model *m, str decision)
{
	const part *p = m->parts.v[0];

	for (size_t i = 0; i < p->elements.n; i++) {
		const element *e = p->elements.v[i];
		const node *n = e->root;
		if (e->kind != DMN_DECISION || !str_eq(e->name, decision))
			continue;
		while (n && n->kind == N_COERCE)
			n = n->kid[0];
		return n && n->kind == N_TABLE ? n->table : NULL;
	}
	return NULL;
}

hit_policy
dmn_hit(const dmn_table *t)
{
	return t->hit;
}

size_t
dmn_rules(const dmn_table *t)
{
	return t->nrules;
}

size_t
dmn_columns(const dmn_table *t)
{
	return t->nin;
}

size_t
dmn_outputs(const dmn_table *t)
{
	return t->nout;
}

bool
dmn_otherwise(const dmn_table *t)
{
	for (size_t i = 0; i < t->nout; i++)
		if (t->out[i].expr)
			return true;
	return false;
}

const feel_type *
dmn_column_type(const dmn_table *t, size_t column)
{
	return t->in[column].expr->type;
}

bool
dmn_cell_suits(const dmn_table *t, size_t rule, size_t column, const feel_type **type)
{
	*type = t->in[column].expr->type;
	return parse_suits(t->test[rule * t->nin + column], FEEL_UNARY_TESTS, *type);
}

bool
dmn_output_suits(const dmn_table *t, size_t rule, size_t output, const feel_type *decided,
		 const feel_type **type)
{
	const node *n = t->value[rule * t->nout + output];

	*type = t->out[output].type;
	if (!parse_suits(n, FEEL_EXPRESSION, *type))
		return false;
	*type = decided;
	return t->nout > 1 || parse_suits(n, FEEL_EXPRESSION, *type);
}

static rc
test(arena *a, fault *f, const node *n, const feel_env *env, feel_value v, feel_value *out)
{
	run r = {.a = a, .f = f, .env = env, .depth = env->depth};
	frame fr = {.kind = FRAME_VARS, .n = 1, .v = &v};

	*out = eval(&r, n, &fr);
	return r.code;
}

rc
dmn_cell_test(arena *a, fault *f, const dmn_table *t, size_t rule, size_t column, const feel_env *env,
	      feel_value v, feel_value *out)
{
	return test(a, f, t->test[rule * t->nin + column], env, v, out);
}

rc
dmn_column_allows(arena *a, fault *f, const dmn_table *t, size_t column, const feel_env *env, feel_value v,
		  bool *out)
{
	feel_value got = feel_bool(true);

	if (t->in[column].allowed)
		TRY(test(a, f, t->in[column].allowed, env, v, &got));
	*out = feel_is_true(got);
	for (const feel_type *type = t->in[column].expr->type; *out && type; type = type->base) {
		if (!type->allowed)
			continue;
		TRY(feel_test(a, f, type->allowed, env, v, &got));
		*out = feel_is_true(got);
	}
	return RC_OK;
}

/* ---- constants ---- */

/* Does it ask nothing: no input, no subject, no clock? */
static bool
closed(const node *n)
{
	switch (n->kind) {
	case N_LITERAL:
		return n->value.kind != FEEL_FUNCTION;
	case N_TEMPORAL:
		return true;
	case N_LIST:
	case N_RANGE:
	case N_TEST_OP:
	case N_NEGATE:
	case N_ADD:
	case N_SUB:
	case N_MUL:
	case N_DIV:
		break;
	case N_CALL: /* date("2025-07-01") */
		if (n->names || n->kid[0]->kind != N_LITERAL || !str_eq(n->kid[0]->name, STR("date")))
			return false;
		for (size_t i = 1; i < n->n; i++)
			if (!closed(n->kid[i]))
				return false;
		return true;
	case N_LOCAL:
	case N_SLOT:
	case N_NOT_EQUAL_TEST:
	case N_UNKNOWN:
	case N_CONTEXT:
	case N_POW:
	case N_EQ:
	case N_NE:
	case N_LT:
	case N_LE:
	case N_GT:
	case N_GE:
	case N_AND:
	case N_OR:
	case N_BETWEEN:
	case N_IN:
	case N_IF:
	case N_FOR:
	case N_SOME:
	case N_EVERY:
	case N_PATH:
	case N_FILTER:
	case N_FUNCTION:
	case N_EXTERNAL:
	case N_INSTANCE:
	case N_TESTS:
	case N_DASH:
	case N_COERCE:
	case N_TABLE:
	case N_ERROR:
		return false;
	}
	for (size_t i = 0; i < n->n; i++)
		if (!closed(n->kid[i]))
			return false;
	return true;
}

static void
add_value(arena *a, feel_value v, feel_values *out)
{
	if (v.kind == FEEL_LIST) {
		for (size_t i = 0; i < v.list.n; i++)
			add_value(a, v.list.v[i], out);
	} else if (v.kind == FEEL_RANGE) {
		add_value(a, v.range->lo, out);
		add_value(a, v.range->hi, out);
	} else if (v.kind != FEEL_NULL) {
		*vec_add(a, out) = v;
	}
}

static bool
constants(run *r, const node *n, feel_values *out)
{
	bool all = true;

	switch ((int)n->kind) {
	case N_DASH:
		return true;
	case N_TESTS:
	case N_NOT_EQUAL_TEST:
	case N_AND:
	case N_OR:
		break;
	case N_EQ: /* ? > 3, ? in (1, 2) */
	case N_NE:
	case N_LT:
	case N_LE:
	case N_GT:
	case N_GE:
	case N_BETWEEN:
	case N_IN:
		if (n->kid[0]->kind != N_LOCAL || n->kid[0]->depth != 0)
			return false;
		for (size_t i = 1; i < n->n && all; i++)
			all = constants(r, n->kid[i], out);
		return all;
	default:
		if (!closed(n))
			return false;
		add_value(r->a, eval(r, n, NULL), out);
		return r->code == RC_OK;
	}
	for (size_t i = 0; i < n->n && all; i++)
		all = constants(r, n->kid[i], out);
	return all;
}

bool
constants_of(arena *a, const node *n, const feel_env *env, feel_values *out)
{
	fault f = {0};
	run r = {.a = a, .f = &f, .env = env};

	return constants(&r, n, out);
}

bool
dmn_cell_constants(arena *a, const dmn_table *t, size_t rule, size_t column, const feel_env *env,
		   feel_values *out)
{
	return constants_of(a, t->test[rule * t->nin + column], env, out);
}

bool
dmn_column_constants(arena *a, const dmn_table *t, size_t column, const feel_env *env, feel_values *out)
{
	bool all = !t->in[column].allowed || constants_of(a, t->in[column].allowed, env, out);

	for (const feel_type *type = t->in[column].expr->type; type; type = type->base)
		if (type->allowed)
			all = constants_of(a, type->allowed->root, env, out) && all;
	return all;
}

bool
dmn_output_constant(arena *a, const dmn_table *t, size_t rule, size_t output, const feel_env *env,
		    feel_value *out)
{
	const node *n = t->value[rule * t->nout + output];
	fault f = {0};
	run r = {.a = a, .f = &f, .env = env};

	if (!closed(n))
		return false;
	*out = eval(&r, n, NULL);
	return r.code == RC_OK;
}

/* ---- values beside constants ---- */

static int
by_order(const void *x, const void *y)
{
	int order = 0;

	return feel_order(*(const feel_value *)x, *(const feel_value *)y, &order) ? order : 0;
}

void
dmn_constants_sort(feel_values *v)
{
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].kind == v->v[0].kind)
			v->v[n++] = v->v[i];
	if (n > 0)
		qsort(v->v, n, sizeof *v->v, by_order);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || !feel_is_true(feel_equal(v->v[kept - 1], v->v[i])))
			v->v[kept++] = v->v[i];
	v->n = kept;
}

bool
dmn_value_moved(feel_value v, int64_t by, feel_value *out)
{
	*out = v;
	if (v.kind == FEEL_NUMBER)
		out->n = dec_add(v.n, dec_i64(by));
	else if (v.kind == FEEL_DATE)
		out->t.day += by;
	else if (v.kind == FEEL_MONTHS)
		out->months += by;
	else
		return false;
	return true;
}

bool
dmn_value_between(feel_value lo, feel_value hi, bool whole, feel_value *out)
{
	int x, y;

	*out = lo;
	if (lo.kind == FEEL_NUMBER) {
		dec mid = dec_trim(dec_div(dec_add(lo.n, hi.n), dec_i64(2)));
		out->n = whole ? dec_to_scale(mid, 0, DEC_FLOOR) : mid;
	} else if (lo.kind == FEEL_DATE) {
		out->t.day = lo.t.day + (hi.t.day - lo.t.day) / 2;
	} else if (lo.kind == FEEL_MONTHS) {
		out->months = lo.months + (hi.months - lo.months) / 2;
	} else {
		return false;
	}
	return feel_order(lo, *out, &x) && feel_order(*out, hi, &y) && x < 0 && y < 0;
}
