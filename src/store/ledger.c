/* ledger.c - see ledger.h. */
#include "store/ledger.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "store/migrate.h"
#include "store/rows.h"
#include "store/writer.h"

enum { EVENT_AT = 2, EVENT_BODY = 10, EVENT_HASH = 11, LOOK_HASH = 9, APPLY_GROUP = 2000 };

typedef struct checker {
	store *s;
	arena *a;   /* the report's */
	arena *row; /* reset for each row */
	fault *f;
	writer w; /* for its codec and hashes; w.d is the live database */
	db *live, *made;
	int64_t applied;
	ledger_report *out;
} checker;

static void
found(checker *k, const char *id, const db_table *t, str key, const char *column, int32_t day)
{
	if (k->out->nfindings++ >= LEDGER_FINDINGS_MAX)
		return;
	*vec_add(k->a, &k->out->findings) = (ledger_finding){
		.id = id, .table = t->name, .key = str_dup(k->a, key), .column = column, .day = day};
}

static str
key_text(arena *a, const db_table *t, const sql_val *v)
{
	buf b = buf_in(a);

	for (int n = 1; n <= t->nkey; n++)
		for (uint16_t i = 0; i < t->ncols; i++)
			if (t->col[i].key == n) {
				if (n > 1)
					buf_c(&b, '/');
				if (v[i].kind == SQL_TEXT)
					buf_put(&b, v[i].s);
				else
					buf_i64(&b, v[i].i);
			}
	return buf_str(&b);
}

/* ---- the chains ---- */

typedef struct walk {
	const db_table *table;
	chain chain;
	uint16_t hash_col;
	int64_t tenant, seq, count;
	str hash;
	int32_t day; /* of the last row that was whole */
} walk;

static void
end_chain(checker *k, const walk *w)
{
	if (w->tenant >= 0)
		*vec_add(k->a, &k->out->heads) = (ledger_end){.tenant = w->tenant,
							      .seq = w->seq,
							      .chain = chain_name[w->chain],
							      .hash = str_dup(k->a, w->hash)};
}

static void
check_link(checker *k, walk *w, const sql_val *v)
{
	if (v[0].i != w->tenant) {
		end_chain(k, w);
		w->tenant = v[0].i;
		w->seq = 0;
		w->hash = STR("");
		w->day = DATE_NONE;
	}
	str key = key_text(k->row, w->table, v);
	if (v[1].i != w->seq + 1)
		found(k, "ledger.gap", w->table, key, NULL, w->day);
	if (!str_eq(ledger_hash(k->row, k->w.crypto, w->table, w->hash, v), v[w->hash_col].s))
		found(k, "ledger.hash", w->table, key, NULL, w->day);
	else
		w->day = date_of_instant(v[EVENT_AT].i);
	w->seq = v[1].i;
	w->hash = str_dup(k->a, v[w->hash_col].s);
	w->count++;
}

static rc
apply_image(checker *k, const image_entry *e)
{
	if (k->applied++ % APPLY_GROUP == 0) {
		if (k->made->in_tx)
			TRY(k->made->engine->commit(k->made, k->f));
		TRY(k->made->engine->begin(k->made, k->f, true));
	}
	return db_exec(k->made, k->f, &k->w.sql[e->table->number].upsert, e->v, NULL);
}

static rc
apply_event(checker *k, const walk *w, const sql_val *v)
{
	image_entry *e = arena_new(k->row, image_entry);
	str images;
	fault bad = {0};
	rc r = ledger_body(&k->w, k->live->sealer, k->row, &bad, v[EVENT_BODY].s, &images);

	if (r == RC_NOT_FOUND) {
		k->out->shredded++;
		return RC_OK;
	}
	if (r == RC_OK) {
		image_reader reader = image_read(k->row, images);
		while ((r = image_next(&reader, &bad, e)) == RC_OK)
			TRY(apply_image(k, e));
	}
	if (r != RC_NOT_FOUND)
		found(k, "ledger.body", w->table, key_text(k->row, w->table, v), "body", w->day);
	return RC_OK;
}

