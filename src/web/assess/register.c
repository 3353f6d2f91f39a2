/* register.c - the register of who may assess: institutions, their designations, doctors and licences, and
 * the trainings. Who reads it sees the institutions of his divisions; what may be written the command checks.
 */
#include "locale/msg_ids.h"
#include "web/admin/sheet.h"
#include "web/assess/assess.h"
#include "web/assess/fields.h"
#include "web/case_tpl.h"

enum { SOON = 60 }; /* days before its end that a licence is spoken of */

static str
today_of(const web_req *rq)
{
	return date_str(rq->a, date_of_instant(rq->now));
}

static bool
keeps(const web_req *rq, int64_t region)
{
	return may(house_actor(rq), PERM_ASSESSOR_WRITE, region);
}

/* ---- the list ---- */

/* How many doctors may assess today, and the first day on which one of them no longer may. */
static void
tally(const institution *i, str today, int64_t *doctors, str *first)
{
	*doctors = 0;
	*first = STR("");
	for (size_t k = 0; k < i->doctors.n; k++) {
		const doctor_view *d = &i->doctors.v[k];
		int64_t set = doctor_categories(d, today);
		*doctors += set != 0;
		for (int64_t c = 1; c <= ASSESSOR_CATEGORIES; c++) {
			const licence_view *l = set & category_bit(c) ? doctor_licence(d, c) : NULL;
			if (l && l->until.n && (first->n == 0 || str_cmp(l->until, *first) < 0))
				*first = l->until;
		}
	}
}

static rc
line_of(web_req *rq, const institution *i, struct tpl_assess_line *out)
{
	str today = today_of(rq), first, soon = date_str(rq->a, date_of_instant(rq->now) + SOON);

	*out = (struct tpl_assess_line){
		.href = str_cat(rq->a, STR("/desk/assessors/"), sheet_ref(rq, i->tenant, i->id)),
		.name = i->name,
		.categories = categories_words(rq, institution_categories(i, today))};
	tally(i, today, &out->doctors, &first);
	if (first.n && str_cmp(first, soon) <= 0)
		out->note = desk_words_of(rq, MSG_ASSESS_ENDS, "day", first);
	return sheet_place(rq, i->region, &out->place);
}

static rc
list_get(web_req *rq)
{
	static const int heads[] = {MSG_ASSESS_INSTITUTION, MSG_ASSESS_WHERE, MSG_ASSESS_CATEGORIES,
				    MSG_ASSESS_DOCTORS_LICENSED, MSG_ASSESS_NOTE};
	institutions all;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(institution_list(d, rq->a, rq->fault, house_actor(rq), &all));
	struct tpl_assess_line *v = arena_array(rq->a, struct tpl_assess_line, all.n);
	for (size_t i = 0; i < all.n; i++)
		TRY(line_of(rq, &all.v[i], &v[i]));
	tpl_list_column columns = desk_columns(rq, heads, LEN(heads));
	((struct tpl_column *)(uintptr_t)columns.v)[3].number = true;
	tpl_assess_list(web_html(rq), &(struct tpl_assess_list){.trainings = STR("/desk/trainings"),
								.columns = columns,
								.rows = {v, all.n}});
	return web_page(rq, 200);
}

/* ---- one institution ---- */

static rc
this_one(web_req *rq, institution *out)
{
	int64_t owner = 0, id = 0;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(web_param_ref(rq, STR("ref"), &owner, &id));
	TRY(house_read(rq, &d));
	return institution_read(d, rq->a, rq->fault, house_actor(rq), owner, id, out);
}

/* The same for who keeps the register; to others the form is not there. */
static rc
this_kept(web_req *rq, institution *out)
{
	TRY(this_one(rq, out));
	return keeps(rq, out->region) ? RC_OK : RC_NOT_FOUND;
}

static str
here(const web_req *rq, const institution *i, const char *more)
{
	return str_fmt(rq->a, "/desk/assessors/%.*s%s", STR_ARG(sheet_ref(rq, i->tenant, i->id)), more);
}

