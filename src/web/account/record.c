/* record.c - see record.h. A person sees all of his own record in full, whatever class a field is of for
 * officers: so it does not go through the officers' dossier. The look is on the disk before anything of it is
 * shown. */
#include "web/account/record.h"

#include "app/audit/audit.h"
#include "app/field/value.h"
#include "app/person/correction.h"
#include "locale/msg_ids.h"
#include "web/account/own.h"
#include "web/ask_place.h"
#include "web/form.h"
#include "web/look.h"
#include "web/record_tpl.h"

typedef VEC(struct tpl_answer) answers;
typedef VEC(struct tpl_record_part) parts;

/* Where a detail was read, and the day it holds from. */
typedef struct origin {
	str source, day;
} origin;

typedef struct reading {
	web_req *rq;
	own own;
	db *d;
	field_reader r;
	person_view p;
	origin entered; /* of what has no day of its own */
	parts parts;
} reading;

static str
label_of(const web_req *rq, const field *x)
{
	return rq->lang == MSG_EN ? x->en : x->name;
}

/* ---- lines ---- */

static str
origin_words(web_req *rq, const origin *o)
{
	const fault_arg args[] = {{.name = "source",
				   .is_text = true,
				   .s = o->source.n ? o->source : house_words(rq, MSG_RECORD_SOURCE_UNKNOWN)},
				  {.name = "day", .is_text = true, .s = html_day_text(web_html(rq), o->day)},
				  {0}};

	return msg_text(rq->a, rq->lang, o->day.n ? MSG_RECORD_SOURCE : MSG_RECORD_SOURCE_ONLY, args);
}

/* The page of requests with one more value in its address. */
static str
corrections_href(arena *a, const own *o, const char *name, str value)
{
	str path = own_href(a, "/me/record/corrections", o->ward);

	return str_fmt(a, "%.*s%c%s=%.*s", STR_ARG(path), o->ward ? '&' : '?', name, STR_ARG(value));
}

/* `stored` as the catalogue has it. */
static void
add(reading *k, answers *to, const char *field_id, str stored, const origin *from)
{
	const field *x = field_find(k->r.c, str_of(field_id));

	if (stored.n == 0 || !x || x->class == 0)
		return;
	*vec_add(k->rq->a, to) =
		(struct tpl_answer){.key = label_of(k->rq, x),
				    .value = x->type == FIELD_DATE ? html_day_text(web_html(k->rq), stored)
								   : field_show(&k->r, x, stored),
				    .source = origin_words(k->rq, from),
				    .wrong = corrections_href(k->rq->a, &k->own, "field", x->id)};
}

static void
add_number(reading *k, answers *to, const char *field_id, int64_t number, const origin *from)
{
	const field *x = field_find(k->r.c, str_of(field_id));
	const code_item *item = x && x->list && number ? code_by_number(x->list, number) : NULL;

	add(k, to, field_id, item ? item->code : STR(""), from);
}

typedef struct sealed {
	const char *field, *table, *column;
	int64_t row;
	str value;
} sealed;

static rc
add_sealed(reading *k, answers *to, const sealed *s, const origin *from)
{
	web_req *rq = k->rq;
	str text;

	if (s->value.n == 0)
		return RC_OK;
	rc r = person_reveal(k->d, rq->a, rq->fault, k->p.ref,
			     &(seal_place){.table = s->table, .column = s->column, .row = s->row}, s->value,
			     &text);
	if (r == RC_NOT_FOUND) {
		text = house_words(rq, MSG_PEOPLE_SHREDDED);
		fault_clear(rq->fault);
		r = RC_OK;
	}
	TRY(r);
	add(k, to, s->field, text, from);
	return RC_OK;
}

static void
add_part(reading *k, str title, const answers *lines)
{
	if (lines->n)
		*vec_add(k->rq->a, &k->parts) =
			(struct tpl_record_part){.title = title, .answers = {lines->v, lines->n}};
}

/* ---- parts ---- */

