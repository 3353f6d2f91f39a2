/* db.h - one connection to the database, SQLite or PostgreSQL behind the same few calls.
 *
 * Nothing here takes SQL text from a caller: a statement is a `sql_stmt` that tools/sqlgen wrote after
 * preparing it against the migrated schema, or one that this folder builds from the table descriptions.
 * Values are NULL, a 64-bit integer or a text; dates are text, instants are milliseconds, money is fen (scale
 * rules in docs/store.md). */
#pragma once
#include "base/fault.h"
#include "base/str.h"

typedef struct db db;

/* A column that may be NULL is DB_NULL as an integer and {NULL, 0} as a text. */
#define DB_NULL INT64_MIN

typedef enum sql_kind { SQL_NULL, SQL_INT, SQL_TEXT } sql_kind;

typedef struct sql_val {
	sql_kind kind;
	int64_t i;
	str s;
} sql_val;

static inline sql_val
sql_int(int64_t v)
{
	return (sql_val){.kind = v == DB_NULL ? SQL_NULL : SQL_INT, .i = v};
}

static inline sql_val
sql_text(str s)
{
	return (sql_val){.kind = s.p ? SQL_TEXT : SQL_NULL, .s = s};
}

static inline int64_t
sql_get_int(const sql_val *v)
{
	return v->kind == SQL_INT ? v->i : DB_NULL;
}

/* A prepared statement's description. `reach` says how far it can see (docs/store.md §4); tests read it. */
typedef struct sql_stmt {
	const char *name;
	const char *text; /* with $1 … $n */
	const char *reach;
	uint16_t nparams, ncols;
	const uint8_t *params; /* sql_kind of each */
	const uint8_t *cols;
} sql_stmt;

/* How a table takes part in the ledger: docs/store.md §1. */
typedef enum table_class { TABLE_LEDGER, TABLE_LEDGERED, TABLE_DERIVED, TABLE_LOCAL } table_class;

typedef struct db_column {
	const char *name;
	sql_kind type;
	bool sealed; /* base64 of a sealed value: stored raw in event images */
	bool nullable;
	uint8_t key; /* place in the primary key, from 1; 0: not in it */
} db_column;

typedef struct db_table {
	const char *name;
	table_class class;
	const char
		*why; /* for local and derived tables: why replay does not rebuild it, or who recomputes it */
	const db_column *col;
	uint16_t ncols, nkey, number; /* number: its place in db_tables */
} db_table;

/* The schema's history; the last entry has no name. */
typedef struct db_migration {
	const char *name;
	const char *text;
} db_migration;

extern const db_migration db_migrations[];
extern const db_table db_tables[];
extern const uint16_t db_ntables;
const db_table *db_table_find(str name);

enum { DB_COLS_MAX = 64 };

/* The rows of a running query. Texts are valid until the next db_next. */
typedef struct db_rows {
	db *d;
	void *impl;
	const sql_stmt *stmt;
	int64_t at;
	const sql_val *v;
	sql_val row[DB_COLS_MAX];
} db_rows;

/* Starts a query; read it to its end with db_next or end it with db_done. */
rc db_query(db *d, fault *f, const sql_stmt *s, const sql_val *args, db_rows *rows) MUST_USE;
/* RC_OK with rows->v set, RC_NOT_FOUND after the last row (the query is ended then). */
rc db_next(db_rows *rows, fault *f) MUST_USE;
void db_done(db_rows *rows);

/* Says that this query will be asked soon. Where a question costs a trip, those asked ahead go out with the
 * next one, and a reader's answers wait for db_query, until his snapshot ends or many more were asked.
 * Elsewhere, and in a command, it does nothing. */
void db_ahead(db *d, const sql_stmt *s, const sql_val *args);

/* Runs a statement without rows; `changed` (may be NULL) gets how many rows it touched.
 * RC_CONFLICT: a unique key stands already (on PostgreSQL the transaction is lost with it). */
rc db_exec(db *d, fault *f, const sql_stmt *s, const sql_val *args, int64_t *changed) MUST_USE;

/* The connection's text for RC_IO, RC_FULL and RC_BUSY goes to the log, the fault gets a plain sentence. */
