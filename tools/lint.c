/* lint.c - the habits of this house that no compiler knows.
 *
 *   lint ROOT            prints file:line: rule: what is wrong, and ends with 1 when something is
 *
 * Where breaking a rule makes the code plainer, the line or the one before it says so and why:
 *
 *	free(text); // lint: allow memory - the library's own malloc
 *
 * A line without a reason counts for nothing. */
#include "source.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_FUNCTION = 80, MAX_FILE = 1200 };

typedef struct lint {
	arena *a;
	sources files;
	int wrong;
} lint;

/* Line `n` of the text, from 1. */
static str
line_of(const source *s, int32_t n)
{
	str rest = s->text, line = {0};

	while (n-- > 0)
		if (!str_next(&rest, '\n', &line))
			return STR("");
	return line;
}

static bool
allowed(lint *l, const source *s, int32_t line, const char *rule)
{
	str mark = str_fmt(l->a, "lint: allow %s - ", rule);

	for (int32_t n = MAX(line - 1, 1); n <= line; n++) {
		str text = line_of(s, n);
		ptrdiff_t at = str_find(text, mark);
		if (at >= 0 && text.n - (size_t)at > mark.n + 3)
			return true;
	}
	return false;
}

static void
say(lint *l, const source *s, int32_t line, const char *rule, str what)
{
	if (allowed(l, s, line, rule))
		return;
	printf("%.*s:%d: %s: %.*s\n", STR_ARG(s->path), line, rule, STR_ARG(what));
	l->wrong++;
}

static bool
is_test(const source *s)
{
	return str_ends(s->path, STR("_test.c")) || str_ends(s->path, STR("_test.h")) ||
	       str_ends(s->path, STR("/fixture.c")) || str_starts(s->path, STR("fuzz/"));
}

static bool
in_src(const source *s)
{
	return str_starts(s->path, STR("src/"));
}

static bool
word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next identifier that is called, from *at: "name" before "(", not a member. */
static bool
next_call(const source *s, size_t *at, str *name)
{
	str t = s->bare;

	for (size_t i = *at; i < t.n;) {
		size_t from = i;
		while (i < t.n && word_char(t.p[i]))
			i++;
		if (i == from) {
			i++;
			continue;
		}
		size_t after = i;
		while (after < t.n && t.p[after] == ' ')
			after++;
		bool member = from > 0 && (t.p[from - 1] == '.' ||
					   (from > 1 && t.p[from - 1] == '>' && t.p[from - 2] == '-'));
		if (after < t.n && t.p[after] == '(' && !member) {
			*name = str_sub(t, from, i - from);
			*at = i;
			return true;
		}
	}
	return false;
}

typedef struct ban {
	const char *rule;
	bool (*here)(const source *);
	const char *why;
	str names[20];
} ban;

static bool
anywhere(const source *s)
{
	(void)s;
	return true;
}

static bool
above_base(const source *s)
{
	return in_src(s) && !is_test(s) && !str_starts(s->path, STR("src/base/"));
}

static bool
below_main(const source *s)
{
	return in_src(s) && !is_test(s) && !str_starts(s->path, STR("src/main/")) &&
	       !str_starts(s->path, STR("src/io/log."));
}

#define W(z)                                                                                                 \
	{                                                                                                    \
		z, sizeof(z) - 1                                                                             \
	}
static const ban bans[] = {
	{"memory",
	 above_base,
	 "memory comes from an arena",
	 {W("malloc"), W("calloc"), W("realloc"), W("reallocarray"), W("free"), W("strdup"), W("strndup"),
	  W("asprintf"), W("vasprintf"), W("alloca")}},
	{"unsafe",
	 anywhere,
	 "it has no bound, no error or hidden state; use str, buf or str_to_i64",
	 {W("sprintf"), W("vsprintf"), W("strcpy"), W("strcat"), W("stpcpy"), W("gets"), W("strtok"),
	  W("atoi"), W("atol"), W("atoll"), W("atof"), W("strncpy"), W("strncat"), W("tmpnam"), W("mktemp"),
	  W("setlocale"), W("localtime"), W("gmtime"), W("rand")}},
	{"process", above_base, "a shell reads more than it should", {W("system"), W("popen")}},
	{"clock",
	 below_main,
	 "`now` comes with the request; only main asks what time it is",
	 {W("time"), W("clock_gettime"), W("gettimeofday"), W("clock"), W("timespec_get"), W("ftime")}},
};
#undef W

static void
check_calls(lint *l, const source *s)
{
	str name;

	for (size_t at = 0; next_call(s, &at, &name);)
		for (size_t b = 0; b < LEN(bans); b++)
			for (size_t i = 0; i < LEN(bans[b].names) && bans[b].names[i].n; i++)
				if (str_eq(name, bans[b].names[i]) && bans[b].here(s))
					say(l, s, source_line(s, at), bans[b].rule,
					    str_fmt(l->a, "%.*s(): %s", STR_ARG(name), bans[b].why));
}

/* A definition begins with "{" in the first column and ends with "}" there; its name stands above the brace.
 */
static void
check_lengths(lint *l, const source *s)
{
	str rest = s->bare, line;
	int32_t n = 0, open = 0, name = 0;

	while (str_next(&rest, '\n', &line)) {
		n++;
		if (line.n == 1 && line.p[0] == '{')
			open = n;
		else if (line.n && word_char(line.p[0]) && !open)
			name = n;
		else if (line.n && line.p[0] == '}' && open) {
			if (n - open + 1 > MAX_FUNCTION && line.n == 1)
				say(l, s, name, "length",
				    str_fmt(l->a, "a function of %d lines; %d at most", n - open + 1,
					    MAX_FUNCTION));
			open = 0;
		}
	}
	if (n > MAX_FILE)
		say(l, s, n, "length", str_fmt(l->a, "a file of %d lines; %d at most", n, MAX_FILE));
}

