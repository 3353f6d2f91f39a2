/* apply_check.c - all answers before they have legal effect, the declaration, and the number afterwards. */
#include "web/account/apply.h"

#include "locale/msg_ids.h"
#include "web/account/mine.h"
#include "web/account/pages.h"

typedef struct check_of {
	apply k;
	kase_problems problems;
	kase_submit_in in;
	str wrong, number;
} check_of;

static const char from_check[] = "?from=check";

/* ---- what was answered ---- */

static str
label_of(const web_req *rq, const field *x)
{
	return rq->lang == MSG_EN ? x->en : x->name;
}

/* What follows from the number stands below it, to be seen and not to be typed. */
static void
add_followers(const apply *k, const apply_item *x, tpl_list_answer *list, struct tpl_answer *v)
{
	static const char *const follows[] = {"born", "sex"};
	web_req *rq = k->rq;

	if (!str_eq(x->q->field->id, STR("id_number")))
		return;
	for (size_t i = 0; i < LEN(follows); i++) {
		const field *f = field_find(house_of(rq)->fields, str_of(follows[i]));
		str value = kase_answer_of(&k->v, f);
		if (value.n)
			v[list->n++] = (struct tpl_answer){.key = label_of(rq, f),
							   .value = ask_text(rq, f, value),
							   .source = house_words(rq, MSG_APPLY_FOLLOWS)};
	}
}

str
apply_paper_state(web_req *rq, const kase_held_paper *p)
{
	static const int say[PAPER_STATES] = {MSG_APPLY_PAPER_ORIGINAL,   MSG_APPLY_PAPER_COPY,
					      MSG_APPLY_PAPER_ELECTRONIC, MSG_APPLY_PAPER_SHARED,
					      MSG_APPLY_PAPER_PROMISED,   MSG_APPLY_PAPER_LATER};
	int32_t due = DATE_NONE;

	if (p->due.n && date_parse(p->due, &due))
		return house_words_of(rq, MSG_APPLY_PAPER_BY, "day", html_date_text(web_html(rq), due));
	for (size_t i = 0; i < PAPER_STATES; i++)
		if (str_eq(p->state, paper_state_names[i]))
			return house_words(rq, say[i]);
	return p->state;
}

static struct tpl_answer
answer_of(const apply *k, const apply_item *x)
{
	web_req *rq = k->rq;
	struct tpl_answer a = {.change = str_cat(rq->a, apply_item_href(k, x), str_of(from_check))};

	if (x->paper) {
		const kase_held_paper *held = apply_held(k, x->paper->id);
		a.key = ask_pair(rq, x->paper->name);
		a.value = held ? apply_paper_state(rq, held) : house_words(rq, MSG_APPLY_NOTHING);
		return a;
	}
	str stored = kase_answer_of(&k->v, x->q->field);
	a.key = label_of(rq, x->q->field);
	a.value = stored.n ? ask_text(rq, x->q->field, stored) : house_words(rq, MSG_APPLY_NOTHING);
	if (kase_answer_source(&k->v, x->q->field).n)
		a.source = house_words(rq, MSG_ASK_KNOWN_SHORT);
	return a;
}

static tpl_list_apply_part
parts_of(const apply *k)
{
	enum { FOLLOWERS = 2 };
	web_req *rq = k->rq;
	VEC(struct tpl_apply_part) parts = {0};

	for (size_t i = 0; i < k->item.n;) {
		const apply_item *first = &k->item.v[i];
		struct tpl_answer *v = arena_array(rq->a, struct tpl_answer, k->item.n + FOLLOWERS);
		tpl_list_answer list = {v, 0};
		for (; i < k->item.n && k->item.v[i].section == first->section; i++) {
			v[list.n++] = answer_of(k, &k->item.v[i]);
			if (k->item.v[i].q)
				add_followers(k, &k->item.v[i], &list, v);
		}
		*vec_add(rq->a, &parts) =
			(struct tpl_apply_part){.title = first->section ? ask_pair(rq, first->section->title)
									: house_words(rq, MSG_APPLY_PAPERS),
						.answers = list};
	}
	return (tpl_list_apply_part){parts.v, parts.n};
}

/* ---- what is still wrong ---- */

static str
problem_href(const apply *k, const kase_problem *p)
{
	size_t q = apply_find_question(k, p->about), paper = apply_find_paper(k, p->about);

	if (str_eq(str_of(p->why->id), STR("kase.guardian_needed")))
		return apply_href(k, "/who");
	if (q < k->item.n)
		return str_cat(k->rq->a, apply_item_href(k, &k->item.v[q]), str_of(from_check));
	if (paper < k->item.n)
		return str_cat(k->rq->a, apply_item_href(k, &k->item.v[paper]), str_of(from_check));
	return (str){0};
}

