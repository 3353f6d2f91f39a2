/* sheet_test.c - DMN and sheets go to and fro without loss; what other tools write is kept; what cannot be
 * understood is named with its place. */
#include "app/policy/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "app/policy/sheet_sample.h"
#include "io/file.h"
#include "io/zip_make.h"

enum { SEEDS = 300, SEEDS_ALL = 3000, XLSX_EVERY = 12, FILE_MAX = 16 << 20 };

static void
check_str(arena *a, str got, str want, const char *what)
{
	if (!str_eq(got, want))
		fail_msg("%s:\n%s\nnot\n%s", what, cstr(a, got), cstr(a, want));
}

static void
well(arena *a, rc r, const fault *f, const char *what)
{
	if (r != RC_OK)
		fail_msg("%s: %s", what, cstr(a, fault_print(a, f)));
}

static str
sample_file(arena *a, const char *name)
{
	fault f = {0};
	str text;

	well(a, file_read(a, &f, str_fmt(a, "%s/tests/policy/%s", SOURCE_ROOT, name), FILE_MAX, &text), &f,
	     name);
	return text;
}

static policy_node *
tree(arena *a, str xml)
{
	fault f = {0};
	policy_node *root = NULL;

	well(a, policy_tree_read(a, &f, STR("t.dmn"), xml, &root), &f, "read");
	return root;
}

static str
written(arena *a, policy_node *root)
{
	fault f = {0};
	str xml = STR("");

	well(a, policy_tree_write(a, &f, STR("t.dmn"), root, &xml), &f, "write");
	return xml;
}

static str
put(arena *a, policy_node *root, const grid *g)
{
	fault f = {0};
	str xml = STR("");

	well(a, grid_write(a, &f, STR("t.dmn"), root, g, NULL, 0, &xml), &f, "grid_write");
	return xml;
}

static grid
taken(arena *a, policy_node *root, const char *decision)
{
	fault f = {0};
	grid g = {0};

	well(a, grid_of(a, &f, root, str_of(decision), &g), &f, "grid_of");
	return g;
}

static grid
read_sheet(arena *a, str bytes)
{
	fault f = {0};
	normal_changes changes = {0};
	grid g = {0};

	well(a, grid_read(a, &f, bytes, &changes, &g), &f, "grid_read");
	assert_int_equal(changes.n, 0);
	return g;
}

static str
as_xlsx(arena *a, const grid *g)
{
	fault f = {0};
	int fd = -1;
	str path, bytes;

	well(a, file_hidden(a, &f, &fd, &path), &f, "file");
	well(a, grid_xlsx(a, &f, g, MSG_EN, path, 0), &f, "grid_xlsx");
	well(a, file_read(a, &f, path, FILE_MAX, &bytes), &f, "read");
	return bytes;
}

/* 300 tables, and 3,000 where ZHUCAN_TESTS is "all". */
static uint64_t
seeds(void)
{
	const char *which = getenv("ZHUCAN_TESTS");

	return which && strcmp(which, "all") == 0 ? SEEDS_ALL : SEEDS;
}

static void
random_tables_come_back_byte_for_byte_and_cell_for_cell(void **state)
{
	(void)state;
	for (uint64_t seed = 0, n = seeds(); seed < n; seed++) {
		arena *a = arena_open(NULL, 0);
		grid g = sample_grid(a, seed);
		str xml = put(a, grid_nothing(a, &g), &g);
		check_str(a, written(a, tree(a, xml)), xml, "read and written");
		grid back = taken(a, tree(a, xml), "");
		str text = sample_text(a, &back);
		grid csv = read_sheet(a, grid_csv(a, &back, MSG_ZH));
		check_str(a, sample_text(a, &csv), text, "through CSV");
		check_str(a, put(a, tree(a, xml), &csv), xml, "into the same file");
		check_str(a, put(a, grid_nothing(a, &csv), &csv), xml, "into a new file");
		if (seed % XLSX_EVERY == 0) {
			grid book = read_sheet(a, as_xlsx(a, &back));
			check_str(a, sample_text(a, &book), text, "through XLSX");
			check_str(a, put(a, tree(a, xml), &book), xml, "from XLSX");
		}
		arena_close(a);
	}
}

