/* parcel.h - events packed before the transaction that keeps them.
 *
 *   parcel *p = parcel_open(a, f, s, d, now);     on any thread, with a connection of store_read
 *   tx *t = parcel_tx(p);                         tx_event, put_…, tx_event_end, as in a command
 *   parcel_seal(p)
 *   parcel_lay(t, p)                              inside a command: all rows, all events
 *
 * One thread writes, and everybody waits for it. A loader that only puts new rows therefore packs them on a
 * thread of its own: images, compression, seals and the order of rows are made there, and what the writer has
 * left is to chain the events and to put the rows, many with one statement. In a parcel nothing can be read,
 * patched or looked at, and what is put is not checked: a key that stands already refuses the whole command
 * that lays it. A command that runs again lays the same parcel again. */
#pragma once
#include "store/store.h"

typedef struct parcel parcel;

/* `d` lends its sealer until parcel_seal. `now` is the instant of the events; `f` gets what the puts refuse.
 */
parcel *parcel_open(arena *a, fault *f, store *s, db *d, int64_t now);
tx *parcel_tx(parcel *p);

/* Nothing is added from here on. */
void parcel_seal(parcel *p);

/* Inside a command without an event of its own open. RC_CONFLICT: a key stands already; at once or at the
 * commit. */
rc parcel_lay(tx *t, const parcel *p) MUST_USE;
