/* policy.c - see policy.h: the three files of a folder as one policy. */
#include "app/policy/policy_priv.h"

#include "base/date.h"
#include "io/file.h"
#include "io/yaml.h"

/* ---- files ---- */

static rc
read_one(arena *a, fault *f, str dir, str name, bool needed, str *out)
{
	rc r = file_read(a, f, str_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(name)), POLICY_FILE_MAX, out);

	if (r != RC_NOT_FOUND || !needed)
		return r == RC_NOT_FOUND ? RC_OK : r;
	return FAIL(f, r, "policy.file", FA_STR("file", dir), FA_STR("name", name));
}

rc
policy_files_read(arena *a, fault *f, str dir, policy_files *out)
{
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	*out = (policy_files){.name = dir};
	TRY(read_one(a, f, dir, STR("policy.dmn"), true, &out->dmn));
	TRY(read_one(a, f, dir, STR("citations.yaml"), true, &out->citations));
	TRY(read_one(a, f, dir, STR("months.csv"), false, &out->months));
	return read_one(a, f, dir, STR("tests.csv"), false, &out->tests);
}

/* ---- citations.yaml ---- */

typedef struct law {
	str id, number, title_zh, title_en, link;
	bool unsourced;
} law;

#define ONLY(l, v, ...)                                                                                      \
	yaml_only((l)->f, (v), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

static rc
read_law(policy_loader *l, const yaml *key, const yaml *in, law *out)
{
	out->id = key->text;
	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("number"), STR("name"), STR("link"), STR("unsourced")));
	TRY(yaml_opt_text(l->f, in, STR("number"), &out->number));
	TRY(yaml_need_pair(l->f, in, STR("name"), &out->title_zh, &out->title_en));
	TRY(yaml_opt_text(l->f, in, STR("link"), &out->link));
	return yaml_opt_bool(l->f, in, STR("unsourced"), &out->unsourced);
}

static rc
read_article(policy_loader *l, const yaml *key, const yaml *in, const law *laws, size_t n,
	     policy_citation *out)
{
	const law *of = NULL;
	str document;

	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("document"), STR("article"), STR("says"), STR("link"), STR("unsourced")));
	TRY(yaml_need_text(l->f, in, STR("document"), &document));
	for (size_t i = 0; i < n; i++)
		of = str_eq(laws[i].id, document) ? &laws[i] : of;
	if (!of)
		return YAML_FAIL(l->f, yaml_find(in, STR("document")), "policy.document",
				 FA_STR("name", document));
	*out = (policy_citation){.id = key->text,
				 .number = of->number,
				 .title_zh = of->title_zh,
				 .title_en = of->title_en,
				 .link = of->link,
				 .unsourced = of->unsourced};
	TRY(yaml_opt_text(l->f, in, STR("article"), &out->article));
	TRY(yaml_need_pair(l->f, in, STR("says"), &out->zh, &out->en));
	TRY(yaml_opt_text(l->f, in, STR("link"), &out->link));
	return yaml_opt_bool(l->f, in, STR("unsourced"), &out->unsourced);
}

static rc
read_citations(policy_loader *l)
{
	str file = str_cat(l->a, l->files->name, STR("/citations.yaml"));
	const yaml *root, *documents, *articles;

	if (l->files->citations.n == 0)
		return RC_OK;
	TRY(yaml_parse(l->a, l->f, file, l->files->citations, POLICY_FILE_MAX, &root));
	TRY(yaml_is(l->f, root, YAML_MAP));
	TRY(ONLY(l, root, STR("documents"), STR("articles")));
	TRY(yaml_need_kind(l->f, root, STR("documents"), YAML_MAP, &documents));
	TRY(yaml_need_kind(l->f, root, STR("articles"), YAML_MAP, &articles));
	law *laws = arena_array(l->a, law, documents->n);
	for (size_t i = 0; i < documents->n; i++)
		TRY(read_law(l, &documents->key[i], &documents->item[i], &laws[i]));
	policy_citation *v = arena_array(l->a, policy_citation, articles->n);
	for (size_t i = 0; i < articles->n; i++)
		TRY(read_article(l, &articles->key[i], &articles->item[i], laws, documents->n, &v[i]));
	l->p->citation = v;
	l->p->ncitations = articles->n;
	return RC_OK;
}

const policy_citation *
policy_citation_find(const policy *p, str id)
{
	for (size_t i = 0; i < p->ncitations; i++)
		if (str_eq(p->citation[i].id, id))
			return &p->citation[i];
	return NULL;
}

