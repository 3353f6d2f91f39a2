/* letters.c - a code on paper for who has no phone: made at a counter for a person whose papers were seen. */
#include "web/desk/letters.h"

#include "app/account/applicant.h"
#include "app/person/person.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/desk.h"
#include "web/desk_letters_tpl.h"
#include "web/form.h"
#include "web/session.h"

enum { NUMBER_MAX = 40 };

#define LETTER STR("letter") /* lists/codes/purpose.yaml: only */

typedef struct letter {
	letter_hand_in in;
	str code, name;
	bool large;
} letter;

/* An applicant files too, but at home: letters are for officers who read the register. */
static bool
at_counter(const web_req *rq)
{
	const actor *who = house_actor(rq);

	return who->kind == ACTOR_STAFF && perms_has(&who->perms, PERM_PERSON_READ);
}

static str
error_at(const web_req *rq, const form *f, const char *field)
{
	const fault *e = form_error(f, str_of(field));

	return e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

static rc
show(web_req *rq, const form *f)
{
	struct tpl_choice *size = arena_new(rq->a, struct tpl_choice);
	struct tpl_field_error *e = arena_array(rq->a, struct tpl_field_error, f->errors.n);

	*size = (struct tpl_choice){.value = STR("1"),
				    .label = msg_text(rq->a, rq->lang, MSG_LETTERS_LARGE, NULL),
				    .checked = form_ticked(f, STR("large"))};
	for (size_t i = 0; i < f->errors.n; i++)
		e[i] = (struct tpl_field_error){.field = f->errors.v[i]->field,
						.text = fault_text(rq->a, rq->lang, f->errors.v[i])};
	tpl_letter_form(web_html(rq),
			&(struct tpl_letter_form){
				.bad = f->errors.n > 0,
				.errors = {e, f->errors.n},
				.number = form_typed(f, STR("number")),
				.number_error = error_at(rq, f, "number"),
				.purposes = purpose_choices(rq, LETTER, form_typed(f, STR("purpose"))),
				.purpose_error = error_at(rq, f, "purpose"),
				.sizes = {size, 1}});
	return web_page(rq, f->errors.n ? 422 : 200);
}

static rc
new_form(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);

	return at_counter(rq) ? show(rq, &f) : RC_NOT_FOUND;
}

/* What went wrong with the number is said at the number. */
static void
wrong_number(web_req *rq, form *f, rc r)
{
	fault *line = form_wrong(f);

	if (r == RC_NOT_FOUND) {
		(void)FAIL(line, RC_NOT_FOUND, "letters.nobody", FA_FIELD(STR("number")));
		return;
	}
	fault_copy(line, rq->fault);
	line->field = STR("number");
	fault_clear(rq->fault);
}

/* The person, his name for the letter, and a code; nothing is kept yet. */
static rc
prepare(web_req *rq, str number, letter *k)
{
	const person_ref *ref = NULL;
	person_view v;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(person_by_number(d, rq->a, rq->fault, house_actor(rq), number, date_of_instant(rq->now), &ref));
	TRY(person_read(d, rq->a, rq->fault, ref, &v));
	TRY(letter_draw(db_sealer(d), rq->a, rq->fault, &k->code, &k->in.letter));
	k->in.letter.by = house_actor(rq);
	k->in.letter.tenant = person_ref_tenant(ref);
	k->in.letter.person = person_ref_id(ref);
	k->name = v.name;
	return RC_OK;
}

static rc
handed(web_req *rq)
{
	const letter *k = rq->work;
	const site *s = house_of(rq)->site;
	form f = form_of(rq->a, &rq->http->form, rq->now);
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_DENIED || r == RC_INVALID || r == RC_NOT_FOUND) {
		wrong_number(rq, &f, r);
		return show(rq, &f);
	}
	TRY(r);
	tpl_letter_page(web_html(rq),
			&(struct tpl_letter_page){.site = rq->lang == MSG_EN ? s->name_en : s->name_zh,
						  .name = k->name,
						  .code = k->code,
						  .large = k->large,
						  .made = date_of_instant(rq->now),
						  .until = date_of_instant(rq->now) + LETTER_DAYS});
	return web_page(rq, 200);
}

static rc
new_post(web_req *rq)
{
	letter *k = arena_new(rq->a, letter);
	form f = form_of(rq->a, &rq->http->form, rq->now);
	size_t n = 0;

	if (!at_counter(rq))
		return RC_NOT_FOUND;
	str number = form_text(&f, FIELD("number", msg_text(rq->a, rq->lang, MSG_LETTERS_NUMBER, NULL)),
			       NUMBER_MAX);
	str *codes = purpose_codes(rq, LETTER, &n);
	int why = form_choice(&f, FIELD("purpose", msg_text(rq->a, rq->lang, MSG_LETTERS_PURPOSE, NULL)),
			      codes, n);
	k->large = form_ticked(&f, STR("large"));
	if (!form_ok(&f))
		return show(rq, &f);
	/* the person reads it in the list of who looked at his record */
	k->in.purpose = codes[why];
	rc r = prepare(rq, number, k);
	if (r == RC_NOT_FOUND || r == RC_INVALID) {
		wrong_number(rq, &f, r);
		return show(rq, &f);
	}
	TRY(r);
	rq->work = k;
	return house_write(
		rq, &(house_command){.fn = letter_hand, .in = &k->in, .unkeyed = true, .then = handed});
}

const web_route desk_letter_routes[] = {
	{"GET", "/desk/letters/new", new_form, "case.file", "A sign-in letter for a person at the counter"},
	{"POST", "/desk/letters/new", new_post, "case.file", "Make the letter, to be printed"},
	{0},
};
