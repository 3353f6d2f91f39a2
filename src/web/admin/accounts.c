/* accounts.c - who can sign in: listed, opened, renamed, closed, given a new code. */
#include "web/admin/accounts.h"

#include "app/account/account.h"
#include "app/account/password.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/admin/admin.h"
#include "web/session.h"

staff_ask
accounts_ask(const web_req *rq, int64_t tenant)
{
	return (staff_ask){.who = house_actor(rq), .tenant = tenant, .today = date_of_instant(rq->now)};
}

rc
accounts_this(web_req *rq, staff_member *m)
{
	int64_t tenant = 0, id = 0;
	db *d = NULL;

	TRY(web_param_ref(rq, STR("ref"), &tenant, &id));
	staff_ask ask = accounts_ask(rq, tenant);
	TRY(house_read(rq, &d));
	return staff_find(d, rq->a, rq->fault, &ask, id, m);
}

str
accounts_path(const web_req *rq, const staff_member *m, const char *tail)
{
	return str_fmt(rq->a, "/admin/accounts/%.*s%s", STR_ARG(sheet_ref(rq, m->tenant, m->id)), tail);
}

str
accounts_post_words(const web_req *rq, const staff_post *p)
{
	const fault_arg arg[] = {{.name = "role", .is_text = true, .s = sheet_role(rq, p->role)},
				 {.name = "office", .is_text = true, .s = p->office_name},
				 {0}};

	return msg_text(rq->a, rq->lang, MSG_ADMIN_POST_WORDS, arg);
}

str
accounts_dates(const web_req *rq, str from, str until)
{
	const fault_arg arg[] = {{.name = "from", .is_text = true, .s = from},
				 {.name = "until", .is_text = true, .s = until},
				 {0}};

	return msg_text(rq->a, rq->lang, until.n ? MSG_ADMIN_DATES : MSG_ADMIN_DATES_OPEN, arg);
}

bool
accounts_self(const web_req *rq, const staff_member *m)
{
	const actor *who = house_actor(rq);

	return who->account == m->id && who->tenant == m->tenant;
}

static bool
may_here(const web_req *rq, perm p)
{
	return perms_has(&house_actor(rq)->perms, p);
}

/* ---- the list ---- */

static str
posts_words(const web_req *rq, const staff_member *m)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < m->posts.n; i++) {
		if (i)
			buf_lit(&b, ", ");
		buf_put(&b, accounts_post_words(rq, &m->posts.v[i]));
	}
	return m->posts.n ? buf_str(&b) : sheet_words(rq, MSG_ADMIN_POSTS_NONE);
}

static rc
entered_words(web_req *rq, const staff_member *m, str *out)
{
	int64_t at = 0;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(staff_entered(d, rq->a, rq->fault, m, &at));
	*out = at ? instant_str(rq->a, at, false) : sheet_words(rq, MSG_ADMIN_NEVER);
	return RC_OK;
}

static str
factor_words(const web_req *rq, const staff_member *m)
{
	return sheet_words(rq, m->factor ? MSG_ADMIN_FACTOR_SET : MSG_ADMIN_FACTOR_NONE);
}

static rc
fill_rows(web_req *rq, const staff_members *hit, const sheet_rows *r, tpl_list_account_row *out)
{
	struct tpl_account_row *v = arena_array(rq->a, struct tpl_account_row, r->to - r->from);

	for (size_t i = r->from; i < r->to; i++) {
		const staff_member *m = &hit->v[i];
		struct tpl_account_row *row = &v[i - r->from];
		*row = (struct tpl_account_row){.href = accounts_path(rq, m, ""),
						.login = m->login,
						.name = m->name,
						.posts = posts_words(rq, m),
						.factor = factor_words(rq, m)};
		TRY(entered_words(rq, m, &row->used));
	}
	*out = (tpl_list_account_row){v, r->to - r->from};
	return RC_OK;
}

