/* person.c - see person.h. */
#include "app/person/person.h"

#include "app/person/person_priv.h"
#include "app/person_sql.h"
#include "base/pinyin.h"
#include "base/utf8.h"
#include "store/rows.h"

/* Long enough for any name that is told apart by it; a Uyghur name of 50 characters is cut the same way on
 * both sides. */
enum { KEY_CHARS = 60 };

struct person_ref {
	int64_t tenant, id;
};

int64_t
person_ref_tenant(const person_ref *r)
{
	return r->tenant;
}

int64_t
person_ref_id(const person_ref *r)
{
	return r->id;
}

const person_ref *
person_ref_of(arena *a, int64_t tenant, int64_t id)
{
	person_ref *r = arena_new(a, person_ref);

	*r = (person_ref){.tenant = tenant, .id = id};
	return r;
}

int64_t
place_row(place_kind kind, int64_t region)
{
	return region * 4 + kind;
}

/* ---- making ---- */

typedef struct sealing {
	sealer *k;
	arena *a;
	const data_key *key;
} sealing;

static str
seal_at(const sealing *s, const char *table, const char *column, int64_t row, str text)
{
	return seal_text(s->k, s->a, s->key, &(seal_place){.table = table, .column = column, .row = row},
			 text);
}

static void
seal_values(const sealing *s, const person_in *in, person_new *out)
{
	int64_t id = out->id;

	out->id_number = seal_at(s, "person", "id_number", id, in->id_number);
	out->phone = seal_at(s, "person", "phone", id, in->phone);
	for (size_t i = 0; i < in->nplaces; i++)
		out->address[i] =
			seal_at(s, "place", "address", place_row(in->place[i].kind, in->place[i].region),
				in->place[i].address);
	out->number = seal_at(s, "certificate", "number", out->certificate, in->certificate.number);
	out->remarks = seal_at(s, "certificate", "remarks", out->certificate, in->certificate.remarks);
	/* a first guardian and a first account share the person's id: a later one has its own */
	out->guardian_id = seal_at(s, "guardian", "id_number", id, in->guardian.id_number);
	out->guardian_phone = seal_at(s, "guardian", "phone", id, in->guardian.phone);
	out->account = seal_at(s, "bank", "account", id, in->bank.account);
}

str
person_name_key(arena *a, str name)
{
	return utf8_cut(name_key(a, name), KEY_CHARS);
}

str
person_pinyin_key(arena *a, str name)
{
	return utf8_cut(pinyin_key(a, name), KEY_CHARS);
}

rc
person_prepare(store *s, sealer *k, arena *a, fault *f, const person_in *in, int64_t now, person_new *out)
{
	BUG_ON(in->nplaces == 0 || in->nplaces > PERSON_PLACES || in->nfacts > PERSON_FACTS ||
	       in->certificate.nparts > PERSON_PARTS);
	data_key key;
	wrapped_key wrapped;
	int64_t id = store_id(s, now), certificate = in->has_certificate ? store_id(s, now) : 0;
	TRY(seal_new(k, f, in->tenant, id, &key, &wrapped));
	TRY(person_prepare_as(k, a, f, in, &key, certificate, out));
	out->wrapped = wrapped;
	crypto_wipe(&key, sizeof key);
	return RC_OK;
}

rc
person_prepare_as(sealer *k, arena *a, fault *f, const person_in *in, const data_key *key,
		  int64_t certificate, person_new *out)
{
	*out = (person_new){.in = in,
			    .id = key->id,
			    .certificate = certificate,
			    .key = *key,
			    .idx_number = STR(""),
			    .idx_certificate = STR("")};
	seal_values(&(sealing){.k = k, .a = a, .key = &out->key}, in, out);
	if (in->id_number.n)
		TRY(seal_index(k, a, f, "id_number", in->id_number, &out->idx_number));
	if (in->certificate.number.n)
		TRY(seal_index(k, a, f, "certificate", in->certificate.number, &out->idx_certificate));
	out->key_name = person_name_key(a, in->name);
	out->key_pinyin = person_pinyin_key(a, in->name);
	return RC_OK;
}

