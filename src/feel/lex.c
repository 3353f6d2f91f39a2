/* lex.c - from text to tokens, as far as that is possible before the names in scope are known.
 *
 * A name of FEEL may hold spaces and signs, so the lexer gives single words; parse.c asks the scope for the
 * longest name that stands where a word begins. Full-width signs, which a Chinese keyboard writes and which
 * the grammar counts as letters, are turned into their ASCII twins before that, outside strings, with a
 * notice. */
#include "feel/priv.h"

#include "base/planted.h"

/* One code point; a byte that is not UTF-8 counts as itself, and as no letter. */
static uint32_t
code_point(str s, uint32_t at, uint32_t *next)
{
	unsigned char c = (unsigned char)s.p[at];
	uint32_t len = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 1;
	uint32_t v = len == 1 ? (c < 0x80 ? c : 0xfffd) : c & (0x7fu >> len);

	for (uint32_t k = 1; k < len; k++) {
		unsigned char more = at + k < s.n ? (unsigned char)s.p[at + k] : 0;
		if ((more & 0xc0) != 0x80) { /* a character cut short: its bytes are one each */
			len = 1;
			v = 0xfffd;
		} else {
			v = v << 6 | (more & 0x3f);
		}
	}
	*next = at + len;
	return v;
}

/* Name start characters of DMN 1.5 §10.3.1.2, grammar rule 28. */
static bool
name_start(uint32_t c)
{
	static const uint32_t range[][2] = {
		{'?', '?'},       {'A', 'Z'},       {'_', '_'},       {'a', 'z'},
		{0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2ff},    {0x370, 0x37d},
		{0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f}, {0x2c00, 0x2fef},
		{0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffc}, {0x10000, 0xeffff},
	};

	for (size_t i = 0; i < LEN(range); i++)
		if (c >= range[i][0] && c <= range[i][1])
			return c < 0x2000 || c > 0x200a; /* spaces are not letters */
	return false;
}

bool
lex_name_char(str text, uint32_t at, uint32_t *next, bool start)
{
	if (at >= text.n)
		return false;
	uint32_t c = code_point(text, at, next);
	if (name_start(c))
		return start || c != '?';
	return !start && ((c >= '0' && c <= '9') || c == 0xb7 || (c >= 0x300 && c <= 0x36f) || c == 0x203f ||
			  c == 0x2040);
}

