/* parts.h - what some parts of a page need computed before they are written. */
#pragma once
#include "web/components_tpl.h"

/* The row of pages around `current` of `pages` (both from 1): first, last, the neighbours, gaps between. */
tpl_list_page_link page_links(arena *a, int64_t current, int64_t pages);
