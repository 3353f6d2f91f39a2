/* person.h - people in the register: made whole in one command, found by number or name, read with masks.
 *
 * A person_ref is the right to read one person's rows, and only person_open and the look-ups make one: after
 * they have checked that the person is, or lives, in the divisions of the one who asks. A person he may not
 * see is RC_NOT_FOUND, like one who does not exist. */
#pragma once
#include "app/role/actor.h"
#include "base/nid.h"
#include "base/vec.h"
#include "store/ledger.h"
#include "store/store.h"

typedef struct person_ref person_ref;

int64_t person_ref_tenant(const person_ref *r);
int64_t person_ref_id(const person_ref *r);

/* ---- making ---- */

typedef enum place_kind { PLACE_REGISTRATION = 1, PLACE_RESIDENCE = 2 } place_kind;

/* idmap.kind */
typedef enum index_kind { INDEX_ID_NUMBER = 1, INDEX_CERTIFICATE = 2 } index_kind;

typedef struct place_in {
	place_kind kind;
	int64_t tenant; /* the federation responsible for that division */
	int64_t region;
	str address; /* below the village; may be empty */
} place_in;

typedef struct fact_in {
	str field, value; /* of lists/fields.yaml; the code of a code list */
	str valid_from;   /* a day; empty: since always, as far as known */
} fact_in;

typedef struct part_in {
	int64_t category, level;
	str cause, item, assessed_on;
} part_in;

typedef struct certificate_in {
	str number; /* empty: none yet */
	int64_t category, level, status, generation, reissue, kase, ended_for;
	str issued, expires, remarks, ended;
	const part_in *part;
	size_t nparts;
} certificate_in;

typedef struct guardian_in {
	str name, id_number, phone, proof;
	int64_t relation;
} guardian_in;

typedef struct bank_in {
	str account, bank, holder;
} bank_in;

enum { PERSON_PLACES = 2, PERSON_FACTS = 16, PERSON_PARTS = 7 };

/* What is known of a person about to be entered: checked values, normalised numbers. */
typedef struct person_in {
	int64_t tenant;
	int64_t id_kind; /* 0 none, 1 identity number, 2 residence permit 81/82/83, 3 permanent residence card
			  */
	str id_number, name, born, died, phone, source;
	int64_t sex, ethnic;
	place_in place[PERSON_PLACES];
	size_t nplaces; /* at least the place of registration */
	fact_in fact[PERSON_FACTS];
	size_t nfacts;
	certificate_in certificate;
	bool has_certificate;
	guardian_in guardian; /* without a name: none */
	bank_in bank;         /* without an account: none */
} person_in;

/* The same sealed, with its id and its new key: what a command needs. */
typedef struct person_new {
	const person_in *in;
	int64_t id, certificate;
	data_key key;
	wrapped_key wrapped;
	str id_number, phone, address[PERSON_PLACES], number, remarks, guardian_id, guardian_phone, account;
	str idx_number, idx_certificate; /* empty: none */
	str key_name, key_pinyin;
} person_new;

/* Checks nothing (the caller's reader did), seals everything, outside any transaction. `now` makes the ids.
 */
rc person_prepare(store *s, sealer *k, arena *a, fault *f, const person_in *in, int64_t now,
		  person_new *out) MUST_USE;

/* The same for one whose key was made before, with a case: his id is the key's, and no key need go with the
 * command. */
rc person_prepare_as(sealer *k, arena *a, fault *f, const person_in *in, const data_key *key,
		     int64_t certificate, person_new *out) MUST_USE;

/* Inside a command, in an open event whose key is p->key: all rows of the person.
 * RC_CONFLICT person.number_taken, person.certificate_taken: another active record holds that number. */
rc person_put(tx *t, const person_new *p) MUST_USE;

/* One person, one event: the whole command for store_write. `in` is a person_enter. */
typedef struct person_enter {
	const person_new *person;
	int64_t actor, office;
	const char *kind; /* the event's: "person.registered" */
} person_enter;

rc person_enter_run(tx *t, const void *in, void *out) MUST_USE;

/* ---- finding ---- */

/* The person, if he is within the actor's divisions; to an applicant, if he is himself or his ward (as far as
 * the register knows: whether the service still asks for a guardian is app/kase/ward.h's). RC_NOT_FOUND
 * otherwise. */
