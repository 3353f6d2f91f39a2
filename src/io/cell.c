/* cell.c - see cell.h. */
#include "io/cell.h"

#include "base/buf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEPT_DIGITS = 15, NUMBER_TEXT = 64 };

static bool
value_of(const cell *c, double *out)
{
	char z[NUMBER_TEXT], *end = z;

	if (c->kind != CELL_NUMBER || c->text.n >= sizeof z)
		return false;
	memcpy(z, c->text.p, c->text.n);
	z[c->text.n] = '\0';
	*out = strtod(z, &end);
	return *end == '\0' && end != z && isfinite(*out);
}

bool
cell_is_spoilt(const cell *c)
{
	double v = 0;

	return value_of(c, &v) && fabs(v) >= 1e15;
}

str
cell_plain(arena *a, const cell *c)
{
	double v = 0;

	if (!value_of(c, &v) || fabs(v) >= 1e300)
		return c->text;
	char e[NUMBER_TEXT]; /* "-d.dddde+XX": the digits, and where the point belongs */
	snprintf(e, sizeof e, "%.*e", KEPT_DIGITS - 1, v);
	int power = (int)strtol(strchr(e, 'e') + 1, NULL, 10);
	buf b = buf_in(a);
	if (power < KEPT_DIGITS - 1) {
		buf_fmt(&b, "%.*f", KEPT_DIGITS - 1 - power, v);
		while (b.p[b.n - 1] == '0')
			b.n--;
		if (b.p[b.n - 1] == '.')
			b.n--;
		return buf_str(&b);
	}
	for (const char *p = e; *p != 'e'; p++)
		if (*p != '.')
			buf_c(&b, *p);
	for (int i = KEPT_DIGITS - 1; i < power; i++)
		buf_c(&b, '0');
	return buf_str(&b);
}

const cell *
cell_value(const cell *c)
{
	return c->kind == CELL_EMPTY && c->merged ? c->merged : c;
}

str
cell_column(uint32_t column, char out[CELL_COLUMN])
{
	size_t at = CELL_COLUMN;

	for (uint64_t n = (uint64_t)column + 1; n; n = (n - 1) / 26)
		out[--at] = (char)('A' + (n - 1) % 26);
	return (str){out + at, CELL_COLUMN - at};
}
