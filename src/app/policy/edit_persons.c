/* edit_persons.c - tests.csv as headings and persons: see edit.h. */
#include "app/policy/edit.h"

#include "io/csv.h"
#include "io/text.h"

#define WHO  STR("测试人")
#define ROWS STR("行")
#define WHY  STR("说明")

static size_t
heading_at(const edit_persons *v, str name)
{
	for (size_t i = 0; i < v->heading.n; i++)
		if (str_eq(v->heading.v[i], name))
			return i;
	return SIZE_MAX;
}

static void
need_heading(arena *a, edit_persons *v, str name)
{
	if (heading_at(v, name) == SIZE_MAX)
		*vec_add(a, &v->heading) = name;
}

/* Whatever could be filled in for a person. What the layers above decide is worked out, unless he gives it.
 */
static void
need_headings(arena *a, const policy *p, edit_persons *v)
{
	need_heading(a, v, WHO);
	for (const policy *q = p; q; q = q->above)
		for (size_t i = 0; i < q->doc->ninputs; i++)
			if (!str_eq(q->doc->input[i].name, POLICY_ABOVE))
				need_heading(a, v, q->doc->input[i].name);
	for (size_t i = 0; i < p->doc->ndecisions; i++)
		need_heading(a, v, p->doc->decision[i].name);
	need_heading(a, v, ROWS);
	need_heading(a, v, WHY);
}

rc
edit_persons_read(arena *a, fault *f, const policy *p, str csv, edit_persons *out)
{
	typedef VEC(str *) rows;
	rows raw = {0};
	csv_row row;

	*out = (edit_persons){0};
	TRY(text_decode(a, f, csv, POLICY_FILE_MAX, NULL, &csv));
	csv_reader *r = csv_over(a, csv, ',', CSV_LIMITS);
	for (;;) {
		rc code = csv_next(r, f, &row);
		if (code == RC_NOT_FOUND)
			break;
		TRY(code);
		if (row.n == 0)
			continue;
		if (out->heading.n == 0) {
			for (size_t i = 0; i < row.n; i++)
				*vec_add(a, &out->heading) = str_dup(a, str_trim(row.cell[i]));
			continue;
		}
		str *cells = arena_array(a, str, out->heading.n);
		for (size_t i = 0; i < row.n && i < out->heading.n; i++)
			cells[i] = str_dup(a, str_trim(row.cell[i]));
		*vec_add(a, &raw) = cells;
	}
	out->had = out->heading.n;
	need_headings(a, p, out);
	for (size_t i = 0; i < raw.n; i++) {
		str *cells = arena_array(a, str, out->heading.n);
		memcpy(cells, raw.v[i], out->had * sizeof *cells);
		*vec_add(a, &out->person) = cells;
	}
	return RC_OK;
}

static void
put_cell(buf *b, str s)
{
	bool quoted = false;

	for (size_t i = 0; i < s.n && !quoted; i++)
		quoted = strchr(",\"\r\n", s.p[i]) != NULL;
	if (!quoted) {
		buf_put(b, s);
		return;
	}
	buf_c(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_c(b, '"');
		buf_c(b, s.p[i]);
	}
	buf_c(b, '"');
}

static void
put_line(buf *b, const str *line, const bool *kept, size_t n)
{
	for (size_t i = 0, written = 0; i < n; i++) {
		if (!kept[i])
			continue;
		buf_put(b, written++ ? STR(",") : STR(""));
		put_cell(b, line[i]);
	}
	buf_c(b, '\n');
}

str
edit_persons_write(arena *a, const edit_persons *v)
{
	size_t n = v->heading.n;
	bool *kept = arena_array(a, bool, n);
	buf b = buf_in(a);

	for (size_t i = 0; i < n; i++) {
		kept[i] = i < v->had || str_eq(v->heading.v[i], WHO);
		for (size_t k = 0; k < v->person.n && !kept[i]; k++)
			kept[i] = v->person.v[k][i].n > 0;
	}
	put_line(&b, v->heading.v, kept, n);
	for (size_t i = 0; i < v->person.n; i++)
		put_line(&b, v->person.v[i], kept, n);
	return buf_str(&b);
}
