/* store.h - one site's database: reading connections, the writer that groups commands, ids, migrations.
 *
 * Pages read on a connection of their own and hand a command to the writer. A command is answered after its
 * commit is on the disk. On SQLite one thread writes, up to 64 commands in one transaction; on PostgreSQL a
 * few threads write, one transaction a command. */
#pragma once
#include "base/fault.h"
#include "store/seal.h"
#include "store/tx.h"

typedef struct store store;

typedef struct store_options {
	str url;             /* "postgresql://…", else the path of a SQLite file */
	str keys;            /* the key database, like url; empty: a store that seals nothing */
	const uint8_t *root; /* the site's root key, 32 bytes, with `keys` */
	bool create;         /* make the file and bring the schema up to date */
	int writers;         /* PostgreSQL: threads that write; 0 = 4 */
	int64_t node;        /* 0..1023: this process's part in ids */
} store_options;

/* Opens the site's store and starts its writers; all stop and close with `a`.
 * RC_IO: cannot open. RC_INVALID store.schema: made by a newer program, or a migration was changed. */
rc store_open(arena *a, fault *f, const store_options *o, store **out) MUST_USE;

/* Stops taking commands, finishes those handed over, ends the writers. store_open's arena does it too. */
void store_stop(store *s);

/* "sqlite" or "postgres". */
const char *store_engine(const store *s);

/* A connection to read with, in one snapshot, until `a` closes or store_read_end. A page keeps it for
 * milliseconds: a handler that waits gives it back first. */
rc store_read(store *s, arena *a, fault *f, db **out) MUST_USE;
void store_read_end(store *s, db *d);

typedef rc store_fn(tx *t, const void *in, void *out);

typedef enum store_lane {
	LANE_PEOPLE, /* somebody waits */
	LANE_JOB,    /* one slice between two groups of people's commands */
} store_lane;

typedef struct store_command {
	/* asked */
	store_fn *fn;
	const void *in;
	void *out;
	arena *a;    /* out and result live here; nobody else uses it until done */
	int64_t now; /* ms, from the caller's clock */
	store_lane lane;
	bool plain; /* adds rows that nobody reads before the commit, and is refused hardly ever: many plain
		       commands share a transaction without savepoints, and run again one by one when one of
		       them is refused */
	str key;    /* request key, or empty */
	int64_t actor;
	str route,
		input; /* what was asked, and a hash of it: the same key with another input is RC_CONFLICT */
	const wrapped_key *keys; /* of records this command makes: kept with its commit */
	size_t nkeys;
	void (*done)(struct store_command *); /* on the writer's thread, after the commit; may be NULL */
	void *ctx;
	/* answered */
	rc rc;
	fault fault;
	str result;
	bool repeated; /* the key had been answered before: `result` is that answer, fn did not run */
	/* the queue's */
	struct store_command *next;
	bool finished;
	bool kept; /* its keys are on the disk */
} store_command;

/* Hands a command over and returns; done() is called when it is committed or refused. */
void store_submit(store *s, store_command *c);

/* The same, waiting for the answer: command line and jobs. Gives c->rc; *f gets a copy of the fault. */
rc store_write(store *s, fault *f, store_command *c) MUST_USE;

/* A new id: 41 bits of milliseconds since 2020, 10 of node, 12 of counter; larger than every one before. */
int64_t store_id(store *s, int64_t now);

/* How often somebody waited for an answer of PostgreSQL so far: for tests that bound the trips of a page. */
int64_t store_trips(const store *s);

/* How full the writer's queue is: 0 idle. Pages answer 503 when it is over store_queue_max. */
size_t store_queued(const store *s);
enum { STORE_QUEUE_MAX = 20000 };
