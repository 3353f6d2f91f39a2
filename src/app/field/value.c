/* value.c - see value.h. */
#include "app/field/value.h"

#include "base/check.h"
#include "base/dec.h"
#include "base/fen.h"
#include "base/utf8.h"

enum { SPREADSHEET_EPOCH = -25569 };              /* day 0 of a spreadsheet: 1899-12-30 */
enum { SERIAL_FIRST = 367, SERIAL_LAST = 73050 }; /* 1901-01-01 … 2099-12-31 */
enum {
	MOBILE_LEN = 11,
	AREA_MIN = 10,
	AREA_MAX = 12
}; /* digits of a telephone number, the area's included */

typedef struct reading {
	const field_reader *r;
	fault *f;
	const field *x;
	str raw;
	field_value *out;
} reading;

static str
name_of(const field_reader *r, const field *x)
{
	return r->lang == MSG_EN ? x->en : x->name;
}

#define REFUSE(in, id, ...)                                                                                  \
	FAIL((in)->f, RC_INVALID, id, FA_STR("name", name_of((in)->r, (in)->x)) __VA_OPT__(, ) __VA_ARGS__)

static rc
too_long(const reading *in, str s, size_t max)
{
	size_t n = utf8_count(s);

	if (n > max)
		return REFUSE(in, "field.value.long", FA_INT("max", max), FA_INT("count", n));
	return RC_OK;
}

/* ---- texts ---- */

static rc
read_text(reading *in)
{
	in->out->text = in->raw;
	return too_long(in, in->raw, FIELD_TEXT_MAX);
}

static rc
read_address(reading *in)
{
	in->out->text = in->raw;
	return too_long(in, in->raw, FIELD_ADDRESS_MAX);
}

/* Letters of any script, the middle dot, and what stands in Latin names. */
static bool
may_stand_in_name(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '-' ||
		       c == '\'' || c == '.';
	return c == 0xb7 || c == 0x2019 ||
	       (c >= 0xc0 && !(c >= 0x2000 && c < 0x2e80) && !(c >= 0x3000 && c < 0x3005) &&
		!(c >= 0x3008 && c < 0x3021) && !(c >= 0xff00 && c < 0xfff0));
}

static rc
read_name(reading *in)
{
	str s = name_fold(in->r->a, in->raw), rest = s;

	TRY(too_long(in, s, FIELD_NAME_MAX));
	for (uint32_t c; utf8_next(&rest, &c);)
		if (!may_stand_in_name(c))
			return REFUSE(in, "field.value.name");
	in->out->text = s;
	return RC_OK;
}

/* ---- numbers of persons ---- */

/* What a spreadsheet leaves of a number that it took for a figure and somebody saved as text: "4.40101E+17",
 * or digits of which those behind the fifteenth are 0. */
static bool
looks_spoilt(arena *a, str raw)
{
	enum { KEPT_DIGITS = 15 };
	str s = nid_fold(a, raw);

	if (str_find(s, STR("E+")) > 0)
		return true;
	if (s.n < NID_LEN || !str_all_digits(s))
		return false;
	for (size_t i = KEPT_DIGITS; i < s.n; i++)
		if (s.p[i] != '0')
			return false;
	return true;
}

static rc
read_nid(reading *in)
{
	field_value *v = in->out;
	rc r = nid_parse(in->r->a, in->f, in->raw, in->r->today, &v->nid);

	if (r == RC_INVALID && looks_spoilt(in->r->a, in->raw))
		return REFUSE(in, "field.value.spoilt");
	TRY(r);
	v->text = str_dup(in->r->a, nid_str(&v->nid));
	return RC_OK;
}

static rc
read_certificate(reading *in)
{
	field_value *v = in->out;

	rc r = cert_no_parse(in->r->a, in->f, in->raw, in->r->today, &v->cert);
	if (r == RC_INVALID && looks_spoilt(in->r->a, in->raw))
		return REFUSE(in, "field.value.spoilt");
	TRY(r);
	v->text = cert_no_str(in->r->a, &v->cert);
	return RC_OK;
}

/* The digits of a number that people group with blanks, hyphens, brackets; false when anything else stands in
 * it. */
static bool
digits_of(arena *a, str raw, str *out)
{
	str s = nid_fold(a, raw);
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (!digit && s.p[i] != '(' && s.p[i] != ')' && !(s.p[i] == '+' && i == 0))
			return false;
		if (digit)
			buf_c(&b, s.p[i]);
	}
	*out = buf_str(&b);
	return true;
}

