/* file.c - see file.h. */
#include "io/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static rc
failed(fault *f, const char *id, str path)
{
	bool full = errno == ENOSPC || errno == EDQUOT;
	str why = str_of(strerror(errno));

	if (strcmp(id, "file.read") == 0)
		return FAIL(f, RC_IO, "file.read", FA_STR("file", path), FA_STR("why", why));
	if (strcmp(id, "file.folder") == 0)
		return FAIL(f, RC_IO, "file.folder", FA_STR("file", path), FA_STR("why", why));
	if (full)
		return FAIL(f, RC_FULL, "file.write", FA_STR("file", path), FA_STR("why", why));
	return FAIL(f, RC_IO, "file.write", FA_STR("file", path), FA_STR("why", why));
}

rc
file_read(arena *a, fault *f, str path, size_t max, str *out)
{
	int fd = open(cstr(a, path), O_RDONLY | O_CLOEXEC);
	buf b = buf_in(a);
	ssize_t n = 0;

	if (fd < 0)
		return errno == ENOENT ? RC_NOT_FOUND : failed(f, "file.read", path);
	while ((n = read(fd, buf_room(&b, 65536), 65536)) > 0) {
		b.n += (size_t)n;
		if (b.n > max) {
			close(fd);
			return FAIL(f, RC_LIMIT, "file.size", FA_STR("file", path), FA_INT("max", max));
		}
	}
	close(fd);
	if (n < 0)
		return failed(f, "file.read", path);
	*out = buf_str(&b);
	return RC_OK;
}

static bool
write_all(int fd, str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_from(s, (size_t)n);
	}
	return true;
}

/* The name in a folder is safe only when the folder is flushed too. */
static void
flush_folder(arena *a, str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	int fd = open(n ? cstr(a, str_sub(path, 0, n)) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

rc
file_write(arena *a, fault *f, str path, str bytes, int mode)
{
	char *beside = cstr(a, str_cat(a, path, STR(".new")));
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	if (fd < 0)
		return failed(f, "file.write", path);
	bool ok = write_all(fd, bytes) && fsync(fd) == 0;
	if (close(fd) != 0 || !ok || rename(beside, cstr(a, path)) != 0) {
		rc r = failed(f, "file.write", path);
		unlink(beside);
		return r;
	}
	flush_folder(a, path);
	return RC_OK;
}

rc
file_folder(arena *a, fault *f, str path)
{
	char *p = cstr(a, path);

	for (size_t i = 1; i <= path.n; i++) {
		if (p[i] != '/' && p[i] != 0)
			continue;
		char was = p[i];
		p[i] = 0;
		struct stat st;
		if (mkdir(p, 0700) != 0 && (errno != EEXIST || stat(p, &st) != 0 || !S_ISDIR(st.st_mode)))
			return failed(f, "file.folder", path);
		p[i] = was;
	}
	return RC_OK;
}

static void
close_fd(void *p)
{
	close(*(int *)p);
}

rc
file_hidden(arena *a, fault *f, int *fd, str *path)
{
	int *kept = arena_new(a, int);

	*kept = *fd = memfd_create("zhucan", MFD_CLOEXEC);
	if (*fd < 0)
		return failed(f, "file.write", STR("memory"));
	arena_defer(a, close_fd, kept);
	*path = str_fmt(a, "/proc/self/fd/%d", *fd);
	return RC_OK;
}

/* A lock of the opening, not of the process: two openings in one process are two. */
rc
file_claim(arena *a, fault *f, str path, int64_t places, int64_t *out)
{
	int *fd = arena_new(a, int);

	*fd = open(cstr(a, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0)
		return failed(f, "file.write", path);
	arena_defer(a, close_fd, fd);
	for (int64_t i = 0; i < places; i++) {
		struct flock place = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = i, .l_len = 1};
		if (fcntl(*fd, F_OFD_SETLK, &place) == 0) {
			*out = i;
			return RC_OK;
		}
		if (errno != EAGAIN && errno != EACCES)
			return failed(f, "file.write", path);
	}
	return FAIL(f, RC_BUSY, "file.claimed", FA_STR("file", path), FA_INT("max", places));
}

bool
file_exists(arena *a, str path)
{
	return access(cstr(a, path), F_OK) == 0;
}

static int
by_bytes(const void *x, const void *y)
{
	return str_cmp(*(const str *)x, *(const str *)y);
}

rc
file_list(arena *a, fault *f, str dir, file_names *out)
{
	DIR *d = opendir(cstr(a, dir));
	const struct dirent *e;

	*out = (file_names){0};
	if (!d)
		return errno == ENOENT ? RC_NOT_FOUND : failed(f, "file.read", dir);
	while ((e = readdir(d)) != NULL)
		if (e->d_name[0] != '.')
			*vec_add(a, out) = str_dup(a, str_of(e->d_name));
	closedir(d);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof *out->v, by_bytes);
	return RC_OK;
}
