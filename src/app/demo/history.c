/* history.c - see history.h. Each case goes along its path: on the day that its next move is due, whoever may
 * do it does it, and answers what the program says is missing. */
#include "app/demo/history.h"

#include "app/calendar/calendar.h"
#include "app/demo/life.h"
#include "app/kase/held.h"
#include "base/date.h"

enum { STREAM_CASE = 4, OPENS_MIN = 510 /* 8:30 */ };

static const int64_t MINUTE = 60000;

/* ---- what goes wrong ---- */

/* The fault of a command, with the story that it came from. */
static rc
refused(play *p, const life *l, str what)
{
	fault why;

	fault_copy(&why, p->m->f);
	return FAIL(p->m->f, RC_INVALID, "demo.refused", FA_STR("file", l->s->file),
		    FA_STR("path", l->path->id), FA_STR("what", what),
		    FA_STR("why", fault_print(p->own, &why)));
}

/* ---- counting ---- */

void
life_count(maker *m, str id, str stage, str done)
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

/* ---- a day ---- */

static int32_t
later(const play *p, life *l, int32_t day)
{
	if (l->next >= l->path->nmoves)
		return INT32_MAX;
	return calendar_add_working_days(p->days, day,
					 (int32_t)life_within(&l->r, l->path->move[l->next].after), NULL);
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
			if (life_begin(p, l) != RC_OK)
				return refused(p, l, STR("submit"));
			l->day = later(p, l, day);
			continue;
		}
		TRY(life_look(p, l, &t));
		m = life_ready(l, &t, &done);
		if (!m)
			return RC_OK;
		if (life_do(p, l, m, &t) != RC_OK)
			return refused(p, l, m->deed == DEED_ACT ? m->act : l->path->id);
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
	TRY(life_look(p, l, &t));
	if (l->next < l->path->nmoves)
		return FAIL(p->m->f, RC_INVALID, "demo.stuck", FA_STR("file", l->s->file),
			    FA_INT("line", l->path->move[l->next].line), FA_STR("path", l->path->id),
			    FA_STR("step", stage_of(&t.v)));
	for (size_t i = 0; i < t.v.turns.n; i++)
		if (t.v.turns.v[i].act.n)
			life_count(p->m, l->s->service, t.v.turns.v[i].step, t.v.turns.v[i].act);
	life_count(p->m, l->s->service, stage_of(&t.v), STR(""));
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
						p->days, today, -(int32_t)life_within(&l->r, path->began),
						NULL);
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
	rc r = kases_hold(k, d, today, m->a, m->f, &p.house);
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
