/* track.c - where a case stands, and whether a certificate is valid, for who is not signed in. */
#include "app/kase/public.h"
#include "app/region/tenant.h"
#include "locale/msg_ids.h"
#include "web/account/mine.h"
#include "web/ask.h"
#include "web/form.h"
#include "web/occasion.h"
#include "web/public/public.h"
#include "web/track_tpl.h"

enum { NUMBER_MAX = 60, PROOF_MAX = 20, ASKER_MAX = 40 };

static tpl_list_field_error
errors_of(const web_req *rq, const form *f)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, f->errors.n);

	for (size_t i = 0; i < f->errors.n; i++)
		v[i] = (struct tpl_field_error){.field = f->errors.v[i]->field,
						.text = fault_text(rq->a, rq->lang, f->errors.v[i])};
	return (tpl_list_field_error){v, f->errors.n};
}

static str
wrong(const web_req *rq, const form *f, const char *name)
{
	const fault *e = form_error(f, str_of(name));

	return e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

/* ---- a case ---- */

typedef struct tracking {
	form f;
	kase_track_in in;
	kase_tracked out;
	applicant_case code; /* by phone */
} tracking;

static rc
page_track(web_req *rq, const tracking *k, struct tpl_track *t)
{
	t->number = form_typed(&k->f, STR("number"));
	t->proof = form_typed(&k->f, STR("proof"));
	t->mine = house_actor(rq)->kind != ACTOR_STAFF; /* an officer has no cases of his own here */
	t->bad = !form_ok(&k->f);
	t->errors = errors_of(rq, &k->f);
	t->number_wrong = wrong(rq, &k->f, "number");
	t->proof_wrong = wrong(rq, &k->f, "proof");
	tpl_track(web_html(rq), t);
	return web_page(rq, t->bad ? 422 : 200);
}

static rc
track_get(web_req *rq)
{
	const tracking k = {.f = form_of(rq->a, &rq->http->form, rq->now)};

	return page_track(rq, &k, &(struct tpl_track){0});
}

/* What a command or the phone said, at this field of the form. */
static void
wrong_at(web_req *rq, tracking *k, str name)
{
	fault *e = form_wrong(&k->f);

	fault_copy(e, rq->fault);
	e->field = name;
	fault_clear(rq->fault);
}

/* Which step it is in. */
static rc
page_found(web_req *rq, const tracking *k)
{
	const kase_tracked *o = &k->out;
	struct tpl_track t = {.service = ask_pair(rq, o->service->name)};
	str colour;

	t.state = mine_state(rq, o->service, o->state, o->step, o->outcome, &colour);
	t.colour = colour;
	if (o->since)
		t.since = house_words_of(rq, MSG_TRACK_SINCE, "day",
					 html_date_text(web_html(rq), date_of_instant(o->since)));
	t.day = occasion_own_words(rq, &o->expected);
	return page_track(rq, k, &t);
}

static rc
tracked(web_req *rq)
{
	tracking *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_LIMIT) {
		wrong_at(rq, k, STR("number"));
		return page_track(rq, k, &(struct tpl_track){0});
	}
	TRY(r);
	if (!k->out.found) {
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "track.nothing", FA_FIELD(STR("number")));
		return page_track(rq, k, &(struct tpl_track){0});
	}
	return page_found(rq, k);
}

static rc
track_post(web_req *rq)
{
	tracking *k = arena_new(rq->a, tracking);

	k->f = form_of(rq->a, &rq->http->form, rq->now);
	k->in = (kase_track_in){
		.number = form_text(&k->f, FIELD("number", house_words(rq, MSG_TRACK_NUMBER)), NUMBER_MAX),
		.proof = form_text(&k->f, FIELD("proof", house_words(rq, MSG_TRACK_PROOF)), PROOF_MAX),
		.source = rq->http->remote};
	if (!form_ok(&k->f))
		return page_track(rq, k, &(struct tpl_track){0});
	TRY(kases_of(rq, &k->in.house));
	rq->work = k;
	return house_write(rq,
			   &(house_command){.fn = kase_track, .in = &k->in, .out = &k->out, .then = tracked});
}

/* ---- by a code to the phone ---- */

