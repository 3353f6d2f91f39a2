/* yaml.c - see yaml.h.  libyaml's events, taken one by one into a tree. */
#include "io/yaml.h"

#include "base/date.h"
#include "base/map.h"
#include "base/vec.h"

#include <yaml.h>

/* One document being read. The parser lives as long as `scratch`, which also holds the lists as they grow. */
typedef struct reader {
	arena *a, *scratch;
	fault *f;
	str file, text;
	size_t nodes, max;
	yaml_parser_t parser;
} reader;

typedef VEC(yaml) yaml_vec;

static void
free_parser(void *p)
{
	yaml_parser_delete(p);
}

/* ---- events ---- */

/* libyaml tells the place of a wrong byte only as an offset. */
static uint32_t
line_at(str text, size_t offset)
{
	uint32_t line = 1;

	for (size_t i = 0; i < offset && i < text.n; i++)
		line += text.p[i] == '\n';
	return line;
}

static rc
refuse(reader *r)
{
	const yaml_parser_t *p = &r->parser;
	fault *f = r->f;

	if (p->error == YAML_READER_ERROR)
		return FAIL(f, RC_INVALID, "yaml.encoding", FA_STR("file", r->file),
			    FA_INT("line", line_at(r->text, p->problem_offset)));
	return FAIL(f, RC_INVALID, "yaml.syntax", FA_STR("file", r->file),
		    FA_INT("line", p->problem_mark.line + 1), FA_INT("column", p->problem_mark.column + 1),
		    FA_STR("detail", str_of(p->problem)));
}

static rc
feature(reader *r, const yaml_event_t *e, const char *what)
{
	return FAIL(r->f, RC_INVALID, "yaml.feature", FA_STR("file", r->file),
		    FA_INT("line", e->start_mark.line + 1), FA_STR("what", str_of(what)));
}

