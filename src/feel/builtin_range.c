/* builtin_range.c - Allen's relations between points and ranges (DMN 1.5 table 78). A point is any ordered
 * value. */
#include "feel/builtin.h"

/* Both ends of what may be a point. */
typedef struct span {
	feel_value lo, hi;
	bool lo_closed, hi_closed, range;
} span;

static span
span_of(feel_value v)
{
	if (v.kind == FEEL_RANGE)
		return (span){v.range->lo, v.range->hi, v.range->lo_closed, v.range->hi_closed, true};
	return (span){v, v, true, true, false};
}

/* Relations are a truth over the four orders between the ends. */
typedef struct pair {
	span a, b;
	int lo_lo, lo_hi, hi_lo, hi_hi; /* a's end against b's */
} pair;

typedef bool relation(const pair *p);

static bool
before(const pair *p)
{
	return p->hi_lo < 0 || (p->hi_lo == 0 && !(p->a.hi_closed && p->b.lo_closed));
}

static bool
after(const pair *p)
{
	return p->lo_hi > 0 || (p->lo_hi == 0 && !(p->a.lo_closed && p->b.hi_closed));
}

static bool
meets(const pair *p)
{
	return p->a.hi_closed && p->b.lo_closed && p->hi_lo == 0;
}

static bool
met_by(const pair *p)
{
	return p->a.lo_closed && p->b.hi_closed && p->lo_hi == 0;
}

static bool
overlaps(const pair *p)
{
	return !before(p) && !after(p);
}

/* a starts first and ends inside b */
static bool
overlaps_before(const pair *p)
{
	bool starts = p->lo_lo < 0 || (p->lo_lo == 0 && p->a.lo_closed && !p->b.lo_closed);
	bool ends = p->hi_hi < 0 || (p->hi_hi == 0 && (!p->a.hi_closed || p->b.hi_closed));

	return starts && ends && !before(p);
}

static bool
overlaps_after(const pair *p)
{
	bool starts = p->lo_lo > 0 || (p->lo_lo == 0 && (!p->a.lo_closed && p->b.lo_closed));
	bool ends = p->hi_hi > 0 || (p->hi_hi == 0 && (p->a.hi_closed || !p->b.hi_closed));

	return starts && ends && !after(p);
}

static bool
finishes(const pair *p)
{
	if (!p->a.range)
		return p->b.hi_closed && p->hi_hi == 0;
	return p->a.hi_closed == p->b.hi_closed && p->hi_hi == 0 &&
	       (p->lo_lo > 0 || (p->lo_lo == 0 && (!p->a.lo_closed || p->b.lo_closed)));
}

static bool
starts(const pair *p)
{
	if (!p->a.range)
		return p->b.lo_closed && p->lo_lo == 0;
	return p->a.lo_closed == p->b.lo_closed && p->lo_lo == 0 &&
	       (p->hi_hi < 0 || (p->hi_hi == 0 && (!p->a.hi_closed || p->b.hi_closed)));
}

static bool
during(const pair *p)
{
	return (p->lo_lo > 0 || (p->lo_lo == 0 && (!p->a.lo_closed || p->b.lo_closed))) &&
	       (p->hi_hi < 0 || (p->hi_hi == 0 && (!p->a.hi_closed || p->b.hi_closed)));
}

static bool
coincides(const pair *p)
{
	return p->lo_lo == 0 && p->hi_hi == 0 && p->a.lo_closed == p->b.lo_closed &&
	       p->a.hi_closed == p->b.hi_closed;
}

/* An end without a bound lies beyond every value on its side. */
static bool
end_order(feel_value x, bool x_is_lo, feel_value y, bool y_is_lo, int *out)
{
	if (x.kind == FEEL_NULL && y.kind == FEEL_NULL)
		*out = x_is_lo == y_is_lo ? 0 : x_is_lo ? -1 : 1;
	else if (x.kind == FEEL_NULL)
		*out = x_is_lo ? -1 : 1;
	else if (y.kind == FEEL_NULL)
		*out = y_is_lo ? 1 : -1;
	else
		return feel_order(x, y, out);
	return true;
}

/* Which arguments may be ranges: the first, the second, either, both at least one… */
enum { POINTS_OK = 1, SECOND_RANGE = 2, BOTH_RANGES = 4 };

static feel_value
relate(run *r, const node *at, feel_value x, feel_value y, relation *holds, unsigned need)
{
	if (x.kind == FEEL_NULL || y.kind == FEEL_NULL)
		return bad_argument(r, at, x.kind == FEEL_NULL ? x : y);
	pair p = {.a = span_of(x), .b = span_of(y)};
	bool ok = !(need & BOTH_RANGES) || (p.a.range && p.b.range);
	ok = ok && (!(need & SECOND_RANGE) || p.b.range) && (!(need & POINTS_OK) || p.a.range == p.b.range);
	if (!ok || !end_order(p.a.lo, true, p.b.lo, true, &p.lo_lo) ||
	    !end_order(p.a.lo, true, p.b.hi, false, &p.lo_hi) ||
	    !end_order(p.a.hi, false, p.b.lo, true, &p.hi_lo) ||
	    !end_order(p.a.hi, false, p.b.hi, false, &p.hi_hi))
		return fail_null(r, at, "feel.range.relation");
	return feel_bool(holds(&p));
}

