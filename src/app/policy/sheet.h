/* sheet.h - a decision table as a sheet, one row a rule, and back without loss.
 *
 *   编号       残疾等级   金额    依据        headings: inputs, outputs, what is told beside them
 *   #列       输入       输出    附注        rows with # describe columns,
 *   #决策      护理补贴                      or the table: their value in the second cell
 *   #命中规则   第一条
 *   SH-1     "一级"     350    sh-2025-5   a rule by its id; cells are FEEL
 *
 * What the sheet has no cell for (ids of cells, extensions of others, diagrams) stays in the DMN file: the
 * sheet is put into the tree of that file, and only what differs is changed. docs/policies.md describes
 * it for those who write one. */
#pragma once
#include "app/policy/normal.h"
#include "base/msg.h"
#include "feel/dmn.h"
#include "io/sheet.h"

typedef enum grid_kind {
	GRID_INPUT,
	GRID_OUTPUT,
	GRID_NOTE,    /* an annotation of the table */
	GRID_WORDS,   /* what the rule says: its description */
	GRID_ENGLISH, /* the same in English: its label */
	GRID_ROW,     /* an attribute of <zc:row>, named by the heading: citation, published, … */
	GRID_KINDS,
} grid_kind;

/* What a column may have beside its heading. */
typedef enum grid_prop {
	GRID_ID,
	GRID_LABEL,
	GRID_TYPE,
	GRID_ALLOWED,
	GRID_OTHERWISE, /* an output's value where no rule holds */
	GRID_UNIT,
	GRID_PROPS,
} grid_prop;

/* What is said of the table as a whole. */
typedef enum grid_fact {
	GRID_DECISION,
	GRID_DECISION_ID,
	GRID_RESULT, /* the type of the decision */
	GRID_TABLE,  /* the id of the table */
	GRID_HIT,    /* as DMN spells it: "UNIQUE", "COLLECT SUM" */
	GRID_FACTS,
} grid_fact;

/* The heading of an input is its expression, of the others their name. */
typedef struct grid_column {
	grid_kind kind;
	str heading, prop[GRID_PROPS];
	uint32_t column; /* of the sheet, from 0 */
} grid_column;

typedef struct grid_row {
	str id, *cell; /* as many cells as columns */
	uint32_t row;  /* of the sheet, from 1; 0: not from a sheet */
} grid_row;

typedef struct grid {
	str fact[GRID_FACTS];
	VEC(grid_column) columns; /* in the order of their kinds */
	VEC(grid_row) rows;
	uint32_t at_prop[GRID_PROPS], at_kinds, at_fact[GRID_FACTS]; /* rows of the sheet, as above */
} grid;

enum { GRID_ROWS_MAX = 100000, GRID_COLUMNS_MAX = 500, GRID_CELL_MAX = 32767 /* characters: Excel's own */ };

/* ---- table and grid ---- */

/* The table of a decision; an empty name: of the only decision that is one. Rules, the table and the decision
 * get an id where they have none. RC_NOT_FOUND policy.sheet.decision; RC_INVALID policy.sheet.which
 * (several), policy.sheet.cells, policy.sheet.attribute (a sheet would take it for another); RC_LIMIT
 * policy.sheet.size, policy.sheet.long. */
rc grid_of(arena *a, fault *f, policy_node *root, str decision, grid *out) MUST_USE;

/* The table of the decision that the grid names becomes what the grid says; a decision or an input that is
 * not there yet is made. RC_INVALID policy.sheet.logic (the decision is no table). */
rc grid_put(arena *a, fault *f, policy_node *root, const grid *g) MUST_USE;

/* A built-in type, or what an item definition of the file comes to; NULL: it says no more than any. */
const struct feel_type *grid_type(const policy_node *root, str name);

/* The attribute of <zc:row> that a heading means, in either language and any case; the heading itself where
 * it is no word of ours. */
str grid_told(arena *a, str heading);

/* "1,000": a thousand to the eye, a list of 1 and 0 to FEEL. */
bool grid_grouped(str s);

/* The tree of a file that holds nothing yet, for grid_put. */
policy_node *grid_nothing(arena *a, const grid *g);

/* grid_put, written as DMN 1.5, and proved: the model loads, and constants are of the types of their columns.
 * `more` are the files that it imports. A fault about one cell has its place as argument "cell" ("C5"). */
rc grid_write(arena *a, fault *f, str file, policy_node *root, const grid *g, const dmn_file *more, size_t n,
	      str *xml) MUST_USE;

/* ---- grid and sheet ---- */

/* The rows of the sheet as texts, `*width` each: what is written, and what tests compare. */
size_t grid_lines(arena *a, const grid *g, msg_lang lang, const str *const **out, size_t *width);
str grid_csv(arena *a, const grid *g, msg_lang lang);
/* `now`: ms UTC. The faults of xlsx_write.h. */
rc grid_xlsx(arena *a, fault *f, const grid *g, msg_lang lang, str path, int64_t now) MUST_USE;

typedef struct grid_reader grid_reader;

grid_reader *grid_reader_open(arena *a, sheet_format format);
/* A sheet_sink: sheet_child_read gives the rows, or grid_read below. */
rc grid_reader_take(void *reader, fault *f, const cell_row *row);
/* The rows understood; what full-width signs were rewritten is added to *changes.
 * RC_INVALID policy.sheet.* with the cell at fault and what to do; RC_LIMIT policy.sheet.size. */
rc grid_reader_end(grid_reader *r, fault *f, normal_changes *changes, grid *out) MUST_USE;

/* The first visible tab of a sheet in memory, in this process. */
rc grid_read(arena *a, fault *f, str bytes, normal_changes *changes, grid *out) MUST_USE;
