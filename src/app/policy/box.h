/* box.h - a decision table as boxes: each column cut into the few classes that its cells can tell apart, each
 * class with the set of rules that hold for it.
 *
 *   column 收入, cells <1000 | [1000..2000] | >2000      classes   999  1000  1500  2000  2001  null
 *                                                        rule 1     x
 *                                                        rule 2           x     x     x
 *                                                        rule 3                             x
 *
 * A rule holds for a person when it is in the sets of all his columns' classes, so questions over everybody
 * are questions over a few sets of bits. What a class holds is asked from the evaluator with a value of it:
 * there is one meaning. */
#pragma once
#include "app/policy/policy.h"
#include "feel/dmn_cells.h"

typedef struct box_class {
	feel_value value; /* one of the class, allowed in the column */
	bool point;       /* the class is this one value */
	uint64_t *rules;
} box_class;

typedef struct box_column {
	box_class *class; /* in the order of their values, null last */
	size_t n;
	bool asks_null;  /* a cell tells null from what is given */
	bool opaque;     /* a cell asks more than constants: its classes are none */
	feel_value step; /* how far neighbours of a boundary may be from it; null: the kind has no order */
} box_column;

typedef struct box_table {
	const dmn_table *t;
	size_t rules, columns, words; /* 64 rules a word */
	box_column *column;
	uint64_t *wild; /* columns + 1 sets: rules that hold whatever the columns from here on are */
	uint64_t *all;
} box_table;

enum { BOX_RULES_MAX = 2000, BOX_CELLS_MAX = 4 * 1000 * 1000 };

/* RC_LIMIT policy.size: more than BOX_RULES_MAX rules, or constants times rules in a column than
 * BOX_CELLS_MAX; or a cell goes on for too long. */
rc box_read(arena *a, fault *f, const dmn_table *t, const feel_env *env, box_table **out) MUST_USE;

enum { BOX_BUDGET = 200000 };

typedef enum box_answer { BOX_NONE, BOX_FOUND, BOX_TOO_MANY } box_answer;

/* A person within the box of rule `within` (SIZE_MAX: anywhere) for whom no rule of `set` holds; `pick` gets
 * the place of his class in each column. Null counts where `nulls`, or where the column asks for it.
 * BOX_TOO_MANY: not decided within BOX_BUDGET sets. */
box_answer box_uncovered(arena *a, const box_table *b, const uint64_t *set, size_t within, bool nulls,
			 size_t *pick);

/* A person for whom rule `r` is the first of all, and for whom without it the first would be none of `same`.
 */
box_answer box_decisive(arena *a, const box_table *b, size_t r, const uint64_t *same, size_t *pick);

/* Somebody for whom both hold. */
bool box_overlap(const box_table *b, size_t x, size_t y, size_t *pick);

static inline bool
box_has(const uint64_t *set, size_t rule)
{
	return set[rule / 64] >> (rule % 64) & 1;
}

static inline void
box_put(uint64_t *set, size_t rule)
{
	set[rule / 64] |= (uint64_t)1 << (rule % 64);
}
