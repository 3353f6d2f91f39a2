/* print_test.c - layouts as they are shipped, replaced by a site's own, and every fault of the file; a record
 * in the boxes of each layout. */
#include "app/print/piece.h"

#include <unistd.h>

#include "app/person/person_fixture.h"
#include "base/buf.h"
#include "io/file.h"

static const catalogue *
fields_of(fixture *x)
{
	const catalogue *c = NULL;

	assert_int_equal(catalogue_load(x->a, &x->f, &pack_all, &c), RC_OK);
	return c;
}

static void
put_own(fixture *x, const char *name, str text)
{
	str folder = fixture_path(x, "print");

	assert_int_equal(file_folder(x->a, &x->f, folder), RC_OK);
	assert_int_equal(file_write(x->a, &x->f, str_fmt(x->a, "%.*s/%s", STR_ARG(folder), name), text, 0600),
			 RC_OK);
}

static const print_layouts *
load(fixture *x)
{
	const print_layouts *all = NULL;

	if (print_layouts_load(x->a, &x->f, fields_of(x), &pack_all, fixture_path(x, "print"), &all) != RC_OK)
		fail_msg("%s", cstr(x->a, fault_print(x->a, &x->f)));
	return all;
}

/* ---- the files ---- */

#define HEAD                                                                                                 \
	"layout: own\n"                                                                                      \
	"name: {zh: 自有版式, en: Our own}\n"                                                            \
	"generation: \"2\"\n"                                                                                \
	"sheet: [1000, 800]\n"
#define FACE "faces:\n  - name: {zh: 内页, en: Inside}\n    items:\n"
#define ITEM "      - {show: 姓名, at: [10, 20, 300, 60], size: 110}\n"

static void
refused(fixture *x, const char *text, const char *id, int64_t line)
{
	const print_layouts *all = NULL;

	put_own(x, "own.yaml", str_of(text));
	fault_clear(&x->f);
	assert_int_equal(
		print_layouts_load(x->a, &x->f, fields_of(x), &pack_all, fixture_path(x, "print"), &all),
		RC_INVALID);
	assert_string_equal(x->f.id, id);
	for (size_t i = 0; i < x->f.nargs; i++)
		if (strcmp(x->f.arg[i].name, "line") == 0)
			assert_int_equal(x->f.arg[i].i, line);
}

static void
shipped_layouts_are_whole(fixture *x)
{
	const print_layouts *all = load(x);
	const print_layout *second = print_layout_find(all, STR("second")),
			   *third = print_layout_find(all, STR("third"));

	assert_non_null(second);
	assert_non_null(third);
	assert_int_equal(second->generation, 2);
	assert_int_equal(third->generation, 3);
	assert_int_equal(third->stock.faces, 2);
	assert_true(second->unsourced && second->note_zh.n > 0); /* until somebody measures */
	assert_true(third->unsourced && third->note_en.n > 0);
	assert_null(print_layout_find(all, STR("first")));
}

static void
a_sites_own_file_stands_before(fixture *x)
{
	put_own(x, "own.yaml", STR(HEAD FACE ITEM));
	put_own(x, "second.yaml",
		STR("layout: second\nname: {zh: 量过的, en: Measured}\ngeneration: \"2\"\n"
		    "sheet: [1000, 800]\n" FACE ITEM));
	put_own(x, "notes.txt", STR("no layout"));
	const print_layouts *all = load(x);
	const print_layout *own = print_layout_find(all, STR("own")),
			   *second = print_layout_find(all, STR("second"));

	assert_int_equal(all->n, 3);
	assert_true(str_eq(second->zh, STR("量过的")));
	assert_false(second->unsourced);
	assert_int_equal(own->stock.width, 1000);
	assert_int_equal(own->face[0].item[0].size, 110);
	assert_int_equal(own->face[0].item[0].least, 73); /* two thirds where nothing is said */
	assert_true(str_eq(own->face[0].item[0].en, STR("Name")));
}

