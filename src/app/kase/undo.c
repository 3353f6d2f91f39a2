/* undo.c - what offices need beside going on: looked at, taken back, handed over, void and done again,
 * withdrawn. */
#include "app/kase/kase_priv.h"

#include "base/date.h"

/* The case at the office's turn that the caller saw. */
static rc
at_turn(kase_ctx *c, tx *t, const kase_turn_in *i, const service_step **step)
{
	TRY(ctx_load(c, t, &i->at));
	*step = service_step_find(c->s, c->k.step);
	if (c->k.state != KASE_AT_OFFICE || !*step || c->k.turn != i->turn)
		return FAIL(c->f, RC_CONFLICT, "kase.moved_on");
	return RC_OK;
}

rc
kase_look(tx *t, const void *in, void *out)
{
	const service_step *step = NULL;
	kase_ctx c;

	(void)out;
	TRY(at_turn(&c, t, in, &step));
	TRY(act_has_turn(&c, step));
	if (c.turn.opened_at)
		return RC_OK;
	ctx_event(&c, "kase.looked");
	c.turn.opened_at = c.now;
	TRY(sql_work_opened(c.d, c.f,
			    &(work_opened_in){.at = c.now, .tenant = c.turn.office_tenant, .id = c.turn.id},
			    NULL));
	return patch_kase_step(t, &c.turn, KASE_STEP_OPENED_AT);
}

/* ---- taking back ---- */

/* The last turn that somebody ended, if it was this actor; what the program passed over since goes with it.
 */
static rc
own_last(kase_ctx *c, row_kase_step *out)
{
	kase_turns_rows turns;

	TRY(sql_kase_turns(c->d, c->a, c->f, &(kase_turns_in){.tenant = c->k.tenant, .kase = c->k.id},
			   &turns));
	for (size_t i = turns.n; i-- > 0;) {
		const kase_turns_row *r = &turns.v[i];
		if (r->done == 0 || r->undone || str_eq(r->part, STR(PART_TIME)))
			continue;
		if (r->actor != c->by->account || r->office != c->by->office ||
		    r->office_tenant != c->by->tenant || r->act.n == 0)
			break;
		return find_kase_step(c->t, c->k.tenant, c->k.id, r->n, out);
	}
	return FAIL(c->f, RC_DENIED, "kase.not_yours");
}

static rc
check_undoable(kase_ctx *c, const row_kase_step *last, const service_act **act)
{
	const service_step *step = service_step_find(c->s, last->step);

	*act = step ? service_act_find(step, last->act) : NULL;
	if (!*act || (*act)->neffects || c->k.state == KASE_AT_END || c->k.state == KASE_AT_VOID)
		return FAIL(c->f, RC_CONFLICT, "kase.has_effect");
	if (c->turn.n && c->turn.opened_at)
		return FAIL(c->f, RC_CONFLICT, "kase.opened_already");
	return RC_OK;
}

rc
kase_take_back(tx *t, const void *in, void *out)
{
	const kase_turn_in *i = in;
	row_kase_step last;
	row_office office;
	const service_act *act = NULL;
	kase_ctx c;

	TRY(ctx_load(&c, t, &i->at));
	if (c.k.turn != i->turn)
		return FAIL(c.f, RC_CONFLICT, "kase.moved_on");
	TRY(own_last(&c, &last));
	TRY(check_undoable(&c, &last, &act));
	ctx_event(&c, "kase.taken_back");
	if (c.turn.n) { /* what the act had opened closes without an act */
		c.turn.undone = 1;
		TRY(turn_close(&c));
	}
	last.undone = 1;
	TRY(patch_kase_step(t, &last, KASE_STEP_UNDONE));
	TRY(documents_void(&c, last.n, STR("taken back")));
	TRY(find_office(t, last.office_tenant, last.office, &office));
	const service_step *step = service_step_find(c.s, last.step);
	const role *r = role_find(c.h->roles, last.role);
	TRY(turn_put(&c, step, &office, r, last.due, last.wakes, last.spent));
	if (out)
		*(int64_t *)out = c.k.turn;
	return RC_OK;
}

/* ---- handing over ---- */

rc
kase_hand_over(tx *t, const void *in, void *out)
{
	const kase_turn_in *i = in;
	const service_step *step = NULL;
	const role *r = NULL;
	row_office office;
	kase_ctx c;

	TRY(at_turn(&c, t, i, &step));
	TRY(act_has_turn(&c, step));
	if (str_trim(i->reason).n == 0)
		return FAIL(c.f, RC_INVALID, "kase.reason", FA_FIELD(STR("reason")),
			    FA_STR("act", STR("转办")));
	if (i->office == 0 || i->office == c.turn.office)
		return FAIL(c.f, RC_INVALID, "kase.office_wanted", FA_FIELD(STR("office")),
			    FA_STR("step", step->name.zh));
	TRY(turn_office(&c, step, i->office, true, &office, &r));
	ctx_event(&c, "kase.handed_over");
	c.turn.actor = c.by->account;
	c.turn.actor_person = c.by->person;
	c.turn.actor_office = c.by->office;
	c.turn.stands_for = c.by->stands_for;
	c.turn.decided_by = c.by->account;
	c.turn.reason = ctx_seal(&c, "kase_step", "reason", c.turn.id, str_trim(i->reason));
	str due = c.turn.due, wakes = c.turn.wakes;
	int64_t spent = c.turn.spent;
	TRY(turn_close(&c));
	TRY(turn_put(&c, step, &office, r, due, wakes, spent));
	if (out)
		*(int64_t *)out = c.k.turn;
	return RC_OK;
}

