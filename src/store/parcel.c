/* parcel.c - see parcel.h. */
#include "store/parcel.h"

#include <stdlib.h>

#include "store/rows.h"
#include "store/writer.h"

typedef VEC(const sql_val *) parcel_rows;

struct parcel {
	arena *a;
	tx t;
	parcel_rows *rows; /* of each table */
	parcel_rows events;
	bool sealed;
};

parcel *
parcel_open(arena *a, fault *f, store *s, db *d, int64_t now)
{
	parcel *p = arena_new(a, parcel);

	if (!d->images)
		d->images = image_open(d->a);
	*p = (parcel){
		.a = a,
		.t = {.parcel = p,
		      .s = s,
		      .seal = d->sealer,
		      .images = d->images,
		      .a = arena_open(a, 0),
		      .f = f,
		      .now = now},
		.rows = arena_alloc(a, arena_mul(db_ntables, sizeof(parcel_rows))),
	};
	return p;
}

tx *
parcel_tx(parcel *p)
{
	BUG_ON(p->sealed);
	return &p->t;
}

/* The row and its texts in one piece. */
static sql_val *
keep_row(arena *a, const db_table *t, const sql_val *v)
{
	size_t texts = 0;

	for (uint16_t i = 0; i < t->ncols; i++)
		texts += v[i].kind == SQL_TEXT ? v[i].s.n : 0;
	sql_val *row = arena_alloc(a, t->ncols * sizeof *row + texts);
	char *p = (char *)(row + t->ncols);
	for (uint16_t i = 0; i < t->ncols; i++) {
		row[i] = v[i];
		if (v[i].kind != SQL_TEXT)
			continue;
		memcpy(p, v[i].s.p, v[i].s.n);
		row[i].s.p = p;
		p += v[i].s.n;
	}
	return row;
}

void
parcel_take_row(parcel *p, const db_table *t, const sql_val *v)
{
	*vec_add(p->a, &p->rows[t->number]) = keep_row(p->a, t, v);
}

void
parcel_take_event(parcel *p, const sql_val *v)
{
	*vec_add(p->a, &p->events) = keep_row(p->a, &db_tables[T_EVENT], v);
	arena_reset(p->t.a);
}

/* ---- in the order of keys: neighbours of a slice land on the same pages ---- */

static int
by_key(const void *x, const void *y, void *table)
{
	const sql_val *a = *(const sql_val *const *)x, *b = *(const sql_val *const *)y;
	const db_table *t = table;

	for (int k = 1; k <= t->nkey; k++)
		for (uint16_t i = 0; i < t->ncols; i++) {
			if (t->col[i].key != k)
				continue;
			int less = a[i].kind == SQL_TEXT ? str_cmp(a[i].s, b[i].s)
							 : (a[i].i > b[i].i) - (a[i].i < b[i].i);
			if (less)
				return less;
		}
	return 0;
}

/* Most tables are: ids ascend. */
static bool
in_order(const parcel_rows *r, void *table)
{
	for (size_t i = 1; i < r->n; i++)
		if (by_key(&r->v[i - 1], &r->v[i], table) > 0)
			return false;
	return true;
}

void
parcel_seal(parcel *p)
{
	BUG_ON(p->t.open || p->sealed);
	p->sealed = true;
	for (uint16_t i = 0; i < db_ntables; i++) {
		parcel_rows *r = &p->rows[i];
		void *table = (void *)(uintptr_t)&db_tables[i];
		if (!in_order(r, table))
			qsort_r(r->v, r->n, sizeof *r->v, by_key, table);
	}
	arena_close(p->t.a);
}

/* ---- laying ---- */

/* The events at the ends of their chains. The parcel's rows are only read, as a command may run again. */
static rc
chain_events(tx *t, const parcel *p)
{
	const db_table *table = &db_tables[T_EVENT];
	const sql_val **row = arena_array(t->a, const sql_val *, p->events.n);
	sql_val *v = arena_array(t->a, sql_val, p->events.n * table->ncols);
	arena *own = arena_open(t->a, 0);

	for (size_t i = 0; i < p->events.n; i++, v += table->ncols) {
		memcpy(v, p->events.v[i], table->ncols * sizeof *v);
		TRY(chain_link(t->w, own, t->f, table, CHAIN_EVENT, v));
		sql_val *hash = &v[table->ncols - 1];
		hash->s = str_dup(t->a, hash->s);
		arena_reset(own);
		row[i] = v;
	}
	return t->w->d->engine->bulk(t->w->d, t->f, table, row, p->events.n);
}

rc
parcel_lay(tx *t, const parcel *p)
{
	db *d = tx_db(t);

	BUG_ON(!p->sealed || t->open);
	for (uint16_t i = 0; i < db_ntables; i++)
		if (p->rows[i].n)
			TRY(d->engine->bulk(d, t->f, &db_tables[i], p->rows[i].v, p->rows[i].n));
	/* the heads are taken last: on PostgreSQL whoever has one keeps the tenant's other writers waiting */
	TRY(d->engine->bulk_flush(d, t->f));
	return chain_events(t, p);
}
