/* sheet_child.h - reading an uploaded sheet in a confined child: the bytes of a stranger meet the parsers of
 * zip, XML and encodings in a process that has nothing to lose.
 *
 *   server                                      zhucan parse-sheet
 *   sheet_child_read ---- the file (fd 0) ----> sheet_child_main
 *   tabs, rows, or a fault <---- records (fd 1) ---- sheet.h
 *
 * What comes back is checked like any other input from outside: a child taken over can give wrong rows, never
 * a wrong pointer, length or message. */
#pragma once
#include "io/sheet.h"

enum { SHEET_FIRST = -1 }; /* the first tab that is not hidden */

typedef struct sheet_ask {
	int32_t tab; /* from 0, or SHEET_FIRST */
	size_t rows; /* stop after so many, for a preview; 0: all */
	sheet_limits most;
	size_t memory; /* bytes of address space for the child; 0: no limit */
	uint32_t wall; /* milliseconds */
} sheet_ask;

#define SHEET_MEMORY (SANITIZED ? 0 : 1u << 30)

#define SHEET_ASK                                                                                            \
	((sheet_ask){.tab = SHEET_FIRST, .most = SHEET_LIMITS, .memory = SHEET_MEMORY, .wall = 60000})

typedef struct sheet_tab {
	str name;
	bool hidden;
} sheet_tab;

typedef struct sheet_tabs {
	sheet_format format;
	size_t n;
	const sheet_tab *tab; /* in the caller's arena */
} sheet_tabs;

/* Takes one row, good until it returns; anything but RC_OK ends the reading and becomes the answer. */
typedef rc (*sheet_sink)(void *p, fault *f, const cell_row *row);

/* Reads the sheet in `fd`, from where it stands, by a child. *tabs may be NULL.
 * The faults of sheet.h, as the child had them; RC_INVALID sheet.tab (there is no such tab), and of
 * sandbox.h. */
rc sheet_child_read(arena *a, fault *f, int fd, const sheet_ask *ask, sheet_sink each, void *p,
		    sheet_tabs *tabs) MUST_USE;

/* The whole life of the child: `main` calls it when its first argument is SHEET_CHILD and ends with what it
 * answers. */
#define SHEET_CHILD "parse-sheet"
int sheet_child_main(int argc, char **argv);

/* What the server makes of the bytes a child wrote: for the fuzzer, which plays the child. */
rc sheet_child_decode(arena *a, fault *f, str bytes, const sheet_ask *ask, sheet_sink each, void *p) MUST_USE;

/* Is this message among those a child may send?  Any other becomes sandbox.confused. */
bool sheet_child_may_say(str id);
