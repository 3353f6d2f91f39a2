/* mine.c - /me and /cases/{number}: where one's own cases stand, what is to do, and taking one back. */
#include "web/account/mine.h"

#include "app/kase/document.h"
#include "locale/msg_ids.h"
#include "web/account/apply.h"
#include "web/account/own.h"
#include "web/account/pages.h"
#include "web/occasion.h"

#define WITHDRAWN STR("withdrawn")
#define NO_LIMIT  STR("9999-12-31")

enum { REASON_MAX = 200 };

/* ---- words ---- */

static const service *
version_of(const kase_house *h, str hash)
{
	for (size_t i = 0; i < h->nservices; i++)
		if (str_eq(str_of(h->service[i]->sha256), hash))
			return h->service[i];
	return NULL;
}

static str
outcome_name(const web_req *rq, const service *s, str outcome)
{
	if (str_eq(outcome, WITHDRAWN))
		return house_words(rq, MSG_MINE_WITHDRAWN);
	for (size_t i = 0; i < s->noutcomes; i++)
		if (str_eq(s->outcome[i].id, outcome))
			return ask_pair(rq, s->outcome[i].name);
	return outcome;
}

str
mine_state(const web_req *rq, const service *s, kase_state state, str step, str outcome, str *colour)
{
	const service_step *at = service_step_find(s, step);

	*colour = STR("grey");
	switch (state) {
	case KASE_AT_DRAFT:
		return house_words(rq, MSG_MINE_DRAFT);
	case KASE_AT_OFFICE:
		*colour = STR("blue");
		return at ? ask_pair(rq, at->name) : step;
	case KASE_AT_APPLICANT:
		*colour = STR("orange");
		return house_words(rq, MSG_MINE_YOURS);
	case KASE_AT_END:
		*colour = STR("green");
		return outcome_name(rq, s, outcome);
	case KASE_AT_VOID:
		break;
	}
	return house_words(rq, MSG_MINE_VOID);
}

static str
office_of(const kase_file *file, int64_t turn)
{
	for (size_t i = 0; i < file->names.n; i++)
		if (file->names.v[i].n == turn)
			return file->names.v[i].office;
	return STR("");
}

static const kase_turn *
open_turn(const kase_view *v)
{
	for (size_t i = v->turns.n; v->turn && i-- > 0;)
		if (v->turns.v[i].n == v->turn)
			return &v->turns.v[i];
	return NULL;
}

rc
mine_stands(web_req *rq, const kase_house *h, const kase_view *v, str *out)
{
	const kase_turn *t = open_turn(v);
	const service_step *step = service_step_find(v->service, v->step);
	kase_file file;
	int32_t due = DATE_NONE;
	bool unsure = false;

	if (v->state == KASE_AT_APPLICANT) {
		*out = house_words(rq, MSG_MINE_STANDS_YOURS);
		return RC_OK;
	}
	if (!t || !step) {
		str colour;
		*out = mine_state(rq, v->service, v->state, v->step, v->outcome, &colour);
		return RC_OK;
	}
	TRY(kase_file_read(v, rq->now, &file));
	fault_arg args[] = {{.name = "office", .is_text = true, .s = office_of(&file, t->n)},
			    {.name = "step", .is_text = true, .s = ask_pair(rq, step->name)},
			    {.name = "since",
			     .is_text = true,
			     .s = html_date_text(web_html(rq), date_of_instant(t->entered))},
			    {.name = "day", .is_text = true},
			    {.name = "n"},
			    {0}};
	if (str_eq(t->due, NO_LIMIT) || !date_parse(t->due, &due)) {
		*out = msg_text(rq->a, rq->lang, MSG_MINE_STANDS_OFFICE, args);
		return RC_OK;
	}
	args[3].s = html_date_text(web_html(rq), due);
	args[4].i = calendar_working_days_between(h->calendar, date_of_instant(rq->now), due, &unsure);
	bool late = due < date_of_instant(rq->now);
	*out = msg_text(rq->a, rq->lang, late ? MSG_MINE_STANDS_LATE : MSG_MINE_STANDS_DUE, args);
	return RC_OK;
}

