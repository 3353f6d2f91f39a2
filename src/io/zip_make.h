/* zip_make.h - for tests: archives written byte by byte, honest and otherwise. */
#pragma once
#include "base/buf.h"

#include <zlib.h>

typedef struct zip_make {
	buf body, dir;
	uint16_t n;
} zip_make;

static inline zip_make
zip_make_in(arena *a)
{
	return (zip_make){.body = buf_in(a), .dir = buf_in(a)};
}

static inline void
put16(buf *b, uint32_t v)
{
	buf_c(b, (char)(v & 0xff));
	buf_c(b, (char)(v >> 8 & 0xff));
}

static inline void
put32(buf *b, uint32_t v)
{
	put16(b, v & 0xffff);
	put16(b, v >> 16);
}

static inline void
put_common(buf *b, uint32_t flags, uint32_t method, uint32_t crc, size_t packed, size_t size, size_t name)
{
	put16(b, 20);
	put16(b, flags);
	put16(b, method);
	put32(b, 0x00210000); /* 1980-01-01 */
	put32(b, crc);
	put32(b, (uint32_t)packed);
	put32(b, (uint32_t)size);
	put16(b, (uint32_t)name);
	put16(b, 0);
}

/* A record of the directory for whatever lies at `offset`. */
static inline void
zip_make_record(zip_make *z, str name, uint32_t flags, uint32_t method, uint32_t crc, size_t packed,
		size_t size, size_t offset)
{
	put32(&z->dir, 0x02014b50);
	put16(&z->dir, 20);
	put_common(&z->dir, flags, method, crc, packed, size, name.n);
	put16(&z->dir, 0);
	put16(&z->dir, 0);
	put16(&z->dir, 0);
	put32(&z->dir, 0);
	put32(&z->dir, (uint32_t)offset);
	buf_put(&z->dir, name);
	z->n++;
}

/* An honest entry, stored or deflated. */
static inline void
zip_make_add(zip_make *z, str name, str bytes, bool deflated)
{
	uint32_t crc = (uint32_t)crc32(0, (const Bytef *)bytes.p, (uInt)bytes.n);
	size_t at = z->body.n;
	str packed = bytes;

	if (deflated) {
		z_stream s = {0};
		size_t room = compressBound((uLong)bytes.n) + 64;
		char *to = arena_alloc(z->body.a, room);
		BUG_ON(deflateInit2(&s, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK);
		s.next_in = (Bytef *)(uintptr_t)bytes.p;
		s.avail_in = (uInt)bytes.n;
		s.next_out = (Bytef *)to;
		s.avail_out = (uInt)room;
		BUG_ON(deflate(&s, Z_FINISH) != Z_STREAM_END);
		packed = (str){to, s.total_out};
		deflateEnd(&s);
	}
	put32(&z->body, 0x04034b50);
	put_common(&z->body, 0, deflated ? 8 : 0, crc, packed.n, bytes.n, name.n);
	buf_put(&z->body, name);
	buf_put(&z->body, packed);
	zip_make_record(z, name, 0, deflated ? 8 : 0, crc, packed.n, bytes.n, at);
}

static inline str
zip_make_end(zip_make *z)
{
	size_t at = z->body.n;

	buf_put(&z->body, buf_str(&z->dir));
	put32(&z->body, 0x06054b50);
	put32(&z->body, 0);
	put16(&z->body, z->n);
	put16(&z->body, z->n);
	put32(&z->body, (uint32_t)z->dir.n);
	put32(&z->body, (uint32_t)at);
	put16(&z->body, 0);
	return buf_str(&z->body);
}
