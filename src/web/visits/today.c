/* today.c - what a hospital has to assess, by due day. */
#include "app/organisation/organisation.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/table.h"
#include "web/visits/visits_priv.h"

enum { ROWS = 20 };

typedef struct visit_page {
	kase_todos todo;
	bool more;
} visit_page;

/* What the visit needs: only this of the case is read for the list. */
static rc
needs_of(web_req *rq, db *d, const kase_house *h, const kase_todo *t, str *out)
{
	const field *home = field_find(h->fields, STR("home_visit")),
		    *category = field_find(h->fields, STR("claimed_category"));
	const kase_ref *ref = NULL;
	kase_view v;

	TRY(kase_see(d, rq->a, rq->fault, house_actor(rq), t->tenant, t->kase, &ref));
	TRY(kase_read(d, rq->a, rq->fault, h, ref, &v));
	*out = category ? ask_text(rq, category, kase_answer_of(&v, category)) : STR("");
	if (home && str_eq(kase_answer_of(&v, home), STR("1")))
		*out = str_fmt(rq->a, "%.*s%.*s%.*s", STR_ARG(*out), STR_ARG(desk_words(rq, MSG_CASE_COMMA)),
			       STR_ARG(desk_words(rq, MSG_VISITS_AT_HOME)));
	return RC_OK;
}

static rc
line_of(web_req *rq, db *d, const kase_house *h, const kase_todo *t, struct tpl_visit_line *l)
{
	*l = (struct tpl_visit_line){.href = case_href(rq->a, t->tenant, t->kase, t->number, ""),
				     .name = t->name,
				     .number = t->number,
				     .village = case_village(rq, t->region)};
	l->due = case_due(rq, t->due, &l->colour);
	return needs_of(rq, d, h, t, &l->needs);
}

static rc
show(web_req *rq)
{
	static const int heads[] = {MSG_TASKS_NAME, MSG_TASKS_DUE, MSG_VISITS_NEEDS, MSG_TASKS_VILLAGE,
				    MSG_TASKS_NUMBER};
	const visit_page *k = rq->work;
	const kase_house *h = NULL;
	size_t n = k->todo.n;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(kases_of(rq, &h));
	struct tpl_visit_line *v = arena_array(rq->a, struct tpl_visit_line, n);
	for (size_t i = 0; i < n; i++)
		TRY(line_of(rq, d, h, &k->todo.v[i], &v[i]));
	struct tpl_visits page = {.lead = desk_words_n(rq, MSG_VISITS_LEAD, (int64_t)n),
				  .columns = desk_columns(rq, heads, LEN(heads)),
				  .rows = {v, n}};
	if (k->more)
		page.next = str_fmt(rq->a, "/visits/today?due=%.*s&id=%lld", STR_ARG(k->todo.v[n - 1].due),
				    (long long)k->todo.v[n - 1].id);
	tpl_visits(web_html(rq), &page);
	return web_page(rq, 200);
}

static rc
today_get(web_req *rq)
{
	static const person_refs nobody = {0};
	visit_page *k = arena_new(rq->a, visit_page);
	look_cases *cases = arena_new(rq->a, look_cases);
	const size_t most = table_rows(rq, ROWS);
	bool sheet = table_asked(rq) != TABLE_PAGE; /* begins at the first row */
	const kase_todo_ask ask_for = {.due = sheet ? STR("") : web_query(rq, STR("due")),
				       .id = sheet ? 0 : web_query_int(rq, STR("id"), 0, INT64_MAX, 0),
				       .n = (int64_t)most + 1,
				       .service = STR(""),
				       .step = STR(""),
				       .region = division_interval(0)};
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(kase_todo_read(d, rq->a, rq->fault, house_actor(rq), &ask_for, &k->todo));
	k->more = k->todo.n > most;
	k->todo.n = MIN(k->todo.n, most);
	TRY(table_whole(rq, k->more, most));
	for (size_t i = 0; i < k->todo.n; i++)
		*vec_add(rq->a, cases) = (look_case){k->todo.v[i].tenant, k->todo.v[i].kase,
						     k->todo.v[i].person_tenant, k->todo.v[i].person};
	rq->work = k;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .what = STR("by=tasks"),
				  .purpose = STR("1")},
			  show);
}

const web_route visit_routes[] = {
	{"GET", "/visits/today", today_get, "assessment.record", "What this hospital has to assess"},
	{"GET", "/visits/{ref}/{form}", visit_form_get, "assessment.record", "A form of an assessment"},
	{"POST", "/visits/{ref}/{form}", visit_form_post, "assessment.record", "Save a form"},
	{0},
};
