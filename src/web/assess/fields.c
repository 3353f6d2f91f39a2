/* fields.c - see fields.h. */
#include "web/assess/fields.h"

#include "locale/msg_ids.h"

fields
fields_begin(web_req *rq, const form *f)
{
	fields x = {.rq = rq, .f = f, .mark = arena_new(rq->a, html_mark)};

	html_capture(web_html(rq), x.mark);
	return x;
}

html_safe
fields_end(fields *x)
{
	return html_captured(web_html(x->rq), x->mark);
}

static str
hint_of(const fields *x, int hint)
{
	return hint ? desk_words(x->rq, hint) : (str){0};
}

void
put_text(const fields *x, const char *name, int label, int hint, int width)
{
	tpl_text_input(web_html(x->rq), &(struct tpl_text_input){.name = str_of(name),
								 .label = desk_words(x->rq, label),
								 .hint = hint_of(x, hint),
								 .value = form_typed(x->f, str_of(name)),
								 .error = desk_wrong(x->rq, x->f, name),
								 .width = width});
}

void
put_number(const fields *x, const char *name, int label, int hint, int width, str value)
{
	str typed = form_typed(x->f, str_of(name));

	tpl_text_input(web_html(x->rq), &(struct tpl_text_input){.name = str_of(name),
								 .label = desk_words(x->rq, label),
								 .hint = hint_of(x, hint),
								 .value = typed.n ? typed : value,
								 .error = desk_wrong(x->rq, x->f, name),
								 .mode = STR("numeric"),
								 .width = width});
}

static str
part_of(const fields *x, const char *name, const char *part)
{
	return form_typed(x->f, str_cat(x->rq->a, str_of(name), str_of(part)));
}

void
put_day(const fields *x, const char *name, int label, int hint, int32_t value)
{
	struct tpl_date_input t = {.name = str_of(name),
				   .legend = desk_words(x->rq, label),
				   .hint = hint_of(x, hint),
				   .error = desk_wrong(x->rq, x->f, name),
				   .year = part_of(x, name, "-year"),
				   .month = part_of(x, name, "-month"),
				   .day = part_of(x, name, "-day")};

	if (value != DATE_NONE && x->f->in->n == 0) {
		ymd d = date_ymd(value);
		t.year = str_fmt(x->rq->a, "%d", d.y);
		t.month = str_fmt(x->rq->a, "%d", d.m);
		t.day = str_fmt(x->rq->a, "%d", d.d);
	}
	tpl_date_input(web_html(x->rq), &t);
}

void
put_select(const fields *x, const char *name, int label, int hint, const desk_choices *v)
{
	tpl_select(web_html(x->rq), &(struct tpl_select){.name = str_of(name),
							 .label = desk_words(x->rq, label),
							 .hint = hint_of(x, hint),
							 .choices = {v->v, v->n},
							 .error = desk_wrong(x->rq, x->f, name)});
}

/* ---- categories ---- */

static bool
posted_among(const form *f, str name, str value)
{
	for (size_t i = 0; i < f->in->n; i++)
		if (str_eq(f->in->v[i].name, name) && str_eq(f->in->v[i].value, value))
			return true;
	return false;
}

void
put_categories(const fields *x, int label, int64_t among)
{
	struct tpl_choice *v = arena_array(x->rq->a, struct tpl_choice, ASSESSOR_CATEGORIES);
	size_t n = 0;

	for (int64_t c = 1; c <= ASSESSOR_CATEGORIES; c++) {
		str code = str_fmt(x->rq->a, "%lld", (long long)c);
		if (among & category_bit(c))
			v[n++] = (struct tpl_choice){.value = code,
						     .label = category_word(x->rq, c),
						     .checked = posted_among(x->f, STR("categories"), code)};
	}
	tpl_checkboxes(web_html(x->rq),
		       &(struct tpl_checkboxes){.name = STR("categories"),
						.legend = desk_words(x->rq, label),
						.choices = {v, n},
						.error = desk_wrong(x->rq, x->f, "categories")});
}

int64_t
read_categories(web_req *rq, form *f, int label)
{
	str codes[ASSESSOR_CATEGORIES];

	for (int64_t c = 1; c <= ASSESSOR_CATEGORIES; c++)
		codes[c - 1] = str_fmt(rq->a, "%lld", (long long)c);
	return (int64_t)(form_ticks(f, FIELD("categories", desk_words(rq, label)), codes, ASSESSOR_CATEGORIES)
			 << 1);
}

str
term_words(const web_req *rq, str from, str until)
{
	const fault_arg args[] = {{.name = "from", .is_text = true, .s = from},
				  {.name = "until", .is_text = true, .s = until},
				  {0}};

	return msg_text(rq->a, rq->lang, until.n ? MSG_ASSESS_TERM : MSG_ASSESS_TERM_OPEN, args);
}

/* ---- the page ---- */

rc
fields_page(web_req *rq, const form *f, int title, str caption, str lead, str action, str back,
	    html_safe inputs)
{
	tpl_list_field_error errors = desk_errors(rq, f);

	tpl_assess_form(web_html(rq), &(struct tpl_assess_form){.title = desk_words(rq, title),
								.caption = caption,
								.lead = lead,
								.action = action,
								.back = back,
								.bad = errors.n > 0,
								.errors = errors,
								.inputs = inputs});
	return web_page(rq, errors.n ? 422 : 200);
}
