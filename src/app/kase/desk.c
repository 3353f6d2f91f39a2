/* desk.c - see desk.h. */
#include "app/kase/desk.h"

#include <stdlib.h>

#include "app/kase/kase_priv.h"
#include "base/date.h"

enum { NUMBER_PARTS = 4, TAIL = 6 };

/* ---- finding ---- */

rc
kase_by_number(db *d, arena *a, fault *f, str number, int64_t *tenant, int64_t *id)
{
	str rest = str_trim(number), part[NUMBER_PARTS] = {0};
	int64_t year = 0, running = 0;
	kase_by_running_row row;
	size_t n = 0;

	while (n < NUMBER_PARTS && str_next(&rest, '-', &part[n]))
		n++;
	if (n != NUMBER_PARTS || rest.n || part[3].n != TAIL || !str_to_i64(part[0], tenant) ||
	    !str_to_i64(part[1], &year) || !str_to_i64(part[2], &running))
		return RC_NOT_FOUND;
	TRY(sql_kase_by_running(
		d, a, f, &(kase_by_running_in){.tenant = *tenant, .year = year, .running = running}, &row));
	*id = row.id;
	return str_eq(row.number, str_trim(number)) ? RC_OK : RC_NOT_FOUND;
}

rc
kase_at_desk(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id, bool *ever, bool *now)
{
	work_holds_rows rows;

	TRY(sql_work_holds(d, a, f,
			   &(work_holds_in){.tenant = who->tenant,
					    .office = who->office,
					    .subject_tenant = tenant,
					    .subject = id},
			   &rows));
	*ever = rows.n > 0;
	*now = rows.n && rows.v[0].open;
	return RC_OK;
}

rc
kase_brief_read(db *d, arena *a, fault *f, const kase_ref *ref, kase_brief *out)
{
	kase_head_row k;
	int64_t tenant = 0, id = 0;

	ref_at(ref, &tenant, &id);
	TRY(sql_kase_head(d, a, f, &(kase_head_in){.tenant = tenant, .id = id}, &k));
	*out = (kase_brief){.tenant = tenant,
			    .id = id,
			    .turn = k.turn,
			    .region = k.region,
			    .person_tenant = k.person_tenant,
			    .person = k.person,
			    .filed_by = k.filed_by,
			    .filed_tenant = k.filed_tenant,
			    .filed_office = k.filed_office,
			    .state = (kase_state)k.state,
			    .number = k.number,
			    .service = k.service,
			    .step = k.step,
			    .outcome = k.outcome,
			    .name = k.name};
	return RC_OK;
}

/* ---- lists ---- */

