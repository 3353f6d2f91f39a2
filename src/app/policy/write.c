/* write.c - see write.h.  Reading is one pass of expat into nodes; other versions of DMN differ from 1.5 in
 * the names of their spaces only, as far as their elements go. */
#include "app/policy/write.h"

#include "app/policy/policy.h"
#include "app/policy/write_model.h"
#include "base/planted.h"
#include "io/xml.h"

#include <stdlib.h>

/* The prefixes that what is written uses, in the order of their declarations; others become ns1, ns2, … */
static const struct {
	const char *prefix, *space;
} prefixes[] = {
	{"", DMN_SPACE},
	{"dmndi", DMNDI_SPACE},
	{"dc", "http://www.omg.org/spec/DMN/20180521/DC/"},
	{"di", "http://www.omg.org/spec/DMN/20180521/DI/"},
	{"zc", POLICY_SPACE},
	{"xsi", "http://www.w3.org/2001/XMLSchema-instance"},
	{"camunda", "http://camunda.org/schema/1.0/dmn"},
	{"modeler", "http://camunda.org/schema/modeler/1.0"},
	{"zeebe", "http://camunda.org/schema/zeebe/1.0"},
	{"biodi", "http://bpmn.io/schema/dmn/biodi/2.0"},
};

/* ---- reading ---- */

typedef struct reading {
	arena *a;
	str file;
	policy_node *root, *at;
	xml_reader *r;
	buf text;
	VEC(policy_attr) prefixes; /* declared so far: name and space */
} reading;

static const char *const versions[] = {"20180521", "20191111", "20211108", "20230324"};

/* ".../spec/DMN/20191111/MODEL/" as DMN 1.5 has it; any other space as it stands. Spaces of DMN are never
 * copied. */
static bool
of_dmn(str space, str *out)
{
	static const str tails[] = {{"/MODEL/", 7}, {"/DMNDI/", 7}, {"/FEEL/", 6}};
	static const str now[] = {{DMN_SPACE, sizeof DMN_SPACE - 1},
				  {DMNDI_SPACE, sizeof DMNDI_SPACE - 1},
				  {"https://www.omg.org/spec/DMN/20230324/FEEL/", 43}};
	static const str heads[] = {{"http://www.omg.org/spec/DMN/", 28},
				    {"https://www.omg.org/spec/DMN/", 29}};

	for (size_t h = 0; h < LEN(heads); h++) {
		if (!str_starts(space, heads[h]))
			continue;
		str rest = str_from(space, heads[h].n);
		for (size_t v = 0; v < LEN(versions); v++)
			for (size_t t = 0; t < LEN(tails); t++)
				if (str_starts(rest, str_of(versions[v])) &&
				    str_eq(str_from(rest, 8), tails[t])) {
					*out = now[t];
					return true;
				}
	}
	return false;
}

static str
space_now(arena *a, str space)
{
	str now;

	if (!of_dmn(space, &now))
		return str_dup(a, space);
	return str_eq(now, STR(DMN_SPACE)) ? STR("") : now;
}

static void
on_prefix(void *p, str prefix, str space)
{
	reading *d = p;

	*vec_add(d->a, &d->prefixes) =
		(policy_attr){.space = space_now(d->a, space), .name = str_dup(d->a, prefix)};
}

/* "other:id" of a diagram's element: the name, and the space that the prefix stands for. A prefix that is
 * declared twice stands for what it was last. */
static void
read_name(const reading *d, policy_attr *a)
{
	ptrdiff_t colon = str_find_char(a->value, ':');

	bool name = str_eq(a->name, STR("dmnElementRef")) || str_eq(a->name, STR("sourceElement")) ||
		    str_eq(a->name, STR("targetElement"));

	if (colon < 0 || !name)
		return;
	for (size_t i = d->prefixes.n; i-- > 0;)
		if (str_eq(d->prefixes.v[i].name, str_sub(a->value, 0, (size_t)colon))) {
			a->of = d->prefixes.v[i].space;
			a->value = str_from(a->value, (size_t)colon + 1);
			return;
		}
}

