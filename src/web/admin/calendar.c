/* calendar.c - the holiday notices of each year: which there are, which are missing, and entering one in two
 * steps, because every deadline of the year is counted with it. */
#include "web/admin/admin.h"

#include "app/calendar/calendar.h"
#include "base/vec.h"
#include "locale/msg_ids.h"
#include "web/admin_tpl.h"
#include "web/form.h"

enum { DAYS_MAX = 5000, YEAR_FIRST = 2000, YEAR_LAST = 2199 };

static str
words(const web_req *rq, int id)
{
	return msg_text(rq->a, rq->lang, id, NULL);
}

static tpl_list_column
columns(const web_req *rq, const int *id, size_t n)
{
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, n);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct tpl_column){.label = words(rq, id[i]),
					   .number = id[i] == MSG_CALENDAR_PAGE_OFF ||
						     id[i] == MSG_CALENDAR_PAGE_WORKED};
	return (tpl_list_column){v, n};
}

/* ---- the list ---- */

static rc
missing_words(web_req *rq, db *d, str *out)
{
	const calendar *c = NULL;
	int32_t year[2];
	buf b = buf_in(rq->a);

	TRY(calendar_load(d, rq->a, rq->fault, &c));
	size_t n = calendar_missing(c, date_of_instant(rq->now), year);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, i ? ", %d" : "%d", year[i]);
	const fault_arg which[] = {{.name = "years", .is_text = true, .s = buf_str(&b)}, {0}};
	*out = n ? msg_text(rq->a, rq->lang, MSG_CALENDAR_PAGE_MISSING, which) : (str){0};
	return RC_OK;
}

static rc
list_page(web_req *rq, struct tpl_calendar_years *page)
{
	static const int heads[] = {MSG_CALENDAR_PAGE_YEAR, MSG_CALENDAR_PAGE_SOURCE, MSG_CALENDAR_PAGE_OFF,
				    MSG_CALENDAR_PAGE_WORKED, MSG_CALENDAR_PAGE_STATE};
	calendar_years list;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(missing_words(rq, d, &page->missing));
	TRY(calendar_editions(d, rq->a, rq->fault, &list));
	struct tpl_calendar_row *v = arena_array(rq->a, struct tpl_calendar_row, list.n);
	for (size_t i = 0; i < list.n; i++) {
		const calendar_year *y = &list.v[i];
		bool open = y->closed == DATE_NONE;
		v[i] = (struct tpl_calendar_row){
			.year = y->year,
			.source = str_eq(y->source, STR("unsourced")) ? words(rq, MSG_CALENDAR_PAGE_UNSOURCED)
								      : y->source,
			.off = y->off,
			.working = y->working,
			.state = words(rq, open ? MSG_CALENDAR_PAGE_IN_FORCE : MSG_CALENDAR_PAGE_REPLACED),
			.colour = open ? STR("green") : STR("grey")};
	}
	page->rows = (tpl_list_calendar_row){v, list.n};
	page->columns = columns(rq, heads, LEN(heads));
	tpl_calendar_years(web_html(rq), page);
	return web_page(rq, page->bad ? 422 : 200);
}

static rc
show(web_req *rq)
{
	struct tpl_calendar_years page = {0};
	int64_t saved = web_query_int(rq, STR("saved"), YEAR_FIRST, YEAR_LAST, 0);
	const fault_arg year[] = {{.name = "year", .i = saved}, {0}};

	if (saved)
		page.saved = msg_text(rq->a, rq->lang, MSG_CALENDAR_PAGE_SAVED, year);
	return list_page(rq, &page);
}

/* ---- reading what was sent ---- */

static rc
read_days(arena *a, fault *f, calendar_entry_in *in, str text)
{
	calendar_days days;

	TRY(calendar_notice_read(a, f, in->year, text, &days));
	in->v = days.v;
	in->n = days.n;
	return calendar_notice_check(a, f, in);
}

/* The notice in the form; what is wrong with it is in the form's errors. */
static calendar_entry_in
notice_of(web_req *rq, form *f)
{
	calendar_entry_in in = {.actor = house_actor(rq)->account, .office = house_actor(rq)->office};
	fault probe = {0};

	in.year =
		(int32_t)form_int(f, FIELD("year", words(rq, MSG_CALENDAR_PAGE_YEAR)), YEAR_FIRST, YEAR_LAST);
	in.source = form_text(f, FIELD("source", words(rq, MSG_CALENDAR_PAGE_SOURCE)), CALENDAR_SOURCE_MAX);
	str days = form_lines(f, FIELD("days", words(rq, MSG_CALENDAR_PAGE_DAYS)), DAYS_MAX);
	/* a fault cannot be copied: said again into the line of the summary */
	rc r = form_ok(f) ? read_days(rq->a, &probe, &in, days) : RC_OK;
	if (r != RC_OK)
		r = read_days(rq->a, form_wrong(f), &in, days);
	return in;
}

