/* names.c - names and types in the source: the part of parsing where the text cannot be read without knowing
 * what is in scope. Longest name first; of two equally long the innermost. */
#include "base/map.h"
#include "feel/priv.h"

void
scope_declare(parser *p, pscope *s, str name, const feel_type *type)
{
	*vec_add(p->a, &s->names) = name;
	*vec_add(p->a, &s->keys) = lex_canonical(p->a, name);
	*vec_add(p->a, &s->types) = type;
}

/* What stands at a word. `length` 0: nothing known. */
typedef struct found {
	uint32_t length;
	node_kind kind;
	uint16_t depth;
	uint32_t index;
	str name;
	const feel_type *type;
	const builtin *builtin;
	bool in_filter, loose; /* loose: passed a filter whose item is of unknown shape */
} found;

static void
find_field(parser *p, const pscope *s, uint32_t at, found *best)
{
	const feel_type *t = s->item;

	while (t && t->kind == FEEL_T_LIST)
		t = t->elem;
	for (size_t i = 0; t && t->kind == FEEL_T_CONTEXT && i < t->nfields; i++) {
		uint32_t n = lex_match(p->text, at, lex_canonical(p->a, t->field[i].name));
		if (n > best->length)
			*best = (found){.length = n,
					.kind = N_UNKNOWN,
					.name = t->field[i].name,
					.type = t->field[i].type,
					.in_filter = true};
	}
}

/* May an item of this type have entries that the type does not tell? */
static bool
open_shape(const feel_type *t)
{
	while (t && t->kind == FEEL_T_LIST)
		t = t->elem;
	return !t || t->kind == FEEL_T_ANY || t->inferred || (t->kind == FEEL_T_CONTEXT && t->any_shape);
}

static found
find_name(parser *p, uint32_t at)
{
	found best = {0};
	bool in_filter = false, loose = false;
	uint16_t depth = 0;
	uint32_t n;
	scope_hit hit;

	for (const pscope *s = p->scope; s; s = s->up, depth++) {
		p->nodes += s->names.n / 64; /* the search is linear: it counts against the size */
		for (size_t i = s->names.n; i-- > 0;) {
			n = lex_match(p->text, at, s->keys.v[i]);
			if (n > best.length)
				best = (found){.length = n,
					       .kind = N_LOCAL,
					       .depth = depth,
					       .index = (uint32_t)i,
					       .name = s->names.v[i],
					       .type = s->types.v[i],
					       .in_filter = in_filter};
		}
		if (s->kind == FRAME_FILTER) {
			find_field(p, s, at, &best);
			in_filter = true;
			loose = loose || open_shape(s->item);
		}
	}
	if (scope_longest(p->global, p->text, at, &hit) && hit.length > best.length)
		best = (found){.length = hit.length,
			       .kind = N_SLOT,
			       .index = hit.slot,
			       .name = hit.name,
			       .type = hit.type,
			       .in_filter = in_filter};
	const builtin *b = builtin_longest(p->text, at, &n);
	if (b && n > best.length)
		best = (found){.length = n,
			       .kind = N_LITERAL,
			       .builtin = b,
			       .name = str_of(b->name),
			       .in_filter = in_filter};
	best.loose = loose;
	return best;
}

static str
token_text(const parser *p, lexeme t)
{
	return str_sub(p->text, t.at, t.end - t.at);
}

bool
parse_word(const parser *p, str word)
{
	return p->tok.t == T_WORD && str_eq(token_text(p, p->tok), word);
}

/* Text from the first token to the end of the last, white space folded. */
static str
folded(parser *p, uint32_t from, uint32_t to)
{
	buf b = buf_in(p->a);

	for (uint32_t i = from; i < to;) {
		uint32_t next = lex_space(p->text, i);
		if (next > i) {
			buf_c(&b, ' ');
			i = next;
		} else {
			buf_c(&b, p->text.p[i++]);
		}
	}
	return buf_str(&b);
}

str
parse_words(parser *p)
{
	uint32_t from = p->tok.at, to = p->tok.end;

	parse_next(p);
	while (p->tok.t == T_WORD && !lex_keyword(token_text(p, p->tok))) {
		to = p->tok.end;
		parse_next(p);
	}
	return folded(p, from, to);
}

