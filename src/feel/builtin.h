/* builtin.h - what the files of built-in functions share: reading arguments, and one table a file. */
#pragma once
#include "feel/priv.h"

/* Each table ends with an empty row. */
extern const builtin builtin_numbers[], builtin_strings[], builtin_lists[], builtin_contexts[],
	builtin_dates[], builtin_ranges[];

/* The argument as what is asked for; a list of one counts as its element. */
bool arg_number(feel_value v, dec *out);
bool arg_int(feel_value v, int64_t *out);
bool arg_place(feel_value v, int64_t *out); /* a position or a length: a fraction is cut off */
bool arg_text(feel_value v, str *out);
/* A list as it is, anything but null as a list of one; false for null. */
bool arg_list(run *r, feel_value v, feel_value *out);
/* f(list) and f(a, b, c) alike. */
bool arg_items(run *r, const feel_value *arg, size_t n, feel_value *out);

/* A null because an argument is null or of the wrong kind. */
feel_value bad_argument(run *r, const node *at, feel_value v);
feel_value number_or_null(run *r, const node *at, dec v);

/* regex.c: false with the null to give in `why` when pattern or flags are wrong or the match limit is
 * reached. */
typedef struct regex regex;
bool regex_open(run *r, const node *at, str pattern, str flags, regex **out, feel_value *why);
void regex_close(regex *re);
/* The next match at or after `from`; 1 found, 0 not, -1 limit. Groups: byte offsets, SIZE_MAX where not
 * taken. */
int regex_find(regex *re, str s, size_t from, const size_t **groups, size_t *ngroups);
