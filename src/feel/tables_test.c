/* tables_test.c - decision tables made from seeds, of every hit policy, with nulls everywhere: what the
 * evaluator says of a person is what SQLite says of SQL made from the same table.
 *
 * 500 tables, and 10,000 where ZHUCAN_TESTS is "all"; 20 persons a table. A table that fails is told by its
 * number, from which it comes again. */
#include "base/rng.h"
#include "feel/dmn.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { TABLES = 500, TABLES_ALL = 10000, PERSONS = 20, COLUMNS = 4, RULES = 8, CONSTANTS = 6 };

typedef enum kind { NUMBER, TEXT, TRUTH, DAY, KINDS } kind;

static const struct {
	const char *hit, *aggregation;
} policies[] = {
	{"UNIQUE", ""},       {"ANY", ""},          {"FIRST", ""},      {"PRIORITY", ""},
	{"RULE ORDER", ""},   {"OUTPUT ORDER", ""}, {"COLLECT", ""},    {"COLLECT", "SUM"},
	{"COLLECT", "COUNT"}, {"COLLECT", "MIN"},   {"COLLECT", "MAX"},
};

enum { UNIQUE, ANY, FIRST, PRIORITY, RULE_ORDER, OUTPUT_ORDER, COLLECT, SUM, COUNT, MINIMUM, MAXIMUM };

/* A table under construction, in both languages. */
typedef struct maker {
	arena *a;
	rng r;
	size_t columns, rules, policy;
	kind kind[COLUMNS];
	buf xml, hits; /* hits: SELECT … UNION ALL …, a row for each rule that holds: i, v (as FEEL prints),
			  n, p */
	uint64_t order[3]; /* the output values, first first */
	bool otherwise;
	size_t answered; /* answers that a rule gave */
} maker;

static uint64_t
below(maker *m, uint64_t n)
{
	return rng_below(&m->r, n);
}

/* ---- cells ---- */

static void
put_constant(kind of, uint64_t i, buf *feel, buf *sql)
{
	switch (of) {
	case NUMBER:
		buf_fmt(feel, "%d", (int)i);
		buf_fmt(sql, "%d", (int)i);
		break;
	case TEXT:
		buf_fmt(feel, "\"%c\"", (char)('a' + i));
		buf_fmt(sql, "'%c'", (char)('a' + i));
		break;
	case TRUTH:
		buf_fmt(feel, "%s", i % 2 ? "true" : "false");
		buf_fmt(sql, "%d", (int)(i % 2));
		break;
	case DAY:
	case KINDS:
		buf_fmt(feel, "@\"2024-02-2%d\"", (int)(i + 3));
		buf_fmt(sql, "'2024-02-2%d'", (int)(i + 3));
		break;
	}
}

static void
put_comparison(maker *m, kind of, size_t column, buf *feel, buf *sql)
{
	static const char *const sign[] = {"<", "<=", ">", ">="}, *const escaped[] = {"&lt;", "&lt;=", "&gt;",
										      "&gt;="};
	uint64_t s = below(m, 4), i = below(m, CONSTANTS);

	buf_fmt(feel, "%s ", escaped[s]);
	buf_fmt(sql, "(?%zu %s ", column + 1, sign[s]);
	put_constant(of, i, feel, sql);
	buf_c(sql, ')');
}

static void
put_range(maker *m, kind of, size_t column, buf *feel, buf *sql)
{
	uint64_t lo = below(m, CONSTANTS - 1), hi = lo + 1 + below(m, CONSTANTS - lo - 1);
	bool open_lo = below(m, 2), open_hi = below(m, 2);
	buf none = buf_in(m->a);

	buf_c(feel, open_lo ? '(' : '[');
	put_constant(of, lo, feel, &none);
	buf_lit(feel, "..");
	put_constant(of, hi, feel, &none);
	buf_c(feel, open_hi ? ')' : ']');
	buf_fmt(sql, "(?%zu %s ", column + 1, open_lo ? ">" : ">=");
	put_constant(of, lo, &none, sql);
	buf_fmt(sql, " AND ?%zu %s ", column + 1, open_hi ? "<" : "<=");
	put_constant(of, hi, &none, sql);
	buf_c(sql, ')');
}

