/* list.c - the cases that an officer may see: of his place, and what his office has or had to do. */
#include "app/kase/desk.h"

#include <stdlib.h>

#include "app/kase/kase_priv.h"

#define WIDE INT64_C(100000000) /* codes of a city */

/* The business lines that he works in, between commas. */
static str
lines_of(arena *a, const actor *who)
{
	buf b = buf_in(a);

	buf_c(&b, ',');
	for (size_t i = 0; who->role && i < who->role->all->nlines; i++) {
		str id = who->role->all->line[i].id;
		if (actor_line_ok(who, id))
			buf_fmt(&b, "%.*s,", STR_ARG(id));
	}
	return buf_str(&b);
}

static bool
is_wide(const scope *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].hi - s->v[i].lo >= WIDE)
			return true;
	return false;
}

static int64_t
state_in(const kase_list_ask *ask, kase_state s)
{
	return ask->states >> s & 1 ? (int64_t)s : 0;
}

/* No id is given twice, so it tells a case that came both ways. */
static bool
listed(const kase_lines *v, size_t n, int64_t id)
{
	for (size_t from = 0, to = n; from < to;) { /* the first n stand by falling id */
		size_t mid = from + (to - from) / 2;
		if (v->all.v[mid].id == id)
			return true;
		if (v->all.v[mid].id > id)
			from = mid + 1;
		else
			to = mid;
	}
	return false;
}

#define LINE(r)                                                                                              \
	(kase_line)                                                                                          \
	{                                                                                                    \
		.tenant = (r).tenant, .id = (r).id, .region = (r).region, .opened = (r).opened,              \
		.person_tenant = (r).person_tenant, .person = (r).person, .state = (kase_state)(r).state,    \
		.service = (r).service, .number = (r).number, .step = (r).step, .outcome = (r).outcome,      \
		.name = (r).name, .submitted = (r).submitted, .due = (r).due                                 \
	}

static int
newest_first(const void *x, const void *y)
{
	int64_t a = ((const kase_line *)x)->id, b = ((const kase_line *)y)->id;

	return a > b ? -1 : a < b;
}

static rc
read_place(db *d, arena *a, fault *f, const actor *who, const kase_list_ask *ask, kase_lines *out)
{
	const bool wide = is_wide(&who->scope);
	/* what is under way is little, and found by its state wherever one looks */
	const bool walk = wide && state_in(ask, KASE_AT_END);
	kases_of_place_rows rows;

	TRY(sql_kases_of_place(d, a, f, &who->scope,
			       &(kases_of_place_in){.latest = walk,
						    .draft = state_in(ask, KASE_AT_DRAFT),
						    .office = state_in(ask, KASE_AT_OFFICE),
						    .applicant = state_in(ask, KASE_AT_APPLICANT),
						    .ended = state_in(ask, KASE_AT_END),
						    .voided = state_in(ask, KASE_AT_VOID),
						    .lines = lines_of(a, who),
						    .service = ask->service,
						    .step = ask->step,
						    .outcome = ask->outcome,
						    .due_from = ask->due_from,
						    .due_to = ask->due_to,
						    .q = ask->q,
						    .span = wide ? KASE_LIST_WIDE : KASE_LIST_SPAN,
						    .n = (int64_t)ask->n + 1},
			       &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, &out->all) = LINE(rows.v[i]);
	if (who->scope.n > 1 && out->all.n)
		qsort(out->all.v, out->all.n, sizeof *out->all.v, newest_first);
	return RC_OK;
}

static rc
read_office(db *d, arena *a, fault *f, const actor *who, const kase_list_ask *ask, kase_lines *out)
{
	const size_t before = out->all.n;
	kases_of_office_rows rows;

	TRY(sql_kases_of_office(d, a, f,
				&(kases_of_office_in){.tenant = who->tenant,
						      .of = who->office,
						      .draft = state_in(ask, KASE_AT_DRAFT),
						      .office = state_in(ask, KASE_AT_OFFICE),
						      .applicant = state_in(ask, KASE_AT_APPLICANT),
						      .ended = state_in(ask, KASE_AT_END),
						      .voided = state_in(ask, KASE_AT_VOID),
						      .lines = lines_of(a, who),
						      .service = ask->service,
						      .step = ask->step,
						      .outcome = ask->outcome,
						      .due_from = ask->due_from,
						      .due_to = ask->due_to,
						      .q = ask->q,
						      .span = KASE_LIST_WIDE,
						      .n = (int64_t)ask->n + 1},
				&rows));
	for (size_t i = 0; i < rows.n; i++)
		if (!listed(out, before, rows.v[i].id))
			*vec_add(a, &out->all) = LINE(rows.v[i]);
	if (out->all.n > before && before)
		qsort(out->all.v, out->all.n, sizeof *out->all.v, newest_first);
	return RC_OK;
}

/* ---- sorting ---- */

static str
key_of(const kase_line *l, kase_by by)
{
	switch (by) {
	case KASE_BY_DUE:
		return l->due.n ? l->due : STR("~"); /* what has none comes last */
	case KASE_BY_NAME:
		return l->name;
	case KASE_BY_NUMBER:
		return l->number;
	case KASE_BY_SERVICE:
		return l->service;
	case KASE_BY_SUBMITTED:
	default:
		return l->submitted;
	}
}

static int
by_ask(const void *x, const void *y, void *with)
{
	const kase_list_ask *ask = with;
	const kase_line *a = x, *b = y;
	int c = str_cmp(key_of(a, ask->by), key_of(b, ask->by));

	if (c == 0)
		c = a->id > b->id ? 1 : -(a->id < b->id);
	return ask->down ? -c : c;
}

rc
kase_list_read(db *d, arena *a, fault *f, const actor *who, const kase_list_ask *ask, kase_lines *out)
{
	kase_list_ask by = *ask;

	*out = (kase_lines){0};
	if (who->kind == ACTOR_APPLICANT || !may(who, PERM_CASE_READ, REGION_NONE))
		return RC_OK;
	if (may(who, PERM_PERSON_READ, REGION_NONE)) /* a hospital knows what was given to it */
		TRY(read_place(d, a, f, who, ask, out));
	if (who->office)
		TRY(read_office(d, a, f, who, ask, out));
	out->more = out->all.n > ask->n;
	out->all.n = MIN(out->all.n, ask->n);
	if (out->all.n)
		qsort_r(out->all.v, out->all.n, sizeof *out->all.v, by_ask, &by);
	return RC_OK;
}
