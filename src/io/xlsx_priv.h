/* xlsx_priv.h - the parts of a workbook, shared by xlsx.c (what is in the file) and xlsx_rows.c (rows of a
 * sheet). */
#pragma once
#include "io/xlsx.h"
#include "io/xml.h"
#include "io/zip.h"

struct xlsx {
	arena *a;
	unzip *zip;
	xlsx_limits most;
	size_t n;
	xlsx_sheet *sheet;
	size_t *part; /* the zip entry of each sheet */
	bool from_1904;
	size_t nstrings;
	const str *string; /* the shared texts */
	size_t nstyles;
	const bool *is_date; /* of each cell style */
};

enum { XLSX_DEPTH = 64 };

/* "_x000D_" is how a file writes a carriage return. */
str xlsx_unescape(arena *a, str s);

/* Does a number of this format show a day?  m in "yyyy-m" does, in "[Red]0.0" or "\"m\"0" not. */
bool xlsx_format_is_date(str code);
bool xlsx_builtin_is_date(int64_t id);
