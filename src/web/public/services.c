/* services.c - the list of services and the guide to one, made from its file. */
#include "web/public/services.h"

#include "app/definition/definition.h"
#include "locale/msg_ids.h"
#include "web/ask.h"
#include "web/public/public.h"
#include "web/services_tpl.h"

struct tpl_door
service_door(web_req *rq, const service *s)
{
	return (struct tpl_door){.title = ask_pair(rq, s->name),
				 .words = ask_pair(rq, s->gives),
				 .href = str_cat(rq->a, STR("/services/"), s->id)};
}

/* The newest of each, as their guides are ordered. */
tpl_list_door
service_doors(web_req *rq, const kase_house *h)
{
	const service **all = arena_array(rq->a, const service *, h->nservices);
	struct tpl_door *v = arena_array(rq->a, struct tpl_door, h->nservices);
	size_t n = 0;

	for (size_t i = 0; i < h->nservices; i++) {
		const service *s = h->service[i];
		size_t at = n;
		if (kase_service(h, s->id) != s || !service_is_public(s))
			continue;
		for (; at > 0 && all[at - 1]->order > s->order; at--)
			all[at] = all[at - 1];
		all[at] = s;
		n++;
	}
	for (size_t i = 0; i < n; i++)
		v[i] = service_door(rq, all[i]);
	return (tpl_list_door){v, n};
}

static rc
list_get(web_req *rq)
{
	const kase_house *h = NULL;

	TRY(kases_of(rq, &h));
	tpl_services(web_html(rq), &(struct tpl_services){.doors = service_doors(rq, h)});
	return web_page(rq, 200);
}

/* ---- the guide ---- */

static str
span_words(web_req *rq, span s)
{
	static const int say[] = {[SPAN_WORKING_DAYS] = MSG_MINE_LIMIT_WORKING,
				  [SPAN_DAYS] = MSG_MINE_LIMIT_DAYS,
				  [SPAN_MONTHS] = MSG_MINE_LIMIT_MONTHS};

	return msg_text(rq->a, rq->lang, say[s.unit], (const fault_arg[]){{.name = "n", .i = s.n}, {0}});
}

static str
roles_words(web_req *rq, const service_step *step)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < step->nby; i++) {
		if (i)
			buf_put(&b, house_words(rq, MSG_SERVICES_OR));
		buf_put(&b, rq->lang == MSG_EN ? step->by[i]->en : step->by[i]->zh);
	}
	return buf_str(&b);
}

/* The way it goes when nothing stands in it: each step's first act; its working days are added up. */
static void
way_of(web_req *rq, const service *s, struct tpl_guide *t)
{
	struct tpl_guide_step *v = arena_array(rq->a, struct tpl_guide_step, s->nsteps);
	const service_step *at = &s->step[0];
	size_t n = 0;
	int64_t days = 0;

	while (at && n < s->nsteps) {
		span limit = at->waits.n ? at->waits : at->within;
		v[n++] = (struct tpl_guide_step){.name = ask_pair(rq, at->name),
						 .who = roles_words(rq, at),
						 .limit = limit.n ? span_words(rq, limit) : STR(""),
						 .note = at->skip_when ? ask_pair(rq, at->skip_say)
								       : (str){0}};
		days += limit.unit == SPAN_WORKING_DAYS ? limit.n : 0;
		at = at->nacts ? at->act[0].to : NULL;
	}
	t->steps = (tpl_list_guide_step){v, n};
	t->days = days;
}

static tpl_list_guide_paper
papers_of(web_req *rq, const service *s)
{
	static const int say[PAPER_STATES] = {MSG_SERVICES_ORIGINAL,   MSG_SERVICES_COPY,
					      MSG_SERVICES_ELECTRONIC, MSG_SERVICES_SHARED,
					      MSG_SERVICES_PROMISED,   MSG_SERVICES_LATER};
	struct tpl_guide_paper *v = arena_array(rq->a, struct tpl_guide_paper, s->npapers);

	for (size_t i = 0; i < s->npapers; i++) {
		const service_paper *p = &s->paper[i];
		buf ways = buf_in(rq->a);
		for (size_t k = 0; k < PAPER_STATES; k++) {
			if (!(p->accepts >> k & 1))
				continue;
			if (buf_str(&ways).n)
				buf_put(&ways, house_words(rq, MSG_SERVICES_COMMA));
			buf_put(&ways, house_words(rq, say[k]));
		}
		v[i] = (struct tpl_guide_paper){.name = ask_pair(rq, p->name),
						.whose = p->whose.zh.n ? ask_pair(rq, p->whose) : (str){0},
						.help = p->help.zh.n ? ask_pair(rq, p->help) : (str){0},
						.ways = buf_str(&ways)};
	}
	return (tpl_list_guide_paper){v, s->npapers};
}

