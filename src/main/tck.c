/* tck.c - zhucan tck DIR: runs the cases of the DMN Technology Compatibility Kit and counts them.
 *
 * 43 % of the kit passes if an engine always answers null, so two pairs are counted: all cases, and those
 * whose expected answer is not null. Numbers are compared exactly; or, where the expected one has at least
 * six decimals, equal when ours is rounded to that many, half to even or half up, and each such case is
 * named. A number that is only within 1e-8, which the runners of others let pass, is a failure, called
 * "close": the kit's number was made in binary. */
#include <stdio.h>

#include "base/vec.h"
#include "feel/dmn.h"
#include "io/file.h"
#include "io/xml.h"
#include "main/eval.h"

enum { TCK_FILE_MAX = 16 << 20, TCK_DEPTH = 4 };

/* Cases, and those of them whose expected answer is not null. */
typedef struct score {
	size_t all, passed, not_null, not_null_passed;
} score;

/* <value>, <list>, <component>… as a tree; name is "value", "list", "item", "component", "expected", … */
typedef struct xval xval;
struct xval {
	str name, attr, type, text;
	bool nil, has_type;
	xval *kid, *last, *next, *up;
};

typedef struct tck {
	cli *c;
	arena *a; /* of one test file */
	feel_zones zones;
	str folder; /* its last name */
	score total;
	xval *root, *at;
	buf text;
} tck;

/* the test file as a tree */

static rc
on_open(void *p, fault *f, const xml_element *e)
{
	static const str xsi = {"http://www.w3.org/2001/XMLSchema-instance", 41};
	tck *t = p;
	xval *x = arena_new(t->a, xval);

	(void)f;
	x->name = str_dup(t->a, e->name);
	x->attr = str_dup(t->a,
			  xml_attr(e, STR(""), str_eq(e->name, STR("testCase")) ? STR("id") : STR("name")));
	x->type = str_dup(t->a, xml_attr(e, xsi, STR("type")));
	if (str_eq(e->name, STR("testCase"))) {
		x->type = str_dup(t->a, xml_attr(e, STR(""), STR("type")));
		x->text = str_dup(t->a, xml_attr(e, STR(""), STR("invocableName")));
	}
	x->nil = str_eq(xml_attr(e, xsi, STR("nil")), STR("true"));
	x->up = t->at;
	if (!t->at)
		t->root = x;
	else if (t->at->last)
		t->at->last = t->at->last->next = x;
	else
		t->at->kid = t->at->last = x;
	t->at = x;
	buf_clear(&t->text);
	return RC_OK;
}

static rc
on_close(void *p, fault *f, str space, str name)
{
	tck *t = p;

	(void)f;
	(void)space;
	(void)name;
	if (!t->at->kid && !str_eq(t->at->name, STR("testCase")))
		t->at->text = str_dup(t->a, buf_str(&t->text));
	buf_clear(&t->text);
	t->at = t->at->up;
	return RC_OK;
}

static rc
on_text(void *p, fault *f, str s)
{
	tck *t = p;

	(void)f;
	buf_put(&t->text, s);
	return RC_OK;
}

static xval *
child(const xval *x, const char *name)
{
	for (xval *k = x ? x->kid : NULL; k; k = k->next)
		if (str_eq(k->name, str_of(name)))
			return k;
	return NULL;
}

/* values */

static feel_value
simple(tck *t, const xval *x)
{
	str s = x->text, trimmed = str_trim(s),
	    type = str_from(x->type, (size_t)(str_find_char(x->type, ':') + 1));
	feel_value v = feel_string(s);
	dec n;

	if (x->nil)
		return feel_null(NULL);
	if (str_eq(type, STR("decimal")) || str_eq(type, STR("double")) || str_eq(type, STR("integer")) ||
	    str_eq(type, STR("int")) || str_eq(type, STR("long")) || str_eq(type, STR("float")))
		return dec_parse(trimmed, &n) ? feel_number(n) : feel_null(NULL);
	if (str_eq(type, STR("boolean")))
		return feel_bool(str_eq(trimmed, STR("true")));
	if (str_eq(type, STR("date")))
		return feel_parse_date(trimmed, &v) ? v : feel_null(NULL);
	if (str_eq(type, STR("time")))
		return feel_parse_time(trimmed, &t->zones, &v) ? v : feel_null(NULL);
	if (str_eq(type, STR("dateTime")))
		return feel_parse_date_time(trimmed, &t->zones, &v) ? v : feel_null(NULL);
	if (str_eq(type, STR("duration")))
		return feel_parse_duration(trimmed, &v) ? v : feel_null(NULL);
	return v;
}

