/* type.h - FEEL types: what `instance of` names, what an item definition describes, what a scope knows of a
 * name. */
#pragma once
#include "feel/value.h"

typedef enum feel_type_kind {
	FEEL_T_ANY,
	FEEL_T_NULL,
	FEEL_T_BOOL,
	FEEL_T_NUMBER,
	FEEL_T_STRING,
	FEEL_T_DATE,
	FEEL_T_TIME,
	FEEL_T_DATE_TIME,
	FEEL_T_DAYS,
	FEEL_T_MONTHS,
	FEEL_T_LIST,     /* of elem */
	FEEL_T_CONTEXT,  /* with fields; any other entry is allowed beside them */
	FEEL_T_RANGE,    /* of elem */
	FEEL_T_FUNCTION, /* of fields (parameters), elem is the result */
} feel_type_kind;

typedef struct feel_type feel_type;
typedef struct feel_expr feel_expr;

typedef struct feel_field {
	str name;
	const feel_type *type; /* NULL: any */
} feel_field;

struct feel_type {
	feel_type_kind kind;
	str name;              /* of an item definition, or empty */
	const feel_type *elem; /* NULL: any */
	const feel_field *field;
	size_t nfields;
	bool inferred;  /* from a literal: elements may have more than it tells */
	bool any_shape; /* context, function or range without detail: `instance of context` */
	/* Unary tests that a value must pass, or NULL; of a list the list as a whole. Those of what this type
	 * refines hold too. */
	const feel_expr *allowed;
	const feel_type *base;
};

/* The built-in type of this name ("number", "date and time", "Any"), or NULL. */
const feel_type *feel_type_named(str name);

/* All of them, for i = 0, 1, … until NULL. */
const feel_type *feel_type_builtin(size_t i);

/* Is `sub` usable wherever `type` is asked for?  NULL is any. */
bool feel_type_conforms(const feel_type *sub, const feel_type *type);

/* Is the value of the type, its shape only; null is of no type but Null and Any. Allowed values are not
 * looked at: that needs an evaluation, see feel_type_coerce in feel.h. */
bool feel_type_holds(const feel_type *type, feel_value v);

/* The field of a context type, or NULL. A list of contexts has the fields of its elements. */
const feel_field *feel_type_field(const feel_type *type, str name);
