/* csv.c - see csv.h.
 *
 * libcsv pushes, we are pulled from: the text is fed to it in small slices, and the rows that one slice
 * completes wait until they are asked for. So memory follows the longest row, not the file. */
#include "io/csv.h"

#include "base/date.h"
#include "base/fen.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <csv.h>

enum { SLICE = 4096, GUESS_LINES = 20, SLACK = 1 << 20 };

typedef enum trouble {
	NONE,
	TOO_MANY_COLUMNS,
	TOO_MANY_ROWS,
	CELL_TOO_LONG,
	BAD_ENCODING,
	BAD_QUOTE,
} trouble;

struct csv_reader {
	struct csv_parser parser;
	csv_limits most;
	csv_source more;
	void *more_p;
	str chunk;              /* not yet fed */
	arena *scratch, *spare; /* what waits is in scratch */
	VEC(str) cells;         /* of all waiting rows and the one being read */
	VEC(csv_row) rows;
	size_t given;  /* rows handed out of those */
	size_t handed; /* cells that belonged to them */
	size_t begin;  /* where the cells of the row being read begin */
	size_t row;    /* rows completed */
	int last;      /* what ended the last row: a LF after a CR ends nothing */
	bool over;     /* everything was fed */
	trouble wrong; /* told after the rows before it */
};

/* ---- what libcsv calls ---- */

static void
on_cell(void *p, size_t n, void *ctx)
{
	csv_reader *r = ctx;

	if (r->wrong)
		return;
	if (r->cells.n - r->begin == r->most.columns) {
		r->wrong = TOO_MANY_COLUMNS;
		return;
	}
	if (n > r->most.cell) {
		r->wrong = CELL_TOO_LONG;
		return;
	}
	str s = str_dup(r->scratch, (str){p, n});
	if (!utf8_valid(s)) {
		r->wrong = BAD_ENCODING;
		return;
	}
	*vec_add(r->scratch, &r->cells) = s;
}

/* Called for every CR and LF outside quotes, and with -1 for a last row without one. */
static void
on_row(int c, void *ctx)
{
	csv_reader *r = ctx;
	size_t n = r->cells.n - r->begin;
	bool second_half = c == '\n' && r->last == '\r' && n == 0;

	r->last = c;
	if (r->wrong || second_half)
		return;
	if (r->row == r->most.rows) {
		r->wrong = TOO_MANY_ROWS;
		return;
	}
	r->row++;
	*vec_add(r->scratch, &r->rows) = (csv_row){.row = r->row, .n = n};
	r->begin = r->cells.n;
}

/* ---- feeding ---- */

/* All waiting rows were given: their memory goes. The cells of a row not yet complete move to the spare
 * arena, but only when that frees more than it copies, or a long row would be copied once a slice. */
static void
let_go(csv_reader *r)
{
	size_t part = r->cells.n - r->begin, bytes = 0;

	for (size_t i = r->begin; i < r->cells.n; i++)
		bytes += r->cells.v[i].n + sizeof(str);
	if (part && arena_used(r->scratch) < SLACK + 4 * bytes)
		return;
	arena *next = r->spare;
	VEC(str) cells = {0};
	for (size_t i = r->begin; i < r->cells.n; i++)
		*vec_add(next, &cells) = str_dup(next, r->cells.v[i]);
	r->cells.v = cells.v;
	r->cells.n = cells.n;
	r->cells.cap = cells.cap;
	r->begin = r->handed = 0;
	r->rows.v = NULL;
	r->rows.n = r->rows.cap = r->given = 0;
	r->spare = r->scratch;
	r->scratch = next;
	arena_reset(r->spare);
}

static rc
feed(csv_reader *r, fault *f)
{
	if (r->chunk.n == 0 && r->more)
		TRY(r->more(r->more_p, f, &r->chunk));
	str slice = str_sub(r->chunk, 0, SLICE);
	r->chunk = str_from(r->chunk, slice.n);
	bool good = true;
	if (slice.n) {
		good = csv_parse(&r->parser, slice.p, slice.n, on_cell, on_row, r) == slice.n;
	} else {
		good = csv_fini(&r->parser, on_cell, on_row, r) == 0;
		r->over = true;
	}
	if (r->wrong)
		return RC_OK;
	if (r->parser.entry_pos > r->most.cell) /* else a quote never closed takes in the rest of the file */
		r->wrong = CELL_TOO_LONG;
	else if (!good)
		r->wrong = BAD_QUOTE;
	return RC_OK;
}

