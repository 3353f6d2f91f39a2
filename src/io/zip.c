/* zip.c - see zip.h.
 *
 *   [local header, name, extra, bytes]...  [directory record]...  ([64-bit end, locator])  [end, comment]
 *
 * libzip opens and inflates; but it tells nothing of where entries lie, and believes the directory. So the
 * directory is read and checked here first; then libzip has to agree with what we read. */
#include "io/zip.h"

#include "base/map.h"
#include "base/utf8.h"
#include "io/text.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <zip.h>

enum {
	END_SIZE = 22,
	END64_SIZE = 56,
	LOCATOR_SIZE = 20,
	RECORD_SIZE = 46,
	LOCAL_SIZE = 30,
	COMMENT_MAX = 65535,
	PIECE = 64 * 1024,
	FREE_RATIO = 1 << 20, /* below this much no ratio is suspicious */
};

static const uint32_t SIG_END = 0x06054b50, SIG_END64 = 0x06064b50, SIG_LOCATOR = 0x07064b50,
		      SIG_RECORD = 0x02014b50, SIG_LOCAL = 0x04034b50;

/* What the directory says of one entry. */
typedef struct record {
	uint64_t size, packed, offset;
	uint16_t flags, method;
	str name;
} record;

struct unzip {
	str bytes;
	unzip_limits most;
	size_t n;
	unzip_entry *entry;
	zip_t *lib;
};

struct unzip_stream {
	zip_file_t *lib;
	const unzip_entry *entry;
	uint64_t got;
	char piece[PIECE];
};

static uint16_t
u16(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint16_t)(b[0] | b[1] << 8);
}

static uint32_t
u32(const char *p)
{
	return u16(p) | (uint32_t)u16(p + 2) << 16;
}

static uint64_t
u64(const char *p)
{
	return u32(p) | (uint64_t)u32(p + 4) << 32;
}

static rc
damaged(fault *f, const char *what)
{
	return FAIL(f, RC_INVALID, "zip.damaged", FA_STR("detail", str_of(what)));
}

/* ---- the directory ---- */

typedef struct directory {
	uint64_t entries, offset, size;
} directory;

/* The 64-bit end record, when the 16-bit one says "look there". */
static rc
find_end64(fault *f, str b, size_t end, directory *d)
{
	if (end < LOCATOR_SIZE || u32(b.p + end - LOCATOR_SIZE) != SIG_LOCATOR)
		return damaged(f, "zip64");
	uint64_t at = u64(b.p + end - LOCATOR_SIZE + 8);
	if (b.n < END64_SIZE || at > b.n - END64_SIZE || u32(b.p + at) != SIG_END64)
		return damaged(f, "zip64");
	*d = (directory){u64(b.p + at + 32), u64(b.p + at + 48), u64(b.p + at + 40)};
	return RC_OK;
}

static rc
find_directory(fault *f, str b, directory *d)
{
	size_t lowest = b.n > END_SIZE + COMMENT_MAX ? b.n - END_SIZE - COMMENT_MAX : 0;

	if (b.n < END_SIZE)
		return damaged(f, "end");
	size_t at = b.n - END_SIZE;
	while (u32(b.p + at) != SIG_END || u16(b.p + at + 20) != b.n - at - END_SIZE)
		if (at-- == lowest)
			return damaged(f, "end");
	*d = (directory){u16(b.p + at + 10), u32(b.p + at + 16), u32(b.p + at + 12)};
	if (u16(b.p + at + 4) != u16(b.p + at + 6)) /* parts on several disks */
		return damaged(f, "disks");
	if (d->entries == UINT16_MAX || d->offset == UINT32_MAX || d->size == UINT32_MAX)
		TRY(find_end64(f, b, at, d));
	if (d->offset > at || d->size > at - d->offset)
		return damaged(f, "directory");
	return RC_OK;
}

/* The 64-bit sizes of an entry lie in an extra field, only those that are all ones in the record, in this
 * order. */
static bool
read_extra64(str extra, record *r)
{
	uint64_t *const field[] = {&r->size, &r->packed, &r->offset};

	if (r->size != UINT32_MAX && r->packed != UINT32_MAX && r->offset != UINT32_MAX)
		return true;
	while (extra.n >= 4) {
		uint16_t id = u16(extra.p), n = u16(extra.p + 2);
		str body = str_sub(extra, 4, n);
		if (body.n != n)
			return false;
		if (id == 1) {
			for (size_t i = 0; i < LEN(field); i++) {
				if (*field[i] != UINT32_MAX)
					continue;
				if (body.n < 8)
					return false;
				*field[i] = u64(body.p);
				body = str_from(body, 8);
			}
			return true;
		}
		extra = str_from(extra, 4 + (size_t)n);
	}
	return false;
}

