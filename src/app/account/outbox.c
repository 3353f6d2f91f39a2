/* outbox.c - see outbox.h. */
#include "app/account/outbox.h"

#include "app/account_sql.h"
#include "base/buf.h"

enum { BATCH = 50, SWEEP = 200 };

static const int64_t DAY_MS = 86400000;

static const seal_place address_place = {.table = "outbox", .column = "address"};
static const seal_place args_place = {.table = "outbox", .column = "args"};

static rc
open_at(sealer *s, arena *a, fault *f, const data_key *k, seal_place at, str sealed, str *text)
{
	at.row = k->id;
	return seal_open(s, a, f, k, &at, sealed, text);
}

str
outbox_seal_address(sealer *s, arena *a, const data_key *k, str address)
{
	seal_place at = address_place;

	at.row = k->id;
	return seal_text(s, a, k, &at, address);
}

str
outbox_seal_args(sealer *s, arena *a, const data_key *k, str args)
{
	seal_place at = args_place;

	at.row = k->id;
	return seal_text(s, a, k, &at, args);
}

rc
outbox_put(tx *t, const outbox_new *m)
{
	return sql_outbox_put(tx_db(t), tx_fault(t),
			      &(outbox_put_in){.id = m->id,
					       .tenant = m->tenant,
					       .address = m->address,
					       .shown = m->shown,
					       .message = str_of(m->message),
					       .args = m->args,
					       .created = tx_now(t),
					       .ends = m->ends},
			      NULL);
}

str
outbox_words(arena *a, msg_lang lang, str message, str args)
{
	fault_arg arg[FAULT_ARGS + 1] = {0};
	str rest = args, part;
	size_t n = 0;
	int id = msg_find(message);

	while (n < FAULT_ARGS && str_next(&rest, '\n', &part)) {
		ptrdiff_t at = str_find_char(part, '=');
		if (at < 0)
			continue;
		arg[n++] = (fault_arg){.name = cstr(a, str_sub(part, 0, (size_t)at)),
				       .is_text = true,
				       .s = str_from(part, (size_t)at + 1)};
	}
	return id < 0 ? STR("") : msg_text(a, lang, id, arg);
}

/* ---- sending ---- */

static rc
show_only(void *self, arena *a, fault *f, const outbox_message *m)
{
	(void)self;
	(void)a;
	(void)f;
	(void)m;
	return RC_OK;
}

const outbox_adapter outbox_page = {.name = STR("page"), .shown = true, .send = show_only};

/* One message on its way, and what became of it. */
typedef struct parcel {
	outbox_message m;
	rc opened;
	int64_t sent;  /* when; 0: not */
	int64_t tries; /* from now on */
	bool shred;
} parcel;

static rc
write_outcome(tx *t, const void *in, void *out)
{
	const parcel *p = in;

	(void)out;
	if (p->sent && p->shred)
		TRY(seal_shred(db_sealer(tx_db(t)), tx_fault(t), p->m.tenant, p->m.id));
	return sql_outbox_tried(tx_db(t), tx_fault(t),
				&(outbox_tried_in){.id = p->m.id, .sent = p->sent, .tries = p->tries}, NULL);
}

/* RC_OK also for a message that does not open: nobody will ever send it. */
static rc
open_message(sealer *keys, arena *a, fault *f, const outbox_waiting_row *r, parcel *p)
{
	data_key key;

	*p = (parcel){.m = {.id = r->id, .tenant = r->tenant, .message = str_dup(a, r->message)},
		      .tries = r->tries};
	rc e = seal_find(keys, f, r->tenant, r->id, &key);
	if (e == RC_OK) {
		e = open_at(keys, a, f, &key, address_place, r->address, &p->m.address);
		if (e == RC_OK)
			e = open_at(keys, a, f, &key, args_place, r->args, &p->m.args);
		crypto_wipe(&key, sizeof key);
	}
	p->opened = e;
	return e == RC_NOT_FOUND || e == RC_INVALID ? RC_OK : e;
}

