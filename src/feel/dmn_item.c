/* dmn_item.c - item definitions as FEEL types: references resolved, components, collections, allowed values.
 */
#include "feel/dmn_priv.h"

typedef struct making {
	arena *a;
	fault *f;
	dmn_model *m;
	part *p;
	unsigned depth;
} making;

static rc make_type(making *k, const dmn_xml *x, const feel_type **out);

static rc
bad_type(making *k, const dmn_xml *x, str name)
{
	return FAIL(k->f, RC_INVALID, "dmn.type.unknown", FA_STR("type", name), FA_STR("file", k->p->file),
		    FA_INT("line", x->line));
}

static const dmn_xml *
definition(const part *p, str name)
{
	for (const dmn_xml *x = p->root->kid; x; x = x->next)
		if (str_eq(x->name, STR("itemDefinition")) && str_eq(x->attr[DMN_A_NAME], name))
			return x;
	return NULL;
}

/* The part that is imported here under the name. */
part *
item_import(const dmn_model *m, const part *p, str name)
{
	for (const dmn_xml *x = p->root->kid; x; x = x->next) {
		if (!str_eq(x->name, STR("import")) || !str_eq(x->attr[DMN_A_NAME], name))
			continue;
		for (size_t i = 0; i < m->parts.n; i++)
			if (str_eq(m->parts.v[i]->space, x->attr[DMN_A_NAMESPACE]))
				return m->parts.v[i];
	}
	return NULL;
}

/* "number", "feel:number", "tPerson", "imported.tPerson" */
static rc
refer(making *k, const dmn_xml *x, str name, const feel_type **out)
{
	if (str_starts(name, STR("feel:")))
		name = str_from(name, 5);
	*out = feel_type_named(name);
	if (*out || name.n == 0)
		return RC_OK;
	const dmn_xml *there = definition(k->p, name);
	if (there)
		return make_type(k, there, out);
	ptrdiff_t dot = str_find_char(name, '.');
	part *other = dot > 0 ? item_import(k->m, k->p, str_sub(name, 0, (size_t)dot)) : NULL;
	there = other ? definition(other, str_from(name, (size_t)dot + 1)) : NULL;
	if (!there && (other = item_import(k->m, k->p, STR(""))))
		there = definition(other, name);
	if (!there)
		return k->m->lenient ? RC_OK : bad_type(k, x, name);
	part *here = k->p;
	k->p = other;
	rc r = make_type(k, there, out);
	k->p = here;
	return r;
}

static rc
allowed_values(making *k, const dmn_xml *x, feel_type *t)
{
	const dmn_xml *v = dmn_child(x, STR("typeConstraint"));
	feel_expr *e;

	if (!v)
		v = dmn_child(x, STR("allowedValues"));
	v = dmn_child(v, STR("text"));
	if (!v || str_trim(v->text).n == 0)
		return RC_OK;
	feel_scope *none = feel_scope_open(k->a);
	if (k->m->lenient)
		feel_scope_allow_unknown(none);
	rc r = feel_parse(k->a, k->f, v->text, none, FEEL_UNARY_TESTS, &e);
	if (r == RC_INVALID && k->m->lenient) {
		fault_clear(k->f);
		return RC_OK;
	}
	TRY(r);
	t->allowed = e;
	return RC_OK;
}

static rc
components(making *k, const dmn_xml *x, feel_type *t)
{
	VEC(feel_field) fields = {0};

	for (const dmn_xml *c = x->kid; c; c = c->next) {
		if (!str_eq(c->name, STR("itemComponent")))
			continue;
		feel_field *field = vec_add(k->a, &fields);
		field->name = str_trim(c->attr[DMN_A_NAME]);
		const feel_type *type;
		TRY(make_type(k, c, &type));
		fields.v[fields.n - 1].type = type;
	}
	if (fields.n == 0)
		return RC_OK;
	t->kind = FEEL_T_CONTEXT;
	t->field = fields.v;
	t->nfields = fields.n;
	return RC_OK;
}

static rc
function_item(making *k, const dmn_xml *x, feel_type *t)
{
	VEC(feel_field) fields = {0};

	t->kind = FEEL_T_FUNCTION;
	TRY(refer(k, x, x->attr[DMN_A_OUTPUT_TYPE], &t->elem));
	for (const dmn_xml *c = x->kid; c; c = c->next) {
		if (!str_eq(c->name, STR("parameters")))
			continue;
		feel_field field = {.name = c->attr[DMN_A_NAME]};
		TRY(refer(k, c, c->attr[DMN_A_TYPE], &field.type));
		*vec_add(k->a, &fields) = field;
	}
	t->field = fields.v;
	t->nfields = fields.n;
	return RC_OK;
}

/* The base with this definition's name and tests, which come on top of the base's own; a collection is a list
 * of it, whose allowed values test each element and whose type constraint tests the whole. */
static rc
make_type(making *k, const dmn_xml *x, const feel_type **out)
{
	const dmn_xml *ref = dmn_child(x, STR("typeRef")), *fn = dmn_child(x, STR("functionItem"));
	const feel_type *base = NULL;
	feel_type *t = arena_new(k->a, feel_type);

	if (++k->depth > 50)
		return FAIL(k->f, RC_INVALID, "dmn.type.circle", FA_STR("type", x->attr[DMN_A_NAME]));
	if (ref)
		TRY(refer(k, x, str_trim(ref->text), &base));
	if (base) {
		*t = *base;
		t->base = base;
		t->allowed = NULL;
	}
	t->name = x->attr[DMN_A_NAME];
	if (fn)
		TRY(function_item(k, fn, t));
	TRY(components(k, x, t));
	bool collection = str_eq(x->attr[DMN_A_COLLECTION], STR("true"));
	bool whole = collection && dmn_child(x, STR("typeConstraint"));
	if (!whole)
		TRY(allowed_values(k, x, t));
	if (collection) {
		feel_type *list = arena_new(k->a, feel_type);
		*list = (feel_type){.kind = FEEL_T_LIST, .name = t->name, .elem = t};
		if (whole)
			TRY(allowed_values(k, x, list));
		t = list;
	}
	k->depth--;
	*out = t;
	return RC_OK;
}

rc
item_types(arena *a, fault *f, dmn_model *m, part *p)
{
	making k = {.a = a, .f = f, .m = m, .p = p};

	for (const dmn_xml *x = p->root->kid; x; x = x->next) {
		const feel_type *t;
		if (!str_eq(x->name, STR("itemDefinition")))
			continue;
		TRY(make_type(&k, x, &t));
		feel_scope_add_type(p->types, x->attr[DMN_A_NAME], t);
	}
	for (const dmn_xml *x = p->root->kid; x; x = x->next) {
		part *other = str_eq(x->name, STR("import")) ? item_import(m, p, x->attr[DMN_A_NAME]) : NULL;
		for (const dmn_xml *y = other ? other->root->kid : NULL; y; y = y->next) {
			const feel_type *t;
			if (!str_eq(y->name, STR("itemDefinition")))
				continue;
			k.p = other;
			TRY(make_type(&k, y, &t));
			k.p = p;
			str name = x->attr[DMN_A_NAME].n == 0
					   ? y->attr[DMN_A_NAME]
					   : str_fmt(a, "%.*s.%.*s", STR_ARG(x->attr[DMN_A_NAME]),
						     STR_ARG(y->attr[DMN_A_NAME]));
			feel_scope_add_type(p->types, name, t);
		}
	}
	return RC_OK;
}