static void
read_attrs(reading *d, policy_node *n, const xml_element *e)
{
	str space, name, value, now;

	for (size_t i = 0; xml_attr_each(e, &i, &space, &name, &value);) {
		bool language = str_ends(name, STR("Language")) && n->space.n == 0;
		policy_attr *a = vec_add(d->a, &n->attr);
		*a = (policy_attr){space_now(d->a, space), str_dup(d->a, name),
				   language && of_dmn(value, &now) ? now : str_dup(d->a, value), STR("")};
		if (str_eq(n->space, STR(DMNDI_SPACE)))
			read_name(d, a);
	}
}

static rc
on_open(void *p, fault *f, const xml_element *e)
{
	reading *d = p;
	policy_node *n = arena_new(d->a, policy_node);
	bool dmn = e->space.n && space_now(d->a, e->space).n == 0;

	if (arena_left(d->a) < (1u << 16))
		return FAIL(f, RC_LIMIT, "policy.tree.size", FA_STR("file", d->file), FA_INT("max", 1000000));
	if (!d->root && (!dmn || !str_eq(e->name, STR("definitions"))))
		return FAIL(f, RC_INVALID, "policy.tree.version", FA_STR("file", d->file),
			    FA_INT("line", xml_line(d->r)), FA_STR("what", str_sub(e->space, 0, 100)));
	if (e->space.n == 0)
		return FAIL(f, RC_INVALID, "policy.tree.space", FA_STR("file", d->file),
			    FA_INT("line", xml_line(d->r)), FA_STR("element", e->name));
	n->space = dmn ? STR("") : space_now(d->a, e->space);
	n->name = str_dup(d->a, e->name);
	n->line = xml_line(d->r);
	read_attrs(d, n, e);
	if (!d->root) {
		d->root = n;
	} else {
		/* text before an element: kept, so that the check sees it */
		if (!d->at->kid || str_trim(buf_str(&d->text)).n)
			d->at->text = str_dup(d->a, buf_str(&d->text));
		policy_node_put(d->at, n, NULL);
	}
	d->at = n;
	buf_clear(&d->text);
	return RC_OK;
}

static rc
on_close(void *p, fault *f, str space, str name)
{
	reading *d = p;

	(void)f;
	(void)space;
	(void)name;
	if (!d->at->kid || str_trim(buf_str(&d->text)).n)
		d->at->text = str_dup(d->a, buf_str(&d->text));
	buf_clear(&d->text);
	d->at = d->at->up;
	return RC_OK;
}

static rc
on_text(void *p, fault *f, str s)
{
	reading *d = p;

	(void)f;
	buf_put(&d->text, s);
	return RC_OK;
}

rc
policy_tree_read(arena *a, fault *f, str file, str xml, policy_node **out)
{
	static const xml_handler handler = {on_open, on_close, on_text, on_prefix};
	reading d = {.a = a, .file = file, .text = buf_in(a)};

	d.r = xml_open(a, &handler, &d, XML_LIMITS);
	TRY(xml_feed(d.r, f, xml, true));
	TRY(model_check(a, f, file, d.root));
	*out = d.root;
	return RC_OK;
}

/* ---- writing ---- */

typedef struct writing {
	arena *a;
	buf b;
	size_t line;
	VEC(str) spaces; /* all that occur, beside those of `prefixes`, in the order of the document */
	bool used[LEN(prefixes)];
} writing;

static void
meet_space(writing *w, str space)
{
	for (size_t i = 0; i < LEN(prefixes); i++)
		if (str_eq(space, str_of(prefixes[i].space))) {
			w->used[i] = true;
			return;
		}
	for (size_t i = 0; i < w->spaces.n; i++)
		if (str_eq(space, w->spaces.v[i]))
			return;
	*vec_add(w->a, &w->spaces) = space;
}

static void
meet_spaces(writing *w, const policy_node *n)
{
	if (n->space.n)
		meet_space(w, n->space);
	for (size_t i = 0; i < n->attr.n; i++)
		if (n->attr.v[i].space.n &&
		    !str_eq(n->attr.v[i].space, STR("http://www.w3.org/XML/1998/namespace")))
			meet_space(w, n->attr.v[i].space);
	for (size_t i = 0; i < n->attr.n; i++)
		if (n->attr.v[i].of.n)
			meet_space(w, n->attr.v[i].of);
	for (const policy_node *k = n->kid; k; k = k->next)
		meet_spaces(w, k);
}

