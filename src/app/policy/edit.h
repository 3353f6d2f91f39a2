/* edit.h - one thing of a policy's files changed: a row of a table, a test person, an article of its law.
 *
 * What was not asked to be changed stays byte for byte; what cannot be read is refused with its field, and
 * nothing is put in for what is missing. Whether the policy then loads is the caller's to ask
 * (definition_layer_load). */
#pragma once
#include "app/policy/policy.h"
#include "app/policy/sheet.h"

typedef struct edit_wrong {
	size_t field; /* of the row's columns, of the person's headings */
	size_t row;   /* of the table, where edit_table_write says it */
	const fault *why;
} edit_wrong;
typedef VEC(edit_wrong) edit_wrongs;

/* ---- rows ---- */

/* The table of a decision with a column for all that may be told of a row, whether a row tells it or not:
 * the words in both languages, what it cites, confidence, published, supersedes, unknown. */
typedef struct edit_table {
	policy_node *root;
	grid g;
} edit_table;

/* Failures as policy_tree_read and grid_of. */
rc edit_table_read(arena *a, fault *f, str file, str dmn, str decision, edit_table *out) MUST_USE;
/* The place of a row; SIZE_MAX: there is none of this id. */
size_t edit_row_find(const edit_table *t, str id);

/* The cells as typed, one a column: full-width signs are rewritten and told in *changes, everything that is
 * wrong by itself is told in *wrong. */
void edit_cells_check(arena *a, const edit_table *t, str *cells, normal_changes *changes, edit_wrongs *wrong);

/* RC_INVALID policy.edit.id (not an id), policy.edit.id_twice; with field "id". `at`: before the row that now
 * stands there. */
rc edit_row_add(arena *a, fault *f, edit_table *t, str id, size_t at, str *cells) MUST_USE;
void edit_row_remove(edit_table *t, size_t at);
/* One up (-1) or down (1); false: it stands at that end. */
bool edit_row_move(edit_table *t, size_t at, int by);

/* The file as it now is. Failures as grid_write; a fault about one cell is put into *wrong and is RC_INVALID
 * without a fault. */
rc edit_table_write(arena *a, fault *f, str file, edit_table *t, edit_wrongs *wrong, str *dmn) MUST_USE;

/* ---- test persons ---- */

typedef struct edit_persons {
	VEC(str) heading;
	VEC(str *) person; /* cells: as many as headings */
	size_t had;        /* headings that the file had */
} edit_persons;

/* What tests.csv says, with a heading for every input and decision of the policy and the layers above. */
rc edit_persons_read(arena *a, fault *f, const policy *p, str csv, edit_persons *out) MUST_USE;
/* Headings that no person fills are left out, but for those that `csv` had. */
str edit_persons_write(arena *a, const edit_persons *v);

/* ---- articles ---- */

typedef struct edit_article {
	str id, document, article, zh, en, link;
	bool unsourced;
	bool anew; /* the document is a new one: */
	str number, title_zh, title_en, document_link;
} edit_article;

/* The article and its document, as citations.yaml says them. RC_NOT_FOUND. */
rc edit_article_read(arena *a, fault *f, str yaml, str id, edit_article *out) MUST_USE;
/* Ids of documents, in the order written. */
typedef VEC(str) edit_names;
rc edit_documents(arena *a, fault *f, str yaml, edit_names *out) MUST_USE;

/* Changed or, when there is none of its id, added at the end; the lines of the others stay. RC_INVALID
 * policy.edit.key, policy.edit.id_twice (field "id" or "document-id"), policy.edit.form. */
rc edit_article_put(arena *a, fault *f, str yaml, const edit_article *x, str *out) MUST_USE;
/* RC_NOT_FOUND. */
rc edit_article_remove(arena *a, fault *f, str yaml, str id, str *out) MUST_USE;