/* Random as they are, the tables have what they are said to have. */
static void
nothing_of_a_random_table_is_lost_on_the_first_way(void **state)
{
	(void)state;
	for (uint64_t seed = 0, n = seeds(); seed < n; seed++) {
		arena *a = arena_open(NULL, 0);
		grid g = sample_grid(a, seed), back = taken(a, tree(a, put(a, grid_nothing(a, &g), &g)), "");
		assert_int_equal(back.rows.n, g.rows.n);
		for (size_t i = 0; i < g.columns.n; i++) {
			const grid_column *c = &g.columns.v[i];
			size_t k = 0;
			while (k < back.columns.n && (back.columns.v[k].kind != c->kind ||
						      !str_eq(back.columns.v[k].heading, c->heading)))
				k++;
			for (size_t r = 0; r < g.rows.n; r++) {
				str want = g.rows.v[r].cell[i];
				if (k < back.columns.n)
					check_str(a, back.rows.v[r].cell[k], want, "cell");
				else /* a column that no rule says anything in */
					assert_int_equal(want.n, 0);
			}
		}
		arena_close(a);
	}
}

static feel_value
decided(arena *a, str xml, const char *decision, const char *inputs)
{
	fault f = {0};
	dmn_model *m = NULL;
	dmn_file file = {STR("t.dmn"), xml};
	feel_env env = {0};
	feel_expr *e = NULL;
	feel_value in, out;

	well(a, dmn_load(a, &f, &file, 1, false, &m), &f, "load");
	well(a, feel_parse(a, &f, str_of(inputs), NULL, FEEL_EXPRESSION, &e), &f, "inputs");
	well(a, feel_eval(a, &f, e, &env, &in), &f, "inputs");
	well(a, dmn_decide(a, &f, m, str_of(decision), in.context, &env, &out), &f, "decide");
	return out;
}

static bool
has(str text, const char *what)
{
	return str_find(text, str_of(what)) >= 0;
}

static void
what_dmn_js_writes_is_kept_and_becomes_1_5(void **state)
{
	arena *a = *state;
	str xml = written(a, tree(a, sample_file(a, "modeler.dmn")));
	buf b = buf_in(a);

	check_str(a, written(a, tree(a, xml)), xml, "twice");
	assert_true(has(xml, "xmlns=\"" DMN_SPACE "\"") && has(xml, "xmlns:dmndi=\"" DMNDI_SPACE "\""));
	assert_false(has(xml, "20191111"));
	assert_true(has(xml, "<dmndi:DMNEdge id=\"DMNEdge_1\" dmnElementRef=\"InformationRequirement_1\">"));
	assert_true(has(xml, "modeler:executionPlatform=\"Camunda Cloud\"") &&
		    has(xml, "biodi:width=\"192\""));
	assert_true(has(xml, "<inputEntry id=\"UnaryTests_11\">") && has(xml, "exporterVersion=\"5.20.0\""));
	feel_print(&b, decided(a, xml, "Care allowance", "{grade: \"3\", income: 900}"));
	check_str(a, buf_str(&b), STR("60"), "decided");
}

static void
what_camunda_7_writes_is_kept_with_extensions_of_others(void **state)
{
	arena *a = *state;
	str xml = written(a, tree(a, sample_file(a, "camunda7.dmn")));

	assert_true(has(xml, "camunda:versionTag=\"1.0\"") && has(xml, "camunda:inputVariable=\"grade\""));
	assert_true(has(xml, "<ns1:note ns1:kind=\"x\">as it stands</ns1:note>"));
	assert_true(has(xml, "value=\"理事会 &amp; &lt;处&gt;\""));
	assert_true(has(xml, "expressionLanguage=\"https://www.omg.org/spec/DMN/20230324/FEEL/\""));
	assert_false(has(xml, "20180521"));
	check_str(a, written(a, tree(a, xml)), xml, "twice");
}

/* What a diagram shows of an imported model is named with a prefix, which must be declared again. */
static void
names_with_a_prefix_keep_their_space(void **state)
{
	static const char xml[] =
		"<d:definitions xmlns:d='" DMN_SPACE "' xmlns:in='urn:in' name='n' namespace='urn:n'>"
		"<i:DMNDI xmlns:i='" DMNDI_SPACE "'><i:DMNDiagram><i:DMNShape dmnElementRef='in:_1'/>"
		"<i:DMNShape dmnElementRef='d:_2'/></i:DMNDiagram></i:DMNDI></d:definitions>";
	arena *a = *state;
	str now = written(a, tree(a, str_of(xml)));

	assert_true(has(now, "xmlns:ns1=\"urn:in\"") && has(now, "dmnElementRef=\"ns1:_1\""));
	assert_true(has(now, "dmnElementRef=\"_2\""));
	check_str(a, written(a, tree(a, now)), now, "twice");
}

