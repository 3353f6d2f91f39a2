/* wordgen.c - the code lists as one table of words: what each calls in English what it calls so in Chinese.
 *
 *   wordgen OUT.c OUT.d FOLDER
 *
 * A word that two lists translate in different ways has no line: who meets it alone cannot tell which is
 * meant. */
#include "base/vec.h"
#include "io/yaml.h"
#include "tool.h"

#include <stdlib.h>

typedef struct pair {
	str zh, en;
} pair;

typedef struct words {
	arena *a;
	VEC(pair) all;
} words;

static void
add_list(void *p, const char *path)
{
	enum { MAX = 1 << 20 };
	words *w = p;
	const yaml *list = NULL, *items = NULL;
	fault f = {0};

	if (yaml_parse(w->a, &f, str_of(path), tool_read(w->a, path), MAX, &list) != RC_OK ||
	    yaml_need_kind(&f, list, STR("items"), YAML_LIST, &items) != RC_OK)
		tool_die(path, 0, "%s", f.id);
	for (size_t i = 0; i < items->n; i++) {
		pair *x = vec_add(w->a, &w->all);
		if (yaml_need_text(&f, &items->item[i], STR("zh"), &x->zh) != RC_OK ||
		    yaml_need_text(&f, &items->item[i], STR("en"), &x->en) != RC_OK)
			tool_die(path, (int)items->item[i].line, "%s", f.id);
	}
}

static int
by_word(const void *a, const void *b)
{
	return str_cmp(((const pair *)a)->zh, ((const pair *)b)->zh);
}

int
main(int argc, char **argv)
{
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a), deps = buf_in(a);
	words w = {.a = a};
	size_t made = 0, same;

	if (argc != 4)
		tool_die("wordgen", 0, "use: wordgen OUT.c OUT.d FOLDER");
	tool_files(a, argv[3], ".yaml", &deps, add_list, &w);
	qsort(w.all.v, w.all.n, sizeof *w.all.v, by_word);
	buf_lit(&b, "/* Made by wordgen. */\n#include \"io/words.h\"\n\nconst word_pair words_all[] = {\n");
	for (size_t i = 0; i < w.all.n; i += same) {
		const pair *x = &w.all.v[i];
		bool one = true;
		for (same = 1; i + same < w.all.n && str_eq(x->zh, w.all.v[i + same].zh); same++)
			one = one && str_eq(x->en, w.all.v[i + same].en);
		if (!one)
			continue;
		buf_fmt(&b, "\t{{");
		tool_put_literal(&b, x->zh);
		buf_fmt(&b, ", %zu}, {", x->zh.n);
		tool_put_literal(&b, x->en);
		buf_fmt(&b, ", %zu}},\n", x->en.n);
		made++;
	}
	buf_fmt(&b, "};\nconst size_t words_n = %zu;\n", made);
	tool_write(argv[1], buf_str(&b));
	tool_write_deps(a, argv[2], argv[1], &deps);
	arena_close(a);
	return 0;
}
