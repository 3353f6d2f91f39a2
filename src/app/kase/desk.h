/* desk.h - what an office's pages show of a case beside kase_view, and what an officer may do with it now, or
 * why not. Asking changes nothing: every command checks all of it again. */
#pragma once
#include "app/assessor/assessor.h"
#include "app/decision/decision.h"
#include "app/kase/kase.h"

/* ---- finding ---- */

/* The case of a number as it is printed and typed. RC_NOT_FOUND: there is none; whether he may see it is
 * asked with kase_see. */
rc kase_by_number(db *d, arena *a, fault *f, str number, int64_t *tenant, int64_t *id) MUST_USE;

/* Is it, or was it, work of this actor's office?  *now: it is at this moment. */
rc kase_at_desk(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id, bool *ever,
		bool *now) MUST_USE;

/* What a list or a heading says of a case: nothing of it is sealed. */
typedef struct kase_brief {
	int64_t tenant, id, turn, region, person_tenant, person, filed_by;
	int64_t filed_tenant, filed_office; /* the office that took it; 0: none */
	kase_state state;
	str number, service, step, outcome, name;
} kase_brief;

rc kase_brief_read(db *d, arena *a, fault *f, const kase_ref *ref, kase_brief *out) MUST_USE;

/* ---- lists of an office ---- */

/* Open work of one service and step in one village. */
typedef struct kase_pile {
	str service, step;
	int64_t region, n, overdue, today; /* how many; of them overdue, and due today */
} kase_pile;

typedef VEC(kase_pile) kase_piles;

rc kase_piles_read(db *d, arena *a, fault *f, const actor *who, str today, kase_piles *out) MUST_USE;

/* The same out of a list that was read whole: of every service, step and village, from its beginning to its
 * end. */
void kase_piles_of(arena *a, const kase_todos *all, str today, kase_piles *out);

/* ---- the list of cases ---- */

typedef enum kase_by {
	KASE_BY_SUBMITTED,
	KASE_BY_DUE,
	KASE_BY_NAME,
	KASE_BY_NUMBER,
	KASE_BY_SERVICE
} kase_by;

/* Which of them; no text is NULL, an empty one is no filter. */
typedef struct kase_list_ask {
	unsigned states; /* bits 1 << kase_state */
	str service, step, outcome;
	str due_from, due_to; /* both days belong to it; due_to empty: no filter */
	str q;                /* how the applicant's name or the number begins */
	kase_by by;
	bool down;
	size_t n; /* at most */
} kase_list_ask;

typedef struct kase_line {
	int64_t tenant, id, region, opened;
	int64_t person_tenant, person; /* person 0: not of the register yet */
	kase_state state;
	str service, number, step, outcome, name, submitted;
	str due; /* of the turn that is open; empty: none is */
} kase_line;

typedef struct kase_lines {
	VEC(kase_line) all;
	bool more; /* there are more than n */
} kase_lines;

/* The cases that kase_see shows this officer, the newest n of those that were asked for, sorted. Where there
 * are more than KASE_LIST_SPAN in his place (of a city and more: KASE_LIST_WIDE; of an office's own work
 * too), the newest of them are looked through. */
enum { KASE_LIST_SPAN = 50000, KASE_LIST_WIDE = 10000 };
rc kase_list_read(db *d, arena *a, fault *f, const actor *who, const kase_list_ask *ask,
		  kase_lines *out) MUST_USE;

/* Another officer who has opened a case of this office's since an instant. */
typedef struct kase_reader {
	int64_t kase;
	str name;
} kase_reader;

typedef VEC(kase_reader) kase_readers;

/* Of the to-do list between two due days. */
rc kase_readers_read(db *d, arena *a, fault *f, const actor *who, str from, str to, int64_t since,
		     kase_readers *out) MUST_USE;

/* A notice that hangs, or hung. */
typedef struct kase_notice {
	int64_t tenant, kase, id, region, on_web;
	int64_t person_tenant, person; /* of a list; person 0: not of the register yet */
	str posted, last, closed, number, name, step;
} kase_notice;

typedef VEC(kase_notice) kase_notices;

/* What hangs in the divisions of the actor, by its last day, after (last, id); at most n. */
rc kase_notices_read(db *d, arena *a, fault *f, const actor *who, str last, int64_t id, int64_t n,
		     kase_notices *out) MUST_USE;

/* ---- one case ---- */

typedef struct kase_objected {
	int64_t id, at, actor; /* actor 0: from the web */
	str who, phone, text;
} kase_objected;

typedef struct kase_assessed {
	bool meets;
	int64_t flags; /* bits of the forms' flags that stood, counted on through the forms */
	str assessed_on, office;
} kase_assessed;

/* Who had a turn, by name; empty: nobody, or not known. */
typedef struct kase_names {
	int64_t n;
	str office, phone, actor, decider, stands_for; /* phone: the office's */
} kase_names;

/* Who filled in an answer, and when. */
typedef struct kase_origin {
	str field, name;
	int64_t at, actor;
} kase_origin;

typedef struct kase_file {
	VEC(kase_origin) origins;
	VEC(kase_notice) notices;
	VEC(kase_objected) objections;
	VEC(kase_assessed) assessments;
	VEC(kase_names) names;
	kase_problems missing; /* answers and papers that are asked for and not there */
} kase_file;

/* Opens what is sealed: whoever calls has written a look. `now` in ms. */
rc kase_file_read(const kase_view *v, int64_t now, kase_file *out) MUST_USE;

/* What the register says of the applicant today; empty: nothing, or he is not in it. */
rc kase_recorded(const kase_view *v, int64_t now, const field *x, str *out) MUST_USE;

/* What the policy that the service serves comes to for the applicant, by his answers and, of what they do not
 * say, by the register: the decision that it grants. RC_NOT_FOUND: the service has none, none holds at the
 * place, or he is not in the register. */
rc kase_preview(const kase_view *v, int64_t now, decision_view *out) MUST_USE;

/* ---- what may be done ---- */

typedef struct kase_office {
	int64_t id;
	str name;
} kase_office;

typedef VEC(kase_office) kase_offices;

/* One who may have signed a sheet that another enters. */
typedef struct kase_signer {
	int64_t account, person;
	str name;
	const role *role;
} kase_signer;

typedef VEC(kase_signer) kase_signers;

typedef struct kase_offer {
	const service_act *act;
	rc rc;
	const fault *why;     /* not offered to him: why; NULL: offered */
	kase_signers signers; /* not his, but he may enter it for one of these, who decided on paper */
	kase_offices next;    /* one must be chosen, since several are as near; else empty */
	bool lifts;           /* it passes a bar: the reason is needed */
	const fault *early;   /* it is too early to assess, by the place's rules: with a reason; NULL: no */
} kase_offer;

typedef struct kase_offers {
	const service_step *step; /* NULL: the case is at no office */
	rc mine;                  /* RC_OK: he has this turn; RC_DENIED: why says it */
	const fault *why;
	VEC(kase_offer) acts;
	bool take_back, hand_over, remake, fill;
	VEC(str) take;       /* papers that are owed and that he may say came */
	kase_offices others; /* where the step could go */
} kase_offers;

rc kase_offers_read(const kase_view *v, const actor *who, int64_t now, kase_offers *out) MUST_USE;

/* ---- who assesses ---- */

/* Does the field name an assessor? */
bool kase_names_assessor(const field *x);
/* The office that has the turn, as the register of assessors has it; without doctors nobody is checked. While
 * the connection is there with which the case was read. */
rc kase_institution(const kase_view *v, institution *out) MUST_USE;
