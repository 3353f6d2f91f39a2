/* zip.h - reading archives that strangers send: what lies in them, and each entry whole or in pieces.
 *
 * Everything that can be known from the directory is checked before the first byte is inflated: how many
 * entries, how large, how much larger than they lie in the file, no two in the same place, names that could
 * not leave a folder. An archive inside an archive is just bytes: nothing here opens it. */
#pragma once
#include "base/fault.h"
#include "base/str.h"

typedef struct unzip_limits {
	size_t entries;
	uint64_t entry, total; /* bytes inflated, of one and of all */
	uint32_t ratio;        /* inflated to compressed, for entries above 1 MiB */
} unzip_limits;

#define UNZIP_LIMITS ((unzip_limits){.entries = 4096, .entry = 512u << 20, .total = 768u << 20, .ratio = 400})

typedef struct unzip_entry {
	str name; /* UTF-8, folders separated by / */
	uint64_t size;
} unzip_entry;

typedef struct unzip unzip;
typedef struct unzip_stream unzip_stream;

/* `bytes` must stay as long as `a` does.
 * RC_INVALID zip.damaged (no directory, cut short, contradicts itself), zip.overlap, zip.name, zip.duplicate,
 *            zip.locked (encrypted), zip.method (neither stored nor deflated)
 * RC_LIMIT   zip.entries, zip.entry, zip.total, zip.ratio */
rc unzip_open(arena *a, fault *f, str bytes, unzip_limits most, unzip **out) MUST_USE;

/* The same over an open file, which is mapped: nobody may shorten it as long as `a` lives. RC_IO zip.file */
rc unzip_open_fd(arena *a, fault *f, int fd, unzip_limits most, unzip **out) MUST_USE;

size_t unzip_count(const unzip *z);
const unzip_entry *unzip_at(const unzip *z, size_t i);

/* The entry of this name; case of ASCII letters does not matter, as in office files. */
bool unzip_find(const unzip *z, str name, size_t *out);

/* The whole entry, in `a`. RC_INVALID zip.damaged (its bytes do not match its checksum or size) */
rc unzip_read(unzip *z, arena *a, fault *f, size_t i, str *out) MUST_USE;

/* The entry piece by piece; an empty piece at the end, which also tells that the checksum was right. A piece
 * is good until the next. The stream closes with `a`. */
rc unzip_begin(unzip *z, arena *a, fault *f, size_t i, unzip_stream **out) MUST_USE;
rc unzip_more(unzip_stream *s, fault *f, str *piece) MUST_USE;
