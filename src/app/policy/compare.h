/* compare.h - what differs between two versions of a policy, in words for who signs it: tables row by row and
 * cell by cell, the law, the test persons, and who of them gets another result.
 *
 * Rows and articles are the same by their id, columns by what they ask, persons by their name. */
#pragma once
#include "app/policy/explain.h"

typedef enum policy_part {
	POLICY_PART_TABLES,
	POLICY_PART_LAWS,
	POLICY_PART_PERSONS,
	POLICY_PART_RESULTS, /* who gets something else, asked with what he gives now */
	POLICY_PARTS,
} policy_part;

typedef struct policy_change {
	policy_part part;
	str words; /* a sentence, in the language asked for */
} policy_change;

typedef VEC(policy_change) policy_changes;

/* In the order of the parts. `env` gives zones. RC_LIMIT of an evaluation. */
rc policy_compare(arena *a, fault *f, msg_lang lang, const policy *was, const policy *now,
		  const feel_env *env, policy_changes *out) MUST_USE;
