/* intake_test.c - a county's roster loaded on both engines: every planted fault named with its row, the same
 * file twice, what is left to complete, undo, and the ledger that proves it. */
#include "app/intake/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/intake/photo.h"
#include "app/intake/roster.h"
#include "app/intake/sample.h"
#include "app/region/tenant.h"
#include "base/utf8.h"
#include "io/file.h"
#include "io/xlsx_write.h"
#include "io/zip_make.h"
#include "store/fixture.h"
#include "store/ledger.h"

#include <cmocka.h>

enum { COUNTY = 990101, ROWS = SAMPLE_COUNTY };

/* ---- a site with a county ---- */

typedef struct office {
	fixture *x;
	arena *a;
	const catalogue *c;
	actor who;
	sample people;
} office;

static void
ok(fixture *x, rc r)
{
	if (r != RC_OK)
		print_error("%s\n", cstr(x->a, fault_print(x->a, &x->f)));
	assert_int_equal(r, RC_OK);
}

static office *
office_open(fixture *x)
{
	office *o = arena_new(x->a, office);
	region_numbers list = {0};
	interval *area = arena_new(x->a, interval);
	int64_t n = 0;
	tenant_found_in in = {.region = (int64_t)COUNTY * 1000000,
			      .day = date_from_ymd(2024, 1, 1),
			      .name = STR(""),
			      .name_en = STR("")};

	*o = (office){.x = x, .a = x->a, .people = sample_of(x->a, COUNTY)};
	x->now = date_start_instant(date_from_ymd(2026, 6, 1));
	ok(x, catalogue_load(x->a, &x->f, &pack_all, &o->c));
	*vec_add(x->a, &list) = 99;
	ok(x, region_load(x->s, &pack_all, &x->f, &list, x->now, &n));
	store_command c = {.fn = tenant_found_run, .in = &in, .out = &n, .a = x->a, .now = x->now};
	ok(x, store_write(x->s, &x->f, &c));
	*area = (interval){(int64_t)COUNTY * 1000000, (int64_t)(COUNTY + 1) * 1000000};
	o->who = (actor){.kind = ACTOR_STAFF,
			 .tenant = COUNTY,
			 .account = 7,
			 .office = 9,
			 .scope = {.v = area, .n = 1}};
	perms_add(&o->who.perms, PERM_PERSON_READ);
	perms_add(&o->who.perms, PERM_LIST_IMPORT);
	perms_add(&o->who.perms, PERM_PERSON_REVEAL);
	o->who.fields = FIELD_PUBLIC | FIELD_INTERNAL | FIELD_PERSONAL | FIELD_SENSITIVE;
	return o;
}

/* ---- sheets ---- */

/* A fault planted in a row (from 0) of the sheet, and a piece of the sentence that must name it. */
typedef struct planted {
	size_t row;
	enum sample_column column;
	const char *text, *say;
} planted;

static void
plant(const planted *v, size_t n, size_t row, str *col)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].row == row)
			col[v[i].column] = str_of(v[i].text);
}

/* The sheet of `rows` people as XLSX bytes, with a title line above the headings. */
static str
made_sheet(office *o, size_t rows, const planted *v, size_t n)
{
	fixture *x = o->x;
	arena *own = arena_open(x->a, 0);
	xlsx_column c[SAMPLE_COLUMNS] = {0};
	str path = fixture_path(x, "roster.xlsx"), bytes, col[SAMPLE_COLUMNS];
	sample s = o->people;
	xlsx_out *out = NULL;

	for (size_t i = 0; i < SAMPLE_COLUMNS; i++)
		c[i] = (xlsx_column){.title = i ? STR("") : STR("朝露区持证残疾人名单"), .width = 10};
	ok(x, xlsx_create(own, &x->f,
			  &(xlsx_plan){.path = path,
				       .sheet = STR("名单"),
				       .now = x->now,
				       .columns = SAMPLE_COLUMNS,
				       .column = c},
			  &out));
	for (size_t i = 0; i < SAMPLE_COLUMNS; i++)
		xlsx_put_text(out, str_of(sample_heading[i]));
	ok(x, xlsx_end_row(out, &x->f));
	arena *line = arena_open(own, 0);
	for (size_t i = 0; i < rows; i++) {
		arena_reset(line);
		s.a = line;
		sample_person(&s, i, col);
		plant(v, n, i, col);
		for (size_t k = 0; k < SAMPLE_COLUMNS; k++)
			xlsx_put_text(out, col[k]);
		ok(x, xlsx_end_row(out, &x->f));
	}
	ok(x, xlsx_finish(out, &x->f));
	ok(x, file_read(x->a, &x->f, path, 64 << 20, &bytes));
	arena_close(own);
	return bytes;
}

