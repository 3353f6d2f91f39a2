/* cards_blanks.c - the books of blanks: what an office has, runs received, given out and back, spoilt,
 * counted. */
#include "app/organisation/organisation.h"
#include "locale/msg_ids.h"
#include "web/desk/cards_priv.h"

enum { SERIAL_MAX = 40, WORDS_MAX = 60, COUNTS = 12, COUNT_MAX = 1000000 };

typedef enum book_act { BOOK_RECEIVE, BOOK_ISSUE, BOOK_SPOIL, BOOK_COUNT, BOOK_RETURN, BOOK_ACTS } book_act;

static const str act_names[BOOK_ACTS] = {STR("receive"), STR("issue"), STR("spoil"), STR("count"),
					 STR("return")};
static const int act_titles[BOOK_ACTS] = {MSG_BLANKS_RECEIVE, MSG_BLANKS_ISSUE, MSG_BLANKS_SPOIL,
					  MSG_BLANKS_COUNT, MSG_BLANKS_RETURN};

/* rq->work */
typedef struct book_page {
	form f;
	book_act act;
	blank_book book;
	blank_levels levels;
	blank_checks checks;
	office_views offices;
	blank_in in;
	blank_out out;
	blank_waste waste;
	blank_tally tally;
	blank_back back;
	int64_t result;
} book_page;

static rc
read_book(web_req *rq, book_page **out)
{
	book_page *k = arena_new(rq->a, book_page);
	const actor *who = house_actor(rq);
	db *d = NULL;

	TRY(cards_printer(rq));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(house_read(rq, &d));
	TRY(blank_book_read(d, rq->a, rq->fault, who->tenant, &k->book));
	TRY(blank_levels_read(d, rq->a, rq->fault, &k->book, who->office, &k->levels));
	TRY(blank_checks_read(d, rq->a, rq->fault, who, COUNTS, &k->checks));
	TRY(office_list(d, rq->a, rq->fault, who, who->tenant, &k->offices));
	*out = k;
	rq->work = k;
	return RC_OK;
}

static str
office_name(const book_page *k, int64_t id)
{
	for (size_t i = 0; i < k->offices.n; i++)
		if (k->offices.v[i].id == id)
			return k->offices.v[i].name;
	return STR("");
}

/* ---- the books ---- */

static tpl_list_blank_level
level_lines(web_req *rq, const book_page *k)
{
	struct tpl_blank_level *v = arena_array(rq->a, struct tpl_blank_level, k->levels.n);

	for (size_t i = 0; i < k->levels.n; i++) {
		const blank_level *l = &k->levels.v[i];
		v[i] = (struct tpl_blank_level){.name = cards_stock_name(rq, l->stock),
						.given = l->given,
						.used = l->used,
						.lost = l->lost,
						.left = l->left,
						.next = l->next};
	}
	return (tpl_list_blank_level){v, k->levels.n};
}

static str
range_text(web_req *rq, const blank_run *r, int64_t first, int64_t last)
{
	return str_fmt(rq->a, "%.*s — %.*s", STR_ARG(blank_serial(rq->a, r, first)),
		       STR_ARG(blank_serial(rq->a, r, last)));
}

static tpl_list_blank_run
run_lines(web_req *rq, const book_page *k)
{
	struct tpl_blank_run *v = arena_array(rq->a, struct tpl_blank_run, k->book.runs.n);
	size_t n = 0;

	for (size_t i = k->book.runs.n; i-- > 0;) {
		const blank_run *r = &k->book.runs.v[i];
		v[n++] = (struct tpl_blank_run){.range = range_text(rq, r, r->first, r->last),
						.n = r->last - r->first + 1,
						.name = cards_stock_name(rq, r->stock),
						.day = r->received,
						.source = r->source,
						.office = office_name(k, r->office)};
	}
	return (tpl_list_blank_run){v, n};
}

static tpl_list_blank_gift
gift_lines(web_req *rq, const book_page *k)
{
	struct tpl_blank_gift *v = arena_array(rq->a, struct tpl_blank_gift, k->book.gifts.n);
	size_t n = 0;

	for (size_t i = k->book.gifts.n; i-- > 0;) {
		const blank_gift *g = &k->book.gifts.v[i];
		const blank_run *r = blank_run_find(&k->book, g->run);
		bool ours = r && r->office == house_actor(rq)->office && g->returned.n == 0;
		if (!r)
			continue;
		v[n++] = (struct tpl_blank_gift){.range = range_text(rq, r, g->first, g->last),
						 .n = g->last - g->first + 1,
						 .day = g->issued,
						 .office = office_name(k, g->office),
						 .receiver = g->receiver,
						 .returned = g->returned,
						 .item = ours ? cards_item_text(rq->a, g->run, g->id)
							      : STR("")};
	}
	return (tpl_list_blank_gift){v, n};
}