/* The first mistake at a field; one that names none is about the days. */
static str
error_at(web_req *rq, const form *f, str field)
{
	for (size_t i = 0; i < f->errors.n; i++) {
		const fault *e = f->errors.v[i];
		if (str_eq(e->field, field) || (e->field.n == 0 && str_eq(field, STR("days"))))
			return fault_text(rq->a, rq->lang, e);
	}
	return (str){0};
}

static rc
again(web_req *rq, const form *f)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, f->errors.n);
	struct tpl_calendar_years page = {.bad = true,
					  .year = form_typed(f, STR("year")),
					  .source = form_typed(f, STR("source")),
					  .days = form_typed(f, STR("days")),
					  .year_error = error_at(rq, f, STR("year")),
					  .source_error = error_at(rq, f, STR("source")),
					  .days_error = error_at(rq, f, STR("days"))};

	for (size_t i = 0; i < f->errors.n; i++) {
		const fault *e = f->errors.v[i];
		v[i] = (struct tpl_field_error){.field = e->field.n ? e->field : STR("days"),
						.text = fault_text(rq->a, rq->lang, e)};
	}
	page.errors = (tpl_list_field_error){v, f->errors.n};
	return list_page(rq, &page);
}

/* ---- compare, then save ---- */

static rc
compare(web_req *rq)
{
	static const int heads[] = {MSG_CALENDAR_PAGE_DAY, MSG_CALENDAR_PAGE_WHAT, MSG_CALENDAR_PAGE_NOTE};
	form f = form_of(rq->a, &rq->http->form, rq->now);
	calendar_entry_in in = notice_of(rq, &f);
	int64_t off = 0;

	if (!form_ok(&f))
		return again(rq, &f);
	struct tpl_calendar_day_row *v = arena_array(rq->a, struct tpl_calendar_day_row, in.n);
	for (size_t i = 0; i < in.n; i++) {
		bool is_off = in.v[i].kind == CALENDAR_OFF;
		off += is_off;
		v[i] = (struct tpl_calendar_day_row){
			.day = in.v[i].day,
			.what = words(rq, is_off ? MSG_CALENDAR_PAGE_IS_OFF : MSG_CALENDAR_PAGE_IS_WORKED),
			.note = in.v[i].note};
	}
	const struct tpl_answer answers[] = {
		{.key = words(rq, MSG_CALENDAR_PAGE_YEAR), .value = str_fmt(rq->a, "%d", in.year)},
		{.key = words(rq, MSG_CALENDAR_PAGE_SOURCE), .value = in.source},
		{.key = words(rq, MSG_CALENDAR_PAGE_OFF), .value = str_fmt(rq->a, "%lld", (long long)off)},
		{.key = words(rq, MSG_CALENDAR_PAGE_WORKED),
		 .value = str_fmt(rq->a, "%lld", (long long)in.n - off)},
	};
	tpl_calendar_check(web_html(rq),
			   &(struct tpl_calendar_check){.answers = {answers, LEN(answers)},
							.year = in.year,
							.source = in.source,
							.days = calendar_notice_text(rq->a, in.v, in.n),
							.columns = columns(rq, heads, LEN(heads)),
							.rows = {v, in.n}});
	return web_page(rq, 200);
}

static rc
saved(web_req *rq)
{
	const calendar_entry_in *in = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return web_see(rq, str_fmt(rq->a, "/admin/calendar?saved=%d", in->year));
}

static rc
save(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);
	calendar_entry_in *in = arena_new(rq->a, calendar_entry_in);

	*in = notice_of(rq, &f);
	if (!form_ok(&f))
		return again(rq, &f);
	rq->work = in;
	return house_write(rq, &(house_command){.fn = calendar_notice_run,
						.in = in,
						.out = arena_new(rq->a, int64_t),
						.then = saved});
}

const web_route admin_calendar_routes[] = {
	{"GET", "/admin/calendar", show, "site.operate", "Years with and without a holiday notice",
	 HTTP_NO_BODY, 0, 0},
	{"POST", "/admin/calendar", compare, "site.operate",
	 "Read a pasted notice and show it for comparison", HTTP_FORM, 0, 0},
	{"POST", "/admin/calendar/save", save, "site.operate", "Put a compared notice in force", HTTP_FORM, 0,
	 0},
	{0},
};
