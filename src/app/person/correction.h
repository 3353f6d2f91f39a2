/* correction.h - what a person says is wrong in his record, and what his office answered.
 *
 * Asked by the person himself or by who acts for him; answered by an officer who may write the record: by a
 * fact that is recorded with the answer, by words that say how it was mended elsewhere, or by a refusal with
 * its reason. The words of both sides are sealed with the person's key.
 *
 * Events: event.correction.asked, event.correction.corrected, event.correction.refused */
#pragma once
#include "app/person/record.h"

enum { CORRECTIONS_OPEN = 10, CORRECTION_WORDS = 500 };

typedef enum correction_state {
	CORRECTION_WAITS = 1,
	CORRECTION_DONE = 2,
	CORRECTION_REFUSED = 3,
} correction_state;

typedef struct correction_new {
	const actor *by; /* an applicant */
	const person_ref *person;
	str field, said; /* of the catalogue; what it should be */
} correction_new;

/* A command. RC_NOT_FOUND: not his record, nor his ward's. RC_CONFLICT correction.waiting: the same field was
 * asked for and is not answered yet. RC_LIMIT correction.many. */
rc correction_ask(tx *t, const void *in, void *out) MUST_USE;

typedef struct correction_reply {
	const actor *by;
	const person_ref *person;
	int64_t id;
	correction_state state; /* done or refused */
	str words, purpose;
	const fact_record *fact; /* recorded with the answer; NULL: none */
} correction_reply;

/* A command. RC_NOT_FOUND: no such request. RC_DENIED person.write_denied. RC_CONFLICT correction.answered:
 * another was first. With a fact also what person_fact_record refuses. */
rc correction_answer(tx *t, const void *in, void *out) MUST_USE;

typedef struct correction_view {
	int64_t id, asked, answered;
	correction_state state;
	str field, said, answer;
} correction_view;

typedef VEC(correction_view) corrections;

/* Says that corrections_read will be asked (db_ahead). */
void corrections_ahead(db *d, const person_ref *p);

/* All of one person, the newest first, in clear. */
rc corrections_read(db *d, arena *a, fault *f, const person_ref *p, corrections *out) MUST_USE;

typedef struct correction_line {
	const person_ref *person;
	int64_t id, asked;
	str name, field;
} correction_line;

typedef VEC(correction_line) correction_lines;

/* What waits for who may write these records: of people registered within his divisions, the oldest first, at
 * most `n`. */
rc corrections_waiting_read(db *d, arena *a, fault *f, const actor *who, int64_t n,
			    correction_lines *out) MUST_USE;
