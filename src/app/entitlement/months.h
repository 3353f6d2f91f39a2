/* months.h - months.csv: test persons of a policy with a life, and what each was entitled to in which month,
 * as known on which day. docs/policies.md describes the file.
 *
 *   测试人,类,名称,值,从,到,知道于,此前,说明
 *   甲,事实,低保家庭,是,2015-01-01,,,,
 *   甲,申请,,,2016-03-28,,,,
 *   甲,应得,生活补贴 护理补贴,150,2016-03,2016-12,2016-12-31,,
 *   乙,同,甲,,,,,,                                       乙 is as 甲 but for what follows
 *   乙,差额,生活补贴,40,2025-07,,2025-08-07,2025-08-06,  what is to be paid afterwards */
#pragma once
#include "app/entitlement/entitlement.h"

/* What the lines 应得 and 差额 say: the sum of the decisions in each month from `from` to `to`, as known on
 * `known`; of 差额 less that as known on `before`, and all months together. */
typedef struct months_want {
	str person;
	VEC(str) decision;
	feel_value value; /* a number or null */
	bool difference;
	int32_t from, to, known, before;
	size_t line;
} months_want;

typedef struct months_failure {
	const months_want *want;
	int32_t month;
	feel_value got;
} months_failure;

typedef struct months_trial {
	size_t persons, failed, wants;
	VEC(months_failure) failure;
} months_trial;

/* `text` may be empty. RC_INVALID csv.*, policy.tests.* with file and line; RC_LIMIT. */
rc months_try(arena *a, fault *f, const policy *p, str file, str text, const feel_env *env,
	      months_trial *out) MUST_USE;
