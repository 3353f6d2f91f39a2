/* cards.c - what waits to be printed: by village and day, chosen, tried, printed; and one again, with a
 * reason. Trying a thousand pieces takes seconds: it runs on a worker. */
#include "app/organisation/organisation.h"
#include "locale/msg_ids.h"
#include "web/desk/cards_priv.h"
#include "web/kases.h"
#include "web/table.h"

enum { ROWS = 100, BATCHES = 20, BACK_DAYS = 366, NUMBER_MAX = 40, SERIAL_MAX = 40, START_MAX = 200 };

/* rq->work */
typedef struct print_page {
	form f;
	str stock_text, village, since, until;
	blank_stock stock;
	card_waitings all, these; /* within the filter; those of the stock */
	card_printers printers;
	blank_book book;
	blank_levels levels;
	card_batches batches;
	bool more;
	/* of a post */
	const kase_house *house;
	const person_ref *ref; /* of one that is printed again */
	const print_layout *layout;
	cards_items picked;
	press_trial *tried;
	card_print_in in;
	int64_t batch;
	rc made;
	fault why; /* the worker's */
} print_page;

/* ---- what waits ---- */

static bool
is_of_stock(const card_waiting *c, blank_stock s)
{
	return c->generation == s.generation && card_cover_ok(c->category, c->visual, s.cover);
}

static int64_t
count_stock(const card_waitings *all, blank_stock s)
{
	int64_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += is_of_stock(&all->v[i], s);
	return n;
}

/* What was asked for, else the stock of which most wait. */
static void
choose_stock(web_req *rq, print_page *k)
{
	tpl_list_choice all = cards_stocks(rq, STR(""));
	int64_t most = -1;

	if (cards_stock_read(k->stock_text, &k->stock))
		return;
	for (size_t i = 0; i < all.n; i++) {
		blank_stock s = {0};
		int64_t n = cards_stock_read(all.v[i].value, &s) ? count_stock(&k->all, s) : 0;
		if (n > most) {
			most = n;
			k->stock = s;
		}
	}
	k->stock_text = cards_stock(rq, k->stock);
}

/* A day of the filter; a mistake is said at it, and nothing typed is the usual one. */
static str
day_of(web_req *rq, print_page *k, form_field q, int32_t otherwise)
{
	int32_t day;

	q.optional = true;
	day = form_date(&k->f, q);
	return date_str(rq->a, day == DATE_NONE ? otherwise : day);
}

static rc
read_waiting(web_req *rq, print_page *k)
{
	const actor *who = house_actor(rq);
	int32_t today = date_of_instant(rq->now);
	int64_t village = 0;
	db *d = NULL;

	(void)str_to_i64(k->village, &village);
	k->since = day_of(rq, k, FIELD("since", desk_words(rq, MSG_CARDS_SINCE)), today - BACK_DAYS);
	k->until = day_of(rq, k, FIELD("until", desk_words(rq, MSG_CARDS_UNTIL)), today);
	const card_waiting_ask ask_for = {.since = k->since,
					  .until = k->until,
					  .within = division_interval(village),
					  .n = CARD_BATCH_MAX + 1};
	TRY(house_read(rq, &d));
	TRY(card_waiting_read(d, rq->a, rq->fault, who, &ask_for, &k->all));
	k->more = k->all.n > CARD_BATCH_MAX;
	k->all.n = MIN(k->all.n, (size_t)CARD_BATCH_MAX);
	choose_stock(rq, k);
	for (size_t i = 0; i < k->all.n; i++)
		if (is_of_stock(&k->all.v[i], k->stock))
			*vec_add(rq->a, &k->these) = k->all.v[i];
	TRY(card_printers_read(d, rq->a, rq->fault, who, &k->printers));
	TRY(blank_book_read(d, rq->a, rq->fault, who->tenant, &k->book));
	TRY(blank_levels_read(d, rq->a, rq->fault, &k->book, who->office, &k->levels));
	return card_batches_read(d, rq->a, rq->fault, who, BATCHES, &k->batches);
}

