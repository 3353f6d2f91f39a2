/* pack.h - files that travel inside the program, compressed: lists, services, policies, the nation's
 * divisions.
 *
 * tools/pack makes the table from folders of the source tree; a file's name is its path there
 * ("lists/calendar.txt"). Nothing here is trusted less than the program itself, so broken bytes are a bug. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

typedef struct pack_file {
	const char *name;
	size_t size, packed; /* bytes of the file; of what stands here */
	const char *bytes;
} pack_file;

typedef struct pack {
	const pack_file *v; /* sorted by name */
	size_t n;
} pack;

/* What this program carries. Linked through pack_dep. */
extern const pack pack_all;

/* The bytes of a file, unpacked into `a`. RC_NOT_FOUND: there is none of that name. */
rc pack_find(const pack *p, arena *a, str name, str *out) MUST_USE;

/* The names that begin with `head`, in order: for (size_t i = 0; pack_each(&pack_all, STR("lists/"), &i,
 * &name);) */
bool pack_each(const pack *p, str head, size_t *i, str *name);
