/* schedule.c - occasions: the list, new ones, one with who is expected, assessors by lot. */
#include "app/schedule/schedule.h"

#include <stdlib.h>

#include "app/kase/kase.h"
#include "app/region/region.h"
#include "io/crypto.h"
#include "locale/msg_ids.h"
#include "web/admin/sheet.h"
#include "web/ask_place.h"
#include "web/assess/assess.h"
#include "web/assess/fields.h"
#include "web/kases.h"
#include "web/occasion.h"

enum {
	DAYS_BACK = 14, /* for who says afterwards who came */
	ROWS = 200,
	WEEKDAYS = 7,
	WEEKS = 5,
	SEED_BITS = 31,
};

/* ---- the list ---- */

static str
state_of(const web_req *rq, const occasion_view *o, str *colour)
{
	str today = date_str(rq->a, date_of_instant(rq->now));

	*colour = STR("grey");
	if (o->cancelled.n)
		return desk_words(rq, MSG_SCHEDULE_CANCELLED);
	if (str_cmp(o->day, today) < 0)
		return desk_words(rq, MSG_SCHEDULE_PAST);
	*colour = o->taken >= o->capacity ? STR("orange") : STR("green");
	return desk_words(rq, o->taken >= o->capacity ? MSG_SCHEDULE_FULL_TAG : MSG_SCHEDULE_FREE);
}

static str
taken_words(const web_req *rq, const occasion_view *o)
{
	return str_fmt(rq->a, "%lld / %lld", (long long)o->taken, (long long)o->capacity);
}

static str
occasion_href(const web_req *rq, const occasion_view *o, const char *more)
{
	return str_fmt(rq->a, "/desk/schedule/%.*s%s", STR_ARG(sheet_ref(rq, o->tenant, o->id)), more);
}

/* A hospital sees its own days, who reads several institutions all of theirs. */
static bool
sees(const web_req *rq, const institution *i)
{
	const actor *who = house_actor(rq);
	bool own = who->tenant == i->tenant && who->office == i->id;

	return own || !perms_has(&who->perms, PERM_ASSESSMENT_RECORD);
}

typedef struct schedule_row {
	occasion_view o;
	str office;
} schedule_row;

typedef VEC(schedule_row) schedule_rows;

/* The days of all institutions together, by day. */
static int
by_day(const void *a, const void *b)
{
	const occasion_view *x = &((const schedule_row *)a)->o, *y = &((const schedule_row *)b)->o;
	int c = str_cmp(x->day, y->day);

	if (c == 0)
		c = str_cmp(x->begins, y->begins);
	return c ? c : (x->id > y->id) - (x->id < y->id);
}

static rc
add_rows(web_req *rq, db *d, const institution *i, schedule_rows *to)
{
	str from = date_str(rq->a, date_of_instant(rq->now) - DAYS_BACK);
	occasions all;

	TRY(occasion_list(d, rq->a, rq->fault, i->tenant, i->id, from, ROWS, &all));
	for (size_t k = 0; k < all.n; k++)
		*vec_add(rq->a, to) = (schedule_row){all.v[k], i->name};
	return RC_OK;
}

static tpl_list_schedule_line
lines_of(web_req *rq, const schedule_rows *rows)
{
	struct tpl_schedule_line *v = arena_array(rq->a, struct tpl_schedule_line, rows->n);

	for (size_t k = 0; k < rows->n; k++) {
		const occasion_view *o = &rows->v[k].o;
		v[k] = (struct tpl_schedule_line){.href = occasion_href(rq, o, ""),
						  .time = occasion_time(rq, o->day, o->begins, o->ends),
						  .office = rows->v[k].office,
						  .kind = occasion_kind_words(rq, o->kind),
						  .place = o->place,
						  .categories = categories_words(rq, o->categories),
						  .taken = taken_words(rq, o)};
		v[k].state = state_of(rq, o, &v[k].colour);
	}
	return (tpl_list_schedule_line){v, rows->n};
}

