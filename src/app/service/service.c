/* service.c - see service.h: applicants, questions, papers, documents, publicity, counting. */
#include "app/service/service_priv.h"

#include "io/crypto.h"
#include "io/pdf_text.h"

enum { FILE_MAX = 512 * 1024, ID_MAX = 40, NAME_MAX_CHARS = 60, ORDER_MAX = 99 };

const str paper_state_names[PAPER_STATES] = {STR("original"), STR("copy"),     STR("electronic"),
					     STR("shared"),   STR("promised"), STR("later")};

const str notice_field_names[NOTICE_FIELDS] = {STR("name"),     STR("masked_name"), STR("village"),
					       STR("category"), STR("level"),       STR("institution"),
					       STR("service"),  STR("amount")};

static const str asks_names[] = {STR("self"), STR("guardian"), STR("helper"), STR("office")};
static const str unit_names[] = {STR("working days"), STR("days"), STR("months")};

/* ---- small readers ---- */

rc
need_pair(loader *l, const yaml *in, str key, pair *out)
{
	TRY(yaml_need_pair(l->f, in, key, &out->zh, &out->en));
	out->zh = str_dup(l->a, out->zh);
	out->en = str_dup(l->a, out->en);
	return RC_OK;
}

rc
opt_pair(loader *l, const yaml *in, str key, pair *out)
{
	return yaml_find(in, key) ? need_pair(l, in, key, out) : RC_OK;
}

rc
opt_term(loader *l, const yaml *in, str key, const service_term **out)
{
	const yaml *v = yaml_find(in, key);

	if (!v)
		return RC_OK;
	service_term *t = arena_new(l->a, service_term);
	TRY(words_parse(l->a, l->f, l->w, v, t));
	*out = t;
	return RC_OK;
}

rc
need_term(loader *l, const yaml *in, str key, const service_term **out)
{
	const yaml *v = NULL;

	TRY(yaml_need(l->f, in, key, &v));
	return opt_term(l, in, key, out);
}

rc
opt_span(loader *l, const yaml *in, str key, span *out)
{
	const yaml *v = yaml_find(in, key);

	if (!v)
		return RC_OK;
	str text;
	TRY(yaml_text(l->f, v, &text));
	ptrdiff_t gap = str_find_char(text, ' ');
	str unit = gap < 0 ? STR("") : str_trim(str_from(text, (size_t)gap));
	for (size_t i = 0; i < LEN(unit_names); i++)
		if (str_eq(unit, unit_names[i]) && str_to_i64(str_sub(text, 0, (size_t)gap), &out->n) &&
		    out->n > 0 && out->n <= 3650) {
			out->unit = (span_unit)i;
			return RC_OK;
		}
	return YAML_FAIL(l->f, v, "service.span", FA_STR("text", text));
}

rc
words_of(loader *l, const yaml *in, str key, const yaml **v, size_t *n)
{
	const yaml *x = yaml_find(in, key);

	*v = NULL;
	*n = 0;
	if (!x)
		return RC_OK;
	*v = x->kind == YAML_LIST ? x->item : x;
	*n = x->kind == YAML_LIST ? x->n : 1;
	for (size_t i = 0; i < *n; i++)
		TRY(yaml_is(l->f, &(*v)[i], YAML_TEXT));
	return RC_OK;
}

rc
find_role(loader *l, const yaml *v, const role **out)
{
	*out = role_find(l->ask->roles, v->text);
	if (!*out)
		return YAML_FAIL(l->f, v, "service.role", FA_STR("name", v->text));
	if ((*out)->own)
		return YAML_FAIL(l->f, v, "service.role_own", FA_STR("name", v->text));
	return RC_OK;
}

/* Words of a fixed set as bits. */
static rc
read_bits(loader *l, const yaml *in, str key, const str *names, size_t n, unsigned *out)
{
	const yaml *v;
	size_t count;

	TRY(words_of(l, in, key, &v, &count));
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;
		TRY(yaml_choice(l->f, &v[i], names, n, &k));
		*out |= 1u << k;
	}
	return RC_OK;
}

static bool
id_ok(str s)
{
	if (s.n == 0 || s.n > ID_MAX || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '_' &&
		    s.p[i] != '-')
			return false;
	return true;
}

