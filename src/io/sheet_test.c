/* sheet_test.c - one door for every kind of upload; what is written is read back as it was. */
#include "io/sheet.h"

#include "base/date.h"
#include "io/io_test.h"
#include "io/sheet_child.h"
#include "io/xlsx_write.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
reads_csv(void **state)
{
	arena *a = *state;
	fault f = {0};
	sheet *s = NULL;
	cell_row row;

	check_ok(&f, sheet_open(a, &f, STR("\xd0\xd5\xc3\xfb;x;\r\n;;\r\n;\"2\";;\r\n"), SHEET_LIMITS, &s));
	assert_int_equal(sheet_kind(s), SHEET_CSV);
	for (int again = 0; again < 2; again++) {
		check_ok(&f, sheet_begin(s, &f, 0));
		check_ok(&f, sheet_next(s, &f, &row));
		assert_true(row.row == 1 && row.n == 2 && row.cell[0].kind == CELL_TEXT);
		check_str(row.cell[0].text, STR("姓名"));
		check_ok(&f, sheet_next(s, &f, &row));
		assert_true(row.row == 3 && row.n == 2 && row.cell[0].kind == CELL_EMPTY);
		assert_int_equal(sheet_next(s, &f, &row), RC_NOT_FOUND);
	}
}

static void
refuses(void **state)
{
	static const struct {
		str bytes;
		rc code;
		const char *id;
	} row[] = {
		{STR(""), RC_INVALID, "sheet.empty"},
		{STR("\xef\xbb\xbf\r\n"), RC_INVALID, "sheet.empty"},
		{STR("<html><body><table>"), RC_INVALID, "sheet.html"},
		{STR("\n<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"), RC_INVALID,
		 "sheet.html"},
		{STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), RC_INVALID, "xlsx.xls"},
		{STR("PK\x03\x04"), RC_INVALID, "zip.damaged"},
		{STR("\x89PNG\r\n\x1a\n\0\0"), RC_INVALID, "text.binary"},
		{STR("123456789012345678901"), RC_LIMIT, "sheet.size"},
	};
	fault f = {0};
	sheet *s = NULL;
	sheet_limits most = SHEET_LIMITS;

	for (size_t i = 0; i < LEN(row); i++) {
		most.bytes = row[i].code == RC_LIMIT ? 20 : 1000;
		check_fault(&f, sheet_open(*state, &f, row[i].bytes, most, &s), row[i].code, row[i].id);
	}
}

static str
slurp(arena *a, const char *path)
{
	int fd = open(path, O_RDONLY);
	struct stat st;

	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	char *p = arena_alloc(a, (size_t)st.st_size);
	assert_true(read(fd, p, (size_t)st.st_size) == st.st_size);
	close(fd);
	return (str){p, (size_t)st.st_size};
}

static const xlsx_column columns[] = {
	{STR("身份证号"), XLSX_TEXT, 22},
	{STR("人数"), XLSX_INT, 8},
	{STR("金额"), XLSX_FEN, 12},
	{STR("出生日期"), XLSX_DAY, 12},
};

