/* cards_handover.c - cards that lie at an office and where they go: to another office, onto the list that
 * holders sign, into a hand; what nobody came for. */
#include "app/card/sheet.h"
#include "app/organisation/organisation.h"
#include "io/pack.h"
#include "locale/msg_ids.h"
#include "web/desk/cards_priv.h"
#include "web/kases.h"
#include "web/table.h"

enum { ROWS = 200, LISTS = 20, MAIL_MAX = 40, NAME_MAX = 50, DAYS = 30 };

/* rq->work */
typedef struct hand_page {
	form f;
	str village, act;
	card_views here;
	card_lists to, from;
	blank_book book;
	cards_items picked;
	office_views offices;
	card_send_in send;
	card_hand_in hand;
	int64_t left, days, list;
	bool more;
} hand_page;

/* After how many days a card that nobody came for is told of: local practice, see lists/parameters.yaml. */
static rc
read_days(web_req *rq, int64_t *out)
{
	const kase_house *h = NULL;

	TRY(kases_of(rq, &h));
	const scope *s = &house_actor(rq)->scope;
	const parameter *p = parameter_find(h->parameters, STR("card_collect_days"));
	const parameter_value *v = p && s->n ? parameter_at(p, s->v[0].lo, date_of_instant(rq->now)) : NULL;
	*out = v ? v->n : DAYS;
	return RC_OK;
}

static str
until_of(web_req *rq, int64_t days)
{
	return date_str(rq->a, date_of_instant(rq->now) - (int32_t)days);
}

static rc
read_here(web_req *rq, hand_page *k)
{
	const actor *who = house_actor(rq);
	const size_t most = table_rows(rq, ROWS);
	int64_t village = 0;
	card_views left;
	db *d = NULL;

	(void)str_to_i64(k->village, &village);
	TRY(house_read(rq, &d));
	TRY(card_here_read(d, rq->a, rq->fault, who, division_interval(village), (int64_t)most + 1,
			   &k->here));
	k->more = k->here.n > most;
	k->here.n = MIN(k->here.n, most);
	TRY(table_whole(rq, k->more, most));
	TRY(card_lists_to_read(d, rq->a, rq->fault, who, &k->to));
	TRY(card_lists_from_read(d, rq->a, rq->fault, who, LISTS, &k->from));
	TRY(blank_book_read(d, rq->a, rq->fault, who->tenant, &k->book));
	TRY(read_days(rq, &k->days));
	TRY(card_left_read(d, rq->a, rq->fault, who, false, until_of(rq, k->days), ROWS, &left));
	k->left = (int64_t)left.n;
	return office_list(d, rq->a, rq->fault, who, who->tenant, &k->offices);
}

static tpl_list_column
columns(web_req *rq, const int *heads, size_t n, bool act)
{
	tpl_list_column all = desk_columns(rq, heads, n);
	struct tpl_column *c = arena_array(rq->a, struct tpl_column, n);

	memcpy(c, all.v, n * sizeof *c);
	c[n - 1].act = act;
	return (tpl_list_column){c, n};
}

static tpl_list_card_list_line
list_lines(web_req *rq, const card_lists *all)
{
	struct tpl_card_list_line *v = arena_array(rq->a, struct tpl_card_list_line, all->n);

	for (size_t i = 0; i < all->n; i++) {
		const card_list *l = &all->v[i];
		bool holders = l->target == 0;
		v[i] = (struct tpl_card_list_line){
			.href = str_fmt(rq->a, "/desk/cards/lists/%lld", (long long)l->id),
			.other = holders ? desk_words(rq, MSG_HANDOVER_HOLDERS) : l->other,
			.n = l->n,
			.day = l->day,
			.mail = l->mail,
			.state = holders         ? STR("")
				 : l->received.n ? desk_words_of(rq, MSG_HANDOVER_CAME, "day", l->received)
						 : desk_words(rq, MSG_CARDS_IS_UNDERWAY)};
	}
	return (tpl_list_card_list_line){v, all->n};
}

static tpl_list_choice
villages_of(web_req *rq, const hand_page *k)
{
	desk_choices v = {0};

	desk_choice_add(rq, &v, STR(""), desk_words(rq, MSG_TASKS_ANY), k->village);
	for (size_t i = 0; i < k->here.n; i++)
		desk_choice_add(rq, &v, str_fmt(rq->a, "%012lld", (long long)k->here.v[i].region),
				case_village(rq, k->here.v[i].region), k->village);
	return (tpl_list_choice){v.v, v.n};
}

