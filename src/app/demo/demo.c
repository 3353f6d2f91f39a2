/* demo.c - see demo.h. */
#include "app/demo/demo.h"

#include "app/account/account.h"
#include "app/account/grant.h"
#include "app/account/password.h"
#include "app/calendar/calendar.h"
#include "app/definition/definition.h"
#include "app/demo/people.h"
#include "app/organisation/organisation.h"
#include "app/region/region.h"
#include "app/region/tenant.h"
#include "app/service/effects.h"
#include "base/date.h"
#include "io/yaml.h"

enum { SLICE = 500, LIST_MAX = 1 << 20, FULL_CODE = 12 };

static const uint64_t SEED = 20261122;

typedef struct maker {
	arena *a;
	fault *f;
	const demo_ask *ask;
	demo_made *out;
	const yaml *list;
	site *site;
	int64_t now;
	demo_people people;
	map offices; /* key → made_office */
	str hash; /* of the one password of all accounts: hashing it for each would take most of the time */
} maker;

typedef struct made_office {
	int64_t tenant, id;
} made_office;

static rc
run(maker *m, store_fn *fn, const void *in, void *out)
{
	store_command c = {.fn = fn, .in = in, .out = out, .a = m->a, .now = m->now};

	return store_write(m->site->store, m->f, &c);
}

/* 420106 → 420106000000 */
static int64_t
full_code(int64_t code)
{
	while (code > 0 && code < 100000000000)
		code *= 10;
	return code;
}

static rc
need_code(maker *m, const yaml *y, const char *key, int64_t *out)
{
	TRY(yaml_need_int(m->f, y, str_of(key), 1, 999999999999, out));
	*out = full_code(*out);
	return RC_OK;
}

static rc
read_list(arena *a, fault *f, const pack *p, const yaml **out)
{
	static const str file = STR("lists/demo/site.yaml");
	str text;

	TRY(pack_find(p, a, file, &text));
	return yaml_parse(a, f, file, text, LIST_MAX, out);
}

/* ---- places and federations ---- */

static rc
load_divisions(maker *m)
{
	region_numbers numbers = region_offered(m->ask->pack, m->a, true);

	m->ask->say(m->ask->ctx, "demo.divisions");
	if (m->ask->provinces)
		numbers = *m->ask->provinces;
	return region_load(m->site->store, m->ask->pack, m->f, &numbers, m->now, &m->out->divisions);
}

static rc
found_federations(maker *m)
{
	const yaml *provinces = NULL;
	int64_t made = 0;

	m->ask->say(m->ask->ctx, "demo.federations");
	TRY(yaml_need_kind(m->f, m->list, STR("provinces"), YAML_LIST, &provinces));
	for (size_t i = 0; i < provinces->n; i++) {
		int64_t code = 0;
		TRY(yaml_int(m->f, &provinces->item[i], 11, 99, &code));
		tenant_found_in in = {
			.region = full_code(code), .below = true, .day = date_of_instant(m->now)};
		TRY(run(m, tenant_found_run, &in, &made));
	}
	return RC_OK;
}

static rc
tenant_at(maker *m, int64_t code, int64_t *out)
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

/* ---- what the offices work by ---- */

