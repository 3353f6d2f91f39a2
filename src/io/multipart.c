/* multipart.c - see multipart.h.
 *
 *   --B CRLF  fields CRLF CRLF  content  CRLF --B CRLF  fields …  content  CRLF --B-- CRLF
 *
 * The delimiter is CR LF - - B. A boundary cannot contain a CR, so the delimiter begins with the only CR in
 * it: when a match fails after k characters, those k are content and only the character in hand can begin the
 * next match. That makes the search one pass without a table, and a chunk may end anywhere. */
#include "io/multipart.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "io/url.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { BOUNDARY_MAX = 70, HEAD_MAX = 4096, FILENAME_MAX_BYTES = 255 };

typedef enum step {
	STEP_BEFORE,  /* ahead of the first delimiter */
	STEP_AFTER,   /* behind a delimiter: CRLF, or -- at the end */
	STEP_FIELDS,  /* Content-Disposition and its like */
	STEP_CONTENT, /* up to the next delimiter */
	STEP_DONE,    /* what follows means nothing */
	STEP_FAILED,
} step;

struct multipart {
	arena *a;
	multipart_limits limits;
	step at;
	char delimiter[BOUNDARY_MAX + 4];
	size_t delimiter_n, matched;
	char after[2];
	size_t after_n;
	buf head, text;
	size_t field_bytes;
	int64_t total;
	multipart_part part;
	VEC(multipart_part) parts;
};

static bool
boundary_ok(str s)
{
	if (s.n < 1 || s.n > BOUNDARY_MAX || s.p[s.n - 1] == ' ')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool alnum = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
		if (!alnum && !memchr("'()+_,-./:=? ", c, 13))
			return false;
	}
	return true;
}

/* The value of `name` in `; name=value; name="value"`, quoted or not. `*out` points into `params`. */
static bool
param(str params, str name, str *out)
{
	size_t i = 0;

	while (i < params.n) {
		while (i < params.n && (params.p[i] == ';' || params.p[i] == ' ' || params.p[i] == '\t'))
			i++;
		size_t from = i;
		while (i < params.n && params.p[i] != '=' && params.p[i] != ';')
			i++;
		str key = str_sub(params, from, i - from);
		if (i == params.n || params.p[i] == ';')
			continue;
		bool quoted = ++i < params.n && params.p[i] == '"';
		size_t start = i += quoted;
		while (i < params.n && params.p[i] != (quoted ? '"' : ';'))
			i += quoted && params.p[i] == '\\' && i + 1 < params.n && params.p[i + 1] == '"' ? 2
													 : 1;
		i = MIN(i, params.n);
		if (quoted && i == params.n)
			return false;
		if (str_eq_nocase(key, name)) {
			*out = str_sub(params, start, i - start);
			return true;
		}
		i += quoted;
	}
	return false;
}

bool
multipart_boundary(str content_type, str *boundary)
{
	str rest = content_type, kind;

	return str_next(&rest, ';', &kind) && str_eq_nocase(str_trim(kind), STR("multipart/form-data")) &&
	       param(rest, STR("boundary"), boundary) && boundary_ok(*boundary);
}

multipart *
multipart_open(arena *a, str boundary, const multipart_limits *limits)
{
	multipart *m = arena_new(a, multipart);

	BUG_ON(!boundary_ok(boundary));
	m->a = a;
	m->limits = *limits;
	memcpy(m->delimiter, "\r\n--", 4);
	memcpy(m->delimiter + 4, boundary.p, boundary.n);
	m->delimiter_n = boundary.n + 4;
	m->matched = 2; /* the first delimiter may stand at the very beginning, without its CRLF */
	m->head = buf_in(a);
	m->text = buf_in(a);
	return m;
}

static void
close_fd(void *p)
{
	close(*(int *)p);
}

/* A file without a name where the file system can do that, else one unlinked at once. */
static rc
spool_open(multipart *m, fault *f)
{
	int fd = open(m->limits.dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		char *path = cstr(m->a, str_cat(m->a, str_of(m->limits.dir), STR("/upload-XXXXXX")));
		fd = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
	}
	if (fd < 0)
		return FAIL(f, RC_IO, "http.spool");
	int *kept = arena_new(m->a, int);
	*kept = fd;
	arena_defer(m->a, close_fd, kept);
	m->part.fd = fd;
	return RC_OK;
}

