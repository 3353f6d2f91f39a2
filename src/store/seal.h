/* seal.h - a data key for each person, and what it seals: fields, event bodies, papers.
 *
 * Each person (and each case without a person) has one 256-bit key, wrapped by the tenant's key, which is
 * wrapped by the site's root key. Wrapped keys live in a database of their own, beside the site's and backed
 * up apart; deleting a wrapped key shreds everything it sealed. A sealed value is bound to its place: moved
 * to another table, column, row or person it does not open. Suite 1 is AES-256-GCM; the byte leaves room for
 * SM4.
 *
 *   sealed value = base64( suite 1 | key number 1 | nonce 12 | text | tag 16 )
 *
 * A sealer belongs to one thread at a time; db_sealer() gives the one of a connection. */
#pragma once
#include "base/str.h"
#include "io/crypto.h"
#include "store/db.h"

typedef struct sealer sealer;

typedef struct data_key {
	int64_t tenant, id; /* whose: the person, or the case without one */
	crypto_key key;
} data_key;

enum { WRAPPED_TEXT = 88 }; /* 62 bytes as base64 and a NUL */

/* A new key as it will be stored: handed over with the command that makes the record, written with its
 * commit. */
typedef struct wrapped_key {
	int64_t tenant, id;
	char text[WRAPPED_TEXT]; /* base64 of suite | number | nonce | key | tag */
} wrapped_key;

/* Where a sealed value stands. */
typedef struct seal_place {
	const char *table, *column;
	int64_t row;
} seal_place;

/* The sealer of a connection that store_read or a command gave; NULL on a store opened without keys. */
sealer *db_sealer(db *d);

/* A fresh key for a record about to be made. RC_IO: the key database failed. */
rc seal_new(sealer *s, fault *f, int64_t tenant, int64_t id, data_key *key, wrapped_key *row) MUST_USE;

/* The key of a record. RC_NOT_FOUND: shredded, or never made (an answer: `f` stays clear). The last one found
 * is kept ready until the connection is given back or its transaction ends. */
rc seal_find(sealer *s, fault *f, int64_t tenant, int64_t id, data_key *key) MUST_USE;

/* Deletes the wrapped key: what it sealed opens no more, in tables and in the ledger. Once more is no fault.
 */
rc seal_shred(sealer *s, fault *f, int64_t tenant, int64_t id) MUST_USE;

/* Empty text seals to empty text: absence is no secret. */
str seal_text(sealer *s, arena *a, const data_key *k, const seal_place *at, str text);

/* RC_INVALID seal.broken: not sealed with this key for this place. */
rc seal_open(sealer *s, arena *a, fault *f, const data_key *k, const seal_place *at, str sealed,
	     str *text) MUST_USE;

/* The same for bytes that are not kept as base64: event bodies and papers. */
str seal_bytes(sealer *s, arena *a, const data_key *k, const seal_place *at, str bytes);
rc seal_open_bytes(sealer *s, arena *a, fault *f, const data_key *k, const seal_place *at, str sealed,
		   str *bytes) MUST_USE;

/* The blind index of a normalised number: finds the row without opening anything. `what` keeps kinds of
 * number apart
 * ("id_number", "certificate", "phone"). The index key's number leads, so that two keys can stand side by
 * side while one replaces the other. */
rc seal_index(sealer *s, arena *a, fault *f, const char *what, str normalised, str *idx) MUST_USE;
