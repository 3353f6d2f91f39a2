/* xlsx.c - see xlsx.h.
 *
 *   _rels/.rels                 -> the workbook
 *   xl/workbook.xml             names, order and visibility of sheets, the epoch
 *   xl/_rels/workbook.xml.rels  -> each sheet, the shared texts, the styles
 *   xl/sharedStrings.xml        texts, named by number in the cells
 *   xl/styles.xml               which styles show a number as a day
 *   xl/worksheets/sheet1.xml    rows (xlsx_rows.c)
 *
 * Elements are known by their local names: the transitional and the strict form of the standard use the same
 * names in different spaces. */
#include "io/xlsx.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "io/xlsx_priv.h"

/* More of these than any honest file has: kept small because they are searched one by one. */
enum { MAX_LINKS = 4096, MAX_TABS = 1024, MAX_FORMATS = 1024, MAX_STYLES = 65536 };

static rc
damaged(fault *f, const char *what)
{
	return FAIL(f, RC_INVALID, "xlsx.damaged", FA_STR("detail", str_of(what)));
}

static rc
feed_all(xlsx *x, arena *scratch, fault *f, size_t part, xml_reader *r)
{
	unzip_stream *s = NULL;
	str piece = {0};

	TRY(unzip_begin(x->zip, scratch, f, part, &s));
	do {
		TRY(unzip_more(s, f, &piece));
		TRY(xml_feed(r, f, piece, piece.n == 0));
	} while (piece.n);
	return RC_OK;
}

/* Feeds a part to a handler from beginning to end; `flat` as in xml.h. */
static rc
parse(xlsx *x, fault *f, size_t part, bool flat, const xml_handler *h, void *p)
{
	arena *scratch = arena_open(x->a, 0);
	xml_limits most = {.bytes = x->most.total, .depth = XLSX_DEPTH, .flat = flat};
	rc code = feed_all(x, scratch, f, part, xml_open(scratch, h, p, most));

	arena_close(scratch);
	return code;
}

/* ---- relationships: which part of the file plays which part ---- */

typedef struct link {
	str id, kind; /* the last word of the type: "worksheet" */
	str target;   /* the name of an entry */
} link;

typedef struct links {
	arena *a;
	str folder; /* of the part they belong to, with its / */
	VEC(link) all;
} links;

/* "worksheets/sheet1.xml" beside "xl/", "/xl/…", "../…": the name of the entry. */
static str
resolve(arena *a, str folder, str target)
{
	str part = {0}, rest = target;

	buf b = buf_in(a);
	if (!str_starts(target, STR("/")))
		buf_put(&b, folder);
	while (str_next(&rest, '/', &part)) {
		if (part.n == 0 || str_eq(part, STR("."))) {
			continue;
		} else if (str_eq(part, STR(".."))) {
			if (b.n)
				b.n--;
			while (b.n && b.p[b.n - 1] != '/')
				b.n--;
		} else {
			buf_put(&b, part);
			if (rest.n)
				buf_c(&b, '/');
		}
	}
	return buf_str(&b);
}

static str
last_word(str type)
{
	size_t at = type.n;

	while (at && type.p[at - 1] != '/')
		at--;
	return str_from(type, at);
}

static rc
link_open(void *p, fault *f, const xml_element *e)
{
	links *l = p;

	if (!str_eq(e->name, STR("Relationship")) ||
	    str_eq(xml_attr(e, STR(""), STR("TargetMode")), STR("External")))
		return RC_OK;
	if (l->all.n == MAX_LINKS)
		return damaged(f, "relationships");
	*vec_add(l->a, &l->all) = (link){
		.id = str_dup(l->a, xml_attr(e, STR(""), STR("Id"))),
		.kind = str_dup(l->a, last_word(xml_attr(e, STR(""), STR("Type")))),
		.target = resolve(l->a, l->folder, str_dup(l->a, xml_attr(e, STR(""), STR("Target")))),
	};
	return RC_OK;
}

static rc
link_close(void *p, fault *f, str space, str name)
{
	(void)p;
	(void)f;
	(void)space;
	(void)name;
	return RC_OK;
}

