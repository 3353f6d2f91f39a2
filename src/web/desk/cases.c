/* cases.c - the cases that an officer may see: filtered, sorted, page after page; one by its number. */
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/parts.h"
#include "web/table.h"

enum { ROWS = 50, NUMBER_MAX = 60, Q_MAX = 60 };

#define ENDED_AS "ended." /* and the outcome */

static const struct {
	const char *id;
	int words;
	unsigned bits;
} states[] = {
	{"", MSG_CASES_RUNNING, 1u << KASE_AT_OFFICE | 1u << KASE_AT_APPLICANT},
	{"ended", MSG_CASES_ENDED, 1u << KASE_AT_END},
	{"void", MSG_CASE_STATE_VOID, 1u << KASE_AT_VOID},
	{"draft", MSG_CASE_STATE_DRAFT, 1u << KASE_AT_DRAFT},
	{"all", MSG_TASKS_ANY,
	 1u << KASE_AT_DRAFT | 1u << KASE_AT_OFFICE | 1u << KASE_AT_APPLICANT | 1u << KASE_AT_END |
		 1u << KASE_AT_VOID},
};

static const struct {
	const char *id;
	int words, from, to; /* days from today */
} dues[] = {
	{"over", MSG_CASES_DUE_OVER, -1, -1},
	{"today", MSG_CASES_DUE_TODAY, 0, 0},
	{"soon", MSG_CASES_DUE_SOON, 0, CASE_DUE_SOON},
};

static const struct {
	const char *sort; /* empty: it is not sorted by */
	int words;
	kase_by by;
} heads[] = {
	{"number", MSG_TASKS_NUMBER, KASE_BY_NUMBER},
	{"name", MSG_CASES_APPLICANT, KASE_BY_NAME},
	{"service", MSG_TASKS_SERVICE, KASE_BY_SERVICE},
	{"", MSG_CASES_STATE, KASE_BY_DUE},
	{"due", MSG_CASES_DUE, KASE_BY_DUE},
	{"", MSG_TASKS_VILLAGE, KASE_BY_DUE},
	{"submitted", MSG_CASES_SUBMITTED, KASE_BY_SUBMITTED},
};

typedef struct list_page {
	const kase_house *house;
	kase_list_ask ask;
	str state, due, sort;
	kase_lines list;
	form f; /* of the number that was not found */
} list_page;

/* ---- what is asked ---- */

static void
ask_state(list_page *k)
{
	k->ask.outcome = STR("");
	k->ask.states = states[0].bits;
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(k->state, str_of(states[i].id)))
			k->ask.states = states[i].bits;
	if (str_starts(k->state, STR(ENDED_AS))) {
		k->ask.states = 1u << KASE_AT_END;
		k->ask.outcome = str_from(k->state, strlen(ENDED_AS));
	}
}

static void
ask_due(web_req *rq, list_page *k)
{
	int32_t today = date_of_instant(rq->now);

	k->ask.due_from = k->ask.due_to = STR("");
	for (size_t i = 0; i < LEN(dues); i++) {
		if (!str_eq(k->due, str_of(dues[i].id)))
			continue;
		if (dues[i].from >= 0)
			k->ask.due_from = date_str(rq->a, today + dues[i].from);
		k->ask.due_to = date_str(rq->a, today + dues[i].to);
	}
}

static void
ask_sort(list_page *k)
{
	str by = k->sort;

	k->ask.down = str_starts(by, STR("-"));
	if (k->ask.down)
		by = str_from(by, 1);
	for (size_t i = 0; i < LEN(heads); i++)
		if (by.n && str_eq(by, str_of(heads[i].sort))) {
			k->ask.by = heads[i].by;
			return;
		}
	k->sort = STR("-submitted");
	k->ask.by = KASE_BY_SUBMITTED;
	k->ask.down = true;
}

static list_page *
asked(web_req *rq)
{
	list_page *k = arena_new(rq->a, list_page);
	str q = str_trim(web_query(rq, STR("q")));

	*k = (list_page){.ask = {.service = web_query(rq, STR("service")),
				 .step = web_query(rq, STR("at")),
				 .q = str_sub(q, 0, MIN(q.n, Q_MAX)),
				 .n = TABLE_ROWS},
			 .state = web_query(rq, STR("state")),
			 .due = web_query(rq, STR("due")),
			 .sort = web_query(rq, STR("sort")),
			 .f = form_of(rq->a, &rq->http->form, rq->now)};
	ask_state(k);
	ask_due(rq, k);
	ask_sort(k);
	return k;
}

