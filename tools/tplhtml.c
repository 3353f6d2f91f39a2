/* tplhtml.c - the HTML of a template: where in it a hole stands, whether it is well formed, and whether
 * everybody can use it. See tplgen.c for the language.
 *
 * One pass over the bytes with three states - text, inside a tag, inside the quotes of an attribute - and one
 * stack for elements and blocks, so that what opens in a branch closes in it. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include "tplgen.h"

static int
line_of(const gen *g, const char *at)
{
	int line = g->d->body_line;

	for (const char *p = g->d->body.p; p < at; p++)
		line += *p == '\n';
	return line;
}

void
die_at(const gen *g, const char *at, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	tool_die(g->d->file, line_of(g, at), "%s", text);
}

void
die(const gen *g, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	tool_die(g->d->file, line_of(g, g->at), "%s", text);
}

static bool
one_of(str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eq(s, str_of(*words)))
			return true;
	return false;
}

/* Attributes. */

static const attr *
find_attr(const gen *g, const char *word)
{
	for (size_t i = 0; i < g->attrs.n; i++)
		if (str_eq(g->attrs.v[i].name, str_of(word)))
			return &g->attrs.v[i];
	return NULL;
}

static bool
attr_is(const gen *g, const char *word, const char *raw)
{
	const attr *a = find_attr(g, word);

	return a && str_eq_nocase(a->raw, str_of(raw));
}

static str
value_attr(const gen *g)
{
	return g->state == IN_VALUE ? g->attrs.v[g->attrs.n - 1].name : (str){0};
}

static bool
is_url_attr(str name)
{
	static const char *const words[] = {"href", "src", "action", "formaction", "cite", "poster", NULL};

	return one_of(name, words);
}

/* Attributes that people read or hear. */
static bool
is_words_attr(const gen *g, str name)
{
	static const char *const words[] = {
		"title",      "alt",     "placeholder",    "aria-label", "aria-description",
		"data-label", "summary", "aria-valuetext", "label",      NULL};

	return one_of(name, words) || (str_eq(name, STR("value")) && str_eq(g->tag.name, STR("input")) &&
				       attr_is(g, "type", "submit"));
}

/* Words. */

/* Han, kana, and the full-width punctuation that only goes with them. */
static bool
is_cjk(str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at], d = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;

	return (c == 0xe3) || (c >= 0xe4 && c <= 0xe9) || (c == 0xef && d >= 0xa4 && d != 0xbf) ||
	       (c == 0xf0 && d >= 0xa0);
}

void
check_literal(gen *g, str text, bool words)
{
	int letters = 0;

	for (size_t i = 0; i < text.n; i++) {
		letters = isalpha((unsigned char)text.p[i]) ? letters + 1 : 0;
		if (is_cjk(text, i) || (words && letters > 1))
			die(g, "untranslated text: make it a message of locale/ and write {msg id}");
	}
}

void
check_words_allowed(gen *g)
{
	if (is_url_attr(value_attr(g)))
		die(g, "a message cannot be part of an address");
}

/* A literal byte of text or of an attribute that people read. Entities are not words. */
static void
check_word(gen *g, bool words)
{
	str rest = {g->at, (size_t)(g->end - g->at)};

	if (*g->at == '&') {
		while (g->at + 1 < g->end && (isalnum((unsigned char)g->at[1]) || g->at[1] == '#'))
			buf_c(&g->lit, *g->at++);
		g->letters = 0;
		return;
	}
	g->letters = isalpha((unsigned char)*g->at) ? g->letters + 1 : 0;
	if (is_cjk(rest, 0) || (words && g->letters > 1))
		die(g, "untranslated text: make it a message of locale/ and write {msg id}");
}

/* Holes. */

static const char *
filtered(gen *g, type t, str filter)
{
	if (str_eq(filter, STR("iso")) && t.k == K_DATE)
		return "html_iso";
	if (str_eq(filter, STR("money")) && t.k == K_INT)
		return "html_money";
	if (str_eq(filter, STR("grouped")) && t.k == K_INT)
		return "html_grouped";
	if (str_eq(filter, STR("spelled")) && t.k == K_STR && g->state == IN_TEXT)
		return "html_spelled";
	die(g, "the filter \"%.*s\" does not fit here", STR_ARG(filter));
}

