/* pdf.h - a document described as data, laid out on A4 pages: notices, forms, boards, receipts.
 *
 * The caller gives blocks from top to bottom; this module breaks lines and pages, repeats table heads,
 * numbers the pages and embeds the fonts. Nothing is asked of the machine but its fonts: the same document
 * gives the same bytes. Lengths are millimetres, letters are points. Text is valid UTF-8; '\n' breaks a line.
 *
 * Headings, paragraphs, tables and cells are tagged, so that a screen reader can follow them. */
#pragma once
#include "base/fault.h"

typedef enum pdf_align {
	PDF_START, /* left, and the kind's own choice where that differs */
	PDF_CENTRE,
	PDF_END,
} pdf_align;

typedef enum pdf_kind {
	PDF_TEXT,    /* a paragraph */
	PDF_TITLE,   /* centred, large */
	PDF_HEADING, /* stays with what follows */
	PDF_NOTE,    /* a small paragraph */
	PDF_ITEM,    /* `mark` hangs before the text: "1.", "（一）" */
	PDF_TABLE,
	PDF_SIGN, /* who and when, centred line by line at the right edge; kept whole */
	PDF_QR,   /* `text` as a code, `mark` below it, `size` millimetres a side (25) */
	PDF_CUT,  /* where to cut, `text` in its middle */
	PDF_GAP,  /* `before` and no more */
	PDF_PAGE, /* what follows begins a page */
} pdf_kind;

/* A cell covers `cols` columns and `rows` rows (0 is 1). `foot` stands at its bottom right, below the text:
 * the signature and date under an opinion. A label is a heading: centred on grey. */
typedef struct pdf_cell {
	str text;
	str foot;
	size_t cols, rows;
	pdf_align align;
	bool label;
} pdf_cell;

typedef struct pdf_row {
	const pdf_cell *cells;
	size_t n;
	double height; /* at least */
	bool head;     /* at the top of the table, and again on each page */
} pdf_row;

typedef struct pdf_table {
	const double *widths; /* shares of the page's width */
	size_t columns;
	const pdf_row *rows;
	size_t n;
} pdf_table;

typedef struct pdf_block {
	pdf_kind kind;
	str text;
	str mark;
	pdf_align align;
	bool indent;   /* first line by two characters, as running text is set */
	bool strong;   /* bold */
	double size;   /* of the letters; 0: the kind's */
	double before; /* space above; 0: the kind's */
	pdf_table table;
} pdf_block;

typedef struct pdf_doc {
	str title, author; /* the file's properties */
	int64_t at;        /* its date: milliseconds, UTC */
	bool wide;         /* A4 across */
	double margin;     /* on all sides; 0: 20 */
	double scale;      /* of all letters of the blocks; 0: 1. Large print (22 points) is 1.83 */
	str head, code;    /* at the top of each page: left, and right (the case's number) */
	str foot;          /* at the bottom left of each page */
	str pages; /* at the bottom right, with {page} and {pages}: "第 {page} 页，共 {pages} 页"; empty: none
		    */
	str stamp; /* across each page in pale letters: who took the copy and when; empty: none */
	const pdf_block *blocks;
	size_t n;
} pdf_doc;

typedef struct pdf_file {
	str bytes;
	int32_t pages;
	int32_t missing; /* characters for which no font here has a form: they show as boxes with their number
			  */
} pdf_file;

/* RC_INVALID: a table's cells do not fit its columns, or rows bound by one cell are higher than a page.
 * RC_LIMIT: more than 2,000 pages, or a code's text is too long. RC_IO: no font for Chinese is installed. */
rc pdf_make(arena *a, fault *f, const pdf_doc *doc, pdf_file *out) MUST_USE;

/* "☑" or "☐", the label and a space: a row of choices as a form prints them. */
struct buf;
void pdf_choice(struct buf *b, bool chosen, str label);
