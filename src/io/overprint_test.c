/* overprint_test.c - what is printed and where: every page is also drawn by another program (poppler) at ten
 * dots a millimetre, so that a dot is a tenth of one.
 *
 *   overprint_test show FOLDER      writes a card, a sheet and a ruler page there, to be looked at */
#include "io/overprint.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* 24 by 32, light, its upper left quarter dark. */
static const char jpeg[] = "\xff\xd8\xff\xe0\x00\x10\x4a\x46\x49\x46\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
			   "\xff\xdb\x00\x43\x00\x0d\x09\x0a\x0b\x0a\x08\x0d\x0b\x0a\x0b\x0e\x0e\x0d\x0f\x13"
			   "\x20\x15\x13\x12\x12\x13\x27\x1c\x1e\x17\x20\x2e\x29\x31\x30\x2e\x29\x2d\x2c\x33"
			   "\x3a\x4a\x3e\x33\x36\x46\x37\x2c\x2d\x40\x57\x41\x46\x4c\x4e\x52\x53\x52\x32\x3e"
			   "\x5a\x61\x5a\x50\x60\x4a\x51\x52\x4f\xff\xc0\x00\x0b\x08\x00\x20\x00\x18\x01\x01"
			   "\x11\x00\xff\xc4\x00\x16\x00\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
			   "\x00\x00\x00\x00\x06\x07\xff\xc4\x00\x18\x10\x01\x00\x03\x01\x00\x00\x00\x00\x00"
			   "\x00\x00\x00\x00\x00\x00\x00\x00\x07\x45\x83\xc2\xff\xda\x00\x08\x01\x01\x00\x00"
			   "\x3f\x00\xcf\x56\xf1\xbd\x96\x5d\xad\xd8\x8a\xde\x37\xb2\xcb\xb5\xb8\x00\x3f\xff"
			   "\xd9";
static const char png[] = "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x18"
			  "\x00\x00\x00\x20\x08\x00\x00\x00\x00\x2d\x35\xe7\xe4\x00\x00\x00\x04\x67\x41\x4d"
			  "\x41\x00\x00\xb1\x8f\x0b\xfc\x61\x05\x00\x00\x00\x02\x62\x4b\x47\x44\x00\xff\x87"
			  "\x8f\xcc\xbf\x00\x00\x00\x07\x74\x49\x4d\x45\x07\xea\x0b\x17\x00\x10\x1b\x01\xb2"
			  "\x17\xce\x00\x00\x00\x1f\x49\x44\x41\x54\x28\xcf\x63\x14\x61\x40\x80\x2d\x48\x6c"
			  "\x26\x06\x1c\x60\x54\x82\x96\x12\x8c\x27\x06\xa3\xab\x46\xae\x04\x00\x05\x4c\x01"
			  "\xcf\xb8\x36\x49\xe0\x00\x00\x00\x25\x74\x45\x58\x74\x64\x61\x74\x65\x3a\x63\x72"
			  "\x65\x61\x74\x65\x00\x32\x30\x32\x36\x2d\x31\x31\x2d\x32\x33\x54\x30\x30\x3a\x31"
			  "\x36\x3a\x32\x36\x2b\x30\x30\x3a\x30\x30\xdc\x79\x3e\x99\x00\x00\x00\x25\x74\x45"
			  "\x58\x74\x64\x61\x74\x65\x3a\x6d\x6f\x64\x69\x66\x79\x00\x32\x30\x32\x36\x2d\x31"
			  "\x31\x2d\x32\x33\x54\x30\x30\x3a\x31\x36\x3a\x32\x36\x2b\x30\x30\x3a\x30\x30\xad"
			  "\x24\x86\x25\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

enum { DARK = 90, LIGHT = 150 };

typedef struct rig {
	arena *a;
	fault f;
} rig;

static int
setup(void **state)
{
	static rig t;

	t = (rig){.a = arena_open(NULL, 0)};
	*state = &t;
	return 0;
}

static int
teardown(void **state)
{
	arena_close(((rig *)*state)->a);
	return 0;
}

/* ---- the jobs ---- */

static const overprint_stock card = {.width = 856,
				     .height = 540,
				     .piece_width = 856,
				     .piece_height = 540,
				     .across = 1,
				     .down = 1,
				     .faces = 1};
/* Six on a sheet of A4. */
static const overprint_stock sheet = {.width = 2100,
				      .height = 2970,
				      .piece_width = 900,
				      .piece_height = 900,
				      .left = 100,
				      .top = 50,
				      .step_x = 1000,
				      .step_y = 950,
				      .across = 2,
				      .down = 3,
				      .faces = 1};