const char *
hole_writer(gen *g, type t, str filter)
{
	bool first = g->value_empty;

	g->value_empty = false;
	if (filter.n)
		return filtered(g, t, filter);
	if (is_url_attr(value_attr(g))) {
		if (t.k == K_URL && first)
			return "html_url";
		if (first || t.k == K_URL)
			die(g, "an address begins with a url or as it is written; other holes come after");
		if (t.k != K_STR && t.k != K_INT)
			die(g, "only a str or an int can be part of an address");
		return t.k == K_INT ? "html_int" : "html_url_part";
	}
	switch (t.k) {
	case K_INT:
		return "html_int";
	case K_DATE:
		return g->state == IN_TEXT ? "html_date" : "html_iso";
	case K_HTML:
		if (g->state != IN_TEXT)
			die(g, "html cannot stand inside an attribute");
		return "html_put_safe";
	case K_STR:
	case K_TEXT:
	case K_URL:
	case K_BOOL:
	case K_STRUCT:
		break;
	}
	return "html_put";
}

/* Elements. */

open_thing *
push(gen *g, thing t, str word)
{
	open_thing *o = vec_add(g->a, &g->open);

	*o = (open_thing){.t = t, .name = word, .at = g->at, .state = g->state};
	return o;
}

static NORETURN void
die_unclosed(const gen *g, const open_thing *o, const char *by)
{
	if (o->t == B_ELEMENT)
		die(g, "<%.*s> of line %d is not closed before %s", STR_ARG(o->name), line_of(g, o->at), by);
	die(g, "the block of line %d is not closed before %s", line_of(g, o->at), by);
}

open_thing *
top_block(gen *g, thing t, const char *what)
{
	char by[32];
	open_thing *o = g->open.n ? &g->open.v[g->open.n - 1] : NULL;

	snprintf(by, sizeof by, "{%s}", what);
	if (!o)
		die(g, "%s belongs to nothing", by);
	if (o->t != t)
		die_unclosed(g, o, by);
	if (o->state != g->state)
		die(g, "the block of line %d began elsewhere in the tag than it ends", line_of(g, o->at));
	return o;
}

static open_thing *
enclosing(gen *g, const char *element)
{
	for (size_t i = g->open.n; i-- > 0;)
		if (g->open.v[i].t == B_ELEMENT && str_eq(g->open.v[i].name, str_of(element)))
			return &g->open.v[i];
	return NULL;
}

void
note_keys(gen *g)
{
	open_thing *form = enclosing(g, "form");

	if (g->state != IN_TEXT || !form)
		die(g, "{keys} stands in a form");
	form->keys = true;
}

static void
check_labelled(gen *g, str element)
{
	static const char *const wants[] = {"input", "select", "textarea", NULL};
	const attr *id = find_attr(g, "id");

	if (!one_of(element, wants) || attr_is(g, "type", "hidden") || find_attr(g, "aria-label") ||
	    find_attr(g, "aria-labelledby") || enclosing(g, "label"))
		return;
	*vec_add(g->a, &g->inputs) =
		(wanted){.id = id ? id->raw : (str){0}, .element = element, .at = g->tag.at};
}