static tpl_list_blank_check
check_lines(web_req *rq, const book_page *k)
{
	struct tpl_blank_check *v = arena_array(rq->a, struct tpl_blank_check, k->checks.n);

	for (size_t i = 0; i < k->checks.n; i++) {
		const blank_check *c = &k->checks.v[i];
		v[i] = (struct tpl_blank_check){.day = c->day,
						.name = cards_stock_name(rq, c->stock),
						.expected = c->expected,
						.counted = c->counted,
						.differs = c->counted != c->expected,
						.note = c->note};
	}
	return (tpl_list_blank_check){v, k->checks.n};
}

static tpl_list_column
columns(web_req *rq, const int *heads, size_t n, size_t numbers, bool act)
{
	tpl_list_column all = desk_columns(rq, heads, n);
	struct tpl_column *c = arena_array(rq->a, struct tpl_column, n);

	memcpy(c, all.v, n * sizeof *c);
	for (size_t i = 0; i < n; i++)
		c[i].number = numbers >> i & 1;
	c[n - 1].act = act;
	return (tpl_list_column){c, n};
}

rc
blanks_get(web_req *rq)
{
	static const int levels[] = {MSG_CARDS_KIND,  MSG_BLANKS_GIVEN, MSG_BLANKS_USED,
				     MSG_BLANKS_LOST, MSG_BLANKS_LEFT,  MSG_BLANKS_NEXT};
	static const int runs[] = {MSG_BLANKS_RANGE, MSG_CARDS_N,       MSG_CARDS_KIND,
				   MSG_BLANKS_DAY,   MSG_BLANKS_SOURCE, MSG_BLANKS_OFFICE};
	static const int gifts[] = {MSG_BLANKS_RANGE, MSG_CARDS_N,         MSG_BLANKS_OFFICE,
				    MSG_BLANKS_TAKEN, MSG_BLANKS_RECEIVER, MSG_BLANKS_RETURNED,
				    MSG_CARDS_DO};
	static const int checks[] = {MSG_BLANKS_COUNT_DAY, MSG_CARDS_KIND, MSG_BLANKS_EXPECTED,
				     MSG_BLANKS_COUNTED, MSG_BLANKS_NOTE};
	book_page *k = NULL;

	TRY(read_book(rq, &k));
	tpl_blanks(web_html(rq),
		   &(struct tpl_blanks){.saved = web_query(rq, STR("saved")).n > 0,
					.level_columns = columns(rq, levels, LEN(levels), 0x1e, false),
					.levels = level_lines(rq, k),
					.run_columns = columns(rq, runs, LEN(runs), 2, false),
					.runs = run_lines(rq, k),
					.gift_columns = columns(rq, gifts, LEN(gifts), 2, true),
					.gifts = gift_lines(rq, k),
					.check_columns = columns(rq, checks, LEN(checks), 0xc, false),
					.checks = check_lines(rq, k)});
	return web_page(rq, 200);
}

/* ---- one entry ---- */

static rc
find_act(web_req *rq, book_page *k)
{
	str name = web_param(rq, STR("act"));

	for (k->act = 0; k->act < BOOK_ACTS; k->act++)
		if (str_eq(act_names[k->act], name))
			return RC_OK;
	return RC_NOT_FOUND;
}

static tpl_list_choice
office_choices(web_req *rq, const book_page *k)
{
	return cards_office_choices(rq, &k->offices, form_typed(&k->f, STR("office")));
}

static rc
show_form(web_req *rq)
{
	const book_page *k = rq->work;
	const form *f = &k->f;
	bool bad = !form_ok(f);

	if (k->act == BOOK_RETURN) /* a button of the books, not a page */
		return RC_NOT_FOUND;
	tpl_blank_form(web_html(rq),
		       &(struct tpl_blank_form){
			       .act = act_names[k->act],
			       .title = desk_words(rq, act_titles[k->act]),
			       .bad = bad,
			       .errors = desk_errors(rq, f),
			       .stocks = cards_stocks(rq, form_typed(f, STR("stock"))),
			       .stock_wrong = desk_wrong(rq, f, "stock"),
			       .first = form_typed(f, STR("first")),
			       .first_wrong = desk_wrong(rq, f, "first"),
			       .last = form_typed(f, STR("last")),
			       .last_wrong = desk_wrong(rq, f, "last"),
			       .year = form_typed(f, STR("day-year")),
			       .month = form_typed(f, STR("day-month")),
			       .day = form_typed(f, STR("day-day")),
			       .day_wrong = desk_wrong(rq, f, "day"),
			       .source = form_typed(f, STR("source")),
			       .source_wrong = desk_wrong(rq, f, "source"),
			       .offices = office_choices(rq, k),
			       .office_wrong = desk_wrong(rq, f, "office"),
			       .receiver = form_typed(f, STR("receiver")),
			       .receiver_wrong = desk_wrong(rq, f, "receiver"),
			       .serial = form_typed(f, STR("serial")),
			       .serial_wrong = desk_wrong(rq, f, "serial"),
			       .reasons = cards_codes(rq, "card_reason", form_typed(f, STR("reason"))),
			       .reason_wrong = desk_wrong(rq, f, "reason"),
			       .words = form_typed(f, STR("words")),
			       .words_wrong = desk_wrong(rq, f, "words"),
			       .counted = form_typed(f, STR("counted")),
			       .counted_wrong = desk_wrong(rq, f, "counted"),
			       .note = form_typed(f, STR("note")),
			       .note_wrong = desk_wrong(rq, f, "note")});
	return web_page(rq, bad ? 422 : 200);
}

