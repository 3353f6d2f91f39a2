/* overprint.h - text and a picture onto paper that was printed before (套打): a PDF whose pages are as large
 * as the stock, without margins.
 *
 * Nothing is drawn but the texts, the picture and the sample mark that are given: no line, no background, no
 * seal. Lengths are tenths of a millimetre from the upper left corner, y grows downwards; letters are tenths
 * of a point. The same job gives the same bytes. */
#pragma once
#include "io/pdf.h"

typedef struct overprint_box {
	int32_t x, y, w, h;
} overprint_box;

/* Stands in the middle of its box's height. What is too long is set smaller, down to `least`. */
typedef struct overprint_text {
	str name; /* how a refusal calls it */
	str text;
	overprint_box at;
	int32_t size, least;
	int32_t lines; /* at most; 1: in one line */
	pdf_align align;
	bool sans, strong;
} overprint_text;

/* Whole in its box, as large as goes, in the middle. */
typedef struct overprint_picture {
	str bytes; /* JPEG, which goes in as it is, or PNG; of n 0: none */
	bool png;
	int32_t width, height; /* as it is seen */
	int direction;         /* which way is up, as Exif counts: 1 to 8 */
	overprint_box at;
} overprint_picture;

/* One side of a piece. */
typedef struct overprint_face {
	const overprint_text *text;
	size_t n;
	overprint_picture picture;
} overprint_face;

enum {
	OVERPRINT_FACES = 4,
	OVERPRINT_WHOLE = 10000,
	OVERPRINT_PIECES = 1000,
	OVERPRINT_BYTES = 128 << 20, /* of all pictures of a file */
};

typedef struct overprint_piece {
	overprint_face face[OVERPRINT_FACES];
} overprint_piece;

/* The sheet, and where the pieces lie on it: `across` times `down`, row by row. */
typedef struct overprint_stock {
	int32_t width, height;
	int32_t piece_width, piece_height;
	int32_t left, top, step_x, step_y;
	int32_t across, down;
	size_t faces; /* sides of a piece: each is a page */
} overprint_stock;

typedef struct overprint_job {
	str title, author;
	int64_t at;
	const overprint_stock *stock;
	int32_t x, y;  /* where this printer is off: everything goes so far right and down */
	int32_t scale; /* 10000: as large as it is */
	int32_t start; /* the place of the first piece on the first sheet, from 1 */
	str sample;    /* across each piece in pale letters; empty: none */
	size_t n;
	void *ctx;
	/* The i-th piece, in `a`, which ends with its sheet; what it answers other than RC_OK is passed on.
	 */
	rc (*piece)(void *ctx, arena *a, fault *f, size_t i, overprint_piece *out);
} overprint_job;

/* RC_INVALID as overprint_check; overprint.start (field `start`): there is no such place on the sheet.
 * RC_LIMIT overprint.many, overprint.large. RC_IO as pdf_make. */
rc overprint_make(arena *a, fault *f, const overprint_job *job, pdf_file *out) MUST_USE;

/* Can this piece be printed?  RC_INVALID overprint.long, overprint.glyph (a character that no font here has),
 * with the text's name; overprint.picture: it cannot be read. */
rc overprint_check(arena *a, fault *f, const overprint_stock *stock, const overprint_piece *piece) MUST_USE;

/* How much it counts towards OVERPRINT_BYTES. */
size_t overprint_size(const overprint_piece *piece);

/* One sheet to lay on the stock: rulers at the edges, crosses, the corners of each box with its name, and
 * lines a tenth of a millimetre apart that show how far a printer is off. `piece` gives boxes and names. */
rc overprint_ruler(arena *a, fault *f, const overprint_job *job, pdf_file *out) MUST_USE;
