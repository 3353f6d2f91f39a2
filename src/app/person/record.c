/* record.c - see record.h. */
#include "app/person/record.h"

#include "app/person/person_priv.h"
#include "app/person_sql.h"
#include "store/rows.h"

/* The last day of a fact without an end: later than every day that is written. */
#define NEVER STR("9999-99-99")

typedef struct recording {
	tx *t;
	const fact_record *k;
	str end; /* the last day of the new fact, or NEVER */
} recording;

rc
person_write_ok(db *d, arena *a, fault *f, const actor *who, const person_ref *p)
{
	person_places_rows rows;

	TRY(sql_person_places(d, a, f,
			      &(person_places_in){.tenant = person_ref_tenant(p), .person = person_ref_id(p)},
			      &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].kind == PLACE_REGISTRATION && rows.v[i].valid_to.n == 0 &&
		    may(who, PERM_PERSON_WRITE, rows.v[i].region))
			return RC_OK;
	return FAIL(f, RC_DENIED, "person.write_denied");
}

static str
end_of(str valid_to)
{
	return valid_to.n ? valid_to : NEVER;
}

/* The neighbour of a day; the texts are days, or they are left as they are. */
static str
day_beside(arena *a, str day, int32_t step)
{
	int32_t d = 0;

	return date_parse(day, &d) ? date_str(a, d + step) : day;
}

static bool
is_about(const recording *r, const person_facts_row *x)
{
	return x->superseded_at == 0 && str_eq(x->field, r->k->field) &&
	       (!r->k->many || str_eq(x->value, r->k->value));
}

static bool
overlaps(const recording *r, const person_facts_row *x)
{
	return str_cmp(x->valid_from, r->end) <= 0 && str_cmp(end_of(x->valid_to), r->k->valid_from) >= 0;
}

/* Without an end of its own the new fact holds until the next one that is known begins. */
static void
find_end(recording *r, const person_facts_rows *rows)
{
	r->end = end_of(r->k->valid_to);
	if (r->k->valid_to.n)
		return;
	for (size_t i = 0; i < rows->n; i++) {
		const person_facts_row *x = &rows->v[i];
		bool later = is_about(r, x) && str_cmp(x->valid_from, r->k->valid_from) > 0;
		if (later && str_cmp(x->valid_from, r->end) <= 0)
			r->end = day_beside(tx_arena(r->t), x->valid_from, -1);
	}
}

static rc
check(const recording *r, const person_facts_rows *rows)
{
	const fact_record *k = r->k;
	fault *f = tx_fault(r->t);
	int32_t from = 0;

	if (date_parse(k->valid_from, &from) && from > tx_today(r->t))
		return FAIL(f, RC_INVALID, "person.fact_future", FA_FIELD(STR("valid_from")));
	if (str_cmp(end_of(k->valid_to), k->valid_from) < 0)
		return FAIL(f, RC_INVALID, "person.fact_dates", FA_FIELD(STR("valid_to")));
	for (size_t i = 0; i < rows->n; i++) {
		const person_facts_row *x = &rows->v[i];
		bool covers = str_cmp(x->valid_from, k->valid_from) <= 0 &&
			      str_cmp(end_of(x->valid_to), r->end) >= 0;
		bool ends = k->many && k->valid_to.n && x->valid_to.n == 0;
		if (is_about(r, x) && str_eq(x->value, k->value) && covers && !ends)
			return FAIL(f, RC_CONFLICT, "person.fact_same", FA_FIELD(STR("value")));
	}
	return RC_OK;
}

static rc
put_piece(const recording *r, const person_facts_row *x, str from, str end)
{
	return put_fact(r->t, &(row_fact){.tenant = person_ref_tenant(r->k->person),
					  .person = person_ref_id(r->k->person),
					  .id = tx_id(r->t),
					  .field = x->field,
					  .value = x->value,
					  .valid_from = from,
					  .valid_to = str_eq(end, NEVER) ? STR("") : end,
					  .recorded_at = tx_now(r->t),
					  .source = x->source});
}

