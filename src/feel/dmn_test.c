/* dmn_test.c - decision models: every hit policy, boxed expressions, types at the edges, requirements,
 * faults. */
#include "feel/dmn_cells.h"
#include "feel/dmn_xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define HEAD                                                                                                 \
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"urn:test\" "        \
	"name=\"test\">"
#define TAIL    "</definitions>"
#define TEXT(t) "<literalExpression><text>" t "</text></literalExpression>"
#define INPUT(id, type)                                                                                      \
	"<inputData id=\"" id "\" name=\"" id "\"><variable name=\"" id "\" typeRef=\"" type                 \
	"\"/></inputData>"
#define NEEDS(id) "<informationRequirement><requiredInput href=\"#" id "\"/></informationRequirement>"
#define NEEDS_DECISION(id)                                                                                   \
	"<informationRequirement><requiredDecision href=\"#" id "\"/></informationRequirement>"
#define KNOWS(id) "<knowledgeRequirement><requiredKnowledge href=\"#" id "\"/></knowledgeRequirement>"
#define DECISION(id, type, body)                                                                             \
	"<decision id=\"" id "\" name=\"" id "\"><variable name=\"" id "\" typeRef=\"" type "\"/>" body      \
	"</decision>"

typedef struct fired_log {
	size_t n;
	size_t rule[16];
} fired_log;

static void
fired(void *ctx, str table, size_t rule)
{
	fired_log *log = ctx;

	(void)table;
	if (log->n < LEN(log->rule))
		log->rule[log->n++] = rule;
}

static dmn_model *
loaded(arena *a, const char *xml)
{
	dmn_file file = {STR("test.dmn"), str_of(xml)};
	dmn_model *m = NULL;
	fault f = {0};

	if (dmn_load(a, &f, &file, 1, false, &m) != RC_OK)
		fail_msg("%.*s", STR_ARG(fault_print(a, &f)));
	return m;
}

static feel_value
feel_of(arena *a, const char *text)
{
	feel_expr *e;
	fault f = {0};
	feel_env env = {0};
	feel_value v;

	assert_int_equal(feel_parse(a, &f, str_of(text), NULL, FEEL_EXPRESSION, &e), RC_OK);
	assert_int_equal(feel_eval(a, &f, e, &env, &v), RC_OK);
	return v;
}

static str
decided(arena *a, const dmn_model *m, const char *decision, const char *inputs, fired_log *log)
{
	fault f = {0};
	feel_env env = {.ctx = log, .fired = log ? fired : NULL};
	feel_value v, in = feel_of(a, inputs);
	buf b = buf_in(a);

	rc r = dmn_decide(a, &f, m, str_of(decision), in.context, &env, &v);
	if (r != RC_OK)
		return f.id ? fault_print(a, &f) : STR("not found");
	feel_print(&b, v);
	return buf_str(&b);
}

static void
expect(arena *a, const dmn_model *m, const char *decision, const char *inputs, const char *want)
{
	str got = decided(a, m, decision, inputs, NULL);

	if (!str_eq(got, str_of(want)))
		fail_msg("%s of %s gives %.*s, not %s", decision, inputs, STR_ARG(got), want);
}

/* Three rules on x: >= 10 gives 1, >= 5 gives 2, [7..20] gives 3. */
static dmn_model *
table_of(arena *a, const char *policy, const char *extra)
{
	static const char *const rule[] = {"&gt;= 10", "&gt;= 5", "[7..20]"};
	buf b = buf_in(a);

	buf_lit(&b, HEAD INPUT("x", "number") "<decision id=\"d\" name=\"d\">" NEEDS("x"));
	buf_fmt(&b,
		"<decisionTable id=\"t\" %s><input><inputExpression><text>x</text></inputExpression></input>",
		policy);
	buf_fmt(&b, "<output><outputValues><text>3, 1, 2</text></outputValues>%s</output>", extra);
	for (int i = 0; i < 3; i++)
		buf_fmt(&b,
			"<rule><inputEntry><text>%s</text></inputEntry><outputEntry><text>%d</text></"
			"outputEntry></rule>",
			rule[i], i + 1);
	buf_lit(&b, "</decisionTable></decision>" TAIL);
	return loaded(a, cstr(a, buf_str(&b)));
}

