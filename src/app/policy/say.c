/* say.c - an explanation in sentences. The words are those of locale/policy.msg; what a row says in words
 * stands in the policy itself. */
#include "app/policy/policy_priv.h"

#include "app/policy/explain.h"
#include "base/date.h"
#include "base/msg.h"
#include "io/words.h"
#include "locale/msg_ids.h"

enum { NEAR_MAX = 5, NAMED_MAX = 1000, NAMES_MAX = 200 };

typedef struct speech {
	buf *b;
	msg_lang lang;
	const policy *p; /* whose words they are */
	bool plain;      /* for the person himself: without the ids of rows */
	policy_lines *lines;
} speech;

#define SAY(s, id, ...) msg_put((s)->b, (s)->lang, (id), (const fault_arg[]){__VA_ARGS__ __VA_OPT__(, ){0}})

/* Chinese stands without blanks, but for those beside figures. */
static void
leave_blank(speech *s, bool figure)
{
	if (s->lang == MSG_EN || figure)
		buf_c(s->b, ' ');
}

static bool
is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

static policy_line *
end_line(speech *s, policy_line_kind kind)
{
	policy_line *l = vec_add(s->b->a, s->lines);

	*l = (policy_line){.kind = kind, .text = str_dup(s->b->a, buf_str(s->b))};
	s->b->n = 0;
	return l;
}

/* A word between two others. */
static void
say_between(speech *s, int id)
{
	leave_blank(s, s->b->n && is_ascii(s->b->p[s->b->n - 1]));
	SAY(s, id);
	leave_blank(s, false);
}

/* ---- cells ---- */

static str
unquoted(str s)
{
	if (str_starts(s, STR("date(")) && str_ends(s, STR(")")))
		s = str_trim(str_sub(s, 5, s.n - 6));
	if (str_starts(s, STR("@\"")))
		s = str_from(s, 1);
	return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_sub(s, 1, s.n - 2) : s;
}

/* Values are Chinese words; those that a code list has are known in English too. */
static str
word_text(const speech *s, str word)
{
	str english = s->lang == MSG_EN ? words_english(word) : STR("");

	return english.n ? english : word;
}

/* The longest name of an input or a decision with which the text begins, and what it is called in English;
 * one that is no Chinese may be a piece of another word, and stays. */
static size_t
name_at(const policy_doc *d, str text, str *label)
{
	size_t n = 0;

	if (text.n == 0 || is_ascii(text.p[0]))
		return 0;
	for (size_t i = 0; i < d->ninputs; i++)
		if (d->input[i].name.n > n && d->input[i].label.n && str_starts(text, d->input[i].name)) {
			n = d->input[i].name.n;
			*label = d->input[i].label;
		}
	for (size_t i = 0; i < d->ndecisions; i++)
		if (d->decision[i].name.n > n && d->decision[i].label.n &&
		    str_starts(text, d->decision[i].name)) {
			n = d->decision[i].name.n;
			*label = d->decision[i].label;
		}
	return n;
}

/* An expression is Chinese for its names: in English they are as elsewhere in the sentence. What is too large
 * for a sentence anyway stays as it is. */
static str
expression_text(const speech *s, str expr)
{
	buf b = buf_in(s->b->a);

	if (s->lang != MSG_EN || !s->p || expr.n > NAMED_MAX ||
	    s->p->doc->ninputs + s->p->doc->ndecisions > NAMES_MAX)
		return expr;
	for (size_t i = 0; i < expr.n;) {
		str label = {0};
		size_t n = name_at(s->p->doc, str_from(expr, i), &label);
		if (n)
			buf_put(&b, label);
		else
			buf_c(&b, expr.p[i]);
		i += n ? n : 1;
	}
	return buf_str(&b);
}

/* Where the text up to the next comma outside quotes and brackets ends. */
static size_t
part_end(str s)
{
	bool quoted = false;
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (c == ',' && depth <= 0)
			return i;
		depth += (c == '(' || c == '[') - (c == ')' || c == ']');
		if (i == 0 && c == ']') /* ]1..3]: an open end */
			depth = 1;
	}
	return s.n;
}

