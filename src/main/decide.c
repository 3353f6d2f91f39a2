/* decide.c - zhucan decide FILE.dmn: one decision of a model, its answer and the rules that fired, with what
 * they stand on; with --explain everything that was looked at. */
#include <stdio.h>

#include "app/policy/explain.h"
#include "app/policy/layers.h"
#include "base/vec.h"
#include "feel/dmn.h"
#include "io/file.h"
#include "io/json.h"
#include "locale/msg_ids.h"
#include "main/eval.h"

enum { MODEL_MAX = 16 << 20, FIRED_MAX = 1000 };

typedef struct rule {
	str table;
	size_t number; /* from 1, as people count rows */
} rule;

typedef struct decision {
	arena *a;
	feel_zones zones;
	dmn_model *model;
	const policy *policy; /* NULL: the model is none of a policy */
	str name;
	const feel_context *inputs;
	feel_value result;
	policy_explanation explained; /* --explain */
	VEC(rule) fired;
	size_t nfired; /* also those that are not kept */
} decision;

static void
on_fired(void *ctx, str table, size_t number)
{
	decision *d = ctx;

	if (d->nfired++ < FIRED_MAX)
		*vec_add(d->a, &d->fired) = (rule){table, number + 1};
}

/* The first file is the model, the others are what it imports. */
static rc
load(cli *c, decision *d)
{
	dmn_file file[CLI_WORDS];

	for (size_t i = 0; i < c->nwords; i++) {
		file[i].name = c->word[i];
		rc r = file_read(d->a, &c->f, c->word[i], MODEL_MAX, &file[i].xml);
		if (r == RC_NOT_FOUND)
			return FAIL(&c->f, r, "cli.no_file", FA_STR("file", c->word[i]));
		TRY(r);
	}
	return dmn_load(d->a, &c->f, file, c->nwords, false, &d->model);
}

/* A model of the form of a policy knows its rows; beside it stand the citations. Any other model is decided
 * all the same. */
static rc
load_policy(cli *c, decision *d)
{
	str path = c->word[0];
	const char *slash = memrchr(path.p, '/', path.n);
	str dir = slash ? str_sub(path, 0, (size_t)(slash - path.p)) : STR(".");
	policy_files files = {.name = dir};
	fault own = {0}, *f = c->explain ? &c->f : &own;
	str citations = str_cat(d->a, dir, STR("/citations.yaml"));

	TRY(file_read(d->a, f, path, MODEL_MAX, &files.dmn));
	rc r = file_read(d->a, f, citations, POLICY_FILE_MAX, &files.citations);
	if (r == RC_OK || r == RC_NOT_FOUND)
		r = policy_above_read(d->a, f, dir, &d->zones, &files.above);
	if (r == RC_OK)
		r = policy_load(d->a, f, &files, &d->zones, &d->policy);
	return c->explain ? r : RC_OK;
}

static bool
is_decision(const cli *c, dmn_info e)
{
	return e.kind == DMN_DECISION && str_eq(e.model, c->word[0]);
}

/* The decision that was asked for, or the only one. */
static rc
choose(cli *c, decision *d)
{
	buf names = buf_in(d->a);
	size_t n = 0;

	for (size_t i = 0; i < dmn_count(d->model); i++) {
		dmn_info e = dmn_element(d->model, i);
		if (!is_decision(c, e))
			continue;
		buf_put(&names, n++ ? STR(", ") : STR(""));
		buf_put(&names, e.name);
		if (!c->choice.p || str_eq(e.name, c->choice))
			d->name = e.name;
		if (c->choice.p && str_eq(e.name, c->choice))
			return RC_OK;
	}
	if (n == 0)
		return FAIL(&c->f, RC_NOT_FOUND, "feelcli.no_decision", FA_STR("file", c->word[0]));
	if (c->choice.p)
		return FAIL(&c->f, RC_NOT_FOUND, "feelcli.decision", FA_STR("name", c->choice),
			    FA_STR("known", str_sub(buf_str(&names), 0, 300)));
	if (n > 1)
		return FAIL(&c->f, RC_INVALID, "feelcli.which", FA_INT("n", n),
			    FA_STR("known", str_sub(buf_str(&names), 0, 300)));
	return RC_OK;
}

