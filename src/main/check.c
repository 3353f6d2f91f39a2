/* check.c - zhucan verify, zhucan replay --check, zhucan site init. */
#include <stdio.h>

#include "app/calendar/calendar.h"
#include "app/person/person.h"
#include "app/region/region.h"
#include "base/buf.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "main/cli.h"
#include "store/ledger.h"

/* What every site begins with: the divisions of the country (or of the provinces asked for) and the known
 * calendar. */
static rc
furnish(cli *c, int64_t *divisions)
{
	site *s = NULL;
	int64_t years = 0;
	region_numbers all = region_offered(&pack_all, c->a, false);

	TRY(cli_site(c, &s));
	if (c->scope.n)
		TRY(cli_provinces(c, &all));
	TRY(region_load(s->store, &pack_all, &c->f, &all, site_now(s), divisions));
	return calendar_seed(s->store, &pack_all, &c->f, site_now(s), &years);
}

int
cmd_site_init(cli *c)
{
	site_new how = {.kind = SITE_LIVE, .name_zh = STR("残疾人服务平台"), .name_en = STR("Zhucan")};
	int64_t divisions = 0;

	c->site = c->word[0];
	how.database = c->database;
	how.keys = c->keys;
	if (site_init(c->a, &c->f, c->site, &how) != RC_OK || furnish(c, &divisions) != RC_OK)
		return cli_fail(c);
	CLI_RESULT(c, MSG_CLI_SITE_MADE, FA_STR("dir", c->site), FA_INT("divisions", divisions));
	return EXIT_YES;
}

static rc
read_report(cli *c, site **s, ledger_report *r)
{
	TRY(cli_site(c, s));
	str scratch = str_fmt(c->a, "%.*s/check.db", STR_ARG((*s)->dir));
	const ledger_ask ask = {.scratch = scratch, .key = (*s)->signing.open, .derived = person_derived};
	return ledger_check((*s)->store, c->a, &c->f, &ask, r);
}

static void
print_findings(cli *c, const ledger_report *r)
{
	for (size_t i = 0; i < r->findings.n; i++) {
		const ledger_finding *k = &r->findings.v[i];
		int msg = msg_find(str_of(k->id));
		str say = msg < 0 ? str_of(k->id) : msg_text(c->a, c->lang, msg, NULL);
		str day = k->day == DATE_NONE ? STR("-") : date_str(c->a, k->day);
		fprintf(stderr, "%s %.*s %s %.*s: %.*s\n", k->table, STR_ARG(k->key),
			k->column ? k->column : "-", STR_ARG(day), STR_ARG(say));
	}
	if (r->nfindings > (int64_t)r->findings.n)
		CLI_NOTE(c, MSG_CLI_MORE_FINDINGS, FA_INT("n", r->nfindings - (int64_t)r->findings.n));
}

static int
print_result(cli *c, const ledger_report *r)
{
	int64_t tables = 0;

	for (size_t i = 0; i < r->tables.n; i++)
		tables += r->tables.v[i].live[0] != 0;
	print_findings(c, r);
	if (r->nfindings) {
		CLI_RESULT(c, MSG_CLI_NOT_WHOLE, FA_INT("n", r->nfindings));
		return EXIT_NO;
	}
	CLI_RESULT(c, MSG_CLI_WHOLE, FA_INT("events", r->events), FA_INT("looks", r->looks),
		   FA_INT("tables", tables));
	return EXIT_YES;
}

int
cmd_verify(cli *c)
{
	ledger_report r;
	site *s = NULL;

	if (read_report(c, &s, &r) != RC_OK)
		return cli_fail(c);
	for (size_t i = 0; i < r.heads.n; i++) {
		const ledger_end *e = &r.heads.v[i];
		printf("%lld %s %lld %.*s %s\n", (long long)e->tenant, e->chain, (long long)e->seq,
		       STR_ARG(e->hash), e->is_signed ? "signed" : "-");
	}
	return print_result(c, &r);
}

int
cmd_replay(cli *c)
{
	static const char *const class[] = {"ledger", "ledgered", "derived", "local"};
	ledger_report r;
	site *s = NULL;

	if (!c->check) {
		CLI_NOTE(c, MSG_CLI_REPLAY_CHECK);
		return EXIT_USAGE;
	}
	if (read_report(c, &s, &r) != RC_OK)
		return cli_fail(c);
	CLI_RESULT(c, MSG_CLI_REBUILT);
	for (size_t i = 0; i < r.tables.n; i++) {
		const ledger_table *t = &r.tables.v[i];
		if (t->live[0])
			printf("%-16s %-8s %9lld %.16s %9lld %.16s %s\n", t->table->name,
			       class[t->table->class], (long long)t -> rows, t -> live,
			       (long long)t -> rebuilt, t -> made,
			       strcmp(t->live, t->made) == 0 ? "=" : "DIFFERS");
	}
	CLI_RESULT(c, MSG_CLI_NOT_REBUILT);
	for (size_t i = 0; i < r.tables.n; i++) {
		const ledger_table *t = &r.tables.v[i];
		if (!t->live[0])
			printf("%-16s %-8s %9lld %s\n", t->table->name, class[t->table->class],
			       (long long)t -> rows,
			       t -> table -> class == TABLE_LEDGER ? "checked as a chain" : t->table->why);
	}
	return print_result(c, &r);
}