typedef struct content {
	str name; /* {i} is added */
	overprint_text text;
	overprint_picture picture;
	size_t made;
} content;

static rc
piece_of(void *ctx, arena *a, fault *f, size_t i, overprint_piece *out)
{
	content *c = ctx;
	overprint_text *t = arena_new(a, overprint_text);

	(void)f;
	*t = c->text;
	if (c->name.n)
		t->text = str_fmt(a, "%.*s%zu", STR_ARG(c->name), i + 1);
	*out = (overprint_piece){.face = {{.text = t, .n = 1, .picture = c->picture}}};
	c->made++;
	return RC_OK;
}

static content
words(const char *text)
{
	return (content){.text = {.name = STR("姓名"),
				  .text = str_of(text),
				  .at = {300, 200, 400, 60},
				  .size = 120,
				  .least = 70,
				  .lines = 1,
				  .sans = true}};
}

static overprint_job
job_of(const overprint_stock *s, content *c, size_t n)
{
	return (overprint_job){.title = STR("残疾人证"),
			       .author = STR("某县残疾人联合会"),
			       .at = 1748764800000,
			       .stock = s,
			       .scale = OVERPRINT_WHOLE,
			       .start = 1,
			       .sample = STR(""),
			       .n = n,
			       .ctx = c,
			       .piece = piece_of};
}

static overprint_picture
photo(bool is_png, int direction)
{
	bool turned = direction > 4;

	return (overprint_picture){.bytes =
					   is_png ? (str){png, sizeof png - 1} : (str){jpeg, sizeof jpeg - 1},
				   .png = is_png,
				   .width = turned ? 32 : 24,
				   .height = turned ? 24 : 32,
				   .direction = direction,
				   .at = {100, 100, 240, 320}};
}

/* ---- as others see it ---- */

static str
ask(arena *a, const char *tool, str bytes, const char *after)
{
	char name[] = "/tmp/overprint-test-XXXXXX";
	int fd = mkstemp(name);
	buf b = buf_in(a);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
	close(fd);
	FILE *p = popen(cstr(a, str_fmt(a, "%s %s%s", tool, name, after)), "r");
	assert_non_null(p);
	for (size_t n = 1; n > 0; b.n += n)
		n = fread(buf_room(&b, 1 << 20), 1, 1 << 20, p);
	assert_int_equal(pclose(p), 0);
	unlink(name);
	return buf_str(&b);
}

/* A page as grey dots, ten a millimetre. */
typedef struct dots {
	const uint8_t *v;
	int64_t w, h;
} dots;

static dots
draw(arena *a, str bytes, int page)
{
	str tool = str_fmt(a, "pdftoppm -gray -r 254 -f %d -l %d", page, page);
	str ppm = ask(a, cstr(a, tool), bytes, ""), line;
	dots d = {0};

	assert_true(str_next(&ppm, '\n', &line) && str_eq(line, STR("P5")));
	assert_true(str_next(&ppm, '\n', &line));
	ptrdiff_t at = str_find(line, STR(" "));
	assert_true(at > 0 && str_to_i64(str_sub(line, 0, (size_t)at), &d.w) &&
		    str_to_i64(str_from(line, (size_t)at + 1), &d.h));
	assert_true(str_next(&ppm, '\n', &line));
	assert_int_equal(ppm.n, d.w * d.h);
	d.v = (const uint8_t *)ppm.p;
	return d;
}

static uint8_t
dot(const dots *d, int64_t x, int64_t y)
{
	assert_true(x >= 0 && y >= 0 && x < d->w && y < d->h);
	return d->v[y * d->w + x];
}

/* The smallest box around all that is darker than `limit`, by its corners; of w 0: nothing is. */
static overprint_box
ink(const dots *d, int limit)
{
	int64_t x1 = d->w, y1 = d->h, x2 = -1, y2 = -1;

	for (int64_t y = 0; y < d->h; y++)
		for (int64_t x = 0; x < d->w; x++)
			if (dot(d, x, y) < limit) {
				x1 = MIN(x1, x);
				y1 = MIN(y1, y);
				x2 = MAX(x2, x);
				y2 = MAX(y2, y);
			}
	return x2 < 0 ? (overprint_box){0}
		      : (overprint_box){(int32_t)x1, (int32_t)y1, (int32_t)(x2 - x1 + 1),
					(int32_t)(y2 - y1 + 1)};
}

static void
near(int64_t is, int64_t should, int64_t by)
{
	if (is < should - by || is > should + by)
		fail_msg("%lld is not %lld", (long long)is, (long long)should);
}

