/* url_test.c - escapes, paths, pairs, cookies: what passes and, mostly, what does not. */
#include "io/url.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static int
setup(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static int
teardown(void **state)
{
	arena_close(*state);
	return 0;
}

static void
paths_that_pass(void **state)
{
	static const struct {
		const char *raw, *text;
	} row[] = {
		{"/", "/"},
		{"/desk/people/440100-17", "/desk/people/440100-17"},
		{"/a/", "/a/"},
		{"/%E6%AE%8B", "/残"},
		{"/a%20b", "/a b"},
		{"/a+b", "/a+b"},
		{"/..a/b..", "/..a/b.."},
		{"/%41", "/A"},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		str out;
		assert_true(url_path(*state, str_of(row[i].raw), &out));
		assert_true(str_eq(out, str_of(row[i].text)));
	}
}

static void
paths_refused(void **state)
{
	static const char *const row[] = {
		"",        "a",     "*",       "http://h/a", "/a/../b", "/..",    "/%2e%2e/b",
		"/.%2E/b", "/./a",  "/a//b",   "//a",        "/a%2fb",  "/a%2Fb", "/%00",
		"/a%0ab",  "/a%7f", "/a%5cb",  "/a\\b",      "/%",      "/%4",    "/%g1",
		"/%1g",    "/%ff",  "/%c0%af", "/%ed%a0%80", "/a\tb",
	};
	static char longest[URL_PATH_MAX + 2];
	str out;

	for (size_t i = 0; i < LEN(row); i++)
		assert_false(url_path(*state, str_of(row[i]), &out));
	memset(longest, '/' + 1, sizeof longest);
	longest[0] = '/';
	assert_true(url_path(*state, (str){longest, URL_PATH_MAX}, &out));
	assert_false(url_path(*state, (str){longest, URL_PATH_MAX + 1}, &out));
}

static void
pairs(void **state)
{
	url_pairs p;
	bool found;

	assert_true(url_decode_pairs(*state, STR("a=1&b=%E4%BD%A0+%2B&&c&a=2&d=x=y"), 10, &p));
	assert_int_equal(p.n, 5);
	assert_true(str_eq(url_value(&p, STR("a"), &found), STR("1")) && found);
	assert_true(str_eq(url_value(&p, STR("b"), NULL), STR("你 +")));
	assert_true(str_eq(url_value(&p, STR("c"), &found), STR("")) && found);
	assert_true(str_eq(url_value(&p, STR("d"), NULL), STR("x=y")));
	assert_true(str_eq(url_value(&p, STR("e"), &found), STR("")) && !found);

	assert_true(url_decode_pairs(*state, STR(""), 10, &p));
	assert_int_equal(p.n, 0);
	assert_false(url_decode_pairs(*state, STR("a=1&b=2&c=3"), 2, &p));
	assert_false(url_decode_pairs(*state, STR("a=%"), 9, &p));
	assert_false(url_decode_pairs(*state, STR("a=%00"), 9, &p));
	assert_false(url_decode_pairs(*state, STR("a%fe=1"), 9, &p));
	assert_false(url_decode_pairs(*state, str_fmt(*state, "%0200d=1", 7), 9, &p));
}

static void
escaping_survives_the_way_back(void **state)
{
	buf b = buf_in(*state);
	url_pairs p;

	buf_lit(&b, "q=");
	url_escape(&b, STR("张三&a=b/100% ~\n"));
	assert_true(str_eq(buf_str(&b), STR("q=%E5%BC%A0%E4%B8%89%26a%3Db%2F100%25%20~%0A")));
	assert_true(url_decode_pairs(*state, buf_str(&b), 1, &p));
	assert_true(str_eq(p.v[0].value, STR("张三&a=b/100% ~\n")));
}

static void
only_places_of_this_site_are_local(void **state)
{
	static const char *const no[] = {"",
					 "a",
					 "//evil",
					 "/\\evil",
					 "/\t/evil",
					 "\\/evil",
					 "http://e",
					 "javascript:x",
					 "/a\r\nSet-Cookie:x",
					 "/ a",
					 "/a b"};
	static const char *const yes[] = {"/", "/a?b=c", "/desk/people/1-2#x", "/a//b"};

	(void)state;
	for (size_t i = 0; i < LEN(no); i++)
		assert_false(url_is_local(str_of(no[i])));
	for (size_t i = 0; i < LEN(yes); i++)
		assert_true(url_is_local(str_of(yes[i])));
}

static void
cookies(void **state)
{
	str v = STR("");

	(void)state;
	assert_true(url_cookie(STR("a=1; __Host-zc=abc;b=2"), STR("__Host-zc"), &v) && str_eq(v, STR("abc")));
	assert_true(url_cookie(STR("a=1;b=2"), STR("b"), &v) && str_eq(v, STR("2")));
	assert_true(url_cookie(STR("a="), STR("a"), &v) && v.n == 0);
	assert_false(url_cookie(STR("xa=1; ax=2; a"), STR("a"), &v));
	assert_false(url_cookie(STR("a=1; b=3; a=2"), STR("a"), &v));
	assert_false(url_cookie(STR(""), STR("a"), &v));
}

static void
lists_with_weights(void **state)
{
	(void)state;
	assert_true(url_list_allows(STR("gzip, deflate, br"), STR("gzip")));
	assert_true(url_list_allows(STR("br;q=1.0, GZIP;q=0.8, *;q=0.1"), STR("gzip")));
	assert_false(url_list_allows(STR("br, gzip;q=0"), STR("gzip")));
	assert_false(url_list_allows(STR("gzip; q=0.000"), STR("gzip")));
	assert_true(url_list_allows(STR("gzip; q=0.001"), STR("gzip")));
	assert_false(url_list_allows(STR("xgzip"), STR("gzip")));
	assert_false(url_list_allows(STR(""), STR("gzip")));
}

static void
tokens(void **state)
{
	(void)state;
	assert_true(url_is_token(STR("X-Forwarded-For")));
	assert_false(url_is_token(STR("a b")));
	assert_false(url_is_token(STR("a:")));
	assert_false(url_is_token(STR("\xe4")));
	assert_false(url_is_token((str){"a\0b", 3}));
	assert_false(url_is_token(STR("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(paths_that_pass, setup, teardown),
		cmocka_unit_test_setup_teardown(paths_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(pairs, setup, teardown),
		cmocka_unit_test_setup_teardown(escaping_survives_the_way_back, setup, teardown),
		cmocka_unit_test_setup_teardown(only_places_of_this_site_are_local, setup, teardown),
		cmocka_unit_test_setup_teardown(cookies, setup, teardown),
		cmocka_unit_test_setup_teardown(lists_with_weights, setup, teardown),
		cmocka_unit_test_setup_teardown(tokens, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