static rc
check_ids(loader *l, const yaml *members)
{
	for (size_t i = 0; i < members->n; i++)
		if (!id_ok(members->key[i].text))
			return YAML_FAIL(l->f, &members->key[i], "service.id",
					 FA_STR("name", members->key[i].text));
	return RC_OK;
}

/* A required map of named members. */
static rc
need_map(loader *l, const yaml *in, str key, const yaml **out)
{
	TRY(yaml_need_kind(l->f, in, key, YAML_MAP, out));
	return check_ids(l, *out);
}

bool
file_text(const loader *l, str name, str *out)
{
	for (size_t i = 1; i < l->ask->nfiles; i++)
		if (str_eq(l->ask->file[i].name, name)) {
			*out = l->ask->file[i].text;
			return true;
		}
	*out = STR("");
	return false;
}

/* ---- questions ---- */

static rc
read_question(loader *l, const yaml *v, service_question *q)
{
	const yaml *name = v;

	if (v->kind == YAML_MAP) {
		TRY(ONLY(l, v, STR("field"), STR("when"), STR("optional"), STR("ask"), STR("help")));
		TRY(yaml_need(l->f, v, STR("field"), &name));
		TRY(yaml_opt_bool(l->f, v, STR("optional"), &q->optional));
		TRY(opt_term(l, v, STR("when"), &q->when));
		TRY(opt_pair(l, v, STR("ask"), &q->ask));
		TRY(opt_pair(l, v, STR("help"), &q->help));
	}
	str id;
	TRY(yaml_text(l->f, name, &id));
	q->field = field_find(l->ask->fields, id);
	if (!q->field)
		return YAML_FAIL(l->f, name, "service.field", FA_STR("name", id));
	if (q->field->home == HOME_DERIVED || q->field->home == HOME_PART)
		return YAML_FAIL(l->f, name, "service.field_not_asked", FA_STR("name", id));
	return RC_OK;
}

rc
read_questions(loader *l, const yaml *list, const service_question **out, size_t *n)
{
	service_question *q = arena_array(l->a, service_question, list->n);

	for (size_t i = 0; i < list->n; i++) {
		TRY(read_question(l, &list->item[i], &q[i]));
		for (size_t k = 0; k < i; k++)
			if (q[k].field == q[i].field)
				return YAML_FAIL(l->f, &list->item[i], "service.twice",
						 FA_STR("name", q[i].field->id));
	}
	*out = q;
	*n = list->n;
	return RC_OK;
}

static rc
read_sections(loader *l, const yaml *members)
{
	service_section *v = arena_array(l->a, service_section, members->n);

	for (size_t i = 0; i < members->n; i++) {
		const yaml *in = &members->item[i], *list = NULL;
		v[i].id = str_dup(l->a, members->key[i].text);
		TRY(yaml_is(l->f, in, YAML_MAP));
		TRY(ONLY(l, in, STR("title"), STR("when"), STR("fields")));
		TRY(need_pair(l, in, STR("title"), &v[i].title));
		TRY(opt_term(l, in, STR("when"), &v[i].when));
		TRY(yaml_need_kind(l->f, in, STR("fields"), YAML_LIST, &list));
		TRY(read_questions(l, list, &v[i].q, &v[i].n));
	}
	l->s->section = v;
	l->s->nsections = members->n;
	return RC_OK;
}

static bool
is_asked(const service *s, str id)
{
	for (size_t i = 0; i < s->nsections; i++)
		for (size_t k = 0; k < s->section[i].n; k++)
			if (str_eq(s->section[i].q[k].field->id, id))
				return true;
	for (size_t i = 0; i < s->nsteps; i++)
		for (size_t j = 0; j < s->step[i].nacts; j++)
			for (size_t k = 0; k < s->step[i].act[j].nq; k++)
				if (str_eq(s->step[i].act[j].q[k].field->id, id))
					return true;
	for (size_t i = 0; i < s->nsteps; i++)
		for (size_t j = 0; j < s->step[i].nacts; j++)
			for (size_t k = 0; k < s->step[i].act[j].nset; k++)
				if (str_eq(s->step[i].act[j].set[k].field->id, id))
					return true;
	return false;
}

/* ---- applicants and what bars them ---- */

