/* dmn_sets.c - decision tables prepared for many persons: each column cut into the classes of values that its
 * cells can tell apart, each class with the rules that hold for it, as bits.
 *
 *   cells <1000 | [1000..2000] | >2000     classes  <1000  1000  1000…2000  2000  >2000  null
 *                                          rule 1     x
 *                                          rule 2             x       x       x
 *                                          rule 3                                   x
 *
 * A rule holds for a person when it is in the sets of all his classes. Between two constants no cell can tell
 * one value from another, so what it says of one it says of the class: each class is put before the evaluator
 * once, with a value of its own, and there is one meaning. Null is a class. Whatever has no class is asked
 * cell by cell as in a table that was not prepared: values of another kind than the constants, columns whose
 * cells ask more than constants or do so of two kinds. */
#include "feel/dmn_priv.h"

/* Cells asked for one table, about 0.1 µs each; columns beyond stay without classes. */
enum { CELLS_MAX = 200 * 1000 };

typedef struct preparing {
	arena *a;
	table *t;
	run *r;
	size_t column, cells;
	column_sets *c;
} preparing;

/* ---- which class ---- */

static bool
scalar(feel_kind k)
{
	return k == FEEL_BOOL || k == FEEL_NUMBER || k == FEEL_STRING || k == FEEL_DATE;
}

/* The place among the classes, by halves; SIZE_MAX: none. */
static size_t
place_among(const column_sets *c, feel_value v)
{
	size_t lo = 0, hi = c->n;
	int order;

	if (v.kind == FEEL_NULL)
		return 2 * c->n + 1;
	if (c->kind == FEEL_NULL)
		return scalar(v.kind) ? 0 : SIZE_MAX;
	if (v.kind != c->kind)
		return SIZE_MAX;
	if (v.kind == FEEL_BOOL)
		return v.b ? 3 : 1;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (!feel_order(c->at[mid], v, &order))
			return SIZE_MAX;
		if (order == 0)
			return 2 * mid + 1;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return 2 * lo;
}

const rule_class *
sets_class(const table *t, size_t column, feel_value v)
{
	const column_sets *c = &t->sets[column];
	size_t i = c->class ? place_among(c, v) : SIZE_MAX;

	return i != SIZE_MAX && c->class[i].holds ? &c->class[i] : NULL;
}

/* ---- making them ---- */

/* The next text after a given one that needs no knowledge of what stands behind it. */
static feel_value
text_after(arena *a, feel_value v)
{
	return feel_string(str_cat(a, v.s, STR("\x01")));
}

/* A value between two neighbours; NULL: beyond the first or the last. */
static bool
value_within(arena *a, const feel_value *lo, const feel_value *hi, feel_value *out)
{
	int order;
	bool found = true;

	if (lo ? lo->kind == FEEL_STRING : hi->kind == FEEL_STRING)
		*out = lo ? text_after(a, *lo) : feel_string(STR(""));
	else if (lo && hi)
		found = dmn_value_between(*lo, *hi, false, out);
	else
		found = dmn_value_moved(lo ? *lo : *hi, lo ? 1 : -1, out);
	return found && (!lo || (feel_order(*lo, *out, &order) && order < 0)) &&
	       (!hi || (feel_order(*out, *hi, &order) && order < 0));
}

/* A value that stands for the i-th class; false: none is known, or there is none. */
static bool
value_of(const preparing *p, size_t i, feel_value *out)
{
	const column_sets *c = p->c;

	*out = feel_null(NULL);
	if (i == 2 * c->n + 1)
		return true;
	if (i % 2) {
		*out = c->at[i / 2];
		return true;
	}
	return c->n > 0 && c->kind != FEEL_BOOL &&
	       value_within(p->r->a, i > 0 ? &c->at[i / 2 - 1] : NULL, i < 2 * c->n ? &c->at[i / 2] : NULL,
			    out);
}

