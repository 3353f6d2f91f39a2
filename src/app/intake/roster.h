/* roster.h - 花名册: the people registered in an office's divisions as a sheet, in the columns that were
 * chosen.
 *
 * Every cell is text, so that no digit is lost and no formula runs; what is written can be loaded again.
 * Numbers and addresses are covered unless they were asked for, which needs the right to reveal and a look.
 */
#pragma once
#include "app/intake/record.h"
#include "store/store.h"

enum { ROSTER_COLUMNS = 64 };

typedef struct roster_ask {
	const actor *who;
	const catalogue *c;
	const field *field[ROSTER_COLUMNS];
	size_t nfields;
	bool reveal; /* numbers and addresses in full */
	str path;    /* of the workbook */
	int64_t now;
	msg_lang lang;
} roster_ask;

/* A command, before the roster is written: one look that says which columns of which list, and what for. */
typedef struct roster_look {
	const roster_ask *ask;
	str purpose;
} roster_look;

rc roster_look_run(tx *t, const void *in, void *out) MUST_USE;

/* *n: people written. RC_DENIED roster.denied, roster.field (a class of field that he does not see);
 * RC_LIMIT xlsx.out.rows. */
rc roster_write(db *d, arena *a, fault *f, const roster_ask *ask, int64_t *n) MUST_USE;
