/* account_fixture.h - for tests: a county with offices and administrators, and commands in one line. */
#pragma once
#include "app/account/account.h"
#include "app/account/grant.h"
#include "app/account/session.h"
#include "app/organisation/organisation.h"
#include "base/date.h"
#include "io/pack.h"
#include "store/fixture.h"
#include "store/ledger.h"

enum { COUNTY = 420102, CITY = 420100 };

#define COUNTY_CODE 420102000000
#define CITY_CODE   420100000000

typedef struct town {
	fixture *x;
	const roles *roles;
	actor console;      /* of the county's tenant */
	int64_t federation; /* the county's federation */
} town;

/* Runs a command at x->now; the fault stays in x->f. Not inlined: a test calls it often, and each copy would
 * put a command into the test's frame. */
__attribute__((noinline)) static rc
run(town *w, store_fn *fn, const void *in, void *out)
{
	store_command c = {.fn = fn, .in = in, .out = out, .a = w->x->a, .now = w->x->now};

	fault_clear(&w->x->f);
	return store_write(w->x->s, &w->x->f, &c);
}

#define OK(w, expr)                                                                                          \
	do {                                                                                                 \
		rc ok_rc_ = (expr);                                                                          \
		if (ok_rc_ != RC_OK)                                                                         \
			fail_msg("%s: %d %s", #expr, ok_rc_,                                                 \
				 cstr((w)->x->a, fault_print((w)->x->a, &(w)->x->f)));                       \
	} while (0)

#define REFUSED(w, expr, code, message)                                                                      \
	do {                                                                                                 \
		rc no_rc_ = (expr);                                                                          \
		if (no_rc_ != (code) || !(w)->x->f.id || strcmp((w)->x->f.id, message) != 0)                 \
			fail_msg("%s: %d %s", #expr, no_rc_,                                                 \
				 cstr((w)->x->a, fault_print((w)->x->a, &(w)->x->f)));                       \
	} while (0)

static inline rc
found_tenants(tx *t, const void *in, void *out)
{
	static const row_tenant rows[] = {
		{.id = CITY, .parent = 0, .level = 2, .region = CITY_CODE, .name = {"市残联", 9}},
		{.id = COUNTY, .parent = CITY, .level = 3, .region = COUNTY_CODE, .name = {"县残联", 9}},
	};

	(void)in;
	(void)out;
	tx_event(t, &(event_head){.tenant = CITY, .kind = "tenant.founded"});
	for (size_t i = 0; i < LEN(rows); i++) {
		row_tenant r = rows[i];
		r.name_en = r.valid_to = STR("");
		r.valid_from = STR("2020-01-01");
		TRY(put_tenant(t, &r));
	}
	return RC_OK;
}

static inline int64_t
open_office_at(town *w, int64_t tenant, office_kind kind, office_level at, int64_t region, const char *name)
{
	actor by = actor_console(tenant);
	office_new o = {.by = &by,
			.tenant = tenant,
			.kind = kind,
			.level = at,
			.region = region,
			.name = str_of(name)};
	int64_t id = 0;

	OK(w, run(w, office_open, &o, &id));
	return id;
}

static inline int64_t
open_account(town *w, int64_t tenant, const char *login)
{
	actor by = actor_console(tenant);
	account_new n = {.by = &by,
			 .roles = w->roles,
			 .tenant = tenant,
			 .login = str_of(login),
			 .name = STR("测试员")};
	int64_t id = 0;

	OK(w, run(w, account_open, &n, &id));
	return id;
}

static inline int64_t
give(town *w, int64_t tenant, int64_t account, int64_t office, const char *as)
{
	actor by = actor_console(tenant);
	grant_new g = {.by = &by,
		       .roles = w->roles,
		       .tenant = tenant,
		       .account = account,
		       .office = office,
		       .role = str_of(as),
		       .from = date_of_instant(w->x->now),
		       .until = DATE_NONE};
	int64_t id = 0;

	OK(w, run(w, grant_give, &g, &id));
	return id;
}

static inline town
town_open(fixture *x)
{
	town w = {.x = x, .console = actor_console(COUNTY)};
	str text;

	if (pack_find(&pack_all, x->a, STR("lists/roles.yaml"), &text) != RC_OK ||
	    roles_load(x->a, &x->f, STR("lists/roles.yaml"), text, &w.roles) != RC_OK)
		fail_msg("%s", cstr(x->a, fault_print(x->a, &x->f)));
	OK(&w, run(&w, found_tenants, NULL, NULL));
	w.federation = open_office_at(&w, COUNTY, OFFICE_FEDERATION, LEVEL_COUNTY, COUNTY_CODE, "县残联");
	return w;
}

/* Signs the account in as if its password had been right, and gives its actor. */
typedef struct stamp {
	session_new n;
	session_stage stage;
} stamp;

static inline rc
stamp_session(tx *t, const void *in, void *out)
{
	const stamp *s = in;

	return session_put(t, &s->n, out);
}

static inline session
enter(town *w, int64_t tenant, int64_t account, int64_t post)
{
	crypto *c = NULL;
	session s = {0};
	session_stage stage;

	OK(w, crypto_open(w->x->a, &w->x->f, &c));
	session_secret secret = session_draw(w->x->a, c);
	stamp in = {.n = {.roles = w->roles,
			  .secret = secret,
			  .limits = session_staff,
			  .tenant = tenant,
			  .account = account,
			  .post = post,
			  .factor = true}};
	OK(w, run(w, stamp_session, &in, &stage));
	db *d = NULL;
	OK(w, store_read(w->x->s, w->x->a, &w->x->f, &d));
	OK(w, session_find(d, w->x->a, &w->x->f, &(session_ask){w->roles, secret.hash, w->x->now, 0}, &s));
	store_read_end(w->x->s, d);
	return s;
}

/* The ledger rebuilds every table. */
static inline void
proved(town *w)
{
	static const uint8_t seed[32] = {1, 2, 3};
	sign_key key = sign_key_of(seed);
	ledger_report r = {0};

	OK(w, ledger_check(w->x->s, w->x->a, &w->x->f,
			   &(ledger_ask){.scratch = fixture_path(w->x, "account-scratch"), .key = key.open},
			   &r));
	for (size_t i = 0; i < r.findings.n; i++)
		print_error("%s %s %.*s %s\n", r.findings.v[i].id, r.findings.v[i].table,
			    STR_ARG(r.findings.v[i].key),
			    r.findings.v[i].column ? r.findings.v[i].column : "");
	assert_int_equal(r.nfindings, 0);
}
