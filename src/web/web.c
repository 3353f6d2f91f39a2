/* web.c - see web.h.
 *
 * The way of a request:  admit (header block: find the row, say what body it takes)
 *                        serve  file in the program? / row? / body whole? / who? / may he? / our own form?
 *                               / handler [ … web_finish … then ] / error page */
#include "web/web.h"

#include "io/crypto.h"
#include "web/asset.h"
#include "web/guard.h"
#include "web/table.h"

enum {
	FORM_MAX = 64 * 1024,
	UPLOAD_MAX = 64 << 20,
	FILE_MAX = 20 << 20,
	NET_MAX = 16,
	VISITOR_BYTES = 16,
	STEM_BYTES = 15, /* 20 characters; two more number the forms of a page */
	YEAR_SECONDS = 31536000,
	HERE_MAX = 500,
	PAGE_ROOM = 64 * 1024, /* most pages never grow */
};

#define MODES_COOKIE   STR("zc-modes")
#define VISITOR_COOKIE STR("zc-visitor")

struct web_app {
	arena *a;
	web_config config;
	router *routes;
	http_server *http;
	crypto *crypto[NET_MAX]; /* one a net thread */
	crypto_key form_key;
};

/* ---- Headers of every reply. */

static void
put_security(http_req *h, str cache)
{
	http_reply_field(
		h, STR("Content-Security-Policy"),
		STR("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
		    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"));
	http_reply_field(h, STR("X-Content-Type-Options"), STR("nosniff"));
	/* Not no-referrer: browsers would then say "Origin: null" on our own forms. */
	http_reply_field(h, STR("Referrer-Policy"), STR("same-origin"));
	http_reply_field(h, STR("Cross-Origin-Opener-Policy"), STR("same-origin"));
	http_reply_field(h, STR("Cross-Origin-Resource-Policy"), STR("same-origin"));
	http_reply_field(h, STR("Cache-Control"), cache);
	if (h->https)
		http_reply_field(h, STR("Strict-Transport-Security"), STR("max-age=31536000"));
}

rc
web_bytes(web_req *rq, unsigned status, str type, str body)
{
	put_security(rq->http, STR("no-store"));
	http_reply(rq->http, status, type, body);
	return RC_OK;
}

rc
web_page(web_req *rq, unsigned status)
{
	if (status == 200 && table_asked(rq) != TABLE_PAGE)
		return table_reply(rq);
	http_reply_squeeze(rq->http);
	http_reply_field(rq->http, STR("Content-Language"), str_of(msg_lang_tag(rq->lang)));
	return web_bytes(rq, status, STR("text/html; charset=utf-8"), buf_str(&rq->out));
}

rc
web_see(web_req *rq, str path)
{
	BUG_ON(!url_is_local(path));
	http_reply_field(rq->http, STR("Location"), path);
	return web_bytes(rq, 303, STR(""), STR(""));
}

/* RFC 6266: the name in ASCII for old readers, in UTF-8 for the others. */
static void
put_name(web_req *rq, str name)
{
	buf b = buf_in(rq->a);

	buf_lit(&b, "attachment; filename=\"");
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		buf_c(&b, c < 0x20 || c == 0x7f || c == '"' || c == '\\' || c == '/' ? '_' : c);
	}
	buf_lit(&b, "\"; filename*=UTF-8''");
	url_escape(&b, name);
	http_reply_field(rq->http, STR("Content-Disposition"), buf_str(&b));
}

rc
web_attached(web_req *rq, str type, str name, str body)
{
	put_name(rq, name);
	return web_bytes(rq, 200, type, body);
}

/* ---- Files of the program. */

static const web_asset *
asset_at(const web_app *w, str path)
{
	if (!w->config.assets || !str_starts(path, STR("/assets/")))
		return NULL;
	for (const web_asset *x = w->config.assets; x->path; x++)
		if (str_eq(path, str_of(x->path)))
			return x;
	return NULL;
}

static bool
etag_known(const http_req *h, str etag)
{
	str rest = http_header(h, STR("if-none-match")), item;

	while (str_next(&rest, ',', &item)) {
		item = str_trim(item);
		if (str_starts(item, STR("W/")))
			item = str_from(item, 2);
		if (str_eq(item, etag) || str_eq(item, STR("*")))
			return true;
	}
	return false;
}

/* The address holds a hash of the bytes, so they may be kept for ever. */
static void
asset_reply(http_req *h, const web_asset *x)
{
	bool gz = x->gz && url_list_allows(http_header(h, STR("accept-encoding")), STR("gzip"));
	str body = gz ? (str){(const char *)x->gz, x->gzn} : (str){(const char *)x->bytes, x->n};

	put_security(h, STR("public, max-age=31536000, immutable"));
	http_reply_field(h, STR("ETag"), str_of(x->etag));
	if (x->gz)
		http_reply_field(h, STR("Vary"), STR("Accept-Encoding"));
	if (etag_known(h, str_of(x->etag))) {
		http_reply(h, 304, STR(""), STR(""));
		return;
	}
	if (gz)
		http_reply_field(h, STR("Content-Encoding"), STR("gzip"));
	http_reply(h, 200, str_of(x->type), body);
}

/* ---- Error pages. */

static unsigned
status_of(rc r)
{
	switch (r) {
	case RC_OK:
		return 200;
	case RC_NOT_FOUND:
	case RC_DENIED:
		return 404; /* what may not be seen is not there */
	case RC_INVALID:
		return 422;
	case RC_CONFLICT:
		return 409;
	case RC_LIMIT:
		return 413;
	case RC_BUSY:
	case RC_FULL:
	case RC_IO:
		return 503; /* the machine: it may be well again when he comes back */
	}
	return 500;
}

static str
words_of(unsigned status)
{
	switch (status) {
	case 403:
		return STR("web.error.form");
	case 404:
		return STR("web.error.missing");
	case 405:
		return STR("web.error.method");
	case 503:
		return STR("web.error.busy");
	case 500:
		return STR("web.error.defect");
	default:
		return STR("web.error.input");
	}
}

/* Without a template: words of the message files only, and the fault where a person can mend it. */
static void
plain_error(web_req *rq, unsigned status)
{
	buf *b = &rq->out;

	buf_fmt(b, "<!doctype html>\n<html lang=\"%s\"><meta charset=\"utf-8\"><title>%u</title><p>",
		msg_lang_tag(rq->lang), status);
	msg_put(b, rq->lang, msg_find(words_of(status)), NULL);
	buf_lit(b, "</p></html>\n");
}

rc
web_error(web_req *rq, unsigned status)
{
	const web_hooks *k = &rq->app->config.hooks;

	buf_clear(&rq->out);
	if (status == 503)
		http_reply_field(rq->http, STR("Retry-After"), STR("10"));
	if (k->error)
		k->error(k->self, rq, status);
	else
		plain_error(rq, status);
	return web_page(rq, status);
}

/* ---- What pages carry. */

static str
random_text(arena *a, size_t n)
{
	char *p = arena_alloc(a, n);

	crypto_random(p, n);
	return base64_encode(a, BASE64_BARE, (str){p, n});
}

/* A visitor without a session is known by a random cookie, so that his forms are his as well. */
static str
bound_to(web_req *rq)
{
	if (rq->session.n)
		return str_cat(rq->a, STR("s:"), rq->session);
	return str_cat(rq->a, STR("v:"), rq->visitor);
}

str
web_token(web_req *rq)
{
	if (rq->token.n == 0) {
		if (rq->session.n == 0 && rq->visitor.n == 0) {
			rq->visitor = random_text(rq->a, VISITOR_BYTES);
			cookie_set(rq->http, VISITOR_COOKIE, rq->visitor, COOKIE_LAX, COOKIE_SESSION);
		}
		rq->token =
			guard_token(rq->a, rq->app->crypto[rq->http->net], &rq->app->form_key, bound_to(rq));
	}
	return rq->token;
}

str
web_request_key(web_req *rq)
{
	return random_text(rq->a, STEM_BYTES);
}

str
web_digest(const web_req *rq, str text)
{
	const web_app *w = rq->app;
	digest d = crypto_hmac(w->crypto[rq->http->net], (str){(const char *)&w->form_key, CRYPTO_KEY}, text);

	return base64_encode(rq->a, BASE64_BARE, digest_str(&d));
}

void *
web_self(const web_req *rq)
{
	return rq->app->config.hooks.self;
}

html_out *
web_html(web_req *rq)
{
	const web_hooks *k = &rq->app->config.hooks;

	if (!rq->html.b) {
		(void)buf_room(&rq->out, PAGE_ROOM);
		rq->html = (html_out){
			.b = &rq->out,
			.lang = rq->lang,
			.csrf = web_token(rq),
			.request_key = web_request_key(rq),
			.page = k->page ? k->page(k->self, rq) : NULL,
		};
	}
	return &rq->html;
}

/* ---- Input. */

str
web_param(const web_req *rq, str name)
{
	for (size_t i = 0; i < rq->hit.n; i++)
		if (str_eq(rq->hit.name[i], name))
			return rq->hit.value[i];
	BUG_ON(true);
}

/* One spelling a number: no sign, no zero in front. */
static bool
plain_id(str s, int64_t *out)
{
	return str_all_digits(s) && s.p[0] != '0' && str_to_i64(s, out);
}

rc
web_param_id(const web_req *rq, str name, int64_t *out)
{
	return plain_id(web_param(rq, name), out) ? RC_OK : RC_NOT_FOUND;
}

rc
web_param_ref(const web_req *rq, str name, int64_t *tenant, int64_t *id)
{
	str ref = web_param(rq, name);
	ptrdiff_t dash = str_find_char(ref, '-');

	return dash > 0 && plain_id(str_sub(ref, 0, (size_t)dash), tenant) &&
			       plain_id(str_from(ref, (size_t)dash + 1), id)
		       ? RC_OK
		       : RC_NOT_FOUND;
}

str
web_query(const web_req *rq, str name)
{
	return url_value(&rq->http->query, name, NULL);
}

int64_t
web_query_int(const web_req *rq, str name, int64_t min, int64_t max, int64_t otherwise)
{
	int64_t v = 0;

	return str_to_i64(web_query(rq, name), &v) && v >= min && v <= max ? v : otherwise;
}

/* Writes `path?query` without the parameter `lang`, which a choice of language must not be overruled by. */
static str
without_lang(arena *a, str raw_path, str raw_query)
{
	buf b = buf_in(a);
	char between = '?';
	str part;

	buf_put(&b, raw_path);
	while (str_next(&raw_query, '&', &part)) {
		if (str_starts(part, STR("lang=")))
			continue;
		buf_c(&b, between);
		buf_put(&b, part);
		between = '&';
	}
	return buf_str(&b);
}

/* Short enough to be escaped into another address, and that once more. */
str
web_here(const web_req *rq)
{
	str here = without_lang(rq->a, rq->http->raw_path, rq->http->raw_query);

	if (here.n <= HERE_MAX && url_is_local(here))
		return here;
	return rq->http->raw_path.n <= HERE_MAX && url_is_local(rq->http->raw_path) ? rq->http->raw_path
										    : STR("/");
}

/* ---- The frame's own page. */

/* POST /preferences  Text size, contrast, language; back to where the person was. */
static rc
post_preferences(web_req *rq)
{
	const url_pairs *form = &rq->http->form;
	str back = url_value(form, STR("back"), NULL);

	if (!modes_set(&rq->modes, url_value(form, STR("set"), NULL)))
		return FAIL(rq->fault, RC_INVALID, "web.error.input");
	cookie_set(rq->http, MODES_COOKIE, modes_write(rq->a, rq->modes), COOKIE_LAX, YEAR_SECONDS);
	if (!url_is_local(back))
		return web_see(rq, STR("/"));
	ptrdiff_t mark = str_find_char(back, '?');
	if (mark >= 0)
		back = without_lang(rq->a, str_sub(back, 0, (size_t)mark), str_from(back, (size_t)mark + 1));
	return web_see(rq, back);
}

const web_route web_own_routes[] = {
	{"POST", "/preferences", post_preferences, "open", "Set text size, contrast or language"},
	{0},
};

/* ---- The way of a request. */

static http_body
on_admit(void *self, http_req *h)
{
	web_app *w = self;
	web_req *rq = arena_new(h->a, web_req);

	rq->a = h->a;
	rq->fault = &h->wrong;
	rq->http = h;
	rq->app = w;
	rq->out = buf_in(h->a);
	rq->hit = route_find(w->routes, h->method, h->path);
	rq->route = rq->hit.route;
	h->user = rq;
	if (!rq->route || str_eq(h->method, STR("GET")))
		return (http_body){0};

	http_takes takes = rq->route->takes == HTTP_NO_BODY ? HTTP_FORM : rq->route->takes;
	int64_t max = takes == HTTP_UPLOAD ? UPLOAD_MAX : FORM_MAX;
	return (http_body){
		.takes = takes,
		.max = rq->route->max ? rq->route->max : max,
		.file_max = rq->route->file_max ? rq->route->file_max : FILE_MAX,
	};
}

static http_next on_then(void *self, http_req *h);

/* The handler has returned: reply, wait, or error page. */
static http_next
settle(web_req *rq, rc r)
{
	if (r == RC_OK && rq->then) {
		BUG_ON(http_replied(rq->http));
		rq->http->then = on_then;
		return HTTP_LATER;
	}
	if (r != RC_OK) {
		BUG_ON(http_replied(rq->http));
		(void)!web_error(rq, status_of(r));
	}
	BUG_ON(!http_replied(rq->http));
	return HTTP_DONE;
}

static http_next
on_then(void *self, http_req *h)
{
	web_req *rq = h->user;
	web_handler then = rq->then;

	(void)self;
	rq->then = NULL;
	return settle(rq, then(rq));
}

static void
choose_modes(web_req *rq)
{
	str wish = web_query(rq, STR("lang"));
	msg_lang lang = MSG_ZH;

	rq->modes = modes_read(cookie_get(rq->http, MODES_COOKIE));
	rq->visitor = cookie_get(rq->http, VISITOR_COOKIE);
	if (wish.n && msg_lang_of(wish, &lang))
		rq->lang = lang;
	else
		rq->lang = rq->modes.has_lang ? rq->modes.lang : MSG_ZH;
}

static rc
no_row(web_req *rq)
{
	http_req *h = rq->http;
	str path = h->raw_path;

	if (rq->hit.allow.n) {
		http_reply_field(h, STR("Allow"), rq->hit.allow);
		return web_error(rq, 405);
	}
	/* A slash too many at the end is a slip of the keyboard. */
	if (str_eq(h->method, STR("GET")) && path.n > 1 && str_ends(path, STR("/")) &&
	    url_is_local(str_sub(path, 0, path.n - 1)) &&
	    route_find(rq->app->routes, h->method, str_sub(h->path, 0, h->path.n - 1)).route) {
		http_reply_field(h, STR("Location"), str_sub(path, 0, path.n - 1));
		return web_bytes(rq, 308, STR(""), STR(""));
	}
	return web_error(rq, 404);
}

/* A page that wants somebody, and nobody is there: to the door, and back here afterwards if it was only a
 * look. */
static rc
not_allowed(web_req *rq)
{
	const web_hooks *k = &rq->app->config.hooks;
	bool form = !str_eq(rq->http->method, STR("GET"));

	if (form && !rq->actor && k->keep && guard_same_site(rq->http)) {
		rc r = k->keep(rq);
		if (r != RC_NOT_FOUND)
			return r;
	}
	str door = !rq->actor && k->sign_in ? k->sign_in(k->self, rq) : STR("");

	return url_is_local(door) ? web_see(rq, door) : web_error(rq, 404);
}

static bool
guarded(web_req *rq)
{
	str token = url_value(&rq->http->form, STR("csrf"), NULL);

	if (str_eq(rq->http->method, STR("GET")) || rq->bearer)
		return true;
	if (rq->route->takes == HTTP_RAW)
		token = http_header(rq->http, STR("x-csrf-token"));
	if (rq->session.n == 0 && rq->visitor.n == 0)
		return false;
	return guard_same_site(rq->http) &&
	       guard_token_ok(rq->a, rq->app->crypto[rq->http->net], &rq->app->form_key, bound_to(rq), token);
}

static rc
run(web_req *rq)
{
	const web_hooks *k = &rq->app->config.hooks;
	str permission;

	if (!rq->route)
		return no_row(rq);
	if (rq->fault->id)
		return web_error(rq, rq->fault->code == RC_LIMIT ? 413 : status_of(rq->fault->code));
	permission = str_of(rq->route->permission);
	if (!str_eq(permission, STR("open")) && !(rq->actor && k->may && k->may(k->self, rq, permission)))
		return not_allowed(rq);
	if (!guarded(rq))
		return web_error(rq, 403);
	return rq->route->handler(rq);
}

static http_next
on_serve(void *self, http_req *h)
{
	web_app *w = self;
	web_req *rq = h->user;
	const web_hooks *k = &w->config.hooks;
	const web_asset *asset = str_eq(h->method, STR("GET")) ? asset_at(w, h->path) : NULL;

	if (asset) {
		asset_reply(h, asset);
		return HTTP_DONE;
	}
	rq->now = k->now(k->self);
	choose_modes(rq);
	if (k->who)
		k->who(k->self, rq);
	return settle(rq, run(rq));
}

void
web_finish(web_req *rq)
{
	http_finish(rq->http);
}

/* What a slow thread is given. */
typedef struct slow_work {
	web_req *rq;
	void (*fn)(void *);
	void *p;
} slow_work;

static void
run_slowly(void *p)
{
	slow_work *w = p;

	w->fn(w->p);
	web_finish(w->rq);
}

rc
web_slowly(web_req *rq, void (*fn)(void *), void *p, web_handler then)
{
	const web_hooks *k = &rq->app->config.hooks;
	slow_work *w = arena_new(rq->a, slow_work);

	if (!k->slowly) {
		fn(p);
		return then(rq);
	}
	*w = (slow_work){rq, fn, p};
	rq->then = then;
	rc r = k->slowly(k->self, rq, run_slowly, w);
	if (r != RC_OK)
		rq->then = NULL;
	return r;
}

/* ---- Start and stop. */

static router *
build_routes(arena *a, const web_route *const *tables)
{
	size_t n = 0;
	const web_route *clash = NULL;

	while (tables && tables[n])
		n++;
	const web_route **all = arena_array(a, const web_route *, n + 2);
	for (size_t i = 0; i < n; i++)
		all[i] = tables[i];
	all[n] = web_own_routes;
	router *r = route_build(a, all, &clash);
	BUG_ON(!r); /* two rows serve one address, or `clash` is not a row */
	return r;
}

rc
web_start(fault *f, const web_config *config, web_app **out)
{
	arena *a = arena_open(NULL, 0);
	web_app *w = arena_new(a, web_app);
	rc r = RC_OK;

	BUG_ON(!config->hooks.now || !config->form_key);
	w->a = a;
	w->config = *config;
	w->routes = build_routes(a, config->tables);
	memcpy(w->form_key.b, config->form_key, sizeof w->form_key.b);
	unsigned threads = config->http.threads ? config->http.threads : 2;
	BUG_ON(threads > NET_MAX);
	for (unsigned i = 0; i < threads && r == RC_OK; i++)
		r = crypto_open(a, f, &w->crypto[i]);
	if (r == RC_OK)
		r = http_start(f, &config->http, &(http_app){.self = w, .admit = on_admit, .serve = on_serve},
			       &w->http);
	if (r != RC_OK) {
		arena_close(a);
		return r;
	}
	*out = w;
	return RC_OK;
}

unsigned
web_port(const web_app *w)
{
	return http_port(w->http);
}

size_t
web_stop(web_app *w, int64_t ms)
{
	size_t orphans = http_stop(w->http, ms);

	crypto_wipe(&w->form_key, sizeof w->form_key);
	arena_close(w->a);
	return orphans;
}

const web_route *
web_route_at(const web_app *w, size_t i)
{
	return route_at(w->routes, i);
}
