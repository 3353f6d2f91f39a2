/* sign_in.c - the staff's door: password, second factor, first password; signing out. */
#include "app/account/account.h"
#include "app/account/factor.h"
#include "app/account/password.h"
#include "locale/msg_ids.h"
#include "web/account/pages.h"
#include "web/scan.h"

tpl_list_field_error
one_error(const web_req *rq, const char *field, str words)
{
	struct tpl_field_error *e = arena_new(rq->a, struct tpl_field_error);

	*e = (struct tpl_field_error){.field = str_of(field), .text = words};
	return (tpl_list_field_error){.v = e, .n = words.n ? 1 : 0};
}

str
fault_words(const web_req *rq)
{
	return fault_text(rq->a, rq->lang, rq->fault);
}

bool
shown_on_page(rc r)
{
	return r == RC_LIMIT || r == RC_INVALID || r == RC_DENIED || r == RC_BUSY;
}

/* ---- name and password ---- */

typedef struct staff_try {
	web_req *rq;
	str back, password;
	sign_in_case c;
	rc checked;
	fault fault; /* the worker's */
	sign_in_done_in in;
	signed_in out;
} staff_try;

static rc
page_sign_in(web_req *rq, str back, str login, str wrong)
{
	tpl_sign_in(web_html(rq), &(struct tpl_sign_in){.back = back,
							.login = login,
							.wrong = wrong,
							.bad = wrong.n > 0,
							.errors = one_error(rq, "login", wrong)});
	return web_page(rq, wrong.n ? 422 : 200);
}

rc
sign_in_form(web_req *rq)
{
	return page_sign_in(rq, web_query(rq, STR("back")), STR(""), STR(""));
}

static rc
sign_in_answered(web_req *rq)
{
	staff_try *t = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_OK && t->out.wrong)
		return page_sign_in(rq, t->back, t->c.login,
				    msg_text(rq->a, rq->lang, MSG_ACCOUNT_SIGN_IN_WRONG, NULL));
	if (shown_on_page(r))
		return page_sign_in(rq, t->back, t->c.login, fault_words(rq));
	TRY(r);
	session_cookie(rq, t->in.secret.token, false);
	if (t->out.stage != SESSION_OPEN)
		return web_see(rq, STR("/sign-in/next"));
	return web_see(rq, url_is_local(t->back) ? t->back : STR(STAFF_HOME));
}

static rc
sign_in_checked(web_req *rq)
{
	staff_try *t = rq->work;

	if (t->checked != RC_OK)
		return page_sign_in(rq, t->back, t->c.login, fault_text(rq->a, rq->lang, &t->fault));
	t->in = (sign_in_done_in){.rules = &door_of(rq)->rules,
				  .c = &t->c,
				  .secret = session_draw(rq->a, door_crypto(rq)),
				  .place = session_place_of(rq)};
	return house_write(
		rq,
		&(house_command){.fn = sign_in_done, .in = &t->in, .out = &t->out, .then = sign_in_answered});
}

static void
sign_in_work(void *p)
{
	staff_try *t = p;

	t->checked = sign_in_check(&t->fault, &t->c, t->password);
	web_finish(t->rq);
}

rc
sign_in_post(web_req *rq)
{
	staff_try *t = arena_new(rq->a, staff_try);
	db *d = NULL;

	*t = (staff_try){
		.rq = rq, .back = form_field_of(rq, "back"), .password = form_field_of(rq, "password")};
	TRY(house_read(rq, &d));
	TRY(sign_in_read(d, rq->a, rq->fault,
			 &(sign_in_ask){&door_of(rq)->rules, form_field_of(rq, "login"), rq->http->remote},
			 &t->c));
	house_read_end(rq);
	rq->work = t;
	rq->then = sign_in_checked;
	return workers_run(door_of(rq)->workers, rq->fault, sign_in_work, t);
}

/* Whether it was still there or not: it is gone now. */
static rc
signed_out(web_req *rq)
{
	rc r = house_written(rq, NULL, NULL);

	if (r != RC_OK && r != RC_NOT_FOUND)
		return r;
	return web_see(rq, STR("/"));
}

rc
sign_out_post(web_req *rq)
{
	session_key *k = arena_new(rq->a, session_key);

	if (!house_session(rq))
		return web_see(rq, STR("/"));
	*k = session_key_of(rq);
	rq->work = k;
	session_forget(rq);
	return house_write(rq,
			   &(house_command){.fn = session_end, .in = k, .unkeyed = true, .then = signed_out});
}

/* ---- what is still to come ---- */

rc
page_new_password(web_req *rq, const char *action, str wrong)
{
	tpl_new_password(web_html(rq),
			 &(struct tpl_new_password){.action = str_of(action),
						    .wrong = wrong,
						    .bad = wrong.n > 0,
						    .errors = one_error(rq, "password", wrong)});
	return web_page(rq, wrong.n ? 422 : 200);
}

/* A demo site is tried by people without the account's device: its pages say the code, and no other site's.
 */
static bool
shows_codes(const web_req *rq)
{
	return house_of(rq)->site->kind == SITE_DEMO;
}

static rc
page_code(web_req *rq, str wrong)
{
	const session *s = house_session(rq);
	const factor_try whose = {.tenant = s->who.tenant, .account = s->who.account, .now = rq->now};
	str demo = {0};
	db *d = NULL;

	if (shows_codes(rq)) {
		TRY(house_read(rq, &d));
		TRY(factor_now(db_sealer(d), d, rq->a, rq->fault, &whose, &demo));
	}
	tpl_sign_in_code(web_html(rq), &(struct tpl_sign_in_code){.demo = demo,
								  .wrong = wrong,
								  .bad = wrong.n > 0,
								  .errors = one_error(rq, "code", wrong)});
	return web_page(rq, wrong.n ? 422 : 200);
}

