/* me_phone.c - the applicant's own phone: codes are sent, typed, and then it is his. */
#include "app/account/phone.h"

#include "locale/msg_ids.h"
#include "web/account/pages.h"
#include "web/form.h"
#include "web/me_phone_tpl.h"

/* Kept over the command. */
typedef struct turn {
	phone_ask ask;
	phone_state state;
	phone_change change;
	phone_done done;
} turn;

/* Staff have no phone here: to them there is no such page. */
static rc
begin(web_req *rq, turn **out)
{
	turn *k = arena_new(rq->a, turn);
	db *d = NULL;

	if (house_actor(rq)->kind != ACTOR_APPLICANT)
		return RC_NOT_FOUND;
	k->ask = (phone_ask){.by = house_actor(rq),
			     .phone = form_field_of(rq, "phone"),
			     .code = form_field_of(rq, "code"),
			     .old_phone = form_field_of(rq, "old-phone"),
			     .old_code = form_field_of(rq, "old-code"),
			     .source = rq->http->remote,
			     .id = {store_id(house_store(rq), rq->now), store_id(house_store(rq), rq->now)}};
	TRY(house_read(rq, &d));
	TRY(phone_state_read(d, rq->a, rq->fault, k->ask.by, &k->state));
	rq->work = *out = k;
	return RC_OK;
}

static str
error_at(web_req *rq, const form *f, const char *field)
{
	const fault *e = form_error(f, str_of(field));

	return e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

static tpl_list_field_error
summary(web_req *rq, const form *f)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, f->errors.n);

	for (size_t i = 0; i < f->errors.n; i++)
		v[i] = (struct tpl_field_error){.field = f->errors.v[i]->field,
						.text = fault_text(rq->a, rq->lang, f->errors.v[i])};
	return (tpl_list_field_error){v, f->errors.n};
}

