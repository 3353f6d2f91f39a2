/* builtin_context.c - contexts: reading, building, changing a copy. */
#include "feel/builtin.h"

typedef VEC(feel_entry) entries;

static feel_entry *
entry_of(entries *e, str name)
{
	for (size_t i = 0; i < e->n; i++)
		if (str_eq(e->v[i].name, name))
			return &e->v[i];
	return NULL;
}

static bool
put(run *r, const node *at, entries *e, str name, feel_value v)
{
	feel_entry *have = entry_of(e, name);

	r->steps += e->n / 16; /* the search is linear */
	if (!eval_step(r, at) || !eval_room(r, at, e->n * 2 * sizeof(feel_entry)))
		return false;
	if (!have)
		have = vec_add(r->a, e);
	*have = (feel_entry){name, v};
	return true;
}

static void
put_all(run *r, const node *at, entries *e, const feel_context *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (!put(r, at, e, c->e[i].name, c->e[i].value))
			return;
}

/* The value under a key, or under a path of keys. */
static feel_value
bi_get_value(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]);
	str key;

	(void)n;
	if (v.kind != FEEL_CONTEXT)
		return bad_argument(r, at, v);
	if (arg[1].kind == FEEL_STRING) {
		const feel_value *found = feel_get(v.context, arg[1].s);
		return found ? *found : fail_null_about(r, at, "feel.path.unknown", arg[1].s);
	}
	if (arg[1].kind != FEEL_LIST || arg[1].list.n == 0)
		return bad_argument(r, at, arg[1]);
	for (size_t i = 0; i < arg[1].list.n; i++) {
		const feel_value *found = NULL;
		if (arg_text(arg[1].list.v[i], &key) && v.kind == FEEL_CONTEXT)
			found = feel_get(v.context, key);
		if (!found)
			return fail_null(r, at, "feel.path.unknown");
		v = *found;
	}
	return v;
}

static feel_value
bi_get_entries(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value v = single(arg[0]);

	(void)n;
	if (v.kind != FEEL_CONTEXT)
		return bad_argument(r, at, v);
	size_t count = v.context->n;
	if (!eval_room(r, at, count * (sizeof(feel_value) + 2 * sizeof(feel_entry) + 64)))
		return feel_null(NULL);
	feel_value *list = arena_array(r->a, feel_value, count);
	for (size_t i = 0; i < count; i++) {
		feel_entry *pair = arena_array(r->a, feel_entry, 2);
		pair[0] = (feel_entry){STR("key"), feel_string(v.context->e[i].name)};
		pair[1] = (feel_entry){STR("value"), v.context->e[i].value};
		list[i] = feel_context_of(r->a, pair, 2);
	}
	return feel_list(list, count);
}

static feel_value
bi_context(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	entries e = {0};

	(void)n;
	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	for (size_t i = 0; i < list.list.n; i++) {
		feel_value item = list.list.v[i];
		const feel_value *key = item.kind == FEEL_CONTEXT ? feel_get(item.context, STR("key")) : NULL;
		const feel_value *value =
			item.kind == FEEL_CONTEXT ? feel_get(item.context, STR("value")) : NULL;
		if (!key || !value || key->kind != FEEL_STRING)
			return bad_argument(r, at, item);
		if (entry_of(&e, key->s))
			return fail_null_about(r, at, "feel.context.twice", key->s);
		if (!put(r, at, &e, key->s, *value))
			break;
	}
	return feel_context_of(r->a, e.v, e.n);
}

static feel_value
put_path(run *r, const node *at, feel_value c, const feel_value *key, size_t n, feel_value v)
{
	entries e = {0};

	if (c.kind != FEEL_CONTEXT || key->kind != FEEL_STRING || n > FEEL_DEPTH_MAX)
		return bad_argument(r, at, c.kind == FEEL_CONTEXT ? *key : c);
	put_all(r, at, &e, c.context);
	if (n > 1) {
		const feel_value *inner = feel_get(c.context, key->s);
		v = put_path(r, at, inner ? *inner : feel_null(NULL), key + 1, n - 1, v);
		if (v.kind == FEEL_NULL)
			return v;
	}
	(void)put(r, at, &e, key->s, v);
	return feel_context_of(r->a, e.v, e.n);
}

static feel_value
bi_context_put(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	if (arg[1].kind == FEEL_STRING)
		return put_path(r, at, single(arg[0]), &arg[1], 1, arg[2]);
	if (arg[1].kind != FEEL_LIST || arg[1].list.n == 0)
		return bad_argument(r, at, arg[1]);
	return put_path(r, at, single(arg[0]), arg[1].list.v, arg[1].list.n, arg[2]);
}

/* Later contexts win. */
static feel_value
bi_context_merge(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	entries e = {0};

	if (!arg_items(r, arg, n, &list))
		return bad_argument(r, at, arg[0]);
	for (size_t i = 0; i < list.list.n; i++) {
		if (list.list.v[i].kind != FEEL_CONTEXT)
			return bad_argument(r, at, list.list.v[i]);
		put_all(r, at, &e, list.list.v[i].context);
	}
	return feel_context_of(r->a, e.v, e.n);
}

const builtin builtin_contexts[] = {
	{"get value", "m,key:s|context,key:s|m,keys:l|context,keys:l", bi_get_value},
	{"get entries", "m|context", bi_get_entries},
	{"context", "entries", bi_context},
	{"context put", "context,key:s,value|context,keys:l,value", bi_context_put},
	{"context merge", "contexts", bi_context_merge},
	{0},
};
