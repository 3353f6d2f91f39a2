/* paper_test.c - what files are, what is left out of them, and that only the key opens what was kept. */
#include "app/paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "store/fixture.h"

#define BYTES(b, lit) buf_put((b), (str){(lit), sizeof(lit) - 1})

/* A picture of 400 by 560 as a phone on its side writes it: direction 6, a place, a comment, something behind
 * its end. */
static str
phone_jpeg(arena *a, bool turned)
{
	buf b = buf_in(a);

	BYTES(&b, "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0");
	BYTES(&b, "\xff\xe1\0\x2c"
		  "Exif\0\0II\x2a\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0");
	buf_c(&b, turned ? 6 : 1);
	BYTES(&b, "\0\0\0\0\0\0\0GPS: 30.5");
	buf_c(&b, '\0');
	BYTES(&b, "\xff\xfe\0\x0csecret-note");
	b.n--; /* the length counts eleven letters less one */
	BYTES(&b, "\xff\xc0\0\x0b\x08\x02\x30\x01\x90\1\1\x11\0");
	BYTES(&b, "\xff\xda\0\x08\1\1\0\0\x3f\0\x12\xff\0\x34\xff\xd0\x56\xff\xd9HIDDEN");
	return buf_str(&b);
}

static void
pictures_lose_what_the_camera_wrote(void **state)
{
	arena *a = arena_open(NULL, 0);
	paper_checked p;
	fault f = {0};

	(void)state;
	rc r = paper_check(a, &f, phone_jpeg(a, false), &p);
	if (r != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	assert_int_equal(p.kind, PAPER_JPEG);
	assert_int_equal(p.width, 400);
	assert_int_equal(p.height, 560);
	assert_true(str_find(p.bytes, STR("GPS")) < 0);
	assert_true(str_find(p.bytes, STR("Exif")) < 0);
	assert_true(str_find(p.bytes, STR("secret")) < 0);
	assert_true(str_find(p.bytes, STR("HIDDEN")) < 0);
	assert_true(str_find(p.bytes, STR("JFIF")) > 0);
	assert_true(str_ends(p.bytes, STR("\xff\xd9")));
	assert_int_equal(paper_check(a, &f, phone_jpeg(a, true), &p), RC_OK);
	assert_int_equal(p.width, 560); /* as it is seen */
	assert_int_equal(p.direction, 6);
	assert_true(str_find(p.bytes, STR("Exif")) > 0);
	assert_true(str_find(p.bytes, STR("GPS")) < 0);
	paper_checked again;
	assert_int_equal(paper_check(a, &f, p.bytes, &again), RC_OK); /* cleaned once is cleaned */
	assert_true(str_eq(again.bytes, p.bytes));
	assert_int_equal(again.width, 560);
	arena_close(a);
}

static str
png(arena *a, const char *more)
{
	buf b = buf_in(a);

	BYTES(&b, "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\1\x5e\0\0\1\xea\x08\2\0\0\0CRC!");
	buf_put(&b, str_of(more));
	BYTES(&b, "\0\0\0\4IDATdataCRC!");
	BYTES(&b, "\0\0\0\0IENDCRC!behind");
	return buf_str(&b);
}

static void
what_is_no_picture_is_refused(void **state)
{
	static const struct {
		const char *bytes, *id;
	} wrong[] = {
		{"", "paper.empty"},
		{"<svg onload=alert(1)>", "paper.kind"},
		{"PK\x03\x04", "paper.kind"},
		{"....ftypheic....", "paper.heic"},
		{"\xff\xd8\xff", "paper.broken"},
		{"\xff\xd8\xff\xe0\x7f\xff", "paper.broken"},
		{"\x89PNG\r\n\x1a\n", "paper.broken"},
		{"%PDF-1.4 ", "paper.broken"},
		{"%PDF-1.4 /Encrypt %%EOF", "paper.locked"},
		{"%PDF-1.4 /OpenAction /JavaScript %%EOF", "paper.active"},
	};
	arena *a = arena_open(NULL, 0);
	paper_checked p;

	(void)state;
	for (size_t i = 0; i < LEN(wrong); i++) {
		fault f = {0};
		assert_int_equal(paper_check(a, &f, str_of(wrong[i].bytes), &p), RC_INVALID);
		assert_string_equal(f.id, wrong[i].id);
		assert_true(str_eq(f.field, STR("file")));
	}
	fault f = {0};
	str large = {arena_alloc(a, PAPER_FILE_MAX + 1), PAPER_FILE_MAX + 1};
	assert_int_equal(paper_check(a, &f, large, &p), RC_LIMIT);
	str whole = phone_jpeg(a, true); /* cut anywhere it is broken, and nothing is read behind its end */
	for (size_t n = 4; n + 8 < whole.n; n++) {
		fault cut = {0};
		assert_int_equal(paper_check(a, &cut, str_dup(a, str_sub(whole, 0, n)), &p), RC_INVALID);
	}
	assert_int_equal(paper_check(a, &f, png(a, ""), &p), RC_OK);
	assert_true(str_find(p.bytes, STR("behind")) < 0);
	assert_int_equal(p.width, 350);
	arena_close(a);
}

static void
a_photo_for_a_card_is_upright(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};

	(void)state;
	assert_int_equal(paper_portrait(&f, &(paper_checked){PAPER_JPEG, .width = 413, .height = 579}),
			 RC_OK);
	assert_int_equal(paper_portrait(&f, &(paper_checked){PAPER_JPEG, .width = 579, .height = 413}),
			 RC_INVALID);
	assert_string_equal(f.id, "paper.portrait_shape");
	fault_clear(&f);
	assert_int_equal(paper_portrait(&f, &(paper_checked){PAPER_JPEG, .width = 35, .height = 49}),
			 RC_INVALID);
	assert_string_equal(f.id, "paper.portrait_small");
	fault_clear(&f);
	assert_int_equal(paper_portrait(&f, &(paper_checked){.kind = PAPER_PDF}), RC_INVALID);
	arena_close(a);
}