static rc
show(web_req *rq, const turn *k, const form *f)
{
	bool saved = str_eq(rq->http->method, STR("GET")) && web_query(rq, STR("saved")).n;
	struct tpl_me_phone page = {.by_phone = k->state.by_phone,
				    .bound = k->state.bound,
				    .phones = k->state.phones,
				    .bad = f->errors.n > 0,
				    .errors = summary(rq, f),
				    .old = k->ask.old_phone,
				    .old_error = error_at(rq, f, "old-phone"),
				    .phone = k->ask.phone,
				    .phone_error = error_at(rq, f, "phone"),
				    .letter_error = error_at(rq, f, "code")};

	if (saved)
		page.saved = msg_text(rq->a, rq->lang, MSG_PHONE_SAVED, NULL);
	tpl_me_phone(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

/* "138****8000" of what was typed; empty: no number. */
static str
masked(web_req *rq, str typed)
{
	str phone;

	return phone_fold(rq->a, typed, &phone) ? phone_masked(rq->a, phone) : STR("");
}

static rc
show_codes(web_req *rq, const turn *k, const form *f)
{
	struct tpl_me_phone_codes page = {.bad = f->errors.n > 0,
					  .errors = summary(rq, f),
					  .two = k->state.by_phone,
					  .old = k->ask.old_phone,
					  .old_error = error_at(rq, f, "old-code"),
					  .old_shown = masked(rq, k->ask.old_phone),
					  .phone = k->ask.phone,
					  .shown = masked(rq, k->ask.phone),
					  .error = error_at(rq, f, "code")};

	tpl_me_phone_codes(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

/* Was it refused in a way that the page can say?  It is then a line of the form. */
static bool
refused(web_req *rq, form *f, rc r, const char *otherwise)
{
	fault *line;

	if (!shown_on_page(r) && r != RC_DENIED)
		return false;
	line = form_wrong(f);
	fault_copy(line, rq->fault);
	if (line->field.n == 0)
		line->field = str_of(otherwise);
	fault_clear(rq->fault);
	return true;
}

static void
wrong_code(web_req *rq, form *f, const char *field, str phone)
{
	(void)FAIL(form_wrong(f), RC_INVALID, "phone.wrong", FA_FIELD(str_of(field)),
		   FA_STR("shown", masked(rq, phone)));
}

rc
phone_form(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	turn *k = NULL;

	TRY(begin(rq, &k));
	return show(rq, k, &f);
}

/* ---- the codes ---- */

static rc
sent(web_req *rq)
{
	const turn *k = rq->work;
	form f = form_of(rq->a, &rq->http->form, rq->now);
	rc r = house_written(rq, NULL, NULL);

	if (refused(rq, &f, r, "phone"))
		return show(rq, k, &f);
	TRY(r);
	return show_codes(rq, k, &f);
}

rc
phone_post(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	turn *k = NULL;
	db *d = NULL;

	TRY(begin(rq, &k));
	TRY(house_read(rq, &d));
	rc r = phone_prepare_send(db_sealer(d), rq->a, rq->fault, &k->ask, k->state.by_phone, &k->change);
	if (refused(rq, &f, r, "phone"))
		return show(rq, k, &f);
	TRY(r);
	return house_write(rq, &(house_command){.fn = phone_send,
						.in = &k->change,
						.keys = k->change.key,
						.nkeys = k->change.nkeys,
						.then = sent});
}

static rc
answered(web_req *rq)
{
	const turn *k = rq->work;
	form f = form_of(rq->a, &rq->http->form, rq->now);
	rc r = house_written(rq, NULL, NULL);

	if (refused(rq, &f, r, "code"))
		return show_codes(rq, k, &f);
	TRY(r);
	if (k->done.old_wrong)
		wrong_code(rq, &f, "old-code", k->ask.old_phone);
	if (k->done.wrong)
		wrong_code(rq, &f, "code", k->ask.phone);
	return form_ok(&f) ? web_see(rq, STR("/me/phone?saved=1")) : show_codes(rq, k, &f);
}

rc
phone_codes_post(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	turn *k = NULL;
	db *d = NULL;

	TRY(begin(rq, &k));
	TRY(house_read(rq, &d));
	rc r = phone_prepare_set(db_sealer(d), rq->a, rq->fault, &k->ask, k->state.by_phone, &k->change);
	if (refused(rq, &f, r, "code"))
		return show_codes(rq, k, &f);
	TRY(r);
	k->change.session = session_key_of(rq).hash;
	return house_write(
		rq, &(house_command){.fn = phone_set, .in = &k->change, .out = &k->done, .then = answered});
}

/* ---- a letter says whose phone this is ---- */

static rc
letter_read(web_req *rq)
{
	const turn *k = rq->work;
	form f = form_of(rq->a, &rq->http->form, rq->now);
	rc r = house_written(rq, NULL, NULL);

	if (refused(rq, &f, r, "code"))
		return show(rq, k, &f);
	TRY(r);
	if (!k->done.wrong)
		return web_see(rq, STR("/me/phone?saved=1"));
	(void)FAIL(form_wrong(&f), RC_INVALID, "sign_in.letter.wrong", FA_FIELD(STR("code")));
	return show(rq, k, &f);
}

rc
phone_letter_post(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	turn *k = NULL;
	db *d = NULL;

	TRY(begin(rq, &k));
	TRY(house_read(rq, &d));
	rc r = phone_prepare_letter(db_sealer(d), rq->a, rq->fault, &k->ask, &k->change);
	if (refused(rq, &f, r, "code"))
		return show(rq, k, &f);
	TRY(r);
	return house_write(
		rq,
		&(house_command){.fn = phone_letter, .in = &k->change, .out = &k->done, .then = letter_read});
}

/* ---- taken off ---- */

static rc
dropped(web_req *rq)
{
	const turn *k = rq->work;
	form f = form_of(rq->a, &rq->http->form, rq->now);
	rc r = house_written(rq, NULL, NULL);

	if (refused(rq, &f, r, "phone"))
		return show(rq, k, &f);
	TRY(r);
	if (!k->state.by_phone)
		return web_see(rq, STR("/me/phone?saved=1"));
	session_forget(rq); /* his own session ended with it */
	return web_see(rq, STR("/me/sign-in"));
}

rc
phone_drop_post(web_req *rq)
{
	turn *k = NULL;

	TRY(begin(rq, &k));
	k->change.by = k->ask.by;
	return house_write(rq, &(house_command){.fn = phone_drop, .in = &k->change, .then = dropped});
}
