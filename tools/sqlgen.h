/* sqlgen.h - what the three files of sqlgen share: what was read of the migrations, and how C is written.
 * A generator runs once and ends: its state is plain. */
#pragma once
#include "tool.h"

#include "base/vec.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct column {
	str name;
	bool text, sealed, closes, nullable;
	int key;
} column;

typedef struct table {
	str name, class, why;
	VEC(column) col;
	int nkey;
} table;

typedef struct migration {
	str name, text;
} migration;

typedef VEC(table) table_list;
typedef VEC(migration) migration_list;

extern arena *A;
extern sqlite3 *DB; /* freshly migrated */
extern table_list tables;
extern migration_list migrations;
extern const char *file; /* what is being read, and where: of a complaint */
extern int line;

#define DIE(...) tool_die(file, line, __VA_ARGS__)

/* The whole file, from whose first line complaints count. */
str slurp(const char *path);
/* The next word of *s, which then begins behind it. */
str word(str *s);
str upper(str s);

/* DIR/NAME.EXT */
FILE *create(const char *dir, const char *name, const char *ext);
/* A literal of C. */
void put_text(FILE *f, str text);
void row_struct(FILE *h, const char *prefix, str name, const column *c, size_t n);

/* sqlschema.c: NAME.h and NAME.c with what is made of the tables. */
void write_schema(const char *name, const char *dir);
/* sqlstmt.c: NAME_sql.h and NAME_sql.c with a function for each statement of the file. */
void write_module(const char *name, const char *dir, const char *path);