rc
mine_office(web_req *rq, const kase_view *v, const kase_names **out)
{
	static const kase_names nobody = {.office = STR(""), .phone = STR("")};
	kase_file *file = arena_new(rq->a, kase_file);

	*out = &nobody;
	TRY(kase_file_read(v, rq->now, file));
	for (size_t i = 0; i < file->names.n; i++)
		if (file->names.v[i].office.n && (*out == &nobody || file->names.v[i].n >= (*out)->n))
			*out = &file->names.v[i];
	return RC_OK;
}

str
mine_sent_back(const kase_view *v)
{
	if (v->state != KASE_AT_APPLICANT)
		return (str){0};
	for (size_t i = v->turns.n; i-- > 0;)
		if (v->turns.v[i].reason.n)
			return v->turns.v[i].reason;
	return (str){0};
}

str
mine_contact(const web_req *rq, const kase_names *office)
{
	const fault_arg args[] = {{.name = "office", .is_text = true, .s = office->office},
				  {.name = "phone", .is_text = true, .s = office->phone},
				  {0}};

	return office->phone.n ? msg_text(rq->a, rq->lang, MSG_MINE_CONTACT, args) : (str){0};
}

/* ---- the way of a case ---- */

typedef VEC(struct tpl_step) steps;

static void
past_turn(web_req *rq, const kase_view *v, const kase_file *file, const kase_turn *t, steps *to)
{
	const service_step *step = service_step_find(v->service, t->step);
	const service_act *act = step ? service_act_find(step, t->act) : NULL;
	struct tpl_step *s = vec_add(rq->a, to);

	*s = (struct tpl_step){.title = step ? ask_pair(rq, step->name) : t->step,
			       .when = date_of_instant(t->done ? t->done : t->entered),
			       .who = office_of(file, t->n),
			       .state = t->done ? STR("done") : STR("now")};
	if (t->office == 0)
		s->title = house_words(rq, MSG_MINE_YOURS);
	if (act && act == step->skip_act)
		s->note = ask_pair(rq, step->skip_say);
	else if (act && (act->to_applicant || act->end || act->reason) && t->reason.n)
		s->note = t->reason;
	else if (act && !str_eq(ask_pair(rq, act->name), s->title)) /* 受理：受理 */
		s->note = ask_pair(rq, act->name);
}

static str
limit_words(web_req *rq, const service_step *step)
{
	static const int say[] = {[SPAN_WORKING_DAYS] = MSG_MINE_LIMIT_WORKING,
				  [SPAN_DAYS] = MSG_MINE_LIMIT_DAYS,
				  [SPAN_MONTHS] = MSG_MINE_LIMIT_MONTHS};
	span s = step->waits.n ? step->waits : step->within;

	if (s.n == 0)
		return (str){0};
	return msg_text(rq->a, rq->lang, say[s.unit], (const fault_arg[]){{.name = "n", .i = s.n}, {0}});
}

/* The way it goes when nothing stands in it: each step's first act. */
static rc
coming(web_req *rq, const kase_view *v, steps *to)
{
	const service_step *at = service_step_find(v->service, v->step);

	if (v->state == KASE_AT_APPLICANT)
		at = &v->service->step[0];
	else if (at && at->nacts)
		at = at->act[0].to;
	for (size_t i = 0; at && i < v->service->nsteps; i++) {
		bool passed = false;
		if (at->skip_when)
			TRY(kase_holds(v, rq->now, at->skip_when, &passed));
		if (!passed)
			*vec_add(rq->a, to) = (struct tpl_step){.title = ask_pair(rq, at->name),
								.when = DATE_NONE,
								.note = limit_words(rq, at),
								.state = STR("next")};
		at = passed ? at->skip_act->to : at->nacts ? at->act[0].to : NULL;
	}
	return RC_OK;
}

rc
mine_steps(web_req *rq, const kase_view *v, tpl_list_step *out)
{
	kase_file file;
	int32_t filed = DATE_NONE;
	steps list = {0};

	TRY(kase_file_read(v, rq->now, &file));
	if (date_parse(v->submitted, &filed))
		*vec_add(rq->a, &list) = (struct tpl_step){
			.title = house_words(rq, MSG_MINE_FILED), .when = filed, .state = STR("done")};
	for (size_t i = 0; i < v->turns.n; i++)
		if (!v->turns.v[i].undone)
			past_turn(rq, v, &file, &v->turns.v[i], &list);
	if (v->state == KASE_AT_OFFICE || v->state == KASE_AT_APPLICANT)
		TRY(coming(rq, v, &list));
	*out = (tpl_list_step){list.v, list.n};
	return RC_OK;
}

