/* file_test.c - files whole or not at all. */
#include "io/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void
round_trip(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	char dir[] = "/tmp/zhucan-file-XXXXXX";
	struct stat st;
	str got;

	(void)state;
	assert_non_null(mkdtemp(dir));
	str deep = str_fmt(a, "%s/一/二", dir), path = str_cat(a, deep, STR("/x"));
	assert_int_equal(file_read(a, &f, path, 100, &got), RC_NOT_FOUND);
	assert_int_equal(file_write(a, &f, path, STR("a"), 0600), RC_IO);
	assert_string_equal(f.id, "file.write");
	assert_int_equal(file_folder(a, &f, deep), RC_OK);
	assert_int_equal(file_folder(a, &f, deep), RC_OK);
	assert_int_equal(file_write(a, &f, path, STR("first\0text"), 0600), RC_OK);
	assert_int_equal(file_write(a, &f, path, STR("second"), 0600), RC_OK);
	assert_int_equal(file_read(a, &f, path, 100, &got), RC_OK);
	assert_true(str_eq(got, STR("second")));
	assert_int_equal(stat(cstr(a, path), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(file_read(a, &f, path, 5, &got), RC_LIMIT);
	assert_int_equal(file_folder(a, &f, str_cat(a, path, STR("/y"))), RC_IO);
	assert_true(file_exists(a, path));
	assert_false(file_exists(a, str_cat(a, path, STR(".new"))));
	assert_int_equal(system(cstr(a, str_fmt(a, "rm -r %s", dir))), 0);
	arena_close(a);
}

static void
each_claims_another(void **state)
{
	arena *a = arena_open(NULL, 0), *first = arena_open(NULL, 0);
	fault f = {0};
	char dir[] = "/tmp/zhucan-file-XXXXXX";
	int64_t n = -1;

	(void)state;
	assert_non_null(mkdtemp(dir));
	str path = str_fmt(a, "%s/lock", dir);
	assert_int_equal(file_claim(first, &f, path, 2, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(file_claim(a, &f, path, 2, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(file_claim(a, &f, path, 2, &n), RC_BUSY);
	assert_string_equal(f.id, "file.claimed");
	arena_close(first);
	assert_int_equal(file_claim(a, &f, path, 2, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(file_claim(a, &f, str_cat(a, path, STR("/x")), 2, &n), RC_IO);
	assert_int_equal(system(cstr(a, str_fmt(a, "rm -r %s", dir))), 0);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(round_trip),
					   cmocka_unit_test(each_claims_another)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