static rc
page_phone(web_req *rq, const tracking *k)
{
	bool bad = !form_ok(&k->f);

	tpl_track_phone(web_html(rq), &(struct tpl_track_phone){.number = form_typed(&k->f, STR("number")),
								.phone = form_typed(&k->f, STR("phone")),
								.number_wrong = wrong(rq, &k->f, "number"),
								.phone_wrong = wrong(rq, &k->f, "phone"),
								.bad = bad,
								.errors = errors_of(rq, &k->f)});
	return web_page(rq, bad ? 422 : 200);
}

static rc
page_code(web_req *rq, const tracking *k)
{
	str typed = form_typed(&k->f, STR("phone")), phone = STR("");
	bool bad = !form_ok(&k->f), folds = phone_fold(rq->a, typed, &phone);

	tpl_track_code(web_html(rq),
		       &(struct tpl_track_code){.number = form_typed(&k->f, STR("number")),
						.phone = typed,
						.shown = folds ? phone_masked(rq->a, phone) : STR(""),
						.wrong = wrong(rq, &k->f, "code"),
						.bad = bad,
						.errors = errors_of(rq, &k->f)});
	return web_page(rq, bad ? 422 : 200);
}

static rc
track_phone_get(web_req *rq)
{
	const tracking k = {.f = form_of(rq->a, &rq->http->form, rq->now)};

	return page_phone(rq, &k);
}

/* Number and phone as typed; what is missing is noted in the form. */
static applicant_ask
sms_ask_of(web_req *rq, tracking *k)
{
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	k->in = (kase_track_in){
		.number = form_text(&k->f, FIELD("number", house_words(rq, MSG_TRACK_NUMBER)), NUMBER_MAX),
		.source = rq->http->remote,
		.phone = &k->code};
	rq->work = k;
	return (applicant_ask){
		.tenant = TENANT_OF_NATION,
		.who = form_text(&k->f, FIELD("phone", house_words(rq, MSG_TRACK_PHONE)), PROOF_MAX),
		.code = form_typed(&k->f, STR("code")),
		.source = rq->http->remote,
		.id = store_id(house_store(rq), rq->now)};
}

static rc
code_sent(web_req *rq)
{
	tracking *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_LIMIT) {
		wrong_at(rq, k, STR("phone"));
		return page_phone(rq, k);
	}
	TRY(r);
	return page_code(rq, k);
}

static rc
track_phone_post(web_req *rq)
{
	tracking *k = arena_new(rq->a, tracking);
	applicant_ask sms = sms_ask_of(rq, k);
	db *d = NULL;

	if (!form_ok(&k->f))
		return page_phone(rq, k);
	TRY(house_read(rq, &d));
	rc r = kase_track_draw(db_sealer(d), rq->a, rq->fault, k->in.number, &sms, &k->code);
	if (r == RC_INVALID) {
		wrong_at(rq, k, STR("phone"));
		return page_phone(rq, k);
	}
	TRY(r);
	return house_write(rq, &(house_command){.fn = kase_track_send,
						.in = &k->code,
						.keys = &k->code.key,
						.nkeys = 1,
						.then = code_sent});
}

static rc
code_answered(web_req *rq)
{
	tracking *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_LIMIT) {
		wrong_at(rq, k, STR("code"));
		return page_code(rq, k);
	}
	TRY(r);
	if (k->out.found)
		return page_found(rq, k);
	(void)FAIL(form_wrong(&k->f), RC_INVALID, "track.phone.nothing", FA_FIELD(STR("code")));
	return page_code(rq, k);
}

static rc
track_code_post(web_req *rq)
{
	tracking *k = arena_new(rq->a, tracking);
	applicant_ask sms = sms_ask_of(rq, k);
	db *d = NULL;

	if (!form_ok(&k->f))
		return page_phone(rq, k);
	TRY(house_read(rq, &d));
	rc r = kase_track_typed(db_sealer(d), rq->a, rq->fault, k->in.number, &sms, &k->code);
	if (r == RC_INVALID) {
		wrong_at(rq, k, STR("code"));
		return page_code(rq, k);
	}
	TRY(r);
	TRY(kases_of(rq, &k->in.house));
	return house_write(
		rq, &(house_command){.fn = kase_track, .in = &k->in, .out = &k->out, .then = code_answered});
}

/* ---- a certificate ---- */

