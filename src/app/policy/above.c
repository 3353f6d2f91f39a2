/* above.c - what a layer asks of the layers above it: an input of the name POLICY_ABOVE, a context whose
 * entries are named after their decisions. It is an input like any other, so that another DMN tool gives our
 * answer when it is given theirs; here it is filled in. */
#include "app/policy/above.h"

const policy_type *
policy_above_parts(const policy *p, size_t *n)
{
	const policy_input *in = policy_input_find(p->doc, POLICY_ABOVE);
	const policy_type *t = in ? policy_type_find(p->doc, in->type) : NULL;

	*n = t ? t->nparts : 0;
	return t ? t->part : NULL;
}

bool
policy_names_above(str text, str *name)
{
	if (!str_starts(text, POLICY_ABOVE) || !str_starts(str_from(text, POLICY_ABOVE.n), STR(".")))
		return false;
	*name = str_from(text, POLICY_ABOVE.n + 1);
	return true;
}

const policy *
policy_above_of(const policy *p, str decision)
{
	for (const policy *q = p->above; q; q = q->above)
		if (policy_decision_find(q->doc, decision))
			return q;
	return NULL;
}

static bool
table_holds(const policy_table *t, str text)
{
	for (size_t i = 0; i < t->nin; i++)
		if (str_find(t->in[i].expr, text) >= 0)
			return true;
	for (size_t r = 0; r < t->nrows; r++) {
		for (size_t i = 0; i < t->nin; i++)
			if (str_find(t->row[r].test[i], text) >= 0)
				return true;
		for (size_t i = 0; i < t->nout; i++)
			if (str_find(t->row[r].value[i], text) >= 0)
				return true;
	}
	return false;
}

/* Does the decision, or one that it needs, hold the text? Requirements go in no circle. */
static bool
holds(const policy *p, const policy_decision *d, str text)
{
	if (d->table ? table_holds(d->table, text) : str_find(d->expr, text) >= 0)
		return true;
	for (size_t i = 0; i < d->nneeds; i++) {
		const policy_decision *of = policy_decision_find(p->doc, d->needs[i]);
		if (of && holds(p, of, text))
			return true;
	}
	return false;
}

bool
policy_asks_above(arena *a, const policy *p, const policy_decision *d, str name)
{
	return holds(p, d, str_fmt(a, "%.*s.%.*s", STR_ARG(POLICY_ABOVE), STR_ARG(name)));
}

rc
policy_above_add(arena *a, fault *f, const policy *p, const policy_decision *d, const feel_context *inputs,
		 const feel_env *env, policy_readings *readings, feel_context *out)
{
	size_t n = 0;
	const policy_type *part = policy_above_parts(p, &n);

	*out = *inputs;
	if (n == 0 || !p->above || feel_get(inputs, POLICY_ABOVE))
		return RC_OK;
	feel_entry *said = arena_array(a, feel_entry, n);
	for (size_t i = 0; i < n; i++) {
		const policy *of = policy_above_of(p, part[i].name);
		said[i] = (feel_entry){part[i].name, feel_null(NULL)};
		if (of && policy_asks_above(a, p, d, part[i].name))
			TRY(policy_decide(a, f, of, policy_decision_find(of->doc, part[i].name), inputs, env,
					  readings, &said[i].value));
	}
	feel_entry *all = arena_array(a, feel_entry, inputs->n + 1);
	for (size_t i = 0; i < inputs->n; i++)
		all[i] = inputs->e[i];
	all[inputs->n] = (feel_entry){POLICY_ABOVE, feel_context_of(a, said, n)};
	*out = (feel_context){.n = inputs->n + 1, .e = all};
	return RC_OK;
}
