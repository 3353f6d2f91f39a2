/* draft.c - a draft of a policy: begun from what is published, its steps, its tables as they would be. */
#include "web/policy/draft_priv.h"
#include "web/policy/policy.h"

#include "base/date.h"
#include "locale/msg_ids.h"

/* ---- words ---- */

static str
act_words(const draft_work *w, const draft_step *s)
{
	static const int acts[DRAFT_ACTS] = {
		[DRAFT_OPENED] = MSG_DRAFT_ACT_OPENED,     [DRAFT_ROW] = MSG_DRAFT_ACT_ROW,
		[DRAFT_ROW_GONE] = MSG_DRAFT_ACT_ROW_GONE, [DRAFT_ROW_MOVED] = MSG_DRAFT_ACT_ROW_MOVED,
		[DRAFT_PERSON] = MSG_DRAFT_ACT_PERSON,     [DRAFT_PERSON_GONE] = MSG_DRAFT_ACT_PERSON_GONE,
		[DRAFT_ARTICLE] = MSG_DRAFT_ACT_ARTICLE,   [DRAFT_ARTICLE_GONE] = MSG_DRAFT_ACT_ARTICLE_GONE,
		[DRAFT_SHEET] = MSG_DRAFT_ACT_SHEET,       [DRAFT_ROWS] = MSG_DRAFT_ACT_ROWS,
	};

	return house_words_of(w->t.rq, acts[s->act], "about", s->about);
}

static str
stands_words(const draft_work *w)
{
	web_req *rq = w->t.rq;
	const draft_step *s = &w->d->now;
	const fault_arg args[] = {{.name = "n", .i = s->n},
				  {.name = "who", .is_text = true, .s = s->who},
				  {.name = "when", .is_text = true, .s = instant_str(rq->a, s->at, false)},
				  {.name = "act", .is_text = true, .s = act_words(w, s)},
				  {0}};

	return msg_text(rq->a, rq->lang, MSG_DRAFT_PAGE_STANDS, args);
}

static str
behind_words(const draft_work *w)
{
	const fault_arg args[] = {
		{.name = "base", .i = w->d->base}, {.name = "n", .i = w->t.at->version}, {0}};

	if (w->d->base == w->t.at->version)
		return (str){0};
	return msg_text(w->t.rq->a, w->t.rq->lang, MSG_DRAFT_PAGE_BEHIND, args);
}

/* What the step on show rewrote: place, column, sign, what it became. */
static tpl_list_said
told_words(const draft_work *w)
{
	VEC(struct tpl_said) v = {0};
	web_req *rq = w->t.rq;
	str rest = w->d->now.told, line;

	while (str_next(&rest, '\n', &line)) {
		str part[4] = {0};
		int64_t column = 0;
		for (size_t i = 0; i < LEN(part); i++)
			(void)str_next(&line, '\t', &part[i]);
		if (!str_to_i64(part[1], &column))
			continue;
		const fault_arg args[] = {{.name = "place", .is_text = true, .s = part[0]},
					  {.name = "column", .i = column},
					  {.name = "sign", .is_text = true, .s = part[2]},
					  {.name = "now", .is_text = true, .s = part[3]},
					  {0}};
		vec_add(rq->a, &v)->words = msg_text(rq->a, rq->lang, MSG_DRAFT_PAGE_TOLD_ONE, args);
	}
	return (tpl_list_said){v.v, v.n};
}

/* ---- the page ---- */

/* All articles, with the way to change each. */
static tpl_list_shown_law
laws_of(const draft_work *w)
{
	web_req *rq = w->t.rq;
	const policy *p = w->t.p;
	struct tpl_shown_law *v = arena_array(rq->a, struct tpl_shown_law, p->ncitations);

	for (size_t i = 0; i < p->ncitations; i++) {
		const policy_citation *c = &p->citation[i];
		policy_lines l = policy_law_lines(rq->a, rq->lang, p, c->id);
		v[i] = (struct tpl_shown_law){
			.id = c->id,
			.words = l.v[0].text,
			.link = c->link,
			.href = str_fmt(rq->a, "%.*s%.*s", STR_ARG(draft_href(w, "/laws/")), STR_ARG(c->id))};
	}
	return (tpl_list_shown_law){v, p->ncitations};
}

static rc
show_draft(web_req *rq)
{
	draft_work *w = rq->work;
	tables_work *k = &w->t;
	bool bad = !form_ok(&w->f);

	TRY(tables_loaded(k));
	struct tpl_policy_draft out = {.title = tables_name(k),
				       .policy = tables_policy_name(k),
				       .here = draft_href(w, ""),
				       .table = tables_href(k),
				       .bad = bad,
				       .errors = draft_errors(w, "steps"),
				       .saved = web_query(rq, STR("saved")).n > 0,
				       .told = told_words(w),
				       .behind = behind_words(w),
				       .stands = stands_words(w),
				       .seen = w->d->step,
				       .answers = tables_answers(k),
				       .columns = tables_columns(k),
				       .rules = tables_rules(k, draft_href(w, "/rows/")),
				       .found = tables_findings(k),
				       .heads = tables_person_columns(rq),
				       .persons = tables_persons(k, draft_href(w, "/tests/")),
				       .laws = laws_of(w)};
	if (w->d->undo)
		out.undo = house_words_of(rq, MSG_DRAFT_UNDO, "act", act_words(w, &w->d->now));
	if (w->d->redo)
		out.redo = house_words_of(rq, MSG_DRAFT_REDO, "act", act_words(w, &w->d->behind));
	tpl_policy_draft(web_html(rq), &out);
	return web_page(rq, bad ? 422 : 200);
}

