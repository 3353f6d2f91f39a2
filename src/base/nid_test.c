/* nid_test.c - the vectors of the domain's page on certificate numbers, and every way a number can be wrong.
 */
#include "base/nid.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int32_t
today(void)
{
	return date_from_ymd(2026, 11, 22);
}

static void
vectors(void **state)
{
	static const char *const good[] = {
		"990101199003070015", "990101198511120029", "990101201506010030", "990101194002290013",
		"990101200012310047", "990101200002290089", "990202197808150111", "990303199910100226",
		"990404201801010055", "990101196307040065", "11010519491231002X",
	};
	arena *a = arena_open(NULL, 0);
	fault f = {0};

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		nid n = {0};
		assert_int_equal(nid_parse(a, &f, str_of(good[i]), today(), &n), RC_OK);
		assert_string_equal(n.text, good[i]);
		assert_int_equal(nid_check((str){good[i], NID_LEN - 1}), good[i][NID_LEN - 1]);
		assert_int_equal(n.sex, (good[i][16] - '0') % 2 ? NID_MALE : NID_FEMALE);
		assert_int_equal(n.kind, good[i][0] == '9' ? NID_DEMO : NID_CITIZEN);
		char born[DATE_TEXT];
		str day = date_text(n.born, born);
		assert_memory_equal(day.p, good[i] + 6, 4);
		assert_memory_equal(day.p + 5, good[i] + 10, 2);
		assert_memory_equal(day.p + 8, good[i] + 12, 2);
	}
	arena_close(a);
}

static void
every_slip_is_found(void **state)
{
	const str good = STR("11010519491231002X");
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	nid n = {0};

	(void)state;
	for (size_t i = 0; i < NID_LEN; i++)
		for (char c = '0'; c <= '9'; c++) {
			char t[NID_LEN];
			memcpy(t, good.p, NID_LEN);
			t[i] = c;
			bool same = t[i] == good.p[i];
			assert_int_equal(nid_parse(a, &f, (str){t, NID_LEN}, today(), &n) == RC_OK, same);
		}
	for (size_t i = 0; i + 1 < NID_LEN; i++) {
		char t[NID_LEN];
		memcpy(t, good.p, NID_LEN);
		t[i] = good.p[i + 1];
		t[i + 1] = good.p[i];
		bool same = t[i] == good.p[i];
		assert_int_equal(nid_parse(a, &f, (str){t, NID_LEN}, today(), &n) == RC_OK, same);
	}
	arena_close(a);
}

static void
names_what_is_wrong(void **state)
{
	static const struct {
		str raw;
		const char *id;
	} row[] = {
		{STR(""), "nid.length"},
		{STR("11010519491231002"), "nid.length"},
		{STR("11010519491231002X1"), "nid.length"},
		{STR("一一〇一〇五"), "nid.length"},
		{STR("1101051949123100XX"), "nid.characters"},
		{STR("11010519491231002Y"), "nid.characters"},
		{STR("1101O519491231002X"), "nid.characters"},
		{STR("11010519491231X"), "nid.characters"},
		{STR("000105194912310021"), "nid.province"},
		{STR("160105194912310021"), "nid.province"},
		{STR("790105194912310021"), "nid.province"},
		{STR("990101199002300010"), "nid.date"},
		{STR("990101190002290010"), "nid.date"},
		{STR("990101199013010010"), "nid.date"},
		{STR("990101187001010010"), "nid.date"},
		{STR("990101209901010010"), "nid.future"},
		{STR("990101202611230010"), "nid.future"}, /* tomorrow */
		{STR("110105194912310021"), "nid.check"},
		{STR("990101199003070016"), "nid.check"},
		{STR("110105491331002"), "nid.date"},
	};
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	nid n = {0};

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		assert_int_equal(nid_parse(a, &f, row[i].raw, today(), &n), RC_INVALID);
		assert_string_equal(f.id, row[i].id);
	}
	arena_close(a);
}

static void
reads_what_people_write(void **state)
{
	static const str form[] = {
		STR("11010519491231002x"),   STR(" 110105 19491231 002X "),
		STR("'11010519491231002X"),  STR("１１０１０５１９４９１２３１００２Ｘ"),
		STR("110105-19491231-002x"), STR("’11010519491231002X"),
		STR("110105491231002"),
	};
	arena *a = arena_open(NULL, 0);
	fault f = {0};

	(void)state;
	for (size_t i = 0; i < LEN(form); i++) {
		nid n = {0};
		assert_int_equal(nid_parse(a, &f, form[i], today(), &n), RC_OK);
		assert_string_equal(n.text, "11010519491231002X");
		assert_int_equal(n.was_old, i + 1 == LEN(form));
		assert_int_equal(n.sex, NID_FEMALE);
		assert_int_equal(n.born, date_from_ymd(1949, 12, 31));
	}
	arena_close(a);
}