/* `in`: what the address says, or what was posted. */
static print_page *
asked(web_req *rq, const url_pairs *in)
{
	print_page *k = arena_new(rq->a, print_page);

	*k = (print_page){.f = form_of(rq->a, in, rq->now)};
	k->stock_text = form_typed(&k->f, STR("stock"));
	k->village = form_typed(&k->f, STR("village"));
	return k;
}

/* A day as it was typed where it is wrong, else as it was understood. */
static str
day_shown(const print_page *k, str name, str day)
{
	return form_error(&k->f, name) ? form_typed(&k->f, name) : day;
}

/* ---- the page ---- */

static str
region_text(web_req *rq, int64_t code)
{
	return str_fmt(rq->a, "%012lld", (long long)code);
}

static tpl_list_choice
villages_of(web_req *rq, const print_page *k)
{
	desk_choices v = {0};

	desk_choice_add(rq, &v, STR(""), desk_words(rq, MSG_TASKS_ANY), k->village);
	for (size_t i = 0; i < k->all.n; i++)
		desk_choice_add(rq, &v, region_text(rq, k->all.v[i].region),
				case_village(rq, k->all.v[i].region), k->village);
	return (tpl_list_choice){v.v, v.n};
}

static tpl_list_choice
stocks_of(web_req *rq, const print_page *k)
{
	tpl_list_choice all = cards_stocks(rq, k->stock_text);
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, all.n);

	for (size_t i = 0; i < all.n; i++) {
		blank_stock s = {0};
		(void)cards_stock_read(all.v[i].value, &s);
		v[i] = all.v[i];
		v[i].label = str_fmt(rq->a, "%.*s（%lld）", STR_ARG(all.v[i].label),
				     (long long)count_stock(&k->all, s));
	}
	return (tpl_list_choice){v, all.n};
}

/* Which cover one may have who has several disabilities, a visual one among them, is his choice. */
static tpl_list_card_waiting_line
lines_of(web_req *rq, const print_page *k, size_t n)
{
	struct tpl_card_waiting_line *v = arena_array(rq->a, struct tpl_card_waiting_line, n);

	for (size_t i = 0; i < n; i++) {
		const card_waiting *c = &k->these.v[i];
		bool either = c->visual && c->category != CATEGORY_VISUAL;
		v[i] = (struct tpl_card_waiting_line){
			.item = cards_item_text(rq->a, c->person, c->certificate),
			.name = c->name,
			.village = case_village(rq, c->region),
			.issued = c->issued,
			.either = either ? desk_words(rq, MSG_CARDS_EITHER) : STR("")};
	}
	return (tpl_list_card_waiting_line){v, n};
}

static tpl_list_card_batch_line
batches_of(web_req *rq, const card_batches *all)
{
	struct tpl_card_batch_line *v = arena_array(rq->a, struct tpl_card_batch_line, all->n);

	for (size_t i = 0; i < all->n; i++) {
		const print_layout *l = print_layout_find(house_of(rq)->layouts, all->v[i].layout);
		str name = !l ? all->v[i].layout : rq->lang == MSG_EN ? l->en : l->zh;
		v[i] = (struct tpl_card_batch_line){
			.href = str_fmt(rq->a, "/desk/cards/batches/%lld", (long long)all->v[i].id),
			.at = instant_str(rq->a, all->v[i].at, false),
			.layout = name,
			.n = all->v[i].n};
	}
	return (tpl_list_card_batch_line){v, all->n};
}

static const blank_level *
level_of(const print_page *k)
{
	for (size_t i = 0; i < k->levels.n; i++)
		if (k->levels.v[i].stock.generation == k->stock.generation &&
		    k->levels.v[i].stock.cover == k->stock.cover)
			return &k->levels.v[i];
	return NULL;
}

