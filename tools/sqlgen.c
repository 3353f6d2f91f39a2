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
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#include <sqlite3.h>
#include <stdarg.h>
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

typedef struct param {
	str name;
	bool text;
} param;

static arena *A;
static sqlite3 *DB;
static VEC(table) tables;
static VEC(migration) migrations;

static const char *file;
static int line;

NORETURN PRINTF_LIKE(1, 2) static void die(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static str
slurp(const char *path)
{
	FILE *f = fopen(path, "rb");
	buf b = buf_in(A);
	size_t n = 0;

	file = path;
	line = 0;
	if (!f)
		die("cannot open");
	while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
		b.n += n;
	fclose(f);
	return buf_str(&b);
}

static str
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

static str
upper(str s)
{
	char *p = cstr(A, s);

	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'a' && p[i] <= 'z')
			p[i] = (char)(p[i] - 32);
	return (str){p, s.n};
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
			die("table %.*s: one column a line, please (%.*s)", STR_ARG(t->name), STR_ARG(name));
		c->text = str_eq(type, STR("TEXT"));
		if (!c->text && !str_eq(type, STR("BIGINT")) && !str_eq(type, STR("SMALLINT")))
			die("column %.*s.%.*s: only BIGINT, SMALLINT and TEXT", STR_ARG(t->name),
			    STR_ARG(name));
		c->nullable = !sqlite3_column_int(h, 2);
		c->key = sqlite3_column_int(h, 3);
		t->nkey += c->key > 0;
	}
	sqlite3_finalize(h);
	if (t->nkey == 0)
		die("table %.*s has no primary key", STR_ARG(t->name));
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
		die("%s", err);
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
				die("table %.*s: say its class on the line before", STR_ARG(t->name));
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
			die("ALTER TABLE is not read yet: widen sqlgen when the first released schema "
			    "changes");
		}
	}
}

/* ---- the schema's C ---- */

static FILE *
create(const char *dir, const char *name, const char *ext)
{
	FILE *f = fopen(cstr(A, str_fmt(A, "%s/%s%s", dir, name, ext)), "w");

	if (!f)
		die("cannot write %s/%s%s", dir, name, ext);
	return f;
}

static void
c_string(FILE *f, str s)
{
	fputc('"', f);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			fputs("\\n\"\n\t\"", f);
		else if (s.p[i] == '"' || s.p[i] == '\\')
			fprintf(f, "\\%c", s.p[i]);
		else
			fputc(s.p[i] == '\t' ? ' ' : s.p[i], f);
	}
	fputc('"', f);
}

static void
row_struct(FILE *h, const char *prefix, str name, const column *c, size_t n)
{
	fprintf(h, "typedef struct %s%.*s {\n", prefix, STR_ARG(name));
	for (size_t i = 0; i < n; i++)
		fprintf(h, "\t%s%.*s;\n", c[i].text ? "str " : "int64_t ", STR_ARG(c[i].name));
	fprintf(h, "} %s%.*s;\n", prefix, STR_ARG(name));
}

static const char *
val_of(const column *c)
{
	return c->text ? "sql_text" : "sql_int";
}

/* The key's columns as parameters: "int64_t tenant, int64_t id". */
static str
key_params(const table *t)
{
	buf b = buf_in(A);

	for (int k = 1; k <= t->nkey; k++)
		for (size_t i = 0; i < t->col.n; i++)
			if (t->col.v[i].key == k)
				buf_fmt(&b, ", %s%.*s", t->col.v[i].text ? "str " : "int64_t ",
					STR_ARG(t->col.v[i].name));
	return buf_str(&b);
}

static void
write_find(FILE *h, FILE *c, const table *t)
{
	str n = t->name;

	fprintf(h, "rc find_%.*s(tx *t%.*s, row_%.*s *out) MUST_USE;\n", STR_ARG(n), STR_ARG(key_params(t)),
		STR_ARG(n));
	fprintf(c, "rc\nfind_%.*s(tx *t%.*s, row_%.*s *out)\n{\n\tsql_val v[%zu] = {0};\n\n", STR_ARG(n),
		STR_ARG(key_params(t)), STR_ARG(n), t->col.n);
	for (size_t i = 0; i < t->col.n; i++)
		if (t->col.v[i].key)
			fprintf(c, "\tv[%zu] = %s(%.*s);\n", i, val_of(&t->col.v[i]),
				STR_ARG(t->col.v[i].name));
	fprintf(c, "\tTRY(tx_find(t, &db_tables[T_%.*s], v));\n\t*out = (row_%.*s){\n", STR_ARG(upper(n)),
		STR_ARG(n));
	for (size_t i = 0; i < t->col.n; i++)
		fprintf(c,
			t->col.v[i].text ? "\t\t.%.*s = v[%zu].s,\n" : "\t\t.%.*s = sql_get_int(&v[%zu]),\n",
			STR_ARG(t->col.v[i].name), i);
	fprintf(c, "\t};\n\treturn RC_OK;\n}\n\n");
}

