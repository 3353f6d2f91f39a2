/* table.c - see table.h.
 *
 * The pages are our own (tplgen lets no other mark-up through), so what is read here is a small language:
 * tags that close, values in double quotes, the five entities that html.c writes and a few that templates do.
 */
#include "web/table.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "io/csv.h"
#include "io/file.h"
#include "io/xlsx_write.h"

enum { BYTES_MAX = 64 << 20, WIDTH_MIN = 8, WIDTH_MAX = 60, WIDTH_SAMPLE = 200 };

#define XLSX_TYPE STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
#define CSV_TYPE  STR("text/csv; charset=utf-8")

/* ---- what is asked ---- */

/* The first that we have of what the client takes; a browser names pages first. */
static table_as
accepted(str accept)
{
	str item;

	while (str_next(&accept, ',', &item)) {
		ptrdiff_t weight = str_find_char(item, ';');
		item = str_trim(weight < 0 ? item : str_sub(item, 0, (size_t)weight));
		if (str_eq(item, STR("text/csv")))
			return TABLE_CSV;
		if (str_eq(item, XLSX_TYPE))
			return TABLE_XLSX;
		if (str_eq(item, STR("text/html")))
			return TABLE_PAGE;
	}
	return TABLE_PAGE;
}

table_as
table_asked(const web_req *rq)
{
	bool get = str_eq(rq->http->method, STR("GET"));
	str as = get ? web_query(rq, STR("as")) : url_value(&rq->http->form, STR("as"), NULL);

	if (as.n)
		return str_eq(as, STR("csv")) ? TABLE_CSV : str_eq(as, STR("xlsx")) ? TABLE_XLSX : TABLE_PAGE;
	return accepted(http_header(rq->http, STR("accept")));
}

size_t
table_rows(const web_req *rq, size_t page)
{
	return table_asked(rq) == TABLE_PAGE ? page : TABLE_ROWS;
}

rc
table_whole(web_req *rq, bool more, size_t n)
{
	if (more && table_asked(rq) != TABLE_PAGE)
		return FAIL(rq->fault, RC_LIMIT, "table.rows", FA_INT("n", n));
	return RC_OK;
}

str
table_address(const web_req *rq)
{
	static const str dropped[] = {STR("as="), STR("list="), STR("lang="), STR("page=")};
	str rest = rq->http->raw_query, part;
	buf b = buf_in(rq->a);
	char between = '?';

	if (!str_eq(rq->http->method, STR("GET")) || !url_is_local(rq->http->raw_path))
		return STR("");
	buf_put(&b, rq->http->raw_path);
	while (str_next(&rest, '&', &part)) {
		bool keep = part.n > 0;
		for (size_t i = 0; i < LEN(dropped); i++)
			keep = keep && !str_starts(part, dropped[i]);
		if (!keep)
			continue;
		buf_c(&b, between);
		buf_put(&b, part);
		between = '&';
	}
	buf_c(&b, between);
	return url_is_local(buf_str(&b)) ? buf_str(&b) : STR("");
}

/* ---- reading a page ---- */

/* A tag, or with an empty name the text before the next one. */
typedef struct piece {
	str text, name, rest; /* rest: what stands behind the name of a tag */
	bool closes;
} piece;

static bool
next_piece(str *page, piece *out)
{
	ptrdiff_t open = str_find_char(*page, '<');

	*out = (piece){0};
	if (page->n == 0)
		return false;
	if (open != 0) {
		out->text = open < 0 ? *page : str_sub(*page, 0, (size_t)open);
		*page = str_from(*page, out->text.n);
		return true;
	}
	size_t end = 1, name = 1;
	for (bool quoted = false; end < page->n && (quoted || page->p[end] != '>'); end++)
		quoted = quoted != (page->p[end] == '"');
	str tag = str_sub(*page, 1, end - 1);
	*page = str_from(*page, MIN(end + 1, page->n));
	out->closes = str_starts(tag, STR("/"));
	tag = str_from(tag, out->closes);
	for (name = 0; name < tag.n && tag.p[name] != ' ' && tag.p[name] != '/'; name++)
		;
	out->name = str_sub(tag, 0, name);
	out->rest = str_from(tag, name);
	return true;
}

static bool
has_class(const piece *p, const char *class)
{
	ptrdiff_t at = str_find(p->rest, STR(" class=\""));
	str rest, word;

	if (at < 0)
		return false;
	rest = str_from(p->rest, (size_t)at + 8);
	rest = str_sub(rest, 0, (size_t)MAX(0, str_find_char(rest, '"')));
	while (str_next(&rest, ' ', &word))
		if (str_eq(word, str_of(class)))
			return true;
	return false;
}

