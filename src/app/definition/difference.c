/* difference.c - see difference.h. The longest common subsequence, after what begins and ends alike. */
#include "app/definition/difference.h"

enum { CELLS_MAX = 4 << 20 };

typedef VEC(str) lines;

static lines
lines_of(arena *a, str text)
{
	lines v = {0};
	str part;

	if (str_ends(text, STR("\n")))
		text.n--;
	while (str_next(&text, '\n', &part))
		*vec_add(a, &v) = part;
	return v;
}

/* Two texts, and the part of them [from, end) that neither begins nor ends alike. */
typedef struct pair {
	arena *a;
	lines before, after;
	size_t from, before_end, after_end;
	text_lines *out;
} pair;

static void
put(pair *p, line_fate fate, size_t before, size_t after)
{
	*vec_add(p->a, p->out) =
		(text_line){.fate = fate,
			    .before = fate == LINE_NEW ? 0 : (int64_t)before + 1,
			    .after = fate == LINE_GONE ? 0 : (int64_t)after + 1,
			    .text = fate == LINE_NEW ? p->after.v[after] : p->before.v[before]};
}

static bool
alike(const pair *p, size_t before, size_t after)
{
	return str_eq(p->before.v[before], p->after.v[after]);
}

static void
trim_ends(pair *p)
{
	p->before_end = p->before.n;
	p->after_end = p->after.n;
	while (p->from < MIN(p->before.n, p->after.n) && alike(p, p->from, p->from))
		p->from++;
	while (p->before_end > p->from && p->after_end > p->from &&
	       alike(p, p->before_end - 1, p->after_end - 1)) {
		p->before_end--;
		p->after_end--;
	}
}

/* longest[i * width + k]: the common lines from before i and after k on. */
static void
compare_middle(pair *p)
{
	size_t n = p->before_end - p->from, m = p->after_end - p->from, width = m + 1, i = 0, k = 0;
	bool huge = (n + 1) * width > CELLS_MAX;
	uint32_t *longest = arena_array(p->a, uint32_t, huge ? 1 : (n + 1) * width);

	for (size_t x = n; !huge && x-- > 0;)
		for (size_t y = m; y-- > 0;)
			longest[x * width + y] =
				alike(p, p->from + x, p->from + y)
					? longest[(x + 1) * width + y + 1] + 1
					: MAX(longest[(x + 1) * width + y], longest[x * width + y + 1]);
	while (i < n || k < m) {
		bool both = !huge && i < n && k < m;
		if (both && alike(p, p->from + i, p->from + k)) {
			put(p, LINE_KEPT, p->from + i, p->from + k);
			i++;
			k++;
		} else if (i < n &&
			   (!both || k == m || longest[(i + 1) * width + k] >= longest[i * width + k + 1])) {
			put(p, LINE_GONE, p->from + i++, 0);
		} else {
			put(p, LINE_NEW, 0, p->from + k++);
		}
	}
}

void
text_difference(arena *a, str before, str after, text_lines *out)
{
	pair p = {.a = a, .before = lines_of(a, before), .after = lines_of(a, after), .out = out};

	*out = (text_lines){0};
	trim_ends(&p);
	for (size_t i = 0; i < p.from; i++)
		put(&p, LINE_KEPT, i, i);
	compare_middle(&p);
	for (size_t i = p.before_end, k = p.after_end; i < p.before.n; i++, k++)
		put(&p, LINE_KEPT, i, k);
}
