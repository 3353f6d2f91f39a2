/* pdf_text.c - see pdf_text.h. Mark-up is read first, line by line, and fields are filled after, so that a
 * value cannot become mark-up. */
#include "io/pdf_text.h"

#include "base/buf.h"
#include "base/vec.h"

enum { MAX_PARTS = 100000, MAX_COLUMNS = 64 };

/* One place of a table's grid, as written. */
typedef struct slot {
	enum { OWN, LEFT, ABOVE } kind;
	pdf_cell cell;
	size_t owner; /* the slot whose cell this belongs to */
} slot;

typedef struct line_row {
	int32_t line;
	double height;
} line_row;

typedef VEC(slot) slots;

typedef struct maker {
	arena *a;
	fault *f;
	const pdf_fields *fields;
	VEC(pdf_block) blocks;
	int32_t line;
	bool skipping; /* up to the next empty line */
	/* The table being read. */
	VEC(double) widths;
	size_t columns; /* 0: no table */
	VEC(line_row) rows;
	slots grid; /* rows × columns */
	str each;   /* the list of the next row */
} maker;

static rc
wrong(maker *m, str why)
{
	return FAIL(m->f, RC_INVALID, "pdf.text.line", FA_INT("row", m->line), FA_STR("why", why));
}

static pdf_block *
add(maker *m, pdf_kind kind)
{
	pdf_block *b = vec_add(m->a, &m->blocks);

	b->kind = kind;
	return b;
}

/* Takes `mark` off the front, and the spaces after it. */
static bool
take(str *line, str mark)
{
	if (!str_starts(*line, mark))
		return false;
	*line = str_trim(str_from(*line, mark.n));
	return true;
}

/* ---- Fields. */

/* The expression of a field that begins at s ("{{…}}"), and how long the field is. False: it does not end. */
static bool
field_at(str s, str *expression, size_t *n)
{
	ptrdiff_t end = str_find(s, STR("}}"));

	if (end < 0)
		return false;
	*expression = str_trim(str_sub(s, 2, (size_t)end - 2));
	*n = (size_t)end + 2;
	return true;
}

/* `raw` with its fields, boxes and line breaks filled in. */
static rc
fill(maker *m, str raw, str *out)
{
	buf b = buf_in(m->a);

	for (size_t i = 0, n = 0; i < raw.n; i += n) {
		str rest = str_from(raw, i), expression, value;
		bool box = str_starts(rest, STR("[{{"));
		n = 1;
		if (box || str_starts(rest, STR("{{"))) {
			if (!field_at(str_from(rest, box), &expression, &n))
				return wrong(m, STR("{{"));
			if (box && str_starts(str_from(rest, n + 1), STR("]"))) {
				bool ticked = false;
				n += 2;
				TRY(m->fields->holds(m->fields->ctx, m->f, expression, &ticked));
				buf_put(&b, ticked ? STR("☑") : STR("☐"));
				continue;
			}
			if (box)
				buf_c(&b, '[');
			TRY(m->fields->text(m->fields->ctx, m->a, m->f, expression, &value));
			buf_put(&b, value);
			n += box;
		} else if (str_starts(rest, STR("<br>"))) {
			buf_c(&b, '\n');
			n = STR("<br>").n;
		} else {
			buf_c(&b, rest.p[0]);
		}
	}
	*out = buf_str(&b);
	return RC_OK;
}

/* Place of `what` outside fields, or -1. */
static ptrdiff_t
find_outside(str s, str what)
{
	for (size_t i = 0, n; i < s.n; i += n) {
		str rest = str_from(s, i), unused;
		n = 1;
		if (str_starts(rest, what))
			return (ptrdiff_t)i;
		if (str_starts(rest, STR("{{")) && !field_at(rest, &unused, &n))
			n = 1;
	}
	return -1;
}

/* ---- Tables. */

/* "|- 9 -|- 20 -|": false when the line is not of that form. */
static bool
read_widths(maker *m, str line)
{
	str rest = str_from(line, 1), part;
	VEC(double) found = {0};

	if (!str_starts(line, STR("|-")))
		return false;
	while (str_next(&rest, '|', &part) && found.n < MAX_COLUMNS) {
		int64_t width = 0;
		part = str_trim(part);
		if (part.n == 0)
			continue;
		while (part.n && part.p[0] == '-')
			part = str_from(part, 1);
		while (part.n && part.p[part.n - 1] == '-')
			part.n--;
		part = str_trim(part);
		if (part.n && (!str_to_i64(part, &width) || width < 1 || width > 1000))
			return false;
		*vec_add(m->a, &found) = part.n ? (double)width : 1;
	}
	m->widths.v = found.v;
	m->widths.n = m->columns = found.n;
	return found.n > 0;
}