/* The next event; what our files do not use is refused here, for all kinds of node at once. */
static rc
next(reader *r, yaml_event_t *e)
{
	rc code = RC_OK;

	if (!yaml_parser_parse(&r->parser, e))
		return refuse(r);
	switch (e->type) {
	case YAML_ALIAS_EVENT:
		code = feature(r, e, "alias (*)");
		break;
	case YAML_SCALAR_EVENT:
		if (e->data.scalar.anchor)
			code = feature(r, e, "anchor (&)");
		else if (e->data.scalar.tag)
			code = feature(r, e, "tag (!)");
		break;
	case YAML_SEQUENCE_START_EVENT:
		if (e->data.sequence_start.anchor)
			code = feature(r, e, "anchor (&)");
		else if (e->data.sequence_start.tag)
			code = feature(r, e, "tag (!)");
		break;
	case YAML_MAPPING_START_EVENT:
		if (e->data.mapping_start.anchor)
			code = feature(r, e, "anchor (&)");
		else if (e->data.mapping_start.tag)
			code = feature(r, e, "tag (!)");
		break;
	case YAML_DOCUMENT_START_EVENT:
		if (e->data.document_start.version_directive ||
		    e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
			code = feature(r, e, "directive (%)");
		break;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		break;
	}
	if (code != RC_OK)
		yaml_event_delete(e);
	return code;
}

/* ---- the tree ---- */

static yaml
node_of(const reader *r, const yaml_event_t *e, yaml_kind kind)
{
	return (yaml){
		.kind = kind,
		.file = r->file,
		.line = (uint32_t)e->start_mark.line + 1,
		.column = (uint32_t)e->start_mark.column + 1,
	};
}

static rc node(reader *r, yaml_event_t *e, int depth, yaml *out);

static const yaml *
settle(reader *r, const yaml_vec *v)
{
	yaml *kept = arena_array(r->a, yaml, v->n);

	if (v->n)
		memcpy(kept, v->v, v->n * sizeof *kept);
	return kept;
}

static rc
list(reader *r, int depth, yaml *out)
{
	yaml_vec items = {0};
	yaml_event_t e;

	for (;;) {
		TRY(next(r, &e));
		if (e.type == YAML_SEQUENCE_END_EVENT)
			break;
		yaml item = {0};
		TRY(node(r, &e, depth + 1, &item));
		*vec_add(r->scratch, &items) = item;
	}
	yaml_event_delete(&e);
	out->n = items.n;
	out->item = settle(r, &items);
	return RC_OK;
}

static rc
key_of(reader *r, yaml_event_t *e, map *seen, yaml *out)
{
	if (e->type != YAML_SCALAR_EVENT) {
		uint32_t line = (uint32_t)e->start_mark.line + 1;
		yaml_event_delete(e);
		return FAIL(r->f, RC_INVALID, "yaml.key", FA_STR("file", r->file), FA_INT("line", line));
	}
	TRY(node(r, e, 0, out));
	if (out->text.n == 0)
		return FAIL(r->f, RC_INVALID, "yaml.key", FA_STR("file", r->file), FA_INT("line", out->line));
	if (map_get(seen, out->text))
		return FAIL(r->f, RC_INVALID, "yaml.duplicate", FA_STR("file", r->file),
			    FA_INT("line", out->line), FA_STR("key", out->text));
	map_set(seen, out->text, (void *)(uintptr_t)out->text.p); /* any value: only the key counts */
	return RC_OK;
}

static rc
mapping(reader *r, int depth, yaml *out)
{
	yaml_vec keys = {0}, items = {0};
	map seen = map_in(r->scratch);
	yaml_event_t e;

	for (;;) {
		TRY(next(r, &e));
		if (e.type == YAML_MAPPING_END_EVENT)
			break;
		yaml key = {0}, item = {0};
		TRY(key_of(r, &e, &seen, &key));
		TRY(next(r, &e));
		TRY(node(r, &e, depth + 1, &item));
		item.name = key.text;
		*vec_add(r->scratch, &keys) = key;
		*vec_add(r->scratch, &items) = item;
	}
	yaml_event_delete(&e);
	out->n = items.n;
	out->key = settle(r, &keys);
	out->item = settle(r, &items);
	return RC_OK;
}

/* Takes the event, whatever comes of it. */
static rc
node(reader *r, yaml_event_t *e, int depth, yaml *out)
{
	yaml_event_type_t type = e->type;

	if (type == YAML_SCALAR_EVENT) {
		*out = node_of(r, e, YAML_TEXT);
		out->text = str_dup(r->a, (str){(const char *)e->data.scalar.value, e->data.scalar.length});
		out->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	} else {
		*out = node_of(r, e, type == YAML_SEQUENCE_START_EVENT ? YAML_LIST : YAML_MAP);
	}
	yaml_event_delete(e);
	if (++r->nodes > YAML_NODES || arena_left(r->a) == 0)
		return FAIL(r->f, RC_LIMIT, "yaml.size", FA_STR("file", r->file), FA_INT("max", r->max));
	if (type == YAML_SCALAR_EVENT)
		return RC_OK;
	if (depth == YAML_DEPTH)
		return FAIL(r->f, RC_LIMIT, "yaml.depth", FA_STR("file", r->file), FA_INT("line", out->line),
			    FA_INT("max", YAML_DEPTH));
	return type == YAML_SEQUENCE_START_EVENT ? list(r, depth, out) : mapping(r, depth, out);
}

/* stream-start document-start NODE document-end stream-end */
static rc
document(reader *r, yaml *out)
{
	yaml_event_t e;

	TRY(next(r, &e));
	yaml_event_delete(&e);
	TRY(next(r, &e));
	bool none = e.type == YAML_STREAM_END_EVENT;
	yaml_event_delete(&e);
	if (none)
		return FAIL(r->f, RC_INVALID, "yaml.empty", FA_STR("file", r->file));
	TRY(next(r, &e));
	TRY(node(r, &e, 0, out));
	TRY(next(r, &e));
	yaml_event_delete(&e);
	TRY(next(r, &e));
	rc code = e.type == YAML_STREAM_END_EVENT ? RC_OK : feature(r, &e, "second document (---)");
	yaml_event_delete(&e);
	return code;
}

rc
yaml_parse(arena *a, fault *f, str file, str text, size_t max, const yaml **out)
{
	if (text.n > max)
		return FAIL(f, RC_LIMIT, "yaml.size", FA_STR("file", file), FA_INT("max", max));
	reader *r = arena_new(a, reader);
	*r = (reader){.a = a,
		      .scratch = arena_open(a, 0),
		      .f = f,
		      .file = str_dup(a, file),
		      .text = text,
		      .max = max};
	BUG_ON(!yaml_parser_initialize(&r->parser)); /* fails only for want of memory */
	arena_defer(r->scratch, free_parser, &r->parser);
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser, (const unsigned char *)text.p, text.n);
	yaml *top = arena_new(a, yaml);
	rc code = document(r, top);
	arena_close(r->scratch);
	*out = top;
	return code;
}

