/* draft_sheet.c - a table of a draft as a sheet, taken along and brought back. */
#include "web/policy/draft_priv.h"

#include "io/file.h"
#include "io/sheet_child.h"
#include "io/xlsx_write.h"
#include "locale/msg_ids.h"

enum { SHEET_MAX = 8 << 20 };

#define DMN       "policy.dmn"
#define XLSX_TYPE STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

static rc
read_table(draft_work *w)
{
	return edit_table_read(w->t.rq->a, &w->t.fault, STR(DMN), draft_file(w, DMN), w->t.d->name, &w->e);
}

/* ---- brought back ---- */

static const multipart_part *
sheet_of(const web_req *rq)
{
	for (size_t i = 0; i < rq->http->nfiles; i++)
		if (str_eq(rq->http->file[i].name, STR("sheet")) && rq->http->file[i].size > 0)
			return &rq->http->file[i];
	return NULL;
}

/* By a confined child: it comes from outside. */
static rc
read_sheet(draft_work *w, fault *why, const multipart_part *file, grid *out)
{
	arena *a = w->t.rq->a;
	const sheet_ask ask = SHEET_ASK;
	bool xlsx = str_ends(file->filename, STR(".xlsx")) || str_ends(file->filename, STR(".XLSX"));
	grid_reader *r = grid_reader_open(a, xlsx ? SHEET_XLSX : SHEET_CSV);

	TRY(sheet_child_read(a, why, file->fd, &ask, grid_reader_take, r, NULL));
	TRY(grid_reader_end(r, why, &w->changes, out));
	if (!str_eq(out->fact[GRID_DECISION], w->t.d->name))
		return FAIL(why, RC_INVALID, "draft.sheet.other", FA_STR("name", out->fact[GRID_DECISION]),
			    FA_STR("here", w->t.d->name));
	return RC_OK;
}

static rc
edit_sheet(draft_work *w)
{
	arena *a = w->t.rq->a;
	const multipart_part *file = sheet_of(w->t.rq);
	policy_node *root = NULL;
	fault why = {0};
	grid g;
	str dmn;
	rc r;

	w->change.act = DRAFT_SHEET;
	if (!file) {
		(void)FAIL(&why, RC_INVALID, "draft.sheet.missing");
		draft_wrong(w, &why, STR("sheet"));
		return RC_OK;
	}
	w->change.about = str_dup(a, file->filename);
	r = read_sheet(w, &why, file, &g);
	if (r == RC_OK)
		r = policy_tree_read(a, &why, STR(DMN), draft_file(w, DMN), &root);
	if (r == RC_OK)
		r = grid_write(a, &why, STR(DMN), root, &g, NULL, 0, &dmn);
	if (r == RC_OK)
		draft_file_set(w, DMN, dmn);
	else
		draft_wrong(w, &why, STR("sheet"));
	return RC_OK;
}

static str
sheet_field(const draft_work *w, const fault *why)
{
	(void)w;
	(void)why;
	return STR("sheet");
}

static rc
show_sheet(web_req *rq)
{
	draft_work *w = rq->work;
	bool bad = !form_ok(&w->f);

	tpl_draft_sheet(web_html(rq), &(struct tpl_draft_sheet){.of = draft_of_words(w),
								.back = draft_href(w, ""),
								.here = draft_href(w, "/sheet"),
								.bad = bad,
								.errors = draft_errors(w, "sheet"),
								.wrong = draft_error(w, STR("sheet")),
								.seen = w->d->step});
	return web_page(rq, bad ? 422 : 200);
}

static const draft_ops sheet_ops = {read_table, edit_sheet, sheet_field, show_sheet};

rc
draft_sheet_get(web_req *rq)
{
	return draft_form_get(rq, &sheet_ops, STR(""));
}

rc
draft_sheet_post(web_req *rq)
{
	return draft_form_post(rq, &sheet_ops, STR(""));
}

/* ---- taken along ---- */

static str
file_name(const draft_work *w, const char *end)
{
	return str_fmt(w->t.rq->a, "%.*s%s", STR_ARG(w->t.d->name), end);
}

/* The table as the file has it, without the columns that no row tells. */
static rc
table_grid(draft_work *w, grid *out)
{
	policy_node *root = NULL;

	TRY(policy_tree_read(w->t.rq->a, w->t.rq->fault, STR(DMN), draft_file(w, DMN), &root));
	return grid_of(w->t.rq->a, w->t.rq->fault, root, w->t.d->name, out);
}

static rc
reply_csv(web_req *rq)
{
	draft_work *w = rq->work;
	grid g;

	TRY(table_grid(w, &g));
	return web_attached(rq, STR("text/csv;charset=utf-8"), file_name(w, ".csv"),
			    grid_csv(rq->a, &g, rq->lang));
}

static rc
reply_xlsx(web_req *rq)
{
	draft_work *w = rq->work;
	str path, bytes;
	int fd = -1;
	grid g;

	TRY(table_grid(w, &g));
	TRY(file_hidden(rq->a, rq->fault, &fd, &path));
	TRY(grid_xlsx(rq->a, rq->fault, &g, rq->lang, path, rq->now));
	TRY(file_read(rq->a, rq->fault, path, SHEET_MAX, &bytes));
	return web_attached(rq, XLSX_TYPE, file_name(w, ".xlsx"), bytes);
}

static const draft_ops csv_ops = {read_table, edit_sheet, sheet_field, reply_csv},
		       xlsx_ops = {read_table, edit_sheet, sheet_field, reply_xlsx};

rc
draft_sheet_csv(web_req *rq)
{
	return draft_form_get(rq, &csv_ops, STR(""));
}

rc
draft_sheet_xlsx(web_req *rq)
{
	return draft_form_get(rq, &xlsx_ops, STR(""));
}
