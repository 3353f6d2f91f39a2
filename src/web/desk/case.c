/* case.c - the way to a case: found by its number, what for, the look; then the page, put together. */
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/people_tpl.h"

#define NO_DUE  "9999-12-31"
#define AT_WORK "1" /* lists/codes/purpose.yaml: handling a matter */

/* ---- addresses ---- */

str
case_href(arena *a, int64_t tenant, int64_t id, str number, const char *more)
{
	if (number.n)
		return STR_CATS(a, STR("/desk/cases/"), number, str_of(more));
	return str_fmt(a, "/desk/cases/%lld-%lld%s", (long long)tenant, (long long)id, more);
}

str
case_here(const web_req *rq, const case_page *k, const char *more)
{
	return case_href(rq->a, k->brief.tenant, k->brief.id, k->brief.number, more);
}

kase_at
case_at(const web_req *rq, const case_page *k)
{
	return (kase_at){
		.house = k->house, .by = house_actor(rq), .tenant = k->brief.tenant, .id = k->brief.id};
}

/* ---- what for? ---- */

static rc
purpose_page(web_req *rq, const case_page *k, const form *f)
{
	form none = form_of(rq->a, &rq->http->form, rq->now);
	const form *q = f ? f : &none;
	bool bad = f && !form_ok(f);

	tpl_people_purpose(web_html(rq),
			   &(struct tpl_people_purpose){
				   .action = case_here(rq, k, "/purpose"),
				   .back = STR("/desk/cases"),
				   .bad = bad,
				   .errors = desk_errors(rq, q),
				   .choices = purpose_choices(rq, STR(""), form_typed(q, STR("purpose"))),
				   .words = form_typed(q, STR("purpose-words")),
				   .wrong = desk_wrong(rq, q, "purpose"),
				   .missing = desk_wrong(rq, q, "purpose-words"),
			   });
	return web_page(rq, bad ? 422 : 200);
}

/* The case of the address, if this officer may see it; whether it is his office's; nothing of it opened. */
static rc
find_case(web_req *rq, case_page *k)
{
	const actor *who = house_actor(rq);
	str ref = web_param(rq, STR("ref"));
	int64_t tenant = 0, id = 0;
	bool ever = false;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &k->d));
	rc r = kase_by_number(k->d, rq->a, rq->fault, ref, &tenant, &id);
	if (r == RC_NOT_FOUND)
		r = web_param_ref(rq, STR("ref"), &tenant, &id);
	TRY(r);
	TRY(kase_see(k->d, rq->a, rq->fault, who, tenant, id, &k->ref));
	TRY(kase_brief_read(k->d, rq->a, rq->fault, k->ref, &k->brief));
	TRY(kase_at_desk(k->d, rq->a, rq->fault, who, tenant, id, &ever, &k->here));
	bool with_applicant = k->brief.state == KASE_AT_DRAFT || k->brief.state == KASE_AT_APPLICANT;
	bool takes = who->tenant == tenant && may(who, PERM_CASE_FILE, k->brief.region);
	bool took =
		who->tenant == k->brief.filed_tenant && who->office && who->office == k->brief.filed_office;
	if (with_applicant && (takes || took))
		k->here = true;
	if (k->here)
		k->purpose = k->brief.number.n ? str_fmt(rq->a, AT_WORK ":%.*s", STR_ARG(k->brief.number))
					       : STR(AT_WORK);
	else
		k->purpose = look_purpose_case(rq, tenant, id);
	return kases_of(rq, &k->house);
}

rc
case_purpose_post(web_req *rq)
{
	case_page *k = arena_new(rq->a, case_page);
	form f = form_of(rq->a, &rq->http->form, rq->now);

	TRY(find_case(rq, k));
	str purpose = purpose_ask(rq, &f);
	if (!form_ok(&f))
		return purpose_page(rq, k, &f);
	look_intend_case(rq, k->brief.tenant, k->brief.id, purpose);
	return web_see(rq, case_here(rq, k, ""));
}