static str
said_before(const web_req *rq)
{
	static const struct {
		const char *what;
		int words;
	} row[] = {{"planned", MSG_SCHEDULE_SAVED_PLANNED},
		   {"cancelled", MSG_SCHEDULE_SAVED_CANCELLED},
		   {"told", MSG_SCHEDULE_SAVED_TOLD},
		   {"drawn", MSG_SCHEDULE_SAVED_DRAWN}};
	str done = web_query(rq, STR("done"));

	for (size_t i = 0; i < LEN(row); i++)
		if (str_eq(done, str_of(row[i].what)))
			return desk_words(rq, row[i].words);
	return STR("");
}

static rc
schedule_get(web_req *rq)
{
	static const int heads[] = {MSG_SCHEDULE_TIME_LABEL,  MSG_ASSESS_INSTITUTION, MSG_SCHEDULE_KIND,
				    MSG_SCHEDULE_PLACE_LABEL, MSG_ASSESS_CATEGORIES,  MSG_SCHEDULE_TAKEN};
	schedule_rows rows = {0};
	institutions all;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(institution_list(d, rq->a, rq->fault, house_actor(rq), &all));
	for (size_t i = 0; i < all.n; i++)
		if (sees(rq, &all.v[i]))
			TRY(add_rows(rq, d, &all.v[i], &rows));
	if (rows.n)
		qsort(rows.v, rows.n, sizeof *rows.v, by_day);
	struct tpl_schedule page = {.saved = said_before(rq),
				    .columns = desk_columns(rq, heads, LEN(heads)),
				    .rows = lines_of(rq, &rows)};
	if (may(house_actor(rq), PERM_SCHEDULE_WRITE, REGION_NONE))
		page.add = STR("/desk/schedule/new");
	tpl_schedule(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- new ones ---- */

typedef struct planning {
	form f;
	institutions all; /* for which he may plan */
	occasion_plan in;
	occasion_planned out;
} planning;

static rc
institutions_planned(web_req *rq, planning *k)
{
	institutions all;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(institution_list(d, rq->a, rq->fault, house_actor(rq), &all));
	for (size_t i = 0; i < all.n; i++)
		if (schedule_writes(house_actor(rq), all.v[i].tenant, all.v[i].id, all.v[i].region))
			*vec_add(rq->a, &k->all) = all.v[i];
	return k->all.n ? RC_OK : RC_NOT_FOUND;
}

static void
put_boxes(const fields *x, const char *name, int label, int hint, const int *words, size_t n)
{
	struct tpl_choice *v = arena_array(x->rq->a, struct tpl_choice, n);

	for (size_t i = 0; i < n; i++) {
		str code = str_fmt(x->rq->a, "%zu", i + 1);
		bool typed = false;
		for (size_t k = 0; k < x->f->in->n; k++)
			typed = typed || (str_eq(x->f->in->v[k].name, str_of(name)) &&
					  str_eq(x->f->in->v[k].value, code));
		v[i] = (struct tpl_choice){
			.value = code, .label = desk_words(x->rq, words[i]), .checked = typed};
	}
	tpl_checkboxes(web_html(x->rq), &(struct tpl_checkboxes){.name = str_of(name),
								 .legend = desk_words(x->rq, label),
								 .hint = desk_words(x->rq, hint),
								 .choices = {v, n}});
}

/* The divisions round the institutions: the county, or one of its townships. */
static rc
place_choices(web_req *rq, const planning *k, desk_choices *v)
{
	str picked = form_typed(&k->f, STR("region"));
	int64_t before = -1;
	db *d = NULL;

	TRY(house_read(rq, &d));
	for (size_t i = 0; i < k->all.n; i++) {
		int64_t own = k->all.v[i].region;
		region_list towns;
		if (own == before)
			continue;
		before = own;
		desk_choice_add(rq, v, str_fmt(rq->a, "%lld", (long long)own), ask_place_path(rq, own),
				picked);
		const region_page p = {.parent = own, .day = date_of_instant(rq->now), .max = 200};
		TRY(region_children(d, rq->a, rq->fault, &p, &towns));
		for (size_t n = 0; n < towns.n; n++)
			desk_choice_add(rq, v, str_fmt(rq->a, "%lld", (long long)towns.v[n].code),
					towns.v[n].name, picked);
	}
	return RC_OK;
}

static const int weekday_words[] = {MSG_SCHEDULE_WEEKDAY_1, MSG_SCHEDULE_WEEKDAY_2, MSG_SCHEDULE_WEEKDAY_3,
				    MSG_SCHEDULE_WEEKDAY_4, MSG_SCHEDULE_WEEKDAY_5, MSG_SCHEDULE_WEEKDAY_6,
				    MSG_SCHEDULE_WEEKDAY_7};
static const int week_words[] = {MSG_SCHEDULE_WEEK_1, MSG_SCHEDULE_WEEK_2, MSG_SCHEDULE_WEEK_3,
				 MSG_SCHEDULE_WEEK_4, MSG_SCHEDULE_WEEK_5};
static const str kind_codes[] = {STR("1"), STR("2"), STR("3")};

static rc
show_new(web_req *rq, const planning *k)
{
	desk_choices offices = {0}, kinds = {0}, places = {0};
	const form *f = &k->f;

	for (size_t i = 0; i < k->all.n; i++)
		desk_choice_add(rq, &offices, sheet_ref(rq, k->all.v[i].tenant, k->all.v[i].id),
				k->all.v[i].name, form_typed(f, STR("office")));
	for (size_t i = 0; i < LEN(kind_codes); i++)
		desk_choice_add(rq, &kinds, kind_codes[i], occasion_kind_words(rq, (occasion_kind)(i + 1)),
				form_typed(f, STR("kind")));
	TRY(place_choices(rq, k, &places));
	fields x = fields_begin(rq, f);
	put_select(&x, "office", MSG_ASSESS_INSTITUTION, 0, &offices);
	put_select(&x, "kind", MSG_SCHEDULE_KIND, 0, &kinds);
	put_day(&x, "from", MSG_SCHEDULE_FIRST_DAY, 0, DATE_NONE);
	put_day(&x, "until", MSG_SCHEDULE_LAST_DAY, MSG_SCHEDULE_LAST_DAY_HINT, DATE_NONE);
	put_boxes(&x, "weekdays", MSG_SCHEDULE_WEEKDAYS, MSG_SCHEDULE_WEEKDAYS_HINT, weekday_words, WEEKDAYS);
	put_boxes(&x, "weeks", MSG_SCHEDULE_WEEKS, MSG_SCHEDULE_WEEKS_HINT, week_words, WEEKS);
	put_number(&x, "begins", MSG_SCHEDULE_BEGINS, MSG_SCHEDULE_TIME_HINT, 5, STR("08:30"));
	put_number(&x, "ends", MSG_SCHEDULE_ENDS, 0, 5, STR("11:30"));
	put_select(&x, "region", MSG_SCHEDULE_REGION_LABEL, MSG_SCHEDULE_REGION_HINT, &places);
	put_text(&x, "place", MSG_SCHEDULE_PLACE_LABEL, MSG_SCHEDULE_PLACE_HINT, 30);
	put_categories(&x, MSG_ASSESS_CATEGORIES, -1);
	put_number(&x, "capacity", MSG_SCHEDULE_CAPACITY_LABEL, 0, 4, STR(""));
	return fields_page(rq, f, MSG_SCHEDULE_NEW, STR(""), (str){0}, STR("/desk/schedule/new"),
			   STR("/desk/schedule"), fields_end(&x));
}

static rc
new_get(web_req *rq)
{
	planning k = {.f = sheet_form(rq)};

	TRY(institutions_planned(rq, &k));
	return show_new(rq, &k);
}

static unsigned
ticked(web_req *rq, form *f, const char *name, int label, size_t n)
{
	str codes[WEEKDAYS];

	for (size_t i = 0; i < n; i++)
		codes[i] = str_fmt(rq->a, "%zu", i + 1);
	form_field q = {.name = str_of(name), .label = desk_words(rq, label), .optional = true};
	return (unsigned)(form_ticks(f, q, codes, n) << 1);
}

static void
read_office(web_req *rq, planning *k)
{
	str *refs = arena_array(rq->a, str, k->all.n);

	for (size_t i = 0; i < k->all.n; i++)
		refs[i] = sheet_ref(rq, k->all.v[i].tenant, k->all.v[i].id);
	int n = form_choice(&k->f, FIELD("office", desk_words(rq, MSG_ASSESS_INSTITUTION)), refs, k->all.n);
	if (n == FORM_NONE)
		return;
	k->in.tenant = k->all.v[n].tenant;
	k->in.office = k->all.v[n].id;
}

/* One of the places of the page. */
static rc
read_region(web_req *rq, planning *k)
{
	desk_choices v = {0};

	TRY(place_choices(rq, k, &v));
	str *codes = arena_array(rq->a, str, v.n);
	for (size_t i = 0; i < v.n; i++)
		codes[i] = v.v[i].value;
	int n = form_choice(&k->f, FIELD("region", desk_words(rq, MSG_SCHEDULE_REGION_LABEL)), codes, v.n);
	if (n != FORM_NONE && !str_to_i64(codes[n], &k->in.region))
		return RC_NOT_FOUND;
	return RC_OK;
}

static rc
read_plan(web_req *rq, planning *k)
{
	const kase_house *h = NULL;
	form *f = &k->f;

	k->in.by = house_actor(rq);
	read_office(rq, k);
	int kind =
		form_choice(f, FIELD("kind", desk_words(rq, MSG_SCHEDULE_KIND)), kind_codes, LEN(kind_codes));
	k->in.kind = (occasion_kind)(kind + 1);
	k->in.from = form_date(f, FIELD("from", desk_words(rq, MSG_SCHEDULE_FIRST_DAY)));
	k->in.until = form_date(f, OPTIONAL("until", desk_words(rq, MSG_SCHEDULE_LAST_DAY)));
	if (k->in.until == DATE_NONE)
		k->in.until = k->in.from;
	k->in.weekdays = ticked(rq, f, "weekdays", MSG_SCHEDULE_WEEKDAYS, WEEKDAYS);
	k->in.weeks = ticked(rq, f, "weeks", MSG_SCHEDULE_WEEKS, WEEKS);
	k->in.begins = form_text(f, FIELD("begins", desk_words(rq, MSG_SCHEDULE_BEGINS)), 5);
	k->in.ends = form_text(f, FIELD("ends", desk_words(rq, MSG_SCHEDULE_ENDS)), 5);
	TRY(read_region(rq, k));
	k->in.place =
		form_text(f, FIELD("place", desk_words(rq, MSG_SCHEDULE_PLACE_LABEL)), SCHEDULE_PLACE_MAX);
	k->in.categories = read_categories(rq, f, MSG_ASSESS_CATEGORIES);
	k->in.capacity = form_int(f, FIELD("capacity", desk_words(rq, MSG_SCHEDULE_CAPACITY_LABEL)), 1,
				  SCHEDULE_CAPACITY_MAX);
	TRY(kases_of(rq, &h));
	k->in.calendar = h->calendar;
	return RC_OK;
}

static rc
planned(web_req *rq)
{
	planning *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_LIMIT) {
		fault_copy(form_wrong(&k->f), rq->fault);
		fault_clear(rq->fault);
		return show_new(rq, k);
	}
	if (sheet_refused(rq, &k->f, r))
		return show_new(rq, k);
	TRY(r);
	return web_see(rq, STR("/desk/schedule?done=planned"));
}

static rc
new_post(web_req *rq)
{
	planning *k = arena_new(rq->a, planning);

	k->f = sheet_form(rq);
	TRY(institutions_planned(rq, k));
	TRY(read_plan(rq, k));
	if (!form_ok(&k->f))
		return show_new(rq, k);
	rq->work = k;
	return house_write(
		rq, &(house_command){.fn = occasion_plan_run, .in = &k->in, .out = &k->out, .then = planned});
}

/* ---- one ---- */

typedef struct one {
	form f;
	institution at;
	occasion_view o;
	appointments guests;
	appointment_end told;
	draw_new draw;
	occasion_end end;
	bool writes;
} one;

static rc
this_one(web_req *rq, one *k)
{
	int64_t owner = 0, id = 0;
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(web_param_ref(rq, STR("ref"), &owner, &id));
	TRY(house_read(rq, &d));
	TRY(occasion_read(d, rq->a, rq->fault, house_actor(rq), owner, id, &k->at, &k->o));
	if (!sees(rq, &k->at))
		return RC_NOT_FOUND;
	k->f = sheet_form(rq);
	k->writes = schedule_writes(house_actor(rq), k->at.tenant, k->at.id, k->at.region);
	return RC_OK;
}

static tpl_list_answer
answers_of(web_req *rq, const one *k)
{
	struct tpl_answer *v = arena_array(rq->a, struct tpl_answer, 6);
	const occasion_view *o = &k->o;
	size_t n = 0;

	v[n++] = (struct tpl_answer){.key = desk_words(rq, MSG_SCHEDULE_KIND),
				     .value = occasion_kind_words(rq, o->kind)};
	v[n++] = (struct tpl_answer){.key = desk_words(rq, MSG_SCHEDULE_PLACE_LABEL), .value = o->place};
	v[n++] = (struct tpl_answer){.key = desk_words(rq, MSG_SCHEDULE_REGION_LABEL),
				     .value = ask_place_path(rq, o->region)};
	v[n++] = (struct tpl_answer){.key = desk_words(rq, MSG_ASSESS_CATEGORIES),
				     .value = categories_words(rq, o->categories)};
	v[n++] = (struct tpl_answer){.key = desk_words(rq, MSG_SCHEDULE_TAKEN), .value = taken_words(rq, o)};
	if (o->cancelled.n)
		v[n++] = (struct tpl_answer){.key = desk_words(rq, MSG_SCHEDULE_CANCELLED),
					     .value = o->cancelled};
	return (tpl_list_answer){v, n};
}

static tpl_list_schedule_guest
guests_of(web_req *rq, const one *k)
{
	struct tpl_schedule_guest *v = arena_array(rq->a, struct tpl_schedule_guest, k->guests.n);
	size_t n = 0;
	str today = date_str(rq->a, date_of_instant(rq->now));

	for (size_t i = 0; i < k->guests.n; i++) {
		const appointment_view *a = &k->guests.v[i];
		bool open = a->outcome.n == 0, came = str_eq(a->outcome, STR("came"));
		if (str_eq(a->outcome, STR("moved"))) /* stands where it went */
			continue;
		v[n++] = (struct tpl_schedule_guest){.id = a->id,
						     .href = str_cat(rq->a, STR("/desk/cases/"), a->number),
						     .name = a->name,
						     .number = a->number,
						     .place = ask_place_path(rq, a->region),
						     .times = a->n,
						     .needs = needs_words(rq, a->needs),
						     .state = open && !a->here
								      ? desk_words(rq, MSG_SCHEDULE_GONE)
								      : outcome_words(rq, a->outcome),
						     .colour = open && a->here ? STR("blue")
							       : came          ? STR("green")
									       : STR("grey"),
						     .open = open,
						     .past = str_cmp(k->o.day, today) <= 0};
	}
	return (tpl_list_schedule_guest){v, n};
}

static str
joined(web_req *rq, const str *v, size_t n)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%.*s", i == 0 ? "" : "、", STR_ARG(v[i]));
	return buf_str(&b);
}

