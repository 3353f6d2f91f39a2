/* compare.c - see compare.h. */
#include "app/policy/compare.h"

#include "locale/msg_ids.h"

typedef struct comparing {
	arena *a;
	fault *f;
	msg_lang lang;
	const policy *was, *now;
	const feel_env *env;
	policy_part part;
	policy_changes *out;
} comparing;

#define TELL(c, id, ...) tell((c), (id), (const fault_arg[]){__VA_ARGS__ __VA_OPT__(, ){0}})

static void
tell(comparing *c, int id, const fault_arg *args)
{
	*vec_add(c->a, c->out) = (policy_change){c->part, msg_text(c->a, c->lang, id, args)};
}

static str
name_of(const comparing *c, const policy_decision *d)
{
	return c->lang == MSG_EN && d->label.n ? d->label : d->name;
}

/* A cell in words; as it is written where the words are the same on both sides. */
static void
cell_pair(const comparing *c, str was, str now, str *w, str *n)
{
	buf bw = buf_in(c->a), bn = buf_in(c->a);

	policy_cell_say(&bw, c->lang, was);
	policy_cell_say(&bn, c->lang, now);
	bool same = str_eq(buf_str(&bw), buf_str(&bn));
	*w = same ? was : buf_str(&bw);
	*n = same ? now : buf_str(&bn);
}

/* ---- rows ---- */

static void
tell_cell(comparing *c, const policy_decision *d, str row, str column, str was, str now)
{
	str none = msg_text(c->a, c->lang, MSG_POLICY_CHANGE_NOTHING, NULL);

	TELL(c, MSG_POLICY_CHANGE_CELL, FA_STR("decision", name_of(c, d)), FA_STR("row", row),
	     FA_STR("column", column), FA_STR("was", was.n ? was : none), FA_STR("now", now.n ? now : none));
}

static size_t
input_at(const policy_table *t, str expr)
{
	size_t i = 0;

	while (i < t->nin && !str_eq(t->in[i].expr, expr))
		i++;
	return i;
}

static size_t
output_at(const policy_table *t, str name)
{
	size_t i = 0;

	while (i < t->nout && !str_eq(t->out[i].name, name))
		i++;
	return i;
}

static str
output_name(const comparing *c, const policy_decision *d, const policy_output *o)
{
	return o->name.n == 0 ? name_of(c, d) : c->lang == MSG_EN && o->label.n ? o->label : o->name;
}

static void
compare_cells(comparing *c, const policy_decision *d, const policy_table *wt, const policy_row *w,
	      const policy_row *n)
{
	const policy_table *t = d->table;
	str was, now;

	for (size_t i = 0; i < t->nin; i++) {
		size_t k = input_at(wt, t->in[i].expr);
		if (k == wt->nin || str_eq(w->test[k], n->test[i]))
			continue;
		cell_pair(c, w->test[k], n->test[i], &was, &now);
		tell_cell(c, d, n->id, policy_column_text(c->a, c->lang, c->now, &t->in[i]), was, now);
	}
	for (size_t i = 0; i < t->nout; i++) {
		size_t k = output_at(wt, t->out[i].name);
		if (k == wt->nout || str_eq(w->value[k], n->value[i]))
			continue;
		cell_pair(c, w->value[k], n->value[i], &was, &now);
		tell_cell(c, d, n->id, output_name(c, d, &t->out[i]), was, now);
	}
}

static str
truth(const comparing *c, bool yes)
{
	return msg_text(c->a, c->lang, yes ? MSG_POLICY_SAY_YES : MSG_POLICY_SAY_NO, NULL);
}

