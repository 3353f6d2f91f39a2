/* definition.c - see definition.h. */
#include "app/definition/definition_priv.h"

#include "app/definition_sql.h"
#include "base/date.h"
#include "store/rows.h"

#define FOLDER STR("services/")
#define END    STR(".yaml")

/* One chain for the whole site: a version proposed in one federation and published in another is replayed in
 * that order. */
static void
begin(tx *t, const actor *by, const char *kind)
{
	tx_event(t, &(event_head){.actor = by->account, .office = by->office, .kind = kind});
}

static rc
check_new(tx *t, const definition_new *n, int64_t *version)
{
	definition_versions_rows rows;
	bool console = n->alone && n->by->kind == ACTOR_CONSOLE;

	if (!console && !may(n->by, PERM_POLICY_EDIT, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "definition.denied");
	TRY(sql_definition_versions(tx_db(t), tx_arena(t), tx_fault(t),
				    &(definition_versions_in){.kind = n->kind, .id = n->id}, &rows));
	if (rows.n && str_eq(rows.v[0].sha256, n->sha256))
		return FAIL(tx_fault(t), RC_CONFLICT, "definition.same", FA_STR("id", n->id));
	*version = rows.n ? rows.v[0].version + 1 : 1;
	return RC_OK;
}

rc
definition_propose(tx *t, const void *in, void *out)
{
	const definition_new *n = in;
	int64_t version = 0;

	TRY(check_new(t, n, &version));
	begin(t, n->by, n->alone ? "definition.published" : "definition.proposed");
	*(int64_t *)out = version;
	return put_definition(
		t, &(row_definition){.kind = n->kind,
				     .id = n->id,
				     .version = version,
				     .sha256 = n->sha256,
				     .text = n->text,
				     .valid_from = n->alone ? date_str(tx_arena(t), tx_today(t)) : STR(""),
				     .published_at = n->alone ? tx_now(t) : 0,
				     .by_1 = n->by->account,
				     .by_2 = 0});
}

rc
definition_publish(tx *t, const void *in, void *out)
{
	const definition_at *p = in;
	row_definition d;

	(void)out;
	if (!may(p->by, PERM_POLICY_PUBLISH, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "definition.denied");
	TRY(find_definition(t, p->kind, p->id, p->version, &d));
	if (d.published_at)
		return FAIL(tx_fault(t), RC_CONFLICT, "definition.published", FA_STR("id", p->id));
	if (d.by_1 == p->by->account)
		return FAIL(tx_fault(t), RC_DENIED, "definition.same_person");
	if (p->from != DATE_NONE && p->from < tx_today(t))
		return FAIL(tx_fault(t), RC_INVALID, "definition.past", FA_FIELD(STR("from")));
	begin(t, p->by, "definition.published");
	d.valid_from = date_str(tx_arena(t), p->from == DATE_NONE ? tx_today(t) : p->from);
	d.published_at = tx_now(t);
	d.by_2 = p->by->account;
	return patch_definition(t, &d, DEFINITION_VALID_FROM | DEFINITION_PUBLISHED_AT | DEFINITION_BY_2);
}

rc
definition_service_load(arena *a, fault *f, const service_ask *with, str text, const service **out)
{
	service_files files;

	TRY(service_files_split(a, f, text, &files));
	service_ask ask = *with;
	ask.file = files.v;
	ask.nfiles = files.n;
	return service_load(a, f, &ask, out);
}

/* Days compare as their texts do. */
static bool
has_begun(int64_t published, str from, str today)
{
	return published && str_cmp(from, today) <= 0;
}

rc
definition_services_read(db *d, arena *a, fault *f, const service_ask *with, int32_t today,
			 definition_services *out)
{
	definitions_of_rows rows;
	service_ask ask = *with;

	ask.published = true;
	*out = (definition_services){0};
	TRY(definition_parameters_read(d, a, f, with->fields, today, &ask.parameters));
	TRY(sql_definitions_of(d, a, f, STR(DEFINITION_SERVICE), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const service *s = NULL;
		if (!has_begun(rows.v[i].published_at, rows.v[i].valid_from, date_str(a, today)))
			continue;
		TRY(definition_service_load(a, f, &ask, rows.v[i].text, &s));
		*vec_add(a, out) = s;
	}
	return RC_OK;
}

rc
definition_standing(db *d, arena *a, fault *f, const char *kind, str id, str hash, int64_t *version, str *day)
{
	definition_versions_rows rows;

	TRY(sql_definition_versions(d, a, f, &(definition_versions_in){.kind = str_of(kind), .id = id},
				    &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].published_at && str_eq(rows.v[i].sha256, hash)) {
			*version = rows.v[i].version;
			*day = rows.v[i].valid_from;
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

rc
definition_parameters_read(db *d, arena *a, fault *f, const catalogue *fields, int32_t today,
			   const parameters **out)
{
	definitions_of_rows rows;

	*out = NULL;
	TRY(sql_definitions_of(d, a, f, STR(DEFINITION_PARAMETERS), &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (has_begun(rows.v[i].published_at, rows.v[i].valid_from, date_str(a, today)))
			return parameters_load(a, f, fields, PARAMETERS_FILE, rows.v[i].text, out);
	return RC_OK;
}

rc
definition_compare(db *d, arena *a, fault *f, definition_offer *o)
{
	definition_versions_rows rows;

	o->state = DEFINITION_NEW;
	TRY(sql_definition_versions(d, a, f, &(definition_versions_in){.kind = o->kind, .id = o->id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].published_at == 0)
			continue;
		bool same = str_eq(rows.v[i].sha256, o->sha256);
		o->version = rows.v[i].version;
		o->state = same ? DEFINITION_SAME : DEFINITION_CHANGED;
		break;
	}
	return RC_OK;
}

rc
definition_with_parameters(arena *a, fault *f, const pack *p, const service_ask *with, service_ask *out)
{
	*out = *with;
	return with->parameters ? RC_OK : parameters_packed(p, a, f, with->fields, &out->parameters);
}

static rc
offer(db *d, arena *a, fault *f, const service_ask *with, const service_files *files, str id,
      definition_offer *out)
{
	const service *s = NULL;

	*out = (definition_offer){
		.kind = STR(DEFINITION_SERVICE), .id = id, .text = service_files_join(a, files)};
	TRY(definition_service_load(a, f, with, out->text, &s));
	out->sha256 = str_of(s->sha256);
	return definition_compare(d, a, f, out);
}

static rc
offer_packed(db *d, arena *a, fault *f, const pack *p, const service_ask *with, str id, definition_offer *out)
{
	service_files files;

	TRY(service_files_packed(p, a, id, &files));
	return offer(d, a, f, with, &files, id, out);
}

/* The name of the file is what is kept and hashed, not where it lay. */
rc
definition_offer_read(db *d, arena *a, fault *f, const pack *p, const service_ask *with, str path,
		      definition_offer *out)
{
	service_files files;
	service_ask ask;
	str rest = path, name = path;

	TRY(definition_with_parameters(a, f, p, with, &ask));
	TRY(service_files_read(a, f, path, &files));
	while (str_next(&rest, '/', &name))
		continue;
	str id = str_ends(name, END) ? str_sub(name, 0, name.n - END.n) : name;
	files.v[0].name = str_cat(a, FOLDER, name);
	return offer(d, a, f, &ask, &files, id, out);
}

static rc
offer_parameters(db *d, arena *a, fault *f, const pack *p, const service_ask *with, definition_offer *out)
{
	const parameters *all = NULL;
	char *hash = arena_alloc(a, SHA_TEXT);

	*out = (definition_offer){.kind = STR(DEFINITION_PARAMETERS), .id = STR(DEFINITION_PARAMETERS)};
	TRY(pack_find(p, a, PARAMETERS_FILE, &out->text));
	TRY(parameters_load(a, f, with->fields, PARAMETERS_FILE, out->text, &all));
	const service_file file = {.name = PARAMETERS_FILE, .text = out->text};
	service_sha256(&(service_ask){.file = &file, .nfiles = 1}, hash);
	out->sha256 = str_of(hash);
	return definition_compare(d, a, f, out);
}

rc
definition_offers_read(db *d, arena *a, fault *f, const pack *p, const service_ask *with,
		       definition_offers *out)
{
	service_ask ask;
	str name;

	*out = (definition_offers){0};
	TRY(offer_parameters(d, a, f, p, with, vec_add(a, out)));
	TRY(definition_with_parameters(a, f, p, with, &ask));
	for (size_t i = 0; pack_each(p, FOLDER, &i, &name);) {
		str id = str_from(name, FOLDER.n);
		if (str_find_char(id, '/') >= 0 || !str_ends(id, END))
			continue;
		TRY(offer_packed(d, a, f, p, &ask, str_sub(id, 0, id.n - END.n), vec_add(a, out)));
	}
	return definition_policies_offer(d, a, f, p, out);
}

rc
definition_offers_publish(store *s, arena *a, fault *f, const definition_offers *all, int64_t now,
			  int64_t *made)
{
	actor by = actor_console(0);
	int64_t version = 0;

	*made = 0;
	for (size_t i = 0; i < all->n; i++) {
		const definition_offer *o = &all->v[i];
		const definition_new n = {.by = &by,
					  .kind = o->kind,
					  .id = o->id,
					  .sha256 = o->sha256,
					  .text = o->text,
					  .alone = true};
		store_command k = {.fn = definition_propose, .in = &n, .out = &version, .a = a, .now = now};
		if (o->state == DEFINITION_SAME)
			continue;
		TRY(store_write(s, f, &k));
		++*made;
	}
	return RC_OK;
}