/* One record off the front of *dir. */
static rc
read_record(fault *f, str *dir, record *r)
{
	if (dir->n < RECORD_SIZE || u32(dir->p) != SIG_RECORD)
		return damaged(f, "record");
	size_t name = u16(dir->p + 28), extra = u16(dir->p + 30), comment = u16(dir->p + 32);
	if (dir->n - RECORD_SIZE < name + extra + comment)
		return damaged(f, "record");
	*r = (record){
		.flags = u16(dir->p + 8),
		.method = u16(dir->p + 10),
		.packed = u32(dir->p + 20),
		.size = u32(dir->p + 24),
		.offset = u32(dir->p + 42),
		.name = str_sub(*dir, RECORD_SIZE, name),
	};
	if (!read_extra64(str_sub(*dir, RECORD_SIZE + name, extra), r))
		return damaged(f, "zip64");
	*dir = str_from(*dir, RECORD_SIZE + name + extra + comment);
	return RC_OK;
}

/* ---- what an honest archive has not ---- */

static bool
is_sane(str name)
{
	str rest = name, part = {0};

	if (name.n == 0 || name.p[0] == '/' || str_find_char(name, '\\') >= 0 || !utf8_valid(name))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f || name.p[i] == ':')
			return false;
	while (str_next(&rest, '/', &part))
		if (str_eq(part, STR("..")) || str_eq(part, STR(".")) || part.n == 0)
			return false;
	return true;
}

/* Names are UTF-8 when they say so or are; else they come from a Chinese Windows. */
static rc
check_name(arena *a, fault *f, record *r)
{
	fault ignored = {0};

	if (!utf8_valid(r->name) && text_decode(a, &ignored, r->name, COMMENT_MAX, NULL, &r->name) != RC_OK)
		return FAIL(f, RC_INVALID, "zip.name");
	if (!is_sane(r->name))
		return FAIL(f, RC_INVALID, "zip.name");
	return RC_OK;
}

static rc
check_sizes(fault *f, const record *r, unzip_limits most, uint64_t *total)
{
	if (r->flags & 1)
		return FAIL(f, RC_INVALID, "zip.locked", FA_STR("name", r->name));
	if (r->method != ZIP_CM_STORE && r->method != ZIP_CM_DEFLATE)
		return FAIL(f, RC_INVALID, "zip.method", FA_STR("name", r->name));
	if (r->method == ZIP_CM_STORE && r->size != r->packed)
		return damaged(f, "stored size");
	if (r->size > most.entry)
		return FAIL(f, RC_LIMIT, "zip.entry", FA_STR("name", r->name), FA_INT("max", most.entry));
	if (r->size > FREE_RATIO && r->size / most.ratio > r->packed)
		return FAIL(f, RC_LIMIT, "zip.ratio", FA_STR("name", r->name), FA_INT("max", most.ratio));
	*total += r->size;
	if (*total > most.total)
		return FAIL(f, RC_LIMIT, "zip.total", FA_INT("max", most.total));
	return RC_OK;
}

typedef struct range {
	uint64_t from, to;
} range;

static int
by_place(const void *x, const void *y)
{
	const range *a = x, *b = y;

	return (a->from > b->from) - (a->from < b->from);
}

/* Where the entry lies in the file, by its local header. */
static rc
place(fault *f, str b, const directory *d, const record *r, range *out)
{
	if (r->offset > d->offset || d->offset - r->offset < LOCAL_SIZE)
		return damaged(f, "offset");
	const char *p = b.p + r->offset;
	uint64_t room = d->offset - r->offset - LOCAL_SIZE, head = (uint64_t)u16(p + 26) + u16(p + 28);
	if (u32(p) != SIG_LOCAL || head > room || r->packed > room - head)
		return damaged(f, "local header");
	*out = (range){r->offset, r->offset + LOCAL_SIZE + head + r->packed};
	return RC_OK;
}

/* Two names for one place is how a small file becomes a large one within every ratio. */
static rc
check_overlap(fault *f, range *v, size_t n)
{
	qsort(v, n, sizeof *v, by_place);
	for (size_t i = 1; i < n; i++)
		if (v[i].from < v[i - 1].to)
			return FAIL(f, RC_INVALID, "zip.overlap");
	return RC_OK;
}

static rc
read_directory(unzip *z, arena *a, fault *f)
{
	directory d = {0};
	uint64_t total = 0;
	map seen = map_in(a);

	TRY(find_directory(f, z->bytes, &d));
	if (d.entries > z->most.entries)
		return FAIL(f, RC_LIMIT, "zip.entries", FA_INT("max", z->most.entries));
	z->n = d.entries;
	z->entry = arena_array(a, unzip_entry, z->n);
	range *ranges = arena_array(a, range, z->n);
	str dir = str_sub(z->bytes, d.offset, d.size);
	for (size_t i = 0; i < z->n; i++) {
		record r = {0};
		TRY(read_record(f, &dir, &r));
		TRY(check_name(a, f, &r));
		TRY(check_sizes(f, &r, z->most, &total));
		TRY(place(f, z->bytes, &d, &r, &ranges[i]));
		str key = str_lower(a, r.name);
		if (map_get(&seen, key))
			return FAIL(f, RC_INVALID, "zip.duplicate", FA_STR("name", r.name));
		z->entry[i] = (unzip_entry){r.name, r.size};
		map_set(&seen, key, &z->entry[i]);
	}
	if (dir.n)
		return damaged(f, "records");
	return check_overlap(f, ranges, z->n);
}

