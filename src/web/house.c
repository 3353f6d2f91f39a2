/* house.c - see house.h. */
#include "web/house.h"

#include "base/vec.h"
#include "locale/msg_ids.h"
#include "web/components_tpl.h"
#include "web/guard.h"
#include "web/house_tpl.h"
#include "web/session.h"
#include "web/table.h"

/* Kept with the request. */
typedef struct own {
	db *d;
	const struct session *session;
	store_command command;
} own;

house *
house_of(const web_req *rq)
{
	return web_self(rq);
}

store *
house_store(const web_req *rq)
{
	return house_of(rq)->site->store;
}

const actor *
house_actor(const web_req *rq)
{
	static const actor nobody = {0};

	return rq->actor ? rq->actor : &nobody;
}

str
house_words(const web_req *rq, int id)
{
	return msg_text(rq->a, rq->lang, id, NULL);
}

str
house_words_of(const web_req *rq, int id, const char *name, str text)
{
	return msg_text(rq->a, rq->lang, id,
			(const fault_arg[]){{.name = name, .is_text = true, .s = text}, {0}});
}

static own *
own_of(web_req *rq)
{
	if (!rq->own)
		rq->own = arena_new(rq->a, own);
	return rq->own;
}

const struct session *
house_session(const web_req *rq)
{
	const own *o = rq->own;

	return o ? o->session : NULL;
}

void
house_keep_session(web_req *rq, const struct session *s)
{
	own_of(rq)->session = s;
}

rc
house_read(web_req *rq, db **out)
{
	own *o = own_of(rq);

	if (!o->d)
		TRY(store_read(house_store(rq), rq->a, rq->fault, &o->d));
	*out = o->d;
	return RC_OK;
}

void
house_read_end(web_req *rq)
{
	own *o = own_of(rq);

	if (o->d)
		store_read_end(house_store(rq), o->d);
	o->d = NULL;
}

/* ---- commands ---- */

static void
answered(store_command *c)
{
	web_finish(c->ctx);
}

static bool
is_key(str name)
{
	return str_eq(name, STR("csrf")) || str_eq(name, STR("request-key"));
}

/* What was asked, as a text: the same key with another input is refused. */
static str
input_of(web_req *rq)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < rq->http->form.n; i++) {
		if (is_key(rq->http->form.v[i].name))
			continue;
		buf_put(&b, rq->http->form.v[i].name);
		buf_c(&b, '=');
		buf_put(&b, rq->http->form.v[i].value);
		buf_c(&b, '\n');
	}
	return web_digest(rq, buf_str(&b));
}

rc
house_write(web_req *rq, const house_command *k)
{
	own *o = own_of(rq);
	store *s = house_store(rq);
	bool found = false;
	bool keyed = !k->unkeyed && !rq->route->secret;
	str key = keyed ? url_value(&rq->http->form, STR("request-key"), &found) : STR("");

	if (store_queued(s) > STORE_QUEUE_MAX)
		return FAIL(rq->fault, RC_BUSY, "store.busy");
	house_read_end(rq);
	o->command = (store_command){
		.fn = k->fn,
		.in = k->in,
		.out = k->out,
		.a = rq->a,
		.now = rq->now,
		.plain = k->plain,
		.keys = k->keys,
		.nkeys = k->nkeys,
		.key = key,
		.actor = house_actor(rq)->account,
		.route = str_of(rq->route->path),
		.input = key.n ? input_of(rq) : STR(""),
		.done = answered,
		.ctx = rq,
	};
	rq->then = k->then;
	store_submit(s, &o->command);
	return RC_OK;
}

rc
house_written(web_req *rq, bool *repeated, str *result)
{
	const store_command *c = &own_of(rq)->command;

	if (repeated)
		*repeated = c->repeated;
	if (result)
		*result = c->result;
	if (c->rc != RC_OK)
		fault_copy(rq->fault, &c->fault);
	return c->rc;
}

/* ---- the hooks ---- */

static int64_t
hook_now(void *self)
{
	return site_now(((house *)self)->site);
}

static bool
hook_may(void *self, const web_req *rq, str permission)
{
	perm p;

	(void)self;
	BUG_ON(!perm_find(permission, &p));
	return perms_has(&house_actor(rq)->perms, p);
}

static str
hook_sign_in(void *self, web_req *rq)
{
	bool citizen = str_starts(rq->http->path, STR("/me")) || str_starts(rq->http->path, STR("/cases")) ||
		       str_starts(rq->http->path, STR("/applications"));
	buf b = buf_in(rq->a);

	(void)self;
	if (house_session(rq)) /* half way in */
		return STR("/sign-in/next");
	buf_put(&b, citizen ? STR("/me/sign-in") : STR("/sign-in"));
	if (str_eq(rq->http->method, STR("GET"))) {
		buf_lit(&b, "?back=");
		html_build_part(&b, web_here(rq));
	}
	return buf_str(&b);
}

typedef struct place {
	const char *href;
	int label;
	const char *permission; /* NULL: for everybody */
	bool staff;             /* not for applicants, who have some of the permissions over themselves */
	bool people;            /* not for staff */
} place;

