/* posts.c - posts given and ended, deputies named and ended. */
#include "app/account/grant.h"

#include "app/organisation/organisation.h"
#include "app/region/region.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/admin/accounts.h"
#include "web/admin/admin.h"
#include "web/session.h"

/* ---- giving ---- */

typedef struct giving {
	staff_member m;
	grant_new in;
	str office_name;
	int64_t id;
} giving;

/* The roles that this administrator's own role may give. */
static sheet_choices
role_choices(const web_req *rq, const form *f)
{
	const roles *all = house_of(rq)->roles;
	const role *mine = house_actor(rq)->role;
	sheet_choices c = {0};

	for (size_t i = 0; i < all->n; i++)
		if (mine && role_grants(mine, &all->v[i]))
			sheet_choice(rq, &c, all->v[i].id, sheet_role(rq, all->v[i].id),
				     form_typed(f, STR("role")));
	return c;
}

static rc
office_choices(web_req *rq, const staff_member *m, const form *f, sheet_choices *c)
{
	office_views all;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(office_list(d, rq->a, rq->fault, house_actor(rq), m->tenant, &all));
	for (size_t i = 0; i < all.n; i++)
		sheet_choice(
			rq, c, str_fmt(rq->a, "%lld", (long long)all.v[i].id),
			str_fmt(rq->a, "%.*s · %.*s", STR_ARG(all.v[i].name),
				STR_ARG(sheet_named(rq, "admin.kind.", office_kind_names[all.v[i].kind]))),
			form_typed(f, STR("office")));
	return RC_OK;
}

static sheet_choices
line_choices(const web_req *rq, const form *f)
{
	const roles *all = house_of(rq)->roles;
	sheet_choices c = {0};

	sheet_choice(rq, &c, STR(""), sheet_words(rq, MSG_ADMIN_LINE_ALL), form_typed(f, STR("line")));
	for (size_t i = 0; i < all->nlines; i++)
		sheet_choice(rq, &c, all->line[i].id, sheet_line(rq, all->line[i].id),
			     form_typed(f, STR("line")));
	return c;
}

static void
fill_dates(web_req *rq, const form *f, struct tpl_post_form *p)
{
	ymd today = date_ymd(date_of_instant(rq->now));
	bool fresh = f->in->n == 0; /* the page is opened: from today on */

	p->from_year = fresh ? str_fmt(rq->a, "%d", today.y) : form_typed(f, STR("from-year"));
	p->from_month = fresh ? str_fmt(rq->a, "%d", today.m) : form_typed(f, STR("from-month"));
	p->from_day = fresh ? str_fmt(rq->a, "%d", today.d) : form_typed(f, STR("from-day"));
	p->until_year = form_typed(f, STR("until-year"));
	p->until_month = form_typed(f, STR("until-month"));
	p->until_day = form_typed(f, STR("until-day"));
}

static rc
show_give(web_req *rq, const staff_member *m, const form *f)
{
	sheet_choices can = role_choices(rq, f), lines = line_choices(rq, f), offices = {0}, sees = {0};
	struct tpl_post_form p = {.action = accounts_path(rq, m, "/posts/new"),
				  .back = accounts_path(rq, m, ""),
				  .who = str_fmt(rq->a, "%.*s %.*s", STR_ARG(m->login), STR_ARG(m->name)),
				  .errors = sheet_errors(rq, f, "role"),
				  .area = form_typed(f, STR("area")),
				  .role_error = sheet_error(rq, f, "role"),
				  .office_error = sheet_error(rq, f, "office"),
				  .line_error = sheet_error(rq, f, "line"),
				  .area_error = sheet_error(rq, f, "area"),
				  .from_error = sheet_error(rq, f, "from"),
				  .until_error = sheet_error(rq, f, "until"),
				  .sensitive_error = sheet_error(rq, f, "sensitive")};

	TRY(office_choices(rq, m, f, &offices));
	sheet_choice(rq, &sees, STR("1"), sheet_words(rq, MSG_ADMIN_POST_SENSITIVE),
		     form_typed(f, STR("sensitive")));
	p.roles = (tpl_list_choice){can.v, can.n};
	p.offices = (tpl_list_choice){offices.v, offices.n};
	p.lines = (tpl_list_choice){lines.v, lines.n};
	p.sensitive = (tpl_list_choice){sees.v, sees.n};
	p.bad = p.errors.n > 0;
	fill_dates(rq, f, &p);
	tpl_post_form(web_html(rq), &p);
	return web_page(rq, p.bad ? 422 : 200);
}

