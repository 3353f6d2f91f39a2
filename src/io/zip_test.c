/* zip_test.c - honest archives read; bombs, overlaps, lies and damage refused, each by its name. */
#include "io/zip.h"

#include "io/io_test.h"
#include "io/zip_make.h"

#include <sys/mman.h>
#include <unistd.h>

static const unzip_limits most = {.entries = 10, .entry = 40 << 20, .total = 60 << 20, .ratio = 200};

static rc
open(arena *a, fault *f, zip_make *z)
{
	unzip *u = NULL;

	return unzip_open(a, f, zip_make_end(z), most, &u);
}

static void
reads(void **state)
{
	arena *a = *state;
	zip_make m = zip_make_in(a);
	fault f = {0};
	unzip *z = NULL;
	unzip_stream *s = NULL;
	size_t i = 0;
	str text = {0}, piece = {0};
	buf big = buf_in(a), got = buf_in(a);

	for (int k = 0; k < 30000; k++)
		buf_i64(&big, k);
	zip_make_add(&m, STR("dir/"), STR(""), false);
	zip_make_add(&m, STR("dir/一.txt"), STR("stored"), false);
	zip_make_add(&m, STR("big.txt"), buf_str(&big), true);
	zip_make_add(&m, STR("\xd0\xd5.txt"), STR("gb"), false);
	check_ok(&f, unzip_open(a, &f, zip_make_end(&m), most, &z));
	assert_int_equal(unzip_count(z), 4);
	assert_true(unzip_find(z, STR("DIR/一.TXT"), &i));
	check_ok(&f, unzip_read(z, a, &f, i, &text));
	check_str(text, STR("stored"));
	assert_true(unzip_find(z, STR("姓.txt"), &i));
	assert_false(unzip_find(z, STR("none"), &i));
	assert_true(unzip_find(z, STR("big.txt"), &i));
	check_ok(&f, unzip_begin(z, a, &f, i, &s));
	do {
		check_ok(&f, unzip_more(s, &f, &piece));
		buf_put(&got, piece);
	} while (piece.n);
	check_str(buf_str(&got), buf_str(&big));
	check_ok(&f, unzip_read(z, a, &f, i, &text));
	check_str(text, buf_str(&big));
}