static rc
draws_of_page(web_req *rq, const one *k, tpl_list_schedule_draw *out)
{
	draws all;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(draws_read(d, rq->a, rq->fault, &k->o, &k->at, &all));
	struct tpl_schedule_draw *v = arena_array(rq->a, struct tpl_schedule_draw, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const draw_view *x = &all.v[i];
		v[i] = (struct tpl_schedule_draw){.when = str_fmt(rq->a, "%.*s %.*s",
								  STR_ARG(instant_str(rq->a, x->made, false)),
								  STR_ARG(x->by)),
						  .seed = x->seed,
						  .pool = joined(rq, x->pool.v, x->pool.n),
						  .drawn = joined(rq, x->drawn.v, x->drawn.n),
						  .good = x->proved};
	}
	*out = (tpl_list_schedule_draw){v, all.n};
	return RC_OK;
}

static rc
show_one(web_req *rq)
{
	static const int heads[] = {MSG_TASKS_NAME,     MSG_TASKS_NUMBER,   MSG_TASKS_VILLAGE,
				    MSG_SCHEDULE_NEEDS, MSG_SCHEDULE_STATE, MSG_SCHEDULE_TELL};
	const one *k = rq->work;
	tpl_list_field_error errors = desk_errors(rq, &k->f);
	str today = date_str(rq->a, date_of_instant(rq->now));
	struct tpl_schedule_occasion page = {
		.title = occasion_time(rq, k->o.day, k->o.begins, k->o.ends),
		.caption = k->at.name,
		.saved = said_before(rq),
		.bad = errors.n > 0,
		.errors = errors,
		.answers = answers_of(rq, k),
		.columns = desk_columns(rq, heads, LEN(heads) - (k->writes ? 0 : 1)),
		.guests = guests_of(rq, k),
		.outcomes = occasion_href(rq, &k->o, "/appointments"),
		.writes = k->writes && !k->o.cancelled.n,
		.draw = occasion_href(rq, &k->o, "/draws"),
		.n = form_typed(&k->f, STR("n")),
		.wrong = desk_wrong(rq, &k->f, "n")};

	TRY(draws_of_page(rq, k, &page.draws));
	if (page.writes && str_cmp(k->o.day, today) >= 0)
		page.cancel = occasion_href(rq, &k->o, "/cancel");
	tpl_schedule_occasion(web_html(rq), &page);
	return web_page(rq, errors.n ? 422 : 200);
}