/* ---- cells that are no FEEL ---- */

static const fault_arg *
arg_of(const fault *f, const char *name)
{
	for (size_t i = 0; i < f->nargs; i++)
		if (strcmp(f->arg[i].name, name) == 0)
			return &f->arg[i];
	return NULL;
}

/* Would it be refused by itself, or does it hold the name that nobody knows? */
static bool
is_broken(const policy_loader *l, str cell, feel_mode mode)
{
	const fault_arg *name = arg_of(l->f, "name");
	feel_scope *any = feel_scope_open(l->a);
	feel_expr *e;
	fault own = {0};

	feel_scope_allow_unknown(any);
	if (feel_parse(l->a, &own, cell, any, mode, &e) != RC_OK)
		return true;
	return name && name->is_text && name->s.n && str_find(cell, name->s) >= 0;
}

static rc
say_cell(policy_loader *l, const policy_decision *d, const policy_row *r, str column, str cell)
{
	fault why = {0};

	fault_copy(&why, l->f);
	return FAIL(l->f, RC_INVALID, "policy.cell", FA_STR("file", l->files->name),
		    FA_STR("decision", d->name), FA_STR("rule", r->id), FA_STR("column", column),
		    FA_STR("text", cell), FA_STR("detail", fault_print(l->a, &why)));
}

/* The model knows a wrong cell by its decision and the line of the file; people know it by its rule and
 * column. The rule is the last that begins at or before the line, the cell the first in it that cannot be
 * read. */
static rc
name_cell(policy_loader *l, rc code)
{
	const fault_arg *element = arg_of(l->f, "element"), *line = arg_of(l->f, "row");
	const policy_decision *d = element ? policy_decision_find(l->p->doc, element->s) : NULL;
	const policy_row *r = NULL;

	if (!d || !d->table || !line || !str_starts(str_of(l->f->id), STR("feel.")))
		return code;
	for (size_t i = 0; i < d->table->nrows; i++)
		if ((int64_t)d->table->row[i].line <= line->i)
			r = &d->table->row[i];
	for (size_t i = 0; r && i < d->table->nin; i++)
		if (is_broken(l, r->test[i], FEEL_UNARY_TESTS))
			return say_cell(l, d, r, d->table->in[i].expr, r->test[i]);
	for (size_t i = 0; r && i < d->table->nout; i++)
		if (is_broken(l, r->value[i], FEEL_EXPRESSION))
			return say_cell(l, d, r, d->table->out[i].name, r->value[i]);
	return code;
}

/* ---- rows ---- */

static rc
known_citations(policy_loader *l, const policy_decision *d, str rule, str ids)
{
	str id;

	while (l->files->citations.n && str_next(&ids, ' ', &id))
		if (id.n && !policy_citation_find(l->p, id))
			return FAIL(l->f, RC_INVALID, "policy.citation", FA_STR("file", l->files->name),
				    FA_STR("decision", d->name), FA_STR("rule", rule), FA_STR("name", id));
	return RC_OK;
}

static bool
reason_is_there(const policy_loader *l, str reason)
{
	str name;

	if (!policy_names_above(reason, &name))
		return policy_decision_find(l->p->doc, reason);
	return !l->p->above || policy_above_of(l->p, name);
}

static rc
check_row(policy_loader *l, const policy_decision *d, const policy_row *r)
{
	const policy_decision *of;
	int32_t day;

	TRY(known_citations(l, d, r->id, r->citation));
	if (r->published.n && !date_parse(r->published, &day))
		return FAIL(l->f, RC_INVALID, "policy.published", FA_STR("file", l->files->name),
			    FA_STR("decision", d->name), FA_STR("rule", r->id), FA_STR("text", r->published));
	if (r->supersedes.n && !policy_row_find(l->p->doc, r->supersedes, &of))
		return FAIL(l->f, RC_INVALID, "policy.supersedes", FA_STR("file", l->files->name),
			    FA_STR("decision", d->name), FA_STR("rule", r->id),
			    FA_STR("name", r->supersedes));
	if (r->reason.n && !reason_is_there(l, r->reason))
		return FAIL(l->f, RC_INVALID, "policy.reason", FA_STR("file", l->files->name),
			    FA_STR("decision", d->name), FA_STR("rule", r->id), FA_STR("name", r->reason));
	for (size_t i = 0; r->unknown && i < d->table->nout; i++)
		if (!str_eq(r->value[i], STR("null")) || r->zh.n == 0 || r->en.n == 0)
			return FAIL(l->f, RC_INVALID, "policy.unknown", FA_STR("file", l->files->name),
				    FA_STR("decision", d->name), FA_STR("rule", r->id));
	return RC_OK;
}

