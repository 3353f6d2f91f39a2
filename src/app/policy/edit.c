/* edit.c - rows of a table: see edit.h. */
#include "app/policy/edit.h"

#include "feel/feel.h"

/* ---- a table with all its columns ---- */

/* What may be told of a row, as sheet.h has it; in this order when the file tells nothing yet. */
static const struct {
	grid_kind kind;
	const char *heading;
} told[] = {
	{GRID_WORDS, "description"}, {GRID_ENGLISH, "label"}, {GRID_ROW, "citation"},
	{GRID_ROW, "confidence"},    {GRID_ROW, "published"}, {GRID_ROW, "supersedes"},
	{GRID_ROW, "unknown"},
};

static bool
is_told(const grid_column *c, size_t i)
{
	return c->kind == told[i].kind && str_eq(c->heading, str_of(told[i].heading));
}

/* Where the columns of `g` stand among those of the whole. */
static void
take_columns(arena *a, const grid *g, grid *out, size_t *to)
{
	for (size_t k = 0; k < g->columns.n && g->columns.v[k].kind <= GRID_NOTE; k++) {
		to[k] = out->columns.n;
		*vec_add(a, &out->columns) = g->columns.v[k];
	}
	for (size_t i = 0; i < LEN(told); i++) {
		grid_column c = {.kind = told[i].kind, .heading = str_of(told[i].heading)};
		for (size_t k = 0; k < GRID_PROPS; k++)
			c.prop[k] = STR("");
		for (size_t k = 0; k < g->columns.n; k++)
			if (is_told(&g->columns.v[k], i))
				to[k] = out->columns.n;
		*vec_add(a, &out->columns) = c;
	}
	for (size_t k = 0; k < g->columns.n; k++) { /* attributes of others */
		bool ours = g->columns.v[k].kind <= GRID_NOTE;
		for (size_t i = 0; i < LEN(told) && !ours; i++)
			ours = is_told(&g->columns.v[k], i);
		if (ours)
			continue;
		to[k] = out->columns.n;
		*vec_add(a, &out->columns) = g->columns.v[k];
	}
	for (size_t i = 0; i < out->columns.n; i++)
		out->columns.v[i].column = (uint32_t)i;
}

static str *
no_cells(arena *a, size_t n)
{
	str *v = arena_array(a, str, n);

	for (size_t i = 0; i < n; i++)
		v[i] = STR("");
	return v;
}

rc
edit_table_read(arena *a, fault *f, str file, str dmn, str decision, edit_table *out)
{
	grid g;

	*out = (edit_table){0};
	TRY(policy_tree_read(a, f, file, dmn, &out->root));
	TRY(grid_of(a, f, out->root, decision, &g));
	size_t *to = arena_array(a, size_t, g.columns.n);
	memcpy(out->g.fact, g.fact, sizeof g.fact);
	take_columns(a, &g, &out->g, to);
	for (size_t r = 0; r < g.rows.n; r++) {
		grid_row *row = vec_add(a, &out->g.rows);
		*row = (grid_row){.id = g.rows.v[r].id, .cell = no_cells(a, out->g.columns.n)};
		for (size_t i = 0; i < g.columns.n; i++)
			row->cell[to[i]] = g.rows.v[r].cell[i];
	}
	return RC_OK;
}

size_t
edit_row_find(const edit_table *t, str id)
{
	for (size_t i = 0; i < t->g.rows.n; i++)
		if (str_eq(t->g.rows.v[i].id, id))
			return i;
	return SIZE_MAX;
}

/* ---- cells ---- */

/* The type of a column: its own, or that of the input, or of the decision, that it stands for. */
static const feel_type *
type_of(const edit_table *t, const grid_column *c)
{
	str type = c->prop[GRID_TYPE], name = c->kind == GRID_INPUT ? c->heading : t->g.fact[GRID_DECISION];
	const policy_node *of = policy_element(t->root, STR("inputData"), name);
	size_t outputs = 0;

	for (size_t i = 0; i < t->g.columns.n; i++)
		outputs += t->g.columns.v[i].kind == GRID_OUTPUT;
	if (type.n == 0 && (c->kind == GRID_INPUT || outputs == 1)) {
		of = of && c->kind == GRID_INPUT ? of : policy_element(t->root, STR("decision"), name);
		type = policy_attr_of(policy_kid(of, STR("variable")), STR("typeRef"));
	}
	return type.n ? grid_type(t->root, type) : NULL;
}

/* What people call a column. An only output needs no name of its own: it is the decision. */
static str
name_of(const edit_table *t, const grid_column *c)
{
	size_t outputs = 0;

	for (size_t i = 0; i < t->g.columns.n; i++)
		outputs += t->g.columns.v[i].kind == GRID_OUTPUT;
	return c->kind == GRID_OUTPUT && outputs == 1 ? t->g.fact[GRID_DECISION] : c->heading;
}

