/* tx.c - see tx.h: rows and their images, events and the chain they lengthen. */
#include "store/tx.h"

#include "base/buf.h"
#include "base/date.h"
#include "store/rows.h"
#include "store/seal_priv.h"
#include "store/writer.h"

const char *const chain_name[CHAINS] = {[CHAIN_EVENT] = "event", [CHAIN_LOOK] = "look"};

/* A parcel is made outside any transaction: nothing can be read, changed or looked at there. */
static writer *
writer_of(tx *t)
{
	BUG_ON(!t->w);
	return t->w;
}

db *
tx_db(tx *t)
{
	return writer_of(t)->d;
}

arena *
tx_arena(tx *t)
{
	return t->a;
}

fault *
tx_fault(tx *t)
{
	return t->f;
}

int64_t
tx_now(const tx *t)
{
	return t->now;
}

int32_t
tx_today(const tx *t)
{
	return date_of_instant(t->now);
}

int64_t
tx_id(tx *t)
{
	return store_id(t->s, t->now);
}

void
tx_bulk(tx *t)
{
	t->bulk = true;
}

void
tx_result(tx *t, str result)
{
	t->result = str_dup(t->a, result);
}

/* ---- the statements of a table ---- */

static void
names(buf *b, const db_table *t, bool key_only, const char *sep)
{
	bool first = true;

	for (uint16_t k = key_only ? 1 : 0; k <= (key_only ? t->nkey : 0); k++)
		for (uint16_t i = 0; i < t->ncols; i++) {
			if (key_only && t->col[i].key != k)
				continue;
			buf_fmt(b, "%s%s", first ? "" : sep, t->col[i].name);
			first = false;
		}
}

static void
where_key(buf *b, const db_table *t, int from)
{
	for (int k = 1; k <= t->nkey; k++)
		for (uint16_t i = 0; i < t->ncols; i++)
			if (t->col[i].key == k)
				buf_fmt(b, "%s%s = $%d", k == 1 ? " WHERE " : " AND ", t->col[i].name,
					from + k - 1);
}

static sql_stmt
made(arena *a, const db_table *t, buf *b, uint16_t nparams, uint16_t ncols)
{
	uint8_t *cols = arena_array(a, uint8_t, ncols + 1u);

	for (uint16_t i = 0; i < ncols; i++)
		cols[i] = (uint8_t)t->col[i].type;
	str text = str_of(cstr(a, buf_str(b)));
	buf_clear(b);
	return (sql_stmt){.name = t->name,
			  .text = text.p,
			  .reach = "store",
			  .nparams = nparams,
			  .ncols = ncols,
			  .cols = cols};
}

/* The types of a statement's parameters, in the order of its columns or of its key. */
static void
types(arena *a, sql_stmt *s, const db_table *t, bool key_only)
{
	uint8_t *p = arena_array(a, uint8_t, s->nparams + 1u);
	size_t n = 0;

	for (int k = key_only ? 1 : 0; k <= (key_only ? t->nkey : 0); k++)
		for (uint16_t i = 0; i < t->ncols; i++)
			if (!key_only || t->col[i].key == k)
				p[n++] = (uint8_t)t->col[i].type;
	s->params = p;
}

static void
insert_text(buf *b, const db_table *t)
{
	buf_fmt(b, "INSERT INTO %s (", t->name);
	names(b, t, false, ",");
	buf_lit(b, ") VALUES (");
	for (int i = 1; i <= t->ncols; i++)
		buf_fmt(b, i > 1 ? ",$%d" : "$%d", i);
	buf_lit(b, ") ON CONFLICT (");
	names(b, t, true, ",");
	buf_lit(b, ") DO ");
}

static void
upsert_text(buf *b, const db_table *t)
{
	bool any = false;

	insert_text(b, t);
	for (uint16_t i = 0; i < t->ncols; i++) {
		if (t->col[i].key)
			continue;
		buf_fmt(b, "%s%s = excluded.%s", any ? ", " : "UPDATE SET ", t->col[i].name, t->col[i].name);
		any = true;
	}
	if (!any)
		buf_lit(b, "NOTHING");
}

static void
scan_text(buf *b, const db_table *t)
{
	buf_lit(b, "SELECT ");
	names(b, t, false, ",");
	buf_fmt(b, " FROM %s ORDER BY ", t->name);
	names(b, t, true, ",");
}

