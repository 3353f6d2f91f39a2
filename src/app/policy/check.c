/* check.c - see check.h. */
#include "app/policy/check.h"

#include "app/policy/box.h"
#include "locale/msg_ids.h"

enum { FINDINGS_MAX = 10000 }; /* more overlaps than these nobody reads */

typedef struct checker {
	arena *a;
	fault *f;
	const policy *p;
	const policy_trial *trial;
	const feel_env *env;
	const policy_decision *d;
	const policy_table *t;
	const dmn_table *dmn;
	const box_table *b;
	size_t *pick;
	VEC(policy_finding) findings;
} checker;

static policy_finding *
found(checker *k, policy_flaw flaw)
{
	policy_finding *x = vec_add(k->a, &k->findings);

	*x = (policy_finding){.flaw = flaw, .decision = k->d};
	return x;
}

static const feel_value *
witness(checker *k)
{
	feel_value *v = arena_array(k->a, feel_value, k->b->columns);

	for (size_t i = 0; i < k->b->columns; i++)
		v[i] = k->b->column[i].class[k->pick[i]].value;
	return v;
}

/* ---- whole tables ---- */

static bool
lists(hit_policy hit)
{
	return hit == HIT_RULE_ORDER || hit == HIT_OUTPUT_ORDER || hit >= HIT_COLLECT;
}

static void
check_gap(checker *k)
{
	if (lists(dmn_hit(k->dmn)) || dmn_otherwise(k->dmn))
		return;
	box_answer found_one = box_uncovered(k->a, k->b, k->b->all, SIZE_MAX, false, k->pick);
	if (found_one == BOX_TOO_MANY)
		found(k, FLAW_BUDGET);
	if (found_one == BOX_FOUND) {
		const feel_value *v = witness(k);
		found(k, FLAW_GAP)->witness = v;
	}
}

static bool
same_result(const checker *k, size_t x, size_t y)
{
	for (size_t i = 0; i < k->t->nout; i++) {
		feel_value vx, vy;
		bool constant = dmn_output_constant(k->a, k->dmn, x, i, k->env, &vx) &&
				dmn_output_constant(k->a, k->dmn, y, i, k->env, &vy);
		if (constant && vx.kind == FEEL_NULL && vy.kind == FEEL_NULL)
			continue;
		if (constant ? !feel_is_true(feel_equal(vx, vy))
			     : !str_eq(k->t->row[x].value[i], k->t->row[y].value[i]))
			return false;
	}
	return true;
}

/* Of what is given: a row for the rest asks nothing, or only that there be an answer. */
static bool
asks_nothing(const policy_table *t, const policy_row *row)
{
	for (size_t i = 0; i < t->nin; i++)
		if (!str_eq(row->test[i], STR("-")) && !str_eq(row->test[i], STR("not(null)")))
			return false;
	return true;
}

/* Under UNIQUE no two rules may hold, under ANY none that differ. Under FIRST and PRIORITY who signs sees
 * those that differ, but for a last row that takes what is left. */
static void
check_overlaps(checker *k)
{
	hit_policy hit = dmn_hit(k->dmn);

	for (size_t x = 0; !lists(hit) && x < k->b->rules; x++)
		for (size_t y = x + 1; y < k->b->rules && k->findings.n < FINDINGS_MAX; y++) {
			bool note = hit == HIT_FIRST || hit == HIT_PRIORITY;
			if (!box_overlap(k->b, x, y, k->pick))
				continue;
			if (hit != HIT_UNIQUE && same_result(k, x, y))
				continue;
			if (note && asks_nothing(k->t, &k->t->row[y]))
				continue;
			const feel_value *v = witness(k);
			policy_finding *one = found(k, FLAW_OVERLAP);
			one->note = note;
			one->row = &k->t->row[x];
			one->other = &k->t->row[y];
			one->witness = v;
		}
}

/* Rules that another could do the work of give the same and stand on the same law: a row with a law of its
 * own is how a decision says why. */
static uint64_t *
same_rules(checker *k, size_t r)
{
	uint64_t *same = arena_array(k->a, uint64_t, k->b->words);

	for (size_t i = 0; i < k->b->rules; i++)
		if (i != r && str_eq(k->t->row[i].citation, k->t->row[r].citation) && same_result(k, i, r))
			box_put(same, i);
	return same;
}

static void
check_rule_of_first(checker *k, size_t r)
{
	uint64_t *before = arena_array(k->a, uint64_t, k->b->words);

	for (size_t i = 0; i < r; i++)
		box_put(before, i);
	box_answer lives = box_uncovered(k->a, k->b, before, r, true, k->pick);
	if (lives == BOX_NONE)
		found(k, FLAW_DEAD)->row = &k->t->row[r];
	if (lives != BOX_FOUND)
		return;
	if (box_decisive(k->a, k->b, r, same_rules(k, r), k->pick) == BOX_NONE)
		found(k, FLAW_REDUNDANT)->row = &k->t->row[r];
}

