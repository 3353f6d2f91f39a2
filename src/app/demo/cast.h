/* cast.h - the demo site while it is made: its clock, its offices and officers, each as the actor that he
 * signs in to be. */
#pragma once
#include "app/demo/demo.h"
#include "app/demo/people.h"
#include "app/field/field.h"
#include "app/role/actor.h"
#include "io/yaml.h"

typedef struct cast_office {
	str key; /* of lists/demo/site.yaml */
	int64_t tenant, id;
	VEC(str) doctors; /* names of those who assess here */
	int64_t training; /* that it held for assessors; 0: none */
} cast_office;

typedef struct cast_officer {
	str login;
	str name; /* of an officer */
	const role *role;
	const cast_office *office; /* NULL: an applicant */
	int64_t account, post;
	bool came; /* has signed in: `who` is made */
	actor who;
} cast_officer;

/* Where the site.yaml lets people live. */
typedef struct cast_county {
	demo_county at;
	int64_t n;
} cast_county;

typedef struct maker {
	arena *a;
	arena *kept; /* of what is told of the finished site */
	fault *f;
	const demo_ask *ask;
	demo_made *out;
	const yaml *list;
	const catalogue *fields;
	site *site;
	int64_t now; /* the site's clock, going through the days that are made */
	demo_people people;
	str hash; /* of the one password of all accounts: hashing it for each would take most of the time */
	VEC(cast_office *) offices;
	VEC(cast_officer *) officers;
	VEC(cast_county) counties;
} maker;

/* A command at the maker's clock; `own` takes what it answers. */
rc cast_run(maker *m, arena *own, store_fn *fn, const void *in, void *out) MUST_USE;

/* The federation of a division. */
rc cast_tenant(maker *m, int64_t code, int64_t *out) MUST_USE;

/* Offices, accounts and deputies as the list has them. */
rc cast_open(maker *m) MUST_USE;

/* The office of a key, the officer of a login; NULL: there is none. */
cast_office *cast_office_of(const maker *m, str key);
cast_officer *cast_officer_of(const maker *m, str login);

/* Who assesses: designations, doctors, licences, trainings; and when (assess.c). */
rc cast_assessors(maker *m) MUST_USE;

/* The officer as he is after signing in, once. */
rc cast_actor(maker *m, cast_officer *o, const actor **out) MUST_USE;

/* An applicant who signs in by the code that was sent to this telephone. */
rc cast_applicant(maker *m, arena *own, str phone, cast_officer **out) MUST_USE;

/* A 12-digit code that the list may write short: 420106. */
rc cast_code(maker *m, const yaml *y, int64_t *out) MUST_USE;
