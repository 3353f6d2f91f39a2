/* write_model.c - see write_model.h.  A row is a type of the schema of DMN 1.5 (DMN15.xsd), its children in
 * order:
 *
 *   "variable:informationItem? @expression*"     name, type when it is not the name, how often; @ a group
 *   "text:text|importedValues?"                  one of these
 */
#include "app/policy/write_model.h"

#include "base/map.h"
#include "base/utf8.h"

enum { ELEMENT = 1, NAMED = 2, EXPRESSION = 4, OPEN = 8, TEXT = 16, NODES_MAX = 1000000 };

struct model_type {
	const char *name, *kids, *attrs; /* ! after an attribute that must be there */
	unsigned is;
};

static const char any_element[] = "description:text? extensionElements:extension? ";

static const model_type types[] = {
	{"definitions", "import* itemDefinition* @drg* @artifact* elementCollection* @business* DMNDI:open?",
	 "expressionLanguage typeLanguage namespace! exporter exporterVersion", NAMED},
	{"import", "", "namespace! locationURI importType!", NAMED},
	{"elementCollection", "drgElement:reference*", "", NAMED},
	{"decision",
	 "question:text? allowedAnswers:text? variable:informationItem? informationRequirement* "
	 "knowledgeRequirement* authorityRequirement* supportedObjective:reference* "
	 "impactedPerformanceIndicator:reference* decisionMaker:reference* decisionOwner:reference* "
	 "usingProcess:reference* usingTask:reference* @expression?",
	 "", NAMED},
	{"performanceIndicator", "impactingDecision:reference*", "URI", NAMED},
	{"organizationUnit", "decisionMade:reference* decisionOwned:reference*", "URI", NAMED},
	{"businessKnowledgeModel",
	 "variable:informationItem? encapsulatedLogic:functionDefinition? knowledgeRequirement* "
	 "authorityRequirement*",
	 "", NAMED},
	{"inputData", "variable:informationItem?", "", NAMED},
	{"knowledgeSource", "authorityRequirement* type:text? owner:reference?", "locationURI", NAMED},
	{"decisionService",
	 "variable:informationItem? outputDecision:reference* encapsulatedDecision:reference* "
	 "inputDecision:reference* inputData:reference*",
	 "", NAMED},
	{"informationRequirement", "requiredDecision:reference|requiredInput:reference", "", ELEMENT},
	{"knowledgeRequirement", "requiredKnowledge:reference", "", ELEMENT},
	{"authorityRequirement",
	 "requiredDecision:reference|requiredInput:reference|requiredAuthority:reference", "", ELEMENT},
	{"itemDefinition",
	 "typeRef:text? allowedValues:unaryTests? typeConstraint:unaryTests? itemComponent:itemDefinition* "
	 "functionItem?",
	 "typeLanguage isCollection", NAMED},
	{"functionItem", "parameters:informationItem*", "outputTypeRef", ELEMENT},
	{"informationItem", "", "typeRef", NAMED},
	{"literalExpression", "text:text|importedValues?", "expressionLanguage", EXPRESSION},
	{"importedValues", "importedElement:text", "namespace! locationURI importType! expressionLanguage",
	 NAMED},
	{"invocation", "@expression? binding*", "", EXPRESSION},
	{"binding", "parameter:informationItem @expression?", "", 0},
	{"decisionTable", "input:inputClause* output:outputClause+ annotation* rule*",
	 "hitPolicy aggregation preferredOrientation outputLabel", EXPRESSION},
	{"inputClause", "inputExpression:literalExpression inputValues:unaryTests?", "", ELEMENT},
	{"outputClause", "outputValues:unaryTests? defaultOutputEntry:literalExpression?", "name typeRef",
	 ELEMENT},
	{"annotation", "", "name", 0},
	{"rule", "inputEntry:unaryTests* outputEntry:literalExpression+ annotationEntry*", "", ELEMENT},
	{"annotationEntry", "text:text?", "", 0},
	{"unaryTests", "text:text", "expressionLanguage", EXPRESSION},
	{"group", "", "name", ELEMENT},
	{"textAnnotation", "text:text?", "textFormat", ELEMENT},
	{"association", "sourceRef:reference targetRef:reference", "associationDirection", ELEMENT},
	{"context", "contextEntry*", "", EXPRESSION},
	{"contextEntry", "variable:informationItem? @expression", "", ELEMENT},
	{"functionDefinition", "formalParameter:informationItem* @expression?", "kind", EXPRESSION},
	{"relation", "column:informationItem* row:list*", "", EXPRESSION},
	{"list", "@expression*", "", EXPRESSION},
	{"child", "@expression", "id", 0},
	{"typedChild", "@expression", "id typeRef", 0},
	{"for", "in:typedChild return:child", "iteratorVariable", EXPRESSION},
	{"every", "in:typedChild satisfies:child", "iteratorVariable", EXPRESSION},
	{"some", "in:typedChild satisfies:child", "iteratorVariable", EXPRESSION},
	{"conditional", "if:child then:child else:child", "", EXPRESSION},
	{"filter", "in:child match:child", "", EXPRESSION},
	{"reference", "", "href!", 0},
	{"text", "", "", TEXT},
	{"extension", "", "", OPEN},
	{"open", "", "", OPEN},
};

