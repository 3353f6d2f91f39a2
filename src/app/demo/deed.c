/* deed.c - what is done with a case of the demo: acts by whoever may, and what else happens to it. */
#include "app/demo/life.h"

#include "app/audit/audit.h"

/* ---- acts ---- */

static bool
has_role(const role *const *v, size_t n, const role *r)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == r)
			return true;
	return false;
}

/* An office whose people could take the step: the preferred one, or else the first. */
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

rc
life_look(play *p, life *l, turn_at *out)
{
	TRY(life_view(p, l, &out->v));
	out->step = service_step_find(out->v.service, out->v.step);
	out->turn = NULL;
	for (size_t i = 0; i < out->v.turns.n; i++)
		if (out->v.turns.v[i].n == out->v.turn)
			out->turn = &out->v.turns.v[i];
	return RC_OK;
}

/* What the act asks of everybody, and what the story tells; what it asks of some, it says is missing. */
static void
said_with(play *p, life *l, const story_move *m, const service_act *act, said *to)
{
	for (size_t i = 0; i < act->nq; i++)
		if (!act->q[i].when && (!act->q[i].optional || life_says(l, m, act->q[i].field->id)))
			life_say(to, act->q[i].field->id, life_told(p, l, m, act->q[i].field));
}

static str
reason_of(play *p, life *l, const story_move *m)
{
	const story_say *s = story_find(l->s->reasons, m->act);

	return m->reason.n ? m->reason : s ? life_draw(p, l, s) : STR("");
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
act_by_sheet(play *p, const kase_act_in *in, const cast_officer *decider)
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

	if (!enters)
		return FAIL(p->m->f, RC_DENIED, "kase.sheet");
	TRY(cast_actor(p->m, enters, &b.by));
	TRY(kase_batch(p->m->site->store, p->own, p->m->f, &b, &done));
	if (done.rc != RC_OK)
		fault_copy(p->m->f, done.why);
	return done.rc;
}

/* He opens the case: the look is written, and from here on what was done before cannot be taken back. */
static rc
open_it(play *p, life *l, const turn_at *t, const actor *by)
{
	const look_row row = {.tenant = t->v.tenant, /* his county is the case's */
			      .actor = by->account,
			      .office = by->office,
			      .person = t->v.person,
			      .kase = t->v.id,
			      .what = STR("case"),
			      .purpose = STR("1")};
	const look_list looks = {.v = &row, .n = 1};
	const kase_turn_in in = {.at = life_at(p, l, by), .turn = t->v.turn};

	TRY(life_run(p, l, audit_look, &looks, NULL));
	return life_run(p, l, kase_look, &in, NULL);
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
	in.at = life_at(p, l, by);
	l->at = o->office;
	if (m->sheet)
		return act_by_sheet(p, &in, o);
	TRY(open_it(p, l, t, by));
	said_with(p, l, m, act, answers);
	for (int i = 0; i < TRIES; i++) {
		kase_problems problems = {0};
		int64_t turn = 0;
		in.said = answers->v;
		in.nsaid = answers->n;
		in.problems = &problems;
		r = life_run(p, l, kase_act, &in, &turn);
		if (r != RC_INVALID)
			return r;
		if (strcmp(p->m->f->id, "kase.office_wanted") == 0 && act->to && !in.office)
			in.office = choose_office(p, l, act->to, 0);
		else if (!life_say_missing(p, l, m, &problems, answers))
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
	const story_say *who = story_find(m->say, STR("who")), *phone = story_find(m->say, STR("phone")),
			*text = story_find(m->say, STR("text"));
	const kase_objection_in in = {.house = p->house,
				      .tenant = l->county->at.tenant,
				      .id = l->id,
				      .by = &nobody,
				      .who = who ? life_draw(p, l, who) : STR(""),
				      .phone = phone ? life_draw(p, l, phone) : STR(""),
				      .text = text ? life_draw(p, l, text) : STR("")};

	return life_run(p, l, kase_object, &in, NULL);
}

static rc
submit_again(play *p, life *l, const story_move *m, const service *s)
{
	const actor *by = NULL;

	TRY(cast_actor(p->m, l->filer, &by));
	for (size_t i = 0; i < m->papers.n; i++)
		TRY(life_bring(p, l, s, m->papers.v[i].paper, &m->papers, by));
	return life_submit(p, l, s, by);
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
	in.at = life_at(p, l, by);
	in.office = choose_office(p, l, t->step, t->turn->office);
	return life_run(p, l, kase_hand_over, &in, &turn);
}

static rc
make_void(play *p, life *l, const story_move *m, const turn_at *t)
{
	kase_turn_in in = {.turn = t->v.turn, .reason = m->reason};
	const actor *by = NULL;
	int64_t again = 0;

	TRY(officer_at(p, t, PERM_CASE_ACCEPT, &by));
	in.at = life_at(p, l, by);
	TRY(life_run(p, l, kase_void, &in, &again));
	life_count(p->m, l->s->service, STR("void"), STR(""));
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
	in.at = life_at(p, l, by);
	return life_run(p, l, fn, &in, &turn);
}

rc
life_do(play *p, life *l, const story_move *m, const turn_at *t)
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
const story_move *
life_ready(const life *l, const turn_at *t, size_t *at)
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