static rc
wrong_type(policy_loader *l, const policy_decision *d, const policy_row *r, str column, str text,
	   const feel_type *type)
{
	return FAIL(l->f, RC_INVALID, "policy.type", FA_STR("file", l->files->name),
		    FA_STR("decision", d->name), FA_STR("rule", r->id), FA_STR("column", column),
		    FA_STR("text", text), FA_STR("type", type->name));
}

static const feel_type *
decided_type(const policy_loader *l, str name)
{
	for (size_t i = 0; i < dmn_count(l->p->model); i++) {
		dmn_info e = dmn_element(l->p->model, i);
		if (e.kind == DMN_DECISION && str_eq(e.name, name))
			return e.type;
	}
	return NULL;
}

/* A cell that can never hold, or an output that would come to null, for its type alone. */
static rc
check_types(policy_loader *l, const policy_decision *d)
{
	const dmn_table *t = d->table ? dmn_table_of(l->p->model, d->name) : NULL;
	const feel_type *decided = decided_type(l, d->name), *type;

	for (size_t k = 0; t && k < d->table->nrows; k++) {
		const policy_row *r = &d->table->row[k];
		for (size_t i = 0; i < d->table->nin; i++)
			if (!dmn_cell_suits(t, k, i, &type))
				return wrong_type(l, d, r, d->table->in[i].expr, r->test[i], type);
		for (size_t i = 0; i < d->table->nout; i++) {
			str name = d->table->out[i].name;
			if (!dmn_output_suits(t, k, i, decided, &type))
				return wrong_type(l, d, r, name.n ? name : d->name, r->value[i], type);
		}
	}
	return RC_OK;
}

static rc
check_rows(policy_loader *l)
{
	for (size_t i = 0; i < l->p->doc->ndecisions; i++) {
		const policy_decision *d = &l->p->doc->decision[i];
		TRY(check_types(l, d));
		TRY(known_citations(l, d, STR("-"), d->citation));
		if (d->floor.n && !policy_decision_find(l->p->doc, d->floor))
			return FAIL(l->f, RC_INVALID, "policy.floor", FA_STR("file", l->files->name),
				    FA_STR("decision", d->name), FA_STR("name", d->floor));
		for (size_t k = 0; d->table && k < d->table->nrows; k++)
			TRY(check_row(l, d, &d->table->row[k]));
	}
	return RC_OK;
}

/* What is asked of the layers above must be what one of them decides. */
static rc
check_above(policy_loader *l)
{
	size_t n = 0;
	const policy_type *part = l->p->above ? policy_above_parts(l->p, &n) : NULL;

	for (size_t i = 0; i < n; i++)
		if (!policy_above_of(l->p, part[i].name))
			return FAIL(l->f, RC_INVALID, "policy.above", FA_STR("file", l->files->name),
				    FA_STR("name", part[i].name));
	return RC_OK;
}

/* The lowest layer that says it. */
static bool
said(const policy *p, bool begins, str what)
{
	for (; p; p = p->above) {
		str s = begins ? p->doc->begins : p->doc->ends;
		if (s.n)
			return str_eq(s, what);
	}
	return false;
}

bool
policy_begins_next_month(const policy *p)
{
	return said(p, true, STR("next-month"));
}

bool
policy_ends_same_month(const policy *p)
{
	return said(p, false, STR("same-month"));
}

rc
policy_load(arena *a, fault *f, const policy_files *files, feel_zones *zones, const policy **out)
{
	policy *p = arena_new(a, policy);
	policy_loader l = {.a = a, .f = f, .files = files, .zones = zones, .p = p};
	dmn_file file = {.name = str_cat(a, files->name, STR("/policy.dmn")), .xml = files->dmn};
	dmn_model *model;
	policy_doc *doc;

	p->file = str_dup(a, files->name);
	p->above = files->above;
	p->dmn = files->dmn;
	p->yaml = files->citations;
	TRY(policy_doc_read(a, f, file.name, file.xml, &doc));
	p->doc = doc;
	rc r = dmn_load(a, f, &file, 1, false, &model);
	if (r != RC_OK)
		return name_cell(&l, r);
	dmn_prepare(model);
	p->model = model;
	TRY(check_above(&l));
	TRY(read_citations(&l));
	TRY(check_rows(&l));
	TRY(policy_persons_read(&l));
	*out = p;
	return RC_OK;
}
