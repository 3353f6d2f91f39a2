/* guard.c - see guard.h. */
#include "web/guard.h"

enum { TOKEN_HALF = sizeof(digest) };

static digest
mac(arena *a, crypto *c, const crypto_key *key, str session)
{
	return crypto_hmac(c, (str){(const char *)key->b, sizeof key->b}, str_cat(a, STR("form\n"), session));
}

str
guard_token(arena *a, crypto *c, const crypto_key *key, str session)
{
	unsigned char both[2 * TOKEN_HALF];
	digest d = mac(a, c, key, session);

	crypto_random(both, TOKEN_HALF);
	for (size_t i = 0; i < TOKEN_HALF; i++)
		both[TOKEN_HALF + i] = both[i] ^ d.b[i];
	return base64_encode(a, BASE64_BARE, (str){(const char *)both, sizeof both});
}

bool
guard_token_ok(arena *a, crypto *c, const crypto_key *key, str session, str token)
{
	unsigned char sent[TOKEN_HALF];
	digest d = mac(a, c, key, session);
	str both;

	if (!base64_decode(a, BASE64_BARE, token, &both) || both.n != 2 * TOKEN_HALF)
		return false;
	for (size_t i = 0; i < TOKEN_HALF; i++)
		sent[i] = (unsigned char)(both.p[i] ^ both.p[TOKEN_HALF + i]);
	return crypto_same((str){(const char *)sent, sizeof sent}, digest_str(&d));
}

bool
guard_same_site(const http_req *rq)
{
	str site = http_header(rq, STR("sec-fetch-site")), origin = http_header(rq, STR("origin"));
	str own = str_cat(rq->a, rq->https ? STR("https://") : STR("http://"), rq->host);

	if (site.n && !str_eq(site, STR("same-origin")))
		return false;
	return origin.n == 0 || str_eq_nocase(origin, own);
}