static void
a_sheet_that_was_only_looked_at_changes_nothing(void **state)
{
	arena *a = *state;
	str xml = written(a, tree(a, sample_file(a, "modeler.dmn")));
	grid g = taken(a, tree(a, xml), "Care allowance"), csv = read_sheet(a, grid_csv(a, &g, MSG_ZH));

	check_str(a, put(a, tree(a, xml), &csv), xml, "modeler.dmn");
}

/* The lines of one that are not in the other. */
static size_t
lines_beyond(str text, str other)
{
	size_t n = 0;
	str line;

	while (str_next(&text, '\n', &line))
		n += str_find(other, line) < 0;
	return n;
}

static void
a_changed_cell_changes_one_line_and_a_new_row_its_own(void **state)
{
	arena *a = *state;
	str xml = written(a, tree(a, sample_file(a, "modeler.dmn")));
	grid g = taken(a, tree(a, xml), "Care allowance");

	g.rows.v[0].cell[2] = STR("130");
	str now = put(a, tree(a, xml), &g);
	assert_int_equal(lines_beyond(now, xml), 1);
	assert_true(has(now, "<outputEntry id=\"LiteralExpression_13\">\n            <text>130</text>") ||
		    has(now, "<text>130</text>"));
	grid_row *row = vec_add(a, &g.rows);
	*row = (grid_row){STR("SH-9"), arena_array(a, str, g.columns.n), 0};
	for (size_t i = 0; i < g.columns.n; i++)
		row->cell[i] = i == 0 ? STR("\"4\"") : i == 2 ? STR("7") : STR("");
	now = put(a, tree(a, xml), &g);
	assert_true(has(now, "<rule id=\"SH-9\">") && has(now, "<text>7</text>"));
	assert_true(has(now, "<inputEntry id=\"UnaryTests_31\">") && has(now, "DMNEdge_1"));
	g.rows.n = 1;
	now = put(a, tree(a, xml), &g);
	assert_false(has(now, "DecisionRule_2"));
	assert_true(has(now, "DecisionRule_1"));
}

static void
a_new_input_is_declared_and_required(void **state)
{
	arena *a = *state;
	str xml = written(a, tree(a, sample_file(a, "modeler.dmn")));
	fault f = {0};
	normal_changes none = {0};
	grid g = {0};
	buf b = buf_in(a);

	well(a,
	     grid_read(a, &f,
		       STR("编号,grade,income,地区,amount\n#列,输入,输入,输入,输出\n"
			   "#类型,string,number,string,number\n#决策,Care allowance\n#命中规则,第一条\n"
			   "a,-,< 9,\"\"\"甲\"\"\",1\nb,-,-,-,2\n"),
		       &none, &g),
	     &f, "sheet");
	str now = put(a, tree(a, xml), &g);
	assert_true(has(now, "<inputData id=\"input_地区\" name=\"地区\">"));
	assert_true(has(now, "<requiredInput href=\"#InputData_income\"/>") &&
		    has(now, "<requiredInput href=\"#input_地区\"/>"));
	feel_print(&b, decided(a, now, "Care allowance", "{grade: \"1\", income: 5, 地区: \"甲\"}"));
	check_str(a, buf_str(&b), STR("1"), "decided");
}

