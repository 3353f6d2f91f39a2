/* json.h - JSON in and out: a checked tree of what came from outside, and a writer that cannot write bad
 * JSON.
 *
 * Reading is strict: no key twice, no depth beyond JSON_DEPTH, whole numbers stay int64, text is valid UTF-8.
 * Ids travel as text ("123"), since a browser's numbers end at 2^53. */
#pragma once
#include "base/buf.h"
#include "base/fault.h"

enum { JSON_DEPTH = 32 };

typedef enum json_kind { JSON_NIL, JSON_BOOL, JSON_INT, JSON_NUM, JSON_TEXT, JSON_LIST, JSON_MAP } json_kind;

/* One value. Lists and maps keep the order they were written in. */
typedef struct json {
	json_kind kind;
	bool yes;       /* JSON_BOOL */
	uint32_t place; /* its place in the parent */
	int64_t i;      /* JSON_INT */
	double num;     /* JSON_INT and JSON_NUM */
	str text;       /* JSON_TEXT; of a number its digits, the shortest that read back as `num` */
	size_t n;       /* members of a list or map */
	const struct json *item;
	const str *key; /* of a map: key[i] names item[i] */
	const struct json *parent;
} json;

/* The whole of `text` as one value in `a`; a byte order mark in front is skipped.
 * RC_INVALID json.syntax, json.duplicate, json.encoding, json.number with line and column
 * RC_LIMIT   json.size (more than `max` bytes, or than the arena may take), json.depth */
rc json_parse(arena *a, fault *f, str text, size_t max, const json **out) MUST_USE;

/* The member, or NULL when `in` is no map, has no such key, or has null there. */
const json *json_find(const json *in, str key);

/* A required member of the right kind. RC_INVALID json.missing or json.kind, with the full path of the member
 * as the fault's field: "household.members[2].birth". */
rc json_need(fault *f, const json *in, str key, json_kind kind, const json **out) MUST_USE;
rc json_need_text(fault *f, const json *in, str key, str *out) MUST_USE;
rc json_need_int(fault *f, const json *in, str key, int64_t *out) MUST_USE;
rc json_need_decimal(fault *f, const json *in, str key, str *out) MUST_USE; /* any number, as its digits */
rc json_need_bool(fault *f, const json *in, str key, bool *out) MUST_USE;
rc json_need_id(fault *f, const json *in, str key, int64_t *out) MUST_USE;  /* digits as text, above 0 */
rc json_need_day(fault *f, const json *in, str key, int32_t *out) MUST_USE; /* "2025-06-01" */

/* The same, but *out is left as it was when the member is absent or null. */
rc json_opt_text(fault *f, const json *in, str key, str *out) MUST_USE;
rc json_opt_int(fault *f, const json *in, str key, int64_t *out) MUST_USE;
rc json_opt_bool(fault *f, const json *in, str key, bool *out) MUST_USE;
rc json_opt_id(fault *f, const json *in, str key, int64_t *out) MUST_USE;
rc json_opt_day(fault *f, const json *in, str key, int32_t *out) MUST_USE;

/* ---- writing ----
 *
 *   json_out w = json_to(&b);
 *   json_map(&w, JSON_BARE);
 *   json_put_id(&w, STR("id"), 7);           {"id":"7","tags":["a"]}
 *   json_list(&w, STR("tags"));
 *   json_put_text(&w, JSON_BARE, STR("a"));
 *   json_end(&w);
 *   json_end(&w);
 *
 * In a map every value has a key, in a list and at the top none: anything else is a bug and stops the
 * program. The bytes are safe inside an HTML page: < > & and U+2028/9 are written as \u escapes. */
typedef struct json_out {
	buf *b;
	uint32_t depth;
	uint32_t maps; /* bit d: the container at depth d is a map */
	bool comma;
} json_out;

#define JSON_BARE ((str){0}) /* no key: a member of a list, or the whole document */

json_out json_to(buf *b);
void json_map(json_out *w, str key);
void json_list(json_out *w, str key);
void json_end(json_out *w); /* closes the innermost map or list */

void json_put_text(json_out *w, str key, str s); /* bytes that are not UTF-8 become U+FFFD */
void json_put_int(json_out *w, str key, int64_t v);
void json_put_id(json_out *w, str key, int64_t id);
void json_put_bool(json_out *w, str key, bool yes);
void json_put_nil(json_out *w, str key);
void json_put_day(json_out *w, str key, int32_t day);     /* DATE_NONE is null */
void json_put_decimal(json_out *w, str key, str number);  /* digits as JSON spells a number; else a bug */
void json_put_value(json_out *w, str key, const json *v); /* what was read, again */

/* The escaped text with its quotes. */
void json_quote(buf *b, str s);
