/* apply.h - an application before it is filed: what its pages share.
 *
 * The way through is a list of items made from the service's file and the answers so far: each question that
 * is asked, then each paper that is wanted. One is a page; saving one leads to the next, or back to the check
 * where it was changed from there. Nothing of the way is kept but the answers. */
#pragma once
#include "web/account_tpl.h"
#include "web/apply_tpl.h"
#include "web/ask.h"
#include "web/form.h"
#include "web/kases.h"

extern const web_route apply_routes[];

typedef struct apply_item {
	const service_section *section; /* NULL: a paper */
	const service_question *q;
	const service_paper *paper;
} apply_item;

/* The application of this request, read again after each command. */
typedef struct apply {
	web_req *rq;
	const kase_house *house;
	const kase_ref *ref;
	db *d;
	int64_t tenant, id;
	kase_view v;
	VEC(apply_item) item;
} apply;

/* The parameter {ref} of the path, as one who may fill it in now. RC_NOT_FOUND: not his, or it is filed: then
 * *filed, when not NULL, is true. */
rc apply_open(web_req *rq, apply *out, bool *filed) MUST_USE;
/* The same again, after a command. */
rc apply_again(web_req *rq, apply *out) MUST_USE;

kase_at apply_at(const apply *k);
str apply_ref(const apply *k); /* "420106-7234…" for addresses */
str apply_href(const apply *k, const char *rest);
str apply_item_href(const apply *k, const apply_item *x);
/* Its place among the items; k->item.n: it is not asked. */
size_t apply_find_question(const apply *k, str field_id);
size_t apply_find_paper(const apply *k, str paper);
/* What stands of a paper; NULL: nothing yet. */
const kase_held_paper *apply_held(const apply *k, str paper);
bool apply_answered(const apply *k, const apply_item *x);

/* Where to go on after item `at`: the check, when the page was reached from there. */
str apply_next(const apply *k, size_t at, bool from_check);
str apply_back(const apply *k, size_t at, bool from_check);

/* "第 2 项，共 18 项 · 申请人" */
str apply_progress(const apply *k, size_t at);

/* Puts the name of whom he acts for on the page. */
void apply_acting(web_req *rq, const kase_view *v);

/* The faults that are told on the page the person is on. */
bool apply_shown(rc r);

/* How a paper will come, in words. */
str apply_paper_state(web_req *rq, const kase_held_paper *p);

/* ---- handlers, by the file they stand in ---- */

rc apply_question_get(web_req *rq); /* apply_ask.c */
rc apply_question_post(web_req *rq);

rc apply_paper_get(web_req *rq); /* apply_paper.c */
rc apply_paper_post(web_req *rq);

rc apply_scans_get(web_req *rq); /* apply_scan.c */
rc apply_scans_post(web_req *rq);
rc apply_file_get(web_req *rq);
rc apply_file_remove(web_req *rq);

rc apply_check_get(web_req *rq); /* apply_check.c */
rc apply_check_post(web_req *rq);
rc apply_receipt_get(web_req *rq);
