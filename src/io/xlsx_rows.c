/* xlsx_rows.c - the rows of a sheet.
 *
 *   <sheetData>
 *     <row r="2" hidden="1">
 *       <c r="A2" t="s"><v>7</v></c>                a shared text
 *       <c r="B2" s="3"><v>45809</v></c>            a number, by style 3 a day
 *       <c r="C2" t="inlineStr"><is><t>x</t></is></c>
 *       <c r="D2" t="str"><f>A2</f><v>x</v></c>     a formula's text; also b (0, 1), e (error), d (ISO 8601)
 *     </row>
 *   </sheetData>
 *   <mergeCells><mergeCell ref="A2:A9"/></mergeCells>   after the rows, hence looked for before
 *
 * The parser pauses at the end of every row that holds something, so memory holds one row. */
#include "base/buf.h"
#include "base/date.h"
#include "base/vec.h"
#include "io/xlsx_priv.h"

#include <math.h>
#include <stdlib.h>

enum {
	EXCEL_ROWS = 1048576,
	EXCEL_COLUMNS = 16384,
	EPOCH_1900 =
		25569, /* its number of 1970-01-01, counting a 29 February 1900 (day 60) that never was */
	EPOCH_1904 = 24107,
	LAST_SERIAL = 2958465, /* 9999-12-31 */
	DAY_SECONDS = 86400,
	WINDOW = 512,
};

typedef struct merge {
	uint32_t row, column, last_row, last_column; /* rows from 1, columns from 0 */
	cell value;
} merge;

struct xlsx_rows {
	xlsx *x;
	str name;
	arena *keep, *scratch; /* the values of merged ranges; the row being read */
	unzip_stream *stream;
	xml_reader *xml;
	bool over;

	uint32_t row; /* being read or read last, from 1 */
	size_t rows;  /* given so far */
	bool hidden, holds, complete;
	VEC(cell) cells;

	uint32_t column; /* of the cell being read, from 0 */
	char type;       /* the first letter of its t, but r for "str" */
	bool is_date;
	bool in_cell, in_value, in_reading, formula;
	buf value;

	VEC(merge) merges; /* sorted by row */
	size_t next_merge;
	VEC(merge *) active; /* those that cover the present row */
};

static rc
damaged(const xlsx_rows *r, fault *f)
{
	char column[CELL_COLUMN];

	return FAIL(f, RC_INVALID, "xlsx.damaged.row", FA_STR("sheet", r->name), FA_INT("row", r->row),
		    FA_STR("column", cell_column(r->column == UINT32_MAX ? 0 : r->column, column)));
}

/* ---- references: "AB12" ---- */

static bool
read_ref(str *s, uint32_t *row, uint32_t *column)
{
	uint32_t c = 0, n = 0;
	size_t i = 0;

	for (; i < s->n && s->p[i] >= 'A' && s->p[i] <= 'Z' && c <= EXCEL_COLUMNS; i++)
		c = c * 26 + (uint32_t)(s->p[i] - 'A') + 1;
	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9' && n <= EXCEL_ROWS; i++)
		n = n * 10 + (uint32_t)(s->p[i] - '0');
	if (c == 0 || c > EXCEL_COLUMNS || n == 0 || n > EXCEL_ROWS)
		return false;
	*s = str_from(*s, i);
	*column = c - 1;
	*row = n;
	return true;
}

/* ---- values ---- */

/* Digits, signs, a point, an exponent: what a number in a file looks like. */
static bool
looks_numeric(str s)
{
	bool digit = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		digit |= c >= '0' && c <= '9';
		if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'E' && c != 'e')
			return false;
	}
	return digit;
}

static str
day_text(arena *a, int32_t day, int32_t second)
{
	char text[DATE_TEXT];
	str s = date_text(day, text);

	if (second == 0)
		return str_dup(a, s);
	return str_fmt(a, "%.*s %02d:%02d:%02d", STR_ARG(s), second / 3600, second / 60 % 60, second % 60);
}

/* The serial number of a day; one that is no day (before the first, 29 February 1900, past 9999) stays a
 * number. */
static void
set_day(xlsx_rows *r, cell *c)
{
	char z[64], *end = z;

	if (c->text.n >= sizeof z)
		return;
	memcpy(z, c->text.p, c->text.n);
	z[c->text.n] = '\0';
	double serial = strtod(z, &end);
	if (*end || !(serial >= 1 && serial < LAST_SERIAL + 1.0) || (!r->x->from_1904 && floor(serial) == 60))
		return;
	int32_t whole = (int32_t)floor(serial);
	int32_t second = (int32_t)lround((serial - whole) * DAY_SECONDS);
	if (second == DAY_SECONDS) {
		whole++;
		second = 0;
	}
	int32_t epoch = r->x->from_1904 ? EPOCH_1904 : whole < 60 ? EPOCH_1900 - 1 : EPOCH_1900;
	if (whole - epoch > date_from_ymd(9999, 12, 31))
		return;
	c->kind = CELL_DATE;
	c->day = whole - epoch;
	c->second = second;
	c->text = day_text(r->scratch, c->day, second);
}

