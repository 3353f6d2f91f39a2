/* xlsx_write.h - writing a list as an Excel workbook of one sheet: typed columns, a header row that stays in
 * sight, no formula ever, and a number that could lose digits as text.
 *
 *   xlsx_out *o;
 *   TRY(xlsx_create(a, f, &plan, &o));
 *   xlsx_put_text(o, name); xlsx_put_day(o, born); TRY(xlsx_end_row(o, f));      for every row
 *   TRY(xlsx_finish(o, f));
 *
 * Rows go to a temporary file as they come: memory does not grow with them. */
#pragma once
#include "base/fault.h"
#include "base/str.h"

typedef enum xlsx_type {
	XLSX_TEXT, /* identity numbers, telephone numbers, codes: everything nobody adds up */
	XLSX_INT,
	XLSX_FEN, /* shown in yuan with two decimals */
	XLSX_DAY,
} xlsx_type;

typedef struct xlsx_column {
	str title;
	xlsx_type type;
	uint16_t width; /* in characters of Latin text; a Chinese one takes two */
} xlsx_column;

typedef struct xlsx_plan {
	str path;    /* the file made; one that is there is overwritten */
	str sheet;   /* its tab: at most 31 characters; those Excel refuses become _ */
	int64_t now; /* ms UTC, written as the time of making */
	size_t columns;
	const xlsx_column *column;
} xlsx_plan;

typedef struct xlsx_out xlsx_out;

/* Unless finished, what was begun is thrown away when `a` closes. */
rc xlsx_create(arena *a, fault *f, const xlsx_plan *plan, xlsx_out **out) MUST_USE;

/* The next cell of the row, which must be of its column's type; xlsx_put_nothing leaves any cell empty. */
void xlsx_put_text(xlsx_out *o, str s); /* cut at 32,767 characters, all that a cell can hold */
void xlsx_put_int(xlsx_out *o, int64_t v);
void xlsx_put_fen(xlsx_out *o, int64_t fen);
void xlsx_put_day(xlsx_out *o, int32_t day); /* DATE_NONE: empty */
void xlsx_put_nothing(xlsx_out *o);

/* RC_LIMIT xlsx.out.rows: a sheet holds 1,048,576 rows. */
rc xlsx_end_row(xlsx_out *o, fault *f) MUST_USE;

/* RC_FULL xlsx.out.full, RC_IO xlsx.out.failed. There is no file, or a whole one. */
rc xlsx_finish(xlsx_out *o, fault *f) MUST_USE;