typedef struct trace_log {
	arena *a;
	size_t n, columns, refused;
	feel_value in, cell[3];
	bool told;
} trace_log;

static void
traced(void *ctx, const feel_trace *t)
{
	trace_log *log = ctx;

	log->n++;
	log->columns = t->columns;
	log->refused = t->column;
	log->in = t->in[0];
	log->told = t->cell != NULL;
	for (size_t i = 0; t->cell && i < t->rules; i++)
		log->cell[i] = t->cell[i];
}

/* FIRST stops at its first rule; the trace tells of the others all the same. */
static void
a_table_is_traced(void **state)
{
	arena *a = arena_open(NULL, 0);
	const dmn_model *m = table_of(a, "hitPolicy=\"FIRST\"", "");
	trace_log log = {.a = a};
	fault f = {0};
	feel_env env = {.ctx = &log, .traced = traced};
	feel_value v, in = feel_of(a, "{x: 6}");

	(void)state;
	assert_int_equal(dmn_decide(a, &f, m, STR("d"), in.context, &env, &v), RC_OK);
	assert_int_equal(log.n, 1);
	assert_int_equal(log.columns, 1);
	assert_true(log.told && log.in.kind == FEEL_NUMBER);
	assert_true(!feel_is_true(log.cell[0]) && feel_is_true(log.cell[1]) && !feel_is_true(log.cell[2]));
	in = feel_of(a, "{x: \"six\"}");
	assert_int_equal(dmn_decide(a, &f, m, STR("d"), in.context, &env, &v), RC_OK);
	assert_int_equal(log.cell[1].kind, FEEL_NULL);
	arena_close(a);
}

static void
cells_tell_their_constants(void **state)
{
	static const struct {
		const char *cell, *constants;
		bool all;
	} rows[] = {
		{"-", "[]", true},
		{"&lt; 5", "[5]", true},
		{"[1..3), 7", "[1, 3, 7]", true},
		{"not(2, 4)", "[2, 4]", true},
		{"? &gt; 3 and ? &lt;= 1 + 8", "[3, 9]", true},
		{"date(\"2025-07-01\")", "[@\"2025-07-01\"]", true},
		{"&gt;= @\"2025-07-01\"", "[@\"2025-07-01\"]", true},
		{"&gt; x - 1", "[]", false},
		{"floor(?) = 3", "[]", false},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		feel_values v = {0};
		feel_env env = {0};
		buf b = buf_in(a);
		str xml = str_fmt(a,
				  HEAD INPUT("x", "Any") "<decision id=\"d\" name=\"d\">" NEEDS(
					  "x") "<decisionTable><input><inputExpression><text>x</text>"
					       "</inputExpression></input><output/><rule><inputEntry>"
					       "<text>%s</text></inputEntry><outputEntry><text>1</text>"
					       "</outputEntry></rule></decisionTable></decision>" TAIL,
				  rows[i].cell);
		const dmn_table *t = dmn_table_of(loaded(a, cstr(a, xml)), STR("d"));
		assert_non_null(t);
		assert_int_equal(dmn_cell_constants(a, t, 0, 0, &env, &v), rows[i].all);
		feel_print(&b, feel_list(v.v, v.n));
		if (!str_eq(buf_str(&b), str_of(rows[i].constants)))
			fail_msg("%s gives %.*s", rows[i].cell, STR_ARG(buf_str(&b)));
	}
	arena_close(a);
}

