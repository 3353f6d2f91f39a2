/* draft_person.c - a test person of a draft, with what comes out for him and why. */
#include "web/policy/draft_priv.h"

#include "locale/msg_ids.h"

enum { CELL_CHARS = 500 };

#define TESTS "tests.csv"

static str
cell_name(const draft_work *w, size_t i)
{
	return str_fmt(w->t.rq->a, "p%zu", i);
}

/* The number of a person in the file; 0: none. */
static size_t
number_of(const draft_work *w, str s)
{
	int64_t n = 0;

	return str_to_i64(s, &n) && n > 0 && (uint64_t)n <= w->persons.person.n ? (size_t)n : 0;
}

static bool
is_act(const draft_work *w, const char *act)
{
	return str_eq(w->act, str_of(act));
}

/* ---- on a worker ---- */

static rc
read_person(draft_work *w)
{
	arena *a = w->t.rq->a;
	str like = web_query(w->t.rq, STR("like"));

	TRY(edit_persons_read(a, &w->t.fault, w->t.p, draft_file(w, TESTS), &w->persons));
	size_t n = number_of(w, w->about.n ? w->about : like);
	if (w->about.n && n == 0)
		return w->posted ? FAIL(&w->t.fault, RC_CONFLICT, "draft.gone") : RC_NOT_FOUND;
	w->row = w->about.n ? n - 1 : SIZE_MAX;
	w->typed = arena_array(a, str, w->persons.heading.n);
	for (size_t i = 0; i < w->persons.heading.n; i++)
		w->typed[i] = n ? w->persons.person.v[n - 1][i] : STR("");
	return RC_OK;
}

static size_t
heading_of(const draft_work *w, str name)
{
	for (size_t i = 0; i < w->persons.heading.n; i++)
		if (str_eq(w->persons.heading.v[i], name))
			return i;
	return 0;
}

static void
read_typed(draft_work *w)
{
	size_t who = heading_of(w, STR("测试人"));

	for (size_t i = 0; i < w->persons.heading.n; i++) {
		form_field q = {
			.name = cell_name(w, i), .label = w->persons.heading.v[i], .optional = i != who};
		w->typed[i] = form_text(&w->f, q, CELL_CHARS);
	}
}

static rc
edit_person(draft_work *w)
{
	w->change.act = DRAFT_PERSON;
	if (w->row != SIZE_MAX && is_act(w, "remove")) {
		w->change.act = DRAFT_PERSON_GONE;
		w->change.about = w->typed[heading_of(w, STR("测试人"))];
		for (size_t i = w->row; i + 1 < w->persons.person.n; i++)
			w->persons.person.v[i] = w->persons.person.v[i + 1];
		w->persons.person.n--;
	} else {
		read_typed(w);
		w->change.about = w->typed[heading_of(w, STR("测试人"))];
		if (w->row == SIZE_MAX) {
			*vec_add(w->t.rq->a, &w->persons.person) = w->typed;
			w->row = w->persons.person.n - 1;
		}
		w->persons.person.v[w->row] = w->typed;
	}
	draft_file_set(w, TESTS, edit_persons_write(w->t.rq->a, &w->persons));
	return RC_OK;
}

static str
person_field(const draft_work *w, const fault *why)
{
	str name = STR("");

	if (why->id && strcmp(why->id, "policy.tests.row") == 0)
		return cell_name(w, heading_of(w, STR("行")));
	for (size_t i = 0; i < why->nargs; i++)
		if (strcmp(why->arg[i].name, "name") == 0 && why->arg[i].is_text)
			name = why->arg[i].s;
	return cell_name(w, heading_of(w, name));
}

/* ---- shown ---- */

static feel_type_kind
kind_of(const draft_work *w, str name)
{
	for (const policy *p = w->t.p; p; p = p->above)
		for (size_t i = 0; i < dmn_count(p->model); i++) {
			dmn_info e = dmn_element(p->model, i);
			if (str_eq(e.name, name) && (e.kind == DMN_INPUT || e.kind == DMN_DECISION))
				return e.type ? e.type->kind : FEEL_T_ANY;
		}
	return FEEL_T_ANY;
}

static str
allowed_of(const draft_work *w, str name)
{
	for (const policy *p = w->t.p; p; p = p->above) {
		const policy_input *in = policy_input_find(p->doc, name);
		const policy_type *type = in ? policy_type_find(p->doc, in->type) : NULL;
		if (in)
			return type ? type->allowed : STR("");
	}
	return STR("");
}

