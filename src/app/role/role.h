/* role.h - roles as data: what each may do, which fields it sees, in which offices it can be held.
 *
 * lists/roles.yaml is read once, when the program starts, into an immutable `roles`. A role is not a right by
 * itself: an account holds it through a dated grant (app/account/grant.h), and only may() (actor.h) asks. */
#pragma once
#include "app/role/perm.h"
#include "base/fault.h"
#include "base/str.h"

/* A set of permissions. */
typedef struct perms {
	uint64_t w[2];
} perms;

_Static_assert(PERM_COUNT <= 128, "perms has 128 bits");

static inline bool
perms_has(const perms *s, perm p)
{
	return p < PERM_COUNT && (s->w[p / 64] >> (p % 64) & 1);
}

static inline void
perms_add(perms *s, perm p)
{
	s->w[p / 64] |= UINT64_C(1) << (p % 64);
}

str perm_name(perm p);
bool perm_find(str name, perm *out);

/* Classes of fields, least to most; `secret` is shown to nobody and has no bit. */
typedef enum field_class {
	FIELD_PUBLIC = 1,
	FIELD_INTERNAL = 2,
	FIELD_PERSONAL = 4,
	FIELD_SENSITIVE = 8
} field_class;

/* Levels as in region.level and office.level. */
typedef enum office_level {
	LEVEL_NATION,
	LEVEL_PROVINCE,
	LEVEL_CITY,
	LEVEL_COUNTY,
	LEVEL_TOWNSHIP,
	LEVEL_VILLAGE,
	LEVELS
} office_level;

/* What kind of body an office is. */
typedef enum office_kind {
	OFFICE_FEDERATION,
	OFFICE_COMMITTEE,
	OFFICE_HOSPITAL,
	OFFICE_CIVIL_AFFAIRS,
	OFFICE_INSTITUTION,
	OFFICE_TOWNSHIP,
	OFFICE_VILLAGE,
	OFFICE_KINDS
} office_kind;

extern const str level_names[LEVELS];             /* "nation" … "village" */
extern const str office_kind_names[OFFICE_KINDS]; /* "federation" … "village" */

enum { ROLES_MAX = 64, LINES_MAX = 32 };

typedef struct roles roles;

typedef struct role {
	const roles *all; /* that it is one of */
	unsigned number;  /* its place in roles.v, and its bit in not_with and grants */
	str id, zh, en;
	perms perms;
	unsigned fields;    /* field_class bits; FIELD_SENSITIVE only with a grant that says so */
	unsigned levels;    /* bit 1 << level: offices it can be held in */
	unsigned kinds;     /* bit 1 << office_kind */
	uint32_t lines;     /* bit of each business line; 0 for a role over one's own records */
	bool own;           /* reaches one's own records only; held by being an applicant, never granted */
	bool second_factor; /* signs in with a second factor or not at all */
	uint64_t not_with;  /* roles one person cannot hold beside it */
	uint64_t grants;    /* roles that its holder may give */
} role;

/* A business line (业务线): a part of the work that a grant may be limited to. */
typedef struct business_line {
	str id, zh, en;
} business_line;

struct roles {
	const role *v;
	size_t n;
	const business_line *line;
	size_t nlines;
};

/* Reads the text of lists/roles.yaml, called `file` in faults, into `a`; every text is copied.
 * RC_INVALID: yaml.*, or role.* with file, line and what to do. RC_LIMIT: yaml.size, yaml.depth, role.many.
 */
rc roles_load(arena *a, fault *f, str file, str text, const roles **out) MUST_USE;

const role *role_find(const roles *all, str id); /* NULL: there is none */
bool role_excludes(const role *x, const role *y);
bool role_grants(const role *x, const role *y);

/* Is it a line at all, and one of the role's?  The empty line stands for all lines of the role. */
bool role_has_line(const roles *all, const role *r, str line);
