/* notices.c - see notices.h. */
#include "web/desk/notices.h"

#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/table.h"

enum { ROWS = 50 };

typedef struct notice_page {
	kase_notices all;
	bool more;
} notice_page;

/* The last day stands before it. */
static str
left_of(const web_req *rq, str last, str *colour)
{
	int32_t day = DATE_NONE, today = date_of_instant(rq->now);
	str due = case_due(rq, last, colour);

	return date_parse(last, &day) && day > today ? desk_words_n(rq, MSG_NOTICES_LEFT, day - today) : due;
}

static tpl_list_notice_line
lines_of(web_req *rq, const kase_notices *all)
{
	struct tpl_notice_line *v = arena_array(rq->a, struct tpl_notice_line, all->n);

	for (size_t i = 0; i < all->n; i++) {
		const kase_notice *x = &all->v[i];
		v[i] = (struct tpl_notice_line){.href = case_href(rq->a, x->tenant, x->kase, x->number, ""),
						.name = x->name,
						.number = x->number,
						.village = case_village(rq, x->region),
						.posted = x->posted,
						.last = x->last};
		v[i].left = left_of(rq, x->last, &v[i].colour);
	}
	return (tpl_list_notice_line){v, all->n};
}

static rc
show(web_req *rq)
{
	static const int heads[] = {MSG_TASKS_NAME, MSG_TASKS_VILLAGE, MSG_NOTICES_POSTED, MSG_NOTICES_LAST,
				    MSG_TASKS_NUMBER};
	const notice_page *k = rq->work;
	size_t n = k->all.n;
	struct tpl_notices page = {.lead = desk_words_n(rq, MSG_NOTICES_LEAD, (int64_t)n),
				   .columns = desk_columns(rq, heads, LEN(heads)),
				   .rows = lines_of(rq, &k->all)};

	if (k->more)
		page.next = str_fmt(rq->a, "/desk/notices?last=%.*s&id=%lld", STR_ARG(k->all.v[n - 1].last),
				    (long long)k->all.v[n - 1].id);
	tpl_notices(web_html(rq), &page);
	return web_page(rq, 200);
}

static rc
notices_get(web_req *rq)
{
	static const person_refs nobody = {0};
	notice_page *k = arena_new(rq->a, notice_page);
	look_cases *cases = arena_new(rq->a, look_cases);
	const size_t most = table_rows(rq, ROWS);
	bool sheet = table_asked(rq) != TABLE_PAGE; /* begins at the first row */
	str last = sheet ? STR("") : web_query(rq, STR("last"));
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(kase_notices_read(d, rq->a, rq->fault, house_actor(rq), last,
			      sheet ? 0 : web_query_int(rq, STR("id"), 0, INT64_MAX, 0), (int64_t)most + 1,
			      &k->all));
	k->more = k->all.n > most;
	k->all.n = MIN(k->all.n, most);
	TRY(table_whole(rq, k->more, most));
	for (size_t i = 0; i < k->all.n; i++)
		*vec_add(rq->a, cases) = (look_case){k->all.v[i].tenant, k->all.v[i].kase,
						     k->all.v[i].person_tenant, k->all.v[i].person};
	rq->work = k;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .what = STR("by=notices"),
				  .purpose = STR("1")},
			  show);
}

const web_route notice_routes[] = {
	{"GET", "/desk/notices", notices_get, "publicity.read", "What hangs in which village until when"},
	{0},
};
