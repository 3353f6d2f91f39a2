/* correction.c - see correction.h. */
#include "app/person/correction.h"

#include "app/person/person_priv.h"
#include "app/person_sql.h"
#include "store/rows.h"

static str
seal_words(tx *t, const data_key *key, const char *column, int64_t row, str words)
{
	return seal_text(db_sealer(tx_db(t)), tx_arena(t), key,
			 &(seal_place){.table = "correction", .column = column, .row = row}, words);
}

typedef rc write_fn(tx *t, const data_key *key, const void *in);

/* One event about a person with one change in it. */
static rc
in_event(tx *t, event_head *e, write_fn *write, const void *in)
{
	data_key *key = arena_new(tx_arena(t), data_key);

	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), e->tenant, e->subject, key));
	e->key = key;
	tx_event(t, e);
	rc r = write(t, key, in);
	if (r == RC_OK)
		r = tx_event_end(t);
	crypto_wipe(key, sizeof *key);
	return r;
}

/* ---- asking ---- */

static rc
put_asked(tx *t, const data_key *key, const void *in)
{
	const correction_new *n = in;
	int64_t id = tx_id(t);

	return put_correction(t, &(row_correction){.tenant = person_ref_tenant(n->person),
						   .person = person_ref_id(n->person),
						   .id = id,
						   .field = n->field,
						   .said = seal_words(t, key, "said", id, n->said),
						   .asked_by = n->by->account,
						   .asked = tx_now(t),
						   .state = CORRECTION_WAITS,
						   .answer = STR("")});
}

static rc
check_waiting(tx *t, const correction_new *n)
{
	corrections_of_rows rows;
	size_t open = 0;

	TRY(sql_corrections_of(tx_db(t), tx_arena(t), tx_fault(t),
			       &(corrections_of_in){.tenant = person_ref_tenant(n->person),
						    .person = person_ref_id(n->person)},
			       &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].state != CORRECTION_WAITS)
			continue;
		open++;
		if (str_eq(rows.v[i].field, n->field))
			return FAIL(tx_fault(t), RC_CONFLICT, "correction.waiting", FA_FIELD(STR("said")));
	}
	if (open >= CORRECTIONS_OPEN)
		return FAIL(tx_fault(t), RC_LIMIT, "correction.many", FA_FIELD(STR("said")),
			    FA_INT("n", CORRECTIONS_OPEN));
	return RC_OK;
}

rc
correction_ask(tx *t, const void *in, void *out)
{
	const correction_new *n = in;
	const person_ref *ref = NULL;
	event_head e = {.tenant = person_ref_tenant(n->person),
			.actor = n->by->account,
			.kind = "correction.asked",
			.subject = person_ref_id(n->person)};

	(void)out;
	if (n->by->kind != ACTOR_APPLICANT)
		return RC_NOT_FOUND;
	TRY(person_open(tx_db(t), tx_arena(t), tx_fault(t), n->by, e.tenant, e.subject, &ref));
	TRY(check_waiting(t, n));
	return in_event(t, &e, put_asked, n);
}

/* ---- answering ---- */

typedef struct answering {
	const correction_reply *n;
	row_correction row;
} answering;

static rc
put_answer(tx *t, const data_key *key, const void *in)
{
	const answering *k = in;
	row_correction r = k->row;

	r.state = (int16_t)k->n->state;
	r.answer = seal_words(t, key, "answer", r.id, k->n->words);
	r.office = k->n->by->office;
	r.actor = k->n->by->account;
	r.answered = tx_now(t);
	return patch_correction(t, &r,
				CORRECTION_STATE | CORRECTION_ANSWER | CORRECTION_OFFICE | CORRECTION_ACTOR |
					CORRECTION_ANSWERED);
}

rc
correction_answer(tx *t, const void *in, void *out)
{
	const correction_reply *n = in;
	answering k = {.n = n};
	event_head e = {.tenant = person_ref_tenant(n->person),
			.actor = n->by->account,
			.office = n->by->office,
			.kind = n->state == CORRECTION_DONE ? "correction.corrected" : "correction.refused",
			.subject = person_ref_id(n->person),
			.purpose = n->purpose};

	TRY(person_write_ok(tx_db(t), tx_arena(t), tx_fault(t), n->by, n->person));
	TRY(find_correction(t, e.tenant, e.subject, n->id, &k.row));
	if (k.row.state != CORRECTION_WAITS)
		return FAIL(tx_fault(t), RC_CONFLICT, "correction.answered");
	if (n->fact)
		TRY(person_fact_record(t, n->fact, out));
	return in_event(t, &e, put_answer, &k);
}

/* ---- reading ---- */

static rc
open_words(db *d, arena *a, fault *f, const person_ref *p, const char *column, int64_t row, str sealed,
	   str *out)
{
	*out = STR("");
	if (sealed.n == 0)
		return RC_OK;
	return person_reveal(d, a, f, p, &(seal_place){.table = "correction", .column = column, .row = row},
			     sealed, out);
}

void
corrections_ahead(db *d, const person_ref *p)
{
	ahead_corrections_of(
		d, &(corrections_of_in){.tenant = person_ref_tenant(p), .person = person_ref_id(p)});
}

rc
corrections_read(db *d, arena *a, fault *f, const person_ref *p, corrections *out)
{
	corrections_of_rows rows;

	*out = (corrections){0};
	TRY(sql_corrections_of(
		d, a, f, &(corrections_of_in){.tenant = person_ref_tenant(p), .person = person_ref_id(p)},
		&rows));
	for (size_t i = 0; i < rows.n; i++) {
		const corrections_of_row *r = &rows.v[i];
		correction_view *v = vec_add(a, out);
		*v = (correction_view){.id = r->id,
				       .asked = r->asked,
				       .answered = r->answered,
				       .state = (correction_state)r->state,
				       .field = r->field};
		TRY(open_words(d, a, f, p, "said", r->id, r->said, &v->said));
		TRY(open_words(d, a, f, p, "answer", r->id, r->answer, &v->answer));
	}
	return RC_OK;
}

rc
corrections_waiting_read(db *d, arena *a, fault *f, const actor *who, int64_t n, correction_lines *out)
{
	corrections_waiting_rows rows;

	*out = (correction_lines){0};
	TRY(sql_corrections_waiting(d, a, f, &who->scope,
				    &(corrections_waiting_in){.tenant = who->tenant, .n = n}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) =
			(correction_line){.person = person_ref_of(a, who->tenant, rows.v[i].person),
					  .id = rows.v[i].id,
					  .asked = rows.v[i].asked,
					  .name = rows.v[i].name,
					  .field = rows.v[i].field};
	return RC_OK;
}
