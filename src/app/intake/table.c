/* table.c - see table.h. */
#include "app/intake/table.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "io/yaml.h"

enum { MAP_MAX = 256 * 1024 };

intake_table *
intake_table_new(arena *a)
{
	intake_table *t = arena_new(a, intake_table);

	t->a = a;
	return t;
}

static bool
says_something(const cell *c)
{
	return c->kind != CELL_EMPTY && !(c->kind == CELL_TEXT && str_trim(c->text).n == 0);
}

rc
intake_table_take(void *table, fault *f, const cell_row *row)
{
	intake_table *t = table;
	bool any = false;

	cell *to = arena_array(t->a, cell, row->n);
	for (uint32_t i = 0; i < row->n; i++) {
		to[i] = *cell_value(&row->cell[i]);
		to[i].merged = NULL;
		any = any || says_something(&row->cell[i]); /* a line of merged cells alone is blank */
	}
	if (!any)
		return RC_OK;
	if (t->rows.n == INTAKE_ROWS_MAX)
		return FAIL(f, RC_LIMIT, "intake.rows", FA_INT("max", INTAKE_ROWS_MAX));
	for (uint32_t i = 0; i < row->n; i++)
		to[i].text = str_dup(t->a, to[i].text);
	*vec_add(t->a, &t->rows) = (intake_row){.number = row->row, .n = row->n, .cell = to};
	return RC_OK;
}

rc
intake_table_read(intake_table *t, fault *f, sheet *s)
{
	cell_row row;
	size_t tab = 0;

	while (tab + 1 < sheet_count(s) && sheet_hidden(s, tab))
		tab++;
	TRY(sheet_begin(s, f, tab));
	for (;;) {
		rc r = sheet_next(s, f, &row);
		if (r == RC_NOT_FOUND)
			return RC_OK;
		TRY(r);
		TRY(intake_table_take(t, f, &row));
	}
}

/* ---- headings ---- */

static str
heading_of(arena *a, const cell *c)
{
	fault f = {0};
	str s;

	if (!says_something(c) || text_clean_lines(a, &f, c->text, &s) != RC_OK)
		return STR("");
	return str_trim(s);
}

typedef struct naming {
	arena *a;
	fault *f;
	const catalogue *c;
	const heading_choices *chosen;
} naming;

/* RC_OK with *out NULL: nothing names it, or the office leaves it out. */
static rc
field_of(const naming *in, str heading, const field **out)
{
	str key = heading_fold(in->a, heading);

	*out = NULL;
	for (size_t i = 0; in->chosen && i < in->chosen->n; i++) {
		const heading_choice *x = &in->chosen->v[i];
		if (!str_eq(heading_fold(in->a, x->heading), key))
			continue;
		if (x->field.n == 0)
			return RC_OK;
		*out = field_find(in->c, x->field);
		return *out ? RC_OK
			    : FAIL(in->f, RC_INVALID, "intake.field", FA_STR("heading", x->heading),
				   FA_STR("value", x->field));
	}
	if (heading.n)
		*out = field_by_heading(in->c, heading);
	if (*out && (*out)->home == HOME_DERIVED)
		*out = NULL; /* computed here, whatever the sheet says */
	return RC_OK;
}

static rc
name_columns(const naming *in, const intake_row *row, intake_column *to, size_t *named)
{
	*named = 0;
	for (uint32_t i = 0; i < row->n; i++) {
		to[i] = (intake_column){.heading = heading_of(in->a, &row->cell[i])};
		TRY(field_of(in, to[i].heading, &to[i].field));
		for (uint32_t k = 0; k < i; k++)
			if (to[i].field && to[k].field == to[i].field)
				to[i].field = NULL;
		*named += to[i].field != NULL;
	}
	return RC_OK;
}

rc
intake_table_map(intake_table *t, fault *f, const catalogue *c, const heading_choices *chosen)
{
	const naming in = {.a = t->a, .f = f, .c = c, .chosen = chosen};
	size_t best = 0, at = 0, named = 0, width = 0;

	for (size_t i = 0; i < t->rows.n && i < INTAKE_HEAD_ROWS; i++) {
		intake_column *try = arena_array(t->a, intake_column, t->rows.v[i].n);
		TRY(name_columns(&in, &t->rows.v[i], try, &named));
		if (named > best) {
			best = named;
			at = i;
			t->column = try;
			t->columns = t->rows.v[i].n;
		}
	}
	if (best < 2)
		return FAIL(f, RC_INVALID, "intake.headings", FA_INT("rows", INTAKE_HEAD_ROWS));
	for (size_t i = at + 1; i < t->rows.n; i++)
		width = MAX(width, t->rows.v[i].n);
	t->rows.v += at + 1;
	t->rows.n -= at + 1;
	t->rows.cap -= at + 1;
	t->columns = MIN(t->columns, width ? width : t->columns);
	return RC_OK;
}

int
intake_column_of(const intake_table *t, const field *x)
{
	for (size_t i = 0; i < t->columns; i++)
		if (t->column[i].field == x)
			return (int)i;
	return -1;
}

/* ---- files of choices ---- */

rc
heading_choices_read(arena *a, fault *f, const catalogue *c, str file, str text, heading_choices *out)
{
	static const str known[] = {STR("heading"), STR("field")};
	const yaml *list = NULL;

	*out = (heading_choices){0};
	TRY(yaml_parse(a, f, file, text, MAP_MAX, &list));
	TRY(yaml_is(f, list, YAML_LIST));
	for (size_t i = 0; i < list->n; i++) {
		heading_choice x = {0};
		TRY(yaml_is(f, &list->item[i], YAML_MAP));
		TRY(yaml_only(f, &list->item[i], known, LEN(known)));
		TRY(yaml_need_text(f, &list->item[i], STR("heading"), &x.heading));
		TRY(yaml_need_text(f, &list->item[i], STR("field"), &x.field));
		if (str_eq(x.field, STR("none")))
			x.field = STR("");
		else if (!field_find(c, x.field))
			return FAIL(f, RC_INVALID, "intake.field", FA_STR("heading", x.heading),
				    FA_STR("value", x.field));
		*vec_add(a, out) = x;
	}
	return RC_OK;
}

str
heading_choices_text(arena *a, const heading_choice *v, size_t n)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < n; i++) {
		str heading = v[i].heading, id = v[i].field.n ? v[i].field : STR("none");
		buf_lit(&b, "- {heading: \"");
		for (size_t k = 0; k < heading.n; k++) {
			char ch = heading.p[k];
			if (ch == '"' || ch == '\\')
				buf_c(&b, '\\');
			buf_c(&b, ch == '\n' ? ' ' : ch);
		}
		buf_fmt(&b, "\", field: %.*s}\n", STR_ARG(id));
	}
	return buf_str(&b);
}

str
intake_table_map_text(arena *a, const intake_table *t)
{
	heading_choice *v = arena_array(a, heading_choice, t->columns);
	size_t n = 0;

	for (size_t i = 0; i < t->columns; i++) {
		const intake_column *x = &t->column[i];
		if (x->heading.n)
			v[n++] = (heading_choice){x->heading, x->field ? x->field->id : STR("")};
	}
	return heading_choices_text(a, v, n);
}
