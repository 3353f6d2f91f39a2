/* pdf_table.c - see pdf_priv.h: tables with cells over several columns and rows, over several pages.
 *
 * Rows that one cell binds together form a group and stay on one page. A single row too high for what is left
 * of a page goes to the next; too high for a whole page, it is cut between lines. */
#include "io/pdf_priv.h"

static const double MIN_ROW = 7, PAD_X = 1.6, PAD_Y = 1.1, FOOT_GAP = 2,
		    LINE = 0.6; /* mm, the line in points */

/* A cell with its place. Its lines are made to measure it and again to draw it: a board of ten thousand rows
 * would not fit into memory otherwise. */
typedef struct box {
	const pdf_cell *cell;
	size_t row, column, rows, columns;
	double x, width;
	double text_height, foot_height;
	PangoLayout *text, *foot; /* between shape and drop */
	int drawn;                /* lines of `text` on the pages before */
} box;

typedef struct grid {
	pdf_pen *pen;
	const pdf_table *table;
	double *edge;   /* columns + 1: x of the lines between columns */
	double *height; /* of each row */
	size_t *group;  /* of each row: the first row of its group */
	box *boxes;     /* by row */
	size_t nboxes;
	size_t *first; /* rows + 1: the first box of each row */
	size_t heads;  /* rows at the top that each page repeats */
} grid;

static void
shape(grid *g, box *b)
{
	const pdf_cell *c = b->cell;
	double width = b->width - 2 * mm(PAD_X);
	pdf_face face = {c->label ? PDF_SANS : PDF_SERIF, 10.5 * g->pen->scale, false};
	PangoAlignment align = c->label || c->align == PDF_CENTRE ? PANGO_ALIGN_CENTER
			       : c->align == PDF_END              ? PANGO_ALIGN_RIGHT
								  : PANGO_ALIGN_LEFT;

	b->text = pdf_lines(g->pen, c->text, face, width, align);
	b->foot = c->foot.n ? pdf_lines(g->pen, c->foot, face, width, PANGO_ALIGN_RIGHT) : NULL;
}

static void
drop(box *b)
{
	g_object_unref(b->text);
	if (b->foot)
		g_object_unref(b->foot);
	b->text = b->foot = NULL;
}

static void
measure(grid *g, box *b)
{
	shape(g, b);
	b->text_height = pdf_lines_height(b->text, 0, -1);
	b->foot_height = b->foot ? pdf_lines_height(b->foot, 0, -1) + mm(FOOT_GAP) : 0;
	drop(b);
}

/* Gives each cell its place: the first free columns of its row. RC_INVALID when it does not fit, or a place
 * stays empty. */
static rc
place(grid *g)
{
	const pdf_table *t = g->table;
	size_t *taken =
		arena_array(g->pen->a, size_t, t->columns); /* rows each column is still covered for */

	for (size_t r = 0; r < t->n; r++) {
		size_t column = 0;
		g->first[r] = g->nboxes;
		for (size_t i = 0; i < t->rows[r].n; i++) {
			const pdf_cell *c = &t->rows[r].cells[i];
			size_t cols = MAX(c->cols, 1), rows = MAX(c->rows, 1);
			while (column < t->columns && taken[column])
				column++;
			if (column + cols > t->columns || r + rows > t->n)
				return FAIL(g->pen->f, RC_INVALID, "pdf.table.shape", FA_INT("row", r + 1));
			for (size_t k = column; k < column + cols; k++) {
				if (taken[k])
					return FAIL(g->pen->f, RC_INVALID, "pdf.table.shape",
						    FA_INT("row", r + 1));
				taken[k] = rows;
			}
			g->boxes[g->nboxes] =
				(box){.cell = c, .row = r, .column = column, .rows = rows, .columns = cols};
			box *b = &g->boxes[g->nboxes++];
			b->x = g->edge[column];
			b->width = g->edge[column + cols] - b->x;
			measure(g, b);
			for (size_t k = r; k < r + rows; k++)
				g->group[k] = MIN(g->group[k], g->group[r]);
			column += cols;
		}
		for (size_t k = 0; k < t->columns; k++) {
			if (!taken[k])
				return FAIL(g->pen->f, RC_INVALID, "pdf.table.shape", FA_INT("row", r + 1));
			taken[k]--;
		}
	}
	g->first[t->n] = g->nboxes;
	return RC_OK;
}

