/* ledger.h - the proof: are the chains whole, and do the tables say what the ledger says?
 *
 * Every event of every tenant is read in order, its hash made again, its images laid into an empty database;
 * then each table is compared with what was rebuilt, row by row and column by column. A value changed behind
 * the program's back is named with table, key and column, and the day of the last lawful change of that row.
 */
#pragma once
#include "base/vec.h"
#include "io/crypto.h"
#include "store/store.h"

typedef struct ledger_finding {
	const char
		*id; /* message id: ledger.changed, .missing, .extra, .hash, .gap, .head, .signature, .body */
	const char *table;
	str key;            /* "7/12345": the parts of the primary key */
	const char *column; /* NULL: the whole row */
	int32_t day;        /* of the last lawful change; DATE_NONE: there is none */
} ledger_finding;

typedef struct ledger_table {
	const db_table *table;
	int64_t rows, rebuilt;
	char live[65], made[65]; /* SHA-256 over all rows in key order, hex; empty: not compared */
} ledger_table;

typedef struct ledger_end {
	int64_t tenant, seq;
	const char *chain;
	str hash;
	bool is_signed; /* a signature over this very head stands in seal_head */
} ledger_end;

enum { LEDGER_FINDINGS_MAX = 1000 };

typedef struct ledger_report {
	VEC(ledger_table) tables;
	VEC(ledger_finding) findings; /* the first LEDGER_FINDINGS_MAX */
	VEC(ledger_end) heads;
	int64_t events, looks, nfindings;
	int64_t shredded; /* events whose body nobody can open any more */
} ledger_report;

/* A derived table that no single SELECT recomputes: `fill` makes its rows in `made` from the tables rebuilt
 * there. */
typedef struct ledger_derived {
	const char *table;
	rc (*fill)(db *made, sealer *keys, arena *a, fault *f);
} ledger_derived;

/* For a `fill`: one row of a derived table. `v` stands in the order of its columns. */
rc ledger_derive_row(db *made, fault *f, const db_table *t, const sql_val *v) MUST_USE;

typedef struct ledger_ask {
	str scratch;                   /* a path for the rebuilt database, made and removed here */
	const uint8_t *key;            /* the site's public signing key, 32 bytes */
	const ledger_derived *derived; /* ends with a table of NULL; NULL: none */
} ledger_ask;

/* RC_OK with findings in the report; an rc only when reading or writing failed. */
rc ledger_check(store *s, arena *a, fault *f, const ledger_ask *ask, ledger_report *out) MUST_USE;

/* Signs every head that grew since its last signature: at each day's end (a job, inside its command) and at
 * stop. */
rc ledger_sign_in(tx *t, const sign_key *key, int64_t *signed_heads) MUST_USE;
rc ledger_sign(store *s, arena *a, fault *f, const sign_key *key, int64_t now,
	       int64_t *signed_heads) MUST_USE;
