/* factor.h - the second factor: codes of six digits that change every 30 seconds (RFC 6238), and recovery
 * codes for who has lost the device.
 *
 * HMAC-SHA-1, six digits, 30 seconds: what every authenticator takes; many pass over an address that asks for
 * another hash, and then show wrong codes. SHA-1's broken collisions do not touch an HMAC. A step is taken
 * once: the
 * last one is stored and only later ones are accepted, in a window of one step on either side. The secret is
 * sealed with the account's own key.
 *
 * Events: event.account.factor_set, event.account.factor_recovered */
#pragma once
#include "app/account/session.h"
#include "store/seal.h"

enum { TOTP_SECRET = 20, TOTP_DIGITS = 6, TOTP_SECONDS = 30, RECOVERY_CODES = 10, RECOVERY_CODE = 10 };

/* RFC 4226: `digits` of 6 to 8. */
uint32_t totp_code(str secret, int64_t step, int digits);

/* The step, later than `last`, that the typed code belongs to within one step of `now` (ms); 0: none. */
int64_t totp_match(str secret, str typed, int64_t now, int64_t last);

/* What a page shows who sets one up: made outside a command, handed on to factor_set. */
typedef struct factor_new {
	str secret; /* TOTP_SECRET bytes: wipe when shown */
	str base32; /* to type */
	str uri;    /* otpauth://… for a code to scan */
	str sealed;
	wrapped_key key; /* goes with the command that stores it, when `has_key` */
	bool has_key;
	const str *recovery; /* RECOVERY_CODES of them, shown once */
	const str *recovery_hash;
} factor_new;

typedef struct factor_owner {
	int64_t tenant, account;
	str login, issuer; /* for the authenticator's list */
	str base32;        /* a secret shown before, as its page kept it; empty: a new one */
} factor_owner;

/* RC_INVALID factor.secret: base32 that was never ours. */

rc factor_draw(sealer *s, arena *a, fault *f, const factor_owner *owner, factor_new *out) MUST_USE;

/* Opens what stands: which step does this code belong to?  0 when to none. RC_NOT_FOUND: no second factor.
 * *hash: the code as a recovery code. */
typedef struct factor_try {
	int64_t tenant, account;
	str typed;
	int64_t now;
} factor_try;

rc factor_read(sealer *s, db *d, arena *a, fault *f, const factor_try *in, int64_t *step, str *hash) MUST_USE;

/* The code that the account's device would show and that is good now, for the page of a demo site: nobody who
 * tries it has the device. No other page may call it. RC_NOT_FOUND: no second factor. */
rc factor_now(sealer *s, db *d, arena *a, fault *f, const factor_try *in, str *code) MUST_USE;
/* The same of a secret. */
str totp_text(arena *a, str secret, int64_t step);

/* A command: stores the new factor after its first code matched; the session goes on under a new token.
 * RC_NOT_FOUND: the session has ended. */
typedef struct factor_set_in {
	const roles *roles;
	session_key session;
	session_secret next;
	const factor_new *factor;
	int64_t step;
} factor_set_in;

rc factor_set(tx *t, const void *in, void *out) MUST_USE; /* out: session_stage */

/* A command: takes the step, or the recovery code, and lets the session go on. Always RC_OK when it counted:
 * `wrong` says that it was not accepted. RC_LIMIT account.wait: too many wrong ones; {seconds}. */
typedef struct factor_answer {
	const roles *roles;
	session_key session;
	session_secret next;
	int64_t step; /* as factor_read gave it; 0: try `hash` as a recovery code */
	str hash;
} factor_answer;

typedef struct factor_used {
	bool wrong;
	session_stage stage;
} factor_used;

rc factor_check(tx *t, const void *in, void *out) MUST_USE; /* in: factor_answer, out: factor_used */
