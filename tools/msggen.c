/* msggen.c - locale/AREA.msg to a table in C; and the proof that code and words agree.
 *
 *   msggen LOCALE SOURCE OUT.h OUT.c DEPFILE     make the table
 *   msggen --unused LOCALE SOURCE                name the messages that nothing in SOURCE mentions
 *
 * The table is sorted by id, and a message's constant is its place in it. The build stops, naming file and
 * line, when a language is missing, the two languages take different arguments, an id is defined twice, or a
 * FAIL(…) in the source names a message that does not exist or does not give it an argument it needs. */
#include <ctype.h>
#include <stdio.h>

#include "msgfile.h"
#include "tool.h"

typedef struct scan {
	arena *a;
	msgfile_book book;
	buf deps;
	bool unused_only;
} scan;

static int
line_of(str text, const char *at)
{
	int line = 1;

	for (const char *p = text.p; p < at; p++)
		line += *p == '\n';
	return line;
}

/* Past a string literal, a character or a comment that begins at p; p itself when none does. */
static const char *
skip_token(const char *p, const char *end)
{
	if (p + 1 < end && p[0] == '/' && p[1] == '/') {
		while (p < end && *p != '\n')
			p++;
	} else if (p + 1 < end && p[0] == '/' && p[1] == '*') {
		const char *close = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);
		return close ? close + 2 : end;
	} else if (*p == '"' || *p == '\'') {
		char quote = *p++;
		while (p < end && *p != quote && *p != '\n')
			p += *p == '\\' ? 2 : 1;
		return p < end ? p + 1 : end;
	}
	return p;
}

/* The end of the parenthesis that opens at `p`, and in `arg` where its arguments begin. */
static const char *
call_end(const char *p, const char *end, const char *arg[4])
{
	int depth = 0, n = 0;

	for (; p < end; p++) {
		const char *q = skip_token(p, end);
		if (q > p) {
			p = q - 1;
			continue;
		}
		if (*p == '(' || *p == '{' || *p == '[')
			depth++;
		if (depth == 1 && (*p == '(' || *p == ',') && n < 4)
			arg[n++] = p + 1;
		if ((*p == ')' || *p == '}' || *p == ']') && --depth == 0)
			return p;
	}
	return end;
}

/* The string literal at the front of `s`, white space aside. */
static bool
literal(str s, str *out)
{
	s = str_trim(s);
	if (s.n < 2 || s.p[0] != '"')
		return false;
	s = str_from(s, 1);
	ptrdiff_t close = str_find_char(s, '"');
	*out = str_sub(s, 0, close < 0 ? s.n : (size_t)close);
	return true;
}

/* Does the text of a FAIL name this argument: FA_STR("name", …), FA_INT("name", …), or FA_FIELD(…) for
 * "field"? */
static bool
gives(arena *a, str call, str name)
{
	return str_find(call, str_fmt(a, "FA_STR(\"%.*s\"", STR_ARG(name))) >= 0 ||
	       str_find(call, str_fmt(a, "FA_INT(\"%.*s\"", STR_ARG(name))) >= 0 ||
	       (str_eq(name, STR("field")) && str_find(call, STR("FA_FIELD(")) >= 0);
}

static void
check_fail(scan *s, const char *path, str text, const char *open)
{
	const char *end = text.p + text.n, *arg[4] = {0}, *close = call_end(open, end, arg);
	str id, hole, call = {open, (size_t)(close - open)};

	/* Without a literal third argument it is the macro itself or one built on it. */
	if (!arg[2] || !literal((str){arg[2], (size_t)(close - arg[2])}, &id))
		return;
	msgfile_entry *e = msgfile_find(&s->book, id);
	if (!e)
		tool_die(path, line_of(text, open), "FAIL names \"%.*s\", which no file in locale/ defines",
			 STR_ARG(id));
	for (str rest = e->text[0]; msgfile_next_hole(&rest, &hole);)
		if (!gives(s->a, call, hole))
			tool_die(path, line_of(text, open), "FAIL does not give {%.*s}, which \"%.*s\" needs",
				 STR_ARG(hole), STR_ARG(id));
}

static void
check_source(void *p, const char *path)
{
	scan *s = p;
	str text = tool_read(s->a, path);
	const char *end = text.p + text.n;

	if (str_ends(str_of(path), STR("_test.c"))) /* tests fail with ids of their own */
		return;
	for (const char *at = text.p; at < end; at++) {
		const char *q = skip_token(at, end);
		if (q > at) {
			at = q - 1;
			continue;
		}
		bool word = at > text.p && (isalnum((unsigned char)at[-1]) || at[-1] == '_');
		if (!word && end - at > 5 && memcmp(at, "FAIL(", 5) == 0)
			check_fail(s, path, text, at + 4);
	}
}

