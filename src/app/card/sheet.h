/* sheet.h - a list of cards as paper: the one on which holders sign, the one that goes with cards to an
 * office. */
#pragma once
#include "app/card/handover.h"
#include "io/pack.h"

typedef struct card_sheet {
	const pack *pack; /* lists/print/receipt.doc, transfer.doc */
	const card_list *list;
	const card_views *cards;
	const blank_book *blanks;
	str (*village)(void *ctx, int64_t region);
	void *ctx;
	int64_t now;
} card_sheet;

/* Failures as pdf_text and pdf_make. */
rc card_sheet_make(arena *a, fault *f, const card_sheet *k, pdf_file *out) MUST_USE;