/* The list of who is expected is a look at each of them. */
static rc
look_and_show(web_req *rq, one *k)
{
	static const person_refs nobody = {0};
	look_cases *cases = arena_new(rq->a, look_cases);
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(appointments_read(d, rq->a, rq->fault, &k->o, &k->guests));
	for (size_t i = 0; i < k->guests.n; i++)
		*vec_add(rq->a, cases) = (look_case){k->guests.v[i].kase_tenant, k->guests.v[i].kase,
						     k->guests.v[i].person_tenant, k->guests.v[i].person};
	rq->work = k;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &nobody,
				  .cases = cases,
				  .what = STR("by=schedule"),
				  .purpose = STR("1")},
			  show_one);
}

static rc
one_get(web_req *rq)
{
	one *k = arena_new(rq->a, one);

	TRY(this_one(rq, k));
	return look_and_show(rq, k);
}

static rc
written(web_req *rq, const char *done)
{
	one *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &k->f, r))
		return look_and_show(rq, k);
	TRY(r);
	return web_see(rq,
		       occasion_href(rq, &k->o, cstr(rq->a, str_cat(rq->a, STR("?done="), str_of(done)))));
}

static rc
told(web_req *rq)
{
	return written(rq, "told");
}

static rc
drawn(web_req *rq)
{
	return written(rq, "drawn");
}