const table_sql *
table_sql_make(arena *a)
{
	static const uint8_t one_int[] = {SQL_INT};
	table_sql *all = arena_array(a, table_sql, db_ntables);
	buf b = buf_in(a);

	for (uint16_t i = 0; i < db_ntables; i++) {
		const db_table *t = &db_tables[i];
		table_sql *s = &all[i];
		insert_text(&b, t);
		buf_lit(&b, "NOTHING");
		s->insert = made(a, t, &b, t->ncols, 0);
		types(a, &s->insert, t, false);
		upsert_text(&b, t);
		s->upsert = made(a, t, &b, t->ncols, 0);
		types(a, &s->upsert, t, false);
		buf_lit(&b, "SELECT ");
		names(&b, t, false, ",");
		buf_fmt(&b, " FROM %s", t->name);
		where_key(&b, t, 1);
		s->find = made(a, t, &b, t->nkey, t->ncols);
		types(a, &s->find, t, true);
		scan_text(&b, t);
		s->scan = made(a, t, &b, 0, t->ncols);
		buf_fmt(&b, "SELECT CAST(count(*) AS BIGINT) AS n FROM %s", t->name);
		s->count = made(a, t, &b, 0, 1);
		s->count.cols = one_int;
		buf_fmt(&b, "DELETE FROM %s", t->name);
		s->clear = made(a, t, &b, 0, 0);
	}
	return all;
}

/* ---- rows ---- */

static void
key_values(const db_table *t, const sql_val *v, sql_val *key)
{
	for (int k = 1; k <= t->nkey; k++)
		for (uint16_t i = 0; i < t->ncols; i++)
			if (t->col[i].key == k)
				key[k - 1] = v[i];
}

static void
copy_row(arena *a, const db_table *t, const sql_val *from, sql_val *to)
{
	for (uint16_t i = 0; i < t->ncols; i++) {
		to[i] = from[i];
		if (from[i].kind == SQL_TEXT)
			to[i].s = str_dup(a, from[i].s);
	}
}

rc
tx_find(tx *t, const db_table *table, sql_val *v)
{
	sql_val key[DB_COLS_MAX];
	db_rows rows;

	key_values(table, v, key);
	TRY(db_query(tx_db(t), t->f, &t->w->sql[table->number].find, key, &rows));
	TRY(db_next(&rows, t->f));
	copy_row(t->a, table, rows.v, v);
	db_done(&rows);
	return RC_OK;
}

rc
tx_put(tx *t, const db_table *table, const sql_val *v)
{
	int64_t n = 0;

	BUG_ON(!t->open || (table->class != TABLE_LEDGERED && table->class != TABLE_DERIVED));
	if (t->parcel) {
		parcel_take_row(t->parcel, table, v);
	} else if (t->bulk) {
		TRY(t->w->d->engine->bulk(t->w->d, t->f, table, &v, 1));
	} else {
		TRY(db_exec(t->w->d, t->f, &t->w->sql[table->number].insert, v, &n));
		if (n == 0)
			return FAIL(t->f, RC_CONFLICT, "store.exists", FA_STR("table", str_of(table->name)));
	}
	if (table->class == TABLE_LEDGERED)
		image_row(&t->body, &t->last, table, v);
	return RC_OK;
}

static const sql_stmt *
patch_stmt(writer *w, const db_table *t, uint64_t mask)
{
	buf b = buf_in(w->a);
	int n = 0;

	for (size_t i = 0; i < w->patches.n; i++)
		if (w->patches.v[i].t == t && w->patches.v[i].mask == mask)
			return w->patches.v[i].stmt;
	uint8_t *p = arena_array(w->a, uint8_t, t->ncols + 1u);
	buf_fmt(&b, "UPDATE %s SET ", t->name);
	for (uint16_t i = 0; i < t->ncols; i++)
		if (mask >> i & 1) {
			p[n++] = (uint8_t)t->col[i].type;
			buf_fmt(&b, "%s%s = $%d", n > 1 ? ", " : "", t->col[i].name, n);
		}
	where_key(&b, t, n + 1);
	for (int k = 1; k <= t->nkey; k++)
		for (uint16_t i = 0; i < t->ncols; i++)
			if (t->col[i].key == k)
				p[n++] = (uint8_t)t->col[i].type;
	buf_lit(&b, " RETURNING ");
	names(&b, t, false, ",");
	struct patch_sql *s = vec_add(w->a, &w->patches);
	*s = (struct patch_sql){.t = t, .mask = mask, .stmt = arena_new(w->a, sql_stmt)};
	*s->stmt = made(w->a, t, &b, (uint16_t)n, t->ncols);
	s->stmt->params = p;
	return s->stmt;
}