/* A mobile number, or one of the line with its area; +86 goes. Seven or eight digits are a call within the
 * town. */
static rc
read_phone(reading *in)
{
	str d;

	if (!digits_of(in->r->a, in->raw, &d))
		return REFUSE(in, "field.value.phone");
	if (str_starts(d, STR("0086")) && d.n > MOBILE_LEN)
		d = str_from(d, 4);
	else if (str_starts(d, STR("86")) && d.n > MOBILE_LEN)
		d = str_from(d, 2);
	bool mobile = d.n == MOBILE_LEN && d.p[0] == '1' && d.p[1] >= '3';
	bool area = d.n >= AREA_MIN && d.n <= AREA_MAX && d.p[0] == '0' && d.p[1] != '0';
	bool local = (d.n == 7 || d.n == 8) && d.p[0] >= '2';
	if (!mobile && !area && !local)
		return REFUSE(in, "field.value.phone");
	in->out->text = d;
	return RC_OK;
}

/* Cards of the national scheme carry a check digit; passbooks and old accounts do not. */
static rc
read_bank(reading *in)
{
	str d;

	if (!digits_of(in->r->a, in->raw, &d))
		return REFUSE(in, "field.value.account_digits");
	if (d.n < FIELD_ACCOUNT_MIN || d.n > FIELD_ACCOUNT_MAX)
		return REFUSE(in, "field.value.account", FA_INT("min", FIELD_ACCOUNT_MIN),
			      FA_INT("max", FIELD_ACCOUNT_MAX), FA_INT("count", d.n));
	if (str_starts(d, STR("62")) && d.n >= 16 && d.n <= CARD_MAX)
		return card_parse(in->r->a, in->f, d, &in->out->text);
	in->out->text = d;
	return RC_OK;
}

/* ---- days ---- */

/* The first runs of digits of a text, with how long each is: "2024年3月5日" is 2024, 3, 5. */
typedef struct runs {
	size_t n;
	int32_t value[4];
	size_t digits[4];
} runs;

static bool
between_numbers(uint32_t c)
{
	return c == '-' || c == '/' || c == '.' || c == ' ' || c == 0x5e74 /* 年 */ || c == 0x6708 /* 月 */ ||
	       c == 0x65e5 /* 日 */ || c == 0x53f7 /* 号 */ || c == 0x3001 || c == 0x3002;
}

static bool
runs_of(str s, runs *out)
{
	bool inside = false;
	str rest = s;

	*out = (runs){0};
	for (uint32_t c; utf8_next(&rest, &c);) {
		bool digit = c >= '0' && c <= '9';
		if (digit && !inside && out->n == LEN(out->value))
			return false;
		if (digit) {
			size_t k = inside ? out->n - 1 : out->n++;
			if (++out->digits[k] > 8)
				return false;
			out->value[k] = out->value[k] * 10 + (int32_t)(c - '0');
		} else if (!between_numbers(c)) {
			return false;
		}
		inside = digit;
	}
	return true;
}

/* A day in any order of marks between year, month, day; 20240305; with a time of day after it ("2024-03-05
 * 00:00:00") the time is left out. */
static bool
day_of(str raw, int32_t *day)
{
	ptrdiff_t colon = str_find_char(raw, ':');
	str s = raw;
	runs r;

	if (colon > 0) {
		ptrdiff_t gap = str_find_char(s, ' ');
		s = gap > 0 ? str_sub(s, 0, (size_t)gap) : s;
	}
	if (!runs_of(s, &r))
		return false;
	if (r.n == 1 && r.digits[0] == 8)
		r = (runs){.n = 3,
			   .value = {r.value[0] / 10000, r.value[0] / 100 % 100, r.value[0] % 100},
			   .digits = {4, 2, 2}};
	if (r.n != 3 || r.digits[0] != 4 || r.digits[1] > 2 || r.digits[2] > 2 || r.value[0] < 1 ||
	    !date_valid(r.value[0], r.value[1], r.value[2]))
		return false;
	*day = date_from_ymd(r.value[0], r.value[1], r.value[2]);
	return true;
}

static rc
take_day(reading *in, int32_t day)
{
	in->out->n = day;
	in->out->text = date_str(in->r->a, day);
	return RC_OK;
}

static rc
read_date(reading *in)
{
	int32_t day = DATE_NONE;

	if (!day_of(text_fold(in->r->a, in->raw), &day))
		return REFUSE(in, "field.value.date");
	return take_day(in, day);
}