rc
read_bars(loader *l, const yaml *list, bool lifts, const service_bar **out, size_t *n)
{
	service_bar *v = arena_array(l->a, service_bar, list->n);

	for (size_t i = 0; i < list->n; i++) {
		const yaml *in = &list->item[i], *lift;
		TRY(yaml_is(l->f, in, YAML_MAP));
		if (lifts)
			TRY(ONLY(l, in, STR("if"), STR("say"), STR("instead"), STR("lift")));
		else
			TRY(ONLY(l, in, STR("if"), STR("say")));
		TRY(need_term(l, in, STR("if"), &v[i].when));
		TRY(need_pair(l, in, STR("say"), &v[i].say));
		TRY(yaml_opt_text(l->f, in, STR("instead"), &v[i].instead));
		lift = yaml_find(in, STR("lift"));
		if (lift)
			TRY(find_role(l, lift, &v[i].lift));
	}
	*out = v;
	*n = list->n;
	return RC_OK;
}

static rc
read_applicant(loader *l, const yaml *in)
{
	static const str anywhere[] = {STR("anywhere")};
	const yaml *bars = NULL;
	service *s = l->s;
	size_t k = 0;

	TRY(ONLY(l, in, STR("may"), STR("accepted"), STR("guardian when"), STR("not when")));
	s->anywhere = yaml_find(in, STR("accepted")) != NULL;
	TRY(yaml_opt_choice(l->f, in, STR("accepted"), anywhere, LEN(anywhere), &k));
	TRY(read_bits(l, in, STR("may"), asks_names, LEN(asks_names), &s->may));
	if (s->may == 0)
		return YAML_FAIL(l->f, in, "service.nobody");
	TRY(opt_term(l, in, STR("guardian when"), &s->guardian_when));
	if (s->guardian_when && !(s->may & ASKS_GUARDIAN))
		return YAML_FAIL(l->f, in, "service.guardian");
	TRY(yaml_opt_list(l->f, in, STR("not when"), &bars));
	return bars ? read_bars(l, bars, true, &s->bar, &s->nbars) : RC_OK;
}

static rc
read_terms(loader *l, const yaml *members)
{
	for (size_t i = 0; members && i < members->n; i++)
		TRY(words_define(l->a, l->f, l->w, &members->key[i], &members->item[i]));
	return RC_OK;
}

/* ---- papers, documents, outcomes ---- */

static rc
read_papers(loader *l, const yaml *members)
{
	service_paper *v = arena_array(l->a, service_paper, members->n);

	for (size_t i = 0; i < members->n; i++) {
		const yaml *in = &members->item[i];
		v[i].id = str_dup(l->a, members->key[i].text);
		TRY(yaml_is(l->f, in, YAML_MAP));
		TRY(ONLY(l, in, STR("name"), STR("help"), STR("when"), STR("accepts"), STR("portrait"),
			 STR("whose")));
		TRY(need_pair(l, in, STR("name"), &v[i].name));
		TRY(opt_pair(l, in, STR("help"), &v[i].help));
		TRY(opt_pair(l, in, STR("whose"), &v[i].whose));
		TRY(opt_term(l, in, STR("when"), &v[i].when));
		TRY(yaml_opt_bool(l->f, in, STR("portrait"), &v[i].portrait));
		TRY(read_bits(l, in, STR("accepts"), paper_state_names, PAPER_STATES, &v[i].accepts));
		if (v[i].accepts == 0)
			return YAML_FAIL(l->f, in, "service.paper", FA_STR("name", v[i].id));
	}
	l->s->paper = v;
	l->s->npapers = members->n;
	return RC_OK;
}

/* A template is made once with nothing in it: marks and names are then known to be right. */
static rc
template_text(void *ctx, arena *a, fault *f, str expression, str *out)
{
	const loader *l = ctx;

	*out = STR("");
	return words_know(a, f, l->w, expression);
}

static rc
template_holds(void *ctx, fault *f, str expression, bool *out)
{
	const loader *l = ctx;

	*out = true;
	return words_know(l->a, f, l->w, expression);
}

static rc
template_each(void *ctx, fault *f, str list, size_t i, bool *more)
{
	(void)ctx;
	*more = i == 0;
	if (!str_eq(list, STR(SERVICE_MISSING)))
		return FAIL(f, RC_INVALID, "service.list", FA_STR("name", list));
	return RC_OK;
}

static rc
check_template(loader *l, const yaml *v, const service_document *d)
{
	fault why = {0};
	const pdf_fields fields = {l, template_text, template_holds, template_each};
	const pdf_block *blocks;
	size_t n;

	if (pdf_text(l->a, &why, d->text, &fields, &blocks, &n) == RC_OK)
		return RC_OK;
	return YAML_FAIL(l->f, v, "service.template", FA_STR("name", d->file),
			 FA_STR("detail", fault_print(l->a, &why)));
}