/* The main navigation. A role sees the places it may enter. */
static const place places[] = {
	{"/", MSG_NAV_HOME, NULL},
	{"/services", MSG_SERVICES_TITLE, NULL, .people = true},
	{"/me", MSG_MINE_TITLE, "own.read"},
	{"/track", MSG_TRACK_TITLE, NULL, .people = true},
	{"/desk", MSG_NAV_DESK, NULL, true},
	{"/desk/people", MSG_NAV_PEOPLE, "person.read", true},
	{"/audit/looks", MSG_NAV_AUDIT, "look.read", true},
	{"/places", MSG_NAV_PLACES, NULL},
	{"/policy/definitions", MSG_DEFINITION_PAGE_TITLE, "policy.edit", true},
	{"/policy/definitions", MSG_DEFINITION_PAGE_TITLE, "policy.publish", true},
	{"/policy/tables", MSG_TABLES_TITLE, "policy.edit", true},
	{"/policy/tables", MSG_TABLES_TITLE, "policy.publish", true},
	{"/admin/accounts", MSG_ADMIN_ACCOUNTS, "account.read"},
	{"/admin/offices", MSG_ADMIN_OFFICES, "office.write"},
	{"/admin/status", MSG_ADMIN_STATUS_TITLE, "site.operate"},
	{"/admin/calendar", MSG_NAV_CALENDAR, "site.operate"},
	{"/admin/jobs", MSG_JOBS_TITLE, "site.operate"},
};

static str
account_page(const actor *who)
{
	return who->kind == ACTOR_STAFF       ? STR("/desk/account")
	       : who->kind == ACTOR_APPLICANT ? STR("/me/phone")
					      : (str){0};
}

static rc
hook_slowly(void *self, web_req *rq, void (*fn)(void *), void *p)
{
	(void)self;
	house_read_end(rq);
	return workers_run(door_of(rq)->workers, rq->fault, fn, p);
}

static const struct tpl_page *
hook_page(void *self, web_req *rq)
{
	static const str size[] = {
		[TEXT_NORMAL] = STR(""), [TEXT_LARGE] = STR("large"), [TEXT_XLARGE] = STR("xlarge")};
	const house *h = self;
	struct tpl_page *p = arena_new(rq->a, struct tpl_page);
	struct tpl_nav_link *nav = arena_array(rq->a, struct tpl_nav_link, LEN(places));
	size_t n = 0;

	for (size_t i = 0; i < LEN(places); i++) {
		str href = str_of(places[i].href);
		if (places[i].permission && !hook_may(self, rq, str_of(places[i].permission)))
			continue;
		if (places[i].people && house_actor(rq)->kind == ACTOR_STAFF)
			continue;
		if (places[i].staff && house_actor(rq)->kind != ACTOR_STAFF)
			continue;
		bool first = str_eq(href, STR("/")) || str_eq(href, STR("/desk"));
		bool current = first ? str_eq(rq->http->path, href) : str_starts(rq->http->path, href);
		nav[n++] = (struct tpl_nav_link){.href = href,
						 .label = msg_text(rq->a, rq->lang, places[i].label, NULL),
						 .current = current};
	}
	*p = (struct tpl_page){
		.site = rq->lang == MSG_EN ? h->site->name_en : h->site->name_zh,
		.home = STR("/"),
		.path = web_here(rq),
		.sheets = table_address(rq),
		.text_size = size[rq->modes.size],
		.contrast = rq->modes.contrast,
		.nav = {.v = nav, .n = n},
		.who = house_actor(rq)->name,
		.account = account_page(house_actor(rq)),
		.sign_out = rq->actor ? STR("/sign-out") : (str){0},
	};
	return p;
}

/* The form of a post that the machine could not keep, as it was sent: with its request key, so that it is one
 * act however often it is sent again. A form with a secret or a file is not repeated; what another site sent
 * is not ours to offer. */
static tpl_list_kept_field
kept_fields(web_req *rq)
{
	const url_pairs *form = &rq->http->form;
	bool ours = rq->route && !rq->route->secret && rq->route->takes != HTTP_UPLOAD &&
		    rq->route->takes != HTTP_RAW && !str_eq(rq->http->method, STR("GET")) &&
		    guard_same_site(rq->http);
	struct tpl_kept_field *v = arena_array(rq->a, struct tpl_kept_field, form->n + 1);
	size_t n = 0, keys = 0;

	for (size_t i = 0; ours && i < form->n; i++) {
		if (is_key(form->v[i].name) && keys++ >= 2)
			continue; /* sent again before: those of this page's first showing count */
		v[n++] = (struct tpl_kept_field){.name = form->v[i].name, .value = form->v[i].value};
	}
	return (tpl_list_kept_field){v, n};
}

static void
hook_error(void *self, web_req *rq, unsigned status)
{
	const house *h = self;
	bool fault_says = rq->fault->id && (status == 409 || status == 413 || status == 422 || status == 503);
	str say = fault_says ? fault_text(rq->a, rq->lang, rq->fault) : (str){0};
	struct tpl_error page = {.status = status, .say = say, .action = rq->http->raw_path};

	if (status >= 500 && h->log && rq->fault->id)
		log_fault(h->log, LOG_ERROR, rq->fault);
	if (status == 503)
		page.kept = kept_fields(rq);
	tpl_error(web_html(rq), &page);
}

web_hooks
house_hooks(house *h, void (*sessions)(void *self, web_req *rq))
{
	return (web_hooks){
		.self = h,
		.now = hook_now,
		.who = sessions,
		.may = hook_may,
		.sign_in = hook_sign_in,
		.page = hook_page,
		.slowly = h->door ? hook_slowly : NULL,
		.error = hook_error,
	};
}
