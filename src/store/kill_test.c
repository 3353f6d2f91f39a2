/* kill_test.c - a process killed at any moment: nothing acknowledged is lost, nothing is half there.
 *
 * The test starts itself again as a child that submits commands and writes a byte for each answer; the parent
 * kills it with SIGKILL after a drawn time, opens the store and looks. */
#include "store/store.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/rng.h"
#include "store/fixture.h"
#include "store/ledger.h"
#include "store/rows.h"

#include <cmocka.h>

enum { ROUNDS = 12, SUBMISSIONS = 200, THREADS = 4 };

static const uint8_t root[32] = "a root key that guards no secret";

/* Two rows and their event: half of it would be one without the other. */
static rc
submit(tx *t, const void *in, void *out)
{
	const str *key = in;
	row_account a = {
		.tenant = 1, .kind = STR("staff"), .login = *key, .name = *key, .closed = STR("2026-01-01")};
	row_office o = {.tenant = 1,
			.kind = STR("township"),
			.name = *key,
			.phone = STR(""),
			.address = STR(""),
			.closed = STR("")};

	(void)out;
	o.id = a.id = tx_id(t);
	tx_event(t, &(event_head){.tenant = 1, .kind = "test.submitted", .subject = a.id});
	TRY(put_account(t, &a));
	TRY(put_office(t, &o));
	tx_result(t, *key);
	return RC_OK;
}

static rc
ask(store *s, arena *a, fault *f, str key, bool *repeated)
{
	store_command c = {.fn = submit,
			   .in = &key,
			   .a = a,
			   .now = 1793577600000,
			   .key = key,
			   .actor = 7,
			   .route = STR("POST /x"),
			   .input = STR("x")};
	rc r = store_write(s, f, &c);

	if (repeated)
		*repeated = c.repeated;
	return r;
}

/* ---- the child ---- */

typedef struct worker {
	store *s;
	int n;
	const char *round;
} worker;

static void *
worker_main(void *p)
{
	const worker *w = p;
	fault f = {0};

	for (int i = w->n; i < SUBMISSIONS; i += THREADS) {
		arena *a = arena_open(NULL, 0);
		uint8_t n = (uint8_t)i;
		if (ask(w->s, a, &f, str_fmt(a, "%s-%d", w->round, i), NULL) == RC_OK && write(1, &n, 1) != 1)
			_exit(3);
		arena_close(a);
	}
	return NULL;
}

static int
child(char **argv)
{
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	store_options o = {.url = str_of(argv[2]), .keys = str_of(argv[3]), .root = root};
	pthread_t th[THREADS];
	worker w[THREADS];
	store *s = NULL;

	if (store_open(a, &f, &o, &s) != RC_OK)
		return 2;
	for (int i = 0; i < THREADS; i++) {
		w[i] = (worker){.s = s, .n = i, .round = argv[4]};
		pthread_create(&th[i], NULL, worker_main, &w[i]);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(th[i], NULL);
	arena_close(a);
	return 0;
}

/* ---- the parent ---- */

static pid_t
start(fixture *x, const char *round, int *from)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	char *const argv[] = {(char *)(uintptr_t) "kill_test",
			      (char *)(uintptr_t) "child",
			      cstr(x->a, x->url),
			      cstr(x->a, x->keys),
			      (char *)(uintptr_t)round,
			      NULL};
	pid_t pid = fork();
	if (pid == 0) {
		dup2(fd[1], 1);
		execv("/proc/self/exe", argv);
		_exit(4);
	}
	close(fd[1]);
	*from = fd[0];
	return pid;
}

static size_t
acknowledged(int from, uint8_t seen[SUBMISSIONS])
{
	size_t n = 0;
	uint8_t k = 0;

	while (read(from, &k, 1) == 1) {
		seen[k] = 1;
		n++;
	}
	close(from);
	return n;
}

static void
look(fixture *x, const char *round, const uint8_t *seen)
{
	ledger_report r;
	uint8_t key[32] = {0};
	ledger_ask how = {.scratch = fixture_path(x, "scratch"), .key = key};

	assert_int_equal(ledger_check(x->s, x->a, &x->f, &how, &r), RC_OK);
	assert_int_equal(r.nfindings, 0);
	for (int i = 0; i < SUBMISSIONS; i++) {
		bool repeated = false;
		if (!seen[i])
			continue;
		arena *a = arena_open(x->a, 0);
		assert_int_equal(ask(x->s, a, &x->f, str_fmt(a, "%s-%d", round, i), &repeated), RC_OK);
		assert_true(repeated);
		arena_close(a);
	}
}

static void
killed_at_any_moment(fixture *x)
{
	rng r = {.seed = 9, .stream = x->engine};
	size_t total = 0, cut = 0;

	for (int i = 0; i < ROUNDS; i++) {
		uint8_t seen[256] = {0};
		char round[16];
		int from = -1, status = 0;
		snprintf(round, sizeof round, "r%d", i);
		pid_t pid = start(x, round, &from);
		uint8_t first = 0;
		assert_int_equal(read(from, &first, 1), 1); /* it runs: now at any moment */
		seen[first] = 1;
		usleep((useconds_t)rng_below(&r, 120000));
		kill(pid, SIGKILL);
		size_t n = 1 + acknowledged(from, seen);
		waitpid(pid, &status, 0);
		total += n;
		cut += n < SUBMISSIONS;
		fixture_reopen(x);
		look(x, round, seen);
	}
	print_message("%zu acknowledged, %zu of %d runs cut short\n", total, cut, ROUNDS);
	assert_true(cut > 0);
}

BOTH(killed_at_any_moment)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(killed_at_any_moment)};

	if (argc == 5 && strcmp(argv[1], "child") == 0)
		return child(argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
