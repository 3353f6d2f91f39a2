/* tplexpr.c - the expressions of the template language: paths, conditions, messages, quoted arguments. See
 * tplgen.c for the language, tplgen.h for the functions. */
#include <ctype.h>

#include "tplgen.h"

void
blank(gen *g)
{
	while (g->at < g->end && isspace((unsigned char)*g->at))
		g->at++;
}

bool
take(gen *g, const char *what)
{
	size_t n = strlen(what);

	blank(g);
	if ((size_t)(g->end - g->at) < n || memcmp(g->at, what, n) != 0)
		return false;
	bool word = isalpha((unsigned char)what[n - 1]);
	if (word && g->at + n < g->end && (isalnum((unsigned char)g->at[n]) || g->at[n] == '_'))
		return false;
	g->at += n;
	return true;
}

void
want(gen *g, const char *what)
{
	if (!take(g, what))
		die(g, "want \"%s\" here", what);
}

/* A name; with `dots` also an id of messages or the name of a file. */
str
name(gen *g, bool dots)
{
	blank(g);
	const char *from = g->at;
	while (g->at < g->end && (isalnum((unsigned char)*g->at) || *g->at == '_' ||
				  (dots && (*g->at == '.' || *g->at == '-'))))
		g->at++;
	if (g->at == from)
		die(g, "want a name here");
	return (str){from, (size_t)(g->at - from)};
}

const field *
find_field(const decl *d, str word)
{
	for (size_t i = 0; i < d->fields.n; i++)
		if (str_eq(d->fields.v[i].name, word))
			return &d->fields.v[i];
	return NULL;
}

static value
variable(gen *g, str word)
{
	for (size_t i = g->locals.n; i-- > 0;)
		if (str_eq(g->locals.v[i].name, word))
			return (value){str_fmt(g->a, "v_%.*s", STR_ARG(word)), g->locals.v[i].t};
	const field *f = find_field(g->d, word);
	if (f)
		return (value){str_fmt(g->a, "p->%.*s", STR_ARG(word)), f->t};
	decl *page = map_get(&g->by_name, STR("page"));
	if (page && str_eq(word, STR("page")))
		return (value){STR("o->page"), {.k = K_STRUCT, .of = page}};
	die(g, "\"%.*s\" is not a parameter of \"%.*s\"", STR_ARG(word), STR_ARG(g->d->name));
}

value
path(gen *g)
{
	value v = variable(g, name(g, false));

	while (g->at < g->end && *g->at == '.') {
		g->at++;
		str word = name(g, false);
		const field *f = v.t.k == K_STRUCT && !v.t.list ? find_field(v.t.of, word) : NULL;
		if (!f)
			die(g, "there is no \"%.*s\" in what stands before the dot", STR_ARG(word));
		v = (value){str_fmt(g->a, "%.*s->%.*s", STR_ARG(v.c), STR_ARG(word)), f->t};
	}
	return v;
}

bool
textual(type t)
{
	return !t.list && (t.k == K_STR || t.k == K_TEXT || t.k == K_URL);
}

/* A path, a whole number, true, false, or a literal text to compare with. */
value
operand(gen *g)
{
	blank(g);
	if (take(g, "true") || take(g, "false"))
		return (value){g->at[-2] == 'u' ? STR("true") : STR("false"), {.k = K_BOOL}};
	if (g->at < g->end && (isdigit((unsigned char)*g->at) || *g->at == '-')) {
		const char *from = g->at++;
		while (g->at < g->end && isdigit((unsigned char)*g->at))
			g->at++;
		return (value){{from, (size_t)(g->at - from)}, {.k = K_INT}};
	}
	if (!take(g, "\""))
		return path(g);
	const char *from = g->at;
	while (g->at < g->end && *g->at != '"' && *g->at != '\n')
		g->at++;
	str text = {from, (size_t)(g->at - from)};
	want(g, "\"");
	buf b = buf_in(g->a);
	buf_lit(&b, "STR(");
	tool_put_literal(&b, text);
	buf_c(&b, ')');
	return (value){buf_str(&b), {.k = K_STR}};
}

