/* scan.c - see scan.h. */
#include "web/scan.h"

enum { SIDE = 232 }; /* css pixels; a phone held at arm's length still reads 6 px a square */

static void
put_row(html_out *o, const qr *q, int32_t y)
{
	for (int32_t x = 0, run; x < q->size; x += run) {
		bool dark = qr_dark(q, x, y);
		for (run = 1; x + run < q->size && qr_dark(q, x + run, y) == dark; run++)
			;
		if (!dark)
			continue;
		html_lit(o, "M");
		html_int(o, x + QR_QUIET);
		html_lit(o, " ");
		html_int(o, y + QR_QUIET);
		html_lit(o, "h");
		html_int(o, run);
		html_lit(o, "v1h-");
		html_int(o, run);
		html_lit(o, "z");
	}
}

static void
put_size(html_out *o, const qr *q)
{
	int32_t side = q->size + 2 * QR_QUIET;

	html_lit(o, " viewBox=\"0 0 ");
	html_int(o, side);
	html_lit(o, " ");
	html_int(o, side);
	html_lit(o, "\" width=\"");
	html_int(o, SIDE);
	html_lit(o, "\" height=\"");
	html_int(o, SIDE);
	html_lit(o, "\"");
}

rc
scan_code(html_out *o, arena *a, fault *f, str text, str label, html_safe *out)
{
	html_mark mark;
	qr q;

	TRY(qr_make(a, f, text, &q));
	html_capture(o, &mark);
	html_lit(o, "<svg class=\"zc-scan\" role=\"img\" shape-rendering=\"crispEdges\" aria-label=\"");
	html_put(o, label);
	html_lit(o, "\"");
	put_size(o, &q);
	html_lit(o, "><path fill=\"#fff\" d=\"M0 0h999v999H0z\"/><path fill=\"#000\" d=\"");
	for (int32_t y = 0; y < q.size; y++)
		put_row(o, &q, y);
	html_lit(o, "\"/></svg>");
	*out = html_captured(o, &mark);
	return RC_OK;
}
