/* explain.c - see explain.h: the trace of an evaluation put in order. */
#include "app/policy/above.h"
#include "io/json.h"

typedef struct watch {
	arena *a;
	const policy *p;
	policy_readings *readings;
} watch;

static const policy_decision *
decision_of(const policy *p, str table)
{
	for (size_t i = 0; i < p->doc->ndecisions; i++) {
		const policy_decision *d = &p->doc->decision[i];
		if (d->table && str_eq(d->table->id, table))
			return d;
	}
	return NULL;
}

/* The trace is good until the call returns, so it is copied; `row` stays in the order of the table until all
 * is known. */
static void
on_trace(void *ctx, const feel_trace *t)
{
	watch *w = ctx;
	const policy_decision *d = decision_of(w->p, t->table);

	if (!d || d->table->nrows != t->rules || d->table->nin != t->columns)
		return;
	feel_value *in = arena_array(w->a, feel_value, t->columns);
	memcpy(in, t->in, (t->cell ? t->columns : t->column + 1) * sizeof *in);
	size_t rows = t->cell ? t->rules : 0;
	policy_asked *row = arena_array(w->a, policy_asked, rows);
	feel_value *holds = arena_array(w->a, feel_value, rows * t->columns);
	for (size_t i = 0; i < rows; i++) {
		row[i] = (policy_asked){.row = &d->table->row[i], .holds = &holds[i * t->columns]};
		for (size_t k = 0; k < t->columns; k++) {
			holds[i * t->columns + k] = t->cell[i * t->columns + k];
			row[i].failed += !feel_is_true(t->cell[i * t->columns + k]);
		}
	}
	*vec_add(w->a, w->readings) = (policy_reading){
		.p = w->p, .decision = d, .in = in, .refused = t->column, .row = row, .nrows = rows};
}

/* A rule fires after its table was traced, and before another table is: the last reading is its own, unless
 * its outputs asked for a table of their own. */
static void
on_fired(void *ctx, str table, size_t rule)
{
	watch *w = ctx;

	for (size_t i = w->readings->n; i-- > 0;) {
		policy_reading *r = &w->readings->v[i];
		if (r->p != w->p || !str_eq(r->decision->table->id, table) || rule >= r->nrows)
			continue;
		policy_asked *rows = arena_array(w->a, policy_asked, r->nrows);
		memcpy(rows, r->row, r->nrows * sizeof *rows);
		rows[rule].fired = true;
		r->row = rows;
		r->nfired++;
		return;
	}
}

static int
by_nearness(const policy_asked *x, const policy_asked *y)
{
	if (x->fired != y->fired)
		return x->fired ? -1 : 1;
	if (!x->fired && x->failed != y->failed)
		return x->failed < y->failed ? -1 : 1;
	return 0;
}

/* By insertion: stable, so that rows that are as near stay in the order of the table. */
static void
put_in_order(arena *a, policy_reading *r)
{
	policy_asked *v = arena_array(a, policy_asked, r->nrows);

	for (size_t i = 0; i < r->nrows; i++) {
		size_t k = i;
		for (; k > 0 && by_nearness(&r->row[i], &v[k - 1]) < 0; k--)
			v[k] = v[k - 1];
		v[k] = r->row[i];
	}
	r->row = v;
}

/* One layer's decision. Its readings follow those of the layers above that it asks. */
rc
policy_decide(arena *a, fault *f, const policy *p, const policy_decision *d, const feel_context *inputs,
	      const feel_env *env, policy_readings *readings, feel_value *out)
{
	watch w = {.a = a, .p = p, .readings = readings};
	feel_env own = *env;
	feel_context all;

	TRY(policy_above_add(a, f, p, d, inputs, env, readings, &all));
	own.ctx = &w;
	own.lookup = NULL;
	own.traced = on_trace;
	own.fired = on_fired;
	return dmn_decide(a, f, p->model, d->name, &all, &own, out);
}

rc
policy_with_above(arena *a, fault *f, const policy *p, const policy_decision *d, const feel_context *inputs,
		  const feel_env *env, feel_context *out)
{
	policy_readings ignored = {0};

	return policy_above_add(a, f, p, d, inputs, env, &ignored, out);
}

rc
policy_explain(arena *a, fault *f, const policy *p, str decision, const feel_context *inputs,
	       const feel_env *env, policy_explanation *out)
{
	policy_readings readings = {0};

	*out = (policy_explanation){.p = p, .decision = policy_decision_find(p->doc, decision)};
	if (!out->decision)
		return RC_NOT_FOUND;
	TRY(policy_decide(a, f, p, out->decision, inputs, env, &readings, &out->result));
	for (size_t i = 0; i < readings.n; i++)
		put_in_order(a, &readings.v[i]);
	out->reading = readings.v;
	out->nreadings = readings.n;
	return RC_OK;
}

