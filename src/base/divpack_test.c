/* divpack_test.c - the packed nation has the counts and the odd places of its source; broken files are
 * refused. */
#include "base/divpack.h"

#include "base/utf8.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define FOLDER SOURCE_ROOT "/lists/divisions/"

static str
file(arena *a, const char *name)
{
	enum { MAX = 2 << 20 };
	FILE *in = fopen(cstr(a, str_cat(a, STR(FOLDER), str_of(name))), "rb");

	assert_non_null(in);
	char *text = arena_alloc(a, MAX);
	size_t n = fread(text, 1, MAX, in);
	fclose(in);
	assert_true(n > 0 && n < MAX);
	return (str){text, n};
}

typedef struct tally {
	int level[DIV_VILLAGE + 1], files, neighbourhoods, rural, headings, shared, fictitious;
} tally;

/* Counts a file, and checks that its rows are a tree in the order of their codes. */
static void
count_file(str text, tally *t)
{
	divpack d = {0};
	division v = {0};
	fault f = {0};
	int64_t last = 0, at[DIV_VILLAGE + 1] = {0};
	rc r = RC_OK;

	assert_int_equal(divpack_open(&f, text, &d), RC_OK);
	assert_int_equal(d.valid_from, date_from_ymd(2023, 6, 30));
	assert_true(d.source.n > 0);
	while ((r = divpack_next(&d, &f, &v)) == RC_OK) {
		if (v.code <= last || !utf8_valid(v.name) || v.name.n == 0)
			fail_msg("row %lld", (long long)d.row);
		last = v.code;
		assert_true(v.code % div_span(v.lowest) == 0);
		assert_true(v.parent == (v.level == DIV_PROVINCE ? 0 : at[v.level - 1]));
		for (div_level l = v.level; l <= v.lowest; l++) {
			at[l] = v.code;
			t->level[l]++;
		}
		t->shared += v.level != v.lowest;
		t->headings += v.heading;
		t->neighbourhoods += v.kind == DIV_NEIGHBOURHOOD;
		t->rural += v.kind == DIV_RURAL;
	}
	assert_int_equal(r, RC_NOT_FOUND);
	t->files++;
	t->fictitious += d.fictitious;
}

static void
nation_is_whole(void **state)
{
	arena *a = arena_open(NULL, 0);
	tally t = {0};
	DIR *dir = opendir(FOLDER);

	(void)state;
	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir));) {
		if (e->d_name[0] == '.' || strcmp(e->d_name, "99.txt") == 0)
			continue;
		count_file(file(a, e->d_name), &t);
		arena_reset(a);
	}
	closedir(dir);
	assert_int_equal(t.files, 34);
	assert_int_equal(t.level[DIV_PROVINCE], 31 + 3);
	assert_int_equal(t.level[DIV_CITY], 342);
	assert_int_equal(t.level[DIV_COUNTY], 2978);
	assert_int_equal(t.level[DIV_TOWNSHIP], 41352);
	assert_int_equal(t.level[DIV_VILLAGE], 620573);
	assert_int_equal(t.neighbourhoods, 124649);
	assert_int_equal(t.rural, 620573 - 124649 - 1); /* one code stands at three levels and has no kind */
	assert_int_equal(t.headings, 9);
	assert_int_equal(t.shared, 4);
	assert_int_equal(t.fictitious, 0);
	arena_close(a);
}

/* The row with this code, in its province's file. */
static division
find(arena *a, int64_t code)
{
	divpack d = {0};
	division v = {0};
	fault f = {0};

	assert_int_equal(
		divpack_open(&f, file(a, cstr(a, str_fmt(a, "%d.txt", (int)(code / 10000000000)))), &d),
		RC_OK);
	while (divpack_next(&d, &f, &v) == RC_OK)
		if (v.code == code) {
			v.name = str_dup(a, v.name);
			return v;
		}
	fail_msg("%lld is missing", (long long)code);
	return v;
}

