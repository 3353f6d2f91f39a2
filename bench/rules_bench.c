/* rules_bench.c - the policy of bench/rules put before invented persons: decided one by one, decided and
 * fully explained one by one, beside SQLite's CASE over a table of the same persons.
 *
 *   rules_bench [PERSONS]     200,000 by default
 *
 * Two tables of 13 rules and seven columns, and a decision after them. The SQL is made from the cells of the
 * model, so the two sides also prove each other: their sums must agree. With TCK_DIR the largest model of the
 * kit is read and checked as well. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/policy/explain.h"
#include "base/rng.h"
#include "io/file.h"

enum { PERSONS = 200000, EXPLAINED_EVERY = 4, MODEL_ROUNDS = 30, SEED = 20150522 };

static const char *const column[] = {"age",         "category", "level",  "income",
				     "institution", "workinj",  "region", "oldage"};

enum { AGE, CATEGORY, LEVEL, INCOME, INSTITUTION, WORKINJ, REGION, OLDAGE, COLUMNS };

typedef struct person {
	int32_t v[COLUMNS];
} person;

/* What both sides must say: the sums of fen, and for how many they are above nothing. */
typedef struct sums {
	int64_t living, nursing, paid_living, paid_nursing;
} sums;

static double
clock_of(clockid_t which)
{
	struct timespec t;

	clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

typedef struct watch {
	double wall, cpu;
} watch;

static watch
start(void)
{
	return (watch){clock_of(CLOCK_MONOTONIC), clock_of(CLOCK_PROCESS_CPUTIME_ID)};
}

static void
tell(const char *what, watch from, size_t n)
{
	double wall = clock_of(CLOCK_MONOTONIC) - from.wall,
	       cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - from.cpu;

	printf("%-34s %9.0f persons/s  %9.0f a second of processor  %7.2f us each\n", what, (double)n / wall,
	       (double)n / cpu, cpu / (double)n * 1e6);
}

static void
must(rc r, const fault *f)
{
	if (r == RC_OK)
		return;
	arena *a = arena_open(NULL, 0);
	fprintf(stderr, "%s\n", cstr(a, fault_print(a, f)));
	exit(1);
}

/* ---- persons ---- */

static person
person_at(uint64_t i)
{
	static const uint32_t category[] = {149, 242, 15, 290, 67, 74, 163}, level[] = {140, 160, 280, 420},
			      income[] = {700, 100, 170, 30};
	rng r = {.seed = SEED, .stream = i};
	person p = {0};
	size_t band = rng_weighted(&r, (const uint32_t[]){55, 37, 8}, 3);

	p.v[AGE] = (int32_t)(band == 0   ? 60 + rng_below(&r, 36)
			     : band == 1 ? 18 + rng_below(&r, 42)
					 : rng_below(&r, 18));
	p.v[CATEGORY] = 1 + (int32_t)rng_weighted(&r, category, LEN(category));
	p.v[LEVEL] = 1 + (int32_t)rng_weighted(&r, level, LEN(level));
	p.v[INCOME] = (int32_t)rng_weighted(&r, income, LEN(income));
	p.v[INSTITUTION] = rng_chance(&r, 1, 50);
	p.v[WORKINJ] = rng_chance(&r, 1, 200);
	p.v[REGION] = 140000 + 100 * (1 + (int32_t)rng_below(&r, 14)) + 1 + (int32_t)rng_below(&r, 10);
	p.v[OLDAGE] = p.v[AGE] >= 80 && rng_chance(&r, 1, 5) ? 5000 + 1000 * (int32_t)rng_below(&r, 26) : 0;
	return p;
}

static feel_context
inputs_of(const person *p, feel_entry *e)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		bool truth = i == INSTITUTION || i == WORKINJ;
		e[i] = (feel_entry){str_of(column[i]), truth ? feel_bool(p->v[i]) : feel_int(p->v[i])};
	}
	return (feel_context){.n = COLUMNS, .e = e};
}

/* ---- SQLite ---- */

