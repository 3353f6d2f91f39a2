/* postgres.c - the PostgreSQL engine over libpq: statements prepared once a connection under the address of
 * their description, parameters and results as text, many rows by COPY. One connection belongs to one thread.
 *
 * A failed statement loses the whole transaction here, so "no row was inserted" is asked for with ON CONFLICT
 * DO NOTHING and a count, never with an error.
 *
 * A trip costs more than most statements. A reader's BEGIN goes out with his first question, questions asked
 * ahead go out with the next one, and nobody waits for the end of his transaction.
 *
 * A server that was stopped and started again leaves dead connections behind. Outside a transaction nothing
 * is lost with one: it is made anew and asked once more. Inside, the command fails and begins again. */
#include "store/db_priv.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"

enum {
	OID_INT8 = 20,
	OID_TEXT = 25,
	PARAMS_MAX = DB_COLS_MAX * 2,
	AHEAD_KEPT = 64 /* answers asked ahead that stay: a page's, not a roster's */
};

/* A reader's question asked ahead. */
typedef struct asked {
	const sql_stmt *stmt;
	const sql_val *args;
	PGresult *answer; /* NULL: not sent yet */
} asked;

typedef struct postgres_db {
	db base;
	PGconn *h;
	arena *scratch; /* parameters of the running statement */
	uint64_t epoch; /* of the connection: a new one has prepared nothing */
	buf *copy;      /* for each table: rows waiting for a COPY */
	bool copying;
	bool begin_due;     /* of a reader: it goes out with his first question */
	bool ending;        /* a ROLLBACK is under way, its answer not read yet */
	arena *asked_arena; /* of these, until the snapshot ends */
	VEC(asked) ahead;
	size_t lent; /* answers of `ahead` that somebody reads at this moment */
	bool dead;   /* the last statement failed because the server went away */
} postgres_db;

static postgres_db *
pg(db *d)
{
	return (postgres_db *)(void *)d;
}

static rc
fail(postgres_db *d, fault *f, const PGresult *r, const char *what)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	str say = str_of(r ? PQresultErrorMessage(r) : PQerrorMessage(d->h));
	str code = str_of(state);

	/* A fault of libpq's own has no code; a server that stops says 57P01 to 57P03. PQstatus alone is
	 * late: it is still good after the first statement that got no answer. */
	if (!state || str_starts(code, STR("57P0")) || str_starts(code, STR("08")))
		d->dead = true;
	if (str_eq(code, STR("23505")))
		return FAIL(f, RC_CONFLICT, "store.conflict", FA_STR("engine", say));
	if (str_starts(code, STR("23")))
		return FAIL(f, RC_INVALID, "store.constraint", FA_STR("engine", say));
	if (str_eq(code, STR("40001")) || str_eq(code, STR("40P01")) || str_eq(code, STR("55P03")))
		return FAIL(f, RC_BUSY, "store.busy", FA_STR("engine", say));
	if (str_eq(code, STR("53100")))
		return FAIL(f, RC_FULL, "store.full", FA_STR("engine", say));
	return FAIL(f, RC_IO, "store.failed", FA_STR("engine", say), FA_STR("statement", str_of(what)));
}

/* Somebody waits for the server. */
static void
count_trip(const postgres_db *d)
{
	if (d->base.trips)
		__atomic_fetch_add(d->base.trips, 1, __ATOMIC_RELAXED);
}

static rc
simple(postgres_db *d, fault *f, const char *sql)
{
	count_trip(d);
	PGresult *r = PQexec(d->h, sql);
	rc e = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK
		       ? RC_OK
		       : fail(d, f, r, sql);

	PQclear(r);
	return e;
}

/* The connection had died, as its last statement showed, and lives again. */
static bool
revived(postgres_db *d, bool nothing_read)
{
	if (!d->dead || (d->base.in_tx && !nothing_read))
		return false;
	PQreset(d->h);
	d->dead = PQstatus(d->h) != CONNECTION_OK;
	d->epoch++; /* it has prepared nothing */
	return !d->dead;
}

