/* source.c - see source.h. */
#include "source.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>

NORETURN static void
unreadable(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(2);
}

static str
read_file(arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	buf b = buf_in(a);

	if (!f)
		unreadable(path);
	for (size_t n = 1; n > 0; b.n += n)
		n = fread(buf_room(&b, 1 << 16), 1, 1 << 16, f);
	if (ferror(f))
		unreadable(path);
	fclose(f);
	return buf_str(&b);
}

typedef enum where { CODE, LINE_COMMENT, COMMENT, TEXT, CHARACTER } where;

/* Where the byte after s[i] stands; *skip: bytes that belong to s[i] (the second of a pair). */
static where
step(where w, const char *s, size_t left, size_t *skip)
{
	char c = s[0], next = left > 1 ? s[1] : 0;

	*skip = 0;
	switch (w) {
	case CODE:
		if (c == '/' && (next == '/' || next == '*')) {
			*skip = 1;
			return next == '/' ? LINE_COMMENT : COMMENT;
		}
		return c == '"' ? TEXT : c == '\'' ? CHARACTER : CODE;
	case LINE_COMMENT:
		return c == '\n' ? CODE : LINE_COMMENT;
	case COMMENT:
		*skip = c == '*' && next == '/';
		return *skip ? CODE : COMMENT;
	case TEXT:
	case CHARACTER:
		*skip = c == '\\' && left > 1;
		return c == (w == TEXT ? '"' : '\'') || c == '\n' ? CODE : w;
	}
	return CODE;
}

/* Fills s->code and s->bare; line ends stay, so that lines are the same in all three. */
static void
strip(arena *a, source *s)
{
	char *code = arena_alloc(a, s->text.n), *bare = arena_alloc(a, s->text.n);
	where w = CODE;

	for (size_t i = 0, skip = 0; i < s->text.n; i += 1 + skip) {
		where after = step(w, s->text.p + i, s->text.n - i, &skip);
		bool comment = w == COMMENT || w == LINE_COMMENT || after == COMMENT || after == LINE_COMMENT;
		bool literal = (w == TEXT || w == CHARACTER) && after == w;
		for (size_t k = i; k <= i + skip; k++) {
			char c = s->text.p[k];
			code[k] = comment && c != '\n' ? ' ' : c;
			bare[k] = (comment || literal) && c != '\n' ? ' ' : c;
		}
		w = after;
	}
	s->code = (str){code, s->text.n};
	s->bare = (str){bare, s->text.n};
}

static int
by_name(const FTSENT **x, const FTSENT **y)
{
	return strcmp((*x)->fts_name, (*y)->fts_name);
}

static bool
left_out(const FTSENT *e)
{
	str name = str_of(e->fts_name);

	return (name.n > 1 && name.p[0] == '.' && e->fts_level > 0 && !str_eq(name, STR(".ci"))) ||
	       str_eq(name, STR("node_modules")) || str_starts(name, STR("build-")) ||
	       (e->fts_level == 1 &&
		(str_eq(name, STR("build")) || str_eq(name, STR("site")) || str_eq(name, STR("out"))));
}

void
sources_read(arena *a, const char *root, const char *folder, sources *out)
{
	str top = str_fmt(a, "%s/", root);
	char *start = cstr(a, *folder ? str_fmt(a, "%s/%s", root, folder) : str_of(root));
	char *paths[] = {start, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);

	if (!tree)
		unreadable(start);
	for (FTSENT *e; (e = fts_read(tree));) {
		if (left_out(e))
			fts_set(tree, e, FTS_SKIP);
		else if (e->fts_info == FTS_NS || e->fts_info == FTS_DNR || e->fts_info == FTS_ERR)
			unreadable(e->fts_path);
		else if (e->fts_info == FTS_F) {
			source *s = vec_add(a, out);
			*s = (source){.path = str_dup(a, str_from(str_of(e->fts_path), top.n)),
				      .text = read_file(a, e->fts_path)};
			if (source_is_c(s))
				strip(a, s);
		}
	}
	fts_close(tree);
	if (out->n == 0) {
		fprintf(stderr, "%s: no files\n", start);
		exit(2);
	}
}

int32_t
source_line(const source *s, size_t at)
{
	int32_t line = 1;

	for (size_t i = 0; i < at && i < s->text.n; i++)
		line += s->text.p[i] == '\n';
	return line;
}

str
source_folder(const source *s)
{
	size_t n = s->path.n;

	while (n > 0 && s->path.p[n - 1] != '/')
		n--;
	return str_sub(s->path, 0, n ? n - 1 : 0);
}
