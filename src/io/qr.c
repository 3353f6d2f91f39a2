/* qr.c - see qr.h. */
#include "io/qr.h"

#include "base/buf.h"

#include <errno.h>
#include <qrencode.h>

enum { QR_BYTES = 2331 }; /* version 40, level M, 8-bit mode */

rc
qr_make(arena *a, fault *f, str text, qr *out)
{
	if (text.n == 0 || text.n > QR_BYTES)
		return FAIL(f, RC_LIMIT, "qr.long", FA_INT("bytes", text.n), FA_INT("max", QR_BYTES));
	QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
	BUG_ON(!code); /* nothing is left that could be refused */

	size_t n = (size_t)code->width * (size_t)code->width;
	uint8_t *dark = arena_alloc(a, n);
	for (size_t i = 0; i < n; i++)
		dark[i] = code->data[i] & 1; /* the other bits say what a square is for */
	*out = (qr){.size = code->width, .dark = dark};
	QRcode_free(code);
	return RC_OK;
}

static void
put_escaped(buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&':
			buf_lit(b, "&amp;");
			break;
		case '<':
			buf_lit(b, "&lt;");
			break;
		case '"':
			buf_lit(b, "&quot;");
			break;
		default:
			buf_c(b, s.p[i]);
		}
	}
}

str
qr_svg(arena *a, const qr *q, str label)
{
	buf b = buf_in(a);
	int32_t side = q->size + 2 * QR_QUIET;

	buf_fmt(&b,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
		side, side);
	put_escaped(&b, label);
	buf_fmt(&b, "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"",
		side, side);
	for (int32_t y = 0; y < q->size; y++) {
		for (int32_t x = 0, run; x < q->size; x += run) {
			bool dark = qr_dark(q, x, y);
			for (run = 1; x + run < q->size && qr_dark(q, x + run, y) == dark; run++)
				;
			if (dark)
				buf_fmt(&b, "M%d %dh%dv1H%dz", x + QR_QUIET, y + QR_QUIET, run, x + QR_QUIET);
		}
	}
	buf_lit(&b, "\"/></svg>");
	return buf_str(&b);
}
