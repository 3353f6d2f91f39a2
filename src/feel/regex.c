/* regex.c - regular expressions of XPath (XML Schema with anchors, groups, back references) on PCRE2.
 *
 * The two agree on most; the translator refuses what only PCRE2 knows and rewrites what only XPath knows:
 *
 *   XPath                        PCRE2
 *   \i \c \I \C                  classes of XML name characters
 *   [a-z-[aeiou]]                (?![aeiou])[a-z]
 *   \p{IsBasicLatin}             a range of code points
 *   . without s                  [^\n\r]
 *   flags s m i x q              x is applied here: its white space is not PCRE2's
 *   (?=  (?i)  \b  \Q  *+        refused
 *
 * Matching is bounded by PCRE2's match and heap limits, so no pattern can hold a request. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "feel/builtin.h"

#include <pcre2.h>

enum { PATTERN_MAX = 10000, MATCH_LIMIT = 100000, OPEN_COST = 200, HEAP_KIB = 16 * 1024, CLASS_DEPTH = 8 };

#define NAME_START                                                                                           \
	"_:A-Za-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{2FF}\\x{370}-\\x{37D}\\x{37F}-\\x{1FFF}\\x{200C}" \
	"-\\x{200D}\\x{2070}-\\x{218F}\\x{2C00}-\\x{2FEF}\\x{3001}-\\x{D7FF}\\x{F900}-\\x{FDCF}\\x{FDF0}-"   \
	"\\x{FFFD}"
#define NAME_MORE "\\-.0-9\\x{B7}\\x{300}-\\x{36F}\\x{203F}-\\x{2040}"

struct regex {
	arena *a;
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *limits;
};

typedef struct translation {
	str in;
	size_t i;
	buf out;
	bool dot_all;
	bool quantified; /* what came last was * + ? or {n,m} */
} translation;

/* strchr would also find the NUL at the end. */
static bool
one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool
more(const translation *t)
{
	return t->i < t->in.n;
}

static char
peek(const translation *t)
{
	return more(t) ? t->in.p[t->i] : 0;
}

/* The blocks that are met in practice; the names are those of Unicode without spaces. */
static bool
block(str name, str *range)
{
	static const struct {
		const char *name, *range;
	} blocks[] = {
		{"BasicLatin", "\\x{0}-\\x{7F}"},
		{"Latin-1Supplement", "\\x{80}-\\x{FF}"},
		{"LatinExtended-A", "\\x{100}-\\x{17F}"},
		{"LatinExtended-B", "\\x{180}-\\x{24F}"},
		{"GreekandCoptic", "\\x{370}-\\x{3FF}"},
		{"Greek", "\\x{370}-\\x{3FF}"},
		{"Cyrillic", "\\x{400}-\\x{4FF}"},
		{"Hebrew", "\\x{590}-\\x{5FF}"},
		{"Arabic", "\\x{600}-\\x{6FF}"},
		{"Tibetan", "\\x{F00}-\\x{FFF}"},
		{"Mongolian", "\\x{1800}-\\x{18AF}"},
		{"GeneralPunctuation", "\\x{2000}-\\x{206F}"},
		{"CurrencySymbols", "\\x{20A0}-\\x{20CF}"},
		{"MathematicalOperators", "\\x{2200}-\\x{22FF}"},
		{"CJKSymbolsandPunctuation", "\\x{3000}-\\x{303F}"},
		{"Hiragana", "\\x{3040}-\\x{309F}"},
		{"Katakana", "\\x{30A0}-\\x{30FF}"},
		{"CJKUnifiedIdeographsExtensionA", "\\x{3400}-\\x{4DBF}"},
		{"CJKUnifiedIdeographs", "\\x{4E00}-\\x{9FFF}"},
		{"HangulSyllables", "\\x{AC00}-\\x{D7AF}"},
		{"HalfwidthandFullwidthForms", "\\x{FF00}-\\x{FFEF}"},
	};

	for (size_t i = 0; i < LEN(blocks); i++) {
		if (str_eq(name, str_of(blocks[i].name))) {
			*range = str_of(blocks[i].range);
			return true;
		}
	}
	return false;
}