/* ---- COPY ---- */

enum { COPY_AT = 4 << 20 };

static rc
copy_table(postgres_db *d, fault *f, const db_table *t)
{
	buf *b = &d->copy[t->number];
	char sql[128];
	rc e = RC_OK;

	if (b->n == 0)
		return RC_OK;
	snprintf(sql, sizeof sql, "COPY %s FROM STDIN", t->name);
	count_trip(d);
	count_trip(d);
	PGresult *r = PQexec(d->h, sql);
	if (PQresultStatus(r) != PGRES_COPY_IN)
		e = fail(d, f, r, sql);
	PQclear(r);
	TRY(e);
	d->copying = true;
	if (PQputCopyData(d->h, b->p, (int)b->n) != 1 || PQputCopyEnd(d->h, NULL) != 1)
		return fail(d, f, NULL, sql);
	while ((r = PQgetResult(d->h)) != NULL) {
		if (e == RC_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
			e = fail(d, f, r, sql);
		PQclear(r);
	}
	d->copying = false;
	buf_clear(b);
	return e;
}

static rc
postgres_bulk_flush(db *base, fault *f)
{
	for (uint16_t i = 0; i < db_ntables; i++)
		TRY(copy_table(pg(base), f, &db_tables[i]));
	return RC_OK;
}

static void
copy_text(buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\t' || c == '\n' || c == '\r' || c == '\\') {
			buf_c(b, '\\');
			c = (char)(c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c);
		}
		buf_c(b, c);
	}
}

static void
copy_row(buf *b, const db_table *t, const sql_val *v)
{
	for (uint16_t i = 0; i < t->ncols; i++) {
		if (i)
			buf_c(b, '\t');
		if (v[i].kind == SQL_INT)
			buf_i64(b, v[i].i);
		else if (v[i].kind == SQL_TEXT)
			copy_text(b, v[i].s);
		else
			buf_lit(b, "\\N");
	}
	buf_c(b, '\n');
}

static rc
postgres_bulk(db *base, fault *f, const db_table *t, const sql_val *const *row, size_t n)
{
	postgres_db *d = pg(base);
	buf *b = &d->copy[t->number];

	b->a = base->a;
	for (size_t i = 0; i < n; i++) {
		copy_row(b, t, row[i]);
		if (b->n > COPY_AT)
			TRY(copy_table(d, f, t));
	}
	return RC_OK;
}

/* ---- statements ---- */

static void
statement_name(const sql_stmt *s, char name[32])
{
	snprintf(name, 32, "s%llx", (unsigned long long)(uintptr_t)s);
}

static rc
prepare(postgres_db *d, fault *f, const sql_stmt *s, char name[32])
{
	void **slot = sql_cache_at(d->base.cache, s);
	Oid types[PARAMS_MAX];

	statement_name(s, name);
	if (*slot == (void *)(uintptr_t)d->epoch)
		return RC_OK;
	for (int i = 0; i < s->nparams; i++)
		types[i] = s->params[i] == SQL_TEXT ? OID_TEXT : OID_INT8;
	count_trip(d);
	PGresult *r = PQprepare(d->h, name, s->text, s->nparams, types);
	rc e = PQresultStatus(r) == PGRES_COMMAND_OK ? RC_OK : fail(d, f, r, s->name);
	PQclear(r);
	if (e == RC_OK)
		*slot = (void *)(uintptr_t)d->epoch;
	return e;
}

/* The parameters as texts, in the scratch arena. */
static void
texts(postgres_db *d, const sql_stmt *s, const sql_val *args, const char *v[PARAMS_MAX])
{
	arena_reset(d->scratch);
	for (int i = 0; i < s->nparams; i++) {
		if (args[i].kind == SQL_NULL)
			v[i] = NULL;
		else if (args[i].kind == SQL_TEXT)
			v[i] = cstr(d->scratch, args[i].s);
		else
			v[i] = str_fmt(d->scratch, "%lld", (long long)args[i].i).p;
	}
}

static bool
went_well(const PGresult *r)
{
	return PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
}