static rc
spool_write(multipart *m, fault *f, str s)
{
	if ((int64_t)s.n > m->limits.file_bytes - m->part.size)
		return FAIL(f, RC_LIMIT, "http.file.large", FA_STR("name", m->part.filename),
			    FA_INT("mib", m->limits.file_bytes >> 20), FA_FIELD(m->part.name));
	m->part.size += (int64_t)s.n;
	while (s.n > 0) {
		ssize_t n = write(m->part.fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FAIL(f, errno == ENOSPC || errno == EDQUOT ? RC_FULL : RC_IO, "http.spool");
		s = str_from(s, (size_t)n);
	}
	return RC_OK;
}

static rc
content(multipart *m, fault *f, str s)
{
	if (m->at != STEP_CONTENT || s.n == 0)
		return RC_OK;
	if (m->part.is_file) {
		if (m->part.fd < 0)
			TRY(spool_open(m, f));
		return spool_write(m, f, s);
	}
	if (s.n > m->limits.field_bytes - m->field_bytes)
		return FAIL(f, RC_LIMIT, "http.form.large");
	m->field_bytes += s.n;
	buf_put(&m->text, s);
	return RC_OK;
}

static rc
part_done(multipart *m, fault *f)
{
	multipart_part *p = &m->part;

	if (p->is_file) {
		if (p->filename.n == 0 && p->size == 0)
			return RC_OK; /* nothing was chosen */
		if (p->fd < 0)
			TRY(spool_open(m, f)); /* a file of no bytes is still a file */
		if (lseek(p->fd, 0, SEEK_SET) != 0)
			return FAIL(f, RC_IO, "http.spool");
	} else {
		p->value = str_dup(m->a, buf_str(&m->text));
		if (!utf8_valid(p->value) || str_find_char(p->value, '\0') >= 0)
			return FAIL(f, RC_INVALID, "http.form.broken");
	}
	*vec_add(m->a, &m->parts) = *p;
	return RC_OK;
}

/* Browsers write a quote as %22 and line ends as %0D %0A; other percent signs stay as typed. Older ones write
 * \". */
static str
unquote(arena *a, str s)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++) {
		str rest = str_from(s, i);
		if (str_starts(rest, STR("%22"))) {
			buf_c(&b, '"');
			i += 2;
		} else if (str_starts(rest, STR("\\\""))) {
			buf_c(&b, '"');
			i++;
		} else {
			buf_c(&b, s.p[i]);
		}
	}
	return buf_str(&b);
}

/* What a person called the file, without the folders some browsers send, cut between characters. */
static str
base_name(str s)
{
	for (size_t i = s.n; i > 0; i--) {
		if (s.p[i - 1] == '/' || s.p[i - 1] == '\\') {
			s = str_from(s, i);
			break;
		}
	}
	if (s.n > FILENAME_MAX_BYTES) {
		s.n = FILENAME_MAX_BYTES;
		while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
			s.n--;
	}
	return s;
}

static bool
text_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return utf8_valid(s);
}

static bool
disposition(multipart *m, str value)
{
	str rest = value, kind, name, file;

	if (!str_next(&rest, ';', &kind) || !str_eq_nocase(str_trim(kind), STR("form-data")) ||
	    !param(rest, STR("name"), &name))
		return false;
	m->part.name = unquote(m->a, name);
	m->part.is_file = param(rest, STR("filename"), &file);
	if (m->part.is_file)
		m->part.filename = base_name(unquote(m->a, file));
	return m->part.name.n > 0 && m->part.name.n <= URL_NAME_MAX && text_ok(m->part.name) &&
	       text_ok(m->part.filename);
}

/* One line of the part's head. Names that RFC 7578 deprecates are read over; an encoding would change what
 * the bytes mean, and no browser sends one. */
static bool
head_line(multipart *m, str line)
{
	ptrdiff_t colon = str_find_char(line, ':');

	if (colon < 1)
		return false;
	str name = str_sub(line, 0, (size_t)colon), value = str_trim(str_from(line, (size_t)colon + 1));
	if (str_eq_nocase(name, STR("content-disposition")))
		return m->part.name.n == 0 && disposition(m, value);
	if (str_eq_nocase(name, STR("content-type")))
		m->part.type = str_dup(m->a, value);
	if (str_eq_nocase(name, STR("content-transfer-encoding")))
		return str_eq_nocase(value, STR("binary")) || str_eq_nocase(value, STR("8bit")) ||
		       str_eq_nocase(value, STR("7bit"));
	return url_is_token(name) && text_ok(value);
}

