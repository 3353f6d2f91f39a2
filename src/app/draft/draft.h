/* draft.h - a policy while it is changed: one text in versions, which undo and redo go along.
 *
 * A draft is of one layer of a policy and belongs to an office. Events: event.draft.opened, .changed,
 * .turned, .ended. */
#pragma once
#include "app/definition/definition.h"

/* What a step did. */
typedef enum draft_act {
	DRAFT_OPENED,
	DRAFT_ROW, /* changed, or new */
	DRAFT_ROW_GONE,
	DRAFT_ROW_MOVED,
	DRAFT_PERSON,
	DRAFT_PERSON_GONE,
	DRAFT_ARTICLE,
	DRAFT_ARTICLE_GONE,
	DRAFT_SHEET, /* the whole table, from a sheet */
	DRAFT_ROWS,  /* several rows at once; about: how many */
	DRAFT_ACTS,
} draft_act;

typedef struct draft_step {
	int64_t n, at; /* at: ms */
	draft_act act;
	str about, who, told;
} draft_step;

/* An open draft of the caller's office, as it stands. */
typedef struct draft {
	int64_t id, base, step;
	str layer, text;
	draft_step now;    /* the step that stands: who made it, and when */
	bool undo, redo;   /* there is something to be undone, done again: */
	draft_step behind; /* what redo does */
} draft;

/* RC_NOT_FOUND: the office has none open of this layer, or the caller may not edit. */
rc draft_read(db *d, arena *a, fault *f, const actor *who, str layer, draft **out) MUST_USE;

typedef struct draft_new {
	const actor *by;
	str layer, text;
	int64_t base;
} draft_new;

/* A command. Opens one, unless the office has one open. RC_DENIED draft.denied. */
rc draft_open(tx *t, const void *in, void *out) MUST_USE;

/* Of the commands below: RC_NOT_FOUND: no such draft of this office; RC_DENIED draft.denied; RC_CONFLICT
 * draft.moved (who): `seen` is not where it stands. */
typedef struct draft_change {
	const actor *by;
	int64_t draft, seen;
	draft_act act;
	str about, told, text;
} draft_change;

/* A command: the next step. */
rc draft_save(tx *t, const void *in, void *out) MUST_USE;

typedef struct draft_turn {
	const actor *by;
	int64_t draft, seen;
	bool redo;
} draft_turn;

/* A command. RC_INVALID draft.no_undo, draft.no_redo. */
rc draft_go(tx *t, const void *in, void *out) MUST_USE;

typedef struct draft_end {
	const actor *by;
	int64_t draft, seen;
	str sha256; /* of its text: it is proposed; empty: it is dropped */
} draft_end;

/* A command. *out: int64_t, the version proposed, or 0. RC_CONFLICT definition.same. */
rc draft_finish(tx *t, const void *in, void *out) MUST_USE;
