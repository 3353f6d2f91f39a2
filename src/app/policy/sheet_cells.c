/* sheet_cells.c - the rows of a sheet from a grid and back: see sheet.h. A text that a person typed is taken
 * as it stands or refused with its cell; nothing is put in for what is missing. */
#include "app/policy/sheet.h"

#include "base/map.h"
#include "io/csv.h"
#include "io/xlsx_write.h"
#include "locale/msg_ids.h"

/* A word of the sheet, in both languages, and as DMN or we spell it. */
typedef struct word {
	int msg;
	const char *as;
} word;

static const word kinds[GRID_KINDS] = {
	[GRID_INPUT] = {MSG_POLICY_SHEET_WORD_INPUT, "input"},
	[GRID_OUTPUT] = {MSG_POLICY_SHEET_WORD_OUTPUT, "output"},
	[GRID_NOTE] = {MSG_POLICY_SHEET_WORD_ANNOTATION, "annotation"},
	[GRID_WORDS] = {MSG_POLICY_SHEET_WORD_DESCRIPTION, "description"},
	[GRID_ENGLISH] = {MSG_POLICY_SHEET_WORD_ENGLISH, "label"},
	[GRID_ROW] = {MSG_POLICY_SHEET_WORD_NOTE, "row"},
};

static const word props[GRID_PROPS] = {
	[GRID_ID] = {MSG_POLICY_SHEET_WORD_COLUMN_ID, "#id"},
	[GRID_LABEL] = {MSG_POLICY_SHEET_WORD_LABEL, "#label"},
	[GRID_TYPE] = {MSG_POLICY_SHEET_WORD_TYPE, "#type"},
	[GRID_ALLOWED] = {MSG_POLICY_SHEET_WORD_ALLOWED, "#allowed"},
	[GRID_OTHERWISE] = {MSG_POLICY_SHEET_WORD_OTHERWISE, "#default"},
	[GRID_UNIT] = {MSG_POLICY_SHEET_WORD_UNIT, "#unit"},
};

static const word facts[GRID_FACTS] = {
	[GRID_DECISION] = {MSG_POLICY_SHEET_WORD_DECISION, "#decision"},
	[GRID_DECISION_ID] = {MSG_POLICY_SHEET_WORD_DECISION_ID, "#decision-id"},
	[GRID_RESULT] = {MSG_POLICY_SHEET_WORD_RESULT, "#result"},
	[GRID_TABLE] = {MSG_POLICY_SHEET_WORD_TABLE, "#table"},
	[GRID_HIT] = {MSG_POLICY_SHEET_WORD_HIT, "#hit"},
};

static const word hits[] = {
	{MSG_POLICY_SHEET_HIT_UNIQUE, "UNIQUE"},         {MSG_POLICY_SHEET_HIT_ANY, "ANY"},
	{MSG_POLICY_SHEET_HIT_FIRST, "FIRST"},           {MSG_POLICY_SHEET_HIT_PRIORITY, "PRIORITY"},
	{MSG_POLICY_SHEET_HIT_RULE_ORDER, "RULE ORDER"}, {MSG_POLICY_SHEET_HIT_OUTPUT_ORDER, "OUTPUT ORDER"},
	{MSG_POLICY_SHEET_HIT_COLLECT, "COLLECT"},       {MSG_POLICY_SHEET_HIT_SUM, "COLLECT SUM"},
	{MSG_POLICY_SHEET_HIT_COUNT, "COLLECT COUNT"},   {MSG_POLICY_SHEET_HIT_MIN, "COLLECT MIN"},
	{MSG_POLICY_SHEET_HIT_MAX, "COLLECT MAX"},
};

/* Attributes of <zc:row> that have a word; others head their column as they are. */
static const word notes[] = {
	{MSG_POLICY_SHEET_NOTE_CITATION, "citation"},   {MSG_POLICY_SHEET_NOTE_CONFIDENCE, "confidence"},
	{MSG_POLICY_SHEET_NOTE_PUBLISHED, "published"}, {MSG_POLICY_SHEET_NOTE_SUPERSEDES, "supersedes"},
	{MSG_POLICY_SHEET_NOTE_UNKNOWN, "unknown"},
};

