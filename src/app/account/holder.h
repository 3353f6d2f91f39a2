/* holder.h - the code with which a holder lets somebody else see category and level of his certificate.
 *
 * He draws it on his own pages, or has it on paper from a counter, and tells it to whom he likes. It is good
 * for a quarter of an hour, as often as it is used, until another is drawn, and stands in sign_in_code as a
 * keyed hash. Who guesses waits longer and longer, at this holder and from where he guesses (delay.h). What a
 * use shows is the caller's, and the look that it is.
 *
 * Event: event.holder.code_made */
#pragma once
#include "app/person/person.h"

enum { HOLDER_CODE = 8, HOLDER_MINUTES = 15 };

/* Made by holder_draw; lives in the caller's arena. */
typedef struct holder_code {
	const actor *by; /* the applicant whose record it is, or the officer at the counter */
	int64_t tenant, person;
	str name, hash; /* of the code's row */
} holder_code;

/* Any thread. The code to show, "7KQ2-M9XW", and what to hand on. */
rc holder_draw(sealer *s, arena *a, fault *f, const actor *by, const person_ref *p, str *code,
	       holder_code *out) MUST_USE;

/* A command: the code holds, and one drawn before no longer. RC_DENIED holder.denied: not an applicant.
 * RC_NOT_FOUND: not his record. */
rc holder_make(tx *t, const void *in, void *out) MUST_USE;

/* A command: the same at a counter, for who stands there and whose record `by` reads at this moment, with the
 * look that it is. RC_DENIED holder.post: not an officer who files applications; holder.elsewhere: the record
 * is another federation's. RC_NOT_FOUND: to him there is no such person. */
typedef struct holder_hand_in {
	holder_code code;
	str purpose;
} holder_hand_in;

rc holder_hand(tx *t, const void *in, void *out) MUST_USE;

typedef struct holder_guess {
	int64_t tenant, person;
	str code;   /* as typed */
	str source; /* where it is typed */
} holder_guess;

/* Inside a command: is it this holder's code? RC_LIMIT account.wait. */
rc holder_code_try(tx *t, const holder_guess *n, bool *right) MUST_USE;