static bool
has_several(const web_req *rq, int64_t generation)
{
	const print_layouts *all = house_of(rq)->layouts;

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].generation == generation && all->v[i].stock.across * all->v[i].stock.down > 1)
			return true;
	return false;
}

static tpl_list_choice
what_choices(web_req *rq, const print_page *k, size_t shown)
{
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, 2);
	str picked = form_typed(&k->f, STR("what"));

	v[0] = (struct tpl_choice){.value = STR("picked"),
				   .label = desk_words_n(rq, MSG_CARDS_WHAT_PICKED, (int64_t)shown),
				   .checked = str_eq(picked, STR("picked"))};
	v[1] = (struct tpl_choice){.value = STR("all"),
				   .label = desk_words_n(rq, MSG_CARDS_WHAT_ALL, (int64_t)k->these.n),
				   .checked = str_eq(picked, STR("all"))};
	return (tpl_list_choice){v, 2};
}

static rc
show(web_req *rq)
{
	static const int heads[] = {MSG_CARDS_HOLDER, MSG_TASKS_VILLAGE, MSG_CARDS_ISSUED, MSG_TASKS_PICK};
	static const int batch_heads[] = {MSG_CARDS_AT, MSG_CARDS_LAYOUT, MSG_CARDS_N};
	print_page *k = rq->work;
	size_t most = table_rows(rq, ROWS), shown = MIN(k->these.n, most);
	const blank_level *level = level_of(k);
	str first = form_typed(&k->f, STR("first"));
	tpl_list_column columns = desk_columns(rq, heads, LEN(heads));
	struct tpl_column *c = arena_array(rq->a, struct tpl_column, columns.n);

	memcpy(c, columns.v, columns.n * sizeof *c);
	c[LEN(heads) - 1].act = true;
	TRY(table_whole(rq, k->these.n > most, most));
	struct tpl_cards page = {
		.lead = k->more ? desk_words_n(rq, MSG_CARDS_LEAD_MORE, CARD_BATCH_MAX)
				: desk_words_n(rq, MSG_CARDS_LEAD, (int64_t)k->these.n),
		.sample = house_of(rq)->site->kind != SITE_LIVE,
		.notes = cards_notes(rq, k->stock.generation),
		.stocks = stocks_of(rq, k),
		.villages = villages_of(rq, k),
		.since = day_shown(k, STR("since"), k->since),
		.since_wrong = desk_wrong(rq, &k->f, "since"),
		.until = day_shown(k, STR("until"), k->until),
		.until_wrong = desk_wrong(rq, &k->f, "until"),
		.from = k->since,
		.to = k->until,
		.stock = k->stock_text,
		.village = k->village,
		.bad = !form_ok(&k->f),
		.errors = desk_errors(rq, &k->f),
		.columns = {c, columns.n},
		.rows = lines_of(rq, k, shown),
		.what = what_choices(rq, k, shown),
		.what_wrong = desk_wrong(rq, &k->f, "what"),
		.layouts = cards_layouts(rq, k->stock.generation, form_typed(&k->f, STR("layout"))),
		.printers = cards_printers(rq, &k->printers, form_typed(&k->f, STR("printer"))),
		.first = first.n ? first
			 : level ? level->next
				 : STR(""),
		.first_wrong = desk_wrong(rq, &k->f, "first"),
		.left = level ? level->left : 0,
		.several = has_several(rq, k->stock.generation),
		.start = form_typed(&k->f, STR("start")),
		.start_wrong = desk_wrong(rq, &k->f, "start"),
		.batch_columns = desk_columns(rq, batch_heads, LEN(batch_heads)),
		.batches = batches_of(rq, &k->batches)};
	tpl_cards(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

/* Names of those whose certificates are made: a look at a list, and a sheet of it at each of them. */
static rc
list(web_req *rq, print_page *k)
{
	static const person_refs nobody = {0};
	look_cases *cases = arena_new(rq->a, look_cases);
	int64_t tenant = house_actor(rq)->tenant;

	TRY(read_waiting(rq, k));
	for (size_t i = 0; table_asked(rq) != TABLE_PAGE && i < k->these.n; i++)
		*vec_add(rq->a, cases) =
			(look_case){tenant, k->these.v[i].kase, tenant, k->these.v[i].person};
	rq->work = k;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .standing = true,
				  .what = STR("by=cards"),
				  .purpose = STR("1")},
			  show);
}

