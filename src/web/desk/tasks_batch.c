/* tasks_batch.c - one act at many cases: first what would be done and what is skipped, then each by itself.
 * Reading a hundred cases and doing a hundred acts takes its time: both run on a worker. */
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/desk/tasks_priv.h"
#include "web/session.h"

enum { REASON_MAX = 500 };

typedef struct batch_case {
	kase_brief brief;
	rc rc;
	const fault *why;
	kase_offer offer;
} batch_case;

typedef struct batch {
	web_req *rq;
	const kase_house *house;
	form f;
	str service, step, act;
	const service_act *what;
	size_t n;
	kase_done *on, *done;
	batch_case *v;
	str reason;
	int64_t office, signer;
	rc made;
	fault why; /* the worker's */
} batch;

/* ---- reading the form ---- */

static bool
read_item(str s, kase_done *out)
{
	str part[3] = {0};
	size_t n = 0;

	while (n < 3 && str_next(&s, '-', &part[n]))
		n++;
	return n == 3 && s.n == 0 && str_to_i64(part[0], &out->tenant) && str_to_i64(part[1], &out->id) &&
	       str_to_i64(part[2], &out->turn);
}

static rc
read_batch(web_req *rq, batch *b)
{
	const url_pairs *in = &rq->http->form;
	str act = form_typed(&b->f, STR("act"));

	b->on = arena_array(rq->a, kase_done, KASE_BATCH_MAX);
	for (size_t i = 0; i < in->n; i++) {
		if (!str_eq(in->v[i].name, STR("item")))
			continue;
		if (b->n == KASE_BATCH_MAX || !read_item(in->v[i].value, &b->on[b->n++]))
			return RC_NOT_FOUND;
	}
	if (b->n == 0)
		(void)FAIL(form_wrong(&b->f), RC_INVALID, "tasks.batch.nothing", FA_FIELD(STR("item-1")));
	if (act.n == 0) {
		(void)FAIL(form_wrong(&b->f), RC_INVALID, "tasks.batch.no_act", FA_FIELD(STR("act")));
		return RC_OK;
	}
	(void)str_next(&act, '/', &b->service);
	(void)str_next(&act, '/', &b->step);
	b->act = act;
	TRY(kases_of(rq, &b->house));
	const service *s = kase_service(b->house, b->service);
	const service_step *step = s ? service_step_find(s, b->step) : NULL;
	b->what = step ? service_act_find(step, b->act) : NULL;
	return b->what ? RC_OK : RC_NOT_FOUND;
}

/* ---- what would be done ---- */

static rc
skip(batch *b, batch_case *c, const fault *why)
{
	fault *f = arena_new(b->rq->a, fault);

	fault_copy(f, why);
	c->rc = RC_CONFLICT;
	c->why = f;
	return RC_OK;
}

static rc
look_at(batch *b, db *d, size_t i)
{
	web_req *rq = b->rq;
	batch_case *c = &b->v[i];
	const kase_ref *ref = NULL;
	kase_offers o;
	kase_view v;
	fault f = {0};

	TRY(kase_see(d, rq->a, &b->why, house_actor(rq), b->on[i].tenant, b->on[i].id, &ref));
	TRY(kase_brief_read(d, rq->a, &b->why, ref, &c->brief));
	if (c->brief.turn != b->on[i].turn || !str_eq(c->brief.step, b->step) ||
	    !str_eq(c->brief.service, b->service)) {
		bool moved = c->brief.turn != b->on[i].turn;
		(void)(moved ? FAIL(&f, RC_CONFLICT, "kase.moved_on")
			     : FAIL(&f, RC_INVALID, "tasks.batch.other_step"));
		return skip(b, c, &f);
	}
	TRY(kase_read(d, rq->a, &b->why, b->house, ref, &v));
	TRY(kase_offers_read(&v, house_actor(rq), rq->now, &o));
	for (size_t n = 0; n < o.acts.n; n++)
		if (str_eq(o.acts.v[n].act->id, b->act))
			c->offer = o.acts.v[n];
	if (c->offer.act && (c->offer.rc == RC_OK || c->offer.signers.n))
		return RC_OK;
	const fault *why = c->offer.act ? c->offer.why : o.why;
	if (!why) {
		(void)FAIL(&f, RC_DENIED, "kase.not_yours");
		why = &f;
	}
	return skip(b, c, why);
}

static rc
look_at_all(batch *b)
{
	db *d = NULL;
	rc r = store_read(house_store(b->rq), b->rq->a, &b->why, &d);

	if (r != RC_OK)
		return r;
	b->v = arena_array(b->rq->a, batch_case, b->n);
	for (size_t i = 0; i < b->n && r == RC_OK; i++)
		r = look_at(b, d, i);
	store_read_end(house_store(b->rq), d);
	return r;
}

static void
look_work(void *p)
{
	batch *b = p;

	b->made = look_at_all(b);
	web_finish(b->rq);
}

