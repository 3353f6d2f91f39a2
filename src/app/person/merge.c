/* merge.c - see merge.h. */
#include "app/person/merge.h"

#include "app/person/person_priv.h"
#include "app/person/record.h"
#include "app/person_sql.h"
#include "store/rows.h"

/* One of the two records, with its key. */
typedef struct side {
	const person_ref *ref;
	row_person row;
	data_key key;
} side;

typedef struct pair {
	tx *t;
	const person_merge *k;
	side kept, gone;
} pair;

static void
wipe_keys(void *p)
{
	pair *x = p;

	crypto_wipe(&x->kept.key, sizeof x->kept.key);
	crypto_wipe(&x->gone.key, sizeof x->gone.key);
}

static rc
open_side(tx *t, const actor *by, const person_ref *ref, side *out)
{
	int64_t tenant = person_ref_tenant(ref), id = person_ref_id(ref);

	out->ref = ref;
	TRY(find_person(t, tenant, id, &out->row));
	TRY(person_write_ok(tx_db(t), tx_arena(t), tx_fault(t), by, ref));
	return seal_find(db_sealer(tx_db(t)), tx_fault(t), tenant, id, &out->key);
}

static rc
open_pair(tx *t, const person_merge *k, pair **out)
{
	pair *x = arena_new(tx_arena(t), pair);
	fault *f = tx_fault(t);

	arena_defer(tx_arena(t), wipe_keys, x);
	*x = (pair){.t = t, .k = k};
	if (k->purpose.n == 0)
		return FAIL(f, RC_INVALID, "merge.purpose", FA_FIELD(STR("reason")));
	if (person_ref_tenant(k->kept) != person_ref_tenant(k->gone))
		return FAIL(f, RC_INVALID, "merge.tenants", FA_FIELD(STR("number")));
	if (person_ref_id(k->kept) == person_ref_id(k->gone))
		return FAIL(f, RC_INVALID, "merge.same", FA_FIELD(STR("number")));
	TRY(open_side(t, k->by, k->kept, &x->kept));
	TRY(open_side(t, k->by, k->gone, &x->gone));
	*out = x;
	return RC_OK;
}

/* ---- numbers ---- */

static rc
point_number(const pair *x, const char *table, const char *column, int64_t row, str sealed,
	     const person_ref *to)
{
	arena *a = tx_arena(x->t);
	fault *f = tx_fault(x->t);
	sealer *s = db_sealer(tx_db(x->t));
	str number, idx;

	TRY(seal_open(s, a, f, &x->gone.key, &(seal_place){.table = table, .column = column, .row = row},
		      sealed, &number));
	if (number.n == 0)
		return RC_OK;
	TRY(seal_index(s, a, f, strcmp(table, "person") == 0 ? "id_number" : "certificate", number, &idx));
	return sql_idmap_point(
		tx_db(x->t), f,
		&(idmap_point_in){.idx = idx, .tenant = person_ref_tenant(to), .person = person_ref_id(to)},
		NULL);
}

/* Every number of the record that goes leads to `to`. */
static rc
point_numbers(const pair *x, const person_ref *to)
{
	const row_person *p = &x->gone.row;
	certificate_numbers_rows certs;

	TRY(point_number(x, "person", "id_number", p->id, p->id_number, to));
	TRY(sql_certificate_numbers(tx_db(x->t), tx_arena(x->t), tx_fault(x->t),
				    &(certificate_numbers_in){.tenant = p->tenant, .person = p->id}, &certs));
	for (size_t i = 0; i < certs.n; i++)
		TRY(point_number(x, "certificate", "number", certs.v[i].id, certs.v[i].number, to));
	return RC_OK;
}

/* ---- names ---- */

static rc
one_name(const pair *x, int64_t tenant, str key, bool found)
{
	const row_person *p = &x->gone.row;

	if (found)
		return put_name_key(
			x->t,
			&(row_name_key){.tenant = tenant, .key = key, .owner = p->tenant, .person = p->id});
	return sql_name_key_drop(
		tx_db(x->t), tx_fault(x->t),
		&(name_key_drop_in){.tenant = tenant, .key = key, .owner = p->tenant, .person = p->id}, NULL);
}

