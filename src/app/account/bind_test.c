/* bind_test.c - whose account it is: an applicant who came by phone is bound to his record at a counter. */
#include "app/account/account.h"

#include "app/person/person_fixture.h"
#include "app/region/tenant.h"
#include "io/pack.h"

static rc
came_by_phone(tx *t, const void *in, void *out)
{
	row_account a;

	(void)in;
	TRY(account_of_applicant(t, TENANT_OF_NATION, STR("phone:1:abc"), 0, &a));
	*(int64_t *)out = a.id;
	return RC_OK;
}

static void
refused(fixture *x, const account_ref *n, rc code, const char *id)
{
	assert_int_equal(run_command(x, account_bind, n), code);
	if (id)
		assert_string_equal(x->f.id, id);
}

/* The applicant's own record is his, and nobody else's. */
static void
he_reads_himself(fixture *x, const account_ref *n, bool himself)
{
	actor who = {.kind = ACTOR_APPLICANT,
		     .tenant = n->tenant,
		     .account = n->id,
		     .person = n->person,
		     .home = n->home};
	const person_ref *ref = NULL;
	arena *own = arena_open(x->a, 0);
	db *d = NULL;

	perms_add(&who.perms, PERM_PERSON_READ);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_open(d, own, &x->f, &who, COUNTY, n->person, &ref),
			 himself ? RC_OK : RC_NOT_FOUND);
	if (himself) /* the same number in another federation is not his */
		assert_int_equal(person_open(d, own, &x->f, &who, n->tenant, n->person, &ref), RC_NOT_FOUND);
	assert_int_equal(person_open(d, own, &x->f, &who, COUNTY, n->person + 1, &ref), RC_NOT_FOUND);
	arena_close(own);
}

static void
a_phone_is_bound_at_the_counter(fixture *x)
{
	actor clerk = officer_of(x, COUNTY, 7), elsewhere = officer_of(x, 440105, 7);
	const roles *all = NULL;
	str text;
	person_in in = somebody("王芳", "420106199003070027");
	person_new p;
	int64_t account = 0;
	store_command c = {.fn = came_by_phone, .out = &account, .a = x->a, .now = x->now};

	assert_int_equal(pack_find(&pack_all, x->a, STR("lists/roles.yaml"), &text), RC_OK);
	assert_int_equal(roles_load(x->a, &x->f, STR("lists/roles.yaml"), text, &all), RC_OK);
	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);
	account_ref n = {.by = &clerk,
			 .roles = all,
			 .tenant = TENANT_OF_NATION,
			 .id = account,
			 .home = COUNTY,
			 .person = p.id};
	refused(x, &n, RC_DENIED, "account.denied"); /* reads the record, accepts nothing */
	perms_add(&clerk.perms, PERM_CASE_ACCEPT);
	perms_add(&elsewhere.perms, PERM_CASE_ACCEPT);
	n.by = &elsewhere;
	refused(x, &n, RC_NOT_FOUND, NULL); /* another county's clerk: to him there is no such record */
	n.by = &clerk;
	n.home = 0; /* the number of a record is not enough: it is looked for in the account's own tenant */
	refused(x, &n, RC_NOT_FOUND, NULL);
	n.home = COUNTY;
	n.person = p.id + 1;
	refused(x, &n, RC_NOT_FOUND, NULL);
	n.person = p.id;
	assert_int_equal(run_command(x, account_bind, &n), RC_OK);
	assert_int_equal(run_command(x, account_bind, &n), RC_OK); /* once is enough */
	he_reads_himself(x, &n, true);
	he_reads_himself(x, &(account_ref){.tenant = TENANT_OF_NATION, .id = account, .person = p.id}, false);

	person_in other = somebody("李强", "420106199003070043");
	person_new q;
	assert_int_equal(enter_person(x, &other, &q), RC_OK);
	n.person = q.id;
	refused(x, &n, RC_CONFLICT, "account.bound");
	check_ledger(x);
}

BOTH(a_phone_is_bound_at_the_counter)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_phone_is_bound_at_the_counter)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
