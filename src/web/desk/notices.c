/* notices.c - see notices.h. */
#include "web/desk/notices.h"

#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"

enum { ROWS = 50 };

typedef struct notice_page {
	str last;
	int64_t id;
} notice_page;

static tpl_list_notice_line
lines_of(web_req *rq, const kase_notices *all, size_t n)
{
	struct tpl_notice_line *v = arena_array(rq->a, struct tpl_notice_line, n);

	for (size_t i = 0; i < n; i++) {
		const kase_notice *x = &all->v[i];
		v[i] = (struct tpl_notice_line){.href = case_href(rq->a, x->tenant, x->kase, x->number, ""),
						.name = x->name,
						.number = x->number,
						.village = case_village(rq, x->region),
						.posted = x->posted,
						.last = x->last};
		v[i].left = case_due(rq, x->last, &v[i].colour);
	}
	return (tpl_list_notice_line){v, n};
}

static rc
show(web_req *rq)
{
	static const int heads[] = {MSG_TASKS_NAME, MSG_TASKS_VILLAGE, MSG_NOTICES_POSTED, MSG_NOTICES_LAST,
				    MSG_TASKS_NUMBER};
	const notice_page *k = rq->work;
	kase_notices all;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(kase_notices_read(d, rq->a, rq->fault, house_actor(rq), k->last, k->id, ROWS + 1, &all));
	size_t n = MIN(all.n, (size_t)ROWS);
	struct tpl_notices page = {.lead = desk_words_n(rq, MSG_NOTICES_LEAD, (int64_t)n),
				   .columns = desk_columns(rq, heads, LEN(heads)),
				   .rows = lines_of(rq, &all, n)};
	if (all.n > n)
		page.next = str_fmt(rq->a, "/desk/notices?last=%.*s&id=%lld", STR_ARG(all.v[n - 1].last),
				    (long long)all.v[n - 1].id);
	tpl_notices(web_html(rq), &page);
	return web_page(rq, 200);
}

static rc
notices_get(web_req *rq)
{
	static const person_refs nobody = {0};
	notice_page *k = arena_new(rq->a, notice_page);

	TRY(desk_staff(rq));
	*k = (notice_page){web_query(rq, STR("last")), web_query_int(rq, STR("id"), 0, INT64_MAX, 0)};
	rq->work = k;
	return house_look(
		rq,
		&(look){.kind = LOOK_LIST, .people = &nobody, .what = STR("by=notices"), .purpose = STR("1")},
		show);
}

const web_route notice_routes[] = {
	{"GET", "/desk/notices", notices_get, "publicity.read", "What hangs in which village until when"},
	{0},
};
