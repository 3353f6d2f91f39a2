/* blank.c - see blank.h. */
#include "app/card/blank.h"

#include "app/card_sql.h"
#include "base/date.h"
#include "base/utf8.h"

#define AT(name) FA_FIELD(STR(name))

/* ---- numbers ---- */

typedef struct typed {
	str prefix;
	int64_t digits, n;
} typed;

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || c == '-';
}

/* HB0001234: capitals and hyphens, then digits; blanks and small letters are put right. */
static bool
read_serial(arena *a, str text, typed *out)
{
	char *p = cstr(a, text);
	size_t n = 0, at = 0;

	for (size_t i = 0; i < text.n; i++)
		if (p[i] != ' ')
			p[n++] = p[i] >= 'a' && p[i] <= 'z' ? (char)(p[i] - 'a' + 'A') : p[i];
	while (at < n && is_letter(p[at]))
		at++;
	*out = (typed){.prefix = {p, at}, .digits = (int64_t)(n - at)};
	return out->digits >= 1 && out->digits <= BLANK_DIGITS_MAX && at <= BLANK_WORDS_MAX &&
	       str_to_i64((str){p + at, n - at}, &out->n) && out->n >= 0;
}

static rc
parse(arena *a, fault *f, str text, const char *field, typed *out)
{
	if (!read_serial(a, text, out))
		return FAIL(f, RC_INVALID, "blank.serial", FA_FIELD(str_of(field)),
			    FA_INT("max", BLANK_DIGITS_MAX));
	return RC_OK;
}

/* First and last of a stretch, of one prefix and one length. */
static rc
parse_both(arena *a, fault *f, str first, str last, typed *from, typed *to)
{
	TRY(parse(a, f, first, "first", from));
	TRY(parse(a, f, last, "last", to));
	if (!str_eq(from->prefix, to->prefix) || from->digits != to->digits || to->n < from->n)
		return FAIL(f, RC_INVALID, "blank.order", AT("last"));
	if (to->n - from->n >= BLANK_RUN_MAX)
		return FAIL(f, RC_INVALID, "blank.many", AT("last"), FA_INT("max", BLANK_RUN_MAX));
	return RC_OK;
}

str
blank_serial(arena *a, const blank_run *r, int64_t serial)
{
	return str_fmt(a, "%.*s%0*lld", STR_ARG(r->prefix), (int)r->digits, (long long)serial);
}

/* ---- reading ---- */

rc
blank_book_read(db *d, arena *a, fault *f, int64_t tenant, blank_book *out)
{
	blank_runs_rows runs;
	blank_issues_rows issues;

	*out = (blank_book){.tenant = tenant};
	TRY(sql_blank_runs(d, a, f, tenant, &runs));
	TRY(sql_blank_issues(d, a, f, tenant, &issues));
	for (size_t i = 0; i < runs.n; i++)
		*vec_add(a, &out->runs) = (blank_run){.id = runs.v[i].id,
						      .first = runs.v[i].first,
						      .last = runs.v[i].last,
						      .digits = runs.v[i].digits,
						      .office = runs.v[i].office,
						      .stock = {runs.v[i].generation, runs.v[i].cover},
						      .prefix = runs.v[i].prefix,
						      .received = runs.v[i].received,
						      .source = runs.v[i].source};
	for (size_t i = 0; i < issues.n; i++)
		*vec_add(a, &out->gifts) = (blank_gift){.run = issues.v[i].run,
							.id = issues.v[i].id,
							.first = issues.v[i].first,
							.last = issues.v[i].last,
							.office = issues.v[i].office,
							.issued = issues.v[i].issued,
							.receiver = issues.v[i].receiver,
							.returned = issues.v[i].returned};
	return RC_OK;
}

const blank_run *
blank_run_find(const blank_book *b, int64_t id)
{
	for (size_t i = 0; i < b->runs.n; i++)
		if (b->runs.v[i].id == id)
			return &b->runs.v[i];
	return NULL;
}

static bool
is_stock(blank_stock x, blank_stock y)
{
	return x.generation == y.generation && x.cover == y.cover;
}

/* The run of a number that was typed; NULL: it is in no book. */
static const blank_run *
run_of(const blank_book *b, const typed *t)
{
	for (size_t i = 0; i < b->runs.n; i++) {
		const blank_run *r = &b->runs.v[i];
		if (str_eq(r->prefix, t->prefix) && r->digits == t->digits && t->n >= r->first &&
		    t->n <= r->last)
			return r;
	}
	return NULL;
}

static void
add_range(arena *a, blank_ranges *out, const blank_run *r, int64_t first, int64_t last)
{
	if (first <= last)
		*vec_add(a, out) = (blank_range){r, first, last};
}

