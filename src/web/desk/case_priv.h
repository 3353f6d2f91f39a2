/* case_priv.h - what the pages of one case share. */
#pragma once
#include "app/kase/book.h"
#include "app/kase/desk.h"
#include "web/ask.h"
#include "web/case_tpl.h"
#include "web/desk/desk.h"
#include "web/kases.h"

enum { CASE_DUE_SOON = 2 }; /* days before its end that a turn is due soon */

/* What a page or a post of a case carries along; rq->work. */
typedef struct case_page {
	const kase_house *house;
	const kase_ref *ref;
	kase_brief brief;
	str purpose;
	bool here; /* it is work of this officer's office now, or an application he may fill in */
	web_handler show;
	/* opened by case_open, after the look */
	db *d;
	kase_view v;
	kase_offers offers;
	void *more; /* the page's own */
} case_page;

/* Opens the case of the address, by number or TENANT-ID; asks for a purpose when it is not this office's;
 * writes the look, marks the case as opened by its office, goes on in `show`. RC_NOT_FOUND: there is none, or
 * not for him. */
rc case_enter(web_req *rq, web_handler show) MUST_USE;

/* The same for a post, which was preceded by such a page: *why when the purpose is gone, and he has to open
 * the page again. `show` is not called. */
rc case_of_post(web_req *rq, case_page **out, bool *why) MUST_USE;

/* Reads everything, with this request's connection; what may be done too. */
rc case_open(web_req *rq, case_page *k) MUST_USE;

kase_at case_at(const web_req *rq, const case_page *k);

/* "/desk/cases/420106-2026-000123-KT7QXMD", and what follows. */
str case_href(arena *a, int64_t tenant, int64_t id, str number, const char *more);
str case_here(const web_req *rq, const case_page *k, const char *more);

/* A file of a paper, and what follows. */
str case_file_href(const web_req *rq, const case_page *k, int64_t scan, const char *more);

/* "今天到期", "已超期 3 天", "还有 2 天（2026-12-01）"; *colour of its tag. */
str case_due(const web_req *rq, str due, str *colour);
/* What the service calls a step; the id when its version is gone. */
/* A village without what all of its county's have in common. */
str case_village(web_req *rq, int64_t code);
str case_step_name(const web_req *rq, const kase_house *h, str service, str step);
str case_service_name(const web_req *rq, const kase_house *h, str service);
/* "本人申请" */
str case_asks_as(const web_req *rq, const kase_view *v);
/* "受理：退回补正" */
str case_turn_title(web_req *rq, const service *s, const kase_turn *t);
str case_state_words(const web_req *rq, const case_page *k, str *colour);

/* An answer for people: whole where the office works on the case, else with what identifies covered. */
str case_value(web_req *rq, const case_page *k, const field *x, str stored);

/* A day for the assessment (case_book.c): what stands, and whether he may give one. */
rc case_booking(web_req *rq, const case_page *k, kase_booking *out) MUST_USE;
str case_appointment_words(web_req *rq, const appointment_view *a);
rc case_book_get(web_req *rq);
rc case_book_post(web_req *rq);

/* The parts of the page. */
rc case_facts(web_req *rq, const case_page *k, const kase_file *file, tpl_list_case_group *out) MUST_USE;
rc case_papers(web_req *rq, const case_page *k, tpl_list_case_paper *out) MUST_USE;
tpl_list_case_document case_documents(web_req *rq, const case_page *k);
tpl_list_step case_timeline(web_req *rq, const case_page *k, const kase_file *file);
tpl_list_case_note case_notes(web_req *rq, const case_page *k, const kase_file *file);
rc case_forms(web_req *rq, const case_page *k, tpl_list_task *forms, tpl_list_case_note *flags) MUST_USE;

/* What the policy says to who has a step that decides: its results, and those that speak against as warnings;
 * `is` false: nothing is to be shown. */
typedef struct case_decided {
	bool is;
	decision_view v;
	html_safe html;
	tpl_list_case_note against;
} case_decided;

rc case_decides(web_req *rq, const case_page *k, case_decided *out) MUST_USE;

/* What a form's flags and its table say to what was measured and concluded. */
rc case_form_flags(web_req *rq, const case_page *k, const service_form *f, tpl_list_case_note *out) MUST_USE;

/* Papers are pictures of identity cards: they need the sight of what is sensitive. */
bool case_sees_papers(const web_req *rq);

/* Inputs of an act: who gets it next, who decided on paper. */
tpl_list_choice case_office_choices(web_req *rq, const kase_offices *v, str picked);
tpl_list_choice case_signer_choices(web_req *rq, const kase_signers *v, str picked);

/* The papers' states as the form has them (state-PAPER), then on to `after`; the case is open. */
rc case_save_papers(web_req *rq, case_page *k, str after) MUST_USE;

/* Somebody was first, or it is asked twice: 409, and who it was. */
rc case_conflict(web_req *rq, case_page *k, int64_t turn) MUST_USE;

/* After an act: back to the page, with what was done said on top. */
rc case_done(web_req *rq, const case_page *k, const char *what) MUST_USE;

/* The handlers, by the file they stand in. */
rc cases_get(web_req *rq);
rc cases_find_post(web_req *rq);
rc case_get(web_req *rq);
rc case_purpose_post(web_req *rq);
rc case_act_post(web_req *rq);
rc case_more_post(web_req *rq);
rc case_paper_post(web_req *rq);
rc case_objection_post(web_req *rq);
rc case_document_post(web_req *rq);
rc case_file_get(web_req *rq);
rc case_picture_get(web_req *rq);
