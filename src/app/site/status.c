/* status.c - see status.h. Everything is asked of one federation: a count over a country would take minutes.
 */
#include "app/site/status.h"

#include "app/site_sql.h"

rc
site_status_read(db *d, arena *a, fault *f, int64_t tenant, int64_t now, site_status *out)
{
	site_counts_row n;
	site_schema_row schema;
	site_heads_rows heads;

	*out = (site_status){0};
	TRY(sql_site_counts(d, a, f, tenant, &n));
	TRY(sql_site_schema(d, a, f, STR(""), &schema));
	TRY(sql_site_heads(d, a, f, tenant, &heads));
	TRY(outbox_state_read(d, a, f, now, &out->outbox));
	out->schema = schema.name;
	out->offices = n.offices;
	out->accounts = n.accounts;
	out->people = n.people;
	out->events = n.events;
	out->looks = n.looks;
	for (size_t i = 0; i < heads.n; i++)
		*vec_add(a, &out->signed_heads) = (site_head){.tenant = tenant,
							      .seq = heads.v[i].seq,
							      .at = heads.v[i].at,
							      .chain = heads.v[i].chain};
	return RC_OK;
}