static rc
draft_get(web_req *rq)
{
	draft_work *w = arena_new(rq->a, draft_work);

	TRY(draft_enter(rq, w));
	return web_slowly(rq, tables_load, &w->t, show_draft);
}

/* ---- its steps ---- */

static rc
opened(web_req *rq)
{
	tables_work *k = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return web_see(rq, str_cat(rq->a, tables_href(k), STR("/draft")));
}

static rc
begin(web_req *rq)
{
	tables_work *k = arena_new(rq->a, tables_work);
	draft_new *n = arena_new(rq->a, draft_new);

	TRY(tables_enter(rq, k));
	*n = (draft_new){
		.by = house_actor(rq), .layer = k->layer, .text = k->at->text, .base = k->at->version};
	return house_write(rq, &(house_command){.fn = draft_open, .in = n, .then = opened});
}

/* Refused: the draft as it stands, and why. */
static rc
turned(web_req *rq)
{
	draft_work *w = rq->work;
	rc r = house_written(rq, NULL, NULL);
	db *d = NULL;

	if (r != RC_CONFLICT && r != RC_INVALID) {
		TRY(r);
		bool over = str_eq(w->act, STR("drop"));
		return web_see(rq, over ? tables_href(&w->t) : draft_href(w, ""));
	}
	draft_wrong(w, rq->fault, STR("steps"));
	fault_clear(rq->fault);
	TRY(house_read(rq, &d));
	TRY(draft_read(d, rq->a, rq->fault, house_actor(rq), w->t.layer, &w->d));
	w->t.text = w->d->text;
	return web_slowly(rq, tables_load, &w->t, show_draft);
}

static rc
draft_post(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	str act = form_typed(&f, STR("act"));

	if (str_eq(act, STR("open")))
		return begin(rq);
	draft_work *w = arena_new(rq->a, draft_work);
	TRY(draft_enter(rq, w));
	if (str_eq(act, STR("drop"))) {
		draft_end *e = arena_new(rq->a, draft_end);
		*e = (draft_end){
			.by = house_actor(rq), .draft = w->d->id, .seen = w->seen, .sha256 = STR("")};
		return house_write(rq, &(house_command){.fn = draft_finish,
							.in = e,
							.out = arena_new(rq->a, int64_t),
							.then = turned});
	}
	draft_turn *g = arena_new(rq->a, draft_turn);
	*g = (draft_turn){
		.by = house_actor(rq), .draft = w->d->id, .seen = w->seen, .redo = str_eq(act, STR("redo"))};
	return house_write(rq, &(house_command){.fn = draft_go, .in = g, .then = turned});
}

#define DRAFT "/policy/tables/{id}/draft"

enum { UPLOAD_BYTES = 9 << 20, UPLOAD_FILE = 8 << 20, GRID_BYTES = 4 << 20 };

const web_route draft_routes[] = {
	{"GET", DRAFT, draft_get, "policy.edit", "The draft of a table, as it would be"},
	{"POST", DRAFT, draft_post, "policy.edit", "Open a draft, undo, redo, drop"},
	{"GET", DRAFT "/rows", draft_row_new_get, "policy.edit", "A new row"},
	{"POST", DRAFT "/rows", draft_row_new_post, "policy.edit", "Add a row"},
	{"GET", DRAFT "/rows/{row}", draft_row_get, "policy.edit", "A row of a draft"},
	{"POST", DRAFT "/rows/{row}", draft_row_post, "policy.edit", "Change, move or remove a row"},
	{"GET", DRAFT "/grid", draft_grid_get, "policy.edit", "All rows of a draft at once"},
	{"POST", DRAFT "/grid", draft_grid_post, "policy.edit", "Check or change rows of a draft", HTTP_FORM,
	 GRID_BYTES},
	{"GET", DRAFT "/tests", draft_person_new_get, "policy.edit", "A new test person"},
	{"POST", DRAFT "/tests", draft_person_new_post, "policy.edit", "Add a test person"},
	{"GET", DRAFT "/tests/{number}", draft_person_get, "policy.edit", "A test person of a draft"},
	{"POST", DRAFT "/tests/{number}", draft_person_post, "policy.edit", "Change or remove a test person"},
	{"GET", DRAFT "/laws", draft_law_new_get, "policy.edit", "A new article"},
	{"POST", DRAFT "/laws", draft_law_new_post, "policy.edit", "Add an article"},
	{"GET", DRAFT "/laws/{law}", draft_law_get, "policy.edit", "An article of a draft"},
	{"POST", DRAFT "/laws/{law}", draft_law_post, "policy.edit", "Change or remove an article"},
	{"GET", DRAFT "/sheet", draft_sheet_get, "policy.edit", "A table of a draft as a sheet"},
	{"POST", DRAFT "/sheet", draft_sheet_post, "policy.edit", "Read a sheet into a draft", HTTP_UPLOAD,
	 UPLOAD_BYTES, UPLOAD_FILE},
	{"GET", DRAFT "/sheet/xlsx", draft_sheet_xlsx, "policy.edit", "The sheet, as XLSX"},
	{"GET", DRAFT "/sheet/csv", draft_sheet_csv, "policy.edit", "The sheet, as CSV"},
	{"GET", DRAFT "/difference", draft_difference_get, "policy.edit",
	 "What a draft changes of what is published"},
	{"POST", DRAFT "/difference", draft_difference_post, "policy.edit", "Check and propose a draft"},
	{0},
};
