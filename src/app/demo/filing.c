/* filing.c - an application of the demo: drafted, filled in as far as the program says that something is
 * missing, and submitted. */
#include "app/demo/life.h"

#include "base/check.h"
#include "base/date.h"

enum { RANDOM = 5, CLOSES_MIN = 1050 /* 17:30 */, PAPER_LATER_DAYS = 20 };

static const int64_t MINUTE = 60000;

/* ---- one command ---- */

/* The clock goes on with each of them: a minute or two, as long as the office is open. */
rc
life_run(play *p, life *l, store_fn *fn, const void *in, void *out)
{
	int64_t closes = date_start_instant(date_of_instant(p->m->now)) + CLOSES_MIN * MINUTE;

	if (p->m->now < closes)
		p->m->now += (int64_t)rng_below(&l->r, 100) * 1000;
	return cast_run(p->m, p->own, fn, in, out);
}

kase_at
life_at(const play *p, const life *l, const actor *by)
{
	return (kase_at){p->house, by, l->county->at.tenant, l->id};
}

rc
life_view(play *p, life *l, kase_view *out)
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
	const kase_save_in in = {.at = life_at(p, l, by), .said = s->v, .n = s->n, .problems = &problems};

	rc r = life_run(p, l, kase_save, &in, NULL);
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
	in.certificate = (certificate_in){
		.category = 4,
		.level = l->who->level,
		.status = l->who->registered,
		.generation = 2,
		.number = str_fmt(p->own, "%.*s4%d", STR_ARG(in.id_number), (int)l->who->level),
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
				life_say(first, q->field->id, life_told(p, l, NULL, q->field));
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

rc
life_bring(play *p, life *l, const service *s, str paper, const story_papers *wanted, const actor *by)
{
	const service_paper *x = service_paper_find(s, paper);
	kase_paper_in in = {.at = life_at(p, l, by), .paper = paper, .state = STR("")};

	if (x)
		in.state = paper_state_of(l, x, wanted);
	in.due = date_of_instant(p->m->now) + PAPER_LATER_DAYS;
	return life_run(p, l, kase_add_paper, &in, NULL);
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
		if (life_is(&problems->v[i], "kase.paper_missing"))
			TRY(life_bring(p, l, s, problems->v[i].about, &l->path->papers, by));
	return RC_OK;
}

rc
life_submit(play *p, life *l, const service *s, const actor *by)
{
	rc r = RC_OK;

	for (int i = 0; i < TRIES; i++) {
		kase_problems problems = {0};
		const kase_submit_in in = {
			.at = life_at(p, l, by), .random = five(p, l), .problems = &problems};
		said *more = arena_new(p->own, said);
		str number;
		r = life_run(p, l, kase_submit, &in, &number);
		if (r != RC_INVALID)
			return r;
		bool papers = false;
		for (size_t k = 0; k < problems.n; k++)
			papers = papers || life_is(&problems.v[k], "kase.paper_missing");
		bool answers = life_say_missing(p, l, NULL, &problems, more);
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

rc
life_begin(play *p, life *l)
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
	return l->path->draft ? RC_OK : life_submit(p, l, s, by);
}