static rc
read_month(reading *in)
{
	runs r;

	if (!runs_of(text_fold(in->r->a, in->raw), &r))
		return REFUSE(in, "field.value.month");
	if (r.n == 1 && r.digits[0] == 6)
		r = (runs){.n = 2, .value = {r.value[0] / 100, r.value[0] % 100}, .digits = {4, 2}};
	if (r.n != 2 || r.digits[0] != 4 || r.digits[1] > 2 || !date_valid(r.value[0], r.value[1], 1))
		return REFUSE(in, "field.value.month");
	in->out->text = str_fmt(in->r->a, "%04d-%02d", r.value[0], r.value[1]);
	in->out->n = date_from_ymd(r.value[0], r.value[1], 1);
	return RC_OK;
}

/* ---- words and amounts ---- */

/* The first words of a list, for a message. */
static str
some_words(arena *a, const code_list *l, msg_lang lang)
{
	enum { WORDS = 8 };
	buf b = buf_in(a);

	for (size_t i = 0; i < l->n && i < WORDS; i++) {
		if (i)
			buf_put(&b, lang == MSG_EN ? STR(", ") : STR("、"));
		buf_put(&b, lang == MSG_EN ? l->item[i].en : l->item[i].zh);
	}
	if (l->n > WORDS)
		buf_lit(&b, "…");
	return buf_str(&b);
}

static rc
read_code(reading *in)
{
	const code_item *x = code_read(in->x->list, in->raw);

	if (!x)
		return REFUSE(in, "field.value.code", FA_STR("value", utf8_cut(in->raw, 20)),
			      FA_STR("known", some_words(in->r->a, in->x->list, in->r->lang)));
	in->out->code = x;
	in->out->text = x->code;
	in->out->n = x->number;
	return RC_OK;
}

static rc
read_flag(reading *in)
{
	str word = heading_fold(in->r->a, in->raw);
	bool yes = map_get(&in->r->c->yes, word) != NULL;

	if (!yes && !map_get(&in->r->c->no, word))
		return REFUSE(in, "field.value.flag");
	in->out->n = yes;
	in->out->text = yes ? STR("1") : STR("0");
	return RC_OK;
}

static rc
read_int(reading *in)
{
	str s = text_fold(in->r->a, in->raw);

	if (!str_to_i64(s, &in->out->n))
		return REFUSE(in, "field.value.int");
	in->out->text = s;
	return RC_OK;
}

static rc
read_decimal(reading *in)
{
	char *to = arena_alloc(in->r->a, DEC_TEXT);
	dec d;

	if (!dec_parse(text_fold(in->r->a, in->raw), &d))
		return REFUSE(in, "field.value.decimal");
	in->out->text = dec_text(d, to);
	return RC_OK;
}

static rc
read_money(reading *in)
{
	arena *a = in->r->a;
	str s = text_fold(a, in->raw);

	if (str_starts(s, STR("¥")) || str_starts(s, STR("￥")))
		s = str_trim(str_from(s, str_starts(s, STR("¥")) ? STR("¥").n : STR("￥").n));
	if (str_ends(s, STR("元")))
		s = str_trim(str_sub(s, 0, s.n - STR("元").n));
	if (!fen_parse(s, &in->out->n))
		return REFUSE(in, "field.value.money");
	in->out->text = str_fmt(a, "%lld", (long long)in->out->n);
	return RC_OK;
}

/* ---- places ---- */

/* 6, 9 or 12 digits; a city or province has its own zeros already. */
static rc
read_region(reading *in)
{
	const field_regions *g = in->r->regions;
	str s = text_fold(in->r->a, in->raw);
	int64_t code = 0;

	if (str_all_digits(s)) {
		if (s.n != 6 && s.n != 9 && s.n != 12)
			return REFUSE(in, "field.value.region_code", FA_INT("count", s.n));
		bool number = str_to_i64(s, &code);
		BUG_ON(!number);
		code *= s.n == 6 ? 1000000 : s.n == 9 ? 1000 : 1;
		if (g && g->stands && !g->stands(g->ctx, code))
			return REFUSE(in, "field.value.region", FA_STR("value", s));
	} else {
		rc r = g && g->find ? g->find(g->ctx, s, &code) : RC_NOT_FOUND;
		if (r != RC_OK)
			return REFUSE(in, "field.value.region", FA_STR("value", utf8_cut(s, 40)));
	}
	in->out->n = code;
	in->out->text = str_fmt(in->r->a, "%012lld", (long long)code);
	return RC_OK;
}

