/* replay.c - the driver of a fuzz target in an ordinary build: gives it each file of the folders named, as
 * one test.
 *
 *   fuzz-NAME fuzz/corpus/NAME fuzz/regression/NAME      prints TAP; a folder that is not there is empty
 *
 * A target that breaks ends the process, so the name of a file is printed before the file is tried. */
#include "base/str.h"
#include "base/vec.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

typedef VEC(const char *) names;

static void
list(arena *a, const char *folder, names *out)
{
	DIR *d = opendir(folder);

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_name[0] != '.')
			*vec_add(a, out) = str_fmt(a, "%s/%s%c", folder, e->d_name, 0).p;
	closedir(d);
}

static int
by_name(const void *x, const void *y)
{
	const char *const *p = x, *const *q = y;

	return strcmp(*p, *q);
}

/* The whole file, in memory of its own size: the sanitizer sees a step past its end. */
static bool
replay(const char *name)
{
	FILE *f = fopen(name, "rb");
	uint8_t *data = NULL;
	size_t n = 0;

	if (!f)
		return false;
	if (fseek(f, 0, SEEK_END) == 0) {
		long end = ftell(f);
		n = end > 0 ? (size_t)end : 0;
	}
	rewind(f);
	data = malloc(n ? n : 1);
	bool whole = data && fread(data, 1, n, f) == n;
	fclose(f);
	if (whole)
		LLVMFuzzerTestOneInput(data, n);
	free(data);
	return whole;
}

int
main(int argc, char **argv)
{
	arena *a = arena_open(NULL, 0);
	names in = {0};
	int lost = 0;

	for (int i = 1; i < argc; i++)
		list(a, argv[i], &in);
	if (in.n)
		qsort(in.v, in.n, sizeof *in.v, by_name);
	printf("1..%zu\n", in.n);
	for (size_t i = 0; i < in.n; i++) {
		printf("# %s\n", in.v[i]);
		fflush(stdout);
		bool ok = replay(in.v[i]);
		lost += !ok;
		printf("%s - %s\n", ok ? "ok" : "not ok", in.v[i]);
	}
	if (in.n == 0)
		fprintf(stderr, "no corpus: a target needs at least one input of the form it reads\n");
	arena_close(a);
	return lost > 0 || in.n == 0;
}
