/* csv.h - rows of text from CSV, whole or in chunks; and CSV that no spreadsheet takes for a formula.
 *
 * RFC 4180 with any of , ; tab between cells and any line ending. Quotes are strict: a cell opens with one or
 * has none. Blanks around a cell without quotes are dropped. Text is UTF-8 (text.h). */
#pragma once
#include "base/buf.h"
#include "base/fault.h"

typedef struct csv_limits {
	size_t columns, cell, rows; /* cells in a row, bytes in a cell, rows in all */
} csv_limits;

#define CSV_LIMITS ((csv_limits){.columns = 512, .cell = 65536, .rows = 1000000})

typedef struct csv_row {
	size_t row; /* as a spreadsheet numbers it: from 1; empty rows count, line breaks in quotes do not */
	size_t n;   /* 0: an empty row */
	const str *cell; /* good until the next call */
} csv_row;

/* More text: a chunk that stays until the next call, or an empty one at the end. */
typedef rc (*csv_source)(void *p, fault *f, str *chunk);

typedef struct csv_reader csv_reader;

/* Which of , ; tab separates: the one that most of the first lines have equally often. */
char csv_guess(str head);

/* Over a whole text, or over chunks. Everything lives in `a`. */
csv_reader *csv_over(arena *a, str text, char separator, csv_limits most);
csv_reader *csv_from(arena *a, csv_source more, void *p, char separator, csv_limits most);

/* The next row. RC_NOT_FOUND at the end (no fault).
 * RC_INVALID csv.quote (a quotation mark inside a cell, or one never closed), csv.encoding
 * RC_LIMIT   csv.columns, csv.cell, csv.rows.  Each names the row. */
rc csv_next(csv_reader *r, fault *f, csv_row *out) MUST_USE;

/* ---- writing ----
 *
 * Cells of text that begin with = + - @, their full-width forms, tab, CR or LF get an apostrophe in front, so
 * that a spreadsheet shows them and never runs them. Numbers and days are written as they are. */
typedef struct csv_out {
	buf *b;
	bool begun; /* a cell of this row is written */
} csv_out;

/* `mark`: a byte order mark in front, without which Excel reads no Chinese. */
csv_out csv_to(buf *b, bool mark);
void csv_put_text(csv_out *w, str s);
void csv_put_int(csv_out *w, int64_t v);
void csv_put_day(csv_out *w, int32_t day); /* DATE_NONE: an empty cell */
void csv_put_fen(csv_out *w, int64_t fen); /* as yuan: -12.50 */
void csv_end_row(csv_out *w);              /* CR LF */