static rc
accounts(web_req *rq)
{
	static const int heads[] = {MSG_ADMIN_ACCOUNT_LOGIN, MSG_ADMIN_ACCOUNT_NAME, MSG_ADMIN_POSTS,
				    MSG_ADMIN_ACCOUNT_USED, MSG_ADMIN_ACCOUNT_FACTOR};
	str part = str_trim(web_query(rq, STR("q")));
	staff_ask ask = accounts_ask(rq, house_actor(rq)->tenant);
	staff_members all, hit = {0};
	buf base = buf_in(rq->a);
	sheet_rows r;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(staff_list(d, rq->a, rq->fault, &ask, &all));
	for (size_t i = 0; i < all.n; i++) {
		const staff_member *m = &all.v[i];
		if (part.n == 0 || str_find(m->login, part) >= 0 || str_find(m->name, part) >= 0)
			*vec_add(rq->a, &hit) = *m;
	}
	TRY(sheet_rows_of(rq, hit.n, &r));
	buf_lit(&base, "/admin/accounts?q=");
	html_build_part(&base, part);
	buf_lit(&base, "&page=");
	struct tpl_accounts page = {.may_write = may_here(rq, PERM_ACCOUNT_WRITE),
				    .q = part,
				    .found = (int64_t)hit.n,
				    .columns = sheet_columns(rq, heads, LEN(heads)),
				    .base = buf_str(&base),
				    .previous = r.page > 1 ? r.page - 1 : 0,
				    .next = r.page < r.pages ? r.page + 1 : 0,
				    .pages = r.pages,
				    .page = r.page,
				    .links = r.links};
	TRY(fill_rows(rq, &hit, &r, &page.rows));
	if (web_query(rq, STR("closed")).n)
		page.saved = sheet_words(rq, MSG_ADMIN_ACCOUNT_CLOSED);
	tpl_accounts(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- the form of a new one, and of a new name ---- */

static rc
show_form(web_req *rq, const form *f, struct tpl_account_form *p)
{
	p->errors = sheet_errors(rq, f, "login");
	p->bad = p->errors.n > 0;
	p->login_error = sheet_error(rq, f, "login");
	p->name_error = sheet_error(rq, f, "name");
	tpl_account_form(web_html(rq), p);
	return web_page(rq, p->bad ? 422 : 200);
}

static void
read_names(web_req *rq, form *f, str *login, str *name)
{
	*login = form_text(f, FIELD("login", sheet_words(rq, MSG_ADMIN_ACCOUNT_LOGIN)), LOGIN_MAX);
	*name = form_name(f, FIELD("name", sheet_words(rq, MSG_ADMIN_ACCOUNT_NAME)), ACCOUNT_NAME_MAX);
	if (login->n && !login_ok(*login))
		(void)FAIL(form_wrong(f), RC_INVALID, "account.login", FA_FIELD(STR("login")),
			   FA_INT("min", LOGIN_MIN), FA_INT("max", LOGIN_MAX));
}

static rc
check_names(web_req *rq, const char *action, str login, str name)
{
	static const char *const fields[] = {"login", "name", NULL};
	const struct tpl_answer answers[] = {
		{.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_LOGIN), .value = login},
		{.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_NAME), .value = name},
	};

	return sheet_show(rq, &(sheet){.title = sheet_words(rq, MSG_ADMIN_CHECK),
				       .action = str_of(action),
				       .back = str_of(action),
				       .go = sheet_words(rq, MSG_ADMIN_SAVE),
				       .answer = answers,
				       .answers = LEN(answers),
				       .kept = fields});
}

static rc
show_new(web_req *rq, const form *f)
{
	return show_form(rq, f,
			 &(struct tpl_account_form){.title = sheet_words(rq, MSG_ADMIN_ACCOUNT_NEW),
						    .action = STR("/admin/accounts/new"),
						    .back = STR("/admin/accounts"),
						    .login = form_typed(f, STR("login")),
						    .name = form_typed(f, STR("name"))});
}

static rc
new_form(web_req *rq)
{
	form f = sheet_form(rq);

	return show_new(rq, &f);
}

typedef struct opening {
	account_new in;
	int64_t id;
} opening;

static rc
opened(web_req *rq)
{
	const opening *k = rq->work;
	bool repeated = false;
	form f = sheet_form(rq);
	rc r = house_written(rq, &repeated, NULL);

	if (sheet_refused(rq, &f, r))
		return show_new(rq, &f);
	TRY(r);
	if (repeated)
		return web_see(rq, STR("/admin/accounts"));
	return web_see(rq, str_fmt(rq->a, "/admin/accounts/%.*s?saved=1",
				   STR_ARG(sheet_ref(rq, k->in.tenant, k->id))));
}