/* Is this a part that is not seen, or nothing to be read in a sheet? */
static bool
is_unseen(const piece *p)
{
	return !p->closes && (has_class(p, "govuk-visually-hidden") ||
			      str_find(p->rest, STR(" aria-hidden=\"true\"")) >= 0 ||
			      str_eq(p->name, STR("svg")) || str_eq(p->name, STR("select")));
}

/* Past the end of an element that has just begun. */
static void
skip_element(str *page, str name)
{
	piece p;

	for (int depth = 1; depth > 0 && next_piece(page, &p);)
		if (str_eq(p.name, name))
			depth += p.closes ? -1 : !str_ends(p.rest, STR("/"));
}

static void
put_entity(buf *b, str name)
{
	static const struct {
		const char *name, *text;
	} known[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"nbsp", " "}};
	int64_t number = 0;

	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(name, str_of(known[i].name)))
			buf_put(b, str_of(known[i].text));
	if (str_starts(name, STR("#")) && str_to_i64(str_from(name, 1), &number) && number < 0x80)
		buf_c(b, (char)number);
}

/* Text as it is read: entities resolved, blanks as one, none at the beginning. */
static void
put_text(buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool blank = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t';
		ptrdiff_t end = s.p[i] == '&' ? str_find_char(str_from(s, i), ';') : -1;
		if (end > 0) {
			put_entity(b, str_sub(s, i + 1, (size_t)end - 1));
			i += (size_t)end;
		} else if (!blank) {
			buf_c(b, s.p[i]);
		} else if (b->n && b->p[b->n - 1] != ' ') {
			buf_c(b, ' ');
		}
	}
}

/* What stands between a tag and its end. Parts that are blocks stand apart. */
static str
element_text(arena *a, str *page, str name)
{
	buf b = buf_in(a);
	piece p;

	while (next_piece(page, &p) && !(p.closes && str_eq(p.name, name))) {
		if (p.name.n == 0)
			put_text(&b, p.text);
		else if (is_unseen(&p))
			skip_element(page, p.name);
		else if (str_eq(p.name, STR("br")) || (p.closes && !str_eq(p.name, STR("span"))))
			put_text(&b, STR(" "));
	}
	return str_trim(buf_str(&b));
}

typedef struct reading {
	arena *a;
	VEC(str) head, cell;
	VEC(bool) number, left_out;
	size_t at; /* column of the next cell, those left out as well */
	bool body;
} reading;

static void
fill_row(reading *r)
{
	while (r->head.n && r->cell.n % r->head.n)
		*vec_add(r->a, &r->cell) = STR("");
	r->at = 0;
}

static void
take_cell(reading *r, str *page, const piece *p)
{
	bool act = has_class(p, "zc-act");
	str text = element_text(r->a, page, p->name);

	if (!r->body) {
		*vec_add(r->a, &r->left_out) = act;
		if (act)
			return;
		*vec_add(r->a, &r->head) = text;
		*vec_add(r->a, &r->number) = has_class(p, "zc-num");
	} else if (r->at < r->left_out.n && !r->left_out.v[r->at++]) {
		*vec_add(r->a, &r->cell) = text;
	}
}

/* Before the table's own tag; `page` is behind it afterwards. */
static bool
find_table(str *page, str name, str *caption)
{
	piece p;

	while (next_piece(page, &p)) {
		if (p.closes || !str_eq(p.name, STR("table")) || has_class(&p, "zc-asked"))
			continue;
		ptrdiff_t id = str_find(*page, STR(" id=\"")), end = str_find(*page, STR("-caption\">"));
		if (id < 0 || end < id)
			continue;
		str found = str_sub(*page, (size_t)id + 5, (size_t)(end - id) - 5);
		if (name.n && !str_eq(found, name))
			continue;
		*page = str_from(*page, (size_t)end + 10);
		*caption = *page;
		return true;
	}
	return false;
}

rc
table_read(arena *a, str page, str name, table *out)
{
	reading r = {.a = a};
	piece p;

	*out = (table){0};
	if (!find_table(&page, name, &out->caption))
		return RC_NOT_FOUND;
	out->caption = element_text(a, &page, STR("caption"));
	while (next_piece(&page, &p) && !(p.closes && str_eq(p.name, STR("table")))) {
		bool cell = str_eq(p.name, STR("th")) || str_eq(p.name, STR("td"));
		if (str_eq(p.name, STR("tbody")))
			r.body = true;
		else if (p.closes && str_eq(p.name, STR("tr")))
			fill_row(&r);
		else if (cell && !p.closes)
			take_cell(&r, &page, &p);
	}
	if (r.head.n == 0)
		return RC_NOT_FOUND;
	out->head = r.head.v;
	out->number = r.number.v;
	out->columns = r.head.n;
	out->cell = r.cell.v;
	out->rows = r.cell.n / r.head.n;
	return RC_OK;
}

