/* policy_sheet.c - zhucan policy export DIR|FILE.dmn SHEET, and back: zhucan policy import SHEET
 * DIR|FILE.dmn. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "app/policy/policy.h"
#include "app/policy/sheet.h"
#include "io/file.h"
#include "io/sheet_child.h"
#include "locale/msg_ids.h"
#include "main/cli.h"
#include "main/eval.h"

enum { SHOWN = 20, SHEET_MODE = 0644 };

/* A folder's policy.dmn, or the file itself. */
static str
model_path(cli *c, str word)
{
	if (str_ends(word, STR(".dmn")))
		return word;
	return str_cat(c->a, str_ends(word, STR("/")) ? word : str_cat(c->a, word, STR("/")),
		       STR("policy.dmn"));
}

static rc
need_file(cli *c, str path, size_t max, str *out)
{
	rc r = file_read(c->a, &c->f, path, max, out);

	return r == RC_NOT_FOUND ? FAIL(&c->f, r, "cli.no_file", FA_STR("file", path)) : r;
}

static rc
sheet_format_of(cli *c, str path, sheet_format *out)
{
	bool csv = str_ends(path, STR(".csv"));

	if (!csv && !str_ends(path, STR(".xlsx")))
		return FAIL(&c->f, RC_INVALID, "policy.sheet.format", FA_STR("file", path));
	*out = csv ? SHEET_CSV : SHEET_XLSX;
	return RC_OK;
}

static void
print_changes(cli *c, const normal_changes *changes)
{
	for (size_t i = 0; i < changes->n && i < SHOWN; i++) {
		const normal_change *n = &changes->v[i];
		CLI_NOTE(c, MSG_POLICY_SHEET_CHANGED, FA_STR("place", n->place), FA_INT("column", n->column),
			 FA_STR("sign", n->sign), FA_STR("now", n->now));
	}
	if (changes->n > SHOWN)
		CLI_NOTE(c, MSG_POLICY_SHEET_MORE_CHANGED, FA_INT("n", changes->n - SHOWN));
}

static rc
export_model(cli *c, policy_node *root, str to)
{
	normal_changes changes = {0};
	str xml;

	normal_tree(c->a, root, &changes);
	print_changes(c, &changes);
	TRY(policy_tree_write(c->a, &c->f, to, root, &xml));
	return file_write(c->a, &c->f, to, xml, SHEET_MODE);
}

static rc
export_table(cli *c, grid *g, bool whole)
{
	str path = model_path(c, c->word[0]), to = c->word[1], xml;
	policy_node *root = NULL;
	sheet_format format = SHEET_CSV;

	if (!whole)
		TRY(sheet_format_of(c, to, &format));
	TRY(need_file(c, path, POLICY_FILE_MAX, &xml));
	TRY(policy_tree_read(c->a, &c->f, path, xml, &root));
	if (whole)
		return export_model(c, root, to);
	TRY(grid_of(c->a, &c->f, root, c->choice, g));
	if (format == SHEET_XLSX)
		return grid_xlsx(c->a, &c->f, g, c->lang, to, cli_wall());
	return file_write(c->a, &c->f, to, grid_csv(c->a, g, c->lang), SHEET_MODE);
}

int
cmd_policy_export(cli *c)
{
	grid g = {0};
	bool whole = str_ends(c->word[1], STR(".dmn"));

	if (export_table(c, &g, whole) != RC_OK)
		return cli_fail(c);
	if (whole) {
		CLI_RESULT(c, MSG_POLICY_SHEET_WHOLE, FA_STR("file", c->word[1]));
		return EXIT_YES;
	}
	CLI_RESULT(c, MSG_POLICY_SHEET_EXPORTED, FA_INT("n", g.rows.n), FA_STR("name", g.fact[GRID_DECISION]),
		   FA_STR("file", c->word[1]));
	return EXIT_YES;
}

static void
close_fd(void *p)
{
	close(*(int *)p);
}

/* The sheet, read by a confined child. */
static rc
read_sheet(cli *c, normal_changes *changes, grid *g)
{
	const sheet_ask ask = SHEET_ASK;
	sheet_format format = SHEET_CSV;
	int *fd = arena_new(c->a, int);

	TRY(sheet_format_of(c, c->word[0], &format));
	*fd = open(cstr(c->a, c->word[0]), O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return FAIL(&c->f, RC_NOT_FOUND, "cli.no_file", FA_STR("file", c->word[0]));
	arena_defer(c->a, close_fd, fd);
	grid_reader *r = grid_reader_open(c->a, format);
	TRY(sheet_child_read(c->a, &c->f, *fd, &ask, grid_reader_take, r, NULL));
	return grid_reader_end(r, &c->f, changes, g);
}

/* A model that is not there yet is made. */
static rc
import_table(cli *c, grid *g, str path, bool *same)
{
	normal_changes changes = {0};
	policy_node *root = NULL;
	dmn_file more[CLI_WORDS];
	str was = STR(""), xml;
	size_t n = 0;

	TRY(read_sheet(c, &changes, g));
	if (file_exists(c->a, path)) {
		TRY(need_file(c, path, POLICY_FILE_MAX, &was));
		TRY(policy_tree_read(c->a, &c->f, path, was, &root));
	} else {
		root = grid_nothing(c->a, g);
	}
	for (size_t i = 2; i < c->nwords; i++, n++) {
		more[n].name = c->word[i];
		TRY(need_file(c, c->word[i], POLICY_FILE_MAX, &more[n].xml));
	}
	TRY(grid_write(c->a, &c->f, path, root, g, more, n, &xml));
	print_changes(c, &changes);
	*same = str_eq(was, xml);
	if (*same)
		return RC_OK;
	if (!str_eq(path, c->word[1]))
		TRY(file_folder(c->a, &c->f, c->word[1]));
	return file_write(c->a, &c->f, path, xml, SHEET_MODE);
}

static int
run_import(cli *c)
{
	grid g = {0};
	str path = model_path(c, c->word[1]);
	bool same = false;

	if (import_table(c, &g, path, &same) != RC_OK) {
		/* what FEEL and DMN say of a text, with the cell that it stands in */
		bool ours = c->f.id && str_starts(str_of(c->f.id), STR("policy."));
		for (size_t i = 0; i < c->f.nargs && !ours; i++)
			if (strcmp(c->f.arg[i].name, "cell") == 0)
				CLI_NOTE(c, MSG_POLICY_SHEET_CELL, FA_STR("cell", c->f.arg[i].s));
		return cli_fail(c);
	}
	cli_result(c, same ? MSG_POLICY_SHEET_SAME : MSG_POLICY_SHEET_IMPORTED,
		   (const fault_arg[]){FA_INT("n", g.rows.n),
				       FA_STR("name", g.fact[GRID_DECISION]),
				       FA_STR("file", path),
				       {0}});
	return EXIT_YES;
}

int
cmd_policy_import(cli *c)
{
	return eval_deep(c, run_import);
}
