/* tables_show.c - see tables_priv.h: a table, its findings, its test persons and their traces as pages show
 * them. */
#include "web/policy/tables_priv.h"

#include "app/decision/decision.h"
#include "base/date.h"
#include "locale/msg_ids.h"

static str
words_of(const web_req *rq, str zh, str en)
{
	return rq->lang == MSG_EN && en.n ? en : zh;
}

str
tables_policy_name(const tables_work *k)
{
	return words_of(k->rq, k->p->doc->name, k->p->doc->label);
}

str
tables_name(const tables_work *k)
{
	return words_of(k->rq, k->d->name, k->d->label);
}

tpl_list_column
tables_heads(const web_req *rq, const int *id, size_t n)
{
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, n);

	for (size_t i = 0; i < n; i++)
		v[i].label = house_words(rq, id[i]);
	return (tpl_list_column){v, n};
}

/* ---- the table ---- */

static str
with_unit(const tables_work *k, str name, str unit)
{
	const fault_arg args[] = {
		{.name = "name", .is_text = true, .s = name},
		{.name = "unit", .is_text = true, .s = policy_unit_text(k->rq->a, k->rq->lang, unit)},
		{0}};

	return unit.n ? msg_text(k->rq->a, k->rq->lang, MSG_TABLES_VALUE_UNIT, args) : name;
}

/* An output that has no name of its own is the decision. */
static str
output_name(const tables_work *k, const policy_output *o)
{
	str name = o->name.n && k->d->table->nout > 1 ? words_of(k->rq, o->name, o->label) : tables_name(k);

	return with_unit(k, name, o->unit);
}

static str
column_name(const tables_work *k, size_t i)
{
	const policy_table *t = k->d->table;

	return i < t->nin ? policy_column_text(k->rq->a, k->rq->lang, k->p, &t->in[i])
			  : output_name(k, &t->out[i - t->nin]);
}

static const struct {
	const char *hit;
	int says;
} hits[] = {
	{"", MSG_TABLES_HIT_UNIQUE},
	{"UNIQUE", MSG_TABLES_HIT_UNIQUE},
	{"ANY", MSG_TABLES_HIT_ANY},
	{"FIRST", MSG_TABLES_HIT_FIRST},
	{"PRIORITY", MSG_TABLES_HIT_PRIORITY},
	{"RULE ORDER", MSG_TABLES_HIT_RULE_ORDER},
	{"OUTPUT ORDER", MSG_TABLES_HIT_OUTPUT_ORDER},
	{"COLLECT", MSG_TABLES_HIT_COLLECT},
	{"SUM", MSG_TABLES_HIT_SUM},
	{"COUNT", MSG_TABLES_HIT_COUNT},
	{"MIN", MSG_TABLES_HIT_MIN},
	{"MAX", MSG_TABLES_HIT_MAX},
};

str
tables_hit(const web_req *rq, const policy_table *t)
{
	str hit = t->aggregation.n ? t->aggregation : t->hit;

	for (size_t i = 0; i < LEN(hits); i++)
		if (str_eq(hit, str_of(hits[i].hit)))
			return house_words(rq, hits[i].says);
	return hit;
}

tpl_list_answer
tables_answers(tables_work *k)
{
	const policy_table *t = k->d->table;
	struct tpl_answer *v = arena_array(k->rq->a, struct tpl_answer, 3);
	buf needs = buf_in(k->rq->a);
	size_t n = 0;

	for (size_t i = 0; i < t->nin; i++) {
		buf_put(&needs, i == 0 ? STR("") : house_words(k->rq, MSG_SERVICES_COMMA));
		buf_put(&needs, column_name(k, i));
	}
	v[n++] =
		(struct tpl_answer){.key = house_words(k->rq, MSG_TABLES_HIT), .value = tables_hit(k->rq, t)};
	v[n++] = (struct tpl_answer){.key = house_words(k->rq, MSG_TABLES_NEEDS), .value = buf_str(&needs)};
	return (tpl_list_answer){v, n};
}

tpl_list_column
tables_columns(const tables_work *k)
{
	static const int told[] = {MSG_TABLES_WORDS, MSG_TABLES_LAW, MSG_TABLES_CONFIDENCE,
				   MSG_TABLES_PUBLISHED};
	const policy_table *t = k->d->table;
	size_t cells = t->nin + t->nout, n = 0;
	struct tpl_column *v = arena_array(k->rq->a, struct tpl_column, cells + LEN(told) + 1);

	v[n++].label = house_words(k->rq, MSG_TABLES_ROW);
	for (size_t i = 0; i < cells; i++)
		v[n++].label = column_name(k, i);
	for (size_t i = 0; i < LEN(told); i++)
		v[n++].label = house_words(k->rq, told[i]);
	return (tpl_list_column){v, n};
}

