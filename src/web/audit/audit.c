/* audit.c - the two chains on pages: by record, by officer, by days. Bodies of events are never shown. */
#include "web/audit/audit.h"

#include "app/field/field.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/account/own.h"
#include "web/ask.h"
#include "web/audit_tpl.h"
#include "web/kases.h"
#include "web/parts.h"
#include "web/table.h"

enum { PAGE_LINES = 50, LOGIN_LEN = 32, DAYS_SHOWN = 30, DAYS_MAX = 3660, MINE_DAYS = 1100 };

static const int64_t FOR_EVER = INT64_MAX;

/* What an auditor asks. */
typedef struct question {
	form f;
	str person, login, from, to;
	period when;
	const person_ref *ref; /* or NULL: by officer */
	officer by;
	bool asked;
} question;

static rc
first_page(const web_req *rq, question *q)
{
	int32_t today = date_of_instant(rq->now);

	q->f = form_of(rq->a, &rq->http->query, rq->now);
	q->person = form_text(&q->f, OPTIONAL("person", desk_words(rq, MSG_AUDIT_PERSON)), LOGIN_LEN);
	q->login = form_text(&q->f, OPTIONAL("officer", desk_words(rq, MSG_AUDIT_OFFICER)), LOGIN_LEN);
	int32_t from = form_date(&q->f, OPTIONAL("from", desk_words(rq, MSG_AUDIT_FROM))),
		to = form_date(&q->f, OPTIONAL("to", desk_words(rq, MSG_AUDIT_TO)));
	to = to == DATE_NONE ? today : to;
	from = from == DATE_NONE ? to - DAYS_SHOWN : from;
	if (from > to || to - from > DAYS_MAX)
		(void)FAIL(form_wrong(&q->f), RC_INVALID, "audit.days", FA_FIELD(STR("from")));
	q->from = date_str(rq->a, from);
	q->to = date_str(rq->a, to);
	q->when = (period){.from = date_start_instant(from), .to = date_start_instant(to + 1)};
	q->asked = (q->person.n || q->login.n) && form_ok(&q->f);
	return RC_OK;
}

/* A record that is not there and one elsewhere are told alike. */
static rc
find_record(web_req *rq, db *d, question *q)
{
	int64_t tenant = 0, id = 0;
	ptrdiff_t dash = str_find_char(q->person, '-');
	rc r = RC_NOT_FOUND;

	if (dash > 0 && str_to_i64(str_sub(q->person, 0, (size_t)dash), &tenant) &&
	    str_to_i64(str_from(q->person, (size_t)dash + 1), &id) && tenant > 0 && id > 0)
		r = person_open(d, rq->a, rq->fault, house_actor(rq), tenant, id, &q->ref);
	if (r == RC_NOT_FOUND) {
		(void)FAIL(form_wrong(&q->f), RC_INVALID, "audit.nobody", FA_FIELD(STR("person")));
		return RC_OK;
	}
	return r;
}

static rc
find_officer(web_req *rq, db *d, question *q)
{
	rc r = audit_officer(d, rq->a, rq->fault, house_actor(rq), q->login, &q->by);

	if (r == RC_NOT_FOUND) {
		(void)FAIL(form_wrong(&q->f), RC_INVALID, "audit.no_officer", FA_FIELD(STR("officer")));
		return RC_OK;
	}
	return r;
}

static rc
read_question(web_req *rq, question *q, db **d)
{
	TRY(desk_staff(rq));
	TRY(first_page(rq, q));
	TRY(house_read(rq, d));
	if (!q->asked)
		return RC_OK;
	TRY(q->person.n ? find_record(rq, *d, q) : find_officer(rq, *d, q));
	q->asked = form_ok(&q->f);
	return RC_OK;
}

/* ---- what a look was, in words ---- */

/* The value after `key` up to the next space. */
static str
part_of(str what, const char *key)
{
	ptrdiff_t at = str_find(what, str_of(key));

	if (at < 0)
		return STR("");
	str rest = str_from(what, (size_t)at + strlen(key)), part;
	return str_next(&rest, ' ', &part) ? part : STR("");
}

static str
reveal_words(const web_req *rq, str slot)
{
	ptrdiff_t dot = str_find_char(slot, '.');
	str id = dot < 0 ? slot : str_sub(slot, 0, (size_t)dot);
	const field *x = field_find(house_of(rq)->fields, id);
	str label = !x ? id : rq->lang == MSG_EN ? x->en : x->name;

	return desk_words_of(rq, MSG_LOOK_REVEAL, "label", label);
}

