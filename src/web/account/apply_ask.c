/* apply_ask.c - one question a page: shown, kept, and on to the next. */
#include "web/account/apply.h"

#include "locale/msg_ids.h"

typedef struct answer_of {
	apply k;
	ask ask;
	size_t at;
	bool from_check;
	kase_save_in in;
} answer_of;

static rc
page(web_req *rq, answer_of *x, bool posted)
{
	html_safe inputs;
	const apply_item *item = &x->k.item.v[x->at];
	const tpl_list_field_error errors = ask_errors(&x->ask);

	TRY(ask_show(&x->ask, posted, &inputs));
	tpl_apply_question(web_html(rq), &(struct tpl_apply_question){
						 .title = ask_label(rq, item->q),
						 .back = apply_back(&x->k, x->at, x->from_check),
						 .list = apply_href(&x->k, ""),
						 .progress = apply_progress(&x->k, x->at),
						 .action = apply_item_href(&x->k, item),
						 .from = x->from_check ? STR("check") : STR(""),
						 .inputs = inputs,
						 .bad = errors.n > 0,
						 .errors = errors,
					 });
	return web_page(rq, errors.n ? 422 : 200);
}

static rc
find(web_req *rq, answer_of *x, str from)
{
	TRY(apply_open(rq, &x->k, NULL));
	x->at = apply_find_question(&x->k, web_param(rq, STR("field")));
	if (x->at == x->k.item.n)
		return RC_NOT_FOUND;
	x->from_check = str_eq(from, STR("check"));
	x->ask = ask_of(rq, &x->k.v);
	x->ask.heading = true;
	return ask_add(&x->ask, x->k.item.v[x->at].q, 1);
}

rc
apply_question_get(web_req *rq)
{
	answer_of *x = arena_new(rq->a, answer_of);

	TRY(find(rq, x, web_query(rq, STR("from"))));
	return page(rq, x, false);
}

/* The answer may have changed what is asked after it. */
static rc
saved(web_req *rq)
{
	answer_of *x = rq->work;
	str field_id = x->k.item.v[x->at].q->field->id;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_INVALID && x->ask.problems.n)
		return page(rq, x, true);
	TRY(r);
	TRY(apply_again(rq, &x->k));
	return web_see(rq, apply_next(&x->k, apply_find_question(&x->k, field_id), x->from_check));
}

rc
apply_question_post(web_req *rq)
{
	answer_of *x = arena_new(rq->a, answer_of);
	bool found = false;

	TRY(find(rq, x, url_value(&rq->http->form, STR("from"), &found)));
	TRY(ask_read(&x->ask, ASK_NEEDED));
	if (x->ask.problems.n)
		return page(rq, x, true);
	x->in = (kase_save_in){.at = apply_at(&x->k),
			       .said = x->ask.said.v,
			       .n = x->ask.said.n,
			       .problems = &x->ask.problems};
	rq->work = x;
	return house_write(rq, &(house_command){.fn = kase_save, .in = &x->in, .then = saved});
}