static void
compare_told(comparing *c, const policy_decision *d, const policy_row *w, const policy_row *n)
{
	const struct {
		int name;
		str was, now;
	} told[] = {
		{MSG_POLICY_SHEET_WORD_DESCRIPTION, w->zh, n->zh},
		{MSG_POLICY_SHEET_WORD_ENGLISH, w->en, n->en},
		{MSG_POLICY_SHEET_NOTE_CITATION, w->citation, n->citation},
		{MSG_POLICY_SHEET_NOTE_CONFIDENCE, w->confidence, n->confidence},
		{MSG_POLICY_SHEET_NOTE_PUBLISHED, w->published, n->published},
		{MSG_POLICY_SHEET_NOTE_SUPERSEDES, w->supersedes, n->supersedes},
		{MSG_POLICY_SHEET_NOTE_UNKNOWN, truth(c, w->unknown), truth(c, n->unknown)},
	};

	for (size_t i = 0; i < LEN(told); i++)
		if (!str_eq(told[i].was, told[i].now))
			tell_cell(c, d, n->id, msg_text(c->a, c->lang, told[i].name, NULL), told[i].was,
				  told[i].now);
}

static const policy_row *
row_of(const policy_table *t, str id)
{
	for (size_t i = 0; i < t->nrows; i++)
		if (str_eq(t->row[i].id, id))
			return &t->row[i];
	return NULL;
}

/* The rows that both have, in the order of one. */
static str
common_rows(const comparing *c, const policy_table *t, const policy_table *other)
{
	buf b = buf_in(c->a);

	for (size_t i = 0; i < t->nrows; i++) {
		if (!row_of(other, t->row[i].id))
			continue;
		buf_put(&b, b.n ? STR(" ") : STR(""));
		buf_put(&b, t->row[i].id);
	}
	return buf_str(&b);
}

/* What a row gives, to know it by when it is new or gone. */
static str
gives(const comparing *c, const policy_table *t, const policy_row *r)
{
	buf b = buf_in(c->a);

	for (size_t i = 0; i < t->nout; i++) {
		buf_put(&b, i ? STR(", ") : STR(""));
		policy_cell_say(&b, c->lang, r->value[i]);
	}
	return buf_str(&b);
}

static void
tell_row(comparing *c, int id, const policy_decision *d, const policy_row *r)
{
	TELL(c, id, FA_STR("decision", name_of(c, d)), FA_STR("row", r->id),
	     FA_STR("words", c->lang == MSG_EN && r->en.n ? r->en : r->zh),
	     FA_STR("value", gives(c, d->table, r)));
}

static void
compare_columns(comparing *c, const policy_decision *w, const policy_decision *n)
{
	const policy_table *wt = w->table, *nt = n->table;

	for (size_t i = 0; i < nt->nin; i++)
		if (input_at(wt, nt->in[i].expr) == wt->nin)
			TELL(c, MSG_POLICY_CHANGE_COLUMN_NEW, FA_STR("decision", name_of(c, n)),
			     FA_STR("column", nt->in[i].expr));
	for (size_t i = 0; i < wt->nin; i++)
		if (input_at(nt, wt->in[i].expr) == nt->nin)
			TELL(c, MSG_POLICY_CHANGE_COLUMN_GONE, FA_STR("decision", name_of(c, n)),
			     FA_STR("column", wt->in[i].expr));
	for (size_t i = 0; i < nt->nout; i++) {
		size_t k = output_at(wt, nt->out[i].name);
		if (k == wt->nout)
			TELL(c, MSG_POLICY_CHANGE_COLUMN_NEW, FA_STR("decision", name_of(c, n)),
			     FA_STR("column", output_name(c, n, &nt->out[i])));
		else if (!str_eq(wt->out[k].unit, nt->out[i].unit))
			TELL(c, MSG_POLICY_CHANGE_UNIT, FA_STR("decision", name_of(c, n)),
			     FA_STR("was", wt->out[k].unit), FA_STR("now", nt->out[i].unit));
	}
	for (size_t i = 0; i < wt->nout; i++)
		if (output_at(nt, wt->out[i].name) == nt->nout)
			TELL(c, MSG_POLICY_CHANGE_COLUMN_GONE, FA_STR("decision", name_of(c, n)),
			     FA_STR("column", output_name(c, w, &wt->out[i])));
}