static str
cell_words(const tables_work *k, str cell)
{
	buf b = buf_in(k->rq->a);

	policy_cell_say(&b, k->rq->lang, cell);
	return buf_str(&b);
}

static struct tpl_shown_cell
shown_cell(const tables_work *k, const policy_row *r, size_t i, bool written)
{
	const policy_table *t = k->d->table;
	str cell = i < t->nin ? r->test[i] : r->value[i - t->nin], words = cell_words(k, cell);

	if (str_eq(cell, STR("-")))
		return (struct tpl_shown_cell){.label = column_name(k, i), .words = STR("—")};
	return (struct tpl_shown_cell){.label = column_name(k, i),
				       .words = words,
				       .feel = written && !str_eq(words, cell) ? cell : (str){0}};
}

static tpl_list_cited
cited(const tables_work *k, str ids)
{
	VEC(struct tpl_cited) v = {0};
	str id;

	while (str_next(&ids, ' ', &id)) {
		const policy_citation *c = policy_citation_find(k->p, id);
		if (!c)
			continue;
		str document = c->number.n ? c->number : words_of(k->rq, c->title_zh, c->title_en);
		const fault_arg args[] = {{.name = "document", .is_text = true, .s = document},
					  {.name = "article", .is_text = true, .s = c->article},
					  {0}};
		*vec_add(k->rq->a, &v) = (struct tpl_cited){
			.id = id,
			.words = c->article.n ? msg_text(k->rq->a, k->rq->lang, MSG_TABLES_ARTICLE, args)
					      : document};
	}
	return (tpl_list_cited){v.v, v.n};
}

static str
confidence(const tables_work *k, str letter)
{
	static const int says[] = {MSG_TABLES_CONFIDENCE_A, MSG_TABLES_CONFIDENCE_B, MSG_TABLES_CONFIDENCE_C};

	if (letter.n == 1 && letter.p[0] >= 'A' && letter.p[0] <= 'C')
		return house_words(k->rq, says[letter.p[0] - 'A']);
	return letter;
}

static str
row_href(const tables_work *k, str rows, str id)
{
	buf b = buf_in(k->rq->a);

	buf_put(&b, rows);
	html_build_part(&b, id);
	return buf_str(&b);
}

tpl_list_shown_rule
tables_rules(const tables_work *k, str rows)
{
	const policy_table *t = k->d->table;
	struct tpl_shown_rule *v = arena_array(k->rq->a, struct tpl_shown_rule, t->nrows);

	for (size_t i = 0; i < t->nrows; i++) {
		const policy_row *r = &t->row[i];
		struct tpl_shown_cell *cell = arena_array(k->rq->a, struct tpl_shown_cell, t->nin + t->nout);
		for (size_t c = 0; c < t->nin + t->nout; c++)
			cell[c] = shown_cell(k, r, c, rows.n > 0);
		v[i] = (struct tpl_shown_rule){.id = r->id,
					       .href = rows.n ? row_href(k, rows, r->id) : (str){0},
					       .unknown = r->unknown,
					       .cells = {cell, t->nin + t->nout},
					       .words = words_of(k->rq, r->zh, r->en),
					       .laws = cited(k, r->citation),
					       .confidence = confidence(k, r->confidence),
					       .published = r->published};
	}
	return (tpl_list_shown_rule){v, t->nrows};
}

/* Of this table, persons who do not get what they should. */
static int64_t
red_persons(const tables_work *k)
{
	const policy_person *last = NULL;
	int64_t n = 0;

	for (size_t i = 0; i < k->trial.nfailures; i++) {
		const policy_failure *x = &k->trial.failure[i];
		n += x->decision == k->d && x->person != last;
		last = x->decision == k->d ? x->person : last;
	}
	return n;
}

tpl_list_shown_finding
tables_findings(const tables_work *k)
{
	VEC(struct tpl_shown_finding) v = {0};
	const fault_arg red[] = {{.name = "n", .i = red_persons(k)}, {0}};

	if (red[0].i)
		vec_add(k->rq->a, &v)->words = msg_text(k->rq->a, k->rq->lang, MSG_TABLES_CHECKS_RED, red);
	for (size_t i = 0; i < k->findings.n; i++) {
		const policy_finding *x = &k->findings.v[i];
		buf b = buf_in(k->rq->a);
		if (x->decision != k->d)
			continue;
		policy_finding_say(&b, k->rq->lang, x);
		*vec_add(k->rq->a, &v) = (struct tpl_shown_finding){.note = x->note, .words = buf_str(&b)};
	}
	return (tpl_list_shown_finding){v.v, v.n};
}

