/* press.h - from certificates to the file that goes to the printer, piece by piece as the register stands.
 *
 * Each piece is read in a snapshot of its own, so a thousand of them hold nobody up. Not on a net thread. */
#pragma once
#include "app/card/card.h"
#include "app/kase/kase.h"

typedef struct press_config {
	store *s;
	const print_layouts *layouts;
	const kase_house *house; /* which papers of which services are portraits */
	str papers;              /* the site's folder */
	const actor *who;
	int64_t now;
	msg_lang lang;
	bool live; /* else each piece bears a sample mark */
} press_config;

typedef struct press press;

/* Reads what all pieces share: who issues, the names of his divisions. */
rc press_open(arena *a, fault *f, const press_config *c, press **out) MUST_USE;

typedef struct press_trial {
	str why;    /* it cannot be printed; empty: it can */
	bool photo; /* the register has one */
} press_trial;

/* Can each be printed with this layout, all of them in one file?  A fault of one is said in its place. */
rc press_try(press *p, arena *a, fault *f, const print_layout *layout, const card_item *v, size_t n,
	     press_trial *out) MUST_USE;

/* The file of a batch, from its `from`-th piece on. RC_CONFLICT card.gone with {name}: one is no longer
 * valid. */
rc press_batch(press *p, arena *a, fault *f, const card_batch *b, int64_t from, pdf_file *out) MUST_USE;

/* The ruler page of a layout on a printer (NULL: one that is not off). */
rc press_ruler(press *p, arena *a, fault *f, const print_layout *layout, const card_printer *printer,
	       pdf_file *out) MUST_USE;
