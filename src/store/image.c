/* image.c - see image.h. */
#include "store/image.h"

#include <zstd.h>

#include "io/crypto.h"

enum { BODY_MAX = 64 << 20, LEVEL = 1 };

struct image_codec {
	arena *a;
	ZSTD_CCtx *pack;
	ZSTD_DCtx *unpack;
	ZSTD_CDict *dict;
	ZSTD_DDict **undict; /* by number of tables, made when an old body asks */
};

static void
put_varint(buf *b, uint64_t v)
{
	for (; v >= 128; v >>= 7)
		buf_c(b, (char)(v | 128));
	buf_c(b, (char)v);
}

static void
put_text(buf *b, str s)
{
	put_varint(b, s.n);
	buf_put(b, s);
}

static void
put_header(buf *b, const db_table *t)
{
	buf_c(b, 'T');
	put_text(b, str_of(t->name));
	put_varint(b, t->ncols);
	for (uint16_t i = 0; i < t->ncols; i++)
		put_text(b, str_of(t->col[i].name));
}

/* The group headers of the first `tables` tables: what a body of that time was compressed against. */
static str
dictionary(arena *a, uint64_t tables)
{
	buf b = buf_in(a);

	for (uint64_t i = 0; i < tables; i++)
		put_header(&b, &db_tables[i]);
	return buf_str(&b);
}

static void
codec_close(void *p)
{
	image_codec *c = p;

	ZSTD_freeCCtx(c->pack);
	ZSTD_freeDCtx(c->unpack);
	ZSTD_freeCDict(c->dict);
	for (uint16_t i = 0; i <= db_ntables; i++)
		ZSTD_freeDDict(c->undict[i]);
}

image_codec *
image_open(arena *a)
{
	image_codec *c = arena_new(a, image_codec);
	str d = dictionary(a, db_ntables);

	*c = (image_codec){
		.a = a,
		.pack = ZSTD_createCCtx(),
		.unpack = ZSTD_createDCtx(),
		.dict = ZSTD_createCDict(d.p, d.n, LEVEL),
		.undict = arena_array(a, ZSTD_DDict *, db_ntables + 1u),
	};
	BUG_ON(!c->pack || !c->unpack || !c->dict);
	arena_defer(a, codec_close, c);
	return c;
}

/* A sealed column holds base64 of what the seal made; anything else there is kept as plain text. */
static bool
put_sealed(buf *b, str s)
{
	arena *scratch = arena_open(b->a, 0);
	str raw;
	bool ok = base64_decode(scratch, BASE64_PADDED, s, &raw);

	if (ok) {
		buf_c(b, 3);
		put_text(b, raw);
	}
	arena_close(scratch);
	return ok;
}

static void
put_value(buf *b, const db_column *col, const sql_val *v)
{
	switch (v->kind) {
	case SQL_NULL:
		buf_c(b, 0);
		break;
	case SQL_INT:
		buf_c(b, 1);
		put_varint(b, ((uint64_t)v->i << 1) ^ (uint64_t)(v->i >> 63));
		break;
	case SQL_TEXT:
		if (col->sealed && v->s.n && put_sealed(b, v->s))
			break;
		buf_c(b, 2);
		put_text(b, v->s);
		break;
	}
}

void
image_row(buf *b, const db_table **last, const db_table *t, const sql_val *v)
{
	if (*last != t)
		put_header(b, t);
	*last = t;
	buf_c(b, 'R');
	for (uint16_t i = 0; i < t->ncols; i++)
		put_value(b, &t->col[i], &v[i]);
}

str
image_pack(image_codec *c, arena *a, str bytes)
{
	buf b = buf_in(a);

	put_varint(&b, db_ntables);
	put_varint(&b, bytes.n);
	size_t room = ZSTD_compressBound(bytes.n);
	size_t n = ZSTD_compress_usingCDict(c->pack, buf_room(&b, room), room, bytes.p, bytes.n, c->dict);
	BUG_ON(ZSTD_isError(n));
	b.n += n;
	return buf_str(&b);
}

static bool
get_varint(str *s, uint64_t *out)
{
	uint64_t v = 0;

	for (unsigned shift = 0; s->n && shift < 64; shift += 7) {
		unsigned char c = (unsigned char)*s->p;
		*s = str_from(*s, 1);
		v |= (uint64_t)(c & 127) << shift;
		if (!(c & 128)) {
			*out = v;
			return true;
		}
	}
	return false;
}

