/* document.c - papers that go out: their numbers, never given twice, and their text as PDF. */
#include "app/kase/document.h"

#include "app/field/value.h"
#include "app/kase/kase_priv.h"
#include "base/date.h"
#include "io/pdf_text.h"

str
document_number(arena *a, str series, int64_t year, int64_t running)
{
	return str_fmt(a, "%.*s〔%lld〕%lld号", STR_ARG(series), (long long)year, (long long)running);
}

rc
document_put(kase_ctx *c, const service_document *d)
{
	series_next_row next;
	int64_t year = date_ymd(ctx_today(c)).y, office = c->by->office ? c->by->office : c->turn.office;

	TRY(sql_series_next(
		c->d, c->a, c->f,
		&(series_next_in){.tenant = c->k.tenant, .office = office, .series = d->series, .year = year},
		&next));
	return put_document(c->t, &(row_document){.tenant = c->k.tenant,
						  .id = tx_id(c->t),
						  .kase = c->k.id,
						  .kind = d->id,
						  .office = office,
						  .series = d->series,
						  .year = year,
						  .running = next.last,
						  .n = c->turn.n,
						  .day = ctx_day(c),
						  .actor = c->by->account,
						  .voided = STR("")});
}

rc
documents_void(kase_ctx *c, int64_t turn, str why)
{
	kase_documents_rows rows;

	TRY(sql_kase_documents(c->d, c->a, c->f, &(kase_documents_in){.tenant = c->k.tenant, .kase = c->k.id},
			       &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].voided.n == 0 && (turn == 0 || rows.v[i].n == turn))
			TRY(close_document(c->t, c->k.tenant, rows.v[i].id, why));
	return RC_OK;
}

/* ---- the text ---- */

typedef struct making {
	kase_ctx *c;
	const field_regions *regions;
	size_t nmissing;
	VEC(str) missing;
} making;

static rc
text_of(void *ctx, arena *a, fault *f, str expression, str *out)
{
	making *m = ctx;
	words_env e = ctx_env(m->c);

	/* a single name of a field is shown as people read it: a division by its path, a code by its word */
	const field *x = field_by_name(m->c->h->fields, str_trim(expression));
	if (x && x->home != HOME_DERIVED && x->home != HOME_PART) {
		const field_reader r = {.a = a, .c = m->c->h->fields, .regions = m->regions};
		*out = field_show(&r, x, m->c->answer[x->number]);
		return RC_OK;
	}
	return words_text(a, f, m->c->s->words, expression, &e, out);
}

static rc
holds(void *ctx, fault *f, str expression, bool *out)
{
	making *m = ctx;
	words_env e = ctx_env(m->c);
	str text;

	TRY(words_text(m->c->a, f, m->c->s->words, expression, &e, &text));
	*out = str_eq(text, STR("true"));
	return RC_OK;
}

static rc
each(void *ctx, fault *f, str list, size_t i, bool *more)
{
	making *m = ctx;

	(void)f;
	*more = str_eq(list, STR(SERVICE_MISSING)) && i < m->missing.n;
	m->c->word[WORD_ROW] = *more ? str_fmt(m->c->a, "%zu", i + 1) : STR("");
	m->c->word[WORD_ROW_NAME] = *more ? m->missing.v[i] : STR("");
	return RC_OK;
}

/* ---- the words of a document ---- */

static str
long_day(arena *a, str day)
{
	int32_t d = 0;

	if (!date_parse(day, &d))
		return day;
	ymd p = date_ymd(d);
	return str_fmt(a, "%d年%d月%d日", p.y, p.m, p.d);
}

static rc
find_row(kase_ctx *c, int64_t id, kase_documents_row *out)
{
	kase_documents_rows rows;

	TRY(sql_kase_documents(c->d, c->a, c->f, &(kase_documents_in){.tenant = c->k.tenant, .kase = c->k.id},
			       &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].id == id) {
			*out = rows.v[i];
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

static rc
office_words(kase_ctx *c, int64_t office, int64_t assessor)
{
	offices_open_rows all, took = {0};

	TRY(sql_offices_open(c->d, c->a, c->f, c->k.tenant, &all));
	if (c->k.filed_office && c->k.filed_tenant != c->k.tenant)
		TRY(sql_offices_open(c->d, c->a, c->f, c->k.filed_tenant, &took));
	for (size_t i = 0; i < took.n; i++)
		if (took.v[i].id == office) {
			c->word[WORD_OFFICE] = took.v[i].name;
			c->word[WORD_PHONE] = took.v[i].phone;
		}
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id == office) {
			c->word[WORD_OFFICE] = all.v[i].name;
			c->word[WORD_PHONE] = all.v[i].phone;
		}
		if (all.v[i].id == assessor)
			c->word[WORD_INSTITUTION] = all.v[i].name;
	}
	return RC_OK;
}