/* ---- /me ---- */

static str
title_of(const web_req *rq, const service *s, str name)
{
	const fault_arg args[] = {{.name = "service", .is_text = true, .s = ask_pair(rq, s->name)},
				  {.name = "name", .is_text = true, .s = name},
				  {0}};

	return name.n ? msg_text(rq->a, rq->lang, MSG_MINE_OF, args) : ask_pair(rq, s->name);
}

static struct tpl_task
task_of(web_req *rq, const kase_house *h, const kase_mine *m)
{
	const service *s = version_of(h, m->sha256);
	BUG_ON(!s); /* what a case goes by is kept as long as the case */
	struct tpl_task t = {.title = title_of(rq, s, m->name)};
	str since = m->submitted;
	int32_t day = DATE_NONE;

	t.status = mine_state(rq, s, m->state, m->step, m->outcome, &t.colour);
	t.href = m->state == KASE_AT_DRAFT
			 ? str_fmt(rq->a, "/applications/%lld-%lld", (long long)m->tenant, (long long)m->id)
			 : str_cat(rq->a, STR("/cases/"), m->number);
	if (m->state == KASE_AT_DRAFT)
		t.hint = house_words_of(rq, MSG_MINE_BEGUN, "day",
					html_date_text(web_html(rq), date_of_instant(m->opened)));
	else if (date_parse(m->ended.n ? m->ended : since, &day))
		t.hint = msg_text(
			rq->a, rq->lang, m->ended.n ? MSG_MINE_ENDED_ON : MSG_MINE_FILED_ON,
			(const fault_arg[]){
				{.name = "day", .is_text = true, .s = html_date_text(web_html(rq), day)},
				{.name = "number", .is_text = true, .s = m->number},
				{0}});
	return t;
}

/* A case that came back says here already what is missing. */
static rc
wanted_of(web_req *rq, db *d, const kase_house *h, const kase_mine *m, struct tpl_task *out)
{
	const kase_ref *ref = NULL;
	kase_view v;

	*out = task_of(rq, h, m);
	if (m->state != KASE_AT_APPLICANT)
		return RC_OK;
	TRY(kase_see(d, rq->a, rq->fault, house_actor(rq), m->tenant, m->id, &ref));
	TRY(kase_read(d, rq->a, rq->fault, h, ref, &v));
	if (mine_sent_back(&v).n)
		out->hint = house_words_of(rq, MSG_MINE_WHY, "reason", mine_sent_back(&v));
	return RC_OK;
}

static tpl_list_mine_ward
wards_of(web_req *rq, const own *o)
{
	struct tpl_mine_ward *v = arena_array(rq->a, struct tpl_mine_ward, o->wards.n);

	for (size_t i = 0; i < o->wards.n; i++)
		v[i] = (struct tpl_mine_ward){
			.name = o->wards.v[i].name,
			.record = own_href(rq->a, "/me/record", o->wards.v[i].ref),
			.looked = own_href(rq->a, "/me/access-log", o->wards.v[i].ref),
			.code = own_href(rq->a, "/me/certificate-code", o->wards.v[i].ref)};
	return (tpl_list_mine_ward){v, o->wards.n};
}

static tpl_list_my_answer
answers_of(web_req *rq, const decision_views *all)
{
	VEC(struct tpl_my_answer) v = {0};

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->v[i].results.n; k++)
			*vec_add(rq->a, &v) = (struct tpl_my_answer){
				.words = decision_answer(rq, &all->v[i], &all->v[i].results.v[k])};
	return (tpl_list_my_answer){v.v, v.n};
}

