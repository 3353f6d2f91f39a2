/* status.h - how an installation stands, for the page of those who run it: numbers, nothing of a person. */
#pragma once
#include "app/account/outbox.h"
#include "base/vec.h"
#include "store/db.h"

typedef struct site_head {
	int64_t tenant, seq, at;
	str chain;
} site_head;

typedef struct site_status {
	str schema;                        /* the newest migration */
	int64_t offices, accounts, people; /* of the federation asked about */
	int64_t events, looks;
	outbox_state outbox;         /* of the whole site */
	VEC(site_head) signed_heads; /* the latest of each chain's signatures, newest first, at most 10 */
} site_status;

rc site_status_read(db *d, arena *a, fault *f, int64_t tenant, int64_t now, site_status *out) MUST_USE;
