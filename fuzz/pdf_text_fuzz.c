/* pdf_text_fuzz.c - whatever a template is made into, its tables are whole: every place of the grid is
 * covered once. */
#include "io/pdf_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static rc
text(void *ctx, arena *a, fault *f, str e, str *out)
{
	(void)ctx, (void)a, (void)f;
	*out = e;
	return RC_OK;
}

static rc
holds(void *ctx, fault *f, str e, bool *out)
{
	(void)ctx, (void)f;
	*out = e.n % 2 == 0;
	return RC_OK;
}

static rc
each(void *ctx, fault *f, str list, size_t i, bool *more)
{
	(void)ctx, (void)f;
	*more = i < list.n % 4;
	return RC_OK;
}

static void
check_table(const pdf_table *t)
{
	size_t covered = 0;

	for (size_t r = 0; r < t->n; r++) {
		for (size_t i = 0; i < t->rows[r].n; i++) {
			const pdf_cell *c = &t->rows[r].cells[i];
			BUG_ON(c->cols == 0 || c->rows == 0 || c->cols > t->columns || r + c->rows > t->n);
			covered += c->cols * c->rows;
		}
	}
	BUG_ON(covered != t->n * t->columns);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	pdf_fields fields = {NULL, text, holds, each};
	const pdf_block *blocks = NULL;
	size_t count = 0;
	fault f = {0};

	if (pdf_text(a, &f, (str){(const char *)data, n}, &fields, &blocks, &count) == RC_OK)
		for (size_t i = 0; i < count; i++)
			if (blocks[i].kind == PDF_TABLE)
				check_table(&blocks[i].table);
	arena_close(a);
	return 0;
}
