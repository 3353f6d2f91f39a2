/* places.c - see places.h. */
#include "app/intake/places.h"

#include "app/intake_sql.h"
#include "base/divpack.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { PAGE = 2000, HEADING = 3, NAME_CHARS = 30, DEPTH = 8 };

typedef struct place {
	int64_t code, end, parent;
	int level;
	bool heading;
	str name;
} place;

/* Every place that is called by one name. */
typedef struct called {
	const place *at;
	struct called *next;
} called;

struct places {
	VEC(place) v; /* by code */
	map names;    /* name → called */
};

static const place *
at_code(const places *p, int64_t code)
{
	size_t lo = 0, hi = p->v.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (p->v.v[mid].code == code)
			return &p->v.v[mid];
		if (p->v.v[mid].code < code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* ---- loading ---- */

static rc
load_range(db *d, arena *a, fault *f, places *p, interval in)
{
	intake_regions_rows rows;
	int64_t after = in.lo - 1;

	do {
		TRY(sql_intake_regions(d, a, f, &(intake_regions_in){.after = after, .hi = in.hi, .n = PAGE},
				       &rows));
		for (size_t i = 0; i < rows.n; i++) {
			const intake_regions_row *r = &rows.v[i];
			after = r->code;
			if (p->v.n && p->v.v[p->v.n - 1].code >= r->code)
				continue; /* a division above one, read already */
			*vec_add(a, &p->v) = (place){.code = r->code,
						     .end = r->code + div_span((div_level)r->level),
						     .parent = r->parent,
						     .level = (int)r->level,
						     .heading = r->kind == HEADING,
						     .name = r->name};
		}
		if (p->v.n > PLACES_MAX)
			return FAIL(f, RC_LIMIT, "intake.places", FA_INT("max", PLACES_MAX));
	} while (rows.n == PAGE);
	return RC_OK;
}

/* The divisions above the first of an interval stand before it in the order of codes. */
static rc
load_above(db *d, arena *a, fault *f, places *p, int64_t code)
{
	static const int64_t span[] = {10000000000, 100000000, 1000000, 1000};

	for (size_t i = 0; i < LEN(span); i++) {
		int64_t at = code / span[i] * span[i];
		if (at < code)
			TRY(load_range(d, a, f, p, (interval){at, at + 1}));
	}
	return RC_OK;
}

static void
call(arena *a, places *p, str name, const place *at)
{
	called *first = map_get(&p->names, name);

	for (const called *c = first; c; c = c->next)
		if (c->at == at)
			return;
	called *c = arena_new(a, called);
	*c = (called){.at = at, .next = first};
	map_set(&p->names, name, c);
}

/* A village goes by its committee, by 社区 or 村 alone; an office of a street by 街道 alone. */
static void
call_short(arena *a, places *p, const place *at)
{
	static const struct {
		str tail, also[4];
	} forms[] = {
		{STR("社区居民委员会"), {STR("社区居委会"), STR("居委会"), STR("社区"), STR("")}},
		{STR("社区居委会"), {STR("社区居民委员会"), STR("居委会"), STR("社区"), STR("")}},
		{STR("居民委员会"), {STR("居委会"), STR("社区"), STR("社区居委会"), STR("")}},
		{STR("居委会"), {STR("居民委员会"), STR("社区"), STR("社区居委会"), STR("")}},
		{STR("村村民委员会"), {STR("村村委会"), STR("村委会"), STR("村"), STR("")}},
		{STR("村村委会"), {STR("村村民委员会"), STR("村委会"), STR("村"), STR("")}},
		{STR("村民委员会"), {STR("村委会"), STR("村"), STR("村村委会"), STR("")}},
		{STR("村委会"), {STR("村民委员会"), STR("村"), STR("村村委会"), STR("")}},
		{STR("社区"), {STR("社区居委会"), STR("居委会"), STR("社区居民委员会"), STR("")}},
		{STR("街道办事处"), {STR("街道"), STR(""), STR(""), STR("")}},
	};

	for (size_t i = 0; i < LEN(forms); i++) {
		if (!str_ends(at->name, forms[i].tail) || at->name.n == forms[i].tail.n)
			continue;
		str stem = str_sub(at->name, 0, at->name.n - forms[i].tail.n);
		for (size_t k = 0; k < LEN(forms[i].also) && forms[i].also[k].n; k++)
			call(a, p, str_cat(a, stem, forms[i].also[k]), at);
		return;
	}
	if (str_ends(at->name, STR("街道")))
		call(a, p, str_cat(a, at->name, STR("办事处")), at);
}

rc
places_load(db *d, arena *a, fault *f, const scope *area, const places **out)
{
	places *p = arena_new(a, places);

	*p = (places){.names = map_in(a)};
	for (size_t i = 0; i < area->n; i++) {
		TRY(load_above(d, a, f, p, area->v[i].lo));
		TRY(load_range(d, a, f, p, area->v[i]));
	}
	for (size_t i = 0; i < p->v.n; i++) {
		const place *at = &p->v.v[i];
		if (at->heading)
			continue;
		call(a, p, at->name, at);
		call_short(a, p, at);
	}
	*out = p;
	return RC_OK;
}

/* ---- finding ---- */

/* The places called by the longest name that `s` begins with, among those inside `in`; of several the upper
 * one. RC_CONFLICT: two of one level. */
static rc
step(const places *p, str s, const place *in, const place **out, size_t *used)
{
	for (str head = utf8_cut(s, NAME_CHARS); head.n; head = utf8_cut(head, utf8_count(head) - 1)) {
		const place *best = NULL;
		bool twice = false;
		for (const called *c = map_get(&p->names, head); c; c = c->next) {
			if (in &&
			    (c->at->code < in->code || c->at->code >= in->end || c->at->level <= in->level))
				continue;
			if (!best || c->at->level < best->level) {
				best = c->at;
				twice = false;
			} else if (c->at->level == best->level) {
				twice = true;
			}
		}
		if (twice)
			return RC_CONFLICT;
		if (best) {
			*out = best;
			*used = head.n;
			return RC_OK;
		}
	}
	return RC_NOT_FOUND;
}

static str
skip_space(str s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == ',' || s.p[0] == '-' || s.p[0] == '/'))
		s = str_from(s, 1);
	return s;
}