static intake *
opened(office *o, str bytes)
{
	fixture *x = o->x;
	intake_table *t = intake_table_new(x->a);
	sheet *s = NULL;
	intake *in = NULL;

	ok(x, sheet_open(x->a, &x->f, bytes, SHEET_LIMITS, &s));
	ok(x, intake_table_read(t, &x->f, s));
	ok(x, intake_table_map(t, &x->f, o->c, NULL));
	ok(x, intake_open(x->a, &x->f,
			  &(intake_ask){.s = x->s,
					.c = o->c,
					.who = &o->who,
					.table = t,
					.file = STR("名单.xlsx"),
					.sha256 = STR("00"),
					.now = x->now,
					.demo = true},
			  &in));
	return in;
}

static void
counts(const intake *in, int64_t added, int64_t same, int64_t differs, int64_t refused)
{
	intake_counts n = intake_count(in);

	if (n.added != added || n.same != same || n.differs != differs || n.refused != refused)
		fail_msg("added %lld, same %lld, differs %lld, refused %lld", (long long)n.added,
			 (long long)n.same, (long long)n.differs, (long long)n.refused);
	assert_int_equal(n.total, added + same + differs + refused);
}

static void
whole(fixture *x)
{
	static const uint8_t key[32] = {0};
	ledger_report *r = arena_new(x->a, ledger_report);

	ok(x,
	   ledger_check(x->s, x->a, &x->f,
			&(ledger_ask){
				.scratch = fixture_path(x, "scratch"), .key = key, .derived = person_derived},
			r));
	if (r->nfindings > 0)
		fail_msg("%lld findings: %s %s %.*s", (long long)r->nfindings, r->findings.v[0].id,
			 r->findings.v[0].table, STR_ARG(r->findings.v[0].key));
}

/* ---- the county's roster ---- */

static const planted faults[] = {
	{3, SC_NAME, "", "姓名"},
	{10, SC_NAME, "张三2", "[姓名]"},
	{11, SC_ID, "4.40101E+17", "丢失"},
	{12, SC_ID, "990101194001010000", "丢失"},
	{13, SC_ID, "99010119400101001", "18 位"},
	{14, SC_ID, "990101194001320019", "出生日期"},
	{15, SC_ID, "990101194001010018", "校验码"},
	{16, SC_ID, "100101194001010015", "省级代码"},
	{17, SC_ID, "待查", "18 位"},
	{21, SC_BORN, "1999-02-30", "[出生日期]"},
	{22, SC_BORN, "1899-12-31", "不一致"},
	{23, SC_SEX, "男女", "[性别]"},
	{24, SC_SEX, "女", "性别与身份证号"},
	{30, SC_ETHNIC, "火星族", "[民族]"},
	{31, SC_CERT, "990101194001010018", "20 位"},
	{32, SC_CERT, "11010519491231002X43", "前 18 位"},
	{40, SC_CATEGORY, "心脏", "[残疾类型]"},
	{41, SC_CATEGORY, "言语", "第 19 位"},
	{50, SC_LEVEL, "五级", "[残疾级别]"},
	{52, SC_PARTS, "视力甲级", "视力一级；肢体二级"},
	{53, SC_PARTS, "视力一级；听力一级", "残疾详情"},
	{60, SC_CAUSE, "天意", "[残疾原因]"},
	{61, SC_PLACE, "990101999999", "行政区划"},
	{62, SC_PLACE, "示例省", "至少到县"},
	{63, SC_PLACE, "示例省青禾市", "至少到县"},
	{64, SC_PLACE, "99010", "行政区划"},
	{70, SC_PHONE, "1380000", "[手机号码]"},
	{71, SC_PHONE, "13800000001；13900000001", "[手机号码]"},
	{80, SC_MARITAL, "也许", "[婚姻]"},
	{81, SC_EDUCATION, "幼儿园", "[学历]"},
	{82, SC_HOUSEHOLD, "军籍", "[户口类别]"},
	{83, SC_HARDSHIP, "富裕", "[低保情况]"},
	{90, SC_ISSUED, "去年", "[发证时间]"},
	{91, SC_ISSUED, "2030-01-01", "晚于今天"},
	{92, SC_ISSUED, "1930-01-01", "早于出生"},
	{93, SC_EXPIRES, "2001-01-01", "早于发证"},
	{100, SC_GUARDIAN_ID, "12345", "[监护人身份证号码]"},
	{101, SC_GUARDIAN_PHONE, "x", "[监护人联系电话]"},
	{102, SC_ACCOUNT, "6222020000000000001", "[银行卡号]"},
	{ROWS - 1, SC_ADDRESS, "\x7f", "[户籍详细地址]"},
};