static void
put_name(writing *w, str space, str name)
{
	if (str_eq(space, STR("http://www.w3.org/XML/1998/namespace")))
		buf_lit(&w->b, "xml:");
	for (size_t i = 1; i < LEN(prefixes) && space.n; i++)
		if (str_eq(space, str_of(prefixes[i].space)))
			buf_fmt(&w->b, "%s:", prefixes[i].prefix);
	for (size_t i = 0; i < w->spaces.n && space.n; i++)
		if (str_eq(space, w->spaces.v[i]))
			buf_fmt(&w->b, "ns%zu:", i + 1);
	buf_put(&w->b, name);
}

/* A carriage return, and in an attribute a tab and a line end too, would come back as another sign. */
static void
put_text(writing *w, str s, bool attr)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '&')
			buf_lit(&w->b, "&amp;");
		else if (c == '<')
			buf_lit(&w->b, "&lt;");
		else if (c == '>')
			buf_lit(&w->b, "&gt;");
		else if (PLANTED(false, attr && c == '"'))
			buf_lit(&w->b, "&quot;");
		else if (c == '\r' || (attr && (c == '\n' || c == '\t')))
			buf_fmt(&w->b, "&#%d;", c);
		else
			buf_c(&w->b, c);
		w->line += c == '\n' && !attr;
	}
}

static void
put_attr(writing *w, const policy_attr *a)
{
	buf_c(&w->b, ' ');
	put_name(w, a->space, a->name);
	buf_lit(&w->b, "=\"");
	if (a->of.n)
		put_name(w, a->of, STR(""));
	put_text(w, a->value, true);
	buf_c(&w->b, '"');
}

static int
by_name(const void *x, const void *y)
{
	const policy_attr *a = x, *b = y;

	return str_cmp(a->name, b->name);
}

/* Those of DMN in the order of the schema, then those of others as they came; our own by name, since no file
 * and no sheet gives them an order. */
static void
put_attrs(writing *w, policy_node *n, const model_type *type)
{
	if (n->attr.n && str_eq(n->space, STR(POLICY_SPACE)))
		qsort(n->attr.v, n->attr.n, sizeof *n->attr.v, by_name);
	for (size_t place = 0; place < 16; place++)
		for (size_t i = 0; i < n->attr.n; i++)
			if (n->attr.v[i].space.n == 0 && model_attr_place(type, n->attr.v[i].name) == place)
				put_attr(w, &n->attr.v[i]);
	for (size_t i = 0; i < n->attr.n; i++)
		if (n->attr.v[i].space.n || model_attr_place(type, n->attr.v[i].name) == SIZE_MAX)
			put_attr(w, &n->attr.v[i]);
}

static void
put_spaces(writing *w)
{
	for (size_t i = 0; i < LEN(prefixes); i++)
		if (i == 0 || w->used[i])
			buf_fmt(&w->b, " xmlns%s%s=\"%s\"", i ? ":" : "", prefixes[i].prefix,
				prefixes[i].space);
	for (size_t i = 0; i < w->spaces.n; i++) {
		buf_fmt(&w->b, " xmlns:ns%zu=\"", i + 1);
		put_text(w, w->spaces.v[i], true);
		buf_c(&w->b, '"');
	}
}

static void
indent(writing *w, unsigned depth)
{
	for (unsigned i = 0; i < depth; i++)
		buf_lit(&w->b, "  ");
}

static void
put_node(writing *w, policy_node *n, const model_type *type, unsigned depth)
{
	bool leaf = !n->kid && (model_is_text(type) || model_is_open(type)) && n->text.n;

	n->line = w->line;
	indent(w, depth);
	buf_c(&w->b, '<');
	put_name(w, n->space, n->name);
	if (depth == 0)
		put_spaces(w);
	put_attrs(w, n, type);
	buf_put(&w->b, n->kid || leaf ? STR(">") : STR("/>"));
	if (leaf)
		put_text(w, n->text, false);
	if (n->kid) {
		buf_c(&w->b, '\n');
		w->line++;
		for (policy_node *k = n->kid; k; k = k->next)
			put_node(w, k, model_kid(type, k->space, k->name), depth + 1);
		indent(w, depth);
	}
	if (n->kid || leaf) {
		buf_lit(&w->b, "</");
		put_name(w, n->space, n->name);
		buf_c(&w->b, '>');
	}
	buf_c(&w->b, '\n');
	w->line++;
}

