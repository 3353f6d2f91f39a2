/* sign_in.h - how staff sign in: name and password, on the reader, a worker and the writer in turn.
 *
 *   1. sign_in_read   a reader's: the hash to compare with; a dummy for a name that is not there
 *   2. sign_in_check  a worker's: a tenth of a second of Argon2id, the same for both
 *   3. sign_in_done   a command: counts a wrong guess or opens the session
 *
 * The answer to an unknown name and to a wrong password is the same, in text and in work. Answers are given
 * by the command only, one after the other, so guesses sent at once do not get past the waits. Waits grow for
 * an account from one source, for a source, and, shortly, for an account from sources that never signed in to
 * it; from a source where its owner did, strangers cannot keep him out. */
#pragma once
#include "app/account/session.h"
#include "store/tx.h"

/* Made once, at start; immutable. */
typedef struct sign_in_rules {
	const roles *roles;
	str dummy; /* the hash of a password that nobody has, at the cost of staff */
	session_limits staff, citizen;
} sign_in_rules;

/* Draws the dummy; cannot fail today. */
rc sign_in_rules_make(arena *a, fault *f, const roles *all, sign_in_rules *out) MUST_USE;

typedef struct sign_in_ask {
	const sign_in_rules *rules;
	str login;  /* as typed; folded here */
	str source; /* the IP address */
} sign_in_ask;

typedef struct sign_in_case {
	str login, source;
	int64_t tenant, account; /* 0: no such name */
	str hash;
	bool matched;
} sign_in_case;

/* RC_OK for any name. */
rc sign_in_read(db *d, arena *a, fault *f, const sign_in_ask *ask, sign_in_case *out) MUST_USE;

/* Sets c->matched. RC_BUSY: no memory now; any other rc is RC_OK, also for a wrong password. */
rc sign_in_check(fault *f, sign_in_case *c, str password) MUST_USE;

typedef struct sign_in_done_in {
	const sign_in_rules *rules;
	const sign_in_case *c;
	session_secret secret;
	session_place place;
} sign_in_done_in;

typedef struct signed_in {
	bool wrong; /* say account.sign_in_wrong, for whatever reason */
	int64_t tenant, account;
	session_stage stage;
} signed_in;

/* A command; out: signed_in. RC_LIMIT account.wait: {seconds}. */
rc sign_in_done(tx *t, const void *in, void *out) MUST_USE;
