/* place_names.h - the full names of divisions shown lately, kept for a minute.
 *
 * A to-do list shows fifty places, and the name of each is four to eight reads: two thirds of the page. A
 * division that is renamed shows its old name for a minute longer. Bounded; threads share it. */
#pragma once
#include "base/str.h"

typedef struct place_names place_names;

enum { PLACE_NAMES_MS = 60 * 1000, PLACE_NAMES_MAX = 144 /* bytes; a longer one is never kept */ };

/* For house.places; ends with `a`. */
place_names *place_names_open(arena *a);

/* The name kept of this division, in `a`; false: none, or an older one. */
bool place_names_find(place_names *p, arena *a, int64_t code, int64_t now, str *out);
void place_names_keep(place_names *p, int64_t code, int64_t now, str name);
