/* reform.h - divisions change: created, renamed, merged, recoded, split, closed; and old codes to today's.
 *
 * One notice of the ministry or of a province is one reform: a day, a source, and what happens to which code.
 * It is checked as a whole and written as one event "region.changed". */
#pragma once
#include "app/region/region.h"

typedef enum region_act {
	REGION_CREATED, /* `code` is new, below `parent` */
	REGION_RENAMED, /* `name` is its new name */
	REGION_MERGED,  /* into `successor`, which stands */
	REGION_RECODED, /* the same place under the new code `successor`, with all that is below it; `name`
			   may be new */
	REGION_SPLIT,   /* divided; `successor` is the part that carries its figures on */
	REGION_CLOSED,  /* gone, nothing in its place */
	REGION_ACTS
} region_act;

extern const char *const region_act_name[REGION_ACTS]; /* "created" …: what stands in the table */

typedef struct region_item {
	region_act act;
	int64_t code, successor, parent;
	str name;
	div_level level;
	region_kind kind;
} region_item;

typedef struct region_reform {
	int32_t day;
	str source; /* "民函〔2025〕12号" */
	const region_item *v;
	size_t n;
	int64_t actor, office;
} region_reform;

enum { REFORM_ITEMS = 2000, REFORM_MOVED = 20000 };

/* A command; `in` is a region_reform, `out` an int64_t: how many codes changed. The federation of a division
 * that is recoded keeps its number and goes to the new code. RC_INVALID region.day, .source, .items,
 * .unknown, .ended, .name, .used, .successor, .itself, .level, .parent, .below (something would still stand
 * under a division that ended); RC_LIMIT region.moved. */
rc region_reform_run(tx *t, const void *in, void *out) MUST_USE;

typedef struct region_event {
	int64_t code, successor;
	int32_t day;
	region_act act;
	str name, source;
} region_event;

typedef VEC(region_event) region_events;

/* What happened to one code, oldest first. */
rc region_history(db *d, arena *a, fault *f, int64_t code, region_events *out) MUST_USE;

/* The code that stands for `code` on `day`: itself while it stands, else its successor's successor …; 0:
 * closed. RC_NOT_FOUND: there never was such a code. */
rc region_today(db *d, arena *a, fault *f, int64_t code, int32_t day, int64_t *out) MUST_USE;

/* All codes that have ended by `day` with what stands for them: for figures of many rows. */
typedef struct region_map {
	const int64_t *from, *to; /* sorted by from */
	size_t n;
} region_map;

rc region_map_load(db *d, arena *a, fault *f, int32_t day, region_map *out) MUST_USE;
int64_t region_map_of(const region_map *m, int64_t code);
