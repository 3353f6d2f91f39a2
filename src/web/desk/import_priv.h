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

/* Lists in pages of IMPORT_ROWS. */
enum { IMPORT_ROWS = 25 };

typedef struct import_rows {
	size_t from, to;
	struct tpl_import_paging pages;
} import_rows;

/* Headings of a table; numbers from the column `first_number` on. */
tpl_list_column import_columns(const web_req *rq, const int *id, size_t n, size_t first_number);

import_rows import_rows_of(const web_req *rq, size_t n, str base);

/* The pages, by the file they stand in. */
rc import_map_page(web_req *rq, errand_page *k) MUST_USE;
rc import_map_post(web_req *rq, errand_page *k) MUST_USE;
rc import_check_page(web_req *rq, errand_page *k) MUST_USE;
rc import_choose_post(web_req *rq, errand_page *k) MUST_USE;
rc import_get(web_req *rq);
rc import_undo_get(web_req *rq);
rc import_undo_post(web_req *rq);
rc import_todo_get(web_req *rq);
rc import_todo_post(web_req *rq);