static const str acts[] = {STR("send"), STR("sheet"), STR("hand")};

static tpl_list_choice
act_choices(web_req *rq, const hand_page *k)
{
	static const int labels[] = {MSG_HANDOVER_SEND, MSG_HANDOVER_SHEET, MSG_HANDOVER_HAND};
	static const int hints[] = {MSG_HANDOVER_SEND_HINT, MSG_HANDOVER_SHEET_HINT, MSG_HANDOVER_HAND_HINT};
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, LEN(acts));

	for (size_t i = 0; i < LEN(acts); i++)
		v[i] = (struct tpl_choice){.value = acts[i],
					   .label = desk_words(rq, labels[i]),
					   .hint = desk_words(rq, hints[i]),
					   .checked = str_eq(k->act, acts[i])};
	return (tpl_list_choice){v, LEN(acts)};
}

static rc
show(web_req *rq)
{
	static const int heads[] = {MSG_CARDS_HOLDER, MSG_TASKS_VILLAGE, MSG_CARDS_SERIAL, MSG_HANDOVER_SINCE,
				    MSG_TASKS_PICK};
	static const int to[] = {MSG_HANDOVER_FROM, MSG_CARDS_N, MSG_HANDOVER_SENT_ON, MSG_HANDOVER_MAIL};
	static const int from[] = {MSG_HANDOVER_TO, MSG_CARDS_N, MSG_HANDOVER_SENT_ON, MSG_HANDOVER_MAIL,
				   MSG_CARDS_STATE};
	hand_page *k = rq->work;
	bool bad = !form_ok(&k->f);

	tpl_handover(web_html(rq),
		     &(struct tpl_handover){.bad = bad,
					    .errors = desk_errors(rq, &k->f),
					    .done = web_query(rq, STR("done")).n > 0,
					    .lead = desk_words_n(rq, MSG_HANDOVER_LEAD, (int64_t)k->here.n),
					    .left = k->left ? desk_words_n(rq, MSG_HANDOVER_LEFT, k->left)
							    : STR(""),
					    .days = k->days,
					    .to_columns = columns(rq, to, LEN(to), false),
					    .to = list_lines(rq, &k->to),
					    .village = k->village,
					    .villages = villages_of(rq, k),
					    .columns = columns(rq, heads, LEN(heads), true),
					    .rows = cards_lines(rq, &k->here, &k->book, CARD_IS_HERE),
					    .more = k->more,
					    .acts = act_choices(rq, k),
					    .act_wrong = desk_wrong(rq, &k->f, "act"),
					    .from_columns = columns(rq, from, LEN(from), false),
					    .from = list_lines(rq, &k->from)});
	return web_page(rq, bad ? 422 : 200);
}

/* Whose cards lie here: a look at a list, and a sheet of it at each of them. */
static rc
look_at(web_req *rq, const card_views *v, const char *what, web_handler then)
{
	static const person_refs nobody = {0};
	look_cases *cases = arena_new(rq->a, look_cases);
	int64_t tenant = house_actor(rq)->tenant;

	for (size_t i = 0; table_asked(rq) != TABLE_PAGE && i < v->n; i++)
		*vec_add(rq->a, cases) = (look_case){tenant, 0, tenant, v->v[i].person};
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .standing = true,
				  .what = str_of(what),
				  .purpose = STR("1")},
			  then);
}

static hand_page *
asked(web_req *rq)
{
	hand_page *k = arena_new(rq->a, hand_page);

	*k = (hand_page){.f = form_of(rq->a, &rq->http->form, rq->now),
			 .village = web_query(rq, STR("village"))};
	k->act = form_typed(&k->f, STR("act"));
	if (k->village.n == 0) /* of a post: as the page was filtered */
		k->village = form_typed(&k->f, STR("village"));
	rq->work = k;
	return k;
}

rc
handover_get(web_req *rq)
{
	TRY(cards_giver(rq));
	hand_page *k = asked(rq);
	TRY(read_here(rq, k));
	return look_at(rq, &k->here, "by=handover", show);
}

