/* xml.h - XML as a stream of events, with name spaces resolved; no DTD, no entities but the five of XML.
 *
 * The caller's functions are called in document order and stop the reading by answering anything but RC_OK,
 * with their own fault. What they are given lives until they return. */
#pragma once
#include "base/fault.h"
#include "base/str.h"

typedef struct xml_limits {
	size_t bytes; /* of XML in all */
	uint32_t depth;
	bool flat; /* names without prefix, `space` empty: a sixth faster, where names tell enough */
} xml_limits;

#define XML_LIMITS ((xml_limits){.bytes = 64 << 20, .depth = 64})

typedef struct xml_element {
	str space, name;
	const char *const *raw; /* the attributes: read them with xml_attr */
} xml_element;

typedef struct xml_handler {
	rc (*open)(void *p, fault *f, const xml_element *e);
	rc (*close)(void *p, fault *f, str space, str name);
	rc (*text)(void *p, fault *f, str s); /* may be NULL; one text may come in several pieces */
	/* May be NULL: a prefix, before the element that declares it; for values that are names with one. */
	void (*prefix)(void *p, str prefix, str space);
} xml_handler;

typedef struct xml_reader xml_reader;

/* The attribute, or {0} when it is not there. One without a prefix is in no space: STR(""). */
str xml_attr(const xml_element *e, str space, str name);
bool xml_has(const xml_element *e, str space, str name);
/* All of them: for (size_t i = 0; xml_attr_each(&e, &i, &space, &name, &value);) */
bool xml_attr_each(const xml_element *e, size_t *i, str *space, str *name, str *value);

xml_reader *xml_open(arena *a, const xml_handler *h, void *p, xml_limits most);

/* Some more of the document; `last` with the end of it.
 * RC_INVALID xml.syntax (line, column), xml.dtd, xml.encoding (anything but UTF-8 and UTF-16)
 * RC_LIMIT   xml.size, xml.depth
 * and what the handler answers. */
rc xml_feed(xml_reader *r, fault *f, str chunk, bool last) MUST_USE;

/* From inside one of the handler's functions: xml_feed returns when that function has. As long as xml_paused,
 * the next call must be xml_resume, which goes on where it stopped and answers as xml_feed does. */
void xml_pause(xml_reader *r);
bool xml_paused(const xml_reader *r);
rc xml_resume(xml_reader *r, fault *f) MUST_USE;

/* A whole document. */
rc xml_parse(arena *a, fault *f, str text, const xml_handler *h, void *p, xml_limits most) MUST_USE;

/* The line being read, for the handler's own faults. */
size_t xml_line(const xml_reader *r);
