/* demo.c - see demo.h. */
#include "app/demo/demo.h"

#include "app/account/password.h"
#include "app/calendar/calendar.h"
#include "app/definition/definition.h"
#include "app/demo/history.h"
#include "app/region/tenant.h"
#include "app/service/effects.h"
#include "base/date.h"

enum { SLICE = 500, LIST_MAX = 1 << 20, OPENS_MIN = 480 };

static const uint64_t SEED = 20261122;

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
		tenant_found_in in = {.below = true, .day = date_of_instant(m->now)};
		TRY(cast_code(m, &provinces->item[i], &in.region));
		TRY(cast_run(m, m->a, tenant_found_run, &in, &made));
	}
	return RC_OK;
}

/* ---- what the offices work by ---- */

static rc
publish_definitions(maker *m)
{
	arena *own = arena_open(m->a, 0);
	definition_offers all;
	db *d = NULL;

	m->ask->say(m->ask->ctx, "demo.definitions");
	const service_ask with = {.fields = m->fields, .roles = m->ask->roles, .effects = kase_effects};
	TRY(store_read(m->site->store, own, m->f, &d));
	TRY(definition_offers_read(d, own, m->f, m->ask->pack, &with, &all));
	store_read_end(m->site->store, d);
	TRY(definition_offers_publish(m->site->store, own, m->f, &all, m->now, &m->out->definitions));
	arena_close(own);
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
		const yaml *county_at = NULL;
		int64_t county = 0, n = 0;
		str area;
		TRY(yaml_need(m->f, &y->item[i], STR("county"), &county_at));
		TRY(cast_code(m, county_at, &county));
		TRY(yaml_need_text(m->f, &y->item[i], STR("nid"), &area));
		TRY(yaml_need_int(m->f, &y->item[i], STR("n"), 1, 1000000, &n));
		c.nid_area = cstr(m->a, area);
		TRY(cast_tenant(m, county, &c.tenant));
		TRY(villages_of(m, county, &c));
		n = m->ask->per_county ? m->ask->per_county : n;
		for (int64_t k = 0; k < n; k += SLICE) {
			arena *own = arena_open(m->a, 0);
			TRY(people_slice(m, own, &c, (uint64_t)k, (size_t)MIN(SLICE, n - k)));
			arena_close(own);
		}
		m->out->people += n;
		*vec_add(m->a, &m->counties) = (cast_county){.at = c, .n = n};
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

/* When the stories begin: before the first of them, so that everybody is there when it does. */
static rc
first_day(maker *m, const stories *all, int64_t today, int64_t *out)
{
	const calendar *days = NULL;
	str text;

	TRY(pack_find(m->ask->pack, m->a, STR("lists/calendar.txt"), &text));
	TRY(calendar_parse(m->a, m->f, text, &days));
	int32_t first = calendar_add_working_days(days, date_of_instant(today),
						  -(int32_t)history_days(all) - 1, NULL);
	*out = date_start_instant(first) + (int64_t)OPENS_MIN * 60000;
	return RC_OK;
}

static rc
make(maker *m)
{
	int64_t years = 0, today = site_now(m->site);
	stories all;

	TRY(stories_read(m->a, m->f, m->ask->pack, m->ask->roles, &all));
	TRY(first_day(m, &all, today, &m->now));
	m->people = (demo_people){
		.a = m->a, .seed = SEED, .today = date_from_ymd(2026, 11, 22), .taken = map_in(m->a)};
	TRY(demo_names_load(m->a, m->f, m->ask->pack, &m->people.names));
	TRY(load_divisions(m));
	TRY(calendar_seed(m->site->store, m->ask->pack, m->f, m->now, &years));
	TRY(publish_definitions(m));
	TRY(found_federations(m));
	TRY(cast_open(m));
	TRY(cast_assessors(m));
	TRY(enter_people(m));
	m->ask->say(m->ask->ctx, "demo.history");
	return history_play(m, &all, today);
}

rc
demo_make(arena *a, fault *f, const demo_ask *ask, demo_made *out)
{
	arena *own = arena_open(a, 0);
	maker m = {.a = own, .kept = a, .f = f, .ask = ask, .out = out};
	site_new how = {.kind = SITE_DEMO, .database = ask->database, .keys = ask->keys};

	TRY(demo_accounts(a, f, ask->pack, out));
	TRY(read_list(own, f, ask->pack, &m.list));
	TRY(yaml_need_pair(f, m.list, STR("name"), &how.name_zh, &how.name_en));
	TRY(site_init(own, f, ask->dir, &how));
	TRY(site_open(own, f, ask->dir, ask->wall, &m.site));
	TRY(catalogue_load(own, f, ask->pack, &m.fields));
	TRY(crypto_password(own, f, PASSWORD_STAFF, out->password, &m.hash));
	TRY(make(&m));
	arena_close(own);
	return RC_OK;
}
