/* eval.c - see eval.h. */
#include "main/eval.h"

#include <pthread.h>
#include <unistd.h>

#include "base/utf8.h"
#include "io/file.h"
#include "io/text.h"
#include "locale/msg_ids.h"

enum {
	STACK = 8 << 20, /* the deepest evaluation takes less than half of it */
	REASONS_MAX = 20,
	CHINA = 8 * 3600,
};

static rc
read_stdin(cli *c, size_t max, str *out)
{
	buf b = buf_in(c->a);
	ssize_t n;

	while ((n = read(STDIN_FILENO, buf_room(&b, 65536), 65536)) > 0) {
		b.n += (size_t)n;
		if (b.n > max)
			return FAIL(&c->f, RC_LIMIT, "file.size", FA_STR("file", STR("-")),
				    FA_INT("max", max));
	}
	if (n < 0)
		return FAIL(&c->f, RC_IO, "file.read", FA_STR("file", STR("-")),
			    FA_STR("why", STR("standard input")));
	*out = buf_str(&b);
	return RC_OK;
}

rc
eval_text(cli *c, str word, str *out)
{
	size_t bad = 0;

	if (!text_is_utf8(word, &bad))
		return FAIL(&c->f, RC_INVALID, "text.utf8",
			    FA_INT("at", utf8_count(str_sub(word, 0, bad)) + 1));
	*out = word;
	return RC_OK;
}

rc
eval_input(cli *c, str word, size_t max, str *out)
{
	str file = str_from(word, 1), text = word;

	if (str_eq(word, STR("-"))) {
		TRY(read_stdin(c, max, &text));
	} else if (str_starts(word, STR("@"))) {
		rc r = file_read(c->a, &c->f, file, max, &text);
		if (r == RC_NOT_FOUND)
			return FAIL(&c->f, r, "cli.no_file", FA_STR("file", file));
		TRY(r);
	}
	return eval_text(c, text, out);
}

rc
eval_now(cli *c, feel_value *out)
{
	str text = c->clock.n == 10 ? str_fmt(c->a, "%.*sT09:00:00+08:00", STR_ARG(c->clock))
				    : str_fmt(c->a, "%.*s:00+08:00", STR_ARG(c->clock));
	site *s = NULL;

	if (c->clock.n) {
		if (!feel_parse_date_time(text, NULL, out))
			return FAIL(&c->f, RC_INVALID, "cli.clock", FA_STR("text", c->clock));
		return RC_OK;
	}
	if (str_eq(c->site, STR("site")) && !file_exists(c->a, c->site)) {
		*out = feel_instant(cli_wall(), CHINA);
		return RC_OK;
	}
	TRY(cli_site(c, &s));
	*out = feel_instant(site_now(s), CHINA);
	return RC_OK;
}

/* ---- reasons ---- */

static void
print_reason(cli *c, const feel_reason *why)
{
	int id = msg_find(str_of(why->id));
	const fault_arg args[] = {FA_STR("about", why->about),
				  FA_INT("line", why->at.line),
				  FA_INT("column", why->at.column),
				  {0}};
	str text = id < 0 ? str_of(why->id) : msg_text(c->a, c->lang, id, args);

	if (why->at.line)
		CLI_NOTE(c, MSG_FEELCLI_REASON_AT, FA_INT("line", why->at.line),
			 FA_INT("column", why->at.column), FA_STR("text", text));
	else
		CLI_NOTE(c, MSG_FEELCLI_REASON, FA_STR("text", text));
}

/* As deep as feel_print goes: below that nothing is shown anyway. */
static void
find_reasons(cli *c, feel_value v, int depth, int *left)
{
	if (*left == 0 || depth == FEEL_PRINT_DEPTH)
		return;
	if (v.kind == FEEL_NULL && v.why) {
		print_reason(c, v.why);
		--*left;
	}
	for (size_t i = 0; v.kind == FEEL_LIST && i < v.list.n; i++)
		find_reasons(c, v.list.v[i], depth + 1, left);
	for (size_t i = 0; v.kind == FEEL_CONTEXT && i < v.context->n; i++)
		find_reasons(c, v.context->e[i].value, depth + 1, left);
}

void
eval_reasons(cli *c, feel_value v)
{
	int left = REASONS_MAX;

	find_reasons(c, v, 0, &left);
}

/* ---- the stack ---- */

typedef struct deep {
	cli *c;
	int (*run)(cli *c);
	int code;
} deep;

static void *
deep_main(void *p)
{
	deep *d = p;

	d->code = d->run(d->c);
	return NULL;
}

int
eval_deep(cli *c, int (*run)(cli *c))
{
	deep d = {.c = c, .run = run};
	pthread_attr_t attr;
	pthread_t thread;

	pthread_attr_init(&attr);
	bool made = pthread_attr_setstacksize(&attr, STACK) == 0 &&
		    pthread_create(&thread, &attr, deep_main, &d) == 0;
	pthread_attr_destroy(&attr);
	if (!made) {
		(void)FAIL(&c->f, RC_IO, "store.thread");
		return cli_fail(c);
	}
	pthread_join(thread, NULL);
	return d.code;
}
