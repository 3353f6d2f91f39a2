/* route.c - see route.h.
 *
 * A tree of segments. A node has literal children (few, searched in turn), at most one child for a parameter,
 * and the rows that end there. The search goes down the literals first and comes back for the parameter, so
 * it visits at most two children a level; patterns are short, and http.c bounds the path. */
#include "web/route.h"

#include "base/vec.h"

typedef struct node node;

typedef struct branch {
	str segment;
	node *to;
} branch;

struct node {
	VEC(branch) literal;
	node *param;
	VEC(const web_route *) rows;
	str allow;
};

struct router {
	node *root;
	VEC(const web_route *) rows;
};

static node *
descend(arena *a, node *from, str segment, bool param)
{
	if (param) {
		if (!from->param)
			from->param = arena_new(a, node);
		return from->param;
	}
	for (size_t i = 0; i < from->literal.n; i++)
		if (str_eq(from->literal.v[i].segment, segment))
			return from->literal.v[i].to;
	*vec_add(a, &from->literal) = (branch){segment, arena_new(a, node)};
	return from->literal.v[from->literal.n - 1].to;
}

static bool
is_param(str segment)
{
	return segment.n > 2 && segment.p[0] == '{' && segment.p[segment.n - 1] == '}';
}

static bool
is_method(str s)
{
	static const str known[] = {{"GET", 3}, {"POST", 4}, {"PUT", 3}, {"PATCH", 5}, {"DELETE", 6}};

	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(known[i], s))
			return true;
	return false;
}

/* Segments of `path` from *rest; "/" has none. */
static bool
next_segment(str *rest, str *segment)
{
	return str_next(rest, '/', segment);
}

static node *
plant(arena *a, node *root, const web_route *row)
{
	str path = str_of(row->path), rest = str_from(path, 1), segment;
	size_t params = 0;
	node *at = root;

	if (!is_method(str_of(row->method)) || !str_starts(path, STR("/")) || !row->handler ||
	    !row->permission || !row->permission[0] || !row->summary ||
	    (path.n > 1 && str_ends(path, STR("/"))))
		return NULL;
	while (next_segment(&rest, &segment)) {
		bool param = is_param(segment);
		params += param;
		if (segment.n == 0 || params > ROUTE_PARAMS || (!param && str_find_char(segment, '{') >= 0))
			return NULL;
		at = descend(a, at, segment, param);
	}
	for (size_t i = 0; i < at->rows.n; i++)
		if (str_eq(str_of(at->rows.v[i]->method), str_of(row->method)))
			return NULL;
	return at;
}

static void
allow_add(arena *a, node *at, str method)
{
	if (at->allow.n)
		at->allow = str_cat(a, at->allow, STR(", "));
	at->allow = str_cat(a, at->allow, method);
	if (str_eq(method, STR("GET")))
		at->allow = str_cat(a, at->allow, STR(", HEAD"));
}

router *
route_build(arena *a, const web_route *const tables[], const web_route **clash)
{
	router *r = arena_new(a, router);

	r->root = arena_new(a, node);
	for (; *tables; tables++) {
		for (const web_route *row = *tables; row->method; row++) {
			node *at = plant(a, r->root, row);
			if (!at) {
				*clash = row;
				return NULL;
			}
			*vec_add(a, &at->rows) = row;
			*vec_add(a, &r->rows) = row;
			allow_add(a, at, str_of(row->method));
		}
	}
	return r;
}

const web_route *
route_at(const router *r, size_t i)
{
	return i < r->rows.n ? r->rows.v[i] : NULL;
}

static const web_route *
row_for(const node *at, str method)
{
	for (size_t i = 0; i < at->rows.n; i++)
		if (str_eq(str_of(at->rows.v[i]->method), method))
			return at->rows.v[i];
	return NULL;
}

/* Values of parameters are put down on the way; a way that leads nowhere is forgotten by setting hit->n back.
 */
static bool
walk(const node *at, str rest, str method, route_hit *hit)
{
	str segment;

	if (!next_segment(&rest, &segment)) {
		if (at->rows.n == 0)
			return false;
		hit->route = row_for(at, method);
		if (!hit->route && hit->allow.n == 0)
			hit->allow = at->allow;
		return hit->route != NULL;
	}
	for (size_t i = 0; i < at->literal.n; i++)
		if (str_eq(at->literal.v[i].segment, segment) && walk(at->literal.v[i].to, rest, method, hit))
			return true;
	if (!at->param || hit->n == ROUTE_PARAMS)
		return false;
	hit->value[hit->n++] = segment;
	if (walk(at->param, rest, method, hit))
		return true;
	hit->n--;
	return false;
}

static void
name_params(route_hit *hit)
{
	str rest = str_from(str_of(hit->route->path), 1), segment;
	size_t n = 0;

	while (next_segment(&rest, &segment))
		if (is_param(segment))
			hit->name[n++] = str_sub(segment, 1, segment.n - 2);
}

route_hit
route_find(const router *r, str method, str path)
{
	route_hit hit = {0};

	if (path.n > 1 && str_ends(path, STR("/")))
		return hit;
	if (walk(r->root, str_from(path, 1), method, &hit)) {
		hit.allow = STR("");
		name_params(&hit);
	}
	return hit;
}
