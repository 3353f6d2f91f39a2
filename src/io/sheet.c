/* sheet.c - see sheet.h. */
#include "io/sheet.h"

#include "io/csv.h"
#include "io/text.h"
#include "io/xlsx.h"

enum { HEAD = 4096 };

struct sheet {
	arena *a;
	sheet_limits most;
	sheet_format format;
	arena *reading; /* what the tab being read holds */
	str text;       /* CSV, decoded */
	csv_reader *csv;
	xlsx *book;
	xlsx_rows *rows;
	size_t room; /* of cells */
	cell *cells; /* of a row of CSV */
};

/* Old systems "export to Excel" a web page, and Excel itself an XML of its own: neither is a table to us. */
static bool
is_html(arena *a, str text)
{
	str head = str_lower(a, str_trim(str_sub(text, 0, HEAD)));

	return str_starts(head, STR("<html")) || str_starts(head, STR("<!doctype")) ||
	       str_starts(head, STR("<table")) || str_starts(head, STR("<?xml")) ||
	       str_starts(head, STR("<meta")) || str_starts(head, STR("<head")) ||
	       str_starts(head, STR("mime-version:"));
}

static rc
open_csv(sheet *s, fault *f, str bytes)
{
	TRY(text_decode(s->a, f, bytes, s->most.bytes, NULL, &s->text));
	if (is_html(s->a, s->text))
		return FAIL(f, RC_INVALID, "sheet.html");
	if (str_trim(s->text).n == 0)
		return FAIL(f, RC_INVALID, "sheet.empty");
	s->format = SHEET_CSV;
	return RC_OK;
}

static rc
open_xlsx(sheet *s, fault *f, str bytes)
{
	xlsx_limits most = XLSX_LIMITS;

	most.rows = s->most.rows;
	most.columns = s->most.columns;
	most.cell = s->most.cell;
	s->format = SHEET_XLSX;
	return xlsx_open(s->a, f, bytes, most, &s->book);
}

rc
sheet_open(arena *a, fault *f, str bytes, sheet_limits most, sheet **out)
{
	sheet *s = arena_new(a, sheet);

	*s = (sheet){.a = a, .most = most, .reading = arena_open(a, 0)};
	if (bytes.n > most.bytes)
		return FAIL(f, RC_LIMIT, "sheet.size", FA_INT("max", most.bytes));
	if (bytes.n == 0)
		return FAIL(f, RC_INVALID, "sheet.empty");
	bool archive = str_starts(bytes, STR("PK\x03\x04")), ole = str_starts(bytes, STR("\xd0\xcf\x11\xe0"));
	TRY(archive || ole ? open_xlsx(s, f, bytes) : open_csv(s, f, bytes));
	*out = s;
	return RC_OK;
}

sheet_format
sheet_kind(const sheet *s)
{
	return s->format;
}

size_t
sheet_count(const sheet *s)
{
	return s->format == SHEET_XLSX ? xlsx_count(s->book) : 1;
}

str
sheet_name(const sheet *s, size_t i)
{
	return s->format == SHEET_XLSX ? xlsx_at(s->book, i)->name : STR("");
}

bool
sheet_hidden(const sheet *s, size_t i)
{
	return s->format == SHEET_XLSX && xlsx_at(s->book, i)->hidden;
}

rc
sheet_begin(sheet *s, fault *f, size_t i)
{
	csv_limits csv = {.columns = s->most.columns, .cell = s->most.cell, .rows = s->most.rows};

	arena_reset(s->reading);
	s->room = 0;
	if (s->format == SHEET_XLSX)
		return xlsx_begin(s->book, s->reading, f, i, true, &s->rows);
	s->csv = csv_over(s->reading, s->text, csv_guess(str_sub(s->text, 0, 16 * HEAD)), csv);
	return RC_OK;
}

static rc
next_csv(sheet *s, fault *f, cell_row *out)
{
	csv_row row = {0};
	size_t n = 0;

	while (n == 0) { /* rows of nothing but separators hold nothing */
		TRY(csv_next(s->csv, f, &row));
		for (n = row.n; n > 0 && row.cell[n - 1].n == 0; n--)
			;
	}
	if (n > s->room) {
		s->room = s->most.columns;
		s->cells = arena_array(s->reading, cell, s->room);
	}
	for (size_t i = 0; i < n; i++)
		s->cells[i] = (cell){.kind = row.cell[i].n ? CELL_TEXT : CELL_EMPTY, .text = row.cell[i]};
	*out = (cell_row){.row = (uint32_t)row.row, .n = (uint32_t)n, .cell = s->cells};
	return RC_OK;
}

rc
sheet_next(sheet *s, fault *f, cell_row *out)
{
	return s->format == SHEET_XLSX ? xlsx_next(s->rows, f, out) : next_csv(s, f, out);
}
