/* turn.c - a case enters a step: which office gets it, by when, or whether the program passes it over. */
#include "app/kase/kase_priv.h"

#include "app/organisation/organisation.h"
#include "base/date.h"

enum { SKIPS_MAX = 32 };

int32_t
kase_span_end(const calendar *c, span s, int32_t from)
{
	switch (s.unit) {
	case SPAN_WORKING_DAYS:
		return calendar_add_working_days(c, from, (int32_t)s.n, NULL);
	case SPAN_MONTHS:
		return date_add_months(from, (int32_t)s.n);
	case SPAN_DAYS:
		break;
	}
	return from + (int32_t)s.n;
}

/* ---- offices ---- */

/* How many divisions an office has that covers the region; 0: it does not. Less is nearer. */
static rc
reach_of(kase_ctx *c, int64_t tenant, const offices_open_row *o, int64_t region, int64_t *width)
{
	kase_office_areas_rows areas;
	interval own = division_interval(o->region);

	*width = 0;
	TRY(sql_kase_office_areas(c->d, c->a, c->f,
				  &(kase_office_areas_in){.tenant = tenant, .office = o->id}, &areas));
	if (areas.n == 0 && region >= own.lo && region < own.hi)
		*width = own.hi - own.lo;
	for (size_t i = 0; i < areas.n; i++)
		if (region >= areas.v[i].lo && region < areas.v[i].hi)
			*width = areas.v[i].hi - areas.v[i].lo;
	return RC_OK;
}

static bool
holds_role(const offices_open_row *o, const role *r)
{
	bool kind = false;

	for (size_t i = 0; i < OFFICE_KINDS; i++)
		kind = kind || (str_eq(o->kind, office_kind_names[i]) && (r->kinds >> i & 1));
	return kind && (r->levels >> o->level & 1);
}

/* A place that decides who gets a step: offices of a federation, for a division. */
typedef struct post_at {
	int64_t tenant, region;
} post_at;

enum { POSTS = 2 };

/* The places of a step in the order in which they are tried. */
static rc
posts_of_step(kase_ctx *c, const service_step *step, post_at out[POSTS], size_t *n)
{
	offices_open_rows all;

	*n = 0;
	if (step->at == AT_FILED && c->k.filed_office) {
		TRY(sql_offices_open(c->d, c->a, c->f, c->k.filed_tenant, &all));
		for (size_t i = 0; i < all.n; i++)
			if (all.v[i].id == c->k.filed_office)
				out[(*n)++] = (post_at){c->k.filed_tenant, all.v[i].region};
	}
	bool at_home = step->at == AT_RESIDENCE && c->k.residence;
	out[(*n)++] = (post_at){c->k.tenant, at_home ? c->k.residence : c->k.region};
	return RC_OK;
}

/* Of the offices that could hold the role: the one wanted, or the nearest. `best` 0: none; *tie when two are
 * as near. */
static rc
nearest(kase_ctx *c, const post_at *at, const offices_open_rows *all, const role *r, int64_t wanted,
	bool anywhere, const offices_open_row **best, bool *tie)
{
	int64_t least = 0;

	*best = NULL;
	*tie = false;
	for (size_t i = 0; i < all->n; i++) {
		const offices_open_row *o = &all->v[i];
		int64_t width = 0;
		if (!holds_role(o, r) || (wanted && o->id != wanted))
			continue;
		TRY(reach_of(c, at->tenant, o, at->region, &width));
		if (width == 0 && !(wanted && anywhere))
			continue;
		*tie = *best && width == least;
		if (!*best || width < least) {
			*best = o;
			least = width;
		}
	}
	return RC_OK;
}

