/* case_act.c - an act at a case: what it asks, everything once more before what has legal effect, done; and
 * what offices need beside: taken back, handed over, void and made again. */
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/decisions.h"
#include "web/desk/case_priv.h"
#include "web/desk/kinds.h"

enum { REASON_MAX = 500 };

/* One act on its way through its pages. */
typedef struct acting {
	const service_act *act;
	const kase_offer *offer; /* NULL: the case has moved on */
	int64_t turn;
	form f;
	ask asked;
	kase_act_in in;
	kase_save_in kept; /* what the doctor concludes, kept before it is checked */
	int64_t out;
	bool unchecked; /* it names doctors, and the institution has none in the register */
} acting;

/* ---- who was first ---- */

static str
clock_words(web_req *rq, int64_t at)
{
	return instant_str(rq->a, at, false);
}

rc
case_conflict(web_req *rq, case_page *k, int64_t turn)
{
	str words = desk_words(rq, MSG_CASE_CONFLICT_ONLY);
	kase_file file;

	fault_clear(rq->fault);
	TRY(case_open(rq, k));
	TRY(kase_file_read(&k->v, rq->now, &file));
	for (size_t i = 0; i < k->v.turns.n; i++) {
		const kase_turn *t = &k->v.turns.v[i];
		if (t->n != turn || t->done == 0)
			continue;
		for (size_t n = 0; n < file.names.n; n++) {
			const kase_names *who = &file.names.v[n];
			if (who->n != turn)
				continue;
			const fault_arg args[] = {
				{.name = "who",
				 .is_text = true,
				 .s = who->actor.n ? who->actor : desk_words(rq, MSG_CASE_BY_PROGRAM)},
				{.name = "at", .is_text = true, .s = clock_words(rq, t->done)},
				{.name = "what", .is_text = true, .s = case_turn_title(rq, k->v.service, t)},
				{0}};
			words = msg_text(rq->a, rq->lang, MSG_CASE_CONFLICT_WHO, args);
		}
	}
	tpl_case_conflict(web_html(rq),
			  &(struct tpl_case_conflict){.back = case_here(rq, k, ""), .words = words});
	return web_page(rq, 409);
}

rc
case_done(web_req *rq, const case_page *k, const char *what)
{
	/* it may just have left his office: he sees what became of it without being asked again */
	look_intend_case(rq, k->brief.tenant, k->brief.id, k->purpose);
	return web_see(rq, str_cat(rq->a, case_here(rq, k, "?done="), str_of(what)));
}

/* ---- the form ---- */

tpl_list_choice
case_office_choices(web_req *rq, const kase_offices *v, str picked)
{
	struct tpl_choice *c = arena_array(rq->a, struct tpl_choice, v->n);

	for (size_t i = 0; i < v->n; i++) {
		str id = str_fmt(rq->a, "%lld", (long long)v->v[i].id);
		c[i] = (struct tpl_choice){.value = id, .label = v->v[i].name, .checked = str_eq(id, picked)};
	}
	return (tpl_list_choice){c, v->n};
}

tpl_list_choice
case_signer_choices(web_req *rq, const kase_signers *v, str picked)
{
	struct tpl_choice *c = arena_array(rq->a, struct tpl_choice, v->n);

	for (size_t i = 0; i < v->n; i++) {
		str id = str_fmt(rq->a, "%lld", (long long)v->v[i].account);
		str as = rq->lang == MSG_EN ? v->v[i].role->en : v->v[i].role->zh;
		c[i] = (struct tpl_choice){
			.value = id, .label = v->v[i].name, .hint = as, .checked = str_eq(id, picked)};
	}
	return (tpl_list_choice){c, v->n};
}

static tpl_list_field_error
both_errors(web_req *rq, const acting *x)
{
	tpl_list_field_error own = desk_errors(rq, &x->f), asked = ask_errors(&x->asked);
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, own.n + asked.n);
	size_t n = 0;

	for (size_t i = 0; i < asked.n; i++)
		v[n++] = asked.v[i];
	for (size_t i = 0; i < own.n; i++)
		v[n++] = own.v[i];
	return (tpl_list_field_error){v, n};
}

