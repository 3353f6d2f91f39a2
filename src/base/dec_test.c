/* dec_test.c - decimals: text, exactness, rounding, and that the fast paths agree with the slow ones. */
#include "base/dec.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static dec
d(const char *z)
{
	dec x;

	assert_true(dec_parse(str_of(z), &x));
	return x;
}

static void
is(dec x, const char *want)
{
	char t[DEC_TEXT];
	str s = dec_text(x, t);

	if (!str_eq(s, str_of(want)))
		fail_msg("got %.*s, want %s", STR_ARG(s), want);
}

static void
text_round_trip(void **state)
{
	static const char *const same[] = {
		"0",
		"1",
		"-1",
		"1.10",
		"0.05",
		"-0.001",
		"1000",
		"123456789012345678901234567890.1234",
		"9999999999999999999999999999999999",
		"0.0000000000000000000000000000000000001",
		"9223372036854775807",
		"-9223372036854775808",
		"18446744073709551615",
	};
	static const char *const bad[] = {"",   "-",     ".",   "1.",     "+1",  "1e",  "1e+",         "1 ",
					  " 1", "1.2.3", "0x1", "1e9999", "inf", "NaN", "1e9999999999"};
	dec x;

	(void)state;
	for (size_t i = 0; i < LEN(same); i++)
		is(d(same[i]), same[i]);
	for (size_t i = 0; i < LEN(bad); i++)
		if (dec_parse(str_of(bad[i]), &x))
			fail_msg("accepted %s", bad[i]);
	is(d(".5"), "0.5");
	is(d("1.2E3"), "1200");
	is(d("12e-3"), "0.012");
	is(d("-0"), "0");
	is(d("1E+400"), "1E+400");
	/* 34 digits, of which 31 are zeros at the end: printed as what it is read back as */
	is(dec_div(d("2100"), d("66666666666666666666666666"
				"66666666666666666666666666")),
	   "0.000000000000000000000000000000000000000000000000315");
	is(d("-1.5e-300"), "-1.5E-300");
	is(d("12345678901234567890123456789012345"), "12345678901234567890123456789012340");
}

static void
arithmetic_is_exact(void **state)
{
	(void)state;
	is(dec_add(d("0.1"), d("0.2")), "0.3");
	is(dec_mul(d("100"), d("1.1")), "110.0");
	is(dec_mul(d("1.1"), d("100")), "110.0");
	is(dec_sub(d("5"), d("7.25")), "-2.25");
	is(dec_div(d("1"), d("3")), "0.3333333333333333333333333333333333");
	is(dec_div(d("10"), d("4")), "2.5");
	is(dec_add(d("9223372036854775807"), d("1")), "9223372036854775808");
	is(dec_sub(d("-9223372036854775807"), d("9")), "-9223372036854775816");
	is(dec_mul(d("9223372036854775807"), d("2")), "18446744073709551614");
	is(dec_neg(d("0")), "0");
	is(dec_abs(d("-3.50")), "3.50");
	is(dec_modulo(d("12"), d("5")), "2");
	is(dec_modulo(d("-12"), d("5")), "3");
	is(dec_modulo(d("12"), d("-5")), "-3");
	is(dec_modulo(d("-10.1"), d("4.5")), "3.4");
	assert_false(dec_finite(dec_div(d("1"), d("0"))));
	assert_false(dec_finite(dec_modulo(d("1"), d("0"))));
	assert_false(dec_finite(dec_mul(d("1e6000"), d("1e6000"))));
}

static void
functions(void **state)
{
	(void)state;
	is(dec_pow(d("2"), d("10")), "1024");
	is(dec_pow(d("2"), d("-1")), "0.5");
	is(dec_pow(d("1.1"), d("2")), "1.21");
	is(dec_pow(d("5"), d("0")), "1");
	is(dec_pow(d("4"), d("0.5")), "2");
	is(dec_sqrt(d("16")), "4");
	is(dec_sqrt(d("2")), "1.414213562373095048801688724209698");
	is(dec_exp(d("0")), "1");
	is(dec_exp(d("1")), "2.718281828459045235360287471352662");
	is(dec_log(d("1")), "0");
	is(dec_log(d("10")), "2.302585092994045684017991454684364");
	assert_false(dec_finite(dec_sqrt(d("-1"))));
	assert_false(dec_finite(dec_log(d("0"))));
	assert_false(dec_finite(dec_exp(d("99999"))));
}

