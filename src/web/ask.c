/* ask.c - see ask.h. */
#include "web/ask.h"

#include "app/kase/desk.h"
#include "base/utf8.h"
#include "locale/msg_ids.h"

enum { RADIOS_MAX = 8, TEXT_ROWS = 4 };

str
ask_pair(const web_req *rq, pair p)
{
	return pair_in(p, rq->lang == MSG_EN);
}

str
ask_label(const web_req *rq, const service_question *q)
{
	if (q->ask.zh.n)
		return ask_pair(rq, q->ask);
	return rq->lang == MSG_EN ? q->field->en : q->field->name;
}

static field_reader
reader_of(web_req *rq, const field_regions *regions)
{
	return (field_reader){.a = rq->a,
			      .c = house_of(rq)->fields,
			      .regions = regions,
			      .today = date_of_instant(rq->now),
			      .lang = rq->lang};
}

str
ask_text(web_req *rq, const field *x, str stored)
{
	const field_regions regions = ask_regions(rq);
	field_reader r = reader_of(rq, &regions);

	if (x->type == FIELD_DATE)
		return html_day_text(web_html(rq), stored);
	return field_show(&r, x, stored);
}

ask
ask_of(web_req *rq, const kase_view *v)
{
	return (ask){.rq = rq, .view = v};
}

/* ---- which are asked ---- */

static bool
asks_for(const service *s, str field_id)
{
	for (size_t i = 0; i < s->nsections; i++)
		for (size_t k = 0; k < s->section[i].n; k++)
			if (str_eq(s->section[i].q[k].field->id, field_id))
				return true;
	return false;
}

/* The number of the applicant tells his day of birth and his sex. */
static bool
follows(const service *s, const field *x)
{
	return (str_eq(x->id, STR("born")) || str_eq(x->id, STR("sex"))) && asks_for(s, STR("id_number"));
}

rc
ask_asked(web_req *rq, const kase_view *v, const service_question *q, bool *out)
{
	*out = true;
	if (!v)
		return RC_OK;
	if (follows(v->service, q->field)) {
		*out = false;
		return RC_OK;
	}
	return kase_holds(v, rq->now, q->when, out);
}

rc
ask_add(ask *k, const service_question *q, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool asked = false;
		TRY(ask_asked(k->rq, k->view, &q[i], &asked));
		if (asked)
			*vec_add(k->rq->a, &k->item) = (ask_item){.q = &q[i]};
	}
	return RC_OK;
}

/* ---- reading ---- */

static str
posted(const web_req *rq, str name, const char *part)
{
	bool found = false;

	return str_trim(url_value(&rq->http->form, str_cat(rq->a, name, str_of(part)), &found));
}

/* Each of several boxes that was ticked. */
static str
posted_all(const web_req *rq, str name)
{
	const url_pairs *in = &rq->http->form;
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->v[i].name, name) && in->v[i].value.n)
			buf_fmt(&b, "%s%.*s", b.n ? " " : "", STR_ARG(in->v[i].value));
	return buf_str(&b);
}

/* 2024, 3, 5 in three inputs, or a whole day in the first. */
static str
posted_day(const web_req *rq, str name)
{
	str y = posted(rq, name, "-year"), m = posted(rq, name, "-month"), d = posted(rq, name, "-day");

	if (m.n == 0 && d.n == 0)
		return y;
	return str_fmt(rq->a, "%.*s-%.*s-%.*s", STR_ARG(y), STR_ARG(m), STR_ARG(d));
}

static void
add_problem(ask *k, str about, const fault *why)
{
	*vec_add(k->rq->a, &k->problems) = (kase_problem){.about = about, .why = why};
}

static void
missing(ask *k, const service_question *q)
{
	fault *why = arena_new(k->rq->a, fault);
	bool picks = q->field->type == FIELD_CODE || q->field->type == FIELD_FLAG ||
		     q->field->type == FIELD_REGION;

	if (picks)
		(void)FAIL(why, RC_INVALID, "form.choice", FA_FIELD(q->field->id),
			   FA_STR("label", ask_label(k->rq, q)));
	else
		(void)FAIL(why, RC_INVALID, "form.missing", FA_FIELD(q->field->id),
			   FA_STR("label", ask_label(k->rq, q)));
	add_problem(k, q->field->id, why);
}