static bool
legal(const service_act *act)
{
	return act->end || act->neffects || act->nprints;
}

static str
caption_of(web_req *rq, const case_page *k)
{
	return str_fmt(rq->a, "%.*s %.*s", STR_ARG(ask_pair(rq, k->v.service->name)),
		       STR_ARG(k->brief.number));
}

/* Why he cannot decide it himself; of somebody else's step, what he can do. */
static str
sheet_lead(const web_req *rq, const fault *why)
{
	bool others = why && why->id && str_eq(str_of(why->id), STR("kase.not_yours"));

	return others ? desk_words(rq, MSG_CASE_SIGNER_LEAD) : fault_text(rq->a, rq->lang, why);
}

static rc
act_form(web_req *rq, const case_page *k, acting *x, bool posted)
{
	const kase_offer *o = x->offer;
	bool sheet = o->rc != RC_OK;
	tpl_list_field_error errors = both_errors(rq, x);
	struct tpl_case_act_form page = {
		.title = ask_pair(rq, x->act->name),
		.caption = caption_of(rq, k),
		.name = k->brief.name,
		.lead = o->signers.n   ? sheet_lead(rq, o->why)
			: x->unchecked ? desk_words(rq, MSG_CASE_UNCHECKED)
				       : STR(""),
		.warning = o->early ? fault_text(rq->a, rq->lang, o->early) : STR(""),
		.back = case_here(rq, k, ""),
		.action = case_here(rq, k, "/acts"),
		.bad = errors.n > 0,
		.errors = errors,
		.turn = x->turn,
		.field = STR("act"),
		.value = x->act->id,
		.offices = case_office_choices(rq, &o->next, form_typed(&x->f, STR("office"))),
		.office_wrong = desk_wrong(rq, &x->f, "office"),
		.signers = sheet ? case_signer_choices(rq, &o->signers, form_typed(&x->f, STR("signer")))
				 : (tpl_list_choice){0},
		.signer_wrong = desk_wrong(rq, &x->f, "signer"),
		.reasons = true,
		.reason = form_typed(&x->f, STR("reason")),
		.reason_hint = desk_words(rq, x->act->reason || o->lifts ? MSG_CASE_REASON_NEEDED
									 : MSG_CASE_REASON_MAY),
		.reason_wrong = desk_wrong(rq, &x->f, "reason"),
		.legal = legal(x->act),
		.go = desk_words(rq, legal(x->act) ? MSG_CASE_NEXT : MSG_CASE_DO),
	};

	TRY(ask_show(&x->asked, posted, &page.asks));
	tpl_case_act_form(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

/* ---- reading it ---- */

static void
read_office(web_req *rq, acting *x)
{
	const kase_offices *v = &x->offer->next;
	str *ids = arena_array(rq->a, str, v->n);

	if (v->n == 0)
		return;
	for (size_t i = 0; i < v->n; i++)
		ids[i] = str_fmt(rq->a, "%lld", (long long)v->v[i].id);
	int n = form_choice(&x->f, FIELD("office", desk_words(rq, MSG_CASE_OFFICE)), ids, v->n);
	x->in.office = n == FORM_NONE ? 0 : v->v[n].id;
}

static void
read_signer(web_req *rq, acting *x)
{
	const kase_signers *v = &x->offer->signers;
	str *ids = arena_array(rq->a, str, v->n);

	if (x->offer->rc == RC_OK)
		return;
	for (size_t i = 0; i < v->n; i++)
		ids[i] = str_fmt(rq->a, "%lld", (long long)v->v[i].account);
	int n = form_choice(&x->f, FIELD("signer", desk_words(rq, MSG_CASE_SIGNER)), ids, v->n);
	x->in.decided_by = n == FORM_NONE ? 0 : v->v[n].account;
}

static rc
read_act(web_req *rq, acting *x)
{
	bool needed = x->act->reason || x->offer->lifts;
	form_field q = {STR("reason"), desk_words(rq, MSG_CASE_REASON), !needed};

	TRY(ask_read(&x->asked, ASK_NEEDED));
	read_office(rq, x);
	read_signer(rq, x);
	x->in.reason = form_lines(&x->f, q, REASON_MAX);
	x->in.said = x->asked.said.v;
	x->in.nsaid = x->asked.said.n;
	x->in.problems = &x->asked.problems;
	return RC_OK;
}

/* ---- once more, before it is done ---- */

typedef VEC(struct tpl_answer) answers;

static void
add_answer(web_req *rq, answers *to, str key, str value)
{
	if (value.n)
		*vec_add(rq->a, to) = (struct tpl_answer){.key = key, .value = value};
}

static str
name_of(const acting *x, int64_t office)
{
	for (size_t i = 0; i < x->offer->next.n; i++)
		if (x->offer->next.v[i].id == office)
			return x->offer->next.v[i].name;
	return STR("");
}

static str
signer_of(const acting *x, int64_t account)
{
	for (size_t i = 0; i < x->offer->signers.n; i++)
		if (x->offer->signers.v[i].account == account)
			return x->offer->signers.v[i].name;
	return STR("");
}

static tpl_list_answer
said_of(web_req *rq, acting *x, const case_decided *decided)
{
	answers v = {0};

	for (size_t i = 0; i < x->asked.item.n; i++) {
		const service_question *q = x->asked.item.v[i].q;
		for (size_t n = 0; n < x->asked.said.n; n++)
			if (str_eq(x->asked.said.v[n].field, q->field->id))
				add_answer(rq, &v, ask_label(rq, q),
					   ask_text(rq, q->field, x->asked.said.v[n].raw));
	}
	for (size_t i = 0; i < decided->v.results.n; i++)
		add_answer(rq, &v, desk_words(rq, MSG_CASE_DECIDES),
			   decision_answer(rq, &decided->v, &decided->v.results.v[i]));
	add_answer(rq, &v, desk_words(rq, MSG_CASE_OFFICE), name_of(x, x->in.office));
	add_answer(rq, &v, desk_words(rq, MSG_CASE_SIGNER), signer_of(x, x->in.decided_by));
	add_answer(rq, &v, desk_words(rq, MSG_CASE_REASON), x->in.reason);
	return (tpl_list_answer){v.v, v.n};
}

static tpl_list_case_note
effects_of(web_req *rq, const service_act *act)
{
	VEC(struct tpl_case_note) v = {0};

	for (size_t i = 0; i < act->nprints; i++)
		*vec_add(rq->a, &v) =
			(struct tpl_case_note){.words = desk_words_of(rq, MSG_CASE_EFFECT_PRINTS, "name",
								      ask_pair(rq, act->print[i]->name))};
	for (size_t i = 0; i < act->neffects; i++) {
		int id = msg_find(str_cat(rq->a, STR("case.effect."), act->effect[i]->name));
		if (id >= 0)
			*vec_add(rq->a, &v) = (struct tpl_case_note){.words = desk_words(rq, id)};
	}
	if (act->end)
		*vec_add(rq->a, &v) =
			(struct tpl_case_note){.words = desk_words_of(rq, MSG_CASE_EFFECT_ENDS, "outcome",
								      ask_pair(rq, act->end->name))};
	if (act->to)
		*vec_add(rq->a, &v) =
			(struct tpl_case_note){.words = desk_words_of(rq, MSG_CASE_EFFECT_GOES, "step",
								      ask_pair(rq, act->to->name))};
	return (tpl_list_case_note){v.v, v.n};
}

/* What was posted, but for what each form makes anew. */
static tpl_list_kept
kept_of(const web_req *rq)
{
	const url_pairs *in = &rq->http->form;
	struct tpl_kept *v = arena_array(rq->a, struct tpl_kept, in->n);
	size_t n = 0;

	for (size_t i = 0; i < in->n; i++) {
		str name = in->v[i].name;
		if (!str_eq(name, STR("csrf")) && !str_eq(name, STR("request-key")) &&
		    !str_eq(name, STR("step")))
			v[n++] = (struct tpl_kept){.name = name, .value = in->v[i].value};
	}
	return (tpl_list_kept){v, n};
}

static rc
check_page(web_req *rq, const case_page *k, acting *x)
{
	str name = ask_pair(rq, x->act->name);
	tpl_list_case_note flags = {0};
	case_decided decided;
	tpl_list_task forms;

	TRY(case_forms(rq, k, &forms, &flags));
	TRY(case_decides(rq, k, &decided));
	if (decided.is) /* a step that decides has no forms */
		flags = decided.against;
	tpl_case_check(web_html(rq),
		       &(struct tpl_case_check){.title = desk_words_of(rq, MSG_CASE_CHECK_TITLE, "act", name),
						.caption = caption_of(rq, k),
						.name = k->brief.name,
						.back = case_here(rq, k, ""),
						.action = case_here(rq, k, "/acts"),
						.answers = said_of(rq, x, &decided),
						.flags = flags,
						.effect = effects_of(rq, x->act),
						.kept = kept_of(rq),
						.go = desk_words_of(rq, MSG_CASE_CHECK_DO, "act", name)});
	return web_page(rq, 200);
}

static rc refused(web_req *rq, case_page *k, acting *x);
static rc find_act(web_req *rq, const case_page *k, acting *x);

static rc
kept_answers(web_req *rq)
{
	case_page *k = rq->work;
	acting *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_INVALID || r == RC_DENIED)
		return refused(rq, k, x);
	TRY(r);
	TRY(case_open(rq, k));
	TRY(find_act(rq, k, x));
	if (!x->offer)
		return case_conflict(rq, k, x->turn);
	TRY(read_act(rq, x));
	return check_page(rq, k, x);
}

/* Where doctors conclude, what they typed is kept as they would write it down, so that the forms' flags can
 * speak to it before it is said for good. */
static rc
check_act(web_req *rq, case_page *k, acting *x)
{
	if (!k->offers.step->forms || x->in.nsaid == 0 || !k->offers.fill)
		return check_page(rq, k, x);
	x->kept = (kase_save_in){
		.at = case_at(rq, k), .said = x->in.said, .n = x->in.nsaid, .problems = &x->asked.problems};
	k->more = x;
	return house_write(
		rq, &(house_command){.fn = kase_save, .in = &x->kept, .unkeyed = true, .then = kept_answers});
}

/* ---- doing it ---- */

/* Where the act names doctors: those who may be named, with what each is licensed for today. */
static rc
offer_assessors(web_req *rq, const case_page *k, acting *x)
{
	VEC(struct tpl_choice) v = {0};
	str today = date_str(rq->a, date_of_instant(rq->now));
	institution at;
	bool names = false;

	for (size_t i = 0; i < x->asked.item.n; i++)
		names = names || kase_names_assessor(x->asked.item.v[i].q->field);
	if (!names)
		return RC_OK;
	TRY(kase_institution(&k->v, &at));
	for (size_t i = 0; i < at.doctors.n; i++) {
		const doctor_view *d = &at.doctors.v[i];
		str kinds = categories_words(rq, doctor_categories(d, today));
		if (doctor_there(d, today))
			*vec_add(rq->a, &v) = (struct tpl_choice){
				.value = d->name,
				.label = str_fmt(
					rq->a, "%.*s %.*s %.*s", STR_ARG(d->name), STR_ARG(d->title),
					STR_ARG(kinds.n ? kinds : desk_words(rq, MSG_CASE_UNLICENSED)))};
	}
	x->asked.assessors = (tpl_list_choice){v.v, v.n};
	x->unchecked = at.doctors.n == 0;
	return RC_OK;
}

/* The act the form means, at the step of the turn that its page showed. */
static rc
find_act(web_req *rq, const case_page *k, acting *x)
{
	str id = form_typed(&x->f, STR("act"));
	const service_step *step = NULL;

	if (!str_to_i64(form_typed(&x->f, STR("turn")), &x->turn))
		return RC_NOT_FOUND;
	for (size_t i = 0; i < k->v.turns.n; i++)
		if (k->v.turns.v[i].n == x->turn)
			step = service_step_find(k->v.service, k->v.turns.v[i].step);
	x->act = step ? service_act_find(step, id) : NULL;
	if (!x->act)
		return RC_NOT_FOUND;
	x->offer = NULL;
	for (size_t i = 0; i < k->offers.acts.n && k->v.turn == x->turn; i++)
		if (k->offers.acts.v[i].act == x->act)
			x->offer = &k->offers.acts.v[i];
	x->asked = ask_of(rq, &k->v);
	TRY(ask_add(&x->asked, x->act->q, x->act->nq));
	return offer_assessors(rq, k, x);
}

static bool
asks(const acting *x, str field_id)
{
	for (size_t i = 0; i < x->asked.item.n; i++)
		if (str_eq(x->asked.item.v[i].q->field->id, field_id))
			return true;
	return false;
}

/* What was refused, at its field where it has one. */
static rc
refused(web_req *rq, case_page *k, acting *x)
{
	kase_problems problems = x->asked.problems;

	if (problems.n == 0 && asks(x, rq->fault->field)) {
		fault *why = arena_new(rq->a, fault);
		fault_copy(why, rq->fault);
		*vec_add(rq->a, &problems) = (kase_problem){.about = why->field, .why = why};
	} else if (problems.n == 0) {
		fault_copy(form_wrong(&x->f), rq->fault);
	}
	fault_clear(rq->fault);
	TRY(case_open(rq, k));
	TRY(find_act(rq, k, x));
	if (!x->offer)
		return case_conflict(rq, k, x->turn);
	TRY(ask_read(&x->asked, ASK_DRAFT));
	x->asked.problems = problems;
	return act_form(rq, k, x, true);
}

static rc
acted(web_req *rq)
{
	case_page *k = rq->work;
	acting *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT)
		return case_conflict(rq, k, x->turn);
	if (r == RC_INVALID || r == RC_DENIED)
		return refused(rq, k, x);
	TRY(r);
	return case_done(rq, k, "acted");
}

