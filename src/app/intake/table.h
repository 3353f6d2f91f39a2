/* table.h - an uploaded sheet in memory, and which of its columns is which field.
 *
 * Title lines above the headings are passed over: the row of headings is the one among the first rows in
 * which most cells name a field. Merged ranges are laid out, blank lines are left out, row numbers are those
 * that a person sees. */
#pragma once
#include "app/field/field.h"
#include "base/vec.h"
#include "io/cell.h"
#include "io/sheet.h"

typedef struct intake_row {
	uint32_t number; /* as the person sees it */
	uint32_t n;
	const cell *cell; /* merged ranges laid out: no cell points to another */
} intake_row;

typedef struct intake_column {
	str heading;
	const field *field; /* NULL: left out */
} intake_column;

enum { INTAKE_ROWS_MAX = 200000, INTAKE_HEAD_ROWS = 10 };

typedef struct intake_table {
	arena *a;
	VEC(intake_row) rows; /* all of the sheet, until the headings are found; then the rows below them */
	intake_column *column;
	size_t columns;
} intake_table;

intake_table *intake_table_new(arena *a);

/* A sheet_sink (sheet_child.h): `table` is an intake_table. RC_LIMIT intake.rows */
rc intake_table_take(void *table, fault *f, const cell_row *row) MUST_USE;

/* All of an open sheet, its first visible tab: for bytes that are trusted as much as the program. */
rc intake_table_read(intake_table *t, fault *f, sheet *s) MUST_USE;

/* What an office calls things: heading (folded) to field id; an empty id leaves the column out. */
typedef struct heading_choice {
	str heading, field;
} heading_choice;

typedef VEC(heading_choice) heading_choices;

/* Finds the headings and gives each column its field: by `chosen` (may be NULL), else by the catalogue. Two
 * columns of one field: the first has it, the second is left out.
 * RC_INVALID intake.headings (no row names two fields), intake.field (a choice of a field that does not
 * exist). */
rc intake_table_map(intake_table *t, fault *f, const catalogue *c, const heading_choices *chosen) MUST_USE;

/* The column of a field, or -1. */
int intake_column_of(const intake_table *t, const field *x);

/* A file of choices: a YAML list of {heading: 证号, field: certificate_number}; `field: none` leaves it out.
 * RC_INVALID yaml.*, intake.field */
rc heading_choices_read(arena *a, fault *f, const catalogue *c, str file, str text,
			heading_choices *out) MUST_USE;

/* Choices as such a file. */
str heading_choices_text(arena *a, const heading_choice *v, size_t n);

/* The mapping as such a file, to be kept with the import. */
str intake_table_map_text(arena *a, const intake_table *t);
