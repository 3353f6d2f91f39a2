/* counter.c - an application taken at the counter: begun for the one who stands there, a section a page,
 * papers as they were seen, filed, and a receipt. */
#include "web/desk/counter.h"

#include "app/region/tenant.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/table.h"

enum { NUMBER_MAX = 30 };

#define CHANNEL_COUNTER STR("1") /* lists/codes/channel.yaml */

static const struct {
	asks_as as;
	str id;
	int label;
} ways[] = {
	{ASKS_SELF, STR("self"), MSG_CASE_AS_SELF},
	{ASKS_GUARDIAN, STR("guardian"), MSG_CASE_AS_GUARDIAN},
	{ASKS_HELPER, STR("helper"), MSG_CASE_AS_HELPER},
	{ASKS_OFFICE, STR("office"), MSG_CASE_AS_OFFICE},
};

static str
href_of(const web_req *rq, int64_t owner, int64_t id, const char *more)
{
	return str_fmt(rq->a, "/desk/applications/%lld-%lld%s", (long long)owner, (long long)id, more);
}

static str
here(const web_req *rq, const case_page *k, const char *more)
{
	return href_of(rq, k->brief.tenant, k->brief.id, more);
}

/* ---- where it begins ---- */

typedef struct beginning {
	const kase_house *house;
	form f;
	ask_place place;
	kase_new in;
	int64_t id;
} beginning;

static tpl_list_choice
service_choices(web_req *rq, const beginning *b)
{
	const kase_house *h = b->house;
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, h->nservices + 1);
	str typed = form_typed(&b->f, STR("service")),
	    picked = typed.n ? typed : web_query(rq, STR("service"));
	size_t n = 0;

	v[n++] = (struct tpl_choice){.value = STR(""), .label = desk_words(rq, MSG_ASK_CHOOSE)};
	for (size_t i = 0; i < h->nservices; i++) {
		const service *s = h->service[i];
		if (kase_service(h, s->id) == s) /* the newest version of each */
			v[n++] = (struct tpl_choice){.value = s->id,
						     .label = ask_pair(rq, s->name),
						     .checked = str_eq(s->id, picked)};
	}
	return (tpl_list_choice){v, n};
}

static tpl_list_choice
way_choices(web_req *rq, const beginning *b)
{
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, LEN(ways));
	str picked = form_typed(&b->f, STR("as"));

	for (size_t i = 0; i < LEN(ways); i++)
		v[i] = (struct tpl_choice){.value = ways[i].id,
					   .label = desk_words(rq, ways[i].label),
					   .checked = str_eq(ways[i].id, picked)};
	return (tpl_list_choice){v, LEN(ways)};
}

/* Those that are still to be filled in. */
static rc
read_drafts(web_req *rq, kase_mines *out)
{
	kase_mines all;
	db *d = NULL;

	*out = (kase_mines){0};
	TRY(house_read(rq, &d));
	TRY(kase_mine_read(d, rq->a, rq->fault, house_actor(rq), &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].state == KASE_AT_DRAFT || all.v[i].state == KASE_AT_APPLICANT)
			*vec_add(rq->a, out) = all.v[i];
	return RC_OK;
}

static rc
draft_lines(web_req *rq, tpl_list_counter_line *out)
{
	VEC(struct tpl_counter_line) v = {0};
	kase_mines all;

	TRY(read_drafts(rq, &all));
	for (size_t i = 0; i < all.n; i++) {
		const kase_mine *m = &all.v[i];
		*vec_add(rq->a, &v) = (struct tpl_counter_line){
			.href = href_of(rq, m->tenant, m->id, ""),
			.name = m->name.n ? m->name : desk_words(rq, MSG_CASE_NAMELESS),
			.words = desk_words(rq, m->state == KASE_AT_DRAFT ? MSG_CASE_STATE_DRAFT
									  : MSG_CASE_STATE_APPLICANT),
			.day = date_str(rq->a, date_of_instant(m->opened))};
	}
	*out = (tpl_list_counter_line){v.v, v.n};
	return RC_OK;
}

