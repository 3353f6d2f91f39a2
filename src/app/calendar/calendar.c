/* calendar.c - see calendar.h: notices in and out of the store. Reading a pasted notice is in read.c. */
#include "app/calendar/calendar.h"

#include "app/calendar_sql.h"
#include "base/utf8.h"
#include "store/rows.h"

#include <stdlib.h>

enum { YEAR_FIRST = 1950, YEAR_LAST = 2199, NOVEMBER = 11, WEEKDAYS = 5, DECEMBER_FROM = 20 };

/* ---- is it a notice ---- */

static rc
day_ok(arena *a, fault *f, int32_t year, const calendar_entry *e)
{
	ymd d = date_ymd(e->day);

	if (d.y != year && !(d.y == year - 1 && d.m == 12 && d.d >= DECEMBER_FROM))
		return FAIL(f, RC_INVALID, "calendar.not_in_year", FA_STR("day", date_str(a, e->day)),
			    FA_INT("year", year));
	if (e->kind == CALENDAR_WORK && date_weekday(e->day) <= WEEKDAYS)
		return FAIL(f, RC_INVALID, "calendar.work_on_weekday", FA_STR("day", date_str(a, e->day)));
	if (e->note.n == 0 || utf8_count(e->note) > CALENDAR_NOTE_MAX)
		return FAIL(f, RC_INVALID, "calendar.note", FA_STR("day", date_str(a, e->day)),
			    FA_INT("max", CALENDAR_NOTE_MAX));
	return RC_OK;
}

rc
calendar_notice_check(arena *a, fault *f, const calendar_entry_in *in)
{
	const calendar *c = NULL;
	calendar_notice n = {in->year, in->source};
	size_t worked = 0;

	if (in->source.n == 0 || utf8_count(in->source) > CALENDAR_SOURCE_MAX)
		return FAIL(f, RC_INVALID, "calendar.source", FA_FIELD(STR("source")),
			    FA_INT("max", CALENDAR_SOURCE_MAX));
	TRY(calendar_of(a, f, in->v, in->n, &n, 1, &c)); /* the year's range, and no day twice */
	for (size_t i = 0; i < in->n; i++) {
		TRY(day_ok(a, f, in->year, &in->v[i]));
		worked += in->v[i].kind == CALENDAR_WORK;
	}
	size_t off = in->n - worked;
	if (off < CALENDAR_OFF_MIN || off > CALENDAR_OFF_MAX)
		return FAIL(f, RC_INVALID, "calendar.count", FA_INT("off", off),
			    FA_INT("min", CALENDAR_OFF_MIN), FA_INT("max", CALENDAR_OFF_MAX));
	if (worked == 0)
		return FAIL(f, RC_INVALID, "calendar.none_worked");
	return RC_OK;
}

/* ---- into the store ---- */

static rc
put_notice(tx *t, const calendar_entry_in *in, int64_t edition)
{
	char day[DATE_TEXT];

	TRY(put_calendar_year(
		t, &(row_calendar_year){
			   .year = in->year, .edition = edition, .source = in->source, .closed = STR("")}));
	for (size_t i = 0; i < in->n; i++)
		TRY(put_calendar_day(t, &(row_calendar_day){.year = in->year,
							    .edition = edition,
							    .day = date_text(in->v[i].day, day),
							    .working = in->v[i].kind == CALENDAR_WORK,
							    .note = in->v[i].note}));
	return RC_OK;
}

static void
notice_event(tx *t, const calendar_entry_in *in)
{
	tx_event(t, &(event_head){.actor = in->actor,
				  .office = in->office,
				  .kind = "calendar.noticed",
				  .subject = in->year,
				  .purpose = in->source});
}

rc
calendar_notice_run(tx *t, const void *in, void *out)
{
	const calendar_entry_in *q = in;
	calendar_editions_of_rows old;
	char today[DATE_TEXT];

	TRY(calendar_notice_check(tx_arena(t), tx_fault(t), q));
	TRY(sql_calendar_editions_of(tx_db(t), tx_arena(t), tx_fault(t), q->year, &old));
	notice_event(t, q);
	for (size_t i = 0; i < old.n; i++)
		if (old.v[i].closed.n == 0)
			TRY(close_calendar_year(t, q->year, old.v[i].edition, date_text(tx_today(t), today)));
	*(int64_t *)out = (int64_t)old.n + 1;
	return put_notice(t, q, (int64_t)old.n + 1);
}

/* ---- the notices that come with the program ---- */

/* The days of one year's notice: those of the year, and of the December before where no notice of its own has
 * them. */