static rc
draw_factor(web_req *rq, str base32, factor_new *out)
{
	const session *s = house_session(rq);
	const house *h = house_of(rq);
	db *d = NULL;

	TRY(house_read(rq, &d));
	return factor_draw(db_sealer(d), rq->a, rq->fault,
			   &(factor_owner){.tenant = s->who.tenant,
					   .account = s->who.account,
					   .login = s->who.name,
					   .issuer = h->site->name_zh,
					   .base32 = base32},
			   out);
}

static rc
page_factor(web_req *rq, const factor_new *fac, str wrong)
{
	struct tpl_new_factor page = {.secret = fac->base32,
				      .wrong = wrong,
				      .bad = wrong.n > 0,
				      .errors = one_error(rq, "code", wrong)};
	str label = msg_text(rq->a, rq->lang, MSG_SIGN_IN_FACTOR_SCAN, NULL);

	if (shows_codes(rq))
		page.demo = totp_text(rq->a, fac->secret, rq->now / (TOTP_SECONDS * 1000));
	TRY(scan_code(web_html(rq), rq->a, rq->fault, fac->uri, label, &page.scan));
	tpl_new_factor(web_html(rq), &page);
	return web_page(rq, wrong.n ? 422 : 200);
}

rc
next_form(web_req *rq)
{
	const session *s = house_session(rq);
	factor_new fac;

	if (!s)
		return web_see(rq, STR("/sign-in"));
	switch (s->stage) {
	case SESSION_FACTOR:
		return page_code(rq, STR(""));
	case SESSION_PASSWORD:
		return page_new_password(rq, "/sign-in/next", STR(""));
	case SESSION_ENROL:
		TRY(draw_factor(rq, STR(""), &fac));
		return page_factor(rq, &fac, STR(""));
	case SESSION_OPEN:
	case SESSION_STAGES:
		break;
	}
	return web_see(rq, STR(STAFF_HOME));
}

/* Kept over a command that gives the session a new token. */
typedef struct step {
	str token, wrong;
	factor_answer answer;
	factor_used used;
	factor_new fac;
	factor_set_in set;
	session_stage stage;
} step;

static rc
code_answered(web_req *rq)
{
	step *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_OK && k->used.wrong)
		return page_code(rq, msg_text(rq->a, rq->lang, MSG_SIGN_IN_FACTOR_WRONG, NULL));
	if (shown_on_page(r))
		return page_code(rq, fault_words(rq));
	if (r == RC_NOT_FOUND)
		return web_see(rq, STR("/sign-in"));
	TRY(r);
	session_cookie(rq, k->token, false);
	return web_see(rq, STR("/sign-in/next"));
}

static rc
code_post(web_req *rq, step *k)
{
	const session *s = house_session(rq);
	factor_answer *in = &k->answer;
	db *d = NULL;

	TRY(house_read(rq, &d));
	*in = (factor_answer){.roles = house_of(rq)->roles,
			      .session = session_key_of(rq),
			      .next = session_draw(rq->a, door_crypto(rq))};
	TRY(factor_read(db_sealer(d), d, rq->a, rq->fault,
			&(factor_try){.tenant = s->who.tenant,
				      .account = s->who.account,
				      .typed = form_field_of(rq, "code"),
				      .now = rq->now},
			&in->step, &in->hash));
	k->token = in->next.token;
	return house_write(
		rq, &(house_command){.fn = factor_check, .in = in, .out = &k->used, .then = code_answered});
}

static rc
factor_answered(web_req *rq)
{
	step *k = rq->work;
	struct tpl_recovery *v = arena_array(rq->a, struct tpl_recovery, RECOVERY_CODES);
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_NOT_FOUND)
		return web_see(rq, STR("/sign-in"));
	TRY(r);
	session_cookie(rq, k->token, false);
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		v[i].code = k->fac.recovery[i];
	tpl_recovery_codes(web_html(rq),
			   &(struct tpl_recovery_codes){.codes = {.v = v, .n = RECOVERY_CODES}});
	return web_page(rq, 200);
}

static rc
factor_post(web_req *rq, step *k)
{
	TRY(draw_factor(rq, form_field_of(rq, "secret"), &k->fac));
	str typed = password_code_fold(rq->a, form_field_of(rq, "code"));
	int64_t at = totp_match(k->fac.secret, typed, rq->now, 0);
	if (at == 0)
		return page_factor(rq, &k->fac, msg_text(rq->a, rq->lang, MSG_SIGN_IN_FACTOR_WRONG, NULL));
	k->set = (factor_set_in){.roles = house_of(rq)->roles,
				 .session = session_key_of(rq),
				 .next = session_draw(rq->a, door_crypto(rq)),
				 .factor = &k->fac,
				 .step = at};
	k->token = k->set.next.token;
	return house_write(rq, &(house_command){.fn = factor_set,
						.in = &k->set,
						.out = &k->stage,
						.keys = k->fac.has_key ? &k->fac.key : NULL,
						.nkeys = k->fac.has_key,
						.then = factor_answered});
}

rc
next_post(web_req *rq)
{
	const session *s = house_session(rq);
	step *k = arena_new(rq->a, step);

	if (!s)
		return web_see(rq, STR("/sign-in"));
	rq->work = k;
	if (s->stage == SESSION_FACTOR)
		return code_post(rq, k);
	if (s->stage == SESSION_PASSWORD)
		return change_password(rq, "/sign-in/next", "/sign-in/next");
	if (s->stage == SESSION_ENROL)
		return factor_post(rq, k);
	return web_see(rq, STR(STAFF_HOME));
}
