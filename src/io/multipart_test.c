/* multipart_test.c - forms with files, cut at every place a network may cut them. */
#include "io/multipart.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#define BROWSER                                                                                               \
	"--xYzZY\r\n"                                                                                         \
	"Content-Disposition: form-data; name=\"name\"\r\n\r\n"                                               \
	"张三\r\n--xYz not the end\r\n"                                                                     \
	"--xYzZY\r\n"                                                                                         \
	"Content-Disposition: form-data; name=\"papers\"; filename=\"C:\\docs\\诊断 %22证明%22.pdf\"\r\n" \
	"Content-Type: application/pdf\r\n\r\n"                                                               \
	"%PDF\r\r\n\r\n--xYzZ\r\n-\r\n"                                                                       \
	"--xYzZY\r\n"                                                                                         \
	"Content-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n"                                   \
	"Content-Type: application/octet-stream\r\n\r\n"                                                      \
	"\r\n"                                                                                                \
	"--xYzZY\r\n"                                                                                         \
	"Content-Disposition: form-data; name=\"empty\"\r\n\r\n"                                              \
	"\r\n"                                                                                                \
	"--xYzZY--\r\n"

#define FILE_TEXT "%PDF\r\r\n\r\n--xYzZ\r\n-"

static const multipart_limits LIMITS = {
	.parts = 10, .field_bytes = 1000, .file_bytes = 1000, .total_bytes = 10000, .dir = "/tmp"};

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

static str
file_text(arena *a, const multipart_part *p)
{
	char *to = arena_alloc(a, 4096);
	ssize_t n = read(p->fd, to, 4096);

	assert_true(n >= 0);
	return (str){to, (size_t)n};
}

static rc
read_whole(arena *a, fault *f, str text, size_t step, const multipart_part **part, size_t *n)
{
	multipart *m = multipart_open(a, STR("xYzZY"), &LIMITS);

	for (size_t i = 0; i < text.n; i += step)
		TRY(multipart_feed(m, f, str_sub(text, i, step)));
	return multipart_end(m, f, part, n);
}

static void
every_cut_gives_the_same(void **state)
{
	for (size_t step = 1; step < sizeof BROWSER; step++) {
		arena *a = arena_open(*state, 0);
		const multipart_part *p = NULL;
		size_t n = 0;
		fault f = {0};

		assert_int_equal(read_whole(a, &f, STR(BROWSER), step, &p, &n), RC_OK);
		assert_int_equal(n, 3);
		assert_true(str_eq(p[0].name, STR("name")));
		assert_true(str_eq(p[0].value, STR("张三\r\n--xYz not the end")));
		assert_true(p[1].is_file && str_eq(p[1].filename, STR("诊断 \"证明\".pdf")));
		assert_true(str_eq(p[1].type, STR("application/pdf")));
		assert_int_equal(p[1].size, sizeof FILE_TEXT - 1);
		assert_true(str_eq(file_text(a, &p[1]), STR(FILE_TEXT)));
		assert_true(str_eq(p[2].name, STR("empty")) && p[2].value.n == 0);
		arena_close(a);
	}
}

static void
cut_short_is_refused(void **state)
{
	size_t whole = sizeof BROWSER - 1 - 2; /* without the last line end it is complete */

	for (size_t n = 0; n < whole; n++) {
		arena *a = arena_open(*state, 0);
		const multipart_part *p = NULL;
		size_t parts = 0;
		fault f = {0};

		assert_int_equal(read_whole(a, &f, str_sub(STR(BROWSER), 0, n), 7, &p, &parts), RC_INVALID);
		assert_string_equal(f.id, "http.form.broken");
		arena_close(a);
	}
}

static void
broken_ones(void **state)
{
	static const char *const row[] = {
		"--xYzZYx\r\n\r\n\r\n--xYzZY--",
		"--xYzZY\r\n\r\nno name\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"a\"\nX: y\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
		"name=\"b\"\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: "
		"base64\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"a\xff\"\r\n\r\n1\r\n--xYzZY--",
		"--xYzZY\r\nContent-Disposition: form-data; name=\"a\"; "
		"filename=\"b\x01\"\r\n\r\n1\r\n--xYzZY--",
	};

	for (size_t i = 0; i < LEN(row); i++) {
		const multipart_part *p = NULL;
		size_t n = 0;
		fault f = {0};
		if (read_whole(*state, &f, str_of(row[i]), 5, &p, &n) != RC_INVALID)
			fail_msg("accepted: %s", row[i]);
	}
}

