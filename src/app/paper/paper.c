/* paper.c - see paper.h: the sealed files. */
#include "app/paper/paper.h"

#include "base/buf.h"
#include "io/file.h"

enum { HASH_TEXT = 64, PREFIX = 2 };

static str
path_of(arena *a, str folder, str hash)
{
	return str_fmt(a, "%.*s/%.*s/%.*s", STR_ARG(folder), PREFIX, hash.p, STR_ARG(hash));
}

rc
paper_keep(sealer *s, arena *a, fault *f, const paper_seal *to, str bytes, str *hash)
{
	str sealed = seal_bytes(s, a, to->key, &to->place, bytes);
	buf hex = buf_in(a);
	crypto *c = NULL;

	TRY(crypto_open(a, f, &c));
	digest h = crypto_sha256(c, sealed);
	buf_hex(&hex, h.b, sizeof h.b);
	*hash = buf_str(&hex);
	TRY(file_folder(a, f, str_fmt(a, "%.*s/%.*s", STR_ARG(to->folder), PREFIX, hash->p)));
	return file_write(a, f, path_of(a, to->folder, *hash), sealed, 0600);
}

rc
paper_open(sealer *s, arena *a, fault *f, const paper_seal *from, str hash, size_t max, str *bytes)
{
	str sealed;

	if (hash.n != HASH_TEXT)
		return RC_NOT_FOUND;
	TRY(file_read(a, f, path_of(a, from->folder, hash), max + CRYPTO_SEAL_MORE, &sealed));
	return seal_open_bytes(s, a, f, from->key, &from->place, sealed, bytes);
}
