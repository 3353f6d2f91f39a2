/* overprint.c - see overprint.h.
 *
 * Measured: 1,000 cards of 13 texts and a photo of 60 KB in 0.45 s, and 450 MB for a file of 62 MB, which is
 * why pictures are bounded together. A JPEG goes into the file as it came; cairo wants an image of its size
 * beside it, whose pixels are never touched. */
#include "io/overprint.h"

#include "io/pdf_priv.h"

#include <cairo-pdf.h>

enum { STEP = 5, PIXELS_MAX = 40 * 1000 * 1000, EDGE = 100, MILLIMETRE = 10 };

static const double PALE =
	0.62; /* of the sample mark: seen on white and on colour, and letters over it read */
static const double LEADING = 0.86;

static double
tenths(int32_t v)
{
	return mm(v / 10.0);
}

/* ---- text ---- */

static PangoLayout *
lay(pdf_pen *pen, const overprint_text *t, int32_t size)
{
	static const PangoAlignment align[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
	pdf_face face = {t->sans ? PDF_SANS : PDF_SERIF, size / 10.0, t->strong};
	PangoLayout *l = pdf_lines(pen, t->text, face, tenths(t->at.w), align[t->align]);

	if (t->lines > 1)
		pango_layout_set_line_spacing(l, (float)LEADING);
	else {
		pango_layout_set_single_paragraph_mode(l, TRUE);
		pango_layout_set_width(l, -1);
	}
	return l;
}

static double
width_of(PangoLayout *l)
{
	int w = 0;

	pango_layout_get_size(l, &w, NULL);
	return (double)w / PANGO_SCALE;
}

static bool
fits(const overprint_text *t, PangoLayout *l)
{
	if (t->lines <= 1)
		return width_of(l) <= tenths(t->at.w) + 0.01;
	return pango_layout_get_line_count(l) <= t->lines &&
	       pdf_lines_height(l, 0, -1) <= tenths(t->at.h) + 0.01;
}

/* The text in the largest letters that fit; the caller frees it. */
static rc
lay_to_fit(pdf_pen *pen, const overprint_text *t, PangoLayout **out)
{
	for (int32_t size = t->size;; size = MAX(size - STEP, t->least)) {
		PangoLayout *l = lay(pen, t, size);
		bool known = pango_layout_get_unknown_glyphs_count(l) == 0;
		if (known && fits(t, l)) {
			*out = l;
			return RC_OK;
		}
		g_object_unref(l);
		if (!known)
			return FAIL(pen->f, RC_INVALID, "overprint.glyph", FA_STR("name", t->name));
		if (size <= t->least)
			return FAIL(pen->f, RC_INVALID, "overprint.long", FA_STR("name", t->name));
	}
}

static double
free_width(const overprint_text *t, PangoLayout *l)
{
	double left = tenths(t->at.w) - width_of(l);

	if (t->lines > 1 || t->align == PDF_START) /* lines of a paragraph are aligned in its width */
		return 0;
	return t->align == PDF_CENTRE ? left / 2 : left;
}

static rc
put_text(pdf_pen *pen, const overprint_text *t)
{
	PangoLayout *l = NULL;

	if (t->text.n == 0)
		return RC_OK;
	TRY(lay_to_fit(pen, t, &l));
	double height = pdf_lines_height(l, 0, -1);
	pdf_lines_draw(pen, l, 0, pango_layout_get_line_count(l), tenths(t->at.x) + free_width(t, l),
		       tenths(t->at.y) + (tenths(t->at.h) - height) / 2);
	g_object_unref(l);
	return RC_OK;
}

/* ---- the picture ---- */

static cairo_status_t
from_str(void *closure, unsigned char *to, unsigned n)
{
	str *rest = closure;

	if (rest->n < n)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, rest->p, n);
	*rest = str_from(*rest, n);
	return CAIRO_STATUS_SUCCESS;
}

/* From the pixels as they are stored, w by h, to the picture as it is seen: the eight ways of Exif. */
static cairo_matrix_t
upright(int direction, double w, double h)
{
	const cairo_matrix_t ways[] = {
		{1, 0, 0, 1, 0, 0}, {-1, 0, 0, 1, w, 0}, {-1, 0, 0, -1, w, h}, {1, 0, 0, -1, 0, h},
		{0, 1, 1, 0, 0, 0}, {0, 1, -1, 0, h, 0}, {0, -1, -1, 0, h, w}, {0, -1, 1, 0, 0, w},
	};

	return ways[direction >= 1 && direction <= 8 ? direction - 1 : 0];
}