/* ---- what is to be done with those that were ticked ---- */

static const card_view *
view_of(const hand_page *k, const cards_item *x)
{
	for (size_t i = 0; i < k->here.n; i++)
		if (k->here.v[i].person == x->person && k->here.v[i].id == x->id)
			return &k->here.v[i];
	return NULL;
}

static tpl_list_choice
target_choices(web_req *rq, const hand_page *k)
{
	return cards_office_choices(rq, &k->offices, form_typed(&k->f, STR("target")));
}

static rc
ask_page(web_req *rq)
{
	hand_page *k = rq->work;
	const form *f = &k->f;
	VEC(struct tpl_card_name) names = {0};
	bool bad = !form_ok(f);

	for (size_t i = 0; i < k->picked.n; i++) {
		const card_view *c = view_of(k, &k->picked.v[i]);
		*vec_add(rq->a, &names) = (struct tpl_card_name){
			.name = c ? c->name : STR(""), .number = c ? case_village(rq, c->region) : STR("")};
	}
	tpl_handover_ask(web_html(rq),
			 &(struct tpl_handover_ask){
				 .bad = bad,
				 .errors = desk_errors(rq, f),
				 .act = k->act,
				 .send = str_eq(k->act, acts[0]),
				 .n = (int64_t)k->picked.n,
				 .names = {names.v, names.n},
				 .items = cards_items_text(rq->a, &k->picked),
				 .village = k->village,
				 .targets = target_choices(rq, k),
				 .target_wrong = desk_wrong(rq, f, "target"),
				 .relations = cards_codes(rq, "receiver", form_typed(f, STR("relation"))),
				 .relation_wrong = desk_wrong(rq, f, "relation"),
				 .receiver = form_typed(f, STR("receiver")),
				 .receiver_wrong = desk_wrong(rq, f, "receiver"),
				 .proofs = cards_codes(rq, "card_proof", form_typed(f, STR("proof"))),
				 .proof_wrong = desk_wrong(rq, f, "proof"),
				 .mail = form_typed(f, STR("mail")),
				 .mail_wrong = desk_wrong(rq, f, "mail"),
				 .year = form_typed(f, STR("day-year")),
				 .month = form_typed(f, STR("day-month")),
				 .day = form_typed(f, STR("day-day")),
				 .day_wrong = desk_wrong(rq, f, "day")});
	return web_page(rq, bad ? 422 : 200);
}

static rc
acted(web_req *rq)
{
	hand_page *k = rq->work;
	str result = STR("");
	rc r = house_written(rq, NULL, &result);

	if (cards_refused(rq, &k->f, r, "act"))
		return str_eq(k->act, acts[1]) ? show(rq) : ask_page(rq);
	TRY(r);
	if (str_eq(k->act, acts[2]))
		return web_see(rq, STR("/desk/cards/handover?done=1"));
	return web_see(rq, str_fmt(rq->a, "/desk/cards/lists/%.*s", STR_ARG(result)));
}

static rc
do_send(web_req *rq, hand_page *k, int64_t target)
{
	k->send = (card_send_in){
		.by = house_actor(rq),
		.target = target,
		.mail = form_text(&k->f, OPTIONAL("mail", desk_words(rq, MSG_HANDOVER_MAIL)), MAIL_MAX),
		.v = cards_refs(rq->a, &k->picked),
		.n = k->picked.n};
	return house_write(rq,
			   &(house_command){.fn = card_send, .in = &k->send, .out = &k->list, .then = acted});
}

static rc
ask_send(web_req *rq, hand_page *k)
{
	int64_t target = 0;

	if (!str_to_i64(form_typed(&k->f, STR("target")), &target) || target == 0) {
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "card.target", FA_FIELD(STR("target")));
		return ask_page(rq);
	}
	return do_send(rq, k, target);
}

