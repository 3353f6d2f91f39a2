/* eval.c - the meaning of FEEL: a walk over the tree, values up, names down through frames.
 *
 * An error is a null with a reason and a report, and the walk goes on; a limit sets run.code and every loop
 * ends. Depth, steps and memory are counted here and nowhere else: eval() is the only recursion, eval_step()
 * the only clock. */
#include "feel/priv.h"

feel_value
eval_stop(run *r, const node *n, const char *id)
{
	if (r->code == RC_OK) {
		feel_place at = n->place;
		const fault_arg args[] = {FA_INT("line", at.line), FA_INT("column", at.column), {0}};
		fault_set(r->f, RC_LIMIT, id, __FILE__, args);
		r->code = RC_LIMIT;
	}
	return feel_null(NULL);
}

bool
eval_step(run *r, const node *n)
{
	uint64_t max = r->env->steps_max ? r->env->steps_max : FEEL_STEPS_MAX;

	if (r->code != RC_OK)
		return false;
	if (++r->steps > max)
		(void)eval_stop(r, n, "feel.limit.steps");
	return r->code == RC_OK;
}

void
eval_cost(run *r, size_t steps)
{
	r->steps += steps;
}

bool
eval_room(run *r, const node *n, size_t bytes)
{
	if (r->code == RC_OK && arena_left(r->a) < bytes + 65536)
		(void)eval_stop(r, n, "feel.limit.memory");
	return r->code == RC_OK;
}

feel_value
fail_null_about(run *r, const node *at, const char *id, str about)
{
	feel_reports *log = r->env->reports;
	bool keep = log && log->n < FEEL_REPORTS_MAX;

	if (!eval_room(r, at, sizeof(feel_reason)))
		return feel_null(NULL);
	feel_reason *why = arena_new(r->a, feel_reason);
	*why = (feel_reason){.id = id, .about = about, .at = at->place};
	if (keep)
		log->kept[log->n] = *why;
	if (log)
		log->n++;
	return feel_null(why);
}

feel_value
fail_null(run *r, const node *at, const char *id)
{
	return fail_null_about(r, at, id, at->name);
}

feel_value
null_from(run *r, const node *at, feel_value x, const char *id)
{
	return x.kind == FEEL_NULL && x.why ? x : fail_null(r, at, id);
}

/* names */

/* Entries of the items of the filters between here and `depth` frames up come before what was found there. */
static const feel_value *
item_entry(run *r, const frame *fr, unsigned depth, str name)
{
	for (; fr && depth > 0; fr = fr->up, depth--) {
		if (fr->kind == FRAME_FILTER && fr->v[0].kind == FEEL_CONTEXT) {
			eval_cost(r, fr->v[0].context->n / 32);
			const feel_value *v = feel_get(fr->v[0].context, name);
			if (v)
				return v;
		}
	}
	return NULL;
}

static feel_value
eval_name(run *r, const node *n, frame *fr)
{
	const feel_value *entry = NULL;

	if (n->kind == N_LOCAL) {
		if (n->in_filter)
			entry = item_entry(r, fr, n->depth, n->name);
		for (unsigned i = 0; i < n->depth; i++)
			fr = fr->up;
		if (!entry && fr->kind == FRAME_FILTER)
			entry = item_entry(r, fr, 1, n->name);
		return entry ? *entry : fr->v[n->index];
	}
	if (n->in_filter || n->kind == N_UNKNOWN)
		entry = item_entry(r, fr, UINT32_MAX, n->name);
	if (entry)
		return *entry;
	if (n->kind == N_LITERAL)
		return n->value;
	if (n->kind == N_UNKNOWN)
		return fail_null(r, n, "feel.name.unknown");
	return r->env->lookup ? r->env->lookup(r->env->ctx, n->index) : feel_null(NULL);
}

/* lists, contexts, ranges */

static feel_value
eval_list(run *r, const node *n, frame *fr)
{
	if (!eval_room(r, n, n->n * sizeof(feel_value)))
		return feel_null(NULL);
	feel_value *v = arena_array(r->a, feel_value, n->n);
	for (size_t i = 0; i < n->n && r->code == RC_OK; i++)
		v[i] = eval(r, n->kid[i], fr);
	return feel_list(v, n->n);
}

