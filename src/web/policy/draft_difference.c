/* draft_difference.c - what a draft changes of what is published, and proposing it. */
#include "web/policy/draft_priv.h"

#include "app/policy/compare.h"
#include "app/service/effects.h"
#include "app/value/value.h"
#include "io/pack.h"
#include "locale/msg_ids.h"

/* rq->work of this page. */
typedef struct difference {
	draft_work w; /* must be first */
	policy_changes changes;
	draft_end end;
	str sha256;
} difference;

/* ---- on a worker ---- */

static rc
compare(difference *k)
{
	tables_work *t = &k->w.t;
	arena *a = t->rq->a;
	feel_zones zones = value_zones(a);
	const policy *was = NULL;
	service_files files;

	tables_load(t);
	TRY(t->rc);
	TRY(service_files_split(a, &t->fault, t->at->text, &files));
	TRY(definition_layer_load(a, &t->fault, &t->all, t->layer, &files, &zones, &was));
	return policy_compare(a, &t->fault, t->rq->lang, was, t->p, &t->env, &k->changes);
}

static void
compare_slowly(void *p)
{
	difference *k = p;

	k->w.t.rc = compare(k);
}

/* The same check as for whoever proposes a text by hand. */
static void
check_slowly(void *p)
{
	difference *k = p;
	web_req *rq = k->w.t.rq;
	const house *h = house_of(rq);
	const service_ask with = {.fields = h->fields, .roles = h->roles, .effects = kase_effects};
	const definition_key key = {STR(DEFINITION_POLICY), k->w.t.layer};
	fault why = {0};

	k->w.t.rc = compare(k);
	if (k->w.t.rc != RC_OK)
		return;
	rc r = definition_check(rq->a, &why, &pack_all, &with, &key, k->w.t.text, &k->sha256);
	if (r == RC_INVALID || r == RC_LIMIT)
		draft_wrong(&k->w, &why, STR("propose"));
	else if (r != RC_OK) {
		fault_copy(&k->w.t.fault, &why);
		k->w.t.rc = r;
	}
}

/* ---- shown ---- */

static tpl_list_said
changes_of(const difference *k, policy_part part)
{
	web_req *rq = k->w.t.rq;
	VEC(struct tpl_said) v = {0};

	for (size_t i = 0; i < k->changes.n; i++)
		if (k->changes.v[i].part == part)
			vec_add(rq->a, &v)->words = k->changes.v[i].words;
	return (tpl_list_said){v.v, v.n};
}

static rc
show(web_req *rq)
{
	difference *k = rq->work;
	draft_work *w = &k->w;
	bool bad = !form_ok(&w->f);
	const fault_arg lead[] = {{.name = "n", .i = w->t.at->version}, {0}};

	TRY(tables_loaded(&w->t));
	tpl_draft_difference(web_html(rq),
			     &(struct tpl_draft_difference){
				     .of = tables_policy_name(&w->t),
				     .back = draft_href(w, ""),
				     .here = draft_href(w, "/difference"),
				     .bad = bad,
				     .errors = draft_errors(w, "propose"),
				     .seen = w->d->step,
				     .same = k->changes.n == 0 && str_eq(w->t.text, w->t.at->text),
				     .lead = msg_text(rq->a, rq->lang, MSG_DRAFT_DIFFERENCE_LEAD, lead),
				     .tables = changes_of(k, POLICY_PART_TABLES),
				     .laws = changes_of(k, POLICY_PART_LAWS),
				     .persons = changes_of(k, POLICY_PART_PERSONS),
				     .results = changes_of(k, POLICY_PART_RESULTS),
				     .found = tables_findings(&w->t)});
	return web_page(rq, bad ? 422 : 200);
}

rc
draft_difference_get(web_req *rq)
{
	difference *k = arena_new(rq->a, difference);

	TRY(draft_enter(rq, &k->w));
	return web_slowly(rq, compare_slowly, k, show);
}

/* ---- proposing ---- */

static rc
proposed(web_req *rq)
{
	difference *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT || r == RC_INVALID) {
		draft_wrong(&k->w, rq->fault, STR("propose"));
		fault_clear(rq->fault);
		return show(rq);
	}
	TRY(r);
	str layer = str_sub(k->w.t.id, 0, (size_t)str_find_char(k->w.t.id, '~'));
	return web_see(rq, str_fmt(rq->a, "/policy/definitions/policy/%.*s?proposed=1", STR_ARG(layer)));
}

static rc
checked(web_req *rq)
{
	difference *k = rq->work;
	draft_work *w = &k->w;

	TRY(tables_loaded(&w->t));
	if (!form_ok(&w->f))
		return show(rq);
	k->end = (draft_end){.by = house_actor(rq), .draft = w->d->id, .seen = w->seen, .sha256 = k->sha256};
	return house_write(rq, &(house_command){.fn = draft_finish,
						.in = &k->end,
						.out = arena_new(rq->a, int64_t),
						.then = proposed});
}

rc
draft_difference_post(web_req *rq)
{
	difference *k = arena_new(rq->a, difference);

	TRY(draft_enter(rq, &k->w));
	return web_slowly(rq, check_slowly, k, checked);
}
