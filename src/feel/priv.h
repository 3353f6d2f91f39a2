/* priv.h - the syntax tree, the state of an evaluation, and what the files of feel/ share. */
#pragma once
#include "base/vec.h"
#include "feel/feel.h"

typedef enum node_kind {
	N_LITERAL,
	N_LOCAL,    /* frame `depth` up, place `index`; filters in between may know the name */
	N_SLOT,     /* asked from the environment */
	N_TEMPORAL, /* a literal that needs the zones: name is its text */
	N_UNKNOWN,  /* no such name; a filter's item may have an entry of it */
	N_LIST,
	N_CONTEXT,
	N_RANGE,
	N_TEST_OP, /* (< 5) as a value: a range */
	N_NOT_EQUAL_TEST,
	N_NEGATE,
	N_ADD,
	N_SUB,
	N_MUL,
	N_DIV,
	N_POW,
	N_EQ,
	N_NE,
	N_LT,
	N_LE,
	N_GT,
	N_GE,
	N_AND,
	N_OR,
	N_BETWEEN,
	N_IN, /* kid 0 in any of the others */
	N_IF,
	N_FOR,
	N_SOME,
	N_EVERY,
	N_PATH,
	N_FILTER,
	N_CALL,
	N_FUNCTION,
	N_EXTERNAL,
	N_INSTANCE,
	N_TESTS, /* any of the kids holds for the subject; `negated` for not(...) */
	N_DASH,
	N_COERCE, /* kid 0 brought to types[0] */
	N_TABLE,
	N_ERROR, /* what a lenient load could not parse */
} node_kind;

typedef struct node node;

struct node {
	node_kind kind;
	feel_place place; /* in the source */
	uint16_t depth;
	bool lo_closed, hi_closed;
	bool negated;          /* not(...); a loop's a..b, which may count down */
	bool in_filter;        /* a name inside a filter: entries of the item come first */
	bool uses_subject;     /* `?` occurs in it */
	uint32_t index;        /* local, slot, number of iterators */
	const feel_type *type; /* what is known before evaluation, or NULL */
	str name;              /* also: the entry that a context has twice */
	node **kid;
	size_t n;
	str *names; /* context entries, parameters, named arguments, loop variables */
	const feel_type **types;
	feel_value value;
	struct table *table; /* N_TABLE */
};

/* Where the normalised text went out of step with the source: from `at` on, add `by`. */
typedef struct shift {
	uint32_t at, by;
} shift;

/* text: as it is parsed; source: as it was written. */
struct feel_expr {
	str text;
	node *root;
	feel_mode mode;
	str source;
	VEC(shift) shifts;
	feel_place mark; /* of the last place asked for */
	VEC(feel_notice) notices;
	VEC(uint32_t) slots;
};

typedef enum frame_kind { FRAME_VARS, FRAME_FILTER } frame_kind;

/* Values of local names; a filter's frame holds the item, whose entries are names too. */
typedef struct frame frame;
struct frame {
	frame *up;
	frame_kind kind;
	size_t n;
	feel_value *v;
};

typedef struct run {
	arena *a;
	fault *f;
	const feel_env *env;
	rc code; /* not RC_OK: stop */
	unsigned depth;
	uint64_t steps;
} run;

typedef feel_value builtin_fn(run *r, const node *at, const feel_value *arg, size_t n);

/* `params`: signatures separated by |, parameters by commas, "?" after an optional one, "..." after one that
 * repeats, ":s" and ":l" after one that by name takes a string or a list only; ":" first: only by names.
 * Named arguments are matched against them, positional ones counted. */
typedef struct builtin {
	const char *name, *params;
	builtin_fn *fn;
} builtin;

struct feel_function {
	enum { FN_BUILTIN, FN_LAMBDA, FN_NATIVE } kind;
	const builtin *builtin;
	const node *lambda; /* kid 0 is the body */
	frame *env;
	feel_native native;
};

/* lex.c */
typedef enum token {
	T_END,
	T_NUMBER,
	T_STRING,
	T_WORD, /* one run of name characters, not yet a name */
	T_AT,
	T_DOT,
	T_DOTS,
	T_COMMA,
	T_COLON,
	T_OPEN,
	T_CLOSE,
	T_LBRACKET,
	T_RBRACKET,
	T_LBRACE,
	T_RBRACE,
	T_PLUS,
	T_MINUS,
	T_STAR,
	T_SLASH,
	T_POW,
	T_EQ,
	T_NE,
	T_LT,
	T_LE,
	T_GT,
	T_GE,
	T_ARROW,
	T_BAD,
} token;

typedef struct lexeme {
	token t;
	uint32_t at, end;
} lexeme;

/* The next token at or after `at`; comments and white space are passed over. */
lexeme lex(str text, uint32_t at);
uint32_t lex_space(str text, uint32_t at);
bool lex_keyword(str word);
bool lex_name_char(str text, uint32_t at, uint32_t *next, bool start);
/* A full-width or CJK sign with an ASCII twin. */
bool lex_twin(str text, uint32_t at);
/* The text between the quotes with its escapes undone; false for a broken escape. */
bool lex_unescape(arena *a, str raw, str *out);
/* White space folded, none beside signs: the form in which names are kept and compared. */
str lex_canonical(arena *a, str name);
/* The next byte of the canonical form of the text that starts at `from`; false at the end. */
bool lex_canonical_next(str text, uint32_t *i, uint32_t from, char *c);
/* How much of the text at `at` the canonical name takes; 0 when it is not there or goes on. */
uint32_t lex_match(str text, uint32_t at, str canonical);

