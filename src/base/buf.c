/* buf.c - see buf.h. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

char *
buf_room(buf *b, size_t n)
{
	size_t need = 0;

	BUG_ON(__builtin_add_overflow(b->n, n, &need));
	if (need > b->cap) {
		size_t cap = MAX(b->cap * 2, (size_t)256);
		while (cap < need)
			cap *= 2;
		b->p = arena_extend(b->a, b->p, b->cap, cap);
		b->cap = cap;
	}
	return b->p + b->n;
}

void
buf_c(buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->n++;
}

void
buf_i64(buf *b, int64_t v)
{
	char tmp[24];
	size_t i = sizeof tmp;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do
		tmp[--i] = (char)('0' + u % 10);
	while (u /= 10);
	if (v < 0)
		tmp[--i] = '-';
	buf_put(b, (str){tmp + i, sizeof tmp - i});
}

void
buf_fmt(buf *b, const char *fmt, ...)
{
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	BUG_ON(n < 0);
	vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, again);
	va_end(again);
	b->n += (size_t)n;
}

void
buf_hex(buf *b, const void *p, size_t n)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *s = p;
	char *to = buf_room(b, 2 * n);

	for (size_t i = 0; i < n; i++) {
		to[2 * i] = digit[s[i] >> 4];
		to[2 * i + 1] = digit[s[i] & 15];
	}
	b->n += 2 * n;
}
