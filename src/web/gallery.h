/* gallery.h - every part of a page on pages that might be, for eyes and for the browser checks. The people
 * are made up. */
#pragma once
#include "web/html.h"

typedef struct gallery_look {
	msg_lang lang;
	str text_size; /* "", "large", "xlarge" */
	bool contrast;
} gallery_look;

/* The names of the pages, ended by NULL. */
extern const char *const gallery_names[];

/* The whole page of that name as HTML; the name must be one of gallery_names. */
str gallery_page(arena *a, str name, gallery_look look);
