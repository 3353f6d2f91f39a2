/* audit.h - who looked at whom and why, who did what: the two chains as people read them.
 *
 * A look is written before what it tells of is shown. `what` says it in one line of words and numbers, for
 * the machine first:
 *
 *   person                         the page of one person
 *   reveal FIELD                   one sealed value
 *   case [document ID|paper ID]    the page of one case, or what lies in it
 *   list QUERY n=N ids=T-ID,T-ID   a list; QUERY names what was asked by, never a number
 *
 * A purpose is a code of lists/codes/purpose.yaml, or a code, a colon and words. */
#pragma once
#include "app/person/person.h"

/* ---- writing ---- */

typedef struct look_list {
	const look_row *v;
	size_t n;
} look_list;

/* A command: writes them all, in this order. */
rc audit_look(tx *t, const void *in, void *out) MUST_USE; /* in: look_list */

enum { AUDIT_IDS = 50 };

/* The looks of one list: one row in each tenant that owns some of the people, one in the actor's own when
 * there are none. `query` in words, without anything sealed. */
typedef struct list_look {
	const actor *by;
	str query, purpose;
	const person_refs *people;
} list_look;

look_list audit_list_looks(arena *a, const list_look *k);

/* ---- reading ---- */

/* A stretch of days, both included, as instants [from, to). */
typedef struct period {
	int64_t from, to;
} period;

/* One look, or one event. */
typedef struct audit_line {
	int64_t tenant, seq, at, actor, office;
	int64_t about;     /* the person looked at (0: a list), or what the event is about */
	str what, purpose; /* what: of an event its kind */
	str who, where;    /* the officer and his office; empty: not known here */
} audit_line;

typedef VEC(audit_line) audit_lines;

/* At most this many lines come of one question, the newest; *more says there are others. */
enum { AUDIT_LINES = 1000 };

/* Every look at this person, also those in lists. */
rc audit_looks_at(db *d, arena *a, fault *f, const person_ref *p, const period *when, audit_lines *out,
		  bool *more) MUST_USE;

/* How many there were at him alone; counting stops at AUDIT_LINES. */
void audit_count_ahead(db *d, const person_ref *p); /* it will be asked (db_ahead) */
rc audit_count(db *d, arena *a, fault *f, const person_ref *p, int64_t *out) MUST_USE;

/* What happened to this record. */
rc audit_events_of(db *d, arena *a, fault *f, const person_ref *p, const period *when, audit_lines *out,
		   bool *more) MUST_USE;

typedef VEC(int64_t) audit_tenants;

/* The federations whose division lies within those of who asks, in the order of their numbers. */
rc audit_federations_of(db *d, arena *a, fault *f, const actor *who, audit_tenants *out) MUST_USE;

typedef struct officer {
	int64_t tenant, account;
	str name;
} officer;

/* By his sign-in name, if his federation lies within the divisions of who asks.
 * RC_NOT_FOUND: there is none, or elsewhere. */
rc audit_officer(db *d, arena *a, fault *f, const actor *who, str login, officer *out) MUST_USE;

/* His looks and acts in the federations within the divisions of who asks, newest first. */
rc audit_looks_by(db *d, arena *a, fault *f, const actor *who, const officer *by, const period *when,
		  audit_lines *out, bool *more) MUST_USE;
rc audit_events_by(db *d, arena *a, fault *f, const actor *who, const officer *by, const period *when,
		   audit_lines *out, bool *more) MUST_USE;
