/* draft.c - see draft.h. */
#include "app/draft/draft.h"

#include "app/draft_sql.h"
#include "store/rows.h"

static const char *const acts[DRAFT_ACTS] = {
	[DRAFT_OPENED] = "opened",     [DRAFT_ROW] = "row",
	[DRAFT_ROW_GONE] = "row-gone", [DRAFT_ROW_MOVED] = "row-moved",
	[DRAFT_PERSON] = "person",     [DRAFT_PERSON_GONE] = "person-gone",
	[DRAFT_ARTICLE] = "article",   [DRAFT_ARTICLE_GONE] = "article-gone",
	[DRAFT_SHEET] = "sheet",       [DRAFT_ROWS] = "rows",
};

/* ---- reading ---- */

static rc
read_step(db *d, arena *a, fault *f, const row_draft *r, int64_t n, int64_t *before, draft_step *out)
{
	draft_step_of_row row;

	TRY(sql_draft_step_of(d, a, f, &(draft_step_of_in){.tenant = r->tenant, .draft = r->id, .n = n},
			      &row));
	*before = row.before;
	*out = (draft_step){.n = n, .at = row.at, .about = row.about, .who = row.who, .told = row.told};
	for (size_t i = 0; i < DRAFT_ACTS; i++)
		if (str_eq(row.act, str_of(acts[i])))
			out->act = (draft_act)i;
	return RC_OK;
}

/* The step that redo goes to: the one on the way to the tip that was made from where it stands. */
static rc
step_ahead(db *d, arena *a, fault *f, const row_draft *r, draft_step *out)
{
	int64_t before = 0;

	*out = (draft_step){0};
	for (int64_t n = r->tip; n > r->step; n = before) {
		TRY(read_step(d, a, f, r, n, &before, out));
		if (before == r->step)
			return RC_OK;
	}
	*out = (draft_step){0};
	return RC_OK;
}

static rc
standing(db *d, arena *a, fault *f, const actor *who, str layer, row_draft *out)
{
	draft_standing_row row;

	TRY(sql_draft_standing(
		d, a, f, &(draft_standing_in){.tenant = who->tenant, .office = who->office, .layer = layer},
		&row));
	*out = (row_draft){
		.tenant = who->tenant, .id = row.id, .base = row.base, .step = row.step, .tip = row.tip};
	return RC_OK;
}

rc
draft_read(db *d, arena *a, fault *f, const actor *who, str layer, draft **out)
{
	draft *k = arena_new(a, draft);
	row_draft r;
	draft_text_row text;
	int64_t before = 0;

	if (!may(who, PERM_POLICY_EDIT, REGION_NONE))
		return RC_NOT_FOUND;
	TRY(standing(d, a, f, who, layer, &r));
	TRY(sql_draft_text(d, a, f, &(draft_text_in){.tenant = r.tenant, .draft = r.id, .n = r.step}, &text));
	*k = (draft){.id = r.id, .base = r.base, .step = r.step, .layer = layer, .text = text.text};
	TRY(read_step(d, a, f, &r, r.step, &before, &k->now));
	TRY(step_ahead(d, a, f, &r, &k->behind));
	k->undo = before > 0;
	k->redo = k->behind.n > 0;
	*out = k;
	return RC_OK;
}

/* ---- commands ---- */

static void
begin(tx *t, const actor *by, const char *kind, int64_t id)
{
	tx_event(t, &(event_head){.tenant = by->tenant,
				  .actor = by->account,
				  .office = by->office,
				  .kind = kind,
				  .subject = id});
}

static rc
put_step(tx *t, const row_draft *r, int64_t before, const draft_change *c)
{
	return put_draft_step(t, &(row_draft_step){.tenant = r->tenant,
						   .draft = r->id,
						   .n = r->steps,
						   .before = before,
						   .at = tx_now(t),
						   .account = c->by->account,
						   .act = str_of(acts[c->act]),
						   .about = c->about,
						   .told = c->told,
						   .text = c->text});
}

