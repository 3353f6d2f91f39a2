/* read.c - a notice as it is pasted, read into days.
 *
 *   二、春节：2月15日（农历除夕、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
 *      └ note  └ day              └ range                         └ off     └ counted  └ days └ worked
 *
 * Days are collected until a verb says what they are. What stands in brackets is for people. */
#include "app/calendar/calendar.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { LINES_MAX = 400, RANGE_MAX = 15, DECEMBER = 12 };

typedef struct reader {
	arena *a;
	fault *f;
	calendar_days *out;
	int64_t row;
	str line, note;
	int32_t year; /* the notice's */
	int32_t y, m; /* as far as the sentence has said them; 0: not */

	bool range, total; /* 至, 共 was read just before */
	calendar_days pending;
	size_t off; /* days that the last 放假 covered */
} reader;

static bool
take(str *s, str word)
{
	if (!str_starts(*s, word))
		return false;
	*s = str_from(*s, word.n);
	return true;
}

static rc
add_day(reader *k, int64_t number)
{
	int32_t y = k->y ? k->y : k->year;

	/* "元旦：12月30日至1月1日": only the year before can be meant */
	if (!k->y && k->m == DECEMBER && str_find(k->note, STR("元旦")) >= 0)
		y = k->year - 1;
	if (y < k->year - 1 || y > k->year + 1 || number > 31 || !date_valid(y, k->m, (int32_t)number))
		return FAIL(k->f, RC_INVALID, "calendar.no_such_day", FA_INT("row", k->row),
			    FA_STR("day", str_fmt(k->a, "%d-%d-%lld", y, k->m, (long long)number)));
	int32_t day = date_from_ymd(y, k->m, (int32_t)number), from = day;
	if (k->range && k->pending.n > 0)
		from = k->pending.v[k->pending.n - 1].day + 1;
	if (from > day + 1 || day - from > RANGE_MAX)
		return FAIL(k->f, RC_INVALID, "calendar.range", FA_INT("row", k->row),
			    FA_STR("text", k->line));
	for (; from <= day; from++)
		*vec_add(k->a, &k->pending) = (calendar_entry){.day = from, .note = k->note};
	k->range = false;
	return RC_OK;
}

/* "放假" or "上班": what has been collected is that. */
static void
verb(reader *k, calendar_kind kind)
{
	for (size_t i = 0; i < k->pending.n; i++) {
		k->pending.v[i].kind = kind;
		*vec_add(k->a, k->out) = k->pending.v[i];
	}
	if (kind == CALENDAR_OFF)
		k->off = k->pending.n;
	k->pending.n = 0;
	k->range = false;
}

/* A number and what it counts. */
static rc
number(reader *k, str *s)
{
	size_t n = 0;
	int64_t v = 0;
	bool total = k->total;

	k->total = false;
	while (n < s->n && n < 6 && s->p[n] >= '0' && s->p[n] <= '9')
		v = v * 10 + (s->p[n++] - '0');
	*s = str_from(*s, n);
	if (take(s, STR("年"))) {
		k->y = (int32_t)v;
	} else if (take(s, STR("月"))) {
		k->m = (int32_t)v;
	} else if (take(s, STR("日"))) {
		return add_day(k, v);
	} else if (total && take(s, STR("天")) && k->off > 0 && (size_t)v != k->off) {
		return FAIL(k->f, RC_INVALID, "calendar.days_differ", FA_INT("row", k->row),
			    FA_INT("said", v), FA_INT("counted", k->off));
	}
	return RC_OK;
}

