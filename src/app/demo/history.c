/* history.c - see history.h. Each case goes along its path: on the day that its next move is due, whoever may
 * do it does it, and answers what the program says is missing. */
#include "app/demo/history.h"

#include "app/calendar/calendar.h"
#include "app/kase/held.h"
#include "base/check.h"
#include "base/date.h"
#include "base/rng.h"

enum {
	STREAM_CASE = 4,
	APPLICANTS = 1 << 20, /* their indices begin above those of the people */
	TRIES = 8,            /* how often one answers what is missing */
	SAID_MAX = 200,
	RANDOM = 5,
	OPENS_MIN = 510, /* minutes of the day: 8:30 to 17:30 */
	CLOSES_MIN = 1050,
	PAPER_LATER_DAYS = 20,
};

static const int64_t MINUTE = 60000;

/* One application on its way. */
typedef struct life {
	const story *s;
	const story_path *path;
	const story_who *who;
	const cast_county *county;
	rng r;
	person_in person;
	int64_t id;
	cast_officer *filer;
	cast_officer *last; /* who acted last */
	size_t next;
	int32_t day;
	bool begun;
} life;

typedef struct play {
	maker *m;
	const kase_house *house;
	const calendar *days;
	arena *own; /* of the move that is being made */
	VEC(life) lives;
} play;

/* ---- what goes wrong ---- */

static str
path_name(const life *l)
{
	return l->path->id;
}

/* The fault of a command, with the story that it came from. */
static rc
refused(play *p, const life *l, str what)
{
	fault why;

	fault_copy(&why, p->m->f);
	return FAIL(p->m->f, RC_INVALID, "demo.refused", FA_STR("file", l->s->file),
		    FA_STR("path", path_name(l)), FA_STR("what", what),
		    FA_STR("why", fault_print(p->own, &why)));
}

/* ---- answers ---- */

static int64_t
within(rng *r, story_range range)
{
	return range.lo + (int64_t)rng_below(r, (uint64_t)(range.hi - range.lo + 1));
}

static str
number_text(arena *a, int64_t n)
{
	return str_fmt(a, "%lld", (long long)n);
}

static const story_say *
find_say(story_says says, str id)
{
	for (size_t i = 0; i < says.n; i++)
		if (str_eq(says.v[i].field, id))
			return &says.v[i];
	return NULL;
}

