/* floor.h - a floor that a layer sets for those below it.
 *
 *   <decision name="护理补贴标准下限">
 *     <extensionElements><zc:decision floor="护理补贴标准"/></extensionElements> …
 *
 * is a decision like any other, and says the least that a layer below may decide under that name. It is asked
 * with the lower layer's own decision for everybody whom the two can tell apart; where either has no answer
 * nothing is below. */
#pragma once
#include "app/policy/policy.h"
#include "base/vec.h"

/* Somebody to whom a layer gives less. */
typedef struct policy_below {
	const policy *above; /* whose floor it is */
	const policy_decision *floor, *decision;
	feel_value least, given;
	feel_context person;
} policy_below;

typedef VEC(policy_below) policy_belows;

enum { POLICY_FLOOR_PERSONS = 200000 };

/* One person for each decision of `p` that falls below a floor of a layer above. Persons are put together
 * from the classes of the tables' columns, and of an input that is no column from what the test persons of
 * `p` give. `many`: the first decision with more of them than POLICY_FLOOR_PERSONS, of whom only so many were
 * asked; NULL: none. RC_LIMIT. */
rc policy_below_floors(arena *a, fault *f, const policy *p, const feel_env *env, policy_belows *out,
		       const policy_decision **many) MUST_USE;

/* 残疾等级 = "一级", 城乡 = "城镇" */
str policy_below_person(arena *a, const policy_below *x);
