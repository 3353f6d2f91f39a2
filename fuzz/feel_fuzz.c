/* feel_fuzz.c - FEEL and DMN under any input. The first byte chooses: t unary tests, d a decision model, else
 * an expression. Besides not crashing: what a value prints as reads back and prints the same, and a prepared
 * model says what a plain one says. */
#include "feel/dmn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMORY = 24 << 20, STEPS = 2000 };

static feel_value
lookup(void *ctx, uint32_t slot)
{
	(void)ctx;
	return slot == 0 ? feel_int(63) : slot == 1 ? feel_string(STR("二级")) : feel_null(NULL);
}

static bool
has_function(feel_value v, int depth)
{
	if (depth > 8)
		return true;
	bool any = v.kind == FEEL_FUNCTION;
	for (size_t i = 0; v.kind == FEEL_LIST && i < v.list.n && !any; i++)
		any = has_function(v.list.v[i], depth + 1);
	for (size_t i = 0; v.kind == FEEL_CONTEXT && i < v.context->n && !any; i++)
		any = has_function(v.context->e[i].value, depth + 1);
	return any || v.kind == FEEL_CONTEXT || v.kind == FEEL_RANGE;
}

static void
prints_the_same(arena *a, const feel_env *env, feel_value v)
{
	fault f = {0};
	feel_expr *e;
	feel_value back;
	buf once = buf_in(a), twice = buf_in(a);

	if (has_function(v, 0) || !feel_print(&once, v) || once.n > 10000)
		return;
	if (feel_parse(a, &f, buf_str(&once), NULL, FEEL_EXPRESSION, &e) != RC_OK)
		return; /* a zone that is not known here, a depth at the limit */
	if (feel_eval(a, &f, e, env, &back) == RC_OK && feel_print(&twice, back) && back.kind == v.kind)
		BUG_ON(!str_eq(buf_str(&once), buf_str(&twice)));
}

static rc
ask(arena *a, const feel_env *env, const dmn_model *m, dmn_info e, buf *said)
{
	fault f = {0};
	feel_context none = {0};
	feel_value v;
	rc r = e.kind == DMN_DECISION ? dmn_decide(a, &f, m, e.name, &none, env, &v)
				      : dmn_invoke(a, &f, m, e.name, &none, env, &v);

	if (r == RC_OK)
		(void)feel_print(said, v);
	return r;
}

static void
model(arena *a, const feel_env *env, str xml)
{
	fault f = {0};
	dmn_model *m, *prepared;
	dmn_file file = {STR("fuzz.dmn"), xml};

	if (dmn_load(a, &f, &file, 1, true, &m) != RC_OK ||
	    dmn_load(a, &f, &file, 1, true, &prepared) != RC_OK)
		return;
	dmn_prepare(prepared);
	for (size_t i = 0; i < dmn_count(m) && i < 20; i++) {
		buf plain = buf_in(a), sooner = buf_in(a);
		dmn_info e = dmn_element(m, i);
		if (ask(a, env, m, e, &plain) != RC_OK || ask(a, env, prepared, e, &sooner) != RC_OK)
			return;
		BUG_ON(!str_eq(buf_str(&plain), buf_str(&sooner)));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	arena *a = arena_open(NULL, MEMORY);
	fault f = {0};
	feel_expr *e;
	feel_value v;
	feel_env env = {
		.lookup = lookup, .now = feel_instant(INT64_C(1718000000123), 8 * 3600), .steps_max = STEPS};
	feel_scope *names = feel_scope_open(a);
	bool tests = size > 0 && data[0] == 't';
	str text = {(const char *)data + (size > 0), size - (size > 0)};

	feel_scope_add(names, STR("年龄"), 0, feel_type_named(STR("number")));
	feel_scope_add(names, STR("残疾等级"), 1, feel_type_named(STR("string")));
	feel_scope_add(names, STR("a-b c"), 2, NULL);
	feel_scope_allow_unknown(names);
	if (size > 0 && data[0] == 'd') {
		model(a, &env, text);
	} else if (feel_parse(a, &f, text, names, tests ? FEEL_UNARY_TESTS : FEEL_EXPRESSION, &e) == RC_OK) {
		rc r = tests ? feel_test(a, &f, e, &env, feel_int(5), &v) : feel_eval(a, &f, e, &env, &v);
		if (r == RC_OK)
			prints_the_same(a, &env, v);
	}
	arena_close(a);
	return 0;
}