static str
day_text(speech *s, int32_t day)
{
	ymd d = date_ymd(day);

	return s->lang == MSG_EN ? date_str(s->b->a, day)
				 : str_fmt(s->b->a, "%d 年 %d 月 %d 日", d.y, d.m, d.d);
}

/* A day is not smaller than another but earlier. */
static void
say_bound(speech *s, int id, str bound)
{
	static const struct {
		int of_number, of_day;
	} says[] = {
		{MSG_POLICY_SAY_AT_LEAST, MSG_POLICY_SAY_SINCE},
		{MSG_POLICY_SAY_OVER, MSG_POLICY_SAY_AFTER},
		{MSG_POLICY_SAY_AT_MOST, MSG_POLICY_SAY_UNTIL},
		{MSG_POLICY_SAY_BELOW, MSG_POLICY_SAY_BEFORE},
	};
	str v = unquoted(str_trim(bound));
	int32_t day = DATE_NONE;

	if (date_parse(v, &day)) {
		v = day_text(s, day);
		for (size_t i = 0; i < LEN(says); i++)
			if (says[i].of_number == id) {
				id = says[i].of_day;
				break;
			}
	}
	SAY(s, id, FA_STR("value", v));
}

static bool
say_range(speech *s, str part)
{
	ptrdiff_t dots = str_find(part, STR(".."));
	char first = part.n ? part.p[0] : 0, last = part.n ? part.p[part.n - 1] : 0;

	if (dots < 1 || !strchr("[(]", first) || !strchr("])[", last))
		return false;
	say_bound(s, first == '[' ? MSG_POLICY_SAY_AT_LEAST : MSG_POLICY_SAY_OVER,
		  str_sub(part, 1, (size_t)dots - 1));
	say_between(s, MSG_POLICY_SAY_AND);
	say_bound(s, last == ']' ? MSG_POLICY_SAY_AT_MOST : MSG_POLICY_SAY_BELOW,
		  str_sub(part, (size_t)dots + 2, part.n - (size_t)dots - 3));
	return true;
}

static bool
say_sign(speech *s, str part)
{
	static const struct {
		str sign;
		int id;
	} signs[] = {
		{{"<=", 2}, MSG_POLICY_SAY_AT_MOST},
		{{">=", 2}, MSG_POLICY_SAY_AT_LEAST},
		{{"<", 1}, MSG_POLICY_SAY_BELOW},
		{{">", 1}, MSG_POLICY_SAY_OVER},
	};

	for (size_t i = 0; i < LEN(signs); i++)
		if (str_starts(part, signs[i].sign)) {
			say_bound(s, signs[i].id, str_from(part, signs[i].sign.n));
			return true;
		}
	return false;
}

static void
say_part(speech *s, str part)
{
	if (say_range(s, part) || say_sign(s, part))
		return;
	if (str_eq(part, STR("true")))
		SAY(s, MSG_POLICY_SAY_YES);
	else if (str_eq(part, STR("false")))
		SAY(s, MSG_POLICY_SAY_NO);
	else if (str_eq(part, STR("null")))
		SAY(s, MSG_POLICY_SAY_NOTHING);
	else if (str_eq(part, STR("-")))
		SAY(s, MSG_POLICY_SAY_ANY);
	else {
		str v = unquoted(part);
		v = v.n < part.n ? word_text(s, v) : expression_text(s, v);
		if (s->lang == MSG_ZH)
			leave_blank(s, s->b->n && v.n && is_ascii(v.p[0]) && !is_ascii(s->b->p[s->b->n - 1]));
		buf_put(s->b, v);
	}
}

