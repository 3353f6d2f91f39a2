/* demo.h - a complete site of invented people in real divisions, made through the public commands. */
#pragma once
#include "app/region/region.h"
#include "app/role/role.h"
#include "app/site/site.h"
#include "base/vec.h"
#include "io/pack.h"

typedef struct demo_account {
	str login, role, name;
} demo_account;

/* Where cases stand, and which acts were done, when the demo is made. */
typedef struct demo_stage {
	str service;
	str stage; /* the step, the outcome, "draft", "applicant" or "void" */
	str act;   /* an act done in that step; empty: cases stand there now */
	int64_t n;
} demo_stage;

typedef struct demo_made {
	str password; /* of every account */
	VEC(demo_account) accounts;
	int64_t divisions, definitions, people, cases;
	str phone;              /* of an applicant who has something to do; empty: none filed himself */
	int64_t overdue;        /* cases whose step should have been done before today */
	VEC(demo_stage) stages; /* in `a` of demo_make */
	VEC(str) untold;        /* services without a story in lists/demo/cases/ */
} demo_made;

typedef struct demo_ask {
	const pack *pack;
	const roles *roles;
	int64_t (*wall)(void);
	str dir;
	str database, keys; /* as in site_new; empty: files in the folder */
	const region_numbers
		*provinces; /* only these divisions are loaded; NULL: the nation and the fictitious 99 */
	int64_t per_county; /* people in each county; 0: as lists/demo/site.yaml says */
	void (*say)(void *ctx, const char *step); /* progress; a message id */
	void *ctx;
} demo_ask;

/* Makes the folder and everything in it. RC_CONFLICT site.exists; the commands' own faults are a defect of
 * the lists. */
rc demo_make(arena *a, fault *f, const demo_ask *ask, demo_made *out) MUST_USE;

/* The accounts of the demo site, as the list names them: for the line that is printed at start. */
rc demo_accounts(arena *a, fault *f, const pack *p, demo_made *out) MUST_USE;
