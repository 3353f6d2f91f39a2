/* look.h - looks at personal data: written and committed before what they tell of goes out.
 *
 *   return house_look(rq, &(look){.kind = LOOK_PERSON, .person = ref, .purpose = why}, show);
 *
 * The page of one person is one look for each officer, post, person and purpose in a quarter of an hour;
 * within it the page is a pure read. A list is one look with its query and the people on it; an officer's
 * to-do list is one in a quarter of an hour. Taken along as a sheet it is a look at each of those people, or
 * cases, every time. A sealed value made visible is always a look of its own.
 *
 * What remembers that is bounded and in memory. What it forgets, or loses with a restart, is looked at and
 * written once more: never once less. */
#pragma once
#include "app/audit/audit.h"
#include "web/house.h"

typedef struct looks looks;

/* For house.looks; ends with `a`. */
looks *looks_open(arena *a);

typedef enum look_kind { LOOK_PERSON, LOOK_REVEAL, LOOK_LIST, LOOK_CASE } look_kind;

/* A case; person 0: the register does not know its applicant yet. */
typedef struct look_case {
	int64_t tenant, kase, person_tenant, person;
} look_case;

typedef VEC(look_case) look_cases;

typedef struct look {
	look_kind kind;
	const look_case *at;       /* LOOK_CASE */
	const person_ref *person;  /* LOOK_PERSON, LOOK_REVEAL */
	const person_refs *people; /* LOOK_LIST: may be none */
	const look_cases *cases;   /* LOOK_LIST: those on a sheet; NULL: it is no list of cases */
	bool standing; /* LOOK_LIST: an officer's own list, which he has before him all day: one look in a
			  quarter of an hour, as with a person; LOOK_CASE: the paper that was opened before,
			  seen larger: no look of its own in that time */
	str what; /* LOOK_REVEAL: which value; LOOK_LIST: what was asked by, nothing sealed; LOOK_CASE: which
		   * paper or document, each time a look of its own unless `standing`; empty: the page, as of
		   * a person */
	str purpose;
	int64_t kase;
} look;

/* Calls `then` when the look is on the disk, or at once when it stands there already. A look that cannot be
 * written shows nothing: its failure is the answer. rq->work is what the caller left in it. */
rc house_look(web_req *rq, const look *k, web_handler then) MUST_USE;

/* The purpose for which this officer is about to open a record, given with a search or a form: his next page
 * of that person takes it from here. */
void look_intend(web_req *rq, const person_ref *p, str purpose);
/* The last one he gave for this person within twelve hours; the empty text: he has to be asked. */
str look_purpose(web_req *rq, const person_ref *p);

/* The same of a case that is not his office's now. */
void look_intend_case(web_req *rq, int64_t tenant, int64_t kase, str purpose);
str look_purpose_case(web_req *rq, int64_t tenant, int64_t kase);

/* ---- the memory behind, for its test ---- */

enum {
	LOOK_WINDOW_MS = 15 * 60 * 1000,
	LOOK_PURPOSE_MS = 12 * 3600 * 1000,
	LOOK_PURPOSE_MAX = 120, /* bytes; a longer one is never remembered */
};

typedef struct look_key {
	int64_t actor, office, tenant, person; /* or a case: no id is given twice */
} look_key;

/* Is there a look for this purpose at this moment? */
bool looks_stand(looks *l, const look_key *k, str purpose, int64_t now);
/* One was just committed, as of `now`. */
void looks_keep(looks *l, const look_key *k, str purpose, int64_t now);
/* A purpose was given; `now` makes it the last one. */
void looks_intend(looks *l, const look_key *k, str purpose, int64_t now);
str looks_purpose(looks *l, arena *a, const look_key *k, int64_t now);