/* `whole`: with what was asked by, which only an auditor reads. */
static str
look_words(const web_req *rq, str what, bool whole)
{
	static const struct {
		const char *by;
		int words;
	} lists[] = {{"tasks", MSG_LOOK_TASKS},       {"cases", MSG_LOOK_CASES},
		     {"cards", MSG_LOOK_CARDS},       {"handover", MSG_LOOK_HANDOVER},
		     {"notices", MSG_LOOK_NOTICES},   {"corrections", MSG_LOOK_CORRECTIONS},
		     {"schedule", MSG_LOOK_SCHEDULE}, {"number", MSG_LOOK_BY_NUMBER}};
	url_pairs asked;

	if (str_eq(what, STR("person")))
		return desk_words(rq, MSG_LOOK_PERSON);
	if (str_eq(what, STR("case")))
		return desk_words(rq, MSG_LOOK_CASE);
	if (str_starts(what, STR("case ")))
		return desk_words(rq, MSG_LOOK_CASE_PAPER);
	if (str_eq(what, STR("card")))
		return desk_words(rq, MSG_LOOK_CARD);
	if (str_eq(what, STR("verify")))
		return desk_words(rq, MSG_LOOK_VERIFY);
	if (str_eq(what, STR("reveal record")))
		return desk_words(rq, MSG_RECORD_LOOK);
	if (str_starts(what, STR("reveal ")))
		return reveal_words(rq, str_from(what, 7));
	if (str_starts(what, STR("sheet ")))
		return desk_words(rq, MSG_LOOK_SHEET);
	if (!str_starts(what, STR("list by=")))
		return whole ? what : desk_words(rq, MSG_LOOK_LIST);
	for (size_t i = 0; i < LEN(lists); i++)
		if (str_eq(part_of(what, "by="), str_of(lists[i].by)))
			return desk_words(rq, lists[i].words);
	if (!whole || !url_decode_pairs(rq->a, str_cat(rq->a, STR("q="), part_of(what, " q=")), 1, &asked))
		return desk_words(rq, MSG_LOOK_BY_NAME);
	const fault_arg args[] = {{.name = "name", .is_text = true, .s = url_value(&asked, STR("q"), NULL)},
				  {.name = "n", .is_text = true, .s = part_of(what, " n=")},
				  {0}};
	return msg_text(rq->a, rq->lang, MSG_LOOK_BY_THIS_NAME, args);
}

static str
event_words(const web_req *rq, str kind)
{
	int id = msg_find(str_cat(rq->a, STR("event."), kind));

	return id < 0 ? kind : desk_words(rq, id);
}

static bool
is_check(const audit_line *l)
{
	return str_eq(l->what, STR("verify"));
}

static str
somebody(const web_req *rq, const audit_line *l)
{
	if (l->who.n)
		return l->who;
	if (l->actor)
		return desk_words_n(rq, MSG_AUDIT_STRANGER, l->actor);
	return desk_words(rq, is_check(l) ? MSG_AUDIT_VISITOR : MSG_AUDIT_PROGRAM);
}

/* Who checks a certificate only says who he is; an event of a case names its service. */
static str
why(web_req *rq, const audit_line *l, const kase_house *h)
{
	const service *s = h ? kase_service(h, l->purpose) : NULL;

	if (is_check(l) && l->purpose.n)
		return desk_words_of(rq, MSG_LOOK_VERIFY_BY, "name", l->purpose);
	return s ? ask_pair(rq, s->name) : purpose_show(rq, l->purpose);
}

static void
point_at(web_req *rq, struct tpl_audit_line *l, int64_t tenant, int64_t person)
{
	if (!person)
		return;
	l->person = str_fmt(rq->a, "%lld-%lld", (long long)tenant, (long long)person);
	l->href = str_cat(rq->a, STR("/desk/people/"), l->person);
}

/* How a line of one of the chains reads. */
typedef struct reading {
	bool events; /* else looks */
	bool whole; /* of a look: with what was asked by; of an event: it is about a person, whatever its kind
		     */
	const kase_house *house; /* of events */
} reading;

static bool
about_person(const audit_line *l, const reading *how)
{
	return !how->events || how->whole || str_starts(l->what, STR("person.")) ||
	       str_starts(l->what, STR("fact."));
}