static str
truth(gen *g, value v)
{
	if (v.t.list || textual(v.t))
		return str_fmt(g->a, "%.*s.n > 0", STR_ARG(v.c));
	switch (v.t.k) {
	case K_HTML:
		return str_fmt(g->a, "%.*s.s.n > 0", STR_ARG(v.c));
	case K_INT:
		return str_fmt(g->a, "%.*s != 0", STR_ARG(v.c));
	case K_DATE:
		return str_fmt(g->a, "%.*s != DATE_NONE", STR_ARG(v.c));
	case K_STRUCT:
		return str_fmt(g->a, "%.*s != NULL", STR_ARG(v.c));
	case K_STR:
	case K_TEXT:
	case K_URL:
	case K_BOOL:
		break;
	}
	return v.c;
}

static str
comparison(gen *g)
{
	static const char *const ops[] = {"==", "!=", "<=", ">=", "<", ">"};
	value x = operand(g);

	for (size_t i = 0; i < LEN(ops); i++) {
		if (!take(g, ops[i]))
			continue;
		value y = operand(g);
		if (textual(x.t) && textual(y.t) && i < 2)
			return str_fmt(g->a, "%sstr_eq(%.*s, %.*s)", i ? "!" : "", STR_ARG(x.c),
				       STR_ARG(y.c));
		if (x.t.list || y.t.list || x.t.k != y.t.k || (x.t.k != K_INT && x.t.k != K_DATE))
			die(g, "these two cannot be compared with %s", ops[i]);
		return str_fmt(g->a, "%.*s %s %.*s", STR_ARG(x.c), ops[i], STR_ARG(y.c));
	}
	return truth(g, x);
}

static str
unary(gen *g)
{
	bool not = take(g, "not");

	if (!not &&!take(g, "("))
		return comparison(g);
	str c = not ? unary(g) : condition(g);
	if (!not )
		want(g, ")");
	return not ? str_fmt(g->a, "!(%.*s)", STR_ARG(c)) : c;
}

static str
conjunction(gen *g)
{
	str c = unary(g);

	while (take(g, "and")) {
		str more = unary(g);
		c = str_fmt(g->a, "%.*s && %.*s", STR_ARG(c), STR_ARG(more));
	}
	return c;
}

str
condition(gen *g)
{
	str c = conjunction(g);

	while (take(g, "or")) {
		str more = conjunction(g);
		c = str_fmt(g->a, "((%.*s) || (%.*s))", STR_ARG(c), STR_ARG(more));
	}
	return c;
}

/* After {msg: "MSG_UI_X, args" for a call, with every argument the message takes and no other. */
str
message(gen *g)
{
	str id = name(g, true), rest, hole;
	const msgfile_entry *e = msgfile_find(&g->book, id);
	buf b = buf_in(g->a), given = buf_in(g->a);

	if (!e)
		die(g, "no file in the locale folder defines the message \"%.*s\"", STR_ARG(id));
	msgfile_put_constant(&b, id);
	for (blank(g); g->at < g->end && *g->at != '}'; blank(g)) {
		str arg = name(g, false);
		want(g, "=");
		value v = operand(g);
		if (!msgfile_has_hole(e->text[0], arg))
			die(g, "the message \"%.*s\" has no {%.*s}", STR_ARG(id), STR_ARG(arg));
		bool number = v.t.k == K_INT && !v.t.list;
		if (!number && !textual(v.t) && v.t.k != K_DATE)
			die(g, "{%.*s} of a message is a text, a number or a date", STR_ARG(arg));
		buf_put(&b, given.n ? STR("") : STR(", (const fault_arg[]){"));
		buf_fmt(&b,
			v.t.k == K_DATE ? "%s(\"%.*s\", html_date_text(o, %.*s)), " : "%s(\"%.*s\", %.*s), ",
			number ? "FA_INT" : "FA_STR", STR_ARG(arg), STR_ARG(v.c));
		buf_fmt(&given, "{%.*s}", STR_ARG(arg));
	}
	want(g, "}");
	for (rest = e->text[0]; msgfile_next_hole(&rest, &hole);)
		if (!msgfile_has_hole(buf_str(&given), hole))
			die(g, "the message \"%.*s\" needs %.*s=", STR_ARG(id), STR_ARG(hole));
	buf_put(&b, given.n ? STR("{0}}") : STR(", NULL"));
	return buf_str(&b);
}

