/* store_test.c - commands, groups, request keys, ids and the proof, on SQLite and on PostgreSQL. */
#include "store/store.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "store/fixture.h"
#include "store/ledger.h"
#include "store/parcel.h"
#include "store/rows.h"

#include <cmocka.h>

typedef struct new_office {
	int64_t tenant;
	const char *name;
	bool refuse;
} new_office;

static rc
open_office(tx *t, const void *in, void *out)
{
	const new_office *o = in;
	row_office r = {.tenant = o->tenant,
			.kind = STR("federation"),
			.level = 3,
			.region = 420101000000,
			.name = str_of(o->name),
			.phone = STR(""),
			.address = STR("示范路 1 号"),
			.closed = STR("")};

	r.id = tx_id(t);
	tx_event(t, &(event_head){.tenant = o->tenant, .actor = 7, .kind = "office.opened", .subject = r.id});
	TRY(put_office(t, &r));
	if (o->refuse)
		return FAIL(tx_fault(t), RC_INVALID, "test.refused", FA_FIELD(STR("name")));
	*(int64_t *)out = r.id;
	tx_result(t, str_fmt(tx_arena(t), "%lld", (long long)r.id));
	return RC_OK;
}

static rc
close_it(tx *t, const void *in, void *out)
{
	const row_office *o = in;

	(void)out;
	tx_event(t,
		 &(event_head){.tenant = o->tenant, .actor = 7, .kind = "office.closed", .subject = o->id});
	return close_office(t, o->tenant, o->id, STR("2026-11-03"));
}

static rc
make_office(fixture *x, const new_office *in, str key, int64_t *id, store_command *c)
{
	*c = (store_command){.fn = open_office,
			     .in = in,
			     .out = id,
			     .a = x->a,
			     .now = x->now,
			     .key = key,
			     .actor = 7,
			     .route = STR("POST /x"),
			     .input = str_of(in->name)};
	return store_write(x->s, &x->f, c);
}

static const uint8_t seed[32] = {1, 2, 3};

static ledger_report *
check(fixture *x)
{
	ledger_report *r = arena_new(x->a, ledger_report);
	sign_key key = sign_key_of(seed);
	rc e = ledger_check(x->s, x->a, &x->f,
			    &(ledger_ask){.scratch = fixture_path(x, "scratch"), .key = key.open}, r);

	if (e != RC_OK)
		print_error("%s\n", cstr(x->a, fault_print(x->a, &x->f)));
	assert_int_equal(e, RC_OK);
	for (size_t i = 0; i < r->tables.n; i++)
		if (r->tables.v[i].live[0] && r->nfindings == 0)
			assert_string_equal(r->tables.v[i].live, r->tables.v[i].made);
	return r;
}

static void
writes_and_rebuilds(fixture *x)
{
	store_command c;
	int64_t id = 0;

	assert_int_equal(make_office(x, &(new_office){.tenant = 1, .name = "甲"}, (str){0}, &id, &c), RC_OK);
	assert_int_equal(make_office(x, &(new_office){.tenant = 2, .name = "乙\t\\N\n"}, (str){0}, &id, &c),
			 RC_OK);
	row_office o = {.tenant = 2, .id = id};
	store_command shut = {.fn = close_it, .in = &o, .a = x->a, .now = x->now + 1000};
	assert_int_equal(store_write(x->s, &x->f, &shut), RC_OK);
	ledger_report *r = check(x);
	assert_int_equal(r->nfindings, 0);
	assert_int_equal(r->events, 3);
	assert_int_equal(r->heads.n, 2);
	fixture_reopen(x);
	int64_t later = 0;
	assert_int_equal(make_office(x, &(new_office){.tenant = 1, .name = "丙"}, (str){0}, &later, &c),
			 RC_OK);
	assert_true(later > id);
	assert_int_equal(check(x)->nfindings, 0);
}

static void
refusals_leave_nothing(fixture *x)
{
	store_command c;
	int64_t id = 0;

	assert_int_equal(make_office(x, &(new_office){1, "甲", true}, (str){0}, &id, &c), RC_INVALID);
	assert_string_equal(x->f.id, "test.refused");
	assert_true(str_eq(x->f.field, STR("name")));
	assert_true(x->f.field.p >= x->f.text && x->f.field.p < x->f.text + sizeof x->f.text);
	assert_true(x->f.arg[0].s.p == x->f.field.p);
	row_office nobody = {.tenant = 9, .id = 9};
	store_command shut = {.fn = close_it, .in = &nobody, .a = x->a, .now = x->now};
	assert_int_equal(store_write(x->s, &x->f, &shut), RC_NOT_FOUND);
	ledger_report *r = check(x);
	assert_int_equal(r->events, 0);
	assert_int_equal(r->nfindings, 0);
}