static feel_value
value_of(tck *t, const xval *x)
{
	const xval *list = child(x, "list"), *value = child(x, "value");
	VEC(feel_value) items = {0};
	VEC(feel_entry) entries = {0};

	if (x->nil || !x->kid)
		return feel_null(NULL);
	if (list) {
		for (const xval *k = list->kid; k; k = k->next)
			*vec_add(t->a, &items) = value_of(t, k);
		return feel_list(items.v, items.n);
	}
	if (value)
		return simple(t, value);
	for (const xval *k = x->kid; k; k = k->next)
		if (str_eq(k->name, STR("component")))
			*vec_add(t->a, &entries) = (feel_entry){k->attr, value_of(t, k)};
	return feel_context_of(t->a, entries.v, entries.n);
}

/* How two values agree, least first. */
typedef enum agreement { DIFFERENT, CLOSE, ROUNDED, EQUAL } agreement;

static agreement
worse(agreement x, agreement y)
{
	return x < y ? x : y;
}

static agreement
numbers_agree(dec got, dec want)
{
	int32_t scale = dec_scale(want);
	dec limit;

	if (dec_cmp(got, want) == 0)
		return EQUAL;
	if (scale >= 6 && (dec_cmp(dec_to_scale(got, scale, DEC_HALF_EVEN), want) == 0 ||
			   dec_cmp(dec_to_scale(got, scale, DEC_HALF_UP), want) == 0))
		return ROUNDED;
	BUG_ON(!dec_parse(STR("1e-8"), &limit));
	return dec_cmp(dec_abs(dec_sub(got, want)), limit) < 0 ? CLOSE : DIFFERENT;
}

/* The worst agreement of any part. */
static agreement
agree(feel_value got, feel_value want)
{
	agreement worst = EQUAL;

	if (got.kind != want.kind)
		return DIFFERENT;
	if (got.kind == FEEL_NUMBER)
		return numbers_agree(got.n, want.n);
	if (got.kind == FEEL_LIST) {
		if (got.list.n != want.list.n)
			return DIFFERENT;
		for (size_t i = 0; i < got.list.n; i++)
			worst = worse(worst, agree(got.list.v[i], want.list.v[i]));
		return worst;
	}
	if (got.kind == FEEL_CONTEXT) {
		if (got.context->n != want.context->n)
			return DIFFERENT;
		for (size_t i = 0; i < got.context->n; i++) {
			const feel_value *other = feel_get(want.context, got.context->e[i].name);
			worst = worse(worst, other ? agree(got.context->e[i].value, *other) : DIFFERENT);
		}
		return worst;
	}
	return got.kind == FEEL_NULL || feel_is_true(feel_equal(got, want)) ? EQUAL : DIFFERENT;
}

static void
print_case(const tck *t, const char *what, const xval *c, const xval *result, feel_value got, feel_value want)
{
	buf b = buf_in(t->a);

	feel_print(&b, got);
	buf_lit(&b, "   expected ");
	feel_print(&b, want);
	fprintf(stderr, "%s %.*s %.*s %.*s: %.*s", what, STR_ARG(t->folder), STR_ARG(c->attr),
		STR_ARG(result->attr), STR_ARG(buf_str(&b)));
	if (got.kind == FEEL_NULL && got.why)
		fprintf(stderr, "   (%s %.*s %u:%u)", got.why->id, STR_ARG(got.why->about), got.why->at.line,
			got.why->at.column);
	fprintf(stderr, "\n");
}

/* One result of a case; `m` NULL: the model could not be loaded. */
static agreement
run_result(tck *t, const dmn_model *m, const xval *c, const xval *result, const feel_context *inputs,
	   bool *not_null)
{
	static const char *const word[] = {"failed", "close", "rounded"};
	arena *a = arena_open(t->a, EVAL_MEMORY);
	feel_env env = {.zones = &t->zones, .now = feel_instant(INT64_C(1700000000000), 8 * 3600)};
	fault f = {0};
	feel_value got = feel_null(NULL), want = feel_null(NULL);
	const xval *expected = child(result, "expected");
	bool call = c->type.n > 0 && !str_eq(c->type, STR("decision"));
	rc r = RC_NOT_FOUND;

	if (expected)
		want = value_of(t, expected);
	if (m)
		r = call ? dmn_invoke(a, &f, m, c->text, inputs, &env, &got)
			 : dmn_decide(a, &f, m, result->attr, inputs, &env, &got);
	agreement how = r == RC_OK ? agree(got, want) : DIFFERENT;
	if (how != EQUAL)
		print_case(t, word[how], c, result, got, want);
	if (r != RC_OK && f.id)
		fprintf(stderr, "  %.*s\n", STR_ARG(fault_print(a, &f)));
	*not_null = *not_null || want.kind != FEEL_NULL;
	arena_close(a);
	return how;
}