static tpl_list_apply_problem
problems_of(const check_of *x)
{
	web_req *rq = x->k.rq;
	VEC(struct tpl_apply_problem) v = {0};

	for (size_t i = 0; i < x->problems.n; i++)
		*vec_add(rq->a, &v) =
			(struct tpl_apply_problem){.words = ask_problem_words(rq, &x->problems.v[i]),
						   .href = problem_href(&x->k, &x->problems.v[i])};
	if (x->wrong.n)
		*vec_add(rq->a, &v) = (struct tpl_apply_problem){.words = x->wrong, .href = STR("#agreed")};
	return (tpl_list_apply_problem){v.v, v.n};
}

/* ---- the page ---- */

static rc
page(web_req *rq, check_of *x, bool agreed)
{
	static const int as[] = {[ASKS_SELF] = MSG_APPLY_AS_SELF,
				 [ASKS_GUARDIAN] = MSG_APPLY_AS_GUARDIAN,
				 [ASKS_HELPER] = MSG_APPLY_AS_HELPER,
				 [ASKS_OFFICE] = MSG_APPLY_AS_OFFICE};
	const struct tpl_choice box = {
		.value = STR("1"), .label = house_words(rq, MSG_APPLY_DECLARE_BOX), .checked = agreed};
	struct tpl_apply_check t = {
		.service = ask_pair(rq, x->k.v.service->name),
		.ref = apply_ref(&x->k),
		.parts = parts_of(&x->k),
		.who = house_words(rq, as[x->k.v.as]),
		.problems = problems_of(x),
		.wrong = x->wrong,
		.agreed = {&box, 1},
		.again = x->k.v.state == KASE_AT_APPLICANT,
		.missing = mine_sent_back(&x->k.v),
	};

	t.bad = t.problems.n > 0;
	tpl_apply_check(web_html(rq), &t);
	return web_page(rq, t.bad ? 422 : 200);
}

rc
apply_check_get(web_req *rq)
{
	check_of *x = arena_new(rq->a, check_of);
	bool filed = false;

	rc r = apply_open(rq, &x->k, &filed);
	if (filed)
		return web_see(rq, apply_href(&x->k, "/receipt"));
	TRY(r);
	return page(rq, x, false);
}

static rc
submitted(web_req *rq)
{
	check_of *x = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT && str_eq(str_of(rq->fault->id), STR("kase.not_draft")))
		return web_see(rq, apply_href(&x->k, "/receipt"));
	if (apply_shown(r)) {
		if (x->problems.n == 0)
			x->wrong = fault_text(rq->a, rq->lang, rq->fault);
		fault_clear(rq->fault);
		TRY(apply_again(rq, &x->k));
		return page(rq, x, true);
	}
	TRY(r);
	return web_see(rq, apply_href(&x->k, "/receipt"));
}

rc
apply_check_post(web_req *rq)
{
	check_of *x = arena_new(rq->a, check_of);
	form f = form_of(rq->a, &rq->http->form, rq->now);
	bool filed = false;

	rc r = apply_open(rq, &x->k, &filed);
	if (filed) /* pressed twice, or in another window */
		return web_see(rq, apply_href(&x->k, "/receipt"));
	TRY(r);
	if (!form_ticked(&f, STR("agreed"))) {
		x->wrong = house_words(rq, MSG_APPLY_DECLARE_MISSING);
		return page(rq, x, false);
	}
	x->in = (kase_submit_in){.at = apply_at(&x->k), .random = kase_draw(rq->a), .problems = &x->problems};
	rq->work = x;
	return house_write(
		rq, &(house_command){.fn = kase_submit, .in = &x->in, .out = &x->number, .then = submitted});
}

/* ---- afterwards ---- */

rc
apply_receipt_get(web_req *rq)
{
	const kase_names *office = NULL;
	bool filed = false;
	apply k;

	rc r = apply_open(rq, &k, &filed);
	if (!filed) {
		TRY(r);
		return web_see(rq, apply_href(&k, "/check"));
	}
	fault_clear(rq->fault);
	struct tpl_apply_receipt t = {
		.service = ask_pair(rq, k.v.service->name),
		.number = k.v.number,
		.href = str_cat(rq->a, STR("/cases/"), k.v.number),
	};
	TRY(mine_steps(rq, &k.v, &t.steps));
	TRY(mine_stands(rq, k.house, &k.v, &t.office));
	TRY(mine_office(rq, &k.v, &office));
	t.contact = mine_contact(rq, office);
	t.pdf = str_cat(rq->a, t.href, STR("/receipt"));
	tpl_apply_receipt(web_html(rq), &t);
	return web_page(rq, 200);
}