static rc
read_documents(loader *l, const yaml *members)
{
	service_document *v = arena_array(l->a, service_document, members->n);

	for (size_t i = 0; i < members->n; i++) {
		const yaml *in = &members->item[i], *file = NULL;
		v[i].id = str_dup(l->a, members->key[i].text);
		TRY(yaml_is(l->f, in, YAML_MAP));
		TRY(ONLY(l, in, STR("name"), STR("series"), STR("text"), STR("theirs")));
		TRY(need_pair(l, in, STR("name"), &v[i].name));
		TRY(yaml_opt_bool(l->f, in, STR("theirs"), &v[i].theirs));
		TRY(yaml_need_text(l->f, in, STR("series"), &v[i].series));
		TRY(yaml_need(l->f, in, STR("text"), &file));
		TRY(yaml_text(l->f, file, &v[i].file));
		v[i].series = str_dup(l->a, v[i].series);
		v[i].file = str_dup(l->a, v[i].file);
		if (!file_text(l, v[i].file, &v[i].text))
			return YAML_FAIL(l->f, file, "service.file", FA_STR("name", v[i].file));
		v[i].text = str_dup(l->a, v[i].text);
		TRY(check_template(l, file, &v[i]));
	}
	l->s->document = v;
	l->s->ndocuments = members->n;
	return RC_OK;
}

static rc
read_outcomes(loader *l, const yaml *members)
{
	service_outcome *v = arena_array(l->a, service_outcome, members->n);

	for (size_t i = 0; i < members->n; i++) {
		const yaml *in = &members->item[i];
		v[i].id = str_dup(l->a, members->key[i].text);
		TRY(yaml_is(l->f, in, YAML_MAP));
		TRY(ONLY(l, in, STR("name"), STR("granted")));
		TRY(need_pair(l, in, STR("name"), &v[i].name));
		TRY(yaml_opt_bool(l->f, in, STR("granted"), &v[i].granted));
	}
	l->s->outcome = v;
	l->s->noutcomes = members->n;
	return RC_OK;
}

static rc
read_serves(loader *l, const yaml *in)
{
	service_serves *s = &l->s->serves;

	if (!in)
		return RC_OK;
	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("policy"), STR("decision")));
	TRY(yaml_need_text(l->f, in, STR("policy"), &s->policy));
	TRY(yaml_need_text(l->f, in, STR("decision"), &s->decision));
	*s = (service_serves){str_dup(l->a, s->policy), str_dup(l->a, s->decision)};
	return RC_OK;
}

static rc
read_basis(loader *l, const yaml *list)
{
	service_basis *v = arena_array(l->a, service_basis, list->n);

	for (size_t i = 0; i < list->n; i++) {
		const yaml *in = &list->item[i];
		TRY(yaml_is(l->f, in, YAML_MAP));
		TRY(ONLY(l, in, STR("document"), STR("article")));
		TRY(need_pair(l, in, STR("document"), &v[i].document));
		TRY(yaml_opt_text(l->f, in, STR("article"), &v[i].article));
		v[i].article = str_dup(l->a, v[i].article.p ? v[i].article : STR(""));
	}
	l->s->basis = v;
	l->s->nbasis = list->n;
	return RC_OK;
}

/* ---- forms ---- */

static rc
read_grade(loader *l, const yaml *in, service_grade *out)
{
	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("policy"), STR("decision"), STR("of")));
	TRY(yaml_need_text(l->f, in, STR("policy"), &out->policy));
	TRY(yaml_need_text(l->f, in, STR("decision"), &out->decision));
	TRY(yaml_need_text(l->f, in, STR("of"), &out->of));
	*out = (service_grade){str_dup(l->a, out->policy), str_dup(l->a, out->decision),
			       str_dup(l->a, out->of)};
	return RC_OK;
}

