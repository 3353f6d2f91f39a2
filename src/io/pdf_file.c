/* pdf_file.c - the file around the pages: its surface, title and date, fonts that are there, language. */
#include "base/buf.h"
#include "base/date.h"
#include "io/pdf_priv.h"

#include <cairo-pdf.h>

/* Is a font for Chinese there? Without one every character would be a box. */
static bool
has_font(PangoContext *context)
{
	PangoLayout *l = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_from_string(PDF_SERIF " 12");

	pango_layout_set_font_description(l, font);
	pango_layout_set_text(l, "残疾人", -1);
	bool there = pango_layout_get_unknown_glyphs_count(l) == 0;
	pango_font_description_free(font);
	g_object_unref(l);
	return there;
}

static cairo_status_t
to_buf(void *closure, const unsigned char *p, unsigned n)
{
	buf_put(closure, (str){(const char *)p, n});
	return CAIRO_STATUS_SUCCESS;
}

static void
name_file(pdf_pen *pen, const pdf_frame *frame)
{
	cairo_surface_t *surface = pen->surface;
	ymd d = date_ymd(date_of_instant(frame->at));
	str clock = str_from(instant_str(pen->a, frame->at, true), STR("YYYY-MM-DD ").n);
	str at = str_fmt(pen->a, "%04d-%02d-%02dT%.*s+08:00", d.y, d.m, d.d, STR_ARG(clock));

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, cstr(pen->a, frame->title));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, cstr(pen->a, frame->author));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, cstr(pen->a, at));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, cstr(pen->a, at));
}

/* Place of the last `what` in `s`, or -1. */
static ptrdiff_t
find_last(str s, str what)
{
	for (size_t i = s.n + 1; i-- > what.n;)
		if (str_eq(str_sub(s, i - what.n, what.n), what))
			return (ptrdiff_t)(i - what.n);
	return -1;
}

/* cairo cannot be told the language, without which a screen reader guesses. The catalogue is the last object
 * it writes, so what is added there moves only the table of places, whose own place is the last number of the
 * file. A file of another form, or with a language, stays as it is. */
static str
say_language(arena *a, str pdf, bool exact)
{
	str more = exact ? STR("   /Lang (zh-CN)\n   /ViewerPreferences << /DisplayDocTitle true "
			       "/PrintScaling /None >>\n")
			 : STR("   /Lang (zh-CN)\n   /ViewerPreferences << /DisplayDocTitle true >>\n");
	str head = STR("<< /Type /Catalog\n"), end = STR("startxref\n");
	ptrdiff_t catalog = find_last(pdf, head), xref = find_last(pdf, end);
	int64_t place = 0;

	if (catalog < 0 || xref < catalog)
		return pdf;
	size_t at = (size_t)catalog + head.n, number = (size_t)xref + end.n;
	str tail = str_sub(pdf, at, (size_t)xref - at), rest = str_from(pdf, number), line;
	if (str_find(tail, STR("/Lang")) >= 0 || !str_next(&rest, '\n', &line) || !str_to_i64(line, &place))
		return pdf;
	buf b = buf_in(a);
	buf_put(&b, str_sub(pdf, 0, at));
	buf_put(&b, more);
	buf_put(&b, str_sub(pdf, at, number - at));
	buf_i64(&b, place + (int64_t)more.n);
	buf_lit(&b, "\n%%EOF\n");
	return buf_str(&b);
}

/* Widths that do not depend on a screen: no hinting, and a point is a point. */
static PangoContext *
context_for(cairo_t *cr)
{
	PangoContext *context = pango_cairo_create_context(cr);
	cairo_font_options_t *plain = cairo_font_options_create();

	cairo_font_options_set_hint_style(plain, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(plain, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(plain, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, plain);
	cairo_font_options_destroy(plain);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	pango_context_set_round_glyph_positions(context, FALSE);
	return context;
}

rc
pdf_begin(pdf_pen *pen, const pdf_frame *frame)
{
	pen->bytes = buf_in(pen->a);
	pen->surface = cairo_pdf_surface_create_for_stream(to_buf, &pen->bytes, frame->width, frame->height);
	pen->cr = cairo_create(pen->surface);
	pen->context = context_for(pen->cr);
	name_file(pen, frame);
	return has_font(pen->context) ? RC_OK : (rc)FAIL(pen->f, RC_IO, "pdf.font");
}

rc
pdf_end(pdf_pen *pen, const pdf_frame *frame, bool good, str *bytes)
{
	rc r = RC_OK;

	g_object_unref(pen->context);
	cairo_destroy(pen->cr);
	cairo_surface_finish(pen->surface);
	if (good && cairo_surface_status(pen->surface) != CAIRO_STATUS_SUCCESS)
		r = FAIL(pen->f, RC_IO, "pdf.failed",
			 FA_STR("why", str_of(cairo_status_to_string(cairo_surface_status(pen->surface)))));
	cairo_surface_destroy(pen->surface);
	*bytes = good && r == RC_OK ? say_language(pen->a, buf_str(&pen->bytes), frame->exact) : STR("");
	return r;
}
