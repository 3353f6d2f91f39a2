/* layers.c - see layers.h. */
#include "app/policy/layers.h"

#include "app/organisation/organisation.h"
#include "app/policy/policy_priv.h"
#include "io/file.h"

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

rc
policy_above_read(arena *a, fault *f, str dir, feel_zones *zones, const policy **out)
{
	while (dir.n > 1 && str_ends(dir, STR("/")))
		dir.n--;
	const char *slash = memrchr(dir.p, '/', dir.n);
	size_t cut = slash ? (size_t)(slash - dir.p) : 0;
	str folder = slash ? str_from(dir, cut + 1) : dir;
	str up = slash ? str_sub(dir, 0, MAX(cut, 1)) : STR("..");
	policy_files files;

	*out = NULL;
	if (division_of(folder) <= 0 || !file_exists(a, str_cat(a, up, STR("/policy.dmn"))))
		return RC_OK;
	TRY(policy_files_read(a, f, up, &files));
	files.tests = STR("");
	TRY(policy_above_read(a, f, up, zones, &files.above));
	return policy_load(a, f, &files, zones, out);
}

/* ---- what holds ---- */

/* Is `x` the layer that stands for its id on the day?  The newest version of an id comes first. */
static bool
holds_on(const policy_layers *all, size_t x, int64_t region, int32_t day)
{
	const policy_layer *l = &all->v[x];

	if (l->from > day || region < l->area.lo || region >= l->area.hi)
		return false;
	for (size_t i = 0; i < x; i++)
		if (str_eq(all->v[i].id, l->id) && all->v[i].from <= day)
			return false;
	return true;
}

static int64_t
width(const policy_layer *l)
{
	return l->area.hi - l->area.lo;
}

void
policy_stack_link(arena *a, policy_stack *s)
{
	s->lowest = NULL;
	for (size_t i = 0; i < s->n; i++) {
		policy *p = arena_new(a, policy);
		*p = *s->layer[i]->p;
		p->above = s->lowest;
		s->lowest = p;
	}
}

void
policy_stack_at(arena *a, const policy_layers *all, str of, int64_t region, int32_t day, policy_stack *out)
{
	*out = (policy_stack){0};
	for (size_t i = 0; i < all->n && out->n < POLICY_LAYERS_MAX; i++) {
		const policy_layer *l = &all->v[i];
		size_t k = out->n;
		if (!str_eq(l->of, of) || !holds_on(all, i, region, day))
			continue;
		for (; k > 0 && width(out->layer[k - 1]) < width(l); k--)
			out->layer[k] = out->layer[k - 1];
		out->layer[k] = l;
		out->n++;
	}
	policy_stack_link(a, out);
}

/* ---- what is decided in the end ---- */

static bool
is_asked(const policy *p, str name)
{
	size_t n = 0;
	const policy_type *part = policy_above_parts(p, &n);

	for (size_t i = 0; i < p->doc->ndecisions; i++) {
		const policy_decision *d = &p->doc->decision[i];
		for (size_t k = 0; k < d->nneeds; k++)
			if (str_eq(d->needs[k], name))
				return true;
	}
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, name) && !policy_decision_find(p->doc, name))
			return true;
	return false;
}

static bool
is_goal(const policy *lowest, const policy *p, str name)
{
	if (policy_decision_find(p->doc, name)->floor.n) /* for who writes the layers below */
		return false;
	for (const policy *q = lowest; q; q = q->above)
		if (is_asked(q, name))
			return false;
	for (const policy *q = lowest; q != p; q = q->above)
		if (policy_decision_find(q->doc, name))
			return false; /* decided lower down */
	return true;
}

static void
add_goals(arena *a, const policy *lowest, const policy *p, policy_goals *out)
{
	if (!p)
		return;
	add_goals(a, lowest, p->above, out);
	for (size_t i = 0; i < p->doc->ndecisions; i++)
		if (is_goal(lowest, p, p->doc->decision[i].name))
			*vec_add(a, out) = (policy_goal){p, &p->doc->decision[i]};
}

void
policy_goals_of(arena *a, const policy *lowest, policy_goals *out)
{
	*out = (policy_goals){0};
	add_goals(a, lowest, lowest, out);
}
