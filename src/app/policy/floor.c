/* floor.c - see floor.h. */
#include "app/policy/floor.h"

#include "app/policy/above.h"
#include "app/policy/box.h"

/* What an input may be, as far as the two decisions can tell. */
typedef struct axis {
	str name;
	VEC(feel_value) value;
} axis;

typedef struct search {
	arena *a;
	fault *f;
	const policy *p;
	const feel_env *env;
	arena *own; /* one person's */
	VEC(axis) axes;
} search;

static axis *
axis_of(search *s, str name)
{
	for (size_t i = 0; i < s->axes.n; i++)
		if (str_eq(s->axes.v[i].name, name))
			return &s->axes.v[i];
	axis *x = vec_add(s->a, &s->axes);
	*x = (axis){.name = name};
	return x;
}

static void
add_value(search *s, axis *x, feel_value v)
{
	for (size_t i = 0; i < x->value.n; i++)
		if (feel_is_true(feel_equal(x->value.v[i], v)))
			return;
	if (v.kind != FEEL_NULL)
		*vec_add(s->a, &x->value) = v;
}

/* The columns that ask an input as it is: a value of each class. */
static rc
add_columns(search *s, const policy *p, const policy_decision *d)
{
	const dmn_table *t = dmn_table_of(p->model, d->name);
	box_table *b;

	if (!t)
		return RC_OK;
	TRY(box_read(s->a, s->f, t, s->env, &b));
	for (size_t c = 0; c < b->columns; c++) {
		if (!policy_input_find(p->doc, d->table->in[c].expr))
			continue;
		axis *x = axis_of(s, d->table->in[c].expr);
		for (size_t i = 0; i < b->column[c].n; i++)
			add_value(s, x, b->column[c].class[i].value);
	}
	return RC_OK;
}

/* Everything that the decision asks, down to its inputs. Requirements go in no circle. */
static rc
add_axes(search *s, const policy *p, const policy_decision *d)
{
	TRY(add_columns(s, p, d));
	for (size_t i = 0; i < d->nneeds; i++) {
		const policy_decision *of = policy_decision_find(p->doc, d->needs[i]);
		if (of)
			TRY(add_axes(s, p, of));
		else if (!str_eq(d->needs[i], POLICY_ABOVE))
			(void)axis_of(s, d->needs[i]);
	}
	size_t n = 0;
	const policy_type *part = policy_above_parts(p, &n);
	for (size_t i = 0; i < n; i++) {
		const policy *of = policy_above_of(p, part[i].name);
		if (of && policy_asks_above(s->a, p, d, part[i].name))
			TRY(add_axes(s, of, policy_decision_find(of->doc, part[i].name)));
	}
	return RC_OK;
}

static const policy_input *
input_of(const policy *p, str name)
{
	const policy_input *in = NULL;

	for (; p && !in; p = p->above)
		in = policy_input_find(p->doc, name);
	return in;
}

/* Of an input that no column asks as it is, what the test persons give. */
static void
add_given(search *s)
{
	for (size_t i = 0; i < s->axes.n; i++) {
		axis *x = &s->axes.v[i];
		const policy_input *in = input_of(s->p, x->name);
		bool truth = in && str_eq(in->type, STR("boolean"));
		for (size_t k = 0; k < 2 && truth; k++)
			add_value(s, x, feel_bool(k == 0));
		for (size_t k = 0; k < s->p->npersons; k++) {
			const feel_value *v = feel_get(&s->p->person[k].inputs, x->name);
			if (v)
				add_value(s, x, *v);
		}
		if (x->value.n == 0)
			*vec_add(s->a, &x->value) = feel_null(NULL);
	}
}

static rc
asked(const search *s, const policy *p, const policy_decision *d, const feel_context *who, feel_value *out)
{
	policy_readings ignored = {0};

	return policy_decide(s->own, s->f, p, d, who, s->env, &ignored, out);
}

/* Keeps the person, if he gets less than the floor. */
static rc
ask_one(const search *s, const feel_context *who, policy_below *x, bool *found)
{
	int order = 0;

	arena_reset(s->own);
	TRY(asked(s, x->above, x->floor, who, &x->least));
	if (x->least.kind == FEEL_NUMBER)
		TRY(asked(s, s->p, x->decision, who, &x->given));
	*found = x->least.kind == FEEL_NUMBER && x->given.kind == FEEL_NUMBER &&
		 feel_order(x->given, x->least, &order) && order < 0;
	return RC_OK;
}

/* The next person; false: that was the last. */
static bool
step(const search *s, size_t *at, feel_entry *e)
{
	for (size_t i = 0; i < s->axes.n; i++) {
		const axis *x = &s->axes.v[i];
		at[i] = (at[i] + 1) % x->value.n;
		e[i].value = x->value.v[at[i]];
		if (at[i])
			return true;
	}
	return false;
}

static rc
find_one(search *s, policy_below *x, bool *found, bool *many)
{
	s->axes.n = 0;
	TRY(add_axes(s, s->p, x->decision));
	TRY(add_axes(s, x->above, x->floor));
	add_given(s);
	size_t *at = arena_array(s->a, size_t, s->axes.n);
	feel_entry *e = arena_array(s->a, feel_entry, s->axes.n);
	for (size_t i = 0; i < s->axes.n; i++)
		e[i] = (feel_entry){s->axes.v[i].name, s->axes.v[i].value.v[0]};
	x->person = (feel_context){.n = s->axes.n, .e = e};
	for (size_t i = 0; i < POLICY_FLOOR_PERSONS; i++) {
		TRY(ask_one(s, &x->person, x, found));
		if (*found || !step(s, at, e))
			return RC_OK;
	}
	*many = true;
	return RC_OK;
}

rc
policy_below_floors(arena *a, fault *f, const policy *p, const feel_env *env, policy_belows *out,
		    const policy_decision **many)
{
	search s = {.a = a, .f = f, .p = p, .env = env, .own = arena_open(a, 0)};

	*out = (policy_belows){0};
	*many = NULL;
	for (const policy *q = p->above; q; q = q->above)
		for (size_t i = 0; i < q->doc->ndecisions; i++) {
			const policy_decision *d = &q->doc->decision[i];
			policy_below x = {.above = q, .floor = d};
			bool found = false, more = false;
			x.decision = d->floor.n ? policy_decision_find(p->doc, d->floor) : NULL;
			if (!x.decision)
				continue;
			TRY(find_one(&s, &x, &found, &more));
			if (found)
				*vec_add(a, out) = x;
			if (more && !*many)
				*many = x.decision;
		}
	arena_close(s.own);
	return RC_OK;
}

str
policy_below_person(arena *a, const policy_below *x)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < x->person.n; i++) {
		buf_fmt(&b, "%s%.*s = ", i ? ", " : "", STR_ARG(x->person.e[i].name));
		(void)feel_print(&b, x->person.e[i].value);
	}
	return buf_str(&b);
}
