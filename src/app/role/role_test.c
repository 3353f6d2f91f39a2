/* role_test.c - the roles that are shipped against the matrix of domain page 8, faults of the file, and
 * may().
 */
#include "app/role/role.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "app/role/actor.h"
#include "base/buf.h"
#include "io/pack.h"

#include <cmocka.h>

static const roles *
shipped(arena *a)
{
	const roles *all = NULL;
	str text;
	fault f = {0};

	assert_int_equal(pack_find(&pack_all, a, STR("lists/roles.yaml"), &text), RC_OK);
	if (roles_load(a, &f, STR("lists/roles.yaml"), text, &all) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	return all;
}

static int
open_arena(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static int
close_arena(void **state)
{
	arena_close(*state);
	return 0;
}

/* ---- the matrix ---- */

/* Who holds a permission: the columns of the matrix. A letter a role, in the order of roles.yaml's groups. */
typedef struct cell {
	perm p;
	const char *who;
} cell;

/* Letters: A applicant G guardian H helper; v village t township c county clerk C county approver n county
 * admin; h hospital clerk D doctor m hospital admin; s city p province l leader; r civil affairs i
 * institution; e policy editor E publisher; y system y, z security, u auditor. */
static const struct {
	char letter;
	const char *role;
} letters[] = {
	{'A', "applicant"},
	{'G', "guardian"},
	{'H', "helper"},
	{'v', "village.commissioner"},
	{'t', "township.clerk"},
	{'c', "county.clerk"},
	{'C', "county.approver"},
	{'n', "county.admin"},
	{'h', "hospital.clerk"},
	{'D', "hospital.assessor"},
	{'m', "hospital.admin"},
	{'s', "city.supervisor"},
	{'p', "province.supervisor"},
	{'l', "leader"},
	{'r', "civil_affairs.reviewer"},
	{'i', "institution"},
	{'e', "policy.editor"},
	{'E', "policy.publisher"},
	{'y', "system.admin"},
	{'z', "security.admin"},
	{'u', "auditor"},
};

static const cell matrix[] = {
	/* file application; pre-check and accept */
	{PERM_CASE_FILE, "AGHvtcr"},
	{PERM_CASE_READ, "AGHvtcChDspru"},
	{PERM_CASE_NOTE, "vtc"},
	{PERM_CASE_ACCEPT, "tcCr"},
	/* assessment result */
	{PERM_ASSESSMENT_READ, "AGcChDspu"},
	{PERM_ASSESSMENT_ASSIGN, "c"},
	{PERM_ASSESSMENT_RECORD, "hD"},
	{PERM_ASSESSMENT_CONCLUDE, "D"},
	{PERM_ASSESSOR_READ, "cChDmspu"},
	{PERM_ASSESSOR_WRITE, "cp"},
	{PERM_SCHEDULE_READ, "cChDspu"},
	{PERM_SCHEDULE_WRITE, "ch"},
	/* publicity */
	{PERM_PUBLICITY_READ, "AGvtcCspu"},
	{PERM_PUBLICITY_POST, "vc"},
	{PERM_PUBLICITY_CONFIRM, "tc"},
	{PERM_PUBLICITY_CONCLUDE, "C"},
	/* certificate: approve, print; freeze, cancel */
	{PERM_CERTIFICATE_READ, "AGvtcCspu"},
	{PERM_CERTIFICATE_APPROVE, "C"},
	{PERM_CERTIFICATE_PRINT, "c"},
	{PERM_CERTIFICATE_HAND, "vtc"},
	{PERM_CERTIFICATE_SUPERVISE, "s"},
	{PERM_CERTIFICATE_PROPOSE, "vtcr"},
	{PERM_CERTIFICATE_FREEZE, "Csp"},
	/* appeals */
	{PERM_APPEAL_FILE, "AG"},
	{PERM_APPEAL_READ, "AGcCspu"},
	{PERM_APPEAL_ASSESS, "D"},
	{PERM_APPEAL_DECIDE, "s"},
	{PERM_APPEAL_FINAL, "p"},
	/* two subsidies */
	{PERM_SUBSIDY_READ, "AGvtcCspru"},
	{PERM_SUBSIDY_VERIFY, "vt"},
	{PERM_SUBSIDY_REVIEW, "tc"},
	{PERM_SUBSIDY_APPROVE, "C"},
	{PERM_SUBSIDY_FINAL, "r"},
	{PERM_SUBSIDY_PAY, "r"},
	/* plans */
	{PERM_PLAN_READ, "AGHvtcCspriu"},
	{PERM_PLAN_DEMAND, "vt"},
	{PERM_PLAN_WRITE, "tc"},
	{PERM_PLAN_APPROVE, "C"},
	{PERM_PLAN_DELIVER, "i"},
	/* employment fund */
	{PERM_FUND_READ, "cCspu"},
	{PERM_FUND_VERIFY, "C"},
	/* tasks, problems */
	{PERM_TASK_READ, "vtcCsplu"},
	{PERM_TASK_REPORT, "vtc"},
	{PERM_TASK_WRITE, "tcCsp"},
	{PERM_TASK_APPROVE, "s"},
	{PERM_TASK_CREATE, "p"},
	/* statistics */
	{PERM_STATISTICS_READ, "tcCspleEu"},
	{PERM_STATISTICS_COLLECT, "tc"},
	{PERM_STATISTICS_APPROVE, "Csp"},
	{PERM_STATISTICS_FREEZE, "p"},
	/* user administration: sees no person */
	{PERM_ACCOUNT_READ, "nmzu"},
	{PERM_ACCOUNT_WRITE, "nmz"},
	{PERM_ACCOUNT_GRANT, "nmz"},
	{PERM_OFFICE_WRITE, "nz"},
	/* people */
	{PERM_PERSON_READ, "AGvtcCspru"},
	{PERM_PERSON_WRITE, "tc"},
	{PERM_PERSON_REVEAL, "tcC"},
	/* reports, lists, exports */
	{PERM_REPORT_READ, "cCsplu"},
	{PERM_REPORT_WRITE, "csp"},
	{PERM_LIST_IMPORT, "c"},
	{PERM_EXPORT_ASK, "cCsp"},
	{PERM_EXPORT_APPROVE, "Csp"},
	/* policies */
	{PERM_POLICY_READ, "cCspleEu"},
	{PERM_POLICY_EDIT, "e"},
	{PERM_POLICY_PUBLISH, "E"},
	/* the record of acts and looks; the machine */
	{PERM_LEDGER_READ, "u"},
	{PERM_LOOK_READ, "u"},
	{PERM_OWN_READ, "AGH"},
	{PERM_SITE_OPERATE, "y"},
	{PERM_SITE_SECURE, "z"},
};

static void
every_role_has_what_the_matrix_says(void **state)
{
	const roles *all = shipped(*state);

	assert_int_equal(all->n, LEN(letters));
	assert_int_equal(LEN(matrix), PERM_COUNT);
	for (size_t i = 0; i < LEN(matrix); i++)
		for (size_t k = 0; k < LEN(letters); k++) {
			const role *r = role_find(all, str_of(letters[k].role));
			assert_non_null(r);
			bool should = strchr(matrix[i].who, letters[k].letter) != NULL;
			if (perms_has(&r->perms, matrix[i].p) != should)
				fail_msg("%s: %.*s should %sbe granted", letters[k].role,
					 STR_ARG(perm_name(matrix[i].p)), should ? "" : "not ");
		}
}

static void
every_permission_is_somebodys(void **state)
{
	const roles *all = shipped(*state);

	for (unsigned p = 0; p < PERM_COUNT; p++) {
		bool held = false;
		perm back = PERM_COUNT;
		for (size_t i = 0; i < all->n; i++)
			held = held || perms_has(&all->v[i].perms, (perm)p);
		if (!held)
			fail_msg("nobody may %.*s", STR_ARG(perm_name((perm)p)));
		assert_true(perm_find(perm_name((perm)p), &back));
		assert_int_equal(back, p);
	}
	perm none = PERM_COUNT;
	assert_false(perm_find(STR("person.erase"), &none));
	assert_int_equal(perm_name(PERM_COUNT).n, 0);
}

static bool
excluded(const roles *all, const char *x, const char *y)
{
	const role *a = role_find(all, str_of(x)), *b = role_find(all, str_of(y));

	assert_non_null(a);
	assert_non_null(b);
	assert_int_equal(role_excludes(a, b), role_excludes(b, a));
	return role_excludes(a, b);
}

/* The hard rules of domain page 8.1 and of 等保: what one person never holds together. */
static void
hard_rules_hold(void **state)
{
	const roles *all = shipped(*state);

	assert_true(excluded(all, "system.admin", "security.admin"));
	assert_true(excluded(all, "system.admin", "auditor"));
	assert_true(excluded(all, "security.admin", "auditor"));
	assert_true(excluded(all, "hospital.assessor", "county.approver"));
	assert_true(excluded(all, "county.approver", "civil_affairs.reviewer"));
	assert_true(excluded(all, "county.clerk", "civil_affairs.reviewer"));
	assert_true(excluded(all, "policy.editor", "policy.publisher"));
	assert_false(excluded(all, "county.clerk", "county.approver"));
	for (size_t i = 0; i < all->n; i++) {
		const role *r = &all->v[i];
		bool admin =
			perms_has(&r->perms, PERM_ACCOUNT_WRITE) || perms_has(&r->perms, PERM_SITE_OPERATE);
		if (admin && (r->fields & (FIELD_PERSONAL | FIELD_SENSITIVE)))
			fail_msg("%.*s sees personal data", STR_ARG(r->id));
		if (admin && perms_has(&r->perms, PERM_PERSON_READ))
			fail_msg("%.*s reads people", STR_ARG(r->id));
		if (r->grants && !perms_has(&r->perms, PERM_ACCOUNT_GRANT))
			fail_msg("%.*s grants without account.grant", STR_ARG(r->id));
		if (!r->own && str_eq(r->id, STR("auditor")))
			for (unsigned p = 0; p < PERM_COUNT; p++)
				if (perms_has(&r->perms, (perm)p) &&
				    !str_ends(perm_name((perm)p), STR(".read")))
					fail_msg("the auditor may %.*s", STR_ARG(perm_name((perm)p)));
	}
	const role *county = role_find(all, STR("county.admin"));
	assert_false(role_grants(county, role_find(all, STR("security.admin"))));
	assert_false(role_grants(county, county));
	assert_true(role_grants(county, role_find(all, STR("village.commissioner"))));
	assert_true(role_has_line(all, role_find(all, STR("civil_affairs.reviewer")), STR("subsidy")));
	assert_false(role_has_line(all, role_find(all, STR("civil_affairs.reviewer")), STR("rights")));
	assert_false(role_has_line(all, county, STR("fishing")));
}

/* ---- the file's faults ---- */

typedef struct bad {
	const char *text, *id;
	int64_t line;
} bad;

#define HEAD "lines:\n  c: {zh: 办证, en: C}\nroles:\n"
#define OK   "    name: {zh: 甲, en: A}\n    levels: [county]\n    offices: [federation]\n    lines: all\n"

static void
says_file_and_line(void **state)
{
	static const bad cases[] = {
		{"roles: {}\n", "yaml.missing", 1},
		{HEAD "  a:\n" OK "    may: [case.fly]\n", "role.permission", 9},
		{HEAD "  a:\n" OK "    may: [case.read, case.read]\n", "role.permission_twice", 9},
		{HEAD "  a:\n" OK "    may: []\n    can: [x]\n", "yaml.unknown", 10},
		{HEAD "  a:\n" OK "    may: []\n    not_with: [b]\n", "role.unknown", 10},
		{HEAD "  a:\n" OK "    may: []\n    grants: [a]\n", "role.itself", 10},
		{HEAD "  a:\n    name: {zh: 甲}\n    may: []\n", "yaml.missing", 5},
		{HEAD "  a:\n    name: {zh: 甲, en: A}\n    may: []\n", "role.no_office", 5},
		{HEAD "  a:\n" OK "    reach: own\n    may: []\n", "role.own_with_office", 5},
		{HEAD "  a:\n" OK "    reach: far\n    may: []\n", "yaml.choice", 9},
		{HEAD "  a:\n    name: {zh: 甲, en: A}\n    levels: [moon]\n    may: []\n", "yaml.choice", 6},
		{HEAD "  a:\n    name: {zh: 甲, en: A}\n    lines: [d]\n    may: []\n", "role.line", 6},
		{HEAD "  a:\n" OK "    may: []\n    fields: [secret]\n", "yaml.choice", 10},
		{HEAD "  o:\n    name: {zh: 甲, en: A}\n    reach: own\n    may: []\n  a:\n" OK
		      "    may: []\n    grants: [o]\n",
		 "role.own_granted", 9},
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const roles *all = NULL;
		fault f = {0};
		int64_t line = 0;
		rc r = roles_load(*state, &f, STR("r.yaml"), str_of(cases[i].text), &all);
		if (r != RC_INVALID || strcmp(f.id, cases[i].id) != 0)
			fail_msg("case %zu: %s", i, cstr(*state, fault_print(*state, &f)));
		for (size_t k = 0; k < f.nargs; k++)
			if (strcmp(f.arg[k].name, "line") == 0)
				line = f.arg[k].i;
		if (line != cases[i].line)
			fail_msg("case %zu: line %lld, not %lld", i, (long long)line,
				 (long long)cases[i].line);
	}
}

static void
too_many_are_refused(void **state)
{
	buf b = buf_in(*state);
	const roles *all = NULL;
	fault f = {0};

	buf_lit(&b, HEAD);
	for (int i = 0; i <= ROLES_MAX; i++)
		buf_fmt(&b, "  r%d:\n" OK "    may: []\n", i);
	assert_int_equal(roles_load(*state, &f, STR("r.yaml"), buf_str(&b), &all), RC_LIMIT);
	assert_string_equal(f.id, "role.many");
	fault_clear(&f);
	buf_clear(&b);
	buf_lit(&b, "lines:\n");
	for (int i = 0; i <= LINES_MAX; i++)
		buf_fmt(&b, "  l%d: {zh: 甲, en: A}\n", i);
	buf_lit(&b, "roles: {}\n");
	assert_int_equal(roles_load(*state, &f, STR("r.yaml"), buf_str(&b), &all), RC_LIMIT);
	assert_string_equal(f.id, "role.many");
}

/* ---- may() ---- */

static void
denies_by_default(void **state)
{
	actor nobody = {0};
	actor staff = {.kind = ACTOR_STAFF};

	(void)state;
	for (unsigned p = 0; p <= PERM_COUNT; p++) {
		assert_false(may(&nobody, (perm)p, REGION_NONE));
		assert_false(may(&staff, (perm)p, REGION_NONE));
		assert_false(may(&staff, (perm)p, 420101000000));
	}
	perms_add(&nobody.perms, PERM_CASE_READ);
	assert_false(may(&nobody, PERM_CASE_READ, REGION_NONE));
	perms_add(&staff.perms, PERM_CASE_READ);
	assert_false(may(&staff, PERM_CASE_READ, 420101000000));
	assert_false(may_over(&staff, PERM_CASE_READ, (interval){420101000000, 420102000000}));
}

/* Own, sibling, parent, foreign: a county clerk of 420102 and of a development zone in 420105. */
static void
scope_is_own_only(void **state)
{
	const roles *all = shipped(*state);
	static const interval own[] = {{420102000000, 420103000000}, {420105004000, 420105005000}};
	const role *r = role_find(all, STR("county.clerk"));
	actor w = {.kind = ACTOR_STAFF, .role = r, .perms = r->perms, .fields = r->fields, .scope = {own, 2}};

	assert_true(may(&w, PERM_CASE_READ, 420102000000));
	assert_true(may(&w, PERM_CASE_READ, 420102003002));
	assert_true(may(&w, PERM_CASE_READ, 420105004017));
	assert_false(may(&w, PERM_CASE_READ, 420105003017));
	assert_false(may(&w, PERM_CASE_READ, 420103000000)); /* sibling: the interval's end is not in it */
	assert_false(may(&w, PERM_CASE_READ, 420101999999));
	assert_false(may(&w, PERM_CASE_READ, 420100000000)); /* parent */
	assert_false(may(&w, PERM_CASE_READ, 420000000000));
	assert_false(may(&w, PERM_CASE_READ, 440102003002)); /* another province */
	assert_false(may(&w, PERM_CASE_READ, 0));
	assert_false(may(&w, PERM_CERTIFICATE_APPROVE, 420102000000));
	assert_true(may(&w, PERM_CASE_READ, REGION_NONE));
	assert_true(may_over(&w, PERM_CASE_READ, (interval){420102001000, 420102002000}));
	assert_false(may_over(&w, PERM_CASE_READ, (interval){420102000000, 420103000001}));
	assert_false(may_over(&w, PERM_CASE_READ, (interval){420102000000, 420102000000}));
	assert_false(may_over(&w, PERM_CASE_READ, (interval){420102000000, 420105005000}));
	assert_true(actor_line_ok(&w, STR("rights")));
	assert_false(actor_line_ok(&w, STR("")));
	w.line = STR("certificate");
	assert_true(actor_line_ok(&w, STR("certificate")));
	assert_false(actor_line_ok(&w, STR("rights")));
}

static void
console_makes_accounts_only(void **state)
{
	actor w = actor_console(7);

	(void)state;
	assert_true(may(&w, PERM_ACCOUNT_GRANT, 650100000000));
	assert_true(may(&w, PERM_OFFICE_WRITE, 110000000000));
	assert_false(may(&w, PERM_PERSON_READ, 110000000000));
	assert_false(may(&w, PERM_SITE_SECURE, REGION_NONE));
	assert_false(actor_sees(&w, FIELD_PERSONAL));
}

int
main(void)
{
#define T(t) cmocka_unit_test_setup_teardown(t, open_arena, close_arena)
	const struct CMUnitTest tests[] = {
		T(every_role_has_what_the_matrix_says),
		T(every_permission_is_somebodys),
		T(hard_rules_hold),
		T(says_file_and_line),
		T(too_many_are_refused),
		T(denies_by_default),
		T(scope_is_own_only),
		T(console_makes_accounts_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
