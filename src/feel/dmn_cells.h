/* dmn_cells.h - decision tables looked into, cell by cell: what explanations and static checks need.
 *
 * The meaning of a cell stays in one place, the evaluator: here its constants are told, and any value may be
 * tested on it. */
#pragma once
#include "base/vec.h"
#include "feel/dmn.h"

typedef enum hit_policy {
	HIT_UNIQUE,
	HIT_ANY,
	HIT_FIRST,
	HIT_PRIORITY,
	HIT_RULE_ORDER,
	HIT_OUTPUT_ORDER,
	HIT_COLLECT,
	HIT_SUM,
	HIT_COUNT,
	HIT_MIN,
	HIT_MAX,
} hit_policy;

typedef struct table dmn_table;
typedef VEC(feel_value) feel_values;

/* The table that a decision of the first file is, or NULL. */
const dmn_table *dmn_table_of(const dmn_model *m, str decision);

hit_policy dmn_hit(const dmn_table *t);
size_t dmn_rules(const dmn_table *t);
size_t dmn_columns(const dmn_table *t);
size_t dmn_outputs(const dmn_table *t);
bool dmn_otherwise(const dmn_table *t); /* has it a default output? */

/* What is known of the values of a column before evaluation; NULL: any. */
const feel_type *dmn_column_type(const dmn_table *t, size_t column);

/* May the cell hold for a value of its column, and the output be of the type of its column and (`decided`,
 * NULL: any) of the decision, as far as literals tell?  What else it should be: *type. */
bool dmn_cell_suits(const dmn_table *t, size_t rule, size_t column, const feel_type **type);
bool dmn_output_suits(const dmn_table *t, size_t rule, size_t output, const feel_type *decided,
		      const feel_type **type);

/* Does the cell hold for this value?  true, false, null. RC_LIMIT. */
rc dmn_cell_test(arena *a, fault *f, const dmn_table *t, size_t rule, size_t column, const feel_env *env,
		 feel_value v, feel_value *out) MUST_USE;

/* May the column take this value, by its allowed values and those of its type?  RC_LIMIT. */
rc dmn_column_allows(arena *a, fault *f, const dmn_table *t, size_t column, const feel_env *env, feel_value v,
		     bool *out) MUST_USE;

/* The constants that a cell compares its value with, added to *out; also those of the allowed values of a
 * column. False: the cell asks more than that (other inputs, functions of its value), so that between two
 * constants it need not be the same. */
bool dmn_cell_constants(arena *a, const dmn_table *t, size_t rule, size_t column, const feel_env *env,
			feel_values *out);
bool dmn_column_constants(arena *a, const dmn_table *t, size_t column, const feel_env *env, feel_values *out);

/* Is the output of a rule a constant, and which?  Not const for what depends on inputs. */
bool dmn_output_constant(arena *a, const dmn_table *t, size_t rule, size_t output, const feel_env *env,
			 feel_value *out);

/* Constants in their order, each once; those of another kind than the first fall away. */
void dmn_constants_sort(feel_values *v);

/* A value so far from `v`: numbers by whole ones, days and months by themselves. False: not of such a kind.
 */
bool dmn_value_moved(feel_value v, int64_t by, feel_value *out);

/* A value in the middle of two, exactly or (`whole`) a whole one. False: there is none, or none is known. */
bool dmn_value_between(feel_value lo, feel_value hi, bool whole, feel_value *out);
