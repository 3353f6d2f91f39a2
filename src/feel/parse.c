/* parse.c - the grammar of DMN 1.5 §10.3.1 by recursive descent, loosest binding first:
 *
 *   if for some every function  <  or  <  and  <  = != < <= > >= between in  <  + -  <  * /  <  **  <  -x
 *   <  instance of  <  . [] ()  <  literals, names, ( ), [ ], { }
 *
 * Two places need a second look: the upper end of a range, where [ may close or filter, and what follows `in
 * (`. There the parser tries the longer reading and returns; the number of nodes made in all is bounded, so
 * tries cannot pile up. */
#include "feel/priv.h"

enum { NODES_MAX = 400 * 1000 };

static rc p_expr(parser *p, node **out);
static rc p_add(parser *p, node **out);
static rc p_test(parser *p, node **out);

rc
parse_fail(parser *p, uint32_t at, const char *id)
{
	feel_place place = place_of(p->e, at);
	lexeme t = lex(p->text, at);
	const fault_arg args[] = {FA_INT("line", place.line),
				  FA_INT("column", place.column),
				  FA_INT("offset", place.offset),
				  FA_STR("near", str_sub(p->text, t.at, t.end - t.at)),
				  {0}};

	fault_set(p->f, RC_INVALID, id, __FILE__, args);
	return RC_INVALID;
}

rc
parse_node(parser *p, node_kind kind, uint32_t at, node **out)
{
	if (++p->nodes > NODES_MAX || arena_left(p->a) < 4096)
		return FAIL(p->f, RC_LIMIT, "feel.limit.size");
	node *n = arena_new(p->a, node);
	n->kind = kind;
	if (p->e)
		n->place = place_of(p->e, at);
	*out = n;
	return RC_OK;
}

static rc
with_kids(parser *p, node_kind kind, uint32_t at, size_t count, node *const *kids, node **out)
{
	node *n;

	TRY(parse_node(p, kind, at, &n));
	n->kid = arena_array(p->a, node *, count);
	n->n = count;
	if (count > 0)
		memcpy(n->kid, kids, count * sizeof *kids); /* `kids` may be `out` itself */
	*out = n;
	return RC_OK;
}

void
parse_next(parser *p)
{
	p->tok = lex(p->text, p->tok.end);
}

static rc
expect(parser *p, token t, const char *id)
{
	if (p->tok.t != t)
		return parse_fail(p, p->tok.at, id);
	parse_next(p);
	return RC_OK;
}

static rc
expect_word(parser *p, str word, const char *id)
{
	if (!parse_word(p, word))
		return parse_fail(p, p->tok.at, id);
	parse_next(p);
	return RC_OK;
}

static pscope *
scope_push(parser *p, frame_kind kind)
{
	pscope *s = arena_new(p->a, pscope);

	s->up = p->scope;
	s->kind = kind;
	p->scope = s;
	return s;
}

static const feel_type *
list_type(parser *p, const feel_type *elem)
{
	feel_type *t = arena_new(p->a, feel_type);

	*t = (feel_type){.kind = FEEL_T_LIST, .elem = elem};
	return t;
}

static const feel_type *
elem_type(const feel_type *t)
{
	return t && t->kind == FEEL_T_LIST ? t->elem : t;
}

/* literals */

static rc
p_number(parser *p, node **out)
{
	TRY(parse_node(p, N_LITERAL, p->tok.at, out));
	dec v;
	if (!dec_parse(str_sub(p->text, p->tok.at, p->tok.end - p->tok.at), &v))
		return parse_fail(p, p->tok.at, "feel.syntax.number");
	(*out)->value = feel_number(v);
	(*out)->type = feel_type_named(STR("number"));
	parse_next(p);
	return RC_OK;
}

static rc
p_text(parser *p, str *out)
{
	str raw = str_sub(p->text, p->tok.at + 1, p->tok.end - p->tok.at - 2);

	if (!lex_unescape(p->a, raw, out))
		return parse_fail(p, p->tok.at, "feel.syntax.escape");
	parse_next(p);
	return RC_OK;
}

static rc
p_string(parser *p, node **out)
{
	str s;

	TRY(parse_node(p, N_LITERAL, p->tok.at, out));
	TRY(p_text(p, &s));
	(*out)->value = feel_string(s);
	(*out)->type = feel_type_named(STR("string"));
	return RC_OK;
}