rc
cards_get(web_req *rq)
{
	TRY(cards_printer(rq));
	return list(rq, asked(rq, &rq->http->query));
}

/* ---- trying and printing ---- */

static void
try_work(void *p)
{
	web_req *rq = p;
	print_page *k = rq->work;
	const press_config c = cards_press(rq, k->house);
	card_item *v = arena_array(rq->a, card_item, k->picked.n);
	press *pr = NULL;

	for (size_t i = 0; i < k->picked.n; i++)
		v[i] = (card_item){k->picked.v[i].person, k->picked.v[i].id};
	k->tried = arena_array(rq->a, press_trial, k->picked.n);
	k->made = press_open(rq->a, &k->why, &c, &pr);
	if (k->made == RC_OK)
		k->made = press_try(pr, rq->a, &k->why, k->layout, v, k->picked.n, k->tried);
}

static const card_waiting *
waiting_of(const print_page *k, const cards_item *x)
{
	for (size_t i = 0; i < k->these.n; i++)
		if (k->these.v[i].person == x->person && k->these.v[i].certificate == x->id)
			return &k->these.v[i];
	return NULL;
}

typedef VEC(struct tpl_card_name) name_lines;

/* The page before the printer runs: who, who not and why, on which blanks. */
static rc
check_page(web_req *rq, print_page *k)
{
	name_lines ready = {0}, skipped = {0};
	cards_items good = {0};
	int64_t pasted = 0;

	for (size_t i = 0; i < k->picked.n; i++) {
		const card_waiting *c = waiting_of(k, &k->picked.v[i]);
		bool ok = c && k->tried[i].why.n == 0;
		if (!c) /* somebody else was first */
			continue;
		*vec_add(rq->a, ok ? &ready : &skipped) =
			(struct tpl_card_name){.name = c->name,
					       .number = c->region ? case_village(rq, c->region) : STR(""),
					       .why = k->tried[i].why};
		if (ok) {
			*vec_add(rq->a, &good) = k->picked.v[i];
			pasted += !k->tried[i].photo;
		}
	}
	bool bad = !form_ok(&k->f);
	tpl_cards_check(
		web_html(rq),
		&(struct tpl_cards_check){.bad = bad,
					  .errors = desk_errors(rq, &k->f),
					  .action = str_of(rq->route->path),
					  .n = (int64_t)ready.n,
					  .ready = {ready.v, ready.n},
					  .skipped = {skipped.v, skipped.n},
					  .pasted = pasted,
					  .stock = k->stock_text,
					  .stock_name = cards_stock_name(rq, k->stock),
					  .village = k->village,
					  .since = k->since,
					  .until = k->until,
					  .items = cards_items_text(rq->a, &good),
					  .layout = k->layout->id,
					  .layout_name = rq->lang == MSG_EN ? k->layout->en : k->layout->zh,
					  .printer = form_typed(&k->f, STR("printer")),
					  .first = form_typed(&k->f, STR("first")),
					  .first_wrong = desk_wrong(rq, &k->f, "first"),
					  .start = form_typed(&k->f, STR("start")),
					  .number = form_typed(&k->f, STR("number")),
					  .reason = form_typed(&k->f, STR("reason")),
					  .words = form_typed(&k->f, STR("words")),
					  .sample = house_of(rq)->site->kind != SITE_LIVE});
	return web_page(rq, bad ? 422 : 200);
}