static str
end_href(const web_req *rq, const institution *i, const char *what, int64_t id)
{
	return str_fmt(rq->a, "/desk/assessors/%.*s/%s/%lld/end", STR_ARG(sheet_ref(rq, i->tenant, i->id)),
		       what, (long long)id);
}

/* What a term is today, and the link that ends it. One of a day before its first was a mistake, and is not
 * shown. */
static bool
term_of(web_req *rq, str from, str until, struct tpl_assess_term *t)
{
	str today = today_of(rq);
	bool over = until.n && str_cmp(until, today)<0, later = str_cmp(from, today)> 0;

	t->term = term_words(rq, from, until);
	t->state = desk_words(rq, over    ? MSG_ASSESS_STATE_OVER
				  : later ? MSG_ASSESS_STATE_LATER
					  : MSG_ASSESS_STATE_HOLDS);
	t->colour = over ? STR("red") : later ? STR("blue") : STR("green");
	if (over)
		t->end = (str){0};
	return until.n == 0 || str_cmp(until, from) >= 0;
}

static tpl_list_assess_term
designations_of_page(web_req *rq, const institution *i)
{
	VEC(struct tpl_assess_term) v = {0};

	for (size_t k = 0; k < i->designations.n; k++) {
		const designation_view *d = &i->designations.v[k];
		struct tpl_assess_term t = {.what = categories_words(rq, d->categories),
					    .number = d->document};
		if (keeps(rq, i->region))
			t.end = end_href(rq, i, "designations", d->id);
		if (term_of(rq, d->from, d->until, &t))
			*vec_add(rq->a, &v) = t;
	}
	return (tpl_list_assess_term){v.v, v.n};
}

static tpl_list_assess_term
licences_of_page(web_req *rq, const institution *i, const doctor_view *d)
{
	VEC(struct tpl_assess_term) v = {0};

	for (size_t k = 0; k < d->licences.n; k++) {
		const licence_view *l = &d->licences.v[k];
		struct tpl_assess_term t = {
			.what = category_word(rq, l->category), .number = l->number, .from = l->training};
		if (keeps(rq, i->region))
			t.end = end_href(rq, i, "licences", l->id);
		if (term_of(rq, l->from, l->until, &t))
			*vec_add(rq->a, &v) = t;
	}
	return (tpl_list_assess_term){v.v, v.n};
}

static struct tpl_assess_doctor
doctor_of_page(web_req *rq, const institution *i, const doctor_view *d)
{
	struct tpl_assess_doctor out = {
		.name = d->name,
		.title = d->title,
		.number = d->practice,
		.login = d->login.n ? desk_words_of(rq, MSG_ASSESS_LOGIN, "login", d->login)
				    : desk_words(rq, MSG_ASSESS_LOGIN_NONE),
		.terms = licences_of_page(rq, i, d)};

	if (!doctor_there(d, today_of(rq))) {
		out.left = desk_words(rq, MSG_ASSESS_LEFT);
	} else if (keeps(rq, i->region)) {
		out.add = str_fmt(rq->a, "/desk/assessors/%.*s/doctors/%lld/licences/new",
				  STR_ARG(sheet_ref(rq, i->tenant, i->id)), (long long)d->id);
		out.leave = end_href(rq, i, "doctors", d->id);
	}
	return out;
}

static rc
one_get(web_req *rq)
{
	institution i;

	TRY(this_one(rq, &i));
	struct tpl_assess_doctor *v = arena_array(rq->a, struct tpl_assess_doctor, i.doctors.n);
	for (size_t k = 0; k < i.doctors.n; k++)
		v[k] = doctor_of_page(rq, &i, &i.doctors.v[k]);
	struct tpl_assess_institution page = {.name = i.name,
					      .phone = i.phone,
					      .saved = web_query(rq, STR("saved")).n > 0,
					      .designations = designations_of_page(rq, &i),
					      .doctors = {v, i.doctors.n}};
	if (keeps(rq, i.region)) {
		page.designate = here(rq, &i, "/designations/new");
		page.enter = here(rq, &i, "/doctors/new");
	}
	tpl_assess_institution(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- writing ---- */

/* A form of one institution on its way through a command. */
typedef struct entry {
	institution at;
	const doctor_view *doctor; /* of a licence, or who leaves */
	int64_t id, out;
	form f;
	rc (*show)(web_req *rq, struct entry *e);
	union {
		designation_new designation;
		doctor_new doctor;
		licence_new licence;
		assessor_end end;
	} in;
} entry;

static rc
written(web_req *rq)
{
	entry *e = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &e->f, r))
		return e->show(rq, e);
	TRY(r);
	return web_see(rq, here(rq, &e->at, "?saved=1"));
}