static rc
identity(reading *k)
{
	const person_view *p = &k->p;
	const origin *from = &k->entered;
	int64_t id = person_ref_id(p->ref);
	answers v = {0};

	add(k, &v, "name", p->name, from);
	add_number(k, &v, "id_kind", p->id_kind, from);
	TRY(add_sealed(k, &v, &(sealed){"id_number", "person", "id_number", id, p->id_number}, from));
	add_number(k, &v, "sex", p->sex, from);
	add(k, &v, "born", p->born, from);
	add_number(k, &v, "ethnic", p->ethnic, from);
	TRY(add_sealed(k, &v, &(sealed){"phone", "person", "phone", id, p->phone}, from));
	for (size_t i = 0; i < p->places.n; i++) {
		const place_view *x = &p->places.v[i];
		const origin there = {.source = p->source,
				      .day = x->valid_from.n ? x->valid_from : k->entered.day};
		bool home = x->kind == PLACE_REGISTRATION;
		if (x->valid_to.n)
			continue;
		add(k, &v, home ? "registration_place" : "residence_place",
		    str_fmt(k->rq->a, "%lld", (long long)x->region), &there);
		TRY(add_sealed(k, &v,
			       &(sealed){home ? "registration_address" : "residence_address", "place",
					 "address", place_row(x->kind, x->region), x->address},
			       &there));
	}
	add_part(k, house_words(k->rq, MSG_RECORD_IDENTITY), &v);
	return RC_OK;
}

/* "肢体三级" of one component. */
static str
component(reading *k, const part_view *x)
{
	const field *category = field_find(k->r.c, STR("category")),
		    *level = field_find(k->r.c, STR("level"));
	const code_item *c = category ? code_by_number(category->list, x->category) : NULL;
	const code_item *l = level ? code_by_number(level->list, x->level) : NULL;

	if (!c || !l)
		return STR("");
	const fault_arg args[] = {
		{.name = "category", .is_text = true, .s = k->rq->lang == MSG_EN ? c->en : c->zh},
		{.name = "level", .is_text = true, .s = k->rq->lang == MSG_EN ? l->en : l->zh},
		{0}};
	return msg_text(k->rq->a, k->rq->lang, MSG_PEOPLE_COMPONENT, args);
}

static rc
certificate(reading *k, const certificate_view *c)
{
	const origin from = {.source = c->source, .day = c->issued};
	answers v = {0};

	TRY(add_sealed(k, &v, &(sealed){"certificate_number", "certificate", "number", c->id, c->number},
		       &from));
	add_number(k, &v, "certificate_status", c->status, &from);
	add_number(k, &v, "category", c->category, &from);
	add_number(k, &v, "level", c->level, &from);
	for (size_t i = 0; i < k->p.parts.n; i++) {
		const part_view *x = &k->p.parts.v[i];
		const origin there = {.source = c->source, .day = x->assessed_on};
		if (x->certificate != c->id)
			continue;
		add(k, &v, "components", component(k, x), &there);
		add(k, &v, "cause", x->cause, &there);
	}
	add(k, &v, "issued", c->issued, &from);
	add(k, &v, "expires", c->expires, &from);
	add(k, &v, "cancelled_on", c->ended, &from);
	add_number(k, &v, "cancel_reason", c->ended_for, &from);
	TRY(add_sealed(k, &v, &(sealed){"remarks", "certificate", "remarks", c->id, c->remarks}, &from));
	add_part(k, house_words(k->rq, MSG_PEOPLE_CERTIFICATE), &v);
	return RC_OK;
}

static rc
guardian(reading *k, const guardian_view *g)
{
	const origin from = {.source = k->p.source, .day = g->valid_from.n ? g->valid_from : k->entered.day};
	answers v = {0};

	add(k, &v, "guardian_name", g->name, &from);
	add_number(k, &v, "guardian_relation", g->relation, &from);
	TRY(add_sealed(k, &v, &(sealed){"guardian_id_number", "guardian", "id_number", g->id, g->id_number},
		       &from));
	TRY(add_sealed(k, &v, &(sealed){"guardian_phone", "guardian", "phone", g->id, g->phone}, &from));
	add_part(k, house_words(k->rq, MSG_PEOPLE_GUARDIAN), &v);
	return RC_OK;
}

static rc
bank(reading *k, const bank_view *b)
{
	const origin from = {.source = k->p.source, .day = b->valid_from.n ? b->valid_from : k->entered.day};
	answers v = {0};

	TRY(add_sealed(k, &v, &(sealed){"bank_account", "bank", "account", b->id, b->account}, &from));
	add(k, &v, "bank_name", b->bank, &from);
	add(k, &v, "bank_holder", b->holder, &from);
	add_part(k, house_words(k->rq, MSG_PEOPLE_BANK), &v);
	return RC_OK;
}

/* What is held true today. */
static void
facts(reading *k)
{
	str today = date_str(k->rq->a, k->r.today);
	answers v = {0};

	for (size_t i = 0; i < k->p.facts.n; i++) {
		const fact_view *f = &k->p.facts.v[i];
		bool ended = f->valid_to.n && str_cmp(f->valid_to, today) < 0;
		if (f->superseded_at || ended || str_cmp(f->valid_from, today) > 0)
			continue;
		const origin from = {.source = f->source,
				     .day = f->valid_from.n
						    ? f->valid_from
						    : date_str(k->rq->a, date_of_instant(f->recorded_at))};
		add(k, &v, cstr(k->rq->a, f->field), f->value, &from);
	}
	add_part(k, house_words(k->rq, MSG_RECORD_FACTS), &v);
}

