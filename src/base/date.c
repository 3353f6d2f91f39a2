/* date.c - see date.h. Days from civil and back after Hinnant's public-domain algorithms (eras of 400 years).
 */
#include "base/date.h"

#include <stdio.h>

enum { DAY_MS = 86400000, OFFICE_MS = 8 * 3600000 };

static bool
leap(int32_t y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

int32_t
date_days_in_month(int32_t y, int32_t m)
{
	static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return m == 2 && leap(y) ? 29 : days[m - 1];
}

bool
date_valid(int32_t y, int32_t m, int32_t d)
{
	return y >= -999999 && y <= 999999 && m >= 1 && m <= 12 && d >= 1 && d <= date_days_in_month(y, m);
}

int32_t
date_from_ymd(int32_t y, int32_t m, int32_t d)
{
	y -= m <= 2;
	int32_t era = (y >= 0 ? y : y - 399) / 400;
	int32_t yoe = y - era * 400;
	int32_t doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
	int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

ymd
date_ymd(int32_t day)
{
	int32_t z = day + 719468;
	int32_t era = (z >= 0 ? z : z - 146096) / 146097;
	int32_t doe = z - era * 146097;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int32_t mp = (5 * doy + 2) / 153;
	int32_t m = mp < 10 ? mp + 3 : mp - 9;
	return (ymd){.y = yoe + era * 400 + (m <= 2), .m = m, .d = doy - (153 * mp + 2) / 5 + 1};
}

int32_t
date_weekday(int32_t day)
{
	int32_t w = (day + 3) % 7; /* 1970-01-01 was a Thursday */

	return (w < 0 ? w + 7 : w) + 1;
}

int32_t
date_add_months(int32_t day, int32_t months)
{
	ymd t = date_ymd(day);
	int32_t n = t.y * 12 + (t.m - 1) + months;
	int32_t y = n >= 0 ? n / 12 : (n - 11) / 12;
	int32_t m = n - y * 12 + 1;

	return date_from_ymd(y, m, MIN(t.d, date_days_in_month(y, m)));
}

int32_t
date_age(int32_t born, int32_t on)
{
	ymd b = date_ymd(born), t = date_ymd(on);

	return t.y - b.y - (t.m < b.m || (t.m == b.m && t.d < b.d));
}

static int32_t
digits(const char *p, int n)
{
	int32_t v = 0;

	for (int i = 0; i < n; i++)
		v = v * 10 + (p[i] - '0');
	return v;
}

bool
date_parse_compact(str s, int32_t *out)
{
	if (s.n != 8 || !str_all_digits(s))
		return false;
	int32_t y = digits(s.p, 4), m = digits(s.p + 4, 2), d = digits(s.p + 6, 2);
	if (y < 1 || !date_valid(y, m, d))
		return false;
	*out = date_from_ymd(y, m, d);
	return true;
}

bool
date_parse(str s, int32_t *out)
{
	char t[8];

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	memcpy(t, s.p, 4);
	memcpy(t + 4, s.p + 5, 2);
	memcpy(t + 6, s.p + 8, 2);
	return date_parse_compact((str){t, 8}, out);
}

str
date_text(int32_t day, char out[DATE_TEXT])
{
	if (day == DATE_NONE) {
		out[0] = 0;
		return (str){out, 0};
	}
	ymd t = date_ymd(day);
	int32_t part[3] = {t.y, t.m, t.d};
	static const int8_t at[3] = {0, 5, 8}, len[3] = {4, 2, 2};
	BUG_ON(t.y < 0 || t.y > 9999);
	for (int k = 0; k < 3; k++)
		for (int i = len[k] - 1, v = part[k]; i >= 0; i--, v /= 10)
			out[at[k] + i] = (char)('0' + v % 10);
	out[4] = out[7] = '-';
	out[10] = 0;
	return (str){out, 10};
}

str
date_str(arena *a, int32_t day)
{
	char t[DATE_TEXT];

	return str_dup(a, date_text(day, t));
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int32_t
date_of_instant(int64_t ms)
{
	return (int32_t)floor_div(ms + OFFICE_MS, DAY_MS);
}

int64_t
date_start_instant(int32_t day)
{
	return (int64_t)day * DAY_MS - OFFICE_MS;
}

str
instant_str(arena *a, int64_t ms, bool seconds)
{
	char t[DATE_TEXT];
	int32_t day = date_of_instant(ms);
	int s = (int)((ms - date_start_instant(day)) / 1000);

	date_text(day, t);
	if (seconds)
		return str_fmt(a, "%s %02d:%02d:%02d", t, s / 3600, s / 60 % 60, s % 60);
	return str_fmt(a, "%s %02d:%02d", t, s / 3600, s / 60 % 60);
}