static rc
home_page(web_req *rq, beginning *b)
{
	static const int heads[] = {MSG_TASKS_NAME, MSG_COUNTER_STATE, MSG_COUNTER_DAY};
	const fault *unplaced = b->place.step ? NULL : b->place.wrong; /* a step on the way is no mistake */
	str wrong = unplaced ? fault_text(rq->a, rq->lang, unplaced) : desk_wrong(rq, &b->f, "place");
	tpl_list_field_error errors = desk_errors(rq, &b->f);
	struct tpl_counter_home page = {.services = service_choices(rq, b),
					.service_wrong = desk_wrong(rq, &b->f, "service"),
					.ways = way_choices(rq, b),
					.way_wrong = desk_wrong(rq, &b->f, "as"),
					.number = form_typed(&b->f, STR("number")),
					.number_wrong = desk_wrong(rq, &b->f, "number"),
					.columns = desk_columns(rq, heads, LEN(heads))};

	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, errors.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < errors.n; i++) {
		v[n] = errors.v[i];
		if (str_eq(v[n].field, STR("place")))
			v[n].field = ask_place_id(rq, &b->place);
		n++;
	}
	if (unplaced)
		v[n++] = (struct tpl_field_error){.field = ask_place_id(rq, &b->place), .text = wrong};
	page.errors = (tpl_list_field_error){v, n};
	page.bad = n > 0;
	TRY(ask_place_show(rq, &b->place, desk_words(rq, MSG_COUNTER_PLACE), (str){0}, wrong, false,
			   &page.place));
	TRY(draft_lines(rq, &page.lines));
	tpl_counter_home(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

/* Who works in one village takes its people's applications. */
static int64_t
own_village(const actor *who)
{
	const scope *s = &who->scope;

	return s->n == 1 && s->v[0].hi == s->v[0].lo + 1 ? s->v[0].lo : 0;
}

static rc
home_looked(web_req *rq)
{
	return home_page(rq, rq->work);
}

/* The drafts are what he typed himself, and no look; taken along as a sheet they are one at each. */
static rc
home_get(web_req *rq)
{
	static const person_refs nobody = {0};
	beginning *b = arena_new(rq->a, beginning);
	look_cases *cases = arena_new(rq->a, look_cases);
	kase_mines all;

	TRY(desk_staff(rq));
	*b = (beginning){.f = form_of(rq->a, &rq->http->form, rq->now),
			 .place = ask_place_of(STR("place"), own_village(house_actor(rq)))};
	TRY(kases_of(rq, &b->house));
	if (table_asked(rq) == TABLE_PAGE)
		return home_page(rq, b);
	TRY(read_drafts(rq, &all));
	for (size_t i = 0; i < all.n; i++)
		*vec_add(rq->a, cases) =
			(look_case){all.v[i].tenant, all.v[i].id, all.v[i].person_tenant, all.v[i].person};
	rq->work = b;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .what = STR("by=drafts"),
				  .purpose = STR("1")},
			  home_looked);
}

static rc
begun(web_req *rq)
{
	beginning *b = rq->work;
	str ref;
	rc r = house_written(rq, NULL, &ref);

	if (r == RC_INVALID || r == RC_DENIED || r == RC_CONFLICT || r == RC_NOT_FOUND) {
		fault *f = form_wrong(&b->f);
		fault_copy(f, rq->fault);
		fault_clear(rq->fault);
		if (r == RC_DENIED)
			f->field = STR("place");
		return home_page(rq, b);
	}
	TRY(r);
	return web_see(rq, str_cat(rq->a, STR("/desk/applications/"), ref));
}