enum { FAULTS = LEN(faults), TITLES = 3 }; /* the first person stands in row 3 */

static void
every_fault_is_named(const intake *in)
{
	const intake_result *r = intake_results(in);
	size_t refused = 0;

	for (size_t i = 0; i < FAULTS; i++) {
		const intake_result *k = &r[faults[i].row];
		if (k->verdict != INTAKE_REFUSED || k->nreasons == 0)
			fail_msg("row %zu (%s) passed", faults[i].row, faults[i].text);
		bool named = false;
		for (size_t n = 0; n < k->nreasons; n++)
			named = named || str_find(k->reason[n], str_of(faults[i].say)) >= 0;
		if (!named)
			fail_msg("row %zu (%s): %.*s", faults[i].row, faults[i].text, STR_ARG(k->reason[0]));
	}
	for (size_t i = 0; i < ROWS; i++) {
		if (r[i].verdict == INTAKE_REFUSED && ++refused > FAULTS)
			fail_msg("row %zu: %.*s", i, STR_ARG(r[i].reason[0]));
	}
	assert_int_equal(refused, FAULTS);
}

/* The sheet that goes back: the refused rows in their order, with the reason behind. */
static void
refused_rows_come_back(office *o, const intake *in)
{
	fixture *x = o->x;
	str path = fixture_path(x, "refused.xlsx"), bytes;
	int64_t n = 0;
	sheet *s = NULL;
	cell_row row;

	ok(x, intake_write_refused(in, x->a, &x->f, path, &n));
	assert_int_equal(n, FAULTS);
	ok(x, file_read(x->a, &x->f, path, 64 << 20, &bytes));
	ok(x, sheet_open(x->a, &x->f, bytes, SHEET_LIMITS, &s));
	ok(x, sheet_begin(s, &x->f, 0));
	ok(x, sheet_next(s, &x->f, &row));
	assert_int_equal(row.n, SAMPLE_COLUMNS + 1);
	assert_true(str_eq(row.cell[SAMPLE_COLUMNS].text, STR("原因")));
	for (size_t i = 0; i < FAULTS; i++) {
		ok(x, sheet_next(s, &x->f, &row));
		const cell *c = &row.cell[faults[i].column];
		assert_true(faults[i].text[0] == 0 || faults[i].text[0] == 0x7f ||
			    str_eq(c->text, str_of(faults[i].text)));
		assert_true(row.cell[SAMPLE_COLUMNS].text.n > 0);
	}
}

static bool
is_found(office *o, str number)
{
	fixture *x = o->x;
	arena *own = arena_open(x->a, 0);
	const person_ref *ref = NULL;
	db *d = NULL;

	ok(x, store_read(x->s, own, &x->f, &d));
	rc r = person_by_number(d, own, &x->f, &o->who, number, date_of_instant(x->now), &ref);
	arena_close(own);
	assert_true(r == RC_OK || r == RC_NOT_FOUND);
	return r == RC_OK;
}

/* ---- photos ---- */

enum { PHOTOS = 500, FIRST_PHOTO = 1000, BY_NAME = ROWS - 1000 };

#define RARE_NAME "阿依古丽·买买提"

static str
photo_of(arena *a, size_t i)
{
	return str_fmt(a, "\xff\xd8\xff photo %zu", i);
}

/* 498 named by number in two ways, one by a name that is there once, one of nobody; and what is no photo. */
static str
album_of(office *o)
{
	arena *a = o->a;
	zip_make z = zip_make_in(a);
	str col[SAMPLE_COLUMNS];

	for (size_t i = 0; i < PHOTOS - 2; i++) {
		sample_person(&o->people, FIRST_PHOTO + i, col);
		zip_make_add(&z,
			     str_fmt(a, i % 2 ? "照片/%.*s.jpg" : "照片/%.*s_%.*s.JPG", STR_ARG(col[SC_ID]),
				     STR_ARG(col[SC_NAME])),
			     photo_of(a, i), false);
	}
	zip_make_add(&z, STR("照片/" RARE_NAME ".jpg"), photo_of(a, PHOTOS), true);
	zip_make_add(&z, STR("照片/无名氏甲乙.jpg"), photo_of(a, 0), false);
	sample_person(&o->people, FIRST_PHOTO + PHOTOS, col);
	zip_make_add(&z, str_fmt(a, "%.*s.jpg", STR_ARG(col[SC_ID])), STR("GIF89a"), false);
	return zip_make_end(&z);
}

