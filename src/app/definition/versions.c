/* versions.c - definitions for the pages of who edits and who publishes: which there are, what they say, and
 * whether this program could work by a text. */
#include "app/definition/definition_priv.h"

#include "app/definition_sql.h"
#include "app/policy/policy.h"
#include "io/yaml.h"

#define SERVICES    STR("services/")
#define SERVICE_END STR(".yaml")
#define POLICIES    STR("policies/")
#define POLICY_END  STR("/policy.dmn")

/* ---- what the store has ---- */

static rc
name_of(db *d, arena *a, fault *f, int64_t account, str *out)
{
	definition_hand_row row;

	*out = STR("");
	if (account == 0)
		return RC_OK;
	rc r = sql_definition_hand(d, a, f, account, &row);
	if (r == RC_OK)
		*out = row.name;
	return r == RC_NOT_FOUND ? RC_OK : r;
}

rc
definition_versions_read(db *d, arena *a, fault *f, definition_versions *out)
{
	definitions_all_rows rows;

	*out = (definition_versions){0};
	TRY(sql_definitions_all(d, a, f, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const definitions_all_row *r = &rows.v[i];
		definition_version *v = vec_add(a, out);
		*v = (definition_version){.kind = r->kind,
					  .id = r->id,
					  .sha256 = r->sha256,
					  .from = r->valid_from,
					  .version = r->version,
					  .published_at = r->published_at,
					  .by_1 = r->by_1,
					  .by_2 = r->by_2};
		TRY(name_of(d, a, f, r->by_1, &v->who_1));
		TRY(name_of(d, a, f, r->by_2, &v->who_2));
	}
	return RC_OK;
}

rc
definition_text_read(db *d, arena *a, fault *f, const definition_at *at, str *text)
{
	definition_text_row row;

	TRY(sql_definition_text(d, a, f,
				&(definition_text_in){.kind = at->kind, .id = at->id, .version = at->version},
				&row));
	*text = row.text;
	return RC_OK;
}

/* ---- what the program has ---- */

static void
add_packed(arena *a, const pack *p, const char *kind, str folder, str end, bool deep, definition_keys *out)
{
	str name;

	for (size_t i = 0; pack_each(p, folder, &i, &name);) {
		str id = str_from(name, folder.n);
		if (!str_ends(id, end))
			continue;
		id = str_sub(id, 0, id.n - end.n);
		if (deep || str_find_char(id, '/') < 0)
			*vec_add(a, out) = (definition_key){str_of(kind), id};
	}
}

void
definition_packed_keys(arena *a, const pack *p, definition_keys *out)
{
	*out = (definition_keys){0};
	add_packed(a, p, DEFINITION_SERVICE, SERVICES, SERVICE_END, false, out);
	add_packed(a, p, DEFINITION_POLICY, POLICIES, POLICY_END, true, out);
	*vec_add(a, out) = (definition_key){STR(DEFINITION_PARAMETERS), STR(DEFINITION_PARAMETERS)};
}

static bool
is_packed(arena *a, const pack *p, const definition_key *k)
{
	definition_keys all;

	definition_packed_keys(a, p, &all);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].kind, k->kind) && str_eq(all.v[i].id, k->id))
			return true;
	return false;
}

static bool
is_kind(const definition_key *k, const char *kind)
{
	return str_eq(k->kind, str_of(kind));
}

rc
definition_packed_text(arena *a, fault *f, const pack *p, const definition_key *k, str *text)
{
	service_files files;

	if (!is_packed(a, p, k))
		return RC_NOT_FOUND;
	if (is_kind(k, DEFINITION_PARAMETERS))
		return pack_find(p, a, PARAMETERS_FILE, text);
	if (is_kind(k, DEFINITION_SERVICE))
		TRY(service_files_packed(p, a, k->id, &files));
	else
		TRY(definition_policy_packed(a, f, p, k->id, &files));
	*text = service_files_join(a, &files);
	return RC_OK;
}

/* ---- texts and their files ---- */

rc
definition_files(arena *a, fault *f, const definition_key *k, str text, service_files *out)
{
	*out = (service_files){0};
	if (!is_kind(k, DEFINITION_PARAMETERS))
		return service_files_split(a, f, text, out);
	*vec_add(a, out) = (service_file){PARAMETERS_FILE, text};
	return RC_OK;
}

str
definition_of_files(arena *a, const definition_key *k, const service_files *v)
{
	return is_kind(k, DEFINITION_PARAMETERS) ? v->v[0].text : service_files_join(a, v);
}

static rc
name_in(arena *a, fault *f, const definition_key *k, const service_files *files, str *zh, str *en)
{
	const yaml *top = NULL;
	policy_doc *doc = NULL;

	if (is_kind(k, DEFINITION_SERVICE)) {
		TRY(yaml_parse(a, f, files->v[0].name, files->v[0].text, files->v[0].text.n, &top));
		return yaml_need_pair(f, top, STR("name"), zh, en);
	}
	for (size_t i = 0; i < files->n; i++) {
		if (!str_eq(files->v[i].name, STR("policy.dmn")))
			continue;
		TRY(policy_doc_read(a, f, files->v[i].name, files->v[i].text, &doc));
		*zh = doc->name;
		*en = doc->label;
	}
	return RC_OK;
}

void
definition_name(arena *a, const definition_key *k, str text, str *zh, str *en)
{
	service_files files;
	fault f = {0};

	*zh = *en = STR("");
	if (!is_kind(k, DEFINITION_PARAMETERS) && definition_files(a, &f, k, text, &files) == RC_OK &&
	    name_in(a, &f, k, &files, zh, en) == RC_OK)
		return;
	*zh = *en = STR("");
}

rc
definition_check(arena *a, fault *f, const pack *p, const service_ask *with, const definition_key *k,
		 str text, str *out)
{
	char *hash = arena_alloc(a, SHA_TEXT);
	const parameters *set = NULL;
	const service *s = NULL;
	service_files files;
	service_ask ask;

	TRY(definition_files(a, f, k, text, &files));
	if (is_kind(k, DEFINITION_SERVICE)) {
		TRY(definition_with_parameters(a, f, p, with, &ask));
		TRY(definition_service_load(a, f, &ask, text, &s));
		if (!str_eq(s->id, k->id))
			return FAIL(f, RC_INVALID, "definition.id", FA_STR("id", k->id),
				    FA_STR("other", s->id));
	} else if (is_kind(k, DEFINITION_PARAMETERS)) {
		TRY(parameters_load(a, f, with->fields, PARAMETERS_FILE, text, &set));
	} else {
		TRY(definition_policy_check(a, f, p, k->id, &files));
	}
	service_sha256(&(service_ask){.file = files.v, .nfiles = files.n}, hash);
	*out = str_of(hash);
	return RC_OK;
}