static rc
new_post(web_req *rq)
{
	opening *k = arena_new(rq->a, opening);
	form f = sheet_form(rq);

	if (sheet_step_of(rq) == SHEET_EDIT)
		return show_new(rq, &f);
	k->in = (account_new){
		.by = house_actor(rq), .roles = house_of(rq)->roles, .tenant = house_actor(rq)->tenant};
	read_names(rq, &f, &k->in.login, &k->in.name);
	if (!form_ok(&f))
		return show_new(rq, &f);
	if (sheet_step_of(rq) == SHEET_CHECK)
		return check_names(rq, "/admin/accounts/new", k->in.login, k->in.name);
	rq->work = k;
	return house_write(rq,
			   &(house_command){.fn = account_open, .in = &k->in, .out = &k->id, .then = opened});
}

/* ---- one account ---- */

static rc
list_posts(web_req *rq, const staff_member *m, struct tpl_account_page *page)
{
	struct tpl_post_row *v = arena_array(rq->a, struct tpl_post_row, m->posts.n);

	for (size_t i = 0; i < m->posts.n; i++) {
		const staff_post *p = &m->posts.v[i];
		str more = p->sensitive ? sheet_words(rq, MSG_ADMIN_POST_SENSITIVE) : STR(""), where;
		TRY(sheet_area_name(rq, p->area, &where));
		v[i] = (struct tpl_post_row){
			.title = sheet_role(rq, p->role),
			.office = p->office_name,
			.dates = accounts_dates(rq, p->from, p->until),
			.more = str_fmt(rq->a, "%.*s · %.*s%s%.*s", STR_ARG(sheet_line(rq, p->line)),
					STR_ARG(where), more.n ? " · " : "", STR_ARG(more)),
			.end = str_fmt(rq->a, "%.*s/%lld/end", STR_ARG(accounts_path(rq, m, "/posts")),
				       (long long)p->id),
			.deputy = str_fmt(rq->a, "%.*s/%lld/deputy", STR_ARG(accounts_path(rq, m, "/posts")),
					  (long long)p->id)};
	}
	page->posts = (tpl_list_post_row){v, m->posts.n};
	return RC_OK;
}

static str
name_of(const staff_members *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].id == id)
			return all->v[i].name;
	return STR("…"); /* of somebody this actor does not see */
}

static rc
list_deputies(web_req *rq, const staff_member *m, struct tpl_account_page *page)
{
	staff_ask ask = accounts_ask(rq, m->tenant);
	staff_deputies all;
	staff_members people;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(staff_deputies_of(d, rq->a, rq->fault, &ask, m->id, &all));
	TRY(staff_list(d, rq->a, rq->fault, &ask, &people));
	struct tpl_deputy_row *v = arena_array(rq->a, struct tpl_deputy_row, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const staff_deputy *k = &all.v[i];
		v[i] = (struct tpl_deputy_row){
			.title = str_fmt(rq->a, "%.*s · %.*s", STR_ARG(sheet_role(rq, k->role)),
					 STR_ARG(sheet_words(rq, k->leave ? MSG_ADMIN_DEPUTY_LEAVE
									  : MSG_ADMIN_DEPUTY_STANDING))),
			.who = str_fmt(rq->a, "%.*s → %.*s", STR_ARG(name_of(&people, k->holder)),
				       STR_ARG(name_of(&people, k->deputy))),
			.dates = accounts_dates(rq, k->from, k->until),
			.end = str_fmt(rq->a, "%.*s/%lld/end", STR_ARG(accounts_path(rq, m, "/deputies")),
				       (long long)k->id)};
	}
	page->deputies = (tpl_list_deputy_row){v, all.n};
	return RC_OK;
}

static rc
answers_of(web_req *rq, const staff_member *m, tpl_list_answer *out)
{
	struct tpl_answer *v = arena_array(rq->a, struct tpl_answer, 4);

	v[0] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_LOGIN), .value = m->login};
	v[1] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_NAME), .value = m->name};
	v[2] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_USED)};
	v[3] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_FACTOR),
				   .value = factor_words(rq, m)};
	*out = (tpl_list_answer){v, 4};
	return entered_words(rq, m, &v[2].value);
}

