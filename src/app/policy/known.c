/* known.c - see known.h. */
#include "app/policy/known.h"

#include "app/policy/write.h"
#include "base/date.h"

typedef struct knower {
	arena *a;
	fault *f;
	const policy *p;
	int32_t day;
} knower;

static bool
is_late(const knower *k, const policy_row *row)
{
	int32_t day = DATE_NONE;

	return row->published.n && date_parse(row->published, &day) && day > k->day;
}

static bool
any_late(const knower *k)
{
	for (size_t i = 0; i < k->p->doc->ndecisions; i++) {
		const policy_table *t = k->p->doc->decision[i].table;
		for (size_t r = 0; t && r < t->nrows; r++)
			if (is_late(k, &t->row[r]))
				return true;
	}
	return false;
}

/* The row that held in its place on the day; NULL: none did. Each takes the place of one before it, but for
 * a circle, which ends where all have been met. */
static const policy_row *
before(const knower *k, const policy_table *t, const policy_row *row)
{
	const policy_decision *of;

	for (size_t i = 0; row && is_late(k, row) && i <= t->nrows; i++)
		row = row->supersedes.n ? policy_row_find(k->p->doc, row->supersedes, &of) : NULL;
	return row && !is_late(k, row) ? row : NULL;
}

static policy_node *
rule_of(policy_node *root, str id)
{
	for (policy_node *d = policy_kid(root, STR("decision")); d; d = policy_kid_next(d)) {
		policy_node *t = policy_kid(d, STR("decisionTable"));
		for (policy_node *r = t ? policy_kid(t, STR("rule")) : NULL; r; r = policy_kid_next(r))
			if (str_eq(policy_attr_of(r, STR("id")), id))
				return r;
	}
	return NULL;
}

static policy_node *
entry_at(policy_node *rule, size_t column)
{
	policy_node *e = policy_kid(rule, STR("inputEntry"));

	while (column-- > 0)
		e = policy_kid_next(e);
	return e;
}

/* The older row holds where the later one does, too. */
static rc
widen(const knower *k, const policy_decision *d, policy_node *root, const policy_row *old,
      const policy_row *late)
{
	size_t at = 0, differ = 0;

	for (size_t i = 0; i < d->table->nin; i++)
		if (!str_eq(old->test[i], late->test[i])) {
			at = i;
			differ++;
		}
	if (differ > 1)
		return FAIL(k->f, RC_INVALID, "policy.supersedes_cells", FA_STR("file", k->p->file),
			    FA_STR("decision", d->name), FA_STR("rule", late->id), FA_STR("name", old->id));
	if (differ == 0 || str_eq(old->test[at], STR("-")))
		return RC_OK;
	policy_node *text = policy_kid(entry_at(rule_of(root, old->id), at), STR("text"));
	text->text = str_fmt(k->a, "%.*s, %.*s", STR_ARG(text->text), STR_ARG(late->test[at]));
	return RC_OK;
}

static rc
take_back(const knower *k, policy_node *root)
{
	for (size_t i = 0; i < k->p->doc->ndecisions; i++) {
		const policy_decision *d = &k->p->doc->decision[i];
		for (size_t r = 0; d->table && r < d->table->nrows; r++) {
			const policy_row *late = &d->table->row[r];
			if (!is_late(k, late))
				continue;
			const policy_row *old = before(k, d->table, late);
			if (old)
				TRY(widen(k, d, root, old, late));
			policy_node_drop(rule_of(root, late->id));
		}
	}
	return RC_OK;
}

rc
policy_as_known(arena *a, fault *f, const policy *p, int32_t day, feel_zones *zones, const policy **out)
{
	knower k = {.a = a, .f = f, .p = p, .day = day};
	const policy *above = NULL;
	policy_node *root;
	policy_files files;

	if (p->above)
		TRY(policy_as_known(a, f, p->above, day, zones, &above));
	*out = p;
	if (above == p->above && !any_late(&k))
		return RC_OK;
	files = (policy_files){.name = p->file, .dmn = p->dmn, .citations = p->yaml, .above = above};
	if (any_late(&k)) {
		TRY(policy_tree_read(a, f, p->file, p->dmn, &root));
		TRY(take_back(&k, root));
		TRY(policy_tree_write(a, f, p->file, root, &files.dmn));
	}
	return policy_load(a, f, &files, zones, out);
}