static rc
ask_hand(web_req *rq, hand_page *k)
{
	form *f = &k->f;

	k->hand = (card_hand_in){.by = house_actor(rq), .v = cards_refs(rq->a, &k->picked), .n = k->picked.n};
	k->hand.relation =
		cards_pick(rq, f, FIELD("relation", desk_words(rq, MSG_HANDOVER_RELATION)), "receiver");
	k->hand.receiver =
		form_name(f, OPTIONAL("receiver", desk_words(rq, MSG_HANDOVER_RECEIVER)), NAME_MAX);
	k->hand.proof = cards_pick(rq, f, FIELD("proof", desk_words(rq, MSG_HANDOVER_PROOF)), "card_proof");
	k->hand.mail = form_text(f, OPTIONAL("mail", desk_words(rq, MSG_HANDOVER_MAIL)), MAIL_MAX);
	k->hand.day = form_past_date(f, FIELD("day", desk_words(rq, MSG_HANDOVER_DAY)));
	if (!form_ok(f))
		return ask_page(rq);
	return house_write(rq, &(house_command){.fn = card_hand, .in = &k->hand, .then = acted});
}

rc
handover_post(web_req *rq)
{
	TRY(cards_giver(rq));
	hand_page *k = asked(rq);
	TRY(read_here(rq, k));
	TRY(cards_items_read(rq, &k->picked));
	int act = form_choice(&k->f, FIELD("act", desk_words(rq, MSG_HANDOVER_ACT)), acts, LEN(acts));
	if (k->picked.n == 0)
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "card.nothing", FA_FIELD(STR("item-1")));
	if (!form_ok(&k->f))
		return show(rq);
	if (act == 1)
		return do_send(rq, k, 0);
	if (!str_eq(form_typed(&k->f, STR("step")), STR("save")))
		return ask_page(rq);
	return act == 0 ? ask_send(rq, k) : ask_hand(rq, k);
}

/* ---- one list ---- */

typedef struct list_page {
	form f;
	card_list list;
	card_views cards;
	blank_book book;
	card_receive_in in;
	web_req *rq;
	pdf_file pdf;
	rc made;
	fault why; /* the worker's */
} list_page;

static rc
read_list(web_req *rq, list_page **out)
{
	list_page *k = arena_new(rq->a, list_page);
	const actor *who = house_actor(rq);
	int64_t id = 0;
	db *d = NULL;

	TRY(cards_giver(rq));
	TRY(web_param_id(rq, STR("id"), &id));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	k->rq = rq;
	TRY(house_read(rq, &d));
	TRY(card_list_read(d, rq->a, rq->fault, who, id, &k->list, &k->cards));
	TRY(blank_book_read(d, rq->a, rq->fault, who->tenant, &k->book));
	*out = k;
	rq->work = k;
	return RC_OK;
}

static str
list_here(web_req *rq, const list_page *k, const char *more)
{
	return str_fmt(rq->a, "/desk/cards/lists/%lld%s", (long long)k->list.id, more);
}

static rc
show_list(web_req *rq)
{
	static const int heads[] = {MSG_CARDS_HOLDER, MSG_TASKS_VILLAGE, MSG_CARDS_SERIAL, MSG_CARDS_STATE,
				    MSG_HANDOVER_ARRIVED};
	const list_page *k = rq->work;
	bool holders = k->list.target == 0, bad = !form_ok(&k->f);
	bool waits = k->list.target == house_actor(rq)->office && k->list.received.n == 0;

	tpl_card_list(
		web_html(rq),
		&(struct tpl_card_list){
			.bad = bad,
			.errors = desk_errors(rq, &k->f),
			.received = web_query(rq, STR("received")).n > 0,
			.title = desk_words(rq, holders ? MSG_HANDOVER_SHEET_TITLE : MSG_HANDOVER_LIST_TITLE),
			.sender = k->list.sender,
			.other = holders ? desk_words(rq, MSG_HANDOVER_HOLDERS) : k->list.other,
			.day = k->list.day,
			.n = k->list.n,
			.mail = k->list.mail,
			.here = list_here(rq, k, ""),
			.sheet = list_here(rq, k, "/sheet"),
			.waits = waits,
			.columns = columns(rq, heads, waits ? LEN(heads) : LEN(heads) - 1, waits),
			.rows = cards_lines(rq, &k->cards, &k->book, CARD_IS_UNDERWAY)});
	return web_page(rq, bad ? 422 : 200);
}

rc
list_get(web_req *rq)
{
	list_page *k = NULL;

	TRY(read_list(rq, &k));
	return look_at(rq, &k->cards, "by=handover", show_list);
}

static rc
taken_in(web_req *rq)
{
	list_page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (cards_refused(rq, &k->f, r, "item-1"))
		return show_list(rq);
	TRY(r);
	return web_see(rq, list_here(rq, k, "?received=1"));
}