/* @"2024-01-31"; one with a named zone waits for the zones of the evaluation. */
static rc
p_temporal(parser *p, node **out)
{
	uint32_t at = p->tok.at;

	parse_next(p);
	if (p->tok.t != T_STRING)
		return parse_fail(p, at, "feel.syntax.temporal");
	TRY(parse_node(p, N_TEMPORAL, at, out));
	TRY(p_text(p, &(*out)->name));
	if (feel_parse_temporal((*out)->name, NULL, &(*out)->value))
		(*out)->kind = N_LITERAL;
	else if (str_find_char((*out)->name, '@') < 0 && !scope_unknown_ok(p->global))
		return parse_fail(p, at, "feel.syntax.temporal");
	return RC_OK;
}

/* ranges */

static bool
range_close(token t)
{
	return t == T_CLOSE || t == T_RBRACKET || t == T_LBRACKET;
}

/* A way that is tried first and given up is not tried there again: what stands inside is read again with what
 * stands around it, and n of them in each other would be 2^n attempts. */
enum { WAY_LIST = 1, WAY_LIST_IN_RANGE = 2, WAY_FILTER = 4 };

static bool
has_failed(const parser *p, uint32_t at, unsigned way)
{
	return p->failed && (p->failed[at] & way);
}

static void
note_failed(parser *p, uint32_t at, unsigned way)
{
	if (!p->failed) {
		p->failed = arena_alloc(p->a, p->text.n + 1);
		memset(p->failed, 0, p->text.n + 1);
	}
	p->failed[at] |= (uint8_t)way;
}

/* After "..": the upper end and the bracket. `]1..x[1]` may filter or close; filter if that leaves a bracket.
 */
static rc
p_range_end(parser *p, uint32_t at, node *lo, bool lo_closed, node **out)
{
	node *hi = NULL;
	lexeme saved = p->tok;
	bool outer = p->no_filter, vain = has_failed(p, saved.at, WAY_FILTER);

	p->no_filter = false;
	rc r = vain ? RC_INVALID : p_expr(p, &hi);
	if (r == RC_LIMIT)
		return r;
	if (r != RC_OK || !range_close(p->tok.t)) {
		note_failed(p, saved.at, WAY_FILTER);
		fault_clear(p->f);
		p->tok = saved;
		p->no_filter = true;
		TRY(p_expr(p, &hi));
	}
	p->no_filter = outer;
	if (!range_close(p->tok.t))
		return parse_fail(p, p->tok.at, "feel.syntax.range");
	TRY(with_kids(p, N_RANGE, at, 2, (node *[]){lo, hi}, out));
	(*out)->lo_closed = lo_closed;
	(*out)->hi_closed = p->tok.t == T_RBRACKET;
	parse_next(p);
	return RC_OK;
}

static bool
test_sign(token t)
{
	return t == T_LT || t == T_LE || t == T_GT || t == T_GE || t == T_EQ || t == T_NE;
}

/* < 5: a range that is open on one side; = 5 is [5..5] */
static rc
p_test_op(parser *p, node **out)
{
	token t = p->tok.t;
	uint32_t at = p->tok.at;
	node *end;

	parse_next(p);
	TRY(p_add(p, &end));
	TRY(with_kids(p, t == T_NE ? N_NOT_EQUAL_TEST : N_TEST_OP, at, 1, &end, out));
	(*out)->index = (uint32_t)(t == T_EQ   ? N_EQ
				   : t == T_LT ? N_LT
				   : t == T_LE ? N_LE
				   : t == T_GT ? N_GT
					       : N_GE);
	return RC_OK;
}

static rc
p_paren(parser *p, node **out)
{
	uint32_t at = p->tok.at;
	bool outer = p->no_filter;

	parse_next(p);
	p->no_filter = false;
	if (test_sign(p->tok.t))
		TRY(p_test_op(p, out));
	else
		TRY(p_expr(p, out));
	p->no_filter = outer;
	if (p->tok.t == T_DOTS) {
		parse_next(p);
		return p_range_end(p, at, *out, false, out);
	}
	return expect(p, T_CLOSE, "feel.syntax.close");
}

