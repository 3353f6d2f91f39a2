/* result.h - what a step of an errand found, kept between the thread that found it and the pages that show
 * it: JSON in a sealed file. */
#pragma once
#include "app/intake/photo.h"

enum {
	FOUND_ROWS = 2000, /* shown of each verdict; the sheet of refused rows has them all */
	FOUND_SAMPLES = 3,
	FOUND_SAMPLE = 40, /* characters */
};

/* ---- the headings of a sheet ---- */

typedef struct found_column {
	str heading, field; /* field: as guessed or remembered; empty: left out */
	str sample[FOUND_SAMPLES];
	size_t nsamples;
} found_column;

typedef VEC(found_column) found_columns;

str found_columns_write(arena *a, const intake_table *t);
/* RC_INVALID json.*: not a text of ours. */
rc found_columns_read(arena *a, fault *f, str text, found_columns *out) MUST_USE;

/* ---- its rows, checked or loaded ---- */

typedef struct found_difference {
	str field, sheet, kept; /* stored texts */
} found_difference;

typedef struct found_row {
	int64_t line;
	intake_verdict verdict;
	str name, number; /* as the sheet has them, the identity number covered */
	str why;          /* it was refused */
	int64_t owner, person;
	VEC(found_difference) differences;
} found_row;

/* In how many rows a field differs. */
typedef struct found_field {
	str field;
	int64_t n;
} found_field;

typedef struct found {
	VEC(found_row) rows; /* in the order of the sheet */
	VEC(found_field) fields;
	int64_t corrected, given, kept; /* people corrected; photos given, photos of who had one */
	VEC(photo_left) left;
} found;

/* `corrected` and `photos` (may be NULL) belong to a run that loaded. */
str found_write(arena *a, const intake *in, int64_t corrected, const photo_report *photos);
rc found_read(arena *a, fault *f, str text, found *out) MUST_USE;
