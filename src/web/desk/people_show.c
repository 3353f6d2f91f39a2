/* people_show.c - a record in the words of the field catalogue, as far as one officer's classes reach. What
 * he may not see is not made here at all, so no template can forget to hide it. */
#include <stdlib.h>

#include "locale/msg_ids.h"
#include "web/ask_place.h"
#include "web/desk/people_priv.h"

/* Days before its end that a certificate is shown as ending. */
enum { ENDS_SOON = 90, MONTH_DAYS = 30, YEAR_DAYS = 365, TWO_MONTHS = 60, TWO_YEARS = 730 };

/* certificate_status */
enum { STATUS_VALID = 2, STATUS_EXPIRED = 3 };

/* ---- fields ---- */

bool
dossier_sees(const web_req *rq, str field_id)
{
	const field *x = field_find(house_of(rq)->fields, field_id);

	return x && x->class && actor_sees(house_actor(rq), x->class);
}

str
dossier_label(const web_req *rq, str field_id)
{
	const field *x = field_find(house_of(rq)->fields, field_id);

	if (!x)
		return field_id;
	return rq->lang == MSG_EN ? x->en : x->name;
}

str
dossier_code(const web_req *rq, str field_id, int64_t number)
{
	const field *x = field_find(house_of(rq)->fields, field_id);
	const code_item *item = x && x->list && number ? code_by_number(x->list, number) : NULL;

	if (!item)
		return STR("");
	return rq->lang == MSG_EN ? item->en : item->zh;
}

str
dossier_ref(arena *a, const person_ref *p)
{
	return str_fmt(a, "%lld-%lld", (long long)person_ref_tenant(p), (long long)person_ref_id(p));
}

str
dossier_href(arena *a, const person_ref *p, const char *more)
{
	return str_fmt(a, "/desk/people/%lld-%lld%s", (long long)person_ref_tenant(p),
		       (long long)person_ref_id(p), more);
}

/* ---- sealed values ---- */

typedef struct sealed_column {
	const char *field, *table, *column;
	int64_t row;
	str sealed, more; /* more: tells rows of one table apart */
} sealed_column;

static void
add_slot(dossier *k, const sealed_column *c)
{
	arena *a = k->rq->a;
	const field *x = field_find(k->r.c, str_of(c->field));

	if (c->sealed.n == 0 || !dossier_sees(k->rq, str_of(c->field)))
		return;
	*vec_add(a, &k->slots) = (sealed_slot){
		.name = c->more.n ? str_fmt(a, "%s.%.*s", c->field, STR_ARG(c->more)) : str_of(c->field),
		.field = x,
		.at = {.table = c->table, .column = c->column, .row = c->row},
		.sealed = c->sealed};
}

static const char *
address_field(place_kind kind)
{
	return kind == PLACE_REGISTRATION ? "registration_address" : "residence_address";
}

static str
place_name(arena *a, const place_view *p)
{
	return str_fmt(a, "%lld.%.*s", (long long)p->region, STR_ARG(p->valid_from));
}

static str
id_name(arena *a, int64_t id)
{
	return str_fmt(a, "%lld", (long long)id);
}

static void
find_slots(dossier *k)
{
	const person_view *p = &k->p;
	arena *a = k->rq->a;
	int64_t id = person_ref_id(p->ref);

	add_slot(k, &(sealed_column){"id_number", "person", "id_number", id, p->id_number, STR("")});
	add_slot(k, &(sealed_column){"phone", "person", "phone", id, p->phone, STR("")});
	for (size_t i = 0; i < p->places.n; i++) {
		const place_view *x = &p->places.v[i];
		add_slot(k, &(sealed_column){address_field(x->kind), "place", "address",
					     place_row(x->kind, x->region), x->address, place_name(a, x)});
	}
	for (size_t i = 0; i < p->certificates.n; i++) {
		const certificate_view *x = &p->certificates.v[i];
		str own = id_name(a, x->id);
		add_slot(k, &(sealed_column){"certificate_number", "certificate", "number", x->id, x->number,
					     own});
		add_slot(k, &(sealed_column){"remarks", "certificate", "remarks", x->id, x->remarks, own});
	}
	for (size_t i = 0; i < p->guardians.n; i++) {
		const guardian_view *x = &p->guardians.v[i];
		str own = id_name(a, x->id);
		add_slot(k, &(sealed_column){"guardian_id_number", "guardian", "id_number", x->id,
					     x->id_number, own});
		add_slot(k, &(sealed_column){"guardian_phone", "guardian", "phone", x->id, x->phone, own});
	}
	for (size_t i = 0; i < p->banks.n; i++)
		add_slot(k, &(sealed_column){"bank_account", "bank", "account", p->banks.v[i].id,
					     p->banks.v[i].account, id_name(a, p->banks.v[i].id)});
}

