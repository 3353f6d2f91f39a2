/* box.c - see box.h. The search goes depth first over the columns, and-ing the sets of their classes, and
 * keeps which (column, set) led nowhere; a branch ends as soon as a rule is in the set that asks nothing
 * more. */
#include "app/policy/box.h"

#include "base/map.h"

/* ---- classes ---- */

typedef struct cutter {
	arena *a;
	fault *f;
	const box_table *b;
	const feel_env *env;
	size_t column;
	box_column *c;
	VEC(box_class) classes;
	rc code;
} cutter;

static bool
allowed(cutter *k, feel_value v)
{
	bool yes = false;

	if (k->code == RC_OK)
		k->code = dmn_column_allows(k->a, k->f, k->b->t, k->column, k->env, v, &yes);
	return yes;
}

static bool
add_class(cutter *k, feel_value v, bool point)
{
	if (v.kind != FEEL_NULL && !allowed(k, v))
		return false;
	*vec_add(k->a, &k->classes) =
		(box_class){.value = v, .point = point, .rules = arena_array(k->a, uint64_t, k->b->words)};
	return true;
}

static void
cut_ordered(cutter *k, const feel_values *at)
{
	feel_value v;

	if (dmn_value_moved(at->v[0], -1, &v))
		add_class(k, v, false);
	for (size_t i = 0; i < at->n; i++) {
		add_class(k, at->v[i], true);
		if (i + 1 < at->n &&
		    !(dmn_value_between(at->v[i], at->v[i + 1], false, &v) && add_class(k, v, false)) &&
		    dmn_value_between(at->v[i], at->v[i + 1], true, &v))
			add_class(k, v, false);
	}
	if (dmn_value_moved(at->v[at->n - 1], 1, &v))
		add_class(k, v, false);
}

/* Whole numbers by one, others by the last digit that the column's own constants are written with; days by a
 * month, since what holds from a month on is asked for its first day. */
static feel_value
step_of(cutter *k, const feel_values *at)
{
	int32_t scale = 0;

	if (at->v[0].kind == FEEL_DATE)
		return feel_int(31);
	if (at->v[0].kind == FEEL_MONTHS)
		return feel_int(1);
	if (at->v[0].kind != FEEL_NUMBER)
		return feel_null(NULL);
	for (size_t i = 0; i < at->n; i++)
		scale = MAX(scale, dec_scale(at->v[i].n));
	bool whole = !allowed(k, feel_number(dec_add(at->v[0].n, dec_div(dec_i64(1), dec_i64(2)))));
	return whole ? feel_int(1) : feel_number(dec_pow(dec_i64(10), dec_i64(-scale)));
}

/* What stands for a column that nothing is compared with. */
static feel_value
anything(const feel_type *type)
{
	feel_type_kind kind = type ? type->kind : FEEL_T_ANY;

	return kind == FEEL_T_NUMBER ? feel_int(0)
	       : kind == FEEL_T_DATE ? feel_date(0)
				     : feel_string(STR("…"));
}

static void
cut(cutter *k)
{
	const feel_type *type = dmn_column_type(k->b->t, k->column);
	feel_values at = {0};

	for (size_t r = 0; r < k->b->rules; r++)
		k->c->opaque |= !dmn_cell_constants(k->a, k->b->t, r, k->column, k->env, &at);
	(void)dmn_column_constants(k->a, k->b->t, k->column, k->env, &at);
	if (k->b->rules > BOX_RULES_MAX || at.n * (k->b->rules + at.n / 4) > BOX_CELLS_MAX)
		k->code = FAIL(k->f, RC_LIMIT, "policy.size");
	feel_kind kind = at.n ? at.v[0].kind : FEEL_NULL;
	if (k->code != RC_OK)
		return;
	if (kind == FEEL_BOOL || (type && type->kind == FEEL_T_BOOL)) {
		add_class(k, feel_bool(false), true);
		add_class(k, feel_bool(true), true);
	} else if (at.n == 0) {
		if (!add_class(k, anything(type), false))
			k->c->opaque = true;
	} else {
		dmn_constants_sort(&at);
		k->c->step = step_of(k, &at);
		cut_ordered(k, &at);
		if (kind == FEEL_STRING)
			add_class(k, feel_string(STR("…")), false);
	}
	add_class(k, feel_null(NULL), true);
	k->c->class = k->classes.v;
	k->c->n = k->classes.n;
}

/* Asks every cell with every class. */
static rc
fill(cutter *k)
{
	for (size_t i = 0; i < k->c->n; i++)
		for (size_t r = 0; r < k->b->rules; r++) {
			feel_value holds;
			TRY(dmn_cell_test(k->a, k->f, k->b->t, r, k->column, k->env, k->c->class[i].value,
					  &holds));
			if (feel_is_true(holds))
				box_put(k->c->class[i].rules, r);
		}
	const uint64_t *of_null = k->c->class[k->c->n - 1].rules;
	for (size_t r = 0; r < k->b->rules; r++)
		for (size_t i = 0; i < k->c->n; i++)
			k->c->asks_null |= box_has(of_null, r) && !box_has(k->c->class[i].rules, r);
	return RC_OK;
}

