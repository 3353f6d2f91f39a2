/* region_test.c - divisions, what becomes of them, and federations, on SQLite and on PostgreSQL. */
#include "app/region/region.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "app/region/reform.h"
#include "app/region/tenant.h"
#include "app/region_sql.h"
#include "base/rng.h"
#include "store/fixture.h"
#include "store/ledger.h"
#include "store/rows.h"

#include <cmocka.h>

static const interval country = {0, 1000000000000};

static int32_t
today(const fixture *x)
{
	return date_of_instant(x->now);
}

static void
ok(fixture *x, rc r)
{
	if (r != RC_OK)
		print_error("%s\n", cstr(x->a, fault_print(x->a, &x->f)));
	assert_int_equal(r, RC_OK);
}

static void
refused(fixture *x, rc r, rc expect, const char *id)
{
	assert_int_equal(r, expect);
	assert_string_equal(x->f.id, id);
	fault_clear(&x->f);
}

static int64_t
load(fixture *x, const int *province, size_t n)
{
	region_numbers list = {0};
	int64_t rows = 0;

	for (size_t i = 0; i < n; i++)
		*vec_add(x->a, &list) = province[i];
	ok(x, region_load(x->s, &pack_all, &x->f, &list, x->now, &rows));
	return rows;
}

#define LOAD(x, ...) load((x), (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static db *
reading(fixture *x)
{
	db *d = NULL;

	ok(x, store_read(x->s, x->a, &x->f, &d));
	return d;
}

static ledger_report *
check(fixture *x)
{
	static const uint8_t key[32] = {0};
	ledger_report *r = arena_new(x->a, ledger_report);

	ok(x,
	   ledger_check(x->s, x->a, &x->f,
			&(ledger_ask){
				.scratch = fixture_path(x, "scratch"), .key = key, .derived = region_derived},
			r));
	if (r->nfindings > 0)
		fail_msg("%s %s %.*s", r->findings.v[0].id, r->findings.v[0].table,
			 STR_ARG(r->findings.v[0].key));
	return r;
}

static bool
has_line(str text, str line)
{
	str l = {0};

	while (str_next(&text, '\n', &l))
		if (str_eq(l, line))
			return true;
	return false;
}

/* ---- loading and reading ---- */

static void
what_is_loaded_is_what_the_lists_say(fixture *x)
{
	static const int province[] = {11, 46, 71, 99};
	int64_t rows = load(x, province, LEN(province)), seen = 0;
	db *d = reading(x);

	for (size_t i = 0; i < LEN(province); i++) {
		str text;
		divpack p = {0};
		division v = {0};
		arena *own = arena_open(x->a, 0);
		assert_int_equal(
			pack_find(&pack_all, own, str_fmt(own, "lists/divisions/%d.txt", province[i]), &text),
			RC_OK);
		assert_int_equal(divpack_open(&x->f, text, &p), RC_OK);
		for (; divpack_next(&p, &x->f, &v) == RC_OK; seen++) {
			region r = {0};
			if (seen % 7 != 0)
				continue;
			ok(x, region_find(d, own, &x->f, v.code, today(x), &r));
			assert_true(str_eq(r.name, v.name));
			assert_int_equal(r.parent, v.parent);
			assert_int_equal(r.level, v.level);
			assert_int_equal(r.lowest, v.lowest);
			assert_int_equal(r.kind == REGION_HEADING, v.heading);
			assert_int_equal(r.kind == REGION_VILLAGE, v.kind == DIV_RURAL);
			assert_int_equal(r.since, date_from_ymd(2023, 6, 30));
			assert_int_equal(r.until, DATE_NONE);
			assert_true(r.parent == 0 || r.code > r.parent);
		}
		arena_close(own);
	}
	assert_int_equal(rows, seen);
	region_sets sets;
	ok(x, region_loaded(d, x->a, &x->f, &sets));
	assert_int_equal(sets.n, LEN(province));
	assert_true(sets.v[3].fictitious && !sets.v[0].fictitious);
	assert_true(str_starts(sets.v[0].source, STR("国家统计局")));
	store_read_end(x->s, d);
	assert_int_equal(LOAD(x, 11, 99), 0); /* again: nothing is done */
	ledger_report *r = check(x);
	assert_int_equal(r->events, LEN(province)); /* one a province */
}

