/* me.c - the applicant's door: a code to the phone, or the code of a letter. */
#include "app/account/applicant.h"

#include "app/account/account.h"
#include "app/account/outbox.h"
#include "app/region/tenant.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/account/pages.h"

/* Kept over the command. */
typedef struct knock {
	str phone, shown;
	str back, kept; /* where he wanted to go, and what he was about to send there */
	applicant_case c;
	applicant_check in;
	signed_in out;
} knock;

static rc
page_phone(web_req *rq, const knock *k, const char *field, str wrong)
{
	tpl_me_sign_in(web_html(rq), &(struct tpl_me_sign_in){.phone = k->phone,
							      .back = k->back,
							      .kept = k->kept,
							      .wrong = wrong,
							      .bad = wrong.n > 0,
							      .errors = one_error(rq, field, wrong)});
	return web_page(rq, wrong.n ? 422 : 200);
}

static rc
page_code(web_req *rq, const knock *k, str wrong)
{
	tpl_me_code(web_html(rq), &(struct tpl_me_code){.phone = k->phone,
							.shown = k->shown,
							.back = k->back,
							.kept = k->kept,
							.wrong = wrong,
							.bad = wrong.n > 0,
							.errors = one_error(rq, "code", wrong)});
	return web_page(rq, wrong.n ? 422 : 200);
}

rc
me_form(web_req *rq)
{
	const knock k = {.phone = STR(""), .back = web_query(rq, STR("back")), .kept = STR("")};

	return page_phone(rq, &k, "phone", STR(""));
}

/* ---- a form that was sent after the session had ended ---- */

/* Its fields as one text; they travel through the door in the pages and are kept nowhere else. */
static str
kept_of(web_req *rq)
{
	const url_pairs *in = &rq->http->form;
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < in->n; i++) {
		if (str_eq(in->v[i].name, STR("csrf")))
			continue;
		if (buf_str(&b).n)
			buf_c(&b, '&');
		url_escape(&b, in->v[i].name);
		buf_c(&b, '=');
		url_escape(&b, in->v[i].value);
	}
	return base64_encode(rq->a, BASE64_BARE, buf_str(&b));
}

rc
me_keep_post(web_req *rq)
{
	const knock k = {.phone = STR(""), .back = rq->http->path, .kept = kept_of(rq)};

	if (!str_starts(rq->http->path, STR("/applications")) && !str_starts(rq->http->path, STR("/cases")))
		return RC_NOT_FOUND;
	return page_phone(rq, &k, "phone", STR(""));
}

static rc
page_go_on(web_req *rq, const knock *k)
{
	url_pairs pairs = {0};
	str text;

	if (!base64_decode(rq->a, BASE64_BARE, k->kept, &text) ||
	    !url_decode_pairs(rq->a, text, URL_PAIRS_MAX, &pairs))
		return web_see(rq, k->back);
	struct tpl_kept_field *v = arena_array(rq->a, struct tpl_kept_field, pairs.n);
	size_t n = 0;
	for (size_t i = 0; i < pairs.n; i++)
		if (!str_eq(pairs.v[i].name, STR("request-key")))
			v[n++] = (struct tpl_kept_field){pairs.v[i].name, pairs.v[i].value};
	tpl_me_go_on(web_html(rq), &(struct tpl_me_go_on){.back = k->back, .fields = {v, n}});
	return web_page(rq, 200);
}

static knock *
knock_of(web_req *rq, str phone)
{
	knock *k = arena_new(rq->a, knock);

	*k = (knock){.phone = phone, .back = form_field_of(rq, "back"), .kept = form_field_of(rq, "kept")};
	return k;
}

/* The account of a phone whose person is not known yet belongs to no county: it stands under the nation's
 * number. */
static applicant_ask
ask_of(web_req *rq)
{
	return (applicant_ask){.tenant = TENANT_OF_NATION,
			       .who = form_field_of(rq, "phone"),
			       .code = form_field_of(rq, "code"),
			       .source = rq->http->remote,
			       .id = store_id(house_store(rq), rq->now)};
}

static rc
code_sent(web_req *rq)
{
	const knock *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (shown_on_page(r))
		return page_phone(rq, k, "phone", fault_words(rq));
	TRY(r);
	return page_code(rq, k, STR(""));
}

