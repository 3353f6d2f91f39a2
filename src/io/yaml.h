/* yaml.h - definition files: a YAML document as a tree whose every node knows its line, read through typed
 * accessors that say file, line and what to do.
 *
 * The plain part of YAML only: one document of maps, lists and scalars. No anchors, aliases, tags or
 * directives, no key twice, keys are plain names. A scalar is text until the schema of the reader gives it a
 * type: `no` is never false and 0644 never a number by itself. */
#pragma once
#include "base/fault.h"
#include "base/str.h"

enum { YAML_DEPTH = 32, YAML_NODES = 1000000 };

typedef enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP } yaml_kind;

typedef struct yaml {
	yaml_kind kind;
	bool quoted;           /* YAML_TEXT: in quotes or a block, so never empty-meaning-absent */
	uint32_t line, column; /* from 1 */
	str file;
	str name; /* its key in the parent map, or empty */
	str text;
	size_t n; /* members of a list or map, in the order written */
	const struct yaml *item;
	const struct yaml *key; /* of a map: key[i] (a text with its own line) names item[i] */
} yaml;

/* `text` as a tree in `a`; `file` is what faults call it.
 * RC_INVALID yaml.syntax, yaml.encoding, yaml.duplicate, yaml.key, yaml.empty,
 *            yaml.feature (one that we do not use)
 * RC_LIMIT   yaml.size (more than `max` bytes or YAML_NODES), yaml.depth */
rc yaml_parse(arena *a, fault *f, str file, str text, size_t max, const yaml **out) MUST_USE;

/* The member, or NULL when `in` is no map or has no such key. An empty value (`key:`) counts as absent. */
const yaml *yaml_find(const yaml *in, str key);

/* Is it this kind?  RC_INVALID yaml.kind */
rc yaml_is(fault *f, const yaml *v, yaml_kind kind) MUST_USE;

/* Is every key of the map one of `known`?  RC_INVALID yaml.unknown names the stranger and what is allowed: a
 * misspelt key is never passed over in silence. */
rc yaml_only(fault *f, const yaml *in, const str *known, size_t n) MUST_USE;

/* A scalar as a type. RC_INVALID yaml.kind, yaml.text (empty), yaml.int (with min and max), yaml.bool,
 * yaml.day, yaml.choice */
rc yaml_text(fault *f, const yaml *v, str *out) MUST_USE;
rc yaml_int(fault *f, const yaml *v, int64_t min, int64_t max, int64_t *out) MUST_USE;
rc yaml_bool(fault *f, const yaml *v, bool *out) MUST_USE;   /* true, false */
rc yaml_day(fault *f, const yaml *v, int32_t *out) MUST_USE; /* 2025-06-01 */
/* Which of the n words it is. */
rc yaml_choice(fault *f, const yaml *v, const str *words, size_t n, size_t *out) MUST_USE;

/* A required member. RC_INVALID yaml.missing, and as above. */
rc yaml_need(fault *f, const yaml *in, str key, const yaml **out) MUST_USE;
rc yaml_need_kind(fault *f, const yaml *in, str key, yaml_kind kind, const yaml **out) MUST_USE;
rc yaml_need_text(fault *f, const yaml *in, str key, str *out) MUST_USE;
rc yaml_need_int(fault *f, const yaml *in, str key, int64_t min, int64_t max, int64_t *out) MUST_USE;
rc yaml_need_bool(fault *f, const yaml *in, str key, bool *out) MUST_USE;
rc yaml_need_day(fault *f, const yaml *in, str key, int32_t *out) MUST_USE;
rc yaml_need_choice(fault *f, const yaml *in, str key, const str *words, size_t n, size_t *out) MUST_USE;

/* A text in both languages: {zh: …, en: …}, nothing else in it. */
rc yaml_need_pair(fault *f, const yaml *in, str key, str *zh, str *en) MUST_USE;

/* The same, but *out is left as it was when the member is absent. yaml_opt_list gives an empty list. */
rc yaml_opt_text(fault *f, const yaml *in, str key, str *out) MUST_USE;
rc yaml_opt_int(fault *f, const yaml *in, str key, int64_t min, int64_t max, int64_t *out) MUST_USE;
rc yaml_opt_bool(fault *f, const yaml *in, str key, bool *out) MUST_USE;
rc yaml_opt_day(fault *f, const yaml *in, str key, int32_t *out) MUST_USE;
rc yaml_opt_choice(fault *f, const yaml *in, str key, const str *words, size_t n, size_t *out) MUST_USE;
rc yaml_opt_list(fault *f, const yaml *in, str key, const yaml **out) MUST_USE;

/* A fault of the reader's own schema, with file and line:
 *   return YAML_FAIL(f, step, "service.step.unknown", FA_STR("step", name)); */
#define YAML_FAIL(f, v, id, ...)                                                                             \
	FAIL((f), RC_INVALID, id, FA_STR("file", (v)->file),                                                 \
	     FA_INT("line", (v)->line) __VA_OPT__(, ) __VA_ARGS__)
