/* account.c - see account.h. */
#include "app/account/account.h"

#include "app/account/grant.h"
#include "app/account_sql.h"
#include "app/person/person.h"
#include "base/date.h"
#include "base/utf8.h"

bool
login_ok(str s)
{
	if (s.n < LOGIN_MIN || s.n > LOGIN_MAX || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-')
			return false;
	}
	return true;
}

event_head
account_event(const actor *by, const char *kind, int64_t tenant, int64_t subject)
{
	return (event_head){.tenant = tenant,
			    .actor = by->account,
			    .office = by->office,
			    .kind = kind,
			    .subject = subject};
}

str
tx_day(tx *t)
{
	return date_str(tx_arena(t), tx_today(t));
}

rc
account_find(tx *t, int64_t tenant, int64_t id, row_account *out)
{
	TRY(find_account(t, tenant, id, out));
	return out->closed.n ? RC_NOT_FOUND : RC_OK;
}

/* Accounts have no place of their own: an administrator of the tenant, or of the division around it. */
static rc
check_tenant(tx *t, const actor *by, int64_t tenant)
{
	row_tenant r;
	rc e = find_tenant(t, tenant, &r);

	if (e == RC_NOT_FOUND)
		return FAIL(tx_fault(t), RC_DENIED, "account.denied");
	TRY(e);
	bool own = by->tenant == tenant && may(by, PERM_ACCOUNT_WRITE, REGION_NONE);
	if (!own && !may(by, PERM_ACCOUNT_WRITE, r.region))
		return FAIL(tx_fault(t), RC_DENIED, "account.denied");
	return RC_OK;
}

/* An administrator of a house that is no federation has to do with that house only. */
static rc
check_house(tx *t, const actor *by, int64_t office)
{
	row_office own;
	rc e = find_office(t, by->tenant, by->office, &own);

	if (e == RC_OK && (str_eq(own.kind, office_kind_names[OFFICE_FEDERATION]) || own.id == office))
		return RC_OK;
	if (e != RC_OK && e != RC_NOT_FOUND)
		return e;
	return FAIL(tx_fault(t), RC_DENIED, "account.denied");
}

rc
account_check(tx *t, const actor *by, const roles *all, const row_account *a)
{
	posts_of_rows held;

	if (by->kind == ACTOR_CONSOLE)
		return RC_OK;
	if (by->account == a->id && by->tenant == a->tenant)
		return FAIL(tx_fault(t), RC_DENIED, "account.self");
	if (str_eq(a->kind, STR("applicant")))
		return FAIL(tx_fault(t), RC_DENIED, "account.denied");
	TRY(sql_posts_of(tx_db(t), tx_arena(t), tx_fault(t),
			 &(posts_of_in){.tenant = a->tenant, .account = a->id, .today = tx_day(t)}, &held));
	if (held.n == 0)
		return check_tenant(t, by, a->tenant);
	for (size_t i = 0; i < held.n; i++) {
		const role *r = role_find(all, held.v[i].role);
		interval area = {held.v[i].lo, held.v[i].hi};
		if (!r || !by->role || !role_grants(by->role, r) || !may_over(by, PERM_ACCOUNT_WRITE, area))
			return FAIL(tx_fault(t), RC_DENIED, "account.denied");
		TRY(check_house(t, by, held.v[i].office));
	}
	return RC_OK;
}

static rc
check_words(fault *f, str login, str name)
{
	if (!login_ok(login))
		return FAIL(f, RC_INVALID, "account.login", FA_FIELD(STR("login")), FA_INT("min", LOGIN_MIN),
			    FA_INT("max", LOGIN_MAX));
	if (name.n == 0 || utf8_count(name) > ACCOUNT_NAME_MAX)
		return FAIL(f, RC_INVALID, "account.name", FA_FIELD(STR("name")),
			    FA_INT("max", ACCOUNT_NAME_MAX));
	return RC_OK;
}

static rc
take_login(tx *t, str login, int64_t tenant, int64_t account)
{
	int64_t n = 0;

	TRY(sql_login_put(tx_db(t), tx_fault(t),
			  &(login_put_in){.login = login, .tenant = tenant, .account = account}, &n));
	if (n == 0)
		return FAIL(tx_fault(t), RC_CONFLICT, "account.login_taken", FA_FIELD(STR("login")),
			    FA_STR("login", login));
	return RC_OK;
}

rc
account_open(tx *t, const void *in, void *out)
{
	const account_new *n = in;

	TRY(check_words(tx_fault(t), n->login, n->name));
	if (n->by->kind != ACTOR_CONSOLE)
		TRY(check_tenant(t, n->by, n->tenant));
	row_account a = {.tenant = n->tenant,
			 .id = tx_id(t),
			 .kind = STR("staff"),
			 .login = n->login,
			 .name = n->name,
			 .person = n->person,
			 .closed = STR("")};
	event_head e = account_event(n->by, "account.opened", a.tenant, a.id);
	tx_event(t, &e);
	TRY(take_login(t, a.login, a.tenant, a.id));
	TRY(put_account(t, &a));
	*(int64_t *)out = a.id;
	return RC_OK;
}

