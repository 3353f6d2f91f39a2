/* pdf.c - see pdf.h: pages and blocks. Tables are in pdf_table.c, the file around them in pdf_file.c.
 *
 * Measured: a page of a form 25 ms, of which most is cairo cutting the fonts to what is used; 2,000 rows of a
 * board 0.3 s. cairo 1.16 loses 768 bytes for each font of a document (valgrind: in its CFF subsetter), so
 * whoever makes documents by the hundred thousand does it in a process that ends. */
#include "io/pdf.h"

#include "base/buf.h"
#include "io/pdf_priv.h"
#include "io/qr.h"

static const double A4_SHORT = 210, A4_LONG = 297;

/* ---- Lines of text. */

PangoLayout *
pdf_lines(pdf_pen *pen, str text, pdf_face face, double width, PangoAlignment align)
{
	PangoLayout *l = pango_layout_new(pen->context);
	PangoFontDescription *font = pango_font_description_new();

	pango_font_description_set_family_static(font, face.family);
	pango_font_description_set_absolute_size(font, face.size * PANGO_SCALE);
	pango_font_description_set_weight(font, face.strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, align);
	pango_layout_set_text(l, text.n ? text.p : "", (int)text.n);
	return l;
}

/* The line's upper and lower edge in the layout, in points. */
static void
line_edges(PangoLayout *l, int line, double *top, double *bottom)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	int from = 0, to = 0;

	while (line-- > 0)
		pango_layout_iter_next_line(i);
	pango_layout_iter_get_line_yrange(i, &from, &to);
	pango_layout_iter_free(i);
	*top = (double)from / PANGO_SCALE;
	*bottom = (double)to / PANGO_SCALE;
}

double
pdf_lines_height(PangoLayout *l, int from, int n)
{
	int count = pango_layout_get_line_count(l);
	double top, bottom, unused;

	if (from >= count || n == 0)
		return 0;
	line_edges(l, from, &top, &unused);
	line_edges(l, n < 0 ? count - 1 : MIN(from + n, count) - 1, &unused, &bottom);
	return bottom - top;
}

int
pdf_lines_fit(PangoLayout *l, int from, double height)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	int at = 0, fit = 0, first = 0, top, bottom;

	do {
		pango_layout_iter_get_line_yrange(i, &top, &bottom);
		if (at == from)
			first = top;
		if (at >= from && (double)(bottom - first) / PANGO_SCALE <= height + 0.01)
			fit = at - from + 1;
		at++;
	} while (pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
	return fit;
}