static rc
read_cell(maker *m, str raw, slot *s)
{
	str text = str_trim(raw), foot = {0};

	*s = (slot){0};
	if (str_eq(text, STR("<")) || str_eq(text, STR("^"))) {
		s->kind = text.p[0] == '<' ? LEFT : ABOVE;
		return RC_OK;
	}
	s->cell.label = take(&text, STR("*"));
	s->cell.align = take(&text, STR("=")) ? PDF_CENTRE : PDF_START;
	ptrdiff_t at = find_outside(text, STR(">>"));
	if (at >= 0) {
		foot = str_trim(str_from(text, (size_t)at + 2));
		text = str_trim(str_sub(text, 0, (size_t)at));
	}
	TRY(fill(m, text, &s->cell.text));
	return fill(m, foot, &s->cell.foot);
}

/* "| a | b | {38}" into the next row of the grid. */
static rc
read_row(maker *m, str line)
{
	slots row = {0};
	str rest = str_from(line, 1);
	int64_t height = 0;
	ptrdiff_t bar;

	while ((bar = find_outside(rest, STR("|"))) >= 0) {
		if (row.n == MAX_COLUMNS)
			return wrong(m, STR("|"));
		TRY(read_cell(m, str_sub(rest, 0, (size_t)bar), vec_add(m->a, &row)));
		rest = str_from(rest, (size_t)bar + 1);
	}
	rest = str_trim(rest);
	if (rest.n && !(rest.n > 2 && rest.p[0] == '{' && rest.p[rest.n - 1] == '}' &&
			str_to_i64(str_sub(rest, 1, rest.n - 2), &height) && height >= 0 && height <= 250))
		return wrong(m, rest);
	m->columns = m->columns ? m->columns : row.n;
	if (row.n != m->columns || row.n == 0)
		return wrong(m, STR("|"));
	if (m->rows.n >= MAX_PARTS)
		return FAIL(m->f, RC_LIMIT, "pdf.text.long", FA_INT("max", MAX_PARTS));
	*vec_add(m->a, &m->rows) = (line_row){m->line, (double)height};
	for (size_t i = 0; i < row.n; i++)
		*vec_add(m->a, &m->grid) = row.v[i];
	return RC_OK;
}

static rc
read_each(maker *m, str line)
{
	str list = m->each;
	bool more = true;

	m->each = (str){0};
	for (size_t i = 0; more; i++) {
		TRY(m->fields->each(m->fields->ctx, m->f, list, i, &more));
		if (more)
			TRY(read_row(m, line));
	}
	return RC_OK;
}

/* Gives each < and ^ to the cell it goes on with, and sees that every cell is a rectangle. */
static rc
join_slots(maker *m)
{
	size_t columns = m->columns;

	for (size_t i = 0; i < m->grid.n; i++) {
		slot *s = &m->grid.v[i];
		m->line = m->rows.v[i / columns].line;
		if ((s->kind == LEFT && i % columns == 0) || (s->kind == ABOVE && i < columns))
			return wrong(m, s->kind == LEFT ? STR("<") : STR("^"));
		s->owner = s->kind == OWN ? i : m->grid.v[s->kind == LEFT ? i - 1 : i - columns].owner;
		pdf_cell *c = &m->grid.v[s->owner].cell;
		c->cols = MAX(c->cols, i % columns - s->owner % columns + 1);
		c->rows = MAX(c->rows, i / columns - s->owner / columns + 1);
	}
	for (size_t i = 0; i < m->grid.n; i++) {
		const pdf_cell *c = &m->grid.v[i].cell;
		m->line = m->rows.v[i / columns].line;
		for (size_t k = 0; m->grid.v[i].owner == i && k < c->rows * c->cols; k++)
			if (m->grid.v[i + k / c->cols * columns + k % c->cols].owner != i)
				return wrong(m, STR("< ^"));
	}
	return RC_OK;
}

/* The table read so far becomes a block. */
static rc
end_table(maker *m)
{
	int32_t line = m->line;
	bool heads = true;

	if (m->each.n)
		return wrong(m, STR("@"));
	if (m->columns == 0)
		return RC_OK;
	TRY(join_slots(m));
	m->line = line;
	while (m->widths.n < m->columns)
		*vec_add(m->a, &m->widths) = 1;
	pdf_row *rows = arena_array(m->a, pdf_row, m->rows.n);
	for (size_t r = 0; r < m->rows.n; r++) {
		pdf_cell *cells = arena_array(m->a, pdf_cell, m->columns);
		rows[r] = (pdf_row){.cells = cells, .height = m->rows.v[r].height, .head = heads};
		for (size_t c = 0; c < m->columns; c++) {
			const slot *s = &m->grid.v[r * m->columns + c];
			if (s->kind == OWN)
				cells[rows[r].n++] = s->cell;
			rows[r].head = rows[r].head && (s->kind == LEFT || (s->kind == OWN && s->cell.label));
		}
		heads = rows[r].head;
	}
	add(m, PDF_TABLE)->table = (pdf_table){m->widths.v, m->columns, rows, m->rows.n};
	m->columns = m->rows.n = m->grid.n = 0;
	m->widths.v = NULL;
	m->widths.n = m->widths.cap = 0;
	return RC_OK;
}

