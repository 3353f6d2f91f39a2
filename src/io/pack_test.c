/* pack_test.c - what the program carries is what the source tree holds. */
#include "io/pack.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static str
read_source(arena *a, str name)
{
	enum { MAX = 8 << 20 };
	FILE *in = fopen(cstr(a, str_cat(a, STR(SOURCE_ROOT "/"), name)), "rb");

	assert_non_null(in);
	char *p = arena_alloc(a, MAX);
	size_t n = fread(p, 1, MAX, in);
	fclose(in);
	assert_true(n < MAX);
	return (str){p, n};
}

static void
every_file_comes_back(void **state)
{
	arena *a = arena_open(NULL, 0), *own = arena_open(a, 0);
	str name, bytes, last = STR("");
	size_t n = 0;

	(void)state;
	for (size_t i = 0; pack_each(&pack_all, STR(""), &i, &name); n++) {
		assert_true(str_cmp(last, name) < 0);
		last = name;
		assert_int_equal(pack_find(&pack_all, own, name, &bytes), RC_OK);
		assert_true(str_eq(bytes, read_source(own, name)));
		arena_reset(own);
	}
	assert_int_equal(n, pack_all.n);
	arena_close(a);
}

/* The folder itself is asked, so that a file that was left out is noticed. */
static void
no_file_is_left_out(void **state)
{
	arena *a = arena_open(NULL, 0);
	DIR *dir = opendir(SOURCE_ROOT "/lists");
	int seen = 0;
	str bytes;

	(void)state;
	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir));) {
		str name = str_of(e->d_name);
		if (e->d_type != DT_REG || str_eq(name, STR("README.md")) || str_eq(name, STR("meson.build")))
			continue;
		assert_int_equal(pack_find(&pack_all, a, str_cat(a, STR("lists/"), name), &bytes), RC_OK);
		seen++;
	}
	closedir(dir);
	assert_true(seen > 0);
	arena_close(a);
}

static void
what_is_not_there_is_not_found(void **state)
{
	arena *a = arena_open(NULL, 0);
	static const pack empty = {0};
	str s;

	(void)state;
	assert_int_equal(pack_find(&pack_all, a, STR("lists/none.txt"), &s), RC_NOT_FOUND);
	assert_int_equal(pack_find(&pack_all, a, STR("lists/meson.build"), &s), RC_NOT_FOUND);
	assert_int_equal(pack_find(&pack_all, a, STR(""), &s), RC_NOT_FOUND);
	assert_int_equal(pack_find(&pack_all, a, STR("zzz"), &s), RC_NOT_FOUND);
	assert_int_equal(pack_find(&empty, a, STR("lists/calendar.txt"), &s), RC_NOT_FOUND);
	for (size_t i = 0; pack_each(&pack_all, STR("services/of/nobody"), &i, &s);)
		fail();
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_comes_back),
		cmocka_unit_test(no_file_is_left_out),
		cmocka_unit_test(what_is_not_there_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