static rc
account_page(web_req *rq)
{
	staff_member m;

	TRY(accounts_this(rq, &m));
	bool self = accounts_self(rq, &m);
	struct tpl_account_page page = {.name = m.name,
					.may_write = !self && may_here(rq, PERM_ACCOUNT_WRITE),
					.may_grant = !self && may_here(rq, PERM_ACCOUNT_GRANT),
					.rename = accounts_path(rq, &m, "/rename"),
					.reset = accounts_path(rq, &m, "/reset"),
					.close = accounts_path(rq, &m, "/close"),
					.give = accounts_path(rq, &m, "/posts/new")};
	if (web_query(rq, STR("saved")).n)
		page.saved = sheet_words(rq, MSG_ADMIN_ACCOUNT_SAVED);
	TRY(answers_of(rq, &m, &page.answers));
	TRY(list_posts(rq, &m, &page));
	TRY(list_deputies(rq, &m, &page));
	tpl_account_page(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- another name ---- */

typedef struct renaming {
	staff_member m;
	account_edit in;
} renaming;

static rc
show_rename(web_req *rq, const staff_member *m, const form *f, str login, str name)
{
	return show_form(rq, f,
			 &(struct tpl_account_form){.title = sheet_words(rq, MSG_ADMIN_ACCOUNT_RENAME),
						    .action = accounts_path(rq, m, "/rename"),
						    .back = accounts_path(rq, m, ""),
						    .login = login,
						    .name = name});
}

static rc
rename_form(web_req *rq)
{
	form f = sheet_form(rq);
	staff_member m;

	TRY(accounts_this(rq, &m));
	return show_rename(rq, &m, &f, m.login, m.name);
}

static rc
renamed(web_req *rq)
{
	const renaming *k = rq->work;
	form f = sheet_form(rq);
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &f, r))
		return show_rename(rq, &k->m, &f, form_typed(&f, STR("login")), form_typed(&f, STR("name")));
	TRY(r);
	return web_see(rq, accounts_path(rq, &k->m, "?saved=1"));
}

static rc
rename_post(web_req *rq)
{
	renaming *k = arena_new(rq->a, renaming);
	form f = sheet_form(rq);

	TRY(accounts_this(rq, &k->m));
	k->in = (account_edit){
		.by = house_actor(rq), .roles = house_of(rq)->roles, .tenant = k->m.tenant, .id = k->m.id};
	if (sheet_step_of(rq) != SHEET_EDIT)
		read_names(rq, &f, &k->in.login, &k->in.name);
	if (!form_ok(&f) || sheet_step_of(rq) == SHEET_EDIT)
		return show_rename(rq, &k->m, &f, form_typed(&f, STR("login")), form_typed(&f, STR("name")));
	if (sheet_step_of(rq) == SHEET_CHECK)
		return check_names(rq, cstr(rq->a, accounts_path(rq, &k->m, "/rename")), k->in.login,
				   k->in.name);
	rq->work = k;
	return house_write(rq, &(house_command){.fn = account_rename, .in = &k->in, .then = renamed});
}

/* ---- closing ---- */

static rc
closing(web_req *rq, sheet_end *e)
{
	account_ref *in = arena_new(rq->a, account_ref);
	tpl_list_answer answers;
	staff_member m;

	TRY(accounts_this(rq, &m));
	TRY(answers_of(rq, &m, &answers));
	*in = (account_ref){
		.by = house_actor(rq), .roles = house_of(rq)->roles, .tenant = m.tenant, .id = m.id};
	*e = (sheet_end){.page = {.title = sheet_words(rq, MSG_ADMIN_ACCOUNT_CLOSE),
				  .action = accounts_path(rq, &m, "/close"),
				  .back = accounts_path(rq, &m, ""),
				  .warning = sheet_words(rq, MSG_ADMIN_ACCOUNT_CLOSE_WORDS),
				  .go = sheet_words(rq, MSG_ADMIN_ACCOUNT_CLOSE),
				  .answer = answers.v,
				  .answers = answers.n,
				  .danger = true},
			 .fn = account_close,
			 .in = in,
			 .to = STR("/admin/accounts?closed=1")};
	return RC_OK;
}