/* ---- questions asked ahead ---- */

static void
forget_ahead(postgres_db *d)
{
	for (size_t i = 0; i < d->ahead.n; i++)
		PQclear(d->ahead.v[i].answer);
	d->ahead.v = NULL;
	d->ahead.n = d->ahead.cap = d->lent = 0;
	arena_reset(d->asked_arena);
}

static bool
all_answered(const postgres_db *d)
{
	for (size_t i = 0; i < d->ahead.n; i++)
		if (!d->ahead.v[i].answer)
			return false;
	return true;
}

static void
postgres_ahead(db *base, const sql_stmt *s, const sql_val *args)
{
	postgres_db *d = pg(base);

	if (d->ahead.n >= AHEAD_KEPT && d->lent == 0 && all_answered(d))
		forget_ahead(d);
	sql_val *own = arena_array(d->asked_arena, sql_val, s->nparams + 1u);
	for (int i = 0; i < s->nparams; i++) {
		own[i] = args[i];
		if (args[i].kind == SQL_TEXT)
			own[i].s = str_dup(d->asked_arena, args[i].s);
	}
	*vec_add(d->asked_arena, &d->ahead) = (asked){.stmt = s, .args = own};
}

static bool
same_args(const sql_stmt *s, const sql_val *x, const sql_val *y)
{
	for (int i = 0; i < s->nparams; i++)
		if (x[i].kind != y[i].kind || (x[i].kind == SQL_INT && x[i].i != y[i].i) ||
		    (x[i].kind == SQL_TEXT && !str_eq(x[i].s, y[i].s)))
			return false;
	return true;
}

static asked *
find_asked(postgres_db *d, const sql_stmt *s, const sql_val *args)
{
	for (size_t i = 0; i < d->ahead.n; i++)
		if (d->ahead.v[i].stmt == s && same_args(s, d->ahead.v[i].args, args))
			return &d->ahead.v[i];
	return NULL;
}

/* Answers asked ahead stay: the same question in the same snapshot has the same answer. */
static void
drop_answer(postgres_db *d, PGresult *r)
{
	for (size_t i = 0; r && i < d->ahead.n; i++)
		if (d->ahead.v[i].answer == r) {
			d->lent--;
			return;
		}
	PQclear(r);
}

