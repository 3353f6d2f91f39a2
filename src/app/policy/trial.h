/* trial.h - the test persons of a policy put before its tables. */
#pragma once
#include "app/policy/explain.h"

/* One answer to one person. `decision` with what came out; `row` NULL, or a row that was expected and did not
 * fire, or fired and was not expected (`unexpected`). */
typedef struct policy_failure {
	const policy_person *person;
	const policy_decision *decision;
	feel_value expected, got;
	const policy_row *row;
	bool unexpected;
} policy_failure;

typedef struct policy_trial {
	size_t persons, failed; /* persons; those with a failure */
	const policy_failure *failure;
	size_t nfailures;
	const policy_explanation *seen; /* every decision that was asked for a person */
	size_t nseen;
} policy_trial;

/* A person who says rows only is asked the decisions of those rows. RC_LIMIT. */
rc policy_try(arena *a, fault *f, const policy *p, const feel_env *env, policy_trial *out) MUST_USE;
