/* sheet_child.c - see sheet_child.h.
 *
 * A record is its length without these five bytes (u32, little-endian), its kind (one byte), its body:
 *   K  format                                    first
 *   T  hidden, name                              each tab
 *   R  row, hidden, n, n cells                   each row
 *   F  code, message id, n, n arguments          instead of the end
 *   E                                            the end
 * A text is its length (u32) and its bytes. A cell is its kind, +64 when a formula gave its value, +128 when
 * a merged range covers it; for a day: day, second; for true or false: one byte; its text unless empty; and
 * the cell of the range. */
#include "io/sheet_child.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "io/sandbox.h"
#include "io/text.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	HEAD = 5,
	FLUSH = 64 * 1024,
	FORMULA = 64,
	MERGED = 128,
	RECORD_MAX = 64 << 20,
	CPU_SECONDS = 60,
	OUTPUT_MAX = 1 << 30,
	ARGUMENTS = 8, /* the program, SHEET_CHILD, and six numbers */
};

/* ---- the child ---- */

static void
put_u32(buf *b, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		buf_c(b, (char)(v >> (8 * i) & 0xff));
}

static void
put_i64(buf *b, int64_t v)
{
	put_u32(b, (uint32_t)((uint64_t)v & 0xffffffff));
	put_u32(b, (uint32_t)((uint64_t)v >> 32));
}

static void
put_str(buf *b, str s)
{
	put_u32(b, (uint32_t)s.n);
	buf_put(b, s);
}

/* Where the length will stand once the body is known. */
static size_t
begin(buf *b, char kind)
{
	size_t at = b->n;

	put_u32(b, 0);
	buf_c(b, kind);
	return at;
}

static void
end(buf *b, size_t at)
{
	uint32_t n = (uint32_t)(b->n - at - HEAD);

	for (int i = 0; i < 4; i++)
		b->p[at + (size_t)i] = (char)(n >> (8 * i) & 0xff);
}

static void
put_cell(buf *b, const cell *c, bool merged)
{
	buf_c(b, (char)((int)c->kind + (c->formula ? FORMULA : 0) + (merged ? MERGED : 0)));
	if (c->kind == CELL_DATE) {
		put_u32(b, (uint32_t)c->day);
		put_u32(b, (uint32_t)c->second);
	}
	if (c->kind == CELL_BOOL)
		buf_c(b, (char)c->yes);
	if (c->kind != CELL_EMPTY)
		put_str(b, c->text);
	if (merged)
		put_cell(b, c->merged, false);
}

static void
put_row(buf *b, const cell_row *row)
{
	size_t at = begin(b, 'R');

	put_u32(b, row->row);
	buf_c(b, (char)row->hidden);
	put_u32(b, row->n);
	for (size_t i = 0; i < row->n; i++)
		put_cell(b, &row->cell[i], row->cell[i].merged != NULL);
	end(b, at);
}

static void
put_fault(buf *b, const fault *f)
{
	size_t at = begin(b, 'F');

	put_u32(b, (uint32_t)f->code);
	put_str(b, str_of(f->id));
	put_u32(b, (uint32_t)f->nargs);
	for (size_t i = 0; i < f->nargs; i++) {
		put_str(b, str_of(f->arg[i].name));
		buf_c(b, (char)f->arg[i].is_text);
		put_i64(b, f->arg[i].i);
		put_str(b, f->arg[i].s);
	}
	end(b, at);
}

static bool
flush(buf *b)
{
	for (size_t at = 0; at < b->n;) {
		ssize_t n = write(STDOUT_FILENO, b->p + at, b->n - at);
		if (n < 0 && errno != EINTR)
			return false;
		at += n > 0 ? (size_t)n : 0;
	}
	buf_clear(b);
	return true;
}

