/* cards_batch.c - what was printed together: its file, as often as the printer needs it, and cards that went
 * wrong; printers and how far they are off. */
#include "locale/msg_ids.h"
#include "web/desk/cards_priv.h"
#include "web/kases.h"

/* rq->work of the page of a batch */
typedef struct batch_page {
	form f;
	card_batch batch;
	card_views cards;
	blank_book book;
	card_spoil_in in;
	card_look_in looked;
	cards_file file;
	const char *done;
} batch_page;

static rc
read_batch(web_req *rq, batch_page **out)
{
	batch_page *k = arena_new(rq->a, batch_page);
	const actor *who = house_actor(rq);
	int64_t id = 0;
	db *d = NULL;

	TRY(cards_printer(rq));
	TRY(web_param_id(rq, STR("id"), &id));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(house_read(rq, &d));
	TRY(card_batch_find(d, rq->a, rq->fault, who, id, &k->batch));
	TRY(card_batch_cards(d, rq->a, rq->fault, who, id, &k->cards));
	TRY(blank_book_read(d, rq->a, rq->fault, who->tenant, &k->book));
	*out = k;
	rq->work = k;
	return RC_OK;
}

static str
here(web_req *rq, const batch_page *k, const char *more)
{
	return str_fmt(rq->a, "/desk/cards/batches/%lld%s", (long long)k->batch.id, more);
}

static rc
show(web_req *rq)
{
	static const int heads[] = {MSG_CARDS_PLACE, MSG_CARDS_HOLDER, MSG_CARDS_SERIAL, MSG_CARDS_STATE,
				    MSG_TASKS_PICK};
	const batch_page *k = rq->work;
	const print_layout *l = print_layout_find(house_of(rq)->layouts, k->batch.layout);
	tpl_list_column columns = desk_columns(rq, heads, LEN(heads));
	struct tpl_column *c = arena_array(rq->a, struct tpl_column, columns.n);
	bool bad = !form_ok(&k->f), any = false;

	memcpy(c, columns.v, columns.n * sizeof *c);
	c[0].number = true;
	c[LEN(heads) - 1].act = true;
	for (size_t i = 0; i < k->cards.n; i++)
		any = any || k->cards.v[i].state == CARD_IS_HERE;
	tpl_cards_batch(web_html(rq),
			&(struct tpl_cards_batch){
				.bad = bad,
				.errors = desk_errors(rq, &k->f),
				.spoilt = web_query(rq, STR("spoilt")).n > 0,
				.at = instant_str(rq->a, k->batch.at, false),
				.n = k->batch.n,
				.layout = !l                   ? k->batch.layout
					  : rq->lang == MSG_EN ? l->en
							       : l->zh,
				.here = here(rq, k, ""),
				.file = here(rq, k, "/file"),
				.sample = house_of(rq)->site->kind != SITE_LIVE,
				.columns = {c, columns.n},
				.rows = cards_lines(rq, &k->cards, &k->book, CARD_IS_HERE),
				.any = any,
				.item_wrong = desk_wrong(rq, &k->f, "item-1"),
				.reasons = cards_codes(rq, "card_reason", form_typed(&k->f, STR("reason"))),
				.reason_wrong = desk_wrong(rq, &k->f, "reason"),
				.words = form_typed(&k->f, STR("words")),
				.words_wrong = desk_wrong(rq, &k->f, "words")});
	return web_page(rq, bad ? 422 : 200);
}

/* Its people were on the list that it came from; whoever comes back to it looks at them again. */
static rc
look_and_show(web_req *rq)
{
	static const person_refs nobody = {0};
	const batch_page *k = rq->work;
	look_cases *cases = arena_new(rq->a, look_cases);
	int64_t tenant = house_actor(rq)->tenant;

	for (size_t i = 0; i < k->cards.n; i++)
		*vec_add(rq->a, cases) = (look_case){tenant, 0, tenant, k->cards.v[i].person};
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
batch_get(web_req *rq)
{
	batch_page *k = NULL;

	TRY(read_batch(rq, &k));
	return look_and_show(rq);
}

static rc
spoilt(web_req *rq)
{
	batch_page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (cards_refused(rq, &k->f, r, "item-1"))
		return show(rq);
	TRY(r);
	return web_see(rq, here(rq, k, "?spoilt=1"));
}

rc
batch_post(web_req *rq)
{
	batch_page *k = NULL;
	cards_items v;

	TRY(read_batch(rq, &k));
	TRY(cards_items_read(rq, &v));
	str reason = cards_reason(rq, &k->f);
	if (v.n == 0)
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "card.nothing", FA_FIELD(STR("item-1")));
	if (!form_ok(&k->f))
		return show(rq);
	k->in = (card_spoil_in){
		.by = house_actor(rq), .reason = reason, .v = cards_refs(rq->a, &v), .n = v.n};
	return house_write(rq, &(house_command){.fn = card_spoil, .in = &k->in, .then = spoilt});
}