static str
draw_say(play *p, life *l, const story_say *s)
{
	switch (s->kind) {
	case STORY_TEXT:
		return s->text[rng_below(&l->r, s->n)];
	case STORY_DAY:
		return date_str(p->own, date_of_instant(p->m->now) + (int32_t)s->lo);
	case STORY_NAME:
		return demo_name(&p->m->people, p->own, APPLICANTS + rng_below(&l->r, APPLICANTS),
				 rng_chance(&l->r, 1, 2));
	case STORY_NUMBER:
		break;
	}
	return number_text(p->own, within(&l->r, (story_range){s->lo, s->hi}));
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

/* What the story, or else the person, says; empty: nothing. */
static str
told(play *p, life *l, const story_move *m, const field *x)
{
	const story_says from[] = {m ? m->say : (story_says){0}, l->who->say, l->s->say};

	for (size_t i = 0; i < LEN(from); i++) {
		const story_say *s = find_say(from[i], x->id);
		if (s)
			return draw_say(p, l, s);
	}
	return own_answer(p, l, x);
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

/* Answers to be sent; a field stands in them once. */
typedef struct said {
	kase_said v[SAID_MAX];
	size_t n;
} said;

static void
say(said *to, str id, str raw)
{
	for (size_t i = 0; i < to->n; i++)
		if (str_eq(to->v[i].field, id))
			return;
	if (raw.n && to->n < SAID_MAX)
		to->v[to->n++] = (kase_said){id, raw};
}

/* Is the problem this one?  Then `about` is a field or a paper. */
static bool
is(const kase_problem *x, const char *id)
{
	return strcmp(x->why->id, id) == 0;
}

/* Adds an answer for each that is missing; false: nothing of it can be answered. */
static bool
say_missing(play *p, life *l, const story_move *m, const kase_problems *problems, said *to)
{
	size_t before = to->n;

	for (size_t i = 0; i < problems->n; i++) {
		const field *x = field_find(p->house->fields, problems->v[i].about);
		if (!x || !is(&problems->v[i], "kase.answer_missing"))
			continue;
		str raw = told(p, l, m, x);
		say(to, x->id, raw.n ? raw : any_answer(p, l, x));
	}
	return to->n > before;
}

/* ---- counting ---- */

static void
count(maker *m, str id, str stage, str done)
{
	demo_made *out = m->out;

	for (size_t i = 0; i < out->stages.n; i++) {
		demo_stage *x = &out->stages.v[i];
		if (str_eq(x->service, id) && str_eq(x->stage, stage) && str_eq(x->act, done)) {
			x->n++;
			return;
		}
	}
	*vec_add(m->kept, &out->stages) = (demo_stage){.service = str_dup(m->kept, id),
						       .stage = str_dup(m->kept, stage),
						       .act = str_dup(m->kept, done),
						       .n = 1};
}

/* ---- one command ---- */

/* The clock goes on with each of them: a minute or two, as long as the office is open. */
static rc
run(play *p, life *l, store_fn *fn, const void *in, void *out)
{
	int64_t closes = date_start_instant(date_of_instant(p->m->now)) + CLOSES_MIN * MINUTE;

	if (p->m->now < closes)
		p->m->now += (int64_t)rng_below(&l->r, 100) * 1000;
	return cast_run(p->m, p->own, fn, in, out);
}

static kase_at
at(const play *p, const life *l, const actor *by)
{
	return (kase_at){p->house, by, l->county->at.tenant, l->id};
}

static rc
view(play *p, life *l, kase_view *out)
{
	const kase_ref *ref = NULL;
	const actor *who = NULL;
	db *d = NULL;

	TRY(cast_actor(p->m, l->filer, &who));
	TRY(store_read(p->m->site->store, p->own, p->m->f, &d));
	rc r = kase_see(d, p->own, p->m->f, who, l->county->at.tenant, l->id, &ref);
	if (r == RC_OK)
		r = kase_read(d, p->own, p->m->f, p->house, ref, out);
	store_read_end(p->m->site->store, d);
	return r;
}

static rc
save(play *p, life *l, const actor *by, const said *s)
{
	kase_problems problems = {0};
	const kase_save_in in = {.at = at(p, l, by), .said = s->v, .n = s->n, .problems = &problems};

	rc r = run(p, l, kase_save, &in, NULL);
	if (r != RC_OK && problems.n)
		fault_copy(p->m->f, problems.v[0].why);
	return r;
}

/* ---- the application ---- */

/* Somebody of the county who holds the role; NULL: nobody does. */
static cast_officer *
officer_of(play *p, life *l, const role *r)
{
	const maker *m = p->m;
	size_t from = rng_below(&l->r, m->officers.n);

	for (size_t i = 0; i < m->officers.n; i++) {
		cast_officer *o = m->officers.v[(from + i) % m->officers.n];
		if (o->role == r && o->office->tenant == l->county->at.tenant)
			return o;
	}
	return NULL;
}

/* A village that the officer works for. */
static int64_t
village_of(life *l, const actor *who)
{
	const demo_county *c = &l->county->at;
	size_t from = rng_below(&l->r, c->villages);

	for (size_t i = 0; i < c->villages; i++) {
		int64_t v = c->village[(from + i) % c->villages];
		if (scope_has(&who->scope, v))
			return v;
	}
	return c->village[from];
}

/* A way that is open in this county; l->filer is the officer, NULL when he files it himself. */
static const story_way *
way_of(play *p, life *l)
{
	for (int i = 0; i < TRIES; i++) {
		const story_way *w = &l->s->way[rng_below(&l->r, l->s->nways)];
		l->filer = w->by->own ? NULL : officer_of(p, l, w->by);
		if (l->filer || w->by->own)
			return w;
	}
	return NULL;
}

/* One who was in the register before he came: with a certificate of that status. */
static rc
register_him(play *p, life *l)
{
	maker *m = p->m;
	person_in in = l->person;
	person_new n;
	db *d = NULL;

	in.has_certificate = true;
	in.certificate = (certificate_in){.category = 4,
					  .level = 4,
					  .status = l->who->registered,
					  .generation = 2,
					  .number = str_fmt(p->own, "%.*s44", STR_ARG(in.id_number)),
					  .issued = date_str(p->own, date_of_instant(m->now) - 1500),
					  .expires = date_str(p->own, date_of_instant(m->now) + 2150),
					  .remarks = STR("")};
	TRY(store_read(m->site->store, p->own, m->f, &d));
	rc r = person_prepare(m->site->store, db_sealer(d), p->own, m->f, &in, m->now, &n);
	store_read_end(m->site->store, d);
	TRY(r);
	person_enter e = {.person = &n, .kind = "person.imported"};
	store_command c = {
		.fn = person_enter_run, .in = &e, .a = p->own, .now = m->now, .keys = &n.wrapped, .nkeys = 1};
	return store_write(m->site->store, m->f, &c);
}

static rc
open_draft(play *p, life *l, const story_way *way, const actor *by)
{
	maker *m = p->m;
	kase_new n = {.house = p->house,
		      .by = by,
		      .service = l->s->service,
		      .tenant = l->county->at.tenant,
		      .region = l->person.place[0].region,
		      .as = l->who->as,
		      .channel = way->channel,
		      .id_number = l->person.id_number};
	db *d = NULL;

	TRY(store_read(m->site->store, p->own, m->f, &d));
	rc r = kase_prepare(m->site->store, d, p->own, m->f, m->now, &n);
	store_read_end(m->site->store, d);
	TRY(r);
	store_command c = {.fn = kase_open, .in = &n, .a = p->own, .now = m->now};
	if (n.new_key) {
		c.keys = &n.wrapped;
		c.nkeys = 1;
	}
	l->id = n.id;
	return store_write(m->site->store, m->f, &c);
}

/* What every applicant is asked and this one has an answer to. */
static rc
fill_in(play *p, life *l, const service *s, const actor *by)
{
	said *first = arena_new(p->own, said);

	for (size_t i = 0; i < s->nsections; i++)
		for (size_t k = 0; k < s->section[i].n && !s->section[i].when; k++) {
			const service_question *q = &s->section[i].q[k];
			if (!q->when)
				say(first, q->field->id, told(p, l, NULL, q->field));
		}
	return save(p, l, by, first);
}

static str
paper_state_of(life *l, const service_paper *paper, const story_papers *wanted)
{
	const unsigned plain = paper->accepts & ~(unsigned)PAPER_LATER;

	for (size_t i = 0; wanted && i < wanted->n; i++)
		if (str_eq(wanted->v[i].paper, paper->id))
			return wanted->v[i].state;
	for (size_t i = rng_below(&l->r, PAPER_STATES);; i = (i + 1) % PAPER_STATES)
		if ((plain ? plain : paper->accepts) >> i & 1)
			return paper_state_names[i];
}

static rc
bring(play *p, life *l, const service *s, str paper, const story_papers *wanted, const actor *by)
{
	const service_paper *x = service_paper_find(s, paper);
	kase_paper_in in = {.at = at(p, l, by), .paper = paper, .state = STR("")};

	if (x)
		in.state = paper_state_of(l, x, wanted);
	in.due = date_of_instant(p->m->now) + PAPER_LATER_DAYS;
	return run(p, l, kase_add_paper, &in, NULL);
}

/* Drawn from the seed, not by kase_draw: the same numbers each time. */
static str
five(play *p, life *l)
{
	char text[RANDOM];

	for (size_t i = 0; i < RANDOM; i++)
		text[i] = check31_alphabet[rng_below(&l->r, 31)];
	return str_dup(p->own, (str){text, RANDOM});
}

static rc
bring_missing(play *p, life *l, const service *s, const kase_problems *problems, const actor *by)
{
	for (size_t i = 0; i < problems->n; i++)
		if (is(&problems->v[i], "kase.paper_missing"))
			TRY(bring(p, l, s, problems->v[i].about, &l->path->papers, by));
	return RC_OK;
}

static rc
submit(play *p, life *l, const service *s, const actor *by)
{
	rc r = RC_OK;

	for (int i = 0; i < TRIES; i++) {
		kase_problems problems = {0};
		const kase_submit_in in = {.at = at(p, l, by), .random = five(p, l), .problems = &problems};
		said *more = arena_new(p->own, said);
		str number;
		r = run(p, l, kase_submit, &in, &number);
		if (r != RC_INVALID)
			return r;
		bool papers = false;
		for (size_t k = 0; k < problems.n; k++)
			papers = papers || is(&problems.v[k], "kase.paper_missing");
		bool answers = say_missing(p, l, NULL, &problems, more);
		if (!papers && !answers) {
			if (problems.n)
				fault_copy(p->m->f, problems.v[0].why);
			return r;
		}
		if (answers)
			TRY(save(p, l, by, more));
		TRY(bring_missing(p, l, s, &problems, by));
	}
	return r;
}

/* Who he is; then who files for him, or he himself by his telephone. */
static rc
come_in(play *p, life *l, const actor **by)
{
	static const actor anywhere = {0};
	demo_wish wish = {.today = date_of_instant(p->m->now),
			  .from = (int32_t)l->who->age.lo,
			  .to = (int32_t)l->who->age.hi};

	*by = &anywhere;
	if (l->filer)
		TRY(cast_actor(p->m, l->filer, by));
	wish.village = village_of(l, *by);
	demo_applicant(&p->m->people, p->m->a, &l->county->at, &wish, APPLICANTS + (uint64_t)(l - p->lives.v),
		       &l->person);
	if (l->filer)
		return RC_OK;
	str phone = l->who->as == ASKS_SELF ? l->person.phone : l->person.guardian.phone;
	TRY(cast_applicant(p->m, p->own, phone, &l->filer));
	return cast_actor(p->m, l->filer, by);
}

static rc
begin(play *p, life *l)
{
	const service *s = kase_service(p->house, l->s->service);
	const story_way *way = way_of(p, l);
	const actor *by = NULL;

	if (!s || !way)
		return FAIL(p->m->f, RC_INVALID, "demo.word", FA_STR("file", l->s->file), FA_INT("line", 1),
			    FA_STR("word", s ? STR("ways") : l->s->service));
	TRY(come_in(p, l, &by));
	if (l->who->registered)
		TRY(register_him(p, l));
	TRY(open_draft(p, l, way, by));
	TRY(fill_in(p, l, s, by));
	l->begun = true;
	return l->path->draft ? RC_OK : submit(p, l, s, by);
}

/* ---- acts ---- */

static bool
has_role(const role *const *v, size_t n, const role *r)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == r)
			return true;
	return false;
}

