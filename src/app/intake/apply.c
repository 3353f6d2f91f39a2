/* apply.c - see apply.h. Taking a correction back is one more, with the value that was, from that same day
 * on: so every day reads as it did. */
#include "app/intake/apply.h"

#include "app/amend/amend.h"
#include "app/intake_sql.h"
#include "app/person/record.h"
#include "app/region/tenant.h"
#include "base/buf.h"
#include "store/rows.h"

enum { BATCH = 20, PAGE = 200 }; /* a person has fewer fields than a page has rows */

static const char *const never_taken[] = {"id_kind",      "id_number",          "sex",
					  "born",         "certificate_number", "category",
					  "level",        "components",         "certificate_status",
					  "cancelled_on", "cancel_reason",      "reissue",
					  "cause",        "assessed_on",        "guardian_proof",
					  "household"};

bool
intake_may_take(const field *x, str kept)
{
	(void)kept;
	for (size_t i = 0; i < LEN(never_taken); i++)
		if (str_eq(x->id, str_of(never_taken[i])))
			return false;
	return x->home == HOME_COLUMN || x->home == HOME_FACT;
}

/* ---- believing the sheet ---- */

typedef struct believing {
	const intake *in;
	const intake_belief *b;
	size_t row[BATCH]; /* of the table */
	size_t n;
	int64_t people;
} believing;

static bool
is_believed(const believing *k, size_t row, size_t d)
{
	const intake_result *r = &intake_results(k->in)[row];
	const intake_difference *x = &r->differences.v[d];

	return intake_may_take(x->field, x->kept) &&
	       k->b->takes(k->b->ctx, intake_row_number(k->in, row), x->field->id);
}

static rc
keep_change(const amending *g, const believing *k, size_t row, const intake_difference *d)
{
	const actor *who = intake_actor(k->in);
	int64_t import = intake_id(k->in);

	return put_import_change(g->t,
				 &(row_import_change){
					 .tenant = who->tenant,
					 .import = import,
					 .owner = g->tenant,
					 .person = g->person,
					 .field = d->field->id,
					 .line = intake_row_number(k->in, row),
					 .day = g->day,
					 .at = tx_now(g->t),
					 .kept = amend_seal(g, "import_change", "kept", import, d->kept),
					 .undone = 0,
				 });
}

/* What the register says now: another run may have come first. */
static rc
says_already(const amending *g, const believing *k, const intake_difference *d, bool *out)
{
	arena *a = tx_arena(g->t);
	fault *f = tx_fault(g->t);
	const person_ref *ref = NULL;
	record rec = {0};
	str now = STR("");

	TRY(person_open(tx_db(g->t), a, f, intake_actor(k->in), g->tenant, g->person, &ref));
	rc r = record_read(tx_db(g->t), a, f, intake_catalogue(k->in), ref, &rec);
	if (r == RC_OK)
		r = record_text(&rec, a, f, d->field, &now);
	record_done(&rec);
	*out = record_same(d->field, now, d->sheet);
	return r;
}

static rc
correct_fields(const amending *g, const believing *k, size_t row, bool *any)
{
	const intake_result *r = &intake_results(k->in)[row];

	for (size_t i = 0; i < r->differences.n; i++) {
		const intake_difference *d = &r->differences.v[i];
		bool there = false;
		if (!is_believed(k, row, i))
			continue;
		TRY(says_already(g, k, d, &there));
		rc e = there ? RC_NOT_FOUND : amend_field(g, d->field, d->sheet);
		if (e == RC_OK)
			e = keep_change(g, k, row, d);
		if (e != RC_OK && e != RC_NOT_FOUND)
			return e;
		*any = *any || e == RC_OK;
	}
	return RC_OK;
}

/* Whoever may write the record; RC_DENIED is an answer. */
static rc
may_write(tx *t, const actor *who, int64_t owner, int64_t person)
{
	const person_ref *ref = NULL;

	TRY(person_open(tx_db(t), tx_arena(t), tx_fault(t), who, owner, person, &ref));
	return person_write_ok(tx_db(t), tx_arena(t), tx_fault(t), who, ref);
}

