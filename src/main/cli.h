/* cli.h - one form for every command of zhucan: NOUN|VERB … --site DIR. Words in, an exit code out.
 *
 * Exit 0: done. 1: the answer is no, or it failed. 2: wrong use. The last line of standard output is the
 * result; what is wrong goes to standard error and names what and where. */
#pragma once
#include "app/demo/demo.h"
#include "app/region/region.h"
#include "app/site/site.h"
#include "base/msg.h"

enum { EXIT_YES = 0, EXIT_NO = 1, EXIT_USAGE = 2 };
enum { CLI_WORDS = 8 };

typedef struct cli {
	arena *a;
	fault f;
	msg_lang lang;
	str site;  /* --site, ./site by default */
	str clock; /* --clock YYYY-MM-DD[THH:MM], or empty */
	int64_t port;
	str scope;          /* --provinces */
	str database, keys; /* --database, --keys: of a new site; empty: files in its folder */
	int64_t people;     /* --people */
	str map;            /* --map */
	str input;          /* --context, --input: JSON, @FILE or - */
	str choice;         /* --decision */
	str tests;          /* --tests */
	str person, on;     /* --person, --on */
	str policy;         /* --policy */
	bool check, dry_run, json, explain, help;
	str word[CLI_WORDS]; /* what stands after the command's own words */
	size_t nwords;
} cli;

typedef struct cli_command {
	const char *words; /* "site init" */
	const char *usage; /* what comes after */
	int (*run)(cli *c);
	int words_min, words_max;
	int summary; /* a message */
} cli_command;

/* The machine's time in ms: asked here and nowhere below. */
int64_t cli_wall(void);

/* Prints the fault for a person; EXIT_NO. */
int cli_fail(cli *c);
/* The last line of standard output. */
void cli_result(cli *c, int msg, const fault_arg *args);
/* A line on standard error. */
void cli_note(cli *c, int msg, const fault_arg *args);
/* The same with its arguments written in place: CLI_RESULT(c, MSG_X, FA_INT("n", 3)) */
#define CLI_RESULT(c, msg, ...) cli_result((c), (msg), (const fault_arg[]){__VA_ARGS__ __VA_OPT__(, ){0}})
#define CLI_NOTE(c, msg, ...)   cli_note((c), (msg), (const fault_arg[]){__VA_ARGS__ __VA_OPT__(, ){0}})

/* Opens the site that --site names and sets --clock. */
rc cli_site(cli *c, site **out) MUST_USE;

/* --provinces as numbers. RC_INVALID demo.province. */
rc cli_provinces(cli *c, region_numbers *out) MUST_USE;

/* The roles of this program. */
rc cli_roles(cli *c, const roles **out) MUST_USE;

/* Prints who can sign in to a demo site, and with what. */
void cli_demo_accounts(cli *c, const demo_made *m);

int cmd_site_init(cli *c);
int cmd_import_persons(cli *c);
int cmd_verify(cli *c);
int cmd_replay(cli *c);
int cmd_demo(cli *c);
int cmd_demo_advance(cli *c);
int cmd_serve(cli *c);
int cmd_service_check(cli *c);
int cmd_definitions(cli *c);
int cmd_routes(cli *c);
int cmd_feel(cli *c);
int cmd_decide(cli *c);
int cmd_decide_person(cli *c); /* the same command, with --person */
int cmd_policy_check(cli *c);
int cmd_policy_test(cli *c);
int cmd_policy_export(cli *c);
int cmd_policy_import(cli *c);
int cmd_tck(cli *c);