/* The relationships of a part ("" for the whole file); none when it has no such list. */
static rc
read_links(xlsx *x, fault *f, str part, links *out)
{
	static const xml_handler h = {link_open, link_close, NULL};
	str name = last_word(part), folder = str_sub(part, 0, part.n - name.n);
	size_t i = 0;

	*out = (links){.a = x->a, .folder = folder};
	str list = str_fmt(x->a, "%.*s_rels/%.*s.rels", STR_ARG(folder), STR_ARG(name));
	return unzip_find(x->zip, list, &i) ? parse(x, f, i, true, &h, out) : RC_OK;
}

static const link *
link_by_kind(const links *l, str kind)
{
	for (size_t i = 0; i < l->all.n; i++)
		if (str_eq(l->all.v[i].kind, kind))
			return &l->all.v[i];
	return NULL;
}

static const link *
link_by_id(const links *l, str id)
{
	for (size_t i = 0; i < l->all.n; i++)
		if (str_eq(l->all.v[i].id, id))
			return &l->all.v[i];
	return NULL;
}

/* ---- the workbook ---- */

typedef struct tab {
	str name, id;
	bool hidden;
} tab;

typedef struct workbook {
	arena *a;
	bool from_1904;
	VEC(tab) tabs;
} workbook;

static bool
is_true(str s)
{
	return str_eq(s, STR("1")) || str_eq(s, STR("true"));
}

