/* amend.c - see amend.h. */
#include "app/amend/amend.h"

#include "app/amend_sql.h"
#include "app/person/person.h"
#include "app/region/tenant.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/nid.h"
#include "store/rows.h"

amending
amending_of(tx *t, const data_key *key, int32_t day)
{
	return (amending){.t = t,
			  .k = db_sealer(tx_db(t)),
			  .key = key,
			  .tenant = key->tenant,
			  .person = key->id,
			  .day = date_str(tx_arena(t), day),
			  .before = date_str(tx_arena(t), day - 1),
			  .source = STR("")};
}

static bool
is(const field *x, const char *id)
{
	return str_eq(x->id, str_of(id));
}

str
amend_seal(const amending *g, const char *table, const char *column, int64_t row, str text)
{
	return seal_text(g->k, tx_arena(g->t), g->key,
			 &(seal_place){.table = table, .column = column, .row = row}, text);
}

rc
amend_open(const amending *g, const char *table, const char *column, int64_t row, str text, str *out)
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
put_value(const amending *g, const field *x, str value, str from, str to)
{
	return put_fact(g->t, &(row_fact){.tenant = g->tenant,
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
write_fact(const amending *g, const field *x, str text)
{
	amend_values_rows rows;
	str sep = STR("、"), held = STR(""), rest = text;
	buf b = buf_in(tx_arena(g->t));

	TRY(sql_amend_values(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
			     &(amend_values_in){g->tenant, g->person, x->id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const amend_values_row *r = &rows.v[i];
		if (text.n && among(text, r->value)) {
			buf_fmt(&b, "%s%.*s", b.n ? "、" : "", STR_ARG(r->value));
			continue;
		}
		TRY(close_fact(g->t, g->tenant, g->person, r->id, tx_now(g->t)));
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
forget_names(const amending *g, str name)
{
	amend_places_of_rows rows;
	arena *a = tx_arena(g->t);
	const str key[] = {person_name_key(a, name), person_pinyin_key(a, name)};

	TRY(sql_amend_places_of(tx_db(g->t), a, tx_fault(g->t), &(amend_places_of_in){g->tenant, g->person},
				&rows));
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < LEN(key); k++)
			TRY(sql_amend_forget_name(
				tx_db(g->t), tx_fault(g->t),
				&(amend_forget_name_in){rows.v[i].tenant, key[k], g->tenant, g->person},
				NULL));
	return RC_OK;
}

static rc
know_names(const amending *g, str name)
{
	amend_places_of_rows rows;
	arena *a = tx_arena(g->t);
	const str key[] = {person_name_key(a, name), person_pinyin_key(a, name)};

	TRY(sql_amend_places_of(tx_db(g->t), a, tx_fault(g->t), &(amend_places_of_in){g->tenant, g->person},
				&rows));
	for (size_t i = 0; i < rows.n; i++) {
		bool again = i > 0 && rows.v[i].tenant == rows.v[0].tenant;
		for (size_t k = 0; !again && k < (str_eq(key[0], key[1]) ? 1 : LEN(key)); k++)
			TRY(put_name_key(g->t, &(row_name_key){.tenant = rows.v[i].tenant,
							       .key = key[k],
							       .owner = g->tenant,
							       .person = g->person}));
	}
	return RC_OK;
}

static rc
index_of(const amending *g, str number, str *out)
{
	return seal_index(g->k, tx_arena(g->t), tx_fault(g->t), "id_number", number, out);
}

/* The day of birth and the sex follow from it. */
static rc
write_number(const amending *g, row_person *p, str text)
{
	str old, idx;
	nid id;

	TRY(nid_parse(tx_arena(g->t), tx_fault(g->t), text, tx_today(g->t), &id));
	TRY(amend_open(g, "person", "id_number", g->person, p->id_number, &old));
	if (old.n) {
		TRY(index_of(g, old, &idx));
		TRY(sql_amend_forget_number(
			tx_db(g->t), tx_fault(g->t),
			&(amend_forget_number_in){.idx = idx, .owner = g->tenant, .person = g->person},
			NULL));
	}
	TRY(index_of(g, nid_str(&id), &idx));
	rc r = put_idmap(
		g->t,
		&(row_idmap){.idx = idx, .kind = INDEX_ID_NUMBER, .tenant = g->tenant, .person = g->person});
	if (r == RC_CONFLICT)
		return FAIL(tx_fault(g->t), r, "person.number_taken", FA_FIELD(STR("id_number")));
	TRY(r);
	p->id_number = amend_seal(g, "person", "id_number", g->person, nid_str(&id));
	p->born = date_str(tx_arena(g->t), id.born);
	p->sex = id.sex;
	return patch_person(g->t, p, PERSON_ID_NUMBER | PERSON_BORN | PERSON_SEX);
}

static rc
write_person(const amending *g, const field *x, str text)
{
	row_person p;

	TRY(find_person(g->t, g->tenant, g->person, &p));
	if (is(x, "name")) {
		if (text.n == 0)
			return RC_OK;
		TRY(forget_names(g, p.name));
		TRY(know_names(g, text));
		p.name = text;
		return patch_person(g->t, &p, PERSON_NAME);
	}
	if (is(x, "id_number"))
		return text.n ? write_number(g, &p, text) : RC_OK;
	if (is(x, "ethnic")) {
		p.ethnic = code_of(text);
		return patch_person(g->t, &p, PERSON_ETHNIC);
	}
	if (is(x, "died")) {
		p.died = text;
		return patch_person(g->t, &p, PERSON_DIED);
	}
	BUG_ON(!is(x, "phone"));
	p.phone = amend_seal(g, "person", "phone", g->person, text);
	return patch_person(g->t, &p, PERSON_PHONE);
}

/* ---- where he is ---- */

/* The open place of a kind. RC_NOT_FOUND */
static rc
open_place(const amending *g, place_kind kind, row_place *out)
{
	amend_places_of_rows rows;

	TRY(sql_amend_places_of(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
				&(amend_places_of_in){g->tenant, g->person}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const amend_places_of_row *r = &rows.v[i];
		if (r->kind == (int64_t)kind)
			return find_place(g->t, r->tenant, r->region, g->tenant, g->person, r->kind,
					  r->valid_from, out);
	}
	return RC_NOT_FOUND;
}

/* A place from the day on. One that began that very day, and was closed, is opened again. */
static rc
put_place_again(const amending *g, const row_place *p)
{
	row_place had;
	rc r = find_place(g->t, p->tenant, p->region, p->owner, p->person, p->kind, p->valid_from, &had);

	if (r == RC_NOT_FOUND)
		return put_place(g->t, p);
	TRY(r);
	return patch_place(g->t, p, PLACE_ADDRESS | PLACE_VALID_TO);
}

static rc
name_of(const amending *g, str *out)
{
	row_person p;

	TRY(find_person(g->t, g->tenant, g->person, &p));
	*out = p.name;
	return RC_OK;
}

/* RC_NOT_FOUND: nobody here is responsible for that place, or somebody else would be for the person. */
static rc
write_region(const amending *g, place_kind kind, str text)
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
	if (kind == PLACE_REGISTRATION && t.id != g->tenant)
		return RC_NOT_FOUND;
	TRY(name_of(g, &name));
	TRY(forget_names(g, name));
	if (had == RC_OK) {
		TRY(amend_open(g, "place", "address", place_row(kind, p.region), p.address, &address));
		TRY(close_place(g->t, p.tenant, p.region, p.owner, p.person, p.kind, p.valid_from,
				g->before));
	}
	if (text.n)
		TRY(put_place_again(g, &(row_place){.tenant = t.id,
						    .region = code,
						    .owner = g->tenant,
						    .person = g->person,
						    .kind = kind,
						    .valid_from = g->day,
						    .code = code,
						    .address = amend_seal(g, "place", "address",
									  place_row(kind, code), address),
						    .valid_to = STR("")}));
	return know_names(g, name);
}

static rc
write_address(const amending *g, place_kind kind, str text)
{
	row_place p;

	TRY(open_place(g, kind, &p));
	p.address = amend_seal(g, "place", "address", place_row(kind, p.region), text);
	if (str_eq(p.valid_from, g->day))
		return patch_place(g->t, &p, PLACE_ADDRESS);
	TRY(close_place(g->t, p.tenant, p.region, p.owner, p.person, p.kind, p.valid_from, g->before));
	p.valid_from = g->day;
	p.valid_to = STR("");
	return put_place_again(g, &p);
}

static rc
write_place(const amending *g, const field *x, str text)
{
	bool living = is(x, "residence_place") || is(x, "residence_address");
	place_kind kind = living ? PLACE_RESIDENCE : PLACE_REGISTRATION;

	return x->type == FIELD_ADDRESS ? write_address(g, kind, text) : write_region(g, kind, text);
}

/* ---- certificate, guardian, account ---- */

static rc
write_certificate(const amending *g, const field *x, str text)
{
	amend_certificates_of_rows rows;
	row_certificate c;

	TRY(sql_amend_certificates_of(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
				      &(amend_certificates_of_in){g->tenant, g->person}, &rows));
	if (rows.n == 0)
		return RC_NOT_FOUND;
	TRY(find_certificate(g->t, g->tenant, g->person, rows.v[0].id, &c));
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
	c.remarks = amend_seal(g, "certificate", "remarks", c.id, text);
	return patch_certificate(g->t, &c, CERTIFICATE_REMARKS);
}

/* His guardian from the day on, with what is known of the one before. RC_NOT_FOUND: none, and no name. */
static rc
guardian_of_day(const amending *g, const field *x, row_guardian *out)
{
	amend_open_guardian_row at;
	str number, phone;
	rc r = sql_amend_open_guardian(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
				       &(amend_open_guardian_in){g->tenant, g->person}, &at);

	if (r == RC_NOT_FOUND) {
		if (!is(x, "guardian_name"))
			return RC_NOT_FOUND;
		*out = (row_guardian){.tenant = g->tenant,
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
	TRY(find_guardian(g->t, g->tenant, g->person, at.id, out));
	if (str_eq(out->valid_from, g->day))
		return RC_OK;
	TRY(amend_open(g, "guardian", "id_number", out->id, out->id_number, &number));
	TRY(amend_open(g, "guardian", "phone", out->id, out->phone, &phone));
	TRY(close_guardian(g->t, g->tenant, g->person, out->id, g->before));
	out->id = tx_id(g->t);
	out->id_number = amend_seal(g, "guardian", "id_number", out->id, number);
	out->phone = amend_seal(g, "guardian", "phone", out->id, phone);
	out->valid_from = g->day;
	out->valid_to = STR("");
	return put_guardian(g->t, out);
}

static rc
write_guardian(const amending *g, const field *x, str text)
{
	row_guardian w;

	TRY(guardian_of_day(g, x, &w));
	if (is(x, "guardian_name")) {
		if (text.n == 0)
			return close_guardian(g->t, g->tenant, g->person, w.id, g->before);
		w.name = text;
		return patch_guardian(g->t, &w, GUARDIAN_NAME);
	}
	if (is(x, "guardian_relation")) {
		w.relation = code_of(text);
		return patch_guardian(g->t, &w, GUARDIAN_RELATION);
	}
	if (is(x, "guardian_id_number")) {
		w.id_number = amend_seal(g, "guardian", "id_number", w.id, text);
		return patch_guardian(g->t, &w, GUARDIAN_ID_NUMBER);
	}
	BUG_ON(!is(x, "guardian_phone"));
	w.phone = amend_seal(g, "guardian", "phone", w.id, text);
	return patch_guardian(g->t, &w, GUARDIAN_PHONE);
}

/* The same for an account: none is made without its number. */
static rc
account_of_day(const amending *g, const field *x, row_bank *out)
{
	amend_open_bank_row at;
	str account;
	rc r = sql_amend_open_bank(tx_db(g->t), tx_arena(g->t), tx_fault(g->t),
				   &(amend_open_bank_in){g->tenant, g->person}, &at);

	if (r == RC_NOT_FOUND) {
		if (!is(x, "bank_account"))
			return RC_NOT_FOUND;
		*out = (row_bank){.tenant = g->tenant,
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
	TRY(find_bank(g->t, g->tenant, g->person, at.id, out));
	if (str_eq(out->valid_from, g->day))
		return RC_OK;
	TRY(amend_open(g, "bank", "account", out->id, out->account, &account));
	TRY(close_bank(g->t, g->tenant, g->person, out->id, g->before));
	out->id = tx_id(g->t);
	out->account = amend_seal(g, "bank", "account", out->id, account);
	out->valid_from = g->day;
	out->valid_to = STR("");
	return put_bank(g->t, out);
}

static rc
write_bank(const amending *g, const field *x, str text)
{
	row_bank w;

	TRY(account_of_day(g, x, &w));
	if (is(x, "bank_account")) {
		if (text.n == 0)
			return close_bank(g->t, g->tenant, g->person, w.id, g->before);
		w.account = amend_seal(g, "bank", "account", w.id, text);
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

rc
amend_field(const amending *g, const field *x, str text)
{
	static const struct {
		const char *table;
		rc (*write)(const amending *, const field *, str);
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
