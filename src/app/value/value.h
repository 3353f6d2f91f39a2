/* value.h - what comes from outside as FEEL values: JSON in, the names of an expression out of it, and the
 * machine's time zones.
 *
 *   feel_zones zones = value_zones(a);
 *   TRY(value_context_read(a, f, text, &zones, &names));
 *   TRY(feel_parse(a, f, expr, value_scope(a, names), FEEL_EXPRESSION, &e));
 *   feel_env env = {.ctx = (void *)names, .lookup = value_lookup, .zones = &zones, .now = …}; */
#pragma once
#include "feel/feel.h"

enum { VALUE_JSON_MAX = 16 << 20, VALUE_DIGITS_MAX = DEC_DIGITS };

/* The whole of `text`, JSON, as a value: objects are contexts, arrays lists, numbers the decimals that were
 * written, text is text except `@"…"`, which is the date, time or duration in it.
 * RC_INVALID json.syntax, json.duplicate, json.encoding, json.number; value.digits (a number that no decimal
 *            holds exactly), value.temporal (@"…" around something else): with the member's path as field
 * RC_LIMIT   json.size, json.depth */
rc value_read(arena *a, fault *f, str text, feel_zones *zones, feel_value *out) MUST_USE;

/* The same for an object: names with their values. RC_INVALID also value.object (it is none), value.name (an
 * empty key). */
rc value_context_read(arena *a, fault *f, str text, feel_zones *zones, const feel_context **out) MUST_USE;

/* The names of a context as the scope of an expression. Slot i is entry i, which value_lookup gives when
 * feel_env.ctx is the context. */
feel_scope *value_scope(arena *a, const feel_context *names);
feel_value value_lookup(void *ctx, uint32_t slot);

/* Zones by name from the machine's tables. For one thread. */
feel_zones value_zones(arena *a);
