/* multipart.h - a form with files (RFC 7578, as browsers send it), read as it arrives.
 *
 * Fields go to memory up to a limit. Files go to a temporary file that has no name and vanishes with the
 * arena, so the largest upload costs no memory and leaves nothing behind. What a file is called and said to
 * be is kept for people to read and never trusted. */
#pragma once
#include "base/fault.h"

typedef struct multipart multipart;

typedef struct multipart_limits {
	size_t parts;       /* fields and files together */
	size_t field_bytes; /* of all fields together */
	int64_t file_bytes; /* of one file; 0: no files are taken */
	int64_t total_bytes;
	const char *dir; /* where the files are kept meanwhile; on the same disk as the papers */
} multipart_limits;

typedef struct multipart_part {
	str name;
	str value; /* of a field; UTF-8 */
	bool is_file;
	str filename; /* without folders; UTF-8, at most 255 bytes */
	str type;     /* as the sender says */
	int fd;       /* of a file: open for reading from its beginning, closed by the arena */
	int64_t size; /* of a file */
} multipart_part;

/* Does a Content-Type announce such a form?  Then *boundary is its boundary. */
bool multipart_boundary(str content_type, str *boundary);

/* Everything lives in `a`. The boundary has 1 to 70 characters of RFC 2046. */
multipart *multipart_open(arena *a, str boundary, const multipart_limits *limits);

/* The next bytes. After a failure the rest need not be given; it is ignored.
 * RC_INVALID http.form.broken, RC_LIMIT http.form.large, http.file.large (its `name`), RC_FULL or RC_IO
 * http.spool. */
rc multipart_feed(multipart *m, fault *f, str bytes) MUST_USE;

/* The bytes are all there. RC_INVALID http.form.broken when the closing boundary has not come.
 * A file input left empty by the person is no part. */
rc multipart_end(multipart *m, fault *f, const multipart_part **out, size_t *n) MUST_USE;
