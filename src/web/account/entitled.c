/* entitled.c - /me/entitlements and /cases/{number}/decision: what policies came to for me, and why. */
#include "locale/msg_ids.h"
#include "web/account/mine.h"

enum { CASES_MAX = 10 }; /* whose decisions stand on one page */

rc
mine_decided(const web_req *rq, const my_case *k, decision_views *out)
{
	*out = (decision_views){0};
	if (k->v.as == ASKS_HELPER && house_actor(rq)->person != k->v.person)
		return RC_OK;
	rc r = decisions_of_kase(k->d, rq->a, rq->fault, &k->house->policies, k->tenant, k->id, out);
	return r == RC_NOT_FOUND ? RC_OK : r; /* his key is gone, and with it what was decided */
}

static rc
add_case(web_req *rq, const kase_house *h, const kase_mine *m, decision_views *to)
{
	my_case k = {.house = h, .tenant = m->tenant, .id = m->id};
	decision_views of;

	TRY(house_read(rq, &k.d));
	TRY(kase_see(k.d, rq->a, rq->fault, house_actor(rq), m->tenant, m->id, &k.ref));
	TRY(kase_read(k.d, rq->a, rq->fault, h, k.ref, &k.v));
	if (house_actor(rq)->person > 0 && house_actor(rq)->person == k.v.person)
		return RC_OK; /* his own record has told it */
	TRY(mine_decided(rq, &k, &of));
	for (size_t i = 0; i < of.n; i++) {
		bool there = false;
		for (size_t n = 0; n < to->n && !there; n++)
			there = to->v[n].id == of.v[i].id;
		if (there)
			continue;
		of.v[i].whose = k.v.name;
		*vec_add(rq->a, to) = of.v[i];
	}
	return RC_OK;
}

rc
mine_entitled(web_req *rq, const kase_house *h, const kase_mines *mine, decision_views *out)
{
	const actor *who = house_actor(rq);
	decision_views own = {0};
	size_t asked = 0;
	db *d = NULL;

	TRY(house_read(rq, &d));
	if (who->person > 0) {
		int64_t home = who->home ? who->home : who->tenant;
		rc r = decisions_read(d, rq->a, rq->fault, &h->policies, home, who->person, &own);
		if (r != RC_NOT_FOUND)
			TRY(r);
	}
	decisions_latest(rq->a, &own, out);
	for (size_t i = 0; i < mine->n && asked < CASES_MAX; i++)
		if (mine->v[i].state == KASE_AT_END && asked++ < CASES_MAX)
			TRY(add_case(rq, h, &mine->v[i], out));
	return RC_OK;
}

static rc
page(web_req *rq, const decision_views *all, str whose, str back)
{
	tpl_list_decided_policy shown;

	TRY(decisions_shown(rq, all, &shown));
	tpl_decisions(web_html(rq), &(struct tpl_decisions){.title = house_words(rq, MSG_DECISION_TITLE),
							    .whose = whose,
							    .back = back,
							    .policies = shown});
	return web_page(rq, 200);
}

static rc
entitlements_get(web_req *rq)
{
	const kase_house *h = NULL;
	decision_views all;
	kase_mines mine;
	db *d = NULL;

	TRY(kases_of(rq, &h));
	TRY(house_read(rq, &d));
	TRY(kase_mine_read(d, rq->a, rq->fault, house_actor(rq), &mine));
	TRY(mine_entitled(rq, h, &mine, &all));
	return page(rq, &all, (str){0}, STR("/me"));
}

static rc
decision_get(web_req *rq)
{
	my_case *k = arena_new(rq->a, my_case);
	decision_views all;

	TRY(mine_find(rq, k));
	TRY(mine_decided(rq, k, &all));
	return page(rq, &all, k->v.name, str_cat(rq->a, STR("/cases/"), k->v.number));
}

const web_route entitled_routes[] = {
	{"GET", "/me/entitlements", entitlements_get, "own.read", "What I am entitled to, and why"},
	{"GET", "/cases/{number}/decision", decision_get, "own.read", "What a case of mine led to, and why"},
	{0},
};