static const word id_word = {MSG_POLICY_SHEET_WORD_ID, "id"};
static const word kinds_word = {MSG_POLICY_SHEET_WORD_COLUMNS, "#column"};

static bool
is_word(arena *a, const word *w, str s)
{
	s = str_trim(s);
	return str_eq(s, msg_text(a, MSG_ZH, w->msg, NULL)) ||
	       str_eq_nocase(s, msg_text(a, MSG_EN, w->msg, NULL)) || str_eq_nocase(s, str_of(w->as));
}

/* The index of the word, or `n`. */
static size_t
find_word(arena *a, const word *w, size_t n, str s)
{
	size_t i = 0;

	while (i < n && !is_word(a, &w[i], s))
		i++;
	return i;
}

str
grid_told(arena *a, str heading)
{
	size_t i = find_word(a, notes, LEN(notes), heading);

	return i < LEN(notes) ? str_of(notes[i].as) : heading;
}

static str
spelt(arena *a, msg_lang lang, const word *w, size_t n, str as)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(as, str_of(w[i].as)))
			return msg_text(a, lang, w[i].msg, NULL);
	return as;
}

/* ---- a grid as rows ---- */

typedef struct lines {
	arena *a;
	size_t width;
	VEC(const str *) rows;
} lines;

static str *
add_line(lines *l, str first)
{
	str *line = arena_array(l->a, str, l->width);

	for (size_t i = 0; i < l->width; i++)
		line[i] = STR("");
	line[0] = first;
	*vec_add(l->a, &l->rows) = line;
	return line;
}

static str
heading_text(arena *a, msg_lang lang, const grid_column *c)
{
	if (c->kind == GRID_WORDS || c->kind == GRID_ENGLISH)
		return msg_text(a, lang, kinds[c->kind].msg, NULL);
	return c->kind == GRID_ROW ? spelt(a, lang, notes, LEN(notes), c->heading) : c->heading;
}

size_t
grid_lines(arena *a, const grid *g, msg_lang lang, const str *const **out, size_t *width)
{
	lines l = {.a = a, .width = g->columns.n + 1};
	str *head = add_line(&l, msg_text(a, lang, id_word.msg, NULL)),
	    *kind = add_line(&l, msg_text(a, lang, kinds_word.msg, NULL));

	for (size_t i = 0; i < g->columns.n; i++) {
		head[i + 1] = heading_text(a, lang, &g->columns.v[i]);
		kind[i + 1] = msg_text(a, lang, kinds[g->columns.v[i].kind].msg, NULL);
	}
	for (size_t k = 0; k < GRID_FACTS; k++)
		if (g->fact[k].n)
			add_line(&l, msg_text(a, lang, facts[k].msg, NULL))[1] =
				k == GRID_HIT ? spelt(a, lang, hits, LEN(hits), g->fact[k]) : g->fact[k];
	for (size_t k = 0; k < GRID_PROPS; k++) {
		bool any = false;
		for (size_t i = 0; i < g->columns.n; i++)
			any |= g->columns.v[i].prop[k].n > 0;
		str *line = any ? add_line(&l, msg_text(a, lang, props[k].msg, NULL)) : NULL;
		for (size_t i = 0; line && i < g->columns.n; i++)
			line[i + 1] = g->columns.v[i].prop[k];
	}
	for (size_t r = 0; r < g->rows.n; r++) {
		str *line = add_line(&l, g->rows.v[r].id);
		for (size_t i = 0; i < g->columns.n; i++)
			line[i + 1] = g->rows.v[r].cell[i];
	}
	*out = l.rows.v;
	*width = l.width;
	return l.rows.n;
}

str
grid_csv(arena *a, const grid *g, msg_lang lang)
{
	const str *const *row;
	size_t width, n = grid_lines(a, g, lang, &row, &width);
	buf b = buf_in(a);
	csv_out w = csv_to(&b, true);

	for (size_t i = 0; i < n; i++) {
		/* csv_put_text disarms formulas with an apostrophe; one that was there gets another */
		for (size_t k = 0; k < width; k++)
			csv_put_text(&w, str_starts(row[i][k], STR("'")) ? str_cat(a, STR("'"), row[i][k])
									 : row[i][k]);
		csv_end_row(&w);
	}
	return buf_str(&b);
}

