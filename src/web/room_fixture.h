/* room_fixture.h - for tests: some pages of a site on a port, one who asks at a time, and his browser.
 *
 *   room *m = room_new(x);   … what its pages need more goes into m->house; m->hooks may be others …
 *   room_serve(m, tables);
 *   browser_says(page_of(m, &clerk, STR("/desk")), 200, "…"); */
#pragma once
#include "app/field/field.h"
#include "app/role/role.h"
#include "io/pack.h"
#include "web/asset.h"
#include "web/browser_fixture.h"
#include "web/house.h"

/* Who asks, and the clock: the hooks have no other way to them. */
static actor room_actor;          // lint: allow global - a test has one asker at a time
static const int64_t *room_clock; // lint: allow global - and one clock

typedef struct room {
	fixture *x;
	struct county *c; /* kases_fixture.h: a county of cases; NULL: none */
	site site;
	house house;
	web_hooks hooks;
	web_app *app;
	str spool; /* where uploads lie; empty: none are taken */
	browser b;
} room;

static inline int64_t
room_wall(void)
{
	return *room_clock;
}

static inline void
room_sessions(void *self, web_req *rq)
{
	(void)self;
	if (room_actor.kind == ACTOR_NOBODY)
		return;
	rq->actor = &room_actor;
	rq->session = STR("test");
}

/* A house with the roles and fields that are shipped, by the fixture's clock; nobody is signed in. */
static inline room *
room_new(fixture *x)
{
	room *m = arena_new(x->a, room);
	str text;

	room_actor = (actor){.kind = ACTOR_NOBODY};
	room_clock = &x->now;
	m->x = x;
	m->site = (site){.kind = SITE_DEMO,
			 .name_zh = STR("示例"),
			 .name_en = STR("Sample"),
			 .store = x->s,
			 .wall = room_wall};
	memcpy(m->site.form_key, "a form key of thirty-two letters", 32);
	m->house.site = &m->site;
	m->hooks = house_hooks(&m->house, room_sessions);
	assert_int_equal(pack_find(&pack_all, x->a, STR("lists/roles.yaml"), &text), RC_OK);
	assert_int_equal(roles_load(x->a, &x->f, STR("lists/roles.yaml"), text, &m->house.roles), RC_OK);
	assert_int_equal(catalogue_load(x->a, &x->f, &pack_all, &m->house.fields), RC_OK);
	return m;
}

static inline void
room_serve(room *m, const web_route *const *tables)
{
	const web_config config = {
		.http = {.listen = STR("127.0.0.1:0"), .spool = m->spool.n ? cstr(m->x->a, m->spool) : NULL},
		.tables = tables,
		.assets = web_assets,
		.hooks = m->hooks,
		.form_key = m->site.form_key};

	if (web_start(&m->x->f, &config, &m->app) != RC_OK)
		fail_msg("%s", cstr(m->x->a, fault_print(m->x->a, &m->x->f)));
	m->b = (browser){.a = m->x->a, .port = web_port(m->app)};
}

static inline str
page_of(room *m, const actor *who, str path)
{
	room_actor = *who;
	return browser_get(&m->b, path);
}

/* Sends fields with what the form of `page` carries. */
static inline str
send_form(room *m, const actor *who, str page, str path, const char *fields)
{
	room_actor = *who;
	return browser_post(&m->b, page, path, fields);
}