/* Supersedes one row; what it says of the days beside the new fact is kept. */
static rc
make_room(const recording *r, const person_facts_row *x)
{
	const fact_record *k = r->k;
	arena *a = tx_arena(r->t);
	str end = end_of(x->valid_to);

	TRY(close_fact(r->t, person_ref_tenant(k->person), person_ref_id(k->person), x->id, tx_now(r->t)));
	if (str_cmp(x->valid_from, k->valid_from) < 0)
		TRY(put_piece(r, x, x->valid_from, day_beside(a, k->valid_from, -1)));
	/* of one value among several, a later end is what is being corrected */
	if (!k->many && str_cmp(end, r->end) > 0)
		TRY(put_piece(r, x, day_beside(a, r->end, 1), end));
	return RC_OK;
}

static rc
write_rows(const recording *r, const person_facts_rows *rows)
{
	const fact_record *k = r->k;
	person_facts_row x = {.field = k->field, .value = k->value, .source = k->source};
	str from = k->valid_from;

	for (size_t i = 0; i < rows->n; i++) {
		const person_facts_row *old = &rows->v[i];
		if (!is_about(r, old) || !overlaps(r, old))
			continue;
		if (k->many && str_cmp(old->valid_from, from) < 0) {
			/* the same value since earlier: one row, not two */
			from = old->valid_from;
			TRY(close_fact(r->t, person_ref_tenant(k->person), person_ref_id(k->person), old->id,
				       tx_now(r->t)));
			continue;
		}
		TRY(make_room(r, old));
	}
	return put_piece(r, &x, from, r->end);
}

rc
person_fact_record(tx *t, const void *in, void *out)
{
	const fact_record *k = in;
	recording r = {.t = t, .k = k};
	int64_t tenant = person_ref_tenant(k->person), id = person_ref_id(k->person);
	arena *a = tx_arena(t);
	fault *f = tx_fault(t);
	db *d = tx_db(t);
	row_person p;
	person_facts_rows rows;
	data_key *key = arena_new(a, data_key);

	(void)out;
	TRY(find_person(t, tenant, id, &p));
	TRY(person_write_ok(d, a, f, k->by, k->person));
	if (p.merged_into != 0)
		return FAIL(f, RC_CONFLICT, "person.is_merged");
	TRY(sql_person_facts(d, a, f, &(person_facts_in){.tenant = tenant, .person = id}, &rows));
	find_end(&r, &rows);
	TRY(check(&r, &rows));
	TRY(seal_find(db_sealer(d), f, tenant, id, key));
	tx_event(t, &(event_head){.tenant = tenant,
				  .actor = k->by->account,
				  .office = k->by->office,
				  .kind = "fact.recorded",
				  .subject = id,
				  .purpose = k->purpose,
				  .key = key});
	rc r2 = write_rows(&r, &rows);
	if (r2 == RC_OK)
		r2 = tx_event_end(t);
	crypto_wipe(key, sizeof *key);
	return r2;
}

static bool
among(str values, str value)
{
	str one;

	while (str_next(&values, ' ', &one))
		if (str_eq(one, value))
			return true;
	return false;
}

rc
person_facts_put(tx *t, const facts_in *in)
{
	arena *a = tx_arena(t);
	const fact_record k = {.person = person_ref_of(a, in->tenant, in->person),
			       .field = in->field,
			       .value = in->values,
			       .valid_from = in->valid_from,
			       .source = in->source};
	recording r = {.t = t, .k = &k};
	str rest = in->values, value, kept = STR("");
	person_facts_rows rows;

	TRY(sql_person_facts(tx_db(t), a, tx_fault(t),
			     &(person_facts_in){.tenant = in->tenant, .person = in->person}, &rows));
	find_end(&r, &rows);
	for (size_t i = 0; i < rows.n; i++) {
		const person_facts_row *x = &rows.v[i];
		bool covers =
			str_cmp(x->valid_from, k.valid_from) <= 0 && str_cmp(end_of(x->valid_to), r.end) >= 0;
		if (!is_about(&r, x) || !overlaps(&r, x))
			continue;
		if (covers && among(in->values, x->value))
			kept = str_fmt(a, "%.*s %.*s", STR_ARG(kept), STR_ARG(x->value));
		else
			TRY(make_room(&r, x));
	}
	while (str_next(&rest, ' ', &value)) {
		const person_facts_row x = {.field = in->field, .value = value, .source = in->source};
		if (value.n && !among(kept, value))
			TRY(put_piece(&r, &x, in->valid_from, r.end));
	}
	return RC_OK;
}