/* Its pixels as they are stored; the caller destroys it. `bytes` outlives it. */
static rc
open_picture(fault *f, const overprint_picture *p, cairo_surface_t **out)
{
	bool turned = p->direction > 4;
	int w = turned ? p->height : p->width, h = turned ? p->width : p->height;
	str rest = p->bytes;
	cairo_surface_t *s = NULL;

	if (w <= 0 || h <= 0 || (int64_t)w * h > PIXELS_MAX)
		return FAIL(f, RC_INVALID, "overprint.picture");
	if (p->png)
		s = cairo_image_surface_create_from_png_stream(from_str, &rest);
	else
		s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	if (!p->png && cairo_surface_status(s) == CAIRO_STATUS_SUCCESS)
		(void)cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG, (const unsigned char *)p->bytes.p,
						  p->bytes.n, NULL, NULL);
	bool good = cairo_surface_status(s) == CAIRO_STATUS_SUCCESS &&
		    cairo_image_surface_get_width(s) == w && cairo_image_surface_get_height(s) == h;
	if (!good) {
		cairo_surface_destroy(s);
		return FAIL(f, RC_INVALID, "overprint.picture");
	}
	*out = s;
	return RC_OK;
}

static rc
put_picture(pdf_pen *pen, const overprint_picture *p)
{
	cairo_surface_t *s = NULL;

	if (p->bytes.n == 0)
		return RC_OK;
	TRY(open_picture(pen->f, p, &s));
	double w = tenths(p->at.w), h = tenths(p->at.h);
	double scale = MIN(w / p->width, h / p->height);
	cairo_matrix_t way =
		upright(p->direction, cairo_image_surface_get_width(s), cairo_image_surface_get_height(s));
	if (pen->drawing) {
		cairo_save(pen->cr);
		cairo_translate(pen->cr, tenths(p->at.x) + (w - scale * p->width) / 2,
				tenths(p->at.y) + (h - scale * p->height) / 2);
		cairo_scale(pen->cr, scale, scale);
		cairo_transform(pen->cr, &way);
		cairo_set_source_surface(pen->cr, s, 0, 0);
		cairo_paint(pen->cr);
		cairo_restore(pen->cr);
	}
	cairo_surface_destroy(s);
	return RC_OK;
}

/* ---- pieces and sheets ---- */

/* Across the piece: over the photo, under the letters. */
static void
put_sample(pdf_pen *pen, const overprint_stock *s, str sample)
{
	double w = tenths(s->piece_width), h = tenths(s->piece_height);
	PangoLayout *l;

	if (sample.n == 0)
		return;
	l = pdf_lines(pen, sample, (pdf_face){PDF_SANS, MIN(w, h) / 3, true}, -1, PANGO_ALIGN_LEFT);
	cairo_save(pen->cr);
	cairo_set_source_rgb(pen->cr, PALE, PALE, PALE);
	cairo_translate(pen->cr, w / 2, h / 2);
	cairo_rotate(pen->cr, -0.4);
	pdf_lines_draw(pen, l, 0, 1, -width_of(l) / 2, -pdf_lines_height(l, 0, 1) / 2);
	cairo_restore(pen->cr);
	g_object_unref(l);
}

static rc
put_face(pdf_pen *pen, const overprint_stock *s, const overprint_face *face, str sample)
{
	TRY(put_picture(pen, &face->picture));
	put_sample(pen, s, sample);
	for (size_t i = 0; i < face->n; i++)
		TRY(put_text(pen, &face->text[i]));
	return RC_OK;
}

size_t
overprint_size(const overprint_piece *piece)
{
	size_t n = 0;

	for (size_t i = 0; i < OVERPRINT_FACES; i++)
		n += piece->face[i].picture.bytes.n;
	return n;
}

/* What is drawn from here on lies where the stock has this place, as this printer prints. */
static void
enter_place(pdf_pen *pen, const overprint_job *job, int32_t place)
{
	const overprint_stock *s = job->stock;
	double scale = (double)job->scale / OVERPRINT_WHOLE;

	cairo_save(pen->cr);
	cairo_translate(pen->cr, tenths(job->x), tenths(job->y));
	cairo_scale(pen->cr, scale, scale);
	cairo_translate(pen->cr, tenths(s->left + place % s->across * s->step_x),
			tenths(s->top + place / s->across * s->step_y));
}