static feel_value
eval_context(run *r, const node *n, frame *fr)
{
	if (!eval_room(r, n, n->n * (sizeof(feel_value) + sizeof(feel_entry))))
		return feel_null(NULL);
	if (n->name.n > 0)
		return fail_null(r, n, "feel.context.twice");
	frame *own = arena_new(r->a, frame);
	*own = (frame){.up = fr, .kind = FRAME_VARS, .n = n->n, .v = arena_array(r->a, feel_value, n->n)};
	feel_entry *e = arena_array(r->a, feel_entry, n->n);
	size_t count = n->n - n->index; /* a boxed context may end in a result without a name */
	for (size_t i = 0; i < count && r->code == RC_OK; i++) {
		own->v[i] = eval(r, n->kid[i], own);
		e[i] = (feel_entry){n->names[i], own->v[i]};
	}
	return n->index ? eval(r, n->kid[count], own) : feel_context_of(r->a, e, count);
}

static feel_value
eval_range(run *r, const node *n, frame *fr)
{
	feel_value lo = eval(r, n->kid[0], fr), hi = eval(r, n->kid[1], fr);
	int order;

	if (lo.kind == FEEL_NULL || hi.kind == FEEL_NULL) {
		bool ends = n->kid[0]->kind == N_LITERAL || n->kid[1]->kind == N_LITERAL;
		if (!ends || (lo.kind == FEEL_NULL && hi.kind == FEEL_NULL))
			return null_from(r, n, lo.kind == FEEL_NULL ? lo : hi, "feel.range.ends");
	} else if (!feel_order(lo, hi, &order)) {
		return fail_null(r, n, "feel.range.ends");
	}
	return feel_range_of(r->a, (feel_range){.lo = lo,
						.hi = hi,
						.lo_closed = n->lo_closed && lo.kind != FEEL_NULL,
						.hi_closed = n->hi_closed && hi.kind != FEEL_NULL});
}

/* (< 5) as a value */
static feel_value
eval_test_op(run *r, const node *n, frame *fr)
{
	feel_value end = eval(r, n->kid[0], fr);
	node_kind op = (node_kind)n->index;
	int order;
	feel_range range = {.by_sign = true};

	if (end.kind == FEEL_NULL || !feel_order(end, end, &order))
		return null_from(r, n, end, "feel.range.ends");
	if (op == N_EQ || op == N_GT || op == N_GE) {
		range.lo = end;
		range.lo_closed = op != N_GT;
	}
	if (op == N_EQ || op == N_LT || op == N_LE) {
		range.hi = end;
		range.hi_closed = op != N_LT;
	}
	return feel_range_of(r->a, range);
}

/* logic */

/* Kleene: one `decides` settles it, a null leaves it open. */
static feel_value
eval_logic(run *r, const node *n, frame *fr)
{
	bool decides = n->kind == N_OR;
	feel_value open = feel_bool(!decides);

	for (size_t i = 0; i < n->n && r->code == RC_OK; i++) {
		feel_value v = eval(r, n->kid[i], fr);
		if (v.kind == FEEL_BOOL && v.b == decides)
			return v;
		if (v.kind != FEEL_BOOL && open.kind == FEEL_BOOL)
			open = v.kind == FEEL_NULL ? v : fail_null(r, n->kid[i], "feel.type.boolean");
	}
	return open;
}

static feel_value
eval_between(run *r, const node *n, frame *fr)
{
	feel_value x = eval(r, n->kid[0], fr), lo = eval(r, n->kid[1], fr), hi = eval(r, n->kid[2], fr);
	feel_value above = op_compare(r, n, N_GE, x, lo), below = op_compare(r, n, N_LE, x, hi);

	if (above.kind != FEEL_BOOL)
		return above;
	if (below.kind != FEEL_BOOL)
		return below;
	return feel_bool(above.b && below.b);
}

/* tests */

static feel_value
in_list(run *r, const node *at, feel_value x, feel_value list)
{
	feel_value answer = feel_bool(false);

	if (x.kind == FEEL_LIST && feel_is_true(op_equal(r, x, list)))
		return feel_bool(true);
	for (size_t i = 0; i < list.list.n && eval_step(r, at); i++) {
		feel_value item = list.list.v[i];
		feel_value hit = item.kind == FEEL_RANGE || (item.kind == FEEL_LIST && x.kind != FEEL_LIST)
					 ? eval_in(r, at, x, item)
					 : op_equal(r, x, item);
		if (feel_is_true(hit))
			return hit;
	}
	return answer;
}

