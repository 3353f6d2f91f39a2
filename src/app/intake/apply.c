/* apply.c - see apply.h.
 *
 * Everything dated gets a new row from the day of the correction on; what was before stands until the day
 * before. Taking it back is the same with the value that was, from that same day on, so that every day reads
 * as it did. */
#include "app/intake/apply.h"

#include "app/intake_sql.h"
#include "app/person/record.h"
#include "app/region/tenant.h"
#include "base/buf.h"
#include "store/rows.h"

enum { BATCH = 20, PAGE = 200 }; /* a person has fewer fields than a page has rows */

/* One person being corrected, inside a command. */
typedef struct change {
	tx *t;
	const catalogue *c;
	sealer *k;
	data_key *key;
	int64_t owner, person;
	str day, before; /* from when, and the day before it */
	str source;
} change;

static const char *const never_taken[] = {"id_kind",      "id_number",          "sex",
					  "born",         "certificate_number", "category",
					  "level",        "components",         "certificate_status",
					  "cancelled_on", "cancel_reason",      "reissue",
					  "cause",        "assessed_on",        "guardian_proof",
					  "household"};

static bool
is(const field *x, const char *id)
{
	return str_eq(x->id, str_of(id));
}

bool
intake_may_take(const field *x, str kept)
{
	(void)kept;
	for (size_t i = 0; i < LEN(never_taken); i++)
		if (is(x, never_taken[i]))
			return false;
	return x->home == HOME_COLUMN || x->home == HOME_FACT;
}

static str
sealed(const change *g, const char *table, const char *column, int64_t row, str text)
{
	return seal_text(g->k, tx_arena(g->t), g->key,
			 &(seal_place){.table = table, .column = column, .row = row}, text);
}

static rc
opened(const change *g, const char *table, const char *column, int64_t row, str text, str *out)
{
	return seal_open(g->k, tx_arena(g->t), tx_fault(g->t), g->key,
			 &(seal_place){.table = table, .column = column, .row = row}, text, out);
}

static int64_t
code_of(str code)
{
	return code.n ? code_number(code) : 0;
}

/* ---- facts ---- */

static bool
among(str all, str one)
{
	str sep = STR("、");

	for (ptrdiff_t at; (at = str_find(all, sep)) >= 0; all = str_from(all, (size_t)at + sep.n))
		if (str_eq(str_sub(all, 0, (size_t)at), one))
			return true;
	return str_eq(all, one);
}

static rc
put_value(const change *g, const field *x, str value, str from, str to)
{
	return put_fact(g->t, &(row_fact){.tenant = g->owner,
					  .person = g->person,
					  .id = tx_id(g->t),
					  .field = x->id,
					  .value = value,
					  .valid_from = from,
					  .valid_to = to,
					  .recorded_at = tx_now(g->t),
					  .source = g->source});
}

