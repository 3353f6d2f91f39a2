/* merge.h - two records of one person made one, and apart again: his number or his name had changed.
 *
 * One record is kept. The other stays as it is, with its places, facts and certificates, and says in
 * merged_into where he goes on; its numbers lead to the kept one, its name no longer finds it. Undoing puts
 * all of that back exactly. Each record gets an event of its own, sealed with its own person's key, so that
 * shredding one leaves the history of the other readable. */
#pragma once
#include "app/person/person.h"

typedef struct person_merge {
	const person_ref *kept, *gone;
	const actor *by;
	str purpose; /* what for, and why they are one person */
} person_merge;

/* A command. Events person.merged (of the one that goes), person.took_in (of the kept one).
 * RC_NOT_FOUND: one of them is not there, or shredded. RC_DENIED person.write_denied. RC_INVALID merge.same
 * (one record twice), merge.tenants (of two federations: one of them moves first), merge.purpose.
 * RC_CONFLICT merge.already (one of them is merged), merge.has_others (others were merged into the one that
 * would go). */
rc person_merge_run(tx *t, const void *in, void *out) MUST_USE;

/* A command: apart again. Events person.unmerged, person.gave_back. RC_CONFLICT merge.not: they are not
 * merged this way. Otherwise as above. */
rc person_unmerge_run(tx *t, const void *in, void *out) MUST_USE;

/* Says that person_merged_into will be asked (db_ahead). */
void person_merged_ahead(db *d, const person_ref *kept);

/* The records that were merged into this one: whoever may read it may read them. */
rc person_merged_into(db *d, arena *a, fault *f, const person_ref *kept, person_refs *out) MUST_USE;

/* The record that this one was merged into; NULL: none. */
rc person_merged_to(db *d, arena *a, fault *f, const person_view *p, const person_ref **out) MUST_USE;
