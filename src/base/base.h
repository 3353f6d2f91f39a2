/* base.h - what every file of the program may lean on: result codes, must-use, and the check that ends it. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The answer of anything that can fail. A function documents the few it returns; details are in the fault. */
typedef enum rc {
	RC_OK = 0,
	RC_NOT_FOUND, /* an answer, not a fault: what a person may not see is not there */
	RC_INVALID,   /* the input is wrong; the fault names the field and what to do */
	RC_DENIED,    /* known, and not for this actor */
	RC_CONFLICT,  /* somebody else was first, or the same key with another input */
	RC_LIMIT,     /* larger, deeper or longer than allowed */
	RC_BUSY,      /* try again shortly */
	RC_FULL,      /* the disk is full */
	RC_IO,        /* the machine, the database or the network failed */
} rc;

#define MUST_USE          __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define NORETURN          __attribute__((noreturn))
#define UNUSED            __attribute__((unused))

/* 1 where every access is watched: it takes ten times as long, and terabytes of addresses are mapped that
 * nothing touches. gcc and clang say so in words of their own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define LEN(a)    (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* Return on anything but RC_OK. Safe in any function because arenas own everything. */
#define TRY(x)                                                                                               \
	do {                                                                                                 \
		rc try_rc_ = (x);                                                                            \
		if (try_rc_ != RC_OK)                                                                        \
			return try_rc_;                                                                      \
	} while (0)

/* A programmer's error: print where, print the stack, abort. Never used for input. */
#define BUG_ON(cond)                                                                                         \
	do {                                                                                                 \
		if (__builtin_expect(!!(cond), 0))                                                           \
			base_bug(__FILE__, __LINE__, #cond);                                                 \
	} while (0)

NORETURN void base_bug(const char *file, int line, const char *what);