/* Files do not depend on the engine; keys do. */
static void
only_the_key_opens(fixture *x)
{
	data_key key, other;
	wrapped_key w;
	str hash, back;
	db *d = NULL;

	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	sealer *s = db_sealer(d);
	assert_int_equal(seal_new(s, &x->f, 1, 7, &key, &w), RC_OK);
	assert_int_equal(seal_new(s, &x->f, 1, 8, &other, &w), RC_OK);
	paper_seal at = {.folder = fixture_path(x, "papers"),
			 .key = &key,
			 .place = {.table = "paper", .column = "file", .row = 3}};
	assert_int_equal(paper_keep(s, x->a, &x->f, &at, STR("a scan"), &hash), RC_OK);
	assert_int_equal(hash.n, 64);
	assert_int_equal(paper_open(s, x->a, &x->f, &at, hash, 100, &back), RC_OK);
	assert_true(str_eq(back, STR("a scan")));
	assert_int_equal(paper_open(s, x->a, &x->f, &at, STR("../../etc/passwd"), 100, &back), RC_NOT_FOUND);
	at.place.row = 4;
	assert_int_equal(paper_open(s, x->a, &x->f, &at, hash, 100, &back), RC_INVALID);
	at.place.row = 3;
	at.key = &other;
	assert_int_not_equal(paper_open(s, x->a, &x->f, &at, hash, 100, &back), RC_OK);
	store_read_end(x->s, d);
}

BOTH(only_the_key_opens)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_lose_what_the_camera_wrote),
		cmocka_unit_test(what_is_no_picture_is_refused),
		cmocka_unit_test(a_photo_for_a_card_is_upright),
		BOTH_TESTS(only_the_key_opens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