static void
asked_twice_done_once(fixture *x)
{
	store_command c;
	int64_t id = 0, again = 0;

	assert_int_equal(make_office(x, &(new_office){.tenant = 1, .name = "甲"}, STR("k1"), &id, &c), RC_OK);
	assert_false(c.repeated);
	str first = c.result;
	assert_int_equal(make_office(x, &(new_office){.tenant = 1, .name = "甲"}, STR("k1"), &again, &c),
			 RC_OK);
	assert_true(c.repeated);
	assert_true(str_eq(first, c.result));
	assert_int_equal(again, 0);
	assert_int_equal(make_office(x, &(new_office){.tenant = 1, .name = "乙"}, STR("k1"), &again, &c),
			 RC_CONFLICT);
	assert_string_equal(x->f.id, "store.request_reused");
	assert_int_equal(check(x)->events, 1);
}

enum { THREADS = 8, EACH = 60 };

typedef struct crowd {
	fixture *x;
	int n, refused, wrong;
} crowd;

static void *
crowd_main(void *p)
{
	crowd *k = p;

	for (int i = 0; i < EACH; i++) {
		arena *a = arena_open(NULL, 0);
		int64_t id = 0;
		fault f = {0};
		new_office in = {.tenant = 1 + k->n % 3, .name = "众", .refuse = i % 5 == 4};
		store_command c = {.fn = open_office, .in = &in, .out = &id, .a = a, .now = k->x->now};
		rc r = store_write(k->x->s, &f, &c);
		k->refused += r == RC_INVALID;
		k->wrong += r != (in.refuse ? RC_INVALID : RC_OK);
		arena_close(a);
	}
	return NULL;
}

