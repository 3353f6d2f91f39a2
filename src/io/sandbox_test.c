/* sandbox_test.c - what a confined process cannot do; children that crash, hang or flood die alone.
 *
 * The tests run this program again: with a first argument it is the child. */
#include "io/sandbox.h"

#include "base/buf.h"
#include "io/file.h"
#include "io/io_test.h"
#include "io/sheet_child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEMORY = SANITIZED ? 0 : 256 << 20 };

static const sandbox_limits small = {.memory = MEMORY, .cpu = 5, .wall = 5000, .output = 1 << 20};

/* ---- children ---- */

static void
say(const char *s)
{
	if (write(STDOUT_FILENO, s, strlen(s)) < 0)
		_exit(9);
}

static int
child_echo(void)
{
	char text[4096];
	ssize_t n = 0;

	while ((n = read(STDIN_FILENO, text, sizeof text)) > 0)
		if (write(STDOUT_FILENO, text, (size_t)n) != n)
			return 9;
	say(getenv("HOME") ? "has an environment" : "");
	for (int fd = 3; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			say("has descriptors");
	return 0;
}

static int
child_confined(const char *what)
{
	sandbox_applied applied;
	fault f = {0};

	if (sandbox_enter(&f, SANDBOX_PARSER, NULL, 0, &applied) != RC_OK)
		return 8;
	say("confined ");
	if (strcmp(what, "open") == 0)
		return open("/etc/passwd", O_RDONLY) >= 0 ? 0 : 1;
	if (strcmp(what, "socket") == 0)
		return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : 1;
	if (strcmp(what, "exec") == 0)
		return execl("/bin/true", "true", (char *)NULL);
	if (strcmp(what, "fork") == 0)
		return fork() < 0;
	char *p = malloc(1 << 20); /* what it may: memory, reading, writing */
	if (!p)
		_exit(7);
	memset(p, 1, 1 << 20);
	say(p[77] == 1 ? "works" : "");
	free(p);
	_exit(0);
}

static int
child(int argc, char **argv)
{
	const char *what = argv[1];

	if (strcmp(what, SHEET_CHILD) == 0)
		return sheet_child_main(argc, argv);
	if (strcmp(what, "echo") == 0)
		return child_echo();
	if (strcmp(what, "confined") == 0)
		return child_confined(argv[2]);
	if (strcmp(what, "exit") == 0)
		return 3;
	if (strcmp(what, "crash") == 0)
		abort();
	if (strcmp(what, "hang") == 0)
		for (;;)
			pause();
	if (strcmp(what, "hang closed") == 0) {
		close(STDOUT_FILENO);
		for (;;)
			pause();
	}
	if (strcmp(what, "flood") == 0)
		for (;;)
			say("0123456789abcdef0123456789abcdef");
	if (strcmp(what, "memory") == 0)
		return mmap(NULL, 512 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
				       MAP_FAILED
			       ? 4
			       : 0;
	if (strcmp(what, "file") == 0)
		return write(open("/tmp/zhucan-sandbox-test", O_WRONLY | O_CREAT, 0600), "x", 1) == 1 ? 0 : 5;
	return 2;
}

/* ---- tests ---- */

static rc
collect(void *p, fault *f, str piece)
{
	(void)f;
	buf_put(p, piece);
	return RC_OK;
}

static rc
run(arena *a, fault *f, const char *what, const char *how, str *out)
{
	const char *const argv[] = {"zhucan", what, how, NULL};
	buf b = buf_in(a);
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);

	rc code = sandbox_run(f, argv, in, small, collect, &b);
	close(in);
	*out = buf_str(&b);
	return code;
}

static void
runs_a_child(void **state)
{
	arena *a = *state;
	const char *const argv[] = {"zhucan", "echo", NULL};
	fault f = {0};
	buf b = buf_in(a), big = buf_in(a);
	char path[] = "/tmp/zhucan-sandbox-XXXXXX";
	int in = mkstemp(path);

	unlink(path);
	for (int i = 0; i < 100000; i++)
		buf_i64(&big, i);
	assert_true(write(in, big.p, big.n) == (ssize_t)big.n && lseek(in, 0, SEEK_SET) == 0);
	check_ok(&f, sandbox_run(&f, argv, in, small, collect, &b));
	check_str(buf_str(&b), buf_str(&big));
	close(in);
}

static void
judges_children(void **state)
{
	static const struct {
		const char *what;
		rc code;
		const char *id;
	} row[] = {
		{"exit", RC_INVALID, "sandbox.failed"},    {"crash", RC_INVALID, "sandbox.died"},
		{"flood", RC_LIMIT, "sandbox.output"},     {"file", RC_INVALID, "sandbox.died"},
		{"no such", RC_INVALID, "sandbox.failed"},
	};
	fault f = {0};
	str out = {0};

	for (size_t i = 0; i < LEN(row); i++)
		check_fault(&f, run(*state, &f, row[i].what, NULL, &out), row[i].code, row[i].id);
	unlink("/tmp/zhucan-sandbox-test");
	if (MEMORY)
		check_fault(&f, run(*state, &f, "memory", NULL, &out), RC_INVALID, "sandbox.failed");
}

static void
ends_what_hangs(void **state)
{
	static const sandbox_limits quick = {.cpu = 5, .wall = 200, .output = 100};
	static const char *const how[] = {"hang", "hang closed"};
	fault f = {0};
	buf b = buf_in(*state);

	for (size_t i = 0; i < LEN(how); i++) {
		const char *const argv[] = {"zhucan", how[i], NULL};
		check_fault(&f, sandbox_run(&f, argv, STDIN_FILENO, quick, collect, &b), RC_LIMIT,
			    "sandbox.time");
	}
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left, not even as a name */
	assert_int_equal(errno, ECHILD);
}

static void
confines(void **state)
{
	static const char *const forbidden[] = {"open", "socket", "exec", "fork"};
	fault f = {0};
	str out = {0};

	check_ok(&f, run(*state, &f, "confined", "works", &out));
	check_str(out, STR("confined works"));
	for (size_t i = 0; i < LEN(forbidden); i++) {
		check_fault(&f, run(*state, &f, "confined", forbidden[i], &out), RC_INVALID, "sandbox.died");
		check_str(out, STR("confined "));
	}
}

/* Files: in a fork of this test, since nobody gets out again. */
static int
with_files(const char *folder)
{
	char inside[64], fresh[64];
	sandbox_path path[] = {{folder, true}, {"/usr/share", false}, {"/no/such/place", false}};
	sandbox_applied applied;
	fault f = {0};

	snprintf(inside, sizeof inside, "%s/a", folder);
	snprintf(fresh, sizeof fresh, "%s/b", folder);
	if (sandbox_enter(&f, SANDBOX_FILES, path, LEN(path), &applied) != RC_OK || !applied.seccomp ||
	    applied.landlock != sandbox_landlock())
		return 1;
	if (open(inside, O_RDWR | O_TRUNC) < 0 || open(fresh, O_RDWR | O_CREAT, 0600) < 0 ||
	    unlink(fresh) != 0)
		return 2;
	if (open("/usr/share", O_RDONLY | O_DIRECTORY) < 0)
		return 3;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || execl("/bin/true", "true", (char *)NULL) == 0)
		return 4;
	if (applied.landlock &&
	    (open("/etc/passwd", O_RDONLY) >= 0 || open("/usr/share/x", O_WRONLY | O_CREAT, 0600) >= 0))
		return 5;
	return 0;
}