static const struct {
	const char *name, *members;
} groups[] = {
	{"@drg", "decision inputData businessKnowledgeModel knowledgeSource decisionService"},
	{"@artifact", "group textAnnotation association"},
	{"@business", "performanceIndicator organizationUnit"},
	{"@expression", "literalExpression decisionTable context invocation relation list functionDefinition "
			"conditional for every some filter"},
};

/* Attributes that take one of a few words. */
static const struct {
	const char *attr, *words;
} choices[] = {
	{"hitPolicy", "UNIQUE|FIRST|PRIORITY|ANY|COLLECT|RULE ORDER|OUTPUT ORDER"},
	{"aggregation", "SUM|COUNT|MIN|MAX"},
	{"preferredOrientation", "Rule-as-Row|Rule-as-Column|CrossTable"},
	{"kind", "FEEL|Java|PMML"},
	{"associationDirection", "None|One|Both"},
	{"isCollection", "true|false|1|0"},
};

static const model_type *
named(str name)
{
	for (size_t i = 0; i < LEN(types); i++)
		if (str_eq(name, str_of(types[i].name)))
			return &types[i];
	return NULL;
}

const model_type *
model_root(void)
{
	return &types[0];
}

bool
model_is_text(const model_type *type)
{
	return type->is & TEXT;
}

bool
model_is_open(const model_type *type)
{
	return type->is & OPEN;
}

static bool
among(str list, char gap, str word)
{
	str part;

	while (str_next(&list, gap, &part))
		if (str_eq(part, word))
			return true;
	return false;
}

/* "name", "name:type" or "@group": the type of the child that it takes, or NULL. */
static const model_type *
alternative(str one, str name)
{
	ptrdiff_t colon = str_find_char(one, ':');
	str type = colon < 0 ? one : str_from(one, (size_t)colon + 1);

	for (size_t i = 0; i < LEN(groups); i++)
		if (str_eq(one, str_of(groups[i].name)))
			return among(str_of(groups[i].members), ' ', name) ? named(name) : NULL;
	return str_eq(colon < 0 ? one : str_sub(one, 0, (size_t)colon), name) ? named(type) : NULL;
}

/* One item of a list of children, without its mark; ' ' for exactly one. */
static bool
next_item(str *rest, str *item, char *mark)
{
	if (!str_next(rest, ' ', item))
		return false;
	char last = item->n ? item->p[item->n - 1] : ' ';
	*mark = last == '?' || last == '*' || last == '+' ? last : ' ';
	item->n -= *mark != ' ';
	return true;
}

static const model_type *
item_takes(str item, str name)
{
	str one;

	while (str_next(&item, '|', &one)) {
		const model_type *t = alternative(one, name);
		if (t)
			return t;
	}
	return NULL;
}

/* The place of a child by the type's own rows; those of every element come first. */
static size_t
place_in(const model_type *type, str name, const model_type **out)
{
	const char *lists[] = {type->is & (ELEMENT | NAMED | EXPRESSION) ? any_element : "", type->kids};
	size_t at = 0;

	for (size_t i = 0; i < LEN(lists); i++) {
		str rest = str_of(lists[i]), item;
		char mark;
		for (; next_item(&rest, &item, &mark); at++)
			if ((*out = item_takes(item, name)))
				return at;
	}
	return SIZE_MAX;
}

const model_type *
model_kid(const model_type *type, str space, str name)
{
	const model_type *t = NULL;
	bool diagram = str_eq(space, STR(DMNDI_SPACE)) && str_eq(name, STR("DMNDI"));

	if (type->is & OPEN)
		return named(STR("open"));
	if ((space.n > 0) != str_eq(name, STR("DMNDI")) || (space.n > 0 && !diagram))
		return NULL;
	place_in(type, name, &t);
	return t;
}

size_t
model_place(str parent, str name)
{
	const model_type *t = NULL, *p = named(parent);

	if (!p)
		p = str_eq(parent, STR("input"))         ? named(STR("inputClause"))
		    : str_eq(parent, STR("output"))      ? named(STR("outputClause"))
		    : str_eq(parent, STR("inputEntry"))  ? named(STR("unaryTests"))
		    : str_eq(parent, STR("outputEntry")) ? named(STR("literalExpression"))
							 : named(STR("informationItem"));
	return place_in(p, name, &t);
}

