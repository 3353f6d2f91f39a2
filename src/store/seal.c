/* seal.c - see seal.h. */
#include "store/seal.h"

#include "base/buf.h"
#include "base/vec.h"
#include "store/seal_priv.h"

enum { SUITE_AES_GCM = 1, KEY_NUMBER = 1, HEAD = 2, INDEX_KEY = -1, INDEX_BYTES = 16, KEEP_MANY = 32 };

typedef struct tenant_key {
	int64_t tenant, id;
	crypto_key key;
} tenant_key;

struct sealer {
	arena *a;
	crypto *c;
	db *d; /* the key database */
	crypto_key root;
	VEC(tenant_key) known;
	sql_stmt keep_many;
	data_key last; /* found; of id 0: none. A page opens several values of one person */
};

static const char schema[] = "CREATE TABLE IF NOT EXISTS wrapped_key (\n"
			     "tenant BIGINT NOT NULL,\nid BIGINT NOT NULL,\nwrapped TEXT NOT NULL,\n"
			     "PRIMARY KEY (tenant, id)\n)";

static const uint8_t int_int_text[] = {SQL_INT, SQL_INT, SQL_TEXT};

static const sql_stmt find_key = {.name = "find_key",
				  .text = "SELECT wrapped FROM wrapped_key WHERE tenant = $1 AND id = $2",
				  .nparams = 2,
				  .ncols = 1,
				  .params = int_int_text,
				  .cols = int_int_text + 2};

#define KEEP      "INSERT INTO wrapped_key (tenant, id, wrapped) VALUES "
#define KEEP_ONCE " ON CONFLICT (tenant, id) DO NOTHING"

static const sql_stmt keep_key = {
	.name = "keep_key", .text = KEEP "($1, $2, $3)" KEEP_ONCE, .nparams = 3, .params = int_int_text};

/* The same for KEEP_MANY of them: a trip for each would be most of a loader's time on PostgreSQL. */
static sql_stmt
keep_many(arena *a)
{
	uint8_t *types = arena_array(a, uint8_t, 3 * KEEP_MANY);
	buf b = buf_in(a);

	buf_lit(&b, KEEP);
	for (int i = 0; i < KEEP_MANY; i++) {
		memcpy(types + 3 * i, int_int_text, sizeof int_int_text);
		buf_fmt(&b, "%s($%d, $%d, $%d)", i ? ", " : "", 3 * i + 1, 3 * i + 2, 3 * i + 3);
	}
	buf_lit(&b, KEEP_ONCE);
	return (sql_stmt){
		.name = "keep_keys", .text = cstr(a, buf_str(&b)), .nparams = 3 * KEEP_MANY, .params = types};
}

static const sql_stmt drop_key = {.name = "drop_key",
				  .text = "DELETE FROM wrapped_key WHERE tenant = $1 AND id = $2",
				  .nparams = 2,
				  .params = int_int_text};

static void
forget(void *p)
{
	sealer *s = p;

	for (size_t i = 0; i < s->known.n; i++)
		crypto_wipe(&s->known.v[i].key, sizeof s->known.v[i].key);
	crypto_wipe(&s->root, sizeof s->root);
	crypto_wipe(&s->last, sizeof s->last);
}

void
sealer_rest(sealer *s)
{
	if (s && s->last.id)
		crypto_wipe(&s->last, sizeof s->last);
}

rc
sealer_open(arena *a, fault *f, db *keys, const uint8_t root[CRYPTO_KEY], sealer **out)
{
	sealer *s = arena_new(a, sealer);

	s->a = a;
	s->d = keys;
	s->keep_many = keep_many(a);
	memcpy(s->root.b, root, sizeof s->root.b);
	arena_defer(a, forget, s);
	TRY(crypto_open(a, f, &s->c));
	*out = s;
	return RC_OK;
}

rc
sealer_schema(fault *f, db *keys)
{
	return db_script(keys, f, schema);
}

static str
place_text(arena *a, const char *table, const char *column, int64_t row, int64_t tenant, int64_t id)
{
	const int64_t number[] = {row, tenant, id};
	buf b = buf_in(a);

	buf_put(&b, str_of(table));
	buf_c(&b, '\n');
	buf_put(&b, str_of(column));
	for (size_t i = 0; i < LEN(number); i++) {
		buf_c(&b, '\n');
		buf_i64(&b, number[i]);
	}
	return buf_str(&b);
}

static str
close_bytes(crypto *c, arena *a, const crypto_key *k, str ad, str text)
{
	char *p = arena_alloc(a, HEAD + text.n + CRYPTO_SEAL_MORE);

	p[0] = SUITE_AES_GCM;
	p[1] = KEY_NUMBER;
	crypto_seal(c, k, ad, text, p + HEAD);
	return (str){p, HEAD + text.n + CRYPTO_SEAL_MORE};
}

