/* mine.h - one's own cases: what the pages of an applicant say of a case. */
#pragma once
#include "app/kase/desk.h"
#include "web/ask.h"
#include "web/decisions.h"
#include "web/kases.h"
#include "web/mine_tpl.h"

extern const web_route mine_routes[], holder_routes[], entitled_routes[];

/* What was done, what is being done, what is to come: never who, always which office. */
rc mine_steps(web_req *rq, const kase_view *v, tpl_list_step *out) MUST_USE;

/* "县残联正在办理“受理”，6 月 8 日前办完（还有 5 个工作日）。" */
rc mine_stands(web_req *rq, const kase_house *h, const kase_view *v, str *out) MUST_USE;

/* One word for how a case stands, and the colour of its tag. */
str mine_state(const web_req *rq, const service *s, kase_state state, str step, str outcome, str *colour);

/* One of his own cases, found by its number as he copied it. */
typedef struct my_case {
	const kase_house *house;
	const kase_ref *ref;
	db *d;
	int64_t tenant, id;
	kase_view v;
	kase_turn_in in;
} my_case;

/* A number that is wrong, one that nobody has and another person's are told alike: RC_NOT_FOUND. */
rc mine_find(web_req *rq, my_case *k) MUST_USE;

/* What was decided for him and for whose guardian he is, of each policy the latest: by his own record and by
 * the cases he filed. */
rc mine_entitled(web_req *rq, const kase_house *h, const kase_mines *mine, decision_views *out) MUST_USE;

/* Was anything decided in this case that he may see?  Who only helped to file it may not. */
rc mine_decided(const web_req *rq, const my_case *k, decision_views *out) MUST_USE;

/* Who has it, or had it last before the applicant: name and telephone; never NULL. */
rc mine_office(web_req *rq, const kase_view *v, const kase_names **out) MUST_USE;

/* Where to ask, in words; empty where no telephone is known. */
str mine_contact(const web_req *rq, const kase_names *office);

/* That it was handed in, to be laid out. */
struct pdf_doc;
rc mine_receipt(web_req *rq, const kase_house *h, const kase_view *v, struct pdf_doc *out) MUST_USE;

/* Why the applicant has it again: the reason of the act that sent it back. Empty when it is not with him. */
str mine_sent_back(const kase_view *v);