static rc
workbook_open(void *p, fault *f, const xml_element *e)
{
	static const str office[] = {
		STR("http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
		STR("http://purl.oclc.org/ooxml/officeDocument/relationships"),
	};
	workbook *w = p;

	if (str_eq(e->name, STR("workbookPr")))
		w->from_1904 = is_true(xml_attr(e, STR(""), STR("date1904")));
	if (!str_eq(e->name, STR("sheet")))
		return RC_OK;
	if (w->tabs.n == MAX_TABS)
		return damaged(f, "sheets");
	str state = xml_attr(e, STR(""), STR("state"));
	str id = xml_attr(e, office[0], STR("id"));
	if (!id.p)
		id = xml_attr(e, office[1], STR("id"));
	*vec_add(w->a, &w->tabs) = (tab){
		.name = str_dup(w->a, xml_attr(e, STR(""), STR("name"))),
		.id = str_dup(w->a, id),
		.hidden = state.n && !str_eq(state, STR("visible")),
	};
	return RC_OK;
}

static rc
read_workbook(xlsx *x, fault *f, str name, const links *l)
{
	static const xml_handler h = {workbook_open, link_close, NULL};
	workbook w = {.a = x->a};
	size_t part = 0;

	if (!unzip_find(x->zip, name, &part))
		return damaged(f, "workbook");
	TRY(parse(x, f, part, false, &h, &w));
	x->from_1904 = w.from_1904;
	x->sheet = arena_array(x->a, xlsx_sheet, w.tabs.n);
	x->part = arena_array(x->a, size_t, w.tabs.n);
	for (size_t i = 0; i < w.tabs.n; i++) {
		const tab *t = &w.tabs.v[i];
		const link *to = link_by_id(l, t->id);
		if (!to)
			return damaged(f, "sheet");
		if (!str_eq(to->kind, STR("worksheet"))) /* a sheet that is one chart */
			continue;
		if (!unzip_find(x->zip, to->target, &x->part[x->n]))
			return damaged(f, "sheet");
		x->sheet[x->n++] = (xlsx_sheet){t->name, t->hidden};
	}
	return x->n ? RC_OK : damaged(f, "no sheet");
}

/* ---- shared texts ---- */

typedef struct texts {
	arena *a;
	buf all;           /* every text, one after the other */
	VEC(size_t) ends;  /* where each ends in it */
	size_t cell, most; /* bytes allowed to one, and to all */
	bool in_text, in_reading;
} texts;

static rc
texts_open(void *p, fault *f, const xml_element *e)
{
	texts *t = p;

	(void)f;
	if (str_eq(e->name, STR("t")))
		t->in_text = !t->in_reading;
	else if (str_eq(e->name, STR("rPh"))) /* how the characters are read aloud, not part of the text */
		t->in_reading = true;
	return RC_OK;
}

static rc
texts_close(void *p, fault *f, str space, str name)
{
	texts *t = p;

	(void)space;
	if (str_eq(name, STR("t"))) {
		t->in_text = false;
	} else if (str_eq(name, STR("rPh"))) {
		t->in_reading = false;
	} else if (str_eq(name, STR("si"))) {
		if (t->ends.n == t->most / sizeof(str))
			return FAIL(f, RC_LIMIT, "xlsx.texts", FA_INT("max", t->most));
		*vec_add(t->a, &t->ends) = t->all.n;
	}
	return RC_OK;
}

static rc
texts_text(void *p, fault *f, str s)
{
	texts *t = p;

	if (!t->in_text)
		return RC_OK;
	size_t begin = t->ends.n ? t->ends.v[t->ends.n - 1] : 0;
	if (t->all.n - begin + s.n > t->cell)
		return FAIL(f, RC_LIMIT, "xlsx.cell", FA_INT("max", t->cell));
	if (t->all.n + s.n > t->most)
		return FAIL(f, RC_LIMIT, "xlsx.texts", FA_INT("max", t->most));
	buf_put(&t->all, s);
	return RC_OK;
}

static int
hex_value(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* The character that "_xHHHH_" at the front of `s` stands for, or 0: also for what no text may hold. */
static uint32_t
escaped(str s)
{
	uint32_t c = 0;

	if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
		return 0;
	for (int i = 2; i < 6; i++) {
		int v = hex_value(s.p[i]);
		if (v < 0)
			return 0;
		c = c << 4 | (uint32_t)v;
	}
	bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
	return control || (c >= 0xd800 && c < 0xe000) || c >= 0xfffe ? 0 : c;
}

str
xlsx_unescape(arena *a, str s)
{
	if (str_find(s, STR("_x")) < 0)
		return s;
	buf b = {.a = a, .p = arena_alloc(a, s.n), .cap = s.n}; /* it only gets shorter */
	for (size_t i = 0; i < s.n;) {
		uint32_t c = escaped(str_from(s, i));
		if (c)
			utf8_put(&b, c);
		else
			buf_c(&b, s.p[i]);
		i += c ? 7 : 1;
	}
	return buf_str(&b);
}

static rc
read_texts(xlsx *x, fault *f, const links *l)
{
	static const xml_handler h = {texts_open, texts_close, texts_text};
	const link *to = link_by_kind(l, STR("sharedStrings"));
	texts t = {.a = x->a, .all = buf_in(x->a), .cell = x->most.cell, .most = x->most.texts};
	size_t part = 0;

	if (!to || !unzip_find(x->zip, to->target, &part))
		return RC_OK;
	TRY(parse(x, f, part, true, &h, &t));
	str *string = arena_array(x->a, str, t.ends.n), all = buf_str(&t.all);
	for (size_t i = 0, at = 0; i < t.ends.n; at = t.ends.v[i++])
		string[i] = xlsx_unescape(x->a, str_sub(all, at, t.ends.v[i] - at));
	x->string = string;
	x->nstrings = t.ends.n;
	return RC_OK;
}

/* ---- styles ---- */

typedef struct format {
	int64_t id;
	bool is_date;
} format;

typedef struct styles {
	arena *a;
	VEC(format) formats;
	VEC(bool) is_date;
	bool in_cells;
} styles;

/* ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are days in the Chinese, Japanese and Korean lists. 45 to
 * 47 and 18 to 21 are times of day, which by themselves are numbers to us. */
bool
xlsx_builtin_is_date(int64_t id)
{
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
	       (id >= 50 && id <= 54) || id == 57 || id == 58;
}

/* The letters that count are y and d, and m beside neither h nor s: what is in quotes, brackets or behind a
 * backslash is not format. Years are also e ("e\"年\""), except in 0.0E+00. */
bool
xlsx_format_is_date(str code)
{
	bool month = false, time = false;

	for (size_t i = 0; i < code.n && code.p[i] != ';'; i++) {
		char c = code.p[i], next = i + 1 < code.n ? code.p[i + 1] : '\0';
		if (c == '\\' || c == '_' || c == '*') {
			i++;
		} else if (str_eq_nocase(str_sub(code, i, 7), STR("general"))) {
			i += 6;
		} else if (c == '"' || c == '[') {
			ptrdiff_t end = str_find_char(str_from(code, i + 1), c == '"' ? '"' : ']');
			if (end < 0)
				return false;
			i += (size_t)end + 1;
		} else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D') {
			return true;
		} else if (c == 'e' && next != '+' && next != '-') {
			return true;
		} else if (c == 'm' || c == 'M') {
			month = true;
		} else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
			time = true;
		}
	}
	return month && !time;
}