static void
writes_what_it_reads(void **state)
{
	arena *a = *state;
	char path[] = "/tmp/zhucan-sheet-XXXXXX";
	fault f = {0};
	xlsx_out *o = NULL;
	sheet *s = NULL;
	cell_row row;

	close(mkstemp(path));
	xlsx_plan plan = {
		.path = str_of(path), .sheet = STR("名单/一"), .columns = LEN(columns), .column = columns};
	check_ok(&f, xlsx_create(a, &f, &plan, &o));
	xlsx_put_text(o, STR("440101199001011234"));
	xlsx_put_int(o, -5);
	xlsx_put_fen(o, 123450);
	xlsx_put_day(o, date_from_ymd(1990, 1, 1));
	check_ok(&f, xlsx_end_row(o, &f));
	xlsx_put_text(o, STR("=1+1"));
	xlsx_put_int(o, 9007199254740993);
	xlsx_put_nothing(o);
	xlsx_put_day(o, date_from_ymd(1899, 12, 31));
	check_ok(&f, xlsx_end_row(o, &f));
	check_ok(&f, xlsx_finish(o, &f));

	check_ok(&f, sheet_open(a, &f, slurp(a, path), SHEET_LIMITS, &s));
	unlink(path);
	assert_int_equal(sheet_count(s), 1);
	check_str(sheet_name(s, 0), STR("名单_一"));
	check_ok(&f, sheet_begin(s, &f, 0));
	check_ok(&f, sheet_next(s, &f, &row));
	check_str(row.cell[3].text, STR("出生日期"));
	check_ok(&f, sheet_next(s, &f, &row));
	assert_true(row.row == 2 && row.n == 4);
	assert_int_equal(row.cell[0].kind, CELL_TEXT);
	check_str(row.cell[0].text, STR("440101199001011234"));
	assert_int_equal(row.cell[1].kind, CELL_NUMBER);
	check_str(row.cell[1].text, STR("-5"));
	check_str(row.cell[2].text, STR("1234.5"));
	assert_int_equal(row.cell[3].kind, CELL_DATE);
	assert_int_equal(row.cell[3].day, date_from_ymd(1990, 1, 1));
	check_ok(&f, sheet_next(s, &f, &row));
	assert_int_equal(row.cell[0].kind, CELL_TEXT); /* a formula would have no value, or 2 */
	check_str(row.cell[0].text, STR("=1+1"));
	assert_int_equal(row.cell[1].kind, CELL_TEXT);
	check_str(row.cell[1].text, STR("9007199254740993"));
	assert_int_equal(row.cell[2].kind, CELL_EMPTY);
	check_str(row.cell[3].text, STR("1899-12-31"));
	assert_int_equal(sheet_next(s, &f, &row), RC_NOT_FOUND);
}

static void
says_when_it_cannot_write(void **state)
{
	fault f = {0};
	xlsx_out *o = NULL;
	xlsx_plan plan = {
		.path = STR("/nowhere/at/all.xlsx"), .sheet = STR("a"), .columns = 1, .column = columns};

	check_ok(&f, xlsx_create(*state, &f, &plan, &o));
	xlsx_put_text(o, STR("x"));
	check_ok(&f, xlsx_end_row(o, &f));
	check_fault(&f, xlsx_finish(o, &f), RC_IO, "xlsx.out.failed");
	check_ok(&f, xlsx_create(*state, &f, &plan, &o)); /* begun and let go with the arena */
}

/* Whatever the parsers of a child can complain of, the server passes on: their sources are searched for
 * FAILs. */
static void
passes_on_every_fault(void **state)
{
	static const char *const file[] = {"csv",  "sheet",     "sheet_child", "text",
					   "xlsx", "xlsx_rows", "xml",         "zip"};
	static const str prefix[] = {STR("csv."),  STR("sheet."), STR("text."),
				     STR("xlsx."), STR("xml."),   STR("zip.")};
	size_t found = 0;

	for (size_t i = 0; i < LEN(file); i++) {
		str rest = slurp(*state, str_fmt(*state, SOURCE_ROOT "/src/io/%s.c", file[i]).p);
		for (ptrdiff_t at = 0; (at = str_find(rest, STR("FAIL("))) >= 0;) {
			rest = str_from(rest, (size_t)at + 5);
			str id = str_from(rest, (size_t)str_find_char(rest, '"') + 1);
			id = str_sub(id, 0, (size_t)str_find_char(id, '"'));
			for (size_t k = 0; k < LEN(prefix); k++) {
				if (!str_starts(id, prefix[k]))
					continue;
				found++;
				if (!sheet_child_may_say(id))
					print_error("%.*s is not passed on\n", STR_ARG(id));
				assert_true(sheet_child_may_say(id));
			}
		}
	}
	assert_true(found > 50);
	assert_false(sheet_child_may_say(STR("person.nid")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_csv),
		TEST(refuses),
		TEST(writes_what_it_reads),
		TEST(says_when_it_cannot_write),
		TEST(passes_on_every_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