static rc
correct_one(tx *t, const believing *k, size_t row, bool *any)
{
	const intake_result *r = &intake_results(k->in)[row];
	const actor *who = intake_actor(k->in);
	data_key key;
	rc e = may_write(t, who, r->owner, r->person);

	*any = false;
	if (e == RC_DENIED || e == RC_NOT_FOUND) {
		fault_clear(tx_fault(t));
		return RC_OK;
	}
	TRY(e);
	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), r->owner, r->person, &key));
	amending g = amending_of(t, &key, tx_today(t));
	g.source = str_cat(tx_arena(t), STR("存量："), intake_file(k->in));
	tx_event(t, &(event_head){.tenant = r->owner,
				  .actor = who->account,
				  .office = who->office,
				  .kind = "person.corrected",
				  .subject = r->person,
				  .key = &key});
	e = correct_fields(&g, k, row, any);
	if (e == RC_OK)
		e = tx_event_end(t);
	crypto_wipe(&key, sizeof key);
	return e;
}

static rc
correct_batch(tx *t, const void *in, void *out)
{
	const believing *k = in;
	int64_t *people = out;

	*people = 0;
	for (size_t i = 0; i < k->n; i++) {
		bool any = false;
		TRY(correct_one(t, k, k->row[i], &any));
		*people += any;
	}
	return RC_OK;
}

static rc
correct(believing *k, fault *f)
{
	arena *own = arena_open(NULL, 0);
	int64_t people = 0;
	store_command c = {.fn = correct_batch,
			   .in = k,
			   .out = &people,
			   .a = own,
			   .now = intake_now(k->in),
			   .lane = LANE_JOB};
	rc r = k->n ? store_write(intake_store(k->in), f, &c) : RC_OK;

	arena_close(own);
	k->people += people;
	k->n = 0;
	return r;
}

rc
intake_apply(const intake *in, fault *f, const intake_belief *b, int64_t *people)
{
	const intake_result *r = intake_results(in);
	size_t total = (size_t)intake_count(in).total;
	believing k = {.in = in, .b = b};

	*people = 0;
	for (size_t i = 0; i < total; i++) {
		bool any = false;
		for (size_t d = 0; r[i].verdict == INTAKE_DIFFERS && d < r[i].differences.n; d++)
			any = any || is_believed(&k, i, d);
		if (!any)
			continue;
		k.row[k.n++] = i;
		if (k.n == BATCH)
			TRY(correct(&k, f));
	}
	TRY(correct(&k, f));
	*people = k.people;
	return RC_OK;
}

/* ---- taking it back ---- */

static rc
put_back_fields(const amending *g, const apply_page *p, const intake_changes_row *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const field *x = field_find(p->c, v[i].field);
		str kept;
		TRY(amend_open(g, "import_change", "kept", p->import, v[i].kept, &kept));
		rc r = x ? amend_field(g, x, kept) : RC_NOT_FOUND;
		if (r != RC_OK && r != RC_NOT_FOUND)
			return r;
		TRY(patch_import_change(g->t,
					&(row_import_change){.tenant = p->who->tenant,
							     .import = p->import,
							     .owner = g->tenant,
							     .person = g->person,
							     .field = v[i].field,
							     .undone = tx_now(g->t)},
					IMPORT_CHANGE_UNDONE));
	}
	return RC_OK;
}

/* The changes of one person. */
static rc
put_back_one(tx *t, const apply_page *p, const intake_changes_row *v, size_t n)
{
	int32_t day = 0;
	data_key key;

	BUG_ON(!date_parse(v->day, &day));
	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), v->owner, v->person, &key));
	amending g = amending_of(t, &key, day);
	g.source = STR("撤销导入");
	tx_event(t, &(event_head){.tenant = v->owner,
				  .actor = p->who->account,
				  .office = p->who->office,
				  .kind = "person.correction_undone",
				  .subject = v->person,
				  .key = &key});
	rc r = put_back_fields(&g, p, v, n);
	if (r == RC_OK)
		r = tx_event_end(t);
	crypto_wipe(&key, sizeof key);
	return r;
}

rc
intake_put_back(tx *t, apply_page *p)
{
	intake_changes_rows rows;
	size_t n = 0;

	TRY(sql_intake_changes(tx_db(t), tx_arena(t), tx_fault(t),
			       &(intake_changes_in){.tenant = p->who->tenant,
						    .import = p->import,
						    .owner = p->owner,
						    .after = p->after,
						    .n = PAGE},
			       &rows));
	p->n = 0;
	for (size_t i = 0; i < rows.n; i += n) {
		const intake_changes_row *v = &rows.v[i];
		for (n = 1; i + n < rows.n && v[n].owner == v->owner && v[n].person == v->person;)
			n++;
		if (i + n == rows.n && rows.n == PAGE && i > 0)
			break; /* more of him may stand on the next page */
		TRY(put_back_one(t, p, v, n));
		p->owner = v->owner;
		p->after = v->person;
		p->n++;
	}
	p->finished = rows.n < PAGE;
	return RC_OK;
}