static void
write_writers(FILE *h, FILE *c, const table *t)
{
	str n = t->name, up = upper(t->name);

	fprintf(c, "static void\nvals_%.*s(const row_%.*s *r, sql_val *v)\n{\n", STR_ARG(n), STR_ARG(n));
	for (size_t i = 0; i < t->col.n; i++)
		fprintf(c, "\tv[%zu] = %s(r->%.*s);\n", i, val_of(&t->col.v[i]), STR_ARG(t->col.v[i].name));
	fprintf(c, "}\n\n");
	fprintf(h, "rc put_%.*s(tx *t, const row_%.*s *r) MUST_USE;\n", STR_ARG(n), STR_ARG(n));
	fprintf(c,
		"rc\nput_%.*s(tx *t, const row_%.*s *r)\n{\n\tsql_val v[%zu];\n\n\tvals_%.*s(r, v);\n"
		"\treturn tx_put(t, &db_tables[T_%.*s], v);\n}\n\n",
		STR_ARG(n), STR_ARG(n), t->col.n, STR_ARG(n), STR_ARG(up));
	if (str_eq(t->class, STR("derived"))) /* put beside what it follows from; changed by statements */
		return;
	fprintf(h, "enum {\n");
	for (size_t i = 0; i < t->col.n; i++)
		if (!t->col.v[i].key)
			fprintf(h, "\t%.*s_%.*s_ = %zu,\n", STR_ARG(up), STR_ARG(upper(t->col.v[i].name)), i);
	fprintf(h, "};\n");
	for (size_t i = 0; i < t->col.n; i++)
		if (!t->col.v[i].key)
			fprintf(h, "#define %.*s_%.*s (UINT64_C(1) << %.*s_%.*s_)\n", STR_ARG(up),
				STR_ARG(upper(t->col.v[i].name)), STR_ARG(up),
				STR_ARG(upper(t->col.v[i].name)));
	fprintf(h,
		"/* Writes the columns named in the mask; the row is found by its key, RC_NOT_FOUND without "
		"it. */\n"
		"rc patch_%.*s(tx *t, const row_%.*s *r, uint64_t columns) MUST_USE;\n",
		STR_ARG(n), STR_ARG(n));
	fprintf(c,
		"rc\npatch_%.*s(tx *t, const row_%.*s *r, uint64_t columns)\n{\n\tsql_val v[%zu];\n\n"
		"\tvals_%.*s(r, v);\n\treturn tx_patch(t, &db_tables[T_%.*s], v, columns);\n}\n\n",
		STR_ARG(n), STR_ARG(n), t->col.n, STR_ARG(n), STR_ARG(up));
	for (size_t i = 0; i < t->col.n; i++) {
		const column *k = &t->col.v[i];
		if (!k->closes)
			continue;
		fprintf(h, "rc close_%.*s(tx *t%.*s, %s%.*s) MUST_USE;\n", STR_ARG(n), STR_ARG(key_params(t)),
			k->text ? "str " : "int64_t ", STR_ARG(k->name));
		fprintf(c, "rc\nclose_%.*s(tx *t%.*s, %s%.*s)\n{\n\trow_%.*s r = {0};\n\n", STR_ARG(n),
			STR_ARG(key_params(t)), k->text ? "str " : "int64_t ", STR_ARG(k->name), STR_ARG(n));
		for (size_t j = 0; j < t->col.n; j++)
			if (t->col.v[j].key || j == i)
				fprintf(c, "\tr.%.*s = %.*s;\n", STR_ARG(t->col.v[j].name),
					STR_ARG(t->col.v[j].name));
		fprintf(c, "\treturn patch_%.*s(t, &r, %.*s_%.*s);\n}\n\n", STR_ARG(n), STR_ARG(up),
			STR_ARG(upper(k->name)));
	}
}

