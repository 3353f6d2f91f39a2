/* browser_fixture.h - for tests: a browser with its cookies, on a page of a web_app that is served on a port.
 */
#pragma once
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/fixture.h"
#include "web/web.h"

enum { BROWSER_REPLY_MAX = 1 << 18 };

typedef struct browser {
	arena *a;
	unsigned port;
	str visitor, session; /* cookies */
} browser;

/* What stands after `from` up to `to`; the empty text: nothing. */
static inline str
between(str s, const char *from, const char *to)
{
	ptrdiff_t at = str_find(s, str_of(from));

	if (at < 0)
		return STR("");
	s = str_from(s, (size_t)at + strlen(from));
	ptrdiff_t end = str_find(s, str_of(to));
	return end < 0 ? s : str_sub(s, 0, (size_t)end);
}

static inline str
browser_send(browser *b, const char *method, str path, str type, str body)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)b->port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	buf r = buf_in(b->a);
	char *reply = arena_alloc(b->a, BROWSER_REPLY_MAX);
	size_t n = 0;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	buf_fmt(&r, "%s %.*s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nUser-Agent: test\r\n",
		method, STR_ARG(path));
	buf_lit(&r, "Cookie: zc-visitor=");
	buf_put(&r, b->visitor);
	buf_lit(&r, "; zc-session=");
	buf_put(&r, b->session);
	buf_lit(&r, "\r\n");
	buf_fmt(&r, "Content-Type: %.*s\r\nContent-Length: %zu\r\n\r\n", STR_ARG(type), body.n);
	buf_put(&r, body);
	if (connect(fd, (const struct sockaddr *)&to, sizeof to) != 0 ||
	    send(fd, r.p, r.n, MSG_NOSIGNAL) != (ssize_t)r.n)
		n = 0; /* the reply is empty: the test says so */
	for (ssize_t got; n < BROWSER_REPLY_MAX && (got = recv(fd, reply + n, BROWSER_REPLY_MAX - n, 0)) > 0;)
		n += (size_t)got;
	close(fd);
	str page = {reply, n};
	if (str_find(page, STR("zc-session=")) >= 0)
		b->session = between(page, "zc-session=", ";");
	if (str_find(page, STR("zc-visitor=")) >= 0)
		b->visitor = between(page, "zc-visitor=", ";");
	return page;
}

static inline str
browser_get(browser *b, str path)
{
	return browser_send(b, "GET", path, STR("application/x-www-form-urlencoded"), STR(""));
}

/* Posts the fields ("name=值&other=…", escaped here) with the token and the request key of the form on
 * `page`.
 */
static inline str
browser_post(browser *b, str page, str path, const char *fields)
{
	str rest = str_of(fields), part;
	buf body = buf_in(b->a);

	while (str_next(&rest, '&', &part)) {
		ptrdiff_t at = str_find_char(part, '=');
		if (at < 0)
			continue;
		url_escape(&body, str_sub(part, 0, (size_t)at));
		buf_c(&body, '=');
		url_escape(&body, str_from(part, (size_t)at + 1));
		buf_c(&body, '&');
	}
	buf_lit(&body, "csrf=");
	url_escape(&body, between(page, "name=\"csrf\" value=\"", "\""));
	buf_lit(&body, "&request-key=");
	url_escape(&body, between(page, "name=\"request-key\" value=\"", "\""));
	return browser_send(b, "POST", path, STR("application/x-www-form-urlencoded"), buf_str(&body));
}

static inline bool
browser_sees(str page, const char *words)
{
	return str_find(page, str_of(words)) >= 0;
}

/* The status, and where it leads to; 0: no reply came. */
static inline int
browser_status(str page)
{
	return page.n > 12 ? (page.p[9] - '0') * 100 + (page.p[10] - '0') * 10 + (page.p[11] - '0') : 0;
}

static inline str
browser_to(str page)
{
	return between(page, "Location: ", "\r\n");
}

static inline void
browser_says(str page, int status, const char *words)
{
	if (browser_status(page) != status || !browser_sees(page, words))
		fail_msg("no %d \"%s\" in %.*s", status, words, STR_ARG(page));
}