/* Each article once, in the order of the rows. */
tpl_list_shown_law
tables_laws(const tables_work *k)
{
	VEC(struct tpl_shown_law) v = {0};

	for (size_t i = 0; i < k->d->table->nrows; i++) {
		str ids = k->d->table->row[i].citation, id;
		while (str_next(&ids, ' ', &id)) {
			policy_lines l = policy_law_lines(k->rq->a, k->rq->lang, k->p, id);
			bool met = l.n == 0;
			for (size_t n = 0; n < v.n && !met; n++)
				met = str_eq(v.v[n].id, id);
			if (!met)
				*vec_add(k->rq->a, &v) = (struct tpl_shown_law){
					.id = id, .words = l.v[0].text, .link = l.v[0].law->link};
		}
	}
	return (tpl_list_shown_law){v.v, v.n};
}

/* ---- test persons ---- */

static const policy_reading *
reading_of(const tables_work *k, const policy_explanation *x)
{
	for (size_t i = 0; i < x->nreadings; i++)
		if (x->reading[i].decision == k->d)
			return &x->reading[i];
	return NULL;
}

static void
put_id(buf *b, str id)
{
	buf_put(b, b->n ? STR(" ") : STR(""));
	buf_put(b, id);
}

/* The rows of this table that he names. */
static str
rows_named(const tables_work *k, const policy_person *who)
{
	const policy_table *t = k->d->table;
	buf b = buf_in(k->rq->a);

	for (size_t i = 0; i < who->nrows; i++)
		if (who->row[i] >= t->row && who->row[i] < t->row + t->nrows)
			put_id(&b, who->row[i]->id);
	return buf_str(&b);
}

static str
rows_fired(const tables_work *k, const policy_explanation *x)
{
	const policy_reading *r = reading_of(k, x);
	buf b = buf_in(k->rq->a);

	for (size_t i = 0; r && i < r->nfired; i++)
		put_id(&b, r->row[i].row->id);
	return buf_str(&b);
}

static struct tpl_tested
tested(const tables_work *k, size_t i)
{
	const policy_person *who = &k->p->person[i];
	bool wrong = false, rows_wrong = false, compared = false;
	struct tpl_tested out = {.name = who->name,
				 .why = who->why,
				 .got = policy_value_text(k->rq->a, k->rq->lang, k->asked[i].result),
				 .rows = rows_fired(k, &k->asked[i])};
	str named = rows_named(k, who);

	for (size_t n = 0; n < who->nexpected; n++)
		if (who->expected[n].decision == k->d) {
			out.want = policy_value_text(k->rq->a, k->rq->lang, who->expected[n].value);
			compared = true;
		}
	for (size_t n = 0; n < k->trial.nfailures; n++) {
		const policy_failure *x = &k->trial.failure[n];
		if (x->person != who || x->decision != k->d)
			continue;
		wrong = true;
		rows_wrong = rows_wrong || x->row;
	}
	if (rows_wrong)
		out.asked = house_words_of(k->rq, MSG_TABLES_PERSON_ASKED, "rows", named);
	compared = compared || named.n;
	out.state = house_words(k->rq, wrong      ? MSG_TABLES_PERSON_WRONG
				       : compared ? MSG_TABLES_PERSON_RIGHT
						  : MSG_TABLES_PERSON_FREE);
	out.colour = wrong ? STR("red") : compared ? STR("green") : STR("grey");
	return out;
}

tpl_list_tested
tables_persons(const tables_work *k, str tests)
{
	struct tpl_tested *v = arena_array(k->rq->a, struct tpl_tested, k->p->npersons);

	for (size_t i = 0; i < k->p->npersons; i++) {
		v[i] = tested(k, i);
		v[i].href = str_fmt(k->rq->a, "%.*s%zu", STR_ARG(tests), i + 1);
	}
	return (tpl_list_tested){v, k->p->npersons};
}

tpl_list_column
tables_person_columns(const web_req *rq)
{
	static const int heads[] = {MSG_TABLES_PERSON,      MSG_TABLES_PERSON_WANT,  MSG_TABLES_PERSON_GOT,
				    MSG_TABLES_PERSON_ROWS, MSG_TABLES_PERSON_STATE, MSG_TABLES_PERSON_WHY};

	return tables_heads(rq, heads, LEN(heads));
}