/* Pieces `from` … `from`+`n`-1 from place `place` on: a page for each side. */
static rc
put_sheet(pdf_pen *pen, const overprint_job *job, size_t from, size_t n, int32_t place, size_t *pictures)
{
	arena *own = arena_open(pen->a, 0);
	overprint_piece *v = arena_array(own, overprint_piece, n);
	rc r = RC_OK;

	for (size_t i = 0; i < n && r == RC_OK; i++) {
		v[i] = (overprint_piece){0};
		r = job->piece(job->ctx, own, pen->f, from + i, &v[i]);
		*pictures += overprint_size(&v[i]);
	}
	if (r == RC_OK && *pictures > OVERPRINT_BYTES)
		r = FAIL(pen->f, RC_LIMIT, "overprint.large", FA_INT("mb", OVERPRINT_BYTES >> 20));
	for (size_t face = 0; face < job->stock->faces && r == RC_OK; face++) {
		for (size_t i = 0; i < n && r == RC_OK; i++) {
			enter_place(pen, job, place + (int32_t)i);
			r = put_face(pen, job->stock, &v[i].face[face], job->sample);
			cairo_restore(pen->cr);
		}
		cairo_show_page(pen->cr);
		pen->pages++;
	}
	arena_close(own);
	return r;
}

static rc
put_sheets(pdf_pen *pen, const overprint_job *job)
{
	int32_t places = job->stock->across * job->stock->down, place = job->start - 1;
	size_t pictures = 0;

	for (size_t i = 0; i < job->n;) {
		size_t n = MIN((size_t)(places - place), job->n - i);
		TRY(put_sheet(pen, job, i, n, place, &pictures));
		i += n;
		place = 0;
	}
	return RC_OK;
}

static pdf_frame
frame_of(const overprint_job *job)
{
	return (pdf_frame){.title = job->title,
			   .author = job->author,
			   .at = job->at,
			   .width = tenths(job->stock->width),
			   .height = tenths(job->stock->height),
			   .exact = true};
}

/* The file around what `draw` draws. */
static rc
make(arena *a, fault *f, const overprint_job *job, rc (*draw)(pdf_pen *, const overprint_job *),
     pdf_file *out)
{
	const pdf_frame frame = frame_of(job);
	pdf_pen pen = {.a = a, .f = f, .drawing = true, .scale = 1};
	rc r = pdf_begin(&pen, &frame);

	if (r == RC_OK)
		r = draw(&pen, job);
	*out = (pdf_file){.pages = pen.pages};
	rc ended = pdf_end(&pen, &frame, r == RC_OK, &out->bytes);
	return r == RC_OK ? ended : r;
}

rc
overprint_make(arena *a, fault *f, const overprint_job *job, pdf_file *out)
{
	int32_t places = job->stock->across * job->stock->down;

	if (job->start < 1 || job->start > places)
		return FAIL(f, RC_INVALID, "overprint.start", FA_FIELD(STR("start")), FA_INT("max", places));
	if (job->n > OVERPRINT_PIECES)
		return FAIL(f, RC_LIMIT, "overprint.many", FA_INT("max", OVERPRINT_PIECES));
	return make(a, f, job, put_sheets, out);
}

rc
overprint_check(arena *a, fault *f, const overprint_stock *stock, const overprint_piece *piece)
{
	const pdf_frame frame = {.title = STR(""),
				 .author = STR(""),
				 .width = tenths(stock->width),
				 .height = tenths(stock->height)};
	pdf_pen pen = {.a = a, .f = f};
	str unused;
	rc r = pdf_begin(&pen, &frame);

	for (size_t i = 0; i < stock->faces && r == RC_OK; i++)
		r = put_face(&pen, stock, &piece->face[i], STR(""));
	rc ended = pdf_end(&pen, &frame, false, &unused);
	return r == RC_OK ? ended : r;
}

/* ---- the ruler page ---- */

static void
line(pdf_pen *pen, int32_t x1, int32_t y1, int32_t x2, int32_t y2)
{
	cairo_move_to(pen->cr, tenths(x1), tenths(y1));
	cairo_line_to(pen->cr, tenths(x2), tenths(y2));
	cairo_stroke(pen->cr);
}

static void
label(pdf_pen *pen, str text, int32_t x, int32_t y)
{
	PangoLayout *l = pdf_lines(pen, text, (pdf_face){PDF_SANS, 4, false}, -1, PANGO_ALIGN_LEFT);

	pdf_lines_draw(pen, l, 0, 1, tenths(x), tenths(y));
	g_object_unref(l);
}

