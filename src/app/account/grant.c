/* grant.c - see grant.h. */
#include "app/account/grant.h"

#include "app/account/account.h"
#include "app/account_sql.h"
#include "app/organisation/organisation.h"
#include "base/date.h"

enum { GRANT_AHEAD_MAX = 366 }; /* days that a post may be given in advance */

typedef struct dates {
	str from, until; /* until empty: open */
} dates;

/* Do two half-open spans of days share one?  Days as text compare as days. */
static bool
overlap(dates x, dates y)
{
	return (y.until.n == 0 || str_cmp(x.from, y.until) < 0) &&
	       (x.until.n == 0 || str_cmp(y.from, x.until) < 0);
}

static bool
give_allowed(const actor *by, const role *r, const row_office *o, interval area)
{
	if (by->kind == ACTOR_CONSOLE)
		return true;
	return by->role && role_grants(by->role, r) && may_over(by, PERM_ACCOUNT_GRANT, area) &&
	       may(by, PERM_ACCOUNT_GRANT, division_interval(o->region).lo);
}

/* A hospital's administrator knows his own house, not the next one in the same county. */
static bool
other_house(const actor *by, const row_office *o, const row_office *own)
{
	return by->kind == ACTOR_STAFF && !str_eq(own->kind, office_kind_names[OFFICE_FEDERATION]) &&
	       (o->id != own->id || o->tenant != own->tenant);
}

static rc
check_giver(tx *t, const actor *by, const role *r, const row_office *o, interval area)
{
	row_office own = {0};

	if (by->kind == ACTOR_STAFF) {
		rc e = find_office(t, by->tenant, by->office, &own);
		if (e == RC_NOT_FOUND)
			return FAIL(tx_fault(t), RC_DENIED, "grant.denied");
		TRY(e);
	}
	if (other_house(by, o, &own))
		return FAIL(tx_fault(t), RC_DENIED, "grant.outside");
	if (!give_allowed(by, r, o, area))
		return FAIL(tx_fault(t), RC_DENIED, "grant.denied");
	return RC_OK;
}

static bool
kind_bit(const role *r, str kind)
{
	for (unsigned k = 0; k < OFFICE_KINDS; k++)
		if (str_eq(office_kind_names[k], kind))
			return (r->kinds >> k & 1) != 0;
	return false;
}

static rc
check_role(fault *f, const roles *all, const role *r, const grant_new *g, const row_office *o)
{
	if (!r)
		return FAIL(f, RC_INVALID, "grant.role", FA_FIELD(STR("role")), FA_STR("role", g->role));
	if (r->own)
		return FAIL(f, RC_INVALID, "grant.own", FA_FIELD(STR("role")), FA_STR("role", r->zh));
	if (!kind_bit(r, o->kind) || !(r->levels >> o->level & 1))
		return FAIL(f, RC_INVALID, "grant.office", FA_FIELD(STR("office")), FA_STR("role", r->zh),
			    FA_STR("office", o->name));
	if (!role_has_line(all, r, g->line))
		return FAIL(f, RC_INVALID, "grant.line", FA_FIELD(STR("line")), FA_STR("line", g->line));
	if (g->sensitive && !(r->fields & FIELD_SENSITIVE))
		return FAIL(f, RC_INVALID, "grant.sensitive", FA_FIELD(STR("sensitive")),
			    FA_STR("role", r->zh));
	return RC_OK;
}

static rc
check_dates(tx *t, const grant_new *g, dates *out)
{
	int32_t today = tx_today(t);

	if (g->from < today || g->from > today + GRANT_AHEAD_MAX ||
	    (g->until != DATE_NONE && g->until <= g->from))
		return FAIL(tx_fault(t), RC_INVALID, "grant.dates", FA_FIELD(STR("from")));
	*out = (dates){date_str(tx_arena(t), g->from), date_str(tx_arena(t), g->until)};
	return RC_OK;
}

/* What one person never holds together, he does not hold under two accounts or as a deputy either. */
static rc
check_exclusive(tx *t, const roles *all, const role *r, const row_account *a, dates when)
{
	roles_held_rows held;

	TRY(sql_roles_held(
		tx_db(t), tx_arena(t), tx_fault(t),
		&(roles_held_in){
			.tenant = a->tenant, .account = a->id, .person = a->person, .today = tx_day(t)},
		&held));
	for (size_t i = 0; i < held.n; i++) {
		const role *h = role_find(all, held.v[i].role);
		if (h && role_excludes(r, h) &&
		    overlap(when, (dates){held.v[i].valid_from, held.v[i].valid_to}))
			return FAIL(tx_fault(t), RC_CONFLICT, "grant.exclusive", FA_FIELD(STR("role")),
				    FA_STR("role", r->zh), FA_STR("held", h->zh));
	}
	return RC_OK;
}

