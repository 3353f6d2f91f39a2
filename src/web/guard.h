/* guard.h - was this post sent by our own page to the person it was made for?
 *
 * Two answers must agree. The browser says where the request comes from (Sec-Fetch-Site, or Origin from those
 * that do not know it), and the form carries a token only we can make for this session. The token is masked
 * with fresh random bytes in every reply, so that a compressed page never shows the same secret twice
 * (BREACH). */
#pragma once
#include "io/crypto.h"
#include "io/http.h"

/* mask | mask ^ HMAC(key, "form" | session), in base64 without '='. */
str guard_token(arena *a, crypto *c, const crypto_key *key, str session);
bool guard_token_ok(arena *a, crypto *c, const crypto_key *key, str session, str token) MUST_USE;

/* Sec-Fetch-Site is same-origin; where it is missing, Origin names this host; where both are missing (old
 * browsers, programs) the token alone decides. */
bool guard_same_site(const http_req *rq) MUST_USE;
