/* apply.h - rows that differ: where an officer believes the sheet, its value goes into the register as a
 * correction of today, and can be taken back with the import.
 *
 * What only a decision can change is never taken: who somebody is, the number, category, level, components
 * and state of a certificate, and a registration that would make another federation responsible. */
#pragma once
#include "app/intake/intake.h"

/* May a sheet's value of this field replace `kept`, the register's? */
bool intake_may_take(const field *x, str kept);

/* Is this field of this row to be taken? */
typedef struct intake_belief {
	bool (*takes)(const void *ctx, int64_t line, str field);
	const void *ctx;
} intake_belief;

/* After a loading run: writes what is believed, one event "person.corrected" a person. What stands already
 * is left, so the same again changes nothing. People registered elsewhere are left as they are. *people: how
 * many were corrected. RC_IO, RC_FULL, RC_BUSY: the database; what was corrected until then stays. */
rc intake_apply(const intake *in, fault *f, const intake_belief *b, int64_t *people) MUST_USE;

/* ---- for undo.c ---- */

typedef struct apply_page {
	const actor *who;
	const catalogue *c;
	int64_t import, owner, after; /* from the person after this one */
	int64_t n;                    /* people put back by this page */
	bool finished;
} apply_page;

/* Inside a command: the corrections of one page of people taken back, each person with an event
 * "person.correction_undone". */
rc intake_put_back(tx *t, apply_page *p) MUST_USE;