static void
photos_find_their_people(office *o, const intake *in)
{
	fixture *x = o->x;
	photo_report r;
	str zip = album_of(o), papers = fixture_path(x, "papers"), bytes, col[SAMPLE_COLUMNS];
	const person_ref *ref = NULL;
	person_view p;
	db *d = NULL;
	arena *own = arena_open(x->a, 0);

	ok(x, intake_photos(in, x->a, &x->f, zip, papers, &r));
	assert_int_equal(r.given, PHOTOS - 1);
	assert_int_equal(r.kept, 0);
	assert_int_equal(r.left.n, 2);
	assert_true(str_find(r.left.v[0].name, STR("无名氏")) >= 0);
	assert_true(str_find(r.left.v[1].why, STR("JPG")) >= 0);
	ok(x, intake_photos(in, x->a, &x->f, zip, papers, &r));
	assert_int_equal(r.given, 0);
	assert_int_equal(r.kept, PHOTOS - 1);

	sample_person(&o->people, FIRST_PHOTO + 7, col);
	ok(x, store_read(x->s, own, &x->f, &d));
	ok(x, person_by_number(d, own, &x->f, &o->who, col[SC_ID], date_of_instant(x->now), &ref));
	ok(x, person_read(d, own, &x->f, ref, &p));
	ok(x, photo_read(d, own, &x->f, &p, papers, &bytes));
	assert_true(str_eq(bytes, photo_of(own, 7)));
	arena_close(own);
}

/* Who lacks a photo, or more. Components are never missing in this sheet; a photo nearly always is. */
static void
what_is_missing_is_listed(office *o, const intake *in)
{
	fixture *x = o->x;
	arena *own = arena_open(x->a, 0);
	import_people v;
	db *d = NULL;

	ok(x, store_read(x->s, own, &x->f, &d));
	ok(x, import_incomplete(d, own, &x->f, &o->who, intake_id(in), 0, ROWS, &v));
	assert_int_equal(v.n, ROWS - FAULTS - (PHOTOS - 1));
	for (size_t i = 0; i < v.n; i++)
		assert_true(v.v[i].missing & MISSING_PHOTO);
	arena_close(own);
}

/* ---- the way out ---- */

/* The roster written from the register, in the columns of the sheet. */
static str
exported(office *o, int64_t people)
{
	fixture *x = o->x;
	arena *own = arena_open(x->a, 0);
	roster_ask ask = {.who = &o->who,
			  .c = o->c,
			  .reveal = true,
			  .path = fixture_path(x, "out.xlsx"),
			  .now = x->now};
	roster_look look = {.ask = &ask, .purpose = STR("核对")};
	db *d = NULL;
	int64_t n = 0;
	str bytes;

	for (size_t i = 0; i < SAMPLE_COLUMNS; i++) {
		ask.field[i] = field_by_heading(o->c, str_of(sample_heading[i]));
		assert_non_null(ask.field[i]);
	}
	ask.nfields = SAMPLE_COLUMNS;
	store_command c = {.fn = roster_look_run, .in = &look, .a = x->a, .now = x->now};
	ok(x, store_write(x->s, &x->f, &c));
	ok(x, store_read(x->s, own, &x->f, &d));
	ok(x, roster_write(d, own, &x->f, &ask, &n));
	assert_int_equal(n, people);
	arena_close(own);
	ok(x, file_read(x->a, &x->f, ask.path, 64 << 20, &bytes));
	return bytes;
}

/* Cell by cell what was loaded of the first rows of the sheet, but for the words of places and kinds, which
 * the second loading proves. */
