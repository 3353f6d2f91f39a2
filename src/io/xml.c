/* xml.c - see xml.h.  Over expat. A DTD is refused at its first word, so there are no entities to expand, no
 * external files and no defaults; depth and bytes are counted here. */
#include "io/xml.h"

#include <expat.h>

enum { FEED = 1 << 20, SPACE_MARK = '\f' }; /* the mark between space and name: in no XML document */

struct xml_reader {
	XML_Parser parser;
	const xml_handler *h;
	void *p;
	xml_limits most;
	size_t fed;
	uint32_t depth;
	bool paused, last;
	str waiting; /* of the chunk that was being fed when the handler paused */
	fault *f;
	rc code; /* of the first call-back that wanted to stop */
};

static void
stop(xml_reader *r, rc code)
{
	r->code = code;
	XML_StopParser(r->parser, XML_FALSE);
}

/* expat gives "space\fname" or "name", in flat mode "prefix:name" or "name". */
static str
split(const xml_reader *r, const char *raw, str *space)
{
	str s = str_of(raw);
	const char *mark = memrchr(raw, r->most.flat ? ':' : SPACE_MARK, s.n);

	*space = str_sub(s, 0, mark && !r->most.flat ? (size_t)(mark - raw) : 0);
	return str_from(s, mark ? (size_t)(mark - raw) + 1 : 0);
}

static void
on_open(void *ctx, const XML_Char *raw, const XML_Char **attr)
{
	xml_reader *r = ctx;
	xml_element e = {.raw = (const char *const *)attr};

	if (r->code != RC_OK) /* expat may finish the call-backs of an empty element after a stop */
		return;
	if (r->depth == r->most.depth) {
		stop(r, FAIL(r->f, RC_LIMIT, "xml.depth", FA_INT("line", xml_line(r)),
			     FA_INT("max", r->most.depth)));
		return;
	}
	r->depth++;
	e.name = split(r, raw, &e.space);
	rc code = r->h->open(r->p, r->f, &e);
	if (code != RC_OK)
		stop(r, code);
}

static void
on_close(void *ctx, const XML_Char *raw)
{
	xml_reader *r = ctx;
	str space = {0};

	if (r->code != RC_OK)
		return;
	r->depth--;
	str name = split(r, raw, &space);
	rc code = r->h->close(r->p, r->f, space, name);
	if (code != RC_OK)
		stop(r, code);
}

static void
on_text(void *ctx, const XML_Char *s, int n)
{
	xml_reader *r = ctx;

	if (r->code != RC_OK)
		return;
	rc code = r->h->text(r->p, r->f, (str){s, (size_t)n});
	if (code != RC_OK)
		stop(r, code);
}

static void
on_doctype(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
	xml_reader *r = ctx;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	if (r->code == RC_OK)
		stop(r, FAIL(r->f, RC_INVALID, "xml.dtd", FA_INT("line", xml_line(r))));
}

static void
on_prefix(void *ctx, const XML_Char *prefix, const XML_Char *space)
{
	xml_reader *r = ctx;

	if (r->code == RC_OK)
		r->h->prefix(r->p, str_of(prefix), str_of(space));
}

static void
free_parser(void *p)
{
	XML_ParserFree(p);
}

xml_reader *
xml_open(arena *a, const xml_handler *h, void *p, xml_limits most)
{
	xml_reader *r = arena_new(a, xml_reader);

	*r = (xml_reader){.h = h, .p = p, .most = most};
	r->parser = most.flat ? XML_ParserCreate(NULL) : XML_ParserCreateNS(NULL, SPACE_MARK);
	BUG_ON(!r->parser); /* fails only for want of memory */
	arena_defer(a, free_parser, r->parser);
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_open, on_close);
	if (h->text)
		XML_SetCharacterDataHandler(r->parser, on_text);
	if (h->prefix)
		XML_SetStartNamespaceDeclHandler(r->parser, on_prefix);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	return r;
}

