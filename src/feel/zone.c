/* zone.c - see temporal.h. TZif (RFC 8536), the 64-bit block and its footer:
 *
 *   "TZif" version 15×0  isutcnt isstdcnt leapcnt timecnt typecnt charcnt   header, counts big-endian
 *   transitions (8 bytes each)  type of each (1)  types: offset(4) dst(1) name(1)  names  leaps  std  ut
 *   \n POSIX rule \n                                                        for all later times
 *
 * A file is only looked at through read_u32 and the bounds checked in `block`, so damaged bytes give "no such
 * zone", never a read outside. */
#include "feel/temporal.h"

enum { HEADER = 44, TYPE_SIZE = 6, ZONE_NAME_MAX = 64, TRANSITIONS_MAX = 4096 };

/* One end of daylight saving in a POSIX rule, of the form Mm.w.d/time, the only one that zone files use
 * besides the Julian ones (J and n). */
typedef struct rule {
	char form; /* 'M', 'J', 'n' */
	int m, w, d;
	int32_t at; /* seconds after midnight, may be negative or beyond a day */
} rule;

struct feel_zone {
	str name;
	size_t n;
	int64_t *from;   /* instants, ascending */
	int32_t *offset; /* from that instant on */
	int32_t first;   /* before all of them */
	bool has_rule, has_dst;
	int32_t std, dst;
	rule start, end; /* of daylight saving */
};

static uint64_t
big_endian(const char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

typedef struct counts {
	size_t ut, std, leap, time, type, chars;
} counts;

static bool
header(str s, size_t at, counts *c)
{
	if (s.n < HEADER || at > s.n - HEADER || memcmp(s.p + at, "TZif", 4) != 0)
		return false;
	size_t *to[] = {&c->ut, &c->std, &c->leap, &c->time, &c->type, &c->chars};
	for (size_t i = 0; i < LEN(to); i++) {
		*to[i] = (size_t)big_endian(s.p + at + 20 + 4 * i, 4);
		if (*to[i] > TRANSITIONS_MAX)
			return false;
	}
	return c->type > 0;
}

static size_t
block_size(const counts *c, size_t time_size)
{
	return c->time * (time_size + 1) + c->type * TYPE_SIZE + c->chars + c->leap * (time_size + 4) +
	       c->std + c->ut;
}

/* [+-]hh[:mm[:ss]] */
static bool
rule_time(str s, size_t *i, int32_t *out)
{
	int32_t part[3] = {0}, sign = 1;

	if (*i < s.n && (s.p[*i] == '-' || s.p[*i] == '+'))
		sign = s.p[(*i)++] == '-' ? -1 : 1;
	for (int k = 0; k < 3; k++) {
		size_t from = *i;
		while (*i < s.n && *i - from < 3 && s.p[*i] >= '0' && s.p[*i] <= '9')
			part[k] = part[k] * 10 + (s.p[(*i)++] - '0');
		if (*i == from)
			return false;
		if (*i >= s.n || s.p[*i] != ':')
			break;
		++*i;
	}
	*out = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
	return true;
}

static bool
rule_name(str s, size_t *i)
{
	size_t from = *i;

	if (*i < s.n && s.p[*i] == '<') {
		ptrdiff_t close = str_find_char(str_from(s, *i), '>');
		if (close < 0)
			return false;
		*i += (size_t)close + 1;
		return true;
	}
	while (*i < s.n && ((s.p[*i] | 0x20) >= 'a' && (s.p[*i] | 0x20) <= 'z'))
		++*i;
	return *i > from;
}

static int
rule_number(str s, size_t *i)
{
	int v = 0;

	while (*i < s.n && s.p[*i] >= '0' && s.p[*i] <= '9' && v < 1000)
		v = v * 10 + (s.p[(*i)++] - '0');
	return v;
}

static bool
rule_date(str s, size_t *i, rule *r)
{
	if (*i >= s.n || s.p[(*i)++] != ',' || *i >= s.n)
		return false;
	r->form = s.p[*i] == 'M' || s.p[*i] == 'J' ? s.p[(*i)++] : 'n';
	r->m = rule_number(s, i);
	if (r->form == 'M') {
		if (*i >= s.n || s.p[(*i)++] != '.')
			return false;
		r->w = rule_number(s, i);
		if (*i >= s.n || s.p[(*i)++] != '.')
			return false;
		r->d = rule_number(s, i);
		if (r->m < 1 || r->m > 12 || r->w < 1 || r->w > 5 || r->d > 6)
			return false;
	} else if (r->m > 366) {
		return false;
	}
	r->at = 2 * 3600;
	if (*i < s.n && s.p[*i] == '/') {
		++*i;
		return rule_time(s, i, &r->at);
	}
	return true;
}

/* "CET-1CEST,M3.5.0,M10.5.0/3": offsets count west of UTC. */
static bool
footer(str s, feel_zone *z)
{
	size_t i = 0;

	if (!rule_name(s, &i) || !rule_time(s, &i, &z->std))
		return false;
	z->std = -z->std;
	z->has_rule = true;
	if (i == s.n)
		return true;
	if (!rule_name(s, &i))
		return false;
	z->dst = z->std + 3600;
	if (i < s.n && s.p[i] != ',') {
		if (!rule_time(s, &i, &z->dst))
			return false;
		z->dst = -z->dst;
	}
	z->has_dst = rule_date(s, &i, &z->start) && rule_date(s, &i, &z->end);
	return z->has_dst;
}

static bool
zone_load(arena *a, str s, feel_zone *z)
{
	counts c;

	if (!header(s, 0, &c) || s.p[4] < '2')
		return false;
	size_t at = HEADER + block_size(&c, 4);
	if (!header(s, at, &c))
		return false;
	at += HEADER;
	if (block_size(&c, 8) > s.n - at)
		return false;
	const char *time = s.p + at, *index = time + 8 * c.time, *type = index + c.time;
	z->n = c.time;
	z->from = arena_array(a, int64_t, c.time);
	z->offset = arena_array(a, int32_t, c.time);
	z->first = (int32_t)big_endian(type, 4);
	for (size_t i = 0; i < c.time; i++) {
		size_t k = (unsigned char)index[i];
		if (k >= c.type)
			return false;
		z->from[i] = (int64_t)big_endian(time + 8 * i, 8);
		z->offset[i] = (int32_t)big_endian(type + k * TYPE_SIZE, 4);
	}
	str foot = str_trim(str_from(s, at + block_size(&c, 8)));
	return foot.n == 0 || footer(foot, z);
}

static bool
name_ok(str name)
{
	if (name.n == 0 || name.n > ZONE_NAME_MAX || name.p[0] == '/' || str_find(name, STR("..")) >= 0)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		if (!letter && !(c >= '0' && c <= '9') && !memchr("_+-/", c, 4))
			return false;
	}
	return true;
}

