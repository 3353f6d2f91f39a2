/* known.h - a policy as it was known on a day.
 *
 * A row was known from the day on which its document was made known (`published`); one without a day was
 * known always. Before that day the row that it takes the place of (`supersedes`) held where it holds now: of
 * the two rows one cell differs, mostly the month, and the older one gets both. A later row that takes no
 * other's place is not there. So what was to be paid for a month can be told as it was known then, and the
 * difference to what is known now is what has to be paid afterwards. */
#pragma once
#include "app/policy/policy.h"

/* `p` with its layers above, as known on `day`; the same policy where nothing of it was made known later.
 * RC_INVALID policy.supersedes_cells, or policy_load's; RC_LIMIT. */
rc policy_as_known(arena *a, fault *f, const policy *p, int32_t day, feel_zones *zones,
		   const policy **out) MUST_USE;