static rc
p_open_range(parser *p, node **out)
{
	uint32_t at = p->tok.at;
	node *lo;

	parse_next(p);
	TRY(p_expr(p, &lo));
	TRY(expect(p, T_DOTS, "feel.syntax.range"));
	return p_range_end(p, at, lo, false, out);
}

static rc
p_list(parser *p, node **out)
{
	uint32_t at = p->tok.at;
	VEC(node *) items = {0};
	bool outer = p->no_filter;

	parse_next(p);
	p->no_filter = false;
	while (p->tok.t != T_RBRACKET) {
		node *item;
		if (items.n > 0)
			TRY(expect(p, T_COMMA, "feel.syntax.list"));
		if (test_sign(p->tok.t))
			TRY(p_test_op(p, &item));
		else
			TRY(p_expr(p, &item));
		if (items.n == 0 && p->tok.t == T_DOTS) {
			parse_next(p);
			p->no_filter = outer;
			return p_range_end(p, at, item, true, out);
		}
		*vec_add(p->a, &items) = item;
	}
	parse_next(p);
	p->no_filter = outer;
	TRY(with_kids(p, N_LIST, at, items.n, items.v, out));
	(*out)->type = list_type(p, items.n ? items.v[0]->type : NULL);
	return RC_OK;
}

/* contexts and functions */

static rc
p_key(parser *p, str *name)
{
	if (p->tok.t == T_STRING)
		return p_text(p, name);
	return parse_raw_name(p, name);
}

/* { a: 1, b: a + 1 }: an entry sees those before it, and a function sees itself. */
static rc
p_context(parser *p, node **out)
{
	node *n;
	VEC(node *) kids = {0};
	bool outer = p->no_filter;

	TRY(parse_node(p, N_CONTEXT, p->tok.at, &n));
	parse_next(p);
	p->no_filter = false;
	pscope *s = scope_push(p, FRAME_VARS);
	while (p->tok.t != T_RBRACE) {
		node *value;
		str name = {0};
		if (kids.n > 0)
			TRY(expect(p, T_COMMA, "feel.syntax.context"));
		TRY(p_key(p, &name));
		TRY(expect(p, T_COLON, "feel.syntax.context"));
		bool itself = parse_word(p, STR("function"));
		if (itself)
			scope_declare(p, s, name, NULL);
		TRY(p_expr(p, &value));
		if (!itself)
			scope_declare(p, s, name, value->type);
		s->types.v[s->types.n - 1] = value->type;
		*vec_add(p->a, &kids) = value;
	}
	parse_next(p);
	p->scope = s->up;
	p->no_filter = outer;
	n->kid = kids.v;
	n->n = kids.n;
	n->names = s->names.v;
	n->name = parse_twice(p, s->names.v, kids.n);
	feel_field *field = arena_array(p->a, feel_field, kids.n);
	for (size_t i = 0; i < kids.n; i++)
		field[i] = (feel_field){s->names.v[i], s->types.v[i]};
	feel_type *t = arena_new(p->a, feel_type);
	*t = (feel_type){.kind = FEEL_T_CONTEXT, .inferred = true, .nfields = kids.n, .field = field};
	n->type = t;
	*out = n;
	return RC_OK;
}

/* function(a: number, b) body */
static rc
p_function(parser *p, node **out)
{
	node *n;
	feel_type *t = arena_new(p->a, feel_type);
	uint32_t at = p->tok.at;

	TRY(parse_node(p, N_FUNCTION, at, &n));
	parse_next(p);
	TRY(expect(p, T_OPEN, "feel.syntax.function"));
	pscope *s = scope_push(p, FRAME_VARS);
	while (p->tok.t != T_CLOSE) {
		str name;
		const feel_type *type = NULL;
		if (s->names.n > 0)
			TRY(expect(p, T_COMMA, "feel.syntax.function"));
		TRY(p_key(p, &name));
		if (p->tok.t == T_COLON) {
			parse_next(p);
			TRY(parse_type(p, &type));
		}
		scope_declare(p, s, name, type);
	}
	parse_next(p);
	size_t count = s->names.n;
	bool external = parse_word(p, STR("external"));
	if (external)
		parse_next(p);
	node *body;
	TRY(p_expr(p, &body));
	if (external)
		TRY(parse_node(p, N_EXTERNAL, at, &body));
	p->scope = s->up;
	n->kid = arena_array(p->a, node *, 1);
	n->kid[0] = body;
	n->n = 1;
	n->names = s->names.v;
	n->types = s->types.v;
	n->index = (uint32_t)count;
	feel_field *param = arena_array(p->a, feel_field, count);
	for (size_t i = 0; i < count; i++)
		param[i].type = s->types.v[i];
	*t = (feel_type){.kind = FEEL_T_FUNCTION, .field = param, .nfields = count, .elem = body->type};
	n->type = t;
	*out = n;
	return RC_OK;
}

