/* case_more.c - at a case: papers are said to have been seen, a document is printed, an objection is taken
 * down. */
#include "app/kase/document.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/session.h"

enum { WHO_MAX = 50, PHONE_MAX = 20, OBJECTION_MAX = 2000, LATER_DAYS = 30 };

/* ---- papers ---- */

typedef struct seeing {
	size_t at;
	str after; /* where to go when all are kept */
	kase_paper_in in;
} seeing;

static rc next_paper(web_req *rq);

static rc
paper_kept(web_req *rq)
{
	TRY(house_written(rq, NULL, NULL));
	return next_paper(rq);
}

static str
state_held(const case_page *k, str paper)
{
	for (size_t i = 0; i < k->v.papers.n; i++)
		if (str_eq(k->v.papers.v[i].paper, paper))
			return k->v.papers.v[i].state;
	return STR("");
}

/* One paper after the other, each a command of its own; what is as it was is passed over. */
static rc
next_paper(web_req *rq)
{
	case_page *k = rq->work;
	seeing *x = k->more;
	const service *s = k->v.service;
	bool found = false;

	for (; x->at < s->npapers; x->at++) {
		str id = s->paper[x->at].id;
		str state = url_value(&rq->http->form, str_cat(rq->a, STR("state-"), id), &found);
		if (state.n == 0 || str_eq(state, state_held(k, id)))
			continue;
		x->at++;
		x->in = (kase_paper_in){.at = case_at(rq, k),
					.paper = id,
					.state = state,
					.due = date_of_instant(rq->now) + LATER_DAYS};
		return house_write(
			rq, &(house_command){.fn = kase_add_paper,
					     .in = &x->in,
					     .unkeyed = true, /* the same state again changes nothing */
					     .then = paper_kept});
	}
	return web_see(rq, x->after);
}

rc
case_save_papers(web_req *rq, case_page *k, str after)
{
	seeing *x = arena_new(rq->a, seeing);

	x->after = after;
	k->more = x;
	return next_paper(rq);
}

rc
case_paper_post(web_req *rq)
{
	case_page *k = NULL;
	bool why = false;

	TRY(case_of_post(rq, &k, &why));
	if (why)
		return web_see(rq, case_here(rq, k, ""));
	TRY(case_open(rq, k));
	return case_save_papers(rq, k, case_here(rq, k, "?done=paper"));
}

/* ---- documents ---- */

typedef struct printing {
	web_req *rq;
	case_page *k;
	int64_t document;
	field_regions regions;
	rc made;
	fault why; /* the worker's */
	kase_page page;
} printing;

static rc
printed(web_req *rq)
{
	case_page *k = rq->work;
	printing *p = k->more;

	if (p->made != RC_OK) {
		fault_copy(rq->fault, &p->why);
		return p->made;
	}
	return web_bytes(rq, 200, STR("application/pdf"), p->page.pdf.bytes);
}

static rc
make_page(printing *p)
{
	web_req *rq = p->rq;
	db *d = NULL;

	TRY(store_read(house_store(rq), rq->a, &p->why, &d));
	const kase_print how = {
		.house = p->k->house, .ref = p->k->ref, .regions = &p->regions, .now = rq->now};
	rc r = kase_document_make(d, rq->a, &p->why, &how, p->document, &p->page);
	store_read_end(house_store(rq), d);
	return r;
}

static void
print_work(void *v)
{
	printing *p = v;

	p->made = make_page(p);
	web_finish(p->rq);
}

/* The look is on the disk: the text is set on a thread that may take its time. */
static rc
print(web_req *rq)
{
	case_page *k = rq->work;
	printing *p = k->more;

	p->regions = ask_regions(rq);
	rq->then = printed;
	return workers_run(door_of(rq)->workers, rq->fault, print_work, p);
}

rc
case_document_post(web_req *rq)
{
	printing *p = arena_new(rq->a, printing);
	look_case *at = arena_new(rq->a, look_case);
	form f = form_of(rq->a, &rq->http->form, rq->now);
	bool why = false, there = false;

	p->rq = rq;
	TRY(case_of_post(rq, &p->k, &why));
	if (why)
		return web_see(rq, case_here(rq, p->k, ""));
	p->k->more = p;
	if (!str_to_i64(form_typed(&f, STR("document")), &p->document))
		return RC_NOT_FOUND;
	TRY(case_open(rq, p->k));
	for (size_t i = 0; i < p->k->v.documents.n; i++)
		there = there || p->k->v.documents.v[i].id == p->document;
	if (!there)
		return RC_NOT_FOUND;
	const kase_brief *b = &p->k->brief;
	*at = (look_case){b->tenant, b->id, b->person_tenant, b->person};
	return house_look(rq,
			  &(look){.kind = LOOK_CASE,
				  .at = at,
				  .purpose = p->k->purpose,
				  .what = str_fmt(rq->a, "document %lld", (long long)p->document)},
			  print);
}

/* ---- objections ---- */

typedef struct objecting {
	form f;
	kase_objection_in in;
	int64_t out;
} objecting;

static rc
objection_page(web_req *rq, const case_page *k, const objecting *x)
{
	bool bad = !form_ok(&x->f);

	tpl_case_objection(web_html(rq),
			   &(struct tpl_case_objection){.name = k->brief.name,
							.caption = k->brief.number,
							.back = case_here(rq, k, ""),
							.action = case_here(rq, k, "/objections"),
							.bad = bad,
							.errors = desk_errors(rq, &x->f),
							.who = form_typed(&x->f, STR("who")),
							.who_wrong = desk_wrong(rq, &x->f, "who"),
							.phone = form_typed(&x->f, STR("phone")),
							.phone_wrong = desk_wrong(rq, &x->f, "phone"),
							.text = form_typed(&x->f, STR("text")),
							.text_wrong = desk_wrong(rq, &x->f, "text")});
	return web_page(rq, bad ? 422 : 200);
}

static rc
objected(web_req *rq)
{
	case_page *k = rq->work;
	objecting *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT || r == RC_INVALID) {
		fault_copy(form_wrong(&x->f), rq->fault);
		fault_clear(rq->fault);
		return objection_page(rq, k, x);
	}
	TRY(r);
	return case_done(rq, k, "objection");
}

rc
case_objection_post(web_req *rq)
{
	objecting *x = arena_new(rq->a, objecting);
	case_page *k = NULL;
	bool why = false;

	x->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(case_of_post(rq, &k, &why));
	if (why)
		return web_see(rq, case_here(rq, k, ""));
	if (house_actor(rq)->tenant != k->brief.tenant ||
	    !may(house_actor(rq), PERM_PUBLICITY_POST, k->brief.region))
		return RC_NOT_FOUND;
	if (form_typed(&x->f, STR("step")).n == 0)
		return objection_page(rq, k, x);
	x->in = (kase_objection_in){
		.house = k->house,
		.tenant = k->brief.tenant,
		.id = k->brief.id,
		.by = house_actor(rq),
		.who = form_name(&x->f, OPTIONAL("who", desk_words(rq, MSG_CASE_OBJECTION_WHO)), WHO_MAX),
		.phone = form_text(&x->f, OPTIONAL("phone", desk_words(rq, MSG_CASE_OBJECTION_PHONE)),
				   PHONE_MAX),
		.text = form_lines(&x->f, FIELD("text", desk_words(rq, MSG_CASE_OBJECTION_TEXT)),
				   OBJECTION_MAX),
	};
	if (!form_ok(&x->f))
		return objection_page(rq, k, x);
	k->more = x;
	return house_write(
		rq, &(house_command){.fn = kase_object, .in = &x->in, .out = &x->out, .then = objected});
}
