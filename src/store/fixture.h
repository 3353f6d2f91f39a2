/* fixture.h - for tests: a fresh store on each engine, and a way to write behind the program's back. */
#pragma once
#include "store/store.h"

typedef enum engine { ENGINE_SQLITE, ENGINE_POSTGRES, ENGINES } engine;

typedef struct fixture {
	arena *root, *a;
	arena *life; /* of the open store */
	char dir[32];
	store *s;
	engine engine;
	str url, keys;
	fault f;
	int64_t now; /* the test's clock, ms */
} fixture;

/* A new empty store: a SQLite file in a temporary folder, or a new database on the server that ZHUCAN_PG
 * names. Ends the test program with a message when the server is missing: both engines are tested, always. */
fixture *fixture_open(engine e);
void fixture_close(fixture *x);

/* Closes the store and opens it again on the same data. */
void fixture_reopen(fixture *x);

/* Runs SQL on a connection of its own, as an intruder would. */
void fixture_sql(fixture *x, const char *sql);
void fixture_keys_sql(fixture *x, const char *sql);

/* A path in the fixture's temporary folder. */
str fixture_path(fixture *x, const char *name);

/* BOTH(t) makes t_sqlite and t_postgres from static void t(fixture *x); BOTH_TESTS(t) names them for cmocka.
 */
#define ON_ENGINE(test, suffix, engine)                                                                      \
	static void test##suffix(void **state)                                                               \
	{                                                                                                    \
		(void)state;                                                                                 \
		fixture *x = fixture_open(engine);                                                           \
		test(x);                                                                                     \
		fixture_close(x);                                                                            \
	}
#define SQLITE(test) ON_ENGINE(test, _sqlite, ENGINE_SQLITE)
#define BOTH(test)                                                                                           \
	ON_ENGINE(test, _sqlite, ENGINE_SQLITE)                                                              \
	ON_ENGINE(test, _postgres, ENGINE_POSTGRES)

#define BOTH_TESTS(test) cmocka_unit_test(test##_sqlite), cmocka_unit_test(test##_postgres)