static void
find_wild(box_table *b)
{
	size_t w = b->words;

	memcpy(&b->wild[b->columns * w], b->all, w * sizeof *b->wild);
	for (size_t c = b->columns; c-- > 0;)
		for (size_t i = 0; i < w; i++) {
			b->wild[c * w + i] = b->wild[(c + 1) * w + i];
			for (size_t k = 0; k < b->column[c].n; k++)
				b->wild[c * w + i] &= b->column[c].class[k].rules[i];
		}
}

rc
box_read(arena *a, fault *f, const dmn_table *t, const feel_env *env, box_table **out)
{
	box_table *b = arena_new(a, box_table);

	*b = (box_table){.t = t, .rules = dmn_rules(t), .columns = dmn_columns(t)};
	b->words = b->rules / 64 + 1;
	b->column = arena_array(a, box_column, b->columns);
	b->wild = arena_array(a, uint64_t, (b->columns + 1) * b->words);
	b->all = arena_array(a, uint64_t, b->words);
	for (size_t r = 0; r < b->rules; r++)
		box_put(b->all, r);
	for (size_t i = 0; i < b->columns; i++) {
		cutter k = {.a = a, .f = f, .b = b, .env = env, .column = i, .c = &b->column[i]};
		cut(&k);
		TRY(k.code);
		TRY(fill(&k));
	}
	find_wild(b);
	*out = b;
	return RC_OK;
}

/* ---- the search ---- */

typedef struct search {
	arena *a;
	const box_table *b;
	size_t within;
	bool nulls;
	const uint64_t *before, *same; /* box_decisive; else NULL */
	size_t *pick;
	map *dead; /* a map a column: sets that led nowhere */
	size_t states;
} search;

static bool
empty(const uint64_t *x, const uint64_t *mask, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (mask ? x[i] & mask[i] : x[i])
			return false;
	return true;
}

static bool
hopeless(const search *s, size_t column, const uint64_t *set)
{
	const uint64_t *wild = &s->b->wild[column * s->b->words];

	for (size_t i = 0; i < s->b->words; i++)
		if (set[i] & wild[i] & (s->before ? s->before[i] : ~(uint64_t)0))
			return true;
	return false;
}

/* All columns are chosen: is this one wanted? */
static bool
wanted(const search *s, const uint64_t *set)
{
	if (!s->before)
		return empty(set, NULL, s->b->words);
	if (!empty(set, s->before, s->b->words))
		return false;
	for (size_t r = s->within + 1; r < s->b->rules; r++)
		if (box_has(set, r))
			return !box_has(s->same, r);
	return true;
}

static bool
usable(const search *s, const box_column *c, size_t i)
{
	if (i == c->n - 1 && !s->nulls && !c->asks_null)
		return false;
	return s->within == SIZE_MAX || box_has(c->class[i].rules, s->within);
}

static box_answer
descend(search *s, size_t column, const uint64_t *set)
{
	const box_table *b = s->b;
	size_t bytes = b->words * sizeof *set;
	str key = {(const char *)set, bytes};

	if (hopeless(s, column, set))
		return BOX_NONE;
	if (column == b->columns)
		return wanted(s, set) ? BOX_FOUND : BOX_NONE;
	if (map_get(&s->dead[column], key))
		return BOX_NONE;
	if (++s->states > BOX_BUDGET)
		return BOX_TOO_MANY;
	const box_column *c = &b->column[column];
	for (size_t i = 0; i < c->n; i++) {
		if (!usable(s, c, i))
			continue;
		uint64_t *next = arena_alloc(s->a, bytes);
		for (size_t w = 0; w < b->words; w++)
			next[w] = set[w] & c->class[i].rules[w];
		s->pick[column] = i;
		box_answer found = descend(s, column + 1, next);
		if (found != BOX_NONE)
			return found;
	}
	map_set(&s->dead[column], key, s);
	return BOX_NONE;
}

static box_answer
run(search *s, const uint64_t *set)
{
	arena *own = arena_open(s->a, 0);

	s->a = own;
	s->dead = arena_array(own, map, s->b->columns);
	for (size_t i = 0; i < s->b->columns; i++)
		s->dead[i] = map_in(own);
	box_answer answer = descend(s, 0, set);
	arena_close(own);
	return answer;
}

box_answer
box_uncovered(arena *a, const box_table *b, const uint64_t *set, size_t within, bool nulls, size_t *pick)
{
	search s = {.a = a, .b = b, .within = within, .nulls = nulls, .pick = pick};

	return run(&s, set);
}

box_answer
box_decisive(arena *a, const box_table *b, size_t r, const uint64_t *same, size_t *pick)
{
	uint64_t *before = arena_array(a, uint64_t, b->words), *others = arena_array(a, uint64_t, b->words);
	search s = {.a = a, .b = b, .within = r, .nulls = true, .pick = pick, .before = before, .same = same};

	for (size_t i = 0; i < b->rules; i++) {
		if (i < r)
			box_put(before, i);
		if (i != r)
			box_put(others, i);
	}
	return run(&s, others);
}

bool
box_overlap(const box_table *b, size_t x, size_t y, size_t *pick)
{
	for (size_t c = 0; c < b->columns; c++) {
		const box_column *col = &b->column[c];
		size_t i = 0;
		while (i < col->n && !(box_has(col->class[i].rules, x) && box_has(col->class[i].rules, y)))
			i++;
		if (i == col->n)
			return false;
		pick[c] = i;
	}
	return true;
}