rc
turn_office(kase_ctx *c, const service_step *step, int64_t wanted, bool anywhere, row_office *out,
	    const role **r)
{
	post_at at[POSTS];
	size_t n = 0;

	TRY(posts_of_step(c, step, at, &n));
	for (size_t k = 0; k < n; k++) {
		offices_open_rows all;
		TRY(sql_offices_open(c->d, c->a, c->f, at[k].tenant, &all));
		for (size_t i = 0; i < step->nby; i++) {
			const offices_open_row *best = NULL;
			bool tie = false;
			TRY(nearest(c, &at[k], &all, step->by[i], wanted, anywhere, &best, &tie));
			if (!best)
				continue;
			if (tie)
				return FAIL(c->f, RC_INVALID, "kase.office_wanted", FA_FIELD(STR("office")),
					    FA_STR("step", step->name.zh));
			*r = step->by[i];
			return find_office(c->t, at[k].tenant, best->id, out);
		}
	}
	return FAIL(c->f, RC_INVALID, "kase.no_office", FA_FIELD(STR("office")),
		    FA_STR("step", step->name.zh));
}

static void
add_office(kase_ctx *c, kase_offices *out, const offices_open_row *o)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].id == o->id)
			return;
	*vec_add(c->a, out) = (kase_office){.id = o->id, .name = o->name};
}

/* Those of one place. */
static rc
offices_at(kase_ctx *c, const service_step *step, const post_at *at, bool anywhere, kase_offices *out)
{
	offices_open_rows all;
	int64_t least = 0;

	TRY(sql_offices_open(c->d, c->a, c->f, at->tenant, &all));
	for (size_t i = 0; i < step->nby && (anywhere || out->n == 0); i++)
		for (size_t k = 0; k < all.n; k++) {
			int64_t width = 0;
			if (!holds_role(&all.v[k], step->by[i]))
				continue;
			TRY(reach_of(c, at->tenant, &all.v[k], at->region, &width));
			if (anywhere ? all.v[k].id == c->turn.office : width == 0 || (least && width > least))
				continue;
			if (!anywhere && width < least)
				out->n = 0;
			least = width;
			add_office(c, out, &all.v[k]);
		}
	return RC_OK;
}

rc
turn_offices(kase_ctx *c, const service_step *step, bool anywhere, kase_offices *out)
{
	post_at at[POSTS];
	size_t n = 0;

	*out = (kase_offices){0};
	TRY(posts_of_step(c, step, at, &n));
	for (size_t k = 0; k < n && (anywhere || out->n == 0); k++)
		TRY(offices_at(c, step, &at[k], anywhere, out));
	return RC_OK;
}

/* ---- rows ---- */

static rc
next_turn(kase_ctx *c, int64_t *n)
{
	kase_turns_rows turns;

	TRY(sql_kase_turns(c->d, c->a, c->f, &(kase_turns_in){.tenant = c->k.tenant, .kase = c->k.id},
			   &turns));
	*n = turns.n ? turns.v[turns.n - 1].n + 1 : 1;
	return RC_OK;
}

static row_kase_step
turn_row(kase_ctx *c, const service_step *step, int64_t n)
{
	return (row_kase_step){.tenant = c->k.tenant,
			       .kase = c->k.id,
			       .n = n,
			       .id = tx_id(c->t),
			       .step = step ? step->id : STR(""),
			       .role = STR(""),
			       .region = c->k.region,
			       .service = c->k.service,
			       .name = c->k.name,
			       .entered = c->now,
			       .due = STR(NO_DUE),
			       .wakes = STR(""),
			       .act = STR(""),
			       .part = STR(""),
			       .reason = STR("")};
}

static rc
stand_at(kase_ctx *c, kase_state state, str step, int64_t turn)
{
	c->k.state = state;
	c->k.step = step;
	c->k.turn = turn;
	TRY(patch_kase(c->t, &c->k, KASE_STATE | KASE_STEP | KASE_TURN));
	return papers_owed(c);
}

rc
turn_put(kase_ctx *c, const service_step *step, const row_office *office, const role *r, str due, str wakes,
	 int64_t spent)
{
	int64_t n = 0;

	TRY(next_turn(c, &n));
	row_kase_step s = turn_row(c, step, n);
	s.office_tenant = office->tenant;
	s.office = office->id;
	s.role = r->id;
	s.due = due;
	s.wakes = wakes;
	s.spent = spent;
	TRY(put_kase_step(c->t, &s));
	TRY(put_work(c->t, &(row_work){.tenant = s.office_tenant,
				       .id = s.id,
				       .office = s.office,
				       .open = 1,
				       .due = s.due,
				       .wakes = s.wakes,
				       .role = s.role,
				       .kind = s.step,
				       .service = s.service,
				       .region = s.region,
				       .name = s.name,
				       .subject_tenant = s.tenant,
				       .subject = s.kase,
				       .n = s.n,
				       .entered = s.entered,
				       .number = c->k.number,
				       .line = c->k.line}));
	c->turn = s;
	return stand_at(c, KASE_AT_OFFICE, step->id, n);
}

