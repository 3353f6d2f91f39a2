/* xlsx_test.c - cells as they were typed; everything else that people upload refused by its name. */
#include "io/xlsx.h"

#include "io/io_test.h"
#include "io/xlsx_priv.h"
#include "io/zip_make.h"

#define MAIN " xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
#define REL  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PKG  "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"

/* A workbook of two sheets, the second hidden; what is NULL is left out. */
typedef struct book {
	const char *workbook, *sheet, *strings, *styles;
} book;

static str
make(arena *a, book b)
{
	zip_make z = zip_make_in(a);

	zip_make_add(&z, STR("_rels/.rels"),
		     STR(PKG "<Relationship Id='r' Type='" REL
			     "/officeDocument' Target='xl/workbook.xml'/></Relationships>"),
		     false);
	zip_make_add(&z, STR("xl/workbook.xml"),
		     str_of(b.workbook ? b.workbook
				       : "<workbook" MAIN " xmlns:r='" REL
					 "'><sheets><sheet name='名单' sheetId='1' r:id='a'/>"
					 "<sheet name='旧' sheetId='2' state='hidden' "
					 "r:id='b'/></sheets></workbook>"),
		     true);
	zip_make_add(&z, STR("xl/_rels/workbook.xml.rels"),
		     STR(PKG "<Relationship Id='a' Type='" REL "/worksheet' Target='worksheets/sheet1.xml'/>"
			     "<Relationship Id='b' Type='" REL
			     "/worksheet' Target='/xl/worksheets/../worksheets/sheet1.xml'/>"
			     "<Relationship Id='c' Type='" REL "/sharedStrings' Target='sharedStrings.xml'/>"
			     "<Relationship Id='d' Type='" REL "/styles' Target='./styles.xml'/>"
			     "<Relationship Id='e' Type='" REL
			     "/chartsheet' Target='x.xml'/></Relationships>"),
		     true);
	if (b.sheet)
		zip_make_add(&z, STR("xl/worksheets/sheet1.xml"), str_of(b.sheet), true);
	if (b.strings)
		zip_make_add(&z, STR("xl/sharedStrings.xml"), str_of(b.strings), true);
	if (b.styles)
		zip_make_add(&z, STR("xl/styles.xml"), str_of(b.styles), true);
	return zip_make_end(&z);
}

static str
rows(const char *inside)
{
	static char text[4096]; /* of the test that runs */
	int n = snprintf(text, sizeof text, "<worksheet" MAIN "><sheetData>%s</sheetData></worksheet>",
			 inside);

	return (str){text, (size_t)n};
}

/* Every row as "number: T(text) N(number) …;" and the fault at the end; f is a formula's. */
static str
dump(arena *a, str file, bool merges)
{
	static const char letter[] = {'-', 'T', 'N', 'D', 'B', 'E'};
	buf b = buf_in(a);
	fault f = {0};
	xlsx *x = NULL;
	xlsx_rows *r = NULL;
	cell_row row;

	rc code = xlsx_open(
		a, &f, file,
		(xlsx_limits){
			.rows = 5, .columns = 8, .cell = 100, .merges = 4, .texts = 1000, .total = 8 << 20},
		&x);
	if (code == RC_OK)
		code = xlsx_begin(x, a, &f, 0, merges, &r);
	while (code == RC_OK && (code = xlsx_next(r, &f, &row)) == RC_OK) {
		buf_fmt(&b, "%u%s:", row.row, row.hidden ? "h" : "");
		for (size_t i = 0; i < row.n; i++) {
			const cell *c = &row.cell[i];
			buf_fmt(&b, " %s%c", c->formula ? "f" : "", letter[c->kind]);
			if (c->kind != CELL_EMPTY)
				buf_fmt(&b, "(%.*s)", STR_ARG(c->text));
			if (c->merged)
				buf_fmt(&b, "=%.*s", STR_ARG(cell_value(c)->text));
		}
		buf_c(&b, ';');
	}
	if (code != RC_NOT_FOUND)
		buf_fmt(&b, "%s", f.id);
	return buf_str(&b);
}

