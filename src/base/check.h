/* check.h - numbers with a check character that are not a person's: organisations, bank cards, case numbers.
 *
 * All of these take clean text (utf8.h) as typed: full-width forms, spaces, hyphens and lower case are folded
 * first. */
#pragma once
#include "base/buf.h"
#include "base/fault.h"

enum { ORG_CODE = 18, CARD_MIN = 12, CARD_MAX = 19 };

/* The 31 characters of GB 32100-2015: digits and capitals without I, O, S, V, Z, which look like others.
 * Random parts of public numbers are drawn from them too. */
extern const char check31_alphabet[32];

/* The character that makes `body` (1 to 30 of the 31 characters) verifiable: weights 3^i mod 31 as in GB
 * 32100, which finds every single wrong character and every swap of two. '\0' when `body` holds anything
 * else. */
char check31(str body);

/* Unified social credit code 统一社会信用代码: 17 characters and check31 of them. *out is the code in its one
 * form. RC_INVALID: org.length, org.characters, org.check. */
rc org_code_parse(arena *a, fault *f, str raw, str *out) MUST_USE;

/* Bank card: 12 to 19 digits that pass Luhn's test (ISO/IEC 7812-1). Old passbooks have no check digit: the
 * caller that accepts those does not ask. RC_INVALID: card.length, card.characters, card.check. */
rc card_parse(arena *a, fault *f, str raw, str *out) MUST_USE;

/* The check digit that completes `digits`; '\0' when there is anything but digits. */
char luhn_digit(str digits);

/* "****1234": all that a screen or a log shows of a card. */
str card_mask(arena *a, str card);
