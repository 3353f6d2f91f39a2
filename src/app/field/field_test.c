/* field_test.c - the shipped catalogue, faults of catalogues that are wrong, and values as people write them.
 */
#include "app/field/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zstd.h>

typedef struct room {
	arena *a;
	const catalogue *c;
	field_reader r;
	fault f;
} room;

static room *
entered(arena *a)
{
	room *x = arena_new(a, room);

	x->a = a;
	if (catalogue_load(a, &x->f, &pack_all, &x->c) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &x->f)));
	x->r = (field_reader){.a = a, .c = x->c, .today = date_from_ymd(2026, 6, 1)};
	return x;
}

static int
open_room(void **state)
{
	*state = entered(arena_open(NULL, 0));
	return 0;
}

static int
close_room(void **state)
{
	arena_close(((room *)*state)->a);
	return 0;
}

static const field *
named(room *x, const char *id)
{
	const field *found = field_find(x->c, str_of(id));

	assert_non_null(found);
	return found;
}

/* ---- the shipped catalogue ---- */

static void
fields_are_found_by_every_name(void **state)
{
	room *x = *state;
	static const char *const certificate[] = {
		"残疾人证号",        "残疾证号",    "证号",         "残疾人证号码", " 残疾 证号 ",
		"残疾证号（20位）",  "*残疾证号：", "残疾\n人证号", "【残疾证号】", "Certificate number",
		"certificate_number"};

	for (size_t i = 0; i < LEN(certificate); i++) {
		const field *found = field_by_heading(x->c, str_of(certificate[i]));
		if (!found || !str_eq(found->id, STR("certificate_number")))
			fail_msg("%s", certificate[i]);
	}
	assert_ptr_equal(field_by_heading(x->c, STR("监护人（姓名）")), named(x, "guardian_name"));
	assert_ptr_equal(field_by_heading(x->c, STR("身份证号(18位)")), named(x, "id_number"));
	assert_ptr_equal(field_by_heading(x->c, STR("乡镇（街道）")), named(x, "registration_township"));
	assert_ptr_equal(field_by_name(x->c, STR("残疾等级")), named(x, "level"));
	assert_null(field_by_name(x->c, STR("等级"))); /* a heading, not the name */
	assert_null(field_by_heading(x->c, STR("")));
	assert_null(field_by_heading(x->c, STR("（）")));
	assert_null(field_by_heading(x->c, STR("序号")));
}

static void
fields_say_what_they_are(void **state)
{
	room *x = *state;
	const field *id = named(x, "id_number"), *economic = named(x, "economic_type");

	assert_true(id->sealed && id->class == FIELD_SENSITIVE && id->type == FIELD_NID);
	assert_true(id->home == HOME_COLUMN && str_eq(id->where, STR("person")));
	assert_true(economic->many && economic->home == HOME_FACT);
	assert_ptr_equal(economic->list, code_list_find(x->c, STR("economic_type")));
	assert_int_equal(named(x, "bank_name")->subject, SUBJECT_BANK);
	assert_true(named(x, "age")->home == HOME_DERIVED && named(x, "age")->feel.n > 0);
	assert_true(str_eq(named(x, "registration_village")->where, STR("registration_place")));
	for (size_t i = 0; i < x->c->n; i++)
		assert_int_equal(x->c->field[i].number, i);
}

/* Every spelling of every item leads back to it: what is shown or exported can be read again. */
static void
codes_read_what_they_show(void **state)
{
	room *x = *state;

	assert_true(x->c->nlists >= 25);
	for (size_t i = 0; i < x->c->nlists; i++)
		for (size_t k = 0; k < x->c->list[i].n; k++) {
			const code_list *l = &x->c->list[i];
			const code_item *item = &l->item[k];
			assert_ptr_equal(code_read(l, item->code), item);
			assert_ptr_equal(code_read(l, item->zh), item);
			assert_ptr_equal(code_read(l, item->en), item);
			assert_ptr_equal(code_find(l, item->code), item);
			if (item->number >= 0)
				assert_ptr_equal(code_by_number(l, item->number), item);
		}
}