/* ---- filters ---- */

static void
fill_services(web_req *rq, const list_page *k, struct tpl_cases *page)
{
	desk_choices services = {0}, steps = {0};
	str any = desk_words(rq, MSG_TASKS_ANY);

	desk_choice_add(rq, &services, STR(""), any, k->ask.service);
	desk_choice_add(rq, &steps, STR(""), any, k->ask.step);
	for (size_t i = 0; i < k->house->nservices; i++) {
		const service *s = k->house->service[i];
		if (!actor_line_ok(house_actor(rq), s->line))
			continue;
		desk_choice_add(rq, &services, s->id, ask_pair(rq, s->name), k->ask.service);
		if (k->ask.service.n && !str_eq(k->ask.service, s->id))
			continue;
		for (size_t n = 0; n < s->nsteps; n++)
			desk_choice_add(rq, &steps, s->step[n].id, ask_pair(rq, s->step[n].name),
					k->ask.step);
	}
	page->service = (tpl_list_choice){services.v, services.n};
	page->step = (tpl_list_choice){steps.v, steps.n};
}

static void
fill_states(web_req *rq, const list_page *k, struct tpl_cases *page)
{
	desk_choices v = {0}, days = {0};

	for (size_t i = 0; i < LEN(states); i++)
		desk_choice_add(rq, &v, str_of(states[i].id), desk_words(rq, states[i].words), k->state);
	for (size_t i = 0; i < k->house->nservices; i++) {
		const service *s = k->house->service[i];
		for (size_t n = 0; actor_line_ok(house_actor(rq), s->line) && n < s->noutcomes; n++)
			desk_choice_add(rq, &v, str_cat(rq->a, STR(ENDED_AS), s->outcome[n].id),
					desk_words_of(rq, MSG_CASES_ENDED_AS, "name",
						      ask_pair(rq, s->outcome[n].name)),
					k->state);
	}
	desk_choice_add(rq, &days, STR(""), desk_words(rq, MSG_TASKS_ANY), k->due);
	for (size_t i = 0; i < LEN(dues); i++)
		desk_choice_add(rq, &days, str_of(dues[i].id), desk_words(rq, dues[i].words), k->due);
	page->state = (tpl_list_choice){v.v, v.n};
	page->due = (tpl_list_choice){days.v, days.n};
}

/* ---- the list ---- */

/* What the address carries on from page to page. */
static tpl_list_kept
kept_of(web_req *rq, const list_page *k, str sort)
{
	const struct tpl_kept all[] = {{STR("service"), k->ask.service},
				       {STR("at"), k->ask.step},
				       {STR("state"), k->state},
				       {STR("due"), k->due},
				       {STR("q"), k->ask.q},
				       {STR("sort"), sort}};
	struct tpl_kept *v = arena_array(rq->a, struct tpl_kept, LEN(all));

	memcpy(v, all, sizeof all);
	return (tpl_list_kept){v, LEN(all)};
}

static str
address(web_req *rq, const list_page *k, str sort)
{
	tpl_list_kept kept = kept_of(rq, k, sort);
	buf b = buf_in(rq->a);

	buf_lit(&b, "/desk/cases?");
	for (size_t i = 0; i < kept.n; i++) {
		buf_fmt(&b, "%s%.*s=", i ? "&" : "", STR_ARG(kept.v[i].name));
		html_build_part(&b, kept.v[i].value);
	}
	return buf_str(&b);
}

static tpl_list_column
columns_of(web_req *rq, const list_page *k)
{
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, LEN(heads));

	for (size_t i = 0; i < LEN(heads); i++) {
		str id = str_of(heads[i].sort);
		bool now = id.n && k->ask.by == heads[i].by;
		v[i] = (struct tpl_column){.label = desk_words(rq, heads[i].words)};
		if (id.n == 0)
			continue;
		if (now)
			v[i].sorted = k->ask.down ? STR("descending") : STR("ascending");
		v[i].sort = address(rq, k, now && !k->ask.down ? str_cat(rq->a, STR("-"), id) : id);
	}
	return (tpl_list_column){v, LEN(heads)};
}