rc
case_of_post(web_req *rq, case_page **out, bool *why)
{
	case_page *k = arena_new(rq->a, case_page);

	TRY(find_case(rq, k));
	*why = k->purpose.n == 0;
	rq->work = k;
	*out = k;
	return RC_OK;
}

/* ---- the look ---- */

rc
case_open(web_req *rq, case_page *k)
{
	TRY(house_read(rq, &k->d));
	TRY(kase_read(k->d, rq->a, rq->fault, k->house, k->ref, &k->v));
	return kase_offers_read(&k->v, house_actor(rq), rq->now, &k->offers);
}

static rc
marked(web_req *rq)
{
	case_page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	/* it went on in this very moment: the page shows where it is now */
	if (r != RC_OK && r != RC_CONFLICT && r != RC_DENIED)
		return r;
	fault_clear(rq->fault);
	TRY(case_open(rq, k));
	return k->show(rq);
}

/* From here on the act before cannot be taken back, when who opens it is the one to act. */
static rc
looked(web_req *rq)
{
	case_page *k = rq->work;
	kase_turn_in *in = arena_new(rq->a, kase_turn_in);

	TRY(case_open(rq, k));
	const kase_turn *t = k->v.turns.n ? &k->v.turns.v[k->v.turns.n - 1] : NULL;
	bool first = k->offers.step && k->offers.mine == RC_OK && t && t->n == k->v.turn && t->opened_at == 0;
	if (!first)
		return k->show(rq);
	*in = (kase_turn_in){.at = case_at(rq, k), .turn = k->v.turn};
	return house_write(rq, &(house_command){.fn = kase_look, .in = in, .unkeyed = true, .then = marked});
}

rc
case_enter(web_req *rq, web_handler show)
{
	case_page *k = arena_new(rq->a, case_page);
	look_case *at = arena_new(rq->a, look_case);

	k->show = show;
	k->more = rq->work;
	TRY(find_case(rq, k));
	if (k->purpose.n == 0)
		return purpose_page(rq, k, NULL);
	rq->work = k;
	*at = (look_case){.tenant = k->brief.tenant,
			  .kase = k->brief.id,
			  .person_tenant = k->brief.person_tenant,
			  .person = k->brief.person};
	return house_look(rq, &(look){.kind = LOOK_CASE, .at = at, .purpose = k->purpose, .kase = at->kase},
			  looked);
}

/* ---- words ---- */

str
case_due(const web_req *rq, str due, str *colour)
{
	int32_t day = DATE_NONE, today = date_of_instant(rq->now);

	*colour = STR("grey");
	if (str_eq(due, STR(NO_DUE)) || !date_parse(due, &day))
		return STR("");
	if (day < today) {
		*colour = STR("red");
		return desk_words_n(rq, MSG_CASE_DUE_OVER, today - day);
	}
	*colour = day - today <= CASE_DUE_SOON ? STR("orange") : STR("blue");
	if (day == today)
		return desk_words(rq, MSG_CASE_DUE_TODAY);
	const fault_arg args[] = {
		{.name = "n", .i = day - today}, {.name = "day", .is_text = true, .s = due}, {0}};
	return msg_text(rq->a, rq->lang, MSG_CASE_DUE_IN, args);
}

str
case_village(web_req *rq, int64_t code)
{
	str whole = ask_place_path(rq, code), county = ask_place_path(rq, code - code % 1000000);

	return str_starts(whole, county) && whole.n > county.n ? str_from(whole, county.n) : whole;
}

static const service *
service_of(const kase_house *h, str id)
{
	return kase_service(h, id);
}

str
case_service_name(const web_req *rq, const kase_house *h, str id)
{
	const service *s = service_of(h, id);

	return s ? ask_pair(rq, s->name) : id;
}

str
case_step_name(const web_req *rq, const kase_house *h, str id, str step)
{
	const service *s = service_of(h, id);
	const service_step *x = s ? service_step_find(s, step) : NULL;

	if (str_eq(step, STR("applicant")))
		return desk_words(rq, MSG_CASE_STATE_APPLICANT);
	if (str_starts(step, STR(KASE_WORK_PAPER))) {
		str paper = str_from(step, strlen(KASE_WORK_PAPER));
		const service_paper *p = s ? service_paper_find(s, paper) : NULL;
		return desk_words_of(rq, MSG_CASE_PAPER_TO_COME, "name", p ? ask_pair(rq, p->name) : paper);
	}
	return x ? ask_pair(rq, x->name) : step;
}

