/* desk.h - the staff's pages: where they begin, and the pages of a person. */
#pragma once
#include "web/components_tpl.h"
#include "web/form.h"
#include "web/look.h"

extern const web_route people_routes[];
extern const web_route case_routes[];

/* Staff only: an applicant has some of the same permissions, over himself, and another audience's pages.
 * RC_NOT_FOUND. */
rc desk_staff(const web_req *rq) MUST_USE;

str desk_words(const web_req *rq, int id);
str desk_words_n(const web_req *rq, int id, int64_t n);                   /* with {n} */
str desk_words_of(const web_req *rq, int id, const char *name, str text); /* with {name} */
tpl_list_column desk_columns(const web_req *rq, const int *id, size_t n);

/* A choice of a filter, once; `picked` is ticked. */
typedef VEC(struct tpl_choice) desk_choices;
void desk_choice_add(web_req *rq, desk_choices *v, str value, str label, str picked);

/* The error at a field in the reader's words, or the empty text; and all of them. */
str desk_wrong(const web_req *rq, const form *f, const char *name);
tpl_list_field_error desk_errors(const web_req *rq, const form *f);

/* ---- purposes: a code of lists/codes/purpose.yaml, with words where the code says "other" ----
 *
 * `only`: the form that asks, as that list names it; empty where a record is opened. */

/* Reads purpose and purpose-words; the empty text when something is to be mended. */
str purpose_ask(const web_req *rq, form *f);
tpl_list_choice purpose_choices(const web_req *rq, str only, str code);
/* The codes that are a choice there. */
str *purpose_codes(const web_req *rq, str only, size_t *n);
void purpose_split(str purpose, str *code, str *words);
str purpose_show(const web_req *rq, str purpose);