static rc
give_form(web_req *rq)
{
	form f = sheet_form(rq);
	staff_member m;

	TRY(accounts_this(rq, &m));
	return show_give(rq, &m, &f);
}

static interval
area_of(web_req *rq, form *f)
{
	str typed = form_text(f, OPTIONAL("area", sheet_words(rq, MSG_ADMIN_POST_AREA)), 20);
	fault probe = {0};
	int64_t code = 0;

	if (typed.n == 0)
		return (interval){0};
	if (region_code_parse(rq->a, &probe, typed, &code) != RC_OK) {
		(void)FAIL(form_wrong(f), RC_INVALID, "admin.area", FA_FIELD(STR("area")));
		return (interval){0};
	}
	return division_interval(code);
}

/* An office the actor sees; any other was never on the page. */
static rc
office_of(web_req *rq, form *f, giving *k)
{
	str typed = form_text(f, FIELD("office", sheet_words(rq, MSG_ADMIN_POST_OFFICE)), 20);
	office_view o;
	db *d = NULL;

	if (typed.n == 0)
		return RC_OK;
	TRY(house_read(rq, &d));
	rc r = str_to_i64(typed, &k->in.office)
		       ? office_read(d, rq->a, rq->fault, house_actor(rq), k->m.tenant, k->in.office, &o)
		       : RC_NOT_FOUND;
	if (r == RC_NOT_FOUND) {
		(void)FAIL(form_wrong(f), RC_INVALID, "admin.office_gone", FA_FIELD(STR("office")));
		return RC_OK;
	}
	TRY(r);
	k->office_name = o.name;
	return RC_OK;
}

static rc
read_give(web_req *rq, form *f, giving *k)
{
	k->in = (grant_new){.by = house_actor(rq),
			    .roles = house_of(rq)->roles,
			    .tenant = k->m.tenant,
			    .account = k->m.id};
	k->in.role = form_text(f, FIELD("role", sheet_words(rq, MSG_ADMIN_POST_ROLE)), 40);
	TRY(office_of(rq, f, k));
	k->in.line = form_text(f, OPTIONAL("line", sheet_words(rq, MSG_ADMIN_POST_LINE)), 40);
	k->in.area = area_of(rq, f);
	k->in.from = form_date(f, FIELD("from", sheet_words(rq, MSG_ADMIN_POST_FROM)));
	k->in.until = form_date(f, OPTIONAL("until", sheet_words(rq, MSG_ADMIN_POST_UNTIL)));
	k->in.sensitive = form_ticked(f, STR("sensitive"));
	return RC_OK;
}

/* What is carried from the comparison to the act; a box that was not ticked is not carried. */
static const char *const *
give_fields(const web_req *rq, bool sensitive)
{
	static const char *const fields[] = {"role",        "office",     "line",     "area",
					     "from-year",   "from-month", "from-day", "until-year",
					     "until-month", "until-day",  NULL};
	const char **with = arena_array(rq->a, const char *, LEN(fields) + 1);

	for (size_t i = 0; i < LEN(fields); i++)
		with[i] = fields[i];
	if (sensitive) {
		with[LEN(fields) - 1] = "sensitive";
		with[LEN(fields)] = NULL;
	}
	return with;
}

static rc
check_give(web_req *rq, const giving *k)
{
	const grant_new *g = &k->in;
	bool whole = g->area.lo == 0 && g->area.hi == 0;
	const struct tpl_answer answers[] = {
		{.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_LOGIN),
		 .value = str_fmt(rq->a, "%.*s %.*s", STR_ARG(k->m.login), STR_ARG(k->m.name))},
		{.key = sheet_words(rq, MSG_ADMIN_POST_ROLE), .value = sheet_role(rq, g->role)},
		{.key = sheet_words(rq, MSG_ADMIN_POST_OFFICE), .value = k->office_name},
		{.key = sheet_words(rq, MSG_ADMIN_POST_LINE), .value = sheet_line(rq, g->line)},
		{.key = sheet_words(rq, MSG_ADMIN_POST_AREA),
		 .value = whole ? sheet_words(rq, MSG_ADMIN_POST_AREA_WHOLE) : sheet_area(rq, &g->area, 1)},
		{.key = sheet_words(rq, MSG_ADMIN_POST_DATES),
		 .value = accounts_dates(rq, date_str(rq->a, g->from), date_str(rq->a, g->until))},
		{.key = sheet_words(rq, MSG_ADMIN_POST_SENSITIVE),
		 .value = sheet_words(rq, g->sensitive ? MSG_ADMIN_YES : MSG_ADMIN_NO)},
	};

	return sheet_show(rq, &(sheet){.title = sheet_words(rq, MSG_ADMIN_CHECK),
				       .action = accounts_path(rq, &k->m, "/posts/new"),
				       .back = accounts_path(rq, &k->m, ""),
				       .go = sheet_words(rq, MSG_ADMIN_POST_GIVE),
				       .answer = answers,
				       .answers = LEN(answers),
				       .kept = give_fields(rq, g->sensitive)});
}