static void
write_schema(const char *name, const char *dir)
{
	FILE *h = create(dir, name, ".h"), *c = create(dir, name, ".c");

	fprintf(h, "/* Made by sqlgen from the migrations. */\n#pragma once\n#include "
		   "\"store/db.h\"\n#include \"store/tx.h\"\n\nenum {\n");
	for (size_t i = 0; i < tables.n; i++)
		fprintf(h, "\tT_%.*s = %zu,\n", STR_ARG(upper(tables.v[i].name)), i);
	fprintf(h, "};\n\n");
	fprintf(c, "/* Made by sqlgen from the migrations. */\n#include \"%s.h\"\n\n", name);
	for (size_t i = 0; i < tables.n; i++) {
		const table *t = &tables.v[i];
		fprintf(c, "static const db_column cols_%.*s[] = {\n", STR_ARG(t->name));
		for (size_t j = 0; j < t->col.n; j++) {
			const column *k = &t->col.v[j];
			fprintf(c, "\t{\"%.*s\", %s, %s, %s, %d},\n", STR_ARG(k->name),
				k->text ? "SQL_TEXT" : "SQL_INT", k->sealed ? "true" : "false",
				k->nullable ? "true" : "false", k->key);
		}
		fprintf(c, "};\n");
	}
	fprintf(c, "\nconst db_table db_tables[] = {\n");
	for (size_t i = 0; i < tables.n; i++) {
		const table *t = &tables.v[i];
		fprintf(c, "\t{\"%.*s\", TABLE_%.*s, \"%.*s\", cols_%.*s, %zu, %d, %zu},\n", STR_ARG(t->name),
			STR_ARG(upper(t->class)), STR_ARG(t->why), STR_ARG(t->name), t->col.n, t->nkey, i);
	}
	fprintf(c, "};\nconst uint16_t db_ntables = %zu;\n\nconst db_migration db_migrations[] = {\n",
		tables.n);
	for (size_t i = 0; i < migrations.n; i++) {
		fprintf(c, "\t{\"%.*s\", ", STR_ARG(migrations.v[i].name));
		c_string(c, migrations.v[i].text);
		fprintf(c, "},\n");
	}
	fprintf(c, "\t{0},\n};\n\n");
	for (size_t i = 0; i < tables.n; i++) {
		const table *t = &tables.v[i];
		if (!str_eq(t->class, STR("ledgered")) && !str_eq(t->class, STR("derived")))
			continue;
		row_struct(h, "row_", t->name, t->col.v, t->col.n);
		write_find(h, c, t);
		write_writers(h, c, t);
		fprintf(h, "\n");
	}
	if (fclose(h) || fclose(c))
		die("cannot write");
}

/* ---- the statements of a module ---- */

typedef struct stmt {
	str kind, name, reach;
	VEC(param) in;
	VEC(column) out;
	str sql, numbered;
	VEC(size_t) order; /* for each $n: which parameter */
	bool scope, ahead;
} stmt;

static void
read_head(stmt *s, str head)
{
	s->kind = word(&head);
	s->name = word(&head);
	if (!str_eq(s->kind, STR("one")) && !str_eq(s->kind, STR("many")) && !str_eq(s->kind, STR("exec")))
		die("@one, @many or @exec, not @%.*s", STR_ARG(s->kind));
	ptrdiff_t open = str_find_char(head, '('), shut = str_find_char(head, ')');
	if (open < 0 || shut < open)
		die("%.*s: parameters in brackets, ( ) for none", STR_ARG(s->name));
	str list = str_sub(head, (size_t)open + 1, (size_t)(shut - open - 1)), part;
	while (str_next(&list, ',', &part)) {
		str n = word(&part), ty = word(&part);
		if (!str_eq(ty, STR("int")) && !str_eq(ty, STR("text")))
			die("%.*s: parameter %.*s is int or text", STR_ARG(s->name), STR_ARG(n));
		*vec_add(A, &s->in) = (param){.name = n, .text = str_eq(ty, STR("text"))};
	}
	s->reach = str_trim(str_from(head, (size_t)shut + 1));
	s->ahead = str_starts(s->reach, STR("ahead "));
	if (s->ahead)
		s->reach = str_trim(str_from(s->reach, 6));
	static const char *const known[] = {"scope(", "office", "self", "ref", "map", "open "};
	bool ok = false;
	for (size_t i = 0; i < LEN(known); i++)
		ok = ok || str_starts(s->reach, str_of(known[i]));
	if (!ok)
		die("%.*s: reach is scope(column), office, self, ref, map or open \"why\"", STR_ARG(s->name));
	s->scope = str_starts(s->reach, STR("scope("));
	if (s->scope) {
		*vec_add(A, &s->in) = (param){.name = STR("lo")};
		*vec_add(A, &s->in) = (param){.name = STR("hi")};
	}
}

