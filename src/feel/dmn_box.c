/* dmn_box.c - boxed expressions into the tree that FEEL text becomes: a boxed context is {…}, an invocation a
 * call with named arguments, a relation a list of contexts, and so on. Only the decision table is a node of
 * its own. */
#include "feel/dmn_priv.h"

static rc
bad(boxer *b, const dmn_xml *x, const char *id)
{
	const fault_arg args[] = {
		FA_STR("file", b->part->file), FA_STR("element", b->of->name), FA_INT("line", x->line), {0}};

	fault_set(b->p.f, RC_INVALID, id, __FILE__, args);
	return RC_INVALID;
}

rc
box_type(boxer *b, str name, const feel_type **out)
{
	scope_hit hit;

	*out = NULL;
	if (str_starts(name, STR("feel:")))
		name = str_from(name, 5);
	if (name.n == 0)
		return RC_OK;
	*out = feel_type_named(name);
	if (!*out && scope_type_longest(b->part->types, name, 0, &hit) && hit.length == name.n)
		*out = hit.type;
	if (*out || b->p.global == NULL || scope_unknown_ok(b->p.global))
		return RC_OK;
	return FAIL(b->p.f, RC_INVALID, "dmn.type.unknown", FA_STR("type", name),
		    FA_STR("file", b->part->file), FA_STR("element", b->of->name));
}

/* The fault tells where in the text; add in which element and row of the file. */
static rc
say_where(boxer *b, const dmn_xml *x, rc r)
{
	fault_arg args[FAULT_ARGS + 1] = {{0}};
	fault was = {0};
	size_t n = 0;

	fault_copy(&was, b->p.f);
	for (; n < was.nargs && n < FAULT_ARGS - 2; n++)
		args[n] = was.arg[n];
	args[n++] = (fault_arg)FA_STR("element", b->of->name);
	args[n++] = (fault_arg)FA_INT("row", x->line);
	fault_set(b->p.f, r, was.id, was.where, args);
	return r;
}

rc
box_text(boxer *b, const dmn_xml *x, str text, feel_mode mode, node **out)
{
	feel_expr *e;

	rc r = parse_inside(&b->p, text, mode, &e);
	if (r == RC_INVALID && scope_unknown_ok(b->p.global)) {
		fault_clear(b->p.f);
		return parse_node(&b->p, N_ERROR, 0, out);
	}
	if (r != RC_OK)
		return say_where(b, x, r);
	*out = e->root;
	return RC_OK;
}

rc
box_coerced(boxer *b, str name, node **out)
{
	const feel_type *type;
	node *n;

	TRY(box_type(b, name, &type));
	if (!type || type->kind == FEEL_T_ANY)
		return RC_OK;
	TRY(parse_node(&b->p, N_COERCE, 0, &n));
	n->kid = arena_array(b->p.a, node *, 1);
	n->kid[0] = *out;
	n->n = 1;
	n->types = arena_array(b->p.a, const feel_type *, 1);
	n->types[0] = type;
	n->type = type;
	*out = n;
	return RC_OK;
}

static rc
null_node(boxer *b, node **out)
{
	return parse_node(&b->p, N_LITERAL, 0, out);
}

static bool
is_logic(const dmn_xml *x)
{
	static const char *const names[] = {
		"literalExpression",  "context",     "decisionTable", "invocation", "relation", "list",
		"functionDefinition", "conditional", "for",           "every",      "some",     "filter"};

	for (size_t i = 0; i < LEN(names); i++)
		if (str_eq(x->name, str_of(names[i])))
			return true;
	return false;
}

const dmn_xml *
box_logic(const dmn_xml *x)
{
	for (const dmn_xml *k = x ? x->kid : NULL; k; k = k->next)
		if (is_logic(k))
			return k;
	return NULL;
}