static str
attrs_of(const model_type *type, bool common)
{
	if (!common)
		return str_of(type->attrs);
	return type->is & NAMED        ? STR("id name! label")
	       : type->is & EXPRESSION ? STR("id label typeRef")
	       : type->is & ELEMENT    ? STR("id label")
				       : STR("");
}

size_t
model_attr_place(const model_type *type, str name)
{
	size_t at = 0;

	for (int common = 1; common >= 0; common--) {
		str rest = attrs_of(type, common), word;
		for (; str_next(&rest, ' ', &word); at++) {
			word.n -= str_ends(word, STR("!"));
			if (str_eq(word, name))
				return at;
		}
	}
	return SIZE_MAX;
}

/* ---- checking ---- */

typedef struct checking {
	arena *a;
	fault *f;
	str file;
	map ids;
	size_t nodes;
} checking;

static rc
refuse(const checking *c, const policy_node *n, const char *id, str what)
{
	const fault_arg args[] = {FA_STR("file", c->file),
				  FA_INT("line", n->line),
				  FA_STR("element", n->name),
				  FA_STR("what", what),
				  {0}};

	fault_set(c->f, RC_INVALID, id, __FILE__, args);
	return RC_INVALID;
}

static rc
check_attr(checking *c, const policy_node *n, const policy_attr *a)
{
	for (size_t i = 0; i < LEN(choices); i++)
		if (str_eq(a->name, str_of(choices[i].attr)) &&
		    !among(str_of(choices[i].words), '|', a->value))
			return FAIL(c->f, RC_INVALID, "policy.tree.word", FA_STR("file", c->file),
				    FA_INT("line", n->line), FA_STR("what", a->name),
				    FA_STR("value", a->value), FA_STR("known", str_of(choices[i].words)));
	if (!str_eq(a->name, STR("id")))
		return RC_OK;
	if (!policy_id_ok(a->value))
		return refuse(c, n, "policy.tree.id", a->value);
	if (map_get(&c->ids, a->value))
		return refuse(c, n, "policy.tree.twice", a->value);
	map_set(&c->ids, a->value, (void *)(uintptr_t)n);
	return RC_OK;
}

static rc
check_attrs(checking *c, const policy_node *n, const model_type *type)
{
	bool foreign = type->is & (ELEMENT | NAMED | EXPRESSION);

	for (size_t i = 0; i < n->attr.n; i++) {
		const policy_attr *a = &n->attr.v[i];
		if (str_eq(a->space, STR("http://www.w3.org/2001/XMLSchema-instance")) &&
		    str_eq(a->name, STR("type")))
			return refuse(c, n, "policy.tree.attribute", STR("xsi:type"));
		if (a->space.n ? !foreign : model_attr_place(type, a->name) == SIZE_MAX)
			return refuse(c, n, "policy.tree.attribute", a->name);
		if (a->space.n == 0)
			TRY(check_attr(c, n, a));
	}
	for (int common = 1; common >= 0; common--) {
		str rest = attrs_of(type, common), word;
		while (str_next(&rest, ' ', &word)) {
			if (!str_ends(word, STR("!")))
				continue;
			word.n--;
			bool there = false;
			for (size_t i = 0; i < n->attr.n; i++)
				there |= n->attr.v[i].space.n == 0 && str_eq(n->attr.v[i].name, word);
			if (!there)
				return refuse(c, n, "policy.tree.missing", word);
		}
	}
	return RC_OK;
}

/* The children against the rows, both from left to right. */
static rc
check_order(checking *c, const policy_node *n, const model_type *type)
{
	const char *lists[] = {type->is & (ELEMENT | NAMED | EXPRESSION) ? any_element : "", type->kids};
	const policy_node *k = n->kid;

	for (size_t i = 0; i < LEN(lists); i++) {
		str rest = str_of(lists[i]), item;
		char mark;
		while (next_item(&rest, &item, &mark)) {
			size_t count = 0;
			while (k && item_takes(item, k->name) && (mark == '*' || mark == '+' || count == 0)) {
				k = k->next;
				count++;
			}
			if (count == 0 && (mark == '+' || mark == ' '))
				return refuse(c, n, "policy.tree.missing", item);
		}
	}
	return k ? refuse(c, k, "policy.tree.element", n->name) : RC_OK;
}

/* What the rows cannot say: a type is made of another, or of parts, or is a function. */
static rc
check_type(checking *c, const policy_node *n)
{
	bool ref = policy_kid(n, STR("typeRef")), parts = policy_kid(n, STR("itemComponent")),
	     fn = policy_kid(n, STR("functionItem")),
	     tests = policy_kid(n, STR("allowedValues")) || policy_kid(n, STR("typeConstraint"));

	if (ref + parts + fn > 1 || (tests && !ref))
		return refuse(c, n, "policy.tree.type", policy_attr_of(n, STR("name")));
	return RC_OK;
}

