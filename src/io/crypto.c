/* crypto.c - see crypto.h.
 *
 * Measured on one x86 core, OpenSSL 3.0.19, fields of 32 bytes: see crypto_speed in crypto_test.c, which
 * prints the figures of the machine it runs on. Fetching an algorithm anew for each call costs as much as the
 * work, hence the handle. Ed25519 is libsodium's: it has no objects to allocate, and its verification refuses
 * keys of small order. */
#include "io/crypto.h"

#include <errno.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sodium.h>
#include <sys/random.h>

enum { HMAC_KEY_KEPT = 64, NONCES = 20 /* drawn at once: at most 256 bytes come in one piece */ };

struct crypto {
	EVP_CIPHER *gcm;
	EVP_CIPHER_CTX *seal, *unseal;
	EVP_MD *sha256;
	EVP_MD_CTX *md;
	EVP_MAC *hmac;
	EVP_MAC_CTX *mac;
	size_t mac_key_len; /* of the key `mac` is ready for; 0: none */
	uint8_t mac_key[HMAC_KEY_KEPT];
	uint8_t nonce[NONCES][CRYPTO_NONCE];
	size_t nonces; /* still unused; a nonce is no secret, only never the same */
};

struct sha256 {
	EVP_MD *alg;
	EVP_MD_CTX *md;
};

/* The library refuses only when memory is out or our arguments are wrong; either ends the process. */
#define MUST(call) BUG_ON((call) != 1)

static const unsigned char *
bytes(str s)
{
	return (const unsigned char *)s.p;
}

/* OpenSSL counts in int; what enters the program is far below (uploads are bounded at the edge). */
static int
int_len(str s)
{
	BUG_ON(s.n > INT32_MAX);
	return (int)s.n;
}

static void
crypto_close(void *p)
{
	crypto *c = p;

	EVP_CIPHER_CTX_free(c->seal);
	EVP_CIPHER_CTX_free(c->unseal);
	EVP_MD_CTX_free(c->md);
	EVP_MAC_CTX_free(c->mac);
	EVP_CIPHER_free(c->gcm);
	EVP_MD_free(c->sha256);
	EVP_MAC_free(c->hmac);
	crypto_wipe(c, sizeof *c);
}

rc
crypto_open(arena *a, fault *f, crypto **out)
{
	crypto *c = arena_new(a, crypto);

	arena_defer(a, crypto_close, c);
	if (sodium_init() < 0)
		return FAIL(f, RC_IO, "crypto.library", FA_STR("library", STR("libsodium")));
	c->gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	c->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	c->hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	if (!c->gcm || !c->sha256 || !c->hmac)
		return FAIL(f, RC_IO, "crypto.library", FA_STR("library", STR("OpenSSL")));
	c->seal = EVP_CIPHER_CTX_new();
	c->unseal = EVP_CIPHER_CTX_new();
	c->md = EVP_MD_CTX_new();
	c->mac = EVP_MAC_CTX_new(c->hmac);
	BUG_ON(!c->seal || !c->unseal || !c->md || !c->mac);

	OSSL_PARAM which[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char[]){"SHA256"}, 0),
		OSSL_PARAM_construct_end(),
	};
	MUST(EVP_MAC_CTX_set_params(c->mac, which));
	MUST(EVP_EncryptInit_ex2(c->seal, c->gcm, NULL, NULL, NULL));
	MUST(EVP_DecryptInit_ex2(c->unseal, c->gcm, NULL, NULL, NULL));
	*out = c;
	return RC_OK;
}

digest
crypto_sha256(crypto *c, str data)
{
	digest d;

	MUST(EVP_DigestInit_ex2(c->md, c->sha256, NULL));
	MUST(EVP_DigestUpdate(c->md, data.p, data.n));
	MUST(EVP_DigestFinal_ex(c->md, d.b, NULL));
	return d;
}

static void
sha256_close(void *p)
{
	sha256 *h = p;

	EVP_MD_CTX_free(h->md);
}

sha256 *
sha256_open(arena *a, crypto *c)
{
	sha256 *h = arena_new(a, sha256);

	h->alg = c->sha256;
	h->md = EVP_MD_CTX_new();
	BUG_ON(!h->md);
	arena_defer(a, sha256_close, h);
	MUST(EVP_DigestInit_ex2(h->md, h->alg, NULL));
	return h;
}