static bool
has_box(const checker *k, size_t r)
{
	return box_overlap(k->b, r, r, k->pick);
}

static void
check_rules(checker *k)
{
	hit_policy hit = dmn_hit(k->dmn);

	for (size_t r = 0; r < k->b->rules; r++) {
		uint64_t *others;
		if (!has_box(k, r)) {
			found(k, FLAW_DEAD)->row = &k->t->row[r];
			continue;
		}
		if (hit == HIT_FIRST)
			check_rule_of_first(k, r);
		if (hit != HIT_ANY)
			continue;
		others = same_rules(k, r);
		if (box_uncovered(k->a, k->b, others, r, true, k->pick) == BOX_NONE)
			found(k, FLAW_REDUNDANT)->row = &k->t->row[r];
	}
}

/* ---- cells ---- */

static rc
check_constants(checker *k)
{
	for (size_t r = 0; r < k->t->nrows; r++) {
		for (size_t c = 0; c < k->t->nin; c++) {
			feel_values v = {0};
			(void)dmn_cell_constants(k->a, k->dmn, r, c, k->env, &v);
			for (size_t i = 0; i < v.n; i++) {
				bool yes;
				TRY(dmn_column_allows(k->a, k->f, k->dmn, c, k->env, v.v[i], &yes));
				if (yes)
					continue;
				policy_finding *x = found(k, FLAW_CONSTANT);
				x->row = &k->t->row[r];
				x->column = &k->t->in[c];
				x->value = v.v[i];
			}
		}
		if (k->t->row[r].citation.n == 0)
			found(k, FLAW_CITATION)->row = &k->t->row[r];
	}
	return RC_OK;
}

/* ---- test persons ---- */

static bool
is_tested(const checker *k, const policy_row *row)
{
	for (size_t i = 0; i < k->trial->nseen; i++)
		for (size_t n = 0; n < k->trial->seen[i].nreadings; n++) {
			const policy_reading *r = &k->trial->seen[i].reading[n];
			for (size_t w = 0; r->decision == k->d && w < r->nfired; w++)
				if (r->row[w].row == row)
					return true;
		}
	return false;
}

/* Is `v` of the class, and not further than the step from the boundary? */
static bool
is_beside(const box_column *c, size_t class, feel_value at, feel_value v)
{
	const box_class *of = &c->class[class];
	int order, side;
	feel_value far = c->step;

	if (of->point)
		return feel_is_true(feel_equal(v, of->value));
	if (v.kind != at.kind || !feel_order(v, at, &order) || !feel_order(of->value, at, &side) ||
	    order == 0 || (order < 0) != (side < 0))
		return false;
	if (v.kind == FEEL_NUMBER)
		return dec_cmp(dec_abs(dec_sub(v.n, at.n)), far.n) <= 0;
	int64_t step = 0, gap = v.kind == FEEL_DATE ? v.t.day - at.t.day : v.months - at.months;
	return dec_to_i64(far.n, &step) && gap <= step && gap >= -step;
}

static bool
has_neighbour(const checker *k, size_t column, size_t class, feel_value at)
{
	for (size_t i = 0; i < k->trial->nseen; i++)
		for (size_t n = 0; n < k->trial->seen[i].nreadings; n++) {
			const policy_reading *r = &k->trial->seen[i].reading[n];
			if (r->decision == k->d && r->refused == k->t->nin &&
			    is_beside(&k->b->column[column], class, at, r->in[column]))
				return true;
		}
	return false;
}

static void
check_boundaries(checker *k, size_t column)
{
	const box_column *c = &k->b->column[column];

	for (size_t i = 0; i + 2 < c->n; i++) { /* the last class is null */
		const box_class *x = &c->class[i], *y = &c->class[i + 1];
		if (memcmp(x->rules, y->rules, k->b->words * sizeof *x->rules) == 0)
			continue;
		feel_value at = x->point ? x->value : y->value;
		if (has_neighbour(k, column, i, at) && has_neighbour(k, column, i + 1, at))
			continue;
		policy_finding *one = found(k, FLAW_BOUNDARY);
		one->column = &k->t->in[column];
		one->value = at;
	}
}

/* A person for whom the rule fires: in its box, and under FIRST in none before. */
static const feel_value *
person_of(checker *k, size_t r)
{
	uint64_t *before = arena_array(k->a, uint64_t, k->b->words);

	for (size_t i = 0; dmn_hit(k->dmn) == HIT_FIRST && i < r; i++)
		box_put(before, i);
	bool is = box_uncovered(k->a, k->b, before, r, false, k->pick) == BOX_FOUND ||
		  box_uncovered(k->a, k->b, before, r, true, k->pick) == BOX_FOUND;
	return is ? witness(k) : NULL;
}

