/* roster.c - see roster.h. */
#include "app/intake/roster.h"

#include "app/intake_sql.h"
#include "base/buf.h"
#include "io/xlsx_write.h"

enum { PAGE = 500, WIDTH = 16, WIDE = 30 };

rc
roster_look_run(tx *t, const void *in, void *out)
{
	const roster_look *k = in;
	const actor *who = k->ask->who;
	buf b = buf_in(tx_arena(t));

	(void)out;
	buf_lit(&b, "roster");
	for (size_t i = 0; i < k->ask->nfields; i++) {
		buf_c(&b, i ? ',' : ':');
		buf_put(&b, k->ask->field[i]->id);
	}
	return tx_look(t, &(look_row){.tenant = who->tenant,
				      .actor = who->account,
				      .office = who->office,
				      .what = buf_str(&b),
				      .purpose = k->purpose});
}

typedef struct writing {
	db *d;
	fault *f;
	const roster_ask *ask;
	field_reader r;
	field_regions regions;
	xlsx_out *o;
	int64_t n;
} writing;

static rc
check_fields(fault *f, const roster_ask *ask)
{
	const actor *who = ask->who;

	if (!may(who, PERM_PERSON_READ, REGION_NONE) ||
	    (ask->reveal && !may(who, PERM_PERSON_REVEAL, REGION_NONE)))
		return FAIL(f, RC_DENIED, "roster.denied");
	for (size_t i = 0; i < ask->nfields; i++) {
		const field *x = ask->field[i];
		if (!actor_sees(who, x->class))
			return FAIL(f, RC_DENIED, "roster.field",
				    FA_STR("name", ask->lang == MSG_EN ? x->en : x->name));
	}
	return RC_OK;
}

static rc
begin(writing *w, arena *a)
{
	const roster_ask *ask = w->ask;
	xlsx_column *c = arena_array(a, xlsx_column, ask->nfields);

	for (size_t i = 0; i < ask->nfields; i++) {
		const field *x = ask->field[i];
		bool wide = x->type == FIELD_REGION || x->type == FIELD_ADDRESS || x->sealed;
		c[i] = (xlsx_column){.title = ask->lang == MSG_EN ? x->en : x->name,
				     .type = XLSX_TEXT,
				     .width = wide ? WIDE : WIDTH};
	}
	return xlsx_create(a, w->f,
			   &(xlsx_plan){.path = ask->path,
					.sheet = ask->lang == MSG_EN ? STR("Roster") : STR("花名册"),
					.now = ask->now,
					.columns = ask->nfields,
					.column = c},
			   &w->o);
}

/* Several codes of one fact are shown each by its word. */
static str
show(const writing *w, arena *a, const field *x, str stored)
{
	if (w->ask->reveal || !x->sealed) {
		if (!x->many || !x->list)
			return field_show(&w->r, x, stored);
		buf b = buf_in(a);
		for (ptrdiff_t at; stored.n;
		     stored = at < 0 ? STR("") : str_from(stored, (size_t)at + STR("、").n)) {
			at = str_find(stored, STR("、"));
			if (b.n)
				buf_lit(&b, "、");
			buf_put(&b, field_show(&w->r, x, at < 0 ? stored : str_sub(stored, 0, (size_t)at)));
		}
		return buf_str(&b);
	}
	return field_mask(&w->r, x, stored);
}

static rc
write_person(writing *w, arena *a, int64_t owner, int64_t person)
{
	const person_ref *ref = NULL;
	record rec = {0};
	str text;

	rc r = person_open(w->d, a, w->f, w->ask->who, owner, person, &ref);
	if (r == RC_OK)
		r = record_read(w->d, a, w->f, w->ask->c, ref, &rec);
	if (r == RC_NOT_FOUND || (r == RC_OK && rec.p->merged_into)) {
		record_done(&rec);
		return RC_OK; /* shredded, or he goes on under another record */
	}
	for (size_t i = 0; r == RC_OK && i < w->ask->nfields; i++) {
		const field *x = w->ask->field[i];
		r = record_text(&rec, a, w->f, x, &text);
		if (r == RC_OK)
			xlsx_put_text(w->o, show(w, a, x, text));
	}
	record_done(&rec);
	if (r == RC_OK)
		r = xlsx_end_row(w->o, w->f);
	w->n += r == RC_OK;
	return r;
}

/* The people of one federation in one interval, in the order of their villages. */
static rc
write_area(writing *w, arena *a, const scope *area, int64_t tenant)
{
	intake_roster_in at = {.owner = tenant, .n = PAGE};
	intake_roster_rows rows;
	size_t n = 0;

	do {
		arena *own = arena_open(a, 0);
		rc r = sql_intake_roster(w->d, own, w->f, area, &at, &rows);
		n = r == RC_OK ? rows.n : 0;
		w->r.a = own;
		for (size_t i = 0; r == RC_OK && i < n; i++) {
			r = write_person(w, own, rows.v[i].owner, rows.v[i].person);
			at.region = rows.v[i].region;
			at.person = rows.v[i].person;
		}
		arena_close(own);
		TRY(r);
	} while (n == PAGE);
	return RC_OK;
}

rc
roster_write(db *d, arena *a, fault *f, const roster_ask *ask, int64_t *n)
{
	writing w = {.d = d, .f = f, .ask = ask};
	const places *p = NULL;

	*n = 0;
	BUG_ON(ask->nfields == 0 || ask->nfields > ROSTER_COLUMNS);
	TRY(check_fields(f, ask));
	TRY(places_load(d, a, f, &ask->who->scope, &p));
	w.regions = places_regions(p);
	w.r = (field_reader){.a = a,
			     .c = ask->c,
			     .regions = &w.regions,
			     .today = date_of_instant(ask->now),
			     .lang = ask->lang};
	TRY(begin(&w, a));
	for (size_t i = 0; i < ask->who->scope.n; i++) {
		const scope area = {&ask->who->scope.v[i], 1};
		intake_tenants_rows tenants;
		TRY(sql_intake_tenants(d, a, f, &area, &tenants));
		for (size_t k = 0; k < tenants.n; k++)
			TRY(write_area(&w, a, &area, tenants.v[k].id));
	}
	TRY(xlsx_finish(w.o, f));
	*n = w.n;
	return RC_OK;
}
