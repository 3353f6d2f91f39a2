/* migrate.h - brings a database to the schema of this program, or says why not. */
#pragma once
#include "base/arena.h"
#include "base/fault.h"
#include "store/db.h"

/* Runs the migrations that have not run, each in a transaction of its own, in order; only forward.
 * RC_INVALID store.newer:   the database has been through a migration this program does not know
 *            store.changed: a migration that ran has another text now
 *            store.empty:   no schema and `create` is false */
rc migrate(db *d, arena *a, fault *f, bool create) MUST_USE;
