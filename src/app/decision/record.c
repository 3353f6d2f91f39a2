/* record.c - a person's record as values of FEEL, each with its source. */
#include "app/decision/decision.h"

#include "app/decision_sql.h"
#include "app/service/terms.h"
#include "base/date.h"

/* What the register says of a field: stored texts, several with blanks between. */
typedef struct entry {
	str text, from, source;
} entry;

typedef struct record {
	arena *a;
	const catalogue *fields;
	entry *entry; /* by field number */
} record;

static void
put(record *r, str id, str text, str from, str source)
{
	const field *x = field_find(r->fields, id);

	if (!x || text.n == 0)
		return;
	entry *e = &r->entry[x->number];
	bool more = x->many && e->text.n;
	*e = (entry){more ? str_fmt(r->a, "%.*s %.*s", STR_ARG(e->text), STR_ARG(text)) : text, from, source};
}

static void
put_code(record *r, const char *id, int64_t code, str from, str source)
{
	put(r, str_of(id), code ? str_fmt(r->a, "%lld", (long long)code) : STR(""), from, source);
}

static rc
read_record(record *r, db *d, fault *f, const decision_ask *ask, str day)
{
	decision_person_row p;
	decision_certificates_rows c;
	decision_facts_rows facts;

	TRY(sql_decision_person(d, r->a, f,
				&(decision_person_in){.tenant = ask->tenant, .person = ask->person}, &p));
	put(r, STR("name"), p.name, STR(""), p.source);
	put(r, STR("born"), p.born, p.born, p.source);
	put_code(r, "sex", p.sex, STR(""), p.source);
	put_code(r, "ethnic", p.ethnic, STR(""), p.source);
	put(r, STR("died"), p.died, p.died, p.source);
	TRY(sql_decision_certificates(
		d, r->a, f, &(decision_certificates_in){.tenant = ask->tenant, .person = ask->person}, &c));
	if (c.n) {
		const decision_certificates_row *k = &c.v[0];
		put_code(r, "certificate_status", k->status, k->issued, k->source);
		put_code(r, "category", k->category, k->issued, k->source);
		put_code(r, "level", k->level, k->issued, k->source);
		put(r, STR("issued"), k->issued, k->issued, k->source);
		put(r, STR("expires"), k->expires, k->issued, k->source);
	}
	TRY(sql_decision_facts(d, r->a, f,
			       &(decision_facts_in){.tenant = ask->tenant, .person = ask->person, .day = day},
			       &facts));
	for (size_t i = 0; i < facts.n; i++)
		put(r, facts.v[i].field, facts.v[i].value, facts.v[i].valid_from, facts.v[i].source);
	for (size_t i = 0; ask->answer && i < r->fields->n; i++) {
		const field *x = &r->fields->field[i];
		str text = x->home == HOME_FACT ? ask->answer(ask->ctx, x) : STR("");
		if (text.n)
			r->entry[i] = (entry){text, ask->answered_on, ask->answered};
	}
	return RC_OK;
}

static str
recorded(void *ctx, const field *x)
{
	return ((const record *)ctx)->entry[x->number].text;
}

/* Where a value comes from: its own entry, or of a computed one the first that it follows from. */
static const entry *
origin(const record *r, const service_words *w, const field *x, unsigned depth)
{
	static const entry nowhere = {{.n = 0}, {.n = 0}, {.n = 0}};
	const uint32_t *slot = NULL;
	size_t n = w->derived[x->number] ? feel_expr_slots(w->derived[x->number], &slot) : 0;

	if (!w->derived[x->number])
		return &r->entry[x->number];
	for (size_t i = 0; i < n && depth < 4; i++) {
		if (slot[i] >= 2 * r->fields->n)
			continue;
		const entry *e = origin(r, w, &r->fields->field[slot[i] % r->fields->n], depth + 1);
		if (e->text.n)
			return e;
	}
	return &nowhere;
}

static bool
is_there(const decision_values *v, str name)
{
	for (size_t i = 0; i < v->n; i++)
		if (str_eq(v->v[i].name, name))
			return true;
	return false;
}

rc
decision_values_read(db *d, arena *a, fault *f, const decision_ask *ask, const policy *lowest, int32_t day,
		     decision_values *out)
{
	record r = {.a = a, .fields = ask->fields, .entry = arena_array(a, entry, ask->fields->n)};
	words_env env = {.ctx = &r, .register_ = recorded, .now = date_start_instant(day)};
	service_words *w = NULL;

	*out = (decision_values){0};
	TRY(words_open(a, f, ask->fields, NULL, 0, &w));
	TRY(read_record(&r, d, f, ask, date_str(a, day)));
	for (const policy *p = lowest; p; p = p->above)
		for (size_t i = 0; i < p->doc->ninputs; i++) {
			str name = p->doc->input[i].name;
			const field *x = map_get(&ask->fields->names, name);
			if (str_eq(name, POLICY_ABOVE) || is_there(out, name))
				continue;
			decision_value *v = vec_add(a, out);
			*v = (decision_value){.name = name, .value = feel_null(NULL)};
			if (!x)
				continue;
			const entry *e = origin(&r, w, x, 0);
			v->value = words_recorded(a, w, x, &env);
			v->from = e->from;
			v->source = e->source;
		}
	return RC_OK;
}