static void
reads_cells(void **state)
{
	arena *a = *state;
	book b = {
		.sheet = "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData>"
			 "<x:row r='1'><x:c r='A1' t='s'><x:v>0</x:v></x:c><x:c r='C1' "
			 "t='s'><x:v>1</x:v></x:c></x:row>"
			 "<x:row r='3' hidden='1'><x:c r='A3' "
			 "t='inlineStr'><x:is><x:r><x:t>a</x:t></x:r><x:rPh><x:t>no</x:t>"
			 "</x:rPh><x:r><x:t>b</x:t></x:r></x:is></x:c><x:c><x:v>4.40101E+17</x:v></x:c>"
			 "<x:c t='str'><x:f>A1&amp;1</x:f><x:v>x_x000D_y</x:v></x:c><x:c "
			 "t='b'><x:v>1</x:v></x:c>"
			 "<x:c t='e'><x:v>#N/A</x:v></x:c><x:c s='1'><x:v>45809</x:v></x:c>"
			 "<x:c t='d'><x:v>2025-06-01T08:30:00</x:v></x:c></x:row>"
			 "<x:row r='4' s='2'><x:c r='A4' s='1'/></x:row>"
			 "<x:row><x:c s='2'><x:v>1.5</x:v></x:c><x:c s='9'><x:v> -2 </x:v></x:c></x:row>"
			 "</x:sheetData></x:worksheet>",
		.strings =
			"<sst" MAIN
			"><si><t>姓名</t></si><si><r><t xml:space='preserve'> 张</t></r><rPh><t>zh</t></rPh>"
			"<r><t>三 </t></r></si></sst>",
		.styles = "<styleSheet" MAIN
			  "><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;m'/></numFmts>"
			  "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
			  "<cellXfs><xf numFmtId='0'/><xf numFmtId='170'/><xf "
			  "numFmtId='2'/></cellXfs></styleSheet>",
	};

	check_str(
		dump(a, make(a, b), true),
		STR("1: T(姓名) - T( 张三 );3h: T(ab) N(4.40101E+17) fT(x\ry) B(TRUE) E(#N/A) D(2025-06-01) "
		    "D(2025-06-01 08:30:00);5: N(1.5) N(-2);"));
}

static void
knows_sheets(void **state)
{
	arena *a = *state;
	fault f = {0};
	xlsx *x = NULL;

	check_ok(&f, xlsx_open(a, &f, make(a, (book){.sheet = "<worksheet" MAIN "/>"}), XLSX_LIMITS, &x));
	assert_int_equal(xlsx_count(x), 2);
	check_str(xlsx_at(x, 0)->name, STR("名单"));
	assert_false(xlsx_at(x, 0)->hidden);
	assert_true(xlsx_at(x, 1)->hidden);
}

/* Serial numbers of both epochs, the day that never was, seconds that round into the next day. */
static void
counts_days(void **state)
{
	static const char days[] =
		"<c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>60</v></c><c s='1'><v>61</v></c>"
		"<c s='1'><v>45809.354166666664</v></c><c s='1'><v>45809.9999999</v></c>"
		"<c s='1'><v>0.5</v></c><c s='1'><v>2958466</v></c>";
	arena *a = *state;
	book b = {.styles = "<styleSheet" MAIN
			    "><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"};

	b.sheet = cstr(a, rows(cstr(a, str_fmt(a, "<row>%s</row>", days))));
	check_str(dump(a, make(a, b), false), STR("1: D(1900-01-01) D(1900-02-28) N(60) D(1900-03-01) "
						  "D(2025-06-01 08:30:00) D(2025-06-02) N(0.5) N(2958466);"));
	b.workbook = "<workbook" MAIN " xmlns:r='" REL "'><workbookPr date1904='1'/>"
		     "<sheets><sheet name='a' r:id='a'/></sheets></workbook>";
	b.sheet = cstr(
		a, rows("<row><c s='1'><v>1</v></c><c s='1'><v>60</v></c><c s='1'><v>44347</v></c></row>"));
	check_str(dump(a, make(a, b), false), STR("1: D(1904-01-02) D(1904-03-01) D(2025-06-01);"));
}

static void
finds_merged_values(void **state)
{
	static const char sheet[] =
		"<worksheet" MAIN "><sheetData><row r='1'><c r='A1' t='str'><v>镇</v></c></row>"
		"<row r='2'><c r='A2' t='str'><v>一村</v></c><c r='B2'><v>1</v></c></row>"
		"<row r='3'><c r='B3'><v>2</v></c></row><row r='4'><c r='B4'><v>3</v></c></row>"
		"</sheetData><mergeCells count='2'><mergeCell ref='A1:C1'/><mergeCell  "
		"ref=\"A2:A3\"/></mergeCells></worksheet>";
	arena *a = *state;

	check_str(dump(a, make(a, (book){.sheet = sheet}), true),
		  STR("1: T(镇) -=镇 -=镇;2: T(一村) N(1);3: -=一村 N(2);4: - N(3);"));
	check_str(dump(a,
		       make(a, (book){.sheet = "<w><row><c><v>1</v></c></row><row><c><v>2</v></c></row>"
					       "<mergeCell ref='A1:F2'/><mergeCell ref='C2:XFD9'/></w>"}),
		       true),
		  STR("1: N(1) -=1 -=1 -=1 -=1 -=1;xlsx.damaged.row")); /* they overlap */
	check_str(dump(a, make(a, (book){.sheet = sheet}), false),
		  STR("1: T(镇);2: T(一村) N(1);3: - N(2);4: - N(3);"));
}

