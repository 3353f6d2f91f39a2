/* log_test.c - SQLite's log moved to its place at any moment: no page that was committed is lost.
 *
 * It asks the SQLite we are linked with more than us: a checkpoint that begins while a writer begins the log
 * anew loses pages with one before 3.51.3 (sqlite.org/wal.html, "the WAL-reset bug"; vendor/README.md). */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>

#include "store/db_priv.h"
#include "store/fixture.h"

#include <cmocka.h>

enum { COMMITS = 12000 };

static const uint8_t kinds[] = {SQL_INT, SQL_TEXT};
/* What reads every row and every page; the second column is "ok". */
static const sql_stmt look = {
	.name = "look",
	.text = "SELECT (SELECT count(*) FROM logged WHERE length(x) = 200), integrity_check "
		"FROM pragma_integrity_check LIMIT 1",
	.ncols = 2,
	.cols = kinds};

typedef struct mover {
	db *d;
	atomic_bool stop;
	rc r;
} mover;

/* Far oftener than the store does, and where nothing is left to move as well. */
static void *
move_always(void *p)
{
	mover *m = p;
	fault f = {0};
	int64_t moved = 0;

	while (m->r == RC_OK && !atomic_load(&m->stop))
		m->r = m->d->engine->log_move(m->d, &f, &moved);
	return NULL;
}

/* Rows at the end of the table: what is lost of them is not written again later. Whether it is on the disk
 * is not what is asked here. */
static void
open_one(fixture *x, arena *a, db **out)
{
	fault f = {0};

	assert_int_equal(sqlite_open(a, &f, fixture_path(x, "log.db"), false, true, out), RC_OK);
	assert_int_equal(db_script(*out, &f, "PRAGMA synchronous=OFF"), RC_OK);
}

static void
what_is_committed_while_the_log_is_moved_stays(void **state)
{
	fixture *x = fixture_open(ENGINE_SQLITE);
	arena *a = arena_open(x->a, 0);
	fault f = {0};
	db *writer;
	mover m = {.r = RC_OK};
	pthread_t thread;
	int64_t rows = 0;

	(void)state;
	open_one(x, a, &writer);
	writer->engine->log_leave(writer);
	assert_int_equal(db_script(writer, &f, "CREATE TABLE logged (n INTEGER PRIMARY KEY, x BLOB)"), RC_OK);
	open_one(x, a, &m.d);
	assert_int_equal(pthread_create(&thread, NULL, move_always, &m), 0);
	for (int i = 0; i < COMMITS; i++) {
		int n = 1 + i * 7 % 60;
		str sql =
			str_fmt(a,
				"BEGIN IMMEDIATE; WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
				"FROM c WHERE i < %d) INSERT INTO logged SELECT NULL, zeroblob(200) FROM c; "
				"COMMIT",
				n);
		assert_int_equal(db_script(writer, &f, sql.p), RC_OK);
		rows += n;
		if (i % 4 == 0)
			usleep((useconds_t)(i % 30));
	}
	atomic_store(&m.stop, true);
	pthread_join(thread, NULL);
	assert_int_equal(m.r, RC_OK);
	arena_close(a);

	db *reader;
	db_rows q;
	open_one(x, x->a, &reader);
	assert_int_equal(db_query(reader, &f, &look, NULL, &q), RC_OK);
	assert_int_equal(db_next(&q, &f), RC_OK);
	assert_int_equal(q.v[0].i, rows);
	assert_true(str_eq(q.v[1].s, STR("ok")));
	db_done(&q);
	fixture_close(x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_committed_while_the_log_is_moved_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
