/* todo.h - the work list of an import as a sheet: who still lacks what, to be handed to those who can ask. */
#pragma once
#include "app/intake/intake.h"

typedef struct todo_ask {
	const actor *who;
	int64_t import, now;
	msg_lang lang;
	str path; /* of the workbook */
} todo_ask;

/* A command, before the sheet is written: one look at the list. */
rc todo_look_run(tx *t, const void *in, void *out) MUST_USE;

/* Row of the sheet it came from, name, village, and what is missing today. *n: people written.
 * RC_NOT_FOUND: no such import of his office. */
rc todo_write(db *d, arena *a, fault *f, const todo_ask *ask, int64_t *n) MUST_USE;

/* What is missing, in words: "有效期、照片". */
str todo_words(arena *a, msg_lang lang, int64_t missing);
