/* prefill.c - what the register knows already need not be typed: taken over into a draft, with its source,
 * for who may see the person. Every answer can be changed. */
#include "app/kase/kase_priv.h"

#include "app/intake/record.h"
#include "base/date.h"

/* Where the register has it from: of a fact its own source, else that of the certificate or the person. */
static str
source_of(const kase_ctx *c, const person_view *p, const field *x)
{
	const fact_view *fact = x->home == HOME_FACT ? person_fact(p, x->id, ctx_day(c), INT64_MAX) : NULL;
	bool certificate = str_eq(x->where, STR("certificate")) && p->certificates.n;
	str s = fact ? fact->source : certificate ? p->certificates.v[0].source : p->source;

	return s.n ? s : STR("-");
}

/* Codes of several values with blanks between, as answers have them. */
static str
as_answer(const kase_ctx *c, const field *x, str text)
{
	buf b = buf_in(c->a);
	str rest = text;

	if (!x->many)
		return text;
	while (rest.n) {
		ptrdiff_t at = str_find(rest, STR("、"));
		str one = at < 0 ? rest : str_sub(rest, 0, (size_t)at);
		buf_fmt(&b, "%s%.*s", b.n ? " " : "", STR_ARG(one));
		rest = at < 0 ? STR("") : str_from(rest, (size_t)at + STR("、").n);
	}
	return buf_str(&b);
}

/* Where he lives decides who gets a step: that is asked, not taken over. */
static bool
taken_over(const kase_ctx *c, const field *x)
{
	return c->answer[x->number].n == 0 && x->home != HOME_DERIVED && x->type != FIELD_REGION &&
	       !str_eq(x->where, STR("kase_answer"));
}

static rc
take_one(kase_ctx *c, const record *r, const service_question *q)
{
	const field *x = q->field;
	bool asked = false;
	str text;

	TRY(ctx_holds(c, q->when, &asked));
	if (!asked || !taken_over(c, x))
		return RC_OK;
	TRY(record_text(r, c->a, c->f, x, &text));
	return text.n ? ctx_put_known(c, x, as_answer(c, x, text), source_of(c, r->p, x)) : RC_OK;
}

/* What is asked of him; a guardian whom he does not need is not told. */
static rc
take(kase_ctx *c, const record *r)
{
	for (size_t i = 0; i < c->s->nsections; i++) {
		const service_section *s = &c->s->section[i];
		bool asked = false;
		TRY(ctx_holds(c, s->when, &asked));
		for (size_t k = 0; k < s->n && asked; k++)
			TRY(take_one(c, r, &s->q[k]));
	}
	return RC_OK;
}

rc
prefill(kase_ctx *c)
{
	const person_ref *ref = NULL;
	record r;

	if (c->k.person == 0)
		return RC_OK;
	rc e = person_open(c->d, c->a, c->f, c->by, c->k.person_tenant, c->k.person, &ref);
	if (e == RC_OK)
		e = record_read(c->d, c->a, c->f, c->h->fields, ref, &r);
	if (e == RC_NOT_FOUND) { /* not for him, or no longer there: then it is typed */
		fault_clear(c->f);
		return RC_OK;
	}
	TRY(e);
	e = take(c, &r);
	record_done(&r);
	return e;
}