static bool
has_word(str line, str word)
{
	for (size_t i = 0; i + word.n <= line.n; i++)
		if (str_eq(str_sub(line, i, word.n), word) && (i == 0 || !word_char(line.p[i - 1])) &&
		    (i + word.n == line.n || !word_char(line.p[i + word.n])))
			return true;
	return false;
}

/* A line that defines a variable that lives as long as the process and can change: at the first column, or
 * `static` inside a function. The symbol check (scripts/symbols.sh) sees what this cannot. */
static void
check_globals(lint *l, const source *s)
{
	static const str not_variable[] = {{"typedef", 7}, {"struct", 6}, {"enum", 4},
					   {"union", 5},   {"extern", 6}, {"const", 5},
					   {"inline", 6},  {"return", 6}, {"goto", 4}};
	str rest = s->bare, line;

	for (int32_t n = 1; str_next(&rest, '\n', &line); n++) {
		str t = str_trim(line);
		bool is_static = str_starts(t, STR("static "));
		if (t.n == 0 || (!is_static && !word_char(line.p[0])))
			continue;
		ptrdiff_t value = str_find_char(t, '='), paren = str_find_char(t, '(');
		bool ends = t.p[t.n - 1] == ';' || (value >= 0 && t.p[t.n - 1] == '{') || t.p[t.n - 1] == '=';
		if (!ends || (paren >= 0 && (value < 0 || paren < value)) || str_find_char(t, ' ') < 0)
			continue;
		bool fixed = false;
		for (size_t i = 0; i < LEN(not_variable) && !fixed; i++)
			fixed = has_word(value >= 0 ? str_sub(t, 0, (size_t)value) : t, not_variable[i]) &&
				!(is_static && i >= 1 && i <= 3); /* "static struct x y;" is one */
		if (!fixed)
			say(l, s, n, "global", STR("state that can change and belongs to nobody"));
	}
}

/* SQL lives in .sql files, checked when the program is built; only the store speaks to an engine in words. */
static void
check_sql(lint *l, const source *s)
{
	static const str head[] = {{"\"SELECT ", 8},       {"\"INSERT INTO ", 13},  {"\"UPDATE ", 8},
				   {"\"DELETE FROM ", 13}, {"\"CREATE TABLE ", 14}, {"\"DROP TABLE ", 12},
				   {"\"ALTER ", 7},        {"\"WITH ", 6},          {"\"CREATE INDEX ", 14},
				   {"\"REPLACE INTO ", 14}};
	str rest = s->code;

	if (str_starts(s->path, STR("src/store/")))
		return;
	for (ptrdiff_t at; (at = str_find_char(rest, '"')) >= 0; rest = str_from(rest, (size_t)at + 1))
		for (size_t i = 0; i < LEN(head); i++)
			if (str_starts(str_from(rest, (size_t)at), head[i]))
				say(l, s, source_line(s, (size_t)(rest.p - s->code.p + at)), "sql",
				    STR("a statement stands in the module's .sql file"));
}

/* Names of the place where somebody works do not belong into the work. Written so that this file has none. */
static void
check_places(lint *l, const source *s)
{
	static const str place[] = {{"/work"
				     "/main",
				     10},
				    {"/work"
				     "/wt",
				     8},
				    {"/work"
				     "/shared",
				     12},
				    {"/root"
				     "/",
				     6},
				    {"\"resolved\""
				     ": \"http",
				     17},
				    {"/home"
				     "/",
				     6},
				    {"artifact"
				     "registry",
				     16}};

	if (s->text.n && memchr(s->text.p, 0, MIN(s->text.n, 8000)))
		return; /* not a text */
	for (size_t i = 0; i < LEN(place); i++) {
		ptrdiff_t at = str_find(s->text, place[i]);
		if (at >= 0)
			say(l, s, source_line(s, (size_t)at), "place",
			    str_fmt(l->a, "\"%.*s\" names one machine", STR_ARG(place[i])));
	}
}

/* Each folder of src/ that holds code says in a README.md what it is. */
static void
check_readmes(lint *l)
{
	str last = STR("");

	for (size_t i = 0; i < l->files.n; i++) {
		const source *s = &l->files.v[i];
		str folder = source_folder(s);
		bool there = false;
		if (!in_src(s) || !source_is_c(s) || str_eq(folder, last))
			continue;
		last = folder;
		str want = str_cat(l->a, folder, STR("/README.md"));
		for (size_t k = 0; k < l->files.n && !there; k++)
			there = str_eq(l->files.v[k].path, want);
		if (!there)
			say(l, s, 1, "readme", str_fmt(l->a, "%.*s is missing", STR_ARG(want)));
	}
}

int
main(int argc, char **argv)
{
	lint l = {.a = arena_open(NULL, 0)};

	if (argc != 2) {
		fprintf(stderr, "usage: lint ROOT\n");
		return 2;
	}
	sources_read(l.a, argv[1], "", &l.files);
	for (size_t i = 0; i < l.files.n; i++) {
		const source *s = &l.files.v[i];
		check_places(&l, s);
		if (!source_is_c(s))
			continue;
		check_calls(&l, s);
		check_lengths(&l, s);
		if (in_src(s) && !is_test(s)) {
			check_globals(&l, s);
			check_sql(&l, s);
		}
	}
	check_readmes(&l);
	if (l.wrong)
		printf("%d\n", l.wrong);
	arena_close(l.a);
	return l.wrong > 0;
}