/* "2025-06-01T08:30:00": the strict form of the standard writes days so. */
static bool
set_iso(xlsx_rows *r, cell *c, str s)
{
	int32_t day = 0;
	int64_t h = 0, m = 0, sec = 0;

	if (!date_parse(str_sub(s, 0, 10), &day))
		return false;
	if (s.n > 10 && (s.n < 19 || !str_to_i64(str_sub(s, 11, 2), &h) ||
			 !str_to_i64(str_sub(s, 14, 2), &m) || !str_to_i64(str_sub(s, 17, 2), &sec) ||
			 h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59))
		return false;
	c->kind = CELL_DATE;
	c->day = day;
	c->second = (int32_t)(h * 3600 + m * 60 + sec);
	c->text = day_text(r->scratch, day, c->second);
	return true;
}

static bool
set_shared(xlsx_rows *r, cell *c, str s)
{
	int64_t i = 0;

	if (!str_to_i64(s, &i) || i < 0 || (uint64_t)i >= r->x->nstrings)
		return false;
	c->text = r->x->string[i];
	c->kind = c->text.n ? CELL_TEXT : CELL_EMPTY;
	return true;
}

/* False when the value is not of its type. An empty value is an empty cell, of whatever type. */
static bool
set_value(xlsx_rows *r, cell *c)
{
	str s = buf_str(&r->value);

	if (s.n == 0)
		return true;
	switch (r->type) {
	case 's':
		return set_shared(r, c, s);
	case 'b':
		c->kind = CELL_BOOL;
		c->yes = str_eq(s, STR("1")) || str_eq(s, STR("true"));
		c->text = c->yes ? STR("TRUE") : STR("FALSE");
		return true;
	case 'e':
		c->kind = CELL_ERROR;
		c->text = str_dup(r->scratch, s);
		return true;
	case 'd':
		return set_iso(r, c, s);
	case 'i': /* inlineStr */
	case 'r': /* str */
		c->kind = CELL_TEXT;
		c->text = xlsx_unescape(r->scratch, str_dup(r->scratch, s));
		return true;
	case 'n':
		s = str_trim(s);
		if (!looks_numeric(s))
			return false;
		c->kind = CELL_NUMBER;
		c->text = str_dup(r->scratch, s);
		if (r->is_date)
			set_day(r, c);
		return true;
	default:
		return false;
	}
}

/* ---- events ---- */

static rc
begin_row(xlsx_rows *r, fault *f, const xml_element *e)
{
	str at = xml_attr(e, STR(""), STR("r")), hidden = xml_attr(e, STR(""), STR("hidden"));
	int64_t row = (int64_t)r->row + 1;

	if (at.n && (!str_to_i64(at, &row) || row <= r->row))
		return damaged(r, f);
	if (row > EXCEL_ROWS)
		return damaged(r, f);
	r->row = (uint32_t)row;
	r->column = UINT32_MAX; /* the first cell without a name of its own is column 0 */
	r->hidden = str_eq(hidden, STR("1")) || str_eq(hidden, STR("true"));
	r->holds = false;
	r->cells.n = 0;
	return RC_OK;
}

/* Of the attributes only r, s and t count; they are found in one pass, for this runs a million times. */
static rc
begin_cell(xlsx_rows *r, fault *f, const xml_element *e)
{
	str ref = {0}, style = {0}, type = STR("n");
	uint32_t row = 0, column = r->column + 1;
	int64_t n = 0;

	for (size_t i = 0; e->raw[i]; i += 2) {
		const char *name = e->raw[i];
		if (name[0] == 'r' && !name[1])
			ref = str_of(e->raw[i + 1]);
		else if (name[0] == 's' && !name[1])
			style = str_of(e->raw[i + 1]);
		else if (name[0] == 't' && !name[1])
			type = str_of(e->raw[i + 1]);
	}
	if (ref.p && (!read_ref(&ref, &row, &column) || ref.n || row != r->row))
		return damaged(r, f);
	if (column >= EXCEL_COLUMNS || (r->column != UINT32_MAX && column <= r->column))
		return damaged(r, f);
	r->column = column;
	r->is_date = str_to_i64(style, &n) && n >= 0 && (uint64_t)n < r->x->nstyles && r->x->is_date[n];
	r->type = str_eq(type, STR("str")) ? 'r' : type.n ? type.p[0] : 'n';
	r->in_cell = true;
	r->formula = false;
	buf_clear(&r->value);
	return RC_OK;
}

