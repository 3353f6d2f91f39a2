/* cards_priv.h - what the pages of cards share. */
#pragma once
#include "app/card/press.h"
#include "app/organisation/organisation.h"
#include "web/cards_tpl.h"
#include "web/desk/case_priv.h"

/* Who prints; who takes in and hands over. RC_NOT_FOUND: not he. */
rc cards_printer(const web_req *rq) MUST_USE;
rc cards_giver(const web_req *rq) MUST_USE;

/* The word of a code; a choice of all of a list. */
str cards_code(const web_req *rq, const char *list, int64_t number);
tpl_list_choice cards_codes(web_req *rq, const char *list, str picked);
/* Which of a list was picked, as its number; 0 when something is to be mended. */
int64_t cards_pick(web_req *rq, form *f, form_field q, const char *list);

/* "2-1" and back; "第二代 视力（红色）". */
str cards_stock(const web_req *rq, blank_stock s);
bool cards_stock_read(str text, blank_stock *out);
str cards_stock_name(const web_req *rq, blank_stock s);
/* Each generation with each cover. */
tpl_list_choice cards_stocks(web_req *rq, str picked);
blank_stock cards_pick_stock(web_req *rq, form *f);

/* The reason of a form: a code, with words behind a colon where the code is "other"; as people read it. */
str cards_reason(web_req *rq, form *f);

/* The offices that cards and blanks go to, but for his own; `typed`: the one chosen. */
tpl_list_choice cards_office_choices(web_req *rq, const office_views *offices, str typed);
str cards_reason_show(const web_req *rq, str reason);

/* The cards (or certificates) that were ticked, "PERSON-ID", from boxes called `item` and from one field
 * `items`.
 */
typedef struct cards_item {
	int64_t person, id;
} cards_item;
typedef VEC(cards_item) cards_items;
rc cards_items_read(web_req *rq, cards_items *out) MUST_USE;
str cards_items_text(arena *a, const cards_items *v);
str cards_item_text(arena *a, int64_t person, int64_t id);
const card_ref *cards_refs(arena *a, const cards_items *v);

/* In `then`: was the command refused in a way that the page can say?  It is then a line of the form, at
 * `otherwise` where it names no field. */
bool cards_refused(web_req *rq, form *f, rc r, const char *otherwise);

/* Layouts of a generation; what nobody has measured says so. */
tpl_list_choice cards_layouts(web_req *rq, int64_t generation, str picked);
tpl_list_str cards_notes(web_req *rq, int64_t generation);
tpl_list_choice cards_printers(web_req *rq, const card_printers *all, str picked);

/* On a worker, then `then`: the file of a batch from a piece on, or of the ruler page. */
typedef struct cards_file {
	web_req *rq;
	const kase_house *house;
	card_batch batch;
	int64_t from;
	const print_layout *layout; /* the ruler page; NULL: the batch */
	const card_printer *printer;
	pdf_file pdf;
	rc made;
	fault why; /* the worker's */
} cards_file;
rc cards_file_make(web_req *rq, cards_file *k) MUST_USE;
press_config cards_press(const web_req *rq, const kase_house *h);

/* Cards as lines of a table; those in the state `tick` have a box, ticked already where they are to be taken
 * in.
 */
tpl_list_card_line cards_lines(web_req *rq, const card_views *v, const blank_book *b, card_state tick);

/* The handlers, by the file they stand in. */
rc cards_get(web_req *rq);
rc cards_post(web_req *rq);
rc cards_again_get(web_req *rq);
rc cards_again_post(web_req *rq);
rc batch_get(web_req *rq);
rc batch_post(web_req *rq);
rc batch_file_get(web_req *rq);
rc printers_get(web_req *rq);
rc printers_post(web_req *rq);
rc ruler_get(web_req *rq);
rc blanks_get(web_req *rq);
rc blank_form_get(web_req *rq);
rc blank_form_post(web_req *rq);
rc handover_get(web_req *rq);
rc handover_post(web_req *rq);
rc list_get(web_req *rq);
rc list_post(web_req *rq);
rc list_sheet_get(web_req *rq);
rc left_get(web_req *rq);
