/* derive.c - what follows from the divisions' rows and is not in the ledger: made again for the check. */
#include "app/region/region.h"

#include "app/region_sql.h"
#include "base/buf.h"
#include "store/rows.h"

enum { PAGE = 1000 };

/* Was the division called that before, as its row or an earlier change has it? */
static bool
known(const str *name, size_t n, str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name[i], s))
			return true;
	return false;
}

str
region_key_of(arena *a, const str *name, size_t n)
{
	buf text = buf_in(a);

	for (size_t i = 0; i < n; i++) {
		if (known(name, i, name[i]))
			continue;
		if (i)
			buf_c(&text, '\n');
		buf_put(&text, region_key_text(a, name[i]));
	}
	return buf_str(&text);
}

/* One division with the changes that begin at `*at`, both in the order of their codes. */
static rc
one_key(db *made, arena *a, fault *f, const region_walk_row *r, const region_names_rows *all, size_t *at)
{
	size_t from = *at;

	while (*at < all->n && all->v[*at].code == r->code)
		++*at;
	str *name = arena_array(a, str, 1 + *at - from);
	name[0] = r->name;
	for (size_t i = from; i < *at; i++)
		name[1 + i - from] = all->v[i].name;
	const sql_val v[] = {sql_int(r->code), sql_int(r->level),
			     sql_text(region_key_of(a, name, 1 + *at - from))};
	return ledger_derive_row(made, f, &db_tables[T_REGION_KEY], v);
}

rc
region_fill_keys(db *made, sealer *keys, arena *a, fault *f)
{
	region_names_rows changes;
	region_walk_rows page;
	int64_t after = 0;
	size_t at = 0;

	(void)keys;
	TRY(sql_region_names(made, a, f, DIV_VILLAGE, &changes));
	do {
		arena *own = arena_open(a, 0);
		TRY(sql_region_walk(made, own, f,
				    &(region_walk_in){.after = after, .below = DIV_VILLAGE, .n = PAGE},
				    &page));
		for (size_t i = 0; i < page.n; i++)
			TRY(one_key(made, own, f, &page.v[i], &changes, &at));
		after = page.n ? page.v[page.n - 1].code : after;
		arena_close(own);
	} while (page.n == PAGE);
	return RC_OK;
}

const ledger_derived region_derived[] = {
	{.table = "region_key", .fill = region_fill_keys},
	{0},
};
