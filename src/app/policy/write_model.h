/* write_model.h - what DMN 1.5 lets stand where: its schema as one table. */
#pragma once
#include "app/policy/write.h"

typedef struct model_type model_type;

/* The type of <definitions>, and of a child in a parent of `type`; NULL: it may not stand there. */
const model_type *model_root(void);
const model_type *model_kid(const model_type *type, str space, str name);

/* A text and nothing else; anything at all, of other spaces. */
bool model_is_text(const model_type *type);
bool model_is_open(const model_type *type);

/* Of a child's name its place among its brothers, or SIZE_MAX. */
size_t model_place(str parent, str name);
/* The place of a plain attribute among those of its element; SIZE_MAX: it has no such attribute. */
size_t model_attr_place(const model_type *type, str name);

/* The whole tree against the schema and the ids against each other. RC_INVALID policy.tree.*. */
rc model_check(arena *a, fault *f, str file, const policy_node *root) MUST_USE;