/* ---- Lines. */

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "1. ", "12、", "（一）", "- ": the mark, and the line without it. */
static bool
take_item(str *line, str *mark)
{
	size_t n = 0;

	while (n < line->n && digit(line->p[n]))
		n++;
	str after = str_from(*line, n);
	if (n > 0 && n <= 3 && str_starts(after, STR(". ")))
		n += 1;
	else if (n > 0 && n <= 3 && str_starts(after, STR("、")))
		n += STR("、").n;
	else if (n == 0 && str_starts(*line, STR("（"))) {
		ptrdiff_t end = str_find(*line, STR("）"));
		if (end < 0 || end > 12)
			return false;
		n = (size_t)end + STR("）").n;
	} else if (n == 0 && str_starts(*line, STR("- ")))
		n = 1;
	else
		return false;
	*mark = str_eq(str_sub(*line, 0, n), STR("-")) ? STR("•") : str_sub(*line, 0, n);
	*line = str_trim(str_from(*line, n));
	return true;
}

/* "[QR {{网址}}] 扫码查询" */
static rc
read_qr(maker *m, str line)
{
	str inside = str_from(line, STR("[QR ").n);
	ptrdiff_t end = find_outside(inside, STR("]"));

	if (end < 0)
		return wrong(m, STR("[QR"));
	pdf_block *b = add(m, PDF_QR);
	b->align = PDF_END;
	TRY(fill(m, str_trim(str_sub(inside, 0, (size_t)end)), &b->text));
	return fill(m, str_trim(str_from(inside, (size_t)end + 1)), &b->mark);
}

static rc
read_sign(maker *m, str line)
{
	pdf_block *last = m->blocks.n ? &m->blocks.v[m->blocks.n - 1] : NULL;
	str text;

	TRY(fill(m, line, &text));
	if (last && last->kind == PDF_SIGN)
		last->text = str_fmt(m->a, "%.*s\n%.*s", STR_ARG(last->text), STR_ARG(text));
	else
		add(m, PDF_SIGN)->text = text;
	return RC_OK;
}

static rc
read_paragraph(maker *m, str line)
{
	static const str indent = {"　　", 6};
	pdf_block b = {.kind = PDF_TEXT, .indent = str_starts(line, indent)};

	if (b.indent)
		line = str_from(line, indent.n);
	else if (take(&line, STR("## ")))
		b.kind = PDF_HEADING;
	else if (take(&line, STR("# ")))
		b.kind = PDF_TITLE;
	else if (take(&line, STR("> ")))
		b.kind = PDF_NOTE;
	else if (take(&line, STR("%%")))
		b.kind = PDF_CUT;
	else if (take(&line, STR("= ")))
		b.align = PDF_CENTRE;
	else if (take_item(&line, &b.mark))
		b.kind = PDF_ITEM;
	TRY(fill(m, line, &b.text));
	*vec_add(m->a, &m->blocks) = b;
	return RC_OK;
}

static rc
read_line(maker *m, str line)
{
	bool table = line.n && (line.p[0] == '|' || line.p[0] == '@');

	if (!table)
		TRY(end_table(m));
	if (line.n == 0) {
		m->skipping = false;
		return RC_OK;
	}
	if (m->skipping)
		return RC_OK;
	if (m->blocks.n >= MAX_PARTS)
		return FAIL(m->f, RC_LIMIT, "pdf.text.long", FA_INT("max", MAX_PARTS));
	if (take(&line, STR("? "))) {
		bool holds = false;
		TRY(m->fields->holds(m->fields->ctx, m->f, line, &holds));
		m->skipping = !holds;
		return RC_OK;
	}
	if (take(&line, STR("@"))) {
		m->each = line;
		return line.n ? RC_OK : wrong(m, STR("@"));
	}
	if (table && m->columns == 0 && read_widths(m, line))
		return RC_OK;
	if (table)
		return m->each.n ? read_each(m, line) : read_row(m, line);
	if (str_starts(line, STR("[QR ")))
		return read_qr(m, line);
	if (take(&line, STR("~ ")))
		return read_sign(m, line);
	if (str_eq(line, STR("==="))) {
		add(m, PDF_PAGE);
		return RC_OK;
	}
	return read_paragraph(m, line);
}

rc
pdf_text(arena *a, fault *f, str template, const pdf_fields *fields, const pdf_block **blocks, size_t *n)
{
	maker m = {.a = a, .f = f, .fields = fields};
	str rest = template, line;

	while (rest.n && str_next(&rest, '\n', &line)) {
		m.line++;
		TRY(read_line(&m, str_trim(line)));
	}
	TRY(end_table(&m));
	*blocks = m.blocks.v;
	*n = m.blocks.n;
	return RC_OK;
}
