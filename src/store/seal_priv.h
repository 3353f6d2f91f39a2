/* seal_priv.h - how the store makes sealers and keeps new keys; inside this folder only. */
#pragma once
#include "store/db_priv.h"
#include "store/seal.h"

rc sealer_schema(fault *f, db *keys) MUST_USE;
rc sealer_open(arena *a, fault *f, db *keys, const uint8_t root[CRYPTO_KEY], sealer **out) MUST_USE;

/* Forgets the key that seal_find found last: when a connection is given back, when a transaction begins. A
 * key that was shredded meanwhile opens nothing after that. NULL is allowed. */
void sealer_rest(sealer *s);

/* Commits new wrapped keys: before the commit of the rows they seal, so that no row is ever without its key.
 */
rc seal_keep(sealer *s, fault *f, const wrapped_key *k, size_t n) MUST_USE;

/* Takes them back, when their rows were refused after all. */
rc seal_drop(sealer *s, fault *f, const wrapped_key *k, size_t n) MUST_USE;
