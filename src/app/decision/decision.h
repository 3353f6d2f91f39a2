/* decision.h - policies put before a person's record: what came of it, kept with what it was made from, and
 * read again with its reasons. */
#pragma once
#include "app/field/field.h"
#include "app/policy/explain.h"
#include "app/policy/layers.h"
#include "store/ledger.h"
#include "store/store.h"

typedef struct decision_ask {
	const policy_layers *policies;
	const catalogue *fields;
	int64_t tenant, person; /* of the register */
	int64_t region;         /* where he is registered: whose layers hold */
	int64_t kase_tenant, kase;
	const data_key *key; /* the person's */
	/* Answers of a case, which stand for what the record says of the same facts; NULL: the record alone.
	 */
	str (*answer)(void *ctx, const field *x);
	void *ctx;
	str answered, answered_on; /* their source, and the day from which they hold */
} decision_ask;

/* Asks every policy about persons that holds at the place today, as the record stands in this transaction,
 * and keeps what it comes to. In an open event. *made (may be NULL): how many policies. */
rc decision_make(tx *t, const decision_ask *ask, int64_t *made) MUST_USE;

/* The policies about persons that hold at the place on a day. */
typedef VEC(str) decision_names;
void decision_policies(arena *a, const decision_ask *ask, int32_t day, decision_names *out);

/* ---- the record as a policy asks it ---- */

/* A value, with the day from which it holds and where it was read from; either may be empty. */
typedef struct decision_value {
	str name;
	feel_value value;
	str from, source;
} decision_value;

typedef VEC(decision_value) decision_values;

/* What the layers ask, each once, as of `day`; what is not known is null. */
rc decision_values_read(db *d, arena *a, fault *f, const decision_ask *ask, const policy *lowest, int32_t day,
			decision_values *out) MUST_USE;

/* ---- what was decided ---- */

enum { DECISION_NO_MONEY = -1 };

typedef struct decision_result {
	str layer, name, result, rules; /* as the tables decision and decision_result hold them */
	int64_t fen;
	const policy_explanation *why; /* worked out again; NULL: the version can no longer be read */
} decision_result;

typedef struct decision_view {
	int64_t id, kase_tenant, kase, region, made;
	int64_t tenant, person; /* whose; 0: of nobody that is kept */
	str policy, versions, day;
	str whose;             /* empty here: pages that show several people's put a name in */
	const policy_doc *doc; /* of the nation's layer, or of the first there is; NULL as `why` */
	decision_values seen;
	VEC(decision_result) results;
} decision_view;

typedef VEC(decision_view) decision_views;

/* Everything that was decided for a person, the latest first. `tenant` and `person` are of a look-up that
 * checked the reader. RC_NOT_FOUND: his key is gone. */
rc decisions_read(db *d, arena *a, fault *f, const policy_layers *policies, int64_t tenant, int64_t person,
		  decision_views *out) MUST_USE;

/* What one policy would come to on the day of `now`, with everything that is kept of a decision; nothing is
 * kept. RC_NOT_FOUND: no such policy holds at the place. */
rc decision_preview(db *d, arena *a, fault *f, const decision_ask *ask, str of, int64_t now,
		    decision_view *out) MUST_USE;

/* NULL: the policy has no such decision at the place. */
const decision_result *decision_result_find(const decision_view *v, str name);

/* ---- what was granted ---- */

typedef struct entitlement {
	int64_t id, kase_tenant, kase, decision, fen, granted;
	str service, policy, name, valid_from, valid_to; /* empty: it goes on */
} entitlement;

typedef VEC(entitlement) entitlements;

/* Of a person who was looked up, the latest first. */
rc entitlements_read(db *d, arena *a, fault *f, int64_t tenant, int64_t person, entitlements *out) MUST_USE;

/* What he has under that name and is not closed; NULL: nothing. */
const entitlement *entitlement_open(const entitlements *all, str of, str name);

/* Those of one case. */
rc decisions_of_kase(db *d, arena *a, fault *f, const policy_layers *policies, int64_t tenant, int64_t kase,
		     decision_views *out) MUST_USE;