str
case_state_words(const web_req *rq, const case_page *k, str *colour)
{
	*colour = STR("blue");
	switch (k->brief.state) {
	case KASE_AT_OFFICE:
		return case_step_name(rq, k->house, k->brief.service, k->brief.step);
	case KASE_AT_APPLICANT:
		*colour = STR("orange");
		return desk_words(rq, MSG_CASE_STATE_APPLICANT);
	case KASE_AT_END:
		break;
	case KASE_AT_VOID:
		*colour = STR("grey");
		return desk_words(rq, MSG_CASE_STATE_VOID);
	case KASE_AT_DRAFT:
	default:
		*colour = STR("grey");
		return desk_words(rq, MSG_CASE_STATE_DRAFT);
	}
	const service *s = service_of(k->house, k->brief.service);
	for (size_t i = 0; s && i < s->noutcomes; i++)
		if (str_eq(s->outcome[i].id, k->brief.outcome)) {
			*colour = s->outcome[i].granted ? STR("green") : STR("grey");
			return ask_pair(rq, s->outcome[i].name);
		}
	*colour = STR("grey");
	return desk_words(rq, MSG_CASE_STATE_WITHDRAWN);
}

/* ---- the page ---- */

typedef VEC(struct tpl_case_act) case_acts;

static void
add_act(web_req *rq, case_acts *to, str id, str label, str hint)
{
	*vec_add(rq->a, to) = (struct tpl_case_act){.id = id, .label = label, .hint = hint};
}

/* What is offered, and what is not, with the reason in words. */
static void
fill_acts(web_req *rq, const case_page *k, struct tpl_case *page)
{
	case_acts acts = {0}, never = {0}, others = {0};
	const kase_offers *o = &k->offers;

	for (size_t i = 0; i < o->acts.n; i++) {
		const kase_offer *x = &o->acts.v[i];
		str name = ask_pair(rq, x->act->name);
		if (x->rc == RC_OK)
			add_act(rq, &acts, x->act->id, name, STR(""));
		else if (x->signers.n)
			add_act(rq, &acts, x->act->id, desk_words_of(rq, MSG_CASE_BY_SHEET, "act", name),
				STR(""));
		else
			add_act(rq, &never, x->act->id, name, fault_text(rq->a, rq->lang, x->why));
	}
	if (o->step && o->acts.n == 0 && o->why)
		add_act(rq, &never, STR(""), ask_pair(rq, o->step->name),
			fault_text(rq->a, rq->lang, o->why));
	if (o->take_back)
		add_act(rq, &others, STR("back"), desk_words(rq, MSG_CASE_BACK_LINK), STR(""));
	if (o->hand_over)
		add_act(rq, &others, STR("over"), desk_words(rq, MSG_CASE_OVER_LINK), STR(""));
	if (o->remake)
		add_act(rq, &others, STR("void"), desk_words(rq, MSG_CASE_VOID_LINK), STR(""));
	page->acts = (tpl_list_case_act){acts.v, acts.n};
	page->never = (tpl_list_case_act){never.v, never.n};
	page->others = (tpl_list_case_act){others.v, others.n};
	page->objects = o->step && o->step->objection_act && house_actor(rq)->tenant == k->brief.tenant &&
			may(house_actor(rq), PERM_PUBLICITY_POST, k->brief.region);
}

