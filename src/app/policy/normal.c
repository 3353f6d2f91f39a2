/* normal.c - see normal.h. */
#include "app/policy/normal.h"

#include "feel/feel.h"

str
normal_text(arena *a, str text, str place, size_t line, normal_changes *changes)
{
	const feel_notice *notice, *none;
	size_t n, nnone;
	str now = feel_normalise(a, text, &notice, &n);

	for (size_t i = 0; i < n; i++)
		*vec_add(a, changes) =
			(normal_change){.place = place,
					.line = line ? line + notice[i].at.line - 1 : 0,
					.sign = notice[i].sign,
					.now = feel_normalise(a, notice[i].sign, &none, &nnone),
					.column = notice[i].at.column};
	return now;
}

/* Elements whose <text> is FEEL, unless they say that it is another language. */
static bool
holds_feel(const policy_node *n)
{
	static const char *const names[] = {"literalExpression", "inputExpression", "inputValues",
					    "outputValues",      "inputEntry",      "outputEntry",
					    "allowedValues",     "typeConstraint",  "defaultOutputEntry"};
	str language = policy_attr_of(n, STR("expressionLanguage"));
	bool feel = language.n == 0 || str_find(language, STR("FEEL")) >= 0 ||
		    str_eq_nocase(language, STR("feel"));

	for (size_t i = 0; i < LEN(names) && feel; i++)
		if (n->space.n == 0 && str_eq(n->name, str_of(names[i])))
			return true;
	return false;
}

static void
normal_node(arena *a, policy_node *n, str inside, normal_changes *changes)
{
	str name = policy_attr_of(n, STR("name"));
	policy_node *text = holds_feel(n) ? policy_kid(n, STR("text")) : NULL;

	if (name.n && n->space.n == 0)
		inside = name;
	if (text)
		text->text = normal_text(a, text->text, inside, text->line, changes);
	for (policy_node *k = n->kid; k; k = k->next)
		normal_node(a, k, inside, changes);
}

void
normal_tree(arena *a, policy_node *root, normal_changes *changes)
{
	normal_node(a, root, STR(""), changes);
}