static void
say_cell(speech *s, str cell)
{
	cell = str_trim(cell);
	if (str_starts(cell, STR("not(")) && str_ends(cell, STR(")"))) {
		SAY(s, MSG_POLICY_SAY_NOT);
		buf_put(s->b, s->lang == MSG_EN ? STR(" ") : STR(""));
		cell = str_sub(cell, 4, cell.n - 5);
	}
	for (bool first = true; cell.n; first = false) {
		size_t end = part_end(cell);
		if (!first)
			say_between(s, MSG_POLICY_SAY_OR);
		say_part(s, str_trim(str_sub(cell, 0, end)));
		cell = str_trim(str_from(cell, end + 1));
	}
}

void
policy_cell_say(buf *b, msg_lang lang, str cell)
{
	speech s = {.b = b, .lang = lang};

	say_cell(&s, cell);
}

static str
cell_text(speech *s, str cell)
{
	buf own = buf_in(s->b->a);
	speech in = {.b = &own, .lang = s->lang, .p = s->p};

	say_cell(&in, cell);
	return buf_str(&own);
}

/* ---- names and values ---- */

/* In Chinese as people call it, if the policy says how; in English by its label. */
static str
named(const speech *s, str name, str says, str label)
{
	str words = s->lang == MSG_EN ? label : says;

	return words.n ? words : name;
}

static str
decision_name(const speech *s, const policy_decision *d)
{
	return named(s, d->name, d->says, d->label);
}

static str
column_name(const speech *s, const policy_column *c)
{
	const policy_doc *d = s->p->doc;
	str name;

	if (c->label.n == 0 && policy_names_above(c->expr, &name)) {
		const policy *p = policy_above_of(s->p, name);
		return p ? decision_name(s, policy_decision_find(p->doc, name)) : name;
	}
	if (s->lang == MSG_ZH && c->label.n)
		return c->label;
	for (size_t i = 0; i < d->ninputs; i++)
		if (str_eq(d->input[i].name, c->expr))
			return named(s, c->expr, d->input[i].says, d->input[i].label);
	const policy_decision *of = policy_decision_find(d, c->expr);
	return of ? decision_name(s, of) : expression_text(s, c->expr);
}

static str
value_text(speech *s, feel_value v)
{
	buf own = buf_in(s->b->a);
	speech in = {.b = &own, .lang = s->lang};

	if (v.kind == FEEL_NULL)
		SAY(&in, MSG_POLICY_SAY_NOTHING);
	else if (v.kind == FEEL_BOOL)
		SAY(&in, v.b ? MSG_POLICY_SAY_YES : MSG_POLICY_SAY_NO);
	else if (v.kind == FEEL_DATE && v.t.day >= INT32_MIN && v.t.day <= INT32_MAX)
		return day_text(s, (int32_t)v.t.day);
	else if (v.kind == FEEL_STRING)
		return word_text(s, v.s);
	else {
		if (v.kind == FEEL_NUMBER) /* 0.4 * 900 is 360.0, for people 360 */
			v.n = dec_trim(v.n);
		(void)feel_print_string(&own, v);
	}
	return buf_str(&own);
}

/* Units are written in Chinese; those that money has are known in English too. */
static str
unit_text(speech *s, str unit)
{
	static const struct {
		str unit;
		int id;
	} known[] = {
		{{"元", 3}, MSG_POLICY_UNIT_YUAN},
		{{"元/月", 7}, MSG_POLICY_UNIT_YUAN_MONTH},
		{{"元/年", 7}, MSG_POLICY_UNIT_YUAN_YEAR},
	};

	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(unit, known[i].unit))
			return msg_text(s->b->a, s->lang, known[i].id, NULL);
	return unit;
}

/* The result with its unit, where the decision has one output. */
static str
result_text(speech *s, const policy_decision *d, feel_value v)
{
	str unit = d->table && d->table->nout == 1 ? d->table->out[0].unit : STR("");
	str text = value_text(s, v);

	if (v.kind != FEEL_NUMBER || unit.n == 0)
		return text;
	unit = unit_text(s, unit);
	return str_fmt(s->b->a, "%.*s %.*s", STR_ARG(text), STR_ARG(unit));
}

/* ---- sentences ---- */

