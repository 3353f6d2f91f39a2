/* act.c - an act: who may do it, what must be there first, what follows. */
#include "app/kase/kase_priv.h"

#include "app/account_sql.h"
#include "base/date.h"

/* ---- who ---- */

static bool
one_of(const role *const *v, size_t n, const role *r)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == r)
			return true;
	return false;
}

rc
act_has_turn(kase_ctx *c, const service_step *step)
{
	const actor *by = c->by;
	bool office = by->tenant == c->turn.office_tenant && by->office == c->turn.office;
	bool holds = by->role && one_of(step->by, step->nby, by->role) && actor_line_ok(by, c->s->line) &&
		     may(by, PERM_CASE_READ, REGION_NONE);

	return office && holds ? RC_OK : FAIL(c->f, RC_DENIED, "kase.not_yours");
}

/* Whoever decides: the actor, or who signed the sheet that he enters. */
typedef struct decider {
	int64_t account, person;
	const role *role;
} decider;

static rc
check_near(kase_ctx *c, const decider *who)
{
	return act_check_near(c, c->by->tenant, who->person);
}

rc
act_may_enter(kase_ctx *c)
{
	bool office = c->by->tenant == c->turn.office_tenant && c->by->office == c->turn.office;
	/* a hospital's recorder types what its doctors signed and stamped */
	bool enters =
		may(c->by, PERM_CASE_ACCEPT, REGION_NONE) || may(c->by, PERM_ASSESSMENT_RECORD, REGION_NONE);

	if (!office || !enters)
		return FAIL(c->f, RC_DENIED, "kase.not_yours");
	return check_near(c, &(decider){c->by->account, c->by->person, c->by->role});
}

/* A sheet is entered in the same office, for somebody who holds a role of the step there. */
static rc
sheet_decider(kase_ctx *c, const service_step *step, int64_t account, decider *out)
{
	row_account who;
	posts_of_rows posts;

	TRY(act_may_enter(c));
	rc r = find_account(c->t, c->by->tenant, account, &who);
	if (r == RC_NOT_FOUND || (r == RC_OK && who.closed.n))
		return FAIL(c->f, RC_DENIED, "kase.sheet");
	TRY(r);
	TRY(sql_posts_of(c->d, c->a, c->f,
			 &(posts_of_in){.tenant = who.tenant, .account = account, .today = ctx_day(c)},
			 &posts));
	for (size_t i = 0; i < posts.n; i++) {
		const role *held = role_find(c->h->roles, posts.v[i].role);
		if (posts.v[i].office != c->turn.office || !held || !one_of(step->by, step->nby, held) ||
		    str_cmp(posts.v[i].valid_from, ctx_day(c)) > 0)
			continue;
		*out = (decider){account, who.person, held};
		return RC_OK;
	}
	return FAIL(c->f, RC_DENIED, "kase.sheet");
}

static rc
find_decider(kase_ctx *c, const service_step *step, const kase_act_in *in, decider *out)
{
	if (in->decided_by && in->decided_by != c->by->account)
		return sheet_decider(c, step, in->decided_by, out);
	TRY(act_has_turn(c, step));
	*out = (decider){c->by->account, c->by->person, c->by->role};
	return RC_OK;
}

/* Who acted in one of those steps does not act in this one, under no account of his; nor does he decide what
 * he entered for another. */
static rc
check_hands(kase_ctx *c, const service_step *step, const decider *who)
{
	kase_turns_rows turns;

	TRY(sql_kase_turns(c->d, c->a, c->f, &(kase_turns_in){.tenant = c->k.tenant, .kase = c->k.id},
			   &turns));
	for (size_t i = 0; i < turns.n; i++) {
		const kase_turns_row *t = &turns.v[i];
		const service_step *s = service_step_find(c->s, t->step);
		bool apart = false, same = t->actor == who->account || t->decided_by == who->account ||
					   (who->person && t->actor_person == who->person);
		for (size_t k = 0; s && k < step->nnot_by; k++)
			apart = apart || step->not_by[k] == s->number;
		if (apart && same && t->done && t->act.n)
			return FAIL(c->f, RC_DENIED, "kase.same_hand", FA_STR("step", s->name.zh));
	}
	return RC_OK;
}