static rc
walk_chain(checker *k, walk *w)
{
	db_rows rows;
	rc r = RC_OK;

	w->tenant = -1;
	TRY(db_query(k->live, k->f, &k->w.sql[w->table->number].scan, NULL, &rows));
	while ((r = db_next(&rows, k->f)) == RC_OK) {
		arena_reset(k->row);
		check_link(k, w, rows.v);
		if (w->chain == CHAIN_EVENT) {
			r = apply_event(k, w, rows.v);
			if (r != RC_OK) {
				db_done(&rows);
				return r;
			}
		}
	}
	end_chain(k, w);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static ledger_end *
end_of(checker *k, int64_t tenant, str name)
{
	for (size_t i = 0; i < k->out->heads.n; i++)
		if (k->out->heads.v[i].tenant == tenant && str_eq(str_of(k->out->heads.v[i].chain), name))
			return &k->out->heads.v[i];
	return NULL;
}

static rc
check_heads(checker *k)
{
	const db_table *t = &db_tables[T_LEDGER_HEAD];
	db_rows rows;
	size_t seen = 0;
	rc r = RC_OK;

	TRY(db_query(k->live, k->f, &k->w.sql[t->number].scan, NULL, &rows));
	while ((r = db_next(&rows, k->f)) == RC_OK) {
		const ledger_end *e = end_of(k, rows.v[0].i, rows.v[1].s);
		if (!e && rows.v[2].i == 0)
			continue; /* taken by a command that was refused */
		seen++;
		if (!e || e->seq != rows.v[2].i || !str_eq(e->hash, rows.v[3].s))
			found(k, "ledger.head", t, key_text(k->a, t, rows.v),
			      !e || e->seq != rows.v[2].i ? "seq" : "hash", DATE_NONE);
	}
	if (seen < k->out->heads.n)
		found(k, "ledger.head", t, STR("*"), NULL, DATE_NONE);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

/* ---- signed heads ---- */

static str
signed_text(arena *a, int64_t tenant, str name, int64_t seq, int64_t at, str hash)
{
	return str_fmt(a, "zhucan-head\n%lld\n%.*s\n%lld\n%lld\n%.*s", (long long)tenant, STR_ARG(name),
		       (long long)seq, (long long)at, STR_ARG(hash));
}

static const sql_stmt hash_at[CHAINS] = {
	{.name = "event_hash_at",
	 .text = "SELECT hash FROM event WHERE tenant = $1 AND seq = $2",
	 .nparams = 2,
	 .ncols = 1,
	 .params = (const uint8_t[]){SQL_INT, SQL_INT},
	 .cols = (const uint8_t[]){SQL_TEXT}},
	{.name = "look_hash_at",
	 .text = "SELECT hash FROM look WHERE tenant = $1 AND seq = $2",
	 .nparams = 2,
	 .ncols = 1,
	 .params = (const uint8_t[]){SQL_INT, SQL_INT},
	 .cols = (const uint8_t[]){SQL_TEXT}},
};

/* Does the chain hold this hash at this place? */
static rc
same_hash(checker *k, str name, int64_t tenant, int64_t seq, str hash, bool *same)
{
	db_rows rows;
	size_t ch = str_eq(name, str_of(chain_name[CHAIN_LOOK])) ? CHAIN_LOOK : CHAIN_EVENT;

	*same = false;
	TRY(db_query(k->live, k->f, &hash_at[ch], (sql_val[]){sql_int(tenant), sql_int(seq)}, &rows));
	rc r = db_next(&rows, k->f);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	*same = str_eq(rows.v[0].s, hash);
	db_done(&rows);
	return RC_OK;
}

static rc
check_signatures(checker *k, const uint8_t key[32])
{
	const db_table *t = &db_tables[T_SEAL_HEAD];
	db_rows rows;
	rc r = RC_OK;

	TRY(db_query(k->live, k->f, &k->w.sql[t->number].scan, NULL, &rows));
	while ((r = db_next(&rows, k->f)) == RC_OK) {
		const sql_val *v = rows.v;
		str raw;
		bool same = false;
		arena_reset(k->row);
		bool good = base64_decode(k->row, BASE64_PADDED, v[5].s, &raw) && raw.n == CRYPTO_SIGNATURE &&
			    sign_ok(key, signed_text(k->row, v[0].i, v[1].s, v[2].i, v[3].i, v[4].s),
				    (const uint8_t *)raw.p);
		if (!good) {
			found(k, "ledger.signature", t, key_text(k->row, t, v), "signature",
			      date_of_instant(v[3].i));
			continue;
		}
		r = same_hash(k, v[1].s, v[0].i, v[2].i, v[4].s, &same);
		if (r != RC_OK)
			break;
		ledger_end *e = end_of(k, v[0].i, v[1].s);
		if (!same)
			found(k, "ledger.rewritten", t, key_text(k->row, t, v), NULL,
			      date_of_instant(v[3].i));
		else if (e && e->seq == v[2].i)
			e->is_signed = true;
	}
	db_done(&rows);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

/* ---- tables ---- */

static void
digest_row(sha256 *h, arena *a, const db_table *t, const sql_val *v)
{
	buf b = buf_in(a);
	const db_table *last = t; /* values only */

	image_row(&b, &last, t, v);
	sha256_add(h, buf_str(&b));
}

static int
compare_keys(const db_table *t, const sql_val *x, const sql_val *y)
{
	for (int n = 1; n <= t->nkey; n++)
		for (uint16_t i = 0; i < t->ncols; i++) {
			if (t->col[i].key != n)
				continue;
			int c = t->col[i].type == SQL_TEXT ? str_cmp(x[i].s, y[i].s)
							   : (x[i].i > y[i].i) - (x[i].i < y[i].i);
			if (c)
				return c;
		}
	return 0;
}

static bool
same_value(const sql_val *x, const sql_val *y)
{
	if (x->kind != y->kind)
		return false;
	return x->kind == SQL_NULL || (x->kind == SQL_INT ? x->i == y->i : str_eq(x->s, y->s));
}

/* Two scans in key order, side by side. */
typedef struct side {
	db_rows rows;
	rc r;
	sha256 *h;
	int64_t n;
} side;

static void
step(checker *k, side *s, const db_table *t)
{
	s->r = db_next(&s->rows, k->f);
	if (s->r == RC_OK) {
		s->n++;
		digest_row(s->h, k->row, t, s->rows.v);
	}
}

static void
compare_rows(checker *k, const db_table *t, side *live, side *made)
{
	while (live->r == RC_OK || made->r == RC_OK) {
		int c = live->r != RC_OK   ? 1
			: made->r != RC_OK ? -1
					   : compare_keys(t, live->rows.v, made->rows.v);
		arena_reset(k->row);
		if (c < 0)
			found(k, "ledger.extra", t, key_text(k->row, t, live->rows.v), NULL, DATE_NONE);
		if (c > 0)
			found(k, "ledger.missing", t, key_text(k->row, t, made->rows.v), NULL, DATE_NONE);
		for (uint16_t i = 0; c == 0 && i < t->ncols; i++)
			if (!same_value(&live->rows.v[i], &made->rows.v[i]))
				found(k, "ledger.changed", t, key_text(k->row, t, live->rows.v),
				      t->col[i].name, DATE_NONE);
		if (c <= 0)
			step(k, live, t);
		if (c >= 0)
			step(k, made, t);
	}
}

static void
hex(char out[65], sha256 *h)
{
	digest d = sha256_end(h);

	for (size_t i = 0; i < sizeof d.b; i++)
		snprintf(out + 2 * i, 3, "%02x", d.b[i]);
}

/* What the table should hold: the rebuilt table, or for a derived one its SELECT over rebuilt tables. */
static const sql_stmt *
expected(checker *k, const db_table *t)
{
	const sql_stmt *scan = &k->w.sql[t->number].scan;

	if (t->class != TABLE_DERIVED || !str_starts(str_of(t->why), STR("SELECT ")))
		return scan;
	sql_stmt *s = arena_new(k->a, sql_stmt);
	*s = *scan;
	str order = str_of(strstr(scan->text, " ORDER BY "));
	s->text = cstr(k->a, str_cat(k->a, str_of(t->why), order));
	return s;
}

static rc
compare_table(checker *k, const db_table *t)
{
	ledger_table *line = vec_add(k->a, &k->out->tables);
	side live = {.h = sha256_open(k->a, k->w.crypto)}, made = {.h = sha256_open(k->a, k->w.crypto)};
	db_rows count;

	*line = (ledger_table){.table = t};
	if (t->class == TABLE_LOCAL || t->class == TABLE_LEDGER) {
		TRY(db_query(k->live, k->f, &k->w.sql[t->number].count, NULL, &count));
		TRY(db_next(&count, k->f));
		line->rows = count.v[0].i;
		db_done(&count);
		return RC_OK;
	}
	TRY(db_query(k->live, k->f, &k->w.sql[t->number].scan, NULL, &live.rows));
	TRY(db_query(k->made, k->f, expected(k, t), NULL, &made.rows));
	step(k, &live, t);
	step(k, &made, t);
	compare_rows(k, t, &live, &made);
	if (live.r != RC_NOT_FOUND)
		return live.r;
	if (made.r != RC_NOT_FOUND)
		return made.r;
	line->rows = live.n;
	line->rebuilt = made.n;
	hex(line->live, live.h);
	hex(line->made, made.h);
	return RC_OK;
}

/* ---- the day of the last lawful change ---- */

static bool
wanted(checker *k, const image_entry *e, int32_t day)
{
	bool any = false;

	for (size_t i = 0; i < k->out->findings.n; i++) {
		ledger_finding *x = &k->out->findings.v[i];
		if (strcmp(x->table, e->table->name) == 0 &&
		    str_eq(x->key, key_text(k->row, e->table, e->v))) {
			x->day = day;
			any = true;
		}
	}
	return any;
}

/* A second reading of the ledger, only when something was found: which event wrote that row last? */
static rc
date_findings(checker *k)
{
	image_entry *e = arena_new(k->a, image_entry);
	db_rows rows;
	rc r = RC_OK;

	if (k->out->findings.n == 0)
		return RC_OK;
	TRY(db_query(k->live, k->f, &k->w.sql[T_EVENT].scan, NULL, &rows));
	while ((r = db_next(&rows, k->f)) == RC_OK) {
		str images;
		fault bad = {0};
		arena_reset(k->row);
		if (ledger_body(&k->w, k->live->sealer, k->row, &bad, rows.v[EVENT_BODY].s, &images) != RC_OK)
			continue;
		image_reader reader = image_read(k->row, images);
		while (image_next(&reader, &bad, e) == RC_OK)
			wanted(k, e, date_of_instant(rows.v[EVENT_AT].i));
	}
	return r == RC_NOT_FOUND ? RC_OK : r;
}

/* ---- the whole ---- */

static void
remove_file(void *p)
{
	char path[4096];

	unlink(p);
	snprintf(path, sizeof path, "%s-wal", (char *)p);
	unlink(path);
	snprintf(path, sizeof path, "%s-shm", (char *)p);
	unlink(path);
}

static rc
open_scratch(checker *k, arena *a, str path)
{
	char *z = cstr(a, path);

	remove_file(z);
	arena_defer(a, remove_file, z);
	TRY(sqlite_open(a, k->f, path, false, true, &k->made));
	TRY(db_script(k->made, k->f, "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY"));
	return migrate(k->made, a, k->f, true);
}

rc
ledger_derive_row(db *made, fault *f, const db_table *t, const sql_val *v)
{
	return made->engine->bulk(made, f, t, &v, 1);
}

static rc
derive(checker *k, const ledger_derived *all)
{
	for (; all && all->table; all++) {
		arena *own = arena_open(k->a, 0);
		TRY(k->made->engine->begin(k->made, k->f, true));
		TRY(all->fill(k->made, k->live->sealer, own, k->f));
		TRY(k->made->engine->commit(k->made, k->f));
		arena_close(own);
	}
	return RC_OK;
}

static rc
check(checker *k, const ledger_ask *ask)
{
	walk events = {.table = &db_tables[T_EVENT], .chain = CHAIN_EVENT, .hash_col = EVENT_HASH};
	walk looks = {.table = &db_tables[T_LOOK], .chain = CHAIN_LOOK, .hash_col = LOOK_HASH};

	TRY(walk_chain(k, &events));
	if (k->made->in_tx)
		TRY(k->made->engine->commit(k->made, k->f));
	TRY(walk_chain(k, &looks));
	k->out->events = events.count;
	k->out->looks = looks.count;
	TRY(check_heads(k));
	TRY(check_signatures(k, ask->key));
	TRY(derive(k, ask->derived));
	for (uint16_t i = 0; i < db_ntables; i++)
		TRY(compare_table(k, &db_tables[i]));
	return date_findings(k);
}

rc
ledger_check(store *s, arena *a, fault *f, const ledger_ask *ask, ledger_report *out)
{
	arena *own = arena_open(NULL, 0);
	checker k = {.s = s, .a = a, .row = arena_open(own, 0), .f = f, .out = out};

	*out = (ledger_report){0};
	rc r = writer_tools(s, own, f, &k.w);
	if (r == RC_OK)
		r = store_read(s, own, f, &k.live);
	if (r == RC_OK)
		r = open_scratch(&k, own, ask->scratch);
	if (r == RC_OK)
		r = check(&k, ask);
	arena_close(own);
	return r;
}

/* ---- signing ---- */

static const sql_stmt unsigned_heads = {
	.name = "unsigned_heads",
	.text = "SELECT h.tenant, h.chain, h.seq, h.hash FROM ledger_head h WHERE h.seq > 0 AND NOT EXISTS "
		"(SELECT 1 FROM "
		"seal_head s WHERE s.tenant = h.tenant AND s.chain = h.chain AND s.seq = h.seq) ORDER BY "
		"h.tenant, h.chain",
	.ncols = 4,
	.cols = (const uint8_t[]){SQL_INT, SQL_TEXT, SQL_INT, SQL_TEXT},
};

rc
ledger_sign_in(tx *t, const sign_key *key, int64_t *n)
{
	db_rows rows;
	rc r = RC_OK;
	VEC(struct { sql_val v[6]; }) new = {0};

	*n = 0;
	TRY(db_query(t->w->d, t->f, &unsigned_heads, NULL, &rows));
	while ((r = db_next(&rows, t->f)) == RC_OK) {
		uint8_t sig[CRYPTO_SIGNATURE];
		str name = str_dup(t->a, rows.v[1].s), hash = str_dup(t->a, rows.v[3].s);
		sign_message(key, signed_text(t->a, rows.v[0].i, name, rows.v[2].i, t->now, hash), sig);
		sql_val *v = vec_add(t->a, &new)->v;
		v[0] = rows.v[0];
		v[1] = sql_text(name);
		v[2] = rows.v[2];
		v[3] = sql_int(t->now);
		v[4] = sql_text(hash);
		v[5] = sql_text(base64_encode(t->a, BASE64_PADDED, (str){(const char *)sig, sizeof sig}));
	}
	if (r != RC_NOT_FOUND)
		return r;
	for (size_t i = 0; i < new.n; i++)
		TRY(db_exec(t->w->d, t->f, &t->w->sql[T_SEAL_HEAD].insert, new.v[i].v, NULL));
	*n = (int64_t) new.n;
	return RC_OK;
}

static rc
sign_heads(tx *t, const void *in, void *out)
{
	return ledger_sign_in(t, in, out);
}

rc
ledger_sign(store *s, arena *a, fault *f, const sign_key *key, int64_t now, int64_t *signed_heads)
{
	store_command c = {
		.fn = sign_heads, .in = key, .out = signed_heads, .a = a, .now = now, .lane = LANE_JOB};

	return store_write(s, f, &c);
}
