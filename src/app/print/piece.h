/* piece.h - what the register says of a person, put into the boxes of a layout. */
#pragma once
#include "app/intake/record.h"
#include "app/print/layout.h"

typedef struct print_ask {
	const print_layouts *layouts;
	const print_layout *layout;
	const field_regions *regions;
	str office; /* 文书.机关: who issues */
	int64_t now;
	msg_lang lang; /* of names in refusals; what is printed is Chinese */
} print_ask;

/* The record's first certificate is the one that is printed. `photo`: its bytes as they were kept, or empty.
 * RC_INVALID print.empty, print.no_photo, print.photo_kind, paper.broken; RC_LIMIT as feel_eval; seal_open's.
 */
rc print_piece(arena *a, fault *f, const print_ask *ask, const record *r, str photo,
	       overprint_piece *out) MUST_USE;

/* The boxes with their names and no text: for the ruler page. */
void print_piece_empty(arena *a, const print_layout *layout, msg_lang lang, overprint_piece *out);
