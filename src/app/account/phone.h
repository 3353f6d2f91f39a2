/* phone.h - the phone an applicant signs in with: bound to his record, changed, taken off, by himself.
 *
 * Who came by letter binds a phone to the record the letter is for. Who came by phone shows with a letter
 * whose he is, or takes another number: then both numbers answer with a code. A phone has one account; the
 * account is bound to one record and never goes from one to another. Codes and waits are those of signing in,
 * under a purpose of their own, so that no code that was sent for the one is good for the other.
 *
 * Events: event.account.bound, event.account.phone_changed, event.account.unbound */
#pragma once
#include "app/account/applicant.h"

typedef struct phone_ask {
	const actor *by;         /* an applicant */
	str phone, code;         /* the number to come, as typed */
	str old_phone, old_code; /* of who signs in by phone: the number of now */
	str source;
	int64_t id[2]; /* store_id, one a message */
} phone_ask;

/* Made by prepare; lives in the caller's arena. */
typedef struct phone_change {
	const actor *by;
	str session; /* the hash of his session, which goes on; the account's others end */
	applicant_case next, old;
	bool has_old;
	wrapped_key key[2]; /* go with phone_send's command */
	size_t nkeys;
} phone_change;

/* How he signs in now. */
typedef struct phone_state {
	bool by_phone;  /* else by letter */
	bool bound;     /* his record is known */
	int64_t phones; /* accounts by phone that are bound to his record */
} phone_state;

rc phone_state_read(db *d, arena *a, fault *f, const actor *by, phone_state *out) MUST_USE;

/* Any thread. RC_INVALID applicant.phone, at phone or old-phone; phone.same. */
rc phone_prepare_send(sealer *s, arena *a, fault *f, const phone_ask *ask, bool has_old,
		      phone_change *out) MUST_USE;
/* A command; in: phone_change. A code to the number to come, and to that of now. RC_LIMIT account.wait.
 * RC_INVALID phone.not_yours: the number of now is another. RC_DENIED phone.denied: no applicant, or no
 * record is known and none would be bound. */
rc phone_send(tx *t, const void *in, void *out) MUST_USE;

/* RC_INVALID as above, applicant.code at code or old-code. */
rc phone_prepare_set(sealer *s, arena *a, fault *f, const phone_ask *ask, bool has_old,
		     phone_change *out) MUST_USE;

typedef struct phone_done {
	bool wrong, old_wrong; /* the code of the number to come, of now: nothing has changed */
} phone_done;

/* A command; in: phone_change, out: phone_done. RC_CONFLICT phone.taken: the number signs in to another
 * account. Else as phone_send. */
rc phone_set(tx *t, const void *in, void *out) MUST_USE;

/* A command; in: phone_change with by alone. His record can no longer be reached by phone: those sessions
 * end, of an account by phone his own too. RC_DENIED phone.denied. */
rc phone_drop(tx *t, const void *in, void *out) MUST_USE;

/* A letter from the counter says whose account by phone this is. */
rc phone_prepare_letter(sealer *s, arena *a, fault *f, const phone_ask *ask, phone_change *out) MUST_USE;
/* A command; out: phone_done. RC_CONFLICT account.bound: it is another's already. */
rc phone_letter(tx *t, const void *in, void *out) MUST_USE;