static double
box_height(const box *b)
{
	return b->text_height + b->foot_height + 2 * mm(PAD_Y);
}

static double
rows_height(const grid *g, size_t from, size_t n)
{
	double h = 0;

	for (size_t i = from; i < from + n; i++)
		h += g->height[i];
	return h;
}

/* Cells of one row first; what a cell over several rows lacks goes to its last. */
static void
set_heights(grid *g)
{
	for (size_t r = 0; r < g->table->n; r++)
		g->height[r] = mm(MAX(g->table->rows[r].height, MIN_ROW));
	for (size_t i = 0; i < g->nboxes; i++)
		if (g->boxes[i].rows == 1)
			g->height[g->boxes[i].row] =
				MAX(g->height[g->boxes[i].row], box_height(&g->boxes[i]));
	for (size_t i = 0; i < g->nboxes; i++) {
		const box *b = &g->boxes[i];
		double lacks = box_height(b) - rows_height(g, b->row, b->rows);
		if (b->rows > 1 && lacks > 0)
			g->height[b->row + b->rows - 1] += lacks;
	}
}

/* Frame, ground and up to `lines` lines of one cell whose upper left corner is at y. `last`: nothing of it is
 * left for the next page. */
static void
draw_box(grid *g, box *b, double y, double height, int lines, bool last)
{
	pdf_pen *pen = g->pen;
	double text = pdf_lines_height(b->text, b->drawn, lines), at = y + mm(PAD_Y);
	const char *tag = b->cell->label ? "TH" : "TD";

	if (!pen->drawing)
		return;
	if (b->cell->label) {
		cairo_set_source_rgb(pen->cr, 0.95, 0.95, 0.95);
		cairo_rectangle(pen->cr, b->x, y, b->width, height);
		cairo_fill(pen->cr);
		cairo_set_source_rgb(pen->cr, 0, 0, 0);
	}
	cairo_rectangle(pen->cr, b->x, y, b->width, height);
	cairo_set_line_width(pen->cr, LINE);
	cairo_stroke(pen->cr);
	/* Short texts stand in the middle of a form's row; an opinion with a signature below it begins at the
	 * top. */
	if (!b->foot && b->drawn == 0 && last)
		at = y + (height - text) / 2;
	pdf_tag(pen, tag);
	pdf_lines_draw(pen, b->text, b->drawn, lines, b->x + mm(PAD_X), at);
	if (b->foot && last)
		pdf_lines_draw(pen, b->foot, 0, pango_layout_get_line_count(b->foot), b->x + mm(PAD_X),
			       y + height - mm(PAD_Y) - b->foot_height + mm(FOOT_GAP));
	pdf_untag(pen, tag);
}

/* Rows [from, from + n) at the pen's place, whole. */
static void
draw_rows(grid *g, size_t from, size_t n)
{
	double y = g->pen->y;

	for (size_t r = from; g->pen->drawing && r < from + n; r++) {
		pdf_tag(g->pen, "TR");
		for (size_t i = g->first[r]; i < g->first[r + 1]; i++) {
			box *b = &g->boxes[i];
			shape(g, b);
			draw_box(g, b, y, rows_height(g, r, b->rows), pango_layout_get_line_count(b->text),
				 true);
			drop(b);
		}
		pdf_untag(g->pen, "TR");
		y += g->height[r];
	}
	g->pen->y += rows_height(g, from, n);
}

/* The next page, with the table's heads unless row `r` is one of them. */
static rc
turn(grid *g, size_t r)
{
	pdf_untag(g->pen, "Table");
	TRY(pdf_turn(g->pen));
	pdf_tag(g->pen, "Table");
	if (r >= g->heads)
		draw_rows(g, 0, g->heads);
	return RC_OK;
}