static void
full_width_signs_are_rewritten_and_told(void **state)
{
	arena *a = *state;
	policy_node *root = tree(a, sample_file(a, "camunda7.dmn"));
	normal_changes changes = {0};
	fault f = {0};
	grid g = {0};

	normal_tree(a, root, &changes);
	assert_int_equal(changes.n, 5);
	check_str(a, changes.v[0].sign, STR("，"), "sign");
	check_str(a, changes.v[0].now, STR(","), "now");
	assert_int_equal(changes.v[0].column, 5);
	assert_int_equal(changes.v[0].line, 39);
	check_str(a, changes.v[3].now, STR(">"), "now");
	str xml = written(a, root);
	assert_true(has(xml, "<text>\"一级\",\"二级\"</text>") && has(xml, "<text>&gt;= 60</text>"));
	assert_true(has(xml, "<text>办法第三条，第二款</text>"));
	changes.n = 0;
	normal_tree(a, tree(a, xml), &changes);
	assert_int_equal(changes.n, 0);
	well(a,
	     grid_read(a, &f,
		       STR("编号,年龄,金额,依据\n#列,输入,输出,附注\n#决策,补贴\n#命中规则,唯一\n"
			   "a,［６０．．７０）,３５０,《办法》（第三条）\n"),
		       &changes, &g),
	     &f, "sheet");
	check_str(a, g.rows.v[0].cell[0], STR("[60..70)"), "test");
	check_str(a, g.rows.v[0].cell[1], STR("350"), "amount");
	check_str(a, g.rows.v[0].cell[2], STR("《办法》（第三条）"), "told as it was");
	check_str(a, g.columns.v[2].heading, STR("citation"), "heading");
	assert_int_equal(changes.n, 11);
	check_str(a, changes.v[0].place, STR("B5"), "place");
	check_str(a, changes.v[10].place, STR("C5"), "place");
}

/* ---- what is wrong ---- */

static str
arg(const fault *f, const char *name)
{
	for (size_t i = 0; i < f->nargs; i++)
		if (strcmp(f->arg[i].name, name) == 0 && f->arg[i].is_text)
			return f->arg[i].s;
	return STR("");
}

static int64_t
number(const fault *f, const char *name)
{
	for (size_t i = 0; i < f->nargs; i++)
		if (strcmp(f->arg[i].name, name) == 0 && !f->arg[i].is_text)
			return f->arg[i].i;
	return -1;
}

#define HEAD "编号,年龄,金额\n#列,输入,输出\n#类型,number,number\n#决策,补贴\n#命中规则,唯一\n"

static const struct {
	const char *sheet, *id, *cell;
} bad_sheets[] = {
	{"年龄,金额\n#列,输入,输出\n", "policy.sheet.first", "A1"},
	{"编号,年龄,,金额\n#列,输入,输入,输出\n", "policy.sheet.heading", "C1"},
	{"编号,年龄,年龄,金额\n#列,输入,输入,输出\n#决策,d\n#命中规则,唯一\n", "policy.sheet.heading_twice",
	 "C1"},
	{"编号,年龄,金额,金额\n#列,输入,输出,输出\n#决策,d\n#命中规则,唯一\n", "policy.sheet.heading_twice",
	 "D1"},
	{"编号,年龄,金额\n#决策,d\n#命中规则,唯一\na,1,2\n", "policy.sheet.kinds", "A1"},
	{"编号,年龄,金额\n#列,输入,结果\n", "policy.sheet.kind", "C2"},
	{"编号,年龄,金额\n#列,输出,输入\n", "policy.sheet.order", "C2"},
	{"编号,年龄\n#列,输入\n#决策,d\n#命中规则,唯一\n", "policy.sheet.no_output", "A2"},
	{"编号,年龄,金额\n#列,输入,输出\n#命中规则,唯一\n", "policy.sheet.unnamed", "A1"},
	{"编号,年龄,金额\n#列,输入,输出\n#决策,d\n", "policy.sheet.no_hit", "A1"},
	{"编号,年龄,金额\n#列,输入,输出\n#命中规则,随便\n", "policy.sheet.hit", "B3"},
	{"编号,年龄,金额\n#列,输入,输出\n#决策,d,多出\n", "policy.sheet.extra", "C3"},
	{"编号,年龄,金额\n#列,输入,输出\n#备注,x\n", "policy.sheet.mark", "A3"},
	{"编号,年龄,金额\n#列,输入,输出\n#列,输入,输出\n", "policy.sheet.mark_twice", "A3"},
	{"编号,年龄,金额\n#列,输入,输出\n#缺省,5,0\n#决策,d\n#命中规则,唯一\n", "policy.sheet.extra", "B3"},
	{"编号,年龄,金额,话\n#列,输入,输出,说明\n#决策,d\n#命中规则,唯一\n", "policy.sheet.told", "D1"},
	{HEAD "a,1,2\n#类型,number,number\n", "policy.sheet.late", "A7"},
	{HEAD "a,1,2\n,3,4\n", "policy.sheet.no_id", "A7"},
	{HEAD "a,1,2\n1b,3,4\n", "policy.sheet.id", "A7"},
	{HEAD "a,1,2\na,3,4\n", "policy.sheet.id_twice", "A7"},
	{HEAD "a,1,2,3\n", "policy.sheet.extra", "D6"},
	{HEAD "a,=A1+1,2\n", "policy.sheet.formula", "B6"},
	{HEAD "a,1,\"1,000\"\n", "policy.sheet.grouped", "C6"},
	{HEAD "a,1,\"12,000,000.00\"\n", "policy.sheet.grouped", "C6"},
	{HEAD "a,1,\n", "policy.sheet.blank", "C6"},
	{HEAD "a,1,一百\n", "feel.name.unknown", "C6"},
	{HEAD "a,>= ,2\n", "feel.syntax.end", "B6"},
	{HEAD "a,1,350元\n", "feel.syntax.more", "C6"},
	{HEAD "a,\"\"\"六十\"\"\",2\n", "policy.sheet.type", "B6"},
	{HEAD "a,\"[\"\"a\"\"..\"\"b\"\"]\",2\n", "policy.sheet.type", "B6"},
	{HEAD "a,1,\"\"\"350\"\"\"\n", "policy.sheet.type", "C6"},
	{"编号,年龄,金额\n#列,输入,输出\n#类型,number,money\n#决策,d\n#命中规则,唯一\na,1,2\n",
	 "dmn.type.unknown", ""},
	{"编号,a + b,金额\n#列,输入,输出\n#决策,d\n#命中规则,唯一\na,1,2\n", "feel.name.unknown", "B1"},
};

