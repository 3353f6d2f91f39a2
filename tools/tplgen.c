/* tplgen.c - pages and their parts, written as HTML with holes, to C functions that escape every value for
 * the place it stands in.
 *
 *   # One answer of several.                        a comment goes into the header
 *   struct choice                                   a record that lists are made of
 *     value   str
 *     label   text
 *     checked bool
 *   template radios                                 void tpl_radios(html_out *, const struct tpl_radios *)
 *     name    str
 *     choices list choice
 *     hint    text?                                 ? : may be left out by {use}
 *   ---
 *   {for c, i in choices}
 *   <input type="radio" id="{name}-{i}" name="{name}" value="{c.value}"{if c.checked} checked{/if}>
 *   <label for="{name}-{i}">{c.label}</label>
 *   {/for}
 *
 * Types: str (data), text (words for people: a literal must be {msg}), url, int, bool, date, html, a struct,
 * list of one. Holes: {path} {path | iso, money, grouped, spelled} {msg id arg=path} {asset file} {keys}.
 * Blocks: {if c} {elif c} {else} {/if}, {for x, i in list} {/for}, {use part arg=path other="text {path}" /},
 * {use part} body {/use} where the body becomes the part's html parameter `body` and {set aside} … {/set}
 * inside it any other, {# a note #}. Conditions: not and or == != < > <= >= and round brackets; a text or
 * list is true when it is not empty. `page` is known everywhere. A line with nothing but blocks leaves no
 * line.
 *
 *   tplgen OUT.h OUT.c DEPFILE LOCALE [--import HEADER FILE.tpl …] … --make FILE.tpl …
 *
 * What is checked on the way is in tplhtml.c; this file is the language. The build stops at the first fault.
 */
#include <stdarg.h>
#include <stdio.h>

#include "tplgen.h"

/* Declarations. */

static kind
kind_of(str word)
{
	static const char *const word_of[] = {"str", "text", "url", "int", "bool", "date", "html"};

	for (size_t i = 0; i < LEN(word_of); i++)
		if (str_eq(word, str_of(word_of[i])))
			return (kind)i;
	return K_STRUCT;
}

static bool
next_word(str *rest, str *word)
{
	*rest = str_trim(*rest);
	ptrdiff_t space = str_find_char(*rest, ' ');

	*word = str_sub(*rest, 0, space < 0 ? rest->n : (size_t)space);
	*rest = str_from(*rest, word->n);
	return word->n > 0;
}

