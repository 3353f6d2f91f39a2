/* db.c - see db.h: dispatch to the engine, and the cache of prepared statements. */
#include "store/db.h"

#include "base/hash.h"
#include "store/db_priv.h"
#include "store/seal.h"

rc
db_query(db *d, fault *f, const sql_stmt *s, const sql_val *args, db_rows *rows)
{
	rows->d = d;
	rows->impl = NULL;
	rows->stmt = s;
	rows->at = 0;
	rows->v = NULL;
	return d->engine->query(d, f, s, args, rows);
}

void
db_ahead(db *d, const sql_stmt *s, const sql_val *args)
{
	if (d->engine->ahead && d->read_only && d->in_tx)
		d->engine->ahead(d, s, args);
}

rc
db_next(db_rows *rows, fault *f)
{
	return rows->d->engine->next(rows, f);
}

void
db_done(db_rows *rows)
{
	if (rows->impl)
		rows->d->engine->done(rows);
	rows->impl = NULL;
}

rc
db_exec(db *d, fault *f, const sql_stmt *s, const sql_val *args, int64_t *changed)
{
	return d->engine->exec(d, f, s, args, changed);
}

sealer *
db_sealer(db *d)
{
	return d->sealer;
}

const db_table *
db_table_find(str name)
{
	for (uint16_t i = 0; i < db_ntables; i++)
		if (str_eq(name, str_of(db_tables[i].name)))
			return &db_tables[i];
	return NULL;
}

void **
sql_cache_at(sql_cache *c, const sql_stmt *s)
{
	if (c->n * 2 >= c->cap) {
		sql_cache old = *c;
		c->cap = old.cap ? old.cap * 2 : 64;
		c->slot = arena_alloc(c->a, arena_mul(c->cap, sizeof *c->slot));
		c->n = 0;
		for (size_t i = 0; i < old.cap; i++)
			if (old.slot[i].stmt)
				*sql_cache_at(c, old.slot[i].stmt) = old.slot[i].handle;
	}
	size_t i = ((uintptr_t)s >> 4) * 0x9E3779B97F4A7C15u >> 32 & (c->cap - 1);
	while (c->slot[i].stmt && c->slot[i].stmt != s)
		i = (i + 1) & (c->cap - 1);
	if (!c->slot[i].stmt) {
		c->slot[i].stmt = s;
		c->n++;
	}
	return &c->slot[i].handle;
}
