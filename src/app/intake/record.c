/* record.c - see record.h. */
#include "app/intake/record.h"

#include "base/buf.h"

rc
record_read(db *d, arena *a, fault *f, const catalogue *c, const person_ref *ref, record *out)
{
	person_view *p = arena_new(a, person_view);
	data_key *key = arena_new(a, data_key);

	TRY(person_read(d, a, f, ref, p));
	if (p->merged_into == PERSON_WITHDRAWN)
		return RC_NOT_FOUND;
	TRY(seal_find(db_sealer(d), f, person_ref_tenant(ref), person_ref_id(ref), key));
	*out = (record){.p = p, .key = key, .d = d, .c = c};
	return RC_OK;
}

void
record_done(record *r)
{
	if (r->key)
		crypto_wipe((void *)(uintptr_t)r->key, sizeof *r->key);
	r->key = NULL;
}

typedef struct opening {
	const record *r;
	arena *a;
	fault *f;
} opening;

static rc
opened(const opening *o, const char *table, const char *column, int64_t row, str sealed, str *out)
{
	return seal_open(db_sealer(o->r->d), o->a, o->f, o->r->key,
			 &(seal_place){.table = table, .column = column, .row = row}, sealed, out);
}

/* A small integer as its list writes the code. */
static str
code_text(const opening *o, const char *list, int64_t number)
{
	const code_list *l = code_list_find(o->r->c, str_of(list));
	const code_item *x = l ? code_by_number(l, number) : NULL;

	return x ? x->code : STR("");
}

static bool
id_is(const field *x, const char *id)
{
	return str_eq(x->id, str_of(id));
}

/* ---- each table's columns ---- */

static rc
person_text(const opening *o, const field *x, str *out)
{
	const person_view *p = o->r->p;
	int64_t id = person_ref_id(p->ref);

	if (id_is(x, "name"))
		*out = p->name;
	else if (id_is(x, "born"))
		*out = p->born;
	else if (id_is(x, "died"))
		*out = p->died;
	else if (id_is(x, "sex"))
		*out = code_text(o, "sex", p->sex);
	else if (id_is(x, "ethnic"))
		*out = p->ethnic ? code_text(o, "ethnic", p->ethnic) : STR("");
	else if (id_is(x, "id_kind"))
		*out = code_text(o, "id_kind", p->id_kind);
	else if (id_is(x, "id_number"))
		return opened(o, "person", "id_number", id, p->id_number, out);
	else if (id_is(x, "phone"))
		return opened(o, "person", "phone", id, p->phone, out);
	return RC_OK;
}

static rc
place_text(const opening *o, const field *x, str *out)
{
	const person_view *p = o->r->p;
	bool living = id_is(x, "residence_place") || id_is(x, "residence_address");
	place_kind kind = living ? PLACE_RESIDENCE : PLACE_REGISTRATION;
	bool address = x->type == FIELD_ADDRESS;

	for (size_t i = 0; i < p->places.n; i++) {
		const place_view *v = &p->places.v[i];
		if (v->kind != kind || v->valid_to.n)
			continue;
		if (!address) {
			*out = str_fmt(o->a, "%012lld", (long long)v->region);
			return RC_OK;
		}
		return opened(o, "place", "address", place_row(v->kind, v->region), v->address, out);
	}
	return RC_OK;
}

static rc
certificate_text(const opening *o, const field *x, str *out)
{
	const person_view *p = o->r->p;

	if (p->certificates.n == 0)
		return RC_OK;
	const certificate_view *c = &p->certificates.v[0];
	if (id_is(x, "certificate_number"))
		return opened(o, "certificate", "number", c->id, c->number, out);
	if (id_is(x, "remarks"))
		return opened(o, "certificate", "remarks", c->id, c->remarks, out);
	if (id_is(x, "category"))
		*out = code_text(o, "category", c->category);
	else if (id_is(x, "level"))
		*out = code_text(o, "level", c->level);
	else if (id_is(x, "certificate_status"))
		*out = code_text(o, "certificate_status", c->status);
	else if (id_is(x, "generation"))
		*out = code_text(o, "generation", c->generation);
	else if (id_is(x, "issued"))
		*out = c->issued;
	else if (id_is(x, "expires"))
		*out = c->expires;
	else if (id_is(x, "cancelled_on"))
		*out = c->ended;
	else if (id_is(x, "cancel_reason"))
		*out = code_text(o, "cancel_reason", c->ended_for);
	else if (id_is(x, "reissue"))
		*out = str_fmt(o->a, "%lld", (long long)c->reissue);
	return RC_OK;
}