/* The logic inside a wrapper: <if>…</if>, a binding, an entry. */
static rc
inside(boxer *b, const dmn_xml *x, node **out)
{
	const dmn_xml *logic = box_logic(x);

	return logic ? box_expression(b, logic, out) : null_node(b, out);
}

static rc
literal(boxer *b, const dmn_xml *x, node **out)
{
	const dmn_xml *text = dmn_child(x, STR("text"));
	str language = x->attr[DMN_A_LANGUAGE];

	if (language.n > 0 && str_find(language, STR("FEEL")) < 0)
		return bad(b, x, "dmn.language");
	if (!text || str_trim(text->text).n == 0)
		return null_node(b, out);
	return box_text(b, x, text->text, FEEL_EXPRESSION, out);
}

static pscope *
push(boxer *b, frame_kind kind)
{
	pscope *s = arena_new(b->p.a, pscope);

	s->up = b->p.scope;
	s->kind = kind;
	b->p.scope = s;
	return s;
}

static rc
context(boxer *b, const dmn_xml *x, node **out)
{
	node *n;
	VEC(node *) kids = {0};
	VEC(feel_field) fields = {0};

	TRY(parse_node(&b->p, N_CONTEXT, 0, &n));
	pscope *s = push(b, FRAME_VARS);
	for (const dmn_xml *e = x->kid; e; e = e->next) {
		if (!str_eq(e->name, STR("contextEntry")))
			continue;
		const dmn_xml *v = dmn_child(e, STR("variable")), *logic = box_logic(e);
		node *value;
		if (!v && n->index)
			return bad(b, e, "dmn.context.result");
		if (v && logic && str_eq(logic->name, STR("functionDefinition")))
			scope_declare(&b->p, s, v->attr[DMN_A_NAME], NULL);
		TRY(inside(b, e, &value));
		if (v) {
			TRY(box_coerced(b, v->attr[DMN_A_TYPE], &value));
			if (s->names.n == kids.n)
				scope_declare(&b->p, s, v->attr[DMN_A_NAME], NULL);
			s->types.v[kids.n] = value->type;
			*vec_add(b->p.a, &fields) = (feel_field){v->attr[DMN_A_NAME], value->type};
		}
		n->index = !v;
		*vec_add(b->p.a, &kids) = value;
	}
	b->p.scope = s->up;
	n->kid = kids.v;
	n->n = kids.n;
	n->names = s->names.v;
	n->name = parse_twice(&b->p, s->names.v, s->names.n);
	feel_type *t = arena_new(b->p.a, feel_type);
	*t = (feel_type){.kind = FEEL_T_CONTEXT, .inferred = true, .field = fields.v, .nfields = fields.n};
	n->type = n->index ? kids.v[kids.n - 1]->type : t;
	*out = n;
	return RC_OK;
}

static rc
invocation(boxer *b, const dmn_xml *x, node **out)
{
	VEC(node *) kids = {0};
	VEC(str) names = {0};
	node *n, *kid;

	TRY(inside(b, x, &kid));
	*vec_add(b->p.a, &kids) = kid;
	for (const dmn_xml *e = x->kid; e; e = e->next) {
		if (!str_eq(e->name, STR("binding")))
			continue;
		const dmn_xml *param = dmn_child(e, STR("parameter"));
		if (!param)
			return bad(b, e, "dmn.binding");
		*vec_add(b->p.a, &names) = param->attr[DMN_A_NAME];
		TRY(inside(b, e, &kid));
		*vec_add(b->p.a, &kids) = kid;
	}
	TRY(parse_node(&b->p, N_CALL, 0, &n));
	n->kid = kids.v;
	n->n = kids.n;
	n->names = names.n ? names.v : NULL;
	const feel_type *fn = kids.v[0]->type;
	n->type = fn && fn->kind == FEEL_T_FUNCTION ? fn->elem : NULL;
	*out = n;
	return RC_OK;
}

