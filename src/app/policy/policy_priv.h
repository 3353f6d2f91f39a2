/* policy_priv.h - what the files of a policy share while it is loaded. */
#pragma once
#include "app/policy/policy.h"
#include "base/map.h"
#include "base/vec.h"
#include "feel/dmn_cells.h"
#include "feel/dmn_xml.h"

typedef struct policy_loader {
	arena *a;
	fault *f;
	const policy_files *files;
	feel_zones *zones;
	policy *p;
} policy_loader;

/* above.c: the parts of the type of POLICY_ABOVE; NULL: the layer asks nothing. */
const policy_type *policy_above_parts(const policy *p, size_t *n);
/* Is it 上级.NAME? */
bool policy_names_above(str text, str *name);
/* Does the decision ask what the layers above decide under this name? */
bool policy_asks_above(arena *a, const policy *p, const policy_decision *d, str name);
/* The lowest layer above that decides it; NULL: none. */
const policy *policy_above_of(const policy *p, str decision);

/* persons.c: tests.csv */
rc policy_persons_read(policy_loader *l);
