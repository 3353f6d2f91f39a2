/* import_priv.h - what the pages of the import share. */
#pragma once
#include "app/errand/bench.h"
#include "app/errand/result.h"
#include "web/desk/desk.h"
#include "web/import_tpl.h"

/* rq->work of a page about one errand. */
typedef struct errand_page {
	errand e;
	found found;         /* of one that was checked or loaded */
	intake_verdict show; /* which rows */
	form f;
} errand_page;

bench *import_bench(const web_req *rq);

/* The errand of the address, if it is his. */
rc import_errand(web_req *rq, errand *out) MUST_USE;
/* "/desk/imports/files/7", and what follows. */
str import_href(const web_req *rq, const errand *e, const char *more);
/* Where a page of it is: of a roster elsewhere. */
str errand_href(const web_req *rq, const errand *e);
/* What it is about, and how far it is. */
str errand_words(const web_req *rq, const errand *e, str *colour);

/* A small bounded page: files of errands are read and opened in it. RC_NOT_FOUND */
rc import_file(web_req *rq, const errand *e, const char *name, str *out) MUST_USE;
/* Bytes as a file to be kept, out of memory. */
rc import_send(web_req *rq, str name, str bytes) MUST_USE;

/* One step waits or is at work: where it stands; the page asks for itself again. */
rc import_progress_page(web_req *rq, const errand *e) MUST_USE;

/* After a command: back to the page as it is now; `moved` says that another window was faster. */
rc import_moved(web_req *rq, const errand *e, rc r) MUST_USE;

/* Lists in pages of IMPORT_ROWS; as a sheet, all at once. */
enum { IMPORT_ROWS = 25 };

typedef struct import_rows {
	size_t from, to;
	struct tpl_import_paging pages;
} import_rows;

/* Headings of a table; numbers from the column `first_number` on. */
tpl_list_column import_columns(const web_req *rq, const int *id, size_t n, size_t first_number);

import_rows import_rows_of(const web_req *rq, size_t n, str base);

/* ---- rows, checked or loaded (import_rows.c) ---- */

typedef VEC(const found_row *) import_found;

/* What an address calls rows of this kind, and a page the list of them. */
str import_show(intake_verdict v);
str import_list_title(const web_req *rq, intake_verdict v);
/* The heading of what is said about each; empty: nothing is. */
str import_told(const web_req *rq, intake_verdict v);
tpl_list_column import_row_columns(const web_req *rq, intake_verdict v);

str import_label(const web_req *rq, const field *x);
/* The name of the box of one difference in a form. */
str import_box(const web_req *rq, int64_t line, str id);

/* Those of one kind; a page of them; and who of the register is on that page, to be looked at before it is
 * shown. */
import_found import_found_rows(const web_req *rq, const found *all, intake_verdict v);
tpl_list_import_row import_row_list(const web_req *rq, const import_found *all, const import_rows *r,
				    const errand_choices *c);
rc import_row_people(web_req *rq, const import_found *all, const import_rows *r, person_refs *out) MUST_USE;

/* ---- imports that were made ---- */

/* The import of the address, if it is his office's. */
rc import_made(web_req *rq, import_view *out) MUST_USE;
/* What the errand that loaded it found: RC_NOT_FOUND when it is not kept any more, or somebody else's. */
rc import_made_found(web_req *rq, int64_t import, errand *e, found *out) MUST_USE;

/* The pages, by the file they stand in. */
rc import_map_page(web_req *rq, errand_page *k) MUST_USE;
rc import_map_post(web_req *rq, errand_page *k) MUST_USE;
rc import_check_page(web_req *rq, errand_page *k) MUST_USE;
rc import_choose_post(web_req *rq, errand_page *k) MUST_USE;
rc import_get(web_req *rq);
rc import_rows_get(web_req *rq);
rc import_undo_get(web_req *rq);
rc import_undo_post(web_req *rq);
rc import_todo_get(web_req *rq);
rc import_todo_post(web_req *rq);
