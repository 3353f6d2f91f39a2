/* public.h - what somebody who is not signed in may know: where a case stands, when he has its number and a
 * part of what only the applicant knows; whether a certificate is valid; the notices that are public by law.
 */
#pragma once
#include "app/account/applicant.h"
#include "app/kase/kase.h"
#include "app/schedule/schedule.h"

/* ---- following a case ---- */

enum { KASE_PROOF = 4 }; /* the last characters of the applicant's identity number */

typedef struct kase_track_in {
	const kase_house *house;
	str number, proof; /* as typed; proof: those characters, or the code of a letter to the applicant */
	str source;        /* where it is asked from: guesses are counted by it, and by the number */
	const applicant_case *phone; /* instead of proof: the code sent to a phone, from kase_track_typed */
} kase_track_in;

/* Words of its state, the day of an assessment, and nothing else. */
typedef struct kase_tracked {
	bool found; /* false: no such case, or another applicant's: told alike */
	const service *service;
	kase_state state;
	str step, outcome, submitted;
	int64_t since;
	appointment_view expected; /* day empty: none */
} kase_tracked;

/* A code to the phone that is typed with a number, whether there is such a case and whether the phone is in
 * it or not: it opens that number and nothing else. draw and typed: any thread, with faults of
 * phone_code_draw and phone_code_typed. send: a command, in: applicant_case, its key goes with it; RC_LIMIT
 * account.wait. */
rc kase_track_draw(sealer *s, arena *a, fault *f, str number, const applicant_ask *ask,
		   applicant_case *out) MUST_USE;
rc kase_track_send(tx *t, const void *in, void *out) MUST_USE;
rc kase_track_typed(sealer *s, arena *a, fault *f, str number, const applicant_ask *ask,
		    applicant_case *out) MUST_USE;

/* A command, because guesses are counted. RC_LIMIT account.wait. */
rc kase_track(tx *t, const void *in, void *out) MUST_USE;

/* ---- a certificate ---- */

typedef struct certificate_ask {
	const actor *by; /* who asks; an actor of zeros when nobody is signed in */
	str number, source;
	str code;  /* the holder's, as typed; empty: none was given */
	str asker; /* who says that he asks; the holder reads it. May be empty */
} certificate_ask;

typedef struct certificate_said {
	bool valid;      /* is a certificate of this number valid today? */
	bool wrong_code; /* a code was given, and it is not the holder's, or no longer */
	bool opened;     /* it was his: what follows may be shown, and stands in his access log */
	int64_t category, level;
	str expires;
} certificate_said;

/* A command. One that never was, one that ran out and one that was cancelled are told alike.
 * RC_INVALID cert.*, nid.*: no number of a certificate; RC_LIMIT account.wait, with the field "code" when it
 * is the holder's code that was guessed too often. */
rc certificate_verify(tx *t, const void *in, void *out) MUST_USE;

/* ---- notices ---- */

typedef struct kase_public_notice {
	int64_t tenant, id, kase, region;
	str name, posted, last; /* the name masked, or empty where the service does not show it */
} kase_public_notice;

typedef VEC(kase_public_notice) kase_public_notices;

/* Those that hang on `day` and that their service lets the web show. */
rc kase_notices_public(db *d, arena *a, fault *f, int32_t day, kase_public_notices *out) MUST_USE;
