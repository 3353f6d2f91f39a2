/* decisions.c - see decisions.h. */
#include "web/decisions.h"

#include "base/date.h"
#include "base/fen.h"
#include "locale/msg_ids.h"
#include "web/ask.h"
#include "web/kases.h"

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
answer(const web_req *rq, const decision_result *r, policy_brief *brief)
{
	*brief = (policy_brief){.name = r->name, .answer = r->result};
	if (r->why)
		policy_explain_brief(rq->a, rq->lang, r->why, brief);
	return of_what(rq, brief->name, brief->answer);
}

str
decision_answer(const web_req *rq, const decision_view *v, const decision_result *r)
{
	policy_brief brief;
	str words = answer(rq, r, &brief);

	return v->whose.n ? of_what(rq, v->whose, words) : words;
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

/* Names one after another, each once. */
static str
joined(const web_req *rq, const policy_lines *lines, policy_line_kind kind)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < lines->n; i++) {
		bool met = lines->v[i].kind != kind;
		for (size_t k = 0; k < i && !met; k++)
			met = lines->v[k].kind == kind && str_eq(lines->v[k].text, lines->v[i].text);
		if (met)
			continue;
		if (b.n)
			buf_put(&b, rq->lang == MSG_EN ? STR(", ") : STR("、"));
		buf_put(&b, lines->v[i].text);
	}
	return buf_str(&b);
}

/* What is folded away: each reason with where it was read, and the law. */
static void
fold(web_req *rq, const decision_view *v, const policy_lines *lines, struct tpl_decided *out)
{
	VEC(struct tpl_decided_law) laws = {0};
	reasons why = {0}, others = {0};

	for (size_t i = 1; i < lines->n; i++) {
		const policy_line *l = &lines->v[i];
		if (l->kind == POLICY_LINE_LAW)
			*vec_add(rq->a, &laws) =
				(struct tpl_decided_law){.words = l->text, .link = l->law->link};
		else if (l->kind != POLICY_LINE_MISSING)
			*vec_add(rq->a, l->kind == POLICY_LINE_NEAR ? &others : &why) =
				(struct tpl_decided_reason){.words = l->text,
							    .source = source_of(rq, &v->seen, l->column)};
	}
	out->reasons = (tpl_list_decided_reason){why.v, why.n};
	out->others = (tpl_list_decided_reason){others.v, others.n};
	out->laws = (tpl_list_decided_law){laws.v, laws.n};
}

static struct tpl_decided
shown(web_req *rq, const decision_view *v, const decision_result *r)
{
	struct tpl_decided out = {.lost = !r->why};
	policy_lines lines;
	policy_brief brief;

	out.answer = answer(rq, r, &brief);
	out.name = brief.name;
	if (!r->why)
		return out;
	lines = policy_explain_lines(rq->a, rq->lang, true, r->why);
	fold(rq, v, &lines, &out);
	if (brief.because.n)
		out.because = house_words_of(rq, MSG_DECISION_BECAUSE, "words", brief.because);
	out.otherwise = brief.otherwise;
	if (brief.unwritten) {
		out.todo = house_words(rq, MSG_DECISION_TODO_UNWRITTEN);
	} else if (brief.open) {
		out.missing = joined(rq, &lines, POLICY_LINE_MISSING);
		out.todo = out.missing.n ? house_words(rq, MSG_DECISION_TODO_MISSING) : (str){0};
	}
	return out;
}

/* The newest service that grants it; NULL: none does. */
static const service *
service_of(const kase_house *h, const decision_view *v, str name)
{
	for (size_t i = 0; i < h->nservices; i++) {
		const service *s = h->service[i];
		if (str_eq(s->serves.policy, v->policy) && str_eq(s->serves.decision, name) &&
		    kase_service(h, s->id) == s)
			return s;
	}
	return NULL;
}

static str
granted_words(web_req *rq, const entitlement *e)
{
	const fault_arg args[] = {
		{.name = "from", .is_text = true, .s = str_sub(e->valid_from, 0, MIN(e->valid_from.n, 7))},
		{.name = "amount", .is_text = true, .s = fen_grouped(rq->a, e->fen)},
		{0}};

	return msg_text(rq->a, rq->lang, MSG_DECISION_GRANTED, args);
}

/* What is his already says since when; what a service grants and the policy does not deny can be applied for.
 */
static void
claim(web_req *rq, const kase_house *h, const entitlements *has, const decision_view *v,
      const decision_result *r, struct tpl_decided *to)
{
	const entitlement *own = entitlement_open(has, v->policy, r->name);
	const service *s = service_of(h, v, r->name);
	bool staff = house_actor(rq)->kind == ACTOR_STAFF;

	if (own)
		to->granted = granted_words(rq, own);
	if (own || !s || r->fen == 0)
		return;
	bool own_record = house_actor(rq)->person == v->person;
	to->apply = staff ? str_cat(rq->a, STR("/desk/applications?service="), s->id)
			  : str_fmt(rq->a, "/applications/new%s?service=%.*s%s", own_record ? "/place" : "",
				    STR_ARG(s->id), own_record ? "&as=self" : "");
	to->go = house_words_of(rq, MSG_DECISION_APPLY, "name", ask_pair(rq, s->name));
}

/* Of a decision that was kept. */
static rc
claims(web_req *rq, const decision_view *v, struct tpl_decided *to)
{
	const kase_house *h = NULL;
	entitlements has;
	db *d = NULL;

	if (v->person == 0)
		return RC_OK;
	TRY(kases_of(rq, &h));
	TRY(house_read(rq, &d));
	TRY(entitlements_read(d, rq->a, rq->fault, v->tenant, v->person, &has));
	for (size_t i = 0; i < v->results.n; i++)
		claim(rq, h, &has, v, &v->results.v[i], &to[i]);
	return RC_OK;
}

static struct tpl_decided *
results_shown(web_req *rq, const decision_view *v)
{
	struct tpl_decided *r = arena_array(rq->a, struct tpl_decided, v->results.n);

	for (size_t i = 0; i < v->results.n; i++)
		r[i] = shown(rq, v, &v->results.v[i]);
	return r;
}

html_safe
decision_html(web_req *rq, const decision_view *v)
{
	html_out *o = web_html(rq);
	html_mark mark;

	html_capture(o, &mark);
	tpl_decided_results(o,
			    &(struct tpl_decided_results){.results = {results_shown(rq, v), v->results.n}});
	return html_captured(o, &mark);
}

rc
decisions_shown(web_req *rq, const decision_views *all, tpl_list_decided_policy *out)
{
	struct tpl_decided_policy *p = arena_array(rq->a, struct tpl_decided_policy, all->n);

	for (size_t i = 0; i < all->n; i++) {
		const decision_view *v = &all->v[i];
		struct tpl_decided *r = results_shown(rq, v);
		bool english = rq->lang == MSG_EN && v->doc && v->doc->label.n;
		str name = !v->doc ? v->policy : english ? v->doc->label : v->doc->name;
		TRY(claims(rq, v, r));
		p[i] = (struct tpl_decided_policy){
			.name = v->whose.n ? of_what(rq, v->whose, name) : name,
			.made = house_words_of(rq, MSG_DECISION_MADE, "day", day_text(rq, v->day)),
			.results = {r, v->results.n}};
	}
	*out = (tpl_list_decided_policy){p, all->n};
	return RC_OK;
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
