/* pack.c - files into the program, each compressed: lists, services, policies, reports.
 *
 *   pack OUT.c OUT.d ROOT FOLDER …
 *
 * Every file below ROOT/FOLDER stands in the table `pack_all` of src/io/pack.h under its path from ROOT
 * ("lists/divisions/44.txt"); README.md and meson.build are about the files and stay outside. A new file is
 * found by itself. Bytes become string literals, which a compiler reads many times faster than a list of
 * numbers. */
#include <stdio.h>
#include <zstd.h>

#include "base/vec.h"
#include "tool.h"

#include <stdlib.h>

/* Measured over the nation: 3.0 MB in 0.7 s of every build; level 19 makes 2.7 MB in 3 s. */
enum { LEVEL = 12, LINE = 120 };

typedef struct packer {
	arena *a;
	size_t root; /* length of "ROOT/" */
	VEC(str) paths;
} packer;

static bool
is_data(str path)
{
	static const char *const about[] = {"/README.md", "/meson.build"};

	for (size_t i = 0; i < LEN(about); i++)
		if (str_ends(path, str_of(about[i])))
			return false;
	return true;
}

static void
add(void *p, const char *path)
{
	packer *k = p;

	if (is_data(str_of(path)))
		*vec_add(k->a, &k->paths) = str_dup(k->a, str_of(path));
}

static int
by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const str *)x, *(const str *)y);
}

static str
compress(arena *a, str path, str s)
{
	size_t room = ZSTD_compressBound(s.n);
	char *to = arena_alloc(a, room);
	size_t n = ZSTD_compress(to, room, s.p, s.n, LEVEL);

	if (ZSTD_isError(n))
		tool_die(cstr(a, path), 0, "zstd refuses: %s", ZSTD_getErrorName(n));
	return (str){to, n};
}

/* Octal always in three digits, so that a digit behind it is not read with it; '?' because of trigraphs. */
static void
put_bytes(buf *b, str s)
{
	size_t width = 0;

	buf_lit(b, "\n\t\"");
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		size_t before = b->n;
		if (c > ' ' && c < 127 && c != '"' && c != '\\' && c != '?')
			buf_c(b, (char)c);
		else
			buf_fmt(b, "\\%03o", c);
		width += b->n - before;
		if (width >= LINE) {
			buf_lit(b, "\"\n\t\"");
			width = 0;
		}
	}
	buf_lit(b, "\"");
}

static void
put_file(packer *k, buf *b, str path)
{
	str name = str_from(path, k->root);
	arena *own = arena_open(k->a, 0);
	str bytes = tool_read(own, cstr(own, path));
	str packed = compress(own, path, bytes);

	buf_lit(b, "\t{");
	tool_put_literal(b, name);
	buf_fmt(b, ", %zu, %zu,", bytes.n, packed.n);
	put_bytes(b, packed);
	buf_lit(b, "},\n");
	arena_close(own);
}

int
main(int argc, char **argv)
{
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a), deps = buf_in(a);

	if (argc < 5)
		tool_die("pack", 0, "use: pack OUT.c OUT.d ROOT FOLDER …");
	packer k = {.a = a, .root = strlen(argv[3]) + 1};
	for (int i = 4; i < argc; i++)
		tool_files(a, cstr(a, str_fmt(a, "%s/%s", argv[3], argv[i])), "", &deps, add, &k);
	qsort(k.paths.v, k.paths.n, sizeof *k.paths.v, by_bytes);
	buf_lit(&b, "/* Made by pack. */\n#include \"io/pack.h\"\n\nstatic const pack_file files[] = {\n");
	for (size_t i = 0; i < k.paths.n; i++)
		put_file(&k, &b, k.paths.v[i]);
	buf_fmt(&b, "};\n\nconst pack pack_all = {files, %zu};\n", k.paths.n);
	tool_write(argv[1], buf_str(&b));
	tool_write_deps(a, argv[2], argv[1], &deps);
	arena_close(a);
	return 0;
}