/* An office whose people could take the step: the preferred one, or the first that is not for something else.
 */
static int64_t
choose_office(const play *p, const life *l, const service_step *step, int64_t not_this)
{
	const maker *m = p->m;
	int64_t first = 0;
	str tail = str_cat(p->own, STR("-"), l->who->prefers);

	for (size_t i = 0; i < m->officers.n; i++) {
		const cast_officer *o = m->officers.v[i];
		if (o->office->tenant != l->county->at.tenant || o->office->id == not_this ||
		    !has_role(step->by, step->nby, o->role))
			continue;
		if (l->who->prefers.n && str_ends(o->office->key, tail))
			return o->office->id;
		first = first ? first : o->office->id;
	}
	return first;
}

typedef struct turn_at {
	kase_view v;
	const service_step *step;
	const kase_turn *turn;
} turn_at;

static rc
look_at(play *p, life *l, turn_at *out)
{
	TRY(view(p, l, &out->v));
	out->step = service_step_find(out->v.service, out->v.step);
	out->turn = NULL;
	for (size_t i = 0; i < out->v.turns.n; i++)
		if (out->v.turns.v[i].n == out->v.turn)
			out->turn = &out->v.turns.v[i];
	return RC_OK;
}

/* What the act asks of everybody; what it asks of some, it says is missing. */
static void
said_with(play *p, life *l, const story_move *m, const turn_at *t, const service_act *act, said *to)
{
	(void)t;
	for (size_t i = 0; i < act->nq; i++)
		if (!act->q[i].when && !act->q[i].optional)
			say(to, act->q[i].field->id, told(p, l, m, act->q[i].field));
}

