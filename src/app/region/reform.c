/* reform.c - see reform.h.
 *
 * A new successor must stand, and must not have ended on any day that is recorded: every arrow points at a
 * code that has none itself, so the arrows never make a circle, whatever the order in which notices are
 * entered. */
#include "app/region/reform.h"

#include "app/region_sql.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "store/rows.h"

enum { NAME_MAX_CHARS = 60, SOURCE_MAX_CHARS = 200, YEAR_FIRST = 1949, YEAR_LAST = 2199 };

const char *const region_act_name[REGION_ACTS] = {
	[REGION_CREATED] = "created", [REGION_RENAMED] = "renamed", [REGION_MERGED] = "merged",
	[REGION_RECODED] = "recoded", [REGION_SPLIT] = "split",     [REGION_CLOSED] = "closed",
};

typedef struct move {
	interval from;
	int64_t by;
} move;

typedef struct reform {
	tx *t;
	db *d;
	arena *a;
	fault *f;
	const region_reform *in;
	str day;
	int64_t changed;
	VEC(move) moved;
} reform;

static int32_t
last_day(void)
{
	return date_from_ymd(9999, 12, 31);
}

/* The division stands on the day of the reform, and nothing that is recorded ends it. */
static rc
standing(reform *k, int64_t code, region *out)
{
	region later = {0};
	rc r = region_find(k->d, k->a, k->f, code, k->in->day, out);

	if (r == RC_NOT_FOUND)
		return FAIL(k->f, RC_INVALID, "region.unknown", FA_INT("code", code));
	TRY(r);
	TRY(region_find(k->d, k->a, k->f, code, last_day(), &later));
	if (later.until != DATE_NONE)
		return FAIL(k->f, RC_INVALID, "region.ended", FA_STR("name", later.name),
			    FA_INT("code", code));
	return RC_OK;
}

static rc
unused(reform *k, int64_t code)
{
	region_rows_in_rows rows;

	TRY(sql_region_rows_in(k->d, k->a, k->f, &(region_rows_in_in){code, code + 1, DIV_PROVINCE, 1},
			       &rows));
	return rows.n == 0 ? RC_OK : (rc)FAIL(k->f, RC_INVALID, "region.used", FA_INT("code", code));
}

static rc
name_ok(reform *k, str name)
{
	if (name.n == 0 || utf8_count(name) > NAME_MAX_CHARS)
		return FAIL(k->f, RC_INVALID, "region.name", FA_INT("max", NAME_MAX_CHARS));
	return RC_OK;
}

/* A code of that level that lies in the parent, which ends right above it. */
static rc
place_ok(reform *k, int64_t code, div_level level, const region *parent)
{
	interval in = region_interval(parent);

	if (level < DIV_CITY || level > DIV_VILLAGE || code % div_span(level) != 0)
		return FAIL(k->f, RC_INVALID, "region.level", FA_INT("code", code));
	if (code <= in.lo || code >= in.hi || parent->lowest + 1 != level)
		return FAIL(k->f, RC_INVALID, "region.parent", FA_INT("code", code),
			    FA_STR("name", parent->name));
	return RC_OK;
}

/* ---- rows ---- */

static rc
put_change(reform *k, region_act act, int64_t code, str name, int64_t successor)
{
	k->changed++;
	return put_region_change(k->t, &(row_region_change){.code = code,
							    .valid_from = k->day,
							    .kind = str_of(region_act_name[act]),
							    .name = name,
							    .successor = successor,
							    .source = k->in->source});
}