static rc
given(web_req *rq)
{
	const giving *k = rq->work;
	form f = sheet_form(rq);
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &f, r))
		return show_give(rq, &k->m, &f);
	TRY(r);
	return web_see(rq, accounts_path(rq, &k->m, "?saved=1"));
}

static rc
give_post(web_req *rq)
{
	giving *k = arena_new(rq->a, giving);
	form f = sheet_form(rq);

	TRY(accounts_this(rq, &k->m));
	if (sheet_step_of(rq) == SHEET_EDIT)
		return show_give(rq, &k->m, &f);
	TRY(read_give(rq, &f, k));
	if (!form_ok(&f))
		return show_give(rq, &k->m, &f);
	if (sheet_step_of(rq) == SHEET_CHECK)
		return check_give(rq, k);
	rq->work = k;
	return house_write(rq,
			   &(house_command){.fn = grant_give, .in = &k->in, .out = &k->id, .then = given});
}

/* ---- one post ---- */

static rc
this_post(web_req *rq, staff_member *m, const staff_post **out)
{
	int64_t id = 0;

	TRY(accounts_this(rq, m));
	TRY(web_param_id(rq, STR("post"), &id));
	for (size_t i = 0; i < m->posts.n; i++)
		if (m->posts.v[i].id == id) {
			*out = &m->posts.v[i];
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

/* A post or a deputy's time ends today: `what` in one line. */
typedef struct last_day {
	int title, words;
	str what, from, until;
	int64_t id;
	store_fn *fn;
} last_day;

static void
end_of(web_req *rq, const staff_member *m, const last_day *k, sheet_end *e)
{
	struct tpl_answer *v = arena_array(rq->a, struct tpl_answer, 3);
	grant_end *in = arena_new(rq->a, grant_end);

	v[0] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_ACCOUNT_LOGIN),
				   .value = str_fmt(rq->a, "%.*s %.*s", STR_ARG(m->login), STR_ARG(m->name))};
	v[1] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_POST_ROLE), .value = k->what};
	v[2] = (struct tpl_answer){.key = sheet_words(rq, MSG_ADMIN_POST_DATES),
				   .value = accounts_dates(rq, k->from, k->until)};
	*in = (grant_end){
		.by = house_actor(rq), .roles = house_of(rq)->roles, .tenant = m->tenant, .id = k->id};
	*e = (sheet_end){.page = {.title = sheet_words(rq, k->title),
				  .action = rq->http->path,
				  .back = accounts_path(rq, m, ""),
				  .warning = sheet_words(rq, k->words),
				  .go = sheet_words(rq, k->title),
				  .answer = v,
				  .answers = 3,
				  .danger = true},
			 .fn = k->fn,
			 .in = in,
			 .to = accounts_path(rq, m, "?saved=1")};
}

static rc
post_end(web_req *rq, sheet_end *e)
{
	const staff_post *p = NULL;
	staff_member m;

	TRY(this_post(rq, &m, &p));
	last_day k = {.title = MSG_ADMIN_POST_END,
		      .words = MSG_ADMIN_POST_END_WORDS,
		      .what = accounts_post_words(rq, p),
		      .from = p->from,
		      .until = p->until,
		      .id = p->id,
		      .fn = grant_take};
	end_of(rq, &m, &k, e);
	return RC_OK;
}

static rc
end_form(web_req *rq)
{
	return sheet_end_form(rq, post_end);
}

static rc
end_post(web_req *rq)
{
	return sheet_end_post(rq, post_end);
}

/* ---- deputies ---- */

typedef struct naming {
	staff_member m;
	const staff_post *post;
	str who;
	deputy_new in;
	int64_t id;
} naming;

static const str reasons[] = {STR("leave"), STR("deputy")};

