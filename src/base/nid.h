/* nid.h - identity numbers of persons (GB 11643-1999, check by ISO 7064 MOD 11-2) and the disability
 * certificate numbers built on them.
 *
 *   110105 19491231 002 X        division at birth, day of birth, sequence (odd male, even female), check
 *   110105 19491231 002 X  4 2 B1    certificate: identity number, category 1-7, level 1-4, re-issue
 *
 * The division is the county at birth, often a retired code: it is never compared with today's list. Only its
 * first two digits, the province, are checked: those codes never changed their meaning.
 *
 * Everything here takes clean text (utf8.h). Faults carry no part of a number that could name a person. */
#pragma once
#include "base/date.h"
#include "base/fault.h"

enum { NID_LEN = 18, NID_OLD_LEN = 15 };
enum { NID_OLDEST = 150 }; /* years: a day of birth further back is a slip of the pen */

typedef enum nid_kind {
	NID_CITIZEN,   /* 11..71 */
	NID_PERMIT,    /* 81, 82, 83: residence permit of residents from Hong Kong, Macau, Taiwan */
	NID_FOREIGNER, /* 9 and a province: permanent residence card, 2023 edition (shape documented, 75 %
			  sure) */
	NID_DEMO,      /* 99: belongs to nobody; a live site refuses it */
} nid_kind;

typedef enum nid_sex { NID_MALE = 1, NID_FEMALE = 2 } nid_sex; /* codes of GB/T 2261.1 */

typedef struct nid {
	char text[NID_LEN + 1]; /* capitals, NUL at the end */
	int32_t born;
	nid_sex sex;
	nid_kind kind;
	bool was_old; /* given with 15 digits: keep the given form as an alias */
} nid;

static inline str
nid_str(const nid *n)
{
	return (str){n->text, NID_LEN};
}

/* What people type and sheets hold, brought to the one form: full-width digits, spaces, hyphens, the
 * apostrophe that makes a spreadsheet keep digits, lower-case x. Does not judge. */
str nid_fold(arena *a, str raw);

/* Reads a number of 18 characters, or of 15 (before 1999: the century 19 goes in and the check character is
 * made). `today` bounds the day of birth. RC_INVALID, the first that applies: nid.length      neither 18 nor
 * 15 characters nid.characters  not digits, or an X before the end nid.province    the first two digits are
 * no province nid.date        no such day, or more than 150 years ago nid.future      born after today
 *   nid.check       the last character does not fit: one is mistyped, or two are swapped */
rc nid_parse(arena *a, fault *f, str raw, int32_t today, nid *out) MUST_USE;

/* The check character of 17 digits; '\0' when they are not 17 digits. */
char nid_check(str body);

/* "110105********002X". Of a text that is no identity number it leaves at most the first and last two
 * characters. */
str nid_mask(arena *a, str number);

enum { CERT_CATEGORIES = 7, CERT_LEVELS = 4, CERT_REISSUES = 99 };

typedef struct cert_no {
	nid holder;
	int32_t category; /* 1 sight 2 hearing 3 speech 4 limb 5 intellectual 6 mental 7 multiple */
	int32_t level;    /* 1..4 */
	int32_t reissue;  /* 0 the first card, 1 "B1", … 99 */
} cert_no;

/* RC_INVALID: all of nid_parse but that 15 digits are not enough here, and cert.length, cert.category,
 * cert.level, cert.reissue. That the holder's number is the person's present one is the caller's to check. */
rc cert_no_parse(arena *a, fault *f, str raw, int32_t today, cert_no *out) MUST_USE;

str cert_no_str(arena *a, const cert_no *c);

/* "110105********002X42B1" */
str cert_no_mask(arena *a, str number);
