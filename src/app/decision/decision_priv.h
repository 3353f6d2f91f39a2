/* decision_priv.h - what the files of this folder share. */
#pragma once
#include "app/decision/decision.h"
#include "app/decision_sql.h"

/* Where the values seen are sealed. */
#define SEEN_PLACE(row_)                                                                                     \
	{                                                                                                    \
		.table = "decision", .column = "seen", .row = (row_)                                         \
	}

feel_context decision_inputs(arena *a, const decision_values *seen);

/* A line each: name, value as FEEL, from, source, with tabs between. */
str decision_seen_text(arena *a, const decision_values *seen);
rc decision_seen_read(arena *a, fault *f, str text, decision_values *out) MUST_USE;
