/* tasks.c - the to-do list of an office: by due day, filtered, page after page; and numbers of it. */
#include "web/desk/tasks.h"

#include "app/organisation/organisation.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/desk/tasks_priv.h"
#include "web/table.h"

enum { ROWS = 50, OPEN_MS = 15 * 60 * 1000 };

/* ---- numbers ---- */

static void
add_tally(web_req *rq, struct tpl_tally *v, size_t *n, int words, int64_t count, const char *href)
{
	if (count)
		v[(*n)++] = (struct tpl_tally){
			.n = count, .words = desk_words_n(rq, words, count), .href = str_of(href)};
}

rc
tasks_tallies(web_req *rq, tpl_list_tally *out)
{
	struct tpl_tally *v = arena_array(rq->a, struct tpl_tally, 3);
	int64_t all = 0, over = 0, today = 0;
	kase_piles piles;
	size_t n = 0;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(kase_piles_read(d, rq->a, rq->fault, house_actor(rq), date_str(rq->a, date_of_instant(rq->now)),
			    &piles));
	for (size_t i = 0; i < piles.n; i++) {
		all += piles.v[i].n;
		over += piles.v[i].overdue;
		today += piles.v[i].today;
	}
	add_tally(rq, v, &n, MSG_TASKS_OVERDUE, over, "/desk/tasks");
	add_tally(rq, v, &n, MSG_TASKS_TODAY, today, "/desk/tasks");
	add_tally(rq, v, &n, MSG_TASKS_ALL, all, "/desk/tasks");
	*out = (tpl_list_tally){v, n};
	return RC_OK;
}

/* ---- filters ---- */

typedef struct todo_page {
	const kase_house *house;
	db *d;
	str service, step, village, due;
	int64_t id;
	kase_piles piles;
	kase_todos todo;
	kase_readers readers;
	bool more, read;
	form f; /* of a post that is to be mended */
} todo_page;

void
desk_choice_add(web_req *rq, desk_choices *v, str value, str label, str picked)
{
	for (size_t i = 0; i < v->n; i++)
		if (str_eq(v->v[i].value, value))
			return;
	*vec_add(rq->a, v) =
		(struct tpl_choice){.value = value, .label = label, .checked = str_eq(value, picked)};
}

static str
region_text(web_req *rq, int64_t code)
{
	return str_fmt(rq->a, "%012lld", (long long)code);
}

static void
fill_filters(web_req *rq, const todo_page *k, struct tpl_tasks *page)
{
	str any = desk_words(rq, MSG_TASKS_ANY);
	desk_choices services = {0}, steps = {0}, villages = {0};

	desk_choice_add(rq, &services, STR(""), any, k->service);
	desk_choice_add(rq, &steps, STR(""), any, k->step);
	desk_choice_add(rq, &villages, STR(""), any, k->village);
	for (size_t i = 0; i < k->piles.n; i++) {
		const kase_pile *p = &k->piles.v[i];
		desk_choice_add(rq, &services, p->service, case_service_name(rq, k->house, p->service),
				k->service);
		desk_choice_add(rq, &steps, p->step, case_step_name(rq, k->house, p->service, p->step),
				k->step);
		desk_choice_add(rq, &villages, region_text(rq, p->region), case_village(rq, p->region),
				k->village);
	}
	page->services = (tpl_list_choice){services.v, services.n};
	page->steps = (tpl_list_choice){steps.v, steps.n};
	page->villages = (tpl_list_choice){villages.v, villages.n};
}

/* A line before it of the same step. */
static bool
step_seen(const kase_todos *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v->v[i].step, v->v[n].step) && str_eq(v->v[i].service, v->v[n].service))
			return true;
	return false;
}

/* What an act is called: with its service, where cases of several lie on the page. */
static str
act_label(web_req *rq, const todo_page *k, const service *s, const service_step *step, const service_act *act)
{
	str colon = desk_words(rq, MSG_CASE_COLON);
	str label = STR_CATS(rq->a, ask_pair(rq, step->name), colon, ask_pair(rq, act->name));
	bool several = false;

	for (size_t i = 0; i < k->todo.n; i++)
		several = several || !str_eq(k->todo.v[i].service, s->id);
	return several ? STR_CATS(rq->a, ask_pair(rq, s->name), colon, label) : label;
}

