/* desk.c - my account: the post I act from, my password, where I am signed in. */
#include "app/account/account.h"
#include "app/account/password.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/account/pages.h"

/* Staff only; a session half way in goes on with its next step. */
static bool
at_desk(const web_req *rq)
{
	return house_actor(rq)->kind == ACTOR_STAFF;
}

static rc
to_door(web_req *rq)
{
	const session *s = house_session(rq);
	bool half_way = s && s->stage != SESSION_OPEN;

	return web_see(rq, half_way ? STR("/sign-in/next") : STR("/sign-in?back=/desk/account"));
}

static rc
list_posts(web_req *rq, db *d, tpl_list_choice *out)
{
	const actor *who = house_actor(rq);
	session_posts posts;

	TRY(session_posts_of(
		d, rq->a, rq->fault,
		&(session_whose){house_of(rq)->roles, who->tenant, who->account, date_of_instant(rq->now)},
		&posts));
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, posts.n + 1);
	for (size_t i = 0; i < posts.n; i++) {
		const session_post *p = &posts.v[i];
		str role_name = rq->lang == MSG_EN ? p->role->en : p->role->zh;
		str as = p->stands_for ? msg_text(rq->a, rq->lang, MSG_MY_POST_DEPUTY, NULL) : STR("");
		v[i] = (struct tpl_choice){.value = str_fmt(rq->a, "%lld", (long long)p->id),
					   .label = str_fmt(rq->a, "%.*s %.*s %.*s", STR_ARG(p->office),
							    STR_ARG(role_name), STR_ARG(as)),
					   .checked = p->id == who->post};
	}
	*out = (tpl_list_choice){.v = v, .n = posts.n};
	return RC_OK;
}

static rc
list_sessions(web_req *rq, db *d, tpl_list_my_session *out)
{
	session_lines lines;

	TRY(session_list(d, rq->a, rq->fault, house_actor(rq), rq->now, &lines));
	struct tpl_my_session *v = arena_array(rq->a, struct tpl_my_session, lines.n + 1);
	for (size_t i = 0; i < lines.n; i++)
		v[i] = (struct tpl_my_session){.handle = lines.v[i].hash,
					       .client = lines.v[i].client,
					       .source = lines.v[i].source,
					       .used = instant_str(rq->a, lines.v[i].used, false),
					       .here = str_eq(lines.v[i].hash, house_session(rq)->hash)};
	*out = (tpl_list_my_session){.v = v, .n = lines.n};
	return RC_OK;
}

rc
desk_form(web_req *rq)
{
	struct tpl_my_account page = {.name = house_actor(rq)->name};
	db *d = NULL;

	if (!at_desk(rq))
		return to_door(rq);
	TRY(house_read(rq, &d));
	TRY(list_posts(rq, d, &page.posts));
	TRY(list_sessions(rq, d, &page.sessions));
	tpl_my_account(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- another post ---- */

static rc
switched(web_req *rq)
{
	const session_turn *t = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_NOT_FOUND) /* the post has ended meanwhile: the page shows what is left */
		return web_see(rq, STR("/desk/account"));
	TRY(r);
	session_cookie(rq, t->next.token, false);
	return web_see(rq, STR("/desk/account"));
}

rc
desk_post_post(web_req *rq)
{
	session_turn *t = arena_new(rq->a, session_turn);

	if (!at_desk(rq))
		return to_door(rq);
	if (!str_to_i64(form_field_of(rq, "post"), &t->post) || t->post <= 0)
		return web_see(rq, STR("/desk/account"));
	t->roles = house_of(rq)->roles;
	t->old = session_key_of(rq);
	t->next = session_draw(rq->a, door_crypto(rq));
	rq->work = t;
	return house_write(
		rq, &(house_command){.fn = session_switch, .in = t, .unkeyed = true, .then = switched});
}

/* ---- the password ---- */

typedef struct renewal {
	web_req *rq;
	const char *action, *next;
	password_change change;
	rc made;
	fault fault; /* the worker's */
	str hash;
	password_set_in in;
	session_stage stage;
} renewal;

static rc
password_answered(web_req *rq)
{
	renewal *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_NOT_FOUND || r == RC_CONFLICT)
		return web_see(rq, STR("/sign-in"));
	TRY(r);
	session_cookie(rq, k->in.next.token, false);
	return web_see(rq, str_of(k->next));
}