static rc
read_form(loader *l, const yaml *in, str id, service_form *out)
{
	const yaml *list = NULL, *flags = NULL, *grade = NULL;

	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("form"), STR("name"), STR("clause"), STR("when"), STR("grade"), STR("fields"),
		 STR("flags")));
	TRY(yaml_need_text(l->f, in, STR("form"), &out->id));
	if (!str_eq(out->id, id))
		return YAML_FAIL(l->f, in, "service.form_id", FA_STR("name", out->id));
	out->id = str_dup(l->a, out->id);
	TRY(need_pair(l, in, STR("name"), &out->name));
	TRY(yaml_opt_text(l->f, in, STR("clause"), &out->clause));
	out->clause = str_dup(l->a, out->clause.p ? out->clause : STR(""));
	TRY(opt_term(l, in, STR("when"), &out->when));
	TRY(yaml_need_kind(l->f, in, STR("fields"), YAML_LIST, &list));
	TRY(read_questions(l, list, &out->q, &out->n));
	grade = yaml_find(in, STR("grade"));
	if (grade)
		TRY(read_grade(l, grade, &out->grade));
	TRY(yaml_opt_list(l->f, in, STR("flags"), &flags));
	return flags ? read_bars(l, flags, false, &out->flag, &out->nflags) : RC_OK;
}

rc
open_file(loader *l, const yaml *at, str name, const yaml **root)
{
	str text;

	if (!file_text(l, name, &text))
		return YAML_FAIL(l->f, at, "service.file", FA_STR("name", name));
	str shown = str_fmt(l->a, "%.*s: %.*s", STR_ARG(l->s->file), STR_ARG(name));
	return yaml_parse(l->a, l->f, shown, text, FILE_MAX, root);
}

rc
read_forms(loader *l, const yaml *list)
{
	service_form *v = arena_array(l->a, service_form, list->n);

	for (size_t i = 0; i < list->n; i++) {
		const yaml *root = NULL;
		str id;
		TRY(yaml_text(l->f, &list->item[i], &id));
		bool shared = str_starts(id, STR("shared/"));
		str name = str_fmt(l->a, "%s%.*s.yaml", shared ? "" : "forms/", STR_ARG(id));
		id = shared ? str_from(id, STR("shared/").n) : id;
		TRY(open_file(l, &list->item[i], name, &root));
		TRY(read_form(l, root, id, &v[i]));
	}
	l->s->form = v;
	l->s->nforms = list->n;
	return RC_OK;
}

/* ---- publicity and counting ---- */

static rc
read_publicity(loader *l, const yaml *in)
{
	service_publicity *p = &l->s->publicity;
	const yaml *board = NULL, *web;

	if (!in)
		return RC_OK;
	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("lasts"), STR("board"), STR("web"), STR("web when")));
	TRY(yaml_need(l->f, in, STR("lasts"), &board));
	TRY(opt_span(l, in, STR("lasts"), &p->lasts));
	TRY(yaml_need(l->f, in, STR("board"), &board));
	TRY(read_bits(l, in, STR("board"), notice_field_names, NOTICE_FIELDS, &p->board));
	TRY(read_bits(l, in, STR("web"), notice_field_names, NOTICE_FIELDS, &p->web));
	web = yaml_find(in, STR("web"));
	if (p->web & ~(unsigned)(NOTICE_MASKED_NAME | NOTICE_VILLAGE))
		return YAML_FAIL(l->f, web, "service.web_shows");
	p->is = true;
	return opt_term(l, in, STR("web when"), &p->web_when);
}

static const service_outcome *
outcome_find(const service *s, str id)
{
	for (size_t i = 0; i < s->noutcomes; i++)
		if (str_eq(s->outcome[i].id, id))
			return &s->outcome[i];
	return NULL;
}

static rc
need_step(loader *l, const yaml *in, str key, const service_step **out)
{
	const yaml *v = NULL;

	TRY(yaml_need(l->f, in, key, &v));
	*out = service_step_find(l->s, v->text);
	return *out ? RC_OK : YAML_FAIL(l->f, v, "service.step", FA_STR("name", v->text));
}

