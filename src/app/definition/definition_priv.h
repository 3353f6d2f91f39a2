/* definition_priv.h - what the files of this folder share. */
#pragma once
#include "app/definition/definition.h"

enum { SHA_TEXT = 65 };

/* How an offer stands beside the newest version that is published. */
rc definition_compare(db *d, arena *a, fault *f, definition_offer *o) MUST_USE;

/* The layers of policies that the program carries, each checked (policies.c). */
rc definition_policies_offer(db *d, arena *a, fault *f, const pack *p, definition_offers *out) MUST_USE;
