/* io_test.h - what the tests of this folder share. */
#pragma once
#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define check_str(got, want) check_str_((got), (want), __FILE__, __LINE__)
#define check_ok(f, x)       check_rc_((x), RC_OK, (f), NULL, __FILE__, __LINE__)
/* The call fails with this code and this message id. */
#define check_fault(f, x, code, id) check_rc_((x), (code), (f), (id), __FILE__, __LINE__)

static inline void
check_str_(str got, str want, const char *file, int line)
{
	if (str_eq(got, want))
		return;
	print_error("\"%.*s\" is not \"%.*s\"\n", STR_ARG(got), STR_ARG(want));
	_fail(file, line);
}

static inline void
check_rc_(rc got, rc want, fault *f, const char *id, const char *file, int line)
{
	if (got != want || (id && (!f->id || strcmp(f->id, id) != 0))) {
		print_error("code %d, %s at %s; want %d, %s\n", got, f->id ? f->id : "no fault",
			    f->id ? f->where : "", want, id ? id : "no fault");
		_fail(file, line);
	}
	fault_clear(f);
}

/* A fresh arena as the state of every test. */
static inline int
open_arena(void **state)
{
	*state = arena_open(NULL, 0);
	return 0;
}

static inline int
close_arena(void **state)
{
	arena_close(*state);
	return 0;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, open_arena, close_arena)