/* What was typed, through the door of texts, as a value of its field. */
static rc
read_value(ask *k, fault *why, const ask_item *x, field_value *out)
{
	const field *f = x->q->field;
	field_reader r = reader_of(k->rq, NULL);
	fault ignored = {0};
	str s;
	rc e = f->type == FIELD_TEXT ? text_clean_lines(k->rq->a, &ignored, x->typed, &s)
				     : text_clean(k->rq->a, &ignored, x->typed, &s);

	if (e != RC_OK)
		return FAIL(why, RC_INVALID, "form.text", FA_FIELD(f->id),
			    FA_STR("label", ask_label(k->rq, x->q)));
	return s.n ? field_read_answer(&r, why, f, s, out) : RC_OK;
}

static rc
read_item(ask *k, ask_item *x, ask_need need)
{
	const field *f = x->q->field;
	fault *why = arena_new(k->rq->a, fault);
	field_value v = {0};

	if (f->type == FIELD_REGION) {
		TRY(ask_place_read(k->rq, f->id, &x->place));
		if (x->place.wrong) {
			add_problem(k, f->id, x->place.wrong);
			return RC_OK;
		}
		x->typed = x->place.code ? str_fmt(k->rq->a, "%012lld", (long long)x->place.code) : STR("");
	} else {
		x->typed = f->type == FIELD_DATE ? posted_day(k->rq, f->id)
			   : f->many             ? posted_all(k->rq, f->id)
						 : posted(k->rq, f->id, "");
	}
	if (read_value(k, why, x, &v) != RC_OK) {
		add_problem(k, f->id, why);
		return RC_OK;
	}
	if (!v.given && !x->q->optional && need == ASK_NEEDED)
		missing(k, x->q);
	*vec_add(k->rq->a, &k->said) = (kase_said){.field = f->id, .raw = v.given ? v.text : STR("")};
	return RC_OK;
}

rc
ask_read(ask *k, ask_need need)
{
	for (size_t i = 0; i < k->item.n; i++)
		TRY(read_item(k, &k->item.v[i], need));
	return RC_OK;
}

/* ---- showing ---- */

str
ask_problem_words(const web_req *rq, const kase_problem *p)
{
	return p->say.zh.n ? ask_pair(rq, p->say) : fault_text(rq->a, rq->lang, p->why);
}

static const kase_problem *
problem_of(const ask *k, str field_id)
{
	for (size_t i = 0; i < k->problems.n; i++)
		if (str_eq(k->problems.v[i].about, field_id))
			return &k->problems.v[i];
	return NULL;
}

/* On a page of its own the next choice of a place is the next page, not a mistake. */
static bool
is_step(const ask *k, const ask_item *x)
{
	return k->heading && x->q->field->type == FIELD_REGION && x->place.step;
}

static str
input_id(const ask *k, const ask_item *x)
{
	return x->q->field->type == FIELD_REGION ? ask_place_id(k->rq, &x->place) : x->q->field->id;
}

tpl_list_field_error
ask_errors(const ask *k)
{
	VEC(struct tpl_field_error) v = {0};

	for (size_t i = 0; i < k->item.n; i++) {
		const kase_problem *p = problem_of(k, k->item.v[i].q->field->id);
		if (p && !is_step(k, &k->item.v[i]))
			*vec_add(k->rq->a, &v) = (struct tpl_field_error){
				.field = input_id(k, &k->item.v[i]), .text = ask_problem_words(k->rq, p)};
	}
	for (size_t i = 0; i < k->problems.n; i++) {
		const kase_problem *p = &k->problems.v[i];
		bool here = false;
		for (size_t j = 0; j < k->item.n; j++)
			here = here || str_eq(k->item.v[j].q->field->id, p->about);
		if (!here)
			*vec_add(k->rq->a, &v) = (struct tpl_field_error){
				.field = STR("main"), .text = ask_problem_words(k->rq, p)};
	}
	return (tpl_list_field_error){v.v, v.n};
}

/* Everything an input is made of. */
typedef struct input {
	ask *k;
	const ask_item *x;
	const field *f;
	str label, hint, error, value;
	bool posted;
} input;

/* Taken over from the register: where from, and that it may be changed. */
static str
known_words(const ask *k, const service_question *q)
{
	str from = k->view ? kase_answer_source(k->view, q->field) : STR("");

	return from.n ? house_words_of(k->rq, MSG_ASK_KNOWN, "source", from) : STR("");
}

