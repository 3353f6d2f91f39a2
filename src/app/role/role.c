/* role.c - see role.h. */
#include "app/role/role.h"

#include "base/vec.h"
#include "io/yaml.h"

enum { FILE_MAX = 256 * 1024 };

static const str names[] = {
#define PERM_TEXT_(name, text) [PERM_##name] = STR(text),
	PERMS(PERM_TEXT_)};

const str level_names[LEVELS] = {
	[LEVEL_NATION] = STR("nation"), [LEVEL_PROVINCE] = STR("province"), [LEVEL_CITY] = STR("city"),
	[LEVEL_COUNTY] = STR("county"), [LEVEL_TOWNSHIP] = STR("township"), [LEVEL_VILLAGE] = STR("village"),
};

const str office_kind_names[OFFICE_KINDS] = {
	[OFFICE_FEDERATION] = STR("federation"),   [OFFICE_COMMITTEE] = STR("committee"),
	[OFFICE_HOSPITAL] = STR("hospital"),       [OFFICE_CIVIL_AFFAIRS] = STR("civil_affairs"),
	[OFFICE_INSTITUTION] = STR("institution"), [OFFICE_TOWNSHIP] = STR("township"),
	[OFFICE_VILLAGE] = STR("village"),
};

static const str class_names[] = {STR("public"), STR("internal"), STR("personal"), STR("sensitive")};

str
perm_name(perm p)
{
	return p < PERM_COUNT ? names[p] : STR("");
}

bool
perm_find(str name, perm *out)
{
	for (size_t i = 0; i < LEN(names); i++)
		if (str_eq(names[i], name)) {
			*out = (perm)i;
			return true;
		}
	return false;
}

const role *
role_find(const roles *all, str id)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].id, id))
			return &all->v[i];
	return NULL;
}

bool
role_excludes(const role *x, const role *y)
{
	return (x->not_with >> y->number & 1) != 0;
}

bool
role_grants(const role *x, const role *y)
{
	return (x->grants >> y->number & 1) != 0;
}

static int
line_find(const roles *all, str id)
{
	for (size_t i = 0; i < all->nlines; i++)
		if (str_eq(all->line[i].id, id))
			return (int)i;
	return -1;
}

bool
role_has_line(const roles *all, const role *r, str line)
{
	int k = line_find(all, line);

	return line.n == 0 || (k >= 0 && (r->lines >> k & 1));
}

/* ---- reading ---- */

typedef struct loader {
	arena *a;
	fault *f;
	roles *all;
	role *v;
} loader;

/* A list of words of a fixed set, as bits; an absent list is no bit. */
static rc
read_bits(loader *l, const yaml *in, str key, const str *words, size_t n, unsigned *out)
{
	const yaml *list = NULL;

	*out = 0;
	TRY(yaml_opt_list(l->f, in, key, &list));
	for (size_t i = 0; list && i < list->n; i++) {
		size_t k = 0;
		TRY(yaml_choice(l->f, &list->item[i], words, n, &k));
		*out |= 1u << k;
	}
	return RC_OK;
}

static rc
read_lines(loader *l, const yaml *in)
{
	const yaml *map = NULL;

	TRY(yaml_need_kind(l->f, in, STR("lines"), YAML_MAP, &map));
	if (map->n > LINES_MAX)
		return FAIL(l->f, RC_LIMIT, "role.many", FA_STR("file", map->file), FA_INT("line", map->line),
			    FA_STR("what", STR("lines")), FA_INT("max", LINES_MAX));
	business_line *v = arena_array(l->a, business_line, map->n);
	for (size_t i = 0; i < map->n; i++) {
		v[i].id = str_dup(l->a, map->key[i].text);
		TRY(yaml_need_pair(l->f, map, map->key[i].text, &v[i].zh, &v[i].en));
		v[i].zh = str_dup(l->a, v[i].zh);
		v[i].en = str_dup(l->a, v[i].en);
	}
	l->all->line = v;
	l->all->nlines = map->n;
	return RC_OK;
}

/* `lines: all`, or a list of lines; absent is none. */
static rc
read_role_lines(loader *l, const yaml *in, role *r)
{
	const yaml *v = yaml_find(in, STR("lines"));

	if (v && v->kind == YAML_TEXT && str_eq(v->text, STR("all"))) {
		for (size_t i = 0; i < l->all->nlines; i++)
			r->lines |= UINT32_C(1) << i;
		return RC_OK;
	}
	TRY(yaml_opt_list(l->f, in, STR("lines"), &v));
	for (size_t i = 0; v && i < v->n; i++) {
		str id;
		TRY(yaml_text(l->f, &v->item[i], &id));
		int k = line_find(l->all, id);
		if (k < 0)
			return YAML_FAIL(l->f, &v->item[i], "role.line", FA_STR("name", id));
		r->lines |= UINT32_C(1) << k;
	}
	return RC_OK;
}

