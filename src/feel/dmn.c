/* dmn.c - see dmn.h: linking the elements of the files, and deciding.
 *
 * Every input, decision, BKM and service of every file has one slot. A decision's scope holds only what its
 * requirements name, so its slots are its edges in the graph; deciding is asking the slot, and a slot once
 * asked is kept for that decision run. */
#include "feel/dmn_priv.h"

enum { NEW, OPEN, DONE };

/* loading */

static bool
element_kind(str name, dmn_kind *out)
{
	static const struct {
		const char *name;
		dmn_kind kind;
	} kinds[] = {{"inputData", DMN_INPUT},
		     {"decision", DMN_DECISION},
		     {"businessKnowledgeModel", DMN_BKM},
		     {"decisionService", DMN_SERVICE}};

	for (size_t i = 0; i < LEN(kinds); i++)
		if (str_eq(name, str_of(kinds[i].name))) {
			*out = kinds[i].kind;
			return true;
		}
	return false;
}

static rc
read_part(arena *a, fault *f, dmn_model *m, const dmn_file *file)
{
	dmn_xml *root;
	part *p = arena_new(a, part);

	TRY(dmn_read(a, f, file->xml, &root));
	*p = (part){.root = root, .file = str_dup(a, file->name), .space = root->attr[DMN_A_NAMESPACE]};
	p->types = feel_scope_open(a);
	*vec_add(a, &m->parts) = p;
	for (const dmn_xml *x = root->kid; x; x = x->next) {
		dmn_kind kind;
		if (!element_kind(x->name, &kind))
			continue;
		if (m->elements.n == DMN_ELEMENTS_MAX)
			return FAIL(f, RC_LIMIT, "dmn.size");
		element *e = arena_new(a, element);
		*e = (element){.kind = kind,
			       .slot = (uint32_t)m->elements.n,
			       .part = p,
			       .xml = x,
			       .id = x->attr[DMN_A_ID],
			       .name = str_trim(x->attr[DMN_A_NAME])};
		*vec_add(a, &m->elements) = e;
		*vec_add(a, &p->elements) = e;
	}
	return RC_OK;
}

/* "#id", or "name space#id" */
static element *
by_href(const dmn_model *m, const part *p, str href)
{
	ptrdiff_t hash = str_find_char(href, '#');
	str space = hash > 0 ? str_sub(href, 0, (size_t)hash) : p->space,
	    id = str_from(href, (size_t)(hash + 1));

	for (size_t i = 0; i < m->elements.n; i++)
		if (str_eq(m->elements.v[i]->id, id) && str_eq(m->elements.v[i]->part->space, space))
			return m->elements.v[i];
	return NULL;
}

static const dmn_xml *
import_of(const part *p, str space)
{
	for (const dmn_xml *x = p->root->kid; x; x = x->next)
		if (str_eq(x->name, STR("import")) && str_eq(x->attr[DMN_A_NAMESPACE], space))
			return x;
	return NULL;
}

static rc
require(arena *a, fault *f, dmn_model *m, element *e, str href, element **out)
{
	element *to = by_href(m, e->part, href);

	if (!to)
		return FAIL(f, RC_INVALID, "dmn.href", FA_STR("href", href), FA_STR("element", e->name),
			    FA_STR("file", e->part->file));
	*vec_add(a, &e->needs) = to;
	*out = to;
	return RC_OK;
}

/* What is imported is known by the name of the import and its own. */
static void
declare(arena *a, element *e, const element *to)
{
	const dmn_xml *import = to->part == e->part ? NULL : import_of(e->part, to->part->space);
	str name = to->name;

	if (import && import->attr[DMN_A_NAME].n > 0)
		name = str_fmt(a, "%.*s.%.*s", STR_ARG(import->attr[DMN_A_NAME]), STR_ARG(to->name));
	feel_scope_add(e->scope, name, to->slot,
		       to->type && to->type->kind != FEEL_T_ANY ? to->type : to->shape);
}