static dots
made(rig *t, const overprint_job *job, int page)
{
	pdf_file file;

	if (overprint_make(t->a, &t->f, job, &file) != RC_OK)
		fail_msg("%s", cstr(t->a, fault_print(t->a, &t->f)));
	return draw(t->a, file.bytes, page);
}

/* ---- */

static void
a_page_is_as_large_as_the_stock(void **state)
{
	rig *t = *state;
	content c = words("王芳");
	overprint_job job = job_of(&card, &c, 3);
	pdf_file file;

	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_OK);
	assert_int_equal(file.pages, 3);
	str info = ask(t->a, "pdfinfo", file.bytes, "");
	assert_true(str_find(info, STR("Page size:       242.646 x 153.071 pts")) > 0);
	assert_true(str_find(file.bytes, STR("/PrintScaling /None")) > 0);
	dots d = draw(t->a, file.bytes, 3);
	near(d.w, 856, 1);
	near(d.h, 540, 1);
	str fonts = ask(t->a, "pdffonts", file.bytes, "");
	assert_true(str_find(fonts, STR(" yes yes yes ")) > 0); /* embedded, a subset, with its Unicode */
	assert_true(str_find(ask(t->a, "pdftotext", file.bytes, " -"), STR("王芳")) >= 0);
}

static void
text_stands_in_its_box(void **state)
{
	rig *t = *state;
	content c = words("■■");
	overprint_job job = job_of(&card, &c, 1);
	dots d = made(t, &job, 1);
	overprint_box left = ink(&d, LIGHT);

	near(left.x, 300, 8);                       /* a little room is part of the letter */
	near(left.y + left.h / 2, 200 + 60 / 2, 8); /* in the middle of the height */
	c.text.align = PDF_CENTRE;
	d = made(t, &job, 1);
	overprint_box centre = ink(&d, LIGHT);
	near(centre.x + centre.w / 2, 300 + 400 / 2, 2);
	c.text.align = PDF_END;
	d = made(t, &job, 1);
	overprint_box end = ink(&d, LIGHT);
	near(end.x + end.w, 300 + 400, 8);
	near(end.w, left.w, 1);
}

static void
offset_and_scale_move_everything(void **state)
{
	rig *t = *state;
	content c = words("■■");
	overprint_job job = job_of(&card, &c, 1);
	dots d = made(t, &job, 1);
	overprint_box was = ink(&d, LIGHT);

	job.x = 15;
	job.y = -23;
	d = made(t, &job, 1);
	overprint_box moved = ink(&d, LIGHT);
	near(moved.x, was.x + 15, 1);
	near(moved.y, was.y - 23, 1);
	near(moved.w, was.w, 1);
	job.x = job.y = 0;
	job.scale = 10200; /* 2 % larger, from the corner */
	d = made(t, &job, 1);
	overprint_box scaled = ink(&d, LIGHT);
	near(scaled.x, was.x * 102 / 100, 1);
	near(scaled.y, was.y * 102 / 100, 1);
}

static void
long_text_becomes_smaller_and_then_is_refused(void **state)
{
	rig *t = *state;
	content c = words("热合曼·阿卜杜热合");
	overprint_job job = job_of(&card, &c, 1);
	dots d = made(t, &job, 1);
	overprint_box b = ink(&d, LIGHT);
	pdf_file file;

	assert_true(b.x >= 300 && b.x + b.w <= 700);
	c = words("■■■■■■■■■■■■■■■"); /* 15 by 12 points is 63.5 mm, by 7.5 points 39.7 */
	d = made(t, &job, 1);
	b = ink(&d, LIGHT);
	assert_true(b.x >= 300 && b.x + b.w <= 700 && b.w > 350);
	c = words("■■■■■■■■■■■■■■■■■");
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_INVALID);
	assert_string_equal(t->f.id, "overprint.long");
	assert_true(str_find(fault_print(t->a, &t->f), STR("姓名")) >= 0);
	assert_int_equal(file.bytes.n, 0);
	c.text.lines = 2; /* the same over two lines */
	c.text.at.h = 100;
	fault_clear(&t->f);
	d = made(t, &job, 1);
	b = ink(&d, LIGHT);
	assert_true(b.h > 60 && b.y >= 200 && b.y + b.h <= 300);
	c.text.at.h = 40; /* too low for two lines of the least size */
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_INVALID);
	assert_string_equal(t->f.id, "overprint.long");
}

