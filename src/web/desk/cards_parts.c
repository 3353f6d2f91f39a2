/* cards_parts.c - see cards_priv.h: words, choices, what was ticked, the file on a worker; the routes. */
#include "app/errand/bench.h"
#include "locale/msg_ids.h"
#include "web/desk/cards.h"
#include "web/desk/cards_priv.h"

enum { WORDS_MAX = 100, OTHER = 9, ITEMS_TEXT_MAX = 128 * 1024 };

static rc
holds(const web_req *rq, perm p)
{
	const actor *who = house_actor(rq);

	TRY(desk_staff(rq));
	return who->office && may(who, p, REGION_NONE) ? RC_OK : RC_NOT_FOUND;
}

rc
cards_printer(const web_req *rq)
{
	return holds(rq, PERM_CERTIFICATE_PRINT);
}

rc
cards_giver(const web_req *rq)
{
	return holds(rq, PERM_CERTIFICATE_HAND);
}

/* ---- codes ---- */

static const code_list *
list_of(const web_req *rq, const char *list)
{
	const code_list *l = code_list_find(house_of(rq)->fields, str_of(list));

	BUG_ON(!l);
	return l;
}

static str
word_of(const web_req *rq, const code_item *x)
{
	return rq->lang == MSG_EN ? x->en : x->zh;
}

str
cards_code(const web_req *rq, const char *list, int64_t number)
{
	const code_item *x = code_by_number(list_of(rq, list), number);

	return x ? word_of(rq, x) : STR("");
}

tpl_list_choice
cards_codes(web_req *rq, const char *list, str picked)
{
	const code_list *l = list_of(rq, list);
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, l->n);

	for (size_t i = 0; i < l->n; i++)
		v[i] = (struct tpl_choice){.value = l->item[i].code,
					   .label = word_of(rq, &l->item[i]),
					   .checked = str_eq(l->item[i].code, picked)};
	return (tpl_list_choice){v, l->n};
}

int64_t
cards_pick(web_req *rq, form *f, form_field q, const char *list)
{
	const code_list *l = list_of(rq, list);
	str *codes = arena_array(rq->a, str, l->n);

	for (size_t i = 0; i < l->n; i++)
		codes[i] = l->item[i].code;
	int at = form_choice(f, q, codes, l->n);
	return at < 0 ? 0 : l->item[at].number;
}

/* ---- stocks ---- */

str
cards_stock(const web_req *rq, blank_stock s)
{
	return str_fmt(rq->a, "%lld-%lld", (long long)s.generation, (long long)s.cover);
}

bool
cards_stock_read(str text, blank_stock *out)
{
	str generation;

	return str_next(&text, '-', &generation) && str_to_i64(generation, &out->generation) &&
	       str_to_i64(text, &out->cover);
}

str
cards_stock_name(const web_req *rq, blank_stock s)
{
	return str_fmt(rq->a, "%.*s %.*s", STR_ARG(cards_code(rq, "generation", s.generation)),
		       STR_ARG(cards_code(rq, "cover", s.cover)));
}

/* Of the generations for which there is a layout. */
tpl_list_choice
cards_stocks(web_req *rq, str picked)
{
	const print_layouts *all = house_of(rq)->layouts;
	const code_list *covers = list_of(rq, "cover");
	desk_choices v = {0};

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < covers->n; k++) {
			blank_stock s = {all->v[i].generation, covers->item[k].number};
			desk_choice_add(rq, &v, cards_stock(rq, s), cards_stock_name(rq, s), picked);
		}
	return (tpl_list_choice){v.v, v.n};
}

blank_stock
cards_pick_stock(web_req *rq, form *f)
{
	tpl_list_choice all = cards_stocks(rq, STR(""));
	str *values = arena_array(rq->a, str, all.n);
	blank_stock s = {0};

	for (size_t i = 0; i < all.n; i++)
		values[i] = all.v[i].value;
	int at = form_choice(f, FIELD("stock", desk_words(rq, MSG_CARDS_STOCK)), values, all.n);
	if (at >= 0)
		(void)cards_stock_read(values[at], &s);
	return s;
}

