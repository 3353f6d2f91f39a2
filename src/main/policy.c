/* policy.c - zhucan policy check DIR, zhucan policy test DIR: a folder of policies/ before it is published.
 */
#include <stdio.h>

#include "app/entitlement/months.h"
#include "app/policy/check.h"
#include "app/policy/layers.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "main/eval.h"

typedef struct trial {
	feel_zones zones;
	feel_env env;
	const policy *p;
	policy_trial t;
	months_trial months;
} trial;

static rc
try_folder(cli *c, trial *x)
{
	policy_files files;

	x->zones = value_zones(c->a);
	x->env = (feel_env){.zones = &x->zones};
	TRY(eval_now(c, &x->env.now));
	TRY(policy_files_read(c->a, &c->f, c->word[0], &files));
	TRY(policy_above_read(c->a, &c->f, c->word[0], &x->zones, &files.above));
	TRY(policy_load(c->a, &c->f, &files, &x->zones, &x->p));
	TRY(policy_try(c->a, &c->f, x->p, &x->env, &x->t));
	return months_try(c->a, &c->f, x->p, str_cat(c->a, files.name, STR("/months.csv")), files.months,
			  &x->env, &x->months);
}

static int
check(cli *c)
{
	policy_findings found;
	size_t rows = 0;
	trial x = {0};

	if (try_folder(c, &x) != RC_OK || policy_check(c->a, &c->f, x.p, &x.t, &x.env, &found) != RC_OK)
		return cli_fail(c);
	for (size_t i = 0; i < found.n; i++) {
		buf b = buf_in(c->a);
		policy_finding_say(&b, c->lang, &found.v[i]);
		fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&b)));
	}
	for (size_t i = 0; i < x.p->doc->ndecisions; i++)
		rows += x.p->doc->decision[i].table ? x.p->doc->decision[i].table->nrows : 0;
	CLI_RESULT(c, MSG_POLICY_CHECKED, FA_INT("rows", rows), FA_INT("persons", x.t.persons),
		   FA_INT("flaws", found.flaws), FA_INT("notes", found.n - found.flaws));
	return found.flaws ? EXIT_NO : EXIT_YES;
}

static str
printed(cli *c, feel_value v)
{
	buf b = buf_in(c->a);

	(void)feel_print(&b, v);
	return buf_str(&b);
}

static void
print_failure(cli *c, const policy_failure *x)
{
	if (x->row)
		CLI_NOTE(c, x->unexpected ? MSG_POLICY_FAILED_UNEXPECTED : MSG_POLICY_FAILED_ROW,
			 FA_INT("line", x->person->line), FA_STR("person", x->person->name),
			 FA_STR("decision", x->decision->name), FA_STR("row", x->row->id));
	else
		CLI_NOTE(c, MSG_POLICY_FAILED_VALUE, FA_INT("line", x->person->line),
			 FA_STR("person", x->person->name), FA_STR("decision", x->decision->name),
			 FA_STR("expected", printed(c, x->expected)), FA_STR("got", printed(c, x->got)));
}

static void
print_month(cli *c, const months_failure *x)
{
	const months_want *w = x->want;
	buf names = buf_in(c->a);

	for (size_t i = 0; i < w->decision.n; i++)
		buf_fmt(&names, "%s%.*s", i ? " + " : "", STR_ARG(w->decision.v[i]));
	CLI_NOTE(c, MSG_POLICY_FAILED_MONTH, FA_INT("line", w->line), FA_STR("person", w->person),
		 FA_STR("decision", buf_str(&names)), FA_STR("month", date_str(c->a, x->month)),
		 FA_STR("known", w->known == INT32_MAX ? STR("-") : date_str(c->a, w->known)),
		 FA_STR("expected", printed(c, w->value)), FA_STR("got", printed(c, x->got)));
}

static int
test(cli *c)
{
	size_t persons, failed;
	trial x = {0};

	if (try_folder(c, &x) != RC_OK)
		return cli_fail(c);
	for (size_t i = 0; i < x.t.nfailures; i++)
		print_failure(c, &x.t.failure[i]);
	for (size_t i = 0; i < x.months.failure.n; i++)
		print_month(c, &x.months.failure.v[i]);
	persons = x.t.persons + x.months.persons;
	failed = x.t.failed + x.months.failed;
	CLI_RESULT(c, MSG_POLICY_TESTED, FA_INT("persons", persons), FA_INT("failed", failed));
	return failed || persons == 0 ? EXIT_NO : EXIT_YES;
}

int
cmd_policy_check(cli *c)
{
	return eval_deep(c, check);
}

int
cmd_policy_test(cli *c)
{
	return eval_deep(c, test);
}
