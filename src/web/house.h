/* house.h - what every page shares: the site, who asks, one connection to read with, one way to hand a
 * command over.
 *
 *   static rc post(web_req *rq) { … return house_write(rq, &(house_command){.fn = f, .in = in, .out = out,
 * .then = done}); } static rc done(web_req *rq) { TRY(house_written(rq)); return web_see(rq, STR("/…")); } */
#pragma once
#include "app/role/actor.h"
#include "app/site/site.h"
#include "io/log.h"
#include "web/web.h"

struct door;          /* web/session.h: what sessions and signing in need */
struct session;       /* app/account/session.h */
struct looks;         /* web/look.h */
struct catalogue;     /* app/field/field.h */
struct kases;         /* app/kase/held.h */
struct bench;         /* app/errand/bench.h */
struct print_layouts; /* app/print/layout.h */

typedef struct house {
	site *site;
	const roles *roles;
	struct door *door;
	struct looks *looks;                 /* for pages that show personal data */
	struct place_names *places;          /* web/place_names.h; NULL: each is read when it is shown */
	const struct catalogue *fields;      /* for pages that show records */
	struct kases *kases;                 /* for pages of cases: web/kases.h */
	struct bench *bench;                 /* for sheets that come in and go out: app/errand/bench.h */
	const struct print_layouts *layouts; /* for pages that print cards */
	const logger *log;                   /* what went wrong with the machine; NULL: nowhere */
} house;

house *house_of(const web_req *rq);
store *house_store(const web_req *rq);

/* Who asks; an actor of zeros when nobody is signed in. */
const actor *house_actor(const web_req *rq);

/* A message in the reader's language; the same with one text in it. */
str house_words(const web_req *rq, int id);
str house_words_of(const web_req *rq, int id, const char *name, str text);

/* The session of this request, also while a step of signing in is still to come; NULL: none. */
const struct session *house_session(const web_req *rq);
void house_keep_session(web_req *rq, const struct session *s);

/* The connection of this request, in one snapshot; the same at each call. Given back with the request, or
 * before it waits for a command. */
rc house_read(web_req *rq, db **out) MUST_USE;

/* Gives the connection back before the request waits for something that is no command. */
void house_read_end(web_req *rq);

typedef struct house_command {
	store_fn *fn;
	const void *in;
	void *out;
	const wrapped_key *keys;
	size_t nkeys;
	bool unkeyed; /* the same post again is another act, or has its answer elsewhere (a look, a session):
			 no request key. A form with a secret has none anyway (web_route.secret). */
	bool plain;   /* it only adds rows, and is refused hardly ever: goes in with others (store.h) */
	web_handler then; /* on a net thread, when it is committed or refused */
} house_command;

/* Hands a command over under the form's request key: the same post twice is one act. RC_BUSY: the queue is
 * full. */
rc house_write(web_req *rq, const house_command *c) MUST_USE;

/* In `then`: what became of it. The fault is in rq->fault; *repeated (may be NULL): it had been done before,
 * and *result (may be NULL) is what the command kept. */
rc house_written(web_req *rq, bool *repeated, str *result) MUST_USE;

/* The hooks that make the frame ours. `sessions` may set rq->actor; NULL: nobody ever signs in. */
web_hooks house_hooks(house *h, void (*sessions)(void *self, web_req *rq));
