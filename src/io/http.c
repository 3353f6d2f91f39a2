/* http.c - see http.h. The only file that knows libmicrohttpd (0.9.75).
 *
 * Who owns what
 *   connection  made and unmade by the library's notice; watched by one thread that cuts the slow.
 *   exchange    one request and its reply: made when the first line is read, freed when the library says the
 *               reply is out - or by http_finish, if the request was given up while another thread had it.
 *
 *   life of an exchange in another thread's hands, all under server.lock:
 *
 *     RUNNING --handler says LATER--> WAITING --http_finish--> FINISHED --then--> RUNNING …
 *        |                               | too late, or the server stops
 *        +-- http_finish was faster      v
 *            (FINISHED at once)       GIVEN_UP --reply out--> ORPHAN --http_finish--> freed
 *                                        +------http_finish--> FINISHED --reply out--> freed
 *
 * What the library lets through is refused in head_read and head_judge. It parses a header block in place:
 * names and values stay where they were read, their line ends overwritten. So each name must begin two bytes
 * (CR LF) behind the value before it, and the block must end where the library says it ends; a folded line, a
 * bare LF, a NUL, a second space in the first line break that chain. A version that parses otherwise fails
 * every test at once. */
#include "io/http.h"

#include "base/vec.h"
#include "io/http_listen.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>
#include <zlib.h>

enum {
	THREADS_MAX = 16,
	FIELDS_MAX = 64,
	LINE_POOL = 32 * 1024, /* the library's memory a connection: the header block, then the reply's */
	DROP_MAX = 64 << 20,   /* so much unwanted body is read over: cut earlier, a browser shows no page */
	ARENA_MAX = 256 << 20,
	SQUEEZE_MIN = 8 * 1024,
	TICK_MS = 100,
	SETTLE_MS = 1000, /* for the 503s of what was given up to leave, when the server stops */
	REMOTE_MAX = INET6_ADDRSTRLEN,
};

typedef enum phase {
	PHASE_IDLE,
	PHASE_HEAD,
	PHASE_BODY,
	PHASE_WORK,
	PHASE_REPLY,
} phase;

typedef struct connection {
	arena *a;
	http_server *s;
	struct connection *next, *prev;
	int fd;
	unsigned net;
	char remote[REMOTE_MAX];
	atomic_int phase;
	atomic_llong since, bytes; /* of the phase: when it began; read so far, or to be sent */
} connection;

typedef enum life {
	RUNNING,
	WAITING,
	FINISHED,
	GIVEN_UP,
	ORPHAN,
} life;

typedef struct reply {
	bool set, squeeze;
	unsigned status;
	str body;
	int fd; /* -1: `body` */
	int64_t size;
	VEC(http_field) field;
} reply;

typedef struct exchange {
	http_req rq; /* first: an http_req is an exchange */
	http_server *s;
	connection *c;
	struct MHD_Connection *mc;
	const char *uri_at; /* where the library has it, for head_read */
	str uri;
	bool begun, served;
	http_body plan;
	int64_t expected, got; /* bytes of body; expected -1: chunked */
	buf body;
	multipart *upload;
	reply reply;
	life life;
	int64_t waiting_since;
	struct exchange *next, *prev; /* in server.waiting */
} exchange;

struct http_server {
	arena *a;
	http_config config;
	http_app app;
	http_listener at;
	struct MHD_Daemon *daemon;
	pthread_t watcher;
	atomic_bool stopping;
	atomic_size_t running; /* requests whose header block was read and whose reply is not out */
	struct net {
		const struct MHD_Daemon *daemon;
		z_stream z;
		bool z_ready;
	} net[THREADS_MAX];