rc
box_function(boxer *b, const dmn_xml *x, node **out)
{
	node *n, *body;
	const dmn_xml *logic = box_logic(x);
	bool external = x->attr[DMN_A_KIND].n > 0 && !str_eq(x->attr[DMN_A_KIND], STR("FEEL"));
	feel_type *t = arena_new(b->p.a, feel_type);

	TRY(parse_node(&b->p, N_FUNCTION, 0, &n));
	pscope *s = push(b, FRAME_VARS);
	VEC(feel_field) fields = {0};
	for (const dmn_xml *e = x->kid; e; e = e->next) {
		if (!str_eq(e->name, STR("formalParameter")))
			continue;
		const feel_type *type;
		TRY(box_type(b, e->attr[DMN_A_TYPE], &type));
		scope_declare(&b->p, s, e->attr[DMN_A_NAME], type);
		*vec_add(b->p.a, &fields) = (feel_field){e->attr[DMN_A_NAME], type};
	}
	if (external)
		TRY(parse_node(&b->p, N_EXTERNAL, 0, &body));
	else if (logic)
		TRY(box_expression(b, logic, &body));
	else
		TRY(null_node(b, &body));
	TRY(box_coerced(b, x->attr[DMN_A_TYPE], &body));
	b->p.scope = s->up;
	n->kid = arena_array(b->p.a, node *, 1);
	n->kid[0] = body;
	n->n = 1;
	n->names = s->names.v;
	n->types = s->types.v;
	n->index = (uint32_t)s->names.n;
	*t = (feel_type){.kind = FEEL_T_FUNCTION, .field = fields.v, .nfields = fields.n, .elem = body->type};
	n->type = t;
	*out = n;
	return RC_OK;
}

static rc
list(boxer *b, const dmn_xml *x, node **out)
{
	VEC(node *) kids = {0};
	node *n;

	TRY(parse_node(&b->p, N_LIST, 0, &n));
	for (const dmn_xml *e = x->kid; e; e = e->next) {
		node *kid;
		if (!is_logic(e))
			continue;
		TRY(box_expression(b, e, &kid));
		*vec_add(b->p.a, &kids) = kid;
	}
	n->kid = kids.v;
	n->n = kids.n;
	*out = n;
	return RC_OK;
}

/* Columns give the names, rows the values. */
static rc
relation(boxer *b, const dmn_xml *x, node **out)
{
	VEC(str) names = {0};
	VEC(node *) rows = {0};
	VEC(feel_field) fields = {0};
	feel_type *row_type = arena_new(b->p.a, feel_type), *type = arena_new(b->p.a, feel_type);
	node *n;

	for (const dmn_xml *e = x->kid; e; e = e->next) {
		if (!str_eq(e->name, STR("column")))
			continue;
		*vec_add(b->p.a, &names) = e->attr[DMN_A_NAME];
		*vec_add(b->p.a, &fields) = (feel_field){.name = e->attr[DMN_A_NAME]};
	}
	*row_type =
		(feel_type){.kind = FEEL_T_CONTEXT, .inferred = true, .field = fields.v, .nfields = fields.n};
	*type = (feel_type){.kind = FEEL_T_LIST, .elem = row_type};
	for (const dmn_xml *e = x->kid; e; e = e->next) {
		if (!str_eq(e->name, STR("row")))
			continue;
		push(b, FRAME_VARS); /* a row is evaluated as a context, whose cells do not see each other */
		rc r = list(b, e, &n);
		b->p.scope = b->p.scope->up;
		TRY(r);
		if (n->n != names.n)
			return bad(b, e, "dmn.relation");
		n->kind = N_CONTEXT;
		n->names = names.v;
		*vec_add(b->p.a, &rows) = n;
	}
	TRY(parse_node(&b->p, N_LIST, 0, &n));
	n->kid = rows.v;
	n->n = rows.n;
	n->type = type;
	*out = n;
	return RC_OK;
}