/* All names the division has had can be searched. */
static rc
put_key(reform *k, int64_t code, div_level level)
{
	region_rows_in_rows rows;
	region_changes_rows changes;

	if (level == DIV_VILLAGE)
		return RC_OK;
	TRY(sql_region_rows_in(k->d, k->a, k->f, &(region_rows_in_in){code, code + 1, DIV_PROVINCE, 1},
			       &rows));
	BUG_ON(rows.n != 1);
	region_changes_in of = {rows.v[0].parent, code, code + 1};
	TRY(sql_region_changes(k->d, k->a, k->f, &of, &changes));
	str *name = arena_array(k->a, str, 1 + changes.n);
	name[0] = rows.v[0].name;
	for (size_t i = 0; i < changes.n; i++)
		name[1 + i] = changes.v[i].name;
	region_key_put_in key = {code, level, region_key_of(k->a, name, 1 + changes.n)};
	return sql_region_key_put(k->d, k->f, &key, NULL);
}

static rc
put_new(reform *k, const region *r)
{
	TRY(put_region(k->t, &(row_region){.code = r->code,
					   .name = r->name,
					   .level = r->level,
					   .lowest = r->lowest,
					   .parent = r->parent,
					   .kind = r->kind,
					   .valid_from = k->day}));
	TRY(put_change(k, REGION_CREATED, r->code, r->name, r->code));
	return put_key(k, r->code, r->level);
}

/* ---- the acts ---- */

static rc
act_created(reform *k, const region_item *i)
{
	region parent = {0};
	region_kind kind = i->kind;

	TRY(name_ok(k, i->name));
	TRY(standing(k, i->parent, &parent));
	TRY(place_ok(k, i->code, i->level, &parent));
	TRY(unused(k, i->code));
	if (i->level == DIV_VILLAGE) /* the number says which committee it has */
		kind = i->code % 1000 < 200 ? REGION_NEIGHBOURHOOD : REGION_VILLAGE;
	return put_new(k, &(region){.code = i->code,
				    .parent = i->parent,
				    .name = i->name,
				    .level = i->level,
				    .lowest = i->level,
				    .kind = kind});
}

static rc
act_renamed(reform *k, const region_item *i)
{
	region r = {0};

	TRY(name_ok(k, i->name));
	TRY(standing(k, i->code, &r));
	TRY(put_change(k, REGION_RENAMED, i->code, i->name, i->code));
	return put_key(k, i->code, r.level);
}

/* Merged and split: its figures go on under another division of its level. */
static rc
act_ended(reform *k, const region_item *i)
{
	region r = {0}, next = {0};

	TRY(standing(k, i->code, &r));
	if (i->act != REGION_CLOSED) {
		if (i->successor == i->code)
			return FAIL(k->f, RC_INVALID, "region.itself", FA_STR("name", r.name));
		TRY(standing(k, i->successor, &next));
		if (next.level > r.lowest || next.lowest < r.level)
			return FAIL(k->f, RC_INVALID, "region.successor", FA_STR("name", r.name),
				    FA_STR("successor", next.name));
	}
	return put_change(k, i->act, i->code, r.name, next.code);
}

/* One division of the subtree to its place under the new code. */
static rc
move_one(reform *k, const region_item *i, const region *root, int64_t parent, int64_t code)
{
	region r = {0};
	rc found = region_find(k->d, k->a, k->f, code, k->in->day, &r);

	if (found == RC_NOT_FOUND || (found == RC_OK && r.until != DATE_NONE))
		return RC_OK;
	TRY(found);
	region to = r;
	to.code = code - root->code + i->successor;
	to.parent = code == root->code ? parent : r.parent - root->code + i->successor;
	to.name = code == root->code && i->name.n > 0 ? i->name : r.name;
	TRY(unused(k, to.code));
	TRY(put_change(k, REGION_RECODED, code, r.name, to.code));
	return put_new(k, &to);
}