static rc
put_index(tx *t, const person_new *p, str idx, index_kind kind)
{
	if (idx.n == 0)
		return RC_OK;
	rc r = put_idmap(t, &(row_idmap){.idx = idx, .kind = kind, .tenant = p->in->tenant, .person = p->id});
	if (r != RC_CONFLICT)
		return r;
	if (kind == INDEX_ID_NUMBER)
		return FAIL(tx_fault(t), RC_CONFLICT, "person.number_taken", FA_FIELD(STR("id_number")));
	return FAIL(tx_fault(t), RC_CONFLICT, "person.certificate_taken",
		    FA_FIELD(STR("certificate_number")));
}

static rc
put_name_keys(tx *t, const person_new *p, int64_t tenant)
{
	row_name_key r = {.tenant = tenant, .key = p->key_name, .owner = p->in->tenant, .person = p->id};

	TRY(put_name_key(t, &r));
	if (str_eq(p->key_name, p->key_pinyin))
		return RC_OK;
	r.key = p->key_pinyin;
	return put_name_key(t, &r);
}

static rc
put_places(tx *t, const person_new *p)
{
	const person_in *in = p->in;

	for (size_t i = 0; i < in->nplaces; i++) {
		const place_in *at = &in->place[i];
		TRY(put_place(t, &(row_place){.tenant = at->tenant,
					      .region = at->region,
					      .owner = in->tenant,
					      .person = p->id,
					      .kind = at->kind,
					      .valid_from = STR(""),
					      .code = at->region,
					      .address = p->address[i],
					      .valid_to = STR("")}));
		bool again = i > 0 && at->tenant == in->place[0].tenant;
		if (!again)
			TRY(put_name_keys(t, p, at->tenant));
	}
	return RC_OK;
}

static rc
put_facts(tx *t, const person_new *p)
{
	const person_in *in = p->in;

	for (size_t i = 0; i < in->nfacts; i++)
		TRY(put_fact(t, &(row_fact){.tenant = in->tenant,
					    .person = p->id,
					    .id = p->id + (int64_t)i,
					    .field = in->fact[i].field,
					    .value = in->fact[i].value,
					    .valid_from = in->fact[i].valid_from.p ? in->fact[i].valid_from
										   : STR(""),
					    .valid_to = STR(""),
					    .recorded_at = tx_now(t),
					    .source = in->source}));
	return RC_OK;
}

static rc
put_certificate_rows(tx *t, const person_new *p)
{
	const person_in *in = p->in;
	const certificate_in *c = &in->certificate;

	if (!in->has_certificate)
		return RC_OK;
	TRY(put_certificate(t, &(row_certificate){.tenant = in->tenant,
						  .person = p->id,
						  .id = p->certificate,
						  .number = p->number,
						  .category = c->category,
						  .level = c->level,
						  .status = c->status,
						  .issued = c->issued,
						  .expires = c->expires,
						  .generation = c->generation,
						  .reissue = c->reissue,
						  .remarks = p->remarks,
						  .kase = c->kase,
						  .source = in->source,
						  .ended = c->ended.p ? c->ended : STR(""),
						  .ended_for = c->ended_for}));
	for (size_t i = 0; i < c->nparts; i++)
		TRY(put_certificate_part(t, &(row_certificate_part){.tenant = in->tenant,
								    .person = p->id,
								    .certificate = p->certificate,
								    .category = c->part[i].category,
								    .level = c->part[i].level,
								    .cause = c->part[i].cause,
								    .item = c->part[i].item,
								    .assessed_on = c->part[i].assessed_on}));
	/* the number of a certificate that is over is free, as derive.c has it */
	bool stands = c->status >= 1 && c->status <= 5;
	return stands ? put_index(t, p, p->idx_certificate, INDEX_CERTIFICATE) : RC_OK;
}

