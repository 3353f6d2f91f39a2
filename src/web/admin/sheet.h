/* sheet.h - what the pages of this folder do alike: ask, show what was answered, and only then act.
 *
 * A form posts to its own address. Without `step` what was typed is checked and shown for comparison;
 * step=save acts, step=edit shows the form again. What a command refuses is shown at its field, with what was
 * typed. */
#pragma once
#include "base/vec.h"
#include "web/admin_tpl.h"
#include "web/form.h"
#include "web/house.h"

typedef enum sheet_step { SHEET_CHECK, SHEET_SAVE, SHEET_EDIT } sheet_step;

sheet_step sheet_step_of(const web_req *rq);

str sheet_words(const web_req *rq, int msg);
/* "admin.kind.hospital" in the reader's language; the tail itself when there is no such message. */
str sheet_named(const web_req *rq, const char *head, str tail);
str sheet_role(const web_req *rq, str role);
str sheet_line(const web_req *rq, str line); /* the empty one: all lines */

form sheet_form(const web_req *rq);
/* The summary; a mistake without a field of its own leads to `otherwise`. */
tpl_list_field_error sheet_errors(const web_req *rq, const form *f, const char *otherwise);
str sheet_error(const web_req *rq, const form *f, const char *field);

/* In `then`: was the command refused in a way that the page can say?  It is then a line of the form. */
bool sheet_refused(web_req *rq, form *f, rc r);

typedef struct sheet {
	str title, action, back, warning, go;
	const struct tpl_answer *answer;
	size_t answers;
	const char *const *kept; /* names of inputs carried along; ends with NULL; NULL: none */
	bool danger;
	const form *wrong; /* what was refused; NULL: nothing yet */
} sheet;

rc sheet_show(web_req *rq, const sheet *s);

/* Something comes to its end: what it is stands on a page before, with a warning; a refusal is said there. A
 * page says what ends in one function, made of what the address names; all of it lives in rq->a. */
typedef struct sheet_end {
	sheet page;
	store_fn *fn;
	const void *in;
	str to; /* where to afterwards */
} sheet_end;

typedef rc sheet_end_fn(web_req *rq, sheet_end *e);

rc sheet_end_form(web_req *rq, sheet_end_fn *what);
rc sheet_end_post(web_req *rq, sheet_end_fn *what);

typedef VEC(struct tpl_choice) sheet_choices;
void sheet_choice(const web_req *rq, sheet_choices *c, str value, str label, str picked);

/* "1-25 of 300": which rows of a list of `n` this page shows, and the links to the others. All of them when
 * it is asked for as a sheet (web/table.h); RC_LIMIT table.rows. */
enum { SHEET_ROWS = 50 };
typedef struct sheet_rows {
	size_t from, to;
	int64_t page, pages;
	tpl_list_page_link links;
} sheet_rows;
rc sheet_rows_of(web_req *rq, size_t n, sheet_rows *out) MUST_USE;

tpl_list_column sheet_columns(const web_req *rq, const int *msg, size_t n);
str sheet_ref(const web_req *rq, int64_t tenant, int64_t id); /* "TENANT-ID" */
/* A division's whole name; its code when it has none today. */
rc sheet_place(web_req *rq, int64_t code, str *out) MUST_USE;
/* The same of an area that is one division; of another its first and last code. */
rc sheet_area_name(web_req *rq, interval area, str *out) MUST_USE;
/* A line for each: a division's code, or "420102001000-420102003999"; as a form takes them. */
str sheet_area(const web_req *rq, const interval *v, size_t n);
