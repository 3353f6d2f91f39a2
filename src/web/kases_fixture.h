/* kases_fixture.h - for tests: a county of cases behind its pages, and whoever asks for them. */
#pragma once
#include "app/kase/held.h"
#include "app/kase/kase_fixture.h"
#include "web/asset.h"
#include "web/browser_fixture.h"
#include "web/house.h"
#include "web/look.h"

/* Who asks, and the county's clock: the hooks have no other way to them. */
static actor room_actor;    // lint: allow global - a test has one asker at a time
static int64_t *room_clock; // lint: allow global - and one clock

typedef struct room {
	county *c;
	site site;
	house house;
	web_app *app;
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

/* Serves these pages; nobody is signed in. */
static inline room *
room_open(fixture *x, const web_route *const *tables)
{
	room *m = arena_new(x->a, room);

	m->c = county_open(x);
	room_actor = (actor){.kind = ACTOR_NOBODY};
	room_clock = &x->now;
	m->site = (site){.kind = SITE_DEMO,
			 .name_zh = STR("示例"),
			 .name_en = STR("Sample"),
			 .store = x->s,
			 .wall = room_wall};
	memcpy(m->site.form_key, "a form key of thirty-two letters", 32);
	m->house = (house){.site = &m->site,
			   .roles = m->c->w.roles,
			   .looks = looks_open(x->a),
			   .fields = m->c->house.fields,
			   .kases = kases_open(x->a, m->c->house.fields, m->c->w.roles)};
	const web_config config = {.http.listen = STR("127.0.0.1:0"),
				   .tables = tables,
				   .assets = web_assets,
				   .hooks = house_hooks(&m->house, room_sessions),
				   .form_key = m->site.form_key};
	OK(&m->c->w, web_start(&x->f, &config, &m->app));
	m->b = (browser){.a = x->a, .port = web_port(m->app)};
	return m;
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
