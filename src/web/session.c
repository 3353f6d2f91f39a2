/* session.c - see session.h. */
#include "web/session.h"

#define COOKIE      STR("zc-session")
#define TOUCH_AFTER INT64_C(60000)

rc
door_open(arena *a, fault *f, const roles *all, door **out)
{
	door *d = arena_new(a, door);

	for (size_t i = 0; i < DOOR_NETS; i++)
		TRY(crypto_open(a, f, &d->crypto[i]));
	TRY(sign_in_rules_make(a, f, all, &d->rules));
	TRY(workers_start(a, f, &d->workers));
	*out = d;
	return RC_OK;
}

door *
door_of(const web_req *rq)
{
	return house_of(rq)->door;
}

crypto *
door_crypto(const web_req *rq)
{
	BUG_ON(rq->http->net >= DOOR_NETS);
	return door_of(rq)->crypto[rq->http->net];
}

/* ---- the last use ---- */

typedef struct touch {
	arena *a;
	session_key key;
	store_command command;
} touch;

static void
touched(store_command *c)
{
	touch *t = c->ctx;

	arena_close(t->a);
}

/* Nobody waits for it: it lives in an arena of its own until the writer is done. */
static void
touch_session(web_req *rq, const session *s)
{
	arena *a = arena_open(NULL, 0);
	touch *t = arena_new(a, touch);

	t->a = a;
	t->key = (session_key){str_dup(a, s->hash), s->who.tenant, s->who.account};
	t->command = (store_command){
		.fn = session_touch, .in = &t->key, .a = a, .now = rq->now, .done = touched, .ctx = t};
	store_submit(house_store(rq), &t->command);
}

void
session_who(void *self, web_req *rq)
{
	const house *h = self;
	session *s = arena_new(rq->a, session);
	str token = cookie_get(rq->http, COOKIE);
	db *d = NULL;

	if (token.n == 0)
		return;
	session_ask ask = {h->roles, session_hash(rq->a, door_crypto(rq), token), rq->now, 0};
	/* nobody is sent to the door, or loses what he typed, because the database is away: the fault is the
	 * page */
	if (house_read(rq, &d) != RC_OK || session_find(d, rq->a, rq->fault, &ask, s) != RC_OK)
		return;
	house_keep_session(rq, s);
	rq->session = s->csrf;
	if (s->stage == SESSION_OPEN)
		rq->actor = &s->who;
	if (rq->now - s->used >= TOUCH_AFTER)
		touch_session(rq, s);
}

/* ---- the cookie ---- */

void
session_cookie(web_req *rq, str token, bool citizen)
{
	cookie_set(rq->http, COOKIE, token, citizen ? COOKIE_LAX : COOKIE_STRICT, COOKIE_SESSION);
}

void
session_forget(web_req *rq)
{
	cookie_set(rq->http, COOKIE, STR(""), COOKIE_STRICT, COOKIE_GONE);
}

session_place
session_place_of(const web_req *rq)
{
	return (session_place){.source = rq->http->remote,
			       .client = http_header(rq->http, STR("user-agent"))};
}

session_key
session_key_of(const web_req *rq)
{
	const session *s = house_session(rq);

	BUG_ON(!s);
	return (session_key){s->hash, s->who.tenant, s->who.account};
}

str
form_field_of(const web_req *rq, const char *name)
{
	return url_value(&rq->http->form, str_of(name), NULL);
}