static void
reads_a_file(void **state)
{
	arena *a = *state, *inner = arena_open(a, 0);
	zip_make m = zip_make_in(a);
	fault f = {0};
	unzip *z = NULL;
	str text = {0};
	int fd = memfd_create("zip", MFD_CLOEXEC), pipes[2];

	check_fault(&f, unzip_open_fd(a, &f, fd, most, &z), RC_INVALID, "zip.damaged");
	zip_make_add(&m, STR("a"), STR("in a file"), true);
	str bytes = zip_make_end(&m);
	assert_true(write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	check_ok(&f, unzip_open_fd(inner, &f, fd, most, &z));
	close(fd);
	check_ok(&f, unzip_read(z, a, &f, 0, &text));
	arena_close(inner);
	check_str(text, STR("in a file"));
	assert_int_equal(pipe(pipes), 0);
	check_fault(&f, unzip_open_fd(a, &f, pipes[0], most, &z), RC_IO, "zip.file");
	close(pipes[0]);
	close(pipes[1]);
}

static void
refuses_damage(void **state)
{
	arena *a = *state;
	zip_make m = zip_make_in(a);
	fault f = {0};
	unzip *z = NULL;

	zip_make_add(&m, STR("a.txt"), STR("some words here"), true);
	zip_make_add(&m, STR("b.txt"), STR("and some more"), false);
	str whole = zip_make_end(&m);
	for (size_t n = 0; n < whole.n; n++) /* cut anywhere */
		check_fault(&f, unzip_open(a, &f, str_sub(whole, 0, n), most, &z), RC_INVALID, "zip.damaged");
	check_fault(&f, unzip_open(a, &f, STR("no archive at all, but long enough to look"), most, &z),
		    RC_INVALID, "zip.damaged");
	for (size_t at = 0; at < whole.n; at++) { /* one bit anywhere: a fault, or the same text */
		char *bent = cstr(a, whole);
		bent[at] = (char)(bent[at] ^ 4);
		if (unzip_open(a, &f, (str){bent, whole.n}, most, &z) == RC_OK) {
			str text = {0};
			if (unzip_read(z, a, &f, 0, &text) == RC_OK)
				check_str(text, STR("some words here"));
		}
		fault_clear(&f);
	}
	char *bent = cstr(a, whole);
	str text = {0};
	bent[str_find(whole, STR("and some"))] = 'A';
	check_ok(&f, unzip_open(a, &f, (str){bent, whole.n}, most, &z));
	check_fault(&f, unzip_read(z, a, &f, 1, &text), RC_INVALID, "zip.damaged"); /* the checksum */
}

static void
refuses_bombs(void **state)
{
	arena *a = *state;
	fault f = {0};
	str zeros = {arena_alloc(a, 30 << 20), 30 << 20};

	zip_make m = zip_make_in(a);
	zip_make_add(&m, STR("zeros"), zeros, true);
	check_fault(&f, open(a, &f, &m), RC_LIMIT, "zip.ratio");

	m = zip_make_in(a);
	zip_make_add(&m, STR("a"), STR("x"), false);
	zip_make_record(&m, STR("b"), 0, 8, 0, 1, 41 << 20, 0);
	check_fault(&f, open(a, &f, &m), RC_LIMIT, "zip.entry");

	m = zip_make_in(a);
	for (int i = 0; i < 3; i++)
		zip_make_add(&m, str_fmt(a, "%d", i), zeros, false);
	check_fault(&f, open(a, &f, &m), RC_LIMIT, "zip.total");

	m = zip_make_in(a);
	for (int i = 0; i < 11; i++)
		zip_make_add(&m, str_fmt(a, "%d", i), STR("x"), false);
	check_fault(&f, open(a, &f, &m), RC_LIMIT, "zip.entries");

	m = zip_make_in(a);
	zip_make_add(&m, STR("kernel"), STR("the same bytes for everybody"), false);
	for (int i = 0; i < 5; i++)
		zip_make_record(&m, str_fmt(a, "%d", i), 0, 0, 0, 28, 28, 0);
	check_fault(&f, open(a, &f, &m), RC_INVALID, "zip.overlap");

	m = zip_make_in(a); /* an entry quoted inside another */
	zip_make_add(&m, STR("inner"), STR("x"), false);
	zip_make outer = zip_make_in(a);
	zip_make_add(&outer, STR("outer"), buf_str(&m.body), false);
	zip_make_record(&outer, STR("inner"), 0, 0, 0, 1, 1, 30 + 5);
	check_fault(&f, open(a, &f, &outer), RC_INVALID, "zip.overlap");
}

/* The directory says less than the stream holds: stopped at the size that was checked. */
static void
refuses_lies(void **state)
{
	arena *a = *state;
	fault f = {0};
	zip_make m = zip_make_in(a);
	unzip *z = NULL;
	str zeros = {arena_alloc(a, 1 << 20), 1 << 20}, text = {0};

	zip_make_add(&m, STR("a"), zeros, true);
	size_t packed = m.body.n - 31;
	buf_clear(&m.dir);
	m.n = 0;
	zip_make_record(&m, STR("a"), 0, 8, 0, packed, 100, 0);
	check_ok(&f, unzip_open(a, &f, zip_make_end(&m), most, &z));
	check_fault(&f, unzip_read(z, a, &f, 0, &text), RC_INVALID, "zip.damaged");
}

static void
refuses_names_and_kinds(void **state)
{
	static const str name[] = {STR("../a"), STR("/a"),  STR("a/../b"), STR("a\\b"), STR("a//b"),
				   STR("c:a"),  STR("./a"), STR("a\nb"),   STR("")};
	arena *a = *state;
	fault f = {0};

	for (size_t i = 0; i < LEN(name); i++) {
		zip_make m = zip_make_in(a);
		zip_make_add(&m, name[i], STR("x"), false);
		check_fault(&f, open(a, &f, &m), RC_INVALID, "zip.name");
	}
	zip_make m = zip_make_in(a);
	zip_make_add(&m, STR("a"), STR("x"), false);
	zip_make_add(&m, STR("A"), STR("y"), false);
	check_fault(&f, open(a, &f, &m), RC_INVALID, "zip.duplicate");
	m = zip_make_in(a);
	zip_make_record(&m, STR("a"), 1, 8, 0, 1, 1, 0);
	check_fault(&f, open(a, &f, &m), RC_INVALID, "zip.locked");
	m = zip_make_in(a);
	zip_make_record(&m, STR("a"), 0, 12, 0, 1, 1, 0);
	check_fault(&f, open(a, &f, &m), RC_INVALID, "zip.method");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads),         TEST(reads_a_file), TEST(refuses_damage),
		TEST(refuses_bombs), TEST(refuses_lies), TEST(refuses_names_and_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
