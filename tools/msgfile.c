/* msgfile.c - see msgfile.h. */
#include "msgfile.h"

#include <stdlib.h>

#include "tool.h"

const char *const msgfile_lang[MSGFILE_LANGS] = {"zh", "en"};

static bool
is_id(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (i > 0 && strchr("._-", c))))
			return false;
	}
	return str_find_char(s, '.') > 0 && s.p[s.n - 1] != '.';
}

bool
msgfile_next_hole(str *rest, str *name)
{
	ptrdiff_t open = str_find_char(*rest, '{');

	if (open < 0)
		return false;
	str tail = str_from(*rest, (size_t)open + 1);
	ptrdiff_t close = str_find_char(tail, '}');
	*name = str_sub(tail, 0, close < 0 ? 0 : (size_t)close);
	*rest = str_from(tail, close < 0 ? tail.n : (size_t)close + 1);
	ptrdiff_t colon = str_find_char(*name, ':');
	if (colon >= 0)
		*name = str_sub(*name, 0, (size_t)colon);
	return true;
}

bool
msgfile_has_hole(str text, str name)
{
	str hole;

	while (msgfile_next_hole(&text, &hole))
		if (str_eq(hole, name))
			return true;
	return false;
}

msgfile_entry *
msgfile_find(const msgfile_book *book, str id)
{
	return map_get(&book->by_id, id);
}

/* Both languages there, and every argument of one used by the other. */
static void
check_entry(const msgfile_entry *e)
{
	for (int l = 0; l < MSGFILE_LANGS; l++) {
		str rest = e->text[l], hole;
		if (rest.n == 0)
			tool_die(e->file, e->line, "\"%.*s\" has no text in %s", STR_ARG(e->id),
				 msgfile_lang[l]);
		while (msgfile_next_hole(&rest, &hole)) {
			if (hole.n == 0)
				tool_die(e->file, e->line, "\"%.*s\" (%s): a { without a name and }",
					 STR_ARG(e->id), msgfile_lang[l]);
			if (!msgfile_has_hole(e->text[!l], hole))
				tool_die(e->file, e->line, "\"%.*s\": {%.*s} is in %s but not in %s",
					 STR_ARG(e->id), STR_ARG(hole), msgfile_lang[l], msgfile_lang[!l]);
		}
	}
}

static msgfile_entry *
add_entry(msgfile_book *book, str id, const char *path, int line)
{
	msgfile_entry *e = arena_new(book->a, msgfile_entry), *first = msgfile_find(book, id);

	if (!is_id(id))
		tool_die(path, line, "\"%.*s\" is not an id such as area.what", STR_ARG(id));
	if (first)
		tool_die(path, line, "\"%.*s\" is already defined in %s:%d", STR_ARG(id), first->file,
			 first->line);
	*e = (msgfile_entry){.id = id, .file = path, .line = line};
	map_set(&book->by_id, id, e);
	*vec_add(book->a, &book->all) = e;
	return e;
}

/* A blank at either end of a text would be trimmed, and nobody sees it in the file: it is written {space}. */
static str
with_spaces(arena *a, str text)
{
	static const str mark = STR("{space}");
	ptrdiff_t at;

	while ((at = str_find(text, mark)) >= 0)
		text = str_fmt(a, "%.*s %.*s", (int)at, text.p, STR_ARG(str_from(text, (size_t)at + mark.n)));
	return text;
}

static void
read_file(void *p, const char *path)
{
	msgfile_book *book = p;
	str rest = tool_read(book->a, path), row;
	msgfile_entry *e = NULL;
	str *text = NULL;

	for (int line = 1; str_next(&rest, '\n', &row); line++) {
		size_t indent = 0;
		while (indent < row.n && row.p[indent] == ' ')
			indent++;
		str words = str_trim(row);
		if (words.n == 0 || words.p[0] == '#')
			continue;
		if (indent == 0) {
			e = add_entry(book, words, path, line);
			text = NULL;
		} else if (text && indent > 2) {
			bool space = text == &e->text[1];
			*text = str_fmt(book->a, "%.*s%s%.*s", STR_ARG(*text), space ? " " : "",
					STR_ARG(words));
		} else {
			bool zh = str_starts(words, STR("zh ")), en = str_starts(words, STR("en "));
			if (!e || !(zh || en))
				tool_die(path, line, "want an id, or two spaces and \"zh …\" or \"en …\"");
			text = &e->text[en];
			if (text->n)
				tool_die(path, line, "\"%.*s\" has two texts in %s", STR_ARG(e->id),
					 msgfile_lang[en]);
			*text = with_spaces(book->a, str_trim(str_from(words, 3)));
		}
	}
}

static int
by_id(const void *x, const void *y)
{
	return str_cmp((*(msgfile_entry *const *)x)->id, (*(msgfile_entry *const *)y)->id);
}

void
msgfile_read_all(arena *a, const char *dir, buf *deps, msgfile_book *out)
{
	*out = (msgfile_book){.a = a, .by_id = map_in(a)};
	tool_files(a, dir, ".msg", deps, read_file, out);
	for (size_t i = 0; i < out->all.n; i++)
		check_entry(out->all.v[i]);
	if (out->all.n)
		qsort(out->all.v, out->all.n, sizeof *out->all.v, by_id);
}

void
msgfile_put_constant(buf *b, str id)
{
	buf_lit(b, "MSG_");
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		buf_c(b, c >= 'a' && c <= 'z' ? (char)(c - 32) : c == '.' || c == '-' ? '_' : c);
	}
}
