/* actor.h - who acts, from which post, and the one test whether he may.
 *
 * An actor is made from a session (app/account/session.h) or at the console, never from a request. Deny by
 * default: an actor of zeros may nothing, and a region that is not known is nobody's. */
#pragma once
#include "app/role/role.h"
#include "store/scope.h"

typedef enum actor_kind {
	ACTOR_NOBODY,
	ACTOR_APPLICANT, /* by phone or letter code; reaches his own records */
	ACTOR_STAFF,
	ACTOR_CONSOLE, /* who runs the program on the machine: makes the first office and account */
} actor_kind;

typedef struct actor {
	actor_kind kind;
	int64_t tenant, account;
	int64_t person; /* his own record in the register; 0: none, or not known yet */
	int64_t home;   /* the federation of that record; 0: the account's */
	str name;
	const role *role; /* NULL: signed in, but without a post */
	int64_t post;     /* the grant, or the delegation, that he acts by */
	int64_t office;
	office_level level; /* of the office */
	int64_t stands_for; /* the account whose post this is, when he deputises; else 0 */
	str line;           /* the business line he is limited to; empty: all of the role's */
	scope scope;
	perms perms;
	unsigned fields; /* field_class bits */
} actor;

/* An act at no place of the map: one's own records, a list of the whole site. What it then reaches is up to
 * statements of reach `self`, or to a list that is the same for all. */
enum { REGION_NONE = -1 };

/* May he do this here?  `region` is a 12-digit division code or REGION_NONE. */
bool may(const actor *who, perm p, int64_t region);

/* The same for a whole interval: a filter, a list, a grant. */
bool may_over(const actor *who, perm p, interval area);

/* Does his business line cover this one? */
bool actor_line_ok(const actor *who, str line);

static inline bool
actor_sees(const actor *who, field_class c)
{
	return (who->fields & (unsigned)c) != 0;
}

/* The console's actor in a tenant: offices and accounts, everywhere, nothing else. */
actor actor_console(int64_t tenant);