static rc
read_count(loader *l, const yaml *v, service_count *c)
{
	static const str what[] = {STR("working days"), STR("days")};
	const yaml *name = v;
	size_t unit = 0;

	if (v->kind == YAML_MAP && yaml_find(v, STR("mean"))) {
		TRY(ONLY(l, v, STR("mean"), STR("from"), STR("to")));
		TRY(yaml_need_choice(l->f, v, STR("mean"), what, LEN(what), &unit));
		c->kind = COUNT_MEAN_DAYS;
		c->unit = (span_unit)unit;
		TRY(need_step(l, v, STR("from"), &c->from));
		return need_step(l, v, STR("to"), &c->to);
	}
	if (v->kind == YAML_MAP) {
		TRY(ONLY(l, v, STR("outcome"), STR("when")));
		TRY(yaml_need(l->f, v, STR("outcome"), &name));
		TRY(opt_term(l, v, STR("when"), &c->when));
	}
	TRY(yaml_is(l->f, name, YAML_TEXT));
	c->outcome = outcome_find(l->s, name->text);
	return c->outcome ? RC_OK : YAML_FAIL(l->f, name, "service.outcome", FA_STR("name", name->text));
}

static rc
read_counts(loader *l, const yaml *members)
{
	if (!members)
		return RC_OK;
	TRY(yaml_is(l->f, members, YAML_MAP));
	service_count *v = arena_array(l->a, service_count, members->n);
	for (size_t i = 0; i < members->n; i++) {
		v[i].indicator = str_dup(l->a, members->key[i].text);
		TRY(read_count(l, &members->item[i], &v[i]));
	}
	l->s->count = v;
	l->s->ncounts = members->n;
	return RC_OK;
}

/* ---- the whole ---- */

/* Every field that an effect of the service takes must have been asked somewhere. */
static rc
check_effects(loader *l, const yaml *root)
{
	const service *s = l->s;

	for (size_t i = 0; i < s->nsteps; i++)
		for (size_t j = 0; j < s->step[i].nacts; j++)
			for (size_t k = 0; k < s->step[i].act[j].neffects; k++) {
				const service_effect *e = s->step[i].act[j].effect[k];
				if (e->publicity && !s->publicity.is)
					return YAML_FAIL(l->f, root, "service.no_publicity",
							 FA_STR("effect", e->name));
				if (e->serves && s->serves.policy.n == 0)
					return YAML_FAIL(l->f, root, "service.no_policy",
							 FA_STR("name", e->name));
				for (const char *const *n = e->needs; n && *n; n++)
					if (!is_asked(s, str_of(*n)))
						return YAML_FAIL(l->f, root, "service.effect_needs",
								 FA_STR("effect", e->name),
								 FA_STR("field", str_of(*n)));
			}
	return RC_OK;
}

static rc
read_head(loader *l, const yaml *root)
{
	service *s = l->s;
	const yaml *id = NULL, *list = NULL, *line = NULL;
	bool known = false;

	TRY(yaml_need(l->f, root, STR("service"), &id));
	TRY(yaml_text(l->f, id, &s->id));
	if (!id_ok(s->id))
		return YAML_FAIL(l->f, id, "service.id", FA_STR("name", s->id));
	s->id = str_dup(l->a, s->id);
	TRY(need_pair(l, root, STR("name"), &s->name));
	TRY(yaml_need(l->f, root, STR("line"), &line));
	for (size_t i = 0; i < l->ask->roles->nlines; i++)
		known = known || str_eq(l->ask->roles->line[i].id, line->text);
	if (!known)
		return YAML_FAIL(l->f, line, "service.line", FA_STR("name", line->text));
	s->line = str_dup(l->a, line->text);
	TRY(yaml_need_kind(l->f, root, STR("basis"), YAML_LIST, &list));
	return read_basis(l, list);
}

/* What people read before they begin. */
static rc
read_guide(loader *l, const yaml *in)
{
	const yaml *list = NULL;

	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("who"), STR("gives"), STR("fee"), STR("also"), STR("easy"), STR("order")));
	TRY(yaml_opt_int(l->f, in, STR("order"), 1, ORDER_MAX, &l->s->order));
	TRY(yaml_opt_list(l->f, in, STR("also"), &list));
	str *also = arena_array(l->a, str, list ? list->n : 0);
	for (size_t i = 0; list && i < list->n; i++) {
		TRY(yaml_text(l->f, &list->item[i], &also[i]));
		also[i] = str_dup(l->a, also[i]);
	}
	l->s->also = also;
	l->s->nalso = list ? list->n : 0;
	TRY(opt_pair(l, in, STR("who"), &l->s->who));
	TRY(opt_pair(l, in, STR("gives"), &l->s->gives));
	TRY(opt_pair(l, in, STR("fee"), &l->s->fee));
	return yaml_find(in, STR("easy")) ? read_easy(l, yaml_find(in, STR("easy"))) : RC_OK;
}