/* \p{L}, \P{IsGreek}: a category goes through, a block becomes a range. */
static bool
property_escape(translation *t, char letter, bool in_class)
{
	str rest = str_from(t->in, t->i), range;
	ptrdiff_t close = str_find_char(rest, '}');

	if (peek(t) != '{' || close < 2)
		return false;
	str name = str_sub(rest, 1, (size_t)close - 1);
	t->i += (size_t)close + 1;
	if (!str_starts(name, STR("Is"))) {
		buf_fmt(&t->out, "\\%c{%.*s}", letter, STR_ARG(name));
		return name.n <= 2;
	}
	if (!block(str_from(name, 2), &range) || (in_class && letter == 'P'))
		return false;
	buf_put(&t->out, in_class ? STR("") : letter == 'P' ? STR("[^") : STR("["));
	buf_put(&t->out, range);
	buf_put(&t->out, in_class ? STR("") : STR("]"));
	return true;
}

/* \i \c and their opposites */
static bool
name_escape(translation *t, char c, bool in_class)
{
	bool not = c == 'I' || c == 'C';

	if (not &&in_class)
		return false;
	buf_put(&t->out, in_class ? STR("") : not ? STR("[^") : STR("["));
	buf_lit(&t->out, NAME_START);
	if (c == 'c' || c == 'C')
		buf_lit(&t->out, NAME_MORE);
	buf_put(&t->out, in_class ? STR("") : STR("]"));
	return true;
}

static bool
escape(translation *t, bool in_class)
{
	t->i++;
	if (!more(t))
		return false;
	char c = t->in.p[t->i++];
	if (one_of(c, "icIC"))
		return name_escape(t, c, in_class);
	if (c == 'p' || c == 'P')
		return property_escape(t, c, in_class);
	bool digit = c >= '1' && c <= '9' && !in_class;
	if (!one_of(c, "nrtsSdDwW\\|.?*+(){}-[]^$/#") && !digit && c != '"' && c != '\'')
		return false;
	/* a back reference is one digit unless two make an existing group; \g{n} keeps what follows apart */
	if (digit)
		buf_fmt(&t->out, "\\g{%c}", c);
	else
		buf_fmt(&t->out, "\\%c", c);
	return true;
}

/* [...], with the opening bracket next. A subtraction goes before the class as a negative look-ahead. */
static bool class(translation *t, unsigned depth)
{
	translation body = {.in = t->in, .i = t->i + 1, .out = buf_in(t->out.a)};

	if (depth > CLASS_DEPTH)
		return false;
	buf_c(&body.out, '[');
	if (peek(&body) == '^') {
		buf_c(&body.out, '^');
		body.i++;
	}
	for (size_t first = body.i;;) {
		char c = peek(&body);
		if (!more(&body) || (c == ']' && body.i == first))
			return false;
		if (c == ']')
			break;
		if (c == '-' && str_starts(str_from(body.in, body.i), STR("-["))) {
			translation minus = {.in = body.in, .i = body.i + 1, .out = buf_in(t->out.a)};
			if (!class(&minus, depth + 1))
				return false;
			body.i = minus.i;
			buf_lit(&t->out, "(?!");
			buf_put(&t->out, buf_str(&minus.out));
			buf_c(&t->out, ')');
			if (peek(&body) != ']')
				return false;
			break;
		}
		if (c == '\\') {
			if (!escape(&body, true))
				return false;
			continue;
		}
		if (c == '[')
			return false;
		buf_c(&body.out, c);
		body.i++;
	}
	buf_c(&body.out, ']');
	t->i = body.i + 1;
	buf_put(&t->out, buf_str(&body.out));
	return true;
}

/* (?: is the only extended group, a quantifier is not possessive. */
static bool
plain_sign(translation *t, char c)
{
	if (c == '(' && str_starts(str_from(t->in, t->i + 1), STR("?")) &&
	    !str_starts(str_from(t->in, t->i + 1), STR("?:")))
		return false;
	if (c == '(' && str_starts(str_from(t->in, t->i + 1), STR("*")))
		return false;
	if (c == '+' && t->quantified)
		return false;
	t->quantified = one_of(c, "*+?}");
	buf_c(&t->out, c);
	t->i++;
	return true;
}

static bool
translate(translation *t)
{
	while (more(t)) {
		char c = peek(t);
		bool ok = true;
		if (c == '\\' || c == '[' || c == '.')
			t->quantified = false;
		if (c == '\\')
			ok = escape(t, false);
		else if (c == '[')
			ok = class(t, 0);
		else if (c == '.' && !t->dot_all) {
			buf_lit(&t->out, "[^\\n\\r]");
			t->i++;
		} else
			ok = plain_sign(t, c);
		if (!ok)
			return false;
	}
	return true;
}