static void
refuses_bad_sheets(void **state)
{
	static const struct {
		const char *rows, *want;
	} row[] = {
		{"", ""},
		{"<row r='2'/><row r='2'/>", "xlsx.damaged.row"},
		{"<row r='1048577'><c><v>1</v></c></row>", "xlsx.damaged.row"},
		{"<row r='99999999999999999999'/>", "xlsx.damaged.row"},
		{"<row r='1'><c r='A2'><v>1</v></c></row>", "xlsx.damaged.row"},
		{"<row r='1'><c r='B1'><v>1</v></c><c r='A1'/></row>", "xlsx.damaged.row"},
		{"<row r='1'><c r='ZZZZ1'/></row>", "xlsx.damaged.row"},
		{"<row r='1'><c r='XFD1'/></row>", ""},
		{"<row r='1'><c r='XFE1'/></row>", "xlsx.damaged.row"},
		{"</sheetData><dimension ref='A1:XFD1048576'/><cols><col min='1' max='16384' "
		 "width='9'/></cols><sheetData>"
		 "<row r='1048576' spans='1:16384'><c r='A1048576'><v>1</v></c></row>",
		 "1048576: N(1);"}, /* what it claims to be costs nothing */
		{"<row r='1'><c r='XFD1'><v>1</v></c></row>", "xlsx.columns"},
		{"<row r='1'><c t='s'><v>0</v></c></row>", "xlsx.damaged.row"},
		{"<row r='1'><c t='s'><v>-1</v></c></row>", "xlsx.damaged.row"},
		{"<row r='1'><c t='z'><v>0</v></c></row>", "xlsx.damaged.row"},
		{"<row r='1'><c><v>12x</v></c></row>", "xlsx.damaged.row"},
		{"<row r='1'><c t='d'><v>2025-02-30</v></c></row>", "xlsx.damaged.row"},
		{"<row r='1'><c t='str'><v>\xff</v></c></row>", "xml.syntax"},
		{"<row r='1'><c t='str'><v>&#xD800;</v></c></row>", "xml.syntax"},
		{"<row><c><v>1</v></c></row><row><c><v>1</v></c></row><row><c><v>1</v></c></row>"
		 "<row><c><v>1</v></c></row><row><c><v>1</v></c></row><row><c><v>1</v></c></row>",
		 "1: N(1);2: N(1);3: N(1);4: N(1);5: N(1);xlsx.rows"},
		{"<row><c><v>1</v></c></row><row>", "1: N(1);xml.syntax"},
		{"<row r='1'><c "
		 "t='str'><v>0123456789012345678901234567890123456789012345678901234567890123456789"
		 "0123456789012345678901234567890</v></c></row>",
		 "xlsx.cell"},
	};
	arena *a = *state;

	for (size_t i = 0; i < LEN(row); i++)
		check_str(dump(a, make(a, (book){.sheet = cstr(a, rows(row[i].rows))}), true),
			  str_of(row[i].want));
	check_str(dump(a,
		       make(a, (book){.sheet = "<!DOCTYPE w [<!ENTITY a "
					       "'aaaa'>]><worksheet><sheetData/></worksheet>"}),
		       true),
		  STR("xml.dtd"));
	buf b = buf_in(a);
	for (int i = 0; i < 5; i++)
		buf_fmt(&b, "<mergeCell ref='A%d:B%d'/>", i + 1, i + 1);
	check_str(dump(a, make(a, (book){.sheet = cstr(a, rows(cstr(a, buf_str(&b))))}), true),
		  STR("xlsx.merges"));
	buf_clear(&b);
	for (int i = 0; i < 70; i++)
		buf_lit(&b, "<a>");
	check_str(dump(a, make(a, (book){.sheet = cstr(a, rows(cstr(a, buf_str(&b))))}), true),
		  STR("xml.depth"));
}

