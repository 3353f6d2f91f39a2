/* grant.h - posts: a role in an office over an interval, for a business line, from a day to a day; and the
 * deputies who act from somebody else's post (AB 角, leave).
 *
 * Commands for store_write. Dates are half open: `until` is the first day on which it no longer holds. All
 * checks are made again inside the transaction.
 *
 * Events: event.post.given, event.post.ended, event.deputy.named, event.deputy.ended */
#pragma once
#include "app/role/actor.h"
#include "store/rows.h"

typedef struct grant_new {
	const actor *by;
	const roles *roles;
	int64_t tenant, account, office;
	str role;
	interval area;       /* inside the office's jurisdiction; {0, 0}: all of it */
	str line;            /* empty: all lines of the role */
	bool sensitive;      /* sees sensitive fields, where the role may */
	int32_t from, until; /* days; until DATE_NONE: open */
} grant_new;

/* *out (int64_t) is the post's id. For a jurisdiction of several intervals one row is given for each; *out is
 * the first.
 * RC_NOT_FOUND: no such open account or office. RC_DENIED: grant.self, grant.denied (not his to give, or not
 * here), grant.outside (the actor's own office is no federation and this is another office).
 * RC_INVALID: grant.role, grant.own, grant.office (kind or level), grant.area, grant.line, grant.sensitive,
 * grant.dates.
 * RC_CONFLICT: grant.twice; grant.exclusive with {role} and {held}. */
rc grant_give(tx *t, const void *in, void *out) MUST_USE;

typedef struct grant_end {
	const actor *by;
	const roles *roles;
	int64_t tenant, id;
} grant_end;

/* Ends today, with its deputies. RC_NOT_FOUND; RC_DENIED as above. */
rc grant_take(tx *t, const void *in, void *out) MUST_USE;

enum { DEPUTY_DAYS_MAX = 366 };

typedef struct deputy_new {
	const actor *by; /* the holder himself, or who could have given the post */
	const roles *roles;
	int64_t tenant, post, account;
	interval area; /* {0, 0}: the whole post */
	bool leave;    /* for an absence; else the standing deputy */
	int32_t from, until;
} deputy_new;

/* *out (int64_t) is its id, from which the deputy acts. RC_NOT_FOUND: no such post today, or no such account.
 * RC_DENIED deputy.denied. RC_INVALID: deputy.self, deputy.area, deputy.dates. RC_CONFLICT: grant.exclusive,
 * grant.twice. */
rc deputy_name(tx *t, const void *in, void *out) MUST_USE;

/* By the holder, the deputy, or who could have given the post. */
rc deputy_end(tx *t, const void *in, void *out) MUST_USE;

/* Two accounts turn out to be one person's: does he hold what nobody may hold together?
 * RC_CONFLICT grant.exclusive. */
rc grant_check_person(tx *t, const roles *all, const row_account *a) MUST_USE;
