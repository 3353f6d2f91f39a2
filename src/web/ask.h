/* ask.h - questions of a service as inputs of a page, and what was posted as answers. The same for one
 * question a page (the public), a section a page (the staff), what an act asks, and a doctor's form.
 *
 *   ask k = ask_of(rq, &view);
 *   TRY(ask_add(&k, section->q, section->n));       those that are asked as the answers stand
 *   GET:   TRY(ask_show(&k, false, &inputs));       for a parameter of type html
 *   POST:  TRY(ask_read(&k, ASK_NEEDED));
 *          if (k.problems.n) the page again, 422: ask_show(&k, true, …), ask_errors(&k);
 *          else kase_save with k.said.v, k.said.n and &k.problems: a refusal's problems are shown alike.
 *
 * An input is named by its field's id; a day has -year, -month, -day behind it, a place what ask_place.h
 * says. What was typed comes back as it was typed. */
#pragma once
#include "app/kase/kase.h"
#include "web/ask_place.h"
#include "web/components_tpl.h"

typedef struct ask_item {
	const service_question *q;
	ask_place place; /* of a division */
	str typed;       /* as posted; a day as year-month-day */
} ask_item;

typedef struct ask {
	web_req *rq;
	const kase_view *view; /* NULL: nothing stands yet, and no condition can be asked */
	bool heading;          /* the only question: its label is the page's heading */
	VEC(ask_item) item;
	VEC(kase_said) said;
	kase_problems problems;    /* of ask_read, and of the command afterwards */
	tpl_list_choice assessors; /* who can be named as one; none: the name is typed */
} ask;

/* `v` lives as long; NULL for questions that belong to no case yet. */
ask ask_of(web_req *rq, const kase_view *v);

/* Those of the questions whose condition holds. What follows from an identity number that the same service
 * asks for is never asked. */
rc ask_add(ask *k, const service_question *q, size_t n) MUST_USE;

/* Is this question asked at all, as the answers stand? */
rc ask_asked(web_req *rq, const kase_view *v, const service_question *q, bool *out) MUST_USE;

typedef enum ask_need {
	ASK_NEEDED, /* what is not optional must be answered to go on */
	ASK_DRAFT,  /* what is missing may be filled in later */
} ask_need;

/* Reads the inputs into k->said and k->problems, in the order of the questions and the reader's language. */
rc ask_read(ask *k, ask_need need) MUST_USE;

/* The inputs. `posted`: with what was typed, else with what stands. Errors are those of k->problems. */
rc ask_show(ask *k, bool posted, html_safe *out) MUST_USE;

/* The lines of the error summary: of the inputs shown, then those about nothing on this page. */
tpl_list_field_error ask_errors(const ask *k);

/* What a problem says to the reader: the service's own words, where it has them. */
str ask_problem_words(const web_req *rq, const kase_problem *p);

/* What a question is called: the service's words, else the field's name. */
str ask_label(const web_req *rq, const service_question *q);
/* A stored answer as people say it, a day in words; what identifies is shown whole. */
str ask_text(web_req *rq, const field *x, str stored);
/* One of the service's two texts. */
str ask_pair(const web_req *rq, pair p);