/* ---- JSON ---- */

static void
put_key(buf *b, const char *key)
{
	buf_c(b, '"');
	buf_put(b, str_of(key));
	buf_lit(b, "\":");
}

static void
put_text(buf *b, const char *key, str s)
{
	put_key(b, key);
	json_quote(b, s);
}

static void
put_pair(buf *b, const char *key, str zh, str en)
{
	put_key(b, key);
	buf_c(b, '{');
	put_text(b, "zh", zh);
	buf_c(b, ',');
	put_text(b, "en", en);
	buf_c(b, '}');
}

static void
put_citation(buf *b, const policy_citation *c)
{
	buf_c(b, '{');
	put_text(b, "id", c->id);
	buf_c(b, ',');
	put_pair(b, "document", c->title_zh, c->title_en);
	buf_c(b, ',');
	put_text(b, "number", c->number);
	buf_c(b, ',');
	put_text(b, "article", c->article);
	buf_c(b, ',');
	put_pair(b, "text", c->zh, c->en);
	buf_c(b, ',');
	put_text(b, "link", c->link);
	buf_put(b, c->unsourced ? STR(",\"unsourced\":true}") : STR("}"));
}

static void
put_row(buf *b, const policy *p, const policy_row *r)
{
	str rest = r->citation, id;
	size_t n = 0;

	put_text(b, "row", r->id);
	buf_c(b, ',');
	put_pair(b, "says", r->zh, r->en);
	if (r->unknown)
		buf_lit(b, ",\"unknown\":true");
	buf_lit(b, ",\"citations\":[");
	while (str_next(&rest, ' ', &id)) {
		const policy_citation *c = policy_citation_find(p, id);
		if (!c)
			continue;
		buf_put(b, n++ ? STR(",") : STR(""));
		put_citation(b, c);
	}
	buf_c(b, ']');
}

void
policy_row_json(buf *b, const policy *p, str table, size_t rule)
{
	const policy_decision *d = decision_of(p, table);

	if (!d || rule >= d->table->nrows)
		return;
	buf_c(b, ',');
	put_row(b, p, &d->table->row[rule]);
}

static void
put_asked(buf *b, const policy_reading *r, const policy_asked *k)
{
	buf_c(b, '{');
	put_row(b, r->p, k->row);
	buf_fmt(b, ",\"fired\":%s,\"failed\":%zu,\"cells\":[", k->fired ? "true" : "false", k->failed);
	for (size_t i = 0; i < r->decision->table->nin; i++) {
		buf_put(b, i ? STR(",{") : STR("{"));
		put_text(b, "column", r->decision->table->in[i].expr);
		buf_c(b, ',');
		put_text(b, "test", k->row->test[i]);
		buf_lit(b, ",\"value\":");
		(void)feel_print_json(b, r->in[i]);
		buf_lit(b, ",\"holds\":");
		(void)feel_print_json(b, k->holds[i]);
		buf_c(b, '}');
	}
	buf_lit(b, "]}");
}

static void
put_reading(buf *b, const policy_explanation *x, const policy_reading *r)
{
	buf_c(b, '{');
	if (r->p != x->p) {
		put_text(b, "layer", r->p->file);
		buf_c(b, ',');
	}
	put_text(b, "decision", r->decision->name);
	buf_c(b, ',');
	put_text(b, "table", r->decision->table->id);
	if (r->refused < r->decision->table->nin) {
		buf_c(b, ',');
		put_text(b, "refused", r->decision->table->in[r->refused].expr);
	}
	buf_lit(b, ",\"rows\":[");
	for (size_t i = 0; i < r->nrows; i++) {
		if (i)
			buf_c(b, ',');
		put_asked(b, r, &r->row[i]);
	}
	buf_lit(b, "]}");
}

void
policy_explain_json(buf *b, const policy_explanation *x)
{
	buf zh = buf_in(b->a), en = buf_in(b->a);

	policy_explain_say(&zh, MSG_ZH, x);
	policy_explain_say(&en, MSG_EN, x);
	buf_c(b, '{');
	put_text(b, "decision", x->decision->name);
	buf_lit(b, ",\"result\":");
	(void)feel_print_json(b, x->result);
	buf_lit(b, ",\"tables\":[");
	for (size_t i = 0; i < x->nreadings; i++) {
		if (i)
			buf_c(b, ',');
		put_reading(b, x, &x->reading[i]);
	}
	buf_lit(b, "],");
	put_pair(b, "sentence", buf_str(&zh), buf_str(&en));
	buf_c(b, '}');
}