static bool
open_bytes(crypto *c, arena *a, const crypto_key *k, str ad, str sealed, str *text)
{
	if (sealed.n < HEAD + CRYPTO_SEAL_MORE || sealed.p[0] != SUITE_AES_GCM || sealed.p[1] != KEY_NUMBER)
		return false;
	size_t n = sealed.n - HEAD - CRYPTO_SEAL_MORE;
	char *p = arena_alloc(a, n);
	*text = (str){p, n};
	return crypto_unseal(c, k, ad, str_from(sealed, HEAD), p);
}

/* ---- keys ---- */

static void
wrap(sealer *s, const crypto_key *under, const data_key *k, char text[WRAPPED_TEXT])
{
	arena *a = arena_open(NULL, 0);
	str bytes = close_bytes(s->c, a, under, place_text(a, "wrapped_key", "wrapped", 0, k->tenant, k->id),
				(str){(const char *)k->key.b, sizeof k->key.b});
	str t = base64_encode(a, BASE64_PADDED, bytes);

	BUG_ON(t.n >= WRAPPED_TEXT);
	memcpy(text, t.p, t.n);
	text[t.n] = 0;
	arena_close(a);
}

static rc
unwrap(sealer *s, fault *f, const crypto_key *under, str text, data_key *k)
{
	arena *a = arena_open(NULL, 0);
	str bytes, key;
	bool ok = base64_decode(a, BASE64_PADDED, text, &bytes) &&
		  open_bytes(s->c, a, under, place_text(a, "wrapped_key", "wrapped", 0, k->tenant, k->id),
			     bytes, &key) &&
		  key.n == sizeof k->key.b;

	if (ok) {
		memcpy(k->key.b, key.p, key.n);
		crypto_wipe((void *)(uintptr_t)key.p, key.n);
	}
	arena_close(a);
	return ok ? RC_OK : FAIL(f, RC_INVALID, "seal.key_broken", FA_INT("tenant", k->tenant));
}

static rc
read_key(sealer *s, fault *f, int64_t tenant, int64_t id, char text[WRAPPED_TEXT])
{
	db_rows rows;

	TRY(db_query(s->d, f, &find_key, (sql_val[]){sql_int(tenant), sql_int(id)}, &rows));
	TRY(db_next(&rows, f));
	size_t n = MIN(rows.v[0].s.n, (size_t)(WRAPPED_TEXT - 1));
	memcpy(text, rows.v[0].s.p, n);
	text[n] = 0;
	db_done(&rows);
	return RC_OK;
}

/* The key that wraps a tenant's data keys, or the index key; made when it is first asked for. Two threads may
 * ask at once: the one row that stands decides. */
static rc
site_key(sealer *s, fault *f, int64_t tenant, int64_t id, const crypto_key **out)
{
	char text[WRAPPED_TEXT];
	data_key k = {.tenant = tenant, .id = id};

	for (size_t i = 0; i < s->known.n; i++)
		if (s->known.v[i].tenant == tenant && s->known.v[i].id == id) {
			*out = &s->known.v[i].key;
			return RC_OK;
		}
	rc r = read_key(s, f, tenant, id, text);
	if (r == RC_NOT_FOUND) {
		crypto_random(k.key.b, sizeof k.key.b);
		wrap(s, &s->root, &k, text);
		TRY(db_exec(s->d, f, &keep_key,
			    (sql_val[]){sql_int(tenant), sql_int(id), sql_text(str_of(text))}, NULL));
		r = read_key(s, f, tenant, id, text);
	}
	TRY(r);
	TRY(unwrap(s, f, &s->root, str_of(text), &k));
	tenant_key *t = vec_add(s->a, &s->known);
	*t = (tenant_key){.tenant = tenant, .id = id, .key = k.key};
	crypto_wipe(&k, sizeof k);
	*out = &t->key;
	return RC_OK;
}

rc
seal_new(sealer *s, fault *f, int64_t tenant, int64_t id, data_key *key, wrapped_key *row)
{
	const crypto_key *under = NULL;

	BUG_ON(id <= 0);
	TRY(site_key(s, f, tenant, 0, &under));
	*key = (data_key){.tenant = tenant, .id = id};
	crypto_random(key->key.b, sizeof key->key.b);
	*row = (wrapped_key){.tenant = tenant, .id = id};
	wrap(s, under, key, row->text);
	return RC_OK;
}