static str
said_before(web_req *rq)
{
	static const struct {
		const char *what;
		int words;
	} row[] = {{"acted", MSG_CASE_SAVED_ACTED},  {"back", MSG_CASE_SAVED_BACK},
		   {"over", MSG_CASE_SAVED_OVER},    {"again", MSG_CASE_SAVED_AGAIN},
		   {"paper", MSG_CASE_SAVED_PAPER},  {"objection", MSG_CASE_SAVED_OBJECTION},
		   {"form", MSG_CASE_SAVED_FORM},    {"filed", MSG_CASE_SAVED_FILED},
		   {"booked", MSG_CASE_SAVED_BOOKED}};
	str done = web_query(rq, STR("done"));

	for (size_t i = 0; i < LEN(row); i++)
		if (str_eq(done, str_of(row[i].what)))
			return desk_words(rq, row[i].words);
	return STR("");
}

static tpl_list_case_note
warnings_of(web_req *rq, const case_page *k)
{
	VEC(struct tpl_case_note) v = {0};
	const service *s = k->v.service;

	for (size_t i = 0; i < s->nbars; i++)
		if (k->v.warnings >> i & 1)
			*vec_add(rq->a, &v) = (struct tpl_case_note){
				.words = s->bar[i].lift
						 ? str_fmt(rq->a, "%.*s%.*s",
							   STR_ARG(ask_pair(rq, s->bar[i].say)),
							   STR_ARG(desk_words_of(
								   rq, MSG_CASE_LIFTS, "role",
								   rq->lang == MSG_EN ? s->bar[i].lift->en
										      : s->bar[i].lift->zh)))
						 : ask_pair(rq, s->bar[i].say)};
	const fault *early = NULL;
	for (size_t i = 0; i < k->offers.acts.n && !early; i++)
		early = k->offers.acts.v[i].early;
	if (early)
		*vec_add(rq->a, &v) = (struct tpl_case_note){.words = fault_text(rq->a, rq->lang, early)};
	return (tpl_list_case_note){v.v, v.n};
}

/* The day it has, and the way to give it another. */
static rc
fill_booking(web_req *rq, const case_page *k, struct tpl_case *page)
{
	kase_booking b;

	TRY(case_booking(rq, k, &b));
	struct tpl_case_note *v = arena_array(rq->a, struct tpl_case_note, page->notes.n + 1);
	for (size_t i = 0; i < page->notes.n; i++)
		v[i] = page->notes.v[i];
	if (b.all.n) {
		v[page->notes.n] = (struct tpl_case_note){.title = desk_words(rq, MSG_SCHEDULE_APPOINTMENT),
							  .words = case_appointment_words(rq, &b.all.v[0])};
		page->notes = (tpl_list_case_note){v, page->notes.n + 1};
	}
	if (b.can)
		page->book = case_here(rq, k, "/appointment");
	return RC_OK;
}

static tpl_list_case_note
missing_of(web_req *rq, const kase_file *file)
{
	VEC(struct tpl_case_note) v = {0};

	for (size_t i = 0; i < file->missing.n; i++)
		*vec_add(rq->a, &v) =
			(struct tpl_case_note){.words = ask_problem_words(rq, &file->missing.v[i])};
	return (tpl_list_case_note){v.v, v.n};
}

static rc
fill_parts(web_req *rq, const case_page *k, struct tpl_case *page)
{
	case_decided decided;
	kase_file file;

	TRY(kase_file_read(&k->v, rq->now, &file));
	TRY(case_facts(rq, k, &file, &page->groups));
	TRY(case_papers(rq, k, &page->papers));
	page->documents = case_documents(rq, k);
	page->timeline = case_timeline(rq, k, &file);
	page->notes = case_notes(rq, k, &file);
	page->missing = missing_of(rq, &file);
	TRY(fill_booking(rq, k, page));
	page->warnings = warnings_of(rq, k);
	tpl_list_case_note flags = {0};
	TRY(case_forms(rq, k, &page->forms, &flags));
	TRY(case_decides(rq, k, &decided));
	VEC(struct tpl_case_note) all = {0};
	for (size_t i = 0; i < page->warnings.n; i++)
		*vec_add(rq->a, &all) = page->warnings.v[i];
	for (size_t i = 0; i < flags.n; i++)
		*vec_add(rq->a, &all) = flags.v[i];
	for (size_t i = 0; i < decided.against.n; i++)
		*vec_add(rq->a, &all) = decided.against.v[i];
	page->decides = decided.is;
	page->decided = decided.html;
	page->warnings = (tpl_list_case_note){all.v, all.n};
	fill_acts(rq, k, page);
	return RC_OK;
}

