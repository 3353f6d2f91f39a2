/* main.c - zhucan: the table of commands, the words of the command line, and the one look at the clock. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "io/sheet_child.h"
#include "locale/msg_ids.h"
#include "main/cli.h"

static const cli_command commands[] = {
	{"site init", "DIR [--provinces 42,44] [--database URL --keys URL]", cmd_site_init, 1, 1,
	 MSG_CLI_SITE_INIT},
	{"demo advance", "7d", cmd_demo_advance, 1, 1, MSG_CLI_DEMO_ADVANCE},
	{"demo", "DIR [--people N] [--provinces 42,44,99] [--database URL --keys URL]", cmd_demo, 1, 1,
	 MSG_CLI_DEMO},
	{"serve", "[--port N] [--clock DAY]", cmd_serve, 0, 0, MSG_CLI_SERVE},
	{"definitions", "[FILE]", cmd_definitions, 0, 1, MSG_CLI_DEFINITIONS},
	{"service check", "FILE", cmd_service_check, 1, 1, MSG_CLI_SERVICE_CHECK},
	{"import persons", "FILE [--map MAP] [--dry-run]", cmd_import_persons, 1, 1, MSG_CLI_IMPORT_PERSONS},
	{"verify", "", cmd_verify, 0, 0, MSG_CLI_VERIFY},
	{"replay", "--check", cmd_replay, 0, 0, MSG_CLI_REPLAY},
	{"feel", "EXPR|- [--context JSON|@FILE|-] [--tests VALUE] [--json]", cmd_feel, 1, 1,
	 MSG_FEELCLI_FEEL},
	{"decide",
	 "FILE.dmn [IMPORTED.dmn …] [--decision NAME] [--explain] --input JSON|@FILE|-\n"
	 "      decide --site DIR --person REF [--on DAY] [--policy NAME] [--decision NAME] [--explain]",
	 cmd_decide, 0, CLI_WORDS, MSG_FEELCLI_DECIDE},
	{"policy check", "DIR", cmd_policy_check, 1, 1, MSG_POLICY_CHECK},
	{"policy test", "DIR", cmd_policy_test, 1, 1, MSG_POLICY_TEST},
	{"policy export", "DIR|FILE.dmn SHEET.xlsx|SHEET.csv|MODEL.dmn [--decision NAME]", cmd_policy_export,
	 2, 2, MSG_CLI_POLICY_EXPORT},
	{"policy import", "SHEET.xlsx|SHEET.csv DIR|FILE.dmn [IMPORTED.dmn …]", cmd_policy_import, 2,
	 CLI_WORDS, MSG_CLI_POLICY_IMPORT},
	{"tck", "DIR", cmd_tck, 1, 1, MSG_FEELCLI_TCK},
	{"routes", "", cmd_routes, 0, 0, MSG_CLI_ROUTES},
};

int64_t
cli_wall(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int
cli_fail(cli *c)
{
	str s = fault_text(c->a, c->lang, &c->f);
	arena *own = arena_open(c->a, 0);
	str origin = fault_print(own, &c->f);

	fprintf(stderr, "zhucan: %.*s\n        %.*s\n", STR_ARG(s), STR_ARG(origin));
	arena_close(own);
	return EXIT_NO;
}

void
cli_result(cli *c, int msg, const fault_arg *args)
{
	str s = msg_text(c->a, c->lang, msg, args);

	printf("%.*s\n", STR_ARG(s));
	fflush(stdout);
}

void
cli_note(cli *c, int msg, const fault_arg *args)
{
	str s = msg_text(c->a, c->lang, msg, args);

	fprintf(stderr, "%.*s\n", STR_ARG(s));
}

rc
cli_provinces(cli *c, region_numbers *out)
{
	str rest = c->scope, part;

	*out = (region_numbers){0};
	while (str_next(&rest, ',', &part)) {
		int64_t n = 0;
		if (!str_to_i64(str_trim(part), &n) || n < 11 || n > 99)
			return FAIL(&c->f, RC_INVALID, "demo.province", FA_STR("text", part));
		*vec_add(c->a, out) = (int)n;
	}
	return RC_OK;
}

rc
cli_roles(cli *c, const roles **out)
{
	str text;

	TRY(pack_find(&pack_all, c->a, STR("lists/roles.yaml"), &text));
	return roles_load(c->a, &c->f, STR("lists/roles.yaml"), text, out);
}

rc
cli_site(cli *c, site **out)
{
	int32_t day = 0;

	TRY(site_open(c->a, &c->f, c->site, cli_wall, out));
	if (c->clock.n == 0)
		return RC_OK;
	if (!date_parse(c->clock, &day))
		return FAIL(&c->f, RC_INVALID, "cli.clock", FA_STR("text", c->clock));
	return site_set_clock(*out, &c->f, date_start_instant(day) + (int64_t)9 * 3600000);
}

static void
print_help(cli *c, const cli_command *one)
{
	CLI_NOTE(c, MSG_CLI_USAGE);
	for (size_t i = 0; i < LEN(commands); i++) {
		const cli_command *k = &commands[i];
		if (one && one != k)
			continue;
		str s = msg_text(c->a, c->lang, k->summary, NULL);
		fprintf(stderr, "  zhucan %s %s\n      %.*s\n", k->words, k->usage, STR_ARG(s));
	}
	if (!one)
		CLI_NOTE(c, MSG_CLI_OPTIONS);
}

static int
wrong(cli *c, int msg, str word)
{
	CLI_NOTE(c, msg, FA_STR("word", word));
	CLI_NOTE(c, MSG_CLI_TRY_HELP);
	return EXIT_USAGE;
}

/* An option that is there or not; NULL: it is none of these. */
static bool *
flag_option(cli *c, str word)
{
	const struct {
		str word;
		bool *to;
	} option[] = {
		{STR("--check"), &c->check},     {STR("--dry-run"), &c->dry_run}, {STR("--json"), &c->json},
		{STR("--explain"), &c->explain}, {STR("--help"), &c->help},       {STR("-h"), &c->help},
	};

	for (size_t i = 0; i < LEN(option); i++)
		if (str_eq(word, option[i].word))
			return option[i].to;
	return NULL;
}