/* ---- reasons ---- */

str
cards_reason(web_req *rq, form *f)
{
	int64_t code = cards_pick(rq, f, FIELD("reason", desk_words(rq, MSG_CARDS_REASON)), "card_reason");
	form_field q = OPTIONAL("words", desk_words(rq, MSG_CARDS_REASON_WORDS));

	q.optional = code != OTHER;
	str words = form_text(f, q, WORDS_MAX);
	return words.n ? str_fmt(rq->a, "%lld:%.*s", (long long)code, STR_ARG(words))
		       : str_fmt(rq->a, "%lld", (long long)code);
}

str
cards_reason_show(const web_req *rq, str reason)
{
	str code, words;

	purpose_split(reason, &code, &words);
	const code_item *x = code_find(list_of(rq, "card_reason"), code);
	if (!x)
		return reason;
	return words.n ? str_fmt(rq->a, "%.*s（%.*s）", STR_ARG(word_of(rq, x)), STR_ARG(words))
		       : word_of(rq, x);
}

/* ---- what was ticked ---- */

str
cards_item_text(arena *a, int64_t person, int64_t id)
{
	return str_fmt(a, "%lld-%lld", (long long)person, (long long)id);
}

static rc
add_item(web_req *rq, str text, cards_items *out)
{
	str person;
	cards_item x;

	if (!str_next(&text, '-', &person) || !str_to_i64(person, &x.person) || !str_to_i64(text, &x.id) ||
	    out->n == CARD_BATCH_MAX)
		return RC_NOT_FOUND;
	*vec_add(rq->a, out) = x;
	return RC_OK;
}

rc
cards_items_read(web_req *rq, cards_items *out)
{
	const url_pairs *in = &rq->http->form;
	str item;

	*out = (cards_items){0};
	for (size_t i = 0; i < in->n; i++) {
		str rest = in->v[i].value;
		if (str_eq(in->v[i].name, STR("item")))
			TRY(add_item(rq, rest, out));
		else if (str_eq(in->v[i].name, STR("items")))
			while (str_next(&rest, ' ', &item))
				TRY(add_item(rq, item, out));
	}
	return RC_OK;
}

str
cards_items_text(arena *a, const cards_items *v)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < v->n; i++)
		buf_fmt(&b, "%s%lld-%lld", i ? " " : "", (long long)v->v[i].person, (long long)v->v[i].id);
	return buf_str(&b);
}

const card_ref *
cards_refs(arena *a, const cards_items *v)
{
	card_ref *refs = arena_array(a, card_ref, v->n);

	for (size_t i = 0; i < v->n; i++)
		refs[i] = (card_ref){v->v[i].person, v->v[i].id};
	return refs;
}

bool
cards_refused(web_req *rq, form *f, rc r, const char *otherwise)
{
	if (r != RC_INVALID && r != RC_CONFLICT && r != RC_DENIED)
		return false;
	fault *line = form_wrong(f);
	fault_copy(line, rq->fault);
	if (line->field.n == 0)
		line->field = str_of(otherwise);
	fault_clear(rq->fault);
	return true;
}

/* ---- layouts and printers ---- */

static bool
is_of(const print_layout *l, int64_t generation)
{
	return generation == 0 || l->generation == generation;
}

tpl_list_choice
cards_layouts(web_req *rq, int64_t generation, str picked)
{
	const print_layouts *all = house_of(rq)->layouts;
	desk_choices v = {0};

	for (size_t i = 0; i < all->n; i++)
		if (is_of(&all->v[i], generation))
			desk_choice_add(rq, &v, all->v[i].id,
					rq->lang == MSG_EN ? all->v[i].en : all->v[i].zh, picked);
	return (tpl_list_choice){v.v, v.n};
}