static rc
read_input(arena *a, fault *f, size_t max, str *out)
{
	buf b = buf_in(a);
	ssize_t n = 1;

	while (n != 0) {
		n = read(STDIN_FILENO, buf_room(&b, FLUSH), FLUSH);
		if (n < 0 && errno != EINTR)
			return FAIL(f, RC_IO, "sandbox.start");
		b.n += n > 0 ? (size_t)n : 0;
		if (b.n > max)
			return FAIL(f, RC_LIMIT, "sheet.size", FA_INT("max", max));
	}
	*out = buf_str(&b);
	return RC_OK;
}

static rc
choose(fault *f, const sheet *s, int64_t tab, size_t *out)
{
	size_t i = tab < 0 ? 0 : (size_t)tab;

	if (tab == SHEET_FIRST)
		while (i < sheet_count(s) && sheet_hidden(s, i))
			i++;
	if (i >= sheet_count(s))
		return FAIL(f, RC_INVALID, "sheet.tab");
	*out = i;
	return RC_OK;
}

static void
put_tabs(buf *b, const sheet *s)
{
	size_t at = begin(b, 'K');

	buf_c(b, (char)sheet_kind(s));
	end(b, at);
	for (size_t i = 0; i < sheet_count(s); i++) {
		at = begin(b, 'T');
		buf_c(b, (char)sheet_hidden(s, i));
		put_str(b, sheet_name(s, i));
		end(b, at);
	}
}

static rc
work(arena *a, fault *f, const sheet_ask *ask, buf *b)
{
	sandbox_applied applied;
	str bytes = {0};
	sheet *s = NULL;
	size_t tab = 0, rows = 0;
	cell_row row;
	rc code = RC_OK;

	text_prepare();
	TRY(sandbox_enter(f, SANDBOX_PARSER, NULL, 0, &applied));
	TRY(read_input(a, f, ask->most.bytes, &bytes));
	TRY(sheet_open(a, f, bytes, ask->most, &s));
	put_tabs(b, s);
	TRY(choose(f, s, ask->tab, &tab));
	TRY(sheet_begin(s, f, tab));
	while ((ask->rows == 0 || rows++ < ask->rows) && (code = sheet_next(s, f, &row)) == RC_OK) {
		put_row(b, &row);
		if (b->n >= FLUSH && !flush(b))
			return FAIL(f, RC_IO, "sandbox.start");
	}
	return code == RC_NOT_FOUND ? RC_OK : code;
}

int
sheet_child_main(int argc, char **argv)
{
	int64_t v[ARGUMENTS - 2] = {0};
	fault f = {0};

	if (argc != ARGUMENTS)
		return 2;
	for (size_t i = 0; i < LEN(v); i++)
		if (!str_to_i64(str_of(argv[i + 2]), &v[i]))
			return 2;
	sheet_ask ask = {.tab = (int32_t)v[0], .rows = (size_t)v[1]};
	ask.most = (sheet_limits){(size_t)v[2], (size_t)v[3], (size_t)v[4], (size_t)v[5]};
	arena *a = arena_open(NULL, 0);
	buf b = buf_in(a);
	if (work(a, &f, &ask, &b) == RC_OK)
		end(&b, begin(&b, 'E'));
	else
		put_fault(&b, &f);
	_exit(flush(&b) ? 0 : 1); /* without what runs at exit: all of it would be a forbidden call */
}

/* ---- the server ---- */

/* Every message a child may send, so that the id in a fault is one of ours and lives for ever. */
static const char *const known_id[] = {
	"csv.cell",        "csv.columns",   "csv.encoding",  "csv.quote",        "csv.rows",
	"sandbox.refused", "sandbox.start", "sheet.empty",   "sheet.html",       "sheet.size",
	"sheet.tab",       "text.binary",   "text.encoding", "text.iconv",       "text.size",
	"xlsx.cell",       "xlsx.columns",  "xlsx.damaged",  "xlsx.damaged.row", "xlsx.kind",
	"xlsx.merges",     "xlsx.ods",      "xlsx.password", "xlsx.rows",        "xlsx.texts",
	"xlsx.xls",        "xlsx.xlsb",     "xml.depth",     "xml.dtd",          "xml.encoding",
	"xml.size",        "xml.syntax",    "zip.damaged",   "zip.duplicate",    "zip.entries",
	"zip.entry",       "zip.file",      "zip.locked",    "zip.method",       "zip.name",
	"zip.overlap",     "zip.ratio",     "zip.total",
};

