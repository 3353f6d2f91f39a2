/* xlsx_write.c - see xlsx_write.h.  Over libxlsxwriter in its constant-memory mode, which wants rows and
 * cells in order and writes texts in place. */
#include "io/xlsx_write.h"

#include "base/date.h"
#include "base/fen.h"
#include "base/utf8.h"

#include <errno.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
	ROWS = 1048576,
	CELL_CHARS = 32767,
	TAB_CHARS = 31,
	EPOCH = 25569,          /* Excel's number of 1970-01-01 */
	FIRST_DAY = 61 - EPOCH, /* 1900-03-01: before it Excel's count is off by a day */
};

static const int64_t EXACT = 1000000000000000; /* 15 digits survive in a double, in Excel and on the screen */

struct xlsx_out {
	arena *a, *scratch; /* scratch: the texts of one row */
	const char *path;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *format[XLSX_DAY + 1];
	size_t columns;
	const xlsx_column *column;
	lxw_row_t row;
	lxw_col_t at;
};

static void
throw_away(void *p)
{
	xlsx_out *o = p;

	if (o->book)
		lxw_workbook_free(o->book);
}

static str
tab_name(arena *a, str name)
{
	str s = str_dup(a, utf8_cut(name, TAB_CHARS));
	char *p = (char *)(uintptr_t)s.p;

	for (size_t i = 0; i < s.n; i++)
		if (strchr("[]:*?/\\'", p[i]))
			p[i] = '_';
	return s.n ? s : STR("1");
}

/* Every column has its format, so that a cell typed in later is text or a day as well. */
static void
add_formats(xlsx_out *o)
{
	static const char *const code[] = {"@", "0", "0.00", "yyyy-mm-dd"};

	for (size_t i = 0; i < LEN(code); i++) {
		o->format[i] = workbook_add_format(o->book);
		format_set_num_format(o->format[i], code[i]);
	}
}

static void
write_header(xlsx_out *o)
{
	lxw_format *head = workbook_add_format(o->book);

	format_set_bold(head);
	format_set_text_wrap(head);
	format_set_align(head, LXW_ALIGN_VERTICAL_CENTER);
	format_set_bottom(head, LXW_BORDER_THIN);
	format_set_bg_color(head, 0xE8EEF4);
	for (size_t i = 0; i < o->columns; i++) {
		const xlsx_column *c = &o->column[i];
		lxw_col_t at = (lxw_col_t)i;
		worksheet_set_column(o->sheet, at, at, c->width ? c->width : LXW_DEF_COL_WIDTH,
				     o->format[c->type]);
		worksheet_write_string(o->sheet, 0, at, cstr(o->scratch, c->title), head);
	}
	worksheet_freeze_panes(o->sheet, 1, 0);
	worksheet_repeat_rows(o->sheet, 0, 0); /* on every page of print */
	o->row = 1;
}

rc
xlsx_create(arena *a, fault *f, const xlsx_plan *plan, xlsx_out **out)
{
	lxw_workbook_options how = {.constant_memory = LXW_TRUE};
	xlsx_out *o = arena_new(a, xlsx_out);

	*o = (xlsx_out){
		.a = a,
		.scratch = arena_open(a, 0),
		.path = cstr(a, plan->path),
		.columns = plan->columns,
		.column = plan->column,
	};
	BUG_ON(plan->columns == 0 || plan->columns > LXW_COL_MAX);
	o->book = workbook_new_opt(o->path, &how);
	if (!o->book)
		return FAIL(f, RC_IO, "xlsx.out.failed");
	arena_defer(a, throw_away, o);
	lxw_doc_properties about = {.created = plan->now / 1000};
	workbook_set_properties(o->book, &about);
	o->sheet = workbook_add_worksheet(o->book, cstr(a, tab_name(a, plan->sheet)));
	if (!o->sheet) /* it could not make its temporary file */
		return FAIL(f, RC_IO, "xlsx.out.failed");
	add_formats(o);
	write_header(o);
	*out = o;
	return RC_OK;
}

/* The format of the next cell, which has to be of this type. */
static lxw_format *
next(xlsx_out *o, xlsx_type type)
{
	BUG_ON(o->at >= o->columns || o->column[o->at].type != type);
	return o->format[type];
}

static void
put_string(xlsx_out *o, str s, lxw_format *as)
{
	if (s.n)
		worksheet_write_string(o->sheet, o->row, o->at, cstr(o->scratch, utf8_cut(s, CELL_CHARS)),
				       as);
	o->at++;
}

void
xlsx_put_text(xlsx_out *o, str s)
{
	put_string(o, s, next(o, XLSX_TEXT));
}

void
xlsx_put_int(xlsx_out *o, int64_t v)
{
	lxw_format *as = next(o, XLSX_INT);

	if (v <= -EXACT || v >= EXACT)
		put_string(o, str_fmt(o->scratch, "%lld", (long long)v), o->format[XLSX_TEXT]);
	else
		worksheet_write_number(o->sheet, o->row, o->at++, (double)v, as);
}

void
xlsx_put_fen(xlsx_out *o, int64_t fen)
{
	lxw_format *as = next(o, XLSX_FEN);

	if (fen <= -EXACT || fen >= EXACT)
		put_string(o, fen_str(o->scratch, fen), o->format[XLSX_TEXT]);
	else
		worksheet_write_number(o->sheet, o->row, o->at++, (double)fen / FEN_PER_YUAN, as);
}

void
xlsx_put_day(xlsx_out *o, int32_t day)
{
	lxw_format *as = next(o, XLSX_DAY);

	if (day < FIRST_DAY) /* DATE_NONE is the empty text */
		put_string(o, date_str(o->scratch, day), o->format[XLSX_TEXT]);
	else
		worksheet_write_number(o->sheet, o->row, o->at++, (double)day + EPOCH, as);
}

void
xlsx_put_nothing(xlsx_out *o)
{
	BUG_ON(o->at >= o->columns);
	o->at++;
}

rc
xlsx_end_row(xlsx_out *o, fault *f)
{
	o->at = 0;
	arena_reset(o->scratch);
	if (++o->row == ROWS)
		return FAIL(f, RC_LIMIT, "xlsx.out.rows", FA_INT("max", ROWS - 1));
	return RC_OK;
}

rc
xlsx_finish(xlsx_out *o, fault *f)
{
	errno = 0;
	lxw_error e = workbook_close(o->book); /* frees it, whatever it answers */
	int why = errno;

	o->book = NULL;
	if (e == LXW_NO_ERROR)
		return RC_OK;
	unlink(o->path);
	if (why == ENOSPC)
		return FAIL(f, RC_FULL, "xlsx.out.full");
	return FAIL(f, RC_IO, "xlsx.out.failed");
}
