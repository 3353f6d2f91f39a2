/* migrate.c - see migrate.h. The same text runs on both engines; what SQLite wants otherwise is put in here.
 */
#include "store/migrate.h"

#include "base/buf.h"
#include "io/crypto.h"
#include "store/db_priv.h"

static const char bootstrap[] = "CREATE TABLE IF NOT EXISTS migration (\n"
				"name TEXT NOT NULL,\nsha256 TEXT NOT NULL,\nPRIMARY KEY (name)\n);\n";

static const sql_stmt done = {
	.name = "migrations_done",
	.text = "SELECT name, sha256 FROM migration ORDER BY name",
	.ncols = 2,
	.cols = (const uint8_t[]){SQL_TEXT, SQL_TEXT},
};

static const sql_stmt note = {
	.name = "migration_note",
	.text = "INSERT INTO migration (name, sha256) VALUES ($1, $2)",
	.nparams = 2,
	.params = (const uint8_t[]){SQL_TEXT, SQL_TEXT},
};

/* What SQLite may expect of our tables. Unasked it takes one equality for ten rows, and reads a federation
 * from end to end where an index on (tenant, person) stands; its own ANALYZE would judge by the day it ran.
 * So the same is written for every site: a million rows a table, 50,000 where an index takes some only, each
 * column of an index leaving one row in `of`, the last of a unique one a single row. "noskipscan": an index
 * whose first column is not asked for is not worth trying. ANALYZE of one small table makes the table of
 * estimates. */
static const char estimates[] =
	"ANALYZE migration; DELETE FROM sqlite_stat1;\n"
	"INSERT INTO sqlite_stat1 (tbl, idx, stat)\n"
	"WITH RECURSIVE\n"
	"leaves (name, of) AS (VALUES ('tenant', 20), ('owner', 20), ('office', 20), ('open', 20),\n"
	"  ('role', 20), ('service', 10), ('state', 5), ('kind', 5), ('line', 5), ('on_web', 2),\n"
	"  ('closed', 2), ('id', 1000000)),\n"
	"tree (tbl, idx, name, uniq, parts, n) AS (\n"
	"  SELECT t.name, CASE WHEN i.origin = 'pk' AND t.wr THEN t.name ELSE i.name END, i.name,\n"
	"         i.\"unique\", (SELECT count(*) FROM pragma_index_info(i.name)),\n"
	"         CASE WHEN i.partial THEN 50000 ELSE 1000000 END\n"
	"  FROM pragma_table_list t JOIN pragma_index_list(t.name) i\n"
	"  WHERE t.schema = 'main' AND t.type = 'table'),\n"
	"walk (tbl, idx, name, uniq, parts, at, n) AS (\n"
	"  SELECT tbl, idx, name, uniq, parts, 0, n FROM tree\n"
	"  UNION ALL\n"
	"  SELECT w.tbl, w.idx, w.name, w.uniq, w.parts, w.at + 1,\n"
	"         CASE WHEN w.uniq AND w.at + 1 = w.parts THEN 1\n"
	"         ELSE max(1, w.n / COALESCE((SELECT l.of FROM leaves l WHERE l.name = c.name), 1000)) END\n"
	"  FROM walk w JOIN pragma_index_info(w.name) c ON c.seqno = w.at)\n"
	"SELECT tbl, idx, group_concat(n, ' ') || ' noskipscan'\n"
	"FROM (SELECT * FROM walk ORDER BY tbl, idx, at) GROUP BY tbl, idx;\n"
	"ANALYZE sqlite_schema";

/* SQLite: a table whose key is its order needs no second tree, unless its rows are long ("-- wide"). */
static const char *
dialect(arena *a, const db *d, const char *text)
{
	buf b = buf_in(a);
	str rest = str_of(text), l;
	bool wide = false;

	if (strcmp(d->engine->name, "sqlite") != 0)
		return text;
	while (str_next(&rest, '\n', &l)) {
		if (str_starts(l, STR("CREATE TABLE")))
			wide = str_ends(l, STR("-- wide"));
		buf_put(&b, str_eq(l, STR(");")) && !wide ? STR(") WITHOUT ROWID;") : l);
		buf_c(&b, '\n');
	}
	return cstr(a, buf_str(&b));
}

static str
sum(arena *a, crypto *c, const char *text)
{
	digest d = crypto_sha256(c, str_of(text));
	buf b = buf_in(a);

	buf_hex(&b, d.b, sizeof d.b);
	return buf_str(&b);
}

static rc
run(db *d, arena *a, fault *f, const db_migration *m, str sha)
{
	TRY(d->engine->begin(d, f, true));
	rc r = db_script(d, f, dialect(a, d, m->text));
	if (r == RC_OK)
		r = db_exec(d, f, &note, (sql_val[]){sql_text(str_of(m->name)), sql_text(sha)}, NULL);
	if (r == RC_OK)
		r = d->engine->commit(d, f);
	if (r != RC_OK)
		d->engine->rollback(d);
	return r;
}

/* How many of ours have run; they must be the first ones, unchanged. */
static rc
been_through(db *d, arena *a, fault *f, crypto *c, size_t *n)
{
	db_rows rows;
	rc r = RC_OK;

	*n = 0;
	TRY(db_query(d, f, &done, NULL, &rows));
	while ((r = db_next(&rows, f)) == RC_OK) {
		const db_migration *m = &db_migrations[*n];
		if (!m->name || !str_eq(rows.v[0].s, str_of(m->name))) {
			r = FAIL(f, RC_INVALID, "store.newer", FA_STR("migration", rows.v[0].s));
			db_done(&rows);
			return r;
		}
		if (!str_eq(rows.v[1].s, sum(a, c, m->text))) {
			db_done(&rows);
			return FAIL(f, RC_INVALID, "store.changed", FA_STR("migration", str_of(m->name)));
		}
		++*n;
	}
	return r == RC_NOT_FOUND ? RC_OK : r;
}

rc
migrate(db *d, arena *a, fault *f, bool create)
{
	crypto *c = NULL;
	size_t n = 0;

	TRY(crypto_open(a, f, &c));
	TRY(db_script(d, f, dialect(a, d, bootstrap)));
	TRY(been_through(d, a, f, c, &n));
	if (n == 0 && !create)
		return FAIL(f, RC_INVALID, "store.empty");
	if (!db_migrations[n].name)
		return RC_OK;
	for (; db_migrations[n].name; n++)
		TRY(run(d, a, f, &db_migrations[n], sum(a, c, db_migrations[n].text)));
	return strcmp(d->engine->name, "sqlite") == 0 ? db_script(d, f, estimates) : RC_OK;
}