static rc
end_cell(xlsx_rows *r, fault *f)
{
	char name[CELL_COLUMN];
	cell c = {0};

	r->in_cell = false;
	if (!set_value(r, &c))
		return damaged(r, f);
	c.formula = r->formula;
	bool beyond = r->column >= r->x->most.columns;
	if (c.kind == CELL_EMPTY && (!c.formula || beyond))
		return RC_OK;
	if (beyond)
		return FAIL(f, RC_LIMIT, "xlsx.columns", FA_STR("sheet", r->name), FA_INT("row", r->row),
			    FA_STR("column", cell_column(r->column, name)),
			    FA_INT("max", r->x->most.columns));
	while (r->cells.n <= r->column)
		*vec_add(r->scratch, &r->cells) = (cell){0};
	r->cells.v[r->column] = c;
	r->holds = r->holds || c.kind != CELL_EMPTY;
	return RC_OK;
}

static rc
on_open(void *p, fault *f, const xml_element *e)
{
	xlsx_rows *r = p;
	str n = e->name;

	if (n.n == 1 && n.p[0] == 'c')
		return begin_cell(r, f, e);
	if (n.n == 1 && (n.p[0] == 'v' || n.p[0] == 't'))
		r->in_value = r->in_cell && !r->in_reading;
	else if (n.n == 1 && n.p[0] == 'f')
		r->formula = r->in_cell;
	else if (str_eq(n, STR("row")))
		return begin_row(r, f, e);
	else if (str_eq(n, STR("rPh")))
		r->in_reading = true;
	return RC_OK;
}

static rc
on_close(void *p, fault *f, str space, str n)
{
	xlsx_rows *r = p;

	(void)space;
	if (n.n == 1 && n.p[0] == 'c')
		return end_cell(r, f);
	if (n.n == 1 && (n.p[0] == 'v' || n.p[0] == 't')) {
		r->in_value = false;
	} else if (str_eq(n, STR("rPh"))) {
		r->in_reading = false;
	} else if (str_eq(n, STR("row")) && r->holds) {
		r->complete = true;
		xml_pause(r->xml);
	}
	return RC_OK;
}

static rc
on_text(void *p, fault *f, str s)
{
	xlsx_rows *r = p;

	if (!r->in_value)
		return RC_OK;
	if (r->value.n + s.n > r->x->most.cell)
		return FAIL(f, RC_LIMIT, "xlsx.cell", FA_STR("sheet", r->name), FA_INT("row", r->row),
			    FA_INT("max", r->x->most.cell));
	buf_put(&r->value, s);
	return RC_OK;
}

/* ---- merged ranges ---- */

static int
by_row(const void *x, const void *y)
{
	const merge *a = x, *b = y;

	return a->row != b->row ? (a->row > b->row) - (a->row < b->row)
				: (a->column > b->column) - (a->column < b->column);
}

/* `s` begins behind "mergeCell"; it holds ref="A1:B9" before its end, or nothing we know. */
static rc
add_merge(xlsx_rows *r, fault *f, str s)
{
	merge m = {0};
	ptrdiff_t at = str_find(s, STR("ref="));

	if (at < 0)
		return RC_OK;
	s = str_from(s, (size_t)at + 5);
	if (!read_ref(&s, &m.row, &m.column) || s.n == 0 || s.p[0] != ':')
		return RC_OK;
	s = str_from(s, 1);
	if (!read_ref(&s, &m.last_row, &m.last_column) || m.last_row < m.row || m.last_column < m.column)
		return RC_OK;
	if (r->merges.n == r->x->most.merges)
		return FAIL(f, RC_LIMIT, "xlsx.merges", FA_STR("sheet", r->name),
			    FA_INT("max", r->x->most.merges));
	*vec_add(r->keep, &r->merges) = m;
	return RC_OK;
}

/* Looks for the words themselves: "<" never stands in a text, so they can only be elements, and inflating is
 * all that this second pass costs. A window keeps what the end of a piece cut off. */