static rc
write_it(web_req *rq, entry *e, store_fn *fn)
{
	if (!form_ok(&e->f))
		return e->show(rq, e);
	rq->work = e;
	return house_write(rq, &(house_command){.fn = fn, .in = &e->in, .out = &e->out, .then = written});
}

static rc
begin(web_req *rq, entry **out, rc (*show)(web_req *rq, entry *e))
{
	entry *e = arena_new(rq->a, entry);

	TRY(this_kept(rq, &e->at));
	e->f = sheet_form(rq);
	e->show = show;
	*out = e;
	return RC_OK;
}

static void
put_term(const fields *x)
{
	put_day(x, "from", MSG_ASSESS_FROM, 0, DATE_NONE);
	put_day(x, "until", MSG_ASSESS_UNTIL, MSG_ASSESS_UNTIL_HINT, DATE_NONE);
}

static int32_t
read_from(web_req *rq, form *f)
{
	return form_date(f, FIELD("from", desk_words(rq, MSG_ASSESS_FROM)));
}

static int32_t
read_until(web_req *rq, form *f)
{
	return form_date(f, OPTIONAL("until", desk_words(rq, MSG_ASSESS_UNTIL)));
}

static rc
show_designation(web_req *rq, entry *e)
{
	fields x = fields_begin(rq, &e->f);

	put_categories(&x, MSG_ASSESS_CATEGORIES, -1);
	put_text(&x, "document", MSG_ASSESS_DOCUMENT, MSG_ASSESS_DOCUMENT_HINT, 0);
	put_term(&x);
	return fields_page(rq, &e->f, MSG_ASSESS_DESIGNATION_NEW, e->at.name, (str){0},
			   here(rq, &e->at, "/designations/new"), here(rq, &e->at, ""), fields_end(&x));
}

static rc
designation_form(web_req *rq)
{
	entry *e = NULL;

	TRY(begin(rq, &e, show_designation));
	return e->show(rq, e);
}

static rc
designation_post(web_req *rq)
{
	entry *e = NULL;

	TRY(begin(rq, &e, show_designation));
	e->in.designation = (designation_new){
		.by = house_actor(rq),
		.tenant = e->at.tenant,
		.office = e->at.id,
		.categories = read_categories(rq, &e->f, MSG_ASSESS_CATEGORIES),
		.document = form_text(&e->f, FIELD("document", desk_words(rq, MSG_ASSESS_DOCUMENT)),
				      ASSESSOR_TEXT_MAX),
		.from = read_from(rq, &e->f),
		.until = read_until(rq, &e->f)};
	return write_it(rq, e, designation_give);
}

static rc
show_doctor(web_req *rq, entry *e)
{
	account_choices accounts;
	desk_choices v = {0};
	str picked = form_typed(&e->f, STR("account"));
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(institution_sign_ins(d, rq->a, rq->fault, &e->at, today_of(rq), &accounts));
	desk_choice_add(rq, &v, STR("0"), desk_words(rq, MSG_ASSESS_LOGIN_NONE), picked);
	for (size_t i = 0; i < accounts.n; i++)
		desk_choice_add(rq, &v, str_fmt(rq->a, "%lld", (long long)accounts.v[i].id),
				str_fmt(rq->a, "%.*s %.*s", STR_ARG(accounts.v[i].name),
					STR_ARG(accounts.v[i].login)),
				picked);
	fields x = fields_begin(rq, &e->f);
	put_text(&x, "name", MSG_ASSESS_DOCTOR_NAME, 0, 20);
	put_text(&x, "title", MSG_ASSESS_DOCTOR_TITLE, MSG_ASSESS_DOCTOR_TITLE_HINT, 20);
	put_text(&x, "practice", MSG_ASSESS_PRACTICE, 0, 20);
	put_select(&x, "account", MSG_ASSESS_ACCOUNT, MSG_ASSESS_ACCOUNT_HINT, &v);
	return fields_page(rq, &e->f, MSG_ASSESS_DOCTOR_NEW, e->at.name, (str){0},
			   here(rq, &e->at, "/doctors/new"), here(rq, &e->at, ""), fields_end(&x));
}

