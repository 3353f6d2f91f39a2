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
	for (; db_migrations[n].name; n++)
		TRY(run(d, a, f, &db_migrations[n], sum(a, c, db_migrations[n].text)));
	return RC_OK;
}