/* No two of these children have one name. */
static rc
check_names(checking *c, const policy_node *n, str list)
{
	map names = map_in(c->a);

	for (const policy_node *k = n->kid; k; k = k->next) {
		str name = str_trim(policy_attr_of(k, STR("name")));
		if (k->space.n || name.n == 0 || !among(list, ' ', k->name))
			continue;
		if (map_get(&names, name))
			return refuse(c, k, "policy.tree.name", name);
		map_set(&names, name, (void *)(uintptr_t)k);
	}
	return RC_OK;
}

static rc
check_node(checking *c, const policy_node *n, const model_type *type)
{
	if (++c->nodes > NODES_MAX)
		return FAIL(c->f, RC_LIMIT, "policy.tree.size", FA_STR("file", c->file),
			    FA_INT("max", NODES_MAX));
	if (n->kid && str_trim(n->text).n)
		return refuse(c, n, "policy.tree.text", str_sub(str_trim(n->text), 0, 60));
	if (type == named(STR("open")))
		; /* of others: as it stands */
	else if ((type->is & TEXT) ? n->kid != NULL : !n->kid && str_trim(n->text).n)
		return refuse(c, n, "policy.tree.text",
			      str_sub(n->kid ? n->kid->name : str_trim(n->text), 0, 60));
	else
		TRY(check_attrs(c, n, type));
	for (const policy_node *k = n->kid; k; k = k->next) {
		const model_type *t = model_kid(type, k->space, k->name);
		if (!t || (type == named(STR("extension")) && k->space.n == 0))
			return refuse(c, k, "policy.tree.element", n->name);
		TRY(check_node(c, k, t));
	}
	if (type->is & OPEN)
		return RC_OK;
	TRY(check_order(c, n, type));
	if (type == named(STR("itemDefinition")))
		TRY(check_type(c, n));
	if (type == named(STR("decisionTable")))
		TRY(check_names(c, n, STR("output")));
	return RC_OK;
}

/* Every "#id" names something of this file. */
static rc
check_refs(checking *c, const policy_node *n)
{
	str href = n->space.n ? STR("") : policy_attr_of(n, STR("href"));

	if (str_starts(href, STR("#")) && !map_get(&c->ids, str_from(href, 1)))
		return refuse(c, n, "policy.tree.href", href);
	for (const policy_node *k = n->kid; k; k = k->next)
		TRY(check_refs(c, k));
	return RC_OK;
}

rc
model_check(arena *a, fault *f, str file, const policy_node *root)
{
	checking c = {.a = arena_open(a, 0), .f = f, .file = file};

	c.ids = map_in(c.a);
	rc r = check_node(&c, root, model_root());
	if (r == RC_OK)
		r = check_names(&c, root, str_of(groups[0].members));
	if (r == RC_OK)
		r = check_refs(&c, root);
	arena_close(c.a);
	return r;
}

/* ---- ids ---- */

/* What the schema of XML takes in every edition of it. */
static bool
id_char(uint32_t c, bool first)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
		      (c >= 0xc0 && c <= 0x131 && c != 0xd7 && c != 0xf7) || c == 0x3007 ||
		      (c >= 0x4e00 && c <= 0x9fa5);

	return letter || (!first && ((c >= '0' && c <= '9') || c == '-' || c == '.'));
}

bool
policy_id_ok(str id)
{
	bool first = true;
	uint32_t c;

	while (utf8_next(&id, &c)) {
		if (!id_char(c, first))
			return false;
		first = false;
	}
	return !first;
}

static void
collect_ids(map *ids, const policy_node *n)
{
	str id = policy_attr_of(n, STR("id"));

	if (id.n)
		map_set(ids, id, (void *)(uintptr_t)n);
	for (const policy_node *k = n->kid; k; k = k->next)
		collect_ids(ids, k);
}

map
policy_ids(arena *a, const policy_node *root)
{
	map ids = map_in(a);

	collect_ids(&ids, root);
	return ids;
}

str
policy_id_made(arena *a, map *ids, str head, str text)
{
	buf b = buf_in(a);
	uint32_t c;

	buf_put(&b, head);
	for (str rest = text; utf8_next(&rest, &c);)
		utf8_put(&b, id_char(c, b.n == 0) ? c : '_');
	str id = buf_str(&b);
	for (size_t i = 2; id.n == 0 || map_get(ids, id); i++)
		id = str_fmt(a, "%.*s_%zu", STR_ARG(buf_str(&b)), i);
	map_set(ids, id, ids);
	return id;
}