static void
say_citations(speech *s, str ids)
{
	str id;

	while (str_next(&ids, ' ', &id)) {
		const policy_citation *c = policy_citation_find(s->p, id);
		if (!c)
			continue;
		bool zh = s->lang == MSG_ZH;
		str title = zh ? c->title_zh : c->title_en, text = zh ? c->zh : c->en;
		int say = c->article.n ? MSG_POLICY_SAY_CITATION : MSG_POLICY_SAY_DOCUMENT;
		str of = c->number.n ? str_fmt(s->b->a, zh ? "%.*s（%.*s）" : "%.*s (%.*s)", STR_ARG(title),
					       STR_ARG(c->number))
				     : title;
		SAY(s, say, FA_STR("document", of), FA_STR("article", c->article), FA_STR("text", text));
		if (c->unsourced) {
			leave_blank(s, false);
			SAY(s, MSG_POLICY_SAY_UNSOURCED);
		}
		end_line(s, POLICY_LINE_LAW)->law = c;
	}
}

static void
say_fired(speech *s, const policy_reading *r, const policy_asked *k)
{
	const policy_table *t = r->decision->table;
	str words = s->lang == MSG_EN ? k->row->en : k->row->zh;
	str name = decision_name(s, r->decision);

	if (s->plain && k->row->reason.n) { /* the decision that it hands on speaks for itself */
		say_citations(s, k->row->citation);
		return;
	}
	int say = words.n == 0 ? MSG_POLICY_SAY_ROW_ONLY
		  : s->plain   ? MSG_POLICY_SAY_ROW_PLAIN
			       : MSG_POLICY_SAY_ROW;
	SAY(s, say, FA_STR("decision", name), FA_STR("row", k->row->id), FA_STR("words", words));
	end_line(s, POLICY_LINE_ROW);
	for (size_t i = 0; i < t->nin; i++) {
		if (str_eq(k->row->test[i], STR("-")))
			continue;
		str column = column_name(s, &t->in[i]), value = value_text(s, r->in[i]),
		    test = cell_text(s, k->row->test[i]);
		SAY(s, str_eq(value, test) ? MSG_POLICY_SAY_IS : MSG_POLICY_SAY_CELL,
		    FA_STR("column", column), FA_STR("value", value), FA_STR("test", test));
		end_line(s, POLICY_LINE_CELL)->column = t->in[i].expr;
	}
	say_citations(s, k->row->citation);
}

/* What a row gives, in words. */
static str
row_result(speech *s, const policy_decision *d, const policy_row *row)
{
	const policy_table *t = d->table;
	buf own = buf_in(s->b->a);

	for (size_t i = 0; i < t->nout; i++) {
		if (i)
			buf_lit(&own, ", ");
		if (t->nout > 1)
			buf_fmt(&own, "%.*s ", STR_ARG(named(s, t->out[i].name, STR(""), t->out[i].label)));
		buf_put(&own, cell_text(s, row->value[i]));
		if (t->out[i].unit.n && !str_eq(row->value[i], STR("null")))
			buf_fmt(&own, " %.*s", STR_ARG(unit_text(s, t->out[i].unit)));
	}
	return buf_str(&own);
}

static void
say_near(speech *s, const policy_reading *r, const policy_asked *k)
{
	const policy_table *t = r->decision->table;
	buf own = buf_in(s->b->a);
	speech in = {.b = &own, .lang = s->lang, .p = s->p};
	size_t n = 0;

	for (size_t i = 0; i < t->nin; i++) {
		if (feel_is_true(k->holds[i]))
			continue;
		str column = column_name(s, &t->in[i]), value = value_text(s, r->in[i]),
		    test = cell_text(s, k->row->test[i]);
		if (n++)
			say_between(&in, MSG_POLICY_SAY_AND);
		SAY(&in, MSG_POLICY_SAY_IF, FA_STR("column", column), FA_STR("value", value),
		    FA_STR("test", test));
	}
	str result = row_result(s, r->decision, k->row);
	SAY(s, s->plain ? MSG_POLICY_SAY_NEAR_PLAIN : MSG_POLICY_SAY_NEAR, FA_STR("if", buf_str(&own)),
	    FA_STR("row", k->row->id), FA_STR("result", result));
	end_line(s, POLICY_LINE_NEAR);
}

