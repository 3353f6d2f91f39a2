/* answer.c - what an applicant, an officer or a doctor of the demo answers: told by the story, known of the
 * person, or any value of the field's kind. */
#include "app/demo/life.h"

#include "base/date.h"

int64_t
life_within(rng *r, story_range range)
{
	return range.lo + (int64_t)rng_below(r, (uint64_t)(range.hi - range.lo + 1));
}

static str
number_text(arena *a, int64_t n)
{
	return str_fmt(a, "%lld", (long long)n);
}

/* A doctor of the institution that acts, in the order of the list; elsewhere nobody. */
static str
assessor_of(const life *l, int64_t n)
{
	bool there = l->at && n <= (int64_t)l->at->doctors.n;

	return there ? l->at->doctors.v[n - 1] : STR("");
}

str
life_draw(play *p, life *l, const story_say *s)
{
	switch (s->kind) {
	case STORY_TEXT:
		return s->text[rng_below(&l->r, s->n)];
	case STORY_DAY:
		return date_str(p->own, date_of_instant(p->m->now) + (int32_t)s->lo);
	case STORY_NAME:
		return demo_name(&p->m->people, p->own, APPLICANTS + rng_below(&l->r, APPLICANTS),
				 rng_chance(&l->r, 1, 2));
	case STORY_ASSESSOR:
		return assessor_of(l, s->lo);
	case STORY_NUMBER:
		break;
	}
	return number_text(p->own, life_within(&l->r, (story_range){s->lo, s->hi}));
}

/* What the people of the demo know of themselves. */
static str
own_answer(play *p, const life *l, const field *x)
{
	const person_in *i = &l->person;
	const guardian_in *g = &i->guardian;
	const struct {
		const char *field;
		str text;
	} known[] = {
		{"name", i->name},
		{"id_number", i->id_number},
		{"born", i->born},
		{"phone", i->phone},
		{"registration_address", i->place[0].address},
		{"residence_address", i->nplaces > 1 ? i->place[1].address : STR("")},
		{"level", number_text(p->own, l->who->level)},
		{"certificate_number",
		 STR_CATS(p->own, i->id_number, STR("4"), number_text(p->own, l->who->level))},
		{"bank_holder", l->who->as == ASKS_GUARDIAN ? g->name : i->name},
		{"guardian_name", g->name},
		{"guardian_id_number", g->id_number},
		{"guardian_phone", g->phone},
		{"sex", number_text(p->own, i->sex)},
		{"ethnic", str_fmt(p->own, "%02lld", (long long)i->ethnic)},
		{"guardian_relation", number_text(p->own, g->relation)},
		{"registration_place", number_text(p->own, i->place[0].region)},
		{"residence_place", i->nplaces > 1 ? number_text(p->own, i->place[1].region) : STR("")},
	};

	for (size_t k = 0; k < LEN(known); k++)
		if (str_eq(x->id, str_of(known[k].field)))
			return known[k].text;
	for (size_t k = 0; k < i->nfacts; k++)
		if (str_eq(x->id, i->fact[k].field))
			return i->fact[k].value;
	return STR("");
}

const story_say *
life_says(const life *l, const story_move *m, str field_id)
{
	const story_says from[] = {m ? m->say : (story_says){0}, l->who->say, l->s->say};
	const story_say *s = NULL;

	for (size_t i = 0; i < LEN(from) && !s; i++)
		s = story_find(from[i], field_id);
	return s;
}

str
life_told(play *p, life *l, const story_move *m, const field *x)
{
	const story_say *s = life_says(l, m, x->id);

	return s ? life_draw(p, l, s) : own_answer(p, l, x);
}

/* To a question that must be answered and of which nothing was told: a value of its kind. */
static str
any_answer(play *p, life *l, const field *x)
{
	switch (x->type) {
	case FIELD_CODE:
		return x->list->item[rng_below(&l->r, x->list->n)].code;
	case FIELD_FLAG:
		return rng_chance(&l->r, 1, 2) ? STR("是") : STR("否");
	case FIELD_DATE:
		return date_str(p->own, date_of_instant(p->m->now));
	case FIELD_MONTH:
		return str_sub(date_str(p->own, date_of_instant(p->m->now)), 0, 7);
	case FIELD_INT:
	case FIELD_DECIMAL:
	case FIELD_MONEY:
		return number_text(p->own, 1 + (int64_t)rng_below(&l->r, 100));
	case FIELD_NAME:
		return l->person.guardian.name;
	case FIELD_NID:
		return l->person.guardian.id_number;
	case FIELD_PHONE:
		return l->person.phone;
	case FIELD_REGION:
		return number_text(p->own, l->person.place[0].region);
	case FIELD_TEXT:
	case FIELD_ADDRESS:
	case FIELD_CERTIFICATE:
	case FIELD_BANK:
	case FIELD_TYPES:
		break;
	}
	return x->name;
}

void
life_say(said *to, str id, str raw)
{
	for (size_t i = 0; i < to->n; i++)
		if (str_eq(to->v[i].field, id))
			return;
	if (raw.n && to->n < SAID_MAX)
		to->v[to->n++] = (kase_said){id, raw};
}

bool
life_is(const kase_problem *x, const char *id)
{
	return strcmp(x->why->id, id) == 0;
}

bool
life_say_missing(play *p, life *l, const story_move *m, const kase_problems *problems, said *to)
{
	size_t before = to->n;

	for (size_t i = 0; i < problems->n; i++) {
		const field *x = field_find(p->house->fields, problems->v[i].about);
		if (!x || !life_is(&problems->v[i], "kase.answer_missing"))
			continue;
		str raw = life_told(p, l, m, x);
		life_say(to, x->id, raw.n ? raw : any_answer(p, l, x));
	}
	return to->n > before;
}
