/* layers.c - see layers.h. */
#include "app/policy/layers.h"

#include "app/organisation/organisation.h"

enum { DIVISION = 12 };

/* The division that a folder is for: 32-jiangsu is 320000000000. 0: none. */
static int64_t
division_of(str folder)
{
	ptrdiff_t dash = str_find_char(folder, '-');
	str digits = str_sub(folder, 0, dash > 0 ? (size_t)dash : 0);
	int64_t code = 0;

	if (!str_to_i64(digits, &code) || code <= 0)
		return 0;
	bool whole = digits.n == 2 || digits.n == 4 || digits.n == 6 || digits.n == 9 || digits.n == DIVISION;
	for (size_t i = digits.n; i < DIVISION; i++)
		code *= 10;
	return whole ? code : -1;
}

rc
policy_layer_place(fault *f, policy_layer *l)
{
	str rest = l->id, folder;
	size_t at = 0;

	l->of = l->id;
	l->area = division_interval(0);
	while (str_next(&rest, '/', &folder)) {
		int64_t code = division_of(folder);
		if (code == 0 && l->of.n == l->id.n) {
			at += folder.n + 1;
			continue;
		}
		if (code <= 0 || code < l->area.lo || code >= l->area.hi || at == 0)
			return FAIL(f, RC_INVALID, "policy.layer", FA_STR("file", l->id),
				    FA_STR("name", folder));
		if (l->of.n == l->id.n)
			l->of = str_sub(l->id, 0, at - 1);
		l->area = division_interval(code);
	}
	return RC_OK;
}