/* 17 digits made whole. */
static nid
made(arena *a, const char *body)
{
	fault f = {0};
	nid n = {0};
	char check = nid_check(str_of(body));

	assert_int_equal(nid_parse(a, &f, str_fmt(a, "%s%c", body, check), today(), &n), RC_OK);
	return n;
}

static void
kinds(void **state)
{
	arena *a = arena_open(NULL, 0);

	(void)state;
	assert_int_equal(made(a, "81000019900101001").kind, NID_PERMIT);
	assert_int_equal(made(a, "82000019900101001").kind, NID_PERMIT);
	assert_int_equal(made(a, "83000019900101001").kind, NID_PERMIT);
	assert_int_equal(made(a, "93184019900101001").kind, NID_FOREIGNER); /* Shanghai, nationality 840 */
	assert_int_equal(made(a, "99010119900101001").kind, NID_DEMO);
	assert_int_equal(made(a, "71010119900101001").kind, NID_CITIZEN);
	assert_int_equal(made(a, "51021219900101001").kind,
			 NID_CITIZEN); /* Chongqing when it was in Sichuan */
	assert_int_equal(nid_check(STR("1101051949123100")), '\0');
	assert_int_equal(nid_check(STR("1101051949123100X")), '\0');
	arena_close(a);
}

static void
masks(void **state)
{
	static const struct {
		str raw, shown;
	} row[] = {
		{STR("11010519491231002X"), STR("110105********002X")},
		{STR("110105491231002"), STR("110105******002")},
		{STR("12345"), STR("12*45")},
		{STR("1234"), STR("****")},
		{STR("张三的号码"), STR("张三*号码")},
		{STR(""), STR("")},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++)
		assert_true(str_eq(nid_mask(a, row[i].raw), row[i].shown));
	assert_true(str_eq(cert_no_mask(a, STR("11010519491231002X42B1")), STR("110105********002X42B1")));
	assert_true(str_eq(cert_no_mask(a, STR("11010519491231002X42")), STR("110105********002X42")));
	assert_true(str_eq(cert_no_mask(a, STR("11010519491231002X")), STR("110105********002X")));
	arena_close(a);
}

static void
certificates(void **state)
{
	static const struct {
		str raw;
		int32_t category, level, reissue;
		const char *id; /* NULL: good */
	} row[] = {
		{STR("11010519491231002X42"), 4, 2, 0, NULL},
		{STR("11010519491231002x11b1"), 1, 1, 1, NULL},
		{STR("'11010519491231002X 74 B12"), 7, 4, 12, NULL},
		{STR("11010519491231002X02"), 0, 0, 0, "cert.category"},
		{STR("11010519491231002X82"), 0, 0, 0, "cert.category"},
		{STR("11010519491231002X残"), 0, 0, 0, "cert.category"},
		{STR("11010519491231002X45"), 0, 0, 0, "cert.level"},
		{STR("11010519491231002X40"), 0, 0, 0, "cert.level"},
		{STR("11010519491231002X4"), 0, 0, 0, "cert.length"},
		{STR("11010549123100242"), 0, 0, 0, "cert.length"},
		{STR("11010519491231002X42B"), 0, 0, 0, "cert.reissue"},
		{STR("11010519491231002X42B0"), 0, 0, 0, "cert.reissue"},
		{STR("11010519491231002X42B01"), 0, 0, 0, "cert.reissue"},
		{STR("11010519491231002X42C1"), 0, 0, 0, "cert.reissue"},
		{STR("11010519491231002X42B100"), 0, 0, 0, "cert.reissue"},
		{STR("11010519491231002142"), 0, 0, 0, "nid.check"},
		{STR("99010120990101001042"), 0, 0, 0, "nid.future"},
	};
	arena *a = arena_open(NULL, 0);
	fault f = {0};

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		cert_no c = {0};
		rc r = cert_no_parse(a, &f, row[i].raw, today(), &c);
		assert_int_equal(r, row[i].id ? RC_INVALID : RC_OK);
		if (row[i].id) {
			assert_string_equal(f.id, row[i].id);
			continue;
		}
		assert_int_equal(c.category, row[i].category);
		assert_int_equal(c.level, row[i].level);
		assert_int_equal(c.reissue, row[i].reissue);
		assert_true(str_eq(cert_no_str(a, &c), nid_fold(a, row[i].raw)));
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(every_slip_is_found),
		cmocka_unit_test(names_what_is_wrong),
		cmocka_unit_test(reads_what_people_write),
		cmocka_unit_test(kinds),
		cmocka_unit_test(masks),
		cmocka_unit_test(certificates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