/* Equality is never null: x IS c. A comparison with null is. */
static void
put_part(maker *m, size_t column, buf *feel, buf *sql)
{
	kind of = m->kind[column];
	uint64_t what = of == TRUTH ? 0 : below(m, 4);

	if (what == 2) {
		put_comparison(m, of, column, feel, sql);
	} else if (what == 3) {
		put_range(m, of, column, feel, sql);
	} else if (below(m, 8) == 0) {
		buf_lit(feel, "null");
		buf_fmt(sql, "(?%zu IS NULL)", column + 1);
	} else {
		buf_fmt(sql, "(?%zu IS ", column + 1);
		put_constant(of, below(m, CONSTANTS), feel, sql);
		buf_c(sql, ')');
	}
}

static void
put_cell(maker *m, size_t column, buf *feel, buf *sql)
{
	uint64_t parts = 1 + below(m, 3);
	bool not = below(m, 5) == 0;

	if (below(m, 10) < 3) {
		buf_c(feel, '-');
		buf_lit(sql, "TRUE");
		return;
	}
	buf_put(feel, not ? STR("not(") : STR(""));
	buf_put(sql, not ? STR("(NOT (") : STR("("));
	for (uint64_t i = 0; i < parts; i++) {
		buf_put(feel, i ? STR(", ") : STR(""));
		buf_put(sql, i ? STR(" OR ") : STR(""));
		put_part(m, column, feel, sql);
	}
	buf_put(feel, not ? STR(")") : STR(""));
	buf_put(sql, not ? STR("))") : STR(")"));
}

/* ---- tables ---- */

/* Outputs are whole numbers, sometimes null; those of the output values come first in their order. */
static void
put_rule(maker *m, size_t rule)
{
	buf feel = buf_in(m->a);
	int value = (int)below(m, 5);
	bool null = below(m, 12) == 0;
	size_t p = 0;

	while (p < LEN(m->order) && (null || m->order[p] != (uint64_t)value))
		p++;
	buf_fmt(&m->hits, "%sSELECT %zu, ", rule ? " UNION ALL " : "", rule);
	if (null)
		buf_lit(&m->hits, "'null', NULL");
	else
		buf_fmt(&m->hits, "'%d', %d", value, value);
	buf_fmt(&m->hits, ", %zu WHERE TRUE", p);
	buf_lit(&m->xml, "<rule>");
	for (size_t c = 0; c < m->columns; c++) {
		buf_clear(&feel);
		buf_lit(&m->hits, " AND ");
		put_cell(m, c, &feel, &m->hits);
		buf_lit(&m->hits, " IS TRUE");
		buf_fmt(&m->xml, "<inputEntry><text>%.*s</text></inputEntry>", STR_ARG(buf_str(&feel)));
	}
	if (null)
		buf_lit(&m->xml, "<outputEntry><text>null</text></outputEntry></rule>");
	else
		buf_fmt(&m->xml, "<outputEntry><text>%d</text></outputEntry></rule>", value);
}

