/* str.c - see str.h. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

str
str_of(const char *z)
{
	return z ? (str){z, strlen(z)} : (str){"", 0};
}

int
str_cmp(str a, str b)
{
	size_t n = MIN(a.n, b.n);
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(str s, str head)
{
	return s.n >= head.n && str_eq((str){s.p, head.n}, head);
}

bool
str_ends(str s, str tail)
{
	return s.n >= tail.n && str_eq((str){s.p + (s.n - tail.n), tail.n}, tail);
}

ptrdiff_t
str_find(str s, str what)
{
	if (what.n == 0)
		return 0;
	if (s.n < what.n)
		return -1;
	const char *p = memmem(s.p, s.n, what.p, what.n);
	return p ? p - s.p : -1;
}

ptrdiff_t
str_find_char(str s, char c)
{
	const char *p = s.n ? memchr(s.p, c, s.n) : NULL;

	return p ? p - s.p : -1;
}

str
str_sub(str s, size_t from, size_t n)
{
	from = MIN(from, s.n);
	return (str){s.p + from, MIN(n, s.n - from)};
}

str
str_from(str s, size_t from)
{
	return str_sub(s, from, s.n);
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str
str_trim(str s)
{
	while (s.n && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
str_next(str *rest, char sep, str *part)
{
	if (!rest->p || rest->n == 0)
		return false;
	ptrdiff_t at = str_find_char(*rest, sep);
	if (at < 0) {
		*part = *rest;
		*rest = (str){0};
		return true;
	}
	*part = (str){rest->p, (size_t)at};
	*rest = (str){rest->p + at + 1, rest->n - (size_t)at - 1};
	return true;
}

bool
str_all_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool
str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool
str_to_i64(str s, int64_t *out)
{
	bool neg = s.n && s.p[0] == '-';
	int64_t v = 0;

	if (neg)
		s = str_from(s, 1);
	if (!str_all_digits(s))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int64_t d = s.p[i] - '0';
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, d, &v))
			return false;
	}
	if (!neg && __builtin_sub_overflow((int64_t)0, v, &v)) /* built negative, so that the smallest fits */
		return false;
	*out = v;
	return true;
}

str
str_dup(arena *a, str s)
{
	char *p = arena_alloc(a, s.n);

	if (s.n)
		memcpy(p, s.p, s.n);
	return (str){p, s.n};
}

char *
cstr(arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

str
str_fmt(arena *a, const char *fmt, ...)
{
	char small[256];
	va_list ap, again;

	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	BUG_ON(n < 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof small)
		memcpy(p, small, (size_t)n);
	else
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (str){p, (size_t)n};
}

str
str_cats(arena *a, const str *v, size_t n)
{
	size_t all = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		all += v[i].n;
	char *p = arena_alloc(a, all);
	for (size_t i = 0; i < n; at += v[i++].n)
		if (v[i].n)
			memcpy(p + at, v[i].p, v[i].n);
	return (str){p, all};
}

str
str_cat(arena *a, str x, str y)
{
	return STR_CATS(a, x, y);
}

str
str_lower(arena *a, str s)
{
	char *p = arena_alloc(a, s.n);

	for (size_t i = 0; i < s.n; i++)
		p[i] = lower(s.p[i]);
	return (str){p, s.n};
}