static rc
conditional(boxer *b, const dmn_xml *x, node **out)
{
	static const char *const parts[] = {"if", "then", "else"};

	TRY(parse_node(&b->p, N_IF, 0, out));
	(*out)->kid = arena_array(b->p.a, node *, 3);
	(*out)->n = 3;
	for (size_t i = 0; i < 3; i++)
		TRY(inside(b, dmn_child(x, str_of(parts[i])), &(*out)->kid[i]));
	(*out)->type = (*out)->kid[1]->type;
	return RC_OK;
}

static rc
loop(boxer *b, const dmn_xml *x, node_kind kind, node **out)
{
	node *n;

	TRY(parse_node(&b->p, kind, 0, &n));
	n->kid = arena_array(b->p.a, node *, 2);
	n->n = 2;
	n->index = 1;
	pscope *s = push(b, FRAME_VARS);
	TRY(inside(b, dmn_child(x, STR("in")), &n->kid[0]));
	const feel_type *t = n->kid[0]->type;
	scope_declare(&b->p, s, x->attr[DMN_A_ITERATOR], t && t->kind == FEEL_T_LIST ? t->elem : t);
	if (kind == N_FOR)
		scope_declare(&b->p, s, STR("partial"), NULL);
	TRY(inside(b, dmn_child(x, kind == N_FOR ? STR("return") : STR("satisfies")), &n->kid[1]));
	b->p.scope = s->up;
	*out = n;
	return RC_OK;
}

static rc
filter(boxer *b, const dmn_xml *x, node **out)
{
	node *n;

	TRY(parse_node(&b->p, N_FILTER, 0, &n));
	n->kid = arena_array(b->p.a, node *, 2);
	n->n = 2;
	TRY(inside(b, dmn_child(x, STR("in")), &n->kid[0]));
	pscope *s = push(b, FRAME_FILTER);
	const feel_type *t = n->kid[0]->type;
	s->item = t && t->kind == FEEL_T_LIST ? t->elem : t;
	scope_declare(&b->p, s, STR("item"), s->item);
	TRY(inside(b, dmn_child(x, STR("match")), &n->kid[1]));
	b->p.scope = s->up;
	n->type = t;
	*out = n;
	return RC_OK;
}

static rc
by_name(boxer *b, const dmn_xml *x, node **out)
{
	if (str_eq(x->name, STR("literalExpression")))
		return literal(b, x, out);
	if (str_eq(x->name, STR("context")))
		return context(b, x, out);
	if (str_eq(x->name, STR("decisionTable")))
		return box_table(b, x, out);
	if (str_eq(x->name, STR("invocation")))
		return invocation(b, x, out);
	if (str_eq(x->name, STR("functionDefinition")))
		return box_function(b, x, out);
	if (str_eq(x->name, STR("relation")))
		return relation(b, x, out);
	if (str_eq(x->name, STR("list")))
		return list(b, x, out);
	if (str_eq(x->name, STR("conditional")))
		return conditional(b, x, out);
	if (str_eq(x->name, STR("for")))
		return loop(b, x, N_FOR, out);
	if (str_eq(x->name, STR("every")))
		return loop(b, x, N_EVERY, out);
	if (str_eq(x->name, STR("some")))
		return loop(b, x, N_SOME, out);
	return filter(b, x, out);
}

rc
box_expression(boxer *b, const dmn_xml *x, node **out)
{
	pscope *scope = b->p.scope;

	if (++b->p.depth > FEEL_DEPTH_MAX)
		return FAIL(b->p.f, RC_LIMIT, "feel.limit.depth", FA_INT("max", FEEL_DEPTH_MAX));
	rc r = by_name(b, x, out);
	b->p.depth--;
	b->p.scope = scope;
	if (r == RC_OK && !str_eq(x->name, STR("functionDefinition")))
		r = box_coerced(b, x->attr[DMN_A_TYPE], out);
	return r;
}