static rc
import_sheet(arena *a, fault *f, str bytes)
{
	normal_changes changes = {0};
	grid g = {0};
	str xml;

	TRY(grid_read(a, f, bytes, &changes, &g));
	return grid_write(a, f, STR("t.dmn"), grid_nothing(a, &g), &g, NULL, 0, &xml);
}

static void
bad_sheets_are_refused_with_the_cell(void **state)
{
	arena *a = *state;

	for (size_t i = 0; i < LEN(bad_sheets); i++) {
		fault f = {0};
		rc r = import_sheet(a, &f, str_of(bad_sheets[i].sheet));
		if (r == RC_OK || strcmp(f.id, bad_sheets[i].id) != 0 ||
		    !str_eq(arg(&f, "cell"), str_of(bad_sheets[i].cell)))
			fail_msg("%s is %s, not %s %s", bad_sheets[i].sheet,
				 r == RC_OK ? "taken" : cstr(a, fault_print(a, &f)), bad_sheets[i].id,
				 bad_sheets[i].cell);
	}
}

#define OFFICE  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define T(text) "<c t='str'><v>" text "</v></c>"
#define TOP                                                                                                  \
	"<row>" T("编号") T("年龄") T("金额") T("公布日期") "</row><row>" T("#列") T("输入") T("输出")       \
		T("附注") "</row><row>" T("#决策") T("d") "</row><row>" T("#命中规则") T("唯一") "</row>"

static str
book(arena *a, const char *rows, const char *after)
{
	zip_make z = zip_make_in(a);

	zip_make_add(&z, STR("_rels/.rels"),
		     STR("<r><Relationship Id='r' Type='/officeDocument' Target='workbook.xml'/></r>"),
		     false);
	zip_make_add(&z, STR("workbook.xml"), STR("<w xmlns:r='" OFFICE "'><sheet name='s' r:id='a'/></w>"),
		     false);
	zip_make_add(&z, STR("_rels/workbook.xml.rels"),
		     STR("<r><Relationship Id='a' Type='/worksheet' Target='s.xml'/>"
			 "<Relationship Id='c' Type='/styles' Target='y.xml'/></r>"),
		     false);
	zip_make_add(&z, STR("y.xml"), STR("<s><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></s>"),
		     false);
	zip_make_add(&z, STR("s.xml"),
		     str_fmt(a, "<worksheet><sheetData>%s%s</sheetData>%s</worksheet>", TOP, rows, after),
		     false);
	return zip_make_end(&z);
}