static const char *const known_argument[] = {
	"coding", "column", "detail", "line", "max", "name", "offset", "row", "sheet",
};

/* The reading of one record. Once something is wrong everything read is zero, and `bad` tells. */
typedef struct record {
	str rest;
	bool bad;
} record;

typedef struct answer {
	arena *a, *scratch;
	const sheet_ask *ask;
	sheet_sink each;
	void *p;
	buf waiting; /* bytes of records not yet whole */
	sheet_format format;
	VEC(sheet_tab) tabs;
	size_t rows;
	bool ended;
} answer;

static str
take(record *r, size_t n)
{
	str s = str_sub(r->rest, 0, n);

	r->bad |= s.n != n;
	r->rest = str_from(r->rest, s.n);
	return r->bad ? (str){0} : s;
}

static uint8_t
take_u8(record *r)
{
	str s = take(r, 1);

	return s.n ? (uint8_t)s.p[0] : 0;
}

static uint32_t
take_u32(record *r)
{
	uint32_t v = 0;

	for (unsigned i = 0; i < 4; i++)
		v |= (uint32_t)take_u8(r) << (8 * i);
	return v;
}

static str
take_str(record *r)
{
	str s = take(r, take_u32(r));

	r->bad |= !utf8_valid(s);
	return r->bad ? STR("") : s;
}

static cell
take_cell(record *r, arena *a, bool covered_too)
{
	uint8_t kind = take_u8(r);
	cell c = {.kind = kind % FORMULA, .formula = (kind & FORMULA) != 0};

	r->bad |= c.kind > CELL_ERROR || (kind >= MERGED && !covered_too);
	if (c.kind == CELL_DATE) {
		c.day = (int32_t)take_u32(r);
		c.second = (int32_t)take_u32(r);
	}
	if (c.kind == CELL_BOOL)
		c.yes = take_u8(r) != 0;
	if (c.kind != CELL_EMPTY)
		c.text = take_str(r);
	if (kind >= MERGED && !r->bad) {
		cell *m = arena_new(a, cell);
		*m = take_cell(r, a, false);
		c.merged = m;
	}
	return c;
}

static rc
confused(fault *f)
{
	return FAIL(f, RC_INVALID, "sandbox.confused");
}

static rc
on_row(answer *w, fault *f, record *r)
{
	cell_row row = {.row = take_u32(r)};

	row.hidden = take_u8(r) != 0;
	row.n = take_u32(r);
	if (r->bad || row.n > w->ask->most.columns || ++w->rows > w->ask->most.rows)
		return confused(f);
	arena_reset(w->scratch);
	cell *cells = arena_array(w->scratch, cell, row.n);
	for (size_t i = 0; i < row.n; i++)
		cells[i] = take_cell(r, w->scratch, true);
	row.cell = cells;
	if (r->bad || r->rest.n)
		return confused(f);
	return w->each(w->p, f, &row);
}

static const char *
literal(const char *const *known, size_t n, str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_of(known[i]), s))
			return known[i];
	return NULL;
}

bool
sheet_child_may_say(str id)
{
	return literal(known_id, LEN(known_id), id) != NULL;
}

static rc
on_fault(fault *f, record *r)
{
	fault_arg arg[FAULT_ARGS + 1] = {0};
	uint32_t code = take_u32(r);
	const char *id = literal(known_id, LEN(known_id), take_str(r));
	uint32_t n = take_u32(r);

	if (!id || n > FAULT_ARGS || code == RC_OK || code > RC_IO)
		return confused(f);
	for (size_t i = 0; i < n; i++) {
		arg[i].name = literal(known_argument, LEN(known_argument), take_str(r));
		arg[i].is_text = take_u8(r) != 0;
		uint64_t low = take_u32(r);
		arg[i].i = (int64_t)(low | (uint64_t)take_u32(r) << 32);
		arg[i].s = take_str(r);
		if (!arg[i].name)
			return confused(f);
	}
	if (r->bad)
		return confused(f);
	fault_set(f, (rc)code, id, "confined child", arg);
	return (rc)code;
}

