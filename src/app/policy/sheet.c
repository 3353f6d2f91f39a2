/* sheet.c - see sheet.h: the table of a tree as a grid, and a grid put into a tree. What is equal on both
 * sides is not touched, so a sheet that was only looked at gives back the same bytes. */
#include "app/policy/sheet.h"

#include "app/policy/policy.h"
#include "app/policy/write_model.h"
#include "base/planted.h"
#include "base/utf8.h"

/* <zc:row> or <zc:column> of a rule or a column; made when `a` is given. */
static policy_node *
own(arena *a, policy_node *n, str name)
{
	policy_node *extension = policy_kid(n, STR("extensionElements"));
	policy_node *k = policy_kid_in(extension, STR(POLICY_SPACE), name);

	if (k || !a)
		return k;
	k = policy_node_new(a, name);
	k->space = STR(POLICY_SPACE);
	policy_node_put(policy_kid_made(a, n, STR("extensionElements")), k, NULL);
	return k;
}

static void
own_set(arena *a, policy_node *n, str name, str attr, str value)
{
	policy_node *k = own(value.n ? a : NULL, n, name);

	if (!k)
		return;
	policy_attr_set(a, k, attr, value);
	if (k->attr.n || k->kid || k->text.n)
		return;
	policy_node *extension = k->up;
	policy_node_drop(k);
	if (!extension->kid)
		policy_node_drop(extension);
}

/* <description>, a text and no <text> */
static str
words_of(const policy_node *n)
{
	const policy_node *k = policy_kid(n, STR("description"));

	return k ? k->text : STR("");
}

static void
words_set(arena *a, policy_node *n, str words)
{
	policy_node *k = policy_kid(n, STR("description"));

	if (words.n)
		policy_kid_made(a, n, STR("description"))->text = words;
	else if (k)
		policy_node_drop(k);
}

/* ---- a table as a grid ---- */

typedef struct taking {
	arena *a;
	fault *f;
	policy_node *root, *decision, *table;
	grid *g;
	map ids;
} taking;

static policy_node *
table_of(const policy_node *decision)
{
	return decision ? policy_kid(decision, STR("decisionTable")) : NULL;
}

static rc
find_table(taking *t, str name)
{
	size_t n = 0;
	buf known = buf_in(t->a);

	for (policy_node *k = policy_kid(t->root, STR("decision")); k; k = policy_kid_next(k)) {
		str own_name = str_trim(policy_attr_of(k, STR("name")));
		if (!table_of(k))
			continue;
		buf_put(&known, n++ ? STR(", ") : STR(""));
		buf_put(&known, own_name);
		if (name.n == 0 || str_eq(own_name, name))
			t->decision = k;
		if (name.n && str_eq(own_name, name))
			break;
	}
	str list = str_sub(buf_str(&known), 0, 300);
	if (!t->decision)
		return FAIL(t->f, RC_NOT_FOUND, "policy.sheet.decision", FA_STR("name", name),
			    FA_STR("known", list));
	if (name.n == 0 && n > 1)
		return FAIL(t->f, RC_INVALID, "policy.sheet.which", FA_INT("n", n), FA_STR("known", list));
	t->table = table_of(t->decision);
	return RC_OK;
}

static grid_column *
add_column(taking *t, grid_kind kind, str heading)
{
	grid_column *c = vec_add(t->a, &t->g->columns);

	*c = (grid_column){.kind = kind, .heading = heading};
	for (size_t i = 0; i < GRID_PROPS; i++)
		c->prop[i] = STR("");
	return c;
}

/* Where the file gives no name, the sheet needs one to head the column with. */
static str
heading_or(taking *t, str name, const char *other, size_t i)
{
	name = str_trim(name);
	return name.n ? name : str_fmt(t->a, "%s_%zu", other, i + 1);
}

/* Without the blanks at its ends, as the sheet has it. */
static str
attr_of(const policy_node *n, const char *name)
{
	return str_trim(policy_attr_of(n, str_of(name)));
}

static void
take_inputs(taking *t)
{
	size_t i = 0;

	for (policy_node *k = policy_kid(t->table, STR("input")); k; k = policy_kid_next(k), i++) {
		grid_column *c = add_column(
			t, GRID_INPUT, heading_or(t, policy_text_of(k, STR("inputExpression")), "input", i));
		c->prop[GRID_ID] = attr_of(k, "id");
		c->prop[GRID_LABEL] = attr_of(k, "label");
		c->prop[GRID_TYPE] = attr_of(policy_kid(k, STR("inputExpression")), "typeRef");
		c->prop[GRID_ALLOWED] = policy_text_of(k, STR("inputValues"));
	}
}