rc
grid_xlsx(arena *a, fault *f, const grid *g, msg_lang lang, str path, int64_t now)
{
	const str *const *row;
	size_t width, n = grid_lines(a, g, lang, &row, &width);
	xlsx_column *column = arena_array(a, xlsx_column, width);
	xlsx_out *o = NULL;

	for (size_t k = 0; k < width; k++)
		column[k] = (xlsx_column){.title = row[0][k], .type = XLSX_TEXT, .width = 18};
	const xlsx_plan plan = {.path = path,
				.sheet = g->fact[GRID_DECISION],
				.now = now,
				.columns = width,
				.column = column};
	TRY(xlsx_create(a, f, &plan, &o));
	for (size_t i = 1; i < n; i++) {
		for (size_t k = 0; k < width; k++)
			if (row[i][k].n)
				xlsx_put_text(o, row[i][k]);
			else
				xlsx_put_nothing(o);
		TRY(xlsx_end_row(o, f));
	}
	return xlsx_finish(o, f);
}

/* ---- rows as a grid ---- */

typedef struct raw_row {
	uint32_t row, n;
	cell *cell;
} raw_row;

struct grid_reader {
	arena *a;
	sheet_format format;
	VEC(raw_row) rows;
	fault *f;
	normal_changes *changes;
	grid *g;
	size_t width; /* cells from the first heading to the last */
};

grid_reader *
grid_reader_open(arena *a, sheet_format format)
{
	grid_reader *r = arena_new(a, grid_reader);

	r->a = a;
	r->format = format;
	return r;
}

static str
place(arena *a, uint32_t row, size_t column)
{
	char letters[CELL_COLUMN];
	str name = cell_column((uint32_t)column, letters);

	return str_fmt(a, "%.*s%u", STR_ARG(name), row);
}

static rc
bad(grid_reader *r, uint32_t row, size_t column, const char *id, str text)
{
	const fault_arg args[] = {FA_STR("cell", place(r->a, row, column)),
				  FA_INT("row", row),
				  FA_STR("text", str_sub(text, 0, 80)),
				  {0}};

	fault_set(r->f, RC_INVALID, id, __FILE__, args);
	return RC_INVALID;
}

/* What csv_put_text and grid_csv put in front is taken away again. */
static str
disarmed(str s)
{
	static const char *const head[] = {"'", "=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"};

	for (size_t i = 0; s.n > 1 && s.p[0] == '\'' && i < LEN(head); i++)
		if (str_starts(str_from(s, 1), str_of(head[i])))
			return str_from(s, 1);
	return s;
}

/* Lines end as everywhere here, whatever machine the sheet comes from. */
static str
line_ends(arena *a, str s)
{
	buf b = buf_in(a);

	if (str_find_char(s, '\r') < 0)
		return str_dup(a, s);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			buf_c(&b, s.p[i]);
		else if (i + 1 == s.n || s.p[i + 1] != '\n')
			buf_c(&b, '\n');
	return buf_str(&b);
}

static rc
take_cell(grid_reader *r, uint32_t row, size_t column, const cell *from, cell *to)
{
	*to = *from;
	to->merged = NULL;
	to->text = line_ends(r->a, from->text);
	if (from->merged)
		return bad(r, row, column, "policy.sheet.merged", from->merged->text);
	if (from->formula || (r->format == SHEET_CSV && str_starts(from->text, STR("="))))
		return bad(r, row, column, "policy.sheet.formula", from->text);
	if (from->kind == CELL_ERROR)
		return bad(r, row, column, "policy.sheet.error", from->text);
	if (from->kind == CELL_NUMBER && cell_is_spoilt(from))
		return bad(r, row, column, "policy.sheet.spoilt", from->text);
	if (from->kind == CELL_NUMBER)
		to->text = cell_plain(r->a, from);
	if (from->kind == CELL_BOOL)
		to->text = from->yes ? STR("true") : STR("false");
	if (r->format == SHEET_CSV)
		to->text = disarmed(to->text);
	return RC_OK;
}

