/* applicant_fixture.h - for tests: people at the applicants' door, with the codes that were sent to them. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "app/account/applicant.h"
#include "app/account/outbox.h"
#include "app/region/tenant.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

typedef struct door {
	town w;
	crypto *c;
	sign_in_rules rules;
	int64_t clerk;
	str code; /* the administrator's, for the clerk */
} door;

/* A town whose door takes applicants. */
static inline door
applicants_door(fixture *x)
{
	door o = {.w = town_open(x)};

	OK(&o.w, crypto_open(x->a, &x->f, &o.c));
	OK(&o.w, sign_in_rules_make(x->a, &x->f, o.w.roles, &o.rules));
	return o;
}

static inline session
session_at(door *o, str hash)
{
	fixture *x = o->w.x;
	session s = {0};
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, session_find(d, x->a, &x->f, &(session_ask){o->w.roles, hash, x->now, 0}, &s));
	store_read_end(x->s, d);
	return s;
}

static inline rc
send_code(door *o, const char *phone, const char *source)
{
	fixture *x = o->w.x;
	applicant_case *c = arena_new(x->a, applicant_case);
	db *d = NULL;

	fault_clear(&x->f);
	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	rc r = sign_in_by_phone.prepare_start(db_sealer(d), x->a, &x->f,
					      &(applicant_ask){.tenant = TENANT_OF_NATION,
							       .who = str_of(phone),
							       .source = str_of(source),
							       .id = store_id(x->s, x->now)},
					      c);
	store_read_end(x->s, d);
	TRY(r);
	store_command cmd = {
		.fn = sign_in_by_phone.start, .in = c, .a = x->a, .now = x->now, .keys = &c->key, .nkeys = 1};
	return store_write(x->s, &x->f, &cmd);
}

static inline rc
answer(door *o, const sign_in_adapter *by, const char *who, str code, session_secret *secret, signed_in *out)
{
	fixture *x = o->w.x;
	applicant_case c;
	db *d = NULL;

	fault_clear(&x->f);
	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	rc r = by->prepare_check(db_sealer(d), x->a, &x->f,
				 &(applicant_ask){.tenant = TENANT_OF_NATION,
						  .who = str_of(who),
						  .code = code,
						  .source = STR("10.1.1.1")},
				 &c);
	store_read_end(x->s, d);
	TRY(r);
	*secret = session_draw(x->a, o->c);
	applicant_check in = {.rules = &o->rules, .c = &c, .secret = *secret};
	return run(&o->w, by->check, &in, out);
}

/* The code of the newest message to this phone, as a demo site shows it. */
static inline str
sent_to(door *o, const char *shown, const char *message)
{
	fixture *x = o->w.x;
	outbox_lines lines;
	size_t i = 0;
	db *d = NULL;

	OK(&o->w, store_read(x->s, x->a, &x->f, &d));
	OK(&o->w, outbox_read(db_sealer(d), d, x->a, &x->f, TENANT_OF_NATION, INT64_MAX, &lines));
	store_read_end(x->s, d);
	while (i < lines.n && !str_eq(lines.v[i].shown, str_of(shown)))
		i++;
	assert_true(i < lines.n);
	assert_string_equal(cstr(x->a, lines.v[i].message), message);
	assert_true(str_starts(lines.v[i].args, STR("code=")));
	return str_from(lines.v[i].args, 5);
}

/* "123456" with another last digit. */
static inline str
another(door *o, str code)
{
	return str_fmt(o->w.x->a, "%.5s%c", code.p, code.p[5] == '7' ? '8' : '7');
}
