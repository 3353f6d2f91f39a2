/* letters.c - a code on paper for who has no phone: to sign in, or to have his certificate checked; made at a
 * counter for a person whose papers were seen. */
#include "web/desk/letters.h"

#include "app/account/applicant.h"
#include "app/account/holder.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/desk.h"
#include "web/desk_letters_tpl.h"
#include "web/session.h"

enum { NUMBER_MAX = 40 };

#define MINUTE INT64_C(60000)

typedef struct letter letter;

/* The form asks the same of each; what is drawn and what is printed differ. */
typedef struct letter_kind {
	str path, only; /* only: which purposes, as lists/codes/purpose.yaml says it */
	int title, words, go;
	rc (*draw)(web_req *rq, db *d, const person_view *v, letter *k);
	store_fn *hand;
	void (*print)(web_req *rq, const letter *k);
} letter_kind;

/* rq->work */
struct letter {
	const letter_kind *kind;
	str code, name, purpose;
	bool large;
	const void *in; /* of kind->hand */
};

/* An applicant files too, but at home: letters are for officers who read the register. */
static bool
at_counter(const web_req *rq)
{
	const actor *who = house_actor(rq);

	return who->kind == ACTOR_STAFF && perms_has(&who->perms, PERM_PERSON_READ);
}

static rc
show(web_req *rq, const letter_kind *kind, const form *f)
{
	struct tpl_choice *size = arena_new(rq->a, struct tpl_choice);

	*size = (struct tpl_choice){.value = STR("1"),
				    .label = desk_words(rq, MSG_LETTERS_LARGE),
				    .checked = form_ticked(f, STR("large"))};
	tpl_letter_form(web_html(rq),
			&(struct tpl_letter_form){
				.title = desk_words(rq, kind->title),
				.words = desk_words(rq, kind->words),
				.go = desk_words(rq, kind->go),
				.action = kind->path,
				.bad = !form_ok(f),
				.errors = desk_errors(rq, f),
				.number = form_typed(f, STR("number")),
				.number_error = desk_wrong(rq, f, "number"),
				.purposes = purpose_choices(rq, kind->only, form_typed(f, STR("purpose"))),
				.purpose_error = desk_wrong(rq, f, "purpose"),
				.sizes = {size, 1},
			});
	return web_page(rq, form_ok(f) ? 200 : 422);
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

/* The person, his name for the paper, and a code; nothing is kept yet. */
static rc
prepare(web_req *rq, str number, letter *k)
{
	const person_ref *ref = NULL;
	person_view v;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(person_by_number(d, rq->a, rq->fault, house_actor(rq), number, date_of_instant(rq->now), &ref));
	TRY(person_read(d, rq->a, rq->fault, ref, &v));
	k->name = v.name;
	return k->kind->draw(rq, d, &v, k);
}

static rc
handed(web_req *rq)
{
	const letter *k = rq->work;
	form f = form_of(rq->a, &rq->http->form, rq->now);
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_DENIED || r == RC_INVALID || r == RC_NOT_FOUND) {
		wrong_number(rq, &f, r);
		return show(rq, k->kind, &f);
	}
	TRY(r);
	k->kind->print(rq, k);
	return web_page(rq, 200);
}

static rc
get(web_req *rq, const letter_kind *kind)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);

	return at_counter(rq) ? show(rq, kind, &f) : RC_NOT_FOUND;
}

static rc
post(web_req *rq, const letter_kind *kind)
{
	letter *k = arena_new(rq->a, letter);
	form f = form_of(rq->a, &rq->http->form, rq->now);
	size_t n = 0;

	if (!at_counter(rq))
		return RC_NOT_FOUND;
	str number = form_text(&f, FIELD("number", desk_words(rq, MSG_LETTERS_NUMBER)), NUMBER_MAX);
	str *codes = purpose_codes(rq, kind->only, &n);
	int why = form_choice(&f, FIELD("purpose", desk_words(rq, MSG_LETTERS_PURPOSE)), codes, n);
	if (!form_ok(&f))
		return show(rq, kind, &f);
	/* the person reads the purpose in the list of who looked at his record */
	*k = (letter){.kind = kind, .purpose = codes[why], .large = form_ticked(&f, STR("large"))};
	rc r = prepare(rq, number, k);
	if (r == RC_NOT_FOUND || r == RC_INVALID) {
		wrong_number(rq, &f, r);
		return show(rq, kind, &f);
	}
	TRY(r);
	rq->work = k;
	return house_write(rq,
			   &(house_command){.fn = kind->hand, .in = k->in, .unkeyed = true, .then = handed});
}