tpl_list_str
cards_notes(web_req *rq, int64_t generation)
{
	const print_layouts *all = house_of(rq)->layouts;
	VEC(str) v = {0};

	for (size_t i = 0; i < all->n; i++) {
		const print_layout *l = &all->v[i];
		bool en = rq->lang == MSG_EN;
		if (is_of(l, generation) && l->unsourced)
			*vec_add(rq->a, &v) = str_fmt(rq->a, "%.*s%.*s%.*s", STR_ARG(en ? l->en : l->zh),
						      STR_ARG(desk_words(rq, MSG_CASE_COLON)),
						      STR_ARG(en ? l->note_en : l->note_zh));
	}
	return (tpl_list_str){v.v, v.n};
}

tpl_list_choice
cards_printers(web_req *rq, const card_printers *all, str picked)
{
	desk_choices v = {0};

	desk_choice_add(rq, &v, STR("0"), desk_words(rq, MSG_CARDS_PRINTER_NONE), picked);
	for (size_t i = 0; i < all->n; i++)
		desk_choice_add(rq, &v, str_fmt(rq->a, "%lld", (long long)all->v[i].id), all->v[i].name,
				picked);
	return (tpl_list_choice){v.v, v.n};
}

/* ---- lines of a table ---- */

tpl_list_card_line
cards_lines(web_req *rq, const card_views *all, const blank_book *b, card_state tick)
{
	static const struct {
		int words;
		str colour;
	} states[] = {[CARD_IS_HERE] = {MSG_CARDS_IS_HERE, STR("blue")},
		      [CARD_IS_UNDERWAY] = {MSG_CARDS_IS_UNDERWAY, STR("yellow")},
		      [CARD_IS_HANDED] = {MSG_CARDS_IS_HANDED, STR("green")},
		      [CARD_IS_SPOILT] = {MSG_CARDS_IS_SPOILT, STR("grey")},
		      [CARD_IS_REMADE] = {MSG_CARDS_IS_REMADE, STR("grey")}};
	struct tpl_card_line *v = arena_array(rq->a, struct tpl_card_line, all->n);
	int64_t ticks = 0;

	for (size_t i = 0; i < all->n; i++) {
		const card_view *c = &all->v[i];
		const blank_run *r = blank_run_find(b, c->run);
		v[i] = (struct tpl_card_line){.item = cards_item_text(rq->a, c->person, c->id),
					      .place = c->place,
					      .name = c->name,
					      .village = c->region ? case_village(rq, c->region) : STR(""),
					      .serial = r ? blank_serial(rq->a, r, c->serial) : STR(""),
					      .since = c->since,
					      .where = c->where,
					      .state = desk_words(rq, states[c->state].words),
					      .colour = states[c->state].colour,
					      .why = c->spoilt.n ? cards_reason_show(rq, c->spoilt) : STR(""),
					      .tick = c->state == tick ? ++ticks : 0,
					      .checked = tick == CARD_IS_UNDERWAY};
	}
	return (tpl_list_card_line){v, all->n};
}

/* ---- the file ---- */

press_config
cards_press(const web_req *rq, const kase_house *h)
{
	const house *own = house_of(rq);

	return (press_config){.s = house_store(rq),
			      .layouts = own->layouts,
			      .house = h,
			      .papers = str_cat(rq->a, own->site->dir, STR("/papers")),
			      .who = house_actor(rq),
			      .now = rq->now,
			      .lang = rq->lang,
			      .live = own->site->kind == SITE_LIVE};
}

static rc
file_made(web_req *rq)
{
	cards_file *k = rq->work;

	if (k->made != RC_OK) {
		fault_copy(rq->fault, &k->why);
		return k->made;
	}
	return web_bytes(rq, 200, STR("application/pdf"), k->pdf.bytes);
}