rc
grid_reader_take(void *reader, fault *f, const cell_row *row)
{
	grid_reader *r = reader;
	raw_row *to = vec_add(r->a, &r->rows);

	r->f = f;
	if (r->rows.n > GRID_ROWS_MAX + 32 || row->n > GRID_COLUMNS_MAX + 1)
		return FAIL(f, RC_LIMIT, "policy.sheet.size", FA_INT("rows", GRID_ROWS_MAX),
			    FA_INT("columns", GRID_COLUMNS_MAX));
	if (row->hidden)
		return bad(r, row->row, 0, "policy.sheet.hidden", STR(""));
	*to = (raw_row){row->row, row->n, arena_array(r->a, cell, row->n)};
	for (size_t i = 0; i < row->n; i++)
		TRY(take_cell(r, row->row, i, &row->cell[i], &to->cell[i]));
	return RC_OK;
}

static str
text_at(const raw_row *row, size_t i)
{
	return i < row->n && row->cell[i].kind != CELL_EMPTY ? row->cell[i].text : STR("");
}

/* From here on, nothing may stand in the row. */
static rc
nothing_after(grid_reader *r, const raw_row *row, size_t i)
{
	for (; i < row->n; i++)
		if (str_trim(text_at(row, i)).n)
			return bad(r, row->row, i, "policy.sheet.extra", text_at(row, i));
	return RC_OK;
}

static rc
read_headings(grid_reader *r)
{
	const raw_row *row = &r->rows.v[0];

	if (!is_word(r->a, &id_word, text_at(row, 0)))
		return bad(r, row->row, 0, "policy.sheet.first", text_at(row, 0));
	r->width = row->n;
	while (r->width > 1 && str_trim(text_at(row, r->width - 1)).n == 0)
		r->width--;
	for (size_t i = 1; i < r->width; i++) {
		grid_column *c = vec_add(r->a, &r->g->columns);
		*c = (grid_column){.heading = str_trim(text_at(row, i)), .column = (uint32_t)i};
		for (size_t k = 0; k < GRID_PROPS; k++)
			c->prop[k] = STR("");
		if (c->heading.n == 0 || row->cell[i].kind == CELL_DATE)
			return bad(r, row->row, i, "policy.sheet.heading", text_at(row, i));
	}
	return RC_OK;
}

static rc
read_kinds(grid_reader *r, const raw_row *row)
{
	grid_kind last = GRID_INPUT;

	if (r->g->at_kinds)
		return bad(r, row->row, 0, "policy.sheet.mark_twice", text_at(row, 0));
	r->g->at_kinds = row->row;
	for (size_t i = 1; i < r->width; i++) {
		size_t k = find_word(r->a, kinds, LEN(kinds), text_at(row, i));
		if (k == LEN(kinds))
			return bad(r, row->row, i, "policy.sheet.kind", text_at(row, i));
		if (k < last)
			return bad(r, row->row, i, "policy.sheet.order", text_at(row, i));
		r->g->columns.v[i - 1].kind = last = (grid_kind)k;
	}
	return nothing_after(r, row, r->width);
}

static rc
read_fact(grid_reader *r, const raw_row *row, grid_fact k)
{
	if (r->g->at_fact[k])
		return bad(r, row->row, 0, "policy.sheet.mark_twice", text_at(row, 0));
	r->g->at_fact[k] = row->row;
	r->g->fact[k] = str_trim(text_at(row, 1));
	if (row->n > 1 && row->cell[1].kind == CELL_DATE)
		return bad(r, row->row, 1, "policy.sheet.date", text_at(row, 1));
	if (k == GRID_HIT) {
		size_t i = find_word(r->a, hits, LEN(hits), r->g->fact[k]);
		if (i == LEN(hits))
			return bad(r, row->row, 1, "policy.sheet.hit", r->g->fact[k]);
		r->g->fact[k] = str_of(hits[i].as);
	}
	if ((k == GRID_DECISION_ID || k == GRID_TABLE) && !policy_id_ok(r->g->fact[k]))
		return bad(r, row->row, 1, "policy.sheet.id", r->g->fact[k]);
	return nothing_after(r, row, 2);
}