static void
take_outputs(taking *t)
{
	size_t i = 0;

	for (policy_node *k = policy_kid(t->table, STR("output")); k; k = policy_kid_next(k), i++) {
		grid_column *c = add_column(t, GRID_OUTPUT,
					    heading_or(t, policy_attr_of(k, STR("name")), "output", i));
		c->prop[GRID_ID] = attr_of(k, "id");
		c->prop[GRID_LABEL] = attr_of(k, "label");
		c->prop[GRID_TYPE] = attr_of(k, "typeRef");
		c->prop[GRID_ALLOWED] = policy_text_of(k, STR("outputValues"));
		c->prop[GRID_OTHERWISE] = policy_text_of(k, STR("defaultOutputEntry"));
		c->prop[GRID_UNIT] = attr_of(own(NULL, k, STR("column")), "unit");
	}
}

/* What rules tell beside their cells: columns for whatever at least one of them has. */
static void
take_telling(taking *t)
{
	bool words = false, english = false;
	size_t i = 0, first = 0;

	for (policy_node *k = policy_kid(t->table, STR("annotation")); k; k = policy_kid_next(k), i++)
		add_column(t, GRID_NOTE, heading_or(t, policy_attr_of(k, STR("name")), "annotation", i));
	for (policy_node *k = policy_kid(t->table, STR("rule")); k; k = policy_kid_next(k)) {
		words |= words_of(k).n > 0;
		english |= policy_attr_of(k, STR("label")).n > 0;
	}
	if (words)
		add_column(t, GRID_WORDS, STR("description"));
	if (english)
		add_column(t, GRID_ENGLISH, STR("label"));
	first = t->g->columns.n;
	for (policy_node *k = policy_kid(t->table, STR("rule")); k; k = policy_kid_next(k)) {
		const policy_node *row = own(NULL, k, STR("row"));
		for (i = 0; row && i < row->attr.n; i++) {
			size_t at = first;
			while (at < t->g->columns.n &&
			       !str_eq(t->g->columns.v[at].heading, row->attr.v[i].name))
				at++;
			if (at == t->g->columns.n && row->attr.v[i].space.n == 0)
				add_column(t, GRID_ROW, row->attr.v[i].name);
		}
	}
}

/* The n-th child of its kind that a column's cell is, or NULL for what is no child. */
static policy_node *
cell_node(const grid *g, const policy_node *rule, size_t column)
{
	static const str names[] = {{"inputEntry", 10}, {"outputEntry", 11}, {"annotationEntry", 15}};
	grid_kind kind = g->columns.v[column].kind;

	if (kind > GRID_NOTE)
		return NULL;
	policy_node *k = policy_kid(rule, names[kind]);
	for (size_t i = column; k && i > 0 && g->columns.v[i - 1].kind == kind; i--)
		k = policy_kid_next(k);
	return k;
}

static str
cell_text(const policy_node *entry)
{
	const policy_node *text = policy_kid(entry, STR("text"));

	return text ? text->text : STR("");
}

static rc
take_rule(taking *t, policy_node *rule, size_t number)
{
	grid *g = t->g;
	size_t want[3] = {0};
	grid_row *r = vec_add(t->a, &g->rows);

	for (size_t i = 0; i < g->columns.n; i++)
		if (g->columns.v[i].kind <= GRID_NOTE)
			want[g->columns.v[i].kind]++;
	size_t notes = policy_kids(rule, STR("annotationEntry"));
	if (policy_kids(rule, STR("inputEntry")) != want[GRID_INPUT] ||
	    policy_kids(rule, STR("outputEntry")) != want[GRID_OUTPUT] || (notes && notes != want[GRID_NOTE]))
		return FAIL(t->f, RC_INVALID, "policy.sheet.cells", FA_INT("rule", number),
			    FA_INT("line", rule->line));
	if (policy_attr_of(rule, STR("id")).n == 0)
		policy_attr_set(t->a, rule, STR("id"),
				policy_id_made(t->a, &t->ids, STR("row_"), str_fmt(t->a, "%zu", number)));
	r->id = policy_attr_of(rule, STR("id"));
	if (str_find_char(r->id, '\r') >= 0)
		return FAIL(t->f, RC_LIMIT, "policy.sheet.long", FA_INT("line", rule->line),
			    FA_INT("max", GRID_CELL_MAX));
	r->cell = arena_array(t->a, str, g->columns.n);
	for (size_t i = 0; i < g->columns.n; i++) {
		const grid_column *c = &g->columns.v[i];
		r->cell[i] = c->kind <= GRID_NOTE    ? cell_text(cell_node(g, rule, i))
			     : c->kind == GRID_WORDS ? words_of(rule)
			     : c->kind == GRID_ENGLISH
				     ? policy_attr_of(rule, STR("label"))
				     : policy_attr_of(own(NULL, rule, STR("row")), c->heading);
		if (utf8_count(r->cell[i]) > GRID_CELL_MAX || str_find_char(r->cell[i], '\r') >= 0)
			return FAIL(t->f, RC_LIMIT, "policy.sheet.long", FA_INT("line", rule->line),
				    FA_INT("max", GRID_CELL_MAX));
	}
	return RC_OK;
}

