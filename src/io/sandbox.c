/* sandbox.c - see sandbox.h. */
#include "io/sandbox.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- Landlock ---- */

/* The kernel's structure as of version 6, which an older kernel takes as well while the rest is zero: the
 * headers of Debian 12 know version 2 only. */
typedef struct ruleset {
	uint64_t files, net, scoped;
} ruleset;

enum {
	TRUNCATE = 1 << 14,       /* since version 3 */
	DEVICE_IOCTL = 1 << 15,   /* 5 */
	TCP = 1 << 0 | 1 << 1,    /* 4: bind, connect */
	SCOPES = 1 << 0 | 1 << 1, /* 6: abstract sockets of, and signals to, processes outside */
	READ_FILE = LANDLOCK_ACCESS_FS_READ_FILE,
	READ_FOLDER = LANDLOCK_ACCESS_FS_READ_DIR,
	WRITE_FILE = LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE,
	WRITE_FOLDER = LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
		       LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REFER,
};

static ruleset
all_of(int version)
{
	ruleset r = {.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};

	if (version >= 2)
		r.files |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		r.files |= TRUNCATE;
	if (version >= 4)
		r.net = TCP;
	if (version >= 5)
		r.files |= DEVICE_IOCTL;
	if (version >= 6)
		r.scoped = SCOPES;
	return r;
}

static bool
allow(int fd, const sandbox_path *p, uint64_t handled)
{
	struct stat st;
	int at = open(p->path, O_PATH | O_CLOEXEC);

	if (at < 0)
		return errno == ENOENT || errno == ENOTDIR;
	bool ok = fstat(at, &st) == 0;
	bool folder = ok && S_ISDIR(st.st_mode);
	struct landlock_path_beneath_attr rule = {.parent_fd = at};
	uint64_t may = READ_FILE | (folder ? READ_FOLDER : 0);
	if (p->write)
		may |= WRITE_FILE | (folder ? WRITE_FOLDER : 0);
	rule.allowed_access = may & handled; /* what this kernel does not know it also does not refuse */
	ok = ok && syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(at);
	return ok;
}

int
sandbox_landlock(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return version > 0 ? (int)version : 0;
}

/* The version in force afterwards; 0 where the kernel has none, -1 when it refused. */
static int
landlock(const sandbox_path *path, size_t n)
{
	int version = sandbox_landlock();

	if (version == 0)
		return 0;
	ruleset r = all_of(version);
	int fd = (int)syscall(SYS_landlock_create_ruleset, &r, sizeof r, 0);
	if (fd < 0)
		return -1;
	bool ok = true;
	for (size_t i = 0; i < n && ok; i++)
		ok = allow(fd, &path[i], r.files);
	ok = ok && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close(fd);
	return ok ? version : -1;
}

/* ---- seccomp ---- */

/* All that reading, computing, writing and leaving take: no file by name, no other process, no socket. */
static const int parser_calls[] = {
	SCMP_SYS(read),          SCMP_SYS(write),          SCMP_SYS(readv),        SCMP_SYS(writev),
	SCMP_SYS(pread64),       SCMP_SYS(lseek),          SCMP_SYS(close),        SCMP_SYS(fstat),
	SCMP_SYS(brk),           SCMP_SYS(mmap),           SCMP_SYS(munmap),       SCMP_SYS(mremap),
	SCMP_SYS(mprotect),      SCMP_SYS(madvise),        SCMP_SYS(futex),        SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction),
	SCMP_SYS(sigaltstack),   SCMP_SYS(gettid),         SCMP_SYS(getpid),       SCMP_SYS(tgkill),
	SCMP_SYS(sched_yield),   SCMP_SYS(exit),           SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
};

/* What a program that renders or stores never does, and one taken over would try. */
static const int refused_calls[] = {
	SCMP_SYS(socket),
	SCMP_SYS(connect),
	SCMP_SYS(bind),
	SCMP_SYS(listen),
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(kill),
	SCMP_SYS(tkill),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(pivot_root),
	SCMP_SYS(chroot),
	SCMP_SYS(setns),
	SCMP_SYS(unshare),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(pidfd_open),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(open_by_handle_at),
};