rc
dossier_read(web_req *rq, const person_ref *ref, dossier *out)
{
	*out = (dossier){.rq = rq,
			 .r = {.a = rq->a,
			       .c = house_of(rq)->fields,
			       .today = date_of_instant(rq->now),
			       .lang = rq->lang}};
	TRY(house_read(rq, &out->d));
	TRY(person_read(out->d, rq->a, rq->fault, ref, &out->p));
	find_slots(out);
	return RC_OK;
}

/* Of free words nothing can be shown in part. */
static bool
has_mask(const field *x)
{
	return x->type == FIELD_NID || x->type == FIELD_CERTIFICATE || x->type == FIELD_PHONE ||
	       x->type == FIELD_BANK;
}

rc
dossier_slot(const dossier *k, const sealed_slot *s, str *value)
{
	web_req *rq = k->rq;
	bool open = str_eq(s->name, k->open);
	str text;

	if (!open && !has_mask(s->field)) {
		*value = desk_words(rq, MSG_PEOPLE_COVERED);
		return RC_OK;
	}
	rc r = person_reveal(k->d, rq->a, rq->fault, k->p.ref, &s->at, s->sealed, &text);
	if (r == RC_NOT_FOUND) {
		*value = desk_words(rq, MSG_PEOPLE_SHREDDED);
		return RC_OK;
	}
	TRY(r);
	*value = open ? field_show(&k->r, s->field, text) : field_mask(&k->r, s->field, text);
	return RC_OK;
}

/* ---- details ---- */

static struct tpl_detail *
add_detail(const dossier *k, details *to, str field_id, str value)
{
	if (value.n == 0 || !dossier_sees(k->rq, field_id))
		return NULL;
	struct tpl_detail *d = vec_add(k->rq->a, to);
	*d = (struct tpl_detail){.key = dossier_label(k->rq, field_id), .value = value};
	return d;
}

/* The slots of one field; `more` picks one row of several. */
static rc
add_sealed(const dossier *k, details *to, const char *field_id, str more)
{
	str name = more.n ? str_fmt(k->rq->a, "%s.%.*s", field_id, STR_ARG(more)) : str_of(field_id);

	for (size_t i = 0; i < k->slots.n; i++) {
		const sealed_slot *s = &k->slots.v[i];
		str value;
		if (!str_eq(s->name, name))
			continue;
		TRY(dossier_slot(k, s, &value));
		struct tpl_detail *d = add_detail(k, to, s->field->id, value);
		BUG_ON(!d); /* slots are made of what he sees */
		d->slot = s->name;
		d->open = str_eq(s->name, k->open);
	}
	return RC_OK;
}

static str
born_text(const dossier *k)
{
	int32_t born = 0;
	web_req *rq = k->rq;

	if (!date_parse(k->p.born, &born) || k->p.died.n)
		return k->p.born;
	const fault_arg args[] = {{.name = "day", .is_text = true, .s = k->p.born},
				  {.name = "n", .i = date_age(born, k->r.today)},
				  {0}};
	return msg_text(rq->a, rq->lang, MSG_PEOPLE_AGE, args);
}

rc
dossier_identity(const dossier *k, details *out)
{
	const person_view *p = &k->p;
	web_req *rq = k->rq;

	add_detail(k, out, STR("id_kind"), dossier_code(rq, STR("id_kind"), p->id_kind));
	TRY(add_sealed(k, out, "id_number", STR("")));
	add_detail(k, out, STR("sex"), dossier_code(rq, STR("sex"), p->sex));
	add_detail(k, out, STR("born"), born_text(k));
	add_detail(k, out, STR("died"), p->died);
	add_detail(k, out, STR("ethnic"), dossier_code(rq, STR("ethnic"), p->ethnic));
	return add_sealed(k, out, "phone", STR(""));
}

static str
stretch(const dossier *k, str from, str to)
{
	str since = from.n ? desk_words_of(k->rq, MSG_PEOPLE_SINCE, "day", from) : STR("");
	str until = to.n ? desk_words_of(k->rq, MSG_PEOPLE_UNTIL, "day", to) : STR("");

	return since.n && until.n ? str_fmt(k->rq->a, "%.*s %.*s", STR_ARG(since), STR_ARG(until))
				  : str_cat(k->rq->a, since, until);
}

static rc
add_places(const dossier *k, details *out)
{
	for (size_t i = 0; i < k->p.places.n; i++) {
		const place_view *x = &k->p.places.v[i];
		bool home = x->kind == PLACE_REGISTRATION;
		struct tpl_detail *d =
			add_detail(k, out, home ? STR("registration_place") : STR("residence_place"),
				   ask_place_path(k->rq, x->region));
		if (d)
			d->note = stretch(k, x->valid_from, x->valid_to);
		TRY(add_sealed(k, out, address_field(x->kind), place_name(k->rq->a, x)));
	}
	return RC_OK;
}