/* The day of an assessment that is to come, in words; empty: none. */
static rc
day_of(web_req *rq, db *d, int64_t owner, int64_t id, str *out)
{
	appointments all;

	TRY(kase_appointments_read(d, rq->a, rq->fault, owner, id, &all));
	*out = occasion_own_words(rq, appointment_to_come(&all, date_str(rq->a, date_of_instant(rq->now))));
	return RC_OK;
}

static rc
running_of(web_req *rq, db *d, const kase_house *h, const kase_mine *m, struct tpl_task *out)
{
	str day;

	*out = task_of(rq, h, m);
	TRY(day_of(rq, d, m->tenant, m->id, &day));
	if (day.n)
		out->hint = day;
	return RC_OK;
}

static rc
me_get(web_req *rq)
{
	decision_views entitled;
	VEC(struct tpl_task) wanted = {0}, running = {0}, ended = {0};
	const kase_house *h = NULL;
	kase_mines mine;
	own o;
	db *d = NULL;

	TRY(own_open(rq, &o));
	TRY(kases_of(rq, &h));
	TRY(house_read(rq, &d));
	TRY(kase_mine_read(d, rq->a, rq->fault, house_actor(rq), &mine));
	for (size_t i = 0; i < mine.n; i++) {
		const kase_mine *m = &mine.v[i];
		if (!version_of(h, m->sha256))
			continue;
		if (m->state == KASE_AT_DRAFT || m->state == KASE_AT_APPLICANT)
			TRY(wanted_of(rq, d, h, m, vec_add(rq->a, &wanted)));
		else if (m->state == KASE_AT_OFFICE)
			TRY(running_of(rq, d, h, m, vec_add(rq->a, &running)));
		else
			*vec_add(rq->a, &ended) = task_of(rq, h, m);
	}
	TRY(mine_entitled(rq, h, &mine, &entitled));
	tpl_mine(web_html(rq), &(struct tpl_mine){
				       .entitled = answers_of(rq, &entitled),
				       .wanted = {wanted.v, wanted.n},
				       .running = {running.v, running.n},
				       .ended = {ended.v, ended.n},
				       .wards = wards_of(rq, &o),
				       .none = mine.n == 0,
			       });
	return web_page(rq, 200);
}

/* ---- one case ---- */

rc
mine_find(web_req *rq, my_case *k)
{
	TRY(kases_of(rq, &k->house));
	TRY(house_read(rq, &k->d));
	TRY(kase_number_find(k->d, rq->a, rq->fault, web_param(rq, STR("number")), &k->tenant, &k->id));
	TRY(kase_see(k->d, rq->a, rq->fault, house_actor(rq), k->tenant, k->id, &k->ref));
	TRY(kase_read(k->d, rq->a, rq->fault, k->house, k->ref, &k->v));
	apply_acting(rq, &k->v);
	return RC_OK;
}

static tpl_list_answer
papers_of(web_req *rq, const kase_view *v)
{
	struct tpl_answer *list = arena_array(rq->a, struct tpl_answer, v->papers.n);
	size_t n = 0;

	for (size_t i = 0; i < v->papers.n; i++) {
		const service_paper *p = service_paper_find(v->service, v->papers.v[i].paper);
		if (p)
			list[n++] = (struct tpl_answer){.key = ask_pair(rq, p->name),
							.value = apply_paper_state(rq, &v->papers.v[i])};
	}
	return (tpl_list_answer){list, n};
}

static bool
is_theirs(const kase_view *v, const kase_document *doc)
{
	const service_document *kind = service_document_find(v->service, doc->kind);

	return kind && kind->theirs && doc->voided.n == 0;
}

/* What he uploaded, to look at again. */
static tpl_list_mine_document
files_of(web_req *rq, const kase_view *v)
{
	struct tpl_mine_document *list = arena_array(rq->a, struct tpl_mine_document, v->scans.n);
	size_t n = 0;

	for (size_t i = 0; i < v->scans.n; i++) {
		const kase_scan *s = &v->scans.v[i];
		const service_paper *p = service_paper_find(v->service, s->paper);
		if (p)
			list[n++] = (struct tpl_mine_document){
				.name = ask_pair(rq, p->name),
				.number = str_fmt(rq->a, "%zu", i + 1),
				.picture = str_starts(s->type, STR("image/")),
				.href = str_fmt(rq->a, "/applications/%lld-%lld/files/%lld",
						(long long)v->tenant, (long long)v->id, (long long)s->id)};
	}
	return (tpl_list_mine_document){list, n};
}