static rc
put_others(tx *t, const person_new *p)
{
	const person_in *in = p->in;
	const guardian_in *g = &in->guardian;

	if (g->name.n)
		TRY(put_guardian(t, &(row_guardian){.tenant = in->tenant,
						    .person = p->id,
						    .id = p->id,
						    .name = g->name,
						    .relation = g->relation,
						    .id_number = p->guardian_id,
						    .phone = p->guardian_phone,
						    .proof = g->proof.p ? g->proof : STR(""),
						    .valid_from = STR(""),
						    .valid_to = STR("")}));
	if (in->bank.account.n)
		TRY(put_bank(t, &(row_bank){.tenant = in->tenant,
					    .person = p->id,
					    .id = p->id,
					    .account = p->account,
					    .bank = in->bank.bank,
					    .holder = in->bank.holder,
					    .valid_from = STR(""),
					    .valid_to = STR("")}));
	return RC_OK;
}

rc
person_put(tx *t, const person_new *p)
{
	const person_in *in = p->in;

	TRY(put_person(t, &(row_person){.tenant = in->tenant,
					.id = p->id,
					.id_kind = in->id_kind,
					.id_number = p->id_number,
					.name = in->name,
					.sex = in->sex,
					.born = in->born,
					.ethnic = in->ethnic,
					.phone = p->phone,
					.died = in->died.p ? in->died : STR(""),
					.photo = STR(""),
					.source = in->source}));
	TRY(put_index(t, p, p->idx_number, INDEX_ID_NUMBER));
	TRY(put_places(t, p));
	TRY(put_facts(t, p));
	TRY(put_certificate_rows(t, p));
	return put_others(t, p);
}

rc
person_enter_run(tx *t, const void *in, void *out)
{
	const person_enter *e = in;

	(void)out;
	tx_event(t, &(event_head){.tenant = e->person->in->tenant,
				  .actor = e->actor,
				  .office = e->office,
				  .kind = e->kind,
				  .subject = e->person->id,
				  .key = &e->person->key});
	return person_put(t, e->person);
}

/* ---- finding ---- */

static rc
is_ward(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id)
{
	person_as_guardian_row row;

	return sql_person_as_guardian(
		d, a, f,
		&(person_as_guardian_in){
			.tenant = who->tenant, .account = who->account, .owner = tenant, .person = id},
		&row);
}

rc
person_open(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id, const person_ref **out)
{
	person_in_scope_row row;

	int64_t home = who->home ? who->home : who->tenant;

	if (id > 0 && who->person == id && home == tenant && may(who, PERM_PERSON_READ, REGION_NONE)) {
		*out = person_ref_of(a, tenant, id);
		return RC_OK;
	}
	if (who->kind == ACTOR_APPLICANT) {
		TRY(is_ward(d, a, f, who, tenant, id));
		*out = person_ref_of(a, tenant, id);
		return may(who, PERM_PERSON_READ, REGION_NONE) ? RC_OK : RC_NOT_FOUND;
	}
	if (who->scope.n > 1)
		ahead_person_in_scope(d, &who->scope, &(person_in_scope_in){.owner = tenant, .person = id});
	TRY(sql_person_in_scope(d, a, f, &who->scope, &(person_in_scope_in){.owner = tenant, .person = id},
				&row));
	if (!may(who, PERM_PERSON_READ, row.region))
		return RC_NOT_FOUND;
	*out = person_ref_of(a, tenant, id);
	return RC_OK;
}

/* 18 characters are an identity number, more are a certificate's. */
static rc
number_index(sealer *k, arena *a, fault *f, str number, int32_t today, str *idx)
{
	nid n;
	cert_no c;
	str folded = nid_fold(a, number);

	if (folded.n > NID_LEN) {
		TRY(cert_no_parse(a, f, folded, today, &c));
		return seal_index(k, a, f, "certificate", cert_no_str(a, &c), idx);
	}
	TRY(nid_parse(a, f, folded, today, &n));
	return seal_index(k, a, f, "id_number", nid_str(&n), idx);
}

rc
person_by_number(db *d, arena *a, fault *f, const actor *who, str number, int32_t today,
		 const person_ref **out)
{
	person_by_index_row row;
	str idx;

	TRY(number_index(db_sealer(d), a, f, number, today, &idx));
	TRY(sql_person_by_index(d, a, f, idx, &row));
	return person_open(d, a, f, who, row.tenant, row.person, out);
}