static str
hit_of(arena *a, const policy_node *table)
{
	str hit = policy_attr_of(table, STR("hitPolicy")), sum = policy_attr_of(table, STR("aggregation"));

	hit = hit.n ? hit : STR("UNIQUE");
	return sum.n ? str_fmt(a, "%.*s %.*s", STR_ARG(hit), STR_ARG(sum)) : hit;
}

static void
need_id(taking *t, policy_node *n, str head)
{
	if (policy_attr_of(n, STR("id")).n == 0)
		policy_attr_set(
			t->a, n, STR("id"),
			policy_id_made(t->a, &t->ids, head, policy_attr_of(t->decision, STR("name"))));
}

/* A carriage return in anything but a cell (which take_rule looks at): a sheet ends its lines otherwise, and
 * a name, a type, a unit would come back as another. */
static bool
has_returns(const grid *g)
{
	bool any = false;

	for (size_t i = 0; i < GRID_FACTS; i++)
		any = any || str_find_char(g->fact[i], '\r') >= 0;
	for (size_t i = 0; i < g->columns.n; i++) {
		any = any || str_find_char(g->columns.v[i].heading, '\r') >= 0;
		for (size_t k = 0; k < GRID_PROPS; k++)
			any = any || str_find_char(g->columns.v[i].prop[k], '\r') >= 0;
	}
	return any;
}

rc
grid_of(arena *a, fault *f, policy_node *root, str decision, grid *out)
{
	taking t = {.a = a, .f = f, .root = root, .g = out, .ids = policy_ids(a, root)};
	size_t number = 0;

	*out = (grid){0};
	TRY(find_table(&t, decision));
	need_id(&t, t.decision, STR("decision_"));
	need_id(&t, t.table, STR("table_"));
	out->fact[GRID_DECISION] = str_trim(policy_attr_of(t.decision, STR("name")));
	out->fact[GRID_DECISION_ID] = policy_attr_of(t.decision, STR("id"));
	out->fact[GRID_RESULT] = attr_of(policy_kid(t.decision, STR("variable")), "typeRef");
	out->fact[GRID_TABLE] = policy_attr_of(t.table, STR("id"));
	out->fact[GRID_HIT] = hit_of(a, t.table);
	take_inputs(&t);
	take_outputs(&t);
	take_telling(&t);
	if (has_returns(out))
		return FAIL(f, RC_LIMIT, "policy.sheet.long", FA_INT("line", t.decision->line),
			    FA_INT("max", GRID_CELL_MAX));
	for (size_t i = 0; i < out->columns.n; i++) {
		str is = out->columns.v[i].heading, meant = grid_told(a, is);
		if (out->columns.v[i].kind == GRID_ROW && !str_eq(is, meant))
			return FAIL(f, RC_INVALID, "policy.sheet.attribute", FA_STR("name", is),
				    FA_STR("meant", meant));
	}
	if (out->columns.n > GRID_COLUMNS_MAX || policy_kids(t.table, STR("rule")) > GRID_ROWS_MAX)
		return FAIL(f, RC_LIMIT, "policy.sheet.size", FA_INT("rows", GRID_ROWS_MAX),
			    FA_INT("columns", GRID_COLUMNS_MAX));
	for (policy_node *k = policy_kid(t.table, STR("rule")); k; k = policy_kid_next(k))
		TRY(take_rule(&t, k, ++number));
	return RC_OK;
}