static tpl_list_str
basis_of(web_req *rq, const service *s)
{
	str *v = arena_array(rq->a, str, s->nbasis);

	for (size_t i = 0; i < s->nbasis; i++) {
		const fault_arg args[] = {
			{.name = "document", .is_text = true, .s = ask_pair(rq, s->basis[i].document)},
			{.name = "article", .is_text = true, .s = s->basis[i].article},
			{0}};
		v[i] = s->basis[i].article.n ? msg_text(rq->a, rq->lang, MSG_SERVICES_ARTICLE, args)
					     : ask_pair(rq, s->basis[i].document);
	}
	return (tpl_list_str){v, s->nbasis};
}

static rc
version_words(web_req *rq, const service *s, str *out)
{
	int64_t version = 0;
	str day;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(definition_standing(d, rq->a, rq->fault, DEFINITION_SERVICE, s->id, str_of(s->sha256), &version,
				&day));
	*out = msg_text(
		rq->a, rq->lang, MSG_SERVICES_VERSION,
		(const fault_arg[]){{.name = "n", .i = version},
				    {.name = "day", .is_text = true, .s = html_day_text(web_html(rq), day)},
				    {0}});
	return RC_OK;
}

static rc
guide_get(web_req *rq)
{
	const kase_house *h = NULL;

	TRY(kases_of(rq, &h));
	const service *s = kase_service(h, web_param(rq, STR("id")));
	if (!s)
		return RC_NOT_FOUND;
	struct tpl_guide t = {.title = ask_pair(rq, s->name),
			      .id = s->id,
			      .start = house_actor(rq)->kind != ACTOR_STAFF && service_is_public(s),
			      .easy = s->easy != NULL,
			      .anywhere = s->anywhere,
			      .who = ask_pair(rq, s->who),
			      .gives = ask_pair(rq, s->gives),
			      .fee = ask_pair(rq, s->fee),
			      .papers = papers_of(rq, s),
			      .basis = basis_of(rq, s)};
	way_of(rq, s, &t);
	TRY(version_words(rq, s, &t.version));
	tpl_guide(web_html(rq), &t);
	return web_page(rq, 200);
}

static rc
easy_get(web_req *rq)
{
	const kase_house *h = NULL;

	TRY(kases_of(rq, &h));
	const service *s = kase_service(h, web_param(rq, STR("id")));
	if (!s || !s->easy)
		return RC_NOT_FOUND;
	struct tpl_easy_part *v = arena_array(rq->a, struct tpl_easy_part, s->easy->n);
	for (size_t i = 0; i < s->easy->n; i++) {
		const service_easy_part *p = &s->easy->part[i];
		str *line = arena_array(rq->a, str, p->n);
		for (size_t k = 0; k < p->n; k++)
			line[k] = ask_pair(rq, p->line[k]);
		v[i] = (struct tpl_easy_part){.picture = picture_find(h->fields, p->picture),
					      .heading = ask_pair(rq, p->heading),
					      .lines = {line, p->n}};
	}
	struct tpl_easy_guide t = {.title = ask_pair(rq, s->easy->title),
				   .id = s->id,
				   .start = house_actor(rq)->kind != ACTOR_STAFF && service_is_public(s),
				   .parts = {v, s->easy->n},
				   .read_by =
					   s->easy->read_by.zh.n ? ask_pair(rq, s->easy->read_by) : (str){0},
				   .read_on = s->easy->read_on};
	tpl_easy_guide(web_html(rq), &t);
	return web_page(rq, 200);
}

const web_route service_routes[] = {
	{"GET", "/services", list_get, "open", "What can be asked for"},
	{"GET", "/services/{id}", guide_get, "open", "Who, what is needed, how long, where, by which law"},
	{"GET", "/services/{id}/easy", easy_get, "open", "The same in few and easy words, with pictures"},
	{0},
};
