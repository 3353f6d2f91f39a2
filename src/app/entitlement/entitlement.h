/* entitlement.h - what somebody was entitled to for a month, as known on a day.
 *
 * Two times: a month is about facts and rules that held in it, and what was known of them on a day decides
 * what is paid. Asked again on a later day the same month may come to more or less; the difference is what
 * has to be paid or claimed back.
 *
 * - Who applied gets it from the month of his application on (当月计发), nothing before.
 * - A month in which he meets the conditions on any day is a month (次月停发): who loses them is paid for the
 *   last time for that month, and has to apply again.
 * - A month that has no answer is not known; it ends nothing.
 *
 * Nothing here reads the register or the clock. */
#pragma once
#include "app/policy/policy.h"
#include "base/vec.h"

/* An input of the policy as it held from a day to a day, known from a day on. INT32_MIN, INT32_MAX: open. */
typedef struct entitlement_fact {
	str name;
	feel_value value;
	int32_t from, to, known;
} entitlement_fact;

/* An application for whatever the policy gives. */
typedef struct entitlement_claim {
	int32_t day, known;
} entitlement_claim;

typedef struct entitlement_record {
	VEC(entitlement_fact)
	fact; /* of two that are known of a day the later known one holds, else the last */
	VEC(entitlement_claim) claim;
} entitlement_record;

typedef struct entitlement_ask {
	const policy *p; /* the lowest layer of the place, as known on the day (policy_as_known) */
	str decision;    /* of that layer; an amount */
	const entitlement_record *record;
	int32_t known;
	const feel_env *env;
} entitlement_ask;

enum { ENTITLEMENT_MONTHS_MAX = 1200 }; /* from the first application on */

/* The first day of the month from which an application of that day counts; `p` NULL: as where no policy says
 * it. */
int32_t entitlement_begins(const policy *p, int32_t application);

/* The last day of the last month that is paid to who lost what it rests on that day. */
int32_t entitlement_ends(const policy *p, int32_t loss);

/* `month`: any day of it. A number, or null where it is not known. RC_LIMIT entitlement.months: too long
 * after the first application; or as policy_explain. */
rc entitlement_month(arena *a, fault *f, const entitlement_ask *ask, int32_t month, feel_value *out) MUST_USE;
