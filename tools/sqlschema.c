/* sqlschema.c - see sqlgen.h: what is made of the tables. */
#include "sqlgen.h"

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

void
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
		put_text(c, migrations.v[i].text);
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
		DIE("cannot write");
}