rc
kase_piles_read(db *d, arena *a, fault *f, const actor *who, str today, kase_piles *out)
{
	work_piles_rows rows;

	*out = (kase_piles){0};
	if (!may(who, PERM_CASE_READ, REGION_NONE) || who->office == 0)
		return RC_OK;
	TRY(sql_work_piles(
		d, a, f,
		&(work_piles_in){
			.tenant = who->tenant, .office = who->office, .line = who->line, .today = today},
		&rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (kase_pile){.service = rows.v[i].service,
					       .step = rows.v[i].kind,
					       .region = rows.v[i].region,
					       .n = rows.v[i].n,
					       .overdue = rows.v[i].overdue,
					       .today = rows.v[i].now};
	return RC_OK;
}

static int
by_place(const void *a, const void *b)
{
	const kase_pile *x = a, *y = b;
	int c = str_cmp(x->service, y->service);

	if (c == 0)
		c = str_cmp(x->step, y->step);
	return c ? c : (x->region > y->region) - (x->region < y->region);
}

void
kase_piles_of(arena *a, const kase_todos *all, str today, kase_piles *out)
{
	*out = (kase_piles){0};
	for (size_t i = 0; i < all->n; i++) {
		const kase_todo *t = &all->v[i];
		const kase_pile own = {.service = t->service, .step = t->step, .region = t->region};
		size_t at = 0;
		while (at < out->n && by_place(&out->v[at], &own) != 0)
			at++;
		if (at == out->n)
			*vec_add(a, out) = own;
		int c = str_cmp(t->due, today);
		out->v[at].n++;
		out->v[at].overdue += c < 0;
		out->v[at].today += c == 0;
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_place);
}

rc
kase_readers_read(db *d, arena *a, fault *f, const actor *who, str from, str to, int64_t since,
		  kase_readers *out)
{
	work_readers_rows rows;

	*out = (kase_readers){0};
	TRY(sql_work_readers(d, a, f,
			     &(work_readers_in){.tenant = who->tenant,
						.office = who->office,
						.from = from,
						.to = to,
						.since = since,
						.me = who->account},
			     &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (kase_reader){.kase = rows.v[i].subject, .name = rows.v[i].name};
	return RC_OK;
}

rc
kase_notices_read(db *d, arena *a, fault *f, const actor *who, str last, int64_t id, int64_t n,
		  kase_notices *out)
{
	notices_hanging_rows rows;

	*out = (kase_notices){0};
	if (!may(who, PERM_PUBLICITY_READ, REGION_NONE))
		return RC_OK;
	TRY(sql_notices_hanging(
		d, a, f, &who->scope,
		&(notices_hanging_in){
			.tenant = who->tenant, .line = who->line, .last = last, .id = id, .n = n},
		&rows));
	for (size_t i = 0; i < rows.n; i++) {
		const notices_hanging_row *r = &rows.v[i];
		*vec_add(a, out) = (kase_notice){.tenant = r->tenant,
						 .kase = r->kase,
						 .id = r->id,
						 .region = r->region,
						 .on_web = r->on_web,
						 .person_tenant = r->person_tenant,
						 .person = r->person,
						 .posted = r->posted,
						 .last = r->last,
						 .closed = STR(""),
						 .number = r->number,
						 .name = r->name,
						 .step = r->step};
	}
	return RC_OK;
}

/* ---- one case ---- */

static rc
read_notices(kase_ctx *c, kase_file *out)
{
	kase_publicities_rows rows;

	TRY(sql_kase_publicities(c->d, c->a, c->f,
				 &(kase_publicities_in){.tenant = c->k.tenant, .kase = c->k.id}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(c->a, &out->notices) = (kase_notice){.tenant = c->k.tenant,
							      .kase = c->k.id,
							      .id = rows.v[i].id,
							      .region = rows.v[i].region,
							      .on_web = rows.v[i].on_web,
							      .posted = rows.v[i].posted,
							      .last = rows.v[i].last,
							      .closed = rows.v[i].closed,
							      .number = c->k.number,
							      .name = c->k.name,
							      .step = c->k.step};
	return RC_OK;
}

static rc
read_objections(kase_ctx *c, kase_file *out)
{
	kase_objections_rows rows;

	TRY(sql_kase_objections(c->d, c->a, c->f,
				&(kase_objections_in){.tenant = c->k.tenant, .kase = c->k.id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		kase_objected *o = vec_add(c->a, &out->objections);
		*o = (kase_objected){.id = rows.v[i].id, .at = rows.v[i].at, .actor = rows.v[i].actor};
		TRY(ctx_open(c, "objection", "who", o->id, rows.v[i].who, &o->who));
		TRY(ctx_open(c, "objection", "phone", o->id, rows.v[i].phone, &o->phone));
		TRY(ctx_open(c, "objection", "text", o->id, rows.v[i].text, &o->text));
	}
	return RC_OK;
}

static rc
read_assessments(kase_ctx *c, kase_file *out)
{
	kase_assessments_rows rows;
	offices_open_rows all;

	TRY(sql_kase_assessments(c->d, c->a, c->f,
				 &(kase_assessments_in){.tenant = c->k.tenant, .kase = c->k.id}, &rows));
	TRY(sql_offices_open(c->d, c->a, c->f, c->k.tenant, &all));
	for (size_t i = 0; i < rows.n; i++) {
		kase_assessed *as = vec_add(c->a, &out->assessments);
		*as = (kase_assessed){.meets = rows.v[i].meets != 0,
				      .flags = rows.v[i].flags,
				      .assessed_on = rows.v[i].assessed_on,
				      .office = STR("")};
		for (size_t k = 0; k < all.n; k++)
			if (all.v[k].id == rows.v[i].office)
				as->office = all.v[k].name;
	}
	return RC_OK;
}

static rc
read_origins(kase_ctx *c, kase_file *out)
{
	kase_origins_rows rows;

	TRY(sql_kase_origins(c->d, c->a, c->f, &(kase_origins_in){.tenant = c->k.tenant, .kase = c->k.id},
			     &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(c->a, &out->origins) = (kase_origin){.field = rows.v[i].field,
							      .name = rows.v[i].name,
							      .at = rows.v[i].at,
							      .actor = rows.v[i].actor};
	return RC_OK;
}

rc
kase_file_read(const kase_view *v, int64_t now, kase_file *out)
{
	kase_ctx *c = v->open;
	kase_turn_names_rows names;

	c->now = now;
	*out = (kase_file){0};
	TRY(read_origins(c, out));
	TRY(read_notices(c, out));
	TRY(read_objections(c, out));
	TRY(read_assessments(c, out));
	TRY(sql_kase_turn_names(c->d, c->a, c->f,
				&(kase_turn_names_in){.tenant = c->k.tenant, .kase = c->k.id}, &names));
	for (size_t i = 0; i < names.n; i++)
		*vec_add(c->a, &out->names) = (kase_names){.n = names.v[i].n,
							   .office = names.v[i].office,
							   .phone = names.v[i].phone,
							   .actor = names.v[i].actor,
							   .decider = names.v[i].decider,
							   .stands_for = names.v[i].stood_for};
	return file_missing(c, &out->missing);
}

rc
kase_recorded(const kase_view *v, int64_t now, const field *x, str *out)
{
	v->open->now = now;
	if (!v->open->recorded)
		TRY(ctx_register(v->open));
	*out = v->open->recorded[x->number];
	if (out->n == 0)
		*out = STR("");
	return RC_OK;
}

rc
kase_preview(const kase_view *v, int64_t now, decision_view *out)
{
	v->open->now = now;
	return ctx_preview(v->open, out);
}

/* ---- what may be done ---- */

static const fault *
kept(kase_ctx *c)
{
	fault *f = arena_new(c->a, fault);

	fault_copy(f, c->f);
	fault_clear(c->f);
	return f;
}

/* An answer that a page shows, as against a failure. */
static bool
refusal(rc r)
{
	return r == RC_DENIED || r == RC_INVALID || r == RC_CONFLICT;
}

static rc
may_enter(kase_ctx *c, bool *out)
{
	rc r = act_may_enter(c);

	if (r != RC_OK && !refusal(r))
		return r;
	fault_clear(c->f);
	*out = r == RC_OK;
	return RC_OK;
}

static rc
read_signers(kase_ctx *c, const service_step *step, kase_offer *o)
{
	kase_signers_rows rows;
	bool enters = false;

	TRY(may_enter(c, &enters));
	if (!enters)
		return RC_OK;
	TRY(sql_kase_signers(
		c->d, c->a, c->f,
		&(kase_signers_in){.tenant = c->by->tenant, .office = c->turn.office, .today = ctx_day(c)},
		&rows));
	for (size_t i = 0; i < rows.n; i++) {
		const role *as = role_find(c->h->roles, rows.v[i].role);
		if (!as || rows.v[i].account == c->by->account)
			continue;
		rc r = act_offered_to(c, step, o->act, rows.v[i].account, rows.v[i].person, as);
		if (r != RC_OK && !refusal(r))
			return r;
		fault_clear(c->f);
		if (r == RC_OK)
			*vec_add(c->a, &o->signers) = (kase_signer){.account = rows.v[i].account,
								    .person = rows.v[i].person,
								    .name = rows.v[i].name,
								    .role = as};
	}
	return RC_OK;
}

/* Which step the act enters, what is passed over left out; NULL: none. */
static rc
step_entered(kase_ctx *c, const service_act *act, const service_step **out)
{
	*out = act->to;
	for (size_t i = 0; *out && (*out)->skip_when && i < c->s->nsteps; i++) {
		bool skip = false;
		TRY(ctx_holds(c, (*out)->skip_when, &skip));
		if (!skip)
			break;
		*out = (*out)->skip_act->to;
	}
	return RC_OK;
}

static rc
read_offer(kase_ctx *c, const service_step *step, const service_act *act, kase_offer *o)
{
	const service_step *next = NULL;

	*o = (kase_offer){.act = act, .rc = act_offered(c, step, act)};
	if (o->rc != RC_OK && !refusal(o->rc))
		return o->rc;
	if (o->rc != RC_OK) {
		o->why = kept(c);
		TRY(read_signers(c, step, o));
	}
	for (size_t i = 0; act->end && act->end->granted && i < c->s->nbars; i++)
		o->lifts = o->lifts || (c->k.warnings >> i & 1);
	o->early = assess_early(c, step, act);
	o->lifts = o->lifts || o->early;
	if (o->rc != RC_OK && o->signers.n == 0)
		return RC_OK;
	TRY(step_entered(c, act, &next));
	if (next)
		TRY(turn_offices(c, next, false, &o->next));
	if (o->next.n == 1)
		o->next.n = 0;
	return RC_OK;
}

/* His own last act, which nobody has opened since, and which did nothing but pass the case on. */
static bool
takes_back(const kase_view *v, const kase_ctx *c)
{
	for (size_t i = v->turns.n; i-- > 0;) {
		const kase_turn *t = &v->turns.v[i];
		if (t->done == 0 || t->undone || str_eq(t->part, STR(PART_TIME)))
			continue;
		const service_step *step = service_step_find(c->s, t->step);
		const service_act *act = step ? service_act_find(step, t->act) : NULL;
		bool his = t->actor == c->by->account && t->office == c->by->office &&
			   t->office_tenant == c->by->tenant;
		return his && act && act->neffects == 0 && (c->turn.n == 0 || c->turn.opened_at == 0);
	}
	return false;
}

static bool
was_granted(const kase_ctx *c)
{
	for (size_t i = 0; i < c->s->noutcomes; i++)
		if (str_eq(c->s->outcome[i].id, c->k.outcome))
			return c->s->outcome[i].granted;
	return false;
}

static void
read_turn(kase_ctx *c, const kase_view *v)
{
	c->turn = (row_kase_step){0};
	for (size_t i = 0; i < v->turns.n; i++) {
		const kase_turn *t = &v->turns.v[i];
		if (t->n == v->turn)
			c->turn = (row_kase_step){.n = t->n,
						  .office_tenant = t->office_tenant,
						  .office = t->office,
						  .opened_at = t->opened_at,
						  .wakes = t->wakes};
	}
}

static rc
may_take(kase_ctx *c, const kase_view *v, kase_offers *out)
{
	for (size_t i = 0; v->state == KASE_AT_OFFICE && i < v->papers.n; i++) {
		if (!str_eq(v->papers.v[i].state, STR(PAPER_OWED)))
			continue;
		rc r = paper_may_take(c, v->papers.v[i].paper);
		if (r != RC_OK && !refusal(r))
			return r;
		fault_clear(c->f);
		if (r == RC_OK)
			*vec_add(c->a, &out->take) = v->papers.v[i].paper;
	}
	return RC_OK;
}

rc
kase_offers_read(const kase_view *v, const actor *who, int64_t now, kase_offers *out)
{
	kase_ctx *c = v->open;
	bool running = v->state == KASE_AT_OFFICE || v->state == KASE_AT_APPLICANT;
	bool own = who->tenant == v->tenant && may(who, PERM_CASE_ACCEPT, v->region), enters = false;

	c->by = who;
	c->now = now;
	read_turn(c, v);
	*out = (kase_offers){.take_back = running && takes_back(v, c),
			     .remake = own && v->state != KASE_AT_DRAFT && v->state != KASE_AT_VOID &&
				       !was_granted(c)};
	TRY(may_take(c, v, out));
	out->step = v->state == KASE_AT_OFFICE ? service_step_find(v->service, v->step) : NULL;
	if (!out->step)
		return RC_OK;
	out->mine = act_has_turn(c, out->step);
	if (out->mine != RC_OK)
		out->why = kept(c);
	rc fill = act_may_fill(c, out->step);
	if (fill != RC_OK && !refusal(fill))
		return fill;
	fault_clear(c->f);
	out->fill = fill == RC_OK;
	TRY(may_enter(c, &enters));
	if (out->mine != RC_OK && !enters)
		return RC_OK;
	for (size_t i = 0; i < out->step->nacts; i++)
		if (&out->step->act[i] != out->step->objection_act) /* the objection itself does that act */
			TRY(read_offer(c, out->step, &out->step->act[i], vec_add(c->a, &out->acts)));
	if (out->mine == RC_OK)
		TRY(turn_offices(c, out->step, true, &out->others));
	out->hand_over = out->others.n > 0;
	return RC_OK;
}
