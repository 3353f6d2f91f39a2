/* cell.h - one cell of a sheet, whatever file it came from. */
#pragma once
#include "base/str.h"

typedef enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,
	CELL_NUMBER,
	CELL_DATE,
	CELL_BOOL,
	CELL_ERROR, /* #N/A and the like: a formula that failed */
} cell_kind;

typedef struct cell {
	cell_kind kind;
	int32_t day;    /* CELL_DATE: days since 1970-01-01 */
	int32_t second; /* CELL_DATE: of that day */
	bool yes;       /* CELL_BOOL */
	bool formula;   /* the spreadsheet computed it; what it holds may be empty */
	/* CELL_TEXT: the text. CELL_NUMBER: as it lies in the file ("4.40101E+17", "1.1000000000000001").
	 * CELL_DATE: "2025-06-01" or "2025-06-01 08:30:00". CELL_BOOL: "TRUE", "FALSE". CELL_ERROR: "#N/A".
	 */
	str text;
	const struct cell *merged; /* the cell whose merged range covers this one, or NULL */
} cell;

typedef struct cell_row {
	uint32_t row; /* the number that a person sees beside it, from 1 */
	bool hidden;
	uint32_t n; /* cells, up to the last one that holds or is covered by something; column A is cell[0] */
	const cell *cell;
} cell_row;

/* A number whose digits the spreadsheet has already lost: 15 are kept, an identity number has 18. Such a cell
 * must never be taken for the number that was typed. */
bool cell_is_spoilt(const cell *c);

/* The number as people see it: at most 15 digits, no exponent: "4.4e3" is "4400", "1.1000000000000001" is
 * "1.1". Any other kind: its text. */
str cell_plain(arena *a, const cell *c);

/* The value itself or, where it is empty and covered by a merged range, the value of that range. */
const cell *cell_value(const cell *c);

/* Column 0 is "A", 25 "Z", 26 "AA". */
enum { CELL_COLUMN = 8 };
str cell_column(uint32_t column, char out[CELL_COLUMN]);