static void
file_work(void *v)
{
	cards_file *k = v;
	const press_config c = cards_press(k->rq, k->house);
	press *p = NULL;

	k->made = press_open(k->rq->a, &k->why, &c, &p);
	if (k->made == RC_OK && k->layout)
		k->made = press_ruler(p, k->rq->a, &k->why, k->layout, k->printer, &k->pdf);
	else if (k->made == RC_OK)
		k->made = press_batch(p, k->rq->a, &k->why, &k->batch, k->from, &k->pdf);
}

rc
cards_file_make(web_req *rq, cards_file *k)
{
	k->rq = rq;
	TRY(kases_of(rq, &k->house));
	house_read_end(rq);
	rq->work = k;
	return web_slowly(rq, file_work, k, file_made);
}

const web_route card_routes[] = {
	{"GET", "/desk/cards", cards_get, "certificate.print", "Certificates to be printed"},
	{"POST", "/desk/cards", cards_post, "certificate.print", "Print: checked, then on blanks",
	 .max = ITEMS_TEXT_MAX},
	{"GET", "/desk/cards/again", cards_again_get, "certificate.print",
	 "One printed again, with a reason"},
	{"POST", "/desk/cards/again", cards_again_post, "certificate.print", "Print it again"},
	{"GET", "/desk/cards/batches/{id}", batch_get, "certificate.print", "What was printed together"},
	{"POST", "/desk/cards/batches/{id}", batch_post, "certificate.print", "Cards that went wrong",
	 .max = ITEMS_TEXT_MAX},
	{"GET", "/desk/cards/batches/{id}/file", batch_file_get, "certificate.print", "The file to print"},
	{"GET", "/desk/cards/printers", printers_get, "certificate.print",
	 "Printers and how far they are off"},
	{"POST", "/desk/cards/printers", printers_post, "certificate.print", "Set a printer, or remove it"},
	{"GET", "/desk/cards/ruler", ruler_get, "certificate.print", "A sheet to measure by"},
	{"GET", "/desk/cards/blanks", blanks_get, "certificate.print", "The books of blanks"},
	{"GET", "/desk/cards/blanks/{act}", blank_form_get, "certificate.print",
	 "Blanks in, out, spoilt, counted"},
	{"POST", "/desk/cards/blanks/{act}", blank_form_post, "certificate.print", "Write it into the books"},
	{"GET", "/desk/cards/handover", handover_get, "certificate.hand",
	 "Cards that lie here, lists to and from"},
	{"POST", "/desk/cards/handover", handover_post, "certificate.hand", "Send on, list, hand over",
	 .max = ITEMS_TEXT_MAX},
	{"GET", "/desk/cards/lists/{id}", list_get, "certificate.hand", "Cards that go together"},
	{"POST", "/desk/cards/lists/{id}", list_post, "certificate.hand", "Take in those that came",
	 .max = ITEMS_TEXT_MAX},
	{"GET", "/desk/cards/lists/{id}/sheet", list_sheet_get, "certificate.hand", "The list as paper"},
	{"GET", "/desk/cards/left", left_get, "certificate.hand", "Cards that nobody came for"},
	{0},
};

tpl_list_choice
cards_office_choices(web_req *rq, const office_views *offices, str typed)
{
	desk_choices v = {0};

	desk_choice_add(rq, &v, STR(""), desk_words(rq, MSG_CARDS_CHOOSE), STR(""));
	for (size_t i = 0; i < offices->n; i++) {
		const office_view *o = &offices->v[i];
		bool ours = o->kind == OFFICE_FEDERATION || o->kind == OFFICE_TOWNSHIP ||
			    o->kind == OFFICE_VILLAGE;
		if (ours && o->id != house_actor(rq)->office)
			desk_choice_add(rq, &v, str_fmt(rq->a, "%lld", (long long)o->id), o->name, typed);
	}
	return (tpl_list_choice){v.v, v.n};
}