static void
remember_slot(parser *p, uint32_t slot)
{
	for (size_t i = 0; i < p->e->slots.n; i++)
		if (p->e->slots.v[i] == slot)
			return;
	*vec_add(p->a, &p->e->slots) = slot;
}

static rc
literal_word(parser *p, node *n, bool *done)
{
	*done = true;
	if (parse_word(p, STR("true")) || parse_word(p, STR("false")))
		n->value = feel_bool(parse_word(p, STR("true")));
	else if (!parse_word(p, STR("null")))
		*done = false;
	if (*done) {
		n->type = n->value.kind == FEEL_BOOL ? feel_type_named(STR("boolean")) : NULL;
		parse_next(p);
	}
	return RC_OK;
}

static rc
unknown_name(parser *p, node *n, bool loose)
{
	uint32_t at = p->tok.at;

	n->kind = N_UNKNOWN;
	n->name = parse_words(p);
	if (loose || scope_unknown_ok(p->global))
		return RC_OK;
	feel_place place = place_of(p->e, at);
	return FAIL(p->f, RC_INVALID, "feel.name.unknown", FA_STR("name", n->name),
		    FA_INT("line", place.line), FA_INT("column", place.column),
		    FA_INT("offset", place.offset));
}

rc
parse_name(parser *p, node **out)
{
	node *n;
	bool done = false;

	TRY(parse_node(p, N_LITERAL, p->tok.at, &n));
	*out = n;
	found hit = find_name(p, p->tok.at);
	if (hit.length <= p->tok.end - p->tok.at) {
		TRY(literal_word(p, n, &done));
		if (done)
			return RC_OK;
		if (lex_keyword(token_text(p, p->tok)) && hit.length == 0)
			return parse_fail(p, p->tok.at, "feel.syntax.operand");
	}
	if (hit.length > 0) {
		lexeme after = lex(p->text, p->tok.at + hit.length);
		bool goes_on =
			after.t == T_WORD && !lex_keyword(token_text(p, after)) && (hit.loose || hit.builtin);
		if (goes_on)
			hit.length = 0; /* `date of birth`: more of a name than is known */
	}
	if (hit.length == 0)
		return unknown_name(p, n, hit.loose);
	n->kind = hit.kind;
	n->depth = hit.depth;
	n->index = hit.index;
	n->name = hit.name;
	n->type = hit.type;
	n->in_filter = hit.in_filter;
	if (hit.builtin)
		n->value = builtin_value(p->a, hit.builtin);
	if (hit.kind == N_SLOT)
		remember_slot(p, hit.index);
	p->saw_subject = p->saw_subject || str_eq(hit.name, STR("?"));
	p->tok = lex(p->text, p->tok.at + hit.length);
	return RC_OK;
}

rc
parse_path_name(parser *p, const feel_type *of, str *out, const feel_type **type)
{
	uint32_t longest = 0;

	while (of && of->kind == FEEL_T_LIST)
		of = of->elem;
	*type = NULL;
	for (size_t i = 0; of && of->kind == FEEL_T_CONTEXT && i < of->nfields; i++) {
		uint32_t n = lex_match(p->text, p->tok.at, lex_canonical(p->a, of->field[i].name));
		if (n > longest) {
			longest = n;
			*out = of->field[i].name;
			*type = of->field[i].type;
		}
	}
	if (longest > 0) {
		p->tok = lex(p->text, p->tok.at + longest);
		return RC_OK;
	}
	if (p->tok.t != T_WORD)
		return parse_fail(p, p->tok.at, "feel.syntax.name");
	*out = parse_words(p);
	return RC_OK;
}

static bool
name_part(token t)
{
	return t == T_WORD || t == T_NUMBER || t == T_DOT || t == T_MINUS || t == T_PLUS || t == T_STAR ||
	       t == T_SLASH;
}

/* The apostrophe is no token, so a name like Mike's daughter is taken by its characters. */
static uint32_t
raw_end(const parser *p, uint32_t at)
{
	lexeme t = lex(p->text, at);

	while (name_part(t.t) || (t.t == T_BAD && t.at < p->text.n && p->text.p[t.at] == '\'')) {
		at = t.end;
		t = lex(p->text, t.end);
	}
	return at;
}