static void
rounding(void **state)
{
	static const struct {
		const char *x;
		int32_t scale;
		const char *want[7]; /* by mode: half even, floor, ceiling, down, half up, up, half down */
	} row[] = {
		{"2.5", 0, {"2", "2", "3", "2", "3", "3", "2"}},
		{"-2.5", 0, {"-2", "-3", "-2", "-2", "-3", "-3", "-2"}},
		{"1.25", 1, {"1.2", "1.2", "1.3", "1.2", "1.3", "1.3", "1.2"}},
		{"1.26", 1, {"1.3", "1.2", "1.3", "1.2", "1.3", "1.3", "1.3"}},
		{"-1.26", 1, {"-1.3", "-1.3", "-1.2", "-1.2", "-1.3", "-1.3", "-1.3"}},
		{"1550", -2, {"1600", "1500", "1600", "1500", "1600", "1600", "1500"}},
		{"7", 2, {"7.00", "7.00", "7.00", "7.00", "7.00", "7.00", "7.00"}},
	};

	(void)state;
	for (size_t i = 0; i < LEN(row); i++)
		for (int mode = 0; mode < 7; mode++)
			is(dec_to_scale(d(row[i].x), row[i].scale, (dec_round)mode), row[i].want[mode]);
	is(dec_to_scale(d("0.3333333333333333333333333333333333"), 50, DEC_HALF_EVEN),
	   "0.3333333333333333333333333333333333");
	assert_false(dec_finite(dec_to_scale(d("1"), 6177, DEC_HALF_EVEN)));
	is(dec_trim(d("1.500")), "1.5");
	is(dec_trim(d("2.000")), "2");
	is(dec_trim(d("0.00")), "0");
	is(dec_trim(d("100")), "100");
	assert_int_equal(dec_scale(d("1.10")), 2);
	assert_true(dec_is_int(d("2.00")));
	assert_false(dec_is_int(d("2.01")));
}

static void
whole_numbers(void **state)
{
	int64_t v = 0;

	(void)state;
	assert_true(dec_to_i64(d("12.00"), &v));
	assert_int_equal(v, 12);
	assert_true(dec_to_i64(d("1E3"), &v));
	assert_int_equal(v, 1000);
	assert_true(dec_to_i64(dec_i64(INT64_MIN), &v));
	assert_true(v == INT64_MIN);
	assert_false(dec_to_i64(d("1.5"), &v));
	assert_false(dec_to_i64(d("9223372036854775808"), &v));
}

static uint64_t
step(uint64_t *s)
{
	*s = *s * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return *s >> 20;
}

/* The same sum, product and order whether the numbers are written to one scale (the fast path) or not. */
static void
paths_agree(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t a = (int64_t)(step(&seed) % 2000001) - 1000000,
			b = (int64_t)(step(&seed) % 2000001) - 1000000;
		dec x = dec_to_scale(dec_div(dec_i64(a), dec_i64(100)), 2, DEC_DOWN);
		dec y = dec_to_scale(dec_div(dec_i64(b), dec_i64(100)), 2, DEC_DOWN);
		dec x4 = dec_to_scale(x, 4, DEC_DOWN);
		assert_int_equal(dec_cmp(dec_add(x, y), dec_add(x4, y)), 0);
		assert_int_equal(dec_cmp(dec_sub(x, y), dec_sub(x4, y)), 0);
		assert_int_equal(dec_cmp(x, y), dec_cmp(x4, y));
		assert_int_equal(dec_cmp(x, y), (a > b) - (a < b));
		assert_int_equal(dec_cmp(dec_mul(x, dec_i64(b)), dec_mul(dec_i64(b), x4)), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_round_trip), cmocka_unit_test(arithmetic_is_exact),
		cmocka_unit_test(functions),       cmocka_unit_test(rounding),
		cmocka_unit_test(whole_numbers),   cmocka_unit_test(paths_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