static str
site_name(const web_req *rq)
{
	const site *s = house_of(rq)->site;

	return rq->lang == MSG_EN ? s->name_en : s->name_zh;
}

/* ---- a sign-in letter ---- */

static rc
sign_in_draw(web_req *rq, db *d, const person_view *v, letter *k)
{
	letter_hand_in *in = arena_new(rq->a, letter_hand_in);

	TRY(letter_draw(db_sealer(d), rq->a, rq->fault, &k->code, &in->letter));
	in->letter.by = house_actor(rq);
	in->letter.tenant = person_ref_tenant(v->ref);
	in->letter.person = person_ref_id(v->ref);
	in->purpose = k->purpose;
	k->in = in;
	return RC_OK;
}

static void
sign_in_print(web_req *rq, const letter *k)
{
	tpl_letter_page(web_html(rq),
			&(struct tpl_letter_page){.site = site_name(rq),
						  .name = k->name,
						  .code = k->code,
						  .large = k->large,
						  .made = date_of_instant(rq->now),
						  .until = date_of_instant(rq->now) + LETTER_DAYS});
}

static const letter_kind sign_in = {
	STR("/desk/letters/new"), STR("letter"), MSG_LETTERS_TITLE, MSG_LETTERS_WORDS,
	MSG_LETTERS_GO,           sign_in_draw,  letter_hand,       sign_in_print,
};

static rc
sign_in_get(web_req *rq)
{
	return get(rq, &sign_in);
}

static rc
sign_in_post(web_req *rq)
{
	return post(rq, &sign_in);
}

/* ---- a code to have a certificate checked ---- */

static rc
check_draw(web_req *rq, db *d, const person_view *v, letter *k)
{
	holder_hand_in *in = arena_new(rq->a, holder_hand_in);

	if (!person_is_certified(v, date_str(rq->a, date_of_instant(rq->now))))
		return FAIL(rq->fault, RC_INVALID, "letters.no_certificate", FA_FIELD(STR("number")));
	TRY(holder_draw(db_sealer(d), rq->a, rq->fault, house_actor(rq), v->ref, &k->code, &in->code));
	in->purpose = k->purpose;
	k->in = in;
	return RC_OK;
}

static void
check_print(web_req *rq, const letter *k)
{
	int64_t until = rq->now + HOLDER_MINUTES * MINUTE;

	tpl_check_page(web_html(rq), &(struct tpl_check_page){.site = site_name(rq),
							      .name = k->name,
							      .code = k->code,
							      .large = k->large,
							      .made = date_of_instant(rq->now),
							      .until = instant_str(rq->a, until, false)});
}

static const letter_kind check = {
	STR("/desk/certificate-codes/new"),
	STR("code"),
	MSG_LETTERS_CHECK_TITLE,
	MSG_LETTERS_CHECK_WORDS,
	MSG_LETTERS_GO,
	check_draw,
	holder_hand,
	check_print,
};

static rc
check_get(web_req *rq)
{
	return get(rq, &check);
}

static rc
check_post(web_req *rq)
{
	return post(rq, &check);
}

const web_route desk_letter_routes[] = {
	{"GET", "/desk/letters/new", sign_in_get, "case.file",
	 "A sign-in letter for a person at the counter"},
	{"POST", "/desk/letters/new", sign_in_post, "case.file", "Make the letter, to be printed"},
	{"GET", "/desk/certificate-codes/new", check_get, "case.file",
	 "A code to have a certificate checked, for its holder at the counter"},
	{"POST", "/desk/certificate-codes/new", check_post, "case.file", "Make the code, to be printed"},
	{0},
};
