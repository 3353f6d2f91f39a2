/* apply.c - an application begun: who asks, where; and the list of what is done and what is still to do. */
#include "web/account/apply.h"

#include "app/region/tenant.h"
#include "locale/msg_ids.h"
#include "web/account/mine.h"
#include "web/account/own.h"
#include "web/account/pages.h"

#define CHANNEL_WEB STR("2") /* lists/codes/channel.yaml */

static const struct {
	asks_as as;
	str id;
	int label, hint;
} ways[] = {
	{ASKS_SELF, STR("self"), MSG_APPLY_AS_SELF, MSG_APPLY_AS_SELF_HINT},
	{ASKS_GUARDIAN, STR("guardian"), MSG_APPLY_AS_GUARDIAN, MSG_APPLY_AS_GUARDIAN_HINT},
	{ASKS_HELPER, STR("helper"), MSG_APPLY_AS_HELPER, MSG_APPLY_AS_HELPER_HINT},
};

bool
apply_shown(rc r)
{
	return r == RC_INVALID || r == RC_CONFLICT || r == RC_LIMIT;
}

/* ---- the application of a request ---- */

static rc
add_items(apply *k)
{
	const service *s = k->v.service;
	bool asked = false;

	for (size_t i = 0; i < s->nsections; i++) {
		TRY(kase_holds(&k->v, k->rq->now, s->section[i].when, &asked));
		for (size_t n = 0; asked && n < s->section[i].n; n++) {
			bool this_one = false;
			TRY(ask_asked(k->rq, &k->v, &s->section[i].q[n], &this_one));
			if (this_one)
				*vec_add(k->rq->a, &k->item) =
					(apply_item){.section = &s->section[i], .q = &s->section[i].q[n]};
		}
	}
	for (size_t i = 0; i < s->npapers; i++) {
		TRY(kase_holds(&k->v, k->rq->now, s->paper[i].when, &asked));
		if (asked)
			*vec_add(k->rq->a, &k->item) = (apply_item){.paper = &s->paper[i]};
	}
	return RC_OK;
}

static rc
read_it(apply *k)
{
	web_req *rq = k->rq;

	TRY(house_read(rq, &k->d));
	TRY(kases_of(rq, &k->house));
	TRY(kase_see(k->d, rq->a, rq->fault, house_actor(rq), k->tenant, k->id, &k->ref));
	TRY(kase_read(k->d, rq->a, rq->fault, k->house, k->ref, &k->v));
	TRY(add_items(k));
	apply_acting(rq, &k->v);
	return RC_OK;
}

rc
apply_open(web_req *rq, apply *out, bool *filed)
{
	*out = (apply){.rq = rq};
	if (filed)
		*filed = false;
	TRY(web_param_ref(rq, STR("ref"), &out->tenant, &out->id));
	TRY(read_it(out));
	if (out->v.state == KASE_AT_DRAFT || out->v.state == KASE_AT_APPLICANT)
		return RC_OK;
	if (filed)
		*filed = true;
	return RC_NOT_FOUND;
}

rc
apply_again(web_req *rq, apply *out)
{
	const int64_t owner = out->tenant, id = out->id;

	*out = (apply){.rq = rq, .tenant = owner, .id = id};
	return read_it(out);
}

kase_at
apply_at(const apply *k)
{
	return (kase_at){.house = k->house, .by = house_actor(k->rq), .tenant = k->tenant, .id = k->id};
}

str
apply_ref(const apply *k)
{
	return str_fmt(k->rq->a, "%lld-%lld", (long long)k->tenant, (long long)k->id);
}

str
apply_href(const apply *k, const char *rest)
{
	return str_fmt(k->rq->a, "/applications/%lld-%lld%s", (long long)k->tenant, (long long)k->id, rest);
}

str
apply_item_href(const apply *k, const apply_item *x)
{
	str id = x->paper ? x->paper->id : x->q->field->id;

	return str_fmt(k->rq->a, "/applications/%.*s/%s/%.*s", STR_ARG(apply_ref(k)),
		       x->paper ? "papers" : "questions", STR_ARG(id));
}

size_t
apply_find_question(const apply *k, str field_id)
{
	for (size_t i = 0; i < k->item.n; i++)
		if (k->item.v[i].q && str_eq(k->item.v[i].q->field->id, field_id))
			return i;
	return k->item.n;
}

