/* blank.h - blanks by their serial numbers: received, given out to offices, spoilt, counted.
 *
 * A number belongs to the office that was given it, else to the one that received its run. Nothing is ever
 * taken out of the books: a card or a loss uses its number for good. Commands for store_write; `by` needs
 * certificate.print. Events: event.blank.received, .issued, .returned, .spoilt, .counted */
#pragma once
#include "app/role/actor.h"
#include "base/vec.h"
#include "store/rows.h"

enum { BLANK_RUN_MAX = 100000, BLANK_DIGITS_MAX = 15, BLANK_WORDS_MAX = 60 };

/* Which blanks lie in one stack. */
typedef struct blank_stock {
	int64_t generation, cover; /* code numbers of lists/codes/generation.yaml and cover.yaml */
} blank_stock;

typedef struct blank_in {
	const actor *by;
	blank_stock stock;
	str first, last; /* as printed on them: letters, then digits */
	str received, source;
} blank_in;

/* *out: int64_t, the run. RC_DENIED blank.denied. RC_INVALID blank.serial, blank.order, blank.many (fields
 * `first`, `last`). RC_CONFLICT blank.overlap: some of these numbers are in the books. */
rc blank_receive(tx *t, const void *in, void *out) MUST_USE;

typedef struct blank_out {
	const actor *by;
	str first, last;
	int64_t office; /* of the same federation */
	str receiver;
} blank_out;

/* Gives out numbers of one run that lie with the office of `by`. RC_INVALID as above and blank.unknown (not
 * here), blank.office; RC_CONFLICT blank.gone: one of them is used, or given out. */
rc blank_issue(tx *t, const void *in, void *out) MUST_USE;

typedef struct blank_back {
	const actor *by;
	int64_t run, issue;
} blank_back;

/* What is left of it comes back. RC_NOT_FOUND: no such issue from this office. */
rc blank_return(tx *t, const void *in, void *out) MUST_USE;

typedef struct blank_waste {
	const actor *by;
	str serial, reason;
} blank_waste;

/* RC_INVALID blank.serial, blank.unknown; RC_CONFLICT blank.used. */
rc blank_spoil(tx *t, const void *in, void *out) MUST_USE;

typedef struct blank_tally {
	const actor *by;
	blank_stock stock;
	int64_t counted;
	str note;
} blank_tally;

/* *out: int64_t, how many more (or, below 0, less) there are than the books say. RC_INVALID blank.words
 * (field `note`): they differ, and nothing says why. */
rc blank_counted(tx *t, const void *in, void *out) MUST_USE;

/* ---- reading ---- */

typedef struct blank_run {
	int64_t id, first, last, digits, office;
	blank_stock stock;
	str prefix, received, source;
} blank_run;

typedef struct blank_gift {
	int64_t run, id, first, last, office;
	str issued, receiver, returned;
} blank_gift;

/* All runs and what was given out of them; some dozens in ten years. */
typedef struct blank_book {
	int64_t tenant;
	VEC(blank_run) runs;
	VEC(blank_gift) gifts;
} blank_book;

rc blank_book_read(db *d, arena *a, fault *f, int64_t tenant, blank_book *out) MUST_USE;

const blank_run *blank_run_find(const blank_book *b, int64_t id); /* NULL: there is none */

/* A number as it is printed. */
str blank_serial(arena *a, const blank_run *r, int64_t serial);

/* Numbers `first` to `last` of a run. */
typedef struct blank_range {
	const blank_run *run;
	int64_t first, last;
} blank_range;

typedef VEC(blank_range) blank_ranges;

/* What an office has of a stock, used or not, in the order of the books. */
void blank_held(arena *a, const blank_book *b, int64_t office, blank_stock stock, blank_ranges *out);

typedef struct blank_level {
	blank_stock stock;
	int64_t given, used, lost, left; /* given = used + lost + left */
	str next;                        /* the number after the last that was used; empty: nothing is left */
} blank_level;

typedef VEC(blank_level) blank_levels;

/* Every stock of which the office ever had some. */
rc blank_levels_read(db *d, arena *a, fault *f, const blank_book *b, int64_t office,
		     blank_levels *out) MUST_USE;

typedef struct blank_check {
	int64_t id, expected, counted;
	blank_stock stock;
	str day, note;
} blank_check;

typedef VEC(blank_check) blank_checks;

/* The latest `n` counts of an office. */
rc blank_checks_read(db *d, arena *a, fault *f, const actor *who, int64_t n, blank_checks *out) MUST_USE;

/* ---- for card.c ---- */

typedef struct blank_number {
	int64_t run, serial;
} blank_number;

/* The next `n` numbers that the office has and nobody used, from the one typed on; an empty text: from the
 * next. RC_INVALID blank.serial, blank.unknown; RC_CONFLICT blank.used (the first is gone), blank.short with
 * {n}: there are fewer. All at field `first`. */
typedef struct blank_want {
	int64_t office;
	blank_stock stock;
	str first;
	size_t n;
} blank_want;

rc blank_take(db *d, arena *a, fault *f, int64_t tenant, const blank_want *want, blank_number *out) MUST_USE;