/* An option that takes any text; NULL: it is none of these. */
static str *
text_option(cli *c, str word)
{
	const struct {
		str word;
		str *to;
	} option[] = {
		{STR("--site"), &c->site},         {STR("--clock"), &c->clock},
		{STR("--provinces"), &c->scope},   {STR("--map"), &c->map},
		{STR("--input"), &c->input},       {STR("--context"), &c->input},
		{STR("--decision"), &c->choice},   {STR("--tests"), &c->tests},
		{STR("--database"), &c->database}, {STR("--keys"), &c->keys},
		{STR("--person"), &c->person},     {STR("--on"), &c->on},
		{STR("--policy"), &c->policy},
	};

	for (size_t i = 0; i < LEN(option); i++)
		if (str_eq(word, option[i].word))
			return option[i].to;
	return NULL;
}

/* One option with its value; false: not an option of ours, or its value is missing. */
static bool
take_option(cli *c, str word, const char *value)
{
	bool *flag = flag_option(c, word);
	str *text = text_option(c, word);

	if (flag)
		return *flag = true;
	if (!value)
		return false;
	if (text)
		*text = str_of(value);
	else if (str_eq(word, STR("--people")))
		return str_to_i64(str_of(value), &c->people) && c->people > 0;
	else if (str_eq(word, STR("--lang")))
		return msg_lang_of(str_of(value), &c->lang);
	else if (str_eq(word, STR("--port")))
		return str_to_i64(str_of(value), &c->port) && c->port >= 0 && c->port < 65536;
	else
		return false;
	return true;
}

/* "-" alone is standard input, and "-1 + 2" an expression. */
static bool
is_option(str word)
{
	return str_starts(word, STR("--")) || str_eq(word, STR("-h"));
}

/* How many of the words the command's own name takes; 0: it is another command. */
static size_t
matches(const cli_command *k, const str *word, size_t n)
{
	str rest = str_of(k->words), part;
	size_t i = 0;

	while (str_next(&rest, ' ', &part)) {
		if (i == n || !str_eq(part, word[i]))
			return 0;
		i++;
	}
	return i;
}

static int
dispatch(cli *c, const str *word, size_t n)
{
	if (n == 0) {
		print_help(c, NULL);
		return c->help ? EXIT_YES : EXIT_USAGE;
	}
	for (size_t i = 0; i < LEN(commands); i++) {
		size_t used = matches(&commands[i], word, n);
		if (!used)
			continue;
		if (c->help) {
			print_help(c, &commands[i]);
			return EXIT_YES;
		}
		c->nwords = n - used;
		memcpy(c->word, word + used, c->nwords * sizeof *word);
		if ((int)c->nwords < commands[i].words_min || (int)c->nwords > commands[i].words_max) {
			print_help(c, &commands[i]);
			return EXIT_USAGE;
		}
		return commands[i].run(c);
	}
	return wrong(c, MSG_CLI_UNKNOWN, word[0]);
}

static int
run(cli *c, int argc, char **argv)
{
	str word[CLI_WORDS];
	size_t n = 0;

	for (int i = 1; i < argc; i++) {
		str w = str_of(argv[i]);
		if (is_option(w)) {
			if (!take_option(c, w, argv[i + 1]))
				return wrong(c, MSG_CLI_OPTION, w);
			i += flag_option(c, w) == NULL;
		} else if (n == CLI_WORDS) {
			return wrong(c, MSG_CLI_UNKNOWN, w);
		} else {
			word[n++] = w;
		}
	}
	return dispatch(c, word, n);
}

int
main(int argc, char **argv)
{
	cli c = {.site = STR("site"), .port = 8080};
	const char *lang = getenv("LC_ALL");

	/* The confined child that reads a sheet is this program started again: before anything else runs. */
	if (argc > 1 && strcmp(argv[1], SHEET_CHILD) == 0)
		return sheet_child_main(argc, argv);
	c.a = arena_open(NULL, 0);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to be told, like a full disk */
	if (!lang || !*lang)
		lang = getenv("LANG");
	if (str_starts(str_of(lang), STR("en")))
		c.lang = MSG_EN;
	int code = run(&c, argc, argv);
	arena_close(c.a);
	return code;
}