void
sha256_add(sha256 *h, str part)
{
	MUST(EVP_DigestUpdate(h->md, part.p, part.n));
}

digest
sha256_end(sha256 *h)
{
	digest d;

	MUST(EVP_DigestFinal_ex(h->md, d.b, NULL));
	MUST(EVP_DigestInit_ex2(h->md, h->alg, NULL));
	return d;
}

/* Makes `mac` ready for `key`; a key of 1 to 64 bytes that is the last one again costs nothing. */
static void
mac_begin(crypto *c, str key)
{
	if (key.n > 0 && key.n == c->mac_key_len && crypto_same(key, (str){(char *)c->mac_key, key.n})) {
		MUST(EVP_MAC_init(c->mac, NULL, 0, NULL));
		return;
	}
	/* A NULL key would mean "the last one": the empty key needs an address. */
	MUST(EVP_MAC_init(c->mac, key.n ? bytes(key) : (const unsigned char *)"", key.n, NULL));
	c->mac_key_len = key.n <= HMAC_KEY_KEPT ? key.n : 0;
	if (c->mac_key_len)
		memcpy(c->mac_key, key.p, key.n);
}

digest
crypto_hmac(crypto *c, str key, str data)
{
	digest d;
	size_t n = 0;

	mac_begin(c, key);
	MUST(EVP_MAC_update(c->mac, bytes(data), data.n));
	MUST(EVP_MAC_final(c->mac, d.b, &n, sizeof d.b));
	return d;
}

digest_sha1
crypto_hmac_sha1(str key, str data)
{
	digest_sha1 d;
	size_t n = 0;

	BUG_ON(!EVP_Q_mac(NULL, "HMAC", NULL, "SHA1", NULL, key.p, key.n, bytes(data), data.n, d.b,
			  sizeof d.b, &n));
	BUG_ON(n != sizeof d.b);
	return d;
}

void
crypto_hkdf(crypto *c, str key, str salt, str info, void *out, size_t n)
{
	static const char none[sizeof(digest)];
	digest prk, block = {0};
	uint8_t *to = out;
	size_t len = 0;

	BUG_ON(n > 255 * sizeof block);
	prk = crypto_hmac(c, salt.n ? salt : (str){none, sizeof none}, key);
	for (uint8_t i = 1; n > 0; i++) {
		mac_begin(c, digest_str(&prk));
		MUST(EVP_MAC_update(c->mac, block.b, i == 1 ? 0 : sizeof block));
		MUST(EVP_MAC_update(c->mac, bytes(info), info.n));
		MUST(EVP_MAC_update(c->mac, &i, 1));
		MUST(EVP_MAC_final(c->mac, block.b, &len, sizeof block));
		size_t take = MIN(n, sizeof block);
		memcpy(to, block.b, take);
		to += take;
		n -= take;
	}
	crypto_wipe(&prk, sizeof prk);
	crypto_wipe(&block, sizeof block);
}

void
crypto_seal_at(crypto *c, const crypto_key *k, const uint8_t nonce[CRYPTO_NONCE], str ad, str text, void *out)
{
	unsigned char *to = out;
	int n = 0, rest = 0;

	MUST(EVP_EncryptInit_ex2(c->seal, NULL, k->b, nonce, NULL));
	if (ad.n)
		MUST(EVP_EncryptUpdate(c->seal, NULL, &n, bytes(ad), int_len(ad)));
	n = 0;
	if (text.n)
		MUST(EVP_EncryptUpdate(c->seal, to, &n, bytes(text), int_len(text)));
	MUST(EVP_EncryptFinal_ex(c->seal, to + n, &rest));
	MUST(EVP_CIPHER_CTX_ctrl(c->seal, EVP_CTRL_AEAD_GET_TAG, CRYPTO_TAG, to + text.n));
}

