/* batch.c - many cases with one act: each in a command of its own, so that one that is refused holds up none.
 */
#include "app/kase/kase_priv.h"

/* The machine failed at the first of these: they wait for another try. What was done before them stands, so
 * the answer is no refusal of the whole. */
static void
leave_undone(arena *a, const kase_batch_in *in, size_t from, rc r, kase_done *done)
{
	fault *why = arena_new(a, fault);

	(void)FAIL(why, r, "kase.batch_broken");
	for (size_t i = from; i < in->n; i++) {
		done[i] = in->on[i];
		done[i].rc = r;
		done[i].why = why;
	}
}

rc
kase_batch(store *s, arena *a, fault *f, const kase_batch_in *in, kase_done *done)
{
	if (in->n > KASE_BATCH_MAX)
		return FAIL(f, RC_LIMIT, "kase.batch", FA_INT("max", KASE_BATCH_MAX));
	for (size_t i = 0; i < in->n; i++) {
		fault *why = arena_new(a, fault);
		kase_act_in act = {.at = {in->house, in->by, in->on[i].tenant, in->on[i].id},
				   .turn = in->on[i].turn,
				   .act = in->act,
				   .reason = in->reason,
				   .office = in->office,
				   .decided_by = in->decided_by};
		store_command c = {.fn = kase_act, .in = &act, .a = a, .now = in->now};
		done[i] = in->on[i];
		done[i].rc = store_write(s, why, &c);
		done[i].why = done[i].rc == RC_OK ? NULL : why;
		if (done[i].rc != RC_IO && done[i].rc != RC_FULL)
			continue;
		if (i == 0) {
			fault_copy(f, why);
			return done[i].rc;
		}
		leave_undone(a, in, i, done[i].rc, done);
		break;
	}
	return RC_OK;
}