static rc
keep_if_seen(db *d, arena *a, fault *f, const actor *who, const person_by_name_row *hit, str month,
	     person_refs *out)
{
	const person_ref *ref = NULL;
	person_row_row p;
	rc r = person_open(d, a, f, who, hit->owner, hit->person, &ref);

	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	TRY(sql_person_row(d, a, f, &(person_row_in){.tenant = hit->owner, .person = hit->person}, &p));
	if (p.merged_into == 0 && (month.n == 0 || str_starts(p.born, month)))
		*vec_add(a, out) = ref;
	return RC_OK;
}

rc
person_by_name(db *d, arena *a, fault *f, const actor *who, str name, str born_month, person_refs *out,
	       bool *more)
{
	str key = person_name_key(a, name);
	person_by_name_rows hits;

	*out = (person_refs){0};
	*more = false;
	if (key.n == 0)
		return RC_OK;
	TRY(sql_person_by_name(d, a, f, &(person_by_name_in){.tenant = who->tenant, .key = key, .n = 1000},
			       &hits));
	for (size_t i = 0; i < hits.n && !*more; i++) {
		TRY(keep_if_seen(d, a, f, who, &hits.v[i], born_month, out));
		*more = out->n > PERSON_NAME_HITS;
	}
	out->n = MIN(out->n, (size_t)PERSON_NAME_HITS);
	return RC_OK;
}

/* ---- reading ---- */