/* One part of a cell: true, 3, <18, >=60, [140101..140110]. */
static void
put_part(buf *b, str asked, str part)
{
	ptrdiff_t dots = str_find(part, STR(".."));

	if (dots > 0)
		buf_fmt(b, "%.*s BETWEEN %.*s AND %.*s", STR_ARG(asked),
			STR_ARG(str_sub(part, 1, (size_t)dots - 1)),
			STR_ARG(str_sub(part, (size_t)dots + 2, part.n - (size_t)dots - 3)));
	else if (part.p[0] == '<' || part.p[0] == '>')
		buf_fmt(b, "%.*s %.*s", STR_ARG(asked), STR_ARG(part));
	else
		buf_fmt(b, "%.*s = %.*s", STR_ARG(asked), STR_ARG(part));
}

static void
put_case(buf *b, const policy_table *t)
{
	buf_lit(b, "CASE");
	for (size_t r = 0; r < t->nrows; r++) {
		buf_lit(b, " WHEN TRUE");
		for (size_t i = 0; i < t->nin; i++) {
			str rest = t->row[r].test[i], part;
			if (str_eq(rest, STR("-")))
				continue;
			buf_lit(b, " AND (FALSE");
			while (str_next(&rest, ',', &part)) {
				buf_lit(b, " OR ");
				put_part(b, t->in[i].expr, str_trim(part));
			}
			buf_c(b, ')');
		}
		buf_fmt(b, " THEN %.*s", STR_ARG(t->row[r].value[0]));
	}
	buf_lit(b, " END");
}

