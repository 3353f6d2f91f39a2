/* fen.h - money: int64 counts of fen (1/100 yuan), never a float; every sum is checked for overflow.
 *
 * The largest amount is 92 quadrillion yuan: an overflow is a wrong input or a broken rule, and is refused.
 */
#pragma once
#include "base/str.h"

enum { FEN_PER_YUAN = 100 };
enum { FEN_TEXT = 32 }; /* any amount with grouping and a NUL */

/* False when the result does not fit; *out is then untouched. */
bool fen_add(int64_t x, int64_t y, int64_t *out) MUST_USE;
bool fen_sub(int64_t x, int64_t y, int64_t *out) MUST_USE;
bool fen_mul(int64_t x, int64_t times, int64_t *out) MUST_USE;

/* amount × num / den, rounded half away from zero to a multiple of `unit` fen (1: to the fen, 100: to the
 * yuan). den and unit are above 0. "30 % of the living standard, to the yuan" is fen_share(standard, 30, 100,
 * 100, &out). */
bool fen_share(int64_t amount, int64_t num, int64_t den, int64_t unit, int64_t *out) MUST_USE;

/* "1234", "1234.5", "1,234.50", "-0.05" in yuan. False for a third decimal, a comma out of place, a sign + or
 * ¥, an amount too large, the empty text. */
bool fen_parse(str s, int64_t *out);

/* "1234.50": always two decimals, no grouping: for files. Points into `out`. */
str fen_text(int64_t fen, char out[FEN_TEXT]);
str fen_str(arena *a, int64_t fen);
/* "1,234.50": for people. */
str fen_grouped(arena *a, int64_t fen);
/* 壹仟贰佰叁拾肆元伍角整: the form that vouchers carry beside the figures (rules of the People's Bank for
 * bills). */
str fen_capital(arena *a, int64_t fen);
