/* kases_fixture.h - for tests: a county of cases behind its pages, and whoever asks for them. */
#pragma once
#include "app/kase/held.h"
#include "app/kase/kase_fixture.h"
#include "web/look.h"
#include "web/room_fixture.h"

/* Serves these pages; nobody is signed in. */
static inline room *
room_open(fixture *x, const web_route *const *tables)
{
	room *m = room_new(x);

	m->c = county_open(x);
	m->house.fields = m->c->house.fields;
	m->house.roles = m->c->w.roles;
	m->house.looks = looks_open(x->a);
	m->house.kases = kases_open(x->a, m->house.fields, m->house.roles);
	room_serve(m, tables);
	return m;
}
