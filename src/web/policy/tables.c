/* tables.c - the decision tables of what is published: all of them, one with what the checks found and its
 * test persons, and why one of these gets what he gets. */
#include "web/policy/policy.h"

#include "app/draft/draft.h"
#include "app/value/value.h"
#include "locale/msg_ids.h"
#include "web/policy/tables_priv.h"

/* ---- addresses: two-subsidies.31-shanghai~decision-2 ---- */

enum { MARK = '~' };

static str
layer_of(arena *a, str s)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++)
		buf_c(&b, s.p[i] == '.' ? '/' : s.p[i]);
	return buf_str(&b);
}

static str
href_of(const web_req *rq, str layer, str decision)
{
	buf b = buf_in(rq->a);

	buf_lit(&b, "/policy/tables/");
	for (size_t i = 0; i < layer.n; i++)
		buf_c(&b, layer.p[i] == '/' ? '.' : layer.p[i]);
	buf_c(&b, MARK);
	html_build_part(&b, decision);
	return buf_str(&b);
}

str
tables_href(const tables_work *k)
{
	return href_of(k->rq, k->layer, k->decision);
}

rc
tables_enter(web_req *rq, tables_work *k)
{
	str id = web_param(rq, STR("id"));
	ptrdiff_t mark = str_find_char(id, MARK);
	db *d = NULL;

	if (mark < 0)
		return RC_NOT_FOUND;
	*k = (tables_work){.rq = rq,
			   .id = id,
			   .layer = layer_of(rq->a, str_sub(id, 0, (size_t)mark)),
			   .decision = str_from(id, (size_t)mark + 1)};
	rq->work = k;
	TRY(house_read(rq, &d));
	TRY(definition_layers_read(d, rq->a, rq->fault, &k->all));
	k->at = definition_layer_find(&k->all, k->layer);
	if (!k->at)
		return RC_NOT_FOUND;
	k->text = k->at->text;
	return RC_OK;
}

/* ---- on a worker ---- */

static rc
load(tables_work *k)
{
	arena *a = k->rq->a;
	fault *f = &k->fault;
	feel_zones *zones = arena_new(a, feel_zones);

	*zones = value_zones(a);
	k->env = (feel_env){.zones = zones, .now = feel_instant(0, 0)};
	TRY(service_files_split(a, f, k->text, &k->files));
	TRY(definition_layer_load(a, f, &k->all, k->layer, &k->files, zones, &k->p));
	for (size_t i = 0; i < k->p->doc->ndecisions; i++)
		if (str_eq(k->p->doc->decision[i].id, k->decision))
			k->d = &k->p->doc->decision[i];
	if (!k->d || !k->d->table)
		return RC_NOT_FOUND;
	TRY(policy_try(a, f, k->p, &k->env, &k->trial));
	TRY(policy_check(a, f, k->p, &k->trial, &k->env, &k->findings));
	policy_explanation *asked = arena_array(a, policy_explanation, k->p->npersons);
	for (size_t i = 0; i < k->p->npersons; i++)
		TRY(policy_explain(a, f, k->p, k->d->name, &k->p->person[i].inputs, &k->env, &asked[i]));
	k->asked = asked;
	return RC_OK;
}

void
tables_load(void *work)
{
	tables_work *k = work;

	k->rc = load(k);
}

rc
tables_loaded(tables_work *k)
{
	if (k->rc != RC_OK)
		fault_copy(k->rq->fault, &k->fault);
	return k->rc;
}

/* ---- all of them ---- */

static str
version_words(web_req *rq, const definition_layer *l)
{
	const fault_arg args[] = {
		{.name = "n", .i = l->version},
		{.name = "from", .is_text = true, .s = html_day_text(web_html(rq), l->from)},
		{0}};

	return msg_text(rq->a, rq->lang, MSG_DEFINITION_PAGE_HOLDS_FROM, args);
}

typedef VEC(struct tpl_listed_table) listed;

static rc
list_layer(web_req *rq, const definition_layer *l, listed *out)
{
	service_files files;
	policy_doc *doc = NULL;
	bool english = rq->lang == MSG_EN;

	TRY(service_files_split(rq->a, rq->fault, l->text, &files));
	TRY(policy_doc_read(rq->a, rq->fault, l->id, files.v[0].text, &doc));
	for (size_t i = 0; i < doc->ndecisions; i++) {
		const policy_decision *d = &doc->decision[i];
		if (d->table)
			*vec_add(rq->a, out) = (struct tpl_listed_table){
				.href = href_of(rq, l->id, d->id),
				.name = english && d->label.n ? d->label : d->name,
				.policy = english && doc->label.n ? doc->label : doc->name,
				.hit = tables_hit(rq, d->table),
				.rows = (int64_t)d->table->nrows,
				.holds = version_words(rq, l)};
	}
	return RC_OK;
}

