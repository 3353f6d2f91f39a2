/* routes.c - zhucan routes: every row that the server would route by, one a line. Needs no site. */
#include <stdio.h>

#include "main/cli.h"
#include "main/pages.h"

static void
print_table(const web_route *row)
{
	for (; row->method; row++)
		printf("%s\t%s\t%s\t%s\n", row->method, row->path, row->permission, row->summary);
}

int
cmd_routes(cli *c)
{
	(void)c;
	for (size_t i = 0; pages_tables[i]; i++)
		print_table(pages_tables[i]);
	print_table(web_own_routes);
	return EXIT_YES;
}
