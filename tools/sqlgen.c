/* sqlgen.c - from migrations and .sql files to C.
 *
 *   sqlgen schema NAME OUTDIR MIGRATION…              table descriptions, row structs,
 * put_/patch_/close_/find_ sqlgen module NAME OUTDIR FILE.sql MIGRATION…     one typed function for each
 * statement of a module
 *
 * A migration says each table's class on the line before it:
 *   -- @ledgered | @derived SELECT… or WHO | @local WHY | @ledger
 *   CREATE TABLE t (              one column a line; after it "-- @sealed" or "-- @closes" where that is so
 * A .sql file holds statements, each after its head:
 *   -- @one|@many|@exec NAME(param type, …) [ahead] REACH
 *   SELECT … WHERE tenant = $tenant;
 * Types are int and text; a column that is an expression is written CAST(… AS BIGINT|TEXT) AS name. Every
 * statement is prepared here against a freshly migrated database, so a misspelt column fails the build. */
#include "sqlgen.h"

#include <string.h>

arena *A;
sqlite3 *DB;
table_list tables;
migration_list migrations;
const char *file;
int line;

/* ---- what the three files share ---- */

str
slurp(const char *path)
{
	file = path;
	line = 0;
	return tool_read(A, path);
}

str
word(str *s)
{
	*s = str_trim(*s);
	size_t n = 0;
	while (n < s->n && s->p[n] > ' ' && s->p[n] != '(' && s->p[n] != ')' && s->p[n] != ',' &&
	       s->p[n] != ';')
		n++;
	str w = {s->p, n};
	*s = str_from(*s, n);
	return w;
}

str
upper(str s)
{
	char *p = cstr(A, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'a' && p[i] <= 'z')
			p[i] = (char)(p[i] - 32);
	return (str){p, s.n};
}

FILE *
create(const char *dir, const char *name, const char *ext)
{
	FILE *f = fopen(cstr(A, str_fmt(A, "%s/%s%s", dir, name, ext)), "w");

	if (!f)
		DIE("cannot write %s/%s%s", dir, name, ext);
	return f;
}

/* Tabs as blanks: a site remembers the digest of each migration that made it, and has had them so. */
void
put_text(FILE *f, str text)
{
	char *plain = cstr(A, text);
	buf b = buf_in(A);

	for (char *c = plain; *c; c++)
		if (*c == '\t')
			*c = ' ';
	tool_put_literal(&b, str_of(plain));
	fwrite(b.p, 1, b.n, f);
}

void
row_struct(FILE *h, const char *prefix, str name, const column *c, size_t n)
{
	fprintf(h, "typedef struct %s%.*s {\n", prefix, STR_ARG(name));
	for (size_t i = 0; i < n; i++)
		fprintf(h, "\t%s%.*s;\n", c[i].text ? "str " : "int64_t ", STR_ARG(c[i].name));
	fprintf(h, "} %s%.*s;\n", prefix, STR_ARG(name));
}

/* ---- migrations ---- */

static void
read_tags(table *t, column *c, str comment)
{
	(void)t;
	c->sealed = str_find(comment, STR("@sealed")) >= 0;
	c->closes = str_find(comment, STR("@closes")) >= 0;
}

static void
read_columns(table *t)
{
	sqlite3_stmt *h = NULL;
	str sql = str_fmt(A, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('%.*s')",
			  STR_ARG(t->name));
	size_t i = 0;

	sqlite3_prepare_v2(DB, cstr(A, sql), -1, &h, NULL);
	for (; sqlite3_step(h) == SQLITE_ROW; i++) {
		str name = str_dup(A, str_of((const char *)sqlite3_column_text(h, 0)));
		str type = str_of((const char *)sqlite3_column_text(h, 1));
		if (i == t->col.n)
			*vec_add(A, &t->col) = (column){.name = name};
		column *c = &t->col.v[i];
		if (!str_eq(c->name, name))
			DIE("table %.*s: one column a line, please (%.*s)", STR_ARG(t->name), STR_ARG(name));
		c->text = str_eq(type, STR("TEXT"));
		if (!c->text && !str_eq(type, STR("BIGINT")) && !str_eq(type, STR("SMALLINT")))
			DIE("column %.*s.%.*s: only BIGINT, SMALLINT and TEXT", STR_ARG(t->name),
			    STR_ARG(name));
		c->nullable = !sqlite3_column_int(h, 2);
		c->key = sqlite3_column_int(h, 3);
		t->nkey += c->key > 0;
	}
	sqlite3_finalize(h);
	if (t->nkey == 0)
		DIE("table %.*s has no primary key", STR_ARG(t->name));
}

static void
read_migration(const char *path)
{
	str text = slurp(path), rest = text, l, class = {0}, why = {0};
	table *t = NULL;
	char *err = NULL;
	const char *base = strrchr(path, '/');

	*vec_add(A, &migrations) = (migration){.name = str_of(base ? base + 1 : path), .text = text};
	if (sqlite3_exec(DB, cstr(A, text), NULL, NULL, &err) != SQLITE_OK)
		DIE("%s", err);
	while (str_next(&rest, '\n', &l)) {
		line++;
		str s = str_trim(l);
		if (str_starts(s, STR("-- @"))) {
			s = str_from(s, 4);
			class = word(&s);
			why = str_trim(s);
		} else if (str_starts(s, STR("CREATE TABLE "))) {
			s = str_from(s, 13);
			if (str_starts(s, STR("IF NOT EXISTS ")))
				s = str_from(s, 14);
			t = vec_add(A, &tables);
			*t = (table){.name = word(&s), .class = class, .why = why};
			if (!class.n)
				DIE("table %.*s: say its class on the line before", STR_ARG(t->name));
			class = (str){0};
		} else if (t && str_starts(s, STR(");"))) {
			read_columns(t);
			t = NULL;
		} else if (t && s.n && !str_starts(s, STR("--")) && !str_starts(s, STR("PRIMARY KEY")) &&
			   !str_starts(s, STR("UNIQUE")) && !str_starts(s, STR("CHECK"))) {
			ptrdiff_t at = str_find(s, STR("--"));
			column *c = vec_add(A, &t->col);
			str def = s;
			*c = (column){.name = word(&def)};
			if (at >= 0)
				read_tags(t, c, str_from(s, (size_t)at));
		} else if (str_starts(s, STR("ALTER TABLE "))) {
			DIE("ALTER TABLE is not read yet: widen sqlgen when the first released schema "
			    "changes");
		}
	}
}

int
main(int argc, char **argv)
{
	bool schema = argc > 4 && strcmp(argv[1], "schema") == 0;

	if (!schema && (argc < 6 || strcmp(argv[1], "module") != 0)) {
		fprintf(stderr, "usage: sqlgen schema NAME OUTDIR MIGRATION… | module NAME OUTDIR FILE.sql "
				"MIGRATION…\n");
		return 2;
	}
	A = arena_open(NULL, 0);
	sqlite3_open(":memory:", &DB);
	for (int i = schema ? 4 : 5; i < argc; i++)
		read_migration(argv[i]);
	if (schema)
		write_schema(argv[2], argv[3]);
	else
		write_module(argv[2], argv[3], argv[4]);
	sqlite3_close(DB);
	arena_close(A);
	return 0;
}