/* The acts that can be done to many at once: those that ask nothing of each. */
static void
fill_acts(web_req *rq, const todo_page *k, struct tpl_tasks *page)
{
	desk_choices v = {0};

	desk_choice_add(rq, &v, STR(""), desk_words(rq, MSG_TASKS_ACT_NONE), STR(""));
	for (size_t i = 0; i < k->todo.n; i++) {
		const kase_todo *t = &k->todo.v[i];
		const service *s = kase_service(k->house, t->service);
		const service_step *step =
			s && !step_seen(&k->todo, i) ? service_step_find(s, t->step) : NULL;
		for (size_t n = 0; step && n < step->nacts; n++) {
			const service_act *act = &step->act[n];
			bool plain = act->nq == 0 && (!step->forms || act->without_form);
			if (!plain || act == step->wait_act || act == step->skip_act ||
			    act == step->objection_act)
				continue;
			str id = str_fmt(rq->a, "%.*s/%.*s/%.*s", STR_ARG(s->id), STR_ARG(step->id),
					 STR_ARG(act->id));
			desk_choice_add(rq, &v, id, act_label(rq, k, s, step, act),
					form_typed(&k->f, STR("act")));
		}
	}
	if (v.n > 1)
		page->acts = (tpl_list_choice){v.v, v.n};
}

/* ---- the list ---- */

/* What lies with the office: counted from the list where that is all of it, as in most offices on most days.
 */
static rc
read_piles(web_req *rq, todo_page *k)
{
	const str today = date_str(rq->a, date_of_instant(rq->now));
	const bool all =
		!k->more && k->due.n == 0 && k->service.n == 0 && k->step.n == 0 && k->village.n == 0;

	if (!all)
		return kase_piles_read(k->d, rq->a, rq->fault, house_actor(rq), today, &k->piles);
	kase_piles_of(rq->a, &k->todo, today, &k->piles);
	return RC_OK;
}

static rc
read_todo(web_req *rq, todo_page *k)
{
	const actor *who = house_actor(rq);
	int64_t village = 0;

	if (k->village.n && !str_to_i64(k->village, &village))
		return RC_NOT_FOUND;
	const size_t most = table_rows(rq, ROWS);
	const kase_todo_ask ask_for = {.due = k->due,
				       .id = k->id,
				       .n = (int64_t)most + 1,
				       .service = k->service,
				       .step = k->step,
				       .region = division_interval(village),
				       .people = table_asked(rq) != TABLE_PAGE};
	TRY(house_read(rq, &k->d));
	kase_todo_ahead(k->d, who, &ask_for);
	kases_hold_ahead(k->d, rq->a, rq->now);
	TRY(kases_of(rq, &k->house));
	TRY(kase_todo_read(k->d, rq->a, rq->fault, who, &ask_for, &k->todo));
	k->more = k->todo.n > most;
	k->todo.n = MIN(k->todo.n, most);
	k->read = true;
	TRY(read_piles(rq, k));
	TRY(table_whole(rq, k->more, most));
	if (k->todo.n == 0)
		return RC_OK;
	return kase_readers_read(k->d, rq->a, rq->fault, who, k->todo.v[0].due, k->todo.v[k->todo.n - 1].due,
				 rq->now - OPEN_MS, &k->readers);
}

static str
readers_of(web_req *rq, const todo_page *k, int64_t kase)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < k->readers.n; i++) {
		if (k->readers.v[i].kase != kase)
			continue;
		if (b.n)
			buf_put(&b, desk_words(rq, MSG_CASE_COMMA));
		buf_put(&b, k->readers.v[i].name);
	}
	return b.n ? desk_words_of(rq, MSG_TASKS_READERS, "names", buf_str(&b)) : STR("");
}

/* What a batch takes; nothing where it is no act of a step. */
static str
item_of(web_req *rq, const kase_todo *t)
{
	buf b = buf_in(rq->a);

	if (str_starts(t->step, STR(KASE_WORK_PAPER)))
		return STR("");
	buf_i64(&b, t->tenant);
	buf_c(&b, '-');
	buf_i64(&b, t->kase);
	buf_c(&b, '-');
	buf_i64(&b, t->turn);
	return buf_str(&b);
}

static tpl_list_todo_line
lines_of(web_req *rq, const todo_page *k)
{
	struct tpl_todo_line *v = arena_array(rq->a, struct tpl_todo_line, k->todo.n);

	for (size_t i = 0; i < k->todo.n; i++) {
		const kase_todo *t = &k->todo.v[i];
		struct tpl_todo_line *l = &v[i];
		*l = (struct tpl_todo_line){
			.item = item_of(rq, t),
			.href = case_href(rq->a, t->tenant, t->kase, t->number, ""),
			.name = t->name,
			.number = t->number,
			.step = STR_CATS(rq->a, case_service_name(rq, k->house, t->service),
					 desk_words(rq, MSG_CASE_COLON),
					 case_step_name(rq, k->house, t->service, t->step)),
			.village = case_village(rq, t->region),
			.fresh = t->opened_at == 0,
			.readers = readers_of(rq, k, t->kase)};
		l->due = case_due(rq, t->due, &l->colour);
		if (l->due.n == 0)
			l->due = desk_words(rq, MSG_TASKS_NO_LIMIT);
	}
	return (tpl_list_todo_line){v, k->todo.n};
}