/* A row of what columns have: which kinds have it is looked at when the kinds are known. */
static rc
read_prop(grid_reader *r, const raw_row *row, grid_prop k)
{
	if (r->g->at_prop[k])
		return bad(r, row->row, 0, "policy.sheet.mark_twice", text_at(row, 0));
	r->g->at_prop[k] = row->row;
	for (size_t i = 1; i < r->width; i++) {
		if (i < row->n && row->cell[i].kind == CELL_DATE)
			return bad(r, row->row, i, "policy.sheet.date", text_at(row, i));
		str text = text_at(row, i);
		r->g->columns.v[i - 1].prop[k] =
			k == GRID_ALLOWED || k == GRID_OTHERWISE ? text : str_trim(text);
	}
	return nothing_after(r, row, r->width);
}

static rc
read_mark(grid_reader *r, const raw_row *row)
{
	str first = text_at(row, 0);
	size_t p = find_word(r->a, props, LEN(props), first), k = find_word(r->a, facts, LEN(facts), first);

	if (is_word(r->a, &kinds_word, first))
		return read_kinds(r, row);
	if (p < LEN(props))
		return read_prop(r, row, (grid_prop)p);
	if (k < LEN(facts))
		return read_fact(r, row, (grid_fact)k);
	return bad(r, row->row, 0, "policy.sheet.mark", first);
}

static rc
check_props(grid_reader *r, const grid_column *c)
{
	static const bool has[GRID_KINDS][GRID_PROPS] = {
		[GRID_INPUT] =
			{[GRID_ID] = true, [GRID_LABEL] = true, [GRID_TYPE] = true, [GRID_ALLOWED] = true},
		[GRID_OUTPUT] = {true, true, true, true, true, true},
	};

	for (size_t k = 0; k < GRID_PROPS; k++)
		if (c->prop[k].n && !has[c->kind][k])
			return bad(r, r->g->at_prop[k], c->column, "policy.sheet.extra", c->prop[k]);
	if (c->prop[GRID_ID].n && !policy_id_ok(c->prop[GRID_ID]))
		return bad(r, r->g->at_prop[GRID_ID], c->column, "policy.sheet.id", c->prop[GRID_ID]);
	return RC_OK;
}

/* What a heading means, by the kind of its column. */
static rc
read_heading(grid_reader *r, grid_column *c)
{
	uint32_t row = r->rows.v[0].row;

	if (c->kind == GRID_INPUT)
		c->heading = normal_text(r->a, c->heading, place(r->a, row, c->column), 0, r->changes);
	if (c->kind == GRID_WORDS || c->kind == GRID_ENGLISH) {
		if (!is_word(r->a, &kinds[c->kind], c->heading))
			return bad(r, row, c->column, "policy.sheet.told", c->heading);
		c->heading = str_of(kinds[c->kind].as);
	}
	if (c->kind == GRID_ROW) {
		c->heading = grid_told(r->a, c->heading);
		if (!policy_id_ok(c->heading))
			return bad(r, row, c->column, "policy.sheet.told", c->heading);
	}
	return RC_OK;
}

static rc
read_columns(grid_reader *r)
{
	size_t outputs = 0;

	if (!r->g->at_kinds)
		return bad(r, r->rows.v[0].row, 0, "policy.sheet.kinds", STR(""));
	if (r->g->fact[GRID_DECISION].n == 0)
		return bad(r, r->rows.v[0].row, 0, "policy.sheet.unnamed", STR(""));
	if (r->g->fact[GRID_HIT].n == 0)
		return bad(r, r->rows.v[0].row, 0, "policy.sheet.no_hit", STR(""));
	for (size_t i = 0; i < r->g->columns.n; i++) {
		grid_column *c = &r->g->columns.v[i];
		outputs += c->kind == GRID_OUTPUT;
		TRY(check_props(r, c));
		TRY(read_heading(r, c));
		for (size_t k = GRID_ALLOWED; k <= GRID_OTHERWISE; k++)
			if (c->prop[k].n)
				c->prop[k] =
					normal_text(r->a, c->prop[k],
						    place(r->a, r->g->at_prop[k], c->column), 0, r->changes);
		for (size_t k = 0; k < i; k++) {
			const grid_column *o = &r->g->columns.v[k];
			bool ids = c->kind == GRID_INPUT && c->prop[GRID_ID].n && o->prop[GRID_ID].n;
			if (o->kind == c->kind && str_eq(o->heading, c->heading) && !ids)
				return bad(r, r->rows.v[0].row, c->column, "policy.sheet.heading_twice",
					   c->heading);
			if (c->prop[GRID_ID].n && str_eq(c->prop[GRID_ID], o->prop[GRID_ID]))
				return bad(r, r->g->at_prop[GRID_ID], c->column, "policy.sheet.id_twice",
					   c->prop[GRID_ID]);
		}
	}
	return outputs ? RC_OK : bad(r, r->g->at_kinds, 0, "policy.sheet.no_output", STR(""));
}