static size_t
param_at(const stmt *s, str name)
{
	for (size_t i = 0; i < s->in.n; i++)
		if (str_eq(s->in.v[i].name, name))
			return i;
	die("%.*s: $%.*s is not among the parameters", STR_ARG(s->name), STR_ARG(name));
}

static bool
name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* $name to $n, numbered by first appearance as SQLite does it. */
static void
number_params(stmt *s)
{
	buf b = buf_in(A);
	str q = s->sql;

	for (size_t i = 0; i < q.n; i++) {
		if (q.p[i] != '$') {
			buf_c(&b, q.p[i]);
			continue;
		}
		size_t n = 0, k = 0;
		while (i + 1 + n < q.n && name_char(q.p[i + 1 + n]))
			n++;
		size_t p = param_at(s, str_sub(q, i + 1, n));
		while (k < s->order.n && s->order.v[k] != p)
			k++;
		if (k == s->order.n)
			*vec_add(A, &s->order) = p;
		buf_fmt(&b, "$%zu", k + 1);
		i += n;
	}
	if (s->order.n != s->in.n)
		die("%.*s: a parameter is not used", STR_ARG(s->name));
	s->numbered = str_trim(buf_str(&b));
	if (str_find(s->numbered, STR("::")) >= 0)
		die("%.*s: '::' is read as a name by SQLite; write CAST", STR_ARG(s->name));
}

static void
check_written(const stmt *s)
{
	static const char *const verb[] = {"INSERT INTO ", "UPDATE ", "DELETE FROM "};

	for (size_t i = 0; i < LEN(verb); i++) {
		if (!str_starts(s->numbered, str_of(verb[i])))
			continue;
		str rest = str_from(s->numbered, strlen(verb[i])), name = word(&rest);
		for (size_t j = 0; j < tables.n; j++)
			if (str_eq(tables.v[j].name, name) && str_eq(tables.v[j].class, STR("ledgered")))
				die("%.*s: %.*s is written only through put_, patch_ and close_",
				    STR_ARG(s->name), STR_ARG(name));
	}
}

static void
prepare(stmt *s)
{
	sqlite3_stmt *h = NULL;

	number_params(s);
	check_written(s);
	if (sqlite3_prepare_v2(DB, cstr(A, s->numbered), -1, &h, NULL) != SQLITE_OK)
		die("%.*s: %s", STR_ARG(s->name), sqlite3_errmsg(DB));
	for (int i = 0; i < sqlite3_column_count(h); i++) {
		str name = str_dup(A, str_of(sqlite3_column_name(h, i)));
		const char *decl = sqlite3_column_decltype(h, i);
		bool text = decl && str_eq(str_of(decl), STR("TEXT"));
		if (!decl) { /* an expression says its type itself */
			str as_text = str_fmt(A, "AS TEXT) AS %.*s", STR_ARG(name));
			str as_int = str_fmt(A, "AS BIGINT) AS %.*s", STR_ARG(name));
			text = str_find(s->numbered, as_text) >= 0;
			if (!text && str_find(s->numbered, as_int) < 0)
				die("%.*s: column %.*s is an expression: CAST(… AS BIGINT|TEXT) AS %.*s",
				    STR_ARG(s->name), STR_ARG(name), STR_ARG(name));
		}
		*vec_add(A, &s->out) = (column){.name = name, .text = text};
	}
	if (sqlite3_column_count(h) > 0 && str_eq(s->kind, STR("exec")))
		die("%.*s: @exec returns no rows", STR_ARG(s->name));
	sqlite3_finalize(h);
}

static size_t
shown_params(const stmt *s)
{
	return s->in.n - (s->scope ? 2 : 0);
}

static void
put_params(buf *b, const stmt *s)
{
	if (shown_params(s) == 1)
		buf_fmt(b, ", %s%.*s", s->in.v[0].text ? "str " : "int64_t ", STR_ARG(s->in.v[0].name));
	else if (shown_params(s) > 1)
		buf_fmt(b, ", const %.*s_in *in", STR_ARG(s->name));
}