static rc
doctor_form(web_req *rq)
{
	entry *e = NULL;

	TRY(begin(rq, &e, show_doctor));
	return e->show(rq, e);
}

static rc
doctor_post(web_req *rq)
{
	entry *e = NULL;

	TRY(begin(rq, &e, show_doctor));
	doctor_new *n = &e->in.doctor;
	*n = (doctor_new){.by = house_actor(rq), .tenant = e->at.tenant, .office = e->at.id};
	n->name = form_name(&e->f, FIELD("name", desk_words(rq, MSG_ASSESS_DOCTOR_NAME)), ASSESSOR_NAME_MAX);
	n->title =
		form_text(&e->f, FIELD("title", desk_words(rq, MSG_ASSESS_DOCTOR_TITLE)), ASSESSOR_NAME_MAX);
	n->practice =
		form_text(&e->f, FIELD("practice", desk_words(rq, MSG_ASSESS_PRACTICE)), ASSESSOR_NAME_MAX);
	if (!str_to_i64(form_typed(&e->f, STR("account")), &n->account))
		n->account = -1; /* nothing that the page offered: the command says so */
	return write_it(rq, e, doctor_enter);
}

/* ---- licences ---- */

static rc
find_doctor_of(web_req *rq, entry *e, str param)
{
	int64_t id = 0;

	if (!str_to_i64(web_param(rq, param), &id))
		return RC_NOT_FOUND;
	for (size_t i = 0; i < e->at.doctors.n; i++)
		if (e->at.doctors.v[i].id == id)
			e->doctor = &e->at.doctors.v[i];
	return e->doctor ? RC_OK : RC_NOT_FOUND;
}

static rc
training_choices(web_req *rq, const entry *e, desk_choices *v)
{
	str picked = form_typed(&e->f, STR("training"));
	trainings all;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(training_list(d, rq->a, rq->fault, house_actor(rq)->tenant, &all));
	desk_choice_add(rq, v, STR(""), desk_words(rq, MSG_ASSESS_TRAINING_NONE), picked);
	for (size_t i = 0; i < all.n; i++)
		desk_choice_add(rq, v, sheet_ref(rq, all.v[i].tenant, all.v[i].id),
				str_fmt(rq->a, "%.*s %.*s", STR_ARG(all.v[i].first), STR_ARG(all.v[i].name)),
				picked);
	return RC_OK;
}

static rc
show_licence(web_req *rq, entry *e)
{
	desk_choices v = {0};
	str caption = str_fmt(rq->a, "%.*s %.*s", STR_ARG(e->at.name), STR_ARG(e->doctor->name));

	TRY(training_choices(rq, e, &v));
	fields x = fields_begin(rq, &e->f);
	put_categories(&x, MSG_ASSESS_CATEGORIES, -1);
	put_text(&x, "number", MSG_ASSESS_LICENCE_NUMBER, 0, 20);
	put_term(&x);
	put_select(&x, "training", MSG_ASSESS_TRAINING, 0, &v);
	return fields_page(rq, &e->f, MSG_ASSESS_LICENCE_NEW, caption, (str){0}, rq->http->path,
			   here(rq, &e->at, ""), fields_end(&x));
}

