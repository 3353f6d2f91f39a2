/* site.h - one installation: a folder with its settings, its root key and its databases, and the clock it
 * runs on.
 *
 *   site.yaml   kind (live, training, demo), name, where the databases are
 *   root.key    64 hex digits, readable by its owner only; without it nothing sealed opens again: back it up
 * apart site.db     the register (or a PostgreSQL that site.yaml names) keys.db     wrapped data keys papers/
 * sealed papers
 *
 * The site's clock is the machine's, but a demo or training site may stand at another day and be moved
 * forward. */
#pragma once
#include "io/crypto.h"
#include "store/job.h"

typedef enum site_kind { SITE_LIVE, SITE_TRAINING, SITE_DEMO } site_kind;

typedef struct site {
	str dir;
	site_kind kind;
	str name_zh, name_en;
	store *store;
	sign_key signing;
	uint8_t form_key[CRYPTO_KEY]; /* makes the tokens of forms */
	int64_t (*wall)(void);        /* the machine's time in ms: only main asks it */
	int64_t offset;               /* read and set atomically */
} site;

typedef struct site_new {
	site_kind kind;
	str name_zh, name_en;
	str database, keys; /* empty: SQLite files in the folder; else "postgresql://…" */
} site_new;

/* Makes the folder with settings, a new root key and an empty database of today's schema.
 * RC_CONFLICT site.exists: a site stands there already. RC_IO, RC_FULL: the disk or the database. */
rc site_init(arena *a, fault *f, str dir, const site_new *how) MUST_USE;

/* Opens it; closes with `a`. RC_NOT_FOUND site.none; RC_INVALID: site.yaml or root.key is not right, or
 * store_open's. */
rc site_open(arena *a, fault *f, str dir, int64_t (*wall)(void), site **out) MUST_USE;

int64_t site_now(const site *s);

/* Sets the clock of a demo or training site, now and for every later start. RC_DENIED site.clock_is_real: a
 * live site. */
rc site_set_clock(site *s, fault *f, int64_t now) MUST_USE;

/* Takes over what another process has set. */
rc site_follow_clock(site *s, fault *f) MUST_USE;

/* Who takes the messages to people: on a demo or training site its own page; NULL: nobody yet, they wait and
 * are lost when they end. A gateway will be named in site.yaml and stand here. */
struct outbox_adapter;
const struct outbox_adapter *site_outbox(const site *s);

/* What runs behind the pages of every site: signing the heads each midnight, sweeping what has expired. */
extern const job_kind site_jobs[];