static rc
read_perms(loader *l, const yaml *in, perms *out)
{
	const yaml *list = NULL;

	TRY(yaml_need_kind(l->f, in, STR("may"), YAML_LIST, &list));
	for (size_t i = 0; i < list->n; i++) {
		str name;
		perm p = PERM_COUNT;
		TRY(yaml_text(l->f, &list->item[i], &name));
		if (!perm_find(name, &p))
			return YAML_FAIL(l->f, &list->item[i], "role.permission", FA_STR("name", name));
		if (perms_has(out, p))
			return YAML_FAIL(l->f, &list->item[i], "role.permission_twice", FA_STR("name", name));
		perms_add(out, p);
	}
	return RC_OK;
}

/* Names of other roles; read when all of them are known. */
static rc
read_others(loader *l, const yaml *in, str key, const role *self, uint64_t *out)
{
	const yaml *list = NULL;

	TRY(yaml_opt_list(l->f, in, key, &list));
	for (size_t i = 0; list && i < list->n; i++) {
		str id;
		TRY(yaml_text(l->f, &list->item[i], &id));
		const role *other = role_find(l->all, id);
		if (!other)
			return YAML_FAIL(l->f, &list->item[i], "role.unknown", FA_STR("name", id));
		if (other == self)
			return YAML_FAIL(l->f, &list->item[i], "role.itself", FA_STR("name", id));
		*out |= UINT64_C(1) << other->number;
	}
	return RC_OK;
}

/* A role over one's own records has no office; every other needs one, or nobody could hold it. */
static rc
check_held(loader *l, const yaml *in, const role *r)
{
	if (r->own && (r->levels || r->kinds || r->lines))
		return YAML_FAIL(l->f, in, "role.own_with_office", FA_STR("name", r->id));
	if (!r->own && (!r->levels || !r->kinds || !r->lines))
		return YAML_FAIL(l->f, in, "role.no_office", FA_STR("name", r->id));
	return RC_OK;
}

static rc
read_role(loader *l, const yaml *in, role *r)
{
	static const str known[] = {STR("name"),   STR("reach"),   STR("levels"),        STR("offices"),
				    STR("lines"),  STR("fields"),  STR("second_factor"), STR("may"),
				    STR("grants"), STR("not_with")};
	static const str reach[] = {STR("region"), STR("own")};
	size_t which = 0;
	str zh, en;

	TRY(yaml_only(l->f, in, known, LEN(known)));
	r->id = str_dup(l->a, in->name);
	TRY(yaml_need_pair(l->f, in, STR("name"), &zh, &en));
	r->zh = str_dup(l->a, zh);
	r->en = str_dup(l->a, en);
	TRY(yaml_opt_choice(l->f, in, STR("reach"), reach, LEN(reach), &which));
	r->own = which == 1;
	TRY(read_bits(l, in, STR("levels"), level_names, LEVELS, &r->levels));
	TRY(read_bits(l, in, STR("offices"), office_kind_names, OFFICE_KINDS, &r->kinds));
	TRY(read_bits(l, in, STR("fields"), class_names, LEN(class_names), &r->fields));
	TRY(read_role_lines(l, in, r));
	TRY(yaml_opt_bool(l->f, in, STR("second_factor"), &r->second_factor));
	TRY(read_perms(l, in, &r->perms));
	return check_held(l, in, r);
}

/* "not with" holds both ways, whichever of the two says it. A role that may be given together with its
 * giver's own is fine; one that excludes it is fine too: he gives it to somebody else. */
static rc
read_relations(loader *l, const yaml *map)
{
	for (size_t i = 0; i < map->n; i++) {
		role *r = &l->v[i];
		TRY(read_others(l, &map->item[i], STR("not_with"), r, &r->not_with));
		TRY(read_others(l, &map->item[i], STR("grants"), r, &r->grants));
		for (size_t k = 0; k < map->n; k++)
			if (r->grants >> k & l->v[k].own)
				return YAML_FAIL(l->f, &map->item[i], "role.own_granted",
						 FA_STR("name", l->v[k].id));
	}
	for (size_t i = 0; i < map->n; i++)
		for (size_t k = 0; k < map->n; k++)
			if (l->v[i].not_with >> k & 1)
				l->v[k].not_with |= UINT64_C(1) << i;
	return RC_OK;
}

rc
roles_load(arena *a, fault *f, str file, str text, const roles **out)
{
	static const str known[] = {STR("lines"), STR("roles")};
	const yaml *doc = NULL, *map = NULL;
	loader l = {.a = a, .f = f, .all = arena_new(a, roles)};

	TRY(yaml_parse(a, f, file, text, FILE_MAX, &doc));
	TRY(yaml_only(f, doc, known, LEN(known)));
	TRY(read_lines(&l, doc));
	TRY(yaml_need_kind(f, doc, STR("roles"), YAML_MAP, &map));
	if (map->n > ROLES_MAX)
		return FAIL(f, RC_LIMIT, "role.many", FA_STR("file", map->file), FA_INT("line", map->line),
			    FA_STR("what", STR("roles")), FA_INT("max", ROLES_MAX));
	l.v = arena_array(a, role, map->n);
	l.all->v = l.v;
	l.all->n = map->n;
	for (size_t i = 0; i < map->n; i++) {
		l.v[i].all = l.all;
		l.v[i].number = (unsigned)i;
		TRY(read_role(&l, &map->item[i], &l.v[i]));
	}
	TRY(read_relations(&l, map));
	*out = l.all;
	return RC_OK;
}