static rc
password_made(web_req *rq)
{
	renewal *k = rq->work;

	if (k->made != RC_OK)
		return page_new_password(rq, k->action, fault_text(rq->a, rq->lang, &k->fault));
	k->in = (password_set_in){.roles = house_of(rq)->roles,
				  .session = session_key_of(rq),
				  .next = session_draw(rq->a, door_crypto(rq)),
				  .stored = k->change.stored,
				  .hash = k->hash};
	return house_write(
		rq, &(house_command){
			    .fn = password_set, .in = &k->in, .out = &k->stage, .then = password_answered});
}

static void
password_work(void *p)
{
	renewal *k = p;

	k->made = password_change_make(k->rq->a, &k->fault, &k->change, &k->hash);
	web_finish(k->rq);
}

rc
change_password(web_req *rq, const char *action, const char *next)
{
	const session *s = house_session(rq);
	renewal *k = arena_new(rq->a, renewal);
	db *d = NULL;

	*k = (renewal){.rq = rq, .action = action, .next = next};
	k->change.now = form_field_of(rq, "now");
	k->change.next = form_field_of(rq, "password");
	if (!str_eq(k->change.next, form_field_of(rq, "again")))
		return page_new_password(rq, action,
					 msg_text(rq->a, rq->lang, MSG_SIGN_IN_NEW_DIFFERS, NULL));
	TRY(house_read(rq, &d));
	TRY(password_stored(d, rq->a, rq->fault, s->who.tenant, s->who.account, &k->change.stored));
	if (s->stage == SESSION_PASSWORD) /* what is changed is a code, typed from paper */
		k->change.now = password_code_fold(rq->a, k->change.now);
	house_read_end(rq);
	rq->work = k;
	rq->then = password_made;
	return workers_run(door_of(rq)->workers, rq->fault, password_work, k);
}

rc
desk_password_form(web_req *rq)
{
	return at_desk(rq) ? page_new_password(rq, "/desk/account/password", STR("")) : to_door(rq);
}

rc
desk_password_post(web_req *rq)
{
	return at_desk(rq) ? change_password(rq, "/desk/account/password", "/desk/account") : to_door(rq);
}

/* ---- elsewhere ---- */

static rc
ended(web_req *rq)
{
	rc r = house_written(rq, NULL, NULL);

	if (r != RC_OK && r != RC_NOT_FOUND)
		return r;
	return web_see(rq, STR("/desk/account"));
}

rc
desk_end_post(web_req *rq)
{
	session_key *k = arena_new(rq->a, session_key);

	if (!at_desk(rq))
		return to_door(rq);
	*k = session_key_of(rq);
	k->hash = form_field_of(rq, "handle");
	rq->work = k;
	return house_write(rq, &(house_command){.fn = session_end, .in = k, .unkeyed = true, .then = ended});
}

const web_route account_routes[] = {
	{"GET", "/sign-in", sign_in_form, "open", "Staff sign in"},
	{"POST", "/sign-in", sign_in_post, "open", "Check name and password", .secret = true},
	{"GET", "/sign-in/next", next_form, "open", "What is still to come before a session is whole"},
	{"POST", "/sign-in/next", next_post, "open", "Second factor, first password, setting up a factor",
	 .secret = true},
	{"POST", "/sign-out", sign_out_post, "open", "End this session"},
	{"GET", "/me/sign-in", me_form, "open", "Applicants sign in by phone or letter"},
	{"POST", "/me/sign-in", me_post, "open", "Send a code to the phone", .secret = true},
	{"POST", "/me/sign-in/code", me_code_post, "open", "Check the code from the phone", .secret = true},
	{"POST", "/me/sign-in/letter", me_letter_post, "open", "Check the code from a letter",
	 .secret = true},
	{"GET", "/me/phone", phone_form, "own.read", "The phone an applicant signs in with"},
	{"POST", "/me/phone", phone_post, "own.read", "Send codes to the phones", .secret = true},
	{"POST", "/me/phone/codes", phone_codes_post, "own.read", "Bind or change the phone", .secret = true},
	{"POST", "/me/phone/letter", phone_letter_post, "own.read", "A letter says whose phone it is",
	 .secret = true},
	{"POST", "/me/phone/drop", phone_drop_post, "own.read", "Take the phone off"},
	{"GET", "/demo/outbox", outbox_form, "open", "What a demo site would have sent"},
	{"GET", "/desk/account", desk_form, "open", "My posts, password and sessions"},
	{"POST", "/desk/account/post", desk_post_post, "open", "Act from another of my posts"},
	{"GET", "/desk/account/password", desk_password_form, "open", "Change my password"},
	{"POST", "/desk/account/password", desk_password_post, "open", "Change my password", .secret = true},
	{"POST", "/desk/account/end", desk_end_post, "open", "End another session of mine"},
	{0},
};