static rc
head_done(multipart *m, fault *f)
{
	str rest = buf_str(&m->head), line;

	m->part = (multipart_part){.fd = -1};
	while (str_next(&rest, '\n', &line))
		if (!str_ends(line, STR("\r")) || !head_line(m, str_sub(line, 0, line.n - 1)))
			return FAIL(f, RC_INVALID, "http.form.broken");
	if (m->part.name.n == 0 || (m->part.is_file && m->limits.file_bytes == 0))
		return FAIL(f, RC_INVALID, "http.form.broken");
	if (m->parts.n == m->limits.parts)
		return FAIL(f, RC_LIMIT, "http.form.large");
	buf_clear(&m->text);
	m->at = STEP_CONTENT;
	return RC_OK;
}

/* Bytes of a head until its empty line; returns how many were taken. */
static size_t
take_head(multipart *m, fault *f, str s, rc *r)
{
	for (size_t i = 0; i < s.n; i++) {
		buf_c(&m->head, s.p[i]);
		str h = buf_str(&m->head);
		if (str_ends(h, STR("\r\n\r\n"))) {
			m->head.n -= 2;
			*r = head_done(m, f);
			return i + 1;
		}
		if (h.n == HEAD_MAX) {
			*r = FAIL(f, RC_INVALID, "http.form.broken");
			return i + 1;
		}
	}
	return s.n;
}

static size_t
take_after(multipart *m, fault *f, str s, rc *r)
{
	m->after[m->after_n++] = s.p[0];
	if (m->after_n < 2)
		return 1;
	m->after_n = 0;
	buf_clear(&m->head);
	if (m->after[0] == '\r' && m->after[1] == '\n')
		m->at = STEP_FIELDS;
	else if (m->after[0] == '-' && m->after[1] == '-')
		m->at = STEP_DONE;
	else
		*r = FAIL(f, RC_INVALID, "http.form.broken");
	return 1;
}

/* Content up to and with the next delimiter; returns how many bytes were taken. */
static size_t
take_content(multipart *m, fault *f, str s, rc *r)
{
	size_t i = 0;

	if (m->matched == 0) {
		ptrdiff_t cr = str_find_char(s, '\r');
		i = cr < 0 ? s.n : (size_t)cr;
		*r = content(m, f, str_sub(s, 0, i));
		if (*r != RC_OK || i == s.n)
			return i;
	}
	if (s.p[i] != m->delimiter[m->matched]) {
		*r = content(m, f, (str){m->delimiter, m->matched});
		m->matched = 0;
		return i; /* the same byte again, from the beginning */
	}
	if (++m->matched == m->delimiter_n) {
		m->matched = 0;
		if (m->at == STEP_CONTENT)
			*r = part_done(m, f);
		m->at = STEP_AFTER;
	}
	return i + 1;
}

rc
multipart_feed(multipart *m, fault *f, str bytes)
{
	rc r = RC_OK;

	m->total += (int64_t)bytes.n;
	if (m->at != STEP_FAILED && m->total > m->limits.total_bytes)
		r = FAIL(f, RC_LIMIT, "http.form.large");
	while (r == RC_OK && bytes.n > 0 && m->at != STEP_DONE && m->at != STEP_FAILED) {
		size_t n;
		if (m->at == STEP_FIELDS)
			n = take_head(m, f, bytes, &r);
		else if (m->at == STEP_AFTER)
			n = take_after(m, f, bytes, &r);
		else
			n = take_content(m, f, bytes, &r);
		bytes = str_from(bytes, n);
	}
	if (r != RC_OK)
		m->at = STEP_FAILED;
	return r;
}

rc
multipart_end(multipart *m, fault *f, const multipart_part **out, size_t *n)
{
	if (m->at != STEP_DONE)
		return FAIL(f, RC_INVALID, "http.form.broken");
	*out = m->parts.v;
	*n = m->parts.n;
	return RC_OK;
}