rc
list_post(web_req *rq)
{
	list_page *k = NULL;
	cards_items v;

	TRY(read_list(rq, &k));
	TRY(cards_items_read(rq, &v));
	if (v.n == 0) {
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "card.nothing", FA_FIELD(STR("item-1")));
		return show_list(rq);
	}
	k->in = (card_receive_in){
		.by = house_actor(rq), .list = k->list.id, .v = cards_refs(rq->a, &v), .n = v.n};
	return house_write(rq, &(house_command){.fn = card_receive, .in = &k->in, .then = taken_in});
}

/* ---- the list as paper ---- */

static rc
sheet_made(web_req *rq)
{
	list_page *k = rq->work;

	if (k->made != RC_OK) {
		fault_copy(rq->fault, &k->why);
		return k->made;
	}
	return web_bytes(rq, 200, STR("application/pdf"), k->pdf.bytes);
}

typedef struct village_names {
	const list_page *k;
	str *name; /* of each card's village, read before the worker */
} village_names;

static str
village_name(void *ctx, int64_t code)
{
	const village_names *v = ctx;

	for (size_t i = 0; i < v->k->cards.n; i++)
		if (v->k->cards.v[i].region == code)
			return v->name[i];
	return STR("");
}

static void
sheet_work(void *p)
{
	village_names *v = p;
	list_page *k = (list_page *)v->k->rq->work;
	const card_sheet s = {.pack = &pack_all,
			      .list = &k->list,
			      .cards = &k->cards,
			      .blanks = &k->book,
			      .village = village_name,
			      .ctx = v,
			      .now = k->rq->now};

	k->made = card_sheet_make(k->rq->a, &k->why, &s, &k->pdf);
}

static rc
make_sheet(web_req *rq)
{
	list_page *k = rq->work;
	village_names *v = arena_new(rq->a, village_names);

	*v = (village_names){.k = k, .name = arena_array(rq->a, str, k->cards.n)};
	for (size_t i = 0; i < k->cards.n; i++)
		v->name[i] = case_village(rq, k->cards.v[i].region);
	house_read_end(rq);
	return web_slowly(rq, sheet_work, v, sheet_made);
}

rc
list_sheet_get(web_req *rq)
{
	list_page *k = NULL;

	TRY(read_list(rq, &k));
	return look_at(rq, &k->cards, "by=handover", make_sheet);
}

/* ---- what nobody came for ---- */

typedef struct left_page {
	card_views v;
	blank_book book;
	int64_t days;
	bool all;
} left_page;

static rc
show_left(web_req *rq)
{
	static const int heads[] = {MSG_CARDS_HOLDER, MSG_TASKS_VILLAGE, MSG_HANDOVER_WHERE,
				    MSG_HANDOVER_SINCE, MSG_CARDS_SERIAL};
	const left_page *k = rq->work;

	tpl_cards_left(web_html(rq),
		       &(struct tpl_cards_left){.lead = desk_words_n(rq, MSG_HANDOVER_LEFT, (int64_t)k->v.n),
						.days = k->days,
						.columns = columns(rq, heads, LEN(heads), false),
						.rows = cards_lines(rq, &k->v, &k->book, CARD_IS_HERE)});
	return web_page(rq, 200);
}

/* An office sees its own; who prints sees all of his divisions. */
rc
left_get(web_req *rq)
{
	left_page *k = arena_new(rq->a, left_page);
	const actor *who = house_actor(rq);
	const size_t most = table_rows(rq, ROWS);
	db *d = NULL;

	TRY(cards_giver(rq));
	k->all = may(who, PERM_CERTIFICATE_PRINT, REGION_NONE);
	TRY(read_days(rq, &k->days));
	TRY(house_read(rq, &d));
	TRY(card_left_read(d, rq->a, rq->fault, who, k->all, until_of(rq, k->days), (int64_t)most + 1,
			   &k->v));
	TRY(table_whole(rq, k->v.n > most, most));
	k->v.n = MIN(k->v.n, most);
	TRY(blank_book_read(d, rq->a, rq->fault, who->tenant, &k->book));
	rq->work = k;
	return look_at(rq, &k->v, "by=handover", show_left);
}