static sqlite3 *
persons_in_sqlite(size_t n)
{
	sqlite3 *db;
	sqlite3_stmt *q;

	if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
	    sqlite3_exec(
		    db,
		    "CREATE TABLE persons(age INT, category INT, level INT, income INT, institution INT, "
		    "workinj INT, region INT, oldage INT); BEGIN",
		    NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO persons VALUES(?,?,?,?,?,?,?,?)", -1, &q, NULL) != SQLITE_OK)
		exit(1);
	for (size_t i = 0; i < n; i++) {
		person p = person_at(i);
		for (int k = 0; k < COLUMNS; k++)
			sqlite3_bind_int(q, k + 1, p.v[k]);
		if (sqlite3_step(q) != SQLITE_DONE)
			exit(1);
		sqlite3_reset(q);
	}
	sqlite3_finalize(q);
	return db;
}

static sums
by_sqlite(arena *a, const policy *p, size_t n)
{
	buf b = buf_in(a);
	sqlite3 *db = persons_in_sqlite(n);
	sqlite3_stmt *q = NULL;
	sums s;

	buf_lit(&b,
		"SELECT sum(living), sum(nursing), sum(living > 0), sum(nursing > 0) FROM (SELECT living, "
		"CASE WHEN standard >= oldage THEN standard ELSE 0 END AS nursing FROM (SELECT oldage, ");
	put_case(&b, policy_decision_find(p->doc, STR("living"))->table);
	buf_lit(&b, " AS living, ");
	put_case(&b, policy_decision_find(p->doc, STR("nursing_standard"))->table);
	buf_lit(&b, " AS standard FROM persons))");
	if (sqlite3_prepare_v2(db, buf_str(&b).p, (int)b.n, &q, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
		exit(1);
	}
	watch from = start();
	if (sqlite3_step(q) != SQLITE_ROW)
		exit(1);
	tell("SQLite, CASE in one statement", from, n);
	s = (sums){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), sqlite3_column_int64(q, 2),
		   sqlite3_column_int64(q, 3)};
	sqlite3_finalize(q);
	sqlite3_close(db);
	return s;
}

/* ---- ours ---- */

static int64_t
amount(feel_value v)
{
	int64_t out = -1;

	if (v.kind != FEEL_NUMBER || !dec_to_i64(v.n, &out))
		exit(1);
	return out;
}

/* EXPLAINED: every cell of every rule with the value it saw, rows by nearness; SAID: in Chinese sentences
 * too; WRITTEN: all as JSON, with the sentences in both languages. */
typedef enum way { DECIDED, EXPLAINED, SAID, WRITTEN } way;

static feel_value
one(arena *a, const policy *p, str decision, const feel_context *in, way how)
{
	feel_env env = {0};
	policy_explanation x;
	feel_value v;
	fault f = {0};

	if (how == DECIDED) {
		must(dmn_decide(a, &f, p->model, decision, in, &env, &v), &f);
		return v;
	}
	must(policy_explain(a, &f, p, decision, in, &env, &x), &f);
	buf b = buf_in(a);
	if (how == SAID)
		policy_explain_say(&b, MSG_ZH, &x);
	else if (how == WRITTEN)
		policy_explain_json(&b, &x);
	return x.result;
}

static sums
one_by_one(const policy *p, size_t n, way how, const char *what)
{
	arena *a = arena_open(NULL, 0);
	sums s = {0};
	watch from = start();

	for (size_t i = 0; i < n; i++) {
		feel_entry e[COLUMNS];
		person who = person_at(i);
		feel_context in = inputs_of(&who, e);
		int64_t living = amount(one(a, p, STR("living"), &in, how)),
			nursing = amount(one(a, p, STR("nursing"), &in, how));
		s.living += living;
		s.nursing += nursing;
		s.paid_living += living > 0;
		s.paid_nursing += nursing > 0;
		arena_reset(a);
	}
	tell(what, from, n);
	arena_close(a);
	return s;
}

/* ---- the largest model of the kit ---- */

static void
largest_model(void)
{
	const char *kit = getenv("TCK_DIR");
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	dmn_file file = {.name = STR("0100-arithmetic.dmn")};
	double best = 1e9;

	if (!kit)
		return;
	must(file_read(a, &f, str_fmt(a, "%s/compliance-level-3/0100-arithmetic/0100-arithmetic.dmn", kit),
		       4 << 20, &file.xml),
	     &f);
	for (int i = 0; i < MODEL_ROUNDS; i++) {
		arena *own = arena_open(NULL, 0);
		dmn_model *m;
		double from = clock_of(CLOCK_PROCESS_CPUTIME_ID);
		must(dmn_load(own, &f, &file, 1, false, &m), &f);
		double took = clock_of(CLOCK_PROCESS_CPUTIME_ID) - from;
		best = took < best ? took : best;
		arena_close(own);
	}
	printf("%-34s %9.2f ms, %zu bytes\n", "largest model of the kit read", best * 1e3, file.xml.n);
	arena_close(a);
}

int
main(int argc, char **argv)
{
	int64_t n = PERSONS;
	arena *a = arena_open(NULL, 0);
	policy_files files = {.name = STR("bench/rules")};
	feel_zones zones = {.a = a};
	const policy *p;
	fault f = {0};

	if (argc > 1 && (!str_to_i64(str_of(argv[1]), &n) || n < 1 || n > 10000000))
		return 2;
	must(file_read(a, &f, STR(SOURCE_ROOT "/bench/rules/two_subsidies.dmn"), 1 << 20, &files.dmn), &f);
	must(policy_load(a, &f, &files, &zones, &p), &f);
	sums want = by_sqlite(a, p, (size_t)n), got = one_by_one(p, (size_t)n, DECIDED, "decided one by one");
	bool same = memcmp(&want, &got, sizeof want) == 0;
	(void)one_by_one(p, (size_t)n / EXPLAINED_EVERY, EXPLAINED, "and explained, every cell");
	(void)one_by_one(p, (size_t)n / EXPLAINED_EVERY, SAID, "and in sentences");
	(void)one_by_one(p, (size_t)n / EXPLAINED_EVERY, WRITTEN, "and as JSON, in both languages");
	printf("living %lld fen to %lld, nursing %lld to %lld: SQLite %s\n", (long long)got.living,
	       (long long)got.paid_living, (long long)got.nursing, (long long)got.paid_nursing,
	       same ? "says the same" : "SAYS OTHERWISE");
	largest_model();
	arena_close(a);
	return !same;
}