static void
many_at_once(fixture *x)
{
	pthread_t th[THREADS];
	crowd k[THREADS];

	for (int i = 0; i < THREADS; i++) {
		k[i] = (crowd){.x = x, .n = i};
		pthread_create(&th[i], NULL, crowd_main, &k[i]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(th[i], NULL);
	for (int i = 0; i < THREADS; i++) {
		assert_int_equal(k[i].wrong, 0);
		assert_int_equal(k[i].refused, EACH / 5);
	}
	ledger_report *r = check(x);
	assert_int_equal(r->nfindings, 0);
	assert_int_equal(r->events, THREADS * EACH * 4 / 5);
}

/* ---- what cannot be opened says why ---- */

static rc
try_open(arena *a, fault *f, str url)
{
	store *s = NULL;
	arena *own = arena_open(a, 0);
	rc r = store_open(own, f, &(store_options){.url = url}, &s);

	arena_close(own);
	return r;
}

static void
unopenable_stores_are_refused(fixture *x)
{
	str junk = str_fmt(x->a, "%.*s.junk", STR_ARG(fixture_path(x, "store")));

	if (x->engine == ENGINE_POSTGRES) {
		assert_int_equal(try_open(x->a, &x->f, STR("postgresql:///nowhere?host=/nowhere")), RC_IO);
		assert_string_equal(x->f.id, "store.connect");
		fixture_sql(x, "INSERT INTO migration VALUES ('9999_later.sql', 'x')");
		assert_int_equal(try_open(x->a, &x->f, x->url), RC_INVALID);
		assert_string_equal(x->f.id, "store.newer");
		return;
	}
	assert_int_equal(try_open(x->a, &x->f, STR("/nowhere/site.db")), RC_IO);
	assert_string_equal(x->f.id, "store.open");
	FILE *f = fopen(cstr(x->a, junk), "w");
	fputs("this is no database, and it is longer than the header of one would be, which is one hundred "
	      "bytes.....",
	      f);
	fclose(f);
	assert_int_equal(try_open(x->a, &x->f, junk), RC_IO);
	assert_int_equal(remove(cstr(x->a, junk)), 0);
	fixture_sql(x, "UPDATE migration SET sha256 = 'x'");
	assert_int_equal(try_open(x->a, &x->f, x->url), RC_INVALID);
	assert_string_equal(x->f.id, "store.changed");
}

/* ---- what is sealed ---- */

typedef struct secret {
	data_key key;
	row_account row;
} secret;

static rc
keep_secret(tx *t, const void *in, void *out)
{
	const secret *s = in;

	(void)out;
	tx_event(t, &(event_head){.tenant = 1, .kind = "test.sealed", .subject = s->key.id, .key = &s->key});
	return put_account(t, &s->row);
}

static void
sealed_values_open_only_in_place(fixture *x)
{
	static const seal_place place = {.table = "account", .column = "name", .row = 5};
	arena *a = arena_open(x->a, 0);
	wrapped_key row;
	db *d = NULL;
	str text, idx, other;
	secret s = {.row = {.tenant = 1,
			    .id = 5,
			    .kind = STR("x"),
			    .login = STR("x"),
			    .closed = STR("2026-01-01")}};

	assert_int_equal(store_read(x->s, a, &x->f, &d), RC_OK);
	assert_int_equal(seal_find(db_sealer(d), &x->f, 1, 5, &s.key), RC_NOT_FOUND);
	assert_int_equal(seal_new(db_sealer(d), &x->f, 1, 5, &s.key, &row), RC_OK);
	s.row.name = seal_text(db_sealer(d), x->a, &s.key, &place, STR("示例人甲"));
	store_command c = {.fn = keep_secret, .in = &s, .a = x->a, .now = x->now, .keys = &row, .nkeys = 1};
	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);

	data_key again, wrong;
	assert_int_equal(seal_find(db_sealer(d), &x->f, 1, 5, &again), RC_OK);
	assert_int_equal(seal_open(db_sealer(d), a, &x->f, &again, &place, s.row.name, &text), RC_OK);
	assert_true(str_eq(text, STR("示例人甲")));
	seal_place moved = place;
	moved.row = 6;
	assert_int_equal(seal_open(db_sealer(d), a, &x->f, &again, &moved, s.row.name, &text), RC_INVALID);
	assert_string_equal(x->f.id, "seal.broken");
	assert_int_equal(seal_new(db_sealer(d), &x->f, 1, 6, &wrong, &row), RC_OK);
	assert_int_equal(seal_open(db_sealer(d), a, &x->f, &wrong, &place, s.row.name, &text), RC_INVALID);

	assert_int_equal(seal_index(db_sealer(d), a, &x->f, "id_number", STR("990101199003070015"), &idx),
			 RC_OK);
	assert_int_equal(seal_index(db_sealer(d), a, &x->f, "phone", STR("990101199003070015"), &other),
			 RC_OK);
	assert_int_equal(idx.n, 23);
	assert_false(str_eq(idx, other));
	arena_close(a);
	assert_int_equal(check(x)->nfindings, 0);
	fixture_reopen(x);
	assert_int_equal(check(x)->nfindings, 0);
	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	assert_int_equal(seal_find(db_sealer(d), &x->f, 1, 5, &again), RC_OK);
	fixture_keys_sql(x, "DELETE FROM wrapped_key WHERE id = 5");
	store_read_end(x->s, d);
	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	assert_int_equal(seal_find(db_sealer(d), &x->f, 1, 5, &again), RC_NOT_FOUND);
	store_read_end(x->s, d);
	assert_int_equal(check(x)->shredded, 1);
}

/* A command that is refused keeps no key. */
static rc
refuse(tx *t, const void *in, void *out)
{
	(void)in;
	(void)out;
	return FAIL(tx_fault(t), RC_INVALID, "test.refused");
}

static rc
find_key(tx *t, const void *in, void *out)
{
	const wrapped_key *row = in;
	data_key key;

	(void)out;
	return seal_find(db_sealer(tx_db(t)), tx_fault(t), row->tenant, row->id, &key);
}

static void
a_refused_record_has_no_key(fixture *x)
{
	wrapped_key row;
	data_key key;
	arena *a = arena_open(x->a, 0);
	db *d = NULL;

	assert_int_equal(store_read(x->s, a, &x->f, &d), RC_OK);
	assert_int_equal(seal_new(db_sealer(d), &x->f, 1, 5, &key, &row), RC_OK);
	store_command c = {.fn = refuse, .a = x->a, .now = x->now, .keys = &row, .nkeys = 1};
	assert_int_equal(store_write(x->s, &x->f, &c), RC_INVALID);
	assert_int_equal(seal_find(db_sealer(d), &x->f, 1, 5, &key), RC_NOT_FOUND);
	/* a loader's is on the disk before the command runs, and taken back */
	c.lane = LANE_JOB;
	c.plain = true;
	assert_int_equal(store_write(x->s, &x->f, &c), RC_INVALID);
	assert_int_equal(seal_find(db_sealer(d), &x->f, 1, 5, &key), RC_NOT_FOUND);
	c.fn = find_key;
	c.in = &row;
	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);
	arena_close(a);
}

