/* intake.h - lists from outside: a sheet checked against the register, loaded person by person, undone as a
 * whole.
 *
 *   rows ──> read, check, look up, seal (threads) ──> 500 persons a transaction (the writer's lane of jobs)
 *
 * A dry run stops before the writer: new, same, different field by field, refused with row and reason. A run
 * enters who is new and changes nobody who is there, so the same file again changes nothing. Each person is
 * one event, sealed with his key; the import is one row, which an event opens and another closes. */
#pragma once
#include "app/intake/record.h"
#include "store/store.h"

typedef enum intake_verdict {
	INTAKE_NEW, /* in a run: not entered, because the run ended early */
	INTAKE_LOADED,
	INTAKE_SAME,
	INTAKE_DIFFERS, /* there, and some fields differ: the register is left as it is */
	INTAKE_REFUSED,
} intake_verdict;

typedef struct intake_result {
	intake_verdict verdict;
	int64_t owner, person; /* who it is, when loaded, same or different */
	str number, name;      /* of that person: for matching photos */
	size_t nreasons;
	const str *reason; /* sentences */
	intake_differences differences;
} intake_result;

typedef struct intake_counts {
	int64_t total, added, same, differs, refused;
} intake_counts;

/* What an import needs. Everything outlives it. */
typedef struct intake_ask {
	store *s;
	const catalogue *c;
	const actor *who;    /* his divisions bound who may be entered; his office is the import's */
	intake_table *table; /* mapped */
	str file;            /* its name, for people */
	str sha256;          /* of its bytes, hex */
	int64_t now;
	bool demo; /* numbers that belong to nobody may be loaded */
	msg_lang lang;
	int threads; /* 0: two */
	int64_t id;  /* of the import: one that was cut off goes on under it; 0: a new one */
} intake_ask;

typedef struct intake intake;

/* Reads the divisions and marks rows that repeat an earlier one. RC_DENIED intake.denied. */
rc intake_open(arena *a, fault *f, const intake_ask *ask, intake **out) MUST_USE;

/* Checks every row; with `load`, also enters who is new. The answers are in intake_results.
 * RC_IO, RC_FULL, RC_BUSY: the database; what was entered until then stays, and the same file goes on from
 * there. */
rc intake_run(intake *in, fault *f, bool load) MUST_USE;

/* Ends a run on another thread soon, as RC_BUSY intake.stopped: because the program stops. */
void intake_stop(intake *in);

/* Rows that are through, while intake_run is at work on another thread. */
int64_t intake_progress(const intake *in);

intake_counts intake_count(const intake *in);
int64_t intake_id(const intake *in); /* of the import; 0 before a loading run */
/* One for each row of the table. */
const intake_result *intake_results(const intake *in);

/* The number that a person sees beside row `i`. */
uint32_t intake_row_number(const intake *in, size_t i);

/* For the modules of this folder: what it was opened with. */
store *intake_store(const intake *in);
const actor *intake_actor(const intake *in);
int64_t intake_now(const intake *in);
msg_lang intake_lang(const intake *in);
const catalogue *intake_catalogue(const intake *in);
str intake_file(const intake *in);

/* Writes the refused rows as they came, with one more column 原因, as a workbook. *n: how many. */
rc intake_write_refused(const intake *in, arena *a, fault *f, str path, int64_t *n) MUST_USE;

/* ---- what an office calls things ---- */

rc intake_headings_read(db *d, arena *a, fault *f, const actor *who, heading_choices *out) MUST_USE;

typedef struct intake_headings_keep {
	const actor *who;
	const heading_choice *v;
	size_t n;
} intake_headings_keep;

/* A command: from now on these headings mean these fields in his office. */
rc intake_headings_run(tx *t, const void *in, void *out) MUST_USE;

/* Who imports from the command line: the site's topmost federation, everywhere, without an office.
 * RC_INVALID intake.no_federation_here. */
rc import_console(db *d, arena *a, fault *f, actor *out) MUST_USE;

/* ---- imports that were made ---- */

typedef struct import_view {
	int64_t id, actor, office, begun, ended;
	str file, sha256, map, state;
	intake_counts counts;
} import_view;

typedef VEC(import_view) import_views;

/* The newest `n` of his office. */
rc import_list(db *d, arena *a, fault *f, const actor *who, int64_t n, import_views *out) MUST_USE;
rc import_find(db *d, arena *a, fault *f, const actor *who, int64_t id, import_view *out) MUST_USE;

typedef struct import_person_view {
	int64_t owner, person, line, missing;
} import_person_view;

typedef VEC(import_person_view) import_people;

/* Whom it entered, in the order of its sheet, from the `first`th (0) on. RC_NOT_FOUND as import_find. */
rc import_entered(db *d, arena *a, fault *f, const actor *who, int64_t id, int64_t first, int64_t n,
		  import_people *out) MUST_USE;

/* The work list: whom the import left incomplete, from the row after `after` on. */
rc import_incomplete(db *d, arena *a, fault *f, const actor *who, int64_t id, int64_t after, int64_t n,
		     import_people *out) MUST_USE;

/* What of `missing`, as the import left it, is still missing of the person today; a photo included. */
int64_t import_still_missing(const person_view *p, int64_t missing, int32_t today);

/* What stands against taking it back: whom it entered or corrected and something was built on since, in the
 * order of the sheet, at most `n`. */
rc import_against(db *d, arena *a, fault *f, const actor *who, int64_t id, int64_t n,
		  import_people *out) MUST_USE;

/* Takes back everybody the import entered and every value it corrected, if nothing was built on any of them.
 * Whom it entered is then not found, and the same file can be loaded again. What was begun and not finished
 * goes on when asked again. RC_NOT_FOUND; RC_CONFLICT intake.undone, intake.built_on. */
typedef struct import_undoing {
	const catalogue *c;
	const actor *who;
	int64_t id, now;
} import_undoing;

rc import_undo(store *s, arena *a, fault *f, const import_undoing *in, int64_t *withdrawn) MUST_USE;