static void
limits_hold(void **state)
{
	static const char head[] = "--b\r\nContent-Disposition: form-data; name=\"a\"%s\r\n\r\n%0*d\r\n--b--";
	static const struct {
		multipart_limits limits;
		const char *file;
		int size;
		rc want;
	} row[] = {
		{{.parts = 1, .field_bytes = 50, .file_bytes = 90, .total_bytes = 500, .dir = "/tmp"},
		 "",
		 50,
		 RC_OK},
		{{.parts = 1, .field_bytes = 50, .file_bytes = 90, .total_bytes = 500, .dir = "/tmp"},
		 "",
		 51,
		 RC_LIMIT},
		{{.parts = 0, .field_bytes = 50, .file_bytes = 90, .total_bytes = 500, .dir = "/tmp"},
		 "",
		 1,
		 RC_LIMIT},
		{{.parts = 1, .field_bytes = 50, .file_bytes = 90, .total_bytes = 100, .dir = "/tmp"},
		 "",
		 50,
		 RC_LIMIT},
		{{.parts = 1, .field_bytes = 50, .file_bytes = 90, .total_bytes = 500, .dir = "/tmp"},
		 "; filename=x",
		 90,
		 RC_OK},
		{{.parts = 1, .field_bytes = 50, .file_bytes = 90, .total_bytes = 500, .dir = "/tmp"},
		 "; filename=x",
		 91,
		 RC_LIMIT},
		{{.parts = 1, .field_bytes = 50, .total_bytes = 500, .dir = "/tmp"},
		 "; filename=x",
		 5,
		 RC_INVALID},
		{{.parts = 1, .field_bytes = 50, .file_bytes = 90, .total_bytes = 500, .dir = "/no/such"},
		 "; filename=x",
		 5,
		 RC_IO},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		multipart *m = multipart_open(*state, STR("b"), &row[i].limits);
		const multipart_part *p = NULL;
		size_t n = 0;
		fault f = {0};
		rc r = multipart_feed(m, &f, str_fmt(*state, head, row[i].file, row[i].size, 0));
		if (r == RC_OK)
			r = multipart_end(m, &f, &p, &n);
		assert_int_equal(r, row[i].want);
	}
}

static void
long_names_are_cut_between_characters(void **state)
{
	buf b = buf_in(*state);
	const multipart_part *p = NULL;
	size_t n = 0;
	fault f = {0};

	buf_lit(&b, "--xYzZY\r\nContent-Disposition: form-data; name=\"a\"; filename=\"1");
	for (int i = 0; i < 100; i++)
		buf_lit(&b, "残");
	buf_lit(&b, "\"\r\n\r\nx\r\n--xYzZY--");
	assert_int_equal(read_whole(*state, &f, buf_str(&b), 1000, &p, &n), RC_OK);
	assert_int_equal(p[0].filename.n, 1 + 3 * 84);
}

static void
boundaries(void **state)
{
	str b = STR("");

	(void)state;
	assert_true(multipart_boundary(STR("multipart/form-data; boundary=----WebKitFormBoundaryAb1"), &b));
	assert_true(str_eq(b, STR("----WebKitFormBoundaryAb1")));
	assert_true(multipart_boundary(STR("Multipart/Form-Data; charset=utf-8; boundary=\"a b\""), &b));
	assert_true(str_eq(b, STR("a b")));
	assert_false(multipart_boundary(STR("multipart/form-data"), &b));
	assert_false(multipart_boundary(STR("multipart/form-data; boundary="), &b));
	assert_false(multipart_boundary(STR("multipart/form-data; boundary=\"a"), &b));
	assert_false(multipart_boundary(STR("multipart/form-data; boundary=\"a \""), &b));
	assert_false(multipart_boundary(STR("multipart/form-data; boundary=a\rb"), &b));
	assert_false(multipart_boundary(STR("multipart/mixed; boundary=a"), &b));
	assert_false(multipart_boundary(STR("text/plain"), &b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_cut_gives_the_same, setup, teardown),
		cmocka_unit_test_setup_teardown(cut_short_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(broken_ones, setup, teardown),
		cmocka_unit_test_setup_teardown(limits_hold, setup, teardown),
		cmocka_unit_test_setup_teardown(long_names_are_cut_between_characters, setup, teardown),
		cmocka_unit_test(boundaries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