/* ---- the proof names what was edited ---- */

static rc
fill_all(tx *t, const void *in, void *out)
{
	(void)in;
	(void)out;
	tx_event(t, &(event_head){.tenant = 1, .kind = "test.filled"});
	for (uint16_t i = 0; i < db_ntables; i++) {
		sql_val v[DB_COLS_MAX];
		if (db_tables[i].class != TABLE_LEDGERED)
			continue;
		for (int n = 1; n <= 3; n++) {
			for (uint16_t c = 0; c < db_tables[i].ncols; c++)
				v[c] = db_tables[i].col[c].type == SQL_INT
					       ? sql_int(n)
					       : sql_text(str_fmt(tx_arena(t), "值%d", n));
			TRY(tx_put(t, &db_tables[i], v));
		}
	}
	TRY(tx_event_end(t));
	return tx_look(t, &(look_row){.tenant = 1, .person = 5, .what = STR("case"), .purpose = STR("办件")});
}

/* What follows from those rows stands beside them. */
static void
fill_derived(fixture *x)
{
	for (uint16_t i = 0; i < db_ntables; i++)
		if (db_tables[i].class == TABLE_DERIVED &&
		    str_starts(str_of(db_tables[i].why), STR("SELECT ")))
			fixture_sql(
				x, str_fmt(x->a, "INSERT INTO %s %s", db_tables[i].name, db_tables[i].why).p);
}

static bool
names(const ledger_report *r, const db_table *t, const char *column, int32_t day)
{
	for (size_t i = 0; i < r->findings.n; i++) {
		const ledger_finding *k = &r->findings.v[i];
		if (strcmp(k->table, t->name) == 0 && k->day == day && str_find(k->key, STR("2")) >= 0 &&
		    (!column || (k->column && strcmp(k->column, column) == 0)))
			return true;
	}
	return false;
}

/* The key's columns cannot be changed in place without the row being another: then the old one is missing. */
static void
every_column_is_watched(fixture *x)
{
	store_command c = {.fn = fill_all, .a = x->a, .now = x->now};
	int32_t day = date_of_instant(x->now);

	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);
	fill_derived(x);
	assert_int_equal(check(x)->nfindings, 0);
	for (uint16_t i = 0; i < db_ntables; i++) {
		const db_table *t = &db_tables[i];
		for (uint16_t k = 0; t->class == TABLE_LEDGERED && k < t->ncols; k++) {
			const db_column *col = &t->col[k];
			const char *key = NULL;
			for (uint16_t j = 0; j < t->ncols; j++)
				if (t->col[j].key == 1)
					key = t->col[j].name;
			bool by_int = false;
			for (uint16_t j = 0; j < t->ncols; j++)
				by_int = by_int || (t->col[j].key == 1 && t->col[j].type == SQL_INT);
			const char *good = by_int ? "2" : "'值2'";
			const char *old = col->type == SQL_INT ? "2" : "'值2'",
				   *bad = col->type == SQL_INT ? "77" : "'坏'";
			bool first = col->key == 1;
			fixture_sql(x, str_fmt(x->a, "UPDATE %s SET %s = %s WHERE %s = %s", t->name,
					       col->name, bad, key, good)
					       .p);
			ledger_report *r = check(x);
			assert_true(r->nfindings > 0);
			if (!names(r, t, col->key ? NULL : col->name, day))
				fail_msg("%s.%s was edited and not named", t->name, col->name);
			fixture_sql(x, str_fmt(x->a, "UPDATE %s SET %s = %s WHERE %s = %s", t->name,
					       col->name, old, key, first ? bad : good)
					       .p);
		}
	}
	assert_int_equal(check(x)->nfindings, 0);
	fixture_sql(x, "INSERT INTO tenant VALUES (99, 1, 1, 1, 'x', 'x', '', '')");
	assert_string_equal(check(x)->findings.v[0].id, "ledger.extra");
	fixture_sql(x, "DELETE FROM tenant WHERE id = 99");
	fixture_sql(x, "DELETE FROM tenant WHERE id = 2");
	ledger_report *r = check(x);
	assert_string_equal(r->findings.v[0].id, "ledger.missing");
	assert_int_equal(r->findings.v[0].day, day);
}

