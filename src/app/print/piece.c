/* piece.c - see piece.h. */
#include "app/print/piece.h"

#include "app/field/value.h"
#include "app/paper/paper.h"
#include "base/date.h"

typedef struct making {
	arena *a;
	fault *f;
	const print_ask *ask;
	const record *r;
	field_reader reader;
	rc failed; /* of a value that an expression asked */
} making;

static str
name_of(const print_item *item, msg_lang lang)
{
	return lang == MSG_EN ? item->en : item->zh;
}

/* What an expression asks: a division by its path, anything else as it is stored. */
static str
answer(void *ctx, const field *x)
{
	making *m = ctx;
	str text = STR("");

	rc r = record_text(m->r, m->a, m->f, x, &text);
	if (r != RC_OK)
		m->failed = r;
	return x->type == FIELD_REGION && text.n ? field_show(&m->reader, x, text) : text;
}

static str
long_day(arena *a, int32_t day)
{
	ymd d = date_ymd(day);

	return str_fmt(a, "%d年%d月%d日", d.y, d.m, d.d);
}

static rc
text_of(making *m, const print_item *item, str *out)
{
	words_env env = {.ctx = m, .answer = answer, .register_ = answer, .now = m->ask->now};
	str text;

	if (item->field) {
		TRY(record_text(m->r, m->a, m->f, item->field, &text));
		*out = text.n ? field_show(&m->reader, item->field, text) : STR("");
		return RC_OK;
	}
	env.word[WORD_OFFICE] = m->ask->office;
	env.word[WORD_DAY] = long_day(m->a, date_of_instant(m->ask->now));
	TRY(words_text(m->a, m->f, m->ask->layouts->words, item->feel, &env, out));
	return m->failed;
}

static overprint_text
box_of(const print_item *item, msg_lang lang)
{
	return (overprint_text){.name = name_of(item, lang),
				.text = STR(""),
				.at = item->at,
				.size = item->size,
				.least = item->least,
				.lines = item->lines,
				.align = item->align,
				.sans = item->sans,
				.strong = item->strong};
}

static rc
put_photo(making *m, const print_face *face, str photo, overprint_picture *out)
{
	paper_checked p;

	*out = (overprint_picture){.at = face->photo};
	if (photo.n == 0 && face->photo_needed)
		return FAIL(m->f, RC_INVALID, "print.no_photo");
	if (photo.n == 0)
		return RC_OK;
	TRY(paper_check(m->a, m->f, photo, &p));
	if (p.kind == PAPER_PDF)
		return FAIL(m->f, RC_INVALID, "print.photo_kind");
	out->bytes = p.bytes;
	out->png = p.kind == PAPER_PNG;
	out->width = p.width;
	out->height = p.height;
	out->direction = p.direction;
	return RC_OK;
}

static rc
put_face(making *m, const print_face *face, str photo, overprint_face *out)
{
	overprint_text *v = arena_array(m->a, overprint_text, face->n);

	for (size_t i = 0; i < face->n; i++) {
		v[i] = box_of(&face->item[i], m->ask->lang);
		TRY(text_of(m, &face->item[i], &v[i].text));
		if (v[i].text.n == 0 && face->item[i].needed)
			return FAIL(m->f, RC_INVALID, "print.empty", FA_STR("name", v[i].name));
	}
	*out = (overprint_face){.text = v, .n = face->n};
	return face->photo.w ? put_photo(m, face, photo, &out->picture) : RC_OK;
}

rc
print_piece(arena *a, fault *f, const print_ask *ask, const record *r, str photo, overprint_piece *out)
{
	making m = {.a = a, .f = f, .ask = ask, .r = r};

	m.reader = (field_reader){.a = a,
				  .c = ask->layouts->fields,
				  .regions = ask->regions,
				  .today = date_of_instant(ask->now)};
	*out = (overprint_piece){0};
	for (size_t i = 0; i < ask->layout->stock.faces; i++)
		TRY(put_face(&m, &ask->layout->face[i], photo, &out->face[i]));
	return RC_OK;
}

void
print_piece_empty(arena *a, const print_layout *layout, msg_lang lang, overprint_piece *out)
{
	*out = (overprint_piece){0};
	for (size_t i = 0; i < layout->stock.faces; i++) {
		const print_face *face = &layout->face[i];
		overprint_text *v = arena_array(a, overprint_text, face->n);
		for (size_t k = 0; k < face->n; k++)
			v[k] = box_of(&face->item[k], lang);
		out->face[i] = (overprint_face){.text = v, .n = face->n, .picture = {.at = face->photo}};
	}
}