/* if, for, some, every */

static rc
p_if(parser *p, node **out)
{
	node *kid[3];
	uint32_t at = p->tok.at;

	parse_next(p);
	TRY(p_expr(p, &kid[0]));
	TRY(expect_word(p, STR("then"), "feel.syntax.then"));
	TRY(p_expr(p, &kid[1]));
	TRY(expect_word(p, STR("else"), "feel.syntax.else"));
	TRY(p_expr(p, &kid[2]));
	TRY(with_kids(p, N_IF, at, 3, kid, out));
	(*out)->type = kid[1]->type ? kid[1]->type : kid[2]->type;
	return RC_OK;
}

/* The words up to `in`. */
static rc
p_loop_name(parser *p, str *name)
{
	if (p->tok.t != T_WORD)
		return parse_fail(p, p->tok.at, "feel.syntax.name");
	*name = parse_words(p);
	return expect_word(p, STR("in"), "feel.syntax.in");
}

/* What a loop runs over: a list, or 1..n */
static rc
p_domain(parser *p, node **out)
{
	node *hi;
	uint32_t at = p->tok.at;

	TRY(p_expr(p, out));
	if (p->tok.t != T_DOTS)
		return RC_OK;
	parse_next(p);
	TRY(p_expr(p, &hi));
	TRY(with_kids(p, N_RANGE, at, 2, (node *[]){*out, hi}, out));
	(*out)->lo_closed = (*out)->hi_closed = (*out)->negated = true;
	return RC_OK;
}

/* for a in x, b in y return body: kids are the domains, then the body. */
static rc
p_loop(parser *p, node_kind kind, node **out)
{
	node *n, *kid;
	VEC(node *) kids = {0};

	TRY(parse_node(p, kind, p->tok.at, &n));
	parse_next(p);
	pscope *s = scope_push(p, FRAME_VARS);
	do {
		str name;
		if (kids.n > 0)
			parse_next(p);
		TRY(p_loop_name(p, &name));
		TRY(p_domain(p, &kid));
		scope_declare(p, s, name, elem_type(kid->type));
		*vec_add(p->a, &kids) = kid;
	} while (p->tok.t == T_COMMA);
	n->index = (uint32_t)kids.n;
	if (kind == N_FOR) {
		TRY(expect_word(p, STR("return"), "feel.syntax.return"));
		scope_declare(p, s, STR("partial"), NULL);
	} else {
		TRY(expect_word(p, STR("satisfies"), "feel.syntax.satisfies"));
	}
	TRY(p_expr(p, &kid));
	*vec_add(p->a, &kids) = kid;
	p->scope = s->up;
	n->kid = kids.v;
	n->n = kids.n;
	n->type = kind == N_FOR ? list_type(p, kid->type) : feel_type_named(STR("boolean"));
	*out = n;
	return RC_OK;
}

/* postfix: path, filter, call */

static rc
p_path(parser *p, node *of, node **out)
{
	uint32_t at = p->tok.at;
	str name = {0};
	const feel_type *type;

	parse_next(p);
	TRY(parse_path_name(p, of->type, &name, &type));
	TRY(with_kids(p, N_PATH, at, 1, &of, out));
	(*out)->name = name;
	(*out)->type = of->type && of->type->kind == FEEL_T_LIST ? list_type(p, type) : type;
	return RC_OK;
}