static void
every_byte_of_the_chain_is_watched(fixture *x)
{
	static const char *const edit[] = {
		"UPDATE event SET at = at + 1 WHERE seq = 1",
		"UPDATE event SET actor = actor + 1 WHERE seq = 1",
		"UPDATE event SET office = office + 1 WHERE seq = 1",
		"UPDATE event SET kind = 'x' WHERE seq = 1",
		"UPDATE event SET subject = subject + 1 WHERE seq = 1",
		"UPDATE event SET kase = kase + 1 WHERE seq = 1",
		"UPDATE event SET purpose = 'x' WHERE seq = 1",
		"UPDATE event SET request = 'x' WHERE seq = 1",
		"UPDATE event SET body = substr(body, 1, 40) || CASE WHEN substr(body, 41, 1) = 'A' THEN 'B' "
		"ELSE 'A' END || "
		"substr(body, 42) WHERE seq = 1",
		"UPDATE event SET hash = 'x' WHERE seq = 1",
		"UPDATE look SET person = person + 1",
		"UPDATE look SET purpose = 'x'",
		"UPDATE ledger_head SET seq = seq + 1",
		"UPDATE ledger_head SET hash = 'x'",
		"DELETE FROM event WHERE seq = 2",
		"DELETE FROM ledger_head",
		"UPDATE seal_head SET signature = 'AAAA'",
		"UPDATE seal_head SET at = at + 1",
	};
	sign_key key = sign_key_of(seed);
	int64_t n = 0;
	char sql[512];

	for (size_t i = 0; i < LEN(edit); i++) {
		fixture *y = fixture_open(x->engine);
		store_command c = {.fn = fill_all, .a = y->a, .now = y->now};
		int64_t id = 0;
		assert_int_equal(store_write(y->s, &y->f, &c), RC_OK);
		fill_derived(y);
		assert_int_equal(make_office(y, &(new_office){.tenant = 1, .name = "甲"}, (str){0}, &id, &c),
				 RC_OK);
		assert_int_equal(ledger_sign(y->s, y->a, &y->f, &key, y->now, &n), RC_OK);
		assert_int_equal(n, 2);
		ledger_report *r = check(y);
		assert_int_equal(r->nfindings, 0);
		for (size_t k = 0; k < r->heads.n; k++)
			assert_true(r->heads.v[k].is_signed);
		snprintf(sql, sizeof sql, "%s", edit[i]);
		fixture_sql(y, sql);
		if (check(y)->nfindings == 0)
			fail_msg("not seen: %s", edit[i]);
		fixture_close(y);
	}
}

enum { PACKED = 70 };

/* In descending order of keys, for three tenants, one of the events sealed. */
static parcel *
packed_offices(fixture *x, db *d, const data_key *key)
{
	parcel *p = parcel_open(x->a, &x->f, x->s, d, x->now);
	tx *t = parcel_tx(p);
	char name[16];

	for (int64_t i = PACKED; i > 0; i--) {
		snprintf(name, sizeof name, "第%d处", (int)i);
		tx_event(t, &(event_head){.tenant = 1 + i % 3,
					  .actor = 7,
					  .kind = "office.opened",
					  .subject = i,
					  .key = i == 5 ? key : NULL});
		assert_int_equal(put_office(t, &(row_office){.tenant = 1 + i % 3,
							     .id = i,
							     .kind = STR("federation"),
							     .name = str_of(name),
							     .phone = STR("\t\\"),
							     .address = STR(""),
							     .closed = STR("")}),
				 RC_OK);
		assert_int_equal(tx_event_end(t), RC_OK);
		memset(name, 'x', sizeof name); /* a parcel keeps its own copy */
	}
	parcel_seal(p);
	return p;
}

static rc
lay(tx *t, const void *in, void *out)
{
	(void)out;
	return parcel_lay(t, in);
}