static void
run_case(tck *t, const dmn_model *m, const xval *c)
{
	VEC(feel_entry) inputs = {0};
	agreement worst = EQUAL;
	bool not_null = false;

	for (const xval *k = c->kid; k; k = k->next)
		if (str_eq(k->name, STR("inputNode")))
			*vec_add(t->a, &inputs) = (feel_entry){k->attr, value_of(t, k)};
	feel_context ctx = {inputs.n, inputs.v};
	for (const xval *k = c->kid; k; k = k->next)
		if (str_eq(k->name, STR("resultNode")))
			worst = worse(worst, run_result(t, m, c, k, &ctx, &not_null));
	t->total.all++;
	t->total.passed += worst >= ROUNDED;
	t->total.not_null += not_null;
	t->total.not_null_passed += worst >= ROUNDED && not_null;
}

/* files and folders */

/* The model of this name first, every other one of the folder behind it, to be imported. */
static const dmn_model *
load_model(tck *t, str folder, const file_names *names, str name)
{
	VEC(dmn_file) files = {0};
	fault f = {0};
	dmn_model *m = NULL;
	str xml;

	*vec_add(t->a, &files) = (dmn_file){0};
	for (size_t i = 0; i < names->n; i++) {
		str path = str_fmt(t->a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names->v[i]));
		if (!str_ends(path, STR(".dmn")) || file_read(t->a, &f, path, TCK_FILE_MAX, &xml) != RC_OK)
			continue;
		if (str_eq(names->v[i], name))
			files.v[0] = (dmn_file){name, xml};
		else
			*vec_add(t->a, &files) = (dmn_file){names->v[i], xml};
	}
	if (files.v[0].name.n == 0)
		fprintf(stderr, "no model %.*s in %.*s\n", STR_ARG(name), STR_ARG(folder));
	else if (dmn_load(t->a, &f, files.v, files.n, true, &m) != RC_OK)
		fprintf(stderr, "not loaded %.*s: %.*s\n", STR_ARG(folder), STR_ARG(fault_print(t->a, &f)));
	return m;
}

/* A test file that cannot be read is a case that failed. */
static void
run_file(tck *t, str folder, const file_names *names, str name)
{
	static const xml_handler handler = {on_open, on_close, on_text};
	fault f = {0};
	str xml;

	t->a = arena_open(t->c->a, 0);
	t->text = buf_in(t->a);
	t->root = t->at = NULL;
	t->zones = value_zones(t->a);
	str path = str_fmt(t->a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
	if (file_read(t->a, &f, path, TCK_FILE_MAX, &xml) != RC_OK ||
	    xml_parse(t->a, &f, xml, &handler, t, XML_LIMITS) != RC_OK) {
		fprintf(stderr, "not read %.*s: %.*s\n", STR_ARG(path), STR_ARG(fault_print(t->a, &f)));
		t->total.all++;
	} else {
		BUG_ON(!t->root); /* what is no element is no XML */
		const xval *model = child(t->root, "modelName");
		const dmn_model *m = model ? load_model(t, folder, names, str_trim(model->text)) : NULL;
		for (const xval *k = t->root->kid; k; k = k->next)
			if (str_eq(k->name, STR("testCase")))
				run_case(t, m, k);
	}
	arena_close(t->a);
}

static bool
has_model(const file_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_ends(names->v[i], STR(".dmn")))
			return true;
	return false;
}

/* Test files stand beside their models; what is no folder is passed over. */
static void
walk(tck *t, str folder, int depth)
{
	arena *a = arena_open(t->c->a, 0);
	fault f = {0};
	file_names names;
	score before = t->total;

	if (depth <= TCK_DEPTH && file_list(a, &f, folder, &names) == RC_OK) {
		bool cases = has_model(&names);
		t->folder = folder;
		for (str rest = folder; str_next(&rest, '/', &t->folder);)
			continue;
		for (size_t i = 0; i < names.n; i++)
			if (cases && str_ends(names.v[i], STR(".xml")))
				run_file(t, folder, &names, names.v[i]);
		if (t->total.all > before.all)
			printf("%.*s %zu of %zu\n", STR_ARG(t->folder), t->total.passed - before.passed,
			       t->total.all - before.all);
		for (size_t i = 0; i < names.n; i++)
			walk(t, str_fmt(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names.v[i])), depth + 1);
	}
	arena_close(a);
}

static int
run(cli *c)
{
	tck t = {.c = c};

	walk(&t, c->word[0], 0);
	if (t.total.all == 0) {
		(void)FAIL(&c->f, RC_NOT_FOUND, "feelcli.no_cases", FA_STR("dir", c->word[0]));
		return cli_fail(c);
	}
	printf("tck: passed %zu of %zu, with an answer %zu of %zu\n", t.total.passed, t.total.all,
	       t.total.not_null_passed, t.total.not_null);
	return t.total.passed == t.total.all ? EXIT_YES : EXIT_NO;
}

int
cmd_tck(cli *c)
{
	return eval_deep(c, run);
}