static rc
licence_form(web_req *rq)
{
	entry *e = NULL;

	TRY(begin(rq, &e, show_licence));
	TRY(find_doctor_of(rq, e, STR("doctor")));
	return e->show(rq, e);
}

/* "420100-123", as the choice has it; empty: none. */
static void
read_training(web_req *rq, entry *e)
{
	str rest = form_typed(&e->f, STR("training")), owner;
	licence_new *n = &e->in.licence;

	if (rest.n == 0)
		return;
	bool two = str_next(&rest, '-', &owner);
	if (!two || !str_to_i64(owner, &n->training_tenant) || !str_to_i64(rest, &n->training))
		(void)FAIL(form_wrong(&e->f), RC_INVALID, "assessor.training", FA_FIELD(STR("training")));
	(void)rq;
}

static rc
licence_post(web_req *rq)
{
	entry *e = NULL;

	TRY(begin(rq, &e, show_licence));
	TRY(find_doctor_of(rq, e, STR("doctor")));
	e->in.licence = (licence_new){
		.by = house_actor(rq),
		.tenant = e->at.tenant,
		.doctor = e->doctor->id,
		.categories = read_categories(rq, &e->f, MSG_ASSESS_CATEGORIES),
		.number = form_text(&e->f, FIELD("number", desk_words(rq, MSG_ASSESS_LICENCE_NUMBER)),
				    ASSESSOR_TEXT_MAX),
		.from = read_from(rq, &e->f),
		.until = read_until(rq, &e->f)};
	read_training(rq, e);
	return write_it(rq, e, licence_give);
}

/* ---- what ends ---- */

/* What the address names: its words for the page; RC_NOT_FOUND when it is not of this institution. */
typedef struct ending {
	const char *what; /* the segment of the address */
	int title;
	store_fn *fn;
} ending;

static const ending endings[] = {
	{"designations", MSG_ASSESS_DESIGNATION_END, designation_end},
	{"licences", MSG_ASSESS_LICENCE_END, licence_end},
	{"doctors", MSG_ASSESS_DOCTOR_LEAVE, doctor_leave},
};

static const ending *
ending_of(const web_req *rq)
{
	for (size_t i = 0; i < LEN(endings); i++)
		if (str_find(rq->http->path, str_cat(rq->a, str_of(endings[i].what), STR("/"))) >= 0)
			return &endings[i];
	BUG_ON(true);
}

/* What ends, in words; empty: it is not of this institution. */
static str
ended_words(web_req *rq, const entry *e, const ending *w)
{
	const institution *i = &e->at;

	for (size_t k = 0; k < i->designations.n && w->fn == designation_end; k++)
		if (i->designations.v[k].id == e->id)
			return str_fmt(rq->a, "%.*s %.*s",
				       STR_ARG(categories_words(rq, i->designations.v[k].categories)),
				       STR_ARG(term_words(rq, i->designations.v[k].from,
							  i->designations.v[k].until)));
	for (size_t k = 0; k < i->doctors.n; k++) {
		const doctor_view *d = &i->doctors.v[k];
		if (w->fn == doctor_leave && d->id == e->id)
			return str_fmt(rq->a, "%.*s %.*s", STR_ARG(d->name), STR_ARG(d->title));
		for (size_t n = 0; n < d->licences.n && w->fn == licence_end; n++)
			if (d->licences.v[n].id == e->id)
				return str_fmt(rq->a, "%.*s %.*s %.*s", STR_ARG(d->name),
					       STR_ARG(category_word(rq, d->licences.v[n].category)),
					       STR_ARG(term_words(rq, d->licences.v[n].from,
								  d->licences.v[n].until)));
	}
	return STR("");
}

static rc
show_end(web_req *rq, entry *e)
{
	const ending *w = ending_of(rq);
	str words = ended_words(rq, e, w);

	if (words.n == 0)
		return RC_NOT_FOUND;
	fields x = fields_begin(rq, &e->f);
	put_day(&x, "last", w->fn == doctor_leave ? MSG_ASSESS_LAST_THERE : MSG_ASSESS_LAST,
		w->fn == doctor_leave ? 0 : MSG_ASSESS_LAST_HINT, date_of_instant(rq->now));
	return fields_page(rq, &e->f, w->title, e->at.name, words, rq->http->path, here(rq, &e->at, ""),
			   fields_end(&x));
}