/* An opening tag is complete. */
static void
check_tag(gen *g, str element)
{
	const char *at = g->tag.at;
	const attr *to = find_attr(g, "for");

	if (str_eq(element, STR("style")) || (str_eq(element, STR("script")) && !find_attr(g, "src")))
		die_at(g, at, "inline <%.*s>: put it into assets/", STR_ARG(element));
	if (str_eq(element, STR("img")) && !find_attr(g, "alt"))
		die_at(g, at, "<img> without alt");
	if (str_eq(element, STR("th")) && !find_attr(g, "scope"))
		die_at(g, at, "<th> without scope");
	if (str_eq(element, STR("button")) && !find_attr(g, "type"))
		die_at(g, at, "<button> without type");
	if (str_eq(element, STR("form")) && !find_attr(g, "method"))
		die_at(g, at, "<form> without method");
	if (str_eq(element, STR("caption"))) {
		open_thing *table = enclosing(g, "table");
		if (!table)
			die_at(g, at, "<caption> outside <table>");
		table->caption = true;
	}
	if (str_eq(element, STR("label")) && to)
		*vec_add(g->a, &g->labels) = (wanted){.id = to->raw};
	check_labelled(g, element);
}

static void
end_of_tag(gen *g, bool slash)
{
	static const char *const empty[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
					    "input", "link", "meta", "source", "track", "wbr", NULL};
	str element = g->tag.name;

	check_tag(g, element);
	g->state = IN_TEXT;
	g->letters = 0;
	if (slash && !enclosing(g, "svg"))
		die(g, "only the elements of an svg end with />");
	if (slash || one_of(element, empty))
		return;
	open_thing *o = push(g, B_ELEMENT, element);
	o->at = g->tag.at;
	o->post = str_eq(element, STR("form")) && attr_is(g, "method", "post");
}

static void
close_tag(gen *g)
{
	const char *at = g->at;

	g->at += 2;
	str element = name(g, true);
	want(g, ">");
	buf_fmt(&g->lit, "</%.*s>", STR_ARG(element));
	g->letters = 0;
	open_thing *o = g->open.n ? &g->open.v[g->open.n - 1] : NULL;
	if (!o || o->t != B_ELEMENT || !str_eq(o->name, element)) {
		if (o && o->t == B_ELEMENT)
			die_at(g, at, "</%.*s> does not close <%.*s> of line %d", STR_ARG(element),
			       STR_ARG(o->name), line_of(g, o->at));
		die_at(g, at, "</%.*s> closes nothing that was opened here", STR_ARG(element));
	}
	if (str_eq(element, STR("table")) && !o->caption)
		die_at(g, o->at, "<table> without <caption>");
	if (o->post && !o->keys)
		die_at(g, o->at, "<form method=\"post\"> without {keys}");
	g->open.n--;
}

static void
open_tag(gen *g)
{
	const char *at = g->at++;

	if (g->at < g->end && *g->at == '!') {
		str rest = {at, (size_t)(g->end - at)}, doctype = STR("<!doctype html>");
		if (!str_starts(rest, doctype))
			die(g, "a note is written {# so #}");
		buf_put(&g->lit, doctype);
		g->at = at + doctype.n;
		return;
	}
	if (g->at >= g->end || !isalpha((unsigned char)*g->at))
		die_at(g, at, "a < that begins no tag: write &lt;");
	g->tag = (open_thing){.name = name(g, true), .at = at};
	g->attrs.n = 0;
	g->state = IN_TAG;
	buf_fmt(&g->lit, "<%.*s", STR_ARG(g->tag.name));
}

/* A byte inside a tag that begins no hole: white space, the end, or an attribute's name. */
static void
tag_byte(gen *g)
{
	if (isspace((unsigned char)*g->at)) {
		while (g->at < g->end && isspace((unsigned char)*g->at))
			g->at++;
		if (g->at < g->end && *g->at != '>')
			buf_c(&g->lit, ' ');
		return;
	}
	bool slash = *g->at == '/';
	if (slash)
		buf_c(&g->lit, *g->at++);
	if (*g->at == '>') {
		buf_c(&g->lit, *g->at++);
		end_of_tag(g, slash);
		return;
	}
	str word = name(g, true);
	if (str_starts(word, STR("on")) || str_eq(word, STR("style")) || str_eq(word, STR("srcdoc")) ||
	    str_eq(word, STR("srcset")))
		die(g, "the attribute \"%.*s\" is not allowed: scripts and styles live in assets/",
		    STR_ARG(word));
	*vec_add(g->a, &g->attrs) = (attr){.name = word};
	buf_put(&g->lit, word);
	if (g->at >= g->end || *g->at != '=')
		return;
	if (g->at + 1 >= g->end || g->at[1] != '"')
		die(g, "the value of \"%.*s\" stands between double quotes", STR_ARG(word));
	g->at += 2;
	buf_lit(&g->lit, "=\"");
	g->attrs.v[g->attrs.n - 1].raw.p = g->at;
	g->state = IN_VALUE;
	g->value_empty = true;
	g->letters = 0;
}