static str
reason_of(play *p, life *l, const story_move *m)
{
	const story_say *s = find_say(l->s->reasons, m->act);

	return m->reason.n ? m->reason : s ? draw_say(p, l, s) : STR("");
}

/* Somebody else of the same office who may enter what was decided on paper. */
static cast_officer *
enters_sheets(play *p, const cast_officer *decider)
{
	const maker *m = p->m;

	for (size_t i = 0; i < m->officers.n; i++) {
		cast_officer *o = m->officers.v[i];
		if (o->office == decider->office && o != decider &&
		    perms_has(&o->role->perms, PERM_CASE_ACCEPT))
			return o;
	}
	return NULL;
}

static rc
act_by_sheet(play *p, life *l, const kase_act_in *in, const cast_officer *decider)
{
	cast_officer *enters = enters_sheets(p, decider);
	const kase_done on = {.tenant = in->at.tenant, .id = in->at.id, .turn = in->turn};
	kase_batch_in b = {.house = p->house,
			   .on = &on,
			   .n = 1,
			   .act = in->act,
			   .reason = in->reason,
			   .decided_by = decider->account,
			   .now = p->m->now};
	kase_done done;

	(void)l;
	if (!enters)
		return FAIL(p->m->f, RC_DENIED, "kase.sheet");
	TRY(cast_actor(p->m, enters, &b.by));
	TRY(kase_batch(p->m->site->store, p->own, p->m->f, &b, &done));
	if (done.rc != RC_OK)
		fault_copy(p->m->f, done.why);
	return done.rc;
}