static bool
get_text(str *s, str *out)
{
	uint64_t n = 0;

	if (!get_varint(s, &n) || n > s->n)
		return false;
	*out = str_sub(*s, 0, n);
	*s = str_from(*s, n);
	return true;
}

rc
image_unpack(image_codec *c, arena *a, fault *f, str packed, str *out)
{
	uint64_t tables = 0, size = 0;

	if (!get_varint(&packed, &tables) || tables > db_ntables || !get_varint(&packed, &size) ||
	    size > BODY_MAX)
		return FAIL(f, RC_INVALID, "ledger.body");
	if (!c->undict[tables]) {
		str d = dictionary(c->a, tables);
		c->undict[tables] = ZSTD_createDDict(d.p, d.n);
		BUG_ON(!c->undict[tables]);
	}
	char *p = arena_alloc(a, size);
	size_t n = ZSTD_decompress_usingDDict(c->unpack, p, size, packed.p, packed.n, c->undict[tables]);
	if (ZSTD_isError(n) || n != size)
		return FAIL(f, RC_INVALID, "ledger.body");
	*out = (str){p, n};
	return RC_OK;
}

image_reader
image_read(arena *a, str bytes)
{
	return (image_reader){.a = a, .rest = bytes};
}

static rc
read_header(image_reader *r, fault *f)
{
	str name;
	uint64_t n = 0;

	if (!get_text(&r->rest, &name) || !get_varint(&r->rest, &n) || n > DB_COLS_MAX)
		return FAIL(f, RC_INVALID, "ledger.body");
	r->table = db_table_find(name);
	if (!r->table)
		return FAIL(f, RC_INVALID, "ledger.table", FA_STR("table", name));
	r->ncols = n;
	for (size_t i = 0; i < r->ncols; i++) {
		if (!get_text(&r->rest, &name))
			return FAIL(f, RC_INVALID, "ledger.body");
		r->to[i] = -1;
		for (int16_t j = 0; j < (int16_t)r->table->ncols; j++)
			if (str_eq(name, str_of(r->table->col[j].name)))
				r->to[i] = j;
	}
	return RC_OK;
}

static bool
read_value(image_reader *r, sql_val *v)
{
	uint64_t u = 0;
	str raw;

	if (r->rest.n == 0)
		return false;
	char tag = *r->rest.p;
	r->rest = str_from(r->rest, 1);
	switch (tag) {
	case 0:
		*v = (sql_val){.kind = SQL_NULL};
		return true;
	case 1:
		if (!get_varint(&r->rest, &u))
			return false;
		*v = (sql_val){.kind = SQL_INT, .i = (int64_t)(u >> 1) ^ -(int64_t)(u & 1)};
		return true;
	case 2:
		*v = (sql_val){.kind = SQL_TEXT};
		return get_text(&r->rest, &v->s);
	case 3:
		if (!get_text(&r->rest, &raw))
			return false;
		*v = (sql_val){.kind = SQL_TEXT, .s = base64_encode(r->a, BASE64_PADDED, raw)};
		return true;
	default:
		return false;
	}
}

static rc
read_row(image_reader *r, fault *f, image_entry *out)
{
	sql_val v = {0};

	if (!r->table)
		return FAIL(f, RC_INVALID, "ledger.body");
	out->table = r->table;
	for (uint16_t i = 0; i < r->table->ncols; i++) {
		const db_column *c = &r->table->col[i];
		out->v[i] = c->nullable           ? (sql_val){.kind = SQL_NULL}
			    : c->type == SQL_TEXT ? (sql_val){.kind = SQL_TEXT, .s = STR("")}
						  : (sql_val){.kind = SQL_INT};
	}
	for (size_t i = 0; i < r->ncols; i++) {
		if (!read_value(r, &v))
			return FAIL(f, RC_INVALID, "ledger.body");
		if (r->to[i] >= 0)
			out->v[r->to[i]] = v;
	}
	return RC_OK;
}

rc
image_next(image_reader *r, fault *f, image_entry *out)
{
	while (r->rest.n) {
		char op = *r->rest.p;
		r->rest = str_from(r->rest, 1);
		switch (op) {
		case 'T':
			TRY(read_header(r, f));
			break;
		case 'R':
			return read_row(r, f, out);
		default:
			return FAIL(f, RC_INVALID, "ledger.body");
		}
	}
	return RC_NOT_FOUND;
}