static void
put_table(maker *m)
{
	for (size_t i = 0; i < LEN(m->order); i++) /* three different of 0 … 4 */
		m->order[i] = (m->order[0] + i * (1 + m->order[0] % 2)) % 5;
	buf_lit(&m->xml,
		"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"urn:t\" "
		"name=\"t\">");
	for (size_t c = 0; c < m->columns; c++)
		buf_fmt(&m->xml, "<inputData id=\"x%zu\" name=\"x%zu\"/>", c, c);
	buf_lit(&m->xml, "<decision id=\"d\" name=\"d\">");
	for (size_t c = 0; c < m->columns; c++)
		buf_fmt(&m->xml,
			"<informationRequirement><requiredInput href=\"#x%zu\"/></informationRequirement>",
			c);
	buf_fmt(&m->xml, "<decisionTable id=\"t\" hitPolicy=\"%s\"", policies[m->policy].hit);
	if (policies[m->policy].aggregation[0])
		buf_fmt(&m->xml, " aggregation=\"%s\"", policies[m->policy].aggregation);
	buf_c(&m->xml, '>');
	for (size_t c = 0; c < m->columns; c++)
		buf_fmt(&m->xml, "<input><inputExpression><text>x%zu</text></inputExpression></input>", c);
	buf_fmt(&m->xml, "<output><outputValues><text>%d, %d, %d</text></outputValues>", (int)m->order[0],
		(int)m->order[1], (int)m->order[2]);
	if (m->otherwise)
		buf_lit(&m->xml, "<defaultOutputEntry><text>9</text></defaultOutputEntry>");
	buf_lit(&m->xml, "</output>");
	for (size_t r = 0; r < m->rules; r++)
		put_rule(m, r);
	buf_lit(&m->xml, "</decisionTable></decision></definitions>");
}

/* What the hit policy makes of the rows of h. */
static str
query(maker *m)
{
	static const char *const answer[] = {
		[UNIQUE] = "CASE count(*) WHEN 1 THEN min(v) ELSE 'null' END FROM h",
		[ANY] = "CASE count(DISTINCT v) WHEN 1 THEN min(v) ELSE 'null' END FROM h",
		[FIRST] = "v FROM h ORDER BY i LIMIT 1",
		[PRIORITY] = "v FROM h ORDER BY p, i LIMIT 1",
		[RULE_ORDER] = "'[' || group_concat(v, ', ') || ']' FROM (SELECT v FROM h ORDER BY i)",
		[OUTPUT_ORDER] = "'[' || group_concat(v, ', ') || ']' FROM (SELECT v FROM h ORDER BY p, i)",
		[COLLECT] = "'[' || group_concat(v, ', ') || ']' FROM (SELECT v FROM h ORDER BY i)",
		[SUM] = "CASE WHEN count(n) < count(*) THEN 'null' ELSE sum(n) END FROM h",
		[COUNT] = "count(*) FROM h",
		[MINIMUM] = "CASE WHEN count(n) < count(*) THEN 'null' ELSE min(n) END FROM h",
		[MAXIMUM] = "CASE WHEN count(n) < count(*) THEN 'null' ELSE max(n) END FROM h",
	};
	bool list = m->policy >= RULE_ORDER && m->policy <= COLLECT;
	const char *none = m->otherwise ? "9" : m->policy == COUNT ? "0" : list ? "[]" : "null";

	return str_fmt(m->a,
		       "WITH h(i, v, n, p) AS (%.*s) SELECT CASE WHEN EXISTS (SELECT 1 FROM h) THEN "
		       "(SELECT %s) ELSE '%s' END",
		       STR_ARG(buf_str(&m->hits)), answer[m->policy], none);
}

/* ---- persons ---- */

/* The same value for both: on the constants, between them, beyond them, and null. */
static feel_value
person_value(maker *m, sqlite3_stmt *q, size_t column)
{
	int at = (int)column + 1;
	uint64_t i = below(m, CONSTANTS + 1);
	feel_value day;

	if (below(m, 6) == 0) {
		sqlite3_bind_null(q, at);
		return feel_null(NULL);
	}
	if (m->kind[column] == NUMBER && below(m, 3) == 0) {
		dec half;
		sqlite3_bind_double(q, at, (double)i + 0.5);
		assert_true(dec_parse(str_fmt(m->a, "%d.5", (int)i), &half));
		return feel_number(half);
	}
	switch (m->kind[column]) {
	case NUMBER:
		sqlite3_bind_int64(q, at, (int64_t)i);
		return feel_int((int64_t)i);
	case TEXT: {
		str s = str_fmt(m->a, "%c", (char)('a' + i));
		sqlite3_bind_text(q, at, s.p, (int)s.n, SQLITE_TRANSIENT);
		return feel_string(s);
	}
	case TRUTH:
		sqlite3_bind_int(q, at, (int)(i % 2));
		return feel_bool(i % 2);
	case DAY:
	case KINDS:
		break;
	}
	str s = str_fmt(m->a, "2024-02-2%d", (int)(i + 2));
	sqlite3_bind_text(q, at, s.p, (int)s.n, SQLITE_TRANSIENT);
	assert_true(feel_parse_date(s, &day));
	return day;
}

