/* html.h - writes HTML: every value escaped for the place it stands in.
 *
 * The templates (*.tpl) call these functions; a page rarely does. `html_safe` is the only text that goes out
 * as it is, and only html.c makes one. */
#pragma once
#include "base/date.h"
#include "base/msg.h"

struct tpl_page;

/* One page under construction, and what every template may know of its request. */
typedef struct html_out {
	buf *b;
	msg_lang lang;
	str csrf;                    /* masked anew for each reply */
	str request_key;             /* the stem of every form's own key: the same post twice is one act */
	unsigned forms;              /* keys handed out so far */
	const struct tpl_page *page; /* `page` in the templates; the layout needs it */
} html_out;

/* Mark-up that is known to be well formed and escaped. Do not fill it in by hand. */
typedef struct html_safe {
	str s;
} html_safe;

typedef struct tpl_list_str {
	const str *v;
	size_t n;
} tpl_list_str;

/* Mark-up as it stands in the source: the argument must be a literal. */
#define html_lit(o, lit) buf_put((o)->b, STR(lit))

/* Text, between tags or inside the quotes of an attribute. */
void html_put(html_out *o, str s);
void html_int(html_out *o, int64_t v);
void html_put_safe(html_out *o, html_safe h);
void html_msg(html_out *o, int id, const fault_arg *args);

/* A whole address: http, https, mailto, tel or relative to this site; anything else becomes "#". */
void html_url(html_out *o, str url);
/* One part of an address: all but letters, digits and -._~ percent-encoded. */
void html_url_part(html_out *o, str s);

/* <time>2026 年 11 月 25 日</time>, or 25 November 2026; nothing for DATE_NONE. */
void html_date(html_out *o, int32_t day);
/* 2026-11-25, for tables of the staff and for attributes. */
void html_iso(html_out *o, int32_t day);
/* Fen as yuan with two decimals: 1,234.50. */
void html_money(html_out *o, int64_t fen);
/* 12,345,678 */
void html_grouped(html_out *o, int64_t v);
/* A number to be read out or copied, in groups of four; a last one alone joins the group before. One with
 * hyphens is grouped by them. */
void html_spelled(html_out *o, str s);

/* The two hidden inputs that every posted form carries. Each call is another form, with a request key of its
 * own: the stem and two characters that count. */
void html_keys(html_out *o);

/* Between the two, output is collected instead of written; captures nest. */
typedef struct html_mark {
	buf *outer;
	buf own;
} html_mark;
void html_capture(html_out *o, html_mark *m);
html_safe html_captured(html_out *o, html_mark *m);

/* Text as mark-up, for a part that takes html. */
html_safe html_of_text(arena *a, str s);

/* What the templates build a text argument with. */
str html_msg_text(html_out *o, int id, const fault_arg *args);
str html_date_text(html_out *o, int32_t day);
str html_day_text(html_out *o, str day); /* of a day as it is stored; itself when it is none */
void html_build_part(buf *b, str s);     /* as html_url_part, for an address that is built first */