void
record_parts(const record *r, arena *a, const part_in **v, size_t *n)
{
	const person_view *p = r->p;
	part_in *to = arena_array(a, part_in, p->parts.n);

	*n = 0;
	for (size_t i = 0; p->certificates.n && i < p->parts.n; i++) {
		const part_view *x = &p->parts.v[i];
		if (x->certificate == p->certificates.v[0].id)
			to[(*n)++] = (part_in){.category = x->category,
					       .level = x->level,
					       .cause = x->cause,
					       .item = x->item,
					       .assessed_on = x->assessed_on};
	}
	*v = to;
}

static rc
part_text(const opening *o, const field *x, str *out)
{
	const part_in *v = NULL;
	size_t n = 0;

	record_parts(o->r, o->a, &v, &n);
	if (id_is(x, "components"))
		*out = intake_parts_show(o->a, o->r->c, v, n, MSG_ZH);
	else if (n && id_is(x, "cause"))
		*out = v[0].cause;
	else if (n && id_is(x, "assessed_on"))
		*out = v[0].assessed_on;
	return RC_OK;
}

static rc
guardian_text(const opening *o, const field *x, str *out)
{
	const person_view *p = o->r->p;

	for (size_t i = 0; i < p->guardians.n; i++) {
		const guardian_view *g = &p->guardians.v[i];
		if (g->valid_to.n)
			continue;
		if (id_is(x, "guardian_id_number"))
			return opened(o, "guardian", "id_number", g->id, g->id_number, out);
		if (id_is(x, "guardian_phone"))
			return opened(o, "guardian", "phone", g->id, g->phone, out);
		if (id_is(x, "guardian_name"))
			*out = g->name;
		else if (id_is(x, "guardian_relation"))
			*out = code_text(o, "guardian_relation", g->relation);
		return RC_OK;
	}
	return RC_OK;
}

static rc
bank_text(const opening *o, const field *x, str *out)
{
	const person_view *p = o->r->p;

	for (size_t i = 0; i < p->banks.n; i++) {
		const bank_view *b = &p->banks.v[i];
		if (b->valid_to.n)
			continue;
		if (id_is(x, "bank_account"))
			return opened(o, "bank", "account", b->id, b->account, out);
		if (id_is(x, "bank_name"))
			*out = b->bank;
		else if (id_is(x, "bank_holder"))
			*out = b->holder;
		return RC_OK;
	}
	return RC_OK;
}

/* Facts come newest first; those of one day were entered in the order of their ids. */
static rc
fact_text(const opening *o, const field *x, str *out)
{
	const person_view *p = o->r->p;
	buf b = buf_in(o->a);

	for (size_t i = p->facts.n; i-- > 0;) {
		const fact_view *v = &p->facts.v[i];
		if (!str_eq(v->field, x->id) || v->superseded_at || v->valid_to.n)
			continue;
		if (b.n && !x->many)
			buf_clear(&b);
		if (b.n)
			buf_lit(&b, "、");
		buf_put(&b, v->value);
	}
	*out = buf_str(&b);
	return RC_OK;
}