static void
faults_name_file_and_line(fixture *x)
{
	refused(x, "layout: other\nname: {zh: 甲, en: A}\n", "print.name", 1);
	refused(x, "layout: own\nname: {zh: 甲, en: A}\ngeneration: \"9\"\n", "print.generation", 3);
	refused(x, HEAD "unsourced: true\n" FACE ITEM, "yaml.missing", 1); /* says nothing about it */
	refused(x, "layout: own\nname: {zh: 甲, en: A}\ngeneration: \"2\"\nsheet: [0, 800]\n", "print.sheet",
		4);
	refused(x, "layout: own\nname: {zh: 甲, en: A}\ngeneration: \"2\"\nsheet: [1000]\n", "print.numbers",
		4);
	refused(x, HEAD "faces: []\n", "print.faces", 5);
	refused(x, HEAD "faces:\n  - name: {zh: 内页, en: Inside}\n    items: []\n", "print.items", 7);
	refused(x, HEAD FACE "      - {show: 姓名, at: [800, 20, 300, 60], size: 110}\n", "print.outside", 8);
	refused(x, HEAD FACE "      - {show: 姓名, at: [800, 20, 0, 60], size: 110}\n", "print.outside", 8);
	refused(x, HEAD FACE "      - {show: 姓名, at: [1, 2, 3], size: 110}\n", "print.numbers", 8);
	refused(x, HEAD FACE ITEM "      - {show: 没有的字段, at: [1, 2, 300, 40], size: 110}\n",
		"print.feel", 9);
	refused(x, HEAD FACE "      - {show: 年龄 + 1, at: [1, 2, 300, 40], size: 110}\n", "yaml.missing", 8);
	refused(x, HEAD FACE "      - {show: 姓名, at: [1, 2, 300, 40], size: 9}\n", "yaml.int", 8);
	refused(x, HEAD FACE "      - {show: 姓名, at: [1, 2, 300, 40], size: 90, align: middle}\n",
		"yaml.choice", 8);
	refused(x, HEAD "seal: {at: [1, 2, 3, 4]}\n" FACE ITEM, "yaml.unknown", 5); /* never */
	refused(x,
		HEAD
		"pieces: {size: [600, 400], across: 2, down: 1, first: [0, 0], step: [600, 0]}\n" FACE ITEM,
		"print.pieces", 5);
	refused(x,
		HEAD
		"pieces: {size: [400, 400], across: 2, down: 1, first: [0, 0], step: [390, 0]}\n" FACE ITEM,
		"print.pieces", 5);
	refused(x,
		HEAD
		"pieces: {size: [400, 400], across: 2, down: 1, first: [0, 0], step: [400, 0]}\n" FACE ITEM
		"  - name: {zh: 背面, en: Back}\n    items:\n" ITEM,
		"print.faces", 7);
}

/* ---- a record in its boxes ---- */

static str
show_place(const void *ctx, arena *a, int64_t code, msg_lang lang)
{
	(void)ctx;
	(void)lang;
	return str_fmt(a, "示例省 示例县 %lld村", (long long)code % 1000);
}

static const field_regions sample_places = {.show = show_place};

typedef struct made {
	overprint_piece piece;
	rc rc;
} made;

static made
make(fixture *x, const print_layouts *all, const char *layout, const person_new *p, str photo)
{
	actor who = officer_of(x, COUNTY, 15);
	const person_ref *ref = right_to(x, &who, p->id);
	print_ask ask = {.layouts = all,
			 .layout = print_layout_find(all, str_of(layout)),
			 .regions = &sample_places,
			 .office = STR("示例县残疾人联合会"),
			 .now = date_start_instant(date_from_ymd(2026, 6, 1))};
	arena *own = arena_open(x->a, 0);
	db *d = NULL;
	record r;
	made m;

	fault_clear(&x->f);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(record_read(d, x->a, &x->f, all->fields, ref, &r), RC_OK);
	m.rc = print_piece(x->a, &x->f, &ask, &r, photo, &m.piece);
	record_done(&r);
	arena_close(own);
	return m;
}

