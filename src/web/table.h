/* table.h - every table of a page is also a sheet: the same address with as=xlsx or as=csv.
 *
 * A table is described once, in its template. A sheet is read off the page that the handler made for the very
 * same question, so it has the page's filter, rights and covered values, and cannot show what the page would
 * not. web_page does this by itself; a handler of a list takes all rows and not a page of them when a sheet
 * is asked, and says so when there are too many:
 *
 *   size_t most = table_rows(rq, ROWS);
 *   … read most + 1 rows, the first ones whatever page the address says …
 *   TRY(table_whole(rq, all.n > most, most));
 */
#pragma once
#include "web/web.h"

typedef enum table_as { TABLE_PAGE, TABLE_CSV, TABLE_XLSX } table_as;

enum { TABLE_ROWS = 2000 }; /* made on a net thread: a tenth of a second */

/* As what the address (of a post: the field `as`), or else the header Accept, asks for this page. */
table_as table_asked(const web_req *rq);

/* How many rows: `page` of them, or as many as a sheet may have. */
size_t table_rows(const web_req *rq, size_t page);
/* RC_LIMIT table.rows: a sheet was asked and there are `more` rows than the `n` read for it. A page may
 * always have more. */
rc table_whole(web_req *rq, bool more, size_t n) MUST_USE;

/* The address of a sheet of this page up to list=NAME&as=FORM; empty: what this page says has no address. */
str table_address(const web_req *rq);

/* What web_page does when a sheet is asked. RC_NOT_FOUND: the page has no such table. */
rc table_reply(web_req *rq) MUST_USE;

/* ---- what is read off a page, for its test ---- */

typedef struct table {
	str caption;
	const str *head;
	const bool *number; /* columns of numbers; all else is text, identity numbers as well */
	size_t columns, rows;
	const str *cell; /* row by row */
} table;

/* The table `name`, empty: the first one, of a page of ours. Left out are columns of things to do
 * (column.act) and what only a screen reader says; tables whose cells are asked for (data_table.input) do not
 * count. RC_NOT_FOUND. */
rc table_read(arena *a, str page, str name, table *out) MUST_USE;

/* With a byte order mark; formulas disarmed (io/csv.h). */
str table_csv(arena *a, const table *t);
