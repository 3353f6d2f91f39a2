/* people.h - people who do not exist, for the demo site: the same ones each time, from a seed.
 *
 * Those who live there are drawn as of one day, so that they are the same whenever a demo is made, and grow
 * older. Identity numbers begin with 99, an unallocated province, so that none can belong to anyone. Shares
 * of categories, levels and ages are assumptions about certificate holders (docs/data-sources.md), not
 * statistics. */
#pragma once
#include "app/person/person.h"
#include "base/map.h"
#include "io/pack.h"

typedef struct demo_names demo_names;

/* Reads lists/demo/names.yaml. */
rc demo_names_load(arena *a, fault *f, const pack *p, const demo_names **out) MUST_USE;

typedef struct demo_county {
	int64_t tenant;
	const char *nid_area; /* "990101" */
	const int64_t *village;
	size_t villages;
} demo_county;

typedef struct demo_people {
	arena *a; /* of the identity numbers given so far */
	const demo_names *names;
	uint64_t seed;
	int32_t today; /* the day that lives are drawn as of */
	map taken;
} demo_people;

/* Person `index` of the county, all texts in `a`. Call in the order of indices: numbers are given once. */
void demo_person(demo_people *d, arena *a, const demo_county *county, uint64_t index, person_in *out);

/* Somebody who holds no certificate yet: of this age, registered in this village. */
typedef struct demo_wish {
	int32_t today, from, to; /* years of age on that day, both included */
	int64_t village;
} demo_wish;

/* Applicant `index` of the county, as demo_person, never the same as a person of the county. */
void demo_applicant(demo_people *d, arena *a, const demo_county *county, const demo_wish *wish,
		    uint64_t index, person_in *out);

/* A name for an officer. */
str demo_name(const demo_people *d, arena *a, uint64_t index, bool male);