	pthread_mutex_t lock; /* guards all below, and exchange.life */
	pthread_cond_t wake;
	bool quit, cut; /* cut: nothing may wait any more */
	connection *connections;
	exchange *waiting;
	size_t orphans;
	bool closed; /* http_stop is through: the last orphan frees the server */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	/* lint: allow clock - how long a socket has been silent, never a time that is kept */
	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
enter(connection *c, phase p, int64_t bytes)
{
	atomic_store_explicit(&c->since, now_ms(), memory_order_relaxed);
	atomic_store_explicit(&c->bytes, bytes, memory_order_relaxed);
	atomic_store_explicit(&c->phase, (int)p, memory_order_release);
}

/* ---- Connections and the thread that watches them. */

static unsigned
net_number(http_server *s, const struct MHD_Daemon *d)
{
	unsigned i = 0;

	while (s->net[i].daemon && s->net[i].daemon != d)
		BUG_ON(++i == THREADS_MAX);
	s->net[i].daemon = d;
	return i;
}

static void
connection_open(http_server *s, struct MHD_Connection *mc, void **kept)
{
	arena *a = arena_open(NULL, 0);
	connection *c = arena_new(a, connection);
	const struct sockaddr *sa =
		MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;

	c->a = a;
	c->s = s;
	c->fd = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	if (sa && sa->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, c->remote,
			  REMOTE_MAX);
	else if (sa && sa->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, c->remote,
			  REMOTE_MAX);
	enter(c, PHASE_IDLE, 0);
	pthread_mutex_lock(&s->lock);
	c->net = net_number(s, MHD_get_connection_info(mc, MHD_CONNECTION_INFO_DAEMON)->daemon);
	c->next = s->connections;
	if (c->next)
		c->next->prev = c;
	s->connections = c;
	pthread_mutex_unlock(&s->lock);
	*kept = c;
}

/* Called before the library closes the descriptor, so the watcher never cuts somebody else's. */
static void
connection_close(http_server *s, connection *c)
{
	pthread_mutex_lock(&s->lock);
	if (c->prev)
		c->prev->next = c->next;
	else
		s->connections = c->next;
	if (c->next)
		c->next->prev = c->prev;
	pthread_mutex_unlock(&s->lock);
	arena_close(c->a);
}

static void
on_connection(void *self, struct MHD_Connection *mc, void **kept, enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		connection_open(self, mc, kept);
	else if (*kept)
		connection_close(self, *kept);
}

/* Has it had its time?  A body must bring, and a reply lose, `floor` bytes a second once the grace is over.
 */
static bool
overdue(const connection *c, int64_t now)
{
	const http_config *k = &c->s->config;
	phase p = (phase)atomic_load_explicit(&c->phase, memory_order_acquire);
	int64_t spent = now - atomic_load_explicit(&c->since, memory_order_relaxed);
	int64_t bytes = atomic_load_explicit(&c->bytes, memory_order_relaxed);

	switch (p) {
	case PHASE_IDLE:
		return spent > k->idle_ms;
	case PHASE_HEAD:
		return spent > k->head_ms;
	case PHASE_BODY:
		return spent > k->grace_ms && bytes < (spent - k->grace_ms) * k->floor / 1000;
	case PHASE_REPLY:
		return spent > k->grace_ms + bytes * 1000 / k->floor;
	case PHASE_WORK:
		break;
	}
	return false;
}

static void
waiting_remove(exchange *x)
{
	if (x->prev)
		x->prev->next = x->next;
	else
		x->s->waiting = x->next;
	if (x->next)
		x->next->prev = x->prev;
	x->next = x->prev = NULL;
}

/* Lock held. The library's resume takes a lock of its own and calls nothing of ours. */
static void
give_up_since(http_server *s, int64_t before)
{
	for (exchange *x = s->waiting, *next; x; x = next) {
		next = x->next;
		if (x->waiting_since > before)
			continue;
		waiting_remove(x);
		x->life = GIVEN_UP;
		MHD_resume_connection(x->mc);
	}
}

/* The library sees the end of the stream and closes. Without lingering: a reply that nobody fetches would
 * stay in the kernel's memory for minutes after it. */
static void
cut(const connection *c)
{
	(void)setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1}, sizeof(struct linger));
	shutdown(c->fd, SHUT_RDWR);
}