static rc
read_requirements(arena *a, fault *f, dmn_model *m, element *e)
{
	e->scope = feel_scope_open(a);
	scope_share_types(e->scope, e->part->types);
	if (m->lenient)
		feel_scope_allow_unknown(e->scope);
	for (const dmn_xml *x = e->xml->kid; x; x = x->next) {
		bool in = str_eq(x->name, STR("inputDecision")) || str_eq(x->name, STR("inputData"));
		bool out = str_eq(x->name, STR("outputDecision"));
		element *to;
		if (e->kind == DMN_SERVICE && (in || out)) {
			TRY(require(a, f, m, e, x->attr[DMN_A_HREF], &to));
			if (out)
				*vec_add(a, &e->out) = to;
			else
				*vec_add(a, &e->in) = to;
			continue;
		}
		if (!str_eq(x->name, STR("informationRequirement")) &&
		    !str_eq(x->name, STR("knowledgeRequirement")))
			continue;
		for (const dmn_xml *k = x->kid; k; k = k->next) {
			TRY(require(a, f, m, e, k->attr[DMN_A_HREF], &to));
			declare(a, e, to);
		}
	}
	return RC_OK;
}

/* Depth first: no circle, and no chain longer than evaluation can follow. A BKM may need itself: recursion
 * ends by its own condition or at the limit of depth. */
static rc
check_circle(fault *f, element *e, unsigned depth)
{
	if (e->mark == DONE)
		return RC_OK;
	if (e->mark == OPEN || depth > DMN_CHAIN_MAX)
		return FAIL(f, RC_INVALID, "dmn.circle", FA_STR("element", e->name),
			    FA_STR("file", e->part->file));
	e->mark = OPEN;
	for (size_t i = 0; i < e->needs.n; i++)
		if (e->needs.v[i] != e || e->kind != DMN_BKM)
			TRY(check_circle(f, e->needs.v[i], depth + 1));
	e->mark = DONE;
	return RC_OK;
}

static rc
element_type(arena *a, fault *f, element *e)
{
	const dmn_xml *v = dmn_child(e->xml, STR("variable"));
	boxer b = {.p = {.a = a, .f = f, .global = e->scope}, .part = e->part, .of = e};

	return box_type(&b, v ? v->attr[DMN_A_TYPE] : STR(""), &e->type);
}

/* What the service is called with by position: input data, then input decisions. */
static void
service_params(arena *a, element *e)
{
	static const str order[] = {{"inputData", 9}, {"inputDecision", 13}};
	size_t n = e->in.n;
	VEC(element *) sorted = {0};

	for (size_t k = 0; k < LEN(order); k++)
		for (size_t i = 0; i < n; i++)
			if ((e->in.v[i]->kind == DMN_INPUT) == (k == 0))
				*vec_add(a, &sorted) = e->in.v[i];
	for (size_t i = 0; i < n; i++) {
		e->in.v[i] = sorted.v[i];
		*vec_add(a, &e->params) = (feel_field){e->in.v[i]->name, e->in.v[i]->type};
	}
}

static rc
compile(arena *a, fault *f, element *e)
{
	boxer b = {.p = {.a = a, .f = f, .global = e->scope}, .part = e->part, .of = e};
	const dmn_xml *v = dmn_child(e->xml, STR("variable")), *logic;
	str type = v ? v->attr[DMN_A_TYPE] : STR("");

	if (e->kind == DMN_DECISION) {
		logic = box_logic(e->xml);
		if (!logic)
			return parse_node(&b.p, N_LITERAL, 0, &e->root);
		TRY(box_expression(&b, logic, &e->root));
		TRY(box_coerced(&b, type, &e->root));
		e->shape = e->root->type;
	} else if (e->kind == DMN_BKM) {
		logic = dmn_child(e->xml, STR("encapsulatedLogic"));
		if (!logic)
			return parse_node(&b.p, N_LITERAL, 0, &e->root);
		TRY(box_function(&b, logic, &e->root));
		if (e->type && e->type->kind != FEEL_T_FUNCTION)
			TRY(box_coerced(&b, type, &e->root->kid[0]));
	} else if (e->kind == DMN_SERVICE) {
		service_params(a, e);
	}
	return RC_OK;
}

/* What an element needs is compiled first, so that its type is known. */
static rc
compile_all(arena *a, fault *f, element *e)
{
	if (e->mark == DONE)
		return RC_OK;
	e->mark = DONE;
	for (size_t i = 0; i < e->needs.n; i++) {
		TRY(compile_all(a, f, e->needs.v[i]));
		if (e->kind != DMN_SERVICE)
			declare(a, e, e->needs.v[i]);
	}
	return compile(a, f, e);
}

