/* case_book.c - a day for the assessment of a case: what is offered, chosen, written. */
#include "app/kase/book.h"
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/desk/kinds.h"
#include "web/occasion.h"

enum { NEEDS = 3, SHOWN = 20 }; /* as many occasions as one can look through */

static const str need_names[NEEDS] = {STR("companion"), STR("sign"), STR("transport")};
static const visit_need need_bits[NEEDS] = {NEED_COMPANION, NEED_SIGN, NEED_TRANSPORT};

typedef struct booking {
	form f;
	kase_book_in in;
	occasions on;
	kase_booking stands;
} booking;

str
case_appointment_words(web_req *rq, const appointment_view *a)
{
	const fault_arg args[] = {
		{.name = "time", .is_text = true, .s = occasion_time(rq, a->day, a->begins, a->ends)},
		{.name = "office", .is_text = true, .s = a->office},
		{.name = "place", .is_text = true, .s = a->place},
		{.name = "n", .i = a->n},
		{.name = "state", .is_text = true, .s = outcome_words(rq, a->outcome)},
		{0}};
	str words = msg_text(rq->a, rq->lang, MSG_SCHEDULE_APPOINTMENT_LINE, args);
	str needs = needs_words(rq, a->needs);

	return needs.n ? str_cat(rq->a, words, desk_words_of(rq, MSG_SCHEDULE_NEEDS_LINE, "needs", needs))
		       : words;
}

rc
case_booking(web_req *rq, const case_page *k, kase_booking *out)
{
	return kase_booking_read(&k->v, house_actor(rq), out);
}

/* ---- the page ---- */

static tpl_list_choice
occasion_choices(web_req *rq, const booking *x)
{
	size_t n = MIN(x->on.n, (size_t)SHOWN);
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, n);
	str picked = form_typed(&x->f, STR("occasion"));

	for (size_t i = 0; i < n; i++) {
		const occasion_view *o = &x->on.v[i];
		str id = str_fmt(rq->a, "%lld", (long long)o->id);
		const fault_arg args[] = {
			{.name = "kind", .is_text = true, .s = occasion_kind_words(rq, o->kind)},
			{.name = "place", .is_text = true, .s = o->place},
			{.name = "categories", .is_text = true, .s = categories_words(rq, o->categories)},
			{.name = "n", .i = o->capacity - o->taken},
			{0}};
		v[i] = (struct tpl_choice){.value = id,
					   .label = occasion_time(rq, o->day, o->begins, o->ends),
					   .hint = msg_text(rq->a, rq->lang, MSG_SCHEDULE_CHOICE_HINT, args),
					   .checked = str_eq(id, picked)};
	}
	return (tpl_list_choice){v, n};
}

static tpl_list_choice
need_choices(web_req *rq, const booking *x)
{
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, NEEDS);
	const appointment_view *open = appointment_open(&x->stands.all);
	bool again = form_typed(&x->f, STR("step")).n > 0;

	for (size_t i = 0; i < NEEDS; i++) {
		bool typed = false;
		for (size_t k = 0; k < x->f.in->n; k++)
			typed = typed || str_eq(x->f.in->v[k].value, need_names[i]);
		v[i] = (struct tpl_choice){.value = need_names[i],
					   .label = needs_words(rq, need_bits[i]),
					   .checked = again ? typed : open && (open->needs & need_bits[i])};
	}
	return (tpl_list_choice){v, NEEDS};
}

static rc
book_page(web_req *rq, const case_page *k, const booking *x)
{
	tpl_list_field_error errors = desk_errors(rq, &x->f);
	struct tpl_case_note *past = arena_array(rq->a, struct tpl_case_note, x->stands.all.n);

	for (size_t i = 0; i < x->stands.all.n; i++)
		past[i] = (struct tpl_case_note){.words = case_appointment_words(rq, &x->stands.all.v[i])};
	tpl_case_book(web_html(rq), &(struct tpl_case_book){.name = k->brief.name,
							    .caption = k->brief.number,
							    .back = case_here(rq, k, ""),
							    .action = case_here(rq, k, "/appointment"),
							    .bad = errors.n > 0,
							    .errors = errors,
							    .past = {past, x->stands.all.n},
							    .moves = appointment_open(&x->stands.all) != NULL,
							    .occasions = occasion_choices(rq, x),
							    .wrong = desk_wrong(rq, &x->f, "occasion"),
							    .needs = need_choices(rq, x)});
	return web_page(rq, errors.n ? 422 : 200);
}

/* What is offered and what stands; to who may not book there is no such page. */
static rc
read_booking(web_req *rq, case_page *k, booking *x)
{
	TRY(case_booking(rq, k, &x->stands));
	if (!x->stands.can)
		return RC_NOT_FOUND;
	return kase_occasions_read(&k->v, rq->now, &x->on);
}

static rc
show(web_req *rq)
{
	case_page *k = rq->work;
	booking *x = arena_new(rq->a, booking);

	x->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(read_booking(rq, k, x));
	return book_page(rq, k, x);
}

rc
case_book_get(web_req *rq)
{
	return case_enter(rq, show);
}

static rc
booked(web_req *rq)
{
	case_page *k = rq->work;
	booking *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT || r == RC_INVALID || r == RC_DENIED) {
		fault_copy(form_wrong(&x->f), rq->fault);
		fault_clear(rq->fault);
		TRY(case_open(rq, k)); /* what is free has changed */
		TRY(read_booking(rq, k, x));
		return book_page(rq, k, x);
	}
	TRY(r);
	return case_done(rq, k, "booked");
}

static void
read_choice(web_req *rq, booking *x)
{
	str ids[SHOWN];
	size_t n = MIN(x->on.n, (size_t)SHOWN);

	for (size_t i = 0; i < n; i++)
		ids[i] = str_fmt(rq->a, "%lld", (long long)x->on.v[i].id);
	int picked = form_choice(&x->f, FIELD("occasion", desk_words(rq, MSG_SCHEDULE_WHICH)), ids, n);
	if (picked != FORM_NONE) {
		x->in.tenant = x->on.v[picked].tenant;
		x->in.occasion = x->on.v[picked].id;
	}
	uint64_t needs =
		form_ticks(&x->f, OPTIONAL("needs", desk_words(rq, MSG_SCHEDULE_NEEDS)), need_names, NEEDS);
	for (size_t i = 0; i < NEEDS; i++)
		if (needs >> i & 1)
			x->in.needs |= need_bits[i];
}

rc
case_book_post(web_req *rq)
{
	booking *x = arena_new(rq->a, booking);
	case_page *k = NULL;
	bool why = false;

	x->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(case_of_post(rq, &k, &why));
	if (why)
		return web_see(rq, case_here(rq, k, ""));
	TRY(case_open(rq, k));
	TRY(read_booking(rq, k, x));
	read_choice(rq, x);
	if (!form_ok(&x->f))
		return book_page(rq, k, x);
	x->in.at = case_at(rq, k);
	k->more = x;
	return house_write(rq, &(house_command){.fn = kase_book, .in = &x->in, .then = booked});
}
