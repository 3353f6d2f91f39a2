/* definitions.c - zhucan definitions [FILE]. */
#include "app/definition/definition.h"
#include "app/service/effects.h"
#include "locale/msg_ids.h"
#include "main/cli.h"

static rc
read_offers(cli *c, const site *s, definition_offers *out)
{
	const roles *all = NULL;
	const catalogue *fields = NULL;
	db *d = NULL;

	TRY(cli_roles(c, &all));
	TRY(catalogue_load(c->a, &c->f, &pack_all, &fields));
	const service_ask with = {.fields = fields, .roles = all, .effects = kase_effects};
	TRY(store_read(s->store, c->a, &c->f, &d));
	rc r = c->nwords ? definition_offer_read(d, c->a, &c->f, &pack_all, &with, c->word[0],
						 vec_add(c->a, out))
			 : definition_offers_read(d, c->a, &c->f, &pack_all, &with, out);
	store_read_end(s->store, d);
	return r == RC_NOT_FOUND ? FAIL(&c->f, r, "cli.no_file", FA_STR("file", c->word[0])) : r;
}

int
cmd_definitions(cli *c)
{
	static const int say[] = {MSG_CLI_DEFINITION_SAME, MSG_CLI_DEFINITION_NEW,
				  MSG_CLI_DEFINITION_CHANGED};
	definition_offers all = {0};
	site *s = NULL;
	int64_t open = 0, made = 0;

	if (cli_site(c, &s) != RC_OK || read_offers(c, s, &all) != RC_OK)
		return cli_fail(c);
	for (size_t i = 0; i < all.n; i++) {
		CLI_NOTE(c, say[all.v[i].state], FA_STR("id", all.v[i].id),
			 FA_INT("version", all.v[i].version));
		open += all.v[i].state != DEFINITION_SAME;
	}
	if (s->kind == SITE_DEMO &&
	    definition_offers_publish(s->store, c->a, &c->f, &all, site_now(s), &made) != RC_OK)
		return cli_fail(c);
	if (open > 0 && s->kind != SITE_DEMO)
		CLI_NOTE(c, MSG_CLI_DEFINITIONS_TWO);
	CLI_RESULT(c, MSG_CLI_DEFINITIONS_DONE, FA_INT("n", all.n), FA_INT("open", open),
		   FA_INT("made", made));
	return EXIT_YES;
}
