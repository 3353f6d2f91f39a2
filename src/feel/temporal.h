/* temporal.h - FEEL's dates, times, date-times and durations: text, calendar, arithmetic, zones.
 *
 * The calendar is proleptic Gregorian, years -999,999,999 to 999,999,999. A day is an int64 since 1970-01-01,
 * a time of day int64 nanoseconds, a days-and-time duration 128-bit nanoseconds, so nothing is rounded. Zones
 * by name come from the bytes of TZif files (RFC 8536) that the caller reads; this folder opens no file. */
#pragma once
#include "base/map.h"
#include "feel/value.h"

#define FEEL_DAY_NS ((int64_t)86400 * 1000000000)
#define FEEL_SEC_NS ((int64_t)1000000000)

enum { FEEL_YEAR_MAX = 999999999 };

/* Zones read so far. `read` gives the bytes of the TZif file of a zone ("Europe/Paris"), or false; the name
 * is already checked to hold no "..", no leading slash. One thread at a time. */
typedef struct feel_zones {
	arena *a;
	map known;
	bool (*read)(void *ctx, arena *a, str name, str *bytes);
	void *ctx;
} feel_zones;

feel_zones feel_zones_in(arena *a, bool (*read)(void *, arena *, str, str *), void *ctx);

/* NULL: no such zone, or its file is damaged. `zones` may be NULL: no zone but UTC is known. */
const feel_zone *feel_zone_find(feel_zones *zones, str name);
str feel_zone_name(const feel_zone *z);

/* Seconds east of UTC at an instant (Unix seconds), and at a wall-clock time (seconds since 1970-01-01 as if
 * UTC). An hour that comes twice takes the earlier offset; one that never comes is moved on by the gap. */
int32_t feel_zone_offset_utc(const feel_zone *z, int64_t utc);
int32_t feel_zone_offset_local(const feel_zone *z, int64_t local, int64_t *moved);

typedef struct feel_ymd {
	int64_t y;
	int32_t m, d;
} feel_ymd;

bool feel_ymd_valid(int64_t y, int64_t m, int64_t d);
int64_t feel_day_of(int64_t y, int32_t m, int32_t d);
feel_ymd feel_ymd_of(int64_t day);
int32_t feel_month_days(int64_t y, int32_t m);
int feel_weekday(int64_t day); /* 1 Monday … 7 Sunday */
int feel_day_of_year(int64_t day);
int feel_week_of_year(int64_t day); /* ISO 8601 */

/* Text to value; false when it is not one. Durations: either kind, told apart by their letters. */
bool feel_parse_date(str s, feel_value *out);
bool feel_parse_time(str s, feel_zones *zones, feel_value *out);
bool feel_parse_date_time(str s, feel_zones *zones, feel_value *out);
bool feel_parse_duration(str s, feel_value *out);
/* What stands after the @ of a literal: whichever of the four it is. */
bool feel_parse_temporal(str s, feel_zones *zones, feel_value *out);

void feel_print_temporal(buf *b, feel_value v);

/* A date-time from its parts; the zone decides the offset and may move a time that never was. False when out
 * of range. `offset` FEEL_LOCAL and zone NULL: local. */
bool feel_date_time_of(int64_t day, int64_t ns, int32_t offset, const feel_zone *zone, feel_value *out);

/* Nanoseconds since 1970-01-01: in UTC if the value has an offset, else on the wall clock. Dates count from
 * their midnight, in UTC. Times count from the midnight of day 0. */
__int128 feel_point(feel_value v);

/* Date, time or date-time plus a duration; false when there is no such operation or it leaves the calendar.
 */
bool feel_add_months(feel_value v, int64_t months, feel_value *out);
bool feel_add_ns(feel_value v, __int128 ns, feel_value *out);

/* Whole months from `from` to `to`, towards zero, as years and months duration() counts. */
int64_t feel_months_between(feel_value from, feel_value to);
