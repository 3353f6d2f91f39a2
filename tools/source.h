/* source.h - the files of the tree as the lints read them. */
#pragma once
#include "base/buf.h"
#include "base/vec.h"

typedef struct source {
	str path; /* from the root: "src/io/csv.c" */
	str text; /* as it stands */
	str code; /* of a .c or .h: as long as the text, comments blanked, literals kept */
	str bare; /* the same with what stands inside literals blanked too */
} source;

typedef VEC(source) sources;

/* Every regular file below `root`/`folder` ("" for all), by path; what is built, installed or hidden is left
 * out. Ends the process when the tree cannot be read: a lint that saw nothing must not be content. */
void sources_read(arena *a, const char *root, const char *folder, sources *out);

/* The line that byte `at` stands in, from 1. */
int32_t source_line(const source *s, size_t at);

/* "src/app/person" of "src/app/person/person.c". */
str source_folder(const source *s);

static inline bool
source_is_c(const source *s)
{
	return str_ends(s->path, STR(".c")) || str_ends(s->path, STR(".h"));
}
