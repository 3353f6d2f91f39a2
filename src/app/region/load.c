/* load.c - see region.h: the packed lists into the tables, one command and one event a province. */
#include "app/region/region.h"
#include "app/region_sql.h"
#include "store/rows.h"

#define FOLDER "lists/divisions/"

static rc
put_row(tx *t, const division *v, str valid_from)
{
	region_kind kind = v->heading                     ? REGION_HEADING
			   : v->kind == DIV_RURAL         ? REGION_VILLAGE
			   : v->kind == DIV_NEIGHBOURHOOD ? REGION_NEIGHBOURHOOD
							  : REGION_PLAIN;

	return put_region(t, &(row_region){.code = v->code,
					   .name = v->name,
					   .level = v->level,
					   .lowest = v->lowest,
					   .parent = v->parent,
					   .kind = kind,
					   .valid_from = valid_from});
}

rc
region_load_run(tx *t, const void *in, void *out)
{
	const region_load_in *k = in;
	fault *f = tx_fault(t);
	arena *own = arena_open(tx_arena(t), 0);
	divpack d = {0};
	division v = {0};
	row_region_set set = {0};
	rc r = RC_OK;

	TRY(divpack_open(f, k->text, &d));
	TRY(divpack_next(&d, f, &v));
	r = find_region_set(t, v.code, &set);
	if (r != RC_NOT_FOUND)
		return r == RC_OK ? (rc)FAIL(f, RC_CONFLICT, "region.loaded", FA_STR("name", v.name)) : r;
	set = (row_region_set){.province = v.code,
			       .source = d.source,
			       .valid_from = date_str(tx_arena(t), d.valid_from),
			       .fictitious = d.fictitious};
	tx_bulk(t);
	tx_event(t, &(event_head){.actor = k->actor,
				  .office = k->office,
				  .kind = "region.loaded",
				  .subject = v.code,
				  .purpose = d.source});
	for (r = RC_OK; r == RC_OK; r = divpack_next(&d, f, &v)) {
		TRY(put_row(t, &v, set.valid_from));
		set.divisions++;
		if (v.level == DIV_VILLAGE)
			continue;
		region_key_put_in key = {v.code, v.level, region_key_text(own, v.name)};
		TRY(sql_region_key_put(tx_db(t), f, &key, NULL));
		arena_reset(own);
	}
	if (r != RC_NOT_FOUND)
		return r;
	*(int64_t *)out = set.divisions;
	return put_region_set(t, &set);
}

region_numbers
region_offered(const pack *p, arena *a, bool fictitious)
{
	region_numbers all = {0};
	str name;

	for (size_t i = 0; pack_each(p, STR(FOLDER), &i, &name);) {
		int64_t n = 0;
		if (str_to_i64(str_sub(name, sizeof FOLDER - 1, 2), &n) && (n != 99 || fictitious))
			*vec_add(a, &all) = (int)n;
	}
	return all;
}

static bool
has_province(const region_sets *sets, int n)
{
	for (size_t i = 0; i < sets->n; i++)
		if (sets->v[i].province / div_span(DIV_PROVINCE) == n)
			return true;
	return false;
}

static rc
load_one(store *s, const pack *p, fault *f, int n, int64_t now, int64_t *rows)
{
	arena *a = arena_open(NULL, 0);
	region_load_in in = {0};
	int64_t added = 0;
	rc r = pack_find(p, a, str_fmt(a, FOLDER "%02d.txt", n), &in.text);

	if (r == RC_NOT_FOUND) {
		r = FAIL(f, RC_INVALID, "region.province", FA_INT("number", n));
	} else {
		store_command c = {.fn = region_load_run,
				   .in = &in,
				   .out = &added,
				   .a = a,
				   .now = now,
				   .lane = LANE_JOB};
		r = store_write(s, f, &c);
	}
	arena_close(a);
	*rows += added;
	return r;
}

rc
region_load(store *s, const pack *p, fault *f, const region_numbers *province, int64_t now, int64_t *rows)
{
	arena *a = arena_open(NULL, 0);
	region_sets sets = {0};
	db *d = NULL;

	*rows = 0;
	rc r = store_read(s, a, f, &d);
	if (r == RC_OK)
		r = region_loaded(d, a, f, &sets);
	if (d)
		store_read_end(s, d);
	for (size_t i = 0; r == RC_OK && i < province->n; i++)
		if (!has_province(&sets, province->v[i]))
			r = load_one(s, p, f, province->v[i], now, rows);
	arena_close(a);
	return r;
}
