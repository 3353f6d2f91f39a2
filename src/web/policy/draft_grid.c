/* draft_grid.c - the table of a draft with a field in each cell. Where scripts run, the arrow keys go from
 * cell to cell and what is typed is checked while it is: assets/grid.js asks for a check, and takes out of
 * the page that comes back what is marked data-live. Without scripts the same is a button. */
#include "web/policy/draft_priv.h"

#include "locale/msg_ids.h"

/* More rows at once are a sheet's. */
enum { ROWS_MOST = 200 };

#define DMN "policy.dmn"

/* What is asked, what comes out, its words and its law. What else is told of a row is on the row's own page.
 */
static bool
is_shown(const grid_column *c)
{
	return c->kind <= GRID_OUTPUT || c->kind == GRID_WORDS ||
	       (c->kind == GRID_ROW && str_eq(c->heading, STR("citation")));
}

/* A row's id, not its place: what was typed stays with the row where somebody else moved it. */
static str
cell_name(const draft_work *w, size_t row, size_t column)
{
	return str_fmt(w->t.rq->a, "c%zu-%.*s", column, STR_ARG(w->e.g.rows.v[row].id));
}

static str
column_label(const draft_work *w, const tpl_list_column *heads, size_t i)
{
	const grid_column *c = &w->e.g.columns.v[i];

	if (c->kind <= GRID_OUTPUT)
		return heads->v[i + 1].label; /* the first is the row */
	return house_words(w->t.rq, c->kind == GRID_WORDS ? MSG_DRAFT_ROW_ZH : MSG_DRAFT_ROW_CITATION);
}

/* ---- on a worker ---- */

static rc
read_grid(draft_work *w)
{
	return edit_table_read(w->t.rq->a, &w->t.fault, STR(DMN), draft_file(w, DMN), w->t.d->name, &w->e);
}

/* The row as typed; true when it differs. */
static bool
take_row(draft_work *w, size_t row)
{
	arena *a = w->t.rq->a;
	size_t n = w->e.g.columns.n;
	grid_row *r = &w->e.g.rows.v[row];
	str *typed = arena_array(a, str, n);
	edit_wrongs wrong = {0};
	bool differs = false;

	for (size_t i = 0; i < n; i++) {
		const grid_column *c = &w->e.g.columns.v[i];
		form_field q = {.name = cell_name(w, row, i), .label = c->heading, .optional = true};
		typed[i] = is_shown(c) ? form_text(&w->f, q, DRAFT_CELL_CHARS) : r->cell[i];
	}
	edit_cells_check(a, &w->e, typed, &w->changes, &wrong);
	for (size_t i = 0; i < wrong.n; i++)
		draft_wrong(w, wrong.v[i].why, cell_name(w, row, wrong.v[i].field));
	for (size_t i = 0; i < n; i++)
		differs = differs || !str_eq(typed[i], r->cell[i]);
	r->cell = typed;
	return differs;
}

static rc
edit_grid(draft_work *w)
{
	edit_wrongs wrong = {0};
	fault why = {0};
	size_t changed = 0;
	str dmn = {0};

	if (w->e.g.rows.n > ROWS_MOST)
		return RC_NOT_FOUND;
	for (size_t i = 0; i < w->e.g.rows.n; i++)
		if (take_row(w, i)) {
			changed++;
			w->change.about = w->e.g.rows.v[i].id;
		}
	w->change.act = changed == 1 ? DRAFT_ROW : DRAFT_ROWS;
	if (changed != 1)
		w->change.about = str_fmt(w->t.rq->a, "%zu", changed);
	if (!form_ok(&w->f))
		return RC_OK;
	rc r = edit_table_write(w->t.rq->a, &why, STR(DMN), &w->e, &wrong, &dmn);
	for (size_t i = 0; i < wrong.n; i++)
		draft_wrong(w, wrong.v[i].why, cell_name(w, wrong.v[i].row, wrong.v[i].field));
	if (r != RC_OK && wrong.n == 0)
		draft_wrong(w, &why, STR(""));
	if (r == RC_OK)
		draft_file_set(w, DMN, dmn);
	return RC_OK;
}

/* What a policy says against a row when it loads: of what is told of rows, the grid shows the law alone. */
static str
grid_field(const draft_work *w, const fault *why)
{
	size_t row = SIZE_MAX;

	for (size_t i = 0; i < why->nargs; i++)
		if (strcmp(why->arg[i].name, "rule") == 0)
			row = edit_row_find(&w->e, why->arg[i].s);
	for (size_t c = 0; row != SIZE_MAX && strcmp(why->id, "policy.citation") == 0 && c < w->e.g.columns.n;
	     c++)
		if (w->e.g.columns.v[c].kind == GRID_ROW && is_shown(&w->e.g.columns.v[c]))
			return cell_name(w, row, c);
	return STR("");
}