static void
a_parcel_is_as_good_as_its_commands(fixture *x)
{
	arena *own = arena_open(x->a, 0);
	db *d = NULL;
	data_key key;
	wrapped_key wrapped;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(seal_new(db_sealer(d), &x->f, 3, 5, &key, &wrapped), RC_OK);
	const parcel *p = packed_offices(x, d, &key);
	arena_close(own);
	store_command c = {.fn = lay, .in = p, .a = x->a, .now = x->now, .plain = true};
	c.keys = &wrapped;
	c.nkeys = 1;
	assert_int_equal(store_write(x->s, &x->f, &c), RC_OK);
	ledger_report *r = check(x);
	assert_int_equal(r->nfindings, 0);
	assert_int_equal(r->events, PACKED);
	assert_int_equal(r->heads.n, 3);
	assert_int_equal(store_write(x->s, &x->f, &c), RC_CONFLICT);
	assert_int_equal(check(x)->events, PACKED);
	fixture_sql(x, "UPDATE office SET name = '改' WHERE id = 5");
	assert_int_equal(check(x)->nfindings, 1);
}

/* ---- commands that share a transaction ---- */

enum { BLOCKERS = 4, PLAIN = 10, TAKEN = 6 };

typedef struct gate {
	pthread_mutex_t lock;
	pthread_cond_t turn;
	bool open;
	int waiting;
} gate;

/* Keeps a writer busy until all that shall go together stands in the queue. */
static rc
wait_for_gate(tx *t, const void *in, void *out)
{
	gate *g = out;

	(void)t;
	(void)in;
	pthread_mutex_lock(&g->lock);
	g->waiting++;
	pthread_cond_broadcast(&g->turn);
	while (!g->open)
		pthread_cond_wait(&g->turn, &g->lock);
	pthread_mutex_unlock(&g->lock);
	return RC_OK;
}

static rc
open_plain(tx *t, const void *in, void *out)
{
	int64_t id = *(const int64_t *)in;

	(void)out;
	TRY(tx_look(t, &(look_row){.tenant = 1, .actor = 7, .what = STR("person"), .purpose = STR("办证")}));
	tx_event(t, &(event_head){.tenant = 1, .actor = 7, .kind = "office.opened", .subject = id});
	return put_office(t, &(row_office){.tenant = 1,
					   .id = id,
					   .kind = STR("federation"),
					   .name = STR("甲"),
					   .phone = STR(""),
					   .address = STR(""),
					   .closed = STR("")});
}

static void
landed(store_command *c)
{
	gate *g = c->ctx;

	pthread_mutex_lock(&g->lock);
	g->waiting--;
	pthread_cond_broadcast(&g->turn);
	pthread_mutex_unlock(&g->lock);
}

static void
one_refusal_leaves_the_other_plain_commands(fixture *x)
{
	gate g = {.lock = PTHREAD_MUTEX_INITIALIZER, .turn = PTHREAD_COND_INITIALIZER};
	int blockers = x->engine == ENGINE_POSTGRES ? BLOCKERS : 1;
	store_command block[BLOCKERS], c[PLAIN];
	int64_t id[PLAIN];

	for (int i = 0; i < blockers; i++) {
		block[i] = (store_command){.fn = wait_for_gate,
					   .out = &g,
					   .a = arena_open(x->a, 0),
					   .now = x->now,
					   .done = landed,
					   .ctx = &g};
		store_submit(x->s, &block[i]);
	}
	pthread_mutex_lock(&g.lock);
	while (g.waiting < blockers)
		pthread_cond_wait(&g.turn, &g.lock);
	g.waiting += PLAIN;
	pthread_mutex_unlock(&g.lock);
	for (int i = 0; i < PLAIN; i++) {
		id[i] = i == TAKEN ? 1 : i + 1; /* the first one's */
		c[i] = (store_command){.fn = open_plain,
				       .in = &id[i],
				       .a = arena_open(x->a, 0),
				       .now = x->now,
				       .plain = true,
				       .done = landed,
				       .ctx = &g};
		store_submit(x->s, &c[i]);
	}
	pthread_mutex_lock(&g.lock);
	g.open = true;
	pthread_cond_broadcast(&g.turn);
	while (g.waiting > 0)
		pthread_cond_wait(&g.turn, &g.lock);
	pthread_mutex_unlock(&g.lock);
	for (int i = 0; i < PLAIN; i++)
		assert_int_equal(c[i].rc, i == TAKEN ? RC_CONFLICT : RC_OK);
	ledger_report *r = check(x);
	assert_int_equal(r->nfindings, 0);
	assert_int_equal(r->events, PLAIN - 1);
	assert_int_equal(r->looks, PLAIN - 1);
}

typedef struct order {
	fixture *x;
	store_command person, slice[6];
	gate g;
	int n, person_was, last_was;
	bool refused;
} order;

