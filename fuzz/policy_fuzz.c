/* policy_fuzz.c - any three texts, with NULs between, are a policy or a fault; a policy can be tried, checked
 * and explained, and its explanations agree with themselves: a rule that fired lacks no cell. */
#include "app/policy/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { TEXT_MAX = 16 << 10, MEMORY = 256 << 20 };

static void
agree(arena *a, const policy_explanation *x)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < x->nreadings; i++)
		for (size_t k = 0; k < x->reading[i].nrows; k++) {
			BUG_ON(x->reading[i].row[k].fired != (k < x->reading[i].nfired));
			BUG_ON(x->reading[i].row[k].fired && x->reading[i].row[k].failed);
		}
	policy_explain_json(&b, x);
	BUG_ON(b.n == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, MEMORY);
	str rest = {(const char *)p, n};
	policy_files files = {.name = STR("fuzz")};
	feel_zones zones = {.a = a};
	feel_env env = {.zones = &zones, .steps_max = 100000};
	policy_findings found;
	policy_trial trial;
	const policy *x;
	fault f = {0};

	(void)str_next(&rest, '\0', &files.dmn);
	(void)str_next(&rest, '\0', &files.citations);
	(void)str_next(&rest, '\0', &files.tests);
	if (n > TEXT_MAX) {
		arena_close(a);
		return 0;
	}
	if (policy_load(a, &f, &files, &zones, &x) != RC_OK) {
		BUG_ON(!f.id);
	} else if (policy_try(a, &f, x, &env, &trial) == RC_OK) {
		for (size_t i = 0; i < trial.nseen; i++)
			agree(a, &trial.seen[i]);
		if (policy_check(a, &f, x, &trial, &env, &found) == RC_OK)
			BUG_ON(found.flaws > found.n);
	}
	arena_close(a);
	return 0;
}