static void
says(const overprint_face *face, const char *name, const char *text)
{
	for (size_t i = 0; i < face->n; i++)
		if (str_eq(face->text[i].name, str_of(name))) {
			if (!str_eq(face->text[i].text, str_of(text)))
				fail_msg("%s: %.*s", name, STR_ARG(face->text[i].text));
			return;
		}
	fail_msg("no %s", name);
}

static void
a_record_stands_in_the_boxes(fixture *x)
{
	const print_layouts *all = load(x);
	person_in in = somebody_whole(x, "王芳", "990101199003070015");
	person_new p;

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	made m = make(x, all, "second", &p, STR(""));
	assert_int_equal(m.rc, RC_OK);
	const overprint_face *f = &m.piece.face[0];
	says(f, "姓名", "王芳");
	says(f, "性别", "男");
	says(f, "出生日期", "1990年3月7日");
	says(f, "残疾类别", "多重");
	says(f, "残疾等级", "三级");
	says(f, "残疾人证号", "99010119900307001573");
	says(f, "住址", "示例省示例县1村示范路 1 号");
	says(f, "监护人姓名", "示例监护人");
	says(f, "监护人电话", "13900000000");
	says(f, "发证机关", "示例县残疾人联合会");
	says(f, "签发日期", "2020年1月1日");
	says(f, "有效期至", "2029年12月31日");
	assert_int_equal(f->picture.bytes.n, 0); /* pasted by hand */
	assert_int_equal(
		overprint_check(x->a, &x->f, &print_layout_find(all, STR("second"))->stock, &m.piece), RC_OK);

	m = make(x, all, "third", &p, STR(""));
	assert_int_equal(m.rc, RC_INVALID);
	assert_string_equal(x->f.id, "print.no_photo");
	m = make(x, all, "third", &p, STR("%PDF-1.4 %%EOF"));
	assert_string_equal(x->f.id, "print.photo_kind");
	m = make(x, all, "third", &p, STR("no picture"));
	assert_string_equal(x->f.id, "paper.kind");
}

static void
what_is_needed_and_empty_is_named(fixture *x)
{
	const print_layouts *all = load(x);
	person_in in = somebody_whole(x, "王芳", "990101199003070015");
	person_new p;

	in.certificate.issued = STR("");
	in.guardian = (guardian_in){0};
	in.place[0].address = STR("");
	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	made m = make(x, all, "second", &p, STR(""));
	assert_int_equal(m.rc, RC_INVALID);
	assert_string_equal(x->f.id, "print.empty");
	assert_true(str_find(fault_print(x->a, &x->f), STR("签发日期")) >= 0);
	put_own(x, "own.yaml",
		STR(HEAD FACE ITEM "      - {show: 监护人姓名, at: [1, 2, 300, 40], size: 90}\n"
				   "      - {name: {zh: 今年, en: Year}, show: 今天.year, at: "
				   "[1, 2, 300, 40], size: 90}\n"));
	m = make(x, load(x), "own", &p, STR(""));
	assert_int_equal(m.rc, RC_OK);
	says(&m.piece.face[0], "监护人姓名", "");
	says(&m.piece.face[0], "今年", "2026");
}

BOTH(shipped_layouts_are_whole)
BOTH(a_sites_own_file_stands_before)
SQLITE(faults_name_file_and_line)
BOTH(a_record_stands_in_the_boxes)
BOTH(what_is_needed_and_empty_is_named)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(shipped_layouts_are_whole),
		BOTH_TESTS(a_sites_own_file_stands_before),
		cmocka_unit_test(faults_name_file_and_line_sqlite),
		BOTH_TESTS(a_record_stands_in_the_boxes),
		BOTH_TESTS(what_is_needed_and_empty_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