static const char begin_reading[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

static bool
send_asked(postgres_db *d, const asked *q)
{
	char name[32];
	const char *v[PARAMS_MAX];

	statement_name(q->stmt, name);
	texts(d, q->stmt, q->args, v);
	return PQsendQueryPrepared(d->h, name, q->stmt->nparams, v, NULL, NULL, 0) == 1;
}

/* The answer to the next statement of a pipeline; each ends with a NULL. */
static PGresult *
next_answer(postgres_db *d)
{
	PGresult *r = PQgetResult(d->h), *rest;

	while (r && PQstatus(d->h) == CONNECTION_OK && (rest = PQgetResult(d->h)) != NULL)
		PQclear(rest);
	return r;
}

/* Sends all that waits, with the reader's BEGIN, and takes the answers: one trip. After a failure nothing is
 * kept, as the transaction is lost. */
static rc
send_ahead(postgres_db *d, fault *f)
{
	bool begin = d->begin_due, sent = true;
	size_t first = 0; /* that was not sent before */
	rc e = RC_OK;
	char name[32];

	while (first < d->ahead.n && d->ahead.v[first].answer)
		first++;
	for (size_t i = first; i < d->ahead.n; i++)
		TRY(prepare(d, f, d->ahead.v[i].stmt, name));
	count_trip(d);
	if (!PQenterPipelineMode(d->h))
		return fail(d, f, NULL, "pipeline");
	if (begin)
		sent = PQsendQueryParams(d->h, begin_reading, 0, NULL, NULL, NULL, NULL, 0) == 1;
	for (size_t i = first; i < d->ahead.n; i++)
		sent = sent && send_asked(d, &d->ahead.v[i]);
	if (!sent || !PQpipelineSync(d->h)) {
		e = fail(d, f, NULL, "pipeline");
	} else if (begin) {
		PGresult *r = next_answer(d);
		if (!went_well(r))
			e = fail(d, f, r, begin_reading);
		PQclear(r);
	}
	for (size_t i = first; sent && i < d->ahead.n; i++) {
		asked *q = &d->ahead.v[i];
		q->answer = next_answer(d);
		if (e == RC_OK && !went_well(q->answer))
			e = fail(d, f, q->answer, q->stmt->name);
	}
	if (sent)
		PQclear(PQgetResult(d->h)); /* of the sync */
	if (!PQexitPipelineMode(d->h) && e == RC_OK)
		e = fail(d, f, NULL, "pipeline");
	for (size_t i = first; e != RC_OK && i < d->ahead.n; i++) {
		PQclear(d->ahead.v[i].answer);
		d->ahead.v[i].answer = NULL;
	}
	d->begin_due = e != RC_OK && begin;
	return e;
}

static rc
execute_once(postgres_db *d, fault *f, const sql_stmt *s, const sql_val *args, PGresult **out)
{
	char name[32];
	const char *v[PARAMS_MAX];
	asked *q = d->base.read_only ? find_asked(d, s, args) : NULL;
	bool waits = d->begin_due || !all_answered(d);

	if (waits || q) {
		if (!q)
			postgres_ahead(&d->base, s, args);
		if (waits)
			TRY(send_ahead(d, f));
		q = find_asked(d, s, args);
		BUG_ON(!q);
		*out = q->answer;
		d->lent++;
		return RC_OK;
	}
	TRY(prepare(d, f, s, name));
	texts(d, s, args, v);
	count_trip(d);
	PGresult *r = PQexecPrepared(d->h, name, s->nparams, v, NULL, NULL, 0);
	if (!went_well(r)) {
		rc e = fail(d, f, r, s->name);
		PQclear(r);
		return e;
	}
	*out = r;
	return RC_OK;
}

static rc
execute(postgres_db *d, fault *f, const sql_stmt *s, const sql_val *args, PGresult **out)
{
	bool nothing_read = d->begin_due;
	rc r = execute_once(d, f, s, args, out);

	if (r == RC_OK || !revived(d, nothing_read))
		return r;
	fault_clear(f);
	return execute_once(d, f, s, args, out);
}

static rc
postgres_query(db *base, fault *f, const sql_stmt *s, const sql_val *args, db_rows *rows)
{
	PGresult *r = NULL;

	TRY(execute(pg(base), f, s, args, &r));
	rows->impl = r;
	rows->at = 0;
	return RC_OK;
}

static void
postgres_done(db_rows *rows)
{
	drop_answer(pg(rows->d), rows->impl);
}

static rc
postgres_next(db_rows *rows, fault *f)
{
	PGresult *r = rows->impl;
	int at = (int)rows->at;

	(void)f;
	if (!r || at >= PQntuples(r)) {
		drop_answer(pg(rows->d), r);
		rows->impl = NULL;
		return RC_NOT_FOUND;
	}
	rows->at++;
	for (int i = 0; i < rows->stmt->ncols; i++) {
		str s = {PQgetvalue(r, at, i), (size_t)PQgetlength(r, at, i)};
		if (PQgetisnull(r, at, i))
			rows->row[i] = (sql_val){.kind = SQL_NULL};
		else if (rows->stmt->cols[i] == SQL_TEXT)
			rows->row[i] = (sql_val){.kind = SQL_TEXT, .s = s};
		else
			rows->row[i] = (sql_val){.kind = SQL_INT, .i = strtoll(s.p, NULL, 10)};
	}
	rows->v = rows->row;
	return RC_OK;
}

static rc
postgres_exec(db *base, fault *f, const sql_stmt *s, const sql_val *args, int64_t *changed)
{
	PGresult *r = NULL;

	TRY(execute(pg(base), f, s, args, &r));
	if (changed)
		*changed = strtoll(PQcmdTuples(r), NULL, 10);
	drop_answer(pg(base), r);
	return RC_OK;
}

static rc
postgres_script(db *base, fault *f, const char *sql)
{
	return simple(pg(base), f, sql);
}

/* Reads what the end of the last snapshot left. */
static void
settle(postgres_db *d)
{
	for (PGresult *r; d->ending && (r = PQgetResult(d->h)) != NULL; PQclear(r))
		d->dead = d->dead || !went_well(r);
	d->ending = false;
}

static rc
postgres_begin(db *base, fault *f, bool write)
{
	postgres_db *d = pg(base);

	settle(d);
	if (!write) {
		(void)revived(d, false);
		d->begin_due = base->in_tx = true;
		return RC_OK;
	}
	rc r = simple(d, f, "BEGIN");
	if (r != RC_OK && revived(d, false)) {
		fault_clear(f);
		r = simple(d, f, "BEGIN");
	}
	TRY(r);
	base->in_tx = true;
	return RC_OK;
}

static rc
postgres_commit(db *base, fault *f)
{
	TRY(postgres_bulk_flush(base, f));
	TRY(simple(pg(base), f, "COMMIT"));
	base->in_tx = false;
	return RC_OK;
}

static void
postgres_rollback(db *base)
{
	postgres_db *d = pg(base);

	for (uint16_t i = 0; i < db_ntables; i++)
		buf_clear(&d->copy[i]);
	if (d->copying) {
		PQputCopyEnd(d->h, "rolled back");
		for (PGresult *r; (r = PQgetResult(d->h)) != NULL;)
			PQclear(r);
		d->copying = false;
	}
	forget_ahead(d);
	d->begin_due = base->in_tx = false;
	if (PQstatus(d->h) != CONNECTION_OK || PQtransactionStatus(d->h) == PQTRANS_IDLE)
		return;
	if (base->read_only)
		d->ending = PQsendQuery(d->h, "ROLLBACK") == 1;
	else
		PQclear(PQexec(d->h, "ROLLBACK"));
}

static rc
postgres_savepoint(db *base, fault *f)
{
	return simple(pg(base), f, "SAVEPOINT command");
}

static rc
postgres_release(db *base, fault *f)
{
	return simple(pg(base), f, "RELEASE command");
}

static void
postgres_rollback_to(db *base)
{
	PQclear(PQexec(pg(base)->h, "ROLLBACK TO command; RELEASE command"));
}

static void
postgres_close(db *base)
{
	PQfinish(pg(base)->h);
}

static const db_engine engine = {
	.name = "postgres",
	.query = postgres_query,
	.ahead = postgres_ahead,
	.next = postgres_next,
	.done = postgres_done,
	.exec = postgres_exec,
	.script = postgres_script,
	.begin = postgres_begin,
	.commit = postgres_commit,
	.rollback = postgres_rollback,
	.savepoint = postgres_savepoint,
	.release = postgres_release,
	.rollback_to = postgres_rollback_to,
	.bulk = postgres_bulk,
	.bulk_flush = postgres_bulk_flush,
	.close = postgres_close,
};

static void
close_cb(void *p)
{
	postgres_close(p);
}

/* NOTICEs ("relation exists, skipping") are no message for anybody. */
static void
no_notice(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

rc
postgres_open(arena *a, fault *f, str url, bool read_only, db **out)
{
	postgres_db *d = arena_new(a, postgres_db);

	d->base = (db){.engine = &engine, .a = a, .read_only = read_only};
	d->base.cache = arena_new(a, sql_cache);
	d->base.cache->a = a;
	d->scratch = arena_open(a, 0);
	d->asked_arena = arena_open(a, 0);
	d->copy = arena_array(a, buf, db_ntables);
	d->epoch = 1;
	d->h = PQconnectdb(cstr(a, url));
	arena_defer(a, close_cb, d);
	if (PQstatus(d->h) != CONNECTION_OK)
		return FAIL(f, RC_IO, "store.connect", FA_STR("engine", str_of(PQerrorMessage(d->h))));
	PQsetNoticeProcessor(d->h, no_notice, NULL);
	*out = &d->base;
	return RC_OK;
}