static void
the_export_is_what_was_loaded(office *o, const intake *in, uint64_t rows)
{
	static const enum sample_column exact[] = {
		SC_NAME,      SC_SEX,         SC_ETHNIC,         SC_ID,      SC_BORN,    SC_CERT,
		SC_CATEGORY,  SC_LEVEL,       SC_ADDRESS,        SC_HOME,    SC_PHONE,   SC_MARITAL,
		SC_EDUCATION, SC_HOUSEHOLD,   SC_HARDSHIP,       SC_ISSUED,  SC_EXPIRES, SC_GUARDIAN,
		SC_RELATION,  SC_GUARDIAN_ID, SC_GUARDIAN_PHONE, SC_ACCOUNT, SC_BANK,    SC_REMARKS};
	fixture *x = o->x;
	int64_t people = intake_count(in).total - intake_count(in).refused;
	str bytes = exported(o, people), col[SAMPLE_COLUMNS];
	sheet *s = NULL;
	cell_row row;
	map ids = map_in(x->a);
	int64_t n = 0;

	for (uint64_t i = 0; i < rows; i++) {
		sample_person(&o->people, i, col);
		str *kept = arena_array(x->a, str, SAMPLE_COLUMNS);
		memcpy(kept, col, sizeof col);
		if (i == BY_NAME && rows == ROWS)
			kept[SC_NAME] = STR(RARE_NAME);
		map_set(&ids, col[SC_ID], kept);
	}
	ok(x, sheet_open(x->a, &x->f, bytes, SHEET_LIMITS, &s));
	ok(x, sheet_begin(s, &x->f, 0));
	ok(x, sheet_next(s, &x->f, &row));
	for (; sheet_next(s, &x->f, &row) == RC_OK; n++) {
		assert_true(row.cell[SC_ID].kind == CELL_TEXT);
		const str *was = map_get(&ids, row.cell[SC_ID].text);
		assert_non_null(was);
		for (size_t i = 0; i < LEN(exact); i++) {
			str now = exact[i] < row.n ? row.cell[exact[i]].text : STR("");
			if (!str_eq(now, was[exact[i]]))
				fail_msg("%.*s: %s is %.*s", STR_ARG(was[SC_ID]), sample_heading[exact[i]],
					 STR_ARG(now));
		}
	}
	assert_int_equal(n, people);
	intake *again = opened(o, bytes);
	ok(x, intake_run(again, &x->f, false));
	counts(again, 0, people, 0, 0);
}

static void
a_roster_is_loaded(fixture *x)
{
	office *o = office_open(x);
	planted all[FAULTS + 1];
	str col[SAMPLE_COLUMNS];

	memcpy(all, faults, sizeof faults);
	all[FAULTS] = (planted){BY_NAME, SC_NAME, RARE_NAME, ""};
	str bytes = made_sheet(o, ROWS, all, FAULTS + 1);
	intake *in = opened(o, bytes);

	ok(x, intake_run(in, &x->f, false));
	every_fault_is_named(in);
	counts(in, ROWS - FAULTS, 0, 0, FAULTS);
	refused_rows_come_back(o, in);
	sample_person(&o->people, 5, col);
	assert_false(is_found(o, col[SC_ID])); /* a dry run enters nobody */

	ok(x, intake_run(in, &x->f, true));
	counts(in, ROWS - FAULTS, 0, 0, FAULTS);
	every_fault_is_named(in);
	assert_int_equal(intake_progress(in), ROWS);
	assert_true(is_found(o, col[SC_ID]));
	assert_true(is_found(o, col[SC_CERT]));
	photos_find_their_people(o, in);
	what_is_missing_is_listed(o, in);

	intake *again = opened(o, bytes);
	ok(x, intake_run(again, &x->f, true));
	counts(again, 0, ROWS - FAULTS, 0, FAULTS);
	the_export_is_what_was_loaded(o, in, ROWS);
	whole(x);
}

/* Something later about one of them: an event of another kind. */
static rc
telephoned(tx *t, const void *in, void *out)
{
	const intake_result *r = in;
	data_key key;

	(void)out;
	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), r->owner, r->person, &key));
	tx_event(t,
		 &(event_head){
			 .tenant = r->owner, .kind = "person.telephoned", .subject = r->person, .key = &key});
	return tx_event_end(t);
}

static rc
taken_back(office *o, const intake *in, int64_t *n)
{
	fixture *x = o->x;
	import_undoing ask = {.c = o->c, .who = &o->who, .id = intake_id(in), .now = x->now};

	return import_undo(x->s, x->a, &x->f, &ask, n);
}