size_t
xml_line(const xml_reader *r)
{
	return XML_GetCurrentLineNumber(r->parser);
}

static rc
refuse(const xml_reader *r, fault *f)
{
	enum XML_Error e = XML_GetErrorCode(r->parser);

	if (r->code != RC_OK)
		return r->code; /* the call-back made the fault */
	if (e == XML_ERROR_UNKNOWN_ENCODING || e == XML_ERROR_INCORRECT_ENCODING)
		return FAIL(f, RC_INVALID, "xml.encoding", FA_INT("line", xml_line(r)));
	return FAIL(f, RC_INVALID, "xml.syntax", FA_INT("line", xml_line(r)),
		    FA_INT("column", XML_GetCurrentColumnNumber(r->parser) + 1));
}

static rc
feed_waiting(xml_reader *r, fault *f)
{
	do { /* expat counts in int */
		str part = str_sub(r->waiting, 0, FEED);
		r->waiting = str_from(r->waiting, part.n);
		enum XML_Status s =
			XML_Parse(r->parser, part.p ? part.p : "", (int)part.n, r->last && !r->waiting.n);
		if (s == XML_STATUS_ERROR)
			return refuse(r, f);
	} while (r->waiting.n && !r->paused);
	return RC_OK;
}

rc
xml_feed(xml_reader *r, fault *f, str chunk, bool last)
{
	BUG_ON(r->paused);
	r->f = f;
	if (chunk.n > r->most.bytes - r->fed)
		return FAIL(f, RC_LIMIT, "xml.size", FA_INT("max", r->most.bytes));
	r->fed += chunk.n;
	r->waiting = chunk;
	r->last = last;
	return feed_waiting(r, f);
}

void
xml_pause(xml_reader *r)
{
	r->paused = XML_StopParser(r->parser, XML_TRUE) == XML_STATUS_OK;
}

bool
xml_paused(const xml_reader *r)
{
	return r->paused;
}

rc
xml_resume(xml_reader *r, fault *f)
{
	BUG_ON(!r->paused);
	r->f = f;
	r->paused = false;
	if (XML_ResumeParser(r->parser) == XML_STATUS_ERROR)
		return refuse(r, f);
	return r->waiting.n && !r->paused ? feed_waiting(r, f) : RC_OK;
}

rc
xml_parse(arena *a, fault *f, str text, const xml_handler *h, void *p, xml_limits most)
{
	arena *scratch = arena_open(a, 0);
	rc code = xml_feed(xml_open(scratch, h, p, most), f, text, true);

	arena_close(scratch);
	return code;
}

bool
xml_attr_each(const xml_element *e, size_t *i, str *space, str *name, str *value)
{
	if (!e->raw[*i])
		return false;
	str s = str_of(e->raw[*i]);
	ptrdiff_t mark = str_find_char(s, SPACE_MARK);
	*space = str_sub(s, 0, mark < 0 ? 0 : (size_t)mark);
	*name = str_from(s, (size_t)(mark + 1));
	*value = str_of(e->raw[*i + 1]);
	*i += 2;
	return true;
}

/* Is `raw` ("space\fname" or "name") this attribute? */
static bool
is_attr(const char *raw, str space, str name)
{
	if (space.n) {
		if (strncmp(raw, space.p, space.n) != 0 || raw[space.n] != SPACE_MARK)
			return false;
		raw += space.n + 1;
	}
	return strncmp(raw, name.p, name.n) == 0 && raw[name.n] == '\0';
}

static const char *
find(const xml_element *e, str space, str name)
{
	for (size_t i = 0; e->raw[i]; i += 2)
		if (is_attr(e->raw[i], space, name))
			return e->raw[i + 1];
	return NULL;
}

str
xml_attr(const xml_element *e, str space, str name)
{
	const char *v = find(e, space, name);

	return v ? str_of(v) : (str){0};
}

bool
xml_has(const xml_element *e, str space, str name)
{
	return find(e, space, name) != NULL;
}