rc
dmn_load(arena *a, fault *f, const dmn_file *file, size_t n, bool lenient, dmn_model **out)
{
	dmn_model *m = arena_new(a, dmn_model);

	m->a = a;
	m->lenient = lenient;
	for (size_t i = 0; i < n; i++)
		TRY(read_part(a, f, m, &file[i]));
	for (size_t i = 0; i < m->parts.n; i++)
		TRY(item_types(a, f, m, m->parts.v[i]));
	for (size_t i = 0; i < m->elements.n; i++) {
		TRY(read_requirements(a, f, m, m->elements.v[i]));
		TRY(element_type(a, f, m->elements.v[i]));
	}
	for (size_t i = 0; i < m->elements.n; i++)
		TRY(check_circle(f, m->elements.v[i], 0));
	for (size_t i = 0; i < m->elements.n; i++)
		m->elements.v[i]->mark = NEW;
	for (size_t i = 0; i < m->elements.n; i++)
		TRY(compile_all(a, f, m->elements.v[i]));
	*out = m;
	return RC_OK;
}

void
dmn_prepare(dmn_model *m)
{
	for (size_t i = 0; i < m->elements.n; i++) {
		const element *e = m->elements.v[i];
		const node *n = e->root;
		if (n && e->kind == DMN_BKM && n->n > 0)
			n = n->kid[0];
		while (n && n->kind == N_COERCE)
			n = n->kid[0];
		if (n && n->kind == N_TABLE && !n->table->sets)
			sets_prepare(m->a, n->table);
	}
}

size_t
dmn_count(const dmn_model *m)
{
	return m->elements.n;
}

dmn_info
dmn_element(const dmn_model *m, size_t i)
{
	const element *e = m->elements.v[i];

	return (dmn_info){
		.kind = e->kind, .id = e->id, .name = e->name, .model = e->part->file, .type = e->type};
}

static element *
by_name(const dmn_model *m, str name, bool decision)
{
	for (size_t i = 0; i < m->parts.v[0]->elements.n; i++) {
		element *e = m->parts.v[0]->elements.v[i];
		bool callable = e->kind == DMN_BKM || e->kind == DMN_SERVICE;
		if ((decision ? e->kind == DMN_DECISION : callable) && str_eq(e->name, name))
			return e;
	}
	return NULL;
}

const feel_type *
dmn_input_type(const dmn_model *m, str name)
{
	for (size_t i = 0; i < m->elements.n; i++)
		if (m->elements.v[i]->kind == DMN_INPUT && str_eq(m->elements.v[i]->name, name))
			return m->elements.v[i]->type;
	return NULL;
}

/* deciding */

typedef struct deciding {
	const dmn_model *m;
	arena *a;
	fault *f;
	const feel_env *world;
	feel_env env;
	const feel_context *inputs;
	feel_value *value;
	uint8_t *state;
	rc code;
	const run *inner; /* the evaluation that asked, for its depth */
	uint64_t steps;
} deciding;

typedef struct service {
	const dmn_model *m;
	const element *e;
	const feel_env *world;
} service;

static feel_value ask(void *ctx, uint32_t slot);

static void
fired(void *ctx, str id, size_t rule)
{
	const deciding *d = ctx;

	d->world->fired(d->world->ctx, id, rule);
}

static void
traced(void *ctx, const feel_trace *t)
{
	const deciding *d = ctx;

	d->world->traced(d->world->ctx, t);
}

static void
begin(deciding *d, const dmn_model *m, arena *a, fault *f, const feel_context *inputs, const feel_env *world)
{
	*d = (deciding){.m = m, .a = a, .f = f, .world = world, .inputs = inputs};
	d->env = *world;
	d->env.ctx = d;
	d->env.lookup = ask;
	d->env.fired = world->fired ? fired : NULL;
	d->env.traced = world->traced ? traced : NULL;
	d->value = arena_array(a, feel_value, m->elements.n);
	d->state = arena_array(a, uint8_t, m->elements.n);
}

