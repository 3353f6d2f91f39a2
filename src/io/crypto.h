/* crypto.h - hashes, sealing, signatures, passwords and random bytes, over OpenSSL 3 and libsodium.
 *
 * A `crypto` handle keeps the libraries' contexts warm, which is most of the cost of a short field; one
 * thread owns it. What needs no context takes no handle. Nothing here knows a key's number or a table's name:
 * that is the seal module's. A function that cannot fail for its input ends the process when the library
 * fails it. */
#pragma once
#include "base/fault.h"

enum {
	CRYPTO_KEY = 32,                              /* a data key, a MAC key, a seed */
	CRYPTO_NONCE = 12,                            /* AES-GCM */
	CRYPTO_TAG = 16,                              /* AES-GCM */
	CRYPTO_SIGNATURE = 64,                        /* Ed25519 */
	CRYPTO_SEAL_MORE = CRYPTO_NONCE + CRYPTO_TAG, /* a sealed text is this much longer */
};

typedef struct crypto crypto;

typedef struct crypto_key {
	uint8_t b[CRYPTO_KEY];
} crypto_key;

/* SHA-256 or HMAC-SHA-256. */
typedef struct digest {
	uint8_t b[32];
} digest;

/* A handle that lives and dies, wiped, with `a`. RC_IO: the library on this machine lacks an algorithm. */
rc crypto_open(arena *a, fault *f, crypto **out) MUST_USE;

/* ---- Hashes. */

digest crypto_sha256(crypto *c, str data);

/* A hash over parts, whole in `a`. sha256_end gives the hash and begins the next. */
typedef struct sha256 sha256;
sha256 *sha256_open(arena *a, crypto *c);
void sha256_add(sha256 *h, str part);
digest sha256_end(sha256 *h);

/* RFC 2104. The last key is kept ready, so a run of blind indexes under one key pays for it once. */
digest crypto_hmac(crypto *c, str key, str data);

/* HMAC-SHA-1, for the codes of authenticator apps (RFC 6238) alone: most of them know no other. As an HMAC it
 * still holds; nothing else is made with SHA-1 here. */
typedef struct digest_sha1 {
	uint8_t b[20];
} digest_sha1;
digest_sha1 crypto_hmac_sha1(str key, str data);

/* RFC 5869 with SHA-256: `n` bytes (at most 8,160) of key material for `info`; an empty salt is allowed. */
void crypto_hkdf(crypto *c, str key, str salt, str info, void *out, size_t n);

/* ---- AES-256-GCM. Associated data is authenticated, not stored: a text moved elsewhere does not open. */

/* Writes nonce | text | tag, text.n + CRYPTO_SEAL_MORE bytes, with a nonce drawn for it. Random nonces bound
 * one key to 2^32 texts (NIST SP 800-38D §8.3); a key per person stays far below. */
void crypto_seal(crypto *c, const crypto_key *k, str ad, str text, void *out);

/* Opens what crypto_seal wrote into sealed.n - CRYPTO_SEAL_MORE bytes of `out`. False, and `out` all zeros,
 * when key, data or a single bit differ, or when `sealed` is too short to be a sealed text. */
bool crypto_unseal(crypto *c, const crypto_key *k, str ad, str sealed, void *out) MUST_USE;

/* The same with the nonce kept by the caller, who never uses one twice under a key: text.n + CRYPTO_TAG
 * bytes. */
void crypto_seal_at(crypto *c, const crypto_key *k, const uint8_t nonce[CRYPTO_NONCE], str ad, str text,
		    void *out);
bool crypto_unseal_at(crypto *c, const crypto_key *k, const uint8_t nonce[CRYPTO_NONCE], str ad, str sealed,
		      void *out) MUST_USE;

/* ---- Ed25519 (RFC 8032). The private half is the 32-byte seed. */

typedef struct sign_key {
	uint8_t secret[64]; /* seed | public, as libsodium has it: wipe it after use */
	uint8_t open[32];   /* the public key */
} sign_key;

sign_key sign_key_of(const uint8_t seed[CRYPTO_KEY]);
void sign_message(const sign_key *k, str message, uint8_t out[CRYPTO_SIGNATURE]);
bool sign_ok(const uint8_t open[32], str message, const uint8_t signature[CRYPTO_SIGNATURE]) MUST_USE;

/* ---- Passwords: Argon2id, as "$argon2id$v=19$m=…,t=…,p=1$salt$hash" (at most 127 characters).
 * One call takes 20 to 200 ms and its memory: the caller bounds how many run at once. */

typedef enum password_cost {
	PASSWORD_STAFF,   /* 64 MiB, three passes */
	PASSWORD_CITIZEN, /* 19 MiB, two passes */
} password_cost;

/* RC_BUSY: the memory is not to be had now. */
rc crypto_password(arena *a, fault *f, password_cost cost, str password, str *out) MUST_USE;

/* RC_DENIED: not this password, or no such hash (an answer: `f` stays clear). RC_BUSY as above. */
rc crypto_password_check(fault *f, str hash, str password) MUST_USE;

/* Was it made at another cost? Then hash the password again while it is at hand. */
bool crypto_password_stale(password_cost cost, str hash);

/* ---- Small things. */

void crypto_random(void *out, size_t n); /* from the kernel; safe across fork */
bool crypto_same(str a, str b) MUST_USE; /* in a time that depends on the lengths only */
void crypto_wipe(void *p, size_t n);     /* not removed by the compiler */

typedef enum base64_form {
	BASE64_PADDED,
	BASE64_BARE, /* without '=' */
} base64_form;

/* RFC 4648 §4. Decoding takes exactly what encoding gives in that form: no spaces, no line ends, no stray
 * bits. */
str base64_encode(arena *a, base64_form form, str bytes);
bool base64_decode(arena *a, base64_form form, str text, str *out) MUST_USE;

/* Both cases, an even number of digits; false for anything else. buf_hex writes it. */
bool hex_decode(arena *a, str text, str *out) MUST_USE;

/* A digest's bytes as a str that points into `d`. */
static inline str
digest_str(const digest *d)
{
	return (str){(const char *)d->b, sizeof d->b};
}