feel_value
eval_in(run *r, const node *at, feel_value x, feel_value test)
{
	if (test.kind == FEEL_RANGE && x.kind != FEEL_RANGE)
		return op_range_has(r, at, test.range, x);
	if (test.kind == FEEL_LIST)
		return in_list(r, at, x, test);
	if (test.kind == FEEL_BOOL && x.kind != FEEL_BOOL && x.kind != FEEL_NULL)
		return test;
	return op_equal(r, x, test);
}

static feel_value
eval_test(run *r, const node *test, feel_value x, frame *fr)
{
	if (test->kind == N_TEST_OP)
		return op_compare(r, test, (node_kind)test->index, x, eval(r, test->kid[0], fr));
	if (test->kind == N_NOT_EQUAL_TEST)
		return op_compare(r, test, N_NE, x, eval(r, test->kid[0], fr));
	feel_value v = eval(r, test, fr);
	if (test->uses_subject && (v.kind == FEEL_BOOL || v.kind == FEEL_NULL))
		return v;
	return eval_in(r, test, x, v);
}

static feel_value
eval_any_test(run *r, const node *n, size_t from, feel_value x, frame *fr)
{
	feel_value open = feel_bool(false);

	for (size_t i = from; i < n->n && r->code == RC_OK; i++) {
		feel_value v = eval_test(r, n->kid[i], x, fr);
		if (feel_is_true(v))
			return v;
		if (v.kind == FEEL_NULL)
			open = v;
	}
	return open;
}

static feel_value
eval_tests(run *r, const node *n, frame *fr)
{
	feel_value v = eval_any_test(r, n, 0, fr->v[0], fr);

	if (n->negated && v.kind == FEEL_BOOL)
		return feel_bool(!v.b);
	return v;
}

/* loops */

static feel_value
range_items(run *r, const node *n, const feel_range *range)
{
	values items = {0};
	int64_t lo, hi;
	bool dates = range->lo.kind == FEEL_DATE && range->hi.kind == FEEL_DATE;

	if (dates) {
		lo = range->lo.t.day;
		hi = range->hi.t.day;
	} else if (range->lo.kind != FEEL_NUMBER || range->hi.kind != FEEL_NUMBER ||
		   !dec_to_i64(range->lo.n, &lo) || !dec_to_i64(range->hi.n, &hi)) {
		return fail_null(r, n, "feel.for.range");
	}
	int64_t by = lo <= hi ? 1 : -1;
	if (by < 0 && !n->negated) /* 3..1 counts down, [3..1] is no range */
		return fail_null(r, n, "feel.for.range");
	if (!range->lo_closed)
		lo += by;
	if (!range->hi_closed)
		hi -= by;
	for (int64_t i = lo;
	     (hi - i) * by >= 0 && eval_step(r, n) && eval_room(r, n, items.n * 2 * sizeof(feel_value));
	     i += by)
		*vec_add(r->a, &items) = dates ? feel_date(i) : feel_int(i);
	return values_list(&items);
}

static feel_value
eval_domain(run *r, const node *n, frame *fr)
{
	feel_value v = eval(r, n, fr);

	if (v.kind == FEEL_RANGE)
		return range_items(r, n, v.range);
	if (v.kind == FEEL_NULL || v.kind == FEEL_LIST)
		return v;
	feel_value *one = arena_new(r->a, feel_value);
	*one = v;
	return feel_list(one, 1);
}

/* One iterator of a loop; false: stop all (decided, or a limit). `null` tells that a domain was null. */
typedef struct loop {
	run *r;
	const node *n;
	values out;        /* for */
	feel_value answer; /* some, every */
	bool null;
} loop;

static bool loop_over(loop *l, size_t k, frame *fr);

static bool
loop_body(loop *l, frame *fr)
{
	const node *n = l->n;

	if (n->kind == N_FOR) {
		if (!eval_room(l->r, n, l->out.n * 2 * sizeof(feel_value)))
			return false;
		fr->v[n->index] = values_list(&l->out);
		feel_value v = eval(l->r, n->kid[n->index], fr);
		*vec_add(l->r->a, &l->out) = v;
		return true;
	}
	feel_value v = eval(l->r, n->kid[n->index], fr);
	if (v.kind == FEEL_BOOL && v.b == (n->kind == N_SOME)) {
		l->answer = v;
		return false;
	}
	if (v.kind != FEEL_BOOL)
		l->answer = null_from(l->r, n, v, "feel.type.boolean");
	return true;
}

/* A closure made in the body keeps its frame, so each turn has its own where the body makes functions. */
static frame *
loop_frame(loop *l, frame *old)
{
	frame *fr = arena_new(l->r->a, frame);

	*fr = *old;
	fr->v = arena_array(l->r->a, feel_value, old->n);
	memcpy(fr->v, old->v, old->n * sizeof *fr->v);
	return fr;
}

