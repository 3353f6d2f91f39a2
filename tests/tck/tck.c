/* tck.c - runs the cases of the DMN Technology Compatibility Kit and counts them.
 *
 *   tck [-v] DIR [PART...]      DIR or $TCK_DIR: the kit; only folders whose path holds one of the PARTs
 *
 * 43 % of the kit passes if an engine always answers null, so two numbers are printed: all cases, and those
 * whose expected answer is not null. Numbers are compared exactly; or, where the expected one has at least
 * six decimals, equal when ours is rounded to that many, half to even or half up, and each such case is
 * listed. A number that is only within 1e-8, which the runners of others let pass, is a failure, but listed
 * and counted apart: the kit's number was made in binary. Ends with 1 when a case failed in any other way. */
#include "base/vec.h"
#include "feel/dmn.h"
#include "io/xml.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FILE_MAX = 16 << 20, PATH_LENGTH = 4096 };

typedef struct score {
	size_t all, passed, not_null, not_null_passed, rounded, close;
} score;

/* <value>, <list>, <component>… as a tree; name is "value", "list", "item", "component", "expected", … */
typedef struct xval xval;
struct xval {
	str name, attr, type, text;
	bool nil, has_type;
	xval *kid, *last, *next, *up;
};

typedef struct tck {
	arena *a; /* of one folder */
	feel_zones zones;
	bool verbose;
	str folder;
	score *total;
	xval *root, *at;
	buf text;
} tck;

static bool
read_whole(arena *a, const char *path, str *out)
{
	FILE *f = fopen(path, "rb");
	struct stat st;

	if (!f)
		return false;
	bool ok = fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= FILE_MAX;
	if (ok) {
		char *p = arena_alloc(a, (size_t)st.st_size + 1);
		out->p = p;
		out->n = fread(p, 1, (size_t)st.st_size, f);
	}
	fclose(f);
	return ok;
}

static bool
read_zone(void *ctx, arena *a, str name, str *bytes)
{
	(void)ctx;
	return read_whole(a, cstr(a, str_fmt(a, "/usr/share/zoneinfo/%.*s", STR_ARG(name))), bytes);
}

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
print_case(const char *what, str folder, const xval *c, str result, feel_value got, feel_value want, arena *a)
{
	buf b = buf_in(a);

	feel_print(&b, got);
	buf_lit(&b, "   expected ");
	feel_print(&b, want);
	printf("%s %.*s %.*s %.*s: %.*s", what, STR_ARG(folder), STR_ARG(c->attr), STR_ARG(result),
	       STR_ARG(buf_str(&b)));
	if (got.kind == FEEL_NULL && got.why)
		printf("   (%s %.*s %u:%u)", got.why->id, STR_ARG(got.why->about), got.why->at.line,
		       got.why->at.column);
	printf("\n");
}

/* One result of a case; `m` NULL: the model could not be loaded. */
static agreement
run_result(tck *t, const dmn_model *m, const xval *c, const xval *result, const feel_context *inputs,
	   bool *not_null)
{
	static const char *const word[] = {"failed", "close", "rounded", ""};
	str folder = t->folder;
	arena *a = arena_open(t->a, (size_t)256 << 20);
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
	if (how == ROUNDED || how == CLOSE || (how == DIFFERENT && t->verbose))
		print_case(word[how], folder, c, result->attr, got, want, a);
	if (r != RC_OK && m && t->verbose)
		printf("  %d %.*s\n", (int)r, STR_ARG(fault_print(a, &f)));
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
	t->total->all++;
	t->total->passed += worst >= ROUNDED;
	t->total->not_null += not_null;
	t->total->not_null_passed += worst >= ROUNDED && not_null;
	t->total->rounded += worst == ROUNDED;
	t->total->close += worst == CLOSE;
}

