/* embed.c - files into the program: bytes, a gzip -9 twin where that is smaller, type and address.
 *
 *   embed OUT.h OUT.c NAME=FILE …
 *
 * The address is /assets/HASH/NAME with one hash over all names and bytes, so that files of the set can name
 * each other relatively (a style sheet its pictures, a script its modules), every reply may be kept for ever,
 * and a new version of any of them is a new address. OUT.h has ASSET_NAME, the address as a literal, for the
 * templates. */
#include <ctype.h>
#include <stdio.h>
#include <zlib.h>

#include "base/vec.h"
#include "tool.h"

typedef struct input {
	str name;
	str bytes;
} input;

typedef VEC(input) input_list;

/* FNV-1a: for telling versions apart, not for safety. */
static uint64_t
fnv(uint64_t h, str s)
{
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h;
}

static const char *
type_of(const char *path, str name)
{
	static const char *const types[][2] = {{".css", "text/css; charset=utf-8"},
					       {".js", "text/javascript; charset=utf-8"},
					       {".svg", "image/svg+xml"},
					       {".png", "image/png"},
					       {".txt", "text/plain; charset=utf-8"}};

	for (size_t i = 0; i < LEN(types); i++)
		if (str_ends(name, str_of(types[i][0])))
			return types[i][1];
	tool_die(path, 0, "what is the type of \"%.*s\"?", STR_ARG(name));
}

static str
gzip(arena *a, str s)
{
	z_stream z = {0};
	enum { WINDOW_AND_GZIP_HEADER = 15 + 16, MEMORY = 9 };

	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW_AND_GZIP_HEADER, MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		tool_die("embed", 0, "zlib refuses");
	size_t room = deflateBound(&z, s.n);
	unsigned char *to = arena_alloc(a, room);
	z.next_in = (unsigned char *)arena_alloc(a, s.n);
	memcpy(z.next_in, s.p, s.n);
	z.avail_in = (uInt)s.n;
	z.next_out = to;
	z.avail_out = (uInt)room;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		tool_die("embed", 0, "zlib refuses");
	deflateEnd(&z);
	return (str){(char *)to, z.total_out};
}

static void
put_constant(buf *b, str name)
{
	buf_lit(b, "ASSET_");
	for (size_t i = 0; i < name.n; i++)
		buf_c(b, isalnum((unsigned char)name.p[i]) ? (char)toupper((unsigned char)name.p[i]) : '_');
}

static void
put_bytes(buf *b, const char *what, size_t i, str s)
{
	buf_fmt(b, "\nstatic const uint8_t %s%zu[] = {", what, i);
	for (size_t k = 0; k < s.n; k++)
		buf_fmt(b, k % 24 ? "%u," : "\n%u,", (unsigned)(unsigned char)s.p[k]);
	buf_lit(b, "\n};\n");
}

static void
write_header(arena *a, const char *to, const input_list *in, uint64_t hash)
{
	buf b = buf_in(a);

	buf_lit(&b, "/* Made by embed: where each file of assets/ is served. */\n#pragma once\n\n");
	for (size_t i = 0; i < in->n; i++) {
		buf_lit(&b, "#define ");
		put_constant(&b, in->v[i].name);
		buf_fmt(&b, " \"/assets/%016llx/%.*s\"\n", (unsigned long long)hash, STR_ARG(in->v[i].name));
	}
	tool_write(to, buf_str(&b));
}

static void
write_table(arena *a, const char *to, const input_list *in, uint64_t hash)
{
	buf b = buf_in(a), rows = buf_in(a);

	buf_lit(&b, "/* Made by embed from assets/ and govuk-frontend. */\n#include \"web/asset.h\"\n");
	for (size_t i = 0; i < in->n; i++) {
		const input *x = &in->v[i];
		str gz = gzip(a, x->bytes);
		bool smaller = gz.n < x->bytes.n;
		put_bytes(&b, "bytes", i, x->bytes);
		if (smaller)
			put_bytes(&b, "gz", i, gz);
		buf_fmt(&rows, "\t{\"/assets/%016llx/%.*s\", \"%s\", bytes%zu, %zu, ",
			(unsigned long long)hash, STR_ARG(x->name), type_of(to, x->name), i, x->bytes.n);
		if (smaller)
			buf_fmt(&rows, "gz%zu, %zu, ", i, gz.n);
		else
			buf_lit(&rows, "NULL, 0, ");
		buf_fmt(&rows, "\"\\\"%016llx\\\"\"},\n", (unsigned long long)fnv(hash, x->bytes));
	}
	buf_fmt(&b, "\nconst web_asset web_assets[] = {\n%.*s\t{0},\n};\n", STR_ARG(buf_str(&rows)));
	tool_write(to, buf_str(&b));
}

int
main(int argc, char **argv)
{
	arena *a = arena_open(NULL, 0);
	input_list in = {0};
	uint64_t hash = 0xcbf29ce484222325u;

	if (argc < 4)
		tool_die("embed", 0, "use: embed OUT.h OUT.c NAME=FILE …");
	for (int i = 3; i < argc; i++) {
		str arg = str_of(argv[i]);
		ptrdiff_t eq = str_find_char(arg, '=');
		if (eq < 1)
			tool_die("embed", 0, "\"%s\" is not NAME=FILE", argv[i]);
		input x = {str_sub(arg, 0, (size_t)eq), tool_read(a, argv[i] + eq + 1)};
		hash = fnv(fnv(hash, x.name), x.bytes);
		*vec_add(a, &in) = x;
	}
	write_header(a, argv[1], &in, hash);
	write_table(a, argv[2], &in, hash);
	arena_close(a);
	return 0;
}
