/* sandbox.h - confinement: this process made unable to do more than its work, and strangers' files read in a
 * process that can do nothing else and dies alone.
 *
 * Two walls, each used as far as the kernel has it: Landlock (by system call; the kernel is asked which
 * version) keeps files, TCP and signals away, seccomp keeps system calls away. Both last as long as we do. */
#pragma once
#include "base/fault.h"
#include "base/str.h"

typedef enum sandbox_kind {
	SANDBOX_PARSER, /* nothing but descriptors that are open, memory, and leaving */
	SANDBOX_FILES,  /* only the files named; no network, no programs, no other processes */
} sandbox_kind;

typedef struct sandbox_path {
	const char *path; /* a file or a folder with all below; one that does not exist is passed over */
	bool write;
} sandbox_path;

typedef struct sandbox_applied {
	int landlock; /* the version in force; 0: this kernel has none */
	bool seccomp;
} sandbox_applied;

/* Confines the calling thread, and threads and children it starts from now on: call it before there are
 * others. RC_IO sandbox.refused: the kernel would not take the filter of system calls. A kernel without
 * Landlock is no fault: *out tells, and the caller decides. */
rc sandbox_enter(fault *f, sandbox_kind kind, const sandbox_path *path, size_t n,
		 sandbox_applied *out) MUST_USE;

/* The version of Landlock that this kernel offers; 0: none. */
int sandbox_landlock(void);

/* "Landlock 7 (files, TCP, signals), seccomp": for the log and the status page. */
str sandbox_print(arena *a, const sandbox_applied *s);

/* ---- a confined child ---- */

typedef struct sandbox_limits {
	size_t memory; /* bytes of address space; 0: no limit */
	uint32_t cpu;  /* seconds */
	uint32_t wall; /* milliseconds until it is killed */
	size_t output; /* bytes it may write */
} sandbox_limits;

/* Takes what the child writes, in pieces; anything but RC_OK ends the child and becomes the answer. */
typedef rc (*sandbox_sink)(void *p, fault *f, str piece);

/* Runs this very program again (/proc/self/exe) with `argv`, descriptor `in` as its standard input, its
 * standard output to `sink`, no environment, no other descriptor; waits for it. The child is to call
 * sandbox_enter first thing.
 *
 * A new program and not only a fork: the server has threads, and a fork of it may make nothing but system
 * calls, for any lock may have been held when it was made. Nobody else may wait for "any child".
 *
 * RC_LIMIT   sandbox.time, sandbox.output
 * RC_INVALID sandbox.died (a signal ended it: a limit, a forbidden call, a crash),
 *            sandbox.failed (its exit code was not 0)
 * RC_IO      sandbox.start */
rc sandbox_run(fault *f, const char *const argv[], int in, sandbox_limits most, sandbox_sink sink,
	       void *p) MUST_USE;
