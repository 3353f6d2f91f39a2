/* draft_row.c - a row of a draft: changed, added, moved, removed; a page of its own for each. */
#include "web/policy/draft_priv.h"

#include "locale/msg_ids.h"

enum { ID_CHARS = 60 };

#define DMN "policy.dmn"

static str
cell_name(const draft_work *w, size_t i)
{
	return str_fmt(w->t.rq->a, "c%zu", i);
}

/* ---- on a worker ---- */

/* A new row begins as the one that it shall be like, if any. */
static rc
read_row(draft_work *w)
{
	arena *a = w->t.rq->a;
	str like = web_query(w->t.rq, STR("like"));

	TRY(edit_table_read(a, &w->t.fault, STR(DMN), draft_file(w, DMN), w->t.d->name, &w->e));
	w->row = w->about.n ? edit_row_find(&w->e, w->about) : SIZE_MAX;
	if (w->about.n && w->row == SIZE_MAX)
		return w->posted ? FAIL(&w->t.fault, RC_CONFLICT, "draft.gone") : RC_NOT_FOUND;
	size_t from = w->about.n ? w->row : edit_row_find(&w->e, like);
	w->typed = arena_array(a, str, w->e.g.columns.n);
	for (size_t i = 0; i < w->e.g.columns.n; i++)
		w->typed[i] = from == SIZE_MAX ? STR("") : w->e.g.rows.v[from].cell[i];
	return RC_OK;
}

static void
read_typed(draft_work *w)
{
	for (size_t i = 0; i < w->e.g.columns.n; i++) {
		const grid_column *c = &w->e.g.columns.v[i];
		form_field q = {.name = cell_name(w, i), .label = c->heading, .optional = true};
		w->typed[i] = form_text(&w->f, q, DRAFT_CELL_CHARS);
	}
}

static void
take_wrong(draft_work *w, const edit_wrongs *wrong)
{
	for (size_t i = 0; i < wrong->n; i++)
		draft_wrong(w, wrong->v[i].why, cell_name(w, wrong->v[i].field));
}

/* Behind the row that the form says, else at the end. */
static rc
add_row(draft_work *w)
{
	arena *a = w->t.rq->a;
	size_t after = edit_row_find(&w->e, form_typed(&w->f, STR("after")));
	str id = form_text(&w->f, FIELD("id", house_words(w->t.rq, MSG_DRAFT_ROW_ID)), ID_CHARS);
	fault why = {0};

	if (form_error(&w->f, STR("id")))
		return RC_OK;
	rc r = edit_row_add(a, &why, &w->e, id, after == SIZE_MAX ? w->e.g.rows.n : after + 1, w->typed);
	if (r != RC_OK)
		draft_wrong(w, &why, STR("id"));
	w->change.about = id;
	return RC_OK;
}

static rc
put_row(draft_work *w)
{
	edit_wrongs wrong = {0};

	read_typed(w);
	edit_cells_check(w->t.rq->a, &w->e, w->typed, &w->changes, &wrong);
	take_wrong(w, &wrong);
	w->change.act = DRAFT_ROW;
	w->change.about = w->about;
	if (w->about.n == 0)
		return add_row(w);
	w->e.g.rows.v[w->row].cell = w->typed;
	return RC_OK;
}

static rc
edit_row(draft_work *w)
{
	arena *a = w->t.rq->a;
	edit_wrongs wrong = {0};
	fault why = {0};
	bool moved = true;
	str dmn;

	w->change.about = w->about;
	w->change.act = DRAFT_ROW_MOVED;
	if (w->about.n && draft_is(w, "up"))
		moved = edit_row_move(&w->e, w->row, -1);
	else if (w->about.n && draft_is(w, "down"))
		moved = edit_row_move(&w->e, w->row, 1);
	else if (w->about.n && draft_is(w, "remove")) {
		w->change.act = DRAFT_ROW_GONE;
		edit_row_remove(&w->e, w->row);
	} else
		TRY(put_row(w));
	if (!moved) {
		(void)FAIL(&why, RC_INVALID, "draft.row.end");
		draft_wrong(w, &why, STR(""));
	}
	if (!form_ok(&w->f))
		return RC_OK;
	rc r = edit_table_write(a, &why, STR(DMN), &w->e, &wrong, &dmn);
	take_wrong(w, &wrong);
	if (r != RC_OK && wrong.n == 0)
		draft_wrong(w, &why, STR(""));
	draft_file_set(w, DMN, dmn);
	return RC_OK;
}

