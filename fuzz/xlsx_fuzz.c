/* xlsx_fuzz.c - a whole file, or behind a blank one sheet for an honest workbook. */
#include "io/xlsx.h"

#include "base/utf8.h"
#include "io/zip_make.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static str
wrap(arena *a, str sheet)
{
	zip_make z = zip_make_in(a);

	zip_make_add(&z, STR("_rels/.rels"),
		     STR("<r><Relationship Id='r' Type='/officeDocument' Target='workbook.xml'/></r>"),
		     false);
	zip_make_add(&z, STR("workbook.xml"), STR("<w xmlns:r='" OFFICE "'><sheet name='s' r:id='a'/></w>"),
		     false);
	zip_make_add(&z, STR("_rels/workbook.xml.rels"),
		     STR("<r><Relationship Id='a' Type='/worksheet' Target='s.xml'/>"
			 "<Relationship Id='b' Type='/sharedStrings' Target='t.xml'/>"
			 "<Relationship Id='c' Type='/styles' Target='y.xml'/></r>"),
		     false);
	zip_make_add(&z, STR("t.xml"), STR("<s><si><t>a</t></si><si><t>b_x000D_</t></si></s>"), false);
	zip_make_add(&z, STR("y.xml"), STR("<s><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></s>"),
		     false);
	zip_make_add(&z, STR("s.xml"), sheet, false);
	return zip_make_end(&z);
}

static void
read_sheet(arena *a, fault *f, xlsx *x, size_t i, xlsx_limits most)
{
	xlsx_rows *r = NULL;
	cell_row row = {0};
	uint32_t last = 0;

	if (xlsx_begin(x, a, f, i, true, &r) != RC_OK)
		return;
	while (xlsx_next(r, f, &row) == RC_OK) {
		BUG_ON(row.row <= last || row.n > most.columns);
		last = row.row;
		for (size_t k = 0; k < row.n; k++) {
			const cell *c = &row.cell[k];
			BUG_ON(c->kind != CELL_EMPTY && !utf8_valid(c->text));
			BUG_ON(cell_value(c)->text.n > most.cell && c->kind != CELL_DATE);
			cell_plain(a, c);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const xlsx_limits most = {
		.rows = 50, .columns = 16, .cell = 100, .merges = 20, .texts = 1000, .total = 4 << 20};
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	xlsx *x = NULL;
	str file = {(const char *)p, n};

	if (n && p[0] == ' ')
		file = wrap(a, str_from(file, 1));
	if (xlsx_open(a, &f, file, most, &x) == RC_OK)
		for (size_t i = 0; i < xlsx_count(x); i++)
			read_sheet(a, &f, x, i, most);
	else
		BUG_ON(!f.id);
	arena_close(a);
	return 0;
}