static void *
take_memory(size_t n, void *a)
{
	return arena_alloc(a, n);
}

static void
leave_memory(void *p, void *a) /* the arena of the expression goes as a whole */
{
	(void)p;
	(void)a;
}

static bool
read_flags(str flags, uint32_t *options, translation *t, bool *literal, bool *squeeze)
{
	for (size_t i = 0; i < flags.n; i++) {
		if (flags.p[i] == 'i')
			*options |= PCRE2_CASELESS;
		else if (flags.p[i] == 'm')
			*options |= PCRE2_MULTILINE;
		else if (flags.p[i] == 's')
			t->dot_all = true;
		else if (flags.p[i] == 'x')
			*squeeze = true;
		else if (flags.p[i] == 'q')
			*literal = true;
		else
			return false;
	}
	return true;
}

/* Flag x: white space outside classes goes before anything else is read, even after a backslash. */
static str
squeezed(arena *a, str pattern)
{
	buf b = buf_in(a);
	unsigned depth = 0;

	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];
		if (depth == 0 && one_of(c, " \t\n\r"))
			continue;
		buf_c(&b, c);
		if (c == '\\' && i + 1 < pattern.n && depth > 0)
			buf_c(&b, pattern.p[++i]);
		else if (c == '[')
			depth++;
		else if (c == ']' && depth > 0)
			depth--;
	}
	return buf_str(&b);
}

bool
regex_open(run *r, const node *at, str pattern, str flags, regex **out, feel_value *why)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
	bool literal = false, squeeze = false;
	int error;
	PCRE2_SIZE where;

	*why = feel_null(NULL);
	eval_cost(r, OPEN_COST);
	if (!eval_room(r, at, (size_t)HEAP_KIB * 1024 / 8))
		return false;
	arena *a = arena_open(r->a, 0);
	translation t = {.in = pattern, .out = buf_in(a)};
	bool ok = read_flags(flags, &options, &t, &literal, &squeeze) && pattern.n <= PATTERN_MAX;
	if (ok && squeeze && !literal)
		t.in = squeezed(a, pattern);
	ok = ok && (literal || translate(&t));
	if (!ok) {
		arena_close(a);
		*why = fail_null_about(r, at, "feel.regex.pattern", pattern);
		return false;
	}
	if (literal)
		options = (options & PCRE2_CASELESS) | PCRE2_UTF | PCRE2_LITERAL;
	else if (t.dot_all)
		options |= PCRE2_DOTALL;
	str text = literal ? pattern : buf_str(&t.out);
	pcre2_general_context *memory = pcre2_general_context_create(take_memory, leave_memory, a);
	pcre2_compile_context *cc = pcre2_compile_context_create(memory);
	pcre2_set_compile_extra_options(cc, 0);
	pcre2_code *code =
		pcre2_compile((PCRE2_SPTR)(text.n ? text.p : ""), text.n, options, &error, &where, cc);
	if (!code) {
		arena_close(a);
		*why = fail_null_about(r, at, "feel.regex.pattern", pattern);
		return false;
	}
	regex *re = arena_new(a, regex);
	*re = (regex){.a = a, .code = code};
	re->match = pcre2_match_data_create_from_pattern(code, memory);
	re->limits = pcre2_match_context_create(memory);
	pcre2_set_match_limit(re->limits, MATCH_LIMIT);
	pcre2_set_heap_limit(re->limits, HEAP_KIB);
	*out = re;
	return true;
}

void
regex_close(regex *re)
{
	arena_close(re->a);
}

int
regex_find(regex *re, str s, size_t from, const size_t **groups, size_t *ngroups)
{
	int n = pcre2_match(re->code, (PCRE2_SPTR)(s.n ? s.p : ""), s.n, from, 0, re->match, re->limits);

	if (n == PCRE2_ERROR_NOMATCH)
		return 0;
	if (n < 0)
		return -1;
	*groups = pcre2_get_ovector_pointer(re->match);
	*ngroups = pcre2_get_ovector_count(re->match);
	for (size_t i = (size_t)n * 2; i < *ngroups * 2; i++)
		pcre2_get_ovector_pointer(re->match)[i] = PCRE2_UNSET;
	return 1;
}