static void *
watch(void *self)
{
	http_server *s = self;
	struct timespec until;

	pthread_mutex_lock(&s->lock);
	while (!s->quit) {
		/* lint: allow clock - the watcher's nap */
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_nsec += TICK_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		pthread_cond_timedwait(&s->wake, &s->lock, &until);
		int64_t now = now_ms();
		for (connection *c = s->connections; c; c = c->next)
			if (overdue(c, now))
				cut(c);
		give_up_since(s, now - s->config.late_ms);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* ---- Replies. */

/* What came from outside is escaped or refused before it gets here, so that no reply is split in two. */
void
http_reply_field(http_req *rq, str name, str value)
{
	exchange *x = (exchange *)rq;

	for (size_t i = 0; i < value.n; i++)
		BUG_ON((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f);
	*vec_add(rq->a, &x->reply.field) = (http_field){name, value};
}

void
http_reply(http_req *rq, unsigned status, str type, str body)
{
	exchange *x = (exchange *)rq;

	BUG_ON(x->reply.set);
	x->reply.set = true;
	x->reply.status = status;
	x->reply.body = body;
	x->reply.fd = -1;
	if (type.n)
		http_reply_field(rq, STR("Content-Type"), type);
}

void
http_reply_fd(http_req *rq, unsigned status, str type, int fd, int64_t size)
{
	exchange *x = (exchange *)rq;

	http_reply(rq, status, type, STR(""));
	x->reply.fd = fd;
	x->reply.size = size;
}

void
http_reply_squeeze(http_req *rq)
{
	((exchange *)rq)->reply.squeeze = true;
}

bool
http_replied(const http_req *rq)
{
	return ((const exchange *)rq)->reply.set;
}

/* Level 1 with a stream kept warm for each net thread: setting one up costs more than the page. */
static void
squeeze(exchange *x)
{
	reply *r = &x->reply;
	struct net *net = &x->s->net[x->rq.net];
	z_stream *z = &net->z;

	if (!r->squeeze || r->fd >= 0 || r->body.n < SQUEEZE_MIN)
		return;
	http_reply_field(&x->rq, STR("Vary"), STR("Accept-Encoding"));
	if (!url_list_allows(http_header(&x->rq, STR("accept-encoding")), STR("gzip")))
		return;
	if (!net->z_ready)
		net->z_ready = deflateInit2(z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
	if (!net->z_ready || deflateReset(z) != Z_OK)
		return;
	size_t room = deflateBound(z, r->body.n);
	unsigned char *to = arena_alloc(x->rq.a, room);
	z->next_in = (unsigned char *)(uintptr_t)r->body.p;
	z->avail_in = (unsigned)r->body.n;
	z->next_out = to;
	z->avail_out = (unsigned)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END)
		return;
	r->body = (str){(const char *)to, room - z->avail_out};
	http_reply_field(&x->rq, STR("Content-Encoding"), STR("gzip"));
}

static enum MHD_Result
queue(struct MHD_Connection *mc, unsigned status, struct MHD_Response *mr)
{
	enum MHD_Result r = MHD_queue_response(mc, status, mr);

	MHD_destroy_response(mr);
	return r;
}

/* The reply as the handler set it. The body stays where it stands: the arena outlives the sending. */
static enum MHD_Result
reply_send(exchange *x)
{
	reply *r = &x->reply;
	struct MHD_Response *mr;

	BUG_ON(!r->set);
	squeeze(x);
	if (r->fd >= 0)
		mr = MHD_create_response_from_fd64((uint64_t)r->size, r->fd);
	else
		mr = MHD_create_response_from_buffer(r->body.n, (void *)(uintptr_t)r->body.p,
						     MHD_RESPMEM_PERSISTENT);
	if (!mr)
		return MHD_NO;
	for (size_t i = 0; i < r->field.n; i++)
		if (MHD_add_response_header(mr, cstr(x->rq.a, r->field.v[i].name),
					    cstr(x->rq.a, r->field.v[i].value)) != MHD_YES) {
			MHD_destroy_response(mr);
			return MHD_NO;
		}
	if (atomic_load(&x->s->stopping))
		MHD_add_response_header(mr, "Connection", "close");
	enter(x->c, PHASE_REPLY, r->fd >= 0 ? r->size : (int64_t)r->body.n);
	return queue(x->mc, r->status, mr);
}

/* A few words from the net thread itself, for those who speak no proper HTTP; the connection closes after it.
 */
static enum MHD_Result
refuse(exchange *x, unsigned status)
{
	str text = str_fmt(x->rq.a, "%u %s\n", status, MHD_get_reason_phrase_for(status));

	http_reply(&x->rq, status, STR("text/plain; charset=utf-8"), text);
	http_reply_field(&x->rq, STR("Connection"), STR("close"));
	http_reply_field(&x->rq, STR("Cache-Control"), STR("no-store"));
	http_reply_field(&x->rq, STR("X-Content-Type-Options"), STR("nosniff"));
	if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
		http_reply_field(&x->rq, STR("Retry-After"), STR("5"));
	return reply_send(x);
}

/* The same for an exchange that another thread still holds: nothing of it may be touched. */
static enum MHD_Result
refuse_held(struct MHD_Connection *mc, connection *c)
{
	static const char text[] = "503 Service Unavailable\n";
	struct MHD_Response *mr = MHD_create_response_from_buffer(sizeof text - 1, (void *)(uintptr_t)text,
								  MHD_RESPMEM_PERSISTENT);

	if (!mr)
		return MHD_NO;
	MHD_add_response_header(mr, "Content-Type", "text/plain; charset=utf-8");
	MHD_add_response_header(mr, "Connection", "close");
	MHD_add_response_header(mr, "Cache-Control", "no-store");
	MHD_add_response_header(mr, "Retry-After", "5");
	enter(c, PHASE_REPLY, (int64_t)sizeof text);
	return queue(mc, MHD_HTTP_SERVICE_UNAVAILABLE, mr);
}

/* ---- The header block. */

typedef struct head {
	exchange *x;
	const char *at; /* where the next field must begin */
	bool chain_ok;
	VEC(http_field) field;
} head;

static enum MHD_Result
on_field(void *self, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
	 size_t value_n)
{
	head *h = self;
	arena *a = h->x->rq.a;

	(void)kind;
	h->chain_ok = h->chain_ok && name == h->at && value > name + name_n && h->field.n < FIELDS_MAX;
	if (!h->chain_ok)
		return MHD_NO;
	h->at = value + value_n + 2;
	*vec_add(a, &h->field) = (http_field){
		.name = str_lower(a, (str){name, name_n}),
		.value = str_trim(str_dup(a, (str){value, value_n})),
	};
	return MHD_YES;
}

str
http_header(const http_req *rq, str name)
{
	for (size_t i = 0; i < rq->nfields; i++)
		if (str_eq(rq->field[i].name, name))
			return rq->field[i].value;
	return STR("");
}

static size_t
header_count(const http_req *rq, str name)
{
	size_t n = 0;

	for (size_t i = 0; i < rq->nfields; i++)
		n += str_eq(rq->field[i].name, name);
	return n;
}

str
http_cookie(const http_req *rq, str name)
{
	str value = STR("");

	if (header_count(rq, STR("cookie")) != 1 || !url_cookie(http_header(rq, STR("cookie")), name, &value))
		return STR("");
	return value;
}

/* Tokens as names, no control characters in values: RFC 9110 §5.1 and §5.5. */
static bool
fields_ok(const http_req *rq)
{
	for (size_t i = 0; i < rq->nfields; i++) {
		const http_field *h = &rq->field[i];
		if (!url_is_token(h->name))
			return false;
		for (size_t k = 0; k < h->value.n; k++)
			if (((unsigned char)h->value.p[k] < 0x20 && h->value.p[k] != '\t') ||
			    h->value.p[k] == 0x7f)
				return false;
	}
	return true;
}

/* How long the body is, told once and in one way: RFC 9112 §6.3, and what smuggling lives on. */
static bool
framing_ok(exchange *x, bool http_1_0)
{
	const http_req *rq = &x->rq;
	size_t lengths = header_count(rq, STR("content-length")),
	       codings = header_count(rq, STR("transfer-encoding"));
	str length = http_header(rq, STR("content-length"));

	x->expected = codings ? -1 : 0;
	if (lengths + codings > 1)
		return false;
	if (codings)
		return !http_1_0 && str_eq_nocase(http_header(rq, STR("transfer-encoding")), STR("chunked"));
	return !lengths || (str_all_digits(length) && str_to_i64(length, &x->expected));
}

static str
host_name(str host)
{
	ptrdiff_t end = str_starts(host, STR("[")) ? str_find_char(host, ']') + 1 : str_find_char(host, ':');

	return end > 0 ? str_sub(host, 0, (size_t)end) : host;
}

/* Letters, digits, '.', '-', '_' or an address in brackets, then perhaps a port. */
static bool
host_ok(str host, str name)
{
	str port = str_from(host, name.n);
	bool v6 = name.n > 0 && name.p[0] == '[';

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool alnum = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
		if (!alnum && !memchr(v6 ? "[:.]" : ".-__", c, 4))
			return false;
	}
	return name.n > 0 &&
	       (port.n == 0 || (port.n <= 6 && port.p[0] == ':' && str_all_digits(str_from(port, 1))));
}

static bool
host_known(const http_server *s, str name)
{
	for (size_t i = 0; i < s->config.nhosts; i++)
		if (str_eq_nocase(s->config.hosts[i], name))
			return true;
	return false;
}

/* Our front appends the address it saw to X-Forwarded-For; what stands before it is the client's own
 * invention. */
static str
forwarded_for(const http_req *rq)
{
	str rest = http_header(rq, STR("x-forwarded-for")), item, last = STR("");
	struct in6_addr any;
	char text[REMOTE_MAX];

	if (header_count(rq, STR("x-forwarded-for")) != 1)
		return STR("");
	while (str_next(&rest, ',', &item))
		last = str_trim(item);
	if (last.n == 0 || last.n >= sizeof text)
		return STR("");
	memcpy(text, last.p, last.n);
	text[last.n] = '\0';
	return inet_pton(AF_INET, text, &any) == 1 || inet_pton(AF_INET6, text, &any) == 1 ? last : STR("");
}

/* Method, address and fields into the request. Returns the status to refuse with, or 0. */
static unsigned
head_read(exchange *x, const char *method, const char *version)
{
	http_req *rq = &x->rq;
	head h = {.x = x, .at = version + 10};
	size_t block = MHD_get_connection_info(x->mc, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;

	rq->method = str_dup(rq->a, str_of(method));
	h.chain_ok = x->uri_at == method + rq->method.n + 1 && version == x->uri_at + x->uri.n + 1;
	MHD_get_connection_values_n(x->mc, MHD_HEADER_KIND, on_field, &h);
	rq->field = h.field.v;
	rq->nfields = h.field.n;
	if (h.field.n == FIELDS_MAX)
		return MHD_HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE;
	if (!h.chain_ok || h.at + 2 != method + block || !url_is_token(rq->method) || !fields_ok(rq) ||
	    !framing_ok(x, str_eq(str_of(version), STR("HTTP/1.0"))))
		return MHD_HTTP_BAD_REQUEST;
	return 0;
}

/* Address and host, once the block is known to be well formed. */
static unsigned
head_judge(exchange *x)
{
	http_req *rq = &x->rq;
	ptrdiff_t mark = str_find_char(x->uri, '?');

	rq->raw_path = mark < 0 ? x->uri : str_sub(x->uri, 0, (size_t)mark);
	rq->raw_query = mark < 0 ? STR("") : str_from(x->uri, (size_t)mark + 1);
	if (rq->raw_path.n > URL_PATH_MAX || rq->raw_query.n > URL_QUERY_MAX)
		return MHD_HTTP_URI_TOO_LONG;
	rq->host = http_header(rq, STR("host"));
	str name = host_name(rq->host);
	if (header_count(rq, STR("host")) != 1 || !host_ok(rq->host, name) ||
	    !url_path(rq->a, rq->raw_path, &rq->path) ||
	    !url_decode_pairs(rq->a, rq->raw_query, URL_PAIRS_MAX, &rq->query))
		return MHD_HTTP_BAD_REQUEST;
	str expect = http_header(rq, STR("expect"));
	if (expect.n && !str_eq_nocase(expect, STR("100-continue")))
		return MHD_HTTP_EXPECTATION_FAILED;
	if (!host_known(x->s, name))
		return MHD_HTTP_MISDIRECTED_REQUEST;
	return atomic_load(&x->s->stopping) ? MHD_HTTP_SERVICE_UNAVAILABLE : 0;
}

/* ---- The body. */

static void
body_plan(exchange *x)
{
	http_req *rq = &x->rq;
	str boundary, type = http_header(rq, STR("content-type"));

	x->plan = x->s->app.admit(x->s->app.self, rq);
	if (x->plan.takes == HTTP_NO_BODY)
		return;
	if (x->expected > x->plan.max)
		(void)FAIL(&rq->wrong, RC_LIMIT, "http.body.large", FA_INT("kib", x->plan.max >> 10));
	if (x->plan.takes == HTTP_UPLOAD && multipart_boundary(type, &boundary)) {
		x->upload = multipart_open(rq->a, boundary,
					   &(multipart_limits){
						   .parts = URL_PAIRS_MAX,
						   .field_bytes = (size_t)MIN(x->plan.max, (int64_t)1 << 20),
						   .file_bytes = x->s->config.spool ? x->plan.file_max : 0,
						   .total_bytes = x->plan.max,
						   .dir = x->s->config.spool,
					   });
	} else if (x->plan.takes != HTTP_RAW && x->expected != 0) {
		str rest = type, kind = STR("");
		(void)str_next(&rest, ';', &kind);
		if (!str_eq_nocase(str_trim(kind), STR("application/x-www-form-urlencoded")))
			(void)FAIL(&rq->wrong, RC_INVALID, "http.form.broken");
	}
}

static enum MHD_Result
body_take(exchange *x, str bytes)
{
	http_req *rq = &x->rq;

	x->got += (int64_t)bytes.n;
	atomic_store_explicit(&x->c->bytes, x->got, memory_order_relaxed);
	if (rq->wrong.id || x->plan.takes == HTTP_NO_BODY)
		return x->got > DROP_MAX ? MHD_NO : MHD_YES;
	if (x->got > x->plan.max)
		(void)FAIL(&rq->wrong, RC_LIMIT, "http.body.large", FA_INT("kib", x->plan.max >> 10));
	else if (x->upload)
		(void)!multipart_feed(x->upload, &rq->wrong, bytes);
	else
		buf_put(&x->body, bytes);
	return MHD_YES;
}

/* Fields into rq->form, files into rq->file. */
static rc
upload_done(exchange *x)
{
	http_req *rq = &x->rq;
	const multipart_part *part = NULL;
	size_t n = 0;
	VEC(url_pair) form = {0};
	VEC(multipart_part) file = {0};

	TRY(multipart_end(x->upload, &rq->wrong, &part, &n));
	for (size_t i = 0; i < n; i++) {
		if (part[i].is_file)
			*vec_add(rq->a, &file) = part[i];
		else
			*vec_add(rq->a, &form) = (url_pair){part[i].name, part[i].value};
	}
	rq->form = (url_pairs){form.v, form.n};
	rq->file = file.v;
	rq->nfiles = file.n;
	return RC_OK;
}

static void
body_done(exchange *x)
{
	http_req *rq = &x->rq;
	str body = buf_str(&x->body);

	if (rq->wrong.id || x->plan.takes == HTTP_NO_BODY)
		return;
	if (x->upload)
		(void)!upload_done(x);
	else if (x->plan.takes == HTTP_RAW)
		rq->body = body;
	else if (!url_decode_pairs(rq->a, body, URL_PAIRS_MAX, &rq->form))
		(void)FAIL(&rq->wrong, RC_INVALID, "http.form.broken");
}

/* ---- The exchange. */

/* The handler said LATER. RUNNING: the other thread was faster. */
static life
exchange_wait(exchange *x)
{
	http_server *s = x->s;

	pthread_mutex_lock(&s->lock);
	life now = x->life == FINISHED ? RUNNING : s->cut ? GIVEN_UP : WAITING;
	x->life = now;
	if (now == WAITING) {
		x->waiting_since = now_ms();
		x->next = s->waiting;
		if (x->next)
			x->next->prev = x;
		s->waiting = x;
		MHD_suspend_connection(x->mc);
	}
	pthread_mutex_unlock(&s->lock);
	return now;
}

/* Runs the handler until it has the reply or waits for another thread. */
static enum MHD_Result
exchange_run(exchange *x, http_fn fn)
{
	for (;;) {
		x->rq.then = NULL;
		if (fn(x->s->app.self, &x->rq) == HTTP_DONE)
			return reply_send(x);
		BUG_ON(!x->rq.then);
		life now = exchange_wait(x);
		if (now != RUNNING)
			return now == WAITING ? MHD_YES : refuse_held(x->mc, x->c);
		fn = x->rq.then;
	}
}

static enum MHD_Result
exchange_resume(exchange *x)
{
	http_server *s = x->s;

	pthread_mutex_lock(&s->lock);
	bool ours = x->life == FINISHED && x->served;
	if (ours)
		x->life = RUNNING;
	pthread_mutex_unlock(&s->lock);
	return ours ? exchange_run(x, x->rq.then) : refuse_held(x->mc, x->c);
}

static enum MHD_Result
exchange_serve(exchange *x)
{
	body_done(x);
	x->served = true;
	enter(x->c, PHASE_WORK, 0);
	return exchange_run(x, x->s->app.serve);
}

static enum MHD_Result
exchange_begin(exchange *x, const char *method, const char *version)
{
	http_req *rq = &x->rq;

	x->begun = true;
	atomic_fetch_add(&x->s->running, 1);
	enter(x->c, PHASE_BODY, 0);
	unsigned status = head_read(x, method, version);
	if (status == 0)
		status = head_judge(x);
	if (status)
		return refuse(x, status);
	rq->head = str_eq(rq->method, STR("HEAD"));
	if (rq->head)
		rq->method = STR("GET");
	rq->https = x->s->at.fronted;
	/* A copy: a request that was given up outlives its connection. */
	rq->remote = x->s->at.fronted ? forwarded_for(rq) : str_dup(rq->a, str_of(x->c->remote));
	body_plan(x);
	/* A body nobody wants, too long to read over or not yet sent: the answer goes out now and the
	 * connection closes. */
	bool unwanted = rq->wrong.id || x->plan.takes == HTTP_NO_BODY;
	bool early = x->expected > DROP_MAX || (x->expected && http_header(rq, STR("expect")).n);
	return unwanted && early ? exchange_serve(x) : MHD_YES;
}

static void *
on_uri(void *self, const char *uri, struct MHD_Connection *mc)
{
	http_server *s = self;
	connection *c = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	arena *a = arena_open(NULL, ARENA_MAX);
	exchange *x = arena_new(a, exchange);

	x->s = s;
	x->c = c;
	x->mc = mc;
	x->uri_at = uri;
	x->uri = str_dup(a, str_of(uri));
	x->body = buf_in(a);
	x->reply.fd = -1;
	x->rq.a = a;
	x->rq.net = c->net;
	enter(c, PHASE_HEAD, 0);
	return x;
}

static enum MHD_Result
on_request(void *self, struct MHD_Connection *mc, const char *url, const char *method, const char *version,
	   const char *bytes, size_t *n, void **kept)
{
	exchange *x = *kept;

	(void)self, (void)mc, (void)url;
	if (!x->begun)
		return exchange_begin(x, method, version);
	if (*n) {
		enum MHD_Result r = body_take(x, (str){bytes, *n});
		*n = 0;
		return r;
	}
	return x->served ? exchange_resume(x) : exchange_serve(x);
}

static void
on_completed(void *self, struct MHD_Connection *mc, void **kept, enum MHD_RequestTerminationCode why)
{
	http_server *s = self;
	exchange *x = *kept;

	(void)mc, (void)why;
	if (!x)
		return;
	enter(x->c, PHASE_IDLE, 0);
	if (x->begun)
		atomic_fetch_sub(&s->running, 1);
	pthread_mutex_lock(&s->lock);
	bool held = x->life == GIVEN_UP;
	if (held) {
		x->life = ORPHAN;
		s->orphans++;
	}
	pthread_mutex_unlock(&s->lock);
	if (!held)
		arena_close(x->rq.a);
	*kept = NULL;
}

static void
server_free(http_server *s)
{
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->wake);
	arena_close(s->a);
}

void
http_finish(http_req *rq)
{
	exchange *x = (exchange *)rq;
	http_server *s = x->s;

	pthread_mutex_lock(&s->lock);
	life was = x->life;
	BUG_ON(was == FINISHED);
	x->life = FINISHED;
	if (was == WAITING) {
		waiting_remove(x);
		MHD_resume_connection(x->mc);
	}
	bool last = was == ORPHAN && --s->orphans == 0 && s->closed;
	pthread_mutex_unlock(&s->lock);
	if (was == ORPHAN)
		arena_close(x->rq.a);
	if (last)
		server_free(s);
}

/* ---- Start and stop. */

static http_config
with_defaults(const http_config *given)
{
	http_config c = *given;

	c.threads = c.threads ? c.threads : 2;
	c.connections = c.connections ? c.connections : 4096;
	c.per_source = c.per_source ? c.per_source : 256;
	c.idle_ms = c.idle_ms ? c.idle_ms : 20000;
	c.head_ms = c.head_ms ? c.head_ms : 10000;
	c.grace_ms = c.grace_ms ? c.grace_ms : 10000;
	c.floor = c.floor ? c.floor : 2048;
	c.late_ms = c.late_ms ? c.late_ms : 60000;
	return c;
}

static rc
hosts_of(http_server *s, fault *f)
{
	static const str local[] = {{"localhost", 9}, {"127.0.0.1", 9}, {"[::1]", 5}};
	http_config *c = &s->config;

	if (c->nhosts == 0 && s->at.fronted)
		return FAIL(f, RC_INVALID, "http.hosts");
	const str *from = c->nhosts ? c->hosts : local;
	size_t n = c->nhosts ? c->nhosts : LEN(local);
	str *kept = arena_array(s->a, str, n);
	for (size_t i = 0; i < n; i++)
		kept[i] = str_dup(s->a, from[i]);
	c->hosts = kept;
	c->nhosts = n;
	if (c->spool)
		c->spool = cstr(s->a, str_of(c->spool));
	return RC_OK;
}

/* Path and query are decoded by us, once and strictly. */
static size_t
leave_escaped(void *self, struct MHD_Connection *mc, char *s)
{
	(void)self, (void)mc;
	return strlen(s);
}

static struct MHD_Daemon *
daemon_start(http_server *s)
{
	const http_config *c = &s->config;

	return MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, s,
		MHD_OPTION_LISTEN_SOCKET, s->at.fd, MHD_OPTION_THREAD_POOL_SIZE, c->threads,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_LIMIT, c->connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, c->per_source, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)LINE_POOL, MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_UNESCAPE_CALLBACK,
		leave_escaped, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_NOTIFY_CONNECTION,
		on_connection, s, MHD_OPTION_END);
}

