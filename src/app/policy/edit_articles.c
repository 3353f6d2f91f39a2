/* edit_articles.c - citations.yaml, an entry at a time: see edit.h. An entry is its lines, so comments and
 * the others stay as they were written. */
#include "app/policy/edit.h"

#include "base/buf.h"
#include "io/yaml.h"

#define FILE_NAME STR("citations.yaml")

typedef struct laws {
	arena *a;
	fault *f;
	const yaml *root, *documents, *articles;
	str text;
} laws;

static rc
open_laws(arena *a, fault *f, str text, laws *out)
{
	*out = (laws){.a = a, .f = f, .text = text};
	TRY(yaml_parse(a, f, FILE_NAME, text, POLICY_FILE_MAX, &out->root));
	TRY(yaml_is(f, out->root, YAML_MAP));
	TRY(yaml_need_kind(f, out->root, STR("documents"), YAML_MAP, &out->documents));
	return yaml_need_kind(f, out->root, STR("articles"), YAML_MAP, &out->articles);
}

static size_t
entry_of(const yaml *of, str id)
{
	for (size_t i = 0; i < of->n; i++)
		if (str_eq(of->key[i].text, id))
			return i;
	return SIZE_MAX;
}

rc
edit_documents(arena *a, fault *f, str text, edit_names *out)
{
	laws l;

	*out = (edit_names){0};
	TRY(open_laws(a, f, text, &l));
	for (size_t i = 0; i < l.documents->n; i++)
		*vec_add(a, out) = l.documents->key[i].text;
	return RC_OK;
}

rc
edit_article_read(arena *a, fault *f, str text, str id, edit_article *out)
{
	laws l;

	TRY(open_laws(a, f, text, &l));
	size_t i = entry_of(l.articles, id);
	if (i == SIZE_MAX)
		return RC_NOT_FOUND;
	const yaml *x = &l.articles->item[i];
	*out = (edit_article){.id = id};
	TRY(yaml_need_text(f, x, STR("document"), &out->document));
	TRY(yaml_opt_text(f, x, STR("article"), &out->article));
	TRY(yaml_need_pair(f, x, STR("says"), &out->zh, &out->en));
	TRY(yaml_opt_text(f, x, STR("link"), &out->link));
	return yaml_opt_bool(f, x, STR("unsourced"), &out->unsourced);
}

/* ---- lines ---- */

/* Where a line begins, from 1; one beyond the last is the end. */
static size_t
line_start(str text, size_t line)
{
	size_t at = 0;

	for (; line > 1 && at < text.n; line--) {
		ptrdiff_t end = str_find_char(str_from(text, at), '\n');
		at = end < 0 ? text.n : at + (size_t)end + 1;
	}
	return at;
}

/* The first line behind entry `i` of a map that is no longer its own: comments and blank lines before the
 * next belong to that. */
static size_t
entry_end(const laws *l, const yaml *of, size_t i)
{
	size_t next = SIZE_MAX, first = of->key[i].line, at = 0;

	if (i + 1 < of->n)
		next = of->key[i + 1].line;
	for (size_t k = 0; k < l->root->n; k++)
		if (l->root->key[k].line > first)
			next = MIN(next, (size_t)l->root->key[k].line);
	str rest = l->text, line;
	size_t end = first + 1;
	while (str_next(&rest, '\n', &line) && ++at < next) {
		str s = str_trim(line);
		if (at > first && s.n && s.p[0] != '#')
			end = at + 1;
	}
	return end;
}

/* Entries of one line cannot be told apart by their lines. */
static rc
check_form(const laws *l, const yaml *of, str name)
{
	uint32_t line = yaml_find(l->root, name) ? l->root->key[entry_of(l->root, name)].line : 0;

	for (size_t i = 0; i < of->n; i++) {
		if (of->key[i].line <= line)
			return FAIL(l->f, RC_INVALID, "policy.edit.form", FA_INT("line", of->key[i].line));
		line = of->key[i].line;
	}
	return RC_OK;
}

static str
spliced(arena *a, str text, size_t from, size_t to, str in)
{
	buf b = buf_in(a);

	buf_put(&b, str_sub(text, 0, from));
	if (from && text.p[from - 1] != '\n')
		buf_c(&b, '\n');
	buf_put(&b, in);
	buf_put(&b, str_from(text, to));
	return buf_str(&b);
}

