/* tenant.h - federations: which there are, which one a place belongs to, and the divisions it looks after.
 *
 * A federation's number never changes and is never given again, also when its division is renamed, recoded or
 * merged. It begins as the six digits of the division it was founded in, so that two installations give the
 * same one. */
#pragma once
#include "app/region/region.h"

typedef enum tenant_level {
	TENANT_NATION,
	TENANT_PROVINCE,
	TENANT_CITY,
	TENANT_COUNTY,
	TENANT_ZONE
} tenant_level;

enum { TENANT_OF_NATION = 1, TENANT_AREAS = 500 };

typedef struct tenant {
	int64_t id, parent; /* parent 0: the topmost of this site */
	tenant_level level;
	int64_t region; /* 0: the nation's; a zone's: the county around it */
	str name, name_en;
	int32_t since, until; /* until DATE_NONE: it stands */
} tenant;

typedef VEC(tenant) tenant_list;

/* Founds the federation of one division (0: the nation's), and first those above it that this site does not
 * have. `below`: also every one below, down to the counties. What exists is left alone. One event
 * "tenant.founded" in the ledger of each new federation. */
typedef struct tenant_found_in {
	int64_t region;
	bool below;
	int32_t day;
	str name, name_en; /* empty: 广州市残疾人联合会 */
	int64_t actor, office;
} tenant_found_in;

/* A command; `out` is an int64_t: the number of the federation of that very division.
 * RC_INVALID tenant.level (a township, a village or a heading has none), tenant.region, tenant.name. */
rc tenant_found_run(tx *t, const void *in, void *out) MUST_USE;

/* A development zone's federation inside a county; it looks after the townships and villages named. */
typedef struct tenant_zone_in {
	int64_t county;
	int32_t day;
	str name, name_en;
	const int64_t *area;
	size_t areas;
	int64_t actor, office;
} tenant_zone_in;

/* A command; `out` is an int64_t: its number. RC_INVALID tenant.region, tenant.name, tenant.area,
 * tenant.areas; RC_CONFLICT tenant.area_taken. */
rc tenant_zone_run(tx *t, const void *in, void *out) MUST_USE;

rc tenant_find(db *d, arena *a, fault *f, int64_t id, tenant *out) MUST_USE;

/* Who is responsible for the place on that day: of a village or township its zone's or county's federation
 * (the city's, where city and county are one), of a city or province its own. An old code is read as today's.
 * RC_NOT_FOUND: this site has none for it. */
rc tenant_of_region(db *d, arena *a, fault *f, int64_t code, int32_t day, tenant *out) MUST_USE;

/* The federation, the one above it, … up to the topmost. */
rc tenant_chain(db *d, arena *a, fault *f, int64_t id, tenant_list *out) MUST_USE;

/* The divisions it looks after on that day: its division, a county's less its zones; a zone's areas. */
rc tenant_scope(db *d, arena *a, fault *f, const tenant *t, int32_t day, scope *out) MUST_USE;
