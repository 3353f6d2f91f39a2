/* read.c - schedule.h's reads. */
#include "app/schedule/schedule.h"

#include "app/organisation/organisation.h"
#include "app/schedule_sql.h"

rc
occasion_list(db *d, arena *a, fault *f, int64_t owner, int64_t office, str from, int64_t n, occasions *out)
{
	occasions_of_rows rows;

	*out = (occasions){0};
	TRY(sql_occasions_of(
		d, a, f, &(occasions_of_in){.tenant = owner, .office = office, .from = from, .n = n}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const occasions_of_row *r = &rows.v[i];
		*vec_add(a, out) = (occasion_view){.tenant = owner,
						   .id = r->id,
						   .office = office,
						   .region = r->region,
						   .categories = r->categories,
						   .capacity = r->capacity,
						   .taken = r->taken,
						   .kind = (occasion_kind)r->kind,
						   .day = r->day,
						   .begins = r->begins,
						   .ends = r->ends,
						   .place = r->place,
						   .cancelled = r->cancelled};
	}
	return RC_OK;
}

rc
occasion_read(db *d, arena *a, fault *f, const actor *who, int64_t owner, int64_t id, institution *at,
	      occasion_view *out)
{
	institution own;
	occasion_one_row r;

	if (!may(who, PERM_SCHEDULE_READ, REGION_NONE))
		return RC_NOT_FOUND;
	TRY(sql_occasion_one(d, a, f, &(occasion_one_in){.tenant = owner, .id = id}, &r));
	TRY(institution_read(d, a, f, who, owner, r.office, &own));
	if (at)
		*at = own;
	*out = (occasion_view){.tenant = owner,
			       .id = id,
			       .office = r.office,
			       .region = r.region,
			       .categories = r.categories,
			       .capacity = r.capacity,
			       .taken = r.taken,
			       .kind = (occasion_kind)r.kind,
			       .day = r.day,
			       .begins = r.begins,
			       .ends = r.ends,
			       .place = r.place,
			       .cancelled = r.cancelled};
	return RC_OK;
}

rc
appointments_read(db *d, arena *a, fault *f, const occasion_view *o, appointments *out)
{
	appointments_at_rows rows;

	*out = (appointments){0};
	TRY(sql_appointments_at(
		d, a, f, &(appointments_at_in){.tenant = o->tenant, .occasion = o->id, .office = o->office},
		&rows));
	for (size_t i = 0; i < rows.n; i++) {
		const appointments_at_row *r = &rows.v[i];
		*vec_add(a, out) = (appointment_view){.tenant = o->tenant,
						      .id = r->id,
						      .occasion = o->id,
						      .kase_tenant = r->kase_tenant,
						      .kase = r->kase,
						      .n = r->n,
						      .needs = r->needs,
						      .region = r->region,
						      .person_tenant = r->person_tenant,
						      .person = r->person,
						      .here = r->here != 0,
						      .number = r->number,
						      .name = r->name,
						      .outcome = r->outcome};
	}
	return RC_OK;
}

rc
kase_appointments_read(db *d, arena *a, fault *f, int64_t kase_tenant, int64_t kase, appointments *out)
{
	appointments_of_rows rows;

	*out = (appointments){0};
	TRY(sql_appointments_of(d, a, f, &(appointments_of_in){.kase_tenant = kase_tenant, .kase = kase},
				&rows));
	for (size_t i = 0; i < rows.n; i++) {
		const appointments_of_row *r = &rows.v[i];
		*vec_add(a, out) = (appointment_view){.tenant = r->tenant,
						      .id = r->id,
						      .occasion = r->occasion,
						      .kase_tenant = kase_tenant,
						      .kase = kase,
						      .n = r->n,
						      .needs = r->needs,
						      .kind = (occasion_kind)r->kind,
						      .day = r->day,
						      .begins = r->begins,
						      .ends = r->ends,
						      .place = r->place,
						      .office = r->office,
						      .phone = r->phone,
						      .outcome = r->outcome};
	}
	return RC_OK;
}

const appointment_view *
appointment_open(const appointments *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].outcome.n == 0)
			return &all->v[i];
	return NULL;
}

const appointment_view *
appointment_to_come(const appointments *all, str today)
{
	const appointment_view *a = appointment_open(all);

	return a && str_cmp(a->day, today) >= 0 ? a : NULL;
}
