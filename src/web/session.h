/* session.h - the frame's side of sessions: the cookie, the hook that says who asks, what signing in needs.
 */
#pragma once
#include "app/account/sign_in.h"
#include "web/house.h"
#include "web/worker.h"

enum { DOOR_NETS = 16 };

/* Made once, at start. */
typedef struct door {
	sign_in_rules rules;
	workers *workers;
	crypto *crypto[DOOR_NETS]; /* one a net thread */
} door;

/* Starts the workers and hashes the dummy password (100 ms); all ends with `a`. */
rc door_open(arena *a, fault *f, const roles *all, door **out) MUST_USE;

door *door_of(const web_req *rq);
crypto *door_crypto(const web_req *rq);

/* The hook: finds the session of the cookie. rq->actor is set when it is whole; while a step is still to come
 * only house_session() is. Its last use is written when the written one is a minute old. */
void session_who(void *self, web_req *rq);

/* Sets and forgets the cookie. Staff: only from our own pages; applicants come by a link in a message. */
void session_cookie(web_req *rq, str token, bool citizen);
void session_forget(web_req *rq);

/* Where the session came from: the address and the browser. */
session_place session_place_of(const web_req *rq);
session_key session_key_of(const web_req *rq); /* of the present session */

/* A field of the form, or the empty text. */
str form_field_of(const web_req *rq, const char *name);
