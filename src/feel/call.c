/* call.c - functions as values: binding arguments, running bodies, and DMN's implicit conversions on the way
 * in. */
#include "feel/priv.h"

/* What a function value is, for `instance of function<...>`. */
const feel_type *
function_type(arena *a, const feel_function *fn)
{
	if (fn->kind == FN_LAMBDA)
		return fn->lambda->type;
	feel_type *t = arena_new(a, feel_type);
	*t = (feel_type){.kind = FEEL_T_FUNCTION, .any_shape = fn->kind == FN_BUILTIN};
	if (fn->kind == FN_NATIVE) {
		t->field = fn->native.param;
		t->nfields = fn->native.nparams;
		t->elem = fn->native.result;
	}
	return t;
}

/* Which argument is meant for parameter `k`; -1: none. */
static ptrdiff_t
argument_of(const str *names, size_t n, str param, size_t k)
{
	if (!names)
		return k < n ? (ptrdiff_t)k : -1;
	for (size_t i = 0; i < n; i++)
		if (str_eq(names[i], param))
			return (ptrdiff_t)i;
	return -1;
}

static feel_value
call_lambda(run *r, const node *at, const feel_function *fn, const str *names, const feel_value *arg,
	    size_t n)
{
	const node *l = fn->lambda;
	size_t count = l->index;

	if (n != count)
		return fail_null(r, at, "feel.call.arguments");
	if (!eval_room(r, at, count * sizeof(feel_value)))
		return feel_null(NULL);
	frame *fr = arena_new(r->a, frame);
	*fr = (frame){
		.up = fn->env, .kind = FRAME_VARS, .n = count, .v = arena_array(r->a, feel_value, count)};
	for (size_t k = 0; k < count; k++) {
		ptrdiff_t i = argument_of(names, n, l->names[k], k);
		if (i < 0)
			return fail_null_about(r, at, "feel.call.arguments", l->names[k]);
		fr->v[k] = coerce(r, at, l->types[k], arg[i]);
	}
	return eval(r, l->kid[0], fr);
}

static feel_value
call_native(run *r, const node *at, const feel_native *fn, const str *names, const feel_value *arg, size_t n)
{
	feel_value out = {0};

	if (n != fn->nparams)
		return fail_null(r, at, "feel.call.arguments");
	feel_value *v = arena_array(r->a, feel_value, n);
	for (size_t k = 0; k < n; k++) {
		ptrdiff_t i = argument_of(names, n, fn->param[k].name, k);
		if (i < 0)
			return fail_null_about(r, at, "feel.call.arguments", fn->param[k].name);
		v[k] = coerce(r, at, fn->param[k].type, arg[i]);
	}
	feel_env env = *r->env;
	env.depth += r->depth + 1;
	if (r->code == RC_OK)
		r->code = fn->call(fn->ctx, r->a, r->f, &env, v, &out);
	return coerce(r, at, fn->result, out);
}

/* A built-in function may look at all of an argument. */
static size_t
size_cost(feel_value v)
{
	return v.kind == FEEL_STRING    ? v.s.n / 256
	       : v.kind == FEEL_LIST    ? v.list.n / 16
	       : v.kind == FEEL_CONTEXT ? v.context->n / 16
					: 0;
}

feel_value
call_value(run *r, const node *at, feel_value fn, const str *names, const feel_value *arg, size_t n)
{
	feel_value bound[BUILTIN_PARAMS_MAX] = {{0}};
	const feel_value *use = arg;

	if (fn.kind != FEEL_FUNCTION)
		return null_from(r, at, fn, "feel.call.function");
	if (fn.fn->kind == FN_LAMBDA)
		return call_lambda(r, at, fn.fn, names, arg, n);
	if (fn.fn->kind == FN_NATIVE)
		return call_native(r, at, &fn.fn->native, names, arg, n);
	for (size_t i = 0; i < n; i++)
		eval_cost(r, size_cost(arg[i]));
	if (!builtin_bind(fn.fn->builtin, names, arg, n, bound, &n))
		return fail_null_about(r, at, "feel.call.arguments", str_of(fn.fn->builtin->name));
	if (names)
		use = bound;
	return fn.fn->builtin->fn(r, at, use, n);
}

/* conversions */

static bool
allowed(run *r, const feel_expr *tests, feel_value v)
{
	if (!tests)
		return true;
	frame fr = {.kind = FRAME_VARS, .n = 1, .v = &v};
	return feel_is_true(eval(r, tests->root, &fr));
}

