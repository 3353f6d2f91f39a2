/* pages.h - the doors of staff and applicants, and everybody's own account. */
#pragma once
#include "web/account_tpl.h"
#include "web/session.h"

extern const web_route account_routes[];

/* Where who has signed in goes, unless he was on his way somewhere. */
#define STAFF_HOME "/desk"

/* The one line of an error summary. */
tpl_list_field_error one_error(const web_req *rq, const char *field, str words);

/* What the fault says to the reader. */
str fault_words(const web_req *rq);

/* A refusal that the person can mend, or must wait for: shown on the page he is on. */
bool shown_on_page(rc r);

/* The new password's form, with what was wrong; `action`: where it goes. */
rc page_new_password(web_req *rq, const char *action, str wrong);
/* Reads that form and changes the password; then to `next`. */
rc change_password(web_req *rq, const char *action, const char *next);

/* The handlers, by the file they stand in. */
rc sign_in_form(web_req *rq);
rc sign_in_post(web_req *rq);
rc next_form(web_req *rq);
rc next_post(web_req *rq);
rc sign_out_post(web_req *rq);

rc me_form(web_req *rq);
rc me_post(web_req *rq);
rc me_code_post(web_req *rq);
rc me_letter_post(web_req *rq);
/* A form came after its session had ended: the door, with what was sent kept for afterwards. */
rc me_keep_post(web_req *rq);
rc outbox_form(web_req *rq); /* 404 on any site but a demo */

rc phone_form(web_req *rq);
rc phone_post(web_req *rq);
rc phone_codes_post(web_req *rq);
rc phone_letter_post(web_req *rq);
rc phone_drop_post(web_req *rq);

rc desk_form(web_req *rq);
rc desk_post_post(web_req *rq);
rc desk_password_form(web_req *rq);
rc desk_password_post(web_req *rq);
rc desk_end_post(web_req *rq);
