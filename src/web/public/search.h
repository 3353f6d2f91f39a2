/* search.h - the search on the front door: services and pages of help, by what people call them.
 *
 * A query fits a text when the text has it, in characters or in toneless pinyin, whatever its spaces,
 * punctuation and letters are; or when at least half of the query's neighbouring pairs of characters are in
 * it, as of a whole question. */
#pragma once
#include "base/str.h"

typedef struct search_text {
	str name;        /* what it is called */
	const str *also; /* other words for it */
	size_t nalso;
	str body; /* what is said of it */
} search_text;

/* How well: 0 not at all; in the body 1, by pairs up to 2, by pinyin 3, by another word 4, by its name 5. */
int search_fits(arena *a, str query, const search_text *t);
