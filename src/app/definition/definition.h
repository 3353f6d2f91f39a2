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
} definition_at;

/* A command: holds from today. RC_NOT_FOUND; RC_DENIED definition.denied, definition.same_person; RC_CONFLICT
 * definition.published. */
rc definition_publish(tx *t, const void *in, void *out) MUST_USE;

/* Every published version of every service, the newest of an id first: what kase_house wants. The ask's files
 * are not used. RC_INVALID: service.* of a text that this program can no longer read. */
typedef VEC(const service *) definition_services;
rc definition_services_read(db *d, arena *a, fault *f, const service_ask *with,
			    definition_services *out) MUST_USE;

/* Every published version of every layer of a policy, the newest of an id first; persons of tests.csv are
 * left out. RC_INVALID: policy.*, dmn.*, … of a text that this program can no longer read. */
rc definition_policies_read(db *d, arena *a, fault *f, policy_layers *out) MUST_USE;

/* The version that holds of these files, and the day from which it does. RC_NOT_FOUND: never published. */
rc definition_standing(db *d, arena *a, fault *f, const char *kind, str id, str hash, int64_t *version,
		       str *day) MUST_USE;

typedef enum definition_state { DEFINITION_SAME, DEFINITION_NEW, DEFINITION_CHANGED } definition_state;

/* The newest published parameters; *out is NULL when there are none. RC_INVALID: parameter.* of a text that
 * this program can no longer read. */
rc definition_parameters_read(db *d, arena *a, fault *f, const catalogue *fields,
			      const parameters **out) MUST_USE;

/* A service, a layer of a policy, or the parameters, in the program beside what is published. */
typedef struct definition_offer {
	str kind, id, sha256, text;
	definition_state state;
	int64_t version; /* the newest published; 0: none */
} definition_offer;

typedef VEC(definition_offer) definition_offers;

/* The services, the policies, then the parameters. RC_INVALID: service.*, policy.*, parameter.* of a file in
 * the program; policy.red of one whose test persons get what they should not. */
rc definition_offers_read(db *d, arena *a, fault *f, const pack *p, const service_ask *with,
			  definition_offers *out) MUST_USE;

/* The service of a file outside the program, "…/ID.yaml" with its folder. RC_NOT_FOUND, RC_IO as
 * service_files_read; RC_INVALID service.* of what stands in it. */
rc definition_offer_read(db *d, arena *a, fault *f, const service_ask *with, str path,
			 definition_offer *out) MUST_USE;

/* All that are not as published, each in a command of its own: how a demo site starts. *made: how many.
 * RC_DENIED, RC_CONFLICT as definition_propose. */
rc definition_offers_publish(store *s, arena *a, fault *f, const definition_offers *all, int64_t now,
			     int64_t *made) MUST_USE;