static tpl_list_mine_document
documents_of(web_req *rq, const kase_view *v)
{
	struct tpl_mine_document *list = arena_array(rq->a, struct tpl_mine_document, v->documents.n);
	size_t n = 0;

	for (size_t i = 0; i < v->documents.n; i++) {
		const kase_document *doc = &v->documents.v[i];
		const service_document *kind = service_document_find(v->service, doc->kind);
		if (!is_theirs(v, doc))
			continue;
		list[n++] =
			(struct tpl_mine_document){.name = ask_pair(rq, kind->name),
						   .number = doc->number,
						   .href = str_fmt(rq->a, "/cases/%.*s/documents/%lld",
								   STR_ARG(v->number), (long long)doc->id)};
	}
	return (tpl_list_mine_document){list, n};
}

/* Who may be turned to, and until when, where the act that ended it says so. */
static str
appeal_of(web_req *rq, const kase_house *h, const kase_view *v)
{
	const kase_turn *t = v->turns.n ? &v->turns.v[v->turns.n - 1] : NULL;
	const service_step *step = t ? service_step_find(v->service, t->step) : NULL;
	const service_act *act = step ? service_act_find(step, t->act) : NULL;

	if (v->state != KASE_AT_END || !act || act->appeal.zh.n == 0)
		return (str){0};
	int32_t last = kase_span_end(h->calendar, act->appeal_within, date_of_instant(t->done));
	return msg_text(
		rq->a, rq->lang, MSG_MINE_APPEAL,
		(const fault_arg[]){{.name = "to", .is_text = true, .s = ask_pair(rq, act->appeal)},
				    {.name = "day", .is_text = true, .s = html_date_text(web_html(rq), last)},
				    {0}});
}

static rc
case_get(web_req *rq)
{
	my_case *k = arena_new(rq->a, my_case);
	decision_views decided;
	const kase_names *office = NULL;
	str colour;

	TRY(mine_find(rq, k));
	const kase_view *v = &k->v;
	struct tpl_my_case t = {
		.title = title_of(rq, v->service, v->name),
		.number = v->number,
		.state = mine_state(rq, v->service, v->state, v->step, v->outcome, &colour),
		.back_reason = mine_sent_back(v),
		.edit = v->state == KASE_AT_APPLICANT ? str_fmt(rq->a, "/applications/%lld-%lld",
								(long long)v->tenant, (long long)v->id)
						      : (str){0},
		.papers = papers_of(rq, v),
		.files = files_of(rq, v),
		.documents = documents_of(rq, v),
		.appeal = appeal_of(rq, k->house, v),
		.receipt = str_fmt(rq->a, "/cases/%.*s/receipt", STR_ARG(v->number)),
		.running = v->state == KASE_AT_OFFICE || v->state == KASE_AT_APPLICANT,
	};
	t.colour = colour;
	TRY(mine_stands(rq, k->house, v, &t.stands));
	if (str_eq(t.stands, t.state)) /* the tag says it */
		t.stands = STR("");
	TRY(mine_office(rq, v, &office));
	t.office = mine_contact(rq, office);
	if (v->state == KASE_AT_OFFICE)
		TRY(day_of(rq, k->d, k->tenant, k->id, &t.day));
	TRY(mine_steps(rq, v, &t.steps));
	TRY(mine_decided(rq, k, &decided));
	t.decided = decided.n > 0;
	tpl_my_case(web_html(rq), &t);
	return web_page(rq, 200);
}

/* ---- taking it back ---- */

static rc
page_withdraw(web_req *rq, const my_case *k, str typed, str wrong)
{
	tpl_my_case_withdraw(web_html(rq), &(struct tpl_my_case_withdraw){
						   .title = title_of(rq, k->v.service, k->v.name),
						   .number = k->v.number,
						   .turn = k->v.turn,
						   .reason = typed,
						   .wrong = wrong,
						   .bad = wrong.n > 0,
						   .errors = one_error(rq, "reason", wrong),
					   });
	return web_page(rq, wrong.n ? 422 : 200);
}