static void
codes_have_variants(void **state)
{
	static const char *const cases[][3] = {
		{"category", "肢体残疾", "4"},
		{"level", "一级", "1"},
		{"level", "1级", "1"},
		{"level", "壹级", "1"},
		{"level", "I", "1"},
		{"level", "Ⅳ", "4"},
		{"level", "１", "1"},
		{"sex", "男性", "1"},
		{"sex", "女", "2"},
		{"ethnic", "汉族", "01"},
		{"ethnic", "汉", "01"},
		{"ethnic", "1", "01"},
		{"ethnic", "维吾尔", "05"},
		{"economic_type", "低保", "1"},
		{"economic_type", "无", "9"},
		{"guardian_relation", "母亲", "2"},
		{"guardian_relation", "村(居)民委员会", "7"},
		{"education", "文盲", "90"},
		{"generation", "三代证", "3"},
		{"generation", "e", "E"},
		{"marital", " 已婚 ", "20"},
		{"category", "视 力", "1"},
	};
	room *x = *state;

	for (size_t i = 0; i < LEN(cases); i++) {
		const code_item *item =
			code_read(code_list_find(x->c, str_of(cases[i][0])), str_of(cases[i][1]));
		if (!item || !str_eq(item->code, str_of(cases[i][2])))
			fail_msg("%s %s", cases[i][0], cases[i][1]);
	}
	assert_null(code_read(code_list_find(x->c, STR("level")), STR("五级")));
	assert_int_equal(code_number(STR("E")), 14);
	assert_int_equal(code_number(STR("07")), 7);
	assert_int_equal(code_number(STR("NEW")), -1);
}

/* ---- catalogues that are wrong ---- */

static pack_file
packed(arena *a, const char *name, str text)
{
	size_t cap = ZSTD_compressBound(text.n);
	char *to = arena_alloc(a, cap);
	size_t n = ZSTD_compress(to, cap, text.p, text.n, 1);

	assert_false(ZSTD_isError(n));
	return (pack_file){.name = name, .size = text.n, .packed = n, .bytes = to};
}

#define LIST    "id: sex\nname: {zh: 性别, en: Sex}\nsource: x\nitems:\n  - {code: \"1\", zh: 男, en: Male}\n"
#define PICTURE "card: M0 0h48\n"
#define HEAD    "words: {absent: [无], yes: [是], no: [否]}\nperson:\n  - {id: a, name: 甲, en: A, "

static void
refused_with(room *x, const char *list, const char *fields, const char *picture, const char *id, int64_t line)
{
	const pack_file v[] = {packed(x->a, "lists/codes/sex.yaml", str_of(list)),
			       packed(x->a, "lists/fields.yaml", str_of(fields)),
			       packed(x->a, "lists/pictures.yaml", str_of(picture))};
	const catalogue *c = NULL;
	int64_t at = 0;

	fault_clear(&x->f);
	assert_int_equal(catalogue_load(x->a, &x->f, &(pack){v, LEN(v)}, &c), RC_INVALID);
	for (size_t i = 0; i < x->f.nargs; i++)
		at = strcmp(x->f.arg[i].name, "line") == 0 ? x->f.arg[i].i : at;
	if (strcmp(x->f.id, id) != 0 || at != line)
		fail_msg("%s: %s", id, cstr(x->a, fault_print(x->a, &x->f)));
}

static void
refused(room *x, const char *list, const char *fields, const char *id, int64_t line)
{
	refused_with(x, list, fields, PICTURE, id, line);
}

