/* read.c - assessor.h's reads: institutions with their doctors, and who may assess what on a day. */
#include "app/assessor/assessor.h"

#include "app/assessor_sql.h"
#include "app/organisation/organisation.h"
#include "app/region/tenant.h"

/* ---- on a day ---- */

static bool
holds(str from, str until, str day)
{
	return str_cmp(from, day) <= 0 && (until.n == 0 || str_cmp(until, day) >= 0);
}

int64_t
institution_categories(const institution *i, str day)
{
	int64_t set = 0;

	for (size_t k = 0; k < i->designations.n; k++) {
		const designation_view *v = &i->designations.v[k];
		if (holds(v->from, v->until, day))
			set |= v->categories;
	}
	return set;
}

bool
doctor_there(const doctor_view *d, str day)
{
	return d->closed.n == 0 || str_cmp(day, d->closed) < 0;
}

int64_t
doctor_categories(const doctor_view *d, str day)
{
	int64_t set = 0;

	for (size_t k = 0; k < d->licences.n && doctor_there(d, day); k++) {
		const licence_view *v = &d->licences.v[k];
		if (holds(v->from, v->until, day))
			set |= category_bit(v->category);
	}
	return set;
}

const licence_view *
doctor_licence(const doctor_view *d, int64_t category)
{
	const licence_view *last = NULL;

	for (size_t k = 0; k < d->licences.n; k++) {
		const licence_view *v = &d->licences.v[k];
		bool later =
			!last || v->until.n == 0 || (last->until.n && str_cmp(v->until, last->until) > 0);
		if (v->category == category && later)
			last = v;
	}
	return last;
}

/* ---- the register ---- */

static rc
load_doctors(db *d, arena *a, fault *f, institution *i)
{
	doctors_of_rows rows;
	licences_of_rows licences;

	TRY(sql_doctors_of(d, a, f, &(doctors_of_in){.tenant = i->tenant, .office = i->id}, &rows));
	TRY(sql_licences_of(d, a, f, &(licences_of_in){.tenant = i->tenant, .office = i->id}, &licences));
	for (size_t n = 0, at = 0; n < rows.n; n++) {
		const doctors_of_row *r = &rows.v[n];
		doctor_view *v = vec_add(a, &i->doctors);
		*v = (doctor_view){.id = r->id,
				   .account = r->account,
				   .person = r->person,
				   .home = r->home,
				   .name = r->name,
				   .title = r->title,
				   .practice = r->practice,
				   .login = r->login,
				   .closed = r->closed};
		for (; at < licences.n && licences.v[at].doctor == r->id; at++)
			*vec_add(a, &v->licences) = (licence_view){.id = licences.v[at].id,
								   .category = licences.v[at].category,
								   .number = licences.v[at].number,
								   .from = licences.v[at].valid_from,
								   .until = licences.v[at].valid_to,
								   .training = licences.v[at].training};
	}
	return RC_OK;
}

rc
institution_load(db *d, arena *a, fault *f, int64_t owner, int64_t office, institution *out)
{
	designations_of_rows rows;

	*out = (institution){.tenant = owner, .id = office};
	TRY(sql_designations_of(d, a, f, &(designations_of_in){.tenant = owner, .office = office}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, &out->designations) = (designation_view){.id = rows.v[i].id,
								     .categories = rows.v[i].categories,
								     .document = rows.v[i].document,
								     .from = rows.v[i].valid_from,
								     .until = rows.v[i].valid_to};
	return load_doctors(d, a, f, out);
}

rc
institution_read(db *d, arena *a, fault *f, const actor *who, int64_t owner, int64_t id, institution *out)
{
	office_view o;

	if (!may(who, PERM_ASSESSOR_READ, REGION_NONE))
		return RC_NOT_FOUND;
	TRY(office_read(d, a, f, who, owner, id, &o));
	if (o.kind != OFFICE_HOSPITAL)
		return RC_NOT_FOUND;
	TRY(institution_load(d, a, f, owner, id, out));
	out->region = o.region;
	out->name = o.name;
	out->phone = o.phone;
	return RC_OK;
}

rc
institution_list(db *d, arena *a, fault *f, const actor *who, institutions *out)
{
	institutions_in_rows rows;

	*out = (institutions){0};
	if (!may(who, PERM_ASSESSOR_READ, REGION_NONE))
		return RC_OK;
	TRY(sql_institutions_in(d, a, f, &who->scope, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		institution *v = vec_add(a, out);
		TRY(institution_load(d, a, f, rows.v[i].tenant, rows.v[i].id, v));
		v->region = rows.v[i].region;
		v->name = rows.v[i].name;
		v->phone = rows.v[i].phone;
	}
	return RC_OK;
}

rc
institution_sign_ins(db *d, arena *a, fault *f, const institution *i, str today, account_choices *out)
{
	institution_accounts_rows rows;

	*out = (account_choices){0};
	TRY(sql_institution_accounts(
		d, a, f, &(institution_accounts_in){.tenant = i->tenant, .office = i->id, .today = today},
		&rows));
	for (size_t n = 0; n < rows.n; n++)
		*vec_add(a, out) = (account_choice){rows.v[n].id, rows.v[n].name, rows.v[n].login};
	return RC_OK;
}

rc
training_list(db *d, arena *a, fault *f, int64_t owner, trainings *out)
{
	trainings_of_rows rows;
	tenant_list chain;

	*out = (trainings){0};
	TRY(tenant_chain(d, a, f, owner, &chain));
	for (size_t i = 0; i < chain.n; i++) {
		TRY(sql_trainings_of(d, a, f, chain.v[i].id, &rows));
		for (size_t n = 0; n < rows.n; n++)
			*vec_add(a, out) = (training_view){.tenant = chain.v[i].id,
							   .id = rows.v[n].id,
							   .hours = rows.v[n].hours,
							   .name = rows.v[n].name,
							   .place = rows.v[n].place,
							   .first = rows.v[n].first,
							   .last = rows.v[n].last};
	}
	return RC_OK;
}
