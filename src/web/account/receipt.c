/* receipt.c - that an application was handed in, as PDF: its number, who has it and under which telephone,
 * what comes. */
#include "io/pdf.h"

#include "locale/msg_ids.h"
#include "web/account/mine.h"

enum { ROWS = 6, COLUMNS = 2 };

static const double widths[COLUMNS] = {30, 70};

/* One line of the table: what, and its value; a value that is not known is left out. */
static void
add_row(web_req *rq, pdf_row *rows, size_t *n, int label, str value)
{
	pdf_cell *c = arena_array(rq->a, pdf_cell, COLUMNS);

	if (value.n == 0)
		return;
	c[0] = (pdf_cell){.text = house_words(rq, label), .label = true};
	c[1] = (pdf_cell){.text = value};
	rows[(*n)++] = (pdf_row){.cells = c, .n = COLUMNS};
}

static pdf_block
table_of(web_req *rq, const kase_view *v, const kase_names *office)
{
	pdf_row *rows = arena_array(rq->a, pdf_row, ROWS);
	int32_t filed = DATE_NONE;
	size_t n = 0;

	add_row(rq, rows, &n, MSG_MINE_NUMBER, v->number);
	add_row(rq, rows, &n, MSG_APPLY_RECEIPT_SERVICE, ask_pair(rq, v->service->name));
	add_row(rq, rows, &n, MSG_APPLY_RECEIPT_NAME, v->name);
	if (date_parse(v->submitted, &filed))
		add_row(rq, rows, &n, MSG_APPLY_RECEIPT_FILED, html_date_text(web_html(rq), filed));
	add_row(rq, rows, &n, MSG_APPLY_RECEIPT_OFFICE, office->office);
	add_row(rq, rows, &n, MSG_APPLY_RECEIPT_PHONE, office->phone);
	return (pdf_block){.kind = PDF_TABLE,
			   .table = {.widths = widths, .columns = COLUMNS, .rows = rows, .n = n}};
}

/* A step that is done has its day, one to come its limit. */
static str
item_text(web_req *rq, const struct tpl_step *s)
{
	str day = str_eq(s->state, STR("done")) ? html_date_text(web_html(rq), s->when) : STR("");
	str more = day.n ? day : s->note;

	return more.n ? str_fmt(rq->a, "%.*s  %.*s", STR_ARG(s->title), STR_ARG(more)) : s->title;
}

rc
mine_receipt(web_req *rq, const kase_house *h, const kase_view *v, pdf_doc *out)
{
	const kase_names *office = arena_new(rq->a, kase_names);
	tpl_list_step steps;
	str stands;

	TRY(mine_office(rq, v, &office));
	TRY(mine_stands(rq, h, v, &stands));
	TRY(mine_steps(rq, v, &steps));
	pdf_block *b = arena_array(rq->a, pdf_block, steps.n + 7);
	size_t n = 0;
	str title = house_words(rq, MSG_APPLY_RECEIPT_PDF);
	b[n++] = (pdf_block){.kind = PDF_TITLE, .text = title};
	b[n++] = table_of(rq, v, office);
	b[n++] = (pdf_block){.kind = PDF_TEXT, .text = house_words(rq, MSG_APPLY_RECEIPT_KEEP)};
	b[n++] = (pdf_block){.kind = PDF_HEADING, .text = house_words(rq, MSG_APPLY_RECEIPT_NEXT)};
	b[n++] = (pdf_block){.kind = PDF_TEXT, .text = stands};
	for (size_t i = 0; i < steps.n; i++) {
		const struct tpl_step *s = &steps.v[i];
		b[n++] = (pdf_block){
			.kind = PDF_ITEM, .mark = str_fmt(rq->a, "%zu.", i + 1), .text = item_text(rq, s)};
	}
	b[n++] = (pdf_block){.kind = PDF_NOTE, .text = house_words(rq, MSG_APPLY_RECEIPT_HELP)};
	b[n++] = (pdf_block){.kind = PDF_QR, .text = v->number, .mark = v->number};
	*out = (pdf_doc){.title = title,
			 .author = office->office,
			 .at = rq->now,
			 .code = v->number,
			 .pages = STR("{page} / {pages}"),
			 .blocks = b,
			 .n = n};
	return RC_OK;
}