/* Full-width signs outside strings made ASCII; fills text, shifts and notices of `e`. */
void normalise(arena *a, feel_expr *e, str source);
/* Where the byte of the normalised text stands in the source. Calls that move little cost little. */
feel_place place_of(feel_expr *e, uint32_t at);

/* names.c: what the parser knows of names while it walks the text */
typedef struct pscope pscope;
struct pscope {
	pscope *up;
	frame_kind kind;
	const feel_type *item; /* FRAME_FILTER: type of the item, or NULL */
	VEC(str) names;
	VEC(str) keys; /* canonical */
	VEC(const feel_type *) types;
};

typedef struct parser {
	arena *a;
	fault *f;
	feel_expr *e;
	const feel_scope *global;
	str text;
	lexeme tok;
	unsigned depth;
	size_t nodes;
	pscope *scope;
	bool no_filter;   /* inside the upper end of a range, where [ closes */
	bool saw_subject; /* `?` was read since this was cleared */
	uint8_t *failed;  /* for each byte of the text, the ways that were tried there in vain; NULL: none yet
			   */
} parser;

rc parse_fail(parser *p, uint32_t at, const char *id);
rc parse_node(parser *p, node_kind kind, uint32_t at, node **out);
void parse_next(parser *p);
bool parse_word(const parser *p, str word);
void scope_declare(parser *p, pscope *s, str name, const feel_type *type);
/* The current token is a word: the longest known name that stands there, or the words as an unknown one. */
rc parse_name(parser *p, node **out);
/* The words that stand there, of any meaning, as a name: up to a keyword or a sign. */
str parse_words(parser *p);
/* Everything up to `stop` as the name of an entry, a parameter, an argument. */
rc parse_raw_name(parser *p, str *out);
rc parse_path_name(parser *p, const feel_type *of, str *out, const feel_type **type);
rc parse_type(parser *p, const feel_type **out);
bool parse_named_ahead(const parser *p);
/* A name that occurs twice, or the empty text. */
str parse_twice(parser *p, const str *names, size_t n);
/* A text of its own within the scopes of p; kept in *out, whose root is the tree. */
rc parse_inside(parser *p, str text, feel_mode mode, feel_expr **out);

/* feel_expr_suits, of a tree. */
bool parse_suits(const node *n, feel_mode mode, const feel_type *type);

/* scope.c */
typedef struct scope_hit {
	str name;
	uint32_t slot;
	const feel_type *type;
	uint32_t length; /* bytes of the text taken */
} scope_hit;

bool scope_longest(const feel_scope *s, str text, uint32_t at, scope_hit *hit);
bool scope_type_longest(const feel_scope *s, str text, uint32_t at, scope_hit *hit);
/* Types of `s` are those of `from`, which must be complete. */
void scope_share_types(feel_scope *s, const feel_scope *from);
bool scope_unknown_ok(const feel_scope *s);

/* builtin.c */
const builtin *builtin_longest(str text, uint32_t at, uint32_t *length);
const builtin *builtin_named(str name);
feel_value builtin_value(arena *a, const builtin *b);
/* Brings arguments into the order of a signature; false when none fits. `names` NULL: positional. */
bool builtin_bind(const builtin *b, const str *names, const feel_value *arg, size_t n, feel_value *out,
		  size_t *nout);

enum { BUILTIN_PARAMS_MAX = 8 };

/* How deep one evaluation may go. Counted, so that the same expression ends in the same way in every build;
 * at the limit an optimised build has used less than 1.8 MB of stack. A thread that evaluates needs 4 MB. */
enum { EVAL_DEPTH_MAX = 1500 };

/* eval.c */
feel_value eval(run *r, const node *n, frame *fr);
/* The limit `id` is reached: ends the evaluation with RC_LIMIT. */
feel_value eval_stop(run *r, const node *n, const char *id);
bool eval_step(run *r, const node *n); /* one unit of work; false: the limit is reached */
/* What is done in one go beside the walk, in units of a step. */
void eval_cost(run *r, size_t steps);
bool eval_room(run *r, const node *n, size_t bytes);
feel_value fail_null(run *r, const node *at, const char *id);
feel_value fail_null_about(run *r, const node *at, const char *id, str about);
feel_value eval_in(run *r, const node *at, feel_value x, feel_value test);
/* The value that reasons its null by x if x is null, else a new reason. */
feel_value null_from(run *r, const node *at, feel_value x, const char *id);

/* ops.c */
feel_value op_arith(run *r, const node *n, feel_value x, feel_value y);
/* As feel_equal, its work counted. */
feel_value op_equal(run *r, feel_value x, feel_value y);
feel_value op_negate(run *r, const node *n, feel_value x);
feel_value op_compare(run *r, const node *n, node_kind op, feel_value x, feel_value y);
feel_value op_path(run *r, const node *n, feel_value x, str name);
feel_value op_range_has(run *r, const node *n, const feel_range *range, feel_value x);

/* call.c */
feel_value call_value(run *r, const node *at, feel_value fn, const str *names, const feel_value *arg,
		      size_t n);
const feel_type *function_type(arena *a, const feel_function *fn);
feel_value eval_table(run *r, const node *n, frame *fr);
feel_value coerce(run *r, const node *at, const feel_type *type, feel_value v);

/* text.c: strings by code point */
size_t text_length(str s);
size_t text_offset(str s, size_t chars);

/* A list under construction, bounded by the arena. */
typedef VEC(feel_value) values;

static inline feel_value
values_list(const values *v)
{
	return feel_list(v->v, v->n);
}

/* A list of one stands for its element where no list is asked for. */
static inline feel_value
single(feel_value v)
{
	return v.kind == FEEL_LIST && v.list.n == 1 ? v.list.v[0] : v;
}
