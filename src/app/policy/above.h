/* above.h - a decision and what it asks of the layers above: between explain.c and above.c. */
#pragma once
#include "app/policy/explain.h"
#include "app/policy/policy_priv.h"

typedef VEC(policy_reading) policy_readings;

rc policy_decide(arena *a, fault *f, const policy *p, const policy_decision *d, const feel_context *inputs,
		 const feel_env *env, policy_readings *readings, feel_value *out) MUST_USE;

rc policy_above_add(arena *a, fault *f, const policy *p, const policy_decision *d, const feel_context *inputs,
		    const feel_env *env, policy_readings *readings, feel_context *out) MUST_USE;