static const dmn_model *
load_model(tck *t, const char *folder, str name)
{
	VEC(dmn_file) files = {0};
	DIR *d = opendir(folder);
	struct dirent *entry;
	fault f = {0};
	dmn_model *m = NULL;
	str xml;

	*vec_add(t->a, &files) = (dmn_file){0};
	while (d && (entry = readdir(d))) {
		str file = str_dup(t->a, str_of(entry->d_name));
		char *path = cstr(t->a, str_fmt(t->a, "%s/%s", folder, entry->d_name));
		if (!str_ends(file, STR(".dmn")) || !read_whole(t->a, path, &xml))
			continue;
		if (str_eq(file, name))
			files.v[0] = (dmn_file){file, xml};
		else
			*vec_add(t->a, &files) = (dmn_file){file, xml};
	}
	if (d)
		closedir(d);
	if (files.v[0].name.n == 0) {
		printf("no model %.*s in %s\n", STR_ARG(name), folder);
		return NULL;
	}
	if (dmn_load(t->a, &f, files.v, files.n, true, &m) != RC_OK)
		printf("not loaded %s: %.*s\n", folder, STR_ARG(fault_print(t->a, &f)));
	return m;
}

static void
run_file(tck *t, const char *folder, const char *path)
{
	static const xml_handler handler = {on_open, on_close, on_text};
	str xml;
	fault f = {0};

	t->a = arena_open(NULL, 0);
	t->text = buf_in(t->a);
	t->root = t->at = NULL;
	t->zones = feel_zones_in(t->a, read_zone, NULL);
	if (!read_whole(t->a, path, &xml) || xml_parse(t->a, &f, xml, &handler, t, XML_LIMITS) != RC_OK) {
		printf("not read %s\n", path);
	} else {
		const xval *name = child(t->root, "modelName");
		const dmn_model *m = name ? load_model(t, folder, str_trim(name->text)) : NULL;
		const char *slash = strrchr(folder, '/');
		t->folder = str_of(slash ? slash + 1 : folder);
		for (const xval *c = t->root->kid; c; c = c->next)
			if (str_eq(c->name, STR("testCase")))
				run_case(t, m, c);
	}
	arena_close(t->a);
}

static int
by_name(const struct dirent **x, const struct dirent **y)
{
	return strcmp((*x)->d_name, (*y)->d_name);
}

static bool
wanted(const char *path, char **part, int n)
{
	for (int i = 0; i < n; i++)
		if (strstr(path, part[i]))
			return true;
	return n == 0;
}

static void
walk(tck *t, const char *folder, char **part, int n, int depth)
{
	struct dirent **list;
	int count = scandir(folder, &list, NULL, by_name);

	for (int i = 0; i < count; i++) {
		char path[PATH_LENGTH];
		struct stat st;
		int len = snprintf(path, sizeof path, "%s/%s", folder, list[i]->d_name);
		if (list[i]->d_name[0] != '.' && len < (int)sizeof path && stat(path, &st) == 0) {
			str name = str_of(list[i]->d_name);
			if (S_ISDIR(st.st_mode) && depth < 4)
				walk(t, path, part, n, depth + 1);
			else if (depth > 1 && str_ends(name, STR(".xml")) && wanted(path, part, n))
				run_file(t, folder, path);
		}
		free(list[i]);
	}
	if (count >= 0)
		free(list);
}

int
main(int argc, char **argv)
{
	score total = {0};
	tck t = {.total = &total};
	int i = 1;

	if (i < argc && strcmp(argv[i], "-v") == 0) {
		t.verbose = true;
		i++;
	}
	const char *dir = i < argc ? argv[i++] : getenv("TCK_DIR");
	if (!dir) {
		printf("TCK_DIR is not set: nothing is run\n");
		return 77;
	}
	walk(&t, dir, argv + i, argc - i, 0);
	printf("all cases            %zu of %zu\n", total.passed, total.all);
	printf("answer is not null   %zu of %zu\n", total.not_null_passed, total.not_null);
	printf("equal when rounded   %zu\n", total.rounded);
	printf("within 1e-8 only     %zu\n", total.close);
	return total.passed + total.close == total.all && total.all > 0 ? 0 : 1;
}
