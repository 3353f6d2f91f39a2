/* json.c - see json.h.  jansson reads; its tree is copied into the arena and let go at once. */
#include "io/json.h"

#include "base/date.h"
#include "io/text.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- reading ---- */

/* The shortest of 15 to 17 digits that gives the same number back: 0.1 stays 0.1. */
static str
shortest(arena *a, double v)
{
	char tmp[40];

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(tmp, sizeof tmp, "%.*g", digits, v);
		if (digits == 17 || strtod(tmp, NULL) == v)
			break;
	}
	return str_dup(a, str_of(tmp));
}

static rc copy(arena *a, fault *f, const json_t *from, int depth, json *to);

static rc
copy_members(arena *a, fault *f, const json_t *from, int depth, json *to)
{
	bool is_map = json_is_object(from);
	size_t n = is_map ? json_object_size(from) : json_array_size(from);

	if (depth == JSON_DEPTH)
		return FAIL(f, RC_LIMIT, "json.depth", FA_INT("max", JSON_DEPTH));
	if (arena_left(a) / (sizeof(json) + sizeof(str)) < n)
		return FAIL(f, RC_LIMIT, "json.size", FA_INT("max", arena_used(a)));
	json *item = arena_array(a, json, n);
	str *key = is_map ? arena_array(a, str, n) : NULL;
	*to = (json){.kind = is_map ? JSON_MAP : JSON_LIST, .n = n, .item = item, .key = key};
	void *at = is_map ? json_object_iter((json_t *)(uintptr_t)from) : NULL;
	for (size_t i = 0; i < n; i++) {
		const json_t *v = is_map ? json_object_iter_value(at) : json_array_get(from, i);
		TRY(copy(a, f, v, depth + 1, &item[i]));
		item[i].parent = to;
		item[i].place = (uint32_t)i;
		if (is_map) {
			key[i] = str_dup(a, str_of(json_object_iter_key(at)));
			at = json_object_iter_next((json_t *)(uintptr_t)from, at);
		}
	}
	return RC_OK;
}

static rc
copy(arena *a, fault *f, const json_t *from, int depth, json *to)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		return copy_members(a, f, from, depth, to);
	case JSON_STRING:
		*to = (json){.kind = JSON_TEXT};
		to->text = str_dup(a, (str){json_string_value(from), json_string_length(from)});
		return RC_OK;
	case JSON_INTEGER:
		*to = (json){.kind = JSON_INT, .i = json_integer_value(from)};
		to->num = (double)to->i;
		to->text = str_fmt(a, "%lld", (long long)to->i);
		return RC_OK;
	case JSON_REAL:
		*to = (json){.kind = JSON_NUM, .num = json_real_value(from)};
		if (to->num == 0)
			to->num = 0; /* -0.0 too, whose text would read back as the integer 0 */
		to->text = shortest(a, to->num);
		return RC_OK;
	case JSON_TRUE:
	case JSON_FALSE:
		*to = (json){.kind = JSON_BOOL, .yes = json_is_true(from)};
		return RC_OK;
	case JSON_NULL:
		break;
	}
	*to = (json){.kind = JSON_NIL};
	return RC_OK;
}

static rc
refuse(fault *f, const json_error_t *e, size_t max)
{
	int line = e->line, column = e->column;

	switch (json_error_code(e)) { /* the codes that have their own advice; the rest is syntax */
	case json_error_duplicate_key:
		return FAIL(f, RC_INVALID, "json.duplicate", FA_INT("line", line), FA_INT("column", column));
	case json_error_invalid_utf8:
	case json_error_null_character:
	case json_error_null_byte_in_key:
		return FAIL(f, RC_INVALID, "json.encoding", FA_INT("line", line), FA_INT("column", column));
	case json_error_numeric_overflow:
		return FAIL(f, RC_INVALID, "json.number", FA_INT("line", line), FA_INT("column", column));
	case json_error_stack_overflow:
		return FAIL(f, RC_LIMIT, "json.depth", FA_INT("max", JSON_DEPTH));
	case json_error_out_of_memory:
		return FAIL(f, RC_LIMIT, "json.size", FA_INT("max", max));
	case json_error_unknown:
	case json_error_cannot_open_file:
	case json_error_invalid_argument:
	case json_error_premature_end_of_input:
	case json_error_end_of_input_expected:
	case json_error_invalid_syntax:
	case json_error_invalid_format:
	case json_error_wrong_type:
	case json_error_null_value:
	case json_error_item_not_found:
	case json_error_index_out_of_range:
		break;
	}
	return FAIL(f, RC_INVALID, "json.syntax", FA_INT("line", line), FA_INT("column", column));
}

rc
json_parse(arena *a, fault *f, str text, size_t max, const json **out)
{
	json_error_t e = {.line = 1};

	if (text.n > max)
		return FAIL(f, RC_LIMIT, "json.size", FA_INT("max", max));
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	json_t *tree = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
	if (!tree)
		return refuse(f, &e, max);
	json *top = arena_new(a, json);
	rc r = copy(a, f, tree, 0, top);
	json_decref(tree);
	TRY(r);
	*out = top;
	return RC_OK;
}

