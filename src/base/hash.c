/* hash.c - see hash.h. SipHash by Aumasson and Bernstein (2012), one compression and three finalisation
 * rounds. */
#include "base/hash.h"

#include <sys/random.h>

/* The one variable of this floor: set before main, never after. */
static uint64_t key[2]; // lint: allow global - see above

__attribute__((constructor)) static void
hash_seed(void)
{
	if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key)
		key[0] = 0x736f6d6570736575u; /* no entropy: tables still work, only guessable */
}

#define ROTL(x, b) (((x) << (b)) | ((x) >> (64 - (b))))
#define ROUND                                                                                                \
	do {                                                                                                 \
		v0 += v1, v1 = ROTL(v1, 13), v1 ^= v0, v0 = ROTL(v0, 32);                                    \
		v2 += v3, v3 = ROTL(v3, 16), v3 ^= v2;                                                       \
		v0 += v3, v3 = ROTL(v3, 21), v3 ^= v0;                                                       \
		v2 += v1, v1 = ROTL(v1, 17), v1 ^= v2, v2 = ROTL(v2, 32);                                    \
	} while (0)

uint64_t
hash_bytes(const void *data, size_t n)
{
	const unsigned char *p = data;
	uint64_t v0 = key[0] ^ 0x736f6d6570736575u, v1 = key[1] ^ 0x646f72616e646f6du;
	uint64_t v2 = key[0] ^ 0x6c7967656e657261u, v3 = key[1] ^ 0x7465646279746573u;
	uint64_t last = (uint64_t)n << 56, m = 0;

	for (; n >= 8; n -= 8, p += 8) {
		memcpy(&m, p, 8);
		v3 ^= m;
		ROUND;
		v0 ^= m;
	}
	for (size_t i = 0; i < n; i++)
		last |= (uint64_t)p[i] << (8 * i);
	v3 ^= last;
	ROUND;
	v0 ^= last;
	v2 ^= 0xff;
	ROUND;
	ROUND;
	ROUND;
	return v0 ^ v1 ^ v2 ^ v3;
}