rc
parse_raw_name(parser *p, str *out)
{
	if (p->tok.t != T_WORD)
		return parse_fail(p, p->tok.at, "feel.syntax.name");
	uint32_t end = raw_end(p, p->tok.at);
	*out = folded(p, p->tok.at, end);
	p->tok = lex(p->text, end);
	return RC_OK;
}

bool
parse_named_ahead(const parser *p)
{
	if (p->tok.t == T_STRING)
		return lex(p->text, p->tok.end).t == T_COLON;
	return p->tok.t == T_WORD && lex(p->text, raw_end(p, p->tok.at)).t == T_COLON;
}

str
parse_twice(parser *p, const str *names, size_t n)
{
	map seen = map_in(p->a);

	for (size_t i = 0; i < n; i++) {
		if (map_get(&seen, names[i]))
			return names[i];
		map_set(&seen, names[i], p);
	}
	return STR("");
}

static rc
expect(parser *p, token t, const char *id)
{
	if (p->tok.t != t)
		return parse_fail(p, p->tok.at, id);
	parse_next(p);
	return RC_OK;
}

/* <name: type, ...> of a context, or <type, ...> of a function */
static rc
type_fields(parser *p, bool named, feel_type *t)
{
	VEC(feel_field) fields = {0};

	while (p->tok.t != T_GT) {
		feel_field field = {0};
		if (fields.n > 0)
			TRY(expect(p, T_COMMA, "feel.syntax.type"));
		if (named) {
			TRY(parse_raw_name(p, &field.name));
			TRY(expect(p, T_COLON, "feel.syntax.type"));
		}
		TRY(parse_type(p, &field.type));
		*vec_add(p->a, &fields) = field;
	}
	parse_next(p);
	t->field = fields.v;
	t->nfields = fields.n;
	return RC_OK;
}

static rc
type_detail(parser *p, feel_type *t)
{
	if (t->kind == FEEL_T_CONTEXT || t->kind == FEEL_T_FUNCTION) {
		TRY(type_fields(p, t->kind == FEEL_T_CONTEXT, t));
		if (t->kind == FEEL_T_CONTEXT)
			return RC_OK;
		TRY(expect(p, T_ARROW, "feel.syntax.type"));
		return parse_type(p, &t->elem);
	}
	TRY(parse_type(p, &t->elem));
	return expect(p, T_GT, "feel.syntax.type");
}

static const feel_type *
type_longest(parser *p, uint32_t *length)
{
	const feel_type *best = NULL, *t;
	scope_hit hit;

	*length = 0;
	for (size_t i = 0; (t = feel_type_builtin(i)); i++) {
		uint32_t n = lex_match(p->text, p->tok.at, t->name);
		if (n > *length) {
			*length = n;
			best = t;
		}
	}
	if (scope_type_longest(p->global, p->text, p->tok.at, &hit) && hit.length >= *length) {
		*length = hit.length;
		best = hit.type;
	}
	return best;
}

static bool
takes_detail(const feel_type *t)
{
	return t->kind == FEEL_T_LIST || t->kind == FEEL_T_RANGE || t->kind == FEEL_T_CONTEXT ||
	       t->kind == FEEL_T_FUNCTION;
}

rc
parse_type(parser *p, const feel_type **out)
{
	uint32_t length;

	if (p->tok.t != T_WORD)
		return parse_fail(p, p->tok.at, "feel.syntax.type");
	if (++p->depth > FEEL_DEPTH_MAX)
		return FAIL(p->f, RC_LIMIT, "feel.limit.depth", FA_INT("max", FEEL_DEPTH_MAX));
	const feel_type *t = type_longest(p, &length);
	if (!t) {
		static const feel_type nothing = {.kind = FEEL_T_NULL, .any_shape = true};
		uint32_t at = p->tok.at;
		(void)parse_words(p);
		if (!scope_unknown_ok(p->global))
			return parse_fail(p, at, "feel.type.unknown");
		t = &nothing;
	} else {
		p->tok = lex(p->text, p->tok.at + length);
	}
	if (takes_detail(t) && p->tok.t == T_LT) {
		feel_type *detailed = arena_new(p->a, feel_type);
		*detailed = (feel_type){.kind = t->kind};
		parse_next(p);
		TRY(type_detail(p, detailed));
		t = detailed;
	}
	p->depth--;
	*out = t;
	return RC_OK;
}
