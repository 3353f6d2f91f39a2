/* layers.h - a policy in its layers: what the nation says, and below it provinces, cities and counties.
 *
 * A folder whose name begins with the digits of a division is a layer for it, and stands in the folder of the
 * layer above:
 *
 *   policies/two-subsidies/                           the nation's
 *   policies/two-subsidies/32-jiangsu/                a province's
 *   policies/two-subsidies/32-jiangsu/3201-nanjing/   a city's
 *
 * Layers do not merge rows. Each decides what it defines; for a place and a day the lowest layer that defines
 * a decision is taken whole. */
#pragma once
#include "app/policy/policy.h"
#include "base/vec.h"
#include "store/scope.h"

enum { POLICY_LAYERS_MAX = 6 };

/* One published version of one layer. */
typedef struct policy_layer {
	str id;        /* "two-subsidies/32-jiangsu" */
	str of;        /* "two-subsidies" */
	interval area; /* where it is for */
	int64_t version;
	int32_t from; /* the day from which the version holds */
	str sha256;
	const policy *p;
} policy_layer;

typedef VEC(policy_layer) policy_layers;

/* The layers above the folder `dir`, linked; NULL: it is no layer of a division, or nothing stands above it.
 * Failures as policy_files_read and policy_load. */
rc policy_above_read(arena *a, fault *f, str dir, feel_zones *zones, const policy **out) MUST_USE;

/* What holds of the policy `of` at a place (12 digits) on a day: the lowest layer, linked to those above it;
 * NULL: none holds. Of each layer the newest version that has begun by then is taken. `layer`: those layers,
 * the nation's first. */
typedef struct policy_stack {
	const policy *lowest;
	const policy_layer *layer[POLICY_LAYERS_MAX];
	size_t n;
} policy_stack;

/* Links the layers of a stack, which stand in order. */
void policy_stack_link(arena *a, policy_stack *s);

void policy_stack_at(arena *a, const policy_layers *all, str of, int64_t region, int32_t day,
		     policy_stack *out);

/* Something that is decided in the end, by the lowest layer that decides it. */
typedef struct policy_goal {
	const policy *p;
	const policy_decision *decision;
} policy_goal;

typedef VEC(policy_goal) policy_goals;

/* Every decision of the layers that no other decision of theirs asks for, the nation's first. */
void policy_goals_of(arena *a, const policy *lowest, policy_goals *out);

/* Sets `of` and `area` from `id`. RC_INVALID policy.layer: digits that are no division, or none within that
 * of the layer above. */
rc policy_layer_place(fault *f, policy_layer *l) MUST_USE;
