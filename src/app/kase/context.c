/* context.c - one case inside a command: its rows, its answers opened, its words for the service's
 * conditions. */
#include "app/kase/kase_priv.h"

#include "app/field/value.h"
#include "base/date.h"

static const char *const as_words[] = {[1] = "本人", [2] = "监护人", [4] = "代办", [8] = "依职权"};

int32_t
ctx_today(const kase_ctx *c)
{
	return date_of_instant(c->now);
}

str
ctx_day(const kase_ctx *c)
{
	return date_str(c->a, ctx_today(c));
}

const service *
kase_service(const kase_house *h, str id)
{
	for (size_t i = 0; i < h->nservices; i++)
		if (str_eq(h->service[i]->id, id))
			return h->service[i];
	return NULL;
}

static const service *
version(const kase_house *h, str hash)
{
	for (size_t i = 0; i < h->nservices; i++)
		if (str_eq(str_of(h->service[i]->sha256), hash))
			return h->service[i];
	return NULL;
}

bool
kase_is_his(const actor *who, const row_kase *k)
{
	int64_t home = who->home ? who->home : who->tenant;
	bool filed = who->account && who->tenant == k->filed_tenant && who->account == k->filed_by;

	return filed || (who->person && who->person == k->person && home == k->person_tenant);
}

bool
kase_was_taken_by(const actor *who, const row_kase *k)
{
	return who->office && who->tenant == k->filed_tenant && who->office == k->filed_office;
}

/* ---- sealing ---- */

str
ctx_seal(kase_ctx *c, const char *table, const char *column, int64_t row, str text)
{
	return seal_text(db_sealer(c->d), c->a, &c->key,
			 &(seal_place){.table = table, .column = column, .row = row}, text);
}

rc
ctx_open(kase_ctx *c, const char *table, const char *column, int64_t row, str sealed, str *out)
{
	*out = STR("");
	if (sealed.n == 0)
		return RC_OK;
	return seal_open(db_sealer(c->d), c->a, c->f, &c->key,
			 &(seal_place){.table = table, .column = column, .row = row}, sealed, out);
}

/* ---- loading ---- */

