/* decisions.h - what policies came to for somebody, in words: for his own pages and for the desk. */
#pragma once
#include "app/decision/decision.h"
#include "web/decisions_tpl.h"
#include "web/house.h"

/* Everything with its reasons; what is granted already, and where the rest is applied for. */
rc decisions_shown(web_req *rq, const decision_views *all, tpl_list_decided_policy *out) MUST_USE;

/* The results of one with their reasons, for a parameter of type html. */
html_safe decision_html(web_req *rq, const decision_view *v);

/* "生活补贴：每月 88.88 元", of another "李小雨：生活补贴：…" */
str decision_answer(const web_req *rq, const decision_view *v, const decision_result *r);

/* Of several decisions by one policy the latest alone; `all` has the latest first. */
void decisions_latest(arena *a, const decision_views *all, decision_views *out);