/* Millimetres from the upper left corner along an edge, longer at each fifth and tenth, which has its number.
 */
static void
edge_ruler(pdf_pen *pen, int32_t length, int32_t across, bool upright_edge)
{
	for (int32_t v = 0; v <= length; v += MILLIMETRE) {
		int32_t tick = v % (10 * MILLIMETRE) == 0 ? 35 : v % (5 * MILLIMETRE) == 0 ? 25 : 15;
		if (upright_edge) {
			line(pen, 0, v, tick, v);
			line(pen, across - tick, v, across, v);
		} else {
			line(pen, v, 0, v, tick);
			line(pen, v, across - tick, v, across);
		}
		if (v && tick == 35)
			label(pen, str_fmt(pen->a, "%d", v / MILLIMETRE), upright_edge ? 38 : v + 3,
			      upright_edge ? v - 9 : 24);
	}
}

static void
crosses(pdf_pen *pen, const overprint_stock *s)
{
	for (int32_t y = 2 * EDGE; y < s->height; y += 2 * EDGE)
		for (int32_t x = 2 * EDGE; x < s->width; x += 2 * EDGE) {
			line(pen, x - 15, y, x + 15, y);
			line(pen, x, y - 15, x, y + 15);
		}
}

/* Short lines of which each is a tenth of a millimetre further from the edge than the one before; that which
 * is measured at 10 mm says how far the printer is off. */
static void
comb(pdf_pen *pen, bool upright_edge)
{
	enum { SIDE = 15, PITCH = 10, FROM = 180 };

	for (int32_t k = -SIDE; k <= SIDE; k++) {
		int32_t at = FROM + (k + SIDE) * PITCH, long_line = k % 5 == 0 ? 4 : 0;
		if (upright_edge)
			line(pen, EDGE + k, at - 4 - long_line / 2, EDGE + k, at + 4 + long_line / 2);
		else
			line(pen, at - 4 - long_line / 2, EDGE + k, at + 4 + long_line / 2, EDGE + k);
		if (k % 5 == 0)
			label(pen,
			      str_fmt(pen->a, "%s%d.%d",
				      k < 0 ? "-"
				      : k   ? "+"
					    : "",
				      abs(k) / 10, abs(k) % 10),
			      upright_edge ? EDGE + 20 : at - 8, upright_edge ? at - 10 : EDGE + 20);
	}
}

static void
corners(pdf_pen *pen, overprint_box b, str name)
{
	enum { ARM = 12 };

	for (int i = 0; i < 4; i++) {
		int32_t x = b.x + (i % 2 ? b.w : 0), y = b.y + (i / 2 ? b.h : 0);
		line(pen, x, y, x + (i % 2 ? -ARM : ARM), y);
		line(pen, x, y, x, y + (i / 2 ? -ARM : ARM));
	}
	label(pen, name, b.x + 4, b.y + 2);
}

static rc
put_ruler(pdf_pen *pen, const overprint_job *job)
{
	const overprint_stock *s = job->stock;
	overprint_piece piece = {0};

	TRY(job->piece(job->ctx, pen->a, pen->f, 0, &piece));
	for (size_t face = 0; face < s->faces; face++) {
		cairo_set_line_width(pen->cr, 0.2);
		cairo_save(pen->cr);
		cairo_translate(pen->cr, tenths(job->x), tenths(job->y));
		cairo_scale(pen->cr, (double)job->scale / OVERPRINT_WHOLE,
			    (double)job->scale / OVERPRINT_WHOLE);
		edge_ruler(pen, s->width, s->height, false);
		edge_ruler(pen, s->height, s->width, true);
		crosses(pen, s);
		comb(pen, true);
		comb(pen, false);
		cairo_restore(pen->cr);
		for (int32_t place = 0; place < s->across * s->down; place++) {
			const overprint_face *v = &piece.face[face];
			enter_place(pen, job, place);
			for (size_t i = 0; i < v->n; i++)
				corners(pen, v->text[i].at, v->text[i].name);
			if (v->picture.at.w)
				corners(pen, v->picture.at, STR("照片"));
			cairo_restore(pen->cr);
		}
		cairo_show_page(pen->cr);
		pen->pages++;
	}
	return RC_OK;
}

rc
overprint_ruler(arena *a, fault *f, const overprint_job *job, pdf_file *out)
{
	return make(a, f, job, put_ruler, out);
}
