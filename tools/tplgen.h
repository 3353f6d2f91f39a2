/* tplgen.h - what the three files of the template generator share: the language (tplgen.c), its expressions
 * (tplexpr.c), the HTML around them (tplhtml.c). */
#pragma once
#include "msgfile.h"
#include "tool.h"

typedef enum kind { K_STR, K_TEXT, K_URL, K_INT, K_BOOL, K_DATE, K_HTML, K_STRUCT } kind;

typedef struct type {
	kind k;
	bool list;
	const struct decl *of; /* of K_STRUCT */
} type;

typedef struct field {
	str name, type_name;
	type t;
	bool optional;
	int line;
} field;

/* A template or a struct of a .tpl file. */
typedef struct decl {
	str name, comment;
	bool is_template, imported;
	VEC(field) fields;
	const char *file;
	int line;
	str body;
	int body_line;
} decl;

/* An expression in C and its type. */
typedef struct value {
	str c;
	type t;
} value;

typedef struct local {
	str name;
	type t;
} local;

/* An attribute as it stands in the template, holes and all. */
typedef struct attr {
	str name, raw;
} attr;

typedef enum thing { B_IF, B_FOR, B_USE, B_SET, B_ELEMENT } thing;
typedef enum state { IN_TEXT, IN_TAG, IN_VALUE } state;

/* Something open: a block or an element. One stack for both, so that they nest rightly. */
typedef struct open_thing {
	thing t;
	str name;
	const char *at; /* where it began */
	state state;    /* of the HTML where it began */
	bool has_else;
	bool caption, keys, post; /* of an element: table, form */
	size_t locals;            /* of a for: how many names were known before */
	const decl *part;         /* of a use or set */
	int serial;
} open_thing;

/* A label for an id, or an input that wants one: both as they stand in the template. */
typedef struct wanted {
	str id;
	str element;
	const char *at;
} wanted;

typedef struct gen {
	arena *a;
	map by_name;
	VEC(decl *) decls;
	msgfile_book book;
	buf imports; /* #include lines of the header */
	bool assets; /* some template names one */
	buf deps;
	/* the C being written; `lit` is mark-up not yet written */
	buf c, lit;
	int depth, serial;
	/* the template being read */
	const decl *d;
	const char *at, *end;
	VEC(open_thing) open;
	VEC(local) locals;
	state state;
	open_thing tag; /* the tag being read */
	VEC(attr) attrs;
	bool value_empty;
	int letters; /* of a word, in a run */
	VEC(wanted) labels;
	VEC(wanted) inputs;
} gen;

NORETURN void die(const gen *g, const char *fmt, ...) PRINTF_LIKE(2, 3);
NORETURN void die_at(const gen *g, const char *at, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* One line of C, after the mark-up that came before it. */
void emit(gen *g, const char *fmt, ...) PRINTF_LIKE(2, 3);
void gen_flush(gen *g);

/* tplgen.c: after a { the hole or block; true for a block, which may stand alone on its line. */
bool statement(gen *g);

/* tplexpr.c.  take: this word or sign comes next, and is passed; want: or the build stops. */
void blank(gen *g); /* pass white space */
bool take(gen *g, const char *what);
void want(gen *g, const char *what);
str name(gen *g, bool dots); /* dots: also the dots and dashes of message ids and file names */
const field *find_field(const decl *d, str word);
bool textual(type t);
value path(gen *g);
value operand(gen *g);
str condition(gen *g);
str message(gen *g);        /* after {msg: "MSG_UI_X, args", with every argument it takes and no other */
str asset(gen *g);          /* after {asset: the constant of its address */
str quoted(gen *g, type t); /* after the first ": the value of an argument of this type */

/* tplhtml.c.  */
void html_body(gen *g, const decl *d); /* one template, from its first byte to its last */
open_thing *push(gen *g, thing t, str word);
open_thing *top_block(gen *g, thing t, const char *what); /* it must be the innermost thing open */
const char *hole_writer(gen *g, type t, str filter); /* the function that escapes it for where it stands */
void check_words_allowed(gen *g);                    /* may a sentence stand here? */
void check_literal(gen *g, str text, bool words);    /* `words`: any word must be a message */
void note_keys(gen *g);