static void
ask_both(maker *m, uint64_t number, const dmn_model *model, sqlite3_stmt *q)
{
	feel_entry in[COLUMNS];
	feel_env env = {0};
	buf got = buf_in(m->a);
	feel_value v;
	fault f = {0};

	sqlite3_reset(q);
	for (size_t c = 0; c < m->columns; c++)
		in[c] = (feel_entry){str_fmt(m->a, "x%zu", c), person_value(m, q, c)};
	feel_context inputs = {.n = m->columns, .e = in};
	assert_int_equal(dmn_decide(m->a, &f, model, STR("d"), &inputs, &env, &v), RC_OK);
	assert_true(feel_print(&got, v));
	assert_int_equal(sqlite3_step(q), SQLITE_ROW);
	str want = str_of((const char *)sqlite3_column_text(q, 0));
	m->answered += !str_eq(want, STR("null")) && !str_eq(want, STR("[]"));
	if (str_eq(buf_str(&got), want))
		return;
	buf who = buf_in(m->a);
	feel_print(&who, feel_context_of(m->a, in, m->columns));
	fprintf(stderr, "%.*s\n%s\n", STR_ARG(buf_str(&m->xml)), sqlite3_sql(q));
	fail_msg("table %d: %.*s gives %.*s, SQL %.*s", (int)number, STR_ARG(buf_str(&who)),
		 STR_ARG(buf_str(&got)), STR_ARG(want));
}

/* How many of its persons got an answer. */
static size_t
one_table(arena *a, sqlite3 *db, uint64_t number)
{
	maker m = {.a = a, .r = {.seed = 20261122, .stream = number}, .xml = buf_in(a), .hits = buf_in(a)};
	sqlite3_stmt *q = NULL;
	dmn_model *model;
	fault f = {0};

	m.policy = number % LEN(policies);
	m.columns = 1 + below(&m, COLUMNS);
	m.rules = 1 + below(&m, RULES);
	m.otherwise = below(&m, 3) == 0;
	m.order[0] = below(&m, 5);
	for (size_t c = 0; c < m.columns; c++)
		m.kind[c] = (kind)below(&m, KINDS);
	put_table(&m);
	dmn_file file = {STR("t.dmn"), buf_str(&m.xml)};
	if (dmn_load(a, &f, &file, 1, false, &model) != RC_OK)
		fail_msg("table %d: %s", (int)number, cstr(a, fault_print(a, &f)));
	str sql = query(&m);
	if (sqlite3_prepare_v2(db, sql.p, (int)sql.n, &q, NULL) != SQLITE_OK)
		fail_msg("table %d: %s", (int)number, sqlite3_errmsg(db));
	for (int i = 0; i < PERSONS; i++)
		ask_both(&m, number, model, q);
	sqlite3_finalize(q);
	return m.answered;
}

static void
tables_say_what_sql_says(void **state)
{
	const char *which = getenv("ZHUCAN_TESTS");
	uint64_t n = which && strcmp(which, "all") == 0 ? TABLES_ALL : TABLES;
	arena *a = arena_open(NULL, 0);
	sqlite3 *db = NULL;
	size_t answered = 0;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	for (uint64_t i = 0; i < n; i++) {
		answered += one_table(a, db, i);
		arena_reset(a);
	}
	assert_true(answered > n * PERSONS / 3);
	sqlite3_close(db);
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_say_what_sql_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