static void
what_a_workbook_hides_is_refused_with_the_cell(void **state)
{
	static const struct {
		const char *rows, *after, *id, *cell;
	} rows[] = {
		{"<row>" T("a") "<c><v>60</v></c><c><v>350.5</v></c><c s='1'><v>45809</v></c></row>", "",
		 NULL, ""},
		{"<row>" T("a") T("60") "<c t='b'><v>1</v></c></row>", "", NULL, ""},
		{"<row>" T("a") T("1") T("2") "</row><row>" T("b") "<c/>" T("2") "</row>",
		 "<mergeCells><mergeCell ref='B5:B6'/></mergeCells>", "policy.sheet.merged", "B6"},
		{"<row hidden='1'>" T("a") T("1") T("2") "</row>", "", "policy.sheet.hidden", "A5"},
		{"<row>" T("a") T("1") "<c><f>1+1</f><v>2</v></c></row>", "", "policy.sheet.formula", "C5"},
		{"<row>" T("a") T("1") "<c t='str'><f>x</f><v></v></c></row>", "", "policy.sheet.formula",
		 "C5"},
		{"<row>" T("a") T("1") "<c t='e'><v>#N/A</v></c></row>", "", "policy.sheet.error", "C5"},
		{"<row>" T("a") T("1") "<c><v>4.40101E+17</v></c></row>", "", "policy.sheet.spoilt", "C5"},
		{"<row>" T("a") "<c s='1'><v>45809</v></c>" T("1") "</row>", "", "policy.sheet.date", "B5"},
		/* a number that is stored as text is the number that stands there, or it is refused */
		{"<row>" T("a") T("60") T("350.50") "</row>", "", NULL, ""},
		{"<row>" T("a") T("60") T("350元") "</row>", "", "feel.syntax.more", "C5"},
		{"<row>" T("a") T("60") T("1,000") "</row>", "", "policy.sheet.grouped", "C5"},
		{"<row>" T("a") T("六十") T("1") "</row>", "", "feel.name.unknown", "B5"},
		{"<row>" T("a") T("1") T("2") T("") "<c><v>9</v></c></row>", "", "policy.sheet.extra", "E5"},
	};
	arena *a = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		fault f = {0};
		rc r = import_sheet(a, &f, book(a, rows[i].rows, rows[i].after));
		bool as_said = rows[i].id ? r != RC_OK && strcmp(f.id, rows[i].id) == 0 &&
						    str_eq(arg(&f, "cell"), str_of(rows[i].cell))
					  : r == RC_OK;
		if (!as_said)
			fail_msg("%zu is %s, not %s %s", i,
				 r == RC_OK ? "taken" : cstr(a, fault_print(a, &f)),
				 rows[i].id ? rows[i].id : "taken", rows[i].cell);
	}
}

#define DMN(body)                                                                                            \
	"<definitions xmlns='" DMN_SPACE "' xmlns:x='urn:x' name='n' namespace='urn:n'>\n" body              \
	"</definitions>"
#define DECISION(id, name, body) "<decision id='" id "' name='" name "'>" body "</decision>\n"
#define TABLE(body)                                                                                          \
	DECISION("d", "d",                                                                                   \
		 "<decisionTable "                                                                           \
		 "id='t'><input><inputExpression><text>1</text></inputExpression></input>\n" body            \
		 "</decisionTable>")
#define RULE                                                                                                 \
	"<rule "                                                                                             \
	"id='r'><inputEntry><text>1</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>"