rc
places_find(const places *p, str path, int64_t *code, str *rest)
{
	const place *at = NULL, *next = NULL;
	size_t used = 0;
	str s = skip_space(path);

	for (int i = 0; i < DEPTH; i++) {
		rc r = step(p, s, at, &next, &used);
		if (r == RC_CONFLICT && !at)
			return RC_NOT_FOUND;
		if (r != RC_OK)
			break;
		at = next;
		s = skip_space(str_from(s, used));
	}
	if (!at)
		return RC_NOT_FOUND;
	*code = at->code;
	*rest = s;
	return RC_OK;
}

bool
places_has(const places *p, int64_t code)
{
	return at_code(p, code) != NULL;
}

int
places_level(const places *p, int64_t code)
{
	const place *at = at_code(p, code);

	return at ? at->level : 0;
}

str
places_path(const places *p, arena *a, int64_t code)
{
	const place *line[DEPTH];
	size_t n = 0;
	buf b = buf_in(a);

	for (const place *at = at_code(p, code); at && n < DEPTH; at = at_code(p, at->parent))
		if (!at->heading)
			line[n++] = at;
	if (n == 0)
		return str_fmt(a, "%012lld", (long long)code);
	while (n)
		buf_put(&b, line[--n]->name);
	return buf_str(&b);
}

/* ---- for value.h ---- */

/* A cell that names a division and nothing after it. */
static rc
find_whole(const void *ctx, str path, int64_t *code)
{
	str rest;

	TRY(places_find(ctx, path, code, &rest));
	return rest.n ? RC_NOT_FOUND : RC_OK;
}

static bool
stands(const void *ctx, int64_t code)
{
	return places_has(ctx, code);
}

static str
show(const void *ctx, arena *a, int64_t code, msg_lang lang)
{
	(void)lang; /* names of divisions are never translated */
	return places_path(ctx, a, code);
}

field_regions
places_regions(const places *p)
{
	return (field_regions){.ctx = p, .find = find_whole, .stands = stands, .show = show};
}
