/* import.c - zhucan import persons FILE [--map MAP] [--dry-run]. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "app/intake/intake.h"
#include "base/buf.h"
#include "io/file.h"
#include "io/sheet_child.h"
#include "locale/msg_ids.h"
#include "main/cli.h"

enum { MAP_MAX = 256 * 1024, SHOWN = 20 };

static void
close_fd(void *p)
{
	close(*(int *)p);
}

/* The sheet read by a confined child, and the hash of its bytes. */
static rc
read_sheet(cli *c, intake_table *t, str *sha)
{
	const sheet_ask ask = SHEET_ASK;
	str path = c->word[0], bytes;
	arena *own = arena_open(c->a, 0);
	crypto *k = NULL;
	buf hex = buf_in(c->a);

	rc r = file_read(own, &c->f, path, ask.most.bytes, &bytes);
	if (r == RC_NOT_FOUND)
		return FAIL(&c->f, r, "cli.no_file", FA_STR("file", path));
	TRY(r);
	TRY(crypto_open(own, &c->f, &k));
	digest d = crypto_sha256(k, bytes);
	buf_hex(&hex, d.b, sizeof d.b);
	*sha = buf_str(&hex);
	int *fd = arena_new(c->a, int);
	*fd = open(cstr(own, path), O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return FAIL(&c->f, RC_IO, "cli.no_file", FA_STR("file", path));
	arena_defer(c->a, close_fd, fd);
	arena_close(own);
	return sheet_child_read(c->a, &c->f, *fd, &ask, intake_table_take, t, NULL);
}

static rc
read_map(cli *c, const catalogue *fields, heading_choices *out)
{
	str text;

	*out = (heading_choices){0};
	if (c->map.n == 0)
		return RC_OK;
	rc r = file_read(c->a, &c->f, c->map, MAP_MAX, &text);
	if (r == RC_NOT_FOUND)
		return FAIL(&c->f, r, "cli.no_file", FA_STR("file", c->map));
	TRY(r);
	return heading_choices_read(c->a, &c->f, fields, c->map, text, out);
}

static rc
open_import(cli *c, site *s, intake **out)
{
	const catalogue *fields = NULL;
	heading_choices chosen;
	intake_table *t = intake_table_new(c->a);
	actor *who = arena_new(c->a, actor);
	str sha = STR("");
	db *d = NULL;

	TRY(catalogue_load(c->a, &c->f, &pack_all, &fields));
	TRY(read_map(c, fields, &chosen));
	TRY(read_sheet(c, t, &sha));
	TRY(intake_table_map(t, &c->f, fields, &chosen));
	arena *own = arena_open(c->a, 0);
	TRY(store_read(s->store, own, &c->f, &d));
	TRY(import_console(d, c->a, &c->f, who));
	arena_close(own);
	return intake_open(c->a, &c->f,
			   &(intake_ask){.s = s->store,
					 .c = fields,
					 .who = who,
					 .table = t,
					 .file = c->word[0],
					 .sha256 = sha,
					 .now = site_now(s),
					 .demo = s->kind != SITE_LIVE,
					 .lang = c->lang},
			   out);
}

/* What was wrong or different, row by row, without saying any value. */
static void
print_rows(cli *c, const intake *in)
{
	const intake_result *r = intake_results(in);
	int64_t total = intake_count(in).total, shown = 0;

	for (int64_t i = 0; i < total && shown < SHOWN; i++) {
		const intake_result *k = &r[i];
		uint32_t row = intake_row_number(in, (size_t)i);
		for (size_t n = 0; n < k->nreasons; n++)
			CLI_NOTE(c, MSG_INTAKE_ROW, FA_INT("row", row), FA_STR("say", k->reason[n]));
		for (size_t n = 0; n < k->differences.n; n++) {
			const field *x = k->differences.v[n].field;
			CLI_NOTE(c, MSG_INTAKE_ROW_DIFFERS, FA_INT("row", row),
				 FA_STR("name", c->lang == MSG_EN ? x->en : x->name));
		}
		shown += k->nreasons > 0 || k->differences.n > 0;
	}
}

int
cmd_import_persons(cli *c)
{
	site *s = NULL;
	intake *in = NULL;
	int64_t back = 0;

	if (cli_site(c, &s) != RC_OK || open_import(c, s, &in) != RC_OK ||
	    intake_run(in, &c->f, !c->dry_run) != RC_OK)
		return cli_fail(c);
	intake_counts n = intake_count(in);
	print_rows(c, in);
	if (n.refused) {
		str path = str_cat(c->a, c->word[0], STR(".refused.xlsx"));
		if (intake_write_refused(in, c->a, &c->f, path, &back) != RC_OK)
			return cli_fail(c);
		CLI_NOTE(c, MSG_INTAKE_REFUSED_FILE, FA_INT("n", back), FA_STR("file", path));
	}
	cli_result(c, c->dry_run ? MSG_INTAKE_RESULT_DRY : MSG_INTAKE_RESULT,
		   (const fault_arg[]){FA_INT("total", n.total),
				       FA_INT("added", n.added),
				       FA_INT("same", n.same),
				       FA_INT("differs", n.differs),
				       FA_INT("refused", n.refused),
				       {0}});
	return n.refused ? EXIT_NO : EXIT_YES;
}