static str
hint_of(const draft_work *w, str name)
{
	web_req *rq = w->t.rq;
	feel_type_kind kind = kind_of(w, name);
	str allowed = allowed_of(w, name);
	buf b = buf_in(rq->a);

	if (kind == FEEL_T_BOOL)
		return house_words(rq, MSG_DRAFT_PERSON_YES_NO);
	if (kind == FEEL_T_DATE)
		return house_words(rq, MSG_DRAFT_PERSON_DAY);
	for (size_t i = 0; i < allowed.n; i++) /* texts stand here as people write them */
		if (allowed.p[i] != '"')
			buf_c(&b, allowed.p[i]);
	return b.n ? house_words_of(rq, MSG_DRAFT_ROW_ALLOWED, "values", buf_str(&b)) : (str){0};
}

static void
person_question(draft_work *w, edited_fields *v, size_t i)
{
	web_req *rq = w->t.rq;
	str name = w->persons.heading.v[i], label = name, hint = {0};

	if (str_eq(name, STR("测试人")))
		label = house_words(rq, MSG_DRAFT_PERSON_WHO);
	else if (str_eq(name, STR("说明")))
		label = house_words(rq, MSG_DRAFT_PERSON_WHY);
	else if (str_eq(name, STR("行"))) {
		label = house_words(rq, MSG_DRAFT_PERSON_ROWS);
		hint = house_words(rq, MSG_DRAFT_PERSON_ROWS_HINT);
	} else {
		const policy_decision *d = policy_decision_find(w->t.p->doc, name);
		const policy_input *in = policy_input_find(w->t.p->doc, name);
		str en = d ? d->label : in ? in->label : STR("");
		label = house_words_of(rq, d ? MSG_DRAFT_PERSON_DECISION : MSG_DRAFT_PERSON_INPUT, "name",
				       rq->lang == MSG_EN && en.n ? en : name);
		hint = hint_of(w, name);
	}
	struct tpl_edited_field *x = draft_field(w, v, "text", cell_name(w, i), label, w->typed[i]);
	if (x->hint.n == 0)
		x->hint = hint;
}

static rc
show_person(web_req *rq)
{
	draft_work *w = rq->work;
	edited_fields fields = {0};
	bool bad = !form_ok(&w->f), old = w->about.n > 0;
	struct tpl_edited_act *act = arena_new(rq->a, struct tpl_edited_act);
	str tests = draft_href(w, "/tests");

	for (size_t i = 0; i < w->persons.heading.n; i++)
		person_question(w, &fields, i);
	struct tpl_draft_form out = {.title = house_words(rq, MSG_DRAFT_PERSON_NEW),
				     .of = draft_of_words(w),
				     .back = draft_href(w, ""),
				     .here = tests,
				     .bad = bad,
				     .seen = w->d->step,
				     .lead = house_words(rq, MSG_DRAFT_PERSON_LEAD),
				     .fields = {fields.v, fields.n},
				     .errors = draft_errors(w, "p0")};
	if (old && !bad && w->row < w->t.p->npersons) {
		const policy_explanation *x = &w->t.asked[w->row];
		out.lines = tables_reasons(&w->t, x);
		out.all = tables_asked(&w->t, x);
	}
	if (old) {
		*act = (struct tpl_edited_act){STR("remove"), house_words(rq, MSG_DRAFT_PERSON_REMOVE),
					       STR("warning")};
		str who = w->typed[heading_of(w, STR("测试人"))];
		out.title = house_words_of(rq, MSG_DRAFT_PERSON_TITLE, "name", who);
		out.here = str_fmt(rq->a, "%.*s/%.*s", STR_ARG(tests), STR_ARG(w->about));
		out.acts = (tpl_list_edited_act){act, 1};
		out.like = str_fmt(rq->a, "%.*s?like=%.*s", STR_ARG(tests), STR_ARG(w->about));
		out.like_label = house_words(rq, MSG_DRAFT_PERSON_LIKE);
	}
	tpl_draft_form(web_html(rq), &out);
	return web_page(rq, bad ? 422 : 200);
}

static const draft_ops person_ops = {read_person, edit_person, person_field, show_person};

rc
draft_person_new_get(web_req *rq)
{
	return draft_form_get(rq, &person_ops, STR(""));
}

rc
draft_person_new_post(web_req *rq)
{
	return draft_form_post(rq, &person_ops, STR(""));
}

rc
draft_person_get(web_req *rq)
{
	return draft_form_get(rq, &person_ops, web_param(rq, STR("number")));
}

rc
draft_person_post(web_req *rq)
{
	return draft_form_post(rq, &person_ops, web_param(rq, STR("number")));
}
