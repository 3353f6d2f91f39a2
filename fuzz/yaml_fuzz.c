/* yaml_fuzz.c - any bytes give a tree whose lines lie inside the file, or a fault. */
#include "io/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void
walk(const yaml *v, size_t lines, int depth)
{
	BUG_ON(depth > YAML_DEPTH);
	BUG_ON(v->line == 0 || v->line > lines + 1);
	for (size_t i = 0; i < v->n; i++) {
		if (v->kind == YAML_MAP)
			BUG_ON(v->key[i].text.n == 0);
		walk(&v->item[i], lines, depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, 64 << 20);
	fault f = {0};
	const yaml *v = NULL;

	if (yaml_parse(a, &f, STR("fuzz"), (str){(const char *)p, n}, 1 << 20, &v) == RC_OK)
		walk(v, n + 1, 0);
	else
		BUG_ON(!f.id);
	arena_close(a);
	return 0;
}