const json *
json_find(const json *in, str key)
{
	if (in->kind != JSON_MAP)
		return NULL;
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->key[i], key))
			return in->item[i].kind == JSON_NIL ? NULL : &in->item[i];
	return NULL;
}

/* ---- the path of a member, for the fault ---- */

typedef struct path {
	size_t n;
	char p[256];
} path;

static void
path_add(path *to, str s)
{
	size_t n = MIN(s.n, sizeof to->p - to->n);

	memcpy(to->p + to->n, s.p, n);
	to->n += n;
}

static void
path_of(path *to, const json *v)
{
	char place[16];

	if (!v->parent)
		return;
	path_of(to, v->parent);
	if (v->parent->kind == JSON_LIST) {
		snprintf(place, sizeof place, "[%u]", v->place);
		path_add(to, str_of(place));
		return;
	}
	if (to->n)
		path_add(to, STR("."));
	path_add(to, v->parent->key[v->place]);
}

static str
path_to(path *to, const json *in, str key)
{
	path_of(to, in);
	if (to->n)
		path_add(to, STR("."));
	path_add(to, key);
	return (str){to->p, to->n};
}

static str
kind_name(json_kind kind)
{
	static const char *const name[] = {"null", "true/false", "integer", "number",
					   "text", "list",       "object"};

	return str_of(name[kind]);
}

rc
json_need(fault *f, const json *in, str key, json_kind kind, const json **out)
{
	const json *v = json_find(in, key);
	path at = {0};

	if (!v)
		return FAIL(f, RC_INVALID, "json.missing", FA_FIELD(path_to(&at, in, key)));
	if (v->kind != kind && !(kind == JSON_NUM && v->kind == JSON_INT))
		return FAIL(f, RC_INVALID, "json.kind", FA_FIELD(path_to(&at, in, key)),
			    FA_STR("kind", kind_name(kind)));
	*out = v;
	return RC_OK;
}

rc
json_need_text(fault *f, const json *in, str key, str *out)
{
	const json *v = NULL;

	TRY(json_need(f, in, key, JSON_TEXT, &v));
	*out = v->text;
	return RC_OK;
}

rc
json_need_int(fault *f, const json *in, str key, int64_t *out)
{
	const json *v = NULL;

	TRY(json_need(f, in, key, JSON_INT, &v));
	*out = v->i;
	return RC_OK;
}

rc
json_need_decimal(fault *f, const json *in, str key, str *out)
{
	const json *v = NULL;

	TRY(json_need(f, in, key, JSON_NUM, &v));
	*out = v->text;
	return RC_OK;
}

rc
json_need_bool(fault *f, const json *in, str key, bool *out)
{
	const json *v = NULL;

	TRY(json_need(f, in, key, JSON_BOOL, &v));
	*out = v->yes;
	return RC_OK;
}

rc
json_need_id(fault *f, const json *in, str key, int64_t *out)
{
	str s = {0};
	int64_t id = 0;
	path at = {0};

	TRY(json_need_text(f, in, key, &s));
	if (!str_to_i64(s, &id) || id <= 0 || s.p[0] == '0')
		return FAIL(f, RC_INVALID, "json.id", FA_FIELD(path_to(&at, in, key)));
	*out = id;
	return RC_OK;
}

rc
json_need_day(fault *f, const json *in, str key, int32_t *out)
{
	str s = {0};
	path at = {0};

	TRY(json_need_text(f, in, key, &s));
	if (!date_parse(s, out))
		return FAIL(f, RC_INVALID, "json.day", FA_FIELD(path_to(&at, in, key)));
	return RC_OK;
}

rc
json_opt_text(fault *f, const json *in, str key, str *out)
{
	return json_find(in, key) ? json_need_text(f, in, key, out) : RC_OK;
}

rc
json_opt_int(fault *f, const json *in, str key, int64_t *out)
{
	return json_find(in, key) ? json_need_int(f, in, key, out) : RC_OK;
}

rc
json_opt_bool(fault *f, const json *in, str key, bool *out)
{
	return json_find(in, key) ? json_need_bool(f, in, key, out) : RC_OK;
}

rc
json_opt_id(fault *f, const json *in, str key, int64_t *out)
{
	return json_find(in, key) ? json_need_id(f, in, key, out) : RC_OK;
}

rc
json_opt_day(fault *f, const json *in, str key, int32_t *out)
{
	return json_find(in, key) ? json_need_day(f, in, key, out) : RC_OK;
}

/* ---- writing ---- */