static void
confines_to_files(void **state)
{
	char folder[] = "/tmp/zhucan-sandbox-XXXXXX";
	int status = 0;

	assert_non_null(mkdtemp(folder));
	str inside = str_fmt(*state, "%s/a", folder);
	close(open(inside.p, O_WRONLY | O_CREAT, 0600));
	pid_t pid = fork();
	if (pid == 0)
		_exit(with_files(folder));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	unlink(inside.p);
	rmdir(folder);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	sandbox_applied none = {0}, most = {6, true};
	check_str(sandbox_print(*state, &none), STR("no Landlock, no seccomp"));
	check_str(sandbox_print(*state, &most), STR("Landlock 6 (files, TCP, signals), seccomp"));
}

/* ---- sheets ---- */

static rc
count(void *p, fault *f, const cell_row *row)
{
	buf *b = p;

	buf_fmt(b, "%u:", row->row);
	for (size_t i = 0; i < row->n; i++)
		buf_fmt(b, "%s%.*s", i ? "|" : "", STR_ARG(cell_value(&row->cell[i])->text));
	buf_c(b, ';');
	return b->n > 100000 ? FAIL(f, RC_LIMIT, "test.enough") : RC_OK;
}

static rc
sheet_rows(arena *a, fault *f, str file, sheet_ask ask, str *out)
{
	int fd = memfd_create("sheet", MFD_CLOEXEC);
	sheet_tabs tabs = {0};
	buf b = buf_in(a);

	ask.memory = MEMORY;
	assert_true(fd >= 0 && write(fd, file.p, file.n) == (ssize_t)file.n && lseek(fd, 0, SEEK_SET) == 0);
	rc code = sheet_child_read(a, f, fd, &ask, count, &b, &tabs);
	close(fd);
	*out = buf_str(&b);
	return code;
}

