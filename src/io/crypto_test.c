/* crypto_test.c - public vectors, refusals, and the speed of short fields. */
#include "io/crypto.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include <cmocka.h>

typedef struct rig {
	arena *a;
	crypto *c;
	fault f;
} rig;

static int
setup(void **state)
{
	static rig t;

	t = (rig){.a = arena_open(NULL, 0)};
	*state = &t;
	return crypto_open(t.a, &t.f, &t.c) == RC_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	arena_close(((rig *)*state)->a);
	return 0;
}

static str
unhex(arena *a, const char *text)
{
	str out = {0};

	assert_true(hex_decode(a, str_of(text), &out));
	return out;
}

static void
same(str got, str want)
{
	assert_int_equal(got.n, want.n);
	assert_memory_equal(got.p, want.p, want.n);
}

static void
same_digest(arena *a, digest got, const char *want)
{
	same(digest_str(&got), unhex(a, want));
}

/* FIPS 180-4 examples. */
static void
sha256_vectors(void **state)
{
	rig *t = *state;

	same_digest(t->a, crypto_sha256(t->c, STR("")),
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	same_digest(t->a, crypto_sha256(t->c, STR("abc")),
		    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
sha256_in_parts_is_the_hash_of_the_whole(void **state)
{
	rig *t = *state;
	char *million = arena_alloc(t->a, 1000000);
	sha256 *h = sha256_open(t->a, t->c);

	memset(million, 'a', 1000000);
	for (size_t at = 0, n = 1; at < 1000000; at += n, n = n * 3 % 10007)
		sha256_add(h, str_sub((str){million, 1000000}, at, n));
	same_digest(t->a, sha256_end(h), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	/* Ended, it begins anew. */
	same_digest(t->a, sha256_end(h), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* RFC 4231 §4.2, 4.3, 4.4 and 4.7. */
static void
hmac_vectors(void **state)
{
	rig *t = *state;
	char key[131], data[50];

	memset(key, 0x0b, 20);
	same_digest(t->a, crypto_hmac(t->c, (str){key, 20}, STR("Hi There")),
		    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	for (int again = 0; again < 2; again++)
		same_digest(t->a, crypto_hmac(t->c, STR("Jefe"), STR("what do ya want for nothing?")),
			    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	memset(data, 0xdd, sizeof data);
	same_digest(t->a, crypto_hmac(t->c, (str){key, 20}, (str){data, sizeof data}),
		    "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
	for (int again = 0; again < 2; again++)
		same_digest(t->a,
			    crypto_hmac(t->c, (str){key, sizeof key},
					STR("Test Using Larger Than Block-Size Key - Hash Key First")),
			    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	/* The empty key and message. */
	same_digest(t->a, crypto_hmac(t->c, STR(""), STR("")),
		    "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

/* RFC 2202 §3, cases 1, 2 and 6. */
static void
hmac_sha1_vectors(void **state)
{
	rig *t = *state;
	char key[80];
	digest_sha1 d;

	memset(key, 0x0b, 20);
	d = crypto_hmac_sha1((str){key, 20}, STR("Hi There"));
	same((str){(const char *)d.b, sizeof d.b}, unhex(t->a, "b617318655057264e28bc0b6fb378c8ef146be00"));
	d = crypto_hmac_sha1(STR("Jefe"), STR("what do ya want for nothing?"));
	same((str){(const char *)d.b, sizeof d.b}, unhex(t->a, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
	memset(key, 0xaa, sizeof key);
	d = crypto_hmac_sha1((str){key, sizeof key},
			     STR("Test Using Larger Than Block-Size Key - Hash Key First"));
	same((str){(const char *)d.b, sizeof d.b}, unhex(t->a, "aa4ae5e15272d00e95705637ce8a3b55ed402112"));
}

/* RFC 5869 A.1, A.3. */
static void
hkdf_vectors(void **state)
{
	rig *t = *state;
	char ikm[22], out[42];

	memset(ikm, 0x0b, sizeof ikm);
	crypto_hkdf(t->c, (str){ikm, 22}, unhex(t->a, "000102030405060708090a0b0c"),
		    unhex(t->a, "f0f1f2f3f4f5f6f7f8f9"), out, 42);
	same((str){out, 42}, unhex(t->a, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
					 "34007208d5b887185865"));
	crypto_hkdf(t->c, (str){ikm, 22}, STR(""), STR(""), out, 42);
	same((str){out, 42}, unhex(t->a, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
					 "9d201395faa4b61a96c8"));
}

/* McGrew and Viega's test cases 13, 14 and 16, which NIST took over. */
static void
gcm_vectors(void **state)
{
	static const struct {
		const char *key, *nonce, *ad, *text, *sealed;
	} v[] = {
		{"0000000000000000000000000000000000000000000000000000000000000000",
		 "000000000000000000000000", "", "", "530f8afbc74536b9a963b4f1c4cb738b"},
		{"0000000000000000000000000000000000000000000000000000000000000000",
		 "000000000000000000000000", "", "00000000000000000000000000000000",
		 "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
		{"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
		 "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
		 "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a"
		 "6b525"
		 "b16aedf5aa0de657ba637b39",
		 "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10568"
		 "28838"
		 "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"},
	};
	rig *t = *state;

	for (size_t i = 0; i < LEN(v); i++) {
		str key = unhex(t->a, v[i].key), nonce = unhex(t->a, v[i].nonce), ad = unhex(t->a, v[i].ad);
		str text = unhex(t->a, v[i].text), want = unhex(t->a, v[i].sealed);
		crypto_key k;
		char got[128], back[128];

		memcpy(k.b, key.p, sizeof k.b);
		crypto_seal_at(t->c, &k, (const uint8_t *)nonce.p, ad, text, got);
		same((str){got, want.n}, want);
		assert_true(crypto_unseal_at(t->c, &k, (const uint8_t *)nonce.p, ad, want, back));
		same((str){back, text.n}, text);
	}
}

static void
one_bit_anywhere_does_not_open(void **state)
{
	static const char zeros[64];
	rig *t = *state;
	str text = STR("440106199001010012"), ad = STR("person.nid.7");
	char sealed[64], out[64];
	size_t n = text.n + CRYPTO_SEAL_MORE;
	crypto_key k, other;

	crypto_random(&k, sizeof k);
	other = k;
	other.b[31] ^= 1;
	crypto_seal(t->c, &k, ad, text, sealed);
	assert_true(crypto_unseal(t->c, &k, ad, (str){sealed, n}, out));
	same((str){out, text.n}, text);
	assert_false(crypto_unseal(t->c, &other, ad, (str){sealed, n}, out));
	assert_false(crypto_unseal(t->c, &k, STR("person.nid.8"), (str){sealed, n}, out));
	for (size_t bit = 0; bit < n * 8; bit++) {
		sealed[bit / 8] = (char)(sealed[bit / 8] ^ 1 << bit % 8);
		memset(out, 'x', sizeof out);
		assert_false(crypto_unseal(t->c, &k, ad, (str){sealed, n}, out));
		assert_memory_equal(out, zeros, text.n);
		sealed[bit / 8] = (char)(sealed[bit / 8] ^ 1 << bit % 8);
	}
	for (size_t cut = 0; cut < n; cut++)
		assert_false(crypto_unseal(t->c, &k, ad, (str){sealed, cut}, out));
	assert_true(crypto_unseal(t->c, &k, ad, (str){sealed, n}, out));
}

static void
the_same_text_is_never_sealed_alike(void **state)
{
	rig *t = *state;
	char one[40], two[40];
	crypto_key k = {{1}};

	crypto_seal(t->c, &k, STR(""), STR("same"), one);
	crypto_seal(t->c, &k, STR(""), STR("same"), two);
	assert_memory_not_equal(one, two, CRYPTO_NONCE);
	assert_memory_not_equal(one + CRYPTO_NONCE, two + CRYPTO_NONCE, 4);
	crypto_seal(t->c, &k, STR("a"), STR(""), one); /* the empty text is sealed too */
	assert_true(crypto_unseal(t->c, &k, STR("a"), (str){one, CRYPTO_SEAL_MORE}, two));
}

/* RFC 8032 §7.1, tests 1, 2 and 3. */
static void
ed25519_vectors(void **state)
{
	static const struct {
		const char *seed, *open, *message, *signature;
	} v[] = {
		{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
		 "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
		 "9b46b"
		 "d25bf5f0595bbe24655141438e7a100b"},
		{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		 "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
		 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
		 "11d8c"
		 "387b2eaeb4302aeeb00d291612bb0c00"},
		{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		 "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
		 "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
		 "dc659"
		 "4a7c15e9716ed28dc027beceea1ec40a"},
	};
	rig *t = *state;

	for (size_t i = 0; i < LEN(v); i++) {
		str seed = unhex(t->a, v[i].seed), message = unhex(t->a, v[i].message);
		sign_key k = sign_key_of((const uint8_t *)seed.p);
		uint8_t got[CRYPTO_SIGNATURE];

		same((str){(char *)k.open, 32}, unhex(t->a, v[i].open));
		sign_message(&k, message, got);
		same((str){(char *)got, sizeof got}, unhex(t->a, v[i].signature));
		assert_true(sign_ok(k.open, message, got));
		assert_false(sign_ok(k.open, STR("another"), got));
		got[40] ^= 1;
		assert_false(sign_ok(k.open, message, got));
	}
}

/* A public key of small order would sign anything. */
static void
ed25519_refuses_a_key_of_small_order(void **state)
{
	uint8_t open[32] = {1}, signature[CRYPTO_SIGNATURE] = {1};

	(void)state;
	assert_false(sign_ok(open, STR("anything"), signature));
}

static void
passwords(void **state)
{
	rig *t = *state;
	str hash, again;

	assert_int_equal(crypto_password(t->a, &t->f, PASSWORD_CITIZEN, STR("正确的密码"), &hash), RC_OK);
	assert_true(str_starts(hash, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
	assert_int_equal(crypto_password_check(&t->f, hash, STR("正确的密码")), RC_OK);
	assert_int_equal(crypto_password_check(&t->f, hash, STR("正确的密码 ")), RC_DENIED);
	assert_int_equal(crypto_password_check(&t->f, hash, STR("")), RC_DENIED);
	assert_int_equal(crypto_password(t->a, &t->f, PASSWORD_CITIZEN, STR("正确的密码"), &again), RC_OK);
	assert_false(str_eq(hash, again));
	assert_false(crypto_password_stale(PASSWORD_CITIZEN, hash));
	assert_true(crypto_password_stale(PASSWORD_STAFF, hash));
	assert_int_equal(crypto_password(t->a, &t->f, PASSWORD_STAFF, STR("x"), &hash), RC_OK);
	assert_true(str_starts(hash, STR("$argon2id$v=19$m=65536,t=3,p=1$")));
	assert_null(t->f.id);
}

/* The reference implementation's own test: m = 64 MiB, t = 2, p = 1, "password", salt "somesalt". */
static void
password_of_the_reference_implementation(void **state)
{
	static const char hash[] =
		"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
	rig *t = *state;

	assert_int_equal(crypto_password_check(&t->f, str_of(hash), STR("password")), RC_OK);
	assert_int_equal(crypto_password_check(&t->f, str_of(hash), STR("differentpassword")), RC_DENIED);
}

static void
what_is_no_hash_denies(void **state)
{
	static const str none[] = {{"", 0}, {"x", 1}, {"$argon2id$v=19$m=65536,t=2,p=1$", 31}, {"a\0b", 3}};
	rig *t = *state;
	char *long_one = arena_alloc(t->a, 500);

	for (size_t i = 0; i < LEN(none); i++) {
		assert_int_equal(crypto_password_check(&t->f, none[i], STR("password")), RC_DENIED);
		assert_true(crypto_password_stale(PASSWORD_STAFF, none[i]));
	}
	memset(long_one, 'a', 500);
	assert_int_equal(crypto_password_check(&t->f, (str){long_one, 500}, STR("password")), RC_DENIED);
}

/* RFC 4648 §10. */
static void
base64_vectors(void **state)
{
	static const char *const v[][3] = {
		{"", "", ""},
		{"f", "Zg==", "Zg"},
		{"fo", "Zm8=", "Zm8"},
		{"foo", "Zm9v", "Zm9v"},
		{"foob", "Zm9vYg==", "Zm9vYg"},
		{"fooba", "Zm9vYmE=", "Zm9vYmE"},
		{"foobar", "Zm9vYmFy", "Zm9vYmFy"},
		{"\xfb\xff\xbf", "+/+/", "+/+/"},
	};
	rig *t = *state;
	str back;

	for (size_t i = 0; i < LEN(v); i++) {
		same(base64_encode(t->a, BASE64_PADDED, str_of(v[i][0])), str_of(v[i][1]));
		same(base64_encode(t->a, BASE64_BARE, str_of(v[i][0])), str_of(v[i][2]));
		assert_true(base64_decode(t->a, BASE64_PADDED, str_of(v[i][1]), &back));
		same(back, str_of(v[i][0]));
		assert_true(base64_decode(t->a, BASE64_BARE, str_of(v[i][2]), &back));
		same(back, str_of(v[i][0]));
	}
}

static void
base64_takes_only_what_it_gives(void **state)
{
	static const char *const padded[] = {"Zg",   "Zg=",  "Zh==",   "Zm9=",  "Z===",
					     "====", "=",    "Zm9v\n", "Zm 9v", "Zm9vYg==Zm9v",
					     "Zm9-", "Zm9_", "Zg==\n", "Z=g=",  "\xe4\xb8\xad\xe6"};
	static const char *const bare[] = {"Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm8=", "Z\xff"};
	rig *t = *state;
	str back;

	for (size_t i = 0; i < LEN(padded); i++)
		assert_false(base64_decode(t->a, BASE64_PADDED, str_of(padded[i]), &back));
	for (size_t i = 0; i < LEN(bare); i++)
		assert_false(base64_decode(t->a, BASE64_BARE, str_of(bare[i]), &back));
}

static void
every_byte_survives_base64_and_hex(void **state)
{
	rig *t = *state;
	char all[256 + 2];
	str back;

	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (char)(i * 167);
	for (size_t n = 0; n <= sizeof all; n++) {
		str in = {all, n};
		buf hex = buf_in(t->a);

		assert_true(
			base64_decode(t->a, BASE64_PADDED, base64_encode(t->a, BASE64_PADDED, in), &back));
		same(back, in);
		assert_true(base64_decode(t->a, BASE64_BARE, base64_encode(t->a, BASE64_BARE, in), &back));
		same(back, in);
		buf_hex(&hex, in.p, in.n);
		assert_true(hex_decode(t->a, buf_str(&hex), &back));
		same(back, in);
	}
	same(unhex(t->a, "00fFA9"), (str){"\x00\xff\xa9", 3});
	assert_false(hex_decode(t->a, STR("0"), &back));
	assert_false(hex_decode(t->a, STR("0g"), &back));
	assert_false(hex_decode(t->a, STR("G0"), &back));
	assert_false(hex_decode(t->a, STR(" 0"), &back));
}

static void
comparing_and_wiping(void **state)
{
	char secret[33] = "0123456789abcdef0123456789abcdef";
	uint8_t drawn[2][64];

	(void)state;
	assert_true(crypto_same(STR(""), STR("")));
	assert_true(crypto_same(STR("abc"), STR("abc")));
	assert_false(crypto_same(STR("abc"), STR("abd")));
	assert_false(crypto_same(STR("abc"), STR("ab")));
	crypto_wipe(secret, sizeof secret);
	for (size_t i = 0; i < sizeof secret; i++)
		assert_int_equal(secret[i], 0);
	crypto_random(drawn[0], 64);
	crypto_random(drawn[1], 64);
	assert_memory_not_equal(drawn[0], drawn[1], 64);
}

static double
cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
print_rate(const char *what, int n, double from)
{
	print_message("# %-44s %6.2f M/s\n", what, n / (cpu() - from) / 1e6);
}

/* Not a bound that a loaded machine could break: the figures are for whoever reads the log. What is asserted
 * is that many rounds under many keys open again. */
static void
crypto_speed(void **state)
{
	enum { ROUNDS = 200000 };
	rig *t = *state;
	str field = STR("0123456789abcdef0123456789abcdef"), ad = STR("person.phone.1234567890123");
	char sealed[64], out[64];
	crypto_key k = {{7}};
	uint8_t nonce[CRYPTO_NONCE] = {0};
	unsigned opened = 0, sum = 0;

	double at = cpu();
	for (int i = 0; i < ROUNDS; i++) {
		memcpy(nonce, &i, sizeof i);
		memcpy(k.b, &i, sizeof i);
		crypto_seal_at(t->c, &k, nonce, ad, field, sealed);
	}
	print_rate("seal 32 bytes, own nonce, new key each", ROUNDS, at);
	at = cpu();
	for (int i = 0; i < ROUNDS; i++)
		opened += crypto_unseal_at(t->c, &k, nonce, ad, (str){sealed, field.n + CRYPTO_TAG}, out);
	print_rate("open 32 bytes", ROUNDS, at);
	assert_int_equal(opened, ROUNDS);
	at = cpu();
	for (int i = 0; i < ROUNDS; i++)
		crypto_seal(t->c, &k, ad, field, sealed);
	print_rate("seal 32 bytes, nonce drawn", ROUNDS, at);
	assert_true(crypto_unseal(t->c, &k, ad, (str){sealed, field.n + CRYPTO_SEAL_MORE}, out));
	at = cpu();
	for (int i = 0; i < ROUNDS; i++)
		sum += crypto_hmac(t->c, field, str_sub(field, 0, 18)).b[0];
	print_rate("HMAC-SHA-256 of 18 bytes, one key", ROUNDS, at);
	at = cpu();
	for (int i = 0; i < ROUNDS; i++)
		sum += crypto_sha256(t->c, field).b[0];
	print_rate("SHA-256 of 32 bytes", ROUNDS, at);
	assert_true(sum > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sha256_vectors, setup, teardown),
		cmocka_unit_test_setup_teardown(sha256_in_parts_is_the_hash_of_the_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(hmac_vectors, setup, teardown),
		cmocka_unit_test_setup_teardown(hmac_sha1_vectors, setup, teardown),
		cmocka_unit_test_setup_teardown(hkdf_vectors, setup, teardown),
		cmocka_unit_test_setup_teardown(gcm_vectors, setup, teardown),
		cmocka_unit_test_setup_teardown(one_bit_anywhere_does_not_open, setup, teardown),
		cmocka_unit_test_setup_teardown(the_same_text_is_never_sealed_alike, setup, teardown),
		cmocka_unit_test_setup_teardown(ed25519_vectors, setup, teardown),
		cmocka_unit_test_setup_teardown(ed25519_refuses_a_key_of_small_order, setup, teardown),
		cmocka_unit_test_setup_teardown(passwords, setup, teardown),
		cmocka_unit_test_setup_teardown(password_of_the_reference_implementation, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_no_hash_denies, setup, teardown),
		cmocka_unit_test_setup_teardown(base64_vectors, setup, teardown),
		cmocka_unit_test_setup_teardown(base64_takes_only_what_it_gives, setup, teardown),
		cmocka_unit_test_setup_teardown(every_byte_survives_base64_and_hex, setup, teardown),
		cmocka_unit_test_setup_teardown(comparing_and_wiping, setup, teardown),
		cmocka_unit_test_setup_teardown(crypto_speed, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
