/* demo.c - zhucan demo, zhucan demo advance. */
#include <stdio.h>

#include "app/demo/demo.h"
#include "app/kase/held.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "main/cli.h"

enum { DAYS_MAX = 400 };

static const int64_t DAY_MS = 86400000;

static void
say(void *ctx, const char *step)
{
	cli *c = ctx;
	int msg = msg_find(str_of(step));

	BUG_ON(msg < 0);
	cli_note(c, msg, NULL);
}

void
cli_demo_accounts(cli *c, const demo_made *m)
{
	CLI_NOTE(c, MSG_CLI_DEMO_PASSWORD, FA_STR("password", m->password));
	for (size_t i = 0; i < m->accounts.n; i++)
		fprintf(stderr, "  %-22.*s %.*s\n", STR_ARG(m->accounts.v[i].login),
			STR_ARG(m->accounts.v[i].role));
}

int
cmd_demo(cli *c)
{
	demo_made made;
	demo_ask ask = {.pack = &pack_all,
			.wall = cli_wall,
			.dir = c->word[0],
			.database = c->database,
			.keys = c->keys,
			.say = say,
			.ctx = c,
			.per_county = c->people};
	region_numbers some;

	if (c->scope.n)
		ask.provinces = &some;
	if (cli_provinces(c, &some) != RC_OK || cli_roles(c, &ask.roles) != RC_OK ||
	    demo_make(c->a, &c->f, &ask, &made) != RC_OK)
		return cli_fail(c);
	cli_demo_accounts(c, &made);
	if (made.phone.n)
		CLI_NOTE(c, MSG_CLI_DEMO_PHONE, FA_STR("phone", made.phone));
	for (size_t i = 0; i < made.untold.n; i++)
		CLI_NOTE(c, MSG_CLI_DEMO_UNTOLD, FA_STR("id", made.untold.v[i]));
	CLI_RESULT(c, MSG_CLI_DEMO_MADE, FA_STR("dir", c->word[0]), FA_INT("divisions", made.divisions),
		   FA_INT("people", made.people), FA_INT("cases", made.cases));
	return EXIT_YES;
}

static bool
days_of(str s, int64_t *days)
{
	return s.n > 1 && s.p[s.n - 1] == 'd' && str_to_i64(str_sub(s, 0, s.n - 1), days) && *days >= 1 &&
	       *days <= DAYS_MAX;
}

/* Day by day, so that what is due on each day runs on that day. */
static rc
advance(cli *c, site *s, int64_t days, int64_t *slices)
{
	const roles *all = NULL;
	const catalogue *fields = NULL;

	TRY(cli_roles(c, &all));
	TRY(catalogue_load(c->a, &c->f, &pack_all, &fields));
	kases *k = kases_open(c->a, fields, all);
	for (int64_t i = 0; i < days; i++) {
		int64_t now = site_now(s) + DAY_MS, n = 0;
		TRY(site_set_clock(s, &c->f, now));
		TRY(kases_run_jobs(k, s, &c->f, now, &n));
		*slices += n;
	}
	return RC_OK;
}

int
cmd_demo_advance(cli *c)
{
	site *s = NULL;
	int64_t days = 0, slices = 0;

	if (!days_of(c->word[0], &days)) {
		CLI_NOTE(c, MSG_CLI_DAYS, FA_STR("text", c->word[0]));
		return EXIT_USAGE;
	}
	if (cli_site(c, &s) != RC_OK)
		return cli_fail(c);
	if (s->kind != SITE_DEMO) {
		CLI_NOTE(c, MSG_CLI_NOT_DEMO, FA_STR("dir", c->site));
		return EXIT_NO;
	}
	if (advance(c, s, days, &slices) != RC_OK)
		return cli_fail(c);
	CLI_RESULT(c, MSG_CLI_ADVANCED, FA_STR("day", date_str(c->a, date_of_instant(site_now(s)))),
		   FA_INT("slices", slices));
	return EXIT_YES;
}