/* The day of the record's first event stands for what has none of its own. */
static rc
find_entered(reading *k)
{
	const period ever = {.from = 0, .to = INT64_MAX};
	audit_lines lines;
	bool more = false;

	k->entered = (origin){.source = k->p.source, .day = STR("")};
	TRY(audit_events_of(k->d, k->rq->a, k->rq->fault, k->own.ref, &ever, &lines, &more));
	if (lines.n && !more)
		k->entered.day = date_str(k->rq->a, date_of_instant(lines.v[lines.n - 1].at));
	return RC_OK;
}

static rc
read_all(reading *k)
{
	TRY(person_read(k->d, k->rq->a, k->rq->fault, k->own.ref, &k->p));
	TRY(find_entered(k));
	TRY(identity(k));
	for (size_t i = 0; i < k->p.certificates.n; i++)
		TRY(certificate(k, &k->p.certificates.v[i]));
	facts(k);
	for (size_t i = 0; i < k->p.guardians.n; i++)
		if (k->p.guardians.v[i].valid_to.n == 0)
			TRY(guardian(k, &k->p.guardians.v[i]));
	for (size_t i = 0; i < k->p.banks.n; i++)
		if (k->p.banks.v[i].valid_to.n == 0)
			TRY(bank(k, &k->p.banks.v[i]));
	return RC_OK;
}

/* ---- the record ---- */

static str
title_of(const web_req *rq, const own *o)
{
	return o->name.n ? house_words_of(rq, MSG_RECORD_TITLE_OF, "name", o->name)
			 : house_words(rq, MSG_RECORD_TITLE);
}

static rc
page_record(web_req *rq, const own *o, const parts *v)
{
	tpl_my_record(web_html(rq), &(struct tpl_my_record){
					    .title = title_of(rq, o),
					    .looked = own_href(rq->a, "/me/access-log", o->ward),
					    .log = own_log_title(rq, o),
					    .corrections = own_href(rq->a, "/me/record/corrections", o->ward),
					    .none = !o->ref,
					    .parts = {v->v, v->n}});
	return web_page(rq, 200);
}

/* An account that stands for no record. */
static rc
page_none(web_req *rq, const own *o)
{
	return page_record(rq, o, &(parts){0});
}

static rc
show(web_req *rq)
{
	reading *k = rq->work;
	field_regions regions = ask_regions(rq);

	k->r = (field_reader){.a = rq->a,
			      .c = house_of(rq)->fields,
			      .regions = &regions,
			      .today = date_of_instant(rq->now),
			      .lang = rq->lang};
	TRY(house_read(rq, &k->d)); /* the look gave the connection back */
	TRY(read_all(k));
	return page_record(rq, &k->own, &k->parts);
}

static rc
record_get(web_req *rq)
{
	reading *k = arena_new(rq->a, reading);

	k->rq = rq;
	TRY(own_open(rq, &k->own));
	rq->work = k;
	if (!k->own.ref)
		return page_none(rq, &k->own);
	/* sealed values are shown, so each time is a look of its own */
	return house_look(rq,
			  &(look){.kind = LOOK_REVEAL,
				  .person = k->own.ref,
				  .what = STR("record"),
				  .purpose = msg_text(rq->a, MSG_ZH, MSG_RECORD_PURPOSE, NULL)},
			  show);
}

/* ---- what is wrong in it ---- */

typedef struct asking {
	own own;
	form f;
	const field *x;
	correction_new in;
} asking;

static const field *
field_asked(const web_req *rq, str id)
{
	const field *x = field_find(house_of(rq)->fields, id);
	bool on_record = x && x->class && x->subject <= SUBJECT_BANK &&
			 (x->home == HOME_COLUMN || x->home == HOME_FACT);

	return on_record ? x : NULL;
}

