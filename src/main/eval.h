/* eval.h - what the commands that evaluate share: their input, their present time, their stack, and saying
 * why a value is null. */
#pragma once
#include "app/value/value.h"
#include "main/cli.h"

/* What an option or a word holds: the text itself, @FILE, or - for standard input, which must be UTF-8.
 * RC_NOT_FOUND cli.no_file; RC_LIMIT file.size: more than `max` bytes; RC_INVALID text.utf8; RC_IO */
rc eval_input(cli *c, str word, size_t max, str *out) MUST_USE;

/* A word as it stands, if it is UTF-8. RC_INVALID text.utf8. */
rc eval_text(cli *c, str word, str *out) MUST_USE;

/* now: --clock, else the clock of the site, else the machine's where no site stands and none was asked for.
 * At the offset of China. RC_INVALID cli.clock, or site_open's. */
rc eval_now(cli *c, feel_value *out) MUST_USE;

/* Says on standard error why a value, or something in it, is null. A null that was written has no reason. */
void eval_reasons(cli *c, feel_value v);

/* Runs it on a stack that the deepest evaluation fits on, whatever limit the shell has set. */
int eval_deep(cli *c, int (*run)(cli *c));

/* What one evaluation may take. */
enum { EVAL_MEMORY = 512 << 20 };