rc
seal_find(sealer *s, fault *f, int64_t tenant, int64_t id, data_key *key)
{
	const crypto_key *under = NULL;
	char text[WRAPPED_TEXT];

	if (s->last.id == id && s->last.tenant == tenant && id) {
		*key = s->last;
		return RC_OK;
	}
	TRY(read_key(s, f, tenant, id, text));
	TRY(site_key(s, f, tenant, 0, &under));
	*key = (data_key){.tenant = tenant, .id = id};
	TRY(unwrap(s, f, under, str_of(text), key));
	s->last = *key;
	return RC_OK;
}

/* The end of a transaction that went as `r` says. */
static rc
concluded(sealer *s, fault *f, rc r)
{
	if (r == RC_OK)
		r = s->d->engine->commit(s->d, f);
	if (r != RC_OK)
		s->d->engine->rollback(s->d);
	return r;
}

rc
seal_keep(sealer *s, fault *f, const wrapped_key *k, size_t n)
{
	if (n == 0)
		return RC_OK;
	TRY(s->d->engine->begin(s->d, f, true));
	rc r = RC_OK;
	for (size_t i = 0, take = 0; r == RC_OK && i < n; i += take) {
		sql_val v[3 * KEEP_MANY];
		take = n - i >= KEEP_MANY ? KEEP_MANY : 1;
		for (size_t m = 0; m < take; m++) {
			v[3 * m] = sql_int(k[i + m].tenant);
			v[3 * m + 1] = sql_int(k[i + m].id);
			v[3 * m + 2] = sql_text(str_of(k[i + m].text));
		}
		r = db_exec(s->d, f, take > 1 ? &s->keep_many : &keep_key, v, NULL);
	}
	return concluded(s, f, r);
}

rc
seal_drop(sealer *s, fault *f, const wrapped_key *k, size_t n)
{
	rc r = RC_OK;

	TRY(s->d->engine->begin(s->d, f, true));
	for (size_t i = 0; r == RC_OK && i < n; i++)
		r = db_exec(s->d, f, &drop_key, (sql_val[]){sql_int(k[i].tenant), sql_int(k[i].id)}, NULL);
	return concluded(s, f, r);
}

rc
seal_shred(sealer *s, fault *f, int64_t tenant, int64_t id)
{
	BUG_ON(id <= 0);
	return db_exec(s->d, f, &drop_key, (sql_val[]){sql_int(tenant), sql_int(id)}, NULL);
}

/* ---- values ---- */

str
seal_bytes(sealer *s, arena *a, const data_key *k, const seal_place *at, str bytes)
{
	return close_bytes(s->c, a, &k->key, place_text(a, at->table, at->column, at->row, k->tenant, k->id),
			   bytes);
}

rc
seal_open_bytes(sealer *s, arena *a, fault *f, const data_key *k, const seal_place *at, str sealed,
		str *bytes)
{
	if (!open_bytes(s->c, a, &k->key, place_text(a, at->table, at->column, at->row, k->tenant, k->id),
			sealed, bytes))
		return FAIL(f, RC_INVALID, "seal.broken", FA_STR("table", str_of(at->table)),
			    FA_STR("column", str_of(at->column)));
	return RC_OK;
}

str
seal_text(sealer *s, arena *a, const data_key *k, const seal_place *at, str text)
{
	if (text.n == 0)
		return STR("");
	return base64_encode(a, BASE64_PADDED, seal_bytes(s, a, k, at, text));
}

rc
seal_open(sealer *s, arena *a, fault *f, const data_key *k, const seal_place *at, str sealed, str *text)
{
	str bytes;

	*text = STR("");
	if (sealed.n == 0)
		return RC_OK;
	if (!base64_decode(a, BASE64_PADDED, sealed, &bytes))
		return FAIL(f, RC_INVALID, "seal.broken", FA_STR("table", str_of(at->table)),
			    FA_STR("column", str_of(at->column)));
	return seal_open_bytes(s, a, f, k, at, bytes, text);
}

rc
seal_index(sealer *s, arena *a, fault *f, const char *what, str normalised, str *idx)
{
	const crypto_key *key = NULL;
	buf b = buf_in(a);

	TRY(site_key(s, f, 0, INDEX_KEY, &key));
	buf_put(&b, str_of(what));
	buf_c(&b, '\n');
	buf_put(&b, normalised);
	digest d = crypto_hmac(s->c, (str){(const char *)key->b, sizeof key->b}, buf_str(&b));
	str half = base64_encode(a, BASE64_BARE, (str){(const char *)d.b, INDEX_BYTES});
	*idx = str_cat(a, STR("1"), half);
	return RC_OK;
}