static void
bad_models_are_refused_with_the_line(void **state)
{
	static const struct {
		const char *xml, *id;
		int line;
	} rows[] = {
		{"<definitions", "xml.syntax", 1},
		{DMN(DECISION("d", "d", "")) "x", "xml.syntax", 3},
		{"<!DOCTYPE d [<!ENTITY a 'b'>]><definitions/>", "xml.dtd", 1},
		{"<definitions name='n' namespace='urn:n'/>", "policy.tree.version", 1},
		{"<definitions xmlns='http://www.omg.org/spec/DMN/20151101/dmn.xsd' name='n' namespace='n'/>",
		 "policy.tree.version", 1},
		{"<html xmlns='http://www.w3.org/1999/xhtml'/>", "policy.tree.version", 1},
		{"<definitions xmlns='" DMN_SPACE "' namespace='n'/>", "policy.tree.missing", 1},
		{DMN("<decision/>"), "policy.tree.missing", 2},
		{DMN(DECISION("d", "d", "<colour/>")), "policy.tree.element", 2},
		{DMN(DECISION("d", "d", "") "<import name='i' namespace='i' importType='i'/>"),
		 "policy.tree.element", 3},
		{DMN("<x:other/>"), "policy.tree.element", 2},
		{DMN(DECISION("d", "d", "text")), "policy.tree.text", 2},
		{DMN("<decision id='d' name='d' colour='red'/>"), "policy.tree.attribute", 2},
		{DMN(DECISION("1", "d", "")), "policy.tree.id", 2},
		{DMN(DECISION("d", "d", "") DECISION("d", "e", "")), "policy.tree.twice", 3},
		{DMN(DECISION("d", "d", "") DECISION("e", "d", "")), "policy.tree.name", 3},
		{DMN(TABLE("<output name='a'/>\n<output name='a'/>")), "policy.tree.name", 4},
		{DMN(TABLE("")), "policy.tree.missing", 2},
		{DMN("<decision name='d'><decisionTable "
		     "hitPolicy='BEST'><output/></decisionTable></decision>"),
		 "policy.tree.word", 2},
		{DMN(DECISION(
			 "d", "d",
			 "<informationRequirement><requiredInput href='#no'/></informationRequirement>")),
		 "policy.tree.href", 2},
		{DMN("<itemDefinition "
		     "name='t'><allowedValues><text>1</text></allowedValues></itemDefinition>"),
		 "policy.tree.type", 2},
		{DMN("<itemDefinition name='t'><typeRef>a</typeRef><itemComponent "
		     "name='c'/></itemDefinition>"),
		 "policy.tree.type", 2},
		{DMN(DECISION("d", "d", "<extensionElements>\n<x:a>text<x:b/></x:a></extensionElements>")),
		 "policy.tree.text", 3},
		{DMN(DECISION("d", "d", "<literalExpression><text>a<b/></text></literalExpression>")),
		 "policy.tree.text", 2},
	};
	arena *a = *state;

	for (size_t i = 0; i < LEN(rows); i++) {
		fault f = {0};
		policy_node *root;
		rc r = policy_tree_read(a, &f, STR("t.dmn"), str_of(rows[i].xml), &root);
		if (r == RC_OK || strcmp(f.id, rows[i].id) != 0 || number(&f, "line") != rows[i].line)
			fail_msg("%s is %s, not %s on line %d", rows[i].xml,
				 r == RC_OK ? "taken" : cstr(a, fault_print(a, &f)), rows[i].id,
				 rows[i].line);
	}
}

static void
every_truncation_is_refused_or_whole(void **state)
{
	arena *a = *state;
	str xml = sample_file(a, "camunda7.dmn");
	size_t taken_n = 0, end = str_trim(xml).n;

	for (size_t n = 0; n < xml.n; n += n < 200 || n + 40 > xml.n ? 1 : 17) {
		arena *own = arena_open(a, 0);
		fault f = {0};
		policy_node *root = NULL;
		if (policy_tree_read(own, &f, STR("t.dmn"), str_sub(xml, 0, n), &root) == RC_OK) {
			taken_n++;
			assert_true(n >= end);
		} else {
			assert_non_null(f.id);
		}
		arena_close(own);
	}
	assert_true(taken_n <= 1);
}

static void
circles_and_tables_that_are_none_are_refused(void **state)
{
	static const char circle[] = DMN(DECISION(
		"a", "a",
		"<informationRequirement><requiredDecision href='#b'/></informationRequirement>"
		"<decisionTable id='t'><input><inputExpression><text>b</text></inputExpression></input>"
		"<output name='o'/>" RULE
		"</decisionTable>") DECISION("b", "b",
					     "<informationRequirement><requiredDecision href='#a'/>"
					     "</informationRequirement><literalExpression><text>a</text>"
					     "</literalExpression>"));
	arena *a = *state;
	fault f = {0};
	str xml;
	policy_node *root = tree(a, str_of(circle));
	grid g = taken(a, root, "");

	assert_int_equal(grid_write(a, &f, STR("t.dmn"), root, &g, NULL, 0, &xml), RC_INVALID);
	assert_string_equal(f.id, "dmn.circle");
	fault_clear(&f);
	assert_int_equal(grid_of(a, &f, root, STR("b"), &g), RC_NOT_FOUND);
	assert_string_equal(f.id, "policy.sheet.decision");
	fault_clear(&f);
	g = taken(a, root, "");
	g.fact[GRID_DECISION] = STR("b");
	assert_int_equal(grid_put(a, &f, root, &g), RC_INVALID);
	assert_string_equal(f.id, "policy.sheet.logic");
	fault_clear(&f);
	root = tree(a, STR(DMN(TABLE("<output name='o'/>" RULE
				     "\n<rule><outputEntry><text>1</text></outputEntry></rule>"))));
	assert_int_equal(grid_of(a, &f, root, STR(""), &g), RC_INVALID);
	assert_string_equal(f.id, "policy.sheet.cells");
	assert_int_equal(number(&f, "line"), 4);
}