static tpl_list_audit_line
rows_of(web_req *rq, const audit_lines *lines, int64_t page, const reading *how)
{
	size_t most = table_rows(rq, PAGE_LINES);
	size_t from = most > PAGE_LINES ? 0 : (size_t)(page - 1) * PAGE_LINES;
	size_t n = lines->n > from ? MIN(lines->n - from, most) : 0;
	struct tpl_audit_line *v = arena_array(rq->a, struct tpl_audit_line, n);

	for (size_t i = 0; i < n; i++) {
		const audit_line *l = &lines->v[from + i];
		v[i] = (struct tpl_audit_line){.at = instant_str(rq->a, l->at, true),
					       .who = somebody(rq, l),
					       .where = l->where,
					       .what = how->events ? event_words(rq, l->what)
								   : look_words(rq, l->what, how->whole),
					       .purpose = why(rq, l, how->house)};
		point_at(rq, &v[i], l->tenant, about_person(l, how) ? l->about : 0);
	}
	return (tpl_list_audit_line){v, n};
}

/* ---- pages ---- */

static int64_t
page_count(size_t lines)
{
	return MAX(1, (int64_t)((lines + PAGE_LINES - 1) / PAGE_LINES));
}

static str
address_of(web_req *rq, const char *path, const question *q)
{
	buf b = buf_in(rq->a);

	buf_put(&b, str_of(path));
	buf_lit(&b, "?person=");
	html_build_part(&b, q->person);
	buf_lit(&b, "&officer=");
	html_build_part(&b, q->login);
	buf_fmt(&b, "&from=%.*s&to=%.*s&page=", STR_ARG(q->from), STR_ARG(q->to));
	return buf_str(&b);
}

static tpl_list_kept
kept_of(web_req *rq, const question *q)
{
	struct tpl_kept *v = arena_array(rq->a, struct tpl_kept, 4);

	v[0] = (struct tpl_kept){.name = STR("person"), .value = q->person};
	v[1] = (struct tpl_kept){.name = STR("officer"), .value = q->login};
	v[2] = (struct tpl_kept){.name = STR("from"), .value = q->from};
	v[3] = (struct tpl_kept){.name = STR("to"), .value = q->to};
	return (tpl_list_kept){v, 4};
}

typedef struct lines {
	size_t n;
	bool more;
	tpl_list_audit_line rows;
	int64_t page;
	int title, lead, what;
	const char *path;
} lines;

static rc
show(web_req *rq, const question *q, const lines *l)
{
	const int heads[] = {MSG_AUDIT_AT, MSG_AUDIT_WHO,     MSG_AUDIT_WHERE,
			     l->what,      MSG_AUDIT_PURPOSE, MSG_AUDIT_RECORD};
	const form *f = &q->f;
	bool bad = !form_ok(f);
	int64_t pages = page_count(l->n);

	tpl_audit_page(web_html(rq), &(struct tpl_audit_page){
					     .title = desk_words(rq, l->title),
					     .lead = desk_words(rq, l->lead),
					     .action = str_of(l->path),
					     .bad = bad,
					     .errors = desk_errors(rq, f),
					     .person = form_typed(f, STR("person")),
					     .person_wrong = desk_wrong(rq, f, "person"),
					     .login = form_typed(f, STR("officer")),
					     .login_wrong = desk_wrong(rq, f, "officer"),
					     .from = bad ? form_typed(f, STR("from")) : q->from,
					     .from_wrong = desk_wrong(rq, f, "from"),
					     .to = bad ? form_typed(f, STR("to")) : q->to,
					     .to_wrong = desk_wrong(rq, f, "to"),
					     .asked = q->asked,
					     .count = (int64_t)l->n,
					     .more = l->more,
					     .what = desk_words(rq, l->what),
					     .columns = desk_columns(rq, heads, LEN(heads)),
					     .rows = l->rows,
					     .base = address_of(rq, l->path, q),
					     .previous = l->page - 1,
					     .next = l->page < pages ? l->page + 1 : 0,
					     .pages = pages,
					     .current = l->page,
					     .links = page_links(rq->a, l->page, pages),
					     .kept = kept_of(rq, q),
				     });
	return web_page(rq, bad ? 422 : 200);
}

