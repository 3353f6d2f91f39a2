/* policies.c - layers of policies as definitions: three files of a folder each, as one text. */
#include "app/definition/definition_priv.h"

#include "app/definition_sql.h"
#include "app/policy/check.h"
#include "app/value/value.h"
#include "base/date.h"

#define FOLDER STR("policies/")

static const char *const parts[] = {"policy.dmn", "citations.yaml", "tests.csv"};

static void
take(const service_files *v, policy_files *out)
{
	str *to[] = {&out->dmn, &out->citations, &out->tests};

	for (size_t i = 0; i < v->n; i++)
		for (size_t k = 0; k < LEN(parts); k++)
			if (str_eq(v->v[i].name, str_of(parts[k])))
				*to[k] = v->v[i].text;
}

static rc
read_layer(arena *a, fault *f, const definitions_of_row *row, policy_layer *out)
{
	feel_zones zones = value_zones(a);
	service_files bundle;
	policy_files files = {.name = row->id};

	*out = (policy_layer){.id = row->id, .version = row->version, .sha256 = row->sha256};
	TRY(policy_layer_place(f, out));
	TRY(service_files_split(a, f, row->text, &bundle));
	take(&bundle, &files);
	files.tests = STR("");
	BUG_ON(!date_parse(row->valid_from, &out->from));
	return policy_load(a, f, &files, &zones, &out->p);
}

rc
definition_policies_read(db *d, arena *a, fault *f, policy_layers *out)
{
	definitions_of_rows rows;

	*out = (policy_layers){0};
	TRY(sql_definitions_of(d, a, f, STR(DEFINITION_POLICY), &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].published_at)
			TRY(read_layer(a, f, &rows.v[i], vec_add(a, out)));
	return RC_OK;
}

/* ---- layers as texts ---- */

rc
definition_layers_read(db *d, arena *a, fault *f, definition_layers *out)
{
	definitions_of_rows rows;

	*out = (definition_layers){0};
	TRY(sql_definitions_of(d, a, f, STR(DEFINITION_POLICY), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const definitions_of_row *r = &rows.v[i];
		if (r->published_at && !definition_layer_find(out, r->id))
			*vec_add(a, out) = (definition_layer){
				.id = r->id, .from = r->valid_from, .text = r->text, .version = r->version};
	}
	return RC_OK;
}

const definition_layer *
definition_layer_find(const definition_layers *all, str id)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].id, id))
			return &all->v[i];
	return NULL;
}

static str
id_above(str id)
{
	const char *slash = memrchr(id.p, '/', id.n);

	return str_sub(id, 0, slash ? (size_t)(slash - id.p) : 0);
}

rc
definition_layer_load(arena *a, fault *f, const definition_layers *all, str id, const service_files *own,
		      feel_zones *zones, const policy **out)
{
	const definition_layer *up = definition_layer_find(all, id_above(id));
	policy_layer place = {.id = id};
	policy_files files = {.name = id};
	service_files bundle;

	TRY(policy_layer_place(f, &place));
	take(own, &files);
	if (place.of.n < id.n && up) {
		TRY(service_files_split(a, f, up->text, &bundle));
		for (size_t i = 0; i < bundle.n; i++)
			if (str_eq(bundle.v[i].name, STR("tests.csv")))
				bundle.v[i].text = STR(""); /* of the layer that is asked for only */
		TRY(definition_layer_load(a, f, all, up->id, &bundle, zones, &files.above));
	}
	return policy_load(a, f, &files, zones, out);
}

/* ---- offers ---- */

rc
definition_policy_packed(arena *a, fault *f, const pack *p, str id, service_files *out)
{
	str text;

	*out = (service_files){0};
	for (size_t i = 0; i < LEN(parts); i++) {
		rc r = pack_find(p, a, str_fmt(a, "policies/%.*s/%s", STR_ARG(id), parts[i]), &text);
		if (r == RC_NOT_FOUND)
			return FAIL(f, RC_INVALID, "policy.file", FA_STR("file", id),
				    FA_STR("name", str_of(parts[i])));
		TRY(r);
		*vec_add(a, out) = (service_file){str_of(parts[i]), text};
	}
	return RC_OK;
}

