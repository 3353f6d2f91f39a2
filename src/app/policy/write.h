/* write.h - a DMN file whole, as a tree that may be changed: read from DMN 1.2 to 1.5, written as 1.5.
 *
 *   TRY(policy_tree_read(a, f, STR("policy.dmn"), xml, &root));
 *   policy_attr_set(a, table, STR("hitPolicy"), STR("FIRST"));
 *   TRY(policy_tree_write(a, f, STR("policy.dmn"), root, &xml));
 *
 * Every element, attribute, extension and diagram is kept in its place; what could not be kept (text among
 * elements, an element that DMN 1.5 does not have there) is refused with its line. Comments and white space
 * between elements mean nothing and are not kept. The same tree gives the same bytes, one element a line, and
 * what was written reads and writes the same again. */
#pragma once
#include "base/buf.h"
#include "base/fault.h"
#include "base/map.h"
#include "base/vec.h"

#define DMN_SPACE   "https://www.omg.org/spec/DMN/20230324/MODEL/"
#define DMNDI_SPACE "https://www.omg.org/spec/DMN/20230324/DMNDI/"

/* No space: an element of DMN; an attribute as most are. */
typedef struct policy_attr {
	str space, name, value;
	str of; /* the space of a value that is a name with a prefix; else empty */
} policy_attr;

typedef struct policy_node policy_node;
struct policy_node {
	str space, name, text; /* text: of a leaf */
	VEC(policy_attr) attr;
	policy_node *up, *kid, *last, *next;
	size_t line; /* where it stood when it was read or written last; 0: neither */
};

/* A tree in `a`, checked as far as form goes: every element where DMN 1.5 has it, ids that are ids, and each
 * once; no two decisions or inputs of one name, no two results of one name in a table.
 * RC_INVALID xml.*, policy.tree.* (file, line, element); RC_LIMIT xml.size, xml.depth, policy.tree.size. */
rc policy_tree_read(arena *a, fault *f, str file, str xml, policy_node **out) MUST_USE;

/* Checks the same, then writes; sets `line` of every node to where it now stands. */
rc policy_tree_write(arena *a, fault *f, str file, policy_node *root, str *out) MUST_USE;

/* ---- looking and changing ---- */

/* The attribute without a prefix, or of the space; empty when it is not there. */
str policy_attr_of(const policy_node *n, str name);
str policy_attr_in(const policy_node *n, str space, str name);
/* An empty value takes the attribute away. */
void policy_attr_set(arena *a, policy_node *n, str name, str value);

/* The first child of DMN of this name, or NULL; and the one after. */
policy_node *policy_kid(const policy_node *n, str name);
policy_node *policy_kid_next(const policy_node *kid);
size_t policy_kids(const policy_node *n, str name);
/* The first child of the name in a space of others. */
policy_node *policy_kid_in(const policy_node *n, str space, str name);

/* A new element, not yet anywhere. */
policy_node *policy_node_new(arena *a, str name);
/* Before `next`, which is a child of `n`; NULL: at the end. */
void policy_node_put(policy_node *n, policy_node *kid, policy_node *next);
void policy_node_drop(policy_node *kid);
/* The child of this name, made where DMN wants it among its brothers when it is not there. */
policy_node *policy_kid_made(arena *a, policy_node *n, str name);
/* <name><text>…</text></name> as a text, and set: an empty text takes the child away. */
str policy_text_of(const policy_node *n, str name);
void policy_text_set(arena *a, policy_node *n, str name, str text);
/* A decision or input data of this name, or NULL. */
policy_node *policy_element(const policy_node *root, str element, str name);

/* Does the text do as an id?  An NCName, of Latin and Chinese letters, digits, - _ and point. */
bool policy_id_ok(str id);
/* The ids of a tree; one made of any text with a head ("input_") that none of them is, and now is. */
map policy_ids(arena *a, const policy_node *root);
str policy_id_made(arena *a, map *ids, str head, str text);
