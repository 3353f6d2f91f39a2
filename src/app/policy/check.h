/* check.h - what can be wrong with decision tables that read well: found before they are published, each with
 * a person for whom it is so.
 *
 * A person who gives nothing for a column (null) is no gap, unless a cell of that column asks for null: what
 * is not known has no answer. Every column is taken to be free of the others. */
#pragma once
#include "app/policy/floor.h"
#include "app/policy/trial.h"

typedef enum policy_flaw {
	FLAW_GAP,       /* somebody for whom no rule holds */
	FLAW_OVERLAP,   /* two rules hold that may not, by the hit policy */
	FLAW_DEAD,      /* a rule that holds for nobody, or only where an earlier one comes first */
	FLAW_REDUNDANT, /* a rule without which every result, and its law, is the same */
	FLAW_CONSTANT,  /* a constant outside the allowed values of its column */
	FLAW_CITATION,  /* a rule that stands on nothing */
	FLAW_UNTESTED,  /* a rule that fires for no test person */
	FLAW_BOUNDARY,  /* a boundary of a column without a test person on each side */
	FLAW_OPAQUE,    /* a column whose cells ask more than constants: it cannot be checked */
	FLAW_BUDGET,    /* too many combinations to decide */
	FLAW_FLOOR,     /* somebody who gets less than a floor set above */
	POLICY_FLAWS,
} policy_flaw;

typedef struct policy_finding {
	policy_flaw flaw;
	bool note; /* allowed, but who signs should know: rules of FIRST that overlap */
	const policy_decision *decision;
	const policy_row *row, *other;
	const policy_column *column;
	feel_value value;          /* the constant; the place of the boundary */
	const feel_value *witness; /* one a column, or NULL */
	const policy_below *below; /* of FLAW_FLOOR */
} policy_finding;

typedef struct policy_findings {
	const policy_finding *v;
	size_t n, flaws; /* all; those that are no notes */
} policy_findings;

/* `trial` tells which rules and boundaries have test persons. RC_LIMIT. */
rc policy_check(arena *a, fault *f, const policy *p, const policy_trial *trial, const feel_env *env,
		policy_findings *out) MUST_USE;

/* One line for a person who edits the table. */
void policy_finding_say(buf *b, msg_lang lang, const policy_finding *x);