static struct tpl_my_correction
line_of(web_req *rq, const correction_view *c)
{
	static const struct {
		int words;
		str colour;
	} states[] = {[CORRECTION_WAITS] = {MSG_RECORD_WAITS, STR("blue")},
		      [CORRECTION_DONE] = {MSG_RECORD_DONE, STR("green")},
		      [CORRECTION_REFUSED] = {MSG_RECORD_REFUSED, STR("grey")}};
	const field *x = field_find(house_of(rq)->fields, c->field);
	const fault_arg asked[] = {{.name = "day",
				    .is_text = true,
				    .s = html_date_text(web_html(rq), date_of_instant(c->asked))},
				   {.name = "said", .is_text = true, .s = c->said},
				   {0}};
	const fault_arg answered[] = {{.name = "day",
				       .is_text = true,
				       .s = html_date_text(web_html(rq), date_of_instant(c->answered))},
				      {.name = "answer", .is_text = true, .s = c->answer},
				      {0}};

	return (struct tpl_my_correction){
		.label = x ? label_of(rq, x) : c->field,
		.asked = msg_text(rq->a, rq->lang, MSG_RECORD_ASKED, asked),
		.answered = c->answered ? msg_text(rq->a, rq->lang, MSG_RECORD_ANSWERED, answered) : (str){0},
		.state = house_words(rq, states[c->state].words),
		.colour = states[c->state].colour};
}

static rc
page(web_req *rq, const asking *k, bool sent)
{
	corrections all;
	const fault *wrong = form_error(&k->f, STR("said"));
	struct tpl_field_error *e = arena_new(rq->a, struct tpl_field_error);
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(corrections_read(d, rq->a, rq->fault, k->own.ref, &all));
	struct tpl_my_correction *v = arena_array(rq->a, struct tpl_my_correction, all.n);
	for (size_t i = 0; i < all.n; i++)
		v[i] = line_of(rq, &all.v[i]);
	if (wrong)
		*e = (struct tpl_field_error){.field = STR("said"),
					      .text = fault_text(rq->a, rq->lang, wrong)};
	tpl_my_corrections(
		web_html(rq),
		&(struct tpl_my_corrections){.record = own_href(rq->a, "/me/record", k->own.ward),
					     .action = own_href(rq->a, "/me/record/corrections", k->own.ward),
					     .field = k->x ? k->x->id : STR(""),
					     .title = k->x ? house_words_of(rq, MSG_RECORD_CORRECT_TITLE,
									    "label", label_of(rq, k->x))
							   : house_words(rq, MSG_RECORD_CORRECTIONS),
					     .form = k->x != NULL,
					     .said = form_typed(&k->f, STR("said")),
					     .wrong = wrong ? e->text : (str){0},
					     .sent = sent,
					     .bad = wrong != NULL,
					     .errors = {e, wrong != NULL},
					     .list = {v, all.n}});
	return web_page(rq, wrong ? 422 : 200);
}

static rc
open_record(web_req *rq, asking *k, str field_id)
{
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(own_open(rq, &k->own));
	k->x = field_asked(rq, field_id);
	return field_id.n && !k->x ? RC_NOT_FOUND : RC_OK;
}

static rc
corrections_get(web_req *rq)
{
	asking *k = arena_new(rq->a, asking);

	TRY(open_record(rq, k, web_query(rq, STR("field"))));
	return k->own.ref ? page(rq, k, web_query(rq, STR("sent")).n > 0) : page_none(rq, &k->own);
}

static rc
asked(web_req *rq)
{
	asking *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT || r == RC_LIMIT) {
		fault_copy(form_wrong(&k->f), rq->fault);
		fault_clear(rq->fault);
		return page(rq, k, false);
	}
	TRY(r);
	return web_see(rq, corrections_href(rq->a, &k->own, "sent", STR("1")));
}

static rc
corrections_post(web_req *rq)
{
	asking *k = arena_new(rq->a, asking);
	const form typed = form_of(rq->a, &rq->http->form, rq->now);

	TRY(open_record(rq, k, form_typed(&typed, STR("field"))));
	if (!k->x)
		return RC_NOT_FOUND;
	if (!k->own.ref)
		return page_none(rq, &k->own);
	str said =
		form_lines(&k->f, FIELD("said", house_words(rq, MSG_RECORD_CORRECT_SAID)), CORRECTION_WORDS);
	if (!form_ok(&k->f))
		return page(rq, k, false);
	k->in = (correction_new){
		.by = house_actor(rq), .person = k->own.ref, .field = k->x->id, .said = said};
	rq->work = k;
	return house_write(rq, &(house_command){.fn = correction_ask, .in = &k->in, .then = asked});
}

const web_route record_routes[] = {
	{"GET", "/me/record", record_get, "own.read", "All that is on record of me"},
	{"GET", "/me/record/corrections", corrections_get, "own.read", "What I said is wrong in my record"},
	{"POST", "/me/record/corrections", corrections_post, "own.read", "Say that a detail is wrong"},
	{0},
};
