/* cast.c - see cast.h. */
#include "app/demo/cast.h"

#include "app/account/account.h"
#include "app/account/applicant.h"
#include "app/account/grant.h"
#include "app/account/outbox.h"
#include "app/account/password.h"
#include "app/account/sign_in.h"
#include "app/organisation/organisation.h"
#include "app/region/tenant.h"
#include "base/date.h"

rc
cast_run(maker *m, arena *own, store_fn *fn, const void *in, void *out)
{
	store_command c = {.fn = fn, .in = in, .out = out, .a = own, .now = m->now};

	return store_write(m->site->store, m->f, &c);
}

/* ---- places ---- */

/* 420106 → 420106000000 */
static int64_t
full_code(int64_t code)
{
	while (code > 0 && code < 100000000000)
		code *= 10;
	return code;
}

rc
cast_code(maker *m, const yaml *y, int64_t *out)
{
	TRY(yaml_int(m->f, y, 1, 999999999999, out));
	*out = full_code(*out);
	return RC_OK;
}

rc
cast_tenant(maker *m, int64_t code, int64_t *out)
{
	arena *own = arena_open(m->a, 0);
	db *d = NULL;
	tenant t;

	TRY(store_read(m->site->store, own, m->f, &d));
	TRY(tenant_of_region(d, m->a, m->f, code, date_of_instant(m->now), &t));
	*out = t.id;
	arena_close(own);
	return RC_OK;
}

/* ---- offices and officers ---- */

static rc
open_office(maker *m, const yaml *y)
{
	actor by;
	office_new o = {.by = &by, .phone = STR(""), .address = STR("")};
	size_t kind = 0, level = 0;
	int64_t in = 0;
	const yaml *in_of = NULL, *at = NULL;
	cast_office *made = arena_new(m->a, cast_office);

	TRY(yaml_need_text(m->f, y, STR("key"), &made->key));
	TRY(yaml_need(m->f, y, STR("in"), &in_of));
	TRY(cast_code(m, in_of, &in));
	TRY(yaml_need(m->f, y, STR("at"), &at));
	TRY(cast_code(m, at, &o.region));
	TRY(yaml_need_choice(m->f, y, STR("kind"), office_kind_names, OFFICE_KINDS, &kind));
	TRY(yaml_need_choice(m->f, y, STR("level"), level_names, LEVELS, &level));
	TRY(yaml_need_text(m->f, y, STR("name"), &o.name));
	TRY(yaml_opt_text(m->f, y, STR("phone"), &o.phone));
	TRY(cast_tenant(m, in, &o.tenant));
	o.kind = (office_kind)kind;
	o.level = (office_level)level;
	by = actor_console(o.tenant);
	made->tenant = o.tenant;
	TRY(cast_run(m, m->a, office_open, &o, &made->id));
	*vec_add(m->a, &m->offices) = made;
	return RC_OK;
}

cast_office *
cast_office_of(const maker *m, str key)
{
	for (size_t i = 0; i < m->offices.n; i++)
		if (str_eq(m->offices.v[i]->key, key))
			return m->offices.v[i];
	return NULL;
}

static rc
open_account(maker *m, const yaml *y, size_t index)
{
	str login, post_of, key, name = STR("");
	bool sensitive = false;
	int64_t account = 0, post = 0;

	TRY(yaml_need_text(m->f, y, STR("login"), &login));
	TRY(yaml_need_text(m->f, y, STR("role"), &post_of));
	TRY(yaml_need_text(m->f, y, STR("office"), &key));
	TRY(yaml_opt_bool(m->f, y, STR("sensitive"), &sensitive));
	TRY(yaml_opt_text(m->f, y, STR("name"), &name));
	const cast_office *o = cast_office_of(m, key);
	if (!o)
		return YAML_FAIL(m->f, y, "demo.office", FA_STR("key", key));
	actor by = actor_console(o->tenant);
	account_new n = {.by = &by,
			 .roles = m->ask->roles,
			 .tenant = o->tenant,
			 .login = login,
			 .name = name.n ? name : demo_name(&m->people, m->a, index, index % 2)};
	TRY(cast_run(m, m->a, account_open, &n, &account));
	grant_new g = {.by = &by,
		       .roles = m->ask->roles,
		       .tenant = o->tenant,
		       .account = account,
		       .office = o->id,
		       .role = post_of,
		       .line = STR(""),
		       .sensitive = sensitive,
		       .from = date_of_instant(m->now),
		       .until = DATE_NONE};
	TRY(cast_run(m, m->a, grant_give, &g, &post));
	password_first_in first = {.by = &by, .tenant = o->tenant, .account = account, .hash = m->hash};
	TRY(cast_run(m, m->a, password_first, &first, NULL));
	cast_officer *made = arena_new(m->a, cast_officer);
	*made = (cast_officer){.login = login,
			       .name = n.name,
			       .role = role_find(m->ask->roles, post_of),
			       .office = o,
			       .account = account,
			       .post = post};
	*vec_add(m->a, &m->officers) = made;
	return RC_OK;
}

enum { DEPUTY_DAYS = 180 };

cast_officer *
cast_officer_of(const maker *m, str login)
{
	for (size_t i = 0; i < m->officers.n; i++)
		if (str_eq(m->officers.v[i]->login, login))
			return m->officers.v[i];
	return NULL;
}