rc
draft_open(tx *t, const void *in, void *out)
{
	const draft_new *n = in;
	row_draft open;

	(void)out;
	if (!may(n->by, PERM_POLICY_EDIT, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "draft.denied");
	rc r = standing(tx_db(t), tx_arena(t), tx_fault(t), n->by, n->layer, &open);
	if (r != RC_NOT_FOUND)
		return r;
	const row_draft d = {.tenant = n->by->tenant,
			     .id = tx_id(t),
			     .office = n->by->office,
			     .layer = n->layer,
			     .base = n->base,
			     .step = 1,
			     .tip = 1,
			     .steps = 1,
			     .ended = STR("")};
	begin(t, n->by, "draft.opened", d.id);
	TRY(put_draft(t, &d));
	return put_step(t, &d, 0,
			&(draft_change){.by = n->by,
					.act = DRAFT_OPENED,
					.about = STR(""),
					.told = STR(""),
					.text = n->text});
}

/* An open draft of his office, standing where he saw it. */
static rc
enter(tx *t, const actor *by, int64_t id, int64_t seen, row_draft *out)
{
	draft_step last;
	int64_t before = 0;

	if (!may(by, PERM_POLICY_EDIT, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "draft.denied");
	TRY(find_draft(t, by->tenant, id, out));
	if (out->office != by->office || out->ended.n)
		return RC_NOT_FOUND;
	if (out->step == seen)
		return RC_OK;
	TRY(read_step(tx_db(t), tx_arena(t), tx_fault(t), out, out->steps, &before, &last));
	return FAIL(tx_fault(t), RC_CONFLICT, "draft.moved", FA_STR("who", last.who));
}

rc
draft_save(tx *t, const void *in, void *out)
{
	const draft_change *c = in;
	row_draft d;

	(void)out;
	TRY(enter(t, c->by, c->draft, c->seen, &d));
	begin(t, c->by, "draft.changed", d.id);
	int64_t before = d.step;
	d.steps++;
	d.step = d.tip = d.steps;
	TRY(put_step(t, &d, before, c));
	return patch_draft(t, &d, DRAFT_STEP | DRAFT_TIP | DRAFT_STEPS);
}

rc
draft_go(tx *t, const void *in, void *out)
{
	const draft_turn *g = in;
	draft_step step;
	int64_t to = 0;
	row_draft d;

	(void)out;
	TRY(enter(t, g->by, g->draft, g->seen, &d));
	if (g->redo) {
		TRY(step_ahead(tx_db(t), tx_arena(t), tx_fault(t), &d, &step));
		to = step.n;
	} else {
		TRY(read_step(tx_db(t), tx_arena(t), tx_fault(t), &d, d.step, &to, &step));
	}
	if (to == 0 && g->redo)
		return FAIL(tx_fault(t), RC_INVALID, "draft.no_redo");
	if (to == 0)
		return FAIL(tx_fault(t), RC_INVALID, "draft.no_undo");
	begin(t, g->by, "draft.turned", d.id);
	d.step = to;
	return patch_draft(t, &d, DRAFT_STEP);
}

rc
draft_finish(tx *t, const void *in, void *out)
{
	const draft_end *e = in;
	draft_text_row text;
	row_draft d;

	*(int64_t *)out = 0;
	TRY(enter(t, e->by, e->draft, e->seen, &d));
	begin(t, e->by, "draft.ended", d.id);
	d.ended = e->sha256.n ? STR("proposed") : STR("dropped");
	TRY(patch_draft(t, &d, DRAFT_ENDED));
	TRY(tx_event_end(t)); /* the definition stands in the chain of the whole site */
	if (e->sha256.n == 0)
		return RC_OK;
	TRY(sql_draft_text(tx_db(t), tx_arena(t), tx_fault(t),
			   &(draft_text_in){.tenant = d.tenant, .draft = d.id, .n = d.step}, &text));
	const definition_new n = {.by = e->by,
				  .kind = STR(DEFINITION_POLICY),
				  .id = d.layer,
				  .sha256 = e->sha256,
				  .text = text.text};
	return definition_propose(t, &n, out);
}