static void
wrong_catalogues_are_refused_with_their_line(void **state)
{
	room *x = *state;
	const char *good = HEAD "type: text, lives: fact, class: public}\n";
	const pack_file v[] = {packed(x->a, "lists/codes/sex.yaml", STR(LIST)),
			       packed(x->a, "lists/fields.yaml", str_of(good)),
			       packed(x->a, "lists/pictures.yaml", STR(PICTURE))};
	const catalogue *c = NULL;

	assert_int_equal(catalogue_load(x->a, &x->f, &(pack){v, LEN(v)}, &c), RC_OK);
	assert_int_equal(c->n, 1);
	assert_string_equal(cstr(x->a, picture_find(c, STR("card"))), "M0 0h48");
	assert_int_equal(picture_find(c, STR("cart")).n, 0);
	refused_with(x, LIST, good, "card: M0 0h48\nbad: \"M0 0\\\"/><script>\"\n", "field.picture", 2);
	refused_with(x, LIST, good, "card: 0 0h48\n", "field.picture", 1);
	refused(x, LIST, HEAD "type: texts, lives: fact, class: public}\n", "yaml.choice", 3);
	refused(x, LIST, HEAD "type: text, lives: fact, class: open}\n", "yaml.choice", 3);
	refused(x, LIST, HEAD "type: code, list: sexes, lives: fact, class: public}\n", "field.list", 3);
	refused(x, LIST, HEAD "type: code, lives: fact, class: public}\n", "field.list_wanted", 3);
	refused(x, LIST, HEAD "type: text, list: sex, lives: fact, class: public}\n", "field.list_wanted", 3);
	refused(x, LIST, HEAD "type: text, lives: column, class: public}\n", "field.lives", 3);
	refused(x, LIST, HEAD "type: text, lives: part b, class: public}\n", "field.lives", 3);
	refused(x, LIST, HEAD "type: text, lives: fact, class: public, feel: 1}\n", "field.feel", 3);
	refused(x, LIST, HEAD "type: text, lives: derived, class: public, many: true}\n", "field.many_values",
		3);
	refused(x, LIST, HEAD "type: text, lives: fact, class: public, unit: cm}\n", "field.unit", 3);
	refused(x, LIST, HEAD "type: text, lives: fact, class: public, seal: true}\n", "yaml.unknown", 3);
	refused(x, LIST,
		HEAD "type: text, lives: fact, class: public}\n  - {id: b, name: 乙, en: B, type: text, "
		     "lives: fact, "
		     "class: public, also: [（甲）]}\n",
		"field.twice", 4);
	refused(x, LIST, "words: {absent: [无], yes: [是], no: [否]}\npeople: []\n", "yaml.choice", 2);
	refused(x, LIST "  - {code: \"2\", zh: 女, en: Female, also: [男]}\n", good, "field.twice", 6);
	refused(x, LIST "  - {code: \"1\", zh: 女, en: Female}\n", good, "field.twice", 6);
	refused(x, "id: sexes\nname: {zh: 甲, en: A}\nsource: x\nitems: []\n", good, "field.list_id", 1);
}

/* ---- values ---- */

static str
taken(room *x, const char *id, const char *raw)
{
	field_value v;
	fault_clear(&x->f);

	if (field_read(&x->r, &x->f, named(x, id), str_of(raw), &v) != RC_OK)
		fail_msg("%s %s: %s", id, raw, cstr(x->a, fault_print(x->a, &x->f)));
	return v.text;
}

static void
is(room *x, const char *id, const char *raw, const char *stored)
{
	str got = taken(x, id, raw);

	if (!str_eq(got, str_of(stored)))
		fail_msg("%s %s: %.*s", id, raw, STR_ARG(got));
}

static void
is_not(room *x, const char *id, const char *raw, const char *message)
{
	field_value v;
	fault_clear(&x->f);

	if (field_read(&x->r, &x->f, named(x, id), str_of(raw), &v) != RC_INVALID)
		fail_msg("%s %s was read as %.*s", id, raw, STR_ARG(v.text));
	if (strcmp(x->f.id, message) != 0)
		fail_msg("%s %s: %s", id, raw, x->f.id);
	assert_true(str_eq(x->f.field, str_of(id)));
	assert_false(v.given);
}

static void
values_are_read_as_people_write_them(void **state)
{
	static const char *const days[] = {"2024-03-05",     "2024/3/5",           "2024.3.5",
					   "20240305",       "2024年3月5日",       "２０２４－０３－０５",
					   "2024年03月05号", "2024-03-05 00:00:00"};
	room *x = *state;

	for (size_t i = 0; i < LEN(days); i++)
		is(x, "born", days[i], "2024-03-05");
	is(x, "name", " 张 三 ", "张三");
	is(x, "name", "阿卜杜拉•买买提", "阿卜杜拉·买买提");
	is(x, "name", "Li  Ming", "Li Ming");
	is(x, "phone", "138-0000-1234", "13800001234");
	is(x, "phone", "+86 13800001234", "13800001234");
	is(x, "phone", "（020）8123 4567", "02081234567");
	is(x, "id_number", "11010519491231002x", "11010519491231002X");
	is(x, "certificate_number", "11010519491231002X42B1", "11010519491231002X42B1");
	is(x, "bank_account", "6222 0212 3456 7890 128", "6222021234567890128");
	is(x, "bank_account", "44010123456789", "44010123456789");
	is(x, "category", "肢体残疾", "4");
	is(x, "registration_place", "990101", "990101000000");
	is(x, "registration_place", "990101001002", "990101001002");
	is(x, "phone", "无", "");
	is(x, "bank_account", " / ", "");
	is(x, "economic_type", "无", "9");
	is(x, "remarks", "", "");
}

