/* result.c - see result.h. */
#include "app/errand/result.h"

#include "base/nid.h"
#include "base/utf8.h"
#include "io/json.h"

enum { TEXT_MAX = 64 << 20 };

/* ---- headings ---- */

static void
put_samples(json_out *w, arena *a, const intake_table *t, size_t column)
{
	size_t n = 0;

	json_list(w, STR("s"));
	for (size_t i = 0; i < t->rows.n && n < FOUND_SAMPLES; i++) {
		const intake_row *row = &t->rows.v[i];
		str text = column < row->n ? str_trim(cell_plain(a, &row->cell[column])) : STR("");
		if (text.n == 0)
			continue;
		json_put_text(w, JSON_BARE, utf8_cut(text, FOUND_SAMPLE));
		n++;
	}
	json_end(w);
}

str
found_columns_write(arena *a, const intake_table *t)
{
	buf b = buf_in(a);
	json_out w = json_to(&b);

	json_list(&w, JSON_BARE);
	for (size_t i = 0; i < t->columns; i++) {
		const intake_column *x = &t->column[i];
		if (x->heading.n == 0)
			continue;
		json_map(&w, JSON_BARE);
		json_put_text(&w, STR("h"), x->heading);
		json_put_text(&w, STR("f"), x->field ? x->field->id : STR(""));
		put_samples(&w, a, t, i);
		json_end(&w);
	}
	json_end(&w);
	return buf_str(&b);
}

rc
found_columns_read(arena *a, fault *f, str text, found_columns *out)
{
	const json *all = NULL, *samples = NULL;

	*out = (found_columns){0};
	TRY(json_parse(a, f, text, TEXT_MAX, &all));
	for (size_t i = 0; i < all->n; i++) {
		found_column *c = vec_add(a, out);
		TRY(json_need_text(f, &all->item[i], STR("h"), &c->heading));
		TRY(json_need_text(f, &all->item[i], STR("f"), &c->field));
		TRY(json_need(f, &all->item[i], STR("s"), JSON_LIST, &samples));
		for (size_t k = 0; k < samples->n && k < FOUND_SAMPLES; k++)
			c->sample[c->nsamples++] = samples->item[k].text;
	}
	return RC_OK;
}

/* ---- rows ---- */

static str
reasons_of(arena *a, const intake_result *r)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < r->nreasons; i++) {
		if (i)
			buf_c(&b, '\n');
		buf_put(&b, r->reason[i]);
	}
	return buf_str(&b);
}

static void
put_row(json_out *w, arena *a, int64_t line, const intake_result *r)
{
	json_map(w, JSON_BARE);
	json_put_int(w, STR("n"), line);
	json_put_int(w, STR("v"), r->verdict);
	json_put_text(w, STR("name"), r->name);
	json_put_text(w, STR("i"), nid_mask(a, r->number));
	if (r->person) {
		json_put_int(w, STR("o"), r->owner);
		json_put_id(w, STR("p"), r->person);
	}
	if (r->nreasons)
		json_put_text(w, STR("why"), reasons_of(a, r));
	if (r->differences.n) {
		json_list(w, STR("d"));
		for (size_t i = 0; i < r->differences.n; i++) {
			const intake_difference *d = &r->differences.v[i];
			json_map(w, JSON_BARE);
			json_put_text(w, STR("f"), d->field->id);
			json_put_text(w, STR("s"), d->sheet);
			json_put_text(w, STR("k"), d->kept);
			json_end(w);
		}
		json_end(w);
	}
	json_end(w);
}

/* How many rows differ in each field, most first as the catalogue has them. */
static void
put_fields(json_out *w, arena *a, const intake *in)
{
	const catalogue *c = intake_catalogue(in);
	const intake_result *r = intake_results(in);
	int64_t *n = arena_array(a, int64_t, c->n), total = intake_count(in).total;

	for (int64_t i = 0; i < total; i++)
		for (size_t k = 0; k < r[i].differences.n; k++)
			n[r[i].differences.v[k].field->number]++;
	json_list(w, STR("fields"));
	for (size_t i = 0; i < c->n; i++) {
		if (n[i] == 0)
			continue;
		json_map(w, JSON_BARE);
		json_put_text(w, STR("f"), c->field[i].id);
		json_put_int(w, STR("n"), n[i]);
		json_end(w);
	}
	json_end(w);
}