static str
hint_of(const ask *k, const service_question *q)
{
	static const int hint[FIELD_TYPES] = {
		[FIELD_NID] = MSG_ASK_HINT_ID_NUMBER,
		[FIELD_DATE] = MSG_ASK_HINT_DATE,
		[FIELD_MONTH] = MSG_ASK_HINT_MONTH,
		[FIELD_PHONE] = MSG_ASK_HINT_PHONE,
	};
	str own = q->help.zh.n ? ask_pair(k->rq, q->help) : STR("");
	str kind = hint[q->field->type] ? house_words(k->rq, hint[q->field->type]) : STR("");

	const str parts[] = {known_words(k, q), kind, own};
	buf b = buf_in(k->rq->a);
	for (size_t i = 0; i < LEN(parts); i++)
		if (parts[i].n)
			buf_fmt(&b, "%s%.*s", b.n ? " " : "", STR_ARG(parts[i]));
	return buf_str(&b);
}

static void
show_text(html_out *o, const input *in)
{
	static const struct {
		const char *kind, *mode, *suffix;
		int width;
	} look[FIELD_TYPES] = {
		[FIELD_NID] = {.width = 20},
		[FIELD_CERTIFICATE] = {.width = 20},
		[FIELD_MONTH] = {.width = 10},
		[FIELD_INT] = {.mode = "numeric", .width = 5},
		[FIELD_DECIMAL] = {.mode = "decimal", .width = 5},
		[FIELD_MONEY] = {.mode = "decimal", .width = 10},
		[FIELD_PHONE] = {.kind = "tel", .mode = "tel", .width = 20},
		[FIELD_BANK] = {.mode = "numeric", .width = 30},
		[FIELD_NAME] = {.width = 20},
	};
	const field_type t = in->f->type;

	tpl_text_input(o,
		       &(struct tpl_text_input){
			       .name = in->f->id,
			       .label = in->label,
			       .value = in->value,
			       .hint = in->hint,
			       .error = in->error,
			       .heading = in->k->heading,
			       .kind = look[t].kind ? str_of(look[t].kind) : (str){0},
			       .mode = look[t].mode ? str_of(look[t].mode) : (str){0},
			       .width = look[t].width,
			       .suffix = t == FIELD_MONEY ? house_words(in->k->rq, MSG_ASK_YUAN) : (str){0},
		       });
}

static void
show_lines(html_out *o, const input *in)
{
	tpl_textarea(o, &(struct tpl_textarea){.name = in->f->id,
					       .label = in->label,
					       .value = in->value,
					       .hint = in->hint,
					       .error = in->error,
					       .heading = in->k->heading,
					       .rows = TEXT_ROWS,
					       .most = FIELD_TEXT_MAX});
}

/* What was typed, or the parts of the day that stands. */
static void
show_day(html_out *o, const input *in)
{
	web_req *rq = in->k->rq;
	struct tpl_date_input t = {.name = in->f->id,
				   .legend = in->label,
				   .hint = in->hint,
				   .error = in->error,
				   .heading = in->k->heading};
	int32_t day = DATE_NONE;

	if (in->posted) {
		t.year = posted(rq, in->f->id, "-year");
		t.month = posted(rq, in->f->id, "-month");
		t.day = posted(rq, in->f->id, "-day");
	} else if (in->value.n && date_parse(in->value, &day)) {
		t.year = str_fmt(rq->a, "%d", date_ymd(day).y);
		t.month = str_fmt(rq->a, "%d", date_ymd(day).m);
		t.day = str_fmt(rq->a, "%d", date_ymd(day).d);
	}
	tpl_date_input(o, &t);
}

static bool
ticked(const input *in, str code)
{
	str rest = in->value, one;

	while (str_next(&rest, ' ', &one))
		if (str_eq(one, code))
			return true;
	return false;
}

static tpl_list_choice
choices_of(const input *in, bool select)
{
	web_req *rq = in->k->rq;
	const code_list *l = in->f->list;
	size_t most = l ? l->n : 2, n = 0;
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, most + 1);

	if (select)
		v[n++] = (struct tpl_choice){.value = STR(""), .label = house_words(rq, MSG_ASK_CHOOSE)};
	for (size_t i = 0; l && i < l->n; i++)
		v[n++] = (struct tpl_choice){.value = l->item[i].code,
					     .label = rq->lang == MSG_EN ? l->item[i].en : l->item[i].zh,
					     .checked = ticked(in, l->item[i].code),
					     .alone = in->f->many && l->item[i].alone};
	if (!l) {
		v[n++] = (struct tpl_choice){.value = STR("1"),
					     .label = house_words(rq, MSG_ASK_YES),
					     .checked = str_eq(in->value, STR("1"))};
		v[n++] = (struct tpl_choice){.value = STR("0"),
					     .label = house_words(rq, MSG_ASK_NO),
					     .checked = str_eq(in->value, STR("0"))};
	}
	if (!select && in->x->q->optional && !in->f->many) /* a button once chosen cannot be let go of */
		v[n++] = (struct tpl_choice){.value = STR(""),
					     .label = house_words(rq, MSG_ASK_NONE),
					     .checked = in->posted && in->value.n == 0};
	return (tpl_list_choice){v, n};
}