static bool
loop_over(loop *l, size_t k, frame *fr)
{
	if (k == l->n->index)
		return loop_body(l, fr);
	feel_value domain = eval_domain(l->r, l->n->kid[k], fr);
	if (domain.kind != FEEL_LIST) {
		l->null = true;
		l->answer = domain;
		return false;
	}
	for (size_t i = 0; i < domain.list.n; i++) {
		if (!eval_step(l->r, l->n) || !eval_room(l->r, l->n, fr->n * sizeof(feel_value)))
			return false;
		frame *own = loop_frame(l, fr);
		own->v[k] = domain.list.v[i];
		if (!loop_over(l, k + 1, own))
			return false;
	}
	return true;
}

static feel_value
eval_loop(run *r, const node *n, frame *fr)
{
	loop l = {.r = r, .n = n, .answer = feel_bool(n->kind == N_EVERY)};
	frame own = {.up = fr,
		     .kind = FRAME_VARS,
		     .n = n->index + 1,
		     .v = arena_array(r->a, feel_value, n->index + 1)};

	(void)loop_over(&l, 0, &own);
	if (l.null)
		return null_from(r, n, l.answer, "feel.for.list");
	return n->kind == N_FOR ? values_list(&l.out) : l.answer;
}

/* filter */

static feel_value
list_at(run *r, const node *n, feel_value list, dec index)
{
	int64_t i;

	if (!dec_to_i64(index, &i))
		return fail_null(r, n, "feel.list.index");
	int64_t count = (int64_t)list.list.n;
	if (i == 0 || i > count || i < -count)
		return fail_null(r, n, "feel.list.index");
	return list.list.v[i > 0 ? i - 1 : count + i];
}

static feel_value
eval_filter(run *r, const node *n, frame *fr)
{
	feel_value of = eval(r, n->kid[0], fr), one = of;
	values kept = {0};

	if (of.kind == FEEL_NULL && of.why)
		return of;
	if (of.kind != FEEL_LIST)
		of = feel_list(&one, of.kind == FEEL_NULL ? 0 : 1);
	feel_value none = feel_null(NULL);
	for (size_t i = 0; (i < of.list.n || i == 0) && eval_step(r, n); i++) {
		frame *own = arena_new(r->a, frame);
		*own = (frame){.up = fr, .kind = FRAME_FILTER, .n = 1, .v = arena_new(r->a, feel_value)};
		own->v[0] = i < of.list.n ? of.list.v[i] : none;
		feel_value by = eval(r, n->kid[1], own);
		if (i == 0 && by.kind == FEEL_NUMBER)
			return list_at(r, n, of, by.n);
		if (i < of.list.n && feel_is_true(by) && eval_room(r, n, kept.n * 2 * sizeof(feel_value)))
			*vec_add(r->a, &kept) = of.list.v[i];
		else if (i == 0 && by.kind != FEEL_BOOL && by.kind != FEEL_NULL)
			return fail_null(r, n, "feel.filter.condition");
	}
	return values_list(&kept);
}

/* calls and functions */

static feel_value
eval_call(run *r, const node *n, frame *fr)
{
	feel_value fn = eval(r, n->kid[0], fr);
	size_t count = n->n - 1;

	if (!eval_room(r, n, count * sizeof(feel_value)))
		return feel_null(NULL);
	feel_value *arg = arena_array(r->a, feel_value, count);
	for (size_t i = 0; i < count && r->code == RC_OK; i++)
		arg[i] = eval(r, n->kid[i + 1], fr);
	if (r->code != RC_OK)
		return feel_null(NULL);
	return call_value(r, n, fn, n->names, arg, count);
}

static feel_value
eval_function(run *r, const node *n, frame *fr)
{
	feel_function *fn = arena_new(r->a, feel_function);

	*fn = (feel_function){.kind = FN_LAMBDA, .lambda = n, .env = fr};
	return (feel_value){.kind = FEEL_FUNCTION, .fn = fn};
}

/* A null condition takes the else; one that is no truth at all is an error. */
static feel_value
eval_if(run *r, const node *n, frame *fr)
{
	feel_value c = eval(r, n->kid[0], fr);

	if (c.kind != FEEL_BOOL && c.kind != FEEL_NULL)
		return fail_null(r, n, "feel.type.boolean");
	return eval(r, n->kid[feel_is_true(c) ? 1 : 2], fr);
}

