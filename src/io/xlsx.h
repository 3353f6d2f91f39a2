/* xlsx.h - reading Excel workbooks (XLSX) as they were typed: rows one by one, of any visible or hidden
 * sheet.
 *
 * Text and numbers are told apart as the file tells them. A formula gives the value it had when the file was
 * saved. Only one row is in memory at a time, besides the table of shared texts. */
#pragma once
#include "base/fault.h"
#include "io/cell.h"

typedef struct xlsx_limits {
	size_t rows;    /* rows that hold something */
	size_t columns; /* the last column that holds something */
	size_t cell;    /* bytes of one cell */
	size_t merges;  /* merged ranges of a sheet */
	size_t texts;   /* bytes of the table of shared texts */
	uint64_t total; /* bytes inflated, of the whole file */
} xlsx_limits;

#define XLSX_LIMITS                                                                                          \
	((xlsx_limits){.rows = 200000,                                                                       \
		       .columns = 512,                                                                       \
		       .cell = 131072,                                                                       \
		       .merges = 100000,                                                                     \
		       .texts = 128u << 20,                                                                  \
		       .total = 768u << 20})

typedef struct xlsx_sheet {
	str name;
	bool hidden;
} xlsx_sheet;

typedef struct xlsx xlsx;
typedef struct xlsx_rows xlsx_rows;

/* `bytes` must stay as long as `a` does.
 * RC_INVALID xlsx.xls (the format before 2007), xlsx.password, xlsx.xlsb, xlsx.ods, xlsx.kind (no workbook),
 *            xlsx.damaged, and what zip.h and xml.h refuse
 * RC_LIMIT   xlsx.texts, xlsx.cell, and of zip.h and xml.h */
rc xlsx_open(arena *a, fault *f, str bytes, xlsx_limits most, xlsx **out) MUST_USE;

/* Sheets in the order of their tabs; there is at least one. */
size_t xlsx_count(const xlsx *x);
const xlsx_sheet *xlsx_at(const xlsx *x, size_t i);

/* Begins to read a sheet. With `merges` the merged ranges are looked for first, which inflates the sheet once
 * more; without, cell.merged is always NULL. */
rc xlsx_begin(xlsx *x, arena *a, fault *f, size_t i, bool merges, xlsx_rows **out) MUST_USE;

/* The next row that holds something; good until the next call. RC_NOT_FOUND at the end (no fault).
 * RC_INVALID xlsx.damaged (row, column), zip.damaged, xml.*
 * RC_LIMIT   xlsx.rows, xlsx.columns, xlsx.cell, xlsx.merges.  Each names sheet and row. */
rc xlsx_next(xlsx_rows *r, fault *f, cell_row *out) MUST_USE;