/* ---- libzip ---- */

static void
close_lib(void *p)
{
	zip_discard(p);
}

static void
close_entry(void *p)
{
	zip_fclose(p);
}

rc
unzip_open(arena *a, fault *f, str bytes, unzip_limits most, unzip **out)
{
	unzip *z = arena_new(a, unzip);
	zip_error_t e;

	*z = (unzip){.bytes = bytes, .most = most};
	TRY(read_directory(z, a, f));
	zip_error_init(&e);
	zip_source_t *src = zip_source_buffer_create(bytes.p, bytes.n, 0, &e);
	z->lib = src ? zip_open_from_source(src, ZIP_RDONLY, &e) : NULL;
	if (!z->lib) {
		zip_source_free(src);
		zip_error_fini(&e);
		return damaged(f, "directory");
	}
	zip_error_fini(&e);
	arena_defer(a, close_lib, z->lib);
	if ((uint64_t)zip_get_num_entries(z->lib, 0) != z->n)
		return damaged(f, "entries");
	for (size_t i = 0; i < z->n; i++) {
		zip_stat_t st;
		if (zip_stat_index(z->lib, i, ZIP_FL_ENC_RAW, &st) != 0 || !(st.valid & ZIP_STAT_SIZE) ||
		    st.size != z->entry[i].size)
			return damaged(f, "sizes");
	}
	*out = z;
	return RC_OK;
}

typedef struct mapping {
	void *p;
	size_t n;
} mapping;

static void
unmap(void *p)
{
	mapping *m = p;

	munmap(m->p, m->n);
}

rc
unzip_open_fd(arena *a, fault *f, int fd, unzip_limits most, unzip **out)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return FAIL(f, RC_IO, "zip.file");
	if (st.st_size == 0)
		return damaged(f, "end");
	mapping *m = arena_new(a, mapping);
	m->n = (size_t)st.st_size;
	m->p = mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (m->p == MAP_FAILED)
		return FAIL(f, RC_IO, "zip.file");
	arena_defer(a, unmap, m);
	return unzip_open(a, f, (str){m->p, m->n}, most, out);
}

size_t
unzip_count(const unzip *z)
{
	return z->n;
}

const unzip_entry *
unzip_at(const unzip *z, size_t i)
{
	BUG_ON(i >= z->n);
	return &z->entry[i];
}

bool
unzip_find(const unzip *z, str name, size_t *out)
{
	for (size_t i = 0; i < z->n; i++) {
		if (str_eq_nocase(z->entry[i].name, name)) {
			*out = i;
			return true;
		}
	}
	return false;
}

rc
unzip_begin(unzip *z, arena *a, fault *f, size_t i, unzip_stream **out)
{
	BUG_ON(i >= z->n);
	zip_file_t *lib = zip_fopen_index(z->lib, i, 0);
	if (!lib)
		return damaged(f, "entry");
	arena_defer(a, close_entry, lib);
	unzip_stream *s = arena_new(a, unzip_stream);
	s->lib = lib;
	s->entry = &z->entry[i];
	*out = s;
	return RC_OK;
}

rc
unzip_more(unzip_stream *s, fault *f, str *piece)
{
	zip_int64_t n = zip_fread(s->lib, s->piece, sizeof s->piece);

	if (n < 0 || (uint64_t)n > s->entry->size - s->got || (n == 0 && s->got != s->entry->size))
		return FAIL(f, RC_INVALID, "zip.damaged", FA_STR("detail", s->entry->name));
	s->got += (uint64_t)n;
	*piece = (str){s->piece, (size_t)n};
	return RC_OK;
}

static rc
read_all(unzip *z, arena *scratch, fault *f, size_t i, char *to)
{
	unzip_stream *s = NULL;
	str piece = {0};

	TRY(unzip_begin(z, scratch, f, i, &s));
	do {
		TRY(unzip_more(s, f, &piece));
		memcpy(to, piece.p, piece.n);
		to += piece.n;
	} while (piece.n);
	return RC_OK;
}

rc
unzip_read(unzip *z, arena *a, fault *f, size_t i, str *out)
{
	size_t n = unzip_at(z, i)->size;

	if (arena_left(a) < n)
		return FAIL(f, RC_LIMIT, "zip.total", FA_INT("max", arena_left(a)));
	char *to = arena_alloc(a, n);
	arena *scratch = arena_open(a, 0);
	rc code = read_all(z, scratch, f, i, to);
	arena_close(scratch);
	TRY(code);
	*out = (str){to, n};
	return RC_OK;
}
