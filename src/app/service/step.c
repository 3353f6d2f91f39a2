/* step.c - the steps of a service and their acts: read, then walked, so that no case can be caught in them.
 */
#include "app/service/service_priv.h"

static const service_outcome *
outcome_find(const service *s, str id)
{
	for (size_t i = 0; i < s->noutcomes; i++)
		if (str_eq(s->outcome[i].id, id))
			return &s->outcome[i];
	return NULL;
}

static rc
find_step(loader *l, const yaml *v, const service_step **out)
{
	TRY(yaml_is(l->f, v, YAML_TEXT));
	*out = service_step_find(l->s, v->text);
	return *out ? RC_OK : YAML_FAIL(l->f, v, "service.step", FA_STR("name", v->text));
}

/* ---- an act ---- */

static rc
read_effects(loader *l, const yaml *in, service_act *act)
{
	const yaml *v;
	size_t n;

	TRY(words_of(l, in, STR("effect"), &v, &n));
	if (n > ACT_EFFECTS)
		return YAML_FAIL(l->f, in, "service.many", FA_INT("max", ACT_EFFECTS));
	for (size_t i = 0; i < n; i++) {
		const service_effect *e = l->ask->effects;
		while (e->name.n && !str_eq(e->name, v[i].text))
			e++;
		if (e->name.n == 0)
			return YAML_FAIL(l->f, &v[i], "service.effect", FA_STR("name", v[i].text));
		act->effect[act->neffects++] = e;
	}
	return RC_OK;
}

/* 注销原因: 死亡. The word of the code, as expressions have it. */
static rc
read_set(loader *l, const yaml *in, service_act *act)
{
	const yaml *members = yaml_find(in, STR("set"));

	if (!members)
		return RC_OK;
	TRY(yaml_is(l->f, members, YAML_MAP));
	service_set *v = arena_array(l->a, service_set, members->n);
	for (size_t i = 0; i < members->n; i++) {
		const field *x = field_find(l->ask->fields, members->key[i].text);
		const code_item *item = NULL;
		TRY(yaml_is(l->f, &members->item[i], YAML_TEXT));
		if (!x || x->type != FIELD_CODE || x->many)
			return YAML_FAIL(l->f, &members->key[i], "service.set_field",
					 FA_STR("name", members->key[i].text));
		for (size_t k = 0; k < x->list->n; k++)
			if (str_eq(x->list->item[k].zh, members->item[i].text))
				item = &x->list->item[k];
		if (!item)
			return YAML_FAIL(l->f, &members->item[i], "service.word",
					 FA_STR("word", members->item[i].text), FA_STR("list", x->list->id));
		v[i] = (service_set){x, item->code};
	}
	act->set = v;
	act->nset = members->n;
	return RC_OK;
}

static rc
read_prints(loader *l, const yaml *in, service_act *act)
{
	const yaml *v;
	size_t n;

	TRY(words_of(l, in, STR("print"), &v, &n));
	if (n > ACT_PRINTS)
		return YAML_FAIL(l->f, in, "service.many", FA_INT("max", ACT_PRINTS));
	for (size_t i = 0; i < n; i++) {
		const service_document *d = service_document_find(l->s, v[i].text);
		if (!d)
			return YAML_FAIL(l->f, &v[i], "service.document", FA_STR("name", v[i].text));
		act->print[act->nprints++] = d;
	}
	return RC_OK;
}

/* Exactly one of: to a step, to the applicant, back to a step before, the end. */
static rc
read_way(loader *l, const yaml *in, service_act *act)
{
	const yaml *to = yaml_find(in, STR("to")), *back = yaml_find(in, STR("back")),
		   *end = yaml_find(in, STR("end"));

	if ((to != NULL) + (back != NULL) + (end != NULL) != 1)
		return YAML_FAIL(l->f, in, "service.way", FA_STR("name", act->id));
	if (to && to->kind == YAML_TEXT && str_eq(to->text, STR("applicant"))) {
		act->to_applicant = true;
		return RC_OK;
	}
	if (end) {
		TRY(yaml_is(l->f, end, YAML_TEXT));
		act->end = outcome_find(l->s, end->text);
		return act->end ? RC_OK : YAML_FAIL(l->f, end, "service.outcome", FA_STR("name", end->text));
	}
	act->back = back != NULL;
	return find_step(l, to ? to : back, &act->to);
}

static rc
read_act_roles(loader *l, const yaml *in, const service_step *step, service_act *act)
{
	const yaml *v;
	size_t n;

	TRY(words_of(l, in, STR("by"), &v, &n));
	for (size_t i = 0; i < n; i++) {
		const role *r = NULL;
		bool of_step = false;
		TRY(find_role(l, &v[i], &r));
		for (size_t k = 0; k < step->nby; k++)
			of_step = of_step || step->by[k] == r;
		if (!of_step)
			return YAML_FAIL(l->f, &v[i], "service.act_role", FA_STR("name", v[i].text));
		if (act->nby < LEN(act->by))
			act->by[act->nby++] = r;
	}
	return RC_OK;
}

