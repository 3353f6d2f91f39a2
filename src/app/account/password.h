/* password.h - passwords of staff: what is a good one, changing it, and a code from an administrator.
 *
 * Hashing takes a tenth of a second and 64 MiB: the functions that do it are plain, read and write nothing,
 * and run on a worker; what they give goes into a command, which checks again that nothing changed meanwhile.
 *
 * Events: event.account.password_changed, event.account.password_reset */
#pragma once
#include "app/account/session.h"

enum {
	PASSWORD_MIN = 10, /* characters */
	PASSWORD_MAX = 128,
	PASSWORD_CODE = 12, /* of an administrator's code, without its hyphens */
	PASSWORD_CODE_DAYS = 3
};

/* Long enough, not among the common ones, not the sign-in name, not a keyboard's row or one character again
 * and again. No demand for kinds of characters: they make passwords worse.
 * RC_INVALID: password.short, password.long, password.common, password.login, password.plain. */
rc password_ok(fault *f, str login, str password) MUST_USE;

/* A worker's: is `now` right, `next` good, and its hash.
 * RC_DENIED password.wrong; RC_INVALID as above and password.same; RC_BUSY. */
typedef struct password_change {
	str login, now, next;
	str stored; /* the hash that stands */
} password_change;

rc password_change_make(arena *a, fault *f, const password_change *c, str *hash) MUST_USE;

/* The hash that stands. RC_NOT_FOUND: no password yet. */
rc password_stored(db *d, arena *a, fault *f, int64_t tenant, int64_t account, str *hash) MUST_USE;

/* A command: writes the hash, ends every session of the account, opens the one that asked again under a new
 * token. RC_CONFLICT password.changed: it is no longer `stored`. RC_NOT_FOUND: the session has ended. */
typedef struct password_set_in {
	const roles *roles;
	session_key session;
	session_secret next;
	str stored, hash;
} password_set_in;

rc password_set(tx *t, const void *in, void *out) MUST_USE; /* out: session_stage */

/* A worker's: a code to be handed over on paper, "K7QM-2XWP-9RTD", and its hash. RC_BUSY. */
rc password_code_make(arena *a, fault *f, str *code, str *hash) MUST_USE;

/* A command: the code becomes the password until it is changed, three days at most; all sessions end. The
 * administrator learns the code, so his act is an event and the owner must choose a new one at once.
 * RC_NOT_FOUND; RC_DENIED as account_check. */
typedef struct password_reset_in {
	const actor *by;
	const roles *roles;
	int64_t tenant, account;
	str hash;
	bool factor; /* also forget the second factor: its owner has lost it */
} password_reset_in;

rc password_reset(tx *t, const void *in, void *out) MUST_USE;

/* What people type of a code: in capitals, without hyphens and spaces, O as 0, I and L as 1. */
str password_code_fold(arena *a, str typed);

/* `n` characters of 32 that nobody confuses, drawn from the kernel. */
str password_code_draw(arena *a, size_t n);

/* A command of the console alone: the first password of an account on a demo or training site, good until it
 * is changed. RC_NOT_FOUND; RC_DENIED account.denied. */
typedef struct password_first_in {
	const actor *by;
	int64_t tenant, account;
	str hash;
} password_first_in;

rc password_first(tx *t, const void *in, void *out) MUST_USE;