/* What is told of a row is checked when the policy loads. */
static str
row_field(const draft_work *w, const fault *why)
{
	static const struct {
		const char *id, *heading;
	} told[] = {{"policy.citation", "citation"},
		    {"policy.published", "published"},
		    {"policy.supersedes", "supersedes"},
		    {"policy.unknown", "unknown"}};

	for (size_t i = 0; why->id && i < LEN(told); i++)
		for (size_t c = 0; strcmp(why->id, told[i].id) == 0 && c < w->e.g.columns.n; c++)
			if (w->e.g.columns.v[c].kind == GRID_ROW &&
			    str_eq(w->e.g.columns.v[c].heading, str_of(told[i].heading)))
				return cell_name(w, c);
	return STR("");
}

/* ---- shown ---- */

static str
known_articles(const draft_work *w)
{
	buf b = buf_in(w->t.rq->a);

	for (size_t i = 0; i < w->t.p->ncitations; i++) {
		buf_put(&b, i ? STR(" ") : STR(""));
		buf_put(&b, w->t.p->citation[i].id);
	}
	return buf_str(&b);
}

static struct tpl_choice
choice(web_req *rq, const char *value, int words, str now)
{
	return (struct tpl_choice){.value = str_of(value),
				   .label = house_words(rq, words),
				   .checked = str_eq(now, str_of(value))};
}

static void
confidence_field(draft_work *w, edited_fields *v, str name, str stands)
{
	web_req *rq = w->t.rq;
	struct tpl_edited_field *x =
		draft_field(w, v, "select", name, house_words(rq, MSG_TABLES_CONFIDENCE), stands);
	struct tpl_choice *all = arena_array(rq->a, struct tpl_choice, 4);

	all[0] = choice(rq, "", MSG_DRAFT_ROW_NONE, x->value);
	all[1] = choice(rq, "A", MSG_TABLES_CONFIDENCE_A, x->value);
	all[2] = choice(rq, "B", MSG_TABLES_CONFIDENCE_B, x->value);
	all[3] = choice(rq, "C", MSG_TABLES_CONFIDENCE_C, x->value);
	x->choices = (tpl_list_choice){all, 4};
}

static void
unknown_field(draft_work *w, edited_fields *v, str name, str stands)
{
	web_req *rq = w->t.rq;
	struct tpl_edited_field *x =
		draft_field(w, v, "tick", name, house_words(rq, MSG_DRAFT_ROW_UNKNOWN), stands);
	struct tpl_choice *one = arena_new(rq->a, struct tpl_choice);

	*one = choice(rq, "true", MSG_DRAFT_ROW_UNKNOWN_YES, x->value);
	x->choices = (tpl_list_choice){one, 1};
}

/* What is told beside the cells. */
static void
told_field(draft_work *w, edited_fields *v, size_t i)
{
	web_req *rq = w->t.rq;
	const grid_column *c = &w->e.g.columns.v[i];
	str name = cell_name(w, i), h = c->heading, stands = w->typed[i];
	struct tpl_edited_field *x = NULL;

	if (c->kind == GRID_WORDS)
		draft_field(w, v, "text", name, house_words(rq, MSG_DRAFT_ROW_ZH), stands);
	else if (c->kind == GRID_ENGLISH)
		draft_field(w, v, "text", name, house_words(rq, MSG_DRAFT_ROW_EN), stands);
	else if (str_eq(h, STR("citation"))) {
		x = draft_field(w, v, "text", name, house_words(rq, MSG_DRAFT_ROW_CITATION), stands);
		if (x->hint.n == 0)
			x->hint = house_words_of(rq, MSG_DRAFT_ROW_CITATION_HINT, "known", known_articles(w));
	} else if (str_eq(h, STR("confidence")))
		confidence_field(w, v, name, stands);
	else if (str_eq(h, STR("published"))) {
		x = draft_field(w, v, "text", name, house_words(rq, MSG_TABLES_PUBLISHED), stands);
		if (x->hint.n == 0)
			x->hint = house_words(rq, MSG_DRAFT_ROW_PUBLISHED_HINT);
	} else if (str_eq(h, STR("supersedes")))
		draft_field(w, v, "text", name, house_words(rq, MSG_DRAFT_ROW_SUPERSEDES), stands);
	else if (str_eq(h, STR("unknown")))
		unknown_field(w, v, name, stands);
	else
		draft_field(w, v, "text", name, h, stands);
}