/* One officer tries; what is missing is answered, and where several offices could go on one is chosen. */
static rc
act_once(play *p, life *l, const story_move *m, const turn_at *t, const service_act *act, cast_officer *o)
{
	said *answers = arena_new(p->own, said);
	kase_act_in in = {.turn = t->v.turn, .act = act->id, .reason = reason_of(p, l, m)};
	const actor *by = NULL;
	rc r = RC_OK;

	TRY(cast_actor(p->m, o, &by));
	in.at = at(p, l, by);
	if (m->sheet)
		return act_by_sheet(p, l, &in, o);
	const kase_turn_in looked = {.at = in.at, .turn = in.turn};
	TRY(run(p, l, kase_look, &looked, NULL));
	said_with(p, l, m, t, act, answers);
	for (int i = 0; i < TRIES; i++) {
		kase_problems problems = {0};
		int64_t turn = 0;
		in.said = answers->v;
		in.nsaid = answers->n;
		in.problems = &problems;
		r = run(p, l, kase_act, &in, &turn);
		if (r != RC_INVALID)
			return r;
		if (strcmp(p->m->f->id, "kase.office_wanted") == 0 && act->to && !in.office)
			in.office = choose_office(p, l, act->to, 0);
		else if (!say_missing(p, l, m, &problems, answers))
			break;
	}
	return r;
}

static rc
act(play *p, life *l, const story_move *m, const turn_at *t)
{
	const service_act *a = service_act_find(t->step, m->act);
	const maker *k = p->m;
	size_t from = rng_below(&l->r, k->officers.n);
	rc r = FAIL(p->m->f, RC_DENIED, "kase.no_office", FA_STR("step", t->step->name.zh));

	for (size_t i = 0; i < k->officers.n; i++) {
		cast_officer *o = k->officers.v[(from + i) % k->officers.n];
		bool here = o->office->id == t->turn->office && o->office->tenant == t->turn->office_tenant;
		bool may_do = a->nby ? has_role(a->by, a->nby, o->role)
				     : has_role(t->step->by, t->step->nby, o->role);
		if (!here || !may_do)
			continue;
		r = act_once(p, l, m, t, a, o);
		if (r != RC_DENIED) { /* not his: it is left to a colleague */
			l->last = o;
			return r;
		}
	}
	return r;
}

/* ---- what else happens ---- */

/* From the web, by somebody who saw the notice. */
static rc
object(play *p, life *l, const story_move *m)
{
	static const actor nobody = {.kind = ACTOR_NOBODY};
	const story_say *who = find_say(m->say, STR("who")), *phone = find_say(m->say, STR("phone")),
			*text = find_say(m->say, STR("text"));
	const kase_objection_in in = {.house = p->house,
				      .tenant = l->county->at.tenant,
				      .id = l->id,
				      .by = &nobody,
				      .who = who ? draw_say(p, l, who) : STR(""),
				      .phone = phone ? draw_say(p, l, phone) : STR(""),
				      .text = text ? draw_say(p, l, text) : STR("")};

	return run(p, l, kase_object, &in, NULL);
}

static rc
submit_again(play *p, life *l, const story_move *m, const service *s)
{
	const actor *by = NULL;

	TRY(cast_actor(p->m, l->filer, &by));
	for (size_t i = 0; i < m->papers.n; i++)
		TRY(bring(p, l, s, m->papers.v[i].paper, &m->papers, by));
	return submit(p, l, s, by);
}