/* ---- the doors ---- */

static rc
read_value(reading *in)
{
	static rc (*const readers[FIELD_TYPES])(reading *) = {
		[FIELD_TEXT] = read_text,     [FIELD_NAME] = read_name,
		[FIELD_NID] = read_nid,       [FIELD_CERTIFICATE] = read_certificate,
		[FIELD_DATE] = read_date,     [FIELD_MONTH] = read_month,
		[FIELD_CODE] = read_code,     [FIELD_FLAG] = read_flag,
		[FIELD_INT] = read_int,       [FIELD_DECIMAL] = read_decimal,
		[FIELD_MONEY] = read_money,   [FIELD_PHONE] = read_phone,
		[FIELD_REGION] = read_region, [FIELD_ADDRESS] = read_address,
		[FIELD_BANK] = read_bank,
	};
	rc r = readers[in->x->type](in);

	if (r == RC_OK)
		in->out->given = true;
	else if (in->f->field.n == 0)
		in->f->field = in->x->id; /* the catalogue outlives every fault */
	return r;
}

/* Words for nothing are nothing, unless they are words of the field itself ("无" of a hardship). */
static bool
is_nothing(const field_reader *r, const field *x, str s)
{
	if (s.n == 0)
		return true;
	if ((x->type == FIELD_CODE && code_read(x->list, s)) || x->type == FIELD_FLAG || s.n > 16)
		return false;
	return map_get(&r->c->absent, s) || map_get(&r->c->absent, heading_fold(r->a, s));
}

rc
field_read(const field_reader *r, fault *f, const field *x, str raw, field_value *out)
{
	str s = str_trim(raw);
	reading in = {.r = r, .f = f, .x = x, .raw = s, .out = out};

	*out = (field_value){.field = x, .text = STR("")};
	if (is_nothing(r, x, s))
		return RC_OK;
	TRY(read_value(&in));
	if (out->given && is_nothing(r, x, out->text)) /* "n a .": a word for nothing in its one form */
		*out = (field_value){.field = x, .text = STR("")};
	return RC_OK;
}

/* A day that a spreadsheet keeps as a number of days. */
static bool
serial_day(const cell *c, str plain, int32_t *day)
{
	int64_t n = 0;

	if (c->kind != CELL_NUMBER || !str_to_i64(plain, &n) || n < SERIAL_FIRST || n > SERIAL_LAST)
		return false;
	*day = (int32_t)n + SPREADSHEET_EPOCH;
	return true;
}

static rc
cell_text(const reading *in, const cell *c, str *out)
{
	field_type type = in->x->type;
	bool long_digits = type == FIELD_NID || type == FIELD_CERTIFICATE || type == FIELD_BANK;

	if (c->kind == CELL_ERROR)
		return REFUSE(in, "field.value.cell", FA_STR("value", c->text));
	if (long_digits && cell_is_spoilt(c))
		return REFUSE(in, "field.value.spoilt");
	return text_clean(in->r->a, in->f, cell_plain(in->r->a, c), out);
}

rc
field_read_cell(const field_reader *r, fault *f, const field *x, const cell *c, field_value *out)
{
	reading in = {.r = r, .f = f, .x = x, .out = out};
	int32_t day = DATE_NONE;
	str s;

	*out = (field_value){.field = x, .text = STR("")};
	if (c->kind == CELL_EMPTY)
		return RC_OK;
	rc done = cell_text(&in, c, &s);
	if (done != RC_OK) {
		if (f->field.n == 0)
			f->field = x->id;
		return done;
	}
	bool dated = x->type == FIELD_DATE && (c->kind == CELL_DATE || serial_day(c, s, &day));
	if (!dated)
		return field_read(r, f, x, s, out);
	out->given = true;
	return take_day(&in, c->kind == CELL_DATE ? c->day : day);
}

rc
field_read_several(const field_reader *r, fault *f, const field *x, str raw, char sep, str between,
		   field_value *out)
{
	reading in = {.r = r, .f = f, .x = x, .raw = raw, .out = out};
	const code_item *alone = NULL;
	buf all = buf_in(r->a);
	size_t n = 0;
	str part;

	*out = (field_value){.field = x, .text = STR("")};
	while (str_next(&raw, sep, &part)) {
		field_value one;
		TRY(field_read(r, f, x, part, &one));
		if (!one.given)
			continue;
		const code_item *item = x->list ? code_find(x->list, one.text) : NULL;
		if (item && item->alone)
			alone = item;
		if (n++)
			buf_put(&all, between);
		buf_put(&all, one.text);
		*out = one;
	}
	out->text = buf_str(&all);
	if (alone && n > 1)
		return REFUSE(&in, "field.value.alone",
			      FA_STR("value", r->lang == MSG_EN ? alone->en : alone->zh));
	return RC_OK;
}

