/* intake_parts_fuzz.c - components of a multiple disability as people write them: what is read is written in
 * our one way and read again as the same. */
#include "app/intake/row.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const catalogue *
fields(void)
{
	static const catalogue *c; /* read once: a run has millions of inputs */
	fault f = {0};

	if (!c)
		BUG_ON(catalogue_load(arena_open(NULL, 0), &f, &pack_all, &c) != RC_OK);
	return c;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const catalogue *c = fields();
	arena *a = arena_open(NULL, 0);
	part_in v[PERSON_PARTS], w[PERSON_PARTS];
	size_t nv = 0, nw = 0;
	fault f = {0};
	str text;

	if (text_clean_lines(a, &f, (str){(const char *)data, n}, &text) == RC_OK &&
	    intake_parts_read(a, c, text, v, PERSON_PARTS, &nv)) {
		str shown = intake_parts_show(a, c, v, nv, MSG_ZH);
		BUG_ON(!intake_parts_read(a, c, shown, w, PERSON_PARTS, &nw) || nw != nv);
		for (size_t i = 0; i < nv; i++)
			BUG_ON(v[i].category != w[i].category || v[i].level != w[i].level ||
			       (i > 0 && v[i].category <= v[i - 1].category));
	}
	arena_close(a);
	return 0;
}