bool
grid_grouped(str s)
{
	size_t digits = 0, groups = 0;
	bool zero = false;

	s = str_trim(s);
	if (str_starts(s, STR("-")))
		s = str_from(s, 1);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9') {
			zero |= groups && digits == 0 && s.p[i] == '0';
			digits++;
		} else if (s.p[i] == ',' && (groups ? digits == 3 : digits >= 1 && digits <= 3)) {
			groups++;
			digits = 0;
		} else if (s.p[i] == '.' && groups && digits == 3) {
			return zero;
		} else {
			return false;
		}
	}
	return zero && digits == 3;
}

static rc
read_value(grid_reader *r, const raw_row *row, const grid_column *c, str *out)
{
	str text = text_at(row, c->column);

	if (c->kind > GRID_OUTPUT) {
		*out = text;
		return RC_OK;
	}
	if (c->column < row->n && row->cell[c->column].kind == CELL_DATE)
		return bad(r, row->row, c->column, "policy.sheet.date", text);
	*out = normal_text(r->a, text, place(r->a, row->row, c->column), 0, r->changes);
	if (grid_grouped(*out))
		return bad(r, row->row, c->column, "policy.sheet.grouped", text);
	return RC_OK;
}

static rc
read_rule(grid_reader *r, const raw_row *row, map *ids)
{
	str id = str_trim(text_at(row, 0));

	if (str_starts(id, STR("#")))
		return bad(r, row->row, 0, "policy.sheet.late", id);
	if (!policy_id_ok(id))
		return bad(r, row->row, 0, id.n ? "policy.sheet.id" : "policy.sheet.no_id", id);
	if (map_get(ids, id))
		return bad(r, row->row, 0, "policy.sheet.id_twice", id);
	map_set(ids, id, r);
	TRY(nothing_after(r, row, r->width));
	grid_row *to = vec_add(r->a, &r->g->rows);
	*to = (grid_row){id, arena_array(r->a, str, r->g->columns.n), row->row};
	for (size_t i = 0; i < r->g->columns.n; i++)
		TRY(read_value(r, row, &r->g->columns.v[i], &to->cell[i]));
	return RC_OK;
}

rc
grid_reader_end(grid_reader *r, fault *f, normal_changes *changes, grid *out)
{
	map ids = map_in(r->a);
	size_t i = 1;

	r->f = f;
	r->changes = changes;
	r->g = out;
	*out = (grid){0};
	for (size_t k = 0; k < GRID_FACTS; k++)
		out->fact[k] = STR("");
	if (r->rows.n == 0)
		return FAIL(f, RC_INVALID, "sheet.empty");
	TRY(read_headings(r));
	while (i < r->rows.n && str_starts(str_trim(text_at(&r->rows.v[i], 0)), STR("#")))
		TRY(read_mark(r, &r->rows.v[i++]));
	TRY(read_columns(r));
	for (; i < r->rows.n; i++)
		TRY(read_rule(r, &r->rows.v[i], &ids));
	return RC_OK;
}

rc
grid_read(arena *a, fault *f, str bytes, normal_changes *changes, grid *out)
{
	sheet_limits most = SHEET_LIMITS;
	sheet *s = NULL;
	cell_row row;
	size_t tab = 0;
	rc code = RC_OK;

	TRY(sheet_open(a, f, bytes, most, &s));
	while (tab + 1 < sheet_count(s) && sheet_hidden(s, tab))
		tab++;
	TRY(sheet_begin(s, f, tab));
	grid_reader *r = grid_reader_open(a, sheet_kind(s));
	while ((code = sheet_next(s, f, &row)) == RC_OK)
		TRY(grid_reader_take(r, f, &row));
	if (code != RC_NOT_FOUND)
		return code;
	return grid_reader_end(r, f, changes, out);
}