static rc
tell(const csv_reader *r, fault *f)
{
	size_t row = r->row + 1;

	switch (r->wrong) {
	case TOO_MANY_COLUMNS:
		return FAIL(f, RC_LIMIT, "csv.columns", FA_INT("row", row), FA_INT("max", r->most.columns));
	case TOO_MANY_ROWS:
		return FAIL(f, RC_LIMIT, "csv.rows", FA_INT("max", r->most.rows));
	case CELL_TOO_LONG:
		return FAIL(f, RC_LIMIT, "csv.cell", FA_INT("row", row), FA_INT("max", r->most.cell));
	case BAD_ENCODING:
		return FAIL(f, RC_INVALID, "csv.encoding", FA_INT("row", row));
	case BAD_QUOTE:
		return FAIL(f, RC_INVALID, "csv.quote", FA_INT("row", row));
	case NONE:
		break;
	}
	return RC_NOT_FOUND;
}

rc
csv_next(csv_reader *r, fault *f, csv_row *out)
{
	if (r->given == r->rows.n && !r->wrong && !r->over)
		let_go(r);
	while (r->given == r->rows.n) {
		if (r->wrong || r->over)
			return tell(r, f);
		TRY(feed(r, f));
	}
	*out = r->rows.v[r->given++];
	out->cell = out->n ? r->cells.v + r->handed : NULL;
	r->handed += out->n;
	return RC_OK;
}

/* ---- opening ---- */

static void
free_parser(void *p)
{
	csv_free(p);
}

csv_reader *
csv_from(arena *a, csv_source more, void *p, char separator, csv_limits most)
{
	csv_reader *r = arena_new(a, csv_reader);

	r->most = most;
	r->more = more;
	r->more_p = p;
	r->scratch = arena_open(a, 0);
	r->spare = arena_open(a, 0);
	BUG_ON(csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0);
	csv_set_delim(&r->parser, (unsigned char)separator);
	arena_defer(a, free_parser, &r->parser);
	return r;
}

csv_reader *
csv_over(arena *a, str text, char separator, csv_limits most)
{
	csv_reader *r = csv_from(a, NULL, NULL, separator, most);

	r->chunk = text;
	return r;
}

char
csv_guess(str head)
{
	static const char candidate[] = {',', ';', '\t'};
	unsigned count[LEN(candidate)] = {0}, first[LEN(candidate)] = {0}, agree[LEN(candidate)] = {0};
	int line = 0;
	bool quoted = false;

	for (size_t i = 0; i <= head.n && line < GUESS_LINES; i++) {
		char c = i < head.n ? head.p[i] : '\n';
		if (c == '"')
			quoted = !quoted;
		for (size_t k = 0; k < LEN(candidate); k++)
			count[k] += !quoted && c == candidate[k];
		if (c != '\n' || (quoted && i < head.n))
			continue;
		for (size_t k = 0; k < LEN(candidate); k++) {
			if (line == 0)
				first[k] = count[k];
			agree[k] += count[k] && count[k] == first[k];
			count[k] = 0;
		}
		line++;
	}
	size_t best = 0;
	for (size_t k = 1; k < LEN(candidate); k++)
		if (agree[k] > agree[best] || (agree[k] == agree[best] && first[k] > first[best]))
			best = k;
	return candidate[best];
}

/* ---- writing ---- */

csv_out
csv_to(buf *b, bool mark)
{
	if (mark)
		buf_lit(b, "\xef\xbb\xbf");
	return (csv_out){.b = b};
}

static void
next_cell(csv_out *w)
{
	if (w->begun)
		buf_c(w->b, ',');
	w->begun = true;
}

static bool
is_armed(str s)
{
	static const char *const head[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

	for (size_t i = 0; i < LEN(head); i++)
		if (str_starts(s, str_of(head[i])))
			return true;
	return false;
}

/* Blanks at the ends need quotes too, or a reader like ours would drop them. */
static bool
needs_quotes(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == ';' || (unsigned char)s.p[i] < ' ')
			return true;
	return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

void
csv_put_text(csv_out *w, str s)
{
	bool armed = is_armed(s);

	next_cell(w);
	if (!needs_quotes(s)) {
		if (armed)
			buf_c(w->b, '\'');
		buf_put(w->b, s);
		return;
	}
	buf_c(w->b, '"');
	if (armed)
		buf_c(w->b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_c(w->b, '"');
		buf_c(w->b, s.p[i]);
	}
	buf_c(w->b, '"');
}

void
csv_put_int(csv_out *w, int64_t v)
{
	next_cell(w);
	buf_i64(w->b, v);
}

void
csv_put_day(csv_out *w, int32_t day)
{
	char text[DATE_TEXT];

	next_cell(w);
	buf_put(w->b, date_text(day, text));
}

void
csv_put_fen(csv_out *w, int64_t fen)
{
	char text[FEN_TEXT];

	next_cell(w);
	buf_put(w->b, fen_text(fen, text));
}

void
csv_end_row(csv_out *w)
{
	buf_lit(w->b, "\r\n");
	w->begun = false;
}
