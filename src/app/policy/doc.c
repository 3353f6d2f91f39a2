/* doc.c - the text of a policy.dmn: see policy.h. */
#include "app/policy/policy_priv.h"

typedef struct reader {
	arena *a;
	fault *f;
	str file;
	const dmn_xml *root;
} reader;

static str
own(const dmn_xml *x, const char *attribute)
{
	str name = str_eq(x->name, STR("output")) ? STR("column") : STR("row");

	return dmn_extension(x, STR(POLICY_SPACE), name, str_of(attribute));
}

/* The text of <name><text>…</text></name>, or of <name>…</name>. */
static str
text_of(const dmn_xml *x, const char *name)
{
	const dmn_xml *k = dmn_child(x, str_of(name)), *text = dmn_child(k, STR("text"));

	return text ? str_trim(text->text) : k ? str_trim(k->text) : STR("");
}

static size_t
count_of(const dmn_xml *x, const char *name)
{
	size_t n = 0;

	for (const dmn_xml *k = x->kid; k; k = k->next)
		n += k->space.n == 0 && str_eq(k->name, str_of(name));
	return n;
}

/* What a policy is made of; the rest of DMN has no place in it. */
static rc
only(reader *r, const dmn_xml *x, const char *const *known)
{
	for (const dmn_xml *k = x->kid; k; k = k->next) {
		bool found = k->space.n > 0;
		for (size_t i = 0; known[i] && !found; i++)
			found = str_eq(k->name, str_of(known[i]));
		if (!found)
			return FAIL(r->f, RC_INVALID, "policy.element", FA_STR("file", r->file),
				    FA_INT("line", k->line), FA_STR("name", k->name));
	}
	return RC_OK;
}

#define ONLY(r, x, ...) only((r), (x), (const char *const[]){__VA_ARGS__, NULL})

static rc
need_id(reader *r, const dmn_xml *x, str *out)
{
	*out = x->attr[DMN_A_ID];
	if (out->n)
		return RC_OK;
	return FAIL(r->f, RC_INVALID, "policy.id", FA_STR("file", r->file), FA_INT("line", x->line),
		    FA_STR("name", x->name));
}

static rc
need_name(reader *r, const dmn_xml *x, str *name, str *label)
{
	*name = str_trim(x->attr[DMN_A_NAME]);
	*label = x->attr[DMN_A_LABEL];
	if (name->n)
		return RC_OK;
	return FAIL(r->f, RC_INVALID, "policy.name", FA_STR("file", r->file), FA_INT("line", x->line),
		    FA_STR("name", x->name));
}

static rc
read_type(reader *r, const dmn_xml *x, policy_type *t)
{
	TRY(ONLY(r, x, "typeRef", "allowedValues", "typeConstraint", "itemComponent", "extensionElements",
		 "description"));
	TRY(need_name(r, x, &t->name, &t->label));
	t->base = text_of(x, "typeRef");
	t->allowed = text_of(x, dmn_child(x, STR("typeConstraint")) ? "typeConstraint" : "allowedValues");
	t->list = str_eq(x->attr[DMN_A_COLLECTION], STR("true"));
	policy_type *part = arena_array(r->a, policy_type, count_of(x, "itemComponent"));
	for (const dmn_xml *k = x->kid; k; k = k->next)
		if (str_eq(k->name, STR("itemComponent")))
			TRY(read_type(r, k, &part[t->nparts++]));
	t->part = part;
	return RC_OK;
}

static rc
read_input(reader *r, const dmn_xml *x, policy_input *in)
{
	const dmn_xml *v = dmn_child(x, STR("variable"));

	TRY(ONLY(r, x, "variable", "extensionElements", "description"));
	TRY(need_id(r, x, &in->id));
	TRY(need_name(r, x, &in->name, &in->label));
	in->type = v ? v->attr[DMN_A_TYPE] : STR("");
	in->says = text_of(x, "description");
	return RC_OK;
}

static str
cell_text(const dmn_xml *x, const char *empty)
{
	const dmn_xml *text = dmn_child(x, STR("text"));
	str s = text ? str_trim(text->text) : STR("");

	return s.n ? s : str_of(empty);
}

static rc
read_row(reader *r, const dmn_xml *x, const policy_table *t, policy_row *row)
{
	str *test = arena_array(r->a, str, t->nin), *value = arena_array(r->a, str, t->nout);
	size_t in = 0, out = 0;

	TRY(ONLY(r, x, "description", "extensionElements", "inputEntry", "outputEntry", "annotationEntry"));
	TRY(need_id(r, x, &row->id));
	for (const dmn_xml *k = x->kid; k; k = k->next) {
		if (str_eq(k->name, STR("inputEntry")) && in < t->nin)
			test[in++] = cell_text(k, "-");
		else if (str_eq(k->name, STR("outputEntry")) && out < t->nout)
			value[out++] = cell_text(k, "null");
	}
	row->test = test;
	row->value = value;
	row->zh = text_of(x, "description");
	row->en = x->attr[DMN_A_LABEL];
	row->citation = own(x, "citation");
	row->confidence = own(x, "confidence");
	row->published = own(x, "published");
	row->supersedes = own(x, "supersedes");
	row->reason = own(x, "reason");
	row->unknown = str_eq(own(x, "unknown"), STR("true"));
	row->line = x->line;
	return RC_OK;
}