static void
bad_lists_are_refused(fixture *x)
{
	region_numbers list = {0};
	int64_t rows = 0;

	*vec_add(x->a, &list) = 98;
	refused(x, region_load(x->s, &pack_all, &x->f, &list, x->now, &rows), RC_INVALID, "region.province");
	LOAD(x, 71);
	region_load_in in = {0};
	assert_int_equal(pack_find(&pack_all, x->a, STR("lists/divisions/71.txt"), &in.text), RC_OK);
	store_command c = {.fn = region_load_run, .in = &in, .out = &rows, .a = x->a, .now = x->now};
	refused(x, store_write(x->s, &x->f, &c), RC_CONFLICT, "region.loaded");
	in.text = STR("divisions 1\nsource\tx\nvalid_from\t2023-06-30\nsuffixes\t\n\np98\t甲\nv1\t乙\n");
	c.fn = region_load_run;
	refused(x, store_write(x->s, &x->f, &c), RC_INVALID, "divpack.row");
	assert_int_equal(check(x)->events, 1);
	region_numbers all = region_offered(&pack_all, x->a, false);
	assert_int_equal(all.n, 34);
	assert_int_equal(region_offered(&pack_all, x->a, true).n, 35);
}

static void
codes_are_read(void **state)
{
	static const struct {
		const char *raw;
		int64_t code;
	} good[] = {{"44", 440000000000},           {"4401", 440100000000},
		    {"440103", 440103000000},       {"440103001", 440103001000},
		    {"440103001101", 440103001101}, {" ４４０１０３ ", 440103000000}};
	static const char *const bad[] = {"",       "4",      "440", "44010", "4401030011011",
					  "abcdef", "-40103", "00",  "000000"};
	arena *a = arena_open(NULL, 0);
	int64_t code = 0;

	(void)state;
	for (size_t i = 0; i < LEN(good); i++) {
		fault f = {0};
		assert_int_equal(region_code_parse(a, &f, str_of(good[i].raw), &code), RC_OK);
		assert_int_equal(code, good[i].code);
	}
	for (size_t i = 0; i < LEN(bad); i++) {
		fault f = {0};
		assert_int_equal(region_code_parse(a, &f, str_of(bad[i]), &code), RC_INVALID);
		assert_string_equal(f.id, "region.code");
	}
	arena_close(a);
}

static void
paths_leave_headings_out(fixture *x)
{
	static const struct {
		int64_t code;
		const char *name;
	} want[] = {
		{110101001000, "北京市东城区东华门街道"}, /* not 北京市市辖区 */
		{460400000000, "海南省儋州市"},
		{469001000000, "海南省五指山市"},
		{110100000000, "北京市市辖区"}, /* asked for itself it is shown */
		{460000000000, "海南省"},
	};
	region_list path;

	LOAD(x, 11, 46);
	db *d = reading(x);
	for (size_t i = 0; i < LEN(want); i++) {
		ok(x, region_path(d, x->a, &x->f, want[i].code, today(x), &path));
		str name = region_path_name(x->a, &path);
		assert_true(str_eq(name, str_of(want[i].name)));
	}
	assert_int_equal(region_path(d, x->a, &x->f, 440000000000, today(x), &path), RC_NOT_FOUND);
	/* intervals: Danzhou is city and county at once */
	region r = {0};
	ok(x, region_find(d, x->a, &x->f, 460400000000, today(x), &r));
	assert_int_equal(r.level, DIV_CITY);
	assert_int_equal(r.lowest, DIV_COUNTY);
	assert_true(region_interval(&r).lo == 460400000000 && region_interval(&r).hi == 460500000000);
	store_read_end(x->s, d);
}