/* Is the record that goes found by its name, wherever it is? */
static rc
find_by_name(const pair *x, bool found)
{
	const row_person *p = &x->gone.row;
	arena *a = tx_arena(x->t);
	str characters = person_name_key(a, p->name), pinyin = person_pinyin_key(a, p->name);
	person_open_places_rows places;

	TRY(sql_person_open_places(tx_db(x->t), a, tx_fault(x->t),
				   &(person_open_places_in){.owner = p->tenant, .person = p->id}, &places));
	for (size_t i = 0; i < places.n; i++) {
		TRY(one_name(x, places.v[i].tenant, characters, found));
		if (!str_eq(characters, pinyin))
			TRY(one_name(x, places.v[i].tenant, pinyin, found));
	}
	return RC_OK;
}

/* ---- both ways ---- */

static void
begin(const pair *x, const side *s, const char *kind)
{
	tx_event(x->t, &(event_head){.tenant = s->row.tenant,
				     .actor = x->k->by->account,
				     .office = x->k->by->office,
				     .kind = kind,
				     .subject = s->row.id,
				     .purpose = x->k->purpose,
				     .key = &s->key});
}

typedef struct turn {
	const char *of_gone, *of_kept; /* kinds of the two events */
	int64_t merged_into;
	const person_ref *numbers; /* whom they lead to */
	bool by_name;
} turn;

static rc
turn_pair(pair *x, const turn *how)
{
	row_person p = x->gone.row;

	p.merged_into = how->merged_into;
	begin(x, &x->gone, how->of_gone);
	TRY(patch_person(x->t, &p, PERSON_MERGED_INTO));
	TRY(point_numbers(x, how->numbers));
	TRY(find_by_name(x, how->by_name));
	TRY(tx_event_end(x->t));
	begin(x, &x->kept, how->of_kept);
	return tx_event_end(x->t);
}

rc
person_merge_run(tx *t, const void *in, void *out)
{
	pair *x = NULL;
	person_refs others;
	fault *f = tx_fault(t);

	(void)out;
	TRY(open_pair(t, in, &x));
	if (x->kept.row.merged_into != 0 || x->gone.row.merged_into != 0)
		return FAIL(f, RC_CONFLICT, "merge.already");
	TRY(person_merged_into(tx_db(t), tx_arena(t), f, x->k->gone, &others));
	if (others.n)
		return FAIL(f, RC_CONFLICT, "merge.has_others");
	return turn_pair(x, &(turn){.of_gone = "person.merged",
				    .of_kept = "person.took_in",
				    .merged_into = x->kept.row.id,
				    .numbers = x->k->kept});
}

rc
person_unmerge_run(tx *t, const void *in, void *out)
{
	pair *x = NULL;

	(void)out;
	TRY(open_pair(t, in, &x));
	if (x->gone.row.merged_into != x->kept.row.id)
		return FAIL(tx_fault(t), RC_CONFLICT, "merge.not");
	return turn_pair(x, &(turn){.of_gone = "person.unmerged",
				    .of_kept = "person.gave_back",
				    .numbers = x->k->gone,
				    .by_name = true});
}

/* ---- reading ---- */

void
person_merged_ahead(db *d, const person_ref *kept)
{
	ahead_person_merged(
		d, &(person_merged_in){.tenant = person_ref_tenant(kept), .kept = person_ref_id(kept)});
}

rc
person_merged_into(db *d, arena *a, fault *f, const person_ref *kept, person_refs *out)
{
	person_merged_rows rows;
	int64_t tenant = person_ref_tenant(kept);

	*out = (person_refs){0};
	TRY(sql_person_merged(d, a, f, &(person_merged_in){.tenant = tenant, .kept = person_ref_id(kept)},
			      &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = person_ref_of(a, tenant, rows.v[i].id);
	return RC_OK;
}

rc
person_merged_to(db *d, arena *a, fault *f, const person_view *p, const person_ref **out)
{
	int64_t tenant = person_ref_tenant(p->ref);
	person_row_row r;

	*out = NULL;
	if (p->merged_into <= 0)
		return RC_OK;
	TRY(sql_person_row(d, a, f, &(person_row_in){.tenant = tenant, .person = p->merged_into}, &r));
	*out = person_ref_of(a, tenant, p->merged_into);
	return RC_OK;
}
