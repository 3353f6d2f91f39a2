/* intake_test.c - a county's roster loaded on both engines: every planted fault named with its row, the same
 * file twice, what is left to complete, undo, and the ledger that proves it. */
#include "app/intake/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/intake/sample.h"
#include "app/region/tenant.h"
#include "io/file.h"
#include "io/xlsx_write.h"
#include "store/fixture.h"
#include "store/ledger.h"

#include <cmocka.h>

enum { COUNTY = 990101, ROWS = 30000 };

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
	{29999, SC_ADDRESS, "\x7f", "[户籍详细地址]"},
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

static void
a_roster_is_loaded(fixture *x)
{
	office *o = office_open(x);
	str bytes = made_sheet(o, ROWS, faults, FAULTS), col[SAMPLE_COLUMNS];
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

	intake *again = opened(o, bytes);
	ok(x, intake_run(again, &x->f, true));
	counts(again, 0, ROWS - FAULTS, 0, FAULTS);
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
	ok(x, import_undo(x->s, x->a, &x->f, &o->who, intake_id(in), x->now, &n));
	assert_int_equal(n, 1000);
	assert_false(is_found(o, col[SC_ID]));
	assert_false(is_found(o, col[SC_CERT]));
	assert_int_equal(import_undo(x->s, x->a, &x->f, &o->who, intake_id(in), x->now, &n), RC_CONFLICT);
	assert_string_equal(x->f.id, "intake.undone");
	whole(x);

	again = opened(o, bytes);
	ok(x, intake_run(again, &x->f, true));
	counts(again, 1000, 0, 0, 0);
	assert_true(is_found(o, col[SC_ID]));
	store_command c = {.fn = telephoned, .in = &intake_results(again)[700], .a = x->a, .now = x->now};
	ok(x, store_write(x->s, &x->f, &c));
	assert_int_equal(import_undo(x->s, x->a, &x->f, &o->who, intake_id(again), x->now, &n), RC_CONFLICT);
	assert_string_equal(x->f.id, "intake.built_on");
	assert_true(is_found(o, col[SC_ID]));
	whole(x);
}

BOTH(a_roster_is_loaded)
BOTH(an_import_is_undone)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_roster_is_loaded),
		BOTH_TESTS(an_import_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
