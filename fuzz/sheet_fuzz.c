/* sheet_fuzz.c - the bytes are what a child that was taken over writes to the server. */
#include "base/utf8.h"
#include "io/sheet_child.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static rc
on_row(void *p, fault *f, const cell_row *row)
{
	const sheet_ask *ask = p;

	(void)f;
	BUG_ON(row->n > ask->most.columns);
	for (uint32_t i = 0; i < row->n; i++) {
		const cell *c = &row->cell[i], *v = cell_value(c);
		BUG_ON(c->kind > CELL_ERROR || v->kind > CELL_ERROR || !utf8_valid(v->text));
	}
	return RC_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	arena *a = arena_open(NULL, 0);
	sheet_ask ask = SHEET_ASK;
	fault f = {0};

	ask.most.columns = 16;
	ask.most.rows = 100;
	if (sheet_child_decode(a, &f, (str){(const char *)p, n}, &ask, on_row, &ask) != RC_OK)
		BUG_ON(!f.id);
	arena_close(a);
	return 0;
}
