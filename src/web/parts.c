/* parts.c - see parts.h. */
#include "web/parts.h"

#include "base/vec.h"

tpl_list_page_link
page_links(arena *a, int64_t current, int64_t pages)
{
	VEC(struct tpl_page_link) links = {0};
	int64_t last = 0;

	current = MIN(MAX(current, 1), pages);
	for (int64_t n = 1; n <= pages; n++) {
		bool near = n == 1 || n == pages || (n >= current - 1 && n <= current + 1);
		if (!near) { /* straight to the next that is shown */
			n = n < current ? current - 2 : pages - 1;
			continue;
		}
		if (n > last + 1) /* a gap of one page is shown as that page */
			*vec_add(a, &links) = (struct tpl_page_link){.number = n == last + 2 ? n - 1 : 0};
		*vec_add(a, &links) = (struct tpl_page_link){.number = n, .current = n == current};
		last = n;
	}
	return (tpl_list_page_link){links.v, links.n};
}