rc
field_read_answer(const field_reader *r, fault *f, const field *x, str raw, field_value *out)
{
	return x->many ? field_read_several(r, f, x, raw, ' ', STR(" "), out) : field_read(r, f, x, raw, out);
}

/* ---- showing ---- */

static str
show_region(const field_reader *r, str stored)
{
	const field_regions *g = r->regions;
	int64_t code = 0;

	return g && g->show && str_to_i64(stored, &code) ? g->show(g->ctx, r->a, code, r->lang) : stored;
}

static str
show_code(const field_reader *r, const field *x, str stored)
{
	const code_item *item = code_find(x->list, stored);

	if (!item)
		return stored;
	return r->lang == MSG_EN ? item->en : item->zh;
}

static str
show_flag(const field_reader *r, str stored)
{
	bool yes = str_eq(stored, STR("1"));

	if (!yes && !str_eq(stored, STR("0")))
		return stored;
	if (r->lang == MSG_EN)
		return yes ? STR("Yes") : STR("No");
	return yes ? STR("是") : STR("否");
}

static str
show_codes(const field_reader *r, const field *x, str stored)
{
	buf b = buf_in(r->a);
	str one;

	while (str_next(&stored, ' ', &one)) {
		buf_put(&b, b.n == 0 ? STR("") : r->lang == MSG_EN ? STR(", ") : STR("、"));
		buf_put(&b, show_code(r, x, one));
	}
	return buf_str(&b);
}

str
field_show(const field_reader *r, const field *x, str stored)
{
	int64_t fen = 0;

	if (stored.n == 0)
		return STR("");
	if (x->type == FIELD_CODE)
		return x->many ? show_codes(r, x, stored) : show_code(r, x, stored);
	if (x->type == FIELD_FLAG)
		return show_flag(r, stored);
	if (x->type == FIELD_REGION)
		return show_region(r, stored);
	if (x->type == FIELD_MONEY && str_to_i64(stored, &fen))
		return fen_grouped(r->a, fen);
	/* "75 dB HL", "10°" */
	bool letters = x->unit.n && (x->unit.p[0] | 32) >= 'a' && (x->unit.p[0] | 32) <= 'z';
	return x->unit.n ? STR_CATS(r->a, stored, letters ? STR(" ") : STR(""), x->unit) : stored;
}

/* ---- masking ---- */

/* "138****0000"; of a short number the last four stay; of what is no number nothing. */
static str
mask_phone(arena *a, str s)
{
	enum { ENDS = 4, HEAD = 3 };

	if (!str_all_digits(s))
		return STR("****");
	if (s.n < HEAD + 2 * ENDS)
		return s.n <= ENDS ? STR("****") : str_cat(a, STR("****"), str_from(s, s.n - ENDS));
	return str_fmt(a, "%.*s****%.*s", HEAD, s.p, ENDS, s.p + s.n - ENDS);
}

/* To the village, the community or the committee; an address without any shows nothing. */
static str
mask_address(arena *a, str s)
{
	static const str ends[] = {STR("村民委员会"), STR("居民委员会"), STR("村委会"),
				   STR("居委会"),     STR("社区"),       STR("村")};

	for (size_t i = 0; i < LEN(ends); i++) {
		ptrdiff_t at = str_find(s, ends[i]);
		if (at >= 0)
			return str_cat(a, str_sub(s, 0, (size_t)at + ends[i].n), STR("****"));
	}
	return STR("****");
}

str
field_mask(const field_reader *r, const field *x, str stored)
{
	if (stored.n == 0)
		return STR("");
	if (x->type == FIELD_NID)
		return nid_mask(r->a, stored);
	if (x->type == FIELD_CERTIFICATE)
		return cert_no_mask(r->a, stored);
	if (x->type == FIELD_PHONE)
		return mask_phone(r->a, stored);
	if (x->type == FIELD_BANK)
		return str_all_digits(stored) ? card_mask(r->a, stored) : STR("****");
	if (x->type == FIELD_ADDRESS)
		return mask_address(r->a, stored);
	return field_show(r, x, stored);
}