/* Would the row fire if its own cells held?  Under FIRST one that comes after the row that fired only where
 * it asks something else of what that one asks. */
static bool
would_fire(const policy_reading *r, const policy_asked *k)
{
	const policy_table *t = r->decision->table;

	if (!str_eq(t->hit, STR("FIRST")) || r->nfired == 0 || k->row < r->row[0].row)
		return true;
	for (size_t i = 0; i < t->nin; i++)
		if (!feel_is_true(k->holds[i]) && !str_eq(r->row[0].row->test[i], STR("-")))
			return true;
	return false;
}

/* The other rows that lack the fewest cells; one that holds but came too late lacks none and is passed over.
 */
static void
say_others(speech *s, const policy_reading *r)
{
	size_t least = 0, said = 0;

	for (size_t i = r->nfired; i < r->nrows && said < NEAR_MAX; i++) {
		if (r->row[i].failed == 0 || (s->plain && r->row[i].row->unknown) ||
		    !would_fire(r, &r->row[i]))
			continue;
		least = least ? least : r->row[i].failed;
		if (r->row[i].failed > least)
			break;
		say_near(s, r, &r->row[i]);
		said++;
	}
}

static const policy_reading *
own_reading(const policy_explanation *x)
{
	for (size_t i = x->nreadings; i-- > 0;)
		if (x->reading[i].decision == x->decision)
			return &x->reading[i];
	return NULL;
}

static bool
is_unknown(const policy_reading *r)
{
	return r && r->nfired && r->row[0].row->unknown;
}

/* An input; of a decision that is a table the table itself tells what it lacks. */
static bool
is_recorded(const policy_doc *d, str expr)
{
	const policy_decision *of = policy_decision_find(d, expr);

	return of ? !of->table : policy_input_find(d, expr) != NULL;
}

/* What nobody has written down, where that is why there is no answer. */
static void
say_missing(speech *s, const policy_explanation *x)
{
	for (size_t i = 0; i < x->nreadings; i++) {
		const policy_reading *r = &x->reading[i];
		s->p = r->p;
		for (size_t k = 0; r->nfired == 0 && k < r->decision->table->nin; k++) {
			const policy_column *c = &r->decision->table->in[k];
			if (r->in[k].kind != FEEL_NULL || !is_recorded(r->p->doc, c->expr))
				continue;
			buf_put(s->b, column_name(s, c));
			end_line(s, POLICY_LINE_MISSING)->column = c->expr;
		}
	}
}

static void
say_result(speech *s, const policy_explanation *x, const policy_reading *own)
{
	str name = decision_name(s, x->decision);

	if (is_unknown(own))
		SAY(s, MSG_POLICY_SAY_UNKNOWN, FA_STR("decision", name));
	else if (x->result.kind == FEEL_NULL)
		SAY(s, s->plain ? MSG_POLICY_SAY_NONE_PLAIN : MSG_POLICY_SAY_NONE, FA_STR("decision", name));
	else {
		str value = result_text(s, x->decision, x->result);
		SAY(s, MSG_POLICY_SAY_RESULT, FA_STR("decision", name), FA_STR("value", value));
	}
	end_line(s, POLICY_LINE_RESULT);
}

static void
say_reading(speech *s, const policy_reading *r)
{
	s->p = r->p;
	if (r->refused < r->decision->table->nin) {
		str column = column_name(s, &r->decision->table->in[r->refused]),
		    value = value_text(s, r->in[r->refused]);
		SAY(s, MSG_POLICY_SAY_REFUSED, FA_STR("column", column), FA_STR("value", value));
		end_line(s, POLICY_LINE_REFUSED);
	}
	for (size_t k = 0; k < r->nfired; k++)
		say_fired(s, r, &r->row[k]);
}