static rc
open_waiting(store *s, arena *a, fault *f, int64_t now, parcel **out, size_t *n)
{
	outbox_waiting_in ask = {.now = now, .tries = OUTBOX_TRIES, .n = BATCH};
	outbox_waiting_rows rows;
	db *d = NULL;

	TRY(store_read(s, a, f, &d));
	TRY(sql_outbox_waiting(d, a, f, &ask, &rows));
	*out = arena_array(a, parcel, rows.n);
	for (*n = 0; *n < rows.n; ++*n)
		TRY(open_message(db_sealer(d), a, f, &rows.v[*n], &(*out)[*n]));
	store_read_end(s, d); /* a gateway may take its time */
	return RC_OK;
}

static rc
send_one(store *s, const outbox_adapter *by, arena *a, fault *f, parcel *p, int64_t now)
{
	fault why = {0};
	store_command c = {.fn = write_outcome, .in = p, .a = a, .now = now, .lane = LANE_JOB};
	rc r = p->opened == RC_OK ? by->send(by->self, a, &why, &p->m) : RC_INVALID;

	p->sent = r == RC_OK ? now : 0;
	p->tries = r == RC_INVALID ? OUTBOX_TRIES : p->tries + 1;
	p->shred = !by->shown;
	return store_write(s, f, &c);
}

rc
outbox_send(store *s, const outbox_adapter *by, fault *f, int64_t now, int64_t *taken)
{
	arena *a = arena_open(NULL, 0);
	parcel *p = NULL;
	size_t n = 0;
	rc r = open_waiting(s, a, f, now, &p, &n);

	if (taken)
		*taken = 0;
	for (size_t i = 0; r == RC_OK && i < n; i++) {
		r = send_one(s, by, a, f, &p[i], now);
		if (taken)
			*taken += p[i].sent != 0;
	}
	arena_close(a);
	return r;
}

rc
outbox_sweep(tx *t, int64_t *swept, bool *more)
{
	db *d = tx_db(t);
	fault *f = tx_fault(t);
	outbox_old_rows rows;

	TRY(sql_codes_sweep(d, f, tx_now(t), NULL));
	TRY(sql_outbox_old(d, tx_arena(t), f, &(outbox_old_in){.before = tx_now(t) - DAY_MS, .n = SWEEP},
			   &rows));
	for (size_t i = 0; i < rows.n; i++) {
		/* the key first: a row whose key is gone says nothing, a key without its row would stay for
		 * ever */
		TRY(seal_shred(db_sealer(d), f, rows.v[i].tenant, rows.v[i].id));
		TRY(sql_outbox_drop(d, f, rows.v[i].id, NULL));
	}
	*swept = (int64_t)rows.n;
	*more = rows.n == SWEEP;
	return RC_OK;
}

/* ---- reads ---- */

rc
outbox_read(sealer *s, db *d, arena *a, fault *f, int64_t tenant, int64_t before, outbox_lines *out)
{
	outbox_last_rows rows;

	*out = (outbox_lines){0};
	TRY(sql_outbox_last(d, a, f, &(outbox_last_in){.tenant = tenant, .before = before}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const outbox_last_row *r = &rows.v[i];
		data_key key;
		outbox_line *line = vec_add(a, out);
		*line = (outbox_line){.id = r->id,
				      .created = r->created,
				      .sent = r->sent,
				      .shown = r->shown,
				      .message = r->message,
				      .args = STR("")};
		rc e = seal_find(s, f, tenant, r->id, &key);
		if (e == RC_OK)
			e = open_at(s, a, f, &key, args_place, r->args, &line->args);
		if (e != RC_OK && e != RC_NOT_FOUND)
			return e;
	}
	return RC_OK;
}

rc
outbox_state_read(db *d, arena *a, fault *f, int64_t now, outbox_state *out)
{
	outbox_count_row n;

	TRY(sql_outbox_count(d, a, f, now, &n));
	*out = (outbox_state){.waiting = n.waiting, .sent = n.sent, .lost = n.lost};
	return RC_OK;
}