/* Where an input of another file is given as {import: {name: value}} or by its bare name. */
static feel_value
input_value(deciding *d, const element *e)
{
	const part *main = d->m->parts.v[0];
	const feel_value *v = NULL;
	feel_value out = feel_null(NULL);

	if (e->part != main) {
		const dmn_xml *import = import_of(main, e->part->space);
		str name = import ? import->attr[DMN_A_NAME] : STR("");
		const feel_value *group = import ? feel_get(d->inputs, name) : NULL;
		if (group && group->kind == FEEL_CONTEXT)
			v = feel_get(group->context, e->name);
		if (!v && import)
			v = feel_get(d->inputs, str_fmt(d->a, "%.*s.%.*s", STR_ARG(name), STR_ARG(e->name)));
	}
	if (!v)
		v = feel_get(d->inputs, e->name);
	if (!v)
		return out;
	rc r = feel_type_coerce(d->a, d->f, &d->env, e->type, *v, &out);
	d->code = d->code == RC_OK ? r : d->code;
	return out;
}

/* A service decides anew, seeing only its parameters. */
static rc
call_service(void *ctx, arena *a, fault *f, const feel_env *env, const feel_value *args, feel_value *out)
{
	const service *s = ctx;
	deciding d;
	feel_context none = {0};
	feel_entry *e = arena_array(a, feel_entry, s->e->out.n);

	begin(&d, s->m, a, f, &none, s->world);
	d.env.depth = env->depth;
	for (size_t i = 0; i < s->e->in.n; i++) {
		d.value[s->e->in.v[i]->slot] = args[i];
		d.state[s->e->in.v[i]->slot] = DONE;
	}
	for (size_t i = 0; i < s->e->out.n; i++)
		e[i] = (feel_entry){s->e->out.v[i]->name, ask(&d, s->e->out.v[i]->slot)};
	*out = s->e->out.n == 1 ? e[0].value : feel_context_of(a, e, s->e->out.n);
	return d.code;
}

static feel_value
service_value(deciding *d, const element *e)
{
	service *s = arena_new(d->a, service);

	*s = (service){d->m, e, d->world};
	return feel_native_function(d->a, (feel_native){.ctx = s,
							.call = call_service,
							.param = e->params.v,
							.nparams = e->params.n,
							.result = e->type});
}

static feel_value
logic_value(deciding *d, const element *e)
{
	const run *asker = d->inner;
	run r = {.a = d->a,
		 .f = d->f,
		 .env = &d->env,
		 .depth = asker ? asker->depth : d->env.depth,
		 .steps = d->steps};

	d->inner = &r;
	feel_value v = eval(&r, e->root, NULL);
	d->inner = asker;
	d->steps = r.steps;
	if (d->code == RC_OK)
		d->code = r.code;
	return v;
}

static feel_value
ask(void *ctx, uint32_t slot)
{
	deciding *d = ctx;
	const element *e = d->m->elements.v[slot];

	if (d->state[slot] == DONE)
		return d->value[slot];
	if (d->code != RC_OK)
		return feel_null(NULL);
	feel_value v = e->kind == DMN_INPUT     ? input_value(d, e)
		       : e->kind == DMN_SERVICE ? service_value(d, e)
						: logic_value(d, e);
	d->value[slot] = v;
	d->state[slot] = DONE;
	return v;
}

rc
dmn_decide(arena *a, fault *f, const dmn_model *m, str decision, const feel_context *inputs,
	   const feel_env *env, feel_value *out)
{
	deciding d;
	const element *e = by_name(m, decision, true);

	if (!e)
		return RC_NOT_FOUND;
	begin(&d, m, a, f, inputs, env);
	*out = ask(&d, e->slot);
	return d.code;
}

rc
dmn_invoke(arena *a, fault *f, const dmn_model *m, str name, const feel_context *args, const feel_env *env,
	   feel_value *out)
{
	deciding d;
	feel_context none = {0};
	const element *e = by_name(m, name, false);

	if (!e)
		return RC_NOT_FOUND;
	begin(&d, m, a, f, &none, env);
	feel_value fn = ask(&d, e->slot);
	if (d.code != RC_OK || fn.kind != FEEL_FUNCTION) {
		*out = feel_null(NULL);
		return d.code;
	}
	size_t n = e->kind == DMN_SERVICE ? e->params.n : e->root->index;
	feel_value *v = arena_array(a, feel_value, n);
	for (size_t i = 0; i < n; i++) {
		const feel_value *given =
			feel_get(args, e->kind == DMN_SERVICE ? e->params.v[i].name : e->root->names[i]);
		v[i] = given ? *given : feel_null(NULL);
	}
	TRY(feel_call(a, f, &d.env, fn, v, n, out));
	return d.code;
}