static rc
end_begin(web_req *rq, entry **out)
{
	TRY(begin(rq, out, show_end));
	return str_to_i64(web_param(rq, STR("id")), &(*out)->id) ? RC_OK : RC_NOT_FOUND;
}

static rc
end_form(web_req *rq)
{
	entry *e = NULL;

	TRY(end_begin(rq, &e));
	return e->show(rq, e);
}

static rc
end_post(web_req *rq)
{
	entry *e = NULL;

	TRY(end_begin(rq, &e));
	e->in.end = (assessor_end){.by = house_actor(rq), .tenant = e->at.tenant, .id = e->id};
	e->in.end.last = form_date(&e->f, FIELD("last", desk_words(rq, MSG_ASSESS_LAST)));
	return write_it(rq, e, ending_of(rq)->fn);
}

/* ---- trainings ---- */

static rc
trainings_get(web_req *rq)
{
	static const int heads[] = {MSG_ASSESS_TRAINING_NAME, MSG_ASSESS_TRAINING_PLACE,
				    MSG_ASSESS_TRAINING_DAYS, MSG_ASSESS_TRAINING_HOURS,
				    MSG_ASSESS_TRAINING_VOID};
	const actor *who = house_actor(rq);
	bool writes = keeps(rq, REGION_NONE);
	trainings all;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(training_list(d, rq->a, rq->fault, who->tenant, &all));
	struct tpl_assess_training *v = arena_array(rq->a, struct tpl_assess_training, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const training_view *t = &all.v[i];
		v[i] = (struct tpl_assess_training){.name = t->name,
						    .place = t->place,
						    .days = term_words(rq, t->first, t->last),
						    .hours = t->hours};
		if (writes && t->tenant == who->tenant)
			v[i].close = str_fmt(rq->a, "/desk/trainings/%.*s/close",
					     STR_ARG(sheet_ref(rq, t->tenant, t->id)));
	}
	tpl_list_column columns = desk_columns(rq, heads, LEN(heads));
	((struct tpl_column *)(uintptr_t)columns.v)[3].number = true;
	((struct tpl_column *)(uintptr_t)columns.v)[4].act = true;
	struct tpl_assess_trainings page = {
		.saved = web_query(rq, STR("saved")).n > 0, .columns = columns, .rows = {v, all.n}};
	if (writes)
		page.add = STR("/desk/trainings/new");
	tpl_assess_trainings(web_html(rq), &page);
	return web_page(rq, 200);
}

typedef struct course {
	form f;
	training_new in;
	assessor_end end;
	int64_t out;
} course;

static rc
show_training(web_req *rq, const form *f)
{
	fields x = fields_begin(rq, f);

	put_text(&x, "name", MSG_ASSESS_TRAINING_NAME, 0, 30);
	put_text(&x, "place", MSG_ASSESS_TRAINING_PLACE, 0, 30);
	put_day(&x, "first", MSG_ASSESS_TRAINING_FIRST, 0, DATE_NONE);
	put_day(&x, "last", MSG_ASSESS_TRAINING_LAST, 0, DATE_NONE);
	put_number(&x, "hours", MSG_ASSESS_TRAINING_HOURS, 0, 4, STR(""));
	return fields_page(rq, f, MSG_ASSESS_TRAINING_NEW, STR(""), (str){0}, STR("/desk/trainings/new"),
			   STR("/desk/trainings"), fields_end(&x));
}

static rc
training_form(web_req *rq)
{
	form f = sheet_form(rq);

	TRY(desk_staff(rq));
	return show_training(rq, &f);
}

static rc
training_written(web_req *rq)
{
	course *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &k->f, r))
		return show_training(rq, &k->f);
	TRY(r);
	return web_see(rq, STR("/desk/trainings?saved=1"));
}