rc
record_text(const record *r, arena *a, fault *f, const field *x, str *out)
{
	static const struct {
		const char *table;
		rc (*text)(const opening *, const field *, str *);
	} tables[] = {
		{"person", person_text},           {"place", place_text},
		{"certificate", certificate_text}, {"certificate_part", part_text},
		{"guardian", guardian_text},       {"bank", bank_text},
	};
	const opening o = {.r = r, .a = a, .f = f};

	*out = STR("");
	if (x->home == HOME_FACT)
		return fact_text(&o, x, out);
	for (size_t i = 0; x->home == HOME_COLUMN && i < LEN(tables); i++)
		if (str_eq(x->where, str_of(tables[i].table)))
			return tables[i].text(&o, x, out);
	return RC_OK;
}

/* ---- comparing ---- */

/* What the row says of a field, in the register's words; false when it says nothing. */
static bool
row_text(const intake_setting *s, arena *a, const intake_read *row, const field *x, str *out)
{
	const person_in *p = &row->person;

	if (x == s->f_place || x == s->f_home) {
		size_t i = x == s->f_home;
		if (i >= p->nplaces)
			return false;
		*out = str_fmt(a, "%012lld", (long long)p->place[i].region);
		return true;
	}
	if (x == s->f_address || x == s->f_home_address) {
		size_t i = x == s->f_home_address;
		if (i >= p->nplaces || p->place[i].address.n == 0)
			return false;
		*out = p->place[i].address;
		return true;
	}
	if (x == s->f_parts) {
		if (!p->has_certificate || p->certificate.nparts == 0)
			return false;
		*out = intake_parts_show(a, s->c, p->certificate.part, p->certificate.nparts, MSG_ZH);
		return true;
	}
	*out = row->value[x->number].text;
	return row->value[x->number].given;
}

/* Not compared: what follows from the number, and what the register does not keep as a column of its own. */
static bool
is_compared(const intake_setting *s, const field *x)
{
	return x != s->f_kind && x != s->f_reissue && x != s->f_gproof && x != s->f_assessed &&
	       x != s->f_cause && (x->home == HOME_COLUMN || x->home == HOME_FACT);
}

/* Is every value of `a` among those of `b`? */
static bool
within(str a, str b)
{
	str sep = STR("、");

	while (a.n) {
		ptrdiff_t at = str_find(a, sep);
		str one = at < 0 ? a : str_sub(a, 0, (size_t)at), rest = b;
		bool found = false;
		a = at < 0 ? STR("") : str_from(a, (size_t)at + sep.n);
		while (rest.n && !found) {
			at = str_find(rest, sep);
			found = str_eq(at < 0 ? rest : str_sub(rest, 0, (size_t)at), one);
			rest = at < 0 ? STR("") : str_from(rest, (size_t)at + sep.n);
		}
		if (!found)
			return false;
	}
	return true;
}

bool
record_same(const field *x, str a, str b)
{
	return str_eq(a, b) || (x->many && within(a, b) && within(b, a));
}

rc
record_digest(sealer *k, const intake_setting *s, arena *a, fault *f, const intake_read *row, str *out)
{
	buf b = buf_in(a);
	str said;

	for (size_t i = 0; i < s->c->n; i++) {
		const field *x = &s->c->field[i];
		if (!is_compared(s, x) || !row_text(s, a, row, x, &said))
			continue;
		buf_put(&b, x->id);
		buf_c(&b, '\n');
		buf_i64(&b, (int64_t)said.n);
		buf_c(&b, ':');
		buf_put(&b, said);
	}
	return seal_index(k, a, f, "import_row", buf_str(&b), out);
}

rc
record_compare(const record *r, const intake_setting *s, arena *a, fault *f, const intake_read *row,
	       intake_differences *out)
{
	str said, kept;

	*out = (intake_differences){0};
	for (size_t i = 0; i < s->c->n; i++) {
		const field *x = &s->c->field[i];
		if (!is_compared(s, x) || !row_text(s, a, row, x, &said))
			continue;
		TRY(record_text(r, a, f, x, &kept));
		if (!record_same(x, said, kept))
			*vec_add(a, out) = (intake_difference){.field = x, .sheet = said, .kept = kept};
	}
	return RC_OK;
}
