/* difference.h - what differs between two texts, line by line. */
#pragma once
#include "base/str.h"
#include "base/vec.h"

typedef enum line_fate { LINE_KEPT, LINE_GONE, LINE_NEW } line_fate;

typedef struct text_line {
	line_fate fate;
	int64_t before, after; /* its number in either text, from 1; 0: it is not there */
	str text;              /* without its line end */
} text_line;

typedef VEC(text_line) text_lines;

/* Every line of both, in an order in which both can be read: with as few as possible gone and new, those gone
 * before those new. Beyond some thousands of differing lines the middle is told as replaced whole. */
void text_difference(arena *a, str before, str after, text_lines *out);