static str
address(web_req *rq, const todo_page *k, const kase_todo *after)
{
	buf b = buf_in(rq->a);

	buf_lit(&b, "/desk/tasks?service=");
	html_build_part(&b, k->service);
	buf_lit(&b, "&at=");
	html_build_part(&b, k->step);
	buf_lit(&b, "&village=");
	html_build_part(&b, k->village);
	if (after)
		buf_fmt(&b, "&due=%.*s&id=%lld", STR_ARG(after->due), (long long)after->id);
	return buf_str(&b);
}

static tpl_list_column
columns(web_req *rq)
{
	static const int heads[] = {MSG_TASKS_NAME,   MSG_TASKS_DUE,  MSG_TASKS_STEP, MSG_TASKS_VILLAGE,
				    MSG_TASKS_NUMBER, MSG_TASKS_OPEN, MSG_TASKS_PICK};
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, LEN(heads));

	for (size_t i = 0; i < LEN(heads); i++)
		v[i] = (struct tpl_column){.label = desk_words(rq, heads[i]),
					   .act = heads[i] == MSG_TASKS_PICK};
	return (tpl_list_column){v, LEN(heads)};
}

static rc
show(web_req *rq)
{
	todo_page *k = rq->work;
	int64_t all = 0;

	if (!k->read) /* a sheet's rows were read for its look */
		TRY(read_todo(rq, k));
	for (size_t i = 0; i < k->piles.n; i++)
		all += k->piles.v[i].n;
	struct tpl_tasks page = {.lead = desk_words_n(rq, MSG_TASKS_LEAD, all),
				 .columns = columns(rq),
				 .rows = lines_of(rq, k),
				 .bad = k->f.errors.n > 0,
				 .errors = desk_errors(rq, &k->f),
				 .act_wrong = desk_wrong(rq, &k->f, "act")};
	const kase_todo before = {.due = k->due, .id = k->id};
	page.here = address(rq, k, k->due.n ? &before : NULL); /* a slip leads back to the same rows */
	if (k->due.n)
		page.first = address(rq, k, NULL);
	if (k->more)
		page.next = address(rq, k, &k->todo.v[k->todo.n - 1]);
	fill_filters(rq, k, &page);
	fill_acts(rq, k, &page);
	tpl_tasks(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

/* The names on the list are personal data: the list is a look, and a sheet of it one at each of them. */
static rc
list(web_req *rq, todo_page *k)
{
	static const person_refs nobody = {0};
	look_cases *cases = arena_new(rq->a, look_cases);

	rq->work = k;
	if (table_asked(rq) != TABLE_PAGE) {
		TRY(read_todo(rq, k));
		for (size_t i = 0; i < k->todo.n; i++)
			*vec_add(rq->a, cases) = (look_case){k->todo.v[i].tenant, k->todo.v[i].kase,
							     k->todo.v[i].person_tenant, k->todo.v[i].person};
	}
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .standing = true,
				  .what = STR("by=tasks"),
				  .purpose = STR("1")},
			  show);
}

static todo_page *
asked(web_req *rq)
{
	todo_page *k = arena_new(rq->a, todo_page);

	*k = (todo_page){.service = web_query(rq, STR("service")),
			 .step = web_query(rq, STR("at")),
			 .village = web_query(rq, STR("village")),
			 .due = STR(""),
			 .f = form_of(rq->a, &rq->http->form, rq->now)};
	if (table_asked(rq) == TABLE_PAGE) { /* a sheet begins at the first row */
		k->due = web_query(rq, STR("due"));
		k->id = web_query_int(rq, STR("id"), 0, INT64_MAX, 0);
	}
	return k;
}

static rc
tasks_get(web_req *rq)
{
	TRY(desk_staff(rq));
	return list(rq, asked(rq));
}

rc
tasks_again(web_req *rq, const form *f)
{
	todo_page *k = asked(rq);

	k->f = *f;
	return list(rq, k);
}

const web_route task_routes[] = {
	{"GET", "/desk/tasks", tasks_get, "case.read", "What this office has to do"},
	{"POST", "/desk/tasks", tasks_batch_post, "case.read", "One act at many cases: checked, done"},
	{0},
};