/* Whatever the size of a page, the pages together are the children, and those are what has this parent. */
static void
pages_add_up(fixture *x)
{
	static const int64_t parent[] = {0,           460000000000, 460100000000, 460400000000, 990000000000,
					 469000000000};
	static const size_t size[] = {1, 3, 1000};

	LOAD(x, 46, 99);
	db *d = reading(x);
	for (size_t i = 0; i < LEN(parent); i++) {
		int64_t sum[LEN(size)] = {0};
		size_t count[LEN(size)] = {0};
		for (size_t k = 0; k < LEN(size); k++) {
			region_page page = {.parent = parent[i], .day = today(x), .max = size[k]};
			region_list list = {0};
			do {
				ok(x, region_children(d, x->a, &x->f, &page, &list));
				for (size_t j = 0; j < list.n; j++) {
					assert_int_equal(list.v[j].parent, parent[i]);
					assert_true(list.v[j].code > page.after);
					page.after = list.v[j].code;
					sum[k] += list.v[j].code;
				}
				count[k] += list.n;
			} while (list.n == size[k]);
			assert_int_equal(sum[k], sum[0]);
			assert_int_equal(count[k], count[0]);
		}
		assert_true(count[0] > 1);
	}
	store_read_end(x->s, d);
}

static void
names_are_found(fixture *x)
{
	static const struct {
		const char *needle;
		int64_t first;
	} want[] = {
		{"东城", 110101000000},    {"dongcheng", 110101000000}, {"Dong Cheng", 110101000000},
		{"dcq", 110101000000},     {"東城", 110101000000},      {"城区", 110101000000},
		{"danzhou", 460400000000}, {"望舒", 990102000000},      {"wsq", 990102000000},
	};
	region_hits h;

	LOAD(x, 11, 46, 99);
	db *d = reading(x);
	for (size_t i = 0; i < LEN(want); i++) {
		region_query q = {country, str_of(want[i].needle), today(x)};
		ok(x, region_search(d, x->a, &x->f, &q, &h));
		if (h.v.n == 0 || h.v.v[0].code != want[i].first)
			fail_msg("%s", want[i].needle);
		assert_true(h.without_villages);
	}
	/* villages, inside a city; not outside of what is asked */
	ok(x, region_search(d, x->a, &x->f,
			    &(region_query){{990100000000, 990200000000}, STR("liwan"), today(x)}, &h));
	assert_int_equal(h.v.n, 0);
	ok(x, region_search(d, x->a, &x->f,
			    &(region_query){{990100000000, 990200000000}, STR("dongli"), today(x)}, &h));
	assert_true(h.v.n > 0 && !h.without_villages);
	for (size_t i = 0; i < h.v.n; i++) {
		assert_int_equal(h.v.v[i].level, DIV_VILLAGE);
		assert_true(str_starts(h.v.v[i].name, STR("东篱")));
		assert_true(h.v.v[i].code / 100000000 == 9901);
	}
	ok(x, region_search(d, x->a, &x->f, &(region_query){country, STR("街道"), today(x)}, &h));
	assert_true(h.more && h.v.n == REGION_SEARCH_MAX);
	static const char *const odd[] = {"%%", "__", "!!", "100%", "'; --"};
	for (size_t i = 0; i < LEN(odd); i++) {
		ok(x, region_search(d, x->a, &x->f, &(region_query){country, str_of(odd[i]), today(x)}, &h));
		assert_int_equal(h.v.n, 0);
	}
	region_query q = {country, STR(" x "), today(x)};
	refused(x, region_search(d, x->a, &x->f, &q, &h), RC_INVALID, "region.needle_empty");
	char many[200];
	memset(many, 'a', sizeof many);
	q.needle = (str){many, sizeof many};
	refused(x, region_search(d, x->a, &x->f, &q, &h), RC_INVALID, "region.needle_long");
	store_read_end(x->s, d);
}