/* ---- why ---- */

/* The column's name where the table stands in another layer, or is another table. */
static str
column_of(const tables_work *k, const policy_reading *r, size_t i)
{
	return policy_column_text(k->rq->a, k->rq->lang, r->p, &r->decision->table->in[i]);
}

static struct tpl_asked_rule
asked_rule(const tables_work *k, const policy_reading *r, const policy_asked *x)
{
	size_t n = r->decision->table->nin;
	struct tpl_asked_cell *cell = arena_array(k->rq->a, struct tpl_asked_cell, n);

	for (size_t i = 0; i < n; i++) {
		str test = x->row->test[i];
		bool any = str_eq(test, STR("-")), holds = feel_is_true(x->holds[i]);
		cell[i] = (struct tpl_asked_cell){.label = column_of(k, r, i),
						  .words = any ? STR("") : cell_words(k, test),
						  .fate = any     ? STR("any")
							  : holds ? STR("yes")
								  : STR("no")};
	}
	return (struct tpl_asked_rule){.id = x->row->id,
				       .fired = x->fired,
				       .cells = {cell, n},
				       .words = words_of(k->rq, x->row->zh, x->row->en)};
}

static struct tpl_asked_table
asked_table(const tables_work *k, const policy_reading *r, size_t number)
{
	const policy_table *t = r->decision->table;
	struct tpl_column *head = arena_array(k->rq->a, struct tpl_column, t->nin + 2);
	struct tpl_asked_cell *seen = arena_array(k->rq->a, struct tpl_asked_cell, t->nin);
	struct tpl_asked_rule *rule = arena_array(k->rq->a, struct tpl_asked_rule, r->nrows);
	str name = words_of(k->rq, r->decision->name, r->decision->label);

	head[0].label = house_words(k->rq, MSG_TABLES_ROW);
	for (size_t i = 0; i < t->nin; i++) {
		str label = column_of(k, r, i);
		head[i + 1].label = label;
		seen[i] = (struct tpl_asked_cell){
			.label = label, .words = policy_value_text(k->rq->a, k->rq->lang, r->in[i])};
	}
	head[t->nin + 1].label = house_words(k->rq, MSG_TABLES_WORDS);
	for (size_t i = 0; i < r->nrows; i++)
		rule[i] = asked_rule(k, r, &r->row[i]);
	struct tpl_asked_table out = {.name = str_fmt(k->rq->a, "asked-%zu", number),
				      .caption = house_words_of(k->rq, MSG_TABLES_TRACE_TABLE, "name", name),
				      .columns = {head, t->nin + 2},
				      .seen = {seen, t->nin},
				      .rules = {rule, r->nrows}};
	if (r->refused < t->nin)
		out.refused =
			house_words_of(k->rq, MSG_TABLES_TRACE_REFUSED, "name", column_of(k, r, r->refused));
	return out;
}

tpl_list_asked_table
tables_asked(const tables_work *k, const policy_explanation *x)
{
	struct tpl_asked_table *v = arena_array(k->rq->a, struct tpl_asked_table, x->nreadings);

	for (size_t i = 0; i < x->nreadings; i++)
		v[i] = asked_table(k, &x->reading[i], i + 1);
	return (tpl_list_asked_table){v, x->nreadings};
}

tpl_list_said
tables_reasons(const tables_work *k, const policy_explanation *x)
{
	policy_lines lines = policy_explain_lines(k->rq->a, k->rq->lang, false, x);
	struct tpl_said *v = arena_array(k->rq->a, struct tpl_said, lines.n);

	for (size_t i = 0; i < lines.n; i++)
		v[i].words = lines.v[i].text;
	return (tpl_list_said){v, lines.n};
}

tpl_list_answer
tables_given(const tables_work *k, const policy_person *who)
{
	struct tpl_answer *v = arena_array(k->rq->a, struct tpl_answer, who->inputs.n);

	for (size_t i = 0; i < who->inputs.n; i++) {
		const feel_entry *e = &who->inputs.e[i];
		const policy_input *in = policy_input_find(k->p->doc, e->name);
		v[i] = (struct tpl_answer){.key = in ? words_of(k->rq, in->name, in->label) : e->name,
					   .value = policy_value_text(k->rq->a, k->rq->lang, e->value)};
	}
	return (tpl_list_answer){v, who->inputs.n};
}