static rc
p_filter(parser *p, node *of, node **out)
{
	uint32_t at = p->tok.at;
	node *by;
	bool outer = p->no_filter;

	parse_next(p);
	p->no_filter = false;
	pscope *s = scope_push(p, FRAME_FILTER);
	s->item = elem_type(of->type);
	scope_declare(p, s, STR("item"), s->item);
	TRY(p_expr(p, &by));
	p->scope = s->up;
	p->no_filter = outer;
	TRY(expect(p, T_RBRACKET, "feel.syntax.filter"));
	TRY(with_kids(p, N_FILTER, at, 2, (node *[]){of, by}, out));
	(*out)->type =
		by->kind == N_LITERAL && by->value.kind == FEEL_NUMBER ? elem_type(of->type) : of->type;
	return RC_OK;
}

static rc
p_call(parser *p, node *fn, node **out)
{
	uint32_t at = p->tok.at;
	VEC(node *) kids = {0};
	VEC(str) names = {0};
	bool outer = p->no_filter;

	parse_next(p);
	p->no_filter = false;
	*vec_add(p->a, &kids) = fn;
	bool named = p->tok.t != T_CLOSE && parse_named_ahead(p);
	while (p->tok.t != T_CLOSE) {
		node *arg;
		if (kids.n > 1)
			TRY(expect(p, T_COMMA, "feel.syntax.call"));
		if (named) {
			TRY(p_key(p, vec_add(p->a, &names)));
			TRY(expect(p, T_COLON, "feel.syntax.call"));
		}
		if (test_sign(p->tok.t))
			TRY(p_test_op(p, &arg));
		else
			TRY(p_expr(p, &arg));
		*vec_add(p->a, &kids) = arg;
	}
	parse_next(p);
	p->no_filter = outer;
	TRY(with_kids(p, N_CALL, at, kids.n, kids.v, out));
	(*out)->names = named ? names.v : NULL;
	(*out)->type = fn->type && fn->type->kind == FEEL_T_FUNCTION ? fn->type->elem : NULL;
	return RC_OK;
}

static rc
p_primary(parser *p, node **out)
{
	switch ((int)p->tok.t) {
	case T_NUMBER:
		return p_number(p, out);
	case T_STRING:
		return p_string(p, out);
	case T_AT:
		return p_temporal(p, out);
	case T_OPEN:
		return p_paren(p, out);
	case T_LBRACKET:
		return p_list(p, out);
	case T_RBRACKET:
		return p_open_range(p, out);
	case T_LBRACE:
		return p_context(p, out);
	case T_WORD:
		return parse_name(p, out);
	case T_END:
		return parse_fail(p, p->tok.at, "feel.syntax.end");
	default:
		return parse_fail(p, p->tok.at, "feel.syntax.operand");
	}
}

static rc
p_postfix(parser *p, node **out)
{
	TRY(p_primary(p, out));
	for (;;) {
		if (p->tok.t == T_DOT)
			TRY(p_path(p, *out, out));
		else if (p->tok.t == T_LBRACKET && !p->no_filter)
			TRY(p_filter(p, *out, out));
		else if (p->tok.t == T_OPEN)
			TRY(p_call(p, *out, out));
		else
			return RC_OK;
	}
}

/* operators */

static rc
p_instance(parser *p, node **out)
{
	TRY(p_postfix(p, out));
	while (parse_word(p, STR("instance"))) {
		uint32_t at = p->tok.at;
		const feel_type *type;
		parse_next(p);
		TRY(expect_word(p, STR("of"), "feel.syntax.instance"));
		TRY(parse_type(p, &type));
		TRY(with_kids(p, N_INSTANCE, at, 1, out, out));
		(*out)->types = arena_array(p->a, const feel_type *, 1);
		(*out)->types[0] = type;
	}
	return RC_OK;
}

static rc
p_negate(parser *p, node **out)
{
	uint32_t at = p->tok.at;
	unsigned signs = 0;

	while (p->tok.t == T_MINUS) {
		signs++;
		parse_next(p);
	}
	TRY(p_instance(p, out));
	if (signs > FEEL_DEPTH_MAX)
		return FAIL(p->f, RC_LIMIT, "feel.limit.depth", FA_INT("max", FEEL_DEPTH_MAX));
	for (; signs > 0; signs--)
		TRY(with_kids(p, N_NEGATE, at, 1, out, out));
	return RC_OK;
}

typedef rc level(parser *p, node **out);

