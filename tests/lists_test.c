/* lists_test.c - every file of lists/codes is in the shape that its README says, in both languages, no code
 * twice. */
#include "base/map.h"
#include "base/utf8.h"
#include "io/yaml.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define FOLDER SOURCE_ROOT "/lists/codes/"

static const yaml *
parsed(arena *a, str name)
{
	enum { MAX = 1 << 16 };
	FILE *in = fopen(cstr(a, str_cat(a, STR(FOLDER), name)), "rb");
	const yaml *y = NULL;
	fault f = {0};

	assert_non_null(in);
	char *text = arena_alloc(a, MAX);
	size_t n = fread(text, 1, MAX, in);
	fclose(in);
	if (yaml_parse(a, &f, name, (str){text, n}, MAX, &y) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	return y;
}

/* A text of a map that is there and stays as it is at the door. */
static str
clean_text(arena *a, const yaml *in, str key)
{
	fault f = {0};
	str text = {0}, out = {0};

	if (yaml_need_text(&f, in, key, &text) != RC_OK || text_clean(a, &f, text, &out) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	assert_true(str_eq(text, out));
	return text;
}

static void
only(arena *a, const yaml *in, const str *known, size_t n)
{
	fault f = {0};
	bool unsourced = true;

	if (yaml_only(&f, in, known, n) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	if (yaml_find(in, STR("unsourced")))
		assert_true(yaml_bool(&f, yaml_find(in, STR("unsourced")), &unsourced) == RC_OK && unsourced);
}

static size_t
check_list(arena *a, str file)
{
	static const str of_list[] = {STR("id"), STR("name"), STR("source"), STR("unsourced"), STR("items")};
	static const str of_item[] = {STR("code"),      STR("zh"),   STR("en"),   STR("also"),
				      STR("unsourced"), STR("only"), STR("alone")};
	const yaml *list = parsed(a, file), *items = NULL, *name = NULL;
	map codes = map_in(a);
	fault f = {0};

	only(a, list, of_list, LEN(of_list));
	assert_true(str_eq(str_cat(a, clean_text(a, list, STR("id")), STR(".yaml")), file));
	clean_text(a, list, STR("source"));
	assert_int_equal(yaml_need_kind(&f, list, STR("name"), YAML_MAP, &name), RC_OK);
	clean_text(a, name, STR("zh"));
	clean_text(a, name, STR("en"));
	assert_int_equal(yaml_need_kind(&f, list, STR("items"), YAML_LIST, &items), RC_OK);
	for (size_t i = 0; i < items->n; i++) {
		const yaml *item = &items->item[i];
		only(a, item, of_item, LEN(of_item));
		str code = clean_text(a, item, STR("code"));
		assert_true(yaml_find(item, STR("code"))->quoted);
		if (map_get(&codes, code))
			fail_msg("%.*s: %.*s twice", STR_ARG(file), STR_ARG(code));
		map_set(&codes, code, &codes);
		clean_text(a, item, STR("zh"));
		clean_text(a, item, STR("en"));
	}
	return items->n;
}

static void
code_lists_have_their_shape(void **state)
{
	arena *a = arena_open(NULL, 0);
	DIR *dir = opendir(FOLDER);
	size_t files = 0, ethnic = 0;

	(void)state;
	assert_non_null(dir);
	for (struct dirent *e; (e = readdir(dir));) {
		str file = str_of(e->d_name);
		if (!str_ends(file, STR(".yaml")))
			continue;
		size_t n = check_list(a, str_dup(a, file));
		assert_true(n >= 2);
		ethnic = str_eq(file, STR("ethnic.yaml")) ? n : ethnic;
		files++;
	}
	closedir(dir);
	assert_true(files >= 25);
	assert_int_equal(ethnic, 58); /* 56, other, naturalised */
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_lists_have_their_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
