/* html.c - see html.h. */
#include "web/html.h"

/* What stands for a character that HTML reads; no length: the character itself. */
static const str entity[256] = {
	['&'] = {"&amp;", 5},  ['<'] = {"&lt;", 4},   ['>'] = {"&gt;", 4},
	['"'] = {"&quot;", 6}, ['\''] = {"&#39;", 5},
};

/* Runs without anything to escape, which is nearly all text, are copied whole. */
static void
put_escaped(buf *b, str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const str *e = &entity[(unsigned char)s.p[i]];
		if (e->n == 0)
			continue;
		buf_put(b, str_sub(s, from, i - from));
		buf_put(b, *e);
		from = i + 1;
	}
	buf_put(b, str_from(s, from));
}

void
html_put(html_out *o, str s)
{
	put_escaped(o->b, s);
}

void
html_int(html_out *o, int64_t v)
{
	buf_i64(o->b, v);
}

void
html_put_safe(html_out *o, html_safe h)
{
	buf_put(o->b, h.s);
}

str
html_msg_text(html_out *o, int id, const fault_arg *args)
{
	return msg_text(o->b->a, o->lang, id, args);
}

void
html_msg(html_out *o, int id, const fault_arg *args)
{
	put_escaped(o->b, html_msg_text(o, id, args));
}

/* Relative means: no scheme, and not //host nor its spellings with a backslash, which browsers take for one.
 */
static bool
url_ok(str url)
{
	static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};

	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == '\\' || url.p[i] == 0x7f)
			return false;
	for (size_t i = 0; i < LEN(schemes); i++)
		if (str_eq_nocase(str_sub(url, 0, strlen(schemes[i])), str_of(schemes[i])))
			return true;
	if (url.n == 0 || str_starts(url, STR("//")))
		return false;
	size_t end = 0;
	while (end < url.n && !strchr("/?#", url.p[end]))
		end++;
	return str_find_char(str_sub(url, 0, end), ':') < 0;
}

void
html_url(html_out *o, str url)
{
	put_escaped(o->b, url_ok(url) ? url : STR("#"));
}

void
html_build_part(buf *b, str s)
{
	static const char digit[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool plain = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' ||
			     c == '.' || c == '_' || c == '~';
		if (plain) {
			buf_c(b, (char)c);
		} else {
			buf_c(b, '%');
			buf_c(b, digit[c >> 4]);
			buf_c(b, digit[c & 15]);
		}
	}
}

void
html_url_part(html_out *o, str s)
{
	html_build_part(o->b, s);
}

str
html_date_text(html_out *o, int32_t day)
{
	static const char *const month[] = {"January",   "February", "March",    "April",
					    "May",       "June",     "July",     "August",
					    "September", "October",  "November", "December"};

	if (day == DATE_NONE)
		return (str){0};
	ymd d = date_ymd(day);
	if (o->lang == MSG_EN)
		return str_fmt(o->b->a, "%d %s %d", d.d, month[d.m - 1], d.y);
	return str_fmt(o->b->a, "%d 年 %d 月 %d 日", d.y, d.m, d.d);
}

str
html_day_text(html_out *o, str day)
{
	int32_t d = DATE_NONE;

	return date_parse(day, &d) ? html_date_text(o, d) : day;
}

void
html_date(html_out *o, int32_t day)
{
	if (day == DATE_NONE)
		return;
	html_lit(o, "<time datetime=\"");
	html_iso(o, day);
	html_lit(o, "\">");
	buf_put(o->b, html_date_text(o, day));
	html_lit(o, "</time>");
}

void
html_iso(html_out *o, int32_t day)
{
	char text[DATE_TEXT];

	buf_put(o->b, date_text(day, text));
}

static void
put_grouped(buf *b, uint64_t v)
{
	if (v >= 1000) {
		put_grouped(b, v / 1000);
		buf_fmt(b, ",%03u", (unsigned)(v % 1000));
	} else {
		buf_i64(b, (int64_t)v);
	}
}

static uint64_t
put_sign(buf *b, int64_t v)
{
	if (v >= 0)
		return (uint64_t)v;
	buf_lit(b, "\u2212"); /* a minus, which is as wide as a digit */
	return 0 - (uint64_t)v;
}

void
html_grouped(html_out *o, int64_t v)
{
	put_grouped(o->b, put_sign(o->b, v));
}

void
html_money(html_out *o, int64_t fen)
{
	uint64_t u = put_sign(o->b, fen);

	put_grouped(o->b, u / 100);
	buf_fmt(o->b, ".%02u", (unsigned)(u % 100));
}

static size_t
char_len(str s, size_t at)
{
	size_t n = 1;

	while (at + n < s.n && ((unsigned char)s.p[at + n] & 0xc0) == 0x80)
		n++;
	return n;
}

void
html_spelled(html_out *o, str s)
{
	enum { GROUP = 4 };
	bool parts = str_find_char(s, '-') >= 0; /* its own hyphens part it */

	html_lit(o, "<span class=\"zc-spelled\">");
	for (size_t i = 0, k = 0; i < s.n; k++) {
		size_t n = char_len(s, i);
		bool last = i + n == s.n; /* never stands alone */
		bool begins = parts ? i == 0 || s.p[i - 1] == '-' : k % GROUP == 0 && !(last && k);
		if (begins)
			buf_put(o->b, k ? STR("</span><span>") : STR("<span>"));
		put_escaped(o->b, str_sub(s, i, n));
		i += n;
	}
	buf_put(o->b, s.n ? STR("</span></span>") : STR("</span>"));
}

static void
put_hidden(html_out *o, str name, str value)
{
	html_lit(o, "<input type=\"hidden\" name=\"");
	buf_put(o->b, name);
	html_lit(o, "\" value=\"");
	put_escaped(o->b, value);
	html_lit(o, "\">");
}

void
html_keys(html_out *o)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	enum { BASE = 64 };
	unsigned n = o->forms++ % (BASE * BASE);

	put_hidden(o, STR("csrf"), o->csrf);
	put_hidden(o, STR("request-key"),
		   str_fmt(o->b->a, "%.*s%c%c", STR_ARG(o->request_key), digit[n / BASE], digit[n % BASE]));
}

void
html_capture(html_out *o, html_mark *m)
{
	*m = (html_mark){.outer = o->b, .own = buf_in(o->b->a)};
	o->b = &m->own;
}

html_safe
html_captured(html_out *o, html_mark *m)
{
	BUG_ON(o->b != &m->own); /* captures end in the reverse order of their beginning */
	o->b = m->outer;
	return (html_safe){buf_str(&m->own)};
}

html_safe
html_of_text(arena *a, str s)
{
	buf b = buf_in(a);

	put_escaped(&b, s);
	return (html_safe){buf_str(&b)};
}