rc person_open(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id,
	       const person_ref **out) MUST_USE;

/* By identity or certificate number, in any form people type it.
 * RC_INVALID: nid_parse's or cert_no_parse's. RC_NOT_FOUND. */
rc person_by_number(db *d, arena *a, fault *f, const actor *who, str number, int32_t today,
		    const person_ref **out) MUST_USE;

typedef VEC(const person_ref *) person_refs;

enum { PERSON_NAME_HITS = 50 };

/* By name: characters in any variant, or pinyin; `born_month` "1990-03" narrows, empty does not. Namesakes
 * all come, in the order of their ids; *more when there were over PERSON_NAME_HITS. */
rc person_by_name(db *d, arena *a, fault *f, const actor *who, str name, str born_month, person_refs *out,
		  bool *more) MUST_USE;

/* ---- reading ---- */

typedef struct place_view {
	place_kind kind;
	int64_t region, code;
	str address; /* sealed */
	str valid_from, valid_to;
} place_view;

typedef struct fact_view {
	int64_t id, recorded_at, superseded_at;
	str field, value, valid_from, valid_to, source;
} fact_view;

typedef struct part_view {
	int64_t certificate, category, level;
	str cause, item, assessed_on;
} part_view;

typedef struct certificate_view {
	int64_t id, category, level, status, generation, reissue, ended_for;
	str number, remarks; /* sealed */
	str issued, expires, source, ended;
} certificate_view;

typedef struct guardian_view {
	int64_t id, relation;
	str name;
	str id_number, phone; /* sealed */
	str valid_from, valid_to;
} guardian_view;

typedef struct bank_view {
	int64_t id;
	str account; /* sealed */
	str bank, holder, valid_from, valid_to;
} bank_view;

/* person.merged_into of a record that was withdrawn: its import was undone, and it counts as never made. */
enum { PERSON_WITHDRAWN = -1 };

/* All of a person as it stands, sealed values still sealed. */
typedef struct person_view {
	const person_ref *ref;
	int64_t id_kind, sex, ethnic, merged_into;
	str id_number, phone; /* sealed */
	str name, born, died, photo, source;
	VEC(place_view) places;
	VEC(fact_view) facts;
	VEC(certificate_view) certificates;
	VEC(part_view) parts;
	VEC(guardian_view) guardians;
	VEC(bank_view) banks;
} person_view;

rc person_read(db *d, arena *a, fault *f, const person_ref *ref, person_view *out) MUST_USE;

/* lists/codes/certificate_status.yaml */
typedef enum certificate_status {
	CERTIFICATE_DRAFT,
	CERTIFICATE_IN_PROCESS,
	CERTIFICATE_VALID,
	CERTIFICATE_EXPIRED,
	CERTIFICATE_LOST,
	CERTIFICATE_FROZEN,
	CERTIFICATE_MOVED_OUT,
	CERTIFICATE_CANCELLED,
	CERTIFICATE_REVOKED,
	CERTIFICATE_SUPERSEDED,
	CERTIFICATE_STATUSES
} certificate_status;

/* Has he a certificate that is valid on that day? */
bool person_is_certified(const person_view *p, str on);

/* The value of a fact at day `on` as known at instant `known` (INT64_MAX: now): NULL when nothing is known.
 */
const fact_view *person_fact(const person_view *p, str field, str on, int64_t known);

/* Opens one sealed value of this person: column "person.id_number", "place.address", "certificate.number", …,
 * `row` as its table keys it. Whoever calls writes a look first. RC_NOT_FOUND: shredded. */
rc person_reveal(db *d, arena *a, fault *f, const person_ref *ref, const seal_place *at, str sealed,
		 str *out) MUST_USE;

/* Row numbers that sealed values are bound to, for columns whose table has no id of its own. */
int64_t place_row(place_kind kind, int64_t region);

/* The two keys of name_key: one spelling of the characters, and toneless pinyin. */
str person_name_key(arena *a, str name);
str person_pinyin_key(arena *a, str name);

/* How the check of the ledger remakes what no SELECT can: idmap, name_key, and the divisions' region_key. */
extern const ledger_derived person_derived[];
