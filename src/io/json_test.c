/* json_test.c - reading strictly, writing safely. */
#include "io/json.h"

#include "base/date.h"
#include "io/io_test.h"

enum { MAX = 1 << 20 };

static const json *
parse(arena *a, str s)
{
	fault f = {0};
	const json *v = NULL;

	check_ok(&f, json_parse(a, &f, s, MAX, &v));
	return v;
}

static void
reads_values(void **state)
{
	const json *v = parse(
		*state,
		STR("\xef\xbb\xbf{\"a\":9007199254740993,\"b\":[true,null,\"\\u4e2d\\ud83d\\ude00\",1.10],"
		    "\"id\":\"7\",\"day\":\"2025-02-28\"}"));
	fault f = {0};
	int64_t i = 0;
	int32_t day = 0;
	const json *list = NULL;

	check_ok(&f, json_need_int(&f, v, STR("a"), &i));
	assert_true(i == 9007199254740993);
	check_ok(&f, json_need(&f, v, STR("b"), JSON_LIST, &list));
	assert_int_equal(list->n, 4);
	assert_int_equal(list->item[1].kind, JSON_NIL);
	check_str(list->item[2].text, STR("中😀"));
	check_str(list->item[3].text, STR("1.1"));
	str digits = {0};
	check_ok(&f, json_need_decimal(&f, v, STR("a"), &digits));
	check_str(digits, STR("9007199254740993"));
	check_fault(&f, json_need_decimal(&f, v, STR("id"), &digits), RC_INVALID, "json.kind");
	check_ok(&f, json_need_id(&f, v, STR("id"), &i));
	assert_int_equal(i, 7);
	check_ok(&f, json_need_day(&f, v, STR("day"), &day));
	assert_int_equal(day, date_from_ymd(2025, 2, 28));
	check_str(v->key[0], STR("a")); /* the order written is kept */
	check_str(v->key[3], STR("day"));
}

static void
refuses_bad_text(void **state)
{
	static const struct {
		str text;
		rc code;
		const char *id;
	} row[] = {
		{STR(""), RC_INVALID, "json.syntax"},
		{STR("{"), RC_INVALID, "json.syntax"},
		{STR("[1,]"), RC_INVALID, "json.syntax"},
		{STR("{'a':1}"), RC_INVALID, "json.syntax"},
		{STR("[01]"), RC_INVALID, "json.syntax"},
		{STR("[NaN]"), RC_INVALID, "json.syntax"},
		{STR("{} {}"), RC_INVALID, "json.syntax"},
		{STR("[\"\\ud800\"]"), RC_INVALID, "json.syntax"}, /* half of a pair */
		{STR("[\"\xed\xa0\x80\"]"), RC_INVALID, "json.encoding"},
		{STR("[\"\xff\"]"), RC_INVALID, "json.encoding"},
		{STR("[\"\\u0000\"]"), RC_INVALID, "json.encoding"},
		{STR("{\"a\":1,\"a\":2}"), RC_INVALID, "json.duplicate"},
		{STR("[9223372036854775808]"), RC_INVALID, "json.number"},
		{STR("[1e999]"), RC_INVALID, "json.number"},
	};
	fault f = {0};
	const json *v = NULL;

	for (size_t i = 0; i < LEN(row); i++)
		check_fault(&f, json_parse(*state, &f, row[i].text, MAX, &v), row[i].code, row[i].id);
	check_fault(&f, json_parse(*state, &f, STR("[1,2]"), 4, &v), RC_LIMIT, "json.size");
}

static void
has_one_zero(void **state)
{
	check_str(parse(*state, STR("-0.0"))->text, STR("0"));
	check_str(parse(*state, STR("0.1"))->text, STR("0.1"));
	check_str(parse(*state, STR("1e22"))->text, STR("1e+22"));
}