#define RELATION(name, first, second, holds, need)                                                           \
	static feel_value name(run *r, const node *at, const feel_value *arg, size_t n)                      \
	{                                                                                                    \
		(void)n;                                                                                     \
		return relate(r, at, arg[first], arg[second], holds, need);                                  \
	}

RELATION(bi_before, 0, 1, before, 0)
RELATION(bi_after, 0, 1, after, 0)
RELATION(bi_meets, 0, 1, meets, BOTH_RANGES)
RELATION(bi_met_by, 0, 1, met_by, BOTH_RANGES)
RELATION(bi_overlaps, 0, 1, overlaps, BOTH_RANGES)
RELATION(bi_overlaps_before, 0, 1, overlaps_before, BOTH_RANGES)
RELATION(bi_overlaps_after, 0, 1, overlaps_after, BOTH_RANGES)
RELATION(bi_finishes, 0, 1, finishes, SECOND_RANGE)
RELATION(bi_finished_by, 1, 0, finishes, SECOND_RANGE)
RELATION(bi_includes, 1, 0, during, SECOND_RANGE)
RELATION(bi_during, 0, 1, during, SECOND_RANGE)
RELATION(bi_starts, 0, 1, starts, SECOND_RANGE)
RELATION(bi_started_by, 1, 0, starts, SECOND_RANGE)
RELATION(bi_coincides, 0, 1, coincides, POINTS_OK)

/* A literal, its negative, or a call like date("2024-01-01") of literals: nothing that could run for long. */
static bool
plain_end(const node *n)
{
	if (n->kind == N_CALL) {
		for (size_t i = 0; i < n->n; i++)
			if (n->kid[i]->kind != N_LITERAL)
				return false;
		return true;
	}
	return n->kind == N_LITERAL || n->kind == N_TEMPORAL || (n->kind == N_NEGATE && plain_end(n->kid[0]));
}

/* One end of a range's text; no text is no bound. */
static bool
range_end(run *r, str s, feel_value *out)
{
	feel_expr *e;
	fault quiet = {0};

	*out = feel_null(NULL);
	s = str_trim(s);
	if (s.n == 0)
		return true;
	if (feel_parse(r->a, &quiet, s, NULL, FEEL_EXPRESSION, &e) != RC_OK || !plain_end(e->root))
		return false;
	*out = eval(r, e->root, NULL);
	return out->kind != FEEL_NULL;
}

/* The place of ".." outside quotes, or -1. */
static ptrdiff_t
find_dots(str s)
{
	bool inside = false;

	for (size_t i = 0; i + 1 < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			inside = !inside;
		else if (!inside && s.p[i] == '.' && s.p[i + 1] == '.')
			return (ptrdiff_t)i;
	}
	return -1;
}

/* range("[1..3]"), range("[2..)"), range("(..2)"): a range whose ends are literals or missing. */
static feel_value
bi_range(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s;
	feel_range v = {0};
	int order = 0;

	(void)n;
	if (!arg_text(arg[0], &s))
		return bad_argument(r, at, arg[0]);
	s = str_trim(s);
	ptrdiff_t dots = find_dots(s);
	if (s.n < 4 || s.n > 256 || dots < 1 || !memchr("[(]", s.p[0], 3) ||
	    !memchr("])[", s.p[s.n - 1], 3) || !range_end(r, str_sub(s, 1, (size_t)dots - 1), &v.lo) ||
	    !range_end(r, str_sub(s, (size_t)dots + 2, s.n - (size_t)dots - 3), &v.hi))
		return fail_null_about(r, at, "feel.range.text", s);
	bool lo = v.lo.kind != FEEL_NULL, hi = v.hi.kind != FEEL_NULL;
	v.lo_closed = lo && s.p[0] == '[';
	v.hi_closed = hi && s.p[s.n - 1] == ']';
	v.by_sign = !lo || !hi;
	if ((!lo && !hi) || !feel_order(lo ? v.lo : v.hi, hi ? v.hi : v.lo, &order) || order > 0)
		return fail_null_about(r, at, "feel.range.text", s);
	return feel_range_of(r->a, v);
}

const builtin builtin_ranges[] = {
	{"before", "point1,point2|point,range|range,point|range1,range2", bi_before},
	{"after", "point1,point2|point,range|range,point|range1,range2", bi_after},
	{"meets", "range1,range2", bi_meets},
	{"met by", "range1,range2", bi_met_by},
	{"overlaps", "range1,range2", bi_overlaps},
	{"overlaps before", "range1,range2", bi_overlaps_before},
	{"overlaps after", "range1,range2", bi_overlaps_after},
	{"finishes", "point,range|range1,range2", bi_finishes},
	{"finished by", "range,point|range1,range2", bi_finished_by},
	{"includes", "range,point|range1,range2", bi_includes},
	{"during", "point,range|range1,range2", bi_during},
	{"starts", "point,range|range1,range2", bi_starts},
	{"started by", "range,point|range1,range2", bi_started_by},
	{"coincides", "point1,point2|range1,range2", bi_coincides},
	{"range", "from", bi_range},
	{0},
};