/* ---- accessors ---- */

static bool
is_empty(const yaml *v)
{
	return v->kind == YAML_TEXT && v->text.n == 0 && !v->quoted;
}

const yaml *
yaml_find(const yaml *in, str key)
{
	if (in->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->key[i].text, key))
			return is_empty(&in->item[i]) ? NULL : &in->item[i];
	return NULL;
}

static str
kind_name(yaml_kind kind)
{
	static const char *const name[] = {"text", "list", "map"};

	return str_of(name[kind]);
}

rc
yaml_is(fault *f, const yaml *v, yaml_kind kind)
{
	if (v->kind != kind)
		return YAML_FAIL(f, v, "yaml.kind", FA_STR("name", v->name), FA_STR("kind", kind_name(kind)));
	return RC_OK;
}

/* "a, b, c" for a fault, cut where it gets too long to read. */
static str
words_text(const str *words, size_t n, char *to, size_t room)
{
	size_t used = 0;

	for (size_t i = 0; i < n && used + words[i].n + 8 < room; i++) {
		if (i) {
			memcpy(to + used, ", ", 2);
			used += 2;
		}
		memcpy(to + used, words[i].p, words[i].n);
		used += words[i].n;
	}
	return (str){to, used};
}

static bool
find_word(const str *words, size_t n, str s, size_t *out)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(words[i], s)) {
			*out = i;
			return true;
		}
	}
	return false;
}

rc
yaml_only(fault *f, const yaml *in, const str *known, size_t n)
{
	char words[256];

	TRY(yaml_is(f, in, YAML_MAP));
	for (size_t i = 0; i < in->n; i++) {
		size_t which = 0;
		if (!find_word(known, n, in->key[i].text, &which))
			return YAML_FAIL(f, &in->key[i], "yaml.unknown", FA_STR("key", in->key[i].text),
					 FA_STR("known", words_text(known, n, words, sizeof words)));
	}
	return RC_OK;
}

rc
yaml_text(fault *f, const yaml *v, str *out)
{
	TRY(yaml_is(f, v, YAML_TEXT));
	if (v->text.n == 0)
		return YAML_FAIL(f, v, "yaml.text", FA_STR("name", v->name));
	*out = v->text;
	return RC_OK;
}

rc
yaml_int(fault *f, const yaml *v, int64_t min, int64_t max, int64_t *out)
{
	int64_t i = 0;

	TRY(yaml_is(f, v, YAML_TEXT));
	if (!str_to_i64(v->text, &i) || i < min || i > max)
		return YAML_FAIL(f, v, "yaml.int", FA_STR("name", v->name), FA_INT("min", min),
				 FA_INT("max", max));
	*out = i;
	return RC_OK;
}

rc
yaml_bool(fault *f, const yaml *v, bool *out)
{
	TRY(yaml_is(f, v, YAML_TEXT));
	bool yes = str_eq(v->text, STR("true"));
	if (!yes && !str_eq(v->text, STR("false")))
		return YAML_FAIL(f, v, "yaml.bool", FA_STR("name", v->name));
	*out = yes;
	return RC_OK;
}

rc
yaml_day(fault *f, const yaml *v, int32_t *out)
{
	TRY(yaml_is(f, v, YAML_TEXT));
	if (!date_parse(v->text, out))
		return YAML_FAIL(f, v, "yaml.day", FA_STR("name", v->name));
	return RC_OK;
}

