/* check.c - what a file is, by its content alone, and a picture without what the camera wrote into it.
 *
 *   JPEG   FFD8 | FFxx length bytes … | FFDA length bytes, data with FF00 and FFD0-D7 in it | … | FFD9
 *   PNG    8 bytes | length type data crc … | IEND
 *
 * Segments and chunks that carry no picture are left out; of the Exif block only the direction is written
 * anew. Nothing is decoded. */
#include "app/paper/paper.h"

#include "base/buf.h"

enum {
	M_SOF = 0xc0,
	M_DHT = 0xc4,
	M_JPG = 0xc8,
	M_DAC = 0xcc,
	M_SOF_LAST = 0xcf,
	M_RST = 0xd0,
	M_SOI = 0xd8,
	M_EOI = 0xd9,
	M_SOS = 0xda,
	M_APP0 = 0xe0,
	M_APP1 = 0xe1,
	M_APP14 = 0xee, /* Adobe: how the colours are coded */
	M_APP15 = 0xef,
	M_COM = 0xfe,
	UPRIGHT = 1,
	TURNS = 8,
	ON_ITS_SIDE = 5, /* directions 5 to 8 swap width and height */
};

static uint32_t
be(str s, size_t at, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | (uint8_t)s.p[at + i];
	return v;
}

static uint32_t
endian(str s, size_t at, size_t n, bool little)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v |= (uint32_t)(uint8_t)s.p[at + i] << 8 * (little ? i : n - 1 - i);
	return v;
}

#define BROKEN(f) FAIL((f), RC_INVALID, "paper.broken", FA_FIELD(STR("file")))

/* ---- JPEG ---- */

/* The tag Orientation (0x0112) of the first directory of a TIFF header; UPRIGHT when it is not there. */
static int
direction_of(str exif)
{
	enum { HEAD = 6, ENTRY = 12, TAG = 0x0112 };

	if (exif.n < HEAD + 8 || !str_starts(exif, (str){"Exif\0\0", HEAD}))
		return UPRIGHT;
	str t = str_from(exif, HEAD);
	bool little = t.p[0] == 'I';
	size_t at = endian(t, 4, 4, little);
	if (at + 2 > t.n)
		return UPRIGHT;
	size_t n = endian(t, at, 2, little);
	for (size_t i = 0; i < n && at + 2 + (i + 1) * ENTRY <= t.n; i++) {
		size_t e = at + 2 + i * ENTRY;
		if (endian(t, e, 2, little) == TAG) {
			uint32_t v = endian(t, e + 8, 2, little);
			return v >= UPRIGHT && v <= TURNS ? (int)v : UPRIGHT;
		}
	}
	return UPRIGHT;
}

/* An Exif block that says which way is up and nothing else. */
static void
put_direction(buf *b, int direction)
{
	static const char head[] = "\xff\xe1\0\x22"
				   "Exif\0\0"
				   "MM\0\x2a\0\0\0\x08"
				   "\0\x01"
				   "\x01\x12\0\x03\0\0\0\x01\0";

	buf_put(b, (str){head, sizeof head - 1});
	buf_c(b, (char)direction);
	buf_put(b, (str){"\0\0\0\0\0\0", 6});
}

typedef struct jpeg {
	str in;
	size_t at;
	buf body; /* everything kept after the start */
	int direction;
	int32_t width, height;
} jpeg;

/* The data of a scan, up to the next marker that is none of its own. */
static bool
copy_scan(jpeg *j)
{
	size_t from = j->at;

	while (j->at + 1 < j->in.n) {
		uint8_t next = (uint8_t)j->in.p[j->at + 1];
		bool marker = (uint8_t)j->in.p[j->at] == 0xff && next != 0 && next != 0xff &&
			      !(next >= M_RST && next < M_SOI);
		if (marker) {
			buf_put(&j->body, str_sub(j->in, from, j->at - from));
			return true;
		}
		j->at++;
	}
	return false;
}