static void
values_that_are_wrong_are_named(void **state)
{
	room *x = *state;
	char *longer = arena_alloc(x->a, 51 * 3 + 1);

	for (size_t i = 0; i < 51; i++)
		memcpy(longer + i * 3, "甲", 3);
	is_not(x, "name", longer, "field.value.long");
	is_not(x, "name", "张三2", "field.value.name");
	is_not(x, "name", "张三（女）", "field.value.name");
	is_not(x, "born", "2024-02-30", "field.value.date");
	is_not(x, "born", "2024-3", "field.value.date");
	is_not(x, "born", "5/3/2024", "field.value.date");
	is_not(x, "born", "二〇二四年", "field.value.date");
	is_not(x, "id_number", "11010519491231002", "nid.length");
	is_not(x, "id_number", "110105194912310021", "nid.check");
	is_not(x, "certificate_number", "11010519491231002X82", "cert.category");
	is_not(x, "id_number", "4.40101E+17", "field.value.spoilt");
	is_not(x, "id_number", "110105194912310000", "field.value.spoilt");
	is_not(x, "certificate_number", "11010519491231000000", "field.value.spoilt");
	is_not(x, "phone", "1380000123", "field.value.phone");
	is_not(x, "phone", "13800001234、13900001234", "field.value.phone");
	is_not(x, "bank_account", "6222021234567890123", "card.check");
	is_not(x, "bank_account", "1234567", "field.value.account");
	is_not(x, "level", "五级", "field.value.code");
	is_not(x, "registration_place", "99010", "field.value.region_code");
	is_not(x, "registration_place", "云州市", "field.value.region");
}

/* What is a word for nothing only in its one form is nothing, too. */
static void
nothing_in_another_form(void **state)
{
	room *x = *state;
	field_value v;

	assert_int_equal(field_read(&x->r, &x->f, named(x, "guardian_name"), STR("na\u2000."), &v), RC_OK);
	assert_false(v.given);
	assert_int_equal(v.text.n, 0);
}

static void
none_stands_alone(void **state)
{
	room *x = *state;
	const field *kinds = named(x, "economic_type");
	field_value v;

	assert_int_equal(field_read_answer(&x->r, &x->f, kinds, STR("1 低收入"), &v), RC_OK);
	assert_true(str_eq(v.text, STR("1 6")));
	assert_int_equal(field_read_answer(&x->r, &x->f, kinds, STR("9"), &v), RC_OK);
	assert_int_equal(field_read_answer(&x->r, &x->f, kinds, STR("9 1"), &v), RC_INVALID);
	assert_string_equal(x->f.id, "field.value.alone");
	fault_clear(&x->f);
	assert_int_equal(field_read_several(&x->r, &x->f, kinds, STR("低保\n无"), '\n', STR("、"), &v),
			 RC_INVALID);
	fault_clear(&x->f);
}

