/* pdf_priv.h - what pdf.c (pages, blocks), pdf_table.c (tables), pdf_file.c (the file) and overprint.c share.
 *
 * A document is walked twice by the same code: once without drawing, to know how many pages there are, once
 * drawing. Inside, all lengths are points, y grows downwards. */
#pragma once
#include "base/buf.h"
#include "io/pdf.h"

#include <pango/pangocairo.h>

typedef struct pdf_pen {
	arena *a;
	fault *f;
	const pdf_doc *doc;
	buf bytes; /* written by the surface: a pen does not move */
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *context;
	bool drawing;
	int32_t page, pages;
	int32_t missing;
	double left, right, top, bottom; /* of the space for blocks */
	double y;                        /* where the next block begins */
	double scale;                    /* of letters */
} pdf_pen;

typedef struct pdf_face {
	const char *family;
	double size;
	bool strong;
} pdf_face;

enum { PDF_MAX_PAGES = 2000 };

#define PDF_SERIF "Noto Serif CJK SC,Noto Sans CJK SC,HanaMinA,HanaMinB"
#define PDF_SANS  "Noto Sans CJK SC,Noto Serif CJK SC,HanaMinA,HanaMinB"

static inline double
mm(double x)
{
	return x * 72 / 25.4;
}

/* The file: what it calls itself, when it was made, how large its first page is. */
typedef struct pdf_frame {
	str title, author;
	int64_t at;
	double width, height;
	bool exact; /* a program that shows it is told to print it as large as it is */
} pdf_frame;

/* Opens surface and fonts of a pen that has its arena and fault; pdf_end follows, also after a failure.
 * RC_IO pdf.font. */
rc pdf_begin(pdf_pen *pen, const pdf_frame *frame) MUST_USE;

/* Ends it; *bytes is empty unless all was `good`. RC_IO pdf.failed. */
rc pdf_end(pdf_pen *pen, const pdf_frame *frame, bool good, str *bytes) MUST_USE;

/* Text broken into lines of `width`; the caller frees it with g_object_unref. */
PangoLayout *pdf_lines(pdf_pen *pen, str text, pdf_face face, double width, PangoAlignment align);

/* Height of the first `n` lines from line `from`; all of them when n is -1. */
double pdf_lines_height(PangoLayout *l, int from, int n);

/* Draws up to `n` lines from line `from` with the upper left corner at x, y; counts what no font has. */
void pdf_lines_draw(pdf_pen *pen, PangoLayout *l, int from, int n, double x, double y);

/* How many lines from `from` fit into `height`. */
int pdf_lines_fit(PangoLayout *l, int from, double height);

/* Begin and end of a tagged part, only when drawing. */
void pdf_tag(pdf_pen *pen, const char *name);
void pdf_untag(pdf_pen *pen, const char *name);

/* The next page; RC_LIMIT when there are too many. */
rc pdf_turn(pdf_pen *pen) MUST_USE;

rc pdf_put_table(pdf_pen *pen, const pdf_table *t) MUST_USE;
