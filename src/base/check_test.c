/* check_test.c - organisation codes, bank cards, case numbers: known good ones, and that slips are found. */
#include "base/check.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *const companies[] = {"91110000802100433B", "9144030071526726XG", "914403001922038216",
					"91330100799655058B", "91350100M000100Y43"};

static void
organisations(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	str out = {0};

	(void)state;
	for (size_t i = 0; i < LEN(companies); i++) {
		assert_int_equal(org_code_parse(a, &f, str_of(companies[i]), &out), RC_OK);
		assert_true(str_eq(out, str_of(companies[i])));
	}
	assert_int_equal(org_code_parse(a, &f, STR(" 91110000-802100433b"), &out), RC_OK);
	assert_true(str_eq(out, STR("91110000802100433B")));
	static const struct {
		str raw;
		const char *id;
	} row[] = {
		{STR(""), "org.length"},
		{STR("91110000802100433"), "org.length"},
		{STR("9111000080210O433B"), "org.characters"},
		{STR("91110000802100433A"), "org.check"},
	};
	for (size_t i = 0; i < LEN(row); i++) {
		assert_int_equal(org_code_parse(a, &f, row[i].raw, &out), RC_INVALID);
		assert_string_equal(f.id, row[i].id);
	}
	arena_close(a);
}

static void
check31_finds_slips_and_swaps(void **state)
{
	char t[] = "4401032026000127";
	const size_t n = sizeof t - 1;
	char want = check31((str){t, n});

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char kept = t[i];
		for (const char *c = check31_alphabet; *c; c++) {
			t[i] = *c;
			assert_int_equal(check31((str){t, n}) == want, *c == kept);
		}
		t[i] = kept;
		for (size_t j = i + 1; j < n; j++) {
			t[i] = t[j];
			t[j] = kept;
			assert_int_equal(check31((str){t, n}) == want, t[i] == t[j]);
			t[j] = t[i];
			t[i] = kept;
		}
	}
	assert_int_equal(check31(STR("")), '\0');
	assert_int_equal(check31(STR("44I1")), '\0');
	assert_int_equal(check31(STR("0123456789012345678901234567890")), '\0'); /* 31 characters */
}

static void
cards(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	str out = {0};

	(void)state;
	assert_int_equal(luhn_digit(STR("7992739871")), '3'); /* the textbook's */
	assert_int_equal(luhn_digit(STR("622848000000000001")), '8');
	assert_int_equal(luhn_digit(STR("62A8")), '\0');
	assert_int_equal(card_parse(a, &f, STR("6228 4800 0000 0000 018"), &out), RC_OK);
	assert_true(str_eq(out, STR("6228480000000000018")));
	static const struct {
		str raw;
		const char *id;
	} row[] = {
		{STR("6228480000000000019"), "card.check"},
		{STR("6228480000000000081"), "card.check"}, /* 18 turned round */
		{STR("62284800000"), "card.length"},
		{STR("62284800000000000180"), "card.length"},
		{STR(""), "card.length"},
		{STR("622848000000000001X"), "card.characters"},
	};
	for (size_t i = 0; i < LEN(row); i++) {
		assert_int_equal(card_parse(a, &f, row[i].raw, &out), RC_INVALID);
		assert_string_equal(f.id, row[i].id);
	}
	assert_true(str_eq(card_mask(a, STR("6228480000000000018")), STR("****0018")));
	assert_true(str_eq(card_mask(a, STR("1234")), STR("****")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(organisations),
		cmocka_unit_test(check31_finds_slips_and_swaps),
		cmocka_unit_test(cards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