rc
grant_check_person(tx *t, const roles *all, const row_account *a)
{
	roles_held_rows held;

	TRY(sql_roles_held(
		tx_db(t), tx_arena(t), tx_fault(t),
		&(roles_held_in){
			.tenant = a->tenant, .account = a->id, .person = a->person, .today = tx_day(t)},
		&held));
	for (size_t i = 0; i < held.n; i++)
		for (size_t k = 0; k < i; k++) {
			const role *x = role_find(all, held.v[i].role), *y = role_find(all, held.v[k].role);
			if (x && y && role_excludes(x, y) &&
			    overlap((dates){held.v[i].valid_from, held.v[i].valid_to},
				    (dates){held.v[k].valid_from, held.v[k].valid_to}))
				return FAIL(tx_fault(t), RC_CONFLICT, "grant.exclusive",
					    FA_STR("role", x->zh), FA_STR("held", y->zh));
		}
	return RC_OK;
}

static rc
check_twice(tx *t, const row_role_grant *g, dates when)
{
	posts_of_rows held;

	TRY(sql_posts_of(tx_db(t), tx_arena(t), tx_fault(t),
			 &(posts_of_in){.tenant = g->tenant, .account = g->account, .today = tx_day(t)},
			 &held));
	for (size_t i = 0; i < held.n; i++) {
		const posts_of_row *h = &held.v[i];
		if (str_eq(h->role, g->role) && h->office == g->office && str_eq(h->line, g->line) &&
		    h->lo < g->hi && g->lo < h->hi && overlap(when, (dates){h->valid_from, h->valid_to}))
			return FAIL(tx_fault(t), RC_CONFLICT, "grant.twice");
	}
	return RC_OK;
}

static rc
put_posts(tx *t, const grant_new *g, const role *r, const scope *areas, dates when, int64_t *first)
{
	int64_t id = 0;

	for (size_t i = 0; i < areas->n; i++) {
		row_role_grant row = {.tenant = g->tenant,
				      .id = tx_id(t),
				      .account = g->account,
				      .role = r->id,
				      .office = g->office,
				      .lo = areas->v[i].lo,
				      .hi = areas->v[i].hi,
				      .line = g->line.p ? g->line : STR(""),
				      .sensitive = g->sensitive,
				      .valid_from = when.from,
				      .valid_to = when.until};
		TRY(check_twice(t, &row, when));
		TRY(put_role_grant(t, &row));
		id = id ? id : row.id;
	}
	*first = id;
	return RC_OK;
}

rc
grant_give(tx *t, const void *in, void *out)
{
	const grant_new *g = in;
	const role *r = role_find(g->roles, g->role);
	row_account a;
	row_office o;
	scope all_of_it, areas = {&g->area, 1};
	dates when;

	TRY(account_find(t, g->tenant, g->account, &a));
	TRY(office_find(t, g->tenant, g->office, &o));
	if (str_eq(a.kind, STR("applicant")))
		return RC_NOT_FOUND;
	if (g->by->kind != ACTOR_CONSOLE && g->by->account == a.id)
		return FAIL(tx_fault(t), RC_DENIED, "grant.self");
	TRY(check_role(tx_fault(t), g->roles, r, g, &o));
	TRY(check_dates(t, g, &when));
	TRY(office_scope(t, &o, &all_of_it));
	if (g->area.lo == 0 && g->area.hi == 0)
		areas = all_of_it;
	for (size_t i = 0; i < areas.n; i++) {
		if (!scope_covers(&all_of_it, areas.v[i]))
			return FAIL(tx_fault(t), RC_INVALID, "grant.area", FA_FIELD(STR("area")),
				    FA_STR("office", o.name));
		TRY(check_giver(t, g->by, r, &o, areas.v[i]));
	}
	TRY(check_exclusive(t, g->roles, r, &a, when));
	event_head e = account_event(g->by, "post.given", g->tenant, a.id);
	tx_event(t, &e);
	return put_posts(t, g, r, &areas, when, out);
}

/* The post, when it holds today or will. */
static rc
open_post(tx *t, int64_t tenant, int64_t id, row_role_grant *out)
{
	TRY(find_role_grant(t, tenant, id, out));
	return out->valid_to.n && str_cmp(out->valid_to, tx_day(t)) <= 0 ? RC_NOT_FOUND : RC_OK;
}

static rc
check_giver_of(tx *t, const actor *by, const roles *all, const row_role_grant *g)
{
	const role *r = role_find(all, g->role);
	row_office o;

	TRY(find_office(t, g->tenant, g->office, &o));
	if (!r && by->kind != ACTOR_CONSOLE) /* a role that the file no longer has */
		return FAIL(tx_fault(t), RC_DENIED, "grant.denied");
	if (!r)
		return RC_OK;
	return check_giver(t, by, r, &o, (interval){g->lo, g->hi});
}

rc
grant_take(tx *t, const void *in, void *out)
{
	const grant_end *n = in;
	row_role_grant g;
	delegations_of_rows deputies;
	str today = tx_day(t);

	(void)out;
	TRY(open_post(t, n->tenant, n->id, &g));
	TRY(check_giver_of(t, n->by, n->roles, &g));
	TRY(sql_delegations_of(tx_db(t), tx_arena(t), tx_fault(t),
			       &(delegations_of_in){.tenant = n->tenant, .post = n->id, .today = today},
			       &deputies));
	event_head e = account_event(n->by, "post.ended", n->tenant, g.account);
	tx_event(t, &e);
	for (size_t i = 0; i < deputies.n; i++)
		TRY(close_delegation(t, n->tenant, deputies.v[i].id, today));
	return close_role_grant(t, n->tenant, n->id, today);
}

