/* divpack.h - reads the packed administrative divisions of lists/divisions/NN.txt, one file a province.
 *
 *   divisions 1
 *   source<TAB>国家统计局统计用区划代码 …             where the rows come from
 *   valid_from<TAB>2023-06-30                        cut-off: older and newer codes come by import
 *   fictitious                                       only in 99.txt: no such place
 *   suffixes<TAB>村民委员会<TAB>村委会 …               at most 9
 *   (an empty line)
 *   p44<TAB>广东省                                    44 00 00 000 000
 *   c1<TAB>广州市                                     44 01 00 000 000
 *   a3<TAB>荔湾区                                     44 01 03 000 000
 *   t1<TAB>沙面街道                                   44 01 03 001 000
 *   101<TAB>翠洲<TAB>3                                44 01 03 001 101   翠洲社区居民委员会
 *   ca18<TAB>东莞市                                   a city that is its own county
 *
 * A row is LEVELS STEP, the name, and the number of a suffix if it ends with one. LEVELS are letters of
 * neighbouring levels: p province, c city, a county, t township, v village; no letter is v, and h is a city
 * that is only a heading (市辖区 of a municipality), which paths leave out. STEP is added to the previous
 * number of the row's upper level within its parent; the levels below begin at 0 again. So rows are in the
 * order of their codes and parents come first. */
#pragma once
#include "base/date.h"
#include "base/fault.h"

typedef enum div_level {
	DIV_PROVINCE = 1,
	DIV_CITY,
	DIV_COUNTY,
	DIV_TOWNSHIP,
	DIV_VILLAGE,
} div_level;

/* Free split into town and country: digits 10-12 of a code, 001-199 neighbourhood committees, 200 and above
 * villages. */
typedef enum div_kind { DIV_NO_KIND, DIV_NEIGHBOURHOOD, DIV_RURAL } div_kind;

typedef struct division {
	int64_t code;   /* 12 digits */
	int64_t parent; /* 0 of a province */
	div_level level,
		lowest; /* 441900000000 is city and county at once: level DIV_CITY, lowest DIV_COUNTY */
	div_kind kind;  /* of a village */
	bool heading;
	str name; /* good until the next row */
} division;

enum { DIVPACK_SUFFIXES = 9, DIVPACK_NAME = 255, DIVPACK_LEVELS = 5 };

typedef struct divpack {
	str source;
	int32_t valid_from;
	bool fictitious;

	str rest; /* from here on the reader's own */
	str suffix[DIVPACK_SUFFIXES];
	int64_t row;
	int32_t number[DIVPACK_LEVELS]; /* of the present row, by level */
	int64_t above[DIVPACK_LEVELS];  /* code that stands at each level; -1: none */
	char name[DIVPACK_NAME];
} divpack;

/* `text` is a whole file and stays where it is. RC_INVALID: divpack.head. */
rc divpack_open(fault *f, str text, divpack *out) MUST_USE;

/* The next row, RC_NOT_FOUND after the last. RC_INVALID: divpack.row, with the line's number. */
rc divpack_next(divpack *d, fault *f, division *out) MUST_USE;

/* A division is the half-open interval [code, code + div_span(level)) of codes: 10^10 for a province, 1 for a
 * village. */
int64_t div_span(div_level level);
