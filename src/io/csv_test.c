/* csv_test.c - rows as a person numbers them, strict quotes, caps, nothing that a spreadsheet would run. */
#include "io/csv.h"

#include "io/io_test.h"

/* Every row as "number:cell|cell;", then the fault, so that a test is one line. */
static str
rows_of(arena *a, csv_reader *r)
{
	buf b = buf_in(a);
	fault f = {0};
	csv_row row;
	rc code = RC_OK;

	while ((code = csv_next(r, &f, &row)) == RC_OK) {
		buf_fmt(&b, "%zu:", row.row);
		for (size_t i = 0; i < row.n; i++)
			buf_fmt(&b, "%s%.*s", i ? "|" : "", STR_ARG(row.cell[i]));
		buf_c(&b, ';');
	}
	if (code != RC_NOT_FOUND)
		buf_fmt(&b, "%s@%d", f.id, (int)f.arg[0].i);
	assert_int_equal(csv_next(r, &f, &row), code); /* and it stays so */
	return buf_str(&b);
}

static str
read(arena *a, str text)
{
	return rows_of(
		a, csv_over(a, text, csv_guess(text), (csv_limits){.columns = 4, .cell = 6000, .rows = 5}));
}

static void
reads(void **state)
{
	static const struct {
		str text, want;
	} row[] = {
		{STR(""), STR("")},
		{STR("\r\n"), STR("1:;")},
		{STR("a,b\r\nc,d"), STR("1:a|b;2:c|d;")},
		{STR("a;b\n\n;\n"), STR("1:a|b;2:;3:|;")},
		{STR("a\tb\rc\td\r"), STR("1:a|b;2:c|d;")},
		{STR("\"a,\"\"x\"\"\",\"l1\r\nl2\"\n 张 ,b\n"), STR("1:a,\"x\"|l1\r\nl2;2:张|b;")},
		{STR("a,b\n\"c\"\"\n"), STR("1:a|b;csv.quote@2")},
		{STR("a,b\nc\"d,e\n"), STR("1:a|b;csv.quote@2")},
		{STR("a,b\n\"c\"d,e\n"), STR("1:a|b;csv.quote@2")},
		{STR("a,b\n\xff,x\n"), STR("1:a|b;csv.encoding@2")},
		{STR("1,2,3,4,5\n"), STR("csv.columns@1")},
		{STR("1\n2\n3\n4\n5\n6\n"), STR("1:1;2:2;3:3;4:4;5:5;csv.rows@5")},
	};

	for (size_t i = 0; i < LEN(row); i++)
		check_str(read(*state, row[i].text), row[i].want);
}

static void
caps_a_quote_never_closed(void **state)
{
	buf b = buf_in(*state);

	buf_lit(&b, "a,b\n\"c");
	for (int i = 0; i < 10000; i++)
		buf_lit(&b, "line\n");
	check_str(read(*state, buf_str(&b)), STR("1:a|b;csv.cell@2"));
}

typedef struct bytes {
	str left;
	size_t step;
} bytes;

static rc
few(void *p, fault *f, str *chunk)
{
	bytes *b = p;

	(void)f;
	*chunk = str_sub(b->left, 0, b->step);
	b->left = str_from(b->left, chunk->n);
	return RC_OK;
}

/* A row is the same however the text is cut: characters, quotes and line ends fall between chunks. */
static void
reads_chunks(void **state)
{
	arena *a = *state;
	csv_limits most = CSV_LIMITS;
	buf b = buf_in(a);

	for (int i = 0; i < 3000; i++)
		buf_fmt(&b, "%d,\"张\"\"三\"\"\r\n\",残疾人 一个也不能少\r\n", i);
	str want = rows_of(a, csv_over(a, buf_str(&b), ',', most));
	for (size_t step = 1; step < 6000; step = step * 3 + 1) {
		bytes src = {buf_str(&b), step};
		check_str(rows_of(a, csv_from(a, few, &src, ',', most)), want);
	}
}

/* A row of many slices: its cells are kept, and what was given is let go. */
static void
keeps_a_long_row_and_frees_the_rest(void **state)
{
	arena *a = *state;
	buf b = buf_in(a);
	fault f = {0};
	csv_row row;

	for (int i = 0; i < 200000; i++)
		buf_lit(&b, "0123456789,0123456789\n");
	for (int i = 0; i < 500; i++)
		buf_fmt(&b, "%s%9999d", i ? "," : "", i);
	size_t before = arena_used(a);
	csv_reader *r = csv_over(a, buf_str(&b), ',', CSV_LIMITS);
	for (int i = 0; i < 200000; i++) {
		check_ok(&f, csv_next(r, &f, &row));
		assert_true(row.n == 2 && str_eq(row.cell[1], STR("0123456789")));
	}
	check_ok(&f, csv_next(r, &f, &row));
	assert_int_equal(row.n, 500);
	check_str(row.cell[0], STR("0"));
	check_str(row.cell[499], STR("499"));
	assert_true(arena_used(a) - before < 4096);
}

static void
guesses(void **state)
{
	(void)state;
	assert_int_equal(csv_guess(STR("姓名,身份证号\n张三,1\n")), ',');
	assert_int_equal(csv_guess(STR("姓名;备注\n张三;a,b,c\n李四;d\n")), ';');
	assert_int_equal(csv_guess(STR("a\tb\n1,5\t2\n")), '\t');
	assert_int_equal(csv_guess(STR("\"a;b;c\",d\n\"e;f\",g\n")), ',');
	assert_int_equal(csv_guess(STR("alone")), ',');
}

static void
writes_nothing_that_runs(void **state)
{
	arena *a = *state;
	buf b = buf_in(a);
	csv_out w = csv_to(&b, true);

	static const str cell[] = {STR("=1+1"), STR("+86"),  STR("-5"),  STR("@x"), STR("\tx"), STR("\rx"),
				   STR("＝1"),  STR("a\"b"), STR("a,b"), STR(" a"), STR("张三")};
	for (size_t i = 0; i < LEN(cell); i++)
		csv_put_text(&w, cell[i]);
	csv_end_row(&w);
	csv_put_int(&w, -5);
	csv_put_fen(&w, -5);
	csv_put_fen(&w, INT64_MIN);
	csv_put_day(&w, 0);
	csv_put_text(&w, STR(""));
	csv_end_row(&w);
	check_str(
		buf_str(&b),
		STR("\xef\xbb\xbf'=1+1,'+86,'-5,'@x,\"'\tx\",\"'\rx\",'＝1,\"a\"\"b\",\"a,b\",\" a\",张三\r\n"
		    "-5,-0.05,-92233720368547758.08,1970-01-01,\r\n"));
	str again = rows_of(a, csv_over(a, str_from(buf_str(&b), 3), ',', CSV_LIMITS));
	check_str(again, STR("1:'=1+1|'+86|'-5|'@x|'\tx|'\rx|'＝1|a\"b|a,b| a|张三;"
			     "2:-5|-0.05|-92233720368547758.08|1970-01-01|;"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads),        TEST(caps_a_quote_never_closed),
		TEST(reads_chunks), TEST(keeps_a_long_row_and_frees_the_rest),
		TEST(guesses),      TEST(writes_nothing_that_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