bool
crypto_unseal_at(crypto *c, const crypto_key *k, const uint8_t nonce[CRYPTO_NONCE], str ad, str sealed,
		 void *out)
{
	unsigned char *to = out, tag[CRYPTO_TAG];
	int n = 0, rest = 0;

	if (sealed.n < CRYPTO_TAG)
		return false;
	str text = str_sub(sealed, 0, sealed.n - CRYPTO_TAG);
	memcpy(tag, sealed.p + text.n, CRYPTO_TAG);
	MUST(EVP_DecryptInit_ex2(c->unseal, NULL, k->b, nonce, NULL));
	if (ad.n)
		MUST(EVP_DecryptUpdate(c->unseal, NULL, &n, bytes(ad), int_len(ad)));
	n = 0;
	if (text.n)
		MUST(EVP_DecryptUpdate(c->unseal, to, &n, bytes(text), int_len(text)));
	MUST(EVP_CIPHER_CTX_ctrl(c->unseal, EVP_CTRL_AEAD_SET_TAG, CRYPTO_TAG, tag));
	if (EVP_DecryptFinal_ex(c->unseal, to + n, &rest) == 1)
		return true;
	crypto_wipe(out, text.n); /* nothing unauthenticated leaves */
	return false;
}

void
crypto_seal(crypto *c, const crypto_key *k, str ad, str text, void *out)
{
	uint8_t *to = out;

	if (c->nonces == 0) {
		crypto_random(c->nonce, sizeof c->nonce);
		c->nonces = NONCES;
	}
	memcpy(to, c->nonce[--c->nonces], CRYPTO_NONCE);
	crypto_seal_at(c, k, to, ad, text, to + CRYPTO_NONCE);
}

bool
crypto_unseal(crypto *c, const crypto_key *k, str ad, str sealed, void *out)
{
	if (sealed.n < CRYPTO_SEAL_MORE)
		return false;
	return crypto_unseal_at(c, k, bytes(sealed), ad, str_from(sealed, CRYPTO_NONCE), out);
}

sign_key
sign_key_of(const uint8_t seed[CRYPTO_KEY])
{
	sign_key k;

	crypto_sign_seed_keypair(k.open, k.secret, seed);
	return k;
}

void
sign_message(const sign_key *k, str message, uint8_t out[CRYPTO_SIGNATURE])
{
	crypto_sign_detached(out, NULL, bytes(message), message.n, k->secret);
}

bool
sign_ok(const uint8_t open[32], str message, const uint8_t signature[CRYPTO_SIGNATURE])
{
	return crypto_sign_verify_detached(signature, bytes(message), message.n, open) == 0;
}

static const struct {
	unsigned long long passes;
	size_t memory;
} cost_of[] = {
	[PASSWORD_STAFF] = {3, 64u << 20},
	[PASSWORD_CITIZEN] = {2, 19u << 20},
};