static void
read_column(const dmn_xml *x, policy_column *c)
{
	const dmn_xml *e = dmn_child(x, STR("inputExpression"));

	*c = (policy_column){.id = x->attr[DMN_A_ID],
			     .label = x->attr[DMN_A_LABEL],
			     .expr = text_of(x, "inputExpression"),
			     .type = e ? e->attr[DMN_A_TYPE] : STR(""),
			     .allowed = text_of(x, "inputValues")};
}

static void
read_output(const dmn_xml *x, policy_output *o)
{
	*o = (policy_output){.id = x->attr[DMN_A_ID],
			     .name = x->attr[DMN_A_NAME],
			     .label = x->attr[DMN_A_LABEL],
			     .type = x->attr[DMN_A_TYPE],
			     .allowed = text_of(x, "outputValues"),
			     .otherwise = text_of(x, "defaultOutputEntry"),
			     .unit = own(x, "unit")};
}

/* Two of one name cannot be told apart. */
static rc
alone(reader *r, map *names, const dmn_xml *x, str name)
{
	if (map_get(names, name))
		return FAIL(r->f, RC_INVALID, "policy.tree.name", FA_STR("file", r->file),
			    FA_INT("line", x->line), FA_STR("what", name));
	map_set(names, name, r);
	return RC_OK;
}

static rc
read_table(reader *r, const dmn_xml *x, policy_table *t)
{
	policy_column *in = arena_array(r->a, policy_column, count_of(x, "input"));
	policy_output *out = arena_array(r->a, policy_output, count_of(x, "output"));
	policy_row *row = arena_array(r->a, policy_row, count_of(x, "rule"));
	map names = map_in(r->a);

	TRY(ONLY(r, x, "description", "extensionElements", "input", "output", "annotation", "rule"));
	TRY(need_id(r, x, &t->id));
	t->hit = x->attr[DMN_A_HIT];
	t->aggregation = x->attr[DMN_A_AGGREGATION];
	for (const dmn_xml *k = x->kid; k; k = k->next)
		if (str_eq(k->name, STR("input"))) {
			read_column(k, &in[t->nin++]);
		} else if (str_eq(k->name, STR("output"))) {
			read_output(k, &out[t->nout]);
			TRY(alone(r, &names, k, out[t->nout++].name));
		}
	for (const dmn_xml *k = x->kid; k; k = k->next)
		if (str_eq(k->name, STR("rule")))
			TRY(read_row(r, k, t, &row[t->nrows++]));
	t->in = in;
	t->out = out;
	t->row = row;
	return RC_OK;
}

/* "#id" of an input or a decision of this file, as its name. */
static rc
needed(reader *r, const dmn_xml *x, str *out)
{
	const dmn_xml *to = x->kid;
	str href = to ? to->attr[DMN_A_HREF] : STR("");

	for (const dmn_xml *k = r->root->kid; to && k; k = k->next)
		if (k->attr[DMN_A_ID].n && str_eq(k->attr[DMN_A_ID], str_from(href, 1))) {
			*out = str_trim(k->attr[DMN_A_NAME]);
			return RC_OK;
		}
	return FAIL(r->f, RC_INVALID, "policy.needs", FA_STR("file", r->file), FA_INT("line", x->line),
		    FA_STR("href", href));
}

static rc
read_decision(reader *r, const dmn_xml *x, policy_decision *d)
{
	const dmn_xml *v = dmn_child(x, STR("variable")), *table = dmn_child(x, STR("decisionTable")),
		      *text = dmn_child(x, STR("literalExpression"));
	str *needs = arena_array(r->a, str, count_of(x, "informationRequirement"));

	TRY(ONLY(r, x, "description", "extensionElements", "question", "allowedAnswers", "variable",
		 "informationRequirement", "authorityRequirement", "decisionTable", "literalExpression"));
	TRY(need_id(r, x, &d->id));
	TRY(need_name(r, x, &d->name, &d->label));
	d->type = v ? v->attr[DMN_A_TYPE] : STR("");
	d->says = text_of(x, "description");
	d->floor = dmn_extension(x, STR(POLICY_SPACE), STR("decision"), STR("floor"));
	d->line = x->line;
	for (const dmn_xml *k = x->kid; k; k = k->next)
		if (str_eq(k->name, STR("informationRequirement")))
			TRY(needed(r, k, &needs[d->nneeds++]));
	d->needs = needs;
	d->zh = text ? text_of(text, "description") : STR("");
	d->en = text ? text->attr[DMN_A_LABEL] : STR("");
	d->citation = text ? own(text, "citation") : STR("");
	d->expr = text ? text_of(text, "text") : STR("");
	if (!table)
		return RC_OK;
	policy_table *t = arena_new(r->a, policy_table);
	TRY(read_table(r, table, t));
	d->table = t;
	return RC_OK;
}