/* ---- void, and again ---- */

static rc
stop(kase_ctx *c, kase_state state, str outcome, str reason)
{
	if (c->turn.n) {
		c->turn.actor = c->turn.decided_by = c->by->account;
		c->turn.actor_person = c->by->person;
		c->turn.actor_office = c->by->office;
		c->turn.reason = ctx_seal(c, "kase_step", "reason", c->turn.id, reason);
		TRY(turn_close(c));
	}
	c->k.state = state;
	c->k.step = STR("");
	c->k.turn = 0;
	c->k.outcome = outcome;
	c->k.ended = ctx_day(c);
	TRY(patch_kase(c->t, &c->k, KASE_STATE | KASE_STEP | KASE_TURN | KASE_OUTCOME | KASE_ENDED));
	return papers_owed(c);
}

static bool
was_granted(const kase_ctx *c)
{
	for (size_t i = 0; i < c->s->noutcomes; i++)
		if (str_eq(c->s->outcome[i].id, c->k.outcome))
			return c->s->outcome[i].granted;
	return false;
}

static rc
copy_papers(kase_ctx *c, int64_t from)
{
	kase_papers_rows held;

	TRY(sql_kase_papers(c->d, c->a, c->f, &(kase_papers_in){.tenant = c->k.tenant, .kase = from}, &held));
	for (size_t i = 0; i < held.n; i++)
		TRY(put_kase_paper(c->t, &(row_kase_paper){.tenant = c->k.tenant,
							   .kase = c->k.id,
							   .id = tx_id(c->t),
							   .paper = held.v[i].paper,
							   .state = held.v[i].state,
							   .due = held.v[i].due,
							   .actor = c->by->account,
							   .added = c->now}));
	kase_scans_rows scans;
	TRY(sql_kase_scans(c->d, c->a, c->f,
			   &(kase_scans_in){.tenant = c->k.tenant, .person = c->k.key_id, .kase = from},
			   &scans));
	for (size_t i = 0; i < scans.n;
	     i++) /* the files go with the papers: their seal is bound to their row */
		TRY(patch_paper(c->t,
				&(row_paper){.tenant = c->k.tenant,
					     .person = c->k.key_id,
					     .id = scans.v[i].id,
					     .kase = c->k.id},
				PAPER_KASE));
	return RC_OK;
}

/* A new draft by today's version with the same answers, sealed anew for their new place. */
static rc
again(kase_ctx *c, int64_t *id)
{
	const service *s = kase_service(c->h, c->k.service);
	int64_t old = c->k.id;
	str *said = c->answer;

	c->k.remade_from = old;
	c->k.id = *id = tx_id(c->t);
	c->s = s ? s : c->s;
	c->k.sha256 = str_of(c->s->sha256);
	c->k.number = c->k.step = c->k.outcome = c->k.submitted = c->k.accepted = c->k.ended = STR("");
	c->k.year = c->k.running = c->k.turn = c->k.warnings = 0;
	c->k.state = KASE_AT_DRAFT;
	c->k.opened = c->now;
	TRY(put_kase(c->t, &c->k));
	TRY(filing_put(c));
	c->answer = arena_array(c->a, str, c->h->fields->n);
	for (size_t i = 0; i < c->s->nsections; i++)
		for (size_t k = 0; k < c->s->section[i].n; k++) {
			const field *x = c->s->section[i].q[k].field;
			if (said[x->number].n)
				TRY(ctx_put_answer(c, x, said[x->number]));
		}
	return copy_papers(c, old);
}

rc
kase_void(tx *t, const void *in, void *out)
{
	const kase_turn_in *i = in;
	int64_t id = 0;
	kase_ctx c;

	TRY(ctx_load(&c, t, &i->at));
	if (c.k.turn != i->turn || c.k.state == KASE_AT_VOID || c.k.state == KASE_AT_DRAFT)
		return FAIL(c.f, RC_CONFLICT, "kase.moved_on");
	if (c.by->tenant != c.k.tenant || !may(c.by, PERM_CASE_ACCEPT, c.k.region))
		return FAIL(c.f, RC_DENIED, "kase.denied");
	if (was_granted(&c))
		return FAIL(c.f, RC_CONFLICT, "kase.granted");
	if (str_trim(i->reason).n == 0)
		return FAIL(c.f, RC_INVALID, "kase.reason", FA_FIELD(STR("reason")),
			    FA_STR("act", STR("作废重办")));
	ctx_event(&c, "kase.voided");
	TRY(stop(&c, KASE_AT_VOID, STR(""), str_trim(i->reason)));
	TRY(documents_void(&c, 0, STR("void")));
	TRY(again(&c, &id));
	if (out)
		*(int64_t *)out = id;
	return RC_OK;
}

rc
kase_withdraw(tx *t, const void *in, void *out)
{
	const kase_turn_in *i = in;
	kase_ctx c;

	(void)out;
	TRY(ctx_load(&c, t, &i->at));
	if (c.k.turn != i->turn || (c.k.state != KASE_AT_OFFICE && c.k.state != KASE_AT_APPLICANT))
		return FAIL(c.f, RC_CONFLICT, "kase.moved_on");
	if (!kase_is_his(c.by, &c.k))
		return FAIL(c.f, RC_DENIED, "kase.denied");
	ctx_event(&c, "kase.withdrawn");
	return stop(&c, KASE_AT_END, STR("withdrawn"), str_trim(i->reason));
}