/* Passed over by the program: a turn that nobody had. */
static rc
put_skipped(kase_ctx *c, const service_step *step)
{
	int64_t n = 0;

	TRY(next_turn(c, &n));
	row_kase_step s = turn_row(c, step, n);
	s.done = c->now;
	s.act = step->skip_act->id;
	s.part = STR(PART_TIME);
	s.reason = ctx_seal(c, "kase_step", "reason", s.id, step->skip_say.zh);
	c->turn = s;
	c->k.turn = n;
	c->k.step = step->id;
	return put_kase_step(c->t, &s);
}

rc
turn_enter(kase_ctx *c, const service_step *step, int64_t wanted)
{
	int32_t today = ctx_today(c);
	row_office office;
	const role *r = NULL;
	bool skip = false;

	for (int i = 0; step->skip_when; i++) {
		BUG_ON(i == SKIPS_MAX); /* every step leads to an end, but a loop of skips does not end */
		TRY(ctx_holds(c, step->skip_when, &skip));
		if (!skip)
			break;
		TRY(put_skipped(c, step));
		TRY(effect_run(c, step->skip_act));
		if (!step->skip_act->to)
			return turn_follow(c, step->skip_act, 0);
		step = step->skip_act->to;
	}
	TRY(turn_office(c, step, wanted, false, &office, &r));
	str due = STR(NO_DUE), wakes = STR("");
	if (step->within.n)
		due = date_str(c->a, kase_span_end(c->h->calendar, step->within, today));
	if (step->wait_act && step->waits_until)
		due = wakes = ctx_answer(c, cstr(c->a, step->waits_until->id));
	else if (step->wait_act)
		due = wakes = date_str(c->a, kase_span_end(c->h->calendar, step->waits, today));
	if (due.n == 0) /* the day was not answered: nothing wakes it */
		due = STR(NO_DUE);
	return turn_put(c, step, &office, r, due, wakes, 0);
}

/* With the applicant: a turn without an office, which nobody's list holds. */
static rc
to_applicant(kase_ctx *c)
{
	c->turn = (row_kase_step){0};
	return stand_at(c, KASE_AT_APPLICANT, STR("applicant"), 0);
}

static rc
end_case(kase_ctx *c, const service_outcome *o)
{
	c->k.outcome = o->id;
	c->k.ended = ctx_day(c);
	TRY(patch_kase(c->t, &c->k, KASE_OUTCOME | KASE_ENDED));
	c->turn = (row_kase_step){0};
	return stand_at(c, KASE_AT_END, STR(""), 0);
}

rc
turn_follow(kase_ctx *c, const service_act *act, int64_t office)
{
	if (act->end)
		return end_case(c, act->end);
	if (act->to_applicant)
		return to_applicant(c);
	return turn_enter(c, act->to, office);
}

rc
turn_close(kase_ctx *c)
{
	int64_t changed = 0;

	TRY(sql_work_close(c->d, c->f, &(work_close_in){.tenant = c->turn.office_tenant, .id = c->turn.id},
			   &changed));
	if (changed != 1)
		return FAIL(c->f, RC_CONFLICT, "kase.moved_on");
	c->turn.done = c->now;
	return patch_kase_step(c->t, &c->turn,
			       KASE_STEP_DONE | KASE_STEP_ACT | KASE_STEP_ACTOR | KASE_STEP_ACTOR_PERSON |
				       KASE_STEP_ACTOR_OFFICE | KASE_STEP_STANDS_FOR | KASE_STEP_DECIDED_BY |
				       KASE_STEP_PART | KASE_STEP_REASON | KASE_STEP_SPENT |
				       KASE_STEP_UNDONE);
}