typedef struct verifying {
	form f;
	certificate_ask in;
	certificate_said out;
	bool asked;
} verifying;

/* What the holder's code opens. */
static tpl_list_answer
opened(web_req *rq, const certificate_said *said)
{
	const catalogue *c = house_of(rq)->fields;
	const field *category = field_find(c, STR("category")), *level = field_find(c, STR("level"));
	struct tpl_answer *v = arena_array(rq->a, struct tpl_answer, 3);
	int32_t until = DATE_NONE;

	if (!said->opened || !category || !level)
		return (tpl_list_answer){0};
	(void)date_parse(said->expires, &until);
	v[0] = (struct tpl_answer){
		.key = rq->lang == MSG_EN ? category->en : category->name,
		.value = ask_text(rq, category, str_fmt(rq->a, "%lld", (long long)said->category))};
	v[1] = (struct tpl_answer){
		.key = rq->lang == MSG_EN ? level->en : level->name,
		.value = ask_text(rq, level, str_fmt(rq->a, "%lld", (long long)said->level))};
	v[2] = (struct tpl_answer){.key = house_words(rq, MSG_VERIFY_UNTIL),
				   .value = html_date_text(web_html(rq), until)};
	return (tpl_list_answer){v, 3};
}

static rc
page_verify(web_req *rq, const verifying *k)
{
	struct tpl_verify t = {.number = form_typed(&k->f, STR("number")),
			       .asker = form_typed(&k->f, STR("asker")),
			       .asked = k->asked,
			       .valid = k->out.valid,
			       .opened = opened(rq, &k->out),
			       .wrong = wrong(rq, &k->f, "number"),
			       .code_wrong = wrong(rq, &k->f, "code"),
			       .asker_wrong = wrong(rq, &k->f, "asker"),
			       .bad = !form_ok(&k->f),
			       .errors = errors_of(rq, &k->f)};

	tpl_verify(web_html(rq), &t);
	return web_page(rq, t.bad ? 422 : 200);
}

static rc
verify_get(web_req *rq)
{
	const verifying k = {.f = form_of(rq->a, &rq->http->form, rq->now)};

	return page_verify(rq, &k);
}

static rc
verified(web_req *rq)
{
	verifying *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_LIMIT || r == RC_INVALID) {
		fault *e = form_wrong(&k->f);
		fault_copy(e, rq->fault);
		if (!str_eq(e->field, STR("code")))
			e->field = STR("number");
		fault_clear(rq->fault);
		return page_verify(rq, k);
	}
	TRY(r);
	if (k->out.wrong_code)
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "verify.code.wrong", FA_FIELD(STR("code")));
	k->asked = form_ok(&k->f);
	return page_verify(rq, k);
}

static rc
verify_post(web_req *rq)
{
	verifying *k = arena_new(rq->a, verifying);

	k->f = form_of(rq->a, &rq->http->form, rq->now);
	k->in = (certificate_ask){
		.by = house_actor(rq),
		.number = form_text(&k->f, FIELD("number", house_words(rq, MSG_VERIFY_NUMBER)), NUMBER_MAX),
		.code = form_text(&k->f, OPTIONAL("code", house_words(rq, MSG_VERIFY_CODE)), PROOF_MAX),
		.asker = form_text(&k->f, OPTIONAL("asker", house_words(rq, MSG_VERIFY_ASKER)), ASKER_MAX),
		.source = rq->http->remote};
	if (!form_ok(&k->f))
		return page_verify(rq, k);
	rq->work = k;
	return house_write(
		rq,
		&(house_command){.fn = certificate_verify, .in = &k->in, .out = &k->out, .then = verified});
}

const web_route track_routes[] = {
	{"GET", "/track", track_get, "open", "Where a case stands, by its number"},
	{"POST", "/track", track_post, "open", "Where a case stands, by its number", .secret = true},
	{"GET", "/track/phone", track_phone_get, "open", "Where a case stands, by a code to the phone"},
	{"POST", "/track/phone", track_phone_post, "open", "Send that code", .secret = true},
	{"POST", "/track/code", track_code_post, "open", "Where a case stands, by that code", .secret = true},
	{"GET", "/verify", verify_get, "open", "Is a certificate valid?"},
	{"POST", "/verify", verify_post, "open", "Is a certificate valid?", .secret = true},
	{0},
};