static rc
read_beginning(web_req *rq, beginning *b)
{
	str ids[LEN(ways)];
	tenant t = {0};
	db *d = NULL;
	nid id;

	for (size_t i = 0; i < LEN(ways); i++)
		ids[i] = ways[i].id;
	if (form_typed(&b->f, STR("service")).n == 0)
		(void)FAIL(form_wrong(&b->f), RC_INVALID, "form.choice", FA_FIELD(STR("service")),
			   FA_STR("label", desk_words(rq, MSG_COUNTER_SERVICE)));
	int way = form_choice(&b->f, FIELD("as", desk_words(rq, MSG_COUNTER_AS)), ids, LEN(ways));
	bool typed = form_typed(&b->f, STR("number")).n > 0;
	bool good = form_nid(&b->f, OPTIONAL("number", desk_words(rq, MSG_COUNTER_NUMBER)), &id);
	TRY(ask_place_read(rq, STR("place"), &b->place));
	if (!b->place.wrong && b->place.code == 0)
		(void)FAIL(form_wrong(&b->f), RC_INVALID, "counter.place.missing", FA_FIELD(STR("place")));
	t.id = house_actor(rq)->tenant;
	if (b->place.code) {
		TRY(house_read(rq, &d));
		rc r = tenant_of_region(d, rq->a, rq->fault, b->place.code, date_of_instant(rq->now), &t);
		if (r == RC_NOT_FOUND)
			(void)FAIL(form_wrong(&b->f), RC_INVALID, "counter.place.nobody",
				   FA_FIELD(STR("place")));
		else
			TRY(r);
	}
	b->in = (kase_new){.house = b->house,
			   .by = house_actor(rq),
			   .service = form_typed(&b->f, STR("service")),
			   .tenant = t.id,
			   .region = b->place.code,
			   .as = way == FORM_NONE ? ASKS_SELF : ways[way].as,
			   .channel = CHANNEL_COUNTER,
			   .id_number = typed && good ? str_dup(rq->a, nid_str(&id)) : STR("")};
	return RC_OK;
}

static rc
home_post(web_req *rq)
{
	beginning *b = arena_new(rq->a, beginning);
	db *d = NULL;

	TRY(desk_staff(rq));
	b->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(kases_of(rq, &b->house));
	TRY(read_beginning(rq, b));
	if (!form_ok(&b->f) || b->place.wrong)
		return home_page(rq, b);
	TRY(house_read(rq, &d));
	TRY(kase_prepare(house_store(rq), d, rq->a, rq->fault, rq->now, &b->in));
	rq->work = b;
	return house_write(rq, &(house_command){.fn = kase_open,
						.in = &b->in,
						.out = &b->id,
						.keys = &b->in.wrapped,
						.nkeys = b->in.new_key,
						.then = begun});
}

/* ---- the whole ---- */

/* A draft, or one that was sent back, that this officer may fill in. */
static bool
open_to_fill(const case_page *k)
{
	return k->here && (k->brief.state == KASE_AT_DRAFT || k->brief.state == KASE_AT_APPLICANT);
}

static rc
part_of(web_req *rq, const case_page *k, const service_section *s, struct tpl_counter_part *out)
{
	VEC(struct tpl_answer) v = {0};

	for (size_t i = 0; i < s->n; i++) {
		str value = kase_answer_of(&k->v, s->q[i].field);
		bool asked = false;
		TRY(kase_holds(&k->v, rq->now, s->q[i].when, &asked));
		if (asked && value.n)
			*vec_add(rq->a, &v) = (struct tpl_answer){
				.key = ask_label(rq, &s->q[i]), .value = ask_text(rq, s->q[i].field, value)};
	}
	*out = (struct tpl_counter_part){.title = ask_pair(rq, s->title),
					 .href = str_cat(rq->a, here(rq, k, "/"), s->id),
					 .lines = {v.v, v.n}};
	return RC_OK;
}