/* kind of the binary operator at the token, or N_LITERAL */
static node_kind
binary(token t)
{
	switch ((int)t) {
	case T_PLUS:
		return N_ADD;
	case T_MINUS:
		return N_SUB;
	case T_STAR:
		return N_MUL;
	case T_SLASH:
		return N_DIV;
	case T_POW:
		return N_POW;
	default:
		return N_LITERAL;
	}
}

/* A chain, left to right; its length adds to the depth of the tree, which evaluation walks by recursion. */
static rc
p_chain(parser *p, level *below, token a, token b, node **out)
{
	unsigned links = 0;

	*out = NULL;
	TRY(below(p, out));
	while (p->tok.t == a || p->tok.t == b) {
		node *kid[2] = {*out, NULL};
		token t = p->tok.t;
		uint32_t at = p->tok.at;
		parse_next(p);
		TRY(below(p, &kid[1]));
		TRY(with_kids(p, binary(t), at, 2, kid, out));
		if (++links > 2000)
			return FAIL(p->f, RC_LIMIT, "feel.limit.size");
	}
	return RC_OK;
}

static rc
p_pow(parser *p, node **out)
{
	return p_chain(p, p_negate, T_POW, T_POW, out);
}

static rc
p_mul(parser *p, node **out)
{
	return p_chain(p, p_pow, T_STAR, T_SLASH, out);
}

static rc
p_add(parser *p, node **out)
{
	return p_chain(p, p_mul, T_PLUS, T_MINUS, out);
}

static rc
p_between(parser *p, node *x, node **out)
{
	node *kid[3] = {x, NULL, NULL};
	uint32_t at = p->tok.at;

	parse_next(p);
	TRY(p_add(p, &kid[1]));
	TRY(expect_word(p, STR("and"), "feel.syntax.between"));
	TRY(p_add(p, &kid[2]));
	return with_kids(p, N_BETWEEN, at, 3, kid, out);
}

/* ( test, test ): false when it turns out to be the start of something longer */
static rc
p_in_list(parser *p, void *kids_, bool *ok)
{
	VEC(node *) *kids = kids_;

	*ok = false;
	parse_next(p);
	do {
		node *test;
		if (p->tok.t == T_COMMA)
			parse_next(p);
		TRY(p_test(p, &test));
		*vec_add(p->a, kids) = test;
	} while (p->tok.t == T_COMMA);
	if (p->tok.t != T_CLOSE)
		return RC_OK;
	parse_next(p);
	*ok = p->tok.t != T_DOT && p->tok.t != T_LBRACKET && p->tok.t != T_OPEN &&
	      binary(p->tok.t) == N_LITERAL;
	return RC_OK;
}

static rc
p_in(parser *p, node *x, node **out)
{
	typedef VEC(node *) nodes;
	nodes kids = {0};
	node *test;
	uint32_t at = p->tok.at;

	parse_next(p);
	*vec_add(p->a, &kids) = x;
	unsigned way = p->no_filter ? WAY_LIST_IN_RANGE : WAY_LIST;
	if (p->tok.t == T_OPEN && !has_failed(p, p->tok.at, way)) {
		lexeme saved = p->tok;
		bool ok = false;
		rc r = p_in_list(p, &kids, &ok);
		if (r == RC_LIMIT)
			return r;
		if (r == RC_OK && ok)
			return with_kids(p, N_IN, at, kids.n, kids.v, out);
		note_failed(p, saved.at, way);
		fault_clear(p->f);
		p->tok = saved;
		kids.n = 1;
	}
	if (test_sign(p->tok.t))
		TRY(p_test_op(p, &test));
	else
		TRY(p_add(p, &test));
	*vec_add(p->a, &kids) = test;
	return with_kids(p, N_IN, at, kids.n, kids.v, out);
}

static rc
p_compare(parser *p, node **out)
{
	static const node_kind kind[] = {
		[T_EQ] = N_EQ, [T_NE] = N_NE, [T_LT] = N_LT, [T_LE] = N_LE, [T_GT] = N_GT, [T_GE] = N_GE,
	};

	TRY(p_add(p, out));
	for (unsigned links = 0; links < FEEL_DEPTH_MAX; links++) {
		if (test_sign(p->tok.t)) {
			node *kid[2] = {*out, NULL};
			lexeme op = p->tok;
			parse_next(p);
			TRY(p_add(p, &kid[1]));
			TRY(with_kids(p, kind[op.t], op.at, 2, kid, out));
		} else if (parse_word(p, STR("between"))) {
			TRY(p_between(p, *out, out));
		} else if (parse_word(p, STR("in"))) {
			TRY(p_in(p, *out, out));
		} else {
			return RC_OK;
		}
	}
	return FAIL(p->f, RC_LIMIT, "feel.limit.depth", FA_INT("max", FEEL_DEPTH_MAX));
}