/* ---- a grid put into a tree ---- */

typedef struct putting {
	arena *a;
	fault *f;
	policy_node *root, *decision, *table;
	const grid *now;
	grid was;
	size_t *from;   /* of each column now, which it was; SIZE_MAX: new */
	map ids, rules; /* of the file; rules that are there, by id */
} putting;

/* Among its brothers, behind those of its name. */
static void
put_in_order(policy_node *n, policy_node *kid)
{
	policy_node *next = n->kid;

	while (next && model_place(n->name, next->name) <= model_place(n->name, kid->name))
		next = next->next;
	policy_node_put(n, kid, next);
}

static void
put_facts(putting *p)
{
	const str *now = p->now->fact, *was = p->was.fact;

	if (!str_eq(now[GRID_DECISION_ID], was[GRID_DECISION_ID]) && now[GRID_DECISION_ID].n)
		policy_attr_set(p->a, p->decision, STR("id"), now[GRID_DECISION_ID]);
	if (!str_eq(now[GRID_TABLE], was[GRID_TABLE]) && now[GRID_TABLE].n)
		policy_attr_set(p->a, p->table, STR("id"), now[GRID_TABLE]);
	if (!str_eq(now[GRID_RESULT], was[GRID_RESULT])) {
		policy_node *v = policy_kid_made(p->a, p->decision, STR("variable"));
		if (policy_attr_of(v, STR("name")).n == 0)
			policy_attr_set(p->a, v, STR("name"), now[GRID_DECISION]);
		policy_attr_set(p->a, v, STR("typeRef"), now[GRID_RESULT]);
	}
	if (!str_eq(now[GRID_HIT], was[GRID_HIT])) {
		str sum = STR(""), hit = now[GRID_HIT];
		if (str_starts(hit, STR("COLLECT "))) {
			sum = str_from(hit, 8);
			hit = STR("COLLECT");
		}
		policy_attr_set(p->a, p->table, STR("hitPolicy"), hit);
		policy_attr_set(p->a, p->table, STR("aggregation"), sum);
	}
}

/* Which column of the table each column of the sheet is: by id, else by kind and heading. */
static void
match_columns(putting *p)
{
	p->from = arena_array(p->a, size_t, p->now->columns.n);
	bool *taken = arena_array(p->a, bool, p->was.columns.n);

	for (int by_id = 1; by_id >= 0; by_id--)
		for (size_t i = 0; i < p->now->columns.n; i++) {
			const grid_column *c = &p->now->columns.v[i];
			if (by_id)
				p->from[i] = SIZE_MAX;
			for (size_t k = 0; k < p->was.columns.n && p->from[i] == SIZE_MAX; k++) {
				const grid_column *w = &p->was.columns.v[k];
				bool same = by_id ? c->prop[GRID_ID].n &&
							    str_eq(c->prop[GRID_ID], w->prop[GRID_ID])
						  : str_eq(c->heading, w->heading);
				if (!taken[k] && w->kind == c->kind && same) {
					p->from[i] = k;
					taken[k] = true;
				}
			}
		}
}

static policy_node *
clause_of(const putting *p, size_t column)
{
	static const str names[] = {{"input", 5}, {"output", 6}, {"annotation", 10}};
	grid_kind kind = p->now->columns.v[column].kind;

	if (p->from[column] == SIZE_MAX)
		return policy_node_new(p->a, names[kind]);
	policy_node *k = policy_kid(p->table, names[kind]);
	for (size_t i = p->from[column]; i > 0 && p->was.columns.v[i - 1].kind == kind; i--)
		k = policy_kid_next(k);
	return k;
}

static void
put_input(arena *a, policy_node *n, const grid_column *now, const grid_column *was)
{
	policy_node *e = policy_kid_made(a, n, STR("inputExpression"));

	if (!str_eq(now->heading, was->heading))
		policy_kid_made(a, e, STR("text"))->text = now->heading;
	if (!str_eq(now->prop[GRID_TYPE], was->prop[GRID_TYPE]))
		policy_attr_set(a, e, STR("typeRef"), now->prop[GRID_TYPE]);
	if (!str_eq(now->prop[GRID_ALLOWED], was->prop[GRID_ALLOWED]))
		policy_text_set(a, n, STR("inputValues"), now->prop[GRID_ALLOWED]);
}

