/* parameter.h - numbers and choices that law and local rules set by place and day: how many years a card is
 * valid, which card is issued.
 *
 * One file (lists/parameters.yaml, and what is published of it) is read into an immutable `parameters`. A
 * value has a division, a first day and its citation. In force is, of the values begun by a day, the one of
 * the nearest division around a place, and of those the latest: so a past day stays answerable. */
#pragma once
#include "app/field/field.h"
#include "io/pack.h"
#include "store/scope.h"

typedef struct parameter_value {
	interval area;
	int32_t from;
	int64_t n;           /* the number, or code_number of the code */
	str zh, en, article; /* where it is written */
} parameter_value;

typedef struct parameter {
	str id, zh, en;
	str word;              /* what expressions call it, after 参数.; empty: they do not */
	int64_t min, max;      /* of a number */
	const code_list *list; /* of a code; NULL: a number */
	const parameter_value *value;
	size_t n;
} parameter;

typedef struct parameters {
	const parameter *v;
	size_t n;
} parameters;

#define PARAMETERS_FILE STR("lists/parameters.yaml")

enum { PARAMETERS_FILE_MAX = 512 * 1024 };

/* Reads the text, called `file` in faults, into `a`.
 * RC_INVALID: yaml.*, or parameter.* with file, line and what to do. RC_LIMIT yaml.size, yaml.depth. */
rc parameters_load(arena *a, fault *f, const catalogue *fields, str file, str text,
		   const parameters **out) MUST_USE;

/* Those that came with the program. RC_NOT_FOUND: the pack has none; else as above. */
rc parameters_packed(const pack *p, arena *a, fault *f, const catalogue *fields,
		     const parameters **out) MUST_USE;

const parameter *parameter_find(const parameters *all, str id); /* NULL: there is none */

/* What is in force at a division (12 digits) on a day; NULL: nothing is. */
const parameter_value *parameter_at(const parameter *p, int64_t region, int32_t day);

/* The same by id. `all` may be NULL. RC_INVALID parameter.none with {name}: nobody has set it there by that
 * day. */
rc parameter_need(const parameters *all, fault *f, const char *id, int64_t region, int32_t day,
		  int64_t *out) MUST_USE;