rc
blank_form_get(web_req *rq)
{
	book_page *k = NULL;

	TRY(read_book(rq, &k));
	TRY(find_act(rq, k));
	return show_form(rq);
}

static rc
written(web_req *rq)
{
	static const char *const otherwise[BOOK_ACTS] = {"first", "first", "serial", "counted", "first"};
	book_page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (cards_refused(rq, &k->f, r, otherwise[k->act]))
		return show_form(rq);
	TRY(r);
	return web_see(rq, STR("/desk/cards/blanks?saved=1"));
}

static rc
write(web_req *rq, store_fn *fn, const void *in)
{
	book_page *k = rq->work;

	if (!form_ok(&k->f))
		return show_form(rq);
	return house_write(rq, &(house_command){.fn = fn, .in = in, .out = &k->result, .then = written});
}

static str
serial_of(web_req *rq, form *f, const char *name, int label)
{
	return form_text(f, (form_field){.name = str_of(name), .label = desk_words(rq, label)}, SERIAL_MAX);
}

static rc
post_receive(web_req *rq, book_page *k)
{
	form *f = &k->f;

	k->in = (blank_in){.by = house_actor(rq), .stock = cards_pick_stock(rq, f)};
	k->in.first = serial_of(rq, f, "first", MSG_BLANKS_FIRST);
	k->in.last = serial_of(rq, f, "last", MSG_BLANKS_LAST);
	int32_t day = form_past_date(f, FIELD("day", desk_words(rq, MSG_BLANKS_DAY)));
	k->in.source = form_text(f, FIELD("source", desk_words(rq, MSG_BLANKS_SOURCE)), WORDS_MAX);
	k->in.received = day == DATE_NONE ? STR("") : date_str(rq->a, day);
	return write(rq, blank_receive, &k->in);
}

static rc
post_issue(web_req *rq, book_page *k)
{
	form *f = &k->f;

	k->out = (blank_out){.by = house_actor(rq)};
	k->out.first = serial_of(rq, f, "first", MSG_BLANKS_FIRST);
	k->out.last = serial_of(rq, f, "last", MSG_BLANKS_LAST);
	(void)str_to_i64(form_typed(f, STR("office")), &k->out.office);
	k->out.receiver = form_name(f, FIELD("receiver", desk_words(rq, MSG_BLANKS_RECEIVER)), WORDS_MAX);
	return write(rq, blank_issue, &k->out);
}

static rc
post_count(web_req *rq, book_page *k)
{
	form *f = &k->f;

	k->tally = (blank_tally){.by = house_actor(rq), .stock = cards_pick_stock(rq, f)};
	k->tally.counted = form_int(f, FIELD("counted", desk_words(rq, MSG_BLANKS_COUNTED)), 0, COUNT_MAX);
	k->tally.note = form_text(f, OPTIONAL("note", desk_words(rq, MSG_BLANKS_NOTE)), WORDS_MAX);
	return write(rq, blank_counted, &k->tally);
}

static rc
post_return(web_req *rq, book_page *k)
{
	cards_items v;

	TRY(cards_items_read(rq, &v));
	if (v.n != 1)
		return RC_NOT_FOUND;
	k->back = (blank_back){.by = house_actor(rq), .run = v.v[0].person, .issue = v.v[0].id};
	return write(rq, blank_return, &k->back);
}

rc
blank_form_post(web_req *rq)
{
	book_page *k = NULL;

	TRY(read_book(rq, &k));
	TRY(find_act(rq, k));
	switch (k->act) {
	case BOOK_RECEIVE:
		return post_receive(rq, k);
	case BOOK_ISSUE:
		return post_issue(rq, k);
	case BOOK_COUNT:
		return post_count(rq, k);
	case BOOK_RETURN:
		return post_return(rq, k);
	case BOOK_SPOIL:
	case BOOK_ACTS:
		break;
	}
	k->waste = (blank_waste){.by = house_actor(rq),
				 .serial = serial_of(rq, &k->f, "serial", MSG_CARDS_SERIAL)};
	k->waste.reason = cards_reason(rq, &k->f);
	return write(rq, blank_spoil, &k->waste);
}