typedef rc at_record(db *, arena *, fault *, const person_ref *, const period *, audit_lines *, bool *more);
typedef rc by_officer(db *, arena *, fault *, const actor *, const officer *, const period *, audit_lines *,
		      bool *more);

/* One chain's page: of a record, or of an officer. */
static rc
chain_get(web_req *rq, lines *l, bool events, at_record *at, by_officer *by)
{
	question q = {0};
	audit_lines found = {0};
	reading how = {.events = events};
	db *d = NULL;

	TRY(read_question(rq, &q, &d));
	how.whole = !events || q.ref;
	if (events)
		TRY(kases_of(rq, &how.house));
	if (q.asked && q.ref)
		TRY(at(d, rq->a, rq->fault, q.ref, &q.when, &found, &l->more));
	else if (q.asked)
		TRY(by(d, rq->a, rq->fault, house_actor(rq), &q.by, &q.when, &found, &l->more));
	TRY(table_whole(rq, l->more, found.n));
	l->n = found.n;
	l->page = web_query_int(rq, STR("page"), 1, page_count(l->n), 1);
	l->rows = rows_of(rq, &found, l->page, &how);
	return show(rq, &q, l);
}

static rc
looks_get(web_req *rq)
{
	lines l = {.title = MSG_AUDIT_LOOKS,
		   .lead = MSG_AUDIT_LOOKS_LEAD,
		   .what = MSG_LOOK_WHAT,
		   .path = "/audit/looks"};

	return chain_get(rq, &l, false, audit_looks_at, audit_looks_by);
}

static rc
events_get(web_req *rq)
{
	lines l = {.title = MSG_AUDIT_EVENTS,
		   .lead = MSG_AUDIT_EVENTS_LEAD,
		   .what = MSG_AUDIT_EVENT,
		   .path = "/audit/events"};

	return chain_get(rq, &l, true, audit_events_of, audit_events_by);
}

/* GET /me/access-log  One's own, or a ward's: of nobody else whatever the address says. */
static rc
mine_get(web_req *rq)
{
	static const int heads[] = {MSG_AUDIT_AT, MSG_AUDIT_WHERE, MSG_LOOK_WHAT, MSG_AUDIT_PURPOSE};
	audit_lines found = {0};
	bool more = false;
	own o;
	db *d = NULL;

	TRY(own_open(rq, &o));
	if (o.ref) { /* else: an account that stands for no record has a log without lines */
		period when = {.from = date_start_instant(date_of_instant(rq->now) - MINE_DAYS),
			       .to = FOR_EVER};
		TRY(house_read(rq, &d));
		TRY(audit_looks_at(d, rq->a, rq->fault, o.ref, &when, &found, &more));
		TRY(table_whole(rq, more, found.n));
	}
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].actor == house_actor(rq)->account && found.v[i].office == 0)
			found.v[i].where = desk_words(rq, MSG_RECORD_SELF);
	int64_t pages = page_count(found.n), page = web_query_int(rq, STR("page"), 1, pages, 1);
	tpl_my_access_log(web_html(rq),
			  &(struct tpl_my_access_log){
				  .title = own_log_title(rq, &o),
				  .lead = o.name.n ? desk_words_of(rq, MSG_LOOK_MINE_LEAD_OF, "name", o.name)
						   : desk_words(rq, MSG_LOOK_MINE_LEAD),
				  .back = house_actor(rq)->kind == ACTOR_STAFF ? STR("/desk") : STR("/me"),
				  .count = (int64_t)found.n,
				  .more = more,
				  .columns = desk_columns(rq, heads, LEN(heads)),
				  .rows = rows_of(rq, &found, page, &(reading){0}),
				  .base = str_cat(rq->a, own_href(rq->a, "/me/access-log", o.ward),
						  o.ward ? STR("&page=") : STR("?page=")),
				  .previous = page - 1,
				  .next = page < pages ? page + 1 : 0,
				  .pages = pages,
				  .current = page,
				  .links = page_links(rq->a, page, pages),
			  });
	return web_page(rq, 200);
}

const web_route audit_routes[] = {
	{"GET", "/audit/looks", looks_get, "look.read",
	 "Who looked at a record, or what an officer looked at"},
	{"GET", "/audit/events", events_get, "ledger.read", "What was done to a record, or by an officer"},
	{"GET", "/me/access-log", mine_get, "person.read", "Who looked at my record"},
	{0},
};