rc
account_of_applicant(tx *t, int64_t tenant, str login, int64_t person, row_account *out)
{
	login_find_row at;
	rc e = sql_login_find(tx_db(t), tx_arena(t), tx_fault(t), login, &at);

	if (e == RC_OK)
		return account_find(t, at.tenant, at.account, out);
	if (e != RC_NOT_FOUND)
		return e;
	*out = (row_account){.tenant = tenant,
			     .id = tx_id(t),
			     .kind = STR("applicant"),
			     .login = login,
			     .name = STR(""), /* his name is in the register, where it is sealed */
			     .person = person,
			     .closed = STR("")};
	tx_event(t,
		 &(event_head){
			 .tenant = tenant, .actor = out->id, .kind = "account.opened", .subject = out->id});
	TRY(take_login(t, login, tenant, out->id));
	TRY(put_account(t, out));
	return tx_event_end(t);
}

rc
account_rename(tx *t, const void *in, void *out)
{
	const account_edit *n = in;
	row_account a;

	(void)out;
	TRY(account_find(t, n->tenant, n->id, &a));
	TRY(account_check(t, n->by, n->roles, &a));
	str login = n->login.n ? n->login : a.login;
	str name = n->name.n ? n->name : a.name;
	TRY(check_words(tx_fault(t), login, name));
	event_head e = account_event(n->by, "account.renamed", a.tenant, a.id);
	tx_event(t, &e);
	if (!str_eq(login, a.login)) {
		TRY(sql_login_drop(tx_db(t), tx_fault(t), a.login, NULL));
		TRY(take_login(t, login, a.tenant, a.id));
	}
	a.login = login;
	a.name = name;
	return patch_account(t, &a, ACCOUNT_LOGIN | ACCOUNT_NAME);
}

/* At a counter, with his papers on it: who accepts applications and reads this very record. */
static rc
check_counter(tx *t, const actor *by, int64_t home, int64_t person)
{
	const person_ref *ref = NULL;

	if (!may(by, PERM_CASE_ACCEPT, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "account.denied");
	return person_open(tx_db(t), tx_arena(t), tx_fault(t), by, home, person, &ref);
}

rc
account_bind(tx *t, const void *in, void *out)
{
	const account_ref *n = in;
	int64_t home = n->home ? n->home : n->tenant;
	row_account a;

	(void)out;
	TRY(account_find(t, n->tenant, n->id, &a));
	if (str_eq(a.kind, STR("applicant")))
		TRY(check_counter(t, n->by, home, n->person));
	else
		TRY(account_check(t, n->by, n->roles, &a));
	if (a.person == n->person)
		return RC_OK;
	if (a.person != 0 || n->person <= 0)
		return FAIL(tx_fault(t), RC_CONFLICT, "account.bound", FA_FIELD(STR("person")));
	event_head e = account_event(n->by, "account.bound", a.tenant, a.id);
	tx_event(t, &e);
	a.person = n->person;
	a.home = home == a.tenant ? 0 : home;
	TRY(patch_account(t, &a, ACCOUNT_PERSON | ACCOUNT_HOME));
	return grant_check_person(t, n->roles, &a);
}

/* Its own posts, what others do for it, and what it does for others. */
static rc
end_posts(tx *t, const row_account *a, str today)
{
	posts_of_rows held;
	delegations_about_rows deputies;

	TRY(sql_posts_of(tx_db(t), tx_arena(t), tx_fault(t),
			 &(posts_of_in){.tenant = a->tenant, .account = a->id, .today = today}, &held));
	TRY(sql_delegations_about(
		tx_db(t), tx_arena(t), tx_fault(t),
		&(delegations_about_in){.tenant = a->tenant, .account = a->id, .today = today}, &deputies));
	for (size_t i = 0; i < held.n; i++)
		TRY(close_role_grant(t, a->tenant, held.v[i].id, today));
	for (size_t i = 0; i < deputies.n; i++)
		TRY(close_delegation(t, a->tenant, deputies.v[i].id, today));
	return RC_OK;
}

rc
account_close(tx *t, const void *in, void *out)
{
	const account_ref *n = in;
	row_account a;
	str today = tx_day(t);
	db *d = tx_db(t);
	fault *f = tx_fault(t);

	(void)out;
	TRY(account_find(t, n->tenant, n->id, &a));
	TRY(account_check(t, n->by, n->roles, &a));
	event_head e = account_event(n->by, "account.closed", a.tenant, a.id);
	tx_event(t, &e);
	TRY(end_posts(t, &a, today));
	TRY(sql_login_drop(d, f, a.login, NULL));
	TRY(sql_sessions_drop(
		d, f, &(sessions_drop_in){.tenant = a.tenant, .account = a.id, .except = STR("")}, NULL));
	TRY(sql_credential_drop(d, f, &(credential_drop_in){.tenant = a.tenant, .account = a.id}, NULL));
	TRY(sql_factor_drop(d, f, &(factor_drop_in){.tenant = a.tenant, .account = a.id}, NULL));
	TRY(sql_recovery_drop(d, f, &(recovery_drop_in){.tenant = a.tenant, .account = a.id}, NULL));
	return close_account(t, a.tenant, a.id, today);
}
