/* dec.h - decimal numbers of 34 digits (IEEE 754 decimal128), rounded half to even, by value.
 *
 * A number keeps its scale as written: 1.10 prints "1.10" and equals 1.1. What has no finite answer (1/0, the
 * root of a negative, overflow) is a number for which dec_finite is false; callers ask once, at the end.
 * Sums, products and comparisons of whole numbers, and of equal scales, take a path of plain 64-bit integers;
 * everything else is Intel's decimal floating-point library. Nothing here is global. */
#pragma once
#include "base/str.h"

typedef struct dec {
	_Alignas(16) uint64_t w[2];
} dec;

enum { DEC_TEXT = 64, DEC_DIGITS = 34, DEC_SCALE_MAX = 6176, DEC_SCALE_MIN = -6111 };

typedef enum dec_round {
	DEC_HALF_EVEN,
	DEC_FLOOR,     /* towards minus infinity */
	DEC_CEILING,   /* towards plus infinity */
	DEC_DOWN,      /* towards zero */
	DEC_HALF_UP,   /* nearest, ties away from zero */
	DEC_UP,        /* away from zero */
	DEC_HALF_DOWN, /* nearest, ties towards zero */
} dec_round;

dec dec_i64(int64_t v);

/* A whole number within int64, exactly; false for a fraction, for what is too large and for what is not
 * finite. */
bool dec_to_i64(dec x, int64_t *out);

/* "[-]digits[.digits][e[+-]digits]", also ".5"; false for anything else and for what does not fit. More than
 * 34 digits are rounded. */
bool dec_parse(str s, dec *out);

/* Plain digits while they fit 60 characters ("0.05", "1000"), beyond that "1.5E+400"; returns a str that
 * points into `out`. Zeros at the end of a fraction are left out where they alone make it too long. Not
 * finite gives "". */
str dec_text(dec x, char out[DEC_TEXT]);

bool dec_finite(dec x);
bool dec_is_zero(dec x);
bool dec_is_int(dec x);
bool dec_negative(dec x); /* below zero; false for -0 */

dec dec_add(dec x, dec y);
dec dec_sub(dec x, dec y);
dec dec_mul(dec x, dec y);
dec dec_div(dec x, dec y);
dec dec_neg(dec x);
dec dec_abs(dec x);

/* < 0, 0, > 0; both must be finite. The scale does not matter: 1.0 equals 1. */
int dec_cmp(dec x, dec y);

/* x - y × floor(x / y): the sign of y, as FEEL's modulo. */
dec dec_modulo(dec x, dec y);

/* Whole exponents are exact while the answer has 34 digits. */
dec dec_pow(dec x, dec y);
dec dec_sqrt(dec x);
dec dec_exp(dec x);
dec dec_log(dec x); /* natural */

/* To `scale` digits after the point (negative: tens, hundreds). The answer has exactly that scale where 34
 * digits suffice; a number that has fewer decimals than could be shown stays as it is. Not finite when the
 * scale is outside DEC_SCALE_MIN..DEC_SCALE_MAX. */
dec dec_to_scale(dec x, int32_t scale, dec_round mode);

/* Without the zeros at the end of the fraction: 1.500 gives 1.5, 2.0 gives 2, 100 stays 100. */
dec dec_trim(dec x);

/* Digits after the point as kept: 2 for 1.10; negative for 1E3. */
int32_t dec_scale(dec x);

/* The nearest double, for statistics and tests only. */
double dec_to_double(dec x);
