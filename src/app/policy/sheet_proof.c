/* sheet_proof.c - grid_write of sheet.h: what a sheet gave is written, loaded and its constants looked at;
 * what is wrong is said with the cell of the sheet. */
#include "app/policy/sheet.h"

typedef struct proof {
	arena *a;
	fault *f;
	const grid *g;
	const policy_node *root, *table;
} proof;

static str
place(arena *a, uint32_t column, uint32_t row)
{
	char letters[CELL_COLUMN];
	str name = cell_column(column, letters);

	return str_fmt(a, "%.*s%u", STR_ARG(name), row);
}

/* The same fault with one argument more: "cell". */
static rc
say_cell(proof *p, rc code, uint32_t column, uint32_t row)
{
	fault was = {0};
	fault_arg args[FAULT_ARGS + 1] = {{0}};
	size_t n = 0;

	fault_copy(&was, p->f);
	for (; n < was.nargs && n < FAULT_ARGS - 1; n++)
		args[n] = was.arg[n];
	args[n] = (fault_arg)FA_STR("cell", place(p->a, column, row));
	fault_set(p->f, code, was.id, was.where, args);
	return code;
}

static bool
holds_line(const policy_node *n, size_t line)
{
	if (n->line == line)
		return true;
	for (const policy_node *k = n->kid; k; k = k->next)
		if (holds_line(k, line))
			return true;
	return false;
}

/* The cell of the sheet whose text stands at a line of the file. */
static bool
cell_at(const proof *p, size_t line, uint32_t *column, uint32_t *row)
{
	size_t i = 0, r = 0;

	for (const policy_node *k = p->table->kid; k; k = k->next) {
		bool clause = str_eq(k->name, STR("input")) || str_eq(k->name, STR("output"));
		if (clause && i < p->g->columns.n && holds_line(k, line)) {
			bool allowed = policy_kid(k, STR("inputValues")) &&
				       holds_line(policy_kid(k, STR("inputValues")), line);
			*column = p->g->columns.v[i].column;
			*row = allowed ? p->g->at_prop[GRID_ALLOWED] : 1;
			return true;
		}
		i += clause;
		if (!str_eq(k->name, STR("rule")))
			continue;
		size_t c = 0;
		for (const policy_node *e = k->kid; e; e = e->next) {
			if (!str_ends(e->name, STR("Entry")))
				continue;
			if (holds_line(e, line) && r < p->g->rows.n && c < p->g->columns.n) {
				*column = p->g->columns.v[c].column;
				*row = p->g->rows.v[r].row;
				return true;
			}
			c++;
		}
		r++;
	}
	return false;
}

static rc
say_where(proof *p, rc code)
{
	uint32_t column = 0, row = 0;

	for (size_t i = 0; i < p->f->nargs; i++)
		if (strcmp(p->f->arg[i].name, "row") == 0 && !p->f->arg[i].is_text &&
		    cell_at(p, (size_t)p->f->arg[i].i, &column, &row) && row)
			return say_cell(p, code, column, row);
	return code;
}

const feel_type *
grid_type(const policy_node *root, str name)
{
	for (int depth = 0; depth < 50; depth++) {
		const feel_type *t =
			feel_type_named(str_starts(name, STR("feel:")) ? str_from(name, 5) : name);
		const policy_node *d = t ? NULL : policy_element(root, STR("itemDefinition"), name);
		const policy_node *ref = policy_kid(d, STR("typeRef"));
		if (t || !ref || str_eq(policy_attr_of(d, STR("isCollection")), STR("true")))
			return t;
		name = str_trim(ref->text);
	}
	return NULL;
}

/* Texts that were parsed as part of the model: here again, alone, for the types of their constants. */
static rc
check_cell(proof *p, const grid_column *c, const feel_type *type, str text, uint32_t row)
{
	feel_scope *any = feel_scope_open(p->a);
	feel_expr *e = NULL;
	fault unused = {0};

	if (str_trim(text).n == 0)
		return RC_OK;
	feel_scope_allow_unknown(any);
	feel_mode mode = c->kind == GRID_INPUT ? FEEL_UNARY_TESTS : FEEL_EXPRESSION;
	if (feel_parse(p->a, &unused, text, any, mode, &e) != RC_OK || feel_expr_suits(e, type))
		return RC_OK;
	return FAIL(p->f, RC_INVALID, "policy.sheet.type", FA_STR("text", str_sub(text, 0, 60)),
		    FA_STR("heading", c->heading), FA_STR("type", c->prop[GRID_TYPE]),
		    FA_STR("cell", place(p->a, c->column, row)));
}

static rc
check_types(proof *p)
{
	for (size_t i = 0; i < p->g->columns.n; i++) {
		const grid_column *c = &p->g->columns.v[i];
		const feel_type *type =
			c->kind <= GRID_OUTPUT ? grid_type(p->root, c->prop[GRID_TYPE]) : NULL;
		if (!type || type->kind == FEEL_T_ANY)
			continue;
		TRY(check_cell(p, c, type, c->prop[GRID_OTHERWISE], p->g->at_prop[GRID_OTHERWISE]));
		for (size_t r = 0; r < p->g->rows.n; r++) {
			arena *own = arena_open(p->a, 0);
			proof inner = *p;
			inner.a = own;
			rc code = check_cell(&inner, c, type, p->g->rows.v[r].cell[i], p->g->rows.v[r].row);
			arena_close(own);
			TRY(code);
		}
	}
	return RC_OK;
}

rc
grid_write(arena *a, fault *f, str file, policy_node *root, const grid *g, const dmn_file *more, size_t n,
	   str *xml)
{
	proof p = {.a = a, .f = f, .g = g, .root = root};
	dmn_model *model = NULL;

	TRY(grid_put(a, f, root, g));
	TRY(policy_tree_write(a, f, file, root, xml));
	p.table = policy_kid(policy_element(root, STR("decision"), g->fact[GRID_DECISION]),
			     STR("decisionTable"));
	arena *own = arena_open(a, 0);
	dmn_file *all = arena_array(own, dmn_file, n + 1);
	all[0] = (dmn_file){file, *xml};
	for (size_t i = 0; i < n; i++)
		all[i + 1] = more[i];
	rc r = dmn_load(own, f, all, n + 1, false, &model);
	arena_close(own);
	if (r != RC_OK)
		return say_where(&p, r);
	return check_types(&p);
}