feel_zones
feel_zones_in(arena *a, bool (*read)(void *, arena *, str, str *), void *ctx)
{
	return (feel_zones){.a = a, .known = map_in(a), .read = read, .ctx = ctx};
}

const feel_zone *
feel_zone_find(feel_zones *zones, str name)
{
	static const feel_zone utc = {.name = {"UTC", 3}}, etc_utc = {.name = {"Etc/UTC", 7}};
	str bytes = {0};

	if (str_eq(name, utc.name))
		return &utc;
	if (str_eq(name, etc_utc.name))
		return &etc_utc;
	if (!zones || !name_ok(name))
		return NULL;
	feel_zone *z = map_get(&zones->known, name);
	if (z)
		return z;
	if (!zones->read(zones->ctx, zones->a, name, &bytes))
		return NULL;
	z = arena_new(zones->a, feel_zone);
	z->name = str_dup(zones->a, name);
	if (!zone_load(zones->a, bytes, z))
		return NULL;
	map_set(&zones->known, z->name, z);
	return z;
}

str
feel_zone_name(const feel_zone *z)
{
	return z->name;
}

/* The wall-clock second of the year's switch. */
static int64_t
rule_second(const rule *r, int64_t y)
{
	int64_t day = 0;

	if (r->form == 'M') {
		int64_t first = feel_day_of(y, r->m, 1);
		int want = r->d == 0 ? 7 : r->d, shift = (want - feel_weekday(first) + 7) % 7;
		day = first + shift + 7 * (r->w - 1);
		if (day >= first + feel_month_days(y, r->m))
			day -= 7;
	} else {
		day = feel_day_of(y, 1, 1) + r->m;
		if (r->form == 'J' && (r->m < 60 || feel_month_days(y, 2) == 28))
			day--; /* J counts from 1 and never counts 29 February */
	}
	return day * 86400 + r->at;
}

static int32_t
rule_offset(const feel_zone *z, int64_t utc)
{
	if (!z->has_dst)
		return z->std;
	int64_t days = utc / 86400 - (utc % 86400 < 0);
	int64_t y = feel_ymd_of(days).y;
	int64_t start = rule_second(&z->start, y) - z->std, end = rule_second(&z->end, y) - z->dst;
	bool summer = start < end ? utc >= start && utc < end : utc >= start || utc < end;
	return summer ? z->dst : z->std;
}

int32_t
feel_zone_offset_utc(const feel_zone *z, int64_t utc)
{
	size_t lo = 0, hi = z->n;

	if (z->has_rule && (z->n == 0 || utc >= z->from[z->n - 1]))
		return rule_offset(z, utc);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (z->from[mid] <= utc)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo == 0 ? z->first : z->offset[lo - 1];
}

int32_t
feel_zone_offset_local(const feel_zone *z, int64_t local, int64_t *moved)
{
	int32_t before = feel_zone_offset_utc(z, local - 86400),
		after = feel_zone_offset_utc(z, local + 86400);

	*moved = local;
	if (before == after || feel_zone_offset_utc(z, local - before) == before)
		return before;
	if (feel_zone_offset_utc(z, local - after) == after)
		return after;
	*moved = local + (after - before); /* an hour that never came */
	return after;
}
