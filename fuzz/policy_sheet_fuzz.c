/* policy_sheet_fuzz.c - any bytes as a sheet of rules: refused with a message, or a table whose sheet says
 * the same. */
#include "app/policy/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { MEMORY = 48 << 20 };

static void
come_back(arena *a, const grid *g)
{
	fault f = {0};
	policy_node *root = grid_nothing(a, g), *read = NULL;
	grid back = {0};
	str xml, again;

	if (grid_write(a, &f, STR("f"), root, g, NULL, 0, &xml) != RC_OK) {
		BUG_ON(!f.id);
		return;
	}
	BUG_ON(policy_tree_read(a, &f, STR("f"), xml, &read) != RC_OK);
	BUG_ON(grid_of(a, &f, read, g->fact[GRID_DECISION], &back) != RC_OK);
	BUG_ON(back.rows.n != g->rows.n || back.columns.n > g->columns.n);
	for (size_t r = 0; r < g->rows.n; r++) {
		BUG_ON(!str_eq(g->rows.v[r].id, back.rows.v[r].id));
		for (size_t i = 0; i < g->columns.n && g->columns.v[i].kind <= GRID_NOTE; i++)
			BUG_ON(!str_eq(g->rows.v[r].cell[i], back.rows.v[r].cell[i]));
	}
	BUG_ON(grid_put(a, &f, read, &back) != RC_OK);
	BUG_ON(policy_tree_write(a, &f, STR("f"), read, &again) != RC_OK);
	BUG_ON(!str_eq(xml, again));
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, MEMORY);
	fault f = {0};
	normal_changes changes = {0};
	grid g = {0};

	if (grid_read(a, &f, (str){(const char *)p, n}, &changes, &g) != RC_OK)
		BUG_ON(!f.id);
	else
		come_back(a, &g);
	arena_close(a);
	return 0;
}
