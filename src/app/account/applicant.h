/* applicant.h - how applicants sign in: a code to the phone, or a code on a letter from the counter.
 *
 * Each way is an adapter: `start` where something must be sent first, `check` to open the session. What needs
 * keys or randomness is prepared outside the commands. Codes stand in the table as keyed hashes. A code is
 * good once, five minutes and five tries (phone), or thirty days (letter). An account is made at the first
 * sign-in; its name is the phone's blind index or the person's number, never the phone itself. The provincial
 * identity service (OIDC) will be a third adapter behind the same four functions.
 *
 * Events: event.session.opened, event.account.opened, event.letter.made */
#pragma once
#include "app/account/sign_in.h"
#include "store/seal.h"
#include "store/store.h"

enum { PHONE_CODE = 6, PHONE_MINUTES = 5, PHONE_TRIES = 5, LETTER_CODE = 12, LETTER_DAYS = 30 };

typedef struct applicant_ask {
	int64_t tenant; /* the federation that a new account will belong to */
	str who;        /* the phone as typed; of a letter empty */
	str code;       /* as typed; empty for start */
	str source;
	int64_t id; /* store_id, for the message */
} applicant_ask;

/* Made by prepare; lives in the caller's arena. */
typedef struct applicant_case {
	int64_t tenant, id;
	str name;      /* of the code's row */
	str login;     /* of the account, when it follows from who typed it */
	str code_hash; /* of the code drawn, or of the one typed */
	str source;
	str shown, address, args; /* the message: masked, sealed, sealed */
	wrapped_key key;          /* goes with start's command */
} applicant_case;

typedef struct applicant_check {
	const sign_in_rules *rules;
	const applicant_case *c;
	session_secret secret;
	session_place place;
} applicant_check;

typedef struct sign_in_adapter {
	str name;
	/* Any thread. RC_INVALID applicant.phone, applicant.code: not the shape of one. */
	rc (*prepare_start)(sealer *s, arena *a, fault *f, const applicant_ask *ask, applicant_case *out);
	/* Commands. start: in applicant_case; NULL where nothing is sent. RC_LIMIT account.wait.
	 * check: in applicant_check, out signed_in; `wrong` for whatever reason. RC_LIMIT account.wait. */
	store_fn *start;
	rc (*prepare_check)(sealer *s, arena *a, fault *f, const applicant_ask *ask, applicant_case *out);
	store_fn *check;
} sign_in_adapter;

extern const sign_in_adapter sign_in_by_phone, sign_in_by_letter;

/* "138 0013 8000", "+86-13800138000" to eleven digits; false for anything but a mobile number of China. */
bool phone_fold(arena *a, str typed, str *out);
str phone_masked(arena *a, str phone); /* "138****8000" */

/* ---- the letter: made at the counter for a person whose papers were seen ---- */

typedef struct letter_new {
	const actor *by; /* an officer who files applications */
	int64_t tenant, person, kase;
	str name, code_hash; /* from letter_draw */
} letter_new;

/* The code to print, "7KQ2-M9XW-R4TD", and what to hand on. */
rc letter_draw(sealer *s, arena *a, fault *f, str *code, letter_new *out) MUST_USE;

/* A command. RC_DENIED letter.denied; RC_INVALID letter.person. */
rc letter_make(tx *t, const void *in, void *out) MUST_USE;

/* A command: the same for a person whose record `by` reads at this moment, with the look that it is.
 * RC_NOT_FOUND: to him there is no such person. RC_DENIED letter.denied: also when the record is another
 * federation's. */
typedef struct letter_hand_in {
	letter_new letter;
	str purpose;
} letter_hand_in;

rc letter_hand(tx *t, const void *in, void *out) MUST_USE;

/* ---- for phone.c: codes for another purpose than signing in ---- */

#define PHONE_LOGIN                                                                                          \
	"phone:" /* the name of an account that is signed in to by phone: this and the blind index */

/* A code for one purpose opens nothing else. draw and typed: any thread, faults as the adapter's. */
rc phone_code_draw(sealer *s, arena *a, fault *f, str purpose, const applicant_ask *ask,
		   applicant_case *out) MUST_USE;
rc phone_code_typed(sealer *s, arena *a, fault *f, str purpose, const applicant_ask *ask,
		    applicant_case *out) MUST_USE;
/* In commands. try counts a wrong one and says so with *right; used ends it. RC_LIMIT account.wait. */
rc phone_code_send(tx *t, const applicant_case *c, const char *message) MUST_USE;
rc phone_code_try(tx *t, const applicant_case *c, int64_t *tenant, bool *right) MUST_USE;
rc phone_code_used(tx *t, const applicant_case *c) MUST_USE;

/* The person a letter is for, in his tenant; 0: no such letter. RC_LIMIT account.wait. */
rc letter_code_try(tx *t, const applicant_case *c, int64_t *tenant, int64_t *person) MUST_USE;