str
case_asks_as(const web_req *rq, const kase_view *v)
{
	return desk_words(rq, v->as == ASKS_SELF       ? MSG_CASE_AS_SELF
			      : v->as == ASKS_GUARDIAN ? MSG_CASE_AS_GUARDIAN
			      : v->as == ASKS_OFFICE   ? MSG_CASE_AS_OFFICE
						       : MSG_CASE_AS_HELPER);
}

static rc
show(web_req *rq)
{
	case_page *k = rq->work;
	const kase_turn *t = k->v.turns.n ? &k->v.turns.v[k->v.turns.n - 1] : NULL;
	bool running = t && t->n == k->v.turn && k->v.state == KASE_AT_OFFICE;
	struct tpl_case page = {
		.caption = str_fmt(rq->a, "%.*s %.*s", STR_ARG(ask_pair(rq, k->v.service->name)),
				   STR_ARG(k->brief.number)),
		.title = k->brief.name.n ? k->brief.name : desk_words(rq, MSG_CASE_NAMELESS),
		.saved = said_before(rq),
		.place = ask_place_path(rq, k->v.region),
		.asks_as = case_asks_as(rq, &k->v),
		.post = case_here(rq, k, ""),
		.act = case_here(rq, k, "/acts"),
		.more = case_here(rq, k, "/turns"),
		.papers_to = case_here(rq, k, "/papers"),
		.prints = case_here(rq, k, "/documents"),
		.turn = k->v.turn,
		.writes = k->offers.fill || k->offers.take.n > 0,
	};

	page.state = case_state_words(rq, k, &page.colour);
	if (running)
		page.due = case_due(rq, t->due, &page.due_tag);
	if (!k->here)
		page.purpose = desk_words_of(rq, MSG_CASE_PURPOSE, "purpose", purpose_show(rq, k->purpose));
	if (k->here && (k->v.state == KASE_AT_DRAFT || k->v.state == KASE_AT_APPLICANT))
		page.continues = str_fmt(rq->a, "/desk/applications/%lld-%lld", (long long)k->v.tenant,
					 (long long)k->v.id);
	TRY(fill_parts(rq, k, &page));
	tpl_case(web_html(rq), &page);
	return web_page(rq, 200);
}

rc
case_get(web_req *rq)
{
	return case_enter(rq, show);
}

const web_route case_routes[] = {
	{"GET", "/desk/cases", cases_get, "case.read",
	 "The cases that one may see, and the form to find one by its number"},
	{"POST", "/desk/cases", cases_find_post, "case.read", "Find a case by its number"},
	{"GET", "/desk/cases/{ref}", case_get, "case.read", "One case, as an office works on it"},
	{"POST", "/desk/cases/{ref}/purpose", case_purpose_post, "case.read", "Say what for"},
	{"POST", "/desk/cases/{ref}/acts", case_act_post, "case.read", "An act: asked, checked, done"},
	{"POST", "/desk/cases/{ref}/turns", case_more_post, "case.read",
	 "Take an act back, hand the case over, void it"},
	{"POST", "/desk/cases/{ref}/papers", case_paper_post, "case.read", "A paper was seen"},
	{"GET", "/desk/cases/{ref}/appointment", case_book_get, "schedule.write",
	 "Days that are offered for the assessment of a case"},
	{"POST", "/desk/cases/{ref}/appointment", case_book_post, "schedule.write",
	 "Give a case a day for its assessment"},
	{"GET", "/desk/cases/{ref}/files/{file}", case_file_get, "case.read",
	 "A file of a paper, larger and turned"},
	{"GET", "/desk/cases/{ref}/files/{file}/picture", case_picture_get, "case.read",
	 "The picture on that page"},
	{"POST", "/desk/cases/{ref}/documents", case_document_post, "case.read", "Print a document"},
	{"POST", "/desk/cases/{ref}/objections", case_objection_post, "publicity.post",
	 "Take an objection down"},
	{0},
};