/* To who may not write there the post is not there either; the command says so once more. */
static rc
this_written(web_req *rq, one **out)
{
	one *k = arena_new(rq->a, one);

	TRY(this_one(rq, k));
	rq->work = *out = k;
	return k->writes ? RC_OK : RC_NOT_FOUND;
}

static rc
outcome_post(web_req *rq)
{
	one *k = NULL;

	TRY(this_written(rq, &k));
	k->told = (appointment_end){
		.by = house_actor(rq), .tenant = k->o.tenant, .outcome = form_typed(&k->f, STR("outcome"))};
	if (!str_to_i64(form_typed(&k->f, STR("appointment")), &k->told.id))
		return RC_NOT_FOUND;
	return house_write(rq, &(house_command){.fn = appointment_close, .in = &k->told, .then = told});
}

static rc
draw_post(web_req *rq)
{
	uint32_t seed = 0;
	one *k = NULL;

	TRY(this_written(rq, &k));
	int64_t n = form_int(&k->f, FIELD("n", desk_words(rq, MSG_SCHEDULE_DRAW_N)), 1, 100);
	if (!form_ok(&k->f))
		return look_and_show(rq, k);
	crypto_random(&seed, sizeof seed);
	k->draw = (draw_new){.by = house_actor(rq),
			     .tenant = k->o.tenant,
			     .occasion = k->o.id,
			     .seed = seed >> (32 - SEED_BITS),
			     .n = n};
	return house_write(rq, &(house_command){.fn = draw_make, .in = &k->draw, .then = drawn});
}