static calendar_entry_in
notice_of_year(arena *a, const calendar *c, int32_t year)
{
	calendar_days days = {0};
	int32_t first = date_from_ymd(year, 1, 1), last = date_from_ymd(year, 12, 31);

	if (!calendar_known(c, year - 1))
		first = date_from_ymd(year - 1, 12, DECEMBER_FROM);
	for (int32_t d = first; d <= last; d++) {
		const calendar_entry *e = calendar_entry_of(c, d);
		if (e)
			*vec_add(a, &days) = *e;
	}
	return (calendar_entry_in){
		.year = year, .source = calendar_notice_of(c, year), .v = days.v, .n = days.n};
}

static rc
seed_run(tx *t, const void *in, void *out)
{
	const calendar *c = in;
	int64_t *years = out;

	*years = 0;
	for (int32_t y = YEAR_FIRST; y <= YEAR_LAST; y++) {
		calendar_editions_of_rows old;
		if (!calendar_known(c, y))
			continue;
		TRY(sql_calendar_editions_of(tx_db(t), tx_arena(t), tx_fault(t), y, &old));
		if (old.n > 0)
			continue;
		calendar_entry_in notice = notice_of_year(tx_arena(t), c, y);
		notice_event(t, &notice);
		TRY(put_notice(t, &notice, 1));
		TRY(tx_event_end(t));
		++*years;
	}
	return RC_OK;
}

rc
calendar_seed(store *s, const pack *p, fault *f, int64_t now, int64_t *years)
{
	arena *a = arena_open(NULL, 0);
	const calendar *c = NULL;
	str text;

	BUG_ON(pack_find(p, a, STR("lists/calendar.txt"), &text) != RC_OK);
	rc r = calendar_parse(a, f, text, &c);
	if (r == RC_OK) {
		store_command k = {
			.fn = seed_run, .in = c, .out = years, .a = a, .now = now, .lane = LANE_JOB};
		r = store_write(s, f, &k);
	}
	arena_close(a);
	return r;
}

/* ---- out of the store ---- */

rc
calendar_load(db *d, arena *a, fault *f, const calendar **out)
{
	calendar_open_days_rows days;
	calendar_all_years_rows years;
	arena *own = arena_open(a, 0);
	VEC(calendar_notice) notices = {0};
	calendar_days entries = {0};

	TRY(sql_calendar_open_days(d, own, f, &days));
	TRY(sql_calendar_all_years(d, own, f, &years));
	for (size_t i = 0; i < years.n; i++)
		if (years.v[i].closed.n == 0)
			*vec_add(own, &notices) =
				(calendar_notice){(int32_t)years.v[i].year, years.v[i].source};
	for (size_t i = 0; i < days.n; i++) {
		calendar_entry e = {.kind = days.v[i].working ? CALENDAR_WORK : CALENDAR_OFF,
				    .note = days.v[i].note};
		BUG_ON(!date_parse(days.v[i].day, &e.day));
		if (entries.n > 0 && entries.v[entries.n - 1].day == e.day)
			entries.v[entries.n - 1] = e;
		else
			*vec_add(own, &entries) = e;
	}
	rc r = calendar_of(a, f, entries.v, entries.n, notices.v, notices.n, out);
	arena_close(own);
	return r;
}

rc
calendar_editions(db *d, arena *a, fault *f, calendar_years *out)
{
	calendar_all_years_rows rows;

	*out = (calendar_years){0};
	TRY(sql_calendar_all_years(d, a, f, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		calendar_year *y = vec_add(a, out);
		*y = (calendar_year){.year = (int32_t)rows.v[i].year,
				     .edition = rows.v[i].edition,
				     .off = rows.v[i].off,
				     .working = rows.v[i].worked,
				     .source = rows.v[i].source,
				     .closed = DATE_NONE};
		BUG_ON(rows.v[i].closed.n > 0 && !date_parse(rows.v[i].closed, &y->closed));
	}
	return RC_OK;
}

size_t
calendar_missing(const calendar *c, int32_t today, int32_t year[2])
{
	ymd now = date_ymd(today);
	size_t n = 0;

	if (!calendar_known(c, now.y))
		year[n++] = now.y;
	if (now.m >= NOVEMBER && !calendar_known(c, now.y + 1))
		year[n++] = now.y + 1;
	return n;
}

deadline
deadline_add(const calendar *c, int32_t from, int32_t n, deadline_unit unit)
{
	deadline d = {.day = from + n};

	if (unit == DEADLINE_WORKING)
		d.day = calendar_add_working_days(c, from, n, &d.uncertain);
	return d;
}
