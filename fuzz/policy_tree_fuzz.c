/* policy_tree_fuzz.c - any bytes as a DMN file: refused with a message, or written and read the same; its
 * table as a sheet and back changes nothing. */
#include "app/policy/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { MEMORY = 48 << 20 };

static void
to_and_fro(arena *a, str xml)
{
	fault f = {0};
	policy_node *root = NULL;
	normal_changes changes = {0};
	grid g = {0}, back = {0};
	str again, ids;

	BUG_ON(policy_tree_read(a, &f, STR("f"), xml, &root) != RC_OK);
	normal_tree(a, root, &changes);
	if (grid_of(a, &f, root, STR(""), &g) != RC_OK) /* no table, several, or more than a sheet holds */
		return;
	BUG_ON(policy_tree_write(a, &f, STR("f"), root, &ids) != RC_OK);
	fault_clear(&f);
	changes.n = 0;
	rc r = grid_read(a, &f, grid_csv(a, &g, MSG_ZH), &changes, &back);
	if (r != RC_OK) { /* what a sheet cannot tell apart is refused, and named */
		BUG_ON(!f.id);
		return;
	}
	BUG_ON(grid_put(a, &f, root, &back) != RC_OK);
	BUG_ON(policy_tree_write(a, &f, STR("f"), root, &again) != RC_OK);
	BUG_ON(changes.n == 0 && !str_eq(ids, again));
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, MEMORY);
	fault f = {0};
	policy_node *root = NULL, *same = NULL;
	str once, twice;

	if (policy_tree_read(a, &f, STR("f"), (str){(const char *)p, n}, &root) != RC_OK) {
		BUG_ON(!f.id);
	} else {
		BUG_ON(policy_tree_write(a, &f, STR("f"), root, &once) != RC_OK);
		BUG_ON(policy_tree_read(a, &f, STR("f"), once, &same) != RC_OK);
		BUG_ON(policy_tree_write(a, &f, STR("f"), same, &twice) != RC_OK);
		BUG_ON(!str_eq(once, twice));
		to_and_fro(a, once);
	}
	arena_close(a);
	return 0;
}
