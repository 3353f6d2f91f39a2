/* service.c - zhucan service check FILE. */
#include "app/service/effects.h"
#include "app/service/files.h"
#include "locale/msg_ids.h"
#include "main/cli.h"

static rc
check(cli *c, const service **out)
{
	const roles *all = NULL;
	const catalogue *fields = NULL;
	const parameters *set = NULL;
	service_files files;

	TRY(cli_roles(c, &all));
	TRY(catalogue_load(c->a, &c->f, &pack_all, &fields));
	TRY(parameters_packed(&pack_all, c->a, &c->f, fields, &set));
	rc r = service_files_read(c->a, &c->f, c->word[0], &files);
	if (r == RC_NOT_FOUND)
		return FAIL(&c->f, r, "cli.no_file", FA_STR("file", c->word[0]));
	TRY(r);
	const service_ask ask = {.fields = fields,
				 .roles = all,
				 .parameters = set,
				 .effects = kase_effects,
				 .file = files.v,
				 .nfiles = files.n};
	return service_load(c->a, &c->f, &ask, out);
}

int
cmd_service_check(cli *c)
{
	const service *s = NULL;

	if (check(c, &s) != RC_OK)
		return cli_fail(c);
	CLI_RESULT(c, MSG_CLI_SERVICE_GOOD, FA_STR("name", c->lang == MSG_EN ? s->name.en : s->name.zh),
		   FA_INT("steps", s->nsteps), FA_INT("documents", s->ndocuments),
		   FA_STR("sha", str_sub(str_of(s->sha256), 0, 12)));
	return EXIT_YES;
}
