/* tool.h - what the generators of tools/ share: read a file, write a file, walk a folder, stop the build with
 * a complaint. */
#pragma once
#include "base/buf.h"

/* The whole file; stops the build when it cannot be read. */
str tool_read(arena *a, const char *path);

/* Writes the whole file; stops the build when it cannot. */
void tool_write(const char *path, str text);

/* Calls each(p, path) for the files below `dir` whose name ends with `end`, in the order of their paths.
 * Every folder and file met is added to `deps`, so that ninja looks again when one changes or a new one
 * appears. */
void tool_files(arena *a, const char *dir, const char *end, buf *deps,
		void (*each)(void *p, const char *path), void *p);

/* Writes the dependency file of `made`: `deps` as tool_files left it. */
void tool_write_deps(arena *a, const char *path, const char *made, const buf *deps);

/* "file:line: complaint" on standard error, and the end of the process. Line 0 is left out. */
NORETURN void tool_die(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* A C string literal of the text, quotes and all. */
void tool_put_literal(buf *b, str text);