static void
ask_rules(preparing *p, feel_value v, rule_class *out)
{
	const table *t = p->t;
	uint64_t *holds = arena_array(p->a, uint64_t, t->words),
		 *open = arena_array(p->a, uint64_t, t->words);
	frame fr = {.kind = FRAME_VARS};

	for (size_t k = 0; k < t->nrules; k++) {
		const node *test = t->test[k * t->nin + p->column];
		uint64_t bit = (uint64_t)1 << (k % 64);
		if (test->kind == N_DASH) {
			holds[k / 64] |= bit;
			continue;
		}
		p->cells++;
		feel_value said = table_test(p->r, test, v, &fr);
		if (said.kind != FEEL_BOOL)
			open[k / 64] |= bit;
		else if (said.b)
			holds[k / 64] |= bit;
	}
	const node *allowed = t->in[p->column].allowed;
	*out = (rule_class){holds, open, !allowed || feel_is_true(table_test(p->r, allowed, v, &fr))};
}

static bool
same_class(const preparing *p, const rule_class *x, const rule_class *y)
{
	size_t bytes = p->t->words * sizeof(uint64_t);

	return x->allowed == y->allowed && memcmp(x->holds, y->holds, bytes) == 0 &&
	       memcmp(x->open, y->open, bytes) == 0;
}

/* Where no cell has a constant (-, null), values of all kinds should be one class; if not, none is. */
static void
ask_without_constants(preparing *p, rule_class *out)
{
	const feel_value one[] = {feel_bool(true), feel_int(1), feel_string(STR("a")), feel_date(0)};
	rule_class other;

	ask_rules(p, one[0], out);
	for (size_t i = 1; i < LEN(one); i++) {
		ask_rules(p, one[i], &other);
		if (!same_class(p, out, &other)) {
			out->holds = NULL;
			return;
		}
	}
}

/* The constants of the column, of one kind that has neighbours; false: its cells must be asked. */
static bool
read_constants(preparing *p, feel_values *at)
{
	const table *t = p->t;
	const node *allowed = t->in[p->column].allowed;
	bool all = !allowed || constants_of(p->a, allowed, p->r->env, at);

	for (size_t k = 0; k < t->nrules && all; k++)
		all = constants_of(p->a, t->test[k * t->nin + p->column], p->r->env, at);
	for (size_t i = 0; i < at->n && all; i++)
		all = at->v[i].kind == at->v[0].kind &&
		      (scalar(at->v[i].kind) || at->v[i].kind == FEEL_MONTHS);
	if (!all)
		return false;
	if (at->n > 0 && at->v[0].kind == FEEL_BOOL) {
		at->n = 0;
		*vec_add(p->a, at) = feel_bool(false);
		*vec_add(p->a, at) = feel_bool(true);
	} else if (at->n > 0) {
		dmn_constants_sort(at);
	}
	return p->cells + (2 * at->n + 2) * t->nrules <= CELLS_MAX;
}

static void
prepare_column(preparing *p)
{
	feel_values at = {0};
	feel_value v;

	if (!read_constants(p, &at))
		return;
	*p->c = (column_sets){.kind = at.n ? at.v[0].kind : FEEL_NULL, .at = at.v, .n = at.n};
	rule_class *class = arena_array(p->a, rule_class, 2 * at.n + 2);
	if (at.n == 0)
		ask_without_constants(p, &class[0]);
	for (size_t i = at.n ? 0 : 1; i < 2 * at.n + 2; i++)
		if (value_of(p, i, &v))
			ask_rules(p, v, &class[i]);
	if (p->r->code == RC_OK)
		p->c->class = class;
}

void
sets_prepare(arena *a, table *t)
{
	fault f = {0};
	feel_env env = {0};
	column_sets *sets = arena_array(a, column_sets, t->nin);
	size_t cells = 0;

	t->words = t->nrules / 64 + 1;
	for (size_t i = 0; i < t->nin; i++) {
		run r = {.a = arena_open(a, 0), .f = &f, .env = &env};
		preparing p = {.a = a, .t = t, .r = &r, .column = i, .cells = cells, .c = &sets[i]};
		prepare_column(&p);
		cells = p.cells;
		arena_close(r.a);
	}
	t->sets = sets;
}
