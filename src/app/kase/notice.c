/* notice.c - what hangs in the village, who objects, and the program's own clock. */
#include "app/kase/kase_priv.h"

#include "base/date.h"
#include "base/utf8.h"

enum { OBJECTION_MAX = 2000, WHO_MAX = 50, SLICE = 20 };

static rc
open_notice(kase_ctx *c, int64_t *id)
{
	kase_publicities_rows rows;

	TRY(sql_kase_publicities(c->d, c->a, c->f,
				 &(kase_publicities_in){.tenant = c->k.tenant, .kase = c->k.id}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].closed.n == 0 && str_cmp(ctx_day(c), rows.v[i].last) <= 0) {
			*id = rows.v[i].id;
			return RC_OK;
		}
	return FAIL(c->f, RC_CONFLICT, "kase.notice_over");
}

rc
kase_object(tx *t, const void *in, void *out)
{
	const kase_objection_in *i = in;
	const kase_at at = {i->house, i->by, i->tenant, i->id};
	int64_t notice = 0;
	kase_ctx c;

	TRY(ctx_load(&c, t, &at));
	const service_step *step = service_step_find(c.s, c.k.step);
	if (!step || !step->objection_act)
		return FAIL(c.f, RC_CONFLICT, "kase.notice_over");
	TRY(open_notice(&c, &notice));
	if (str_trim(i->text).n == 0 || utf8_count(i->text) > OBJECTION_MAX || utf8_count(i->who) > WHO_MAX)
		return FAIL(c.f, RC_INVALID, "kase.objection", FA_FIELD(STR("text")),
			    FA_INT("max", OBJECTION_MAX));
	ctx_event(&c, "kase.objected");
	row_objection r = {.tenant = c.k.tenant,
			   .kase = c.k.id,
			   .id = tx_id(t),
			   .publicity = notice,
			   .at = c.now,
			   .actor = c.by->account};
	r.who = ctx_seal(&c, "objection", "who", r.id, i->who);
	r.phone = ctx_seal(&c, "objection", "phone", r.id, i->phone);
	r.text = ctx_seal(&c, "objection", "text", r.id, i->text);
	TRY(put_objection(t, &r));
	if (out)
		*(int64_t *)out = r.id;
	return act_by_program(&c, step->objection_act);
}

static rc
wake(tx *t, void *ctx, job *j)
{
	static const actor nobody = {.kind = ACTOR_NOBODY};
	work_waking_rows due;

	TRY(sql_work_waking(tx_db(t), tx_arena(t), tx_fault(t),
			    &(work_waking_in){.today = date_str(tx_arena(t), tx_today(t)), .n = SLICE},
			    &due));
	for (size_t i = 0; i < due.n; i++) {
		const kase_at at = {ctx, &nobody, due.v[i].subject_tenant, due.v[i].subject};
		kase_ctx c;
		TRY(ctx_load(&c, t, &at));
		const service_step *step = service_step_find(c.s, c.k.step);
		BUG_ON(!step || !step->wait_act || c.k.turn != due.v[i].n);
		ctx_event(&c, "kase.acted");
		TRY(act_by_program(&c, step->wait_act));
		TRY(tx_event_end(t));
		j->done++;
	}
	j->finished = due.n < SLICE;
	return RC_OK;
}

/* Five minutes past midnight: the day is a new one for every office. */
const job_kind kase_jobs[] = {{"kase.wake", wake, 1440, 5}, {0}};
