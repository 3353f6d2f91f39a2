/* dmn_xml.c - the file as a tree of the elements that mean something. */
#include "feel/dmn_xml.h"

#include "base/buf.h"
#include "base/vec.h"
#include "io/xml.h"

typedef struct reading {
	arena *a;
	dmn_xml *root, *at;
	xml_reader *r;
	size_t skip; /* depth below an element that is passed over */
	size_t count;
	str space; /* DMN's, as this file has it */
	buf text;
} reading;

/* https://www.omg.org/spec/DMN/20230324/MODEL/ and its elder brothers back to DMN 1.2; a file has one. */
static bool
dmn_space(reading *d, str s)
{
	if (d->space.n && str_eq(s, d->space))
		return true;
	if (!str_ends(s, STR("/MODEL/")) || str_find(s, STR("omg.org/spec/DMN/")) < 0)
		return false;
	d->space = str_dup(d->a, s);
	return true;
}

/* Half of all elements have no attribute: they share the empty ones. */
static const str *
attributes(arena *a, const xml_element *e)
{
	static const str names[DMN_A_COUNT] = {
		[DMN_A_ID] = {"id", 2},
		[DMN_A_NAME] = {"name", 4},
		[DMN_A_LABEL] = {"label", 5},
		[DMN_A_HREF] = {"href", 4},
		[DMN_A_TYPE] = {"typeRef", 7},
		[DMN_A_NAMESPACE] = {"namespace", 9},
		[DMN_A_COLLECTION] = {"isCollection", 12},
		[DMN_A_HIT] = {"hitPolicy", 9},
		[DMN_A_AGGREGATION] = {"aggregation", 11},
		[DMN_A_KIND] = {"kind", 4},
		[DMN_A_LANGUAGE] = {"expressionLanguage", 18},
		[DMN_A_ITERATOR] = {"iteratorVariable", 16},
		[DMN_A_OUTPUT_TYPE] = {"outputTypeRef", 13},
	};
	static const str none[DMN_A_COUNT];
	str space, name, value;

	if (!e->raw[0])
		return none;
	str *v = arena_array(a, str, DMN_A_COUNT);
	for (size_t i = 0; xml_attr_each(e, &i, &space, &name, &value);)
		for (size_t k = 0; space.n == 0 && k < DMN_A_COUNT; k++)
			if (str_eq(name, names[k])) {
				v[k] = str_dup(a, value);
				break;
			}
	return v;
}

/* An extension keeps its attributes; what stands in it does not count. */
static void
keep_extra(arena *a, const xml_element *e, dmn_xml *x)
{
	VEC(dmn_extra) v = {0};
	str space, name, value;

	x->space = str_dup(a, e->space);
	for (size_t i = 0; xml_attr_each(e, &i, &space, &name, &value);)
		if (space.n == 0)
			*vec_add(a, &v) = (dmn_extra){str_dup(a, name), str_dup(a, value)};
	x->extra = v.v;
	x->nextra = v.n;
}

/* Is the element to be kept?  DMN's own, and strangers directly below <extensionElements>. */
static bool
wanted(reading *d, const xml_element *e)
{
	bool extension = d->at && d->at->space.n == 0 && str_eq(d->at->name, STR("extensionElements"));

	if (d->skip > 0 || (d->at && d->at->space.n))
		return false;
	return extension != dmn_space(d, e->space);
}

static rc
on_open(void *p, fault *f, const xml_element *e)
{
	reading *d = p;

	if (!wanted(d, e)) {
		d->skip++;
		return RC_OK;
	}
	if (++d->count > 1000000)
		return FAIL(f, RC_LIMIT, "dmn.size");
	dmn_xml *x = arena_new(d->a, dmn_xml);
	x->name = str_dup(d->a, e->name);
	x->line = xml_line(d->r);
	x->up = d->at;
	x->attr = attributes(d->a, e);
	if (!dmn_space(d, e->space))
		keep_extra(d->a, e, x);
	if (!d->at && !d->root)
		d->root = x;
	else if (d->at && d->at->last)
		d->at->last = d->at->last->next = x;
	else if (d->at)
		d->at->kid = d->at->last = x;
	d->at = x;
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
	if (d->skip > 0) {
		d->skip--;
		return RC_OK;
	}
	if (!d->at->kid)
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
	if (d->skip == 0)
		buf_put(&d->text, s);
	return RC_OK;
}

rc
dmn_read(arena *a, fault *f, str text, dmn_xml **out)
{
	static const xml_handler handler = {on_open, on_close, on_text};
	arena *scratch = arena_open(a, 0);
	reading d = {.a = a, .text = buf_in(scratch)};

	d.r = xml_open(scratch, &handler, &d, XML_LIMITS);
	rc code = xml_feed(d.r, f, text, true);
	arena_close(scratch);
	TRY(code);
	if (!d.root || !str_eq(d.root->name, STR("definitions")))
		return FAIL(f, RC_INVALID, "dmn.definitions");
	*out = d.root;
	return RC_OK;
}

const dmn_xml *
dmn_child(const dmn_xml *x, str name)
{
	for (const dmn_xml *k = x ? x->kid : NULL; k; k = k->next)
		if (k->space.n == 0 && str_eq(k->name, name))
			return k;
	return NULL;
}

str
dmn_extension(const dmn_xml *x, str space, str name, str attribute)
{
	const dmn_xml *all = dmn_child(x, STR("extensionElements"));

	for (const dmn_xml *k = all ? all->kid : NULL; k; k = k->next)
		for (size_t i = 0; str_eq(k->space, space) && str_eq(k->name, name) && i < k->nextra; i++)
			if (str_eq(k->extra[i].name, attribute))
				return k->extra[i].value;
	return STR("");
}
