/* region.h - the country's divisions, from province to village: names, parents, paths, search, and what
 * became of them.
 *
 * A division is a 12-digit code and an interval of codes; its level is a column, not the number of zeros.
 * Rows come from the packed lists, one event a province, and are never changed: what happens later is a row
 * in region_change (reform.h). So every question names a day, and is answered as the tree stood on it. A day
 * before a province's list was drawn up is answered from that list: older trees are not known here. */
#pragma once
#include "base/divpack.h"
#include "base/vec.h"
#include "io/pack.h"
#include "store/ledger.h"
#include "store/scope.h"
#include "store/store.h"

typedef enum region_kind {
	REGION_PLAIN,
	REGION_NEIGHBOURHOOD, /* a village-level division with a neighbourhood committee */
	REGION_VILLAGE,       /* … with a villagers' committee */
	REGION_HEADING        /* 市辖区 and the like: stands in the tree, left out of paths */
} region_kind;

typedef struct region {
	int64_t code, parent; /* parent 0: a province */
	str name;             /* on the day asked */
	div_level level,
		lowest; /* lowest: the last level it stands for itself; Dongguan is city and county */
	region_kind kind;
	int32_t since;     /* the day of the list, of its creation or of its name */
	int32_t until;     /* the day it ended, DATE_NONE: it stands */
	int64_t successor; /* what took its place that day; 0: nothing, or it stands */
} region;

typedef VEC(region) region_list;

/* "44", "4401", "440103", "440103001", "440103001001" to a whole code. RC_INVALID region.code. */
rc region_code_parse(arena *a, fault *f, str raw, int64_t *out) MUST_USE;

/* The codes of a division and of all below it. */
interval region_interval(const region *r);

/* The division as it stood on `day`; one that has ended has `until` and `successor`. RC_NOT_FOUND: no such
 * code, or created later. */
rc region_find(db *d, arena *a, fault *f, int64_t code, int32_t day, region *out) MUST_USE;

/* Standing divisions right below `parent` (0: provinces) whose codes are above `after`, in order, at most
 * `max`. */
typedef struct region_page {
	int64_t parent, after;
	int32_t day;
	size_t max;
} region_page;

rc region_children(db *d, arena *a, fault *f, const region_page *page, region_list *out) MUST_USE;

/* From the province down to the division itself, headings left out. RC_NOT_FOUND as region_find. */
rc region_path(db *d, arena *a, fault *f, int64_t code, int32_t day, region_list *out) MUST_USE;
/* "广东省广州市荔湾区". */
str region_path_name(arena *a, const region_list *path);

enum { REGION_SEARCH_MAX = 50, REGION_NEEDLE_MAX = 40 };

typedef struct region_hits {
	region_list v;         /* names that begin with it first, then upper levels first */
	bool more;             /* there were others */
	bool without_villages; /* villages are searched within a city or less: asked of more, they were left
				  out */
} region_hits;

typedef struct region_query {
	interval within; /* {0, 10^12}: the country */
	str needle;
	int32_t day;
} region_query;

/* Divisions whose name, former name, pinyin or first letters contain the needle; one that has ended has
 * `until`. RC_INVALID: region.needle_empty, region.needle_long. */
rc region_search(db *d, arena *a, fault *f, const region_query *q, region_hits *out) MUST_USE;

/* The provinces that are loaded. */
typedef struct region_set {
	int64_t province, divisions;
	str source;
	int32_t valid_from;
	bool fictitious;
} region_set;

typedef VEC(region_set) region_sets;

rc region_loaded(db *d, arena *a, fault *f, region_sets *out) MUST_USE;

typedef VEC(int) region_numbers;

/* The two-digit numbers of all lists in the pack, the fictitious 99 only when asked for. */
region_numbers region_offered(const pack *p, arena *a, bool fictitious);

/* Loads lists/divisions/NN.txt of the pack for each number given, one command and one event a province; a
 * province that is loaded is left as it is. *rows: how many were added.
 * RC_INVALID region.province: the pack has no such list. */
rc region_load(store *s, const pack *p, fault *f, const region_numbers *province, int64_t now,
	       int64_t *rows) MUST_USE;

/* For the modules of this folder. */
typedef struct region_load_in {
	str text; /* a packed list; stays where it is while the command runs */
	int64_t actor, office;
} region_load_in;

rc region_load_run(tx *t, const void *in, void *out) MUST_USE; /* out: int64_t rows */

/* What search looks into: names, pinyin and first letters, each after a line feed. */
str region_key_text(arena *a, str name);
/* The same for all the names a division has had, oldest first: each once. */
str region_key_of(arena *a, const str *name, size_t n);

/* region_key follows from region and region_change, and from the pinyin of this very program: a
 * ledger_derived. */
rc region_fill_keys(db *made, sealer *keys, arena *a, fault *f) MUST_USE;
extern const ledger_derived region_derived[];