/* How it stands, in words: an end that has passed or is near counts more than the state that is kept. */
static void
say_state(const dossier *k, const certificate_view *c, struct tpl_detail *d)
{
	web_req *rq = k->rq;
	int32_t end = DATE_NONE, days = 0;

	d->state = (str){0};
	d->colour = c->status == STATUS_VALID ? STR("green") : STR("grey");
	if (!date_parse(c->expires, &end) || (c->status != STATUS_VALID && c->status != STATUS_EXPIRED))
		return;
	days = k->r.today - end;
	if (days > TWO_YEARS)
		d->state = desk_words_n(rq, MSG_PEOPLE_EXPIRED_YEARS, days / YEAR_DAYS);
	else if (days > TWO_MONTHS)
		d->state = desk_words_n(rq, MSG_PEOPLE_EXPIRED_MONTHS, days / MONTH_DAYS);
	else if (days > 0)
		d->state = desk_words_n(rq, MSG_PEOPLE_EXPIRED, days);
	else if (days > -ENDS_SOON)
		d->state = desk_words_n(rq, MSG_PEOPLE_EXPIRES, -days);
	if (d->state.n)
		d->colour = days > 0 ? STR("red") : STR("orange");
}

static void
add_parts(const dossier *k, int64_t certificate, details *out)
{
	web_req *rq = k->rq;
	arena *a = rq->a;

	for (size_t i = 0; i < k->p.parts.n; i++) {
		const part_view *x = &k->p.parts.v[i];
		buf note = buf_in(a);
		if (x->certificate != certificate)
			continue;
		str kind = dossier_code(rq, STR("category"), x->category),
		    level = dossier_code(rq, STR("level"), x->level);
		const fault_arg args[] = {{.name = "category", .is_text = true, .s = kind},
					  {.name = "level", .is_text = true, .s = level},
					  {0}};
		struct tpl_detail *d = add_detail(k, out, STR("components"),
						  msg_text(a, rq->lang, MSG_PEOPLE_COMPONENT, args));
		if (!d)
			continue;
		str cause = dossier_code(rq, STR("cause"), code_number(x->cause));
		if (cause.n && dossier_sees(rq, STR("cause")))
			buf_put(&note, desk_words_of(rq, MSG_PEOPLE_COMPONENT_CAUSE, "cause", cause));
		if (x->item.n)
			buf_put(&note, str_fmt(a, "%s%.*s", note.n ? "；" : "",
					       STR_ARG(desk_words_of(rq, MSG_PEOPLE_COMPONENT_ITEM, "item",
								     x->item))));
		if (x->assessed_on.n && dossier_sees(rq, STR("assessed_on")))
			buf_put(&note, str_fmt(a, "%s%.*s", note.n ? "；" : "",
					       STR_ARG(desk_words_of(rq, MSG_PEOPLE_COMPONENT_ASSESSED, "day",
								     x->assessed_on))));
		d->note = buf_str(&note);
	}
}

static rc
add_certificate(const dossier *k, const certificate_view *c, details *out)
{
	web_req *rq = k->rq;
	str own = id_name(rq->a, c->id);

	TRY(add_sealed(k, out, "certificate_number", own));
	struct tpl_detail *d = add_detail(k, out, STR("certificate_status"),
					  dossier_code(rq, STR("certificate_status"), c->status));
	if (d)
		say_state(k, c, d);
	add_detail(k, out, STR("category"), dossier_code(rq, STR("category"), c->category));
	add_detail(k, out, STR("level"), dossier_code(rq, STR("level"), c->level));
	add_parts(k, c->id, out);
	add_detail(k, out, STR("issued"), c->issued);
	add_detail(k, out, STR("expires"), c->expires);
	add_detail(k, out, STR("cancelled_on"), c->ended);
	if (c->ended_for)
		add_detail(k, out, STR("cancel_reason"),
			   dossier_code(rq, STR("cancel_reason"), c->ended_for));
	add_detail(k, out, STR("generation"), dossier_code(rq, STR("generation"), c->generation));
	if (c->reissue)
		add_detail(k, out, STR("reissue"), str_fmt(rq->a, "%lld", (long long)c->reissue));
	return add_sealed(k, out, "remarks", own);
}