static void
extensions_are_kept(void **state)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	dmn_xml *root;
	str xml = STR(HEAD "<decision id=\"d\" name=\"d\"><extensionElements xmlns:o=\"urn:o\"><o:row "
			   "citation=\"1\"><o:in/></o:row></extensionElements>" TEXT("1") "</decision>" TAIL);

	(void)state;
	assert_int_equal(dmn_read(a, &f, xml, &root), RC_OK);
	assert_true(str_eq(dmn_extension(root->kid, STR("urn:o"), STR("row"), STR("citation")), STR("1")));
	assert_int_equal(dmn_extension(root->kid, STR("urn:p"), STR("row"), STR("citation")).n, 0);
	assert_non_null(dmn_child(root->kid, STR("literalExpression")));
	arena_close(a);
}

static void
hit_policies(void **state)
{
	static const struct {
		const char *policy, *x, *want;
	} rows[] = {
		{"", "5", "2"},
		{"", "12", "null"},
		{"", "1", "null"},
		{"hitPolicy=\"UNIQUE\"", "30", "null"},
		{"hitPolicy=\"ANY\"", "5", "2"},
		{"hitPolicy=\"ANY\"", "12", "null"},
		{"hitPolicy=\"FIRST\"", "12", "1"},
		{"hitPolicy=\"FIRST\"", "8", "2"},
		{"hitPolicy=\"PRIORITY\"", "12", "3"},
		{"hitPolicy=\"PRIORITY\"", "30", "1"},
		{"hitPolicy=\"RULE ORDER\"", "12", "[1, 2, 3]"},
		{"hitPolicy=\"RULE ORDER\"", "1", "[]"},
		{"hitPolicy=\"OUTPUT ORDER\"", "12", "[3, 1, 2]"},
		{"hitPolicy=\"COLLECT\"", "8", "[2, 3]"},
		{"hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "12", "6"},
		{"hitPolicy=\"COLLECT\" aggregation=\"MIN\"", "12", "1"},
		{"hitPolicy=\"COLLECT\" aggregation=\"MAX\"", "8", "3"},
		{"hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "8", "2"},
		{"hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "1", "0"},
		{"hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "1", "null"},
		{"hitPolicy=\"FIRST\"", "null", "null"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		dmn_model *m = table_of(a, rows[i].policy, "");
		str in = str_fmt(a, "{x: %s}", rows[i].x);
		expect(a, m, "d", cstr(a, in), rows[i].want);
	}
	dmn_model *m =
		table_of(a, "hitPolicy=\"FIRST\"", "<defaultOutputEntry><text>0</text></defaultOutputEntry>");
	expect(a, m, "d", "{x: 1}", "0");
	expect(a, m, "d", "{x: 6}", "2");
	arena_close(a);
}

static void
rules_that_hold_are_told(void **state)
{
	arena *a = arena_open(NULL, 0);
	fired_log log = {0};
	dmn_model *m = table_of(a, "hitPolicy=\"COLLECT\"", "");

	(void)state;
	(void)decided(a, m, "d", "{x: 8}", &log);
	assert_int_equal(log.n, 2);
	assert_int_equal(log.rule[0], 1);
	assert_int_equal(log.rule[1], 2);
	arena_close(a);
}

/* A random table of two inputs against a plain reading of it: each cell "-", "n", "< n", "[n..m]", null among
 * the inputs, under every hit policy that picks rules. */
typedef struct cell {
	int form, lo, hi;
} cell;

static uint64_t
draw(uint64_t *s, uint64_t n)
{
	*s = *s * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (*s >> 33) % n;
}

static bool
cell_holds(cell c, int x, bool null)
{
	if (c.form == 0)
		return true;
	if (null)
		return false;
	return c.form == 1 ? x == c.lo : c.form == 2 ? x < c.lo : x >= c.lo && x <= c.hi;
}

static void
put_cell(buf *b, cell c)
{
	if (c.form == 0)
		buf_lit(b, "-");
	else if (c.form == 1)
		buf_fmt(b, "%d", c.lo);
	else if (c.form == 2)
		buf_fmt(b, "&lt; %d", c.lo);
	else
		buf_fmt(b, "[%d..%d]", c.lo, c.hi);
}

enum { RULES = 6 };

static void
put_rules(buf *b, uint64_t *seed, cell rule[RULES][2])
{
	for (int k = 0; k < RULES; k++) {
		buf_lit(b, "<rule>");
		for (int i = 0; i < 2; i++) {
			int lo = (int)draw(seed, 10);
			rule[k][i] = (cell){(int)draw(seed, 4), lo, lo + (int)draw(seed, 5)};
			buf_lit(b, "<inputEntry><text>");
			put_cell(b, rule[k][i]);
			buf_lit(b, "</text></inputEntry>");
		}
		buf_fmt(b, "<outputEntry><text>%d</text></outputEntry></rule>", k);
	}
}

static void
check_table(arena *a, const dmn_model *m, int policy, cell rule[RULES][2], uint64_t *seed)
{
	int x = (int)draw(seed, 12), y = (int)draw(seed, 12), first = -1, count = 0, sum = 0;
	bool null = draw(seed, 6) == 0;
	buf all = buf_in(a), want = buf_in(a);

	for (int k = 0; k < RULES; k++) {
		if (!cell_holds(rule[k][0], x, null) || !cell_holds(rule[k][1], y, false))
			continue;
		first = first < 0 ? k : first;
		sum += k;
		buf_fmt(&all, count++ > 0 ? ", %d" : "%d", k);
	}
	if (policy == 2)
		buf_fmt(&want, "[%.*s]", STR_ARG(buf_str(&all)));
	else if (count == 0 || (policy == 0 && count > 1))
		buf_lit(&want, "null");
	else
		buf_fmt(&want, "%d", policy == 3 ? sum : first);
	str in = null ? str_fmt(a, "{x: null, y: %d}", y) : str_fmt(a, "{x: %d, y: %d}", x, y);
	expect(a, m, "d", cstr(a, in), cstr(a, buf_str(&want)));
}

static void
random_tables_mean_what_they_say(void **state)
{
	static const char *const policy[] = {"UNIQUE\"", "FIRST\"", "COLLECT\"",
					     "COLLECT\" aggregation=\"SUM\""};
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 120; round++) {
		arena *a = arena_open(NULL, 0);
		cell rule[RULES][2];
		buf b = buf_in(a);
		buf_lit(&b, HEAD INPUT("x", "number") INPUT(
				    "y", "number") "<decision id=\"d\" name=\"d\">" NEEDS("x") NEEDS("y"));
		buf_fmt(&b,
			"<decisionTable "
			"hitPolicy=\"%s><input><inputExpression><text>x</text></inputExpression></input>"
			"<input><inputExpression><text>y</text></inputExpression></input><output/>",
			policy[round % 4]);
		put_rules(&b, &seed, rule);
		buf_lit(&b, "</decisionTable></decision>" TAIL);
		dmn_model *m = loaded(a, cstr(a, buf_str(&b)));
		for (int i = 0; i < 40; i++)
			check_table(a, m, round % 4, rule, &seed);
		arena_close(a);
	}
}

static void
several_outputs(void **state)
{
	static const char xml[] = HEAD INPUT("年龄", "number") DECISION(
		"补贴", "Any",
		NEEDS("年龄") "<decisionTable "
			      "hitPolicy=\"FIRST\"><input><inputExpression><text>年龄</text></"
			      "inputExpression>"
			      "</input><output name=\"金额\" typeRef=\"number\"/><output name=\"依据\"/>"
			      "<rule><inputEntry><text>＜18</text></inputEntry><outputEntry><text>80 + "
			      "20</text></outputEntry>"
			      "<outputEntry><text>\"第一条\"</text></outputEntry></rule>"
			      "<rule><inputEntry><text/></inputEntry><outputEntry><text>\"x\"</text></"
			      "outputEntry>"
			      "<outputEntry><text>\"其他\"</text></outputEntry></rule></decisionTable>") TAIL;
	arena *a = arena_open(NULL, 0);
	dmn_model *m = loaded(a, xml);

	(void)state;
	expect(a, m, "补贴", "{年龄: 10}", "{金额: 100, 依据: \"第一条\"}");
	expect(a, m, "补贴", "{年龄: 20}", "{金额: null, 依据: \"其他\"}");
	arena_close(a);
}

static const char boxed_xml[] = HEAD INPUT("x", "number") DECISION(
	"context", "Any",
	NEEDS("x") "<context><contextEntry><variable name=\"twice x\"/>" TEXT(
		"x * 2") "</contextEntry><contextEntry><variable "
			 "name=\"f\"/><functionDefinition><formalParameter "
			 "name=\"n\"/>" TEXT("if n &lt; 2 then 1 else n * f(n - "
					     "1)") "</functionDefinition></"
						   "contextEntry><"
						   "contextEntry>" TEXT("f(twice "
									"x)") "</"
									      "con"
									      "tex"
									      "tEn"
									      "try"
									      "></"
									      "con"
									      "tex"
									      "t>")
	DECISION("list", "Any", NEEDS("x") "<list>" TEXT("x") TEXT("x + 1") "</list>") DECISION(
		"relation", "Any",
		NEEDS("x") "<relation><column name=\"a\"/><column name=\"b\"/><row>" TEXT("x")
			TEXT("\"m\"") "</row><row>" TEXT("2") TEXT("\"n\"") "</row></relation>")
		DECISION("conditional", "Any",
			 NEEDS("x") "<conditional><if>" TEXT("x &gt; 1") "</if><then>" TEXT(
				 "\"y\"") "</then><else>" TEXT("\"n\"") "</else></conditional>")
			DECISION("for", "Any",
				 NEEDS("x") "<for iteratorVariable=\"i\"><in>" TEXT(
					 "[1, 2]") "</in><return>" TEXT("i * x") "</return></for>")
				DECISION("every", "Any",
					 NEEDS("x") "<every iteratorVariable=\"i\"><in>" TEXT(
						 "[1, 2]") "</in><satisfies>" TEXT("i &lt; x") "</"
											       "satisf"
											       "ies></"
											       "every"
											       ">")
					DECISION("filter", "Any",
						 NEEDS_DECISION("relation") "<filter><in>" TEXT(
							 "relation") "</in><match>" TEXT("a = 2") "</"
												  "mat"
												  "ch>"
												  "</"
												  "fil"
												  "ter"
												  ">")
						DECISION("call", "Any",
							 NEEDS("x") KNOWS("add") "<invocation>" TEXT("add") "<binding><parameter name=\"q\"/>" TEXT(
								 "1") "</binding><binding><parameter "
								      "name=\"p\"/>" TEXT(
									      "x") "</"
										   "bindi"
										   "ng></"
										   "invoc"
										   "ation"
										   ">") "<businessKnow"
											"ledgeModel "
											"id=\"add\" "
											"name=\"add\">"
											"<encapsulated"
											"Logic><"
											"formalParamet"
											"er "
											"name=\"p\" "
											"typeRef="
											"\"number\"/>"
											"<formalParame"
											"ter "
											"name=\"q\" "
											"typeRef="
											"\"number\"/"
											">" TEXT(
												"p - "
												"q") "</"
												     "encapsu"
												     "latedLo"
												     "gic></"
												     "busines"
												     "sKnowle"
												     "dgeMode"
												     "l"
												     ">" TAIL;

static void
boxed_expressions(void **state)
{
	arena *a = arena_open(NULL, 0);
	dmn_model *m = loaded(a, boxed_xml);

	(void)state;
	expect(a, m, "context", "{x: 2}", "24");
	expect(a, m, "list", "{x: 2}", "[2, 3]");
	expect(a, m, "relation", "{x: 7}", "[{a: 7, b: \"m\"}, {a: 2, b: \"n\"}]");
	expect(a, m, "conditional", "{x: 2}", "\"y\"");
	expect(a, m, "conditional", "{x: 0}", "\"n\"");
	expect(a, m, "for", "{x: 5}", "[5, 10]");
	expect(a, m, "every", "{x: 5}", "true");
	expect(a, m, "every", "{x: 2}", "false");
	expect(a, m, "filter", "{x: 7}", "[{a: 2, b: \"n\"}]");
	expect(a, m, "call", "{x: 5}", "4");
	expect(a, m, "none", "{x: 5}", "not found");
	arena_close(a);
}

static const char types_xml[] = HEAD
	"<itemDefinition name=\"tLevel\"><typeRef>string</typeRef><allowedValues><text>\"一级\", "
	"\"二级\"</text></allowedValues></itemDefinition>"
	"<itemDefinition name=\"tFirst\"><typeRef>tLevel</typeRef><allowedValues><text>\"一级\", "
	"\"九级\"</text></allowedValues></itemDefinition>"
	"<itemDefinition name=\"tNumbers\" "
	"isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>"
	"<itemDefinition name=\"tPerson\"><itemComponent name=\"full "
	"name\"><typeRef>string</typeRef></itemComponent>"
	"<itemComponent "
	"name=\"level\"><typeRef>tLevel</typeRef></itemComponent></itemDefinition>" INPUT("level", "tLevel")
		INPUT("first", "tFirst") INPUT("numbers", "tNumbers") DECISION(
			"d7", "string", NEEDS("first") TEXT("first")) INPUT("person", "tPerson")
			INPUT("when", "date and time") DECISION("d1", "string", NEEDS("level") TEXT("level"))
				DECISION("d2", "number", NEEDS("numbers") TEXT("numbers[1]"))
					DECISION("d3", "string", NEEDS("person") TEXT("person.full name"))
						DECISION("d4", "Any", NEEDS("when") TEXT("when")) DECISION(
							"d5", "string", NEEDS("numbers") TEXT("numbers"))
							DECISION("d6", "tNumbers", TEXT("1")) TAIL;

static void
types_at_the_edges(void **state)
{
	arena *a = arena_open(NULL, 0);
	dmn_model *m = loaded(a, types_xml);

	(void)state;
	expect(a, m, "d1", "{level: \"二级\"}", "\"二级\"");
	expect(a, m, "d1", "{level: \"五级\"}", "null");
	expect(a, m, "d1", "{level: [\"一级\"]}", "\"一级\"");
	expect(a, m, "d1", "{}", "null");
	expect(a, m, "d2", "{numbers: 4}", "4");
	expect(a, m, "d2", "{numbers: [\"x\"]}", "null");
	expect(a, m, "d3", "{person: {\"full name\": \"甲\", level: \"一级\"}}", "\"甲\"");
	expect(a, m, "d3", "{person: {\"full name\": \"甲\", level: \"九级\"}}", "null");
	expect(a, m, "d3", "{person: {\"full name\": \"甲\"}}", "null");
	expect(a, m, "d4", "{when: @\"2024-01-31\"}", "@\"2024-01-31T00:00:00Z\"");
	expect(a, m, "d5", "{numbers: [1, 2]}", "null");
	expect(a, m, "d6", "{}", "[1]");
	expect(a, m, "d7", "{first: \"一级\"}", "\"一级\"");
	expect(a, m, "d7", "{first: \"二级\"}", "null");
	expect(a, m, "d7", "{first: \"九级\"}", "null");
	arena_close(a);
}

static void
services_and_imports(void **state)
{
	static const char library[] =
		"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"urn:lib\" "
		"name=\"lib\">"
		"<itemDefinition name=\"tN\"><typeRef>number</typeRef></itemDefinition>" INPUT("base",
											       "number")
			DECISION("sum", "number",
				 NEEDS("base")
					 TEXT("base + 1")) "<businessKnowledgeModel id=\"half\" "
							   "name=\"half\"><encapsulatedLogic><"
							   "formalParameter name=\"n\" "
							   "typeRef=\"tN\"/>" TEXT("n / 2") "</"
											    "encapsulatedL"
											    "ogic></"
											    "businessKnowl"
											    "edgeModel></"
											    "definitions>";
	static const char main_xml[] = HEAD
		"<import name=\"lib\" namespace=\"urn:lib\" "
		"importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>" INPUT("x", "lib.tN") DECISION(
			"out", "number",
			NEEDS("x")
				TEXT("x * 10")) "<decisionService id=\"svc\" "
						"name=\"svc\"><outputDecision "
						"href=\"#out\"/><inputData "
						"href=\"#x\"/></"
						"decisionService>" DECISION(
							"d", "number",
							"<informationRequirement"
							"><requiredDecision "
							"href=\"urn:lib#sum\"/"
							"></"
							"informationRequirement"
							">" KNOWS("svc") "<knowled"
									 "geRequir"
									 "ement><"
									 "required"
									 "Knowledg"
									 "e "
									 "href="
									 "\"urn:"
									 "lib#"
									 "half\"/"
									 "></"
									 "knowledg"
									 "eRequire"
									 "ment"
									 ">" TEXT("svc(lib.sum) + "
										  "lib.half(8) + svc(x: 1)"))
							TAIL;
	arena *a = arena_open(NULL, 0);
	dmn_file files[] = {{STR("main.dmn"), str_of(main_xml)}, {STR("lib.dmn"), str_of(library)}};
	dmn_model *m;
	fault f = {0};
	feel_env env = {0};
	feel_value v, args = feel_of(a, "{x: 4}");

	(void)state;
	if (dmn_load(a, &f, files, 2, false, &m) != RC_OK)
		fail_msg("%.*s", STR_ARG(fault_print(a, &f)));
	expect(a, m, "d", "{lib: {base: 2}}", "44");
	assert_int_equal(dmn_invoke(a, &f, m, STR("svc"), args.context, &env, &v), RC_OK);
	assert_true(v.kind == FEEL_NUMBER && dec_cmp(v.n, dec_i64(40)) == 0);
	assert_int_equal(dmn_invoke(a, &f, m, STR("nothing"), args.context, &env, &v), RC_NOT_FOUND);
	arena_close(a);
}

static void
faults_at_loading(void **state)
{
	static const struct {
		const char *xml, *id;
	} rows[] = {
		{"<x/>", "dmn.definitions"},
		{HEAD DECISION("d", "", TEXT("1 +")) TAIL, "feel.syntax.end"},
		{HEAD DECISION("d", "", TEXT("y")) TAIL, "feel.name.unknown"},
		{HEAD INPUT("x", "number") DECISION("d", "", TEXT("x")) TAIL, "feel.name.unknown"},
		{HEAD DECISION("d", "", NEEDS("none") TEXT("1")) TAIL, "dmn.href"},
		{HEAD DECISION("d", "tNone", TEXT("1")) TAIL, "dmn.type.unknown"},
		{HEAD DECISION("a", "", NEEDS_DECISION("b") TEXT("b"))
			 DECISION("b", "", NEEDS_DECISION("a") TEXT("a")) TAIL,
		 "dmn.circle"},
		{HEAD "<itemDefinition name=\"t\"><typeRef>t</typeRef></itemDefinition>" TAIL,
		 "dmn.type.circle"},
		{HEAD DECISION("d", "", "<decisionTable hitPolicy=\"SOME\"><output/></decisionTable>") TAIL,
		 "dmn.table.policy"},
		{HEAD DECISION("d", "", "<decisionTable><output/><rule/></decisionTable>") TAIL,
		 "dmn.table.cells"},
		{HEAD DECISION("d", "",
			       "<literalExpression "
			       "expressionLanguage=\"urn:python\"><text>1</text></literalExpression>") TAIL,
		 "dmn.language"},
		{HEAD "<decision", "xml.syntax"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(rows); i++) {
		dmn_file file = {STR("test.dmn"), str_of(rows[i].xml)};
		dmn_model *m;
		fault f = {0};
		rc r = dmn_load(a, &f, &file, 1, false, &m);
		if (r == RC_OK || strcmp(f.id, rows[i].id) != 0)
			fail_msg("%zu: %d %.*s, not %s", i, (int)r, STR_ARG(fault_print(a, &f)), rows[i].id);
	}
	arena_close(a);
}

/* In a lenient load one bad expression is one null. */
static void
lenient_loading(void **state)
{
	static const char xml[] =
		HEAD DECISION("bad", "", TEXT("1 +")) DECISION("unknown", "tNone", TEXT("y"))
			DECISION("day", "", TEXT("[@\"x\"]")) DECISION("good", "number", TEXT("1 + 1")) TAIL;
	arena *a = arena_open(NULL, 0);
	dmn_file file = {STR("test.dmn"), str_of(xml)};
	dmn_model *m;
	fault f = {0};

	(void)state;
	assert_int_equal(dmn_load(a, &f, &file, 1, true, &m), RC_OK);
	expect(a, m, "bad", "{}", "null");
	expect(a, m, "unknown", "{}", "null");
	expect(a, m, "day", "{}", "[null]");
	expect(a, m, "good", "{}", "2");
	arena_close(a);
}

/* An import without a name brings types and elements in under their own. */
static void
imports_without_a_name(void **state)
{
	static const char library[] =
		"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"urn:lib\" "
		"name=\"lib\">"
		"<itemDefinition name=\"tN\"><typeRef>number</typeRef></itemDefinition>" DECISION(
			"base", "tN", TEXT("41")) TAIL;
	static const char main_xml[] = HEAD "<import name=\"\" namespace=\"urn:lib\"/>" DECISION(
		"d", "tN", NEEDS_DECISION("x") TEXT("base + 1")) TAIL;
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a);
	ptrdiff_t at = str_find(str_of(main_xml), STR("#x"));
	dmn_model *m;
	fault f = {0};

	(void)state;
	buf_put(&b, str_sub(str_of(main_xml), 0, (size_t)at));
	buf_lit(&b, "urn:lib#base");
	buf_put(&b, str_from(str_of(main_xml), (size_t)at + 2));
	dmn_file files[] = {{STR("main.dmn"), buf_str(&b)}, {STR("lib.dmn"), str_of(library)}};
	if (dmn_load(a, &f, files, 2, false, &m) != RC_OK)
		fail_msg("%.*s", STR_ARG(fault_print(a, &f)));
	expect(a, m, "d", "{}", "42");
	arena_close(a);
}

/* A BKM that calls itself for ever ends at the limit; so does a decision of too many steps. */
static void
models_are_bounded(void **state)
{
	static const char xml[] = HEAD "<businessKnowledgeModel id=\"f\" name=\"f\">" KNOWS(
		"f") "<encapsulatedLogic><"
		     "formalParameter "
		     "name=\"n\"/>" TEXT(
			     "f(n "
			     "+ "
			     "1)") "</encapsulatedLogic></businessKnowledgeModel>" DECISION("d", "",
											    KNOWS("f") TEXT(
												    "f(1)"))
			     DECISION("e", "",
				      TEXT("for"
					   " i "
					   "in "
					   "1.."
					   "100"
					   "000"
					   "000"
					   " re"
					   "tur"
					   "n "
					   "i")) TAIL;
	arena *a = arena_open(NULL, (size_t)64 << 20);
	dmn_model *m = loaded(a, xml);

	(void)state;
	assert_true(str_starts(decided(a, m, "d", "{}", NULL), STR("feel.limit")));
	assert_true(str_starts(decided(a, m, "e", "{}", NULL), STR("feel.limit")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hit_policies),
		cmocka_unit_test(a_table_is_traced),
		cmocka_unit_test(cells_tell_their_constants),
		cmocka_unit_test(extensions_are_kept),
		cmocka_unit_test(rules_that_hold_are_told),
		cmocka_unit_test(random_tables_mean_what_they_say),
		cmocka_unit_test(several_outputs),
		cmocka_unit_test(boxed_expressions),
		cmocka_unit_test(types_at_the_edges),
		cmocka_unit_test(services_and_imports),
		cmocka_unit_test(faults_at_loading),
		cmocka_unit_test(lenient_loading),
		cmocka_unit_test(imports_without_a_name),
		cmocka_unit_test(models_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