static rc
training_post(web_req *rq)
{
	course *k = arena_new(rq->a, course);
	form *f = &k->f;

	TRY(desk_staff(rq));
	*f = sheet_form(rq);
	k->in.by = house_actor(rq);
	k->in.name = form_text(f, FIELD("name", desk_words(rq, MSG_ASSESS_TRAINING_NAME)), ASSESSOR_TEXT_MAX);
	k->in.place =
		form_text(f, FIELD("place", desk_words(rq, MSG_ASSESS_TRAINING_PLACE)), ASSESSOR_TEXT_MAX);
	k->in.first = form_date(f, FIELD("first", desk_words(rq, MSG_ASSESS_TRAINING_FIRST)));
	k->in.last = form_date(f, FIELD("last", desk_words(rq, MSG_ASSESS_TRAINING_LAST)));
	k->in.hours =
		form_int(f, FIELD("hours", desk_words(rq, MSG_ASSESS_TRAINING_HOURS)), 1, ASSESSOR_HOURS_MAX);
	if (!form_ok(f))
		return show_training(rq, f);
	rq->work = k;
	return house_write(
		rq, &(house_command){
			    .fn = training_enter, .in = &k->in, .out = &k->out, .then = training_written});
}

static rc
training_closed(web_req *rq)
{
	TRY(house_written(rq, NULL, NULL));
	return web_see(rq, STR("/desk/trainings?saved=1"));
}

static rc
training_close_post(web_req *rq)
{
	course *k = arena_new(rq->a, course);

	TRY(desk_staff(rq));
	k->end.by = house_actor(rq);
	TRY(web_param_ref(rq, STR("ref"), &k->end.tenant, &k->end.id));
	return house_write(rq,
			   &(house_command){.fn = training_close, .in = &k->end, .then = training_closed});
}

const web_route assessor_routes[] = {
	{"GET", "/desk/assessors", list_get, "assessor.read", "Institutions that assess"},
	{"GET", "/desk/assessors/{ref}", one_get, "assessor.read",
	 "An institution with its doctors and their licences"},
	{"GET", "/desk/assessors/{ref}/designations/new", designation_form, "assessor.write",
	 "A designation of an institution"},
	{"POST", "/desk/assessors/{ref}/designations/new", designation_post, "assessor.write",
	 "Designate an institution"},
	{"GET", "/desk/assessors/{ref}/designations/{id}/end", end_form, "assessor.write",
	 "Before a designation ends"},
	{"POST", "/desk/assessors/{ref}/designations/{id}/end", end_post, "assessor.write",
	 "End a designation"},
	{"GET", "/desk/assessors/{ref}/doctors/new", doctor_form, "assessor.write", "A new assessor"},
	{"POST", "/desk/assessors/{ref}/doctors/new", doctor_post, "assessor.write", "Register an assessor"},
	{"GET", "/desk/assessors/{ref}/doctors/{id}/end", end_form, "assessor.write",
	 "Before an assessor leaves"},
	{"POST", "/desk/assessors/{ref}/doctors/{id}/end", end_post, "assessor.write", "An assessor leaves"},
	{"GET", "/desk/assessors/{ref}/doctors/{doctor}/licences/new", licence_form, "assessor.write",
	 "A licence of an assessor"},
	{"POST", "/desk/assessors/{ref}/doctors/{doctor}/licences/new", licence_post, "assessor.write",
	 "License an assessor"},
	{"GET", "/desk/assessors/{ref}/licences/{id}/end", end_form, "assessor.write",
	 "Before a licence ends"},
	{"POST", "/desk/assessors/{ref}/licences/{id}/end", end_post, "assessor.write", "End a licence"},
	{"GET", "/desk/trainings", trainings_get, "assessor.read", "Trainings of assessors"},
	{"GET", "/desk/trainings/new", training_form, "assessor.write", "A training of assessors"},
	{"POST", "/desk/trainings/new", training_post, "assessor.write", "Register a training"},
	{"POST", "/desk/trainings/{ref}/close", training_close_post, "assessor.write",
	 "A training that was entered by mistake"},
	{0},
};
