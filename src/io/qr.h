/* qr.h - a text as a QR code: the squares, and the squares as SVG. */
#pragma once
#include "base/fault.h"

enum { QR_QUIET = 4 }; /* clear squares that must surround a code */

typedef struct qr {
	int32_t size;        /* squares a side */
	const uint8_t *dark; /* size × size, row by row: 1 dark, 0 light */
} qr;

/* Level M: a seventh of the code may be lost (a stamp, a fold). RC_LIMIT: more than about 2,300 bytes. */
rc qr_make(arena *a, fault *f, str text, qr *out) MUST_USE;

static inline bool
qr_dark(const qr *q, int32_t x, int32_t y)
{
	return q->dark[y * q->size + x];
}

/* An <svg> of one path on a light ground with its quiet border, black on white in any theme; `label` is what
 * a screen reader says. The width is the page's affair. */
str qr_svg(arena *a, const qr *q, str label);