static void
check_tests(checker *k, bool boxes)
{
	for (size_t r = 0; r < k->t->nrows; r++) {
		if (is_tested(k, &k->t->row[r]))
			continue;
		const feel_value *v = boxes ? person_of(k, r) : NULL;
		policy_finding *x = found(k, FLAW_UNTESTED);
		x->row = &k->t->row[r];
		x->witness = v;
	}
	for (size_t c = 0; c < k->t->nin; c++)
		if (k->b->column[c].step.kind != FEEL_NULL)
			check_boundaries(k, c);
}

/* ---- all ---- */

static rc
check_table(checker *k)
{
	box_table *b;
	bool opaque = false;

	TRY(box_read(k->a, k->f, k->dmn, k->env, &b));
	k->b = b;
	k->pick = arena_array(k->a, size_t, b->columns);
	TRY(check_constants(k));
	for (size_t i = 0; i < b->columns; i++)
		if (b->column[i].opaque) {
			found(k, FLAW_OPAQUE)->column = &k->t->in[i];
			opaque = true;
		}
	if (!opaque) {
		check_gap(k);
		check_overlaps(k);
		check_rules(k);
	}
	check_tests(k, !opaque);
	return RC_OK;
}

static rc
check_floors(checker *k)
{
	const policy_decision *many;
	policy_belows below;

	TRY(policy_below_floors(k->a, k->f, k->p, k->env, &below, &many));
	for (size_t i = 0; i < below.n; i++) {
		k->d = below.v[i].decision;
		policy_finding *x = found(k, FLAW_FLOOR);
		x->below = &below.v[i];
		x->value = below.v[i].given;
	}
	k->d = many;
	if (many)
		found(k, FLAW_BUDGET);
	return RC_OK;
}

rc
policy_check(arena *a, fault *f, const policy *p, const policy_trial *trial, const feel_env *env,
	     policy_findings *out)
{
	checker k = {.a = a, .f = f, .p = p, .trial = trial, .env = env};

	for (size_t i = 0; i < p->doc->ndecisions; i++) {
		k.d = &p->doc->decision[i];
		k.t = k.d->table;
		k.dmn = dmn_table_of(p->model, k.d->name);
		if (k.t && k.dmn)
			TRY(check_table(&k));
	}
	TRY(check_floors(&k));
	*out = (policy_findings){.v = k.findings.v, .n = k.findings.n};
	for (size_t i = 0; i < out->n; i++)
		out->flaws += !out->v[i].note;
	return RC_OK;
}

/* ---- in words ---- */

static str
person_text(arena *a, const policy_finding *x)
{
	buf b = buf_in(a);

	if (x->below)
		return policy_below_person(a, x->below);
	for (size_t i = 0; x->witness && i < x->decision->table->nin; i++) {
		buf_put(&b, i ? STR(", ") : STR(""));
		buf_fmt(&b, "%.*s = ", STR_ARG(x->decision->table->in[i].expr));
		(void)feel_print(&b, x->witness[i]);
	}
	return buf_str(&b);
}

void
policy_finding_say(buf *b, msg_lang lang, const policy_finding *x)
{
	static const int say[POLICY_FLAWS] = {
		[FLAW_GAP] = MSG_POLICY_FLAW_GAP,           [FLAW_OVERLAP] = MSG_POLICY_FLAW_OVERLAP,
		[FLAW_DEAD] = MSG_POLICY_FLAW_DEAD,         [FLAW_REDUNDANT] = MSG_POLICY_FLAW_REDUNDANT,
		[FLAW_CONSTANT] = MSG_POLICY_FLAW_CONSTANT, [FLAW_CITATION] = MSG_POLICY_FLAW_CITATION,
		[FLAW_UNTESTED] = MSG_POLICY_FLAW_UNTESTED, [FLAW_BOUNDARY] = MSG_POLICY_FLAW_BOUNDARY,
		[FLAW_OPAQUE] = MSG_POLICY_FLAW_OPAQUE,     [FLAW_BUDGET] = MSG_POLICY_FLAW_BUDGET,
		[FLAW_FLOOR] = MSG_POLICY_FLAW_FLOOR,
	};
	buf value = buf_in(b->a), least = buf_in(b->a);
	str person = person_text(b->a, x);

	(void)feel_print(&value, x->value);
	if (x->below)
		(void)feel_print(&least, x->below->least);
	const fault_arg args[] = {FA_STR("decision", x->decision->name),
				  FA_STR("row", x->row ? x->row->id : STR("")),
				  FA_STR("other", x->other ? x->other->id : STR("")),
				  FA_STR("column", x->column ? x->column->expr : STR("")),
				  FA_STR("value", buf_str(&value)),
				  FA_STR("person", person),
				  FA_STR("least", buf_str(&least)),
				  FA_STR("layer", x->below ? x->below->above->file : STR("")),
				  {0}};
	msg_put(b, lang, x->note ? MSG_POLICY_NOTE_OVERLAP : say[x->flaw], args);
}
