/* organisation.c - see organisation.h. */
#include "app/organisation/organisation.h"

#include "app/organisation_sql.h"
#include "base/date.h"
#include "base/utf8.h"

/* Codes that one division of a level spans. */
static const int64_t width[LEVELS] = {
	[LEVEL_NATION] = 1000000000000, [LEVEL_PROVINCE] = 10000000000, [LEVEL_CITY] = 100000000,
	[LEVEL_COUNTY] = 1000000,       [LEVEL_TOWNSHIP] = 1000,        [LEVEL_VILLAGE] = 1,
};

/* The level that a code's zeros leave it. */
static office_level
level_of(int64_t code)
{
	office_level of = LEVEL_NATION;

	while (code % width[of] != 0)
		of++;
	return of;
}

interval
division_interval(int64_t code)
{
	if (code == 0)
		return (interval){100000000000, 1000000000000};
	return (interval){code, code + width[level_of(code)]};
}

bool
scope_covers(const scope *s, interval area)
{
	for (size_t i = 0; i < s->n; i++)
		if (area.lo < area.hi && area.lo >= s->v[i].lo && area.hi <= s->v[i].hi)
			return true;
	return false;
}

/* ---- checks ---- */

static bool
phone_ok(str s)
{
	if (s.n > 30)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && !strchr("+-() ,", s.p[i]))
			return false;
	return true;
}

static rc
check_words(fault *f, str name, str phone, str address)
{
	if (name.n == 0 || utf8_count(name) > OFFICE_NAME_MAX)
		return FAIL(f, RC_INVALID, "office.name", FA_FIELD(STR("name")),
			    FA_INT("max", OFFICE_NAME_MAX));
	if (!phone_ok(phone))
		return FAIL(f, RC_INVALID, "office.phone", FA_FIELD(STR("phone")));
	if (utf8_count(address) > 120)
		return FAIL(f, RC_INVALID, "office.address", FA_FIELD(STR("address")), FA_INT("max", 120));
	return RC_OK;
}

/* Sorted, apart, inside the federation's own divisions. */
static rc
check_areas(fault *f, const scope *areas, interval tenant)
{
	int64_t after = tenant.lo;

	if (areas->n > OFFICE_AREAS_MAX)
		return FAIL(f, RC_INVALID, "office.areas", FA_FIELD(STR("areas")));
	for (size_t i = 0; i < areas->n; i++) {
		interval v = areas->v[i];
		if (v.lo < after || v.hi <= v.lo || v.hi > tenant.hi)
			return FAIL(f, RC_INVALID, "office.areas", FA_FIELD(STR("areas")));
		after = v.hi;
	}
	return RC_OK;
}

/* The federation that the office stands in, and its divisions. */
static rc
tenant_interval(tx *t, int64_t tenant, interval *out)
{
	row_tenant r;
	rc e = find_tenant(t, tenant, &r);

	if (e == RC_NOT_FOUND || (e == RC_OK && r.valid_to.n))
		return FAIL(tx_fault(t), RC_INVALID, "office.tenant", FA_FIELD(STR("tenant")));
	TRY(e);
	*out = division_interval(r.region);
	return RC_OK;
}

static bool
kind_fits_level(office_kind kind, office_level of)
{
	if (kind == OFFICE_VILLAGE)
		return of == LEVEL_VILLAGE;
	if (kind == OFFICE_TOWNSHIP)
		return of == LEVEL_TOWNSHIP;
	if (kind == OFFICE_INSTITUTION)
		return of != LEVEL_NATION;
	return of <= LEVEL_COUNTY;
}

/* Does the division stand for this level?  Its row says so: Dongguan is a city and its own county. Where its
 * list is not loaded, the zeros of the code do. */
static rc
stands_for(tx *t, int64_t code, office_level of, bool *out)
{
	row_region r;
	rc e = code > 0 ? find_region(t, code, &r) : RC_NOT_FOUND;

	if (e == RC_OK)
		*out = (int64_t)of >= r.level && (int64_t)of <= r.lowest;
	else
		*out = code >= 0 && code < width[LEVEL_NATION] && level_of(code) == of;
	return e == RC_NOT_FOUND ? RC_OK : e;
}

