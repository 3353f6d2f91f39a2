/* image.h - the body of an event: the after-image of every row it wrote, column names included.
 *
 *   group  'T' name ncols column…                 the rows that follow are of this table, in this order of
 * columns row    'R' value…                             a row as it stands after the event batch  'B' name
 * batch count sha256            so many rows were added under this batch number
 *
 *   name, column: varint length, bytes      value: 0 null | 1 zigzag varint | 2 length bytes | 3 length raw
 * bytes (3: a sealed column, its base64 undone; it comes back bit for bit)
 *
 * The names cost little: the bytes are compressed against a dictionary made of all group headers, and the
 * dictionary is remade for ever from the number of tables it was made of. What stands in the database is form
 * | base64( varint tables | zstd bytes )     form 'z'; sealed with the person's key it is 's'. */
#pragma once
#include "base/buf.h"
#include "base/fault.h"
#include "store/db.h"

typedef struct image_codec image_codec;

/* One for each thread that writes or reads bodies. */
image_codec *image_open(arena *a);

/* Building: rows are appended to `b`; `last` remembers the table of the group (NULL at the start). */
void image_row(buf *b, const db_table **last, const db_table *t, const sql_val *v);

/* The bytes compressed, and back. RC_INVALID ledger.body when they are not what image_pack made. */
str image_pack(image_codec *c, arena *a, str bytes);
rc image_unpack(image_codec *c, arena *a, fault *f, str packed, str *out) MUST_USE;

/* Reading one entry after the other. `v` has a value for each column the table has today: what the image does
 * not name is NULL, 0 or the empty text as the column asks. */
typedef struct image_entry {
	const db_table *table;
	sql_val v[DB_COLS_MAX];
} image_entry;

typedef struct image_reader {
	arena *a;
	str rest;
	const db_table *table;
	size_t ncols;
	int16_t to[DB_COLS_MAX]; /* column of the image → column of today, -1: gone */
} image_reader;

image_reader image_read(arena *a, str bytes);
/* RC_NOT_FOUND at the end; RC_INVALID ledger.body, ledger.table when the bytes are not an image of ours. */
rc image_next(image_reader *r, fault *f, image_entry *out) MUST_USE;
