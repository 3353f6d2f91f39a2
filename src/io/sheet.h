/* sheet.h - a sheet of cells, be it CSV or Excel: what a person uploads when asked for a list.
 *
 * What it is, the content tells, never the name. Rows come in order with the number that the person sees
 * beside them; faults name the sheet, row and column where they can. */
#pragma once
#include "base/fault.h"
#include "io/cell.h"

typedef enum sheet_format { SHEET_CSV, SHEET_XLSX } sheet_format;

typedef struct sheet_limits {
	size_t bytes, rows, columns, cell;
} sheet_limits;

#define SHEET_LIMITS ((sheet_limits){.bytes = 64 << 20, .rows = 200000, .columns = 512, .cell = 131072})

typedef struct sheet sheet;

/* `bytes` must stay as long as `a` does.
 * RC_INVALID sheet.empty, sheet.html (a web page called .xls), text.*, xlsx.*, zip.*, xml.*
 * RC_LIMIT   sheet.size and theirs */
rc sheet_open(arena *a, fault *f, str bytes, sheet_limits most, sheet **out) MUST_USE;

sheet_format sheet_kind(const sheet *s);

/* The tabs; CSV has one, without a name. */
size_t sheet_count(const sheet *s);
str sheet_name(const sheet *s, size_t i);
bool sheet_hidden(const sheet *s, size_t i);

/* Begins tab `i` from its top. Merged ranges are told in cell.merged. */
rc sheet_begin(sheet *s, fault *f, size_t i) MUST_USE;

/* The next row that holds something; good until the next call. RC_NOT_FOUND at the end (no fault). */
rc sheet_next(sheet *s, fault *f, cell_row *out) MUST_USE;