static bool
filter(scmp_filter_ctx ctx, uint32_t act, const int *call, size_t n)
{
	bool ok = ctx != NULL;

	for (size_t i = 0; i < n && ok; i++)
		ok = seccomp_rule_add(ctx, act, call[i], 0) == 0;
	ok = ok && seccomp_load(ctx) == 0;
	if (ctx)
		seccomp_release(ctx);
	return ok;
}

/* A parser that calls anything else is no longer our parser: it ends. A larger program may be told no. */
static bool
seccomp(sandbox_kind kind)
{
	if (kind == SANDBOX_PARSER)
		return filter(seccomp_init(SCMP_ACT_KILL_PROCESS), SCMP_ACT_ALLOW, parser_calls,
			      LEN(parser_calls));
	return filter(seccomp_init(SCMP_ACT_ALLOW), SCMP_ACT_ERRNO(EPERM), refused_calls, LEN(refused_calls));
}

rc
sandbox_enter(fault *f, sandbox_kind kind, const sandbox_path *path, size_t n, sandbox_applied *out)
{
	BUG_ON(kind == SANDBOX_PARSER && n);
	*out = (sandbox_applied){0};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return FAIL(f, RC_IO, "sandbox.refused");
	if (kind == SANDBOX_PARSER) {
		/* Or a library that converts a time (libzip does) will want to look at /etc/localtime. */
		setenv("TZ", "UTC0", 1);
		tzset();
		/* No core on the disk with what was in the file; and it dies with the server. */
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
		prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	}
	out->landlock = landlock(path, n);
	if (out->landlock < 0)
		return FAIL(f, RC_IO, "sandbox.refused");
	out->seccomp = seccomp(kind);
	if (!out->seccomp)
		return FAIL(f, RC_IO, "sandbox.refused");
	return RC_OK;
}

str
sandbox_print(arena *a, const sandbox_applied *s)
{
	buf b = buf_in(a);

	if (s->landlock > 0)
		buf_fmt(&b, "Landlock %d (files%s%s), ", s->landlock, s->landlock >= 4 ? ", TCP" : "",
			s->landlock >= 6 ? ", signals" : "");
	else
		buf_lit(&b, "no Landlock, ");
	buf_put(&b, s->seccomp ? STR("seccomp") : STR("no seccomp"));
	return buf_str(&b);
}

/* ---- a confined child ---- */

enum { NOT_STARTED = 127 };

typedef struct child {
	pid_t pid;
	int out; /* its standard output; -1 when it closed it */
	int fd;  /* the process itself, readable when it ended */
	int64_t deadline;
	size_t left; /* bytes it may still write */
} child;

static int64_t
clock_ms(void)
{
	struct timespec t;

	/* lint: allow clock - how long a child may still run, never a time that is kept */
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool
limit(__rlimit_resource_t what, rlim_t soft, rlim_t hard)
{
	struct rlimit r = {soft, hard};

	return setrlimit(what, &r) == 0;
}

/* The child between fork and exec. Other threads of the server may have held any lock when it was forked, so
 * there are system calls here and nothing else. The limits stand before the new program runs its first
 * instruction. */
NORETURN static void
become(const char *const argv[], int in, int out, sandbox_limits most)
{
	/* the thread sanitizer writes a file when it begins, and here none may grow: it goes without */
	char *const environment[] = {SANITIZED ? (char *)(uintptr_t) "TMPDIR=/dev/null" : NULL, NULL};
	struct sigaction standard = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int s = 1; s < NSIG; s++)
		sigaction(s, &standard, NULL);
	sigemptyset(&none);
	bool ok = sigprocmask(SIG_SETMASK, &none, NULL) == 0 && dup2(in, STDIN_FILENO) == STDIN_FILENO &&
		  fcntl(STDIN_FILENO, F_SETFD, 0) == 0 && dup2(out, STDOUT_FILENO) == STDOUT_FILENO &&
		  close_range(3, ~0u, 0) == 0 && limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) &&
		  limit(RLIMIT_CPU, most.cpu, (rlim_t)most.cpu + 1) &&
		  (most.memory == 0 || limit(RLIMIT_AS, most.memory, most.memory));
	if (ok)
		execve("/proc/self/exe", (char *const *)(uintptr_t)argv, environment);
	_exit(NOT_STARTED);
}