/* Somebody of the office that has the case, for what is no act: void, hand over. */
static rc
officer_at(play *p, const turn_at *t, perm needs, const actor **out)
{
	const maker *m = p->m;

	for (size_t i = 0; i < m->officers.n; i++) {
		cast_officer *o = m->officers.v[i];
		if (t->turn && o->office->id == t->turn->office &&
		    o->office->tenant == t->turn->office_tenant && perms_has(&o->role->perms, needs) &&
		    has_role(t->step->by, t->step->nby, o->role))
			return cast_actor(p->m, o, out);
	}
	return FAIL(p->m->f, RC_DENIED, "kase.denied");
}

static rc
hand_over(play *p, life *l, const story_move *m, const turn_at *t)
{
	kase_turn_in in = {.turn = t->v.turn, .reason = m->reason};
	const actor *by = NULL;
	int64_t turn = 0;

	TRY(officer_at(p, t, PERM_CASE_READ, &by));
	in.at = at(p, l, by);
	in.office = choose_office(p, l, t->step, t->turn->office);
	return run(p, l, kase_hand_over, &in, &turn);
}

static rc
make_void(play *p, life *l, const story_move *m, const turn_at *t)
{
	kase_turn_in in = {.turn = t->v.turn, .reason = m->reason};
	const actor *by = NULL;
	int64_t again = 0;

	TRY(officer_at(p, t, PERM_CASE_ACCEPT, &by));
	in.at = at(p, l, by);
	TRY(run(p, l, kase_void, &in, &again));
	count(p->m, l->s->service, STR("void"), STR(""));
	l->id = again;
	return RC_OK;
}

static rc
by_officer(play *p, life *l, const story_move *m, const turn_at *t, cast_officer *o, store_fn *fn)
{
	kase_turn_in in = {.turn = t->v.turn, .reason = m->reason};
	const actor *by = NULL;
	int64_t turn = 0;

	TRY(cast_actor(p->m, o, &by));
	in.at = at(p, l, by);
	return run(p, l, fn, &in, &turn);
}

static rc
do_move(play *p, life *l, const story_move *m, const turn_at *t)
{
	switch (m->deed) {
	case DEED_ACT:
		return act(p, l, m, t);
	case DEED_SUBMIT:
		return submit_again(p, l, m, t->v.service);
	case DEED_TAKE_BACK:
		return by_officer(p, l, m, t, l->last ? l->last : l->filer, kase_take_back);
	case DEED_HAND_OVER:
		return hand_over(p, l, m, t);
	case DEED_OBJECT:
		return object(p, l, m);
	case DEED_WITHDRAW:
		return by_officer(p, l, m, t, l->filer, kase_withdraw);
	case DEED_VOID:
		return make_void(p, l, m, t);
	case DEEDS:
		break;
	}
	BUG_ON(true);
}

/* The next move that the case is ready for. An act of a step that was passed over is passed over; an act of a
 * step that is still to come waits. */
static const story_move *
ready(const life *l, const turn_at *t, size_t *at)
{
	for (size_t i = l->next; i < l->path->nmoves; i++) {
		const story_move *m = &l->path->move[i];
		*at = i;
		if (m->deed != DEED_ACT)
			return i == l->next ? m : NULL;
		if (t->step && t->turn && service_act_find(t->step, m->act))
			return m;
	}
	return NULL;
}

/* ---- a day ---- */

static int32_t
later(const play *p, life *l, int32_t day)
{
	if (l->next >= l->path->nmoves)
		return INT32_MAX;
	return calendar_add_working_days(p->days, day, (int32_t)within(&l->r, l->path->move[l->next].after),
					 NULL);
}

/* All that happens to this case on this day. */
static rc
live(play *p, life *l, int32_t day)
{
	while (l->day <= day) {
		const story_move *m = NULL;
		turn_at t;
		size_t done = 0;
		arena_reset(p->own);
		if (!l->begun) {
			if (begin(p, l) != RC_OK)
				return refused(p, l, STR("submit"));
			l->day = later(p, l, day);
			continue;
		}
		TRY(look_at(p, l, &t));
		m = ready(l, &t, &done);
		if (!m)
			return RC_OK;
		if (do_move(p, l, m, &t) != RC_OK)
			return refused(p, l, m->deed == DEED_ACT ? m->act : path_name(l));
		l->next = done + 1;
		l->day = later(p, l, day);
	}
	return RC_OK;
}

/* ---- where it came to ---- */

static str
stage_of(const kase_view *v)
{
	switch (v->state) {
	case KASE_AT_DRAFT:
		return STR("draft");
	case KASE_AT_OFFICE:
		return v->step;
	case KASE_AT_APPLICANT:
		return STR("applicant");
	case KASE_AT_END:
		return v->outcome;
	case KASE_AT_VOID:
		break;
	}
	return STR("void");
}