static rc
check_place(tx *t, const office_new *o, interval tenant)
{
	fault *f = tx_fault(t);
	bool fits = false;

	if (o->kind >= OFFICE_KINDS || o->level >= LEVELS || !kind_fits_level(o->kind, o->level))
		return FAIL(f, RC_INVALID, "office.level", FA_FIELD(STR("level")));
	interval own = division_interval(o->region);
	TRY(stands_for(t, o->region, o->level, &fits));
	if (!fits || own.lo < tenant.lo || own.hi > tenant.hi)
		return FAIL(f, RC_INVALID, "office.region", FA_FIELD(STR("region")));
	if (!may(o->by, PERM_OFFICE_WRITE, own.lo))
		return FAIL(f, RC_DENIED, "office.denied");
	return RC_OK;
}

/* ---- areas ---- */

static rc
put_areas(tx *t, int64_t tenant, int64_t office, const scope *areas)
{
	office_areas_rows old;

	TRY(sql_office_areas(tx_db(t), tx_arena(t), tx_fault(t),
			     &(office_areas_in){.tenant = tenant, .office = office}, &old));
	for (size_t i = 0; i < areas->n; i++) {
		row_office_area r = {.tenant = tenant,
				     .office = office,
				     .lo = areas->v[i].lo,
				     .hi = areas->v[i].hi,
				     .closed = STR("")};
		size_t k = 0;
		while (k < old.n && old.v[k].lo != r.lo)
			k++;
		if (k == old.n)
			TRY(put_office_area(t, &r));
		else if (old.v[k].hi != r.hi || old.v[k].closed.n)
			TRY(patch_office_area(t, &r, OFFICE_AREA_HI | OFFICE_AREA_CLOSED));
	}
	str today = date_str(tx_arena(t), tx_today(t));
	for (size_t k = 0; k < old.n; k++) {
		size_t i = 0;
		while (i < areas->n && areas->v[i].lo != old.v[k].lo)
			i++;
		if (i == areas->n && !old.v[k].closed.n)
			TRY(close_office_area(t, tenant, office, old.v[k].lo, today));
	}
	return RC_OK;
}

rc
office_scope(tx *t, const row_office *o, scope *out)
{
	office_areas_rows rows;

	TRY(sql_office_areas(tx_db(t), tx_arena(t), tx_fault(t),
			     &(office_areas_in){.tenant = o->tenant, .office = o->id}, &rows));
	interval *v = arena_array(tx_arena(t), interval, rows.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < rows.n; i++)
		if (!rows.v[i].closed.n)
			v[n++] = (interval){rows.v[i].lo, rows.v[i].hi};
	if (n == 0)
		v[n++] = division_interval(o->region);
	*out = (scope){v, n};
	return RC_OK;
}

/* ---- commands ---- */

rc
office_open(tx *t, const void *in, void *out)
{
	const office_new *o = in;
	interval tenant;

	TRY(tenant_interval(t, o->tenant, &tenant));
	TRY(check_words(tx_fault(t), o->name, o->phone, o->address));
	TRY(check_place(t, o, tenant));
	TRY(check_areas(tx_fault(t), &o->areas, tenant));
	row_office r = {.tenant = o->tenant,
			.id = tx_id(t),
			.kind = office_kind_names[o->kind],
			.level = o->level,
			.region = o->region,
			.name = o->name,
			.phone = o->phone.p ? o->phone : STR(""),
			.address = o->address.p ? o->address : STR(""),
			.closed = STR("")};
	tx_event(t, &(event_head){.tenant = o->tenant,
				  .actor = o->by->account,
				  .office = o->by->office,
				  .kind = "office.opened",
				  .subject = r.id});
	TRY(put_office(t, &r));
	TRY(put_areas(t, r.tenant, r.id, &o->areas));
	*(int64_t *)out = r.id;
	return RC_OK;
}

rc
office_find(tx *t, int64_t tenant, int64_t id, row_office *out)
{
	TRY(find_office(t, tenant, id, out));
	return out->closed.n ? RC_NOT_FOUND : RC_OK;
}

/* The open office that `by` may write; to him any other is not there. */
static rc
writable(tx *t, const actor *by, int64_t tenant, int64_t id, row_office *out)
{
	TRY(office_find(t, tenant, id, out));
	return may(by, PERM_OFFICE_WRITE, division_interval(out->region).lo) ? RC_OK : RC_NOT_FOUND;
}

