/* outbox.h - messages to people: written by the command that causes them, sent after its commit, swept when
 * they are worth nothing.
 *
 * Address and arguments are sealed with a key of the message's own. A gateway is an adapter; when it has
 * taken a message the key is shredded, and only that something was sent, when, and the masked address are
 * left for a day. A message that nobody takes before it ends is never sent. */
#pragma once
#include "base/msg.h"
#include "base/vec.h"
#include "store/seal.h"
#include "store/store.h"

enum { OUTBOX_TRIES = 5 };

/* One message, opened, as a gateway needs it. */
typedef struct outbox_message {
	int64_t id, tenant;
	str address; /* eleven digits */
	str message; /* a message id; outbox_words makes the text */
	str args;    /* "name=value" lines */
} outbox_message;

typedef struct outbox_adapter {
	str name;   /* a message id outbox.by.NAME says it to people */
	bool shown; /* what was taken stays readable until it is swept: only where nothing leaves the site */
	/* RC_OK: taken. RC_INVALID: never will be (the address). Anything else: later again, 10 s, 40 s, 90 s
	 * after it was written, OUTBOX_TRIES times. Runs on the jobs' thread, outside any transaction. */
	rc (*send)(void *self, arena *a, fault *f, const outbox_message *m);
	void *self;
} outbox_adapter;

/* A demo site's: nothing leaves it, the page /demo/outbox shows what would have. */
extern const outbox_adapter outbox_page;

/* In a command: the sealed message waits. `id` is also the number of its key, which goes with the command. */
typedef struct outbox_new {
	int64_t id, tenant, ends;
	str address, shown, args; /* sealed, masked, sealed */
	const char *message;
} outbox_new;

rc outbox_put(tx *t, const outbox_new *m) MUST_USE;

/* Where a message's values are sealed. */
str outbox_seal_address(sealer *s, arena *a, const data_key *k, str address);
str outbox_seal_args(sealer *s, arena *a, const data_key *k, str args);

/* The text of a message in a language. */
str outbox_words(arena *a, msg_lang lang, str message, str args);

/* Hands what waits to the adapter. `taken` (may be NULL) counts. The rc is the store's. */
rc outbox_send(store *s, const outbox_adapter *by, fault *f, int64_t now, int64_t *taken) MUST_USE;

/* A job's slice: forgets codes that have run out, and messages a day after they ended. *more: there is more.
 */
rc outbox_sweep(tx *t, int64_t *swept, bool *more) MUST_USE;

/* ---- reads ---- */

typedef struct outbox_line {
	int64_t id, created, sent;
	str shown, message;
	str args; /* "code=123456", opened; empty when its key is gone */
} outbox_line;

typedef VEC(outbox_line) outbox_lines;

/* The latest 50 before id `before` (INT64_MAX: the latest), for the page of a demo site. */
rc outbox_read(sealer *s, db *d, arena *a, fault *f, int64_t tenant, int64_t before,
	       outbox_lines *out) MUST_USE;

/* How it stands in the whole site, of what is not swept yet. */
typedef struct outbox_state {
	int64_t waiting, sent, lost; /* lost: it ended before anybody took it */
} outbox_state;

rc outbox_state_read(db *d, arena *a, fault *f, int64_t now, outbox_state *out) MUST_USE;