static void
an_import_is_undone(fixture *x)
{
	office *o = office_open(x);
	str bytes = made_sheet(o, 1000, NULL, 0), col[SAMPLE_COLUMNS];
	intake *in = opened(o, bytes), *again = NULL;
	int64_t n = 0;

	sample_person(&o->people, 5, col);
	ok(x, intake_run(in, &x->f, true));
	counts(in, 1000, 0, 0, 0);
	assert_true(is_found(o, col[SC_ID]));
	the_export_is_what_was_loaded(o, in, 1000);
	ok(x, taken_back(o, in, &n));
	assert_int_equal(n, 1000);
	assert_false(is_found(o, col[SC_ID]));
	assert_false(is_found(o, col[SC_CERT]));
	assert_int_equal(taken_back(o, in, &n), RC_CONFLICT);
	assert_string_equal(x->f.id, "intake.undone");
	whole(x);

	again = opened(o, bytes);
	ok(x, intake_run(again, &x->f, true));
	counts(again, 1000, 0, 0, 0);
	assert_true(is_found(o, col[SC_ID]));
	store_command c = {.fn = telephoned, .in = &intake_results(again)[700], .a = x->a, .now = x->now};
	ok(x, store_write(x->s, &x->f, &c));
	assert_int_equal(taken_back(o, again, &n), RC_CONFLICT);
	assert_string_equal(x->f.id, "intake.built_on");
	assert_true(is_found(o, col[SC_ID]));
	whole(x);
}

/* The same row is known by its digest, and nothing is opened: what was altered behind the program's back is
 * not seen there. Whoever something happened to since, or whose digest is not there, is compared. */
static void
the_same_row_is_known_again(fixture *x)
{
	office *o = office_open(x);
	str bytes = made_sheet(o, 20, NULL, 0);
	intake *in = opened(o, bytes), *again = opened(o, bytes);

	ok(x, intake_run(in, &x->f, true));
	counts(in, 20, 0, 0, 0);
	const intake_result *r = intake_results(in);
	fixture_sql(x,
		    cstr(x->a, str_fmt(x->a, "UPDATE bank SET bank = '别家银行' WHERE person IN (%lld, %lld)",
				       (long long)r[3].person, (long long)r[4].person)));
	ok(x, intake_run(again, &x->f, true));
	counts(again, 0, 20, 0, 0);
	store_command c = {.fn = telephoned, .in = &r[3], .a = x->a, .now = x->now};
	ok(x, store_write(x->s, &x->f, &c));
	ok(x, intake_run(again, &x->f, true));
	counts(again, 0, 19, 1, 0);
	assert_int_equal(intake_results(again)[3].verdict, INTAKE_DIFFERS);
	assert_true(str_eq(intake_results(again)[3].differences.v[0].field->id, STR("bank_name")));
	fixture_sql(x, "UPDATE import_person SET digest = ''");
	ok(x, intake_run(again, &x->f, true));
	counts(again, 0, 18, 2, 0);
}

/* "１３８…" for "138…": what a sheet has when somebody typed with the Chinese keyboard. */
static const char *
full_width(arena *a, str s)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++)
		utf8_put(&b, s.p[i] > ' ' ? 0xff00u + (uint8_t)s.p[i] - 0x20u : (uint8_t)s.p[i]);
	return cstr(a, buf_str(&b));
}

static str
name_at(office *o, const intake_result *r)
{
	fixture *x = o->x;
	arena *own = arena_open(x->a, 0);
	const person_ref *ref = NULL;
	person_view v;
	db *d = NULL;

	ok(x, store_read(x->s, own, &x->f, &d));
	ok(x, person_open(d, x->a, &x->f, &o->who, COUNTY, r->person, &ref));
	ok(x, person_read(d, x->a, &x->f, ref, &v));
	arena_close(own);
	return v.name;
}

#define TEN "阿卜杜热合曼阿卜杜热"

/* Names as long as the law allows, characters that few machines have, digits of double width. */
static void
long_and_rare_names_come_in_whole(fixture *x)
{
	static const char fifty[] = TEN TEN "·" TEN TEN "买买提艾力·热合曼", /* 20 + 1 + 20 + 9 characters */
		more[] = TEN TEN "·" TEN TEN "买买提艾力·热合曼江";
	office *o = office_open(x);
	str col[SAMPLE_COLUMNS];

	assert_int_equal(utf8_count(str_of(fifty)), 50);
	sample_person(&o->people, 2, col);
	const planted odd[] = {
		{0, SC_NAME, fifty, ""},
		{1, SC_NAME, "曾国𠮷", ""},
		{2, SC_ID, full_width(x->a, col[SC_ID]), ""},
		{2, SC_CERT, full_width(x->a, col[SC_CERT]), ""},
		{2, SC_PHONE, full_width(x->a, col[SC_PHONE]), ""},
		{2, SC_BORN, "", ""},
		{3, SC_NAME, more, "[姓名]"},
		{4, SC_NAME, " 古丽 • 买买提 ", ""},
	};
	str number = col[SC_ID];
	intake *in = opened(o, made_sheet(o, 5, odd, LEN(odd)));

	ok(x, intake_run(in, &x->f, true));
	counts(in, 4, 0, 0, 1);
	const intake_result *r = intake_results(in);
	assert_true(str_eq(name_at(o, &r[0]), str_of(fifty)));
	assert_true(str_eq(name_at(o, &r[1]), STR("曾国𠮷")));
	assert_true(is_found(o, number));
	assert_true(is_found(o, str_of(full_width(x->a, number)))); /* typed so at a counter as well */
	assert_int_equal(r[3].verdict, INTAKE_REFUSED);
	assert_true(str_eq(name_at(o, &r[4]), STR("古丽·买买提")));
	whole(x);
}