static rc
posts(tx *t, int64_t tenant, int64_t office, office_posts_rows *out)
{
	return sql_office_posts(tx_db(t), tx_arena(t), tx_fault(t),
				&(office_posts_in){.tenant = tenant,
						   .office = office,
						   .today = date_str(tx_arena(t), tx_today(t))},
				out);
}

rc
office_change(tx *t, const void *in, void *out)
{
	const office_edit *e = in;
	row_office o;
	interval tenant;
	office_posts_rows held;
	scope left;

	(void)out;
	TRY(writable(t, e->by, e->tenant, e->id, &o));
	TRY(tenant_interval(t, e->tenant, &tenant));
	TRY(check_words(tx_fault(t), e->name, e->phone, e->address));
	TRY(check_areas(tx_fault(t), &e->areas, tenant));
	tx_event(t, &(event_head){.tenant = e->tenant,
				  .actor = e->by->account,
				  .office = e->by->office,
				  .kind = "office.changed",
				  .subject = e->id});
	o.name = e->name;
	o.phone = e->phone.p ? e->phone : STR("");
	o.address = e->address.p ? e->address : STR("");
	TRY(patch_office(t, &o, OFFICE_NAME | OFFICE_PHONE | OFFICE_ADDRESS));
	TRY(put_areas(t, e->tenant, e->id, &e->areas));
	TRY(office_scope(t, &o, &left));
	TRY(posts(t, e->tenant, e->id, &held));
	for (size_t i = 0; i < held.n; i++)
		if (!scope_covers(&left, (interval){held.v[i].lo, held.v[i].hi}))
			return FAIL(tx_fault(t), RC_CONFLICT, "office.area_held", FA_FIELD(STR("areas")));
	return RC_OK;
}

rc
office_shut(tx *t, const void *in, void *out)
{
	const office_end *e = in;
	row_office o;
	office_posts_rows held;

	(void)out;
	TRY(writable(t, e->by, e->tenant, e->id, &o));
	TRY(posts(t, e->tenant, e->id, &held));
	if (held.n)
		return FAIL(tx_fault(t), RC_CONFLICT, "office.held", FA_INT("n", held.n));
	tx_event(t, &(event_head){.tenant = e->tenant,
				  .actor = e->by->account,
				  .office = e->by->office,
				  .kind = "office.closed",
				  .subject = e->id});
	TRY(put_areas(t, e->tenant, e->id, &(scope){0}));
	return close_office(t, e->tenant, e->id, date_str(tx_arena(t), tx_today(t)));
}

/* ---- reads ---- */

static office_kind
kind_of(str name)
{
	size_t k = 0;

	while (k < OFFICE_KINDS && !str_eq(name, office_kind_names[k]))
		k++;
	return (office_kind)k;
}

rc
office_list(db *d, arena *a, fault *f, const actor *who, int64_t tenant, office_views *out)
{
	offices_in_rows rows;

	*out = (office_views){0};
	TRY(sql_offices_in(d, a, f, &who->scope, tenant, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (office_view){.tenant = tenant,
						 .id = rows.v[i].id,
						 .region = rows.v[i].region,
						 .kind = kind_of(rows.v[i].kind),
						 .level = (office_level)rows.v[i].level,
						 .name = rows.v[i].name,
						 .phone = rows.v[i].phone,
						 .address = rows.v[i].address};
	return RC_OK;
}

rc
office_read(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id, office_view *out)
{
	office_one_row r;
	office_areas_rows areas;

	TRY(sql_office_one(d, a, f, &who->scope, &(office_one_in){.tenant = tenant, .id = id}, &r));
	TRY(sql_office_areas(d, a, f, &(office_areas_in){.tenant = tenant, .office = id}, &areas));
	interval *v = arena_array(a, interval, areas.n);
	size_t n = 0;
	for (size_t i = 0; i < areas.n; i++)
		if (!areas.v[i].closed.n)
			v[n++] = (interval){areas.v[i].lo, areas.v[i].hi};
	*out = (office_view){.tenant = tenant,
			     .id = id,
			     .region = r.region,
			     .kind = kind_of(r.kind),
			     .level = (office_level)r.level,
			     .name = r.name,
			     .phone = r.phone,
			     .address = r.address,
			     .areas = {v, n}};
	return RC_OK;
}