static rc
person_comes(tx *t, const void *in, void *out)
{
	order *o = out;

	(void)in;
	o->person_was = o->n++;
	return o->refused ? FAIL(tx_fault(t), RC_INVALID, "test.refused") : RC_OK;
}

/* Somebody comes while the second slice is at work. */
static rc
slice_runs(tx *t, const void *in, void *out)
{
	order *o = out;
	const int *i = in;

	if (*i == 1 && o->person_was < 0)
		store_submit(o->x->s, &o->person);
	o->last_was = *i;
	o->n++;
	return tx_look(t,
		       &(look_row){.tenant = 1, .actor = *i, .what = STR("person"), .purpose = STR("办证")});
}

static void
come_while_slices_run(fixture *x, order *o, bool plain)
{
	static const int number[] = {0, 1, 2, 3, 4, 5};
	store_command block;

	o->x = x;
	o->person_was = -1;
	o->g = (gate){.lock = PTHREAD_MUTEX_INITIALIZER,
		      .turn = PTHREAD_COND_INITIALIZER,
		      .waiting = (int)LEN(number) + 2};
	o->person = (store_command){.fn = person_comes,
				    .out = o,
				    .a = arena_open(x->a, 0),
				    .now = x->now,
				    .done = landed,
				    .ctx = &o->g};
	block = o->person;
	block.fn = wait_for_gate;
	block.out = &o->g;
	o->person.plain = plain;
	store_submit(x->s, &block);
	for (size_t i = 0; i < LEN(number); i++) {
		o->slice[i] = (store_command){.fn = slice_runs,
					      .in = &number[i],
					      .out = o,
					      .a = arena_open(x->a, 0),
					      .now = x->now,
					      .lane = LANE_JOB,
					      .plain = true,
					      .done = landed,
					      .ctx = &o->g};
		store_submit(x->s, &o->slice[i]);
	}
	pthread_mutex_lock(&o->g.lock);
	o->g.open = true;
	pthread_cond_broadcast(&o->g.turn);
	while (o->g.waiting > 1) /* wait_for_gate counted itself once more */
		pthread_cond_wait(&o->g.turn, &o->g.lock);
	pthread_mutex_unlock(&o->g.lock);
	for (size_t i = 0; i < LEN(number); i++)
		assert_int_equal(o->slice[i].rc, RC_OK);
	assert_int_equal(o->last_was, 5);
	ledger_report *r = check(x);
	assert_int_equal(r->nfindings, 0);
	assert_int_equal(r->looks, LEN(number));
}

static void
nobody_waits_for_more_than_one_slice(fixture *x)
{
	order o = {0};

	come_while_slices_run(x, &o, false);
	assert_int_equal(o.person.rc, RC_OK);
	assert_int_equal(o.person_was, 2);
	assert_int_equal(o.n, LEN(o.slice) + 1);
}

/* He has a savepoint of his own among the slices. */
static void
who_is_refused_beside_slices_leaves_them(fixture *x)
{
	order o = {.refused = true};

	come_while_slices_run(x, &o, false);
	assert_int_equal(o.person.rc, RC_INVALID);
	assert_int_equal(o.n, LEN(o.slice) + 1);
}

/* He has none: the slices run again, and he alone. */
static void
a_plain_refusal_beside_slices_leaves_them(fixture *x)
{
	order o = {.refused = true};

	come_while_slices_run(x, &o, true);
	assert_int_equal(o.person.rc, RC_INVALID);
	assert_true(o.n > (int)LEN(o.slice) + 1);
}

typedef struct beside {
	gate g;
	int now, most;
} beside;

static rc
slice_beside_others(tx *t, const void *in, void *out)
{
	beside *b = out;

	(void)t;
	(void)in;
	pthread_mutex_lock(&b->g.lock);
	b->now++;
	b->most = MAX(b->most, b->now);
	pthread_mutex_unlock(&b->g.lock);
	usleep(20000);
	pthread_mutex_lock(&b->g.lock);
	b->now--;
	pthread_mutex_unlock(&b->g.lock);
	return RC_OK;
}