static bool
part_of_id(char c)
{
	return isalnum((unsigned char)c) || c == '.' || c == '_' || c == '-';
}

/* Does `word` stand in the text, not as a part of a longer one? */
static bool
mentions(str text, str word)
{
	ptrdiff_t at = 0;

	while ((at = str_find(text, word)) >= 0) {
		str after = str_from(text, (size_t)at + word.n);
		bool whole = at == 0 || !part_of_id(text.p[at - 1]);
		if (whole && (after.n == 0 || !part_of_id(after.p[0])))
			return true;
		text = after;
	}
	return false;
}

/* Is the id put together from a part that stands in the source: "job.name." and what follows? */
static bool
mentions_head(arena *a, str text, str id)
{
	for (size_t n = 1; n <= id.n; n++)
		if (id.p[n - 1] == '.' && mentions(text, str_fmt(a, "\"%.*s\"", (int)n, id.p)))
			return true;
	return str_starts(id, STR("event.")) && mentions(text, str_from(id, 6));
}

/* A message counts as used when its id, its constant or a head of its id stands anywhere in a source file;
 * one that names an event (event.office.opened) also when that kind does. */
static void
note_uses(void *p, const char *path)
{
	scan *s = p;
	str text = tool_read(s->a, path);

	for (size_t i = 0; i < s->book.all.n; i++) {
		msgfile_entry *e = s->book.all.v[i];
		buf constant = buf_in(s->a);
		msgfile_put_constant(&constant, e->id);
		e->used |= mentions(text, e->id) || mentions(text, buf_str(&constant)) ||
			   mentions_head(s->a, text, e->id);
	}
}

static int
print_unused(scan *s, const char *source)
{
	static const char *const ends[] = {".c", ".h", ".tpl"};
	int unused = 0;

	for (size_t i = 0; i < LEN(ends); i++)
		tool_files(s->a, source, ends[i], &s->deps, note_uses, s);
	for (size_t i = 0; i < s->book.all.n; i++) {
		const msgfile_entry *e = s->book.all.v[i];
		if (!e->used)
			printf("%s:%d: \"%.*s\" is used nowhere\n", e->file, e->line, STR_ARG(e->id));
		unused += !e->used;
	}
	return unused ? 1 : 0;
}

static void
write_header(const scan *s, const char *path)
{
	buf b = buf_in(s->a);

	buf_lit(&b, "/* Made by msggen from the .msg files of locale/. A constant is the message's place in "
		    "the table. "
		    "*/\n#pragma once\n#include \"base/msg.h\"\n\nenum {\n");
	for (size_t i = 0; i < s->book.all.n; i++) {
		buf_c(&b, '\t');
		msgfile_put_constant(&b, s->book.all.v[i]->id);
		buf_lit(&b, ",\n");
	}
	buf_lit(&b, "\tMSG_COUNT_\n};\n");
	tool_write(path, buf_str(&b));
}

static void
write_table(const scan *s, const char *path)
{
	buf b = buf_in(s->a);

	buf_lit(&b, "/* Made by msggen from the .msg files of locale/. */\n#include \"base/msg.h\"\n\n"
		    "static const msg_entry entries[] = {\n");
	for (size_t i = 0; i < s->book.all.n; i++) {
		const msgfile_entry *e = s->book.all.v[i];
		buf_fmt(&b, "\t{\"%.*s\",\n\t {", STR_ARG(e->id));
		for (int l = 0; l < MSGFILE_LANGS; l++) {
			tool_put_literal(&b, e->text[l]);
			buf_put(&b, l ? STR("}},\n") : STR(",\n\t  "));
		}
	}
	buf_fmt(&b, "\t{0},\n};\n\nconst msg_table msg_all = {entries, %zu};\n", s->book.all.n);
	tool_write(path, buf_str(&b));
}

int
main(int argc, char **argv)
{
	arena *a = arena_open(NULL, 0);
	scan s = {.a = a, .deps = buf_in(a)};
	int status = 0;

	s.unused_only = argc == 4 && strcmp(argv[1], "--unused") == 0;
	if (argc != 6 && !s.unused_only)
		tool_die("msggen", 0,
			 "use: msggen LOCALE SOURCE OUT.h OUT.c DEPFILE, or --unused LOCALE SOURCE");
	if (s.unused_only) {
		msgfile_read_all(a, argv[2], &s.deps, &s.book);
		status = print_unused(&s, argv[3]);
	} else {
		msgfile_read_all(a, argv[1], &s.deps, &s.book);
		tool_files(a, argv[2], ".c", &s.deps, check_source, &s);
		write_header(&s, argv[3]);
		write_table(&s, argv[4]);
		tool_write_deps(a, argv[5], argv[3], &s.deps);
	}
	arena_close(a);
	return status;
}