static void
known_places(void **state)
{
	static const struct {
		int64_t code, parent;
		div_level level, lowest;
		div_kind kind;
		bool heading;
		str name;
	} row[] = {
		{110000000000, 0, DIV_PROVINCE, DIV_PROVINCE, DIV_NO_KIND, false, STR("北京市")},
		{110100000000, 110000000000, DIV_CITY, DIV_CITY, DIV_NO_KIND, true, STR("市辖区")},
		{110101000000, 110100000000, DIV_COUNTY, DIV_COUNTY, DIV_NO_KIND, false, STR("东城区")},
		{110101001001, 110101001000, DIV_VILLAGE, DIV_VILLAGE, DIV_NEIGHBOURHOOD, false,
		 STR("多福巷社区居委会")},
		{419001000000, 419000000000, DIV_COUNTY, DIV_COUNTY, DIV_NO_KIND, false, STR("济源市")},
		{441900000000, 440000000000, DIV_CITY, DIV_COUNTY, DIV_NO_KIND, false, STR("东莞市")},
		{441900003000, 441900000000, DIV_TOWNSHIP, DIV_TOWNSHIP, DIV_NO_KIND, false, STR("东城街道")},
		{441900003001, 441900003000, DIV_VILLAGE, DIV_VILLAGE, DIV_NEIGHBOURHOOD, false,
		 STR("岗贝社区居民委员会")},
		{442000000000, 440000000000, DIV_CITY, DIV_COUNTY, DIV_NO_KIND, false, STR("中山市")},
		{460400000000, 460000000000, DIV_CITY, DIV_COUNTY, DIV_NO_KIND, false, STR("儋州市")},
		{350527000000, 350500000000, DIV_COUNTY, DIV_VILLAGE, DIV_NO_KIND, false, STR("金门县")},
		{620201000000, 620200000000, DIV_COUNTY, DIV_COUNTY, DIV_NO_KIND, false, STR("嘉峪关市")},
		{710000000000, 0, DIV_PROVINCE, DIV_PROVINCE, DIV_NO_KIND, false, STR("台湾省")},
		{810000000000, 0, DIV_PROVINCE, DIV_PROVINCE, DIV_NO_KIND, false, STR("香港特别行政区")},
		{820000000000, 0, DIV_PROVINCE, DIV_PROVINCE, DIV_NO_KIND, false, STR("澳门特别行政区")},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		division v = find(a, row[i].code);
		assert_int_equal(v.parent, row[i].parent);
		assert_int_equal(v.level, row[i].level);
		assert_int_equal(v.lowest, row[i].lowest);
		assert_int_equal(v.kind, row[i].kind);
		assert_int_equal(v.heading, row[i].heading);
		assert_true(str_eq(v.name, row[i].name));
		arena_reset(a);
	}
	arena_close(a);
}

static void
demo_province_is_declared(void **state)
{
	arena *a = arena_open(NULL, 0);
	tally t = {0};

	(void)state;
	count_file(file(a, "99.txt"), &t);
	assert_int_equal(t.fictitious, 1);
	assert_int_equal(t.level[DIV_CITY], 4);
	assert_int_equal(t.level[DIV_COUNTY], 12);
	assert_int_equal(t.level[DIV_TOWNSHIP], 60);
	assert_int_equal(t.level[DIV_VILLAGE], t.neighbourhoods + t.rural);
	/* the counties of the test numbers */
	const int64_t county[] = {990101000000, 990202000000, 990303000000, 990404000000};
	for (size_t i = 0; i < LEN(county); i++)
		assert_int_equal(find(a, county[i]).level, DIV_COUNTY);
	arena_close(a);
}

#define HEAD "divisions 1\nsource\tx\nvalid_from\t2023-06-30\nsuffixes\t村\t街道\n\n"

