/* people_fact.c - correcting one detail: which, its new value, from when, and from which paper. */
#include "app/person/correction.h"
#include "locale/msg_ids.h"
#include "web/desk/people_priv.h"

enum { SOURCE_MAX = 60, VALUE_MAX = 500 };

/* A household's value is a number that the program gives, not one that somebody reads on a paper. */
bool
fact_by_hand(const web_req *rq, const field *x)
{
	return x && x->subject == SUBJECT_PERSON && x->home == HOME_FACT && x->type != FIELD_INT &&
	       dossier_sees(rq, x->id);
}

static const field *
field_asked(const web_req *rq, str id)
{
	const field *x = field_find(house_of(rq)->fields, id);

	return fact_by_hand(rq, x) ? x : NULL;
}

static tpl_list_choice
fields_offered(const web_req *rq)
{
	const catalogue *c = house_of(rq)->fields;
	VEC(struct tpl_choice) v = {0};

	for (size_t i = 0; i < c->n; i++)
		if (fact_by_hand(rq, &c->field[i]))
			*vec_add(rq->a, &v) = (struct tpl_choice){.value = c->field[i].id,
								  .label = dossier_label(rq, c->field[i].id)};
	return (tpl_list_choice){v.v, v.n};
}

static tpl_list_choice
values_offered(const web_req *rq, const field *x, str typed)
{
	VEC(struct tpl_choice) v = {0};

	if (!x->list)
		return (tpl_list_choice){0};
	*vec_add(rq->a, &v) =
		(struct tpl_choice){.value = STR(""), .label = desk_words(rq, MSG_PEOPLE_CHOOSE)};
	for (size_t i = 0; i < x->list->n; i++) {
		const code_item *item = &x->list->item[i];
		*vec_add(rq->a, &v) = (struct tpl_choice){.value = item->code,
							  .label = rq->lang == MSG_EN ? item->en : item->zh,
							  .checked = str_eq(item->code, typed)};
	}
	return (tpl_list_choice){v.v, v.n};
}

/* The request that this fact answers, while it waits: of the page, or of what was posted. */
static rc
find_request(web_req *rq, const dossier *k, const field *x, const form *f, correction_view *out)
{
	str posted = form_typed(f, STR("correction"));
	corrections all;
	int64_t id = 0;

	*out = (correction_view){0};
	if (!str_to_i64(posted.n ? posted : web_query(rq, STR("correction")), &id))
		return RC_OK;
	TRY(corrections_read(k->d, rq->a, rq->fault, k->p.ref, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].id == id && all.v[i].state == CORRECTION_WAITS && str_eq(all.v[i].field, x->id))
			*out = all.v[i];
	return RC_OK;
}

static rc
fact_page(web_req *rq, const dossier *k, const field *x, const form *f)
{
	bool bad = !form_ok(f);
	correction_view asked;

	TRY(find_request(rq, k, x, f, &asked));
	const fault_arg words[] = {
		{.name = "day", .is_text = true, .s = date_str(rq->a, date_of_instant(asked.asked))},
		{.name = "said", .is_text = true, .s = asked.said},
		{0}};

	tpl_people_fact(
		web_html(rq),
		&(struct tpl_people_fact){
			.ref = dossier_ref(rq->a, k->p.ref),
			.name = k->p.name,
			.bad = bad,
			.errors = desk_errors(rq, f),
			.field = x->id,
			.label = dossier_label(rq, x->id),
			.choices = values_offered(rq, x, form_typed(f, STR("value"))),
			.value = form_typed(f, STR("value")),
			.value_wrong = desk_wrong(rq, f, "value"),
			.from_year = form_typed(f, STR("valid_from-year")),
			.from_month = form_typed(f, STR("valid_from-month")),
			.from_day = form_typed(f, STR("valid_from-day")),
			.from_wrong = desk_wrong(rq, f, "valid_from"),
			.to_year = form_typed(f, STR("valid_to-year")),
			.to_month = form_typed(f, STR("valid_to-month")),
			.to_day = form_typed(f, STR("valid_to-day")),
			.to_wrong = desk_wrong(rq, f, "valid_to"),
			.source = form_typed(f, STR("source")),
			.source_wrong = desk_wrong(rq, f, "source"),
			.correction = asked.id,
			.asked_for = asked.id ? msg_text(rq->a, rq->lang, MSG_RECORD_ASKED, words) : (str){0},
		});
	return web_page(rq, bad ? 422 : 200);
}

