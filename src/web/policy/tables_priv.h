/* tables_priv.h - what the pages of decision tables share: a table out of its address, put before its checks
 * and its test persons on a worker, and shown. */
#pragma once
#include "app/definition/definition.h"
#include "app/policy/check.h"
#include "web/form.h"
#include "web/house.h"
#include "web/tables_tpl.h"

/* One table. Kept in rq->work of whoever shows it. */
typedef struct tables_work {
	web_req *rq;
	str id;                     /* of the address: layer, "~", decision */
	str layer, decision;        /* the layer's id; the id of the decision in its model */
	definition_layers all;      /* what is published */
	const definition_layer *at; /* of this layer; NULL: never */
	str text;                   /* of the layer, that is shown: published, or a draft's */
	rc rc;                      /* of tables_load */
	fault fault;
	feel_env env;
	service_files files;
	const policy *p;
	const policy_decision *d;
	policy_trial trial;
	policy_findings findings;        /* of all tables of the layer */
	const policy_explanation *asked; /* this decision for each test person */
} tables_work;

/* Out of the address, which has {id}; `text` is what is published. RC_NOT_FOUND. */
rc tables_enter(web_req *rq, tables_work *k) MUST_USE;

/* On a worker: loads `text`, tries and checks it; *rc and *fault. RC_NOT_FOUND: it has no such table. */
void tables_load(void *work);
/* The rc of it, its fault being the request's. */
rc tables_loaded(tables_work *k) MUST_USE;

str tables_href(const tables_work *k);
str tables_policy_name(const tables_work *k);
str tables_name(const tables_work *k);

/* ---- shown ---- */

tpl_list_column tables_heads(const web_req *rq, const int *id, size_t n);
/* The hit policy in words. */
str tables_hit(const web_req *rq, const policy_table *t);

tpl_list_answer tables_answers(tables_work *k);
/* `rows`: where a row can be changed, and its cells are shown as they are written too; empty: nowhere. */
tpl_list_column tables_columns(const tables_work *k);
tpl_list_shown_rule tables_rules(const tables_work *k, str rows);
tpl_list_shown_finding tables_findings(const tables_work *k);
/* `tests`: the address up to the number of a person. */
tpl_list_tested tables_persons(const tables_work *k, str tests);
tpl_list_column tables_person_columns(const web_req *rq);
tpl_list_shown_law tables_laws(const tables_work *k);
/* Every table that was asked for the person, cell by cell; and the reasons in sentences. */
tpl_list_asked_table tables_asked(const tables_work *k, const policy_explanation *x);
tpl_list_said tables_reasons(const tables_work *k, const policy_explanation *x);
tpl_list_answer tables_given(const tables_work *k, const policy_person *who);
