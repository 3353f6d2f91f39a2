/* scan.h - a code to scan, as mark-up: the same squares as io/qr draws for paper. */
#pragma once
#include "io/qr.h"
#include "web/html.h"

/* An inline <svg>, black on white whatever the colours around it; `label` is what a screen reader says.
 * Beside it the page gives the same thing as text: not everybody can scan. RC_LIMIT as qr_make. */
rc scan_code(html_out *o, arena *a, fault *f, str text, str label, html_safe *out) MUST_USE;