/* "db *d, arena *a, fault *f, const scope *who, const x_in *in, x_row *out" as far as each is needed. */
static str
signature(const stmt *s)
{
	buf b = buf_in(A);
	bool one = str_eq(s->kind, STR("one")), many = str_eq(s->kind, STR("many"));

	buf_fmt(&b, "rc %ssql_%.*s(db *d, ", "", STR_ARG(s->name));
	if (one || many)
		buf_put(&b, STR("arena *a, "));
	buf_put(&b, STR("fault *f"));
	if (s->scope)
		buf_put(&b, STR(", const scope *who"));
	put_params(&b, s);
	if (one)
		buf_fmt(&b, ", %.*s_row *out)", STR_ARG(s->name));
	else if (many)
		buf_fmt(&b, ", %.*s_rows *out)", STR_ARG(s->name));
	else
		buf_put(&b, STR(", int64_t *changed)"));
	return buf_str(&b);
}

static void
write_args(FILE *c, const stmt *s, const char *indent)
{
	fprintf(c, "%sconst sql_val v[] = {", indent);
	for (size_t i = 0; i < s->order.n; i++) {
		const param *p = &s->in.v[s->order.v[i]];
		bool scoped = s->scope && s->order.v[i] >= shown_params(s);
		const char *from = scoped ? "who->v[k]." : shown_params(s) > 1 ? "in->" : "";
		fprintf(c, "%s%s(%s%.*s)", i ? ", " : "", p->text ? "sql_text" : "sql_int", from,
			STR_ARG(p->name));
	}
	fprintf(c, "%s};\n", s->order.n ? "" : "{0}");
}

static void
write_row(FILE *c, const stmt *s, const char *to, const char *indent)
{
	fprintf(c, "%s%s = (%.*s_row){\n", indent, to, STR_ARG(s->name));
	for (size_t i = 0; i < s->out.n; i++)
		fprintf(c,
			s->out.v[i].text
				? "%s\t.%.*s = rows.v[%zu].s.p ? str_dup(a, rows.v[%zu].s) : (str){0},\n"
				: "%s\t.%.*s = sql_get_int(&rows.v[%zu]),\n",
			indent, STR_ARG(s->out.v[i].name), i, i);
	fprintf(c, "%s};\n", indent);
}

static void
write_body(FILE *c, const stmt *s)
{
	bool one = str_eq(s->kind, STR("one"));
	str n = s->name;
	const char *in = s->scope ? "\t\t" : "\t";

	if (str_eq(s->kind, STR("exec"))) {
		write_args(c, s, "\t");
		fprintf(c, "\n\treturn db_exec(d, f, &stmt_%.*s, v, changed);\n", STR_ARG(n));
		return;
	}
	fprintf(c, "\tdb_rows rows;\n\trc r = RC_NOT_FOUND;\n\n\t(void)a;\n");
	if (!one)
		fprintf(c, "\t*out = (%.*s_rows){0};\n", STR_ARG(n));
	if (s->scope)
		fprintf(c, "\tfor (size_t k = 0; k < who->n%s; k++) {\n", one ? " && r == RC_NOT_FOUND" : "");
	write_args(c, s, in);
	fprintf(c, "%sTRY(db_query(d, f, &stmt_%.*s, v, &rows));\n", in, STR_ARG(n));
	if (one) {
		fprintf(c, "%sr = db_next(&rows, f);\n%sif (r == RC_OK) {\n", in, in);
		write_row(c, s, "*out", s->scope ? "\t\t\t" : "\t\t");
		fprintf(c, "%s\tdb_done(&rows);\n%s}\n", in, in);
	} else {
		fprintf(c, "%swhile ((r = db_next(&rows, f)) == RC_OK)\n", in);
		write_row(c, s, "*vec_add(a, out)", s->scope ? "\t\t\t" : "\t\t");
		fprintf(c, "%sif (r != RC_NOT_FOUND)\n%s\treturn r;\n", in, in);
	}
	if (s->scope)
		fprintf(c, "\t}\n");
	fprintf(c, one ? "\treturn r;\n" : "\treturn RC_OK;\n");
}

/* The same question without its answer: it goes out with the next one. */
static void
write_ahead(FILE *h, FILE *c, const stmt *s)
{
	buf b = buf_in(A);

	buf_fmt(&b, "ahead_%.*s(db *d", STR_ARG(s->name));
	if (s->scope)
		buf_lit(&b, ", const scope *who");
	put_params(&b, s);
	buf_c(&b, ')');
	fprintf(h, "void %.*s;\n\n", STR_ARG(buf_str(&b)));
	fprintf(c, "void\n%.*s\n{\n", STR_ARG(buf_str(&b)));
	if (s->scope)
		fprintf(c, "\tfor (size_t k = 0; k < who->n; k++) {\n");
	write_args(c, s, s->scope ? "\t\t" : "\t");
	fprintf(c, "%s\tdb_ahead(d, &stmt_%.*s, v);\n%s}\n\n", s->scope ? "\t" : "", STR_ARG(s->name),
		s->scope ? "\t}\n" : "");
}