static rc
sentence(reader *k, str s)
{
	uint32_t cp = 0;
	int depth = 0;

	k->y = 0;
	k->off = 0;
	k->pending.n = 0;
	k->range = k->total = false;
	while (s.n > 0) {
		if (s.p[0] == '(' || s.p[0] == ')') {
			depth += s.p[0] == '(' ? 1 : -1;
			s = str_from(s, 1);
		} else if (depth > 0) {
			utf8_next(&s, &cp);
		} else if (s.p[0] >= '0' && s.p[0] <= '9') {
			TRY(number(k, &s));
		} else if (take(&s, STR("共"))) {
			k->total = true;
		} else if (take(&s, STR("至"))) {
			k->range = true;
		} else if (take(&s, STR("放假"))) {
			verb(k, CALENDAR_OFF);
		} else if (take(&s, STR("上班"))) {
			verb(k, CALENDAR_WORK);
		} else {
			utf8_next(&s, &cp);
		}
	}
	return RC_OK;
}

/* "一、元旦:1月1日…": the name between, then sentence by sentence. */
static rc
paragraph(reader *k, str s)
{
	ptrdiff_t colon = str_find_char(s, ':'), mark = str_find(s, STR("、"));
	str stop = STR("。");

	k->m = 0;
	if (colon < 0)
		return RC_OK;
	k->note = str_sub(s, 0, (size_t)colon);
	if (mark >= 0 && mark < colon && str_find(STR("一二三四五六七八九十"), str_sub(s, 0, 3)) >= 0)
		k->note = str_from(k->note, (size_t)mark + stop.n);
	k->note = str_trim(k->note);
	s = str_from(s, (size_t)colon + 1);
	while (s.n > 0) {
		ptrdiff_t at = str_find(s, stop);
		size_t n = at < 0 ? s.n : (size_t)at;
		TRY(sentence(k, str_sub(s, 0, n)));
		s = str_from(s, MIN(n + stop.n, s.n));
	}
	return RC_OK;
}

/* "2027-01-01 off 元旦" */
static rc
plain_line(reader *k, str s)
{
	calendar_entry e = {0};
	str when = {0}, what = {0};

	if (!str_next(&s, ' ', &when) || !date_parse(when, &e.day) || !str_next(&s, ' ', &what))
		return FAIL(k->f, RC_INVALID, "calendar.line", FA_INT("row", k->row),
			    FA_STR("text", k->line));
	if (str_eq(what, STR("work")) || str_eq(what, STR("上班")))
		e.kind = CALENDAR_WORK;
	else if (!str_eq(what, STR("off")) && !str_eq(what, STR("放假")))
		return FAIL(k->f, RC_INVALID, "calendar.line", FA_INT("row", k->row),
			    FA_STR("text", k->line));
	e.note = str_trim(s.p ? s : STR(""));
	*vec_add(k->a, k->out) = e;
	return RC_OK;
}

/* "2027-…", and not "2027年…". */
static bool
is_plain(str s)
{
	return s.n > 5 && s.p[4] == '-' && str_all_digits(str_sub(s, 0, 4));
}

rc
calendar_notice_read(arena *a, fault *f, int32_t year, str text, calendar_days *out)
{
	reader k = {.a = a, .f = f, .out = out, .year = year};

	*out = (calendar_days){0};
	while (str_next(&text, '\n', &k.line)) {
		if (++k.row > LINES_MAX)
			return FAIL(f, RC_LIMIT, "calendar.lines", FA_INT("max", LINES_MAX));
		str s = text_fold(a, k.line);
		if (s.n == 0 || s.p[0] == '#')
			continue;
		TRY(is_plain(s) ? plain_line(&k, s) : paragraph(&k, s));
	}
	return out->n > 0 ? RC_OK : (rc)FAIL(f, RC_INVALID, "calendar.nothing", FA_FIELD(STR("days")));
}

str
calendar_notice_text(arena *a, const calendar_entry *v, size_t n)
{
	buf b = buf_in(a);
	char day[DATE_TEXT];

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s %s %.*s\n", date_text(v[i].day, day).p,
			v[i].kind == CALENDAR_WORK ? "work" : "off", STR_ARG(v[i].note));
	return buf_str(&b);
}
