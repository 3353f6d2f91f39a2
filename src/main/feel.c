/* feel.c - zhucan feel EXPR: one expression or one cell of a decision table, over names given as JSON. */
#include <stdio.h>

#include "locale/msg_ids.h"
#include "main/eval.h"

/* The names, the world and the memory of one evaluation. */
typedef struct room {
	arena *a;
	feel_zones zones;
	const feel_context *names;
	feel_scope *scope;
	feel_env env;
} room;

static rc
enter(cli *c, room *x)
{
	str json = STR("{}");

	*x = (room){.a = arena_open(c->a, EVAL_MEMORY)};
	x->zones = value_zones(x->a);
	if (c->input.p)
		TRY(eval_input(c, c->input, VALUE_JSON_MAX, &json));
	TRY(value_context_read(x->a, &c->f, json, &x->zones, &x->names));
	x->scope = value_scope(x->a, x->names);
	x->env = (feel_env){.ctx = (void *)(uintptr_t)x->names, .lookup = value_lookup, .zones = &x->zones};
	return eval_now(c, &x->env.now);
}

/* Signs of a Chinese keyboard are read as meant; the text as it was read is shown, once. */
static rc
parse(cli *c, room *x, str text, feel_mode mode, feel_expr **out)
{
	const feel_notice *notice;

	TRY(feel_parse(x->a, &c->f, text, x->scope, mode, out));
	size_t n = feel_expr_notices(*out, &notice);
	if (n)
		CLI_NOTE(c, MSG_FEELCLI_FULLWIDTH, FA_INT("n", n), FA_STR("text", feel_expr_text(*out)));
	return RC_OK;
}

static rc
evaluate(cli *c, room *x, feel_value *out)
{
	str text, subject_text;
	feel_expr *expr, *of;
	feel_value subject;

	if (c->input.p && str_eq(c->word[0], STR("-")) && str_eq(c->input, STR("-")))
		return FAIL(&c->f, RC_INVALID, "feelcli.stdin_twice");
	TRY(enter(c, x));
	TRY(str_eq(c->word[0], STR("-")) ? eval_input(c, c->word[0], FEEL_SOURCE_MAX + 1, &text)
					 : eval_text(c, c->word[0], &text));
	TRY(parse(c, x, text, c->tests.p ? FEEL_UNARY_TESTS : FEEL_EXPRESSION, &expr));
	if (!c->tests.p)
		return feel_eval(x->a, &c->f, expr, &x->env, out);
	TRY(eval_text(c, c->tests, &subject_text));
	TRY(parse(c, x, subject_text, FEEL_EXPRESSION, &of));
	TRY(feel_eval(x->a, &c->f, of, &x->env, &subject));
	return feel_test(x->a, &c->f, expr, &x->env, subject, out);
}

/* A test that does not hold is a no; an expression has a value, whatever it is. */
static int
run(cli *c)
{
	room x;
	feel_value v;

	if (evaluate(c, &x, &v) != RC_OK)
		return cli_fail(c);
	buf b = buf_in(c->a);
	if (!(c->json ? feel_print_json(&b, v) : feel_print(&b, v))) {
		(void)FAIL(&c->f, RC_LIMIT, "feelcli.output", FA_INT("max", FEEL_PRINT_MAX));
		return cli_fail(c);
	}
	eval_reasons(c, v);
	buf_c(&b, '\n');
	fwrite(b.p, 1, b.n, stdout);
	return c->tests.p && !feel_is_true(v) ? EXIT_NO : EXIT_YES;
}

int
cmd_feel(cli *c)
{
	return eval_deep(c, run);
}