static void
reads_sheets_in_a_child(void **state)
{
	arena *a = *state;
	sheet_ask ask = SHEET_ASK;
	fault f = {0};
	str out = {0};
	buf big = buf_in(a);

	check_ok(&f, sheet_rows(a, &f, STR("\xd0\xd5\xc3\xfb,a\n1,\n,,2\n"), ask,
				&out)); /* GB 18030 behind the wall */
	check_str(out, STR("1:姓名|a;2:1;3:||2;"));
	ask.rows = 2;
	check_ok(&f, sheet_rows(a, &f, STR("a\nb\nc\n"), ask, &out));
	check_str(out, STR("1:a;2:b;"));
	ask.rows = 0;
	check_fault(&f, sheet_rows(a, &f, STR("a\n\"b\n"), ask, &out), RC_INVALID, "csv.quote");
	assert_int_equal(sheet_rows(a, &f, STR("a\n\"b\n"), ask, &out), RC_INVALID);
	assert_int_equal(f.arg[0].i, 2);
	check_str(str_of(f.arg[0].name), STR("row"));
	check_fault(&f, sheet_rows(a, &f, STR(""), ask, &out), RC_INVALID, "sheet.empty");
	check_fault(&f, sheet_rows(a, &f, STR("PK\x03\x04"), ask, &out), RC_INVALID, "zip.damaged");
	ask.tab = 1;
	check_fault(&f, sheet_rows(a, &f, STR("a"), ask, &out), RC_INVALID, "sheet.tab");
	ask.tab = 0;
	ask.most.bytes = 3;
	check_fault(&f, sheet_rows(a, &f, STR("abcd"), ask, &out), RC_LIMIT, "sheet.size");
	ask.most.bytes = 1 << 20;
	for (int i = 0; i < 50000; i++)
		buf_fmt(&big, "%d,b\n", i);
	check_fault(&f, sheet_rows(a, &f, buf_str(&big), ask, &out), RC_LIMIT, "test.enough");
}

/* A workbook takes more of the libraries than CSV does: libzip converts times and wanted to see the time
 * zone. */
static void
reads_a_workbook_in_a_child(void **state)
{
	arena *a = *state;
	sheet_ask ask = SHEET_ASK;
	fault f = {0};
	str out = {0}, file = {0};

	check_ok(&f, file_read(a, &f, STR(SOURCE_ROOT "/fuzz/corpus/xlsx/small.xlsx"), 1 << 20, &file));
	check_ok(&f, sheet_rows(a, &f, file, ask, &out));
	check_str(out, STR("1:姓名;2:|2025-06-01;3:x|x;6:TRUE;7:0;"));
	ask.most.columns = 1;
	check_fault(&f, sheet_rows(a, &f, file, ask, &out), RC_LIMIT, "xlsx.columns");
	check_fault(&f, sheet_rows(a, &f, str_sub(file, 0, 3000), ask, &out), RC_INVALID, "zip.damaged");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(runs_a_child),
		TEST(judges_children),
		TEST(ends_what_hangs),
		TEST(confines),
		TEST(confines_to_files),
		TEST(reads_sheets_in_a_child),
		TEST(reads_a_workbook_in_a_child),
	};

	if (argc > 1)
		return child(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