/* ---- deputies ---- */

static rc
check_deputy_giver(tx *t, const actor *by, const roles *all, const row_role_grant *g)
{
	rc e = check_giver_of(t, by, all, g);

	if (e != RC_DENIED && e != RC_NOT_FOUND)
		return e;
	fault_clear(tx_fault(t));
	return FAIL(tx_fault(t), RC_DENIED, "deputy.denied");
}

static rc
check_deputy(tx *t, const deputy_new *n, const row_role_grant *g, interval area)
{
	int32_t today = tx_today(t), ends = DATE_NONE;
	row_account b;

	TRY(account_find(t, n->tenant, n->account, &b));
	if (str_eq(b.kind, STR("applicant")))
		return RC_NOT_FOUND;
	if (b.id == g->account)
		return FAIL(tx_fault(t), RC_INVALID, "deputy.self", FA_FIELD(STR("account")));
	if (area.lo < g->lo || area.hi > g->hi || area.lo >= area.hi)
		return FAIL(tx_fault(t), RC_INVALID, "deputy.area", FA_FIELD(STR("area")));
	bool after = date_parse(g->valid_to, &ends) && n->until > ends;
	if (n->from < today || n->until == DATE_NONE || n->until <= n->from || after ||
	    n->until - n->from > DEPUTY_DAYS_MAX)
		return FAIL(tx_fault(t), RC_INVALID, "deputy.dates", FA_FIELD(STR("until")),
			    FA_INT("max", DEPUTY_DAYS_MAX));
	const role *r = role_find(n->roles, g->role);
	if (!r)
		return FAIL(tx_fault(t), RC_INVALID, "grant.role", FA_STR("role", g->role));
	return check_exclusive(t, n->roles, r, &b,
			       (dates){date_str(tx_arena(t), n->from), date_str(tx_arena(t), n->until)});
}

static rc
check_deputy_twice(tx *t, const deputy_new *n)
{
	delegations_of_rows have;
	dates when = {date_str(tx_arena(t), n->from), date_str(tx_arena(t), n->until)};

	TRY(sql_delegations_of(tx_db(t), tx_arena(t), tx_fault(t),
			       &(delegations_of_in){.tenant = n->tenant, .post = n->post, .today = tx_day(t)},
			       &have));
	for (size_t i = 0; i < have.n; i++)
		if (have.v[i].account == n->account &&
		    overlap(when, (dates){have.v[i].valid_from, have.v[i].valid_to}))
			return FAIL(tx_fault(t), RC_CONFLICT, "grant.twice");
	return RC_OK;
}

rc
deputy_name(tx *t, const void *in, void *out)
{
	const deputy_new *n = in;
	row_role_grant g;
	bool whole = n->area.lo == 0 && n->area.hi == 0;

	TRY(open_post(t, n->tenant, n->post, &g));
	bool holder = n->by->account == g.account && n->by->tenant == g.tenant;
	if (!holder)
		TRY(check_deputy_giver(t, n->by, n->roles, &g));
	if (!holder && n->by->kind != ACTOR_CONSOLE && n->by->account == n->account)
		return FAIL(tx_fault(t), RC_DENIED, "grant.self");
	interval area = whole ? (interval){g.lo, g.hi} : n->area;
	TRY(check_deputy(t, n, &g, area));
	TRY(check_deputy_twice(t, n));
	row_delegation d = {.tenant = n->tenant,
			    .id = tx_id(t),
			    .post = n->post,
			    .account = n->account,
			    .lo = area.lo,
			    .hi = area.hi,
			    .reason = n->leave ? STR("leave") : STR("deputy"),
			    .valid_from = date_str(tx_arena(t), n->from),
			    .valid_to = date_str(tx_arena(t), n->until)};
	event_head e = account_event(n->by, "deputy.named", n->tenant, n->account);
	tx_event(t, &e);
	*(int64_t *)out = d.id;
	return put_delegation(t, &d);
}

rc
deputy_end(tx *t, const void *in, void *out)
{
	const grant_end *n = in;
	row_delegation d;
	row_role_grant g;
	str today = tx_day(t);

	(void)out;
	TRY(find_delegation(t, n->tenant, n->id, &d));
	if (str_cmp(d.valid_to, today) <= 0)
		return RC_NOT_FOUND;
	TRY(find_role_grant(t, n->tenant, d.post, &g));
	bool party = n->by->tenant == n->tenant && n->by->account != 0 &&
		     (n->by->account == g.account || n->by->account == d.account);
	if (!party)
		TRY(check_deputy_giver(t, n->by, n->roles, &g));
	event_head e = account_event(n->by, "deputy.ended", n->tenant, d.account);
	tx_event(t, &e);
	return close_delegation(t, n->tenant, n->id, today);
}
