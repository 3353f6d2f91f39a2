/* value.c - see value.h. */
#include "app/value/value.h"

#include "base/vec.h"
#include "io/file.h"
#include "io/json.h"

enum { ZONE_MAX = 1 << 20, SHAPE_FIELDS_MAX = 100, SHAPE_ITEMS_MAX = 100 };

/* ---- JSON ---- */

typedef struct reader {
	arena *a;
	fault *f;
	feel_zones *zones;
	str rest; /* of the text, from behind the last number */
} reader;

/* Where a member stands, items counted from 1 as FEEL does: household.members[2].birth */
static void
put_path(buf *b, const json *v)
{
	if (!v->parent)
		return;
	put_path(b, v->parent);
	if (v->parent->kind == JSON_LIST) {
		buf_fmt(b, "[%u]", v->place + 1);
		return;
	}
	if (b->n)
		buf_c(b, '.');
	buf_put(b, v->parent->key[v->place]);
}

static str
path_of(const reader *r, const json *v)
{
	buf b = buf_in(r->a);

	put_path(&b, v);
	return b.n ? buf_str(&b) : STR("JSON");
}

static bool
of_number(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* The next number as it was written. The tree has been made from this very text and keeps its order, so the
 * numbers come one after the other; outside quotes only a number begins with a digit or a minus. */
static str
next_number(reader *r)
{
	size_t from = 0, to;
	bool quoted = false;

	for (;; from++) {
		BUG_ON(from >= r->rest.n);
		char c = r->rest.p[from];
		if (quoted && c == '\\')
			from++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '-' || (c >= '0' && c <= '9')))
			break;
	}
	for (to = from; to < r->rest.n && of_number(r->rest.p[to]); to++)
		continue;
	str number = str_sub(r->rest, from, to - from);
	r->rest = str_from(r->rest, to);
	return number;
}

/* Digits from the first that is not 0 to the exponent: what a decimal must hold. */
static size_t
significant(str number)
{
	size_t n = 0;

	for (size_t i = 0; i < number.n; i++) {
		char c = number.p[i];
		if (c == 'e' || c == 'E')
			break;
		n += (c >= '1' && c <= '9') || (c == '0' && n > 0);
	}
	return n;
}

static rc
read_number(reader *r, const json *v, feel_value *out)
{
	str number = next_number(r);
	size_t digits = significant(number);
	bool vanished = v->num == 0 && digits > 0; /* below the least double: far from any quantity */
	dec n;

	if (digits > VALUE_DIGITS_MAX || vanished || !dec_parse(number, &n))
		return FAIL(r->f, RC_INVALID, "value.digits", FA_FIELD(path_of(r, v)),
			    FA_STR("number", str_sub(number, 0, 80)), FA_INT("max", VALUE_DIGITS_MAX));
	*out = feel_number(digits ? n : dec_abs(n)); /* -0 is 0 */
	return RC_OK;
}

static rc
read_text(reader *r, const json *v, feel_value *out)
{
	str s = v->text;

	*out = feel_string(s);
	if (s.n < 3 || !str_starts(s, STR("@\"")) || !str_ends(s, STR("\"")))
		return RC_OK;
	if (!feel_parse_temporal(str_sub(s, 2, s.n - 3), r->zones, out))
		return FAIL(r->f, RC_INVALID, "value.temporal", FA_FIELD(path_of(r, v)),
			    FA_STR("text", str_sub(s, 0, 80)));
	return RC_OK;
}

static rc read_one(reader *r, const json *v, feel_value *out);

static rc
read_list(reader *r, const json *v, feel_value *out)
{
	if (arena_left(r->a) / sizeof(feel_value) < v->n)
		return FAIL(r->f, RC_LIMIT, "json.size", FA_INT("max", arena_used(r->a)));
	feel_value *item = arena_array(r->a, feel_value, v->n);
	for (size_t i = 0; i < v->n; i++)
		TRY(read_one(r, &v->item[i], &item[i]));
	*out = feel_list(item, v->n);
	return RC_OK;
}

