/* load.c - asks a server over kept-alive connections, one thread, and tells the rate and the answer times.
 *
 *   load PORT FILE [-c CONNECTIONS] [-s SECONDS] [-H "Header: value"]… [-e STATUS]
 *
 * FILE has a request a line: METHOD, path, and for a POST its form. Without -s each is asked once; with -s
 * they are asked in turn, from the first again after the last, until the time is over. Any other status than
 * -e (200) is counted as wrong, and makes the exit status 1. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REPLY = 1 << 20, TIMES = 1 << 22, HEADERS = 4096 };

typedef struct connection {
	int fd;
	char *reply;
	size_t n, want; /* want: bytes of the whole reply; 0: not known yet */
	double since;
	bool busy;
} connection;

typedef struct load {
	char **request;
	size_t requests, next, asked, done, wrong, under_way;
	bool once;
	double ends;
	int status;
	float *ms;
	unsigned long long bytes;
} load;

static void
die(const char *what)
{
	perror(what);
	exit(2);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The requests whole, as they go over the wire. */
static void
read_requests(load *l, const char *path, const char *headers)
{
	FILE *f = fopen(path, "r");
	char *line = NULL, method[8], where[1024];
	size_t room = 0, cap = 0;
	ssize_t n = 0;

	if (!f)
		die(path);
	while ((n = getline(&line, &room, f)) > 0) {
		int used = 0;
		if (sscanf(line, "%7s %1023s%n", method, where, &used) < 2)
			continue;
		char *body = line + used;
		body += *body == ' ';
		body[strcspn(body, "\n")] = 0;
		if (l->requests == cap) {
			cap = cap ? cap * 2 : 64;
			l->request = realloc(l->request, cap * sizeof *l->request);
		}
		size_t size = strlen(where) + strlen(headers) + strlen(body) + 256;
		char *to = malloc(size);
		int at =
			snprintf(to, size, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s", method, where, headers);
		if (*body)
			at += snprintf(
				to + at, size - (size_t)at,
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n",
				strlen(body));
		snprintf(to + at, size - (size_t)at, "\r\n%s", body);
		l->request[l->requests++] = to;
	}
	free(line);
	fclose(f);
	if (l->requests == 0) {
		fprintf(stderr, "%s: no requests\n", path);
		exit(2);
	}
}

static void
ask(load *l, connection *c)
{
	c->busy = false;
	if (l->once ? l->asked == l->requests : now() >= l->ends)
		return;
	const char *r = l->request[l->next];
	l->next = (l->next + 1) % l->requests;
	l->asked++;
	l->under_way++;
	c->busy = true;
	c->n = c->want = 0;
	c->since = now();
	size_t n = strlen(r);
	if (send(c->fd, r, n, MSG_NOSIGNAL) != (ssize_t)n)
		die("send");
}

/* Sets c->want when the head is there. */
static void
read_head(connection *c)
{
	c->reply[c->n] = 0;
	char *end = strstr(c->reply, "\r\n\r\n"), *length = strcasestr(c->reply, "\r\ncontent-length:");

	if (!end)
		return;
	if (!length || length > end) {
		fprintf(stderr, "a reply without Content-Length:\n%.*s\n", (int)(end - c->reply), c->reply);
		exit(2);
	}
	c->want = (size_t)(end - c->reply) + 4 + strtoul(length + 17, NULL, 10);
	if (c->want >= REPLY) {
		fprintf(stderr, "a reply of %zu bytes\n", c->want);
		exit(2);
	}
}

static void
answered(load *l, connection *c)
{
	int status = 0;

	if (sscanf(c->reply, "HTTP/1.1 %d", &status) != 1 || status != l->status) {
		if (l->wrong++ == 0)
			fprintf(stderr, "status %d\n%.600s\n", status, c->reply);
	}
	if (l->done < TIMES)
		l->ms[l->done] = (float)((now() - c->since) * 1e3);
	l->done++;
	l->under_way--;
	l->bytes += c->want;
	ask(l, c);
}

static void
take(load *l, connection *c)
{
	for (;;) {
		ssize_t n = recv(c->fd, c->reply + c->n, REPLY - 1 - c->n, MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			fprintf(stderr, "the server closed a connection\n");
			exit(2);
		}
		c->n += (size_t)n;
		if (c->want == 0)
			read_head(c);
		if (c->want && c->n >= c->want) {
			answered(l, c);
			return;
		}
	}
}

static int
rising(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

static void
run(load *l, int port, size_t connections)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	connection *c = calloc(connections, sizeof *c);
	struct epoll_event e = {.events = EPOLLIN}, got[256];
	int one = 1, ep = epoll_create1(0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (size_t i = 0; i < connections; i++) {
		c[i] = (connection){.fd = socket(AF_INET, SOCK_STREAM, 0), .reply = malloc(REPLY)};
		if (connect(c[i].fd, (struct sockaddr *)&to, sizeof to) != 0)
			die("connect");
		setsockopt(c[i].fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		e.data.ptr = &c[i];
		epoll_ctl(ep, EPOLL_CTL_ADD, c[i].fd, &e);
	}
	for (size_t i = 0; i < connections; i++)
		ask(l, &c[i]);
	while (l->under_way) {
		int n = epoll_wait(ep, got, 256, 10000);
		if (n == 0) {
			fprintf(stderr, "no answer for ten seconds\n");
			exit(2);
		}
		for (int i = 0; i < n; i++)
			take(l, got[i].data.ptr);
	}
	for (size_t i = 0; i < connections; i++)
		close(c[i].fd);
}

int
main(int argc, char **argv)
{
	load l = {.once = true, .status = 200, .ms = malloc(TIMES * sizeof(float))};
	char headers[HEADERS] = "";
	size_t connections = 32;
	double seconds = 0;

	for (int o; (o = getopt(argc, argv, "c:s:H:e:")) != -1;) {
		if (o == 'c')
			connections = strtoul(optarg, NULL, 10);
		else if (o == 's')
			seconds = strtod(optarg, NULL);
		else if (o == 'e')
			l.status = (int)strtol(optarg, NULL, 10);
		else if (o == 'H')
			snprintf(headers + strlen(headers), HEADERS - strlen(headers), "%s\r\n", optarg);
		else
			return 2;
	}
	if (argc - optind != 2 || connections == 0) {
		fprintf(stderr, "load PORT FILE [-c N] [-s SECONDS] [-H HEADER]... [-e STATUS]\n");
		return 2;
	}
	read_requests(&l, argv[optind + 1], headers);
	double from = now();
	l.once = seconds <= 0;
	l.ends = from + seconds;
	run(&l, (int)strtol(argv[optind], NULL, 10), connections);
	double took = now() - from;
	size_t n = l.done < TIMES ? l.done : TIMES;
	qsort(l.ms, n, sizeof *l.ms, rising);
	printf("%8.0f requests/s   p50 %6.2f ms   p99 %6.2f ms   slowest %6.1f ms   %zu requests of %llu "
	       "bytes, %zu "
	       "wrong\n",
	       (double)l.done / took, (double)l.ms[n / 2], (double)l.ms[n * 99 / 100], (double)l.ms[n - 1],
	       l.done, l.done ? l.bytes / l.done : 0, l.wrong);
	return l.wrong != 0;
}
