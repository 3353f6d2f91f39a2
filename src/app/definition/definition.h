/* definition.h - definitions have versions: files offer, the store decides, and what a case runs by is never
 * removed.
 *
 * A version is proposed by one person and published by another; a demo site's console does both at once.
 * Files in the program are candidates. Events: event.definition.proposed, .published. */
#pragma once
#include "app/parameter/parameter.h"
#include "app/policy/layers.h"
#include "app/role/actor.h"
#include "app/service/files.h"
#include "store/store.h"

#define DEFINITION_SERVICE    "service"
#define DEFINITION_POLICY     "policy"     /* one of each layer: "two-subsidies/42-hubei" */
#define DEFINITION_PARAMETERS "parameters" /* one definition of the same id: lists/parameters.yaml */

typedef struct definition_new {
	const actor *by;
	str kind, id, sha256, text;
	bool alone; /* a demo site: published at once, by the console */
} definition_new;

/* A command. *out: int64_t, its version. RC_DENIED definition.denied. RC_CONFLICT definition.same: the newest
 * version says just this. */
rc definition_propose(tx *t, const void *in, void *out) MUST_USE;

typedef struct definition_at {
	const actor *by;
	str kind, id;
	int64_t version;
	int32_t from; /* DATE_NONE: today */
} definition_at;

/* A command: holds from that day. RC_NOT_FOUND; RC_DENIED definition.denied, definition.same_person;
 * RC_CONFLICT definition.published; RC_INVALID definition.past (field `from`): the day is over. Whether the
 * text is any good was asked before (definition_check): it does not change. */
rc definition_publish(tx *t, const void *in, void *out) MUST_USE;

/* Every version of every service that was published and has begun by `today`, the newest of an id first: what
 * kase_house wants. The ask's files are not used. RC_INVALID: service.* of a text that this program can no
 * longer read. */
typedef VEC(const service *) definition_services;
rc definition_services_read(db *d, arena *a, fault *f, const service_ask *with, int32_t today,
			    definition_services *out) MUST_USE;

/* Every published version of every layer of a policy, the newest of an id first; persons of tests.csv are
 * left out. RC_INVALID: policy.*, dmn.*, … of a text that this program can no longer read. */
rc definition_policies_read(db *d, arena *a, fault *f, policy_layers *out) MUST_USE;

/* The newest published version of every layer of every policy, as text, by id. */
typedef struct definition_layer {
	str id, from, text; /* from: its first day */
	int64_t version;
} definition_layer;
typedef VEC(definition_layer) definition_layers;
rc definition_layers_read(db *d, arena *a, fault *f, definition_layers *out) MUST_USE;
/* NULL: never published. */
const definition_layer *definition_layer_find(const definition_layers *all, str id);

/* The layer `id` as these files say it, with its test persons, linked to those of `all` above it. RC_INVALID,
 * RC_LIMIT as policy_load. Takes long enough to be no work for a net thread. */
rc definition_layer_load(arena *a, fault *f, const definition_layers *all, str id, const service_files *files,
			 feel_zones *zones, const policy **out) MUST_USE;

/* The version that holds of these files, and the day from which it does. RC_NOT_FOUND: never published. */
rc definition_standing(db *d, arena *a, fault *f, const char *kind, str id, str hash, int64_t *version,
		       str *day) MUST_USE;

typedef enum definition_state { DEFINITION_SAME, DEFINITION_NEW, DEFINITION_CHANGED } definition_state;

/* The newest published parameters that have begun by `today`; *out is NULL when there are none. RC_INVALID:
 * parameter.* of a text that this program can no longer read. */
rc definition_parameters_read(db *d, arena *a, fault *f, const catalogue *fields, int32_t today,
			      const parameters **out) MUST_USE;

/* A service, a layer of a policy, or the parameters, in the program beside what is published. */
typedef struct definition_offer {
	str kind, id, sha256, text;
	definition_state state;
	int64_t version; /* the newest published; 0: none */
} definition_offer;

typedef VEC(definition_offer) definition_offers;

/* The parameters, whose names services use, the services, then the policies. RC_INVALID: service.*, policy.*,
 * parameter.* of a file in the program; policy.red of one whose test persons get what they should not,
 * policy.untested of a row that nobody of them falls under. */
rc definition_offers_read(db *d, arena *a, fault *f, const pack *p, const service_ask *with,
			  definition_offers *out) MUST_USE;

/* The service of a file outside the program, "…/ID.yaml" with its folder. RC_NOT_FOUND, RC_IO as
 * service_files_read; RC_INVALID service.* of what stands in it. */
rc definition_offer_read(db *d, arena *a, fault *f, const pack *p, const service_ask *with, str path,
			 definition_offer *out) MUST_USE;

/* All that are not as published, each in a command of its own: how a demo site starts. *made: how many.
 * RC_DENIED, RC_CONFLICT as definition_propose. */
rc definition_offers_publish(store *s, arena *a, fault *f, const definition_offers *all, int64_t now,
			     int64_t *made) MUST_USE;

/* ---- versions, for the pages of who edits and who publishes ---- */

typedef struct definition_version {
	str kind, id, sha256, from; /* from: the first day; empty: not published */
	int64_t version, published_at, by_1, by_2;
	str who_1, who_2; /* their names; empty: the console */
} definition_version;

typedef VEC(definition_version) definition_versions;

/* All of all, by kind and id, the newest first. */
rc definition_versions_read(db *d, arena *a, fault *f, definition_versions *out) MUST_USE;

/* RC_NOT_FOUND: no such version. */
rc definition_text_read(db *d, arena *a, fault *f, const definition_at *at, str *text) MUST_USE;

/* What the program carries: which, and the text of one. RC_NOT_FOUND: not that. */
typedef struct definition_key {
	str kind, id;
} definition_key;
typedef VEC(definition_key) definition_keys;
void definition_packed_keys(arena *a, const pack *p, definition_keys *out);
rc definition_packed_text(arena *a, fault *f, const pack *p, const definition_key *k, str *text) MUST_USE;

/* The files of a text, each with its name, and back. RC_INVALID service.bundle. */
rc definition_files(arena *a, fault *f, const definition_key *k, str text, service_files *out) MUST_USE;
str definition_of_files(arena *a, const definition_key *k, const service_files *v);

/* What its text calls itself, in both languages; empty of the parameters, which have no name, and of a text
 * that this program cannot read. */
void definition_name(arena *a, const definition_key *k, str text, str *zh, str *en);

/* Can this program work by it?  *sha256 is its name for ever. RC_INVALID: service.*, policy.*, parameter.*,
 * …, most with {file} and {line}; definition.id: it calls itself otherwise. The layers above one of a policy
 * are those in the program. Takes long enough to be no work for a net thread. */
rc definition_check(arena *a, fault *f, const pack *p, const service_ask *with, const definition_key *k,
		    str text, str *sha256) MUST_USE;