policy_lines
policy_explain_lines(arena *a, msg_lang lang, bool plain, const policy_explanation *x)
{
	policy_lines lines = {0};
	buf b = buf_in(a);
	speech s = {.b = &b, .lang = lang, .p = x->p, .plain = plain, .lines = &lines};
	const policy_reading *own = own_reading(x);

	say_result(&s, x, own);
	say_citations(&s, x->decision->citation);
	for (size_t i = 0; i < x->nreadings; i++)
		say_reading(&s, &x->reading[i]);
	if (plain && x->result.kind == FEEL_NULL)
		say_missing(&s, x);
	s.p = x->p;
	if (own)
		say_others(&s, own);
	return lines;
}

/* ---- in a sentence or two ---- */

/* The reading of a decision, or of 上级.NAME, that feeds this one: it stands before it. */
static const policy_reading *
fed_by(const policy_explanation *x, const policy_reading *r, str name)
{
	bool above = policy_names_above(name, &name);

	for (const policy_reading *k = r; k-- > x->reading;)
		if ((k->p != r->p) == above && str_eq(k->decision->name, name))
			return k;
	return NULL;
}

/* The reading that tells why: the decision's own, or the one that its row hands on. */
static const policy_reading *
telling(const policy_explanation *x, const policy_reading *r)
{
	while (r && r->nfired && r->row[0].row->reason.n) {
		const policy_reading *of = fed_by(x, r, r->row[0].row->reason);
		if (!of)
			break;
		r = of;
	}
	return r;
}

static str
amount_text(speech *s, const policy_decision *d, feel_value v)
{
	static const struct {
		str unit;
		int id;
	} known[] = {
		{{"元", 3}, MSG_POLICY_BRIEF_YUAN},
		{{"元/月", 7}, MSG_POLICY_BRIEF_MONTH},
		{{"元/年", 7}, MSG_POLICY_BRIEF_YEAR},
	};
	const policy_table *t = d->table;
	str unit = t && t->nout == 1 ? t->out[0].unit : STR("");

	if (v.kind == FEEL_NULL)
		return msg_text(s->b->a, s->lang, MSG_POLICY_BRIEF_OPEN, NULL);
	for (size_t i = 0; v.kind == FEEL_NUMBER && i < LEN(known); i++) {
		const fault_arg args[] = {FA_STR("value", value_text(s, v)), {0}};
		if (str_eq(unit, known[i].unit))
			return dec_is_zero(v.n) ? msg_text(s->b->a, s->lang, MSG_POLICY_BRIEF_NOTHING, NULL)
						: msg_text(s->b->a, s->lang, known[i].id, args);
	}
	return result_text(s, d, v);
}

/* What a row would give: an amount in the same words, also that of a decision which it hands on. */
static str
row_amount(speech *s, const policy_explanation *x, const policy_reading *r, const policy_row *row)
{
	const policy_reading *of = fed_by(x, r, row->value[0]);
	feel_value v = {.kind = FEEL_NUMBER};

	if (dec_parse(row->value[0], &v.n))
		return amount_text(s, r->decision, v);
	if (of && of->nfired)
		return row_amount(s, x, of, of->row[0].row);
	return of ? decision_name(s, of->decision) : row_result(s, r->decision, row);
}

/* Would the row be an answer that people ask for: another than the one that came out, and not nothing? */
static bool
is_better(const policy_reading *r, const policy_asked *k)
{
	str value = k->row->value[0];

	return k->failed > 0 && !k->row->unknown && r->decision->table->nout == 1 &&
	       !str_eq(value, STR("0")) && !str_eq(value, STR("null")) && would_fire(r, k) &&
	       !(r->nfired && str_eq(r->row[0].row->value[0], value));
}