static void
broken_files(void **state)
{
	static const struct {
		str text;
		const char *id;
		int64_t row;
	} bad[] = {
		{STR(""), "divpack.head", 0},
		{STR("divisions 2\n"), "divpack.head", 0},
		{STR("divisions 1\nsource\tx\nvalid_from\t2023-06-31\nsuffixes\t村\n\n"), "divpack.head", 0},
		{STR("divisions "
		     "1\nsource\tx\nvalid_from\t2023-06-30\nsuffixes\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n\n"),
		 "divpack.head", 0},
		{STR("divisions 1\nsource\tx\nvalid_from\t2023-06-30\nsuffixes\t村\np44\tx\n"),
		 "divpack.head", 0},
		{STR(HEAD "c1\tx"), "divpack.row", 6},         /* no province above */
		{STR(HEAD "p44\tx\np1\ty"), "divpack.row", 7}, /* two */
		{STR(HEAD "p100\tx"), "divpack.row", 6},       /* out of its digits */
		{STR(HEAD "p0\tx"), "divpack.row", 6},
		{STR(HEAD "p44\tx\nc1\ty\nc99\tz"), "divpack.row", 8},
		{STR(HEAD "p44\tx\na1\ty"), "divpack.row", 7},  /* a county without a city */
		{STR(HEAD "p44\tx\nct1\ty"), "divpack.row", 7}, /* levels that do not touch */
		{STR(HEAD "p44\tx\nac1\ty"), "divpack.row", 7},
		{STR(HEAD "p44\tx\nz1\ty"), "divpack.row", 7},
		{STR(HEAD "p44\tx\nc-1\ty"), "divpack.row", 7},
		{STR(HEAD "p44\tx\nc\ty"), "divpack.row", 7},
		{STR(HEAD "p44\tx\nc1"), "divpack.row", 7}, /* no name */
		{STR(HEAD "p44\tx\nc1\t"), "divpack.row", 7},
		{STR(HEAD "p44\tx\nc1\ty\t3"), "divpack.row", 7}, /* no such suffix */
		{STR(HEAD "p44\tx\nc1\ty\t12"), "divpack.row", 7},
		{STR(HEAD "p44\tx\n\nc1\ty"), "divpack.row", 7},
	};

	(void)state;
	for (size_t i = 0; i < LEN(bad); i++) {
		divpack d = {0};
		division v = {0};
		fault f = {0};
		rc r = divpack_open(&f, bad[i].text, &d);
		while (r == RC_OK)
			r = divpack_next(&d, &f, &v);
		if (r != RC_INVALID || strcmp(f.id, bad[i].id) != 0)
			fail_msg("case %zu", i);
		if (bad[i].row)
			assert_int_equal(f.arg[0].i, bad[i].row);
	}
}

static void
small_file(void **state)
{
	const str text =
		STR(HEAD "p44\t甲省\nca19\t乙市\nt3\t丙\t2\n1\t丁\t1\n499\t戊\nh1\t直辖\na1\t己县\n");
	static const struct {
		int64_t code;
		str name;
	} want[] = {
		{440000000000, STR("甲省")}, {441900000000, STR("乙市")}, {441900003000, STR("丙街道")},
		{441900003001, STR("丁村")}, {441900003500, STR("戊")},   {442000000000, STR("直辖")},
		{442001000000, STR("己县")},
	};
	divpack d = {0};
	division v = {0};
	fault f = {0};

	(void)state;
	assert_int_equal(divpack_open(&f, text, &d), RC_OK);
	for (size_t i = 0; i < LEN(want); i++) {
		assert_int_equal(divpack_next(&d, &f, &v), RC_OK);
		assert_int_equal(v.code, want[i].code);
		assert_true(str_eq(v.name, want[i].name));
	}
	assert_int_equal(divpack_next(&d, &f, &v), RC_NOT_FOUND);
	assert_int_equal(div_span(DIV_PROVINCE), 10000000000);
	assert_int_equal(div_span(DIV_VILLAGE), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nation_is_whole),
		cmocka_unit_test(known_places),
		cmocka_unit_test(demo_province_is_declared),
		cmocka_unit_test(broken_files),
		cmocka_unit_test(small_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