/* The values that an input or an output may have, where somebody said. */
static str
allowed_of(const draft_work *w, const grid_column *c)
{
	const policy_input *in = policy_input_find(w->t.p->doc, c->heading);
	const policy_type *type = in ? policy_type_find(w->t.p->doc, in->type) : NULL;

	if (c->prop[GRID_ALLOWED].n || c->kind == GRID_OUTPUT)
		return c->prop[GRID_ALLOWED];
	return type ? type->allowed : STR("");
}

static void
cell_field(draft_work *w, edited_fields *v, size_t i, str label)
{
	web_req *rq = w->t.rq;
	const grid_column *c = &w->e.g.columns.v[i];
	int says = c->kind == GRID_INPUT ? MSG_DRAFT_ROW_INPUT : MSG_DRAFT_ROW_OUTPUT;
	struct tpl_edited_field *x = draft_field(w, v, "text", cell_name(w, i),
						 house_words_of(rq, says, "name", label), w->typed[i]);
	str allowed = allowed_of(w, c);

	if (allowed.n && x->hint.n == 0)
		x->hint = house_words_of(rq, MSG_DRAFT_ROW_ALLOWED, "values", allowed);
}

static void
fill(draft_work *w, edited_fields *v)
{
	web_req *rq = w->t.rq;
	tpl_list_column heads = tables_columns(&w->t); /* the first is the row */
	struct tpl_edited_field *x;

	if (w->about.n == 0) {
		x = draft_field(w, v, "text", STR("id"), house_words(rq, MSG_DRAFT_ROW_ID), STR(""));
		x->hint = house_words(rq, MSG_DRAFT_ROW_ID_HINT);
	}
	for (size_t i = 0; i < w->e.g.columns.n; i++)
		if (w->e.g.columns.v[i].kind <= GRID_OUTPUT && i + 1 < heads.n)
			cell_field(w, v, i, heads.v[i + 1].label);
		else
			told_field(w, v, i);
}

static struct tpl_edited_act
act(web_req *rq, const char *value, int label, const char *kind)
{
	return (struct tpl_edited_act){str_of(value), house_words(rq, label), str_of(kind)};
}

static str
part(arena *a, str s)
{
	buf b = buf_in(a);

	html_build_part(&b, s);
	return buf_str(&b);
}

static rc
show_row(web_req *rq)
{
	draft_work *w = rq->work;
	edited_fields fields = {0};
	struct tpl_edited_act *acts = arena_array(rq->a, struct tpl_edited_act, 3);
	bool bad = !form_ok(&w->f), old = w->about.n > 0;
	str rows = draft_href(w, "/rows"), id = part(rq->a, w->about), after = web_query(rq, STR("like"));

	fill(w, &fields);
	acts[0] = act(rq, "up", MSG_DRAFT_ROW_UP, "secondary");
	acts[1] = act(rq, "down", MSG_DRAFT_ROW_DOWN, "secondary");
	acts[2] = act(rq, "remove", MSG_DRAFT_ROW_REMOVE, "warning");
	struct tpl_draft_form out = {.title = old ? house_words_of(rq, MSG_DRAFT_ROW_TITLE, "id", w->about)
						  : house_words(rq, MSG_DRAFT_ROW_NEW),
				     .of = draft_of_words(w),
				     .back = draft_href(w, ""),
				     .here = old ? str_fmt(rq->a, "%.*s/%.*s", STR_ARG(rows), STR_ARG(id))
						 : rows,
				     .bad = bad,
				     .seen = w->d->step,
				     .after = w->posted ? form_typed(&w->f, STR("after")) : after,
				     .lead = house_words(rq, MSG_DRAFT_ROW_LEAD),
				     .fields = {fields.v, fields.n}};
	out.errors = draft_errors(w, cstr(rq->a, fields.v[0].name));
	if (old) {
		out.acts = (tpl_list_edited_act){acts, 3};
		out.like = str_fmt(rq->a, "%.*s?like=%.*s", STR_ARG(rows), STR_ARG(id));
		out.like_label = house_words(rq, MSG_DRAFT_ROW_LIKE);
	}
	tpl_draft_form(web_html(rq), &out);
	return web_page(rq, bad ? 422 : 200);
}

static const draft_ops row_ops = {read_row, edit_row, row_field, show_row};

rc
draft_row_new_get(web_req *rq)
{
	return draft_form_get(rq, &row_ops, STR(""));
}

rc
draft_row_new_post(web_req *rq)
{
	return draft_form_post(rq, &row_ops, STR(""));
}

rc
draft_row_get(web_req *rq)
{
	return draft_form_get(rq, &row_ops, web_param(rq, STR("row")));
}

rc
draft_row_post(web_req *rq)
{
	return draft_form_post(rq, &row_ops, web_param(rq, STR("row")));
}
