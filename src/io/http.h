/* http.h - the web server under our pages: one listening address, requests as plain structs, replies from any
 * thread. Over libmicrohttpd; no other file includes it.
 *
 * A request passes two calls. `admit` sees the header block and says what body may follow; `serve` has the
 * body. Both run on a net thread and may not wait: a handler that needs another thread hands its work over
 * and returns HTTP_LATER, whoever finishes the work calls http_finish, and rq->then goes on where the handler
 * stopped, on the net thread again. What a net thread refuses by itself (400, 413, 414, 431 and 503 while
 * stopping) closes the connection, for nothing after it can be trusted to be where it seems. */
#pragma once
#include "base/fault.h"
#include "io/multipart.h"
#include "io/url.h"

typedef struct http_server http_server;
typedef struct http_req http_req;

typedef enum http_next {
	HTTP_DONE,  /* the reply is set */
	HTTP_LATER, /* another thread will call http_finish; rq->then is set */
} http_next;

typedef http_next (*http_fn)(void *self, http_req *rq);

typedef enum http_takes {
	HTTP_NO_BODY, /* a body, if one comes, is read over and dropped */
	HTTP_FORM,    /* application/x-www-form-urlencoded into rq->form */
	HTTP_UPLOAD,  /* that, or multipart/form-data into rq->form and rq->file */
	HTTP_RAW,     /* any type into rq->body */
} http_takes;

typedef struct http_body {
	http_takes takes;
	int64_t max;      /* bytes of the whole body */
	int64_t file_max; /* bytes of one file of an upload */
} http_body;

typedef struct http_field {
	str name, value; /* the name in lower case */
} http_field;

typedef struct http_app {
	void *self;
	http_body (*admit)(void *self, http_req *rq);
	http_fn serve;
} http_app;

/* One request; `a` and everything in it live until the reply is sent. `body`, `form` and `file` are empty
 * until `serve`. When `wrong` has a fault, the body was refused and only that should be answered. */
struct http_req {
	arena *a;
	str method; /* HEAD counts as GET: `head` tells */
	bool head, https;
	str path;      /* text, see url_path */
	str raw_path;  /* as sent, for a link back to this page */
	str raw_query; /* as sent, without the '?' */
	url_pairs query;
	str host;   /* checked: one of the server's names, port included as sent */
	str remote; /* an IP address, or empty when unknown */
	const http_field *field;
	size_t nfields;
	str body;
	url_pairs form;
	const multipart_part *file;
	size_t nfiles;
	fault wrong;
	unsigned net; /* 0 … threads-1: which net thread, for what is kept one a thread */
	http_fn then; /* what http_finish goes on with */
	void *user;   /* the handler's */
};

typedef struct http_config {
	/* "127.0.0.1:8080", "[::1]:8080" (port 0: any), or "unix:/run/zhucan.sock" behind a TLS front. Plain
	 * HTTP on any other address is refused: RC_INVALID http.address.plain. */
	str listen;
	/* Names this site answers to, without port. Needed for a Unix socket; on loopback the default is
	 * localhost, 127.0.0.1 and [::1]. A page of another site that points its own name here gets 421. */
	const str *hosts;
	size_t nhosts;
	const char *spool; /* folder for uploads; NULL: no files are taken */

	/* Zero means the default in brackets. */
	unsigned threads;     /* [2] */
	unsigned connections; /* [4096] in all; more wait in the queue of the system */
	unsigned per_source;  /* [256] from one IP address */
	int64_t idle_ms;      /* [20000] from one request to the next one's first line */
	int64_t head_ms;      /* [10000] from the first line to the end of the header block */
	int64_t grace_ms;     /* [10000] before the floor counts, for a body and for a reply */
	int64_t floor;        /* [2048] bytes a second that a body must bring and a reply must lose */
	int64_t late_ms;      /* [60000] for a handler that returned HTTP_LATER; then 503 */
} http_config;

/* Listens and serves on threads of its own. RC_INVALID http.address, http.address.plain, http.hosts;
 * RC_CONFLICT http.address.used; RC_IO http.listen. */
rc http_start(fault *f, const http_config *config, const http_app *app, http_server **out) MUST_USE;

/* Where it listens: the port that was given for 0; 0 for a Unix socket. */
unsigned http_port(const http_server *s);

/* Accepts no more, answers what is running for at most `ms`, then cuts, and frees. Requests that are still in
 * other threads' hands get 503 now; their http_finish stays allowed and does nothing. Returns how many those
 * were. */
size_t http_stop(http_server *s, int64_t ms);

/* The work of a request that returned HTTP_LATER is done; from any thread, once. Touch `rq` no more after it.
 */
void http_finish(http_req *rq);

/* A header field of the request: the first of that (lower case) name, or the empty text. */
str http_header(const http_req *rq, str name);
/* A cookie of the request, or the empty text. */
str http_cookie(const http_req *rq, str name);

/* ---- The reply. Set once, from the thread that has the request; texts must live as long as rq->a. */

/* `body` may be larger than memory wants to copy: it is sent from where it stands. */
void http_reply(http_req *rq, unsigned status, str type, str body);
/* A whole open file; the descriptor is closed after it. */
void http_reply_fd(http_req *rq, unsigned status, str type, int fd, int64_t size);
/* A field more: before or after http_reply. Control characters in `value` are a bug. */
void http_reply_field(http_req *rq, str name, str value);
/* The body may travel compressed, at level 1, when it has 8 KiB or more and the client takes gzip. Only for
 * pages whose secrets are masked anew in each reply. */
void http_reply_squeeze(http_req *rq);
bool http_replied(const http_req *rq);
