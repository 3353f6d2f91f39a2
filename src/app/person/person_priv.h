/* person_priv.h - for the files of this folder: a right to read, made without asking. */
#pragma once
#include "app/person/person.h"

/* Whoever calls has checked already, or follows a link from a record that was checked. */
const person_ref *person_ref_of(arena *a, int64_t tenant, int64_t id);