/* What is left of a row, cut to the page: the height of the part that fits. *more: another part follows. */
static double
part_height(grid *g, size_t r, bool *more)
{
	double room = g->pen->bottom - g->pen->y, height = mm(MIN_ROW);

	*more = false;
	for (size_t i = g->first[r]; i < g->first[r + 1]; i++) {
		const box *b = &g->boxes[i];
		double rest = pdf_lines_height(b->text, b->drawn, -1) + b->foot_height + 2 * mm(PAD_Y);
		*more = *more || rest > room + 0.01;
		height = MAX(height, MIN(rest, room));
	}
	return height;
}

static void
draw_part(grid *g, size_t r, double height, bool last)
{
	pdf_tag(g->pen, "TR");
	for (size_t i = g->first[r]; i < g->first[r + 1]; i++) {
		box *b = &g->boxes[i];
		int fit = pdf_lines_fit(b->text, b->drawn, height - 2 * mm(PAD_Y));
		draw_box(g, b, g->pen->y, height, fit, last);
		b->drawn += fit;
	}
	pdf_untag(g->pen, "TR");
	g->pen->y += height;
}

/* One row over as many pages as it takes. */
static rc
split_row(grid *g, size_t r)
{
	bool more = true;
	rc code = RC_OK;

	for (size_t i = g->first[r]; i < g->first[r + 1]; i++) {
		shape(g, &g->boxes[i]);
		g->boxes[i].drawn = 0;
	}
	while (more && code == RC_OK) {
		double height = part_height(g, r, &more);
		draw_part(g, r, height, !more);
		if (more)
			code = turn(g, r);
	}
	for (size_t i = g->first[r]; i < g->first[r + 1]; i++)
		drop(&g->boxes[i]);
	return code;
}

static rc
put_rows(grid *g)
{
	pdf_pen *pen = g->pen;
	double page = pen->bottom - pen->top - rows_height(g, 0, g->heads);

	for (size_t r = 0, n; r < g->table->n; r += n) {
		for (n = 1; r + n < g->table->n && g->group[r + n] == r; n++)
			;
		double height = rows_height(g, r, n);
		if (height > page + 0.01 && n > 1)
			return FAIL(pen->f, RC_INVALID, "pdf.table.high", FA_INT("row", r + 1));
		bool fits = pen->y + height <= pen->bottom + 0.01;
		/* Heads alone at the foot of a page help nobody. */
		if (r == 0 && g->heads && g->heads < g->table->n)
			fits = pen->y + rows_height(g, 0, g->heads + 1) <= pen->bottom + 0.01 ||
			       pen->y <= pen->top;
		if (!fits && (height <= page + 0.01 || pen->bottom - pen->y < mm(30)) && pen->y > pen->top)
			TRY(turn(g, r));
		if (height <= page + 0.01 || r < g->heads)
			draw_rows(g, r, n);
		else
			TRY(split_row(g, r));
	}
	return RC_OK;
}

static rc
check_shape(grid *g)
{
	const pdf_table *t = g->table;
	double sum = 0;

	for (size_t i = 0; i < t->columns; i++)
		sum += t->widths[i];
	if (t->columns == 0 || !(sum > 0))
		return FAIL(g->pen->f, RC_INVALID, "pdf.table.shape", FA_INT("row", 0));
	g->edge[0] = g->pen->left;
	for (size_t i = 0; i < t->columns; i++)
		g->edge[i + 1] = g->edge[i] + t->widths[i] / sum * (g->pen->right - g->pen->left);
	for (size_t r = 0; r < t->n; r++) {
		g->group[r] = r;
		if (t->rows[r].head && g->heads == r)
			g->heads = r + 1;
	}
	return place(g);
}

rc
pdf_put_table(pdf_pen *pen, const pdf_table *t)
{
	size_t cells = 0;

	for (size_t r = 0; r < t->n; r++)
		cells += t->rows[r].n;
	grid g = {.pen = pen, .table = t};
	g.edge = arena_array(pen->a, double, t->columns + 1);
	g.height = arena_array(pen->a, double, t->n);
	g.group = arena_array(pen->a, size_t, t->n);
	g.boxes = arena_array(pen->a, box, cells);
	g.first = arena_array(pen->a, size_t, t->n + 1);

	rc r = check_shape(&g);
	if (r == RC_OK) {
		set_heights(&g);
		pdf_tag(pen, "Table");
		r = put_rows(&g);
		pdf_untag(pen, "Table");
	}
	return r;
}