static void
refuses_depth(void **state)
{
	arena *a = *state;
	fault f = {0};
	const json *v = NULL;
	buf b = buf_in(a);

	for (int i = 0; i < JSON_DEPTH; i++)
		buf_c(&b, '[');
	for (int i = 0; i < JSON_DEPTH; i++)
		buf_c(&b, ']');
	check_ok(&f, json_parse(a, &f, buf_str(&b), MAX, &v));
	check_fault(&f, json_parse(a, &f, str_fmt(a, "[%.*s]", STR_ARG(buf_str(&b))), MAX, &v), RC_LIMIT,
		    "json.depth");
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_c(&b, '[');
	check_fault(&f, json_parse(a, &f, buf_str(&b), MAX, &v), RC_LIMIT, "json.depth");
}

static void
refuses_what_an_arena_may_not_take(void **state)
{
	arena *a = arena_open(*state, 4096);
	fault f = {0};
	const json *v = NULL;
	buf b = buf_in(*state);

	buf_c(&b, '[');
	for (int i = 0; i < 1000; i++)
		buf_lit(&b, "1,");
	buf_lit(&b, "1]");
	check_fault(&f, json_parse(a, &f, buf_str(&b), MAX, &v), RC_LIMIT, "json.size");
}

static void
names_the_path(void **state)
{
	const json *v = parse(
		*state, STR("{\"household\":{\"members\":[{},{\"birth\":\"2025-02-30\",\"id\":\"07\"}]}}"));
	const json *house = json_find(v, STR("household")), *members = json_find(house, STR("members"));
	fault f = {0};
	int32_t day = 0;
	int64_t id = 0;
	str s = {0};

	assert_int_equal(json_need_day(&f, &members->item[1], STR("birth"), &day), RC_INVALID);
	check_str(f.field, STR("household.members[1].birth"));
	check_fault(&f, RC_INVALID, RC_INVALID, "json.day");
	check_fault(&f, json_need_id(&f, &members->item[1], STR("id"), &id), RC_INVALID, "json.id");
	assert_int_equal(json_need_text(&f, &members->item[0], STR("birth"), &s), RC_INVALID);
	check_str(f.field, STR("household.members[0].birth"));
	check_fault(&f, RC_INVALID, RC_INVALID, "json.missing");
	check_fault(&f, json_need_text(&f, v, STR("household"), &s), RC_INVALID, "json.kind");
	s = STR("as it was");
	check_ok(&f, json_opt_text(&f, v, STR("note"), &s));
	check_str(s, STR("as it was"));
}

static void
writes_what_it_reads(void **state)
{
	arena *a = *state;
	buf b = buf_in(a), again = buf_in(a);
	json_out w = json_to(&b);

	json_map(&w, JSON_BARE);
	json_put_id(&w, STR("id"), INT64_MAX);
	json_put_text(&w, STR("<\"\\\n\x01>"), STR("a&\xe2\x80\xa8 张\xff</script>"));
	json_list(&w, STR("l"));
	json_put_int(&w, JSON_BARE, INT64_MIN);
	json_put_bool(&w, JSON_BARE, false);
	json_map(&w, JSON_BARE);
	json_end(&w);
	json_end(&w);
	json_put_nil(&w, STR("nil"));
	json_put_day(&w, STR("day"), 0);
	json_put_day(&w, STR("never"), DATE_NONE);
	json_put_decimal(&w, STR("d"), STR("-12.50e3"));
	json_end(&w);
	check_str(buf_str(&b), STR("{\"id\":\"9223372036854775807\","
				   "\"\\u003c\\\"\\\\\\n\\u0001\\u003e\":\"a\\u0026\\u2028 "
				   "张\xef\xbf\xbd\\u003c/script\\u003e\","
				   "\"l\":[-9223372036854775808,false,{}],\"nil\":null,\"day\":\"1970-01-"
				   "01\",\"never\":null,"
				   "\"d\":-12.50e3}"));
	w = json_to(&again);
	json_put_value(&w, JSON_BARE, parse(a, buf_str(&b)));
	check_str(buf_str(&again), str_fmt(a, "%.*s-12500}", (int)(b.n - 9), b.p));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_values),
		TEST(refuses_bad_text),
		TEST(has_one_zero),
		TEST(refuses_depth),
		TEST(refuses_what_an_arena_may_not_take),
		TEST(names_the_path),
		TEST(writes_what_it_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
