/* db_priv.h - what an engine gives; inside this folder only. */
#pragma once
#include "base/arena.h"
#include "store/db.h"

typedef struct db_engine {
	const char *name;
	rc (*query)(db *, fault *, const sql_stmt *, const sql_val *, db_rows *);
	void (*ahead)(db *, const sql_stmt *, const sql_val *); /* NULL: a question costs no trip */
	rc (*next)(db_rows *, fault *);
	void (*done)(db_rows *);
	rc (*exec)(db *, fault *, const sql_stmt *, const sql_val *, int64_t *);
	rc (*script)(db *, fault *, const char *sql); /* migrations and pragmas; several statements */
	rc (*begin)(db *, fault *, bool write);
	rc (*commit)(db *, fault *);
	void (*rollback)(db *);
	rc (*savepoint)(db *, fault *);
	rc (*release)(db *, fault *);
	void (*rollback_to)(db *);
	/* New rows of one table that nothing reads before the commit: COPY where there is one, INSERTs of
	 * many rows where not. A key that stands already is RC_CONFLICT, at once or at bulk_flush. */
	rc (*bulk)(db *, fault *, const db_table *, const sql_val *const *row, size_t n);
	rc (*bulk_flush)(db *, fault *);
	/* Where commits go to a log first, and only there: from here on this connection leaves the log to
	 * somebody else; how many pages it had after the last commit; what can be moved to its place is moved
	 * there, while others go on reading and writing, and `moved` says how many of its pages are now; it
	 * stays as it was where nothing could be moved. */
	void (*log_leave)(db *);
	int64_t (*log_pages)(const db *);
	rc (*log_move)(db *, fault *, int64_t *moved);
	void (*close)(db *);
} db_engine;

struct db {
	const db_engine *engine;
	arena *a; /* lives as long as the connection */
	bool read_only;
	bool in_tx;
	struct sql_cache *cache;
	struct sealer *sealer;      /* NULL on a store without keys */
	struct image_codec *images; /* made by the first parcel */
	int64_t *trips;             /* to the server, counted for the store; NULL: not counted */
	void *lent;                 /* the store's note of who borrowed it */
};

rc sqlite_open(arena *a, fault *f, str path, bool read_only, bool create, db **out) MUST_USE;
rc postgres_open(arena *a, fault *f, str url, bool read_only, db **out) MUST_USE;

static inline rc
db_script(db *d, fault *f, const char *sql)
{
	return d->engine->script(d, f, sql);
}

/* A handle kept for each statement of this connection, found by the statement's address. */
typedef struct sql_cache {
	arena *a;
	struct {
		const sql_stmt *stmt;
		void *handle;
	} * slot;
	size_t n, cap;
} sql_cache;

void **sql_cache_at(sql_cache *c, const sql_stmt *s);
