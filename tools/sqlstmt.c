/* sqlstmt.c - see sqlgen.h: a typed function for each statement of a module. */
#include "sqlgen.h"

#include "base/map.h"

typedef struct param {
	str name;
	bool text;
} param;

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
		DIE("@one, @many or @exec, not @%.*s", STR_ARG(s->kind));
	ptrdiff_t open = str_find_char(head, '('), shut = str_find_char(head, ')');
	if (open < 0 || shut < open)
		DIE("%.*s: parameters in brackets, ( ) for none", STR_ARG(s->name));
	str list = str_sub(head, (size_t)open + 1, (size_t)(shut - open - 1)), part;
	while (str_next(&list, ',', &part)) {
		str n = word(&part), ty = word(&part);
		if (!str_eq(ty, STR("int")) && !str_eq(ty, STR("text")))
			DIE("%.*s: parameter %.*s is int or text", STR_ARG(s->name), STR_ARG(n));
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
		DIE("%.*s: reach is scope(column), office, self, ref, map or open \"why\"", STR_ARG(s->name));
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
	DIE("%.*s: $%.*s is not among the parameters", STR_ARG(s->name), STR_ARG(name));
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
		DIE("%.*s: a parameter is not used", STR_ARG(s->name));
	s->numbered = str_trim(buf_str(&b));
	if (str_find(s->numbered, STR("::")) >= 0)
		DIE("%.*s: '::' is read as a name by SQLite; write CAST", STR_ARG(s->name));
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
				DIE("%.*s: %.*s is written only through put_, patch_ and close_",
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
		DIE("%.*s: %s", STR_ARG(s->name), sqlite3_errmsg(DB));
	for (int i = 0; i < sqlite3_column_count(h); i++) {
		str name = str_dup(A, str_of(sqlite3_column_name(h, i)));
		const char *decl = sqlite3_column_decltype(h, i);
		bool text = decl && str_eq(str_of(decl), STR("TEXT"));
		if (!decl) { /* an expression says its type itself */
			str as_text = str_fmt(A, "AS TEXT) AS %.*s", STR_ARG(name));
			str as_int = str_fmt(A, "AS BIGINT) AS %.*s", STR_ARG(name));
			text = str_find(s->numbered, as_text) >= 0;
			if (!text && str_find(s->numbered, as_int) < 0)
				DIE("%.*s: column %.*s is an expression: CAST(… AS BIGINT|TEXT) AS %.*s",
				    STR_ARG(s->name), STR_ARG(name), STR_ARG(name));
		}
		*vec_add(A, &s->out) = (column){.name = name, .text = text};
	}
	if (sqlite3_column_count(h) > 0 && str_eq(s->kind, STR("exec")))
		DIE("%.*s: @exec returns no rows", STR_ARG(s->name));
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
	put_text(c, s->numbered);
	fprintf(c, ",\n\t.reach = ");
	put_text(c, s->reach);
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

void
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
		DIE("%.*s: the statement does not end with ;", STR_ARG(s->name));
	fprintf(h, "extern const sql_stmt *const %s_sql[]; /* all of them, for tests */\n", name);
	fprintf(c, "const sql_stmt *const %s_sql[] = {", name);
	for (size_t i = 0; i < all.n; i++)
		fprintf(c, "\n\t&stmt_%.*s,", STR_ARG(all.v[i].name));
	fprintf(c, "\n\tNULL,\n};\n");
	if (fclose(h) || fclose(c))
		DIE("cannot write");
}