static void
a_character_without_a_form_is_refused(void **state)
{
	rig *t = *state;
	content c = words("王\xf0\xb7\xbf\xbd"); /* U+37FFD, which nobody has assigned */
	overprint_piece p;

	assert_int_equal(piece_of(&c, t->a, &t->f, 0, &p), RC_OK);
	assert_int_equal(overprint_check(t->a, &t->f, &card, &p), RC_INVALID);
	assert_string_equal(t->f.id, "overprint.glyph");
	c = words("王𠀀䶮"); /* of Extensions B and A */
	assert_int_equal(piece_of(&c, t->a, &t->f, 0, &p), RC_OK);
	fault_clear(&t->f);
	assert_int_equal(overprint_check(t->a, &t->f, &card, &p), RC_OK);
}

static void
pieces_go_from_the_place_that_was_said(void **state)
{
	rig *t = *state;
	content c = words("■■");
	overprint_job job = job_of(&sheet, &c, 4);
	pdf_file file;

	job.start = 4;
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_OK);
	assert_int_equal(file.pages, 2);
	assert_int_equal(c.made, 4);
	dots d = draw(t->a, file.bytes, 1);
	overprint_box b = ink(&d, LIGHT);
	near(b.x, 100 + 300, 8);             /* the fifth begins the row */
	near(b.y, 50 + 950 + 200 + 9, 8);    /* the fourth stands in the second */
	near(b.x + b.w, 1100 + 300 + 80, 8); /* and at its right */
	d = draw(t->a, file.bytes, 2);
	b = ink(&d, LIGHT);
	near(b.x, 400, 8);
	near(b.y, 50 + 200 + 9, 8);
	near(b.w, 80, 8);
	job.start = 7;
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_INVALID);
	assert_string_equal(t->f.id, "overprint.start");
	job.start = 1;
	job.n = OVERPRINT_PIECES + 1;
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_LIMIT);
}

/* Where the dark quarter of the picture is seen: 0 upper left, 1 upper right, 2 lower left, 3 lower right. */
static int
dark_corner(const dots *d, overprint_box b)
{
	int at = -1;

	for (int i = 0; i < 4; i++)
		if (dot(d, b.x + b.w * (i % 2 ? 3 : 1) / 4, b.y + b.h * (i / 2 ? 3 : 1) / 4) < DARK) {
			assert_int_equal(at, -1);
			at = i;
		}
	return at;
}

static void
a_photo_stands_upright_in_its_box(void **state)
{
	static const int corner[] = {0, 1, 3, 2, 0, 1, 3, 2}; /* of the directions 1 to 8 */
	rig *t = *state;
	content c = words("");

	for (int direction = 1; direction <= 8; direction++)
		for (int i = 0; i < 2; i++) {
			overprint_job job = job_of(&card, &c, 1);
			c.picture = photo(i == 0, direction);
			dots d = made(t, &job, 1);
			overprint_box b = ink(&d, 240);
			near(b.x, 100, 1);
			near(b.w, 240, 2);
			near(b.h, direction > 4 ? 180 : 320, 2);
			near(b.y, direction > 4 ? 100 + 70 : 100, 1);
			assert_int_equal(dark_corner(&d, b), corner[direction - 1]);
		}
}

static void
a_jpeg_goes_in_as_it_came(void **state)
{
	rig *t = *state;
	content c = words("");
	overprint_job job = job_of(&card, &c, 1);
	pdf_file file;

	c.picture = photo(false, 1);
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_OK);
	assert_true(str_find(file.bytes, (str){jpeg, sizeof jpeg - 1}) > 0);
	c.picture = photo(true, 1);
	c.picture.width = 25; /* not what the file says */
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_INVALID);
	assert_string_equal(t->f.id, "overprint.picture");
	c.picture = photo(true, 1);
	c.picture.bytes.n -= 100; /* cut off */
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_INVALID);
	c.picture = photo(false, 1);
	c.picture.width = c.picture.height = 100000;
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_INVALID);
}

/* No line, no background, no seal: what was not given is not there. */
static void
nothing_else_is_drawn(void **state)
{
	rig *t = *state;
	content c = words("");
	overprint_job job = job_of(&card, &c, 1);
	dots d = made(t, &job, 1);

	assert_int_equal(ink(&d, 255).w, 0);
	job.sample = STR("样张");
	d = made(t, &job, 1);
	overprint_box b = ink(&d, 200);
	assert_true(b.w > 300 && b.h > 150); /* nobody passes it over */
	near(b.x + b.w / 2, 428, 20);
	near(b.y + b.h / 2, 270, 20);
	assert_int_equal(ink(&d, 100).w, 0); /* and what is over it is read */
}

