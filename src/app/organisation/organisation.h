/* organisation.h - offices: the bodies that act, where each stands and which divisions are its own.
 *
 * Commands for store_write. The actor `by` needs office.write for the office's region. An office stands in a
 * federation's tenant; its jurisdiction is its own division, or the areas written for it.
 * Events: event.office.opened, event.office.changed, event.office.closed */
#pragma once
#include "app/role/actor.h"
#include "base/vec.h"
#include "store/rows.h"

/* The codes of a division and of all below it: 420102000000 is [420102000000, 420103000000); 0 is the nation.
 */
interval division_interval(int64_t code);

enum { OFFICE_NAME_MAX = 60, OFFICE_AREAS_MAX = 32 };

typedef struct office_new {
	const actor *by;
	int64_t tenant;
	office_kind kind;
	office_level level;
	int64_t region;
	str name, phone, address;
	scope areas; /* none: its own division */
} office_new;

/* *out (int64_t) is the new office's id. RC_DENIED office.denied. RC_INVALID office.tenant, .level, .region,
 * .name, .phone, .address, .areas. */
rc office_open(tx *t, const void *in, void *out) MUST_USE;

/* Everything that may change, as it shall be from now on; kind, level and region stay. */
typedef struct office_edit {
	const actor *by;
	int64_t tenant, id;
	str name, phone, address;
	scope areas;
} office_edit;

/* RC_NOT_FOUND: no such open office in `by`'s reach. RC_INVALID as above; RC_CONFLICT office.area_held: a
 * grant stands on an area that would go. */
rc office_change(tx *t, const void *in, void *out) MUST_USE;

typedef struct office_end {
	const actor *by;
	int64_t tenant, id;
} office_end;

/* RC_CONFLICT office.held: somebody still has a post in it. */
rc office_shut(tx *t, const void *in, void *out) MUST_USE;

/* The office, when it is open. RC_NOT_FOUND: closed, or never there. */
rc office_find(tx *t, int64_t tenant, int64_t id, row_office *out) MUST_USE;

/* ---- reads, for pages ---- */

typedef struct office_view {
	int64_t tenant, id, region;
	office_kind kind;
	office_level level;
	str name, phone, address;
	scope areas; /* written for it; none: its own division */
} office_view;

typedef VEC(office_view) office_views;

/* The open offices of a federation that stand in the actor's divisions, by division; `areas` stays empty. */
rc office_list(db *d, arena *a, fault *f, const actor *who, int64_t tenant, office_views *out) MUST_USE;
/* RC_NOT_FOUND: closed, or outside them. */
rc office_read(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id,
	       office_view *out) MUST_USE;

/* Its jurisdiction, sorted, in the command's arena. */
rc office_scope(tx *t, const row_office *o, scope *out) MUST_USE;

/* Is the interval inside one of the scope's? */
bool scope_covers(const scope *s, interval area);
