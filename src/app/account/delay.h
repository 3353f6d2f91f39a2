/* delay.h - waits that grow with wrong guesses, kept by name in sign_in_delay; nothing is ever locked for
 * good.
 *
 * The first few guesses of a name are free, then each one doubles the wait up to a cap; a wait that passed
 * long ago is forgotten. While one runs no answer is given, right or wrong, and nothing is counted: so a
 * stranger who keeps guessing cannot lengthen what the owner waits. */
#pragma once
#include "store/tx.h"

typedef struct delay_rule {
	int64_t free;   /* guesses without a wait */
	int64_t cap;    /* ms: the longest wait */
	int64_t forget; /* ms after which a name begins anew */
} delay_rule;

/* One account from one source; one account from anywhere; one source at any account; second factors; codes
 * sent to one phone; letters tried from one source. */
extern const delay_rule delay_pair, delay_account, delay_source, delay_factor, delay_phone, delay_letter;

/* RC_LIMIT account.wait with {seconds}: the name must wait. */
rc delay_guard(tx *t, str name) MUST_USE;
rc delay_count(tx *t, const delay_rule *rule, str name) MUST_USE;
rc delay_clear(tx *t, str name) MUST_USE;

/* A mark without a wait, for `ms`: this source has signed in to this account before. */
rc delay_mark(tx *t, str name, int64_t ms) MUST_USE;
rc delay_marked(tx *t, str name, bool *out) MUST_USE;
