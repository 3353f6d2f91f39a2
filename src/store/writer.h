/* writer.h - one write connection with what its thread needs: inside this folder only. */
#pragma once
#include "base/vec.h"
#include "io/crypto.h"
#include "store/db_priv.h"
#include "store/image.h"
#include "store/parcel.h"
#include "store/store.h"
#include "store/tx.h"

/* The statements every table has; made once from the table descriptions, shared by all connections. */
typedef struct table_sql {
	sql_stmt insert; /* a new row; nothing when its key stands already */
	sql_stmt upsert; /* the row as given, whatever stood there: replay */
	sql_stmt find;   /* by key */
	sql_stmt scan;   /* all rows in key order */
	sql_stmt count;
	sql_stmt clear;
} table_sql;

const table_sql *table_sql_make(arena *a);

typedef enum chain { CHAIN_EVENT, CHAIN_LOOK, CHAINS } chain;
extern const char *const chain_name[CHAINS];

/* The end of one tenant's chain as this transaction sees it. */
typedef struct head {
	int64_t tenant;
	chain chain;
	int64_t seq;
	char hash[44]; /* base64 without '=': 43 and a NUL; empty before the first */
	bool dirty;
} head;

typedef struct writer {
	store *s;
	db *d;
	arena *a;     /* the connection's */
	arena *group; /* the transaction's */
	const table_sql *sql;
	crypto *crypto;
	image_codec *images;
	sha256 *sha;
	VEC(head) heads;
	VEC(head) saved; /* at the savepoint */
	VEC(struct patch_sql {
		const db_table *t;
		uint64_t mask;
		sql_stmt *stmt;
	})
	patches;
} writer;

struct tx {
	writer *w;      /* NULL in a parcel */
	parcel *parcel; /* NULL in a command */
	store *s;
	sealer *seal;
	image_codec *images;
	arena *a;
	fault *f;
	int64_t now;
	bool open;
	event_head head;
	data_key key; /* head.key points here: the command may have returned when the event is ended */
	str request;
	buf body;
	const db_table *last;
	bool bulk;
	str result;
};

/* All of a writer but its connection. */
rc writer_tools(store *s, arena *a, fault *f, writer *w) MUST_USE;

/* Around one transaction: forget cached heads; write them back. */
void writer_begin(writer *w);
rc writer_flush(writer *w, fault *f) MUST_USE;
void writer_save(writer *w);
void writer_restore(writer *w);

/* What tx.c hands a parcel: a row as put; an event as closed, its sequence and hash still open. Both are
 * copied.
 */
void parcel_take_row(parcel *p, const db_table *t, const sql_val *v);
void parcel_take_event(parcel *p, const sql_val *v);

/* Gives the next row of a chain its sequence and its hash; `v` has the sequence second, the hash last. */
rc chain_link(writer *w, arena *a, fault *f, const db_table *t, chain ch, sql_val *v) MUST_USE;

/* The hash of a chained row: over the hash before it and every stored column but its own. `v` stands in table
 * order. */
str ledger_hash(arena *a, crypto *c, const db_table *t, str previous, const sql_val *v);

/* The images of an event's body: undone base64, opened with the person's key where it is sealed,
 * decompressed. RC_NOT_FOUND: sealed for a person whose key was shredded. RC_INVALID ledger.body,
 * seal.broken. */
rc ledger_body(writer *w, sealer *keys, arena *a, fault *f, str body, str *images) MUST_USE;
