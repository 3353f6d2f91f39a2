/* audit.c - see audit.h. */
#include "app/audit/audit.h"

#include <stdlib.h>

#include "app/audit_sql.h"
#include "base/buf.h"
#include "store/rows.h"

enum { FEDERATIONS_ABOVE = 5 };

rc
audit_look(tx *t, const void *in, void *out)
{
	const look_list *l = in;

	(void)out;
	for (size_t i = 0; i < l->n; i++)
		TRY(tx_look(t, &l->v[i]));
	return RC_OK;
}

/* ---- the looks of a list ---- */

static bool
first_of_tenant(const person_refs *p, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (person_ref_tenant(p->v[k]) == person_ref_tenant(p->v[i]))
			return false;
	return true;
}

/* "list QUERY n=2 ids=420106-7,420106-9", of those whom `tenant` owns. */
static str
list_text(arena *a, const list_look *k, int64_t tenant)
{
	buf b = buf_in(a);
	size_t n = 0;

	buf_fmt(&b, "list %.*s n=%zu ids=", STR_ARG(k->query), k->people->n);
	for (size_t i = 0; i < k->people->n; i++) {
		const person_ref *p = k->people->v[i];
		if (person_ref_tenant(p) == tenant)
			buf_fmt(&b, "%s%lld-%lld", n++ ? "," : "", (long long)tenant,
				(long long)person_ref_id(p));
	}
	return buf_str(&b);
}

look_list
audit_list_looks(arena *a, const list_look *k)
{
	const person_refs *p = k->people;
	look_row *v = arena_array(a, look_row, p->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < p->n || i == 0; i++) {
		int64_t tenant = p->n ? person_ref_tenant(p->v[i]) : k->by->tenant;
		if (i > 0 && !first_of_tenant(p, i))
			continue;
		v[n++] = (look_row){.tenant = tenant,
				    .actor = k->by->account,
				    .office = k->by->office,
				    .what = list_text(a, k, tenant),
				    .purpose = k->purpose};
	}
	return (look_list){.v = v, .n = n};
}

/* ---- names ---- */

/* Where an officer's account may be: in the record's federation, in those above it, in that of who asks. */
typedef struct names {
	db *d;
	arena *a;
	fault *f;
	int64_t tenant[FEDERATIONS_ABOVE + 2];
	size_t n;
	struct {
		int64_t actor, office;
		str who, where;
	} last;
} names;

static rc
names_from(db *d, arena *a, fault *f, int64_t tenant, int64_t other, names *out)
{
	audit_federation_row r;

	*out = (names){.d = d, .a = a, .f = f};
	while (tenant > 0 && out->n < FEDERATIONS_ABOVE) {
		out->tenant[out->n++] = tenant;
		rc found = sql_audit_federation(d, a, f, tenant, &r);
		if (found == RC_NOT_FOUND)
			break;
		TRY(found);
		tenant = r.parent;
	}
	if (other > 0)
		out->tenant[out->n++] = other;
	return RC_OK;
}

static rc
name_both(names *x, int64_t account, int64_t office, str *who, str *where)
{
	audit_account_row named;
	audit_office_row o;

	*who = *where = STR("");
	if (x->last.actor == account && x->last.office == office && account) {
		*who = x->last.who;
		*where = x->last.where;
		return RC_OK;
	}
	for (size_t i = 0; i < x->n && (who->n == 0 || where->n == 0); i++) {
		rc r = sql_audit_account(x->d, x->a, x->f,
					 &(audit_account_in){.tenant = x->tenant[i], .id = account}, &named);
		if (r == RC_OK)
			*who = named.name;
		else if (r != RC_NOT_FOUND)
			return r;
		r = sql_audit_office(x->d, x->a, x->f,
				     &(audit_office_in){.tenant = x->tenant[i], .id = office}, &o);
		if (r == RC_OK)
			*where = o.name;
		else if (r != RC_NOT_FOUND)
			return r;
	}
	x->last.actor = account;
	x->last.office = office;
	x->last.who = *who;
	x->last.where = *where;
	return RC_OK;
}

