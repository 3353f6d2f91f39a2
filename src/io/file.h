/* file.h - small files whole: read, written so that a crash leaves the old one or the new one. */
#pragma once
#include "base/fault.h"
#include "base/vec.h"

/* The whole file. RC_NOT_FOUND: there is none (an answer). RC_LIMIT file.size: more than `max` bytes. RC_IO
 * file.read. */
rc file_read(arena *a, fault *f, str path, size_t max, str *out) MUST_USE;

/* Writes beside and renames over, flushed to the disk before it is visible; `mode` as chmod. RC_IO, RC_FULL
 * file.write. */
rc file_write(arena *a, fault *f, str path, str bytes, int mode) MUST_USE;

/* Makes the folder and those above it, 0700 for the ones it makes; one that stands already is fine. RC_IO
 * file.folder. */
rc file_folder(arena *a, fault *f, str path) MUST_USE;

/* A file without a name that lies in memory only, for what may not stand on a disk in clear: *path opens it,
 * *fd is its descriptor, closed by `a`. RC_IO file.write. */
rc file_hidden(arena *a, fault *f, int *fd, str *path) MUST_USE;

/* The lowest of `places` numbers that no other opening of this lock file holds, held until `a` closes or the
 * process ends in whatever way. RC_BUSY file.claimed: all are held. RC_IO file.write. */
rc file_claim(arena *a, fault *f, str path, int64_t places, int64_t *out) MUST_USE;

bool file_exists(arena *a, str path);

/* The names in a folder, sorted, without those that begin with a dot. RC_NOT_FOUND: no such folder. */
typedef VEC(str) file_names;
rc file_list(arena *a, fault *f, str dir, file_names *out) MUST_USE;
