/* temporal.c - see temporal.h. Days from civil and back after Hinnant's public-domain algorithms, in 64 bits.
 */
#include "feel/temporal.h"

#define DAY_SECONDS 86400

enum { OFFSET_MAX = 18 * 3600 };

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool
leap(int64_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int32_t
feel_month_days(int64_t y, int32_t m)
{
	static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && leap(y) ? 29 : days[m - 1];
}

bool
feel_ymd_valid(int64_t y, int64_t m, int64_t d)
{
	return y >= -FEEL_YEAR_MAX && y <= FEEL_YEAR_MAX && m >= 1 && m <= 12 && d >= 1 &&
	       d <= feel_month_days(y, (int32_t)m);
}

int64_t
feel_day_of(int64_t y, int32_t m, int32_t d)
{
	y -= m <= 2;
	int64_t era = floor_div(y, 400);
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

feel_ymd
feel_ymd_of(int64_t day)
{
	int64_t z = day + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int32_t m = (int32_t)(mp < 10 ? mp + 3 : mp - 9);
	return (feel_ymd){
		.y = yoe + era * 400 + (m <= 2), .m = m, .d = (int32_t)(doy - (153 * mp + 2) / 5 + 1)};
}

int
feel_weekday(int64_t day)
{
	int w = (int)((day + 3) % 7); /* 1970-01-01 was a Thursday */

	return (w < 0 ? w + 7 : w) + 1;
}

int
feel_day_of_year(int64_t day)
{
	return (int)(day - feel_day_of(feel_ymd_of(day).y, 1, 1)) + 1;
}

int
feel_week_of_year(int64_t day)
{
	int64_t thursday = day + 4 - feel_weekday(day); /* decides which year the week belongs to */

	return (feel_day_of_year(thursday) - 1) / 7 + 1;
}

/* A reader over the text; every helper leaves `i` after what it took. */
typedef struct cursor {
	str s;
	size_t i;
} cursor;

static bool
take(cursor *c, char want)
{
	if (c->i >= c->s.n || c->s.p[c->i] != want)
		return false;
	c->i++;
	return true;
}

/* Between min and max digits. */
static bool
take_digits(cursor *c, size_t min, size_t max, int64_t *out)
{
	size_t from = c->i;
	int64_t v = 0;

	while (c->i < c->s.n && c->i - from < max && c->s.p[c->i] >= '0' && c->s.p[c->i] <= '9')
		v = v * 10 + (c->s.p[c->i++] - '0');
	*out = v;
	return c->i - from >= min;
}

/* [-]YYYY-MM-DD; a year of more than four digits has no leading zero. */
static bool
take_date(cursor *c, int64_t *day)
{
	int64_t y, m, d;
	bool negative = take(c, '-');
	size_t from = c->i;

	if (!take_digits(c, 4, 9, &y) || (c->i - from > 4 && c->s.p[from] == '0'))
		return false;
	if (!take(c, '-') || !take_digits(c, 2, 2, &m) || !take(c, '-') || !take_digits(c, 2, 2, &d))
		return false;
	y = negative ? -y : y;
	if (!feel_ymd_valid(y, m, d))
		return false;
	*day = feel_day_of(y, (int32_t)m, (int32_t)d);
	return true;
}

/* .digits, of which nine count */
static bool
take_fraction(cursor *c, int64_t *ns)
{
	int64_t scale = FEEL_SEC_NS / 10;
	size_t from = c->i;

	for (*ns = 0; c->i < c->s.n && c->s.p[c->i] >= '0' && c->s.p[c->i] <= '9'; c->i++, scale /= 10)
		*ns += scale * (c->s.p[c->i] - '0');
	return c->i > from;
}

static bool
take_clock(cursor *c, int64_t *ns)
{
	int64_t h, m, s, part = 0;

	if (!take_digits(c, 2, 2, &h) || !take(c, ':') || !take_digits(c, 2, 2, &m) || !take(c, ':') ||
	    !take_digits(c, 2, 2, &s))
		return false;
	if (take(c, '.') && !take_fraction(c, &part))
		return false;
	*ns = (h * 3600 + m * 60 + s) * FEEL_SEC_NS + part;
	return m < 60 && s < 60 && (h < 24 || *ns == FEEL_DAY_NS);
}

/* Z, ±hh:mm[:ss], @Zone or nothing, to the end of the text. */
static bool
take_zone(cursor *c, feel_zones *zones, int32_t *offset, const feel_zone **zone)
{
	int64_t h, m, s = 0;

	*offset = FEEL_LOCAL;
	*zone = NULL;
	if (c->i == c->s.n)
		return true;
	if (take(c, '@')) {
		*zone = feel_zone_find(zones, str_from(c->s, c->i));
		c->i = c->s.n;
		return *zone;
	}
	if (take(c, 'Z') || take(c, 'z')) {
		*offset = 0;
		return c->i == c->s.n;
	}
	bool west = c->s.p[c->i] == '-';
	if (!take(c, '-') && !take(c, '+'))
		return false;
	if (!take_digits(c, 2, 2, &h) || !take(c, ':') || !take_digits(c, 2, 2, &m))
		return false;
	if (take(c, ':') && !take_digits(c, 2, 2, &s))
		return false;
	int64_t v = h * 3600 + m * 60 + s;
	if (m > 59 || s > 59 || v > OFFSET_MAX || c->i != c->s.n)
		return false;
	*offset = (int32_t)(west ? -v : v);
	return true;
}

bool
feel_parse_date(str s, feel_value *out)
{
	cursor c = {s, 0};
	int64_t day;

	if (!take_date(&c, &day) || c.i != s.n)
		return false;
	*out = feel_date(day);
	return true;
}

bool
feel_parse_time(str s, feel_zones *zones, feel_value *out)
{
	cursor c = {s, 0};
	int64_t ns;
	int32_t offset;
	const feel_zone *zone;

	take(&c, 'T');
	if (!take_clock(&c, &ns) || !take_zone(&c, zones, &offset, &zone))
		return false;
	*out = (feel_value){
		.kind = FEEL_TIME, .offset = offset, .zone = zone, .t = {.ns = ns == FEEL_DAY_NS ? 0 : ns}};
	return true;
}

bool
feel_parse_date_time(str s, feel_zones *zones, feel_value *out)
{
	cursor c = {s, 0};
	int64_t day, ns = 0;
	int32_t offset = FEEL_LOCAL;
	const feel_zone *zone = NULL;

	if (!take_date(&c, &day))
		return false;
	if (c.i != s.n && (!take(&c, 'T') || !take_clock(&c, &ns) || !take_zone(&c, zones, &offset, &zone)))
		return false;
	if (ns == FEEL_DAY_NS) {
		day++;
		ns = 0;
	}
	return feel_date_time_of(day, ns, offset, zone, out);
}

/* The letters come in the order of `order`, each at most once, the number before it. */
static bool
take_fields(cursor *c, const char *order, int64_t *field, unsigned *seen)
{
	size_t k = 0, len = strlen(order);

	while (c->i < c->s.n && c->s.p[c->i] != 'T') {
		int64_t v;
		if (!take_digits(c, 1, 16, &v) || c->i >= c->s.n)
			return false;
		char letter = c->s.p[c->i];
		if (letter == '.' && order[len - 1] == 'S') {
			c->i++;
			if (!take_fraction(c, &field[3]) || c->i >= c->s.n || c->s.p[c->i] != 'S')
				return false;
			letter = 'S';
		}
		while (k < len && order[k] != letter)
			k++;
		if (k == len)
			return false;
		*seen |= 1u << k;
		field[k++] = v;
		c->i++;
	}
	return true;
}

bool
feel_parse_duration(str s, feel_value *out)
{
	cursor c = {s, 0};
	int64_t date[3] = {0}, clock[4] = {0}; /* Y M D and H M S, nanoseconds */
	unsigned seen = 0, seen_clock = 0;
	bool negative = take(&c, '-');

	if (!take(&c, 'P') || !take_fields(&c, "YMD", date, &seen))
		return false;
	if (take(&c, 'T') && (!take_fields(&c, "HMS", clock, &seen_clock) || !seen_clock))
		return false;
	bool months = (seen & 3) != 0, days = (seen & 4) || seen_clock;
	if (c.i != s.n || months == days)
		return false;
	if (months) {
		if (date[0] > FEEL_YEAR_MAX * INT64_C(10) || date[1] > FEEL_YEAR_MAX * INT64_C(120))
			return false;
		int64_t n = date[0] * 12 + date[1];
		*out = feel_months(negative ? -n : n);
		return true;
	}
	__int128 ns = (__int128)date[2] * FEEL_DAY_NS + (__int128)clock[0] * 3600 * FEEL_SEC_NS +
		      (__int128)clock[1] * 60 * FEEL_SEC_NS + (__int128)clock[2] * FEEL_SEC_NS + clock[3];
	*out = feel_days(negative ? -ns : ns);
	return true;
}

bool
feel_parse_temporal(str s, feel_zones *zones, feel_value *out)
{
	if (str_starts(s, STR("P")) || str_starts(s, STR("-P")))
		return feel_parse_duration(s, out);
	if (s.n > 2 && s.p[2] == ':')
		return feel_parse_time(s, zones, out);
	return feel_parse_date(s, out) || feel_parse_date_time(s, zones, out);
}

static void
two(buf *b, int64_t v)
{
	buf_c(b, (char)('0' + v / 10 % 10));
	buf_c(b, (char)('0' + v % 10));
}

/* ".5", ".123456789", or nothing */
static void
print_fraction(buf *b, int64_t ns)
{
	if (ns == 0)
		return;
	buf_c(b, '.');
	for (int64_t scale = FEEL_SEC_NS / 10; ns > 0; ns %= scale, scale /= 10)
		buf_c(b, (char)('0' + ns / scale));
}

static void
print_date(buf *b, int64_t day)
{
	feel_ymd t = feel_ymd_of(day);
	int64_t y = t.y < 0 ? -t.y : t.y;

	if (t.y < 0)
		buf_c(b, '-');
	for (int64_t v = 1000; v > y && v > 1; v /= 10)
		buf_c(b, '0');
	buf_i64(b, y);
	buf_c(b, '-');
	two(b, t.m);
	buf_c(b, '-');
	two(b, t.d);
}

static void
print_clock(buf *b, feel_value v)
{
	int64_t s = v.t.ns / FEEL_SEC_NS;

	two(b, s / 3600);
	buf_c(b, ':');
	two(b, s / 60 % 60);
	buf_c(b, ':');
	two(b, s % 60);
	print_fraction(b, v.t.ns % FEEL_SEC_NS);
	if (v.zone) {
		buf_c(b, '@');
		buf_put(b, feel_zone_name(v.zone));
	} else if (v.offset == 0) {
		buf_c(b, 'Z');
	} else if (v.offset != FEEL_LOCAL) {
		int32_t o = v.offset < 0 ? -v.offset : v.offset;
		buf_c(b, v.offset < 0 ? '-' : '+');
		two(b, o / 3600);
		buf_c(b, ':');
		two(b, o / 60 % 60);
		if (o % 60) {
			buf_c(b, ':');
			two(b, o % 60);
		}
	}
}

static void
print_part(buf *b, int64_t v, char letter)
{
	if (v == 0)
		return;
	buf_i64(b, v);
	buf_c(b, letter);
}

static void
print_days(buf *b, __int128 ns)
{
	if (ns == 0) {
		buf_lit(b, "PT0S");
		return;
	}
	if (ns < 0) {
		buf_c(b, '-');
		ns = -ns;
	}
	int64_t rest = (int64_t)(ns % FEEL_DAY_NS), s = rest / FEEL_SEC_NS;
	buf_c(b, 'P');
	print_part(b, (int64_t)(ns / FEEL_DAY_NS), 'D');
	if (rest == 0)
		return;
	buf_c(b, 'T');
	print_part(b, s / 3600, 'H');
	print_part(b, s / 60 % 60, 'M');
	if (rest % (60 * FEEL_SEC_NS)) {
		buf_i64(b, s % 60);
		print_fraction(b, rest % FEEL_SEC_NS);
		buf_c(b, 'S');
	}
}

static void
print_months(buf *b, int64_t months)
{
	if (months == 0) {
		buf_lit(b, "P0M");
		return;
	}
	if (months < 0)
		buf_c(b, '-');
	buf_c(b, 'P');
	print_part(b, (months < 0 ? -months : months) / 12, 'Y');
	print_part(b, (months < 0 ? -months : months) % 12, 'M');
}

void
feel_print_temporal(buf *b, feel_value v)
{
	if (v.kind == FEEL_DAYS) {
		print_days(b, v.ns);
	} else if (v.kind == FEEL_MONTHS) {
		print_months(b, v.months);
	} else {
		if (v.kind != FEEL_TIME)
			print_date(b, v.t.day);
		if (v.kind == FEEL_DATE_TIME)
			buf_c(b, 'T');
		if (v.kind != FEEL_DATE)
			print_clock(b, v);
	}
}

static bool
day_in_range(int64_t day)
{
	return day >= feel_day_of(-FEEL_YEAR_MAX, 1, 1) && day <= feel_day_of(FEEL_YEAR_MAX, 12, 31);
}

bool
feel_date_time_of(int64_t day, int64_t ns, int32_t offset, const feel_zone *zone, feel_value *out)
{
	if (!day_in_range(day))
		return false;
	if (zone) {
		int64_t local = day * DAY_SECONDS + ns / FEEL_SEC_NS, moved;
		offset = feel_zone_offset_local(zone, local, &moved);
		day = floor_div(moved, DAY_SECONDS);
		ns = (moved - day * DAY_SECONDS) * FEEL_SEC_NS + ns % FEEL_SEC_NS;
	}
	*out = (feel_value){
		.kind = FEEL_DATE_TIME, .offset = offset, .zone = zone, .t = {.day = day, .ns = ns}};
	return true;
}

feel_value
feel_instant(int64_t ms, int32_t offset)
{
	int64_t local = ms + (int64_t)offset * 1000, day = floor_div(local, DAY_SECONDS * 1000);

	return (feel_value){.kind = FEEL_DATE_TIME,
			    .offset = offset,
			    .t = {.day = day, .ns = (local - day * DAY_SECONDS * 1000) * 1000000}};
}

__int128
feel_point(feel_value v)
{
	__int128 ns = (__int128)v.t.day * FEEL_DAY_NS + v.t.ns;

	return v.offset == FEEL_LOCAL ? ns : ns - (__int128)v.offset * FEEL_SEC_NS;
}

bool
feel_add_months(feel_value v, int64_t months, feel_value *out)
{
	if ((v.kind != FEEL_DATE && v.kind != FEEL_DATE_TIME) || months > FEEL_YEAR_MAX * INT64_C(24) ||
	    months < -FEEL_YEAR_MAX * INT64_C(24))
		return false;
	feel_ymd t = feel_ymd_of(v.t.day);
	int64_t n = t.y * 12 + (t.m - 1) + months, y = floor_div(n, 12);
	int32_t m = (int32_t)(n - y * 12) + 1;
	int32_t d = MIN(t.d, feel_month_days(y, m));
	if (!feel_ymd_valid(y, m, d))
		return false;
	if (v.kind == FEEL_DATE_TIME)
		return feel_date_time_of(feel_day_of(y, m, d), v.t.ns, v.offset, v.zone, out);
	*out = feel_date(feel_day_of(y, m, d));
	return true;
}

/* In a named zone the instant moves by the duration and the wall clock follows; else the wall clock moves. */
bool
feel_add_ns(feel_value v, __int128 ns, feel_value *out)
{
	__int128 sum = (__int128)v.t.day * FEEL_DAY_NS + v.t.ns + ns, limit = (__int128)INT64_MAX * 1000;

	if (v.kind == FEEL_TIME) {
		int64_t rest = (int64_t)(((__int128)v.t.ns + ns % FEEL_DAY_NS + FEEL_DAY_NS) % FEEL_DAY_NS);
		*out = v;
		out->t.ns = rest;
		return true;
	}
	if ((v.kind != FEEL_DATE && v.kind != FEEL_DATE_TIME) || sum > limit * FEEL_SEC_NS ||
	    sum < -limit * FEEL_SEC_NS)
		return false;
	if (v.zone) {
		__int128 utc = sum - (__int128)v.offset * FEEL_SEC_NS;
		int64_t s = (int64_t)(utc / FEEL_SEC_NS - (utc % FEEL_SEC_NS < 0));
		int32_t offset = feel_zone_offset_utc(v.zone, s);
		sum = utc + (__int128)offset * FEEL_SEC_NS;
		v.offset = offset;
	}
	__int128 day = sum / FEEL_DAY_NS - (sum % FEEL_DAY_NS < 0);
	if (day > INT64_MAX / 2 || day < INT64_MIN / 2 || !day_in_range((int64_t)day))
		return false;
	*out = v;
	out->t.day = (int64_t)day;
	out->t.ns = v.kind == FEEL_DATE ? 0 : (int64_t)(sum - day * FEEL_DAY_NS);
	return true;
}

int64_t
feel_months_between(feel_value from, feel_value to)
{
	feel_ymd a = feel_ymd_of(from.t.day), b = feel_ymd_of(to.t.day);
	int64_t n = (b.y - a.y) * 12 + (b.m - a.m);

	if (n > 0 && b.d < a.d)
		n--;
	if (n < 0 && b.d > a.d)
		n++;
	return n;
}