static rc
tried(web_req *rq)
{
	print_page *k = rq->work;

	if (k->made != RC_OK) {
		fault_copy(rq->fault, &k->why);
		return k->made;
	}
	return check_page(rq, k);
}

static rc
try_all(web_req *rq)
{
	print_page *k = rq->work;

	TRY(kases_of(rq, &k->house));
	house_read_end(rq);
	return web_slowly(rq, try_work, rq, tried);
}

static rc
printed(web_req *rq)
{
	print_page *k = rq->work;
	str result = STR("");
	rc r = house_written(rq, NULL, &result);

	if (cards_refused(rq, &k->f, r, "first"))
		return try_all(rq);
	TRY(r);
	return web_see(rq, str_fmt(rq->a, "/desk/cards/batches/%.*s", STR_ARG(result)));
}

/* Layout, printer, start: what both forms have alike. */
static void
read_how(web_req *rq, print_page *k)
{
	form *f = &k->f;
	str start = form_typed(f, STR("start"));

	k->layout = print_layout_find(house_of(rq)->layouts, form_typed(f, STR("layout")));
	if (!k->layout || k->layout->generation != k->stock.generation)
		(void)FAIL(form_wrong(f), RC_INVALID, "cards.layout_missing", FA_FIELD(STR("layout")));
	int64_t places = k->layout ? k->layout->stock.across * k->layout->stock.down : 1;
	k->in = (card_print_in){
		.by = house_actor(rq),
		.layout = k->layout ? k->layout->id : STR(""),
		.stock = k->stock,
		.first = form_text(f, OPTIONAL("first", desk_words(rq, MSG_CARDS_FIRST)), SERIAL_MAX),
		.start = 1,
		.reason = STR("")};
	if (start.n)
		k->in.start = form_int(f, FIELD("start", desk_words(rq, MSG_CARDS_START)), 1, places);
	(void)str_to_i64(form_typed(f, STR("printer")), &k->in.printer);
}

static rc
go_on(web_req *rq, print_page *k)
{
	card_item *v = arena_array(rq->a, card_item, k->picked.n);

	rq->work = k;
	if (!str_eq(form_typed(&k->f, STR("step")), STR("save")))
		return k->ref ? house_look(
					rq,
					&(look){.kind = LOOK_PERSON, .person = k->ref, .purpose = STR("1")},
					try_all)
			      : try_all(rq);
	for (size_t i = 0; i < k->picked.n; i++)
		v[i] = (card_item){k->picked.v[i].person, k->picked.v[i].id};
	k->in.v = v;
	k->in.n = k->picked.n;
	return house_write(
		rq, &(house_command){.fn = card_print, .in = &k->in, .out = &k->batch, .then = printed});
}

/* Ticked, or all that wait. Who does not wait any more is left out, but not of what was checked already: the
 * same post twice is one act, and the command tells who came first. */
static rc
read_picked(web_req *rq, print_page *k)
{
	static const str whats[] = {STR("picked"), STR("all")};
	cards_items ticked;
	int what = form_choice(&k->f, FIELD("what", desk_words(rq, MSG_CARDS_WHAT)), whats, LEN(whats));

	TRY(cards_items_read(rq, &ticked));
	if (what == 1)
		for (size_t i = 0; i < k->these.n; i++)
			*vec_add(rq->a, &k->picked) =
				(cards_item){k->these.v[i].person, k->these.v[i].certificate};
	bool checked = str_eq(form_typed(&k->f, STR("step")), STR("save"));
	for (size_t i = 0; what == 0 && i < ticked.n; i++)
		if (checked || waiting_of(k, &ticked.v[i]))
			*vec_add(rq->a, &k->picked) = ticked.v[i];
	if (what >= 0 && k->picked.n == 0)
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "card.nothing", FA_FIELD(STR("what")));
	return RC_OK;
}