static void
rules_without_an_id_get_one_that_stays(void **state)
{
	arena *a = *state;
	policy_node *root = tree(
		a,
		STR(DMN(TABLE("<output name='o'/><rule><inputEntry><text>1</text></inputEntry><outputEntry>"
			      "<text>2</text></outputEntry></rule>"))));
	grid g = taken(a, root, "");

	check_str(a, g.rows.v[0].id, STR("row_1"), "id");
	str xml = put(a, root, &g);
	assert_true(has(xml, "<rule id=\"row_1\">"));
	grid again = taken(a, tree(a, xml), "");
	check_str(a, put(a, tree(a, xml), &again), xml, "again");
}

/* Every model of the kit, where there is one: read, written, read and written the same; none is refused. */
static void
models_of_the_kit_go_to_and_fro(void **state)
{
	const char *kit = getenv("TCK_DIR");
	fault f = {0};
	size_t n = 0;

	(void)state;
	if (!kit)
		skip();
	arena *a = arena_open(NULL, 0);
	for (int level = 2; level <= 3; level++) {
		str dir = str_fmt(a, "%s/compliance-level-%d", kit, level);
		file_names folders = {0}, files = {0};
		well(a, file_list(a, &f, dir, &folders), &f, "kit");
		for (size_t i = 0; i < folders.n; i++) {
			str sub = str_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(folders.v[i]));
			if (file_list(a, &f, sub, &files) != RC_OK)
				continue;
			for (size_t k = 0; k < files.n; k++) {
				arena *own = arena_open(a, 0);
				str text, path = str_fmt(own, "%.*s/%.*s", STR_ARG(sub), STR_ARG(files.v[k]));
				policy_node *root = NULL;
				if (str_ends(path, STR(".dmn"))) {
					well(own, file_read(own, &f, path, FILE_MAX, &text), &f, "read");
					well(own, policy_tree_read(own, &f, path, text, &root), &f,
					     cstr(own, path));
					str xml = written(own, root);
					check_str(own, written(own, tree(own, xml)), xml, cstr(own, path));
					n++;
				}
				arena_close(own);
			}
		}
	}
	printf("# %zu models\n", n);
	assert_true(n >= 100);
	arena_close(a);
}

static int
open_room(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static int
close_room(void **state)
{
	arena_close(*state);
	return 0;
}

#define IN_ROOM(test) cmocka_unit_test_setup_teardown(test, open_room, close_room)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_tables_come_back_byte_for_byte_and_cell_for_cell),
		cmocka_unit_test(nothing_of_a_random_table_is_lost_on_the_first_way),
		IN_ROOM(what_dmn_js_writes_is_kept_and_becomes_1_5),
		IN_ROOM(what_camunda_7_writes_is_kept_with_extensions_of_others),
		IN_ROOM(names_with_a_prefix_keep_their_space),
		IN_ROOM(a_sheet_that_was_only_looked_at_changes_nothing),
		IN_ROOM(a_changed_cell_changes_one_line_and_a_new_row_its_own),
		IN_ROOM(a_new_input_is_declared_and_required),
		IN_ROOM(full_width_signs_are_rewritten_and_told),
		IN_ROOM(bad_sheets_are_refused_with_the_cell),
		IN_ROOM(what_a_workbook_hides_is_refused_with_the_cell),
		IN_ROOM(bad_models_are_refused_with_the_line),
		IN_ROOM(every_truncation_is_refused_or_whole),
		IN_ROOM(circles_and_tables_that_are_none_are_refused),
		IN_ROOM(rules_without_an_id_get_one_that_stays),
		cmocka_unit_test(models_of_the_kit_go_to_and_fro),
	};

	return cmocka_run_group_tests_name("app/policy-sheet", tests, NULL, NULL);
}