static rc
person_of_number(kase_ctx *c, str number, int64_t *person)
{
	kase_person_by_index_row row;
	str idx;

	*person = 0;
	if (number.n == 0)
		return RC_OK;
	TRY(seal_index(db_sealer(c->d), c->a, c->f, "id_number", number, &idx));
	rc r = sql_kase_person_by_index(c->d, c->a, c->f, idx, &row);
	if (r == RC_OK)
		*person = row.person;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
household_of(kase_ctx *c, int64_t tenant, int64_t person, str *out)
{
	kase_register_facts_rows facts;

	*out = STR("");
	if (person == 0)
		return RC_OK;
	TRY(sql_kase_register_facts(
		c->d, c->a, c->f,
		&(kase_register_facts_in){.tenant = tenant, .person = person, .today = ctx_day(c)}, &facts));
	for (size_t i = 0; i < facts.n; i++)
		if (str_eq(facts.v[i].field, STR("household")))
			*out = facts.v[i].value;
	return RC_OK;
}

/* Nobody handles his own case, nor that of somebody whose guardian he is or whose household he shares. */
rc
act_check_near(kase_ctx *c, int64_t home, int64_t person)
{
	int64_t guardian = 0, applicant = c->k.person;
	str his, theirs;

	if (person == 0)
		return RC_OK;
	if (applicant == 0)
		TRY(person_of_number(c, ctx_answer(c, "id_number"), &applicant));
	if (person == applicant)
		return FAIL(c->f, RC_DENIED, "kase.own");
	TRY(person_of_number(c, ctx_answer(c, "guardian_id_number"), &guardian));
	TRY(household_of(c, home, person, &his));
	TRY(household_of(c, c->k.person_tenant, c->k.person, &theirs));
	if (person == guardian || (his.n && str_eq(his, theirs)))
		return FAIL(c->f, RC_DENIED, "kase.relative");
	return RC_OK;
}

rc
act_may_fill(kase_ctx *c, const service_step *step)
{
	TRY(act_has_turn(c, step));
	return check_near(c, &(decider){c->by->account, c->by->person, c->by->role});
}

/* ---- what must be there ---- */

rc
act_missing(kase_ctx *c, const service_question *q, size_t n, kase_problems *to)
{
	for (size_t i = 0; i < n; i++) {
		bool asked = false;
		fault why = {0};
		if (q[i].optional || c->answer[q[i].field->number].n)
			continue;
		TRY(ctx_holds(c, q[i].when, &asked));
		if (!asked)
			continue;
		(void)FAIL(&why, RC_INVALID, "kase.answer_missing", FA_FIELD(q[i].field->id),
			   FA_STR("name", q[i].field->name));
		problem(c, to, q[i].field->id, &why);
	}
	return RC_OK;
}

static bool
act_asks(const kase_ctx *c, const field *x)
{
	const service_step *step = service_step_find(c->s, c->k.step);

	for (size_t i = 0; step->forms && i < c->s->nforms; i++)
		for (size_t k = 0; k < c->s->form[i].n; k++)
			if (c->s->form[i].q[k].field == x)
				return true;
	for (size_t i = 0; i < step->nacts; i++)
		for (size_t k = 0; k < step->act[i].nq; k++)
			if (step->act[i].q[k].field == x)
				return true;
	return false;
}

static rc
check_answers(kase_ctx *c, const service_step *step, const service_act *act, kase_problems *to)
{
	kase_problems own = {0}, *found = to ? to : &own;

	TRY(act_missing(c, act->q, act->nq, found));
	for (size_t i = 0; step->forms && !act->without_form && i < c->s->nforms; i++) {
		bool applies = false;
		TRY(ctx_holds(c, c->s->form[i].when, &applies));
		if (applies)
			TRY(act_missing(c, c->s->form[i].q, c->s->form[i].n, found));
	}
	return found->n ? FAIL(c->f, RC_INVALID, "kase.form", FA_INT("n", found->n)) : RC_OK;
}

/* What stood against the application may be passed by one role only, with a reason. */
static rc
check_lift(kase_ctx *c, const service_act *act, const decider *who, str reason)
{
	for (size_t i = 0; act->end && act->end->granted && i < c->s->nbars; i++) {
		const service_bar *b = &c->s->bar[i];
		if (!(c->k.warnings >> i & 1))
			continue;
		if (who->role != b->lift || reason.n == 0)
			return FAIL(c->f, RC_INVALID, "kase.lift", FA_FIELD(STR("reason")),
				    FA_STR("say", b->say.zh), FA_STR("role", b->lift->zh));
	}
	return RC_OK;
}

static rc
check_act(kase_ctx *c, const service_step *step, const service_act *act, const decider *who,
	  const kase_act_in *in)
{
	bool offered = false;

	if (act->nby && !one_of(act->by, act->nby, who->role))
		return FAIL(c->f, RC_DENIED, "kase.not_yours");
	TRY(ctx_holds(c, act->when, &offered));
	if (!offered)
		return FAIL(c->f, RC_INVALID, "kase.act_when", FA_STR("act", act->name.zh));
	if (act == step->wait_act && str_cmp(ctx_day(c), c->turn.wakes) <= 0)
		return FAIL(c->f, RC_INVALID, "kase.too_early", FA_STR("day", c->turn.wakes));
	if (act->reason && str_trim(in->reason).n == 0)
		return FAIL(c->f, RC_INVALID, "kase.reason", FA_FIELD(STR("reason")),
			    FA_STR("act", act->name.zh));
	const fault *early = str_trim(in->reason).n ? NULL : assess_early(c, step, act);
	if (early) {
		fault_copy(c->f, early);
		return RC_INVALID;
	}
	return check_lift(c, act, who, str_trim(in->reason));
}

/* ---- asked before it is done ---- */

static rc
offered_to(kase_ctx *c, const service_step *step, const service_act *act, const decider *who)
{
	/* whether a reason is given is asked when it is done */
	const kase_act_in given = {.reason = STR("-")};

	TRY(check_hands(c, step, who));
	TRY(check_near(c, who));
	return check_act(c, step, act, who, &given);
}

rc
act_offered(kase_ctx *c, const service_step *step, const service_act *act)
{
	TRY(act_has_turn(c, step));
	return offered_to(c, step, act, &(decider){c->by->account, c->by->person, c->by->role});
}

rc
act_offered_to(kase_ctx *c, const service_step *step, const service_act *act, int64_t account, int64_t person,
	       const role *as)
{
	if (!one_of(step->by, step->nby, as))
		return RC_DENIED;
	return offered_to(c, step, act, &(decider){account, person, as});
}

/* ---- doing it ---- */

static rc
follow_prints(kase_ctx *c, const service_act *act)
{
	for (size_t i = 0; i < act->nprints; i++)
		TRY(document_put(c, act->print[i]));
	return RC_OK;
}

/* Working days of the step's limit that were used when its clock stops. */
static int64_t
spent(const kase_ctx *c, const service_step *step)
{
	int32_t from = date_of_instant(c->turn.entered);

	if (step->within.unit == SPAN_WORKING_DAYS)
		return c->turn.spent +
		       calendar_working_days_between(c->h->calendar, from, ctx_today(c), NULL);
	return c->turn.spent + ctx_today(c) - from;
}

static rc
do_act(kase_ctx *c, const service_step *step, const service_act *act, const kase_act_in *in,
       const decider *who)
{
	bool sheet = who->account != c->by->account;

	c->turn.act = act->id;
	c->turn.actor = c->by->account;
	c->turn.actor_person = c->by->person;
	c->turn.actor_office = c->by->office;
	c->turn.stands_for = c->by->stands_for;
	c->turn.decided_by = who->account;
	c->turn.part = sheet ? STR(PART_SHEET) : STR("");
	c->turn.reason = ctx_seal(c, "kase_step", "reason", c->turn.id, str_trim(in->reason));
	if (act->pauses)
		c->turn.spent = spent(c, step);
	TRY(turn_close(c));
	c->word[WORD_REASON] = str_trim(in->reason);
	c->word[WORD_OUTCOME] = act->end ? act->end->name.zh : STR("");
	c->word[WORD_APPEAL_TO] = act->appeal.zh.p ? act->appeal.zh : STR("");
	if (step->number == 0 && act->to && c->k.accepted.n == 0) {
		c->k.accepted = ctx_day(c);
		TRY(patch_kase(c->t, &c->k, KASE_ACCEPTED));
	}
	for (size_t i = 0; i < act->nset; i++)
		TRY(ctx_put_answer(c, act->set[i].field, act->set[i].code));
	TRY(effect_run(c, act));
	TRY(follow_prints(c, act));
	return turn_follow(c, act, in->office);
}

rc
kase_act(tx *t, const void *in, void *out)
{
	const kase_act_in *i = in;
	decider who = {0};
	kase_ctx c;

	TRY(ctx_load(&c, t, &i->at));
	const service_step *step = service_step_find(c.s, c.k.step);
	if (c.k.state != KASE_AT_OFFICE || !step || c.k.turn != i->turn)
		return FAIL(c.f, RC_CONFLICT, "kase.moved_on");
	const service_act *act = service_act_find(step, i->act);
	if (!act)
		return FAIL(c.f, RC_INVALID, "kase.act", FA_STR("act", i->act));
	TRY(find_decider(&c, step, i, &who));
	TRY(check_hands(&c, step, &who));
	TRY(check_near(&c, &who));
	TRY(check_act(&c, step, act, &who, i));
	ctx_event(&c, act->end ? "kase.ended" : "kase.acted");
	TRY(ctx_take(&c, i->said, i->nsaid, act_asks, i->problems));
	TRY(check_answers(&c, step, act, i->problems));
	TRY(do_act(&c, step, act, i, &who));
	if (out)
		*(int64_t *)out = c.k.turn;
	return RC_OK;
}

rc
act_by_program(kase_ctx *c, const service_act *act)
{
	c->turn.act = act->id;
	c->turn.part = STR(PART_TIME);
	TRY(turn_close(c));
	TRY(effect_run(c, act));
	TRY(follow_prints(c, act));
	return turn_follow(c, act, 0);
}