static void
put_output(arena *a, policy_node *n, const grid_column *now, const grid_column *was)
{
	if (!str_eq(now->heading, was->heading))
		policy_attr_set(a, n, STR("name"), now->heading);
	if (!str_eq(now->prop[GRID_TYPE], was->prop[GRID_TYPE]))
		policy_attr_set(a, n, STR("typeRef"), now->prop[GRID_TYPE]);
	if (!str_eq(now->prop[GRID_ALLOWED], was->prop[GRID_ALLOWED]))
		policy_text_set(a, n, STR("outputValues"), now->prop[GRID_ALLOWED]);
	if (!str_eq(now->prop[GRID_OTHERWISE], was->prop[GRID_OTHERWISE]))
		policy_text_set(a, n, STR("defaultOutputEntry"), now->prop[GRID_OTHERWISE]);
	if (!str_eq(now->prop[GRID_UNIT], was->prop[GRID_UNIT]))
		own_set(a, n, STR("column"), STR("unit"), now->prop[GRID_UNIT]);
}

static policy_node *
put_column(putting *p, size_t column)
{
	static const grid_column none = {0};
	const grid_column *now = &p->now->columns.v[column],
			  *was = p->from[column] == SIZE_MAX ? &none : &p->was.columns.v[p->from[column]];
	policy_node *n = clause_of(p, column);

	if (!str_eq(now->prop[GRID_ID], was->prop[GRID_ID]))
		policy_attr_set(p->a, n, STR("id"), now->prop[GRID_ID]);
	if (!str_eq(now->prop[GRID_LABEL], was->prop[GRID_LABEL]))
		policy_attr_set(p->a, n, STR("label"), now->prop[GRID_LABEL]);
	if (now->kind == GRID_INPUT)
		put_input(p->a, n, now, was);
	else if (now->kind == GRID_OUTPUT)
		put_output(p->a, n, now, was);
	else if (!str_eq(now->heading, was->heading))
		policy_attr_set(p->a, n, STR("name"), now->heading);
	return n;
}

typedef VEC(policy_node *) nodes;

/* These and no others are the children from now on. */
static void
relink(policy_node *n, const nodes *kids)
{
	n->kid = n->last = NULL;
	for (size_t i = 0; i < kids->n; i++)
		policy_node_put(n, kids->v[i], NULL);
}

/* Children that no column stands for. */
static void
keep_others(arena *a, const policy_node *n, const char *const *ours, nodes *out)
{
	for (policy_node *k = n->kid; k; k = k->next) {
		bool mine = false;
		for (size_t i = 0; ours[i]; i++)
			mine |= k->space.n == 0 && str_eq(k->name, str_of(ours[i]));
		if (!mine)
			*vec_add(a, out) = k;
	}
}

static policy_node *
put_cell(putting *p, policy_node *was, grid_kind kind, str text)
{
	static const str names[] = {{"inputEntry", 10}, {"outputEntry", 11}, {"annotationEntry", 15}};
	policy_node *n = was ? was : policy_node_new(p->a, names[kind]);

	if (!was || !str_eq(cell_text(was), text))
		policy_kid_made(p->a, n, STR("text"))->text = text;
	return n;
}

static void
put_telling(putting *p, policy_node *rule, const grid_row *row)
{
	for (size_t i = 0; i < p->was.columns.n; i++) { /* columns that the sheet no longer has */
		const grid_column *w = &p->was.columns.v[i];
		bool there = false;
		for (size_t k = 0; k < p->now->columns.n; k++)
			there |= p->from[k] == i;
		if (there || w->kind <= GRID_NOTE)
			continue;
		if (w->kind == GRID_WORDS)
			words_set(p->a, rule, STR(""));
		else if (w->kind == GRID_ENGLISH)
			policy_attr_set(p->a, rule, STR("label"), STR(""));
		else
			own_set(p->a, rule, STR("row"), w->heading, STR(""));
	}
	/* An attribute that says nothing is not taken for one that is not there. */
	for (size_t i = 0; i < p->now->columns.n; i++) {
		const grid_column *c = &p->now->columns.v[i];
		str is = c->kind == GRID_WORDS     ? words_of(rule)
			 : c->kind == GRID_ENGLISH ? policy_attr_of(rule, STR("label"))
						   : policy_attr_of(own(NULL, rule, STR("row")), c->heading);
		if (str_eq(is, row->cell[i]))
			continue;
		if (c->kind == GRID_WORDS)
			words_set(p->a, rule, row->cell[i]);
		else if (c->kind == GRID_ENGLISH)
			policy_attr_set(p->a, rule, STR("label"), row->cell[i]);
		else if (c->kind == GRID_ROW)
			own_set(p->a, rule, STR("row"), c->heading, row->cell[i]);
	}
}