/* A run less what is given out of it; gifts come in the order of their numbers. */
static void
add_rest(arena *a, const blank_book *b, const blank_run *r, blank_ranges *out)
{
	int64_t from = r->first;

	for (size_t i = 0; i < b->gifts.n; i++) {
		const blank_gift *g = &b->gifts.v[i];
		if (g->run != r->id || g->returned.n)
			continue;
		add_range(a, out, r, from, g->first - 1);
		from = g->last + 1;
	}
	add_range(a, out, r, from, r->last);
}

void
blank_held(arena *a, const blank_book *b, int64_t office, blank_stock stock, blank_ranges *out)
{
	*out = (blank_ranges){0};
	for (size_t i = 0; i < b->runs.n; i++) {
		const blank_run *r = &b->runs.v[i];
		if (!is_stock(r->stock, stock))
			continue;
		if (r->office == office)
			add_rest(a, b, r, out);
		for (size_t k = 0; k < b->gifts.n; k++) {
			const blank_gift *g = &b->gifts.v[k];
			if (g->run == r->id && g->office == office && g->returned.n == 0)
				add_range(a, out, r, g->first, g->last);
		}
	}
}

/* ---- how many are left ---- */

static rc
used_in(db *d, arena *a, fault *f, int64_t tenant, const blank_range *g, blank_used_count_row *used,
	blank_lost_count_row *lost)
{
	TRY(sql_blank_used_count(d, a, f, &(blank_used_count_in){tenant, g->run->id, g->first, g->last},
				 used));
	return sql_blank_lost_count(d, a, f, &(blank_lost_count_in){tenant, g->run->id, g->first, g->last},
				    lost);
}

/* The first number from `from` on that nobody used, at most the range's last and one. */
static rc
next_free(db *d, arena *a, fault *f, int64_t tenant, const blank_range *g, int64_t from, int64_t *out)
{
	enum { SLICE = 200 };
	blank_used_rows used;

	*out = from;
	for (bool more = true; more;) {
		TRY(sql_blank_used(d, a, f, &(blank_used_in){tenant, g->run->id, *out, g->last, SLICE},
				   &used));
		for (size_t i = 0; i < used.n && used.v[i].serial == *out; i++)
			++*out;
		more = used.n == SLICE && used.v[used.n - 1].serial == *out - 1;
	}
	return RC_OK;
}

static rc
read_level(db *d, arena *a, fault *f, const blank_book *b, int64_t office, blank_level *out)
{
	blank_ranges held;
	blank_used_count_row used;
	blank_lost_count_row lost;

	blank_held(a, b, office, out->stock, &held);
	out->next = STR("");
	for (size_t i = 0; i < held.n; i++) {
		const blank_range *g = &held.v[i];
		int64_t next = 0;
		TRY(used_in(d, a, f, b->tenant, g, &used, &lost));
		out->given += g->last - g->first + 1;
		out->used += used.n;
		out->lost += lost.n;
		if (out->next.n)
			continue;
		TRY(next_free(d, a, f, b->tenant, g, used.top < 0 ? g->first : used.top + 1, &next));
		if (next <= g->last)
			out->next = blank_serial(a, g->run, next);
	}
	out->left = out->given - out->used - out->lost;
	return RC_OK;
}

static bool
has_level(const blank_levels *v, blank_stock stock)
{
	for (size_t i = 0; i < v->n; i++)
		if (is_stock(v->v[i].stock, stock))
			return true;
	return false;
}

rc
blank_levels_read(db *d, arena *a, fault *f, const blank_book *b, int64_t office, blank_levels *out)
{
	blank_ranges held;

	*out = (blank_levels){0};
	for (size_t i = 0; i < b->runs.n; i++) {
		blank_stock stock = b->runs.v[i].stock;
		blank_held(a, b, office, stock, &held);
		if (held.n == 0 || has_level(out, stock))
			continue;
		blank_level *l = vec_add(a, out);
		*l = (blank_level){.stock = stock};
		TRY(read_level(d, a, f, b, office, l));
	}
	return RC_OK;
}