static rc
whole_page(web_req *rq, case_page *k, const kase_problems *problems)
{
	const service *s = k->v.service;
	struct tpl_counter_whole page = {
		.title = k->brief.name.n ? k->brief.name : desk_words(rq, MSG_CASE_NAMELESS),
		.caption = ask_pair(rq, s->name),
		.saved = web_query(rq, STR("done")).n ? desk_words(rq, MSG_COUNTER_SAVED) : STR(""),
		.action = here(rq, k, "")};
	VEC(struct tpl_counter_part) parts = {0};
	VEC(struct tpl_case_note) missing = {0};
	VEC(struct tpl_field_error) errors = {0};
	kase_file file;

	for (size_t i = 0; i < s->nsections; i++) {
		bool asked = false;
		TRY(kase_holds(&k->v, rq->now, s->section[i].when, &asked));
		if (asked)
			TRY(part_of(rq, k, &s->section[i], vec_add(rq->a, &parts)));
	}
	TRY(kase_file_read(&k->v, rq->now, &file));
	for (size_t i = 0; i < file.missing.n; i++)
		*vec_add(rq->a, &missing) =
			(struct tpl_case_note){.words = ask_problem_words(rq, &file.missing.v[i])};
	for (size_t i = 0; problems && i < problems->n; i++)
		*vec_add(rq->a, &errors) = (struct tpl_field_error){
			.field = STR("main"), .text = ask_problem_words(rq, &problems->v[i])};
	page.parts = (tpl_list_counter_part){parts.v, parts.n};
	page.missing = (tpl_list_case_note){missing.v, missing.n};
	page.errors = (tpl_list_field_error){errors.v, errors.n};
	page.bad = errors.n > 0;
	page.consent = k->v.as != ASKS_OFFICE; /* somebody is there to read it to */
	TRY(case_papers(rq, k, &page.papers));
	tpl_counter_whole(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

static rc
show_whole(web_req *rq)
{
	case_page *k = rq->work;

	if (!open_to_fill(k))
		return web_see(rq, case_here(rq, k, ""));
	return whole_page(rq, k, NULL);
}

static rc
whole_get(web_req *rq)
{
	return case_enter(rq, show_whole);
}

/* ---- a section ---- */

static const service_section *
section_of(const case_page *k, str id)
{
	for (size_t i = 0; i < k->v.service->nsections; i++)
		if (str_eq(k->v.service->section[i].id, id))
			return &k->v.service->section[i];
	return NULL;
}

static rc
section_page(web_req *rq, const case_page *k, const service_section *s, ask *a, bool posted)
{
	struct tpl_counter_section page = {.title = ask_pair(rq, s->title),
					   .caption = ask_pair(rq, k->v.service->name),
					   .back = here(rq, k, ""),
					   .action = str_cat(rq->a, here(rq, k, "/"), s->id),
					   .errors = ask_errors(a)};

	page.bad = page.errors.n > 0;
	TRY(ask_show(a, posted, &page.asks));
	tpl_counter_section(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

static rc
show_section(web_req *rq)
{
	case_page *k = rq->work;
	const service_section *s = section_of(k, web_param(rq, STR("section")));

	if (!s || !open_to_fill(k))
		return RC_NOT_FOUND;
	ask a = ask_of(rq, &k->v);
	TRY(ask_add(&a, s->q, s->n));
	return section_page(rq, k, s, &a, false);
}

/* No service has such a section: said before anybody is asked what for. */
static rc
section_known(web_req *rq)
{
	str id = web_param(rq, STR("section"));
	const kase_house *h = NULL;

	TRY(desk_staff(rq));
	TRY(kases_of(rq, &h));
	for (size_t i = 0; i < h->nservices; i++)
		for (size_t k = 0; k < h->service[i]->nsections; k++)
			if (str_eq(h->service[i]->section[k].id, id))
				return RC_OK;
	return RC_NOT_FOUND;
}

static rc
section_get(web_req *rq)
{
	TRY(section_known(rq));
	return case_enter(rq, show_section);
}

typedef struct saving {
	const service_section *section;
	ask asked;
	kase_save_in in;
} saving;

static rc
section_saved(web_req *rq)
{
	case_page *k = rq->work;
	saving *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_INVALID) {
		kase_problems problems = x->asked.problems;
		fault_clear(rq->fault);
		TRY(case_open(rq, k));
		x->asked = ask_of(rq, &k->v);
		TRY(ask_add(&x->asked, x->section->q, x->section->n));
		TRY(ask_read(&x->asked, ASK_DRAFT));
		x->asked.problems = problems;
		return section_page(rq, k, x->section, &x->asked, true);
	}
	TRY(r);
	return web_see(rq, here(rq, k, "?done=saved"));
}

/* The case of a post that fills in; *out stays NULL when he has to open the page again. */
static rc
filling(web_req *rq, case_page **out)
{
	bool why = false;

	TRY(case_of_post(rq, out, &why));
	if (why || !open_to_fill(*out)) {
		str to = case_here(rq, *out, "");
		*out = NULL;
		return web_see(rq, to);
	}
	return case_open(rq, *out);
}

static rc
section_post(web_req *rq)
{
	saving *x = arena_new(rq->a, saving);
	case_page *k = NULL;

	TRY(section_known(rq));
	TRY(filling(rq, &k));
	if (!k)
		return RC_OK;
	x->section = section_of(k, web_param(rq, STR("section")));
	if (!x->section)
		return RC_NOT_FOUND;
	x->asked = ask_of(rq, &k->v);
	TRY(ask_add(&x->asked, x->section->q, x->section->n));
	TRY(ask_read(&x->asked, ASK_NEEDED));
	if (x->asked.problems.n)
		return section_page(rq, k, x->section, &x->asked, true);
	x->in = (kase_save_in){.at = case_at(rq, k),
			       .said = x->asked.said.v,
			       .n = x->asked.said.n,
			       .problems = &x->asked.problems};
	k->more = x;
	return house_write(rq, &(house_command){.fn = kase_save, .in = &x->in, .then = section_saved});
}

/* ---- papers ---- */

static rc
papers_post(web_req *rq)
{
	case_page *k = NULL;

	TRY(filling(rq, &k));
	if (!k)
		return RC_OK;
	return case_save_papers(rq, k, here(rq, k, "?done=saved"));
}

/* ---- filing ---- */

typedef struct filing {
	kase_submit_in in;
	kase_problems problems;
	str number;
} filing;

static rc
filed(web_req *rq)
{
	case_page *k = rq->work;
	filing *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_INVALID || (r == RC_CONFLICT && x->problems.n == 0)) {
		if (x->problems.n == 0) {
			fault *why = arena_new(rq->a, fault);
			fault_copy(why, rq->fault);
			*vec_add(rq->a, &x->problems) = (kase_problem){.about = STR(""), .why = why};
		}
		fault_clear(rq->fault);
		TRY(case_open(rq, k));
		return whole_page(rq, k, &x->problems);
	}
	TRY(r);
	return web_see(rq, here(rq, k, "/receipt"));
}

static rc
filing_post(web_req *rq)
{
	filing *x = arena_new(rq->a, filing);
	case_page *k = NULL;

	TRY(filling(rq, &k));
	if (!k)
		return RC_OK;
	x->in = (kase_submit_in){.at = case_at(rq, k), .random = kase_draw(rq->a), .problems = &x->problems};
	k->more = x;
	return house_write(
		rq, &(house_command){.fn = kase_submit, .in = &x->in, .out = &x->number, .then = filed});
}

static rc
show_receipt(web_req *rq)
{
	case_page *k = rq->work;
	const site *s = house_of(rq)->site;
	int32_t day = DATE_NONE;

	if (!date_parse(k->v.submitted, &day))
		return RC_NOT_FOUND;
	tpl_counter_receipt(web_html(rq), &(struct tpl_counter_receipt){
						  .site = rq->lang == MSG_EN ? s->name_en : s->name_zh,
						  .number = k->brief.number,
						  .service = ask_pair(rq, k->v.service->name),
						  .name = k->brief.name,
						  .day = day,
						  .href = case_here(rq, k, "")});
	return web_page(rq, 200);
}

static rc
receipt_get(web_req *rq)
{
	return case_enter(rq, show_receipt);
}

const web_route counter_routes[] = {
	{"GET", "/desk/applications", home_get, "case.file", "Applications taken at the counter"},
	{"POST", "/desk/applications", home_post, "case.file", "Begin an application for somebody"},
	{"GET", "/desk/applications/{ref}", whole_get, "case.file", "An application before it is filed"},
	{"GET", "/desk/applications/{ref}/receipt", receipt_get, "case.file", "The receipt, to be printed"},
	{"POST", "/desk/applications/{ref}/papers", papers_post, "case.file", "Papers as they were seen"},
	{"POST", "/desk/applications/{ref}/filing", filing_post, "case.file", "File the application"},
	{"GET", "/desk/applications/{ref}/{section}", section_get, "case.file",
	 "A section of the application"},
	{"POST", "/desk/applications/{ref}/{section}", section_post, "case.file", "Save a section"},
	{0},
};