static bool
space(uint32_t c)
{
	return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 || c == 0x180e ||
	       (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	       c == 0x3000 || c == 0xfeff;
}

static uint32_t
comment(str text, uint32_t at)
{
	if (at + 1 >= text.n || text.p[at] != '/')
		return at;
	if (text.p[at + 1] == '/') {
		while (at < text.n && text.p[at] != '\n')
			at++;
	} else if (text.p[at + 1] == '*') {
		ptrdiff_t end = str_find(str_from(text, at + 2), STR("*/"));
		return end < 0 ? (uint32_t)text.n : at + 2 + (uint32_t)end + 2;
	}
	return at;
}

uint32_t
lex_space(str text, uint32_t at)
{
	while (at < text.n) {
		uint32_t next;
		if (!space(code_point(text, at, &next)))
			next = comment(text, at);
		if (next == at)
			break;
		at = next;
	}
	return at;
}

static uint32_t
digits(str text, uint32_t at)
{
	while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9')
		at++;
	return at;
}

/* 12, 1.5, .5, 1.2E-3; "1..3" is a range, so a point counts only before a digit. */
static uint32_t
number(str text, uint32_t at)
{
	uint32_t i = digits(text, at);

	if (i < text.n && text.p[i] == '.' && digits(text, i + 1) > i + 1)
		i = digits(text, i + 1);
	if (i > at && i < text.n && (text.p[i] == 'e' || text.p[i] == 'E')) {
		uint32_t k = i + 1;
		k += PLANTED(true, k < text.n) && (text.p[k] == '+' || text.p[k] == '-');
		if (digits(text, k) > k)
			i = digits(text, k);
	}
	return i;
}

static lexeme
quoted(str text, uint32_t at)
{
	for (uint32_t i = at + 1; i < text.n; i++) {
		if (text.p[i] == '\\')
			i++;
		else if (text.p[i] == '"')
			return (lexeme){T_STRING, at, i + 1};
	}
	return (lexeme){T_BAD, at, (uint32_t)text.n};
}

static lexeme
sign(str text, uint32_t at)
{
	static const struct {
		char text[3];
		token t;
	} signs[] = {
		{"..", T_DOTS},  {"**", T_POW},     {"!=", T_NE},      {"<=", T_LE},    {">=", T_GE},
		{"->", T_ARROW}, {".", T_DOT},      {",", T_COMMA},    {":", T_COLON},  {"(", T_OPEN},
		{")", T_CLOSE},  {"[", T_LBRACKET}, {"]", T_RBRACKET}, {"{", T_LBRACE}, {"}", T_RBRACE},
		{"+", T_PLUS},   {"-", T_MINUS},    {"*", T_STAR},     {"/", T_SLASH},  {"=", T_EQ},
		{"<", T_LT},     {">", T_GT},       {"@", T_AT},
	};

	for (size_t i = 0; i < LEN(signs); i++)
		if (str_starts(str_from(text, at), str_of(signs[i].text)))
			return (lexeme){signs[i].t, at, at + (uint32_t)strlen(signs[i].text)};
	return (lexeme){T_BAD, at, at + 1};
}

lexeme
lex(str text, uint32_t at)
{
	uint32_t next;

	at = lex_space(text, at);
	if (at >= text.n)
		return (lexeme){T_END, at, at};
	char c = text.p[at];
	if ((c >= '0' && c <= '9') || (c == '.' && digits(text, at + 1) > at + 1))
		return (lexeme){T_NUMBER, at, number(text, at)};
	if (c == '"')
		return quoted(text, at);
	if (lex_name_char(text, at, &next, true)) {
		uint32_t end = next;
		while (c != '?' && lex_name_char(text, end, &next, false))
			end = next;
		return (lexeme){T_WORD, at, end};
	}
	return sign(text, at);
}

bool
lex_keyword(str word)
{
	static const char *const words[] = {"and",  "or",    "in",        "between",  "instance",
					    "then", "else",  "return",    "if",       "for",
					    "some", "every", "satisfies", "function", "external"};

	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

static int
hex(char c)
{
	return c >= '0' && c <= '9'                     ? c - '0'
	       : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
							: -1;
}

static bool
hex_digits(str s, size_t at, size_t n, uint32_t *out)
{
	if (at + n > s.n)
		return false;
	*out = 0;
	for (size_t i = at; i < at + n; i++) {
		if (hex(s.p[i]) < 0)
			return false;
		*out = *out << 4 | (uint32_t)hex(s.p[i]);
	}
	return true;
}

static void
put_utf8(buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_c(b, (char)c);
	} else if (c < 0x800) {
		buf_c(b, (char)(0xc0 | c >> 6));
		buf_c(b, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		buf_c(b, (char)(0xe0 | c >> 12));
		buf_c(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_c(b, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_c(b, (char)(0xf0 | c >> 18));
		buf_c(b, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_c(b, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_c(b, (char)(0x80 | (c & 0x3f)));
	}
}

/* \uD83D\uDCA9 is one character. */
static bool
unescape_hex(buf *b, str raw, size_t *i)
{
	size_t n = raw.p[*i] == 'u' ? 4 : 6;
	uint32_t c, low;

	if (!hex_digits(raw, *i + 1, n, &c))
		return false;
	*i += n;
	if (n == 4 && c >= 0xd800 && c < 0xdc00) {
		if (!str_starts(str_from(raw, *i + 1), STR("\\u")) || !hex_digits(raw, *i + 3, 4, &low) ||
		    low < 0xdc00 || low > 0xdfff)
			return false;
		*i += 6;
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	}
	if ((c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff)
		return false;
	put_utf8(b, c);
	return true;
}

bool
lex_unescape(arena *a, str raw, str *out)
{
	buf b = buf_in(a);

	*out = raw;
	if (str_find_char(raw, '\\') < 0)
		return true;
	for (size_t i = 0; i < raw.n; i++) {
		static const char from[] = "nrt\"'\\", to[] = "\n\r\t\"'\\";
		if (raw.p[i] != '\\') {
			buf_c(&b, raw.p[i]);
			continue;
		}
		if (++i == raw.n)
			return false;
		const char *hit = raw.p[i] ? strchr(from, raw.p[i]) : NULL;
		if (hit) {
			buf_c(&b, to[hit - from]);
		} else if (raw.p[i] == 'u' || raw.p[i] == 'U') {
			if (!unescape_hex(&b, raw, &i))
				return false;
		} else { /* as it stands: regular expressions are full of these */
			buf_c(&b, '\\');
			buf_c(&b, raw.p[i]);
		}
	}
	*out = buf_str(&b);
	return true;
}

static bool
name_sign(char c)
{
	return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*';
}

bool
lex_canonical_next(str text, uint32_t *i, uint32_t from, char *c)
{
	uint32_t next = lex_space(text, *i);

	if (next >= text.n)
		return false;
	if (next > *i && *i > from && !name_sign(text.p[*i - 1]) && !name_sign(text.p[next])) {
		*c = ' ';
		*i = next;
		return true;
	}
	*c = text.p[next];
	*i = next + 1;
	return true;
}

str
lex_canonical(arena *a, str name)
{
	buf b = buf_in(a);
	feel_expr plain = {0};
	char c;

	normalise(a, &plain, str_trim(name));
	for (uint32_t i = 0; lex_canonical_next(plain.text, &i, 0, &c);)
		buf_c(&b, c);
	return buf_str(&b);
}

uint32_t
lex_match(str text, uint32_t at, str canonical)
{
	uint32_t i = at, next;
	char c;

	for (size_t k = 0; k < canonical.n; k++)
		if (!lex_canonical_next(text, &i, at, &c) || c != canonical.p[k])
			return 0;
	/* `age` does not stand in `aged` */
	str last = str_from(canonical, canonical.n - 1);
	bool letter = ((unsigned char)last.p[0] >= 0x80) || lex_name_char(last, 0, &next, false);
	if (letter && lex_name_char(text, i, &next, false))
		return 0;
	return i - at;
}

/* The ASCII twin of a full-width or CJK sign, or 0. */
static char
twin(uint32_t c)
{
	static const struct {
		uint32_t wide;
		char ascii;
	} more[] = {
		{0x3001, ','}, {0x3002, '.'}, {0x300c, '"'}, {0x300d, '"'}, {0x3010, '['},
		{0x3011, ']'}, {0x201c, '"'}, {0x201d, '"'}, {0x3000, ' '}, {0x2264, 0},
		{0x2265, 0},   {0x2260, 0},   {0x00d7, '*'}, {0x00f7, '/'}, {0x2212, '-'},
	};

	if (c >= 0xff01 && c <= 0xff5e) {
		char a = (char)(c - 0xfee0);
		bool letter = (a | 0x20) >= 'a' && (a | 0x20) <= 'z';
		return letter ? 0 : a;
	}
	for (size_t i = 0; i < LEN(more); i++)
		if (c == more[i].wide)
			return more[i].ascii;
	return 0;
}

/* ≤ ≥ ≠ are two ASCII signs each. */
static const char *
twin_pair(uint32_t c)
{
	return c == 0x2264 ? "<=" : c == 0x2265 ? ">=" : c == 0x2260 ? "!=" : NULL;
}

bool
lex_twin(str text, uint32_t at)
{
	uint32_t next, c = code_point(text, at, &next);

	return twin(c) || twin_pair(c);
}

/* From the mark to the byte `at`, forwards or back, and the mark goes along. */
static feel_place
place_in(str source, feel_place *mark, uint32_t at)
{
	feel_place p = mark->line ? *mark : (feel_place){0, 1, 1};

	at = (uint32_t)MIN((size_t)at, source.n);
	for (; p.offset < at; p.offset++) {
		char c = source.p[p.offset];
		p.column = c == '\n' ? 1 : p.column + (((unsigned char)c & 0xc0) != 0x80);
		p.line += c == '\n';
	}
	bool crossed = false;
	for (; p.offset > at; p.offset--) {
		char c = source.p[p.offset - 1];
		p.column -= ((unsigned char)c & 0xc0) != 0x80;
		p.line -= c == '\n';
		crossed = crossed || c == '\n';
	}
	if (crossed) {
		p.column = 1;
		for (uint32_t i = at; i > 0 && source.p[i - 1] != '\n'; i--)
			p.column += ((unsigned char)source.p[i - 1] & 0xc0) != 0x80;
	}
	*mark = p;
	return p;
}

static void
rewritten(arena *a, feel_expr *e, const buf *b, uint32_t from, uint32_t to)
{
	feel_notice *n = vec_add(a, &e->notices);

	*n = (feel_notice){.id = "feel.notice.fullwidth",
			   .sign = str_sub(e->source, from, to - from),
			   .at = {.offset = from}};
	*vec_add(a, &e->shifts) = (shift){(uint32_t)b->n, to - (uint32_t)b->n};
}

void
normalise(arena *a, feel_expr *e, str source)
{
	buf b = buf_in(a);
	uint32_t next;
	char inside = 0; /* the quote sign that closes the string */

	e->source = source;
	for (uint32_t i = 0; i < source.n; i = next) {
		uint32_t c = code_point(source, i, &next);
		char t = twin(c);
		bool closes = inside && ((inside == '"' && c == '"') ||
					 (inside == 'w' && (c == 0x201d || c == 0x300d)));
		if (inside && c == '\\' && next < source.n) {
			(void)code_point(source, next, &next);
			buf_put(&b, str_sub(source, i, next - i));
		} else if ((t || twin_pair(c)) && (!inside || closes)) {
			buf_put(&b, t ? (str){&t, 1} : str_of(twin_pair(c)));
			rewritten(a, e, &b, i, next);
		} else {
			buf_put(&b, str_sub(source, i, next - i));
		}
		if (closes)
			inside = 0;
		else if (!inside && (c == '"' || t == '"'))
			inside = c == '"' ? '"' : 'w';
	}
	e->text = e->notices.n ? buf_str(&b) : source;
	for (size_t i = 0; i < e->notices.n; i++) {
		uint32_t at = e->notices.v[i].at.offset;
		e->notices.v[i].at = place_in(source, &e->mark, at);
	}
}

str
feel_normalise(arena *a, str text, const feel_notice **notices, size_t *n)
{
	feel_expr e = {0};

	normalise(a, &e, text);
	*notices = e.notices.v;
	*n = e.notices.n;
	return e.text;
}

feel_place
place_of(feel_expr *e, uint32_t at)
{
	size_t lo = 0, hi = e->shifts.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (e->shifts.v[mid].at <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return place_in(e->source, &e->mark, lo > 0 ? at + e->shifts.v[lo - 1].by : at);
}