size_t
apply_find_paper(const apply *k, str paper)
{
	for (size_t i = 0; i < k->item.n; i++)
		if (k->item.v[i].paper && str_eq(k->item.v[i].paper->id, paper))
			return i;
	return k->item.n;
}

const kase_held_paper *
apply_held(const apply *k, str paper)
{
	for (size_t i = 0; i < k->v.papers.n; i++)
		if (str_eq(k->v.papers.v[i].paper, paper))
			return &k->v.papers.v[i];
	return NULL;
}

bool
apply_answered(const apply *k, const apply_item *x)
{
	return x->paper ? apply_held(k, x->paper->id) != NULL : kase_answer_of(&k->v, x->q->field).n > 0;
}

/* The place was asked before the application could begin. */
static bool
known_already(const apply *k, const apply_item *x)
{
	return x->q && str_eq(x->q->field->id, STR("registration_place")) && apply_answered(k, x);
}

str
apply_next(const apply *k, size_t at, bool from_check)
{
	if (from_check)
		return apply_href(k, "/check");
	for (size_t i = at + 1; i < k->item.n; i++)
		if (!known_already(k, &k->item.v[i]))
			return apply_item_href(k, &k->item.v[i]);
	return apply_href(k, "/check");
}

str
apply_back(const apply *k, size_t at, bool from_check)
{
	if (from_check)
		return apply_href(k, "/check");
	for (size_t i = MIN(at, k->item.n); i-- > 0;)
		if (!known_already(k, &k->item.v[i]))
			return apply_item_href(k, &k->item.v[i]);
	return apply_href(k, "");
}

str
apply_progress(const apply *k, size_t at)
{
	const apply_item *x = &k->item.v[at];
	str part = x->paper ? house_words(k->rq, MSG_APPLY_PAPERS) : ask_pair(k->rq, x->section->title);
	const fault_arg args[] = {{.name = "n", .i = (int64_t)at + 1},
				  {.name = "of", .i = (int64_t)k->item.n},
				  {.name = "part", .is_text = true, .s = part},
				  {0}};

	return msg_text(k->rq->a, k->rq->lang, MSG_APPLY_PROGRESS, args);
}

void
apply_acting(web_req *rq, const kase_view *v)
{
	static const int say[] = {
		[ASKS_GUARDIAN] = MSG_APPLY_ACTING_GUARDIAN, [ASKS_HELPER] = MSG_APPLY_ACTING_HELPER};
	struct tpl_page *p = arena_new(rq->a, struct tpl_page);
	html_out *o = web_html(rq);

	if (v->as == ASKS_SELF || v->as == ASKS_OFFICE || v->name.n == 0)
		return;
	*p = *o->page;
	p->acting = house_words_of(rq, say[v->as], "name", v->name);
	o->page = p;
}

/* ---- beginning ---- */

typedef struct begun {
	const kase_house *house;
	const service *service;
	int way;
	str as;    /* as the form has it: its id, or "guardian-420106-7" of a ward */
	own about; /* whom the register knows of them */
	ask_place place;
	kase_new in;
	int64_t id;
} begun;

static rc
service_asked(web_req *rq, str id, begun *k)
{
	TRY(kases_of(rq, &k->house));
	k->service = kase_service(k->house, id);
	return k->service && service_is_public(k->service) ? RC_OK : RC_NOT_FOUND;
}

/* Oneself, or a ward; nobody, where the register does not know the account. */
static rc
about_whom(web_req *rq, str ward, own *out)
{
	*out = (own){0};
	if (house_actor(rq)->kind != ACTOR_APPLICANT)
		return RC_OK;
	rc r = own_of(rq, ward, out);
	if (r == RC_NOT_FOUND && ward.n == 0) {
		fault_clear(rq->fault);
		return RC_OK;
	}
	return r;
}

/* FORM_NONE: not one that this service takes. */
static int
way_of(const service *s, str id)
{
	for (size_t i = 0; i < LEN(ways); i++)
		if (str_eq(ways[i].id, id) && (s->may & ways[i].as))
			return (int)i;
	return FORM_NONE;
}