static rc
withdraw_get(web_req *rq)
{
	my_case *k = arena_new(rq->a, my_case);

	TRY(mine_find(rq, k));
	if (k->v.state != KASE_AT_OFFICE && k->v.state != KASE_AT_APPLICANT)
		return RC_NOT_FOUND;
	return page_withdraw(rq, k, STR(""), STR(""));
}

static rc
withdrawn(web_req *rq)
{
	const my_case *k = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return web_see(rq, str_cat(rq->a, STR("/cases/"), k->v.number));
}

static rc
withdraw_post(web_req *rq)
{
	my_case *k = arena_new(rq->a, my_case);
	form f = form_of(rq->a, &rq->http->form, rq->now);

	TRY(mine_find(rq, k));
	str reason = form_lines(&f, FIELD("reason", house_words(rq, MSG_MINE_WITHDRAW_WHY)), REASON_MAX);
	int64_t turn = form_int(&f, FIELD("turn", STR("")), 0, INT64_MAX);
	if (!form_ok(&f))
		return page_withdraw(rq, k, form_typed(&f, STR("reason")),
				     fault_text(rq->a, rq->lang, f.errors.v[0]));
	k->in = (kase_turn_in){
		.at = {k->house, house_actor(rq), k->tenant, k->id}, .turn = turn, .reason = reason};
	rq->work = k;
	return house_write(rq, &(house_command){.fn = kase_withdraw, .in = &k->in, .then = withdrawn});
}

/* ---- a document ---- */

/* Made on a worker: setting a text takes a while. */
typedef struct printing {
	web_req *rq;
	my_case *k;
	int64_t document;
	const pdf_doc *receipt; /* instead of a document; NULL: none */
	field_regions regions;
	rc made;
	fault why; /* the worker's */
	kase_page page;
} printing;

static rc
printed(web_req *rq)
{
	const printing *p = rq->work;

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

	if (p->receipt)
		return pdf_make(rq->a, &p->why, p->receipt, &p->page.pdf);
	const kase_print how = {
		.house = p->k->house, .ref = p->k->ref, .regions = &p->regions, .now = rq->now};

	TRY(store_read(house_store(rq), rq->a, &p->why, &d));
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

static rc
document_get(web_req *rq)
{
	printing *p = arena_new(rq->a, printing);
	bool there = false;

	p->rq = rq;
	p->k = arena_new(rq->a, my_case);
	TRY(mine_find(rq, p->k));
	TRY(web_param_id(rq, STR("document"), &p->document));
	for (size_t i = 0; i < p->k->v.documents.n; i++)
		there = there || (p->k->v.documents.v[i].id == p->document &&
				  is_theirs(&p->k->v, &p->k->v.documents.v[i]));
	if (!there)
		return RC_NOT_FOUND;
	p->regions = ask_regions(rq);
	rq->work = p;
	rq->then = printed;
	return workers_run(door_of(rq)->workers, rq->fault, print_work, p);
}

static rc
receipt_get(web_req *rq)
{
	printing *p = arena_new(rq->a, printing);
	pdf_doc *doc = arena_new(rq->a, pdf_doc);

	p->rq = rq;
	p->k = arena_new(rq->a, my_case);
	TRY(mine_find(rq, p->k));
	TRY(mine_receipt(rq, p->k->house, &p->k->v, doc));
	house_read_end(rq);
	p->receipt = doc;
	rq->work = p;
	rq->then = printed;
	return workers_run(door_of(rq)->workers, rq->fault, print_work, p);
}

const web_route mine_routes[] = {
	{"GET", "/me", me_get, "own.read", "My cases, and what I have to do"},
	{"GET", "/cases/{number}", case_get, "own.read", "One of my cases"},
	{"GET", "/cases/{number}/withdraw", withdraw_get, "own.read", "Take it back"},
	{"POST", "/cases/{number}/withdraw", withdraw_post, "own.read", "Take it back"},
	{"GET", "/cases/{number}/receipt", receipt_get, "own.read", "That it was handed in, as PDF"},
	{"GET", "/cases/{number}/documents/{document}", document_get, "own.read", "A document of it, as PDF"},
	{0},
};