static fault *
add_wrong(arena *a, edit_wrongs *wrong, size_t column)
{
	fault *f = arena_new(a, fault);

	*vec_add(a, wrong) = (edit_wrong){.field = column, .why = f};
	return f;
}

static void
check_cell(arena *a, const edit_table *t, size_t i, str text, edit_wrongs *wrong)
{
	const grid_column *c = &t->g.columns.v[i];
	const feel_type *type = type_of(t, c);
	feel_scope *any = feel_scope_open(a);
	feel_expr *e = NULL;
	fault why = {0};

	feel_scope_allow_unknown(any);
	if (text.n == 0)
		(void)FAIL(&why, RC_INVALID, "policy.edit.blank", FA_STR("heading", name_of(t, c)));
	else if (grid_grouped(text))
		(void)FAIL(&why, RC_INVALID, "policy.edit.grouped", FA_STR("text", text));
	else if (feel_parse(a, &why, text, any, c->kind == GRID_INPUT ? FEEL_UNARY_TESTS : FEEL_EXPRESSION,
			    &e) == RC_OK &&
		 type && type->kind != FEEL_T_ANY && !feel_expr_suits(e, type))
		(void)FAIL(&why, RC_INVALID, "policy.edit.type", FA_STR("text", str_sub(text, 0, 60)),
			   FA_STR("heading", name_of(t, c)));
	if (why.id)
		fault_copy(add_wrong(a, wrong, i), &why);
}

void
edit_cells_check(arena *a, const edit_table *t, str *cells, normal_changes *changes, edit_wrongs *wrong)
{
	for (size_t i = 0; i < t->g.columns.n; i++) {
		const grid_column *c = &t->g.columns.v[i];
		cells[i] = str_trim(cells[i]);
		if (c->kind > GRID_OUTPUT)
			continue;
		cells[i] = normal_text(a, cells[i], name_of(t, c), 0, changes);
		check_cell(a, t, i, cells[i], wrong);
	}
}

/* ---- rows ---- */

rc
edit_row_add(arena *a, fault *f, edit_table *t, str id, size_t at, str *cells)
{
	map ids = policy_ids(a, t->root);

	if (!policy_id_ok(id))
		return FAIL(f, RC_INVALID, "policy.edit.id", FA_STR("text", id), FA_FIELD(STR("id")));
	if (map_get(&ids, id))
		return FAIL(f, RC_INVALID, "policy.edit.id_twice", FA_STR("text", id), FA_FIELD(STR("id")));
	(void)vec_add(a, &t->g.rows);
	for (size_t i = t->g.rows.n - 1; i > at; i--)
		t->g.rows.v[i] = t->g.rows.v[i - 1];
	t->g.rows.v[at] = (grid_row){.id = id, .cell = cells};
	return RC_OK;
}

void
edit_row_remove(edit_table *t, size_t at)
{
	for (size_t i = at; i + 1 < t->g.rows.n; i++)
		t->g.rows.v[i] = t->g.rows.v[i + 1];
	t->g.rows.n--;
}

bool
edit_row_move(edit_table *t, size_t at, int by)
{
	size_t to = at + (size_t)by; /* one above the first is beyond the last */

	if (to >= t->g.rows.n)
		return false;
	grid_row r = t->g.rows.v[at];
	t->g.rows.v[at] = t->g.rows.v[to];
	t->g.rows.v[to] = r;
	return true;
}

/* "C5", the third column of the fourth rule: what grid_write calls a cell. Both from 1, 0 where it says none.
 */
static void
place_of(const fault *f, size_t *column, size_t *row)
{
	*column = *row = 0;
	for (size_t i = 0; i < f->nargs; i++) {
		const fault_arg *x = &f->arg[i];
		size_t k = 0;
		if (!x->is_text || strcmp(x->name, "cell") != 0)
			continue;
		for (; k < x->s.n && x->s.p[k] >= 'A' && x->s.p[k] <= 'Z'; k++)
			*column = *column * 26 + (size_t)(x->s.p[k] - 'A' + 1);
		for (; k < x->s.n && x->s.p[k] >= '0' && x->s.p[k] <= '9'; k++)
			*row = *row * 10 + (size_t)(x->s.p[k] - '0');
	}
}

rc
edit_table_write(arena *a, fault *f, str file, edit_table *t, edit_wrongs *wrong, str *dmn)
{
	size_t column, row;

	for (size_t i = 0; i < t->g.rows.n; i++)
		t->g.rows.v[i].row = (uint32_t)i + 2;
	rc r = grid_write(a, f, file, t->root, &t->g, NULL, 0, dmn);
	place_of(f, &column, &row);
	if (r == RC_OK || column == 0 || column > t->g.columns.n || row < 2)
		return r;
	fault_copy(add_wrong(a, wrong, column - 1), f);
	wrong->v[wrong->n - 1].row = row - 2;
	fault_clear(f);
	return RC_INVALID;
}