static void
show_choices(html_out *o, const input *in)
{
	bool select = in->f->list && in->f->list->n > RADIOS_MAX && !in->f->many;
	tpl_list_choice choices = choices_of(in, select);

	if (in->f->many)
		tpl_checkboxes(o, &(struct tpl_checkboxes){.name = in->f->id,
							   .legend = in->label,
							   .choices = choices,
							   .hint = in->hint,
							   .error = in->error,
							   .heading = in->k->heading});
	else if (select)
		tpl_select(o, &(struct tpl_select){.name = in->f->id,
						   .label = in->label,
						   .choices = choices,
						   .hint = in->hint,
						   .error = in->error,
						   .heading = in->k->heading});
	else
		tpl_radios(o, &(struct tpl_radios){.name = in->f->id,
						   .legend = in->label,
						   .choices = choices,
						   .hint = in->hint,
						   .error = in->error,
						   .heading = in->k->heading,
						   .across = !in->f->list && !in->x->q->optional});
}

/* One of those who can be named; a name that stands and is none of them stays to be seen. */
static void
show_assessors(html_out *o, const input *in)
{
	web_req *rq = in->k->rq;
	const tpl_list_choice *all = &in->k->assessors;
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, all->n + 2);
	bool known = in->value.n == 0;
	size_t n = 0;

	v[n++] = (struct tpl_choice){.value = STR(""), .label = house_words(rq, MSG_ASK_CHOOSE)};
	for (size_t i = 0; i < all->n; i++) {
		v[n] = all->v[i];
		v[n].checked = str_eq(v[n].value, in->value);
		known = known || v[n].checked;
		n++;
	}
	if (!known)
		v[n++] = (struct tpl_choice){.value = in->value, .label = in->value, .checked = true};
	tpl_select(o, &(struct tpl_select){.name = in->f->id,
					   .label = in->label,
					   .choices = {v, n},
					   .hint = in->hint,
					   .error = in->error,
					   .heading = in->k->heading});
}

static rc
show_place(html_out *o, const input *in)
{
	ask_place p = in->x->place;
	html_safe made;
	int64_t code = 0;

	if (!in->posted) {
		bool known = in->value.n && str_to_i64(in->value, &code);
		p = ask_place_of(in->f->id, known ? code : 0);
	}
	TRY(ask_place_show(in->k->rq, &p, in->label, in->hint, in->error, in->k->heading, &made));
	html_put_safe(o, made);
	return RC_OK;
}

static rc
show_item(ask *k, const ask_item *x, bool again, html_out *o)
{
	const kase_problem *p = problem_of(k, x->q->field->id);
	input in = {.k = k,
		    .x = x,
		    .f = x->q->field,
		    .label = ask_label(k->rq, x->q),
		    .hint = hint_of(k, x->q),
		    .error = p && !(again && is_step(k, x)) ? ask_problem_words(k->rq, p) : (str){0},
		    .posted = again};

	if (in.f->unit.n) {
		const fault_arg args[] = {{.name = "label", .is_text = true, .s = in.label},
					  {.name = "unit", .is_text = true, .s = in.f->unit},
					  {0}};
		in.label = msg_text(k->rq->a, k->rq->lang, MSG_ASK_UNIT, args);
	}
	if (x->q->optional)
		in.label = house_words_of(k->rq, MSG_ASK_OPTIONAL, "label", in.label);
	if (again)
		in.value = x->typed;
	else if (k->view)
		in.value = kase_answer_of(k->view, in.f);
	if (in.f->type == FIELD_REGION)
		return show_place(o, &in);
	if (in.f->type == FIELD_DATE)
		show_day(o, &in);
	else if (in.f->type == FIELD_CODE || in.f->type == FIELD_FLAG)
		show_choices(o, &in);
	else if (in.f->type == FIELD_TEXT)
		show_lines(o, &in);
	else if (k->assessors.n && kase_names_assessor(in.f))
		show_assessors(o, &in);
	else
		show_text(o, &in);
	return RC_OK;
}

rc
ask_show(ask *k, bool again, html_safe *out)
{
	html_out *o = web_html(k->rq);
	html_mark mark;
	rc r = RC_OK;

	html_capture(o, &mark);
	for (size_t i = 0; i < k->item.n && r == RC_OK; i++)
		r = show_item(k, &k->item.v[i], again, o);
	*out = html_captured(o, &mark);
	return r;
}