/* Signals wait meanwhile, so that no handler of the server runs in the child. */
static pid_t
spawn(const char *const argv[], int in, int out, sandbox_limits most)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid_t pid = fork();
	if (pid == 0)
		become(argv, in, out, most);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return pid;
}

static rc
start(fault *f, const char *const argv[], int in, sandbox_limits most, child *c)
{
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC) != 0)
		return FAIL(f, RC_IO, "sandbox.start");
	pid_t pid = pipes[1] > STDERR_FILENO ? spawn(argv, in, pipes[1], most) : -1;
	close(pipes[1]);
	c->out = pipes[0];
	if (pid < 0)
		return FAIL(f, RC_IO, "sandbox.start");
	c->pid = pid;
	c->fd = (int)syscall(SYS_pidfd_open, pid, 0);
	c->deadline = clock_ms() + most.wall;
	c->left = most.output;
	if (c->fd < 0)
		return FAIL(f, RC_IO, "sandbox.start");
	return RC_OK;
}

static rc
take(fault *f, child *c, sandbox_sink sink, void *p)
{
	char piece[8192];
	ssize_t n = read(c->out, piece, sizeof piece);

	if (n < 0)
		return errno == EINTR ? RC_OK : FAIL(f, RC_IO, "sandbox.start");
	if (n == 0) {
		close(c->out);
		c->out = -1;
		return RC_OK;
	}
	if ((size_t)n > c->left)
		return FAIL(f, RC_LIMIT, "sandbox.output");
	c->left -= (size_t)n;
	return sink(p, f, (str){piece, (size_t)n});
}

/* Until it has both closed its output and ended. */
static rc
follow(fault *f, child *c, sandbox_sink sink, void *p)
{
	for (;;) {
		struct pollfd on[2] = {{.fd = c->fd, .events = POLLIN}, {.fd = c->out, .events = POLLIN}};
		int64_t left = c->deadline - clock_ms();
		if (left <= 0)
			return FAIL(f, RC_LIMIT, "sandbox.time");
		int n = poll(on, 2, (int)left);
		if (n < 0 && errno != EINTR)
			return FAIL(f, RC_IO, "sandbox.start");
		if (n <= 0)
			continue;
		if (c->out >= 0 && on[1].revents)
			TRY(take(f, c, sink, p));
		else if (on[0].revents)
			return RC_OK;
	}
}

static rc
judge(fault *f, int status)
{
	if (WIFSIGNALED(status))
		return FAIL(f, RC_INVALID, "sandbox.died", FA_INT("signal", WTERMSIG(status)));
	if (WEXITSTATUS(status) == NOT_STARTED)
		return FAIL(f, RC_IO, "sandbox.start");
	if (WEXITSTATUS(status) != 0)
		return FAIL(f, RC_INVALID, "sandbox.failed", FA_INT("code", WEXITSTATUS(status)));
	return RC_OK;
}

rc
sandbox_run(fault *f, const char *const argv[], int in, sandbox_limits most, sandbox_sink sink, void *p)
{
	child c = {.out = -1, .fd = -1};
	int status = 0;

	rc code = start(f, argv, in, most, &c);
	if (code == RC_OK)
		code = follow(f, &c, sink, p);
	if (c.pid && code != RC_OK)
		kill(c.pid, SIGKILL);
	while (c.pid && waitpid(c.pid, &status, 0) < 0 && errno == EINTR)
		;
	if (c.out >= 0)
		close(c.out);
	if (c.fd >= 0)
		close(c.fd);
	return code == RC_OK ? judge(f, status) : code;
}