static void
compare_tables(comparing *c, const policy_decision *w, const policy_decision *n)
{
	const policy_table *wt = w->table, *nt = n->table;

	if (!str_eq(wt->hit, nt->hit) || !str_eq(wt->aggregation, nt->aggregation))
		TELL(c, MSG_POLICY_CHANGE_HIT, FA_STR("decision", name_of(c, n)),
		     FA_STR("was", wt->hit.n ? wt->hit : STR("UNIQUE")),
		     FA_STR("now", nt->hit.n ? nt->hit : STR("UNIQUE")));
	compare_columns(c, w, n);
	for (size_t i = 0; i < wt->nrows; i++)
		if (!row_of(nt, wt->row[i].id))
			tell_row(c, MSG_POLICY_CHANGE_ROW_GONE, w, &wt->row[i]);
	for (size_t i = 0; i < nt->nrows; i++) {
		const policy_row *r = row_of(wt, nt->row[i].id);
		if (!r) {
			tell_row(c, MSG_POLICY_CHANGE_ROW_NEW, n, &nt->row[i]);
			continue;
		}
		compare_cells(c, n, wt, r, &nt->row[i]);
		compare_told(c, n, r, &nt->row[i]);
	}
	str order = common_rows(c, nt, wt);
	if (!str_eq(common_rows(c, wt, nt), order))
		TELL(c, MSG_POLICY_CHANGE_ORDER, FA_STR("decision", name_of(c, n)), FA_STR("rows", order));
}

static void
compare_decisions(comparing *c)
{
	const policy_doc *was = c->was->doc, *now = c->now->doc;

	for (size_t i = 0; i < was->ndecisions; i++)
		if (!policy_decision_find(now, was->decision[i].name))
			TELL(c, MSG_POLICY_CHANGE_TABLE_GONE,
			     FA_STR("decision", name_of(c, &was->decision[i])));
	for (size_t i = 0; i < now->ndecisions; i++) {
		const policy_decision *n = &now->decision[i], *w = policy_decision_find(was, n->name);
		if (!w || !w->table != !n->table)
			TELL(c, MSG_POLICY_CHANGE_TABLE_NEW, FA_STR("decision", name_of(c, n)));
		else if (n->table)
			compare_tables(c, w, n);
		else if (!str_eq(w->expr, n->expr))
			TELL(c, MSG_POLICY_CHANGE_EXPRESSION, FA_STR("decision", name_of(c, n)),
			     FA_STR("was", w->expr), FA_STR("now", n->expr));
	}
}

/* ---- the law ---- */

static str
law_text(const comparing *c, const policy *p, const policy_citation *x)
{
	policy_lines l = policy_law_lines(c->a, c->lang, p, x->id);

	return l.n ? l.v[0].text : x->id;
}

static void
compare_laws(comparing *c)
{
	for (size_t i = 0; i < c->was->ncitations; i++)
		if (!policy_citation_find(c->now, c->was->citation[i].id))
			TELL(c, MSG_POLICY_CHANGE_LAW_GONE, FA_STR("id", c->was->citation[i].id),
			     FA_STR("words", law_text(c, c->was, &c->was->citation[i])));
	for (size_t i = 0; i < c->now->ncitations; i++) {
		const policy_citation *n = &c->now->citation[i], *w = policy_citation_find(c->was, n->id);
		str words = law_text(c, c->now, n), before = w ? law_text(c, c->was, w) : STR("");
		if (!w)
			TELL(c, MSG_POLICY_CHANGE_LAW_NEW, FA_STR("id", n->id), FA_STR("words", words));
		else if (!str_eq(before, words) || !str_eq(w->link, n->link))
			TELL(c, MSG_POLICY_CHANGE_LAW, FA_STR("id", n->id), FA_STR("was", before),
			     FA_STR("now", words));
	}
}

/* ---- test persons ---- */