static rc
way_asked(web_req *rq, str as, begun *k)
{
	const str guardian = STR("guardian-");
	str ward = str_starts(as, guardian) ? str_from(as, guardian.n) : STR("");

	k->as = as;
	k->way = way_of(k->service, ward.n ? STR("guardian") : as);
	if (k->way == FORM_NONE || (ways[k->way].as != ASKS_SELF && ward.n == 0))
		return RC_OK;
	return about_whom(rq, ward, &k->about);
}

/* `of` (may be NULL): whose guardian he is; each of them has a line of its own. */
static tpl_list_choice
way_choices(web_req *rq, const service *s, unsigned chosen, const kase_wards *of)
{
	size_t wards = of && (s->may & ASKS_GUARDIAN) ? of->n : 0, n = 0;
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, LEN(ways) + wards);

	for (size_t i = 0; i < LEN(ways); i++) {
		for (size_t k = 0; k < wards && ways[i].as == ASKS_GUARDIAN; k++)
			v[n++] = (struct tpl_choice){
				.value = STR_CATS(rq->a, ways[i].id, STR("-"), own_ref(rq->a, of->v[k].ref)),
				.label = house_words_of(rq, MSG_APPLY_AS_WARD, "name", of->v[k].name),
				.hint = house_words(rq, MSG_APPLY_AS_WARD_HINT)};
		if (s->may & ways[i].as)
			v[n++] = (struct tpl_choice){.value = ways[i].id,
						     .label = house_words(rq, ways[i].label),
						     .hint = house_words(rq, ways[i].hint),
						     .checked = chosen == ways[i].as};
	}
	return (tpl_list_choice){v, n};
}

static rc
page_who(web_req *rq, const service *s, bool bad)
{
	str wrong = bad ? house_words(rq, MSG_APPLY_WHO_MISSING) : (str){0};
	own about;

	TRY(about_whom(rq, STR(""), &about));
	tpl_apply_who(web_html(rq), &(struct tpl_apply_who){
					    .service = ask_pair(rq, s->name),
					    .id = s->id,
					    .back = str_fmt(rq->a, "/services/%.*s", STR_ARG(s->id)),
					    .choices = way_choices(rq, s, 0, &about.wards),
					    .wrong = wrong,
					    .bad = bad,
					    .errors = one_error(rq, "as", wrong),
				    });
	return web_page(rq, bad ? 422 : 200);
}

static rc
new_get(web_req *rq)
{
	begun k = {0};

	TRY(service_asked(rq, web_query(rq, STR("service")), &k));
	return page_who(rq, k.service, false);
}

static rc
page_place(web_req *rq, const begun *k, str error)
{
	html_safe inputs;

	TRY(ask_place_show(rq, &k->place, house_words(rq, MSG_APPLY_PLACE), (str){0}, error, true, &inputs));
	tpl_apply_place(
		web_html(rq),
		&(struct tpl_apply_place){
			.service = ask_pair(rq, k->service->name),
			.id = k->service->id,
			.way = k->as,
			.back = str_fmt(rq->a, "/applications/new?service=%.*s", STR_ARG(k->service->id)),
			.inputs = inputs,
			.bad = error.n > 0,
			.errors = one_error(rq, cstr(rq->a, ask_place_id(rq, &k->place)), error),
		});
	return web_page(rq, error.n ? 422 : 200);
}

/* Where the register has whom it is about; left as it is when it does not know. */
static rc
place_known(web_req *rq, const own *about, int64_t *code)
{
	person_view p;
	db *d = NULL;

	if (!about->ref)
		return RC_OK;
	TRY(house_read(rq, &d));
	rc r = person_read(d, rq->a, rq->fault, about->ref, &p);
	if (r == RC_NOT_FOUND) { /* his key is gone */
		fault_clear(rq->fault);
		return RC_OK;
	}
	TRY(r);
	for (size_t i = 0; i < p.places.n; i++)
		if (p.places.v[i].kind == PLACE_REGISTRATION && p.places.v[i].valid_to.n == 0)
			*code = p.places.v[i].region;
	return RC_OK;
}

static rc
place_get(web_req *rq)
{
	begun k = {.place = ask_place_of(STR("place"), 0)};

	TRY(service_asked(rq, web_query(rq, STR("service")), &k));
	TRY(way_asked(rq, web_query(rq, STR("as")), &k));
	TRY(place_known(rq, &k.about, &k.place.code));
	return k.way == FORM_NONE ? page_who(rq, k.service, true) : page_place(rq, &k, STR(""));
}