rc
policy_tree_write(arena *a, fault *f, str file, policy_node *root, str *out)
{
	writing w = {.a = a, .b = buf_in(a), .line = 2};

	TRY(model_check(a, f, file, root));
	meet_spaces(&w, root);
	buf_lit(&w.b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	put_node(&w, root, model_root(), 0);
	*out = buf_str(&w.b);
	return RC_OK;
}

/* ---- looking and changing ---- */

str
policy_attr_in(const policy_node *n, str space, str name)
{
	for (size_t i = 0; n && i < n->attr.n; i++)
		if (str_eq(n->attr.v[i].space, space) && str_eq(n->attr.v[i].name, name))
			return n->attr.v[i].value;
	return STR("");
}

str
policy_attr_of(const policy_node *n, str name)
{
	return policy_attr_in(n, STR(""), name);
}

void
policy_attr_set(arena *a, policy_node *n, str name, str value)
{
	for (size_t i = 0; i < n->attr.n; i++) {
		policy_attr *at = &n->attr.v[i];
		if (at->space.n || !str_eq(at->name, name))
			continue;
		at->value = value;
		if (value.n == 0) {
			memmove(at, at + 1, (n->attr.n - i - 1) * sizeof *at);
			n->attr.n--;
		}
		return;
	}
	if (value.n)
		*vec_add(a, &n->attr) = (policy_attr){STR(""), name, value, STR("")};
}

policy_node *
policy_kid_in(const policy_node *n, str space, str name)
{
	for (policy_node *k = n ? n->kid : NULL; k; k = k->next)
		if (str_eq(k->space, space) && str_eq(k->name, name))
			return k;
	return NULL;
}

policy_node *
policy_kid(const policy_node *n, str name)
{
	return policy_kid_in(n, STR(""), name);
}

policy_node *
policy_kid_next(const policy_node *kid)
{
	for (policy_node *k = kid->next; k; k = k->next)
		if (str_eq(k->space, kid->space) && str_eq(k->name, kid->name))
			return k;
	return NULL;
}

size_t
policy_kids(const policy_node *n, str name)
{
	size_t count = 0;

	for (const policy_node *k = policy_kid(n, name); k; k = policy_kid_next(k))
		count++;
	return count;
}

policy_node *
policy_node_new(arena *a, str name)
{
	policy_node *n = arena_new(a, policy_node);

	n->name = name;
	return n;
}

void
policy_node_put(policy_node *n, policy_node *kid, policy_node *next)
{
	BUG_ON(!n);
	policy_node **at = &n->kid;

	kid->up = n;
	kid->next = next;
	if (!next) { /* the way of reading: no search */
		at = n->last ? &n->last->next : &n->kid;
		n->last = kid;
	} else {
		while (*at != next)
			at = &(*at)->next;
	}
	*at = kid;
}

void
policy_node_drop(policy_node *kid)
{
	policy_node *n = kid->up, *before = NULL;

	for (policy_node *k = n->kid; k != kid; k = k->next)
		before = k;
	if (before)
		before->next = kid->next;
	else
		n->kid = kid->next;
	if (n->last == kid)
		n->last = before;
	kid->up = kid->next = NULL;
}

policy_node *
policy_kid_made(arena *a, policy_node *n, str name)
{
	BUG_ON(!n);
	policy_node *k = policy_kid(n, name), *next = n->kid;

	if (k)
		return k;
	while (next && model_place(n->name, next->name) <= model_place(n->name, name))
		next = next->next;
	k = policy_node_new(a, name);
	policy_node_put(n, k, next);
	return k;
}

str
policy_text_of(const policy_node *n, str name)
{
	const policy_node *k = policy_kid(policy_kid(n, name), STR("text"));

	return k ? k->text : STR("");
}

void
policy_text_set(arena *a, policy_node *n, str name, str text)
{
	policy_node *k = policy_kid(n, name);

	if (text.n)
		policy_kid_made(a, policy_kid_made(a, n, name), STR("text"))->text = text;
	else if (k)
		policy_node_drop(k);
}

policy_node *
policy_element(const policy_node *root, str element, str name)
{
	for (policy_node *k = policy_kid(root, element); k; k = policy_kid_next(k))
		if (str_eq(str_trim(policy_attr_of(k, STR("name"))), name))
			return k;
	return NULL;
}
