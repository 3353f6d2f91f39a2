/* tenant.c - see tenant.h. */
#include "app/region/tenant.h"

#include "app/region/reform.h"
#include "app/region_sql.h"
#include "base/utf8.h"
#include "store/rows.h"

enum { NAME_MAX_CHARS = 80, SIX_DIGITS = 1000000, PAGE = 500 };

static const int64_t COUNTRY = 1000000000000;

/* Two statements give rows of these columns. */
#define TENANT_OF(row)                                                                                       \
	((tenant){.id = (row).id,                                                                            \
		  .parent = (row).parent,                                                                    \
		  .level = (tenant_level)(row).level,                                                        \
		  .region = (row).region,                                                                    \
		  .name = (row).name,                                                                        \
		  .name_en = (row).name_en,                                                                  \
		  .since = day_of((row).valid_from),                                                         \
		  .until = day_of((row).valid_to)})

static int32_t
day_of(str text)
{
	int32_t day = DATE_NONE;

	BUG_ON(text.n > 0 && !date_parse(text, &day));
	return day;
}

static bool
holds(int32_t since, int32_t until, int32_t day)
{
	return since <= day && (until == DATE_NONE || day < until);
}

rc
tenant_find(db *d, arena *a, fault *f, int64_t id, tenant *out)
{
	tenant_row_row row;

	TRY(sql_tenant_row(d, a, f, id, &row));
	*out = TENANT_OF(row);
	return RC_OK;
}