static void
refuses_other_files(void **state)
{
	static const str ole = STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0");
	static const str locked =
		STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0");
	arena *a = *state;
	zip_make ods = zip_make_in(a), docx = zip_make_in(a), xlsb = zip_make_in(a), empty = zip_make_in(a);

	zip_make_add(&ods, STR("mimetype"), STR("application/vnd.oasis.opendocument.spreadsheet"), false);
	zip_make_add(&ods, STR("content.xml"), STR("<a/>"), false);
	zip_make_add(&docx, STR("_rels/.rels"),
		     STR(PKG "<Relationship Id='r' Type='" REL
			     "/officeDocument' Target='word/document.xml'/></Relationships>"),
		     false);
	zip_make_add(&xlsb, STR("_rels/.rels"),
		     STR(PKG "<Relationship Id='r' Type='" REL
			     "/officeDocument' Target='xl/workbook.bin'/></Relationships>"),
		     false);
	check_str(dump(a, STR(""), true), STR("xlsx.kind"));
	check_str(dump(a, STR("姓名,身份证号"), true), STR("xlsx.kind"));
	check_str(dump(a, ole, true), STR("xlsx.xls"));
	check_str(dump(a, locked, true), STR("xlsx.password"));
	check_str(dump(a, zip_make_end(&ods), true), STR("xlsx.ods"));
	check_str(dump(a, zip_make_end(&docx), true), STR("xlsx.kind"));
	check_str(dump(a, zip_make_end(&xlsb), true), STR("xlsx.xlsb"));
	check_str(dump(a, zip_make_end(&empty), true), STR("xlsx.kind"));
	check_str(dump(a, make(a, (book){0}), true), STR("xlsx.damaged"));
	check_str(dump(a, make(a, (book){.workbook = "<workbook/>", .sheet = "<a/>"}), true),
		  STR("xlsx.damaged"));
	str whole = make(a, (book){.sheet = "<worksheet/>"});
	check_str(dump(a, str_sub(whole, 0, whole.n - 30), true), STR("zip.damaged"));
}

static void
tells_numbers(void **state)
{
	static const struct {
		str text, plain;
		bool spoilt;
	} row[] = {
		{STR("4.40101E+17"), STR("440101000000000000"), true},
		{STR("440101199001011008"), STR("440101199001011000"), true},
		{STR("999999999999999"), STR("999999999999999"), false},
		{STR("1.3800138E10"), STR("13800138000"), false},
		{STR("1.1000000000000001"), STR("1.1"), false},
		{STR("0.1"), STR("0.1"), false},
		{STR("-1200"), STR("-1200"), false},
		{STR("1E-3"), STR("0.001"), false},
		{STR("0"), STR("0"), false},
		{STR("1-2"), STR("1-2"), false},
	};
	static const struct {
		str code;
		bool is_date;
	} format[] = {
		{STR("yyyy-mm-dd"), true},
		{STR("m\"月\"d\"日\""), true},
		{STR("[$-804]yyyy\"年\"m\"月\";@"), true},
		{STR("h:mm"), false},
		{STR("[h]:mm:ss"), false},
		{STR("mm:ss"), false},
		{STR("0.00E+00"), false},
		{STR("General"), false},
		{STR("[Red]0.00"), false},
		{STR("0\"day\""), false},
		{STR("\\d0"), false},
		{STR("e\"年\""), true},
		{STR("G/通用格式"), false},
		{STR("0;d"), false},
		{STR("\"open"), false},
	};
	char column[CELL_COLUMN];

	for (size_t i = 0; i < LEN(row); i++) {
		cell c = {.kind = CELL_NUMBER, .text = row[i].text};
		check_str(cell_plain(*state, &c), row[i].plain);
		assert_int_equal(cell_is_spoilt(&c), row[i].spoilt);
	}
	cell text = {.kind = CELL_TEXT, .text = STR("440101199001011000")};
	assert_false(cell_is_spoilt(&text));
	for (size_t i = 0; i < LEN(format); i++)
		assert_int_equal(xlsx_format_is_date(format[i].code), format[i].is_date);
	check_str(cell_column(0, column), STR("A"));
	check_str(cell_column(25, column), STR("Z"));
	check_str(cell_column(26, column), STR("AA"));
	check_str(cell_column(16383, column), STR("XFD"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_cells),         TEST(knows_sheets),       TEST(counts_days),
		TEST(finds_merged_values), TEST(refuses_bad_sheets), TEST(refuses_other_files),
		TEST(tells_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