rc
crypto_password(arena *a, fault *f, password_cost cost, str password, str *out)
{
	char hash[crypto_pwhash_STRBYTES];

	if (crypto_pwhash_str_alg(hash, password.p, password.n, cost_of[cost].passes, cost_of[cost].memory,
				  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return FAIL(f, RC_BUSY, "crypto.password.memory");
	*out = str_dup(a, str_of(hash));
	return RC_OK;
}

/* libsodium reads a NUL-terminated text in a field of its fixed size; false when it cannot be one. */
static bool
password_hash(str hash, char out[crypto_pwhash_STRBYTES])
{
	if (hash.n >= crypto_pwhash_STRBYTES || (hash.n && memchr(hash.p, 0, hash.n)))
		return false;
	memset(out, 0, crypto_pwhash_STRBYTES);
	if (hash.n)
		memcpy(out, hash.p, hash.n);
	return true;
}

rc
crypto_password_check(fault *f, str hash, str password)
{
	char kept[crypto_pwhash_STRBYTES];

	if (!password_hash(hash, kept))
		return RC_DENIED;
	errno = 0;
	if (crypto_pwhash_str_verify(kept, password.p, password.n) == 0)
		return RC_OK;
	if (errno == ENOMEM)
		return FAIL(f, RC_BUSY, "crypto.password.memory");
	return RC_DENIED;
}

bool
crypto_password_stale(password_cost cost, str hash)
{
	char kept[crypto_pwhash_STRBYTES];

	return !password_hash(hash, kept) ||
	       crypto_pwhash_str_needs_rehash(kept, cost_of[cost].passes, cost_of[cost].memory) != 0;
}

void
crypto_random(void *out, size_t n)
{
	char *to = out;

	while (n > 0) {
		ssize_t got = getrandom(to, n, 0);
		BUG_ON(got < 0 && errno != EINTR);
		if (got > 0) {
			to += got;
			n -= (size_t)got;
		}
	}
}

bool
crypto_same(str a, str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}

void
crypto_wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}

static const char digits64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

str
base64_encode(arena *a, base64_form form, str in)
{
	size_t whole = in.n / 3, left = in.n % 3;
	size_t tail = left == 0 ? 0 : form == BASE64_PADDED ? 4 : left + 1;
	const unsigned char *s = bytes(in);
	char *out = arena_alloc(a, whole * 4 + tail), *p = out;

	for (size_t i = 0; i < whole; i++, s += 3, p += 4) {
		uint32_t v = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
		p[0] = digits64[v >> 18];
		p[1] = digits64[v >> 12 & 63];
		p[2] = digits64[v >> 6 & 63];
		p[3] = digits64[v & 63];
	}
	if (left) {
		uint32_t v = (uint32_t)s[0] << 16 | (left == 2 ? (uint32_t)s[1] << 8 : 0);
		char end[4] = {digits64[v >> 18], digits64[v >> 12 & 63],
			       left == 2 ? digits64[v >> 6 & 63] : '=', '='};
		memcpy(p, end, tail);
	}
	return (str){out, whole * 4 + tail};
}

#define NO 0xff
/* Value of each digit; the 0xff of the rest shows in the upper bits of what is put together from them. */
static const uint8_t value64[256] = {
	NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
	NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, 62, NO, NO, NO, 63,
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, NO, NO, NO, NO, NO, NO, NO, 0,  1,  2,  3,  4,  5,  6,
	7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, NO, NO, NO, NO, NO,
	NO, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48,
	49, 50, 51, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
	NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
	NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
	NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
	NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO,
	NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO};
#undef NO

bool
base64_decode(arena *a, base64_form form, str in, str *out)
{
	if (form == BASE64_PADDED) {
		if (in.n % 4 != 0)
			return false;
		/* At most two, and only where they are due: "A===" leaves one digit, which is refused below.
		 */
		for (int i = 0; i < 2 && in.n > 0 && in.p[in.n - 1] == '='; i++)
			in.n--;
	}
	size_t whole = in.n / 4, left = in.n % 4, n = whole * 3 + (left ? left - 1 : 0);
	const unsigned char *s = bytes(in);
	unsigned char *to = arena_alloc(a, n);
	uint32_t bad = left == 1;

	*out = (str){(char *)to, n};
	for (size_t i = 0; i < whole; i++, s += 4, to += 3) {
		uint32_t w = value64[s[0]], x = value64[s[1]], y = value64[s[2]], z = value64[s[3]];
		bad |= (w | x | y | z) & 0xc0;
		uint32_t v = w << 18 | x << 12 | y << 6 | z;
		to[0] = (unsigned char)(v >> 16);
		to[1] = (unsigned char)(v >> 8);
		to[2] = (unsigned char)v;
	}
	if (left >= 2) {
		uint32_t w = value64[s[0]], x = value64[s[1]], y = left == 3 ? value64[s[2]] : 0;
		uint32_t v = w << 18 | x << 12 | y << 6;
		bad |= (w | x | y) & 0xc0;
		bad |= left == 2 ? v & 0xffff : v & 0xff; /* bits that no encoder sets */
		to[0] = (unsigned char)(v >> 16);
		if (left == 3)
			to[1] = (unsigned char)(v >> 8);
	}
	return bad == 0;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hex_decode(arena *a, str in, str *out)
{
	if (in.n % 2 != 0)
		return false;
	char *to = arena_alloc(a, in.n / 2);
	for (size_t i = 0; i < in.n / 2; i++) {
		int hi = hex_value(in.p[2 * i]), lo = hex_value(in.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return false;
		to[i] = (char)(hi << 4 | lo);
	}
	*out = (str){to, in.n / 2};
	return true;
}
