/* assessment.c - what doctors found: kinds and levels, and what the forms and the tables say to it. The
 * software compares and says so; it decides nothing. */
#include "app/kase/kase_priv.h"

#include "app/value/value.h"
#include "base/date.h"

enum { MULTIPLE = 7, CHINA = 8 * 3600, FLAG_BITS = 63 };

/* The fields of the catalogue where they stand: assessed_category, assessed_level, second_category … */
static const char *const place[ASSESSMENT_PARTS] = {"assessed", "second", "third",
						    "fourth",   "fifth",  "sixth"};

static const char *
field_of(const kase_ctx *c, size_t i, const char *what)
{
	return cstr(c->a, str_fmt(c->a, "%s_%s", place[i], what));
}

rc
assessment_parts_of(const kase_ctx *c, assessment_parts *out)
{
	*out = (assessment_parts){0};
	for (size_t i = 0; i < ASSESSMENT_PARTS; i++) {
		assessment_part x = {ctx_code(c, field_of(c, i, "category")),
				     ctx_code(c, field_of(c, i, "level"))};
		bool known = !x.category || !x.level;
		for (size_t k = 0; k < out->n; k++)
			known = known || out->v[k].category == x.category;
		if (known)
			continue;
		if (x.category == MULTIPLE)
			return FAIL(c->f, RC_INVALID, "kase.multiple_part");
		out->v[out->n++] = x;
	}
	return RC_OK;
}

/* Art. 13 of the Measures: several make 多重 (7), at the level of the most severe. */
assessment_part
assessment_together(const assessment_parts *of)
{
	assessment_part r = of->n ? of->v[0] : (assessment_part){0};

	for (size_t i = 1; i < of->n; i++) {
		r.category = MULTIPLE;
		r.level = MIN(r.level, of->v[i].level);
	}
	return r;
}

/* ---- what the tables say ---- */

/* The word of a code that was answered; empty: none. */
static str
word_of(const kase_ctx *c, const char *id)
{
	const field *x = field_find(c->h->fields, str_of(id));
	const code_item *item = x ? code_find(x->list, ctx_answer(c, id)) : NULL;

	return item ? item->zh : STR("");
}

/* The level that was concluded for a kind of disability. */
static str
level_of(const kase_ctx *c, str category)
{
	for (size_t i = 0; i < ASSESSMENT_PARTS; i++)
		if (str_eq(word_of(c, field_of(c, i, "category")), category))
			return word_of(c, field_of(c, i, "level"));
	return STR("");
}

/* What a policy asks, as this case answers it; what is no field of the catalogue stays unknown. */
static feel_context
answered(kase_ctx *c, const policy_doc *doc)
{
	const words_env env = ctx_env(c);
	feel_entry *e = arena_array(c->a, feel_entry, doc->ninputs);
	size_t n = 0;

	for (size_t i = 0; i < doc->ninputs; i++) {
		const field *x = field_by_name(c->h->fields, doc->input[i].name);
		if (x)
			e[n++] = (feel_entry){x->name, words_answered(c->a, c->s->words, x, &env)};
	}
	return (feel_context){.n = n, .e = e};
}

rc
ctx_grade(kase_ctx *c, const service_form *form, kase_grade *out)
{
	const service_grade *g = &form->grade;
	feel_zones zones = value_zones(c->a);
	const feel_env env = {.zones = &zones, .now = feel_instant(c->now, CHINA)};
	policy_stack stack;
	fault own = {0};

	*out = (kase_grade){.result = STR(""), .level = STR("")};
	if (g->policy.n == 0)
		return RC_OK;
	policy_stack_at(c->a, &c->h->policies, g->policy, c->k.region, ctx_today(c), &stack);
	if (!stack.lowest)
		return RC_OK;
	policy_explanation *x = arena_new(c->a, policy_explanation);
	const feel_context inputs = answered(c, stack.lowest->doc);
	rc r = policy_explain(c->a, &own, stack.lowest, g->decision, &inputs, &env, x);
	if (r == RC_NOT_FOUND || r == RC_LIMIT || r == RC_INVALID)
		return RC_OK; /* a table that cannot answer says nothing */
	TRY(r);
	out->why = x;
	out->level = level_of(c, g->of);
	if (x->result.kind == FEEL_STRING)
		out->result = x->result.s;
	out->differs = out->result.n && out->level.n && !str_eq(out->result, out->level);
	return RC_OK;
}

/* ---- the record ---- */

/* A bit for each flag that stood, counted on through the forms; the last of each form is that of its table.
 */
static rc
flags_of(kase_ctx *c, int64_t *bits)
{
	int at = 0;

	*bits = 0;
	for (size_t i = 0; i < c->s->nforms; i++) {
		const service_form *form = &c->s->form[i];
		bool applies = false, stands = false;
		kase_grade grade = {0};
		TRY(ctx_holds(c, form->when, &applies));
		for (size_t k = 0; k < form->nflags && applies; k++) {
			TRY(ctx_holds(c, form->flag[k].when, &stands));
			if (stands && at + (int)k < FLAG_BITS)
				*bits |= INT64_C(1) << (at + (int)k);
		}
		at += (int)form->nflags;
		if (applies)
			TRY(ctx_grade(c, form, &grade));
		if (grade.differs && at < FLAG_BITS)
			*bits |= INT64_C(1) << at;
		at++;
	}
	return RC_OK;
}

rc
assessment_record(kase_ctx *c, const service_act *act)
{
	assessment_parts found = {0};
	bool meets = false;
	int64_t flags = 0;

	for (size_t i = 0; i < act->nq; i++) /* who concludes a category concludes that the standard is met */
		meets = meets || str_eq(act->q[i].field->id, STR("assessed_category"));
	if (meets)
		TRY(assessment_parts_of(c, &found));
	TRY(assessors_check(c, &found));
	assessment_part all = assessment_together(&found);
	TRY(flags_of(c, &flags));
	TRY(appointment_kept(c->t, c->k.tenant, c->k.id));
	return put_assessment(c->t, &(row_assessment){.tenant = c->k.tenant,
						      .kase = c->k.id,
						      .id = tx_id(c->t),
						      .office = c->turn.office,
						      .meets = meets,
						      .category = all.category,
						      .level = all.level,
						      .assessed_on = ctx_answer(c, "assessed_on"),
						      .doctor = ctx_answer(c, "doctor"),
						      .second = ctx_answer(c, "second_doctor"),
						      .recorded_by = c->by->account,
						      .flags = flags});
}
