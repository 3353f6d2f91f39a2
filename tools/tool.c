/* tool.c - see tool.h. */
#include "tool.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void
tool_die(const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	if (line > 0)
		fprintf(stderr, "%s:%d: ", file, line);
	else
		fprintf(stderr, "%s: ", file);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

str
tool_read(arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	buf b = buf_in(a);
	size_t n = 0;

	if (!f)
		tool_die(path, 0, "cannot read: %s", strerror(errno));
	while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
		b.n += n;
	if (ferror(f))
		tool_die(path, 0, "cannot read: %s", strerror(errno));
	fclose(f);
	return buf_str(&b);
}

void
tool_write(const char *path, str text)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0)
		tool_die(path, 0, "cannot write: %s", strerror(errno));
}

void
tool_files(arena *a, const char *dir, const char *end, buf *deps, void (*each)(void *p, const char *path),
	   void *p)
{
	struct dirent **list = NULL;
	int n = scandir(dir, &list, NULL, alphasort);

	if (n < 0)
		tool_die(dir, 0, "cannot list: %s", strerror(errno));
	buf_fmt(deps, " \\\n  %s", dir);
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		char *path = cstr(a, str_fmt(a, "%s/%s", dir, name));
		if (name[0] == '.')
			continue;
		if (list[i]->d_type == DT_DIR) {
			tool_files(a, path, end, deps, each, p);
		} else if (str_ends(str_of(name), str_of(end))) {
			buf_fmt(deps, " \\\n  %s", path);
			each(p, path);
		}
	}
	for (int i = 0; i < n; i++)
		free(list[i]);
	free(list);
}

void
tool_write_deps(arena *a, const char *path, const char *made, const buf *deps)
{
	str text = str_fmt(a, "%s:%.*s\n", made, STR_ARG(buf_str(deps)));

	tool_write(path, text);
}

void
tool_put_literal(buf *b, str text)
{
	buf_c(b, '"');
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '\n')
			buf_lit(b, "\\n");
		else if (c == '"' || c == '\\')
			buf_fmt(b, "\\%c", c);
		else
			buf_c(b, c);
	}
	buf_c(b, '"');
}
