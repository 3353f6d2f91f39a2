/* dmn_xml.h - a DMN file as a tree of the elements that mean something, as they are written.
 *
 * Elements of the DMN name spaces; what stands directly below an <extensionElements> is kept whatever its
 * name space, with all its plain attributes. Diagrams are passed over. */
#pragma once
#include "base/fault.h"
#include "base/str.h"

typedef enum dmn_attr {
	DMN_A_ID,
	DMN_A_NAME,
	DMN_A_LABEL,
	DMN_A_HREF,
	DMN_A_TYPE,
	DMN_A_NAMESPACE,
	DMN_A_COLLECTION,
	DMN_A_HIT,
	DMN_A_AGGREGATION,
	DMN_A_KIND,
	DMN_A_LANGUAGE,
	DMN_A_ITERATOR,
	DMN_A_OUTPUT_TYPE,
	DMN_A_COUNT,
} dmn_attr;

typedef struct dmn_extra {
	str name, value;
} dmn_extra;

typedef struct dmn_xml dmn_xml;
struct dmn_xml {
	str space; /* empty: DMN's own */
	str name, text;
	const str *attr;        /* DMN_A_COUNT */
	const dmn_extra *extra; /* the attributes of an extension */
	size_t nextra;
	dmn_xml *kid, *last, *next, *up;
	size_t line;
};

/* RC_INVALID xml.*, dmn.definitions (another root); RC_LIMIT dmn.size, xml.*. */
rc dmn_read(arena *a, fault *f, str text, dmn_xml **out) MUST_USE;

/* The first DMN child of this name, or NULL; `x` may be NULL. */
const dmn_xml *dmn_child(const dmn_xml *x, str name);

/* An attribute of the extension `name` in `space` below the element, or the empty text. */
str dmn_extension(const dmn_xml *x, str space, str name, str attribute);