static rc
scan_merges(xlsx_rows *r, arena *scratch, fault *f, size_t part)
{
	unzip_stream *s = NULL;
	buf window = buf_in(scratch);
	str piece = {0};

	TRY(unzip_begin(r->x->zip, scratch, f, part, &s));
	do {
		TRY(unzip_more(s, f, &piece));
		buf_put(&window, piece);
		str rest = buf_str(&window);
		for (ptrdiff_t at = 0; (at = str_find(rest, STR("mergeCell "))) >= 0;) {
			str tail = str_from(rest, (size_t)at);
			ptrdiff_t end = str_find_char(str_sub(tail, 0, WINDOW), '>');
			if (end < 0 && tail.n < WINDOW)
				break;
			size_t n = end < 0 ? WINDOW : (size_t)end;
			TRY(add_merge(r, f, str_sub(tail, 0, n)));
			rest = str_from(tail, n);
		}
		size_t kept = MIN(rest.n, (size_t)WINDOW);
		if (kept)
			memmove(window.p, rest.p + (rest.n - kept), kept);
		window.n = kept;
	} while (piece.n);
	if (r->merges.n)
		qsort(r->merges.v, r->merges.n, sizeof *r->merges.v, by_row);
	return RC_OK;
}

static uint32_t
last_covered(const xlsx_rows *r, const merge *m)
{
	return MIN(m->last_column, (uint32_t)r->x->most.columns - 1);
}

/* Which ranges cover this row: those that begin by now, less those that ended. Ranges of an honest file do
 * not overlap, so together they are no wider than the sheet; else every row could be made to cost the most it
 * can. */
static rc
follow_merges(xlsx_rows *r, fault *f)
{
	size_t n = 0, width = 0;

	for (; r->next_merge < r->merges.n && r->merges.v[r->next_merge].row <= r->row; r->next_merge++) {
		merge *m = &r->merges.v[r->next_merge];
		if (m->last_row >= r->row && m->column < r->x->most.columns)
			*vec_add(r->keep, &r->active) = m;
	}
	for (size_t i = 0; i < r->active.n; i++) {
		merge *m = r->active.v[i];
		if (m->last_row < r->row)
			continue;
		r->active.v[n++] = m;
		width += last_covered(r, m) - m->column + 1;
	}
	r->active.n = n;
	return width > r->x->most.columns ? damaged(r, f) : RC_OK;
}

static void
cover(xlsx_rows *r, merge *m)
{
	uint32_t last = last_covered(r, m);

	while (r->cells.n <= last)
		*vec_add(r->scratch, &r->cells) = (cell){0};
	if (m->row == r->row) {
		m->value = r->cells.v[m->column];
		m->value.text = str_dup(r->keep, m->value.text);
	}
	for (uint32_t c = m->column; c <= last; c++)
		if (m->row != r->row || c != m->column)
			r->cells.v[c].merged = &m->value;
}

/* ---- reading ---- */

static rc
begin(xlsx_rows *r, arena *a, fault *f, size_t part, bool merges)
{
	static const xml_handler h = {on_open, on_close, on_text};
	xml_limits most = {.bytes = r->x->most.total, .depth = XLSX_DEPTH, .flat = true};

	if (merges) {
		arena *scratch = arena_open(a, 0);
		rc code = scan_merges(r, scratch, f, part);
		arena_close(scratch);
		TRY(code);
	}
	r->xml = xml_open(a, &h, r, most);
	return unzip_begin(r->x->zip, a, f, part, &r->stream);
}

rc
xlsx_begin(xlsx *x, arena *a, fault *f, size_t i, bool merges, xlsx_rows **out)
{
	xlsx_rows *r = arena_new(a, xlsx_rows);

	*r = (xlsx_rows){.x = x,
			 .name = xlsx_at(x, i)->name,
			 .keep = a,
			 .scratch = arena_open(a, 0),
			 .value = buf_in(a)};
	*out = r;
	return begin(r, a, f, x->part[i], merges);
}

/* Reads on until a row is complete or the sheet at its end. */
static rc
read_row(xlsx_rows *r, fault *f)
{
	str piece = {0};

	while (!r->complete) {
		if (xml_paused(r->xml)) {
			TRY(xml_resume(r->xml, f));
		} else if (r->over) {
			return RC_NOT_FOUND;
		} else {
			TRY(unzip_more(r->stream, f, &piece));
			r->over = piece.n == 0;
			TRY(xml_feed(r->xml, f, piece, r->over));
		}
	}
	return RC_OK;
}

rc
xlsx_next(xlsx_rows *r, fault *f, cell_row *out)
{
	arena_reset(r->scratch);
	r->cells.v = NULL;
	r->cells.n = r->cells.cap = 0;
	r->complete = r->holds = false;
	TRY(read_row(r, f));
	if (r->rows == r->x->most.rows)
		return FAIL(f, RC_LIMIT, "xlsx.rows", FA_STR("sheet", r->name),
			    FA_INT("max", r->x->most.rows));
	r->rows++;
	TRY(follow_merges(r, f));
	for (size_t i = 0; i < r->active.n; i++)
		cover(r, r->active.v[i]);
	*out = (cell_row){.row = r->row, .hidden = r->hidden, .n = (uint32_t)r->cells.n, .cell = r->cells.v};
	return RC_OK;
}