static bool
is_c_keyword(str word)
{
	static const char *const words[] = {
		"auto",   "break",    "case",   "char",     "const",    "continue", "default", "do",
		"double", "else",     "enum",   "extern",   "float",    "for",      "goto",    "if",
		"inline", "int",      "long",   "register", "restrict", "return",   "short",   "signed",
		"sizeof", "static",   "struct", "switch",   "typedef",  "typeof",   "union",   "unsigned",
		"void",   "volatile", "while",  "asm"};

	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

static void
declare_field(gen *g, decl *d, str row, int line)
{
	field f = {.line = line};
	str word = {0}, extra = {0};

	if (!next_word(&row, &f.name) || !next_word(&row, &word))
		tool_die(d->file, line, "want: a name and its type");
	if (is_c_keyword(f.name))
		tool_die(d->file, line, "\"%.*s\" is a word of C: choose another name", STR_ARG(f.name));
	f.t.list = str_eq(word, STR("list"));
	if (f.t.list && !next_word(&row, &word))
		tool_die(d->file, line, "a list of what?");
	f.optional = str_ends(word, STR("?"));
	f.type_name = str_sub(word, 0, word.n - f.optional);
	f.t.k = kind_of(f.type_name);
	if (f.t.list && (f.t.k == K_INT || f.t.k == K_BOOL || f.t.k == K_DATE || f.t.k == K_HTML))
		tool_die(d->file, line, "a list holds str, text, url or a struct");
	if (next_word(&row, &extra))
		tool_die(d->file, line, "\"%.*s\" is too much here", STR_ARG(extra));
	for (size_t i = 0; i < d->fields.n; i++)
		if (str_eq(d->fields.v[i].name, f.name))
			tool_die(d->file, line, "\"%.*s\" is declared twice", STR_ARG(f.name));
	*vec_add(g->a, &d->fields) = f;
}

static decl *
declare(gen *g, const char *file, str row, int line, bool imported)
{
	decl *d = arena_new(g->a, decl);
	str word = {0};

	next_word(&row, &word);
	d->is_template = str_eq(word, STR("template"));
	if ((!d->is_template && !str_eq(word, STR("struct"))) || !next_word(&row, &d->name) || row.n)
		tool_die(file, line, "want: template NAME, struct NAME, or # a comment");
	if (str_starts(d->name, STR("list_")))
		tool_die(file, line, "\"%.*s\": list_ begins the names of lists in C", STR_ARG(d->name));
	decl *first = map_get(&g->by_name, d->name);
	if (first)
		tool_die(file, line, "\"%.*s\" is already declared in %s:%d", STR_ARG(d->name), first->file,
			 first->line);
	d->file = file;
	d->line = line;
	d->imported = imported;
	map_set(&g->by_name, d->name, d);
	*vec_add(g->a, &g->decls) = d;
	return d;
}

static bool
starts_declaration(str row)
{
	return str_starts(row, STR("template ")) || str_starts(row, STR("struct ")) ||
	       str_starts(row, STR("# "));
}

static void
read_file(gen *g, const char *file, bool imported)
{
	str text = tool_read(g->a, file), rest = text, row;
	decl *d = NULL;
	bool body = false;
	buf comment = buf_in(g->a);

	buf_fmt(&g->deps, " \\\n  %s", file);
	for (int line = 1; str_next(&rest, '\n', &row); line++) {
		if (body && !starts_declaration(row)) {
			d->body.n = (size_t)(row.p + row.n - d->body.p);
			continue;
		}
		body = false;
		if (str_trim(row).n == 0)
			continue;
		if (row.p[0] == '#') {
			buf_put(&comment, str_from(row, 1));
		} else if (str_eq(str_trim(row), STR("---"))) {
			if (!d || !d->is_template)
				tool_die(file, line, "--- begins the body of a template; there is none here");
			body = true;
			d->body = (str){row.p + row.n + (rest.n > 0), 0};
			d->body_line = line + 1;
		} else if (row.p[0] == ' ') {
			if (!d || d->body.p)
				tool_die(file, line, "a field belongs below template or struct");
			declare_field(g, d, row, line);
		} else {
			d = declare(g, file, row, line, imported);
			d->comment = str_dup(g->a, str_trim(buf_str(&comment)));
			buf_clear(&comment);
		}
	}
}

static void
resolve(gen *g)
{
	for (size_t i = 0; i < g->decls.n; i++) {
		decl *d = g->decls.v[i];
		if (d->is_template && !d->body.p)
			tool_die(d->file, d->line, "template \"%.*s\" has no body: a line --- begins it",
				 STR_ARG(d->name));
		for (size_t j = 0; j < d->fields.n; j++) {
			field *f = &d->fields.v[j];
			if (f->t.k != K_STRUCT)
				continue;
			f->t.of = map_get(&g->by_name, f->type_name);
			if (!f->t.of || f->t.of->is_template)
				tool_die(d->file, f->line, "\"%.*s\" is not a type", STR_ARG(f->type_name));
		}
	}
}

/* Writing C. */

void
emit(gen *g, const char *fmt, ...)
{
	va_list ap;

	gen_flush(g);
	for (int i = 0; i < g->depth; i++)
		buf_c(&g->c, '\t');
	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	va_start(ap, fmt);
	vsnprintf(buf_room(&g->c, (size_t)n + 1), (size_t)n + 1, fmt, ap);
	va_end(ap);
	g->c.n += (size_t)n;
	buf_c(&g->c, '\n');
}

void
gen_flush(gen *g)
{
	if (g->lit.n == 0)
		return;
	str text = str_dup(g->a, buf_str(&g->lit));
	buf_clear(&g->lit);
	for (int i = 0; i < g->depth; i++)
		buf_c(&g->c, '\t');
	buf_lit(&g->c, "html_lit(o, ");
	tool_put_literal(&g->c, text);
	buf_lit(&g->c, ");\n");
}

/* Blocks. */

static void
block_if(gen *g)
{
	str c = condition(g);

	want(g, "}");
	emit(g, "if (%.*s) {", STR_ARG(c));
	push(g, B_IF, STR("if"));
	g->depth++;
}

/* From one branch to the next: `head` is its C. */
static void
next_branch(gen *g, str head)
{
	want(g, "}");
	gen_flush(g);
	g->depth--;
	emit(g, "} else %.*s{", STR_ARG(head));
	g->depth++;
}

static void
block_elif(gen *g)
{
	if (top_block(g, B_IF, "elif")->has_else)
		die(g, "{else} was already here");
	str c = condition(g);
	next_branch(g, str_fmt(g->a, "if (%.*s) ", STR_ARG(c)));
}

static void
block_else(gen *g)
{
	open_thing *b = top_block(g, B_IF, "else");

	if (b->has_else)
		die(g, "{else} was already here");
	b->has_else = true;
	next_branch(g, STR(""));
}

static void
block_for(gen *g)
{
	str item = name(g, false), index = {0};

	if (take(g, ","))
		index = name(g, false);
	want(g, "in");
	value list = path(g);
	want(g, "}");
	if (!list.t.list)
		die(g, "{for} goes through a list, which this is not");
	open_thing *b = push(g, B_FOR, STR("for"));
	b->locals = g->locals.n;
	int n = ++g->serial;
	emit(g, "for (size_t n%d = 0; n%d < %.*s.n; n%d++) {", n, n, STR_ARG(list.c), n);
	g->depth++;
	if (list.t.k == K_STRUCT)
		emit(g, "const struct tpl_%.*s *v_%.*s UNUSED = &%.*s.v[n%d];", STR_ARG(list.t.of->name),
		     STR_ARG(item), STR_ARG(list.c), n);
	else
		emit(g, "str v_%.*s UNUSED = %.*s.v[n%d];", STR_ARG(item), STR_ARG(list.c), n);
	*vec_add(g->a, &g->locals) = (local){item, {.k = list.t.k, .of = list.t.of}};
	if (index.n) {
		emit(g, "int64_t v_%.*s = (int64_t)n%d + 1;", STR_ARG(index), n);
		*vec_add(g->a, &g->locals) = (local){index, {.k = K_INT}};
	}
}

static str
argument(gen *g, const decl *part, const field *f)
{
	blank(g);
	if (g->at < g->end && *g->at == '"') {
		g->at++;
		return quoted(g, f->t);
	}
	value v = operand(g);
	bool words = f->t.k == K_STR || (f->t.k == K_TEXT && v.t.k != K_URL);
	if (v.t.list != f->t.list || v.t.of != f->t.of || (v.t.k != f->t.k && !(textual(v.t) && words)))
		die(g, "\"%.*s\" of \"%.*s\" is of another type", STR_ARG(f->name), STR_ARG(part->name));
	return v.c;
}

static void
close_use(gen *g, bool body)
{
	open_thing *b = &g->open.v[--g->open.n];

	if (body)
		emit(g, "a%d.body = html_captured(o, &m%d);", b->serial, b->serial);
	if (b->part->fields.n)
		emit(g, "tpl_%.*s(o, &a%d);", STR_ARG(b->name), b->serial);
	else
		emit(g, "tpl_%.*s(o);", STR_ARG(b->name));
	gen_flush(g);
	g->depth--;
	emit(g, "}");
}

/* {use part …}: its struct is filled, then called here or, with a body, at {/use}. */
static void
block_use(gen *g)
{
	str word = name(g, false);
	const decl *part = map_get(&g->by_name, word);
	buf init = buf_in(g->a), given = buf_in(g->a);

	if (!part || !part->is_template)
		die(g, "there is no template \"%.*s\"", STR_ARG(word));
	emit(g, "{");
	g->depth++;
	for (blank(g); g->at < g->end && *g->at != '}' && *g->at != '/'; blank(g)) {
		str arg = name(g, false);
		const field *f = find_field(part, arg);
		if (!f)
			die(g, "\"%.*s\" is not a parameter of \"%.*s\"", STR_ARG(arg), STR_ARG(word));
		want(g, "=");
		str c = argument(g, part, f);
		buf_fmt(&init, "%s.%.*s = %.*s", init.n ? ", " : "", STR_ARG(arg), STR_ARG(c));
		buf_fmt(&given, "{%.*s}", STR_ARG(arg));
	}
	bool body = !take(g, "/");
	const field *slot = find_field(part, STR("body"));
	want(g, "}");
	if (body && (!slot || slot->t.k != K_HTML))
		die(g, "\"%.*s\" takes no body: end it with /}", STR_ARG(word));
	for (size_t i = 0; i < part->fields.n; i++) {
		const field *f = &part->fields.v[i];
		if (!f->optional && f->t.k != K_HTML && !msgfile_has_hole(buf_str(&given), f->name))
			die(g, "\"%.*s\" needs %.*s=", STR_ARG(word), STR_ARG(f->name));
	}
	int n = ++g->serial;
	if (part->fields.n)
		emit(g, "struct tpl_%.*s a%d = {%.*s};", STR_ARG(word), n, STR_ARG(buf_str(&init)));
	open_thing *b = push(g, B_USE, word);
	b->part = part;
	b->serial = n;
	if (body) {
		emit(g, "html_mark m%d;", n);
		emit(g, "html_capture(o, &m%d);", n);
	} else {
		close_use(g, false);
	}
}

static void
block_set(gen *g)
{
	open_thing *use = top_block(g, B_USE, "set");
	str word = name(g, false);
	const field *f = find_field(use->part, word);

	want(g, "}");
	if (!f || f->t.k != K_HTML)
		die(g, "\"%.*s\" has no html parameter \"%.*s\"", STR_ARG(use->name), STR_ARG(word));
	int of = use->serial;
	open_thing *b = push(g, B_SET, word);
	b->part = use->part;
	b->serial = of;
	emit(g, "{");
	g->depth++;
	emit(g, "html_mark s;");
	emit(g, "html_capture(o, &s);");
}

static void
block_close(gen *g)
{
	static const char *const words[] = {[B_IF] = "if", [B_FOR] = "for", [B_USE] = "use", [B_SET] = "set"};
	str word = name(g, false);
	thing t = B_IF;

	want(g, "}");
	while (t <= B_SET && !str_eq(word, str_of(words[t])))
		t++;
	if (t > B_SET)
		die(g, "{/%.*s} closes nothing", STR_ARG(word));
	open_thing *b = top_block(g, t, words[t]);
	gen_flush(g);
	if (t == B_USE) {
		close_use(g, true);
		return;
	}
	if (t == B_SET)
		emit(g, "a%d.%.*s = html_captured(o, &s);", b->serial, STR_ARG(b->name));
	if (t == B_FOR)
		g->locals.n = b->locals;
	g->open.n--;
	g->depth--;
	emit(g, "}");
}

static void
hole_value(gen *g)
{
	value v = path(g);
	str filter = take(g, "|") ? name(g, false) : (str){0};

	want(g, "}");
	if (v.t.list || v.t.k == K_STRUCT || v.t.k == K_BOOL)
		die(g, "only text, numbers, dates and html can be written; use {for} or {if}");
	const char *call = hole_writer(g, v.t, filter);
	emit(g, "%s(o, %.*s);", call, STR_ARG(v.c));
}

static void
note(gen *g)
{
	const char *close = memmem(g->at, (size_t)(g->end - g->at), "#}", 2);

	if (!close)
		die(g, "this {# does not end");
	g->at = close + 2;
}

/* Blocks and where they may stand, from everywhere to text only. Gives true when one was there. */
static bool
block(gen *g)
{
	static const struct {
		const char *word;
		void (*read)(gen *g);
		bool in_tag, in_value;
	} blocks[] = {
		{"#", note, true, true},          {"/", block_close, true, true},
		{"if", block_if, true, true},     {"elif", block_elif, true, true},
		{"else", block_else, true, true}, {"for", block_for, false, true},
		{"use", block_use, false, false}, {"set", block_set, false, false},
	};

	for (size_t i = 0; i < LEN(blocks); i++) {
		bool here =
			g->state == IN_TEXT || (g->state == IN_TAG ? blocks[i].in_tag : blocks[i].in_value);
		if (!here || !take(g, blocks[i].word))
			continue;
		blocks[i].read(g);
		return true;
	}
	return false;
}

/* After a {. True for a block, which may stand alone on its line. */
bool
statement(gen *g)
{
	if (block(g))
		return true;
	if (g->state == IN_TAG)
		die(g, "inside a tag only {if} can stand; put the value between quotes");
	if (take(g, "msg")) {
		check_words_allowed(g);
		str c = message(g);
		emit(g, "html_msg(o, %.*s);", STR_ARG(c));
	} else if (take(g, "asset")) {
		str c = asset(g);
		emit(g, "html_lit(o, %.*s);", STR_ARG(c));
		g->value_empty = false;
	} else if (take(g, "keys")) {
		want(g, "}");
		note_keys(g);
		emit(g, "html_keys(o);");
	} else {
		hole_value(g);
	}
	return false;
}

/* Output. */

static void
write_struct(buf *b, const decl *d)
{
	static const char *const c_type[] = {
		[K_STR] = "str ",   [K_TEXT] = "str ",     [K_URL] = "str ",        [K_INT] = "int64_t ",
		[K_BOOL] = "bool ", [K_DATE] = "int32_t ", [K_HTML] = "html_safe ", [K_STRUCT] = NULL};

	if (d->comment.n)
		buf_fmt(b, "\n/* %.*s */", STR_ARG(d->comment));
	if (d->fields.n)
		buf_fmt(b, "\nstruct tpl_%.*s {\n", STR_ARG(d->name));
	for (size_t i = 0; i < d->fields.n; i++) {
		const field *f = &d->fields.v[i];
		if (f->t.k == K_STRUCT)
			buf_fmt(b, f->t.list ? "\tstruct tpl_list_%.*s " : "\tconst struct tpl_%.*s *",
				STR_ARG(f->type_name));
		else
			buf_fmt(b, "\t%s", f->t.list ? "struct tpl_list_str " : c_type[f->t.k]);
		buf_fmt(b, "%.*s;\n", STR_ARG(f->name));
	}
	buf_put(b, d->fields.n ? STR("};\n") : STR("\n"));
	if (d->is_template)
		buf_fmt(b,
			d->fields.n ? "void tpl_%.*s(html_out *o, const struct tpl_%.*s *p);\n"
				    : "void tpl_%.*s(html_out *o);\n",
			STR_ARG(d->name), STR_ARG(d->name));
}

static void
write_header(gen *g, const char *to)
{
	buf b = buf_in(g->a);

	buf_lit(&b, "/* Made by tplgen from .tpl files. */\n#pragma once\n#include \"web/html.h\"\n");
	buf_put(&b, buf_str(&g->imports));
	buf_c(&b, '\n');
	for (size_t i = 0; i < g->decls.n; i++) {
		const decl *d = g->decls.v[i];
		if (!d->imported && !d->is_template)
			buf_fmt(&b,
				"struct tpl_%.*s;\ntypedef struct tpl_list_%.*s {\n\tconst struct tpl_%.*s "
				"*v;\n\tsize_t "
				"n;\n} tpl_list_%.*s;\n",
				STR_ARG(d->name), STR_ARG(d->name), STR_ARG(d->name), STR_ARG(d->name));
	}
	for (size_t i = 0; i < g->decls.n; i++)
		if (!g->decls.v[i]->imported)
			write_struct(&b, g->decls.v[i]);
	tool_write(to, buf_str(&b));
}

static void
write_template(gen *g, const decl *d)
{
	buf_fmt(&g->c,
		d->fields.n ? "\nvoid\ntpl_%.*s(html_out *o, const struct tpl_%.*s *p)\n{\n"
			    : "\nvoid\ntpl_%.*s(html_out *o)\n{\n",
		STR_ARG(d->name), STR_ARG(d->name));
	g->depth = 1;
	if (d->fields.n)
		emit(g, "(void)p;");
	html_body(g, d);
	gen_flush(g);
	buf_lit(&g->c, "}\n");
}

static void
write_source(gen *g, const char *to, const char *header)
{
	buf b = buf_in(g->a);

	buf_fmt(&b,
		"/* Made by tplgen from .tpl files. */\n#include \"%s\"\n\n#include \"locale/msg_ids.h\"\n",
		header);
	if (g->assets)
		buf_lit(&b, "#include \"web/assets.h\"\n");
	buf_put(&b, buf_str(&g->c));
	tool_write(to, buf_str(&b));
}

int
main(int argc, char **argv)
{
	arena *a = arena_open(NULL, 0);
	gen *g = arena_new(a, gen);
	bool make = false;
	const char *slash = argc > 1 ? strrchr(argv[1], '/') : NULL, *header = slash ? slash + 1 : argv[1];

	if (argc < 6)
		tool_die("tplgen", 0,
			 "use: tplgen OUT.h OUT.c DEPFILE LOCALE [--import HEADER FILE …] --make FILE …");
	*g = (gen){.a = a,
		   .by_name = map_in(a),
		   .c = buf_in(a),
		   .lit = buf_in(a),
		   .imports = buf_in(a),
		   .deps = buf_in(a)};
	msgfile_read_all(a, argv[4], &g->deps, &g->book);
	for (int i = 5; i < argc; i++) {
		if (strcmp(argv[i], "--import") == 0 && i + 1 < argc)
			buf_fmt(&g->imports, "#include \"%s\"\n", argv[++i]);
		else if (strcmp(argv[i], "--make") == 0)
			make = true;
		else
			read_file(g, argv[i], !make);
	}
	resolve(g);
	for (size_t i = 0; i < g->decls.n; i++)
		if (g->decls.v[i]->is_template && !g->decls.v[i]->imported)
			write_template(g, g->decls.v[i]);
	write_header(g, argv[1]);
	write_source(g, argv[2], header);
	tool_write_deps(a, argv[3], argv[1], &g->deps);
	arena_close(a);
	return 0;
}