static rc
publish_definitions(maker *m)
{
	arena *own = arena_open(m->a, 0);
	const catalogue *fields = NULL;
	definition_offers all;
	db *d = NULL;

	m->ask->say(m->ask->ctx, "demo.definitions");
	TRY(catalogue_load(own, m->f, m->ask->pack, &fields));
	const service_ask with = {.fields = fields, .roles = m->ask->roles, .effects = kase_effects};
	TRY(store_read(m->site->store, own, m->f, &d));
	TRY(definition_offers_read(d, own, m->f, m->ask->pack, &with, &all));
	store_read_end(m->site->store, d);
	TRY(definition_offers_publish(m->site->store, own, m->f, &all, m->now, &m->out->definitions));
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
	str key;
	made_office *made = arena_new(m->a, made_office);

	TRY(yaml_need_text(m->f, y, STR("key"), &key));
	TRY(need_code(m, y, "in", &in));
	TRY(need_code(m, y, "at", &o.region));
	TRY(yaml_need_choice(m->f, y, STR("kind"), office_kind_names, OFFICE_KINDS, &kind));
	TRY(yaml_need_choice(m->f, y, STR("level"), level_names, LEVELS, &level));
	TRY(yaml_need_text(m->f, y, STR("name"), &o.name));
	TRY(tenant_at(m, in, &o.tenant));
	o.kind = (office_kind)kind;
	o.level = (office_level)level;
	by = actor_console(o.tenant);
	made->tenant = o.tenant;
	TRY(run(m, office_open, &o, &made->id));
	map_set(&m->offices, key, made);
	return RC_OK;
}

static rc
open_account(maker *m, const yaml *y, size_t index)
{
	str login, post_of, key;
	bool sensitive = false;
	int64_t account = 0, post = 0;

	TRY(yaml_need_text(m->f, y, STR("login"), &login));
	TRY(yaml_need_text(m->f, y, STR("role"), &post_of));
	TRY(yaml_need_text(m->f, y, STR("office"), &key));
	TRY(yaml_opt_bool(m->f, y, STR("sensitive"), &sensitive));
	const made_office *o = map_get(&m->offices, key);
	if (!o)
		return YAML_FAIL(m->f, y, "demo.office", FA_STR("key", key));
	actor by = actor_console(o->tenant);
	account_new n = {.by = &by,
			 .roles = m->ask->roles,
			 .tenant = o->tenant,
			 .login = login,
			 .name = demo_name(&m->people, m->a, index, index % 2)};
	TRY(run(m, account_open, &n, &account));
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
	TRY(run(m, grant_give, &g, &post));
	password_first_in first = {.by = &by, .tenant = o->tenant, .account = account, .hash = m->hash};
	return run(m, password_first, &first, NULL);
}