rc
tx_patch(tx *t, const db_table *table, const sql_val *v, uint64_t columns)
{
	sql_val args[DB_COLS_MAX];
	db_rows rows;
	int n = 0;

	BUG_ON(!t->open || table->class != TABLE_LEDGERED || !columns);
	const sql_stmt *s = patch_stmt(writer_of(t), table, columns);
	for (uint16_t i = 0; i < table->ncols; i++)
		if (columns >> i & 1)
			args[n++] = v[i];
	key_values(table, v, args + n);
	TRY(db_query(t->w->d, t->f, s, args, &rows));
	TRY(db_next(&rows, t->f));
	image_row(&t->body, &t->last, table, rows.v);
	/* read to the end: SQLite writes the row when the statement is stepped, PostgreSQL when it is done */
	rc r = db_next(&rows, t->f);
	BUG_ON(r == RC_OK);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

/* ---- the chain ---- */

str
ledger_hash(arena *a, crypto *c, const db_table *t, str previous, const sql_val *v)
{
	buf b = buf_in(a);

	buf_put(&b, previous);
	buf_c(&b, '\n');
	for (uint16_t i = 0; i < t->ncols; i++) {
		if (strcmp(t->col[i].name, "hash") == 0)
			continue;
		if (v[i].kind == SQL_TEXT) { /* with its length: no two rows give the same bytes */
			buf_i64(&b, (int64_t)v[i].s.n);
			buf_c(&b, ':');
			buf_put(&b, v[i].s);
		} else {
			buf_i64(&b, v[i].i);
		}
		buf_c(&b, '\n');
	}
	digest d = crypto_sha256(c, buf_str(&b));
	return base64_encode(a, BASE64_BARE, digest_str(&d));
}

void
writer_begin(writer *w)
{
	sealer_rest(w->d ? w->d->sealer : NULL);
	w->heads.n = 0;
	arena_reset(w->group);
	w->heads.v = NULL;
	w->heads.cap = 0;
	w->saved.n = w->saved.cap = 0;
	w->saved.v = NULL;
}

void
writer_save(writer *w)
{
	w->saved.n = 0;
	for (size_t i = 0; i < w->heads.n; i++)
		*vec_add(w->group, &w->saved) = w->heads.v[i];
}

void
writer_restore(writer *w)
{
	w->heads.n = 0;
	for (size_t i = 0; i < w->saved.n; i++)
		*vec_add(w->group, &w->heads) = w->saved.v[i];
}

/* The head's row is taken here and kept until the commit: on PostgreSQL that lets one transaction of a tenant
 * pass at a time, and makes the order of events the order of commits. */
static const sql_stmt take_head = {
	.name = "take_head",
	.text = "INSERT INTO ledger_head (tenant, chain, seq, hash) VALUES ($1, $2, 0, '') ON CONFLICT "
		"(tenant, chain) "
		"DO UPDATE SET seq = ledger_head.seq RETURNING seq, hash",
	.nparams = 2,
	.ncols = 2,
	.params = (const uint8_t[]){SQL_INT, SQL_TEXT},
	.cols = (const uint8_t[]){SQL_INT, SQL_TEXT},
};

static const sql_stmt give_head = {
	.name = "give_head",
	.text = "UPDATE ledger_head SET seq = $1, hash = $2 WHERE tenant = $3 AND chain = $4",
	.nparams = 4,
	.params = (const uint8_t[]){SQL_INT, SQL_TEXT, SQL_INT, SQL_TEXT},
};

static rc
writer_head(writer *w, fault *f, int64_t tenant, chain ch, head **out)
{
	for (size_t i = 0; i < w->heads.n; i++)
		if (w->heads.v[i].tenant == tenant && w->heads.v[i].chain == ch) {
			*out = &w->heads.v[i];
			return RC_OK;
		}
	db_rows rows;
	TRY(db_query(w->d, f, &take_head, (sql_val[]){sql_int(tenant), sql_text(str_of(chain_name[ch]))},
		     &rows));
	TRY(db_next(&rows, f));
	head *h = vec_add(w->group, &w->heads);
	*h = (head){.tenant = tenant, .chain = ch, .seq = rows.v[0].i};
	str hash = rows.v[1].s;
	BUG_ON(hash.n >= sizeof h->hash);
	memcpy(h->hash, hash.p, hash.n);
	rc r = db_next(&rows, f);
	*out = h;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

rc
chain_link(writer *w, arena *a, fault *f, const db_table *t, chain ch, sql_val *v)
{
	head *h = NULL;

	TRY(writer_head(w, f, v[0].i, ch, &h));
	v[1] = sql_int(h->seq + 1);
	str hash = ledger_hash(a, w->crypto, t, str_of(h->hash), v);
	v[t->ncols - 1] = sql_text(hash);
	h->seq++;
	memcpy(h->hash, hash.p, hash.n);
	h->hash[hash.n] = 0;
	h->dirty = true;
	return RC_OK;
}

static rc
chain_append(tx *t, const db_table *table, chain ch, sql_val *v)
{
	writer *w = writer_of(t);
	const sql_val *row = v;
	int64_t n = 0;

	TRY(chain_link(w, t->a, t->f, table, ch, v));
	if (t->bulk)
		return w->d->engine->bulk(w->d, t->f, table, &row, 1);
	TRY(db_exec(w->d, t->f, &w->sql[table->number].insert, v, &n));
	return n == 1 ? RC_OK : FAIL(t->f, RC_CONFLICT, "ledger.fork", FA_INT("tenant", v[0].i));
}

rc
writer_flush(writer *w, fault *f)
{
	for (size_t i = 0; i < w->heads.n; i++) {
		head *h = &w->heads.v[i];
		if (!h->dirty)
			continue;
		const sql_val v[] = {sql_int(h->seq), sql_text(str_of(h->hash)), sql_int(h->tenant),
				     sql_text(str_of(chain_name[h->chain]))};
		TRY(db_exec(w->d, f, &give_head, v, NULL));
		h->dirty = false;
	}
	return RC_OK;
}

void
tx_event(tx *t, const event_head *h)
{
	BUG_ON(t->open || h->tenant < 0 || !h->kind);
	t->open = true;
	t->head = *h;
	if (h->key) {
		t->key = *h->key;
		t->head.key = &t->key;
	}
	t->body = buf_in(t->a);
	t->last = NULL;
}

static const seal_place body_place = {.table = "event", .column = "body"};

/* 'z' base64(packed), or 's' base64(tenant 8 | key id 8 | sealed packed), numbers with the low byte first. */
static str
close_body(tx *t, str packed)
{
	const data_key *k = t->head.key;
	buf b = buf_in(t->a);

	if (!k)
		return str_cat(t->a, STR("z"), base64_encode(t->a, BASE64_PADDED, packed));
	buf_put(&b, (str){(const char *)&k->tenant, 8});
	buf_put(&b, (str){(const char *)&k->id, 8});
	buf_put(&b, seal_bytes(t->seal, t->a, k, &body_place, packed));
	return str_cat(t->a, STR("s"), base64_encode(t->a, BASE64_PADDED, buf_str(&b)));
}

rc
tx_event_end(tx *t)
{
	const event_head *h = &t->head;

	BUG_ON(!t->open);
	t->open = false;
	str body = close_body(t, image_pack(t->images, t->a, buf_str(&t->body)));
	sql_val v[] = {
		sql_int(h->tenant),
		sql_int(0),
		sql_int(t->now),
		sql_int(h->actor),
		sql_int(h->office),
		sql_text(str_of(h->kind)),
		sql_int(h->subject),
		sql_int(h->kase),
		sql_text(h->purpose.p ? h->purpose : STR("")),
		sql_text(t->request.p ? t->request : STR("")),
		sql_text(body),
		sql_text(STR("")),
	};
	if (!t->parcel)
		return chain_append(t, &db_tables[T_EVENT], CHAIN_EVENT, v);
	parcel_take_event(t->parcel, v);
	return RC_OK;
}

rc
tx_look(tx *t, const look_row *k)
{
	sql_val v[] = {
		sql_int(k->tenant), sql_int(0),         sql_int(t->now),   sql_int(k->actor),
		sql_int(k->office), sql_int(k->person), sql_text(k->what), sql_text(k->purpose),
		sql_int(k->kase),   sql_text(STR("")),
	};
	return chain_append(t, &db_tables[T_LOOK], CHAIN_LOOK, v);
}

rc
ledger_body(writer *w, sealer *keys, arena *a, fault *f, str body, str *images)
{
	str packed;
	data_key k = {0};

	if (body.n == 0 || !base64_decode(a, BASE64_PADDED, str_from(body, 1), &packed))
		return FAIL(f, RC_INVALID, "ledger.body");
	if (body.p[0] == 's' && packed.n > 16 && keys) {
		memcpy(&k.tenant, packed.p, 8);
		memcpy(&k.id, packed.p + 8, 8);
		TRY(seal_find(keys, f, k.tenant, k.id, &k));
		TRY(seal_open_bytes(keys, a, f, &k, &body_place, str_from(packed, 16), &packed));
	} else if (body.p[0] != 'z') {
		return FAIL(f, RC_INVALID, "ledger.body");
	}
	return image_unpack(w->images, a, f, packed, images);
}
