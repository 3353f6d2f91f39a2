/* dmn_priv.h - what the files of the decision model share: the XML as a tree, elements, tables. */
#pragma once
#include "feel/dmn.h"
#include "feel/dmn_cells.h"
#include "feel/dmn_xml.h"
#include "feel/priv.h"

typedef struct element element;

typedef struct part {
	const dmn_xml *root;
	str file, space;
	feel_scope *types;
	VEC(element *) elements;
} part;

struct element {
	dmn_kind kind;
	uint32_t slot;
	const part *part;
	const dmn_xml *xml;
	str id, name;
	const feel_type *type;  /* as declared: values are brought to it */
	const feel_type *shape; /* else what the logic lets infer: for names only */
	feel_scope *scope;
	VEC(element *) needs;
	node *root;             /* decision: its logic; BKM: an N_FUNCTION */
	VEC(element *) in, out; /* service: parameters and outputs */
	VEC(feel_field) params;
	uint8_t mark;
};

struct dmn_model {
	arena *a;
	VEC(part *) parts;
	VEC(element *) elements; /* by slot */
	bool lenient;
};

typedef struct table_column {
	str name;
	const feel_type *type;
	node *expr;    /* input expression, default output */
	node *allowed; /* N_TESTS, or NULL */
} table_column;

/* Of a class of values of one column: the rules whose cell holds, those whose cell is null, and whether the
 * column may take them. `holds` NULL: not known. */
typedef struct rule_class {
	const uint64_t *holds, *open;
	bool allowed;
} rule_class;

/* dmn_sets.c: below the first constant, on it, between it and the next …, above the last, null. */
typedef struct column_sets {
	feel_kind kind;       /* of the constants; FEEL_NULL: there is none, and all scalars are one class */
	const feel_value *at; /* in their order */
	size_t n;
	const rule_class *class; /* 2 n + 2; NULL: the cells must be asked */
} column_sets;

typedef struct table {
	str id;
	hit_policy hit;
	table_column *in, *out;
	size_t nin, nout, nrules;
	node **test;             /* nrules × nin */
	node **value;            /* nrules × nout */
	const column_sets *sets; /* nin; NULL: not prepared */
	size_t words;            /* of a set of rules */
} table;

/* dmn_box.c */
typedef struct boxer {
	parser p;
	const part *part;
	const element *of;
} boxer;

rc box_expression(boxer *b, const dmn_xml *x, node **out);
rc box_function(boxer *b, const dmn_xml *x, node **out);
rc box_type(boxer *b, str name, const feel_type **out);
/* The text as unary tests or an expression, in the scopes of the boxer. */
rc box_text(boxer *b, const dmn_xml *x, str text, feel_mode mode, node **out);
rc box_coerced(boxer *b, str type, node **out);
const dmn_xml *box_logic(const dmn_xml *x);
/* dmn_table.c */
rc box_table(boxer *b, const dmn_xml *x, node **out);
/* Does the test hold for the value, in the frames of the table? */
feel_value table_test(run *r, const node *test, feel_value subject, frame *fr);
/* dmn_sets.c */
void sets_prepare(arena *a, table *t);
/* The class of a value; NULL: the cells of the column must be asked. */
const rule_class *sets_class(const table *t, size_t column, feel_value v);

static inline bool
set_has(const uint64_t *set, size_t rule)
{
	return set[rule / 64] >> (rule % 64) & 1;
}

/* dmn_cells.c: as dmn_cell_constants, of any tests. */
bool constants_of(arena *a, const node *n, const feel_env *env, feel_values *out);
/* dmn_item.c */
part *item_import(const dmn_model *m, const part *p, str name);
rc item_types(arena *a, fault *f, dmn_model *m, part *p);
