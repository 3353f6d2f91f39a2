/* fixture.c - see fixture.h. */
#include "store/fixture.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

#define FOLDER "/tmp/zhucan-test-"

static void
die(const char *what, const char *say)
{
	fprintf(stderr, "fixture: %s: %s\n", what, say);
	exit(1);
}

static void
pg_run(const char *url, const char *sql)
{
	PGconn *c = PQconnectdb(url);

	if (PQstatus(c) != CONNECTION_OK)
		die("cannot reach the PostgreSQL that ZHUCAN_PG names (start one with tests/pg.sh)",
		    PQerrorMessage(c));
	PGresult *r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
		die(sql, PQresultErrorMessage(r));
	PQclear(r);
	PQfinish(c);
}

/* The same URL with another database: postgresql:///NAME?… */
static str
with_database(arena *a, str url, str name)
{
	ptrdiff_t query = str_find_char(url, '?');
	str head = query < 0 ? url : str_sub(url, 0, (size_t)query);
	size_t slash = head.n;

	while (slash > 0 && head.p[slash - 1] != '/')
		slash--;
	return str_fmt(a, "%.*s%.*s%.*s", (int)slash, head.p, STR_ARG(name),
		       STR_ARG(query < 0 ? STR("") : str_from(url, (size_t)query)));
}

static void
open_store(fixture *x, bool create)
{
	static const uint8_t root[32] = "a root key that guards no secret";
	store_options o = {.url = x->url, .keys = x->keys, .root = root, .create = create};

	x->life = arena_open(x->root, 0);
	if (store_open(x->life, &x->f, &o, &x->s) != RC_OK)
		die("store_open", fault_print(x->a, &x->f).p);
}

fixture *
fixture_open(engine e)
{
	arena *root = arena_open(NULL, 0);
	fixture *x = arena_new(root, fixture);
	char *dir = x->dir;

	*x = (fixture){.dir = FOLDER "XXXXXX",
		       .root = root,
		       .a = root,
		       .engine = e,
		       .now = 1793577600000}; /* 2026-11-02 00:00 UTC */
	if (!mkdtemp(dir))
		die("mkdtemp", dir);
	x->url = str_fmt(root, "%s/site.db", dir);
	if (e == ENGINE_POSTGRES) {
		const char *server = getenv("ZHUCAN_PG");
		if (!server)
			die("ZHUCAN_PG is not set", "tests need a PostgreSQL; tests/pg.sh starts one");
		str name = str_fmt(root, "t%s", dir + strlen(FOLDER));
		pg_run(server, str_fmt(root, "CREATE DATABASE \"%.*s\"", STR_ARG(name)).p);
		x->url = with_database(root, str_of(server), name);
	}
	x->keys = e == ENGINE_POSTGRES ? x->url : str_fmt(root, "%s/keys.db", dir);
	x->a = arena_open(root, 0);
	open_store(x, true);
	return x;
}

void
fixture_reopen(fixture *x)
{
	arena_close(x->life);
	open_store(x, false);
}

void
fixture_close(fixture *x)
{
	arena *root = x->root;
	char cmd[64];

	arena_close(x->life); /* a database with connections cannot be dropped */
	if (x->engine == ENGINE_POSTGRES)
		pg_run(getenv("ZHUCAN_PG"),
		       str_fmt(root, "DROP DATABASE \"t%s\"", x->dir + strlen(FOLDER)).p);
	snprintf(cmd, sizeof cmd, "rm -rf '%s'", x->dir);
	if (system(cmd) != 0)
		die("cannot remove", x->dir);
	arena_close(root);
}

str
fixture_path(fixture *x, const char *name)
{
	return str_fmt(x->a, "%s/%s", x->dir, name);
}

static void
run_sql(fixture *x, str url, const char *sql)
{
	char *err = NULL;
	sqlite3 *h = NULL;

	if (x->engine == ENGINE_POSTGRES) {
		pg_run(cstr(x->a, url), sql);
		return;
	}
	sqlite3_open(cstr(x->a, url), &h);
	sqlite3_busy_timeout(h, 5000);
	if (sqlite3_exec(h, sql, NULL, NULL, &err) != SQLITE_OK)
		die(sql, err);
	sqlite3_close(h);
}

void
fixture_sql(fixture *x, const char *sql)
{
	run_sql(x, x->url, sql);
}

void
fixture_keys_sql(fixture *x, const char *sql)
{
	run_sql(x, x->keys, sql);
}