str
asset(gen *g)
{
	str file = name(g, true);
	buf b = buf_in(g->a);

	want(g, "}");
	g->assets = true;
	buf_lit(&b, "ASSET_");
	for (size_t i = 0; i < file.n; i++)
		buf_c(&b, isalnum((unsigned char)file.p[i]) ? (char)toupper((unsigned char)file.p[i]) : '_');
	return buf_str(&b);
}

/* One piece of a quoted argument, after its {. */
static void
quoted_hole(gen *g, str built, type t, bool first)
{
	if (take(g, "msg")) {
		str c = message(g);
		emit(g, "msg_put(&%.*s, o->lang, %.*s);", STR_ARG(built), STR_ARG(c));
		return;
	}
	value v = path(g);
	want(g, "}");
	if (v.t.k == K_INT && !v.t.list)
		emit(g, "buf_i64(&%.*s, %.*s);", STR_ARG(built), STR_ARG(v.c));
	else if (v.t.k == K_DATE && !v.t.list)
		emit(g, "buf_put(&%.*s, date_str(o->b->a, %.*s));", STR_ARG(built), STR_ARG(v.c));
	else if (!textual(v.t))
		die(g, "this cannot be part of a text");
	else if (t.k == K_URL && v.t.k != K_URL)
		emit(g, "html_build_part(&%.*s, %.*s);", STR_ARG(built), STR_ARG(v.c));
	else if (t.k == K_URL && !first)
		die(g, "a url can only stand at the front of another");
	else
		emit(g, "buf_put(&%.*s, %.*s);", STR_ARG(built), STR_ARG(v.c));
}

/* "…" with holes, as the value of an argument of type t: a literal, a message, or built before the call. */
str
quoted(gen *g, type t)
{
	const char *from = g->at;
	buf lit = buf_in(g->a);

	if (!textual(t))
		die(g, "this parameter does not take a text");
	if (take(g, "{msg")) {
		str c = message(g);
		if (take(g, "\""))
			return str_fmt(g->a, "html_msg_text(o, %.*s)", STR_ARG(c));
		g->at = from;
	}
	str built = str_fmt(g->a, "b%d", ++g->serial);
	const char *close = from;
	while (close < g->end && *close != '"' && *close != '{')
		close++;
	bool plain = close < g->end && *close == '"';
	if (!plain)
		emit(g, "buf %.*s = buf_in(o->b->a);", STR_ARG(built));
	for (;; g->at++) {
		if (g->at >= g->end || *g->at == '\n')
			die(g, "the text of this argument does not end on its line");
		if (*g->at != '"' && *g->at != '{') {
			buf_c(&lit, *g->at);
			continue;
		}
		str text = buf_str(&lit);
		check_literal(g, text, t.k == K_TEXT);
		buf c = buf_in(g->a);
		tool_put_literal(&c, text);
		if (plain) {
			g->at++;
			return str_fmt(g->a, "STR(%.*s)", STR_ARG(buf_str(&c)));
		}
		if (text.n)
			emit(g, "buf_lit(&%.*s, %.*s);", STR_ARG(built), STR_ARG(buf_str(&c)));
		buf_clear(&lit);
		if (*g->at++ == '"')
			return str_fmt(g->a, "buf_str(&%.*s)", STR_ARG(built));
		quoted_hole(g, built, t, g->at - 1 == from);
		g->at--;
	}
}