rc
yaml_choice(fault *f, const yaml *v, const str *words, size_t n, size_t *out)
{
	char text[256];

	TRY(yaml_is(f, v, YAML_TEXT));
	if (!find_word(words, n, v->text, out))
		return YAML_FAIL(f, v, "yaml.choice", FA_STR("name", v->name), FA_STR("value", v->text),
				 FA_STR("known", words_text(words, n, text, sizeof text)));
	return RC_OK;
}

rc
yaml_need(fault *f, const yaml *in, str key, const yaml **out)
{
	TRY(yaml_is(f, in, YAML_MAP));
	const yaml *v = yaml_find(in, key);
	if (!v)
		return YAML_FAIL(f, in, "yaml.missing", FA_STR("key", key));
	*out = v;
	return RC_OK;
}

rc
yaml_need_kind(fault *f, const yaml *in, str key, yaml_kind kind, const yaml **out)
{
	TRY(yaml_need(f, in, key, out));
	return yaml_is(f, *out, kind);
}

rc
yaml_need_text(fault *f, const yaml *in, str key, str *out)
{
	const yaml *v = NULL;

	TRY(yaml_need(f, in, key, &v));
	return yaml_text(f, v, out);
}

rc
yaml_need_int(fault *f, const yaml *in, str key, int64_t min, int64_t max, int64_t *out)
{
	const yaml *v = NULL;

	TRY(yaml_need(f, in, key, &v));
	return yaml_int(f, v, min, max, out);
}

rc
yaml_need_bool(fault *f, const yaml *in, str key, bool *out)
{
	const yaml *v = NULL;

	TRY(yaml_need(f, in, key, &v));
	return yaml_bool(f, v, out);
}

rc
yaml_need_day(fault *f, const yaml *in, str key, int32_t *out)
{
	const yaml *v = NULL;

	TRY(yaml_need(f, in, key, &v));
	return yaml_day(f, v, out);
}

rc
yaml_need_choice(fault *f, const yaml *in, str key, const str *words, size_t n, size_t *out)
{
	const yaml *v = NULL;

	TRY(yaml_need(f, in, key, &v));
	return yaml_choice(f, v, words, n, out);
}

rc
yaml_need_pair(fault *f, const yaml *in, str key, str *zh, str *en)
{
	static const str known[] = {STR("zh"), STR("en")};
	const yaml *v = NULL;

	TRY(yaml_need_kind(f, in, key, YAML_MAP, &v));
	TRY(yaml_only(f, v, known, LEN(known)));
	TRY(yaml_need_text(f, v, STR("zh"), zh));
	return yaml_need_text(f, v, STR("en"), en);
}

rc
yaml_opt_text(fault *f, const yaml *in, str key, str *out)
{
	const yaml *v = yaml_find(in, key);

	return v ? yaml_text(f, v, out) : RC_OK;
}

rc
yaml_opt_int(fault *f, const yaml *in, str key, int64_t min, int64_t max, int64_t *out)
{
	const yaml *v = yaml_find(in, key);

	return v ? yaml_int(f, v, min, max, out) : RC_OK;
}

rc
yaml_opt_bool(fault *f, const yaml *in, str key, bool *out)
{
	const yaml *v = yaml_find(in, key);

	return v ? yaml_bool(f, v, out) : RC_OK;
}

rc
yaml_opt_day(fault *f, const yaml *in, str key, int32_t *out)
{
	const yaml *v = yaml_find(in, key);

	return v ? yaml_day(f, v, out) : RC_OK;
}

rc
yaml_opt_choice(fault *f, const yaml *in, str key, const str *words, size_t n, size_t *out)
{
	const yaml *v = yaml_find(in, key);

	return v ? yaml_choice(f, v, words, n, out) : RC_OK;
}

rc
yaml_opt_list(fault *f, const yaml *in, str key, const yaml **out)
{
	static const yaml none = {.kind = YAML_LIST};
	const yaml *v = yaml_find(in, key);

	if (v)
		TRY(yaml_is(f, v, YAML_LIST));
	*out = v ? v : &none;
	return RC_OK;
}
