/* guard_test.c - form tokens, and where a post may come from. */
#include "web/guard.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
tokens_fit_one_session_only(void **state)
{
	arena *a = arena_open(NULL, 0);
	crypto_key key = {{1, 2, 3}}, other = {{1, 2, 4}};
	crypto *c = NULL;
	fault f = {0};

	(void)state;
	assert_int_equal(crypto_open(a, &f, &c), RC_OK);
	str one = guard_token(a, c, &key, STR("s:ann")), two = guard_token(a, c, &key, STR("s:ann"));
	assert_false(str_eq(one, two)); /* masked anew each time */
	assert_true(guard_token_ok(a, c, &key, STR("s:ann"), one));
	assert_true(guard_token_ok(a, c, &key, STR("s:ann"), two));
	assert_false(guard_token_ok(a, c, &key, STR("s:bob"), one));
	assert_false(guard_token_ok(a, c, &other, STR("s:ann"), one));
	assert_false(guard_token_ok(a, c, &key, STR("s:ann"), STR("")));
	assert_false(guard_token_ok(a, c, &key, STR("s:ann"), str_sub(one, 0, one.n - 1)));
	assert_false(guard_token_ok(a, c, &key, STR("s:ann"), str_cat(a, one, STR("A"))));
	for (size_t i = 0; i < one.n; i++) {
		str bent = str_dup(a, one);
		((char *)(uintptr_t)bent.p)[i] = bent.p[i] == 'A' ? 'B' : 'A';
		assert_false(guard_token_ok(a, c, &key, STR("s:ann"), bent));
	}
	arena_close(a);
}

static void
where_a_post_comes_from(void **state)
{
	static const struct {
		const char *site, *origin;
		bool https, ok;
	} row[] = {
		{"same-origin", "http://h:8080", false, true},
		{"same-origin", "", false, true},
		{"", "http://h:8080", false, true},
		{"", "https://H:8080", true, true},
		{"", "", false, true},
		{"same-site", "http://h:8080", false, false},
		{"cross-site", "", false, false},
		{"none", "", false, false},
		{"", "null", false, false},
		{"", "http://evil", false, false},
		{"", "https://h:8080", false, false},
		{"", "http://h", false, false},
		{"", "http://h:8080.evil", false, false},
		{"same-origin", "http://evil", false, false},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		http_field field[2];
		http_req rq = {.a = a, .host = STR("h:8080"), .https = row[i].https, .field = field};
		if (row[i].site[0])
			field[rq.nfields++] = (http_field){STR("sec-fetch-site"), str_of(row[i].site)};
		if (row[i].origin[0])
			field[rq.nfields++] = (http_field){STR("origin"), str_of(row[i].origin)};
		assert_int_equal(guard_same_site(&rq), row[i].ok);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_fit_one_session_only),
		cmocka_unit_test(where_a_post_comes_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