static rc
do_act(web_req *rq, case_page *k, acting *x)
{
	x->in.at = case_at(rq, k);
	x->in.turn = x->turn;
	x->in.act = x->act->id;
	k->more = x;
	return house_write(rq, &(house_command){.fn = kase_act, .in = &x->in, .out = &x->out, .then = acted});
}

rc
case_act_post(web_req *rq)
{
	acting *x = arena_new(rq->a, acting);
	case_page *k = NULL;
	bool ask_why = false;

	x->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(case_of_post(rq, &k, &ask_why));
	if (ask_why)
		return web_see(rq, case_here(rq, k, ""));
	TRY(case_open(rq, k));
	TRY(find_act(rq, k, x));
	str step = form_typed(&x->f, STR("step"));
	if (!x->offer && str_eq(step, STR("save"))) /* posted twice is one act; else the command says no */
		return do_act(rq, k, x);
	if (!x->offer)
		return case_conflict(rq, k, x->turn);
	if (x->offer->rc != RC_OK && x->offer->signers.n == 0) {
		fault_copy(form_wrong(&x->f), x->offer->why);
		return act_form(rq, k, x, false);
	}
	if (step.n == 0)
		return act_form(rq, k, x, false);
	TRY(read_act(rq, x));
	if (str_eq(step, STR("edit"))) {
		x->f.errors.n = x->asked.problems.n = 0;
		return act_form(rq, k, x, true);
	}
	if (!form_ok(&x->f) || x->asked.problems.n)
		return act_form(rq, k, x, true);
	if (str_eq(step, STR("check")))
		return check_act(rq, k, x);
	return do_act(rq, k, x);
}

