/* look_test.c - what the memory of looks keeps, what it forgets, and that many may ask at once. */
#include "web/look.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define NOW     1793577600000
#define MINUTES 60000

static looks *
opened(void **state)
{
	return looks_open(*state);
}

static int
open_room(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static int
close_room(void **state)
{
	arena_close(*state);
	return 0;
}

static const look_key somebody = {.actor = 7, .office = 9, .tenant = 420106, .person = 33};

static void
a_window_is_a_quarter_of_an_hour(void **state)
{
	looks *l = opened(state);

	assert_false(looks_stand(l, &somebody, STR("1"), NOW));
	looks_keep(l, &somebody, STR("1"), NOW);
	assert_true(looks_stand(l, &somebody, STR("1"), NOW));
	assert_true(looks_stand(l, &somebody, STR("1"), NOW + 15 * MINUTES - 1));
	assert_false(looks_stand(l, &somebody, STR("1"), NOW + 15 * MINUTES));
	/* a page read within it does not make it longer */
	assert_true(looks_stand(l, &somebody, STR("1"), NOW + 14 * MINUTES));
	assert_false(looks_stand(l, &somebody, STR("1"), NOW + 16 * MINUTES));
	/* nor does a clock that was set back open one */
	assert_false(looks_stand(l, &somebody, STR("1"), NOW - 1));
}

static void
another_officer_post_person_or_purpose_is_another_look(void **state)
{
	looks *l = opened(state);
	look_key other[4] = {somebody, somebody, somebody, somebody};

	looks_keep(l, &somebody, STR("1"), NOW);
	other[0].actor = 8;
	other[1].office = 10;
	other[2].tenant = 440103;
	other[3].person = 34;
	for (size_t i = 0; i < LEN(other); i++)
		assert_false(looks_stand(l, &other[i], STR("1"), NOW));
	assert_false(looks_stand(l, &somebody, STR("2"), NOW));
	assert_true(looks_stand(l, &somebody, STR("1"), NOW));
}

static void
the_last_purpose_is_remembered_for_half_a_day(void **state)
{
	arena *a = *state;
	looks *l = opened(state);

	assert_int_equal(looks_purpose(l, a, &somebody, NOW).n, 0);
	looks_intend(l, &somebody, STR("1"), NOW);
	assert_false(looks_stand(l, &somebody, STR("1"), NOW)); /* said, not looked */
	looks_intend(l, &somebody, STR("9:来信"), NOW + 1);
	assert_true(str_eq(looks_purpose(l, a, &somebody, NOW + 2), STR("9:来信")));
	looks_keep(l, &somebody, STR("1"), NOW + 3);
	assert_true(str_eq(looks_purpose(l, a, &somebody, NOW + 4), STR("1")));
	assert_int_equal(looks_purpose(l, a, &somebody, NOW + 3 + LOOK_PURPOSE_MS).n, 0);
}

static void
a_flood_forgets_and_never_invents(void **state)
{
	enum { MANY = 200000, LONG = LOOK_PURPOSE_MAX + 1 };
	arena *a = *state;
	looks *l = opened(state);
	size_t kept = 0;

	for (int64_t i = 1; i <= MANY; i++) {
		look_key k = {.actor = 7, .office = 9, .tenant = 420106, .person = i};
		looks_keep(l, &k, STR("1"), NOW + i);
	}
	for (int64_t i = 1; i <= MANY; i++) {
		look_key k = {.actor = 7, .office = 9, .tenant = 420106, .person = i};
		kept += looks_stand(l, &k, STR("1"), NOW + i);
	}
	assert_in_range(kept, 1, 2048 * 8);
	look_key k = {.actor = 7, .office = 9, .tenant = 420106, .person = MANY};
	assert_true(looks_stand(l, &k, STR("1"), NOW + MANY)); /* the newest stays */
	char *text = arena_alloc(a, LONG);
	memset(text, 'x', LONG);
	looks_keep(l, &somebody, (str){text, LONG}, NOW); /* too long to be kept: looked at each time */
	assert_false(looks_stand(l, &somebody, (str){text, LONG}, NOW));
}

/* ---- two threads: each finds what it kept itself, whatever the other does ---- */

typedef struct asker {
	looks *l;
	int64_t office;
	size_t lost;
} asker;

static void *
ask_main(void *p)
{
	asker *x = p;
	arena *a = arena_open(NULL, 0);

	for (int64_t i = 1; i <= 50000; i++) {
		look_key k = {.actor = 7, .office = x->office, .tenant = 420106, .person = i % 16};
		looks_intend(x->l, &k, STR("2"), NOW + i);
		looks_keep(x->l, &k, STR("1"), NOW + i);
		x->lost += !looks_stand(x->l, &k, STR("1"), NOW + i);
		x->lost += looks_purpose(x->l, a, &k, NOW + i).n != 1;
		if (i % 1000 == 0)
			arena_reset(a);
	}
	arena_close(a);
	return NULL;
}

static void
two_threads_at_once(void **state)
{
	pthread_t t[2];
	asker x[2] = {{.l = opened(state), .office = 1}, {.office = 2}};

	x[1].l = x[0].l;
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&t[i], NULL, ask_main, &x[i]), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	assert_int_equal(x[0].lost + x[1].lost, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_window_is_a_quarter_of_an_hour, open_room, close_room),
		cmocka_unit_test_setup_teardown(another_officer_post_person_or_purpose_is_another_look,
						open_room, close_room),
		cmocka_unit_test_setup_teardown(the_last_purpose_is_remembered_for_half_a_day, open_room,
						close_room),
		cmocka_unit_test_setup_teardown(a_flood_forgets_and_never_invents, open_room, close_room),
		cmocka_unit_test_setup_teardown(two_threads_at_once, open_room, close_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