static rc
opened(web_req *rq)
{
	begun *k = rq->work;
	str ref;
	rc r = house_written(rq, NULL, &ref);

	if (apply_shown(r))
		return page_place(rq, k, fault_text(rq->a, rq->lang, rq->fault));
	TRY(r);
	return web_see(rq, str_cat(rq->a, STR("/applications/"), ref));
}

static rc
new_post(web_req *rq)
{
	begun *k = arena_new(rq->a, begun);
	bool found = false;
	tenant t;
	db *d = NULL;

	TRY(service_asked(rq, url_value(&rq->http->form, STR("service"), &found), k));
	TRY(way_asked(rq, url_value(&rq->http->form, STR("as"), &found), k));
	if (k->way == FORM_NONE)
		return page_who(rq, k->service, true);
	TRY(ask_place_read(rq, STR("place"), &k->place));
	if (k->place.wrong)
		return page_place(rq, k,
				  k->place.step ? STR("") : fault_text(rq->a, rq->lang, k->place.wrong));
	if (k->place.code == 0)
		return page_place(rq, k, house_words(rq, MSG_APPLY_PLACE_MISSING));
	TRY(house_read(rq, &d));
	rc r = tenant_of_region(d, rq->a, rq->fault, k->place.code, date_of_instant(rq->now), &t);
	if (r == RC_NOT_FOUND)
		return page_place(rq, k, house_words(rq, MSG_APPLY_PLACE_NOBODY));
	TRY(r);
	k->in = (kase_new){.house = k->house,
			   .by = house_actor(rq),
			   .service = k->service->id,
			   .tenant = t.id,
			   .region = k->place.code,
			   .as = ways[k->way].as,
			   .channel = CHANNEL_WEB,
			   .ward = k->about.ward};
	TRY(kase_prepare(house_store(rq), d, rq->a, rq->fault, rq->now, &k->in));
	rq->work = k;
	return house_write(rq, &(house_command){.fn = kase_open,
						.in = &k->in,
						.out = &k->id,
						.keys = &k->in.wrapped,
						.nkeys = k->in.new_key,
						.then = opened});
}

/* ---- the list of what is to do ---- */

/* One section, or the papers: how many of its items are there, and where to go on. */
typedef struct part {
	str title, href;
	size_t n, answered, needed;
} part;

static void
count_item(const apply *k, part *p, const apply_item *x)
{
	bool there = apply_answered(k, x), needed = x->paper || !x->q->optional;

	if (p->n++ == 0)
		p->href = apply_item_href(k, x);
	p->answered += there;
	if (needed && !there && p->needed++ == 0)
		p->href = apply_item_href(k, x);
}

static struct tpl_task
task_of(const apply *k, const part *p)
{
	struct tpl_task t = {.title = p->title, .href = p->href};

	if (p->needed == 0) {
		t.status = house_words(k->rq, MSG_APPLY_DONE);
	} else if (p->answered == 0) {
		t.status = house_words(k->rq, MSG_APPLY_NOT_BEGUN);
		t.colour = STR("grey");
	} else {
		t.status = msg_text(k->rq->a, k->rq->lang, MSG_APPLY_MISSING,
				    (const fault_arg[]){{.name = "n", .i = (int64_t)p->needed}, {0}});
		t.colour = STR("blue");
	}
	return t;
}

static rc
list_get(web_req *rq)
{
	VEC(struct tpl_task) tasks = {0};
	size_t missing = 0;
	bool filed = false;
	apply k;

	rc r = apply_open(rq, &k, &filed);
	if (filed)
		return web_see(rq, str_cat(rq->a, STR("/cases/"), k.v.number));
	TRY(r);
	for (size_t i = 0; i < k.item.n;) {
		const apply_item *first = &k.item.v[i];
		part p = {.title = first->paper ? house_words(rq, MSG_APPLY_PAPERS)
						: ask_pair(rq, first->section->title)};
		for (; i < k.item.n && k.item.v[i].section == first->section; i++)
			count_item(&k, &p, &k.item.v[i]);
		*vec_add(rq->a, &tasks) = task_of(&k, &p);
		missing += p.needed;
	}
	*vec_add(rq->a, &tasks) = (struct tpl_task){
		.title = house_words(rq, MSG_APPLY_CHECK),
		.hint = missing ? house_words(rq, MSG_APPLY_CHECK_AFTER) : (str){0},
		.href = missing ? (str){0} : apply_href(&k, "/check"),
		.status = house_words(rq, missing ? MSG_APPLY_NOT_YET : MSG_APPLY_NOT_BEGUN),
		.colour = STR("grey"),
	};
	tpl_apply_list(web_html(rq), &(struct tpl_apply_list){
					     .service = ask_pair(rq, k.v.service->name),
					     .ref = apply_ref(&k),
					     .tasks = {tasks.v, tasks.n},
					     .go = apply_next(&k, (size_t)-1, false),
					     .fresh = k.v.name.n == 0,
					     .ready = missing == 0,
					     .missing = mine_sent_back(&k.v),
				     });
	return web_page(rq, 200);
}