static rc
show_form(web_req *rq)
{
	const person_page *how = rq->work;
	form none = form_of(rq->a, &rq->http->form, rq->now);
	str asked = web_query(rq, STR("field"));
	const field *x = field_asked(rq, asked);
	dossier k;

	TRY(dossier_read(rq, how->ref, &k));
	TRY(person_write_ok(k.d, rq->a, rq->fault, house_actor(rq), how->ref));
	if (asked.n && !x)
		return RC_NOT_FOUND;
	if (x)
		return fact_page(rq, &k, x, &none);
	tpl_people_fact_field(web_html(rq), &(struct tpl_people_fact_field){
						    .ref = dossier_ref(rq->a, how->ref),
						    .name = k.p.name,
						    .fields = fields_offered(rq),
					    });
	return web_page(rq, 200);
}

rc
fact_get(web_req *rq)
{
	return person_enter_page(rq, show_form);
}

/* ---- recording ---- */

typedef struct correction {
	form f;
	const field *field;
	fact_record in;
	correction_reply reply; /* when the fact answers a request */
} correction;

static str
day_text(web_req *rq, int32_t day)
{
	return day == DATE_NONE ? STR("") : date_str(rq->a, day);
}

static void
read_correction(web_req *rq, correction *k)
{
	field_reader r = {
		.a = rq->a, .c = house_of(rq)->fields, .today = date_of_instant(rq->now), .lang = rq->lang};
	field_value v = {0};
	form *f = &k->f;
	str value = form_text(f, FIELD("value", dossier_label(rq, k->field->id)), VALUE_MAX);

	if (value.n) {
		fault *e = arena_new(rq->a, fault);
		if (field_read(&r, e, k->field, value, &v) != RC_OK) {
			e->field = STR("value");
			fault_copy(form_wrong(f), e);
		} else if (!v.given) { /* "无" for a code that has no such entry */
			(void)FAIL(form_wrong(f), RC_INVALID, "form.choice", FA_FIELD(STR("value")),
				   FA_STR("label", dossier_label(rq, k->field->id)));
		}
	}
	k->in.field = k->field->id;
	k->in.many = k->field->many;
	k->in.value = v.text;
	k->in.valid_from =
		day_text(rq, form_past_date(f, FIELD("valid_from", desk_words(rq, MSG_PEOPLE_FACT_FROM))));
	k->in.valid_to = day_text(rq, form_date(f, OPTIONAL("valid_to", desk_words(rq, MSG_PEOPLE_FACT_TO))));
	k->in.source = form_text(f, FIELD("source", desk_words(rq, MSG_PEOPLE_FACT_SOURCE)), SOURCE_MAX);
}

static rc
again(web_req *rq, const person_page *how, const correction *k)
{
	dossier r;

	TRY(dossier_read(rq, how->ref, &r));
	return fact_page(rq, &r, k->field, &k->f);
}

static rc
recorded(web_req *rq)
{
	const person_page *how = rq->work;
	correction *k = how->more;
	rc r = house_written(rq, NULL, NULL);

	if ((r == RC_INVALID || r == RC_CONFLICT) && rq->fault->field.n) {
		fault_copy(form_wrong(&k->f), rq->fault);
		fault_clear(rq->fault);
		return again(rq, how, k);
	}
	TRY(r);
	return web_see(rq, dossier_href(rq->a, how->ref, "?saved=fact"));
}

/* The fact and the answer to who asked for it, in one command. */
static rc
answer_by_fact(web_req *rq, const person_page *how, correction *k)
{
	k->reply.by = k->in.by;
	k->reply.person = how->ref;
	k->reply.state = CORRECTION_DONE;
	k->reply.words = desk_words_of(rq, MSG_CORRECTIONS_BY_FACT, "source", k->in.source);
	k->reply.purpose = how->purpose;
	k->reply.fact = &k->in;
	return house_write(rq, &(house_command){.fn = correction_answer, .in = &k->reply, .then = recorded});
}

rc
fact_post(web_req *rq)
{
	correction *k = arena_new(rq->a, correction);
	person_page *how = NULL;
	bool ask = false;

	TRY(person_of_post(rq, &how, &ask));
	if (ask)
		return web_see(rq, dossier_href(rq->a, how->ref, ""));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	k->field = field_asked(rq, form_typed(&k->f, STR("field")));
	if (!k->field)
		return RC_NOT_FOUND;
	how->more = k;
	read_correction(rq, k);
	if (!form_ok(&k->f))
		return again(rq, how, k);
	k->in.person = how->ref;
	k->in.by = house_actor(rq);
	k->in.purpose = how->purpose;
	if (str_to_i64(form_typed(&k->f, STR("correction")), &k->reply.id))
		return answer_by_fact(rq, how, k);
	return house_write(rq, &(house_command){.fn = person_fact_record, .in = &k->in, .then = recorded});
}
