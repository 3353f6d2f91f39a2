/* session.h - who is signed in: a random token in the browser, its hash and what it opens on the server.
 *
 * The token has 256 bits and is new at sign-in and at every change of what it may do. The row holds its
 * SHA-256. A session ends by itself after `idle` without use and at `ends` in any case; with the account,
 * with a new password, and by its owner. The caller keeps the last use in memory and writes it at most once
 * a minute (session_touch).
 *
 * Events: event.session.opened, event.session.ended */
#pragma once
#include "app/role/actor.h"
#include "base/vec.h"
#include "io/crypto.h"
#include "store/tx.h"

/* What still stands between a session and its work. In any but SESSION_OPEN the actor may nothing. */
typedef enum session_stage {
	SESSION_OPEN,
	SESSION_FACTOR,   /* the password was right; the second factor is asked */
	SESSION_PASSWORD, /* signed in with a code from an administrator: a new password is asked */
	SESSION_ENROL,    /* the role asks a second factor and there is none yet */
	SESSION_STAGES
} session_stage;

/* Times without use and in all, ms. */
typedef struct session_limits {
	int64_t idle, ends;
} session_limits;

extern const session_limits session_staff;  /* 15 minutes, 8 hours */
extern const session_limits session_public; /* 30 minutes, 30 minutes */

/* What is drawn before the command that opens a session: the command may run again. */
typedef struct session_secret {
	str token; /* for the cookie; nowhere else */
	str hash;  /* what the row is found by */
	str csrf;  /* the secret that form tokens are made from */
} session_secret;

session_secret session_draw(arena *a, crypto *c);
/* The hash of a token from a cookie; the empty text for what is no token. */
str session_hash(arena *a, crypto *c, str token);

/* Where it comes from, for the list of one's own sessions. */
typedef struct session_place {
	str source, client; /* an IP address; a browser's name, cut to 120 bytes */
} session_place;

typedef struct session {
	actor who; /* of zeros but for kind, tenant, account, name while stage is not SESSION_OPEN */
	session_stage stage;
	bool factor;
	str hash, csrf;
	int64_t created, used, ends;
} session;

/* The session of this hash at `now`: two reads. `seen`: its last use as the caller remembers it, or 0. An
 * account without the post it acted from goes on without permissions.
 * RC_NOT_FOUND: none, ended, or the account is closed (an answer: `f` stays clear). */
typedef struct session_ask {
	const roles *roles;
	str hash;
	int64_t now, seen;
} session_ask;

rc session_find(db *d, arena *a, fault *f, const session_ask *ask, session *out) MUST_USE;

/* Whose post it is, for work that goes on when its owner has left: with what he may do at `now`.
 * RC_NOT_FOUND: the account is closed, or the post is no longer his (an answer: `f` stays clear). */
typedef struct session_absent {
	const roles *roles;
	int64_t tenant, account, post, now;
} session_absent;

rc session_actor(db *d, arena *a, fault *f, const session_absent *ask, actor *out) MUST_USE;

/* ---- commands ---- */

typedef struct session_key {
	str hash;
	int64_t tenant, account;
} session_key;

/* Writes the last use. RC_NOT_FOUND never: a session that ended meanwhile stays ended. */
rc session_touch(tx *t, const void *in, void *out) MUST_USE; /* in: session_key */

/* One of the account's own: sign out here or there. RC_NOT_FOUND: no such session of his. */
rc session_end(tx *t, const void *in, void *out) MUST_USE; /* in: session_key */

typedef struct session_turn {
	const roles *roles;
	session_key old;
	session_secret next;
	int64_t post; /* to act from; 0: without */
} session_turn;

/* Acts from another of one's posts, under a new token. RC_NOT_FOUND: no such session, still at a stage, or
 * no such post of his today. */
rc session_switch(tx *t, const void *in, void *out) MUST_USE;

/* Deletes what nobody can use: sessions, codes, delays. A job's work; `out` is not used. */
rc session_sweep(tx *t, const void *in, void *out) MUST_USE;

/* ---- reads ---- */

typedef struct session_line {
	str hash; /* the handle for session_end: it opens nothing */
	session_stage stage;
	str source, client;
	int64_t created, used;
} session_line;

typedef VEC(session_line) session_lines;

rc session_list(db *d, arena *a, fault *f, const actor *who, int64_t now, session_lines *out) MUST_USE;

typedef struct session_post {
	int64_t id;
	const role *role;
	str office;
	str line;
	int64_t stands_for; /* 0: his own */
} session_post;

typedef VEC(session_post) session_posts;

/* The posts that an account can act from on that day: own ones first. */
typedef struct session_whose {
	const roles *roles;
	int64_t tenant, account;
	int32_t day;
} session_whose;

rc session_posts_of(db *d, arena *a, fault *f, const session_whose *whose, session_posts *out) MUST_USE;

/* ---- for the other files of this folder ---- */

typedef struct session_new {
	const roles *roles;
	session_secret secret;
	session_place place;
	session_limits limits;
	int64_t tenant, account, post;
	bool staff, factor;
} session_new;

/* Opens one in the running command, with the stage it is at now. */
rc session_put(tx *t, const session_new *n, session_stage *stage) MUST_USE;

/* The stage of a session with or without its second factor. */
rc session_stage_of(tx *t, const session_new *n, session_stage *out) MUST_USE;

/* The same session, deleted and made again under another token, at the stage it has now come to.
 * RC_NOT_FOUND: it has ended. */
typedef struct session_next {
	const roles *roles;
	session_key old;
	session_secret secret;
	int64_t post; /* -1: as it was */
	bool factor;  /* it was just given */
} session_next;

rc session_renew(tx *t, const session_next *n, session_stage *stage) MUST_USE;