/* Behind four slices on four writers somebody would wait for the time of four. */
static void
where_people_come_slices_run_one_by_one(fixture *x)
{
	beside b = {.g = {.lock = PTHREAD_MUTEX_INITIALIZER, .turn = PTHREAD_COND_INITIALIZER, .waiting = 8}};
	order o = {.x = x, .person_was = -1};
	store_command slice[8], person = {.fn = person_comes, .out = &o, .a = x->a, .now = x->now};

	assert_int_equal(store_write(x->s, &x->f, &person), RC_OK);
	for (size_t i = 0; i < LEN(slice); i++) {
		slice[i] = (store_command){.fn = slice_beside_others,
					   .out = &b,
					   .a = arena_open(x->a, 0),
					   .now = x->now,
					   .lane = LANE_JOB,
					   .done = landed,
					   .ctx = &b.g};
		store_submit(x->s, &slice[i]);
	}
	pthread_mutex_lock(&b.g.lock);
	while (b.g.waiting > 0)
		pthread_cond_wait(&b.g.turn, &b.g.lock);
	pthread_mutex_unlock(&b.g.lock);
	for (size_t i = 0; i < LEN(slice); i++)
		assert_int_equal(slice[i].rc, RC_OK);
	assert_int_equal(b.most, 1);
}

/* SQLite is the engine on which everybody waits for one writer. */
SQLITE(nobody_waits_for_more_than_one_slice)
SQLITE(who_is_refused_beside_slices_leaves_them)
SQLITE(a_plain_refusal_beside_slices_leaves_them)

static const sql_stmt echo = {
	.name = "echo",
	.text = "SELECT CAST($1 AS BIGINT)",
	.nparams = 1,
	.ncols = 1,
	.params = (const uint8_t[]){SQL_INT},
	.cols = (const uint8_t[]){SQL_INT},
};

static void
answers(db *d, fault *f, int64_t n)
{
	db_rows rows;

	assert_int_equal(db_query(d, f, &echo, (const sql_val[]){{.kind = SQL_INT, .i = n}}, &rows), RC_OK);
	assert_int_equal(db_next(&rows, f), RC_OK);
	assert_int_equal(rows.v[0].i, n);
	assert_int_equal(db_next(&rows, f), RC_NOT_FOUND);
	db_done(&rows);
}

/* A whole roster is read in one snapshot: what was asked ahead for those before does not pile up. */
static void
many_are_asked_ahead_in_one_reading(fixture *x)
{
	enum { MANY = 2000, BATCH = 3 };
	db *d = NULL;

	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	for (int64_t i = 0; i < MANY; i += BATCH) {
		for (int64_t k = 0; k < BATCH; k++)
			db_ahead(d, &echo, (const sql_val[]){{.kind = SQL_INT, .i = i + k}});
		for (int64_t k = BATCH; k-- > 0;)
			answers(d, &x->f, i + k);
		answers(d, &x->f, i); /* again */
		answers(d, &x->f, -i);
	}
	store_read_end(x->s, d);
}

BOTH(writes_and_rebuilds)
BOTH(a_parcel_is_as_good_as_its_commands)
BOTH(one_refusal_leaves_the_other_plain_commands)
BOTH(refusals_leave_nothing)
BOTH(asked_twice_done_once)
BOTH(many_at_once)
BOTH(unopenable_stores_are_refused)
BOTH(sealed_values_open_only_in_place)
BOTH(a_refused_record_has_no_key)
BOTH(every_column_is_watched)
BOTH(every_byte_of_the_chain_is_watched)
BOTH(many_are_asked_ahead_in_one_reading)
BOTH(where_people_come_slices_run_one_by_one)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(writes_and_rebuilds),
		BOTH_TESTS(a_parcel_is_as_good_as_its_commands),
		BOTH_TESTS(one_refusal_leaves_the_other_plain_commands),
		cmocka_unit_test(nobody_waits_for_more_than_one_slice_sqlite),
		cmocka_unit_test(who_is_refused_beside_slices_leaves_them_sqlite),
		cmocka_unit_test(a_plain_refusal_beside_slices_leaves_them_sqlite),
		BOTH_TESTS(refusals_leave_nothing),
		BOTH_TESTS(asked_twice_done_once),
		BOTH_TESTS(many_at_once),
		BOTH_TESTS(unopenable_stores_are_refused),
		BOTH_TESTS(sealed_values_open_only_in_place),
		BOTH_TESTS(a_refused_record_has_no_key),
		BOTH_TESTS(every_column_is_watched),
		BOTH_TESTS(every_byte_of_the_chain_is_watched),
		BOTH_TESTS(many_are_asked_ahead_in_one_reading),
		BOTH_TESTS(where_people_come_slices_run_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
