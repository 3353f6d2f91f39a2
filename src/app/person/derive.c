/* derive.c - what follows from the register's rows and is not in the ledger: made again for the check. */
#include "app/person/person.h"

#include "app/person_sql.h"
#include "app/region/region.h"
#include "base/pinyin.h"
#include "base/utf8.h"
#include "store/rows.h"

enum { PAGE = 1000 };

typedef rc one_person(db *made, sealer *keys, arena *a, fault *f, const person_walk_row *p);

/* Calls `each` for everybody in the rebuilt database. */
static rc
walk(db *made, sealer *keys, arena *a, fault *f, one_person *each)
{
	person_tenants_rows tenants;
	person_walk_rows page;

	TRY(sql_person_tenants(made, a, f, &tenants));
	for (size_t t = 0; t < tenants.n; t++) {
		int64_t after = 0;
		do {
			arena *own = arena_open(a, 0);
			TRY(sql_person_walk(
				made, own, f,
				&(person_walk_in){.tenant = tenants.v[t].tenant, .after = after, .n = PAGE},
				&page));
			for (size_t i = 0; i < page.n; i++)
				TRY(each(made, keys, own, f, &page.v[i]));
			after = page.n ? page.v[page.n - 1].id : after;
			arena_close(own);
		} while (page.n == PAGE);
	}
	return RC_OK;
}

static rc
index_row(db *made, sealer *keys, arena *a, fault *f, const person_walk_row *p, index_kind kind, str number)
{
	str idx;

	TRY(seal_index(keys, a, f, kind == INDEX_ID_NUMBER ? "id_number" : "certificate", number, &idx));
	int64_t leads_to = p->merged_into ? p->merged_into : p->id;
	const sql_val v[] = {sql_text(idx), sql_int(kind), sql_int(p->tenant), sql_int(leads_to)};
	return ledger_derive_row(made, f, &db_tables[T_IDMAP], v);
}

static rc
open_and_index(db *made, sealer *keys, arena *a, fault *f, const person_walk_row *p)
{
	certificate_numbers_rows certs;
	data_key key;
	str number;
	rc r = seal_find(keys, f, p->tenant, p->id, &key);

	if (r == RC_NOT_FOUND)
		return RC_OK; /* shredded: no index either */
	TRY(r);
	TRY(seal_open(keys, a, f, &key, &(seal_place){.table = "person", .column = "id_number", .row = p->id},
		      p->id_number, &number));
	if (number.n)
		TRY(index_row(made, keys, a, f, p, INDEX_ID_NUMBER, number));
	TRY(sql_certificate_numbers(made, a, f,
				    &(certificate_numbers_in){.tenant = p->tenant, .person = p->id}, &certs));
	str *known = arena_array(a, str, certs.n + 1);
	for (size_t i = 0; i < certs.n; i++) {
		bool again = false; /* a renewed one bears the number of the one that expired */
		TRY(seal_open(keys, a, f, &key,
			      &(seal_place){.table = "certificate", .column = "number", .row = certs.v[i].id},
			      certs.v[i].number, &known[i]));
		for (size_t k = 0; k < i; k++)
			again = again || str_eq(known[k], known[i]);
		if (!again)
			TRY(index_row(made, keys, a, f, p, INDEX_CERTIFICATE, known[i]));
	}
	crypto_wipe(&key, sizeof key);
	return RC_OK;
}

static rc
fill_idmap(db *made, sealer *keys, arena *a, fault *f)
{
	return walk(made, keys, a, f, open_and_index);
}

static rc
both_keys(db *made, sealer *keys, arena *a, fault *f, const person_walk_row *p)
{
	person_open_places_rows places;
	str key[2];

	(void)keys;
	if (p->merged_into)
		return RC_OK; /* found under the record it was merged into */
	key[0] = person_name_key(a, p->name);
	key[1] = person_pinyin_key(a, p->name);
	TRY(sql_person_open_places(made, a, f, &(person_open_places_in){.owner = p->tenant, .person = p->id},
				   &places));
	for (size_t i = 0; i < places.n; i++)
		for (int k = 0; k < (str_eq(key[0], key[1]) ? 1 : 2); k++) {
			const sql_val v[] = {sql_int(places.v[i].tenant), sql_text(key[k]),
					     sql_int(p->tenant), sql_int(p->id)};
			TRY(ledger_derive_row(made, f, &db_tables[T_NAME_KEY], v));
		}
	return RC_OK;
}

static rc
fill_name_key(db *made, sealer *keys, arena *a, fault *f)
{
	return walk(made, keys, a, f, both_keys);
}

const ledger_derived person_derived[] = {
	{.table = "region_key", .fill = region_fill_keys},
	{.table = "idmap", .fill = fill_idmap},
	{.table = "name_key", .fill = fill_name_key},
	{0},
};