static rc
read_all(loader *l, const yaml *root)
{
	const yaml *terms = yaml_find(root, STR("terms")), *v = NULL;

	TRY(yaml_is(l->f, root, YAML_MAP));
	TRY(ONLY(l, root, STR("service"), STR("name"), STR("line"), STR("basis"), STR("guide"), STR("terms"),
		 STR("applicant"), STR("ask"), STR("papers"), STR("forms"), STR("documents"), STR("outcomes"),
		 STR("steps"), STR("publicity"), STR("serves"), STR("counts")));
	if (terms)
		TRY(yaml_is(l->f, terms, YAML_MAP));
	TRY(words_open(l->a, l->f, l->ask->fields, l->ask->parameters, terms ? terms->n : 0, &l->w));
	if (l->ask->published)
		words_allow_unknown(l->w);
	l->s->words = l->w;
	TRY(read_head(l, root));
	if ((v = yaml_find(root, STR("guide"))))
		TRY(read_guide(l, v));
	l->s->order = l->s->order ? l->s->order : ORDER_MAX;
	v = NULL;
	TRY(read_terms(l, terms));
	TRY(yaml_need_kind(l->f, root, STR("applicant"), YAML_MAP, &v));
	TRY(read_applicant(l, v));
	TRY(need_map(l, root, STR("ask"), &v));
	TRY(read_sections(l, v));
	TRY(need_map(l, root, STR("papers"), &v));
	TRY(read_papers(l, v));
	v = NULL;
	TRY(yaml_opt_list(l->f, root, STR("forms"), &v));
	if (v)
		TRY(read_forms(l, v));
	TRY(need_map(l, root, STR("documents"), &v));
	TRY(read_documents(l, v));
	TRY(need_map(l, root, STR("outcomes"), &v));
	TRY(read_outcomes(l, v));
	TRY(read_publicity(l, yaml_find(root, STR("publicity"))));
	TRY(read_serves(l, yaml_find(root, STR("serves"))));
	TRY(need_map(l, root, STR("steps"), &v));
	TRY(read_steps(l, v));
	TRY(check_ways(l, v));
	TRY(read_counts(l, yaml_find(root, STR("counts"))));
	return check_effects(l, root);
}

rc
service_load(arena *a, fault *f, const service_ask *ask, const service **out)
{
	service *s = arena_new(a, service);
	loader l = {.a = a, .f = f, .ask = ask, .s = s};
	const yaml *root = NULL;

	BUG_ON(ask->nfiles == 0);
	s->file = str_dup(a, ask->file[0].name);
	TRY(yaml_parse(a, f, s->file, ask->file[0].text, FILE_MAX, &root));
	TRY(read_all(&l, root));
	service_sha256(ask, s->sha256);
	*out = s;
	return RC_OK;
}

void
service_sha256(const service_ask *ask, char out[65])
{
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a), hex = buf_in(a);
	crypto *c = NULL;
	fault f = {0};

	for (size_t i = 0; i < ask->nfiles; i++)
		buf_fmt(&b, "%.*s %zu\n%.*s", i ? (int)ask->file[i].name.n : 0, ask->file[i].name.p,
			ask->file[i].text.n, STR_ARG(ask->file[i].text));
	BUG_ON(crypto_open(a, &f, &c) != RC_OK);
	digest d = crypto_sha256(c, buf_str(&b));
	buf_hex(&hex, d.b, sizeof d.b);
	memcpy(out, hex.p, 64);
	out[64] = 0;
	arena_close(a);
}

const service_step *
service_step_find(const service *s, str id)
{
	for (size_t i = 0; i < s->nsteps; i++)
		if (str_eq(s->step[i].id, id))
			return &s->step[i];
	return NULL;
}

const service_act *
service_act_find(const service_step *step, str id)
{
	for (size_t i = 0; i < step->nacts; i++)
		if (str_eq(step->act[i].id, id))
			return &step->act[i];
	return NULL;
}

const service_document *
service_document_find(const service *s, str id)
{
	for (size_t i = 0; i < s->ndocuments; i++)
		if (str_eq(s->document[i].id, id))
			return &s->document[i];
	return NULL;
}

const service_paper *
service_paper_find(const service *s, str id)
{
	for (size_t i = 0; i < s->npapers; i++)
		if (str_eq(s->paper[i].id, id))
			return &s->paper[i];
	return NULL;
}
