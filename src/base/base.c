/* base.c - see base.h. */
#include "base/base.h"

#include <execinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void
base_bug(const char *file, int line, const char *what)
{
	void *frame[64];

	fprintf(stderr, "zhucan: bug at %s:%d: %s\n", file, line, what);
	fflush(stderr);
	backtrace_symbols_fd(frame, backtrace(frame, (int)LEN(frame)), STDERR_FILENO);
	abort();
}