static rc
act_recoded(reform *k, const region_item *i)
{
	region r = {0}, parent = {0};
	region_rows_in_rows all;

	TRY(standing(k, i->code, &r));
	if (i->name.n > 0)
		TRY(name_ok(k, i->name));
	if (i->successor == i->code)
		return FAIL(k->f, RC_INVALID, "region.itself", FA_STR("name", r.name));
	if (r.level == DIV_PROVINCE)
		return FAIL(k->f, RC_INVALID, "region.level", FA_INT("code", i->code));
	int64_t above = i->parent ? i->parent : i->successor - i->successor % div_span(r.level - 1);
	TRY(standing(k, above, &parent));
	TRY(place_ok(k, i->successor, r.level, &parent));
	interval in = region_interval(&r);
	region_rows_in_in below = {in.lo, in.hi, DIV_PROVINCE, REFORM_MOVED + 1};
	TRY(sql_region_rows_in(k->d, k->a, k->f, &below, &all));
	if (all.n > REFORM_MOVED)
		return FAIL(k->f, RC_LIMIT, "region.moved", FA_INT("max", REFORM_MOVED));
	for (size_t n = 0; n < all.n; n++)
		TRY(move_one(k, i, &r, above, all.v[n].code));
	*vec_add(k->a, &k->moved) = (move){in, i->successor - i->code};
	return RC_OK;
}

/* ---- federations ---- */

/* A row is written in the ledger of its own tenant and in no other: replay goes from tenant to tenant. */
static void
tenant_event(reform *k, int64_t tenant)
{
	tx_event(k->t, &(event_head){.tenant = tenant,
				     .actor = k->in->actor,
				     .office = k->in->office,
				     .kind = "tenant.moved",
				     .subject = tenant,
				     .purpose = k->in->source});
}

/* A federation keeps its number and goes to the new code; so do the places of a zone. */
static rc
move_tenants(reform *k, const move *m)
{
	tenants_in_rows tenants;
	tenant_areas_in_rows areas;

	TRY(sql_tenants_in(k->d, k->a, k->f, &(tenants_in_in){m->from.lo, m->from.hi}, &tenants));
	for (size_t i = 0; i < tenants.n; i++) {
		row_tenant row = {.id = tenants.v[i].id, .region = tenants.v[i].region + m->by};
		tenant_event(k, row.id);
		TRY(patch_tenant(k->t, &row, TENANT_REGION));
		TRY(tx_event_end(k->t));
	}
	TRY(sql_tenant_areas_in(k->d, k->a, k->f, &(tenant_areas_in_in){m->from.lo, m->from.hi}, &areas));
	for (size_t i = 0; i < areas.n; i++) {
		const tenant_areas_in_row *x = &areas.v[i];
		if (x->valid_to.n > 0)
			continue;
		tenant_event(k, x->tenant);
		TRY(close_tenant_area(k->t, x->tenant, x->region, k->day));
		TRY(put_tenant_area(k->t, &(row_tenant_area){.tenant = x->tenant,
							     .region = x->region + m->by,
							     .valid_from = k->day,
							     .valid_to = STR("")}));
		TRY(tx_event_end(k->t));
	}
	return RC_OK;
}

/* ---- the whole ---- */

static rc
head_ok(const reform *k)
{
	int32_t year = date_ymd(k->in->day).y;

	if (year < YEAR_FIRST || year > YEAR_LAST)
		return FAIL(k->f, RC_INVALID, "region.day", FA_FIELD(STR("day")));
	if (k->in->source.n == 0 || utf8_count(k->in->source) > SOURCE_MAX_CHARS)
		return FAIL(k->f, RC_INVALID, "region.source", FA_FIELD(STR("source")),
			    FA_INT("max", SOURCE_MAX_CHARS));
	if (k->in->n == 0 || k->in->n > REFORM_ITEMS)
		return FAIL(k->f, RC_INVALID, "region.items", FA_INT("max", REFORM_ITEMS));
	return RC_OK;
}

/* Nothing may stand under a division that has ended: it would be in no list any more. */
static rc
nothing_below(reform *k, int64_t code)
{
	region_list below;
	region_page page = {.parent = code, .day = k->in->day, .max = 1};
	region r = {0};

	TRY(region_children(k->d, k->a, k->f, &page, &below));
	if (below.n == 0)
		return RC_OK;
	TRY(region_find(k->d, k->a, k->f, code, k->in->day, &r));
	return FAIL(k->f, RC_INVALID, "region.below", FA_STR("name", r.name),
		    FA_STR("below", below.v[0].name));
}