static rc
on_record(answer *w, fault *f, char kind, record *r)
{
	if (w->ended)
		return confused(f);
	switch (kind) {
	case 'K':
		w->format = take_u8(r) == SHEET_XLSX ? SHEET_XLSX : SHEET_CSV;
		return RC_OK;
	case 'T': {
		bool hidden = take_u8(r) != 0;
		str name = str_dup(w->a, take_str(r));
		if (r->bad || w->tabs.n == 4096)
			return confused(f);
		*vec_add(w->a, &w->tabs) = (sheet_tab){name, hidden};
		return RC_OK;
	}
	case 'R':
		return on_row(w, f, r);
	case 'F':
		return on_fault(f, r);
	case 'E':
		w->ended = true;
		return RC_OK;
	default:
		return confused(f);
	}
}

/* Whole records out of what came; the rest waits for its end. */
static rc
on_piece(void *p, fault *f, str piece)
{
	answer *w = p;
	size_t at = 0;

	buf_put(&w->waiting, piece);
	for (;;) {
		record head = {.rest = str_from(buf_str(&w->waiting), at)};
		uint32_t n = take_u32(&head);
		char kind = (char)take_u8(&head);
		if (!head.bad && n > RECORD_MAX)
			return confused(f);
		if (head.bad || head.rest.n < n)
			break;
		record body = {.rest = str_sub(head.rest, 0, n)};
		TRY(on_record(w, f, kind, &body));
		at += HEAD + (size_t)n;
	}
	if (at) {
		w->waiting.n -= at;
		memmove(w->waiting.p, w->waiting.p + at, w->waiting.n);
	}
	return RC_OK;
}

rc
sheet_child_decode(arena *a, fault *f, str bytes, const sheet_ask *ask, sheet_sink each, void *p)
{
	arena *scratch = arena_open(a, 0);
	answer w = {.a = a, .ask = ask, .each = each, .p = p, .waiting = buf_in(scratch)};

	w.scratch = arena_open(scratch, 0);
	rc code = on_piece(&w, f, bytes);
	arena_close(scratch);
	return code == RC_OK && !w.ended ? confused(f) : code;
}

rc
sheet_child_read(arena *a, fault *f, int fd, const sheet_ask *ask, sheet_sink each, void *p, sheet_tabs *tabs)
{
	const int64_t v[ARGUMENTS - 2] = {ask->tab,
					  (int64_t)ask->rows,
					  (int64_t)ask->most.bytes,
					  (int64_t)ask->most.rows,
					  (int64_t)ask->most.columns,
					  (int64_t)ask->most.cell};
	const char *argv[ARGUMENTS + 1] = {"zhucan", SHEET_CHILD};
	arena *scratch = arena_open(a, 0);
	answer w = {.a = a, .ask = ask, .each = each, .p = p, .waiting = buf_in(scratch)};

	w.scratch = arena_open(scratch, 0);
	for (size_t i = 0; i < LEN(v); i++)
		argv[i + 2] = cstr(scratch, str_fmt(scratch, "%lld", (long long)v[i]));
	sandbox_limits most = {
		.memory = ask->memory, .cpu = CPU_SECONDS, .wall = ask->wall, .output = OUTPUT_MAX};
	rc code = sandbox_run(f, argv, fd, most, on_piece, &w);
	arena_close(scratch);
	if (code == RC_OK && !w.ended)
		code = confused(f);
	if (tabs)
		*tabs = (sheet_tabs){.format = w.format, .n = w.tabs.n, .tab = w.tabs.v};
	return code;
}