/* ---- writing sheets ---- */

/* "12,345" */
static bool
whole_number(str s, int64_t *out)
{
	char digits[24];
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ',')
			continue;
		if (n == sizeof digits)
			return false;
		digits[n++] = s.p[i];
	}
	return str_to_i64((str){digits, n}, out);
}

str
table_csv(arena *a, const table *t)
{
	buf b = buf_in(a);
	csv_out w = csv_to(&b, true);
	int64_t v = 0;

	for (size_t i = 0; i < t->columns; i++)
		csv_put_text(&w, t->head[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < t->rows * t->columns; i++) {
		if (t->number[i % t->columns] && whole_number(t->cell[i], &v))
			csv_put_int(&w, v);
		else
			csv_put_text(&w, t->cell[i]);
		if (i % t->columns == t->columns - 1)
			csv_end_row(&w);
	}
	return buf_str(&b);
}

/* A column of numbers is one in a workbook when every cell is a whole number or empty. */
static xlsx_column
column_of(const table *t, size_t column)
{
	xlsx_column c = {.title = t->head[column], .type = t->number[column] ? XLSX_INT : XLSX_TEXT};
	size_t width = utf8_width(c.title);
	int64_t v = 0;

	for (size_t i = 0; i < t->rows; i++) {
		str s = t->cell[i * t->columns + column];
		if (i < WIDTH_SAMPLE)
			width = MAX(width, utf8_width(s));
		if (s.n && c.type == XLSX_INT && !whole_number(s, &v))
			c.type = XLSX_TEXT;
	}
	c.width = (uint16_t)MIN(MAX(width + 2, (size_t)WIDTH_MIN), (size_t)WIDTH_MAX);
	return c;
}

static rc
write_xlsx(arena *a, fault *f, const table *t, int64_t now, str *bytes)
{
	xlsx_column *c = arena_array(a, xlsx_column, t->columns);
	xlsx_plan plan = {.sheet = t->caption, .now = now, .columns = t->columns, .column = c};
	xlsx_out *o = NULL;
	int64_t v = 0;
	int fd = -1;

	for (size_t i = 0; i < t->columns; i++)
		c[i] = column_of(t, i);
	TRY(file_hidden(a, f, &fd, &plan.path));
	TRY(xlsx_create(a, f, &plan, &o));
	for (size_t i = 0; i < t->rows * t->columns; i++) {
		str s = t->cell[i];
		if (c[i % t->columns].type == XLSX_TEXT)
			xlsx_put_text(o, s);
		else if (whole_number(s, &v))
			xlsx_put_int(o, v);
		else
			xlsx_put_nothing(o);
		if (i % t->columns == t->columns - 1)
			TRY(xlsx_end_row(o, f));
	}
	TRY(xlsx_finish(o, f));
	return file_read(a, f, plan.path, BYTES_MAX, bytes);
}

/* ---- the reply ---- */

/* A workbook while it is written, which takes too long for a net thread. */
typedef struct sending {
	web_req *rq;
	table t;
	str bytes;
	rc rc;
} sending;

static str
file_name(web_req *rq, const table *t, const char *ending)
{
	return str_fmt(rq->a, "%.*s-%.*s%s", STR_ARG(t->caption),
		       STR_ARG(date_str(rq->a, date_of_instant(rq->now))), ending);
}

static void
write_it(void *p)
{
	sending *s = p;

	s->rc = write_xlsx(s->rq->a, s->rq->fault, &s->t, s->rq->now, &s->bytes);
}

static rc
written(web_req *rq)
{
	const sending *s = rq->work;

	TRY(s->rc);
	return web_attached(rq, XLSX_TYPE, file_name(rq, &s->t, ".xlsx"), s->bytes);
}

rc
table_reply(web_req *rq)
{
	sending *s = arena_new(rq->a, sending);

	s->rq = rq;
	TRY(table_read(rq->a, buf_str(&rq->out), web_query(rq, STR("list")), &s->t));
	if (table_asked(rq) == TABLE_CSV)
		return web_attached(rq, CSV_TYPE, file_name(rq, &s->t, ".csv"), table_csv(rq->a, &s->t));
	rq->work = s;
	return web_slowly(rq, write_it, s, written);
}