/* ---- sheets as they come ---- */

/* A sheet of a few cells, written as CSV. */
static intake_table *
table_of(office *o, const char *csv, const heading_choices *chosen, rc expect)
{
	fixture *x = o->x;
	intake_table *t = intake_table_new(x->a);
	sheet *s = NULL;

	ok(x, sheet_open(x->a, &x->f, str_of(csv), SHEET_LIMITS, &s));
	ok(x, intake_table_read(t, &x->f, s));
	rc r = intake_table_map(t, &x->f, o->c, chosen);
	if (r != expect)
		fail_msg("%s", cstr(x->a, fault_print(x->a, &x->f)));
	return t;
}

static str
mapped(const intake_table *t, size_t i)
{
	return t->column[i].field ? t->column[i].field->id : STR("");
}

static void
headings_are_found_and_remembered(fixture *x)
{
	office *o = office_open(x);
	const char *csv =
		"朝露区残联,,,,\n制表：张某,,,2026年,\n序号,姓 名,证号,手机,联系电话\n,,,,\n1,张三,x,1,2\n";
	intake_table *t = table_of(o, csv, NULL, RC_OK);
	arena *own = arena_open(x->a, 0);
	heading_choices kept;
	db *d = NULL;

	assert_int_equal(t->columns, 5);
	assert_int_equal(t->rows.n, 1);
	assert_int_equal(t->rows.v[0].number, 5);
	assert_true(str_eq(mapped(t, 0), STR("")));
	assert_true(str_eq(mapped(t, 1), STR("name")));
	assert_true(str_eq(mapped(t, 2), STR("certificate_number")));
	assert_true(str_eq(mapped(t, 3), STR("phone")));
	assert_true(str_eq(mapped(t, 4), STR(""))); /* a second column of one field */

	heading_choice v[] = {{STR("手 机"), STR("guardian_phone")}, {STR("证号"), STR("")}};
	intake_headings_keep keep = {.who = &o->who, .v = v, .n = LEN(v)};
	store_command c = {.fn = intake_headings_run, .in = &keep, .a = x->a, .now = x->now};
	ok(x, store_write(x->s, &x->f, &c));
	v[1].field = STR("id_number"); /* he thinks better of it */
	ok(x, store_write(x->s, &x->f, &c));
	ok(x, store_read(x->s, own, &x->f, &d));
	ok(x, intake_headings_read(d, own, &x->f, &o->who, &kept));
	assert_int_equal(kept.n, 2);
	t = table_of(o, csv, &kept, RC_OK);
	assert_true(str_eq(mapped(t, 2), STR("id_number")));
	assert_true(str_eq(mapped(t, 3), STR("guardian_phone")));
	assert_true(str_eq(mapped(t, 4), STR("phone")));
	str text = intake_table_map_text(x->a, t);
	ok(x, heading_choices_read(x->a, &x->f, o->c, STR("map"), text, &kept));
	assert_int_equal(kept.n, 5);
	actor other = o->who;
	other.office = 10;
	ok(x, intake_headings_read(d, own, &x->f, &other, &kept));
	assert_int_equal(kept.n, 0);
	arena_close(own);

	table_of(o, "甲,乙\n1,2\n", NULL, RC_INVALID);
	assert_string_equal(x->f.id, "intake.headings");
	v[0].field = STR("nobody");
	table_of(o, csv, &(heading_choices){.v = v, .n = 2}, RC_INVALID);
	assert_string_equal(x->f.id, "intake.field");
	whole(x);
}

