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

/* The same with everything a record can have. */
static inline person_in
somebody_whole(fixture *x, const char *name, const char *nid_text)
{
	person_in in = somebody(name, nid_text);
	part_in *part = arena_array(x->a, part_in, 2);

	in.nfacts = 2;
	in.fact[0] = (fact_in){.field = STR("education"), .value = STR("70")};
	in.fact[1] = (fact_in){.field = STR("marital"), .value = STR("20"), .valid_from = STR("2015-05-01")};
	part[0] = (part_in){
		.category = 4, .level = 3, .cause = STR("31"), .item = STR("4.3b"), .assessed_on = STR("")};
	part[1] = (part_in){
		.category = 1, .level = 4, .cause = STR(""), .item = STR(""), .assessed_on = STR("")};
	in.has_certificate = true;
	in.certificate = (certificate_in){.number = str_cat(x->a, in.id_number, STR("73")),
					  .category = 7,
					  .level = 3,
					  .status = 2,
					  .generation = 2,
					  .issued = STR("2020-01-01"),
					  .expires = STR("2029-12-31"),
					  .remarks = STR(""),
					  .part = part,
					  .nparts = 2};
	in.guardian = (guardian_in){.name = STR("示例监护人"),
				    .id_number = STR("990101198511120029"),
				    .phone = STR("13900000000"),
				    .relation = 2};
	in.bank = (bank_in){
		.account = STR("6222020000000000000"), .bank = STR("示例银行"), .holder = str_of(name)};
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
