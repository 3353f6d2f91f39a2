/* type.c - see type.h. */
#include "feel/type.h"

const feel_type *
feel_type_builtin(size_t i)
{
	static const feel_type types[] = {
		{.kind = FEEL_T_ANY, .name = {"Any", 3}},
		{.kind = FEEL_T_NULL, .name = {"Null", 4}},
		{.kind = FEEL_T_BOOL, .name = {"boolean", 7}},
		{.kind = FEEL_T_NUMBER, .name = {"number", 6}},
		{.kind = FEEL_T_STRING, .name = {"string", 6}},
		{.kind = FEEL_T_DATE, .name = {"date", 4}},
		{.kind = FEEL_T_TIME, .name = {"time", 4}},
		{.kind = FEEL_T_DATE_TIME, .name = {"date and time", 13}},
		{.kind = FEEL_T_DATE_TIME, .name = {"dateTime", 8}},
		{.kind = FEEL_T_DAYS, .name = {"days and time duration", 22}},
		{.kind = FEEL_T_DAYS, .name = {"dayTimeDuration", 15}},
		{.kind = FEEL_T_MONTHS, .name = {"years and months duration", 25}},
		{.kind = FEEL_T_MONTHS, .name = {"yearMonthDuration", 17}},
		{.kind = FEEL_T_LIST, .name = {"list", 4}},
		{.kind = FEEL_T_CONTEXT, .name = {"context", 7}, .any_shape = true},
		{.kind = FEEL_T_FUNCTION, .name = {"function", 8}, .any_shape = true},
		{.kind = FEEL_T_RANGE, .name = {"range", 5}, .any_shape = true},
	};

	return i < LEN(types) ? &types[i] : NULL;
}

const feel_type *
feel_type_named(str name)
{
	const feel_type *t;

	for (size_t i = 0; (t = feel_type_builtin(i)); i++)
		if (str_eq(t->name, name))
			return t;
	return NULL;
}

const feel_field *
feel_type_field(const feel_type *type, str name)
{
	while (type && type->kind == FEEL_T_LIST)
		type = type->elem;
	if (!type || type->kind != FEEL_T_CONTEXT)
		return NULL;
	for (size_t i = 0; i < type->nfields; i++)
		if (str_eq(type->field[i].name, name))
			return &type->field[i];
	return NULL;
}

static bool
function_conforms(const feel_type *sub, const feel_type *type)
{
	if (type->any_shape)
		return true;
	if (sub->any_shape || sub->nfields != type->nfields || !feel_type_conforms(sub->elem, type->elem))
		return false;
	for (size_t i = 0; i < type->nfields; i++)
		if (!feel_type_conforms(type->field[i].type, sub->field[i].type))
			return false;
	return true;
}

static bool
context_conforms(const feel_type *sub, const feel_type *type)
{
	for (size_t i = 0; i < type->nfields; i++) {
		const feel_field *have = feel_type_field(sub, type->field[i].name);
		if (!have || !feel_type_conforms(have->type, type->field[i].type))
			return false;
	}
	return true;
}

bool
feel_type_conforms(const feel_type *sub, const feel_type *type)
{
	if (!type || type->kind == FEEL_T_ANY)
		return true;
	if (!sub)
		return false;
	if (sub->kind == FEEL_T_NULL)
		return true;
	if (sub->kind != type->kind)
		return false;
	if (type->kind == FEEL_T_FUNCTION)
		return function_conforms(sub, type);
	if (type->kind == FEEL_T_CONTEXT)
		return context_conforms(sub, type);
	return (type->kind != FEEL_T_LIST && type->kind != FEEL_T_RANGE) ||
	       feel_type_conforms(sub->elem, type->elem);
}

static bool
kind_is(feel_type_kind type, feel_kind v)
{
	static const feel_type_kind of[] = {
		[FEEL_NULL] = FEEL_T_NULL,           [FEEL_BOOL] = FEEL_T_BOOL,
		[FEEL_NUMBER] = FEEL_T_NUMBER,       [FEEL_STRING] = FEEL_T_STRING,
		[FEEL_DATE] = FEEL_T_DATE,           [FEEL_TIME] = FEEL_T_TIME,
		[FEEL_DATE_TIME] = FEEL_T_DATE_TIME, [FEEL_DAYS] = FEEL_T_DAYS,
		[FEEL_MONTHS] = FEEL_T_MONTHS,       [FEEL_LIST] = FEEL_T_LIST,
		[FEEL_CONTEXT] = FEEL_T_CONTEXT,     [FEEL_RANGE] = FEEL_T_RANGE,
		[FEEL_FUNCTION] = FEEL_T_FUNCTION,
	};

	return of[v] == type;
}

static bool
list_holds(const feel_type *type, feel_value v)
{
	for (size_t i = 0; i < v.list.n; i++)
		if (v.list.v[i].kind != FEEL_NULL && !feel_type_holds(type->elem, v.list.v[i]))
			return false;
	return true;
}

/* A missing entry is as good as a null one. */
static bool
context_holds(const feel_type *type, const feel_context *c)
{
	for (size_t i = 0; i < type->nfields; i++) {
		const feel_value *have = feel_get(c, type->field[i].name);
		if (!have)
			return false;
		if (have->kind != FEEL_NULL && !feel_type_holds(type->field[i].type, *have))
			return false;
	}
	return true;
}

bool
feel_type_holds(const feel_type *type, feel_value v)
{
	if (!type || type->kind == FEEL_T_ANY)
		return true;
	if (!kind_is(type->kind, v.kind))
		return false;
	if (type->kind == FEEL_T_LIST)
		return list_holds(type, v);
	if (type->kind == FEEL_T_CONTEXT)
		return context_holds(type, v.context);
	if (type->kind == FEEL_T_RANGE && type->elem) {
		const feel_range *r = v.range;
		return (r->lo.kind == FEEL_NULL || feel_type_holds(type->elem, r->lo)) &&
		       (r->hi.kind == FEEL_NULL || feel_type_holds(type->elem, r->hi));
	}
	return true;
}
