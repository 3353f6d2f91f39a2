/* log_test.c - a record is one line that no input can forge, and shows no personal value. */
#include "io/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct rig {
	arena *a;
	int end[2]; /* of a pipe: what is written to [1] is read from [0] */
	logger *lg;
} rig;

static int
setup(void **state)
{
	static rig t;

	t = (rig){.a = arena_open(NULL, 0)};
	*state = &t;
	if (pipe(t.end) != 0)
		return -1;
	t.lg = log_open(t.a, t.end[1], LOG_INFO);
	return 0;
}

static int
teardown(void **state)
{
	rig *t = *state;

	close(t->end[0]);
	close(t->end[1]);
	arena_close(t->a);
	return 0;
}

/* The record after its time stamp, which is checked for its shape. */
static str
written(rig *t)
{
	char *got = arena_alloc(t->a, 2 * LOG_LINE);
	ssize_t n = read(t->end[0], got, 2 * LOG_LINE);
	str s = {got, n > 0 ? (size_t)n : 0};

	assert_true(s.n > 25 && s.n <= LOG_LINE);
	assert_true(s.p[4] == '-' && s.p[10] == 'T' && s.p[19] == '.' && s.p[23] == 'Z' && s.p[24] == ' ');
	assert_true(str_ends(s, STR("\n")));
	assert_int_equal(str_find_char(s, '\n'), (ptrdiff_t)s.n - 1);
	return str_from(s, 25);
}

static void
a_record_has_level_id_and_values(void **state)
{
	rig *t = *state;

	log_write(t->lg, LOG_INFO, "http.start", LOG_STR("address", STR("127.0.0.1")), LOG_INT("port", 8080));
	assert_true(str_eq(written(t), STR("info http.start address=127.0.0.1 port=8080\n")));
	log_write(t->lg, LOG_ERROR, "store.lost");
	assert_true(str_eq(written(t), STR("error store.lost\n")));
}

static void
below_the_floor_nothing_is_written(void **state)
{
	rig *t = *state;

	log_write(t->lg, LOG_DEBUG, "not.this");
	log_write(t->lg, LOG_WARN, "but.this", LOG_INT("n", INT64_MIN));
	assert_true(str_eq(written(t), STR("warn but.this n=-9223372036854775808\n")));
}

static void
no_value_can_forge_a_line_or_a_field(void **state)
{
	rig *t = *state;

	log_write(t->lg, LOG_INFO, "x", LOG_STR("a", STR("one two")), LOG_STR("b", STR("")),
		  LOG_STR("c", STR("1\n2025 error y")), LOG_STR("d", STR("k=v")),
		  LOG_STR("e", STR("q\"\\\x1b")), LOG_STR("f", STR("<secret:00>")),
		  LOG_STR("g", STR("区划")));
	assert_true(str_eq(written(t), STR("info x a=\"one two\" b=\"\" c=\"1\\x0a2025 error y\" d=\"k=v\" "
					   "e=\"q\\x22\\x5c\\x1b\" f=\"<secret:00>\" g=区划\n")));
}

static void
personal_values_show_class_and_tag_only(void **state)
{
	rig *t = *state;
	str nid = STR("440106199001010012");

	log_write(t->lg, LOG_INFO, "x", LOG_HIDE("nid", LOG_SENSITIVE, nid));
	str one = written(t);
	assert_true(str_starts(one, STR("info x nid=<sensitive:")));
	assert_int_equal(one.n, STR("info x nid=<sensitive:01234567>\n").n);
	assert_int_equal(str_find(one, nid), -1);
	log_write(t->lg, LOG_INFO, "x", LOG_HIDE("nid", LOG_SENSITIVE, nid));
	assert_true(str_eq(written(t), one));
	log_write(t->lg, LOG_INFO, "x", LOG_HIDE("nid", LOG_SENSITIVE, STR("440106199001010020")));
	assert_false(str_eq(written(t), one));

	/* Another process, another key: the tag cannot be looked up in an old log. */
	logger *other = log_open(t->a, t->end[1], LOG_INFO);
	log_write(other, LOG_INFO, "x", LOG_HIDE("nid", LOG_SENSITIVE, nid));
	assert_false(str_eq(written(t), one));
}

static void
a_long_value_is_cut_at_a_character(void **state)
{
	rig *t = *state;
	size_t n = 3 * LOG_LINE;

	for (size_t shift = 0; shift < 3; shift++) {
		char *text = arena_alloc(t->a, n);
		for (size_t i = 0; i < n; i++)
			text[i] = i < shift ? 'x' : "中"[(i - shift) % 3];
		log_write(t->lg, LOG_INFO, "x", LOG_STR("a", ((str){text, n})), LOG_INT("lost", 1));
		str s = written(t);
		assert_true(str_ends(s, STR("中 …\n")));
		assert_int_equal(str_find(s, STR("lost")), -1);
	}
}

static rc
fails(fault *f)
{
	return FAIL(f, RC_INVALID, "person.nid.malformed", FA_STR("value", STR("440106")), FA_INT("row", 18));
}

static void
a_fault_hides_its_texts(void **state)
{
	rig *t = *state;
	fault f = {0};

	assert_int_equal(fails(&f), RC_INVALID);
	log_fault(t->lg, LOG_WARN, &f);
	str s = written(t);
	assert_true(str_starts(s, STR("warn person.nid.malformed at=")));
	assert_true(str_find(s, STR(" value=<personal:")) > 0);
	assert_true(str_ends(s, STR(" row=18\n")));
	assert_int_equal(str_find(s, STR("440106")), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_record_has_level_id_and_values, setup, teardown),
		cmocka_unit_test_setup_teardown(below_the_floor_nothing_is_written, setup, teardown),
		cmocka_unit_test_setup_teardown(no_value_can_forge_a_line_or_a_field, setup, teardown),
		cmocka_unit_test_setup_teardown(personal_values_show_class_and_tag_only, setup, teardown),
		cmocka_unit_test_setup_teardown(a_long_value_is_cut_at_a_character, setup, teardown),
		cmocka_unit_test_setup_teardown(a_fault_hides_its_texts, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
