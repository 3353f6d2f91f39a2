/* ward.c - see ward.h. */
#include "app/kase/ward.h"

#include "app/kase_sql.h"

static bool
listed(const kase_wards *all, const person_ref *p)
{
	for (size_t i = 0; i < all->n; i++)
		if (person_ref_tenant(all->v[i].ref) == person_ref_tenant(p) &&
		    person_ref_id(all->v[i].ref) == person_ref_id(p))
			return true;
	return false;
}

/* Would the service ask for a guardian today? */
static rc
still_needed(db *d, arena *a, fault *f, const actor *who, const kase_house *h, int64_t now,
	     const kases_as_guardian_row *k, bool *out)
{
	const kase_ref *ref = NULL;
	kase_view v;

	TRY(kase_see(d, a, f, who, k->tenant, k->id, &ref));
	TRY(kase_read(d, a, f, h, ref, &v));
	*out = false;
	return v.service->guardian_when ? kase_holds(&v, now, v.service->guardian_when, out) : RC_OK;
}

rc
kase_wards_read(db *d, arena *a, fault *f, const actor *who, const kase_house *h, int64_t now,
		kase_wards *out)
{
	kases_as_guardian_rows rows;

	*out = (kase_wards){0};
	if (who->kind != ACTOR_APPLICANT)
		return RC_OK;
	TRY(sql_kases_as_guardian(
		d, a, f, &(kases_as_guardian_in){.tenant = who->tenant, .account = who->account}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const kases_as_guardian_row *k = &rows.v[i];
		const person_ref *ref = NULL;
		bool needed = false;
		rc r = person_open(d, a, f, who, k->person_tenant, k->person, &ref);
		if (r == RC_NOT_FOUND)
			continue;
		TRY(r);
		if (listed(out, ref))
			continue;
		TRY(still_needed(d, a, f, who, h, now, k, &needed));
		if (needed)
			*vec_add(a, out) = (kase_ward){.ref = ref, .name = k->name};
	}
	return RC_OK;
}