/* ---- shown ---- */

static struct tpl_grid_cell
shown_cell(const draft_work *w, str label, size_t row, size_t column)
{
	web_req *rq = w->t.rq;
	const grid_row *r = &w->e.g.rows.v[row];
	str name = cell_name(w, row, column), typed = form_typed(&w->f, name), stands = r->cell[column];
	const fault_arg of[] = {{.name = "row", .is_text = true, .s = r->id},
				{.name = "column", .is_text = true, .s = label},
				{0}};
	struct tpl_grid_cell x = {.name = name,
				  .column = label,
				  .label = msg_text(rq->a, rq->lang, MSG_DRAFT_GRID_CELL, of),
				  .value = w->posted ? typed : stands,
				  .error = draft_error(w, name)};

	if (w->posted && w->seen != w->d->step && !str_eq(str_trim(typed), stands))
		x.error = house_words_of(rq, MSG_DRAFT_NOW, "value", stands.n ? stands : STR("—"));
	return x;
}

static tpl_list_grid_row
shown_rows(const draft_work *w, const tpl_list_column *heads)
{
	web_req *rq = w->t.rq;
	size_t n = w->e.g.rows.n, width = w->e.g.columns.n;
	struct tpl_grid_row *v = arena_array(rq->a, struct tpl_grid_row, n);

	for (size_t i = 0; i < n; i++) {
		struct tpl_grid_cell *x = arena_array(rq->a, struct tpl_grid_cell, width);
		size_t k = 0;
		for (size_t c = 0; c < width; c++)
			if (is_shown(&w->e.g.columns.v[c]))
				x[k++] = shown_cell(w, column_label(w, heads, c), i, c);
		buf href = buf_in(rq->a);
		buf_put(&href, draft_href(w, "/rows/"));
		html_build_part(&href, w->e.g.rows.v[i].id);
		v[i] = (struct tpl_grid_row){
			.id = w->e.g.rows.v[i].id, .href = buf_str(&href), .cells = {x, k}};
	}
	return (tpl_list_grid_row){v, n};
}

static tpl_list_column
shown_heads(const draft_work *w, const tpl_list_column *heads)
{
	struct tpl_column *v = arena_array(w->t.rq->a, struct tpl_column, w->e.g.columns.n + 1);
	size_t n = 0;

	v[n++] = heads->v[0];
	for (size_t c = 0; c < w->e.g.columns.n; c++)
		if (is_shown(&w->e.g.columns.v[c]))
			v[n++].label = column_label(w, heads, c);
	return (tpl_list_column){v, n};
}

/* How it stands with what was typed: nothing was asked yet, so many mistakes, or none. */
static str
said(const draft_work *w)
{
	const fault_arg n[] = {{.name = "n", .i = (int64_t)w->f.errors.n}, {0}};

	if (!form_ok(&w->f))
		return msg_text(w->t.rq->a, w->t.rq->lang, MSG_DRAFT_GRID_WRONG, n);
	return w->posted ? house_words(w->t.rq, MSG_DRAFT_GRID_RIGHT) : STR("");
}

static rc
show_grid(web_req *rq)
{
	draft_work *w = rq->work;
	bool bad = !form_ok(&w->f);
	tpl_list_column heads = tables_columns(&w->t);
	struct tpl_draft_grid out = {.of = draft_of_words(w),
				     .title = tables_name(&w->t),
				     .back = draft_href(w, ""),
				     .here = draft_href(w, "/grid"),
				     .bad = bad,
				     .errors = draft_errors(w, "grid"),
				     .seen = w->d->step,
				     .said = said(w)};

	if (w->e.g.rows.n <= ROWS_MOST) {
		out.columns = shown_heads(w, &heads);
		out.rows = shown_rows(w, &heads);
	}
	if (!bad)
		out.found = tables_findings(&w->t);
	tpl_draft_grid(web_html(rq), &out);
	return web_page(rq, bad ? 422 : 200);
}

static const draft_ops grid_ops = {read_grid, edit_grid, grid_field, show_grid};

rc
draft_grid_get(web_req *rq)
{
	return draft_form_get(rq, &grid_ops, STR(""));
}

rc
draft_grid_post(web_req *rq)
{
	return draft_form_post(rq, &grid_ops, STR(""));
}