/* ---- the file ---- */

static rc
make_file(web_req *rq)
{
	batch_page *k = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return cards_file_make(rq, &k->file);
}

/* Each time it is a look at everybody on it: what stands on a card is opened. */
rc
batch_file_get(web_req *rq)
{
	batch_page *k = NULL;

	TRY(read_batch(rq, &k));
	k->file = (cards_file){.batch = k->batch, .from = web_query_int(rq, STR("from"), 1, k->batch.n, 1)};
	k->looked = (card_look_in){.by = house_actor(rq), .batch = k->batch.id};
	return house_write(
		rq, &(house_command){.fn = card_look, .in = &k->looked, .unkeyed = true, .then = make_file});
}

/* ---- printers ---- */

enum { NAME_MAX = 60, NUMBER_MAX = 12 };

typedef struct printer_page {
	form f;
	card_printers all;
	card_printer_in in;
	int64_t id;
} printer_page;

static rc
read_printers(web_req *rq, printer_page **out)
{
	printer_page *k = arena_new(rq->a, printer_page);
	db *d = NULL;

	TRY(cards_printer(rq));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(house_read(rq, &d));
	TRY(card_printers_read(d, rq->a, rq->fault, house_actor(rq), &k->all));
	*out = k;
	rq->work = k;
	return RC_OK;
}

static const card_printer *
printer_of(const printer_page *k, int64_t id)
{
	for (size_t i = 0; i < k->all.n; i++)
		if (k->all.v[i].id == id)
			return &k->all.v[i];
	return NULL;
}

/* Tenths of a millimetre as millimetres: -1.2; hundredths of a percent as percent: 100.20. */
static str
millimetres(arena *a, int64_t v)
{
	int64_t size = v < 0 ? -v : v;

	return str_fmt(a, "%s%lld.%lld", v < 0 ? "-" : "", (long long)size / 10, (long long)size % 10);
}

/* The same with the sign that stands before numbers: a hyphen would begin a formula in a sheet. */
static str
signed_millimetres(arena *a, int64_t v)
{
	return v < 0 ? str_cat(a, STR("−"), millimetres(a, -v)) : millimetres(a, v);
}

static str
percent(arena *a, int64_t v)
{
	return str_fmt(a, "%lld.%02lld", (long long)v / 100, (long long)v % 100);
}

static tpl_list_printer_line
printer_lines(web_req *rq, const card_printers *all)
{
	struct tpl_printer_line *v = arena_array(rq->a, struct tpl_printer_line, all->n);

	for (size_t i = 0; i < all->n; i++) {
		const card_printer *p = &all->v[i];
		const print_layout *l = print_layout_find(house_of(rq)->layouts, p->layout);
		v[i] = (struct tpl_printer_line){
			.id = p->id,
			.name = p->name,
			.layout = !l                   ? p->layout
				  : rq->lang == MSG_EN ? l->en
						       : l->zh,
			.x = signed_millimetres(rq->a, p->x),
			.y = signed_millimetres(rq->a, p->y),
			.scale = percent(rq->a, p->scale),
			.edit = str_fmt(rq->a, "/desk/cards/printers?printer=%lld", (long long)p->id),
			.test = str_fmt(rq->a, "/desk/cards/ruler?layout=%.*s&printer=%lld",
					STR_ARG(p->layout), (long long)p->id)};
	}
	return (tpl_list_printer_line){v, all->n};
}

/* What is typed, else what stands of the one that is changed, else what a new one begins with. */
static str
shown(const printer_page *k, const char *name, str stands)
{
	str t = form_typed(&k->f, str_of(name));

	return t.n || k->f.errors.n ? t : stands;
}