static feel_value
eval_instance(run *r, const node *n, frame *fr)
{
	feel_value v = eval(r, n->kid[0], fr);
	const feel_type *t = n->types[0];

	if (t->kind == FEEL_T_NULL && t->any_shape)
		return fail_null(r, n, "feel.type.unknown");
	if (v.kind == FEEL_NULL)
		return feel_bool(t->kind == FEEL_T_NULL);
	if (!feel_type_holds(t, v))
		return feel_bool(false);
	return feel_bool(v.kind != FEEL_FUNCTION || feel_type_conforms(function_type(r->a, v.fn), t));
}

static feel_value
eval_temporal(run *r, const node *n)
{
	feel_value v;

	if (feel_parse_temporal(n->name, r->env->zones, &v))
		return v;
	return fail_null(r, n, "feel.temporal.malformed");
}

static feel_value
eval_kind(run *r, const node *n, frame *fr)
{
	switch (n->kind) {
	case N_LITERAL:
		return n->in_filter ? eval_name(r, n, fr) : n->value;
	case N_LOCAL:
	case N_SLOT:
	case N_UNKNOWN:
		return eval_name(r, n, fr);
	case N_TEMPORAL:
		return eval_temporal(r, n);
	case N_LIST:
		return eval_list(r, n, fr);
	case N_CONTEXT:
		return eval_context(r, n, fr);
	case N_RANGE:
		return eval_range(r, n, fr);
	case N_TEST_OP:
		return eval_test_op(r, n, fr);
	case N_NOT_EQUAL_TEST:
		return fail_null(r, n, "feel.range.ends");
	case N_NEGATE:
		return op_negate(r, n, eval(r, n->kid[0], fr));
	case N_AND:
	case N_OR:
		return eval_logic(r, n, fr);
	case N_BETWEEN:
		return eval_between(r, n, fr);
	case N_IN:
		return eval_any_test(r, n, 1, eval(r, n->kid[0], fr), fr);
	case N_IF:
		return eval_if(r, n, fr);
	case N_FOR:
	case N_SOME:
	case N_EVERY:
		return eval_loop(r, n, fr);
	case N_PATH:
		return op_path(r, n, eval(r, n->kid[0], fr), n->name);
	case N_FILTER:
		return eval_filter(r, n, fr);
	case N_CALL:
		return eval_call(r, n, fr);
	case N_FUNCTION:
		return eval_function(r, n, fr);
	case N_EXTERNAL:
		return fail_null(r, n, "feel.external.refused");
	case N_INSTANCE:
		return eval_instance(r, n, fr);
	case N_TESTS:
		return eval_tests(r, n, fr);
	case N_DASH:
		return feel_bool(true);
	case N_COERCE:
		return coerce(r, n, n->types[0], eval(r, n->kid[0], fr));
	case N_ERROR:
		return fail_null(r, n, "dmn.expression");
	case N_TABLE:
		return eval_table(r, n, fr);
	case N_ADD:
	case N_SUB:
	case N_MUL:
	case N_DIV:
	case N_POW:
	case N_EQ:
	case N_NE:
	case N_LT:
	case N_LE:
	case N_GT:
	case N_GE:
		break;
	}
	feel_value x = eval(r, n->kid[0], fr), y = eval(r, n->kid[1], fr);
	return n->kind <= N_POW ? op_arith(r, n, x, y) : op_compare(r, n, n->kind, x, y);
}

feel_value
eval(run *r, const node *n, frame *fr)
{
	if (r->depth >= EVAL_DEPTH_MAX)
		return eval_stop(r, n, "feel.limit.deep");
	if (!eval_step(r, n))
		return feel_null(NULL);
	r->depth++;
	feel_value v = eval_kind(r, n, fr);
	r->depth--;
	return v;
}

rc
feel_eval(arena *a, fault *f, const feel_expr *e, const feel_env *env, feel_value *out)
{
	run r = {.a = a, .f = f, .env = env, .depth = env->depth};

	*out = eval(&r, e->root, NULL);
	return r.code;
}

rc
feel_test(arena *a, fault *f, const feel_expr *e, const feel_env *env, feel_value subject, feel_value *out)
{
	run r = {.a = a, .f = f, .env = env, .depth = env->depth};
	frame fr = {.kind = FRAME_VARS, .n = 1, .v = &subject};

	BUG_ON(e->mode != FEEL_UNARY_TESTS);
	*out = eval(&r, e->root, &fr);
	return r.code;
}