/* ---- cancelling ---- */

static rc
show_cancel(web_req *rq, one *k)
{
	fields x = fields_begin(rq, &k->f);

	put_text(&x, "reason", MSG_SCHEDULE_CANCEL_WHY, MSG_SCHEDULE_CANCEL_HINT, 0);
	return fields_page(rq, &k->f, MSG_SCHEDULE_CANCEL, k->at.name,
			   occasion_time(rq, k->o.day, k->o.begins, k->o.ends),
			   occasion_href(rq, &k->o, "/cancel"), occasion_href(rq, &k->o, ""), fields_end(&x));
}

static rc
cancel_get(web_req *rq)
{
	one *k = NULL;

	TRY(this_written(rq, &k));
	return show_cancel(rq, k);
}

static rc
cancelled(web_req *rq)
{
	one *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (sheet_refused(rq, &k->f, r))
		return show_cancel(rq, k);
	TRY(r);
	return web_see(rq, STR("/desk/schedule?done=cancelled"));
}

static rc
cancel_post(web_req *rq)
{
	one *k = NULL;

	TRY(this_written(rq, &k));
	k->end = (occasion_end){.by = house_actor(rq), .tenant = k->o.tenant, .id = k->o.id};
	k->end.reason = form_text(&k->f, FIELD("reason", desk_words(rq, MSG_SCHEDULE_CANCEL_WHY)),
				  SCHEDULE_REASON_MAX);
	if (!form_ok(&k->f))
		return show_cancel(rq, k);
	return house_write(rq, &(house_command){.fn = occasion_cancel, .in = &k->end, .then = cancelled});
}

const web_route schedule_routes[] = {
	{"GET", "/desk/schedule", schedule_get, "schedule.read", "Where and when is assessed"},
	{"GET", "/desk/schedule/new", new_get, "schedule.write", "New days of assessment"},
	{"POST", "/desk/schedule/new", new_post, "schedule.write", "Plan days of assessment"},
	{"GET", "/desk/schedule/{ref}", one_get, "schedule.read",
	 "An occasion with who is expected and who was drawn"},
	{"POST", "/desk/schedule/{ref}/appointments", outcome_post, "schedule.write", "Say who came"},
	{"POST", "/desk/schedule/{ref}/draws", draw_post, "schedule.write", "Draw assessors by lot"},
	{"GET", "/desk/schedule/{ref}/cancel", cancel_get, "schedule.write",
	 "Before an occasion is cancelled"},
	{"POST", "/desk/schedule/{ref}/cancel", cancel_post, "schedule.write", "Cancel an occasion"},
	{0},
};
