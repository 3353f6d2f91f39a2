/* buf.h - text under construction: grows in an arena, read as a str when done. */
#pragma once
#include "base/str.h"

typedef struct buf {
	arena *a;
	char *p;
	size_t n, cap;
} buf;

static inline buf
buf_in(arena *a)
{
	return (buf){.a = a};
}

/* Room for `n` more bytes; returns where they go. The caller adds to b->n what it wrote. */
char *buf_room(buf *b, size_t n);

/* In the header: a page is thousands of these. */
static inline void
buf_put(buf *b, str s)
{
	if (s.n == 0)
		return;
	memcpy(s.n <= b->cap - b->n ? b->p + b->n : buf_room(b, s.n), s.p, s.n);
	b->n += s.n;
}

void buf_c(buf *b, char c);
void buf_i64(buf *b, int64_t v);
void buf_fmt(buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_hex(buf *b, const void *p, size_t n); /* lower case */

#define buf_lit(b, lit) buf_put((b), STR(lit))

static inline str
buf_str(const buf *b)
{
	return (str){b->p ? b->p : "", b->n};
}

static inline void
buf_clear(buf *b)
{
	b->n = 0;
}