static void
put_photos(json_out *w, const photo_report *p)
{
	json_put_int(w, STR("given"), p->given);
	json_put_int(w, STR("had"), p->kept);
	json_list(w, STR("left"));
	for (size_t i = 0; i < p->left.n && i < FOUND_ROWS; i++) {
		json_map(w, JSON_BARE);
		json_put_text(w, STR("name"), p->left.v[i].name);
		json_put_text(w, STR("why"), p->left.v[i].why);
		json_end(w);
	}
	json_end(w);
}

str
found_write(arena *a, const intake *in, int64_t corrected, const photo_report *photos)
{
	const intake_result *r = intake_results(in);
	int64_t total = intake_count(in).total;
	size_t n[INTAKE_REFUSED + 1] = {0};
	buf b = buf_in(a);
	json_out w = json_to(&b);

	json_map(&w, JSON_BARE);
	json_put_int(&w, STR("corrected"), corrected);
	json_list(&w, STR("rows"));
	for (int64_t i = 0; i < total; i++)
		if (n[r[i].verdict]++ < FOUND_ROWS)
			put_row(&w, a, intake_row_number(in, (size_t)i), &r[i]);
	json_end(&w);
	put_fields(&w, a, in);
	if (photos)
		put_photos(&w, photos);
	json_end(&w);
	return buf_str(&b);
}

/* ---- read again ---- */

static rc
read_differences(arena *a, fault *f, const json *in, found_row *row)
{
	const json *list = json_find(in, STR("d"));

	for (size_t i = 0; list && i < list->n; i++) {
		found_difference *d = vec_add(a, &row->differences);
		TRY(json_need_text(f, &list->item[i], STR("f"), &d->field));
		TRY(json_need_text(f, &list->item[i], STR("s"), &d->sheet));
		TRY(json_need_text(f, &list->item[i], STR("k"), &d->kept));
	}
	return RC_OK;
}

static rc
read_rows(arena *a, fault *f, const json *all, found *out)
{
	const json *list = NULL;
	int64_t verdict = 0;

	TRY(json_need(f, all, STR("rows"), JSON_LIST, &list));
	for (size_t i = 0; i < list->n; i++) {
		const json *x = &list->item[i];
		found_row *row = vec_add(a, &out->rows);
		TRY(json_need_int(f, x, STR("n"), &row->line));
		TRY(json_need_int(f, x, STR("v"), &verdict));
		row->verdict = (intake_verdict)verdict;
		TRY(json_need_text(f, x, STR("name"), &row->name));
		TRY(json_opt_text(f, x, STR("i"), &row->number));
		TRY(json_opt_text(f, x, STR("why"), &row->why));
		TRY(json_opt_int(f, x, STR("o"), &row->owner));
		TRY(json_opt_id(f, x, STR("p"), &row->person));
		TRY(read_differences(a, f, x, row));
	}
	return RC_OK;
}

rc
found_read(arena *a, fault *f, str text, found *out)
{
	const json *all = NULL, *list = NULL;

	*out = (found){0};
	TRY(json_parse(a, f, text, TEXT_MAX, &all));
	TRY(json_need_int(f, all, STR("corrected"), &out->corrected));
	TRY(read_rows(a, f, all, out));
	TRY(json_need(f, all, STR("fields"), JSON_LIST, &list));
	for (size_t i = 0; i < list->n; i++) {
		found_field *x = vec_add(a, &out->fields);
		TRY(json_need_text(f, &list->item[i], STR("f"), &x->field));
		TRY(json_need_int(f, &list->item[i], STR("n"), &x->n));
	}
	TRY(json_opt_int(f, all, STR("given"), &out->given));
	TRY(json_opt_int(f, all, STR("had"), &out->kept));
	list = json_find(all, STR("left"));
	for (size_t i = 0; list && i < list->n; i++) {
		photo_left *x = vec_add(a, &out->left);
		TRY(json_need_text(f, &list->item[i], STR("name"), &x->name));
		TRY(json_need_text(f, &list->item[i], STR("why"), &x->why));
	}
	return RC_OK;
}