rc
cards_post(web_req *rq)
{
	TRY(cards_printer(rq));
	print_page *k = asked(rq, &rq->http->form);
	TRY(read_waiting(rq, k));
	TRY(read_picked(rq, k));
	read_how(rq, k);
	if (form_ok(&k->f))
		return go_on(rq, k);
	rq->work = k;
	return show(rq);
}

/* ---- one again ---- */

static rc
again_page(web_req *rq, print_page *k)
{
	bool bad = !form_ok(&k->f);
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(card_printers_read(d, rq->a, rq->fault, house_actor(rq), &k->printers));
	tpl_cards_again(
		web_html(rq),
		&(struct tpl_cards_again){
			.bad = bad,
			.errors = desk_errors(rq, &k->f),
			.number = form_typed(&k->f, STR("number")),
			.number_wrong = desk_wrong(rq, &k->f, "number"),
			.reasons = cards_codes(rq, "card_reason", form_typed(&k->f, STR("reason"))),
			.reason_wrong = desk_wrong(rq, &k->f, "reason"),
			.words = form_typed(&k->f, STR("words")),
			.words_wrong = desk_wrong(rq, &k->f, "words"),
			.stocks = cards_stocks(rq, form_typed(&k->f, STR("stock"))),
			.stock_wrong = desk_wrong(rq, &k->f, "stock"),
			.layouts = cards_layouts(rq, 0, form_typed(&k->f, STR("layout"))),
			.layout_wrong = desk_wrong(rq, &k->f, "layout"),
			.printers = cards_printers(rq, &k->printers, form_typed(&k->f, STR("printer"))),
			.first = form_typed(&k->f, STR("first")),
			.first_wrong = desk_wrong(rq, &k->f, "first")});
	return web_page(rq, bad ? 422 : 200);
}

rc
cards_again_get(web_req *rq)
{
	TRY(cards_printer(rq));
	return again_page(rq, asked(rq, &rq->http->form));
}

/* The certificate of the number that was typed; what is wrong with it is said at the number. */
static rc
find_number(web_req *rq, print_page *k, str number)
{
	card_waiting c;
	db *d = NULL;

	TRY(house_read(rq, &d));
	rc r = card_by_number(d, rq->a, rq->fault, house_actor(rq), number, date_of_instant(rq->now), &k->ref,
			      &c);
	if (r == RC_OK) {
		*vec_add(rq->a, &k->these) = c;
		*vec_add(rq->a, &k->picked) = (cards_item){c.person, c.certificate};
		if (c.generation != k->stock.generation)
			(void)FAIL(form_wrong(&k->f), RC_INVALID, "card.gone", FA_FIELD(STR("stock")),
				   FA_STR("name", c.name));
		else if (!card_cover_ok(c.category, c.visual, k->stock.cover))
			(void)FAIL(form_wrong(&k->f), RC_INVALID, "card.cover", FA_FIELD(STR("stock")),
				   FA_STR("name", c.name));
		return RC_OK;
	}
	if (r != RC_NOT_FOUND && r != RC_INVALID)
		return r;
	fault *line = form_wrong(&k->f);
	if (r == RC_NOT_FOUND)
		(void)FAIL(line, RC_NOT_FOUND, "cards.nobody", FA_FIELD(STR("number")));
	else
		fault_copy(line, rq->fault);
	line->field = STR("number");
	fault_clear(rq->fault);
	return RC_OK;
}

rc
cards_again_post(web_req *rq)
{
	TRY(cards_printer(rq));
	print_page *k = asked(rq, &rq->http->form);
	str number = form_text(&k->f, FIELD("number", desk_words(rq, MSG_LETTERS_NUMBER)), NUMBER_MAX);
	str reason = cards_reason(rq, &k->f);

	k->stock = cards_pick_stock(rq, &k->f);
	if (k->stock.generation)
		read_how(rq, k);
	k->in.reason = reason;
	if (form_ok(&k->f))
		TRY(find_number(rq, k, number));
	return form_ok(&k->f) ? go_on(rq, k) : again_page(rq, k);
}
