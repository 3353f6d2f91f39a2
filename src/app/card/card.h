/* card.h - certificates out of the printer: what waits, which blank carries what, what went wrong, printers.
 *
 * Waiting is every valid certificate that a case issued and that has no good card of that case; when a later
 * case renews it, it waits again. Who holds a certificate from before this program has his card: it is made
 * here only when somebody asks, with a reason. Commands for store_write; `by` needs certificate.print.
 * Events: event.card.printed, .spoilt, .printer_set, .printer_gone */
#pragma once
#include "app/card/blank.h"
#include "app/person/person.h"
#include "app/print/layout.h"

enum { CARD_BATCH_MAX = OVERPRINT_PIECES, CARD_OFFSET_MAX = 200, CARD_SCALE_OFF = 500 };

typedef enum card_state {
	CARD_IS_HERE = 1,
	CARD_IS_UNDERWAY,
	CARD_IS_HANDED,
	CARD_IS_SPOILT,
	CARD_IS_REMADE
} card_state;

/* lists/codes/category.yaml and cover.yaml */
enum { CATEGORY_VISUAL = 1, COVER_VISUAL = 1, COVER_OTHERS = 2 };

/* ---- what waits ---- */

typedef struct card_waiting {
	int64_t person, certificate, kase, category, generation, region;
	bool visual; /* has a visual component: may have the red one */
	str name, issued;
} card_waiting;

typedef VEC(card_waiting) card_waitings;

/* May a certificate have this cover?  Measures for the certificate, article 4. */
bool card_cover_ok(int64_t category, bool visual, int64_t cover);

typedef struct card_waiting_ask {
	str since, until; /* days of issue, both included */
	interval within;  /* of registration */
	int64_t n;        /* at most; by village and name */
} card_waiting_ask;

rc card_waiting_read(db *d, arena *a, fault *f, const actor *who, const card_waiting_ask *ask,
		     card_waitings *out) MUST_USE;

/* The valid certificate of a number, in any form people type it, within the divisions of who asks.
 * RC_INVALID: nid_parse's; RC_NOT_FOUND: nobody, or nothing valid. */
rc card_by_number(db *d, arena *a, fault *f, const actor *who, str number, int32_t today,
		  const person_ref **ref, card_waiting *out) MUST_USE;

/* ---- printers ---- */

typedef struct card_printer {
	int64_t id, x, y, scale;
	str name, layout;
} card_printer;

typedef VEC(card_printer) card_printers;

rc card_printers_read(db *d, arena *a, fault *f, const actor *who, card_printers *out) MUST_USE;

typedef struct card_printer_in {
	const actor *by;
	card_printer printer; /* id 0: a new one */
} card_printer_in;

/* RC_INVALID card.printer_name, card.printer_offset, card.printer_scale. RC_NOT_FOUND: not this office's. */
rc card_printer_set(tx *t, const void *in, void *out) MUST_USE; /* out: int64_t id */
rc card_printer_drop(tx *t, const void *in, void *out) MUST_USE;

/* ---- printing ---- */

typedef struct card_item {
	int64_t person, certificate;
} card_item;

typedef struct card_print_in {
	const actor *by;
	str layout;
	blank_stock stock;
	int64_t printer; /* 0: none is chosen */
	int64_t start;   /* place on the first sheet */
	str first;       /* the number of the first blank; empty: the next */
	str reason;      /* why again, of one; empty: for the first time */
	const card_item *v;
	size_t n;
} card_print_in;

/* Each certificate gets the next blank. What is made again is void from then on. *out: int64_t, the batch.
 * RC_DENIED card.denied. RC_INVALID card.nothing, card.many; blank_take's. RC_CONFLICT card.gone (no longer
 * valid, or of another generation), card.there (has a good card), card.cover, each with {name}. */
rc card_print(tx *t, const void *in, void *out) MUST_USE;

typedef struct card_ref {
	int64_t person, id;
} card_ref;

typedef struct card_spoil_in {
	const actor *by;
	str reason;
	const card_ref *v;
	size_t n;
} card_spoil_in;

/* Cards that lie at the office of `by`: the blank is void, the certificate waits again. RC_CONFLICT
 * card.moved. */
rc card_spoil(tx *t, const void *in, void *out) MUST_USE;

/* ---- batches ---- */

typedef struct card_batch {
	int64_t id, n, at, actor, printer, start;
	str layout;
} card_batch;

typedef VEC(card_batch) card_batches;

/* The latest `n` of his office; one of them, RC_NOT_FOUND. */
rc card_batches_read(db *d, arena *a, fault *f, const actor *who, int64_t n, card_batches *out) MUST_USE;
rc card_batch_find(db *d, arena *a, fault *f, const actor *who, int64_t id, card_batch *out) MUST_USE;

typedef struct card_view {
	int64_t person, id, certificate, run, serial, place, region, holder;
	card_state state;
	str name, spoilt, since, where; /* where: the office, of what was left lying */
} card_view;

typedef VEC(card_view) card_views;

/* The cards of a batch that was found, in the order of the printer. */
rc card_batch_cards(db *d, arena *a, fault *f, const actor *who, int64_t batch, card_views *out) MUST_USE;

/* Every look at who is printed: one at each, before the file is made. */
typedef struct card_look_in {
	const actor *by;
	int64_t batch;
} card_look_in;

rc card_look(tx *t, const void *in, void *out) MUST_USE;