static rc
read_act(loader *l, const yaml *in, const service_step *step, service_act *act)
{
	static const str reasons[] = {STR("required")}, clocks[] = {STR("pauses")};
	const yaml *ask = NULL, *appeal = yaml_find(in, STR("appeal"));
	size_t k = 0;

	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("name"), STR("to"), STR("back"), STR("end"), STR("by"), STR("when"), STR("ask"),
		 STR("effect"), STR("print"), STR("set"), STR("reason"), STR("clock"), STR("without form"),
		 STR("appeal")));
	TRY(need_pair(l, in, STR("name"), &act->name));
	TRY(read_way(l, in, act));
	TRY(read_act_roles(l, in, step, act));
	TRY(opt_term(l, in, STR("when"), &act->when));
	TRY(read_effects(l, in, act));
	TRY(read_prints(l, in, act));
	TRY(read_set(l, in, act));
	act->reason = yaml_find(in, STR("reason")) != NULL || act->back;
	TRY(yaml_opt_choice(l->f, in, STR("reason"), reasons, LEN(reasons), &k));
	act->pauses = yaml_find(in, STR("clock")) != NULL;
	TRY(yaml_opt_choice(l->f, in, STR("clock"), clocks, LEN(clocks), &k));
	if (act->pauses && !act->to_applicant)
		return YAML_FAIL(l->f, in, "service.pauses", FA_STR("name", act->id));
	TRY(yaml_opt_bool(l->f, in, STR("without form"), &act->without_form));
	TRY(yaml_opt_list(l->f, in, STR("ask"), &ask));
	if (ask)
		TRY(read_questions(l, ask, &act->q, &act->nq));
	if (!appeal)
		return RC_OK;
	TRY(ONLY(l, appeal, STR("to"), STR("within")));
	TRY(need_pair(l, appeal, STR("to"), &act->appeal));
	TRY(yaml_need(l->f, appeal, STR("within"), &ask));
	return opt_span(l, appeal, STR("within"), &act->appeal_within);
}

static rc
find_act(loader *l, const yaml *in, str key, const service_step *step, const service_act **out)
{
	const yaml *v = NULL;

	TRY(yaml_need(l->f, in, key, &v));
	TRY(yaml_is(l->f, v, YAML_TEXT));
	*out = service_act_find(step, v->text);
	if (!*out)
		return YAML_FAIL(l->f, v, "service.act", FA_STR("name", v->text), FA_STR("step", step->id));
	/* the program answers no questions and gives no reasons */
	if ((*out)->nq || (*out)->reason || (*out)->to_applicant)
		return YAML_FAIL(l->f, v, "service.act_asks", FA_STR("name", v->text));
	return RC_OK;
}

/* ---- a step ---- */

static rc
read_step_roles(loader *l, const yaml *in, service_step *s)
{
	const yaml *v;
	size_t n;

	TRY(yaml_need(l->f, in, STR("by"), &v));
	TRY(words_of(l, in, STR("by"), &v, &n));
	if (n == 0 || n > STEP_ROLES)
		return YAML_FAIL(l->f, in, "service.many", FA_INT("max", STEP_ROLES));
	for (size_t i = 0; i < n; i++)
		TRY(find_role(l, &v[i], &s->by[i]));
	s->nby = n;
	TRY(words_of(l, in, STR("not by"), &v, &n));
	if (n > STEP_NOT_BY)
		return YAML_FAIL(l->f, in, "service.many", FA_INT("max", STEP_NOT_BY));
	for (size_t i = 0; i < n; i++) {
		const service_step *other = NULL;
		TRY(find_step(l, &v[i], &other));
		if (other == s)
			return YAML_FAIL(l->f, &v[i], "service.not_by_itself", FA_STR("name", s->id));
		s->not_by[s->nnot_by++] = other->number;
	}
	return RC_OK;
}

/* So many days, or until the day of an answer. */
static rc
read_waits(loader *l, const yaml *in, service_step *s)
{
	const yaml *until = yaml_find(in, STR("until")), *lasts = NULL;

	if (!until) {
		TRY(yaml_need(l->f, in, STR("lasts"), &lasts));
		return opt_span(l, in, STR("lasts"), &s->waits);
	}
	TRY(yaml_is(l->f, until, YAML_TEXT));
	s->waits_until = field_find(l->ask->fields, until->text);
	if (!s->waits_until || s->waits_until->type != FIELD_DATE || yaml_find(in, STR("lasts")))
		return YAML_FAIL(l->f, until, "service.until", FA_STR("name", until->text));
	return RC_OK;
}