static policy_node *
put_rule(putting *p, policy_node *was, const grid_row *row)
{
	static const char *const ours[] = {"inputEntry", "outputEntry", "annotationEntry", NULL};
	policy_node *rule = was ? was : policy_node_new(p->a, STR("rule"));
	nodes kids = {0};
	bool notes = was && policy_kid(was, STR("annotationEntry"));

	for (size_t i = 0; i < p->now->columns.n; i++)
		notes |= p->now->columns.v[i].kind == GRID_NOTE && row->cell[i].n > PLANTED(3, 0);
	keep_others(p->a, rule, ours, &kids);
	for (size_t i = 0; i < p->now->columns.n; i++) {
		grid_kind kind = p->now->columns.v[i].kind;
		if (kind > GRID_NOTE || (kind == GRID_NOTE && !notes))
			continue;
		policy_node *entry =
			was && p->from[i] != SIZE_MAX ? cell_node(&p->was, was, p->from[i]) : NULL;
		*vec_add(p->a, &kids) = put_cell(p, entry, kind, row->cell[i]);
	}
	relink(rule, &kids);
	if (!was)
		policy_attr_set(p->a, rule, STR("id"), row->id);
	put_telling(p, rule, row);
	return rule;
}

static void
put_table(putting *p)
{
	static const char *const ours[] = {"input", "output", "annotation", "rule", NULL};
	nodes kids = {0};

	keep_others(p->a, p->table, ours, &kids);
	for (size_t i = 0; i < p->now->columns.n; i++)
		if (p->now->columns.v[i].kind <= GRID_NOTE)
			*vec_add(p->a, &kids) = put_column(p, i);
	for (size_t i = 0; i < p->now->rows.n; i++) {
		const grid_row *row = &p->now->rows.v[i];
		*vec_add(p->a, &kids) = put_rule(p, map_get(&p->rules, row->id), row);
	}
	relink(p->table, &kids);
}

/* ---- what a new column asks for ---- */

/* A heading that is one name: letters, digits and spaces, and no sign of FEEL. Anything else is an
 * expression, whose names must be there. */
static bool
plain_name(str s)
{
	static const char signs[] = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~\n\t";

	for (size_t i = 0; i < s.n; i++)
		if (strchr(signs, s.p[i]))
			return false;
	return s.n && !(s.p[0] >= '0' && s.p[0] <= '9');
}

static bool requires(const putting *p, str id)
{
	for (policy_node *k = policy_kid(p->decision, STR("informationRequirement")); k;
	     k = policy_kid_next(k))
		if (k->kid && str_eq(policy_attr_of(k->kid, STR("href")), id))
			return true;
	return false;
}

static policy_node *
new_input(putting *p, str name, str type)
{
	policy_node *n = policy_node_new(p->a, STR("inputData")),
		    *next = policy_kid(p->root, STR("decision")), *v = policy_node_new(p->a, STR("variable"));

	for (policy_node *k = policy_kid(p->root, STR("inputData")); k; k = policy_kid_next(k))
		next = k->next;
	policy_node_put(p->root, n, next);
	policy_attr_set(p->a, n, STR("id"), policy_id_made(p->a, &p->ids, STR("input_"), name));
	policy_attr_set(p->a, n, STR("name"), name);
	policy_attr_set(p->a, v, STR("name"), name);
	policy_attr_set(p->a, v, STR("typeRef"), type);
	policy_node_put(n, v, NULL);
	return n;
}

static void
ask_for(putting *p, const grid_column *c)
{
	str name = str_trim(c->heading);
	policy_node *in = policy_element(p->root, STR("inputData"), name),
		    *decision = policy_element(p->root, STR("decision"), name), *to = in ? in : decision;

	if (!plain_name(name) || to == p->decision || policy_element(p->root, STR("import"), name))
		return;
	if (!to)
		to = new_input(p, name, c->prop[GRID_TYPE]);
	if (policy_attr_of(to, STR("id")).n == 0)
		policy_attr_set(p->a, to, STR("id"), policy_id_made(p->a, &p->ids, STR("input_"), name));
	str href = str_cat(p->a, STR("#"), policy_attr_of(to, STR("id")));
	if (requires(p, href))
		return;
	policy_node *need = policy_node_new(p->a, STR("informationRequirement")),
		    *ref = policy_node_new(p->a, str_eq(to->name, STR("decision")) ? STR("requiredDecision")
										   : STR("requiredInput"));
	policy_attr_set(p->a, ref, STR("href"), href);
	policy_node_put(need, ref, NULL);
	put_in_order(p->decision, need);
}

