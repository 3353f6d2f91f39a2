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

/* Sets `of` and `area` from `id`. RC_INVALID policy.layer: digits that are no division, or none within that
 * of the layer above. */
rc policy_layer_place(fault *f, policy_layer *l) MUST_USE;
