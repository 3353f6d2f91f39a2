/* value.h - what FEEL computes with: one tagged struct by value, 32 bytes, its long parts in an arena.
 *
 * A null carries the reason why it is null, from the place where it first went wrong; operations on it pass
 * the same reason on. Values are never changed once made. */
#pragma once
#include "base/buf.h"
#include "base/dec.h"

typedef enum feel_kind {
	FEEL_NULL,
	FEEL_BOOL,
	FEEL_NUMBER,
	FEEL_STRING,
	FEEL_DATE,
	FEEL_TIME,
	FEEL_DATE_TIME,
	FEEL_DAYS,   /* days and time duration */
	FEEL_MONTHS, /* years and months duration */
	FEEL_LIST,
	FEEL_CONTEXT,
	FEEL_RANGE,
	FEEL_FUNCTION,
} feel_kind;

enum { FEEL_LOCAL = INT32_MIN }; /* no offset from UTC */

/* A place in the source of an expression: byte offset, and line and column in code points, both from 1. */
typedef struct feel_place {
	uint32_t offset, line, column;
} feel_place;

/* Why a value is null: a message id of locale/feel.msg or of the caller ("never asked", "refused",
 * "expired"), what it is about, and where. */
typedef struct feel_reason {
	const char *id;
	str about;
	feel_place at;
} feel_reason;

typedef struct feel_zone feel_zone;
typedef struct feel_context feel_context;
typedef struct feel_range feel_range;
typedef struct feel_function feel_function;
typedef struct feel_value feel_value;

typedef struct feel_value {
	feel_kind kind;
	int32_t offset; /* time, date-time: seconds east of UTC, or FEEL_LOCAL */
	union {
		const feel_zone *zone;  /* time, date-time: named zone, or NULL */
		const feel_reason *why; /* null: the reason, or NULL where null was written */
	};
	union {
		bool b;
		dec n;
		str s;
		struct {
			int64_t day; /* date, date-time: since 1970-01-01 */
			int64_t ns;  /* time, date-time: since midnight */
		} t;
		__int128 ns;    /* days and time duration */
		int64_t months; /* years and months duration */
		struct {
			const feel_value *v;
			size_t n;
		} list;
		const feel_context *context;
		const feel_range *range;
		const feel_function *fn;
	};
} feel_value;

_Static_assert(sizeof(feel_value) == 32, "two words of a value beside its kind and reason");

typedef struct feel_entry {
	str name;
	feel_value value;
} feel_entry;

/* Entries keep the order in which they were written. */
struct feel_context {
	size_t n;
	const feel_entry *e;
};

/* (< 5) has no lower end: null and open, and every value lies above it. In (null..5] the end is there but
 * unknown, so that nothing can be said of it; the two are not equal. */
struct feel_range {
	feel_value lo, hi;
	bool lo_closed, hi_closed;
	bool by_sign; /* written with < <= > >= = */
};

static inline feel_value
feel_null(const feel_reason *why)
{
	return (feel_value){.kind = FEEL_NULL, .why = why};
}

static inline feel_value
feel_bool(bool b)
{
	return (feel_value){.kind = FEEL_BOOL, .b = b};
}

static inline feel_value
feel_number(dec n)
{
	return (feel_value){.kind = FEEL_NUMBER, .n = n};
}

static inline feel_value
feel_int(int64_t v)
{
	return feel_number(dec_i64(v));
}

static inline feel_value
feel_string(str s)
{
	return (feel_value){.kind = FEEL_STRING, .s = s};
}

static inline feel_value
feel_date(int64_t day)
{
	return (feel_value){.kind = FEEL_DATE, .offset = FEEL_LOCAL, .t = {.day = day}};
}

static inline feel_value
feel_days(__int128 ns)
{
	return (feel_value){.kind = FEEL_DAYS, .ns = ns};
}

static inline feel_value
feel_months(int64_t months)
{
	return (feel_value){.kind = FEEL_MONTHS, .months = months};
}

static inline feel_value
feel_list(const feel_value *v, size_t n)
{
	return (feel_value){.kind = FEEL_LIST, .list = {v, n}};
}

feel_value feel_context_of(arena *a, const feel_entry *e, size_t n);
feel_value feel_range_of(arena *a, feel_range r);

/* An instant as a date-time at this offset from UTC: what `now` is made of. */
feel_value feel_instant(int64_t ms, int32_t offset);

/* The entry of this name, or NULL. */
const feel_value *feel_get(const feel_context *c, str name);

static inline bool
feel_is_true(feel_value v)
{
	return v.kind == FEEL_BOOL && v.b;
}

/* A text is at most this long, a value in it at most this deep: beyond that it is cut and the answer is
 * false. */
enum { FEEL_PRINT_MAX = 16 << 20, FEEL_PRINT_DEPTH = 256 };

/* Text as FEEL writes it: "a", [1, 2], {k: 3}, @"2024-01-31". Reads back as an equal value, functions aside.
 */
bool feel_print(buf *b, feel_value v);

/* What string() gives: a string itself, all else as printed, a date without @ and quotes. */
bool feel_print_string(buf *b, feel_value v);

/* JSON: decimals as numbers, dates and durations as ISO strings, ranges and functions as their FEEL text. */
bool feel_print_json(buf *b, feel_value v);
