/* http_listen.c - see http_listen.h. */
#include "io/http_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024, ADDRESS_MAX = 64 };

typedef union place {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un path;
} place;

static bool
is_loopback(const place *p)
{
	if (p->any.sa_family == AF_INET)
		return ntohl(p->v4.sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&p->v6.sin6_addr);
}

static bool
parse_ip(str address, place *p, socklen_t *n)
{
	char host[ADDRESS_MAX] = "";
	int64_t port = 0;
	ptrdiff_t colon = -1;

	for (size_t i = 0; i < address.n; i++)
		if (address.p[i] == ':')
			colon = (ptrdiff_t)i;
	if (colon < 1 || colon >= ADDRESS_MAX || !str_to_i64(str_from(address, (size_t)colon + 1), &port) ||
	    port < 0 || port > 65535)
		return false;
	str name = str_sub(address, 0, (size_t)colon);
	bool v6 = name.p[0] == '[' && name.p[name.n - 1] == ']';
	if (v6)
		name = str_sub(name, 1, name.n - 2);
	memcpy(host, name.p, name.n);
	*p = (place){0};
	if (v6) {
		p->v6.sin6_family = AF_INET6;
		p->v6.sin6_port = htons((uint16_t)port);
		*n = sizeof p->v6;
		return inet_pton(AF_INET6, host, &p->v6.sin6_addr) == 1;
	}
	p->v4.sin_family = AF_INET;
	p->v4.sin_port = htons((uint16_t)port);
	*n = sizeof p->v4;
	return inet_pton(AF_INET, host, &p->v4.sin_addr) == 1;
}

/* A socket file that nobody answers behind was left by a process that ended badly. */
static void
clear_stale(const place *p, socklen_t n)
{
	struct stat st;
	int fd;

	if (lstat(p->path.sun_path, &st) != 0 || !S_ISSOCK(st.st_mode))
		return;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	if (connect(fd, &p->any, n) != 0 && errno == ECONNREFUSED)
		unlink(p->path.sun_path);
	close(fd);
}

static rc
open_at(fault *f, const place *p, socklen_t n, str address, int *out)
{
	int one = 1, fd = socket(p->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return FAIL(f, RC_IO, "http.listen", FA_STR("address", address));
	if (p->any.sa_family != AF_UNIX) {
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
		(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	}
	if (bind(fd, &p->any, n) != 0 || listen(fd, BACKLOG) != 0) {
		bool used = errno == EADDRINUSE;
		close(fd);
		return used ? FAIL(f, RC_CONFLICT, "http.address.used", FA_STR("address", address))
			    : FAIL(f, RC_IO, "http.listen", FA_STR("address", address));
	}
	*out = fd;
	return RC_OK;
}

static rc
listen_unix(fault *f, str address, http_listener *out)
{
	str path = str_from(address, 5);
	place p = {0};

	if (path.n == 0 || path.p[0] != '/' || path.n >= sizeof p.path.sun_path)
		return FAIL(f, RC_INVALID, "http.address", FA_STR("address", address));
	p.path.sun_family = AF_UNIX;
	memcpy(p.path.sun_path, path.p, path.n);
	clear_stale(&p, sizeof p.path);
	*out = (http_listener){.fronted = true};
	TRY(open_at(f, &p, sizeof p.path, address, &out->fd));
	if (chmod(p.path.sun_path, 0660) != 0) {
		close(out->fd);
		return FAIL(f, RC_IO, "http.listen", FA_STR("address", address));
	}
	return RC_OK;
}

rc
http_listen(fault *f, str address, http_listener *out)
{
	place p;
	socklen_t n = 0;

	if (str_starts(address, STR("unix:")))
		return listen_unix(f, address, out);
	if (!parse_ip(address, &p, &n))
		return FAIL(f, RC_INVALID, "http.address", FA_STR("address", address));
	if (!is_loopback(&p))
		return FAIL(f, RC_INVALID, "http.address.plain", FA_STR("address", address));
	*out = (http_listener){0};
	TRY(open_at(f, &p, n, address, &out->fd));
	if (getsockname(out->fd, &p.any, &n) != 0) {
		close(out->fd);
		return FAIL(f, RC_IO, "http.listen", FA_STR("address", address));
	}
	out->port = ntohs(p.any.sa_family == AF_INET ? p.v4.sin_port : p.v6.sin6_port);
	return RC_OK;
}