rc
me_post(web_req *rq)
{
	applicant_ask ask = ask_of(rq);
	knock *k = knock_of(rq, ask.who);
	db *d = NULL;

	rq->work = k;
	TRY(house_read(rq, &d));
	rc r = sign_in_by_phone.prepare_start(db_sealer(d), rq->a, rq->fault, &ask, &k->c);
	if (r == RC_INVALID)
		return page_phone(rq, k, "phone", fault_words(rq));
	TRY(r);
	k->shown = k->c.shown;
	return house_write(rq, &(house_command){.fn = sign_in_by_phone.start,
						.in = &k->c,
						.keys = &k->c.key,
						.nkeys = 1,
						.then = code_sent});
}

/* ---- the answer ---- */

static rc
open_door(web_req *rq, const sign_in_adapter *by, web_handler then)
{
	applicant_ask ask = ask_of(rq);
	knock *k = knock_of(rq, ask.who);
	db *d = NULL;
	str phone = STR("");

	if (phone_fold(rq->a, ask.who, &phone))
		k->shown = phone_masked(rq->a, phone);
	rq->work = k;
	TRY(house_read(rq, &d));
	TRY(by->prepare_check(db_sealer(d), rq->a, rq->fault, &ask, &k->c));
	k->in = (applicant_check){.rules = &door_of(rq)->rules,
				  .c = &k->c,
				  .secret = session_draw(rq->a, door_crypto(rq)),
				  .place = session_place_of(rq)};
	return house_write(rq, &(house_command){.fn = by->check, .in = &k->in, .out = &k->out, .then = then});
}

static rc
inside(web_req *rq)
{
	const knock *k = rq->work;

	session_cookie(rq, k->in.secret.token, true);
	rq->session = k->in.secret.csrf; /* what the tokens of this reply are bound to */
	if (!url_is_local(k->back))
		return web_see(rq, STR("/me"));
	return k->kept.n ? page_go_on(rq, k) : web_see(rq, k->back);
}

static rc
code_answered(web_req *rq)
{
	const knock *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_OK && !k->out.wrong)
		return inside(rq);
	if (r == RC_OK)
		return page_code(rq, k, msg_text(rq->a, rq->lang, MSG_SIGN_IN_ME_WRONG, NULL));
	return shown_on_page(r) ? page_code(rq, k, fault_words(rq)) : r;
}

rc
me_code_post(web_req *rq)
{
	rc r = open_door(rq, &sign_in_by_phone, code_answered);

	return r == RC_INVALID ? page_code(rq, rq->work, fault_words(rq)) : r;
}

static rc
letter_answered(web_req *rq)
{
	const knock *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_OK && !k->out.wrong)
		return inside(rq);
	if (r == RC_OK)
		return page_phone(rq, k, "code", msg_text(rq->a, rq->lang, MSG_SIGN_IN_LETTER_WRONG, NULL));
	return shown_on_page(r) ? page_phone(rq, k, "code", fault_words(rq)) : r;
}

rc
me_letter_post(web_req *rq)
{
	rc r = open_door(rq, &sign_in_by_letter, letter_answered);

	return r == RC_INVALID ? page_phone(rq, rq->work, "code", fault_words(rq)) : r;
}

/* ---- what a demo site would have sent ---- */

rc
outbox_form(web_req *rq)
{
	outbox_lines lines;
	db *d = NULL;

	if (house_of(rq)->site->kind != SITE_DEMO)
		return RC_NOT_FOUND;
	TRY(house_read(rq, &d));
	TRY(outbox_read(db_sealer(d), d, rq->a, rq->fault, TENANT_OF_NATION, INT64_MAX, &lines));
	struct tpl_sent_message *v = arena_array(rq->a, struct tpl_sent_message, lines.n + 1);
	for (size_t i = 0; i < lines.n; i++)
		v[i] = (struct tpl_sent_message){
			.when = instant_str(rq->a, lines.v[i].created, false),
			.to = lines.v[i].shown,
			.words = outbox_words(rq->a, rq->lang, lines.v[i].message, lines.v[i].args)};
	tpl_outbox(web_html(rq), &(struct tpl_outbox){.messages = {.v = v, .n = lines.n}});
	return web_page(rq, 200);
}