static rc
open_decision(putting *p)
{
	str name = p->now->fact[GRID_DECISION];

	p->decision = policy_element(p->root, STR("decision"), name);
	p->table = table_of(p->decision);
	if (p->table)
		return grid_of(p->a, p->f, p->root, name, &p->was);
	if (!p->decision) {
		p->decision = policy_node_new(p->a, STR("decision"));
		put_in_order(p->root, p->decision);
		policy_attr_set(p->a, p->decision, STR("name"), name);
		policy_attr_set(p->a, policy_kid_made(p->a, p->decision, STR("variable")), STR("name"), name);
	}
	for (const policy_node *k = p->decision->kid; k; k = k->next)
		if (k->space.n == 0 && model_place(STR("decision"), k->name) ==
					       model_place(STR("decision"), STR("decisionTable")))
			return FAIL(p->f, RC_INVALID, "policy.sheet.logic", FA_STR("name", name),
				    FA_STR("element", k->name), FA_INT("line", k->line));
	p->table = policy_kid_made(p->a, p->decision, STR("decisionTable"));
	return RC_OK;
}

/* A rule must say what it gives; `null` where the law does not. What was blank before may stay so. */
static rc
check_blanks(putting *p)
{
	char letters[CELL_COLUMN];

	for (size_t r = 0; r < p->now->rows.n; r++) {
		const grid_row *row = &p->now->rows.v[r];
		const policy_node *was = map_get(&p->rules, row->id);
		for (size_t i = 0; i < p->now->columns.n; i++) {
			const grid_column *c = &p->now->columns.v[i];
			if (c->kind != GRID_OUTPUT || str_trim(row->cell[i]).n)
				continue;
			if (was && p->from[i] != SIZE_MAX &&
			    str_trim(cell_text(cell_node(&p->was, was, p->from[i]))).n == 0)
				continue;
			str name = cell_column(c->column, letters);
			return FAIL(p->f, RC_INVALID, "policy.sheet.blank", FA_STR("rule", row->id),
				    FA_STR("heading", c->heading),
				    FA_STR("cell", str_fmt(p->a, "%.*s%u", STR_ARG(name), row->row)));
		}
	}
	return RC_OK;
}

rc
grid_put(arena *a, fault *f, policy_node *root, const grid *g)
{
	putting p = {.a = a, .f = f, .root = root, .now = g};

	TRY(open_decision(&p));
	put_facts(&p);
	taking t = {.a = a, .decision = p.decision, .ids = policy_ids(a, root)};
	need_id(&t, p.decision, STR("decision_"));
	need_id(&t, p.table, STR("table_"));
	match_columns(&p);
	p.ids = policy_ids(a, root);
	p.rules = map_in(a);
	for (policy_node *k = policy_kid(p.table, STR("rule")); k; k = policy_kid_next(k))
		map_set(&p.rules, policy_attr_of(k, STR("id")), k);
	TRY(check_blanks(&p));
	put_table(&p);
	for (size_t i = 0; i < g->columns.n; i++)
		if (g->columns.v[i].kind == GRID_INPUT &&
		    (p.from[i] == SIZE_MAX ||
		     !str_eq(p.was.columns.v[p.from[i]].heading, g->columns.v[i].heading)))
			ask_for(&p, &g->columns.v[i]);
	return RC_OK;
}

policy_node *
grid_nothing(arena *a, const grid *g)
{
	policy_node *root = policy_node_new(a, STR("definitions"));
	map none = map_in(a);
	str name = g->fact[GRID_DECISION], id = policy_id_made(a, &none, STR("policy_"), name);

	policy_attr_set(a, root, STR("id"), id);
	policy_attr_set(a, root, STR("name"), name);
	policy_attr_set(a, root, STR("namespace"), str_cat(a, STR("urn:zhucan:policy:"), id));
	return root;
}
