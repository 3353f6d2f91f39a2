/* definition_priv.h - what the files of this folder share. */
#pragma once
#include "app/definition/definition.h"

enum { SHA_TEXT = 65 };

/* A service out of its one text. RC_INVALID as service_load. */
/* The names of parameters that a service may use: those the caller has, else the program's own. */
rc definition_with_parameters(arena *a, fault *f, const pack *p, const service_ask *with,
			      service_ask *out) MUST_USE;

rc definition_service_load(arena *a, fault *f, const service_ask *with, str text,
			   const service **out) MUST_USE;

/* A layer of a policy of that id, its layers above from the pack, tried on its test persons. */
rc definition_policy_check(arena *a, fault *f, const pack *p, str id, const service_files *files) MUST_USE;
/* The files of one in the pack. RC_INVALID policy.file. */
rc definition_policy_packed(arena *a, fault *f, const pack *p, str id, service_files *out) MUST_USE;

/* How an offer stands beside the newest version that is published. */
rc definition_compare(db *d, arena *a, fault *f, definition_offer *o) MUST_USE;

/* The layers of policies that the program carries, each checked (policies.c). */
rc definition_policies_offer(db *d, arena *a, fault *f, const pack *p, definition_offers *out) MUST_USE;
