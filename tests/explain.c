/* explain DATABASE - what the SQLite of the program will do for each statement of standard input, which end
 * with a zero byte: the lines of its plan, or "! " and what it says against it, and a line that is ".".
 * tests/plans.t reads it. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	sqlite3 *h = NULL;
	char *text = NULL;
	size_t room = 0;

	if (argc != 2 || sqlite3_open_v2(argv[1], &h, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
		fprintf(stderr, "explain: %s\n",
			argc == 2 ? sqlite3_errmsg(h) : "explain DATABASE <STATEMENTS");
		sqlite3_close(h);
		return 2;
	}
	while (getdelim(&text, &room, 0, stdin) > 1) {
		char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", text);
		sqlite3_stmt *s = NULL;
		if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK)
			printf("! %s\n", sqlite3_errmsg(h));
		while (s && sqlite3_step(s) == SQLITE_ROW)
			puts((const char *)sqlite3_column_text(s, 3));
		puts(".");
		sqlite3_finalize(s);
		sqlite3_free(sql);
	}
	free(text);
	sqlite3_close(h);
	return 0;
}
