/* persons.c - tests.csv: one person a line. Its heading names inputs and decisions of the policy; 测试人 is
 * who, 行 the rows that fire, 说明 why he is here. */
#include "app/policy/policy_priv.h"

#include "io/csv.h"
#include "io/text.h"

typedef enum part { PART_WHO, PART_ROWS, PART_WHY, PART_INPUT, PART_DECISION } part;

typedef struct heading {
	part part;
	str name;
	const feel_type *type;
	const policy_decision *decision;
} heading;

typedef struct sheet {
	policy_loader *l;
	str file;
	heading *head;
	size_t n;
	size_t line;
} sheet;

static const feel_type *
type_of(const policy *p, dmn_kind kind, str name)
{
	for (size_t i = 0; i < dmn_count(p->model); i++) {
		dmn_info e = dmn_element(p->model, i);
		if (e.kind == kind && str_eq(e.name, name))
			return e.type;
	}
	return NULL;
}

static rc
read_heading(sheet *s, str name, heading *h)
{
	static const str words[] = {{"测试人", 9}, {"行", 3}, {"说明", 6}};
	const policy *p = s->l->p;

	*h = (heading){.name = str_dup(s->l->a, str_trim(name))};
	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(h->name, words[i])) {
			h->part = (part)i;
			return RC_OK;
		}
	h->part = PART_INPUT;
	for (const policy *q = p; q; q = q->above) /* what the layers above ask is given here too */
		if (policy_input_find(q->doc, h->name)) {
			h->type = type_of(q, DMN_INPUT, h->name);
			return RC_OK;
		}
	h->part = PART_DECISION;
	h->decision = policy_decision_find(p->doc, h->name);
	h->type = type_of(p, DMN_DECISION, h->name);
	if (h->decision)
		return RC_OK;
	return FAIL(s->l->f, RC_INVALID, "policy.tests.heading", FA_STR("file", s->file),
		    FA_STR("name", h->name));
}

/* Texts, numbers, days and truths as people write them; anything else is FEEL. */
static bool
plain_value(const feel_type *type, str cell, feel_value *out)
{
	feel_type_kind kind = type ? type->kind : FEEL_T_ANY;
	dec n;

	if (str_eq(cell, STR("null"))) {
		*out = feel_null(NULL);
		return true;
	}
	if (kind == FEEL_T_STRING) {
		*out = feel_string(cell);
		return true;
	}
	if (kind == FEEL_T_NUMBER && dec_parse(cell, &n)) {
		*out = feel_number(n);
		return true;
	}
	if (kind == FEEL_T_BOOL) {
		bool yes = str_eq(cell, STR("是")) || str_eq(cell, STR("true"));
		*out = feel_bool(yes);
		return yes || str_eq(cell, STR("否")) || str_eq(cell, STR("false"));
	}
	return kind == FEEL_T_DATE && feel_parse_date(cell, out);
}

/* As people write it, or as FEEL. */
static bool
value_of(arena *a, feel_zones *zones, const feel_type *type, str cell, feel_value *out)
{
	feel_type_kind kind = type ? type->kind : FEEL_T_ANY;
	feel_env env = {.zones = zones};
	feel_expr *e;
	fault own = {0};

	if (plain_value(type, cell, out))
		return true;
	bool written = kind != FEEL_T_NUMBER && kind != FEEL_T_BOOL && kind != FEEL_T_DATE;
	return written && feel_parse(a, &own, cell, NULL, FEEL_EXPRESSION, &e) == RC_OK &&
	       feel_eval(a, &own, e, &env, out) == RC_OK;
}

bool
policy_input_read(arena *a, const policy *p, str name, str cell, feel_zones *zones, feel_value *out)
{
	for (; p; p = p->above)
		if (policy_input_find(p->doc, name))
			return value_of(a, zones, type_of(p, DMN_INPUT, name), cell, out);
	return false;
}

static rc
read_value(sheet *s, const heading *h, str cell, feel_value *out)
{
	policy_loader *l = s->l;

	if (value_of(l->a, l->zones, h->type, cell, out))
		return RC_OK;
	return FAIL(l->f, RC_INVALID, "policy.tests.value", FA_STR("file", s->file), FA_INT("line", s->line),
		    FA_STR("name", h->name), FA_STR("text", cell));
}

static rc
read_rows(sheet *s, str cell, policy_person *p)
{
	VEC(const policy_row *) rows = {0};
	const policy_decision *of;
	str id;

	while (str_next(&cell, ' ', &id)) {
		if (id.n == 0)
			continue;
		const policy_row *r = policy_row_find(s->l->p->doc, id, &of);
		if (!r)
			return FAIL(s->l->f, RC_INVALID, "policy.tests.row", FA_STR("file", s->file),
				    FA_INT("line", s->line), FA_STR("name", id));
		*vec_add(s->l->a, &rows) = r;
	}
	p->row = rows.v;
	p->nrows = rows.n;
	return RC_OK;
}

static rc
read_person(sheet *s, const csv_row *row, policy_person *p)
{
	arena *a = s->l->a;
	VEC(feel_entry) in = {0};
	VEC(policy_expected) expected = {0};

	p->line = row->row;
	for (size_t i = 0; i < row->n; i++) {
		const heading *h = &s->head[i];
		str cell = str_dup(a, str_trim(row->cell[i]));
		feel_value v;
		if (cell.n == 0)
			continue;
		if (h->part == PART_WHO)
			p->name = cell;
		else if (h->part == PART_WHY)
			p->why = cell;
		else if (h->part == PART_ROWS)
			TRY(read_rows(s, cell, p));
		else
			TRY(read_value(s, h, cell, &v));
		if (h->part == PART_INPUT)
			*vec_add(a, &in) = (feel_entry){h->name, v};
		if (h->part == PART_DECISION)
			*vec_add(a, &expected) = (policy_expected){h->decision, v};
	}
	p->inputs = (feel_context){.n = in.n, .e = in.v};
	p->expected = expected.v;
	p->nexpected = expected.n;
	if (p->name.n && p->nexpected + p->nrows)
		return RC_OK;
	return FAIL(s->l->f, RC_INVALID, "policy.tests.person", FA_STR("file", s->file),
		    FA_INT("line", s->line));
}

rc
policy_persons_read(policy_loader *l)
{
	sheet s = {.l = l, .file = str_cat(l->a, l->files->name, STR("/tests.csv"))};
	VEC(policy_person) persons = {0};
	str text = l->files->tests;
	csv_row row;

	TRY(text_decode(l->a, l->f, text, POLICY_FILE_MAX, NULL, &text));
	csv_reader *r = csv_over(l->a, text, ',', CSV_LIMITS);
	for (;;) {
		rc code = csv_next(r, l->f, &row);
		if (code == RC_NOT_FOUND)
			break;
		TRY(code);
		s.line = row.row;
		if (row.n == 0)
			continue;
		if (!s.head) {
			s.n = row.n;
			s.head = arena_array(l->a, heading, s.n);
			for (size_t i = 0; i < s.n; i++)
				TRY(read_heading(&s, row.cell[i], &s.head[i]));
			continue;
		}
		if (row.n > s.n || persons.n == POLICY_TESTS_MAX)
			return FAIL(l->f, RC_INVALID, "policy.tests.cells", FA_STR("file", s.file),
				    FA_INT("line", row.row), FA_INT("max", s.n));
		policy_person p = {0};
		TRY(read_person(&s, &row, &p));
		*vec_add(l->a, &persons) = p;
	}
	l->p->person = persons.v;
	l->p->npersons = persons.n;
	return RC_OK;
}