/* The n-th of a name is the n-th of it on the other side. */
static const policy_person *
person_like(const policy *of, const policy_person *x, const policy *in)
{
	size_t n = 0;

	for (const policy_person *k = of->person; k < x; k++)
		n += str_eq(k->name, x->name);
	for (size_t i = 0; i < in->npersons; i++)
		if (str_eq(in->person[i].name, x->name) && n-- == 0)
			return &in->person[i];
	return NULL;
}

/* All that stands in his line, to be compared. */
static str
line_of(arena *a, const policy_person *x)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < x->inputs.n; i++) {
		buf_fmt(&b, "%.*s=", STR_ARG(x->inputs.e[i].name));
		(void)feel_print(&b, x->inputs.e[i].value);
		buf_c(&b, '\n');
	}
	for (size_t i = 0; i < x->nexpected; i++) {
		buf_fmt(&b, "%.*s:", STR_ARG(x->expected[i].decision->name));
		(void)feel_print(&b, x->expected[i].value);
		buf_c(&b, '\n');
	}
	for (size_t i = 0; i < x->nrows; i++)
		buf_fmt(&b, "%.*s ", STR_ARG(x->row[i]->id));
	buf_put(&b, x->why);
	return buf_str(&b);
}

static void
compare_persons(comparing *c)
{
	for (size_t i = 0; i < c->was->npersons; i++)
		if (!person_like(c->was, &c->was->person[i], c->now))
			TELL(c, MSG_POLICY_CHANGE_PERSON_GONE, FA_STR("name", c->was->person[i].name));
	for (size_t i = 0; i < c->now->npersons; i++) {
		const policy_person *n = &c->now->person[i], *w = person_like(c->now, n, c->was);
		if (!w)
			TELL(c, MSG_POLICY_CHANGE_PERSON_NEW, FA_STR("name", n->name));
		else if (!str_eq(line_of(c->a, w), line_of(c->a, n)))
			TELL(c, MSG_POLICY_CHANGE_PERSON, FA_STR("name", n->name));
	}
}

/* ---- who gets something else ---- */

static rc
compare_result(comparing *c, const policy_person *x, const policy_decision *d)
{
	policy_explanation was, now;

	TRY(policy_explain(c->a, c->f, c->was, d->name, &x->inputs, c->env, &was));
	TRY(policy_explain(c->a, c->f, c->now, d->name, &x->inputs, c->env, &now));
	bool none = was.result.kind == FEEL_NULL && now.result.kind == FEEL_NULL;
	if (none || feel_is_true(feel_equal(was.result, now.result)))
		return RC_OK;
	TELL(c, MSG_POLICY_CHANGE_RESULT, FA_STR("name", x->name), FA_STR("decision", name_of(c, d)),
	     FA_STR("was", policy_value_text(c->a, c->lang, was.result)),
	     FA_STR("now", policy_value_text(c->a, c->lang, now.result)));
	return RC_OK;
}

/* Those who are gone are asked too: they are people as well. */
static rc
compare_results(comparing *c, const policy *of)
{
	for (size_t i = 0; i < of->npersons; i++) {
		const policy_person *x = &of->person[i];
		if (of == c->was && person_like(c->was, x, c->now))
			continue;
		for (size_t k = 0; k < c->now->doc->ndecisions; k++) {
			const policy_decision *d = &c->now->doc->decision[k];
			if (policy_decision_find(c->was->doc, d->name))
				TRY(compare_result(c, x, d));
		}
	}
	return RC_OK;
}

rc
policy_compare(arena *a, fault *f, msg_lang lang, const policy *was, const policy *now, const feel_env *env,
	       policy_changes *out)
{
	comparing c = {.a = a, .f = f, .lang = lang, .was = was, .now = now, .env = env, .out = out};

	*out = (policy_changes){0};
	compare_decisions(&c);
	c.part = POLICY_PART_LAWS;
	compare_laws(&c);
	c.part = POLICY_PART_PERSONS;
	compare_persons(&c);
	c.part = POLICY_PART_RESULTS;
	TRY(compare_results(&c, now));
	return compare_results(&c, was);
}