/* What holds and is not said any more ends the day before; what is said and does not hold begins. */
static rc
write_fact(const change *g, const field *x, str text)
{
	intake_values_rows rows;
	str sep = STR("、"), held = STR(""), rest = text;
	buf b = buf_in(tx_arena(g->t));

	TRY(sql_intake_values(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
			      &(intake_values_in){g->owner, g->person, x->id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const intake_values_row *r = &rows.v[i];
		if (text.n && among(text, r->value)) {
			buf_fmt(&b, "%s%.*s", b.n ? "、" : "", STR_ARG(r->value));
			continue;
		}
		TRY(close_fact(g->t, g->owner, g->person, r->id, tx_now(g->t)));
		if (str_cmp(r->valid_from, g->before) <= 0)
			TRY(put_value(g, x, r->value, r->valid_from, g->before));
	}
	held = buf_str(&b);
	while (rest.n) {
		ptrdiff_t at = x->many ? str_find(rest, sep) : -1;
		str one = at < 0 ? rest : str_sub(rest, 0, (size_t)at);
		rest = at < 0 ? STR("") : str_from(rest, (size_t)at + sep.n);
		if (!(held.n && among(held, one)))
			TRY(put_value(g, x, one, g->day, STR("")));
	}
	return RC_OK;
}

/* ---- the person's own columns ---- */

static rc
forget_names(const change *g, str name)
{
	intake_places_of_rows rows;
	arena *a = tx_arena(g->t);
	const str key[] = {person_name_key(a, name), person_pinyin_key(a, name)};

	TRY(sql_intake_places_of(tx_db(g->t), a, tx_fault(g->t), &(intake_places_of_in){g->owner, g->person},
				 &rows));
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < LEN(key); k++)
			TRY(sql_intake_forget_name(
				tx_db(g->t), tx_fault(g->t),
				&(intake_forget_name_in){rows.v[i].tenant, key[k], g->owner, g->person},
				NULL));
	return RC_OK;
}

static rc
know_names(const change *g, str name)
{
	intake_places_of_rows rows;
	arena *a = tx_arena(g->t);
	const str key[] = {person_name_key(a, name), person_pinyin_key(a, name)};

	TRY(sql_intake_places_of(tx_db(g->t), a, tx_fault(g->t), &(intake_places_of_in){g->owner, g->person},
				 &rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool again = i > 0 && rows.v[i].tenant == rows.v[0].tenant;
		for (size_t k = 0; !again && k < (str_eq(key[0], key[1]) ? 1 : LEN(key)); k++)
			TRY(put_name_key(g->t, &(row_name_key){.tenant = rows.v[i].tenant,
							       .key = key[k],
							       .owner = g->owner,
							       .person = g->person}));
	}
	return RC_OK;
}

static rc
write_person(const change *g, const field *x, str text)
{
	row_person p;

	TRY(find_person(g->t, g->owner, g->person, &p));
	if (is(x, "name")) {
		if (text.n == 0)
			return RC_OK;
		TRY(forget_names(g, p.name));
		TRY(know_names(g, text));
		p.name = text;
		return patch_person(g->t, &p, PERSON_NAME);
	}
	if (is(x, "ethnic")) {
		p.ethnic = code_of(text);
		return patch_person(g->t, &p, PERSON_ETHNIC);
	}
	if (is(x, "died")) {
		p.died = text;
		return patch_person(g->t, &p, PERSON_DIED);
	}
	BUG_ON(!is(x, "phone"));
	p.phone = sealed(g, "person", "phone", g->person, text);
	return patch_person(g->t, &p, PERSON_PHONE);
}

/* ---- where he is ---- */

/* The open place of a kind. RC_NOT_FOUND */
static rc
open_place(const change *g, place_kind kind, row_place *out)
{
	intake_places_of_rows rows;

	TRY(sql_intake_places_of(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
				 &(intake_places_of_in){g->owner, g->person}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const intake_places_of_row *r = &rows.v[i];
		if (r->kind == (int64_t)kind)
			return find_place(g->t, r->tenant, r->region, g->owner, g->person, r->kind,
					  r->valid_from, out);
	}
	return RC_NOT_FOUND;
}

/* A place from the day on. One that began that very day, and was closed, is opened again. */
static rc
put_place_again(const change *g, const row_place *p)
{
	row_place had;
	rc r = find_place(g->t, p->tenant, p->region, p->owner, p->person, p->kind, p->valid_from, &had);

	if (r == RC_NOT_FOUND)
		return put_place(g->t, p);
	TRY(r);
	return patch_place(g->t, p, PLACE_ADDRESS | PLACE_VALID_TO);
}

static rc
name_of(const change *g, str *out)
{
	row_person p;

	TRY(find_person(g->t, g->owner, g->person, &p));
	*out = p.name;
	return RC_OK;
}

/* RC_NOT_FOUND: nobody here is responsible for that place, or somebody else would be for the person. */
static rc
write_region(const change *g, place_kind kind, str text)
{
	row_place p = {.tenant = 0};
	int64_t code = 0;
	tenant t = {0};
	str address = STR(""), name;
	rc had = open_place(g, kind, &p);

	if (had != RC_OK && had != RC_NOT_FOUND)
		return had;
	if (text.n) {
		if (!str_to_i64(text, &code))
			return RC_NOT_FOUND;
		TRY(tenant_of_region(tx_db(g->t), tx_arena(g->t), tx_fault(g->t), code, tx_today(g->t), &t));
	}
	if (kind == PLACE_REGISTRATION && t.id != g->owner)
		return RC_NOT_FOUND;
	TRY(name_of(g, &name));
	TRY(forget_names(g, name));
	if (had == RC_OK) {
		TRY(opened(g, "place", "address", place_row(kind, p.region), p.address, &address));
		TRY(close_place(g->t, p.tenant, p.region, p.owner, p.person, p.kind, p.valid_from,
				g->before));
	}
	if (text.n)
		TRY(put_place_again(g, &(row_place){.tenant = t.id,
						    .region = code,
						    .owner = g->owner,
						    .person = g->person,
						    .kind = kind,
						    .valid_from = g->day,
						    .code = code,
						    .address = sealed(g, "place", "address",
								      place_row(kind, code), address),
						    .valid_to = STR("")}));
	return know_names(g, name);
}

static rc
write_address(const change *g, place_kind kind, str text)
{
	row_place p;

	TRY(open_place(g, kind, &p));
	p.address = sealed(g, "place", "address", place_row(kind, p.region), text);
	if (str_eq(p.valid_from, g->day))
		return patch_place(g->t, &p, PLACE_ADDRESS);
	TRY(close_place(g->t, p.tenant, p.region, p.owner, p.person, p.kind, p.valid_from, g->before));
	p.valid_from = g->day;
	p.valid_to = STR("");
	return put_place_again(g, &p);
}

static rc
write_place(const change *g, const field *x, str text)
{
	bool living = is(x, "residence_place") || is(x, "residence_address");
	place_kind kind = living ? PLACE_RESIDENCE : PLACE_REGISTRATION;

	return x->type == FIELD_ADDRESS ? write_address(g, kind, text) : write_region(g, kind, text);
}

/* ---- certificate, guardian, account ---- */

static rc
write_certificate(const change *g, const field *x, str text)
{
	intake_certificates_of_rows rows;
	row_certificate c;

	TRY(sql_intake_certificates_of(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
				       &(intake_certificates_of_in){g->owner, g->person}, &rows));
	if (rows.n == 0)
		return RC_NOT_FOUND;
	TRY(find_certificate(g->t, g->owner, g->person, rows.v[0].id, &c));
	if (is(x, "issued")) {
		c.issued = text;
		return patch_certificate(g->t, &c, CERTIFICATE_ISSUED);
	}
	if (is(x, "expires")) {
		c.expires = text;
		return patch_certificate(g->t, &c, CERTIFICATE_EXPIRES);
	}
	if (is(x, "generation")) {
		c.generation = code_of(text);
		return patch_certificate(g->t, &c, CERTIFICATE_GENERATION);
	}
	BUG_ON(!is(x, "remarks"));
	c.remarks = sealed(g, "certificate", "remarks", c.id, text);
	return patch_certificate(g->t, &c, CERTIFICATE_REMARKS);
}

/* His guardian from the day on, with what is known of the one before. RC_NOT_FOUND: none, and no name. */
static rc
guardian_of_day(const change *g, const field *x, row_guardian *out)
{
	intake_open_guardian_row at;
	str number, phone;
	rc r = sql_intake_open_guardian(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
					&(intake_open_guardian_in){g->owner, g->person}, &at);

	if (r == RC_NOT_FOUND) {
		if (!is(x, "guardian_name"))
			return RC_NOT_FOUND;
		*out = (row_guardian){.tenant = g->owner,
				      .person = g->person,
				      .id = tx_id(g->t),
				      .id_number = STR(""),
				      .phone = STR(""),
				      .proof = STR(""),
				      .valid_from = g->day,
				      .valid_to = STR("")};
		out->name = STR("");
		return put_guardian(g->t, out);
	}
	TRY(r);
	TRY(find_guardian(g->t, g->owner, g->person, at.id, out));
	if (str_eq(out->valid_from, g->day))
		return RC_OK;
	TRY(opened(g, "guardian", "id_number", out->id, out->id_number, &number));
	TRY(opened(g, "guardian", "phone", out->id, out->phone, &phone));
	TRY(close_guardian(g->t, g->owner, g->person, out->id, g->before));
	out->id = tx_id(g->t);
	out->id_number = sealed(g, "guardian", "id_number", out->id, number);
	out->phone = sealed(g, "guardian", "phone", out->id, phone);
	out->valid_from = g->day;
	out->valid_to = STR("");
	return put_guardian(g->t, out);
}

static rc
write_guardian(const change *g, const field *x, str text)
{
	row_guardian w;

	TRY(guardian_of_day(g, x, &w));
	if (is(x, "guardian_name")) {
		if (text.n == 0)
			return close_guardian(g->t, g->owner, g->person, w.id, g->before);
		w.name = text;
		return patch_guardian(g->t, &w, GUARDIAN_NAME);
	}
	if (is(x, "guardian_relation")) {
		w.relation = code_of(text);
		return patch_guardian(g->t, &w, GUARDIAN_RELATION);
	}
	if (is(x, "guardian_id_number")) {
		w.id_number = sealed(g, "guardian", "id_number", w.id, text);
		return patch_guardian(g->t, &w, GUARDIAN_ID_NUMBER);
	}
	BUG_ON(!is(x, "guardian_phone"));
	w.phone = sealed(g, "guardian", "phone", w.id, text);
	return patch_guardian(g->t, &w, GUARDIAN_PHONE);
}

/* The same for an account: none is made without its number. */
static rc
account_of_day(const change *g, const field *x, row_bank *out)
{
	intake_open_bank_row at;
	str account;
	rc r = sql_intake_open_bank(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
				    &(intake_open_bank_in){g->owner, g->person}, &at);

	if (r == RC_NOT_FOUND) {
		if (!is(x, "bank_account"))
			return RC_NOT_FOUND;
		*out = (row_bank){.tenant = g->owner,
				  .person = g->person,
				  .id = tx_id(g->t),
				  .account = STR(""),
				  .bank = STR(""),
				  .valid_from = g->day,
				  .valid_to = STR("")};
		TRY(name_of(g, &out->holder));
		return put_bank(g->t, out);
	}
	TRY(r);
	TRY(find_bank(g->t, g->owner, g->person, at.id, out));
	if (str_eq(out->valid_from, g->day))
		return RC_OK;
	TRY(opened(g, "bank", "account", out->id, out->account, &account));
	TRY(close_bank(g->t, g->owner, g->person, out->id, g->before));
	out->id = tx_id(g->t);
	out->account = sealed(g, "bank", "account", out->id, account);
	out->valid_from = g->day;
	out->valid_to = STR("");
	return put_bank(g->t, out);
}

static rc
write_bank(const change *g, const field *x, str text)
{
	row_bank w;

	TRY(account_of_day(g, x, &w));
	if (is(x, "bank_account")) {
		if (text.n == 0)
			return close_bank(g->t, g->owner, g->person, w.id, g->before);
		w.account = sealed(g, "bank", "account", w.id, text);
		return patch_bank(g->t, &w, BANK_ACCOUNT);
	}
	if (is(x, "bank_name")) {
		w.bank = text;
		return patch_bank(g->t, &w, BANK_BANK);
	}
	BUG_ON(!is(x, "bank_holder"));
	w.holder = text;
	return patch_bank(g->t, &w, BANK_HOLDER);
}

/* ---- one field ---- */

/* RC_NOT_FOUND: it has no place there, and nothing was written. */
static rc
write_field(const change *g, const field *x, str text)
{
	static const struct {
		const char *table;
		rc (*write)(const change *, const field *, str);
	} tables[] = {{"person", write_person},
		      {"place", write_place},
		      {"certificate", write_certificate},
		      {"guardian", write_guardian},
		      {"bank", write_bank}};

	if (x->home == HOME_FACT)
		return write_fact(g, x, text);
	for (size_t i = 0; i < LEN(tables); i++)
		if (str_eq(x->where, str_of(tables[i].table)))
			return tables[i].write(g, x, text);
	return RC_NOT_FOUND;
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
keep_change(const change *g, const believing *k, size_t row, const intake_difference *d)
{
	const actor *who = intake_actor(k->in);
	int64_t import = intake_id(k->in);

	return put_import_change(g->t, &(row_import_change){
					       .tenant = who->tenant,
					       .import = import,
					       .owner = g->owner,
					       .person = g->person,
					       .field = d->field->id,
					       .line = intake_row_number(k->in, row),
					       .day = g->day,
					       .at = tx_now(g->t),
					       .kept = sealed(g, "import_change", "kept", import, d->kept),
					       .undone = 0,
				       });
}

/* What the register says now: another run may have come first. */
static rc
says_already(const change *g, const actor *who, const intake_difference *d, bool *out)
{
	arena *a = tx_arena(g->t);
	fault *f = tx_fault(g->t);
	const person_ref *ref = NULL;
	record rec = {0};
	str now = STR("");

	TRY(person_open(tx_db(g->t), a, f, who, g->owner, g->person, &ref));
	rc r = record_read(tx_db(g->t), a, f, g->c, ref, &rec);
	if (r == RC_OK)
		r = record_text(&rec, a, f, d->field, &now);
	record_done(&rec);
	*out = record_same(d->field, now, d->sheet);
	return r;
}

static change
change_of(tx *t, const catalogue *c, data_key *key, int32_t day)
{
	return (change){.t = t,
			.c = c,
			.k = db_sealer(tx_db(t)),
			.key = key,
			.owner = key->tenant,
			.person = key->id,
			.day = date_str(tx_arena(t), day),
			.before = date_str(tx_arena(t), day - 1)};
}

static rc
correct_fields(const change *g, const believing *k, size_t row, bool *any)
{
	const intake_result *r = &intake_results(k->in)[row];

	for (size_t i = 0; i < r->differences.n; i++) {
		const intake_difference *d = &r->differences.v[i];
		bool there = false;
		if (!is_believed(k, row, i))
			continue;
		TRY(says_already(g, intake_actor(k->in), d, &there));
		rc e = there ? RC_NOT_FOUND : write_field(g, d->field, d->sheet);
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
	change g = change_of(t, intake_catalogue(k->in), &key, tx_today(t));
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
put_back_fields(const change *g, const apply_page *p, const intake_changes_row *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const field *x = field_find(g->c, v[i].field);
		str kept;
		TRY(opened(g, "import_change", "kept", p->import, v[i].kept, &kept));
		rc r = x ? write_field(g, x, kept) : RC_NOT_FOUND;
		if (r != RC_OK && r != RC_NOT_FOUND)
			return r;
		TRY(patch_import_change(g->t,
					&(row_import_change){.tenant = p->who->tenant,
							     .import = p->import,
							     .owner = g->owner,
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
	change g = change_of(t, p->c, &key, day);
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
