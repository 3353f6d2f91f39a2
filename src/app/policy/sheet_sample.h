/* sheet_sample.h - for tests: decision tables drawn at random, and the lines of two grids compared. */
#pragma once
#include "app/policy/sheet.h"
#include "base/rng.h"

/* The whole sheet as one text, for comparing and for saying what differs. */
static inline str
sample_text(arena *a, const grid *g)
{
	const str *const *row;
	size_t width, n = grid_lines(a, g, MSG_ZH, &row, &width);
	buf b = buf_in(a);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < width; k++) {
			buf_put(&b, row[i][k]);
			buf_put(&b, k + 1 < width ? STR(" | ") : STR("\n"));
		}
	return buf_str(&b);
}

static inline str
sample_of(rng *r, const char *const *from, size_t n)
{
	return str_of(from[rng_below(r, n)]);
}

#define SAMPLE_OF(r, list) sample_of((r), (list), LEN(list))

static inline str
sample_cell(rng *r, grid_kind kind, bool number)
{
	static const char *const numbers[] = {"-",
					      "",
					      ">= 60",
					      "[60..70)",
					      "< 5, > 9.50",
					      "-5",
					      "not(1, 2)",
					      "]-1..12.500[",
					      "0",
					      "null",
					      "? * 2 > 3\n and ? < 90"};
	static const char *const texts[] = {"-",
					    "",
					    "\"一级\"",
					    "\"一级\", \"二级\"",
					    "not(\"四级\")",
					    "\"a, b\"",
					    "\"全角，（）＞留着\"",
					    "\"<&>\"",
					    "  \"x\" "};
	static const char *const amounts[] = {
		"0", "35000", "-12.50", "null", "1.10 + 2", "-1", "if true then 1\nelse 2"};
	static const char *const words[] = {"\"甲\"", "\"一、二\"", "null", "\"=1+1\"", "\"a\" + \"b\""};
	static const char *const told[] = {"",
					   "办法第三条，第二款",
					   "=1+1",
					   "'quoted",
					   "-",
					   "'-x",
					   "''",
					   "@home",
					   "＝全角",
					   " blanks ",
					   "a \"b\" c",
					   "one\ntwo",
					   "<zc> & more",
					   "1,000",
					   "2025-07-01",
					   "+86",
					   "tab\there",
					   "TRUE",
					   "007"};

	if (kind == GRID_INPUT)
		return number ? SAMPLE_OF(r, numbers) : SAMPLE_OF(r, texts);
	if (kind == GRID_OUTPUT)
		return number ? SAMPLE_OF(r, amounts) : SAMPLE_OF(r, words);
	return SAMPLE_OF(r, told);
}

static inline void
sample_columns(arena *a, rng *r, grid *g, grid_kind kind, const char *const *names, size_t n, bool ids)
{
	for (size_t i = 0; i < n; i++) {
		grid_column *c = vec_add(a, &g->columns);
		bool number = rng_chance(r, 1, 2);
		*c = (grid_column){.kind = kind, .heading = str_of(names[i])};
		for (size_t k = 0; k < GRID_PROPS; k++)
			c->prop[k] = STR("");
		if (kind > GRID_OUTPUT)
			continue;
		c->prop[GRID_TYPE] = number ? STR("number") : STR("string");
		if (ids)
			c->prop[GRID_ID] = str_fmt(a, "%s_%zu", kind == GRID_INPUT ? "in" : "列", i);
		if (rng_chance(r, 1, 3))
			c->prop[GRID_LABEL] = STR("Label, \"quoted\"");
		if (rng_chance(r, 1, 4))
			c->prop[GRID_ALLOWED] = number ? STR("[0..100], -5") : STR("\"一级\",\"二级\"");
		if (kind == GRID_OUTPUT && rng_chance(r, 1, 4))
			c->prop[GRID_OTHERWISE] = number ? STR("0") : STR("\"无\"");
		if (kind == GRID_OUTPUT && rng_chance(r, 1, 4))
			c->prop[GRID_UNIT] = STR("yuan/month");
	}
}

/* The table of a seed: every kind of column, every hit policy, cells with all that CSV, XML and Excel have to
 * escape. */
static inline grid
sample_grid(arena *a, uint64_t seed)
{
	static const char *const hit[] = {"UNIQUE",   "ANY",         "FIRST",
					  "PRIORITY", "RULE ORDER",  "OUTPUT ORDER",
					  "COLLECT",  "COLLECT SUM", "COLLECT MIN"};
	static const char *const in[] = {"残疾等级", "年龄", "Monthly Salary", "户籍 地区"},
				 *const out[] = {"金额", "说明文字", "c"}, *const note[] = {"依据", "备注"},
				 *const told[] = {"citation", "published", "from-day"};
	rng r = {.seed = seed};
	bool ids = rng_chance(&r, 1, 2);
	grid g = {0};

	g.fact[GRID_DECISION] = rng_chance(&r, 1, 2) ? STR("护理补贴 金额") : STR("Care & <allowance>");
	g.fact[GRID_DECISION_ID] = STR("d-1");
	g.fact[GRID_TABLE] = STR("表_1");
	g.fact[GRID_RESULT] = STR("");
	g.fact[GRID_HIT] = SAMPLE_OF(&r, hit);
	sample_columns(a, &r, &g, GRID_INPUT, in, rng_below(&r, LEN(in) + 1), ids);
	sample_columns(a, &r, &g, GRID_OUTPUT, out, 1 + rng_below(&r, LEN(out)), ids);
	sample_columns(a, &r, &g, GRID_NOTE, note, rng_below(&r, LEN(note) + 1), false);
	if (rng_chance(&r, 1, 2))
		sample_columns(a, &r, &g, GRID_WORDS, (const char *const[]){"description"}, 1, false);
	if (rng_chance(&r, 1, 2))
		sample_columns(a, &r, &g, GRID_ENGLISH, (const char *const[]){"label"}, 1, false);
	sample_columns(a, &r, &g, GRID_ROW, told, rng_below(&r, LEN(told) + 1), false);
	size_t n = rng_below(&r, 12);
	for (size_t i = 0; i < n; i++) {
		grid_row *row = vec_add(a, &g.rows);
		*row = (grid_row){str_fmt(a, "SH-%zu", i), arena_array(a, str, g.columns.n), 0};
		for (size_t k = 0; k < g.columns.n; k++)
			row->cell[k] = sample_cell(&r, g.columns.v[k].kind,
						   str_eq(g.columns.v[k].prop[GRID_TYPE], STR("number")));
	}
	return g;
}