static void
escape(buf *b, unsigned char c)
{
	static const char digit[] = "0123456789abcdef";

	switch (c) {
	case '"':
	case '\\':
		buf_c(b, '\\');
		buf_c(b, (char)c);
		break;
	case '\n':
		buf_lit(b, "\\n");
		break;
	case '\r':
		buf_lit(b, "\\r");
		break;
	case '\t':
		buf_lit(b, "\\t");
		break;
	default:
		buf_lit(b, "\\u00");
		buf_c(b, digit[c >> 4]);
		buf_c(b, digit[c & 15]);
	}
}

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

void
json_quote(buf *b, str s)
{
	size_t i = 0;

	buf_c(b, '"');
	while (i < s.n) {
		size_t from = i;
		while (i < s.n && is_plain((unsigned char)s.p[i]))
			i++;
		buf_put(b, str_sub(s, from, i - from));
		if (i == s.n)
			break;
		size_t n = text_char(s, i);
		str c = str_sub(s, i, n);
		if (n == 0)
			buf_lit(b, "\xef\xbf\xbd");
		else if (n == 1)
			escape(b, (unsigned char)c.p[0]);
		else if (str_eq(c, STR("\xe2\x80\xa8")))
			buf_lit(b, "\\u2028");
		else if (str_eq(c, STR("\xe2\x80\xa9")))
			buf_lit(b, "\\u2029");
		else
			buf_put(b, c);
		i += MAX(n, (size_t)1);
	}
	buf_c(b, '"');
}

json_out
json_to(buf *b)
{
	return (json_out){.b = b};
}

static void
begin(json_out *w, str key)
{
	bool in_map = w->depth && (w->maps >> (w->depth - 1) & 1);

	BUG_ON(in_map != (key.p != NULL));
	BUG_ON(w->depth == 0 && w->comma); /* a second document */
	if (w->comma)
		buf_c(w->b, ',');
	w->comma = true;
	if (in_map) {
		json_quote(w->b, key);
		buf_c(w->b, ':');
	}
}

static void
container(json_out *w, str key, bool map)
{
	begin(w, key);
	BUG_ON(w->depth == JSON_DEPTH);
	w->maps = map ? w->maps | 1u << w->depth : w->maps & ~(1u << w->depth);
	w->depth++;
	w->comma = false;
	buf_c(w->b, map ? '{' : '[');
}

void
json_map(json_out *w, str key)
{
	container(w, key, true);
}

void
json_list(json_out *w, str key)
{
	container(w, key, false);
}

void
json_end(json_out *w)
{
	BUG_ON(w->depth == 0);
	w->depth--;
	buf_c(w->b, w->maps >> w->depth & 1 ? '}' : ']');
	w->comma = true;
}

void
json_put_text(json_out *w, str key, str s)
{
	begin(w, key);
	json_quote(w->b, s);
}

void
json_put_int(json_out *w, str key, int64_t v)
{
	begin(w, key);
	buf_i64(w->b, v);
}

void
json_put_id(json_out *w, str key, int64_t id)
{
	begin(w, key);
	buf_c(w->b, '"');
	buf_i64(w->b, id);
	buf_c(w->b, '"');
}

void
json_put_bool(json_out *w, str key, bool yes)
{
	begin(w, key);
	buf_put(w->b, yes ? STR("true") : STR("false"));
}

void
json_put_nil(json_out *w, str key)
{
	begin(w, key);
	buf_lit(w->b, "null");
}

void
json_put_day(json_out *w, str key, int32_t day)
{
	char text[DATE_TEXT];

	if (day == DATE_NONE)
		json_put_nil(w, key);
	else
		json_put_text(w, key, date_text(day, text));
}

static size_t
digits(str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
		n++;
	return n;
}

static bool
is_number(str s)
{
	size_t i = s.n && s.p[0] == '-', whole = digits(s, i);

	if (whole == 0 || (whole > 1 && s.p[i] == '0'))
		return false;
	i += whole;
	if (i < s.n && s.p[i] == '.') {
		size_t part = digits(s, i + 1);
		if (part == 0)
			return false;
		i += 1 + part;
	}
	if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
		i++;
		if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
			i++;
		size_t power = digits(s, i);
		if (power == 0)
			return false;
		i += power;
	}
	return i == s.n;
}

void
json_put_decimal(json_out *w, str key, str number)
{
	BUG_ON(!is_number(number));
	begin(w, key);
	buf_put(w->b, number);
}

void
json_put_value(json_out *w, str key, const json *v)
{
	switch (v->kind) {
	case JSON_NIL:
		json_put_nil(w, key);
		return;
	case JSON_BOOL:
		json_put_bool(w, key, v->yes);
		return;
	case JSON_INT:
		json_put_int(w, key, v->i);
		return;
	case JSON_NUM:
		json_put_decimal(w, key, v->text);
		return;
	case JSON_TEXT:
		json_put_text(w, key, v->text);
		return;
	case JSON_LIST:
	case JSON_MAP:
		break;
	}
	container(w, key, v->kind == JSON_MAP);
	for (size_t i = 0; i < v->n; i++)
		json_put_value(w, v->kind == JSON_MAP ? v->key[i] : JSON_BARE, &v->item[i]);
	json_end(w);
}
