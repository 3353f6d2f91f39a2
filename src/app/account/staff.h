/* staff.h - the accounts of a federation, as an administrator or an auditor sees them.
 *
 * An account is seen by who holds account.read over the area of one of its posts; in a house that is no
 * federation only the posts of that house count. One without a post is seen in its own federation, so that
 * somebody can give it its first. What is not seen is not there. */
#pragma once
#include "app/role/actor.h"
#include "base/vec.h"
#include "store/db.h"

typedef struct staff_post {
	int64_t id, office;
	str role, office_kind, office_name, line;
	interval area;
	bool sensitive;
	str from, until; /* days; until empty: open */
} staff_post;

typedef VEC(staff_post) staff_posts;

typedef struct staff_member {
	int64_t tenant, id;
	str login, name;
	bool factor; /* has a second factor */
	staff_posts posts;
} staff_member;

typedef VEC(staff_member) staff_members;

typedef struct staff_ask {
	const actor *who;
	int64_t tenant;
	int32_t today;
} staff_ask;

/* By sign-in name; accounts that are closed, and those of applicants, are never among them. */
rc staff_list(db *d, arena *a, fault *f, const staff_ask *ask, staff_members *out) MUST_USE;

/* RC_NOT_FOUND: none that this actor sees. */
rc staff_find(db *d, arena *a, fault *f, const staff_ask *ask, int64_t id, staff_member *out) MUST_USE;

/* When it last signed in, ms; 0: never. */
rc staff_entered(db *d, arena *a, fault *f, const staff_member *m, int64_t *at) MUST_USE;

/* Deputies for the account's posts, and those it stands in for, today or later. */
typedef struct staff_deputy {
	int64_t id, post, deputy, holder; /* accounts */
	str role, from, until;
	bool leave;
} staff_deputy;

typedef VEC(staff_deputy) staff_deputies;

rc staff_deputies_of(db *d, arena *a, fault *f, const staff_ask *ask, int64_t account,
		     staff_deputies *out) MUST_USE;
