/* staff.c - see staff.h. A federation has some hundreds of accounts: read whole, joined here. */
#include "app/account/staff.h"

#include "app/account_sql.h"
#include "base/date.h"

/* The house whose posts alone count for this actor; 0: all. */
static rc
house_of_actor(db *d, arena *a, fault *f, const actor *who, int64_t *house)
{
	staff_house_row own;

	*house = 0;
	if (who->kind == ACTOR_CONSOLE)
		return RC_OK;
	rc r = sql_staff_house(d, a, f, &(staff_house_in){.tenant = who->tenant, .office = who->office},
			       &own);
	bool wide = r == RC_OK && (str_eq(own.kind, office_kind_names[OFFICE_FEDERATION]) ||
				   str_eq(own.kind, office_kind_names[OFFICE_COMMITTEE]));
	if (!wide)
		*house = who->office;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static bool
seen(const actor *who, const staff_member *m, int64_t house)
{
	if (m->posts.n == 0)
		return who->tenant == m->tenant && may(who, PERM_ACCOUNT_READ, REGION_NONE);
	for (size_t i = 0; i < m->posts.n; i++) {
		const staff_post *p = &m->posts.v[i];
		bool here = house == 0 || (p->office == house && who->tenant == m->tenant);
		if (here && may_over(who, PERM_ACCOUNT_READ, p->area))
			return true;
	}
	return false;
}

static void
take_posts(arena *a, const staff_posts_rows *rows, staff_member *m)
{
	for (size_t i = 0; i < rows->n; i++) {
		const staff_posts_row *r = &rows->v[i];
		if (r->account != m->id)
			continue;
		*vec_add(a, &m->posts) = (staff_post){.id = r->id,
						      .office = r->office,
						      .role = r->role,
						      .office_kind = r->kind,
						      .office_name = r->office_name,
						      .line = r->line,
						      .area = {r->lo, r->hi},
						      .sensitive = r->sensitive == 1,
						      .from = r->valid_from,
						      .until = r->valid_to};
	}
}

rc
staff_list(db *d, arena *a, fault *f, const staff_ask *ask, staff_members *out)
{
	staff_accounts_rows accounts;
	staff_posts_rows posts;
	staff_factors_rows factors;
	int64_t house = 0;

	*out = (staff_members){0};
	TRY(house_of_actor(d, a, f, ask->who, &house));
	TRY(sql_staff_accounts(d, a, f, ask->tenant, &accounts));
	TRY(sql_staff_posts(
		d, a, f, &(staff_posts_in){.tenant = ask->tenant, .today = date_str(a, ask->today)}, &posts));
	TRY(sql_staff_factors(d, a, f, ask->tenant, &factors));
	for (size_t i = 0; i < accounts.n; i++) {
		staff_member m = {.tenant = ask->tenant,
				  .id = accounts.v[i].id,
				  .login = accounts.v[i].login,
				  .name = accounts.v[i].name};
		take_posts(a, &posts, &m);
		for (size_t k = 0; k < factors.n; k++)
			m.factor = m.factor || factors.v[k].account == m.id;
		if (seen(ask->who, &m, house))
			*vec_add(a, out) = m;
	}
	return RC_OK;
}

rc
staff_find(db *d, arena *a, fault *f, const staff_ask *ask, int64_t id, staff_member *out)
{
	staff_members all;

	TRY(staff_list(d, a, f, ask, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == id) {
			*out = all.v[i];
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

rc
staff_entered(db *d, arena *a, fault *f, const staff_member *m, int64_t *at)
{
	staff_entered_row row;
	rc r = sql_staff_entered(d, a, f, &(staff_entered_in){.tenant = m->tenant, .account = m->id}, &row);

	*at = r == RC_OK ? row.at : 0;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

rc
staff_deputies_of(db *d, arena *a, fault *f, const staff_ask *ask, int64_t account, staff_deputies *out)
{
	delegations_about_rows rows;

	*out = (staff_deputies){0};
	TRY(sql_delegations_about(d, a, f,
				  &(delegations_about_in){.tenant = ask->tenant,
							  .account = account,
							  .today = date_str(a, ask->today)},
				  &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (staff_deputy){.id = rows.v[i].id,
						  .post = rows.v[i].post,
						  .deputy = rows.v[i].deputy,
						  .holder = rows.v[i].holder,
						  .role = rows.v[i].role,
						  .from = rows.v[i].valid_from,
						  .until = rows.v[i].valid_to,
						  .leave = str_eq(rows.v[i].reason, STR("leave"))};
	return RC_OK;
}