static int
newer(const void *x, const void *y)
{
	const audit_line *l = x, *r = y;

	if (l->at != r->at)
		return l->at < r->at ? 1 : -1;
	return l->seq < r->seq ? 1 : l->seq > r->seq ? -1 : 0;
}

static void
newest(audit_lines *l, bool *more)
{
	if (l->n)
		qsort(l->v, l->n, sizeof *l->v, newer);
	*more = l->n > AUDIT_LINES;
	l->n = MIN(l->n, (size_t)AUDIT_LINES);
}

static rc
take(names *x, audit_line l, audit_lines *out)
{
	TRY(name_both(x, l.actor, l.office, &l.who, &l.where));
	*vec_add(x->a, out) = l;
	return RC_OK;
}

/* A row of any of the five questions as a line: their columns have the same names. */
#define TAKE(x, of, r, out)                                                                                  \
	take((x),                                                                                            \
	     (audit_line){.tenant = (of),                                                                    \
			  .seq = (r)->seq,                                                                   \
			  .at = (r)->at,                                                                     \
			  .actor = (r)->actor,                                                               \
			  .office = (r)->office,                                                             \
			  .about = (r)->about,                                                               \
			  .what = (r)->what,                                                                 \
			  .purpose = (r)->purpose},                                                          \
	     (out))

/* ---- by person ---- */

/* A pattern finds "7-12" in "7-123" too: the reference must end there. */
static bool
names_exactly(str what, str ref)
{
	for (ptrdiff_t at; (at = str_find(what, ref)) >= 0; what = str_from(what, (size_t)at + 1)) {
		size_t end = (size_t)at + ref.n;
		bool begins = at > 0 && (what.p[at - 1] == '=' || what.p[at - 1] == ',');
		if (begins && (end == what.n || what.p[end] == ','))
			return true;
	}
	return false;
}

static rc
lists_with(names *x, const person_ref *p, const period *when, audit_lines *out)
{
	audit_lists_with_person_rows rows;
	int64_t tenant = person_ref_tenant(p);
	str ref = str_fmt(x->a, "%lld-%lld", (long long)tenant, (long long)person_ref_id(p));

	TRY(sql_audit_lists_with_person(
		x->d, x->a, x->f,
		&(audit_lists_with_person_in){.tenant = tenant,
					      .pattern = str_fmt(x->a, "list %%%.*s%%", STR_ARG(ref)),
					      .since = when->from,
					      .until = when->to,
					      .n = AUDIT_LINES + 1},
		&rows));
	for (size_t i = 0; i < rows.n; i++)
		if (names_exactly(rows.v[i].what, ref))
			TRY(TAKE(x, tenant, &rows.v[i], out));
	return RC_OK;
}

rc
audit_looks_at(db *d, arena *a, fault *f, const person_ref *p, const period *when, audit_lines *out,
	       bool *more)
{
	audit_looks_at_person_rows rows;
	int64_t tenant = person_ref_tenant(p), id = person_ref_id(p);
	names x;

	*out = (audit_lines){0};
	TRY(names_from(d, a, f, tenant, 0, &x));
	TRY(sql_audit_looks_at_person(d, a, f,
				      &(audit_looks_at_person_in){.tenant = tenant,
								  .person = id,
								  .since = when->from,
								  .until = when->to,
								  .n = AUDIT_LINES + 1},
				      &rows));
	for (size_t i = 0; i < rows.n; i++)
		TRY(TAKE(&x, tenant, &rows.v[i], out));
	TRY(lists_with(&x, p, when, out));
	newest(out, more);
	return RC_OK;
}

static audit_look_count_in
count_in(const person_ref *p)
{
	return (audit_look_count_in){
		.tenant = person_ref_tenant(p), .person = person_ref_id(p), .n = AUDIT_LINES};
}

void
audit_count_ahead(db *d, const person_ref *p)
{
	audit_look_count_in in = count_in(p);

	ahead_audit_look_count(d, &in);
}

rc
audit_count(db *d, arena *a, fault *f, const person_ref *p, int64_t *out)
{
	audit_look_count_in in = count_in(p);
	audit_look_count_row r;

	TRY(sql_audit_look_count(d, a, f, &in, &r));
	*out = r.n;
	return RC_OK;
}