static rc
close_form(web_req *rq)
{
	return sheet_end_form(rq, closing);
}

static rc
close_post(web_req *rq)
{
	return sheet_end_post(rq, closing);
}

/* ---- a code for who has lost his password ---- */

typedef struct resetting {
	web_req *rq;
	staff_member m;
	password_reset_in in;
	str code;
	rc made;
	fault fault; /* the worker's */
} resetting;

static rc
show_reset(web_req *rq, const staff_member *m, const form *f)
{
	sheet_choices c = {0};
	struct tpl_account_reset page = {.action = accounts_path(rq, m, "/reset"),
					 .back = accounts_path(rq, m, ""),
					 .login = m->login,
					 .errors = sheet_errors(rq, f, "factor")};

	sheet_choice(rq, &c, STR("1"), sheet_words(rq, MSG_ADMIN_RESET_FORGET), form_typed(f, STR("factor")));
	page.factor = (tpl_list_choice){c.v, c.n};
	page.bad = page.errors.n > 0;
	tpl_account_reset(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

static rc
reset_form(web_req *rq)
{
	form f = sheet_form(rq);
	staff_member m;

	TRY(accounts_this(rq, &m));
	return show_reset(rq, &m, &f);
}

/* The code stands on this one page and nowhere else. */
static rc
reset_done(web_req *rq)
{
	const resetting *k = rq->work;
	const site *s = house_of(rq)->site;
	form f = sheet_form(rq);
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &f, r))
		return show_reset(rq, &k->m, &f);
	TRY(r);
	tpl_account_code(web_html(rq),
			 &(struct tpl_account_code){
				 .back = accounts_path(rq, &k->m, ""),
				 .site = rq->lang == MSG_EN ? s->name_en : s->name_zh,
				 .login = k->m.login,
				 .name = k->m.name,
				 .code = k->code,
				 .until = instant_str(rq->a, rq->now + PASSWORD_CODE_DAYS * INT64_C(86400000),
						      false)});
	return web_page(rq, 200);
}

static rc
reset_made(web_req *rq)
{
	resetting *k = rq->work;
	form f = sheet_form(rq);

	if (k->made != RC_OK) {
		fault_copy(form_wrong(&f), &k->fault);
		return show_reset(rq, &k->m, &f);
	}
	return house_write(rq, &(house_command){.fn = password_reset, .in = &k->in, .then = reset_done});
}

static void
reset_work(void *p)
{
	resetting *k = p;

	k->made = password_code_make(k->rq->a, &k->fault, &k->code, &k->in.hash);
	web_finish(k->rq);
}

static rc
reset_post(web_req *rq)
{
	resetting *k = arena_new(rq->a, resetting);
	form f = sheet_form(rq);

	k->rq = rq;
	TRY(accounts_this(rq, &k->m));
	k->in = (password_reset_in){.by = house_actor(rq),
				    .roles = house_of(rq)->roles,
				    .tenant = k->m.tenant,
				    .account = k->m.id,
				    .factor = form_ticked(&f, STR("factor"))};
	house_read_end(rq);
	rq->work = k;
	rq->then = reset_made;
	return workers_run(door_of(rq)->workers, rq->fault, reset_work, k);
}

const web_route admin_account_routes[] = {
	{"GET", "/admin/accounts", accounts, "account.read", "Accounts of the federation"},
	{"GET", "/admin/accounts/new", new_form, "account.write", "A new account"},
	{"POST", "/admin/accounts/new", new_post, "account.write", "Check a new account, then open it"},
	{"GET", "/admin/accounts/{ref}", account_page, "account.read", "One account, its posts and deputies"},
	{"GET", "/admin/accounts/{ref}/rename", rename_form, "account.write", "Another name for an account"},
	{"POST", "/admin/accounts/{ref}/rename", rename_post, "account.write", "Check a name, then take it"},
	{"GET", "/admin/accounts/{ref}/close", close_form, "account.write", "Before an account is closed"},
	{"POST", "/admin/accounts/{ref}/close", close_post, "account.write", "Close an account"},
	{"GET", "/admin/accounts/{ref}/reset", reset_form, "account.write", "Before a password is reset"},
	{"POST", "/admin/accounts/{ref}/reset", reset_post, "account.write", "A code, shown once",
	 .secret = true},
	{0},
};