static rc
add_guardian(const dossier *k, const guardian_view *g, details *out)
{
	str own = id_name(k->rq->a, g->id);
	struct tpl_detail *d = add_detail(k, out, STR("guardian_name"), g->name);

	if (d)
		d->note = stretch(k, g->valid_from, g->valid_to);
	add_detail(k, out, STR("guardian_relation"),
		   dossier_code(k->rq, STR("guardian_relation"), g->relation));
	TRY(add_sealed(k, out, "guardian_id_number", own));
	return add_sealed(k, out, "guardian_phone", own);
}

static rc
add_bank(const dossier *k, const bank_view *b, details *out)
{
	TRY(add_sealed(k, out, "bank_account", id_name(k->rq->a, b->id)));
	struct tpl_detail *d = add_detail(k, out, STR("bank_name"), b->bank);
	if (d)
		d->note = stretch(k, b->valid_from, b->valid_to);
	add_detail(k, out, STR("bank_holder"), b->holder);
	return RC_OK;
}

typedef VEC(struct tpl_detail_group) detail_groups;

static void
add_group(const dossier *k, detail_groups *to, int title, const details *lines)
{
	if (lines->n)
		*vec_add(k->rq->a, to) = (struct tpl_detail_group){.title = desk_words(k->rq, title),
								   .lines = {lines->v, lines->n}};
}

rc
dossier_groups(const dossier *k, tpl_list_detail_group *out)
{
	detail_groups all = {0};
	details places = {0};

	TRY(add_places(k, &places));
	add_group(k, &all, MSG_PEOPLE_PLACES, &places);
	for (size_t i = 0; i < k->p.certificates.n; i++) {
		details d = {0};
		TRY(add_certificate(k, &k->p.certificates.v[i], &d));
		add_group(k, &all, MSG_PEOPLE_CERTIFICATE, &d);
	}
	for (size_t i = 0; i < k->p.guardians.n; i++) {
		details d = {0};
		TRY(add_guardian(k, &k->p.guardians.v[i], &d));
		add_group(k, &all, MSG_PEOPLE_GUARDIAN, &d);
	}
	for (size_t i = 0; i < k->p.banks.n; i++) {
		details d = {0};
		TRY(add_bank(k, &k->p.banks.v[i], &d));
		add_group(k, &all, MSG_PEOPLE_BANK, &d);
	}
	*out = (tpl_list_detail_group){all.v, all.n};
	return RC_OK;
}

/* ---- facts ---- */

static int
newest_first(const void *x, const void *y)
{
	const fact_view *const *l = x, *const *r = y;

	if ((*l)->recorded_at != (*r)->recorded_at)
		return (*l)->recorded_at < (*r)->recorded_at ? 1 : -1;
	return (*l)->id < (*r)->id ? 1 : (*l)->id > (*r)->id ? -1 : 0;
}

static struct tpl_fact_line
fact_line(const dossier *k, const fact_view *f, bool ended)
{
	web_req *rq = k->rq;
	const field *x = field_find(k->r.c, f->field);
	bool corrected = f->superseded_at != 0;
	int state = corrected ? MSG_PEOPLE_FACTS_SUPERSEDED
		    : ended   ? MSG_PEOPLE_FACTS_PAST
			      : MSG_PEOPLE_FACTS_STANDS;

	return (struct tpl_fact_line){
		.label = dossier_label(rq, f->field),
		.value = field_show(&k->r, x, f->value),
		.since = f->valid_from.n ? f->valid_from : desk_words(rq, MSG_PEOPLE_FACTS_ALWAYS),
		.until = f->valid_to.n ? f->valid_to : desk_words(rq, MSG_PEOPLE_FACTS_OPEN),
		.source = f->source,
		.recorded = instant_str(rq->a, f->recorded_at, false),
		.state = desk_words(rq, state),
		.colour = corrected ? STR("grey")
			  : ended   ? STR("blue")
				    : STR("green"),
	};
}

tpl_list_fact_line
dossier_facts(const dossier *k, bool all)
{
	arena *a = k->rq->a;
	str today = date_str(a, k->r.today);
	VEC(const fact_view *) seen = {0};
	VEC(struct tpl_fact_line) lines = {0};

	for (size_t i = 0; i < k->p.facts.n; i++)
		if (dossier_sees(k->rq, k->p.facts.v[i].field))
			*vec_add(a, &seen) = &k->p.facts.v[i];
	if (all && seen.n)
		qsort(seen.v, seen.n, sizeof *seen.v, newest_first);
	for (size_t i = 0; i < seen.n; i++) {
		const fact_view *f = seen.v[i];
		bool ended = f->valid_to.n && str_cmp(f->valid_to, today) < 0;
		bool stands = f->superseded_at == 0 && !ended && str_cmp(f->valid_from, today) <= 0;
		if (all || stands)
			*vec_add(a, &lines) = fact_line(k, f, ended);
	}
	return (tpl_list_fact_line){lines.v, lines.n};
}
