/* tx.h - inside a command: guarded reads, rows written together with the event that carries them.
 *
 * A command runs in one transaction. It opens an event, writes rows with the generated put_, patch_, close_
 * and add_ functions (rows.h), and closes the event; each row's after-image goes into the event's body. A
 * command may run again after a lost connection, so it keeps no state and does nothing outside the
 * transaction. */
#pragma once
#include "store/db.h"
#include "store/seal.h"

typedef struct tx tx;

/* Who did what to whom, for what purpose. `subject` is the record the event is about (0: none). When the
 * event is about one person, `key` names him: the body is sealed with his data key. */
typedef struct event_head {
	int64_t tenant;
	int64_t actor, office;
	const char *kind; /* "account.created": noun, dot, past tense; a message id event.KIND names it for
			     people */
	int64_t subject, kase;
	str purpose;
	const data_key *key; /* of the person it is about: seals the body; NULL: nothing personal in it */
} event_head;

/* The connection, for the statements of the command's own modules. */
db *tx_db(tx *t);
arena *tx_arena(tx *t);
fault *tx_fault(tx *t);

/* The one instant of this command, in ms; the office's day. */
int64_t tx_now(const tx *t);
int32_t tx_today(const tx *t);

/* A new id: larger than every id given before, on this node. */
int64_t tx_id(tx *t);

void tx_event(tx *t, const event_head *head);
rc tx_event_end(tx *t) MUST_USE;

/* The event a command forgot to end is ended with it; an event without a row is allowed (an act without a
 * trace). */

/* From here on the command only puts new rows that nobody reads before the commit: a loader's way, by COPY
 * where the engine has it. A key that stands already then refuses the whole transaction. */
void tx_bulk(tx *t);

/* For generated code. Values stand in the order of the table's columns. */
rc tx_find(tx *t, const db_table *table, sql_val *v) MUST_USE;
rc tx_put(tx *t, const db_table *table, const sql_val *v) MUST_USE;
rc tx_patch(tx *t, const db_table *table, const sql_val *v, uint64_t columns) MUST_USE;

/* The answer kept with the request key: asked again with the same key, this is given and nothing is done. */
void tx_result(tx *t, str result);

/* One look at personal data, in the second chain. `what` says which fields or which list. */
typedef struct look_row {
	int64_t tenant, actor, office, person, kase;
	str what, purpose;
} look_row;

rc tx_look(tx *t, const look_row *k) MUST_USE;
