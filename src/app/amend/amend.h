/* amend.h - one detail of a person's record as it is from a day on: the only place that writes single columns
 * and facts of a person who is in the register already.
 *
 * Everything dated gets a new row from that day on; what was before stands until the day before. Inside a
 * command that checked who may write the record, in an open event of the person's federation whose key is
 * his. */
#pragma once
#include "app/field/field.h"
#include "store/ledger.h"
#include "store/seal.h"
#include "store/store.h"

typedef struct amending {
	tx *t;
	sealer *k;
	const data_key *key;
	int64_t tenant, person;
	str day, before; /* from when, and the day before it */
	str source;      /* of facts */
} amending;

/* Of the person whose key it is; `source` is the caller's to fill. */
amending amending_of(tx *t, const data_key *key, int32_t day);

/* `text` as the register stores it: a code, a day, clean text; of several values those that hold together,
 * with 、 between. Empty: none any more. RC_NOT_FOUND: the register has no place for it, and nothing was
 * written (a place that another federation is responsible for among them). RC_CONFLICT person.number_taken.
 */
rc amend_field(const amending *g, const field *x, str text) MUST_USE;

/* A sealed value of this person. */
str amend_seal(const amending *g, const char *table, const char *column, int64_t row, str text);
rc amend_open(const amending *g, const char *table, const char *column, int64_t row, str text,
	      str *out) MUST_USE;