static void
write_stmt(FILE *h, FILE *c, const stmt *s)
{
	str n = s->name;

	if (shown_params(s) > 1) {
		fprintf(h, "typedef struct %.*s_in {\n", STR_ARG(n));
		for (size_t i = 0; i < shown_params(s); i++)
			fprintf(h, "\t%s%.*s;\n", s->in.v[i].text ? "str " : "int64_t ",
				STR_ARG(s->in.v[i].name));
		fprintf(h, "} %.*s_in;\n", STR_ARG(n));
	}
	if (s->out.n) {
		row_struct(h, "", str_fmt(A, "%.*s_row", STR_ARG(n)), s->out.v, s->out.n);
		if (str_eq(s->kind, STR("many")))
			fprintf(h, "typedef VEC(%.*s_row) %.*s_rows;\n", STR_ARG(n), STR_ARG(n));
	}
	fprintf(h, "/* reach: %.*s */\n%.*s MUST_USE;\n\n", STR_ARG(s->reach), STR_ARG(signature(s)));

	fprintf(c, "static const sql_stmt stmt_%.*s = {\n\t.name = \"%.*s\",\n\t.text = ", STR_ARG(n),
		STR_ARG(n));
	c_string(c, s->numbered);
	fprintf(c, ",\n\t.reach = ");
	c_string(c, s->reach);
	fprintf(c, ",\n\t.nparams = %zu,\n\t.ncols = %zu,\n\t.params = (const uint8_t[]){", s->order.n,
		s->out.n);
	for (size_t i = 0; i < s->order.n; i++)
		fprintf(c, "%s, ", s->in.v[s->order.v[i]].text ? "SQL_TEXT" : "SQL_INT");
	fprintf(c, "0},\n\t.cols = (const uint8_t[]){");
	for (size_t i = 0; i < s->out.n; i++)
		fprintf(c, "%s, ", s->out.v[i].text ? "SQL_TEXT" : "SQL_INT");
	str sig = signature(s);
	fprintf(c, "0},\n};\n\nrc\n%.*s\n{\n", STR_ARG(str_from(sig, 3)));
	write_body(c, s);
	fprintf(c, "}\n\n");
	if (s->ahead)
		write_ahead(h, c, s);
}

static void
write_module(const char *name, const char *dir, const char *path)
{
	str rest = slurp(path), l;
	FILE *h = create(dir, name, "_sql.h"), *c = create(dir, name, "_sql.c");
	VEC(stmt) all = {0};
	buf sql = buf_in(A);
	stmt *s = NULL;

	fprintf(h,
		"/* Made by sqlgen from %s.sql. */\n#pragma once\n#include \"base/vec.h\"\n#include "
		"\"store/db.h\"\n#include \"store/scope.h\"\n\n",
		name);
	fprintf(c, "/* Made by sqlgen from %s.sql. */\n#include \"%s_sql.h\"\n\n", name, name);
	while (str_next(&rest, '\n', &l)) {
		line++;
		str t = str_trim(l);
		if (str_starts(t, STR("-- @"))) {
			s = vec_add(A, &all);
			read_head(s, str_from(t, 4));
			sql = buf_in(A);
		} else if (s && t.n && !str_starts(t, STR("--"))) {
			bool end = str_ends(t, STR(";"));
			buf_put(&sql, end ? str_sub(t, 0, t.n - 1) : t);
			buf_c(&sql, '\n');
			if (!end)
				continue;
			s->sql = buf_str(&sql);
			prepare(s);
			write_stmt(h, c, s);
			s = NULL;
		}
	}
	if (s)
		die("%.*s: the statement does not end with ;", STR_ARG(s->name));
	fprintf(h, "extern const sql_stmt *const %s_sql[]; /* all of them, for tests */\n", name);
	fprintf(c, "const sql_stmt *const %s_sql[] = {", name);
	for (size_t i = 0; i < all.n; i++)
		fprintf(c, "\n\t&stmt_%.*s,", STR_ARG(all.v[i].name));
	fprintf(c, "\n\tNULL,\n};\n");
	if (fclose(h) || fclose(c))
		die("cannot write");
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