static rc
name_deputy(maker *m, const yaml *y)
{
	str of, by;
	int64_t id = 0;
	int32_t today = date_of_instant(m->now);

	TRY(yaml_need_text(m->f, y, STR("of"), &of));
	TRY(yaml_need_text(m->f, y, STR("by"), &by));
	const cast_officer *holder = cast_officer_of(m, of), *deputy = cast_officer_of(m, by);
	if (!holder || !deputy)
		return YAML_FAIL(m->f, y, "demo.word", FA_STR("word", holder ? by : of));
	const actor console = actor_console(holder->office->tenant);
	const deputy_new n = {.by = &console,
			      .roles = m->ask->roles,
			      .tenant = holder->office->tenant,
			      .post = holder->post,
			      .account = deputy->account,
			      .from = today,
			      .until = today + DEPUTY_DAYS};
	return cast_run(m, m->a, deputy_name, &n, &id);
}

rc
cast_open(maker *m)
{
	const yaml *y = NULL;

	m->ask->say(m->ask->ctx, "demo.offices");
	TRY(yaml_need_kind(m->f, m->list, STR("offices"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(open_office(m, &y->item[i]));
	TRY(yaml_need_kind(m->f, m->list, STR("accounts"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(open_account(m, &y->item[i], i));
	TRY(yaml_need_kind(m->f, m->list, STR("deputies"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(name_deputy(m, &y->item[i]));
	return RC_OK;
}

/* ---- signing in ---- */

/* As on the page, but for the password: it is the one that was just set, and comparing it takes a tenth of a
 * second. */
static rc
come(maker *m, arena *own, const cast_officer *o, str *hash)
{
	const sign_in_rules rules = {
		.roles = m->ask->roles, .staff = session_staff, .citizen = session_public};
	const sign_in_ask ask = {.rules = &rules, .login = o->login, .source = STR("127.0.0.1")};
	sign_in_case c;
	sign_in_done_in in = {.rules = &rules, .c = &c};
	signed_in out;
	crypto *k = NULL;
	db *d = NULL;

	TRY(crypto_open(own, m->f, &k));
	TRY(store_read(m->site->store, own, m->f, &d));
	rc r = sign_in_read(d, own, m->f, &ask, &c);
	store_read_end(m->site->store, d);
	TRY(r);
	c.matched = true;
	in.secret = session_draw(own, k);
	in.place = (session_place){ask.source, STR("demo")};
	*hash = in.secret.hash;
	return cast_run(m, own, sign_in_done, &in, &out);
}

/* The actor behind a session, in the maker's arena. */
static rc
actor_of(maker *m, str hash, actor *out)
{
	const session_ask ask = {.roles = m->ask->roles, .hash = hash, .now = m->now};
	session s;
	db *d = NULL;

	TRY(store_read(m->site->store, m->a, m->f, &d));
	rc r = session_find(d, m->a, m->f, &ask, &s);
	store_read_end(m->site->store, d);
	if (r == RC_OK)
		*out = s.who;
	return r;
}

rc
cast_actor(maker *m, cast_officer *o, const actor **out)
{
	str hash;

	*out = &o->who;
	if (o->came)
		return RC_OK;
	TRY(come(m, m->a, o, &hash));
	TRY(actor_of(m, hash, &o->who));
	o->came = true;
	return RC_OK;
}

/* ---- applicants ---- */

/* Asks for a code and reads it where a demo shows what it would have sent. */
static rc
sent_code(maker *m, arena *own, applicant_ask *ask)
{
	applicant_case c;
	outbox_lines lines;
	db *d = NULL;

	TRY(store_read(m->site->store, own, m->f, &d));
	rc r = sign_in_by_phone.prepare_start(db_sealer(d), own, m->f, ask, &c);
	store_read_end(m->site->store, d);
	TRY(r);
	store_command k = {
		.fn = sign_in_by_phone.start, .in = &c, .a = own, .now = m->now, .keys = &c.key, .nkeys = 1};
	TRY(store_write(m->site->store, m->f, &k));
	TRY(store_read(m->site->store, own, m->f, &d));
	r = outbox_read(db_sealer(d), d, own, m->f, ask->tenant, ask->id + 1, &lines);
	store_read_end(m->site->store, d);
	TRY(r);
	BUG_ON(lines.n == 0 || !str_starts(lines.v[0].args, STR("code=")));
	ask->code = str_from(lines.v[0].args, sizeof "code=" - 1);
	return RC_OK;
}

rc
cast_applicant(maker *m, arena *own, str phone, cast_officer **out)
{
	const sign_in_rules rules = {
		.roles = m->ask->roles, .staff = session_staff, .citizen = session_public};
	applicant_ask ask = {.tenant = TENANT_OF_NATION,
			     .who = phone,
			     .source = phone, /* at home: nobody else waits for him */
			     .id = store_id(m->site->store, m->now)};
	cast_officer *made = arena_new(m->a, cast_officer);
	applicant_case c;
	signed_in in;
	crypto *k = NULL;
	db *d = NULL;

	TRY(sent_code(m, own, &ask));
	TRY(crypto_open(own, m->f, &k));
	TRY(store_read(m->site->store, own, m->f, &d));
	rc r = sign_in_by_phone.prepare_check(db_sealer(d), own, m->f, &ask, &c);
	store_read_end(m->site->store, d);
	TRY(r);
	const applicant_check check = {
		.rules = &rules, .c = &c, .secret = session_draw(own, k), .place = {ask.source, STR("demo")}};
	TRY(cast_run(m, own, sign_in_by_phone.check, &check, &in));
	*made = (cast_officer){.login = str_dup(m->a, phone),
			       .role = role_find(m->ask->roles, STR("applicant")),
			       .account = in.account,
			       .came = true};
	*out = made;
	return actor_of(m, check.secret.hash, &made->who);
}