static void
places_are_read_as_people_say_them(void **state)
{
	static const char *const want[][3] = {
		{"重庆市", "chongqingshi", "cqs"}, {"长沙市", "changshashi", "css"},
		{"长子县", "zhangzixian", "zzx"},  {"厦门市", "xiamenshi", "xms"},
		{"荔湾区", "liwanqu", "lwq"},      {"吕梁市", "lvliangshi", "lls"},
		{"东阿县", "dongexian", "dex"},    {"内蒙古自治区", "neimengguzizhiqu", "nmgzzq"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(want); i++) {
		str key = region_key_text(a, str_of(want[i][0]));
		for (size_t k = 0; k < 3; k++)
			if (!has_line(key, str_of(want[i][k])))
				fail_msg("%s: %.*s", want[i][k], STR_ARG(key));
	}
	arena_close(a);
}

/* ---- reforms ---- */

static rc
reform(fixture *x, int32_t day, const region_item *v, size_t n)
{
	int64_t changed = 0;
	region_reform in = {.day = day, .source = STR("民函〔2026〕1号"), .v = v, .n = n, .actor = 7};
	store_command c = {.fn = region_reform_run, .in = &in, .out = &changed, .a = x->a, .now = x->now};

	return store_write(x->s, &x->f, &c);
}

#define REFORM(x, day, ...)                                                                                  \
	reform((x), (day), (const region_item[]){__VA_ARGS__},                                               \
	       sizeof((const region_item[]){__VA_ARGS__}) / sizeof(region_item))

static int64_t
now_at(fixture *x, db *d, int64_t code, int32_t day)
{
	int64_t to = -1;

	ok(x, region_today(d, x->a, &x->f, code, day, &to));
	return to;
}

static void
names_and_codes_change_on_their_day(fixture *x)
{
	int32_t day = date_from_ymd(2025, 3, 1);
	region r = {0};
	region_hits h;
	region_events e;
	region_list list;

	LOAD(x, 99);
	/* a county becomes a district: another name, another code, all below it moves along */
	ok(x, REFORM(x, day, {.act = REGION_RENAMED, .code = 990102000000, .name = STR("新月区")},
		     {.act = REGION_RECODED,
		      .code = 990121000000,
		      .successor = 990103000000,
		      .name = STR("听泉区")}));
	db *d = reading(x);
	ok(x, region_find(d, x->a, &x->f, 990102000000, day - 1, &r));
	assert_true(str_eq(r.name, STR("望舒区")));
	ok(x, region_find(d, x->a, &x->f, 990102000000, day, &r));
	assert_true(str_eq(r.name, STR("新月区")) && r.since == day && r.until == DATE_NONE);
	ok(x, region_find(d, x->a, &x->f, 990121000000, day - 1, &r));
	assert_int_equal(r.until, DATE_NONE);
	ok(x, region_find(d, x->a, &x->f, 990121000000, day, &r));
	assert_true(r.until == day && r.successor == 990103000000);
	assert_int_equal(region_find(d, x->a, &x->f, 990103000000, day - 1, &r), RC_NOT_FOUND);
	assert_int_equal(now_at(x, d, 990121001001, day), 990103001001);
	assert_int_equal(now_at(x, d, 990121001001, day - 1), 990121001001);
	ok(x, region_path(d, x->a, &x->f, 990103001001, day, &list));
	assert_true(str_starts(region_path_name(x->a, &list), STR("示例省青禾市听泉区立春街道")));
	/* both names are found, and the list of the city has the new one only */
	ok(x, region_search(d, x->a, &x->f, &(region_query){country, STR("wangshu"), day}, &h));
	assert_true(h.v.n == 1 && str_eq(h.v.v[0].name, STR("新月区")));
	ok(x, region_children(d, x->a, &x->f, &(region_page){990100000000, 0, day, 100}, &list));
	assert_int_equal(list.n, 3);
	assert_int_equal(list.v[2].code, 990103000000);
	ok(x, region_children(d, x->a, &x->f, &(region_page){990100000000, 0, day - 1, 100}, &list));
	assert_int_equal(list.v[2].code, 990121000000);
	ok(x, region_history(d, x->a, &x->f, 990121000000, &e));
	assert_true(e.n == 1 && e.v[0].act == REGION_RECODED &&
		    str_eq(e.v[0].source, STR("民函〔2026〕1号")));
	store_read_end(x->s, d);
	assert_int_equal(check(x)->events, 2);
}

static void
a_chain_leads_to_today(fixture *x)
{
	int32_t day = date_from_ymd(2024, 1, 1);
	region_map m = {0};
	const int64_t a = 990101001001, b = 990101001002, c = 990101001003;

	LOAD(x, 99);
	ok(x, REFORM(x, day + 10, {.act = REGION_MERGED, .code = a, .successor = b}));
	ok(x, REFORM(x, day, {.act = REGION_MERGED, .code = b, .successor = c})); /* entered late */
	ok(x, REFORM(x, day + 20,
		     {.act = REGION_CREATED,
		      .code = 990101001008,
		      .parent = 990101001000,
		      .level = DIV_VILLAGE,
		      .name = STR("新样社区居民委员会")},
		     {.act = REGION_SPLIT, .code = c, .successor = 990101001008}));
	ok(x, REFORM(x, day + 30, {.act = REGION_CLOSED, .code = 990101001004}));
	db *d = reading(x);
	assert_int_equal(now_at(x, d, a, day + 9), a);
	assert_int_equal(now_at(x, d, a, day + 10), c);
	assert_int_equal(now_at(x, d, a, day + 20), 990101001008);
	assert_int_equal(now_at(x, d, 990101001004, day + 30), 0);
	ok(x, region_map_load(d, x->a, &x->f, day + 30, &m));
	assert_int_equal(m.n, 4);
	assert_int_equal(region_map_of(&m, a), 990101001008);
	assert_int_equal(region_map_of(&m, 990101001004), 0);
	assert_int_equal(region_map_of(&m, 440000000000), 440000000000);
	int64_t to = 0;
	assert_int_equal(region_today(d, x->a, &x->f, 990101001999, day, &to), RC_NOT_FOUND);
	store_read_end(x->s, d);
	/* a circle cannot be entered, on no day */
	refused(x, REFORM(x, day - 5, {.act = REGION_MERGED, .code = 990101001008, .successor = a}),
		RC_INVALID, "region.unknown");
	refused(x, REFORM(x, day + 25, {.act = REGION_MERGED, .code = 990101001008, .successor = a}),
		RC_INVALID, "region.ended");
	check(x);
}

static void
bad_reforms_are_refused_whole(fixture *x)
{
	int32_t day = date_from_ymd(2025, 1, 1);
	const int64_t town = 990101001000, village = 990101001001;
	char long_name[61 * 3 + 1] = "";

	LOAD(x, 99);
	for (int i = 0; i < 61; i++)
		memcpy(long_name + 3 * i, "长", 4);
	refused(x, REFORM(x, date_from_ymd(1900, 1, 1), {.act = REGION_CLOSED, .code = village}), RC_INVALID,
		"region.day");
	refused(x, REFORM(x, day, {.act = REGION_CLOSED, .code = 990101001099}), RC_INVALID,
		"region.unknown");
	refused(x, REFORM(x, day, {.act = REGION_CLOSED, .code = town}), RC_INVALID, "region.below");
	refused(x, REFORM(x, day, {.act = REGION_RENAMED, .code = town, .name = STR("")}), RC_INVALID,
		"region.name");
	refused(x, REFORM(x, day, {.act = REGION_RENAMED, .code = town, .name = str_of(long_name)}),
		RC_INVALID, "region.name");
	refused(x, REFORM(x, day, {.act = REGION_MERGED, .code = village, .successor = village}), RC_INVALID,
		"region.itself");
	refused(x, REFORM(x, day, {.act = REGION_MERGED, .code = village, .successor = town}), RC_INVALID,
		"region.successor");
	refused(x, REFORM(x, day, {.act = REGION_RECODED, .code = town, .successor = 990101002000}),
		RC_INVALID, "region.used");
	refused(x, REFORM(x, day, {.act = REGION_RECODED, .code = town, .successor = 990101003001}),
		RC_INVALID, "region.level");
	refused(x, REFORM(x, day, {.act = REGION_RECODED, .code = 990000000000, .successor = 980000000000}),
		RC_INVALID, "region.level");
	refused(x,
		REFORM(x, day,
		       {.act = REGION_CREATED,
			.code = 990102009000,
			.parent = 990101000000,
			.level = DIV_TOWNSHIP,
			.name = STR("外")}),
		RC_INVALID, "region.parent");
	refused(x,
		REFORM(x, day,
		       {.act = REGION_CREATED,
			.code = 990101009001,
			.parent = 990101000000,
			.level = DIV_VILLAGE,
			.name = STR("外")}),
		RC_INVALID, "region.parent");
	refused(x,
		REFORM(x, day, {.act = REGION_CLOSED, .code = village},
		       {.act = REGION_CLOSED, .code = village}),
		RC_INVALID, "region.ended");
	region_reform none = {.day = day, .source = STR("x")};
	int64_t changed = 0;
	store_command c = {.fn = region_reform_run, .in = &none, .out = &changed, .a = x->a, .now = x->now};
	refused(x, store_write(x->s, &x->f, &c), RC_INVALID, "region.items");
	none.source = STR("");
	refused(x, store_write(x->s, &x->f, &c), RC_INVALID, "region.source");
	assert_int_equal(check(x)->events, 1);
	db *d = reading(x);
	region_map m = {0};
	ok(x, region_map_load(d, x->a, &x->f, day + 1000, &m));
	assert_int_equal(m.n, 0);
	store_read_end(x->s, d);
}

/* Any reforms, sensible or not, on any days in any order: what is accepted leaves a tree. */
static void
the_tree_stays_a_tree(fixture *x)
{
	rng g = {.seed = 20261122, .stream = (uint64_t)x->engine};
	int32_t first = date_from_ymd(2024, 1, 1);
	int accepted = 0;
	static const int64_t step[] = {1000000, 1000, 1};

	LOAD(x, 99);
	for (int i = 0; i < 300; i++) {
		int64_t unit = step[rng_below(&g, 3)];
		int64_t code[2];
		for (int k = 0; k < 2; k++) /* near each other, so that they meet */
			code[k] = 990101000000 + (int64_t)rng_below(&g, 3) * 1000000 +
				  (unit < 1000000 ? (int64_t)(1 + rng_below(&g, 3)) * 1000 : 0) +
				  (unit < 1000 ? (int64_t)(1 + rng_below(&g, 7)) : 0);
		region_item item = {.act = (region_act)rng_below(&g, REGION_ACTS),
				    .code = code[0],
				    .successor = code[1],
				    .parent = unit == 1000000 ? 990100000000
							      : code[0] - code[0] % (unit * 1000),
				    .level = unit == 1000000 ? DIV_COUNTY
					     : unit == 1000  ? DIV_TOWNSHIP
							     : DIV_VILLAGE,
				    .name = STR("变样")};
		rc r = reform(x, first + (int32_t)rng_below(&g, 400), &item, 1);
		accepted += r == RC_OK;
		assert_true(r == RC_OK || r == RC_INVALID || r == RC_CONFLICT);
		fault_clear(&x->f);
	}
	assert_in_range(accepted, 20, 280);
	db *d = reading(x);
	region_rows_in_rows rows;
	ok(x, sql_region_rows_in(d, x->a, &x->f, &(region_rows_in_in){990100000000, 990200000000, 1, 100000},
				 &rows));
	for (int32_t day = first; day < first + 500; day += 99) {
		region_map m = {0};
		ok(x, region_map_load(d, x->a, &x->f, day, &m));
		for (size_t i = 0; i < rows.n; i++) {
			arena *own = arena_open(x->a, 0);
			region r = {0}, up = {0};
			int64_t to = -1;
			rc found = region_find(d, own, &x->f, rows.v[i].code, day, &r);
			if (found == RC_OK) {
				ok(x, region_today(d, own, &x->f, r.code, day, &to));
				assert_int_equal(to, region_map_of(&m, r.code));
				if (r.until == DATE_NONE) {
					assert_int_equal(to, r.code);
					ok(x, region_find(d, own, &x->f, r.parent, day, &up));
				} else if (to != 0) {
					ok(x, region_find(d, own, &x->f, to, day, &up));
					assert_int_equal(up.until, DATE_NONE);
				}
			}
			arena_close(own);
		}
	}
	store_read_end(x->s, d);
	check(x);
}

/* ---- federations ---- */

static rc
found(fixture *x, int64_t code, bool below, int64_t *number)
{
	tenant_found_in in = {.region = code, .below = below, .day = today(x), .actor = 7};
	store_command c = {.fn = tenant_found_run, .in = &in, .out = number, .a = x->a, .now = x->now};

	return store_write(x->s, &x->f, &c);
}

static rc
zone(fixture *x, int64_t county, const int64_t *area, size_t n, int64_t *number)
{
	tenant_zone_in in = {.county = county,
			     .day = today(x),
			     .name = STR("云桥高新区残疾人联合会"),
			     .area = area,
			     .areas = n,
			     .actor = 7};
	store_command c = {.fn = tenant_zone_run, .in = &in, .out = number, .a = x->a, .now = x->now};

	return store_write(x->s, &x->f, &c);
}

static int64_t
responsible(fixture *x, int64_t code)
{
	db *d = reading(x);
	tenant t = {0};
	rc r = tenant_of_region(d, x->a, &x->f, code, today(x), &t);

	store_read_end(x->s, d);
	return r == RC_OK ? t.id : -(int64_t)r;
}

static void
each_place_has_its_federation(fixture *x)
{
	int64_t number = 0;
	tenant_list chain;
	tenant t = {0};

	LOAD(x, 11, 46, 99);
	ok(x, found(x, 990102000000, false, &number));
	assert_int_equal(number, 990102);
	assert_int_equal(responsible(x, 990102001001), 990102); /* village */
	assert_int_equal(responsible(x, 990102001000), 990102);
	assert_int_equal(responsible(x, 990100000000), 990100);
	assert_int_equal(responsible(x, 990101001001),
			 -RC_NOT_FOUND); /* not founded: never the city's instead */
	db *d = reading(x);
	ok(x, tenant_chain(d, x->a, &x->f, 990102, &chain));
	assert_int_equal(chain.n, 4);
	assert_true(str_eq(chain.v[0].name, STR("望舒区残疾人联合会")));
	assert_true(chain.v[3].id == TENANT_OF_NATION && chain.v[3].parent == 0);
	store_read_end(x->s, d);
	/* city and county are one; a province's own counties; a municipality without a city */
	ok(x, found(x, 460000000000, true, &number));
	assert_int_equal(responsible(x, 460400100000), 460400);
	assert_int_equal(responsible(x, 469001000000), 469001);
	ok(x, found(x, 110101000000, false, &number));
	assert_int_equal(responsible(x, 110101001000), 110101);
	d = reading(x);
	ok(x, tenant_find(d, x->a, &x->f, 469001, &t));
	assert_int_equal(t.parent, 460000);
	ok(x, tenant_find(d, x->a, &x->f, 110101, &t));
	assert_int_equal(t.parent, 110000);
	store_read_end(x->s, d);
	int64_t again = 0;
	ok(x, found(x, 110101000000, false, &again));
	assert_int_equal(again, 110101);
	refused(x, found(x, 110101001000, false, &number), RC_INVALID, "tenant.level");
	refused(x, found(x, 110100000000, false, &number), RC_INVALID, "tenant.level");
	refused(x, found(x, 440100000000, false, &number), RC_INVALID, "tenant.region");
	/* the county gets another code; the number stays, and old codes still lead there */
	ok(x, REFORM(x, today(x), {.act = REGION_RECODED, .code = 990102000000, .successor = 990105000000}));
	assert_int_equal(responsible(x, 990105001001), 990102);
	assert_int_equal(responsible(x, 990102001001), 990102);
	check(x);
}

static void
zones_have_their_places(fixture *x)
{
	const int64_t county = 990201000000, town = 990201002000;
	int64_t number = 0;
	scope s;
	tenant t = {0};

	LOAD(x, 99);
	refused(x, zone(x, county, (const int64_t[]){town}, 1, &number), RC_INVALID, "tenant.region");
	ok(x, found(x, 990200000000, true, &number));
	refused(x, zone(x, county, NULL, 0, &number), RC_INVALID, "tenant.areas");
	refused(x, zone(x, county, (const int64_t[]){990202002000}, 1, &number), RC_INVALID, "tenant.area");
	refused(x, zone(x, county, (const int64_t[]){county}, 1, &number), RC_INVALID, "tenant.area");
	ok(x, zone(x, county, (const int64_t[]){town, 990201100001}, 2, &number));
	assert_int_equal(number, 99020101);
	assert_int_equal(responsible(x, town), number);
	assert_int_equal(responsible(x, town + 1), number);
	assert_int_equal(responsible(x, 990201001000), 990201);
	assert_int_equal(responsible(x, 990201100001), number);
	refused(x, zone(x, county, (const int64_t[]){town + 1}, 1, &number), RC_CONFLICT,
		"tenant.area_taken");
	refused(x, zone(x, county, (const int64_t[]){990201100000}, 1, &number), RC_CONFLICT,
		"tenant.area_taken");
	/* every village of the county is in exactly one of the two scopes, and in that of who is responsible
	 */
	db *d = reading(x);
	region_rows_in_rows rows;
	scope own[2];
	ok(x, tenant_find(d, x->a, &x->f, 990201, &t));
	ok(x, tenant_scope(d, x->a, &x->f, &t, today(x), &own[0]));
	ok(x, tenant_find(d, x->a, &x->f, 99020101, &t));
	ok(x, tenant_scope(d, x->a, &x->f, &t, today(x), &own[1]));
	ok(x, sql_region_rows_in(d, x->a, &x->f,
				 &(region_rows_in_in){county, county + 1000000, DIV_VILLAGE, 1000}, &rows));
	assert_true(rows.n > 10);
	for (size_t i = 0; i < rows.n; i++) {
		ok(x, tenant_of_region(d, x->a, &x->f, rows.v[i].code, today(x), &t));
		assert_int_equal(scope_has(&own[0], rows.v[i].code), t.id == 990201);
		assert_int_equal(scope_has(&own[1], rows.v[i].code), t.id == 99020101);
	}
	ok(x, tenant_find(d, x->a, &x->f, TENANT_OF_NATION, &t));
	ok(x, tenant_scope(d, x->a, &x->f, &t, today(x), &s));
	assert_true(scope_has(&s, 659099999999));
	store_read_end(x->s, d);
	/* the county gets another code: the zone's places go along, in the zone's own ledger */
	ok(x, REFORM(x, today(x), {.act = REGION_RECODED, .code = county, .successor = 990209000000}));
	assert_int_equal(responsible(x, 990209002001), number);
	assert_int_equal(responsible(x, town), number);
	assert_int_equal(responsible(x, 990209001000), 990201);
	check(x);
}

BOTH(what_is_loaded_is_what_the_lists_say)
BOTH(bad_lists_are_refused)
BOTH(paths_leave_headings_out)
BOTH(pages_add_up)
BOTH(names_are_found)
BOTH(names_and_codes_change_on_their_day)
BOTH(a_chain_leads_to_today)
BOTH(bad_reforms_are_refused_whole)
BOTH(the_tree_stays_a_tree)
BOTH(each_place_has_its_federation)
BOTH(zones_have_their_places)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_read_as_people_say_them),
		cmocka_unit_test(codes_are_read),
		BOTH_TESTS(what_is_loaded_is_what_the_lists_say),
		BOTH_TESTS(bad_lists_are_refused),
		BOTH_TESTS(paths_leave_headings_out),
		BOTH_TESTS(pages_add_up),
		BOTH_TESTS(names_are_found),
		BOTH_TESTS(names_and_codes_change_on_their_day),
		BOTH_TESTS(a_chain_leads_to_today),
		BOTH_TESTS(bad_reforms_are_refused_whole),
		BOTH_TESTS(the_tree_stays_a_tree),
		BOTH_TESTS(each_place_has_its_federation),
		BOTH_TESTS(zones_have_their_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