static void
cells_of_sheets_are_taken_as_what_they_are(void **state)
{
	room *x = *state;
	field_value v;

	assert_int_equal(field_read_cell(&x->r, &x->f, named(x, "born"),
					 &(cell){.kind = CELL_NUMBER, .text = STR("45356")}, &v),
			 RC_OK);
	assert_true(str_eq(v.text, STR("2024-03-05")));
	assert_int_equal(field_read_cell(&x->r, &x->f, named(x, "born"),
					 &(cell){.kind = CELL_DATE, .day = date_from_ymd(1990, 1, 31)}, &v),
			 RC_OK);
	assert_true(str_eq(v.text, STR("1990-01-31")) && v.given);
	assert_int_equal(field_read_cell(&x->r, &x->f, named(x, "phone"),
					 &(cell){.kind = CELL_NUMBER, .text = STR("1.3800001234E10")}, &v),
			 RC_OK);
	assert_true(str_eq(v.text, STR("13800001234")));
	assert_int_equal(field_read_cell(&x->r, &x->f, named(x, "id_number"),
					 &(cell){.kind = CELL_NUMBER, .text = STR("4.40101E+17")}, &v),
			 RC_INVALID);
	assert_string_equal(x->f.id, "field.value.spoilt");
	assert_true(str_eq(x->f.field, STR("id_number")));
	assert_int_equal(field_read_cell(&x->r, &x->f, named(x, "level"),
					 &(cell){.kind = CELL_ERROR, .text = STR("#N/A")}, &v),
			 RC_INVALID);
	assert_string_equal(x->f.id, "field.value.cell");
	assert_int_equal(field_read_cell(&x->r, &x->f, named(x, "id_number"),
					 &(cell){.kind = CELL_TEXT, .text = STR("'11010519491231002x")}, &v),
			 RC_OK);
	assert_true(str_eq(v.text, STR("11010519491231002X")) && v.nid.sex == NID_FEMALE);
	assert_int_equal(field_read_cell(&x->r, &x->f, named(x, "name"), &(cell){.kind = CELL_EMPTY}, &v),
			 RC_OK);
	assert_false(v.given);
}

static void
shows(room *x, const char *id, const char *stored, const char *shown)
{
	str got = field_show(&x->r, named(x, id), str_of(stored));

	if (!str_eq(got, str_of(shown)))
		fail_msg("%s %s: %.*s", id, stored, STR_ARG(got));
}

static void
masks(room *x, const char *id, const char *stored, const char *shown)
{
	str got = field_mask(&x->r, named(x, id), str_of(stored));

	if (!str_eq(got, str_of(shown)))
		fail_msg("%s %s: %.*s", id, stored, STR_ARG(got));
}

static void
values_are_shown_and_masked(void **state)
{
	room *x = *state;

	shows(x, "category", "4", "肢体");
	shows(x, "born", "1990-01-31", "1990-01-31");
	shows(x, "level", "", "");
	shows(x, "level", "77", "77");
	shows(x, "hearing_right_500", "75", "75 dB HL");
	shows(x, "field_right", "10", "10°");
	shows(x, "field_right", "", "");
	x->r.lang = MSG_EN;
	shows(x, "category", "4", "Limb");
	x->r.lang = MSG_ZH;
	masks(x, "id_number", "11010519491231002X", "110105********002X");
	masks(x, "certificate_number", "11010519491231002X42B1", "110105********002X42B1");
	masks(x, "phone", "13800001234", "138****1234");
	masks(x, "phone", "8123456", "****3456");
	masks(x, "bank_account", "6222021234567890128", "****0128");
	masks(x, "residence_address", "沙面街道翠洲社区3号楼201", "沙面街道翠洲社区****");
	masks(x, "residence_address", "3号楼201", "****");
	masks(x, "category", "4", "肢体");
	masks(x, "phone", "", "");
	masks(x, "phone", "打邻居电话", "****"); /* found by fuzzing: half a character was shown */
	masks(x, "bank_account", "现金", "****");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(fields_are_found_by_every_name, open_room, close_room),
		cmocka_unit_test_setup_teardown(fields_say_what_they_are, open_room, close_room),
		cmocka_unit_test_setup_teardown(codes_read_what_they_show, open_room, close_room),
		cmocka_unit_test_setup_teardown(codes_have_variants, open_room, close_room),
		cmocka_unit_test_setup_teardown(wrong_catalogues_are_refused_with_their_line, open_room,
						close_room),
		cmocka_unit_test_setup_teardown(values_are_read_as_people_write_them, open_room, close_room),
		cmocka_unit_test_setup_teardown(values_that_are_wrong_are_named, open_room, close_room),
		cmocka_unit_test_setup_teardown(nothing_in_another_form, open_room, close_room),
		cmocka_unit_test_setup_teardown(none_stands_alone, open_room, close_room),
		cmocka_unit_test_setup_teardown(cells_of_sheets_are_taken_as_what_they_are, open_room,
						close_room),
		cmocka_unit_test_setup_teardown(values_are_shown_and_masked, open_room, close_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