static rc
list_get(web_req *rq)
{
	static const int heads[] = {MSG_TABLES_TABLE, MSG_TABLES_POLICY, MSG_TABLES_HIT, MSG_TABLES_ROWS,
				    MSG_TABLES_VERSION};
	tpl_list_column columns = tables_heads(rq, heads, LEN(heads));
	definition_layers all;
	listed rows = {0};
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(definition_layers_read(d, rq->a, rq->fault, &all));
	for (size_t i = 0; i < all.n; i++)
		TRY(list_layer(rq, &all.v[i], &rows));
	((struct tpl_column *)(uintptr_t)columns.v)[3].number = true;
	tpl_policy_tables(web_html(rq),
			  &(struct tpl_policy_tables){.columns = columns, .rows = {rows.v, rows.n}});
	return web_page(rq, 200);
}

/* ---- one of them ---- */

/* Who may edit goes on with his office's draft, or begins one. */
static rc
offer_draft(const tables_work *k, struct tpl_policy_table *out)
{
	web_req *rq = k->rq;
	str href = str_cat(rq->a, tables_href(k), STR("/draft"));
	draft *open = NULL;
	db *d = NULL;

	if (!may(house_actor(rq), PERM_POLICY_EDIT, REGION_NONE))
		return RC_OK;
	TRY(house_read(rq, &d));
	rc r = draft_read(d, rq->a, rq->fault, house_actor(rq), k->layer, &open);
	if (r == RC_OK)
		out->draft = href;
	else if (r == RC_NOT_FOUND)
		out->begin = href;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
show_table(web_req *rq)
{
	tables_work *k = rq->work;

	TRY(tables_loaded(k));
	str versions = str_cat(rq->a, STR("/policy/definitions/policy/"),
			       str_sub(k->id, 0, (size_t)str_find_char(k->id, MARK)));
	struct tpl_policy_table out = {
		.title = tables_name(k),
		.policy = tables_policy_name(k),
		.versions = versions,
		.answers = tables_answers(k),
		.columns = tables_columns(k),
		.rules = tables_rules(k, (str){0}),
		.found = tables_findings(k),
		.heads = tables_person_columns(rq),
		.persons = tables_persons(k, str_cat(rq->a, tables_href(k), STR("/tests/"))),
		.laws = tables_laws(k)};
	TRY(offer_draft(k, &out));
	tpl_policy_table(web_html(rq), &out);
	return web_page(rq, 200);
}

static rc
table_get(web_req *rq)
{
	tables_work *k = arena_new(rq->a, tables_work);

	TRY(tables_enter(rq, k));
	return web_slowly(rq, tables_load, k, show_table);
}

/* ---- a test person ---- */

static rc
show_trace(web_req *rq)
{
	tables_work *k = rq->work;
	int64_t n = 0;

	TRY(tables_loaded(k));
	TRY(web_param_id(rq, STR("number"), &n));
	if ((size_t)n > k->p->npersons)
		return RC_NOT_FOUND;
	const policy_person *who = &k->p->person[n - 1];
	const policy_explanation *x = &k->asked[n - 1];
	tpl_policy_trace(
		web_html(rq),
		&(struct tpl_policy_trace){.title = house_words_of(rq, MSG_TABLES_TRACE, "name", who->name),
					   .of = str_fmt(rq->a, "%.*s · %.*s", STR_ARG(tables_policy_name(k)),
							 STR_ARG(tables_name(k))),
					   .why = who->why,
					   .back = tables_href(k),
					   .given = tables_given(k, who),
					   .lines = tables_reasons(k, x),
					   .all = tables_asked(k, x)});
	return web_page(rq, 200);
}

static rc
trace_get(web_req *rq)
{
	tables_work *k = arena_new(rq->a, tables_work);

	TRY(tables_enter(rq, k));
	return web_slowly(rq, tables_load, k, show_trace);
}

const web_route tables_routes[] = {
	{"GET", "/policy/tables", list_get, "policy.read", "Decision tables of the published policies"},
	{"GET", "/policy/tables/{id}", table_get, "policy.read",
	 "A decision table, what the checks found, its test persons"},
	{"GET", "/policy/tables/{id}/tests/{number}", trace_get, "policy.read",
	 "Why a test person gets what he gets"},
	{0},
};
