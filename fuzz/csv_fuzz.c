/* csv_fuzz.c - rows are within their caps; the same whole and byte by byte. */
#include "io/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static const csv_limits most = {.columns = 8, .cell = 64, .rows = 100};

static rc
one_byte(void *p, fault *f, str *chunk)
{
	str *left = p;

	(void)f;
	*chunk = str_sub(*left, 0, 1);
	*left = str_from(*left, 1);
	return RC_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, 0);
	str text = {(const char *)p, n}, left = text;
	char separator = csv_guess(text);
	csv_reader *whole = csv_over(a, text, separator, most);
	csv_reader *bytes = csv_from(a, one_byte, &left, separator, most);
	fault f = {0}, g = {0};
	csv_row x = {0}, y = {0};

	for (rc r = RC_OK; r == RC_OK;) {
		r = csv_next(whole, &f, &x);
		rc other = csv_next(bytes, &g, &y);
		if (r == RC_LIMIT || other == RC_LIMIT)
			break; /* blanks that will be dropped count against the cap only where a slice ends in
				  them */
		BUG_ON(r != other || (r == RC_INVALID && strcmp(f.id, g.id) != 0));
		if (r != RC_OK)
			break;
		BUG_ON(x.row != y.row || x.n != y.n || x.n > most.columns);
		for (size_t i = 0; i < x.n; i++)
			BUG_ON(!str_eq(x.cell[i], y.cell[i]) || x.cell[i].n > most.cell);
	}
	arena_close(a);
	return 0;
}