static rc
load_answers(kase_ctx *c)
{
	kase_answers_rows rows;

	c->answer = arena_array(c->a, str, c->h->fields->n);
	c->source = arena_array(c->a, str, c->h->fields->n);
	TRY(sql_kase_answers(c->d, c->a, c->f, &(kase_answers_in){.tenant = c->k.tenant, .kase = c->k.id},
			     &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const field *x = field_find(c->h->fields, rows.v[i].field);
		if (!x)
			continue;
		c->source[x->number] = rows.v[i].source;
		/* the name of a field is part of what an answer is bound to */
		TRY(ctx_open(c, "kase_answer", cstr(c->a, x->id), c->k.id, rows.v[i].value,
			     &c->answer[x->number]));
	}
	return RC_OK;
}

rc
ctx_fill(kase_ctx *c)
{
	c->s = version(c->h, c->k.sha256);
	if (!c->s)
		return FAIL(c->f, RC_INVALID, "kase.version", FA_STR("service", c->k.service));
	TRY(seal_find(db_sealer(c->d), c->f, c->k.key_tenant, c->k.key_id, &c->key));
	for (size_t i = 0; i < KASE_WORDS; i++)
		c->word[i] = STR("");
	const service_step *step = service_step_find(c->s, c->k.step);
	c->word[WORD_NUMBER] = c->k.number;
	c->word[WORD_SERVICE] = c->s->name.zh;
	c->word[WORD_STEP] = step ? step->name.zh : STR("");
	const code_list *l = code_list_find(c->h->fields, STR("channel"));
	const code_item *item = l ? code_find(l, c->k.channel) : NULL;
	c->word[WORD_CHANNEL] = item ? item->zh : STR("");
	c->word[WORD_ASKS_AS] = str_of(as_words[c->k.asks_as]);
	c->word[WORD_SUBMITTED] = c->k.submitted;
	c->word[WORD_ACCEPTED] = c->k.accepted;
	return load_answers(c);
}

rc
ctx_load(kase_ctx *c, tx *t, const kase_at *at)
{
	*c = (kase_ctx){.t = t,
			.d = tx_db(t),
			.a = tx_arena(t),
			.f = tx_fault(t),
			.now = tx_now(t),
			.h = at->house,
			.by = at->by};
	TRY(find_kase(t, at->tenant, at->id, &c->k));
	TRY(ctx_fill(c));
	if (c->k.turn)
		TRY(find_kase_step(t, c->k.tenant, c->k.id, c->k.turn, &c->turn));
	return RC_OK;
}

static void
record_of(kase_ctx *c, str id, str value)
{
	const field *x = field_find(c->h->fields, id);

	if (!x)
		return;
	str was = c->recorded[x->number];
	c->recorded[x->number] =
		x->many && was.n ? str_fmt(c->a, "%.*s %.*s", STR_ARG(was), STR_ARG(value)) : value;
}

static void
record(kase_ctx *c, const char *id, str value)
{
	record_of(c, str_of(id), value);
}

static rc
register_certificate(kase_ctx *c)
{
	kase_register_certificates_rows rows;

	TRY(sql_kase_register_certificates(
		c->d, c->a, c->f,
		&(kase_register_certificates_in){.tenant = c->k.person_tenant, .person = c->k.person},
		&rows));
	if (rows.n == 0)
		return RC_OK;
	const kase_register_certificates_row *r = &rows.v[0]; /* the latest */
	int64_t status = certificate_status_on(r->status, r->expires, ctx_day(c));
	record(c, "certificate_status", str_fmt(c->a, "%lld", (long long)status));
	record(c, "category", str_fmt(c->a, "%lld", (long long)r->category));
	record(c, "level", str_fmt(c->a, "%lld", (long long)r->level));
	record(c, "issued", r->issued);
	record(c, "expires", r->expires);
	record(c, "assessed_on", r->assessed_on);
	record(c, "reissue", str_fmt(c->a, "%lld", (long long)r->reissue));
	record(c, "cancelled_on", r->ended);
	record(c, "cancel_reason", r->ended_for ? str_fmt(c->a, "%lld", (long long)r->ended_for) : STR(""));
	return RC_OK;
}

rc
ctx_register(kase_ctx *c)
{
	kase_register_row_row p;
	kase_register_facts_rows facts;

	c->recorded = arena_array(c->a, str, c->h->fields->n);
	if (c->k.person == 0)
		return RC_OK;
	TRY(sql_kase_register_row(
		c->d, c->a, c->f,
		&(kase_register_row_in){.tenant = c->k.person_tenant, .person = c->k.person}, &p));
	record(c, "name", p.name);
	record(c, "born", p.born);
	record(c, "sex", str_fmt(c->a, "%lld", (long long)p.sex));
	record(c, "died", p.died);
	TRY(register_certificate(c));
	TRY(sql_kase_register_facts(c->d, c->a, c->f,
				    &(kase_register_facts_in){.tenant = c->k.person_tenant,
							      .person = c->k.person,
							      .today = ctx_day(c)},
				    &facts));
	for (size_t i = 0; i < facts.n; i++)
		record_of(c, facts.v[i].field, facts.v[i].value);
	return RC_OK;
}

/* ---- the words ---- */

static str
answer_of(void *ctx, const field *x)
{
	return ((const kase_ctx *)ctx)->answer[x->number];
}

static str
recorded_of(void *ctx, const field *x)
{
	const kase_ctx *c = ctx;

	return c->recorded ? c->recorded[x->number] : STR("");
}

words_env
ctx_env(kase_ctx *c)
{
	words_env e = {.ctx = c,
		       .answer = answer_of,
		       .register_ = recorded_of,
		       .now = c->now,
		       .parameters = c->h->parameters,
		       .region = c->k.region};

	memcpy(e.word, c->word, sizeof e.word);
	return e;
}

rc
ctx_holds(kase_ctx *c, const service_term *term, bool *out)
{
	*out = true;
	if (!term)
		return RC_OK;
	if (!c->recorded)
		TRY(ctx_register(c));
	words_env e = ctx_env(c);
	return words_hold(c->a, c->f, c->s->words, term, &e, out);
}

str
ctx_answer(const kase_ctx *c, const char *id)
{
	const field *x = field_find(c->h->fields, str_of(id));

	return x && c->answer[x->number].n ? c->answer[x->number] : STR("");
}

int64_t
ctx_code(const kase_ctx *c, const char *id)
{
	str code = ctx_answer(c, id);

	return code.n ? MAX(code_number(code), 0) : 0;
}

void
ctx_event(kase_ctx *c, const char *kind)
{
	tx_event(c->t, &(event_head){.tenant = c->k.tenant,
				     .actor = c->by->account,
				     .office = c->by->office,
				     .kind = kind,
				     .subject = c->k.person ? c->k.person : c->k.id,
				     .kase = c->k.id,
				     .purpose = c->k.service,
				     .key = &c->key});
}

/* ---- answers ---- */

void
problem(kase_ctx *c, kase_problems *to, str about, const fault *why)
{
	fault *kept = arena_new(c->a, fault);

	/* texts of a fault point into it */
	fault_copy(kept, why);
	if (to)
		*vec_add(c->a, to) = (kase_problem){.about = about, .why = kept};
}

rc
ctx_put_answer(kase_ctx *c, const field *x, str value)
{
	return ctx_put_known(c, x, value, STR(""));
}

rc
ctx_put_known(kase_ctx *c, const field *x, str value, str source)
{
	row_kase_answer old, r = {.tenant = c->k.tenant,
				  .kase = c->k.id,
				  .field = x->id,
				  .value = ctx_seal(c, "kase_answer", cstr(c->a, x->id), c->k.id, value),
				  .actor = c->by->account,
				  .at = c->now,
				  .source = source};

	if (str_eq(c->answer[x->number], value))
		return RC_OK;
	c->answer[x->number] = value;
	rc e = find_kase_answer(c->t, r.tenant, r.kase, r.field, &old);
	if (e == RC_NOT_FOUND)
		return put_kase_answer(c->t, &r);
	TRY(e);
	return patch_kase_answer(c->t, &r,
				 KASE_ANSWER_VALUE | KASE_ANSWER_ACTOR | KASE_ANSWER_AT | KASE_ANSWER_SOURCE);
}

/* An identity number of the applicant tells his day of birth and sex: they are not typed. */
static rc
follow_number(kase_ctx *c, const field_value *v)
{
	const field *born = field_find(c->h->fields, STR("born")),
		    *sex = field_find(c->h->fields, STR("sex"));

	if (!v->given || !str_eq(v->field->id, STR("id_number")))
		return RC_OK;
	TRY(ctx_put_answer(c, born, date_str(c->a, v->nid.born)));
	return ctx_put_answer(c, sex, v->nid.sex == NID_MALE ? STR("1") : STR("2"));
}

static rc
read_one(kase_ctx *c, const kase_said *said, ctx_asked *asked, field_value *out, fault *why)
{
	const field *x = field_find(c->h->fields, said->field);
	const field_reader r = {.a = c->a, .c = c->h->fields, .today = ctx_today(c)};

	if (!x || !asked(c, x))
		return FAIL(why, RC_INVALID, "kase.not_asked", FA_FIELD(said->field),
			    FA_STR("name", x ? x->name : said->field));
	return field_read_answer(&r, why, x, said->raw, out);
}

rc
ctx_take(kase_ctx *c, const kase_said *said, size_t n, ctx_asked *asked, kase_problems *problems)
{
	field_value *v = arena_array(c->a, field_value, n);
	size_t bad = 0;

	for (size_t i = 0; i < n; i++) {
		fault *why = arena_new(c->a, fault);
		rc r = read_one(c, &said[i], asked, &v[i], why);
		if (r != RC_OK && r != RC_INVALID)
			return r;
		if (r == RC_INVALID) {
			problem(c, problems, said[i].field, why);
			bad++;
		}
	}
	if (bad)
		return FAIL(c->f, RC_INVALID, "kase.answers", FA_INT("n", bad));
	for (size_t i = 0; i < n; i++) {
		TRY(ctx_put_answer(c, v[i].field, v[i].given ? v[i].text : STR("")));
		TRY(follow_number(c, &v[i]));
	}
	return RC_OK;
}