/* The entry in place of the one of its id, or behind the last. */
static str
put_entry(const laws *l, const yaml *of, size_t i, str entry)
{
	size_t indent = of->n ? of->key[0].column - 1 : 2, line, end;
	buf b = buf_in(l->a);

	for (size_t k = 0; k < indent; k++)
		buf_c(&b, ' ');
	buf_put(&b, entry);
	buf_c(&b, '\n');
	end = entry_end(l, of, i < of->n ? i : of->n - 1);
	line = i < of->n ? of->key[i].line : end;
	return spliced(l->a, l->text, line_start(l->text, line), line_start(l->text, end), buf_str(&b));
}

/* ---- writing ---- */

static void
put_text(buf *b, const char *key, str s)
{
	buf_fmt(b, "%s: \"", key);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_c(b, '\\');
		buf_c(b, s.p[i]);
	}
	buf_c(b, '"');
}

static void
put_pair(buf *b, const char *key, str zh, str en)
{
	buf_fmt(b, "%s: {", key);
	put_text(b, "zh", zh);
	buf_lit(b, ", ");
	put_text(b, "en", en);
	buf_c(b, '}');
}

static void
put_more(buf *b, const char *key, str s)
{
	if (s.n == 0)
		return;
	buf_lit(b, ", ");
	put_text(b, key, s);
}

static str
article_text(arena *a, const edit_article *x)
{
	buf b = buf_in(a);

	buf_fmt(&b, "%.*s: {document: %.*s", STR_ARG(x->id), STR_ARG(x->document));
	put_more(&b, "article", x->article);
	buf_lit(&b, ", ");
	put_pair(&b, "says", x->zh, x->en);
	put_more(&b, "link", x->link);
	if (x->unsourced)
		buf_lit(&b, ", unsourced: true");
	buf_c(&b, '}');
	return buf_str(&b);
}

static str
document_text(arena *a, const edit_article *x)
{
	buf b = buf_in(a);

	buf_fmt(&b, "%.*s: {", STR_ARG(x->document));
	put_pair(&b, "name", x->title_zh, x->title_en);
	put_more(&b, "number", x->number);
	put_more(&b, "link", x->document_link);
	buf_c(&b, '}');
	return buf_str(&b);
}

/* A key of YAML that needs no quotes. */
static bool
key_ok(str id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
		if (!letter && !(i && (digit || c == '-' || c == '_')))
			return false;
	}
	return id.n > 0;
}

rc
edit_article_put(arena *a, fault *f, str text, const edit_article *x, str *out)
{
	laws l;

	if (!key_ok(x->id))
		return FAIL(f, RC_INVALID, "policy.edit.key", FA_STR("text", x->id), FA_FIELD(STR("id")));
	if (!key_ok(x->document))
		return FAIL(f, RC_INVALID, "policy.edit.key", FA_STR("text", x->document),
			    FA_FIELD(STR("document-id")));
	TRY(open_laws(a, f, text, &l));
	if (x->anew) {
		if (entry_of(l.documents, x->document) != SIZE_MAX)
			return FAIL(f, RC_INVALID, "policy.edit.id_twice", FA_STR("text", x->document),
				    FA_FIELD(STR("document-id")));
		TRY(check_form(&l, l.documents, STR("documents")));
		text = put_entry(&l, l.documents, SIZE_MAX, document_text(a, x));
		TRY(open_laws(a, f, text, &l));
	}
	TRY(check_form(&l, l.articles, STR("articles")));
	*out = put_entry(&l, l.articles, entry_of(l.articles, x->id), article_text(a, x));
	return RC_OK;
}

rc
edit_article_remove(arena *a, fault *f, str text, str id, str *out)
{
	laws l;

	TRY(open_laws(a, f, text, &l));
	size_t i = entry_of(l.articles, id);
	if (i == SIZE_MAX)
		return RC_NOT_FOUND;
	TRY(check_form(&l, l.articles, STR("articles")));
	*out = spliced(a, text, line_start(text, l.articles->key[i].line),
		       line_start(text, entry_end(&l, l.articles, i)), STR(""));
	return RC_OK;
}