/* a and b and c is one node of many kids: long conditions do not deepen the tree. */
static rc
p_logic(parser *p, level *below, str word, node_kind kind, node **out)
{
	VEC(node *) kids = {0};
	uint32_t at = p->tok.at;

	TRY(below(p, out));
	if (!parse_word(p, word))
		return RC_OK;
	*vec_add(p->a, &kids) = *out;
	while (parse_word(p, word)) {
		node *kid;
		parse_next(p);
		TRY(below(p, &kid));
		*vec_add(p->a, &kids) = kid;
	}
	return with_kids(p, kind, at, kids.n, kids.v, out);
}

static rc
p_and(parser *p, node **out)
{
	return p_logic(p, p_compare, STR("and"), N_AND, out);
}

static rc
p_open_expr(parser *p, node **out)
{
	/* A name in scope may begin with a keyword: `for each`, `if any`. */
	scope_hit hit;
	bool name = p->tok.t == T_WORD && scope_longest(p->global, p->text, p->tok.at, &hit) &&
		    hit.length > p->tok.end - p->tok.at;

	if (!name && parse_word(p, STR("if")))
		return p_if(p, out);
	if (!name && parse_word(p, STR("for")))
		return p_loop(p, N_FOR, out);
	if (!name && parse_word(p, STR("some")))
		return p_loop(p, N_SOME, out);
	if (!name && parse_word(p, STR("every")))
		return p_loop(p, N_EVERY, out);
	if (!name && parse_word(p, STR("function")) && lex(p->text, p->tok.end).t == T_OPEN)
		return p_function(p, out);
	return p_logic(p, p_and, STR("or"), N_OR, out);
}

static rc
p_expr(parser *p, node **out)
{
	if (++p->depth > FEEL_DEPTH_MAX)
		return FAIL(p->f, RC_LIMIT, "feel.limit.depth", FA_INT("max", FEEL_DEPTH_MAX));
	pscope *scope = p->scope;
	unsigned depth = p->depth;
	rc r = p_open_expr(p, out);
	p->scope = scope; /* also after a failure that a caller recovers from */
	p->depth = depth - 1;
	return r;
}

/* unary tests */

static rc
p_test(parser *p, node **out)
{
	bool outer = p->saw_subject;

	p->saw_subject = false;
	if (test_sign(p->tok.t))
		TRY(p_test_op(p, out));
	else
		TRY(p_expr(p, out));
	(*out)->uses_subject = p->saw_subject;
	p->saw_subject = p->saw_subject || outer;
	return RC_OK;
}

static rc
p_test_list(parser *p, node **out)
{
	VEC(node *) kids = {0};
	uint32_t at = p->tok.at;

	do {
		node *test;
		if (kids.n > 0)
			parse_next(p);
		TRY(p_test(p, &test));
		*vec_add(p->a, &kids) = test;
	} while (p->tok.t == T_COMMA);
	return with_kids(p, N_TESTS, at, kids.n, kids.v, out);
}

/* not( ... ) around everything negates; inside an expression `not` is a function. */
static rc
p_negated(parser *p, node **out, bool *ok)
{
	lexeme saved = p->tok;

	*ok = false;
	parse_next(p);
	if (p->tok.t != T_OPEN) {
		p->tok = saved;
		return RC_OK;
	}
	parse_next(p);
	rc r = p_test_list(p, out);
	if (r == RC_LIMIT)
		return r;
	if (r == RC_OK && p->tok.t == T_CLOSE && lex(p->text, p->tok.end).t == T_END) {
		parse_next(p);
		(*out)->negated = true;
		*ok = true;
		return RC_OK;
	}
	fault_clear(p->f);
	p->tok = saved;
	return RC_OK;
}