rc
blank_checks_read(db *d, arena *a, fault *f, const actor *who, int64_t n, blank_checks *out)
{
	blank_counts_rows rows;

	*out = (blank_checks){0};
	TRY(sql_blank_counts(d, a, f, &(blank_counts_in){who->tenant, who->office, n}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (blank_check){.id = rows.v[i].id,
						 .expected = rows.v[i].expected,
						 .counted = rows.v[i].counted,
						 .stock = {rows.v[i].generation, rows.v[i].cover},
						 .day = rows.v[i].day,
						 .note = rows.v[i].note};
	return RC_OK;
}

/* ---- taking for cards ---- */

/* Where in what is held the first number lies; its place in the ranges. */
static rc
find_first(arena *a, fault *f, const blank_book *b, const blank_ranges *held, str first, size_t *range,
	   int64_t *serial)
{
	typed t;

	TRY(parse(a, f, first, "first", &t));
	const blank_run *r = run_of(b, &t);
	for (size_t i = 0; r && i < held->n; i++)
		if (held->v[i].run == r && t.n >= held->v[i].first && t.n <= held->v[i].last) {
			*range = i;
			*serial = t.n;
			return RC_OK;
		}
	return FAIL(f, RC_INVALID, "blank.unknown", AT("first"));
}

rc
blank_take(db *d, arena *a, fault *f, int64_t tenant, const blank_want *want, blank_number *out)
{
	blank_book b;
	blank_ranges held;
	size_t range = 0, n = 0;
	int64_t serial = 0;

	TRY(blank_book_read(d, a, f, tenant, &b));
	blank_held(a, &b, want->office, want->stock, &held);
	if (held.n == 0)
		return FAIL(f, RC_CONFLICT, "blank.short", AT("first"), FA_INT("n", 0));
	serial = held.v[0].first;
	if (want->first.n) {
		int64_t free = 0;
		TRY(find_first(a, f, &b, &held, want->first, &range, &serial));
		TRY(next_free(d, a, f, tenant, &held.v[range], serial, &free));
		if (free != serial)
			return FAIL(f, RC_CONFLICT, "blank.used", AT("first"));
	}
	for (; range < held.n && n < want->n; range++, serial = range < held.n ? held.v[range].first : 0)
		while (n < want->n) {
			TRY(next_free(d, a, f, tenant, &held.v[range], serial, &serial));
			if (serial > held.v[range].last)
				break;
			out[n++] = (blank_number){held.v[range].run->id, serial++};
		}
	if (n < want->n)
		return FAIL(f, RC_CONFLICT, "blank.short", AT("first"), FA_INT("n", (int64_t)n));
	return RC_OK;
}

/* ---- commands ---- */

static rc
allowed(tx *t, const actor *by)
{
	if (by->kind != ACTOR_STAFF || by->office == 0 || !may(by, PERM_CERTIFICATE_PRINT, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "blank.denied");
	return RC_OK;
}

static rc
check_words(fault *f, str text, const char *field)
{
	if (text.n == 0 || utf8_count(text) > BLANK_WORDS_MAX)
		return FAIL(f, RC_INVALID, "blank.words", FA_FIELD(str_of(field)),
			    FA_INT("max", BLANK_WORDS_MAX));
	return RC_OK;
}

static void
begin(tx *t, const actor *by, const char *kind, int64_t id)
{
	tx_event(t, &(event_head){.tenant = by->tenant,
				  .actor = by->account,
				  .office = by->office,
				  .kind = kind,
				  .subject = id});
}

static str
today(tx *t)
{
	return date_str(tx_arena(t), tx_today(t));
}

rc
blank_receive(tx *t, const void *in, void *out)
{
	const blank_in *k = in;
	fault *f = tx_fault(t);
	blank_book b;
	typed from, to;

	TRY(allowed(t, k->by));
	TRY(parse_both(tx_arena(t), f, k->first, k->last, &from, &to));
	TRY(check_words(f, k->source, "source"));
	TRY(blank_book_read(tx_db(t), tx_arena(t), f, k->by->tenant, &b));
	for (size_t i = 0; i < b.runs.n; i++) {
		const blank_run *r = &b.runs.v[i];
		if (str_eq(r->prefix, from.prefix) && r->digits == from.digits && from.n <= r->last &&
		    to.n >= r->first)
			return FAIL(f, RC_CONFLICT, "blank.overlap", AT("first"), FA_STR("day", r->received));
	}
	row_blank_run row = {.tenant = k->by->tenant,
			     .id = tx_id(t),
			     .generation = k->stock.generation,
			     .cover = k->stock.cover,
			     .prefix = from.prefix,
			     .digits = from.digits,
			     .first = from.n,
			     .last = to.n,
			     .received = k->received,
			     .source = k->source,
			     .office = k->by->office,
			     .actor = k->by->account};
	begin(t, k->by, "blank.received", row.id);
	*(int64_t *)out = row.id;
	return put_blank_run(t, &row);
}

/* Numbers of one run, all with this office and none of them used. */
static rc
find_free(tx *t, const actor *by, str first, str last, blank_range *out)
{
	fault *f = tx_fault(t);
	blank_book *b = arena_new(tx_arena(t), blank_book);
	blank_used_count_row used;
	blank_lost_count_row lost;
	blank_ranges held;
	typed from, to;

	TRY(parse_both(tx_arena(t), f, first, last, &from, &to));
	TRY(blank_book_read(tx_db(t), tx_arena(t), f, by->tenant, b));
	const blank_run *r = run_of(b, &from);
	if (!r)
		return FAIL(f, RC_INVALID, "blank.unknown", AT("first"));
	*out = (blank_range){r, from.n, to.n};
	blank_held(tx_arena(t), b, by->office, r->stock, &held);
	bool here = false;
	for (size_t i = 0; i < held.n; i++)
		here = here || (held.v[i].run == r && from.n >= held.v[i].first && to.n <= held.v[i].last);
	TRY(used_in(tx_db(t), tx_arena(t), f, by->tenant, out, &used, &lost));
	return here && used.n + lost.n == 0 ? RC_OK : FAIL(f, RC_CONFLICT, "blank.gone", AT("first"));
}

rc
blank_issue(tx *t, const void *in, void *out)
{
	const blank_out *k = in;
	blank_range g;
	row_office o;

	(void)out;
	TRY(allowed(t, k->by));
	TRY(check_words(tx_fault(t), k->receiver, "receiver"));
	rc r = find_office(t, k->by->tenant, k->office, &o);
	if (r == RC_NOT_FOUND || (r == RC_OK && (o.closed.n || k->office == k->by->office)))
		return FAIL(tx_fault(t), RC_INVALID, "blank.office", AT("office"));
	TRY(r);
	TRY(find_free(t, k->by, k->first, k->last, &g));
	if (g.run->office != k->by->office) /* what it was given itself goes back first */
		return FAIL(tx_fault(t), RC_CONFLICT, "blank.gone", AT("first"));
	row_blank_issue row = {.tenant = k->by->tenant,
			       .run = g.run->id,
			       .id = tx_id(t),
			       .first = g.first,
			       .last = g.last,
			       .office = k->office,
			       .issued = today(t),
			       .receiver = k->receiver,
			       .actor = k->by->account,
			       .returned = STR("")};
	begin(t, k->by, "blank.issued", row.id);
	return put_blank_issue(t, &row);
}

rc
blank_return(tx *t, const void *in, void *out)
{
	const blank_back *k = in;
	row_blank_issue i;
	row_blank_run r;

	(void)out;
	TRY(allowed(t, k->by));
	TRY(find_blank_issue(t, k->by->tenant, k->run, k->issue, &i));
	TRY(find_blank_run(t, k->by->tenant, k->run, &r));
	if (r.office != k->by->office || i.returned.n)
		return RC_NOT_FOUND;
	begin(t, k->by, "blank.returned", i.id);
	return close_blank_issue(t, i.tenant, i.run, i.id, today(t));
}

rc
blank_spoil(tx *t, const void *in, void *out)
{
	const blank_waste *k = in;
	blank_range g;

	(void)out;
	TRY(allowed(t, k->by));
	rc r = find_free(t, k->by, k->serial, k->serial, &g);
	if (r != RC_OK) {
		tx_fault(t)->field = STR("serial");
		return r;
	}
	begin(t, k->by, "blank.spoilt", g.run->id);
	return put_blank_loss(t, &(row_blank_loss){.tenant = k->by->tenant,
						   .run = g.run->id,
						   .serial = g.first,
						   .reason = k->reason,
						   .day = today(t),
						   .office = k->by->office,
						   .actor = k->by->account});
}

rc
blank_counted(tx *t, const void *in, void *out)
{
	const blank_tally *k = in;
	fault *f = tx_fault(t);
	blank_level level = {.stock = k->stock};
	blank_book b;

	TRY(allowed(t, k->by));
	TRY(blank_book_read(tx_db(t), tx_arena(t), f, k->by->tenant, &b));
	TRY(read_level(tx_db(t), tx_arena(t), f, &b, k->by->office, &level));
	if (k->counted != level.left)
		TRY(check_words(f, k->note, "note"));
	row_blank_count row = {.tenant = k->by->tenant,
			       .id = tx_id(t),
			       .office = k->by->office,
			       .generation = k->stock.generation,
			       .cover = k->stock.cover,
			       .day = today(t),
			       .expected = level.left,
			       .counted = k->counted,
			       .note = k->note,
			       .actor = k->by->account};
	begin(t, k->by, "blank.counted", row.id);
	*(int64_t *)out = k->counted - level.left;
	return put_blank_count(t, &row);
}
