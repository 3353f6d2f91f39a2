/* apply_paper.c - one paper a page: how it will come. */
#include "web/account/apply.h"

#include "locale/msg_ids.h"

static const struct {
	int label, hint;
} states[PAPER_STATES] = {
	{MSG_APPLY_PAPER_ORIGINAL, MSG_APPLY_PAPER_ORIGINAL_HINT},
	{MSG_APPLY_PAPER_COPY, MSG_APPLY_PAPER_COPY_HINT},
	{MSG_APPLY_PAPER_ELECTRONIC, MSG_APPLY_PAPER_ELECTRONIC_HINT},
	{MSG_APPLY_PAPER_SHARED, MSG_APPLY_PAPER_SHARED_HINT},
	{MSG_APPLY_PAPER_PROMISED, MSG_APPLY_PAPER_PROMISED_HINT},
	{MSG_APPLY_PAPER_LATER, MSG_APPLY_PAPER_LATER_HINT},
};

typedef struct paper_of {
	apply k;
	form f;
	size_t at;
	bool from_check;
	kase_paper_in in;
} paper_of;

static const service_paper *
paper_at(const paper_of *x)
{
	return x->k.item.v[x->at].paper;
}

/* An upload is what most will choose here; the counter's ways follow. */
static tpl_list_choice
choices(const paper_of *x, str chosen)
{
	static const unsigned order[] = {PAPER_ELECTRONIC, PAPER_SHARED,   PAPER_ORIGINAL,
					 PAPER_COPY,       PAPER_PROMISED, PAPER_LATER};
	web_req *rq = x->k.rq;
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, PAPER_STATES);
	size_t n = 0;

	for (size_t i = 0; i < LEN(order); i++) {
		if (!(paper_at(x)->accepts & order[i]))
			continue;
		size_t bit = 0;
		while (1u << bit != order[i])
			bit++;
		v[n++] = (struct tpl_choice){.value = paper_state_names[bit],
					     .label = house_words(rq, states[bit].label),
					     .hint = house_words(rq, states[bit].hint),
					     .checked = str_eq(chosen, paper_state_names[bit])};
	}
	return (tpl_list_choice){v, n};
}

static tpl_list_field_error
errors_of(const web_req *rq, const form *f)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, f->errors.n);

	for (size_t i = 0; i < f->errors.n; i++)
		v[i] = (struct tpl_field_error){.field = f->errors.v[i]->field,
						.text = fault_text(rq->a, rq->lang, f->errors.v[i])};
	return (tpl_list_field_error){v, f->errors.n};
}

static str
wrong(const web_req *rq, const form *f, const char *name)
{
	const fault *e = form_error(f, str_of(name));

	return e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

static rc
page(web_req *rq, paper_of *x, str chosen, str due)
{
	const service_paper *p = paper_at(x);
	bool later = (p->accepts & PAPER_LATER) != 0, posted = !str_eq(rq->http->method, STR("GET"));
	struct tpl_apply_paper t = {
		.title = ask_pair(rq, p->name),
		.hint = p->help.zh.n ? ask_pair(rq, p->help) : (str){0},
		.back = apply_back(&x->k, x->at, x->from_check),
		.list = apply_href(&x->k, ""),
		.progress = apply_progress(&x->k, x->at),
		.action = apply_item_href(&x->k, &x->k.item.v[x->at]),
		.from = x->from_check ? STR("check") : STR(""),
		.choices = choices(x, chosen),
		.later = later,
		.wrong = wrong(rq, &x->f, "state"),
		.due_wrong = wrong(rq, &x->f, "due"),
		.bad = !form_ok(&x->f),
		.errors = errors_of(rq, &x->f),
	};
	int32_t day = DATE_NONE;

	if (posted) {
		t.year = form_typed(&x->f, STR("due-year"));
		t.month = form_typed(&x->f, STR("due-month"));
		t.day = form_typed(&x->f, STR("due-day"));
	} else if (due.n && date_parse(due, &day)) {
		t.year = str_fmt(rq->a, "%d", date_ymd(day).y);
		t.month = str_fmt(rq->a, "%d", date_ymd(day).m);
		t.day = str_fmt(rq->a, "%d", date_ymd(day).d);
	}
	tpl_apply_paper(web_html(rq), &t);
	return web_page(rq, t.bad ? 422 : 200);
}

static rc
find(web_req *rq, paper_of *x, str from)
{
	TRY(apply_open(rq, &x->k, NULL));
	x->at = apply_find_paper(&x->k, web_param(rq, STR("paper")));
	if (x->at == x->k.item.n)
		return RC_NOT_FOUND;
	x->from_check = str_eq(from, STR("check"));
	x->f = form_of(rq->a, &rq->http->form, rq->now);
	return RC_OK;
}

rc
apply_paper_get(web_req *rq)
{
	paper_of *x = arena_new(rq->a, paper_of);

	TRY(find(rq, x, web_query(rq, STR("from"))));
	const kase_held_paper *held = apply_held(&x->k, paper_at(x)->id);
	return page(rq, x, held ? held->state : STR(""), held ? held->due : STR(""));
}

static rc
noted(web_req *rq)
{
	paper_of *x = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_INVALID) {
		bool due = str_eq(str_of(rq->fault->id), STR("kase.paper_due"));
		fault *e = form_wrong(&x->f);
		fault_copy(e, rq->fault);
		e->field = due ? STR("due") : STR("state");
		fault_clear(rq->fault);
		return page(rq, x, x->in.state, STR(""));
	}
	TRY(r);
	return web_see(rq, apply_next(&x->k, x->at, x->from_check));
}

rc
apply_paper_post(web_req *rq)
{
	paper_of *x = arena_new(rq->a, paper_of);
	bool found = false;

	TRY(find(rq, x, url_value(&rq->http->form, STR("from"), &found)));
	str name = ask_pair(rq, paper_at(x)->name);
	int n = form_choice(&x->f, FIELD("state", name), paper_state_names, PAPER_STATES);
	bool later = n != FORM_NONE && 1u << n == PAPER_LATER;
	x->in = (kase_paper_in){.at = apply_at(&x->k), .paper = paper_at(x)->id};
	if (n != FORM_NONE)
		x->in.state = paper_state_names[n];
	if (later)
		x->in.due = form_date(&x->f, FIELD("due", house_words(rq, MSG_APPLY_PAPER_DUE)));
	if (!form_ok(&x->f))
		return page(rq, x, x->in.state, STR(""));
	if (1u << n == PAPER_ELECTRONIC && (paper_at(x)->accepts & PAPER_ELECTRONIC))
		return web_see(rq, str_cat(rq->a, apply_item_href(&x->k, &x->k.item.v[x->at]),
					   x->from_check ? STR("/files?from=check") : STR("/files")));
	rq->work = x;
	return house_write(rq, &(house_command){.fn = kase_add_paper, .in = &x->in, .then = noted});
}