/* What the program does by itself: pass a step over, or go on when its time is over. */
static rc
read_own_acts(loader *l, const yaml *in, service_step *s)
{
	const yaml *skip = yaml_find(in, STR("skip")), *waits = yaml_find(in, STR("waits"));

	if (skip) {
		TRY(ONLY(l, skip, STR("when"), STR("act"), STR("say")));
		TRY(need_term(l, skip, STR("when"), &s->skip_when));
		TRY(need_pair(l, skip, STR("say"), &s->skip_say));
		TRY(find_act(l, skip, STR("act"), s, &s->skip_act));
	}
	if (waits) {
		TRY(ONLY(l, waits, STR("lasts"), STR("until"), STR("act"), STR("objection")));
		TRY(read_waits(l, waits, s));
		TRY(find_act(l, waits, STR("act"), s, &s->wait_act));
		if (yaml_find(waits, STR("objection")))
			TRY(find_act(l, waits, STR("objection"), s, &s->objection_act));
	}
	return RC_OK;
}

static rc
read_step(loader *l, const yaml *in, service_step *s)
{
	static const str places[] = {STR("registration"), STR("residence"), STR("filed")};
	const yaml *acts = NULL;
	size_t at = 0;

	TRY(ONLY(l, in, STR("name"), STR("by"), STR("at"), STR("not by"), STR("within"), STR("skip"),
		 STR("waits"), STR("forms"), STR("decides"), STR("acts")));
	TRY(need_pair(l, in, STR("name"), &s->name));
	TRY(read_step_roles(l, in, s));
	TRY(yaml_opt_choice(l->f, in, STR("at"), places, LEN(places), &at));
	s->at = (step_place)at;
	TRY(opt_span(l, in, STR("within"), &s->within));
	TRY(yaml_opt_bool(l->f, in, STR("forms"), &s->forms));
	TRY(yaml_opt_bool(l->f, in, STR("decides"), &s->decides));
	if (s->decides && l->s->serves.policy.n == 0)
		return YAML_FAIL(l->f, in, "service.no_policy", FA_STR("name", STR("decides")));
	TRY(yaml_need_kind(l->f, in, STR("acts"), YAML_MAP, &acts));
	service_act *v = arena_array(l->a, service_act, acts->n);
	for (size_t i = 0; i < acts->n; i++) {
		v[i].id = str_dup(l->a, acts->key[i].text);
		TRY(read_act(l, &acts->item[i], s, &v[i]));
	}
	s->act = v;
	s->nacts = acts->n;
	return read_own_acts(l, in, s);
}

rc
read_steps(loader *l, const yaml *members)
{
	if (members->n == 0)
		return YAML_FAIL(l->f, members, "service.no_steps");
	l->step = arena_array(l->a, service_step, members->n);
	for (size_t i = 0; i < members->n; i++) {
		l->step[i].number = i;
		l->step[i].id = str_dup(l->a, members->key[i].text);
		if (str_eq(l->step[i].id, STR("applicant")))
			return YAML_FAIL(l->f, &members->key[i], "service.id", FA_STR("name", l->step[i].id));
		TRY(yaml_is(l->f, &members->item[i], YAML_MAP));
	}
	l->s->step = l->step;
	l->s->nsteps = members->n;
	for (size_t i = 0; i < members->n; i++)
		TRY(read_step(l, &members->item[i], &l->step[i]));
	return RC_OK;
}

/* ---- the ways through ---- */

static void
reach(const service *s, const service_step *from, bool *seen)
{
	if (seen[from->number])
		return;
	seen[from->number] = true;
	for (size_t i = 0; i < from->nacts; i++)
		if (from->act[i].to)
			reach(s, from->act[i].to, seen);
}

static bool
ends(const service *s, const service_step *from, bool *seen)
{
	if (seen[from->number])
		return false;
	seen[from->number] = true;
	for (size_t i = 0; i < from->nacts; i++)
		if (from->act[i].end || (from->act[i].to && ends(s, from->act[i].to, seen)))
			return true;
	return false;
}

/* Every step can be come to from the first, and an end from every step. */
rc
check_ways(loader *l, const yaml *members)
{
	const service *s = l->s;
	bool *seen = arena_array(l->a, bool, s->nsteps);

	reach(s, &s->step[0], seen);
	for (size_t i = 0; i < s->nsteps; i++)
		if (!seen[i])
			return YAML_FAIL(l->f, &members->key[i], "service.unreachable",
					 FA_STR("name", s->step[i].id));
	for (size_t i = 0; i < s->nsteps; i++) {
		memset(seen, 0, s->nsteps * sizeof *seen);
		if (!ends(s, &s->step[i], seen))
			return YAML_FAIL(l->f, &members->key[i], "service.no_end",
					 FA_STR("name", s->step[i].id));
	}
	return RC_OK;
}
