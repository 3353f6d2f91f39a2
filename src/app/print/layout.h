/* layout.h - where text and photo stand on a certificate that was printed before: lists/print/NAME.yaml, read
 * once.
 *
 * A file of the same name in the site's own folder `print` stands for the program's: whoever has the stock in
 * his hands measures it. */
#pragma once
#include "app/service/terms.h"
#include "io/overprint.h"
#include "io/pack.h"

typedef struct print_item {
	str zh, en;         /* what stands there */
	const field *field; /* shown as people read it; NULL: */
	str feel;           /* the text of this expression */
	overprint_box at;
	int32_t size, least, lines;
	pdf_align align;
	bool sans, strong;
	bool needed; /* not printed where it is empty */
} print_item;

typedef struct print_face {
	str zh, en;
	const print_item *item;
	size_t n;
	overprint_box photo; /* of w 0: none */
	bool photo_needed;
} print_face;

typedef struct print_layout {
	str id, zh, en;
	str note_zh, note_en; /* of one that nobody has measured */
	bool unsourced;
	int64_t generation; /* code_number of lists/codes/generation.yaml */
	overprint_stock stock;
	print_face face[OVERPRINT_FACES];
} print_layout;

typedef struct print_layouts {
	const print_layout *v;
	size_t n;
	const catalogue *fields;
	const service_words *words; /* in which expressions speak */
} print_layouts;

enum { PRINT_FILE_MAX = 64 * 1024, PRINT_LAYOUTS_MAX = 64, PRINT_ITEMS_MAX = 64, PRINT_SIDE_MAX = 5000 };

/* Those of the program, and those of `folder` (empty, or not there: none).
 * RC_INVALID: yaml.*, or print.* with file, line and what to do; feel.* inside print.feel. RC_IO file.read.
 */
rc print_layouts_load(arena *a, fault *f, const catalogue *fields, const pack *p, str folder,
		      const print_layouts **out) MUST_USE;

const print_layout *print_layout_find(const print_layouts *all, str id); /* NULL: there is none */