static rc
read_map(reader *r, const json *v, feel_value *out)
{
	if (arena_left(r->a) / (2 * sizeof(feel_entry)) < v->n)
		return FAIL(r->f, RC_LIMIT, "json.size", FA_INT("max", arena_used(r->a)));
	feel_entry *entry = arena_array(r->a, feel_entry, v->n);
	for (size_t i = 0; i < v->n; i++) {
		entry[i].name = v->key[i];
		TRY(read_one(r, &v->item[i], &entry[i].value));
	}
	*out = feel_context_of(r->a, entry, v->n);
	return RC_OK;
}

/* As deep as json_parse lets through. */
static rc
read_one(reader *r, const json *v, feel_value *out)
{
	switch (v->kind) {
	case JSON_BOOL:
		*out = feel_bool(v->yes);
		return RC_OK;
	case JSON_INT:
	case JSON_NUM:
		return read_number(r, v, out);
	case JSON_TEXT:
		return read_text(r, v, out);
	case JSON_LIST:
		return read_list(r, v, out);
	case JSON_MAP:
		return read_map(r, v, out);
	case JSON_NIL:
		break;
	}
	*out = feel_null(NULL);
	return RC_OK;
}

rc
value_read(arena *a, fault *f, str text, feel_zones *zones, feel_value *out)
{
	reader r = {.a = a, .f = f, .zones = zones, .rest = text};
	const json *v = NULL;

	TRY(json_parse(a, f, text, VALUE_JSON_MAX, &v));
	return read_one(&r, v, out);
}

rc
value_context_read(arena *a, fault *f, str text, feel_zones *zones, const feel_context **out)
{
	feel_value v;

	TRY(value_read(a, f, text, zones, &v));
	if (v.kind != FEEL_CONTEXT)
		return FAIL(f, RC_INVALID, "value.object");
	for (size_t i = 0; i < v.context->n; i++)
		if (str_trim(v.context->e[i].name).n == 0)
			return FAIL(f, RC_INVALID, "value.name");
	*out = v.context;
	return RC_OK;
}

/* ---- names ---- */

typedef VEC(feel_field) fields;

static const feel_type *shape_of(arena *a, feel_value v);

static bool
has_field(const fields *all, str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].name, name))
			return true;
	return false;
}

static void
add_fields(arena *a, fields *all, const feel_context *c)
{
	for (size_t i = 0; i < c->n && all->n < SHAPE_FIELDS_MAX; i++)
		if (!has_field(all, c->e[i].name))
			*vec_add(a, all) = (feel_field){c->e[i].name, shape_of(a, c->e[i].value)};
}

/* What the parser may know of a value: the names inside it, those of a list from its first items. Inferred,
 * so that it is no promise. */
static const feel_type *
shape_of(arena *a, feel_value v)
{
	feel_type *t = arena_new(a, feel_type), *list = arena_new(a, feel_type);
	fields all = {0};

	if (v.kind == FEEL_CONTEXT)
		add_fields(a, &all, v.context);
	for (size_t i = 0; v.kind == FEEL_LIST && i < MIN(v.list.n, SHAPE_ITEMS_MAX); i++)
		if (v.list.v[i].kind == FEEL_CONTEXT)
			add_fields(a, &all, v.list.v[i].context);
	if (all.n == 0)
		return NULL;
	*t = (feel_type){.kind = FEEL_T_CONTEXT, .inferred = true, .field = all.v, .nfields = all.n};
	*list = (feel_type){.kind = FEEL_T_LIST, .inferred = true, .elem = t};
	return v.kind == FEEL_LIST ? list : t;
}

feel_scope *
value_scope(arena *a, const feel_context *names)
{
	feel_scope *s = feel_scope_open(a);

	for (size_t i = 0; i < names->n; i++)
		feel_scope_add(s, names->e[i].name, (uint32_t)i, shape_of(a, names->e[i].value));
	return s;
}

feel_value
value_lookup(void *ctx, uint32_t slot)
{
	const feel_context *names = ctx;

	BUG_ON(slot >= names->n);
	return names->e[slot].value;
}

/* ---- zones ---- */

static bool
read_zone(void *ctx, arena *a, str name, str *bytes)
{
	fault f = {0};

	(void)ctx;
	return file_read(a, &f, str_fmt(a, "/usr/share/zoneinfo/%.*s", STR_ARG(name)), ZONE_MAX, bytes) ==
	       RC_OK;
}

feel_zones
value_zones(arena *a)
{
	return feel_zones_in(a, read_zone, NULL);
}