/* What the act said that made it: reason, outcome, to whom one may appeal and until when. */
static rc
act_words(kase_ctx *c, const kase_documents_row *d)
{
	kase_turns_rows turns;

	TRY(sql_kase_turns(c->d, c->a, c->f, &(kase_turns_in){.tenant = c->k.tenant, .kase = c->k.id},
			   &turns));
	for (size_t i = 0; i < turns.n; i++) {
		const kase_turns_row *t = &turns.v[i];
		const service_step *step = t->n == d->n ? service_step_find(c->s, t->step) : NULL;
		const service_act *act = step ? service_act_find(step, t->act) : NULL;
		int32_t day = 0;
		if (!act || !date_parse(d->day, &day))
			continue;
		TRY(ctx_open(c, "kase_step", "reason", t->id, t->reason, &c->word[WORD_REASON]));
		c->word[WORD_OUTCOME] = act->end ? act->end->name.zh : STR("");
		if (act->appeal_within.n == 0)
			continue;
		c->word[WORD_APPEAL_TO] = act->appeal.zh;
		c->word[WORD_APPEAL_BY] = long_day(
			c->a, date_str(c->a, kase_span_end(c->h->calendar, act->appeal_within, day)));
	}
	return RC_OK;
}

static rc
case_words(kase_ctx *c, const kase_documents_row *d)
{
	kase_assessments_rows found;
	kase_publicities_rows notices;
	int64_t assessor = 0;

	TRY(sql_kase_assessments(c->d, c->a, c->f,
				 &(kase_assessments_in){.tenant = c->k.tenant, .kase = c->k.id}, &found));
	if (found.n)
		assessor = found.v[found.n - 1].office;
	TRY(sql_kase_publicities(c->d, c->a, c->f,
				 &(kase_publicities_in){.tenant = c->k.tenant, .kase = c->k.id}, &notices));
	if (notices.n)
		c->word[WORD_LAST_DAY] = long_day(c->a, notices.v[notices.n - 1].last);
	c->word[WORD_DOCUMENT] = document_number(c->a, d->series, d->year, d->running);
	c->word[WORD_DAY] = long_day(c->a, d->day);
	c->word[WORD_SUBMITTED_ON] = long_day(c->a, c->k.submitted);
	c->word[WORD_CODE] = c->k.number;
	TRY(office_words(c, d->office, assessor));
	TRY(grant_words(c));
	return act_words(c, d);
}

/* What was still missing when the case was sent back: papers of the service that are not there. */
static rc
missing(making *m)
{
	kase_ctx *c = m->c;
	kase_papers_rows held;

	TRY(sql_kase_papers(c->d, c->a, c->f, &(kase_papers_in){.tenant = c->k.tenant, .kase = c->k.id},
			    &held));
	for (size_t i = 0; i < c->s->npapers; i++) {
		bool wanted = false, there = false;
		TRY(ctx_holds(c, c->s->paper[i].when, &wanted));
		for (size_t k = 0; k < held.n; k++)
			there = there || (str_eq(held.v[k].paper, c->s->paper[i].id) &&
					  !str_eq(held.v[k].state, STR("later")));
		if (wanted && !there)
			*vec_add(c->a, &m->missing) = c->s->paper[i].name.zh;
	}
	return RC_OK;
}

rc
kase_document_make(db *d, arena *a, fault *f, const kase_print *how, int64_t document, kase_page *out)
{
	kase_ctx c;
	kase_documents_row row;
	making m = {.c = &c, .regions = how->regions};
	const pdf_fields fields = {&m, text_of, holds, each};
	const pdf_block *blocks = NULL;
	size_t n = 0;

	TRY(ctx_read(&c, d, a, f, how->house, how->ref));
	c.now = how->now;
	TRY(find_row(&c, document, &row));
	const service_document *def = service_document_find(c.s, row.kind);
	if (!def)
		return RC_NOT_FOUND;
	TRY(case_words(&c, &row));
	c.word[WORD_TITLE] = def->name.zh;
	TRY(missing(&m));
	TRY(pdf_text(a, f, def->text, &fields, &blocks, &n));
	str stamp = row.voided.n ? STR("作废") : STR("");
	pdf_doc doc = {.title = def->name.zh,
		       .author = c.word[WORD_OFFICE],
		       .at = how->now,
		       .code = c.k.number,
		       .foot = c.word[WORD_DOCUMENT],
		       .pages = STR("第 {page} 页，共 {pages} 页"),
		       .stamp = stamp,
		       .blocks = blocks,
		       .n = n};
	*out = (kase_page){.number = c.word[WORD_DOCUMENT], .blocks = blocks, .n = n};
	return how->blocks_only ? RC_OK : pdf_make(a, f, &doc, &out->pdf);
}