/* ---- who asks, changed later ---- */

static rc
page_who_again(web_req *rq, const apply *k, str wrong)
{
	tpl_apply_who_again(web_html(rq), &(struct tpl_apply_who_again){
						  .ref = apply_ref(k),
						  .choices = way_choices(rq, k->v.service, k->v.as, NULL),
						  .wrong = wrong,
						  .bad = wrong.n > 0,
						  .errors = one_error(rq, "as", wrong),
					  });
	return web_page(rq, wrong.n ? 422 : 200);
}

static rc
who_get(web_req *rq)
{
	apply k;

	TRY(apply_open(rq, &k, NULL));
	return page_who_again(rq, &k, STR(""));
}

typedef struct who_change {
	apply k;
	kase_as_in in;
} who_change;

static rc
who_changed(web_req *rq)
{
	who_change *c = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return web_see(rq, apply_href(&c->k, "/check"));
}

static rc
who_post(web_req *rq)
{
	who_change *c = arena_new(rq->a, who_change);
	bool found = false;
	str said = url_value(&rq->http->form, STR("as"), &found);

	TRY(apply_open(rq, &c->k, NULL));
	int way = way_of(c->k.v.service, said);
	if (way == FORM_NONE)
		return page_who_again(rq, &c->k, house_words(rq, MSG_APPLY_WHO_MISSING));
	c->in = (kase_as_in){.at = apply_at(&c->k), .as = ways[way].as};
	rq->work = c;
	return house_write(rq, &(house_command){.fn = kase_ask_as, .in = &c->in, .then = who_changed});
}

const web_route apply_routes[] = {
	{"GET", "/applications/new", new_get, "own.read", "Who asks"},
	{"GET", "/applications/new/place", place_get, "own.read", "Where the applicant is registered"},
	{"POST", "/applications", new_post, "own.read", "Begin an application"},
	{"GET", "/applications/{ref}", list_get, "own.read", "What is done and what is to do"},
	{"GET", "/applications/{ref}/who", who_get, "own.read", "Change who asks"},
	{"POST", "/applications/{ref}/who", who_post, "own.read", "Change who asks"},
	{"GET", "/applications/{ref}/questions/{field}", apply_question_get, "own.read", "One question"},
	{"POST", "/applications/{ref}/questions/{field}", apply_question_post, "own.read", "Keep its answer"},
	{"GET", "/applications/{ref}/papers/{paper}", apply_paper_get, "own.read", "How a paper will come"},
	{"POST", "/applications/{ref}/papers/{paper}", apply_paper_post, "own.read", "Keep how it will come"},
	{"GET", "/applications/{ref}/papers/{paper}/files", apply_scans_get, "own.read", "A paper as files"},
	{"POST", "/applications/{ref}/papers/{paper}/files", apply_scans_post, "own.read", "Upload one",
	 HTTP_UPLOAD, PAPER_FILE_MAX + (1 << 20), PAPER_FILE_MAX},
	{"GET", "/applications/{ref}/files/{file}", apply_file_get, "own.read", "A file that was uploaded"},
	{"POST", "/applications/{ref}/files/{file}/remove", apply_file_remove, "own.read", "Take it away"},
	{"GET", "/applications/{ref}/check", apply_check_get, "own.read", "All answers, to be checked"},
	{"POST", "/applications/{ref}/check", apply_check_post, "own.read", "Declare and submit"},
	{"GET", "/applications/{ref}/receipt", apply_receipt_get, "own.read", "It was submitted: the number"},
	{0},
};