static void
locks_init(http_server *s)
{
	pthread_condattr_t attr;

	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&s->wake, &attr);
	pthread_condattr_destroy(&attr);
}

/* Signals are for the main thread: the threads made here take none. */
static bool
threads_start(http_server *s)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool ok = pthread_create(&s->watcher, NULL, watch, s) == 0;
	if (ok && !(s->daemon = daemon_start(s))) {
		pthread_mutex_lock(&s->lock);
		s->quit = true;
		pthread_mutex_unlock(&s->lock);
		pthread_join(s->watcher, NULL);
		ok = false;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ok;
}

rc
http_start(fault *f, const http_config *config, const http_app *app, http_server **out)
{
	arena *a = arena_open(NULL, 0);
	http_server *s = arena_new(a, http_server);

	s->a = a;
	s->app = *app;
	s->config = with_defaults(config);
	BUG_ON(s->config.threads > THREADS_MAX);
	rc r = http_listen(f, config->listen, &s->at);
	if (r != RC_OK) {
		arena_close(a);
		return r;
	}
	locks_init(s);
	r = hosts_of(s, f);
	if (r == RC_OK && !threads_start(s))
		r = FAIL(f, RC_IO, "http.listen", FA_STR("address", config->listen));
	if (r != RC_OK) {
		close(s->at.fd);
		server_free(s);
		return r;
	}
	*out = s;
	return RC_OK;
}