static rc
account_choices(web_req *rq, const staff_member *m, const form *f, sheet_choices *c)
{
	staff_ask ask = accounts_ask(rq, m->tenant);
	staff_members all;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(staff_list(d, rq->a, rq->fault, &ask, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id != m->id)
			sheet_choice(
				rq, c, str_fmt(rq->a, "%lld", (long long)all.v[i].id),
				str_fmt(rq->a, "%.*s %.*s", STR_ARG(all.v[i].name), STR_ARG(all.v[i].login)),
				form_typed(f, STR("account")));
	return RC_OK;
}

static rc
show_deputy(web_req *rq, const naming *k, const form *f)
{
	sheet_choices accounts = {0}, why = {0};
	struct tpl_post_form dates = {0};
	struct tpl_deputy_form p = {.action = rq->http->path,
				    .back = accounts_path(rq, &k->m, ""),
				    .post = accounts_post_words(rq, k->post),
				    .errors = sheet_errors(rq, f, "account"),
				    .account_error = sheet_error(rq, f, "account"),
				    .reason_error = sheet_error(rq, f, "reason"),
				    .from_error = sheet_error(rq, f, "from"),
				    .until_error = sheet_error(rq, f, "until")};

	TRY(account_choices(rq, &k->m, f, &accounts));
	for (size_t i = 0; i < LEN(reasons); i++)
		sheet_choice(rq, &why, reasons[i],
			     sheet_words(rq, i ? MSG_ADMIN_DEPUTY_STANDING : MSG_ADMIN_DEPUTY_LEAVE),
			     form_typed(f, STR("reason")));
	fill_dates(rq, f, &dates);
	p.accounts = (tpl_list_choice){accounts.v, accounts.n};
	p.reasons = (tpl_list_choice){why.v, why.n};
	p.from_year = dates.from_year;
	p.from_month = dates.from_month;
	p.from_day = dates.from_day;
	p.until_year = dates.until_year;
	p.until_month = dates.until_month;
	p.until_day = dates.until_day;
	p.bad = p.errors.n > 0;
	tpl_deputy_form(web_html(rq), &p);
	return web_page(rq, p.bad ? 422 : 200);
}

static rc
deputy_form(web_req *rq)
{
	form f = sheet_form(rq);
	naming k = {0};

	TRY(this_post(rq, &k.m, &k.post));
	return show_deputy(rq, &k, &f);
}

/* Only an account on the page's own list stands in for somebody. */
static rc
read_deputy(web_req *rq, form *f, naming *k)
{
	staff_ask ask = accounts_ask(rq, k->m.tenant);
	staff_member deputy;
	int64_t id = 0;
	db *d = NULL;
	str typed = form_text(f, FIELD("account", sheet_words(rq, MSG_ADMIN_DEPUTY_WHO)), 20);
	int why = form_choice(f, FIELD("reason", sheet_words(rq, MSG_ADMIN_DEPUTY_REASON)), reasons,
			      LEN(reasons));

	k->in = (deputy_new){.by = house_actor(rq),
			     .roles = house_of(rq)->roles,
			     .tenant = k->m.tenant,
			     .post = k->post->id,
			     .leave = why == 0};
	k->in.from = form_date(f, FIELD("from", sheet_words(rq, MSG_ADMIN_POST_FROM)));
	k->in.until = form_date(f, FIELD("until", sheet_words(rq, MSG_ADMIN_POST_UNTIL)));
	if (typed.n == 0)
		return RC_OK;
	TRY(house_read(rq, &d));
	rc r = str_to_i64(typed, &id) ? staff_find(d, rq->a, rq->fault, &ask, id, &deputy) : RC_NOT_FOUND;
	if (r == RC_NOT_FOUND) {
		(void)FAIL(form_wrong(f), RC_INVALID, "admin.account_gone", FA_FIELD(STR("account")));
		return RC_OK;
	}
	TRY(r);
	k->in.account = id;
	k->who = str_fmt(rq->a, "%.*s %.*s", STR_ARG(deputy.name), STR_ARG(deputy.login));
	return RC_OK;
}

static rc
check_deputy(web_req *rq, const naming *k)
{
	static const char *const fields[] = {"account",     "reason",    "from-year",
					     "from-month",  "from-day",  "until-year",
					     "until-month", "until-day", NULL};
	const struct tpl_answer answers[] = {
		{.key = sheet_words(rq, MSG_ADMIN_POST_ROLE), .value = accounts_post_words(rq, k->post)},
		{.key = sheet_words(rq, MSG_ADMIN_DEPUTY_HOLDER), .value = k->m.name},
		{.key = sheet_words(rq, MSG_ADMIN_DEPUTY_WHO), .value = k->who},
		{.key = sheet_words(rq, MSG_ADMIN_DEPUTY_REASON),
		 .value = sheet_words(rq, k->in.leave ? MSG_ADMIN_DEPUTY_LEAVE : MSG_ADMIN_DEPUTY_STANDING)},
		{.key = sheet_words(rq, MSG_ADMIN_POST_DATES),
		 .value = accounts_dates(rq, date_str(rq->a, k->in.from), date_str(rq->a, k->in.until))},
	};

	return sheet_show(rq, &(sheet){.title = sheet_words(rq, MSG_ADMIN_CHECK),
				       .action = rq->http->path,
				       .back = accounts_path(rq, &k->m, ""),
				       .go = sheet_words(rq, MSG_ADMIN_DEPUTY_NAME),
				       .answer = answers,
				       .answers = LEN(answers),
				       .kept = fields});
}

static rc
named(web_req *rq)
{
	const naming *k = rq->work;
	form f = sheet_form(rq);
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &f, r))
		return show_deputy(rq, k, &f);
	TRY(r);
	return web_see(rq, accounts_path(rq, &k->m, "?saved=1"));
}

