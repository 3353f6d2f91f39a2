/* value.c - see value.h: constructors and the three ways a value becomes text. */
#include "feel/value.h"

#include "feel/priv.h"

feel_value
feel_context_of(arena *a, const feel_entry *e, size_t n)
{
	feel_context *c = arena_new(a, feel_context);

	*c = (feel_context){.n = n, .e = e};
	return (feel_value){.kind = FEEL_CONTEXT, .context = c};
}

feel_value
feel_range_of(arena *a, feel_range r)
{
	feel_range *kept = arena_new(a, feel_range);

	*kept = r;
	return (feel_value){.kind = FEEL_RANGE, .range = kept};
}

const feel_value *
feel_get(const feel_context *c, str name)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->e[i].name, name))
			return &c->e[i].value;
	return NULL;
}

/* A JSON string is also a FEEL string. */
static void
print_quoted(buf *b, str s)
{
	buf_c(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		static const char from[] = "\"\\\n\r\t", to[] = "\"\\nrt";
		const char *hit = c ? strchr(from, c) : NULL;
		if (hit) {
			buf_c(b, '\\');
			buf_c(b, to[hit - from]);
		} else if ((unsigned char)c < 0x20) {
			buf_fmt(b, "\\u%04x", (unsigned)c);
		} else {
			buf_c(b, c);
		}
	}
	buf_c(b, '"');
}

/* Words of name characters with one space between them; no full-width sign, which would be read as ASCII. */
static bool
plain_name(str s)
{
	bool start = true;

	for (uint32_t i = 0, next; i < s.n; i = next) {
		if (s.p[i] == ' ' && !start) {
			start = true;
			next = i + 1;
		} else if (lex_name_char(s, i, &next, start) && s.p[i] != '?' && !lex_twin(s, i)) {
			start = false;
		} else {
			return false;
		}
	}
	return !start;
}

/* A value made by a loop may hold itself many times over, so that its text is exponential in its size: depth
 * and length are bounded, and what does not fit is left out. */
typedef struct printer {
	buf *b;
	enum { AS_FEEL, AS_JSON } how;
	size_t most; /* length of b at which printing stops */
	unsigned depth;
	bool cut;
} printer;

static void print_value(printer *p, feel_value v);

static bool
stopped(printer *p)
{
	p->cut = p->cut || p->b->n > p->most || p->depth > FEEL_PRINT_DEPTH ||
		 arena_left(p->b->a) < p->b->n * 2 + 4096;
	return p->cut;
}

/* (< 5), (>= 2), (= 3), [1..3] */
static void
print_range(printer *p, const feel_range *r)
{
	bool below = r->by_sign && r->lo.kind == FEEL_NULL, above = r->by_sign && r->hi.kind == FEEL_NULL;

	if (below || above) {
		bool closed = below ? r->hi_closed : r->lo_closed;
		buf_put(p->b, below ? STR("(<") : STR("(>"));
		buf_put(p->b, closed ? STR("= ") : STR(" "));
		print_value(p, below ? r->hi : r->lo);
		buf_c(p->b, ')');
	} else if (r->by_sign) {
		buf_lit(p->b, "(= ");
		print_value(p, r->lo);
		buf_c(p->b, ')');
	} else {
		buf_c(p->b, r->lo_closed ? '[' : '(');
		print_value(p, r->lo);
		buf_lit(p->b, "..");
		print_value(p, r->hi);
		buf_c(p->b, r->hi_closed ? ']' : ')');
	}
}

static void
print_list(printer *p, feel_value v)
{
	buf_c(p->b, '[');
	for (size_t i = 0; i < v.list.n && !stopped(p); i++) {
		buf_put(p->b, i > 0 ? STR(", ") : STR(""));
		print_value(p, v.list.v[i]);
	}
	buf_c(p->b, ']');
}

static void
print_context(printer *p, const feel_context *c)
{
	buf_c(p->b, '{');
	for (size_t i = 0; i < c->n && !stopped(p); i++) {
		buf_put(p->b, i > 0 ? STR(", ") : STR(""));
		if (p->how == AS_JSON || !plain_name(c->e[i].name))
			print_quoted(p->b, c->e[i].name);
		else
			buf_put(p->b, c->e[i].name);
		buf_lit(p->b, ": ");
		print_value(p, c->e[i].value);
	}
	buf_c(p->b, '}');
}

/* What JSON has no word for is a string of its FEEL text. */
static void
print_other(printer *p, feel_value v)
{
	buf text = buf_in(p->b->a);
	printer as_feel = {.b = &text, .how = AS_FEEL, .most = p->most, .depth = p->depth};

	if (p->how == AS_FEEL && v.kind != FEEL_RANGE && v.kind != FEEL_FUNCTION)
		buf_c(p->b, '@');
	if (v.kind == FEEL_RANGE)
		print_range(p->how == AS_FEEL ? p : &as_feel, v.range);
	else if (v.kind == FEEL_FUNCTION)
		buf_lit(p->how == AS_FEEL ? p->b : &text, "function");
	else
		feel_print_temporal(&text, v);
	if (p->how == AS_JSON || (v.kind != FEEL_RANGE && v.kind != FEEL_FUNCTION))
		print_quoted(p->b, buf_str(&text));
	p->cut = p->cut || as_feel.cut;
}

static void
print_value(printer *p, feel_value v)
{
	char number[DEC_TEXT];

	if (stopped(p))
		return;
	p->depth++;
	if (v.kind == FEEL_NULL)
		buf_lit(p->b, "null");
	else if (v.kind == FEEL_BOOL)
		buf_put(p->b, v.b ? STR("true") : STR("false"));
	else if (v.kind == FEEL_NUMBER)
		buf_put(p->b, dec_text(v.n, number));
	else if (v.kind == FEEL_STRING)
		print_quoted(p->b, v.s);
	else if (v.kind == FEEL_LIST)
		print_list(p, v);
	else if (v.kind == FEEL_CONTEXT)
		print_context(p, v.context);
	else
		print_other(p, v);
	p->depth--;
}

bool
feel_print(buf *b, feel_value v)
{
	printer p = {.b = b, .how = AS_FEEL, .most = b->n + FEEL_PRINT_MAX};

	print_value(&p, v);
	return !p.cut;
}

bool
feel_print_string(buf *b, feel_value v)
{
	if (v.kind == FEEL_STRING)
		buf_put(b, v.s);
	else if (v.kind >= FEEL_DATE && v.kind <= FEEL_MONTHS)
		feel_print_temporal(b, v);
	else
		return feel_print(b, v);
	return true;
}

bool
feel_print_json(buf *b, feel_value v)
{
	printer p = {.b = b, .how = AS_JSON, .most = b->n + FEEL_PRINT_MAX};

	print_value(&p, v);
	return !p.cut;
}