static void
look_at(jpeg *j, uint8_t marker, str segment)
{
	bool frame = marker >= M_SOF && marker <= M_SOF_LAST && marker != M_DHT && marker != M_JPG &&
		     marker != M_DAC;

	if (frame && segment.n >= 5) {
		j->height = (int32_t)be(segment, 1, 2);
		j->width = (int32_t)be(segment, 3, 2);
	}
	if (marker == M_APP1)
		j->direction = j->direction == UPRIGHT ? direction_of(segment) : j->direction;
}

static bool
is_kept(uint8_t marker)
{
	bool app = marker >= M_APP0 && marker <= M_APP15;

	return marker != M_COM && (!app || marker == M_APP0 || marker == M_APP14);
}

/* One marker with what belongs to it; *end at the end of the picture. */
static rc
take_marker(jpeg *j, fault *f, bool *end)
{
	while (j->at + 1 < j->in.n && (uint8_t)j->in.p[j->at] == 0xff && (uint8_t)j->in.p[j->at + 1] == 0xff)
		j->at++;
	if (j->at + 2 > j->in.n || (uint8_t)j->in.p[j->at] != 0xff)
		return BROKEN(f);
	uint8_t marker = (uint8_t)j->in.p[j->at + 1];
	if (marker == M_EOI) {
		buf_put(&j->body, STR("\xff\xd9"));
		*end = true;
		return RC_OK;
	}
	if (j->at + 4 > j->in.n || marker < M_SOF)
		return BROKEN(f);
	size_t n = be(j->in, j->at + 2, 2);
	if (n < 2 || j->at + 2 + n > j->in.n)
		return BROKEN(f);
	look_at(j, marker, str_sub(j->in, j->at + 4, n - 2));
	if (is_kept(marker))
		buf_put(&j->body, str_sub(j->in, j->at, n + 2));
	j->at += n + 2;
	if (marker == M_SOS && !copy_scan(j))
		return BROKEN(f);
	return RC_OK;
}

static rc
check_jpeg(arena *a, fault *f, str bytes, paper_checked *out)
{
	jpeg j = {.in = bytes, .at = 2, .body = buf_in(a), .direction = UPRIGHT};
	buf b = buf_in(a);
	bool end = false;

	while (!end)
		TRY(take_marker(&j, f, &end));
	if (j.width == 0 || j.height == 0)
		return BROKEN(f);
	buf_put(&b, STR("\xff\xd8"));
	if (j.direction != UPRIGHT)
		put_direction(&b, j.direction);
	buf_put(&b, buf_str(&j.body));
	*out = (paper_checked){.kind = PAPER_JPEG,
			       .type = STR("image/jpeg"),
			       .bytes = buf_str(&b),
			       .direction = j.direction,
			       .width = j.direction >= ON_ITS_SIDE ? j.height : j.width,
			       .height = j.direction >= ON_ITS_SIDE ? j.width : j.height};
	return RC_OK;
}

/* ---- PNG ---- */

