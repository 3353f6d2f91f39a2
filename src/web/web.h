/* web.h - the frame every page and every API call runs in: routing, who asks, what guards a post, the reply.
 *
 * A handler reads its input, asks the floors below, writes into rq->out and ends with one web_ reply. It may
 * not wait: when it needs the writer or a worker it hands its work over, sets rq->then and returns RC_OK
 * without a reply; whoever has done the work calls web_finish, and rq->then goes on, on a net thread again.
 */
#pragma once
#include "web/cookie.h"
#include "web/html.h"
#include "web/route.h"

struct web_asset;
typedef struct web_app web_app;
typedef struct web_req web_req;

struct web_req {
	arena *a;     /* of this request */
	fault *fault; /* what went wrong, for the error page */
	http_req *http;
	web_app *app;
	const web_route *route;
	route_hit hit;
	int64_t now; /* ms; the same during the whole request */
	void *actor; /* who asks, as the hook `who` found; NULL: nobody is signed in */
	str session; /* what the form token is bound to: the session's public name; empty: none */
	bool bearer; /* the actor proved himself by something a browser does not send by itself: no form token
		      */
	web_modes modes;
	msg_lang lang;
	buf out;       /* the page under construction */
	html_out html; /* see web_html */
	web_handler then;
	void *work; /* the handler's own, kept for `then` */
	void *own;  /* the hooks' own */
	str token, visitor;
};

typedef struct web_hooks {
	void *self;
	/* The clock: ms since 1970. */
	int64_t (*now)(void *self);
	/* Sets actor, session and bearer, and the modes kept in an account. */
	void (*who)(void *self, web_req *rq);
	/* Has the actor this permission at all?  The data are asked for again where they are read. */
	bool (*may)(void *self, const web_req *rq, str permission);
	/* Nobody is signed in and the page wants somebody: where to send him; empty: nowhere, 404. */
	str (*sign_in)(void *self, web_req *rq);
	/* The same of a form that came when nobody was signed in any more: replies with a page that keeps
	 * what was sent. RC_NOT_FOUND: not there, as above. NULL: nowhere. */
	rc (*keep)(web_req *rq);
	/* What every page shows around its content; rq->actor and rq->modes are known. NULL: no template uses
	 * it. */
	const struct tpl_page *(*page)(void *self, web_req *rq);
	/* Runs fn(p) on a thread that may take its time, not at once. RC_BUSY. NULL: there is none, it is run
	 * where it is. */
	rc (*slowly)(void *self, web_req *rq, void (*fn)(void *), void *p);
	/* Writes the page of a status into rq->out. NULL: a plain one. */
	void (*error)(void *self, web_req *rq, unsigned status);
} web_hooks;

typedef struct web_config {
	http_config http;
	const web_route *const *tables; /* ends with NULL; the frame adds its own */
	const struct web_asset *assets; /* ends with a path of NULL; NULL: none */
	web_hooks hooks;
	const uint8_t *form_key; /* 32 bytes: makes the form tokens */
} web_config;

/* Starts serving. Two rows that clash are a bug. Failures as http_start, RC_IO as crypto_open. */
rc web_start(fault *f, const web_config *config, web_app **out) MUST_USE;
unsigned web_port(const web_app *w);
/* As http_stop. */
size_t web_stop(web_app *w, int64_t ms);

/* A keyed hash of what was asked, to know it again without keeping it. */
str web_digest(const web_req *rq, str text);

/* What the hooks were given as their own. */
void *web_self(const web_req *rq);

/* Every registered row, for the tests and tables made from them. */
const web_route *web_route_at(const web_app *w, size_t i);

/* The rows that the frame adds by itself; ends with {0}. */
extern const web_route web_own_routes[];

/* The work of a request whose rq->then is set is done. From any thread, once; touch rq no more. */
void web_finish(web_req *rq);

/* Hands fn(p) to a thread that may take its time; `then` goes on when it is done. RC_BUSY store.busy. */
rc web_slowly(web_req *rq, void (*fn)(void *), void *p, web_handler then) MUST_USE;

/* ---- Input. */

/* A parameter of the path; one the pattern does not have is a bug. */
str web_param(const web_req *rq, str name);
/* The parameter as a number above 0, or as TENANT-ID. RC_NOT_FOUND: there is no such page. */
rc web_param_id(const web_req *rq, str name, int64_t *out) MUST_USE;
rc web_param_ref(const web_req *rq, str name, int64_t *tenant, int64_t *id) MUST_USE;
/* A value of the query, or the empty text; a number between min and max, or `otherwise`. */
str web_query(const web_req *rq, str name);
int64_t web_query_int(const web_req *rq, str name, int64_t min, int64_t max, int64_t otherwise);
/* The address of this very page for a way back: query included, or without it when that would be too long. */
str web_here(const web_req *rq);

/* ---- What pages carry. */

/* What the templates write to, with language, keys and `page`: tpl_person(web_html(rq), &(struct
 * tpl_person){…}). */
html_out *web_html(web_req *rq);
/* The hidden field `csrf`: made once a request, different in every reply. */
str web_token(web_req *rq);
/* What the hidden field `request-key` of every form on this page begins with (html_keys): the same post twice
 * is one act, two forms of a page are two. */
str web_request_key(web_req *rq);

/* ---- The reply: exactly one of these. All carry the security headers. */

/* rq->out as a page. 422: a form with something to mend. Returns RC_OK, so `return web_page(rq, 200);`. A
 * page of 200 that was asked for as a sheet becomes one (table.h). */
rc web_page(web_req *rq, unsigned status);
/* 303 to a place of this site, after a post. */
rc web_see(web_req *rq, str path);
/* Anything that is not a page: JSON, CSV. */
rc web_bytes(web_req *rq, unsigned status, str type, str body);
/* The same, to be kept under `name`. */
rc web_attached(web_req *rq, str type, str name, str body);
/* The page of a status, with the hook or plain. 404 also for what this actor may not see; 503 says when to
 * come again. A cookie set before it stays. */
rc web_error(web_req *rq, unsigned status);
