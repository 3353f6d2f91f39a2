/* person_test.c - people entered whole, found by number and name, seen only from where they are, proved by
 * the ledger. */
#include "app/person/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "store/fixture.h"

#include <cmocka.h>

enum { COUNTY = 420106, OTHER = 440103 };

static const int64_t VILLAGE = 420106001001, ELSEWHERE = 440103001001;

static actor
clerk_of(fixture *x, int64_t county)
{
	static perms all;
	interval *i = arena_new(x->a, interval);

	*i = (interval){.lo = county * 1000000, .hi = (county + 1) * 1000000};
	perms_add(&all, PERM_PERSON_READ);
	return (actor){
		.kind = ACTOR_STAFF, .tenant = county, .account = 7, .scope = {.v = i, .n = 1}, .perms = all};
}

static person_in
someone(fixture *x, const char *name, const char *nid_text)
{
	person_in in = {.tenant = COUNTY,
			.id_kind = 1,
			.id_number = str_of(nid_text),
			.name = str_of(name),
			.born = STR("1990-03-07"),
			.phone = STR("13800000000"),
			.source = STR("存量"),
			.sex = 1,
			.ethnic = 1,
			.nplaces = 2,
			.nfacts = 2,
			.has_certificate = true};

	in.place[0] = (place_in){.kind = PLACE_REGISTRATION,
				 .tenant = COUNTY,
				 .region = VILLAGE,
				 .address = STR("示范路 1 号")};
	in.place[1] = (place_in){
		.kind = PLACE_RESIDENCE, .tenant = OTHER, .region = ELSEWHERE, .address = STR("二街 2 号")};
	in.fact[0] = (fact_in){.field = STR("education"), .value = STR("70")};
	in.fact[1] = (fact_in){.field = STR("marital"), .value = STR("20"), .valid_from = STR("2015-05-01")};
	part_in *part = arena_array(x->a, part_in, 2);
	part[0] = (part_in){
		.category = 4, .level = 3, .cause = STR("31"), .item = STR("4.3b"), .assessed_on = STR("")};
	part[1] = (part_in){
		.category = 1, .level = 4, .cause = STR(""), .item = STR(""), .assessed_on = STR("")};
	in.certificate = (certificate_in){.number = str_cat(x->a, in.id_number, STR("73")),
					  .category = 7,
					  .level = 3,
					  .status = 2,
					  .generation = 2,
					  .issued = STR("2020-01-01"),
					  .expires = STR("2029-12-31"),
					  .remarks = STR(""),
					  .part = part,
					  .nparts = 2};
	in.guardian = (guardian_in){.name = STR("示例监护人"),
				    .id_number = STR("990101198511120029"),
				    .phone = STR("13900000000"),
				    .relation = 2};
	in.bank = (bank_in){
		.account = STR("6222020000000000000"), .bank = STR("示例银行"), .holder = str_of(name)};
	return in;
}

static rc
enter(fixture *x, const person_in *in, person_new *p)
{
	arena *own = arena_open(x->a, 0);
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_prepare(x->s, db_sealer(d), x->a, &x->f, in, x->now, p), RC_OK);
	arena_close(own);
	person_enter e = {.person = p, .actor = 7, .office = 9, .kind = "person.registered"};
	store_command c = {
		.fn = person_enter_run, .in = &e, .a = x->a, .now = x->now, .keys = &p->wrapped, .nkeys = 1};
	return store_write(x->s, &x->f, &c);
}

static void
check(fixture *x)
{
	static const uint8_t seed[32] = {1};
	sign_key key = sign_key_of(seed);
	ledger_report r;
	ledger_ask ask = {.scratch = fixture_path(x, "scratch"), .key = key.open, .derived = person_derived};

	assert_int_equal(ledger_check(x->s, x->a, &x->f, &ask, &r), RC_OK);
	for (size_t i = 0; i < r.findings.n; i++)
		print_error("%s %s %s\n", r.findings.v[i].id, r.findings.v[i].table,
			    cstr(x->a, r.findings.v[i].key));
	assert_int_equal(r.nfindings, 0);
}

static void
is_found_where_he_is(fixture *x)
{
	static const int32_t today = 20779;
	person_in in = someone(x, "曾国𠮷", "990101199003070015");
	person_new p;
	actor here = clerk_of(x, COUNTY), there = clerk_of(x, OTHER), far = clerk_of(x, 510104);
	const person_ref *ref = NULL;
	person_refs refs;
	bool more = false;
	db *d = NULL;
	arena *own = arena_open(x->a, 0);

	assert_int_equal(enter(x, &in, &p), RC_OK);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	static const char *const forms[] = {"990101199003070015", "９９０１０１１９９００３０７００１５",
					    "'990101 1990 0307 0015", "99010119900307001573"};
	for (size_t i = 0; i < LEN(forms); i++) {
		assert_int_equal(person_by_number(d, own, &x->f, &here, str_of(forms[i]), today, &ref),
				 RC_OK);
		assert_int_equal(person_ref_id(ref), p.id);
		assert_int_equal(person_by_number(d, own, &x->f, &there, str_of(forms[i]), today, &ref),
				 RC_OK);
		assert_int_equal(person_by_number(d, own, &x->f, &far, str_of(forms[i]), today, &ref),
				 RC_NOT_FOUND);
	}
	assert_int_equal(person_by_number(d, own, &x->f, &here, STR("990101199003070016"), today, &ref),
			 RC_INVALID);
	assert_int_equal(person_by_number(d, own, &x->f, &here, STR("990101198511120029"), today, &ref),
			 RC_NOT_FOUND);
	assert_int_equal(person_by_name(d, own, &x->f, &here, STR("曾国𠮷"), STR(""), &refs, &more), RC_OK);
	assert_int_equal(refs.n, 1);
	assert_int_equal(person_by_name(d, own, &x->f, &there, STR("曾国𠮷"), STR("1990-03"), &refs, &more),
			 RC_OK);
	assert_int_equal(refs.n, 1);
	assert_int_equal(person_by_name(d, own, &x->f, &here, STR("曾国𠮷"), STR("1991-03"), &refs, &more),
			 RC_OK);
	assert_int_equal(refs.n, 0);
	assert_int_equal(person_by_name(d, own, &x->f, &here, p.key_pinyin, STR(""), &refs, &more), RC_OK);
	assert_int_equal(refs.n, 1);
	assert_int_equal(person_by_name(d, own, &x->f, &far, STR("曾国𠮷"), STR(""), &refs, &more), RC_OK);
	assert_int_equal(refs.n, 0);
	arena_close(own);
	check(x);
}

