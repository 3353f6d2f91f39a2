/* form.h - what a person typed, read into typed values, with everything that is to be mended at once.
 *
 *   form f = form_of(rq->a, &rq->http->form, rq->now);
 *   str family = form_text(&f, FIELD("family", label_family), 50);
 *   int32_t born = form_date(&f, FIELD("born", label_born));
 *   if (!form_ok(&f))
 *           … the same page again, 422, with f.errors in the summary and form_typed() in the fields …
 *
 * A reader never fails: it gives the value, or nothing of its type and a line in f.errors. Each line names
 * its field, its message and the label, so that the summary on top and the words at the field are one and the
 * same. People type full-width digits, spaces, 2024.3.5 and 1,200元: what can only mean one thing is taken.
 */
#pragma once
#include "base/date.h"
#include "base/fault.h"
#include "base/nid.h"
#include "base/vec.h"
#include "io/url.h"

enum { FORM_NONE = -1, FORM_KEY_LEN = 22 };

typedef struct form {
	arena *a;
	const url_pairs *in;
	int32_t today;
	VEC(const fault *) errors; /* in the order of the questions; fault.field is the question's name */
} form;

/* One question: the name of its input, and its label in the reader's language, for the messages. */
typedef struct form_field {
	str name, label;
	bool optional; /* nothing typed is an answer */
} form_field;

#define FIELD(nm, lb)    ((form_field){.name = STR(nm), .label = (lb)})
#define OPTIONAL(nm, lb) ((form_field){.name = STR(nm), .label = (lb), .optional = true})

/* `now` in ms tells what day it is in the office. */
form form_of(arena *a, const url_pairs *in, int64_t now);
bool form_ok(const form *f);

/* A mistake the page itself has found: return the new line of the summary for its FAIL(…, FA_FIELD(name)). */
fault *form_wrong(form *f);

/* The mistake at this field, or NULL. */
const fault *form_error(const form *f, str name);

/* What was typed, as it was typed: to show it again. */
str form_typed(const form *f, str name);

/* One line; several lines (line ends become LF). At most `max` characters. Nothing: the empty text. */
str form_text(form *f, form_field q, size_t max);
str form_lines(form *f, form_field q, size_t max);
/* As form_text, with the spaces and middle dots of names put right. */
str form_name(form *f, form_field q, size_t max);

/* Three inputs name-year, name-month, name-day, or one called name: 2024-3-5, 2024.3.5, 2024/3/5,
 * 2024年3月5日, 20240305. A year has four digits. Nothing: DATE_NONE. */
int32_t form_date(form *f, form_field q);

/* A date that cannot be after today. */
int32_t form_past_date(form *f, form_field q);

/* An identity number; an old one of 15 digits becomes one of 18. False: none, or wrong. */
bool form_nid(form *f, form_field q, nid *out);

/* Which of `choices` was picked, or FORM_NONE. What is not among them was never on the page. */
int form_choice(form *f, form_field q, const str *choices, size_t n);

/* Which of at most 64 boxes were ticked, bit i for choices[i]. */
uint64_t form_ticks(form *f, form_field q, const str *choices, size_t n);
bool form_ticked(const form *f, str name);

/* A whole number between min and max. Nothing: `min` when that is not wrong, so ask form_typed if it matters.
 */
int64_t form_int(form *f, form_field q, int64_t min, int64_t max);

/* Yuan, into fen: 1200, 1,200.50, ¥1200元. Nothing: 0. */
int64_t form_money(form *f, form_field q, int64_t max);

/* The field request-key: FORM_KEY_LEN characters made when the form was shown. The empty text when it is not
 * that: the post then has no second chance and must be refused. */
str form_request_key(const form *f);
