/* trial.c - see trial.h. */
#include "app/policy/trial.h"

#include "base/vec.h"

typedef struct trying {
	arena *a;
	fault *f;
	const policy *p;
	const feel_env *env;
	VEC(policy_failure) failures;
	VEC(policy_explanation) seen;
} trying;

static bool
fired(const policy_reading *r, const policy_row *row)
{
	for (size_t i = 0; i < r->nfired; i++)
		if (r->row[i].row == row)
			return true;
	return false;
}

static bool
expects(const policy_person *p, const policy_row *row)
{
	for (size_t i = 0; i < p->nrows; i++)
		if (p->row[i] == row)
			return true;
	return false;
}

static bool
of_table(const policy_table *t, const policy_row *row)
{
	return row >= t->row && row < t->row + t->nrows;
}

/* The rows of each table that was asked: those that the person names, where he names any of it. */
static void
compare_rows(trying *t, const policy_person *p, const policy_explanation *x)
{
	for (size_t i = 0; i < x->nreadings; i++) {
		const policy_reading *r = &x->reading[i];
		bool named = false;
		for (size_t k = 0; k < p->nrows; k++) {
			if (!of_table(r->decision->table, p->row[k]))
				continue;
			named = true;
			if (!fired(r, p->row[k]))
				*vec_add(t->a, &t->failures) = (policy_failure){
					.person = p, .decision = r->decision, .row = p->row[k]};
		}
		for (size_t k = 0; named && k < r->nfired; k++)
			if (!expects(p, r->row[k].row))
				*vec_add(t->a, &t->failures) = (policy_failure){.person = p,
										.decision = r->decision,
										.row = r->row[k].row,
										.unexpected = true};
	}
}

static rc
ask(trying *t, const policy_person *p, const policy_decision *d, const policy_expected *want)
{
	policy_explanation x;

	TRY(policy_explain(t->a, t->f, t->p, d->name, &p->inputs, t->env, &x));
	*vec_add(t->a, &t->seen) = x;
	bool null = want && want->value.kind == FEEL_NULL;
	if (want && !(null ? x.result.kind == FEEL_NULL : feel_is_true(feel_equal(x.result, want->value))))
		*vec_add(t->a, &t->failures) = (policy_failure){
			.person = p, .decision = d, .expected = want->value, .got = x.result};
	compare_rows(t, p, &x);
	return RC_OK;
}

static bool
asked(const policy_person *p, const policy_decision *d)
{
	for (size_t i = 0; i < p->nexpected; i++)
		if (p->expected[i].decision == d)
			return true;
	return false;
}

static rc
ask_for_rows(trying *t, const policy_person *p)
{
	for (size_t i = 0; i < t->p->doc->ndecisions; i++) {
		const policy_decision *d = &t->p->doc->decision[i];
		bool named = false;
		for (size_t k = 0; d->table && p->nexpected == 0 && k < p->nrows; k++)
			named = named || of_table(d->table, p->row[k]);
		if (named && !asked(p, d))
			TRY(ask(t, p, d, NULL));
	}
	return RC_OK;
}

rc
policy_try(arena *a, fault *f, const policy *p, const feel_env *env, policy_trial *out)
{
	trying t = {.a = a, .f = f, .p = p, .env = env};

	*out = (policy_trial){.persons = p->npersons};
	for (size_t i = 0; i < p->npersons; i++) {
		const policy_person *who = &p->person[i];
		size_t before = t.failures.n;
		for (size_t k = 0; k < who->nexpected; k++)
			TRY(ask(&t, who, who->expected[k].decision, &who->expected[k]));
		TRY(ask_for_rows(&t, who));
		out->failed += t.failures.n > before;
	}
	out->failure = t.failures.v;
	out->nfailures = t.failures.n;
	out->seen = t.seen.v;
	out->nseen = t.seen.n;
	return RC_OK;
}