static rc
styles_open(void *p, fault *f, const xml_element *e)
{
	styles *s = p;
	int64_t id = 0;

	if (s->formats.n == MAX_FORMATS || s->is_date.n == MAX_STYLES)
		return damaged(f, "styles");
	if (str_eq(e->name, STR("cellXfs"))) {
		s->in_cells = true;
	} else if (str_eq(e->name, STR("numFmt"))) {
		if (str_to_i64(xml_attr(e, STR(""), STR("numFmtId")), &id))
			*vec_add(s->a, &s->formats) =
				(format){id, xlsx_format_is_date(xml_attr(e, STR(""), STR("formatCode")))};
	} else if (s->in_cells && str_eq(e->name, STR("xf"))) {
		bool date =
			str_to_i64(xml_attr(e, STR(""), STR("numFmtId")), &id) && xlsx_builtin_is_date(id);
		for (size_t i = 0; i < s->formats.n; i++)
			if (s->formats.v[i].id == id)
				date = s->formats.v[i].is_date;
		*vec_add(s->a, &s->is_date) = date;
	}
	return RC_OK;
}

static rc
styles_close(void *p, fault *f, str space, str name)
{
	styles *s = p;

	(void)f;
	(void)space;
	if (str_eq(name, STR("cellXfs")))
		s->in_cells = false;
	return RC_OK;
}

static rc
read_styles(xlsx *x, fault *f, const links *l)
{
	static const xml_handler h = {styles_open, styles_close, NULL};
	const link *to = link_by_kind(l, STR("styles"));
	styles s = {.a = x->a};
	size_t part = 0;

	if (!to || !unzip_find(x->zip, to->target, &part))
		return RC_OK;
	TRY(parse(x, f, part, true, &h, &s));
	x->is_date = s.is_date.v;
	x->nstyles = s.is_date.n;
	return RC_OK;
}

/* ---- the file ---- */

/* What people upload instead. A workbook with a password is an old container around an encrypted one. */
static rc
refuse_others(fault *f, str b)
{
	static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	if (!str_starts(b, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return str_starts(b, STR("PK")) ? RC_OK : FAIL(f, RC_INVALID, "xlsx.kind");
	if (str_find(b, (str){locked, sizeof locked - 1}) >= 0)
		return FAIL(f, RC_INVALID, "xlsx.password");
	return FAIL(f, RC_INVALID, "xlsx.xls");
}

static rc
find_workbook(xlsx *x, fault *f, str *out)
{
	links top = {0};
	size_t i = 0;

	if (unzip_find(x->zip, STR("content.xml"), &i) && unzip_find(x->zip, STR("mimetype"), &i))
		return FAIL(f, RC_INVALID, "xlsx.ods");
	TRY(read_links(x, f, STR(""), &top));
	const link *to = link_by_kind(&top, STR("officeDocument"));
	if (!to)
		return FAIL(f, RC_INVALID, "xlsx.kind");
	if (str_ends(to->target, STR(".bin")))
		return FAIL(f, RC_INVALID, "xlsx.xlsb");
	if (str_find(to->target, STR("workbook")) < 0)
		return FAIL(f, RC_INVALID, "xlsx.kind");
	*out = to->target;
	return RC_OK;
}

rc
xlsx_open(arena *a, fault *f, str bytes, xlsx_limits most, xlsx **out)
{
	xlsx *x = arena_new(a, xlsx);
	unzip_limits zip = UNZIP_LIMITS;
	str main_part = {0};
	links l = {0};

	*x = (xlsx){.a = a, .most = most};
	zip.total = zip.entry = most.total;
	TRY(refuse_others(f, bytes));
	TRY(unzip_open(a, f, bytes, zip, &x->zip));
	TRY(find_workbook(x, f, &main_part));
	TRY(read_links(x, f, main_part, &l));
	TRY(read_workbook(x, f, main_part, &l));
	TRY(read_texts(x, f, &l));
	TRY(read_styles(x, f, &l));
	*out = x;
	return RC_OK;
}

size_t
xlsx_count(const xlsx *x)
{
	return x->n;
}

const xlsx_sheet *
xlsx_at(const xlsx *x, size_t i)
{
	BUG_ON(i >= x->n);
	return &x->sheet[i];
}