/* Whatever is cited by its id must have it alone. */
static rc
check_ids(reader *r, const policy_doc *d)
{
	map seen = map_in(r->a);

	for (size_t i = 0; i < d->ndecisions; i++) {
		const policy_table *t = d->decision[i].table;
		for (size_t k = 0; t && k <= t->nrows; k++) {
			str id = k < t->nrows ? t->row[k].id : t->id;
			if (map_get(&seen, id))
				return FAIL(r->f, RC_INVALID, "policy.twice", FA_STR("file", r->file),
					    FA_STR("decision", d->decision[i].name), FA_STR("name", id));
			map_set(&seen, id, r);
		}
	}
	return RC_OK;
}

static rc
month_rule(reader *r, const char *name, str *out)
{
	*out = dmn_extension(r->root, STR(POLICY_SPACE), STR("policy"), str_of(name));
	if (out->n == 0 || str_eq(*out, STR("same-month")) || str_eq(*out, STR("next-month")))
		return RC_OK;
	return FAIL(r->f, RC_INVALID, "policy.month_rule", FA_STR("file", r->file),
		    FA_INT("line", r->root->line), FA_STR("name", str_of(name)), FA_STR("value", *out));
}

static rc
read_definitions(reader *r, policy_doc *d)
{
	policy_type *type = arena_array(r->a, policy_type, count_of(r->root, "itemDefinition"));
	policy_input *input = arena_array(r->a, policy_input, count_of(r->root, "inputData"));
	policy_decision *decision = arena_array(r->a, policy_decision, count_of(r->root, "decision"));
	map names = map_in(r->a), types = map_in(r->a);

	TRY(ONLY(r, r->root, "description", "extensionElements", "itemDefinition", "inputData", "decision",
		 "textAnnotation", "association", "knowledgeSource"));
	d->id = r->root->attr[DMN_A_ID];
	d->space = r->root->attr[DMN_A_NAMESPACE];
	d->subject = dmn_extension(r->root, STR(POLICY_SPACE), STR("policy"), STR("subject"));
	TRY(month_rule(r, "begins", &d->begins));
	TRY(month_rule(r, "ends", &d->ends));
	TRY(need_name(r, r->root, &d->name, &d->label));
	for (const dmn_xml *k = r->root->kid; k; k = k->next) {
		if (str_eq(k->name, STR("itemDefinition"))) {
			TRY(read_type(r, k, &type[d->ntypes]));
			TRY(alone(r, &types, k, type[d->ntypes++].name));
		} else if (str_eq(k->name, STR("inputData"))) {
			TRY(read_input(r, k, &input[d->ninputs]));
			TRY(alone(r, &names, k, input[d->ninputs++].name));
		} else if (str_eq(k->name, STR("decision"))) {
			TRY(read_decision(r, k, &decision[d->ndecisions]));
			TRY(alone(r, &names, k, decision[d->ndecisions++].name));
		}
	}
	d->type = type;
	d->input = input;
	d->decision = decision;
	return check_ids(r, d);
}

rc
policy_doc_read(arena *a, fault *f, str file, str xml, policy_doc **out)
{
	reader r = {.a = a, .f = f, .file = file};
	dmn_xml *root;

	TRY(dmn_read(a, f, xml, &root));
	r.root = root;
	*out = arena_new(a, policy_doc);
	return read_definitions(&r, *out);
}

const policy_decision *
policy_decision_find(const policy_doc *d, str name)
{
	for (size_t i = 0; i < d->ndecisions; i++)
		if (str_eq(d->decision[i].name, name))
			return &d->decision[i];
	return NULL;
}

const policy_input *
policy_input_find(const policy_doc *d, str name)
{
	for (size_t i = 0; i < d->ninputs; i++)
		if (str_eq(d->input[i].name, name))
			return &d->input[i];
	return NULL;
}

const policy_type *
policy_type_find(const policy_doc *d, str name)
{
	for (size_t i = 0; i < d->ntypes; i++)
		if (str_eq(d->type[i].name, name))
			return &d->type[i];
	return NULL;
}

const policy_row *
policy_row_find(const policy_doc *d, str id, const policy_decision **of)
{
	for (size_t i = 0; i < d->ndecisions; i++) {
		const policy_table *t = d->decision[i].table;
		for (size_t k = 0; t && k < t->nrows; k++)
			if (str_eq(t->row[k].id, id)) {
				*of = &d->decision[i];
				return &t->row[k];
			}
	}
	return NULL;
}