/* One row as a person about to be entered. */
static intake_read
row_of(office *o, const char *csv)
{
	fixture *x = o->x;
	intake_table *t = table_of(o, csv, NULL, RC_OK);
	intake_setting s = {.table = t, .today = date_of_instant(x->now), .demo = true};
	arena *own = arena_open(x->a, 0);
	intake_read r;
	db *d = NULL;

	ok(x, intake_setting_make(x->a, &x->f, o->c, &s));
	ok(x, store_read(x->s, own, &x->f, &d));
	ok(x, places_load(d, x->a, &x->f, &o->who.scope, &s.places));
	s.regions = places_regions(s.places);
	arena_close(own);
	intake_row_read(&s, x->a, &t->rows.v[0], &r);
	return r;
}

#define NUMBER "11010519491231002X"

static void
rows_are_read(fixture *x)
{
	office *o = office_open(x);
	intake_read r = row_of(o, "姓名,残疾证号,市,县区,乡镇（街道）,村（社区）,户籍地址,有效期,低保情况\n"
				  "张三," NUMBER "42,青禾市,朝露区,谷雨街道,南亩社区,3号楼,"
				  "2020.01.01至2030.01.01,低保、脱贫户\n");

	if (r.nreasons)
		fail_msg("%.*s", STR_ARG(r.reason[0]));
	assert_true(str_eq(r.person.id_number, STR(NUMBER)));
	assert_int_equal(r.person.sex, 2);
	assert_true(str_eq(r.person.born, STR("1949-12-31")));
	assert_int_equal(r.person.place[0].region, o->people.villages.v[0]);
	assert_true(str_eq(r.person.place[0].address, STR("3号楼")));
	assert_true(str_eq(r.person.certificate.expires, STR("2030-01-01")));
	assert_int_equal(r.person.certificate.category, 4);
	assert_int_equal(r.person.certificate.status, 2);
	assert_int_equal(r.person.certificate.nparts, 1);
	assert_int_equal(r.person.nfacts, 2);
	assert_true(str_eq(r.person.fact[1].value, STR("11")));
	assert_int_equal(r.missing, MISSING_ISSUED | MISSING_PHONE);

	r = row_of(o, "姓名,身份证号,家庭住址\n张三,110105491231002,示例省青禾市朝露区谷雨街道12号\n");
	assert_int_equal(r.nreasons, 0);
	assert_true(str_eq(r.person.id_number, STR(NUMBER)));
	assert_true(str_eq(r.person.place[0].address, STR("12号")));
	assert_false(r.person.has_certificate);
	assert_int_equal(r.missing, MISSING_VILLAGE | MISSING_PHONE);

	r = row_of(o, "姓名,残疾证号,户籍地,多重残疾详情\n张三," NUMBER "72,谷雨街道北望社区,\n");
	assert_int_equal(r.nreasons, 0);
	assert_true(r.missing & MISSING_COMPONENTS);
	r = row_of(o, "姓名,残疾证号,户籍地,多重残疾详情\n张三," NUMBER
		      "72,谷雨街道北望社区,肢体二级 听力残疾3级\n");
	assert_int_equal(r.nreasons, 0);
	assert_int_equal(r.person.certificate.nparts, 2);
	assert_int_equal(r.person.certificate.part[0].category, 2);
	assert_int_equal(r.person.certificate.part[0].level, 3);
	r = row_of(o, "姓名,残疾证号,户籍地,残疾类别\n张三," NUMBER "72,谷雨街道北望社区,肢体\n");
	assert_int_equal(r.nreasons, 1);
	r = row_of(o, "姓名,残疾证号,户籍地,居住地,现住址\n张三," NUMBER
		      "42,谷雨街道北望社区,远方省远方市,远方路1号\n");
	assert_int_equal(r.nreasons, 0);
	assert_int_equal(r.person.nplaces, 1);
	assert_true(r.missing & MISSING_RESIDENCE);
	r = row_of(o, "姓名,户籍地\n张三,谷雨街道北望社区\n");
	assert_int_equal(r.nreasons, 1);
}

BOTH(a_roster_is_loaded)
BOTH(an_import_is_undone)
BOTH(the_same_row_is_known_again)
BOTH(long_and_rare_names_come_in_whole)
BOTH(headings_are_found_and_remembered)
BOTH(rows_are_read)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_roster_is_loaded),
		BOTH_TESTS(an_import_is_undone),
		BOTH_TESTS(the_same_row_is_known_again),
		BOTH_TESTS(long_and_rare_names_come_in_whole),
		BOTH_TESTS(headings_are_found_and_remembered),
		BOTH_TESTS(rows_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