static void
do_work(void *p)
{
	batch *b = p;
	web_req *rq = b->rq;

	b->made = look_at_all(b);
	if (b->made == RC_OK) {
		const kase_batch_in in = {.house = b->house,
					  .by = house_actor(rq),
					  .on = b->on,
					  .n = b->n,
					  .act = b->act,
					  .reason = b->reason,
					  .office = b->office,
					  .decided_by = b->signer,
					  .now = rq->now};
		b->done = arena_array(rq->a, kase_done, b->n);
		b->made = kase_batch(house_store(rq), rq->a, &b->why, &in, b->done);
	}
	web_finish(rq);
}

/* ---- the pages ---- */

typedef VEC(struct tpl_batch_line) batch_lines;

static void
add_line(batch *b, batch_lines *to, size_t i, const fault *why)
{
	const kase_brief *k = &b->v[i].brief;

	*vec_add(b->rq->a, to) =
		(struct tpl_batch_line){.name = k->name,
					.number = k->number,
					.why = why ? fault_text(b->rq->a, b->rq->lang, why) : STR("")};
}

/* The first of those that can be done: they are of one step, and their offices and signers are the same. */
static const kase_offer *
first_offer(const batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].rc == RC_OK)
			return &b->v[i].offer;
	return NULL;
}

static rc
checked(web_req *rq)
{
	batch *b = rq->work;
	batch_lines ready = {0}, skipped = {0};

	if (b->made != RC_OK) {
		fault_copy(rq->fault, &b->why);
		return b->made;
	}
	struct tpl_kept *kept = arena_array(rq->a, struct tpl_kept, b->n);
	size_t nkept = 0;
	for (size_t i = 0; i < b->n; i++) {
		bool good = b->v[i].rc == RC_OK;
		add_line(b, good ? &ready : &skipped, i, b->v[i].why);
		if (good)
			kept[nkept++] = (struct tpl_kept){
				.name = STR("item"),
				.value = str_fmt(rq->a, "%lld-%lld-%lld", (long long)b->on[i].tenant,
						 (long long)b->on[i].id, (long long)b->on[i].turn)};
	}
	const kase_offer *o = first_offer(b);
	struct tpl_tasks_batch page = {
		.title = desk_words_of(rq, MSG_TASKS_BATCH_TITLE, "act", ask_pair(rq, b->what->name)),
		.bad = !form_ok(&b->f),
		.errors = desk_errors(rq, &b->f),
		.items = {kept, nkept},
		.act = form_typed(&b->f, STR("act")),
		.ready = {ready.v, ready.n},
		.skipped = {skipped.v, skipped.n},
		.office_wrong = desk_wrong(rq, &b->f, "office"),
		.signer_wrong = desk_wrong(rq, &b->f, "signer"),
		.reason = form_typed(&b->f, STR("reason")),
		.reason_wrong = desk_wrong(rq, &b->f, "reason"),
		.n = (int64_t)ready.n,
	};
	if (o)
		page.offices = case_office_choices(rq, &o->next, form_typed(&b->f, STR("office")));
	if (o && o->rc != RC_OK)
		page.signers = case_signer_choices(rq, &o->signers, form_typed(&b->f, STR("signer")));
	tpl_tasks_batch(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

static rc
finished(web_req *rq)
{
	batch *b = rq->work;
	batch_lines done = {0}, skipped = {0};

	if (b->made != RC_OK) {
		fault_copy(rq->fault, &b->why);
		return b->made;
	}
	for (size_t i = 0; i < b->n; i++)
		add_line(b, b->done[i].rc == RC_OK ? &done : &skipped, i, b->done[i].why);
	tpl_tasks_done(web_html(rq), &(struct tpl_tasks_done){.n = (int64_t)done.n,
							      .done = {done.v, done.n},
							      .skipped = {skipped.v, skipped.n}});
	return web_page(rq, 200);
}

rc
tasks_batch_post(web_req *rq)
{
	batch *b = arena_new(rq->a, batch);

	TRY(desk_staff(rq));
	b->rq = rq;
	b->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(read_batch(rq, b));
	if (!form_ok(&b->f))
		return tasks_again(rq, &b->f);
	bool save = str_eq(form_typed(&b->f, STR("step")), STR("save"));
	b->reason = form_lines(&b->f, OPTIONAL("reason", desk_words(rq, MSG_CASE_REASON)), REASON_MAX);
	(void)str_to_i64(form_typed(&b->f, STR("office")), &b->office);
	(void)str_to_i64(form_typed(&b->f, STR("signer")), &b->signer);
	if (save && b->what->reason && b->reason.n == 0)
		(void)FAIL(form_wrong(&b->f), RC_INVALID, "kase.reason", FA_FIELD(STR("reason")),
			   FA_STR("act", ask_pair(rq, b->what->name)));
	save = save && form_ok(&b->f);
	house_read_end(rq);
	rq->work = b;
	rq->then = save ? finished : checked;
	return workers_run(door_of(rq)->workers, rq->fault, save ? do_work : look_work, b);
}
