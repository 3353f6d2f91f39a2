/* record.h - a person of the register as fields: the one answer to "what does the register say of 残疾等级"
 * for comparing a sheet with it and for writing a roster from it. */
#pragma once
#include "app/intake/row.h"

typedef struct record {
	const person_view *p;
	const data_key *key; /* opened once for the person */
	db *d;
	const catalogue *c;
} record;

/* Reads the person and opens his key. Whoever calls wrote a look, or shows nothing of it.
 * RC_NOT_FOUND: shredded, or withdrawn. */
rc record_read(db *d, arena *a, fault *f, const catalogue *c, const person_ref *ref, record *out) MUST_USE;
void record_done(record *r); /* wipes the key */

/* The stored text of a field, opened where it is sealed; "" when nothing is known. Several values of one fact
 * are joined by 、 in the order they were entered. */
rc record_text(const record *r, arena *a, fault *f, const field *x, str *out) MUST_USE;

/* The components of the present certificate. */
void record_parts(const record *r, arena *a, const part_in **v, size_t *n);

/* Do two stored texts of a field say the same? Where several values hold at once, in any order. */
bool record_same(const field *x, str a, str b);

/* One field in which sheet and register differ. */
typedef struct intake_difference {
	const field *field;
	str sheet, kept; /* stored texts */
} intake_difference;

typedef VEC(intake_difference) intake_differences;

/* A keyed digest of every field that the row gives: rows of one digest say the same of a person. */
rc record_digest(sealer *k, const intake_setting *s, arena *a, fault *f, const intake_read *row,
		 str *out) MUST_USE;

/* Every field that the row gives and the register has otherwise. */
rc record_compare(const record *r, const intake_setting *s, arena *a, fault *f, const intake_read *row,
		  intake_differences *out) MUST_USE;