/* The federation of exactly this division, not a zone's inside it. */
static rc
tenant_at(db *d, arena *a, fault *f, int64_t code, int32_t day, tenant *out)
{
	tenant_rows_at_rows rows;

	TRY(sql_tenant_rows_at(d, a, f, code, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		*out = TENANT_OF(rows.v[i]);
		if (out->level != TENANT_ZONE && holds(out->since, out->until, day))
			return RC_OK;
	}
	return RC_NOT_FOUND;
}

rc
tenant_chain(db *d, arena *a, fault *f, int64_t id, tenant_list *out)
{
	tenant t = {.parent = id};

	*out = (tenant_list){0};
	while (t.parent != 0) {
		TRY(tenant_find(d, a, f, t.parent, &t));
		*vec_add(a, out) = t;
	}
	return RC_OK;
}

/* ---- which federation ---- */

/* The zone that looks after this very division. */
static rc
zone_of(db *d, arena *a, fault *f, int64_t code, int32_t day, tenant *out)
{
	tenant_areas_at_rows rows;

	TRY(sql_tenant_areas_at(d, a, f, code, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (holds(day_of(rows.v[i].valid_from), day_of(rows.v[i].valid_to), day))
			return tenant_find(d, a, f, rows.v[i].tenant, out);
	return RC_NOT_FOUND;
}

rc
tenant_of_region(db *d, arena *a, fault *f, int64_t code, int32_t day, tenant *out)
{
	region r = {0};

	TRY(region_today(d, a, f, code, day, &code));
	if (code == 0)
		return RC_NOT_FOUND;
	TRY(region_find(d, a, f, code, day, &r));
	while (r.level > DIV_COUNTY) {
		rc zone = zone_of(d, a, f, r.code, day, out);
		if (zone != RC_NOT_FOUND)
			return zone;
		TRY(region_find(d, a, f, r.parent, day, &r));
	}
	return tenant_at(d, a, f, r.code, day, out);
}

static rc
zone_scope(db *d, arena *a, fault *f, int64_t id, int32_t day, scope *out)
{
	tenant_areas_of_rows rows;

	TRY(sql_tenant_areas_of(d, a, f, id, &rows));
	interval *v = arena_array(a, interval, rows.n);
	out->v = v;
	for (size_t i = 0; i < rows.n; i++) {
		region r = {0};
		if (!holds(day_of(rows.v[i].valid_from), day_of(rows.v[i].valid_to), day))
			continue;
		TRY(region_find(d, a, f, rows.v[i].region, day, &r));
		v[out->n++] = region_interval(&r);
	}
	return RC_OK;
}

/* An interval less those of the zones in it, which come in order and do not overlap. */
static rc
without_zones(db *d, arena *a, fault *f, interval all, int32_t day, scope *out)
{
	tenant_areas_in_rows rows;

	TRY(sql_tenant_areas_in(d, a, f, &(tenant_areas_in_in){all.lo, all.hi}, &rows));
	interval *v = arena_array(a, interval, rows.n + 1);
	out->v = v;
	for (size_t i = 0; i < rows.n; i++) {
		region r = {0};
		if (!holds(day_of(rows.v[i].valid_from), day_of(rows.v[i].valid_to), day))
			continue;
		TRY(region_find(d, a, f, rows.v[i].region, day, &r));
		interval zone = region_interval(&r);
		if (all.lo < zone.lo)
			v[out->n++] = (interval){all.lo, zone.lo};
		all.lo = zone.hi;
	}
	if (all.lo < all.hi)
		v[out->n++] = all;
	return RC_OK;
}

rc
tenant_scope(db *d, arena *a, fault *f, const tenant *t, int32_t day, scope *out)
{
	region r = {0};
	interval *one = arena_new(a, interval);

	*out = (scope){one, 0};
	if (t->level == TENANT_ZONE)
		return zone_scope(d, a, f, t->id, day, out);
	if (t->level == TENANT_NATION) {
		*one = (interval){0, COUNTRY};
		out->n = 1;
		return RC_OK;
	}
	TRY(region_find(d, a, f, t->region, day, &r));
	if (r.lowest >= DIV_COUNTY)
		return without_zones(d, a, f, region_interval(&r), day, out);
	*one = region_interval(&r);
	out->n = 1;
	return RC_OK;
}

/* ---- founding ---- */

typedef struct founder {
	tx *t;
	db *d;
	arena *a;
	fault *f;
	int32_t day;
	int64_t actor, office;
} founder;

static founder
founder_of(tx *t, int32_t day, int64_t actor, int64_t office)
{
	return (founder){t, tx_db(t), tx_arena(t), tx_fault(t), day, actor, office};
}

/* Six digits, or those with the first free two behind them. */
static rc
free_number(founder *k, int64_t digits, int64_t first, int64_t *out)
{
	row_tenant there = {0};

	for (int64_t n = first; n < 100; n++) {
		*out = n == 0 ? digits : digits * 100 + n;
		rc r = find_tenant(k->t, *out, &there);
		if (r != RC_OK)
			return r == RC_NOT_FOUND ? RC_OK : r;
	}
	return FAIL(k->f, RC_LIMIT, "tenant.numbers", FA_INT("number", digits));
}

static rc
found(founder *k, const row_tenant *row)
{
	if (row->name.n == 0 || utf8_count(row->name) > NAME_MAX_CHARS ||
	    utf8_count(row->name_en) > NAME_MAX_CHARS)
		return FAIL(k->f, RC_INVALID, "tenant.name", FA_FIELD(STR("name")),
			    FA_INT("max", NAME_MAX_CHARS));
	tx_event(k->t, &(event_head){.tenant = row->id,
				     .actor = k->actor,
				     .office = k->office,
				     .kind = "tenant.founded",
				     .subject = row->id});
	TRY(put_tenant(k->t, row));
	return tx_event_end(k->t);
}

/* The nation's, unless it stands. */
static rc
ensure_nation(founder *k)
{
	row_tenant row = {.id = TENANT_OF_NATION};
	rc r = find_tenant(k->t, row.id, &row);

	if (r != RC_NOT_FOUND)
		return r;
	return found(k, &(row_tenant){.id = TENANT_OF_NATION,
				      .level = TENANT_NATION,
				      .name = STR("中国残疾人联合会"),
				      .name_en = STR("China Disabled Persons' Federation"),
				      .valid_from = date_str(k->a, k->day),
				      .valid_to = STR("")});
}

/* The division's federation, unless it stands; *number is it in either case. */
static rc
ensure(founder *k, const region *r, int64_t parent, const tenant_found_in *named, int64_t *number)
{
	tenant there = {0};
	rc e = tenant_at(k->d, k->a, k->f, r->code, k->day, &there);

	*number = there.id;
	if (e != RC_NOT_FOUND)
		return e;
	TRY(free_number(k, r->code / SIX_DIGITS, 0, number));
	return found(k, &(row_tenant){.id = *number,
				      .parent = parent,
				      .level = (int64_t)r->level, /* the first levels of both are the same */
				      .region = r->code,
				      .name = named && named->name.n
						      ? named->name
						      : str_cat(k->a, r->name, STR("残疾人联合会")),
				      .name_en = named && named->name_en.p ? named->name_en : STR(""),
				      .valid_from = date_str(k->a, k->day),
				      .valid_to = STR("")});
}

static rc
ensure_below(founder *k, int64_t code, int64_t parent)
{
	region_page page = {.parent = code, .day = k->day, .max = PAGE};
	region_list list;

	do {
		TRY(region_children(k->d, k->a, k->f, &page, &list));
		for (size_t i = 0; i < list.n; i++) {
			const region *r = &list.v[i];
			int64_t number = parent;
			page.after = r->code;
			if (r->level > DIV_COUNTY)
				return RC_OK;
			if (r->kind != REGION_HEADING)
				TRY(ensure(k, r, parent, NULL, &number));
			if (r->lowest < DIV_COUNTY)
				TRY(ensure_below(k, r->code, number));
		}
	} while (list.n == PAGE);
	return RC_OK;
}

rc
tenant_found_run(tx *t, const void *in, void *out)
{
	const tenant_found_in *q = in;
	founder k = founder_of(t, q->day, q->actor, q->office);
	int64_t number = TENANT_OF_NATION;
	region_list path = {0};

	if (q->region != 0) {
		rc r = region_path(k.d, k.a, k.f, q->region, q->day, &path);
		if (r == RC_NOT_FOUND)
			return FAIL(k.f, RC_INVALID, "tenant.region", FA_INT("code", q->region));
		TRY(r);
		const region *last = &path.v[path.n - 1];
		if (last->level > DIV_COUNTY || last->kind == REGION_HEADING)
			return FAIL(k.f, RC_INVALID, "tenant.level", FA_STR("name", last->name));
		if (last->until != DATE_NONE)
			return FAIL(k.f, RC_INVALID, "tenant.region", FA_INT("code", q->region));
	}
	TRY(ensure_nation(&k));
	for (size_t i = 0; i < path.n; i++)
		TRY(ensure(&k, &path.v[i], number, i + 1 == path.n ? q : NULL, &number));
	if (q->below)
		TRY(ensure_below(&k, q->region, number));
	*(int64_t *)out = number;
	return RC_OK;
}

/* A township or village of the county that no zone has, in whole or in part. */
static rc
area_ok(founder *k, const region *county, int64_t code)
{
	interval in = region_interval(county);
	region r = {0};
	tenant other = {0};
	tenant_areas_in_rows inside;
	rc e = region_find(k->d, k->a, k->f, code, k->day, &r);

	if (e == RC_NOT_FOUND ||
	    (e == RC_OK && (r.until != DATE_NONE || r.level <= DIV_COUNTY || code < in.lo || code >= in.hi)))
		return FAIL(k->f, RC_INVALID, "tenant.area", FA_INT("code", code),
			    FA_STR("name", county->name));
	TRY(e);
	TRY(tenant_of_region(k->d, k->a, k->f, code, k->day, &other));
	in = region_interval(&r);
	TRY(sql_tenant_areas_in(k->d, k->a, k->f, &(tenant_areas_in_in){in.lo, in.hi}, &inside));
	bool taken = other.level == TENANT_ZONE;
	for (size_t i = 0; i < inside.n; i++)
		taken = taken || inside.v[i].valid_to.n == 0;
	return taken ? (rc)FAIL(k->f, RC_CONFLICT, "tenant.area_taken", FA_STR("name", r.name)) : RC_OK;
}

rc
tenant_zone_run(tx *t, const void *in, void *out)
{
	const tenant_zone_in *q = in;
	founder k = founder_of(t, q->day, q->actor, q->office);
	region county = {0};
	tenant around = {0};
	int64_t *number = out;

	if (q->areas == 0 || q->areas > TENANT_AREAS)
		return FAIL(k.f, RC_INVALID, "tenant.areas", FA_INT("max", TENANT_AREAS));
	rc r = tenant_at(k.d, k.a, k.f, q->county, q->day, &around);
	if (r == RC_OK)
		r = region_find(k.d, k.a, k.f, q->county, q->day, &county);
	if (r == RC_NOT_FOUND || (r == RC_OK && county.lowest < DIV_COUNTY))
		return FAIL(k.f, RC_INVALID, "tenant.region", FA_INT("code", q->county));
	TRY(r);
	for (size_t i = 0; i < q->areas; i++)
		TRY(area_ok(&k, &county, q->area[i]));
	TRY(free_number(&k, q->county / SIX_DIGITS, 1, number));
	/* a zone answers to the city, as the county around it does */
	int64_t parent = around.level == TENANT_COUNTY ? around.parent : around.id;
	row_tenant row = {.id = *number,
			  .parent = parent,
			  .level = TENANT_ZONE,
			  .region = q->county,
			  .name = q->name,
			  .name_en = q->name_en.p ? q->name_en : STR(""),
			  .valid_from = date_str(k.a, q->day),
			  .valid_to = STR("")};
	TRY(found(&k, &row));
	tx_event(t,
		 &(event_head){
			 .tenant = *number, .actor = q->actor, .office = q->office, .kind = "tenant.areas"});
	for (size_t i = 0; i < q->areas; i++) {
		r = put_tenant_area(t, &(row_tenant_area){.tenant = *number,
							  .region = q->area[i],
							  .valid_from = row.valid_from,
							  .valid_to = STR("")});
		if (r == RC_CONFLICT) /* named twice */
			fault_clear(k.f);
		else
			TRY(r);
	}
	return RC_OK;
}
