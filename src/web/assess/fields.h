/* fields.h - the inputs that the forms of this folder are made of: each shows what was typed, and its
 * mistake.
 */
#pragma once
#include "app/assessor/assessor.h"
#include "web/assess_tpl.h"
#include "web/desk/desk.h"
#include "web/desk/kinds.h"

/* The inputs of one form, as they are added. */
typedef struct fields {
	web_req *rq;
	const form *f;
	html_mark *mark; /* output is collected through its address: it must not move */
} fields;

/* Between the two, put_… add inputs. */
fields fields_begin(web_req *rq, const form *f);
html_safe fields_end(fields *x);

/* `hint` may be MSG_NONE. What was not typed yet is `value`. */
void put_text(const fields *x, const char *name, int label, int hint, int width);
void put_number(const fields *x, const char *name, int label, int hint, int width, str value);
void put_day(const fields *x, const char *name, int label, int hint, int32_t value);
void put_select(const fields *x, const char *name, int label, int hint, const desk_choices *v);

/* A box for each category; `among`: category_bit of those offered. */
void put_categories(const fields *x, int label, int64_t among);
int64_t read_categories(web_req *rq, form *f, int label);

/* "2026-01-01 起", "2026-01-01 至 2026-12-31". */
str term_words(const web_req *rq, str from, str until);

/* The form on its page; 422 when something is wrong. */
rc fields_page(web_req *rq, const form *f, int title, str caption, str lead, str action, str back,
	       html_safe inputs);
