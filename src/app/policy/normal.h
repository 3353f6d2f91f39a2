/* normal.h - full-width signs outside strings as FEEL reads them, with a list of what was changed where.
 *
 * A Chinese keyboard writes ，（）＞ “ ”; the evaluator reads them, other DMN tools take some of them for
 * letters. So editor and importer rewrite the texts and tell. Strings and names of elements stay as they are.
 */
#pragma once
#include "app/policy/write.h"

typedef struct normal_change {
	str place;       /* "C5" of a sheet, or the name of the element */
	size_t line;     /* of the DMN file; 0 of a sheet */
	str sign, now;   /* what stood there, what stands there now */
	uint32_t column; /* of the sign in its text, from 1, in characters */
} normal_change;

typedef VEC(normal_change) normal_changes;

/* One text of FEEL; what was changed is added to *changes. */
str normal_text(arena *a, str text, str place, size_t line, normal_changes *changes);

/* Every expression and every test of the tree that is FEEL. */
void normal_tree(arena *a, policy_node *root, normal_changes *changes);
