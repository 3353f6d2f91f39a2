/* person_fixture.h - for tests: a clerk, people who do not exist, and the check of the ledger. */
#pragma once
#include "app/person/person.h"
#include "base/date.h"
#include "store/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { COUNTY = 420106, OTHER = 440103 };

#define VILLAGE   420106001001
#define ELSEWHERE 440103001001

static inline actor
officer_of(fixture *x, int64_t county, unsigned fields)
{
	interval *i = arena_new(x->a, interval);
	actor w = {.kind = ACTOR_STAFF,
		   .tenant = county,
		   .account = 7,
		   .office = 9,
		   .fields = fields,
		   .scope = {.v = i, .n = 1}};

	*i = (interval){.lo = county * 1000000, .hi = (county + 1) * 1000000};
	perms_add(&w.perms, PERM_PERSON_READ);
	perms_add(&w.perms, PERM_PERSON_WRITE);
	return w;
}

static inline person_in
somebody(const char *name, const char *nid_text)
{
	person_in in = {.tenant = COUNTY,
			.id_kind = 1,
			.id_number = str_of(nid_text),
			.name = str_of(name),
			.born = STR("1990-03-07"),
			.phone = STR("13800000000"),
			.source = STR("存量"),
			.sex = 1,
			.ethnic = 1,
			.nplaces = 2};

	in.place[0] = (place_in){.kind = PLACE_REGISTRATION,
				 .tenant = COUNTY,
				 .region = VILLAGE,
				 .address = STR("示范路 1 号")};
	in.place[1] = (place_in){
		.kind = PLACE_RESIDENCE, .tenant = OTHER, .region = ELSEWHERE, .address = STR("二街 2 号")};
	return in;
}

static inline rc
enter_person(fixture *x, const person_in *in, person_new *p)
{
	arena *own = arena_open(x->a, 0);
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_prepare(x->s, db_sealer(d), x->a, &x->f, in, x->now, p), RC_OK);
	arena_close(own);
	person_enter e = {.person = p, .actor = 7, .office = 9, .kind = "person.registered"};
	store_command c = {
		.fn = person_enter_run, .in = &e, .a = x->a, .now = x->now, .keys = &p->wrapped, .nkeys = 1};
	return store_write(x->s, &x->f, &c);
}

/* The right to read a person, and all of him; both live in x->a. */
static inline const person_ref *
right_to(fixture *x, const actor *who, int64_t id)
{
	arena *own = arena_open(x->a, 0);
	const person_ref *ref = NULL;
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_open(d, x->a, &x->f, who, COUNTY, id, &ref), RC_OK);
	arena_close(own);
	return ref;
}

static inline person_view
read_whole(fixture *x, const person_ref *ref)
{
	arena *own = arena_open(x->a, 0);
	person_view v;
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_read(d, x->a, &x->f, ref, &v), RC_OK);
	arena_close(own);
	return v;
}

static inline rc
run_command(fixture *x, store_fn *fn, const void *in)
{
	store_command c = {.fn = fn, .in = in, .a = x->a, .now = x->now};

	fault_clear(&x->f);
	return store_write(x->s, &x->f, &c);
}

static inline void
check_ledger(fixture *x)
{
	static const uint8_t seed[32] = {1};
	sign_key key = sign_key_of(seed);
	ledger_report r;
	ledger_ask ask = {.scratch = fixture_path(x, "scratch"), .key = key.open, .derived = person_derived};

	assert_int_equal(ledger_check(x->s, x->a, &x->f, &ask, &r), RC_OK);
	for (size_t i = 0; i < r.findings.n; i++)
		print_error("%s %s %s\n", r.findings.v[i].id, r.findings.v[i].table,
			    cstr(x->a, r.findings.v[i].key));
	assert_int_equal(r.nfindings, 0);
}