/* ---- beside ---- */

typedef struct turning {
	const char *what;
	kase_turn_in in;
	form f;
	int64_t out;
} turning;

typedef struct turn_kind {
	const char *what;
	store_fn *fn;
	int title, lead;
	bool office, warns;
} turn_kind;

static const turn_kind turn_kinds[] = {
	{"back", kase_take_back, 0, 0, false, false},
	{"over", kase_hand_over, MSG_CASE_OVER_TITLE, MSG_CASE_OVER_LEAD, true, false},
	{"void", kase_void, MSG_CASE_VOID_TITLE, MSG_CASE_VOID_LEAD, false, true},
};

static const turn_kind *
turn_kind_of(str what)
{
	for (size_t i = 0; i < LEN(turn_kinds); i++)
		if (str_eq(what, str_of(turn_kinds[i].what)))
			return &turn_kinds[i];
	return NULL;
}

static rc
turn_form(web_req *rq, const case_page *k, turning *x)
{
	const turn_kind *kind = turn_kind_of(str_of(x->what));
	BUG_ON(!kind);
	struct tpl_case_act_form page = {
		.title = kind->title ? desk_words(rq, kind->title) : desk_words(rq, MSG_CASE_BACK_LINK),
		.caption = caption_of(rq, k),
		.name = k->brief.name,
		.back = case_here(rq, k, ""),
		.action = case_here(rq, k, "/turns"),
		.bad = !form_ok(&x->f),
		.errors = desk_errors(rq, &x->f),
		.turn = x->in.turn,
		.field = STR("what"),
		.value = str_of(x->what),
		.lead = kind->lead && !kind->warns ? desk_words(rq, kind->lead) : STR(""),
		.warning = kind->warns ? desk_words(rq, kind->lead) : STR(""),
		.reasons = kind->title != 0,
		.reason = form_typed(&x->f, STR("reason")),
		.reason_hint = desk_words(rq, MSG_CASE_REASON_NEEDED),
		.reason_wrong = desk_wrong(rq, &x->f, "reason"),
		.office_wrong = desk_wrong(rq, &x->f, "office"),
		.go = kind->title ? desk_words(rq, kind->title) : desk_words(rq, MSG_CASE_BACK_LINK),
	};

	if (kind->office)
		page.offices = case_office_choices(rq, &k->offers.others, form_typed(&x->f, STR("office")));
	tpl_case_act_form(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

static rc
turned(web_req *rq)
{
	case_page *k = rq->work;
	turning *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT && rq->fault->id && str_eq(str_of(rq->fault->id), STR("kase.moved_on")))
		return case_conflict(rq, k, x->in.turn);
	if (r == RC_INVALID || r == RC_DENIED || r == RC_CONFLICT) {
		fault_copy(form_wrong(&x->f), rq->fault);
		fault_clear(rq->fault);
		TRY(case_open(rq, k));
		return turn_form(rq, k, x);
	}
	TRY(r);
	if (!str_eq(str_of(x->what), STR("void")))
		return case_done(rq, k, x->what);
	return web_see(rq, str_fmt(rq->a, "/desk/cases/%lld-%lld?done=again", (long long)k->brief.tenant,
				   (long long)x->out));
}

rc
case_more_post(web_req *rq)
{
	turning *x = arena_new(rq->a, turning);
	case_page *k = NULL;
	bool ask_why = false;

	x->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(case_of_post(rq, &k, &ask_why));
	if (ask_why)
		return web_see(rq, case_here(rq, k, ""));
	TRY(case_open(rq, k));
	const turn_kind *kind = turn_kind_of(form_typed(&x->f, STR("what")));
	if (!kind || !str_to_i64(form_typed(&x->f, STR("turn")), &x->in.turn))
		return RC_NOT_FOUND;
	x->what = kind->what;
	bool save = str_eq(form_typed(&x->f, STR("step")), STR("save"));
	if (kind->title && !save)
		return turn_form(rq, k, x);
	if (kind->title)
		x->in.reason =
			form_lines(&x->f, FIELD("reason", desk_words(rq, MSG_CASE_REASON)), REASON_MAX);
	if (kind->office && k->offers.others.n) {
		str id = form_text(&x->f, FIELD("office", desk_words(rq, MSG_CASE_OFFICE)), 20);
		if (id.n && !str_to_i64(id, &x->in.office))
			return RC_NOT_FOUND;
	}
	if (!form_ok(&x->f))
		return turn_form(rq, k, x);
	x->in.at = case_at(rq, k);
	k->more = x;
	return house_write(rq,
			   &(house_command){.fn = kind->fn, .in = &x->in, .out = &x->out, .then = turned});
}
