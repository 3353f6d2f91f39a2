/* draft_priv.h - what the pages of a draft share: the draft out of the address, and the way of a change:
 * typed, checked on a worker, written, or shown again as it was typed.
 *
 *   GET   draft_enter - table_load, ops.read - form page
 *   POST  draft_enter - table_load, ops.read, ops.edit, policy loaded - draft_save - the draft's page
 *                                       \ wrong: the form again            \ somebody was faster: the form
 * again
 */
#pragma once
#include "app/draft/draft.h"
#include "app/policy/edit.h"
#include "web/policy/tables_priv.h"

typedef struct draft_work draft_work;

/* One kind of thing that can be changed. */
typedef struct draft_ops {
	/* On a worker, when the policy is loaded: what the form begins from. RC_NOT_FOUND: it is not there.
	 */
	rc (*read)(draft_work *w);
	/* On a worker: what was typed, put into w->t.files; w->change says what it is. Mistakes go into w->f.
	 * RC_OK, or a failure that is no mistake of his. */
	rc (*edit)(draft_work *w);
	/* The field that the fault of a policy that no longer loads belongs to. */
	str (*field)(const draft_work *w, const fault *why);
	rc (*show)(web_req *rq);
} draft_ops;

struct draft_work {
	tables_work t; /* must be first: shown as tables are */
	draft *d;
	const draft_ops *ops;
	form f;
	bool posted;
	str about; /* of the address: a row, a person, an article; empty: a new one */
	str act;   /* of the form */
	int64_t seen;
	draft_change change;
	normal_changes changes;
	edit_table e;
	size_t row; /* of `about`; SIZE_MAX: a new one */
	edit_persons persons;
	edit_article article;
	edit_names documents;
	str *typed; /* the row's cells, the person's */
};

enum { DRAFT_CELL_CHARS = 2000 };

/* RC_NOT_FOUND: also when this office has no draft of the layer. */
rc draft_enter(web_req *rq, draft_work *w) MUST_USE;
rc draft_form_get(web_req *rq, const draft_ops *ops, str about) MUST_USE;
/* act=check: checked like any other, shown with what it would be, and not written. */
rc draft_form_post(web_req *rq, const draft_ops *ops, str about) MUST_USE;
/* Is this the act of the form? */
bool draft_is(const draft_work *w, const char *act);

/* The draft's page, and under it. */
str draft_href(const draft_work *w, const char *under);
str draft_of_words(const draft_work *w);

/* The text of a file, and another in its place. */
str draft_file(const draft_work *w, const char *name);
void draft_file_set(draft_work *w, const char *name, str text);

tpl_list_field_error draft_errors(const draft_work *w, const char *otherwise);
str draft_error(const draft_work *w, str at);
/* A mistake at a field, and that of another fault. */
fault *draft_wrong(draft_work *w, const fault *why, str at);

/* A question, its value as typed or as it stands; where somebody else changed what stands, that is said. */
typedef VEC(struct tpl_edited_field) edited_fields;
struct tpl_edited_field *draft_field(draft_work *w, edited_fields *v, const char *as, str name, str label,
				     str stands);

/* The pages: rows, persons, articles, the sheet. */
rc draft_row_new_get(web_req *rq) MUST_USE;
rc draft_row_new_post(web_req *rq) MUST_USE;
rc draft_row_get(web_req *rq) MUST_USE;
rc draft_row_post(web_req *rq) MUST_USE;
rc draft_grid_get(web_req *rq) MUST_USE;
rc draft_grid_post(web_req *rq) MUST_USE;
rc draft_person_new_get(web_req *rq) MUST_USE;
rc draft_person_new_post(web_req *rq) MUST_USE;
rc draft_person_get(web_req *rq) MUST_USE;
rc draft_person_post(web_req *rq) MUST_USE;
rc draft_law_new_get(web_req *rq) MUST_USE;
rc draft_law_new_post(web_req *rq) MUST_USE;
rc draft_law_get(web_req *rq) MUST_USE;
rc draft_law_post(web_req *rq) MUST_USE;
rc draft_difference_get(web_req *rq) MUST_USE;
rc draft_difference_post(web_req *rq) MUST_USE;
rc draft_sheet_get(web_req *rq) MUST_USE;
rc draft_sheet_post(web_req *rq) MUST_USE;
rc draft_sheet_xlsx(web_req *rq) MUST_USE;
rc draft_sheet_csv(web_req *rq) MUST_USE;