/* Photos as cameras make them, by the thousand, are more than a machine has room for. */
static void
pictures_are_bounded_together(void **state)
{
	rig *t = *state;
	content c = words("");
	overprint_job job = job_of(&card, &c, 3);
	pdf_file file;

	c.picture = photo(false, 1);
	c.picture.bytes = (str){arena_alloc(t->a, OVERPRINT_BYTES / 2), OVERPRINT_BYTES / 2};
	memcpy((char *)(uintptr_t)c.picture.bytes.p, jpeg, sizeof jpeg - 1);
	assert_int_equal(overprint_make(t->a, &t->f, &job, &file), RC_LIMIT);
	assert_string_equal(t->f.id, "overprint.large");
	assert_int_equal(c.made, 3);
}

static void
the_same_job_gives_the_same_bytes(void **state)
{
	rig *t = *state;
	content c = words("");
	overprint_job job = job_of(&sheet, &c, 9);
	pdf_file one, two;

	c.name = STR("王");
	c.picture = photo(false, 6);
	assert_int_equal(overprint_make(t->a, &t->f, &job, &one), RC_OK);
	assert_int_equal(overprint_make(t->a, &t->f, &job, &two), RC_OK);
	assert_true(str_eq(one.bytes, two.bytes));
}

static void
the_ruler_page_measures(void **state)
{
	rig *t = *state;
	content c = words("");
	overprint_job job = job_of(&card, &c, 1);
	pdf_file file;

	assert_int_equal(overprint_ruler(t->a, &t->f, &job, &file), RC_OK);
	dots d = draw(t->a, file.bytes, 1);
	assert_true(dot(&d, 500, 20) < 250 &&
		    dot(&d, 505, 20) > 250); /* a long tick at 50 mm, none beside it */
	assert_true(dot(&d, 20, 300) < 250 && dot(&d, 20, 305) > 250);
	assert_true(dot(&d, 400, 206) < 250 && dot(&d, 406, 200) < 250); /* a cross at 40 by 20 */
	assert_true(dot(&d, 300, 210) < 250 && dot(&d, 310, 200) < 250); /* the corner of the name's box */
	assert_true(str_find(ask(t->a, "pdftotext -raw", file.bytes, " -"), STR("姓名")) >= 0);
	/* the comb: its line for no offset at 10 mm, the last a tenth of 15 further */
	assert_true(dot(&d, 100, 180 + 15 * 10) < 250 && dot(&d, 115, 180 + 30 * 10) < 250);
	assert_true(dot(&d, 85, 180) < 250 && dot(&d, 100, 180) > 250);
	job.x = 10;
	assert_int_equal(overprint_ruler(t->a, &t->f, &job, &file), RC_OK);
	d = draw(t->a, file.bytes, 1);
	assert_true(dot(&d, 510, 20) < 250 && dot(&d, 500, 20) > 250);
}

static int
show(const char *folder)
{
	arena *a = arena_open(NULL, 0);
	content c = words("王芳");
	pdf_file file[3];
	fault f = {0};

	c.picture = photo(false, 1);
	overprint_job one = job_of(&card, &c, 1), many = job_of(&sheet, &c, 5);
	one.sample = STR("样张");
	if (overprint_make(a, &f, &one, &file[0]) || overprint_make(a, &f, &many, &file[1]) ||
	    overprint_ruler(a, &f, &one, &file[2]))
		return 1;
	for (size_t i = 0; i < LEN(file); i++) {
		FILE *out = fopen(cstr(a, str_fmt(a, "%s/overprint-%zu.pdf", folder, i)), "wb");
		if (!out || fwrite(file[i].bytes.p, 1, file[i].bytes.n, out) != file[i].bytes.n ||
		    fclose(out))
			return 1;
	}
	arena_close(a);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(a_page_is_as_large_as_the_stock),
		TEST(text_stands_in_its_box),
		TEST(offset_and_scale_move_everything),
		TEST(long_text_becomes_smaller_and_then_is_refused),
		TEST(a_character_without_a_form_is_refused),
		TEST(pieces_go_from_the_place_that_was_said),
		TEST(a_photo_stands_upright_in_its_box),
		TEST(a_jpeg_goes_in_as_it_came),
		TEST(nothing_else_is_drawn),
		TEST(pictures_are_bounded_together),
		TEST(the_same_job_gives_the_same_bytes),
		TEST(the_ruler_page_measures),
	};

	if (argc == 3 && strcmp(argv[1], "show") == 0)
		return show(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