/* A name that the model does not ask for is most likely misspelt. What is imported may be asked for as
 * IMPORT.NAME, so only a model of one file can tell. */
static void
note_unknown(cli *c, const decision *d)
{
	for (size_t k = 0; k < d->inputs->n && c->nwords == 1; k++) {
		bool known = false;
		for (size_t i = 0; i < dmn_count(d->model) && !known; i++) {
			dmn_info e = dmn_element(d->model, i);
			known = e.kind == DMN_INPUT && str_eq(e.name, d->inputs->e[k].name);
		}
		for (const policy *q = d->policy; q && !known; q = q->above)
			known = policy_input_find(q->doc, d->inputs->e[k].name);
		if (!known)
			CLI_NOTE(c, MSG_FEELCLI_UNKNOWN_INPUT, FA_STR("name", d->inputs->e[k].name));
	}
}

static rc
decide(cli *c, decision *d)
{
	feel_context all;
	str text;

	d->a = arena_open(c->a, EVAL_MEMORY);
	d->zones = value_zones(d->a);
	feel_env env = {.ctx = d, .fired = on_fired, .zones = &d->zones};
	TRY(load(c, d));
	TRY(choose(c, d));
	TRY(eval_input(c, c->input, VALUE_JSON_MAX, &text));
	TRY(value_context_read(d->a, &c->f, text, &d->zones, &d->inputs));
	TRY(eval_now(c, &env.now));
	TRY(load_policy(c, d));
	note_unknown(c, d);
	if (c->explain) {
		env.ctx = NULL;
		return policy_explain(d->a, &c->f, d->policy, d->name, d->inputs, &env, &d->explained);
	}
	if (d->policy)
		TRY(policy_with_above(d->a, &c->f, d->policy, policy_decision_find(d->policy->doc, d->name),
				      d->inputs, &env, &all));
	return dmn_decide(d->a, &c->f, d->model, d->name, d->policy ? &all : d->inputs, &env, &d->result);
}

/* {"decision": …, "result": …, "fired": [{"table": …, "rule": 1}]}, of a policy also row, says, citations */
static bool
print(buf *b, const decision *d)
{
	buf_lit(b, "{\"decision\":");
	json_quote(b, d->name);
	buf_lit(b, ",\"result\":");
	bool whole = feel_print_json(b, d->result);
	buf_lit(b, ",\"fired\":[");
	for (size_t i = 0; i < d->fired.n; i++) {
		buf_put(b, i ? STR(",{\"table\":") : STR("{\"table\":"));
		json_quote(b, d->fired.v[i].table);
		buf_fmt(b, ",\"rule\":%zu", d->fired.v[i].number);
		if (d->policy)
			policy_row_json(b, d->policy, d->fired.v[i].table, d->fired.v[i].number - 1);
		buf_c(b, '}');
	}
	buf_lit(b, "]}\n");
	return whole;
}

static int
run(cli *c)
{
	decision d = {0};
	buf b = buf_in(c->a);

	if (decide(c, &d) != RC_OK)
		return cli_fail(c);
	if (c->explain) {
		policy_explain_json(&b, &d.explained);
		buf_c(&b, '\n');
		d.result = d.explained.result;
	} else if (!print(&b, &d)) {
		(void)FAIL(&c->f, RC_LIMIT, "feelcli.output", FA_INT("max", FEEL_PRINT_MAX));
		return cli_fail(c);
	}
	if (d.nfired > d.fired.n)
		CLI_NOTE(c, MSG_FEELCLI_MORE_FIRED, FA_INT("n", d.nfired - d.fired.n));
	eval_reasons(c, d.result);
	fwrite(b.p, 1, b.n, stdout);
	return EXIT_YES;
}

int
cmd_decide(cli *c)
{
	if (c->person.n && c->nwords == 0 && !c->input.p)
		return cmd_decide_person(c);
	if (!c->input.p || c->nwords == 0) {
		CLI_NOTE(c, MSG_FEELCLI_INPUT);
		return EXIT_USAGE;
	}
	return eval_deep(c, run);
}