static rc
deputy_post(web_req *rq)
{
	naming *k = arena_new(rq->a, naming);
	form f = sheet_form(rq);

	TRY(this_post(rq, &k->m, &k->post));
	if (sheet_step_of(rq) == SHEET_EDIT)
		return show_deputy(rq, k, &f);
	TRY(read_deputy(rq, &f, k));
	if (!form_ok(&f))
		return show_deputy(rq, k, &f);
	if (sheet_step_of(rq) == SHEET_CHECK)
		return check_deputy(rq, k);
	rq->work = k;
	return house_write(rq,
			   &(house_command){.fn = deputy_name, .in = &k->in, .out = &k->id, .then = named});
}

static rc
this_deputy(web_req *rq, staff_member *m, const staff_deputy **out)
{
	staff_deputies all;
	int64_t id = 0;
	db *d = NULL;

	TRY(accounts_this(rq, m));
	TRY(web_param_id(rq, STR("deputy"), &id));
	staff_ask ask = accounts_ask(rq, m->tenant);
	TRY(house_read(rq, &d));
	TRY(staff_deputies_of(d, rq->a, rq->fault, &ask, m->id, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == id) {
			*out = &all.v[i];
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

static rc
deputy_last_day(web_req *rq, sheet_end *e)
{
	const staff_deputy *d = NULL;
	staff_member m;

	TRY(this_deputy(rq, &m, &d));
	last_day k = {.title = MSG_ADMIN_DEPUTY_END,
		      .words = MSG_ADMIN_DEPUTY_END_WORDS,
		      .what = sheet_role(rq, d->role),
		      .from = d->from,
		      .until = d->until,
		      .id = d->id,
		      .fn = deputy_end};
	end_of(rq, &m, &k, e);
	return RC_OK;
}

static rc
deputy_end_form(web_req *rq)
{
	return sheet_end_form(rq, deputy_last_day);
}

static rc
deputy_end_post(web_req *rq)
{
	return sheet_end_post(rq, deputy_last_day);
}

const web_route admin_post_routes[] = {
	{"GET", "/admin/accounts/{ref}/posts/new", give_form, "account.grant", "A post for an account"},
	{"POST", "/admin/accounts/{ref}/posts/new", give_post, "account.grant", "Check a post, then give it"},
	{"GET", "/admin/accounts/{ref}/posts/{post}/end", end_form, "account.grant",
	 "Before a post is ended"},
	{"POST", "/admin/accounts/{ref}/posts/{post}/end", end_post, "account.grant", "End a post today"},
	{"GET", "/admin/accounts/{ref}/posts/{post}/deputy", deputy_form, "account.grant",
	 "Somebody to act from a post"},
	{"POST", "/admin/accounts/{ref}/posts/{post}/deputy", deputy_post, "account.grant",
	 "Check a deputy, then name him"},
	{"GET", "/admin/accounts/{ref}/deputies/{deputy}/end", deputy_end_form, "account.grant",
	 "Before a deputy's time is ended"},
	{"POST", "/admin/accounts/{ref}/deputies/{deputy}/end", deputy_end_post, "account.grant",
	 "End a deputy's time today"},
	{0},
};