void
pdf_lines_draw(pdf_pen *pen, PangoLayout *l, int from, int n, double x, double y)
{
	PangoLayoutIter *i;
	int at = 0, first = 0, top, bottom;
	PangoRectangle box;

	if (!pen->drawing)
		return;
	if (from == 0)
		pen->missing += pango_layout_get_unknown_glyphs_count(l);
	i = pango_layout_get_iter(l);
	do {
		pango_layout_iter_get_line_yrange(i, &top, &bottom);
		if (at == from)
			first = top;
		if (at >= from && at < from + n) {
			pango_layout_iter_get_line_extents(i, NULL, &box);
			cairo_move_to(pen->cr, x + (double)box.x / PANGO_SCALE,
				      y + (double)(pango_layout_iter_get_baseline(i) - first) / PANGO_SCALE);
			pango_cairo_show_layout_line(pen->cr, pango_layout_iter_get_line_readonly(i));
		}
		at++;
	} while (pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
}

void
pdf_tag(pdf_pen *pen, const char *name)
{
	if (pen->drawing)
		cairo_tag_begin(pen->cr, name, NULL);
}

void
pdf_untag(pdf_pen *pen, const char *name)
{
	if (pen->drawing)
		cairo_tag_end(pen->cr, name);
}

/* ---- Pages. */

/* `text` with {page} and {pages} put in. */
static str
page_number(const pdf_pen *pen, str text)
{
	buf b = buf_in(pen->a);

	for (size_t i = 0; i < text.n;) {
		str rest = str_from(text, i);
		if (str_starts(rest, STR("{page}"))) {
			buf_i64(&b, pen->page);
			i += STR("{page}").n;
		} else if (str_starts(rest, STR("{pages}"))) {
			buf_i64(&b, pen->pages);
			i += STR("{pages}").n;
		} else {
			buf_c(&b, text.p[i++]);
		}
	}
	return buf_str(&b);
}

static void
margin_text(pdf_pen *pen, str text, double y, PangoAlignment align)
{
	if (text.n == 0)
		return;
	PangoLayout *l =
		pdf_lines(pen, text, (pdf_face){PDF_SANS, 8.5, false}, pen->right - pen->left, align);
	pdf_lines_draw(pen, l, 0, 1, pen->left, y);
	g_object_unref(l);
}

/* Pale letters along the page's diagonal, under everything else. */
static void
draw_stamp(pdf_pen *pen)
{
	double width = pen->right + pen->left, height = pen->bottom + pen->top;
	PangoLayout *l;

	if (pen->doc->stamp.n == 0 || !pen->drawing)
		return;
	l = pdf_lines(pen, pen->doc->stamp, (pdf_face){PDF_SANS, 20, false}, width, PANGO_ALIGN_CENTER);
	cairo_save(pen->cr);
	cairo_set_source_rgb(pen->cr, 0.88, 0.88, 0.88);
	for (int i = 1; i <= 3; i++) {
		cairo_save(pen->cr);
		cairo_translate(pen->cr, width / 2, height * i / 4);
		cairo_rotate(pen->cr, -0.5);
		pdf_lines_draw(pen, l, 0, 1, -width / 2, 0);
		cairo_restore(pen->cr);
	}
	cairo_restore(pen->cr);
	g_object_unref(l);
}

static void
begin_page(pdf_pen *pen)
{
	const pdf_doc *doc = pen->doc;

	pen->page++;
	pen->y = pen->top;
	if (!pen->drawing)
		return;
	draw_stamp(pen);
	cairo_set_source_rgb(pen->cr, 0, 0, 0);
	margin_text(pen, doc->head, pen->top - mm(9), PANGO_ALIGN_LEFT);
	margin_text(pen, doc->code, pen->top - mm(9), PANGO_ALIGN_RIGHT);
	margin_text(pen, doc->foot, pen->bottom + mm(5), PANGO_ALIGN_LEFT);
	margin_text(pen, page_number(pen, doc->pages), pen->bottom + mm(5), PANGO_ALIGN_RIGHT);
}

rc
pdf_turn(pdf_pen *pen)
{
	if (pen->page >= PDF_MAX_PAGES)
		return FAIL(pen->f, RC_LIMIT, "pdf.pages", FA_INT("max", PDF_MAX_PAGES));
	if (pen->drawing)
		cairo_show_page(pen->cr);
	begin_page(pen);
	return RC_OK;
}

/* Room for `height`, on the next page if need be; what is higher than a page gets a whole one. */
static rc
need(pdf_pen *pen, double height)
{
	if (pen->y + height > pen->bottom + 0.01 && pen->y > pen->top)
		return pdf_turn(pen);
	return RC_OK;
}

/* ---- Blocks. */

typedef struct kind_look {
	const char *tag;
	pdf_face face;
	double before, after; /* mm */
	double spacing;       /* of lines, times their height */
	PangoAlignment align;
} kind_look;

static const kind_look looks[] = {
	[PDF_TEXT] = {"P", {PDF_SERIF, 12, false}, 1.5, 0, 1.08, PANGO_ALIGN_LEFT},
	[PDF_TITLE] = {"H1", {PDF_SERIF, 20, true}, 2, 3, 1, PANGO_ALIGN_CENTER},
	[PDF_HEADING] = {"H2", {PDF_SANS, 13, true}, 4, 0.5, 1, PANGO_ALIGN_LEFT},
	[PDF_NOTE] = {"P", {PDF_SERIF, 9, false}, 1.5, 0, 1, PANGO_ALIGN_LEFT},
	[PDF_ITEM] = {"P", {PDF_SERIF, 12, false}, 1, 0, 1.08, PANGO_ALIGN_LEFT},
	[PDF_TABLE] = {"Table", {PDF_SERIF, 10.5, false}, 2, 1, 1, PANGO_ALIGN_LEFT},
	[PDF_SIGN] = {"P", {PDF_SERIF, 12, false}, 12, 0, 1.15, PANGO_ALIGN_CENTER},
	[PDF_QR] = {"P", {PDF_SANS, 8.5, false}, 2, 0, 1, PANGO_ALIGN_CENTER},
	[PDF_CUT] = {"P", {PDF_SANS, 8.5, false}, 6, 2, 1, PANGO_ALIGN_CENTER},
	[PDF_GAP] = {"P", {PDF_SERIF, 12, false}, 5, 0, 1, PANGO_ALIGN_LEFT},
	[PDF_PAGE] = {"P", {PDF_SERIF, 12, false}, 0, 0, 1, PANGO_ALIGN_LEFT},
};

static PangoLayout *
block_lines(pdf_pen *pen, const pdf_block *b, str text, double width)
{
	const kind_look *look = &looks[b->kind];
	pdf_face face = look->face;
	PangoAlignment align = b->align == PDF_CENTRE ? PANGO_ALIGN_CENTER
			       : b->align == PDF_END  ? PANGO_ALIGN_RIGHT
						      : look->align;

	if (b->size > 0 && b->kind != PDF_QR)
		face.size = b->size;
	face.size *= pen->scale;
	face.strong = face.strong || b->strong;
	PangoLayout *l = pdf_lines(pen, text, face, width, align);
	pango_layout_set_line_spacing(l, (float)look->spacing);
	if (b->indent)
		pango_layout_set_indent(l, (int)(2 * face.size * PANGO_SCALE));
	return l;
}

/* Lines from `from` that go on this page: as many as fit, yet no line alone at the foot of one page or the
 * head of the next. */
static int
lines_here(const pdf_pen *pen, PangoLayout *l, int from)
{
	int left = pango_layout_get_line_count(l) - from;
	int fit = MIN(pdf_lines_fit(l, from, pen->bottom - pen->y), left);

	if (fit == left || pen->y <= pen->top)
		return MAX(fit, 1);
	if (fit == left - 1)
		fit--;
	return fit < 2 ? 0 : fit;
}

static rc
put_paragraph(pdf_pen *pen, const pdf_block *b)
{
	double hang = 0;
	PangoLayout *mark = NULL;

	if (b->kind == PDF_ITEM) {
		mark = block_lines(pen, b, b->mark, -1);
		int w = 0;
		pango_layout_get_size(mark, &w, NULL);
		hang = MAX((double)w / PANGO_SCALE + 4, mm(7));
	}
	PangoLayout *l = block_lines(pen, b, b->text, pen->right - pen->left - hang);
	int count = pango_layout_get_line_count(l);
	rc r = RC_OK;
	/* A heading takes two lines of what follows with it. */
	if (b->kind == PDF_HEADING)
		r = need(pen, pdf_lines_height(l, 0, -1) + mm(14));
	for (int from = 0; r == RC_OK && from < count;) {
		int n = lines_here(pen, l, from);
		if (n == 0) {
			r = pdf_turn(pen);
			continue;
		}
		pdf_tag(pen, looks[b->kind].tag);
		if (mark && from == 0)
			pdf_lines_draw(pen, mark, 0, 1, pen->left, pen->y);
		pdf_lines_draw(pen, l, from, n, pen->left + hang, pen->y);
		pdf_untag(pen, looks[b->kind].tag);
		pen->y += pdf_lines_height(l, from, n);
		from += n;
		if (from < count)
			r = pdf_turn(pen);
	}
	if (mark)
		g_object_unref(mark);
	g_object_unref(l);
	return r;
}

static rc
put_sign(pdf_pen *pen, const pdf_block *b)
{
	double width = mm(70);
	PangoLayout *l = block_lines(pen, b, b->text, width);
	double height = pdf_lines_height(l, 0, -1);
	rc r = need(pen, height);

	if (r == RC_OK) {
		pdf_tag(pen, "P");
		pdf_lines_draw(pen, l, 0, pango_layout_get_line_count(l), pen->right - width, pen->y);
		pdf_untag(pen, "P");
		pen->y += height;
	}
	g_object_unref(l);
	return r;
}

static void
draw_qr(pdf_pen *pen, const qr *q, double x, double y, double side)
{
	double square = side / (q->size + 2 * QR_QUIET);

	if (!pen->drawing)
		return;
	for (int32_t row = 0; row < q->size; row++) {
		for (int32_t column = 0; column < q->size; column++)
			if (qr_dark(q, column, row))
				cairo_rectangle(pen->cr, x + (column + QR_QUIET) * square,
						y + (row + QR_QUIET) * square, square, square);
	}
	cairo_fill(pen->cr);
}

static rc
put_qr(pdf_pen *pen, const pdf_block *b)
{
	double side = mm(b->size > 0 ? b->size : 25),
	       width = MAX(side, mm(50)); /* a case number in one line */
	double x = b->align == PDF_CENTRE ? (pen->left + pen->right - width) / 2
		   : b->align == PDF_END  ? pen->right - width
					  : pen->left;
	qr q;

	TRY(qr_make(pen->a, pen->f, b->text, &q));
	PangoLayout *l = block_lines(pen, b, b->mark, width);
	pango_layout_set_alignment(l, PANGO_ALIGN_CENTER);
	double caption = b->mark.n ? pdf_lines_height(l, 0, -1) : 0;
	rc r = need(pen, side + caption);
	if (r == RC_OK) {
		draw_qr(pen, &q, x + (width - side) / 2, pen->y, side);
		pdf_tag(pen, "P");
		if (caption > 0)
			pdf_lines_draw(pen, l, 0, pango_layout_get_line_count(l), x, pen->y + side);
		pdf_untag(pen, "P");
		pen->y += side + caption;
	}
	g_object_unref(l);
	return r;
}

static rc
put_cut(pdf_pen *pen, const pdf_block *b)
{
	static const double dash[] = {4, 3};
	PangoLayout *l = block_lines(pen, b, b->text, -1);
	int w = 0;
	double height = pdf_lines_height(l, 0, -1), middle, gap;
	rc r = need(pen, height);

	if (r == RC_OK && pen->drawing) {
		pango_layout_get_size(l, &w, NULL);
		gap = b->text.n ? (double)w / PANGO_SCALE / 2 + 6 : 0;
		middle = (pen->left + pen->right) / 2;
		cairo_save(pen->cr);
		cairo_set_line_width(pen->cr, 0.6);
		cairo_set_dash(pen->cr, dash, (int)LEN(dash), 0);
		cairo_move_to(pen->cr, pen->left, pen->y + height / 2);
		cairo_line_to(pen->cr, middle - gap, pen->y + height / 2);
		cairo_move_to(pen->cr, middle + gap, pen->y + height / 2);
		cairo_line_to(pen->cr, pen->right, pen->y + height / 2);
		cairo_stroke(pen->cr);
		cairo_restore(pen->cr);
		pdf_lines_draw(pen, l, 0, 1, middle - gap + 6, pen->y);
	}
	if (r == RC_OK)
		pen->y += height;
	g_object_unref(l);
	return r;
}

static rc
put_kind(pdf_pen *pen, const pdf_block *b)
{
	switch (b->kind) {
	case PDF_TEXT:
	case PDF_TITLE:
	case PDF_HEADING:
	case PDF_NOTE:
	case PDF_ITEM:
		return put_paragraph(pen, b);
	case PDF_TABLE:
		return pdf_put_table(pen, &b->table);
	case PDF_SIGN:
		return put_sign(pen, b);
	case PDF_QR:
		return put_qr(pen, b);
	case PDF_CUT:
		return put_cut(pen, b);
	case PDF_GAP:
		return RC_OK;
	case PDF_PAGE:
		return pen->y > pen->top ? pdf_turn(pen) : RC_OK;
	}
	return RC_OK;
}

static rc
put_block(pdf_pen *pen, const pdf_block *b)
{
	if (pen->y > pen->top)
		pen->y += mm(b->before > 0 ? b->before : looks[b->kind].before);
	TRY(put_kind(pen, b));
	if (pen->y > pen->top)
		pen->y += mm(looks[b->kind].after);
	return RC_OK;
}

/* ---- The document. */

static rc
walk(pdf_pen *pen, bool drawing)
{
	pen->drawing = drawing;
	pen->page = 0;
	pdf_tag(pen, "Document");
	begin_page(pen);
	for (size_t i = 0; i < pen->doc->n; i++)
		TRY(put_block(pen, &pen->doc->blocks[i]));
	pdf_untag(pen, "Document");
	pen->pages = pen->page;
	if (drawing)
		cairo_show_page(pen->cr);
	return RC_OK;
}

rc
pdf_make(arena *a, fault *f, const pdf_doc *doc, pdf_file *out)
{
	double width = mm(doc->wide ? A4_LONG : A4_SHORT), height = mm(doc->wide ? A4_SHORT : A4_LONG);
	double margin = mm(doc->margin > 0 ? doc->margin : 20);
	pdf_pen pen = {.a = a, .f = f, .doc = doc};
	const pdf_frame frame = {
		.title = doc->title, .author = doc->author, .at = doc->at, .width = width, .height = height};

	pen.scale = doc->scale > 0 ? doc->scale : 1;
	pen.left = margin;
	pen.right = width - margin;
	pen.top = margin;
	pen.bottom = height - margin;
	rc r = pdf_begin(&pen, &frame);
	if (r == RC_OK)
		r = walk(&pen, false);
	if (r == RC_OK)
		r = walk(&pen, true);
	*out = (pdf_file){.pages = pen.pages, .missing = pen.missing};
	rc ended = pdf_end(&pen, &frame, r == RC_OK, &out->bytes);
	return r == RC_OK ? ended : r;
}

void
pdf_choice(buf *b, bool chosen, str label)
{
	buf_put(b, chosen ? STR("☑") : STR("☐"));
	buf_put(b, label);
	buf_lit(b, "　");
}