static rc
p_tests(parser *p, node **out)
{
	bool ok = false;

	pscope *s = scope_push(p, FRAME_VARS);
	scope_declare(p, s, STR("?"), NULL);
	if (p->tok.t == T_MINUS && lex(p->text, p->tok.end).t == T_END) {
		parse_next(p);
		return parse_node(p, N_DASH, 0, out);
	}
	if (parse_word(p, STR("not")))
		TRY(p_negated(p, out, &ok));
	return ok ? RC_OK : p_test_list(p, out);
}

rc
parse_inside(parser *p, str text, feel_mode mode, feel_expr **out)
{
	feel_expr *e = arena_new(p->a, feel_expr);
	parser outer = *p;

	if (text.n > FEEL_SOURCE_MAX)
		return FAIL(p->f, RC_LIMIT, "feel.limit.source", FA_INT("max", FEEL_SOURCE_MAX));
	e->mode = mode;
	normalise(p->a, e, str_dup(p->a, text));
	p->e = e;
	p->text = e->text;
	p->tok = (lexeme){0};
	p->no_filter = false;
	p->failed = NULL;
	parse_next(p);
	rc r = mode == FEEL_UNARY_TESTS ? p_tests(p, &e->root) : p_expr(p, &e->root);
	if (r == RC_OK && p->tok.t != T_END)
		r = parse_fail(p, p->tok.at, "feel.syntax.more");
	size_t nodes = p->nodes;
	*p = outer;
	p->nodes = nodes;
	*out = e;
	return r;
}

rc
feel_parse(arena *a, fault *f, str text, const feel_scope *names, feel_mode mode, feel_expr **out)
{
	parser p = {.a = a, .f = f, .global = names};

	return parse_inside(&p, text, mode, out);
}

str
feel_expr_text(const feel_expr *e)
{
	return e->text;
}

size_t
feel_expr_notices(const feel_expr *e, const feel_notice **out)
{
	*out = e->notices.v;
	return e->notices.n;
}

size_t
feel_expr_slots(const feel_expr *e, const uint32_t **out)
{
	*out = e->slots.v;
	return e->slots.n;
}

const feel_type *
feel_expr_type(const feel_expr *e)
{
	return e->root->type;
}

/* May a value of the node's type stand where one of the type is asked for?  A list is asked for its elements:
 * DMN brings a list of one to its element, and a test takes a list as its members. */
static bool
node_suits(const node *n, const feel_type *type)
{
	if (n->kind == N_LIST) {
		for (size_t i = 0; i < n->n; i++)
			if (!node_suits(n->kid[i], type->kind == FEEL_T_LIST ? type->elem : type))
				return false;
		return true;
	}
	if (!type)
		return true;
	if (type->kind == FEEL_T_LIST && n->type && n->type->kind != FEEL_T_LIST)
		return node_suits(n, type->elem);
	bool day = n->type && n->type->kind == FEEL_T_DATE && type->kind == FEEL_T_DATE_TIME;
	return day || !n->type || n->type->kind == FEEL_T_ANY || n->type->kind == FEEL_T_LIST ||
	       feel_type_conforms(n->type, type);
}

static bool
test_suits(const node *n, const feel_type *type)
{
	if (n->uses_subject || n->kind == N_DASH)
		return true;
	bool ends = n->kind == N_TEST_OP || n->kind == N_NOT_EQUAL_TEST || n->kind == N_RANGE;
	for (size_t i = 0; ends && i < n->n; i++)
		if (!node_suits(n->kid[i], type))
			return false;
	/* what computes true or false, or a range, is a test of its own */
	bool own = n->kind != N_LITERAL && n->type &&
		   (n->type->kind == FEEL_T_BOOL || n->type->kind == FEEL_T_RANGE);
	return ends || own || node_suits(n, type);
}

bool
parse_suits(const node *n, feel_mode mode, const feel_type *type)
{
	if (!type || type->kind == FEEL_T_ANY)
		return true;
	if (mode == FEEL_EXPRESSION)
		return node_suits(n, type);
	for (size_t i = 0; n->kind == N_TESTS && i < n->n; i++)
		if (!test_suits(n->kid[i], type))
			return false;
	return true;
}

bool
feel_expr_suits(const feel_expr *e, const feel_type *type)
{
	return parse_suits(e->root, e->mode, type);
}

bool
feel_expr_is_dash(const feel_expr *e)
{
	return e->root->kind == N_DASH;
}
