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

/* persons.c: tests.csv */
rc policy_persons_read(policy_loader *l);