static bool
is_packed(const pack *p, arena *a, str id)
{
	size_t i = 0;
	str name;

	return pack_each(p, str_fmt(a, "policies/%.*s/policy.dmn", STR_ARG(id)), &i, &name);
}

/* A layer of these files, or without any of the pack, linked to the layers of the pack above it. Only the
 * one that is asked for brings its test persons. */
static rc
load(arena *a, fault *f, const pack *p, str id, feel_zones *zones, const service_files *own,
     const policy **out)
{
	str up = id_above(id);
	policy_layer place = {.id = id};
	policy_files files = {.name = id};
	service_files bundle;

	TRY(policy_layer_place(f, &place));
	if (own)
		bundle = *own;
	else
		TRY(definition_policy_packed(a, f, p, id, &bundle));
	take(&bundle, &files);
	if (!own)
		files.tests = STR("");
	if (place.of.n < id.n && is_packed(p, a, up))
		TRY(load(a, f, p, up, zones, NULL, &files.above));
	return policy_load(a, f, &files, zones, out);
}

/* A layer that gives somebody less than one above lets it. */
static rc
below_floor(arena *a, fault *f, const policy *p, const policy_below *x)
{
	buf given = buf_in(a), least = buf_in(a);

	(void)feel_print(&given, x->given);
	(void)feel_print(&least, x->least);
	return FAIL(f, RC_INVALID, "policy.below", FA_STR("file", p->file),
		    FA_STR("decision", x->decision->name), FA_STR("given", buf_str(&given)),
		    FA_STR("least", buf_str(&least)), FA_STR("layer", x->above->file),
		    FA_STR("person", policy_below_person(a, x)));
}

/* What is wrong in the files, in what they do to their test persons, or beside the layers above. */
rc
definition_policy_check(arena *a, fault *f, const pack *packs, str id, const service_files *files)
{
	arena *own = arena_open(a, 0);
	feel_zones zones = value_zones(own);
	feel_env env = {.zones = &zones, .now = feel_instant(0, 0)};
	policy_trial trial;
	policy_findings found;
	const policy *p = NULL;

	TRY(load(own, f, packs, id, &zones, files, &p));
	TRY(policy_try(own, f, p, &env, &trial));
	if (trial.failed)
		return FAIL(f, RC_INVALID, "policy.red", FA_STR("file", id), FA_INT("n", trial.failed));
	TRY(policy_check(own, f, p, &trial, &env, &found));
	for (size_t i = 0; i < found.n; i++) {
		if (found.v[i].flaw == FLAW_FLOOR)
			return below_floor(own, f, p, found.v[i].below);
		if (found.v[i].flaw == FLAW_UNTESTED)
			return FAIL(f, RC_INVALID, "policy.untested", FA_STR("file", id),
				    FA_STR("decision", found.v[i].decision->name),
				    FA_STR("row", found.v[i].row->id));
	}
	arena_close(own);
	return RC_OK;
}

static rc
offer(db *d, arena *a, fault *f, const pack *p, str id, definition_offer *out)
{
	char *hash = arena_alloc(a, SHA_TEXT);
	service_files bundle;

	TRY(definition_policy_packed(a, f, p, id, &bundle));
	TRY(definition_policy_check(a, f, p, id, &bundle));
	service_sha256(&(service_ask){.file = bundle.v, .nfiles = bundle.n}, hash);
	*out = (definition_offer){.kind = STR(DEFINITION_POLICY),
				  .id = id,
				  .sha256 = str_of(hash),
				  .text = service_files_join(a, &bundle)};
	return definition_compare(d, a, f, out);
}

rc
definition_policies_offer(db *d, arena *a, fault *f, const pack *p, definition_offers *out)
{
	str name, end = STR("/policy.dmn");

	for (size_t i = 0; pack_each(p, FOLDER, &i, &name);) {
		str id = str_from(name, FOLDER.n);
		if (str_ends(id, end))
			TRY(offer(d, a, f, p, str_sub(id, 0, id.n - end.n), vec_add(a, out)));
	}
	return RC_OK;
}