static rc
show_printers(web_req *rq)
{
	static const int heads[] = {MSG_CARDS_PRINTER, MSG_CARDS_LAYOUT, MSG_CARDS_X,
				    MSG_CARDS_Y,       MSG_CARDS_SCALE,  MSG_CARDS_DO};
	printer_page *k = rq->work;
	int64_t id = k->id ? k->id : web_query_int(rq, STR("printer"), 1, INT64_MAX, 0);
	const card_printer *p = printer_of(k, id);
	tpl_list_column columns = desk_columns(rq, heads, LEN(heads));
	struct tpl_column *c = arena_array(rq->a, struct tpl_column, columns.n);
	bool bad = !form_ok(&k->f);

	memcpy(c, columns.v, columns.n * sizeof *c);
	c[2].number = c[3].number = c[4].number = true;
	c[LEN(heads) - 1].act = true;
	tpl_cards_printers(
		web_html(rq),
		&(struct tpl_cards_printers){
			.bad = bad,
			.errors = desk_errors(rq, &k->f),
			.saved = web_query(rq, STR("saved")).n > 0,
			.columns = {c, columns.n},
			.rows = printer_lines(rq, &k->all),
			.tests = cards_layouts(rq, 0, STR("")),
			.notes = cards_notes(rq, 0),
			.id = p ? p->id : 0,
			.name = shown(k, "name", p ? p->name : STR("")),
			.name_wrong = desk_wrong(rq, &k->f, "name"),
			.layouts = cards_layouts(rq, 0, shown(k, "layout", p ? p->layout : STR(""))),
			.layout_wrong = desk_wrong(rq, &k->f, "layout"),
			.x = shown(k, "x", p ? millimetres(rq->a, p->x) : STR("0.0")),
			.x_wrong = desk_wrong(rq, &k->f, "x"),
			.y = shown(k, "y", p ? millimetres(rq->a, p->y) : STR("0.0")),
			.y_wrong = desk_wrong(rq, &k->f, "y"),
			.scale = shown(k, "scale", p ? percent(rq->a, p->scale) : STR("100.00")),
			.scale_wrong = desk_wrong(rq, &k->f, "scale")});
	return web_page(rq, bad ? 422 : 200);
}

rc
printers_get(web_req *rq)
{
	printer_page *k = NULL;

	TRY(read_printers(rq, &k));
	return show_printers(rq);
}

/* A decimal as so many of its `unit`th parts, exactly; a mistake is said at the field. */
static int64_t
read_parts(web_req *rq, form *f, form_field q, int64_t unit)
{
	str text = form_text(f, q, NUMBER_MAX);
	int64_t n = 0;
	dec d;

	if (text.n && (!dec_parse(text, &d) || !dec_to_i64(dec_mul(d, dec_i64(unit)), &n)))
		(void)FAIL(form_wrong(f), RC_INVALID, "cards.decimal", FA_FIELD(q.name),
			   FA_INT("places", unit == 10 ? 1 : 2));
	(void)rq;
	return n;
}

static rc
printer_set(web_req *rq)
{
	printer_page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (cards_refused(rq, &k->f, r, "name"))
		return show_printers(rq);
	TRY(r);
	return web_see(rq, STR("/desk/cards/printers?saved=1"));
}

rc
printers_post(web_req *rq)
{
	printer_page *k = NULL;

	TRY(read_printers(rq, &k));
	form *f = &k->f;
	(void)str_to_i64(form_typed(f, STR("printer")), &k->id);
	k->in.by = house_actor(rq);
	k->in.printer.id = k->id;
	if (str_eq(form_typed(f, STR("act")), STR("drop")))
		return house_write(
			rq, &(house_command){.fn = card_printer_drop, .in = &k->in, .then = printer_set});
	k->in.printer.name = form_text(f, FIELD("name", desk_words(rq, MSG_CARDS_PRINTER_NAME)), NAME_MAX);
	k->in.printer.layout = form_typed(f, STR("layout"));
	if (!print_layout_find(house_of(rq)->layouts, k->in.printer.layout))
		(void)FAIL(form_wrong(f), RC_INVALID, "cards.layout_missing", FA_FIELD(STR("layout")));
	k->in.printer.x = read_parts(rq, f, FIELD("x", desk_words(rq, MSG_CARDS_X)), 10);
	k->in.printer.y = read_parts(rq, f, FIELD("y", desk_words(rq, MSG_CARDS_Y)), 10);
	k->in.printer.scale = read_parts(rq, f, FIELD("scale", desk_words(rq, MSG_CARDS_SCALE)), 100);
	if (!form_ok(f))
		return show_printers(rq);
	return house_write(
		rq,
		&(house_command){.fn = card_printer_set, .in = &k->in, .out = &k->id, .then = printer_set});
}

rc
ruler_get(web_req *rq)
{
	printer_page *k = NULL;
	cards_file *file = arena_new(rq->a, cards_file);

	TRY(read_printers(rq, &k));
	str layout = web_query(rq, STR("layout"));
	const print_layouts *all = house_of(rq)->layouts;
	file->layout = layout.n ? print_layout_find(all, layout) : all->n ? &all->v[0] : NULL;
	file->printer = printer_of(k, web_query_int(rq, STR("printer"), 1, INT64_MAX, 0));
	return file->layout ? cards_file_make(rq, file) : RC_NOT_FOUND;
}