static bool
is_picture_chunk(str type)
{
	static const char *const kept[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB"};

	for (size_t i = 0; i < LEN(kept); i++)
		if (str_eq(type, str_of(kept[i])))
			return true;
	return false;
}

static rc
check_png(arena *a, fault *f, str bytes, paper_checked *out)
{
	enum { SIGNATURE = 8, FRAME = 12, HEADER = 13 };
	buf b = buf_in(a);
	size_t at = SIGNATURE;

	*out = (paper_checked){.kind = PAPER_PNG, .type = STR("image/png"), .direction = UPRIGHT};
	buf_put(&b, str_sub(bytes, 0, SIGNATURE));
	while (at + FRAME <= bytes.n) {
		size_t n = be(bytes, at, 4);
		str type = str_sub(bytes, at + 4, 4);
		if (n > bytes.n - at - FRAME)
			return BROKEN(f);
		if (str_eq(type, STR("IHDR")) && n == HEADER) {
			out->width = (int32_t)(be(bytes, at + 8, 4) & INT32_MAX);
			out->height = (int32_t)(be(bytes, at + 12, 4) & INT32_MAX);
		}
		if (is_picture_chunk(type))
			buf_put(&b, str_sub(bytes, at, n + FRAME));
		at += n + FRAME;
		if (str_eq(type, STR("IEND"))) {
			out->bytes = buf_str(&b);
			return out->width && out->height ? RC_OK : BROKEN(f);
		}
	}
	return BROKEN(f);
}

/* ---- PDF ---- */

/* A scan holds pictures. What can run, be filled in or carry files has no place in one; names inside
 * compressed streams are not seen here, so a PDF is never shown inside a page of ours, only downloaded. */
static rc
check_pdf(fault *f, str bytes, paper_checked *out)
{
	enum { TAIL = 2048 };
	static const char *const active[] = {"/JavaScript", "/JS",  "/Launch",  "/EmbeddedFile",
					     "/RichMedia",  "/XFA", "/AcroForm"};

	if (str_find(str_from(bytes, bytes.n > TAIL ? bytes.n - TAIL : 0), STR("%%EOF")) < 0)
		return BROKEN(f);
	if (str_find(bytes, STR("/Encrypt")) >= 0)
		return FAIL(f, RC_INVALID, "paper.locked", FA_FIELD(STR("file")));
	for (size_t i = 0; i < LEN(active); i++)
		if (str_find(bytes, str_of(active[i])) >= 0)
			return FAIL(f, RC_INVALID, "paper.active", FA_FIELD(STR("file")));
	*out = (paper_checked){.kind = PAPER_PDF, .type = STR("application/pdf"), .bytes = bytes};
	return RC_OK;
}

/* ---- all ---- */

static bool
is_heic(str bytes)
{
	str brand = str_sub(bytes, 8, 4);

	return bytes.n > 12 && str_eq(str_sub(bytes, 4, 4), STR("ftyp")) &&
	       (str_starts(brand, STR("he")) || str_eq(brand, STR("mif1")) || str_eq(brand, STR("msf1")));
}

rc
paper_check(arena *a, fault *f, str bytes, paper_checked *out)
{
	if (bytes.n == 0)
		return FAIL(f, RC_INVALID, "paper.empty", FA_FIELD(STR("file")));
	if (bytes.n > PAPER_FILE_MAX)
		return FAIL(f, RC_LIMIT, "paper.large", FA_FIELD(STR("file")),
			    FA_INT("mb", PAPER_FILE_MAX >> 20));
	if (str_starts(bytes, STR("\xff\xd8\xff")))
		return check_jpeg(a, f, bytes, out);
	if (str_starts(bytes, STR("\x89PNG\r\n\x1a\n")))
		return check_png(a, f, bytes, out);
	if (str_starts(bytes, STR("%PDF-")))
		return check_pdf(f, bytes, out);
	if (is_heic(bytes))
		return FAIL(f, RC_INVALID, "paper.heic", FA_FIELD(STR("file")));
	return FAIL(f, RC_INVALID, "paper.kind", FA_FIELD(STR("file")));
}

rc
paper_portrait(fault *f, const paper_checked *p)
{
	/* two inches: 35 mm by 49; what phones and studios make of it lies between 4:5 and 2:3 */
	enum { WIDTH_MIN = 300, HEIGHT_MIN = 400, LEAST = 120, MOST = 160 };
	int64_t ratio = p->width ? (int64_t)p->height * 100 / p->width : 0;

	if (p->kind == PAPER_PDF)
		return FAIL(f, RC_INVALID, "paper.portrait_kind", FA_FIELD(STR("file")));
	if (ratio < LEAST || ratio > MOST)
		return FAIL(f, RC_INVALID, "paper.portrait_shape", FA_FIELD(STR("file")),
			    FA_INT("width", p->width), FA_INT("height", p->height));
	if (p->width < WIDTH_MIN || p->height < HEIGHT_MIN)
		return FAIL(f, RC_INVALID, "paper.portrait_small", FA_FIELD(STR("file")),
			    FA_INT("width", p->width), FA_INT("height", p->height), FA_INT("w", WIDTH_MIN),
			    FA_INT("h", HEIGHT_MIN));
	return RC_OK;
}