static void
say_if(speech *s, const policy_explanation *x, const policy_reading *r, const policy_asked *k)
{
	const policy_table *t = r->decision->table;
	buf b = buf_in(s->b->a);
	speech in = {.b = &b, .lang = s->lang, .p = s->p};

	for (size_t i = 0, n = 0; i < t->nin; i++) {
		if (feel_is_true(k->holds[i]))
			continue;
		if (n++)
			say_between(&in, MSG_POLICY_SAY_AND);
		SAY(&in, MSG_POLICY_BRIEF_CELL, FA_STR("column", column_name(s, &t->in[i])),
		    FA_STR("test", cell_text(s, k->row->test[i])));
	}
	SAY(s, r->decision == x->decision ? MSG_POLICY_BRIEF_IF : MSG_POLICY_BRIEF_IF_OF,
	    FA_STR("if", buf_str(&b)), FA_STR("decision", decision_name(s, r->decision)),
	    FA_STR("result", row_amount(s, x, r, k->row)));
}

/* The nearest better answers: two at most, of as few changes, and never more than two changes. */
static str
better_text(speech *s, const policy_explanation *x, const policy_reading *r)
{
	enum { SAID_MAX = 2, CHANGES_MAX = 2 };
	size_t least = 0, said = 0;
	buf own = buf_in(s->b->a);
	speech in = {.b = &own, .lang = s->lang, .p = r->p};

	for (size_t i = r->nfired; i < r->nrows && said < SAID_MAX; i++) {
		if (!is_better(r, &r->row[i]))
			continue;
		least = least ? least : r->row[i].failed;
		if (r->row[i].failed > MIN(least, (size_t)CHANGES_MAX))
			break;
		if (said++ && s->lang == MSG_EN)
			buf_c(&own, ' ');
		say_if(&in, x, r, &r->row[i]);
	}
	return buf_str(&own);
}

static str
because_text(const speech *s, const policy_explanation *x, const policy_reading *why)
{
	bool english = s->lang == MSG_EN;

	if (why && why->nfired)
		return english ? why->row[0].row->en : why->row[0].row->zh;
	return x->decision->table ? STR("") : english ? x->decision->en : x->decision->zh;
}

void
policy_explain_brief(arena *a, msg_lang lang, const policy_explanation *x, policy_brief *out)
{
	buf b = buf_in(a);
	speech s = {.b = &b, .lang = lang, .p = x->p, .plain = true};
	const policy_reading *own = own_reading(x), *why = telling(x, own);

	*out = (policy_brief){.name = decision_name(&s, x->decision),
			      .answer = amount_text(&s, x->decision, x->result),
			      .because = because_text(&s, x, why),
			      .open = x->result.kind == FEEL_NULL,
			      .unwritten = is_unknown(why)};
	bool paid = x->result.kind == FEEL_NUMBER && !dec_is_zero(x->result.n);
	if (why && !is_unknown(why) && !paid)
		out->otherwise = better_text(&s, x, why);
}

void
policy_explain_say(buf *b, msg_lang lang, const policy_explanation *x)
{
	policy_lines lines = policy_explain_lines(b->a, lang, false, x);

	for (size_t i = 0; i < lines.n; i++) {
		buf_put(b, lines.v[i].text);
		buf_c(b, '\n');
	}
}

/* ---- parts of sentences ---- */

str
policy_column_text(arena *a, msg_lang lang, const policy *p, const policy_column *c)
{
	buf b = buf_in(a);

	return column_name(&(speech){.b = &b, .lang = lang, .p = p}, c);
}

str
policy_value_text(arena *a, msg_lang lang, feel_value v)
{
	buf b = buf_in(a);

	return value_text(&(speech){.b = &b, .lang = lang}, v);
}

str
policy_unit_text(arena *a, msg_lang lang, str unit)
{
	buf b = buf_in(a);

	return unit_text(&(speech){.b = &b, .lang = lang}, unit);
}

policy_lines
policy_law_lines(arena *a, msg_lang lang, const policy *p, str citations)
{
	policy_lines lines = {0};
	buf b = buf_in(a);

	say_citations(&(speech){.b = &b, .lang = lang, .p = p, .lines = &lines}, citations);
	return lines;
}