unsigned
http_port(const http_server *s)
{
	return s->at.port;
}

static void
wait_idle(http_server *s, int64_t ms)
{
	struct timespec nap = {.tv_nsec = 2000000};

	for (int64_t until = now_ms() + ms; atomic_load(&s->running) > 0 && now_ms() < until;)
		nanosleep(&nap, NULL);
}

size_t
http_stop(http_server *s, int64_t ms)
{
	atomic_store(&s->stopping, true);
	MHD_quiesce_daemon(s->daemon);
	wait_idle(s, ms);

	pthread_mutex_lock(&s->lock);
	s->cut = true;
	give_up_since(s, INT64_MAX);
	pthread_mutex_unlock(&s->lock);
	wait_idle(s, SETTLE_MS);

	pthread_mutex_lock(&s->lock);
	s->quit = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->watcher, NULL);
	MHD_stop_daemon(s->daemon);
	close(s->at.fd);
	for (unsigned i = 0; i < THREADS_MAX; i++)
		if (s->net[i].z_ready)
			deflateEnd(&s->net[i].z);

	pthread_mutex_lock(&s->lock);
	s->closed = true;
	size_t orphans = s->orphans;
	pthread_mutex_unlock(&s->lock);
	if (orphans == 0)
		server_free(s);
	return orphans;
}
