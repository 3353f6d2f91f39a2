/* record.h - corrections of single details: a dated fact recorded by hand, from a paper that is named.
 *
 * Nothing is overwritten. Rows that the new fact contradicts are superseded; what they still say about the
 * days before and after it is recorded again, with its own source. So "as it was known in July" stays
 * answerable. */
#pragma once
#include "app/person/person.h"

typedef struct fact_record {
	const person_ref *person;
	const actor *by;
	str purpose, field, value;
	bool many; /* the field holds several values at once: only rows of the same value are touched */
	str valid_from, valid_to; /* days, both included; empty: since always, and until something newer */
	str source;               /* the paper it was read from */
} fact_record;

/* A command. Event fact.recorded.
 * RC_NOT_FOUND: no such person, or his key is gone. RC_DENIED: not registered within the actor's divisions.
 * RC_INVALID person.fact_future, person.fact_dates; RC_CONFLICT person.fact_same (known already),
 * person.is_merged. */
rc person_fact_record(tx *t, const void *in, void *out) MUST_USE;

/* What the register knows of one field from a day on, as an application that was granted says it. */
typedef struct facts_in {
	int64_t tenant, person;
	str field, values; /* several with blanks between: those that hold together */
	str valid_from, source;
} facts_in;

/* In an open event: what holds already stays with its source, what it contradicts is superseded. */
rc person_facts_put(tx *t, const facts_in *in) MUST_USE;

/* ---- for the other files of this folder, and for pages that offer a correction ---- */

/* May he write this record? Those who register a person may; those where he merely lives read it. */
rc person_write_ok(db *d, arena *a, fault *f, const actor *who, const person_ref *p) MUST_USE;
