/* tables_test.c - decision tables made from seeds, of every hit policy, with nulls everywhere: what the
 * evaluator says of a person is what SQLite says of SQL made from the same table; and a table that was
 * prepared (dmn_sets.c) says the same as one whose cells are all asked, rule by rule and cell by cell, also
 * of values that SQL has not got.
 *
 * 500 tables, and 10,000 where ZHUCAN_TESTS is "all"; 20 persons a table and ten strange ones. A table that
 * fails is told by its number, from which it comes again. The same with the policy of bench/rules. */
#include "base/rng.h"
#include "feel/dmn.h"
#include "io/file.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum {
	TABLES = 500,
	TABLES_ALL = 10000,
	PERSONS = 20,
	STRANGERS = 10,
	COLUMNS = 4,
	RULES = 8,
	CONSTANTS = 6,
	POLICY_PERSONS = 3000
};

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
	buf allowed;   /* SQL: may the columns take these values? */
	buf xml, hits; /* hits: SELECT … UNION ALL …, a row for each rule that holds: i, v (as FEEL prints),
			  n, p */
	uint64_t order[3]; /* the output values, first first */
	bool otherwise, reckons;
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

/* More than a comparison with constants: such cells have no classes. */
static void
put_reckoned(maker *m, size_t column, buf *feel, buf *sql)
{
	int c = (int)below(m, CONSTANTS);

	if (m->kind[0] == NUMBER && column > 0) {
		buf_lit(feel, "? &gt; x0");
		buf_fmt(sql, "(?%zu > ?1)", column + 1);
		return;
	}
	buf_fmt(feel, "? + 1 &lt; %d", c);
	buf_fmt(sql, "(?%zu + 1 < %d)", column + 1, c);
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
	} else if (of == NUMBER && m->reckons && below(m, 6) == 0) {
		put_reckoned(m, column, feel, sql);
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

/* What the column may take; null it always may. */
static void
put_allowed(maker *m, size_t column)
{
	buf_lit(&m->xml, "<inputValues><text>");
	buf_fmt(&m->allowed, " AND (?%zu IS NULL OR ", column + 1);
	put_range(m, m->kind[column], column, &m->xml, &m->allowed);
	buf_lit(&m->xml, "</text></inputValues>");
	buf_lit(&m->allowed, " IS TRUE)");
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
	for (size_t c = 0; c < m->columns; c++) {
		buf_fmt(&m->xml, "<input><inputExpression><text>x%zu</text></inputExpression>", c);
		if (m->kind[c] != TRUTH && below(m, 6) == 0)
			put_allowed(m, c);
		buf_lit(&m->xml, "</input>");
	}
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
		       "WITH h(i, v, n, p) AS (%.*s) SELECT CASE WHEN NOT (TRUE%.*s) THEN 'null' "
		       "WHEN EXISTS (SELECT 1 FROM h) THEN (SELECT %s) ELSE '%s' END",
		       STR_ARG(buf_str(&m->hits)), STR_ARG(buf_str(&m->allowed)), answer[m->policy], none);
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

/* ---- asked in three ways ---- */

static void
note_rule(void *ctx, str table, size_t rule)
{
	buf_fmt(ctx, "%.*s %zu, ", STR_ARG(table), rule);
}

static void
note_cells(void *ctx, const feel_trace *t)
{
	buf *b = ctx;

	buf_fmt(b, "%.*s %zu: ", STR_ARG(t->table), t->column);
	for (size_t i = 0; t->cell && i < t->rules * t->columns; i++)
		buf_c(b, t->cell[i].kind == FEEL_NULL ? '?' : t->cell[i].b ? '1' : '0');
	buf_lit(b, ", ");
}

static feel_value
stranger(arena *a, rng *r)
{
	feel_value *two = arena_array(a, feel_value, 2), v;

	switch (rng_below(r, 10)) {
	case 0:
		return feel_null(NULL);
	case 1:
		return feel_bool(rng_chance(r, 1, 2));
	case 2:
		return feel_int((int64_t)rng_below(r, 2 * CONSTANTS) - CONSTANTS / 2);
	case 3:
		return feel_string(str_fmt(a, "%c", (char)('`' + rng_below(r, 9))));
	case 4:
		return feel_string(STR(""));
	case 5:
		return feel_date(19775 + (int64_t)rng_below(r, 9)); /* 2024-02-22 and after */
	case 6:
		v = feel_date(19776 + (int64_t)rng_below(r, 6));
		v.kind = FEEL_DATE_TIME;
		return v;
	case 7:
		return feel_months((int64_t)rng_below(r, 4));
	case 8:
		two[0] = feel_int((int64_t)rng_below(r, CONSTANTS));
		two[1] = feel_string(STR("a"));
		return feel_list(two, rng_below(r, 3));
	default:
		return feel_context_of(a, NULL, 0);
	}
}

typedef struct asked {
	const dmn_model *plain, *prepared;
	uint64_t number;
	sqlite3_stmt *q;
} asked;

/* What a model says of a person, with the cells and the rules on the way, as text. */
static str
said(arena *a, const dmn_model *model, str decision, const feel_context *in, bool traced)
{
	buf b = buf_in(a);
	feel_env env = {.ctx = &b, .fired = note_rule, .traced = traced ? note_cells : NULL};
	feel_value v;
	fault f = {0};

	assert_int_equal(dmn_decide(a, &f, model, decision, in, &env, &v), RC_OK);
	assert_true(feel_print(&b, v));
	return buf_str(&b);
}

static void
say_the_same(arena *a, const dmn_model *plain, const dmn_model *prepared, str decision,
	     const feel_context *in, const char *which)
{
	for (int traced = 0; traced < 2; traced++) {
		str x = said(a, plain, decision, in, traced), y = said(a, prepared, decision, in, traced);
		if (str_eq(x, y))
			continue;
		buf who = buf_in(a);
		feel_print(&who, feel_context_of(a, in->e, in->n));
		fail_msg("%s: %.*s\nplain\n%.*s\nprepared\n%.*s", which, STR_ARG(buf_str(&who)), STR_ARG(x),
			 STR_ARG(y));
	}
}

static bool
ask_all(maker *m, const asked *q)
{
	feel_entry in[COLUMNS];
	feel_env env = {0};
	buf got = buf_in(m->a);
	feel_value v;
	fault f = {0};

	sqlite3_reset(q->q);
	for (size_t c = 0; c < m->columns; c++)
		in[c] = (feel_entry){str_fmt(m->a, "x%zu", c), person_value(m, q->q, c)};
	feel_context inputs = {.n = m->columns, .e = in};
	assert_int_equal(dmn_decide(m->a, &f, q->plain, STR("d"), &inputs, &env, &v), RC_OK);
	assert_true(feel_print(&got, v));
	assert_int_equal(sqlite3_step(q->q), SQLITE_ROW);
	str want = str_of((const char *)sqlite3_column_text(q->q, 0));
	if (!str_eq(buf_str(&got), want)) {
		buf who = buf_in(m->a);
		feel_print(&who, feel_context_of(m->a, in, m->columns));
		fprintf(stderr, "%.*s\n%s\n", STR_ARG(buf_str(&m->xml)), sqlite3_sql(q->q));
		fail_msg("table %d: %.*s gives %.*s, SQL %.*s", (int)q->number, STR_ARG(buf_str(&who)),
			 STR_ARG(buf_str(&got)), STR_ARG(want));
	}
	say_the_same(m->a, q->plain, q->prepared, STR("d"), &inputs,
		     cstr(m->a, str_fmt(m->a, "table %d", (int)q->number)));
	return !str_eq(want, STR("null")) && !str_eq(want, STR("[]"));
}

/* Values of any kind, whatever the columns ask for. */
static void
ask_strangers(maker *m, const asked *q)
{
	feel_entry in[COLUMNS];

	for (size_t c = 0; c < m->columns; c++)
		in[c] = (feel_entry){str_fmt(m->a, "x%zu", c), stranger(m->a, &m->r)};
	feel_context inputs = {.n = m->columns, .e = in};
	say_the_same(m->a, q->plain, q->prepared, STR("d"), &inputs,
		     cstr(m->a, str_fmt(m->a, "table %d, %.*s", (int)q->number, STR_ARG(buf_str(&m->xml)))));
}

static dmn_model *
loaded(arena *a, str xml, bool prepared)
{
	dmn_file file = {STR("t.dmn"), xml};
	dmn_model *model;
	fault f = {0};

	if (dmn_load(a, &f, &file, 1, false, &model) != RC_OK)
		fail_msg("%s\n%s", cstr(a, fault_print(a, &f)), cstr(a, xml));
	if (prepared)
		dmn_prepare(model);
	return model;
}

/* How many of its persons got an answer. */
static size_t
one_table(arena *a, sqlite3 *db, uint64_t number)
{
	maker m = {.a = a,
		   .r = {.seed = 20261122, .stream = number},
		   .allowed = buf_in(a),
		   .xml = buf_in(a),
		   .hits = buf_in(a)};
	asked q = {.number = number};
	size_t answered = 0;

	m.policy = number % LEN(policies);
	m.columns = 1 + below(&m, COLUMNS);
	m.rules = 1 + below(&m, RULES);
	m.otherwise = below(&m, 3) == 0;
	m.reckons = below(&m, 4) == 0;
	m.order[0] = below(&m, 5);
	for (size_t c = 0; c < m.columns; c++)
		m.kind[c] = (kind)below(&m, KINDS);
	put_table(&m);
	q.plain = loaded(a, buf_str(&m.xml), false);
	q.prepared = loaded(a, buf_str(&m.xml), true);
	str sql = query(&m);
	if (sqlite3_prepare_v2(db, sql.p, (int)sql.n, &q.q, NULL) != SQLITE_OK)
		fail_msg("table %d: %s", (int)number, sqlite3_errmsg(db));
	for (int i = 0; i < PERSONS; i++)
		answered += ask_all(&m, &q);
	for (int i = 0; i < STRANGERS; i++)
		ask_strangers(&m, &q);
	sqlite3_finalize(q.q);
	return answered;
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

/* The policy of bench/rules, whose speed is measured: what is measured is what it says. */
static void
a_prepared_policy_says_what_its_cells_say(void **state)
{
	static const char *const name[] = {"age",         "category", "level",  "income",
					   "institution", "workinj",  "region", "oldage"};
	static const int32_t most[] = {100, 8, 5, 4, 2, 2, 1500, 2};
	arena *a = arena_open(NULL, 0), *own = arena_open(a, 0);
	rng r = {.seed = 20261122};
	fault f = {0};
	str xml;

	(void)state;
	assert_int_equal(file_read(a, &f, STR(SOURCE_ROOT "/bench/rules/two_subsidies.dmn"), 1 << 20, &xml),
			 RC_OK);
	dmn_model *plain = loaded(a, xml, false), *prepared = loaded(a, xml, true);
	for (int i = 0; i < POLICY_PERSONS; i++) {
		feel_entry e[LEN(name)];
		for (size_t k = 0; k < LEN(name); k++) {
			int64_t n = (int64_t)rng_below(&r, (uint64_t)most[k]);
			e[k] = (feel_entry){str_of(name[k]), most[k] == 2 && k < 6
								     ? feel_bool(n)
								     : feel_int(k == 6   ? 140000 + n
										: k == 7 ? 9000 * n
											 : n)};
			if (rng_chance(&r, 1, 8))
				e[k].value = rng_chance(&r, 1, 4) ? stranger(own, &r) : feel_null(NULL);
		}
		feel_context in = {.n = LEN(name), .e = e};
		say_the_same(own, plain, prepared, STR("living"), &in, "living");
		say_the_same(own, plain, prepared, STR("nursing"), &in, "nursing");
		arena_reset(own);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_say_what_sql_says),
		cmocka_unit_test(a_prepared_policy_says_what_its_cells_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
