/* decisions.c - see decisions.h. */
#include "web/decisions.h"

#include "base/date.h"
#include "locale/msg_ids.h"

typedef VEC(struct tpl_decided_reason) reasons;

static str
of_what(const web_req *rq, str name, str value)
{
	const fault_arg args[] = {{.name = "name", .is_text = true, .s = name},
				  {.name = "value", .is_text = true, .s = value},
				  {0}};

	return msg_text(rq->a, rq->lang, MSG_DECISION_STOOD, args);
}

/* Without the version that decided only what came out. */
static str
answer(const web_req *rq, const decision_result *r)
{
	if (!r->why)
		return of_what(rq, r->name, r->result);
	return policy_explain_lines(rq->a, rq->lang, true, r->why).v[0].text;
}

str
decision_answer(const web_req *rq, const decision_view *v, const decision_result *r)
{
	return v->whose.n ? of_what(rq, v->whose, answer(rq, r)) : answer(rq, r);
}

static str
day_text(web_req *rq, str text)
{
	int32_t day = DATE_NONE;

	return date_parse(text, &day) ? html_date_text(web_html(rq), day) : text;
}

/* Where the value of a column was read, and since when it holds. */
static str
source_of(web_req *rq, const decision_values *seen, str column)
{
	for (size_t i = 0; i < seen->n; i++) {
		const decision_value *v = &seen->v[i];
		if (!str_eq(v->name, column) || v->source.n == 0)
			continue;
		const fault_arg args[] = {{.name = "source", .is_text = true, .s = v->source},
					  {.name = "day", .is_text = true, .s = day_text(rq, v->from)},
					  {0}};
		return msg_text(rq->a, rq->lang, v->from.n ? MSG_DECISION_SOURCE : MSG_DECISION_SOURCE_ONLY,
				args);
	}
	return (str){0};
}

static struct tpl_decided
shown(web_req *rq, const decision_view *v, const decision_result *r)
{
	struct tpl_decided out = {.answer = answer(rq, r), .lost = !r->why};
	VEC(struct tpl_decided_law) laws = {0};
	reasons why = {0}, missing = {0}, others = {0};
	policy_lines lines = {0};

	if (r->why)
		lines = policy_explain_lines(rq->a, rq->lang, true, r->why);
	for (size_t i = 1; i < lines.n; i++) {
		const policy_line *l = &lines.v[i];
		if (l->kind == POLICY_LINE_LAW) {
			*vec_add(rq->a, &laws) =
				(struct tpl_decided_law){.words = l->text, .link = l->law->link};
			continue;
		}
		reasons *to = l->kind == POLICY_LINE_NEAR      ? &others
			      : l->kind == POLICY_LINE_MISSING ? &missing
							       : &why;
		*vec_add(rq->a, to) = (struct tpl_decided_reason){
			.words = l->text, .source = source_of(rq, &v->seen, l->column)};
	}
	out.reasons = (tpl_list_decided_reason){why.v, why.n};
	out.missing = (tpl_list_decided_reason){missing.v, missing.n};
	out.others = (tpl_list_decided_reason){others.v, others.n};
	out.laws = (tpl_list_decided_law){laws.v, laws.n};
	return out;
}

tpl_list_decided_policy
decisions_shown(web_req *rq, const decision_views *all)
{
	struct tpl_decided_policy *p = arena_array(rq->a, struct tpl_decided_policy, all->n);

	for (size_t i = 0; i < all->n; i++) {
		const decision_view *v = &all->v[i];
		struct tpl_decided *r = arena_array(rq->a, struct tpl_decided, v->results.n);
		for (size_t k = 0; k < v->results.n; k++)
			r[k] = shown(rq, v, &v->results.v[k]);
		bool english = rq->lang == MSG_EN && v->doc && v->doc->label.n;
		str name = !v->doc ? v->policy : english ? v->doc->label : v->doc->name;
		p[i] = (struct tpl_decided_policy){
			.name = v->whose.n ? of_what(rq, v->whose, name) : name,
			.made = house_words_of(rq, MSG_DECISION_MADE, "day", day_text(rq, v->day)),
			.results = {r, v->results.n}};
	}
	return (tpl_list_decided_policy){p, all->n};
}

void
decisions_latest(arena *a, const decision_views *all, decision_views *out)
{
	*out = (decision_views){0};
	for (size_t i = 0; i < all->n; i++) {
		bool met = false;
		for (size_t k = 0; k < out->n && !met; k++)
			met = str_eq(out->v[k].policy, all->v[i].policy);
		if (!met)
			*vec_add(a, out) = all->v[i];
	}
}