static tpl_list_case_line
rows_of(web_req *rq, const list_page *k, size_t from, size_t to)
{
	struct tpl_case_line *v = arena_array(rq->a, struct tpl_case_line, to - from);

	for (size_t i = from; i < to; i++) {
		const kase_line *l = &k->list.all.v[i];
		const case_page of = {.house = k->house,
				      .brief = {.state = l->state,
						.service = l->service,
						.step = l->step,
						.outcome = l->outcome}};
		struct tpl_case_line *row = &v[i - from];
		*row = (struct tpl_case_line){.href = case_href(rq->a, l->tenant, l->id, l->number, ""),
					      .number = l->number.n ? l->number
								    : desk_words(rq, MSG_CASE_STATE_DRAFT),
					      .name = l->name,
					      .service = case_service_name(rq, k->house, l->service),
					      .village = case_village(rq, l->region),
					      .submitted = l->submitted};
		row->state = case_state_words(rq, &of, &row->colour);
		row->due = case_due(rq, l->due, &row->due_tag);
	}
	return (tpl_list_case_line){v, to - from};
}

static rc
show(web_req *rq)
{
	const list_page *k = rq->work;
	const size_t all = k->list.all.n, most = table_rows(rq, ROWS);
	const int64_t pages = MAX((int64_t)((all + most - 1) / most), 1);
	const int64_t at = table_asked(rq) == TABLE_PAGE ? web_query_int(rq, STR("page"), 1, pages, 1) : 1;
	const size_t from = (size_t)(at - 1) * most;
	struct tpl_cases page = {
		.lead = desk_words_n(rq, k->list.more ? MSG_CASES_LEAD_MANY : MSG_CASES_LEAD, (int64_t)all),
		.q = k->ask.q,
		.sort = k->sort,
		.columns = columns_of(rq, k),
		.rows = rows_of(rq, k, from, MIN(from + most, all)),
		.base = str_cat(rq->a, address(rq, k, k->sort), STR("&page=")),
		.previous = at - 1,
		.next = at < pages ? at + 1 : 0,
		.pages = pages,
		.current = at,
		.links = page_links(rq->a, at, pages),
		.kept = kept_of(rq, k, k->sort),
		.bad = !form_ok(&k->f),
		.errors = desk_errors(rq, &k->f),
		.number = form_typed(&k->f, STR("number")),
		.number_wrong = desk_wrong(rq, &k->f, "number")};

	fill_services(rq, k, &page);
	fill_states(rq, k, &page);
	tpl_cases(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

static str
look_words(web_req *rq, const list_page *k)
{
	buf b = buf_in(rq->a);

	buf_lit(&b, "by=cases");
	if (k->ask.q.n) {
		buf_lit(&b, " q=");
		html_build_part(&b, k->ask.q);
	}
	return buf_str(&b);
}

/* The names on the list are personal data: it is a look, as the to-do list is, each name asked for one of its
 * own, and a sheet one at each case. */
static rc
list(web_req *rq, list_page *k)
{
	static const person_refs nobody = {0};
	look_cases *cases = arena_new(rq->a, look_cases);
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(kase_list_read(d, rq->a, rq->fault, house_actor(rq), &k->ask, &k->list));
	TRY(kases_of(rq, &k->house));
	TRY(table_whole(rq, k->list.more, TABLE_ROWS));
	for (size_t i = 0; table_asked(rq) != TABLE_PAGE && i < k->list.all.n; i++) {
		const kase_line *l = &k->list.all.v[i];
		*vec_add(rq->a, cases) = (look_case){l->tenant, l->id, l->person_tenant, l->person};
	}
	rq->work = k;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .standing = k->ask.q.n == 0,
				  .what = look_words(rq, k),
				  .purpose = STR("1")},
			  show);
}

rc
cases_get(web_req *rq)
{
	TRY(desk_staff(rq));
	return list(rq, asked(rq));
}

/* ---- one by its number ---- */

rc
cases_find_post(web_req *rq)
{
	list_page *k = asked(rq);
	const kase_ref *ref = NULL;
	int64_t tenant = 0, id = 0;
	db *d = NULL;

	TRY(desk_staff(rq));
	str number = form_text(&k->f, FIELD("number", desk_words(rq, MSG_CASE_FIND_NUMBER)), NUMBER_MAX);
	if (!form_ok(&k->f))
		return list(rq, k);
	TRY(house_read(rq, &d));
	rc r = kase_by_number(d, rq->a, rq->fault, number, &tenant, &id);
	if (r == RC_OK)
		r = kase_see(d, rq->a, rq->fault, house_actor(rq), tenant, id, &ref);
	if (r == RC_NOT_FOUND) {
		fault_clear(rq->fault);
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "case.find.nothing", FA_FIELD(STR("number")));
		return list(rq, k);
	}
	TRY(r);
	return web_see(rq, case_href(rq->a, tenant, id, str_trim(number), ""));
}
