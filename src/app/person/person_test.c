/* person_test.c - people entered whole, found by number and name, seen only from where they are, proved by
 * the ledger. */
#include "app/person/person_fixture.h"

#include <stdlib.h>

#include "base/buf.h"

static void
is_found_where_he_is(fixture *x)
{
	static const int32_t today = 20779;
	person_in in = somebody_whole(x, "曾国𠮷", "990101199003070015");
	person_new p;
	actor here = officer_of(x, COUNTY, 0), there = officer_of(x, OTHER, 0),
	      far = officer_of(x, 510104, 0);
	const person_ref *ref = NULL;
	person_refs refs;
	bool more = false;
	db *d = NULL;
	arena *own = arena_open(x->a, 0);

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
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
	check_ledger(x);
}

static void
reads_back_whole(fixture *x)
{
	person_in in = somebody_whole(x, "阿不都热合曼·买买提", "990101198511120029");
	person_new p;
	person_view v;
	actor here = officer_of(x, COUNTY, 0);
	const person_ref *ref = NULL;
	db *d = NULL;
	str text;
	arena *own = arena_open(x->a, 0);

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
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
	person_in in = somebody_whole(x, "示例甲", "990101201506010030"),
		  twin = somebody_whole(x, "示例乙", "990101201506010030");
	person_new p, q;

	twin.certificate.number = STR("");
	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	assert_int_equal(enter_person(x, &twin, &q), RC_CONFLICT);
	assert_string_equal(x->f.id, "person.number_taken");
	twin.id_number = STR("");
	twin.certificate.number = in.certificate.number;
	assert_int_equal(enter_person(x, &twin, &q), RC_CONFLICT);
	assert_string_equal(x->f.id, "person.certificate_taken");
	check_ledger(x);
}

static void
nothing_sealed_lies_open(fixture *x)
{
	static const char *const secret[] = {"990101194002290013", "13800000000", "示范路",
					     "6222020000000000000", "990101198511120029"};
	person_in in = somebody_whole(x, "示例丙", "990101194002290013");
	person_new p;
	char cmd[4200];

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
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

/* The number of a certificate is one record's while it is in force, from being made to being suspended. One
 * that moved out stands in another county under the same number, one that was cancelled may be issued again
 * with it: it leads nowhere then, and is free. */
static void
a_number_is_held_while_its_certificate_stands(fixture *x)
{
	static const char *const number[] = {"990101199003070015", "990101198511120029", "990101201506010030",
					     "990101194002290013", "990101200012310047", "990101200002290089",
					     "990202197808150111", "990303199910100226", "990404201801010055",
					     "990101196307040065"};
	actor here = officer_of(x, COUNTY, 0);
	const person_ref *ref = NULL;
	db *d = NULL;

	for (int32_t status = 0; status < (int32_t)LEN(number); status++) {
		person_in in = somebody_whole(x, "示例甲", number[status]), heir;
		person_new p, q;
		bool stands = status >= 1 && status <= 5;
		arena *own = arena_open(x->a, 0);
		in.certificate.status = status;
		assert_int_equal(enter_person(x, &in, &p), RC_OK);
		assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
		assert_int_equal(person_by_number(d, own, &x->f, &here, in.certificate.number, 20779, &ref),
				 stands ? RC_OK : RC_NOT_FOUND);
		assert_int_equal(person_by_number(d, own, &x->f, &here, in.id_number, 20779, &ref), RC_OK);
		arena_close(own);
		heir = somebody_whole(x, "示例乙", "11010519491231002X");
		heir.id_number = STR(""); /* only the certificate's number is asked about */
		heir.certificate.number = in.certificate.number;
		assert_int_equal(enter_person(x, &heir, &q), stands ? RC_CONFLICT : RC_OK);
		if (stands)
			assert_string_equal(x->f.id, "person.certificate_taken");
	}
	check_ledger(x);
}

BOTH(is_found_where_he_is)
BOTH(reads_back_whole)
BOTH(one_number_one_record)
BOTH(a_number_is_held_while_its_certificate_stands)
BOTH(nothing_sealed_lies_open)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(is_found_where_he_is),
		BOTH_TESTS(reads_back_whole),
		BOTH_TESTS(one_number_one_record),
		BOTH_TESTS(a_number_is_held_while_its_certificate_stands),
		BOTH_TESTS(nothing_sealed_lies_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