rc
region_reform_run(tx *t, const void *in, void *out)
{
	static rc (*const act[REGION_ACTS])(reform *, const region_item *) = {
		[REGION_CREATED] = act_created, [REGION_RENAMED] = act_renamed, [REGION_MERGED] = act_ended,
		[REGION_RECODED] = act_recoded, [REGION_SPLIT] = act_ended,     [REGION_CLOSED] = act_ended,
	};
	reform k = {.t = t, .d = tx_db(t), .a = tx_arena(t), .f = tx_fault(t), .in = in};

	TRY(head_ok(&k));
	k.day = date_str(k.a, k.in->day);
	tx_event(t, &(event_head){.actor = k.in->actor,
				  .office = k.in->office,
				  .kind = "region.changed",
				  .subject = k.in->v[0].code,
				  .purpose = k.in->source});
	for (size_t i = 0; i < k.in->n; i++) {
		BUG_ON(k.in->v[i].act >= REGION_ACTS);
		TRY(act[k.in->v[i].act](&k, &k.in->v[i]));
	}
	for (size_t i = 0; i < k.in->n; i++)
		if (k.in->v[i].act != REGION_CREATED && k.in->v[i].act != REGION_RENAMED)
			TRY(nothing_below(&k, k.in->v[i].code));
	TRY(tx_event_end(t));
	for (size_t i = 0; i < k.moved.n; i++)
		TRY(move_tenants(&k, &k.moved.v[i]));
	*(int64_t *)out = k.changed;
	return RC_OK;
}

/* ---- what became of a code ---- */

static region_act
act_of(str name)
{
	size_t i = 0;

	while (i < REGION_ACTS && !str_eq(name, str_of(region_act_name[i])))
		i++;
	BUG_ON(i == REGION_ACTS);
	return (region_act)i;
}

rc
region_history(db *d, arena *a, fault *f, int64_t code, region_events *out)
{
	region_changes_rows rows;
	region r = {0};

	*out = (region_events){0};
	TRY(region_find(d, a, f, code, last_day(), &r));
	TRY(sql_region_changes(d, a, f, &(region_changes_in){r.parent, code, code + 1}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		region_event *e = vec_add(a, out);
		*e = (region_event){.code = code,
				    .successor = rows.v[i].successor,
				    .act = act_of(rows.v[i].kind),
				    .name = rows.v[i].name,
				    .source = rows.v[i].source};
		BUG_ON(!date_parse(rows.v[i].valid_from, &e->day));
	}
	return RC_OK;
}

rc
region_today(db *d, arena *a, fault *f, int64_t code, int32_t day, int64_t *out)
{
	region r = {0};

	do {
		TRY(region_find(d, a, f, code, day, &r));
		code = r.until == DATE_NONE ? r.code : r.successor;
	} while (code != 0 && code != r.code);
	*out = code;
	return RC_OK;
}

int64_t
region_map_of(const region_map *m, int64_t code)
{
	size_t lo = 0, hi = m->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (m->from[mid] < code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < m->n && m->from[lo] == code ? m->to[lo] : code;
}

rc
region_map_load(db *d, arena *a, fault *f, int32_t day, region_map *out)
{
	char text[DATE_TEXT];
	region_ends_rows rows;

	TRY(sql_region_ends(d, a, f, date_text(day, text), &rows));
	int64_t *from = arena_array(a, int64_t, rows.n), *to = arena_array(a, int64_t, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		from[i] = rows.v[i].code;
		to[i] = rows.v[i].successor;
	}
	*out = (region_map){from, to, rows.n};
	for (size_t i = 0; i < rows.n; i++)
		for (int64_t next; (next = region_map_of(out, to[i])) != to[i];)
			to[i] = next;
	return RC_OK;
}