static feel_value
coerce_list(run *r, const node *at, const feel_type *type, feel_value v)
{
	feel_value one = v;

	if (v.kind != FEEL_LIST)
		v = feel_list(&one, 1);
	if (!eval_room(r, at, v.list.n * sizeof(feel_value)))
		return feel_null(NULL);
	feel_value *to = arena_array(r->a, feel_value, v.list.n);
	for (size_t i = 0; i < v.list.n && eval_step(r, at); i++) {
		to[i] = coerce(r, at, type->elem, v.list.v[i]);
		if (to[i].kind == FEEL_NULL && v.list.v[i].kind != FEEL_NULL)
			return to[i];
	}
	return feel_list(to, v.list.n);
}

/* Every field present and of its type; entries that the type does not name stay. */
static feel_value
coerce_context(run *r, const node *at, const feel_type *type, feel_value v)
{
	const feel_context *c = v.context;

	if (!eval_room(r, at, c->n * sizeof(feel_entry)))
		return feel_null(NULL);
	feel_entry *e = arena_array(r->a, feel_entry, c->n);
	size_t found = 0;
	for (size_t i = 0; i < c->n && eval_step(r, at); i++) {
		const feel_field *field = feel_type_field(type, c->e[i].name);
		e[i] = c->e[i];
		if (!field)
			continue;
		found++;
		e[i].value = coerce(r, at, field->type, c->e[i].value);
		if (e[i].value.kind == FEEL_NULL && c->e[i].value.kind != FEEL_NULL)
			return e[i].value;
	}
	if (found < type->nfields)
		return fail_null_about(r, at, "feel.type.mismatch", type->name);
	return feel_context_of(r->a, e, c->n);
}

/* May a function be used where `type` is asked for?  What is not known of its types does not speak against
 * it. */
static bool
function_usable(const feel_type *have, const feel_type *type)
{
	if (type->kind != FEEL_T_FUNCTION || type->any_shape || have->any_shape)
		return true;
	if (have->nfields != type->nfields || (have->elem && !feel_type_conforms(have->elem, type->elem)))
		return false;
	for (size_t i = 0; i < type->nfields; i++)
		if (have->field[i].type && type->field[i].type &&
		    !feel_type_conforms(type->field[i].type, have->field[i].type))
			return false;
	return true;
}

static feel_value
coerce_shape(run *r, const node *at, const feel_type *type, feel_value v)
{
	if (type->kind == FEEL_T_LIST)
		return coerce_list(r, at, type, v);
	if (type->kind != FEEL_T_ANY)
		v = single(v);
	if (type->kind == FEEL_T_CONTEXT && v.kind == FEEL_CONTEXT)
		return coerce_context(r, at, type, v);
	if (type->kind == FEEL_T_DATE_TIME && v.kind == FEEL_DATE) {
		v.kind = FEEL_DATE_TIME;
		v.offset = 0;
	}
	if (!feel_type_holds(type, v) ||
	    (v.kind == FEEL_FUNCTION && !function_usable(function_type(r->a, v.fn), type)))
		return fail_null_about(r, at, "feel.type.mismatch", type->name);
	return v;
}

feel_value
coerce(run *r, const node *at, const feel_type *type, feel_value v)
{
	if (!type || v.kind == FEEL_NULL || r->code != RC_OK)
		return v;
	bool plain = type->kind < FEEL_T_LIST && !type->base && !type->allowed;
	if (plain && feel_type_holds(type, v)) /* as most values are */
		return v;
	if (r->depth >= EVAL_DEPTH_MAX)
		return fail_null(r, at, "feel.type.mismatch");
	r->depth++;
	feel_value to = coerce_shape(r, at, type, v);
	for (const feel_type *t = type; t && to.kind != FEEL_NULL && r->code == RC_OK; t = t->base)
		if (!allowed(r, t->allowed, to))
			to = fail_null_about(r, at, "feel.type.allowed", t->name);
	r->depth--;
	return to;
}

static const node nowhere = {.kind = N_LITERAL};

rc
feel_type_coerce(arena *a, fault *f, const feel_env *env, const feel_type *type, feel_value v,
		 feel_value *out)
{
	run r = {.a = a, .f = f, .env = env, .depth = env->depth};

	*out = coerce(&r, &nowhere, type, v);
	return r.code;
}

rc
feel_call(arena *a, fault *f, const feel_env *env, feel_value fn, const feel_value *args, size_t n,
	  feel_value *out)
{
	run r = {.a = a, .f = f, .env = env, .depth = env->depth};

	*out = call_value(&r, &nowhere, fn, NULL, args, n);
	return r.code;
}

feel_value
feel_native_function(arena *a, feel_native n)
{
	feel_function *fn = arena_new(a, feel_function);

	*fn = (feel_function){.kind = FN_NATIVE, .native = n};
	return (feel_value){.kind = FEEL_FUNCTION, .fn = fn};
}