static void
value_byte(gen *g)
{
	attr *a = &g->attrs.v[g->attrs.n - 1];

	if (*g->at == '"') {
		a->raw.n = (size_t)(g->at - a->raw.p);
		g->state = IN_TAG;
	} else {
		check_word(g, is_words_attr(g, a->name));
		g->value_empty = false;
	}
	buf_c(&g->lit, *g->at++);
}

static void
text_byte(gen *g)
{
	if (*g->at == '<') {
		if (g->at + 1 < g->end && g->at[1] == '/')
			close_tag(g);
		else
			open_tag(g);
		return;
	}
	if (isspace((unsigned char)*g->at)) {
		bool newline = false;
		for (; g->at < g->end && isspace((unsigned char)*g->at); g->at++)
			newline |= *g->at == '\n';
		buf_c(&g->lit, newline ? '\n' : ' ');
		g->letters = 0;
		return;
	}
	check_word(g, true);
	buf_c(&g->lit, *g->at++);
}

/* Did the line before `at` hold nothing? */
static bool
line_empty_before(const gen *g, const char *at)
{
	while (at > g->d->body.p && (at[-1] == ' ' || at[-1] == '\t'))
		at--;
	return at == g->d->body.p || at[-1] == '\n';
}

/* After a block that began its line: when nothing follows on it, the line is not there. */
static void
drop_line_end(gen *g)
{
	const char *p = g->at;

	while (p < g->end && (*p == ' ' || *p == '\t'))
		p++;
	if (p < g->end && *p != '\n')
		return;
	while (p < g->end && isspace((unsigned char)*p))
		p++;
	g->at = p;
}

static void
hole(gen *g)
{
	const char *from = g->at;
	bool alone = g->state == IN_TEXT && line_empty_before(g, from);

	g->at++;
	if (is_url_attr(value_attr(g)) && (take(g, "if") || take(g, "for")))
		die(g, "no blocks inside an address: give the template a whole url");
	g->letters = 0;
	if (statement(g) && alone)
		drop_line_end(g);
}

static void
check_all_labelled(const gen *g)
{
	for (size_t i = 0; i < g->inputs.n; i++) {
		const wanted *in = &g->inputs.v[i];
		bool found = false;
		for (size_t j = 0; j < g->labels.n; j++)
			found |= in->id.n > 0 && str_eq(g->labels.v[j].id, in->id);
		if (!found)
			die_at(g, in->at, "<%.*s> without a label", STR_ARG(in->element));
	}
}

void
html_body(gen *g, const decl *d)
{
	g->d = d;
	g->at = d->body.p;
	g->end = d->body.p + d->body.n;
	while (g->end > g->at && isspace((unsigned char)g->end[-1]))
		g->end--;
	g->open.n = g->locals.n = g->attrs.n = g->labels.n = g->inputs.n = 0;
	g->state = IN_TEXT;
	g->letters = 0;
	while (g->at < g->end) {
		if (*g->at == '{')
			hole(g);
		else if (g->state == IN_TEXT)
			text_byte(g);
		else if (g->state == IN_TAG)
			tag_byte(g);
		else
			value_byte(g);
	}
	if (g->state != IN_TEXT)
		die_at(g, g->tag.at, "the tag <%.*s does not end", STR_ARG(g->tag.name));
	if (g->open.n)
		die_unclosed(g, &g->open.v[g->open.n - 1], "the end of the template");
	check_all_labelled(g);
	if (d->body.n)
		buf_c(&g->lit, '\n');
}