/* Counts the case as it stands; one that did not come to the end of its path is a fault of the list. */
static rc
settle(play *p, life *l, int32_t today)
{
	turn_at t;

	arena_reset(p->own);
	TRY(look_at(p, l, &t));
	if (l->next < l->path->nmoves)
		return FAIL(p->m->f, RC_INVALID, "demo.stuck", FA_STR("file", l->s->file),
			    FA_INT("line", l->path->move[l->next].line), FA_STR("path", path_name(l)),
			    FA_STR("step", stage_of(&t.v)));
	for (size_t i = 0; i < t.v.turns.n; i++)
		if (t.v.turns.v[i].act.n)
			count(p->m, l->s->service, t.v.turns.v[i].step, t.v.turns.v[i].act);
	count(p->m, l->s->service, stage_of(&t.v), STR(""));
	if (l->filer->role->own && (p->m->out->phone.n == 0 || t.v.state == KASE_AT_APPLICANT))
		p->m->out->phone = str_dup(p->m->kept, l->filer->login);
	if (t.turn && str_cmp(t.turn->due, date_str(p->own, today)) < 0)
		p->m->out->overdue++;
	return RC_OK;
}

static void
list_untold(const play *p, const stories *all)
{
	for (size_t i = 0; i < p->house->nservices; i++) {
		bool told_of = false;
		for (size_t k = 0; k < all->n; k++)
			told_of = told_of || str_eq(all->v[k]->service, p->house->service[i]->id);
		if (!told_of)
			*vec_add(p->m->kept, &p->m->out->untold) =
				str_dup(p->m->kept, p->house->service[i]->id);
	}
}

/* ---- the whole ---- */

int64_t
history_days(const stories *all)
{
	int64_t most = 1;

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->v[i]->npaths; k++)
			most = MAX(most, all->v[i]->path[k].began.hi);
	return most;
}

/* Who will come, and when: one case after another of each path, in each county. */
static void
plan(play *p, const stories *all, int32_t today)
{
	maker *m = p->m;

	for (size_t c = 0; c < m->counties.n; c++)
		for (size_t i = 0; i < all->n; i++)
			for (size_t k = 0; k < all->v[i]->npaths; k++)
				for (int64_t n = 0; n < all->v[i]->path[k].n; n++) {
					const story_path *path = &all->v[i]->path[k];
					life *l = vec_add(m->a, &p->lives);
					*l = (life){
						.s = all->v[i], .path = path, .county = &m->counties.v[c]};
					l->r = (rng){.seed = m->people.seed,
						     .stream =
							     rng_at(m->people.seed, STREAM_CASE, p->lives.n)};
					l->who = path->who[rng_below(&l->r, path->nwho)];
					l->day = calendar_add_working_days(
						p->days, today, -(int32_t)within(&l->r, path->began), NULL);
				}
}

static rc
play_day(play *p, kases *k, int32_t day)
{
	maker *m = p->m;

	m->now = date_start_instant(day) + OPENS_MIN * MINUTE;
	TRY(kases_run_jobs(k, m->site, m->f, m->now, NULL));
	if (!calendar_is_working(p->days, day, NULL))
		return RC_OK;
	for (size_t i = 0; i < p->lives.n; i++)
		TRY(live(p, &p->lives.v[i], day));
	return RC_OK;
}

rc
history_play(maker *m, const stories *all, int64_t today)
{
	play p = {.m = m, .own = arena_open(m->a, 0)};
	kases *k = kases_open(m->a, m->fields, m->ask->roles);
	int32_t last = date_of_instant(today);
	db *d = NULL;

	TRY(store_read(m->site->store, m->a, m->f, &d));
	rc r = kases_hold(k, d, m->a, m->f, &p.house);
	store_read_end(m->site->store, d);
	TRY(r);
	p.days = p.house->calendar;
	plan(&p, all, last);
	for (int32_t day = date_of_instant(m->now); day < last; day++)
		TRY(play_day(&p, k, day));
	for (size_t i = 0; i < p.lives.n; i++)
		TRY(settle(&p, &p.lives.v[i], last));
	list_untold(&p, all);
	m->out->cases = (int64_t)p.lives.n;
	m->now = today;
	return kases_run_jobs(k, m->site, m->f, today, NULL);
}
