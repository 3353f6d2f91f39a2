/* sheet.c - see sheet.h. */
#include "app/card/sheet.h"

#include "base/date.h"
#include "io/pdf_text.h"

typedef struct making {
	const card_sheet *k;
	size_t row;
} making;

static const card_view *
row_of(const making *m)
{
	return m->row < m->k->cards->n ? &m->k->cards->v[m->row] : NULL;
}

static str
number_of(const making *m, arena *a)
{
	const card_view *c = row_of(m);
	const blank_run *r = c ? blank_run_find(m->k->blanks, c->run) : NULL;

	return r ? blank_serial(a, r, c->serial) : STR("");
}

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
text_of(void *ctx, arena *a, fault *f, str word, str *out)
{
	making *m = ctx;
	const card_list *l = m->k->list;
	const card_view *c = row_of(m);

	(void)f;
	if (str_eq(word, STR("单位")))
		*out = l->sender;
	else if (str_eq(word, STR("接收单位")))
		*out = l->other;
	else if (str_eq(word, STR("日期")))
		*out = long_day(a, l->day);
	else if (str_eq(word, STR("张数")))
		*out = str_fmt(a, "%zu", m->k->cards->n);
	else if (str_eq(word, STR("单号")))
		*out = l->mail;
	else if (str_eq(word, STR("序号")))
		*out = str_fmt(a, "%zu", m->row + 1);
	else if (str_eq(word, STR("姓名")))
		*out = c ? c->name : STR("");
	else if (str_eq(word, STR("村")))
		*out = c ? m->k->village(m->k->ctx, c->region) : STR("");
	else if (str_eq(word, STR("编号")))
		*out = number_of(m, a);
	else
		BUG_ON(true); /* both templates are ours */
	return RC_OK;
}

static rc
holds(void *ctx, fault *f, str expression, bool *out)
{
	making *m = ctx;

	(void)f;
	*out = str_eq(expression, STR("有单号")) && m->k->list->mail.n > 0;
	return RC_OK;
}

static rc
each(void *ctx, fault *f, str list, size_t i, bool *more)
{
	making *m = ctx;

	(void)f;
	(void)list;
	m->row = i;
	*more = i < m->k->cards->n;
	return RC_OK;
}

rc
card_sheet_make(arena *a, fault *f, const card_sheet *k, pdf_file *out)
{
	making m = {.k = k};
	const pdf_fields fields = {&m, text_of, holds, each};
	const pdf_block *blocks = NULL;
	bool sent = k->list->target != 0;
	size_t n = 0;
	str text;

	TRY(pack_find(k->pack, a, sent ? STR("lists/print/transfer.doc") : STR("lists/print/receipt.doc"),
		      &text));
	TRY(pdf_text(a, f, text, &fields, &blocks, &n));
	const pdf_doc doc = {.title = sent ? STR("残疾人证交接清单") : STR("残疾人证发放签收表"),
			     .author = k->list->sender,
			     .at = k->now,
			     .code = str_fmt(a, "%lld", (long long)k->list->id),
			     .pages = STR("第 {page} 页，共 {pages} 页"),
			     .blocks = blocks,
			     .n = n};
	return pdf_make(a, f, &doc, out);
}