rc
audit_events_of(db *d, arena *a, fault *f, const person_ref *p, const period *when, audit_lines *out,
		bool *more)
{
	audit_events_about_rows rows;
	int64_t tenant = person_ref_tenant(p), id = person_ref_id(p);
	names x;

	*out = (audit_lines){0};
	TRY(names_from(d, a, f, tenant, 0, &x));
	TRY(sql_audit_events_about(d, a, f,
				   &(audit_events_about_in){.tenant = tenant,
							    .subject = id,
							    .since = when->from,
							    .until = when->to,
							    .n = AUDIT_LINES + 1},
				   &rows));
	for (size_t i = 0; i < rows.n; i++)
		TRY(TAKE(&x, tenant, &rows.v[i], out));
	newest(out, more);
	return RC_OK;
}

/* ---- by officer ---- */

rc
audit_federations_of(db *d, arena *a, fault *f, const actor *who, audit_tenants *out)
{
	audit_federations_rows rows;

	*out = (audit_tenants){0};
	TRY(sql_audit_federations(d, a, f, &who->scope, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = rows.v[i].id;
	return RC_OK;
}

rc
audit_officer(db *d, arena *a, fault *f, const actor *who, str login, officer *out)
{
	audit_login_row l;
	audit_account_row account;
	audit_federation_row home;

	TRY(sql_audit_login(d, a, f, login, &l));
	TRY(sql_audit_federation(d, a, f, l.tenant, &home));
	if (l.tenant != who->tenant && !scope_has(&who->scope, home.region))
		return RC_NOT_FOUND;
	TRY(sql_audit_account(d, a, f, &(audit_account_in){.tenant = l.tenant, .id = l.account}, &account));
	*out = (officer){.tenant = l.tenant, .account = l.account, .name = account.name};
	return RC_OK;
}

static rc
looks_in(names *x, int64_t tenant, const officer *by, const period *when, audit_lines *out)
{
	audit_looks_of_actor_rows rows;

	TRY(sql_audit_looks_of_actor(x->d, x->a, x->f,
				     &(audit_looks_of_actor_in){.tenant = tenant,
								.actor = by->account,
								.since = when->from,
								.until = when->to,
								.n = AUDIT_LINES + 1},
				     &rows));
	for (size_t i = 0; i < rows.n; i++)
		TRY(TAKE(x, tenant, &rows.v[i], out));
	return RC_OK;
}

static rc
events_in(names *x, int64_t tenant, const officer *by, const period *when, audit_lines *out)
{
	audit_events_of_actor_rows rows;

	TRY(sql_audit_events_of_actor(x->d, x->a, x->f,
				      &(audit_events_of_actor_in){.tenant = tenant,
								  .actor = by->account,
								  .since = when->from,
								  .until = when->to,
								  .n = AUDIT_LINES + 1},
				      &rows));
	for (size_t i = 0; i < rows.n; i++)
		TRY(TAKE(x, tenant, &rows.v[i], out));
	return RC_OK;
}

typedef rc chain_of(names *x, int64_t tenant, const officer *by, const period *when, audit_lines *out);

/* What an officer left in one chain, in every federation that who asks may see. */
static rc
left_by(db *d, arena *a, fault *f, const actor *who, const officer *by, const period *when, chain_of *in,
	audit_lines *out)
{
	audit_tenants tenants;
	names x;

	*out = (audit_lines){0};
	TRY(names_from(d, a, f, by->tenant, 0, &x));
	TRY(audit_federations_of(d, a, f, who, &tenants));
	for (size_t i = 0; i < tenants.n; i++)
		TRY(in(&x, tenants.v[i], by, when, out));
	return RC_OK;
}

rc
audit_looks_by(db *d, arena *a, fault *f, const actor *who, const officer *by, const period *when,
	       audit_lines *out, bool *more)
{
	TRY(left_by(d, a, f, who, by, when, looks_in, out));
	newest(out, more);
	return RC_OK;
}

rc
audit_events_by(db *d, arena *a, fault *f, const actor *who, const officer *by, const period *when,
		audit_lines *out, bool *more)
{
	TRY(left_by(d, a, f, who, by, when, events_in, out));
	newest(out, more);
	return RC_OK;
}