static rc
read_places(db *d, arena *a, fault *f, person_view *p)
{
	person_places_rows rows;

	TRY(sql_person_places(d, a, f, &(person_places_in){.tenant = p->ref->tenant, .person = p->ref->id},
			      &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const person_places_row *r = &rows.v[i];
		*vec_add(a, &p->places) = (place_view){.kind = (place_kind)r->kind,
						       .region = r->region,
						       .code = r->code,
						       .address = r->address,
						       .valid_from = r->valid_from,
						       .valid_to = r->valid_to};
	}
	return RC_OK;
}

static rc
read_facts(db *d, arena *a, fault *f, person_view *p)
{
	person_facts_rows rows;

	TRY(sql_person_facts(d, a, f, &(person_facts_in){.tenant = p->ref->tenant, .person = p->ref->id},
			     &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const person_facts_row *r = &rows.v[i];
		*vec_add(a, &p->facts) = (fact_view){.id = r->id,
						     .recorded_at = r->recorded_at,
						     .superseded_at = r->superseded_at,
						     .field = r->field,
						     .value = r->value,
						     .valid_from = r->valid_from,
						     .valid_to = r->valid_to,
						     .source = r->source};
	}
	return RC_OK;
}

static rc
read_certificates(db *d, arena *a, fault *f, person_view *p)
{
	person_certificates_rows rows;
	person_parts_rows parts;
	int64_t tenant = p->ref->tenant, id = p->ref->id;

	TRY(sql_person_certificates(d, a, f, &(person_certificates_in){.tenant = tenant, .person = id},
				    &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const person_certificates_row *r = &rows.v[i];
		*vec_add(a, &p->certificates) = (certificate_view){.id = r->id,
								   .category = r->category,
								   .level = r->level,
								   .status = r->status,
								   .generation = r->generation,
								   .reissue = r->reissue,
								   .number = r->number,
								   .remarks = r->remarks,
								   .issued = r->issued,
								   .expires = r->expires,
								   .source = r->source,
								   .ended = r->ended,
								   .ended_for = r->ended_for};
	}
	TRY(sql_person_parts(d, a, f, &(person_parts_in){.tenant = tenant, .person = id}, &parts));
	for (size_t i = 0; i < parts.n; i++) {
		const person_parts_row *r = &parts.v[i];
		*vec_add(a, &p->parts) = (part_view){.certificate = r->certificate,
						     .category = r->category,
						     .level = r->level,
						     .cause = r->cause,
						     .item = r->item,
						     .assessed_on = r->assessed_on};
	}
	return RC_OK;
}

static rc
read_others(db *d, arena *a, fault *f, person_view *p)
{
	person_guardians_rows g;
	person_banks_rows b;
	int64_t tenant = p->ref->tenant, id = p->ref->id;

	TRY(sql_person_guardians(d, a, f, &(person_guardians_in){.tenant = tenant, .person = id}, &g));
	for (size_t i = 0; i < g.n; i++)
		*vec_add(a, &p->guardians) = (guardian_view){.id = g.v[i].id,
							     .relation = g.v[i].relation,
							     .name = g.v[i].name,
							     .id_number = g.v[i].id_number,
							     .phone = g.v[i].phone,
							     .valid_from = g.v[i].valid_from,
							     .valid_to = g.v[i].valid_to};
	TRY(sql_person_banks(d, a, f, &(person_banks_in){.tenant = tenant, .person = id}, &b));
	for (size_t i = 0; i < b.n; i++)
		*vec_add(a, &p->banks) = (bank_view){.id = b.v[i].id,
						     .account = b.v[i].account,
						     .bank = b.v[i].bank,
						     .holder = b.v[i].holder,
						     .valid_from = b.v[i].valid_from,
						     .valid_to = b.v[i].valid_to};
	return RC_OK;
}

/* All that person_read asks, in one trip. */
static void
read_ahead(db *d, const person_ref *ref)
{
	int64_t tenant = ref->tenant, id = ref->id;

	ahead_person_places(d, &(person_places_in){.tenant = tenant, .person = id});
	ahead_person_facts(d, &(person_facts_in){.tenant = tenant, .person = id});
	ahead_person_certificates(d, &(person_certificates_in){.tenant = tenant, .person = id});
	ahead_person_parts(d, &(person_parts_in){.tenant = tenant, .person = id});
	ahead_person_guardians(d, &(person_guardians_in){.tenant = tenant, .person = id});
	ahead_person_banks(d, &(person_banks_in){.tenant = tenant, .person = id});
}

rc
person_read(db *d, arena *a, fault *f, const person_ref *ref, person_view *out)
{
	person_row_row r;

	read_ahead(d, ref);
	TRY(sql_person_row(d, a, f, &(person_row_in){.tenant = ref->tenant, .person = ref->id}, &r));
	*out = (person_view){.ref = ref,
			     .id_kind = r.id_kind,
			     .sex = r.sex,
			     .ethnic = r.ethnic,
			     .merged_into = r.merged_into,
			     .id_number = r.id_number,
			     .phone = r.phone,
			     .name = r.name,
			     .born = r.born,
			     .died = r.died,
			     .photo = r.photo,
			     .source = r.source};
	TRY(read_places(d, a, f, out));
	TRY(read_facts(d, a, f, out));
	TRY(read_certificates(d, a, f, out));
	return read_others(d, a, f, out);
}

bool
person_is_certified(const person_view *p, str on)
{
	for (size_t i = 0; i < p->certificates.n; i++) {
		const certificate_view *c = &p->certificates.v[i];
		if (c->status == CERTIFICATE_VALID && str_cmp(c->expires, on) >= 0)
			return true;
	}
	return false;
}

const fact_view *
person_fact(const person_view *p, str field, str on, int64_t known)
{
	for (size_t i = 0; i < p->facts.n; i++) {
		const fact_view *x = &p->facts.v[i];
		bool was_known =
			x->recorded_at <= known && (x->superseded_at == 0 || x->superseded_at > known);
		bool in_force = str_cmp(x->valid_from, on) <= 0 &&
				(x->valid_to.n == 0 || str_cmp(on, x->valid_to) <= 0);
		if (str_eq(x->field, field) && was_known && in_force)
			return x;
	}
	return NULL;
}

rc
person_reveal(db *d, arena *a, fault *f, const person_ref *ref, const seal_place *at, str sealed, str *out)
{
	data_key key;
	rc r = seal_find(db_sealer(d), f, ref->tenant, ref->id, &key);

	if (r == RC_OK)
		r = seal_open(db_sealer(d), a, f, &key, at, sealed, out);
	crypto_wipe(&key, sizeof key);
	return r;
}