static rc
open_offices_and_accounts(maker *m)
{
	const yaml *y = NULL;

	m->ask->say(m->ask->ctx, "demo.offices");
	TRY(yaml_need_kind(m->f, m->list, STR("offices"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(open_office(m, &y->item[i]));
	TRY(yaml_need_kind(m->f, m->list, STR("accounts"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++)
		TRY(open_account(m, &y->item[i], i));
	return RC_OK;
}

/* ---- people ---- */

static rc
villages_of(maker *m, int64_t county, demo_county *out)
{
	arena *own = arena_open(m->a, 0);
	VEC(int64_t) all = {0};
	region_list towns, villages;
	db *d = NULL;

	TRY(store_read(m->site->store, own, m->f, &d));
	region_page p = {.parent = county, .day = date_of_instant(m->now), .max = 1000};
	TRY(region_children(d, own, m->f, &p, &towns));
	for (size_t i = 0; i < towns.n; i++) {
		p.parent = towns.v[i].code;
		TRY(region_children(d, own, m->f, &p, &villages));
		for (size_t k = 0; k < villages.n; k++)
			*vec_add(m->a, &all) = villages.v[k].code;
	}
	arena_close(own);
	out->village = all.v;
	out->villages = all.n;
	return RC_OK;
}

typedef struct slice {
	person_new *person;
	size_t n;
} slice;

static rc
enter_slice(tx *t, const void *in, void *out)
{
	const slice *s = in;

	(void)out;
	tx_bulk(t);
	for (size_t i = 0; i < s->n; i++) {
		person_enter e = {.person = &s->person[i], .kind = "person.imported"};
		TRY(person_enter_run(t, &e, NULL));
		TRY(tx_event_end(t));
	}
	return RC_OK;
}

static rc
people_slice(maker *m, arena *own, const demo_county *c, uint64_t from, size_t n)
{
	person_in *in = arena_array(own, person_in, n);
	wrapped_key *keys = arena_array(own, wrapped_key, n);
	slice s = {.person = arena_array(own, person_new, n), .n = n};
	db *d = NULL;
	arena *lent = arena_open(own, 0);

	TRY(store_read(m->site->store, lent, m->f, &d));
	for (size_t i = 0; i < n; i++) {
		demo_person(&m->people, own, c, from + i, &in[i]);
		TRY(person_prepare(m->site->store, db_sealer(d), own, m->f, &in[i], m->now, &s.person[i]));
		keys[i] = s.person[i].wrapped;
	}
	arena_close(lent);
	store_command k = {.fn = enter_slice, .in = &s, .a = own, .now = m->now, .keys = keys, .nkeys = n};
	return store_write(m->site->store, m->f, &k);
}

static rc
enter_people(maker *m)
{
	const yaml *y = NULL;

	m->ask->say(m->ask->ctx, "demo.people");
	TRY(yaml_need_kind(m->f, m->list, STR("people"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++) {
		demo_county c = {0};
		int64_t county = 0, n = 0;
		str area;
		TRY(need_code(m, &y->item[i], "county", &county));
		TRY(yaml_need_text(m->f, &y->item[i], STR("nid"), &area));
		TRY(yaml_need_int(m->f, &y->item[i], STR("n"), 1, 1000000, &n));
		c.nid_area = cstr(m->a, area);
		TRY(tenant_at(m, county, &c.tenant));
		TRY(villages_of(m, county, &c));
		n = m->ask->per_county ? m->ask->per_county : n;
		for (int64_t k = 0; k < n; k += SLICE) {
			arena *own = arena_open(m->a, 0);
			TRY(people_slice(m, own, &c, (uint64_t)k, (size_t)MIN(SLICE, n - k)));
			arena_close(own);
		}
		m->out->people += n;
	}
	return RC_OK;
}

/* ---- the whole ---- */

rc
demo_accounts(arena *a, fault *f, const pack *p, demo_made *out)
{
	const yaml *list = NULL, *y = NULL;

	*out = (demo_made){0};
	TRY(read_list(a, f, p, &list));
	TRY(yaml_need_text(f, list, STR("password"), &out->password));
	TRY(yaml_need_kind(f, list, STR("accounts"), YAML_LIST, &y));
	for (size_t i = 0; i < y->n; i++) {
		demo_account *k = vec_add(a, &out->accounts);
		TRY(yaml_need_text(f, &y->item[i], STR("login"), &k->login));
		TRY(yaml_need_text(f, &y->item[i], STR("role"), &k->role));
	}
	return RC_OK;
}

static rc
make(maker *m)
{
	int64_t years = 0;

	TRY(load_divisions(m));
	TRY(calendar_seed(m->site->store, m->ask->pack, m->f, m->now, &years));
	TRY(publish_definitions(m));
	TRY(found_federations(m));
	TRY(open_offices_and_accounts(m));
	return enter_people(m);
}

rc
demo_make(arena *a, fault *f, const demo_ask *ask, demo_made *out)
{
	arena *own = arena_open(a, 0);
	maker m = {.a = own, .f = f, .ask = ask, .out = out};
	site_new how = {.kind = SITE_DEMO, .database = ask->database, .keys = ask->keys};

	TRY(demo_accounts(a, f, ask->pack, out));
	TRY(read_list(own, f, ask->pack, &m.list));
	TRY(yaml_need_pair(f, m.list, STR("name"), &how.name_zh, &how.name_en));
	TRY(site_init(own, f, ask->dir, &how));
	TRY(site_open(own, f, ask->dir, ask->wall, &m.site));
	m.now = site_now(m.site);
	m.offices = map_in(own);
	m.people =
		(demo_people){.a = own, .seed = SEED, .today = date_of_instant(m.now), .taken = map_in(own)};
	TRY(demo_names_load(own, f, ask->pack, &m.people.names));
	TRY(crypto_password(own, f, PASSWORD_STAFF, out->password, &m.hash));
	TRY(make(&m));
	arena_close(own);
	return RC_OK;
}