static void
reads_back_whole(fixture *x)
{
	person_in in = someone(x, "阿不都热合曼·买买提", "990101198511120029");
	person_new p;
	person_view v;
	actor here = clerk_of(x, COUNTY);
	const person_ref *ref = NULL;
	db *d = NULL;
	str text;
	arena *own = arena_open(x->a, 0);

	assert_int_equal(enter(x, &in, &p), RC_OK);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_open(d, own, &x->f, &here, COUNTY, p.id, &ref), RC_OK);
	assert_int_equal(person_read(d, own, &x->f, ref, &v), RC_OK);
	assert_true(str_eq(v.name, in.name));
	assert_int_equal(v.places.n, 2);
	assert_int_equal(v.facts.n, 2);
	assert_int_equal(v.certificates.n, 1);
	assert_int_equal(v.parts.n, 2);
	assert_int_equal(v.guardians.n, 1);
	assert_int_equal(v.banks.n, 1);
	assert_true(str_find(v.id_number, STR("9901")) < 0);
	assert_int_equal(person_reveal(d, own, &x->f, ref,
				       &(seal_place){.table = "person", .column = "id_number", .row = p.id},
				       v.id_number, &text),
			 RC_OK);
	assert_true(str_eq(text, in.id_number));
	assert_int_equal(person_reveal(d, own, &x->f, ref,
				       &(seal_place){.table = "place",
						     .column = "address",
						     .row = place_row(PLACE_RESIDENCE, ELSEWHERE)},
				       v.places.v[1].address, &text),
			 RC_OK);
	assert_true(str_eq(text, STR("二街 2 号")));
	const fact_view *m = person_fact(&v, STR("marital"), STR("2020-01-01"), INT64_MAX);
	assert_non_null(m);
	assert_true(str_eq(m->value, STR("20")));
	assert_null(person_fact(&v, STR("marital"), STR("2015-04-30"), INT64_MAX));
	assert_null(person_fact(&v, STR("marital"), STR("2020-01-01"), x->now - 1));
	arena_close(own);
}

/* Nothing of his can be read in the files: not the numbers, not the address, not even in the ledger. */
static void
one_number_one_record(fixture *x)
{
	person_in in = someone(x, "示例甲", "990101201506010030"),
		  twin = someone(x, "示例乙", "990101201506010030");
	person_new p, q;

	twin.certificate.number = STR("");
	assert_int_equal(enter(x, &in, &p), RC_OK);
	assert_int_equal(enter(x, &twin, &q), RC_CONFLICT);
	assert_string_equal(x->f.id, "person.number_taken");
	twin.id_number = STR("");
	twin.certificate.number = in.certificate.number;
	assert_int_equal(enter(x, &twin, &q), RC_CONFLICT);
	assert_string_equal(x->f.id, "person.certificate_taken");
	check(x);
}

static void
nothing_sealed_lies_open(fixture *x)
{
	static const char *const secret[] = {"990101194002290013", "13800000000", "示范路",
					     "6222020000000000000", "990101198511120029"};
	person_in in = someone(x, "示例丙", "990101194002290013");
	person_new p;
	char cmd[4200];

	assert_int_equal(enter(x, &in, &p), RC_OK);
	if (x->engine == ENGINE_POSTGRES)
		return; /* the same rows; the files are the server's */
	for (size_t i = 0; i < LEN(secret); i++) {
		snprintf(cmd, sizeof cmd, "grep -qaF '%s' %.*s %.*s-wal", secret[i], STR_ARG(x->url),
			 STR_ARG(x->url));
		assert_int_not_equal(system(cmd), 0);
	}
	snprintf(cmd, sizeof cmd, "cat %.*s %.*s-wal | grep -qaF '示例丙'", STR_ARG(x->url), STR_ARG(x->url));
	assert_int_equal(system(cmd), 0); /* the search itself works: a name is not sealed */
}

BOTH(is_found_where_he_is)
BOTH(reads_back_whole)
BOTH(one_number_one_record)
BOTH(nothing_sealed_lies_open)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(is_found_where_he_is),
		BOTH_TESTS(reads_back_whole),
		BOTH_TESTS(one_number_one_record),
		BOTH_TESTS(nothing_sealed_lies_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
